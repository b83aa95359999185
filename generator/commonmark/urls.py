"""Addresses that stand in a text without any mark, as GitHub links them."""

import re
import unicodedata
from typing import Final

START: Final = r"(?<![a-zA-Z0-9_/])(?:(?i:https?)://|www\.)(?=[^\s<])"
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"\x00-\x1f`|]+", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:https?://)?(?:[^\s/?#@]*@)?(?:[\w-]+\.)+[^\W_]{2,}(?![\w-])", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&[a-zA-Z0-9]+;\Z")
_TRAILING: Final = frozenset("?!.,:*_~'\";")
_OPENING: Final = {"(": 1, "[": 1, ")": -1, "]": -1}


def address_at(text: str, at: int, *, in_brackets: bool) -> str:
    """The address that begins at a place, without the punctuation of the sentence around it; "" where there is none.

    `in_brackets`: a closing bracket may belong to what is around it, and ends the address.
    """
    found = _ADDRESS.match(text, at)
    if not found or not _HOST.match(found[0]):
        return ""
    address = found[0]
    depths = {"(": 0, "[": 0}
    for place, character in enumerate(address):
        if character in "()[]":
            kind = "(" if character in "()" else "["
            depths[kind] += _OPENING[character]
            if depths[kind] < 0 or (in_brackets and character == "]"):
                return _without_punctuation(address[:place])
        elif not character.isascii() and _ends(character):
            return _without_punctuation(address[:place])
    return _without_punctuation(address)


def _ends(character: str) -> bool:
    """Whether it is a sign or a blank that no address holds as it is."""
    return unicodedata.category(character)[0] in "PZ"


def _without_punctuation(address: str) -> str:
    end = len(address)
    while end and address[end - 1] in _TRAILING:
        if address[end - 1] == ";" and (entity := _ENTITY.search(address, max(0, end - 40), end)):
            end = entity.start()
        else:
            end -= 1
    return address[:end]
