"""Look-up keys as numbers: an index over numbers is a fraction of one over words."""

from __future__ import annotations

import hashlib


def number(key: str) -> int:
    """A key as a number of 64 bits with a sign; two keys share one by chance only (1 in 10 billion among a billion),
    and what is looked up by it is compared anyway."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
