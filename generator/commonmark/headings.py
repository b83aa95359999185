"""Ids of headings, made of their text as GitHub makes them: letters of any script, digits, `-` and `_`."""

import re
import unicodedata
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ESCAPED: Final = re.compile("\x02(\\d+)\x03")
_DROPPED: Final = re.compile(r"[^\w\- ]")
_MARKS: Final = "M"  # the category of signs that belong to the letter before them, as vowels do in Hindi and Thai


def id_of(text: str) -> str:
    """The id that a heading of this text has, unless another has it; "" where no letter or digit is in it."""
    return _DROPPED.sub(_mark, text.strip().lower()).replace(" ", "-")


def _mark(sign: re.Match[str]) -> str:
    return sign[0] if unicodedata.category(sign[0])[0] == _MARKS else ""


class Ids:
    """The ids of one text; one that comes again gets a number."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """The id for the next heading."""
        found = wanted
        while found in self._seen:
            self._seen[wanted] += 1
            found = f"{wanted}-{self._seen[wanted]}"
        self._seen[found] = 0
        return found


class HeadingIds(Treeprocessor):
    """Gives each heading its id."""

    def run(self, root: Element) -> None:
        """Adds ids where a heading has none of its own."""
        ids = Ids()
        for element in root.iter():
            if element.tag in _HEADINGS and (wanted := element.get("id") or id_of(_text_of(element))):
                element.set("id", ids.take(wanted))


def _text_of(element: Element) -> str:
    """What a heading says, without the marks of footnotes."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != "sup":
            parts.append(_text_of(child))
        parts.append(child.tail or "")
    text = _ESCAPED.sub(lambda code: chr(int(code[1])), HTML_PLACEHOLDER_RE.sub("", "".join(parts)))
    return unescape(text)
