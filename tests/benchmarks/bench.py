"""Builds a made-up site in a temporary folder and prints seconds and peak memory: bench.py [ARTICLES]."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.corpus import TOPICS, articles  # noqa: E402 - the script is run by its path

PHASES = ("cold", "no change", "one edit")


class Run(NamedTuple):
    """What one build took."""

    wall_s: float
    cpu_s: float
    peak_mib: float  # of its largest process
    summary: str


def make_site(root: Path, count: int) -> Path:
    """Writes the site; returns one article in the middle of it."""
    tables = "".join(f'[[topics]]\nname = "{topic}"\n' for topic in TOPICS)
    (root / "broadsheet.toml").write_text(f'base_url = "https://digest.example.org/"\ntitle = "Bench"\n{tables}')
    paths = []
    for draft in articles(count):
        path = root / "content" / f"{draft.name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(draft.text)
        paths.append(path)
    return paths[len(paths) // 2]


def build(root: Path) -> Run:
    """Runs one build in a process of its own."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "generator", "-C", str(root), "build"]
    with (root / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        sys.exit(f"the build failed with exit status {process.returncode}")
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024
    peak = max(usage.ru_maxrss, workers) * unit / 2**20
    return Run(wall, usage.ru_utime + usage.ru_stime, peak, (root / "log").read_text().strip())


def main() -> None:
    """Prints a line a phase."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        article = make_site(Path(folder), count)
        for phase in PHASES:
            if phase == "one edit":
                article.write_text(article.read_text() + "\nOne more paragraph.\n")
            run = build(Path(folder))
            print(
                f"{phase:>10}  {run.wall_s:7.2f} s  {run.cpu_s:7.2f} s CPU  {run.peak_mib:5.0f} MiB peak  {run.summary}"
            )


if __name__ == "__main__":
    main()
