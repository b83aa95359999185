"""Tables as GitHub writes them: a header, a line of dashes with the alignments, rows."""

import re
from typing import Final

# A dash and a blank begin an item.
_DASHES: Final = re.compile(r"(?!-[ \t])\|?[ \t]*(:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+)\|?[ \t]*")
_CELL: Final = re.compile(r"(?:[^\\|]|\\.)*+", re.DOTALL)
_ALIGNMENTS: Final = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}


def alignments_of(dashes: str, header: str) -> tuple[str, ...]:
    """The alignments that a line of dashes gives to the columns of a header; () where the two are no table."""
    found = _DASHES.fullmatch(dashes.strip())
    if not found or "|" not in dashes + header:
        return ()
    marks = [mark.strip() for mark in found[1].rstrip(" \t|").split("|")]
    if len(cells_of(header)) != len(marks):
        return ()
    return tuple(_ALIGNMENTS[mark.startswith(":"), mark.endswith(":")] for mark in marks)


def cells_of(row: str) -> list[str]:
    r"""The texts of a row's cells; `\|` is no border, in code neither."""
    row = row.strip()
    row = row.removeprefix("|")
    cells = []
    at = 0
    while at < len(row):
        cell = _CELL.match(row, at)
        end = cell.end() if cell else len(row)
        if end == at and row[end : end + 1] == "\\":  # the last character of the row
            end += 1
        cells.append(row[at:end].strip().replace("\\|", "|"))
        at = end + 1
    return cells
