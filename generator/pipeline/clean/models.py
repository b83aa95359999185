"""Safe HTML whose elements stand where HTML lets them stand: content models, as the HTML standard calls them.

The sanitiser gives what a browser makes of a text, and browsers put up with items outside of lists and with lists
inside of emphasis. Here such elements lose their tags or get what they lack; no word of a text is lost, and none added.
"""

import re
from dataclasses import dataclass, field
from typing import Final

_PIECE: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^<>\"]|\"[^\"]*\")*)>|[^<]+|<")
_VOID: Final = frozenset({"br", "hr", "img", "input", "wbr", "col", "source", "track"})
_INLINE: Final = frozenset(
    {
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
    }
    | {"strong", "sub", "sup", "time", "u", "var", "meter", "progress", "ruby", "rt", "rp"}
)
_TRANSPARENT: Final = frozenset({"a", "ins", "del"})  # hold what may stand in their place
_LINES: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "pre"})  # hold no block
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = _LINES | frozenset(
    {"blockquote", "details", "div", "dl", "dt", "dd", "figcaption", "figure", "hr", "li", "ol", "table", "ul"}
)
_PARENTS: Final = {  # of what stands nowhere else
    "li": frozenset({"ul", "ol"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "figcaption": frozenset({"figure"}),
    "summary": frozenset({"details"}),
    "rt": frozenset({"ruby"}),
    "rp": frozenset({"ruby"}),
}
_NEEDS: Final = {"bdo": " dir=", "data": " value=", "time": " datetime="}  # attributes without which they say nothing
_GAUGE: Final = re.compile(r' (value|min|max)="(-?\d{1,9}(?:\.\d{1,9})?)"')
_ONCE: Final = frozenset({"figcaption", "summary"})


@dataclass(slots=True, eq=False)
class _Element:
    """An element; without a name its children stand in its place."""

    name: str
    attributes: str = ""
    children: list["_Element | str"] = field(default_factory=list)

    @property
    def holds_block(self) -> bool:
        return any(isinstance(one, _Element) and (one.name in _BLOCKS or one.holds_block) for one in self.children)

    @property
    def shows_something(self) -> bool:
        return any(
            bool(one.strip()) if isinstance(one, str) else one.name in {"img", "video"} or one.shows_something
            for one in self.children
        )

    def write(self, out: list[str]) -> None:
        """Adds its HTML."""
        if self.name:
            out.append(f"<{self.name}{self.attributes}>")
        for one in self.children:
            if isinstance(one, str):
                out.append(one)
            else:
                one.write(out)
        if self.name and self.name not in _VOID:
            out.append(f"</{self.name}>")


def in_place(html: str) -> str:
    """Safe, balanced HTML with every element in a place where it may stand."""
    root = _read(html)
    _settle(root, in_line=False)
    out: list[str] = []
    root.write(out)
    return "".join(out)


def _read(html: str) -> _Element:
    root = _Element("")
    path = [root]
    for piece in _PIECE.finditer(html):
        name = piece[2]
        if not name:
            path[-1].children.append(piece[0])
        elif not piece[1]:
            element = _Element(name, piece[3])
            path[-1].children.append(element)
            if name not in _VOID:
                path.append(element)
        elif len(path) > 1:
            path.pop()
    return root


def _settle(element: _Element, *, in_line: bool) -> None:
    """Puts the children of an element into places where they may stand; `in_line`: no block may stand here."""
    seen: set[str] = set()
    for one in element.children:
        if isinstance(one, _Element):
            if _says_nothing(one):
                one.name = ""
            elif in_line and one.name in _BLOCKS:
                one.name = "br" if one.name == "hr" else ""
                one.attributes = ""
            elif one.name in _PARENTS and (element.name not in _PARENTS[one.name] or one.name in seen & _ONCE):
                one.name = "" if one.name in _INLINE or in_line else "div"
            elif one.name in _INLINE and one.holds_block:
                one.name = ""
            seen.add(one.name)
            _settle(one, in_line=in_line or one.name in _LINES or one.name in _INLINE)
    _complete(element)


def _says_nothing(element: _Element) -> bool:
    """Whether an element lacks what it is there for: its attribute, or a value between its bounds."""
    if element.name in {"meter", "progress"}:
        told = {name: float(value) for name, value in _GAUGE.findall(element.attributes)}
        return not told.get("min", 0) <= told.get("value", -1) <= told.get("max", 1)
    return element.name in _NEEDS and _NEEDS[element.name] not in element.attributes


def _complete(element: _Element) -> None:
    """Gives lists and the like what they lack, or takes their names."""
    if element.name in {"ul", "ol"}:
        element.children = _wrapped(element.children, {"li"}, "li")
    elif element.name == "dl":
        element.children = _wrapped(element.children, {"dt", "dd"}, "dd")
        names = [one.name for one in element.children if isinstance(one, _Element)]
        if names[:1] != ["dt"] or names[-1:] != ["dd"]:
            element.name = "div"
            for one in element.children:
                if isinstance(one, _Element):
                    one.name = "div"
    elif element.name == "details" and not _begins_with_summary(element):
        element.name = "div"
        element.attributes = ""
    elif element.name in _HEADINGS and not element.shows_something:
        element.name = ""


def _begins_with_summary(element: _Element) -> bool:
    first = next((one for one in element.children if not isinstance(one, str) or one.strip()), "")
    return isinstance(first, _Element) and first.name == "summary"


def _wrapped(children: list[_Element | str], names: set[str], wrapper: str) -> list[_Element | str]:
    """The children, with those of other names in elements of a name that may stand here."""
    result: list[_Element | str] = []
    stray: _Element | None = None
    for one in children:
        if isinstance(one, _Element) and one.name in names:
            stray = None
        elif isinstance(one, str) and not one.strip() and stray is None:
            pass
        else:
            if stray is None:
                stray = _Element(wrapper)
                result.append(stray)
            stray.children.append(one)
            continue
        result.append(one)
    return result
