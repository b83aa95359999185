"""An extension of `markdown`: texts are read as CommonMark says, with what GitHub adds to it.

The library reads lists, fences and emphasis by rules of its own, which most programs for Markdown don't share.
With this extension its place for blocks (`Markdown.parser`) and its processor of texts (`inline`) are taken by others:

    lines -> [blocks: Reader] -> nodes -> [tree: Builder] -> elements -> [inlines] -> elements with their texts read

All else stays the library's: the stash of raw HTML, footnotes, typography, the serialiser.
Beside CommonMark 0.31 it knows tables, `~~struck~~`, addresses without marks, tasks and alerts (GitHub),
footnotes, lists of definitions and abbreviations (PHP Markdown Extra), and ids of headings.

Time is linear in the text, and nesting is bounded: texts are hostile.
"""

import re
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element, ElementTree

from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from generator.commonmark.abbreviations import Abbreviations
from generator.commonmark.blocks import Reader
from generator.commonmark.headings import HeadingIds
from generator.commonmark.inlines import Inlines
from generator.commonmark.references import ABBREVIATION, Target, definition_at
from generator.commonmark.tree import Builder

if TYPE_CHECKING:
    from markdown import Markdown

_REPLACED: Final = ("normalize_whitespace", "html_block", "fenced_code_block")


class CommonMarkExtension(Extension):
    """Makes a `Markdown` read CommonMark. Give it last: what others have registered for blocks is not asked."""

    def extendMarkdown(self, md: "Markdown") -> None:  # noqa: N802 - the library's name
        """Takes the places of the library's own parts."""
        md.registerExtension(self)
        self._parser = Blocks(md)
        for name in _REPLACED:
            if name in md.preprocessors:
                md.preprocessors.deregister(name)
        md.preprocessors.register(_Lines(md), "lines", 30)
        self._parser.blockprocessors = md.parser.blockprocessors  # where others register theirs: none is asked
        md.parser = self._parser
        for extension in md.registeredExtensions:
            if getattr(extension, "parser", None) is not None:
                extension.parser = self._parser  # type: ignore[attr-defined]
        md.treeprocessors.deregister("inline")
        md.treeprocessors.register(Inlines(md, self._parser.references), "inline", 20)
        md.treeprocessors.register(HeadingIds(md), "heading_ids", 18)
        md.treeprocessors.register(Abbreviations(md, self._parser.abbreviations), "abbreviations", 17)

    def reset(self) -> None:
        """Forgets what the text before has defined."""
        self._parser.references.clear()
        self._parser.abbreviations.clear()


def makeExtension(**kwargs: Any) -> CommonMarkExtension:  # noqa: N802 - the library's name
    """What the library calls when it is given the name of this module."""
    return CommonMarkExtension(**kwargs)


class Blocks(BlockParser):
    """Reads the blocks of a text, and what it defines."""

    def __init__(self, md: "Markdown") -> None:
        super().__init__(md)
        self.references: dict[str, Target] = {}
        self.abbreviations: dict[str, str] = {}
        self.open_fence = ""  # the line of a fence that the text before never closes
        self.surplus: list[str] = []  # texts of its cells for which their table has no column

    def parseDocument(self, lines: list[str]) -> ElementTree:  # type: ignore[override]  # noqa: N802
        """The tree of a text."""
        self.root = Element(self.md.doc_tag)
        self.surplus.clear()
        line = self._read(self.root, lines)
        self.open_fence = lines[line - 1] if line else ""
        return ElementTree(self.root)

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802 - the library's name
        """Puts a text of its own, such as a footnote, into an element."""
        self._read(parent, text.split("\n"))

    def _read(self, parent: Element, lines: list[str]) -> int:
        """Puts what lines say into an element; the number of the line of a fence that they never close, or 0."""
        reader = Reader(self._define)
        builder = Builder(self.md.htmlStash.store, self._note)
        builder.build(parent, reader.read(lines))
        self.surplus += builder.surplus
        return reader.open_fence

    def _define(self, text: str) -> str:
        """Takes the definitions from the beginning of a paragraph; gives what is left of it."""
        at = 0
        while at < len(text):
            if text[at] == "*" and (abbreviation := ABBREVIATION.match(text, at)):
                self.abbreviations.setdefault(abbreviation[1], abbreviation[2].strip())
                at = abbreviation.end()
            elif text[at] == "[" and (definition := definition_at(text, at)):
                label, target, at = definition
                self.references.setdefault(label, target)
            else:
                break
        return text[at:]

    def _note(self, label: str, text: str) -> None:
        for extension in self.md.registeredExtensions:
            if hasattr(extension, "setFootnote"):
                extension.setFootnote(label, text)


class _Lines(Preprocessor):
    """Lines without the marks that the library keeps for itself."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines).replace(STX, "").replace(ETX, "").replace("\0", "\N{REPLACEMENT CHARACTER}")
        return re.split("\r\n?|\n", text)
