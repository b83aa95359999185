"""Long runs: `python -m tests.fuzz [TARGET...] --minutes 10`.

Time is shared out among the targets, a slice at a time. What breaks a promise is made small, kept in a folder and
counted; the run goes on. An input may take two seconds of processor time, and longer where it is longer than 64 KiB.
"""

import argparse
import random
import signal
import sys
import traceback
from pathlib import Path
from time import monotonic, process_time
from types import FrameType
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.targets import TARGETS, Target

_SLICE_S: Final = 20.0
_SECONDS: Final = 2.0  # of processor time, for inputs up to
_SIZE: Final = 2**16  # bytes; in proportion for those that are longer
_AGAIN: Final = 2  # a busy machine makes it longer, and never shorter
_HANGS_S: Final = 30.0
_RULE: Final = "|---|---:|---:|---:|---:|---|"


class TooSlow(Exception):  # noqa: N818 - it is what is told
    """An input takes longer than it may."""


class Hunt:
    """One target, and what was found at it."""

    def __init__(self, target: Target, folder: Path) -> None:
        self.target, self.folder = target, folder
        self.examples, self.seconds, self.slowest, self.slow = 0, 0.0, (0.0, 0), 0
        self.known: dict[tuple[str, str], int] = {}
        self.last: object = None

    def run(self, until: float) -> None:
        """Tries inputs until a time."""
        started = monotonic()
        while monotonic() < until:
            self._batch(until)
        self.seconds += monotonic() - started

    def _batch(self, until: float) -> None:
        @settings(
            max_examples=300,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
            report_multiple_bugs=False,
        )
        @seed(random.getrandbits(64))
        @given(self.target.inputs)
        def attack(value: Any) -> None:
            if monotonic() < until:
                self._try(value)

        try:
            attack()
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            found = _signature(error)
            self.known[found] = 1
            name = f"{self.target.name}-{len(self.known)}"
            told = "".join(traceback.format_exception(error))
            (self.folder / f"{name}.txt").write_text(
                f"{found}\n\n{self.last!r}\n\n{told}"[:60_000], errors="backslashreplace"
            )
            print(f"{self.target.name}: {found[0]} in {found[1]}: {str(error)[:200]!r}", file=sys.stderr, flush=True)  # noqa: T201

    def _try(self, value: Any) -> None:
        self.examples += 1
        try:
            self._timed(value)
        except TooSlow as error:
            self._slow(value, str(error))
        except Exception as error:
            found = _signature(error)
            if found not in self.known:
                self.last = value
                raise
            self.known[found] += 1

    def _slow(self, value: Any, told: str) -> None:
        """Keeps an input that takes longer than it may: as it is, since clocks are no guide to smaller ones."""
        self.slow += 1
        (self.folder / f"{self.target.name}-slow-{self.slow % 20}.txt").write_text(
            repr(value), errors="backslashreplace"
        )
        print(f"{self.target.name}: {told}", file=sys.stderr, flush=True)  # noqa: T201

    def _timed(self, value: Any) -> None:
        allowed = _SECONDS * max(1.0, _size(value) / _SIZE)
        signal.setitimer(signal.ITIMER_PROF, _HANGS_S + allowed)
        try:
            seconds = _measured(self.target, value)
            if seconds > allowed:
                seconds = min(seconds, *(_measured(self.target, value) for _ in range(_AGAIN)))
            if seconds > self.slowest[0]:
                self.slowest = (seconds, _size(value))
                (self.folder / f"{self.target.name}-slowest.txt").write_text(repr(value), errors="backslashreplace")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if seconds > allowed:
            self._slow(value, f"{seconds:.2f} s for {_size(value):,} bytes")

    def told(self) -> str:
        """A line of the table at the end of a run."""
        counts = f"{self.examples:,} | {self.seconds / 60:.1f} | {len(self.known)} | {self.slow}"
        return f"| {self.target.name} | {counts} | {self.slowest[0]:.2f} s for {self.slowest[1]:,} bytes |"


def _measured(target: Target, value: Any) -> float:
    started = process_time()
    target.check(value)
    return process_time() - started


def _size(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, bytes):
        return len(value)
    return sum(map(_size, value)) if isinstance(value, list | tuple) else 0


def _signature(error: BaseException) -> tuple[str, str]:
    """What is wrong, and where: two inputs with the same one most likely show the same."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/fuzz/__main__" not in frame.filename]
    ours = [frame for frame in frames if "/generator/" in frame.filename or "/tests/fuzz/" in frame.filename] or frames
    place = ours[-1]
    return type(error).__name__, f"{Path(place.filename).name}:{place.lineno} {place.name}"


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow("it hangs")


def main() -> int:
    """Hunts; 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", choices=[[], *(target.name for target in TARGETS)])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--folder", type=Path, default=Path(".hypothesis/fuzz"), help="where what is found is kept")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGPROF, _stop)
    hunts = [
        Hunt(target, options.folder) for target in TARGETS if target.name in options.targets or not options.targets
    ]
    end = monotonic() + options.minutes * 60
    slice_s = min(_SLICE_S, options.minutes * 60 / len(hunts))
    while monotonic() < end:
        for hunt in hunts:
            hunt.run(min(end, monotonic() + slice_s))
    told = [hunt.told() for hunt in hunts]
    print("\n".join(("| target | examples | minutes | broken | too slow | slowest input |", _RULE, *told)))  # noqa: T201
    return any(hunt.known or hunt.slow for hunt in hunts)


if __name__ == "__main__":
    sys.exit(main())
