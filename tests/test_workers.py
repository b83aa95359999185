"""Work over processes: results in order, and one bad item costs one result."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from generator.engine.aside import Copy
from generator.engine.workers import Failed, Helper, default_jobs, share, spread
from tests.conftest import ROOT

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


@pytest.mark.parametrize(("jobs", "numbers"), [(1, NUMBERS), (2, NUMBERS), (5, NUMBERS), (1000, NUMBERS[:8])])
def test_results_come_in_the_order_of_the_items(jobs: int, numbers: list[int]) -> None:
    assert list(spread(square, numbers, jobs=jobs, seconds=10)) == [number * number for number in numbers]


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


@for_each
def be_slow_before_one_that_sleeps(number: int) -> int:
    if number == 0:
        time.sleep(0.7)
    return sleep_at_seven([number])[0]


def test_an_item_that_is_slow_has_its_time_again_after_another_one_took_its_process_along() -> None:
    results = list(spread(be_slow_before_one_that_sleeps, NUMBERS, jobs=3, seconds=0.5))
    assert [number for number, result in zip(NUMBERS, results, strict=True) if isinstance(result, Failed)] == [7]


@for_each
def work_on_at_seven(number: int) -> int:
    return sum(range(10**13)) if number == 7 else number  # where no alarm is heard


def test_an_item_that_hears_no_alarm_fails_alone() -> None:
    results = list(spread(work_on_at_seven, range(12), jobs=3, seconds=0.2))
    assert [number for number, result in enumerate(results) if isinstance(result, Failed)] == [7]


@for_each
def stand_still(number: int) -> int:
    """As on a machine that is busy with other things: wants to work, and isn't let."""
    if number == 1:
        for _ in range(12):
            end = time.process_time() + 0.01
            while time.process_time() < end:
                pass
            time.sleep(0.08)
    return number


def test_an_item_that_is_slow_on_the_clock_alone_has_its_time() -> None:
    assert list(spread(stand_still, range(3), jobs=3, seconds=0.25)) == [0, 1, 2]


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


ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process can't go on as a copy")


@ON_LINUX
def test_a_helper_leaves_this_process_free_meanwhile() -> None:
    with Helper(tell_the_process, seconds=10) as helper:
        processes = [*helper.begin([1, 2])(), *helper.begin([])(), *helper.begin([3])()]
    assert len(processes) == 3
    assert len(set(processes)) == 1
    assert os.getpid() not in processes
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@ON_LINUX
@pytest.mark.parametrize(
    ("task", "reason"),
    [(die_at_seven, "signal 9"), (loop_at_seven, "0.2 seconds"), (sleep_at_seven, "0.2 seconds"), (square, "")],
)
def test_what_goes_wrong_in_a_helper_costs_an_item_and_no_more(task: Work, reason: str) -> None:
    with Helper(task, seconds=0.2) as helper:
        for _ in range(2):  # it is lost after the first time, and all the same of use
            results = helper.begin([6, 7, 8])()
            failed = [result for result in results if isinstance(result, Failed)]
            assert [reason in result.reason for result in failed] == [True] * bool(reason)
            assert len(results) == 3


@ON_LINUX
def test_a_defect_in_a_helper_is_raised() -> None:
    with Helper(stumble_at_seven, seconds=10) as helper, pytest.raises(ValueError, match="a defect"):
        helper.begin([7])()


@ON_LINUX
def test_what_fails_meanwhile_ends_the_helper() -> None:
    def fail() -> None:
        with Helper(sleep_at_seven, seconds=10) as helper:
            helper.begin([7])
            raise KeyError("a defect here")

    with pytest.raises(KeyError, match="a defect here"):
        fail()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@ON_LINUX
def test_an_answer_that_comes_too_late_is_none() -> None:
    here = os.getpid()

    def slowly(order: str) -> str:
        if os.getpid() != here:
            time.sleep(0.3)
        return order

    with Copy(slowly) as copy:
        assert copy.ask("a", 0.01)() == "a"
        time.sleep(0.6)
        assert copy.ask("b", 10)() == "b"


@ON_LINUX
def test_where_no_process_can_be_had_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(11, "there are too many processes")

    monkeypatch.setattr(os, "fork", refuse)
    with Helper(tell_the_process, seconds=10) as helper:
        assert helper.begin([1])() == [os.getpid()]
    assert list(share(tell_the_process, [1, 2], jobs=2, seconds=10)) == [os.getpid()] * 2


@ON_LINUX
def test_a_copy_is_not_interrupted() -> None:
    def interrupted(_: None) -> int:
        os.kill(os.getpid(), signal.SIGINT)
        return os.getpid()

    with Copy(interrupted) as copy:
        assert copy.ask(None, 10)() != os.getpid()
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


@ON_LINUX
def test_a_copy_ends_with_the_process_that_made_it(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    script = f"""
import os, pathlib, signal
from generator.engine.aside import Copy
with Copy(lambda _: os.getpid()) as copy:
    pathlib.Path({str(told)!r}).write_text(str(copy.ask(None, 10)()))
    os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    pid = int(told.read_text())
    while is_alive(pid):
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("jobs", [1, 2, 3, 1000])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_shares_come_in_the_order_of_the_items(jobs: int, count: int) -> None:
    assert list(share(square, range(count), jobs=jobs, seconds=10)) == [number**2 for number in range(count)]


@ON_LINUX
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
