"""Where an article begins and ends among the lines of a page: decided in one go, from all that the lines show.

A line's value is the sum of what it shows, each times its weight; above 0 it speaks for a line of the article. The
article is the run of lines with the greatest sum (Kadane's maximum subarray, one pass). The weights are those of a
logistic regression on the labelled lines of 132 pages of 101 sites, each copied in four to seven ways. Whether a line
shares its words with the rest of the article was tried as well, and told nothing that these don't.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from generator.pipeline.clean.blocks import LISTED_WEIGHT, LISTS, Taken, best_run
from generator.pipeline.clean.classify import Piece, is_quoted
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.lines import is_picture
from generator.pipeline.clean.rules import PAGE_HEAD, PAGE_TAIL, weight_of

# How much each thing weighs that a line shows: of itself,
_WORDS: Final = 3.34  # its words, as a share of 60
_SPEECH: Final = 1.36  # a sentence in which somebody speaks
_FULL_STOP: Final = 1.34
_COLON: Final = 1.43
_ITEM: Final = -1.2  # of a list
_FIXED: Final = 1.69  # code, tables, quotations
_SUSPECT: Final = -1.54  # what may be furniture
# of the lines around it,
_PARAGRAPHS_ABOVE: Final = 2.05  # of the three above it, the share
_PARAGRAPHS_BELOW: Final = 1.37
_FURNITURE_BELOW: Final = -0.24
_RIGHT_BELOW_FURNITURE: Final = -0.85
_RIGHT_ABOVE_FURNITURE: Final = -0.97
_FURNITURE_ABOVE: Final = -1.45  # in the six above it, by the weights of the rules
# of its place,
_WORDS_ABOVE: Final = -0.4  # in paragraphs, as a share of 600
_ALREADY_SAID: Final = -1.33  # the share of the paragraphs that stand above it
_FROM_TOP: Final = 1.4  # lines from the top, as a share of ten
_FROM_BOTTOM: Final = 0.75
# and of the whole text.
_ANY: Final = -0.63
_FURNITURE: Final = -2.97  # the lines that go, as a share of 30
_SHARE: Final = 1.04  # of all lines
_PAGE: Final = 0.3  # the evidence that it is a page, as a share of 10

_PARAGRAPH_WORDS: Final = 12
_STANDFIRST_WORDS: Final = 12
_SENTENCE_WORDS: Final = 8
_HEADLINE_WORDS: Final = 25  # in the longest
_LONG: Final = 40  # words of a paragraph that is never taken for where it stands
_MOST_BETWEEN: Final = 4.0  # the weight of furniture inside of an article, in one place
_NEAR: Final = 3
_AROUND: Final = 6
_GONE: Final = -3.0  # what goes already, times the weight of its rule: furniture inside of articles says little
# How much every line that is open is worth beside that: the text is given the benefit of the doubt.
_CREDIT_HEAD: Final = 1.5
_CREDIT_TAIL: Final = 2.0
_SURELY_OUTSIDE: Final = -2.0  # the value of a whole sentence below the article


def outside(pieces: Sequence[Piece], taken: Taken, evidence: float, *, is_plain: bool) -> Taken:
    """What stands before and after the article, of what isn't known to go yet.

    `evidence` is that for a page; unless it `is_plain`, whole sentences stay.
    """
    values = list(_values(pieces, taken, evidence))
    credited = [value + _CREDIT_HEAD * (index not in taken) for index, value in enumerate(values)]
    start, _ = best_run(credited)
    above = [index for index in range(start) if index not in taken and not pieces[index].is_fixed]
    may_sum_up = any(pieces[index].is_sentence or pieces[index].words >= _STANDFIRST_WORDS for index in above)
    found: Taken = {} if may_sum_up else dict.fromkeys(above, Found(PAGE_HEAD))
    _, end = best_run([value + _CREDIT_TAIL * (index not in taken) for index, value in enumerate(values)])
    end = _prolonged(pieces, taken, values, end)
    has_furniture = False
    for index in range(end + 1, len(pieces)):
        piece = pieces[index]
        has_furniture |= index in taken
        if is_plain and has_furniture and piece.is_fixed and is_picture(piece.line.text):
            found[index] = Found(PAGE_TAIL)
        is_open = index not in taken and not piece.is_fixed and piece.words < _LONG
        is_short = not piece.is_sentence and piece.words <= _HEADLINE_WORDS
        is_outside = is_plain and values[index] < _SURELY_OUTSIDE and not is_quoted(piece.text)
        if is_open and (is_short or is_outside):
            found[index] = Found(PAGE_TAIL)
    return found


def _prolonged(pieces: Sequence[Piece], taken: Taken, values: Sequence[float], end: int) -> int:
    """The end of the article behind those paragraphs that little furniture parts from it."""
    furniture = 0.0
    for index in range(end + 1, len(pieces)):
        if index in taken:
            furniture += _weight(pieces[index], taken[index])
        elif pieces[index].is_sentence and pieces[index].words >= _SENTENCE_WORDS and values[index] > 0:
            end, furniture = index, 0.0
        if furniture > _MOST_BETWEEN:
            break
    return end


def _values(pieces: Sequence[Piece], taken: Taken, evidence: float) -> Iterator[float]:
    """How much each line speaks for being of the article."""
    count, gone = len(pieces), len(taken)
    goes = [index in taken for index in range(count)]
    told = [
        not out and piece.is_sentence and piece.words >= _PARAGRAPH_WORDS
        for piece, out in zip(pieces, goes, strict=True)
    ]
    weights = [_weight(piece, taken[index]) if goes[index] else 0.0 for index, piece in enumerate(pieces)]
    paragraphs = _sums(told)
    furniture = _sums(goes)
    weighty = _sums(weights)
    words = _sums([min(piece.words, 60) * is_told for piece, is_told in zip(pieces, told, strict=True)])
    text = _ANY + _FURNITURE * min(gone, 30) / 30 + _SHARE * gone / count + _PAGE * min(evidence, 10) / 10
    all_paragraphs = max(paragraphs[-1], 1)
    for index, piece in enumerate(pieces):
        if goes[index]:
            yield _GONE * weights[index]
            continue
        at = index + _AROUND  # in the sums
        value = (
            text
            + _of_itself(piece)
            + _PARAGRAPHS_ABOVE * (paragraphs[at] - paragraphs[at - _NEAR]) / _NEAR
            + _PARAGRAPHS_BELOW * (paragraphs[at + 1 + _NEAR] - paragraphs[at + 1]) / _NEAR
            + _FURNITURE_BELOW * (furniture[at + 1 + _NEAR] - furniture[at + 1]) / _NEAR
            + _FURNITURE_ABOVE * min(weighty[at] - weighty[at - _AROUND], 4) / 4
            + _WORDS_ABOVE * min(words[at], 600) / 600
            + _ALREADY_SAID * paragraphs[at] / all_paragraphs
            + _FROM_TOP * min(index, 10) / 10
            + _FROM_BOTTOM * min(count - 1 - index, 10) / 10
        )
        if index and goes[index - 1]:
            value += _RIGHT_BELOW_FURNITURE
        if index + 1 < count and goes[index + 1]:
            value += _RIGHT_ABOVE_FURNITURE
        yield value


def _sums(column: Sequence[float]) -> list[float]:
    """The running sums, with as many more at both ends as are looked at around a line."""
    sums = list(accumulate(column, initial=0))
    return [0] * _AROUND + sums + sums[-1:] * _NEAR


def _weight(piece: Piece, found: Found) -> float:
    """How much a line that goes says that the article isn't here."""
    if piece.found is None and found.rule in LISTS:
        return LISTED_WEIGHT
    return weight_of(piece.found.rule if piece.found else found.rule)


def _of_itself(piece: Piece) -> float:
    """What the words and the form of a line say."""
    value = _WORDS * min(piece.words, 60) / 60 + _FIXED * piece.is_fixed + _ITEM * (piece.line.kind == "list")
    if piece.found is not None:
        value += _SUSPECT
    last = piece.text[-1:]
    if last == ":":
        return value + _COLON
    if last and last in ".!?。！？":
        value += _FULL_STOP
    return value + _SPEECH if piece.is_sentence and is_quoted(piece.text) else value
