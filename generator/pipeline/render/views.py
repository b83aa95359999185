"""What the templates see: one small record a page kind, and nothing else.

A view holds no counts of the whole site and no time of the build, so that a page changes only when
something that it shows does. Neighbours come in as links. The full texts that a page shows are not in
its view: see Page.texts in page.py.
"""

from datetime import date, datetime
from typing import Any, ClassVar, Final, NamedTuple, NoReturn, dataclass_transform

from generator.model import Card, Link, TermLink
from generator.notices import Change, Withdrawal


class FeedLink(NamedTuple):
    """A feed that belongs to a page."""

    title: str
    url: str
    type: str  # its media type


class Pager(NamedTuple):
    """Where a list page stands among its neighbours; urls are empty at the ends."""

    newer: str
    older: str
    number: int  # pages are numbered from the oldest, so that they keep their articles; 0 = the newest


class Count(NamedTuple):
    """A link and how many articles are behind it."""

    title: str
    url: str
    articles: int


class Year(NamedTuple):
    """A year of the archive."""

    year: int
    months: tuple[Count, ...]


class Item(NamedTuple):
    """A piece of news: an article, and others of its story beneath it."""

    card: Card
    others: tuple[Card, ...] = ()
    story: Link | None = None  # where it has others


class Section(NamedTuple):
    """The news of one primary topic."""

    topic: TermLink | None  # None: those without a topic
    items: tuple[Item, ...]


class Day(NamedTuple):
    """The articles of one day, newest first."""

    day: date
    cards: tuple[Card, ...]


class SiteView(NamedTuple):
    """What every page says of the site."""

    title: str
    description: str
    language: str
    base_url: str
    topics: tuple[Link, ...]  # those of the configuration, in its order
    sections: tuple[Link, ...]  # the lists that the site has: topics, tags, sources, archive
    menu: tuple[Link, ...]
    feeds: tuple[FeedLink, ...]


@dataclass_transform(frozen_default=True)
class _Record:
    """What a class below this one annotates is a field of it; dataclasses mean the same, in 20 ms of every build."""

    fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.fields = (*cls.fields, *cls.__annotations__)

    def __init__(self, *values: Any, **named: Any) -> None:
        self.__dict__.update(zip(self.fields, values, strict=False), **named)  # mypy sees that all are given

    def __setattr__(self, name: str, _value: object) -> NoReturn:
        raise AttributeError(f"{name} of a {type(self).__name__} stays as it is")


class View(_Record):
    """What all pages have in common."""

    site: SiteView
    url: str  # of the page itself
    title: str
    description: str
    feeds: tuple[FeedLink, ...]  # of this page, beside those of the site

    def values(self) -> dict[str, object]:
        """What a template sees, by name."""
        return dict(self.__dict__)


class EditionCount(NamedTuple):
    """An edition, and what is in it."""

    title: str  # its name: "2026-01-06" or "2026-W02"
    url: str
    first: date
    last: date
    is_open: bool
    articles: int
    minutes: int  # reading time of the whole
    headlines: tuple[str, ...]  # of the most important ones


class EditionMonth(NamedTuple):
    """The editions of a month, newest first."""

    month: date  # the first of it
    editions: tuple[EditionCount, ...]


class FrontView(View):
    """The front page: the latest edition and what came since, or the newest articles by topic."""

    lead: Item | None
    sections: tuple[Section, ...]  # without the lead; the topics in the order of the configuration
    edition: EditionCount | None  # whose news these are; None where the site has no editions
    since: tuple[Card, ...]  # what came since, newest first
    coming: EditionCount | None  # the edition that it will be in
    earlier: tuple[Day, ...]  # other articles that are newer than the older news
    pager: Pager


class EditionView(View):
    """An edition."""

    edition: EditionCount
    closes: datetime
    lead: Item | None  # none where all its articles are gone
    sections: tuple[Section, ...]  # without the lead
    newer: Link | None
    older: Link | None


class EditionsView(View):
    """A page of the list of editions."""

    months: tuple[EditionMonth, ...]  # newest first
    pager: Pager


class EditionEntry(NamedTuple):
    """An edition in the feed of them."""

    id: str  # never changes
    edition: EditionCount
    published: datetime  # when it closed
    updated: datetime
    items: tuple[Item, ...]


class EditionsFeedView(View):
    """The feed of editions: those that are over."""

    home: str  # the url of the page that it belongs to
    updated: datetime | None  # of the newest change in it
    entries: tuple[EditionEntry, ...]  # newest first
    hub: str  # the WebSub hub that tells readers of changes, "" where there is none


class ListView(View):
    """A page of a list: older news, or the articles of a topic, tag or source."""

    kind: str  # "news", "topics", "tags" or "sources"
    index: Link | None  # the page that lists all of this kind
    days: tuple[Day, ...]
    pager: Pager
    website: str  # of the publisher
    spoken: str  # the language of the publisher's articles, where it isn't that of the site
    related: tuple[Link, ...]  # tags that go with this one


class Also(NamedTuple):
    """A copy of an article."""

    source: str  # where it stands; its title, where that isn't known
    url: str
    kind: str  # "copy", "excerpt" or "update"


class Around(NamedTuple):
    """What belongs to an article."""

    story: Link | None
    leader: Link | None
    also_at: tuple[Also, ...]
    next: tuple[Link, ...]
    related: tuple[Link, ...] = ()


NOTHING_AROUND: Final = Around(None, None, (), ())


class StoryView(View):
    """A story, from its beginning on."""

    first: datetime
    last: datetime
    sources: tuple[TermLink, ...]
    cards: tuple[Card, ...]  # oldest first
    days: tuple[Day, ...]  # the same by day


class StoryCount(NamedTuple):
    """A story in a list of them."""

    title: str
    url: str
    first: datetime
    last: datetime
    articles: int
    latest: Card


class StoriesView(View):
    """A page of the list of stories."""

    stories: tuple[StoryCount, ...]  # those that began last come first
    pager: Pager


class ArticleView(View):
    """An article; its text is the first of `texts`."""

    card: Card
    topics: tuple[TermLink, ...]
    tags: tuple[TermLink, ...]
    source: TermLink | None
    newer: Link | None
    older: Link | None
    story: Link | None
    leader: Link | None  # the article that this one is a copy of
    also_at: tuple[Also, ...]  # copies of this one
    next: tuple[Link, ...]  # what to read next
    related: tuple[Link, ...]  # titles of other articles, with links to those that the site has


class WithdrawnView(View):
    """What stands at the address of an article that was withdrawn."""

    date: datetime  # when it was published
    language: str
    withdrawn: Withdrawal


class ChangeDay(NamedTuple):
    """What became of articles on one day, newest first."""

    day: date
    changes: tuple[Change, ...]


class ChangesView(View):
    """What became of articles."""

    days: tuple[ChangeDay, ...]  # newest first


class ChangesFeedView(View):
    """The same as a feed."""

    home: str  # the url of the page
    updated: datetime | None  # of the newest change
    changes: tuple[Change, ...]  # newest first
    hub: str  # the WebSub hub that tells readers of changes, "" where there is none


class IndexView(View):
    """All topics, all tags or all sources, with their counts."""

    kind: str
    terms: tuple[Count, ...]


class ArchiveView(View):
    """All months."""

    years: tuple[Year, ...]


class MonthView(View):
    """All articles of a month by day."""

    month: date  # the first of it
    days: tuple[Day, ...]
    newer: Link | None
    older: Link | None


class PageView(View):
    """A static page."""

    html: str
    language: str


class NotFoundView(View):
    """The page that a host shows in place of one that isn't there."""


class RedirectView(View):
    """An old address that leads to the page as it is now."""

    target: str


class RedirectRule(NamedTuple):
    """An old address, and the url of the page as it is now."""

    url: str
    target: str


class RedirectsView(View):
    """All redirects, for hosts that read them from one file."""

    rules: tuple[RedirectRule, ...]


class Gone(NamedTuple):
    """An entry that is no more in a feed, since its article was withdrawn."""

    id: str
    date: datetime
    reason: str


class FeedView(View):
    """A feed; the full text of entry n is text n."""

    format: str  # "atom", "rss" or "json"
    home: str  # the url of the page that it belongs to
    updated: datetime | None  # of the newest change in it
    cards: tuple[Card, ...]
    hub: str  # the WebSub hub that tells readers of changes, "" where there is none
    withdrawn: tuple[Gone, ...]  # entries that readers may still hold; for Atom alone


class SitemapEntry(NamedTuple):
    """One address for search engines."""

    url: str
    updated: datetime | None


class SitemapView(View):
    """A sitemap, or the index of them."""

    entries: tuple[SitemapEntry, ...]
    parts: tuple[str, ...]  # urls of the other sitemaps, where this is an index of them


class RobotsView(View):
    """What crawlers are told."""

    sitemap: str
