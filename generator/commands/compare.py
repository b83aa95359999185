"""How the articles that are shown belong together; what was found before is remembered."""

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from generator.commands.desk import MARK
from generator.engine.memory import Bodies, Memory
from generator.engine.workers import Failed, spread
from generator.model import Site
from generator.pipeline.group.copies import Likeness
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


def compare(memory: Memory, site: Site, jobs: int, known: Mapping[str, Kin]) -> Kinship:
    """The kinship of some articles."""
    if not site.pages.stories:
        return NO_KINSHIP
    remembered = memory.fact("kinship")
    before: Kinship = memory.keep("kinship", remembered, lambda: _unpacked(remembered))
    kinship = bring_up_to_date(before, known, partial(marks_of, memory.file), partial(_side_by_side, jobs))
    if kinship is not before:
        packed = _packed(kinship)
        with memory.recording():
            memory.put_fact("kinship", packed)
        memory.keep("kinship", packed, lambda: kinship)
    return kinship


def _packed(kinship: Kinship) -> bytes:
    """By marshal, in half the time of pickle."""
    pairs = tuple((one, other, tuple(likeness)) for one, other, likeness in kinship.pairs)
    return marshal.dumps(tuple(kinship._replace(pairs=pairs)))  # type: ignore[arg-type]


def _unpacked(remembered: bytes | None) -> Kinship:
    if not remembered:
        return NO_KINSHIP
    kinship = Kinship(*marshal.loads(remembered))  # noqa: S302 - our own file
    pairs = tuple((one, other, Likeness(*likeness)) for one, other, likeness in kinship.pairs)
    return kinship._replace(pairs=pairs)


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
