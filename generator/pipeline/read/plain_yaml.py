"""The YAML that nearly all articles begin with, read in a tenth of the time.

Lines `name: value` with plain words, with text in double quotes without escapes, or with a list of those:
they mean one thing in YAML, which a test compares with the loader's. All else is left to the loader.
"""

import re
from typing import Final, TypeAlias

_FENCE: Final = "---"
_LONGEST: Final = 1000  # characters, as long as it can't be nested too deeply
_LINE: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*):(?: +(\S.*?))? *")
_ITEM: Final = re.compile(r"( *)- +(\S.*?) *")
_QUOTED: Final = re.compile(r'"([^"\\]*)"')
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.+Z -]*)?")
_NOT_PLAIN: Final = re.compile(r"#|:(?:\s|\Z)")
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
    """The fields, or None where it takes a YAML loader to know them."""
    fields: dict[str, Value] = {}
    items: list[str] | None = None  # of a list that begins after a line `name:`
    indent = ""
    for line in text.strip("\n").split("\n"):
        if items is not None and (item := _ITEM.fullmatch(line)):
            value = _scalar(item[2])
            if value is None or (items and item[1] != indent):
                return None
            indent = item[1]
            items.append(value)
            continue
        found = _LINE.fullmatch(line)
        if found is None or items == [] or found[1] in fields:
            return None
        items = [] if found[2] is None else None
        read = items if items is not None else _value(found[2])
        if read is None:
            return None
        fields[found[1]] = read
    return None if items == [] else fields


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
    inside = quoted[1] if (quoted := _QUOTED.fullmatch(text)) else text
    return None if _NOT_IN_A_LIST.search(inside) else _scalar(text)


def _scalar(text: str) -> str | None:
    """Plain words, a date, or a text in quotes."""
    if not text.isprintable():
        return None
    if text[:1].isalpha():
        return None if _NOT_PLAIN.search(text) or text.lower() in _NO_TEXT else text
    if text[:1] == '"':
        quoted = _QUOTED.fullmatch(text)
        return quoted[1] if quoted else None
    return text if _DATE.fullmatch(text) else None
