"""How the command ends when it is told to, by Ctrl-C (SIGINT) or SIGTERM: at any moment, soon, and with its status.

Python hands a signal on when it comes to it: not while a C extension works, and an exception that it raises in a
finaliser or a callback is lost. So on Linux a command is two processes. The one that was started, the guard, does
nothing but wait for the other, the worker. Told to stop, the guard asks the worker to end in good order, asks again,
and ends it; the worker's own helpers end with it (lifeline.py). Elsewhere the command asks itself.

Stopped is not broken: what is stopped anywhere is whole, or is made whole by the next run.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, NoReturn

from generator import lifeline

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_AGAIN_S: Final = 0.6  # so long after the command was told to stop it is told again, should that have been lost;
_END_S: Final = 1.4  # and so long after it is ended. Two seconds are promised
_RETRY_S: Final = 0.01
_LONG_S: Final = 86_400.0
_STDERR: Final = 2
_SIGNALLED: Final = 128  # an exit status above it says which signal it was
_WORDS: Final = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}


class _Stop:
    """What this process knows of being told to stop."""

    number = 0  # the signal, once there was one
    is_heard = False  # the command has taken note, and is about to end
    guard = 0  # the process that sees to the end; 0 where this one does
    words: Sequence[str] = ()  # of the command line


def begin(words: Sequence[str]) -> None:
    """Has the command that a command line names end when it is told to: the first thing that it does.

    A signal that is ignored by then, as in the background of a script, goes on being ignored.
    """
    _Stop.words = words
    stops = {number for number in _WORDS if signal.getsignal(number) is not signal.SIG_IGN}
    if sys.platform == "linux":
        _divide(stops)
    sys.unraisablehook, sys.excepthook = _lost, _uncaught
    for number in stops:
        signal.signal(number, _hand_on if _Stop.guard else _ask)
    if _Stop.guard:
        signal.signal(signal.SIGUSR1, _ask)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {*stops, signal.SIGUSR1, signal.SIGCHLD})


def carry_out(command: Callable[[], int]) -> NoReturn:
    """Ends the process with the exit status that a command returns, or with that of being stopped."""
    status: object = 1
    try:
        status = command()
    except SystemExit as end:
        status = end.code
    except BaseException as error:  # noqa: BLE001 - a defect, unless this is how it stops
        sys.excepthook(type(error), error, error.__traceback__)
    heard()
    with suppress(OSError, ValueError):  # whoever reads our output may be gone
        sys.stdout.flush()
        sys.stderr.flush()
    if _Stop.number:
        _end_programs(os.getpid())
        status = status if _Stop.guard else _say(_Stop.number)
    # To take 100,000 objects apart costs as much as to read them.
    os._exit(status if isinstance(status, int) else int(status is not None))


def heard() -> None:
    """Says that the command ends now, whether it was told to or not: it isn't interrupted any more."""
    _Stop.is_heard = True


def first_word(words: Sequence[str]) -> str:
    """The command that a command line names: its first word that is neither an option nor the folder of -C."""
    rest = iter(words)
    for word in rest:
        if word == "-C":
            next(rest, None)
        elif not word.startswith("-"):
            return word
    return ""


def _divide(stops: set[signal.Signals]) -> None:
    """Makes the worker and returns in it alone; where the system refuses, this process does the work."""
    heeded = {*stops, signal.SIGCHLD}
    for number in stops:
        signal.signal(number, _pass)  # the first process of a container isn't told of what it has no handler for
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # where it is ignored nobody learns of an exit status
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {*heeded, signal.SIGUSR1})
    guard = os.getpid()
    try:
        with lifeline.forking():
            worker = os.fork()
            if not worker:
                lifeline.tie()
    except OSError:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return
    if worker:
        _guard(worker, heeded)
    _Stop.guard = guard


def _guard(worker: int, heeded: set[signal.Signals]) -> NoReturn:
    """Waits for the worker's end, or brings it about; ends as it did, or as one that was told to stop."""
    told, gone, how = 0, 0, 0
    due: list[tuple[float, int]] = []  # what the worker is to be sent, and when
    while not gone:
        news = signal.sigtimedwait(heeded, max(0.0, due[0][0] - time.monotonic()) if due else _LONG_S)
        now = time.monotonic()
        if news and news.si_signo != signal.SIGCHLD and not told:
            told = news.si_signo
            due = [(now, signal.SIGUSR1), (now + _AGAIN_S, signal.SIGUSR1), (now + _END_S, signal.SIGKILL)]
        gone, how = os.waitpid(worker, os.WNOHANG)
        while due and not gone and due[0][0] <= now:
            if due[0][1] == signal.SIGKILL:
                _end_programs(worker)
            os.kill(worker, due.pop(0)[1])
    if told:
        os._exit(_say(told))
    if os.WIFSIGNALED(how):
        _print(f"ended by signal {os.WTERMSIG(how)}")  # commonly for want of memory
    os._exit(os.waitstatus_to_exitcode(how) if os.WIFEXITED(how) else _SIGNALLED + os.WTERMSIG(how))


def _end_programs(process: int) -> None:
    """Tells the programs that a process has started to end as well; its forks take no notice: see lifeline.py."""
    with suppress(OSError):  # no /proc, which Linux commonly has
        for name in filter(str.isdecimal, os.listdir("/proc")):  # noqa: PTH208 - pathlib takes longer than all of this
            with suppress(OSError):  # it is gone
                if _parent(name) == process:
                    os.kill(int(name), signal.SIGTERM)


def _parent(process: str) -> int:
    with open(f"/proc/{process}/stat", "rb") as status:  # noqa: PTH123 - likewise
        return int(status.read().rpartition(b")")[2].split()[1])


def _pass(_number: int, _frame: FrameType | None) -> None:
    """Does nothing: the guard waits for signals, it isn't interrupted by them."""


def _hand_on(number: int, frame: FrameType | None) -> None:
    """Leaves it to the guard, which commonly knows: a terminal tells all of its processes."""
    if os.getppid() != _Stop.guard:
        _ask(number, frame)
    with suppress(ProcessLookupError):
        os.kill(_Stop.guard, number)


def _ask(number: int, frame: FrameType | None) -> None:
    """Interrupts what the command is at; without a guard it sees to the end as well."""
    if not _Stop.number and not _Stop.guard:
        import threading  # noqa: PLC0415 - nothing that isn't needed stands between the start and the guard

        threading.Thread(target=_end_soon, args=(number,), daemon=True).start()
    _Stop.number = _Stop.number or number
    if _Stop.is_heard:
        return
    while frame:
        if frame.f_code in {_lost.__code__, _uncaught.__code__}:  # where Python would make a fuss about it
            _ask_again()
            return
        frame = frame.f_back
    raise KeyboardInterrupt


def _ask_again() -> None:
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _ask)
        signal.setitimer(signal.ITIMER_REAL, _RETRY_S)


def _end_soon(number: int) -> None:
    time.sleep(_END_S)
    os._exit(_say(number))


def _lost(found: "UnraisableHookArgs") -> None:
    """What Python does with an exception that nobody can catch, as those in finalisers: ours comes back."""
    if not _Stop.number or not issubclass(found.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(found)
    else:
        _ask_again()


def _uncaught(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """Shows a defect; what goes wrong on the way out is none."""
    if not _Stop.number:
        sys.__excepthook__(kind, error, trace)


def _say(number: int) -> int:
    """Says what happened, in a line; returns the exit status. To be stopped is how a preview ends."""
    if first_word(_Stop.words) == "serve":
        return 0
    _print(_WORDS[signal.Signals(number)])
    return _SIGNALLED + number


def _print(line: str) -> None:
    with suppress(OSError):
        start = "\n" if os.isatty(_STDERR) else ""  # where the terminal shows "^C", and a progress bar may stand
        os.write(_STDERR, f"{start}{line}\n".encode())
