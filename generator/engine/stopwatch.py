"""Where the time of a run goes."""

import time
from collections.abc import Iterator


class Stopwatch:
    """Runs from its making on; each lap ends a stage, and stages of one name add up."""

    def __init__(self) -> None:
        self.start = self.last = time.perf_counter()
        self.stages: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Counts the time since the lap before for a stage."""
        now = time.perf_counter()
        self.stages[stage] = self.stages.get(stage, 0.0) + now - self.last
        self.last = now

    @property
    def seconds(self) -> float:
        """The time since the start."""
        return time.perf_counter() - self.start

    def shares(self) -> Iterator[str]:
        """A line a stage: its share and its seconds."""
        total = sum(self.stages.values()) or 1.0
        for stage, seconds in self.stages.items():
            yield f"{seconds / total:6.1%}  {seconds:7.3f} s  {stage}"
