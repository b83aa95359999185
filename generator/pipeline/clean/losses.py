"""What is lost between a text and its page -> the record of it, and the warnings that name it with its line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from textwrap import shorten
from typing import Final
from urllib.parse import unquote

from generator.model import Document, Removal
from generator.pipeline.clean.elements import ELEMENT, EMBED, URL, Loss
from generator.pipeline.clean.foreign import Left, place_of
from generator.pipeline.clean.lines import without_code
from generator.problems import WARNING, Problem

_ADDRESS: Final = re.compile(r"""(?:href|src)="([^"]+)\"""")
_NO_ADDRESS: Final = re.compile(r"\]\(\s*(?:<>)?\s*\)|href=[\"']\s*[\"']")
_MOST_SEARCHES: Final = 50  # for what isn't written as it was read; each goes through the whole text
_LONGEST: Final = 60
_MISSED: Final = (EMBED, ELEMENT, URL)
_MEDIA: Final = re.compile(r"<(?:video|audio)\b", re.IGNORECASE)


def on_record(document: Document, losses: Iterable[Loss]) -> tuple[tuple[Removal, ...], tuple[Problem, ...]]:
    """The losses with the lines of the file on which they stand, and one warning for each kind that readers miss."""
    places = _Places(document)
    removed: dict[Removal, str] = {}
    for loss in losses:
        removed.setdefault(places.removal(loss), loss.told)
    ordered = sorted(removed, key=lambda removal: removal.line)
    problems = []
    for rule in _MISSED:
        items = [item for item in ordered if item.rule == rule and removed[item]]
        if items:
            told, hint = _message(rule, removed[items[0]], len(items)), _hint(items[0], removed[items[0]])
            problems.append(Problem(document.path, items[0].line, 0, told, rule, hint, WARNING))
    return tuple(ordered), tuple(problems)


def about_left(document: Document, left: Left) -> Iterator[Problem]:
    """Warnings on syntax of other generators that readers would see: one for templates, one for links."""
    for items, code, message, hint in (
        (
            left.templates,
            "template-tag",
            "`{}` is of another generator and stands in the text as it is",
            "take it out, or write what it stands for; in code it is left alone",
        ),
        (
            left.references,
            "undefined-reference",
            "`{}` refers to what is not defined, and stands in the text as it is",
            "define it on a line of its own: [name]: https://example.org/, or [^name]: the note",
        ),
    ):
        if items:
            start, text = place_of(items[0], without_code(document.markdown))
            line = document.body_line + document.markdown.count("\n", 0, start)
            told = message.format(shorten(text, _LONGEST, placeholder=" ..."))
            yield Problem(document.path, line, 0, told + _more(len(items)), code, hint, WARNING)


def about_fence(document: Document, fence: str) -> Iterator[Problem]:
    """A warning of a fence, a comment or a `<pre>` that nothing closes."""
    if fence:
        lines = document.markdown.split("\n")
        place = next((number for number in range(len(lines) - 1, -1, -1) if lines[number].strip() == fence.strip()), 0)
        is_code = not fence.lstrip().startswith("<")
        what = "all below it is code" if is_code else "all below it stands on the page as it is written"
        message = f"nothing closes `{shorten(fence.strip(), _LONGEST, placeholder=' ...')}`: {what}"
        hint = "close it with the same marks on a line of their own" if is_code else "close it where it ends"
        yield Problem(document.path, document.body_line + place, 0, message, "open-fence", hint, WARNING)


def _message(rule: str, told: str, count: int) -> str:
    if rule == EMBED:
        return f"a link stands in place of a frame or a player: {told}{_more(count)}"
    return f"{told} doesn't come out on the page{_more(count)}"


def _hint(item: Removal, told: str) -> str:
    """What to do about the first loss of a kind."""
    if item.rule == ELEMENT:
        return "`broadsheet tidy` lists all that is lost; say it in Markdown, or show a picture of it"
    if item.rule == URL:
        return "pages link to http, https, mailto and tel"
    if _MEDIA.match(item.text):
        return "put the file into content/ to play it on the page"
    host = told.rpartition(" · ")[2]
    if " · " not in told and "//" not in item.text:
        return "`[embeds] allow` in broadsheet.toml names hosts whose frames are shown"
    host = "youtube-nocookie.com" if host == "youtube.com" else host
    return f'`allow = ["{host}"]` below [embeds] in broadsheet.toml shows the frames of this host'


def _more(count: int) -> str:
    return f" ({count - 1:,} more in this file)" if count > 1 else ""


class _Places:
    """Finds the lines of what was lost; what comes later in the page mostly stands further down in the text."""

    def __init__(self, document: Document) -> None:
        self._text, self._first = without_code(document.markdown), document.body_line
        self._written = document.markdown
        self._at, self._line = 0, document.body_line  # behind what was found before
        self._searches = 0

    def removal(self, loss: Loss) -> Removal:
        """The record of a loss: as it is written in the file, else the line that it comes from."""
        text = loss.text.removesuffix("…")
        start = self._find(text)
        if start >= 0:
            return Removal(loss.rule, self._line_at(start), loss.text, "")
        start = self._find_address(text)
        if start < 0:
            return Removal(loss.rule, self._first, loss.text, "")
        line = self._line_at(start)
        return Removal(loss.rule, line, self._written.split("\n")[line - self._first].strip(), "")

    def _find(self, text: str) -> int:
        start = self._text.find(text, self._at)
        if start < 0 and self._searches < _MOST_SEARCHES:
            self._searches += 1
            start = self._text.find(text)
        return start

    def _find_address(self, text: str) -> int:
        """Where the address of a link or a picture stands that is written in Markdown."""
        address = _ADDRESS.search(text)
        if self._searches >= _MOST_SEARCHES:
            return -1
        if address:
            found = self._find(unescape(address[1]))
            return found if found >= 0 else self._find(unquote(unescape(address[1])))
        self._searches += 1
        empty = _NO_ADDRESS.search(self._text, self._at) or _NO_ADDRESS.search(self._text)
        return empty.start() if empty else -1

    def _line_at(self, start: int) -> int:
        if start < self._at:
            return self._first + self._text.count("\n", 0, start)
        self._line += self._text.count("\n", self._at, start)
        self._at = start
        return self._line


def join(*parts: Sequence[Removal]) -> tuple[Removal, ...]:
    """Several records as one, in the order of the lines."""
    return tuple(sorted((item for part in parts for item in part), key=lambda item: item.line))
