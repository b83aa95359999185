"""The checkers of corrections and withdrawals: what front matter tells the readers of an article."""

import re
from collections.abc import Collection
from datetime import date
from typing import Final

from generator.notices import Correction, Withdrawal
from generator.pipeline.read.dates import is_date
from generator.pipeline.read.text import shown
from generator.pipeline.read.values import Given, flag, is_flag, moment, text
from generator.problems import did_you_mean

_DATES: Final = ("date", "when")
_TEXTS: Final = ("text", "note")
_REASONS: Final = ("reason", "text", "note")
_CORRECTION: Final = 'for example {date: 2024-01-06, text: "The ship is 90 metres long, not 900."}'
_LIKE_A_DATE: Final = re.compile(r"\d{4}[-/]\d[-/\d\s:.,TZ+]*")
_WITHDRAWAL: Final = 'for example {date: 2024-01-06, reason: "We could not confirm it."}'


def corrections(given: Given) -> tuple[Correction, ...] | None:
    """What was put right: a text, a map of date and text, or a list of those."""
    items = [given]
    if isinstance(given.value, list):
        items = [given.member(number, item) for number, item in enumerate(given.value)]
    return tuple(filter(None, map(_correction, items)))


def withdrawal(given: Given) -> Withdrawal | None:
    """That an article is withdrawn: true, a date, the reason, or a map of both; false: it is not."""
    value = given.value
    if is_flag(value):
        return Withdrawal() if flag(given) else None
    if isinstance(value, dict):
        return _withdrawal(given)
    if isinstance(value, date) or (isinstance(value, str) and _is_date(value)):
        return Withdrawal(date=moment(given))
    if isinstance(value, str):
        return Withdrawal(text(given) or "")
    given.error(f"{given.label} takes true, a reason, or a map of date and reason", "bad-type", _WITHDRAWAL)
    return None


def _correction(given: Given) -> Correction | None:
    if not isinstance(given.value, dict):
        words = text(given)
        return Correction(words) if words else None
    told, day = given.first_member(_TEXTS), given.first_member(_DATES)
    _warn_of_others(given, (*_TEXTS, *_DATES))
    if not told:
        given.error(f"{given.label} has no text", "bad-type", _CORRECTION)
        return None
    words = text(told)
    return Correction(words, moment(day) if day else None) if words else None


def _is_date(text: str) -> bool:
    """Whether it is a date, and no reason; one that doesn't exist is a slip in a date."""
    return _LIKE_A_DATE.fullmatch(text.strip()) is not None or is_date(text)


def _withdrawal(given: Given) -> Withdrawal | None:
    told, day = given.first_member(_REASONS), given.first_member(_DATES)
    _warn_of_others(given, (*_REASONS, *_DATES))
    if not told and not day:
        given.error(f"{given.label} has neither date nor reason", "bad-type", _WITHDRAWAL)
        return None
    return Withdrawal((told and text(told)) or "", moment(day) if day else None)


def _warn_of_others(given: Given, known: Collection[str]) -> None:
    """Warnings for members that have no effect: a slip in one of them would lose the date of a notice."""
    members = given.value if isinstance(given.value, dict) else {}
    for name in members:
        if name not in known:
            hint = did_you_mean(name, list(known)) or f"known are {', '.join(known)}"
            message = f"{given.label} has no use for {shown(name)}"
            given.inspection.warning((*given.path, name), message, "unknown-field", hint)
