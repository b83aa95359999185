"""What an article says of itself: its first sentences, its length."""

import re
from collections.abc import Iterator
from typing import Final

from generator.characters import unusual
from generator.languages import in_all, one_of
from generator.model import WORDS_A_MINUTE

SUMMARY_LENGTH: Final = 220  # characters; two lines on a list page
TITLE_LENGTH: Final = 100

_ABBREVIATIONS: Final = one_of(in_all(lambda language: language.abbreviations))
_ABBREVIATION: Final = re.compile(rf"(?:\b(?:{_ABBREVIATIONS})|\b[A-Z](?:\.[A-Z])*)\.$")
_SENTENCE_BREAK: Final = re.compile(r"""(?<=[.!?…])["'”’»)]*\s+(?=["'“‘«(]?[^\W\d_a-z]|["'“‘«(]?\d)|(?<=[。！？])""")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def summarise(text: str, limit: int = SUMMARY_LENGTH) -> str:
    """The first sentences of a text's first paragraphs that fit into a limit; never more than that.

    A first sentence that is too long is cut after a word and ends in "…".
    """
    summary = ""
    for sentence in _sentences(text[: limit * 4].replace("\n", " ")):
        longer = f"{summary} {sentence}".strip()
        if len(longer) > limit:
            break
        summary = longer
    if not summary and text:
        head = text[: limit - 1].replace("\n", " ")
        summary = (head.rpartition(" ")[0] if len(text) >= limit and " " in head else head).rstrip(" ,;:–—-") + "…"
    return summary


def first_sentence(text: str) -> str:
    """The first sentence of a text without its full stop, short enough for a title."""
    return summarise(next(_sentences(text.partition("\n")[0]), "")[: TITLE_LENGTH * 4], TITLE_LENGTH).rstrip(".")


def count_words(text: str) -> int:
    """Words of a text with single spaces; two characters of a script without spaces count as one."""
    if not _CJK.search(unusual(text)):
        return text.count(" ") + text.count("\n") + 1 if text else 0
    return len(_CJK.sub(" ", text).split()) + len(_CJK.findall(text)) // 2


def reading_minutes(words: int) -> int:
    """Reading time in whole minutes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for mark in _SENTENCE_BREAK.finditer(text):
        if not _ABBREVIATION.search(text[start : mark.start()]):
            yield text[start : mark.end()].strip()
            start = mark.end()
    if text[start:].strip():
        yield text[start:].strip()
