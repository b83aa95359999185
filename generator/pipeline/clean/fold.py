"""Text as it is compared: one case of letters, no accents, one kind of quotation mark, bracket and space."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from generator.languages import narrow

_NUMBER: Final = re.compile(r"\d+(?:[.,\u2019']\d{3})*\+?")
_CURLY: Final = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("\u00a0", " "), ("\u200b", ""), ("\u00ad", ""))
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_FIRST_BYTES: Final = bytes([0xE0, 0xE1, *range(0xE3, 0xEA)])  # of such characters in UTF-8, and of few others
_WORD: Final = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def fold(text: str) -> str:
    """A line in the form in which phrases are compared."""
    return _with_single_blanks(_letters(text))


def fold_all(texts: Iterable[str]) -> list[str]:
    """What `fold` gives for each of many lines, all at once: one by one, the lexicon would take its time to load."""
    return list(map(_with_single_blanks, _letters("\n".join(texts)).split("\n")))


def _with_single_blanks(text: str) -> str:
    if text.isprintable() and "  " not in text:  # nearly always
        return text.strip(" ")
    return " ".join(text.split())


def _letters(text: str) -> str:
    text = text.casefold()
    if not text.isascii():
        for curly, straight in _CURLY:
            text = text.replace(curly, straight)
        if not text.isascii():
            text = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
            if not text.isascii():
                text = _of_east_asia(text)
    return text


def _of_east_asia(text: str) -> str:
    """A text with narrow marks, and with the marks of Japanese letters back at them."""
    if "\u3099" in text or "\u309a" in text:
        text = unicodedata.normalize("NFC", text)
    return narrow(text)


def key_of(text: str) -> str:
    """The words of a line alone, each number a 0: so that "(12) Comments:" and "3 comments" are one phrase."""
    if text.isascii() and text.islower() and text.replace(" ", "").isalpha() and "  " not in text:
        return text.strip(" ")  # it is its own key, as most phrases are
    return key_of_folded(fold(text))


def key_of_folded(folded: str) -> str:
    """The key of a line that is folded already."""
    return folded if folded.replace(" ", "").isalpha() else " ".join(tokens_of(without_numbers(folded)))


def is_unspaced(character: str) -> bool:
    """Whether a character, or "" for none, is of a script that has no blanks between words."""
    return "\u3040" <= character < "\ua000"


def count_words(text: str) -> int:
    """The words of a line; two characters count as one in scripts that have no blanks between words."""
    words = text.count(" ") + 1
    if text.isascii():
        return words
    encoded = text.encode("utf-8", "surrogatepass")
    if len(encoded.translate(None, _FIRST_BYTES)) == len(encoded):  # faster than to look for the characters
        return words
    return words + len(_UNSPACED.findall(text)) // 2


def without_numbers(folded: str) -> str:
    """A folded line with each number a 0."""
    return _NUMBER.sub("0", folded) if _NUMBER.search(folded) else folded


def tokens_of(folded: str) -> list[str]:
    """The words and numbers of a folded line."""
    return _WORD.findall(folded)
