"""A content file with its cleaning made permanent: what `tidy --write` writes."""

import json
import re
from collections.abc import Sequence
from typing import Final

_CLOSING: Final = {"---": "---", "+++": "+++"}
_RELATED: Final = re.compile(r"^related\s*[:=]", re.MULTILINE)
_BLOCK_LIST: Final = re.compile(r"^related[ \t]*:[ \t]*\n(?:[ \t]*-[ \t].*\n)+", re.MULTILINE)
_FLOW_LIST: Final = re.compile(r"^related[ \t]*[:=][ \t]*\[[^\]\n]*(?P<end>\])", re.MULTILINE)


class CannotKeepError(ValueError):
    """The front matter has a form into which the related titles can't be written."""


def rewrite(text: str, body_line: int, markdown: str, related: Sequence[str]) -> str:
    """The text of a file with a new body; titles that cleaning found move into the field `related`.

    The front matter stays as it was, to the letter, but for that field. Raises CannotKeepError.
    """
    head = "".join(text.splitlines(keepends=True)[: body_line - 1])
    if related:
        head = _with_related(head, related)
    body = markdown.strip("\n")
    gap = "\n" if head.strip() and not head.endswith("\n\n") else ""
    return f"{head}{gap}{body}\n" if body else head


def _with_related(head: str, related: Sequence[str]) -> str:
    """The front matter with more related titles."""
    if not head.strip():
        return f"---\n{_yaml_list(related)}---\n"
    if block := _BLOCK_LIST.search(head):
        return head[: block.end()] + _yaml_items(related) + head[block.end() :]
    if flow := _FLOW_LIST.search(head):
        return f"{head[: flow.start('end')]}, {', '.join(map(_quoted, related))}{head[flow.start('end') :]}"
    fence = head.lstrip()[:3]
    if fence not in _CLOSING or _RELATED.search(head):
        raise CannotKeepError
    if fence == "+++":  # before any [table] of TOML
        return head.replace("+++\n", f"+++\nrelated = [{', '.join(map(_quoted, related))}]\n", 1)
    start, closing, rest = head.rpartition("\n---")
    return f"{start}\n{_yaml_list(related)}{closing[1:]}{rest}"


def _yaml_list(titles: Sequence[str]) -> str:
    return f"related:\n{_yaml_items(titles)}"


def _yaml_items(titles: Sequence[str]) -> str:
    return "".join(f"  - {_quoted(title)}\n" for title in titles)


def _quoted(text: str) -> str:
    """A JSON string, which YAML and TOML read as well."""
    return json.dumps(text, ensure_ascii=False)
