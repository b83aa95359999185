"""All cards -> Corpus: what is shown now, sorted into topics, tags, sources and months."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from generator.model import Article, Card, Corpus, Month, Site, StaticPage
from generator.pipeline.group.taxonomies import sort_into_taxonomies
from generator.problems import Problem


class Moment(NamedTuple):
    """When the site is built, and what is shown although it would be withheld then."""

    now: datetime
    drafts: bool = False
    future: bool = False
    expired: bool = False


def group(
    cards: Iterable[Card], pages: Iterable[StaticPage], site: Site, moment: Moment
) -> tuple[Corpus, tuple[Problem, ...]]:
    """Everything that is to be shown at a moment, and what is wrong with the names in it."""
    newest_first = sorted(cards, key=lambda card: (-card.date.timestamp(), card.path))
    shown = [card for card in newest_first if not withheld_as(card, moment)]
    listed = tuple(card for card in shown if not card.unlisted)
    taxonomies, problems = sort_into_taxonomies(listed, site)
    corpus = Corpus(
        site=site,
        cards=listed,
        unlisted=tuple(card for card in shown if card.unlisted),
        pages=tuple(sorted(pages)),
        taxonomies=taxonomies,
        months=_months(listed, site),
        withheld=tuple(card for card in newest_first if withheld_as(card, moment)),
    )
    return corpus, problems


def withheld_as(card: Card | Article, moment: Moment) -> str:
    """Why an article isn't shown: "draft", "future", "expired"; "" when it is."""
    if card.draft and not moment.drafts:
        return "draft"
    if card.date > moment.now and not moment.future:
        return "future"
    if card.expires is not None and card.expires <= moment.now and not moment.expired:
        return "expired"
    return ""


def _months(cards: Sequence[Card], site: Site) -> tuple[Month, ...]:
    """The months that have articles, newest first."""
    if not site.pages.archive:
        return ()

    def month_of(card: Card) -> tuple[int, int]:
        day = card.date.astimezone(site.timezone)
        return day.year, day.month

    return tuple(
        Month(year, month, f"/archive/{year:04}/{month:02}/", tuple(run))
        for (year, month), run in groupby(cards, key=month_of)
    )
