"""What goes of a page: by the words of single lines, by the lines around them, by where the article is."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from generator.pipeline.clean import blocks, guards, span
from generator.pipeline.clean.blocks import Taken
from generator.pipeline.clean.classify import Piece
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.origin import CLIPPED, Origin, said
from generator.pipeline.clean.rules import COMMENT_SECTION, OWN_PHRASE, PAGE_HEAD, PAGE_TAIL, SAFE, THOROUGH

_MOST_SENTENCE_WORDS: Final = 0.3  # the share of them that may go for where they stand
_MOST_DOUBTFUL: Final = 0.1  # the same, of a text of which it isn't plain that it was pasted
_PLACES: Final = frozenset({PAGE_HEAD, PAGE_TAIL})


class Furniture(NamedTuple):
    """What goes of a page besides its titles, and what stays although it looks like furniture."""

    taken: Taken
    is_doubtful: bool = False  # so much would have gone that some or all rules were taken back
    spared: tuple[int, ...] = ()  # lines of a text that is too short to touch


def furniture_of(pieces: Sequence[Piece], titles: Taken, level: str, origin: Origin) -> Furniture:
    """The furniture of a page."""
    sure = {
        index: piece.found
        for index, piece in enumerate(pieces)
        if piece.found and piece.found.is_sure and index not in titles
    }
    if not blocks.is_text(pieces):
        own = {index: found for index, found in sure.items() if found.rule == OWN_PHRASE}
        return Furniture(own, spared=tuple(index for index in sure if index not in own))
    if level == SAFE or all(piece.found is None for piece in pieces):
        return Furniture(sure)
    if origin.kind == CLIPPED and not origin.is_plain:
        return Furniture(_of_doubtful_clipping(pieces, sure))
    headlines = blocks.under_headers(pieces, titles)
    taken = sure | {index: found for index, found in headlines.items() if index not in titles}
    if not blocks.is_long_enough(pieces):
        return Furniture(taken)
    wide, is_doubtful = _by_place(pieces, taken | titles, level, origin)
    return Furniture({index: found for index, found in wide.items() if index not in titles}, is_doubtful)


def _of_doubtful_clipping(pieces: Sequence[Piece], sure: Mapping[int, Found]) -> Taken:
    """What goes of Markdown that may have been clipped: paragraphs that say themselves that they are furniture."""
    spoken = {index: sure[index] for index in said(pieces) if index in sure and guards.stands_out(pieces, index)}
    return spoken | blocks.seconded_by(pieces, spoken)


def _by_place(pieces: Sequence[Piece], taken: Taken, level: str, origin: Origin) -> tuple[Taken, bool]:
    """All that goes, with what stands around the article; nothing where that is too much of a doubtful page."""
    wide = _by_blocks(pieces, taken, level, is_plain=origin.is_plain)
    wide |= span.outside(pieces, wide, origin.weight, is_plain=origin.is_plain)
    sentences = _by_place_alone(pieces, wide)
    comments = frozenset(index for index, found in wide.items() if found.rule == COMMENT_SECTION)
    is_doubtful = guards.loses_too_much(pieces, wide, _MOST_SENTENCE_WORDS, apart=comments)
    if origin.is_plain:
        return (_without(wide, sentences) if is_doubtful else wide), is_doubtful
    if guards.loses_too_much(pieces, sentences, _MOST_DOUBTFUL):
        return {}, True
    return _without(wide, sentences.union(guards.in_salutations(pieces, wide))), is_doubtful


def _without(taken: Taken, spared: Collection[int]) -> Taken:
    return {index: found for index, found in taken.items() if index not in spared}


def _by_place_alone(pieces: Sequence[Piece], taken: Taken) -> frozenset[int]:
    """The sentences that would go for nothing but where they stand."""
    return frozenset(
        index
        for index, found in taken.items()
        if found.rule in _PLACES and pieces[index].found is None and pieces[index].is_sentence
    )


def _by_blocks(pieces: Sequence[Piece], taken: Taken, level: str, *, is_plain: bool) -> Taken:
    """All that goes, with what the lines around each line show."""
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
    if is_plain:
        taken |= blocks.suspects(pieces, taken)
    if level == THOROUGH:
        taken |= blocks.beyond(pieces, taken, start, end)
    taken |= blocks.between(pieces, taken)
    taken |= dict.fromkeys(blocks.biographies(pieces, taken, is_plain=is_plain), Found("author-bio"))
    return taken
