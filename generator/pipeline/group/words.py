"""The words of a text, those that are names among them, and what is left when the common ones are gone."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from generator.characters import unusual
from generator.pipeline.group.common_words import FUNCTION_WORDS

_MARKS: Final = frozenset(
    "\u00a0\u00a3\u20ac\u00b0\u00ab\u00bb\u00b7\u00bf\u00a1\u2010\u2011"
    "\u2012\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026"
)
_BREAKS: Final = bytes(code if chr(code).isalnum() or code > ord("\x7f") else ord(" ") for code in range(256))
_CAPITALS: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠȘŢŤȚŪŮŰŲŹŻŽΑ-ΩА-ЯЁЄІЇ"
_NAME: Final = re.compile(rf" (?=[{_CAPITALS}])(?<![.!?:…] )([{_CAPITALS}][^\W_]+)")  # in the middle of a sentence
_NAMES: Final = re.compile(rf"[{_CAPITALS}][^\W_]++(?: [{_CAPITALS}][^\W_]++)*+")  # one alone too: a word is read once
_CJK_RUN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")  # scripts without spaces


def words_of(text: str) -> list[str]:
    """All words in their order, in lower case; a script without spaces gives its pairs of characters.

    Bytes and not a pattern: four times faster, and this is done for every article.
    """
    if not text.isascii():
        beside_ascii = unusual(text)
        for mark in _MARKS.intersection(beside_ascii):
            text = text.replace(mark, " ")
        if _CJK_RUN.search(beside_ascii):  # else there can't be one in the text: it is in this order there, too
            text = _CJK_RUN.sub(lambda run: " ".join(map("".join, pairwise(run[0]))), text)
    return text.lower().encode("utf-8", "replace").translate(_BREAKS).decode().split()


def content_words(words: Sequence[str]) -> Counter[str]:
    """How often each word stands there that is no function word and no single letter."""
    return Counter([word for word in words if word not in FUNCTION_WORDS and len(word) > 1])


def names_in(text: str) -> Counter[str]:
    """Words with a capital letter inside sentences, and neighbours with one as one word: "united_nations"."""
    counts = Counter(map(str.lower, _NAME.findall(text)))
    for run, number in Counter(_NAMES.findall(text)).items():
        words = run.lower().split(" ")
        for first, second in pairwise(words):
            if first not in FUNCTION_WORDS and second not in FUNCTION_WORDS:
                counts[f"{first}_{second}"] += number
    for word in FUNCTION_WORDS.intersection(counts):  # goes through the counts, which are few
        del counts[word]
    return counts
