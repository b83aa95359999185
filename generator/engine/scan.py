"""Which files there are below a folder, and what they hold; sorted, and never outside of it."""

import os
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

from generator.filenames import FOR_THE_WEB, is_leftover
from generator.problems import ERROR, WARNING, Problem

_REMOVE: Final = "remove it, or mend what it points to"


class Found(NamedTuple):
    """A regular file below a folder."""

    path: str  # relative to the folder, with "/"
    size: int
    mtime_ns: int
    ctime_ns: int  # when something of it changed last, if only its name: nobody can set it
    inode: int  # which file it is


def scan(
    folder: Path, prefix: str = "", *, is_published: bool = False
) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """All regular files below a folder, sorted by path, and the entries that can't be used.

    What editors and systems leave is passed over, and names that start with "."; a warning says so of those that the
    web asks for. Where all that is in the folder `is_published`, those are found, and warnings name the others.
    Symbolic links are followed as long as they stay inside the folder and don't loop. `prefix` stands before the
    paths of problems.
    """
    walk = _Walk(os.path.realpath(folder), prefix, is_published=is_published)
    if folder.is_dir():
        walk.visit(str(folder), "", (walk.root,))
    return tuple(sorted(walk.files)), tuple(walk.problems)


class _Walk:
    def __init__(self, root: str, prefix: str, *, is_published: bool) -> None:
        self.root, self.prefix, self.is_published = root, prefix, is_published
        self.files: list[Found] = []
        self.problems: list[Problem] = []

    def visit(self, folder: str, relative: str, above: tuple[str, ...]) -> None:
        """Gathers what is below a folder; `above` are the real paths of the folders that lead to it."""
        try:
            entries = sorted(os.scandir(folder), key=attrgetter("name"))
        except OSError as error:
            self.complain(relative, f"can't be read: {error.strerror}", "unreadable")
            return
        for entry in entries:
            if self.admits(entry, relative):
                self.enter(entry, relative + entry.name, above)

    def admits(self, entry: os.DirEntry[str], relative: str) -> bool:
        """Whether an entry is looked at; where its name starts with ".", and it could be meant, a warning says no."""
        name = entry.name
        if is_leftover(name) and (name[0] == "." or is_leftover(name, is_folder=entry.is_dir())):
            return False
        if name[0] != ".":
            return True
        if not self.is_published and name in FOR_THE_WEB:
            hint = "move it into static/, whose files are published as they are"
            self.complain(relative + name, 'not used: its name starts with "."', "unused-file", hint, WARNING)
        if self.is_published and name not in FOR_THE_WEB:
            hint = f"give it another name; of those with a dot, {', '.join(FOR_THE_WEB)} are published"
            self.complain(relative + name, 'not published: its name starts with "."', "hidden-file", hint, WARNING)
        return self.is_published and name in FOR_THE_WEB

    def enter(self, entry: os.DirEntry[str], path: str, above: tuple[str, ...]) -> None:
        """Takes one entry in: a file, a folder, or a link to one."""
        try:
            if not path.isascii():
                path.encode()
            if entry.is_symlink() and not os.path.realpath(entry.path, strict=True).startswith(self.root + os.sep):
                self.complain(path, "a symbolic link that leads out of the folder", "outside-link")
            elif entry.is_dir():
                self.enter_folder(entry, path, above)
            elif entry.is_file():
                status = entry.stat()
                self.files.append(Found(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
            else:
                self.complain(path, "neither a file nor a folder", "not-a-file")
        except UnicodeEncodeError:
            self.complain(path, "the name of the file is not UTF-8", "bad-name", "rename it")
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

    def complain(self, path: str, message: str, code: str, hint: str = _REMOVE, severity: str = ERROR) -> None:
        """Records an entry that can't be used."""
        shown = path.rstrip("/").encode("utf-8", "backslashreplace").decode()
        self.problems.append(Problem(self.prefix + shown, 0, 0, message, code, hint, severity))
