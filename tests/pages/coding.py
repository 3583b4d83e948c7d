"""Codes the example pages anew for the tests of the pages: `python -m tests.pages.coding`.

Only needed where the format of coded articles changes, or where a test of a page asks for what was not coded before.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from reportedly import settings
from reportedly.articles.reader import Reader
from reportedly.data import Article
from reportedly.record import incoming
from reportedly.statements import language

HERE = Path(__file__).parent


def main() -> None:
    """Write tests/pages/examples.jsonl."""
    given = settings.load()
    read = incoming.read(Reader(given), str(HERE.parents[1] / "examples" / "baghuz"))
    coded = language.code(language.load(given), [one for one in read if isinstance(one, Article)])
    (HERE / "examples.jsonl").write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in coded))


if __name__ == "__main__":
    main()
