"""Work over processes: results in order, and one bad item costs one result."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from generator.engine.workers import Failed, default_jobs, share, spread

NUMBERS = list(range(200))


Work = Callable[[Sequence[int]], list[int]]


def for_each(work: Callable[[int], int]) -> Work:
    """A task that does a batch of numbers one after the other."""
    return lambda numbers: [work(number) for number in numbers]


@for_each
def square(number: int) -> int:
    return number * number


@for_each
def loop_at_seven(number: int) -> int:
    while number == 7:
        pass
    return number


@for_each
def recurse_at_seven(number: int) -> int:
    return recurse_at_seven([number])[0] + 1 if number == 7 else number


@for_each
def exhaust_memory_at_seven(number: int) -> int:
    if number == 7:
        raise MemoryError
    return number


@for_each
def die_at_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@for_each
def sleep_at_seven(number: int) -> int:
    if number == 7:
        time.sleep(3600)  # no processor time: only the parent's watch can tell
    return number


@for_each
def stumble_at_seven(number: int) -> int:
    if number == 7:
        raise ValueError("a defect")
    return number


@pytest.mark.parametrize("jobs", [1, 2, 5, 1000])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(spread(square, NUMBERS, jobs=jobs, seconds=10)) == [number * number for number in NUMBERS]


@pytest.mark.parametrize("jobs", [1, 3])
def test_no_items_give_no_results(jobs: int) -> None:
    assert list(spread(square, [], jobs=jobs, seconds=10)) == []


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("task", [loop_at_seven, recurse_at_seven, exhaust_memory_at_seven])
def test_an_item_that_runs_out_of_something_fails_alone(task: Work, jobs: int) -> None:
    results = list(spread(task, NUMBERS, jobs=jobs, seconds=0.5))
    assert isinstance(results[7], Failed)
    assert [result for result in results if not isinstance(result, Failed)] == NUMBERS[:7] + NUMBERS[8:]


@pytest.mark.parametrize(("task", "reason"), [(die_at_seven, "signal 9"), (sleep_at_seven, "more than 0.5 seconds")])
def test_an_item_that_takes_its_process_along_fails_alone(task: Work, reason: str) -> None:
    results = list(spread(task, NUMBERS, jobs=3, seconds=0.5))
    assert isinstance(results[7], Failed)
    assert reason in results[7].reason
    assert [result for result in results if not isinstance(result, Failed)] == NUMBERS[:7] + NUMBERS[8:]


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_defect_is_raised_and_says_where_it_came_up(jobs: int) -> None:
    with pytest.raises(ValueError, match="a defect") as caught:
        list(spread(stumble_at_seven, NUMBERS, jobs=jobs, seconds=10))
    assert jobs == 1 or "working on 7" in caught.value.__notes__[0]


def test_outside_the_main_thread_items_are_bounded_too() -> None:
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.extend(spread(loop_at_seven, NUMBERS, jobs=1, seconds=0.3)))
    thread.start()
    thread.join(60)
    assert isinstance(results[7], Failed)
    assert len(results) == len(NUMBERS)


def test_a_caller_who_stops_early_leaves_no_process_behind() -> None:
    results = spread(square, NUMBERS, jobs=3, seconds=10)
    assert next(iter(results)) == 0
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@for_each
def tell_the_process(_: int) -> int:
    return os.getpid()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process can't go on as a copy")
def test_what_is_done_aside_leaves_this_process_free_meanwhile() -> None:
    done: list[str] = []
    results = spread(tell_the_process, [1, 2], jobs=1, seconds=10, meanwhile=partial(done.append, "x"), aside=True)
    processes = set(results)
    assert done == ["x"]
    assert len(processes) == 1
    assert os.getpid() not in processes
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(
    ("task", "reason"),
    [(die_at_seven, "signal 9"), (loop_at_seven, "0.2 seconds"), (sleep_at_seven, "0.2 seconds"), (square, "")],
)
def test_what_goes_wrong_aside_costs_an_item_and_no_more(task: Work, reason: str) -> None:
    numbers = [6, 7, 8]
    results = list(spread(task, numbers, jobs=1, seconds=0.2, meanwhile=bool, aside=True))
    failed = [result for result in results if isinstance(result, Failed)]
    assert [reason in result.reason for result in failed] == [True] * bool(reason)
    assert len(results) == len(numbers)


def test_a_defect_aside_is_raised() -> None:
    with pytest.raises(ValueError, match="a defect"):
        list(spread(stumble_at_seven, [7], jobs=1, seconds=10, meanwhile=bool, aside=True))


def test_what_fails_meanwhile_ends_the_process_aside() -> None:
    def fail() -> None:
        raise KeyError("a defect here")

    with pytest.raises(KeyError, match="a defect here"):
        list(spread(sleep_at_seven, [7], jobs=1, seconds=10, meanwhile=fail, aside=True))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize("jobs", [1, 2, 3, 1000])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_shares_come_in_the_order_of_the_items(jobs: int, count: int) -> None:
    assert list(share(square, range(count), jobs=jobs, seconds=10)) == [number**2 for number in range(count)]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process can't go on as a copy")
def test_this_process_takes_its_share() -> None:
    processes = list(share(tell_the_process, [1, 2, 3, 4, 5, 6], jobs=3, seconds=10))
    assert processes[:2] == [os.getpid()] * 2
    assert len(set(processes)) == 3
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(
    ("task", "reason"), [(die_at_seven, "signal 9"), (loop_at_seven, "0.2 seconds"), (sleep_at_seven, "0.2 seconds")]
)
def test_what_goes_wrong_in_a_share_costs_an_item_and_no_more(task: Work, reason: str) -> None:
    *good, bad, last = share(task, [4, 5, 6, 7, 8], jobs=2, seconds=0.2)
    assert good == [4, 5, 6]
    assert last == 8
    assert isinstance(bad, Failed)
    assert reason in bad.reason


@pytest.mark.parametrize("numbers", [[7, 8], [6, 7]])
def test_a_defect_in_a_share_is_raised(numbers: list[int]) -> None:
    with pytest.raises(ValueError, match="a defect"):
        list(share(stumble_at_seven, numbers, jobs=2, seconds=10))


def test_there_is_at_least_one_job() -> None:
    assert default_jobs() >= 1
