"""Typographic quotes, dashes and dots as the extension `smarty` of `markdown` decides them, but once and not each time.

The library runs a dozen and a half patterns over every text. What they make of a cluster of marks depends on
a few characters beside it, and of most of those on their class only: the library is asked about the
cluster in surroundings of that kind, and its answer is remembered.

It takes the mark of letters that were left out at the beginning of a word ('Twas, rock 'n' roll, '07) for an opening
quote. That's why those are seen to before.
"""

import re
from functools import lru_cache
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString, HtmlStash

# Marks less than four characters apart are one cluster: no pattern looks further than three ahead.
_MARKS: Final = re.compile(r"""(?:['"]|--+|\.{3,})(?:.{0,3}(?:['"]|--+|\.{3,})){0,400}""", re.DOTALL)
_ONLY_QUOTES: Final = re.compile(r"""['"](?:.{0,3}['"]){0,400}""", re.DOTALL)  # the same without -- and ..., but faster
_ANY_MARK: Final = re.compile(r"""['"]|--|\.\.\.""")
_QUOTES: Final = ("'", '"')
_ENTITIES: Final = ("&nbsp;", "&mdash;", "&ndash;", "&#8211;", "&#8212;")  # one before a quote makes it an opening one
_CLASSES: Final = str.maketrans("bcdefghijklmnopqrtuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123456789", "a" * 50 + "0" * 9)
_LONGEST_REMEMBERED: Final = 40
_SIGNS: Final = tuple(
    (f"&{name};", unescape(f"&{name};"))
    for name in ("lsquo", "rsquo", "ldquo", "rdquo", "ndash", "mdash", "hellip", "laquo", "raquo")
)

# Words that have lost their beginning. Of the second kind are those that may begin a quotation as well.
_ELIDED: Final = re.compile(
    r"""'(?<!\w')(?:n'(?=\s\w)|(?:
    (?P<sure>0\d|n(?=\s)|t(?=\s)|s(?=[\s-]\w)|em(?!\sdash)|tis|tisn|twas|twasn|twere|tweren|twill|twould|twouldn|twixt)
    |\d\d(?:ers?|ern)?|cause|cos|coz|bout|round|til|neath|gainst|nuff|nother
    )(?!\w)(?!'(?!\w)))""",
    re.VERBOSE | re.IGNORECASE,
)
_CLOSED: Final = re.compile(r"[^']*+(?:(?<=\w)'(?=\w)[^']*+)*+(?<=[\w.,!?…)%])'(?!\w)")  # by the next quote
_BEFORE_MARKS: Final = re.compile(r"(?<=\w)'(?=[“\d])")  # 5'10", l'“Ordre”
_AND: Final = "'n'"
_BEFORE_A_LETTER: Final = re.compile(  # the letter n, and no "and"
    r"(?:^|[^\w\s]|\b(?:letters?|characters?|variables?|numbers?|an?|the|and|or|of|for|is|in|to|with|where|if|let|as|by))"
    r"\s?\Z",
    re.IGNORECASE,
)


def with_apostrophes(text: str) -> str:
    """The text with ’ for a ' that stands for letters."""
    return _ELIDED.sub(_elide, _BEFORE_MARKS.sub("’", text))


def _elide(mark: re.Match[str]) -> str:
    if mark[0] == _AND or mark[0] == _AND.upper():
        is_letter = _BEFORE_A_LETTER.search(mark.string, max(0, mark.start() - 20), mark.start())
        return mark[0] if is_letter else mark[0].replace("'", "’")
    if not mark["sure"] and _CLOSED.match(mark.string, mark.end()):
        return mark[0]
    return f"’{mark[0][1:]}"


class Typography:
    """The decisions of one `smarty`."""

    def __init__(self, md: Markdown, smarty: InlineProcessor) -> None:
        self._md, self._smarty = md, smarty
        self._remembered = lru_cache(maxsize=4096)(self._decide)

    def apply(self, text: str) -> str:
        """The text of one node with entities in the places of its marks."""
        if "'" in text:
            text = with_apostrophes(text)
        if ("-" in text and "--" in text) or "..." in text:
            return _MARKS.sub(self._replace, text)
        if "'" in text or '"' in text:
            return _ONLY_QUOTES.sub(self._replace, text)
        return text

    def _replace(self, cluster: re.Match[str]) -> str:
        start, end = cluster.span()
        decide = self._remembered if end - start <= _LONGEST_REMEMBERED else self._decide
        return decide(_before(cluster.string, start), cluster[0], _after(cluster.string, end))

    def _decide(self, before: str, cluster: str, after: str) -> str:
        """What the library makes of the cluster; the stash is put aside meanwhile, so that no entity stays in it."""
        root = Element("div")
        paragraph = SubElement(root, "p")
        paragraph.text = before + cluster + after
        stash, self._md.htmlStash = self._md.htmlStash, HtmlStash()
        try:
            self._smarty.run(root)
            entities = self._md.htmlStash.rawHtmlBlocks
        finally:
            self._md.htmlStash = stash
        text = HTML_PLACEHOLDER_RE.sub(lambda placeholder: str(entities[int(placeholder[1])]), paragraph.text)
        return text[len(before) : len(text) - len(after)]


class Quotes(Treeprocessor):
    """Takes the place of `smarty` in the library: its decisions, in all texts of the tree that are not atomic."""

    def __init__(self, typography: Typography, md: Markdown) -> None:
        super().__init__(md)
        self._typography = typography

    def run(self, root: Element) -> None:
        """Puts entities in the places of the marks."""
        for element in root.iter():
            if element.text and not isinstance(element.text, AtomicString):
                element.text = self._typography.apply(element.text)
            if element.tail and not isinstance(element.tail, AtomicString):
                element.tail = self._typography.apply(element.tail)


class Signs(Typography):
    """The same, with the signs themselves in place of their entities: in texts that hold no entities of their own."""

    def _decide(self, before: str, cluster: str, after: str) -> str:
        decided = super()._decide(before, cluster, after)
        for entity, sign in _SIGNS:
            decided = decided.replace(entity, sign)
        return decided


def _before(text: str, start: int) -> str:
    """The last character before `start` or one of its class, "" at the beginning; an entity if it counts as one."""
    last = text[start - 1 : start] if start else ""
    if last in _QUOTES:  # of a long cluster that is decided in parts
        return ""
    if last == ";" and text.endswith(_ENTITIES, 0, start):
        return text[text.rindex("&", 0, start) : start]
    return "a" if last.isalnum() else last


def _after(text: str, end: int) -> str:
    """As much of what follows `end` as can matter: 's and '80s do, other letters are all alike."""
    first = text[end : end + 1]
    if _ANY_MARK.search(text, end, end + 3):  # see above
        return ""
    if first.isalpha() and first != "s":
        return "a"
    return text[end : end + (3 if first.isdecimal() else 2)].translate(_CLASSES)
