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
    together = {card.path: story.cards for story in stories for card in story.cards}
    related = {}
    for path in sorted(together.keys() | kinship.near.keys()):
        own = leader_of.get(path, path)
        others: Iterable[str] = _like(path, own, kinship, leader_of) if leader_of else kinship.near.get(path, ())
        if own in together:
            others = dict.fromkeys((*_in_story(by_path[own], together[own]), *others))
        if links := tuple([Link(by_path[other].title, by_path[other].url) for other in islice(others, MOST)]):
            related[path] = links
    return related


def _in_story(card: Card, others: Sequence[Card]) -> list[str]:
    def distance(other: Card) -> tuple[float, str]:
        return abs(other.date.timestamp() - card.date.timestamp()), other.path

    return [other.path for other in sorted(others, key=distance) if other.path != card.path]


def _like(path: str, own: str, kinship: Kinship, leader_of: Mapping[str, str]) -> Iterable[str]:
    """Those most like it, copies by their leaders, each once."""
    likest = dict.fromkeys([leader_of.get(other, other) for other in kinship.near.get(path, ())])
    return [other for other in likest if other not in {path, own}]
