"""The addresses of all pages for readers, as search engines want to know them.

A small site has one sitemap. Others have one for the articles of each month, one for the pages that are no
articles, and an index: an article then changes a small file, and the others stay as they are.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from math import ceil
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


def sitemaps(
    corpus: Corpus, frame: Frame, pages: Iterable[Page], near: Collection[str] | None
) -> tuple[list[Page], list[str]]:
    """One sitemap of these pages and of all articles; or a few and the index of them.

    Where it is known which articles are near a change, by path, the sitemaps of the others are left out; the second
    list has their urls.
    """
    urls = [page.url for page in pages if page.template in _FOR_READERS]
    if len(urls) + len(corpus.cards) <= _SMALL:
        entries = (*_without_time(urls), *_with_time(corpus.cards))
        return [_page(frame, "/sitemap.xml", entries)], []
    parts, left_out = [*_cut("/sitemap-pages", _without_time(urls))], []
    for month in corpus.months:
        name = f"/sitemap-{month.year:04}-{month.month:02}"
        if near is None or any(card.path in near for card in month.cards):
            parts += _cut(name, _with_time(month.cards))
        else:
            left_out += [_url(name, number) for number in range(1, ceil(len(month.cards) / _LIMIT) + 1)]
    addresses = tuple(sorted([*(url for url, _ in parts), *left_out], reverse=True))
    index = _page(frame, "/sitemap.xml", (), addresses)
    return [index, *(_page(frame, url, part) for url, part in parts)], left_out


def _page(frame: Frame, url: str, entries: tuple[SitemapEntry, ...], parts: tuple[str, ...] = ()) -> Page:
    return Page(url, "sitemap.xml", frame, _sitemap_view, (url, entries, parts))


def _without_time(urls: Iterable[str]) -> list[SitemapEntry]:
    return [SitemapEntry(url, None) for url in urls]


def _with_time(cards: Iterable[Card]) -> list[SitemapEntry]:
    return [SitemapEntry(card.url, card.updated) for card in cards]


def _cut(name: str, entries: Sequence[SitemapEntry]) -> Iterator[tuple[str, tuple[SitemapEntry, ...]]]:
    """Sitemaps of so many entries, by their urls."""
    for number, first in enumerate(range(0, len(entries), _LIMIT), start=1):
        yield _url(name, number), tuple(entries[first : first + _LIMIT])


def _url(name: str, number: int) -> str:
    return f"{name}-{number}.xml" if number > 1 else f"{name}.xml"


def _sitemap_view(frame: Frame, url: str, entries: tuple[SitemapEntry, ...], parts: tuple[str, ...]) -> View:
    return SitemapView(frame.view, url, "", "", (), entries, parts)
