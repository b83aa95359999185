"""What of the furniture moves into the article's metadata: each to a field that the front matter leaves free."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date as day
from typing import Final, NamedTuple, TypeAlias

from generator.languages import in_all, one_of
from generator.languages.web import AGENCIES
from generator.model import Metadata, Removal
from generator.pipeline.clean.classify import Piece
from generator.pipeline.clean.fold import fold, tokens_of
from generator.pipeline.clean.forms import Found, is_wire_slug
from generator.pipeline.clean.lexicon import WORDS
from generator.pipeline.clean.rules import kept_as

_AND: Final = re.compile(rf",? (?:{one_of(in_all(lambda language: language.ands))}|&) |,\s*|\s+[|/–—-]\s+")
_PAIRS: Final = {"(": ")", "[": "]"}
_FEWEST_NAMES: Final = 2  # words in the name of a person
_MOST_NAMES: Final = 4
_NO_PERSON: Final = WORDS["no-person"] | WORDS["roles"] | AGENCIES


class Moved(NamedTuple):
    """What moves into the metadata; empty and None: nothing."""

    related: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()  # who else worked on it
    date: day | None = None  # a day, or (its subclass) a datetime, with or without an offset
    updated: day | None = None
    caption: str = ""  # of the article's picture
    credit: str = ""


class Taken(NamedTuple):
    """A line that goes."""

    piece: Piece
    found: Found
    is_early: bool  # before the second sentence of the article


_Keeper: TypeAlias = Callable[[Taken, Metadata, Moved], tuple[str, Moved]]

NOTHING: Final = Moved()


def keep(taken: Sequence[Taken], metadata: Metadata) -> tuple[tuple[Removal, ...], Moved]:
    """The record of the lines that go, and what of them moves."""
    moved, removed = NOTHING, []
    for item in taken:
        line, field = item.piece.line, kept_as(item.found.rule)
        if keeper := _KEEPERS.get(field):
            field, moved = keeper(item, metadata, moved)
        removed.append(Removal(item.found.rule, line.number, line.text, field))
    return tuple(removed), moved


def _related(item: Taken, metadata: Metadata, moved: Moved) -> tuple[str, Moved]:
    """The title of another article; those of the front matter stay beside it."""
    title = item.found.kept
    if not title or title in metadata.related:
        return "", moved
    return "related", moved._replace(related=tuple(dict.fromkeys((*moved.related, title))))


def _authors(item: Taken, metadata: Metadata, moved: Moved) -> tuple[str, Moved]:
    """The people whom a byline names."""
    names = _names(item.found.kept) if item.found.kept and not metadata.authors else ()
    return ("authors", moved._replace(authors=tuple(dict.fromkeys((*moved.authors, *names))))) if names else ("", moved)


def _names(text: str) -> tuple[str, ...]:
    """The authors that the rest of a byline names; none where anything else stands in it but their posts."""
    tokens = [(name.strip(" ."), tokens_of(fold(name))) for name in _AND.split(text)]
    people = [(name, words) for name, words in tokens if words and not _is_post(words)]
    if not all(_FEWEST_NAMES <= len(words) <= _MOST_NAMES and name[0].isupper() for name, words in people):
        return ()
    return tuple(name for name, _ in people)


def _is_post(words: Sequence[str]) -> bool:
    """Whether words name a post, an outlet or an agency, and nobody."""
    return not _NO_PERSON.isdisjoint(words)


def _credits(item: Taken, metadata: Metadata, moved: Moved) -> tuple[str, Moved]:
    """Who else worked on the report; the mark under which an agency files it says nothing to readers."""
    text = _bare(item.piece.text)
    if metadata.credits or is_wire_slug(text) or " " not in text:
        return "", moved
    return "credits", moved._replace(credits=tuple(dict.fromkeys((*moved.credits, text))))


def _date(item: Taken, metadata: Metadata, moved: Moved) -> tuple[str, Moved]:
    """The day of publication, or that of the last change where it is called so."""
    if metadata.date and metadata.updated:
        return "", moved
    from generator.dates import date_of_line  # noqa: PLC0415 - patterns that front matter makes needless

    when, is_change = date_of_line(item.piece.line.text)  # as written: "12. Januar" looks like an item of a list
    if when is None:
        when, is_change = date_of_line(item.piece.text)
    if when is None:
        return "", moved
    if is_change:
        is_later = metadata.date is None or when.isoformat()[:10] >= metadata.date.isoformat()[:10]
        is_free = metadata.updated is None and moved.updated is None and is_later
        return ("updated", moved._replace(updated=when)) if is_free else ("", moved)
    is_free = metadata.date is None and moved.date is None
    return ("date", moved._replace(date=when)) if is_free else ("", moved)


def _picture(item: Taken, metadata: Metadata, moved: Moved) -> tuple[str, Moved]:
    """The words under the article's picture: those that stand near the top."""
    picture, text = metadata.image, _bare(item.piece.text)
    if picture is None or not item.is_early:
        return "", moved
    if item.found.rule == "caption":
        return ("", moved) if picture.caption or moved.caption else ("image", moved._replace(caption=text))
    return ("", moved) if picture.credit or moved.credit else ("image", moved._replace(credit=text))


def _bare(text: str) -> str:
    """A text without the one pair of brackets around it."""
    is_bracketed = text[-1] == _PAIRS.get(text[0]) and text.count(text[0]) == 1
    return text[1:-1].strip() if is_bracketed else text


_KEEPERS: Final[Mapping[str, _Keeper]] = {
    "related": _related,
    "authors": _authors,
    "credits": _credits,
    "date": _date,
    "image": _picture,
}
