"""Topics, tags and sources: the articles sorted by the names that they carry."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from generator.corpus import Taxonomy, Term
from generator.model import Card, Link, Site
from generator.names import fold, sounds_alike
from generator.pipeline.group.co_occurrence import Companion, count_together, related_tags
from generator.pipeline.group.uses import Uses, merged, tag_slug
from generator.problems import WARNING, Problem

_Uses: TypeAlias = Mapping[tuple[str, str], Sequence[int]]  # places of articles in order, by a name and its slug
Sorted: TypeAlias = tuple[tuple[Taxonomy, ...], tuple[Problem, ...]]  # and what is wrong with the names in them


def sort_into_taxonomies(cards: Sequence[Card], uses: Uses, site: Site) -> Sorted:
    """The taxonomies that the site has pages for, and what is wrong with the names in them."""
    problems: list[Problem] = []
    taxonomies = []
    tags = {(name, tag_slug(name)): places for name, places in uses.tags.items()}
    for name, title, wanted, places in (
        ("topics", "Topics", site.pages.topics, uses.topics),
        ("tags", "Tags", site.pages.tags, tags),
        ("sources", "Sources", site.pages.sources, uses.sources),
    ):
        if wanted:
            terms = _terms(name, cards, places, _known(name, site), problems)
            taxonomies.append(Taxonomy(name, title, _with_related(terms, uses.related) if name == "tags" else terms))
    return tuple(taxonomies), tuple(sorted(problems))


def companions_of(terms: tuple[Term, ...], cards: Sequence[Card]) -> dict[str, tuple[Companion, ...]]:
    """The tags that go with each tag, by slug."""
    slugs = {name: tag_slug(name) for name in chain.from_iterable([card.tags for card in cards])}
    together = {
        term.slug: count_together(term.slug, [card.tags for card in term.cards], slugs) for term in terms if term.cards
    }
    return related_tags({term.slug: len(term.cards) for term in terms}, len(cards), together)


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
    by_slug: dict[str, dict[str, Sequence[int]]] = {slug: {} for slug in fixed}
    for (name, slug), places in uses.items():
        by_slug.setdefault(slug, {})[name] = places
    terms = []
    for slug, spellings in by_slug.items():
        url = f"/{taxonomy}/{slug}/"
        having = tuple([cards[place] for place in merged([*spellings.values()])])
        term = known.get(slug) or Term(_name(taxonomy, url, spellings, cards, problems), slug, url, "", ())
        terms.append(term._replace(url=url, cards=having))
    return (*terms[: len(fixed)], *sorted(terms[len(fixed) :], key=lambda term: (term.name.casefold(), term.slug)))


def _name(
    taxonomy: str, url: str, spellings: Mapping[str, Sequence[int]], cards: Sequence[Card], problems: list[Problem]
) -> str:
    """The commonest spelling; other spellings are a warning, other names that want the same url an error."""
    name = min(spellings, key=lambda spelling: (-len(spellings[spelling]), spelling))
    kind = taxonomy.removesuffix("s")
    for other in sorted(spellings.keys() - {name}):
        path, first = (min(cards[place].path for place in spellings[one]) for one in (other, name))
        if sounds_alike(other, name):
            continue  # one sign for another: nobody types all the quotes that there are
        if fold(other) == fold(name):
            message = f'the {kind} "{other}" is written "{name}" elsewhere; both are one {kind}'
            hint = f'write "{name}"' + (", or name it in [tags.aliases]" if taxonomy == "tags" else "")
            problems.append(Problem(path, 0, 0, message, "spelling", hint, WARNING))
        else:
            message = f'the {kind} "{other}" and the {kind} "{name}" of {first} want one url: {url}'
            problems.append(Problem(path, 0, 0, message, "same-url", "rename one of them"))
    return name
