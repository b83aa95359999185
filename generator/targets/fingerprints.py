"""The fingerprints of files, remembered: one that is as it was is neither read nor compressed again."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from generator.targets.files import File

_MEMORY: Final = "fingerprints.json"


def fingerprints(
    files: Sequence[File], take: Callable[[File], str], rules: str, memory: Path, cache: Path
) -> dict[str, str]:
    """The fingerprint of each file by its path; `rules` is what they depend on beside the files."""
    known = _known(memory / _MEMORY, rules)
    fresh: dict[str, list[Any]] = {file.path: [_stands(known, file) or take(file), *file.mark] for file in files}
    if fresh != known:
        (cache / _MEMORY).write_text(json.dumps({"rules": rules, "files": fresh}), encoding="utf-8")
    return {path: row[0] for path, row in fresh.items()}


def _known(file: Path, rules: str) -> dict[str, list[Any]]:
    """What is remembered under these rules; nothing where it can't be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        remembered = json.loads(file.read_text(encoding="utf-8"))
        if remembered["rules"] == rules:
            return dict(remembered["files"])
    return {}


def _stands(known: dict[str, list[Any]], file: File) -> str:
    """The fingerprint of a file that is as it was; "" for any other."""
    row = known.get(file.path)
    return str(row[0]) if row and row[1:] == list(file.mark) else ""
