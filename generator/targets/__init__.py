"""The way out: output/ -> wherever readers find it. One module a kind of target, each with a class `Target`.

    files -> ask -> compare (asks the target, changes nothing) -> Plan -> carry_out -> announce -> verify

A target says what it has; plan.py alone decides what is to be done. Each may be interrupted at any
moment: what readers see is whole, and the next deploy goes on where this one ended.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from generator.destinations import KINDS, Destination
from generator.targets.files import File
from generator.targets.plan import Plan


class Room(NamedTuple):
    """What a target works with on this side."""

    site: Path  # the folder of broadsheet.toml
    output: Path  # what is deployed stands here
    memory: Path  # a folder of the target's own, kept between deploys if it can be; only read in a dry run
    cache: Path  # the same folder, in a dry run one that is gone afterwards
    progress: Callable[[Iterable[Any], int, str], Iterator[Any]]  # the same items, with a progress bar
    overwrites: bool = False  # what others put where pages belong may be replaced


class Target(Protocol):
    """A place to deploy to."""

    def lock_file(self) -> Path | None:
        """What to lock beside the site, so that no other site's deploy comes in between."""

    def ask(self) -> None:
        """Begins to ask for what `compare` needs, where that is worth it; returns at once. `compare` does it too."""

    def compare(self, files: Sequence[File]) -> Plan:
        """What has to be done; changes nothing at the target."""

    def carry_out(self, plan: Plan, files: Sequence[File]) -> None:
        """Brings the target to the state of the files."""


def open_target(destination: Destination, room: Room) -> Target:
    """The target of a destination; its module, and the libraries that it needs, are imported only now."""
    kind = next(kind for kind, known in KINDS.items() if isinstance(destination, known))
    target: Target = import_module(f"generator.targets.{kind}").Target(destination, room)
    return target
