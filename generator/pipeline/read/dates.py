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


def date_of_file_name(path: str, site_zone: ZoneInfo) -> datetime | None:
    """The midnight that the name of a file begins with: `2024-01-03-x.md`; None where it has none."""
    found = _FILE_NAME.fullmatch(path)
    return to_datetime(found[1], site_zone) if found else None


def _parse(text: str) -> datetime:
    try:
        if iso := _ISO.fullmatch(text):
            return _from_iso(iso)
        if _RFC2822.fullmatch(text):
            from email.utils import parsedate_to_datetime  # noqa: PLC0415 - 10 ms, and only imported feeds need it

            return parsedate_to_datetime(text)
    except ValueError as error:
        raise DateError(f"impossible date {shown(text)}") from error
    raise DateError(f"date not understood: {shown(text)}")


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
