"""Typographic quotes, dashes and dots as the extension `smarty` of `markdown` decides them, but once and not each time.

The library runs a dozen and a half patterns over every text. What they make of a cluster of marks depends on
a few characters beside it, and of most of those on their class only: the library is asked about the
cluster in surroundings of that kind, and its answer is remembered.
"""

import re
from functools import lru_cache
from html import unescape
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString, HtmlStash, Registry

# Marks less than four characters apart are one cluster: no pattern looks further than three ahead.
_MARKS: Final = re.compile(r"""(?:['"]|--+|\.{3,})(?:.{0,3}(?:['"]|--+|\.{3,}))*""", re.DOTALL)
_ONLY_QUOTES: Final = re.compile(r"""['"](?:.{0,3}['"])*""", re.DOTALL)  # the same without -- and ..., but faster
_ENTITIES: Final = ("&nbsp;", "&mdash;", "&ndash;", "&#8211;", "&#8212;")  # one before a quote makes it an opening one
_CLASSES: Final = str.maketrans("bcdefghijklmnopqrtuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123456789", "a" * 50 + "0" * 9)
_LONGEST_REMEMBERED: Final = 40
_NAME: Final = re.compile(r"smarty-(?:quotes-\d+|em-dashes|en-dashes|ellipses)")
_SIGNS: Final = tuple(
    (f"&{name};", unescape(f"&{name};"))
    for name in ("lsquo", "rsquo", "ldquo", "rdquo", "ndash", "mdash", "hellip", "laquo", "raquo")
)


class Typography:
    """The decisions of one `smarty`, which has to be one that is known."""

    def __init__(self, md: Markdown, smarty: InlineProcessor) -> None:
        self._md, self._smarty = md, smarty
        self._remembered = lru_cache(maxsize=4096)(self._decide)

    def is_known(self) -> bool:
        """Whether its patterns look for quotes, dashes and dots, and put entities in their places."""
        patterns: Registry[Any] = self._smarty.inlinePatterns
        names = [name for name, _ in patterns._priority]  # type: ignore[attr-defined]  # noqa: SLF001 - no other way
        pieces = [piece for pattern in patterns for piece in pattern.replace if isinstance(piece, str)]
        return all(map(_NAME.fullmatch, names)) and all(re.fullmatch(r"(?:&[a-z]+;)+", piece) for piece in pieces)

    def apply(self, text: str) -> str:
        """The text of one node with entities in the places of its marks."""
        if ("-" in text and "--" in text) or "..." in text:
            return _MARKS.sub(self._replace, text)
        if "'" in text or '"' in text:
            return _ONLY_QUOTES.sub(self._replace, text)
        return text

    def _replace(self, cluster: re.Match[str]) -> str:
        start, end = cluster.span()
        decide = self._remembered if end - start <= _LONGEST_REMEMBERED else self._decide
        return decide(_before(cluster.string, start), cluster[0], _after(cluster.string, end))

    def _decide(self, before: str, cluster: str, after: str) -> str:
        """What the library makes of the cluster; the stash is put aside meanwhile, so that no entity stays in it."""
        root = Element("div")
        paragraph = SubElement(root, "p")
        paragraph.text = before + cluster + after
        stash, self._md.htmlStash = self._md.htmlStash, HtmlStash()
        try:
            self._smarty.run(root)
            entities = self._md.htmlStash.rawHtmlBlocks
        finally:
            self._md.htmlStash = stash
        text = HTML_PLACEHOLDER_RE.sub(lambda placeholder: str(entities[int(placeholder[1])]), paragraph.text)
        return text[len(before) : len(text) - len(after)]


class Quotes(Treeprocessor):
    """Takes the place of `smarty` in the library: its decisions, in all texts of the tree that are not atomic."""

    def __init__(self, typography: Typography, md: Markdown) -> None:
        super().__init__(md)
        self._typography = typography

    def run(self, root: Element) -> None:
        """Puts entities in the places of the marks."""
        for element in root.iter():
            if element.text and not isinstance(element.text, AtomicString):
                element.text = self._typography.apply(element.text)
            if element.tail and not isinstance(element.tail, AtomicString):
                element.tail = self._typography.apply(element.tail)


class Signs(Typography):
    """The same, with the signs themselves in place of their entities: in texts that hold no entities of their own."""

    def _decide(self, before: str, cluster: str, after: str) -> str:
        decided = super()._decide(before, cluster, after)
        for entity, sign in _SIGNS:
            decided = decided.replace(entity, sign)
        return decided


def _before(text: str, start: int) -> str:
    """The last character before `start` or one of its class, "" at the beginning; an entity if it counts as one."""
    last = text[start - 1 : start] if start else ""
    if last == ";" and text.endswith(_ENTITIES, 0, start):
        return text[text.rindex("&", 0, start) : start]
    return "a" if last.isalnum() else last


def _after(text: str, end: int) -> str:
    """As much of what follows `end` as can matter: 's and '80s do, other letters are all alike."""
    first = text[end : end + 1]
    if first.isalpha() and first != "s":
        return "a"
    return text[end : end + (3 if first.isdecimal() else 2)].translate(_CLASSES)
