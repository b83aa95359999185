"""The arrows between the modules: what may import what, and where I/O may happen."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "generator"
GROUND = {"model", "corpus", "names", "notices", "destinations", "problems", "urls", "characters", "digest"}
GROUND |= {"dates", "languages", "commonmark", "filenames", "atomic", "modes", "toml", "lifeline", "stopping"}
# Parts of the ground that stand on others besides the few that all of it may use.
GROUND_ON = {
    "atomic": {"characters", "modes"},
    "corpus": {"model"},
    "stopping": {"lifeline"},
    "dates": {"languages"},
    "languages": {"languages"},
    "commonmark": {"commonmark"},
}
WINGS = {"importers", "pipeline", "targets", "links", "reach", "engine", "preview", "config", "console"}
# Commands that are made of other commands.
MADE_OF = {"commands/deploy": {"build", "check", "workflow"}, "commands/serve": {"build", "tidy"}}
HALVES = {
    "desk",
    "lockfile",
    "survey",
    "gather",
    "remarks",
    "compare",
    "linking",
    "outputs",
    "copies",
    "publish",
    "press",
}
MODULES = sorted(path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE.rglob("*.py"))
IO_MODULES = {"time", "logging", "os", "io", "shutil", "subprocess", "socket", "tempfile", "pathlib", "glob", "sys"}
IO_CALLS = {"open", "print", "input", "read_text", "write_text", "read_bytes", "write_bytes", "now", "today", "utcnow"}


def imports(module: str) -> Iterator[str]:
    """All that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse((PACKAGE / f"{module}.py").read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def own_imports(module: str) -> set[str]:
    """The parts of the package, by their first names, that a module imports."""
    names = {name.split(".")[1] for name in imports(module) if name.startswith("generator.")}
    return names - {"__version__"}


def may_import(module: str) -> set[str]:
    """What the floor that a module stands on may use."""
    part = module.split("/", 1)[0]
    if part in GROUND:
        below = {"problems", "digest", "destinations", "names", "notices"} - {part}
        return below | GROUND_ON.get(part, set())
    if part in WINGS:
        return GROUND | {part}
    return GROUND | WINGS | {"commands"}


@pytest.mark.parametrize("module", [module for module in MODULES if not module.startswith("__")])
def test_imports_run_downwards(module: str) -> None:
    assert own_imports(module) <= may_import(module)


def test_wings_do_not_know_each_other() -> None:
    for module in MODULES:
        part = module.split("/", 1)[0]
        if part in WINGS:
            assert not own_imports(module) & (WINGS - {part}), module


def test_nothing_but_the_command_line_imports_it() -> None:
    for module in MODULES:
        if module not in {"cli", "__main__"}:
            assert "cli" not in own_imports(module), module


def test_commands_import_no_command_but_the_halves_of_the_sentence() -> None:
    for module in MODULES:
        if module.startswith("commands/"):
            others = {name.split(".")[2] for name in imports(module) if name.startswith("generator.commands.")}
            assert others <= HALVES | MADE_OF.get(module, set()), module


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith("pipeline/") and m != "pipeline/write"])
def test_the_pipeline_is_pure(module: str) -> None:
    assert not {name.split(".")[0] for name in imports(module)} & IO_MODULES
    calls = [node for node in ast.walk(ast.parse((PACKAGE / f"{module}.py").read_text())) if isinstance(node, ast.Call)]
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "") for node in calls
    }
    assert not called & IO_CALLS


def test_only_the_console_prints() -> None:
    for module in MODULES:
        tree = ast.parse((PACKAGE / f"{module}.py").read_text())
        prints = any(isinstance(n, ast.Call) and getattr(n.func, "id", "") == "print" for n in ast.walk(tree))
        assert not prints or module == "console", module


def test_every_folder_and_module_is_on_the_map() -> None:
    documentation = ast.get_docstring(ast.parse((PACKAGE / "__init__.py").read_text())) or ""
    for entry in PACKAGE.iterdir():
        if entry.name not in {"__init__.py", "__pycache__", "py.typed"}:
            assert (f"{entry.name}/" if entry.is_dir() else entry.name) in documentation, entry.name


def test_modules_are_named_by_what_they_do() -> None:
    words = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc", "core"}
    assert not {Path(module).name for module in MODULES} & words
