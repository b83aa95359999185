"""Notices changes of files: at once where the system tells, else by looking again and again.

It takes the place of livereload's own watcher, which looks at every file all the time and runs the
build once a file. The system's notices come through watchfiles.
"""

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Final, TypeAlias

from livereload.watcher import Watcher as LiveReloadWatcher

from generator.filenames import FOR_THE_WEB, is_leftover

_QUIET_MS: Final = 20  # so long nothing may change before a change is told: one save is several notices
_LONGEST_MS: Final = 500  # but files that change all the time don't put it off for longer
_READY_MS: Final = 100
_LOOK_S: Final = 0.5  # between two looks,
_LOOKING_SHARE: Final = 20  # and at least so many times as long as a look takes: 5 % of a core at most

Look: TypeAlias = Callable[[], object]  # gives equal values as long as nothing changes


class Watcher(LiveReloadWatcher):  # type: ignore[misc]  # livereload has no types
    """Gathers changes below folders, and of some names in a folder above them."""

    def __init__(self, root: Path, names: Iterable[str], look: Look, *, poll: bool) -> None:
        """`names` are watched in `root`; `look` takes the place of the system's notices, where `poll` says so."""
        super().__init__()
        self.root, self.names = root, frozenset(names)
        self.look, self.poll = look, poll
        self.failure = ""  # why there are no notices any more
        self.changes: Queue[str] = Queue()
        self._lookouts: dict[object, threading.Event] = {}  # what ends each

    def start(self, callback: object) -> bool:
        """Tells livereload that it need not look by itself."""
        del callback
        return True

    def examine(self) -> tuple[None, None]:
        """Tells livereload, should it ask, that there is nothing for it to do."""
        return None, None

    def watch_folders(self, folders: Iterable[Path]) -> None:
        """From its return on, no change below the folders that exist is missed."""
        if self.poll:
            wanted: dict[object, Callable[[threading.Event, threading.Event], None]] = {"look": self._look_out}
        else:
            there = [folder for folder in folders if folder.is_dir()]
            # A folder that was removed and made again is another one.
            places = tuple((folder, folder.stat().st_ino) for folder in there)
            wanted = {
                places: lambda ready, end: self._listen(there, ready, end, is_recursive=True),
                self.root: lambda ready, end: self._listen([self.root], ready, end, is_recursive=False),
            }
        for key in wanted.keys() - self._lookouts.keys():
            ready, end = threading.Event(), threading.Event()
            self._lookouts[key] = end  # before it begins: one that is interrupted here has to end too
            threading.Thread(target=wanted[key], args=(ready, end), daemon=True).start()
            ready.wait()
        for key in self._lookouts.keys() - wanted.keys():
            self._lookouts.pop(key).set()

    def wait(self, seconds: float | None = None) -> bool:
        """Whether something changed since the last call; waits for it, but not longer than told."""
        try:
            self.changes.get(timeout=seconds)
        except Empty:
            return False
        with suppress(Empty):
            while True:
                self.changes.get_nowait()
        return True

    def close(self) -> None:
        """Has all lookouts end, which they do within a tenth of a second: nobody need wait for them."""
        for end in self._lookouts.values():
            end.set()

    def _listen(self, folders: list[Path], ready: threading.Event, end: threading.Event, *, is_recursive: bool) -> None:
        import watchfiles  # noqa: PLC0415 - not needed where it polls

        accept = self._is_below if is_recursive else self._is_name
        try:
            for changes in watchfiles.watch(
                *folders,
                watch_filter=lambda _, path: accept(path),
                debounce=_LONGEST_MS,
                step=_QUIET_MS,
                rust_timeout=_READY_MS,
                yield_on_timeout=True,
                stop_event=end,
                recursive=is_recursive,
                raise_interrupt=False,
            ):
                ready.set()
                if changes:
                    self.changes.put("changed")
        except OSError as error:  # too many folders for the system, or one that went in this moment
            self.failure = str(error)
            self.changes.put("failed")
        finally:
            ready.set()

    def _look_out(self, ready: threading.Event, end: threading.Event) -> None:
        seen = self.look()
        ready.set()
        pause = _LOOK_S
        while not end.wait(pause):
            start = time.perf_counter()
            now = self.look()
            pause = max(_LOOK_S, _LOOKING_SHARE * (time.perf_counter() - start))
            if now != seen:
                seen = now
                self.changes.put("changed")

    def _is_below(self, path: str) -> bool:
        """Whether a build may look at it: not at what editors and systems leave, nor at most that starts with "."."""
        name = path.replace("\\", "/").rpartition("/")[2]
        return name in FOR_THE_WEB if name.startswith(".") else not is_leftover(name)

    def _is_name(self, path: str) -> bool:
        return Path(path).name in self.names
