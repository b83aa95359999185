"""Dates as people and generators write them -> datetimes with a time zone."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from generator.pipeline.read.text import shown

_ISO: Final = re.compile(
    r"(?P<year>\d{4})(?P<sign>[-/])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
    r"(?:(?:[Tt]|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII | re.IGNORECASE,
)
# email.utils takes unknown zones for none, and much else for a date: let through only what it knows.
_RFC2822: Final = re.compile(
    r"(?:[a-z]{3},\s*)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?"
    r"(?:\s+(?:[+-]\d{4}|UTC?|GMT|[ECMP][SD]T))?",
    re.ASCII | re.IGNORECASE,
)
_FILE_NAME: Final = re.compile(r"(?:.*/)?(\d{4}-\d{2}-\d{2})(?=[-_. ])[^/]*", re.ASCII)
_IN_PATH: Final = re.compile(r"(?<![^/])((?:19|20)\d\d)([-/])(\d{1,2})([-/])(\d{1,2})(?=[-_. /])", re.ASCII)
_MONTH_IN_PATH: Final = re.compile(r"(?<![^/])(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])(?=/)", re.ASCII)
_CLOCK: Final = re.compile(r"\d\s?[:h時点]\s?\d|\d\s?[ap]\.?m\b", re.IGNORECASE)
_SLASHED: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", re.ASCII)
_LONGEST: Final = 80  # characters of a date


class DateError(ValueError):
    """A date that doesn't exist or can't be understood."""


def to_datetime(value: object, site_zone: ZoneInfo) -> datetime:
    """The moment that a date stands for, at midnight and in the site's zone unless told; or a DateError."""
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - gets its zone below
    elif isinstance(value, str):
        moment = _parse(value.strip())
    else:
        raise DateError("not a date")
    moment = moment if moment.tzinfo else moment.replace(tzinfo=site_zone)
    if not date.min.year < moment.year < date.max.year:  # in another zone it would leave the calendar
        raise DateError(f"impossible year {moment.year}")
    return moment


def has_time(value: object) -> bool:
    """Whether a date that can be understood says a time, if only that of midnight."""
    if not isinstance(value, str):
        return isinstance(value, datetime)
    if iso := _ISO.fullmatch(value.strip()):
        return iso["hour"] is not None
    return _RFC2822.fullmatch(value.strip()) is not None or isinstance(_in_words(value.strip()), datetime)


def date_of_file_name(path: str, site_zone: ZoneInfo) -> datetime | None:
    """The midnight that the name of a file begins with: `2024-01-03-x.md`; None where it has none."""
    found = _FILE_NAME.fullmatch(path)
    return to_datetime(found[1], site_zone) if found else None


def is_date(text: str) -> bool:
    """Whether a text says a date and nothing else."""
    try:
        return _parse(text.strip()) is not None
    except DateError:
        return False


def date_in_path(path: str, site_zone: ZoneInfo) -> datetime | None:
    """The midnight of the day that a path or an address has in it, `2024/01/03/x`, the last of several."""
    for found in reversed([*_IN_PATH.finditer(path)]):
        try:
            return to_datetime(f"{found[1]}-{found[3]}-{found[5]}", site_zone)
        except DateError:  # three other numbers
            continue
    return None


def month_in_path(path: str) -> str:
    """The month that the folders of a path say, "2024/01", or ""."""
    found = _MONTH_IN_PATH.search(path)
    return found[0] if found else ""


def _parse(text: str) -> datetime:
    try:
        if iso := _ISO.fullmatch(text):
            return _from_iso(iso)
        if _RFC2822.fullmatch(text):
            from email.utils import parsedate_to_datetime  # noqa: PLC0415 - 10 ms, and only imported feeds need it

            return parsedate_to_datetime(text)
    except ValueError as error:
        raise DateError(f"impossible date {shown(text)}") from error
    if when := _in_words(text):
        return when if isinstance(when, datetime) else datetime(when.year, when.month, when.day)  # noqa: DTZ001
    if _SLASHED.fullmatch(text):
        raise DateError(f"{shown(text)} is another day on each side of the Atlantic")
    raise DateError(f"date not understood: {shown(text)}")


def _in_words(text: str) -> date | None:
    """The day or the time of a date as pages show it, if that is all that the text says: `20 November 2026`."""
    if len(text) > _LONGEST:
        return None
    from generator.dates import date_of_line, dates_within  # noqa: PLC0415 - patterns in all languages, for these alone

    when, is_change = date_of_line(text)
    if when is None:
        dated = next(dates_within(text), None)
        if dated is None or (dated.start, dated.end) != (0, len(text)):
            return None
        when, is_change = dated.when, dated.is_change
    if is_change or (not isinstance(when, datetime) and _CLOCK.search(text)):  # its time would be lost
        return None
    return when


def _from_iso(iso: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second = (
        int(iso[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    microsecond = int((iso["fraction"] or "").ljust(6, "0")[:6])
    return datetime(year, month, day, hour, minute, second, microsecond, _zone(iso["zone"]))


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:]) if len(text) > len("+01") else 0
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)
