"""What a format of front matter is: how it says what it found, where that stands, and what is wrong with it.

Offsets count characters from the start of the file.
"""

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from generator.problems import ERROR

if TYPE_CHECKING:
    from datetime import date, time

Raw: TypeAlias = "bool | int | float | str | date | time | list[Raw] | dict[str, Raw] | None"
KeyPath: TypeAlias = tuple[str | int, ...]


class Fault(Exception):  # noqa: N818 - it may be a warning too, and is collected as often as raised
    """Something wrong with front matter, at an offset of the file."""

    def __init__(
        self, offset: int, message: str, hint: str, code: str = "bad-front-matter", severity: str = ERROR
    ) -> None:
        super().__init__(offset, message, hint, code, severity)
        self.offset = offset
        self.message = message
        self.hint = hint
        self.code = code
        self.severity = severity


class Parsed(NamedTuple):
    """Front matter as its format gives it, not yet known to be a map of fields."""

    values: object
    start: int  # the offset of the first of them
    body: int  # the offset at which the text begins
    faults: tuple[Fault, ...] = ()  # those that don't keep the rest from being understood


class Span(NamedTuple):
    """Where a field stands: the offsets of its name and of its value."""

    name: int
    value: int


class Format(Protocol):
    """A format of front matter."""

    def detect(self, text: str, /) -> bool:
        """Whether the text begins with front matter of this format."""

    def parse(self, text: str) -> Parsed:
        """What the front matter says; raises a Fault when it can't be told."""

    def find(self, text: str, path: KeyPath) -> Span:
        """Where a value stands, or else the nearest one around it."""
