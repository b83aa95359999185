"""What the comparison of articles found, brought up to date near those that changed.

Everything here is decided within days: the groups of a day by the articles of that day, what they go on
from by those of the few days before it, copies by pairs. So an article moves nothing that lies outside
its window, and after an edit only the days around it are looked at. What was found is remembered from
build to build, but never needed: found anew, it is the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import Final, NamedTuple, TypeAlias

from generator.pipeline.group.affinity import Cosines, Nearest, Vector, groups_of_day, vectors
from generator.pipeline.group.copies import WINDOW_DAYS, Pair, find_pairs
from generator.pipeline.group.known_by import Mark, terms_in

STORY_DAYS: Final = 4  # a story may rest that long
FOLLOWS: Final = 0.3  # mean cosine with an earlier group from which on a group goes on with its story
LIKE: Final = 0.1  # cosine of articles that a reader of one may want to see next
MOST_NEAR: Final = 8  # some of which may be copies
_DIGITS: Final = 6
_PART: Final = 600  # articles; those of the days around are loaded too,
_FEWEST_IN_PARTS: Final = 2000  # so that fewer are compared faster in one go

# An article as it is compared: the day of its date in the site's time zone, as date.toordinal counts them, and the
# digest of its mark. 10,000 are looked at in each build.
Kin: TypeAlias = tuple[int, str]
Days: TypeAlias = Mapping[int, Mapping[str, str]]  # of each day the digests of marks, by path
Group: TypeAlias = tuple[str, ...]  # paths in order; it goes by the first


class Kinship(NamedTuple):
    """How all articles belong together."""

    known: Days
    pairs: tuple[Pair, ...]  # copies, in order
    groups: dict[int, tuple[Group, ...]]  # of each day, those of one article included
    follows: dict[str, tuple[str, float]]  # the earlier group that a group goes on from, and how near it is
    near: dict[str, tuple[str, ...]]  # the articles of an article's day and the days before it that are most like it


NO_KINSHIP: Final = Kinship({}, (), {}, {}, {})

Marks: TypeAlias = Callable[[Iterable[str]], dict[str, Mark]]


class Part(NamedTuple):
    """Days that follow each other, compared in one go."""

    days: tuple[int, ...]  # whose groups are to be found
    stale: tuple[int, ...]  # whose groups and articles look back anew
    changed: frozenset[str]  # articles that may be copies now


class Found(NamedTuple):
    """What comparing a part found."""

    pairs: tuple[Pair, ...]
    groups: dict[int, tuple[Group, ...]]
    follows: dict[str, tuple[str, float]]
    near: dict[str, tuple[str, ...]]


class Comparison(NamedTuple):
    """Compares parts; none depends on what is found in another."""

    known: Days  # all articles
    groups: Mapping[int, tuple[Group, ...]]  # of the days that stay as they are
    marks: Marks  # is asked for what is needed alone

    def __call__(self, part: Part) -> Found:
        """What there is to find around the days of a part."""
        own = sorted({*part.days, *part.stale})
        reach = WINDOW_DAYS if part.changed else STORY_DAYS
        window = range(own[0] - reach, own[-1] + reach + 1)
        days = {path: day for day in window for path in self.known.get(day, ())}
        loaded = self.marks(days)
        walk = _Walk(self.known, loaded, {day: self.groups[day] for day in window if day in self.groups})
        follows, near = walk.look_back(part.stale)
        groups = {day: walk.groups[day] for day in part.days if day in self.known}
        pairs = tuple(find_pairs(loaded, days, part.changed)) if part.changed else ()
        return Found(pairs, groups, follows, near)


Apply: TypeAlias = Callable[[Comparison, Sequence[Part]], Iterable[Found]]


def by_day(articles: Iterable[tuple[str, Kin]]) -> dict[int, dict[str, str]]:
    """The articles of each day, from their paths and what they are compared by."""
    known: dict[int, dict[str, str]] = {}
    for path, (day, mark) in articles:
        if day in known:
            known[day][path] = mark
        else:
            known[day] = {path: mark}
    return known


def changed_days(before: Days, now: Days) -> set[int]:
    """The days that have other articles now, or articles with other marks."""
    return {day for day in before.keys() | now.keys() if before.get(day) != now.get(day)}


def reach_of(days: Iterable[int]) -> set[int]:
    """The days of which something may be found that is new when these changed."""
    return {day + step for day in days for step in range(STORY_DAYS + 1)}


def bring_up_to_date(before: Kinship, known: Days, marks: Marks, apply: Apply) -> Kinship:
    """The kinship of all articles, from that of an earlier state; `apply` may do the parts side by side."""
    days = changed_days(before.known, known)
    if not days:
        return before
    stale = reach_of(days) & known.keys()
    sides = [(before.known.get(day, {}).items(), known.get(day, {}).items()) for day in days]
    changed = {path for was, now in sides for path, _ in now - was}
    old = {path for was, now in sides for path, _ in was - now}
    pairs = {pair for pair in before.pairs if old.isdisjoint(pair[:2])}
    groups, follows, near = dict(before.groups), dict(before.follows), dict(before.near)
    for day in days:
        groups.pop(day, None)
    for path in old.union(*[known[day] for day in stale]):
        follows.pop(path, None)
        near.pop(path, None)
    for found in apply(Comparison(known, dict(groups), marks), list(_parts(known, days, stale, changed))):
        pairs.update(found.pairs)
        groups |= found.groups
        follows |= found.follows
        near |= found.near
    return Kinship(known, tuple(sorted(pairs)), groups, follows, near)


def _parts(known: Days, days: set[int], stale: set[int], changed: set[str]) -> Iterator[Part]:
    """The days to look at, a few hundred articles at once."""
    all_days = sorted((days | stale) & known.keys())
    is_much = sum(len(known[day]) for day in all_days) >= _FEWEST_IN_PARTS
    own: list[int] = []
    count = 0
    for day in all_days:
        own.append(day)
        count += len(known[day])
        if is_much and count >= _PART:
            yield _part(known, own, days, stale, changed)
            own, count = [], 0
    if own:
        yield _part(known, own, days, stale, changed)


def _part(known: Days, own: Sequence[int], days: set[int], stale: set[int], changed: set[str]) -> Part:
    return Part(
        tuple(day for day in own if day in days),
        tuple(day for day in own if day in stale),
        frozenset(path for day in own for path in known[day] if path in changed),
    )


class _Day(NamedTuple):
    """The articles of a day and their groups."""

    paths: list[str]
    vectors: list[Vector]
    nearest: Nearest
    groups: tuple[Group, ...]
    group_of: list[int]  # of each article


class _Walk:
    """Goes through the days in order, with the latest of them at hand."""

    def __init__(self, known: Days, marks: Mapping[str, Mark], groups: dict[int, tuple[Group, ...]]) -> None:
        self.known, self.marks, self.groups = known, marks, groups
        self.at_hand: dict[int, _Day] = {}

    def look_back(self, stale: Iterable[int]) -> tuple[dict[str, tuple[str, float]], dict[str, tuple[str, ...]]]:
        """What the groups of some days go on from, and what is near to their articles."""
        follows: dict[str, tuple[str, float]] = {}
        near: dict[str, tuple[str, ...]] = {}
        for day in sorted(stale):
            for old in [old for old in self.at_hand if old < day - STORY_DAYS]:
                del self.at_hand[old]
            today = self._day(day)
            earlier = [past for step in range(1, STORY_DAYS + 1) if (past := self._day(day - step)).paths]
            back = [[past.nearest.products(vector) for vector in today.vectors] for past in earlier]
            follows |= _follows(today, earlier, back)
            near |= _near(today, earlier, back)
        return follows, near

    def _day(self, day: int) -> _Day:
        if day not in self.at_hand:
            paths = sorted(self.known.get(day, ()))
            of = vectors([terms_in(self.marks[path].terms) for path in paths])
            nearest = Nearest(of)
            if day not in self.groups and paths:
                groups = groups_of_day(nearest.cosines)
                self.groups[day] = tuple(tuple([paths[number] for number in group]) for group in groups)
            places = {path: place for place, group in enumerate(self.groups.get(day, ())) for path in group}
            self.at_hand[day] = _Day(paths, of, nearest, self.groups.get(day, ()), [places[path] for path in paths])
        return self.at_hand[day]


def _follows(today: _Day, earlier: Sequence[_Day], back: Sequence[Cosines]) -> dict[str, tuple[str, float]]:
    """What each group of a day goes on from: of those that it is near enough to the nearest, of equals the latest.

    Two groups are as near as the mean of the cosines of their articles.
    """
    near: dict[str, tuple[float, int, str]] = {}
    for order, (past, cosines) in enumerate(zip(earlier, back, strict=True)):
        sums: dict[tuple[int, int], float] = {}
        for place, row in zip(today.group_of, cosines, strict=True):
            for number, cosine in row.items():
                places = (place, past.group_of[number])
                sums[places] = sums.get(places, 0.0) + cosine
        for (place, past_place), cosine in sums.items():
            group, past_group = today.groups[place], past.groups[past_place]
            mean = cosine / (len(group) * len(past_group))
            if mean >= FOLLOWS:
                found = (-round(mean, _DIGITS), order, past_group[0])
                near[group[0]] = min(near.get(group[0], found), found)
    return {first: (earlier_first, -nearness) for first, (nearness, _, earlier_first) in near.items()}


def _near(today: _Day, earlier: Sequence[_Day], back: Sequence[Cosines]) -> dict[str, tuple[str, ...]]:
    """For each article of a day those of it and of earlier days that are most like it, the likest first.

    Nothing later is among them, so that the page of an article stays as it is while others come.
    """
    near = {}
    days = [(today, today.nearest.cosines), *zip(earlier, back, strict=True)]
    for place, path in enumerate(today.paths):
        found = [
            (-round(cosine, _DIGITS), order, past.paths[number])
            for order, (past, cosines) in enumerate(days)
            for number, cosine in cosines[place].items()
            if cosine >= LIKE
        ]
        if found:
            near[path] = tuple([other for _, _, other in nsmallest(MOST_NEAR, found)])
    return near
