"""Editions: the news of each day or week, the most important first; once its time is over each stays as it came out.

An edition is made of its own articles and of how they belong together by the days just before: nothing further
off can move anything in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from math import inf
from operator import attrgetter
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from generator.corpus import Copy, Edition, Story
from generator.digest import digest
from generator.model import WORDS_A_MINUTE, Card
from generator.pipeline.group.kinship import STORY_DAYS, Kinship
from generator.pipeline.group.lock import Issue
from generator.pipeline.group.period import Period
from generator.pipeline.group.stories import Roots

_Item: TypeAlias = tuple[Card, ...]
_Sources: TypeAlias = Mapping[str, set[str]]


class Grounds(NamedTuple):
    """What editions are made from, beside the articles."""

    copies: Sequence[Copy]
    stories: Sequence[Story]
    kinship: Kinship


class Rank(NamedTuple):
    """What items are sorted by: less is further up."""

    is_no_lead: bool
    weight: float
    sources: int  # how many there are, below zero
    latest: float  # the time of its latest article, below zero
    path: str


def make_editions(
    cards: Mapping[str, Card], grounds: Grounds, issues: Mapping[str, Issue], current: int, period: Period
) -> tuple[Edition, ...]:
    """All editions that have articles or came out, newest first; an article is in one at most.

    `cards` has the articles by path, `issues` those that came out, as they did; `current` is the number of that of now.
    """
    loose = {**cards, **{copy.card.path: copy.card for copy in grounds.copies}}
    issues = {name: issue for name, issue in issues.items() if period.is_name(name)}
    made = [_edition(name, _printed(issue, loose), is_open=False) for name, issue in issues.items()]
    if loose:
        copied = {copy.card.path for copy in grounds.copies}
        own = _by_number([card for path, card in loose.items() if path not in copied], period)
        new = {number: of_number for number, of_number in own.items() if period.name(number) not in issues}
        made += (
            _edition(period.name(number), items, is_open=number >= current)
            for number, items in _ranked(new, grounds, period)
        )
    return tuple(sorted(made, key=attrgetter("name"), reverse=True))


def _ranked(
    cards: Mapping[int, list[Card]], grounds: Grounds, period: Period
) -> Iterator[tuple[int, tuple[_Item, ...]]]:
    """The items of editions that have not come out yet, of their articles by number."""
    if not cards:  # as after most edits
        return
    sources, bonds = sources_of(chain.from_iterable(cards.values()), grounds, period), _Bonds(grounds, period)
    for number, of_number in cards.items():
        yield number, rank(bonds.together(number, of_number), sources)


def freeze(editions: Iterable[Edition], issues: Mapping[str, Issue]) -> Mapping[str, Issue]:
    """The editions as they came out, and those whose time is over now."""
    over = [edition for edition in editions if not edition.is_open and edition.name not in issues]
    return {**issues, **{edition.name: _issue(edition) for edition in over}} if over else issues


def rank(items: Iterable[Sequence[Card]], sources: _Sources) -> tuple[_Item, ...]:
    """The items, the most important first, and each headed by its most important article.

    What the editor says goes first: lead marks, then weights, the lowest of which counts most. Then come the
    sources that report on it, then the time of its latest article, then the path, so that no two are alike.
    """
    headed = [tuple(sorted(item, key=lambda card: rank_of([card], {})) if item[1:] else item) for item in items]
    return tuple(sorted(headed, key=lambda item: rank_of(item, sources)))


def rank_of(item: Sequence[Card], sources: _Sources) -> Rank:
    """What an item is sorted by; `sources` are those of each article and of its copies."""
    if len(item) == 1:  # as most are
        (card,) = item
        ties, names = card.ties, sources.get(card.path, ())
        return Rank(not ties.lead, ties.weight or inf, -len(names), -card.date.timestamp(), card.path)
    return Rank(
        is_no_lead=not any(card.ties.lead for card in item),
        weight=min(card.ties.weight or inf for card in item),
        sources=-len(set[str]().union(*[sources.get(card.path, ()) for card in item])),
        latest=-max(card.date.timestamp() for card in item),
        path=item[0].path,
    )


def reasons_of(rank: Rank, zone: ZoneInfo) -> tuple[str, ...]:
    """What an item ranks by, for people."""
    lead = () if rank.is_no_lead else ("lead",)
    weight = () if rank.weight == inf else (f"weight {rank.weight:.0f}",)
    sources = f"{-rank.sources} source{'' if rank.sources == -1 else 's'}"
    return (*lead, *weight, sources, f"{datetime.fromtimestamp(-rank.latest, zone):%Y-%m-%d %H:%M}")


def sources_of(cards: Iterable[Card], grounds: Grounds, period: Period) -> dict[str, set[str]]:
    """The sources of each article and of its copies in the same edition; what names none is the site's own."""
    sources = {card.path: {card.source.slug if card.source else ""} for card in cards}
    for card, leader in _near_copies(grounds):
        if leader.path in sources and period.number(card.date) == period.number(leader.date):
            sources[leader.path].add(card.source.slug if card.source else "")
    return sources


def _near_copies(grounds: Grounds) -> list[tuple[Card, Card]]:
    """Copies with their leaders, but for those that are copies of copies: days may lie between these."""
    pairs = {frozenset(pair[:2]) for pair in grounds.kinship.pairs}
    return [
        (copy.card, copy.leader)
        for copy in grounds.copies
        if copy.reason != "text" or frozenset((copy.card.path, copy.leader.path)) in pairs
    ]


class _Bonds:
    """What belongs together in an edition: what stories are made of, as far as the days just before it show it."""

    def __init__(self, grounds: Grounds, period: Period) -> None:
        self.kinship, self.period = grounds.kinship, period
        self.story_of = {card.path: story for story in grounds.stories for card in story.cards}
        self.leader_of = {card.path: leader.path for card, leader in _near_copies(grounds)}
        self.day_of = {path: day for day, paths in self.kinship.known.items() for path in paths}
        follows = self.kinship.follows
        self.linked = {*follows, *(earlier for earlier, _ in follows.values()), *self.leader_of}

    def together(self, number: int, cards: Sequence[Card]) -> list[list[Card]]:
        """The articles of an edition, those of one story side by side."""
        roots = Roots()
        self._join_as_found(number, cards, roots)
        for card in cards:
            if card.ties.story and (story := self.story_of.get(card.path)):
                for other in story.cards:
                    roots.join(other.path, card.path)
        items: dict[str, list[Card]] = {}
        for card in cards:
            items.setdefault(roots.root(card.path) if card.path in roots.above else card.path, []).append(card)
        return list(items.values())

    def _join_as_found(self, number: int, cards: Sequence[Card], roots: Roots) -> None:
        """Joins the articles that front matter leaves to kinship."""
        days = {self.day_of[card.path] for card in cards if card.path in self.day_of}
        free = {card.path for card in cards if card.ties.story is None}
        since = self.period.span(number)[0].toordinal() - STORY_DAYS
        for group in chain.from_iterable(self.kinship.groups.get(day, ()) for day in sorted(days)):
            if len(group) == 1 and group[0] not in self.linked:  # alone, as most are
                continue
            members = {self.leader_of.get(path, path) for path in group} & free
            for path in members:
                roots.join(path, f"group {group[0]}")
            if members:
                self._go_back(group[0], since, roots)

    def _go_back(self, first: str, since: int, roots: Roots) -> None:
        """Joins a group with those that it goes on from, no further back than a story may rest."""
        while first in self.kinship.follows:
            earlier = self.kinship.follows[first][0]
            if self.day_of[earlier] < since:
                return
            roots.join(f"group {first}", f"group {earlier}")
            first = earlier


def _printed(issue: Issue, loose: dict[str, Card]) -> tuple[_Item, ...]:
    """What is still there of an edition that came out; takes it from the articles that are loose."""
    items = [
        (loose.pop(item, None),) if type(item) is str else tuple([loose.pop(path, None) for path in item])
        for item in issue
    ]
    if None in chain.from_iterable(items):
        return tuple([there for item in items if (there := tuple([card for card in item if card]))])
    return tuple(items)  # type: ignore[arg-type]  # none is missing


def _issue(edition: Edition) -> Issue:
    paths = [[card.path for card in item] for item in edition.items]
    return [item[0] if len(item) == 1 else item for item in paths]


def _by_number(cards: Iterable[Card], period: Period) -> dict[int, list[Card]]:
    """The cards, which are in order of time, by their editions."""
    by_number: defaultdict[int, list[Card]] = defaultdict(list)
    number, since, until = 0, inf, -inf
    for card in cards:
        if not since <= card.date.timestamp() < until:
            number = period.number(card.date)
            since, until = period.end(number - 1).timestamp(), period.end(number).timestamp()
        by_number[number].append(card)
    return dict(by_number)


def _edition(name: str, items: tuple[_Item, ...], *, is_open: bool) -> Edition:
    cards = [card for item in items for card in item]
    minutes = max(1, round(sum([card.words for card in cards]) / WORDS_A_MINUTE))
    sizes = list(map(len, items)) if len(cards) > len(items) else ""
    shown = digest(f"{name} {minutes} {is_open} {sizes} {' '.join([card.digest for card in cards])}".encode())
    return Edition(name, f"/editions/{name}/", is_open, items, minutes, shown)
