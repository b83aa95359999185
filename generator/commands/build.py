"""broadsheet build: scan -> [read -> clean] -> cards -> group -> corpus -> plan -> [pages] -> write."""

import argparse
import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from generator import atomic, config
from generator.commands import lockfile
from generator.commands.desk import Desk, Shelf, Showing, add_showing, moment_of, open_desk, without_damage
from generator.commands.gather import Gathered, changes_read, gather
from generator.commands.outputs import (
    NOTHING_DONE,
    Published,
    Stock,
    Surroundings,
    fact_name,
    is_intact,
    look_around,
    strays_of,
    take_stock,
    without_made,
    without_private,
)
from generator.commands.survey import Survey, refuse_loss, survey
from generator.console import Console, counted
from generator.corpus import Corpus
from generator.engine.memory import NEW, Bodies
from generator.engine.stopwatch import Stopwatch
from generator.model import REPORT_MARK, Json, Report, Site, due
from generator.pipeline.write import check_folder, read_manifest, writing
from generator.problems import WARNING, ConfigError, Problem

_MARKED: Final = 200  # bytes in which a report says what it is


class Options(Showing):
    """What the command is told."""

    directory: Path
    output: Path | None
    base_url: str | None
    fresh: bool
    explain: bool
    verbose: bool
    report: Path | None
    locked: bool
    freeze: bool
    reissue: list[str]


class Last(NamedTuple):
    """What the last build of a folder was, if it had no errors."""

    surroundings: str
    changes_read: int
    shown: tuple[bool, bool, bool]  # drafts, future, expired
    since: datetime | None  # the time in which it stands: nothing appears or expires by itself
    until: datetime | None
    articles: int
    files: int
    lock: str  # the text of the lock file that it was made with
    frozen: str  # the same once readers have what was built
    withheld: tuple[tuple[str, str, datetime], ...]  # path, as what, when due
    problems: tuple[Problem, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `broadsheet build`."""
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, help="the folder to write to; default: output/")
    parser.add_argument(
        "-b", "--base-url", metavar="URL", help="the address of the site, in place of the configured one"
    )
    parser.add_argument("--report", metavar="FILE", type=Path, help="also write what cleaning removed, as a page")
    lock = parser.add_mutually_exclusive_group()
    freeze = "hold the addresses of stories and the editions fast: readers have them now; `deploy` does it by itself"
    lock.add_argument("--freeze", action="store_true", help=freeze)
    lock.add_argument("--locked", action="store_true", help="fail where broadsheet.lock lacks something of the site")
    parser.add_argument(
        "--reissue", metavar="EDITION", action="append", default=[], help="make an edition again: 2024-01-31, or all"
    )
    add_explaining(parser)
    add_showing(parser)


def add_explaining(parser: argparse.ArgumentParser) -> None:
    """The options of every command that builds."""
    parser.add_argument("--fresh", action="store_true", help="read and render everything again")
    parser.add_argument("-v", "--verbose", action="store_true", help="say where the time went")
    parser.add_argument("--explain", action="store_true", help="say for each page why it was rendered")


def run(options: Options, console: Console) -> Report:
    """Builds the site."""
    site = config.load(config.find(options.directory), options.base_url)
    folder = options.directory / options.output if options.output else site.root / "output"
    return build(site, folder, options, console)[0]


def build(
    site: Site, folder: Path, options: Options, console: Console, shelf: Shelf | None = None
) -> tuple[Report, Corpus | None]:
    """Builds a site into a folder; also returns what it shows, None where nothing changed.

    Where the memory turns out to be damaged, before anything was removed, it is built again without it.
    """
    lockfile.refuse_hidden(options)
    if options.report:
        _check_report(options.directory / options.report)
    check_folder(folder)
    return without_damage(console, lambda: _build(site, folder, options, console, shelf))


def _build(
    site: Site, folder: Path, options: Options, console: Console, shelf: Shelf | None
) -> tuple[Report, Corpus | None]:
    watch = Stopwatch()
    with open_desk(site, options, console, watch, shelf) as desk:
        if options.fresh:
            desk.memory.forget()
        watch.lap("start")
        with strays_of(desk, folder) as strays:
            found = survey(desk)
            refuse_loss(site, found, partial(read_manifest, folder))
            around = look_around(site, found)
            last = recall(desk, folder)
            stands = last is not None and _still_stands(last, desk, found, around) and is_intact(desk, folder, strays)
            watch.lap("look for changes")
            read, corpus, published = 0, None, NOTHING_DONE
            if last is None or not stands or options.report or options.reissue:
                stock = cache(partial(take_stock, desk, folder, around, strays))
                gathered, published = _make(desk, folder, options, found, stock)
                last = _remember(desk, folder, (found, gathered, around), published)
                read, corpus = gathered.read, gathered.corpus
            else:
                published = published._replace(unchanged=last.files)
                if options.locked:
                    lockfile.refuse_new(last.frozen, found.lock)
        if options.freeze or options.reissue:
            last = _hold(desk, folder, last, [] if options.freeze else options.reissue)
        return _report(last, published, read, options, watch), corpus


def freeze(site: Site, folder: Path, options: Options, console: Console) -> bool:
    """Holds fast what readers have of a folder that was built and is public now; whether there was anything new.

    Raises ConfigError where the lock file can't be written.
    """

    def work() -> bool:
        with open_desk(site, options, console, Stopwatch()) as desk:
            last = recall(desk, folder)
            return last is not None and _hold(desk, folder, last, []).lock != last.lock

    return without_damage(console, work)


def _hold(desk: Desk, folder: Path, last: Last, names: list[str]) -> Last:
    """Holds fast what a build found, or of it the editions of these names alone; of a build with errors nothing."""
    if any(problem.is_error for problem in last.problems):
        desk.console.note("nothing is held fast in broadsheet.lock while there are errors")
        return last
    text = lockfile.with_editions(last.lock, last.frozen, names) if names else last.frozen
    lockfile.keep(desk.site, text, last.lock)
    held = last._replace(lock=text)
    _record(desk, folder, held)
    return held


def _make(
    desk: Desk, folder: Path, options: Options, found: Survey, stock: Callable[[], Stock]
) -> tuple[Gathered, Published]:
    """Brings the memory, the output folder and the report up to date."""
    from generator.commands.press import compile_templates  # noqa: PLC0415 - not where nothing changed
    from generator.commands.publish import publish  # noqa: PLC0415 - not where nothing changed

    start = lockfile.without_editions(found, options.reissue) if options.reissue else found

    def meanwhile() -> None:
        compile_templates(desk, stock().theme)

    gathered = gather(desk, start, meanwhile)
    if options.locked:
        lockfile.refuse_new(gathered.lock, found.lock)
    if options.report:
        _write_report(options.directory / options.report, desk, gathered)
    # The page of a broken file stays as it was, and what it shows beside it.
    private = without_made(stock(), gathered.private) if gathered.broken else gathered.private
    published = publish(desk, folder, gathered, without_private(stock(), private, desk.site))
    return gathered, published


def _check_report(file: Path) -> None:
    """Raises ConfigError where the file is another one than an earlier report."""
    if file.is_dir() or (file.exists() and REPORT_MARK.encode() not in file.read_bytes()[:_MARKED]):
        message = "exists and is no report of cleaning; nothing was changed"
        raise ConfigError(Problem(str(file), 0, 0, message, "usage", "name another file with --report"))
    if not file.parent.is_dir():
        raise ConfigError(Problem(str(file), 0, 0, "its folder doesn't exist", "usage", "make the folder first"))


def _write_report(file: Path, desk: Desk, gathered: Gathered) -> None:
    """Writes what cleaning removed from all articles, whether they are shown or not."""
    from generator.pipeline.render.report import Entry, cleaning_report  # noqa: PLC0415

    corpus, bodies = gathered.corpus, Bodies(desk.memory.file)
    copies = (copy.card for copy in corpus.copies)
    cards = chain(corpus.cards, copies, corpus.unlisted, corpus.withheld)
    articles = (pickle.loads(bodies[card.path]) for card in cards)  # noqa: S301 - our own file
    entries = [Entry(article.path, article.title, article.removed) for article in articles]
    bodies.close()
    with writing(file.parent):
        atomic.replace(file, cleaning_report(desk.site.title, entries).encode())


def _still_stands(last: Last, desk: Desk, found: Survey, around: Surroundings) -> bool:
    """Whether a build now would find everything as the last one left it."""
    now = moment_of(desk)
    return (
        not found.changed
        and not found.gone
        and last.surroundings == around.listing()
        and last.changes_read == changes_read(desk.memory)
        and last.lock == found.lock
        and last.shown == _shown(desk)
        and (last.since is None or last.since <= now)
        and (last.until is None or now < last.until)
    )


def _shown(desk: Desk) -> tuple[bool, bool, bool]:
    return desk.options.drafts, desk.options.future, desk.options.expired


def recall(desk: Desk, folder: Path) -> Last | None:
    """What the last build of a folder was; None where it had errors, or isn't known."""
    return desk.memory.value(fact_name("last", folder), pickle.loads)


def _remember(desk: Desk, folder: Path, made_of: tuple[Survey, Gathered, Surroundings], published: Published) -> Last:
    """What there is to say of this build again, as long as nothing changes; not recorded with errors in it."""
    found, gathered, around = made_of
    now, corpus = moment_of(desk), gathered.corpus
    last = Last(
        surroundings=around.listing(),
        changes_read=changes_read(desk.memory),
        shown=_shown(desk),
        since=max((turn for turn in gathered.turns if turn <= now), default=None),
        until=min((turn for turn in gathered.turns if turn > now), default=None),
        articles=len(corpus.cards) + len(corpus.copies) + len(corpus.unlisted) - published.lost,
        files=published.unchanged + len(published.written),
        lock=found.lock,
        frozen=gathered.lock,
        withheld=(
            *((card.path, reason, due(card) or now) for card, reason in gathered.withheld),
            *((page.path, reason, due(page) or now) for page, reason in gathered.pages),
            *((f"content/{path}", "private", now) for path in gathered.private),
        ),
        problems=(*gathered.problems, *published.problems),
    )
    _record(desk, folder, last)
    desk.watch.lap("remember")
    return last


def _record(desk: Desk, folder: Path, last: Last) -> None:
    is_sound = not any(problem.is_error or problem.code == "not-written" for problem in last.problems)
    with desk.memory.recording():
        desk.memory.put_fact(fact_name("last", folder), pickle.dumps(last) if is_sound else b"")


def _report(last: Last, published: Published, read: int, options: Options, watch: Stopwatch) -> Report:
    withheld: list[Json] = [{"path": path, "as": reason} for path, reason, _ in last.withheld]
    reasons: dict[str, Json] = {path: list(why) for path, why in sorted(published.reasons.items())}
    written: list[Json] = [*sorted(published.written)]
    removed: list[Json] = [*published.removed]
    document: dict[str, Json] = {
        "articles": last.articles,
        "read": read,
        "written": written,
        "removed": removed,
        "unchanged": published.unchanged,
        "withheld": withheld,
        "seconds": round(watch.seconds, 3),
        **({"reasons": reasons} if options.explain else {}),
    }
    done = [counted(last.articles, "article"), f"{read:,} read", f"{counted(len(published.written), 'page')} written"]
    done += [f"{len(published.removed):,} removed"] if published.removed else []
    explained = (f"{path}: {', '.join(why)}" for path, why in sorted(published.reasons.items()))
    lines = [*(explained if options.explain else ()), *(watch.shares() if options.verbose else ())]
    summary = " · ".join([*done, f"{watch.seconds:.2f} s"])
    return Report((*lines, *_withheld_line(last), summary), document, (*last.problems, *_many_gone(published)))


def _many_gone(published: Published) -> Iterator[Problem]:
    """A warning where a large part of the pages went at once: that may be no wish."""
    if not published.removed:
        return
    from generator.destinations import A_THIRD, FEW  # noqa: PLC0415 - not where nothing changed

    gone = len(published.removed)
    new = sum(why == NEW for why in published.reasons.values())
    before = gone + published.unchanged + max(0, len(published.written) - new)
    if gone > FEW and gone * A_THIRD > before:
        message = f"{gone:,} of {before:,} files of the site went"
        yield Problem("", 0, 0, message, "many-removed", "if that was no wish, bring the articles back", WARNING)


def _withheld_line(last: Last) -> Iterator[str]:
    """What is not shown now, and when that changes next."""
    if not last.withheld:
        return
    counts = Counter(reason for _, reason, _ in last.withheld)
    shown = ", ".join(f"{number:,} {reason}" for reason, number in sorted(counts.items()))
    coming = [date for _, reason, date in last.withheld if reason == "future"]
    yield f"withheld: {shown}" + (f"; the next is due {min(coming).isoformat(' ', 'minutes')}" if coming else "")
