"""Which topics an article belongs to, and why: a function of that article and the configuration alone."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from generator import urls
from generator.model import Reason, Site, TermLink, TopicSetup
from generator.names import fold
from generator.pipeline.group import topics_file
from generator.pipeline.group.topic_model import Judgement, Model, judge
from generator.pipeline.group.words import content_words, words_of

LEAST_PROBABILITY: Final = 0.3  # of a learned topic; below it an article is among the others
_BESIDE: Final = 0.5  # of the first topic's probability, for another one
_KEYWORD_EVIDENCE: Final = 0.5  # what a keyword adds to what the words of an article say


def choose_topics(named: tuple[str, ...], text: str, site: Site) -> tuple[tuple[TermLink, ...], Reason]:
    """The topics that the front matter names, else those learned or, where none are, those of the keywords.

    Keywords count once each; among equals the first in the configuration is the primary topic, and
    topics with fewer keywords than the best are left out.
    """
    if named:
        return tuple(dict.fromkeys(_link(_named(name, site), site) for name in named)), Reason("front matter", named)
    model = topics_file.read(site.topics_file)
    if model.topics:
        return _learned(model, text, site)
    found = _keywords_in(text, site.topics)
    counts = Counter(topic for topic, _ in found)
    if not counts:
        return (), Reason("none", ())
    most = max(counts.values())
    best = [topic for topic in site.topics if counts[topic.slug] == most]
    words = tuple(sorted({word for topic, word in found if topic in {setup.slug for setup in best}}))
    return tuple(_link((topic.slug, topic.name), site) for topic in best), Reason("keywords", words)


def count_keywords(text: str, site: Site) -> Counter[str]:
    """How many keywords of each topic stand in a text, by its slug."""
    return Counter(slug for slug, _ in _keywords_in(text, site.topics))


def _learned(model: Model, text: str, site: Site) -> tuple[tuple[TermLink, ...], Reason]:
    """The topics that the words of a text speak for, with the words; none where they say too little."""
    keywords = _keywords_in(text, site.topics)
    counts = Counter(slug for slug, _ in keywords)
    bonus = [_KEYWORD_EVIDENCE * counts[topic.slug] for topic in model.topics]
    best, *others = judge(model, content_words(words_of(text)), bonus)
    least = max(LEAST_PROBABILITY, 1 / (1 + len(model.topics)))
    if best.probability < least:
        return (), Reason("other", (model.topics[best.topic].name,), best.probability)
    beside = max(LEAST_PROBABILITY, _BESIDE * best.probability)
    chosen = [best, *(other for other in others if other.probability >= beside)]
    links = [_link((model.topics[one.topic].slug, model.topics[one.topic].name), site) for one in chosen]
    return tuple(links), Reason("learned", _deciding(chosen, keywords, model), best.probability)


def _deciding(chosen: Iterable[Judgement], keywords: set[tuple[str, str]], model: Model) -> tuple[str, ...]:
    words: list[str] = []
    for one in chosen:
        words += [*one.words, *sorted(word for slug, word in keywords if slug == model.topics[one.topic].slug)]
    return tuple(dict.fromkeys(words))


def _named(name: str, site: Site) -> tuple[str, str]:
    """Slug and name of the topic that the front matter means."""
    folded = fold(name)
    for topic in site.topics:
        if folded in (fold(topic.name), fold(topic.slug)):
            return topic.slug, topic.name
    return urls.safe_slug(name, name), name


def _link(topic: tuple[str, str], site: Site) -> TermLink:
    slug, name = topic
    return TermLink(slug, name, f"/topics/{slug}/" if site.pages.topics else "")


def _keywords_in(text: str, topics: tuple[TopicSetup, ...]) -> set[tuple[str, str]]:
    """Which keywords of which topics stand in a text: pairs of slug and keyword."""
    pattern, owners = _keyword_pattern(topics)
    if pattern is None:
        return set()
    return {(slug, word) for word in set(pattern.findall(text.lower())) for slug in owners[word]}


@lru_cache(maxsize=4)
def _keyword_pattern(topics: tuple[TopicSetup, ...]) -> tuple[re.Pattern[str] | None, dict[str, list[str]]]:
    """One pattern for all keywords, the longest first, and the topics of each."""
    owners: dict[str, list[str]] = {}
    for topic in topics:
        for word in topic.keywords:
            owners.setdefault(word, []).append(topic.slug)
    words = sorted(owners, key=lambda word: (-len(word), word))
    return (re.compile(rf"\b({'|'.join(map(re.escape, words))})\b") if words else None), owners
