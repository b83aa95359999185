"""bytes -> output/: atomic, only when they differ; removes what no page claims and nothing else.

The manifest in the folder lists the files that Broadsheet wrote. It is extended before the first file
is written and trimmed after the last, so that a build that is cut short leaves no file that the next
one doesn't know. What couldn't be removed stays on it, and what stands where others have put something
never comes on it.
"""

import json
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from generator import modes
from generator.model import Output
from generator.problems import ERROR, WARNING, ConfigError, Problem

MANIFEST: Final = ".broadsheet.json"
UNKNOWN: Final = "?"  # the owner of a file that is ours, where the manifest that said so is lost
_TEMPORARY: Final = ".broadsheet.tmp"
_BINARY: Final = getattr(os, "O_BINARY", 0)  # Windows would end lines in its own way
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | _BINARY
# In a manifest without these every path is inside the folder; to look for each takes a tenth of what a pattern takes.
_SUSPECT: Final = ("..", '"/', "\\", '"":', '"."', '"./', "/./", '/."')
_OTHERS_FILES: Final = frozenset({"CNAME"})  # beside names that start with a dot: what hosts want to find in the folder
_HINT: Final = "mind free space and permissions, and build again"


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
    listed = _manifest_of(folder) or {}
    return {path: "" if owner == UNKNOWN else owner for path, owner in listed.items()}


def _manifest_of(folder: Path) -> dict[str, str] | None:
    """The same; None where there is a manifest that can't be read."""
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        loaded = json.loads(text)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(loaded, dict):
        return None
    # Whoever edited it: only files inside the folder are ours.
    if not any(part in text for part in _SUSPECT) and set(map(type, loaded.values())) <= {str}:
        return loaded
    return {path: str(owner) for path, owner in loaded.items() if _is_inside(path)}


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Within it whatever keeps the system from writing is a ConfigError that names the folder."""
    try:
        yield
    except OSError as error:
        message = f"nothing can be written to {folder}: {error.strerror or error}"
        raise ConfigError(Problem("", 0, 0, message, "not-written", _HINT)) from None


class Finished(NamedTuple):
    """What became of the files that no page claims."""

    removed: tuple[str, ...]
    problems: tuple[Problem, ...]


class Writer:
    """One output folder while it is brought up to date: `claim`, then `put` each file, then `finish`.

    May be used in several processes between `claim` and `finish`. Raises ConfigError where the folder
    holds somebody else's files. `known` are size and time of files as we wrote them: where the manifest is
    lost, those that are so still are ours.
    """

    def __init__(self, folder: Path, known: Mapping[str, tuple[int, int]] | None = None) -> None:
        check_folder(folder)
        self.folder, self.base = folder, str(folder)
        self.root = os.path.realpath(folder)
        found = _manifest_of(folder)
        self.is_damaged = found is None
        self.manifest = _recognised(self.base, known or {}) if found is None else found
        self.saved = found or {}
        self.foreign: frozenset[str] = frozenset()  # files of others that stand where pages belong
        self.going: frozenset[str] = frozenset()  # files of ours that no page claims
        self.sound_folders = {""}  # known to be inside, relative to the output folder
        self.umask = modes.umask()

    def claim(self, planned: Mapping[str, str], kept: Collection[str] = ()) -> None:
        """Puts what is going to be written, path -> owner, on the manifest, but for what others have put there.

        Files whose owner is in `kept` stay, whether they are planned or not. Raises ConfigError where nothing can be
        written.
        """
        with writing(self.folder):
            self._make_top()
            new = planned.keys() - self.manifest.keys()
            gone = self.manifest.keys() - planned.keys()
            self.going = frozenset(path for path in gone if not _stays(self.manifest[path], kept))
            self._make_room(new)
            if not self.manifest:  # most often nothing is there
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
            if _read(target) == output.content and not os.path.islink(target):
                status = self._as_public(target)
                return Put(output.path, changed=False, size=status.st_size, mtime_ns=status.st_mtime_ns)
            if output.path in self.foreign:
                message = "a file that Broadsheet did not write stands where a page belongs; it was left alone"
                return self.refused(output.path, message, "move it away, or into static/")
            status = self._replace(target, output.content)
        except IsADirectoryError:
            message = "a folder that holds something else stands where a file belongs; it was left alone"
            return self.refused(output.path, message, "move it away")
        except OSError as error:
            return self.refused(output.path, f"can't be written: {error.strerror or error}", _HINT)
        return Put(output.path, changed=True, size=status.st_size, mtime_ns=status.st_mtime_ns)

    def finish(self, planned: Mapping[str, str], refused: Collection[str]) -> Finished:
        """Removes what no page claims and trims the manifest; files in `refused` are somebody else's."""
        problems = {path: problem for path in sorted(self.going) if (problem := self._remove(path))}
        stuck = {path for path, problem in problems.items() if problem.is_error}
        staying = self.manifest.keys() - planned.keys() - (self.going - stuck)
        files = {**{path: self.manifest[path] for path in staying}, **planned}
        for path in refused:
            files.pop(path, None)
        said = [*problems.values(), *self._about_manifest(files)]
        try:
            self._save_manifest(files)
        except OSError as error:
            said.append(self.problem(MANIFEST, f"can't be written: {error.strerror or error}", _HINT))
        return Finished(tuple(sorted(self.going - problems.keys())), tuple(said))

    def _about_manifest(self, files: Collection[str]) -> Iterator[Problem]:
        """What there is to say of a manifest that was damaged."""
        if self.is_damaged:
            others = sorted(path for path in _below(self.base) if path not in files and not path.startswith("."))
            message = f"was damaged, and is made anew with {len(files):,} files"
            left = (
                f"{len(others):,} other files in the folder were left alone, {others[0]} among them" if others else ""
            )
            hint = "remove those that you don't want" if others else "nothing else is in the folder"
            yield self.problem(MANIFEST, "; ".join(filter(None, [message, left])), hint, WARNING)

    def _save_manifest(self, files: dict[str, str]) -> None:
        """Writes the manifest, if it differs."""
        if files != self.saved or self.is_damaged:
            content = json.dumps(files, ensure_ascii=False, separators=(",\n", ": "), sort_keys=True)
            self._replace(f"{self.base}/{MANIFEST}", content.encode("utf-8", "surrogatepass"))
            self.saved = files

    def _make_top(self) -> None:
        """Makes the folder, and removes what builds that were killed left in it."""
        if not os.path.isdir(self.base):
            os.makedirs(self.base)
            os.chmod(self.base, modes.FOLDER)
        for name in os.listdir(self.base):
            if name.startswith(f"{_TEMPORARY}.") and name.rpartition(".")[2].isdecimal():
                os.unlink(f"{self.base}/{name}")

    def _make_room(self, new: Collection[str]) -> None:
        """Removes our files from folders where files belong now: those that no page claims."""
        folders = {folder for path in self.going for folder in _folders_of(path)} & set(new)
        for path in self.going if folders else ():
            if not folders.isdisjoint(_folders_of(path)):
                self._remove(path)

    def _remove(self, path: str) -> Problem | None:
        """Removes a file and the folders that this leaves empty; says what keeps it from that."""
        target, folder = f"{self.base}/{path}", path.rpartition("/")[0]
        try:
            if not self._is_sound(folder):
                message = f"{folder}/ is a symbolic link now; what it leads to was left alone"
                return self.problem(path, message, "remove the link, if it isn't wanted", WARNING)
            os.unlink(target)
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as error:
            if not os.path.isdir(target):  # a folder is somebody else's
                return self.problem(path, f"can't be removed: {error.strerror}", _HINT)
        with suppress(OSError):
            for above in _folders_of(path):
                os.rmdir(f"{self.base}/{above}")
        return None

    def _make_folder(self, folder: str) -> None:
        """Makes a folder and those above it; a file of ours that no page claims any more makes way for one."""
        if folder in self.sound_folders:
            return
        self._make_folder(folder.rpartition("/")[0])
        path = f"{self.base}/{folder}"
        if folder in self.going and not os.path.isdir(path):
            with suppress(FileNotFoundError):
                os.unlink(path)
        try:
            os.mkdir(path, modes.FOLDER)
            if self.umask & modes.FOLDER:
                os.chmod(path, modes.FOLDER)
        except FileExistsError:
            if not os.path.isdir(path):
                raise OSError(f"{folder} is a file, and a folder belongs there") from None
            if not self._is_sound(folder):
                raise OSError(f"{folder} is a symbolic link") from None
        self.sound_folders.add(folder)

    def _is_sound(self, folder: str) -> bool:
        """Whether no symbolic link leads to a folder, given relative to the output folder."""
        return os.path.realpath(f"{self.base}/{folder}") == (os.path.join(self.root, folder) if folder else self.root)

    def _replace(self, target: str, content: bytes) -> os.stat_result:
        """Readers of the file see the old bytes or the new ones, never a part; returns what the file is then."""
        temporary = f"{self.base}/{_TEMPORARY}.{os.getpid()}"
        try:
            status = _write(temporary, content, self.umask)
            os.replace(temporary, target)
        except OSError:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        return status

    def _as_public(self, target: str) -> os.stat_result:
        """What a file is; everybody may read it."""
        status = os.stat(target)
        if stat.S_IMODE(status.st_mode) & modes.FILE != modes.FILE:
            os.chmod(target, modes.FILE)
        return status

    def refused(self, path: str, message: str, hint: str) -> Put:
        """What stands for a file that wasn't written."""
        return Put(path, changed=False, size=0, mtime_ns=0, problem=self.problem(path, message, hint))

    def problem(self, path: str, message: str, hint: str, severity: str = ERROR) -> Problem:
        """What is wrong with a file of the folder."""
        return Problem(f"{self.folder.name}/{path}", 0, 0, message, "not-written", hint, severity)


def together(problems: Iterable[Problem], folder: Path) -> Iterator[Problem]:
    """The problems, with one for all files that can't be written for one reason: a full disk takes none of many."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.message, problem.severity), []).append(problem)
    for first, *others in alike.values():
        if others:
            message = f"{first.path} and {len(others):,} more: {first.message}"
            first = first._replace(path=folder.name, message=message)  # noqa: PLW2901
        yield first


def _read(path: str) -> bytes | None:
    """The content of a file, None where there is none."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write(path: str, content: bytes, umask: int) -> os.stat_result:
    """Writes a file and says what it is then; Python's own files ask the system twice as much."""
    file = os.open(path, _NEW, modes.FILE)
    try:
        if umask & modes.FILE:
            os.fchmod(file, modes.FILE)
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
        return os.fstat(file)
    finally:
        os.close(file)


def _recognised(base: str, known: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """The files that are as we wrote them."""
    found = {}
    for path, sign in known.items():
        with suppress(OSError):
            status = os.lstat(f"{base}/{path}")
            if stat.S_ISREG(status.st_mode) and (status.st_size, status.st_mtime_ns) == sign:
                found[path] = UNKNOWN
    return found


def _below(base: str) -> Iterator[str]:
    """All files below a folder."""
    for folder, _, names in os.walk(base):
        yield from (os.path.relpath(os.path.join(folder, name), base).replace(os.sep, "/") for name in names)


def _stays(owner: str, kept: Collection[str]) -> bool:
    """Whether a file that no page claims is left: its article is broken, or may be."""
    return bool(kept) and (owner == UNKNOWN or (owner in kept and bool(owner)))


def _folders_of(path: str) -> Iterator[str]:
    """The folders that a file is in, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _is_inside(path: str) -> bool:
    """Whether a path of a manifest names a file below the folder."""
    parts = path.split("/")
    return all(part not in {"", ".", ".."} for part in parts) and not re.search(r"[\x00\\]", path)


def _is_the_hosts(name: str) -> bool:
    return name.startswith(".") or name in _OTHERS_FILES
