"""Draw the account of an article as SVG, for the README: python docs/picture.py SOURCE TARGET"""

from __future__ import annotations

import io
import sys

from rich.console import Console

from reportedly import settings
from reportedly.account import terminal, view
from reportedly.data import CodedArticle
from reportedly.pipeline import Pipeline


def main(source: str, target: str) -> None:
    """Write the picture of the first article of a source."""
    (article,) = Pipeline(settings.load()).account(source)
    if not isinstance(article, CodedArticle):
        sys.exit(str(article))
    console = Console(record=True, width=110, file=io.StringIO(), highlight=False)
    terminal.show(view.account(article), console)
    console.save_svg(target, title="reportedly read")


if __name__ == "__main__":
    main(*sys.argv[1:])
