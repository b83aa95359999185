"""Dates as pages and file names show them -> days and times.

Only what can be read in one way counts: 06/01/2026 is another day on each side of the Atlantic.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from itertools import filterfalse
from typing import Final, NamedTuple, TypeAlias
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
_O_CLOCK: Final = _any(lambda dates: (*dates.o_clock, "h", "hrs"))
# Hours from UTC of the names of zones; CST and MST are those of America, BST is that of Britain. "ET" and "IST" say too
# little.
_HOURS: Final = {
    -8: "pst",
    -7: "mst pdt",
    -6: "cst mdt",
    -5: "est cdt",
    -4: "edt",
    0: "z utc gmt",
    1: "bst cet mez",
    2: "cest eet mesz",
    3: "eest msk",
    8: "hkt sgt",
    9: "jst kst",
    10: "aest",
    11: "aedt",
    12: "nzst",
    13: "nzdt",
}
_ZONES: Final = {name: timedelta(hours=hours) for hours, names in _HOURS.items() for name in names.split()}
_OFFSET: Final = re.compile(r"(?:utc|gmt)?\s?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?", re.IGNORECASE)
_UNTIL_CLOCK: Final = rf"(?:[\s,;|·–—-]|(?:{_AT})\.?|t(?=\d))+"
_ZONE: Final = rf"\s*(?P<zone>(?:utc|gmt)\s?[+-]\d{{1,2}}(?::?\d\d)?|[+-]\d\d:?\d\d|(?:{one_of(_ZONES)})\b)?"
_LETTERS_OF_ZONE: Final = r"(?P<other>\s*[a-z]{2,5})?"  # of one that isn't known
_CLOCK: Final = (
    r"(?P<hour>\d{1,2})\s?[:.h](?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?"
    rf"\s*(?P<half>[ap]\.?m\b\.?)?(?:\s*{_O_CLOCK}\b)?{_ZONE}"
)
# Where each figure has its unit: "2026年1月6日(火) 午後2時30分 公開".
_UNITS: Final = units()
_AFTER_NOON: Final = frozenset(in_all(lambda language: language.dates.after_noon))
_HALF: Final = _any(lambda dates: (*dates.before_noon, *dates.after_noon))
_LABEL_BEHIND: Final = _LABEL.replace("<updated>", "<updated_behind>").replace("<published>", "<published_behind>")
_IN_UNITS: Final = (
    rf"(?i)\(?(?:{_LABEL})?(?P<year>(?:19|20)\d\d)\s?(?:(?:{_UNITS[0]})|(?P<sign>[-/]))"
    rf"\s?(?P<month>\d{{1,2}})\s?(?:(?(sign)(?P=sign)|(?:{_UNITS[1]})))\s?{_DAY}\s?(?(sign)|(?:{_UNITS[2]}))"
    rf"\s*\(?(?:{_WEEKDAY})?\)?[\s,]*"
    rf"(?:(?P<half>{_HALF})?\s*(?P<hour>\d{{1,2}})\s?(?::(?=\d\d)|(?:{_UNITS[3]}))\s?(?P<minute>\d{{1,2}})?"
    rf"\s?(?:{_UNITS[4]})?(?:\s?:?\d\d\s?(?:{_UNITS[5]})?)?{_ZONE}{_LETTERS_OF_ZONE})?\)?\s*(?:{_LABEL_BEHIND})?"
)
_TIME: Final = rf"{_UNTIL_CLOCK}{_CLOCK}{_LETTERS_OF_ZONE}"
_OF_WEEKDAY: Final = rf"(?:{_ON}\s+)?(?:{_WEEKDAY}\.?,?\s+(?:{_THE}\s+)?)?"
_LINES: Final = tuple(rf"(?i)(?:{_LABEL})?{_OF_WEEKDAY}{way}(?:{_TIME})?\.?" for way in _WAYS)
_HAS_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_LONGEST: Final = 80  # characters of a date line
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:[Zz]|[+-]\d\d:?\d\d)?)?", re.ASCII)
_IN_FILE_NAME: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_](\d\d)[-_](\d\d)(?!\d)", re.ASCII)
_CHANGE: Final = 2  # how little the date of a change speaks for publication
_NOON: Final = 12

# Dates inside lines that say more.
_LONGEST_ROW: Final = 200  # characters of such a line
_ALONE: Final = r"(?<![\w/.-])"
_YEAR_ENDS: Final = r"(?!\d(?!\d?:\d\d))"  # but a time may be glued to it
_WITHIN: Final = (
    *(rf"(?i){_ALONE}{_OF_WEEKDAY}{way}{_YEAR_ENDS}" for way in _WAYS),
    rf"(?i){_ALONE}{_DAY}(?P<sign>[.-]){_NAME}(?P=sign){_YEAR}{_YEAR_ENDS}",  # 27.nov.2026
    rf"(?<!\d){_YEAR}\s?(?:{_UNITS[0]})\s?(?P<month>\d{{1,2}})\s?(?:{_UNITS[1]})\s?{_DAY}\s?(?:{_UNITS[2]})",
)
_SLASHED: Final = re.compile(rf"{_ALONE}(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/{_YEAR}{_YEAR_ENDS}")
_OTHER_ZONE: Final = r"(?P<other>\s?(?-i:[A-Z]{2,5})\b)?"
_CLOCKS_AFTER: Final = (
    rf"(?i)(?:[(/]|{_UNTIL_CLOCK}|(?=\d{{1,2}}:)){_CLOCK}{_OTHER_ZONE}",
    (
        rf"\s*(?P<half>{_HALF})?\s*(?P<hour>\d{{1,2}})\s?(?::|{_UNITS[3]})\s?(?P<minute>\d\d?)(?:{_UNITS[4]})?"
        "(?P<zone>)(?P<other>)"
    ),
)
_CLOCK_BEFORE: Final = rf"(?i)(?<![\w:.]){_CLOCK}{_OTHER_ZONE}[\s,|·–—-]*(?:{_ON}\s+)?$"
_LABEL_FIRST: Final = rf"(?i){_LABEL}(?<![^\W\d_])"
_LABEL_BEFORE: Final = rf"(?i)(?<![^\W\d_]){_LABEL}(?:{_ON}\s+)?(?:{_AT}\s+)?$"


class Dated(NamedTuple):
    """A date inside a line."""

    when: When
    is_change: bool  # it is called that of a change
    is_published: bool  # it is called that of publication
    start: int  # where its label, its time or itself begins
    end: int


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


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, from its first use on: with the words of all languages they are long, and few commands need many."""
    return re.compile(pattern)


def _rank(line: str) -> tuple[int, When | None]:
    """The date of a date line, and how little it speaks for publication."""
    text = line.strip(" \t*_|#")
    if len(text) > _LONGEST or not _HAS_YEAR.search(text):
        return 0, None
    text = text if text.isascii() else narrow(text)
    for pattern in _LINES:
        if found := _compiled(pattern).fullmatch(text):
            return _rank_of(found["updated"], found["published"]), _when(found)
    if (text[0].isdigit() or not text.isascii()) and (found := _compiled(_IN_UNITS).fullmatch(text)):
        updated, published = found["updated"], found["published"]
        return _rank_of(updated or found["updated_behind"], published or found["published_behind"]), _when(found)
    return 0, None


def _rank_of(updated: str | None, published: str | None) -> int:
    """How little a date speaks for publication, by its label."""
    return _CHANGE if updated else 0 if published else 1


def _when(found: re.Match[str]) -> When | None:
    day = _day_of_name(found)
    return _timed(day, found) if day else None


def _day_of_name(found: re.Match[str]) -> date | None:
    month = int(found["month"]) if found["month"].isdecimal() else _month(found["month"])
    return _day(int(found["year"]), month, int(found["day"]))


def _timed(day: date, clock: re.Match[str]) -> When:
    """A day with the time of a clock; the day alone where there is none, or one in a zone that isn't known."""
    if clock["hour"] is None or clock["other"]:
        return day
    hour = int(clock["hour"])
    if clock["half"]:
        is_late = clock["half"][0] in "pP" or clock["half"] in _AFTER_NOON
        hour = hour % _NOON + (_NOON if is_late else 0)
    try:
        return datetime.combine(day, time(hour, int(clock["minute"] or 0)), _zone(clock["zone"]))
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
    if found := _OFFSET.fullmatch(text):
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    else:
        offset = _ZONES[text.lower()]
    if not offset:
        return UTC
    return timezone(-offset if found and found["sign"] == "-" else offset)


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


# Dates inside lines


def dates_within(line: str) -> Iterator[Dated]:
    """The dates that a line says, from left to right, each with the time beside it and the word before it."""
    text, end = line[:_LONGEST_ROW], 0
    for found, day in sorted(_days_within(text), key=lambda pair: pair[0].start()):
        if found.start() < end:  # another way to read the same figures
            continue
        after = next(
            (clock for pattern in _CLOCKS_AFTER if (clock := _compiled(pattern).match(text, found.end()))), None
        )
        before = None if after else _compiled(_CLOCK_BEFORE).search(text[end : found.start()])
        start = end + before.start() if before else found.start()
        label = _compiled(_LABEL_BEFORE).search(text[end:start])
        clock = after or before
        yield Dated(
            _timed(day, clock) if clock else day,
            is_change=label is not None and label["updated"] is not None,
            is_published=label is not None and label["published"] is not None,
            start=end + label.start() if label else start,
            end=after.end() if after else found.end(),
        )
        end = after.end() if after else found.end()


def begins_with_label(text: str) -> bool:
    """Whether a text begins with a word that stands before dates: "Updated 3 hours ago"."""
    return _compiled(_LABEL_FIRST).match(text) is not None


def _days_within(text: str) -> Iterator[tuple[re.Match[str], date]]:
    """The days that a text says in any way, and where."""
    if not _HAS_YEAR.search(text):
        return
    for pattern in _WITHIN:
        for found in _compiled(pattern).finditer(text):
            if day := _day_of_name(found):
                yield found, day
    for found in _SLASHED.finditer(text):
        if day := _day_of_slashes(int(found["first"]), int(found["second"]), int(found["year"])):
            yield found, day


def _day_of_slashes(first: int, second: int, year: int) -> date | None:
    """The day of a date with slashes, if it can be read in one way only."""
    days = {day for day in (_day(year, second, first), _day(year, first, second)) if day}
    return days.pop() if len(days) == 1 else None
