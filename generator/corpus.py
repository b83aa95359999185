"""The frozen types of what group found: how the articles of a site belong together."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from generator.model import Card, Link, Site, StaticPage, TermLink
from generator.notices import Change


class Term(NamedTuple):
    """One value of a taxonomy, with its articles: a topic, a tag, a source."""

    name: str
    slug: str
    url: str
    description: str
    cards: tuple[Card, ...]  # newest first
    website: str = ""  # a publisher's own; "" where it isn't told
    language: str = ""  # of a publisher's articles
    related: tuple[Link, ...] = ()  # of a tag those that stand on the same articles


class Taxonomy(NamedTuple):
    """One way in which the articles are sorted."""

    name: str  # "topics", "tags" or "sources"
    title: str
    terms: tuple[Term, ...]


class Month(NamedTuple):
    """The articles of one calendar month, in the site's time zone."""

    year: int
    month: int
    url: str
    cards: tuple[Card, ...]  # newest first


class Copy(NamedTuple):
    """An article that says what another says better: it keeps its page and stands in no list."""

    card: Card
    leader: Card
    kind: str  # "copy", "excerpt" or "update" (of the same source, at another time)
    phrases: float  # how much of the shorter text stands in the longer one, from 0 to 1
    facts: float | None  # the same of its names and numbers; None where it has too few
    reason: str  # "text", "address" (of the original, which is the same) or "front matter"


class Story(NamedTuple):
    """Articles on one event."""

    slug: str
    url: str
    title: str
    first: datetime  # of its first article
    last: datetime
    sources: tuple[TermLink, ...]  # in the order in which they came
    cards: tuple[Card, ...]  # newest first, without copies


class Edition(NamedTuple):
    """The news of a day or a week, as it comes out."""

    name: str  # "2026-01-06" or "2026-W02": its days, see group/period.py
    url: str
    is_open: bool  # articles may still come
    items: tuple[tuple[Card, ...], ...]  # the most important first; what belongs together, headed by the first
    minutes: int  # reading time
    digest: str  # of all of it that pages show


class Corpus(NamedTuple):
    """All that is to be shown: what a page planner sees."""

    site: Site
    cards: tuple[Card, ...]  # listed articles, newest first, without copies
    copies: tuple[Copy, ...]
    stories: tuple[Story, ...]  # those that began last come first
    onward: Mapping[str, tuple[Link, ...]]  # what to read next, by path
    redirects: tuple[tuple[str, str, str], ...]  # url, title and target of stories that were merged
    unlisted: tuple[Card, ...]  # shown, but in no list
    withdrawn: tuple[Card, ...]  # that they are, and why, is all that is shown of them
    changes: tuple[Change, ...]  # newest first
    pages: tuple[StaticPage, ...]
    taxonomies: tuple[Taxonomy, ...]
    months: tuple[Month, ...]  # newest first
    editions: tuple[Edition, ...]  # newest first
    withheld: tuple[Card, ...]  # drafts, future and expired articles, in no output

    def terms(self, taxonomy: str) -> tuple[Term, ...]:
        """The terms of a taxonomy; none where the site has no pages for it."""
        return next((one.terms for one in self.taxonomies if one.name == taxonomy), ())
