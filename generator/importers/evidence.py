"""Which line of a whole page is its headline: evidence is weighed for each line that may be one.

Menus stand above it and captions below it, a kicker right above, a standfirst right below; so no single rule does.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from generator.characters import letters
from generator.importers.headline import BYLINE_FORM, HEADING, NOT_PROSE, SENTENCE_BREAK, UNSPACED, url_of_line
from generator.importers.page import BESIDE, BYLINE, DATE, FURNITURE, MAYBE, TEXT, Page, Row, stems
from generator.importers.when import imprint

_FEWEST_WORDS: Final = 3
_LONGEST: Final = 160  # characters
_MOST_ROWS: Final = 1000  # in which a headline is looked for: each is compared with all
_MOST_BEFORE: Final = 0.4  # the share of the article's words that may stand above a headline
_NEAR: Final = 5  # rows in which a date or a byline mostly follows
_FAR: Final = 15  # and in which it does on pages with many buttons
_ABOVE: Final = 6  # rows in which it stands above what isn't the headline: captions, points of a summary
_FAR_ABOVE: Final = 12
_ENOUGH: Final = 2.9  # the weight from which on a line is the headline
_CLEAR: Final = 3.5  # and from which on there is hardly a doubt
_FEWEST_PROSE: Final = 2  # paragraphs, below which there is nothing to weigh
_FEWEST_LETTERS: Final = 12  # of a text that stands in another one on purpose
_WORDS_OF_TITLE: Final = 4

_LENGTHS: Final = ((23, 0.5), (17, 1.5), (6, 2.0), (5, 1.5), (4, 1.0), (0, 0.0))  # from so many words on
_SHARED: Final = 3.0  # if all its words stand in the article as well
_TOP_HEADING: Final = 3.0
_ANY_HEADING: Final = 1.0
_FOLLOWED: Final = 2.0  # by a byline or a date
_FOLLOWED_FAR: Final = 1.0
_PRECEDED: Final = -1.5
_PRECEDED_FAR: Final = -0.75
_FIRST: Final = 1.0  # nothing above it
_AT_TEXT: Final = 0.5  # a paragraph right below it
_REPEATED: Final = 2.0  # in a tab's title, in a row of links
_LONGER_FORM: Final = -2.0  # holds another one
_ENDS: Final = -2.5  # as a sentence
_SENTENCES: Final = -2.5  # more than one
_BELOW_ANOTHER: Final = -1.5  # a standfirst, a caption
_BY_PLACE: Final = -0.5  # somebody took it for a part of the page
_WITHIN_TEXT: Final = -2.0
_WORDS_BEFORE: Final = -6.0  # if all of the article stood above it
_BETWEEN: Final = {FURNITURE: -0.5, MAYBE: -0.1, TEXT: -0.1, BESIDE: -0.05, DATE: 0.0, BYLINE: 0.0}
_LONG_WAY: Final = -4.0  # the most that rows between it and the text take
_QUOTES: Final = "\"'”’»)」"
_PARTS: Final = re.compile(r"[\s、，,:：|・]+")
_SHORTEST_PART: Final = 5  # characters: of a headline in a script without blanks, one part is longer than a name


class Candidate(NamedTuple):
    """A row that may be the headline."""

    row: Row
    weight: float

    @property
    def is_clear(self) -> bool:
        """Whether there is hardly a doubt about it."""
        return self.weight >= _CLEAR


def headline_of(page: Page) -> Candidate | None:
    """The row that is the headline of a page; None where nothing speaks enough for any."""
    if sum(row.is_prose for row in page.rows) < _FEWEST_PROSE:
        return None
    best = max(_candidates(page), key=lambda candidate: candidate.weight, default=None)
    return best if best and best.weight >= _ENOUGH else None


def _candidates(page: Page) -> Iterator[Candidate]:
    """The rows that may be the headline, with what speaks for them."""
    rows = page.rows
    article = [row for row in rows[page.start : page.end] if row.is_prose]
    words = frozenset().union(*(stems(row.text) for row in article))
    total = sum(row.words for row in article)
    known = [letters(row.text) for row in rows]
    telling = [
        text
        for row, text in zip(rows, known, strict=True)
        if len(text) >= _FEWEST_LETTERS and row.words >= _WORDS_OF_TITLE
    ]
    imprints = list(map(_is_imprint, rows[: _MOST_ROWS + _FAR]))
    above = 0
    for index, row in enumerate(rows[:_MOST_ROWS]):
        if above > total * _MOST_BEFORE:
            return
        if _may_be(row):
            own = stems(row.text)
            weight = (
                _by_form(row)
                + _SHARED * len(own & words) / max(1, len(own))
                + _by_place(rows, imprints, index, above / total)
                + _by_repetition(known, telling, index, rows)
            )
            yield Candidate(row, weight)
        above += row.words if row.is_prose and index >= page.start else 0


def _may_be(row: Row) -> bool:
    """Whether a row has the form of a headline at all."""
    text = row.text
    if row.kind not in {TEXT, MAYBE} or row.words < _FEWEST_WORDS or len(text) > _LONGEST or text[-1] in ":;,":
        return False
    if row.is_prose and text.rstrip(_QUOTES)[-1:] not in {"?", "!", "？", "！"}:
        return False
    if NOT_PROSE.match(row.line) or "|" in text or url_of_line(text) or BYLINE_FORM.fullmatch(text):
        return False
    return not _is_names(row) and next(imprint(row), None) is None


def _is_unread_byline(rows: Sequence[Row]) -> bool:
    """Whether names alone stand right above the text."""
    return len(rows) > 1 and rows[1].is_prose and _is_names(rows[0])


def _is_names(row: Row) -> bool:
    """Whether a row has names or labels alone, in a script without blanks between words."""
    parts = [part for part in _PARTS.split(row.text) if part]
    return all(len(part) < _SHORTEST_PART and UNSPACED.match(part) for part in parts)


def _by_form(row: Row) -> float:
    """What its words say, whatever stands around it."""
    weight = next(weight for words, weight in _LENGTHS if row.words >= words)
    if heading := HEADING.match(row.line):
        weight += _TOP_HEADING if len(heading[0].strip()) == 1 else _ANY_HEADING
    weight += _ENDS if row.text.rstrip(_QUOTES)[-1:] in {".", "…", "。"} else 0
    weight += _SENTENCES if SENTENCE_BREAK.search(row.text[:-1]) else 0
    return weight + (_BY_PLACE if row.kind == MAYBE else 0)


def _by_place(rows: Sequence[Row], imprints: Sequence[bool], index: int, above: float) -> float:
    """What stands above and below it says; `imprints` are the rows that say who wrote the article, or when."""
    weight = _FIRST if index == 0 else 0.0
    weight += _WITHIN_TEXT + _WORDS_BEFORE * above if above else 0
    weight += _AT_TEXT if index + 1 < len(rows) and rows[index + 1].is_prose else 0
    weight += _way_to_text(rows, index)
    return weight + _by_imprint(rows, imprints, index) + (_BELOW_ANOTHER if _has_another_above(rows, index) else 0)


def _way_to_text(rows: Sequence[Row], index: int) -> float:
    """What the rows between it and the next paragraph take away."""
    way = 0.0
    for at in range(index + 1, len(rows)):
        if rows[at].is_prose or way <= _LONG_WAY:
            break
        way += _BETWEEN[rows[at].kind]
    return max(_LONG_WAY, way)


def _by_imprint(rows: Sequence[Row], imprints: Sequence[bool], index: int) -> float:
    """Whether a byline or a date follows, as it does below headlines, or stands above, as it does above captions."""
    below = range(index + 1, min(index + 1 + _FAR, len(rows)))
    following = next((at for at in below if imprints[at]), None)
    if following is None and _is_unread_byline(rows[index + 1 : index + 3]):
        following = index + 1
    weight = 0.0 if following is None else _FOLLOWED if following <= index + _NEAR else _FOLLOWED_FAR
    above = next((at for at in range(index - 1, max(-1, index - 1 - _FAR_ABOVE), -1) if imprints[at]), None)
    return weight + (0.0 if above is None else _PRECEDED if above >= index - _ABOVE else _PRECEDED_FAR)


def _is_imprint(row: Row) -> bool:
    """Whether a row says who wrote the article, or when."""
    is_byline = row.kind == BYLINE or BYLINE_FORM.fullmatch(row.text) is not None
    return is_byline or row.kind == DATE or next(imprint(row), None) is not None


def _has_another_above(rows: Sequence[Row], index: int) -> bool:
    """Whether a row right above, or above its buttons, may be the headline as well."""
    rows_above = (rows[at] for at in range(index - 1, -1, -1))
    above = next((row for row in rows_above if row.kind not in {BESIDE, DATE, BYLINE}), None)
    return above is not None and above.kind != FURNITURE and above.words >= _WORDS_OF_TITLE and not above.is_prose


def _by_repetition(known: Sequence[str], telling: Sequence[str], index: int, rows: Sequence[Row]) -> float:
    """Whether it stands in another row, as in the title of a tab; or one that is telling in it."""
    own = known[index]
    if len(own) < _FEWEST_LETTERS and rows[index].words < _WORDS_OF_TITLE:
        return 0.0
    others = (text for at, text in enumerate(known[: index + _FAR]) if at != index and not rows[at].is_prose)
    weight = _REPEATED if any(text.startswith(own) or text.endswith(own) for text in others) else 0.0
    return weight + (_LONGER_FORM if any(text in own and text != own for text in telling) else 0)
