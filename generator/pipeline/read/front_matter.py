"""Finds the front matter of a file, parts it from the text, and knows where each of its values stands."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple, cast

from generator.pipeline.read.formats import Fault, Format, KeyPath, Parsed, Raw, Span
from generator.pipeline.read.plain_yaml import split_plain
from generator.pipeline.read.text import Place, place_at
from generator.problems import ContentError, Problem

_MAX_VALUES: Final = 10_000  # with each alias of YAML counted in full
_MAX_DEPTH: Final = 32
_MAX_FAULTS: Final = 100  # that are reported
_HEAD: Final = 1_500  # characters in which a line is looked for that may be meant for front matter
_HELD: Final = re.compile(  # by what other generators keep a page back
    r"^[ \t]*(?:\.\.[ \t]*)?(?:(?:is_?)?(?:draft|private)[ \t]*:[ \t]*(?:true|yes)"
    r"|publish(?:ed)?[ \t]*:[ \t]*(?:false|no)|(?:status|visibility)[ \t]*:[ \t]*(?:draft|private|hidden))[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_STRAY: Final = (
    "this may be meant to keep the page back, and it isn't in front matter",
    'front matter begins on the first line of the file, with "---" and nothing before it',
)


class FrontMatter(NamedTuple):
    """The raw fields of a file and the text below them."""

    path: str
    text: str  # of the whole file
    body_start: int  # the offset of the text below
    values: Mapping[str, Raw]
    problems: tuple[Problem, ...]  # those that don't keep the values from being checked
    find: Callable[[str, KeyPath], Span]  # where a value stands

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return self.text[self.body_start :]

    @property
    def body_line(self) -> int:
        """The line of the file on which the body begins, from 1."""
        return place_at(self.text, self.body_start).line

    def place_of_name(self, path: KeyPath) -> Place:
        """Where the name of a field stands."""
        return place_at(self.text, self.find(self.text, path).name)

    def place_of_value(self, path: KeyPath) -> Place:
        """Where a value stands."""
        return place_at(self.text, self.find(self.text, path).value)


def split_front_matter(path: str, text: str, is_known: Callable[[str], bool]) -> FrontMatter:
    """The front matter and the body of a file; a ContentError where the two can't be told apart.

    Of the lines `Key: value` without any fence it depends on `is_known`, which tells the names of
    fields, whether they are front matter. A file without front matter is all body.
    """
    if plain := split_plain(text):
        fields, body = plain
        return FrontMatter(path, text, body, cast("dict[str, Raw]", fields), (), _find_in_yaml)
    format_ = _detect(text, is_known)
    if format_ is None:
        if held := _HELD.search(text[:_HEAD]):
            raise ContentError(_problem(path, text, Fault(held.start(), *_STRAY)))
        return FrontMatter(path, text, 0, {}, (), lambda _text, _path: Span(0, 0))
    try:
        parsed = _parse(format_, text)
        values = _checked(parsed.values, parsed.start)
    except Fault as fault:
        raise ContentError(_problem(path, text, fault)) from fault
    problems = tuple(_problem(path, text, fault) for fault in parsed.faults[:_MAX_FAULTS])
    return FrontMatter(path, text, parsed.body, values, problems, format_.find)


def _detect(text: str, is_known: Callable[[str], bool]) -> Format | None:
    # Here, as nearly all files are spared these imports: 15 ms.
    from frontmatter import detect_format  # noqa: PLC0415

    from generator.pipeline.read.handlers import HeaderHandler, JsonHandler, TomlHandler  # noqa: PLC0415
    from generator.pipeline.read.yaml_handler import YamlHandler  # noqa: PLC0415

    formats = (YamlHandler(), TomlHandler(), JsonHandler(), HeaderHandler(is_known))
    return cast("Format | None", detect_format(text, formats))


def _find_in_yaml(text: str, path: KeyPath) -> Span:
    from generator.pipeline.read.yaml_handler import YamlHandler  # noqa: PLC0415

    return YamlHandler().find(text, path)


def _parse(format_: Format, text: str) -> Parsed:
    try:
        return format_.parse(text)
    except (RecursionError, ValueError) as error:  # Python's own limits of nesting and of digits
        hint = "end it earlier, and move the text below it"
        raise Fault(_start(text), "the front matter is nested too deeply or has too long a number", hint) from error


def _checked(values: object, start: int) -> dict[str, Raw]:
    if values is None:
        return {}
    if not isinstance(values, dict):
        kind = "a list" if isinstance(values, list) else "a text"
        hint = 'write a field so: "title: ...", with the blank; to begin with a break in the text, write "***"'
        raise Fault(start, f"the front matter is {kind}, not a map of fields", hint)
    if not _is_bounded(values):
        message = "the front matter has too many values, or values nested too deeply"
        raise Fault(start, message, "write them out, without aliases, or move them below")
    return cast("dict[str, Raw]", values)


def _is_bounded(values: object) -> bool:
    """Whether a walk through all values, shared ones each time, ends soon."""
    waiting, count = [(values, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if count > _MAX_VALUES or depth > _MAX_DEPTH:
            return False
        if isinstance(value, dict | list):
            members: Iterable[object] = value.values() if isinstance(value, dict) else value
            waiting.extend([(member, depth + 1) for member in members])
    return True


def _start(text: str) -> int:
    return len(text) - len(text.lstrip())


def _problem(path: str, text: str, fault: Fault) -> Problem:
    place = place_at(text, min(fault.offset, len(text)))
    return Problem(path, *place, fault.message, fault.code, fault.hint, fault.severity)
