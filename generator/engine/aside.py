"""Work done beside this process by a copy of it.

A copy begins in two milliseconds, knows all that this process knows, and needs no multiprocessing, which takes 20 to
import. Where it ends too early, answers too late or meets a defect, this process does the work itself. It is never
interrupted, and ends with this process.
"""

import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import IO, Generic, NoReturn, TypeVar

from generator import lifeline

Order = TypeVar("Order")
Answer = TypeVar("Answer")


def can_fork() -> bool:
    """Whether a copy of this process can go on by itself: elsewhere than on Linux, and beside threads, it may not."""
    return sys.platform == "linux" and threading.active_count() == 1


class Copy(Generic[Order, Answer]):
    """A copy of this process that carries out one order after the other, until the block ends that it is used in."""

    def __init__(self, work: Callable[[Order], Answer]) -> None:
        self.work, self.is_lost = work, False
        theirs, orders = os.pipe()
        answers, their_answers = os.pipe()
        with lifeline.forking():
            self.process = _fork()
            if self.process == 0:
                lifeline.hold()
                os.close(orders)
                os.close(answers)
                _carry_out(work, open(theirs, "rb"), open(their_answers, "wb"))  # noqa: PTH123, SIM115 - till it ends
            os.close(theirs)
            os.close(their_answers)
            self.orders, self.answers = open(orders, "wb"), open(answers, "rb")  # noqa: PTH123, SIM115 - see close

    def __enter__(self) -> "Copy[Order, Answer]":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends it, whatever it is at."""
        if self.process is not None:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        with suppress(BrokenPipeError):
            self.orders.close()
        self.answers.close()

    def ask(self, order: Order, patience_s: float, instead: Callable[[], Answer] | None = None) -> Callable[[], Answer]:
        """Gives an order; what it returns waits for the answer, and has to be called before the next order.

        Where there is none in time the work is done here, or what there is to do `instead`.
        """
        if self.process is None:
            return partial(self.work, order)
        with suppress(BrokenPipeError):  # noticed where the answer is awaited
            pickle.dump(order, self.orders, protocol=5)
            self.orders.flush()
        return partial(self._hear, patience_s, instead or partial(self.work, order))

    def _hear(self, patience_s: float, instead: Callable[[], Answer]) -> Answer:
        if not self.is_lost and select.select([self.answers], [], [], patience_s)[0]:
            with suppress(EOFError, pickle.UnpicklingError):
                answer: Answer = pickle.load(self.answers)  # noqa: S301 - of our own process
                return answer
        self.is_lost = True
        return instead()


@contextmanager
def aside(
    work: Callable[[], Answer], patience_s: float, instead: Callable[[], Answer] | None = None
) -> Iterator[Callable[[], Answer]]:
    """Does one thing, of which the copy knows all; what it yields waits for the result, as that of `Copy.ask` does."""
    with Copy[None, Answer](lambda _: work()) as copy:
        yield copy.ask(None, patience_s, instead)


def _fork() -> int | None:
    """The number of a copy of this process, 0 in it; None where the system refuses."""
    try:
        return os.fork()
    except OSError:
        return None


def _carry_out(work: Callable[[Order], object], orders: IO[bytes], answers: IO[bytes]) -> NoReturn:
    """What the copy does, until this process is gone."""
    with suppress(BaseException):
        while True:
            answer = pickle.dumps(work(pickle.load(orders)), protocol=5)  # noqa: S301 - of our own process
            answers.write(answer)
            answers.flush()
    os._exit(0)
