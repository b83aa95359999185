"""How near articles of one day are to each other by what they write of, and who stands together.

Term weights come from the articles of that day and from nothing else, so that no article moves one of
another day: see stories.py. Measured on ECB+ (B-cubed F1, all articles on one day): plain TF-IDF .862,
names counted three times .891, as below .93.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import chain
from math import log, sqrt
from typing import Final, TypeAlias

from generator.pipeline.group.common_words import REPORTING_WORDS

Vector: TypeAlias = dict[str, float]  # of length 1
Cosines: TypeAlias = Sequence[Mapping[int, float]]  # of each article with others, by their numbers

TOGETHER: Final = 0.18  # mean cosine from which two groups of one day are one; .17 to .19 give like figures

_ASSUMED: Final = 50  # articles that every day is thought to have beside its own: steadies the weights of small days
_COMMON: Final = 0.15  # in this share of those stands a word of reporting,
_RARE: Final = 0.001  # and in this share any other
_MOST_TERMS: Final = 60  # of an article; more of them blur it (.905)
_FEWEST_TERMS: Final = 6  # an article of fewer tells too little to stand near another
_DIGITS: Final = 6  # logarithms differ in their last digits from machine to machine


def vectors(articles: Sequence[Mapping[str, int]]) -> list[Vector]:
    """The weighted terms of the articles of one day, from their counts."""
    counts = Counter(chain.from_iterable(articles))
    total, highest = len(articles), max(counts.values(), default=0)
    rare, common = (_weights(total, highest, _ASSUMED * share) for share in (_RARE, _COMMON))
    weights = {term: common[number] if term in REPORTING_WORDS else rare[number] for term, number in counts.items()}
    return [_vector(terms, weights) if len(terms) >= _FEWEST_TERMS else {} for terms in articles]


def _weights(total: int, highest: int, known: float) -> list[float]:
    """What a term weighs that stands in so many of the articles of a day."""
    weights = [
        round(max(0.0, log((total + _ASSUMED + 1) / (number + known))), _DIGITS) for number in range(highest + 1)
    ]
    if highest:  # a term of one article alone tells the less the more articles could have had it too
        weights[1] *= _ASSUMED / (total + _ASSUMED)
    return weights


def _vector(terms: Mapping[str, int], weights: Mapping[str, float]) -> Vector:
    """The weightiest terms; of those that weigh the same the first in the alphabet."""
    weighted = {term: _LOG_COUNTS[number] * weights[term] for term, number in terms.items()}
    if len(weighted) > _MOST_TERMS:
        least = sorted(weighted.values(), reverse=True)[_MOST_TERMS - 1]
        kept = {term: weight for term, weight in weighted.items() if weight > least}
        rest = sorted([term for term, weight in weighted.items() if weight == least])
        kept |= dict.fromkeys(rest[: _MOST_TERMS - len(kept)], least)
        weighted = kept
    length = sqrt(sum([weight * weight for weight in weighted.values()])) or 1.0
    return {term: weight / length for term, weight in weighted.items() if weight}


class _LogCounts(dict[int, float]):
    """1 + log(number), made when it is asked for first."""

    def __missing__(self, number: int) -> float:
        """The weight of a count."""
        self[number] = round(1 + log(number), _DIGITS)
        return self[number]


_LOG_COUNTS: Final = _LogCounts()


class Nearest:
    """Some vectors by their terms: finds the products with others without looking at each pair."""

    def __init__(self, of: Iterable[Vector] = ()) -> None:
        self.holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        # The cosines of all pairs of them that share a term.
        self.cosines: list[dict[int, float]] = []
        for number, vector in enumerate(of):
            row = self.products(vector)
            self.cosines.append(row)
            for other, product in row.items():
                self.cosines[other][number] = product
            for term, weight in vector.items():
                self.holders[term].append((number, weight))

    def products(self, vector: Vector) -> dict[int, float]:
        """The products with all that share a term, by number."""
        sums: dict[int, float] = {}
        holders = self.holders
        for term, weight in vector.items():
            if term in holders:
                for number, other in holders[term]:
                    sums[number] = sums.get(number, 0.0) + weight * other
        return sums


def groups_of_day(cosines: Cosines) -> list[list[int]]:
    """Average-link clusters of articles, by their numbers: each in order, the groups by their first."""
    links = {number: dict(row) for number, row in enumerate(cosines)}
    members = {number: [number] for number in links}
    pairs = ((one, other) for one, row in links.items() for other in row if one < other)
    queue = [(-mean, *pair) for pair in pairs if (mean := _mean(links, members, *pair)) >= TOGETHER]
    heapify(queue)
    while queue:
        product, one, other = heappop(queue)
        if one not in members or other not in members or -product != _mean(links, members, one, other):
            continue
        _merge(links, members, one, other)
        for third in links[one]:
            if (mean := _mean(links, members, one, third)) >= TOGETHER:
                heappush(queue, (-mean, min(one, third), max(one, third)))
    return sorted(sorted(group) for group in members.values())


def _mean(links: Mapping[int, Mapping[int, float]], members: Mapping[int, list[int]], one: int, other: int) -> float:
    return round(links[one][other] / (len(members[one]) * len(members[other])), _DIGITS)


def _merge(links: dict[int, dict[int, float]], members: dict[int, list[int]], one: int, other: int) -> None:
    """Puts a group into another; the links of a group are the sums of those of its members."""
    members[one] += members.pop(other)
    row = links[one]
    del row[other]
    for third, product in links.pop(other).items():
        if third != one:
            row[third] = links[third][one] = row.get(third, 0.0) + product
            del links[third][other]


def shared_terms(one: Vector, other: Vector, most: int = 5) -> tuple[str, ...]:
    """The terms that make two vectors near, the weightiest first."""
    common: Iterable[tuple[float, str]] = ((-one[term] * other[term], term) for term in one.keys() & other.keys())
    return tuple(term.replace("_", " ") for _, term in sorted(common)[:most])


def common_terms(articles: Sequence[Mapping[str, int]], most: int = 8) -> tuple[str, ...]:
    """The terms that most of some articles have, the commonest first; words of reporting tell nothing."""
    having = Counter(term for terms in articles for term in terms if term not in REPORTING_WORDS)
    counts = {term: sum(terms.get(term, 0) for terms in articles) for term, number in having.items() if number > 1}
    ranked = sorted(counts, key=lambda term: (-having[term], -counts[term], term))
    return tuple(term.replace("_", " ") for term in ranked[:most])
