"""All cards -> Corpus: what is shown now, sorted into topics, tags, sources, stories, months and editions."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final, NamedTuple

from generator.corpus import Corpus, Edition, Month, Taxonomy
from generator.digest import digest_of
from generator.model import NO_TIES, UNDATED, Article, Card, Site, StaticPage, due
from generator.pipeline.group.changes import changes_of
from generator.pipeline.group.duplicates import sort_out_copies
from generator.pipeline.group.editions import Grounds, freeze, make_editions
from generator.pipeline.group.kinship import Kinship
from generator.pipeline.group.lock import Lock
from generator.pipeline.group.onward import lead_on
from generator.pipeline.group.period import period_of
from generator.pipeline.group.stories import Leading, tell_stories
from generator.problems import Problem

_DAY_S: Final = 86_400


class Moment(NamedTuple):
    """When the site is built, and what is shown although it would be withheld then."""

    now: datetime
    drafts: bool = False
    future: bool = False
    expired: bool = False


class Present(NamedTuple):
    """The articles that there are at a moment, newest first."""

    compared: tuple[Card, ...]  # that are shown and listed
    noted: tuple[Card, ...]  # those of them that were revised or corrected, or tell of their ties to others
    unlisted: tuple[Card, ...]
    withdrawn: tuple[Card, ...]
    withheld: tuple[tuple[Card, str], ...]  # that are not shown, and as what: draft, future, expired
    changed: tuple[Card, ...]  # those that are shown and were changed since they came out
    turns: tuple[
        datetime, ...
    ]  # when one appears, expires or has been changed: all times to come, and the latest that are past


class Known(NamedTuple):
    """What is known beside the articles themselves."""

    kinship: Kinship  # of all that are shown and listed
    sort: Callable[[tuple[Card, ...], Site], tuple[tuple[Taxonomy, ...], tuple[Problem, ...]]]  # into taxonomies
    lock: Lock  # the addresses that stories have, and the editions that are over


class Grouped(NamedTuple):
    """Everything that is to be shown at a moment."""

    corpus: Corpus
    lock: Lock  # as it is to be kept once readers have all this
    problems: tuple[Problem, ...]  # what is wrong with the names in it


def sort_by_time(cards: Sequence[Card], moment: Moment) -> Present:
    """The articles as they are at a moment.

    What few have is looked for in the order in which they were remembered, as they lie in memory.
    """
    today = moment.now.replace(hour=0, minute=0, second=0, microsecond=0)
    undated = [card for card in cards if card.draft and card.date == UNDATED] if moment.drafts else []
    if undated:
        cards = [_dated(card, today) if card.draft and card.date == UNDATED else card for card in cards]
    newest_first = sorted(cards, key=attrgetter("path"))
    newest_first.sort(key=_time, reverse=True)  # of one moment in the order of their paths; twice beats pairs of both
    day_before = moment.now.timestamp() - _DAY_S  # datetimes of one zone are compared by its clocks, which go back
    recent = newest_first[: bisect_left(newest_first, True, key=lambda card: _time(card) < day_before) + 1]
    ending = [card for card in cards if card.draft or card.expires is not None or card.appears is not None]
    reasons = {card.path: why for card in (*recent, *ending) if (why := withheld_as(card, moment))}
    aside = {card.path for card in cards if card.unlisted or card.withdrawn is not None}
    noted = [card for card in cards if card.updated is not card.date or card.corrections or card.ties != NO_TIES]
    noted = [card for card in noted if card.path not in reasons and card.path not in aside]
    noted.sort(key=lambda card: (-_time(card), card.path))
    shown = [card for card in newest_first if card.path not in reasons] if reasons else newest_first
    shown_aside = [card for card in shown if card.path in aside] if aside else []
    return Present(
        compared=tuple([card for card in shown if card.path not in aside] if aside else shown),
        noted=tuple(noted),
        unlisted=tuple([card for card in shown_aside if card.withdrawn is None]),
        withdrawn=tuple([card for card in shown_aside if card.withdrawn is not None]),
        withheld=tuple(
            [(card, reasons[card.path]) for card in newest_first if card.path in reasons] if reasons else ()
        ),
        changed=tuple([card for card in (*noted, *shown_aside) if card.updated is not card.date]),
        turns=(
            *(card.updated for card in (*noted, *shown_aside) if card.updated is not card.date),
            *(card.date for card in recent if card.date != UNDATED),
            *((today + timedelta(days=1),) if undated else ()),
            *(turn for card in ending for turn in (card.appears, card.expires) if turn),
        ),
    )


def _dated(card: Card, day: datetime) -> Card:
    """A draft without a date, as of a day."""
    updated = day if card.updated == UNDATED else card.updated
    return card._replace(date=day, updated=updated, digest=digest_of((card.digest, day, updated)))


def _time(card: Card) -> float:
    return card.date.timestamp()


def group(present: Present, pages: Iterable[StaticPage], site: Site, moment: Moment, known: Known) -> Grouped:
    """Sorts out what is shown at a moment."""
    by_path, copies, about_copies = sort_out_copies(present.compared, present.noted, known.kinship.pairs)
    noted = [card for card in present.noted if card.path in by_path]
    told = tell_stories(Leading(by_path, noted, copies), known.kinship, known.lock, site)
    listed = tuple(by_path.values())
    taxonomies, about_names = known.sort(listed, site)
    editions = _editions(by_path, Grounds(copies, told.stories, known.kinship), known.lock, site, moment)
    corpus = Corpus(
        site=site,
        cards=listed,
        copies=copies,
        stories=told.stories,
        onward=lead_on(by_path, copies, told.stories, known.kinship),
        redirects=told.redirects,
        unlisted=present.unlisted,
        withdrawn=present.withdrawn,
        changes=changes_of(listed, noted, present.withdrawn) if site.pages.changes else (),
        pages=tuple(sorted(pages)),
        taxonomies=taxonomies,
        months=_months(listed, site),
        editions=editions,
        withheld=tuple([card for card, _ in present.withheld]),
    )
    issues = freeze(editions, known.lock.editions)
    return Grouped(corpus, told.lock._replace(editions=issues), (*about_copies, *about_names))


def withheld_as(page: Card | Article | StaticPage, moment: Moment) -> str:
    """Why an article or a page isn't shown: "draft", "future", "expired"; "" when it is."""
    if page.draft and not moment.drafts:
        return "draft"
    if (appears := due(page)) and appears > moment.now and not moment.future:
        return "future"
    if page.expires is not None and page.expires <= moment.now and not moment.expired:
        return "expired"
    return ""


def _editions(
    cards: Mapping[str, Card], grounds: Grounds, lock: Lock, site: Site, moment: Moment
) -> tuple[Edition, ...]:
    if not site.pages.editions:
        return ()
    period = period_of(site)
    return make_editions(cards, grounds, lock.editions, period.number(moment.now), period)


def _months(cards: Sequence[Card], site: Site) -> tuple[Month, ...]:
    """The months that have articles, newest first."""
    months = []
    while cards:  # by halves: to ask each article for its month takes as long as to sort them all
        first = cards[0].date.astimezone(site.timezone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        end = bisect_left(cards, True, key=lambda card: card.date < first)
        url = f"/archive/{first.year:04}/{first.month:02}/"
        months.append(Month(first.year, first.month, url, tuple(cards[:end])))
        cards = cards[end:]
    return tuple(months)
