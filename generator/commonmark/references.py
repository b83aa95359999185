"""What a text defines for links to refer to (CommonMark, 4.7), and the parts that links are made of (6.3)."""

import re
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import quote

PUNCTUATION: Final = r"""!"#$%&'()*+,./:;<=>?@\[\]\\^_`{|}~-"""
ESCAPED: Final = re.compile(rf"\\([{PUNCTUATION}])")
LABEL: Final = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
ABBREVIATION: Final = re.compile(r"\*\[([^\]\n]+)\]:[ \t]*([^\n]*)(?:\n|$)")
_BLANKS: Final = re.compile(r"[ \t]*(?:\n[ \t]*)?")
_ANGLED: Final = re.compile(r"<((?:[^<>\n\\]|\\.)*+)>")
_TITLE: Final = re.compile(r""""((?:[^"\\]|\\.)*+)"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\)""", re.DOTALL)
_LINE_END: Final = re.compile(r"[ \t]*(?:\n|$)")
_BARE: Final = re.compile(r"(?:\\[^ \n]|[^ \\()\x00-\x1f\x7f])+|[()\\]")
_LITERAL: Final = "%!#$&'()*+,/:;=?@~-._"  # in addresses; all other ASCII signs are percent-encoded
_MOST_BRACKETS: Final = 32  # in each other, in an address


class Target(NamedTuple):
    """Where a link leads, and its title."""

    url: str
    title: str = ""


def normal(label: str) -> str:
    """A label in the form in which two that mean the same are equal."""
    return " ".join(label.split()).casefold()


def plain(text: str) -> str:
    """An address or a title without its marks of escape and with its entities resolved."""
    if "\\" in text:
        text = ESCAPED.sub(r"\1", text)
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text) if "&" in text else text


def encoded(url: str) -> str:
    """An address with the signs percent-encoded that none may hold."""
    return url if url.isalnum() else quote(url, _LITERAL)


def url_at(text: str, at: int) -> tuple[str, int] | None:
    """The address that begins at a place, and where it ends."""
    if text[at : at + 1] == "<":
        angled = _ANGLED.match(text, at)
        return (encoded(plain(angled[1])), angled.end()) if angled else None
    end, depth = at, 0
    while piece := _BARE.match(text, end):
        if piece[0] == "(":
            depth += 1
            if depth > _MOST_BRACKETS:
                return None
        elif piece[0] == ")":
            if not depth:
                break
            depth -= 1
        end = piece.end()
    return None if depth else (encoded(plain(text[at:end])), end)


def title_at(text: str, at: int) -> tuple[str, int] | None:
    """The title that begins at a place, and where it ends."""
    title = _TITLE.match(text, at)
    return (plain(next(filter(None, title.groups()), "")), title.end()) if title else None


def skip_blanks(text: str, at: int) -> int:
    """The place behind blanks with at most one line end among them."""
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def definition_at(text: str, at: int) -> tuple[str, Target, int] | None:
    """The definition that begins at a place: its label, what it means, and where the next line begins."""
    label = LABEL.match(text, at)
    if not label or not label[1].strip() or label[1][0] == "^" or text[label.end() : label.end() + 1] != ":":
        return None
    place = skip_blanks(text, label.end() + 1)
    url = url_at(text, place)
    if url is None or url[1] == place:
        return None
    after = skip_blanks(text, url[1])
    if after > url[1] and (title := title_at(text, after)) and (end := _LINE_END.match(text, title[1])):
        return normal(label[1]), Target(url[0], title[0]), end.end()
    end = _LINE_END.match(text, url[1])
    return (normal(label[1]), Target(url[0]), end.end()) if end else None
