"""Tells page furniture from the text of an article, line by line, and keeps a record of all of it."""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from generator.model import Doubt, Metadata, Removal, Vote
from generator.pipeline.clean import guards, votes
from generator.pipeline.clean.classify import Piece
from generator.pipeline.clean.fold import fold
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.keep import Moved, Taken, keep
from generator.pipeline.clean.lexicon import WORDS
from generator.pipeline.clean.lines import HEADING, TEXT, Line
from generator.pipeline.clean.lists import with_lists
from generator.pipeline.clean.origin import CLIPPED, WRITTEN, Origin, origin_of
from generator.pipeline.clean.page import furniture_of
from generator.pipeline.clean.pieces import pieces_of, with_links, with_phrases, with_pictures, without_rules
from generator.pipeline.clean.rules import CERTAIN, DEFAULT, LINKED_HEADLINE, OWN_PHRASE, SAFE, TITLE_HEADING
from generator.pipeline.clean.titles import spare_headline, titles_of


class Sifted(NamedTuple):
    """The lines of an article, told apart."""

    kept: tuple[Line, ...]
    removed: tuple[Removal, ...]
    moved: Moved  # what of it goes into the article's metadata
    title: str | None  # the first heading, where it had to be the title
    origin: Origin
    is_doubtful: bool = False  # so much would have gone that some or all rules were taken back
    spared: tuple[int, ...] = ()  # the numbers of lines that look like furniture, of a text that is too short to touch
    doubts: tuple[Doubt, ...] = ()  # lines on which other articles may have a say


class Known(NamedTuple):
    """What is known of the lines of an article from outside."""

    phrases: tuple[str, ...] = ()  # furniture of its source
    votes: tuple[Vote, ...] = ()  # of the other articles
    joined: int = 0  # how many of them are paragraphs that were wrapped in the file


NOTHING_KNOWN: Final = Known()


class _Text(NamedTuple):
    """A text in lines, and what is known of it before its furniture is looked for."""

    lines: Sequence[Line]
    pieces: list[Piece]
    metadata: Metadata
    origin: Origin


def sift(
    lines: Sequence[Line],
    metadata: Metadata,
    skipped: Collection[str],
    level: str = DEFAULT,
    known: Known = NOTHING_KNOWN,
) -> Sifted:
    """The lines that are text, and the record of those that are not; `skipped` rules do nothing."""
    pieces = pieces_of(lines)
    origin = origin_of(lines, pieces, metadata, known.joined)
    if skipped or level == SAFE:
        pieces = without_rules(pieces, skipped, level)
    if known.phrases and OWN_PHRASE not in skipped:
        pieces = with_phrases(pieces, known.phrases)
    text = _Text(lines, pieces, metadata, origin)
    return _written(text, skipped) if origin.kind == WRITTEN else _copied(text, skipped, level, known)


def _written(text: _Text, skipped: Collection[str]) -> Sifted:
    """A text by an author: only lines that can't be anything but furniture go, and a heading that says the title."""
    pieces = text.pieces
    titles, heading = titles_of(pieces[:1], text.metadata.title, skipped)
    is_heading = bool(pieces) and pieces[0].line.kind == HEADING and TITLE_HEADING not in skipped
    taken = dict.fromkeys(titles, Found(TITLE_HEADING)) if is_heading else {}
    found = [(index, piece.found) for index, piece in enumerate(pieces) if piece.found is not None]
    taken |= {index: item for index, item in found if item.rule == OWN_PHRASE or _is_certain(pieces, index)}
    return Sifted(*_apart(text, taken), heading, text.origin)


def _copied(text: _Text, skipped: Collection[str], level: str, known: Known) -> Sifted:
    """A text that was pasted or clipped from a page."""
    metadata, origin = text.metadata, text.origin
    if origin.kind == CLIPPED and LINKED_HEADLINE not in skipped:
        text = text._replace(pieces=with_links(text.pieces, is_plain=origin.is_plain))
    text = text._replace(pieces=with_lists(with_pictures(text.pieces)))
    pieces = text.pieces
    titles, heading = titles_of(pieces, metadata.title, skipped)
    furniture = furniture_of(pieces, titles, level, origin)
    taken = titles | {index: found for index, found in furniture.taken.items() if found.rule not in skipped}
    taken = guards.guarded(pieces, taken, is_plain=origin.is_plain)
    if metadata.title is None:
        spare_headline(pieces, taken)
    doubts = votes.doubts(pieces, taken) if level != SAFE and metadata.title else ()
    if known.votes:
        voted = votes.voted(pieces, taken, known.votes)
        taken |= {index: found for index, found in voted.items() if found.rule not in skipped}
    spared = tuple(pieces[index].line.number for index in furniture.spared)
    return Sifted(*_apart(text, taken), heading, origin, furniture.is_doubtful, spared, doubts)


def _apart(text: _Text, taken: Mapping[int, Found]) -> tuple[tuple[Line, ...], tuple[Removal, ...], Moved]:
    """The lines that stay, the record of those that go, and what of these moves."""
    removed, moved = keep(_in_order(text.pieces, taken), text.metadata)
    gone = {removal.line for removal in removed}
    left = tuple(line for line in text.lines if line.number not in gone) if gone else tuple(text.lines)
    return left, removed, moved


def _in_order(pieces: Sequence[Piece], taken: Mapping[int, Found]) -> list[Taken]:
    """What goes, from the top, and whether it stands above the second sentence of what stays."""
    if not taken:
        return []
    left = (index for index, piece in enumerate(pieces) if piece.is_sentence and index not in taken)
    second = next(islice(left, 1, None), len(pieces))
    return [Taken(pieces[index], taken[index], index < second) for index in sorted(taken)]


def _is_certain(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line can be nothing but furniture, whatever stands around it."""
    piece = pieces[index]
    if piece.found is None or piece.found.rule not in CERTAIN:
        return False
    if piece.found.rule == "screen-reader-list":
        return True
    is_alone = piece.line.kind == TEXT and guards.is_alone(pieces, index)
    return is_alone and (" " in piece.text or fold(piece.text) in WORDS["advertisement"])
