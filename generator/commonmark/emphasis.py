"""Runs of `*`, `_` and `~` -> what they emphasise (CommonMark 0.31, 6.2; GitHub's strikethrough)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

_STRONG: Final = 2  # marks
_TAGS: Final = {1: "em", 2: "strong"}
_CJK: Final = (
    (0x1100, 0x11FF),
    (0x2E80, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)


@dataclass(slots=True, eq=False)
class Run:
    """Marks of one kind in a row, and the elements that end and begin with them."""

    sign: str
    count: int  # of those that are left, as text
    can_open: bool
    can_close: bool
    length: int = 0  # of the whole run
    number: int = 0  # its place among the runs
    closes: int = 0  # elements that end here
    opens: list[str] = field(default_factory=list)  # the tags of those that begin here, the outer ones first


def run_of(marks: str, before: str, after: str) -> Run:
    """A run, by the characters beside it; "" is the beginning or the end of the text.

    Chinese and Japanese put no blanks around what they emphasise, and their punctuation is no border of it:
    beside such characters a run may open and close although it stands between a sign and a letter.
    """
    follows_blank, precedes_blank = _is_blank(before), _is_blank(after)
    follows_sign, precedes_sign = _is_sign(before), _is_sign(after)
    opens = not precedes_blank and (not precedes_sign or follows_blank or follows_sign or _is_cjk(before))
    closes = not follows_blank and (not follows_sign or precedes_blank or precedes_sign or _is_cjk(after))
    if marks[0] == "_":  # not inside of words
        opens, closes = opens and (not closes or follows_sign), closes and (not opens or precedes_sign)
    if marks[0] == "~" and len(marks) != _STRONG:
        opens = closes = False
    return Run(marks[0], len(marks), opens, closes, len(marks))


def pair(runs: Iterable[Run]) -> None:
    """Decides which runs emphasise what is between them; linear in their number."""
    stack: list[Run] = []  # those that may open something
    searched: dict[tuple[str, bool, int], int] = {}  # up to which number there is no opener for one of a kind
    for number, run in enumerate(runs):
        run.number = number
        kind = (run.sign, run.can_open, run.length % 3)
        while run.can_close and run.count:
            place = _opener(stack, run, searched.get(kind, -1))
            if place is None:
                searched[kind] = stack[-1].number if stack else number - 1
                break
            del stack[place + 1 :]
            _join(stack[place], run)
            if not stack[place].count:
                stack.pop()
        if run.can_open and run.count:
            stack.append(run)


def _opener(stack: list[Run], run: Run, bottom: int) -> int | None:
    """The place of the nearest run that this one may close."""
    for place in range(len(stack) - 1, -1, -1):
        other = stack[place]
        if other.number <= bottom:
            return None
        if other.sign == run.sign and _fit(other, run):
            return place
    return None


def _fit(opener: Run, closer: Run) -> bool:
    if closer.sign == "~":
        return opener.count == closer.count
    both = opener.can_close or closer.can_open
    return not (both and closer.length % 3 and (opener.length + closer.length) % 3 == 0)


def _join(opener: Run, closer: Run) -> None:
    width = _STRONG if opener.count >= _STRONG and closer.count >= _STRONG else 1
    opener.opens.insert(0, "del" if closer.sign == "~" else _TAGS[width])
    opener.count -= width
    closer.closes += 1
    closer.count -= width


def _is_blank(character: str) -> bool:
    return not character or character.isspace()


def _is_sign(character: str) -> bool:
    """Whether it is punctuation, other than Chinese, Japanese or Korean."""
    return bool(character) and unicodedata.category(character)[0] in "PS" and not _is_cjk(character)


def _is_cjk(character: str) -> bool:
    return bool(character) and not character.isascii() and any(a <= ord(character) <= z for a, z in _CJK)
