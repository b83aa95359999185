"""Which articles are edited copies of others: wire copies, excerpts, updates.

The measure is containment: the share of the runs of four words of the shorter text that stand in the
longer one too. Jaccard's index would lose every excerpt. Two reports of one form share their phrases and
not their facts, so the names and numbers have to agree as well.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from generator.pipeline.group.known_by import Hashes, Mark, hashes_in

WINDOW_DAYS: Final = 7  # copies are this near in time, so that none moves what lies further off

_SURE: Final = 0.4  # containment of a copy
_LIKELY: Final = 0.25  # of one that was reworded: then nearly all facts have to agree
_SURE_WITHOUT_FACTS: Final = 0.7  # of a text with next to no names and numbers
_SURE_FACTS: Final = 0.55
_LIKELY_FACTS: Final = 0.9
_FEW: Final = 4  # facts, fewer of which say nothing
_SHORTEST: Final = 0.08  # of the longer text; what is shorter is a mention of it in a round-up
_SAMPLE_LIMIT: Final = 2**32 // 4  # the quarter of the hashes below it stands for all of them
_WORTH_A_LOOK: Final = 0.1  # of a sample, where a copy shares a quarter of the whole
_SHORT: Final = 40  # runs of words
_UNPACKED: Final = 500  # articles at hand; each takes 40 KB


class Likeness(NamedTuple):
    """How much of the shorter of two articles stands in the longer."""

    phrases: float  # shares, from 0 to 1
    facts: float | None  # None: there are too few to tell

    @property
    def is_copy(self) -> bool:
        """Whether one was made from the other, or both from a third."""
        if self.facts is None:
            return self.phrases >= _SURE_WITHOUT_FACTS
        if self.phrases >= _SURE:
            return self.facts >= _SURE_FACTS
        return self.phrases >= _LIKELY and self.facts >= _LIKELY_FACTS


Pair: TypeAlias = tuple[str, str, Likeness]  # two paths in alphabetical order


class Text(NamedTuple):
    """The hashes of one article, unpacked."""

    grams: frozenset[int]
    facts: frozenset[int]

    @classmethod
    def of(cls, mark: Mark) -> "Text":
        """The hashes of a mark."""
        return cls(frozenset(hashes_in(mark.grams)), frozenset(hashes_in(mark.facts)))


def likeness(one: Text, other: Text) -> Likeness:
    """How alike two articles are; nothing where one is far longer."""
    fewest, most = sorted((len(one.grams), len(other.grams)))
    if fewest < _SHORTEST * most:
        return Likeness(0.0, 0.0)
    facts = min(len(one.facts), len(other.facts))
    shared = round(len(one.facts & other.facts) / facts, 3) if facts >= _FEW else None
    return Likeness(round(len(one.grams & other.grams) / fewest, 3), shared)


def find_pairs(marks: Mapping[str, Mark], days: Mapping[str, int], changed: Collection[str]) -> Iterator[Pair]:
    """The pairs of copies of which one is in `changed`; all of them within a window."""
    holders = _Holders(marks, days, changed)
    unpacked: dict[str, Text] = {}
    for path in sorted(marks, key=lambda path: (days[path], path)):
        if len(unpacked) > _UNPACKED:
            unpacked.clear()
        for other in holders.worth_a_look(path):
            if not (path in changed or other in changed) or not holders.is_new(path, other):
                continue
            for one in (path, other):
                if one not in unpacked:
                    unpacked[one] = Text.of(marks[one])
            if (like := likeness(unpacked[path], unpacked[other])).is_copy:
                yield min(path, other), max(path, other), like


class _Holders:
    """Articles by the hashes of their phrases.

    Those that changed are held by a sample of them. Of a short article a sample may be empty: it is held by all.
    """

    def __init__(self, marks: Mapping[str, Mark], days: Mapping[str, int], changed: Collection[str]) -> None:
        self.days = days
        self.grams = {path: hashes_in(mark.grams) for path, mark in marks.items()}
        self.samples = {path: _sample(grams) for path, grams in self.grams.items()}
        for path, sample in self.samples.items():
            if len(sample) < _SHORT:  # of a text that may be short each is counted once
                self.grams[path] = array("I", dict.fromkeys(self.grams[path]))
        self.of: defaultdict[int, list[str]] = defaultdict(list)
        self.of_short: defaultdict[int, list[str]] = defaultdict(list)
        self.short = {path for path, grams in self.grams.items() if len(grams) < _SHORT}
        for path in sorted({*changed, *self.short}):
            is_short = path in self.short
            held = self.of_short if is_short else self.of
            for gram in self.grams[path] if is_short else self.samples[path]:
                held[gram].append(path)
        self.seen: set[tuple[str, str]] = set()

    def worth_a_look(self, path: str) -> list[str]:
        """Which articles near one may be copies of it."""
        grams, sample = self.grams[path], self.samples[path]
        held = [self.of[gram] for gram in sample if gram in self.of]
        held += [self.of_short[gram] for gram in self.of_short.keys() & grams] if self.of_short else []
        shared = Counter(chain.from_iterable(held))
        return sorted(other for other, number in shared.items() if self._is_worth_a_look(path, other, number))

    def _is_worth_a_look(self, path: str, other: str, shared: int) -> bool:
        of = self.grams if other in self.short else self.samples
        is_near = abs(self.days[path] - self.days[other]) <= WINDOW_DAYS
        return is_near and other != path and shared >= _WORTH_A_LOOK * min(len(of[other]), len(of[path]))

    def is_new(self, one: str, other: str) -> bool:
        """Whether a pair is asked about for the first time: those of two that are held come up from both sides."""
        pair = (min(one, other), max(one, other))
        if pair in self.seen:
            return False
        self.seen.add(pair)
        return True


def _sample(grams: Hashes) -> Hashes:
    return array("I", dict.fromkeys([gram for gram in grams if gram < _SAMPLE_LIMIT]))
