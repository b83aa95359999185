"""An extension of `markdown` that gives the same bytes several times faster: it skips work that can't have an effect.

News is nearly all plain paragraphs, and the library takes each of them through a dozen block processors,
a tree, some thirty patterns and a serialiser. Here, in the order of what it saves:

- Headings and paragraphs with nothing in them but words, plain links and plain emphasis are written at once
  (`_Paragraphs`). One placeholder stands in the tree for a run of them; `_Restore` puts them back.
- Typographic quotes, half of the library's time, are looked up (`Typography`).
- Patterns, preprocessors and walks through the tree wait until the characters that they look for are there.

The library is left to itself where its processors are not those that are known here (`_is_known`).
Now and then it loses track of its own placeholders, and they are a part of what it gives. That's why they keep
their numbers here (`_Inline`), and why it does a text all over if some are left at the end (`_Restore`).
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, cast
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown, __version_info__
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension, FootnoteTreeprocessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX, AtomicString, Registry

from generator.pipeline.clean.plain import (
    OpenLink,
    Plain,
    Whole,
    is_paragraph,
    is_untidy,
    may_hold_a_fence,
    may_hold_html,
)
from generator.pipeline.clean.typography import Signs, Typography

if TYPE_CHECKING:
    from markdown.inlinepatterns import Pattern

_VERSIONS: Final = ((3, 6), (3, 11))  # the first and the last that the tests were run with
_PREPROCESSORS: Final = ("normalize_whitespace", "fenced_code_block", "html_block")
_BLOCKS: Final = (
    *("empty", "indent", "code", "table", "hashheader", "setextheader", "hr", "olist", "ulist", "quote"),
    *("footnote", "reference", "paragraph"),
)
_TREES: Final = ("footnote", "inline", "footnote-reorder", "footnote-duplicate", "prettify", "smarty", "unescape")
_POSTPROCESSORS: Final = ("raw_html", "footnote", "amp_substitute")
_NEEDS: Final = {  # in the order in which they run: of what a text has to hold at least one of
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("](",),
    "image_link": ("](",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "not_strong": ("*", "_"),
    "em_strong": ("*", "_"),
    "em_strong2": ("_",),
}
_IN_SOME_VERSIONS: Final = frozenset({"not_strong", "em_strong2", "footnote-reorder"})
_REFERENCES: Final = frozenset({"reference", "image_reference", "short_reference", "short_image_ref"})

_PREFIX: Final = f"{STX}shortcut:"
_PLACED: Final = re.compile(rf"<p>{_PREFIX}(\d+){ETX}</p>")


class ShortcutsExtension(Extension):
    """Makes a `Markdown` faster if it is one that is known: with tables, footnotes, fenced_code, sane_lists, smarty."""

    in_use: bool | None = None  # not yet decided

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Waits for the other extensions: only then can be seen what is there."""
        self._md = md
        md.registerExtension(self)

    def reset(self) -> None:
        """Called at the end of the construction, and before every text."""
        if self.in_use is None:
            self.in_use = _is_known(self._md)
            if self.in_use:
                self._whole = Whole(Signs(self._md, _smarty(self._md)))  # the library's, which is replaced now
                self._text = _install(self._md)

    def written_at_once(self, text: str, open_link: OpenLink) -> tuple[str, str] | None:
        """What a sanitiser leaves of what `convert` gives for a text of plain blocks, and its words; else None.

        Those are headings, paragraphs, lists and quotations. A link is opened by what `open_link` gives for its
        escaped url; where that is None, so is the result. There are no tags but theirs, `em` and `strong`.
        """
        return self._whole.write(text, self._text.place, open_link) if self.in_use else None


def makeExtension(**kwargs: Any) -> ShortcutsExtension:  # noqa: N802 - the library's name
    """What the library calls when it is given the name of this module."""
    return ShortcutsExtension(**kwargs)


def _install(md: Markdown) -> "_Text":
    """Puts the shortcuts in the places of what they shorten, at the same priorities."""
    footnotes, typography = _footnotes(md), _typography(md)
    text = _Text(str(footnotes.getConfig("PLACE_MARKER")), Plain(typography))
    before, blocks, trees = md.preprocessors, md.parser.blockprocessors, md.treeprocessors
    before.register(_Whitespace(before["normalize_whitespace"], text), "normalize_whitespace", 30)
    before.register(_OnDemand(before["fenced_code_block"], may_hold_a_fence), "fenced_code_block", 25)
    before.register(_OnDemand(before["html_block"], may_hold_html), "html_block", 20)
    blocks.register(_Paragraphs(md.parser, blocks["paragraph"], text), "shortcut", 110)
    trees.register(_Inline(md, text, footnotes), "inline", 20)
    trees.register(_Quotes(trees["smarty"], text, typography), "smarty", 6)
    trees.register(_Unescape(md, text), "unescape", 0)
    md.postprocessors.register(_Restore(md, text), "shortcut", -10)
    return text


def _is_known(md: Markdown) -> bool:
    """Whether it is a library, a set of extensions and a configuration that the shortcuts were tried with."""
    return (
        _VERSIONS[0] <= __version_info__[:2] <= _VERSIONS[1]
        and md.output_format == "html"
        and md.tab_length == 4  # noqa: PLR2004 - the tab of Markdown
        and _has_exactly(md.preprocessors, _PREPROCESSORS)
        and _has_exactly(md.parser.blockprocessors, _BLOCKS)
        and _has_exactly(md.inlinePatterns, tuple(_NEEDS))
        and _has_exactly(md.treeprocessors, _TREES)
        and _has_exactly(md.postprocessors, _POSTPROCESSORS)
        and hasattr(InlineProcessor, "_InlineProcessor__handleInline")
        and hasattr(InlineProcessor, "_InlineProcessor__applyPattern")
        and not _footnotes(md).getConfig("UNIQUE_IDS")  # they count the texts
        and _typography(md).is_known()
    )


def _footnotes(md: Markdown) -> FootnoteExtension:
    return cast("FootnoteTreeprocessor", md.treeprocessors["footnote"]).footnotes


def _typography(md: Markdown) -> Typography:
    return Typography(md, _smarty(md))


def _smarty(md: Markdown) -> InlineProcessor:
    return cast("InlineProcessor", md.treeprocessors["smarty"])


def _has_exactly(registry: Registry[Any], names: tuple[str, ...]) -> bool:
    """Whether the library's own processors of these names are there, in this order, and no others."""
    there = [name for name in names if name in registry]
    return (
        _IN_SOME_VERSIONS.issuperset(set(names).difference(there))
        and [registry.get_index_for_name(name) for name in there] == list(range(len(registry)))
        and all(type(item).__module__.startswith("markdown.") for item in registry)
    )


class _Text:
    """What is known of the text that is being converted."""

    def __init__(self, place: str, plain: Plain) -> None:
        self.left_to_the_library = False
        self.plain = plain
        self.place = place  # what stands in a text where its footnotes belong
        self.begin([], "")

    def begin(self, source: list[str], text: str) -> None:
        """Forgets the text before."""
        self.plain.begin()
        self.source = source
        self.written: list[str] = []  # the HTML of each run of blocks that are not in the tree,
        self.elements: list[int] = []  # and how many links and emphases are in it
        self.has_escapes = "\\" in text
        self.has_place_for_footnotes = self.place in text


class _Whitespace(Preprocessor):
    """The first to see a text: normalises it only if there is something to normalise."""

    def __init__(self, library: Preprocessor, text: _Text) -> None:
        super().__init__(library.md)
        self._library, self._text = library, text

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines) + "\n\n"
        if is_untidy(text):
            text = "\n".join(self._library.run(lines))
        self._text.begin(lines, text)
        return [text]  # as if it were a line: all who follow join the lines first


class _OnDemand(Preprocessor):
    """A preprocessor that is asked only if the text may hold what it looks for."""

    def __init__(self, library: Preprocessor, is_needed: Callable[[str], bool]) -> None:
        super().__init__(library.md)
        self._library, self._is_needed = library, is_needed

    def run(self, lines: list[str]) -> list[str]:
        return self._library.run(lines) if self._is_needed("\n".join(lines)) else lines


class _Paragraphs(BlockProcessor):
    """Writes headings and paragraphs that are plain text, and knows other paragraphs without asking around."""

    def __init__(self, parser: BlockParser, library: BlockProcessor, text: _Text) -> None:
        super().__init__(parser)
        self._library, self._text = library, text

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - the library's interface
        return not self._text.left_to_the_library

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        is_top = parent is self.parser.root and not self._text.has_place_for_footnotes
        if is_top and self._write(parent, blocks):
            return True
        return self._library.run(parent, blocks) if is_paragraph(blocks[0]) else False

    def _write(self, parent: Element, blocks: list[str]) -> bool:
        """Takes as many blocks as possible away, and leaves one paragraph for all of them in the tree."""
        if blocks[0][:1] in {"", "\n"} and len(parent) and parent[-1].tag == "pre":
            return False  # code takes blank lines in
        plain = self._text.plain
        written: list[str] = []
        taken = plain.elements = 0
        for block in blocks:
            text = block.lstrip("\n")
            html = plain.block(text) if text else None
            if html:
                written.append(html)
            elif text:
                # The library keeps a state while it pairs * and _, and nothing says that it ends with the text.
                plain.emphasis_is_clean &= not ("*" in text or "_" in text)
                break
            taken += 1
        del blocks[:taken]
        if written:
            SubElement(parent, "p").text = f"{_PREFIX}{len(self._text.written)}{ETX}"
            self._text.written.append("\n".join(written))
            self._text.elements.append(plain.elements)
        return taken > 0


class _Inline(InlineProcessor):
    """Applies a pattern only to texts that hold the characters that it needs."""

    def __init__(self, md: Markdown, text: _Text, footnotes: FootnoteExtension) -> None:
        super().__init__(md)
        self._text, self._footnotes = text, footnotes
        there = (name for name in _NEEDS if name in md.inlinePatterns)
        self._all = [(index, name, md.inlinePatterns[name], _NEEDS[name]) for index, name in enumerate(there)]
        self._usable: list[tuple[int, Pattern, str, str]] = []

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        without: frozenset[str] = frozenset() if self.md.references else _REFERENCES
        if not self._footnotes.footnotes:
            without |= {"footnote"}
        self._usable = [
            (index, pattern, needs[0], needs[-1]) for index, name, pattern, needs in self._all if name not in without
        ]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """What the library's method of this name does; called for each text of the tree."""
        if isinstance(data, AtomicString):
            return data
        if data.startswith(_PREFIX):
            self._skip_numbers(self._text.elements[int(data[len(_PREFIX) : -1])])
            return data
        for index, pattern, one, other in self._usable:
            if index >= patternIndex and (one in data or other in data):
                matched, start = True, 0
                while matched:
                    data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                        pattern, data, index, start
                    )
        return data

    def _skip_numbers(self, count: int) -> None:
        """Takes the numbers that the elements of a run would have had; STX shows if one of them ever comes up."""
        for number in range(len(self.stashed_nodes), len(self.stashed_nodes) + count):
            self.stashed_nodes[f"{number:04d}"] = STX


class _Quotes(Treeprocessor):
    """Typographic quotes in the texts that are left in the tree."""

    def __init__(self, library: Treeprocessor, text: _Text, typography: Typography) -> None:
        super().__init__(library.md)
        self._library, self._text, self._typography = library, text, typography

    def run(self, root: Element) -> Element | None:
        if self._text.left_to_the_library:
            return self._library.run(root)
        elements = root.iter()
        next(elements)  # the root itself has no text
        for element in elements:
            if element.text and not isinstance(element.text, AtomicString):
                element.text = self._typography.apply(element.text)
            if element.tail and not isinstance(element.tail, AtomicString):
                element.tail = self._typography.apply(element.tail)
        return None


class _Unescape(UnescapeTreeprocessor):
    """Goes through the tree only if there was a backslash in the text."""

    def __init__(self, md: Markdown, text: _Text) -> None:
        super().__init__(md)
        self._text = text

    def run(self, root: Element) -> Element | None:
        return super().run(root) if self._text.has_escapes else None


class _Restore(Postprocessor):
    """Puts back what was written, and has the library do a text all over if it lost track of placeholders."""

    def __init__(self, md: Markdown, text: _Text) -> None:
        super().__init__(md)
        self._text = text

    def run(self, text: str) -> str:
        if self._text.left_to_the_library:
            return text
        if written := self._text.written:
            text = _PLACED.sub(lambda placeholder: written[int(placeholder[1])], text)
        return self._all_over() if STX in text or ETX in text else text

    def _all_over(self) -> str:
        self._text.left_to_the_library = True
        try:
            return self.md.reset().convert("\n".join(self._text.source))
        finally:
            self._text.left_to_the_library = False
