"""Which feeds a site has, and the JSON Feed; the Atom and RSS templates are the theme's.

Formats: RFC 4287 (Atom) with RFC 6721 (entries that are gone), the RSS 2.0 specification with the RSS Advisory
Board's profile, JSON Feed 1.1.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from operator import attrgetter
from typing import Final, NamedTuple

from generator.corpus import Corpus
from generator.model import Article, Card, Json, Site
from generator.pipeline.group.changes import withdrawn_at
from generator.pipeline.group.uses import tag_slug
from generator.pipeline.render.views import FeedLink, FeedView, Gone

FILES: Final = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}  # templates have the same names
_TYPES: Final = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}
_ROOT_LINK: Final = re.compile(r'(<(?:a|img|source|track|video)\b[^<>]*? (?:href|src|poster)=")/(?!/)')
_BOX: Final = re.compile(r"<input [^<>]*>")
_FRAGMENT_LINK: Final = re.compile(r'(<a\b[^<>]*? href=")#')


class Feed(NamedTuple):
    """One feed of the site."""

    url: str
    format: str
    title: str
    description: str
    home: str  # the url of the page that it belongs to
    cards: tuple[Card, ...]  # newest first, as many as a feed holds
    withdrawn: tuple[Gone, ...] = ()  # the latest of those that it would hold; for Atom alone


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
    gone, limit = _gone(corpus), corpus.site.feeds.limit
    for home, title, description, cards, formats in _homes(corpus):
        for name in formats:
            withdrawn = gone.get(home, ()) if name == "atom" else ()
            yield Feed(home + FILES[name], name, title, description, home, cards[:limit], withdrawn)


def _homes(corpus: Corpus) -> Iterator[tuple[str, str, str, tuple[Card, ...], tuple[str, ...]]]:
    """The pages that feeds belong to: url, title and description of the feed, all its articles, its formats."""
    site = corpus.site
    if site.feeds.site:
        yield "/", site.title, site.description, corpus.cards, site.feeds.formats
    for taxonomy in corpus.taxonomies:
        formats = formats_of(taxonomy.name, site)
        for term in taxonomy.terms:
            if term.cards:
                yield term.url, f"{site.title}: {term.name}", term.description, term.cards, formats
    if site.pages.stories:
        formats = formats_of("stories", site)
        for story in corpus.stories:
            yield story.url, f"{site.title}: {story.title}", "", story.cards, formats


def _gone(corpus: Corpus) -> Mapping[str, tuple[Gone, ...]]:
    """What readers are told of withdrawn articles, by the pages whose feeds had them: the latest, newest first."""
    found: dict[str, list[Gone]] = {}
    for card in corpus.withdrawn:
        if card.withdrawn and not card.unlisted:
            gone = Gone(card.id, withdrawn_at(card), card.withdrawn.reason)
            tags = (f"/tags/{tag_slug(tag)}/" for tag in card.tags)
            terms = (term.url for term in (*card.topics, card.source) if term)
            for home in dict.fromkeys(("/", *tags, *terms)):
                found.setdefault(home, []).append(gone)
    limit = corpus.site.feeds.limit
    return {home: tuple(nlargest(limit, sorted(all_), key=attrgetter("date"))) for home, all_ in found.items()}


def standalone(html: str, host: str, page: str) -> str:
    """Safe HTML as a feed needs it: links that work anywhere, boxes of tasks as signs.

    `page` is the absolute url of the article. Readers of feeds take elements of forms away.
    """
    if "<input " in html:
        html = _BOX.sub(lambda box: "☑" if "checked" in box[0] else "☐", html)
    if '="/' not in html and '="#' not in html:
        return html
    html = _ROOT_LINK.sub(lambda link: f"{link[1]}{host}/", html)
    return _FRAGMENT_LINK.sub(lambda link: f"{link[1]}{page}#", html)


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
        "items": [
            _item(article._replace(date=card.date, updated=card.updated), absolute(article.url), html(article))
            for card, article in zip(view.cards, texts, strict=True)
        ],
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
