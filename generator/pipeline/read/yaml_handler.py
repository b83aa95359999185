"""YAML front matter: few types, no lost text, and errors that an editor can follow.

Only null, true and false, and numbers that print as they were written are more than text: `no` is
Norwegian, `10:00` a time, `3.10` a version, and dates are for dates.py to understand.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.constructor import ConstructorError

from generator.pipeline.read.formats import Fault, KeyPath, Parsed, Span
from generator.pipeline.read.handlers import Block, FencedHandler, repeated_field
from generator.pipeline.read.plain_yaml import read_plain
from generator.pipeline.read.text import shown
from generator.problems import WARNING

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML without libyaml: ten times slower
    from yaml import SafeLoader  # type: ignore[assignment]

_TAG: Final = "tag:yaml.org,2002:"
_NULL: Final = re.compile(r"(?:~|null|Null|NULL|)\Z")
_BOOL: Final = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_INT: Final = re.compile(r"(?:0|-?[1-9][0-9]{0,17})\Z")
_FLOAT: Final = re.compile(r"-?[0-9]{1,17}\.[0-9]{1,17}\Z")

# libyaml's composer recurses on the C stack: 16,000 brackets end the process (tried), and 2,000
# end a thread. Nothing nests deeper than it has of these signs.
_MAX_NESTING_SIGNS: Final = 1000
_NESTING_SIGN: Final = re.compile(r"[\[{]|[-?][ \t]")

_FIELD: Final = re.compile(r"[ \t]*(?:-[ \t]+)?([\w-]+):[ \t]+(\S.*)")
_NEEDS_QUOTES: Final = re.compile(r".*:(?:[ \t]|$)|[\"'\[\]{}@`%&*!|>?,#-]")
_MAX_QUOTED: Final = 100
_OPEN_AT_ITS_START: Final = ("while scanning a quoted", "while parsing a flow")

_VALUE: Final = r"^(?:[\w-]+[ \t]*:|[ \t]*-)[ \t]+"
_COMMENT: Final = re.compile(rf"{_VALUE}(?:[^\s\"'|>\[{{#][^\n]*?[ \t])?(#\w[^\n]*)", re.MULTILINE)
_ANCHOR: Final = re.compile(rf"{_VALUE}(&\S+)", re.MULTILINE)


class _Loader(SafeLoader):
    """A safe loader with the few types above, which notes repeated fields."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeated: list[yaml.ScalarNode] = []

    def read_number(self, node: yaml.ScalarNode) -> int | float | str:
        """The number, or the text where the number would print in another way."""
        text = self.construct_scalar(node)
        if _INT.match(text):
            return int(text)
        return float(text) if _FLOAT.match(text) and str(float(text)) == text else text

    def read_bool(self, node: yaml.ScalarNode) -> bool:
        """Whether it says true."""
        return bool(self.construct_scalar(node).lower() == "true")

    def read_map(self, node: yaml.MappingNode) -> Iterator[dict[str, object]]:
        """The map, with names as they are written; the first of two equal names counts."""
        fields: dict[str, object] = {}
        yield fields  # before it is filled, as it may hold itself
        for name, value in node.value:
            if not isinstance(name, yaml.ScalarNode):
                raise ConstructorError(None, None, "the name of a field is a list or a map", name.start_mark)
            if name.value in fields:
                self.repeated.append(name)
            else:
                fields[name.value] = self.construct_object(value)


_Loader.yaml_implicit_resolvers = {
    **{first: [(f"{_TAG}null", _NULL)] for first in ("~", "n", "N", "")},
    **{first: [(f"{_TAG}bool", _BOOL)] for first in "tTfF"},
    **{first: [(f"{_TAG}int", _INT), (f"{_TAG}float", _FLOAT)] for first in "-0123456789"},
}
_Loader.yaml_constructors = {
    f"{_TAG}null": _Loader.construct_yaml_null,
    f"{_TAG}bool": _Loader.read_bool,
    f"{_TAG}int": _Loader.read_number,
    f"{_TAG}float": _Loader.read_number,
    f"{_TAG}str": _Loader.construct_yaml_str,
    f"{_TAG}seq": _Loader.construct_yaml_seq,
    f"{_TAG}map": _Loader.read_map,
    None: _Loader.construct_undefined,
}


class YamlHandler(FencedHandler, YAMLHandler):
    """YAML between two lines `---`, as nearly everywhere; `...` ends it too."""

    FM_BOUNDARY = re.compile(r"\A(?:[ \t]*\n)*---[ \t]*$|(?<=\n)(?:---|\.\.\.)[ \t]*$", re.MULTILINE)

    def cut(self, text: str) -> Block:
        """What stands between the fences, with the line ends that only YAML knows as blanks."""
        block = super().cut(text)
        if len(block.text) > _MAX_NESTING_SIGNS:
            _refuse_nesting(block)
        return block._replace(text=block.text.replace("\u2028", " ").replace("\u2029", " "))

    def parse(self, text: str) -> Parsed:
        """The fields between the fences."""
        block = self.cut(text)
        if plain := read_plain(block.text):
            return Parsed(plain, block.first, block.body, ())
        loader = _Loader(block.text)
        try:
            values = loader.get_single_data()
        except yaml.MarkedYAMLError as error:
            raise _explain(block, error) from error
        finally:
            loader.dispose()
        if values is None and block.text.strip():
            hint = 'write fields such as "title: ..."; to begin with a break in the text, write "***"'
            raise Fault(block.first, "the front matter holds only comments", hint)
        repeated = (repeated_field(name.value, block.start + name.start_mark.index) for name in loader.repeated)
        return Parsed(values, block.first, block.body, (*repeated, *_swallowed(block)))

    def find(self, text: str, path: KeyPath) -> Span:
        """Where a value stands."""
        block = self.cut(text)
        node = name = _compose(block.text)
        assert node
        assert name
        for part in path:
            name, node = _member(node, part)
        return Span(block.start + name.start_mark.index, block.start + node.start_mark.index)


def _refuse_nesting(block: Block) -> None:
    if sum(1 for _ in _NESTING_SIGN.finditer(block.text)) > _MAX_NESTING_SIGNS:
        message = "the front matter has too many lists and maps"
        raise Fault(block.fence, message, "end it earlier, and move the text below it")


@lru_cache(maxsize=1)  # one file at a time, but maybe many problems in it
def _compose(text: str) -> yaml.Node | None:
    return yaml.compose(text, Loader=_Loader)


def _member(node: yaml.Node, part: str | int) -> tuple[yaml.Node, yaml.Node]:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part], node.value[part]
    return next(((name, value) for name, value in node.value if name.value == part), (node, node))


def _explain(block: Block, error: yaml.MarkedYAMLError) -> Fault:
    context, problem = error.context or "", error.problem or "can't be understood"
    mark = error.context_mark if context.startswith(_OPEN_AT_ITS_START) else error.problem_mark
    index = mark.index if mark else 0
    hint = _hint(block.text, index, context, problem)
    return Fault(block.start + index, f"YAML: {problem[:_MAX_QUOTED]}", hint)


def _hint(text: str, index: int, context: str, problem: str) -> str:
    if text[index : index + 1] == "\t" or "tab character" in problem:
        return "indent with spaces, not with tabs"
    if context.startswith("while parsing a flow"):
        return "close the bracket, or put the text in quotes"
    field = _FIELD.fullmatch(_line_at(text, index))
    if field and _NEEDS_QUOTES.match(field[2]):
        advice = "close the quote: " if context.startswith("while scanning a quoted") else ""
        return f"{advice}write {field[1]}: {_quoted(field[2])}"
    return 'every field has a line "name: value", those of one map are indented alike'


def _line_at(text: str, index: int) -> str:
    return text[text.rfind("\n", 0, index) + 1 :].partition("\n")[0]


def _quoted(text: str) -> str:
    """A text as YAML takes it, without the quotes that it may have had."""
    text = text.strip()
    mark = text[0] if text[0] in "\"'" else ""
    if mark and (text.count(mark) == 1 or text[1:].endswith(mark)):
        text = text[1:].removesuffix(mark)
    if len(text) > _MAX_QUOTED:
        return '"..." with the text in quotes'
    return f'"{text}"' if not re.search(r'["\\]', text) else "'" + text.replace("'", "''") + "'"


def _swallowed(block: Block) -> Iterator[Fault]:
    """Warnings for what is part of a text for its writer, but not for YAML."""
    comments = _COMMENT.finditer(block.text) if "#" in block.text else ()
    anchors = _ANCHOR.finditer(block.text) if "&" in block.text else ()
    unused = (anchor for anchor in anchors if f"*{anchor[1][1:]}" not in block.text)
    for kind, found in (*(("a comment", one) for one in comments), *(("an anchor", one) for one in unused)):
        message = f"YAML takes {shown(found[1])} for {kind} and drops it"
        field = _FIELD.fullmatch(_line_at(block.text, found.start(1)))
        hint = f"write {field[1]}: {_quoted(field[2])}" if field else "put the text in quotes"
        yield Fault(block.start + found.start(1), message, hint, "dropped-text", WARNING)
