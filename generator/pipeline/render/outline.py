"""What the pages of articles and terms show, in short: which may not be as they were is known without planning them.

Most pages of a site are those, and few of them change when an article comes, goes or is edited.
"""

import marshal
from collections.abc import Mapping
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from generator.corpus import Corpus, Term
from generator.digest import WITHOUT_REFERENCES, digest, digest_of
from generator.pipeline.group.uses import tag_slug
from generator.pipeline.render.articles import around, beside_the_lists, lists_of, pages_of_lists
from generator.pipeline.render.page import Frame, Near
from generator.pipeline.render.views import Around

_flat: Final = chain.from_iterable
_Place: TypeAlias = tuple[str | None, str, str | None]  # the digest of an article, between those of its neighbours


class Outline(NamedTuple):
    """All that the pages of articles and of terms are made from, beside texts; in types that marshal knows."""

    site: str  # digest of what every page says of the site
    listed: list[str]  # digests of the articles, newest first
    aside: list[str]  # of those that have no neighbours, with the lists that they link to
    tags: dict[str, tuple[str, str]]  # name and url, by slug
    ties: dict[str, str]  # digests of what belongs to an article, by path
    terms: dict[str, str]  # digests of topics, tags and sources with their articles, by url


def outline_of_articles(corpus: Corpus, frame: Frame) -> Outline:
    """The outline of a corpus but for its terms: what is in those follows from the rest, and takes time to find."""
    return Outline(
        digest_of(frame.view),
        [card.digest for card in corpus.cards],
        _aside(corpus),
        {term.slug: (term.name, term.url) for term in corpus.terms("tags")},
        {path: _digest_of_ties(ties) for path, ties in around(corpus).items()},
        {},
    )


def with_terms(outline: Outline, corpus: Corpus) -> Outline:
    """The whole outline."""
    terms = (term for taxonomy in corpus.taxonomies for term in taxonomy.terms)
    return outline._replace(terms={term.url: _digest_of_term(term) for term in terms})


def not_as_before(corpus: Corpus, now: Outline, before: Outline) -> Near:
    """Those articles and terms of a corpus whose pages may show something else than at an earlier outline."""
    aside = beside_the_lists(corpus)
    if now.site != before.site:
        return Near({card.path for card in chain(corpus.cards, aside)}, now.terms)
    known, places = set(_places(before.listed)), _places(now.listed)
    changed = {card.path for card, place in zip(corpus.cards, places, strict=True) if place not in known}
    known_aside = set(before.aside)
    changed |= {card.path for card, shown in zip(aside, now.aside, strict=True) if shown not in known_aside}
    changed |= _differing(now.ties, before.ties)
    renamed = _differing(now.tags, before.tags)
    if renamed:
        changed |= {card.path for term in corpus.terms("tags") if term.slug in renamed for card in term.cards}
        changed |= {card.path for card in aside if not renamed.isdisjoint(map(tag_slug, card.tags))}
    return Near(changed, _differing(now.terms, before.terms))


def _aside(corpus: Corpus) -> list[str]:
    """Digests of the articles in no list, with what their pages show of the lists that they belong to."""
    cards = beside_the_lists(corpus)
    with_page = pages_of_lists(corpus) if cards else set()
    return [digest_of((card.digest, lists_of(card, with_page))) for card in cards]


def _differing(now: Mapping[str, object], before: Mapping[str, object]) -> set[str]:
    return {key for key in now.keys() | before.keys() if now.get(key) != before.get(key)}


def _places(listed: list[str]) -> list[_Place]:
    newer: list[str | None] = [None, *listed]
    older: list[str | None] = [*listed[1:], None]
    return list(zip(newer, listed, older, strict=False))


# As digest_of, in half the time: there are many.


def _digest_of_ties(ties: Around) -> str:
    story, leader, also_at, onward, related = ties
    numbers = (len(also_at), len(onward), len(related), story and tuple(story), leader and tuple(leader))
    return digest(marshal.dumps((*numbers, *_flat(also_at), *_flat(onward), *_flat(related)), WITHOUT_REFERENCES))


def _digest_of_term(term: Term) -> str:
    *head, cards, website, language, related = term
    shown = (*head, website, language, " ".join([card.digest for card in cards]), *_flat(related))
    return digest(marshal.dumps(shown, WITHOUT_REFERENCES))
