"""The formats of front matter but YAML: how each is found, parsed and searched.

python-frontmatter's handlers find and split. Its loaders are not used, as they lose text silently
(tried: unclosed fences, lists in the place of fields, repeated fields). Offsets count characters
from the start of the file.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from frontmatter.default_handlers import BaseHandler, JSONHandler

from generator.pipeline.read.formats import Fault, KeyPath, Parsed, Span
from generator.pipeline.read.text import shown

MAX_CHARACTERS: Final = 64 * 1024

_MAX_TOML_DOTS: Final = 2000  # tomllib takes 14 s for a name of 30,000 parts, 0.06 s for one of 2,000

_TOML_ERROR: Final = re.compile(r"(.+) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_TOML_REPEATED: Final = ("Cannot overwrite", "Cannot declare", "Cannot mutate")
_TOML_DATE: Final = re.compile(r"[^=]*=[ \t]*(\d{4}-\d\d?-\d\d?(?:[T ][\d:.+-]+)?)[ \t]*(?:#.*)?")
_TOML_LONG_TEXT: Final = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'', re.DOTALL)
_JSON_GAP: Final = re.compile(r"[ \t\n]*")
_JSON_TAIL: Final = re.compile(r"[ \t]*\n?")
_JSON: Final = json.JSONDecoder()
_BLANK_LINES: Final = re.compile(r"(?:[ \t]*\n)*")
_HEADER_LINE: Final = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+|$)")


class Block(NamedTuple):
    """The text between two fences."""

    fence: int  # the offset of the first fence
    start: int  # the offset of the text, which begins with the end of that line
    text: str
    body: int  # the offset behind the second fence

    @property
    def first(self) -> int:
        """The offset of the first character that is not blank."""
        return self.start + len(self.text) - len(self.text.lstrip())


class FencedHandler(BaseHandler):
    """Front matter between two lines of the same signs."""

    FM_BOUNDARY: re.Pattern[str]

    def cut(self, text: str) -> Block:
        """What stands between the fences; raises a Fault when the second one is missing."""
        opening = self.FM_BOUNDARY.match(text)
        assert opening
        fence = text.rfind("\n", 0, opening.end()) + 1
        try:
            _, block, body = self.FM_BOUNDARY.split(text, 2)
        except ValueError:
            hint = f'end it with a line "{self.END_DELIMITER}"; to begin with a break in the text, write "***"'
            raise Fault(fence, "the front matter has no end", hint, "unclosed-front-matter") from None
        refuse_length(len(block), fence)
        return Block(fence, opening.end(), block, len(text) - len(body.removeprefix("\n")))


def refuse_length(length: int, offset: int) -> None:
    """Raises a Fault for front matter that is too long."""
    if length > MAX_CHARACTERS:
        message = f"the front matter has {length:,} characters; the limit is {MAX_CHARACTERS:,}"
        raise Fault(offset, message, "end it earlier, and move the text below it")


def repeated_field(name: str, offset: int) -> Fault:
    """The fault of a field that stands in the front matter twice."""
    return Fault(offset, f"the field {shown(name)} is given twice", "keep one of the two", "duplicate-field")


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


class TomlHandler(FencedHandler):
    """TOML between two lines `+++`, as in Hugo and Zola."""

    FM_BOUNDARY = re.compile(r"\A(?:[ \t]*\n)*\+\+\+[ \t]*$|(?<=\n)\+\+\+[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def parse(self, text: str) -> Parsed:
        """The fields between the fences."""
        block = self.cut(text)
        if block.text.count(".") > _MAX_TOML_DOTS:
            hint = "end it earlier, and move the text below it"
            raise Fault(block.fence, "the front matter has too many dots", hint)
        try:
            return Parsed(tomllib.loads(block.text), block.first, block.body)
        except ValueError as error:
            raise self._explain(block, str(error)) from error

    def _explain(self, block: Block, report: str) -> Fault:
        told = _TOML_ERROR.fullmatch(report)
        if not told or not told[2]:
            message = _lower_first(told[1] if told else report)
            return Fault(block.start + len(block.text.rstrip()), f"TOML: {message}", "close what is open")
        number, column = int(told[2]) - 1, int(told[3]) - 1
        lines = block.text.split("\n")
        start = block.start + sum(len(line) + 1 for line in lines[:number])
        return self._explain_line(lines[number], start, told[1]) or Fault(
            start + column,
            f"TOML: {_lower_first(told[1])}",
            'texts stand in quotes: title = "..."; lists in brackets: tags = ["a", "b"]',
        )

    def _explain_line(self, line: str, start: int, message: str) -> Fault | None:
        if message.startswith(_TOML_REPEATED):
            indent = len(line) - len(line.lstrip())
            return repeated_field(line.partition("=")[0].strip(" \t[]\"'"), start + indent)
        if day := _TOML_DATE.fullmatch(line):
            hint = "for example 2024-01-03 or 2024-01-03T08:00:00"
            return Fault(start + day.start(1), f"impossible date {shown(day[1])}", hint, "bad-date")
        return None

    def find(self, text: str, path: KeyPath) -> Span:
        """Where a field stands; items of a list are not told apart."""
        block = self.cut(text)
        masked = _TOML_LONG_TEXT.sub(lambda long: re.sub(r"[^\n]", "_", long[0]), block.text)
        span = Span(block.first, block.first)
        position, before = 0, r"^[ \t]*\[{0,2}[ \t]*"
        for name in (re.escape(part) for part in path if isinstance(part, str)):
            key = re.compile(rf"(?:{before})([\"']?{name}[\"']?)[ \t]*[=.\]][ \t]*", re.MULTILINE)
            found = key.search(masked, position)
            if not found:
                break
            span = Span(block.start + found.start(1), block.start + found.end())
            position, before = found.end() - 1, r"^[ \t]*|[.{,][ \t]*"
        return span


class JsonHandler(JSONHandler):
    """A JSON object, as in Hugo, also on one line."""

    FM_BOUNDARY = re.compile(r"[ \t\n]*\{(?:[ \t]*\n|\s*[\"}])")

    def parse(self, text: str) -> Parsed:
        """The members of the object."""
        start = _skip_gap(text, 0)
        repeated: list[object] = []
        decoder = json.JSONDecoder(object_pairs_hook=_dict_builder(repeated))
        try:
            values, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            hint = "names and texts stand in double quotes; a comma stands between two fields, none after the last"
            raise Fault(error.pos, f"JSON: {_lower_first(error.msg)}", hint) from error
        refuse_length(end - start, start)
        tail = _JSON_TAIL.match(text, end)
        assert tail
        return Parsed(values, start, tail.end(), tuple(_repeats(text, start)) if repeated else ())

    def find(self, text: str, path: KeyPath) -> Span:
        """Where a value stands."""
        start = _skip_gap(text, 0)
        span = Span(start, start)
        for part in path:
            span = next((place for name, place in _members(text, span.value) if name == part), span)
        return span


def _dict_builder(repeated: list[object]) -> Callable[[list[tuple[str, object]]], dict[str, object]]:
    """A hook that builds objects as usual, but puts those with a repeated name into a list."""

    def build(pairs: list[tuple[str, object]]) -> dict[str, object]:
        built = dict(pairs)
        if len(built) < len(pairs):
            repeated.append(built)
        return built

    return build


def _skip_gap(text: str, offset: int) -> int:
    gap = _JSON_GAP.match(text, offset)
    assert gap
    return gap.end()


def _members(text: str, offset: int) -> Iterator[tuple[str | int, Span]]:
    """The members of the valid object or list that begins at an offset."""
    is_object = text[offset] == "{"
    offset, index = _skip_gap(text, offset + 1), 0
    while text[offset] not in "]}":
        name: str | int = index
        start = offset
        if is_object:
            name, offset = _JSON.raw_decode(text, offset)
            offset = _skip_gap(text, _skip_gap(text, offset) + 1)
        yield name, Span(start, offset)
        offset = _skip_gap(text, _JSON.raw_decode(text, offset)[1])
        if text[offset] == ",":
            offset = _skip_gap(text, offset + 1)
        index += 1


def _repeats(text: str, offset: int) -> Iterator[Fault]:
    seen = set()
    for name, span in _members(text, offset):
        if name in seen:
            yield repeated_field(str(name), span.name)
        seen.add(name)
        if text[span.value] in "{[":
            yield from _repeats(text, span.value)


class HeaderField(NamedTuple):
    """A line of a header, with the indented lines that continue it."""

    name: str
    value: str
    span: Span


class HeaderHandler(BaseHandler):
    """Lines `Key: value` up to a blank one, as in Pelican."""

    FM_BOUNDARY = _HEADER_LINE

    def __init__(self, is_known: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_known = is_known

    def detect(self, text: str) -> bool:
        """Whether two such lines or more begin the text, first a known field, and one is the title."""
        fields, _ = _header_fields(text)
        names = [field.name.lower() for field in fields]
        return len(names) > 1 and "title" in names and self._is_known(names[0])

    def parse(self, text: str) -> Parsed:
        """The fields of the header, all of them texts."""
        fields, body = _header_fields(text)
        values: dict[str, str] = {}
        faults = []
        for field in fields:
            if field.name in values:
                faults.append(repeated_field(field.name, field.span.name))
            values.setdefault(field.name, field.value)
        return Parsed(values, fields[0].span.name, body, tuple(faults))

    def find(self, text: str, path: KeyPath) -> Span:
        """Where a field stands."""
        fields, _ = _header_fields(text)
        return next(field.span for field in fields if field.name == path[0])


def _header_fields(text: str) -> tuple[list[HeaderField], int]:
    """The fields of a header and the offset behind its blank line; no fields where there is no header."""
    fields: list[HeaderField] = []
    blank = _BLANK_LINES.match(text)
    offset = blank.end() if blank else 0
    while offset < min(len(text), MAX_CHARACTERS):
        end = text.find("\n", offset) % (len(text) + 1)
        line = text[offset:end]
        if found := _HEADER_LINE.match(line):
            span = Span(offset, offset + found.end())
            fields.append(HeaderField(found[1], line[found.end() :].strip(), span))
        elif not line.strip():
            return fields, end + 1
        elif fields and line[0] in " \t":
            fields[-1] = fields[-1]._replace(value=f"{fields[-1].value} {line.strip()}")
        else:
            return [], 0
        offset = end + 1
    return (fields, len(text)) if offset >= len(text) else ([], 0)
