"""The lines of a text -> its blocks, by the rules of CommonMark 0.31 (sections 4 and 5).

Each line is read once: by the containers that are open (quotations, items), which take their marks and their
indentation away; then by what begins on it; the rest is text of the innermost block.
Further than CommonMark go tables (GitHub), footnotes, definitions and abbreviations (PHP Markdown Extra).
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from generator.commonmark import html, nodes, tables
from generator.commonmark.lines import CODE_INDENT, Line

MOST_NESTED: Final = 100  # containers in each other; marks further in are text, which keeps the time linear

_ATX: Final = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_ATX_END: Final = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_SETEXT: Final = re.compile(r"(=+|-+)[ \t]*$")
_RULE: Final = re.compile(r"(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$|(?:-[ \t]*){3,}$")
_FENCE: Final = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_BULLET: Final = re.compile(r"()([*+-])(?=[ \t]|$)")
_NUMBER: Final = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")
_FOOTNOTE: Final = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_MEANING: Final = re.compile(r":[ \t]+(?=\S)")
_LONGEST_TERM: Final = 60  # characters; a longer line above a colon is a sentence
_MOST_BLANKS: Final = 4  # after the mark of an item; with more of them, its text begins with code

# What a line that may begin something has begun.
_NOTHING: Final = 0
_LEAF: Final = 1  # it has taken the line
_CONTAINER: Final = 2  # something else may begin in it, on the same line

_Start: TypeAlias = Callable[["Reader", Line], int]


class Reader:
    """Reads one text. `define` takes a paragraph that ends and gives back what is left without its definitions."""

    def __init__(self, define: Callable[[str], str]) -> None:
        self._define = define
        self._path: list[nodes.Block] = [nodes.Document(0)]  # the containers that are open
        self._leaf: nodes.Block | None = None  # the open block of text in the innermost of them
        self._depth = 1  # how many of them the line belongs to
        self._number = 0
        self._ends_html: re.Pattern[str] | None = None
        self.open_fence = 0  # the line of a fence, a comment or a `<pre>` that is never closed

    def read(self, lines: Iterable[str]) -> nodes.Block:
        """The document."""
        for text in lines:
            self._number += 1
            self._take(text)
        leaf = self._leaf
        if isinstance(leaf, nodes.Fenced) or (isinstance(leaf, nodes.Html) and leaf.is_literal):
            self.open_fence = leaf.start if "".join(leaf.lines).strip() else 0
        self._close_leaf()
        return self._path[0]

    # A line

    def _take(self, text: str) -> None:
        leaf = self._leaf
        if type(leaf) is nodes.Paragraph and len(self._path) == 1 and text[:1].isalpha():
            leaf.lines.append(text)  # nine of ten lines
            leaf.end = self._number
            return
        line = Line(text)
        self._depth = 1
        while self._depth < len(self._path) and self._goes_on(self._path[self._depth], line):
            self._depth += 1
        if not (self._is_whole and self._leaf is not None and self._is_taken(self._leaf, line)):
            self._begin(line)
        if text.strip(" \t"):
            self._touch()

    @property
    def _is_whole(self) -> bool:
        """Whether the line belongs to all containers that are open."""
        return self._depth == len(self._path)

    @property
    def _in_paragraph(self) -> bool:
        return self._is_whole and type(self._leaf) is nodes.Paragraph

    @property
    def _takes_any_indent(self) -> bool:
        leaf = self._leaf
        return isinstance(leaf, nodes.Paragraph) or (self._is_whole and isinstance(leaf, nodes.Table))

    def _touch(self) -> None:
        for block in self._path:
            block.end = self._number
        if self._leaf is not None:
            self._leaf.end = self._number

    def _goes_on(self, block: nodes.Block, line: Line) -> bool:
        """Whether a container takes the line, without its mark or its indentation."""
        if isinstance(block, nodes.Quote):
            return _skip_quote_mark(line)
        assert isinstance(block, nodes.Item | nodes.Meaning)
        if line.is_blank:
            return bool(block.children)  # an item may begin with one blank line, not with two
        if line.indent() < block.offset:
            return False
        line.skip(block.offset)
        return True

    def _is_taken(self, leaf: nodes.Block, line: Line) -> bool:
        """Whether the open block of text takes the line before anything else may begin on it."""
        if isinstance(leaf, nodes.Fenced):
            return self._take_fenced(leaf, line)
        if isinstance(leaf, nodes.Html):
            return self._take_html(leaf, line)
        if isinstance(leaf, nodes.Indented | nodes.Footnote):
            if not line.is_blank and line.indent() < CODE_INDENT:
                return False
            line.skip(min(CODE_INDENT, line.indent()))
            leaf.lines.append(line.rest)
            return True
        return False

    def _take_fenced(self, leaf: nodes.Fenced, line: Line) -> bool:
        text = line.rest
        if re.fullmatch(rf" {{0,3}}{leaf.fence[0]}{{{len(leaf.fence)},}}[ \t]*", text):
            self._touch()
            self._leaf = None
        else:
            blanks = len(text) - len(text.lstrip(" "))
            leaf.lines.append(text[min(blanks, leaf.indent) :])
            self._touch()  # its blank lines are no gaps of the list around it
        return True

    def _take_html(self, leaf: nodes.Html, line: Line) -> bool:
        if self._ends_html is None and line.is_blank:
            self._leaf = None
            return False
        leaf.lines.append(line.rest)
        leaf.end = self._number
        if self._ends_html is not None and self._ends_html.search(line.rest):
            self._touch()
            self._leaf = None
        return True

    # What begins on a line

    def _begin(self, line: Line) -> None:
        """Opens what begins here, one in the other; what is left of the line is text."""
        while not line.is_blank:
            if line.indent() >= CODE_INDENT:
                if self._takes_any_indent:
                    break
                line.skip(CODE_INDENT)
                self._open_leaf(nodes.Indented(self._number, lines=[line.rest]))
                return
            begun = _NOTHING
            for start in _STARTS.get(line.text[line.place + line.indent()], ()):
                begun = begun or start(self, line)
            if begun == _LEAF:
                return
            if begun == _NOTHING:
                break
        self._add(line)

    def _add(self, line: Line) -> None:
        text = line.rest.strip(" \t") if line.is_blank else line.rest.lstrip(" \t")
        if not self._is_whole and text and isinstance(self._leaf, nodes.Paragraph):
            self._leaf.lines.append(text)  # a lazy line: the marks of its containers were left out
            return
        self._close_beyond()
        leaf = self._leaf
        if not text:
            if not isinstance(leaf, nodes.Footnote):
                self._close_leaf()
        elif isinstance(leaf, nodes.Paragraph | nodes.Table) or (
            isinstance(leaf, nodes.Footnote) and leaf.lines[-1].strip()
        ):
            leaf.lines.append(text)
        else:
            self._open_leaf(nodes.Paragraph(self._number, lines=[text]))

    def _start_quote(self, line: Line) -> int:
        if len(self._path) > MOST_NESTED or not _skip_quote_mark(line):
            return _NOTHING
        self._open(nodes.Quote(self._number))
        return _CONTAINER

    def _start_heading(self, line: Line) -> int:
        mark = _ATX.match(line.text, line.place + line.indent())
        if not mark:
            return _NOTHING
        text = _ATX_END.sub("", line.text[mark.end() :].rstrip(" \t"))
        self._open_leaf(nodes.Heading(self._number, lines=[text], level=len(mark[1])))
        self._leaf = None
        return _LEAF

    def _start_fence(self, line: Line) -> int:
        indent = line.indent()
        mark = _FENCE.match(line.text, line.place + indent)
        if not mark:
            return _NOTHING
        fence, info = (mark[1], mark[2]) if mark[1] else (mark[3], mark[4])
        self._open_leaf(nodes.Fenced(self._number, fence=fence, indent=indent, info=info.strip()))
        return _LEAF

    def _start_html(self, line: Line) -> int:
        ends = html.starts_block(
            line.text[line.place + line.indent() :], interrupts=type(self._leaf) is nodes.Paragraph
        )
        if ends is None:
            return _NOTHING
        self._ends_html = None if ends is html.AT_BLANK_LINE else ends
        self._open_leaf(nodes.Html(self._number, lines=[line.rest], is_literal=self._ends_html is not None))
        if self._ends_html is not None and self._ends_html.search(line.rest):
            self._touch()
            self._leaf = None
        return _LEAF

    def _start_underline(self, line: Line) -> int:
        """A line below a paragraph that makes it a heading."""
        mark = _SETEXT.match(line.text, line.place + line.indent())
        if not mark or not self._in_paragraph:
            return _NOTHING
        paragraph = self._leaf
        self._close_leaf()
        last = self._path[-1].children[-1]
        if not isinstance(last, nodes.Paragraph) or last is not paragraph:
            return _NOTHING  # there were definitions and nothing else
        level = 1 if mark[1][0] == "=" else 2
        self._path[-1].children[-1] = nodes.Heading(last.start, self._number, lines=last.lines, level=level)
        return _LEAF

    def _start_rule(self, line: Line) -> int:
        if not _RULE.match(line.text, line.place + line.indent()):
            return _NOTHING
        self._open_leaf(nodes.Rule(self._number))
        self._leaf = None
        return _LEAF

    def _start_item(self, line: Line) -> int:
        indent = line.indent()
        at = line.place + indent
        mark = _BULLET.match(line.text, at) or _NUMBER.match(line.text, at)
        if not mark or len(self._path) > MOST_NESTED:
            return _NOTHING
        number, marker = mark.groups()
        is_empty = not line.text[mark.end() :].strip(" \t")
        if self._in_paragraph and (is_empty or int(number or 1) != 1):
            return _NOTHING  # a wrapped line may begin with any number
        line.skip(mark.end() - line.place)
        blanks = 1 if is_empty or line.indent() > _MOST_BLANKS else line.indent()
        if not is_empty:
            line.skip(blanks)
        self._open_item(nodes.Item(self._number, offset=indent + mark.end() - at + blanks), number, marker)
        return _CONTAINER

    def _open_item(self, item: nodes.Item, number: str, marker: str) -> None:
        self._close_beyond()
        self._close_leaf()
        parent = self._path[-1]
        last = parent.children[-1] if parent.children else None
        if not isinstance(last, nodes.Items) or last.marker != marker:
            last = nodes.Items(self._number, marker=marker, number=int(number) if number else None)
            parent.children.append(last)
        last.children.append(item)
        self._push(item)

    def _start_table(self, line: Line) -> int:
        """The second line of a table, below its header."""
        if not self._in_paragraph or self._leaf is None:
            return _NOTHING
        alignments = tables.alignments_of(line.rest, self._leaf.lines[-1])
        if not alignments:
            return _NOTHING
        header = self._leaf.lines.pop()
        start = self._number - 1
        if not self._leaf.lines:
            self._path[-1].children.pop()
        else:
            self._close_leaf()
        self._leaf = None
        self._open_leaf(nodes.Table(start, lines=[header], alignments=alignments))
        return _LEAF

    def _start_footnote(self, line: Line) -> int:
        mark = _FOOTNOTE.match(line.text, line.place + line.indent())
        if not mark:
            return _NOTHING
        self._open_leaf(nodes.Footnote(self._number, lines=[line.text[mark.end() :]], label=mark[1]))
        return _LEAF

    def _start_meaning(self, line: Line) -> int:
        mark = _MEANING.match(line.text, line.place + line.indent())
        if not mark or len(self._path) > MOST_NESTED:
            return _NOTHING
        children = self._path[self._depth - 1].children
        is_loose = bool(children) and nodes.end_of(children[-1]) < self._number - 1
        definitions = self._definitions()
        if definitions is None:
            return _NOTHING
        meaning = nodes.Meaning(self._number, offset=mark.end() - line.place, is_loose=is_loose)
        line.skip(meaning.offset)
        definitions.children.append(meaning)
        self._push(meaning)
        return _CONTAINER

    def _definitions(self) -> nodes.Definitions | None:
        """The list of definitions that goes on here, or that the paragraph above begins as its term."""
        parent = self._path[self._depth - 1]
        last = parent.children[-1] if parent.children else None
        if isinstance(last, nodes.Definitions):
            self._close_beyond()
            self._close_leaf()
            return last
        if not isinstance(last, nodes.Paragraph) or last.end < self._number - 2:
            return None
        if max(map(len, last.lines)) > _LONGEST_TERM:
            return None
        self._close_beyond()
        self._leaf = None
        terms: list[nodes.Block] = [nodes.Term(last.start, last.end, lines=[text]) for text in last.lines]
        parent.children.pop()
        above = parent.children[-1] if parent.children else None
        if not isinstance(above, nodes.Definitions):
            above = nodes.Definitions(last.start)
            parent.children.append(above)
        above.children.extend(terms)
        return above

    # Opening and closing

    def _open(self, container: nodes.Block) -> None:
        self._close_beyond()
        self._close_leaf()
        self._path[-1].children.append(container)
        self._push(container)

    def _push(self, container: nodes.Block) -> None:
        self._path.append(container)
        self._depth = len(self._path)

    def _open_leaf(self, leaf: nodes.Block) -> None:
        self._close_beyond()
        self._close_leaf()
        leaf.end = self._number
        self._path[-1].children.append(leaf)
        self._leaf = leaf

    def _close_beyond(self) -> None:
        """Closes the containers that the line doesn't belong to."""
        if not self._is_whole:
            self._close_leaf()
            del self._path[self._depth :]

    def _close_leaf(self) -> None:
        leaf, self._leaf = self._leaf, None
        if type(leaf) is nodes.Paragraph and leaf.lines[0][:1] in {"[", "*"}:
            rest = self._define(leaf.text)
            leaf.lines = rest.split("\n")
            if not rest:
                siblings = self._path[-1].children
                siblings[-1] = nodes.Nothing(leaf.start, leaf.end)


def _skip_quote_mark(line: Line) -> bool:
    indent = line.indent()
    if indent >= CODE_INDENT or line.text[line.place + indent : line.place + indent + 1] != ">":
        return False
    line.skip(indent + 1)
    line.skip(min(1, line.indent()))
    return True


_ITEM: Final[tuple[_Start, ...]] = (Reader._start_item,)  # noqa: SLF001 - the table of its own methods
_STARTS: Final[dict[str, tuple[_Start, ...]]] = {
    ">": (Reader._start_quote,),  # noqa: SLF001
    "#": (Reader._start_heading,),  # noqa: SLF001
    "`": (Reader._start_fence,),  # noqa: SLF001
    "~": (Reader._start_fence,),  # noqa: SLF001
    "<": (Reader._start_html,),  # noqa: SLF001
    "=": (Reader._start_underline,),  # noqa: SLF001
    "-": (Reader._start_underline, Reader._start_table, Reader._start_rule, Reader._start_item),  # noqa: SLF001
    "*": (Reader._start_rule, Reader._start_item),  # noqa: SLF001
    "_": (Reader._start_rule,),  # noqa: SLF001
    "+": _ITEM,
    **dict.fromkeys("0123456789", _ITEM),
    "|": (Reader._start_table,),  # noqa: SLF001
    ":": (Reader._start_table, Reader._start_meaning),  # noqa: SLF001
    "[": (Reader._start_footnote,),  # noqa: SLF001
}
