"""A folder that rsync reaches, over ssh or not.

Contents are compared by checksum, since a build on another machine has other times. New files are put in
place together at the end, and only then are old ones removed.
"""

import os
import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Final

from generator.destinations import Rsync
from generator.targets import Room
from generator.targets.files import LEFT_OUT, File
from generator.targets.plan import Plan, make_plan
from generator.targets.programs import find

_ARGUMENTS: Final = (
    *("--recursive", "--copy-links", "--times", "--omit-dir-times", "--perms", "--chmod=D755,F644", "--compress"),
    *("--checksum", "--delay-updates", "--delete-delay", "--itemize-changes", "--out-format=%i %n", "--8-bit-output"),
)
_DELETED: Final = b"*deleting"
_ESCAPED: Final = re.compile(rb"\\#([0-7]{3})")  # how rsync prints a character that would spoil a line


class Target:
    """The folder of a destination; `site` is where output/ stands."""

    def __init__(self, destination: Rsync, room: Room) -> None:
        self.destination, self.room = destination, room
        ssh = destination.ssh or os.environ.get("RSYNC_RSH") or "ssh -o BatchMode=yes"
        self.rsync = find("rsync", "install rsync, here and on the server", {"RSYNC_RSH": ssh})
        self.deletes = 0  # folders included

    def lock_file(self) -> None:
        """None: the server is asked at each deploy."""

    def ask(self) -> None:
        """Nothing: rsync compares by itself."""

    def compare(self, files: Sequence[File]) -> Plan:
        """Has rsync say what it would do."""
        wanted = {file.path: "same" for file in files}
        has, self.deletes = dict(wanted), 0
        for change, path in self._run("--dry-run", "--delete"):
            if change.startswith(_DELETED):
                self.deletes += 1
                if not path.endswith("/"):
                    has[path] = "old"
            elif change[1:2] == b"f" and b"+" in change:
                has.pop(path, None)
            elif change[:1] in {b"<", b">"}:
                has[path] = "other"
        return make_plan(files, wanted, has)

    def carry_out(self, plan: Plan, files: Sequence[File]) -> None:
        """Has rsync do it, and remove no more than was planned."""
        del files  # rsync reads them itself
        changes = self._run("--delete", f"--max-delete={self.deletes}")
        deque(self.room.progress(changes, len(plan.sent) + self.deletes, "sending"), maxlen=0)

    def _run(self, *arguments: str) -> Iterator[tuple[bytes, str]]:
        """Runs it; what it does to each path."""
        left_out = [f"--exclude={pattern}" for pattern in LEFT_OUT]
        kept = [f"--filter=protect /{pattern.replace('*', '**')}" for pattern in self.destination.protect]
        source = f"{self.room.output}{os.sep}"
        for line in self.rsync.lines(
            *_ARGUMENTS, *arguments, *left_out, *kept, "--", source, self.destination.destination
        ):
            change, path = line[:11], _ESCAPED.sub(lambda code: bytes([int(code[1], 8)]), line[12:])
            yield change, os.fsdecode(path)
