"""Lines -> pieces: what each is by its own words, and by the paragraph or the picture that it belongs to."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from generator.pipeline.clean.classify import Piece, classify
from generator.pipeline.clean.fold import fold, key_of
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.lines import (
    BLANK,
    HEADING,
    LIST,
    RUN,
    TEXT,
    Line,
    are_wrapped,
    is_link_alone,
    is_picture,
    kinds_of,
    shares,
)
from generator.pipeline.clean.rules import LINKED_HEADLINE, OWN_PHRASE, SAFE

_UNDER_PICTURES: Final = frozenset({"caption", "credit"})
_AND_SO_ON: Final = ("...", "…")
_LINKED: Final = {TEXT: 4, LIST: 1, HEADING: 4}  # the fewest words of a line that is but a link
_MOST_SHARING: Final = 12  # words of a line with a link that shares the page


def pieces_of(lines: Sequence[Line]) -> list[Piece]:
    """The lines that aren't blank; no part of a wrapped paragraph or of a definition is furniture by itself."""
    pieces = [classify(line) for line in lines if line.kind != BLANK]
    return list(_in_paragraphs(pieces)) if RUN in kinds_of(lines) else pieces


def without_rules(pieces: Sequence[Piece], skipped: Collection[str], level: str) -> list[Piece]:
    """The pieces as if rules that are off didn't exist, and at the level `safe` as if suspicions didn't."""
    return [_unless_off(piece, skipped, level) for piece in pieces]


def with_phrases(pieces: Sequence[Piece], phrases: Sequence[str]) -> list[Piece]:
    """The pieces; those that say one of the phrases, or begin with one that ends in "...", are furniture."""
    wholes = {key_of(phrase) for phrase in phrases if not phrase.endswith(_AND_SO_ON)} - {""}
    beginnings = tuple({fold(phrase).rstrip(".… ") for phrase in phrases if phrase.endswith(_AND_SO_ON)} - {""})

    def is_own(piece: Piece) -> bool:
        return key_of(piece.text) in wholes or bool(beginnings and fold(piece.text).startswith(beginnings))

    own = Found(OWN_PHRASE)
    return [piece._replace(found=own) if not piece.is_fixed and is_own(piece) else piece for piece in pieces]


def with_pictures(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; the words under a picture that did come along always stay."""
    is_needed = any(piece.found is not None and piece.found.rule in _UNDER_PICTURES for piece in pieces)
    return list(_with_pictures(pieces)) if is_needed else list(pieces)


def with_links(pieces: Sequence[Piece], *, is_plain: bool) -> list[Piece]:
    """The pieces of a clipped page; those that are but links are headlines of other articles, or may be."""
    return [_linked(piece, is_plain=is_plain) if "](" in piece.line.text else piece for piece in pieces]


def _unless_off(piece: Piece, skipped: Collection[str], level: str) -> Piece:
    if piece.found is None:
        return piece
    off = piece.found.rule in skipped or (level == SAFE and not piece.found.is_sure)
    return piece._replace(found=None) if off else piece


def _with_pictures(pieces: Sequence[Piece]) -> Iterator[Piece]:
    has_picture = False
    for piece in pieces:
        is_under = has_picture and piece.found is not None and piece.found.rule in _UNDER_PICTURES
        yield piece._replace(found=None, is_fixed=True) if is_under else piece
        has_picture = is_under or "![" in piece.line.text or "<img" in piece.line.text


def _linked(piece: Piece, *, is_plain: bool) -> Piece:
    """A line with a link; if it is nothing else, as what it is then."""
    kind, text = piece.line.kind, piece.line.text.strip()
    if kind in _LINKED and not piece.is_sentence and piece.words <= _MOST_SHARING and shares(text):
        return piece._replace(found=Found("share-buttons"), is_fixed=False)
    if is_plain and kind == TEXT and _is_row(text):
        return piece._replace(found=Found(LINKED_HEADLINE), is_fixed=False)
    is_open = piece.found is None and not piece.is_fixed and kind in _LINKED
    if not is_open or not is_link_alone(text):
        return piece
    if piece.words < _LINKED[kind] and (not is_plain or "." in piece.text):  # an address may be what is told
        return piece
    is_sure = is_plain and kind == TEXT and piece.words >= _LINKED[kind]
    return piece._replace(found=Found(LINKED_HEADLINE, is_sure=is_sure, kept=piece.text if is_sure else ""))


def _is_row(text: str) -> bool:
    """Whether a line is a row of links, or links that nobody sees."""
    is_empty = "![" not in text and "[](" in text and is_picture(text)
    return is_empty or (text.count("](") > 1 and is_link_alone(text))


def _in_paragraphs(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, each run of lines that stand one below the other seen as a whole."""
    run: list[Piece] = []
    for piece in pieces:
        if run and not _is_below(run[-1], piece):
            yield from _as_paragraph(run)
            run = []
        run.append(piece)
    yield from _as_paragraph(run)


def _is_below(piece: Piece, following: Piece) -> bool:
    line, below = piece.line, following.line
    return line.kind == TEXT == below.kind and below.number == line.number + 1


def _as_paragraph(run: Sequence[Piece]) -> Sequence[Piece]:
    """Lines of text that stand one below the other; if a margin broke them, they are parts of sentences."""
    if len(run) == 1 or all(piece.found is None and piece.is_sentence for piece in run):
        return run
    if are_wrapped([piece.line for piece in run]):
        return [piece._replace(found=None, is_sentence=True) for piece in run]
    is_term = [below.line.text.startswith(": ") for below in run[1:]]
    return [
        piece._replace(found=None, is_fixed=True) if is_defined or piece.line.text.startswith(": ") else piece
        for piece, is_defined in zip(run, [*is_term, False], strict=True)
    ]
