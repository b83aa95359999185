"""Which articles are edited copies of others: wire copies, excerpts, updates.

The measure is containment: the share of the runs of four words of the shorter text that stand in the
longer one too. Jaccard's index would lose every excerpt. Two reports of one form share their phrases and
not their facts, so the names and numbers have to agree as well.
"""

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from generator.pipeline.group.marks import Hashes, Mark, hashes_in

WINDOW_DAYS: Final = 7  # copies are this near in time, so that none moves what lies further off

_SURE: Final = 0.4  # containment of a copy
_LIKELY: Final = 0.25  # of one that was reworded: then nearly all facts have to agree
_SURE_FACTS: Final = 0.55
_LIKELY_FACTS: Final = 0.9
_FEW: Final = 4  # facts, fewer of which say nothing
_SHORTEST: Final = 0.1  # of the longer text; what is shorter is a mention of it in a round-up
_SAMPLE_LIMIT: Final = 2**32 // 4  # the quarter of the hashes below it stands for all of them
_WORTH_A_LOOK: Final = 0.1  # of a sample, where a copy shares a quarter of the whole
_UNPACKED: Final = 500  # articles at hand; each takes 40 KB


class Likeness(NamedTuple):
    """How much of the shorter of two articles stands in the longer."""

    phrases: float  # shares, from 0 to 1
    facts: float

    @property
    def is_copy(self) -> bool:
        """Whether one was made from the other, or both from a third."""
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
    shared = len(one.facts & other.facts) / facts if facts >= _FEW else 1.0
    return Likeness(round(len(one.grams & other.grams) / fewest, 3), round(shared, 3))


def find_pairs(marks: Mapping[str, Mark], days: Mapping[str, int], changed: Collection[str]) -> Iterator[Pair]:
    """The pairs of copies of which one is in `changed`; all of them within a window."""
    holders = _Holders(marks, days, changed)
    unpacked: dict[str, Text] = {}
    for path in sorted(marks, key=lambda path: (days[path], path)):
        if len(unpacked) > _UNPACKED:
            unpacked.clear()
        for other in holders.worth_a_look(path):
            if other == path or (path in changed and other < path):
                continue  # seen from the other side
            for one in (path, other):
                if one not in unpacked:
                    unpacked[one] = Text.of(marks[one])
            if (like := likeness(unpacked[path], unpacked[other])).is_copy:
                yield min(path, other), max(path, other), like


class _Holders:
    """The changed articles of a window that moves on with the days, by the sampled hashes of their phrases."""

    def __init__(self, marks: Mapping[str, Mark], days: Mapping[str, int], changed: Collection[str]) -> None:
        self.marks, self.days = marks, days
        self.coming = sorted(changed, key=lambda path: (days[path], path), reverse=True)
        self.here: deque[str] = deque()
        self.sizes: dict[str, int] = {}  # of the samples
        self.of: defaultdict[int, list[str]] = defaultdict(list)

    def worth_a_look(self, path: str) -> list[str]:
        """Which articles near one may be copies of it; articles are asked for in the order of their days."""
        day, of, sample = self.days[path], self.of, _sample(self.marks[path])
        while self.coming and self.days[self.coming[-1]] <= day + WINDOW_DAYS:
            self._enter(self.coming.pop())
        while self.here and self.days[self.here[0]] < day - WINDOW_DAYS:
            self._leave(self.here.popleft())
        shared = Counter([other for gram in sample if gram in of for other in of[gram]])
        return sorted(
            other for other, number in shared.items() if number >= _WORTH_A_LOOK * min(len(sample), self.sizes[other])
        )

    def _enter(self, path: str) -> None:
        self.here.append(path)
        sample = _sample(self.marks[path])
        self.sizes[path] = len(sample)
        for gram in sample:
            self.of[gram].append(path)

    def _leave(self, path: str) -> None:
        for gram in _sample(self.marks[path]):
            self.of[gram].remove(path)
            if not self.of[gram]:
                del self.of[gram]


def _sample(mark: Mark) -> Hashes:
    grams = hashes_in(mark.grams)
    return grams[: bisect_left(grams, _SAMPLE_LIMIT)]
