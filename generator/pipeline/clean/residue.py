"""Tells page furniture from the text of an article, line by line, and keeps a record of all of it."""

import re
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from generator.model import Removal
from generator.pipeline.clean import blocks
from generator.pipeline.clean.classify import Piece, classify
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.lines import BLANK, HEADING, LIST, TEXT, Line, plain
from generator.pipeline.clean.rules import (
    BYLINE,
    COMMENT_SECTION,
    DEFAULT,
    KEPT_AS_TITLE,
    REPEATED_TITLE,
    SAFE,
    THOROUGH,
    TITLE_HEADING,
    WHOLE_TEXT_RULES,
    rule_of,
)

_CANDIDATES: Final = frozenset({TEXT, HEADING, LIST})
_AND: Final = re.compile(r",? (?:and|und|et|y|e|&) |, ")
_FEWEST_NAMES: Final = 2  # words in the name of a person
_MOST_NAMES: Final = 4
_TITLE_WORDS: Final = 4  # fewer may stand anywhere in the text
_MOST_MARKS: Final = 12  # by which two forms of a title differ
_MOST_SENTENCE_WORDS: Final = 0.3  # the share of them that block rules may take


class Sifted(NamedTuple):
    """The lines of an article, told apart."""

    kept: tuple[Line, ...]
    removed: tuple[Removal, ...]
    title: str | None  # the first heading, where it had to be the title
    related: tuple[str, ...]
    authors: tuple[str, ...]
    is_doubtful: bool  # so much would have gone that the rules that look at the whole text were taken back


def sift(lines: Sequence[Line], title: str | None, skipped: Collection[str], level: str = DEFAULT) -> Sifted:
    """The lines that are text, and the record of those that are not; `skipped` rules do nothing."""
    pieces = [classify(line) for line in lines if line.kind != BLANK]
    if skipped or level == SAFE:
        pieces = [_unless_off(piece, skipped, level) for piece in pieces]
    taken, heading = _titles(pieces, title, skipped)
    is_doubtful = False
    if any(piece.found for piece in pieces):
        more, is_doubtful = _furniture(pieces, taken, level)
        taken |= {index: found for index, found in more.items() if found.rule not in skipped}
    removed = tuple(_removal(pieces[index], taken[index]) for index in sorted(taken))
    gone = {removal.line for removal in removed}
    return Sifted(
        kept=tuple(line for line in lines if line.number not in gone) if gone else tuple(lines),
        removed=removed,
        title=heading,
        related=tuple(dict.fromkeys(found.kept for _, found in sorted(taken.items()) if _is_related(found))),
        authors=tuple(dict.fromkeys(name for found in taken.values() for name in _names(found))),
        is_doubtful=is_doubtful,
    )


def _unless_off(piece: Piece, skipped: Collection[str], level: str) -> Piece:
    if piece.found is None:
        return piece
    off = piece.found.rule in skipped or (level == SAFE and not piece.found.is_sure)
    return piece._replace(found=None) if off else piece


def _furniture(pieces: Sequence[Piece], titles: dict[int, Found], level: str) -> tuple[dict[int, Found], bool]:
    """What goes besides the titles, and whether block rules were taken back."""
    sure = {index: piece.found for index, piece in enumerate(pieces) if piece.found and piece.found.is_sure}
    sure = {index: found for index, found in sure.items() if index not in titles}
    if level == SAFE:
        return sure, False
    taken = sure | {
        index: found for index, found in blocks.under_headers(pieces, titles).items() if index not in titles
    }
    if not blocks.is_long_enough(pieces):
        return taken, False
    wide = _by_blocks(pieces, taken | titles, level)
    if _loses_too_much(pieces, wide):
        return taken | blocks.seconded(pieces, taken, 0), True
    return {index: found for index, found in wide.items() if index not in titles}, False


def _by_blocks(pieces: Sequence[Piece], taken: dict[int, Found], level: str) -> dict[int, Found]:
    """All that goes, with what the text as a whole shows."""
    taken = dict(taken)
    cut = blocks.comment_section(pieces)
    if cut is not None:
        rest = range(cut, len(pieces))
        taken |= {index: Found(COMMENT_SECTION) for index in rest if index not in taken and not pieces[index].is_fixed}
    taken |= {index: found for index, found in blocks.repeated(pieces).items() if index not in taken}
    taken |= blocks.captions(pieces, taken)
    start, end = blocks.body(pieces, taken)
    taken |= blocks.seconded(pieces, taken, start)
    taken |= blocks.around(pieces, taken, start, end)
    if level == THOROUGH:
        taken |= blocks.suspects(pieces, taken, start, end)
    taken |= blocks.between(pieces, taken)
    biography = blocks.biography(pieces, taken)
    if biography is not None:
        taken[biography] = Found("author-bio")
    return taken


def _loses_too_much(pieces: Sequence[Piece], taken: Collection[int]) -> bool:
    sentences = [(index, piece.words) for index, piece in enumerate(pieces) if piece.is_sentence]
    lost = sum(words for index, words in sentences if index in taken)
    return lost > _MOST_SENTENCE_WORDS * sum(words for _, words in sentences)


def _titles(
    pieces: Sequence[Piece], title: str | None, skipped: Collection[str]
) -> tuple[dict[int, Found], str | None]:
    """The lines that say the title; and the title that a heading gave."""
    if not pieces or pieces[0].line.kind not in _CANDIDATES:
        return {}, None
    first = pieces[0].line
    text = plain(first.text).rstrip("# ")
    if title is None and first.kind == HEADING and text and TITLE_HEADING not in skipped:
        return {0: Found(TITLE_HEADING)}, text
    if title is None or REPEATED_TITLE in skipped:
        return {}, None
    wanted = _letters(title)
    if not wanted:
        return {}, None
    shortest, longest = len(title) - _MOST_MARKS, len(title) + _MOST_MARKS
    first_sentence = next((index for index, piece in enumerate(pieces) if piece.is_sentence), 0)
    return {
        index: Found(REPEATED_TITLE)
        for index, piece in enumerate(pieces)
        if shortest <= len(piece.text) <= longest
        and (index <= first_sentence or piece.words >= _TITLE_WORDS)
        and not piece.is_fixed
        and _letters(piece.text) == wanted
    }, None


def _removal(piece: Piece, found: Found) -> Removal:
    line = piece.line
    if found.rule in WHOLE_TEXT_RULES:
        return Removal(found.rule, line.number, line.text, "title" if found.rule in KEPT_AS_TITLE else "")
    is_kept = _is_related(found) or bool(_names(found))
    return Removal(found.rule, line.number, line.text, rule_of(found.rule).kept_as if is_kept else "")


def _is_related(found: Found) -> bool:
    return bool(found.kept) and found.rule not in WHOLE_TEXT_RULES and rule_of(found.rule).kept_as == "related"


def _names(found: Found) -> list[str]:
    """The authors that a byline names; none where anything else stands in it."""
    if found.rule != BYLINE or not found.kept:
        return []
    names = [name.strip() for name in _AND.split(found.kept)]
    return names if all(_FEWEST_NAMES <= len(name.split()) <= _MOST_NAMES for name in names) else []


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
