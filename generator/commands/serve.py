"""broadsheet serve: builds at every change, and shows the outcome in the browser.

Builds happen in the main thread, where they can be interrupted and bounded in time; requests are answered
in another one. The pages go to a folder below .cache/, never to output/: they have the address of the preview
in them, and drafts if those are asked for.
"""

import argparse
import gc
import pickle
import threading
import webbrowser
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import uuid4

from generator import config
from generator.commands import build
from generator.commands.compare import marks_of
from generator.commands.desk import CACHE, Shelf, Showing, add_showing, memory_file, moment_in, open_desk
from generator.commands.gather import gather
from generator.commands.survey import STATIC, unchanged
from generator.commands.tidy import diff, examine
from generator.console import Console
from generator.corpus import Story
from generator.digest import short_hash
from generator.engine.memory import Bodies
from generator.engine.scan import scan
from generator.engine.stopwatch import Stopwatch
from generator.model import Article, Report, Site, Source
from generator.pipeline.clean.rules import reason
from generator.pipeline.group.affinity import common_terms
from generator.pipeline.group.corpus import Moment, withheld_as
from generator.pipeline.group.known_by import terms_in
from generator.pipeline.render.plan import plan
from generator.pipeline.render.report import Entry, cleaning_report
from generator.pipeline.write import MANIFEST, read_manifest
from generator.preview.shown import About, Shown
from generator.problems import BroadsheetError, ConfigError, ContentError
from generator.stopping import heard

if TYPE_CHECKING:
    from generator.preview.server import Server
    from generator.preview.watcher import Watcher

_WATCHED: Final = ("content", STATIC, "themes")
_IDLE_S: Final = 1.0  # after so long without a change there is time for cleaning up
_BUILDS_A_CLEANING: Final = 32  # when there is never time
_MOST_PORT: Final = 65535


class Options(build.Options):
    """What the command is told."""

    port: int
    bind: str
    open: bool
    poll: bool
    strict: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `broadsheet serve`."""
    parser.add_argument(
        "-p", "--port", metavar="N", type=_port, default=8000, help="default: 8000; the next free one if it is taken"
    )
    parser.add_argument(
        "--bind", metavar="HOST", default="127.0.0.1", help="the address or name to serve at; default: 127.0.0.1"
    )
    parser.add_argument("-O", "--open", action="store_true", help="open the preview in the browser")
    parser.add_argument(
        "--poll", action="store_true", help="look for changes twice a second, where the system tells of none"
    )
    parser.set_defaults(report=None, locked=False, freeze=False, reissue=[])  # which are for `build` alone
    build.add_explaining(parser)
    add_showing(parser)


def run(options: Options, console: Console) -> Report:
    """Serves until it is told to stop, which is a good end."""
    from generator.preview.server import Server  # noqa: PLC0415 - the server and its libraries: 150 ms
    from generator.preview.watcher import Watcher  # noqa: PLC0415

    file = config.find(options.directory)
    watcher = Watcher(file.parent, (config.FILE_NAME, *_WATCHED), lambda: _look(file), poll=options.poll)
    builds = 0
    try:
        with (
            closing(watcher),
            closing(Server(options.bind, options.port, watcher)) as server,
            closing(Shelf()) as shelf,
        ):
            preview = _Preview(file, options, console, server, shelf)
            preview.start()
            while True:
                preview.round()
                builds += 1
                preview.rest(builds)
    except KeyboardInterrupt:
        heard()
        return Report((), {"builds": builds})


def _look(file: Path) -> object:
    """All that a change shows in."""
    status = file.stat() if file.exists() else None
    found = [scan(file.parent / name, is_published=name == STATIC)[0] for name in _WATCHED]
    return found, status and (status.st_size, status.st_mtime_ns)


class _Preview:
    """One site while it is previewed."""

    def __init__(self, file: Path, options: Options, console: Console, server: "Server", shelf: Shelf) -> None:
        self.file, self.options, self.console, self.server, self.shelf = file, options, console, server, shelf
        self.watcher: Watcher = server.watcher
        self.name = f"b{uuid4().hex[:8]}"
        self.count = 0
        self.stories: Mapping[str, Story] | None = None  # by the paths of their articles
        self.shown = Shown(
            "", file.parent / CACHE / "preview", "/", 0.0, (), is_broken=True, about=_nothing_about, report=str
        )

    def start(self) -> None:
        """Takes requests, and says where."""
        options, server = self.options, self.server
        if options.port not in {0, server.port}:
            self.console.note(f"port {options.port} is taken; this is the next free one")
        with suppress(ConfigError):  # the first build will report it
            self.shown = self.shown._replace(base_path=config.load(self.file).base_path)
        server.start()
        self.console.note(f"preview at {self._address()} - Ctrl-C ends it")

    def round(self) -> None:
        """Builds, says how it went, and shows it."""
        root = self.file.parent
        self.watcher.watch_folders([*(root / name for name in _WATCHED), config.built_in_theme()])
        self.server.hold()
        gc.disable()  # as in every build: looking for cycles costs more than it frees
        watch, before = Stopwatch(), self.shown
        self.count += 1
        try:
            report, self.shown = self._build()
        except BroadsheetError as error:
            report = Report((), {}, error.problems)
            self.shown = before._replace(problems=error.problems, is_broken=True)
        self.options.fresh = False
        self.shown = self.shown._replace(build=f"{self.name}-{self.count}", seconds=watch.seconds)
        self.server.show(self.shown, _changed(before, self.shown, report))
        self.console.report(report, strict=self.options.strict)
        if self.options.open:
            self.options.open = False
            threading.Thread(target=webbrowser.open, args=(self._address(),), daemon=True).start()

    def _address(self) -> str:
        return f"http://{self.server.address}{self.shown.base_path}"

    def rest(self, builds: int) -> None:
        """Waits for a change; cleans up while nothing happens."""
        changed = self.watcher.wait(_IDLE_S)
        if not changed or builds % _BUILDS_A_CLEANING == 0:
            gc.collect()
        if not changed:
            self.watcher.wait()
        if self.watcher.failure and not self.watcher.poll:
            self.console.note(f"no notice of changes: {self.watcher.failure}; looking for them instead, as with --poll")
            self.watcher.poll = True

    def _build(self) -> tuple[Report, Shown]:
        """The report of a build, and what is to be shown then."""
        site = config.load(self.file)
        site = site._replace(base_url=f"http://{self.server.address}{site.base_path}")
        folder = site.root / CACHE / "preview" / short_hash(site.base_url)
        report, corpus = build.build(site, folder, self.options, self.console, self.shelf)
        if corpus is None and self.stories is None:  # all was as it had been left
            with open_desk(site, self.options, self.console, Stopwatch(), self.shelf) as desk:
                corpus = gather(desk, unchanged(desk)).corpus
        if corpus:
            self.stories = {card.path: story for story in corpus.stories for card in story.cards}
        is_broken = any(problem.is_error or self.options.strict for problem in report.problems)
        guide = _Guide(site, folder, self._whole(site))
        problems = tuple(sorted(report.problems))
        return report, Shown(
            "", folder, site.base_path, 0.0, problems, is_broken, guide.about, guide.report, guide.is_made
        )

    def _whole(self, site: Site) -> "_Whole":
        """What the site as a whole says of its pages."""
        shown = ("drafts", "future", "expired")
        options = Showing(**{**vars(self.options), **dict.fromkeys(shown, False)})
        moment = Moment(moment_in(site, options))
        if not any(getattr(self.options, name) for name in shown):
            return _Whole(moment, None, self.stories or {})
        with open_desk(site, options, self.console, Stopwatch(), self.shelf) as desk:
            corpus = gather(desk, unchanged(desk)).corpus
            real = desk.memory.keep("real files", (corpus,), lambda: frozenset(plan(corpus)[0]))
            return _Whole(moment, real, self.stories or {})


def _changed(before: Shown, after: Shown, report: Report) -> Collection[str] | None:
    """The files of the output that are not as they were; None where all pages are to be shown anew."""
    if before.is_broken or after.is_broken:
        return () if (before.is_broken, before.problems) == (after.is_broken, after.problems) else None
    written, removed = report.document["written"], report.document["removed"]
    assert isinstance(written, list)
    assert isinstance(removed, list)
    files = [str(path) for path in (*written, *removed)]
    is_said_otherwise = before.problems != after.problems or (report.document["read"] and not files)
    return None if is_said_otherwise else files


class _Whole(NamedTuple):
    """What the site as a whole says of its pages."""

    moment: Moment
    real: frozenset[str] | None  # the files that a build without options makes now; None where it makes the same
    stories: Mapping[str, Story]  # by the paths of their articles


class _Guide:
    """Knows of each page what its editor wants to know."""

    def __init__(self, site: Site, folder: Path, whole: _Whole) -> None:
        self.site, self.folder, self.whole = site, folder, whole
        self.said: dict[str, About] = {}

    def about(self, path: str) -> About:
        """What there is to say of a page of the output."""
        if path not in self.said:
            owner = self._made().get(path, "")
            article = self._article(owner) if owner else None
            self.said[path] = self._about_article(article) if article else self._about_page(path, owner)
        return self.said[path]

    def is_made(self, path: str) -> bool:
        """Whether the build made a file of the output."""
        return path in self._made()

    def _made(self) -> Mapping[str, str]:
        manifest = self.folder / MANIFEST
        return _owners(self.folder, manifest.stat().st_mtime_ns) if manifest.exists() else {}

    def report(self) -> str:
        """What cleaning removed from all articles, as a page."""
        bodies = Bodies(memory_file(self.site))
        articles = [pickle.loads(bodies[name]) for name in bodies.names("content/")]  # noqa: S301 - our own file
        bodies.close()
        entries = [Entry(article.path, article.title, article.removed) for article in articles if article]
        return cleaning_report(self.site.title, entries)

    def _about_page(self, path: str, owner: str) -> About:
        is_left_out = self.whole.real is not None and path not in self.whole.real
        return _nothing_about(path)._replace(path=owner, withheld="withheld articles alone" if is_left_out else "")

    def _about_article(self, article: Article) -> About:
        topics = ", ".join(topic.title for topic in article.topics) or "none"
        return About(
            path=article.path,
            withheld=withheld_as(article, self.whole.moment),
            grouped=(f"Topic: {topics} ({article.topic_reason})", *self._story(article.path)),
            removed=article.removed,
            reasons={removal.rule: reason(removal.rule) for removal in article.removed},
            diff=self._diff(article.path) if article.removed else (),
        )

    def _story(self, path: str) -> Iterator[str]:
        """Which story an article is in, and what its articles have in common."""
        story = self.whole.stories.get(path)
        if story:
            marks = marks_of(memory_file(self.site), [card.path for card in story.cards])
            words = common_terms([terms_in(mark.terms) for mark in marks.values()])
            yield f"Story: {story.title}, {len(story.cards)} articles ({', '.join(words)})"

    def _article(self, path: str) -> Article | None:
        with closing(Bodies(memory_file(self.site))) as bodies:
            body = bodies.get(path)
        article: Article | None = pickle.loads(body) if body else None  # noqa: S301 - our own file
        return article

    def _diff(self, path: str) -> tuple[str, ...]:
        try:
            lines = diff(examine(Source(path, (self.site.root / path).read_bytes()), self.site))
            return tuple(lines)[2:]  # without the names of the file
        except (OSError, ContentError):  # it has just been changed again, or can't be written as it is shown
            return ()


@lru_cache(maxsize=1)
def _owners(folder: Path, mtime_ns: int) -> Mapping[str, str]:
    """The content files that the files of the output come from, by path; "" where there is just not one."""
    del mtime_ns  # of the manifest: another one is another manifest
    return read_manifest(folder)


def _nothing_about(path: str) -> About:
    """What there is to say of a page before there is one."""
    del path
    return About("", "", (), (), {}, ())


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _MOST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; write a number up to {_MOST_PORT}, or 0 for any")
    return int(text)
