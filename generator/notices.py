"""The frozen types of what readers are told of an article that came out before: corrected, withdrawn, changed."""

from datetime import datetime
from typing import NamedTuple


class Correction(NamedTuple):
    """What was put right in an article."""

    text: str
    date: datetime | None = None  # None: not told


class Withdrawal(NamedTuple):
    """That an article no longer stands, and why."""

    reason: str = ""  # may be empty
    date: datetime | None = None  # None: not told
    files: tuple[str, ...] = ()  # below content/, that the article showed; they may still be published


class Change(NamedTuple):
    """What became of an article at a time."""

    kind: str  # "new", "updated", "corrected" or "withdrawn"
    date: datetime
    id: str  # of its feed entry: it stays when the words of a notice are edited
    path: str  # of the article
    url: str
    title: str
    language: str
    text: str  # the correction, or why it was withdrawn; may be empty
