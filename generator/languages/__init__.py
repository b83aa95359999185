"""What Broadsheet knows of single languages: a file a language, and nothing of it anywhere else.

A new language is a file beside this one, its name in the import and in the tuple below, and its tests.
Its shape says what belongs into the file; `web` holds what pages say in any language.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from generator.languages import de, en, es, fr, it, pt
from generator.languages.shape import Language, Words

LANGUAGES: Final[tuple[Language, ...]] = (
    en.LANGUAGE,
    de.LANGUAGE,
    fr.LANGUAGE,
    es.LANGUAGE,
    it.LANGUAGE,
    pt.LANGUAGE,
)


def in_all(words: Callable[[Language], Iterable[str]]) -> Words:
    """Words of all languages, each once, in the order of the languages."""
    return tuple(dict.fromkeys(word for language in LANGUAGES for word in words(language)))


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of some words; in an order that isn't that of a set."""
    return "|".join(map(re.escape, sorted(words)))


def names_in_full(names: Words) -> Words:
    """The names of months or weekdays without their short forms."""
    return tuple(name.partition(" ")[0] for name in names)


def forms_of(names: Words) -> Words:
    """All forms of the names of months or weekdays."""
    return tuple(form for name in names for form in name.split())
