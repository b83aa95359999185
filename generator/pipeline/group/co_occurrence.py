"""Tags that go together: related are those that stand on the same articles more often than their size explains.

The measure is that of Ochiai, the number of common articles over the root of the product of their sizes, so that big
tags are not everybody's friends. Sizes count by steps of a quarter: one article more is no reason to show others.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from math import log, sqrt
from typing import Final, NamedTuple

from generator.corpus import Term

MOST: Final = 8
_TOGETHER: Final = 2  # articles at least
_CHANCE: Final = 2.0  # times as often as two tags of their sizes would meet by chance
_STEP: Final = 1.25


class Companion(NamedTuple):
    """A tag beside another one."""

    slug: str
    score: float  # from 0 to 1
    articles: int  # that have both


def related_tags(terms: Sequence[Term], articles: int, slugs: Mapping[str, str]) -> dict[str, tuple[Companion, ...]]:
    """For each tag those that go with it, the nearest first; tags without any are left out.

    `articles` are all that there are, `slugs` those of the spellings that articles use.
    """
    sizes = {term.slug: len(term.cards) for term in terms}
    weights = {slug: _STEP ** (round(log(size, _STEP)) / 2) for slug, size in sizes.items() if size}
    found = {}
    for term in terms:
        size = len(term.cards)
        if size >= _TOGETHER:
            names = chain.from_iterable([card.tags for card in term.cards])
            together = Counter(map(slugs.__getitem__, names))
            del together[term.slug]
            expected, weight = _CHANCE * size / articles, weights[term.slug]
            near = [
                (-round(number / (weight * weights[slug]), 6), slug)
                for slug, number in together.items()
                if number >= _TOGETHER and number >= expected * sizes[slug]
            ]
            if near:
                found[term.slug] = tuple(
                    Companion(slug, together[slug] / sqrt(size * sizes[slug]), together[slug])
                    for _, slug in nsmallest(MOST, near)
                )
    return found
