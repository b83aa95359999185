"""The pages of editions, the list of them, and their feed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from generator.corpus import Corpus, Edition
from generator.model import Card, Link, Site, TermLink
from generator.pipeline.group.period import period_of
from generator.pipeline.render import feeds, views
from generator.pipeline.render.page import Frame, Page, cut, page_url
from generator.pipeline.render.views import EditionCount, EditionEntry, EditionMonth, Item, Pager, Section, View

_HEADLINES = 3  # of an edition in the list of them


def edition_pages(corpus: Corpus, frame: Frame) -> Iterator[Page]:
    """Every edition with links to its neighbours, and the list of them.

    One that came out and has no article any more keeps its page, but no other page leads there.
    """
    if not frame.site.pages.editions:
        return
    for edition in corpus.editions:
        if not edition.items:
            yield Page(edition.url, "edition.html", frame, _edition_view, (edition, (), None, None))
    editions = with_articles(corpus)
    stories = story_links(corpus, editions)
    links = [Link(edition.name, edition.url) for edition in editions]
    for edition, *around in zip(editions, stories, (None, *links), (*links[1:], None), strict=False):
        yield Page(edition.url, "edition.html", frame, _edition_view, (edition, *around))
    for pager, some in cut(editions, frame.site.per_page, "/editions/"):
        yield Page(page_url("/editions/", pager.number), "editions.html", frame, _editions_view, (some, pager))


def edition_feed(corpus: Corpus, frame: Frame) -> Iterator[Page]:
    """The feed of the editions that are over."""
    site = frame.site
    if site.pages.editions and feeds.formats_of("editions", site):
        over = tuple([edition for edition in with_articles(corpus) if not edition.is_open][: site.feeds.limit])
        yield Page("/editions/atom.xml", "editions.xml", frame, _feed_view, (over, *story_links(corpus, over)))


def with_articles(corpus: Corpus) -> tuple[Edition, ...]:
    """The editions that there is something in, newest first."""
    return tuple([edition for edition in corpus.editions if edition.items])


def story_links(corpus: Corpus, editions: Sequence[Edition]) -> list[tuple[Link | None, ...]]:
    """For each edition the stories of its items, but for those that are one article."""
    story_of = {card.path: story for story in corpus.stories for card in story.cards}

    def link(item: tuple[Card, ...]) -> Link | None:
        story = story_of.get(item[0].path)
        return Link(story.title, story.url) if story else None

    return [tuple([link(item) if len(item) > 1 else None for item in edition.items]) for edition in editions]


def items_of(edition: Edition, stories: Sequence[Link | None]) -> list[Item]:
    """What an edition shows, the most important first."""
    return [Item(item[0], item[1:], story) for item, story in zip(edition.items, stories, strict=True)]


def sections(items: Iterable[Item], site: Site) -> tuple[Section, ...]:
    """The items by primary topic: configured topics in their order, the others after them by name."""
    by_topic: dict[TermLink | None, list[Item]] = {}
    for item in items:
        by_topic.setdefault(item.card.topics[0] if item.card.topics else None, []).append(item)
    order = {topic.slug: number for number, topic in enumerate(site.topics)}

    def place(topic: TermLink | None) -> tuple[bool, int, str]:
        return (topic is None, order.get(topic.slug, len(order)) if topic else 0, topic.title if topic else "")

    return tuple(Section(topic, tuple(by_topic[topic])) for topic in sorted(by_topic, key=place))


def count_of(edition: Edition, site: Site) -> EditionCount:
    """An edition, and what is in it."""
    period = period_of(site)
    articles = sum(map(len, edition.items))
    headlines = tuple(item[0].title for item in edition.items[:_HEADLINES])
    about = (edition.name, edition.url, *period.span(period.number_of(edition.name)), edition.is_open)
    return EditionCount(*about, articles, edition.minutes, headlines)


def _edition_view(
    frame: Frame, edition: Edition, stories: tuple[Link | None, ...], newer: Link | None, older: Link | None
) -> View:
    items = items_of(edition, stories)
    common = (frame.view, edition.url, edition.name, "", ())
    count, closes = count_of(edition, frame.site), _end(edition, frame.site)
    lead = items[0] if items else None
    return views.EditionView(*common, count, closes, lead, sections(items[1:], frame.site), newer, older)


def _editions_view(frame: Frame, editions: tuple[Edition, ...], pager: Pager) -> View:
    counts = [count_of(edition, frame.site) for edition in editions]
    by_month = groupby(counts, key=lambda count: count.first.replace(day=1))
    months = tuple(EditionMonth(month, tuple(run)) for month, run in by_month)
    links = feeds.links("/editions/", "Editions", feeds.formats_of("editions", frame.site))
    common = (frame.view, page_url("/editions/", pager.number), "Editions", "", links)
    return views.EditionsView(*common, months, pager)


def _feed_view(frame: Frame, editions: tuple[Edition, ...], *stories: tuple[Link | None, ...]) -> View:
    entries = tuple(_entry(frame.site, *each) for each in zip(editions, stories, strict=True))
    updated = max((entry.updated for entry in entries), default=None)
    common = (frame.view, "/editions/atom.xml", f"{frame.site.title}: Editions", frame.site.description, ())
    return views.EditionsFeedView(*common, "/editions/", updated, entries, frame.site.feeds.hub)


def _entry(site: Site, edition: Edition, stories: tuple[Link | None, ...]) -> EditionEntry:
    from uuid import NAMESPACE_URL, uuid5  # noqa: PLC0415 - for a feed that changed

    name = f"urn:uuid:{uuid5(NAMESPACE_URL, f'{site.feeds.authority}{edition.url}')}"
    closed = _end(edition, site)
    updated = max(closed, *(card.updated for item in edition.items for card in item))
    return EditionEntry(name, count_of(edition, site), closed, updated, tuple(items_of(edition, stories)))


def _end(edition: Edition, site: Site) -> datetime:
    period = period_of(site)
    return period.end(period.number_of(edition.name))
