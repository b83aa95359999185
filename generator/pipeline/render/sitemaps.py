"""The addresses of all pages for readers, as search engines want to know them.

A small site has one sitemap. Others have one for the articles of each month, one for the pages that are no
articles, and an index: an article then changes a small file, and the others stay as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from generator.corpus import Corpus
from generator.model import Card
from generator.pipeline.render.page import Frame, LeftOut, Near, Page
from generator.pipeline.render.views import SitemapEntry, SitemapView, View

Item = TypeVar("Item")

_SMALL: Final = 1_000  # addresses
_LIMIT: Final = 50_000  # of one sitemap: sitemaps.org
_FOR_READERS: Final = frozenset(
    {"front.html", "list.html", "page.html", "index.html", "archive.html", "month.html"}
    | {"story.html", "stories.html", "edition.html", "editions.html", "changes.html"}
)


def sitemaps(
    corpus: Corpus, frame: Frame, pages: Iterable[Page | LeftOut], near: Near | None
) -> Iterator[Page | LeftOut]:
    """One sitemap of these pages and of all articles; or a few and the index of them."""
    urls = [page.url for page in pages if page.template in _FOR_READERS]
    if len(urls) + len(corpus.cards) <= _SMALL:
        yield _page(frame, "/sitemap.xml", (*_without_time(urls), *_with_time(corpus.cards)))
        return
    addresses = []
    for url, some in _cut("/sitemap-pages", urls):
        addresses.append(url)
        yield _page(frame, url, _without_time(some))
    for month in corpus.months:
        is_near = near is None or any(card.path in near.articles for card in month.cards)
        for url, cards in _cut(f"/sitemap-{month.year:04}-{month.month:02}", month.cards):
            addresses.append(url)
            yield _page(frame, url, _with_time(cards)) if is_near else LeftOut(url, "sitemap.xml")
    yield _page(frame, "/sitemap.xml", (), tuple(addresses))


def _page(frame: Frame, url: str, entries: tuple[SitemapEntry, ...], parts: tuple[str, ...] = ()) -> Page:
    return Page(url, "sitemap.xml", frame, _sitemap_view, (url, entries, parts))


def _without_time(urls: Iterable[str]) -> tuple[SitemapEntry, ...]:
    return tuple([SitemapEntry(url, None) for url in urls])


def _with_time(cards: Iterable[Card]) -> tuple[SitemapEntry, ...]:
    return tuple([SitemapEntry(card.url, card.updated) for card in cards])


def _cut(name: str, items: Sequence[Item]) -> Iterator[tuple[str, Sequence[Item]]]:
    """As many as there may be in a sitemap, with its url."""
    for number, first in enumerate(range(0, len(items), _LIMIT), start=1):
        yield f"{name}-{number}.xml" if number > 1 else f"{name}.xml", items[first : first + _LIMIT]


def _sitemap_view(frame: Frame, url: str, entries: tuple[SitemapEntry, ...], parts: tuple[str, ...]) -> View:
    return SitemapView(frame.view, url, "", "", (), entries, parts)
