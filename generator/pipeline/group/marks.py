"""What an article is known by when it is compared with others: made once, when it is read."""

import marshal
from array import array
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple, TypeAlias
from zlib import crc32

from generator.pipeline.group.common_words import REPORTING_WORDS
from generator.pipeline.group.words import content_words, names_in, words_of

Hashes: TypeAlias = "array[int]"

_NAME_COUNTS: Final = 2  # times more than another word, so three times in all
_MOST_TERMS: Final = 160
_MOST_GRAMS: Final = 1_500  # words of an article beyond which its text is sampled
_GRAM: Final = 4
_STABLE: Final = 2  # the version of marshal that writes equal values as equal bytes


class Mark(NamedTuple):
    """The terms of an article for its story, the hashes of its phrases and facts for its copies.

    All of it packed: 3 KB, and of 10,000 articles only those near a change are ever unpacked.
    """

    terms: bytes  # with their counts; names and numbers count three times; the most telling ones alone
    grams: bytes  # of all runs of four words: hashes of 32 bits
    facts: bytes  # of its names and numbers


def mark_of(title: str, text: str) -> Mark:
    """The mark of an article."""
    words = words_of(f"{title}\n{text}")
    names = names_in(text)
    terms = content_words(words)
    facts = {word for word in terms if word[0].isdigit()}
    for number in facts:
        terms[number] += _NAME_COUNTS
    for name, count in names.items():
        terms[name] += count * _NAME_COUNTS
    facts.update(name for name in names if "_" not in name)
    packed = marshal.dumps(_most_telling(terms), _STABLE)
    grams = hashes_of_grams(words[: _MOST_GRAMS + _GRAM - 1])
    return Mark(packed, grams, _hashes(map(str.encode, sorted(facts))))


def hashes_of_grams(words: list[str]) -> bytes:
    """The hashes of all runs of four words; of a shorter text as a whole."""
    encoded = " ".join(words).encode().split(b" ")
    shifted = [encoded[start:] for start in range(_GRAM)]
    grams = list(map(b" ".join, zip(*shifted, strict=False))) or [b" ".join(encoded)]
    return _hashes(grams)


def terms_in(packed: bytes) -> dict[str, int]:
    """The terms of a mark with their counts."""
    terms: dict[str, int] = marshal.loads(packed)  # noqa: S302 - our own
    return terms


def hashes_in(packed: bytes) -> Hashes:
    """The hashes as numbers."""
    numbers = array("I")
    numbers.frombytes(packed)
    return numbers


def _hashes(items: Iterable[bytes]) -> bytes:
    """Each hash once, in the order in which they come: to sort them would cost as much as to make them."""
    return array("I", dict.fromkeys(map(crc32, items))).tobytes()


def _most_telling(terms: Counter[str]) -> dict[str, int]:
    """The terms that can tell a story, as many as are worth keeping; of equal ones those that come first."""
    if len(terms) <= _MOST_TERMS:
        return dict(terms)
    weights = {word: number * (2 if word in REPORTING_WORDS else 5) for word, number in terms.items()}
    return {word: terms[word] for word in sorted(weights, key=weights.__getitem__, reverse=True)[:_MOST_TERMS]}
