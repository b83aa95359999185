"""`make audit`: whether a known vulnerability is in what Broadsheet brings along, as far as anybody can be asked.

pip-audit looks up what is installed in the database of PyPI's advisories. Without a network, or behind an index that
has no advisories, nothing is known: one line says so, and that is no failure.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

_EXTRAS: Final = frozenset({"s3", "cloudfront"})
_REQUIREMENT: Final = re.compile(r"\s*([A-Za-z0-9][\w.-]*)")
_EXTRA: Final = re.compile(r"""\bextra\s*==\s*["']([\w-]+)["']""")
_SECONDS: Final = 60
_WAITS_S: Final = 5  # for one answer


def brought_along(name: str = "broadsheet", extras: Iterable[str] = _EXTRAS) -> dict[str, str]:
    """What a package needs and is installed, with what that needs in turn: names and versions."""
    found: dict[str, str] = {}
    waiting = [(name, frozenset(extras))]
    while waiting:
        one, wanted = waiting.pop()
        for requirement in distribution(one).requires or ():
            extra, needed = _EXTRA.search(requirement), _REQUIREMENT.match(requirement)
            if not needed or (extra and extra[1] not in wanted):
                continue
            other = re.sub(r"[-_.]+", "-", needed[1]).lower()
            try:
                version = distribution(other).version
            except PackageNotFoundError:  # for another system or an older Python
                continue
            if other not in found:
                found[other] = version
                waiting.append((other, frozenset()))
    return found


def judged(report: Any) -> tuple[int, str]:
    """The exit status and what to say of a report of pip-audit."""
    packages = report["dependencies"]
    bad = [f"{one['name']} {one['version']}: {bug['id']}" for one in packages for bug in one.get("vulns", ())]
    if bad:
        return 1, "\n".join(["audit: known vulnerabilities in what Broadsheet brings along", *bad])
    looked_up = [one for one in packages if "skip_reason" not in one]
    if not looked_up:
        return 0, "audit: not done, the index of packages tells of no advisories"
    skipped = len(packages) - len(looked_up)
    more = f", {skipped} couldn't be looked up" if skipped else ""
    return 0, f"audit: no known vulnerability in {len(looked_up)} packages{more}"


def main() -> int:
    """Asks, says in a line what came of it, and fails where a vulnerability is known."""
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "requirements.txt"
        pinned.write_text("".join(f"{name}=={version}\n" for name, version in sorted(brought_along().items())))
        options = ("--no-deps", "--disable-pip", "--progress-spinner", "off", "--timeout", str(_WAITS_S))
        command = [sys.executable, "-m", "pip_audit", "-r", str(pinned), "--format", "json", *options]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            print(f"audit: not done, there was no answer in {_SECONDS} seconds")  # noqa: T201
            return 0
    try:
        status, told = judged(json.loads(done.stdout))
    except ValueError:  # it has no report where it isn't installed, or nobody answers
        reason = (done.stderr.strip().splitlines() or ["pip-audit says nothing"])[-1]
        status, told = 0, f"audit: not done, {reason[:200]}"
    print(told)  # noqa: T201
    return status


if __name__ == "__main__":
    sys.exit(main())
