"""What keeps cleaning from doing harm: lines that rules took and that stay all the same.

In doubt a line is text. Every function here takes the pieces of a text and what would go, and tells what stays.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from generator.pipeline.clean import lists
from generator.pipeline.clean.classify import Piece
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.lines import HEADING, QUOTE, TEXT
from generator.pipeline.clean.rules import (
    BETWEEN,
    CERTAIN,
    COMMENT_SECTION,
    LINKED_HEADLINE,
    OWN_PHRASE,
    PAGE_HEAD,
    PAGE_TAIL,
    REPEATED_TITLE,
)

# Rules under which honest lines in the middle of a text fall as well: the day of an entry, a name.
_SOFT: Final = frozenset({"byline", "timestamp"})
_TALK: Final = frozenset({"newsletter", "author-bio", "related-inline", "call-to-action", "comments", "poll", "tags"})
_OF_TEXT: Final = frozenset({HEADING, QUOTE})  # of Markdown
_BY_PLACE: Final = frozenset({LINKED_HEADLINE, PAGE_HEAD, PAGE_TAIL, BETWEEN})
_ALWAYS: Final = frozenset({"screen-reader-list", OWN_PHRASE})
_PROSE_ENDS: Final = frozenset(".,:;。，：")
_MOST_OF_A_LIST: Final = 0.6
_CAPTION_AND_CREDIT: Final = {"caption", "credit"}
_LEADS: Final = frozenset({"related-headlines"})  # "Also on Tuesday, the council:"
_LABELS: Final = frozenset({"navigation", "share-buttons"})  # of one or two words, as speech may be
_SPEECH_STARTS: Final = ("–", "—", "“", "„", "«", "»", '"', "「", "- ")
_SPEECH_ENDS: Final = (".", "!", "?", "…", "。", "！", "？", ".”", "!”", "?”", '."', '!"', '?"')
_SPEECH: Final = 4  # words
_FEWEST_LEADING: Final = 4  # words
_FIRM: Final = CERTAIN | {OWN_PHRASE, REPEATED_TITLE, PAGE_TAIL, COMMENT_SECTION}


def loses_too_much(
    pieces: Sequence[Piece], taken: Collection[int], most: float, *, apart: Collection[int] = ()
) -> bool:
    """Whether more than a share of the words in sentences would go; those that stand `apart` don't count."""
    sentences = [(index, piece.words) for index, piece in enumerate(pieces) if piece.is_sentence and index not in apart]
    lost = sum(words for index, words in sentences if index in taken)
    return lost > most * sum(words for _, words in sentences)


def guarded(pieces: Sequence[Piece], taken: Mapping[int, Found], *, is_plain: bool) -> dict[int, Found]:
    """What goes after all: neither lines of prose nor items of lists that stay, nor the headings of sections."""
    spared = {*in_prose(pieces, taken), *in_lists(pieces, taken, is_plain=is_plain)}
    over = _LEADS if is_plain else _LEADS | _TALK
    spared |= {index for index, found in taken.items() if found.rule in over and _leads_over(pieces, taken, index)}
    left = {index: found for index, found in taken.items() if index not in spared}
    sections = frozenset(of_sections(pieces, left))
    return {index: found for index, found in left.items() if index not in sections} if sections else left


def in_prose(pieces: Sequence[Piece], taken: Mapping[int, Found]) -> Iterator[int]:
    """Lines between two paragraphs that stay, none of which is certain to be furniture."""
    last = _next_to_last(pieces, taken)
    for block in _blocks(sorted(taken)):
        before, after = block[0] - 1, block[-1] + 1
        is_inside = before >= 0 and after <= last and _is_prose(pieces[before]) and _is_prose(pieces[after])
        if not is_inside or any(_is_firm(pieces[index], taken[index]) for index in block):
            continue
        if {taken[index].rule for index in block} != _CAPTION_AND_CREDIT:
            yield from block


def _is_prose(piece: Piece) -> bool:
    """Whether a line that stays is a paragraph, or leads over to what follows it."""
    return piece.is_sentence or _introduces(piece) or piece.line.kind in _OF_TEXT


def _introduces(piece: Piece) -> bool:
    return piece.text.endswith((":", "："))


def _leads_over(pieces: Sequence[Piece], taken: Mapping[int, Found], index: int) -> bool:
    """Whether a line with a colon at its end stands above a line that stays."""
    is_long = pieces[index].words >= _FEWEST_LEADING
    return is_long and _introduces(pieces[index]) and index + 1 < len(pieces) and index + 1 not in taken


def in_lists(pieces: Sequence[Piece], taken: Mapping[int, Found], *, is_plain: bool) -> Iterator[int]:
    """Items of lists that stay: an item is part of its list.

    In a list that a heading or a line of the text introduces, and in one of which hardly more than half would go,
    links stay and what would go for its place; in a text of which it isn't plain that it was pasted, all items do.
    """
    for found in lists.lists_in(pieces):
        gone = [index for index in found.items if index in taken and taken[index].rule not in _ALWAYS]
        if not gone:
            continue
        is_mixed = len(gone) < len(found.items) * _MOST_OF_A_LIST
        above = found.items[0] - 1
        is_introduced = above >= 0 and above not in taken and _is_above_list(pieces[above], found)
        for index in gone:
            if (is_mixed or is_introduced) and (not is_plain or taken[index].rule in _BY_PLACE):
                yield index


def _is_above_list(piece: Piece, found: lists.List) -> bool:
    return piece.line.kind == HEADING or _introduces(piece) or lists.introduces(piece, found)


def of_sections(pieces: Sequence[Piece], taken: Mapping[int, Found]) -> Iterator[int]:
    """Headings of Markdown with a paragraph or a list of their own that stays."""
    for index, following in enumerate(pieces[1:]):
        is_heading = index in taken and pieces[index].line.kind == HEADING and taken[index].rule not in _FIRM
        if is_heading and index + 1 not in taken and (following.words >= _FEWEST_LEADING or following.is_fixed):
            yield index


def in_salutations(pieces: Sequence[Piece], taken: Mapping[int, Found]) -> Iterator[int]:
    """Lines above the article that go for their place alone, and that end as prose does: "Dear Tom,"."""
    return (
        index for index, found in taken.items() if found.rule == PAGE_HEAD and pieces[index].text[-1:] in _PROSE_ENDS
    )


def is_alone(pieces: Sequence[Piece], index: int) -> bool:
    """Whether no line of text stands right above or below a line."""
    line = pieces[index].line
    beside = (pieces[other].line for other in (index - 1, index + 1) if 0 <= other < len(pieces))
    return all(abs(other.number - line.number) > 1 or other.kind != TEXT for other in beside)


def stands_out(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line is a paragraph of its own, and no sentence that an author may have written."""
    return is_alone(pieces, index) and not is_talk(pieces[index])


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
    is_spoken = found.rule in _LABELS and _is_speech(piece)
    return is_said and found.rule not in _SOFT and not is_talk(piece) and not is_spoken


def _is_speech(piece: Piece) -> bool:
    """Whether a line may be what somebody says in a text: "– Go back!", "No."; labels of buttons end in no stop."""
    return piece.text.startswith(_SPEECH_STARTS) or (piece.text.endswith(_SPEECH_ENDS) and piece.words <= _SPEECH)


def is_talk(piece: Piece) -> bool:
    """Whether a line is a whole sentence that asks or tells readers something, as the author of a text may."""
    return piece.is_sentence and piece.found is not None and piece.found.rule in _TALK
