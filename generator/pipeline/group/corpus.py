"""All cards -> Corpus: what is shown now, sorted into topics, tags, sources, stories, months and editions."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from generator.corpus import Corpus, Edition, Month, Taxonomy
from generator.model import Article, Card, Site, StaticPage
from generator.pipeline.group.changes import changes_of
from generator.pipeline.group.duplicates import sort_out_copies
from generator.pipeline.group.editions import Grounds, freeze, make_editions
from generator.pipeline.group.kinship import Kinship
from generator.pipeline.group.lock import Lock
from generator.pipeline.group.onward import lead_on
from generator.pipeline.group.period import period_of
from generator.pipeline.group.stories import tell_stories
from generator.problems import Problem


class Moment(NamedTuple):
    """When the site is built, and what is shown although it would be withheld then."""

    now: datetime
    drafts: bool = False
    future: bool = False
    expired: bool = False


class Known(NamedTuple):
    """What is known beside the articles themselves."""

    kinship: Kinship  # of all that are shown and listed
    sort: Callable[[tuple[Card, ...], Site], tuple[tuple[Taxonomy, ...], tuple[Problem, ...]]]  # into taxonomies
    lock: Lock  # the addresses that stories have, and the editions that are over
    freezes: bool = False  # whether editions whose time is over are to stay as they are


class Grouped(NamedTuple):
    """Everything that is to be shown at a moment."""

    corpus: Corpus
    lock: Lock  # as it is to be kept
    problems: tuple[Problem, ...]  # what is wrong with the names in it


def group(cards: Iterable[Card], pages: Iterable[StaticPage], site: Site, moment: Moment, known: Known) -> Grouped:
    """Sorts out what is shown at a moment."""
    newest_first = sorted(cards, key=lambda card: (-card.date.timestamp(), card.path))
    reasons = [withheld_as(card, moment) for card in newest_first]
    shown = [card for card, why in zip(newest_first, reasons, strict=True) if not why]
    compared = tuple([card for card in shown if not card.unlisted and card.withdrawn is None])
    withdrawn = tuple([card for card in shown if card.withdrawn])
    listed, copies, about_copies = sort_out_copies(compared, known.kinship.pairs)
    told = tell_stories(listed, copies, known.kinship, known.lock, site)
    taxonomies, about_names = known.sort(listed, site)
    editions = _editions(listed, Grounds(copies, told.stories, known.kinship), known.lock, site, moment)
    corpus = Corpus(
        site=site,
        cards=listed,
        copies=copies,
        stories=told.stories,
        onward=lead_on(listed, copies, told.stories, known.kinship),
        redirects=told.redirects,
        unlisted=tuple(card for card in shown if card.unlisted and not card.withdrawn),
        withdrawn=withdrawn,
        changes=changes_of(listed, withdrawn) if site.pages.changes else (),
        pages=tuple(sorted(pages)),
        taxonomies=taxonomies,
        months=_months(listed, site),
        editions=editions,
        withheld=tuple([card for card, why in zip(newest_first, reasons, strict=True) if why]),
    )
    issues = freeze(editions, known.lock.editions) if known.freezes else known.lock.editions
    return Grouped(corpus, told.lock._replace(editions=issues), (*about_copies, *about_names))


def withheld_as(card: Card | Article, moment: Moment) -> str:
    """Why an article isn't shown: "draft", "future", "expired"; "" when it is."""
    if card.draft and not moment.drafts:
        return "draft"
    if card.date > moment.now and not moment.future:
        return "future"
    if card.expires is not None and card.expires <= moment.now and not moment.expired:
        return "expired"
    return ""


def _editions(cards: Sequence[Card], grounds: Grounds, lock: Lock, site: Site, moment: Moment) -> tuple[Edition, ...]:
    if not site.pages.editions:
        return ()
    period = period_of(site)
    return make_editions(cards, grounds, lock.editions, period.number(moment.now), period)


def _months(cards: Sequence[Card], site: Site) -> tuple[Month, ...]:
    """The months that have articles, newest first."""
    if not site.pages.archive:
        return ()

    months = []
    while cards:  # by halves: to ask each article for its month takes as long as to sort them all
        first = cards[0].date.astimezone(site.timezone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        end = bisect_left(cards, True, key=lambda card: card.date < first)
        url = f"/archive/{first.year:04}/{first.month:02}/"
        months.append(Month(first.year, first.month, url, tuple(cards[:end])))
        cards = cards[end:]
    return tuple(months)
