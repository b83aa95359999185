"""The days or weeks that editions stand for, and the moment at which each of them is over."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from generator.model import Site

_WEEK: Final = 7
_DAY_NAME: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WEEK_NAME: Final = re.compile(r"\d{4}-W\d\d", re.ASCII)


class Period(NamedTuple):
    """How often a site has an edition. Editions have numbers that follow each other in time."""

    days: int  # 1 or 7
    cutoff: int  # minutes after midnight of the last day
    zone: ZoneInfo

    def number(self, moment: datetime) -> int:
        """The edition that a moment belongs to: the first that closes after it."""
        number = self._of_day(moment.astimezone(self.zone).date())
        stamp = moment.timestamp()
        while stamp >= self.end(number).timestamp():
            number += 1
        while stamp < self.end(number - 1).timestamp():  # where clocks go forward around the cutoff
            number -= 1
        return number

    def name(self, number: int) -> str:
        """The part of the address that stands for an edition: `2026-01-06`, `2026-W02`."""
        first = self.span(number)[0]
        if self.days == 1:
            return first.isoformat()
        year, week, _ = first.isocalendar()
        return f"{year:04}-W{week:02}"

    def is_name(self, name: str) -> bool:
        """Whether an edition of such a site may have this name."""
        try:
            return bool((_DAY_NAME if self.days == 1 else _WEEK_NAME).fullmatch(name) and date.fromisoformat(name))
        except ValueError:
            return False

    def number_of(self, name: str) -> int:
        """The edition of a name."""
        return self._of_day(date.fromisoformat(name))

    def span(self, number: int) -> tuple[date, date]:
        """The first and the last day."""
        first = date.fromordinal(number * self.days + 1)
        return first, first + timedelta(days=self.days - 1)

    def end(self, number: int) -> datetime:
        """When it closes, by the clocks of the site: the first time that they show it, where they show it twice."""
        return _end(self, number)

    def _of_day(self, day: date) -> int:
        return (day.toordinal() - 1) // self.days


def period_of(site: Site) -> Period:
    """The period of a site's editions."""
    return Period(_WEEK if site.edition_period == "weekly" else 1, site.edition_cutoff, site.timezone)


@lru_cache(maxsize=16_384)
def _end(period: Period, number: int) -> datetime:
    midnight = datetime.combine(period.span(number)[1], time(), period.zone)
    on_the_clock = midnight + timedelta(minutes=period.cutoff)  # which counts no hour that is left out or comes twice
    moment = on_the_clock.astimezone(UTC)
    return moment.astimezone(timezone(moment.astimezone(period.zone).utcoffset() or timedelta()))
