"""Topics, tags and sources: the articles sorted by the names that they carry."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import TypeAlias

from generator import urls
from generator.corpus import Taxonomy, Term
from generator.model import Card, Link, Site
from generator.names import fold
from generator.pipeline.group.co_occurrence import Companion, related_tags
from generator.problems import WARNING, Problem

_Use: TypeAlias = tuple[str, str, Card]  # one article under a name and its slug; 100,000 are made at each build
Relate: TypeAlias = Callable[[tuple[Term, ...], Sequence[Card]], Mapping[str, Sequence[str]]]


def sort_into_taxonomies(
    cards: Sequence[Card], site: Site, relate: Relate
) -> tuple[tuple[Taxonomy, ...], tuple[Problem, ...]]:
    """The taxonomies that the site has pages for, and what is wrong with the names in them.

    `relate` tells which tags go together, by their slugs: see `slugs_of_related`.
    """
    problems: list[Problem] = []
    taxonomies = []
    for name, title, wanted, uses in (
        ("topics", "Topics", site.pages.topics, _topics(cards)),
        ("tags", "Tags", site.pages.tags, _tags(cards)),
        ("sources", "Sources", site.pages.sources, _sources(cards)),
    ):
        if wanted:
            terms = _terms(name, uses, _known(name, site), problems)
            if name == "tags":
                terms = _with_related(terms, relate(terms, cards))
            taxonomies.append(Taxonomy(name, title, terms))
    return tuple(taxonomies), tuple(problems)


def companions_of(terms: tuple[Term, ...], cards: Sequence[Card]) -> dict[str, tuple[Companion, ...]]:
    """The tags that go with each tag, by slug."""
    names = set(chain.from_iterable([card.tags for card in cards]))
    return related_tags(terms, len(cards), {name: tag_slug(name) for name in names})


def slugs_of_related(terms: tuple[Term, ...], cards: Sequence[Card]) -> dict[str, tuple[str, ...]]:
    """The same by slugs alone."""
    found = companions_of(terms, cards)
    return {slug: tuple([one.slug for one in companions]) for slug, companions in found.items()}


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


def _known(taxonomy: str, site: Site) -> dict[str, Term]:
    """The terms that the configuration has, by their slugs, without articles."""
    if taxonomy == "topics":
        return {topic.slug: Term(topic.name, topic.slug, "", topic.description, ()) for topic in site.topics}
    if taxonomy == "sources":
        return {
            one.slug: Term(one.name, one.slug, "", one.description, (), one.url, one.language) for one in site.sources
        }
    named = ((tag_slug(name), name) for name, _ in site.tag_aliases)
    return {slug: Term(name, slug, "", "", ()) for slug, name in named}


def _with_related(terms: tuple[Term, ...], related: Mapping[str, Sequence[str]]) -> tuple[Term, ...]:
    """The tags with those that go with them, by name: a list that is new only where another tag comes in."""
    links = {term.slug: Link(term.name, term.url) for term in terms}
    place = {slug: number for number, slug in enumerate(links)}  # terms are in the order of their names
    return tuple(
        term._replace(related=tuple([links[slug] for slug in sorted(slugs, key=place.__getitem__)])) if slugs else term
        for term in terms
        for slugs in (related.get(term.slug, ()),)
    )


def _terms(taxonomy: str, uses: Iterable[_Use], known: Mapping[str, Term], problems: list[Problem]) -> tuple[Term, ...]:
    """The terms in alphabetical order; topics of the configuration first, in their order, with or without articles."""
    fixed = list(known) if taxonomy == "topics" else []
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
        term = known.get(slug) or Term(_name(taxonomy, url, of_slug, problems), slug, url, "", ())
        terms.append(term._replace(url=url, cards=cards))
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
            hint = f'write "{name}"' + (", or name it in [tags.aliases]" if taxonomy == "tags" else "")
            problems.append(Problem(path, 0, 0, message, "spelling", hint, WARNING))
        else:
            message = f'the {kind} "{other}" and the {kind} "{name}" of {first} want one url: {url}'
            problems.append(Problem(path, 0, 0, message, "same-url", "rename one of them"))
    return name
