"""Runs the programs of others: missing ones and failures become problems, secrets stay out of them."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from generator.problems import DeployError, Problem

_SECRET_NAME: Final = re.compile(r"TOKEN|SECRET|PASSW|KEY|CREDENTIAL|AUTH", re.IGNORECASE)
_SHORTEST_SECRET: Final = 6
_USER_OF_URL: Final = re.compile(r"(?<=://)[^/@\s'\"]+(?=@)")
_LINES_SHOWN: Final = 12


class Ended(NamedTuple):
    """What a program gave."""

    status: int
    output: bytes
    errors: str

    def complaint(self) -> str:
        """The last lines that it printed, without secrets."""
        text = self.errors.strip() or self.output.decode(errors="replace").strip()
        return redact("\n".join(text.split("\n")[-_LINES_SHOWN:])) or f"it ended with status {self.status}"


class Program(NamedTuple):
    """A program that is installed, and the environment that it runs in."""

    path: str
    name: str
    environment: Mapping[str, str]

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

    def failure(self, ended: Ended, hint: str = "") -> DeployError:
        """What to say of a program that failed."""
        message = f"{self.name} failed: {ended.complaint()}"
        return DeployError(Problem("", 0, 0, message, "target-failed", hint or "mend that and run it again"))


def find(name: str, hint: str, changes: Mapping[str, str] | None = None, without: Sequence[str] = ()) -> Program:
    """A program on the PATH; raises DeployError where it isn't there, with a hint how to get it."""
    path = shutil.which(name)
    if path is None:
        raise DeployError(Problem("", 0, 0, f"{name} is not installed", "no-program", hint))
    environment = {key: value for key, value in os.environ.items() if key not in without}
    return Program(path, name, {**environment, "LC_ALL": "C", **(changes or {})})


def redact(text: str) -> str:
    """A text without the secrets of the environment and without the users of urls."""
    secrets = {value for name, value in os.environ.items() if _SECRET_NAME.search(name)}
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, "***")
    return _USER_OF_URL.sub("***", text)
