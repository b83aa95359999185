"""Abbreviations in the texts of a tree: each gets what it is short for."""

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from markdown import Markdown


class Abbreviations(Treeprocessor):
    """Puts `<abbr>` around abbreviations, wherever they stand in a text as words."""

    def __init__(self, md: "Markdown", meanings: dict[str, str]) -> None:
        super().__init__(md)
        self._meanings = meanings

    def run(self, root: Element) -> None:
        """Goes through all texts that are not atomic."""
        if not self._meanings:
            return
        longest_first = sorted(self._meanings, key=lambda name: (-len(name), name))
        pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")
        for parent in list(root.iter()):
            if parent.tag == "abbr":
                continue
            for place in range(len(parent), 0, -1):
                child = parent[place - 1]
                if child.tail and not isinstance(child.tail, AtomicString):
                    child.tail = self._split(parent, place, pattern.split(child.tail))
            if parent.text and not isinstance(parent.text, AtomicString):
                parent.text = self._split(parent, 0, pattern.split(parent.text))

    def _split(self, parent: Element, place: int, parts: list[str]) -> str:
        """Puts the abbreviations of a text in at a place; gives the text before the first."""
        for number, (name, after) in enumerate(zip(parts[1::2], parts[2::2], strict=True)):
            meaning = self._meanings[name]
            element = Element("abbr", {"title": meaning} if meaning else {})
            element.text, element.tail = AtomicString(name), after
            parent.insert(place + number, element)
        return parts[0]
