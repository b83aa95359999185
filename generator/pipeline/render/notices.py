"""What readers are told: the pages of withdrawn articles, and the list of what became of articles, with its feed."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final

from generator.corpus import Corpus
from generator.model import Card
from generator.notices import Change
from generator.pipeline.group.changes import latest
from generator.pipeline.render import feeds, views
from generator.pipeline.render.page import Frame, Page
from generator.pipeline.render.views import ChangeDay, View

if TYPE_CHECKING:
    from datetime import date

_URL: Final = "/changes/"


def withdrawn_pages(corpus: Corpus, frame: Frame) -> Iterator[Page]:
    """For every withdrawn article, at its address, a notice in place of the text."""
    for card in corpus.withdrawn:
        yield Page(card.url, "withdrawn.html", frame, _withdrawn_view, (card,), owner=card.path)


def change_pages(corpus: Corpus, frame: Frame) -> Iterator[Page]:
    """The latest changes by day, and their feed."""
    site = frame.site
    if not site.pages.changes:
        return
    yield Page(_URL, "changes.html", frame, _changes_view, (corpus.changes,))
    for _ in feeds.formats_of("changes", site):  # Atom or none
        fed = tuple(latest(corpus.changes, site.feeds.limit))
        yield Page(f"{_URL}atom.xml", "changes.xml", frame, _feed_view, (fed,))


def _withdrawn_view(frame: Frame, card: Card) -> View:
    told = card.withdrawn
    assert told is not None
    common = (frame.view, card.url, card.title, told.reason, ())
    return views.WithdrawnView(*common, card.date, card.language, told)


def _changes_view(frame: Frame, changes: tuple[Change, ...]) -> View:
    def day_of(change: Change) -> "date":
        return change.date.astimezone(frame.site.timezone).date()

    links = feeds.links(_URL, "Changes", feeds.formats_of("changes", frame.site))
    days = tuple(ChangeDay(day, tuple(of_day)) for day, of_day in groupby(changes, day_of))
    return views.ChangesView(frame.view, _URL, "Changes", "", links, days)


def _feed_view(frame: Frame, changes: tuple[Change, ...]) -> View:
    updated = max((change.date for change in changes), default=None)
    title = f"{frame.site.title}: Changes"
    common = (frame.view, f"{_URL}atom.xml", title, "", ())
    return views.ChangesFeedView(*common, _URL, updated, changes, frame.site.feeds.hub)
