"""What keeps cleaning from doing harm: lines that rules took and that stay all the same.

In doubt a line is text. Every function here takes the pieces of a text and what would go, and tells what stays.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from generator.pipeline.clean.classify import Piece
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.lines import HEADING, LIST
from generator.pipeline.clean.rules import (
    CERTAIN,
    COMMENT_SECTION,
    LINKED_HEADLINE,
    OWN_PHRASE,
    PAGE_TAIL,
    REPEATED_TITLE,
)

# Rules of which an honest line in the middle of a text may be: the day of an entry, the hour, a name, a figure.
_SOFT: Final = frozenset({"byline", "timestamp", "player", "page-numbers"})
_TALK: Final = frozenset({"newsletter", "author-bio", "related-inline", "call-to-action", "comments", "poll", "tags"})
_CAPTION_AND_CREDIT: Final = {"caption", "credit"}
_FIRM: Final = CERTAIN | {OWN_PHRASE, REPEATED_TITLE, PAGE_TAIL, COMMENT_SECTION}


def loses_too_much(pieces: Sequence[Piece], taken: Collection[int], most: float) -> bool:
    """Whether more than a share of the words in sentences would go."""
    sentences = [(index, piece.words) for index, piece in enumerate(pieces) if piece.is_sentence]
    lost = sum(words for index, words in sentences if index in taken)
    return lost > most * sum(words for _, words in sentences)


def in_prose(pieces: Sequence[Piece], taken: Mapping[int, Found]) -> Iterator[int]:
    """Lines between two paragraphs that stay, none of which is certain to be furniture."""
    last = _next_to_last(pieces, taken)
    for block in _blocks(sorted(taken)):
        before, after = block[0] - 1, block[-1] + 1
        is_inside = before >= 0 and after <= last and pieces[before].is_sentence and pieces[after].is_sentence
        if not is_inside or any(_is_firm(pieces[index], taken[index]) for index in block):
            continue
        if {taken[index].rule for index in block} != _CAPTION_AND_CREDIT:
            yield from block


def in_lists(pieces: Sequence[Piece], taken: Mapping[int, Found]) -> Iterator[int]:
    """Items that are but links, of a list that a heading or a line with a colon at its end introduces."""
    is_introduced = False
    for index, piece in enumerate(pieces):
        if piece.line.kind != LIST:
            is_introduced = index not in taken and (piece.line.kind == HEADING or piece.text.endswith((":", "：")))
        elif is_introduced and index in taken and taken[index].rule == LINKED_HEADLINE:
            yield index


def _next_to_last(pieces: Sequence[Piece], taken: Mapping[int, Found]) -> int:
    """The last but one of the sentences that stay: who wrote the article may stand above the last one."""
    stay = (index for index in range(len(pieces) - 1, -1, -1) if pieces[index].is_sentence and index not in taken)
    return next(islice(stay, 1, None), -1)


def _blocks(indices: Sequence[int]) -> Iterator[Sequence[int]]:
    """Runs of indices without a gap."""
    start = 0
    for end in range(1, len(indices) + 1):
        if end == len(indices) or indices[end] != indices[end - 1] + 1:
            yield indices[start:end]
            start = end


def _is_firm(piece: Piece, found: Found) -> bool:
    if found.rule in _FIRM:
        return True
    is_said = piece.found is not None and piece.found.is_sure and found.rule == piece.found.rule
    return is_said and found.rule not in _SOFT and not is_talk(piece)


def is_talk(piece: Piece) -> bool:
    """Whether a line is a whole sentence that asks or tells readers something, as the author of a text may."""
    return piece.is_sentence and piece.found is not None and piece.found.rule in _TALK
