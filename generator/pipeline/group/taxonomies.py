"""Topics, tags and sources: the articles sorted by the names that they carry."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from generator import urls
from generator.model import Card, Site, Taxonomy, Term
from generator.pipeline.group.names import fold
from generator.problems import WARNING, Problem

_Use: TypeAlias = tuple[str, str, Card]  # one article under a name and its slug; 100,000 are made at each build


def sort_into_taxonomies(cards: Sequence[Card], site: Site) -> tuple[tuple[Taxonomy, ...], tuple[Problem, ...]]:
    """The taxonomies that the site has pages for, and what is wrong with the names in them."""
    problems: list[Problem] = []
    taxonomies = []
    for name, title, wanted, uses in (
        ("topics", "Topics", site.pages.topics, _topics(cards)),
        ("tags", "Tags", site.pages.tags, _tags(cards)),
        ("sources", "Sources", site.pages.sources, _sources(cards)),
    ):
        if wanted:
            fixed = {topic.slug: (topic.name, topic.description) for topic in site.topics} if name == "topics" else {}
            terms = _terms(name, uses, fixed, problems)
            taxonomies.append(Taxonomy(name, title, terms))
    return tuple(taxonomies), tuple(problems)


@lru_cache(maxsize=65_536)
def tag_slug(name: str) -> str:
    """The slug of a tag, the same for all its spellings."""
    return urls.safe_slug(fold(name), fold(name))


def _topics(cards: Iterable[Card]) -> Iterator[_Use]:
    return ((topic.title, topic.slug, card) for card in cards for topic in card.topics)


def _tags(cards: Iterable[Card]) -> Iterator[_Use]:
    return ((tag, tag_slug(tag), card) for card in cards for tag in card.tags)


def _sources(cards: Iterable[Card]) -> Iterator[_Use]:
    return ((card.source.title, card.source.slug, card) for card in cards if card.source)


def _terms(
    taxonomy: str, uses: Iterable[_Use], fixed: dict[str, tuple[str, str]], problems: list[Problem]
) -> tuple[Term, ...]:
    """The terms in alphabetical order; `fixed` ones first, in their order, with or without articles."""
    by_slug: dict[str, list[tuple[str, Card]]] = {slug: [] for slug in fixed}
    for name, slug, card in uses:
        of_slug = by_slug.get(slug)
        if of_slug is None:
            of_slug = by_slug[slug] = []
        of_slug.append((name, card))
    terms = []
    for slug, of_slug in by_slug.items():
        url = f"/{taxonomy}/{slug}/"
        cards = tuple({card.path: card for _, card in of_slug}.values())
        name, description = fixed.get(slug) or (_name(taxonomy, url, of_slug, problems), "")
        terms.append(Term(name, slug, url, description, cards))
    return (*terms[: len(fixed)], *sorted(terms[len(fixed) :], key=lambda term: (term.name.casefold(), term.slug)))


def _name(taxonomy: str, url: str, uses: list[tuple[str, Card]], problems: list[Problem]) -> str:
    """The commonest spelling; other spellings are a warning, other names that want the same url an error."""
    names = {name for name, _ in uses}
    if len(names) == 1:
        return names.pop()
    spellings: dict[str, list[str]] = {name: [] for name in names}  # paths
    for name, card in uses:
        spellings[name].append(card.path)
    name = min(spellings, key=lambda spelling: (-len(spellings[spelling]), spelling))
    kind = taxonomy.removesuffix("s")
    for other in sorted(spellings.keys() - {name}):
        path, first = min(spellings[other]), min(spellings[name])
        if fold(other) == fold(name):
            message = f'the {kind} "{other}" is written "{name}" elsewhere; both are one {kind}'
            problems.append(Problem(path, 0, 0, message, "spelling", f'write "{name}"', WARNING))
        else:
            message = f'the {kind} "{other}" and the {kind} "{name}" of {first} want one url: {url}'
            problems.append(Problem(path, 0, 0, message, "same-url", "rename one of them"))
    return name
