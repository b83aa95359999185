"""The first half of the sentence: scan -> [read -> clean] -> cards -> group -> corpus."""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from generator.console import Console
from generator.engine.scan import Found, scan
from generator.engine.workers import Failed, default_jobs, spread
from generator.model import Article, Card, Corpus, Site, Source
from generator.pipeline.cards import Prepared, prepare
from generator.pipeline.clean.rules import rule_names
from generator.pipeline.group import Moment, group, withheld_as
from generator.problems import WARNING, ConfigError, Problem, did_you_mean

ARTICLE_SECONDS: Final = 5.0  # of processor time; 500 times what an article needs
MARKDOWN: Final = (".md", ".markdown")
ASSETS: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".pdf", ".mp3", ".m4a", ".ogg", ".mp4", ".webm", ".csv"}
)
_IN_PROCESS: Final = 64  # fewer articles than this are not worth a second process
_MOST_JOBS: Final = 256
_MOST_READ: Final = 64 * 2**20  # bytes of one file; the reader refuses far less, and says so


class Options(argparse.Namespace):
    """What is built: the moment, and what would be withheld then."""

    now: datetime | None
    drafts: bool
    future: bool
    expired: bool
    jobs: int


class Gathered(NamedTuple):
    """The content of a site, read, cleaned and grouped."""

    corpus: Corpus
    articles: Mapping[str, Article]  # by path
    withheld: tuple[tuple[Card, str], ...]  # articles that are not shown, and as what: draft, future, expired
    assets: tuple[Found, ...]  # pictures and other files of content/ that are published as they are
    broken: frozenset[str]  # paths of the files that gave neither article nor page
    problems: tuple[Problem, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of every command that gathers."""
    parser.add_argument("-D", "--drafts", action="store_true", help="include drafts")
    parser.add_argument("-F", "--future", action="store_true", help="include articles dated in the future")
    parser.add_argument("-E", "--expired", action="store_true", help="include expired articles")
    parser.add_argument("-j", "--jobs", metavar="N", type=_jobs, default=0, help="processes to use; default: all cores")
    parser.add_argument("--now", metavar="ISO", type=_moment, help="build as if it were this moment")


def gather(site: Site, options: Options, console: Console) -> Gathered:
    """Everything in content/; what is wrong with a file is a problem of that file alone."""
    _check_rules(site)
    files, problems = scan(site.root / "content", "content/")
    paths = [f"content/{found.path}" for found in files if is_article(found.path)]
    prepared = list(prepare_all(site, paths, options.jobs, console))
    moment = Moment(_now(site, options), options.drafts, options.future, options.expired)
    cards = [one.card for one in prepared if one.card]
    corpus, about_names = group(cards, [one.page for one in prepared if one.page], site, moment)
    about_files = [problem for one in prepared for problem in one.problems]
    return Gathered(
        corpus=corpus,
        articles={one.path: one.article for one in prepared if one.article},
        withheld=tuple((card, withheld_as(card, moment)) for card in corpus.withheld),
        assets=tuple(found for found in files if Path(found.path).suffix.lower() in ASSETS),
        broken=frozenset(one.path for one in prepared if not one.card and not one.page),
        problems=(*problems, *_unused(files), *about_files, *about_names),
    )


def prepare_all(site: Site, paths: Sequence[str], jobs: int, console: Console) -> Iterator[Prepared]:
    """The content files, read and cleaned, in their order."""
    jobs = 1 if len(paths) < _IN_PROCESS else jobs or default_jobs()
    task = partial(_prepare, site)
    results = spread(task, paths, jobs=jobs, seconds=ARTICLE_SECONDS)
    for path, result in zip(paths, console.progress(results, len(paths), "reading"), strict=True):
        yield _too_hard(path, result) if isinstance(result, Failed) else result


def is_article(path: str) -> bool:
    """Whether a file in content/ is Markdown to be built; those that start with "_" are other generators' sections."""
    return path.endswith(MARKDOWN) and not path.rpartition("/")[2].startswith("_")


def _prepare(site: Site, path: str) -> Prepared:
    try:
        with (site.root / path).open("rb") as file:
            data = file.read(_MOST_READ)
    except OSError as error:
        return Prepared(path, problems=(Problem(path, 0, 0, f"can't be read: {error.strerror}", "unreadable"),))
    return prepare(Source(path, data), site)


def _too_hard(path: str, failed: Failed) -> Prepared:
    hint = "look for thousands of brackets or fences, or for the source of a page pasted as text"
    return Prepared(
        path, problems=(Problem(path, 1, 0, f"the text can't be handled: {failed.reason}", "too-hard", hint),)
    )


def _unused(files: Iterable[Found]) -> Iterator[Problem]:
    """Files in content/ that nothing is made of."""
    for found in files:
        path, suffix = f"content/{found.path}", Path(found.path).suffix.lower()
        if found.path.endswith(MARKDOWN) and not is_article(found.path):
            yield Problem(
                path, 0, 0, "not used: its name starts with an underscore", "unused-file", "rename it", WARNING
            )
        elif not found.path.endswith(MARKDOWN) and suffix not in ASSETS:
            hint = (
                f"`broadsheet import {path}` makes an article of it"
                if suffix in {".txt", ""}
                else "move it out of content/"
            )
            yield Problem(path, 0, 0, "not used: neither Markdown nor a picture", "unused-file", hint, WARNING)


def _check_rules(site: Site) -> None:
    for name in site.skipped_rules:
        if name not in rule_names():
            hint = did_you_mean(name, rule_names()) or f"known are {', '.join(rule_names())}"
            message = f'[clean] skip: there is no rule "{name}"'
            raise ConfigError(Problem("broadsheet.toml", 0, 0, message, "bad-config", hint))


def _now(site: Site, options: Options) -> datetime:
    """The one moment of a build: told, or the clock's."""
    now = options.now or datetime.now(site.timezone)
    return now if now.tzinfo else now.replace(tzinfo=site.timezone)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment; write 2024-01-31 or 2024-01-31T18:00+01:00") from None


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {_MOST_JOBS}")
    return int(text)
