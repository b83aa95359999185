"""Topics by the words that speak for them: learned from a site's own articles, read by people, used on one article.

Learning is naive Bayes with expectation maximisation (Nigam et al., "Text Classification from Labeled and
Unlabeled Documents using EM", 2000): topics begin with the articles that name them and with the keywords of
the configuration, then take in what the other articles teach. What is kept of it are the words that set a
topic apart, with rough weights: a file that an editor can read and mend.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log, sqrt
from typing import Final, NamedTuple, TypeAlias

ROUNDS: Final = 8
SHARPNESS: Final = 1.5  # how fast evidence turns into certainty
DOUBT: Final = 0.5  # the evidence for all that the model doesn't know
SMOOTHING: Final = 0.1  # a word not seen in a topic
UNLABELLED: Final = 0.3  # what an article counts for that names no topic, where others do
CLEAR: Final = 0.6  # the probability from which on such an article teaches
MOST_WORDS: Final = 600  # of a topic in the file
LEAST_WEIGHT: Final = 0.5
STEP: Final = 0.5  # weights are rounded to it
FEWEST_ARTICLES: Final = 2  # that have a word worth learning
MOST_EVIDENCE: Final = 400_000  # different words, over all articles; beyond it some articles are left out

Words: TypeAlias = Mapping[str, int]  # the content words of an article with their counts


class Example(NamedTuple):
    """An article to learn from."""

    words: Words
    topics: tuple[int, ...]  # that its front matter names, by their numbers
    keywords: tuple[int, ...]  # how many keywords of each topic stand in it


class Learned(NamedTuple):
    """The words of one topic."""

    slug: str
    name: str
    weights: dict[str, float]


class Model(NamedTuple):
    """The words of all topics."""

    topics: tuple[Learned, ...]
    speakers: dict[str, tuple[tuple[int, float], ...]]  # the topics that a word speaks for, by number, and how loudly

    @classmethod
    def of(cls, topics: Iterable[Learned]) -> "Model":
        """The model of some topics."""
        topics = tuple(topics)
        speakers: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, topic in enumerate(topics):
            for word, weight in topic.weights.items():
                speakers[word].append((number, weight))
        return cls(topics, {word: tuple(of) for word, of in speakers.items()})


class Judgement(NamedTuple):
    """What a model makes of an article."""

    topic: int  # its number
    probability: float
    words: tuple[str, ...]  # those that decided, the weightiest first


def judge(model: Model, words: Words, bonus: Sequence[float]) -> list[Judgement]:
    """All topics of a model, the likeliest first. `bonus` is evidence beside the words, one figure a topic."""
    length = _length(words)
    evidence = list(bonus)
    speaking: list[list[tuple[float, str]]] = [[] for _ in model.topics]
    for word in sorted(words.keys() & model.speakers.keys()):
        said = SHARPNESS * _log_count(words[word]) / length
        for number, weight in model.speakers[word]:
            evidence[number] += said * weight
            speaking[number].append((-said * weight, word))
    chances = _chances([*evidence, DOUBT])
    judged = [
        Judgement(number, round(chances[number], 4), tuple(word for _, word in sorted(speaking[number])[:5]))
        for number in range(len(model.topics))
    ]
    return sorted(judged, key=lambda one: (-one.probability, one.topic))


def learn(examples: Sequence[Example], topics: Sequence[tuple[str, str]]) -> Model:
    """The model of topics, given by slug and name; one that no example teaches has no words."""
    examples = _enough(examples)
    counts = Counter(word for example in examples for word in example.words)
    known = {word for word, number in counts.items() if number >= FEWEST_ARTICLES}
    texts = [_shares(example.words, known) for example in examples]
    is_labelled = any(example.topics for example in examples)
    labels = [_first_chances(example, len(topics)) for example in examples]
    chances = labels
    for _ in range(ROUNDS):
        rows = _rows(texts, chances, len(topics))
        chances = [
            labels[number] if example.topics else _judged(rows, texts[number], UNLABELLED if is_labelled else 1.0)
            for number, example in enumerate(examples)
        ]
    return Model.of(_kept(_rows(texts, chances, len(topics)), counts, topics))


def _enough(examples: Sequence[Example]) -> list[Example]:
    """All that name topics, and of the others every so many-th, so that learning ends in seconds."""
    size = sum(len(example.words) for example in examples)
    step = max(1, -(-size // MOST_EVIDENCE))
    return [example for number, example in enumerate(examples) if example.topics or number % step == 0]


def _first_chances(example: Example, topics: int) -> list[float]:
    """What is known of an article before anything is learned."""
    if example.topics:
        share = 1 / len(example.topics)
        return [share if number in example.topics else 0.0 for number in range(topics)]
    most, found = max(example.keywords, default=0), sum(example.keywords)
    return [count / found for count in example.keywords] if found and most > 0.6 * found else [0.0] * topics


def _judged(rows: Mapping[str, Sequence[float]], text: Mapping[str, float], worth: float) -> list[float]:
    """The chances of the topics of an article by what is learned so far; nothing where they are not clear."""
    evidence = [0.0] * len(next(iter(rows.values()), ()))
    for word, share in text.items():
        evidence = [sum_ + SHARPNESS * share * weight for sum_, weight in zip(evidence, rows[word], strict=True)]
    chances = _chances(evidence)
    return [worth * chance for chance in chances] if max(chances, default=0.0) >= CLEAR else [0.0] * len(chances)


def _rows(
    texts: Sequence[Mapping[str, float]], chances: Sequence[Sequence[float]], topics: int
) -> dict[str, tuple[float, ...]]:
    """For each word how much it speaks for each topic: the logarithm of its share of the topic's words."""
    masses: defaultdict[str, list[float]] = defaultdict(lambda: [SMOOTHING] * topics)
    for text, of_text in zip(texts, chances, strict=True):
        told = [(number, chance) for number, chance in enumerate(of_text) if chance > 0.001]  # noqa: PLR2004
        for word, share in text.items():
            mass = masses[word]
            for number, chance in told:
                mass[number] += share * chance
    sums = [sum(mass[number] for mass in masses.values()) for number in range(topics)]
    return {
        word: tuple([log(value / total) for value, total in zip(mass, sums, strict=True)])
        for word, mass in masses.items()
    }


def _kept(
    rows: Mapping[str, Sequence[float]], counts: Mapping[str, int], topics: Sequence[tuple[str, str]]
) -> Iterable[Learned]:
    """The words that set each topic apart: those that say most over all articles."""
    for number, (slug, name) in enumerate(topics):
        leads = {word: row[number] - sum(row) / len(row) for word, row in rows.items()}
        weights = {word: _rounded(lead) for word, lead in leads.items() if lead >= LEAST_WEIGHT}
        ranked = sorted(weights, key=lambda word: (-round(leads[word] * sqrt(counts[word]), 6), word))
        yield Learned(slug, name, {word: weights[word] for word in ranked[:MOST_WORDS]})


def _rounded(weight: float) -> float:
    return round(round(weight, 6) / STEP) * STEP


def _shares(words: Words, known: set[str]) -> dict[str, float]:
    length = _length(words)
    return {word: _log_count(words[word]) / length for word in sorted(words.keys() & known)}


def _length(words: Words) -> float:
    return sqrt(sum(_log_count(number) ** 2 for number in words.values())) or 1.0


def _log_count(number: int) -> float:
    return 1.0 if number == 1 else round(1 + log(number), 6)


def _chances(evidence: Sequence[float]) -> list[float]:
    """Evidence as probabilities."""
    most = max(evidence, default=0.0)
    powers = [exp(one - most) for one in evidence]
    return [power / sum(powers) for power in powers]
