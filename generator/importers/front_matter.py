"""Front matter: the one that an imported article gets, and the one that a text may bring along.

Front matter that is there already is never written anew: fields are put in at its top, and the result
is read again before it counts.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from generator.dates import written

Value: TypeAlias = str | date | tuple[str, ...] | bool

# What the fields of an import are called elsewhere, in lower case and without "-" and "_".
NAMES: Final[Mapping[str, frozenset[str]]] = {
    "title": frozenset({"title"}),
    "date": frozenset({"date", "publishdate", "pubdate", "published", "publishedat", "datepublished"}),
    "source": frozenset({"source", "sourcename", "publisher", "publication"}),
    "source_url": frozenset(
        {"sourceurl", "link", "sourcelink", "originalurl", "externalurl", "canonicalurl", "canonical"}
    ),
    "topic": frozenset({"topic", "topics", "category", "categories", "section"}),
    "tags": frozenset({"tags", "tag"}),
    "language": frozenset({"language", "lang", "locale"}),
}
_ALSO_KNOWN: Final = frozenset({"slug", "draft", "author", "authors", "summary", "description"})
_KNOWN: Final = _ALSO_KNOWN.union(*NAMES.values())
_MOST_CHARACTERS: Final = 64 * 1024


class Brought(NamedTuple):
    """The front matter that a text begins with."""

    text: str  # the whole of it
    fields: Mapping[str, object]
    body: str

    def get(self, name: str) -> object:
        """The value of a field under any of its names; None where it isn't there."""
        for key, value in self.fields.items():
            if _fold(key) in NAMES.get(name, {name}) and not (name == "date" and isinstance(value, bool)):
                return "" if value is None else value
        return None


class _Format(NamedTuple):
    opening: re.Pattern[str]  # up to where a field can be put in
    parse: Callable[[str], tuple[object, str]]  # the fields and the body; raises ValueError
    field: Callable[[str, Value], str]


def block(fields: Mapping[str, Value]) -> str:
    """Fields as YAML front matter between its two fences."""
    return "---\n" + "".join(_yaml_field(name, value) for name, value in fields.items()) + "---\n"


def split(text: str) -> Brought | None:
    """The front matter that a text begins with; None where it has none that can be read for sure."""
    text = text.lstrip()
    for kind in _FORMATS:
        if kind.opening.match(text):
            fields, body = _parse(kind, text)
            return Brought(text, fields, body) if _KNOWN & set(map(_fold, fields)) else None
    return None


def with_fields(brought: Brought, added: Mapping[str, Value]) -> Brought | None:
    """The same text with more fields; None where they can't be put in safely."""
    kind = next(kind for kind in _FORMATS if kind.opening.match(brought.text))
    opening = kind.opening.match(brought.text)
    assert opening
    new = "".join(kind.field(name, value) for name, value in added.items())
    text = opening[0] + new + brought.text[opening.end() :]
    fields, body = _parse(kind, text)
    same = set(fields) == {*brought.fields, *added} and body == brought.body
    return Brought(text, fields, body) if same else None


def _parse(kind: _Format, text: str) -> tuple[dict[str, object], str]:
    """The fields and the body; no fields where the front matter is no map of names."""
    try:
        fields, body = kind.parse(text)
    except (ValueError, RecursionError):
        return {}, text
    if not isinstance(fields, dict) or not all(isinstance(name, str) for name in fields):
        return {}, text
    return fields, body


def _cut(text: str, fence: str) -> tuple[str, str]:
    """The front matter above a second fence, and the body."""
    opening, _, rest = text[:_MOST_CHARACTERS].partition("\n")
    closing = re.search(rf"^(?:{fence})[ \t]*(?:\n|\Z)", rest, re.MULTILINE)
    if not closing:
        raise ValueError("no second fence")
    return rest[: closing.start()], text[len(opening) + 1 + closing.end() :]


def _parse_yaml(text: str) -> tuple[object, str]:
    import yaml  # noqa: PLC0415 - 15 ms, and most pasted texts bring no front matter

    head, body = _cut(text, r"---|\.\.\.")
    if "<<" in head:  # a merge of maps, that a few lines can blow up to gigabytes
        raise ValueError("merges are not read")
    try:
        return yaml.safe_load(head), body
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _parse_toml(text: str) -> tuple[object, str]:
    head, body = _cut(text, r"\+\+\+")
    return tomllib.loads(head), body


def _parse_json(text: str) -> tuple[object, str]:
    fields, end = json.JSONDecoder().raw_decode(text)
    return fields, text[end:]


def _quoted(value: Value) -> str:
    """A value as all three formats understand it; it holds no control characters, so JSON is YAML and TOML."""
    return json.dumps(written(value) if isinstance(value, date) else value, ensure_ascii=False)


def _yaml_field(name: str, value: Value) -> str:
    return f"{name}: {written(value) if isinstance(value, date) else _quoted(value)}\n"


def _toml_field(name: str, value: Value) -> str:
    return f"{name} = {written(value) if isinstance(value, date) else _quoted(value)}\n"


def _json_field(name: str, value: Value) -> str:
    return f"\n  {_quoted(name)}: {_quoted(value)},"


def _fold(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


_FORMATS: Final = (
    _Format(re.compile(r"---[ \t]*\n"), _parse_yaml, _yaml_field),
    _Format(re.compile(r"\+\+\+[ \t]*\n"), _parse_toml, _toml_field),
    _Format(re.compile(r"\{"), _parse_json, _json_field),
)
