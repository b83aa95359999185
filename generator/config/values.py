"""What a value of the configuration may be: the typed value, or a FaultError that says what to write."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit


class FaultError(ValueError):
    """A value that doesn't fit: what is wrong, and what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Key(NamedTuple):
    """One key of the configuration; REQUIRED as default: it has to be there."""

    check: Callable[[Any], Any]  # returns the typed value; raises FaultError
    default: Any
    meaning: str
    example: str = ""  # a line that shows how it is written


REQUIRED: Final = object()
_CLOCK: Final = re.compile(r"(?P<hours>[0-2][0-9]):(?P<minutes>[0-5][0-9])")
_DAY: Final = 24 * 60


def text(value: object) -> str:
    """Text without spaces around it."""
    if not isinstance(value, str):
        raise FaultError("expected text", "put it in quotes")
    return value.strip()


def filled(value: object) -> str:
    """Text that isn't empty."""
    filled_in = text(value)
    if not filled_in:
        raise FaultError("it is empty")
    return filled_in


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise FaultError("expected true or false", "write true or false, without quotes")
    return value


def number(low: int, high: int) -> Callable[[object], int]:
    """A whole number within limits."""

    def check(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise FaultError(f"expected a whole number from {low} to {high}")
        return value

    return check


def one_of(name: str, known: Sequence[str]) -> Callable[[object], str]:
    """One of the words that it may be."""

    def check(value: object) -> str:
        word = text(value)
        if word not in known:
            raise FaultError(f'unknown {name} "{word}"', f"one of {', '.join(known)}")
        return word

    return check


def clock(value: object) -> int:
    """A time of day, from 00:00 to 24:00, in minutes after midnight."""
    time = _CLOCK.fullmatch(text(value))
    if not time or int(time["hours"]) * 60 + int(time["minutes"]) > _DAY:
        raise FaultError("expected a time of day", 'such as "18:00"; "24:00" is the end of the day')
    return int(time["hours"]) * 60 + int(time["minutes"])


def texts(value: object) -> tuple[str, ...]:
    """A list of texts; empty ones are dropped."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise FaultError("expected a list of texts", 'write ["one", "two"]')
    return tuple(item.strip() for item in value if item.strip())


def base_url(value: object) -> str:
    """The address of a site, with a final slash."""
    parts = urlsplit(text(value))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise FaultError("expected the address of the site", 'base_url = "https://news.example.org/"')
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"
