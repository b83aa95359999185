"""Files that people own, written so that a reader sees the old bytes or the new ones and never a part.

The new bytes go into a file beside the old one, under a name that nobody else has, and take its place when they are
complete. A process that is killed leaves the old file or the new one, and at worst that file beside it.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from generator import modes

LEFTOVER: Final = ".broadsheet-*.tmp"  # what a killed process may leave, as a pattern for names
_PREFIX, _SUFFIX = LEFTOVER.split("*")
_NEW_MODE: Final = 0o666  # but for what the umask takes away


class ChangedMeanwhileError(Exception):
    """A file isn't what was read any more: somebody else has saved it."""


def replace(path: Path, content: bytes, *, read: bytes | None = None) -> None:
    """Gives a file new bytes; a file that isn't there yet is made.

    Mode, extended attributes and (where the system lets us) owner stay as they are. A symbolic link stays one: the
    file that it leads to is changed. A hard link to the old bytes keeps these. With `read` the file must still hold
    those bytes, else ChangedMeanwhileError is raised and nothing is changed; OSError where it can't be written.
    """
    target = Path(os.path.realpath(path))
    with _beside(target, content) as temporary:
        if target.exists():
            _take_over(target, temporary)
        if read is not None and _content(target) != read:
            raise ChangedMeanwhileError(path)
        temporary.replace(target)


def create(path: Path, content: bytes) -> None:
    """Makes a file with these bytes; raises FileExistsError where there is one, OSError where it can't be written."""
    with _beside(path, content) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
            temporary.replace(path)


def update(path: Path, text: str, before: str) -> None:
    """Gives a file another text, with the BOM and the ends of lines that it has, if it still says what it did before.

    Both texts have LF at the ends of their lines; "" before stands for a file that isn't there, too. Raises
    ChangedMeanwhileError where somebody else has saved it, OSError where it can't be written.
    """
    from generator.characters import in_the_form_of, unify_line_ends  # noqa: PLC0415 - most commands change no such file

    if os.path.lexists(path):
        data = path.read_bytes()
        if unify_line_ends(data.decode("utf-8-sig", "replace")) != before:
            raise ChangedMeanwhileError(path)
        replace(path, in_the_form_of(data, text), read=data)
    elif before:
        raise ChangedMeanwhileError(path)
    else:
        try:
            create(path, text.encode())
        except FileExistsError:
            raise ChangedMeanwhileError(path) from None


@contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """A complete file of these bytes in the same folder; gone afterwards if nothing was made of it."""
    import tempfile  # noqa: PLC0415 - 5 ms, and most commands change no such file

    handle, name = tempfile.mkstemp(_SUFFIX, _PREFIX, path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_NEW_MODE & ~modes.umask())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _take_over(source: Path, target: Path) -> None:
    """Gives a file the mode, the owner and the extended attributes of another, as far as that is allowed."""
    status = source.stat()
    if hasattr(os, "chown"):
        now = target.stat()
        if (now.st_uid, now.st_gid) != (status.st_uid, status.st_gid):
            with suppress(OSError):
                os.chown(target, -1, status.st_gid)
            with suppress(OSError):
                os.chown(target, status.st_uid, -1)
    target.chmod(stat.S_IMODE(status.st_mode))
    for name in os.listxattr(source) if hasattr(os, "listxattr") else ():
        with suppress(OSError):
            os.setxattr(target, name, os.getxattr(source, name))


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
