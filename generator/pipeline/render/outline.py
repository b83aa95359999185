"""What the pages of articles show, in short: which of them may not be as they were is known without planning them.

Most pages of a site are those, and hardly any of them changes when an article comes, goes or is edited.
"""

import marshal
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from generator.corpus import Corpus
from generator.digest import WITHOUT_REFERENCES, digest, digest_of
from generator.pipeline.group.uses import tag_slug
from generator.pipeline.render.articles import around, beside_the_lists
from generator.pipeline.render.page import Frame
from generator.pipeline.render.views import Around

_flat: Final = chain.from_iterable
_Place: TypeAlias = tuple[str | None, str, str | None]  # the digest of an article, between those of its neighbours


class Outline(NamedTuple):
    """All that the pages of articles are made from, beside their texts; in types that marshal knows."""

    site: str  # digest of what every page says of the site
    listed: list[str]  # digests of the articles, newest first
    aside: list[str]  # of those that have no neighbours
    tags: dict[str, tuple[str, str]]  # name and url, by slug
    ties: dict[str, str]  # digests of what belongs to an article, by path


def outline_of(corpus: Corpus, frame: Frame) -> Outline:
    """The outline of a corpus."""
    return Outline(
        digest_of(frame.view),
        [card.digest for card in corpus.cards],
        [card.digest for card in beside_the_lists(corpus)],
        {term.slug: (term.name, term.url) for term in corpus.terms("tags")},
        {path: _digest(ties) for path, ties in around(corpus).items()},
    )


def not_as_before(corpus: Corpus, now: Outline, before: Outline) -> set[str]:
    """The paths of those articles of a corpus whose pages may show something else than at an earlier outline."""
    aside = beside_the_lists(corpus)
    if now.site != before.site:
        return {card.path for card in chain(corpus.cards, aside)}
    known, places = set(_places(before.listed)), _places(now.listed)
    changed = {card.path for card, place in zip(corpus.cards, places, strict=True) if place not in known}
    changed |= {card.path for card in aside if card.digest not in set(before.aside)}
    changed |= {path for path in now.ties.keys() | before.ties.keys() if now.ties.get(path) != before.ties.get(path)}
    renamed = {slug for slug in now.tags.keys() | before.tags.keys() if now.tags.get(slug) != before.tags.get(slug)}
    if renamed:
        changed |= {card.path for term in corpus.terms("tags") if term.slug in renamed for card in term.cards}
        changed |= {card.path for card in aside if not renamed.isdisjoint(map(tag_slug, card.tags))}
    return changed


def _places(listed: list[str]) -> list[_Place]:
    newer: list[str | None] = [None, *listed]
    older: list[str | None] = [*listed[1:], None]
    return list(zip(newer, listed, older, strict=False))


def _digest(ties: Around) -> str:
    """As digest_of, in half the time: nearly all articles have some."""
    story, leader, also_at, onward, related = ties
    numbers = (len(also_at), len(onward), len(related), story and tuple(story), leader and tuple(leader))
    return digest(marshal.dumps((*numbers, *_flat(also_at), *_flat(onward), *_flat(related)), WITHOUT_REFERENCES))
