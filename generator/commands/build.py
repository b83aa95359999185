"""broadsheet build: scan -> [read -> clean] -> cards -> group -> corpus -> plan -> pages -> write."""

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from generator import config
from generator.commands import gather
from generator.console import Console
from generator.engine.scan import scan
from generator.engine.workers import Failed, default_jobs, spread
from generator.model import Article, Json, Output, Report, Site
from generator.pipeline.render.pages import Renderer, Template
from generator.pipeline.render.plan import Page, plan
from generator.pipeline.write import Written, check_folder, write
from generator.problems import ContentError, Problem
from generator.urls import output_path

_PAGE_SECONDS: Final = 30.0
_IN_PROCESS: Final = 256  # fewer pages than this are not worth a second process


class Options(gather.Options):
    """What the command is told."""

    directory: Path
    output: Path | None
    base_url: str | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `broadsheet build`."""
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, help="the folder to write to; default: output/")
    parser.add_argument(
        "-b", "--base-url", metavar="URL", help="the address of the site, in place of the configured one"
    )
    gather.add_arguments(parser)


def run(options: Options, console: Console) -> Report:
    """Builds the site."""
    start = time.perf_counter()
    site = config.load(config.find(options.directory), options.base_url)
    folder = options.directory / options.output if options.output else site.root / "output"
    check_folder(folder)
    gathered = gather.gather(site, options, console)
    pages, collisions = plan(gathered.corpus)
    theme = load_theme(site)
    assets = {**theme.assets, **{found.path: site.root / "content" / found.path for found in gathered.assets}}
    planned = {**{output_path(page.url): page.owner for page in pages}, **dict.fromkeys(assets, "")}
    faults: list[Problem] = []
    renderer = Renderer(site, theme.templates)
    rendered = render_all(renderer, pages, gathered.articles, jobs=options.jobs, faults=faults)
    outputs = chain(console.progress(rendered, len(pages), "rendering"), _read_assets(assets))
    written = write(folder, planned, outputs, gathered.broken)
    problems = (*gathered.problems, *collisions, *_once(faults), *written.problems)
    return _report(gathered, written, problems, time.perf_counter() - start)


class Theme(NamedTuple):
    """The files of a theme; its own hide those of the built-in one."""

    templates: Mapping[str, Template]  # by the name that `extends` and `include` use
    assets: Mapping[str, Path]  # by path in output/


def load_theme(site: Site) -> Theme:
    """The theme of the site. `default/NAME` is the built-in template NAME, hidden or not."""
    templates: dict[str, Template] = {}
    assets: dict[str, Path] = {}
    for folder in reversed(config.theme_folders(site)):
        shown = folder.relative_to(site.root).as_posix() if folder.is_relative_to(site.root) else folder.name
        is_built_in = folder == config.built_in_theme()
        for found in scan(folder / "templates")[0]:
            source = (folder / "templates" / found.path).read_text(encoding="utf-8")
            template = Template(source, f"{shown}/templates/{found.path}")
            templates[found.path] = template
            if is_built_in:
                templates[f"{config.BUILT_IN_THEME}/{found.path}"] = template
        assets |= {f"assets/{found.path}": folder / "static" / found.path for found in scan(folder / "static")[0]}
    return Theme(templates, assets)


def render_all(
    renderer: Renderer, pages: Sequence[Page], articles: Mapping[str, Article], *, jobs: int, faults: list[Problem]
) -> Iterator[Output]:
    """The files of the pages, in order; what goes wrong is added to `faults` and costs its page alone."""
    jobs = 1 if len(pages) < _IN_PROCESS else jobs or default_jobs()
    results = spread(partial(_render, renderer, articles), pages, jobs=jobs, seconds=_PAGE_SECONDS)
    for page, result in zip(pages, results, strict=True):
        if isinstance(result, Failed):
            faults.append(Problem("", 0, 0, f"the page {page.url} can't be rendered: {result.reason}", "too-hard"))
        elif isinstance(result, Output):
            yield result
        else:
            faults += result


def _render(renderer: Renderer, articles: Mapping[str, Article], page: Page) -> Output | tuple[Problem, ...]:
    try:
        return renderer.render(page, [articles[path] for path in page.texts])
    except ContentError as error:
        return error.problems


def _read_assets(assets: Mapping[str, Path]) -> Iterator[Output]:
    return (Output(path, file.read_bytes()) for path, file in assets.items())


def _once(faults: Sequence[Problem]) -> Iterator[Problem]:
    """One problem for each place in a template, however many pages it spoilt."""
    counts = Counter((fault.path, fault.line, fault.message) for fault in faults)
    for fault in faults:
        more = counts.pop((fault.path, fault.line, fault.message), 0) - 1
        if more >= 0:
            yield fault._replace(hint=f"{fault.hint} and in {more:,} more") if more else fault


def _report(gathered: gather.Gathered, written: Written, problems: tuple[Problem, ...], seconds: float) -> Report:
    corpus = gathered.corpus
    articles = len(corpus.cards) + len(corpus.unlisted)
    done = [f"{articles:,} articles", f"{len(written.written):,} files written", f"{written.unchanged:,} unchanged"]
    done += [f"{len(written.removed):,} removed"] if written.removed else []
    withheld: list[Json] = [{"path": card.path, "as": reason} for card, reason in gathered.withheld]
    document: dict[str, Json] = {
        "articles": articles,
        "written": list(written.written),
        "removed": list(written.removed),
        "unchanged": written.unchanged,
        "withheld": withheld,
        "seconds": round(seconds, 3),
    }
    lines = (*_withheld_line(gathered), " · ".join([*done, f"{seconds:.2f} s"]))
    return Report(lines, document, problems)


def _withheld_line(gathered: gather.Gathered) -> Iterator[str]:
    """What is not shown now, and when that changes next."""
    if not gathered.withheld:
        return
    counts = Counter(reason for _, reason in gathered.withheld)
    shown = ", ".join(f"{number:,} {reason}" for reason, number in sorted(counts.items()))
    coming = [card.date for card, reason in gathered.withheld if reason == "future"]
    yield f"withheld: {shown}" + (f"; the next is due {min(coming).isoformat(' ', 'minutes')}" if coming else "")
