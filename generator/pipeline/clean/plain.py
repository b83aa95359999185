"""Blocks that are nothing but plain text -> the very HTML that `markdown` makes of them.

Headings, paragraphs, quotations and lists with nothing in them but words, plain links and plain emphasis. Of
anything else only the library can tell. Nothing here is asked of texts that it doesn't write in the same way.
"""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from markdown.serializers import RE_AMP
from markdown.util import ETX, STX

from generator.pipeline.clean.typography import Typography

# What may begin a line without being anything else than text. It turns more away than it has to.
_LINE_START: Final = r" {0,3}(?![ \n#>=+|-]|\d+\. |\*(?![^\s*]|\*[^\s*])|_(?![^\s_]))"
_STARTS_AS_TEXT: Final = re.compile(rf"(?= {{0,3}}\S){_LINE_START}")
_LINES_OF_TEXT: Final = re.compile(rf"{_LINE_START}[^\n]*(?:\n{_LINE_START}[^\n]*)*\Z")
_HEADING: Final = re.compile(r"(#{1,6})([^#\n]+)")
_SIMPLE: Final = re.compile(  # [words](https://...), *words*, **words**
    r"""\[(?<!!\[)(?!\^)([^\[\]*_\n]+)\]\(((?:https?:/)?/[^\s()\[\]>"']*)\)"""
    r"""|\*(?<![\w*]\*)(\*?)(?=\w)([^\[\]*_\n]*+)(?<=\w)\*\3(?![\w*])"""
)
_GROUPS: Final = 4
_CONTAINERS: Final = "->"
_QUOTE: Final = "> "

OpenLink: TypeAlias = Callable[[str], str | None]


class Plain:
    """Writes the plain blocks of one text after the other, as the library does."""

    def __init__(self, typography: Typography) -> None:
        self._typography = typography
        self.begin()

    def begin(self) -> None:
        """Forgets the text before."""
        self.elements = 0  # links and emphases that were written
        self.emphasis_is_clean = True

    def block(self, block: str) -> str | None:
        """The HTML of a heading or paragraph; None where only the library can tell."""
        if "`" in block or "\\" in block or "<" in block or "  \n" in block or STX in block:
            return None
        return self._block(block)

    def _block(self, block: str) -> str | None:
        """As `block`, of one that holds no mark of code, of HTML or of a line break."""
        tag, text = "p", block
        if not is_paragraph(block):
            heading = _HEADING.fullmatch(block)
            if heading is None:
                return None
            tag, text = f"h{len(heading[1])}", heading[2].strip()
        inside = self._inside(text.lstrip())
        return inside and f"<{tag}>{inside}</{tag}>"

    def _inside(self, text: str) -> str | None:
        if "&" in text and ";" in text:
            return None
        if "[" in text or "*" in text or "_" in text:
            return self._with_links(text)
        return self._plain(text)

    def _with_links(self, text: str) -> str | None:
        """The HTML of a text with plain links and plain emphasis; None if that isn't all there is."""
        pieces = _SIMPLE.split(text)
        if not self._are_plain("".join(pieces[:: _GROUPS + 1]), text):
            return None
        if "*" in text and not self.emphasis_is_clean:
            return None
        html = [self._plain(pieces[0])]
        for label, url, second, words, following in zip(*[iter(pieces[1:])] * (_GROUPS + 1), strict=True):
            if label is not None:
                link = self._link(_escape(url))
                if link is None:
                    return None
                html.append(f"{link}{self._plain(label)}</a>")
            else:
                tag = "strong" if second else "em"
                html.append(f"<{tag}>{self._plain(words)}</{tag}>")
            html.append(self._plain(following))
            self.elements += 1
        return "".join(html)

    def _are_plain(self, others: str, text: str) -> bool:  # noqa: ARG002 - of use below
        """Whether what is left of a text beside plain links and emphasis has no mark of such."""
        return "[" not in others and "*" not in others and "_" not in others

    def _link(self, url: str) -> str | None:
        """The tag that opens a link; None where only others can tell."""
        return f'<a href="{url}">'

    def _plain(self, text: str) -> str:
        return _escape(self._typography.apply(text))


class Whole(Plain):
    """Writes whole texts of plain blocks, as the sanitiser leaves them, and their words beside."""

    def __init__(self, typography: Typography) -> None:
        super().__init__(typography)
        self._open: OpenLink = str

    def begin(self) -> None:
        """Forgets the text before."""
        super().begin()
        self._words: list[str] = []

    def write(self, source: str, place: str, open_link: OpenLink) -> tuple[str, str] | None:
        """HTML and words of a text, with a line end at least behind each block; None where only the library can tell.

        Footnotes would go to a `place`; `open_link` gives the tag for an escaped url, or None.
        """
        if "\\" in source or "\0" in source or is_untidy(f"{source}\n") or may_hold_html(source):
            return None
        if "`" in source or ("~" in source and "~~~" in source) or place in source:
            return None
        self.begin()
        self._open = open_link
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
            item = self._inside(text.lstrip()) if is_paragraph(text) else None
            if not item:
                return None
            inside.append(item)
            self._words.append("\n")
        if mark == _QUOTE:
            return f"<blockquote>\n<p>{inside[0]}</p>\n</blockquote>"
        return "".join(["<ul>\n", *[f"<li>{item}</li>\n" for item in inside], "</ul>"])

    def _are_plain(self, others: str, text: str) -> bool:
        """As there, but for what means nothing: brackets where nothing is referred to, and a mark without its second.

        For a definition to refer to it takes a block with `]:`, which is none of those that are plain.
        """
        return (
            ("[" not in others or "](" not in others)
            and ("*" not in others or text.count("*") == 1)
            and ("_" not in others or text.count("_") == 1)
        )

    def _link(self, url: str) -> str | None:
        return self._open(url)

    def _plain(self, text: str) -> str:
        text = self._typography.apply(text)
        self._words.append(text)
        return _escape(text)


def is_paragraph(block: str) -> bool:
    """Whether no block processor could see anything else in it, whatever it stands in."""
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


def is_untidy(text: str) -> bool:
    """Whether the library's normalisation of white space could have an effect."""
    return " \n" in text or "\t" in text or "\r" in text or STX in text or ETX in text


def may_hold_a_fence(text: str) -> bool:
    """Whether there could be fenced code."""
    return ("`" in text and "```" in text) or "~~~" in text


def may_hold_html(text: str) -> bool:
    """The HTML parser gives back an `&` as it is, and named entities too, but completes `&#8212` by a `;`."""
    return "<" in text or ("&" in text and "&#" in text)
