"""[[sources]] and [tags.aliases]: what else sources and tags are called, and where that is not clear."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator import urls
from generator.model import Site
from generator.names import Publisher, fold, names_of, publisher_of
from generator.problems import Problem

_HINT = "leave it with one of the two"


def publisher(given: Mapping[str, Any]) -> Publisher:
    """A source, from the checked keys of its table."""
    return Publisher(**{**given, "slug": urls.safe_slug(urls.decoded(given["slug"]) or given["name"], given["name"])})


def by_source(phrases: Mapping[str, tuple[str, ...]], sources: tuple[Publisher, ...]) -> dict[str, tuple[str, ...]]:
    """The phrases of sources by the slugs of those; what stands under several names of one comes together."""
    found: dict[str, tuple[str, ...]] = {}
    for name, items in phrases.items():
        known = publisher_of(name, "", sources)
        slug = known.slug if known else urls.safe_slug(name, name)
        found[slug] = (*found.get(slug, ()), *items)
    return found


def clashes(site: Site, file: str, locate: Callable[[str, str, int], tuple[int, int]]) -> Iterator[Problem]:
    """Names that would stand for two sources, or for two tags; one for each table."""
    sources: dict[str, int] = {}
    for number, one in enumerate(site.sources):
        twice = [name for name in names_of(one) if sources.setdefault(name, number) != number]
        for name in twice[:1]:
            message = f'"{name}" may be the source "{site.sources[sources[name]].name}" or "{one.name}"'
            yield Problem(file, *locate("sources", "name", number), message, "same-name", _HINT)
    tags: dict[str, str] = {}
    for tag, others in site.tag_aliases:
        twice = [name for name in (tag, *others) if tags.setdefault(fold(name), tag) != tag]
        for name in twice[:1]:
            message = f'"{name}" may be the tag "{tags[fold(name)]}" or "{tag}"'
            yield Problem(file, *locate("tags.aliases", tag, 0), message, "same-name", _HINT)
