"""The second half of the sentence: corpus -> plan -> [pages] -> output/.

What is in brackets is done for pages that are not as they were. Where no card changed the plan is the
same, and only pages with a text that changed are looked at (early cutoff).
"""

import marshal
import os
import pickle
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from generator.commands.desk import Desk
from generator.commands.gather import Gathered
from generator.commands.outputs import Before, Published, Stock, Theme, record
from generator.corpus import Corpus, Edition
from generator.digest import WITHOUT_REFERENCES, StandIns, digest, digest_of
from generator.engine.memory import NEW, Bodies, Trace, out_of_date
from generator.engine.scan import Found
from generator.engine.workers import Failed, default_jobs, spread
from generator.model import Article, Card, Link, Output, TermLink
from generator.pipeline.render.page import Page
from generator.pipeline.render.plan import pages_that_show, plan
from generator.pipeline.render.theme import template_digests
from generator.pipeline.render.views import SitemapEntry
from generator.pipeline.write import Put, Writer
from generator.problems import ContentError, Problem

if TYPE_CHECKING:
    from generator.pipeline.render.pages import Renderer

_PAGE_SECONDS: Final = 30.0  # of processor time; 10,000 times what a page needs
_IN_PROCESS: Final = 200  # fewer pages than this are not worth a second process
_COMPARED_ALONE: Final = 3_000  # up to so many it isn't worth one to compare them
_COMPARE_SECONDS: Final = 60.0  # on the clock; 1,000 times what 10,000 pages need
_NOTHING: Final = pickle.dumps({})
_flat: Final = chain.from_iterable
_FETCHED: Final = 128  # at a time
_TEXTS_AT_HAND: Final = 256  # decoded articles; the feeds of a topic share theirs


def publish(desk: Desk, folder: Path, gathered: Gathered, stock: Stock) -> Published:
    """Brings the output folder to the state of the corpus; what goes wrong costs its page alone."""
    theme, before, _, writer = stock
    corpus = desk.memory.keep("digest of the corpus", (gathered.corpus,), lambda: digest_corpus(gathered.corpus))
    known = before.made if corpus == before.corpus else {}  # the same cards: the same plan, the same views
    templates = template_digests(theme.templates)
    texts = _changed_texts(stock, gathered, templates) if known else None
    goal = _whole_goal(desk, gathered.corpus, stock) if texts is None else _small_goal(gathered.corpus, stock, texts)
    desk.watch.lap("plan")
    pages, planned = goal.pages, goal.planned
    site_views = [page.frame.view for page in pages.values()][:1]
    digests = desk.memory.keep("views", site_views, dict[str, _View]) if texts is None else {}
    signs = _Signs(gathered.texts, theme.assets, templates, _Views(pages, known, digests))
    traces, reasons = _compare(desk, goal.looked_at, stock, signs)
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
    made = {path: trace for path, trace in {**goal.standing, **traces}.items() if path not in failed}
    record(desk, folder, before, Before("" if goal.problems else corpus, made), gathered.corpus)
    return Published(
        written=tuple(path for path, put in puts.items() if put.changed),
        removed=removed,
        unchanged=len(made) - sum(put.changed for put in puts.values()),
        reasons=reasons,
        problems=(*goal.problems, *_once(faults), *(put.problem for put in puts.values() if put.problem)),
    )


class _Goal(NamedTuple):
    """What the output folder is to hold."""

    planned: Mapping[str, str]  # all its files, with the content file that each comes from
    looked_at: Collection[str]  # files that may have to be made
    pages: Mapping[str, Page]  # of these
    standing: Mapping[str, Trace]  # the other files, which are as they were
    problems: tuple[Problem, ...]


def _whole_goal(desk: Desk, corpus: Corpus, stock: Stock) -> _Goal:
    pages, collisions = desk.memory.keep("plan", (corpus,), lambda: plan(corpus))
    planned = {**{path: page.owner for path, page in pages.items()}, **dict.fromkeys(stock.theme.assets, "")}
    return _Goal(planned, planned, pages, {}, collisions)


def _small_goal(corpus: Corpus, stock: Stock, texts: Collection[str]) -> _Goal:
    """Where nothing but these texts changed, the plan is the one that was carried out before."""
    pages = pages_that_show(corpus, texts)
    return _Goal(stock.writer.manifest, pages, pages, stock.before.made, ())


def _changed_texts(stock: Stock, gathered: Gathered, templates: Mapping[str, str]) -> set[str] | None:
    """The articles whose text isn't as it was; None where files, templates or assets aren't either."""
    made, owners, assets = stock.before.made, stock.writer.manifest, stock.theme.assets
    known = frozenset((*templates.values(), ""))  # a JSON Feed has none
    if gathered.broken or made.keys() != owners.keys() or not assets.keys() <= made.keys():
        return None
    changed: set[str] = set()
    for path, (shown, text, template, size, mtime_ns) in made.items():
        if stock.files[path] != (size, mtime_ns) or template not in known:
            return None
        if not template and not text and (path not in assets or shown != _sign(assets[path][1])):
            return None
        if text and (owner := owners[path]) and gathered.texts[owner] != text:
            changed.add(owner)
    return changed


def _compare(
    desk: Desk, planned: Collection[str], stock: Stock, signs: "_Signs"
) -> tuple[dict[str, Trace], dict[str, tuple[str, ...]]]:
    """The traces of the files that there were, as they would be now; and which files have to be made, and why."""
    made = stock.before.made
    known = [path for path in planned if path in made]
    half = len(known) // 2 if len(known) > _COMPARED_ALONE else 0
    work = partial(_changed, known[:half], stock, signs)
    with desk.aside(work, _COMPARE_SECONDS) if half else nullcontext(work) as theirs:
        changed = _changed(known[half:], stock, signs) | theirs()
    reasons: dict[str, tuple[str, ...]] = dict.fromkeys([path for path in planned if path not in made], NEW)
    reasons |= {path: out_of_date(made[path], now) for path, now in changed.items()}
    return {path: made[path] for path in known} | changed, reasons


def _changed(paths: Iterable[str], stock: Stock, signs: "_Signs") -> dict[str, Trace]:
    """The traces that aren't as they were."""
    made, files = stock.before.made, stock.files
    return {path: now for path in paths if (now := signs.of(path, *files[path])) != made[path]}


# What outputs are made from


def _digest_article(site: str, parts: tuple[Any, ...]) -> str:
    """As digest_of, in half the time: most pages are articles."""
    card, tags, newer, older, (story, leader, also_at, onward, related) = parts
    numbers = (len(tags), len(also_at), len(onward), len(related))
    links = [link and tuple(link) for link in (newer, older, story, leader)]
    lists = (*_flat(tags), *_flat(also_at), *_flat(onward), *_flat(related))
    return digest(marshal.dumps((site, card.digest, *numbers, *links, *lists), WITHOUT_REFERENCES))


def _plain_entry(entry: SitemapEntry) -> object:
    """There is one for each page."""
    url, updated = entry
    return url, updated and updated.isoformat()


_STAND_INS: Final[StandIns] = {
    Card: attrgetter("digest"),
    Edition: attrgetter("digest"),
    Link: tuple,
    TermLink: tuple,
    SitemapEntry: _plain_entry,
}


def digest_corpus(corpus: Corpus) -> str:
    """The digest of all that a plan is made from."""
    cards = "\n".join(card.digest for card in (*corpus.cards, *corpus.unlisted))
    grouped = (corpus.copies, corpus.stories, corpus.onward, corpus.redirects, corpus.editions, corpus.withdrawn)
    return digest_of((cards, len(corpus.unlisted), corpus.pages, grouped), _STAND_INS)


class _Signs:
    """For each file of the output what it has to be made from now."""

    def __init__(
        self,
        texts: Mapping[str, str],
        assets: Mapping[str, tuple[Path, Found]],
        templates: Mapping[str, str],
        views: "_Views",
    ) -> None:
        self.texts, self.assets, self.templates = texts, assets, templates
        self.views, self.pages, self.known = views, views.pages, views.known

    def of(self, path: str, size: int, mtime_ns: int) -> Trace:
        """The trace of a file of this size and time, made now."""
        page = self.pages.get(path)
        if page is None:
            return _sign(self.assets[path][1]), "", "", size, mtime_ns
        known, shown = self.known.get(path), page.texts
        view = known[0] if known is not None else self.views.digest(path, page)
        texts = self.texts[shown[0]] if shown else ""
        if len(shown) > 1:
            texts = digest(" ".join([self.texts[text] for text in shown]).encode())
        return view, texts, self.templates.get(page.template, ""), size, mtime_ns


def _sign(asset: Found) -> str:
    return f"{asset.size} {asset.mtime_ns}"


_View: TypeAlias = tuple[Callable[..., object], tuple[object, ...], str]  # of what a view was made, and its digest


class _Views:
    """The digests of the views of pages."""

    def __init__(self, pages: Mapping[str, Page], known: Mapping[str, Trace], at_hand: dict[str, _View]) -> None:
        """`known` views stand; those `at_hand` were made with the same view of the site."""
        self.pages, self.known, self.at_hand = pages, known, at_hand
        page = next(iter(pages.values()), None)
        self.site = digest_of(page.frame.view) if page else ""  # all have the same
        for path in at_hand.keys() - pages.keys():
            del at_hand[path]

    def digest(self, path: str, page: Page) -> str:
        """The view is a function of the parts of the page, so that it need not be made."""
        make, parts, digest = self.at_hand.get(path, (None, None, ""))
        if make is not page.make or parts != page.parts:
            if page.template == "article.html":
                digest = _digest_article(self.site, page.parts)
            else:
                digest = digest_of((page.make.__name__, self.site, *page.parts), _STAND_INS)
        self.at_hand[path] = (page.make, page.parts, digest)  # the newest parts: the same objects are compared at once
        return digest


# Making them


class _Press(NamedTuple):
    """What it takes to make a page; goes to every process."""

    renderer: "Renderer"
    writer: Writer
    texts: "_Texts"

    def make(self, pages: Sequence[Page]) -> list[Put | tuple[Problem, ...]]:
        """Renders pages, then writes them."""
        self.texts.fetch(dict.fromkeys(path for page in pages for path in page.texts))
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

    def fetch(self, paths: Iterable[str]) -> None:
        """Has the first of these articles at hand: one question for them all."""
        wanted = [path for path in paths if path not in self.at_hand][:_FETCHED]
        for path, body in self.bodies.several(wanted).items() if wanted else ():
            self._keep(path, body)

    def __getitem__(self, path: str) -> Article:
        return self.at_hand.get(path) or self._keep(path, self.bodies[path])

    def _keep(self, path: str, body: bytes) -> Article:
        article: Article = pickle.loads(body)  # noqa: S301 - our own file
        self.at_hand[path] = article
        if len(self.at_hand) > _TEXTS_AT_HAND:
            self.at_hand.popitem(last=False)
        return article


def compile_templates(desk: Desk, theme: Theme) -> None:
    """Compiles the templates where none is yet: for a time at which there is nothing else to do."""
    renderer = _renderer(desk, theme)
    if not renderer.compiled:
        renderer.compile_all()
        desk.memory.put_fact("templates", pickle.dumps(renderer.compiled))


def _renderer(desk: Desk, theme: Theme) -> "Renderer":
    """The renderer of a theme, with what its templates were compiled to before."""
    from generator.pipeline.render.pages import Renderer  # noqa: PLC0415 - 60 ms, for pages that changed

    def make() -> Renderer:
        compiled = pickle.loads(desk.memory.fact("templates") or _NOTHING)  # noqa: S301 - our own file
        return Renderer(desk.site, theme.templates, compiled)

    return desk.memory.keep("renderer", (desk.site, theme.templates), make)


def _make_all(desk: Desk, writer: Writer, stale: Sequence[Page], theme: Theme, faults: list[Problem]) -> Iterator[Put]:
    """Makes pages, over several processes when they are many; what goes wrong is added to `faults`."""
    if not stale:
        return
    renderer = _renderer(desk, theme)
    were_compiled = dict(renderer.compiled)
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
    if renderer.compiled != were_compiled:
        with desk.memory.recording():
            desk.memory.put_fact("templates", pickle.dumps(renderer.compiled))


def _once(faults: Sequence[Problem]) -> Iterator[Problem]:
    """One problem for each place in a template, however many pages it spoilt."""
    counts = Counter((fault.path, fault.line, fault.message) for fault in faults)
    for fault in faults:
        more = counts.pop((fault.path, fault.line, fault.message), 0) - 1
        if more >= 0:
            yield fault._replace(hint=f"{fault.hint} and in {more:,} more") if more else fault
