"""Which files of output/ are deployed: all that stand there but Broadsheet's own notes and what belongs to git."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from generator.problems import DeployError, Problem

_OURS: Final = frozenset({".broadsheet.json", ".broadsheet-deployed", ".git", ".gitignore"})  # at the top of the folder
_OUR_TEMPORARY: Final = ".broadsheet.tmp"
NOWHERE: Final = frozenset({".DS_Store", "Thumbs.db"})  # in any folder
LEFT_OUT: Final = (*(f"/{name}" for name in sorted(_OURS)), f"/{_OUR_TEMPORARY}*", *sorted(NOWHERE))  # as patterns


class File(NamedTuple):
    """One file to deploy."""

    path: str  # at the target, with "/"
    source: str  # where it stands here
    size: int
    mark: tuple[int, int, int] = (0, 0, 0)  # differs when the file does: size, time, and which file it is

    def read(self) -> bytes:
        """Its bytes."""
        return Path(self.source).read_bytes()


def files_of(folder: Path) -> tuple[File, ...]:
    """All files to deploy, by path; raises DeployError for what is neither file nor folder, or leads out of it."""
    files, problems = walk(folder)
    if problems:
        raise DeployError(*problems)
    return files


def walk(folder: Path) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    """All files to deploy, by path, and what can't be deployed; symbolic links are not followed into folders."""
    found, problems = [], []
    for path, entry in _entries(str(folder)):
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(folder.resolve()):
            problems.append(_problem(folder, path, "a symbolic link that leads out of the folder"))
        elif not entry.is_file():
            problems.append(_problem(folder, path, "neither a file nor a folder"))
        else:
            status = entry.stat()
            found.append(File(path, entry.path, status.st_size, (status.st_size, status.st_mtime_ns, status.st_ino)))
    return tuple(sorted(found)), tuple(problems)


def _entries(folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder that isn't one itself, with its path from there; nothing where there is no folder."""
    waiting = [(folder, "")] if Path(folder).is_dir() else []
    while waiting:
        place, prefix = waiting.pop()
        for entry in os.scandir(place):
            is_ours = not prefix and (entry.name in _OURS or entry.name.startswith(_OUR_TEMPORARY))
            if is_ours or entry.name in NOWHERE:
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, f"{prefix}{entry.name}/"))
            else:
                yield f"{prefix}{entry.name}", entry


def _problem(folder: Path, path: str, what: str) -> Problem:
    return Problem(f"{folder.name}/{path}", 0, 0, what, "not-deployable", "remove it, or put a file in its place")
