"""What page furniture says in any language, joined into tables that are looked up once a line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from generator.languages import LANGUAGES, en, forms_of, in_all, web
from generator.languages.shape import Furniture, Words
from generator.pipeline.clean.fold import fold, key_of

# Where two of them claim a line, the first one has it.
FURNITURE: Final[tuple[Furniture, ...]] = (
    en.FURNITURE,
    web.FURNITURE,
    *(language.furniture for language in LANGUAGES if language is not en.LANGUAGE),
)


class Prefix(NamedTuple):
    """How a line of furniture begins."""

    text: str
    rule: str
    is_sure: bool  # says enough by itself; else only what isn't a sentence goes


class Ending(NamedTuple):
    """How a line of furniture ends: in lower case, without marks after it."""

    text: str
    rule: str


def _joined(tables: Iterable[Mapping[str, Words]]) -> dict[str, Words]:
    joined: dict[str, Words] = {}
    for table in tables:
        for name, items in table.items():
            joined[name] = (*joined.get(name, ()), *items)
    return joined


def _phrases() -> dict[str, str]:
    """Whole line -> rule; where two rules claim a line, the one that stands first in its language has it."""
    phrases: dict[str, str] = {}
    for rule, items in _joined(furniture.phrases for furniture in FURNITURE).items():
        for item in items:
            phrases.setdefault(key_of(item), rule)
    return phrases


def _prefixes() -> dict[str, tuple[Prefix, ...]]:
    """First word -> the prefixes that begin with it, the longest first."""
    by_word: dict[str, list[Prefix]] = defaultdict(list)
    for rule, items in _joined(furniture.prefixes for furniture in FURNITURE).items():
        for item in items:
            text = fold(item)
            is_sure = (
                text.endswith((":", "©"))
                or text.startswith(("(", "["))
                or text.count(" ") > 1
                or rule == "agency-credit"
            )
            by_word[first_word(text)].append(Prefix(text, rule, is_sure))
    return {word: tuple(sorted(found, key=lambda prefix: -len(prefix.text))) for word, found in by_word.items()}


def _endings() -> dict[str, tuple[Ending, ...]]:
    """Last word -> the endings that end with it."""
    by_word: dict[str, list[Ending]] = defaultdict(list)
    for rule, items in _joined(furniture.endings for furniture in FURNITURE).items():
        for item in items:
            by_word[item.rpartition(" ")[2]].append(Ending(item, rule))
    return {word: tuple(found) for word, found in by_word.items()}


def _words() -> dict[str, frozenset[str]]:
    """Vocabulary -> its words, folded; with three that other parts of a language give."""
    words = _joined(furniture.words for furniture in FURNITURE)
    words["months"] = in_all(lambda language: forms_of(language.dates.months))
    words["dates"] += in_all(lambda language: forms_of(language.dates.weekdays))
    words["by"] = in_all(lambda language: language.by)
    return {name: frozenset(map(fold, items)) for name, items in words.items()}


def first_word(folded: str) -> str:
    """The first word of a folded line, with a colon that ends it."""
    word = folded.partition(" ")[0]
    head, colon, _ = word.partition(":")
    return head + colon


PHRASES: Final = _phrases()
PREFIXES: Final = _prefixes()
ENDINGS: Final = _endings()
WORDS: Final = _words()
STARTERS: Final = frozenset(PREFIXES) | WORDS["prompt-verbs"]  # the first words of sentences that may be furniture
