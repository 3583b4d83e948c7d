"""In how many articles each stem stands: models/events/frequencies.json.gz, by which linking knows a rare word.

    python training/linking_words.py FILE.jsonl… (articles with a `text`, plain or .gz)

Stems of one article only are left out: they are as rare as an unseen one.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from linking import gold_of

from reportedly.events import linking_terms

OUT = Path(__file__).parent.parent / "src" / "reportedly" / "models" / "events" / "frequencies.json.gz"


def main() -> None:
    counts: Counter[str] = Counter()
    articles = 0
    for name in sys.argv[1:]:
        for article in gold_of(Path(name)):
            counts.update(
                {linking_terms.stem(word.rstrip(".,:")) for word in linking_terms.WORD.findall(article["text"])}
            )
            articles += 1
    kept = {"articles": articles, "stems": {stem: count for stem, count in sorted(counts.items()) if count > 1}}
    OUT.write_bytes(gzip.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0))
    print(f"{articles:,} articles, {len(kept['stems']):,} stems")


if __name__ == "__main__":
    main()
