"""Work spread over processes, each item bounded in time.

A task is given a few items at once, so that it can do each of its steps for all of them while the
processor has the code at hand (a fifth faster, measured). Where it fails they are given to it one by one:
an item that takes too long, needs too much memory or kills its process gives a Failed in place of its
result and costs nothing else. With one job everything happens in this process, by the same code.
Results come in the order of the items, whatever the number of jobs.
"""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeAlias, TypeVar

from generator import lifeline
from generator.engine.aside import Copy, aside, can_fork
from generator.engine.progress import NEVER, look

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

Task: TypeAlias = Callable[[Sequence[Item]], Sequence[Result]]

_BATCHES_A_WORKER: Final = 8  # enough to even out, few enough to be cheap
_LARGEST_BATCH: Final = 64
_OBJECTS_A_LOOK: Final = 200_000  # new objects until a worker looks for cycles; an article makes a thousand
_AHEAD: Final = 2  # batches that a worker has: the one that it works on among them
_ROOM: Final = 2**20  # bytes, the most that Linux gives
_GRACE: Final = 4  # a worker that doesn't stop itself is killed after this many times the limit


class Failed(NamedTuple):
    """What stands in place of a result that couldn't be had."""

    reason: str


class _TooSlowError(BaseException):
    """Not an Exception, so that no `except Exception` on the way up takes it for its own."""


def spread(
    task: Task[Item, Result],
    items: Sequence[Item],
    *,
    jobs: int,
    seconds: float,
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[Result | Failed]:
    """The results of a task for each item, in order; `seconds` is the processor time that one may take.

    The task gives as many results as it is given items, and may be given an item again. What there is to do
    `meanwhile` is done here while other processes are at work, and left undone where there are none.
    """
    if jobs <= 1 and _can_bound_itself():
        return _in_turn(task, items, seconds)
    return _Pool(task, items, max(1, min(jobs, len(items))), seconds).run(meanwhile)


def default_jobs() -> int:
    """As many processes as this one may use processors."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_bound_itself() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def share(task: Task[Item, Result], items: Sequence[Item], *, jobs: int, seconds: float) -> Iterator[Result | Failed]:
    """As `spread`, for work of a second or two: this process takes its share of it and watches nobody meanwhile.

    Others start at no cost then, where that can be done.
    """
    if jobs <= 1 or len(items) <= 1 or not can_fork() or not _can_bound_itself():
        yield from spread(task, items, jobs=jobs, seconds=seconds)
        return
    size = -(-len(items) // jobs)
    shares = [items[first : first + size] for first in range(0, len(items), size)]
    with ExitStack() as others:
        theirs = []
        for some in shares[1:]:
            work, instead = (partial(do, task, seconds, some) for do in (_by_itself, _watched))
            theirs.append(others.enter_context(aside(work, seconds * _GRACE, instead)))
        yield from _in_turn(task, shares[0], seconds)
        for results in theirs:
            yield from results()


class Helper(Generic[Item, Result]):
    """One other process that does a task for some items, and then for others, while this one does something else.

    It begins at no cost: see Copy. Where it fails a pool finds out which item it was.
    """

    def __init__(self, task: Task[Item, Result], seconds: float) -> None:
        self.task, self.seconds = task, seconds
        self.copy = Copy(partial(_by_itself, task, seconds))

    def __enter__(self) -> "Helper[Item, Result]":
        return self

    def __exit__(self, *error: object) -> None:
        self.copy.close()

    def begin(self, items: Sequence[Item]) -> Callable[[], Sequence[Result | Failed]]:
        """Gives it items; what it returns waits for the results, and has to be called before the next ones."""
        patience_s = self.seconds * _GRACE * (len(items) + 1)
        return self.copy.ask(items, patience_s, partial(_watched, self.task, self.seconds, items))


def _by_itself(task: Task[Item, Result], seconds: float, items: Sequence[Item]) -> Sequence[Result | Failed]:
    """The results of the items, in a process that nobody watches."""
    return list(_in_turn(task, items, seconds))


def _watched(task: Task[Item, Result], seconds: float, items: Sequence[Item]) -> Sequence[Result | Failed]:
    """The same, where it went wrong: it is found out which item it was."""
    return list(_Pool(task, items, 1, seconds).run(None))


def _in_turn(task: Task[Item, Result], items: Sequence[Item], seconds: float) -> Iterator[Result | Failed]:
    """The results of the items, one batch after the other, in this process."""
    with _alarm():
        for first in range(0, len(items), _LARGEST_BATCH):
            yield from _bounded(task, items[first : first + _LARGEST_BATCH], seconds)


def _bounded(
    task: Task[Item, Result], batch: Sequence[Item], seconds: float, begin: Callable[[int], object] = id
) -> Sequence[Result | Failed]:
    """The results, with a Failed where time, memory or the stack run out; `begin` is told what is worked at."""
    begin(0)
    if len(batch) > 1:
        with suppress(Exception, _TooSlowError), _timer(seconds):
            return task(batch)
    return [_bounded_alone(task, item, seconds, partial(begin, index)) for index, item in enumerate(batch)]


def _bounded_alone(
    task: Task[Item, Result], item: Item, seconds: float, begin: Callable[[], object]
) -> Result | Failed:
    begin()
    try:
        with _timer(seconds):
            return task([item])[0]
    except _TooSlowError:
        return Failed(f"it took more than {seconds:g} seconds")
    except RecursionError:
        return Failed("it is nested too deeply")
    except MemoryError:
        return Failed("it needs more memory than there is")


@contextmanager
def _alarm() -> Iterator[None]:
    """Within it an alarm raises _TooSlowError, where that can be done."""
    if not _can_bound_itself():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _timer(seconds: float) -> Iterator[None]:
    """Sets the alarm off after so many seconds of processor time."""
    if not _can_bound_itself():
        yield
        return
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


class _Worker(NamedTuple):
    process: Any  # of the start method's own class
    orders: "Connection"
    results: "Connection"
    number: int  # its place in the table of current items
    batches: deque[list[int]]  # what it works on, and what waits for it


class _Orders(NamedTuple):
    """What a new process is told."""

    task: Task[Any, Any]
    items: Sequence[Any]
    seconds: float
    orders: "Connection"
    results: "Connection"
    current: Any
    number: int
    inherited: "Sequence[Connection]"


class _Pool(Generic[Item, Result]):
    """A few processes that are watched while they work through the items.

    None has to wait while this process deals with the results of another: there is room for its own, and
    the next batch is there already.
    """

    def __init__(self, task: Task[Item, Result], items: Sequence[Item], jobs: int, seconds: float) -> None:
        self.task, self.items, self.jobs, self.seconds = task, items, jobs, seconds
        import multiprocessing  # noqa: PLC0415 - 11 ms, where one process isn't enough

        # fork starts in milliseconds and shares what is loaded; elsewhere than on Linux it is not safe
        self.context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.current = self.context.RawArray("q", [-1] * jobs)  # what each worker works on
        self.results: dict[int, Result | Failed] = {}
        self.waiting = _batches(len(items), jobs)
        self.started: list[Any] = []  # all processes there were
        self.busy: dict[Connection, _Worker] = {}
        self.seen = [NEVER] * jobs

    def run(self, meanwhile: Callable[[], object] | None) -> Iterator[Result | Failed]:
        """The results in order; ends the processes however it ends."""
        try:
            for number in range(min(self.jobs, len(self.waiting))):
                self.supply(self.start(number))
            if meanwhile is not None:
                meanwhile()
            for index in range(len(self.items)):
                while index not in self.results:
                    self.step()
                yield self.results.pop(index)
        finally:
            for process in self.started:
                process.kill()
            for process in self.started:
                process.join()
            for worker in self.busy.values():
                _let_go(worker)

    def start(self, number: int) -> _Worker:
        """A new process, ready for work."""
        their_orders, orders = self.context.Pipe(duplex=False)
        results, their_results = self.context.Pipe(duplex=False)
        _widen(results)
        # A forked child holds copies of our ends; it has to close them to notice when we are gone.
        ours = [orders, results, *self.busy, *(worker.orders for worker in self.busy.values())]
        inherited = ours if self.context.get_start_method() == "fork" else []
        theirs = (their_orders, their_results)
        told = _Orders(self.task, self.items, self.seconds, *theirs, self.current, number, inherited)
        process = self.context.Process(target=_work, args=(told,), daemon=True)
        with lifeline.forking():
            process.start()
            self.started.append(process)
        for end in theirs:
            end.close()
        return _Worker(process, orders, results, number, deque())

    def supply(self, worker: _Worker) -> None:
        """Gives a worker a batch, and while there are many another one ahead; lets it go when there is none."""
        while self.waiting and len(worker.batches) < (_AHEAD if len(self.waiting) >= self.jobs else 1):
            batch = self.waiting.pop()
            if not worker.batches:
                self.current[worker.number] = batch[0]
            worker.batches.append(batch)
            _send(worker, batch)
        if worker.batches:
            self.busy[worker.results] = worker
        else:
            _send(worker, [])
            _let_go(worker)

    def step(self) -> None:
        """Waits for news from the workers and deals with it."""
        from multiprocessing.connection import Connection, wait  # noqa: PLC0415

        for connection in wait(list(self.busy), timeout=self.seconds):
            assert isinstance(connection, Connection)
            worker = self.busy.pop(connection)
            try:
                answer = connection.recv()
            except (EOFError, ConnectionError):
                self.replace(worker, f"it ended the process that worked on it ({_ending(worker.process)})")
                continue
            if isinstance(answer, BaseException):
                _let_go(worker)
                raise answer
            worker.batches.popleft()
            self.supply(worker)
            self.results.update(answer)
        self.end_the_stuck()

    def end_the_stuck(self) -> None:
        """Kills workers that are long past the limit: that work on, or wait for something that doesn't come.

        One that would work, but is given no processor on a busy machine, has all its time before it.
        """
        for worker in list(self.busy.values()):
            seen = look(worker.process.pid, self.current[worker.number], self.seen[worker.number], self.seconds)
            self.seen[worker.number] = seen
            if seen.in_vain > self.seconds * _GRACE:
                self.busy.pop(worker.results)
                worker.process.kill()
                self.replace(worker, f"it took more than {self.seconds:g} seconds")

    def replace(self, worker: _Worker, reason: str) -> None:
        """Fails the item that a worker was lost with, or has others do the items of its batch one by one."""
        _let_go(worker)
        self.seen[worker.number] = NEVER
        batch, *ahead = worker.batches
        self.waiting += ahead
        if len(batch) == 1:
            self.results[batch[0]] = Failed(reason)
        else:
            self.waiting += [[index] for index in reversed(batch)]
        if self.waiting:
            self.supply(self.start(worker.number))


def _send(worker: _Worker, batch: list[int]) -> None:
    """Gives a worker its orders; that it is gone is noticed where its results are awaited."""
    with suppress(ConnectionError):
        worker.orders.send(batch)


def _let_go(worker: _Worker) -> None:
    worker.process.join()
    worker.orders.close()
    worker.results.close()


def _widen(connection: "Connection") -> None:
    """Makes room in a pipe for the results of a batch, where that can be done: commonly there are 64 KB."""
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 - only on Unix

        with suppress(OSError):
            fcntl.fcntl(connection.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)


def _batches(count: int, jobs: int) -> list[list[int]]:
    """The indices in runs, the first run last, so that pop() gives it first."""
    size = max(1, min(_LARGEST_BATCH, count // (jobs * _BATCHES_A_WORKER)))
    return [list(range(first, min(first + size, count))) for first in range(0, count, size)][::-1]


def _ending(process: Any) -> str:
    """How a process ended, in words."""
    process.join()
    code = process.exitcode
    return f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"


def _work(orders: _Orders) -> None:
    """What a worker process does until it is given an empty batch or its parent is gone."""
    lifeline.hold()
    gc.enable()
    gc.set_threshold(_OBJECTS_A_LOOK)
    gc.freeze()  # what was there before the fork stays, and stays shared
    for other in orders.inherited:
        other.close()
    try:
        with _alarm():
            while batch := orders.orders.recv():
                begin = partial(_note, orders, batch)
                done = _bounded(orders.task, [orders.items[index] for index in batch], orders.seconds, begin)
                orders.results.send(list(zip(batch, done, strict=True)))
    except EOFError:
        return
    except Exception as error:  # noqa: BLE001 - a defect of ours: the parent raises it
        error.add_note(f"while working on {orders.items[orders.current[orders.number]]!r:.200}")
        orders.results.send(error)


def _note(orders: _Orders, batch: list[int], place: int) -> None:
    """Lets the parent see what is worked at: a batch that takes too long, or an item of it."""
    orders.current[orders.number] = batch[place]
