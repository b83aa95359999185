"""What keeps cleaning from doing harm: lines that rules took and that stay all the same.

In doubt a line is text. Every function here takes the pieces of a text and what would go, and tells what stays.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from generator.pipeline.clean.classify import Piece
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.rules import CERTAIN, OWN_PHRASE, REPEATED_TITLE

# Rules of which an honest line in the middle of a text may be: the day of an entry, the hour, a name, a figure.
_SOFT: Final = frozenset({"byline", "timestamp", "player", "page-numbers"})
_TALK: Final = frozenset({"newsletter", "author-bio", "related-inline", "call-to-action", "comments", "poll", "tags"})
_CAPTION_AND_CREDIT: Final = {"caption", "credit"}
_FIRM: Final = CERTAIN | {OWN_PHRASE, REPEATED_TITLE}


def loses_too_much(pieces: Sequence[Piece], taken: Collection[int], most: float) -> bool:
    """Whether more than a share of the words in sentences would go."""
    sentences = [(index, piece.words) for index, piece in enumerate(pieces) if piece.is_sentence]
    lost = sum(words for index, words in sentences if index in taken)
    return lost > most * sum(words for _, words in sentences)


def in_prose(pieces: Sequence[Piece], taken: Mapping[int, Found]) -> Iterator[int]:
    """Lines between two paragraphs that stay, none of which is certain to be furniture."""
    for block in _blocks(sorted(taken)):
        before, after = block[0] - 1, block[-1] + 1
        is_inside = before >= 0 and after < len(pieces) and pieces[before].is_sentence and pieces[after].is_sentence
        if not is_inside or any(_is_firm(pieces[index], taken[index]) for index in block):
            continue
        if {taken[index].rule for index in block} != _CAPTION_AND_CREDIT:
            yield from block


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
    return is_said and found.rule not in _SOFT and not (piece.is_sentence and found.rule in _TALK)
