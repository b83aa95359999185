"""Blocks -> the tree of elements that the library goes on with; texts in it are not yet read."""

import re
from collections.abc import Callable
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString, code_escape

from generator.commonmark import nodes, tables
from generator.commonmark.references import plain

_ATTRIBUTES: Final = re.compile(r"(?:^|[ \t]+)\{:?[ \t]*([#.][^{}]*)\}[ \t]*$")  # of a heading: {#id .class}
_ID: Final = re.compile(r"#([^\s#.{}]+)")
_TASK: Final = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_ALERT: Final = re.compile(r"\[!([a-zA-Z]{2,20})\][+-]?(?:[ \t]+(\S.*))?[ \t]*\Z")
_ALERTS: Final = frozenset({"note", "tip", "important", "warning", "caution"})  # GitHub's
_KINDS: Final = {  # how Obsidian calls more of them
    **dict.fromkeys(("info", "todo", "abstract", "summary", "tldr", "example", "quote", "cite"), "note"),
    **dict.fromkeys(("hint", "success", "check", "done"), "tip"),
    **dict.fromkeys(("question", "help", "faq"), "important"),
    "attention": "warning",
    **dict.fromkeys(("failure", "fail", "missing", "danger", "error", "bug"), "caution"),
}
_LANGUAGE: Final = re.compile(r"\{?\.?([\w+#.-]+)")
_MOST_CELLS: Final = 65_536  # that are made for rows which are shorter than the header


class Builder:
    """Makes elements of blocks; HTML goes to the library's stash, footnotes to its extension."""

    def __init__(self, stash: Callable[[str], str], note: Callable[[str, str], None]) -> None:
        self._stash, self._note = stash, note
        self.surplus: list[str] = []  # texts of cells for which their table has no column
        self._made_cells = 0
        self._labels: set[str] = set()  # of footnotes

    def build(self, parent: Element, block: nodes.Block) -> None:
        """Puts the children of a block into an element."""
        for child in block.children:
            _BUILD[type(child)](self, parent, child)

    def _paragraph(self, parent: Element, block: nodes.Paragraph) -> None:
        SubElement(parent, "p").text = block.text.rstrip()

    def _heading(self, parent: Element, block: nodes.Heading) -> None:
        element = SubElement(parent, f"h{block.level}")
        text = block.text.strip()
        if text.endswith("}") and (attributes := _ATTRIBUTES.search(text)):
            text = text[: attributes.start()]
            if own := _ID.search(attributes[1]):
                element.set("id", own[1])
        element.text = text

    def _rule(self, parent: Element, _block: nodes.Rule) -> None:
        SubElement(parent, "hr")

    def _indented(self, parent: Element, block: nodes.Indented) -> None:
        self._code(parent, block.text.strip("\n"))

    def _fenced(self, parent: Element, block: nodes.Fenced) -> None:
        language = _LANGUAGE.match(plain(block.info))
        self._code(parent, block.text, language[1].lower() if language else "")

    def _code(self, parent: Element, text: str, language: str = "") -> None:
        code = SubElement(SubElement(parent, "pre"), "code")
        if language:
            code.set("class", f"language-{language}")
        code.text = AtomicString(code_escape(text) + "\n")

    def _html(self, parent: Element, block: nodes.Html) -> None:
        _add_text(parent, f"\n{self._stash(block.text)}\n")

    def _quote(self, parent: Element, block: nodes.Quote) -> None:
        quote = SubElement(parent, "blockquote")
        first = block.children[0] if block.children else None
        alert = _ALERT.match(first.lines[0]) if isinstance(first, nodes.Paragraph) else None
        kind = alert[1].lower() if alert else ""
        kind = _KINDS.get(kind, kind)
        if alert and first and kind in _ALERTS:
            quote.set("class", f"alert alert-{kind}")
            SubElement(quote, "p", {"class": "alert-title"}).text = alert[2] or alert[1].capitalize()
            del first.lines[0]
            if not first.lines:
                del block.children[0]
        self.build(quote, block)

    def _items(self, parent: Element, block: nodes.Items) -> None:
        element = SubElement(parent, "ul" if block.number is None else "ol")
        if block.number not in {None, 1}:
            element.set("start", str(block.number))
        is_loose = block.is_loose
        for child in block.children:
            self._item(SubElement(element, "li"), child, is_loose=is_loose)

    def _item(self, item: Element, block: nodes.Block, *, is_loose: bool) -> None:
        self._task(item, block)
        for child in block.children:
            if isinstance(child, nodes.Paragraph) and not is_loose:
                _add_text(item, child.text.rstrip())
            else:
                _BUILD[type(child)](self, item, child)

    def _task(self, item: Element, block: nodes.Block) -> None:
        """A box before the text of an item that is a task."""
        first = block.children[0] if block.children else None
        task = _TASK.match(first.lines[0]) if isinstance(first, nodes.Paragraph) else None
        if task and first:
            item.set("class", "task")
            box = SubElement(item, "input", {"class": "task", "type": "checkbox", "disabled": "disabled"})
            if task[1] != " ":
                box.set("checked", "checked")
            box.tail = " "
            first.lines[0] = first.lines[0][task.end() :]

    def _table(self, parent: Element, block: nodes.Table) -> None:
        table = SubElement(parent, "table")
        self._row(SubElement(table, "thead"), "th", block.lines[0], block.alignments)
        if len(block.lines) > 1:
            body = SubElement(table, "tbody")
            for row in block.lines[1:]:
                self._row(body, "td", row, block.alignments)

    def _row(self, parent: Element, tag: str, row: str, alignments: tuple[str, ...]) -> None:
        element = SubElement(parent, "tr")
        cells = tables.cells_of(row)
        missing = max(0, len(alignments) - len(cells))
        self._made_cells += missing
        if self._made_cells < _MOST_CELLS:
            cells += [""] * missing
        self.surplus += filter(None, cells[len(alignments) :])
        for text, alignment in zip(cells, alignments, strict=False):
            cell = SubElement(element, tag, {"style": f"text-align: {alignment};"} if alignment else {})
            cell.text = text

    def _footnote(self, parent: Element, block: nodes.Footnote) -> None:
        """A note; a second one of a name is shown as it is written, since nothing refers to it."""
        if block.label in self._labels:
            SubElement(parent, "p").text = f"\\[^{block.label}]: {block.text.strip()}"
        else:
            self._labels.add(block.label)
            self._note(block.label, block.text.strip("\n"))

    def _definitions(self, parent: Element, block: nodes.Definitions) -> None:
        element = SubElement(parent, "dl")
        for child in block.children:
            if isinstance(child, nodes.Meaning):
                self._item(SubElement(element, "dd"), child, is_loose=child.is_loose or nodes.has_gaps(child.children))
            else:
                SubElement(element, "dt").text = child.text.strip()

    def _nothing(self, _parent: Element, _block: nodes.Block) -> None:
        pass


def _add_text(element: Element, text: str) -> None:
    """Adds text behind all that is in an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


_BUILD: Final[dict[type[nodes.Block], Callable[[Builder, Element, Any], None]]] = {
    nodes.Paragraph: Builder._paragraph,  # noqa: SLF001 - the table of its own methods
    nodes.Heading: Builder._heading,  # noqa: SLF001
    nodes.Rule: Builder._rule,  # noqa: SLF001
    nodes.Indented: Builder._indented,  # noqa: SLF001
    nodes.Fenced: Builder._fenced,  # noqa: SLF001
    nodes.Html: Builder._html,  # noqa: SLF001
    nodes.Quote: Builder._quote,  # noqa: SLF001
    nodes.Items: Builder._items,  # noqa: SLF001
    nodes.Table: Builder._table,  # noqa: SLF001
    nodes.Footnote: Builder._footnote,  # noqa: SLF001
    nodes.Definitions: Builder._definitions,  # noqa: SLF001
    nodes.Nothing: Builder._nothing,  # noqa: SLF001
}
