"""Blocks that are nothing but plain text -> the very HTML that `markdown` makes of them.

Headings, paragraphs, quotations and lists with nothing in them but words, plain links and plain emphasis. Of
anything else only the library can tell. Nothing here is asked of texts that it doesn't write in the same way.
"""

import re
from typing import Final

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


class Plain:
    """Writes the plain blocks of one text after the other."""

    def __init__(self, typography: Typography) -> None:
        self._typography = typography
        self.begin()

    def begin(self) -> None:
        """Forgets the text before."""
        self.elements = 0  # links and emphases that were written
        self.emphasis_is_clean = True

    def whole(self, source: str, place: str) -> str | None:
        """The HTML of a whole text; None where only the library can tell. Footnotes would go to a `place`."""
        if not source.strip():
            return ""
        text = f"{source}\n\n"
        if is_untidy(text) or may_hold_a_fence(text) or may_hold_html(text) or place in text:
            return None
        self.begin()
        written, before = [], ""
        for block in text.split("\n\n"):
            if block := block.lstrip("\n"):
                html = self._container(block, before) if block[0] in _CONTAINERS else self.block(block)
                if not html:
                    return None
                written.append(html)
                before = block[0]
        return "\n".join(written)

    def _container(self, block: str, before: str) -> str | None:
        """The HTML of a quoted paragraph or of a list; None where only the library can tell.

        One that follows its like belongs to it: `before` is the first character of the block before.
        """
        mark = f"{block[0]} "
        lines = block.split("\n")
        if block[0] == before or not all(line.startswith(mark) for line in lines):
            return None
        texts = [line[len(mark) :] for line in lines]
        if mark == _QUOTE:
            texts = ["\n".join(texts)]
        if not all(map(is_paragraph, texts)):
            return None
        inside = [self._inside(text.lstrip()) for text in texts]
        if not all(inside):
            return None
        if mark == _QUOTE:
            return f"<blockquote>\n<p>{inside[0]}</p>\n</blockquote>"
        return "".join(["<ul>\n", *[f"<li>{item}</li>\n" for item in inside], "</ul>"])

    def block(self, block: str) -> str | None:
        """The HTML of a heading or paragraph; None where only the library can tell."""
        tag, text = "p", block
        if not is_paragraph(block):
            heading = _HEADING.fullmatch(block)
            if heading is None:
                return None
            tag, text = f"h{len(heading[1])}", heading[2].strip()
        inside = self._inside(text.lstrip())
        return inside and f"<{tag}>{inside}</{tag}>"

    def _inside(self, text: str) -> str | None:
        if "`" in text or "\\" in text or "<" in text or "  \n" in text or STX in text:
            return None
        if "&" in text and ";" in text:
            return None
        if "[" in text or "*" in text or "_" in text:
            return self._with_links(text)
        return self._plain(text)

    def _with_links(self, text: str) -> str | None:
        """The HTML of a text with plain links and plain emphasis; None if that isn't all there is."""
        pieces = _SIMPLE.split(text)
        if any("[" in words or "*" in words or "_" in words for words in pieces[:: _GROUPS + 1]):
            return None
        if "*" in text and not self.emphasis_is_clean:
            return None
        html = [self._plain(pieces[0])]
        for label, url, second, words, following in zip(*[iter(pieces[1:])] * (_GROUPS + 1), strict=True):
            if label is not None:
                html.append(f'<a href="{_escape(url)}">{self._plain(label)}</a>')
            else:
                tag = "strong" if second else "em"
                html.append(f"<{tag}>{self._plain(words)}</{tag}>")
            html.append(self._plain(following))
            self.elements += 1
        return "".join(html)

    def _plain(self, text: str) -> str:
        return _escape(self._typography.apply(text))


def is_paragraph(block: str) -> bool:
    """Whether no block processor could see anything else in it, whatever it stands in."""
    return (
        (block[:1].isalpha() or _STARTS_AS_TEXT.match(block) is not None)
        and "|" not in block
        and ("\n" not in block or _LINES_OF_TEXT.match(block) is not None)
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
