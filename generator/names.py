"""Names that mean the same, and which of them counts: "AI", "ai" and "A.I." are one tag, "C" and "C++" are two."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import urlsplit

# The name that counts, and other names for the same.
Aliases: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

# Of all kinds, straight and curly, single and double, and the marks that people type for them.
_QUOTES: Final = dict.fromkeys(map(ord, "'\"`\u00b4\u00ab\u00bb\u02bc\u2032\u2033\u2039\u203a\uff07")) | dict.fromkeys(
    range(0x2018, 0x2020)
)
_JOINTS: Final = re.compile(r"[\s_\-]+")


class Publisher(NamedTuple):
    """A source of the configuration."""

    name: str
    slug: str
    url: str  # of its own site, "" where it isn't told
    language: str  # of its articles, "" where it isn't told
    description: str
    aliases: tuple[str, ...]  # other names, and hosts


@lru_cache(maxsize=65_536)  # the names of a site recur from article to article
def fold(name: str) -> str:
    """What two spellings of one name have in common: letters without case, words without full stops and quotes."""
    return _JOINTS.sub(" ", unicodedata.normalize("NFKC", name.translate(_QUOTES)).casefold().replace(".", "")).strip()


def sounds_alike(one: str, other: str) -> bool:
    """Whether two names differ in their quotes and apostrophes alone."""
    return one.translate(_QUOTES) == other.translate(_QUOTES)


def tags_of(names: tuple[str, ...], aliases: Aliases) -> tuple[str, ...]:
    """The tags of an article: each name as the configuration has it, no tag twice."""
    known = _tag_names(aliases) if aliases else {}
    tags: dict[str, str] = {}
    for given in names:
        name = given if given.isascii() else unicodedata.normalize("NFC", given)
        name = known.get(fold(name), name)
        tags.setdefault(fold(name), name)
    return tuple(tags.values())


def publisher_of(source: str, source_url: str, publishers: tuple[Publisher, ...]) -> Publisher | None:
    """The publisher that an article names, else the one whose site its address is on; None for others."""
    if not publishers:
        return None
    names, hosts = _publishers(publishers)
    if source:
        return names.get(fold(source)) or hosts.get(_host(source))
    return next((hosts[name] for name in _parents(urlsplit(source_url).hostname or "") if name in hosts), None)


def names_of(publisher: Publisher) -> Iterator[str]:
    """All that a publisher is known by, so that no two of them can have the same: folded names, and hosts."""
    for name in (publisher.name, publisher.slug, *publisher.aliases):
        yield fold(name)
    yield from _hosts(publisher)


@lru_cache(maxsize=4)
def _tag_names(aliases: Aliases) -> dict[str, str]:
    return {fold(spelling): name for name, others in aliases for spelling in (name, *others)}


@lru_cache(maxsize=4)
def _publishers(publishers: tuple[Publisher, ...]) -> tuple[dict[str, Publisher], dict[str, Publisher]]:
    names = {fold(name): one for one in publishers for name in (one.name, one.slug, *one.aliases)}
    return names, {host: one for one in publishers for host in _hosts(one)}


def _hosts(publisher: Publisher) -> Iterator[str]:
    """The hosts that are wholly a publisher's; an address with a path shares its host with others."""
    parts = urlsplit(publisher.url)
    if parts.hostname and parts.path in {"", "/"}:
        yield _host(parts.hostname)
    yield from (_host(name) for name in publisher.aliases if "." in name and " " not in name)


def _host(name: str) -> str:
    return name.lower().removeprefix("www.")


def _parents(host: str) -> Iterator[str]:
    """A host and those above it: uk.news.example, news.example, example."""
    while host:
        yield host
        host = host.partition(".")[2]
