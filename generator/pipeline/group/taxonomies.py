"""Topics, tags and sources: the articles sorted by the names that they carry."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator import urls
from generator.model import Card, Site, Taxonomy, Term
from generator.pipeline.group.names import fold
from generator.problems import WARNING, Problem


class _Use(NamedTuple):
    """One article under one name."""

    name: str
    slug: str
    card: Card


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
    return (_Use(topic.title, topic.slug, card) for card in cards for topic in card.topics)


def _tags(cards: Iterable[Card]) -> Iterator[_Use]:
    return (_Use(tag, tag_slug(tag), card) for card in cards for tag in dict.fromkeys(card.tags))


def _sources(cards: Iterable[Card]) -> Iterator[_Use]:
    return (_Use(card.source.title, card.source.slug, card) for card in cards if card.source)


def _terms(
    taxonomy: str, uses: Iterable[_Use], fixed: dict[str, tuple[str, str]], problems: list[Problem]
) -> tuple[Term, ...]:
    """The terms in alphabetical order; `fixed` ones first, in their order, with or without articles."""
    by_slug: dict[str, list[_Use]] = {slug: [] for slug in fixed}
    for use in uses:
        by_slug.setdefault(use.slug, []).append(use)
    terms = []
    for slug, users in by_slug.items():
        name, description = fixed.get(slug) or (_name(taxonomy, users, problems), "")
        cards = tuple({use.card.path: use.card for use in users}.values())
        terms.append(Term(name, slug, f"/{taxonomy}/{slug}/", description, cards))
    return (*terms[: len(fixed)], *sorted(terms[len(fixed) :], key=lambda term: (term.name.casefold(), term.slug)))


def _name(taxonomy: str, users: Sequence[_Use], problems: list[Problem]) -> str:
    """The commonest spelling; other spellings are a warning, other names that want the same url an error."""
    counts = Counter(use.name for use in users)
    name = min(counts, key=lambda spelling: (-counts[spelling], spelling))
    kind = taxonomy.removesuffix("s")
    for other in sorted(counts.keys() - {name}):
        path = min(use.card.path for use in users if use.name == other)
        first = min(use.card.path for use in users if use.name == name)
        if fold(other) == fold(name):
            message = f'the {kind} "{other}" is written "{name}" elsewhere; both are one {kind}'
            problems.append(Problem(path, 0, 0, message, "spelling", f'write "{name}"', WARNING))
        else:
            message = (
                f'the {kind} "{other}" and the {kind} "{name}" of {first} want one url: /{taxonomy}/{users[0].slug}/'
            )
            problems.append(Problem(path, 0, 0, message, "same-url", "rename one of them"))
    return name
