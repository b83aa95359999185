"""The first half of the sentence: scan -> [read -> clean] -> cards -> group -> corpus.

What is in brackets is done for the files that changed; the rest is remembered.
"""

import importlib
import marshal
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from generator.commands.desk import MARK, Desk, moment_of
from generator.commands.lockfile import strayed
from generator.commands.remarks import remarks
from generator.commands.survey import Survey, is_asset
from generator.corpus import Corpus, Taxonomy
from generator.digest import digest, digest_of
from generator.engine.memory import Codec, Input, Memory, trace_input
from generator.engine.workers import Failed, Helper, default_jobs, spread
from generator.model import Ballot, Card, Site, Source, StaticPage, Vote
from generator.pipeline.group.votes import count_votes
from generator.problems import DamagedError, Problem
from generator.urls import name_of_file

if TYPE_CHECKING:
    from generator.pipeline.cards import Prepared
    from generator.pipeline.group.kinship import Kinship
    from generator.pipeline.group.references import Destinations
    from generator.pipeline.references import Reference

ARTICLE_SECONDS: Final = 5.0  # of processor time; 500 times what an article needs
_CHANGES_READ: Final = "changes read"
_READINGS: Final = Codec(partial(pickle.dumps, protocol=5), pickle.loads)
_IN_PROCESS: Final = 64  # fewer articles than this are not worth a second process
_MOST_READ: Final = 64 * 2**20  # bytes of one file; the reader refuses far less, and says so


class Reading(NamedTuple):
    """What is remembered of one content file, beside the full text of the article."""

    card: Card | None
    page: StaticPage | None
    kin: tuple[int, str]  # what articles are compared by: see kinship.Kin
    text: str  # digest of all that the article is made from
    problems: tuple[Problem, ...]  # warnings; a file with errors is read again each time
    ballot: Ballot | None  # what it says to other articles on its lines
    votes: tuple[Vote, ...]  # what those said when it was cleaned
    files: tuple[str, ...]  # those of the site that it may show
    links: "tuple[Reference, ...]"  # to what may be other content files


class Task(NamedTuple):
    """A file that is to be read."""

    path: str
    remembered: str  # the digest of its bytes, "" where it has to be read whatever they are
    votes: tuple[Vote, ...]


class Fresh(NamedTuple):
    """What reading a file gave."""

    digest: str  # of its bytes
    reading: Reading | None  # None: it has errors, or is as it is remembered
    body: bytes = b""  # the article with its full text, pickled
    mark: bytes = b""  # what it is known by
    errors: tuple[Problem, ...] = ()


# Files with what is in them, by their paths; with what is to be done while other processes read.
_Reader: TypeAlias = Callable[[Sequence[Task], Callable[[], object] | None], Iterator[tuple[str, Fresh]]]


class Gathered(NamedTuple):
    """The content of a site, read, cleaned and grouped."""

    corpus: Corpus
    kinship: "Kinship"  # how the articles belong together
    lock: str  # the text of the lock file as it is to be once readers have all this
    texts: Mapping[str, str]  # digests of the full texts, by path
    links: "Mapping[str, Destinations]"  # where those lead that go to content files, by path
    withheld: tuple[tuple[Card, str], ...]  # articles that are not shown, and as what: draft, future, expired
    pages: tuple[tuple[StaticPage, str], ...]  # static pages that are not shown, and as what
    private: tuple[str, ...]  # files beside articles that are as private as those, and that no page shows
    turns: tuple[datetime, ...]  # when something appears, expires or closes by itself: see Present
    broken: frozenset[str]  # paths of the files that gave neither article nor page
    read: int  # how many files had to be read
    problems: tuple[Problem, ...]


def gather(desk: Desk, found: Survey, meanwhile: Callable[[], object] | None = None) -> Gathered:
    """Everything in content/; what is wrong with a file is a problem of that file alone.

    What can be done `meanwhile` is done while other processes read, if they do.
    """
    readings, errors, read = _read_changed(desk, found, meanwhile)
    desk.watch.lap("read and clean")
    from generator.commands.compare import compare  # noqa: PLC0415 - not where nothing changed
    from generator.commands.linking import NONE, link  # noqa: PLC0415
    from generator.pipeline.group import lock as lock_file  # noqa: PLC0415
    from generator.pipeline.group.corpus import Known, Moment, group, sort_by_time, withheld_as  # noqa: PLC0415
    from generator.pipeline.group.period import period_of  # noqa: PLC0415

    options = desk.options
    moment = Moment(moment_of(desk), options.drafts, options.future, options.expired)
    cards = [reading.card for reading in readings.values() if reading.card]
    all_pages = [reading.page for reading in readings.values() if reading.page]
    withheld_pages = tuple([(page, why) for page in sorted(all_pages) if (why := withheld_as(page, moment))])
    pages = [page for page in all_pages if not withheld_as(page, moment)]
    lock = lock_file.read(found.lock)
    present = sort_by_time(cards, moment)
    linked = (
        link(desk.site, readings, errors, present, withheld_pages)
        if any(one.links for one in readings.values())
        else NONE
    )
    if linked.summaries:
        present = sort_by_time([linked.summaries.get(card.path, card) for card in cards], moment)
    pages = [linked.pages.get(page.path, page) for page in pages]
    aside = {card.path for card in (*present.unlisted, *present.withdrawn, *(card for card, _ in present.withheld))}
    kins = [(path, reading.kin) for path, reading in readings.items() if reading.card and path not in aside]
    kinship = compare(desk.memory, desk.site, options.jobs or default_jobs(), kins)
    known = Known(kinship, partial(_sorted_once, desk.memory), lock)
    # All that time decides is which articles are shown and which editions are over: while they are the same, so is
    # the corpus. Nor do the marks of articles matter, as long as their comparison comes to the same.
    edition = period_of(desk.site).number(moment.now)
    same = (present[:-2], pages, desk.site, kinship[1:], lock, edition)
    grouped = desk.memory.keep(f"corpus {moment[1:]}", same, lambda: group(present, pages, desk.site, moment, known))
    desk.watch.lap("group")
    about_files = [*(reading.problems for reading in readings.values()), *errors.values()]
    return Gathered(
        corpus=grouped.corpus,
        kinship=kinship,
        lock=found.lock if grouped.lock == lock else lock_file.write(grouped.lock),
        texts={**{path: reading.text for path, reading in readings.items()}, **linked.texts},
        links=linked.links,
        withheld=present.withheld,
        pages=withheld_pages,
        private=_private(
            found,
            readings,
            {*errors, *(card.path for card, _ in present.withheld), *(page.path for page, _ in withheld_pages)},
        ),
        turns=tuple(sorted({*present.turns, *_turns(all_pages), *_closings(grouped.corpus, edition)})),
        broken=frozenset(errors),
        read=read,
        problems=(
            *found.problems,
            *chain.from_iterable(about_files),
            *linked.problems,
            *grouped.problems,
            *remarks(found, cards, present, grouped.corpus, moment.now),
            *strayed(lock, cards, errors.keys(), grouped.corpus),
        ),
    )


def _sorted_once(
    memory: Memory, cards: tuple[Card, ...], site: Site
) -> tuple[tuple[Taxonomy, ...], tuple[Problem, ...]]:
    """The taxonomies, with the names in articles looked at only near those that changed."""
    from generator.pipeline.group import taxonomies, uses  # noqa: PLC0415 - not where nothing changed

    digests = [card.digest for card in cards]

    def sort() -> taxonomies.Sorted:
        remembered = memory.facts("uses")
        parts = [memory.load(remembered[f"uses/{part}"], marshal.loads) for part in uses.Uses._fields if remembered]
        before = uses.Uses(*parts) if parts else uses.NO_USES
        now = uses.bring_up_to_date(before, digests, cards)
        with memory.recording():
            for name, old, new in zip(uses.Uses._fields, before, now, strict=True):
                if new is not old or not parts:
                    memory.put_fact(f"uses/{name}", marshal.dumps(new))  # type: ignore[arg-type]
        return taxonomies.sort_into_taxonomies(cards, now, site)

    return memory.keep("taxonomies", (digests, site), sort)


def _read_changed(
    desk: Desk, found: Survey, meanwhile: Callable[[], object] | None
) -> tuple[dict[str, Reading], dict[str, tuple[Problem, ...]], int]:
    """Brings the memory up to date; returns the readings, the errors by path, and how many files were read."""
    if not found.changed and not found.gone:
        return _recalled(desk.memory, found), {}, 0
    content = _Content(desk.memory, found)
    with desk.memory.recording():
        for path, fresh in _rounds(desk, found, content, meanwhile):
            content.take(path, fresh)
        content.record()
    return content.readings, content.errors, len(content.fresh)


def _recalled(memory: Memory, found: Survey) -> dict[str, Reading]:
    """What is remembered of the files that are known; raises DamagedError where something of them is missing."""
    memory.look_at_bodies()
    readings: dict[str, Reading] = memory.table("readings", _READINGS)
    if readings.keys() != found.inputs.keys():
        raise DamagedError(memory.file)
    return readings


class _Content:
    """What is remembered of content/, while it is brought up to date."""

    def __init__(self, memory: Memory, found: Survey) -> None:
        self.memory, self.found, self.gone = memory, found, found.gone
        self.changed = {f"content/{one.path}": one for one in found.changed}
        self.inputs = dict(found.inputs)
        self.readings: dict[str, Reading] = {}
        self.errors: dict[str, tuple[Problem, ...]] = {}
        self.fresh: dict[str, None] = {}  # paths in their order
        self.shared: dict[object, Any] = {}  # values that many articles have
        self.is_recalled = False

    def recall(self) -> None:
        """Reads what is remembered, if that hasn't been done."""
        if not self.is_recalled:
            self.is_recalled = True
            self.readings |= _recalled(self.memory, self.found)
            for path in self.gone:
                self._forget(path)

    def take(self, path: str, fresh: Fresh) -> None:
        """Takes note of what reading a file gave."""
        self.recall()
        if fresh.errors:
            self._forget(path)
            self.errors[path] = fresh.errors
            return
        if found := self.changed.get(path):
            self.inputs[path] = trace_input(found, fresh.digest)
        if fresh.reading is not None:
            self.fresh[path] = None
            self.readings[path] = self._sharing(fresh.reading)
            self.memory.put_body(path, fresh.body)
            if fresh.mark:
                self.memory.put_body(MARK + path, fresh.mark)

    def _sharing(self, reading: Reading) -> Reading:
        """The same, with values that others have as the same objects: it is written and recalled in two thirds."""
        card, ballot = reading.card, reading.ballot
        if card is None or ballot is None:
            return reading
        share = self.shared.setdefault
        source, topics, reason, ties = card.source, card.topics, card.topic_reason, card.ties
        card = card._replace(
            source=share(source, source),
            topics=share(topics, topics),
            topic_reason=share(reason, reason),
            ties=share(ties, ties),
        )
        return reading._replace(card=card, ballot=ballot._replace(source=share(ballot.source, ballot.source)))

    def _forget(self, path: str) -> None:
        self.inputs.pop(path, None)
        self.readings.pop(path, None)
        self.memory.drop_body(path)
        self.memory.drop_body(MARK + path)

    def record(self) -> None:
        """Remembers it all for the next build."""
        self.memory.put_table("inputs", self.inputs, (*self.gone, *self.errors, *self.changed))
        self.memory.put_table("readings", self.readings, (*self.gone, *self.errors, *self.fresh), _READINGS)
        if self.gone or self.errors or self.fresh:
            self.memory.put_fact(_CHANGES_READ, str(changes_read(self.memory) + 1).encode())


def changes_read(memory: Memory) -> int:
    """How often content/ was found changed: what another command has read is news to the next build all the same."""
    return memory.value(_CHANGES_READ, int) or 0


def _rounds(
    desk: Desk, found: Survey, content: _Content, meanwhile: Callable[[], object] | None
) -> Iterator[tuple[str, Fresh]]:
    """The changed files with what is in them; then the articles of whose lines others say something else now.

    Who takes the first ones puts their readings with the others, before the next ones are looked for.
    """
    before = desk.memory.rows("readings", content.changed, _READINGS)
    tasks = []
    for path in content.changed:
        remembered = Input(*found.inputs[path]).digest if path in found.inputs else ""
        tasks.append(Task(path, remembered, before[path].votes if path in before else ()))
    with _reader(desk, len(tasks)) as read:
        yield from read(tasks, partial(_get_ready, content, meanwhile))
        content.recall()
        readings = content.readings
        votes = count_votes({path: reading.ballot for path, reading in readings.items() if reading.ballot})
        revised = [path for path, reading in readings.items() if reading.votes != votes.get(path, ())]
        yield from read([Task(path, "", votes.get(path, ())) for path in sorted(revised)], None)


def _get_ready(content: _Content, meanwhile: Callable[[], object] | None) -> None:
    """What there is to do here while other processes read."""
    for name in ("commands.compare", "pipeline.group.corpus"):
        importlib.import_module(f"generator.{name}")
    content.recall()
    if meanwhile is not None:
        meanwhile()


@contextmanager
def _reader(desk: Desk, count: int) -> Iterator[_Reader]:
    """Reads files, many over several processes, beginning with so many.

    A few are read by one other process: what reads them takes longer to import than they take.
    """
    if desk.site.topics_file:
        from generator.pipeline.group import topics_file  # noqa: PLC0415 - for sites that have learned their topics

        topics_file.read(desk.site.topics_file)  # a fault in it is no fault of any article
    if 0 < count < _IN_PROCESS and desk.forks:
        with Helper(partial(_read, desk.site), ARTICLE_SECONDS) as helper:
            yield partial(_read_all, desk, helper)
    else:
        yield partial(_read_all, desk, None)


def _read_all(
    desk: Desk,
    helper: Helper[Task, Fresh] | None,
    tasks: Sequence[Task],
    meanwhile: Callable[[], object] | None,
) -> Iterator[tuple[str, Fresh]]:
    """Files with what is in them."""
    results: Iterable[Fresh | Failed]
    if helper is not None and len(tasks) < _IN_PROCESS:
        of_helper = helper.begin(tasks) if tasks else list
        if meanwhile is not None:
            meanwhile()
        results = of_helper()
    else:
        jobs = 1 if len(tasks) < _IN_PROCESS else desk.options.jobs or default_jobs()
        if jobs > 1:
            importlib.import_module("generator.pipeline.cards")  # once, and not once a process
        read = partial(_read, desk.site)
        results = spread(read, tasks, jobs=jobs, seconds=ARTICLE_SECONDS, meanwhile=meanwhile)
    for task, result in zip(tasks, desk.console.progress(results, len(tasks), "reading"), strict=True):
        yield task.path, _too_hard(task.path, result) if isinstance(result, Failed) else result


def _read(site: Site, tasks: Sequence[Task]) -> list[Fresh]:
    """Reads files, unless their bytes have the digests that are remembered."""
    found = [_look(site, task) for task in tasks]
    sources = [one for one in found if isinstance(one, Source)]
    if sources:
        from generator.pipeline.cards import prepare  # noqa: PLC0415 - 90 ms of libraries, for files that changed

        prepared = iter(prepare(sources, site))
        return [_keep(one, next(prepared), site) if isinstance(one, Source) else one for one in found]
    return [one for one in found if isinstance(one, Fresh)]


def _look(site: Site, task: Task) -> Fresh | Source:
    """The file, if there is anything to do about it."""
    try:
        with open(f"{site.root}/{task.path}", "rb", buffering=0) as file:  # noqa: PTH123 - a path costs more than the call
            data = file.read(min(os.fstat(file.fileno()).st_size, _MOST_READ))  # each page that is asked for costs time
    except OSError as error:
        message, hint = f"can't be read: {error.strerror}", "check who may read it; its page stays as it was"
        return Fresh("", None, errors=(Problem(task.path, 0, 0, message, "unreadable", hint),))
    content_digest = digest(data)
    if content_digest == task.remembered:
        return Fresh(content_digest, None)
    return Source(task.path, data, content_digest, task.votes)


def _keep(source: Source, prepared: "Prepared", site: Site) -> Fresh:
    """What is kept of a file that was read."""
    if prepared.card is None and prepared.page is None:
        return Fresh(source.digest, None, errors=prepared.problems)
    # An article is made of its file, of what others say of its lines, and of what the stamp stands for.
    made_from = digest_of((source.digest, source.votes)) if source.votes else source.digest
    text = made_from if prepared.article else ""
    packed = marshal.dumps(tuple(prepared.mark)) if prepared.mark else b""
    day = prepared.card.date.astimezone(site.timezone).toordinal() if prepared.card else 0
    kin = (day, digest(packed) if packed else "")
    reading = Reading(
        prepared.card,
        prepared.page,
        kin,
        text,
        prepared.problems,
        prepared.ballot,
        source.votes,
        prepared.files,
        prepared.links,
    )
    return Fresh(source.digest, reading, pickle.dumps(prepared.article, protocol=5), packed)


def _too_hard(path: str, failed: Failed) -> Fresh:
    hint = "look for thousands of brackets or fences, or for the source of a page pasted as text"
    problem = Problem(path, 1, 0, f"the text can't be handled: {failed.reason}", "too-hard", hint)
    return Fresh("", None, errors=(problem,))


def _private(found: Survey, readings: Mapping[str, Reading], withheld: Iterable[str]) -> tuple[str, ...]:
    """The files of content/ that are published no more than the notes beside them, unless a page shows them.

    `withheld` are the paths of these notes, and of files with errors: nobody knows what they are.
    """
    from generator.pipeline.beside import private_files  # noqa: PLC0415 - not where nothing changed

    aside = set(withheld)
    shown = readings.keys() - aside
    private = private_files([one.path for one in found.others if is_asset(one.path)], aside, shown)
    used = {file for path in shown for file in readings[path].files} if private else ()
    return tuple([file for file in private if name_of_file(file) not in used])


def _turns(pages: Iterable[StaticPage]) -> Iterator[datetime]:
    """When a static page appears or expires."""
    return (turn for page in pages for turn in (page.appears, page.expires) if turn)


def _closings(corpus: Corpus, edition: int) -> Iterator[datetime]:
    """When the editions close that are open, and when the one before did; `edition` is that of now."""
    from generator.pipeline.group.period import period_of  # noqa: PLC0415 - not where nothing changed

    period = period_of(corpus.site)
    if corpus.editions:
        yield period.end(edition - 1)
    yield from (period.end(period.number_of(one.name)) for one in corpus.editions if one.is_open)
