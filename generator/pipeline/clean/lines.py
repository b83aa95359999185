"""Markdown text as lines that know what they are: enough structure to leave real Markdown alone."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from html import unescape
from itertools import count, pairwise, zip_longest
from typing import Final, NamedTuple

TEXT: Final = "text"
BLANK: Final = "blank"
HEADING: Final = "heading"
LIST: Final = "list"
QUOTE: Final = "quote"
TABLE: Final = "table"
CODE: Final = "code"
HTML: Final = "html"
RULE: Final = "rule"
DEFINITION: Final = "definition"  # of a footnote or of a link

RUN: Final = f"{TEXT} {TEXT}"  # a line of text right below another, among the kinds of lines
_TABLE_RULE: Final = re.compile(r"\s*+(?:\|\s*+)?:?-{3,}+:?\s*+\|")
_STARTS: Final = (
    (HEADING, re.compile(r" {0,3}#{1,6}(?:\s|$)")),
    (RULE, re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")),
    (LIST, re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])\s+\S")),
    (QUOTE, re.compile(r" {0,3}>")),
    (TABLE, re.compile(r"\s*\|.*\|\s*$")),
    (TABLE, _TABLE_RULE),
    (DEFINITION, re.compile(r" {0,3}\[\^?[^\]]{1,200}\]:")),
    (HTML, re.compile(r" {0,3}</?[A-Za-z!][^>]{0,2000}>?")),
)
_START: Final = re.compile("|".join(f"({start.pattern})" for _, start in _STARTS))
_PROSE_ENDS: Final = frozenset(".!?,;:…。！？")
_WORD: Final = re.compile(r"\w")
_MARKER: Final = re.compile(r"\s*(?:#{1,6}\s+|(?:[-*+•]|\d{1,3}[.)])\s+|>\s?)+")
_EMPHASIS: Final = re.compile(r"^(\*\*|__|\*|_)(?=\S)(?P<inside>.+?)(?<=\S)\1$")
_SENTENCE_END: Final = re.compile(r"""[.!?…。！？।؟۔։።။][)\]"'”’»）」』*_]*(?:\[\^[^\]]+\])*$""")

# What readers don't see. A target holds no blank but before a title, so that a bracket in prose begins none.
_URL: Final = r"(?:<[^<>]{0,1000}>|(?:[^()\s]|\([^()\s]*\)){0,1000})"
_LINK_TITLE: Final = r"(?:\s+[\"'(][^\n]{0,300}?[\"')])?"
_TARGET: Final = rf"(?:\(\s{{0,9}}{_URL}{_LINK_TITLE}\s*\)|\[[^\[\]]{{0,200}}\])"
_LABEL: Final = r"\[((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,1000})\]"
_PICTURE: Final = re.compile(rf"!{_LABEL}{_TARGET}")
_LINK: Final = re.compile(rf"{_LABEL}{_TARGET}")
_SHARING: Final = re.compile(
    r"\]\(<?(?:whatsapp://send|mailto:\?|(?:https?:)?//(?:[a-z-]{1,9}\.)?(?:"
    r"facebook\.com/(?:sharer|share\.php|dialog/)|(?:twitter|x)\.com/(?:intent/|share\b|home\?status)"
    r"|linkedin\.com/(?:sharearticle|sharing/|cws/)|reddit\.com/submit|pinterest\.[a-z.]{2,6}/pin/create"
    r"|t\.me/share|telegram\.me/share|whatsapp\.com/send|wa\.me/\?|tumblr\.com/(?:share|widgets/share)"
    r"|getpocket\.com/(?:save|edit)|vk\.com/share|line\.me/r/|hatena\.ne\.jp/(?:add|entry)"
    r"|service\.weibo\.com/share|bsky\.app/intent|threads\.net/intent|flipboard\.com/bookmarklet))",
    re.IGNORECASE,
)
_FOOTNOTE: Final = re.compile(r"\[\^[^\[\]\s]{1,100}\]")
_BACKTICKS: Final = re.compile("`+")
_CODE_SPAN: Final = re.compile(r"(?<!`)(`{1,3})(?!`)[^`]{1,1000}\1(?!`)")
_ADDRESS: Final = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,1000})>")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,1000}>|<!--.{0,1000}?-->")
_TEMPLATE: Final = re.compile(r"\{\{[^{}]{0,500}\}\}|\{%[^{}]{0,500}%\}|\{[:#][^{}]{0,200}\}")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_WIDE: Final = 40  # columns of a line that goes on in the next
_GOES_ON: Final = ("[", "`", "*", "(", "_", "<", "„", "“")  # what a sentence goes on with where it isn't a small letter
_LONGEST: Final = 4000  # characters of a line whose marks are looked for; a longer one is a paragraph whatever it holds


class Line(NamedTuple):
    """One line of a Markdown text."""

    number: int  # in the file, from 1
    text: str
    kind: str


_as_line: Final = partial(tuple.__new__, Line)  # of a tuple: a third of the time, and texts have many lines


def split_lines(markdown: str, first: int) -> list[Line]:
    """The lines with their kinds; `first` is the number of the first one."""
    kind = ""
    kinds: list[str] = []
    texts = markdown.split("\n")
    code = code_in(markdown)
    for index, text in enumerate(texts):
        if code and index in code:
            kind = CODE
        elif not text or (text[0].isalpha() and "|" not in text):  # nearly all lines of news
            kind = TEXT if text else BLANK
        else:
            kind = _kind(text, kind or BLANK, texts[index + 1 : index + 2])
        kinds.append(kind)
    return list(map(_as_line, zip(count(first), texts, kinds, strict=False)))


def kinds_of(lines: Sequence[Line]) -> str:
    """The kinds of all lines, a blank between two: a text is searched and counted in faster than a list."""
    return " ".join([line.kind for line in lines])


def code_in(markdown: str) -> frozenset[int]:
    """The places, from 0, of the lines that are code by their fences or by HTML around them."""
    if "```" not in markdown and "~~~" not in markdown and "\n<" not in markdown and markdown[:1] != "<":
        return frozenset()
    from generator.commonmark.code import code_lines  # noqa: PLC0415 - imports markdown, for texts with code alone

    return code_lines(markdown.split("\n"))


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where code stands in a line or a paragraph: from as many backticks to as many. Linear in the text."""
    runs = [found.span() for found in _BACKTICKS.finditer(text)]
    following: dict[int, int] = {}
    partner = [-1] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        partner[index] = following.get(length, -1)
        following[length] = index
    index = 0
    while index < len(runs):
        if partner[index] < 0:
            index += 1
        else:
            yield runs[index][0], runs[partner[index]][1]
            index = partner[index] + 1


def without_code(markdown: str) -> str:
    """The text with blanks in the places of code, so that what stands outside of it is found where it stands."""
    if "`" not in markdown and "~~~" not in markdown:
        return markdown
    code = code_in(markdown)
    lines = enumerate(markdown.split("\n"))
    return "\n".join(" " * len(text) if place in code else _CODE_SPAN.sub(_blank, text) for place, text in lines)


def _blank(span: re.Match[str]) -> str:
    return " " * len(span[0])


def _kind(text: str, before: str, following: list[str]) -> str:
    """What a line outside of code is; `before` is the kind of the line above, `following` the line below."""
    if "|" in text and following and _TABLE_RULE.match(following[0]):
        return TABLE
    if not text.strip():
        return BLANK
    if text.startswith(("    ", "\t")):
        return before if before in {LIST, DEFINITION, TEXT} else CODE
    if before == TABLE and "|" in text:
        return TABLE
    start = _START.match(text)
    return _STARTS[start.lastindex - 1][0] if start and start.lastindex else TEXT


def plain(text: str) -> str:
    """A line without its list, heading and quote marks, and without emphasis around the whole of it."""
    marker = _MARKER.match(text)
    text = (text[marker.end() :] if marker else text).strip()
    emphasis = _EMPHASIS.match(text)
    return emphasis["inside"] if emphasis else text


def visible(text: str) -> str:
    """The words of a line as readers see them.

    Nothing is left of pictures, of code, of HTML tags and of the marks of templates, and of a link only its label.
    """
    if not _has_marks(text) or len(text) > _LONGEST:
        return text
    if "`" in text:
        text = _CODE_SPAN.sub("", text)
    if "{" in text:
        text = _TEMPLATE.sub("", text)
    if "[" in text:
        text = _without_links(text)
    if "<" in text:
        text = _TAG.sub("", _ADDRESS.sub(r"\1", text))
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if "&" in text and ";" in text:
        text = unescape(text)
    return " ".join(text.replace("**", "").replace("__", "").split())


def _has_marks(text: str) -> bool:
    """Whether readers may not see all of a line; a search for each sign is faster than one for all of them."""
    return (
        "[" in text
        or "`" in text
        or "<" in text
        or "&" in text
        or "{" in text
        or "\\" in text
        or ("*" in text and "**" in text)
        or ("_" in text and "__" in text)
    )


def _without_links(text: str) -> str:
    """A line with the labels of its links alone, and without pictures and marks of footnotes."""
    if "![" in text:
        text = _PICTURE.sub("", text)
    if "[^" in text:
        text = _FOOTNOTE.sub("", text)
    return _LINK.sub(r"\1", text) if "](" in text or "][" in text else text


def is_link_alone(text: str) -> bool:
    """Whether a line has links with labels, and no word beside them."""
    if "](" not in text or text[-1].isalnum() or text[-1] in _PROSE_ENDS or len(text) > _LONGEST:
        return False
    pictures_gone = _PICTURE.sub("", text)
    labels = _LINK.findall(pictures_gone)
    return any(map(_WORD.search, labels)) and not _WORD.search(_LINK.sub("", pictures_gone))


def shares(text: str) -> bool:
    """Whether a line has a link that shares the page that it stands on, by where it leads; no author writes those."""
    return "](" in text and _SHARING.search(text) is not None


def is_picture(text: str) -> bool:
    """Whether a line shows pictures, or links that nobody sees, and no word."""
    return "](" in text and not visible(plain(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE_END.search(text[-40:].rstrip()) is not None


def goes_on(before: Line, line: Line) -> bool:
    """Whether a paragraph goes on in the line below, as in text that was wrapped at a margin."""
    if before.kind != TEXT or line.kind != TEXT or len(before.text) < _WIDE:
        return False
    return (line.text[:1].islower() or line.text.startswith(_GOES_ON)) and not ends_sentence(before.text)


def are_wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines of text that stand one below the other are one paragraph, broken at a margin.

    Sentences go on from line to line at least as often as they end with one.
    """
    if not any(goes_on(before, line) for before, line in pairwise(lines)):
        return False
    ends = [ends_sentence(line.text) for line in lines[:-1]]
    going = sum(line.text[:1].islower() and not is_end for line, is_end in zip(lines[1:], ends, strict=True))
    return going >= max(1, sum(ends), len(ends) / 3)


def emptied_sections(before: Sequence[Line], after: Sequence[Line]) -> tuple[int, ...]:
    """The numbers of headings that had something below them before, and have nothing after."""
    return tuple(sorted(_without_text(after) - _without_text(before)))


def _without_text(lines: Sequence[Line]) -> set[int]:
    """The numbers of headings right below which another heading stands, or the end."""
    filled = [line for line in lines if line.kind != BLANK]
    pairs = zip_longest(filled, filled[1:])
    return {line.number for line, below in pairs if line.kind == HEADING and (below is None or _is_above(line, below))}


def _is_above(heading: Line, below: Line) -> bool:
    """Whether a line is a heading of the same level or of a higher one."""
    return below.kind == HEADING and _level(below) <= _level(heading)


def _level(heading: Line) -> int:
    return len(heading.text) - len(heading.text.lstrip(" ").lstrip("#"))
