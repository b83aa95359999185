"""What the targets share that are somebody else's program: a clean copy of the files, and what was sent last.

The program knows its host; what the host has, it doesn't tell. So the last deploy from here is remembered,
and a machine that never deployed counts all files as new. Delete the target's folder in .cache/deploy/ to
have everything sent again.
"""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from generator.atomic import replace
from generator.digest import digest
from generator.targets import Room
from generator.targets.files import File
from generator.targets.plan import Plan, make_plan

_COPY: Final = "site"
_MEMORY: Final = "sent.json"
_UNSURE: Final = ""  # until the program has succeeded, nobody knows what the host has


class Handover:
    """Compares with what was sent last; hands a copy of the files over."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.memory = room.memory / _MEMORY

    def lock_file(self) -> None:
        """None: the host puts deploys in order."""

    def ask(self) -> None:
        """Nothing: nobody tells what the host has."""

    def compare(self, files: Sequence[File]) -> Plan:
        """Compares with the last deploy from here."""
        return make_plan(files, self._wanted(files), self._sent())

    def hand_over(self, files: Sequence[File], program: Callable[[Path], object]) -> None:
        """Calls a program with the folder of the copy, and remembers when it succeeds."""
        folder = self.room.cache / _COPY
        shutil.rmtree(folder, ignore_errors=True)
        for file in self.room.progress(files, len(files), "copying"):
            target = folder / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file.source, target)
        wanted = self._wanted(files)
        self._remember(dict.fromkeys((*self._sent(), *wanted), _UNSURE))
        program(folder)
        self._remember(wanted)
        shutil.rmtree(folder)

    def _wanted(self, files: Sequence[File]) -> dict[str, str]:
        return {file.path: digest(file.read()) for file in files}

    def _remember(self, sent: Mapping[str, str]) -> None:
        replace(self.memory, json.dumps(sent).encode())

    def _sent(self) -> dict[str, str]:
        with suppress(OSError, ValueError):
            sent = json.loads(self.memory.read_text(encoding="utf-8"))
            if isinstance(sent, dict):
                return {str(path): str(mark) for path, mark in sent.items()}
        return {}
