"""How the articles that are shown belong together; what was found before is remembered."""

import marshal
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from generator.commands.desk import MARK
from generator.engine.memory import Bodies, Memory
from generator.engine.workers import Failed, spread
from generator.model import Card, Site
from generator.pipeline.group.kinship import (
    NO_KINSHIP,
    Comparison,
    Found,
    Kin,
    Kinship,
    Part,
    bring_up_to_date,
)
from generator.pipeline.group.marks import Mark

_PART_SECONDS: Final = 60.0  # of processor time; 100 times what some hundreds of articles need


def compare(memory: Memory, site: Site, jobs: int, marks: Mapping[str, str], cards: Sequence[Card]) -> Kinship:
    """The kinship of some articles; `marks` are the digests of what each is known by."""
    if not site.pages.stories:
        return NO_KINSHIP
    remembered = memory.fact("kinship")
    zone = site.timezone
    known = {card.path: Kin(card.date.astimezone(zone).toordinal(), marks[card.path]) for card in cards}
    before: Kinship = memory.keep("kinship", remembered, lambda: _unpacked(remembered))
    kinship = bring_up_to_date(before, known, partial(marks_of, memory.file), partial(_side_by_side, jobs))
    if kinship is not before:
        packed = pickle.dumps(kinship, protocol=5)
        with memory.recording():
            memory.put_fact("kinship", packed)
        memory.keep("kinship", packed, lambda: kinship)
    return kinship


def _unpacked(remembered: bytes | None) -> Kinship:
    return pickle.loads(remembered) if remembered else NO_KINSHIP  # noqa: S301 - our own file


def _side_by_side(jobs: int, comparison: Comparison, parts: Sequence[Part]) -> Iterator[Found]:
    """Compares the parts, over several processes when they are many."""
    results = spread(partial(_each, comparison), parts, jobs=jobs if len(parts) > 1 else 1, seconds=_PART_SECONDS)
    for part, found in zip(parts, results, strict=True):
        yield comparison(part) if isinstance(found, Failed) else found


def _each(comparison: Comparison, parts: Sequence[Part]) -> list[Found]:
    return [comparison(part) for part in parts]


def marks_of(file: Path, paths: Iterable[str]) -> dict[str, Mark]:
    """What some articles are known by, from the file of the memory."""
    bodies = Bodies(file)
    marks = {path: Mark(*marshal.loads(bodies[MARK + path])) for path in paths}  # noqa: S302 - our own file
    bodies.close()
    return marks
