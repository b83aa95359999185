"""The title of an article among its lines."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from generator.characters import letters
from generator.pipeline.clean.classify import Piece
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.lines import HEADING, LIST, TEXT, ends_sentence, plain
from generator.pipeline.clean.rules import PAGE_HEAD, REPEATED_TITLE, TITLE_HEADING

_CANDIDATES: Final = frozenset({TEXT, HEADING, LIST})
_TITLE_WORDS: Final = 4  # fewer may stand anywhere in the text
_UNDERLINE: Final = re.compile(r" {0,3}(?:=+|-+)[ \t]*")  # of a heading
_MOST_MARKS: Final = 12  # by which two forms of a title differ


def titles_of(
    pieces: Sequence[Piece], title: str | None, skipped: Collection[str]
) -> tuple[dict[int, Found], str | None]:
    """The lines that say the title; and the title that a heading gave."""
    if not pieces or pieces[0].line.kind not in _CANDIDATES:
        return {}, None
    if title is None:
        text = plain(pieces[0].line.text).rstrip("# ")
        is_title = pieces[0].line.kind == HEADING and text and TITLE_HEADING not in skipped
        return ({0: Found(TITLE_HEADING)}, text) if is_title else ({}, None)
    return ({}, None) if REPEATED_TITLE in skipped else (dict(_repeated(pieces, title)), None)


def _repeated(pieces: Sequence[Piece], title: str) -> Iterator[tuple[int, Found]]:
    """The lines that say a title once more: any at the top, below it those that end as it does."""
    lengths = range(len(title) - _MOST_MARKS, len(title) + _MOST_MARKS + 1)
    alike = [index for index, piece in enumerate(pieces) if len(piece.text) in lengths and not piece.is_fixed]
    if not alike or not (wanted := letters(title)):
        return
    first_sentence = next((index for index, piece in enumerate(pieces) if piece.is_sentence), 0)
    for index in alike:
        piece = pieces[index]
        is_like_it = piece.words >= _TITLE_WORDS and ends_sentence(piece.text) == ends_sentence(title)
        if (index <= first_sentence or is_like_it) and letters(piece.text) == wanted:
            below = pieces[index + 1].line if index + 1 < len(pieces) else None
            below = below if below and below.number == piece.line.number + 1 else None
            if below and _goes_on(piece.line.text, below.text):
                continue
            yield index, Found(REPEATED_TITLE)
            if below and _UNDERLINE.fullmatch(below.text):
                yield index + 1, Found(REPEATED_TITLE)


def _goes_on(text: str, below: str) -> bool:
    """Whether a line is the first of a wrapped sentence or of a verse, and no title."""
    return text.endswith(("  ", "\\")) or below[:1].islower()


def spare_headline(pieces: Sequence[Piece], taken: dict[int, Found]) -> None:
    """Leaves the first line above the article that may be its title, since the front matter has none."""
    above = (index for index, found in sorted(taken.items()) if found.rule == PAGE_HEAD)
    headline = next((index for index in above if pieces[index].words >= _TITLE_WORDS), None)
    if headline is not None:
        del taken[headline]
