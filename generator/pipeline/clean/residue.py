"""Tells page furniture from the text of an article, line by line, and keeps a record of all of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from generator.characters import letters
from generator.model import Doubt, Metadata, Removal, Vote
from generator.pipeline.clean import blocks, guards, votes
from generator.pipeline.clean.classify import Piece, classify
from generator.pipeline.clean.fold import fold, key_of
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.keep import Moved, Taken, keep
from generator.pipeline.clean.lexicon import WORDS
from generator.pipeline.clean.lines import BLANK, HEADING, LIST, TEXT, Line, plain
from generator.pipeline.clean.origin import CLIPPED, WRITTEN, Origin, are_wrapped, origin_of, said
from generator.pipeline.clean.rules import (
    CERTAIN,
    COMMENT_SECTION,
    DEFAULT,
    OWN_PHRASE,
    PAGE_HEAD,
    REPEATED_TITLE,
    SAFE,
    THOROUGH,
    TITLE_HEADING,
)

_CANDIDATES: Final = frozenset({TEXT, HEADING, LIST})
_UNDER_PICTURES: Final = frozenset({"caption", "credit"})
_AND_SO_ON: Final = ("...", "…")
_TITLE_WORDS: Final = 4  # fewer may stand anywhere in the text
_MOST_MARKS: Final = 12  # by which two forms of a title differ
_MOST_SENTENCE_WORDS: Final = 0.3  # the share of them that block rules may take
_MOST_DOUBTFUL: Final = 0.1  # the same, of a text of which it isn't plain that it was pasted


class Sifted(NamedTuple):
    """The lines of an article, told apart."""

    kept: tuple[Line, ...]
    removed: tuple[Removal, ...]
    moved: Moved  # what of it goes into the article's metadata
    title: str | None  # the first heading, where it had to be the title
    is_doubtful: bool  # so much would have gone that some or all rules were taken back
    origin: Origin
    doubts: tuple[Doubt, ...]  # lines on which other articles may have a say


class Known(NamedTuple):
    """What is known of the lines of an article from outside."""

    phrases: tuple[str, ...] = ()  # furniture of its source
    votes: tuple[Vote, ...] = ()  # of the other articles
    joined: int = 0  # how many of them are paragraphs that were wrapped in the file


NOTHING_KNOWN: Final = Known()


def sift(
    lines: Sequence[Line],
    metadata: Metadata,
    skipped: Collection[str],
    level: str = DEFAULT,
    known: Known = NOTHING_KNOWN,
) -> Sifted:
    """The lines that are text, and the record of those that are not; `skipped` rules do nothing."""
    pieces = list(_in_paragraphs([classify(line) for line in lines if line.kind != BLANK]))
    origin = origin_of(lines, pieces, metadata, known.joined)
    if skipped or level == SAFE:
        pieces = [_unless_off(piece, skipped, level) for piece in pieces]
    if known.phrases and OWN_PHRASE not in skipped:
        pieces = _with_phrases(pieces, known.phrases)
    if origin.kind == WRITTEN:
        taken, heading = _certain(pieces, metadata, skipped)
        return Sifted(*_apart(lines, pieces, taken, metadata), heading, False, origin, ())
    if any(piece.found is not None and piece.found.rule in _UNDER_PICTURES for piece in pieces):
        pieces = list(_with_pictures(pieces))
    titles, heading = _titles(pieces, metadata.title, skipped)
    taken, is_doubtful = _from_page(pieces, titles, level, origin)
    taken = titles | {index: found for index, found in taken.items() if found.rule not in skipped}
    for index in tuple(guards.in_prose(pieces, taken)):
        del taken[index]
    if metadata.title is None:
        _spare_headline(pieces, taken)
    doubts = votes.doubts(pieces, taken) if level != SAFE and metadata.title else ()
    if known.votes:
        voted = votes.voted(pieces, taken, known.votes)
        taken |= {index: found for index, found in voted.items() if found.rule not in skipped}
    return Sifted(*_apart(lines, pieces, taken, metadata), heading, is_doubtful, origin, doubts)


def _apart(
    lines: Sequence[Line], pieces: Sequence[Piece], taken: Mapping[int, Found], metadata: Metadata
) -> tuple[tuple[Line, ...], tuple[Removal, ...], Moved]:
    """The lines that stay, the record of those that go, and what of these moves."""
    removed, moved = keep(_in_order(pieces, taken), metadata)
    gone = {removal.line for removal in removed}
    left = tuple(line for line in lines if line.number not in gone) if gone else tuple(lines)
    return left, removed, moved


def _certain(
    pieces: Sequence[Piece], metadata: Metadata, skipped: Collection[str]
) -> tuple[dict[int, Found], str | None]:
    """What goes from a text that somebody wrote, and its title if a heading gave it.

    A heading that says the title goes to the title; else only lines that can't be anything but furniture.
    """
    titles, heading = _titles(pieces[:1], metadata.title, skipped)
    is_heading = bool(pieces) and pieces[0].line.kind == HEADING
    taken = {index: Found(TITLE_HEADING) for index in titles if is_heading and TITLE_HEADING not in skipped}
    for index, piece in enumerate(pieces):
        if piece.found is not None and (piece.found.rule == OWN_PHRASE or _is_certain(pieces, index)):
            taken[index] = piece.found
    return taken, heading


def _is_certain(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line can be nothing but furniture, whatever stands around it."""
    piece = pieces[index]
    if piece.found is None or piece.found.rule not in CERTAIN:
        return False
    if piece.found.rule == "screen-reader-list":
        return True
    beside = [pieces[other].line for other in (index - 1, index + 1) if 0 <= other < len(pieces)]
    is_alone = all(abs(line.number - piece.line.number) > 1 or line.kind != TEXT for line in beside)
    return is_alone and piece.line.kind == TEXT and (" " in piece.text or fold(piece.text) in WORDS["advertisement"])


def _in_paragraphs(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces; no line of a wrapped paragraph is furniture by itself, and no term with its definition."""
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
    """Lines of text that stand one below the other: if a margin broke them, none is furniture."""
    if len(run) == 1 or all(piece.found is None for piece in run):
        return run
    if are_wrapped([piece.line for piece in run]):
        return [piece._replace(found=None) for piece in run]
    is_term = [below.line.text.startswith(": ") for below in run[1:]]
    return [
        piece._replace(found=None, is_fixed=True) if is_defined or piece.line.text.startswith(": ") else piece
        for piece, is_defined in zip(run, [*is_term, False], strict=True)
    ]


def _spare_headline(pieces: Sequence[Piece], taken: dict[int, Found]) -> None:
    """Leaves the first line above the article that may be its title, since the front matter has none."""
    above = (index for index, found in sorted(taken.items()) if found.rule == PAGE_HEAD)
    headline = next((index for index in above if pieces[index].words >= _TITLE_WORDS), None)
    if headline is not None:
        del taken[headline]


def _with_phrases(pieces: Sequence[Piece], phrases: Sequence[str]) -> list[Piece]:
    """The pieces; those that say one of the phrases, or begin with one that ends in "...", are furniture."""
    wholes = {key_of(phrase) for phrase in phrases if not phrase.endswith(_AND_SO_ON)} - {""}
    beginnings = tuple({fold(phrase).rstrip(".… ") for phrase in phrases if phrase.endswith(_AND_SO_ON)} - {""})

    def is_own(piece: Piece) -> bool:
        return key_of(piece.text) in wholes or bool(beginnings and fold(piece.text).startswith(beginnings))

    own = Found(OWN_PHRASE)
    return [piece._replace(found=own) if not piece.is_fixed and is_own(piece) else piece for piece in pieces]


def _with_pictures(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces; the words under a picture that did come along always stay."""
    has_picture = False
    for piece in pieces:
        is_under = has_picture and piece.found is not None and piece.found.rule in _UNDER_PICTURES
        yield piece._replace(found=None, is_fixed=True) if is_under else piece
        has_picture = is_under or "![" in piece.line.text or "<img" in piece.line.text


def _in_order(pieces: Sequence[Piece], taken: Mapping[int, Found]) -> list[Taken]:
    """What goes, from the top, and whether it stands above the second sentence of what stays."""
    if not taken:
        return []
    left = (index for index, piece in enumerate(pieces) if piece.is_sentence and index not in taken)
    second = next(islice(left, 1, None), len(pieces))
    return [Taken(pieces[index], taken[index], index < second) for index in sorted(taken)]


def _unless_off(piece: Piece, skipped: Collection[str], level: str) -> Piece:
    if piece.found is None:
        return piece
    off = piece.found.rule in skipped or (level == SAFE and not piece.found.is_sure)
    return piece._replace(found=None) if off else piece


def _from_page(
    pieces: Sequence[Piece], titles: dict[int, Found], level: str, origin: Origin
) -> tuple[dict[int, Found], bool]:
    """What goes of a page besides the titles, and whether rules were taken back."""
    if all(piece.found is None for piece in pieces):
        return {}, False
    sure = {index: piece.found for index, piece in enumerate(pieces) if piece.found and piece.found.is_sure}
    sure = {index: found for index, found in sure.items() if index not in titles}
    if not blocks.is_text(pieces):
        return {index: found for index, found in sure.items() if found.rule == OWN_PHRASE}, False
    if level == SAFE or (origin.kind == CLIPPED and not origin.is_plain):
        spoken = frozenset(said(pieces))
        return {index: found for index, found in sure.items() if level == SAFE or index in spoken}, False
    taken = sure | {
        index: found for index, found in blocks.under_headers(pieces, titles).items() if index not in titles
    }
    if not blocks.is_long_enough(pieces):
        return taken, False
    wide = _by_blocks(pieces, taken | titles, level)
    unsaid = {index for index in wide if pieces[index].found is None}
    if not origin.is_plain and guards.loses_too_much(pieces, unsaid, _MOST_DOUBTFUL):
        return {}, True
    if guards.loses_too_much(pieces, wide, _MOST_SENTENCE_WORDS):
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


def _titles(
    pieces: Sequence[Piece], title: str | None, skipped: Collection[str]
) -> tuple[dict[int, Found], str | None]:
    """The lines that say the title; and the title that a heading gave."""
    if not pieces or pieces[0].line.kind not in _CANDIDATES:
        return {}, None
    if title is None:
        text = plain(pieces[0].line.text).rstrip("# ")
        is_title = pieces[0].line.kind == HEADING and text and TITLE_HEADING not in skipped
        return ({0: Found(TITLE_HEADING)}, text) if is_title else ({}, None)
    if REPEATED_TITLE in skipped:
        return {}, None
    lengths = range(len(title) - _MOST_MARKS, len(title) + _MOST_MARKS + 1)
    alike = [index for index, piece in enumerate(pieces) if len(piece.text) in lengths and not piece.is_fixed]
    if not alike or not (wanted := letters(title)):
        return {}, None
    first_sentence = next((index for index, piece in enumerate(pieces) if piece.is_sentence), 0)
    return {
        index: Found(REPEATED_TITLE)
        for index in alike
        if (index <= first_sentence or pieces[index].words >= _TITLE_WORDS) and letters(pieces[index].text) == wanted
    }, None
