"""When a pasted text came out: of all the dates that its lines say, the one that speaks most for itself."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from generator.dates import Dated, When, begins_with_label, dates_within
from generator.importers.headline import BY, SENTENCE_END, UNSPACED
from generator.importers.page import BYLINE, DATE, MAYBE, TEXT, Page, Row, count_words

_PUBLISHED: Final = 3.0
_PLAIN: Final = 1.5
_CHANGED: Final = -1.0
_AT_HEADLINE: Final = 3.0
_ABOVE: Final = 0.0  # a few rows above it
_MASTHEAD: Final = -1.0  # further above: the day on which somebody looked
_BELOW: Final = -0.5
_FAR_BELOW: Final = -3.5  # of other articles, of the site
_ENOUGH: Final = -1.5  # the least that a date must have
_MOST_ABOVE: Final = 2  # paragraphs between the headline and the date; one is a standfirst
_MOST_ABOVE_ON_PAGE: Final = 4  # captions may look like some
_TOP: Final = 10  # rows of a text that is no page
_END: Final = 6  # rows below a text that is no page
_NEAR_END: Final = 3  # rows below the text of a page
_ROWS_ABOVE: Final = 8  # between a date and the headline below it
_FEW_WORDS: Final = 3
_MOST_WORDS: Final = 10  # beside the date in its line

_BYLINE: Final = re.compile(rf"(?:{BY})\s", re.IGNORECASE)
_NAMES: Final = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]*\s*){1,3}")
_MARKS: Final = frozenset(",|·•–—-/()（）:：")  # what parts a date from what else a line says
_WORD: Final = re.compile(r"[^\W_]+")


class Told(NamedTuple):
    """A date, and the line that says it."""

    when: When
    line: str


def date_of(page: Page, headline: int | None) -> Told | None:
    """The date of publication as the page says it, else that of a change; `headline` is the number of its line."""
    at = next((index for index, row in enumerate(page.rows) if row.number == headline), -1)
    found = [
        (_weight(dated, place), Told(dated.when, row.line))
        for index, row in enumerate(page.rows)
        for dated in imprint(row)
        if (place := _by_place(page, index, at)) is not None
    ]
    weight, told = max(found, key=lambda pair: pair[0], default=(0.0, None))
    return told if weight >= _ENOUGH else None


def imprint(row: Row) -> Iterator[Dated]:
    """The dates of a row, unless they are part of a sentence, of a caption or of a headline."""
    if row.kind not in {TEXT, MAYBE, DATE, BYLINE} or row.is_prose:
        return
    dates = list(dates_within(row.line))  # "6. March" looks like an item of a list
    if dates and (row.kind in {DATE, BYLINE} or _is_apart(row.line, dates)):
        yield from dates


def _is_apart(text: str, dates: Sequence[Dated]) -> bool:
    """Whether dates stand for themselves in a line, beside a few words at most."""
    before, after = text[: dates[0].start], text[dates[-1].end :]
    rest = f"{before} {after}"
    words = count_words(" ".join(_WORD.findall(rest)))
    if not words:
        return True
    if words > _MOST_WORDS or (SENTENCE_END.search(text) and words > _FEW_WORDS):
        return False
    is_labelled = (dates[0].is_published or dates[0].is_change) and not before.strip()
    if is_labelled or _BYLINE.match(text):
        return True
    if SENTENCE_END.search(text):
        return False
    is_parted = not before.strip() or before.rstrip()[-1] in _MARKS
    return (is_parted and _may_follow(after.strip(), words)) or _NAMES.fullmatch(rest.strip()) is not None


def _may_follow(text: str, words: int) -> bool:
    """Whether a text behind a date is no part of what the date says."""
    return not text or words <= _FEW_WORDS or text[0] in _MARKS or bool(UNSPACED.match(text)) or begins_with_label(text)


def _weight(dated: Dated, place: float) -> float:
    """How much speaks for a date: what it is called, and where it stands."""
    return place + (_PUBLISHED if dated.is_published else _CHANGED if dated.is_change else _PLAIN)


def _by_place(page: Page, index: int, headline: int) -> float | None:
    """How much the place of a date speaks for it; None in the middle of the text, of which it is a part."""
    if index < headline:
        return _ABOVE if headline - index <= _ROWS_ABOVE else _MASTHEAD
    above = sum(row.is_prose for row in page.rows[headline + 1 : index])
    if above <= (_MOST_ABOVE_ON_PAGE if page.is_page else _MOST_ABOVE) and (page.is_page or index < _TOP):
        return _AT_HEADLINE
    if index < page.end:
        return None
    is_near = index - page.end < _NEAR_END if page.is_page else len(page.rows) - index <= _END
    return _BELOW if is_near else _FAR_BELOW
