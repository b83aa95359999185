"""bytes -> output/: atomic, only when they differ; removes what no page claims and nothing else.

The manifest in the folder lists the files that Broadsheet wrote. It is extended before the first file
is written and trimmed after the last, so that a build that is cut short leaves no file that the next
one doesn't know.
"""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from generator.model import Output
from generator.problems import ConfigError, Problem

MANIFEST: Final = ".broadsheet.json"
_TEMPORARY: Final = ".broadsheet.tmp"
_OTHERS_FILES: Final = frozenset({"CNAME"})  # beside names that start with a dot: what hosts want to find in the folder


class Written(NamedTuple):
    """What a build did to the folder."""

    written: tuple[str, ...]  # new files and changed ones
    removed: tuple[str, ...]
    unchanged: int
    problems: tuple[Problem, ...]


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


def write(folder: Path, planned: Mapping[str, str], outputs: Iterable[Output], kept: Collection[str] = ()) -> Written:
    """Brings the folder to the state of the outputs.

    `planned` gives all paths with their owners, `outputs` come as they are made and may be fewer: the
    old file of a page that failed stays. So do the files whose owner is in `kept`.
    """
    check_folder(folder)
    writer = _Writer(folder)
    staying = {path: owner for path, owner in writer.manifest.items() if owner and owner in kept}
    writer.claim(planned)
    results = [(output.path, writer.put(output)) for output in outputs]
    removed = tuple(path for path in sorted(writer.manifest) if path not in planned and path not in staying)
    for path in removed:
        writer.remove(path)
    ours = {path: owner for path, owner in {**staying, **planned}.items() if path not in writer.foreign}
    writer.save_manifest({path: owner for path, owner in ours.items() if (folder / path).exists()})
    return Written(
        written=tuple(path for path, changed in results if changed),
        removed=removed,
        unchanged=sum(not changed for _, changed in results),
        problems=tuple(writer.problems),
    )


class _Writer:
    """One output folder while it is being written."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.root = os.path.realpath(folder)
        self.manifest = self._load_manifest()
        self.foreign: set[str] = set()  # files of others that stand where pages belong
        self.sound_folders: set[str] = set()
        self.problems: list[Problem] = []

    def _load_manifest(self) -> dict[str, str]:
        """Path -> owner of all files written before; a manifest that can't be read counts as empty."""
        try:
            loaded = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            return {str(path): str(owner) for path, owner in loaded.items() if _is_inside(str(path))}
        except (OSError, ValueError, AttributeError):
            return {}

    def save_manifest(self, files: Mapping[str, str]) -> None:
        """Writes the manifest, if it differs."""
        content = json.dumps(files, ensure_ascii=False, indent=0, sort_keys=True).encode("utf-8", "surrogatepass")
        if _read(self.folder / MANIFEST) != content:
            self._replace(self.folder / MANIFEST, content)

    def claim(self, planned: Mapping[str, str]) -> None:
        """Puts what is going to be written on the manifest, but for what others have put there."""
        new = planned.keys() - self.manifest.keys()
        self.foreign = {path for path in new if os.path.lexists(self.folder / path)}
        claimed = {path: owner for path, owner in planned.items() if path not in self.foreign}
        self.save_manifest({**self.manifest, **claimed})

    def put(self, output: Output) -> bool:
        """Writes one file; returns whether it was new or changed."""
        target = self.folder / output.path
        try:
            self._make_way(output.path)
            if _read(target) == output.content and not target.is_symlink():
                self.foreign.discard(output.path)
                return False
            if output.path in self.foreign:
                message = "a file that Broadsheet did not write stands where a page belongs; it was left alone"
                self._complain(output.path, message, "move it away, or into the theme's static folder")
                return False
            self._replace(target, output.content)
        except OSError as error:
            self._complain(
                output.path, f"can't be written: {error.strerror or error}", "mind free space and permissions"
            )
            return False
        return True

    def remove(self, path: str) -> None:
        """Removes a file and the folders that this leaves empty."""
        target = self.folder / path
        with suppress(OSError):
            if self._is_sound(target.parent):
                target.unlink(missing_ok=True)
                for folder in _between(target.parent, self.folder):
                    folder.rmdir()

    def _make_way(self, path: str) -> None:
        """Makes the folders of a file; a file of ours that stands where one belongs goes."""
        parent = (self.folder / path).parent
        if str(parent) in self.sound_folders:
            return
        for folder in _between(parent, self.folder):
            name = folder.relative_to(self.folder).as_posix()
            if name in self.manifest and folder.is_file():
                folder.unlink()
        parent.mkdir(parents=True, exist_ok=True)
        if not self._is_sound(parent):
            raise OSError(f"{parent.name} is a symbolic link that leads out of the folder")
        self.sound_folders.add(str(parent))

    def _is_sound(self, folder: Path) -> bool:
        """Whether a folder really is inside the output folder, symbolic links followed."""
        real = os.path.realpath(folder)
        return real == self.root or real.startswith(self.root + os.sep)

    def _replace(self, target: Path, content: bytes) -> None:
        """Readers of the file see the old bytes or the new ones, never a part."""
        temporary = self.folder / _TEMPORARY
        temporary.write_bytes(content)
        temporary.replace(target)

    def _complain(self, path: str, message: str, hint: str) -> None:
        self.problems.append(Problem(f"{self.folder.name}/{path}", 0, 0, message, "not-written", hint))


def _read(path: Path) -> bytes | None:
    """The content of a file, None where there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _between(folder: Path, top: Path) -> Iterator[Path]:
    """A folder and those above it, up to but without `top`."""
    while folder != top and top in folder.parents:
        yield folder
        folder = folder.parent


def _is_inside(path: str) -> bool:
    """Whether a path of the manifest stays inside the folder, whoever edited it."""
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")


def _is_the_hosts(name: str) -> bool:
    return name.startswith(".") or name in _OTHERS_FILES
