"""Lines that aren't Markdown, as titles, with the quotes, dashes and dots that texts get; code in them stays."""

import re
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from generator.pipeline.clean.typography import Signs

_QUOTED: Final = r"""(?:"[^"]*"|'[^']*')"""
_CODE: Final = re.compile(  # `x`, <a b="c">, --option, f("x"), a["x"], a="x", {"x": 1}
    rf"""(`[^`]*+`|</?[a-zA-Z][^<>]*+>|(?<!\S)--[a-zA-Z][\w-]*+|{{\s*+["'][^{{}}]*+}}"""
    rf"""|(?<![\w.-])[\w.-]++(?:\({_QUOTED}[^()]*+\)|\[{_QUOTED}\]|={_QUOTED}))"""
)
_LONGEST: Final = 2_000  # characters: longer ones are no titles, and may be made to take minutes
_NEIGHBOUR: Final = "a"  # what code is to the marks beside it: a word


def typeset(line: str) -> str:
    """A title or a summary with typographic signs."""
    if not ("'" in line or '"' in line or "--" in line or "..." in line) or len(line) > _LONGEST:
        return line
    pieces = _CODE.split(line)
    last = len(pieces) - 1
    for number in range(0, last + 1, 2):
        before, after = _NEIGHBOUR if number else "", _NEIGHBOUR if number < last else ""
        piece = _signs().apply(f"{before}{pieces[number]}{after}")
        pieces[number] = piece[len(before) : len(piece) - len(after)]
    return "".join(pieces)


@lru_cache(maxsize=1)
def _signs() -> "Signs":
    from markdown import Markdown  # noqa: PLC0415 - 44 ms

    from generator.pipeline.clean.typography import Signs  # noqa: PLC0415

    md = Markdown(extensions=[import_module("markdown.extensions.smarty").makeExtension()])
    smarty: Any = md.treeprocessors["smarty"]
    return Signs(md, smarty)
