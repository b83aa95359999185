"""What an article is known by when it is compared with others, as it is remembered: see marks.py.

Apart from how it is made, so that a build that only compares need not load what knows words.
"""

import marshal
from array import array
from typing import NamedTuple, TypeAlias

Hashes: TypeAlias = "array[int]"


class Mark(NamedTuple):
    """The terms of an article for its story, the hashes of its phrases and facts for its copies.

    All of it packed: 3 KB, and of 10,000 articles only those near a change are ever unpacked.
    """

    terms: bytes  # with their counts; names and numbers count three times; the most telling ones alone
    grams: bytes  # of all runs of four words: hashes of 32 bits, as often as they come
    facts: bytes  # of its names and numbers


def terms_in(packed: bytes) -> dict[str, int]:
    """The terms of a mark with their counts."""
    terms: dict[str, int] = marshal.loads(packed)  # noqa: S302 - our own
    return terms


def hashes_in(packed: bytes) -> Hashes:
    """The hashes as numbers."""
    numbers = array("I")
    numbers.frombytes(packed)
    return numbers
