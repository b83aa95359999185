"""What became of articles, as they themselves say: new, updated, corrected, withdrawn.

Nothing is remembered from one build to the next, so that the same articles give the same list everywhere.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from heapq import nsmallest
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from generator.model import Card
from generator.notices import Change

MOST: Final = 50  # of each kind; so corrections aren't crowded out by what is new
KINDS: Final = ("withdrawn", "corrected", "updated", "new")  # of one moment in this order


def changes_of(cards: Sequence[Card], noted: Sequence[Card], withdrawn: Iterable[Card]) -> tuple[Change, ...]:
    """The latest changes of each kind, newest first.

    `cards` are those that lists show, newest first; `noted` are those of them that were revised or corrected, if
    with others.
    """
    corrected = [change for card in noted if card.corrections for change in _corrected(card)]
    put_right = {(change.path, change.date) for change in corrected}
    later = [card for card in noted if card.updated > card.date]
    revised = (card for card in later if (card.path, card.updated) not in put_right)
    found = [
        *(_change("new", card, card.date) for card in cards[:MOST]),
        *(_change("updated", card, card.updated) for card in nsmallest(MOST, revised, key=_latest_first)),
        *nsmallest(MOST, corrected, key=_newest_first),
        *nsmallest(MOST, (_withdrawn(card) for card in withdrawn if not card.unlisted), key=_newest_first),
    ]
    return tuple(sorted(found, key=_newest_first))


def latest(changes: Iterable[Change], most: int) -> Iterator[Change]:
    """The first so many of each kind."""
    seen: Counter[str] = Counter()
    for change in changes:
        seen[change.kind] += 1
        if seen[change.kind] <= most:
            yield change


def _newest_first(change: Change) -> tuple[float, int, str]:
    return -change.date.timestamp(), KINDS.index(change.kind), change.path


def _latest_first(card: Card) -> tuple[float, str]:
    return -card.updated.timestamp(), card.path


def _corrected(card: Card) -> Iterator[Change]:
    """The corrections of an article; one without a date was made when the article was last changed."""
    seen: Counter[datetime | None] = Counter()
    for told in card.corrections:
        seen[told.date] += 1
        when = int(told.date.timestamp()) if told.date else "some time"
        moment = max(told.date, card.date) if told.date else card.updated
        yield _change("corrected", card, moment, told.text, f"{when} {seen[told.date]}")


def withdrawn_at(card: Card) -> datetime:
    """When an article was withdrawn; without a date, when it was last changed."""
    told = card.withdrawn.date if card.withdrawn else None
    return max(told, card.date) if told else card.updated


def _withdrawn(card: Card) -> Change:
    reason = card.withdrawn.reason if card.withdrawn else ""
    return _change("withdrawn", card, withdrawn_at(card), reason, "for good")


def _change(kind: str, card: Card, moment: datetime, text: str = "", which: str = "") -> Change:
    which = which or ("first" if kind == "new" else str(int(moment.timestamp())))
    name = f"urn:uuid:{uuid5(NAMESPACE_URL, f'{card.id} {kind} {which}')}"
    return Change(kind, moment, name, card.path, card.url, card.title, card.language, text)
