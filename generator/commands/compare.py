"""How the articles that are shown belong together; what was found before is remembered."""

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

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
    by_day,
    reach_of,
)
from generator.pipeline.group.known_by import Mark

_BLOCK: Final = 32  # days
_PAIRS: Final = "kinship/pairs"
_PART_SECONDS: Final = 60.0  # of processor time; 100 times what some hundreds of articles need


def compare(memory: Memory, site: Site, jobs: int, articles: Iterable[tuple[str, Kin]]) -> Kinship:
    """The kinship of some articles, by their paths.

    It is kept in blocks of days, so that little is written where little changed.
    """
    if not site.pages.stories:
        return NO_KINSHIP
    blocks = memory.facts("kinship")
    before = memory.keep("kinship", blocks, lambda: memory.load(blocks, _unpacked))
    kinship = bring_up_to_date(before, by_day(articles), partial(marks_of, memory.file), partial(_side_by_side, jobs))
    if kinship is not before:
        fresh = _record(memory, before, kinship)
        memory.keep("kinship", {**blocks, **fresh}, lambda: kinship)
    return kinship


def _record(memory: Memory, before: Kinship, kinship: Kinship) -> dict[str, bytes]:
    """Records the blocks in which something may have changed; returns them by name."""
    fresh = _packed(kinship, {day // _BLOCK for day in reach_of(_grouped_anew(before.groups, kinship.groups))})
    with memory.recording():
        for name, packed in fresh.items():
            memory.put_fact(name, packed)
    return fresh


def _grouped_anew(before: Mapping[int, object], now: Mapping[int, object]) -> set[int]:
    """The days that changed: the groups of all others are the same objects."""
    return {day for day in before.keys() | now.keys() if before.get(day) is not now.get(day)}


def _packed(kinship: Kinship, numbers: Iterable[int]) -> dict[str, bytes]:
    """Some blocks and the pairs, by their names; by marshal, in half the time of pickle."""
    pairs = tuple((one, other, tuple(likeness)) for one, other, likeness in kinship.pairs)
    blocks = {f"kinship/{number}": marshal.dumps(_block(kinship, number)) for number in sorted(numbers)}
    return {**blocks, _PAIRS: marshal.dumps(pairs)}


def _block(kinship: Kinship, number: int) -> tuple[dict[Any, Any], ...]:
    """What is known of some days that follow each other: the fields of the kinship, but for the pairs."""
    days = range(number * _BLOCK, (number + 1) * _BLOCK)
    known = {day: kinship.known[day] for day in days if day in kinship.known}
    groups = {day: kinship.groups[day] for day in known}
    paths = list(chain.from_iterable(known.values()))
    follows = {path: kinship.follows[path] for path in paths if path in kinship.follows}
    near = {path: kinship.near[path] for path in paths if path in kinship.near}
    return known, groups, follows, near


def _unpacked(blocks: Mapping[str, bytes]) -> Kinship:
    if not blocks:
        return NO_KINSHIP
    fields: tuple[dict[Any, Any], ...] = ({}, {}, {}, {})
    for name, packed in blocks.items():
        if name != _PAIRS:
            for whole, part in zip(fields, marshal.loads(packed), strict=True):  # noqa: S302 - our own file
                whole.update(part)
    known, groups, follows, near = fields
    pairs = marshal.loads(blocks[_PAIRS])  # noqa: S302 - our own file
    return Kinship(known, tuple([(one, other, Likeness(*like)) for one, other, like in pairs]), groups, follows, near)


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
