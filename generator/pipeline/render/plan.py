"""Corpus -> which pages exist, each with its view. PAGE_KINDS is the list of kinds."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from generator import urls
from generator.corpus import Corpus, Month, Term
from generator.model import Card, Link, StaticPage
from generator.pipeline.render import feeds, views
from generator.pipeline.render.articles import article_pages, beside_the_lists
from generator.pipeline.render.editions import edition_feed, edition_pages
from generator.pipeline.render.front import front_pages
from generator.pipeline.render.notices import change_pages, withdrawn_pages
from generator.pipeline.render.page import Frame, LeftOut, Near, Page, cut, last_of, page_url
from generator.pipeline.render.sitemaps import sitemaps
from generator.pipeline.render.stories import story_pages
from generator.pipeline.render.views import Count, Pager, View
from generator.problems import Problem

_REDIRECTS_LIMIT: Final = 2_000  # Cloudflare; the others have their page all the same


class Plan(NamedTuple):
    """The pages that a site is to have."""

    pages: dict[str, Page]  # by their files in output/, in the order of their kinds
    others: dict[str, str]  # the files of those that are left out, with the content file that each comes from
    problems: tuple[Problem, ...]


def plan(corpus: Corpus, near: Near | None = None) -> Plan:
    """All pages; of two that want one url the first.

    Where it is known what is near to a change, pages that show nothing of it are left out, if no two want one url.
    """
    frame = frame_of(corpus)
    planned = [page for kind in PAGE_KINDS for page in _pages(kind, corpus, frame, near)]
    pages = [page for page in planned if isinstance(page, Page)]
    maps = [*sitemaps(corpus, frame, planned, near)]
    pages += [*_redirect_rules(frame, pages), *(page for page in maps if isinstance(page, Page))]
    left_out = [(page.url, "") for page in (*planned, *maps) if isinstance(page, LeftOut)]
    if near is not None:
        articles = chain(corpus.cards, beside_the_lists(corpus))
        left_out += [(card.url, card.path) for card in articles if card.path not in near.articles]
    by_path = {urls.output_path(page.url): page for page in pages}
    others = {urls.output_path(url): owner for url, owner in left_out}
    files = {*map(str.casefold, by_path), *map(str.casefold, others)}  # where the disk knows no case, two may be one
    if len(files) == len(pages) + len(left_out):
        return Plan(by_path, others, ())
    return plan(corpus) if left_out else _without_collisions(pages)


def _pages(
    kind: Callable[[Corpus, Frame], Iterator[Page | LeftOut]], corpus: Corpus, frame: Frame, near: Near | None
) -> Iterator[Page | LeftOut]:
    if near is not None and kind is article_pages:
        return article_pages(corpus, frame, near.articles)
    return term_pages(corpus, frame, near) if kind is term_pages else kind(corpus, frame)


def pages_that_show(corpus: Corpus, texts: Collection[str]) -> dict[str, Page]:
    """Those pages of the plan, by their files, that show the full text of one of these articles."""
    frame = frame_of(corpus)
    pages = chain(article_pages(corpus, frame, texts), feed_pages(corpus, frame))
    return {urls.output_path(page.url): page for page in pages if any(path in texts for path in page.texts)}


def frame_of(corpus: Corpus) -> Frame:
    """What all pages are made with."""
    return Frame(corpus.site, _site_view(corpus))


def _without_collisions(pages: Iterable[Page]) -> Plan:
    """The first page of each url, with a problem for each of the others."""
    taken: dict[str, Page] = {}
    problems = []
    for page in pages:
        first = taken.setdefault(urls.output_path(page.url).casefold(), page)
        if first is not page:
            problems.append(_collision(first, page))
    return Plan({urls.output_path(page.url): page for page in taken.values()}, {}, tuple(problems))


def _collision(first: Page, page: Page) -> Problem:
    names = [other.owner or f"the page {other.url}" for other in (first, page)]
    message = f"{names[0]} and {names[1]} want one url: {page.url}"
    hint = "give one of them another `slug` or `url`"
    cards = [other.parts[0] for other in (first, page) if other.parts and isinstance(other.parts[0], Card)]
    if len({card.language for card in cards}) > 1 and ":language" not in page.frame.site.permalink:
        hint = "put `:language` into `permalink` in broadsheet.toml: /:language/:slug/; or " + hint
    elif len({card.path.rpartition("/")[0] for card in cards}) > 1 and ":folder" not in page.frame.site.permalink:
        hint = "put `:folder` into `permalink` in broadsheet.toml: /:folder/:slug/; or " + hint
    return Problem(page.owner or first.owner, 1, 0, message, "same-url", hint)


# The kinds of page


def static_pages(corpus: Corpus, frame: Frame) -> Iterator[Page]:
    """The pages of content/pages/."""
    for page in corpus.pages:
        yield Page(page.url, "page.html", frame, _static_view, (page,), owner=page.path)


def term_pages(corpus: Corpus, frame: Frame, near: Near | None = None) -> Iterator[Page | LeftOut]:
    """Every topic, tag and source with its articles."""
    for taxonomy in corpus.taxonomies:
        for term in taxonomy.terms:
            if near is not None and term.url not in near.terms:
                last = last_of(len(term.cards), frame.site.per_page)
                yield from (LeftOut(page_url(term.url, number), "list.html") for number in (0, *range(last, 0, -1)))
                continue
            for pager, cards in cut(term.cards, frame.site.per_page, term.url):
                # Related tags stand on the newest page alone: the numbered ones stay as they are.
                shown = term._replace(cards=(), related=() if pager.number else term.related)
                head = (taxonomy.name, taxonomy.title, shown, bool(term.cards))
                yield Page(page_url(term.url, pager.number), "list.html", frame, _term_view, (*head, pager, cards))


def index_pages(corpus: Corpus, frame: Frame) -> Iterator[Page]:
    """The lists of all topics, all tags, all sources."""
    for taxonomy in corpus.taxonomies:
        terms = tuple(Count(term.name, term.url, len(term.cards)) for term in taxonomy.terms)
        yield Page(f"/{taxonomy.name}/", "index.html", frame, _index_view, (taxonomy.name, taxonomy.title, terms))


def archive_pages(corpus: Corpus, frame: Frame) -> Iterator[Page]:
    """The months with their articles, and the list of them."""
    if not frame.site.pages.archive:
        return
    counts = tuple(Count(_month_name(month), month.url, len(month.cards)) for month in corpus.months)
    yield Page("/archive/", "archive.html", frame, _archive_view, (counts,))
    links = [Link(_month_name(month), month.url) for month in corpus.months]
    for month, newer, older in zip(corpus.months, (None, *links), (*links[1:], None), strict=False):
        yield Page(month.url, "month.html", frame, _month_view, (month, newer, older))


def redirects(corpus: Corpus, frame: Frame) -> Iterator[Page]:
    """The old addresses of articles, static pages and stories."""
    copies = (copy.card for copy in corpus.copies)
    items: list[Card | StaticPage] = [*corpus.cards, *copies, *corpus.unlisted, *corpus.withdrawn, *corpus.pages]
    for item in items:
        for alias in (alias for alias in item.aliases if alias != item.url):  # given in another form, it is the same
            yield Page(alias, "redirect.html", frame, _redirect_view, (alias, item.title, item.url), owner=item.path)
    for moved in corpus.redirects:
        yield Page(moved[0], "redirect.html", frame, _redirect_view, moved)


def feed_pages(corpus: Corpus, frame: Frame) -> Iterator[Page]:
    """The feeds of the site, of topics, tags and sources."""
    for feed in feeds.feeds_of(corpus):
        texts = tuple(card.path for card in feed.cards)
        yield Page(feed.url, feeds.FILES[feed.format], frame, _feed_view, (feed,), texts)


def service_pages(corpus: Corpus, frame: Frame) -> Iterator[Page]:
    """The page for addresses that don't exist, and what crawlers are told."""
    del corpus  # neither depends on it
    yield Page("/404.html", "404.html", frame, _not_found_view)
    yield Page("/robots.txt", "robots.txt", frame, _robots_view)


PAGE_KINDS: Final[tuple[Callable[[Corpus, Frame], Iterator[Page | LeftOut]], ...]] = (
    front_pages,
    article_pages,
    withdrawn_pages,
    static_pages,
    term_pages,
    index_pages,
    story_pages,
    edition_pages,
    archive_pages,
    change_pages,
    redirects,
    feed_pages,
    edition_feed,
    service_pages,
)


def _redirect_rules(frame: Frame, pages: Sequence[Page]) -> Iterator[Page]:
    """All redirects in one file, as Cloudflare and Netlify read them: their readers then load no page in between."""
    redirects = [page for page in pages if page.template == "redirect.html"]
    taken = {page.url for page in pages if page.template != "redirect.html"} if redirects else set()
    views_of = (page.view() for page in redirects if page.url not in taken)
    rules = tuple(
        views.RedirectRule(view.url, view.target) for view in views_of if isinstance(view, views.RedirectView)
    )
    if rules:
        yield Page("/_redirects", "redirects.txt", frame, _redirects_view, (rules[:_REDIRECTS_LIMIT],))


# The views: functions of the frame and of the parts of a page, and of nothing else


def _static_view(frame: Frame, page: StaticPage) -> View:
    language = page.language or frame.site.language
    return views.PageView(frame.view, page.url, page.title, page.description, (), page.html, language)


def _term_view(frame: Frame, *parts: *tuple[str, str, Term, bool, Pager, tuple[Card, ...]]) -> View:
    taxonomy, title, term, has_feeds, pager, cards = parts
    links = feeds.links(term.url, term.name, feeds.formats_of(taxonomy, frame.site) if has_feeds else ())
    common = (frame.view, page_url(term.url, pager.number), term.name, term.description, links)
    about = (term.website, "" if term.language == frame.site.language else term.language, term.related)
    return views.ListView(*common, taxonomy, Link(title, f"/{taxonomy}/"), frame.days(cards), pager, *about)


def _index_view(frame: Frame, taxonomy: str, title: str, terms: tuple[Count, ...]) -> View:
    return views.IndexView(frame.view, f"/{taxonomy}/", title, "", (), taxonomy, terms)


def _archive_view(frame: Frame, months: tuple[Count, ...]) -> View:
    years: dict[int, list[Count]] = {}
    for month in months:
        years.setdefault(int(month.title[:4]), []).append(month)
    by_year = tuple(views.Year(year, tuple(counts)) for year, counts in years.items())
    return views.ArchiveView(frame.view, "/archive/", "Archive", "", (), by_year)


def _month_view(frame: Frame, month: Month, newer: Link | None, older: Link | None) -> View:
    common = (frame.view, month.url, _month_name(month), "", ())
    first = date(month.year, month.month, 1)
    return views.MonthView(*common, first, frame.days(month.cards), newer, older)


def _redirect_view(frame: Frame, url: str, title: str, target: str) -> View:
    return views.RedirectView(frame.view, url, title, "", (), target)


def _redirects_view(frame: Frame, rules: tuple[views.RedirectRule, ...]) -> View:
    return views.RedirectsView(frame.view, "/_redirects", "", "", (), rules)


def _feed_view(frame: Frame, feed: feeds.Feed) -> View:
    moments = [*(card.updated for card in feed.cards), *(one.date for one in feed.withdrawn)]
    common = (frame.view, feed.url, feed.title, feed.description, ())
    updated, hub = max(moments, default=None), frame.site.feeds.hub
    return views.FeedView(*common, feed.format, feed.home, updated, feed.cards, hub, feed.withdrawn)


def _not_found_view(frame: Frame) -> View:
    return views.NotFoundView(frame.view, "/404.html", "Page not found", "", ())


def _robots_view(frame: Frame) -> View:
    return views.RobotsView(frame.view, "/robots.txt", "", "", (), "/sitemap.xml")


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
        sections=(
            *((Link("Editions", "/editions/"),) if site.pages.editions else ()),
            *((Link("Stories", "/stories/"),) if site.pages.stories else ()),
            *sections,
            *((Link("Archive", "/archive/"),) if site.pages.archive else ()),
            *((Link("Changes", "/changes/"),) if site.pages.changes else ()),
        ),
        menu=site.menu,
        feeds=feeds.links("/", site.title, site.feeds.formats if site.feeds.site else ()),
    )


def _month_name(month: Month) -> str:
    return f"{month.year:04}-{month.month:02}"
