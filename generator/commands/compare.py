"""How the articles that are shown belong together; what was found before is remembered."""

import marshal
import pickle
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from generator.engine.memory import Bodies, Memory
from generator.model import Card, Site
from generator.pipeline.group.kinship import NO_KINSHIP, Kin, Kinship, bring_up_to_date
from generator.pipeline.group.marks import Mark

MARK: Final = "mark "  # before the path, in the name of a body


def compare(memory: Memory, site: Site, marks: Mapping[str, str], cards: Sequence[Card]) -> Kinship:
    """The kinship of some articles; `marks` are the digests of what each is known by."""
    if not site.pages.stories:
        return NO_KINSHIP
    remembered = memory.fact("kinship")
    zone = site.timezone
    known = {card.path: Kin(card.date.astimezone(zone).toordinal(), marks[card.path]) for card in cards}
    before = pickle.loads(remembered) if remembered else NO_KINSHIP  # noqa: S301 - our own file
    kinship = bring_up_to_date(before, known, partial(marks_of, memory.file))
    if kinship is not before:
        with memory.recording():
            memory.put_fact("kinship", pickle.dumps(kinship, protocol=5))
    return kinship


def marks_of(file: Path, paths: Iterable[str]) -> dict[str, Mark]:
    """What some articles are known by, from the file of the memory."""
    bodies = Bodies(file)
    marks = {path: Mark(*marshal.loads(bodies[MARK + path])) for path in paths}  # noqa: S302 - our own file
    bodies.close()
    return marks
