"""The front page, and the older news behind it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.corpus import Corpus, Edition
from generator.model import Card, Link
from generator.pipeline.render import views
from generator.pipeline.render.editions import count_of, items_of, sections, story_links, with_articles
from generator.pipeline.render.page import Frame, Page, cut, page_url
from generator.pipeline.render.views import Item, Pager, View

_MOST_SINCE: Final = 8  # articles since the latest edition; the page of the coming one has all


def front_pages(corpus: Corpus, frame: Frame) -> Iterator[Page]:
    """The front page, and the older news behind it."""
    for pager, cards in cut(corpus.cards, frame.site.per_page, "/"):
        if pager.number:
            yield Page(page_url("/", pager.number), "list.html", frame, _older_view, (pager, cards))
        elif with_articles(corpus):
            yield Page("/", "front.html", frame, _edition_view, _latest(corpus, cards, pager))
        else:
            yield Page("/", "front.html", frame, _front_view, (pager, cards))


def _latest(corpus: Corpus, cards: Iterable[Card], pager: Pager) -> tuple[object, ...]:
    """The latest edition that is over, else the first; the articles since; what else belongs before the older news."""
    editions = with_articles(corpus)
    number = next((number for number, edition in enumerate(editions) if not edition.is_open), len(editions) - 1)
    latest, newer = editions[number], editions[:number]
    since = sorted(_cards_in(newer), key=lambda card: (-card.date.timestamp(), card.path))
    shown = {card.path for card in (*_cards_in([latest]), *since)}
    earlier = tuple(card for card in cards if card.path not in shown)
    coming = newer[-1] if newer else None
    return latest, story_links(corpus, [latest])[0], tuple(since[:_MOST_SINCE]), coming, earlier, pager


def _cards_in(editions: Sequence[Edition]) -> Iterator[Card]:
    return (card for edition in editions for item in edition.items for card in item)


def _front_view(frame: Frame, pager: Pager, cards: tuple[Card, ...]) -> View:
    """The newest articles by topic, of a site without editions."""
    items = [Item(card) for card in cards]
    common = (frame.view, "/", frame.site.title, frame.site.description, ())
    lead = items[0] if items else None
    return views.FrontView(*common, lead, sections(items[1:], frame.site), None, (), None, (), pager)


def _edition_view(
    frame: Frame, edition: Edition, stories: tuple[Link | None, ...], since: tuple[Card, ...], *rest: object
) -> View:
    coming, earlier, pager = rest
    assert coming is None or isinstance(coming, Edition)
    assert isinstance(earlier, tuple)
    assert isinstance(pager, Pager)
    lead, *items = items_of(edition, stories)
    common = (frame.view, "/", frame.site.title, frame.site.description, ())
    return views.FrontView(
        *common,
        lead=lead,
        sections=sections(items, frame.site),
        edition=count_of(edition, frame.site),
        since=since,
        coming=count_of(coming, frame.site) if coming else None,
        earlier=frame.days(earlier),
        pager=pager,
    )


def _older_view(frame: Frame, pager: Pager, cards: tuple[Card, ...]) -> View:
    common = (frame.view, page_url("/", pager.number), "Older news", "", ())
    return views.ListView(*common, "news", None, frame.days(cards), pager, "", "", ())
