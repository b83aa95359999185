"""The addresses of all pages for readers, as search engines want to know them.

A small site has one sitemap. Others have one for the articles of each month, one for the pages that are no
articles, and an index: an article then changes a small file, and the others stay as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.corpus import Corpus
from generator.model import Card
from generator.pipeline.render.page import Frame, Page
from generator.pipeline.render.views import SitemapEntry, SitemapView, View

_SMALL: Final = 1_000  # addresses
_LIMIT: Final = 50_000  # of one sitemap: sitemaps.org
_FOR_READERS: Final = frozenset(
    {"front.html", "list.html", "page.html", "index.html", "archive.html", "month.html"}
    | {"story.html", "stories.html", "edition.html", "editions.html", "changes.html"}
)


def sitemaps(corpus: Corpus, frame: Frame, pages: Iterable[Page]) -> Iterator[Page]:
    """One sitemap of these pages and of all articles, or a few and the index of them."""
    urls = [page.url for page in pages if page.template in _FOR_READERS]
    if len(urls) + len(corpus.cards) <= _SMALL:
        entries = (*_without_time(urls), *_with_time(corpus.cards))
        yield Page("/sitemap.xml", "sitemap.xml", frame, _sitemap_view, ("/sitemap.xml", entries, ()))
        return
    parts = [*_cut("/sitemap-pages", _without_time(urls))]
    for month in corpus.months:
        parts += _cut(f"/sitemap-{month.year:04}-{month.month:02}", _with_time(month.cards))
    addresses = tuple([url for url, _ in parts])
    yield Page("/sitemap.xml", "sitemap.xml", frame, _sitemap_view, ("/sitemap.xml", (), addresses))
    for url, part in parts:
        yield Page(url, "sitemap.xml", frame, _sitemap_view, (url, part, ()))


def _without_time(urls: Iterable[str]) -> list[SitemapEntry]:
    return [SitemapEntry(url, None) for url in urls]


def _with_time(cards: Iterable[Card]) -> list[SitemapEntry]:
    return [SitemapEntry(card.url, card.updated) for card in cards]


def _cut(name: str, entries: Sequence[SitemapEntry]) -> Iterator[tuple[str, tuple[SitemapEntry, ...]]]:
    """Sitemaps of so many entries, by their urls."""
    for number, first in enumerate(range(0, len(entries), _LIMIT), start=1):
        url = f"{name}-{number}.xml" if number > 1 else f"{name}.xml"
        yield url, tuple(entries[first : first + _LIMIT])


def _sitemap_view(frame: Frame, url: str, entries: tuple[SitemapEntry, ...], parts: tuple[str, ...]) -> View:
    return SitemapView(frame.view, url, "", "", (), entries, parts)
