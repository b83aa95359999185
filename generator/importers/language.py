"""The language of a text, told by its script or by its most frequent small words."""

import re
from collections import Counter
from typing import Final

from generator.languages import LANGUAGES

STOP_WORDS: Final = {language.code: language.stop_words for language in LANGUAGES}
_SCRIPTS: Final = {language.code: re.compile(f"[{language.script}]") for language in LANGUAGES if language.script}
_WORDS_READ: Final = 2_000
_FEWEST: Final = 5  # hits
_SHARE: Final = 0.15  # of the words; text in a language that isn't known hits one of the lists with less
_LETTERS_READ: Final = 10_000
_SHARE_OF_LETTERS: Final = 0.5  # in the scripts that tell a language
_LEAST: Final = 0.08  # of those, in the first script: names of things in Chinese text have less
_LEAD: Final = 1.5  # times the next language

_OWNERS: Final = {
    word: tuple(language for language, words in STOP_WORDS.items() if word in words.split())
    for words in STOP_WORDS.values()
    for word in words.split()
}
_WORD: Final = re.compile(r"[^\W\d_]+")


def guess_language(text: str) -> str:
    """The language of a text, "" where none has a clear lead."""
    if not text.isascii() and (language := _by_script(text[:_LETTERS_READ])):
        return language
    words = _WORD.findall(text.lower())[:_WORDS_READ]
    hits = Counter(language for word in words for language in _OWNERS.get(word, ()))
    ranked = [*hits.most_common(2), ("", 0), ("", 0)]
    (best, most), (_, second) = ranked[:2]
    is_clear = most >= _FEWEST and most >= _SHARE * len(words) and most >= _LEAD * second
    return best if is_clear else ""


def _by_script(text: str) -> str:
    """The language that a script tells, "" for none; kana come first: Japanese has Chinese characters as well."""
    letters = sum(map(str.isalpha, text))
    found = {language: len(script.findall(text)) for language, script in _SCRIPTS.items()}
    total = sum(found.values())
    if total < _FEWEST or total < _SHARE_OF_LETTERS * letters:
        return ""
    return next(language for language, times in found.items() if times >= _LEAST * total)
