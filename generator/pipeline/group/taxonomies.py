"""Topics, tags and sources: the articles sorted by the names that they carry."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeAlias

from generator.corpus import Taxonomy, Term
from generator.model import Card, Link, Site
from generator.names import fold, sounds_alike
from generator.pipeline.group.co_occurrence import Companion, count_together, related_tags
from generator.pipeline.group.uses import Uses, merged, tag_slug
from generator.problems import WARNING, Problem, nearest

_LONGEST_SLIP: Final = 2  # characters too many or too few
_A_SLIP: Final = 0.8  # as alike as "Wrold" and "World"; "Ecology" and "Economy" are less

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
            problems += _slips(terms, len(site.topics)) if name == "topics" else ()
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


def _slips(topics: tuple[Term, ...], configured: int) -> Iterator[Problem]:
    """Warnings of topics in front matter that are nearly those of the configuration, which come first."""
    known, others = topics[:configured], topics[configured:]
    for term in others:
        folded = fold(term.name)
        near = [fold(one.name) for one in known if one.name]
        near = [name for name in near if name[:1] == folded[:1] and abs(len(name) - len(folded)) <= _LONGEST_SLIP]
        meant = nearest(folded, near, _A_SLIP) if near else ""
        if meant:
            name = next(one.name for one in known if fold(one.name) == meant)
            path = min(card.path for card in term.cards)
            others_too = f"; {len(term.cards):,} articles name it" if len(term.cards) > 1 else ""
            message = f'the topic "{term.name}" is none of the configuration and has a page of its own{others_too}'
            hint = f'did you mean "{name}"? If not, a table [[topics]] in broadsheet.toml says so'
            yield Problem(path, 0, 0, message, "unknown-topic", hint, WARNING)


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
