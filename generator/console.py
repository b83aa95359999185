"""The only module that prints: reports, problems, progress.

Reports go to stdout, everything else to stderr. Colour and progress only on a terminal; NO_COLOR and
--quiet are honoured.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TextIO, TypeVar

from generator.model import Report
from generator.problems import Problem, errors_first, in_short

Item = TypeVar("Item")

_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PROGRESS_AFTER_S: Final = 0.5
_COLOURS: Final = {"error": "31;1", "warning": "33;1", "hint": "36", "+": "32", "-": "31", "@": "36"}


class Console:
    """Where a command speaks to the person who started it."""

    def __init__(self, *, quiet: bool = False, as_json: bool = False, shows_all: bool = False) -> None:
        """`shows_all`: every problem, however many there are."""
        self.quiet, self.as_json, self.shows_all = quiet, as_json, shows_all

    def report(self, report: Report, *, strict: bool = False) -> int:
        """Prints a report; returns the exit status: 1 with errors, or with warnings under strict."""
        self.problems(report.problems)
        if self.as_json:
            document = {**report.document, "problems": [problem._asdict() for problem in report.problems]}
            print(json.dumps(document, ensure_ascii=False, indent=1), flush=True)
        elif not self.quiet:
            coloured = _wants_colour(sys.stdout)
            for line in map(_plain, report.lines):
                print(_diff_colour(line) if coloured else line)
            sys.stdout.flush()
        return 1 if any(problem.is_error or strict for problem in report.problems) else 0

    def problems(self, problems: Sequence[Problem]) -> None:
        """Prints problems on stderr: few in the order of their places, many so that what matters is seen."""
        coloured = _wants_colour(sys.stderr)
        for part in in_short(problems) if not self.shows_all else errors_first(problems):
            if isinstance(part, Problem):
                told = _plain(str(part))
                print(_problem_colour(told, part.severity) if coloured else told, file=sys.stderr)
            else:
                print(_paint(part, "warning") if coloured else part, file=sys.stderr)
        sys.stderr.flush()

    def note(self, text: str) -> None:
        """Says something on stderr that is neither the result nor a problem."""
        if not self.quiet:
            print(_plain(text), file=sys.stderr, flush=True)

    def progress(self, items: Iterable[Item], total: int, doing: str) -> Iterator[Item]:
        """The same items, with a progress bar when they take longer than half a second on a terminal."""
        if self.quiet or self.as_json or total < 2 or not sys.stderr.isatty():  # noqa: PLR2004 - one is no progress
            return iter(items)
        from tqdm import tqdm  # noqa: PLC0415 - 20 ms, on a terminal only

        return iter(tqdm(items, total=total, desc=doing, leave=False, delay=_PROGRESS_AFTER_S, file=sys.stderr))


def counted(number: int, thing: str) -> str:
    """A number of things: `1 article`, `10,000 articles`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _plain(text: str) -> str:
    """A text whose control characters are seen: those in the name of a file could move the cursor, and hide a line."""
    return text if text.isprintable() else _CONTROLS.sub(lambda control: f"\\x{ord(control[0]):02x}", text)


def _wants_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _paint(text: str, name: str) -> str:
    return f"\033[{_COLOURS[name]}m{text}\033[0m"


def _problem_colour(text: str, severity: str) -> str:
    text = text.replace(f"{severity}:", _paint(f"{severity}:", severity), 1)
    return text.replace("\n  hint:", "\n  " + _paint("hint:", "hint"), 1)


def _diff_colour(line: str) -> str:
    return _paint(line, line[0]) if line[:1] in {"+", "-", "@"} else line
