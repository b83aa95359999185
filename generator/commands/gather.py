"""The first half of the sentence: scan -> [read -> clean] -> cards -> group -> corpus.

What is in brackets is done for the files that changed; the rest is remembered.
"""

import argparse
import importlib
import marshal
import os
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import generator
from generator.console import Console
from generator.digest import digest, digest_of, short_hash
from generator.engine.memory import Codec, Input, Memory, is_same, locked, stamp_of, trace_input
from generator.engine.scan import Found, scan
from generator.engine.stopwatch import Stopwatch
from generator.engine.workers import Failed, default_jobs, spread
from generator.model import Ballot, Card, Corpus, Site, Source, StaticPage, Vote
from generator.pipeline.group.votes import count_votes
from generator.problems import WARNING, ConfigError, Problem, did_you_mean

if TYPE_CHECKING:
    from generator.pipeline.cards import Prepared

ARTICLE_SECONDS: Final = 5.0  # of processor time; 500 times what an article needs
MARKDOWN: Final = (".md", ".markdown")
ASSETS: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".pdf", ".mp3", ".m4a", ".ogg", ".mp4", ".webm", ".csv"}
)
LIBRARIES: Final = ("markdown", "nh3", "jinja2", "markupsafe", "python-frontmatter", "pyyaml", "ftfy")
CACHE: Final = ".cache"
_READINGS: Final = Codec(partial(pickle.dumps, protocol=5), pickle.loads)
LOCK_FILE: Final = "broadsheet.lock"
_MARK: Final = "mark "  # before the path, in the name of a body: see compare.py
_IN_PROCESS: Final = 64  # fewer articles than this are not worth a second process
_MOST_JOBS: Final = 256
_MOST_READ: Final = 64 * 2**20  # bytes of one file; the reader refuses far less, and says so
_PATIENCE_S: Final = 60.0  # for another build of the same site


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


class Reading(NamedTuple):
    """What is remembered of one content file, beside the full text of the article."""

    card: Card | None
    page: StaticPage | None
    mark: str  # digest of what it is known by when articles are compared
    text: str  # digest of all that the article is made from
    problems: tuple[Problem, ...]  # warnings; a file with errors is read again each time
    ballot: Ballot | None  # what it says to other articles on its lines
    votes: tuple[Vote, ...]  # what those said when it was cleaned


class Task(NamedTuple):
    """A file that is to be read."""

    path: str
    remembered: str  # the digest of its bytes, "" where it has to be read whatever they are
    votes: tuple[Vote, ...]


class Survey(NamedTuple):
    """What there is in content/, and what of it is not as it is remembered."""

    others: tuple[Found, ...]  # files that are no articles
    inputs: Mapping[str, tuple[int, int, str]]  # the traces, by path
    changed: tuple[Found, ...]  # new articles, and those with another size or time
    gone: tuple[str, ...]  # paths
    lock: str  # the text of the lock file
    problems: tuple[Problem, ...]


class Fresh(NamedTuple):
    """What reading a file gave."""

    digest: str  # of its bytes
    reading: Reading | None  # None: it has errors, or is as it is remembered
    body: bytes = b""  # the article with its full text, pickled
    mark: bytes = b""  # what it is known by
    errors: tuple[Problem, ...] = ()


class Gathered(NamedTuple):
    """The content of a site, read, cleaned and grouped."""

    corpus: Corpus
    lock: str  # the text of the lock file as it is to be
    texts: Mapping[str, str]  # digests of the full texts, by path
    withheld: tuple[tuple[Card, str], ...]  # articles that are not shown, and as what: draft, future, expired
    turns: tuple[datetime, ...]  # when something appears or expires by itself, in the past and to come
    broken: frozenset[str]  # paths of the files that gave neither article nor page
    read: int  # how many files had to be read
    problems: tuple[Problem, ...]


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
    stamp = stamp_of(Path(generator.__file__).parent, LIBRARIES, repr(replace(site, root=Path(), destinations=())))
    file = memory_file(site)
    memory = (Shelf() if shelf is None else shelf).take(file, stamp)
    try:
        yield Desk(site, options, console, memory, watch)
    finally:
        if shelf is None:
            memory.close()
        else:
            shelf[file] = memory


def survey(desk: Desk) -> Survey:
    """What there is now, compared with what is remembered."""
    files, problems = scan(desk.site.root / "content", "content/")
    inputs = desk.memory.table("inputs")
    articles = {f"content/{found.path}": found for found in files if is_article(found.path)}
    others = [found for found in files if f"content/{found.path}" not in articles]
    changed = [one for path, one in articles.items() if not is_same(inputs.get(path), one.size, one.mtime_ns)]
    gone = inputs.keys() - articles.keys()
    lock = _read_lock(desk.site.root / LOCK_FILE)
    return Survey(tuple(others), inputs, tuple(changed), tuple(sorted(gone)), lock, (*problems, *_unused(others)))


def unchanged(desk: Desk) -> Survey:
    """The survey of a site right after a build, when everything is as it is remembered."""
    return Survey((), desk.memory.table("inputs"), (), (), _read_lock(desk.site.root / LOCK_FILE), ())


def _read_lock(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(Problem(file.name, 0, 0, f"can't be read: {error}", "bad-lock")) from None


def gather(desk: Desk, found: Survey) -> Gathered:
    """Everything in content/; what is wrong with a file is a problem of that file alone."""
    from generator.commands.compare import compare  # noqa: PLC0415 - not where nothing changed
    from generator.pipeline.group import lock as lock_file  # noqa: PLC0415
    from generator.pipeline.group.corpus import Known, Moment, group, withheld_as  # noqa: PLC0415

    readings: dict[str, Reading] = desk.memory.table("readings", _READINGS)
    errors, read = _read_changed(desk, found, readings) if found.changed or found.gone else ({}, 0)
    desk.watch.lap("read and clean")
    options = desk.options
    moment = Moment(moment_of(desk), options.drafts, options.future, options.expired)
    cards = [reading.card for reading in readings.values() if reading.card]
    pages = [reading.page for reading in readings.values() if reading.page]
    lock, marks = lock_file.read(found.lock), {path: reading.mark for path, reading in readings.items()}
    known = Known(partial(compare, desk.memory, desk.site, marks), lock)
    # All that time decides is which articles are shown: while they are the same, so is the corpus.
    same = (cards, pages, desk.site, [withheld_as(card, moment) for card in cards], marks, lock)
    grouped = desk.memory.keep(f"corpus {moment[1:]}", same, lambda: group(cards, pages, desk.site, moment, known))
    desk.watch.lap("group")
    about_files = [*(reading.problems for reading in readings.values()), *errors.values()]
    return Gathered(
        corpus=grouped.corpus,
        lock=found.lock if grouped.lock == lock else lock_file.write(grouped.lock),
        texts={path: reading.text for path, reading in readings.items()},
        withheld=tuple((card, withheld_as(card, moment)) for card in grouped.corpus.withheld),
        turns=tuple(sorted({turn for card in cards for turn in (card.date, card.expires) if turn})),
        broken=frozenset(errors),
        read=read,
        problems=(
            *found.problems,
            *chain.from_iterable(about_files),
            *grouped.problems,
            *_unknown_sources(desk.site, cards),
        ),
    )


def _read_changed(
    desk: Desk, found: Survey, readings: dict[str, Reading]
) -> tuple[dict[str, tuple[Problem, ...]], int]:
    """Brings memory and readings up to date; returns the errors by path, and how many files were read."""
    inputs, errors = dict(found.inputs), {}
    fresh_paths: dict[str, None] = {}
    changed = {f"content/{one.path}": one for one in found.changed}
    with desk.memory.recording():
        for path in found.gone:
            _forget(desk.memory, path, inputs, readings)
        for path, fresh in _rounds(desk, found, readings):
            if fresh.errors:
                _forget(desk.memory, path, inputs, readings)
                errors[path] = fresh.errors
                continue
            if path in changed:
                inputs[path] = trace_input(changed[path].size, changed[path].mtime_ns, fresh.digest)
            if fresh.reading is not None:
                fresh_paths[path] = None
                readings[path] = fresh.reading
                desk.memory.put_body(path, fresh.body)
                if fresh.mark:
                    desk.memory.put_body(_MARK + path, fresh.mark)
        desk.memory.put_table("inputs", inputs, (*found.gone, *errors, *changed))
        desk.memory.put_table("readings", readings, (*found.gone, *errors, *fresh_paths), _READINGS)
    return errors, len(fresh_paths)


def _rounds(desk: Desk, found: Survey, readings: Mapping[str, Reading]) -> Iterator[tuple[str, Fresh]]:
    """The changed files with what is in them; then the articles of whose lines others say something else now.

    Who takes the first ones puts their readings with the others, before the next ones are looked for.
    """
    tasks = []
    for one in found.changed:
        path = f"content/{one.path}"
        remembered = Input(*found.inputs[path]).digest if path in found.inputs else ""
        tasks.append(Task(path, remembered, readings[path].votes if path in readings else ()))
    yield from _read_all(desk, tasks)
    votes = count_votes({path: reading.ballot for path, reading in readings.items() if reading.ballot})
    revised = [path for path, reading in readings.items() if reading.votes != votes.get(path, ())]
    yield from _read_all(desk, [Task(path, "", votes.get(path, ())) for path in sorted(revised)])


def _forget(memory: Memory, path: str, inputs: dict[str, tuple[int, int, str]], readings: dict[str, Reading]) -> None:
    inputs.pop(path, None)
    readings.pop(path, None)
    memory.drop_body(path)
    memory.drop_body(_MARK + path)


def _read_all(desk: Desk, tasks: Sequence[Task]) -> Iterator[tuple[str, Fresh]]:
    """Files with what is in them, over several processes when they are many."""
    if desk.site.topics_file:
        from generator.pipeline.group import topics_file  # noqa: PLC0415 - for sites that have learned their topics

        topics_file.read(desk.site.topics_file)  # a fault in it is no fault of any article
    jobs = 1 if len(tasks) < _IN_PROCESS else desk.options.jobs or default_jobs()
    if jobs > 1:
        importlib.import_module("generator.pipeline.cards")  # once, and not once a process
    results = spread(partial(_read, desk.site), tasks, jobs=jobs, seconds=ARTICLE_SECONDS)
    for task, result in zip(tasks, desk.console.progress(results, len(tasks), "reading"), strict=True):
        yield task.path, _too_hard(task.path, result) if isinstance(result, Failed) else result


def _read(site: Site, tasks: Sequence[Task]) -> list[Fresh]:
    """Reads files, unless their bytes have the digests that are remembered."""
    found = [_look(site, task) for task in tasks]
    sources = [one for one in found if isinstance(one, Source)]
    if sources:
        from generator.pipeline.cards import prepare  # noqa: PLC0415 - 90 ms of libraries, for files that changed

        prepared = iter(prepare(sources, site))
        return [_keep(one, next(prepared)) if isinstance(one, Source) else one for one in found]
    return [one for one in found if isinstance(one, Fresh)]


def _look(site: Site, task: Task) -> Fresh | Source:
    """The file, if there is anything to do about it."""
    try:
        with open(f"{site.root}/{task.path}", "rb", buffering=0) as file:  # noqa: PTH123 - a path costs more than the call
            data = file.read(min(os.fstat(file.fileno()).st_size, _MOST_READ))  # each page that is asked for costs time
    except OSError as error:
        return Fresh("", None, errors=(Problem(task.path, 0, 0, f"can't be read: {error.strerror}", "unreadable"),))
    content_digest = digest(data)
    if content_digest == task.remembered:
        return Fresh(content_digest, None)
    return Source(task.path, data, content_digest, task.votes)


def _keep(source: Source, prepared: "Prepared") -> Fresh:
    """What is kept of a file that was read."""
    if prepared.card is None and prepared.page is None:
        return Fresh(source.digest, None, errors=prepared.problems)
    # An article is made of its file, of what others say of its lines, and of what the stamp stands for.
    made_from = digest_of((source.digest, source.votes)) if source.votes else source.digest
    text = made_from if prepared.article else ""
    packed = marshal.dumps(tuple(prepared.mark)) if prepared.mark else b""
    mark = digest(packed) if packed else ""
    reading = Reading(prepared.card, prepared.page, mark, text, prepared.problems, prepared.ballot, source.votes)
    return Fresh(source.digest, reading, pickle.dumps(prepared.article, protocol=5), packed)


def is_article(path: str) -> bool:
    """Whether a file in content/ is Markdown to be built; those that start with "_" are other generators' sections."""
    return path.endswith(MARKDOWN) and not path.rpartition("/")[2].startswith("_")


def is_asset(path: str) -> bool:
    """Whether a file in content/ is published as it is."""
    return Path(path).suffix.lower() in ASSETS


def moment_of(desk: Desk) -> datetime:
    """The one moment of a build: told, or the clock's."""
    return moment_in(desk.site, desk.options)


def moment_in(site: Site, options: Showing) -> datetime:
    """The moment that a build of a site now stands for."""
    now = options.now or datetime.now(site.timezone)
    return now if now.tzinfo else now.replace(tzinfo=site.timezone)


def _too_hard(path: str, failed: Failed) -> Fresh:
    hint = "look for thousands of brackets or fences, or for the source of a page pasted as text"
    problem = Problem(path, 1, 0, f"the text can't be handled: {failed.reason}", "too-hard", hint)
    return Fresh("", None, errors=(problem,))


def _unused(others: Iterable[Found]) -> Iterator[Problem]:
    """Files in content/ that are no articles and that nothing is made of."""
    for found in others:
        path = f"content/{found.path}"
        if found.path.endswith(MARKDOWN):
            message = "not used: its name starts with an underscore"
            yield Problem(path, 0, 0, message, "unused-file", "rename it", WARNING)
        elif not is_asset(found.path):
            hint = (
                f"`broadsheet import {path}` makes an article of it" if path.endswith(".txt") else "move it elsewhere"
            )
            yield Problem(path, 0, 0, "not used: neither Markdown nor a picture", "unused-file", hint, WARNING)


def _check_rules(site: Site) -> None:
    if not site.skipped_rules:
        return
    from generator.pipeline.clean.rules import rule_names  # noqa: PLC0415 - patterns, for sites that name some

    for name in site.skipped_rules:
        if name not in rule_names():
            hint = did_you_mean(name, rule_names()) or f"known are {', '.join(rule_names())}"
            message = f'[clean] skip: there is no rule "{name}"'
            raise ConfigError(Problem("broadsheet.toml", 0, 0, message, "bad-config", hint))


def _unknown_sources(site: Site, cards: Iterable[Card]) -> Iterator[Problem]:
    """Sources for which the configuration has phrases, and of which there is no article."""
    if not site.clean_phrases:
        return
    known = sorted({card.source.slug for card in cards if card.source})
    for slug in sorted(site.clean_phrases.keys() - set(known)):
        hint = did_you_mean(slug, known) or "the name is that of `source` in the front matter"
        message = f'[clean.phrases]: no article is from "{slug}"'
        yield Problem("broadsheet.toml", 0, 0, message, "unknown-source", hint, WARNING)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment; write 2024-01-31 or 2024-01-31T18:00+01:00") from None


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {_MOST_JOBS}")
    return int(text)
