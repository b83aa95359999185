"""Titles of other articles, as pages list them beside their own -> links to those that the site has."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from generator.characters import letters
from generator.model import Card, Link

_FEWEST_LETTERS: Final = 12  # of a title that may stand for just one article; "Live updates" stands for many


def link_related(listing: Sequence[Card], cards: Sequence[Card]) -> Mapping[str, tuple[Link, ...]]:
    """The related titles of some articles by their paths; one that is the title of one of the cards has its url.

    Of two cards with one title the first is linked.
    """
    wanted = {letters(title) for card in listing for title in card.related}
    found: dict[str, Card] = {}
    for card in cards if wanted else ():
        if (key := letters(card.title)) in wanted:
            found.setdefault(key, card)
    return {card.path: tuple(_links(card, found)) for card in listing}


def _links(card: Card, found: Mapping[str, Card]) -> Iterable[Link]:
    for title in card.related:
        key = letters(title)
        other = found.get(key) if len(key) >= _FEWEST_LETTERS else None
        if other is None:
            yield Link(title)
        elif other.path != card.path:  # its own title leads nowhere new
            yield Link(other.title, other.url)
