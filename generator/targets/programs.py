"""Runs the programs of others: missing ones and failures become problems, secrets stay out of them."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from generator.problems import DeployError, Problem
from generator.targets.secrets import fit_to_show

_COUNT: Final = re.compile(r"^(?:Writing|Receiving) objects: +\d+% \((\d+)/(\d+)\)")
_OTHER_COUNT: Final = re.compile(r"^(?:remote: )?[A-Z][a-z]+ [a-z]+: +\d+")


class Ended(NamedTuple):
    """What a program gave."""

    status: int
    output: bytes
    errors: str

    def complaint(self, secrets: Collection[str] = ()) -> str:
        """The last lines that it printed, without secrets."""
        text = self.errors.strip() or self.output.decode(errors="replace").strip()
        return fit_to_show(text, secrets) or f"it ended with status {self.status}"


class Program(NamedTuple):
    """A program that is installed, and the environment that it runs in."""

    path: str
    name: str
    environment: Mapping[str, str]
    secrets: frozenset[str] = frozenset()  # beside those of the environment

    def run(self, *arguments: str, given: bytes = b"", folder: str | None = None) -> Ended:
        """Runs it to its end, whatever that is; it can't ask anybody anything."""
        done = subprocess.run(  # noqa: S603 - a list of arguments, no shell
            [self.path, *arguments], input=given, capture_output=True, env=self.environment, cwd=folder, check=False
        )
        return Ended(done.returncode, done.stdout, done.stderr.decode(errors="replace"))

    def must(self, *arguments: str, given: bytes = b"", folder: str | None = None) -> bytes:
        """Runs it; what it printed. Raises DeployError where it fails."""
        ended = self.run(*arguments, given=given, folder=folder)
        if ended.status:
            raise self.failure(ended)
        return ended.output

    def lines(self, *arguments: str) -> Iterator[bytes]:
        """Runs it; its lines as they come. Raises DeployError at the end where it failed."""
        with tempfile.TemporaryFile() as errors:
            started = subprocess.Popen(  # noqa: S603
                [self.path, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=self.environment,
            )
            with started:
                for line in started.stdout or ():
                    yield line.rstrip(b"\n")
            errors.seek(0)
            ended = Ended(started.returncode, b"", errors.read().decode(errors="replace"))
        if ended.status:
            raise self.failure(ended)

    def watched(self, *arguments: str) -> "Watched":
        """Runs it; what it says of its work can be followed."""
        return Watched(self, arguments)

    def fed(self, *arguments: str, given: Iterable[bytes]) -> None:
        """Runs it on what is given piece by piece. Raises DeployError where it fails."""
        with tempfile.TemporaryFile() as errors:
            started = subprocess.Popen(  # noqa: S603
                [self.path, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env=self.environment,
            )
            with suppress(BrokenPipeError), started:  # it ended early: its status says why
                assert started.stdin
                started.stdin.writelines(given)
            errors.seek(0)
            ended = Ended(started.returncode, b"", errors.read().decode(errors="replace"))
        if ended.status:
            raise self.failure(ended)

    def failure(self, ended: Ended, hint: str = "") -> DeployError:
        """What to say of a program that failed."""
        message = f"{self.name} failed: {ended.complaint(self.secrets)}"
        return DeployError(Problem("", 0, 0, message, "target-failed", hint or "mend that and run it again"))


class Watched:
    """A program at work: how far it is, and in the end how it ended."""

    def __init__(self, program: Program, arguments: Sequence[str]) -> None:
        self.program, self.arguments = program, arguments
        self.ended = Ended(0, b"", "")

    def counts(self) -> Iterator[tuple[int, int]]:
        """How many things of how many are done, each time that it says so: `Writing objects: 50% (1/2)`."""
        lines = []
        with tempfile.TemporaryFile() as output:
            started = subprocess.Popen(  # noqa: S603
                [self.program.path, *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.PIPE,
                env=self.program.environment,
                text=True,
                errors="replace",  # and newlines of all kinds are one: a count is followed by a carriage return
            )
            with started:
                for line in started.stderr or ():
                    count = _COUNT.search(line)
                    if count:
                        yield int(count[1]), int(count[2])
                    elif not _OTHER_COUNT.search(line):
                        lines.append(line)
            output.seek(0)
            self.ended = Ended(started.returncode, output.read(), "".join(lines))


def find(name: str, hint: str, changes: Mapping[str, str] | None = None, without: Sequence[str] = ()) -> Program:
    """A program on the PATH; raises DeployError where it isn't there, with a hint how to get it."""
    path = shutil.which(name)
    if path is None:
        raise DeployError(Problem("", 0, 0, f"{name} is not installed", "no-program", hint))
    environment = {key: value for key, value in os.environ.items() if key not in without}
    return Program(path, name, {**environment, "LC_ALL": "C", **(changes or {})})
