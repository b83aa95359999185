"""Bytes -> text: UTF-8, one kind of line end, and no characters that stand for nothing."""

from codecs import BOM_UTF8
from typing import Final, NamedTuple

from generator.characters import MAX_BYTES, UTF16_MARKS, drop_controls, one_line, unify_line_ends
from generator.model import Source
from generator.problems import ContentError, Problem

_MAX_SHOWN: Final = 60


class Place(NamedTuple):
    """A place in a file: line and column, both from 1."""

    line: int
    column: int


def place_at(text: str, offset: int) -> Place:
    """The place of the character at an offset."""
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def decode(source: Source, *, may_be_empty: bool = False) -> str:
    """The text of a file, with LF line ends and without control characters; never empty unless it may be."""
    if len(source.data) > MAX_BYTES:
        message = f"the file has {len(source.data):,} bytes; the limit is {MAX_BYTES:,}"
        raise ContentError(Problem(source.path, 0, 0, message, "too-large", "split it, or shorten it"))
    text = unify_line_ends(_decode_utf8(source))
    _refuse_nul(source.path, text)
    text = drop_controls(text)
    if not text.strip() and not may_be_empty:
        hint = "write the article, or remove the file"
        raise ContentError(Problem(source.path, 0, 0, "the file is empty", "empty-file", hint))
    return text


def shown(text: str) -> str:
    """A text of the file as it can stand in a message: in quotes, on one line, not long."""
    text = one_line(text)
    return f'"{text}"' if len(text) <= _MAX_SHOWN else f'"{text[:_MAX_SHOWN]}…"'


def _decode_utf8(source: Source) -> str:
    try:
        return source.data.removeprefix(BOM_UTF8).decode()  # by "utf-8-sig" it would take twice as long
    except UnicodeDecodeError as error:
        # `error` counts from behind a BOM, and so does a reader.
        before = unify_line_ends(error.object[: error.start].decode())
        message = f"the file is not UTF-8: byte 0x{error.object[error.start]:02x}"
        place, hint = place_at(before, len(before)), _encoding_hint(source.data)
        raise ContentError(Problem(source.path, *place, message, "not-utf8", hint)) from error


def _encoding_hint(data: bytes) -> str:
    if data.startswith(UTF16_MARKS):
        return "it looks like UTF-16; save the file as UTF-8"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "save the file as UTF-8"
    return "it looks like Windows-1252 (cp1252); save the file as UTF-8"


def _refuse_nul(path: str, text: str) -> None:
    if "\0" in text:
        place = place_at(text, text.index("\0"))
        hint = "remove it; if the file is full of them, it is UTF-16: save it as UTF-8"
        raise ContentError(Problem(path, *place, "the file holds a NUL byte", "nul-byte", hint))
