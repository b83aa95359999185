"""Which articles a reader of one may want to see next."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Final

from generator.corpus import Copy, Story
from generator.model import Card, Link
from generator.pipeline.group.kinship import Kinship

MOST: Final = 5


def lead_on(
    cards: Sequence[Card], copies: Sequence[Copy], stories: Sequence[Story], kinship: Kinship
) -> dict[str, tuple[Link, ...]]:
    """Links to at most five others by path: those of its story, nearest in time first, then those most like it."""
    by_path = {card.path: card for card in cards}
    leader_of = {copy.card.path: copy.leader.path for copy in copies}
    copied = leader_of.keys()
    together = {card.path: story.cards for story in stories for card in story.cards}
    links = {card.path: Link(card.title, card.url) for card in cards}
    related = {}
    for path in (*links, *leader_of):
        own = leader_of.get(path, path)
        others: Iterable[str] = kinship.near.get(path, ())
        if own != path or not copied.isdisjoint(others):
            others = _like(path, own, others, leader_of)
        if own in together:
            others = dict.fromkeys((*_in_story(by_path[own], together[own]), *others))
        if found := tuple([links[other] for other in islice(others, MOST)]):
            related[path] = found
    return related


def _in_story(card: Card, others: Sequence[Card]) -> list[str]:
    def distance(other: Card) -> tuple[float, str]:
        return abs(other.date.timestamp() - card.date.timestamp()), other.path

    return [other.path for other in sorted(others, key=distance) if other.path != card.path]


def _like(path: str, own: str, near: Iterable[str], leader_of: Mapping[str, str]) -> Iterable[str]:
    """Those most like it, copies by their leaders, each once."""
    likest = dict.fromkeys([leader_of.get(other, other) for other in near])
    return [other for other in likest if other not in {path, own}]
