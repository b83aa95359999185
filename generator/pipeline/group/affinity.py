"""How near articles of one day are to each other by what they write of, and who stands together.

Term weights come from the articles of that day and from nothing else, so that no article moves one of
another day: see stories.py. Measured on ECB+ (B-cubed F1, all articles on one day): plain TF-IDF .862,
names counted three times .891, as below .93.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from math import log, sqrt
from typing import Final, TypeAlias

from generator.pipeline.group.common_words import REPORTING_WORDS

Vector: TypeAlias = dict[str, float]  # of length 1

TOGETHER: Final = 0.18  # mean cosine from which two groups of one day are one; .17 to .19 give like figures

_ASSUMED: Final = 50  # articles that every day is thought to have beside its own: steadies the weights of small days
_COMMON: Final = 0.15  # in this share of those stands a word of reporting,
_RARE: Final = 0.001  # and in this share any other
_MOST_TERMS: Final = 60  # of an article; more of them blur it (.905)
_FEWEST_TERMS: Final = 6  # an article of fewer tells too little to stand near another
_DIGITS: Final = 6  # logarithms differ in their last digits from machine to machine


def vectors(articles: Sequence[Mapping[str, int]]) -> list[Vector]:
    """The weighted terms of the articles of one day, from their counts."""
    counts = Counter(term for terms in articles for term in terms)
    total, lonely = len(articles), _ASSUMED / (len(articles) + _ASSUMED)
    weights = {}
    for term, number in counts.items():
        known = _ASSUMED * (_COMMON if term in REPORTING_WORDS else _RARE)
        weight = log((total + _ASSUMED + 1) / (number + known))
        # A term of one article alone tells the less the more articles could have had it too.
        weights[term] = round(max(0.0, weight) * (lonely if number == 1 else 1.0), _DIGITS)
    return [_vector(terms, weights) if len(terms) >= _FEWEST_TERMS else {} for terms in articles]


def _vector(terms: Mapping[str, int], weights: Mapping[str, float]) -> Vector:
    weighted = [(-_log_count(number) * weights[term], term) for term, number in terms.items() if weights[term]]
    weighted.sort()
    kept = weighted[:_MOST_TERMS]
    length = sqrt(sum([weight * weight for weight, _ in kept])) or 1.0
    return {term: -weight / length for weight, term in kept}


def _log_count(number: int) -> float:
    return _LOG_COUNTS[number] if number < len(_LOG_COUNTS) else round(1 + log(number), _DIGITS)


_LOG_COUNTS: Final = (0.0, *(round(1 + log(number), _DIGITS) for number in range(1, 100)))


def centroid(of: Sequence[Vector]) -> Vector:
    """The mean of some vectors: its product with another mean is the mean cosine of their pairs."""
    sums: defaultdict[str, float] = defaultdict(float)
    for vector in of:
        for term, weight in vector.items():
            sums[term] += weight
    return {term: weight / len(of) for term, weight in sums.items()}


class Nearest:
    """Some vectors by their terms: finds the products with others without looking at each pair."""

    def __init__(self, of: Sequence[Vector] = ()) -> None:
        self.holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, vector in enumerate(of):
            self.add(number, vector)

    def add(self, number: int, vector: Vector) -> None:
        """Adds a vector under a number."""
        for term, weight in vector.items():
            self.holders[term].append((number, weight))

    def products(self, vector: Vector) -> dict[int, float]:
        """The products with all that share a term, by number."""
        sums: defaultdict[int, float] = defaultdict(float)
        holders = self.holders
        for term, weight in vector.items():
            if term in holders:
                for number, other in holders[term]:
                    sums[number] += weight * other
        return sums


def groups_of_day(of: Sequence[Vector]) -> list[list[int]]:
    """Average-link clusters of vectors, by their numbers: each in order, the groups by their first."""
    links = _links(of)
    members = {number: [number] for number in range(len(of))}
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


def _links(of: Sequence[Vector]) -> dict[int, dict[int, float]]:
    """The cosines of all pairs that share a term."""
    links: dict[int, dict[int, float]] = {}
    nearest = Nearest()
    for number, vector in enumerate(of):
        links[number] = nearest.products(vector)
        for other, product in links[number].items():
            links[other][number] = product
        nearest.add(number, vector)
    return links


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
