"""Which articles a reader of one may want to see next."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Final

from generator.corpus import Copy, Story
from generator.model import Card, Link
from generator.pipeline.group.kinship import Kinship

MOST: Final = 5


def lead_on(
    cards: Mapping[str, Card], copies: Sequence[Copy], stories: Sequence[Story], kinship: Kinship
) -> dict[str, tuple[Link, ...]]:
    """Links to at most five others by path: those of its story, nearest in time first, then those most like it.

    `cards` are the articles that lead, by path.
    """
    if not (copies or stories or kinship.near):
        return {}
    links = {path: Link(card.title, card.url) for path, card in cards.items()}
    leader_of = {copy.card.path: copy.leader.path for copy in copies}
    beside = {path: others for story in stories for path, others in _in_story(story.cards)}
    near, copied = kinship.near, frozenset(leader_of)
    related = {}
    for path in chain(cards, leader_of):
        others: Iterable[str] = near.get(path, ())
        if path in copied or not copied.isdisjoint(others):
            own = leader_of.get(path, path)
            others = dict.fromkeys((*beside.get(own, ()), *_like(path, own, others, leader_of)))
        elif path in beside:
            others = dict.fromkeys((*beside[path], *others))
        if found := tuple([links[other] for other in islice(others, MOST)]):
            related[path] = found
    return related


def _in_story(cards: Sequence[Card]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each article of a story, which are newest first, those nearest to it in time, as many as are shown."""
    if len(cards) == 2:  # noqa: PLR2004 - as most have
        one, other = cards[0].path, cards[1].path
        yield one, (other,)
        yield other, (one,)
        return
    ages = [(-card.date.timestamp(), card.path) for card in cards]
    for place, (age, path) in enumerate(ages):
        others = _around(ages, place) if len(ages) > MOST else ages
        near = sorted([(abs(of - age), other) for of, other in others if other != path])
        yield path, tuple([other for _, other in near[:MOST]])


def _around(ages: Sequence[tuple[float, str]], place: int) -> Sequence[tuple[float, str]]:
    """The neighbours among which the nearest are, with all that are as far off: a story may have 1,000 articles."""
    first = bisect_left(ages, (ages[max(0, place - MOST)][0], ""))
    end = bisect_right(ages, ages[min(place + MOST, len(ages) - 1)][0], key=itemgetter(0))
    return ages[first:end]


def _like(path: str, own: str, near: Iterable[str], leader_of: Mapping[str, str]) -> Iterable[str]:
    """Those most like it, copies by their leaders, each once."""
    likest = dict.fromkeys([leader_of.get(other, other) for other in near])
    return [other for other in likest if other not in {path, own}]
