"""Which feeds a site has, and the JSON Feed; the Atom and RSS templates are the theme's.

Formats: RFC 4287 (Atom), the RSS 2.0 specification with the RSS Advisory Board's profile, JSON Feed 1.1.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from generator.model import Article, Card, Corpus, Json, Site
from generator.pipeline.render.views import FeedLink, FeedView

FILES: Final = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}  # templates have the same names
_TYPES: Final = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}


class Feed(NamedTuple):
    """One feed of the site."""

    url: str
    format: str
    title: str
    description: str
    home: str  # the url of the page that it belongs to
    cards: tuple[Card, ...]  # newest first, as many as a feed holds


def links(home: str, title: str, formats: Iterable[str]) -> tuple[FeedLink, ...]:
    """The links to the feeds of a page."""
    return tuple(FeedLink(title, home + FILES[name], _TYPES[name]) for name in formats)


def formats_of(taxonomy: str, site: Site) -> tuple[str, ...]:
    """The formats in which a taxonomy's terms, stories or editions have feeds: all for topics, Atom for the others."""
    if not getattr(site.feeds, taxonomy):
        return ()
    return site.feeds.formats if taxonomy == "topics" else tuple(name for name in site.feeds.formats if name == "atom")


def feeds_of(corpus: Corpus) -> Iterator[Feed]:
    """All feeds; a term without articles has none."""
    site = corpus.site
    if site.feeds.site:
        yield from _feeds("/", site.title, site.description, corpus.cards[: site.feeds.limit], site.feeds.formats)
    for taxonomy in corpus.taxonomies:
        for term in taxonomy.terms:
            if term.cards:
                title, formats = f"{site.title}: {term.name}", formats_of(taxonomy.name, site)
                yield from _feeds(term.url, title, term.description, term.cards[: site.feeds.limit], formats)
    if site.pages.stories:
        formats = formats_of("stories", site)
        for story in corpus.stories:
            title = f"{site.title}: {story.title}"
            yield from _feeds(story.url, title, "", story.cards[: site.feeds.limit], formats)


def _feeds(home: str, title: str, description: str, cards: tuple[Card, ...], formats: Iterable[str]) -> Iterator[Feed]:
    return (Feed(home + FILES[name], name, title, description, home, cards) for name in formats)


def json_feed(
    view: FeedView, texts: Sequence[Article], absolute: Callable[[str], str], html: Callable[[Article], str]
) -> str:
    """A JSON Feed; `absolute` gives full urls, `html` the text of an article with full links."""
    feed: dict[str, Json] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "home_page_url": absolute(view.home),
        "feed_url": absolute(view.url),
        "description": view.description,
        "language": view.site.language,
        "hubs": [{"type": "WebSub", "url": view.hub}] if view.hub else [],
        "items": [_item(article, absolute(article.url), html(article)) for article in texts],
    }
    return json.dumps(_filled(feed), ensure_ascii=False, indent=1) + "\n"


def _item(article: Article, url: str, html: str) -> Json:
    authors: list[Json] = [{"name": name} for name in article.authors]
    names = [*(topic.title for topic in article.topics), *article.tags]
    tags: list[Json] = list(dict.fromkeys(names))
    item: dict[str, Json] = {
        "id": article.id,
        "url": url,
        "external_url": article.source_url,
        "title": article.title,
        "content_html": html,
        "summary": article.summary,
        "date_published": article.date.isoformat(timespec="seconds"),
        "date_modified": article.updated.isoformat(timespec="seconds"),
        "authors": authors,
        "tags": tags,
        "language": article.language,
    }
    return _filled(item)


def _filled(values: dict[str, Json]) -> dict[str, Json]:
    """Without the fields that have nothing to say; a list of items may be empty."""
    return {name: value for name, value in values.items() if value or name in {"items", "content_html"}}
