"""The text of a block -> elements, by the rules of CommonMark 0.31 (section 6).

A text is read once, from left to right. Besides, as GitHub has it: `~~struck~~`, and addresses without any mark.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING, Final, TypeAlias, cast
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX, AtomicString, code_escape

from generator.commonmark import html, urls
from generator.commonmark.emphasis import Run, pair, run_of
from generator.commonmark.references import LABEL, PUNCTUATION, Target, encoded, normal, skip_blanks, title_at, url_at

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.inlinepatterns import InlineProcessor

MOST_NESTED: Final = 60  # emphases in each other; further in their marks show nothing

_SPECIAL: Final = re.compile(rf"[\\`*_\[\]<\n]|!\[|~~|{urls.START}")
_MARKS: Final = re.compile(r"\*+|_+|~+")
_AMPERSAND: Final = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|amp;)(?:([a-zA-Z][a-zA-Z0-9]{1,31});)?")
_TICKS: Final = re.compile(r"`+")
_ESCAPE: Final = re.compile(rf"\\([{PUNCTUATION}])")
_AUTOLINK: Final = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>\x00-\x1f]*)>")
_MAIL: Final = re.compile(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,250}[a-zA-Z0-9])?)>", re.ASCII
)


class _Bare(str):
    """An address without a mark: a link, unless it is in one."""

    __slots__ = ()


_Piece: TypeAlias = "str | _Bare | Element | Run"


@dataclass(slots=True)
class _Bracket:
    """An opening bracket that may be the beginning of a link or of a picture."""

    place: int  # among the pieces
    after: int  # where the text behind it begins
    is_image: bool
    has_inner: bool = False  # whether there are brackets in it, so that it is no label


class Inlines(Treeprocessor):
    """Takes the place of `inline` in the library: reads all texts of the tree that are not atomic."""

    def __init__(self, md: "Markdown", references: dict[str, Target]) -> None:
        super().__init__(md)
        self._references = references

    def run(self, root: Element) -> None:
        """Replaces each text by the elements that it says."""
        for parent in list(root.iter()):
            place = 0  # behind the child
            for child in list(parent):
                place += 1
                if child.tail and not isinstance(child.tail, AtomicString):
                    text, child.tail = child.tail, None
                    count = len(parent)
                    self._replace(parent, text, place)
                    place += len(parent) - count
            if parent.text and not isinstance(parent.text, AtomicString):
                text, parent.text = parent.text, None
                self._replace(parent, text, 0)

    def _replace(self, parent: Element, text: str, place: int) -> None:
        """Puts what a text says into an element, before its child at that place."""
        if not _SPECIAL.search(text):
            inner, said = [], _with_signs(text)
        else:
            holder = Element("span")
            _build(holder, _Text(self.md, text, self._references).read())
            inner, said = list(holder), holder.text or ""
        if place:
            parent[place - 1].tail = said
        else:
            parent.text = said
        for number, element in enumerate(inner):
            parent.insert(place + number, element)


class _Text:
    """One text while it is read."""

    def __init__(self, md: "Markdown", text: str, references: dict[str, Target]) -> None:
        self._md, self._text, self._references = md, text, references
        self._pieces: list[_Piece] = []
        self._brackets: list[_Bracket] = []
        self._first_open = 0  # brackets before it can't be links any more: there is a link in them
        self._ticks: dict[int, list[int]] | None = None  # where runs of so many begin
        self._unended: set[str] = set()  # marks that don't come any more

    def read(self) -> list[_Piece]:
        """All that the text says."""
        at, text = 0, self._text
        while special := _SPECIAL.search(text, at):
            if special.start() > at:
                self._pieces.append(text[at : special.start()])
            at = self._read_special(special.start(), special[0])
        self._pieces.append(text[at:])
        return self._pieces

    def _read_special(self, at: int, sign: str) -> int:
        """Takes what begins at a place, and gives the place behind it."""
        return _READ.get(sign, _Text._address)(self, at, sign)

    def _literal(self, text: str, at: int) -> int:
        self._pieces.append(text)
        return at + len(text)

    def _marks(self, at: int, _sign: str) -> int:
        marks = cast("re.Match[str]", _MARKS.match(self._text, at))
        self._pieces.append(run_of(marks[0], self._text[at - 1 : at] if at else "", self._text[marks.end() :][:1]))
        return marks.end()

    def _line_end(self, at: int, _sign: str) -> int:
        last = self._pieces[-1] if self._pieces else ""
        if isinstance(last, str) and last.endswith(" "):
            self._pieces[-1] = last.rstrip(" ")
            if last.endswith("  "):
                return self._break(at)
        self._pieces.append("\n")
        return self._next_line(at + 1)

    def _break(self, at: int) -> int:
        self._pieces.append(Element("br"))
        return self._next_line(at + 1)

    def _next_line(self, at: int) -> int:
        while self._text[at : at + 1] in {" ", "\t"}:
            at += 1
        return at

    def _backslash(self, at: int, _sign: str) -> int:
        if self._text[at + 1 : at + 2] == "\n":
            return self._break(at + 1)
        escape = _ESCAPE.match(self._text, at)
        if not escape:
            return self._literal("\\", at)
        # As the library writes it, so that it is no mark of typography either.
        self._pieces.append("&amp;" if escape[1] == "&" else f"{STX}{ord(escape[1])}{ETX}")
        return escape.end()

    def _code(self, at: int, _sign: str) -> int:
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(self._text):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        ticks = cast("re.Match[str]", _TICKS.match(self._text, at))
        places = self._ticks.get(len(ticks[0]), [])
        following = bisect_right(places, at)
        if following == len(places):
            return self._literal(ticks[0], at)
        code = self._text[ticks.end() : places[following]].replace("\n", " ")
        if code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        element = Element("code")
        element.text = AtomicString(code_escape(code))
        self._pieces.append(element)
        return places[following] + len(ticks[0])

    def _angle(self, at: int, _sign: str) -> int:
        """A link in angle brackets, or HTML."""
        text = self._text
        if link := _AUTOLINK.match(text, at):
            self._pieces.append(_link(encoded(link[1]), AtomicString(link[1])))
            return link.end()
        if mail := _MAIL.match(text, at):
            self._pieces.append(_link(f"mailto:{mail[1]}", AtomicString(mail[1])))
            return mail.end()
        tag = html.TAG.match(text, at)
        end = tag.end() if tag else self._declaration_end(at)
        if end is None:
            return self._literal("<", at)
        self._pieces.append(self._md.htmlStash.store(text[at:end]))
        return end

    def _declaration_end(self, at: int) -> int | None:
        """Where a comment, an instruction or a declaration ends that begins here."""
        text = self._text
        for start, end in html.DECLARATIONS:
            if text.startswith(start, at):
                if text.startswith(("<!-->", "<!--->"), at):
                    return text.index(">", at) + 1
                found = -1 if end in self._unended else text.find(end, at + len(start))
                if found < 0:
                    self._unended.add(end)
                    return None
                return found + len(end)
        return None

    def _address(self, at: int, start: str) -> int:
        address = urls.address_at(self._text, at, in_brackets=bool(self._brackets))
        self._pieces.append(_Bare(address) if address else start)
        return at + len(address or start)

    # Brackets

    def _open_bracket(self, at: int, sign: str) -> int:
        if sign == "[" and self._text[at + 1 : at + 2] == "^" and (end := self._footnote(at)):
            return end
        if self._brackets:
            self._brackets[-1].has_inner = True
        self._brackets.append(_Bracket(len(self._pieces), at + len(sign), sign == "!["))
        return self._literal(sign, at)

    def _footnote(self, at: int) -> int | None:
        """Leaves a reference to a footnote to the library's extension, if it is there."""
        if "footnote" not in self._md.inlinePatterns:
            return None
        pattern = cast("InlineProcessor", self._md.inlinePatterns["footnote"])
        found = pattern.compiled_re.match(self._text, at)
        element = pattern.handleMatch(found, self._text)[0] if found else None
        if found is None or not isinstance(element, Element):
            return None
        self._pieces.append(element)
        return found.end()

    def _close_bracket(self, at: int, _sign: str) -> int:
        if not self._brackets:
            return self._literal("]", at)
        bracket = self._brackets.pop()
        is_dead = not bracket.is_image and len(self._brackets) < self._first_open
        target = None if is_dead else self._target(bracket, at)
        if target is None:
            self._first_open = min(self._first_open, len(self._brackets))
            return self._literal("]", at)
        found, end = target
        inner = self._pieces[bracket.place + 1 :]
        del self._pieces[bracket.place :]
        self._pieces.append(_image(found, inner) if bracket.is_image else _link_around(found, inner))
        if not bracket.is_image:
            self._first_open = len(self._brackets)
        return end

    def _target(self, bracket: _Bracket, at: int) -> tuple[Target, int] | None:
        """What the brackets that end here lead to, and where that ends."""
        text, after = self._text, at + 1
        if text[after : after + 1] == "(" and (inside := self._inside(after)):
            return inside
        label = LABEL.match(text, after)
        if label and label[1].strip():
            found = self._references.get(normal(label[1]))
            return (found, label.end()) if found else None
        if bracket.has_inner or at - bracket.after > 999:  # noqa: PLR2004 - the longest label of CommonMark
            return None
        found = self._references.get(normal(text[bracket.after : at]))
        return (found, label.end() if label else after) if found else None

    def _inside(self, at: int) -> tuple[Target, int] | None:
        """The address and the title in round brackets."""
        text = self._text
        place = skip_blanks(text, at + 1)
        url = url_at(text, place)
        if url is None:
            return None
        after = skip_blanks(text, url[1])
        title = title_at(text, after) if after > url[1] else None
        end = skip_blanks(text, title[1]) if title else after
        return (Target(url[0], title[0] if title else ""), end + 1) if text[end : end + 1] == ")" else None


_READ: Final[dict[str, Callable[[_Text, int, str], int]]] = {  # all else begins an address
    "*": _Text._marks,  # noqa: SLF001 - the table of its own methods
    "_": _Text._marks,  # noqa: SLF001
    "~~": _Text._marks,  # noqa: SLF001
    "\n": _Text._line_end,  # noqa: SLF001
    "[": _Text._open_bracket,  # noqa: SLF001
    "![": _Text._open_bracket,  # noqa: SLF001
    "]": _Text._close_bracket,  # noqa: SLF001
    "\\": _Text._backslash,  # noqa: SLF001
    "`": _Text._code,  # noqa: SLF001
    "<": _Text._angle,  # noqa: SLF001
}


def _link(url: str, text: str) -> Element:
    element = Element("a", href=url)
    element.text = text
    return element


def _link_around(target: Target, inner: list[_Piece]) -> Element:
    element = Element("a", href=target.url)
    if target.title:
        element.set("title", target.title)
    _build(element, [str(piece) if isinstance(piece, _Bare) else piece for piece in inner])
    return element


def _image(target: Target, inner: list[_Piece]) -> Element:
    holder = Element("span")
    _build(holder, inner)
    element = Element("img", alt=HTML_PLACEHOLDER_RE.sub("", _said(holder)), src=target.url)
    if target.title:
        element.set("title", target.title)
    return element


def _said(element: Element) -> str:
    """The text of an element, with those of the pictures in it."""
    inner = "".join(f"{_said(child)}{child.tail or ''}" for child in element)
    return (element.get("alt") or "") + (element.text or "") + inner


def _build(parent: Element, pieces: list[_Piece]) -> None:
    """Puts pieces into an element, and what they emphasise into elements of its own."""
    pair(piece for piece in pieces if isinstance(piece, Run))
    writer = _Writer(parent)
    for piece in pieces:
        if isinstance(piece, Run):
            writer.close(piece.closes)
            writer.write(piece.sign * piece.count)
            for tag in piece.opens:
                writer.open(tag)
        elif isinstance(piece, _Bare):
            writer.add(_bare_link(piece))
        elif isinstance(piece, str):
            writer.write(_with_signs(piece))
        else:
            writer.add(piece)
    writer.flush()


def _with_signs(text: str) -> str:
    """A text whose `&` are signs where they begin no entity."""
    return _AMPERSAND.sub(_sign, text) if "&" in text else text


def _sign(entity: re.Match[str]) -> str:
    """An entity, or a sign that begins none; browsers see some where no semicolon ends them (`&notify;`)."""
    return entity[0] if entity[1] and f"{entity[1]};" in html5 else entity[0].replace("&", "&amp;")


class _Writer:
    """Writes texts and elements behind each other."""

    def __init__(self, parent: Element) -> None:
        self._open = [parent]
        self._too_deep = 0
        self._texts: list[str] = []

    def write(self, text: str) -> None:
        """Adds a text."""
        self._texts.append(text)

    def add(self, element: Element) -> None:
        """Adds an element that is complete."""
        self.flush()
        self._open[-1].append(element)

    def open(self, tag: str) -> None:
        """Begins an element."""
        self.flush()
        if len(self._open) > MOST_NESTED:
            self._too_deep += 1
        else:
            self._open.append(SubElement(self._open[-1], tag))

    def close(self, count: int) -> None:
        """Ends so many elements."""
        for _ in range(count):
            self.flush()
            if self._too_deep:
                self._too_deep -= 1
            else:
                self._open.pop()

    def flush(self) -> None:
        """Puts the texts that were collected into the tree."""
        if not self._texts:
            return
        text, element = "".join(self._texts), self._open[-1]
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text
        self._texts.clear()


def _bare_link(address: _Bare) -> Element:
    url = address if "://" in address else f"http://{address}"
    return _link(encoded(url), AtomicString(address))
