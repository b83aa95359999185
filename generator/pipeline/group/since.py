"""What became of articles since a build: each as it was published then, beside what it is now."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from generator.urls import page_of

KINDS: Final = ("new", "updated", "corrected", "withdrawn", "removed")


class Standing(NamedTuple):
    """An article as it is published."""

    file: str  # in the output
    text: str  # the digest of all that it is made from, "" of a withdrawn one
    corrections: int = 0
    withdrawn: bool = False


class Difference(NamedTuple):
    """What became of an article, and how that shows."""

    kind: str
    path: str
    url: str
    reason: str


def differences(
    before: Mapping[str, Standing], now: Mapping[str, Standing], withheld: Mapping[str, str], broken: Collection[str]
) -> tuple[Difference, ...]:
    """What became of articles, all by path; of what is broken nothing can be said, and its old page stays.

    An article whose file was renamed is known again by its address.
    """
    gone = {standing.file: path for path, standing in before.items() if path not in now and path not in broken}
    found = []
    for path, standing in now.items():
        old = path if path in before else gone.pop(standing.file, path)
        if change := _change(before.get(old), standing, old if old != path else ""):
            found.append(Difference(change[0], path, page_of(standing.file), change[1]))
    for file, path in gone.items():
        found.append(Difference("removed", path, page_of(file), withheld.get(path, "its file is gone")))
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), one.path)))


def _change(before: Standing | None, now: Standing, old_path: str) -> tuple[str, str] | None:
    """The kind of a change and its reason; None where there is none."""
    if before is None:
        return ("withdrawn" if now.withdrawn else "new"), "it wasn't there"
    if now.withdrawn and not before.withdrawn:
        return "withdrawn", "its front matter says so"
    if now.corrections > before.corrections:
        return "corrected", _more(now.corrections - before.corrections)
    reasons = tuple(_reasons(before, now, old_path))
    return ("updated", "; ".join(reasons)) if reasons else None


def _more(number: int) -> str:
    return "one more correction" if number == 1 else f"{number} more corrections"


def _reasons(before: Standing, now: Standing, old_path: str) -> Iterator[str]:
    if before.withdrawn and not now.withdrawn:
        yield "no longer withdrawn"
    elif before.text != now.text:
        yield "its file or what other articles say of its lines changed"
    if before.file != now.file:
        yield f"moved from {page_of(before.file)}"
    if old_path and before.text != now.text:
        yield f"its file was {old_path}"
