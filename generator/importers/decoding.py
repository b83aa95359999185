"""The bytes of a pasted text -> text: no matter which encoding, one kind of line end, no control characters."""

import re
from typing import Final, NamedTuple

from generator.characters import MAX_BYTES, UTF16_MARKS, drop_controls, unify_line_ends
from generator.model import Source
from generator.problems import WARNING, ContentError, Problem

_NEVER_IN_TEXT: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_BINARY_HINT: Final = "copy the text into a file of its own, or save it as plain text (UTF-8)"
_PASTE_HINT: Final = "open it, copy the text of the article and import that"
_OTHER_FORMATS: Final = {
    "<!doctype": "an HTML page",
    "<html": "an HTML page",
    "<?xml": "XML or a feed",
    "<rss": "a feed",
    "<feed": "a feed",
    "{\\rtf": "a document of a word processor",
    "%pdf-": "a PDF document",
}


class Decoded(NamedTuple):
    """A text, and what there is to say of the way it was read."""

    text: str
    problems: tuple[Problem, ...]


def decode(source: Source) -> Decoded:
    """The text of a file: LF line ends, no control characters, never empty; else a ContentError."""
    refuse_size(source.path, len(source.data))
    text, problems = _decode(source)
    if "\0" in text or (problems and _NEVER_IN_TEXT.search(text)):
        raise _error(source.path, "this is not a text file", "not-text", _BINARY_HINT)
    text = drop_controls(unify_line_ends(text))
    if not text.strip():
        raise _error(source.path, "there is no text in it", "empty-file", "paste the text of an article")
    _refuse_other_formats(source.path, text)
    return Decoded(text, problems)


def refuse_size(path: str, size: int) -> None:
    """Raises a ContentError for more than an article may have."""
    if size > MAX_BYTES:
        raise _error(path, "larger than 1 MiB", "too-large", "split it, or import the article alone")


def _decode(source: Source) -> Decoded:
    data = source.data
    try:
        if data.startswith(UTF16_MARKS):
            return Decoded(data.decode("utf-16"), ())
        return Decoded(data.decode("utf-8-sig"), ())
    except UnicodeDecodeError as error:
        if error.encoding != "utf-8":
            raise _error(source.path, "damaged UTF-16", "not-text", _BINARY_HINT) from None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise _error(source.path, "neither UTF-8 nor Windows-1252 text", "not-text", _BINARY_HINT) from None
    hint = "if letters look wrong, save the text as UTF-8 and import it again"
    message = "the text is not UTF-8; it was read as Windows-1252"
    return Decoded(text, (Problem(source.path, 0, 0, message, "guessed-encoding", hint, WARNING),))


def _refuse_other_formats(path: str, text: str) -> None:
    head = text.lstrip()[:16].lower()
    for start, name in _OTHER_FORMATS.items():
        if head.startswith(start):
            raise _error(path, f"this is {name}, not text", "not-text", _PASTE_HINT)


def _error(path: str, message: str, code: str, hint: str) -> ContentError:
    return ContentError(Problem(path, 0, 0, message, code, hint))
