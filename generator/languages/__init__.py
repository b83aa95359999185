"""What Broadsheet knows of single languages: a file a language, and nothing of it anywhere else.

A new language is a file beside this one, its name in the import and in the tuple below, and its tests.
Its shape says what belongs into the file; `web` holds what pages say in any language.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from generator.languages import de, en, es, fr, it, ja, nl, pl, pt, sv, zh
from generator.languages.shape import Language, Words

LANGUAGES: Final[tuple[Language, ...]] = (
    en.LANGUAGE,
    de.LANGUAGE,
    fr.LANGUAGE,
    es.LANGUAGE,
    it.LANGUAGE,
    pt.LANGUAGE,
    nl.LANGUAGE,
    pl.LANGUAGE,
    sv.LANGUAGE,
    ja.LANGUAGE,
    zh.LANGUAGE,
)
_WIDE: Final = tuple(zip("\uff1a\uff0c\uff08\uff09\u3010\u3011\uff0f\uff5c\uff1d\u3000", ":,()[]/|= ", strict=True))
_OF_EAST_ASIA: Final = re.compile("[\u3000-\u9fff\uff01-\uff5e]")


def narrow(text: str) -> str:
    """The text with Western colons, commas, brackets, strokes and blanks for those of Chinese and Japanese."""
    if _OF_EAST_ASIA.search(text):
        for wide, usual in _WIDE:
            text = text.replace(wide, usual)
    return text


def in_all(words: Callable[[Language], Iterable[str]]) -> Words:
    """Words of all languages, each once, in the order of the languages."""
    return tuple(dict.fromkeys(word for language in LANGUAGES for word in words(language)))


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of some words; in an order that isn't that of a set."""
    return "|".join(map(re.escape, sorted(words)))


def names_in_full(names: Words) -> Words:
    """The names of months or weekdays without their short forms."""
    return tuple(name.partition(" ")[0] for name in names)


def units() -> Words:
    """For each part of a date, from the year to the second, a pattern for what stands behind its figures."""
    columns = zip(*(language.dates.units for language in LANGUAGES if language.dates.units), strict=True)
    return tuple(one_of({form for forms in column for form in forms.split()}) for column in columns)


def forms_of(names: Words) -> Words:
    """All forms of the names of months or weekdays."""
    return tuple(form for name in names for form in name.split())
