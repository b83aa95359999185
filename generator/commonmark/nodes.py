"""The blocks of a text while it is read, line by line."""

from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(slots=True, eq=False)
class Block:
    """A part of a text: what it holds, and from which line to which it goes."""

    start: int
    end: int = 0  # the last line that isn't blank
    children: list["Block"] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own lines, as one."""
        return "\n".join(self.lines)


# Those that hold others


@dataclass(slots=True, eq=False)
class Document(Block):
    """The text as a whole."""


@dataclass(slots=True, eq=False)
class Quote(Block):
    """`> said`."""


@dataclass(slots=True, eq=False)
class Items(Block):
    """A list; its children are of the class Item."""

    marker: str = "-"  # or "*", "+", "." or ")": another mark begins another list
    number: int | None = None  # of the first item; None: bullets

    @property
    def is_loose(self) -> bool:
        """Whether there are blank lines between its items, or between the blocks of one of them."""
        return has_gaps(self.children) or any(has_gaps(item.children) for item in self.children)


@dataclass(slots=True, eq=False)
class Item(Block):
    """One item of a list."""

    offset: int = 0  # the columns by which its further lines are indented


@dataclass(slots=True, eq=False)
class Definitions(Block):
    """Terms and what they mean; its children are Term and Meaning."""


@dataclass(slots=True, eq=False)
class Meaning(Block):
    """`: what the term above it means`."""

    offset: int = 0
    is_loose: bool = False


# Those that hold text alone


@dataclass(slots=True, eq=False)
class Paragraph(Block):
    """Lines of text."""


@dataclass(slots=True, eq=False)
class Nothing(Block):
    """Where definitions stood that show nothing: of links and abbreviations."""


@dataclass(slots=True, eq=False)
class Term(Block):
    """A term of a list of definitions."""


@dataclass(slots=True, eq=False)
class Heading(Block):
    """A headline of the text; its line, without marks."""

    level: int = 1


@dataclass(slots=True, eq=False)
class Rule(Block):
    """`***`."""


@dataclass(slots=True, eq=False)
class Indented(Block):
    """Code that is indented by four columns."""


@dataclass(slots=True, eq=False)
class Fenced(Block):
    """Code between fences."""

    fence: str = "```"
    indent: int = 0
    info: str = ""  # what stands behind the opening fence


@dataclass(slots=True, eq=False)
class Html(Block):
    """HTML that is given on as it is."""

    is_literal: bool = False  # a comment, `<pre>` and the like, which only their end marks end


@dataclass(slots=True, eq=False)
class Table(Block):
    """A table; its lines are its rows, the first is the header."""

    alignments: tuple[str, ...] = ()  # "left", "center", "right" or "", of each column


@dataclass(slots=True, eq=False)
class Footnote(Block):
    """`[^label]: what the note says`; its lines are a text of its own."""

    label: str = ""


def end_of(block: Block) -> int:
    """The last line of a block that isn't blank."""
    return block.children[-1].end if isinstance(block, Items | Definitions) else block.end


def has_gaps(blocks: list[Block]) -> bool:
    """Whether there are blank lines between some of them."""
    return any(second.start > end_of(first) + 1 for first, second in pairwise(blocks))
