"""Lines on which other articles of the site may have a say, and what they said."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator.characters import letters
from generator.model import Doubt, Vote
from generator.pipeline.clean.blocks import is_long_enough
from generator.pipeline.clean.classify import Piece, is_quoted
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.lines import HEADING, TEXT
from generator.pipeline.clean.rules import OTHER_TITLE, REPEATED_IN_SOURCE

_MOST_WORDS: Final = 25
_FEWEST_TITLE_WORDS: Final = 4  # of a line that may be the title of just one article
_FEWEST_LETTERS: Final = 4


def doubts(pieces: Sequence[Piece], taken: Mapping[int, Found]) -> tuple[Doubt, ...]:
    """The short lines that stay and are neither sentences nor speech, headings nor rows of a table."""
    short = [index for index, piece in enumerate(pieces) if not piece.is_sentence and index not in taken]
    idle = [index for index in short if _is_idle(pieces[index])]
    if not idle or not is_long_enough(pieces):
        return ()
    sentences = [index for index, piece in enumerate(pieces) if piece.is_sentence and index not in taken]
    first, last = (sentences[0], sentences[-1]) if sentences else (0, len(pieces))
    return tuple(_doubts(pieces, taken, idle, range(first, last + 1)))


def _is_idle(piece: Piece) -> bool:
    is_plain = not piece.is_sentence and not piece.is_fixed and piece.line.kind != HEADING
    return is_plain and piece.words <= _MOST_WORDS and not is_quoted(piece.text)


def _doubts(pieces: Sequence[Piece], taken: Mapping[int, Found], idle: Sequence[int], body: range) -> Iterator[Doubt]:
    for index in idle:
        piece = pieces[index]
        is_beside = index not in body or index - 1 in taken or index + 1 in taken
        may_be_title = piece.words >= _FEWEST_TITLE_WORDS and (is_beside or piece.line.kind == TEXT)
        key = letters(piece.text) if may_be_title or is_beside else ""
        if len(key) >= _FEWEST_LETTERS:
            yield Doubt(key, may_be_title, is_beside)


def voted(pieces: Sequence[Piece], taken: Mapping[int, Found], votes: Sequence[Vote]) -> dict[int, Found]:
    """The lines that other articles say are furniture."""
    titles = {vote.key: vote.is_title for vote in votes}
    found: dict[int, Found] = {}
    for index, piece in enumerate(pieces):
        is_title = titles.get(letters(piece.text)) if index not in taken and _is_idle(piece) else None
        if is_title is not None:
            found[index] = Found(OTHER_TITLE, kept=piece.text) if is_title else Found(REPEATED_IN_SOURCE)
    return found
