"""What the target has, beside what it should have -> Plan. All targets share this one function."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from generator.destinations import A_THIRD, FEW
from generator.problems import DeployError, Problem
from generator.targets.files import File


class Plan(NamedTuple):
    """What a deploy does."""

    new: tuple[str, ...]  # paths, sorted, as all three
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    bytes: int  # of the new and changed files
    notes: tuple[str, ...] = ()  # what else there is to say of the target

    @property
    def sent(self) -> frozenset[str]:
        """The paths whose files travel."""
        return frozenset((*self.new, *self.changed))

    @property
    def is_empty(self) -> bool:
        """Whether the target is as it should be."""
        return not (self.new or self.changed or self.removed)


def make_plan(
    files: Sequence[File], wanted: Mapping[str, str], has: Mapping[str, str], protect: Iterable[str] = ()
) -> Plan:
    """Compares fingerprints by path: those of the files with those that the target says it has.

    What fits one of the patterns in `protect` is not ours and never removed.
    """
    patterns = tuple(protect)
    new = tuple(sorted(wanted.keys() - has.keys()))
    changed = tuple(sorted(path for path, mark in wanted.items() if path in has and has[path] != mark))
    gone = sorted(has.keys() - wanted.keys())
    sent = {*new, *changed}
    return Plan(
        new=new,
        changed=changed,
        removed=tuple(path for path in gone if not fits(path, patterns)),
        unchanged=len(wanted) - len(sent),
        bytes=sum(file.size for file in files if file.path in sent),
    )


def fits(path: str, patterns: Iterable[str]) -> bool:
    """Whether a path fits a pattern; `*` stands for anything, slashes too."""
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def check_deletes(plan: Plan, limit: int | str) -> None:
    """Raises DeployError where a plan removes more files than it may; nothing is done then.

    A_SHARE for a limit: a third of what the target holds may go, or ten files; where nothing of it is ours, none.
    """
    of_ours = plan.unchanged + len(plan.changed)
    held = of_ours + len(plan.removed)
    most = limit if isinstance(limit, int) else max(FEW, held // A_THIRD) if of_ours else 0
    if len(plan.removed) > most:
        message = f"{len(plan.removed):,} of {held:,} files would be removed, {most:,} may be; nothing was deployed"
        hint = f"--dry-run lists them; --max-deletes {len(plan.removed)} allows them"
        raise DeployError(Problem("", 0, 0, message, "too-many-deletes", hint))
