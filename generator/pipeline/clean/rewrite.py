"""A content file with its cleaning made permanent: what `tidy --write` writes."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

from generator.pipeline.clean.keep import Moved

_CLOSING: Final = {"---": "---", "+++": "+++"}
_LISTS: Final = ("related", "authors", "credits")
_DATES: Final = ("date", "updated")
_PICTURE: Final = ("caption", "credit")
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")  # as those who count lines see one; str.splitlines ends it at U+2028 too
_HEADER: Final = re.compile(r"[A-Za-z][\w-]*[ \t]*:")
_FIELD: Final = r"^{}\s*[:=]"
_EMPTY_FIELD: Final = r"^{}[ \t]*:[ \t]*$"
_BLOCK_LIST: Final = r"^{}[ \t]*:[ \t]*\n(?:[ \t]*-[ \t].*\n)+"
_FLOW_LIST: Final = r"^{}[ \t]*[:=][ \t]*\[[^\]\n]*(?P<end>\])"
_IMAGE_URL: Final = re.compile(
    r"""^image[ \t]*(?P<sign>[:=])[ \t]*(?P<url>"[^"\n]+"|'[^'\n]+'|[^\s"'{\[#&*!|>][^\s#]*)[ \t]*$""", re.MULTILINE
)
_IMAGE_MAP: Final = re.compile(r"^image[ \t]*(?P<sign>[:=])[ \t]*\{[^{}\n]*[^{}\s,](?P<end>\s*\})[ \t]*$", re.MULTILINE)


class CannotKeepError(ValueError):
    """The front matter has a form into which a field can't be written: str() is its name."""


def rewrite(text: str, body_line: int, markdown: str, moved: Moved) -> str:
    """The text of a file with a new body; what cleaning found for the fields of the front matter moves there.

    The front matter stays as it was, to the letter, but for those fields. Raises CannotKeepError.
    """
    head = "".join(_LINE.findall(text)[: body_line - 1])
    for field in _DATES:
        if when := getattr(moved, field):
            head = _with_date(head, field, when.isoformat())
    for field in _LISTS:
        if values := getattr(moved, field):
            head = _with_list(head, field, values)
    if words := {name: getattr(moved, name) for name in _PICTURE if getattr(moved, name)}:
        head = _with_picture(head, words)
    body = markdown.strip("\n")
    gap = "\n" if head.strip() and not head.endswith("\n\n") else ""
    return f"{head}{gap}{body}\n" if body else head


def _with_date(head: str, field: str, when: str) -> str:
    """The front matter with a date, which is written alike in YAML and TOML."""
    if _HEADER.match(head):
        return _with_line(head, field, when)
    if empty := re.search(_EMPTY_FIELD.format(field), head, re.MULTILINE):
        return f"{head[: empty.start()]}{field}: {when}{head[empty.end() :]}"
    return _with_field(head, field, f"{field}: {when}\n", f"{field} = {when}\n")


def _with_list(head: str, field: str, values: Sequence[str]) -> str:
    """The front matter with more values in a field that is a list."""
    if block := re.search(_BLOCK_LIST.format(field), head, re.MULTILINE):
        return head[: block.end()] + _yaml_items(values) + head[block.end() :]
    if _HEADER.match(head):
        return _with_line(head, field, *values)
    quoted = ", ".join(map(_quoted, values))
    if flow := re.search(_FLOW_LIST.format(field), head, re.MULTILINE):
        return f"{head[: flow.start('end')]}, {quoted}{head[flow.start('end') :]}"
    return _with_field(head, field, f"{field}:\n{_yaml_items(values)}", f"{field} = [{quoted}]\n")


def _with_line(head: str, field: str, *values: str) -> str:
    """A header of lines `Key: value` with one more, which holds a single value."""
    if len(values) > 1 or re.search(_FIELD.format(field), head, re.MULTILINE | re.IGNORECASE):
        raise CannotKeepError(field)
    return f"{head.rstrip()}\n{field.capitalize()}: {values[0]}\n\n"


def _with_field(head: str, field: str, yaml: str, toml: str) -> str:
    """The front matter with a field that it doesn't have yet."""
    if not head.strip():
        return f"---\n{yaml}---\n"
    fence = head.lstrip()[:3]
    if fence not in _CLOSING or re.search(_FIELD.format(field), head, re.MULTILINE):
        raise CannotKeepError(field)
    if fence == "+++":  # before any [table] of TOML
        return head.replace("+++\n", f"+++\n{toml}", 1)
    start, closing, rest = head.rpartition("\n---")
    return f"{start}\n{yaml}{closing[1:]}{rest}"


def _with_picture(head: str, words: Mapping[str, str]) -> str:
    """The front matter with the words under its picture: an address becomes a map."""
    if (found := _IMAGE_MAP.search(head)) or (found := _IMAGE_URL.search(head)):
        sign = found["sign"] if found["sign"] == ":" else " ="
        members = ", ".join(f"{name}{sign} {_quoted(text)}" for name, text in words.items())
        if found.re is _IMAGE_MAP:
            return f"{head[: found.start('end')]}, {members}{head[found.start('end') :]}"
        url = found["url"] if found["url"][0] in "\"'" else _quoted(found["url"])
        return f"{head[: found.start()]}image{sign} {{url{sign} {url}, {members}}}{head[found.end() :]}"
    raise CannotKeepError("image")


def _yaml_items(values: Sequence[str]) -> str:
    return "".join(f"  - {_quoted(value)}\n" for value in values)


def _quoted(text: str) -> str:
    """A JSON string, which YAML and TOML read as well."""
    return json.dumps(text, ensure_ascii=False)
