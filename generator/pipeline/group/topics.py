"""Which topics an article belongs to, and why: a function of that article and the configuration alone."""

import re
from collections import Counter
from functools import lru_cache

from generator import urls
from generator.model import Reason, Site, TermLink, TopicSetup
from generator.pipeline.group.names import fold


def choose_topics(named: tuple[str, ...], text: str, site: Site) -> tuple[tuple[TermLink, ...], Reason]:
    """The topics that the front matter names, else those whose keywords stand in the text most often.

    Keywords count once each; among equals the first in the configuration is the primary topic, and
    topics with fewer keywords than the best are left out.
    """
    if named:
        return tuple(dict.fromkeys(_link(_named(name, site), site) for name in named)), Reason("front matter", named)
    found = _keywords_in(text, site.topics)
    counts = Counter(topic for topic, _ in found)
    if not counts:
        return (), Reason("none", ())
    most = max(counts.values())
    best = [topic for topic in site.topics if counts[topic.slug] == most]
    words = tuple(sorted({word for topic, word in found if topic in {setup.slug for setup in best}}))
    return tuple(_link((topic.slug, topic.name), site) for topic in best), Reason("keywords", words)


def _named(name: str, site: Site) -> tuple[str, str]:
    """Slug and name of the topic that the front matter means."""
    for topic in site.topics:
        if fold(name) in {fold(topic.name), fold(topic.slug)}:
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
