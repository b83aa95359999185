"""The YAML that nearly all articles begin with, read in a tenth of the time.

Lines `name: value` with plain words, with text in double quotes without escapes, or with a list of those:
they mean one thing in YAML, which a test compares with the loader's. All else is left to the loader.
"""

import re
from functools import lru_cache
from typing import Final, TypeAlias

_FENCE: Final = "---"
_LONGEST: Final = 1000  # characters, as long as it can't be nested too deeply
_BLANK: Final = ("", " ")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.+Z -]*)?")
_MAPS: Final = re.compile(r":(?:\s|\Z)")
_NOT_IN_A_LIST: Final = re.compile(r"""[:,?"'\[\]{}#&*!|>%@`\\]""")
_NO_TEXT: Final = frozenset({"null", "true", "false"})

Value: TypeAlias = str | list[str]


def split_plain(text: str) -> tuple[dict[str, Value], int] | None:
    """The fields of a file that begins with plain front matter, and where its text begins; None: look closer.

    The fences are two lines that are `---` and nothing else.
    """
    end = text.find(f"\n{_FENCE}\n", len(_FENCE), _LONGEST)
    if end < 0 or not text.startswith(f"{_FENCE}\n"):
        return None
    if text.find(f"\n{_FENCE}", len(_FENCE)) < end or text.find("\n...", 0, end) >= 0:
        return None
    fields = read_plain(text[len(_FENCE) : end + 1])
    return (fields, end + len(f"\n{_FENCE}\n")) if fields else None


def read_plain(text: str) -> dict[str, Value] | None:
    """The fields, or None where it takes a YAML loader to know them.

    Without patterns, but for dates: the methods of texts take a third of the time.
    """
    text = text.strip("\n")
    if not text.replace("\n", " ").isprintable():
        return None
    fields: dict[str, Value] = {}
    items: list[str] | None = None  # of a list that begins after a line `name:`
    indent = 0
    for line in text.split("\n"):
        if items is not None and (item := line.lstrip(" ")).startswith("- "):
            read_item, before = _scalar(item[2:].strip(" ")), len(line) - len(item)
            if read_item is None or (items and before != indent):
                return None
            indent = before
            items.append(read_item)
            continue
        name, colon, rest = line.partition(":")
        value = rest.strip(" ")
        if items == [] or name in fields or not (colon and _is_name(name)) or rest[:1] not in _BLANK:
            return None
        items = None if value else []
        read = _value(value) if items is None else items
        if read is None:
            return None
        fields[name] = read
    return None if items == [] else fields


@lru_cache(maxsize=1024)
def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def _value(text: str) -> Value | None:
    if not text.startswith("["):
        return _scalar(text)
    if not text.endswith("]"):
        return None
    inside = text[1:-1].strip(" ")
    items = [_list_item(item.strip(" ")) for item in inside.split(",")] if inside else []
    read = [item for item in items if item is not None]
    return read if len(read) == len(items) else None


def _list_item(text: str) -> str | None:
    """An item between brackets, where more signs have a meaning."""
    inside = quoted if (quoted := _quoted(text)) is not None else text
    return None if _NOT_IN_A_LIST.search(inside) else _scalar(text)


def _scalar(text: str) -> str | None:
    """Plain words, a date, or a text in quotes."""
    if text[:1].isalpha():
        is_plain = "#" not in text and (":" not in text or not _MAPS.search(text)) and text.lower() not in _NO_TEXT
        return text if is_plain else None
    if text[:1] == '"':
        return _quoted(text)
    return text if _DATE.fullmatch(text) else None


def _quoted(text: str) -> str | None:
    """What stands between double quotes, without escapes."""
    inside = text[1:-1]
    is_quoted = len(text) > 1 and text[0] == text[-1] == '"' and '"' not in inside and "\\" not in inside
    return inside if is_quoted else None
