"""Corpus -> which pages exist, each with its view. PAGE_KINDS is the list of kinds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from generator import urls
from generator.model import Card, Corpus, Link, Month, Site, StaticPage, Taxonomy, Term, TermLink
from generator.pipeline.group.taxonomies import tag_slug
from generator.pipeline.render import feeds, views
from generator.pipeline.render.views import Count, Day, Pager, Section, View
from generator.problems import Problem

_SITEMAP_LIMIT: Final = 50_000  # sitemaps.org


class Page(NamedTuple):
    """A page that the site has."""

    url: str
    template: str
    view: View
    texts: tuple[str, ...] = ()  # paths of the articles whose full text it shows
    owner: str = ""  # the content file that it comes from, where there is just one


class Planner:
    """A corpus and what every page needs of it; made once a build."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.site = corpus.site
        self.taxonomies = {taxonomy.name: taxonomy for taxonomy in corpus.taxonomies}
        self.site_view = _site_view(corpus)
        self.tags = {term.slug: _term_link(term) for term in self.terms("tags")}

    def terms(self, taxonomy: str) -> tuple[Term, ...]:
        """The terms of a taxonomy; none where the site has no pages for it."""
        return self.taxonomies[taxonomy].terms if taxonomy in self.taxonomies else ()

    def day_of(self, card: Card) -> date:
        """The day of an article in the site's time zone."""
        return card.date.astimezone(self.site.timezone).date()

    def days(self, cards: Iterable[Card]) -> tuple[Day, ...]:
        """The cards by day, in their order."""
        by_day: dict[date, list[Card]] = {}
        for card in cards:
            by_day.setdefault(self.day_of(card), []).append(card)
        return tuple(Day(day, tuple(of_day)) for day, of_day in by_day.items())


def plan(corpus: Corpus) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """All pages in the order of their kinds; of two that want one url the first, and a problem."""
    planner = Planner(corpus)
    pages = [page for kind in PAGE_KINDS for page in kind(planner)]
    pages += _sitemaps(planner, pages)
    return _without_collisions(pages)


def _without_collisions(pages: Iterable[Page]) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Also finds urls that are one file where the disk knows no case of letters."""
    taken: dict[str, Page] = {}
    problems = []
    for page in pages:
        first = taken.setdefault(urls.output_path(page.url).casefold(), page)
        if first is not page:
            names = [other.owner or f"the page {other.url}" for other in (first, page)]
            message = f"{names[0]} and {names[1]} want one url: {page.url}"
            hint = "give one of them another `slug` or `url`"
            problems.append(Problem(page.owner or first.owner, 1, 0, message, "same-url", hint))
    return tuple(taken.values()), tuple(problems)


# The kinds of page


def front_pages(planner: Planner) -> Iterator[Page]:
    """The front page, and the older news behind it."""
    corpus, site = planner.corpus, planner.site
    for pager, cards in _cut(corpus.cards, site.per_page, "/"):
        if pager.number:
            common = (planner.site_view, _page_url("/", pager.number), "Older news", "", ())
            yield Page(common[1], "list.html", views.ListView(*common, "news", None, planner.days(cards), pager))
        else:
            lead, rest = (cards[0], cards[1:]) if cards else (None, ())
            common = (planner.site_view, "/", site.title, site.description, ())
            yield Page("/", "front.html", views.FrontView(*common, lead, _sections(rest, site), pager))


def article_pages(planner: Planner) -> Iterator[Page]:
    """Every article, with its neighbours in time."""
    cards = planner.corpus.cards
    for index, card in enumerate(cards):
        newer = _card_link(cards[index - 1]) if index else None
        older = _card_link(cards[index + 1]) if index + 1 < len(cards) else None
        yield _article_page(planner, card, newer, older)
    for card in planner.corpus.unlisted:
        yield _article_page(planner, card, None, None)


def static_pages(planner: Planner) -> Iterator[Page]:
    """The pages of content/pages/."""
    for page in planner.corpus.pages:
        language = page.language or planner.site.language
        view = views.PageView(planner.site_view, page.url, page.title, page.description, (), page.html, language)
        yield Page(page.url, "page.html", view, owner=page.path)


def term_pages(planner: Planner) -> Iterator[Page]:
    """Every topic, tag and source with its articles."""
    for taxonomy in planner.corpus.taxonomies:
        for term in taxonomy.terms:
            for pager, cards in _cut(term.cards, planner.site.per_page, term.url):
                yield _term_page(planner, taxonomy, term, pager, cards)


def index_pages(planner: Planner) -> Iterator[Page]:
    """The lists of all topics, all tags, all sources."""
    for taxonomy in planner.corpus.taxonomies:
        url = f"/{taxonomy.name}/"
        terms = tuple(Count(term.name, term.url, len(term.cards)) for term in taxonomy.terms)
        view = views.IndexView(planner.site_view, url, taxonomy.title, "", (), taxonomy.name, terms)
        yield Page(url, "index.html", view)


def archive_pages(planner: Planner) -> Iterator[Page]:
    """The months with their articles, and the list of them."""
    months = planner.corpus.months
    if not planner.site.pages.archive:
        return
    years: dict[int, list[Count]] = {}
    for month in months:
        years.setdefault(month.year, []).append(Count(_month_name(month), month.url, len(month.cards)))
    by_year = tuple(views.Year(year, tuple(counts)) for year, counts in years.items())
    yield Page(
        "/archive/", "archive.html", views.ArchiveView(planner.site_view, "/archive/", "Archive", "", (), by_year)
    )
    for index, month in enumerate(months):
        newer = _month_link(months[index - 1]) if index else None
        older = _month_link(months[index + 1]) if index + 1 < len(months) else None
        common = (planner.site_view, month.url, _month_name(month), "", ())
        first, days = date(month.year, month.month, 1), planner.days(month.cards)
        yield Page(month.url, "month.html", views.MonthView(*common, first, days, newer, older))


def redirects(planner: Planner) -> Iterator[Page]:
    """The old addresses of articles and static pages."""
    corpus = planner.corpus
    items: list[Card | StaticPage] = [*corpus.cards, *corpus.unlisted, *corpus.pages]
    for item in items:
        for alias in item.aliases:
            view = views.RedirectView(planner.site_view, alias, item.title, "", (), item.url)
            yield Page(alias, "redirect.html", view, owner=item.path)


def feed_pages(planner: Planner) -> Iterator[Page]:
    """The feeds of the site, of topics, tags and sources."""
    for feed in feeds.feeds_of(planner.corpus):
        updated = max((card.updated for card in feed.cards), default=None)
        common = (planner.site_view, feed.url, feed.title, feed.description, ())
        view = views.FeedView(*common, feed.format, feed.home, updated, feed.cards)
        yield Page(feed.url, feeds.TEMPLATES[feed.format], view, tuple(card.path for card in feed.cards))


def service_pages(planner: Planner) -> Iterator[Page]:
    """The page for addresses that don't exist, and what crawlers are told."""
    site = planner.site_view
    yield Page("/404.html", "404.html", views.NotFoundView(site, "/404.html", "Page not found", "", ()))
    yield Page("/robots.txt", "robots.txt", views.RobotsView(site, "/robots.txt", "", "", (), "/sitemap.xml"))


PAGE_KINDS: Final[tuple[Callable[[Planner], Iterator[Page]], ...]] = (
    front_pages,
    article_pages,
    static_pages,
    term_pages,
    index_pages,
    archive_pages,
    redirects,
    feed_pages,
    service_pages,
)


def _sitemaps(planner: Planner, pages: Sequence[Page]) -> Iterator[Page]:
    """One sitemap of all pages for readers; beyond its limit an index and as many as it takes."""
    unlisted = {card.url for card in planner.corpus.unlisted}
    entries = tuple(_sitemap_entry(page) for page in pages if _in_sitemap(page) and page.url not in unlisted)
    parts = [entries[first : first + _SITEMAP_LIMIT] for first in range(0, len(entries), _SITEMAP_LIMIT)]
    single = len(parts) <= 1
    addresses = () if single else tuple(f"/sitemap-{number}.xml" for number, _ in enumerate(parts, start=1))
    common = (planner.site_view, "/sitemap.xml", "", "", ())
    yield Page("/sitemap.xml", "sitemap.xml", views.SitemapView(*common, entries if single else (), addresses))
    for url, part in zip(addresses, parts, strict=False):
        yield Page(url, "sitemap.xml", views.SitemapView(planner.site_view, url, "", "", (), part, ()))


def _in_sitemap(page: Page) -> bool:
    return not isinstance(page.view, views.RedirectView | views.NotFoundView | views.RobotsView | views.FeedView)


def _sitemap_entry(page: Page) -> views.SitemapEntry:
    updated = page.view.card.updated if isinstance(page.view, views.ArticleView) else None
    return views.SitemapEntry(page.url, updated)


# The parts of pages


def _site_view(corpus: Corpus) -> views.SiteView:
    site = corpus.site
    sections = [Link(taxonomy.title, f"/{taxonomy.name}/") for taxonomy in corpus.taxonomies]
    return views.SiteView(
        title=site.title,
        description=site.description,
        language=site.language,
        base_url=site.base_url,
        topics=tuple(Link(topic.name, f"/topics/{topic.slug}/") for topic in site.topics if site.pages.topics),
        sections=(*sections, *((Link("Archive", "/archive/"),) if site.pages.archive else ())),
        menu=site.menu,
        feeds=feeds.links("/", site.title, site.feeds.formats if site.feeds.site else ()),
    )


def _article_page(planner: Planner, card: Card, newer: Link | None, older: Link | None) -> Page:
    slugs = dict.fromkeys(tag_slug(tag) for tag in card.tags)
    names = {tag_slug(tag): tag for tag in card.tags}
    tags = tuple(planner.tags.get(slug) or TermLink(slug, names[slug], "") for slug in slugs)
    common = (planner.site_view, card.url, card.title, card.summary, ())
    view = views.ArticleView(*common, card, card.topics, tags, card.source, newer, older)
    return Page(card.url, "article.html", view, (card.path,), card.path)


def _term_page(planner: Planner, taxonomy: Taxonomy, term: Term, pager: Pager, cards: tuple[Card, ...]) -> Page:
    url = _page_url(term.url, pager.number)
    links = feeds.links(term.url, term.name, feeds.formats_of(taxonomy.name, planner.site) if term.cards else ())
    index = Link(taxonomy.title, f"/{taxonomy.name}/")
    common = (planner.site_view, url, term.name, term.description, links)
    return Page(url, "list.html", views.ListView(*common, taxonomy.name, index, planner.days(cards), pager))


def _sections(cards: Iterable[Card], site: Site) -> tuple[Section, ...]:
    """The cards by primary topic: configured topics in their order, the others after them by name."""
    by_topic: dict[TermLink | None, list[Card]] = {}
    for card in cards:
        by_topic.setdefault(card.topics[0] if card.topics else None, []).append(card)
    order = {topic.slug: number for number, topic in enumerate(site.topics)}

    def place(topic: TermLink | None) -> tuple[bool, int, str]:
        return (topic is None, order.get(topic.slug, len(order)) if topic else 0, topic.title if topic else "")

    return tuple(Section(topic, tuple(by_topic[topic])) for topic in sorted(by_topic, key=place))


def _cut(cards: tuple[Card, ...], size: int, url: str) -> Iterator[tuple[Pager, tuple[Card, ...]]]:
    """A list in pages: the newest page has one to two sizes, the numbered ones are full and never shift.

    Numbers count from the oldest page, so that a new article changes the newest page alone.
    """
    last = max(0, len(cards) // size - 1)  # the highest number
    older = _page_url(url, last) if last else ""
    yield Pager("", older, 0), cards[: len(cards) - last * size]
    for number in range(last, 0, -1):
        end = len(cards) - (number - 1) * size
        newer = _page_url(url, number + 1 if number < last else 0)
        yield Pager(newer, _page_url(url, number - 1) if number > 1 else "", number), cards[end - size : end]


def _page_url(url: str, number: int) -> str:
    return f"{url}page/{number}/" if number else url


def _card_link(card: Card) -> Link:
    return Link(card.title, card.url)


def _month_link(month: Month) -> Link:
    return Link(_month_name(month), month.url)


def _month_name(month: Month) -> str:
    return f"{month.year:04}-{month.month:02}"


def _term_link(term: Term) -> TermLink:
    return TermLink(term.slug, term.name, term.url)
