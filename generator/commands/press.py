"""Makes pages: rendered with the templates of the theme and written, over several processes when they are many."""

import pickle
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from generator.commands.desk import Desk
from generator.commands.outputs import Theme
from generator.engine.memory import Bodies
from generator.engine.workers import Failed, default_jobs, share, spread
from generator.model import Article, Output
from generator.pipeline.render.page import Page
from generator.pipeline.write import Put, Writer
from generator.problems import ContentError, Problem

if TYPE_CHECKING:
    from generator.pipeline.group.references import Destinations
    from generator.pipeline.render.pages import Renderer

_PAGE_SECONDS: Final = 30.0  # of processor time; 10,000 times what a page needs
_A_PROCESS: Final = 30  # fewer pages than this are not worth another process
_FEW: Final = 2_000  # fewer than this take less than a second
_FETCHED: Final = 128  # at a time
_TEXTS_AT_HAND: Final = 256  # decoded articles; the feeds of a topic share theirs


class Supplies(NamedTuple):
    """What pages are made with beside themselves and the texts."""

    theme: Theme
    links: "Mapping[str, Destinations]"  # of articles to content files, by path


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

    def __init__(self, bodies: Bodies, links: "Mapping[str, Destinations]") -> None:
        self.bodies, self.links = bodies, links
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
        if path in self.links:
            from generator.pipeline.group.references import in_article  # noqa: PLC0415 - for articles with links

            article = in_article(article, self.links[path])
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
        compiled = desk.memory.value("templates", pickle.loads)
        return Renderer(desk.site, theme.templates, compiled or {})

    return desk.memory.keep("renderer", (desk.site, theme.templates), make)


def make_all(
    desk: Desk, writer: Writer, stale: Sequence[Page], supplies: Supplies, faults: list[Problem]
) -> Iterator[Put]:
    """Makes pages, over several processes when they are many; what goes wrong is added to `faults`."""
    if not stale:
        return
    renderer = _renderer(desk, supplies.theme)
    were_compiled = dict(renderer.compiled)
    press = _Press(renderer, writer, _Texts(Bodies(desk.memory.file), supplies.links))
    jobs = max(1, min(desk.options.jobs or default_jobs(), len(stale) // _A_PROCESS))
    if jobs > 1:
        renderer.compile_all()  # once, and not once a process
    results = (share if len(stale) < _FEW else spread)(press.make, stale, jobs=jobs, seconds=_PAGE_SECONDS)
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


def once(faults: Sequence[Problem]) -> Iterator[Problem]:
    """One problem for each place in a template, however many pages it spoilt."""
    counts = Counter((fault.path, fault.line, fault.message) for fault in faults)
    for fault in faults:
        more = counts.pop((fault.path, fault.line, fault.message), 0) - 1
        if more >= 0:
            yield fault._replace(hint=f"{fault.hint} and in {more:,} more") if more else fault
