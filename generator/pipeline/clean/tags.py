"""HTML as tags: where they stand, what they are called, what they carry. Linear in the text, whatever it holds.

A tag here holds no `<` outside of quotes: what does is text. Nothing is judged here but what is a name of HTML.
"""

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Final, NamedTuple

from generator.pipeline.clean.lines import code_in, without_code


def _words(*lines: str) -> list[str]:
    return " ".join(lines).split()


# What a page of the site may hold, with names that mean the same. The sanitiser is told the same list.
ALLOWED: Final = frozenset(
    _words(
        "a abbr audio b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn div dl dt em",
        "figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark meter ol p pre progress q rp rt ruby s samp",
        "small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr",
    )
)
RENAMED: Final = {
    **dict.fromkeys(
        _words(
            "address article aside center dialog dir fieldset footer form header hgroup legend main menu nav search",
            "section",
        ),
        "div",
    ),
    **dict.fromkeys(("listing", "plaintext", "xmp"), "pre"),
    "acronym": "abbr",
    "image": "img",
    "strike": "s",
    "tt": "code",
}
_OTHERS: Final = _words(
    "applet area base basefont bgsound big blink body button canvas datalist embed font frame frameset head html",
    "iframe input isindex keygen label link map marquee math menuitem meta multicol nextid nobr noembed noframes",
    "noscript object optgroup option output param picture rb rtc script select selectedcontent slot spacer",
    "style svg template textarea title",
)
ELEMENTS: Final = ALLOWED.union(RENAMED, _OTHERS)
BLOCKS: Final = frozenset(
    _words(
        "blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre summary table",
        "tbody td tfoot th thead tr ul",
    )
)
# Elements whose end many people leave out, and those that have none.
_OPEN_ENDED: Final = frozenset(
    _words(
        "b big blockquote body br center code col colgroup dd div dl dt em font h1 h2 h3 h4 h5 h6 head hr html i li",
        "nobr ol optgroup option p pre rp rt s span strike strong sub sup table tbody td tfoot th thead tr tt u ul wbr",
    )
)
_SWITCHES: Final = frozenset(
    _words(
        "allowfullscreen allowtransparency async autofocus autoplay checked compact controls default defer disabled",
        "download formnovalidate hidden inert ismap itemscope loop mozallowfullscreen multiple muted nohref nomodule",
        "noresize noshade novalidate nowrap open playsinline readonly required reversed selected truespeed",
        "webkitallowfullscreen class id style title alt href src name value width height lang dir align border",
    )
)
_VALUE: Final = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'<>][^\s<>]*+)"""
_NAME: Final = r"[^\s/<>=][^\s/<>=]*+"
_TAG: Final = re.compile(
    rf"<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/<>]*+)(?P<attributes>(?:[\s/=]++|{_NAME}(?:\s*+=\s*+{_VALUE})?)*+)>"
)
_ATTRIBUTE: Final = re.compile(rf"""({_NAME})(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>][^\s<>]*+)))?""")
_TIDY: Final = re.compile(r'(?: [a-z][a-z-]*="[^"<>]*")*+')  # attributes that every parser reads in the same way
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,40};)")
_END: Final = re.compile(r"</([a-zA-Z][^\s/<>]*+)")
_REMARK: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*[.,;:!?…]*")
_CUSTOM: Final = re.compile(r"[a-z][a-z0-9._]*+(?:[-:][a-z0-9._-]+)+")
_OFFICE: Final = ("o:", "v:", "w:", "m:", "st1:")  # what word processors write, unclosed too


_NAMED: Final = re.compile(r"(\S[ \t]*)<(ul|ol|dl|table|blockquote|figure)>", re.IGNORECASE)
_ALONE: Final = re.compile(
    r"^( {0,3}(?:(?:[-*+>]|\d{1,9}[.)]) {1,3})*)</?([A-Za-z]\w*)(?: [^<>\n]*)?/?> *$", re.MULTILINE
)
_FLAT: Final = {
    name: re.compile(rf"<(/?){name}(?=[\s/>])", re.IGNORECASE)
    for name in _words("a audio button data iframe label map option select textarea time title var video")
}


class Tag(NamedTuple):
    """A tag in a text."""

    start: int
    end: int
    name: str  # in lower case
    inside: str  # its attributes, as they are written
    text: str  # all of it, as it is written
    is_end: bool

    @property
    def closes_itself(self) -> bool:
        """Whether it ends with `/>`, as one that has nothing inside."""
        if not self.inside.endswith("/"):
            return False
        last = self.inside.split()[-1]
        return "=" not in last or last[-2] in "\"'"  # <a href=/x/> is the beginning of a link

    @property
    def is_tidy(self) -> bool:
        """Whether it may stay as it is written."""
        return not self.inside or _TIDY.fullmatch(self.inside) is not None

    @property
    def attributes(self) -> dict[str, str]:
        """The values by the names in lower case; of two of one name the first counts."""
        found: dict[str, str] = {}
        for item in _ATTRIBUTE.finditer(self.inside):
            found.setdefault(item[1].lower(), _decoded(item[2] or item[3] or item[4] or ""))
        return found


def tag_at(html: str, start: int) -> Tag | None:
    """The tag that begins at a `<`, if one does."""
    found = _TAG.match(html, start)
    if not found:
        return None
    return Tag(start, found.end(), found["name"].lower(), found["attributes"], found[0], bool(found["slash"]))


def last_ends(html: str) -> dict[str, int]:
    """For each name where it is closed for the last time."""
    return {found[1].lower(): found.start() for found in _END.finditer(html)}


def written(name: str, attributes: Mapping[str, str]) -> str:
    """A tag that opens an element, as every parser reads it in the same way."""
    inside = [f' {key}="{escape(value)}"' for key, value in attributes.items()]
    return f"<{name}{''.join(inside)}>"


def as_text(html: str) -> str:
    """A piece of HTML as text that shows it; entities stay what they stand for."""
    return html.replace("<", "&lt;").replace(">", "&gt;")


def is_element(tag: Tag, html: str, ends: Mapping[str, int]) -> bool:
    """Whether a tag is one of HTML: `<name withheld>`, `List<String>` and `<time unknown>` are none.

    A name with a hyphen may be anybody's, so it counts where it is closed; `ends` says where each name is closed for
    the last time.
    """
    is_closed = tag.is_end or (ends.get(tag.name, -1) >= tag.end and _is_closed(tag, html))
    if tag.name not in ELEMENTS:
        return _CUSTOM.fullmatch(tag.name) is not None and (is_closed or tag.name.startswith(_OFFICE))
    if is_closed or tag.closes_itself:
        return True
    if tag.inside.strip():
        return not _is_remark(tag.attributes, tag.inside)
    before = html[max(0, tag.start - 1) : tag.start]
    is_parameter = (before.isalnum() or before == "_") and tag.text[1].isupper()
    return tag.name in _OPEN_ENDED and not is_parameter


def with_named_elements(markdown: str) -> str:
    """A text that may speak of an element, `Use <ul> here.`: within a line, and closed nowhere, such a tag is text."""
    if not _NAMED.search(markdown):
        return markdown
    ends = last_ends(markdown)

    def as_words(tag: re.Match[str]) -> str:
        return tag[0] if tag[2].lower() in ends else f"{tag[1]}&lt;{tag[2]}&gt;"

    lines, outside = markdown.split("\n"), without_code(markdown).split("\n")
    for place, line in enumerate(outside):
        if line == lines[place] and "<" in line:
            lines[place] = _NAMED.sub(as_words, line)
    return "\n".join(lines)


def with_lines_of_words(markdown: str) -> str:
    """A text whose lines that are a `<redacted>` alone begin no HTML: what stands below them is Markdown."""
    if not _ALONE.search(markdown):
        return markdown
    lines, code = markdown.split("\n"), code_in(markdown)
    for index, line in enumerate(lines):
        if index not in code and (found := _ALONE.match(line)) and found[2].lower() not in ELEMENTS:
            lines[index] = f"{found[1]}&lt;{line[found.end(1) + 1 :]}"
    return "\n".join(lines)


def _is_closed(tag: Tag, html: str) -> bool:
    """Whether the next tag of its name closes it, of one that can't hold its like; of others any closes it."""
    if tag.name not in _FLAT or "=" in tag.inside:
        return True
    following = _FLAT[tag.name].search(html, tag.end)
    return following is not None and following[1] == "/"


def _is_remark(attributes: Mapping[str, str], inside: str) -> bool:
    """Whether what would be attributes are words: none has a value, and none is a switch that HTML knows."""
    return "=" not in inside and all(_REMARK.fullmatch(name) and name not in _SWITCHES for name in attributes)


def _decoded(value: str) -> str:
    """What an attribute says; `&copy=1` in an address is no sign, as it has no semicolon."""
    return _ENTITY.sub(lambda found: unescape(found[0]), value) if "&" in value else value
