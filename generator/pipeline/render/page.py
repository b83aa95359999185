"""A page that is to be, and the frame that all pages of a site share."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from generator.model import Card, Site
from generator.pipeline.render import views
from generator.pipeline.render.views import Day, Pager, View

if TYPE_CHECKING:
    from datetime import date

Item = TypeVar("Item")


class Frame(NamedTuple):
    """What all views of a site are made with."""

    site: Site
    view: views.SiteView

    def days(self, cards: Iterable[Card]) -> tuple[Day, ...]:
        """The cards by day in the site's time zone, in their order."""
        by_day: dict[date, list[Card]] = {}
        for card in cards:
            by_day.setdefault(card.date.astimezone(self.site.timezone).date(), []).append(card)
        return tuple(Day(day, tuple(of_day)) for day, of_day in by_day.items())


class Page(NamedTuple):
    """A page that the site has.

    Its view is a pure function of the frame and the parts, made when it is needed: the same function of
    the same parts is the same view, and most pages of most builds are as they were.
    """

    url: str
    template: str
    frame: Frame
    make: Callable[..., View]
    parts: tuple[object, ...] = ()
    texts: tuple[str, ...] = ()  # paths of the articles whose full text it shows
    owner: str = ""  # the content file that it comes from, where there is just one

    def view(self) -> View:
        """Everything that the template sees, but for the texts."""
        return self.make(self.frame, *self.parts)


class LeftOut(NamedTuple):
    """A page of which it is known that it shows what it did."""

    url: str
    template: str


class Near(NamedTuple):
    """What is so near to a change that pages may show something else of it than they did."""

    articles: Collection[str]  # their paths
    terms: Collection[str]  # their urls


def cut(items: tuple[Item, ...], size: int, url: str) -> Iterator[tuple[Pager, tuple[Item, ...]]]:
    """A list in pages: the newest page has one to two sizes, the numbered ones are full and never shift.

    Numbers count from the oldest page, so that a new article changes the newest page alone.
    """
    last = last_of(len(items), size)
    older = page_url(url, last) if last else ""
    yield Pager("", older, 0), items[: len(items) - last * size]
    for number in range(last, 0, -1):
        end = len(items) - (number - 1) * size
        newer = page_url(url, number + 1 if number < last else 0)
        yield Pager(newer, page_url(url, number - 1) if number > 1 else "", number), items[end - size : end]


def last_of(count: int, size: int) -> int:
    """The highest number of the pages of a list."""
    return max(0, count // size - 1)


def page_url(url: str, number: int) -> str:
    """The url of a page of a list; 0 is the newest one."""
    return f"{url}page/{number}/" if number else url
