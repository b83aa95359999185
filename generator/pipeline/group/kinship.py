"""What the comparison of articles found, brought up to date near those that changed.

Everything here is decided within days: the groups of a day by the articles of that day, what they go on
from by those of the few days before it, copies by pairs. So an article moves nothing that lies outside
its window, and after an edit only the days around it are looked at. What was found is remembered from
build to build, but never needed: found anew, it is the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from generator.pipeline.group.affinity import Nearest, Vector, centroid, groups_of_day, vectors
from generator.pipeline.group.copies import WINDOW_DAYS, Pair, find_pairs
from generator.pipeline.group.marks import Mark, terms_in

STORY_DAYS: Final = 3  # a story may rest that long
FOLLOWS: Final = 0.25  # mean cosine with an earlier group from which on a group goes on with its story
_DIGITS: Final = 6

Group: TypeAlias = tuple[str, ...]  # paths in order; it goes by the first


class Kin(NamedTuple):
    """An article as it is compared."""

    path: str
    day: int  # of its date in the site's time zone, counted as date.toordinal does
    mark: str  # digest of its mark


class Kinship(NamedTuple):
    """How all articles belong together."""

    known: dict[str, tuple[int, str]]  # day and mark by path
    pairs: tuple[Pair, ...]  # copies, in order
    groups: dict[int, tuple[Group, ...]]  # of each day, those of one article included
    follows: dict[str, tuple[str, float]]  # the earlier group that a group goes on from, and how near it is


NO_KINSHIP: Final = Kinship({}, (), {}, {})

Marks: TypeAlias = Callable[[Iterable[str]], dict[str, Mark]]


def bring_up_to_date(before: Kinship, articles: Iterable[Kin], marks: Marks) -> Kinship:
    """The kinship of all articles, from that of an earlier state; `marks` is asked for what is needed alone."""
    known = {article.path: (article.day, article.mark) for article in articles}
    changed = {path for path, as_is in known.items() if before.known.get(path) != as_is}
    old = {path for path, as_is in before.known.items() if known.get(path) != as_is}
    if not changed and not old:
        return before
    days = {known[path][0] for path in changed} | {before.known[path][0] for path in old}
    by_day: defaultdict[int, list[str]] = defaultdict(list)
    for path in sorted(known):
        by_day[known[path][0]].append(path)
    near = {day + step for day in days for step in range(-WINDOW_DAYS, WINDOW_DAYS + 1)}
    loaded = marks(path for day in sorted(near & by_day.keys()) for path in by_day[day])
    pairs = [pair for pair in before.pairs if not {pair[0], pair[1]} & old]
    pairs += find_pairs(loaded, {path: known[path][0] for path in loaded}, changed)
    groups = {day: of_day for day, of_day in before.groups.items() if day not in days}
    follows = _Follows(by_day, loaded, groups)
    return Kinship(known, tuple(sorted(pairs)), groups, follows.bring_up_to_date(before.follows, days))


class _Day(NamedTuple):
    """The groups of a day, with their middles."""

    groups: tuple[Group, ...]
    middles: list[Vector]
    nearest: Nearest


class _Follows:
    """Goes through the days in order, with the latest of them at hand."""

    def __init__(
        self, by_day: Mapping[int, list[str]], marks: Mapping[str, Mark], groups: dict[int, tuple[Group, ...]]
    ) -> None:
        self.by_day, self.marks, self.groups = by_day, marks, groups
        self.at_hand: dict[int, _Day] = {}

    def bring_up_to_date(self, before: Mapping[str, tuple[str, float]], days: set[int]) -> dict[str, tuple[str, float]]:
        """Finds the groups of some days, and what they and those that may go on from them follow."""
        stale = {day + step for day in days for step in range(STORY_DAYS + 1)}
        firsts = {group[0] for day, of_day in self.groups.items() if day not in stale for group in of_day}
        follows = {first: earlier for first, earlier in before.items() if first in firsts}
        for day in sorted(stale & self.by_day.keys()):
            for past in [past for past in self.at_hand if past < day - STORY_DAYS]:
                del self.at_hand[past]
            follows |= self._of_day(day)
        return follows

    def _of_day(self, day: int) -> dict[str, tuple[str, float]]:
        """What each group of a day goes on from: of those it is near enough to the nearest, of equals the latest."""
        of_day = self._day(day)
        earlier = [past for step in range(1, STORY_DAYS + 1) if (past := self._day(day - step)).groups]
        follows = {}
        for group, middle in zip(of_day.groups, of_day.middles, strict=True):
            near = [
                (-round(product, _DIGITS), order, past.groups[number][0])
                for order, past in enumerate(earlier)
                for number, product in past.nearest.products(middle).items()
                if product >= FOLLOWS
            ]
            if near:
                nearness, _, first = min(near)
                follows[group[0]] = (first, -nearness)
        return follows

    def _day(self, day: int) -> _Day:
        if day not in self.at_hand:
            paths = self.by_day.get(day, [])
            of = dict(zip(paths, vectors([terms_in(self.marks[path].terms) for path in paths]), strict=True))
            if day not in self.groups and paths:
                found = groups_of_day(list(of.values()))
                self.groups[day] = tuple(tuple([paths[number] for number in group]) for group in found)
            groups, nearest = self.groups.get(day, ()), Nearest()
            middles = [centroid([of[path] for path in group]) for group in groups]
            for number, middle in enumerate(middles):
                nearest.add(number, middle)
            self.at_hand[day] = _Day(groups, middles, nearest)
        return self.at_hand[day]
