"""The language of a text, told by its most frequent small words."""

import re
from collections import Counter
from typing import Final

from generator.languages import LANGUAGES

STOP_WORDS: Final = {language.code: language.stop_words for language in LANGUAGES}
_WORDS_READ: Final = 2_000
_FEWEST: Final = 5  # hits
_SHARE: Final = 0.15  # of the words; Dutch or Swedish text hits one of the lists with less
_LEAD: Final = 1.5  # times the next language

_OWNERS: Final = {
    word: tuple(language for language, words in STOP_WORDS.items() if word in words.split())
    for words in STOP_WORDS.values()
    for word in words.split()
}
_WORD: Final = re.compile(r"[^\W\d_]+")


def guess_language(text: str) -> str:
    """The language of a text, "" where none has a clear lead."""
    words = _WORD.findall(text.lower())[:_WORDS_READ]
    hits = Counter(language for word in words for language in _OWNERS.get(word, ()))
    ranked = [*hits.most_common(2), ("", 0), ("", 0)]
    (best, most), (_, second) = ranked[:2]
    is_clear = most >= _FEWEST and most >= _SHARE * len(words) and most >= _LEAD * second
    return best if is_clear else ""
