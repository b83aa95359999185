"""Ties a process that is made to the one that makes it: it ends when that one ends, however that ends.

The line is a pipe that nobody writes to. Its maker alone has the end to write to; when that is gone, the system ends
all who hold on to the other, whatever they are at. That can be had on Linux, with /proc. Elsewhere a process notices
when it next listens to its maker.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

# What Python's library has no names for.
_SET_SIGNAL: Final = 10  # F_SETSIG: which signal tells of what happens at the other end
_TELL: Final = 0o20000  # O_ASYNC: tell of it

_line: list[int] = []  # of this process: the end that others hold on to, and its own; empty until it makes others


@contextmanager
def forking() -> Iterator[None]:
    """What stands around the start of a process: until it holds on, and is noted down, nobody is told to stop."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGUSR1})
    try:
        _line.extend(() if _line else os.pipe())
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def hold() -> None:
    """Ties this process to its maker, which alone decides what it means to be told to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    tie()
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGUSR1})


def tie() -> None:
    """Ties this process to its maker: the first thing that it does."""
    if not _line:  # it wasn't made by a fork
        return
    ours, its_own = _line
    _line.clear()
    with suppress(OSError):
        _have_us_ended(ours)
    os.close(ours)
    os.close(its_own)  # last: where the maker is gone by now, this is the end


def _have_us_ended(line: int) -> None:
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 - only on Unix

        # Opened again by its name: whom to tell is a matter of the opening, and all others share that of the number.
        again = os.open(f"/proc/self/fd/{line}", os.O_RDONLY)
        fcntl.fcntl(again, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(again, _SET_SIGNAL, signal.SIGKILL)
        fcntl.fcntl(again, fcntl.F_SETFL, _TELL)
