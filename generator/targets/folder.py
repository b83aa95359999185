"""A folder of this machine: releases/ and `current`, a symbolic link that is switched in one step.

Readers that go through `current` see the old site or the new one, never a mixture. Files that didn't
change are hard links to those of the release before, so that a release costs what changed.
"""

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from generator.destinations import Folder
from generator.digest import digest
from generator.problems import DeployError, Problem
from generator.targets import Room
from generator.targets.files import File, files_of
from generator.targets.plan import Plan, make_plan

_UNFINISHED: Final = ".part"
_DIGITS: Final = 6


class Target:
    """The folder of a destination."""

    def __init__(self, destination: Folder, room: Room) -> None:
        self.destination, self.room = destination, room
        self.path = room.site / destination.path
        self.releases, self.current = self.path / "releases", self.path / "current"

    def lock_file(self) -> Path:
        """The folder may be shared with other sites' deploys by mistake."""
        return self.path / ".broadsheet.lock"

    def ask(self) -> None:
        """Nothing: the folder is at hand."""

    def compare(self, files: Sequence[File]) -> Plan:
        """Compares with the release that readers see."""
        wanted = {file.path: digest(file.read()) for file in files}
        release = self._current_release()
        has = {file.path: digest(file.read()) for file in files_of(release)} if release else {}
        return make_plan(files, wanted, has)

    def carry_out(self, plan: Plan, files: Sequence[File]) -> None:
        """Makes a release beside the others, switches to it, removes the oldest."""
        before, sent = self._current_release(), plan.sent
        name = f"{max(self._numbers(), default=0) + 1:0{_DIGITS}}"
        unfinished = self.releases / f"{name}{_UNFINISHED}"
        for leftover in self.releases.glob(f"*{_UNFINISHED}"):  # of a deploy that was killed
            shutil.rmtree(leftover)
        unfinished.mkdir(parents=True)
        for file in self.room.progress(files, len(files), "copying"):
            target = unfinished / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            if before is None or file.path in sent or not _linked(before / file.path, target):
                target.write_bytes(file.read())
        unfinished.rename(self.releases / name)
        self._switch(name)
        self._prune()

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
        if release.parent != self.releases or not release.name.isdecimal():
            message = f"{self.current} leads to {release}, which is no release of a deploy; it was left alone"
            raise DeployError(Problem("", 0, 0, message, "foreign-target", "move it away, or name another path"))
        return release if release.is_dir() else None

    def _numbers(self) -> list[int]:
        entries = self.releases.iterdir() if self.releases.is_dir() else ()
        return sorted(int(entry.name) for entry in entries if entry.name.isdecimal())

    def _switch(self, name: str) -> None:
        """In one step: a link that is renamed replaces the old one."""
        link = self.path / ".current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("releases") / name)
        link.replace(self.current)

    def _prune(self) -> None:
        """Removes the oldest releases beyond those to keep."""
        for number in self._numbers()[: -self.destination.keep]:
            shutil.rmtree(self.releases / f"{number:0{_DIGITS}}")


def _linked(old: Path, new: Path) -> bool:
    """Makes a file a second name of an old one; False where the file system can't."""
    with suppress(OSError):
        os.link(old, new)
        return True
    return False
