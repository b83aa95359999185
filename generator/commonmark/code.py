"""Which lines of a text are code, whatever they look like: for those who change texts before they are read."""

from collections.abc import Iterator, Sequence

from generator.commonmark import nodes
from generator.commonmark.blocks import Reader


def code_lines(lines: Sequence[str]) -> frozenset[int]:
    """The places, from 0, of the lines of fenced code with their fences, of `<pre>` and the like, and of comments."""
    return frozenset(_places(Reader(str).read(lines)))


def _places(block: nodes.Block) -> Iterator[int]:
    if isinstance(block, nodes.Fenced) or (isinstance(block, nodes.Html) and block.is_literal):
        yield from range(block.start - 1, block.end)
    for child in block.children:
        yield from _places(child)
