"""broadsheet new: a site that builds at once. What stands in it is in skeleton/."""

import argparse
import json
import re
import shlex
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final

from generator import atomic
from generator.config import FILE_NAME
from generator.console import Console
from generator.filenames import is_leftover
from generator.model import Json, Report
from generator.problems import ConfigError, Problem

_TITLE: Final = "News Digest"  # where the name of the folder gives none


class Options(argparse.Namespace):
    """What the command is told."""

    directory: Path
    folder: Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `broadsheet new`."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder to make; it may exist if it is empty")


def run(options: Options, console: Console) -> Report:
    """Makes the site; raises ConfigError, and leaves everything as it is, where something is in the way."""
    folder = options.directory / options.folder
    shown = folder.as_posix().encode("utf-8", "replace").decode()  # a name that isn't UTF-8 can't be printed
    try:
        _refuse_filled(folder)
        made, kept = _make(folder)
    except OSError as error:
        raise _refusal(f"{shown} can't be made: {error.strerror}", "name a folder that you may write to") from None
    for path in kept:
        console.note(f"{path} was there already and stays as it is: add the lines output/ and .cache/ to it")
    site = shlex.quote(shown)
    console.note(f"now:  broadsheet -C {site} build\nthen: broadsheet -C {site} import article.txt")
    paths: list[Json] = [*made]
    return Report(tuple(f"{shown}/{path}" for path in made), {"site": shown, "made": paths})


def _make(folder: Path) -> tuple[list[str], list[str]]:
    """Writes the files; which were made, and which were there already."""
    made: list[str] = []
    kept: list[str] = []
    for path, text in _files(_title(folder), datetime.now(UTC).date()):
        (made if _create(folder / path, text) else kept).append(path)
    return made, kept


def _refuse_filled(folder: Path) -> None:
    """Raises ConfigError for a file, or a folder with anything in it but dot files and what systems leave."""
    if not folder.is_dir():
        if folder.exists() or folder.is_symlink():
            raise _refusal(f"{folder} is a file", "name a folder that isn't there yet")
        return
    names = sorted(path.name for path in folder.iterdir() if not (path.name[0] == "." or is_leftover(path.name)))
    if FILE_NAME in names:
        raise _refusal(f"{folder} has a site already", f"`broadsheet -C {shlex.quote(str(folder))} build` builds it")
    if names:
        raise _refusal(f"{folder} is not empty: it holds {names[0]}", "name a folder that isn't there yet")


def _refusal(message: str, hint: str) -> ConfigError:
    return ConfigError(Problem("", 0, 0, message, "not-empty", hint))


def _files(title: str, today: date) -> Iterator[tuple[str, str]]:
    """The files of a new site: where each goes, and what stands in it."""
    yield FILE_NAME, _skeleton("broadsheet.toml", title=_quoted(title))
    yield f"content/{today:%Y/%m}/welcome.md", _skeleton("welcome.md", date=today.isoformat())
    yield "content/pages/about.md", _skeleton("about.md")
    yield ".gitignore", _skeleton("gitignore")


def _skeleton(name: str, **values: str) -> str:
    text = resources.files("generator.commands").joinpath("skeleton", name).read_text(encoding="utf-8")
    return Template(text).substitute(values)


def _title(folder: Path) -> str:
    """The name of a folder as a title: `the-daily_digest` -> `The Daily Digest`."""
    name = folder.resolve().name.encode("utf-8", "replace").decode()
    words = [word for word in re.split(r"[-_.\s]+", name) if word]
    return " ".join(word[0].upper() + word[1:] for word in words) or _TITLE


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _create(path: Path, text: str) -> bool:
    """Writes a file that isn't there yet; False where one is, which stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        atomic.create(path, text.encode())
    except FileExistsError:
        return False
    return True
