"""What a value of the configuration may be: the typed value, or a FaultError that says what to write."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from generator.problems import did_you_mean


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
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_NOT_IN_ADDRESSES: Final = re.compile(r"[\s\"<>\\^`{|}]")
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


def named_lists(example: str) -> Callable[[object], dict[str, tuple[str, ...]]]:
    """A table of lists of texts; `example` is a line of one."""

    def check(value: object) -> dict[str, tuple[str, ...]]:
        if not isinstance(value, dict):
            raise FaultError("expected a table of lists", example)
        return {name: texts(items) for name, items in value.items()}

    return check


def folders(known: Sequence[str], example: str) -> Callable[[object], tuple[tuple[str, str], ...]]:
    """A table of folders of content/, each with one of some words: the deepest folder first."""

    def check(value: object) -> tuple[tuple[str, str], ...]:
        if not isinstance(value, dict):
            raise FaultError("expected a table of folders", example)
        found = {}
        for name, word in value.items():
            folder = name.strip("/ ").removeprefix("content/").rstrip("/")
            if not folder or folder == "content" or not {".", "..", ""}.isdisjoint(folder.split("/")):
                raise FaultError(f'"{name}" is no folder of content/', example)
            found[f"content/{folder}/"] = one_of(f'level for "{name}"', known)(word)
        return tuple(sorted(found.items(), key=lambda item: (-item[0].count("/"), item[0])))

    return check


def timezone(value: object) -> ZoneInfo:
    """A time zone, by its IANA name."""
    name = text(value)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a folder of zones, such as "Europe", is an OSError
        near = did_you_mean(name, sorted(available_timezones()))
        raise FaultError(f'unknown time zone "{name}"', near or 'timezone = "Europe/Paris"') from None


def language(value: object) -> str:
    """A language tag."""
    tag = text(value)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
        raise FaultError("expected a language tag", 'such as "en" or "pt-BR"')
    return tag


def language_or_none(value: object) -> str:
    """A language tag, or nothing."""
    return language(value) if value != "" else ""


def web_address(value: object) -> str:
    """The address of another site, or nothing."""
    address = text(value)
    if address and not is_of_the_web(address):
        raise FaultError("expected the address of a site", 'url = "https://www.example.org/"')
    return address


def hub(value: object) -> str:
    """The address of a hub, or nothing."""
    address = text(value)
    if address and not is_of_the_web(address):
        raise FaultError("expected the address of a hub", 'hub = "https://hub.example.org/"')
    return address


def hosts(value: object) -> tuple[str, ...]:
    """A list of names of hosts."""
    names = [name.lower().removeprefix("www.") for name in texts(value)]
    for name in names:
        if not _HOST.fullmatch(name):
            raise FaultError(f'"{name}" is no name of a host', 'write it alone: allow = ["youtube-nocookie.com"]')
    return tuple(dict.fromkeys(names))


def base_url(value: object) -> str:
    """The address of a site, with a final slash."""
    address = text(value)
    if not is_of_the_web(address) or "?" in address or "#" in address:
        raise FaultError("expected the address of the site", 'base_url = "https://news.example.org/"')
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def is_of_the_web(address: str) -> bool:
    """Whether it is a full address with http or https, of a host that can be."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # brackets that hold no address, a port that is none
        return False
    is_plain = address.isprintable() and not _NOT_IN_ADDRESSES.search(address)
    return is_plain and parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0
