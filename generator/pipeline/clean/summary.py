"""What an article says of itself: its first sentences, its length."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from generator.characters import unusual
from generator.languages import in_all, one_of
from generator.model import WORDS_A_MINUTE
from generator.pipeline.clean.excerpt import LABEL, LIST, OTHER, PARAGRAPH, QUOTE, WIDE, Passage, joined, passages

SUMMARY_LENGTH: Final = 220  # characters; two lines on a list page
TITLE_LENGTH: Final = 100

_ABBREVIATIONS: Final = one_of(in_all(lambda language: language.abbreviations))
# No sentence ends in them, nor in initials (J. R. Smith, z. B.), nor in what may be a day (am 3. Oktober).
_ABBREVIATION: Final = re.compile(
    rf"(?:\b(?:{_ABBREVIATIONS})|\b[A-Z](?:\.[A-Z])*|(?<![\w.])[^\W\d_]|(?<![\w.,])(?:[12]?\d|3[01]))\.$"
)
_SENTENCE_END: Final = re.compile(
    r"""[.!?…؟۔।。！？｡](?:(?<=[。！？｡])[。！？｡]*["'”’」』）〕】》]*"""
    r"""|(?:["'”’»)\]]|\s[»›])*(?=\s+(?:["'“‘”’«»„‚‹›(\[¿¡—–]\s?)*(?:[^\W\d_a-z]|\d)))"""
)
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_KANA: Final = re.compile("[\u3040-\u30ff]")
_WIDE: Final = re.compile(f"[{WIDE}]")
_LAST_GAP: Final = re.compile(rf".*(?:\s|[{WIDE}])", re.DOTALL)  # behind which a line may be cut
_COLONS: Final = (":", "：")
_END_OF_ITEM: Final = ".,;。，；、"  # goes where another item follows
_FOR_TITLES: Final = {PARAGRAPH: 0, LABEL: 0, LIST: 1, QUOTE: 2, OTHER: 3}
_LONGEST_ABBREVIATION: Final = 20  # characters
_LOOKAHEAD: Final = 40  # characters in which it shows whether a sentence ended
_LEAST_OF_ITEM: Final = 40  # characters: less of the first item of a list isn't worth it


def summarise(html: str, limit: int = SUMMARY_LENGTH) -> str:
    """The first sentences of the first paragraphs of safe HTML that fit into a limit; never more than that.

    Items of a list are told where a paragraph leads to them, or where there is no paragraph; quotations and bold lines
    where there is nothing else. A first sentence that is too long is cut after a word and ends in "…".
    """
    found = tuple(_enough(passages(html), limit))
    if told := _paragraphs(found, limit):
        return told
    if items := [item for passage in found if passage.kind == LIST for item in passage.texts]:
        return _listed(items, limit)
    others = [passage._replace(kind=PARAGRAPH) for kind in (QUOTE, LABEL) for passage in found if passage.kind == kind]
    return _paragraphs(others, limit)


def first_sentence(html: str, text: str = "") -> str:
    """The first sentence of safe HTML without its full stop, short enough for a title; a line break ends it, too.

    Where only headings, tables and code could tell, it is that of their `text`.
    """
    found = sorted(passages(html.replace("<br>", "<hr>")), key=lambda passage: _FOR_TITLES[passage.kind])
    line = found[0].texts[0] if found else ""
    line = (line or text.partition("\n")[0])[: TITLE_LENGTH * 4]
    sentence = line[: next(_ends(line), 0)].rstrip(".。:：")
    return sentence if len(sentence) <= TITLE_LENGTH else _cut(sentence, TITLE_LENGTH)


def count_words(text: str) -> int:
    """Words of a text with single spaces; two characters of a script without spaces count as one."""
    if not _CJK.search(unusual(text)):
        return text.count(" ") + text.count("\n") + 1 if text else 0
    return len(_CJK.sub(" ", text).split()) + len(_CJK.findall(text)) // 2


def reading_minutes(words: int) -> int:
    """Reading time in whole minutes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def _enough(found: Iterable[Passage], limit: int) -> Iterator[Passage]:
    """The passages up to where their paragraphs fill the limit."""
    length = 0
    for passage in found:
        yield passage
        length += len(passage.texts[0]) if passage.kind == PARAGRAPH else 0
        if length > limit:
            return


def _paragraphs(found: Sequence[Passage], limit: int) -> str:
    """The sentences of paragraphs that fit, and the list to which the last of them leads."""
    summary = ""
    for passage, following in pairwise((*found, Passage(OTHER, ("",)))):
        if passage.kind != PARAGRAPH:
            continue
        text = passage.texts[0]
        if text.endswith(_COLONS):
            if following.kind == LIST and (told := _with_list(joined(summary, text), following.texts, limit)):
                return told
            text = text[: _start_of_last(text)].rstrip()  # what it leads to isn't told
        longer = joined(summary, text)
        if len(longer) > limit:
            kept = _within(text, limit - len(summary) - 1) if summary else _within(text, limit)
            return joined(summary, kept) or _cut(text, limit)
        summary = longer
    return summary or _leading(found, limit)


def _leading(found: Sequence[Passage], limit: int) -> str:
    """A first sentence that ends in a colon, where there is no other; with the quotation that it leads to."""
    for passage, following in pairwise((*found, Passage(OTHER, ("",)))):
        if passage.kind == PARAGRAPH:
            text = passage.texts[0]
            if following.kind == QUOTE:
                text = joined(text, following.texts[0])
                return _within(text, limit) or _cut(text, limit)
            return _cut(text.rstrip(":： "), limit)
    return ""


def _with_list(text: str, items: Sequence[str], limit: int) -> str:
    """A text that leads to a list, with as many items as fit; "" where there is no room for any."""
    listed = _listed(items, limit - len(text) - 1)
    return joined(text, listed) if listed else ""


def _listed(items: Sequence[str], limit: int) -> str:
    """The items that fit, with a mark between them that means the same in all languages of their script."""
    text = ""
    mark, more = " · ", " …"
    if any(map(_WIDE.search, items)):
        mark, more = ("、" if any(map(_KANA.search, items)) else "；"), "…"
    for number, item in enumerate(items, 1):
        longer = f"{text.rstrip(_END_OF_ITEM)}{mark}{item}" if text else item
        if len(longer) + (len(more) if number < len(items) else 0) > limit:
            if text:
                return f"{text.rstrip(_END_OF_ITEM)}{more}"
            return _within(item, limit) or (_cut(item, limit) if limit >= _LEAST_OF_ITEM else "")
        text = longer
    return text


def _within(text: str, limit: int) -> str:
    """The whole sentences at the beginning of a text that fit into a limit."""
    kept = 0
    for end in _ends(text[: max(0, limit) + _LOOKAHEAD]):
        if end > limit:
            break
        kept = end
    return text[:kept]


def _cut(text: str, limit: int) -> str:
    """The words at the beginning of a text that fit into a limit, with the "…" behind them."""
    head = text[: limit - 1]
    if len(text) >= limit and not text[limit - 1].isspace() and not _WIDE.match(text[limit - 1]):
        gap = _LAST_GAP.match(head)
        head = gap[0] if gap else head
    return head.rstrip(" \xa0,;:–—-，、；：(（“‘«„「『") + "…"


def _ends(text: str) -> Iterator[int]:
    """Where the sentences of a text end."""
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        stop = mark.start() + 1
        if mark[0][0] != "." or not _ABBREVIATION.search(text[max(start, stop - _LONGEST_ABBREVIATION) : stop]):
            yield mark.end()
            start = mark.end()
    if start < len(text):
        yield len(text)


def _start_of_last(text: str) -> int:
    """Where the last sentence of a text begins."""
    return ([0, *_ends(text)])[-2] if text else 0
