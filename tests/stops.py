"""Commands that are told to stop: how they are started, what they may leave, and how they have to end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from tests.conftest import ROOT

PATIENCE_S: Final = 30.0  # two seconds are promised; beside others they may be long ones
STOPS: Final = (signal.SIGINT, signal.SIGTERM)
LINES: Final = {signal.SIGINT: "interrupted\n", signal.SIGTERM: "terminated\n"}


def environment() -> dict[str, str]:
    """That of a command alone: what measures its lines takes note of signals too, and before it does."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return {**own, "PYTHONUTF8": "1"}


class Ended(NamedTuple):
    """How a command ended."""

    status: int
    stdout: str
    stderr: str


class Started:
    """A process with all that it starts: a group of its own."""

    def __init__(self, arguments: Sequence[str], stdin: int = subprocess.DEVNULL) -> None:
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a script; children inherit that
            signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            start_new_session=True,
        )

    @property
    def is_in_our_hands(self) -> bool:
        """Whether the command's first lines have run: before that Python alone decides what a signal does."""
        with suppress(OSError):
            for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
                if line.startswith("SigCgt:"):
                    return bool(int(line.split()[1], 16) >> signal.SIGTERM - 1 & 1)
        return False

    def await_our_hands(self) -> None:
        """Waits until the first lines have run."""
        while not self.is_in_our_hands and self.process.poll() is None:
            time.sleep(0.001)

    def end(self) -> Ended:
        """How it ended; fails where it doesn't. What it leaves behind is killed."""
        try:
            stdout, stderr = self.process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            raise AssertionError("it goes on") from None
        else:
            self.assert_alone()
            return Ended(self.process.returncode, stdout.decode(), stderr.decode())
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def assert_alone(self) -> None:
        """Fails where something that it started goes on after its end."""
        until = time.monotonic() + PATIENCE_S
        while left := group(self.process.pid):
            assert time.monotonic() < until, f"it left processes behind: {left}"
            time.sleep(0.005)


def command(root: Path, *arguments: str) -> list[str]:
    """The arguments of Python for a command on a site."""
    return ["-m", "generator", "-C", str(root), *arguments]


def group(number: int) -> list[int]:
    """The processes of a group that are at work."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                state, _, of_group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                if int(of_group) == number and state != "Z":
                    found.append(int(entry.name))
    return found


def stop(
    started: Started, how: signal.Signals, *, times: int = 1, is_preview: bool = False, may_be_done: bool = False
) -> str:
    """Tells a command to stop, and waits; "" where it ended as it should, else what went wrong, in a line."""
    is_ours = started.is_in_our_hands
    for _ in range(times):
        started.process.send_signal(how)
    try:
        ended = started.end()
    except AssertionError as error:
        return f"{how.name}: {error}"
    if not is_ours or (may_be_done and ended.status in {0, 1, 2}):  # by itself, before it was told
        return ""
    expected = (0, "") if is_preview else (128 + how, LINES[how])
    printed = "" if is_preview and ended.stderr.startswith("preview at") else ended.stderr
    if (ended.status, printed) == expected and "Traceback" not in ended.stderr:
        return ""
    return f"{how.name}: {ended}"
