"""Makes what an article is known by when it is compared with others: once, when it is read."""

import marshal
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain
from struct import pack
from typing import Final
from zlib import crc32

from generator.pipeline.group.common_words import REPORTING_WORDS
from generator.pipeline.group.known_by import Mark
from generator.pipeline.group.words import content_words, names_in, words_of

_NAME_COUNTS: Final = 2  # times more than another word, so three times in all
_MOST_TERMS: Final = 160
_MOST_GRAMS: Final = 1_500  # words of an article beyond which its text is sampled
GRAM: Final = 4
# Of the words of a run: odd, and less than 2**32 in all, so that no sum leaves its lane.
FACTORS: Final = (0x2C1B3C6D, 0x165667B1, 0x3243F6A9, 0x1B56C4E9)
_LANE: Final = 64  # bits of a sum
MIDDLE: Final = 24  # of them are left out below: those above depend on all bits of the hashes of the words
_MOST_REMEMBERED: Final = 32_768  # words
_LONGEST_REMEMBERED: Final = 32  # characters
_STABLE: Final = 2  # the version of marshal that writes equal values as equal bytes


class _Hashes(dict[str, int]):
    """The hashes of words: a few thousand make up nearly all texts."""

    def __missing__(self, word: str) -> int:
        made = crc32(word.encode())
        if len(word) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[word] = made
        return made


_HASHES: Final = _Hashes()


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
    grams = hashes_of_grams(words[: _MOST_GRAMS + GRAM - 1])
    return Mark(packed, grams, _hashes(map(str.encode, sorted(facts))))


def hashes_of_grams(words: list[str]) -> bytes:
    """The hashes of all runs of four words; of a shorter text as a whole.

    The hash of a run is the sum of those of its words, each times a factor of its own. All sums are taken at once,
    in long numbers of which 64 bits belong to each run: a fifth of the time that it takes to hash one by one.
    """
    if len(words) < GRAM:
        return _hashes([" ".join(words).encode()])
    lanes = int.from_bytes(pack(f"<{len(words)}Q", *map(_HASHES.__getitem__, words)), "little")
    sums = sum((lanes >> _LANE * place) * factor for place, factor in enumerate(FACTORS))
    halves = array("I", (sums >> MIDDLE).to_bytes(len(words) * _LANE // 8, "little"))
    return halves[: 2 * (len(words) - GRAM + 1) : 2].tobytes()


def _hashes(items: Iterable[bytes]) -> bytes:
    return array("I", map(crc32, items)).tobytes()


def _most_telling(terms: Counter[str]) -> dict[str, int]:
    """The terms that can tell a story, as many as are worth keeping; of equal ones those that come first."""
    if len(terms) <= _MOST_TERMS:
        return dict(terms)
    by_weight: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)  # few: most words stand there once
    for term in terms.items():
        by_weight[term[1] * (2 if term[0] in REPORTING_WORDS else 5)].append(term)
    return dict(
        list(chain.from_iterable(by_weight[weight] for weight in sorted(by_weight, reverse=True)))[:_MOST_TERMS]
    )
