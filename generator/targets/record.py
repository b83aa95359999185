"""What deploys put into a branch: a file in the branch itself, so that it goes wherever the branch goes.

A line a file: the name of its content in git, a blank, its path. A file of the branch is Broadsheet's where both are
as a line says, whoever made the last commit. Lines that say anything else say nothing.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Final
from urllib.parse import quote, unquote_to_bytes

Pair = tuple[str, str]  # path and object

RECORD: Final = ".broadsheet-deployed"
DEPLOYED: Final = "Broadsheet-Deploy"  # the first word of a line in each commit of the first versions
_KEEPS: Final = "Broadsheet-Keeps"
_MESSAGE: Final = re.compile(
    rf"Deploy [0-9,]{{1,12}} files(?:, remove [0-9,]{{1,12}})?\n\n{DEPLOYED}: ([0-9]{{1,9}})\n(?:{_KEEPS}: .*\n)*\n*"
)
_ALWAYS_THERE: Final = ".nojekyll"
TOLD: Final = "%an <%ae> %at%x00%cn <%ce> %ct%x00%B"  # the format of `git log` that `of_commit` reads
_HEAD: Final = "# What Broadsheet put into this branch. A deploy removes and replaces these files alone."
_LINE: Final = re.compile(rb"^([0-9a-f]{40}|[0-9a-f]{64}) ([!-~]+)$", re.MULTILINE)


def written(pairs: Iterable[Pair]) -> bytes:
    """The record of these files."""
    lines = [f"{mark} {quote(os.fsencode(path))}" for path, mark in sorted(pairs)]
    return "\n".join([_HEAD, *lines, ""]).encode()


def read(content: bytes) -> frozenset[Pair]:
    """The files of a record; of one that was damaged or merged, those that are left."""
    found = _LINE.finditer(content.replace(b"\r", b""))
    return frozenset((os.fsdecode(unquote_to_bytes(line[2])), line[1].decode()) for line in found)


def of_commit(message: str, files: Mapping[str, str]) -> frozenset[Pair]:
    """The files of a deploy whose commit lists in its message those that are not.

    Nothing, where the commit isn't as that deploy made it: `message` begins with its author and its committer.
    """
    author, _, rest = message.partition("\0")
    committer, _, text = rest.partition("\0")
    told = _MESSAGE.fullmatch(text)
    if author != committer or not told or _ALWAYS_THERE not in files:
        return frozenset()
    kept = set(_kept(text))
    ours = frozenset((path, mark) for path, mark in files.items() if escaped(path) not in kept)
    return ours if len(ours) == int(told[1]) else frozenset()


def _kept(message: str) -> Iterator[str]:
    for line in re.findall(rf"^{_KEEPS}: (.*)$", message, re.MULTILINE):
        with suppress(ValueError, RecursionError):
            yield str(json.loads(line))


def escaped(path: str) -> str:
    """A path as text that goes into a commit's message and comes out as it was."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
