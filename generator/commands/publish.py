"""The second half of the sentence: corpus -> plan -> [pages] -> output/.

What is in brackets is done for pages that are not as they were. Where no card changed the plan is the
same, and only pages with a text that changed are looked at (early cutoff).
"""

import marshal
import os
import pickle
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from generator import config, urls
from generator.commands.desk import Desk
from generator.commands.gather import Gathered
from generator.commands.survey import is_asset
from generator.corpus import Corpus, Edition
from generator.digest import StandIns, digest, digest_of, short_hash
from generator.engine.memory import NEW, Bodies, Trace, out_of_date
from generator.engine.scan import Found, scan
from generator.engine.workers import Failed, default_jobs, spread
from generator.model import Article, Card, Link, Output, Site, TermLink
from generator.pipeline.group.since import Standing
from generator.pipeline.render.page import Page
from generator.pipeline.render.plan import plan
from generator.pipeline.render.theme import Template, template_digests
from generator.pipeline.render.views import NOTHING_AROUND, Around
from generator.pipeline.write import Put, Writer, read_manifest
from generator.problems import ContentError, Problem

if TYPE_CHECKING:
    from generator.pipeline.render.pages import Renderer

_PAGE_SECONDS: Final = 30.0  # of processor time; 10,000 times what a page needs
_IN_PROCESS: Final = 200  # fewer pages than this are not worth a second process
_NOTHING: Final = pickle.dumps({})
_TEXTS_AT_HAND: Final = 256  # decoded articles; the feeds of a topic share theirs


class Surroundings(NamedTuple):
    """What a site is made with beside its articles."""

    folders: tuple[tuple[Path, tuple[Found, ...]], ...]  # of the theme, the built-in one first
    others: tuple[Found, ...]  # files of content/ that are no articles

    def listing(self) -> str:
        """The same text as long as no file of them changes in size or time."""
        return repr([*((str(folder), files) for folder, files in self.folders), self.others])


class Theme(NamedTuple):
    """The files of a theme; its own hide those of the built-in one."""

    templates: Mapping[str, Template]  # by the name that `extends` and `include` use
    assets: Mapping[str, tuple[Path, Found]]  # by path in output/


class Published(NamedTuple):
    """What was done to the output folder."""

    written: tuple[str, ...]  # new files and changed ones
    removed: tuple[str, ...]
    unchanged: int
    reasons: Mapping[str, tuple[str, ...]]  # why each page was rendered, by path
    problems: tuple[Problem, ...]


NOTHING_DONE: Final = Published((), (), 0, {}, ())


def look_around(site: Site, others: tuple[Found, ...]) -> Surroundings:
    """What there is beside the articles; `others` are the files of content/ that are none."""
    folders = tuple((folder, scan(folder)[0]) for folder in reversed(config.theme_folders(site)))
    return Surroundings(folders, others)


def is_intact(desk: Desk, folder: Path) -> bool:
    """Whether all files of the output are there, as they were written."""
    outputs, base = desk.memory.table(fact_name("outputs", folder)), f"{folder}/"
    return bool(outputs) and all(_stat(base, path) == (row[3], row[4]) for path, row in outputs.items())


def publish(desk: Desk, folder: Path, gathered: Gathered, around: Surroundings) -> Published:
    """Brings the output folder to the state of the corpus; what goes wrong costs its page alone."""
    writer = Writer(folder)
    pages, collisions, corpus = desk.memory.keep("plan", (gathered.corpus,), lambda: _plan(gathered.corpus))
    theme = load_theme(desk.site, around)
    before = _recall(desk, folder)
    known = before.made if corpus == before.corpus else {}  # the same cards: the same plan, the same views
    desk.watch.lap("plan")
    digests = desk.memory.keep("views", [page.frame.view for page in pages.values()][:1], dict[str, _View])
    signs = _Signs(gathered.texts, theme, _Views(pages, known, digests))
    planned = {**{path: page.owner for path, page in pages.items()}, **dict.fromkeys(theme.assets, "")}
    traces, reasons = _compare(folder, planned, before.made, signs)
    writer.claim(planned)
    desk.watch.lap("compare")
    faults: list[Problem] = []
    stale = [page for path, page in pages.items() if path in reasons]
    assets = (
        writer.put(Output(path, file.read_bytes())) for path, (file, _) in theme.assets.items() if path in reasons
    )
    puts: dict[str, Put] = {}
    for put in chain(_make_all(desk, writer, stale, theme, faults), assets):
        puts[put.path] = put
        if put.path not in traces:  # new: known by now, while other processes make the next ones
            traces[put.path] = signs.of(put.path, put.size, put.mtime_ns)
    desk.watch.lap("render and write")
    good = {path: put for path, put in puts.items() if not put.problem}
    failed = reasons.keys() - good.keys()
    absent = {path for path in failed if path in writer.foreign or not os.path.lexists(folder / path)}
    removed = writer.finish(planned, gathered.broken, absent)
    traces |= {path: (*traces[path][:3], put.size, put.mtime_ns) for path, put in good.items()}
    made = {path: trace for path, trace in traces.items() if path not in failed} if failed else traces
    _record(desk, folder, before, _Before(corpus, made), gathered.corpus)
    return Published(
        written=tuple(path for path, put in puts.items() if put.changed),
        removed=removed,
        unchanged=len(made) - sum(put.changed for put in puts.values()),
        reasons=reasons,
        problems=(*collisions, *_once(faults), *(put.problem for put in puts.values() if put.problem)),
    )


def _plan(corpus: Corpus) -> tuple[Mapping[str, Page], tuple[Problem, ...], str]:
    """The pages by path, what is wrong with the plan, and the digest of what it was made from."""
    pages, collisions = plan(corpus)
    return pages, collisions, digest_corpus(corpus)


def _compare(
    folder: Path, planned: Iterable[str], made: Mapping[str, Trace], signs: "_Signs"
) -> tuple[dict[str, Trace], dict[str, tuple[str, ...]]]:
    """The traces of the files that there were, as they would be now; and which files have to be made, and why."""
    base = f"{folder}/"
    traces: dict[str, Trace] = {}
    reasons: dict[str, tuple[str, ...]] = {}
    for path in planned:
        trace = made.get(path)
        if trace is None:
            reasons[path] = NEW
            continue
        now = signs.of(path, *_stat(base, path))
        traces[path] = trace if now == trace else now
        if now != trace:
            reasons[path] = out_of_date(trace, now)
    return traces, reasons


def load_theme(site: Site, around: Surroundings) -> Theme:
    """The templates and assets of a site. `default/NAME` is the built-in template NAME, hidden or not."""
    templates: dict[str, Template] = {}
    assets: dict[str, tuple[Path, Found]] = {}
    for folder, files in around.folders:
        shown = folder.relative_to(site.root).as_posix() if folder.is_relative_to(site.root) else folder.name
        for found in files:
            kind, _, name = found.path.partition("/")
            if kind == "templates":
                template = Template((folder / found.path).read_text(encoding="utf-8"), f"{shown}/{found.path}")
                templates[name] = template
                if folder == config.built_in_theme():
                    templates[f"{config.BUILT_IN_THEME}/{name}"] = template
            elif kind == "static":
                assets[f"assets/{name}"] = (folder / found.path, found)
    assets |= {
        found.path: (site.root / "content" / found.path, found) for found in around.others if is_asset(found.path)
    }
    return Theme(templates, assets)


# What outputs are made from


def _plain_around(around: Around) -> object:
    """Most articles have nothing around them; the rest is as it would be without this."""
    return None if around is NOTHING_AROUND else digest_of(tuple(around), _STAND_INS)


_STAND_INS: Final[StandIns] = {
    Card: attrgetter("digest"),
    Edition: attrgetter("digest"),
    Link: tuple,
    TermLink: tuple,
    Around: _plain_around,
}


class _Before(NamedTuple):
    """What is remembered of the output folder."""

    corpus: str  # digest of all cards, and with them of the plan
    made: Mapping[str, Trace]


def _recall(desk: Desk, folder: Path) -> _Before:
    corpus = desk.memory.fact(fact_name("corpus", folder)) or b""
    return _Before(corpus.decode(), desk.memory.table(fact_name("outputs", folder)))


def _record(desk: Desk, folder: Path, before: _Before, after: _Before, corpus: Corpus) -> None:
    changed = [path for path, row in after.made.items() if before.made.get(path) != row]
    with desk.memory.recording():
        gone = before.made.keys() - after.made.keys()
        desk.memory.put_table(fact_name("outputs", folder), after.made, (*changed, *gone))
        desk.memory.put_fact(fact_name("corpus", folder), after.corpus.encode())
        desk.memory.put_fact(fact_name("notices", folder), marshal.dumps(_notices(corpus)))


def _notices(corpus: Corpus) -> dict[str, tuple[str, int, bool]]:
    """For articles with notices, which are few: the file of each, how many corrections, whether it is withdrawn."""
    return {
        card.path: (urls.output_path(card.url), len(card.corrections), card.withdrawn is not None)
        for card in all_published(corpus)
        if card.corrections or card.withdrawn
    }


def all_published(corpus: Corpus) -> Iterator[Card]:
    """All articles that have a page, if only one with a notice."""
    return chain(corpus.cards, (copy.card for copy in corpus.copies), corpus.unlisted, corpus.withdrawn)


def published_before(desk: Desk, folder: Path) -> dict[str, Standing]:
    """The articles as they were last published into a folder, by path; none where no build is remembered."""
    made = desk.memory.table(fact_name("outputs", folder))
    remembered = desk.memory.fact(fact_name("notices", folder))
    notices = marshal.loads(remembered) if remembered else {}  # noqa: S302 - our own file
    found = {path: Standing(file, "", number, True) for path, (file, number, gone) in notices.items() if gone}
    for file, owner in read_manifest(folder).items():
        if owner and file in made and (text := made[file][1]):
            found[owner] = Standing(file, text, notices[owner][1] if owner in notices else 0)
    return found


def fact_name(fact: str, folder: Path) -> str:
    """The name of a fact that is about one output folder."""
    return f"{fact} {short_hash(str(folder.resolve()))}"


def digest_corpus(corpus: Corpus) -> str:
    """The digest of all that a plan is made from."""
    cards = "\n".join(card.digest for card in (*corpus.cards, *corpus.unlisted))
    grouped = (corpus.copies, corpus.stories, corpus.onward, corpus.redirects, corpus.editions, corpus.withdrawn)
    return digest_of((cards, len(corpus.unlisted), corpus.pages, grouped), _STAND_INS)


class _Signs:
    """For each file of the output what it has to be made from now."""

    def __init__(self, texts: Mapping[str, str], theme: Theme, views: "_Views") -> None:
        self.texts, self.assets = texts, theme.assets
        self.views, self.pages, self.known = views, views.pages, views.known
        self.templates = template_digests(theme.templates)

    def of(self, path: str, size: int, mtime_ns: int) -> Trace:
        """The trace of a file of this size and time, made now."""
        page = self.pages.get(path)
        if page is None:
            found = self.assets[path][1]
            return f"{found.size} {found.mtime_ns}", "", "", size, mtime_ns
        known, shown = self.known.get(path), page.texts
        view = known[0] if known is not None else self.views.digest(path, page)
        texts = self.texts[shown[0]] if shown else ""
        if len(shown) > 1:
            texts = digest(" ".join([self.texts[text] for text in shown]).encode())
        return view, texts, self.templates.get(page.template, ""), size, mtime_ns


_View: TypeAlias = tuple[Callable[..., object], tuple[object, ...], str]  # of what a view was made, and its digest


class _Views:
    """The digests of the views of pages."""

    def __init__(self, pages: Mapping[str, Page], known: Mapping[str, Trace], at_hand: dict[str, _View]) -> None:
        """`known` views stand; those `at_hand` were made with the same view of the site."""
        self.pages, self.known, self.at_hand = pages, known, at_hand
        self.site = digest_of(next(iter(pages.values())).frame.view)  # all have the same
        for path in at_hand.keys() - pages.keys():
            del at_hand[path]

    def digest(self, path: str, page: Page) -> str:
        """The view is a function of the parts of the page, so that it need not be made."""
        make, parts, digest = self.at_hand.get(path, (None, None, ""))
        if make is not page.make or parts != page.parts:
            digest = digest_of((page.make.__name__, self.site, page.parts), _STAND_INS)
        self.at_hand[path] = (page.make, page.parts, digest)  # the newest parts: the same objects are compared at once
        return digest


def _stat(folder: str, path: str) -> tuple[int, int]:
    """Size and time of a file; (-1, 0) where there is none."""
    try:
        status = os.stat(folder + path)  # noqa: PTH116 - Path costs more than the call, 13,000 times
    except OSError:
        return -1, 0
    return status.st_size, status.st_mtime_ns


# Making them


class _Press(NamedTuple):
    """What it takes to make a page; goes to every process."""

    renderer: "Renderer"
    writer: Writer
    texts: "_Texts"

    def make(self, pages: Sequence[Page]) -> list[Put | tuple[Problem, ...]]:
        """Renders pages, then writes them."""
        rendered = [self.render(page) for page in pages]
        return [self.writer.put(result) if isinstance(result, Output) else result for result in rendered]

    def render(self, page: Page) -> Output | tuple[Problem, ...]:
        """The file of a page, or why there is none."""
        try:
            return self.renderer.render(page, [self.texts[path] for path in page.texts])
        except ContentError as error:
            return error.problems


class _Texts:
    """Articles with their full texts, the latest at hand."""

    def __init__(self, bodies: Bodies) -> None:
        self.bodies = bodies
        self.at_hand: OrderedDict[str, Article] = OrderedDict()

    def __getitem__(self, path: str) -> Article:
        article = self.at_hand.get(path)
        if article is None:
            article = self.at_hand[path] = pickle.loads(self.bodies[path])  # noqa: S301 - our own file
            if len(self.at_hand) > _TEXTS_AT_HAND:
                self.at_hand.popitem(last=False)
        return article


def compile_templates(desk: Desk, around: Surroundings) -> None:
    """Compiles the templates that aren't yet: for a time at which there is nothing else to do."""
    from generator.pipeline.render.pages import Renderer  # noqa: PLC0415 - 60 ms, for sites that are made

    compiled = _compiled(desk)
    Renderer(desk.site, load_theme(desk.site, around).templates, compiled).compile_all()
    desk.memory.put_fact("templates", pickle.dumps(compiled))


def _compiled(desk: Desk) -> dict[str, bytes]:
    found: dict[str, bytes] = pickle.loads(desk.memory.fact("templates") or _NOTHING)  # noqa: S301 - our own file
    return found


def _make_all(desk: Desk, writer: Writer, stale: Sequence[Page], theme: Theme, faults: list[Problem]) -> Iterator[Put]:
    """Makes pages, over several processes when they are many; what goes wrong is added to `faults`."""
    if not stale:
        return
    from generator.pipeline.render.pages import Renderer  # noqa: PLC0415 - 60 ms, for pages that changed

    compiled = _compiled(desk)
    were_compiled = dict(compiled)
    renderer = Renderer(desk.site, theme.templates, compiled)
    press = _Press(renderer, writer, _Texts(Bodies(desk.memory.file)))
    jobs = 1 if len(stale) < _IN_PROCESS else desk.options.jobs or default_jobs()
    if jobs > 1:
        renderer.compile_all()  # once, and not once a process
    results = spread(press.make, stale, jobs=jobs, seconds=_PAGE_SECONDS)
    for page, result in zip(stale, desk.console.progress(results, len(stale), "rendering"), strict=True):
        if isinstance(result, Failed):
            faults.append(Problem("", 0, 0, f"the page {page.url} can't be rendered: {result.reason}", "too-hard"))
        elif isinstance(result, Put):
            yield result
        else:
            faults += result
    press.texts.bodies.close()
    if compiled != were_compiled:
        with desk.memory.recording():
            desk.memory.put_fact("templates", pickle.dumps(compiled))


def _once(faults: Sequence[Problem]) -> Iterator[Problem]:
    """One problem for each place in a template, however many pages it spoilt."""
    counts = Counter((fault.path, fault.line, fault.message) for fault in faults)
    for fault in faults:
        more = counts.pop((fault.path, fault.line, fault.message), 0) - 1
        if more >= 0:
            yield fault._replace(hint=f"{fault.hint} and in {more:,} more") if more else fault
