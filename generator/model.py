"""The frozen types that travel between the stages.

Each stage takes one type and returns the next, so that the signatures show the flow and nothing is
ever half filled. Urls are relative to the site's root: see urls.py.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator.names import Aliases, Publisher
from generator.notices import Correction, Withdrawal
from generator.problems import Problem

if TYPE_CHECKING:
    from generator.destinations import Destination

REPORT_MARK: Final = "<!-- Broadsheet: what cleaning removed -->"  # by which a report is known again
UNDATED: Final = datetime(9998, 12, 30, tzinfo=UTC)  # of a draft that says no date; a preview shows its own day
WORDS_A_MINUTE: Final = 230  # Brysbaert (2019), silent reading of English non-fiction: 238

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


class Link(NamedTuple):
    """A title and where it leads; an empty url is a name without a page."""

    title: str
    url: str = ""


class TermLink(NamedTuple):
    """A topic, tag or source that an article belongs to; the url is empty where the site has no such pages."""

    slug: str
    title: str
    url: str


# The site, from broadsheet.toml


class TopicSetup(NamedTuple):
    """A topic of the configuration."""

    name: str
    slug: str
    description: str
    keywords: tuple[str, ...]  # in lower case; any of them in an article speaks for the topic


class PageKinds(NamedTuple):
    """Which kinds of list page a site has."""

    topics: bool
    tags: bool
    sources: bool
    archive: bool
    stories: bool  # and with them whether articles are compared: copies, related articles
    changes: bool  # what became of articles
    editions: bool


class Feeds(NamedTuple):
    """Which feeds a site has."""

    formats: tuple[str, ...]  # of "atom", "rss", "json"; for the site and for topics
    limit: int  # entries in a feed
    site: bool
    topics: bool
    tags: bool  # Atom alone
    sources: bool  # Atom alone
    stories: bool  # Atom alone
    changes: bool  # Atom alone
    editions: bool  # Atom alone
    hub: str  # the WebSub hub that is told of changes, "" where there is none
    authority: str  # goes into the ids of entries; the host of base_url unless told


class Site(NamedTuple):
    """The checked configuration."""

    root: Path  # the folder of broadsheet.toml
    base_url: str  # with scheme and host, ends with "/"
    title: str
    description: str
    language: str  # BCP 47
    timezone: ZoneInfo
    theme: str
    permalink: str
    per_page: int  # articles on a list page
    menu: tuple[Link, ...]
    topics: tuple[TopicSetup, ...]
    pages: PageKinds
    feeds: Feeds
    skipped_rules: tuple[str, ...]  # clean rules that are off
    clean_level: str  # "off", "safe", "default" or "thorough"
    clean_folders: tuple[tuple[str, str], ...]  # "content/essays/" and the level there, the deepest folder first
    edition_period: str  # "daily" or "weekly"
    edition_cutoff: int  # minutes after midnight at which the last day of an edition ends for it
    topics_file: str  # the text of topics.toml: what was learned of the topics; "" where there is none
    clean_phrases: Mapping[str, tuple[str, ...]]  # furniture of one source, by the slug of its name
    sources: tuple[Publisher, ...]
    tag_aliases: Aliases
    embeds: tuple[str, ...] = ()  # the hosts whose frames are shown
    destinations: "tuple[Destination, ...]" = ()  # where to deploy it, the first unless told

    @property
    def base_path(self) -> str:
        """The path of base_url: "/" or, below a host, "/digest/"."""
        return "/" + self.base_url.split("/", 3)[3]

    def clean_level_of(self, path: str) -> str:
        """How much cleaning removes from a content file."""
        return next((level for folder, level in self.clean_folders if path.startswith(folder)), self.clean_level)

    @property
    def host(self) -> str:
        """The scheme and the host of base_url, without a final slash."""
        return self.base_url.rstrip("/") if self.base_path == "/" else self.base_url[: -len(self.base_path)]


# One content file on its way


class Doubt(NamedTuple):
    """A short line that stays, and that may be furniture if other articles say so."""

    key: str  # its letters and digits
    may_be_title: bool
    is_beside: bool  # furniture is next to it, or no sentence of the article is above or below it


class Ballot(NamedTuple):
    """What an article says of itself to those that ask which lines articles share; made from its file alone."""

    title: str  # its letters and digits
    source: str  # the slug of its name, "" where there is none
    doubts: tuple[Doubt, ...]


class Vote(NamedTuple):
    """What other articles say of a line: it is the title of one, or else repeated in several of its source."""

    key: str
    is_title: bool


class Source(NamedTuple):
    """A content file as found."""

    path: str  # relative to the site, with "/": "content/2024/01/x.md"
    data: bytes
    digest: str = ""  # of the data, where somebody has asked for it
    votes: tuple[Vote, ...] = ()  # of the other articles on its lines


class Image(NamedTuple):
    """The picture of an article."""

    url: str
    alt: str = ""
    credit: str = ""
    caption: str = ""


class Metadata(NamedTuple):
    """The front matter of one file, checked and typed; None and empty: not given."""

    title: str | None = None
    date: datetime | None = None
    appears: datetime | None = None  # where that is later than the date
    updated: datetime | None = None
    expires: datetime | None = None
    draft: bool = False
    unlisted: bool = False  # has a page, but stands in no list and no feed
    slug: str | None = None
    url: str | None = None
    id: str | None = None
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source: str = ""
    source_url: str = ""
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()  # who else worked on it: "Reporting by ..."
    language: str = ""
    summary: str = ""
    image: Image | None = None
    related: tuple[str, ...] = ()  # titles of other articles, as text
    lead: bool = False  # stands first in its edition
    weight: int = 0  # the lower, the further up; 0: none
    story: str | None = None  # the one that it is told to be in; "": in none
    duplicate_of: str = ""  # a path, url, id or file name
    not_duplicate_of: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    clean: bool | tuple[str, ...] = True  # or the names of rules to leave out
    pasted: bool | None = None  # copied from a page, a paragraph a line? None: look and see
    has_time: bool = False  # whether the date is a moment, and not a day alone
    updated_has_time: bool = False
    extra: Mapping[str, Json] | None = None

    @property
    def source_name(self) -> str:
        """Who published it first; a host will do."""
        return self.source or (urlsplit(self.source_url).hostname or "").removeprefix("www.")


class Document(NamedTuple):
    """A content file, read."""

    path: str
    metadata: Metadata
    markdown: str
    body_line: int  # the line of the file on which `markdown` begins, from 1


class Removal(NamedTuple):
    """What cleaning took out, why, and where it went."""

    rule: str
    line: int  # in the file, from 1
    text: str
    kept_as: str  # the field that it moved to, "" where it only stands on this record


class Repair(NamedTuple):
    """A line that cleaning mended, and what was wrong with it."""

    rule: str
    line: int  # in the file, from 1


class Reason(NamedTuple):
    """Why an article is in its topics."""

    method: str  # "front matter", "keywords", "learned", "other" or "none"
    words: tuple[str, ...]  # those that decided
    probability: float | None = None  # where it was learned; of an "other", that of the likeliest topic

    def __str__(self) -> str:
        """For people: `keywords: quake, tsunami`, `learned (0.93): quake, epicentre`."""
        method = self.method if self.probability is None else f"{self.method} ({self.probability:.2f})"
        return f"{method}: {', '.join(self.words)}" if self.words else method


class Ties(NamedTuple):
    """What front matter says of an article's place among others."""

    story: str | None = None  # None: as it comes; "": in no story
    duplicate_of: str = ""
    not_duplicate_of: tuple[str, ...] = ()
    lead: bool = False
    weight: int = 0


NO_TIES: Final = Ties()


class Article(NamedTuple):
    """A cleaned article with its full text."""

    id: str  # never changes; the id of its feed entries
    path: str
    url: str
    title: str
    date: datetime
    updated: datetime  # the date, unless told, or corrected since
    appears: datetime | None  # where that is later than the date
    expires: datetime | None
    draft: bool
    unlisted: bool
    aliases: tuple[str, ...]
    source: TermLink | None
    source_url: str  # where it was published first
    authors: tuple[str, ...]
    credits: tuple[str, ...]  # who else worked on it: "Reporting by ..."
    language: str
    topics: tuple[TermLink, ...]  # the first is the primary one
    topic_reason: Reason
    tags: tuple[str, ...]
    summary: str
    image: Image | None
    words: int
    ties: Ties
    corrections: tuple[Correction, ...]
    withdrawn: Withdrawal | None  # with it there is no text, no summary and no image
    has_time: bool  # whether the date is a moment, and not a day alone
    updated_has_time: bool
    origin: str  # what all ways to write the address of its original have in common, "" where it has none
    html: str  # safe: sanitised, links absolute or relative to the host
    related: tuple[str, ...]  # titles that the page it came from listed beside it
    removed: tuple[Removal, ...]
    extra: Mapping[str, Json]


class Card(NamedTuple):
    """What every list needs of an article, and no more."""

    id: str
    path: str
    url: str
    title: str
    date: datetime
    updated: datetime
    appears: datetime | None  # where that is later than the date
    expires: datetime | None
    draft: bool
    unlisted: bool
    aliases: tuple[str, ...]
    source: TermLink | None
    language: str
    topics: tuple[TermLink, ...]
    topic_reason: Reason
    tags: tuple[str, ...]
    summary: str
    image: Image | None
    related: tuple[str, ...]  # titles that the page it came from listed beside it
    words: int
    ties: Ties
    corrections: tuple[Correction, ...]
    withdrawn: Withdrawal | None
    has_time: bool  # whether the date is a moment, and not a day alone
    updated_has_time: bool
    origin: str  # what all ways to write the address of its original have in common, "" where it has none
    minutes: int  # reading time
    digest: str  # of all that lists show of it: reason, words and ties are not among it


class StaticPage(NamedTuple):
    """A page of content/pages/: no date, in no list."""

    path: str
    url: str
    title: str
    description: str
    language: str
    aliases: tuple[str, ...]
    html: str
    draft: bool
    appears: datetime | None  # the later of its dates, where it has one
    expires: datetime | None


def due(page: "Article | Card | StaticPage") -> datetime | None:
    """When a page appears: an article at its date, unless it is to appear later; None: it always did."""
    return page.appears if isinstance(page, StaticPage) else page.appears or page.date


class Output(NamedTuple):
    """One file for output/."""

    path: str  # relative to output/, with "/"
    content: bytes
    owner: str = ""  # the content file that it comes from, where there is just one


class Report(NamedTuple):
    """What a command has to say; console.py says it."""

    lines: tuple[str, ...]  # for people, on stdout
    document: dict[str, Json]  # the same for programs, with --format json
    problems: tuple[Problem, ...] = ()
