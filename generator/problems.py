"""What is wrong, where, and what to do about it.

    BroadsheetError        anything that the user can put right; carries one Problem or more
    ├── ContentError       one article or template is at fault; the others go on       exit status 1
    ├── DeployError        the site couldn't be brought to its target                  exit status 1
    └── ConfigError        broadsheet.toml, the theme or the command line is at fault  exit status 2
        └── DamagedError   a file of the cache is of no use; without it all goes well

Every other exception is a defect of ours and keeps its traceback.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

ERROR: Final = "error"
WARNING: Final = "warning"

_MOST_SHOWN: Final = 50  # errors
_FEW_WARNINGS: Final = 10  # up to so many are shown, whatever their kinds
_SHOWN_OF_A_KIND: Final = 3  # which tell what it is about


class Problem(NamedTuple):
    """One thing to put right; problems sort by place."""

    path: str  # relative to the site, with "/"; "" where no file is at fault
    line: int  # from 1; 0 = the file as a whole
    column: int  # from 1, in characters; 0 = the line as a whole
    message: str  # what is wrong, without a full stop
    code: str  # short and stable, for programs: "bad-date"
    hint: str = ""  # what to do about it
    severity: str = ERROR

    @property
    def is_error(self) -> bool:
        """Whether it keeps something from being built; a warning doesn't."""
        return self.severity == ERROR

    def __str__(self) -> str:
        """`path:line:column: error: message [code]`, and the hint on a line of its own."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        prefix = f"{place}: " if place else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{prefix}{self.severity}: {self.message} [{self.code}]{hint}"


class BroadsheetError(Exception):
    """Something that the user can put right."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        """All problems, one under the other."""
        return "\n".join(map(str, self.problems))


class ContentError(BroadsheetError):
    """An article or a template is at fault; the rest of the site is built."""


class DeployError(BroadsheetError):
    """The site couldn't be brought to its target, or it wouldn't be safe."""


class ConfigError(BroadsheetError):
    """The configuration, the theme or the command line is at fault; nothing is built."""


class DamagedError(ConfigError):
    """A file of the cache is damaged. Whoever meets it removes the file and begins again."""

    def __init__(self, file: "Path") -> None:
        message = f"{file.parent.name}/{file.name} is damaged"
        super().__init__(Problem("", 0, 0, message, "damaged-cache", f"remove {file.parent}"))
        self.file = file

    def __reduce__(self) -> "tuple[type[DamagedError], tuple[Path]]":
        return DamagedError, (self.file,)  # between processes


def errors_first(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of their places, with the errors before all warnings."""
    return sorted(problems, key=lambda problem: (not problem.is_error, problem))


def in_short(problems: Sequence[Problem]) -> Iterator[Problem | str]:
    """What somebody reads of problems, with lines on what is left out: all of a few, in the order of their places.

    Of many come the errors, up to 50; then the warnings, and of a kind that there are more of than three of, three.
    """
    errors = [problem for problem in errors_first(problems) if problem.is_error]
    kinds: dict[str, list[Problem]] = {}
    for problem in sorted(problems):
        if not problem.is_error:
            kinds.setdefault(problem.code, []).append(problem)
    warnings = len(problems) - len(errors)
    large = {code: kind for code, kind in kinds.items() if warnings > _FEW_WARNINGS and len(kind) > _SHOWN_OF_A_KIND}
    if not large and len(problems) <= _MOST_SHOWN:
        yield from sorted(problems)
        return
    yield from errors[:_MOST_SHOWN]
    if len(errors) > _MOST_SHOWN:
        yield f"... and {len(errors) - _MOST_SHOWN:,} more errors; --all-problems shows them"
    yield from sorted(problem for code, kind in kinds.items() if code not in large for problem in kind)
    for code, kind in sorted(large.items(), key=lambda item: (len(item[1]), item[0])):
        yield f"{len(kind):,} warnings [{code}], {_SHOWN_OF_A_KIND} of them:"
        yield from kind[:_SHOWN_OF_A_KIND]
    if large:
        left_out = sum(len(kind) - _SHOWN_OF_A_KIND for kind in large.values())
        yield f"... and {left_out:,} more warnings; --all-problems shows them"


def did_you_mean(name: str, known: "list[str] | tuple[str, ...]") -> str:
    """A hint that names the nearest known name, or "" where none is near."""
    near = nearest(name, known)
    return f'did you mean "{near}"?' if near else ""


def nearest(name: str, known: "list[str] | tuple[str, ...]") -> str:
    """The known name that is most like another one, or ""."""
    import difflib  # noqa: PLC0415 - 5 ms, and only for people who mistyped

    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.7)), "")
