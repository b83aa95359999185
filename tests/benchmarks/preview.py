"""Measures the preview: from a save to the moment at which the browser shows it, idle processor time, memory.

    preview.py [10000] [--saves 30] [--tabs 10] [--long 500] [--hugo CMD] [--write]

A headless Chromium looks at one article while paragraphs are added to it, on the demo and on a made-up site,
and with Hugo on the same articles (as `hugo server --renderToMemory`, its fastest way). Gaps between saves
are random, from 50 ms to 4 s, but for Hugo, which is given the time to finish. Then nothing happens for a
while, then 500 saves are made while ten tabs are open. `--write` writes docs/preview.md.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.bench import machine, make_sites  # noqa: E402 - the script is run by its path
from tests.preview import Preview, Tab, browsing  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IDLE_S = 30
TICKS = os.sysconf("SC_CLK_TCK")


class Site(NamedTuple):
    """A site and the article that is edited."""

    name: str
    root: Path
    article: Path
    url: str  # of the article, relative to the site's


def pick(name: str, root: Path) -> Site:
    """A site with the article in its middle."""
    drafts = sorted((root / "content").glob("2*/**/*.md"))
    article = drafts[len(drafts) // 2]
    date = next(line for line in article.read_text().split("\n") if line.startswith("date:"))
    year, month, day = date.removeprefix("date:").strip(" \"'")[:10].split("-")
    return Site(name, root, article, f"{year}/{month}/{day}/{article.stem}/")


def saves(tab: Tab, article: Path, count: int, pause: Callable[[], float] | None) -> list[float]:
    """How long each save took to be seen, in seconds; without a pause the next one follows what was seen."""
    text, taken, made = article.read_text(), [], []
    for number in range(count):
        mark = f"save number {number} of {random.getrandbits(40):x}"
        made.append((time.time(), mark))
        article.write_text(f"{text}\n\nThis is {mark}.\n")
        if pause is None:
            taken.append(tab.await_text(mark) - made[-1][0])
            tab.page.wait_for_timeout(800)
        else:
            tab.page.wait_for_timeout(pause() * 1000)
    if pause is not None:
        tab.await_text(made[-1][1])
        order = [mark for _, mark in made]
        for number, (moment, _) in enumerate(made):  # seen is a save with it, or with a later one
            later = [when for when, shown in tab.shown if any(mark in shown for mark in order[number:])]
            taken.append(min(later) - moment)
    article.write_text(text)
    return taken


@contextmanager
def previewed(site: Site) -> Iterator[Preview]:
    """A preview of the site whose first build is done."""
    preview = Preview(site.root)
    try:
        preview.builds.get(timeout=600)
        yield preview
    finally:
        preview.end()


def seconds_of(pid: int) -> float:
    """The processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mib(pid: int) -> float:
    """What a process has in memory."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().split("\n") if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def follow(browser: "Browser", site: Site, count: int) -> Iterator[str]:
    """Rows on edits and on rest."""
    draw = random.Random(1)
    with previewed(site) as preview:
        tab = Tab(browser, preview.url + site.url)
        tab.await_connection()
        tab.page.wait_for_timeout(3000)
        taken = saves(tab, site.article, count, None)
        yield row(site.name, f"save to seen, {count} saves", statistics.median(taken), max(taken))
        taken = saves(tab, site.article, count, lambda: draw.uniform(0.05, 4))
        yield row(site.name, f"{count} saves 50 ms to 4 s apart, all seen", statistics.median(taken), max(taken))
        tab.page.wait_for_timeout(3000)
        before = seconds_of(preview.process.pid)
        tab.page.wait_for_timeout(IDLE_S * 1000)
        idle = (seconds_of(preview.process.pid) - before) / IDLE_S
        yield f"| {site.name} | idle | {idle:.2%} of a core | |"
        tab.page.close()


def endure(browser: "Browser", site: Site, tabs: int, count: int) -> Iterator[str]:
    """Rows on many saves with many tabs."""
    text = site.article.read_text()
    with previewed(site) as preview:
        opened = [Tab(browser, preview.url + site.url) for _ in range(tabs)]
        at, mark = {}, ""
        for number in range(1, count + 1):
            mark = f"save number {number} with {tabs} tabs"
            site.article.write_text(f"{text}\n\nThis is {mark}.\n")
            opened[number % tabs].await_text(mark)
            for tab in opened:
                del tab.shown[:-1]
            if number % (count // 5) == 0:
                at[number] = memory_mib(preview.process.pid)
        for tab in opened:
            tab.await_text(mark)
            tab.page.close()
        site.article.write_text(text)
    shown = ", ".join(f"{mib:.0f}" for mib in at.values())
    yield f"| {site.name} | {count} saves, {tabs} tabs, all current | {shown} MiB | after {count // 5} saves each |"


def beside_hugo(browser: "Browser", root: Path, hugo: str, count: int) -> Iterator[str]:
    """The row of Hugo's server on the same articles."""
    site = pick("Hugo", root)
    name = site.article.relative_to(root / "content").with_suffix("").as_posix()
    url = f"http://127.0.0.1:13131/{name.lower()}/"
    command = [hugo, "server", "-s", str(root), "--bind", "127.0.0.1", "-p", "13131", "--renderToMemory", "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        up = False
        while not up:
            with suppress(OSError):
                urllib.request.urlopen(url).close()
                up = True
            time.sleep(0.2)
        tab = Tab(browser, url)
        tab.page.wait_for_timeout(3000)
        taken = saves(tab, site.article, count, None)
        yield row("Hugo", f"save to seen, {count} saves", statistics.median(taken), max(taken))
        tab.page.close()
    finally:
        process.terminate()
        process.wait()


def row(*parts: str | float) -> str:
    """A row of the table."""
    return "| " + " | ".join(part if isinstance(part, str) else f"{part:.2f} s" for part in parts) + " |"


def told() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=10_000, help="number of articles")
    parser.add_argument("--saves", type=int, default=30)
    parser.add_argument("--tabs", type=int, default=10)
    parser.add_argument("--long", type=int, default=500, help="saves with many tabs")
    parser.add_argument("--hugo", default=shutil.which("hugo"), help="default: the one on the PATH, if there is one")
    parser.add_argument("--write", action="store_true", help="put the table into docs/preview.md")
    return parser.parse_args()


def main(say: Callable[[str], None] = print) -> None:
    """Prints a table; writes it into the documentation when asked to."""
    options = told()
    rows: list[str] = []

    def add(more: Iterable[str]) -> None:
        for one in more:
            say(one)
            rows.append(one)

    add(["| site | what | median | longest |", "|---|---|---:|---:|"])
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        contestants = make_sites(Path(folder), options.count, options.hugo)
        demo = Path(folder) / "demo"
        demo.mkdir()
        shutil.copytree(ROOT / "content", demo / "content")
        shutil.copy(ROOT / "broadsheet.toml", demo)
        small, large = pick("demo", demo), pick(f"{options.count:,} articles", contestants[1].root)
        for site in (small, large):
            add(follow(browser, site, options.saves))
        if options.hugo:
            add(beside_hugo(browser, contestants[-1].root, options.hugo, max(3, options.saves // 3)))
        for site in (small, large):
            add(endure(browser, site, options.tabs, options.long))
    if options.write:
        page = ROOT / "docs/preview.md"
        before, _, rest = page.read_text().partition("<!-- figures -->\n")
        _, _, after = rest.partition("<!-- end of figures -->\n")
        figures = f"<!-- figures -->\n\nOn {machine(options.hugo)}.\n\n" + "\n".join(rows) + "\n\n"
        page.write_text(f"{before}{figures}<!-- end of figures -->\n{after}")


if __name__ == "__main__":
    main()
