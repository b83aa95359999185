"""Which characters the text of an article may hold, how long it may be, and which of them tell it from others."""

import re
from bisect import bisect_left
from codecs import BOM_UTF8
from collections import Counter, defaultdict
from typing import Final

MAX_BYTES: Final = 2**20  # of one article
UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")

# Controls other than tab and newline, surrogates (JSON can escape them), BOMs, and what XML forbids.
_UNWANTED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
# Word's soft line break and the page break of PDF text become spaces, so that line numbers stay.
_MEANT: Final = {"\x0b": " ", "\x0c": " ", "\x85": "\n"}
_USUAL: Final = bytes([0x0A, *range(0x20, 0x7F)])
_NO_LETTERS: Final = bytes(code for code in range(128) if not chr(code).isalnum())
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_SPACE: Final = re.compile("[ \t\n\u2028\u2029]+")


def unusual(text: str) -> str:
    """The characters of a text that are neither printable ASCII nor newlines: few, and so fast to look through."""
    return text.encode("utf-8", "surrogatepass").translate(None, _USUAL).decode("utf-8", "surrogatepass")


def drop_controls(text: str) -> str:
    """The text without control characters; those that part words leave a space or a newline."""
    if not _UNWANTED.search(unusual(text)):
        return text
    return _UNWANTED.sub(lambda unwanted: _MEANT.get(unwanted[0], ""), text)


def one_line(text: str) -> str:
    """The text on one line: no control characters, nothing blank at its ends, single blanks inside."""
    if text.isprintable() and "  " not in text:  # nearly always, and three times as fast
        return text.strip()
    return _SPACE.sub(" ", drop_controls(text)).strip()


def unify_line_ends(text: str) -> str:
    """The text with LF at the ends of its lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def letters(text: str) -> str:
    """The letters and digits of a text, by which lines and titles are compared."""
    folded = text.casefold()
    if folded.isascii():
        return folded.encode().translate(None, _NO_LETTERS).decode()  # in a quarter of the time
    return "".join(filter(str.isalnum, folded))


def in_the_form_of(data: bytes, text: str) -> bytes:
    """A text with LF at the ends of its lines, as a new version of a file: with its BOM and its ends of lines.

    Where a file mixes these, a line that is still there keeps its own, and a new one gets the most usual.
    """
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    ends = Counter(_LINE_END.findall(data))
    usual = max(ends, key=ends.__getitem__, default=b"\n")
    if len(ends) <= 1:
        return mark + text.encode().replace(b"\n", usual)
    places: dict[bytes, list[int]] = defaultdict(list)
    lines = _LINE_END.split(data.removeprefix(BOM_UTF8))
    for number, line in enumerate(lines):
        places[line].append(number)
    own, last, made = _LINE_END.findall(data), -1, []
    for line in text.encode().split(b"\n")[:-1]:
        numbers = places[line]
        later = bisect_left(numbers, last + 1)
        last = numbers[later] if later < len(numbers) else last
        made += [line, own[last] if later < len(numbers) and last < len(own) else usual]
    return mark + b"".join(made) + text.encode().rpartition(b"\n")[2]
