"""Tags that go together: related are those that stand on the same articles more often than their size explains.

The measure is that of Ochiai, the number of common articles over the root of the product of their sizes, so that big
tags are not everybody's friends. Sizes count by steps of a quarter: one article more is no reason to show others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import log, sqrt
from typing import Final, NamedTuple

MOST: Final = 8
_TOGETHER: Final = 2  # articles at least
_CHANCE: Final = 2.0  # times as often as two tags of their sizes would meet by chance
_STEP: Final = 1.25


class Companion(NamedTuple):
    """A tag beside another one."""

    slug: str
    score: float  # from 0 to 1
    articles: int  # that have both


def count_together(tag: str, articles: Iterable[Sequence[str]], slugs: Mapping[str, str]) -> dict[str, int]:
    """The tags that stand with one on several of its articles, by slug, and on how many; `articles` are their tags."""
    numbers = Counter(map(slugs.__getitem__, chain.from_iterable(articles)))
    del numbers[tag]
    return {slug: number for slug, number in numbers.items() if number >= _TOGETHER}


def related_tags(
    sizes: Mapping[str, int], articles: int, together: Mapping[str, Mapping[str, int]]
) -> dict[str, tuple[Companion, ...]]:
    """For each tag those that go with it, the nearest first; tags without any are left out.

    `sizes` are the numbers of their articles, by slug; `articles` are all that there are.
    """
    weights = {slug: _STEP ** (round(log(size, _STEP)) / 2) for slug, size in sizes.items() if size}
    found = {}
    for tag, others in together.items():
        size, weight = sizes[tag], weights[tag]
        expected = _CHANCE * size / articles
        near = [
            (-round(number / (weight * weights[slug]), 6), slug)
            for slug, number in others.items()
            if number >= expected * sizes[slug]
        ]
        if near:
            near.sort()
            found[tag] = tuple(
                [Companion(slug, others[slug] / sqrt(size * sizes[slug]), others[slug]) for _, slug in near[:MOST]]
            )
    return found
