"""Lists that belong to a text: those that a line of it introduces, and those whose numbers run on."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Final, NamedTuple

from generator.pipeline.clean.classify import Piece
from generator.pipeline.clean.lines import LIST, TEXT

_NUMBER: Final = re.compile(r"\s*(?:(\d{1,3})[.)．、）]|([①-⑳]))")
_FIRST_CIRCLED: Final = ord("①") - 1
_BULLETS: Final = ("•", "◦", "▪", "‣", "●", "■")
_SIGNS: Final = "．、）"  # which stand behind a number without a blank
_NO_ITEM: Final = -1
_BULLET: Final = 0
_NEAR: Final = 4  # lines from one step to the next: each may have a paragraph of its own
_FEWEST_STEPS: Final = 3
_FEWEST_INTRODUCING: Final = 4  # words
_MOST_UNMARKED: Final = 12  # items
_HEADERS: Final = frozenset({"related-headlines", "tags", "poll"})  # of lists of the page


class List(NamedTuple):
    """The items of one list."""

    items: tuple[int, ...]  # their places among the pieces
    is_running: bool  # numbered 1, 2, 3


def lists_in(pieces: Sequence[Piece]) -> Iterator[List]:
    """The lists of a text, from the top; the steps of one may have lines between them."""
    items: list[int] = []
    numbers: list[int] = []
    for index, piece in enumerate(pieces):
        number = _number(piece)
        if number == _NO_ITEM:
            continue
        if items and not _goes_on(number - numbers[-1], index - items[-1], is_bullet=number == _BULLET):
            yield _list(items, numbers)
            items, numbers = [], []
        items.append(index)
        numbers.append(number)
    if items:
        yield _list(items, numbers)


def introduces(piece: Piece, found: List) -> bool:
    """Whether the line above a list leads over to it: a line with a colon, and a sentence to steps."""
    if piece.found is not None:
        return False
    return leads_over(piece) or (found.is_running and piece.is_sentence)


def leads_over(piece: Piece) -> bool:
    """Whether a line with a colon at its end says enough to be of the text."""
    return piece.text.endswith((":", "：")) and piece.words >= _FEWEST_INTRODUCING


def with_lists(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; what an item of a list of the text says by itself tells nothing: it is part of its list."""
    if all(piece.found is None or (piece.found.is_sure and _number(piece) == _NO_ITEM) for piece in pieces):
        return list(pieces)
    items = {index for found in lists_in(pieces) if _is_of_text(pieces, found) for index in found.items}
    items.update(_unmarked(pieces))
    return [piece._replace(found=None) if index in items else piece for index, piece in enumerate(pieces)]


def _is_of_text(pieces: Sequence[Piece], found: List) -> bool:
    first = found.items[0]
    above = pieces[first - 1] if first else None
    if above is not None and introduces(above, found):
        return True
    is_headed = above is not None and above.found is not None and above.found.rule in _HEADERS
    return found.is_running and not is_headed


def _unmarked(pieces: Sequence[Piece]) -> Iterator[int]:
    """Items that lost their marks when they were copied: words right below a line that leads over to them."""
    for index, piece in enumerate(pieces):
        if piece.found is None and leads_over(piece):
            below = pieces[index + 1 : index + 1 + _MOST_UNMARKED]
            words = list(takewhile(lambda item: item.found is not None and not item.found.is_sure, below))
            if len(words) > 1:
                yield from range(index + 1, index + 1 + len(words))


def _number(piece: Piece) -> int:
    """The number of an item; 0 of one that has none."""
    text, kind = piece.line.text, piece.line.kind
    if kind == TEXT and text[0].isalpha():  # nearly all
        return _NO_ITEM
    match = _NUMBER.match(text) if kind in {TEXT, LIST} else None
    if match and (kind == LIST or match[2] or text[match.end() - 1] in _SIGNS):
        return int(match[1]) if match[1] else ord(match[2]) - _FIRST_CIRCLED
    return _BULLET if kind == LIST or (kind == TEXT and text.startswith(_BULLETS)) else _NO_ITEM


def _goes_on(step: int, gap: int, *, is_bullet: bool) -> bool:
    """Whether an item belongs to the list of the one above it."""
    return gap == 1 or (step == 1 and not is_bullet and gap <= _NEAR)


def _list(items: Sequence[int], numbers: Sequence[int]) -> List:
    is_running = len(numbers) >= _FEWEST_STEPS and numbers[0] == 1
    return List(tuple(items), is_running and all(one + 1 == other for one, other in pairwise(numbers)))
