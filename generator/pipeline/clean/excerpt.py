"""What of an article's HTML can speak for it: its passages as plain text, and where the author ends the summary."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from generator.characters import one_line

PARAGRAPH: Final = "paragraph"
LIST: Final = "list"
QUOTE: Final = "quotation"
LABEL: Final = "label"  # a paragraph that is all bold and no sentence, as people write headings
OTHER: Final = "other"  # headings, tables, code, captions: their words say nothing out of their place

_PLACES: Final = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "table", "pre", "figure", "figcaption", "summary"), OTHER),
    **dict.fromkeys(("video", "audio", "iframe", "object"), OTHER),
    **dict.fromkeys(("ul", "ol", "dl"), LIST),
    "blockquote": QUOTE,
}
_ITEMS: Final = frozenset({"li", "dt", "dd"})
_NO_PLACES: Final = ("p", "div", "hr", "details", "section", "article", "aside", *_ITEMS)
_BLOCK: Final = re.compile(rf"<(/?)({'|'.join((*_PLACES, *_NO_PLACES))})(?=[\s>])[^<>]*>")
_FOOTNOTES: Final = re.compile(r'<(?:div|section|aside|ol)[^<>]* class="footnotes?["\s]')
# Marks of footnotes, what is struck through, readings above ruby, with the blank before them; and what says "Note".
_SUPERSEDED: Final = re.compile(
    r"""\s?<(?:(del|s|rt|rp)(?=[\s>])|(sup) id="fnref)[^<>]*>.*?</(?:\1|\2)>(?=[\s.,;:!?…)\]]|</)"""
    r"""|<(?:(del|s|rt|rp)(?=[\s>])|(sup) id="fnref|(p) class="alert-title")[^<>]*>.*?</(?:\3|\4|\5)>""",
    re.DOTALL,
)
_MAY_BE_SUPERSEDED: Final = ("<s>", "<s ", "<rt", "<rp", '<sup id="fnref')
_BREAK: Final = re.compile(r"<br\b[^<>]*>")
_TAG: Final = re.compile(r"<[^<>]*>")
_BOLD: Final = re.compile(r"\s*<(strong|b)>(?:(?!</?\1>).)*</\1>\s*", re.DOTALL)
_ENDINGS: Final = tuple(".!?…:؟۔।。！？：")

# Characters between which Chinese and Japanese have no blank (Korean has one), their marks, beside which there is none,
# and marks that they share with others.
WIDE: Final = "\u2e80-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff65\U00020000-\U0003134f"
_MARKS: Final = "\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff5e-\uff65"
_SHARED: Final = "“”‘’…—"
_SIDES: Final = ((WIDE, WIDE + _SHARED), (_SHARED, WIDE), (_MARKS, r"\S"), (r"\S", _MARKS))
_UNSPACED: Final = re.compile("|".join(f"[{before}][{after}]" for before, after in _SIDES))

_END: Final = re.compile(  # of the summary: outside of code, and of comments on anything else
    r"<(pre|code)\b(?:.*?</\1>|.*)|<!--\s*+(more|TEASER_END)\s*+-->|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE
)


class Passage(NamedTuple):
    """A run of text of one kind, without HTML."""

    kind: str
    texts: tuple[str, ...]  # the items of a list; else there is one


def head_of(html: str) -> str | None:
    """The HTML, as Markdown gave it, before a `<!-- more -->`; None where there is none."""
    if "<!--" not in html:
        return None
    return next((html[: mark.start()] for mark in _END.finditer(html) if mark[2]), None)


def passages(html: str) -> Iterator[Passage]:
    """The passages of safe HTML in their order, as far as they are asked for; footnotes are left out."""
    if "footnote" in html and (notes := _FOOTNOTES.search(html)):
        html = html[: notes.start()]
    if "<del" in html or "alert-title" in html:  # which may hold blocks, or be one
        html = _SUPERSEDED.sub("", html)
    for kind, pieces in groupby(_pieces(html), key=itemgetter(0)):
        if kind == LIST:
            yield Passage(LIST, tuple(joined(*map(itemgetter(2), item)) for _, item in groupby(pieces, itemgetter(1))))
        else:
            for _, _, text in pieces:
                yield Passage(kind, (text,))


def joined(*texts: str) -> str:
    """Texts as one: with a blank between, but in a script that has none."""
    parts: list[str] = []
    for text in filter(None, texts):
        if parts and not _UNSPACED.fullmatch(parts[-1][-1] + text[0]):
            parts.append(" ")
        parts.append(text)
    return "".join(parts)


def _pieces(html: str) -> Iterator[tuple[str, int, str]]:
    """The texts between the tags of blocks: the kind, the number of the list's item, the text."""
    depths = {OTHER: 0, LIST: 0, QUOTE: 0}
    item = start = 0
    for tag in _BLOCK.finditer(html):
        if found := _piece(html[start : tag.start()], depths):
            yield found[0], item, found[1]
        start = tag.end()
        if place := _PLACES.get(tag[2]):
            depths[place] += -1 if tag[1] else 1
        elif tag[2] in _ITEMS:
            item += 1
    if found := _piece(html[start:], depths):
        yield found[0], item, found[1]


def _piece(html: str, depths: dict[str, int]) -> tuple[str, str] | None:
    """The kind of a text and its words; None if it has none."""
    if not html or html.isspace():
        return None
    kind = next((place for place, depth in depths.items() if depth > 0), PARAGRAPH)
    if kind == OTHER:
        return OTHER, ""
    if text := _plain(html):
        is_label = kind == PARAGRAPH and _BOLD.fullmatch(html) and not text.endswith(_ENDINGS)
        return (LABEL if is_label else kind), text
    return None


def _plain(html: str) -> str:
    """The words of HTML without blocks, on one line."""
    if "<" in html:
        if any(mark in html for mark in _MAY_BE_SUPERSEDED):
            html = _SUPERSEDED.sub("", html)
        if "<br" in html:
            html = _BREAK.sub("\n", html)
        html = _TAG.sub("", html)
    text = unescape(html) if "&" in html else html
    if "\n" in text and not text.isascii():
        text = joined(*map(str.strip, text.split("\n")))
    return one_line(text)
