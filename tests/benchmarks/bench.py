"""Builds made-up sites and measures each kind of build, each in a fresh process.

    bench.py [1000,10000] [--runs 3] [--hugo CMD] [--write]

Phases: cold (no output, no memory), no change, one edit (of a body), one article (added), theme (one
template that all pages are made with). With Hugo the two take turns, so that both meet the same moments of
a busy machine, and the ratio is that of medians of the pairs. Memory is that of all processes added up
(PSS: what processes share is counted once), sampled every 20 ms. `--write` writes docs/benchmarks.md.
"""

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.corpus import TOPICS, articles  # noqa: E402 - the script is run by its path

PHASES = ("cold", "no change", "one edit", "one article", "theme")
KINDS = (
    "[pages]\narchive = false\nstories = false\neditions = false\nchanges = false\n"
    '[feeds]\nformats = ["rss"]\ntags = false\nsources = false\n'
)


class Run(NamedTuple):
    """What one build took."""

    wall_s: float
    cpu_s: float
    memory_mib: float  # of all its processes at its peak


class Contestant(NamedTuple):
    """A site and the command that builds it."""

    name: str
    root: Path
    command: list[str]
    leftovers: tuple[str, ...]  # what a cold build must not find
    template: Path  # all pages are made with it


class Row(NamedTuple):
    """A line of the table."""

    articles: int
    phase: str
    name: str
    run: Run
    to_hugo: float | None  # wall time, median of the pairs
    files: int


def make_sites(root: Path, count: int, hugo: str | None) -> list[Contestant]:
    """The made-up site for Broadsheet as it comes and with Hugo's kinds of page, and for Hugo."""
    tables = "".join(f'[[topics]]\nname = "{topic}"\n' for topic in TOPICS)
    start = f'base_url = "https://digest.example.org/"\ntitle = "Bench"\ntheme = "own"\n{tables}'
    sites = [("Broadsheet", start), ("Broadsheet, all pages and feeds", start)]
    contestants = []
    for name, configuration in sites:
        site = root / name.replace(",", "").replace(" ", "-")
        own = site / "themes" / "own" / "templates"
        own.mkdir(parents=True)
        shutil.copy(ROOT / "themes/default/templates/base.html", own)
        kinds = KINDS if name == "Broadsheet" else ""
        (site / "broadsheet.toml").write_text(configuration + kinds)
        command = [sys.executable, "-m", "generator", "-C", str(site), "build"]
        contestants.append(Contestant(name, site, command, ("output", ".cache"), own / "base.html"))
    if hugo:
        site = root / "Hugo"
        shutil.copytree(ROOT / "tests/benchmarks/hugo", site)
        command = [hugo, "-s", str(site), "-d", str(site / "output"), "--quiet"]
        contestants.append(Contestant("Hugo", site, command, ("output", "resources"), site / "layouts/baseof.html"))
    for draft in articles(count):
        for contestant in contestants:
            path = contestant.root / "content" / f"{draft.name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(draft.text)
    return contestants


def prepare(contestant: Contestant, phase: str, run: int) -> None:
    """What happens before a run and is not timed."""
    drafts = sorted((contestant.root / "content").glob("2*/**/*.md"))
    middle = drafts[len(drafts) // 2]
    if phase == "cold":
        for name in contestant.leftovers:
            shutil.rmtree(contestant.root / name, ignore_errors=True)
    elif phase == "one edit":
        middle.write_text(f"{middle.read_text()}\nOne more paragraph, number {run}.\n")
    elif phase == "one article":
        middle.with_name(f"added-{run}.md").write_text(middle.read_text().replace('title: "', f'title: "Added {run} '))
    elif phase == "theme":
        template = contestant.template.read_text()
        contestant.template.write_text(template.replace("</body>", f"<!-- {run} --></body>"))
    os.sync()


def build(contestant: Contestant) -> Run:
    """Runs one build in a process of its own."""
    start = time.perf_counter()
    process = subprocess.Popen(contestant.command, stdout=subprocess.DEVNULL, cwd=ROOT, start_new_session=True)
    peak = _Peak(process.pid)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{contestant.name}: the build failed with exit status {process.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, peak.stop())


class _Peak:
    """The most memory that a process and its children had."""

    def __init__(self, pid: int) -> None:
        self.pid, self.most, self.ended = pid, 0.0, threading.Event()
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()

    def _watch(self) -> None:
        while not self.ended.wait(0.02):
            self.most = max(self.most, sum(_pss_kib(pid) for pid in _family(self.pid)) / 1024)

    def stop(self) -> float:
        self.ended.set()
        self.thread.join()
        return self.most


def _family(pid: int) -> Iterator[int]:
    """A process and its descendants (Linux)."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _pss_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def measure(count: int, runs: int, hugo: str | None) -> Iterator[Row]:
    """All phases on a site of so many articles."""
    with tempfile.TemporaryDirectory() as folder:
        contestants = make_sites(Path(folder), count, hugo)
        for phase in PHASES:
            taken: dict[str, list[Run]] = {contestant.name: [] for contestant in contestants}
            for run in range(runs):
                for contestant in contestants:
                    prepare(contestant, phase, run)
                    taken[contestant.name].append(build(contestant))
            for contestant in contestants:
                yield _row(count, phase, contestant, taken)


def _row(count: int, phase: str, contestant: Contestant, taken: dict[str, list[Run]]) -> Row:
    mine, hugos = taken[contestant.name], taken.get("Hugo", [])
    ratios = [a.wall_s / b.wall_s for a, b in zip(mine, hugos, strict=False)]
    median = Run(*(statistics.median(column) for column in zip(*mine, strict=True)))
    files = sum(path.is_file() for path in (contestant.root / "output").rglob("*"))
    return Row(count, phase, contestant.name, median, statistics.median(ratios) if ratios else None, files)


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| articles | phase | | wall s | / Hugo | CPU s | MiB | files |",
        "|---:|---|---|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        ratio = "" if row.to_hugo is None or row.name == "Hugo" else f"{row.to_hugo:.2f}"
        figures = f"{row.run.wall_s:.2f} | {ratio} | {row.run.cpu_s:.2f} | {row.run.memory_mib:.0f} | {row.files:,}"
        lines.append(f"| {row.articles:,} | {row.phase} | {row.name} | {figures} |")
    return "\n".join(lines)


def machine(hugo: str | None) -> str:
    """What the figures were taken on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    said = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout if hugo else ""
    version = re.search(r"\d+\.\d+\.\d+", said)
    parts = [
        f"{os.cpu_count()} cores",
        f"{memory:.0f} GiB of memory",
        platform.system(),
        f"Python {platform.python_version()}",
    ]
    return ", ".join([*parts, *([f"Hugo {version[0]}"] if version else [])])


def main(say: Callable[[str], None] = print) -> None:
    """Prints a table; writes it into the documentation when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="?", default="1000", help="numbers of articles, with commas between")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--hugo", default=shutil.which("hugo"), help="default: the one on the PATH, if there is one")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    rows: list[Row] = []
    for count in map(int, options.counts.split(",")):
        rows += measure(count, options.runs, options.hugo)
    say(table(rows))
    if options.write:
        page = ROOT / "docs/benchmarks.md"
        before, _, rest = page.read_text().partition("<!-- figures -->\n")
        _, _, after = rest.partition("<!-- end of figures -->\n")
        figures = f"<!-- figures -->\n\nOn {machine(options.hugo)}; medians of {options.runs}.\n\n{table(rows)}\n\n"
        page.write_text(f"{before}{figures}<!-- end of figures -->\n{after}")


if __name__ == "__main__":
    main()
