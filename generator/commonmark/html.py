"""HTML in a text, as far as CommonMark 0.31 looks at it (4.6 and 6.6): where it begins and where it ends."""

import re
from typing import Final

_NAME: Final = r"[a-zA-Z][a-zA-Z0-9-]*+"
_ATTRIBUTE: Final = (
    r"""\s++[a-zA-Z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+"""  # a name and perhaps a value
)
_OPENING: Final = rf"<{_NAME}(?:{_ATTRIBUTE})*+\s*+/?>"
_CLOSING: Final = rf"</{_NAME}\s*+>"
TAG: Final = re.compile(rf"{_OPENING}|{_CLOSING}", re.ASCII)
_ALONE: Final = re.compile(rf"(?:{_OPENING}|{_CLOSING})[ \t]*$", re.ASCII)

AT_BLANK_LINE: Final = re.compile(r"\Z")  # stands for the end of a block that a blank line ends
_BLOCK_NAMES: Final = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead "
    "title tr track ul"
)
_BLOCK: Final = re.compile(rf"</?(?:{_BLOCK_NAMES.replace(' ', '|')})(?:[ \t>]|/>|$)", re.IGNORECASE)
_ENDS: Final = (  # what begins a block of HTML that goes on to a mark, and that mark
    (
        re.compile(r"<(?:script|pre|style|textarea)(?:[ \t>]|$)", re.IGNORECASE),
        re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    ),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![a-zA-Z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
)
# Inline, beside tags: how it begins, and what ends it.
DECLARATIONS: Final = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))


def starts_block(text: str, *, interrupts: bool) -> re.Pattern[str] | None:
    """What ends the block of HTML that begins with this line; None if none begins.

    A tag alone on a line is one too, but not where it `interrupts` a paragraph.
    """
    for start, end in _ENDS:
        if start.match(text):
            return end
    if _BLOCK.match(text) or (not interrupts and _ALONE.match(text)):
        return AT_BLANK_LINE
    return None
