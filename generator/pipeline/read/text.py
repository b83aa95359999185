"""Bytes -> text: UTF-8, one kind of line end, and no characters that stand for nothing."""

import re
from typing import Final, NamedTuple

from generator.model import Source
from generator.problems import ContentError, Problem

MAX_SOURCE_BYTES: Final = 1024 * 1024

_MAX_SHOWN: Final = 60
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
# Controls other than tab and newline, surrogates (JSON can escape them), BOMs, and what XML forbids.
_UNWANTED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
# Word's soft line break and the page break of PDF text become spaces, so that line numbers stay.
_MEANT: Final = {"\x0b": " ", "\x0c": " ", "\x85": "\n"}
_SPACE: Final = re.compile("[ \t\n\u2028\u2029]+")


class Place(NamedTuple):
    """A place in a file: line and column, both from 1."""

    line: int
    column: int


def place_at(text: str, offset: int) -> Place:
    """The place of the character at an offset."""
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def decode(source: Source) -> str:
    """The text of a file, with LF line ends and without control characters; never empty."""
    if len(source.data) > MAX_SOURCE_BYTES:
        message = f"the file has {len(source.data):,} bytes; the limit is {MAX_SOURCE_BYTES:,}"
        raise ContentError(Problem(source.path, 0, 0, message, "too-large", "split it, or shorten it"))
    text = _unify_line_ends(_decode_utf8(source))
    _refuse_nul(source.path, text)
    text = drop_controls(text)
    if not text.strip():
        hint = "write the article, or remove the file"
        raise ContentError(Problem(source.path, 0, 0, "the file is empty", "empty-file", hint))
    return text


def drop_controls(text: str) -> str:
    """The text without control characters; those that part words leave a space or a newline."""
    return _UNWANTED.sub(lambda unwanted: _MEANT.get(unwanted[0], ""), text)


def one_line(text: str) -> str:
    """The text on one line: no control characters, nothing blank at its ends, single blanks inside."""
    if text.isprintable() and "  " not in text:  # nearly always, and three times as fast
        return text.strip()
    return _SPACE.sub(" ", drop_controls(text)).strip()


def shown(text: str) -> str:
    """A text of the file as it can stand in a message: in quotes, on one line, not long."""
    text = one_line(text)
    return f'"{text}"' if len(text) <= _MAX_SHOWN else f'"{text[:_MAX_SHOWN]}…"'


def _unify_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode_utf8(source: Source) -> str:
    try:
        return source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `error` counts from behind a BOM, and so does a reader.
        before = _unify_line_ends(error.object[: error.start].decode())
        message = f"the file is not UTF-8: byte 0x{error.object[error.start]:02x}"
        place, hint = place_at(before, len(before)), _encoding_hint(source.data)
        raise ContentError(Problem(source.path, *place, message, "not-utf8", hint)) from error


def _encoding_hint(data: bytes) -> str:
    if data.startswith(_UTF16_MARKS):
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
