"""What page furniture says in any language, joined into tables that are looked up once a line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from generator.languages import LANGUAGES, en, forms_of, in_all, web
from generator.languages.shape import Furniture, Words
from generator.pipeline.clean.fold import count_words, fold, fold_all, is_unspaced, key_of_folded

# Where two of them claim a line, the first one has it.
FURNITURE: Final[tuple[Furniture, ...]] = (
    en.FURNITURE,
    web.FURNITURE,
    *(language.furniture for language in LANGUAGES if language is not en.LANGUAGE),
)
_FEW_WORDS: Final = 2  # that say too little by themselves


class Prefix(NamedTuple):
    """How a line of furniture begins."""

    text: str
    rule: str
    is_sure: bool  # says enough by itself; else only what isn't a sentence goes
    words: int
    is_unspaced: bool  # of a script that has no blanks between words


class Ending(NamedTuple):
    """How a line of furniture ends: in lower case, without marks after it."""

    text: str
    rule: str


class Frame(NamedTuple):
    """How a line of furniture begins and ends around a name."""

    beginning: str
    ends: Words
    rule: str


def _joined(tables: Iterable[Mapping[str, Iterable[str]]]) -> dict[str, list[str]]:
    joined: dict[str, list[str]] = defaultdict(list)
    for table in tables:
        for name, items in table.items():
            joined[name] += items
    return joined


def _folded(tables: Iterable[Mapping[str, Words]]) -> dict[str, list[str]]:
    """The same, folded; language by language, since those without accents and signs of their own are quickly done."""
    return _joined({name: fold_all(items) for name, items in table.items()} for table in tables)


def _phrases() -> dict[str, str]:
    """Whole line -> rule; where two rules claim a line, the one that stands first in its language has it."""
    phrases: dict[str, str] = {}
    for rule, items in _folded(furniture.phrases for furniture in FURNITURE).items():
        for item in items:
            phrases.setdefault(key_of_folded(item), rule)
    return phrases


def _prefixes() -> dict[str, tuple[Prefix, ...]]:
    """First word -> the prefixes that begin with it, the longest first."""
    by_word: dict[str, list[Prefix]] = defaultdict(list)
    for rule, items in _folded(furniture.prefixes for furniture in FURNITURE).items():
        for text in items:
            words = count_words(text)
            is_bare = is_unspaced(text[-1]) or is_unspaced(text[1:2])
            is_sure = (
                text.endswith((":", "©"))
                or text.startswith(("(", "["))
                or words > _FEW_WORDS + is_bare  # two characters are often less than a word
                or rule == "agency-credit"
            )
            by_word[first_word(text)].append(Prefix(text, rule, is_sure, words, is_bare))
    return {word: tuple(sorted(found, key=lambda prefix: -len(prefix.text))) for word, found in by_word.items()}


def _endings() -> dict[str, tuple[Ending, ...]]:
    """Last word -> the endings that end with it."""
    by_word: dict[str, list[Ending]] = defaultdict(list)
    for rule, items in _joined(furniture.endings for furniture in FURNITURE).items():
        for item in items:
            by_word[last_word(item)].append(Ending(item, rule))
    return {word: tuple(found) for word, found in by_word.items()}


def _frames() -> dict[str, tuple[Frame, ...]]:
    """First word -> the frames that begin with it."""
    by_word: dict[str, list[Frame]] = defaultdict(list)
    for furniture in FURNITURE:
        for rule, frames in furniture.frames.items():
            for beginnings, ends in frames:
                folded = tuple([fold(end) if end.startswith("'") else f" {fold(end)}" for end in ends])
                for beginning in map(fold, beginnings):
                    by_word[first_word(beginning)].append(Frame(f"{beginning} ", folded, rule))
    return {word: tuple(found) for word, found in by_word.items()}


def _words() -> dict[str, frozenset[str]]:
    """Vocabulary -> its words, folded; with three that other parts of a language give."""
    words = _folded(furniture.words for furniture in FURNITURE)
    words["months"] += fold_all(in_all(lambda language: forms_of(language.dates.months)))
    words["dates"] += fold_all(in_all(lambda language: forms_of(language.dates.weekdays)))
    words["by"] += fold_all(in_all(lambda language: language.by))
    return {name: frozenset(items) for name, items in words.items()}


def first_word(folded: str) -> str:
    """The first word of a folded line, with a colon that ends it; two characters where there are no blanks."""
    if not folded.isascii() and (is_unspaced(folded[1:2]) or is_unspaced(folded[:1])):
        return folded[:2]
    word = folded.partition(" ")[0]
    head, colon, _ = word.partition(":")
    return head + colon


def last_word(folded: str) -> str:
    """The last word of a line; two characters where there are no blanks."""
    if is_unspaced(folded[-1:]):
        return folded[-2:]
    return folded.rpartition(" ")[2]


PHRASES: Final = _phrases()
PREFIXES: Final = _prefixes()
ENDINGS: Final = _endings()
FRAMES: Final = _frames()
WORDS: Final = _words()
STARTERS: Final = (
    frozenset(PREFIXES) | frozenset(FRAMES) | WORDS["prompt-verbs"]
)  # the first words of sentences that may be furniture
