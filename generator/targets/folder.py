"""A folder of this machine: releases/ and `current`, a symbolic link that is switched in one step.

Readers that go through `current` see the old site or the new one, never a mixture. Files that didn't
change are hard links to those of the release before, so that a release costs what changed.

Beside each release stands a list of its files: what isn't on one was made by hand, and stays.
"""

import json
import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from generator.destinations import Folder
from generator.digest import digest
from generator.problems import ConfigError, DeployError, Problem
from generator.targets import Room
from generator.targets.files import File, walk
from generator.targets.plan import Plan, make_plan

_UNFINISHED: Final = ".broadsheet-{}.part"  # a release that isn't complete
_LIST: Final = ".broadsheet-{}.json"  # its files
_LINK: Final = ".broadsheet-current"
_NAME: Final = re.compile(r"[0-9]{6,9}")
_DIGITS: Final = 6
_FILE, _FOLDER = 0o644, 0o755  # whatever the umask: a server of the web has to read them
_OWN_FOLDERS: Final = ("content", "output", "static", "themes", ".cache", ".git")


class Target:
    """The folder of a destination."""

    def __init__(self, destination: Folder, room: Room) -> None:
        self.destination, self.room = destination, room
        self.path = room.site / destination.path
        self.releases, self.current = self.path / "releases", self.path / "current"
        for folder in (self.path, self.releases):
            _refuse_own(folder, room.site, destination)

    def lock_file(self) -> Path:
        """The folder may be shared with other sites' deploys by mistake; it is made for that."""
        _make_folder(self.path)
        return self.path / ".broadsheet.lock"

    def ask(self) -> None:
        """Nothing: the folder is at hand."""

    def compare(self, files: Sequence[File]) -> Plan:
        """Compares with the release that readers see."""
        wanted = {file.path: digest(file.read()) for file in files}
        release = self._current_release()
        return make_plan(files, wanted, _digests(release) if release else {})

    def carry_out(self, plan: Plan, files: Sequence[File]) -> None:
        """Makes a release beside the others, switches to it, removes the oldest."""
        _make_folder(self.releases)
        name = self._next_name()
        for leftover in self.releases.glob(_UNFINISHED.format("*")):  # of a deploy that was killed
            if not leftover.is_symlink() and leftover.is_dir():
                shutil.rmtree(leftover)
        unfinished = self.releases / _UNFINISHED.format(name)
        try:
            self._fill(unfinished, plan, files)
            self._list(name).write_text(json.dumps(_marks(unfinished)), encoding="utf-8")
            unfinished.rename(self.releases / name)
        except OSError as error:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise OSError(error.errno, error.strerror, error.filename or str(self.path)) from None
        self._switch(name)
        self._prune(name)

    def _fill(self, unfinished: Path, plan: Plan, files: Sequence[File]) -> None:
        before, sent = self._current_release(), plan.sent
        _make_folder(unfinished)
        for file in self.room.progress(files, len(files), "copying"):
            target = unfinished / file.path
            _make_folder(target.parent)
            if before is None or file.path in sent or not _linked(before / file.path, target):
                target.write_bytes(file.read())
                target.chmod(_FILE)

    def rollback(self) -> str:
        """Switches to the release before the current one; returns its name."""
        release = self._current_release()
        now = int(release.name) if release else 0
        before = [number for number in self._numbers() if number < now]
        if not before:
            message = f"{self.path} has no release before the current one"
            raise DeployError(Problem("", 0, 0, message, "no-release", "`keep` says how many are kept"))
        name = f"{max(before):0{_DIGITS}}"
        self._switch(name)
        return name

    def _current_release(self) -> Path | None:
        """The release that readers see, None before the first."""
        if not os.path.lexists(self.current):
            return None
        if not self.current.is_symlink():
            message = f"{self.current} is no symbolic link, so it was not made by a deploy; it was left alone"
            raise DeployError(Problem("", 0, 0, message, "foreign-target", "move it away, or name another path"))
        release = self.path / self.current.readlink()
        if release.parent != self.releases or not _NAME.fullmatch(release.name):
            message = f"{self.current} leads to {release}, which is no release of a deploy; it was left alone"
            raise DeployError(Problem("", 0, 0, message, "foreign-target", "move it away, or name another path"))
        return release if release.is_dir() else None

    def _numbers(self) -> list[int]:
        """The releases that deploys made."""
        entries = self.releases.iterdir() if self.releases.is_dir() else ()
        return sorted(int(entry.name) for entry in entries if _NAME.fullmatch(entry.name) and self._is_ours(entry))

    def _is_ours(self, release: Path) -> bool:
        return not release.is_symlink() and release.is_dir() and self._list(release.name).is_file()

    def _list(self, name: str) -> Path:
        return self.releases / _LIST.format(name)

    def _next_name(self) -> str:
        """A number beyond all that are there, whoever made them."""
        names = [entry.name for entry in self.releases.iterdir() if _NAME.fullmatch(entry.name)]
        number = max([int(name) for name in names if len(name) == _DIGITS], default=0) + 1
        while os.path.lexists(self.releases / f"{number:0{_DIGITS}}"):
            number += 1
        return f"{number:0{_DIGITS}}"

    def _switch(self, name: str) -> None:
        """In one step: a link that is renamed replaces the old one."""
        link = self.path / _LINK
        link.unlink(missing_ok=True)
        link.symlink_to(Path("releases") / name)
        link.replace(self.current)

    def _prune(self, current: str) -> None:
        """Removes the oldest releases beyond those to keep, but for what somebody has put into them."""
        for number in self._numbers()[: -self.destination.keep]:
            name = f"{number:0{_DIGITS}}"
            if name != current:
                _remove(self.releases / name, self._list(name))


def _refuse_own(folder: Path, site: Path, destination: Folder) -> None:
    """Raises ConfigError where a folder is one of the site's own, in one of them, or around them."""
    real, root = Path(os.path.realpath(folder)), Path(os.path.realpath(site))
    own = [Path(os.path.realpath(root / name)) for name in _OWN_FOLDERS]
    if root.is_relative_to(real) or any(real.is_relative_to(one) or one.is_relative_to(real) for one in own):
        message = f'[deploy.{destination.name}] path: "{destination.path}" is the site itself, or a folder of its own'
        hint = 'name a folder beside them: path = "/srv/www/digest"'
        raise ConfigError(Problem("broadsheet.toml", 0, 0, message, "bad-config", hint))


def _make_folder(folder: Path) -> None:
    """Makes a folder and those above it that are missing, for all to read."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir()
        folder.chmod(_FOLDER)


def _digests(release: Path) -> dict[str, str]:
    """What a release holds, but for what can't be read."""
    found = {}
    for file in walk(release)[0]:
        with suppress(OSError):
            found[file.path] = digest(file.read())
    return found


def _marks(release: Path) -> list[list[Any]]:
    """The files of a release: path, size and time."""
    return [[file.path, *file.mark[:2]] for file in walk(release)[0]]


def _remove(release: Path, listed: Path) -> None:
    """Removes the files of a release that are as they were made, and the folders that this leaves empty."""
    with suppress(OSError, ValueError):
        marks = {path: tuple(mark) for path, *mark in json.loads(listed.read_text(encoding="utf-8"))}
        for file in walk(release)[0]:
            if marks.get(file.path) == file.mark[:2]:
                Path(file.source).unlink()
        for folder, _, _ in os.walk(release, topdown=False):
            with suppress(OSError):
                Path(folder).rmdir()
        listed.unlink()


def _linked(old: Path, new: Path) -> bool:
    """Makes a file a second name of an old one, for all to read; False where the file system can't."""
    if old.is_symlink():
        return False
    try:
        os.link(old, new)
        if new.stat().st_mode & 0o777 != _FILE:
            new.chmod(_FILE)
    except OSError:
        new.unlink(missing_ok=True)
        return False
    return True
