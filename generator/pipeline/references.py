"""Links to content files: kept in the HTML of an article until it is known where the pages of those are.

An article is cleaned without knowledge of others. A link of it that may lead to a content file gets a scheme of its
own, which the sanitiser lets no text bring along; whoever shows the article puts the address in its place. Obsidian's
`[[name]]` stays text, since it means something only where there is such a file.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from itertools import product
from posixpath import dirname
from typing import Final, NamedTuple
from urllib.parse import unquote

from generator import urls

MARKDOWN: Final = (".md", ".markdown")
SCHEME: Final = "x-content:"
ZOLA: Final = "@/"
PELICAN: Final = ("{filename}", "|filename|")
HUGO: Final = "{ref}"  # as link_forms.py writes them
JEKYLL: Final = "{link}"
JEKYLL_POST: Final = "{post}"
WIKI: Final = "[["
FOREIGN: Final = (ZOLA, *PELICAN, HUGO, JEKYLL, JEKYLL_POST)

_TAIL: Final = re.compile(r"[?#]")
_ANCHOR: Final = re.compile(rf'<a\b[^<>]*? ?href="{SCHEME}([^"]*)"[^<>]*>(.*?)</a>', re.DOTALL)
_IN_TAG: Final = re.compile(rf'(<[^<>]*?=")({SCHEME}[^"]*)(?=")')
_TAG: Final = re.compile(r"(<[^<>]*>)")
_NAME: Final = re.compile(r"<(/?)(a|code|pre|kbd|samp)\b")
_BEFORE: Final = ("](", "](<", "[[", '="', "]: ", 'ref "', "link ", "post_url ", "")  # what a link begins with
_WIKI: Final = re.compile(r"(?<!!)\[\[([^\[\]|\n]{1,250})(?:\|([^\[\]\n]{1,250}))?\]\]")


class Reference(NamedTuple):
    """A link of a text that may lead to a content file."""

    written: str  # its url, percent-encoded; of Obsidian's form "[[", name and fragment
    line: int  # of the file, from 1


class Destination(NamedTuple):
    """Where a link leads."""

    url: str  # "": nowhere that readers may see
    is_kept: bool = False  # what is written stays as it is, since no file is meant


Find = Callable[[str], Destination]


def may_be_one(url: str) -> bool:
    """Whether a relative url may stand for a content file."""
    if url.startswith(("//", "#", "?", "\\", "/\\")) or not url:
        return False
    path = unquote(split(url)[0])
    if path.startswith(FOREIGN) or path.lower().endswith(MARKDOWN):
        return True
    return path.endswith("/") and not path.startswith("/")


def marked(url: str) -> str | None:
    """The private form of a relative url that may stand for a content file; None for other urls."""
    url = url.strip()
    return SCHEME + urls.encode_url(url) if may_be_one(url) else None


def split(url: str) -> tuple[str, str]:
    """The path of a url, and its query and fragment."""
    tail = _TAIL.search(url)
    return (url[: tail.start()], url[tail.start() :]) if tail else (url, "")


def plain(written: str) -> str:
    """The url as its author sees it, without the marks of link_forms.py."""
    for mark in (HUGO, JEKYLL, JEKYLL_POST):
        for form in (mark, urls.encode_url(mark)):
            if written.startswith(form):
                return written[len(form) :]
    return written


def may_hold_references(html: str) -> bool:
    """Whether there may be references in the HTML of a text."""
    return SCHEME in html or WIKI in html


def references_in(html: str, markdown: str, first_line: int) -> tuple[Reference, ...]:
    """The references in the HTML of a text, each once, with the line of the text on which it stands.

    The text is one without code, in which a link is no link.
    """
    found = dict.fromkeys(unescape(link[2]).removeprefix(SCHEME) for link in _IN_TAG.finditer(html))
    if WIKI in html:
        found |= dict.fromkeys(
            WIKI + unescape(wiki[1]) for text in _running_text(html) for wiki in _WIKI.finditer(text)
        )
    return tuple(Reference(written, _line_of(written, markdown, first_line)) for written in found)


def _line_of(written: str, markdown: str, first_line: int) -> int:
    url = plain(written)
    forms = (url, unquote(url), split(url)[0], unquote(split(url)[0]))
    for before, form in product(_BEFORE, filter(None, forms)):
        if (place := markdown.find(before + form)) >= 0:
            return first_line + markdown.count("\n", 0, place)
    return first_line


def _running_text(html: str) -> Iterator[str]:
    """The texts between tags that stand neither in code nor in a link."""
    yield from (piece for piece, is_text in _pieces(html) if is_text)


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    depth = 0
    for piece in _TAG.split(html):
        if not piece.startswith("<"):
            yield piece, not depth
            continue
        if tag := _NAME.match(piece):
            depth += -1 if tag[1] else 1
        yield piece, False


def mended(html: str, find: Find) -> str:
    """The HTML with addresses in place of references; a link that leads nowhere is its text alone."""
    if SCHEME in html:
        html = _ANCHOR.sub(lambda link: _anchor(link, find), html)
        html = _IN_TAG.sub(lambda link: link[1] + escape(find(unescape(link[2]).removeprefix(SCHEME)).url), html)
    if WIKI in html:
        html = "".join(_with_wiki(piece, find) if is_text else piece for piece, is_text in _pieces(html))
    return html


def _anchor(link: re.Match[str], find: Find) -> str:
    target = find(unescape(link[1]))
    if not target.url:
        return link[2]
    return link[0].replace(f'href="{SCHEME}{link[1]}"', f'href="{escape(target.url)}"', 1)


def _with_wiki(text: str, find: Find) -> str:
    def replace(wiki: re.Match[str]) -> str:
        target = find(WIKI + unescape(wiki[1]))
        label = wiki[2] or wiki[1]
        if target.is_kept:
            return wiki[0]
        return f'<a href="{escape(target.url)}" rel="noopener">{label}</a>' if target.url else label

    return _WIKI.sub(replace, text)


def mended_words(text: str, find: Find) -> str:
    """Plain text with the words of Obsidian's links in place of them, where there is such a file."""
    if WIKI not in text:
        return text
    return _WIKI.sub(lambda wiki: wiki[0] if find(WIKI + wiki[1]).is_kept else wiki[2] or wiki[1], text)


def folder_of(path: str) -> str:
    """The place of a content file in content/: "2024", or "" at its root."""
    return dirname(path).removeprefix("content").strip("/")
