"""Dates as pages and file names show them -> days and times.

Only what can be read in one way counts: 06/01/2026 is another day on each side of the Atlantic.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from itertools import filterfalse
from typing import Final, TypeAlias
from unicodedata import category, normalize

from generator.languages import LANGUAGES, en, forms_of, in_all, narrow, one_of, units
from generator.languages.shape import Dates

When: TypeAlias = date  # a day, or (its subclass) a datetime, with or without an offset


_Words: TypeAlias = Callable[[Dates], Iterable[str]]


def _any(words: _Words) -> str:
    """A pattern for any of the words that date lines have in one place, in all languages."""
    return f"(?:{one_of(in_all(lambda language: words(language.dates)))})"


def _any_label(words: _Words) -> str:
    """The same for labels, with any space between two words."""
    return _any(words).replace(r"\ ", r"\s+")


def _is_letter(word: str) -> bool:
    return len(word) == 1


_LABEL: Final = (
    rf"(?:(?P<updated>{_any_label(lambda dates: dates.updated)})"
    rf"|(?P<published>{_any_label(lambda dates: dates.published)})"
    rf"|{_any_label(lambda dates: dates.labels)})\s*:?\s*"
)
_ON: Final = _any(lambda dates: dates.on)
_WEEKDAY: Final = _any(lambda dates: forms_of(dates.weekdays))
_THE: Final = _any(lambda dates: dates.the)
_AFTER_YEAR: Final = rf"(?:\s?{_any(lambda dates: dates.after_year)}\b\.?)?"
_YEAR: Final = rf"(?P<year>(?:19|20)\d\d){_AFTER_YEAR}"
_NAME: Final = r"(?P<month>[^\W\d_]{3,12})\.?"
_DAY: Final = r"(?P<day>\d{1,2})"
_ORDINAL: Final = _any(lambda dates: dates.ordinals)
_ENGLISH_ORDINAL: Final = f"(?:{one_of(en.LANGUAGE.dates.ordinals)})"
_OF: Final = _any(lambda dates: dates.of)
_OF_YEAR: Final = _any(lambda dates: dates.of_year)
_WAYS: Final = (
    rf"{_DAY}{_ORDINAL}?\s+(?:{_OF}\s+)?{_NAME},?\s+(?:{_OF_YEAR}\s+)?{_YEAR}",
    rf"{_NAME}\s+{_DAY}{_ENGLISH_ORDINAL}?,?\s+{_YEAR}",  # nowhere else the month is first
    rf"{_YEAR}(?P<sign>[-/])(?P<month>\d\d)(?P=sign)(?P<day>\d\d)",
    rf"{_DAY}\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
)
_AT: Final = (  # a letter may stand right before the figures: "à10h30"
    rf"\b{_any(lambda dates: filterfalse(_is_letter, dates.at))}\b|\b{_any(lambda dates: filter(_is_letter, dates.at))}"
)
_ZONE: Final = r"\s*(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d)?(?P<other>\s*[a-z]{2,5})?"
_O_CLOCK: Final = _any(lambda dates: (*dates.o_clock, "h", "hrs"))
_TIME: Final = (
    rf"(?:[\s,;|·–—-]|(?:{_AT})\.?|t(?=\d))+"
    r"(?P<hour>\d{1,2})\s?[:.h](?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?"
    rf"\s*(?P<half>[ap]\.?m\b\.?)?(?:\s*{_O_CLOCK}\b)?{_ZONE}"
)
# Where each figure has its unit: "2026年1月6日(火) 午後2時30分 公開".
_UNITS: Final = units()
_AFTER_NOON: Final = frozenset(in_all(lambda language: language.dates.after_noon))
_HALF: Final = _any(lambda dates: (*dates.before_noon, *dates.after_noon))
_LABEL_BEHIND: Final = _LABEL.replace("<updated>", "<updated_behind>").replace("<published>", "<published_behind>")
_IN_UNITS: Final = (
    rf"\(?(?:{_LABEL})?(?P<year>(?:19|20)\d\d)\s?(?:(?:{_UNITS[0]})|(?P<sign>[-/]))"
    rf"\s?(?P<month>\d{{1,2}})\s?(?:(?(sign)(?P=sign)|(?:{_UNITS[1]})))\s?{_DAY}\s?(?(sign)|(?:{_UNITS[2]}))"
    rf"\s*\(?(?:{_WEEKDAY})?\)?[\s,]*"
    rf"(?:(?P<half>{_HALF})?\s*(?P<hour>\d{{1,2}})\s?(?::(?=\d\d)|(?:{_UNITS[3]}))\s?(?P<minute>\d{{1,2}})?"
    rf"\s?(?:{_UNITS[4]})?(?:\s?:?\d\d\s?(?:{_UNITS[5]})?)?{_ZONE})?\)?\s*(?:{_LABEL_BEHIND})?"
)
_LINES: Final = tuple(
    re.compile(
        rf"(?:{_LABEL})?(?:{_ON}\s+)?(?:{_WEEKDAY}\.?,?\s+(?:{_THE}\s+)?)?{way}(?:{_TIME})?\.?",
        re.IGNORECASE,
    )
    for way in _WAYS
)
_UNITS_LINE: Final = re.compile(_IN_UNITS, re.IGNORECASE)
_HAS_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_LONGEST: Final = 80  # characters of a date line
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:[Zz]|[+-]\d\d:?\d\d)?)?", re.ASCII)
_IN_FILE_NAME: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_](\d\d)[-_](\d\d)(?!\d)", re.ASCII)
_TOP: Final = 10  # lines with text
_END: Final = 6
_CHANGE: Final = 2  # how little the date of a change speaks for publication
_NOON: Final = 12


def parse_iso(text: str) -> When | None:
    """The day or the time that an ISO text says; None where it is no such text or no such day."""
    text = text.strip()
    if not _ISO.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text[:10])
        when = (
            day
            if len(text) == len("2026-01-06")
            else datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
        )
    except ValueError:
        return None
    return _whole_seconds(when) if date.min.year < day.year < date.max.year else None


def date_in_name(name: str) -> When | None:
    """The day in the name of a file: `2024-01-03-x.txt`."""
    found = _IN_FILE_NAME.search(name.replace("\\", "/").rpartition("/")[2])
    return _day(*map(int, found.groups())) if found else None


def find_date(lines: Sequence[str]) -> When | None:
    """The date of a date line near the top or the end; publication wins over update, top over end."""
    filled = [line for line in lines if line.strip()]
    near = filled if len(filled) <= _TOP + _END else [*filled[:_TOP], *filled[-_END:]]
    found = [(rank, when) for line in near for rank, when in [_rank(line)] if when]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def is_date_line(line: str) -> bool:
    """Whether a line says a date and nothing else."""
    return _rank(line)[1] is not None


def date_of_line(line: str) -> tuple[When | None, bool]:
    """The date of a date line, and whether it is that of a change; None where it is no such line."""
    rank, when = _rank(line)
    return when, rank == _CHANGE


def day_of(when: When, zone: tzinfo) -> date:
    """The day of a date in a time zone."""
    if not isinstance(when, datetime):
        return when
    try:
        return when.astimezone(zone).date() if when.tzinfo else when.date()
    except OverflowError:  # the first and the last day of the calendar
        return when.date()


def written(when: When) -> str:
    """A date as front matter has it: `2026-01-06`, or with `T` and the time."""
    return when.isoformat()


def _rank(line: str) -> tuple[int, When | None]:
    """The date of a date line, and how little it speaks for publication."""
    text = line.strip(" \t*_|#")
    if len(text) > _LONGEST or not _HAS_YEAR.search(text):
        return 0, None
    text = text if text.isascii() else narrow(text)
    for pattern in _LINES:
        if found := pattern.fullmatch(text):
            return _rank_of(found["updated"], found["published"]), _when(found)
    if (text[0].isdigit() or not text.isascii()) and (found := _UNITS_LINE.fullmatch(text)):
        updated, published = found["updated"], found["published"]
        return _rank_of(updated or found["updated_behind"], published or found["published_behind"]), _when(found)
    return 0, None


def _rank_of(updated: str | None, published: str | None) -> int:
    """How little a date speaks for publication, by its label."""
    return _CHANGE if updated else 0 if published else 1


def _when(found: re.Match[str]) -> When | None:
    month = int(found["month"]) if found["month"].isdecimal() else _month(found["month"])
    day = _day(int(found["year"]), month, int(found["day"]))
    if day is None or found["hour"] is None or found["other"]:  # a zone that isn't known: the day alone is sure
        return day
    hour = int(found["hour"])
    if found["half"]:
        is_late = found["half"][0] in "pP" or found["half"] in _AFTER_NOON
        hour = hour % _NOON + (_NOON if is_late else 0)
    try:
        return datetime.combine(day, time(hour, int(found["minute"] or 0)), _zone(found["zone"]))
    except ValueError:
        return day


@cache
def _month(name: str) -> int:
    """The number of a month by any form of its name in any language, 0 for what is no such name."""
    return _months().get(_fold(name), 0)


@cache
def _months() -> dict[str, int]:
    return {
        _fold(form): number
        for language in LANGUAGES
        for number, forms in enumerate(language.dates.months, start=1)
        for form in forms.split()
    }


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _whole_seconds(when: When) -> When:
    return when.replace(microsecond=0) if isinstance(when, datetime) else when


def _fold(name: str) -> str:
    """A name in small letters without accents."""
    return "".join(character for character in normalize("NFD", name.lower()) if category(character) != "Mn")
