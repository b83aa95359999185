"""A content file with its cleaning made permanent: what `tidy --write` writes."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

_CLOSING: Final = {"---": "---", "+++": "+++"}
_FIELD: Final = r"^{}\s*[:=]"
_BLOCK_LIST: Final = r"^{}[ \t]*:[ \t]*\n(?:[ \t]*-[ \t].*\n)+"
_FLOW_LIST: Final = r"^{}[ \t]*[:=][ \t]*\[[^\]\n]*(?P<end>\])"


class CannotKeepError(ValueError):
    """The front matter has a form into which the related titles can't be written."""


def rewrite(text: str, body_line: int, markdown: str, moved: Mapping[str, Sequence[str]]) -> str:
    """The text of a file with a new body; what cleaning found for the fields of the front matter moves there.

    The front matter stays as it was, to the letter, but for those fields. Raises CannotKeepError.
    """
    head = "".join(text.splitlines(keepends=True)[: body_line - 1])
    for field, values in moved.items():
        if values:
            head = _with_list(head, field, values)
    body = markdown.strip("\n")
    gap = "\n" if head.strip() and not head.endswith("\n\n") else ""
    return f"{head}{gap}{body}\n" if body else head


def _with_list(head: str, field: str, values: Sequence[str]) -> str:
    """The front matter with more values in a field that is a list."""
    if not head.strip():
        return f"---\n{_yaml_list(field, values)}---\n"
    if block := re.search(_BLOCK_LIST.format(field), head, re.MULTILINE):
        return head[: block.end()] + _yaml_items(values) + head[block.end() :]
    quoted = ", ".join(map(_quoted, values))
    if flow := re.search(_FLOW_LIST.format(field), head, re.MULTILINE):
        return f"{head[: flow.start('end')]}, {quoted}{head[flow.start('end') :]}"
    fence = head.lstrip()[:3]
    if fence not in _CLOSING or re.search(_FIELD.format(field), head, re.MULTILINE):
        raise CannotKeepError
    if fence == "+++":  # before any [table] of TOML
        return head.replace("+++\n", f"+++\n{field} = [{quoted}]\n", 1)
    start, closing, rest = head.rpartition("\n---")
    return f"{start}\n{_yaml_list(field, values)}{closing[1:]}{rest}"


def _yaml_list(field: str, values: Sequence[str]) -> str:
    return f"{field}:\n{_yaml_items(values)}"


def _yaml_items(values: Sequence[str]) -> str:
    return "".join(f"  - {_quoted(value)}\n" for value in values)


def _quoted(text: str) -> str:
    """A JSON string, which YAML and TOML read as well."""
    return json.dumps(text, ensure_ascii=False)
