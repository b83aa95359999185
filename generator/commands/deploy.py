"""broadsheet deploy: build -> check -> compare with the target -> carry out -> verify."""

import argparse
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from generator import config
from generator.commands.desk import CACHE, Desk, moment_of, open_desk
from generator.commands.survey import CONTENT, is_article
from generator.commands.workflow import HOSTS, write_workflow
from generator.console import Console, counted
from generator.destinations import Destination, Folder, Git
from generator.engine.memory import locked
from generator.engine.scan import scan
from generator.engine.stopwatch import Stopwatch
from generator.model import Json, Report, Site
from generator.problems import WARNING, ConfigError, DeployError, Problem, did_you_mean
from generator.targets import Room, Target, open_target
from generator.targets.announce import Site as Address
from generator.targets.announce import Unannounced, announce
from generator.targets.files import File, files_of
from generator.targets.plan import Plan, check_deletes

if TYPE_CHECKING:
    from generator.commands import build

_KIB: Final = 1024
OUTPUT: Final = "output"


class Options(argparse.Namespace):
    """What the command is told."""

    directory: Path
    strict: bool
    target: str | None
    dry_run: bool
    max_deletes: int | None
    overwrite: bool
    no_build: bool
    verify: bool
    rollback: bool
    init: str | None


class _Done(NamedTuple):
    """What a deploy did, or would have done."""

    plan: Plan
    files: tuple[File, ...]
    verified: int
    problems: tuple[Problem, ...]  # that didn't keep it from being deployed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `broadsheet deploy`."""
    parser.add_argument("target", metavar="TARGET", nargs="?", help="a name from [deploy.NAME]; default: the first one")
    parser.add_argument("--max-deletes", metavar="N", type=_count, help="refuse to remove more files than this")
    parser.add_argument("--no-build", action="store_true", help="deploy what stands in output/")
    parser.add_argument("--verify", action="store_true", help="fetch a sample from the site afterwards and compare")
    parser.add_argument(
        "--overwrite", action="store_true", help="git alone: replace what others put where pages belong"
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("-n", "--dry-run", action="store_true", help="show what would be done; leave the target alone")
    instead.add_argument("--rollback", action="store_true", help="a folder alone: switch to the release before")
    instead.add_argument("--init", choices=tuple(HOSTS), help="write the workflow with which a host builds and deploys")


def run(options: Options, console: Console) -> Report:
    """Brings the site to a target, or says what keeps it from being safe; raises DeployError."""
    watch = Stopwatch()
    site = config.load(config.find(options.directory))
    if options.init:
        return write_workflow(site, options.init, _turns(site, console))
    destination = _choose(site, options.target)
    if options.max_deletes is not None:
        destination = replace(destination, max_deletes=options.max_deletes)
    if options.overwrite and not isinstance(destination, Git):
        message = f'"{destination.name}" is no branch'
        raise ConfigError(Problem("", 0, 0, message, "usage", "--overwrite is for targets of the kind git"))
    site = config.load(site.root / config.FILE_NAME, destination.base_url or None)
    with (
        _in_words(destination),
        _only_one(site.root / CACHE / "deploy.lock"),
        _workroom(site, destination, options, console) as room,
    ):
        target = open_target(destination, room)
        lock = None if options.dry_run else target.lock_file()
        with _only_one(lock) if lock else nullcontext():
            if options.rollback:
                return _roll_back(target, destination)
            return _report(
                destination, options, watch, _deploy(site, destination, target, room.memory, (options, console))
            )


def _turns(site: Site, console: Console) -> list[datetime]:
    """The moments to come at which the site changes by itself."""
    from generator.commands.gather import gather  # noqa: PLC0415 - for this alone
    from generator.commands.survey import survey  # noqa: PLC0415

    with open_desk(site, _building(site), console, Stopwatch()) as desk:
        now = moment_of(desk)
        return [turn for turn in (*gather(desk, survey(desk)).turns, *_closings(site, now)) if turn > now]


def _closings(site: Site, now: datetime) -> Iterator[datetime]:
    """When editions close, in summer and in winter."""
    from generator.pipeline.group.period import period_of  # noqa: PLC0415 - for the workflow alone

    period = period_of(site)
    for moment in (now, now + timedelta(days=182)) if site.pages.editions else ():
        yield period.end(period.number(moment))


def _deploy(site: Site, destination: Destination, target: Target, memory: Path, told: tuple[Options, Console]) -> _Done:
    options, console = told
    folder = site.root / OUTPUT
    warnings, files = _prepare(site, folder, target, (options, console))
    plan = target.compare(files)
    check_deletes(plan, destination.max_deletes)
    if options.dry_run:
        return _Done(plan, files, 0, warnings)
    unannounced = Unannounced(memory)
    if not plan.is_empty:
        console.note(f"{destination.name}: {_numbers(plan)}")
        unannounced.add(plan)
        target.carry_out(plan, files)
    warnings += _freeze(site, folder, console)
    if paths := unannounced.paths():
        problems = announce(destination, Address(site.base_url, site.feeds.hub), paths)
        warnings += problems
        if not problems:
            unannounced.clear()
    return _Done(plan, files, _verify(site, plan, files) if options.verify else 0, warnings)


def _freeze(site: Site, folder: Path, console: Console) -> tuple[Problem, ...]:
    """Holds fast in broadsheet.lock what readers have now; a warning where that can't be written."""
    from generator.commands import build  # noqa: PLC0415 - see below

    try:
        if build.freeze(site, folder, _building(site), console):
            console.note("broadsheet.lock holds what readers have now: commit it with the site")
    except ConfigError as error:
        return tuple([problem._replace(severity=WARNING) for problem in error.problems])
    return ()


def _verify(site: Site, plan: Plan, files: Sequence[File]) -> int:
    from generator.targets.verify import verify  # noqa: PLC0415 - 15 ms, when asked

    return verify(site.base_url, plan, files)


def _choose(site: Site, name: str | None) -> Destination:
    """The destination of a name, the first without one; raises ConfigError."""
    known = {destination.name: destination for destination in site.destinations}
    if not known:
        hint = '[deploy.local] with target = "folder" and path = "/srv/www/digest" is the simplest one'
        raise ConfigError(Problem(config.FILE_NAME, 0, 0, "no target to deploy to", "no-target", hint))
    if name is None:
        return site.destinations[0]
    if name not in known:
        hint = did_you_mean(name, tuple(known)) or f"known are {', '.join(known)}"
        raise ConfigError(Problem(config.FILE_NAME, 0, 0, f'there is no target "{name}"', "no-target", hint))
    return known[name]


@contextmanager
def _in_words(destination: Destination) -> Iterator[None]:
    """Raises DeployError for what the system refuses: a full disk, a folder that can't be written."""
    try:
        yield
    except BrokenPipeError:  # of our own output: see cli
        raise
    except (OSError, sqlite3.Error) as error:
        place = _printable(os.fsdecode(error.filename)) if isinstance(error, OSError) and error.filename else ""
        what = (error.strerror if isinstance(error, OSError) else None) or str(error)
        message = f"{destination.name}: {f'{place}: ' if place else ''}{what}"
        hint = "mind free space, names and permissions and run it again; readers see what they saw before"
        raise DeployError(Problem("", 0, 0, message, "target-failed", hint)) from None


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    """Holds a lock; raises DeployError where another deploy has it, OSError where there can be none."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(lock, os.O_RDWR | os.O_CREAT, 0o666))
    with locked(lock, 0) as free:
        if not free:
            message = "another deploy is at work"
            raise DeployError(Problem("", 0, 0, message, "busy", f"wait for it to end; its lock is {lock}"))
        yield


@contextmanager
def _workroom(site: Site, destination: Destination, options: Options, console: Console) -> Iterator[Room]:
    """The room of a target; that of a dry run is gone afterwards."""
    with TemporaryDirectory(prefix="broadsheet-") as temporary:
        memory = site.root / CACHE / "deploy" / destination.name
        cache = Path(temporary) if options.dry_run else memory
        cache.mkdir(parents=True, exist_ok=True)
        yield Room(site.root, site.root / OUTPUT, memory, cache, console.progress, options.overwrite)


def _prepare(
    site: Site, folder: Path, target: Target, told: tuple[Options, Console]
) -> tuple[tuple[Problem, ...], tuple[File, ...]]:
    """Builds and checks; returns the warnings and what is to be deployed, raises DeployError where there are errors.

    The target is asked what it has while the links are checked.
    """
    options, console = told
    problems: Sequence[Problem] = () if options.no_build else _built(site, console)
    files: tuple[File, ...] = ()
    if not any(problem.is_error for problem in problems):
        from generator.commands import check  # noqa: PLC0415 - 15 ms, and --init needs none

        files = files_of(folder)
        problems = (*problems, *check.check(site, folder, files, console, target.ask).problems)
    if any(problem.is_error or options.strict for problem in problems):
        message = f"nothing was deployed: the site has {'problems' if options.strict else 'errors'}"
        raise DeployError(*problems, Problem("", 0, 0, message, "not-deployed", "mend them and run it again"))
    if options.no_build:
        with open_desk(site, _building(site), console, Stopwatch()) as desk:
            _refuse_withheld(desk, folder)
    return tuple(problems), files


def _built(site: Site, console: Console) -> Sequence[Problem]:
    """Has what is to be deployed built; what there is to say of it. Raises DeployError where it is made of nothing."""
    from generator.commands import build  # noqa: PLC0415 - see below

    built = build.run(_building(site), console)
    console.note(built.lines[-1])
    if not built.document["articles"] and not any(is_article(found.path) for found in scan(site.root / CONTENT)[0]):
        hint = "bring the articles back; to empty the site on purpose: build, then deploy --no-build --max-deletes N"
        raise DeployError(Problem(CONTENT, 0, 0, "no article is left; nothing was deployed", "no-content", hint))
    return built.problems


def _building(site: Site) -> "build.Options":
    """As `broadsheet build` without options: never with drafts."""
    from generator.commands import build  # noqa: PLC0415 - 40 ms, while the target looks what it has

    parser = argparse.ArgumentParser()
    build.add_arguments(parser)
    told = parser.parse_args([], namespace=build.Options())
    told.directory, told.base_url = site.root, site.base_url
    return told


def _refuse_withheld(desk: Desk, folder: Path) -> None:
    """Raises DeployError where the folder was built with drafts or other articles that aren't public."""
    from generator.commands import build  # noqa: PLC0415

    last = build.recall(desk, folder)
    if last and any(last.shown):
        names = [name for name, shown in zip(("drafts", "future", "expired"), last.shown, strict=True) if shown]
        message = f"{folder.name}/ was built with --{' --'.join(names)}; nothing was deployed"
        raise DeployError(Problem("", 0, 0, message, "not-public", "leave out --no-build"))


def _roll_back(target: Target, destination: Destination) -> Report:
    from generator.targets import folder  # noqa: PLC0415 - the one kind that keeps releases

    if not isinstance(destination, Folder) or not isinstance(target, folder.Target):
        message = f'"{destination.name}" keeps no releases'
        raise ConfigError(Problem("", 0, 0, message, "no-release", "--rollback is for targets of the kind folder"))
    name = target.rollback()
    return Report((f"{destination.name}: back to release {name}",), {"target": destination.name, "release": name})


def _report(destination: Destination, options: Options, watch: Stopwatch, done: _Done) -> Report:
    plan = done.plan
    new: list[Json] = [*plan.new]
    changed: list[Json] = [*plan.changed]
    removed: list[Json] = [*plan.removed]
    document: dict[str, Json] = {
        "target": destination.name,
        "dry_run": options.dry_run,
        "new": new,
        "changed": changed,
        "removed": removed,
        "unchanged": plan.unchanged,
        "bytes": plan.bytes,
        "verified": done.verified,
        "seconds": round(watch.seconds, 3),
    }
    lines = [*plan.notes]
    if options.dry_run:
        lines += [f"{sign} {_printable(path)}" for sign, path in _signed(plan)]
    parts = [f"{destination.name}: {_numbers(plan)}", "nothing was done" if options.dry_run else ""]
    parts += [f"{counted(done.verified, 'file')} verified" if options.verify else "", f"{watch.seconds:.2f} s"]
    return Report((*lines, " · ".join(part for part in parts if part)), document, done.problems)


def _signed(plan: Plan) -> Iterator[tuple[str, str]]:
    """Every path with what becomes of it."""
    for sign, paths in (("+", plan.new), ("~", plan.changed), ("-", plan.removed)):
        for path in paths:
            yield sign, path


def _numbers(plan: Plan) -> str:
    """`12 new · 3 changed · 1 removed · 1,988 unchanged · 1.2 MiB`."""
    if plan.is_empty:
        return f"no changes · {plan.unchanged:,} unchanged"
    counts = {
        "new": len(plan.new),
        "changed": len(plan.changed),
        "removed": len(plan.removed),
        "unchanged": plan.unchanged,
    }
    return " · ".join([f"{number:,} {what}" for what, number in counts.items() if number] + [_size(plan.bytes)])


def _size(number: float) -> str:
    for unit in ("bytes", "KiB", "MiB"):
        if number < _KIB:
            return f"{number:,.0f} {unit}" if unit == "bytes" else f"{number:,.1f} {unit}"
        number /= _KIB
    return f"{number:,.1f} GiB"


def _printable(path: str) -> str:
    """A path on one line, whatever is in it."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in path)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)
