"""What page furniture says, in each language, joined into tables that are looked up once a line.

A language is a file beside this one and its name in the import and the tuple below.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from generator.pipeline.clean.fold import fold, key_of
from generator.pipeline.clean.lexicon import de, en, es, fr, it, pt, web
from generator.pipeline.clean.lexicon.shape import Lexicon

LANGUAGES: Final[tuple[Lexicon, ...]] = (
    en.LEXICON,
    web.LEXICON,
    de.LEXICON,
    fr.LEXICON,
    es.LEXICON,
    it.LEXICON,
    pt.LEXICON,
)

# Names that are the same in all of them.
NETWORKS: Final = frozenset(
    {"facebook", "twitter", "x", "whatsapp", "linkedin", "reddit", "telegram", "pinterest", "bluesky", "threads"}
    | {"mastodon", "flipboard", "messenger", "instagram", "tiktok", "youtube", "google", "plus", "tumblr", "vk", "xing"}
    | {
        "viber",
        "snapchat",
        "skype",
        "pocket",
        "stumbleupon",
        "digg",
        "line",
        "weibo",
        "wechat",
        "truth",
        "social",
        "fb",
    }
    | {"ig", "buffer", "evernote", "instapaper", "hacker", "gmail", "outlook", "addthis", "sharethis", "disqus"}
)
AGENCIES: Final = frozenset(
    {"reuters", "ap", "afp", "epa", "dpa", "ansa", "efe", "lusa", "getty", "images", "shutterstock", "istock", "alamy"}
    | {"istockphoto", "imago", "xinhua", "upi", "pa", "apa", "bloomberg", "flickr", "unsplash", "pixabay", "fotolia"}
    | {"keystone", "zuma", "sipa", "tass", "belga", "pap", "wenn", "nasa", "instagram", "handout", "photo", "photos"}
    | {"foto", "fotos", "via", "file", "pool", "gettyimages", "press", "associated", "wire", "media", "archive"}
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


def _joined(tables: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    joined: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for name, items in table.items():
            joined[name] = (*joined.get(name, ()), *items)
    return joined


def _phrases() -> dict[str, str]:
    """Whole line -> rule; where two rules claim a line, the one that stands first in its language has it."""
    phrases: dict[str, str] = {}
    for rule, items in _joined(language.phrases for language in LANGUAGES).items():
        for item in items:
            phrases.setdefault(key_of(item), rule)
    return phrases


def _prefixes() -> dict[str, tuple[Prefix, ...]]:
    """First word -> the prefixes that begin with it, the longest first."""
    by_word: dict[str, list[Prefix]] = defaultdict(list)
    for rule, items in _joined(language.prefixes for language in LANGUAGES).items():
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
    for rule, items in _joined(language.endings for language in LANGUAGES).items():
        for item in items:
            by_word[item.rpartition(" ")[2]].append(Ending(item, rule))
    return {word: tuple(found) for word, found in by_word.items()}


def first_word(folded: str) -> str:
    """The first word of a folded line, with a colon that ends it."""
    word = folded.partition(" ")[0]
    head, colon, _ = word.partition(":")
    return head + colon


PHRASES: Final = _phrases()
PREFIXES: Final = _prefixes()
ENDINGS: Final = _endings()
WORDS: Final = {
    name: frozenset(fold(word) for word in items)
    for name, items in _joined(language.words for language in LANGUAGES).items()
}
STARTERS: Final = frozenset(PREFIXES) | WORDS["prompt-verbs"]  # the first words of sentences that may be furniture
