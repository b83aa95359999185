"""Which files there are below a folder, and what they hold; sorted, and never outside of it."""

import os
from pathlib import Path
from typing import NamedTuple

from generator.problems import Problem


class Found(NamedTuple):
    """A regular file below a folder."""

    path: str  # relative to the folder, with "/"
    size: int
    mtime_ns: int


def scan(folder: Path, prefix: str = "") -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """All regular files below a folder, sorted by path, and the entries that can't be used.

    Names that start with "." are passed over. Symbolic links are followed as long as they stay inside
    the folder and don't loop. `prefix` stands before the paths of problems.
    """
    walk = _Walk(os.path.realpath(folder), prefix)
    if folder.is_dir():
        walk.visit(str(folder), "", (walk.root,))
    return tuple(sorted(walk.files)), tuple(walk.problems)


class _Walk:
    def __init__(self, root: str, prefix: str) -> None:
        self.root = root
        self.prefix = prefix
        self.files: list[Found] = []
        self.problems: list[Problem] = []

    def visit(self, folder: str, relative: str, above: tuple[str, ...]) -> None:
        """Gathers what is below a folder; `above` are the real paths of the folders that lead to it."""
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.complain(relative, f"can't be read: {error.strerror}", "unreadable")
            return
        for entry in entries:
            if not entry.name.startswith("."):
                self.enter(entry, relative + entry.name, above)

    def enter(self, entry: os.DirEntry[str], path: str, above: tuple[str, ...]) -> None:
        """Takes one entry in: a file, a folder, or a link to one."""
        try:
            path.encode()
            if entry.is_symlink() and not os.path.realpath(entry.path, strict=True).startswith(self.root + os.sep):
                self.complain(path, "a symbolic link that leads out of the folder", "outside-link")
            elif entry.is_dir():
                self.enter_folder(entry, path, above)
            elif entry.is_file():
                status = entry.stat()
                self.files.append(Found(path, status.st_size, status.st_mtime_ns))
            else:
                self.complain(path, "neither a file nor a folder", "not-a-file")
        except UnicodeEncodeError:
            shown = path.encode("utf-8", "backslashreplace").decode()
            self.complain(shown, "the name of the file is not UTF-8", "bad-name", "rename it")
        except OSError as error:
            what = "a symbolic link that leads nowhere" if entry.is_symlink() else f"can't be read: {error.strerror}"
            self.complain(path, what, "dangling-link" if entry.is_symlink() else "unreadable")

    def enter_folder(self, entry: os.DirEntry[str], path: str, above: tuple[str, ...]) -> None:
        """Goes into a folder, unless it is a Markdown file by its name or leads back to itself."""
        real = os.path.realpath(entry.path)
        if path.endswith((".md", ".markdown")):
            self.complain(path, "a folder with the name of a Markdown file", "not-a-file", "rename the folder")
        elif real in above:
            self.complain(path, "a symbolic link that leads back to a folder above it", "looping-link")
        else:
            self.visit(entry.path, f"{path}/", (*above, real))

    def complain(self, path: str, message: str, code: str, hint: str = "remove it, or mend what it points to") -> None:
        """Records an entry that can't be used."""
        self.problems.append(Problem(self.prefix + path.rstrip("/"), 0, 0, message, code, hint))
