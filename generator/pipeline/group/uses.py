"""Which articles carry which names, and which tags stand together: brought up to date where articles changed."""

import marshal
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, compress, count
from operator import ne
from typing import Final, NamedTuple, TypeAlias, TypeVar

from generator import urls
from generator.model import Card
from generator.names import fold
from generator.pipeline.group.co_occurrence import count_together, related_tags

Name = TypeVar("Name", bound=Hashable)
Named: TypeAlias = tuple[str, str]  # a name and its slug

_Places: TypeAlias = list[int]  # of articles, newest first


class Uses(NamedTuple):
    """The places of the articles that carry each name."""

    cards: Sequence[str]  # their digests, in order
    topics: Mapping[Named, _Places]
    tags: Mapping[str, _Places]
    sources: Mapping[Named, _Places]
    together: bytes  # tags by slug: on how many articles each stands with others; packed, for it is asked for little
    related: Mapping[str, Sequence[str]]  # the tags that go with a tag, by slug


NO_USES: Final = Uses([], {}, {}, {}, marshal.dumps({}), {})


class _Change(NamedTuple):
    """Where one list of articles differs from another: all before and after is the same."""

    first: int
    old_end: int
    end: int


def bring_up_to_date(before: Uses, digests: Sequence[str], cards: Sequence[Card]) -> Uses:
    """The uses of names in some cards, from those in others; `digests` are those of the cards.

    What is as it was is the same object.
    """
    change = _change(before.cards, digests)
    if change.first == change.old_end == change.end:
        return before
    topics = _spliced(before.topics, change, _within(change, cards, _topics))
    sources = _spliced(before.sources, change, _within(change, cards, _sources))
    new_tags = _within(change, cards, _tags)
    tags = _spliced(before.tags, change, new_tags)
    if tags == before.tags and len(digests) == len(before.cards):
        return before._replace(
            cards=digests,
            topics=before.topics if topics == before.topics else topics,
            sources=before.sources if sources == before.sources else sources,
        )
    touched = {tag_slug(name) for name, places in before.tags.items() if _is_cut(places, change)}
    touched.update(map(tag_slug, new_tags))
    having = _by_slug(tags)
    counted = marshal.loads(before.together)  # noqa: S302 - our own
    together = _recounted(counted, {slug: having.get(slug, ()) for slug in sorted(touched)}, tags, cards)
    related = related_tags({slug: len(places) for slug, places in having.items()}, len(cards), together)
    slugs = {slug: [one.slug for one in companions] for slug, companions in related.items()}
    return Uses(digests, topics, tags, sources, marshal.dumps(together), slugs)


def merged(places: Sequence[Sequence[int]]) -> Sequence[int]:
    """The places of articles with any spelling of a name, in order; most names have one."""
    return places[0] if len(places) == 1 else sorted({*chain.from_iterable(places)})


def _change(before: Sequence[str], now: Sequence[str]) -> _Change:
    shorter = min(len(before), len(now))
    first = next(compress(count(), map(ne, before, now)), shorter)
    same = next(compress(count(), map(ne, reversed(before), reversed(now))), shorter)
    same = min(same, shorter - first)
    return _Change(first, len(before) - same, len(now) - same)


def _within(
    change: _Change, cards: Sequence[Card], names: Callable[[Card], Iterable[Name]]
) -> defaultdict[Name, _Places]:
    """The names in the cards that changed."""
    uses: defaultdict[Name, _Places] = defaultdict(list)
    for place in range(change.first, change.end):
        for name in names(cards[place]):
            uses[name].append(place)
    return uses


def _cut(places: _Places, change: _Change) -> tuple[int, int]:
    """Which of the places lie in what changed."""
    first = bisect_left(places, change.first)
    return first, bisect_left(places, change.old_end, first)


def _is_cut(places: _Places, change: _Change) -> bool:
    first, end = _cut(places, change)
    return first < end


def _spliced(before: Mapping[Name, _Places], change: _Change, new: Mapping[Name, _Places]) -> dict[Name, _Places]:
    """The uses with those in what changed replaced, and those after it moved along."""
    step = change.end - change.old_end
    uses: dict[Name, _Places] = {}
    for name in chain(before, [name for name in new if name not in before]):
        places = before.get(name, [])
        first, end = _cut(places, change)
        after = [place + step for place in places[end:]] if step else places[end:]
        if now := [*places[:first], *new.get(name, ()), *after]:
            uses[name] = now
    return uses


def _by_slug(tags: Mapping[str, _Places]) -> dict[str, Sequence[int]]:
    """The places of each tag in all its spellings."""
    spellings: defaultdict[str, list[_Places]] = defaultdict(list)
    for name, places in tags.items():
        spellings[tag_slug(name)].append(places)
    return {slug: merged(places) for slug, places in spellings.items()}


def _recounted(
    before: Mapping[str, dict[str, int]],
    touched: Mapping[str, Sequence[int]],
    names: Iterable[str],
    cards: Sequence[Card],
) -> dict[str, dict[str, int]]:
    """What stands together, counted anew for the tags of articles that changed; these have them at some places."""
    slugs = {name: tag_slug(name) for name in names}
    together = {slug: others for slug, others in before.items() if slug not in touched}
    for slug, places in touched.items():
        if others := count_together(slug, [cards[place].tags for place in places], slugs):
            together[slug] = others
    return together


def _topics(card: Card) -> Iterator[Named]:
    return ((topic.title, topic.slug) for topic in card.topics)


def _tags(card: Card) -> tuple[str, ...]:
    return card.tags


def _sources(card: Card) -> tuple[Named, ...]:
    return ((card.source.title, card.source.slug),) if card.source else ()


@lru_cache(maxsize=65_536)
def tag_slug(name: str) -> str:
    """The slug of a tag, the same for all its spellings."""
    return urls.safe_slug(fold(name), fold(name))
