"""argv -> one command module, imported on demand -> exit status.

Exit status: 0 done; 1 problems found (with --strict: or warnings); 2 usage or configuration; stopping.py has the rest.
"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from generator import __version__
from generator.console import Console
from generator.problems import BroadsheetError, ConfigError, DamagedError
from generator.stopping import first_word

COMMANDS: Final = {
    "new": "make a site that builds at once",
    "import": "make articles in content/ of pasted text",
    "build": "build the site into output/",
    "serve": "build at every change, and show it in the browser",
    "tidy": "show what cleaning removes from articles, and why; --write makes it permanent",
    "check": "find links of the built site that lead nowhere",
    "deploy": "bring the site to where readers find it",
    "topics": "learn what speaks for each topic from the articles that name it",
    "list": "list articles, drafts, topics, tags, sources, stories and duplicates",
}
EXIT_USAGE: Final = 2


class Options(argparse.Namespace):
    """What every command is told."""

    command: str
    directory: Path
    quiet: bool
    format: str
    strict: bool
    all_problems: bool


def run(arguments: Sequence[str]) -> int:
    """Runs a command line; returns its exit status."""
    try:
        return _run(arguments)
    except BrokenPipeError:  # the reader of our output has seen enough, as in `broadsheet list articles | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: Sequence[str]) -> int:
    parser, module = make_parser(arguments)
    options = parser.parse_args(arguments, namespace=Options())
    if module is None:
        parser.print_help(sys.stderr)
        return EXIT_USAGE
    gc.disable()  # a short life with 100,000 objects that stay: looking for cycles among them costs a quarter of it
    console = Console(quiet=options.quiet, as_json=options.format == "json", shows_all=options.all_problems)
    try:
        try:
            report = module.run(options, console)
        except DamagedError as error:
            from generator.engine.store import remove  # noqa: PLC0415 - hardly ever

            remove(error.file)
            console.note(f"{error.problems[0].message}; it is made anew")
            report = module.run(options, console)
        return console.report(report, strict=options.strict)
    except BroadsheetError as error:
        console.problems(error.problems)
        return EXIT_USAGE if isinstance(error, ConfigError) else 1


def make_parser(arguments: Sequence[str]) -> tuple[argparse.ArgumentParser, ModuleType | None]:
    """The parser for a command line, and the module of the command that it names.

    Only that module is imported: the others would cost time at every start.
    """
    parser = argparse.ArgumentParser(prog="broadsheet", description="A static site generator for news digests.")
    parser.add_argument("-C", dest="directory", metavar="DIR", type=Path, default=Path(), help="as if started in DIR")
    parser.add_argument("-V", "--version", action="version", version=f"broadsheet {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    chosen = first_word(arguments)
    module = None
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        _add_common(command)
        if name == chosen:
            module = load_command(name)
            module.add_arguments(command)
    return parser, module


def load_command(name: str) -> ModuleType:
    """The module of a command: it has `add_arguments(parser)` and `run(options, console) -> Report`."""
    return import_module(f"generator.commands.{name}_" if name == "import" else f"generator.commands.{name}")


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("-q", "--quiet", action="store_true", help="print problems alone")
    command.add_argument("--format", choices=("text", "json"), default="text", help="json: one document on stdout")
    command.add_argument("--strict", action="store_true", help="exit with 1 for warnings too")
    command.add_argument("--all-problems", action="store_true", help="show all problems, however many of a kind")
