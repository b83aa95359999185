"""Text as it is compared: one case of letters, no accents, one kind of quotation mark and space."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_NUMBER: Final = re.compile(r"\d+(?:[.,\u2019']\d{3})*\+?")
_CURLY: Final = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("\u00a0", " "), ("\u200b", ""), ("\u00ad", ""))
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_WORD: Final = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def fold(text: str) -> str:
    """A line in the form in which phrases are compared."""
    text = text.casefold()
    if not text.isascii():
        for curly, straight in _CURLY:
            text = text.replace(curly, straight)
        if not text.isascii():
            text = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    if text.isprintable() and "  " not in text:  # nearly always
        return text.strip(" ")
    return " ".join(text.split())


def key_of(text: str) -> str:
    """The words of a line alone, each number a 0: so that "(12) Comments:" and "3 comments" are one phrase."""
    if text.isascii() and text.islower() and text.replace(" ", "").isalpha() and "  " not in text:
        return text.strip(" ")  # it is its own key, as most phrases are
    folded = fold(text)
    return bare(folded, tokens_of(folded))


def bare(folded: str, tokens: Sequence[str]) -> str:
    """The key of a line that is folded already, with its tokens."""
    return " ".join(tokens_of(_NUMBER.sub("0", folded)) if _NUMBER.search(folded) else tokens)


def without_numbers(folded: str) -> str:
    """A folded line with each number a 0."""
    return _NUMBER.sub("0", folded) if _NUMBER.search(folded) else folded


def tokens_of(folded: str) -> list[str]:
    """The words and numbers of a folded line."""
    return _WORD.findall(folded)
