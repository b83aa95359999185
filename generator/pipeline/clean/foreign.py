"""The syntax of other generators in a text: what can be said in Markdown or HTML is, what means nothing here goes.

Liquid (Jekyll), shortcodes (Hugo, Zola), kramdown's attributes. What nobody can tell stays in the text as it is, and
`left_in` finds it in what readers would see, so that a warning names it. Code is left alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import groupby
from typing import Final, NamedTuple
from urllib.parse import unquote

from generator.pipeline.clean.elements import Loss
from generator.pipeline.clean.lines import code_in, code_spans
from generator.pipeline.clean.shortcodes import SHORTCODE, is_block, replaced

MARK: Final = "template-mark"

_CODE_STARTS: Final = re.compile(
    r"( {0,3})\{(?:%-?\s*(?:highlight|codeblock|prism)\s+([^{}]*?)-?%|\{[<%]\s*highlight\s+([^{}]*?)[%>]\})\}?\s*"
)
_CODE_ENDS: Final = re.compile(
    r" {0,3}\{(?:%-?\s*end(?:highlight|codeblock|prism)\s*-?%|\{[<%]\s*/\s*highlight\s*[%>]\})\}?\s*"
)
_LANGUAGE: Final = re.compile(r"(?:lang:)?[\"']?([\w+#.-]{1,40})")
_COMMENT_STARTS: Final = re.compile(r" {0,3}(?:\{%-?\s*comment\s*-?%\}|\{::comment\})")
_COMMENT_ENDS: Final = re.compile(r".*?(?:\{%-?\s*endcomment\s*-?%\}|\{:/(?:comment)?\})\s*")
_COMMENT: Final = re.compile(
    r"\{%-?\s*comment\s*-?%\}[^{}]*\{%-?\s*endcomment\s*-?%\}|\{\{/\*[^{}]*\*/\}\}|\{#\s[^{}]*#\}"
)
_RAW: Final = re.compile(r"\{%-?\s*(end)?raw\s*-?%\}")
_ATTRIBUTES: Final = (  # as kramdown writes them: `{: .wide #map width="50"}`
    r"\{:\s*+(?:(?:[.#][\w-]++|[\w:-]++=(?:\"[^\"{}]*+\"|'[^'{}]*+'|[^\s\"'{}]++)|no_toc\b|footnotes\b)\s*+)++\}"
)
_TOC: Final = re.compile(r" {0,3}\{:\s*toc\s*[^{}]*\}\s*")
_TOC_ITEM: Final = re.compile(r" {0,3}(?:[-*+]|\d+[.)])\s+\S")
_ALONE: Final = re.compile(
    rf" {{0,3}}(?:{_ATTRIBUTES}|\{{:(?::options|:nomarkdown|/nomarkdown|/options|/)[^{{}}]*\}})\s*"
)
_BEHIND: Final = re.compile(rf"(?<=[)*_\]`]){_ATTRIBUTES}")
_IN_HEADING: Final = re.compile(rf"^( {{0,3}}#{{1,6}}\s[^{{}}]*?)\s*{_ATTRIBUTES}\s*$")
_IN_ITEM: Final = re.compile(rf"^(\s*(?:[-*+]|\d+[.)])\s+){_ATTRIBUTES}\s*")
_BACKTICKS: Final = re.compile("`+")
_LONGEST_LINE: Final = 4000  # a longer one is a paragraph whatever it holds

_TEMPLATE: Final = re.compile(
    r"(?<!\\)(?:(?<!\{)\{%-?\s*(?!(?:link|post_url)\b)[A-Za-z_][^{}]{0,500}%\}"
    r"|\{\{[<%]\s*(?!(?:rel)?ref\b)/?[\w.][^{}]{0,500}[%>]\}\}"
    r"|\{\{(?![<%])[^{}]{1,500}\}\}"
    rf"|{_ATTRIBUTES})"
)
_COMPONENT: Final = re.compile(r"<([A-Z][\w.]{0,100})(?:[\s/][^<>]{0,500})?>")
_MODULE: Final = re.compile(
    r"import\s(?:[\w*{][^'\"]{0,300}\sfrom\s+)?['\"][^'\"]{1,300}['\"];?\s*"
    r"|export\s+(?:default|const|let|var|function|async|class|\{)\b.{0,300}"
)
_MODULE_LINE: Final = re.compile(r"^(?:import|export)\s.{0,600}$", re.MULTILINE)
_ADDRESS: Final = re.compile(r' (?:href|src|poster)="([^"]*)"')
_REFERENCE: Final = re.compile(r"(?<![\w\]\\])\[([^\[\]\n]{1,300})\]\[([^\[\]\n]{0,300})\]")
_NOTE: Final = re.compile(r"(?<![\\\]])\[\^[^\[\]\s]{1,100}\](?![:\[])")
_NOT_READ: Final = re.compile(r"<(pre|code)\b[^>]*>.*?</\1>", re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]*>")
_NUMBER: Final = re.compile(r"[\d\s,;.*†‡–-]*|[^\W\d_]")  # what notes are numbered with


class Translated(NamedTuple):
    """A text without the syntax of other generators, as far as it is known."""

    markdown: str
    losses: tuple[Loss, ...]
    literal: frozenset[str]  # templates that the author means to be read


class Left(NamedTuple):
    """What readers would see of the syntax of other generators, in the order of the text."""

    templates: tuple[str, ...]
    references: tuple[str, ...]  # links to a definition that isn't there


_NOTHING_LEFT: Final = Left((), ())


def translate(markdown: str) -> Translated:
    """The text as Markdown, with HTML where that has no words for it."""
    if "{" not in markdown:
        return Translated(markdown, (), frozenset())
    lines, code = markdown.split("\n"), code_in(markdown)
    translator = _Translator(lines, code.union(_wrapped_code(lines, code)) if "`" in markdown else code)
    translator.run()
    return Translated("\n".join(translator.out), tuple(translator.losses), frozenset(translator.literal))


def _wrapped_code(lines: Sequence[str], code: frozenset[int]) -> Iterator[int]:
    """The places of the lines of paragraphs over whose ends a code span goes."""
    for is_text, run in groupby(enumerate(lines), key=lambda line: line[0] not in code and bool(line[1].strip())):
        if is_text and len(paragraph := list(run)) > 1:
            text, at, place = "\n".join(line for _, line in paragraph), 0, paragraph[0][0]
            for start, end in code_spans(text):
                place += text.count("\n", at, start)
                wraps = text.count("\n", start, end)
                yield from range(place, place + wraps + 1) if wraps else ()
                place, at = place + wraps, end


class _Translator:
    """Goes through the lines of one text."""

    def __init__(self, lines: Sequence[str], code: frozenset[int]) -> None:
        self._lines, self._code = lines, code
        self._at = 0
        self._is_raw = False
        self._last_raw = max((index for index, line in enumerate(lines) if "endraw" in line), default=-1)
        self._without: set[re.Pattern[str]] = set()  # ends that don't come from here on
        self.out: list[str] = []
        self.losses: list[Loss] = []
        self.literal: set[str] = set()

    def run(self) -> None:
        """Takes all lines."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if self._is_code(line) or "{" not in line or len(line) > _LONGEST_LINE:
                self.out.append(line)
            elif not (self._block(line) or self._mark(line)):
                self._within(line)

    def _is_code(self, line: str) -> bool:
        """Whether a line is one of code, or of what may be."""
        return self._at - 1 in self._code or line.startswith(("    ", "\t"))

    def _block(self, line: str) -> bool:
        """Takes code and comments of several lines."""
        if self._is_raw:
            return False
        code = _CODE_STARTS.fullmatch(line)
        if code and (end := self._find(_CODE_ENDS)) >= 0:
            inside = self._lines[self._at : end]
            longest = max((len(run) for text in inside for run in _BACKTICKS.findall(text)), default=0)
            fence = code[1] + "`" * max(3, longest + 1)
            language = _LANGUAGE.match((code[2] or code[3] or "").strip())
            self.out += [fence + (language[1] if language else ""), *inside, fence]
            self._at = end + 1
            return True
        if _COMMENT_STARTS.match(line) and not _COMMENT.search(line) and (end := self._find(_COMMENT_ENDS)) >= 0:
            self.losses.append(Loss(MARK, "\n".join([line, *self._lines[self._at : end + 1]])[:400], ""))
            self._at = end + 1
            return True
        return False

    def _find(self, pattern: re.Pattern[str]) -> int:
        """The number of the next line that a pattern matches as a whole; -1 for none."""
        if pattern in self._without:
            return -1
        for index in range(self._at, len(self._lines)):
            if "{" in self._lines[index] and pattern.fullmatch(self._lines[index]):
                return index
        self._without.add(pattern)
        return -1

    def _mark(self, line: str) -> bool:
        """Takes a line that is nothing but a mark for another generator."""
        if self._is_raw:
            return False
        is_toc = _TOC.fullmatch(line) is not None
        if not is_toc and not _ALONE.fullmatch(line):
            return False
        if is_toc and self.out and _TOC_ITEM.match(self.out[-1]) and not "".join(self.out[-2:-1]).strip():
            self.losses.append(Loss(MARK, self.out.pop(), ""))  # in its place the contents would stand
        self.losses.append(Loss(MARK, line.strip(), ""))
        return True

    def _within(self, line: str) -> None:
        """Takes the marks in a line."""
        text = self._without_raw(line) if "raw" in line else line
        if self._is_raw or text != line:
            self.literal.update(found[0] for found in _TEMPLATE.finditer(text))
        else:
            for pattern in (_IN_HEADING, _IN_ITEM):
                text = _outside_code(text, pattern, self._lost_but_first)
            text = _outside_code(text, _BEHIND, self._lost)
            text = _outside_code(text, _COMMENT, self._lost)
            is_alone = SHORTCODE.fullmatch(text.strip()) is not None
            text = _outside_code(text, SHORTCODE, lambda found: replaced(found, is_alone=is_alone))
        if is_block(text) and text != line:
            self.out += [*([""] if self.out and self.out[-1].strip() else []), text, ""]
        elif text.strip() or not line.strip():
            self.out.append(text)

    def _without_raw(self, line: str) -> str:
        """A line without the marks around what Liquid leaves alone, where these have an end."""
        if self._at - 1 > self._last_raw:
            return line

        def drop(found: re.Match[str]) -> str:
            self._is_raw = not found[1]
            return self._lost(found)

        return _outside_code(line, _RAW, drop)

    def _lost(self, found: re.Match[str]) -> str:
        self.losses.append(Loss(MARK, found[0].strip(), ""))
        return ""

    def _lost_but_first(self, found: re.Match[str]) -> str:
        self.losses.append(Loss(MARK, found[0][len(found[1]) :].strip(), ""))
        return found[1]


def _outside_code(line: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> str:
    """A line with all that a pattern finds replaced, but for what stands in code."""
    spans = list(code_spans(line)) if "`" in line else []

    def outside(found: re.Match[str]) -> str:
        is_code = any(start < found.start() < end for start, end in spans)
        return found[0] if is_code else replace(found)

    return pattern.sub(outside, line)


def left_in(html: str, translated: Translated, *, is_written: bool) -> Left:
    """What of such syntax readers would see, in safe HTML; numbers in brackets refer in what somebody wrote alone."""
    markdown = translated.markdown
    if "{" not in markdown and "<" not in markdown and "][" not in markdown and "[^" not in markdown:
        return _NOTHING_LEFT  # and no lines of a program, whose names are used in tags
    text = unescape(_TAG.sub("", _NOT_READ.sub("", html)))
    meant = set(map(_skeleton, translated.literal))
    seen = [*_found(_TEMPLATE, text, markdown), *_in_addresses(html)]
    templates = [item for item in seen if _skeleton(item) not in meant]
    components = [
        found[0] for found in _COMPONENT.finditer(text) if found[0].endswith("/>") or f"</{found[1]}>" in text
    ]
    references = [
        item
        for item in _found(_REFERENCE, text, markdown)
        if _refers(*item[1:-1].split("][", 1), is_written=is_written)
    ]
    references += _found(_NOTE, text, markdown)
    all_ = (*templates, *components, *_modules(markdown))
    places = _places(markdown) if len(all_) > 1 else {}
    return Left(tuple(sorted(all_, key=lambda item: places.get(_skeleton(item), 0))), tuple(references))


def _in_addresses(html: str) -> list[str]:
    """The templates in what links and pictures lead to."""
    if "%7B" not in html:
        return []
    urls = (unquote(unescape(url)) for url in _ADDRESS.findall(html) if "%7B" in url)
    return [found[0] for url in urls for found in _TEMPLATE.finditer(url)]


def _places(markdown: str) -> dict[str, int]:
    """Where each template and each line of a program stands for the first time."""
    places: dict[str, int] = {}
    for pattern in (_TEMPLATE, _COMPONENT, _MODULE_LINE):
        for found in pattern.finditer(markdown):
            places.setdefault(_skeleton(found[0]), found.start())
    return places


def _found(pattern: re.Pattern[str], text: str, markdown: str) -> list[str]:
    """What a pattern finds in a text that readers see, and in its Markdown too: there it isn't escaped."""
    found = [match[0] for match in pattern.finditer(text)]
    if not found:
        return []
    sources = [match[0] for match in pattern.finditer(markdown)]
    written = {_skeleton(form) for item in sources for form in (item, _TAG.sub("", item))}
    return [item for item in found if _skeleton(item) in written]


def _refers(words: str, name: str, *, is_written: bool) -> bool:
    """Whether `[words][name]` was meant as a link, and not as two notes, one behind the other."""
    if words.startswith("^") or _NUMBER.fullmatch(words):
        return False
    return is_written or not name or not _NUMBER.fullmatch(name)


def _modules(markdown: str) -> tuple[str, ...]:
    """The lines of a program between the paragraphs of a text (MDX)."""
    if "import " not in markdown and "export " not in markdown:
        return ()
    found, code = [], code_in(markdown)
    for place, line in enumerate(markdown.split("\n")):
        if place not in code and line.startswith(("import ", "export ")) and _MODULE.fullmatch(line):
            found.append(line)
    return tuple(found)


def place_of(item: str, markdown: str) -> tuple[int, str]:
    """Where something of a text that readers see stands in its Markdown, from 0, and how it is written there."""
    start, wanted = markdown.find(item), _skeleton(item)
    if start >= 0:
        return start, item
    for pattern in (_TEMPLATE, _REFERENCE, _COMPONENT):
        for found in pattern.finditer(markdown):
            if _skeleton(found[0]) == wanted:
                return found.start(), found[0]
    return 0, item


def _skeleton(text: str) -> str:
    """The letters and digits alone: quotes and dashes become other ones on the way to a page."""
    return "".join(filter(str.isalnum, text))
