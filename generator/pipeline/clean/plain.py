"""Texts of nothing but plain blocks -> the very HTML that the library and the sanitiser make of them, and their words.

News is nearly all plain paragraphs, and the library takes each of them through blocks, a tree, a dozen processors and
a serialiser. Headings, paragraphs, quotations and lists with nothing in them but words, plain links and plain emphasis
are written here at once, in a tenth of the time. Of anything else only the library can tell.
"""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from markdown.serializers import RE_AMP
from markdown.util import ETX, STX

from generator.commonmark.headings import Ids, id_of
from generator.pipeline.clean.typography import Typography

# What may begin a line without being anything else than text. It turns more away than it has to.
_LINE_START: Final = r" {0,3}(?![ \n#>=+|:-]|\d+[.)](?: |$)|\*(?![^\s*]|\*[^\s*])|_(?![^\s_]))"
_STARTS_AS_TEXT: Final = re.compile(rf"(?= {{0,3}}\S){_LINE_START}", re.MULTILINE)
_LINES_OF_TEXT: Final = re.compile(rf"{_LINE_START}[^\n]*(?:\n{_LINE_START}[^\n]*)*\Z", re.MULTILINE)
_HEADING: Final = re.compile(r"(#{1,6}) ([^#\n]+)(?<!\})")
_TASK: Final = re.compile(r"\[[ xX]\]\s")
_SIMPLE: Final = re.compile(  # [words](https://...), *words*, **words**
    r"""\[(?<!!\[)(?!\^)([^\[\]*_\n]+)\]\(((?:https?:/)?/[^\s()\[\]>"']*)\)"""
    r"""|\*(?<![\w*]\*)(\*?)(?=\w)([^\[\]*_\n]*+)(?<=\w)\*\3(?![\w*])"""
)
_GROUPS: Final = 4
_CONTAINERS: Final = "->"
_QUOTE: Final = "> "
_FOOTNOTES: Final = "///Footnotes Go Here///"  # where the library would put them
_NEVER_PLAIN: Final = ("`", "\\", "<", "~~", "\0", "\t", "\r", STX, ETX, "&#", _FOOTNOTES)

OpenLink: TypeAlias = Callable[[str], str | None]


class Plain:
    """Writes whole texts of plain blocks, as the sanitiser leaves them."""

    def __init__(self, typography: Typography) -> None:
        self._typography = typography

    def write(self, source: str, open_link: OpenLink) -> tuple[str, str] | None:
        """HTML and words of a text, with a line end at least behind each block; None where only the library can tell.

        `open_link` gives the tag for an escaped url, or None where others have to judge it.
        """
        if _holds_marks(source):
            return None
        self._open, self._words, self._ids = open_link, list[str](), Ids()
        self._has_addresses = _holds_address(source)
        written, before = [], ""
        for block in source.split("\n\n"):
            if block := block.strip("\n"):
                html = self._container(block, before) if block[0] in _CONTAINERS else self._block(block)
                if not html:
                    return None
                written.append(html)
                self._words.append("\n")
                before = block[0]
        html, words = "\n".join(written), "".join(self._words)
        return html.replace("\xa0", "&nbsp;") if "\xa0" in html else html, words

    def _block(self, block: str) -> str | None:
        """The HTML of a heading or paragraph; None where only the library can tell."""
        if is_paragraph(block):
            inside = self._inside(block.lstrip())
            return inside and f"<p>{inside}</p>"
        heading = _HEADING.fullmatch(block)
        inside = self._inside(heading[2].strip()) if heading else None
        if heading is None or not inside:
            return None
        own = self._ids.take(wanted) if (wanted := id_of(_SIMPLE.sub(r"\1\4", heading[2]))) else ""
        tag = f"h{len(heading[1])}"
        return f'<{tag} id="{own}">{inside}</{tag}>' if own else f"<{tag}>{inside}</{tag}>"

    def _container(self, block: str, before: str) -> str | None:
        """The HTML of a quoted paragraph or of a list; None where only the library can tell.

        One that follows its like belongs to it: `before` is the first character of the block before.
        """
        mark = f"{block[0]} "
        lines = block.split("\n")
        texts = [line[len(mark) :] for line in lines]
        if block[0] == before or not all(line.startswith(mark) for line in lines) or not all(map(str.strip, texts)):
            return None
        if mark == _QUOTE:
            texts = ["\n".join(texts)]
        inside = []
        for text in texts:
            item = self._inside(text.lstrip()) if is_paragraph(text) and not _TASK.match(text.lstrip()) else None
            if not item:
                return None
            inside.append(item)
            self._words.append("\n")
        if mark == _QUOTE:
            return f"<blockquote>\n<p>{inside[0]}</p>\n</blockquote>"
        return "".join(["<ul>\n", *[f"<li>{item}</li>\n" for item in inside], "</ul>"])

    def _inside(self, text: str) -> str | None:
        if "&" in text and ";" in text:
            return None
        if "[" in text or "*" in text or "_" in text:
            return self._with_links(text)
        return None if self._has_addresses and _holds_address(text) else self._plain(text)

    def _with_links(self, text: str) -> str | None:
        """The HTML of a text with plain links and plain emphasis; None if that isn't all there is."""
        pieces = _SIMPLE.split(text)
        others = "".join(pieces[:: _GROUPS + 1])
        if not _are_plain(others, text) or (self._has_addresses and _holds_address(others)):
            return None
        html = [self._plain(pieces[0])]
        for label, url, second, words, following in zip(*[iter(pieces[1:])] * (_GROUPS + 1), strict=True):
            if label is not None:
                link = self._open(_escape(url))
                if link is None:
                    return None
                html.append(f"{link}{self._plain(label)}</a>")
            else:
                tag = "strong" if second else "em"
                html.append(f"<{tag}>{self._plain(words)}</{tag}>")
            html.append(self._plain(following))
        return "".join(html)

    def _plain(self, text: str) -> str:
        text = self._typography.apply(text)
        self._words.append(text)
        return _escape(text)


def _are_plain(others: str, text: str) -> bool:
    """Whether what is left of a text beside plain links and emphasis has no mark of such, or one that means nothing.

    Brackets mean nothing where nothing is referred to, and a mark without its second. For a definition to refer to
    it takes a block with `]:`, which is none of those that are plain.
    """
    return (
        ("[" not in others or "](" not in others)
        and ("*" not in others or text.count("*") == 1)
        and ("_" not in others or text.count("_") == 1)
    )


def _holds_marks(source: str) -> bool:
    """Whether there is something in a text that is never plain."""
    for sign in _NEVER_PLAIN:  # loops, as generators take five times as long
        if sign in source:
            return True
    for line in source.split("\n"):  # noqa: SIM110
        if line and (line[0] == " " or line[-1] == " "):
            return True
    return False


def _holds_address(text: str) -> bool:
    """Whether there may be an address that becomes a link."""
    return "://" in text or "www." in text


def is_paragraph(block: str) -> bool:
    """Whether it can't be anything else, whatever it stands in."""
    return (
        (block[:1].isalpha() or _STARTS_AS_TEXT.match(block) is not None)
        and ("\n" not in block or ("|" not in block and _LINES_OF_TEXT.match(block) is not None))
        and "]:" not in block
    )


def _escape(text: str) -> str:
    """As the serialiser does; it doesn't meet any `<` or `"` here."""
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    return text.replace(">", "&gt;") if ">" in text else text
