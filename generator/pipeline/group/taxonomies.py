"""Topics, tags and sources: the articles sorted by the names that they carry."""

import marshal
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, TypeAlias

from generator import urls
from generator.corpus import Taxonomy, Term
from generator.digest import digest
from generator.model import Card, Link, Site, TermLink
from generator.names import fold
from generator.pipeline.group.co_occurrence import Companion, related_tags
from generator.problems import WARNING, Problem

_Uses: TypeAlias = Mapping[tuple[str, str], list[int]]  # a name and its slug -> the places of the articles that have it
Sorted: TypeAlias = tuple[tuple[Taxonomy, ...], tuple[Problem, ...]]  # and what is wrong with the names in them
Relate: TypeAlias = Callable[[tuple[Term, ...], Sequence[Card]], Mapping[str, Sequence[str]]]


def sort_into_taxonomies(cards: Sequence[Card], site: Site, relate: Relate) -> Sorted:
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
            terms = _terms(name, cards, uses, _known(name, site), problems)
            if name == "tags":
                terms = _with_related(terms, relate(terms, cards))
            taxonomies.append(Taxonomy(name, title, terms))
    return tuple(taxonomies), tuple(problems)


def digest_names(cards: Sequence[Card]) -> str:
    """The digest of all that taxonomies are made of: the names in the cards, where each stands, and their order."""
    names = [
        "\t".join([card.path, *card.tags, "\v", *chain.from_iterable(card.topics), "\v", *(card.source or ())])
        for card in cards
    ]
    return digest("\n".join(names).encode("utf-8", "surrogatepass"))


def pack(found: Sorted, cards: Sequence[Card]) -> bytes:
    """What was found about these cards, without them."""
    places = {card.path: place for place, card in enumerate(cards)}
    taxonomies = [
        (name, title, [(*term._replace(cards=(), related=()), _packed(term, places)) for term in terms])
        for name, title, terms in found[0]
    ]
    return marshal.dumps((taxonomies, [tuple(problem) for problem in found[1]]))


def _packed(term: Term, places: Mapping[str, int]) -> tuple[list[int], list[tuple[str, str]]]:
    return [places[card.path] for card in term.cards], [(link.title, link.url) for link in term.related]


def unpack(packed: bytes, cards: Sequence[Card]) -> Sorted:
    """The same again, with the same cards in the same order."""
    taxonomies, problems = marshal.loads(packed)  # noqa: S302 - our own
    return (
        tuple(
            Taxonomy(name, title, tuple([_unpacked(term, cards) for term in terms]))
            for name, title, terms in taxonomies
        ),
        tuple(Problem(*problem) for problem in problems),
    )


def _unpacked(packed: tuple[Any, ...], cards: Sequence[Card]) -> Term:
    *fields, (places, related) = packed
    term = Term(*fields)
    return term._replace(
        cards=tuple([cards[place] for place in places]), related=tuple(Link(*link) for link in related)
    )


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


def _topics(cards: Sequence[Card]) -> _Uses:
    uses: defaultdict[TermLink, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        for topic in card.topics:
            uses[topic].append(place)
    return _by_name(uses)


def _tags(cards: Sequence[Card]) -> _Uses:
    uses: defaultdict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        for tag in card.tags:
            uses[tag].append(place)
    return {(tag, tag_slug(tag)): places for tag, places in uses.items()}


def _sources(cards: Sequence[Card]) -> _Uses:
    uses: defaultdict[TermLink, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        if card.source:
            uses[card.source].append(place)
    return _by_name(uses)


def _by_name(uses: Mapping[TermLink, list[int]]) -> _Uses:
    return {(link.title, link.slug): places for link, places in uses.items()}


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


def _terms(
    taxonomy: str, cards: Sequence[Card], uses: _Uses, known: Mapping[str, Term], problems: list[Problem]
) -> tuple[Term, ...]:
    """The terms in alphabetical order; topics of the configuration first, in their order, with or without articles."""
    fixed = list(known) if taxonomy == "topics" else []
    by_slug: dict[str, dict[str, list[int]]] = {slug: {} for slug in fixed}
    for (name, slug), places in uses.items():
        by_slug.setdefault(slug, {})[name] = places
    terms = []
    for slug, spellings in by_slug.items():
        url = f"/{taxonomy}/{slug}/"
        having = tuple([cards[place] for place in sorted({*chain.from_iterable(spellings.values())})])
        term = known.get(slug) or Term(_name(taxonomy, url, spellings, cards, problems), slug, url, "", ())
        terms.append(term._replace(url=url, cards=having))
    return (*terms[: len(fixed)], *sorted(terms[len(fixed) :], key=lambda term: (term.name.casefold(), term.slug)))


def _name(
    taxonomy: str, url: str, spellings: Mapping[str, list[int]], cards: Sequence[Card], problems: list[Problem]
) -> str:
    """The commonest spelling; other spellings are a warning, other names that want the same url an error."""
    name = min(spellings, key=lambda spelling: (-len(spellings[spelling]), spelling))
    kind = taxonomy.removesuffix("s")
    for other in sorted(spellings.keys() - {name}):
        path, first = (min(cards[place].path for place in spellings[one]) for one in (other, name))
        if fold(other) == fold(name):
            message = f'the {kind} "{other}" is written "{name}" elsewhere; both are one {kind}'
            hint = f'write "{name}"' + (", or name it in [tags.aliases]" if taxonomy == "tags" else "")
            problems.append(Problem(path, 0, 0, message, "spelling", hint, WARNING))
        else:
            message = f'the {kind} "{other}" and the {kind} "{name}" of {first} want one url: {url}'
            problems.append(Problem(path, 0, 0, message, "same-url", "rename one of them"))
    return name
