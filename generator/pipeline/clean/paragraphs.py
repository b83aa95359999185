"""Keeps the paragraphs of pasted text apart.

People paste one paragraph a line, with no blank lines between; Markdown would melt that into a single
paragraph. Text that was written as Markdown (wrapped lines, verse, hard breaks, one sentence a line) has
to come out as it is. The two are told apart by the lengths of the lines and by where sentences end.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from generator.pipeline.clean.lines import (
    BLANK,
    LIST,
    RUN,
    TABLE,
    TEXT,
    Line,
    are_wrapped,
    ends_sentence,
    goes_on,
    kinds_of,
    visible,
)

_WRAP_COLUMN: Final = 100  # nobody wraps lines further out
_PARAGRAPH_LENGTH: Final = 80  # mean length of lines from which on they are paragraphs
_WRITTEN_RUNS: Final = 3  # so many runs of lines with blank lines between: somebody set paragraphs apart already
_NEXT_SENTENCE: Final = re.compile(r"""[.!?…]["'”’»)]*\s+["'“‘«(]?[A-ZÀ-ÞА-Я]""")


def separate(lines: Sequence[Line], pasted: bool | None) -> str:
    """The Markdown text of the lines, with blank lines where paragraphs have to be kept apart.

    `pasted` says whether each line is a paragraph, but for those that go on with a sentence; None: look and see.
    """
    if _are_apart(lines):
        return "\n".join([line.text for line in lines])
    if pasted is None:
        pasted = RUN in kinds_of(lines) and is_pasted(lines)
    going_on = frozenset(_going_on(lines)) if pasted else frozenset()
    result: list[str] = []
    for before, line in pairwise((None, *lines)):
        assert line is not None
        if before is not None and _apart(before, line, pasted and line.number not in going_on):
            result.append("")
        result.append(line.text)
    return "\n".join(result)


def _are_apart(lines: Sequence[Line]) -> bool:
    """Whether there is a blank line between any two others."""
    was_blank = True
    for _, _, kind in lines:
        is_blank = kind == BLANK
        if not (is_blank or was_blank):
            return False
        was_blank = is_blank
    return True


def is_pasted(lines: Sequence[Line]) -> bool:
    """Whether each line of text is a paragraph of its own."""
    runs = [run for run in _runs(lines) if len(run) > 1]
    if not runs or any(line.endswith(("  ", "\\")) for run in runs for line in run):
        return False
    texts = [line for run in runs for line in run]
    inner = [line for run in runs for line in run[:-1]]
    ending = sum(map(ends_sentence, inner)) / len(inner)
    lengths = [len(visible(text)) for text in texts]
    wide = sum(length > _WRAP_COLUMN for length in lengths)
    if ending < 0.5 and wide <= len(lengths) / 2:  # noqa: PLR2004 - most lines break inside a sentence
        return False
    if len(runs) >= _WRITTEN_RUNS and sum(_NEXT_SENTENCE.search(text) is not None for text in texts) < len(texts) / 4:
        return False  # one sentence a line, as many people write Markdown
    is_long = sum(lengths) / len(lengths) >= _PARAGRAPH_LENGTH
    is_complete = ending >= 0.9 and all(len(text.split()) > 3 for text in texts)  # noqa: PLR2004 - and no verse
    return is_long or is_complete


def _runs(lines: Sequence[Line]) -> Iterator[list[str]]:
    """Runs of lines of plain text without a blank line between."""
    for kind, run in groupby(lines, key=lambda line: line.kind):
        if kind == TEXT:
            yield [line.text for line in run]


def _going_on(lines: Sequence[Line]) -> Iterator[int]:
    """The numbers of the lines that belong to the paragraph of the line above."""
    for is_text, run in groupby(lines, key=lambda line: line.kind == TEXT):
        paragraph = list(run)
        if not is_text or len(paragraph) == 1:
            continue
        is_whole = are_wrapped(paragraph)
        for before, line in pairwise(paragraph):
            if is_whole or (line.text[:1].islower() and goes_on(before, line)):
                yield line.number


def _apart(before: Line, line: Line, pasted: bool) -> bool:
    """Whether a blank line belongs between two lines that had none."""
    if BLANK in (line.kind, before.kind):
        return False
    if line.number > before.number + 1:  # something between them was taken out
        return not before.kind == line.kind == LIST
    if (before.kind, line.kind) == (TABLE, TEXT):
        return True  # it would be a row of the table
    return pasted and (before.kind, line.kind) in {(TEXT, TEXT), (LIST, TEXT), (TEXT, LIST)}
