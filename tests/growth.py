"""Tells whether work grows with its text as it should, on machines of any speed and beside any load."""

from collections.abc import Callable
from time import process_time
from typing import Final

_TIMES: Final = 10
_MOST: Final = 40  # ten times the text is ten times the work, or a hundred times where it grows with the square
_SHORTEST_S: Final = 0.01  # below it a clock tells nothing
_RUNS: Final = 3


def assert_linear(work: Callable[[str], object], text: str) -> None:
    """Fails if the text takes far more than ten times the processor time of its first tenth."""
    short = _seconds(work, text[: len(text) // _TIMES])
    long = _seconds(work, text)
    assert long < _MOST * max(short, _SHORTEST_S), f"{long:.2f} s for the text, {short:.3f} s for a tenth of it"


def _seconds(work: Callable[[str], object], text: str) -> float:
    """The processor time of the quickest of a few runs: what disturbs a run only makes it longer."""
    best = float("inf")
    for _ in range(_RUNS):
        started = process_time()
        work(text)
        best = min(best, process_time() - started)
    return best
