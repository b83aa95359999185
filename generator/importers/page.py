"""A pasted text as the guesses see it: its lines that aren't blank, and what somebody knows of each.

Who asks for an import may know which lines belong to the page that a text was copied from. Without that all lines are
text, and the guesses do what they can.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from generator.importers.headline import SENTENCE_END, UNSPACED, plain

TEXT: Final = ""  # what stays
DATE: Final = "date"  # says when the page came out
BYLINE: Final = "byline"  # says who wrote it
BESIDE: Final = "beside"  # stands between a headline and the text as well: buttons, captions, reading times
MAYBE: Final = "maybe"  # taken by its place alone; a headline may be among such lines
FURNITURE: Final = "furniture"  # the rest

_SENTENCE_WORDS: Final = 8
_PARAGRAPH_WORDS: Final = 25  # of one that need not end as a sentence
_CERTAIN_WORDS: Final = 40  # more of them don't make a paragraph count for more
_MOST_ABOVE: Final = 6  # rows above the first paragraph of a text without a menu
_STEM: Final = 5  # letters
_UNSPACED_RUN: Final = re.compile(rf"(?:{UNSPACED.pattern})+")
_WORD: Final = re.compile(r"[a-zß-ɏͰ-ӿ]{4,}|\d{2,}")
_GAP: Final = 3  # words of paragraphs that a line between two of them takes away
_WIDE_GAP: Final = 5  # that a line of the page around them does


class Judgement(NamedTuple):
    """What is known of the lines of a text from outside."""

    is_page: bool = False  # it was copied from one; it isn't how somebody wrote it
    kinds: Mapping[int, str] = {}  # the number of a line, from 0 -> what it is, if it isn't text


Judge: TypeAlias = Callable[[str], Judgement]


class Row(NamedTuple):
    """A line that isn't blank."""

    number: int  # in the text, from 0
    line: str  # as it stands there, without blanks around it
    text: str  # without the marks of headings, lists and emphasis
    kind: str
    words: int
    is_prose: bool  # a paragraph of the article, by its looks


class Page(NamedTuple):
    """The rows of a text, and where among them its article is."""

    lines: tuple[str, ...]
    rows: tuple[Row, ...]
    is_page: bool
    start: int  # the index of the first paragraph
    end: int  # of the row behind the last one

    def left(self) -> list[str]:
        """The lines that stay; the others are blank, so that numbers are the same."""
        gone = {row.number for row in self.rows if row.kind != TEXT}
        return ["" if number in gone else line for number, line in enumerate(self.lines)]

    def has_furniture(self) -> bool:
        """Whether there is a line that only a page has; verse with a byline above it has none."""
        return any(row.kind in {BESIDE, MAYBE, FURNITURE} for row in self.rows)

    def begins_with_text(self) -> bool:
        """Whether hardly anything of the page around it can stand above the text."""
        above = self.rows[: self.start]
        return len(above) <= _MOST_ABOVE and sum(row.kind in {FURNITURE, MAYBE} for row in above) <= 1

    def speaking(self) -> Sequence[str]:
        """The lines whose first sentence may be a title: those of the article, if it isn't plain where it begins."""
        is_text = not self.rows or self.begins_with_text()
        left = self.left()[0 if is_text else self.rows[self.start].number :]
        return left if any(map(str.strip, left)) else self.lines


def nothing_known(text: str) -> Judgement:  # noqa: ARG001 - the form of a judge
    """The judgement of somebody who has not looked."""
    return Judgement()


def lay_out(text: str, judgement: Judgement) -> Page:
    """The page that a text is."""
    lines = tuple(text.split("\n"))
    rows = tuple(
        _row(number, line, judgement.kinds.get(number, TEXT)) for number, line in enumerate(lines) if line.strip()
    )
    return Page(lines, rows, judgement.is_page, *_article(rows))


def count_words(text: str) -> int:
    """The words of a text; two characters are one in scripts without blanks between words."""
    spaced, unspaced = UNSPACED.subn(" ", text)
    return len(spaced.split()) + unspaced // 2


def _row(number: int, line: str, kind: str) -> Row:
    text = plain(line)
    words = count_words(text)
    is_sentence = words >= _SENTENCE_WORDS and SENTENCE_END.search(text) is not None
    return Row(number, line.strip(), text, kind, words, kind == TEXT and (is_sentence or words >= _PARAGRAPH_WORDS))


def _article(rows: Sequence[Row]) -> tuple[int, int]:
    """Where the run of rows with the most paragraphs and the least between them begins and ends."""
    best = total = start = 0
    run = (0, 0)
    for index, row in enumerate(rows):
        if total <= 0:
            total, start = 0, index
        total += _value(row)
        if total > best:
            best, run = total, (start, index + 1)
    return run


def _value(row: Row) -> int:
    """How much a row speaks for the article, in words."""
    if row.is_prose:
        return min(row.words, _CERTAIN_WORDS)
    return -_WIDE_GAP if row.kind in {FURNITURE, MAYBE} else -_GAP


def stems(text: str) -> frozenset[str]:
    """What words of a text are compared by: their first letters, or two characters in a row without blanks."""
    folded = text.casefold()
    words = {word[:_STEM] for word in _WORD.findall(folded)}
    pairs = {a + b for run in _UNSPACED_RUN.findall(folded) for a, b in pairwise(run)}
    return frozenset(words | pairs)
