"""bytes -> output/: atomic, only when they differ; removes what no page claims and nothing else.

The manifest in the folder lists the files that Broadsheet wrote. It is extended before the first file
is written and trimmed after the last, so that a build that is cut short leaves no file that the next
one doesn't know.
"""

import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from generator.model import Output
from generator.problems import ConfigError, Problem

MANIFEST: Final = ".broadsheet.json"
_TEMPORARY: Final = ".broadsheet.tmp"
_MODE: Final = 0o666  # but for what the umask takes away
_BINARY: Final = getattr(os, "O_BINARY", 0)  # Windows would end lines in its own way
_SUSPECT: Final = re.compile(r'\.\.|"/|\\')  # in a manifest without it every path is inside the folder
_OTHERS_FILES: Final = frozenset({"CNAME"})  # beside names that start with a dot: what hosts want to find in the folder


class Put(NamedTuple):
    """What became of one output."""

    path: str
    changed: bool  # written, because it was new or its bytes differed
    size: int  # of the file as it is now
    mtime_ns: int
    problem: Problem | None = None  # why it couldn't be written


def check_folder(folder: Path) -> None:
    """Raises ConfigError where the folder holds somebody else's files."""
    if not folder.exists() or (folder / MANIFEST).exists():
        return
    if not folder.is_dir():
        raise ConfigError(
            Problem(folder.name, 0, 0, "the output folder is a file", "foreign-output", "name another with -o")
        )
    foreign = sorted(entry.name for entry in folder.iterdir() if not _is_the_hosts(entry.name))
    if foreign:
        message = f"the folder holds files that Broadsheet did not write, {foreign[0]} among them; nothing was changed"
        raise ConfigError(Problem(folder.name, 0, 0, message, "foreign-output", "empty it, or name another with -o"))


def read_manifest(folder: Path) -> dict[str, str]:
    """Path -> owner of all files written before; a manifest that can't be read counts as empty."""
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        loaded = json.loads(text)
    except (OSError, ValueError):
        return {}
    if not isinstance(loaded, dict):
        return {}
    # Whoever edited it: only files inside the folder are ours.
    if not _SUSPECT.search(text) and set(map(type, loaded.values())) <= {str}:
        return loaded
    return {path: str(owner) for path, owner in loaded.items() if path[:1] != "/" and _is_inside(path)}


class Writer:
    """One output folder while it is brought up to date: `claim`, then `put` each file, then `finish`.

    May be used in several processes between `claim` and `finish`. Raises ConfigError where the folder
    holds somebody else's files.
    """

    def __init__(self, folder: Path) -> None:
        check_folder(folder)
        self.folder, self.base = folder, str(folder)
        self.root = os.path.realpath(folder)
        self.manifest = self.saved = read_manifest(folder)
        self.is_new = not self.manifest  # nobody reads a folder that is made for the first time
        self.foreign: frozenset[str] = frozenset()  # files of others that stand where pages belong
        self.sound_folders = {""}  # known to be inside, relative to the output folder

    def claim(self, planned: Mapping[str, str]) -> None:
        """Puts what is going to be written, path -> owner, on the manifest, but for what others have put there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for leftover in self.folder.glob(f"{_TEMPORARY}.*"):  # of a build that was killed
            leftover.unlink(missing_ok=True)
        new = planned.keys() - self.manifest.keys()
        if self.is_new:  # with nothing in it but what hosts put there
            there = tuple(os.listdir(self.base))
            new = {path for path in new if path.startswith(there)}
        self.foreign = frozenset(path for path in new if os.path.lexists(f"{self.base}/{path}"))
        claimed = {**self.manifest, **planned}
        for path in self.foreign:
            del claimed[path]
        self._save_manifest(claimed)

    def put(self, output: Output) -> Put:
        """Writes a file, if its bytes differ from those that are there."""
        target = f"{self.base}/{output.path}"
        try:
            self._make_folder(output.path.rpartition("/")[0])
            if self.is_new and (status := _create(target, output.content)):
                return Put(output.path, changed=True, size=status.st_size, mtime_ns=status.st_mtime_ns)
            if _read(target) == output.content and not os.path.islink(target):
                status = os.stat(target)
                return Put(output.path, changed=False, size=status.st_size, mtime_ns=status.st_mtime_ns)
            if output.path in self.foreign:
                message = "a file that Broadsheet did not write stands where a page belongs; it was left alone"
                return self._refused(output.path, message, "move it away, or into static/")
            status = self._replace(target, output.content)
        except OSError as error:
            message = f"can't be written: {error.strerror or error}"
            return self._refused(output.path, message, "mind free space and permissions")
        return Put(output.path, changed=True, size=status.st_size, mtime_ns=status.st_mtime_ns)

    def finish(self, planned: Mapping[str, str], kept: Collection[str], refused: Collection[str]) -> tuple[str, ...]:
        """Removes what no page claims and trims the manifest; returns what was removed.

        Files whose owner is in `kept` stay; those in `refused` are somebody else's.
        """
        gone = self.manifest.keys() - planned.keys()
        staying = {path: owner for path in gone if (owner := self.manifest[path]) in kept and owner}
        removed = tuple(sorted(gone - staying.keys()))
        for path in removed:
            self._remove(path)
        files = {**staying, **planned}
        for path in refused:
            files.pop(path, None)
        self._save_manifest(files)
        return removed

    def _save_manifest(self, files: dict[str, str]) -> None:
        """Writes the manifest, if it differs."""
        if files != self.saved:
            self.saved = files
            content = json.dumps(files, ensure_ascii=False, separators=(",\n", ": "), sort_keys=True)
            self._replace(f"{self.base}/{MANIFEST}", content.encode("utf-8", "surrogatepass"))

    def _remove(self, path: str) -> None:
        """Removes a file and the folders that this leaves empty."""
        target = self.folder / path
        with suppress(OSError):
            if self._is_sound(str(target.parent)):
                target.unlink(missing_ok=True)
                for folder in _between(target.parent, self.folder):
                    folder.rmdir()

    def _make_folder(self, folder: str) -> None:
        """Makes a folder and those above it; a file of ours that stands where one belongs goes."""
        if folder in self.sound_folders:
            return
        self._make_folder(folder.rpartition("/")[0])
        path = f"{self.base}/{folder}"
        try:
            os.mkdir(path)
        except FileExistsError:
            if folder in self.manifest and os.path.isfile(path):
                os.unlink(path)
                os.mkdir(path)
            elif not self._is_sound(path):
                raise OSError(f"{folder} is a symbolic link that leads out of the folder") from None
        self.sound_folders.add(folder)

    def _is_sound(self, folder: str) -> bool:
        """Whether a folder really is inside the output folder, symbolic links followed."""
        real = os.path.realpath(folder)
        return real == self.root or real.startswith(self.root + os.sep)

    def _replace(self, target: str, content: bytes) -> os.stat_result:
        """Readers of the file see the old bytes or the new ones, never a part; returns what the file is then."""
        temporary = f"{self.base}/{_TEMPORARY}.{os.getpid()}"
        status = _write(temporary, content, os.O_TRUNC)
        os.replace(temporary, target)
        return status

    def _refused(self, path: str, message: str, hint: str) -> Put:
        problem = Problem(f"{self.folder.name}/{path}", 0, 0, message, "not-written", hint)
        return Put(path, changed=False, size=0, mtime_ns=0, problem=problem)


def _read(path: str) -> bytes | None:
    """The content of a file, None where there is none."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write(path: str, content: bytes, flag: int) -> os.stat_result:
    """Writes a file and says what it is then; Python's own files ask the system twice as much."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | flag | _BINARY, _MODE)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
        return os.fstat(file)
    finally:
        os.close(file)


def _create(path: str, content: bytes) -> os.stat_result | None:
    """What a new file is; None where there is one already."""
    try:
        return _write(path, content, os.O_EXCL)
    except FileExistsError:
        return None


def _between(folder: Path, top: Path) -> Iterator[Path]:
    """A folder and those above it, up to but without `top`."""
    while folder != top and top in folder.parents:
        yield folder
        folder = folder.parent


def _is_inside(path: str) -> bool:
    return ".." not in path or ".." not in path.split("/")


def _is_the_hosts(name: str) -> bool:
    return name.startswith(".") or name in _OTHERS_FILES
