"""What every command works with that reads a site: the configuration, the options, the memory, one at a time."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import generator
from generator.console import Console
from generator.digest import short_hash
from generator.engine.aside import aside, can_fork
from generator.engine.memory import Memory, locked, stamp_of
from generator.engine.stopwatch import Stopwatch
from generator.engine.store import remove
from generator.engine.workers import default_jobs
from generator.model import Site
from generator.problems import ConfigError, DamagedError, Problem, did_you_mean

Result = TypeVar("Result")

LIBRARIES: Final = ("markdown", "nh3", "jinja2", "markupsafe", "python-frontmatter", "pyyaml", "ftfy")
CACHE: Final = ".cache"
MARK: Final = "mark "  # before the path of an article, in the name of the body that it is compared by
_MOST_JOBS: Final = 256
_PATIENCE_S: Final = 60.0  # for another build of the same site
_STANDING: Final[list[Memory]] = []  # the last one, closed: a process that ends need not take 100,000 objects apart


class Showing(argparse.Namespace):
    """What is built: the moment, and what would be withheld then."""

    now: datetime | None
    drafts: bool
    future: bool
    expired: bool
    jobs: int


class Desk(NamedTuple):
    """What a command works with."""

    site: Site
    options: Showing
    console: Console
    memory: Memory
    watch: Stopwatch
    stays: bool = False  # this process builds again and again: what it has imported is there the next time

    @property
    def forks(self) -> bool:
        """Whether a part of the work is better done in a copy of this process, which keeps nothing of it."""
        return not self.stays and self.options.jobs != 1 and default_jobs() > 1 and can_fork()

    def aside(self, work: Callable[[], Result], patience_s: float) -> AbstractContextManager[Callable[[], Result]]:
        """Within it work is done beside this process, if that is of use; what it gives waits for the result."""
        return aside(work, patience_s) if self.forks else nullcontext(work)


def add_showing(parser: argparse.ArgumentParser) -> None:
    """The options of every command that gathers."""
    parser.add_argument("-D", "--drafts", action="store_true", help="include drafts")
    parser.add_argument("-F", "--future", action="store_true", help="include articles dated in the future")
    parser.add_argument("-E", "--expired", action="store_true", help="include expired articles")
    parser.add_argument("-j", "--jobs", metavar="N", type=_jobs, default=0, help="processes to use; default: all cores")
    parser.add_argument("--now", metavar="ISO", type=_moment, help="build as if it were this moment")


def memory_file(site: Site) -> Path:
    """Where a site remembers what it is at its address."""
    return site.root / CACHE / f"{short_hash(site.base_url)}.sqlite"


class Shelf(dict[Path, Memory]):
    """Memories that stay open between the builds of one process, by their files."""

    def take(self, file: Path, stamp: str) -> Memory:
        """The memory in a file: the one that is here, if it can go on being used, else a newly opened one."""
        memory = self.pop(file, None)
        if memory is not None and not memory.is_still(stamp):
            memory.close()
            memory = None
        return memory or Memory(file, stamp)

    def close(self) -> None:
        """Lets go of all files."""
        for memory in self.values():
            memory.close()


@contextmanager
def open_desk(
    site: Site, options: Showing, console: Console, watch: Stopwatch, shelf: Shelf | None = None
) -> Iterator[Desk]:
    """A desk with the memory of the site at its address, for one process at a time; others wait for it.

    The memory is put on the shelf, where there is one, for the next build.
    """
    _check_rules(site)
    with locked(site.root / CACHE / "lock", 0) as free:
        if free:
            yield from _desk(site, options, console, watch, shelf)
            return
    console.note("another build of this site is at work; waiting for it")
    with locked(site.root / CACHE / "lock", _PATIENCE_S) as free:
        if not free:
            hint = "wait for it to end, or end it"
            raise ConfigError(Problem("", 0, 0, "another build of this site is still at work", "busy", hint))
        yield from _desk(site, options, console, watch, shelf)


def _desk(site: Site, options: Showing, console: Console, watch: Stopwatch, shelf: Shelf | None) -> Iterator[Desk]:
    stamp = stamp_of(Path(generator.__file__).parent, LIBRARIES, repr(site._replace(root=Path(), destinations=())))
    file = memory_file(site)
    memory = (Shelf() if shelf is None else shelf).take(file, stamp)
    try:
        yield Desk(site, options, console, memory, watch, shelf is not None)
    finally:
        if shelf is None:
            memory.close()
            _STANDING[:] = [memory]
        else:
            shelf[file] = memory


def without_damage(console: Console, work: Callable[[], Result]) -> Result:
    """The result of work; where it meets a damaged file of the cache it is done once more without that file."""
    try:
        return work()
    except DamagedError as error:
        remove(error.file)
        console.note(f"{CACHE}/{error.file.name} was damaged; it is made anew")
    return work()


def moment_of(desk: Desk) -> datetime:
    """The one moment of a build: told, or the clock's."""
    return moment_in(desk.site, desk.options)


def moment_in(site: Site, options: Showing) -> datetime:
    """The moment that a build of a site now stands for."""
    now = options.now or datetime.now(site.timezone)
    return now if now.tzinfo else now.replace(tzinfo=site.timezone)


def _check_rules(site: Site) -> None:
    if not site.skipped_rules:
        return
    from generator.pipeline.clean.rules import rule_names  # noqa: PLC0415 - patterns, for sites that name some

    for name in site.skipped_rules:
        if name not in rule_names():
            hint = did_you_mean(name, rule_names()) or f"known are {', '.join(rule_names())}"
            message = f'[clean] skip: there is no rule "{name}"'
            raise ConfigError(Problem("broadsheet.toml", 0, 0, message, "bad-config", hint))


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment; write 2024-01-31 or 2024-01-31T18:00+01:00") from None


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {_MOST_JOBS}")
    return int(text)
