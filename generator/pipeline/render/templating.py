"""Jinja, without what it does for templates that are not ours: half of the time of a page.

What a template says stays as it is: it sees the same names, says the same text and fails in the same places.
"""

import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager, nullcontext
from types import BuiltinMethodType, CodeType, FunctionType
from typing import Any, Final

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

_PLAIN: Final = frozenset({FunctionType, BuiltinMethodType, jinja2.runtime.BlockReference})
_INNER: Final = frozenset({"_loop_vars", "_block_vars"})


class _Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates in a mapping; Jinja itself sees whether they fit their source and its version."""

    def __init__(self, kept: MutableMapping[str, bytes]) -> None:
        self.kept = kept

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Gives Jinja what is kept, if anything is."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keeps what Jinja has compiled."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


class _Generator(CodeGenerator):
    """Writes code that gathers the pieces of a page in a few lists, as Jinja does in macros.

    In Jinja each piece goes up one by one, through the generators of its block, of its template and of all
    that extend this.
    """

    adding: str | None = None  # the list that gets what Jinja would yield

    def write_commons(self) -> None:
        """Begins a function as Jinja does, but for what makes a generator of it."""
        self.writeline("resolve = context.resolve_or_missing")
        self.writeline("undefined = environment.undefined")
        self.writeline("concat = environment.concat")
        self.writeline("cond_expr_undefined = Undefined")

    def enter_frame(self, frame: Frame) -> None:
        """Begins the code of a frame; only that of a template or of a block has no list yet."""
        super().enter_frame(frame)
        if frame.buffer is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """Ends the code of a frame."""
        super().leave_frame(frame, with_python_scope)
        if frame.rootlevel:
            self.writeline(f"if {frame.buffer}: yield concat({frame.buffer})")
        elif frame.block_frame:
            self.writeline(f"return {frame.buffer}")

    def signature(
        self,
        node: nodes.Call | nodes.Filter | nodes.Test,
        frame: Frame,
        extra_kwargs: Mapping[str, Any] | None = None,
    ) -> None:
        """Without what functions that ask for the context are told of loops and blocks: there are none."""
        kept = {name: value for name, value in (extra_kwargs or {}).items() if name not in _INNER}
        super().signature(node, frame, kept)

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Adds the pieces of a block."""
        with self._added(frame):
            super().visit_Block(node, frame)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Adds the pieces of another template."""
        with nullcontext() if node.with_context else self._added(frame):
            super().visit_Include(node, frame)

    @contextmanager
    def _added(self, frame: Frame) -> Iterator[None]:
        """Within it what Jinja would yield is added to the list of the frame."""
        self.adding = frame.buffer
        frame.buffer = None
        yield
        frame.buffer, self.adding = self.adding, None

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Writes a line."""
        if self.adding and x.startswith("yield from "):
            x = f"{self.adding}.extend({x.removeprefix('yield from ')})"
        super().writeline(x, node, extra)


class _Values(dict[str, Any]):
    """The names that a template sees."""

    def __missing__(self, name: str) -> object:
        """What Jinja takes for a name that there isn't."""
        return jinja2.utils.missing


class _Context(jinja2.runtime.Context):
    """A context with one table for all names, that calls functions at once unless they ask for the context."""

    def __init__(self, environment: jinja2.Environment, parent: dict[str, Any], *told: Any, **more: Any) -> None:
        super().__init__(environment, parent, *told, **more)
        self.vars = self.parent = _Values(parent)
        self.resolve_or_missing = self.vars.__getitem__  # type: ignore[assignment,method-assign]

    def call(self, called: Callable[..., object], /, *values: object, **named: object) -> object:
        """What the function gives."""
        if type(called) in _PLAIN and not hasattr(called, "jinja_pass_arg"):
            return called(*values, **named)
        if type(called) is jinja2.runtime.Macro:
            return called(self.eval_ctx, *values, **named)
        return super().call(called, *values, **named)


class _Template(jinja2.Template):
    """A template that escapes as ever, but wraps in Markup only what is kept; what is written needs none."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's name
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        """The template of compiled code."""
        template = super().from_code(environment, code, globals, uptodate)
        assert isinstance(template.root_render_func, FunctionType)
        template.root_render_func.__globals__["escape"] = _escape
        return template

    def render(self, *values: Any, **named: Any) -> str:
        """The text of the template with these values."""
        context = _Context(self.environment, dict(*values, **named), self.name, self.blocks)
        try:
            return "".join(self.root_render_func(context))
        except Exception:  # noqa: BLE001 - it is raised again
            self.environment.handle_exception()

    def _get_default_module(self, ctx: jinja2.runtime.Context | None = None) -> jinja2.environment.TemplateModule:
        """The template as others import it: the same for all, since there are no globals."""
        return self._module or super()._get_default_module(ctx)


# What markupsafe.escape is made of: it takes a tenth of the time of the Markup that is made of its result.
_escape_text: Final[Callable[[str], str]] = getattr(markupsafe, "_escape_inner", markupsafe.escape)


def _escape(value: object) -> str:
    """The value as text that is safe in HTML and XML."""
    if type(value) is str:
        return _escape_text(value)
    return value if type(value) is markupsafe.Markup else markupsafe.escape(value)


class Environment(jinja2.Environment):
    """The environment of the templates of a theme."""

    code_generator_class = _Generator
    template_class = _Template
    context_class = _Context

    def __init__(self, load: Callable[[str], Any], compiled: MutableMapping[str, bytes]) -> None:
        """`compiled` keeps what templates were compiled to."""
        super().__init__(
            loader=jinja2.FunctionLoader(load),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_Compiled(compiled),
        )
        self.globals.clear()
        self.filters["tojson"] = _to_json
        self.at_hand: dict[str, jinja2.Template] = {}

    def get_template(self, name: str | jinja2.Template, *told: Any, **more: Any) -> jinja2.Template:
        """The template of this name, at once where it was asked for before."""
        found = self.at_hand.get(name) if isinstance(name, str) else None
        if found is None:
            found = super().get_template(name, *told, **more)
            self.at_hand[str(found.name)] = found
        return found


_encode: Final = json.JSONEncoder(sort_keys=True).encode  # made once; json.dumps makes one for each call
_IN_SCRIPTS: Final = {character: f"\\u{ord(character):04x}" for character in "<>&'"}  # what HTML may see in them


def _to_json(value: object, indent: int | None = None) -> markupsafe.Markup:
    """The value as JSON that is safe in HTML."""
    text = _encode(value) if indent is None else json.dumps(value, sort_keys=True, indent=indent)
    for character, escaped in _IN_SCRIPTS.items():
        text = text.replace(character, escaped)
    return markupsafe.Markup(text)  # noqa: S704 - it is
