"""broadsheet import: pasted text -> articles in content/."""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from generator import atomic, config, urls
from generator.characters import MAX_BYTES
from generator.console import Console
from generator.dates import When, day_of, parse_iso, written
from generator.importers import page
from generator.importers.text import Imported, Setting, Told, import_text
from generator.model import Json, Report, Site, Source
from generator.pipeline import clean
from generator.pipeline.clean import origin, rules
from generator.problems import WARNING, ConfigError, ContentError, Problem

_STDIN: Final = "-"
_SUFFIXES: Final = frozenset({".txt", ".md"})  # what a folder is searched for
_LONGEST_TITLE: Final = 500  # the build takes no longer one
# What the rules of cleaning say of lines to whoever looks for a headline or a date.
_KINDS: Final = {
    "timestamp": page.DATE,
    "byline": page.BYLINE,
    **dict.fromkeys((rules.PAGE_HEAD, rules.PAGE_TAIL, rules.BETWEEN, rules.REPEATED_LINE), page.MAYBE),
    **dict.fromkeys((rules.OTHER_TITLE, rules.LINKED_HEADLINE), page.MAYBE),
    **dict.fromkeys(("related-headlines", "related-inline", "live-blog"), page.MAYBE),
    **dict.fromkeys(("share-buttons", "player", "reading-time", "page-numbers", "comments"), page.BESIDE),
    **dict.fromkeys(("caption", "credit", "agency-credit", "advertisement"), page.BESIDE),
}
_FOR_ONE: Final = ("title", "slug", "source_url")  # options that fit a single article


class Options(argparse.Namespace):
    """What the command is told."""

    directory: Path
    paths: list[str]
    title: str
    date: str
    source: str
    source_url: str
    topic: str
    tags: list[str]
    language: str
    slug: str


class _Input(NamedTuple):
    """A text to import, and the name that it goes by in reports."""

    name: str
    path: Path | None  # None: standard input


class _Written(NamedTuple):
    """What became of a text."""

    name: str
    path: str  # relative to the site
    is_new: bool
    article: Imported


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `broadsheet import`."""
    paths = "text files, or folders of *.txt and *.md; -, or none: standard input"
    parser.add_argument("paths", nargs="*", metavar="PATH", help=paths)
    parser.add_argument("--title", default="", help="the headline; default: the line that looks like one")
    parser.add_argument("--date", default="", help="2026-01-31 or 2026-01-31T14:30; default: looked for in the text")
    parser.add_argument("--source", default="", help="who published it first; default: the host of its address")
    parser.add_argument("--source-url", metavar="URL", default="", help="its address; default: looked for in the text")
    parser.add_argument("--topic", default="", help="its topic; default: none, the build goes by the keywords")
    parser.add_argument("--tag", dest="tags", metavar="TAG", action="append", default=[], help="a tag; can be repeated")
    parser.add_argument("--language", metavar="TAG", default="", help='such as "fr"; default: guessed from the words')
    parser.add_argument("--slug", default="", help="the name of the file and of the page; default: from the title")


def run(options: Options, console: Console) -> Report:
    """Writes an article for each text; one that can't be imported doesn't keep the others out."""
    site = config.load(config.find(options.directory))
    told = _told(options)
    setting = Setting(site.language, datetime.now(site.timezone))
    problems: list[Problem] = []
    results: list[_Written] = []
    inputs = _inputs(options, problems)
    _refuse_sharing(options, len(inputs))
    for item in console.progress(inputs, len(inputs), "importing"):
        try:
            article = import_text(_read(item, console), told, setting, judge)
            results.append(_write(site, item.name, article, options.slug))
        except ContentError as error:
            problems += error.problems
    return _report(results, problems)


def _told(options: Options) -> Told:
    """What the options say of the article; raises ConfigError for what can't be."""
    return Told(
        title=_checked_title(options.title),
        date=_checked_date(options.date),
        source=options.source,
        source_url=_checked_url(options.source_url),
        topic=options.topic,
        tags=tuple(options.tags),
        language=_checked_language(options.language),
    )


def _checked_title(text: str) -> str:
    if len(text) > _LONGEST_TITLE:
        raise _usage(f"--title has {len(text):,} characters; the limit is {_LONGEST_TITLE}", "shorten it")
    return text


def _checked_date(text: str) -> When | None:
    when = parse_iso(text)
    if text and when is None:
        raise _usage(f'--date "{text}" is not a date', "write 2026-01-31 or 2026-01-31T14:30, if need be with +01:00")
    return when


def _checked_url(text: str) -> str:
    try:
        parts = urlsplit(text.strip())
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", text.strip())
    except ValueError:
        is_good = False
    if text and not is_good:
        raise _usage(f'--source-url "{text}" is not a web address', "it begins with https://")
    return text


def _checked_language(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise _usage(f'--language "{text}" is not a language tag', 'such as "en" or "pt-BR"')
    return text


def _usage(message: str, hint: str) -> ConfigError:
    return ConfigError(Problem("", 0, 0, message, "usage", hint))


def judge(text: str) -> page.Judgement:
    """What cleaning says of the lines of a text."""
    judged = clean.judge(text)
    kinds = {number - 1: _KINDS.get(rule, page.FURNITURE) for number, rule in judged.furniture.items()}
    return page.Judgement(judged.origin != origin.WRITTEN, kinds)


def _inputs(options: Options, problems: list[Problem]) -> list[_Input]:
    """The texts that are asked for, each once; what isn't there is a problem of its own."""
    if not options.paths and sys.stdin.isatty():
        raise _usage("nothing to import", "name a text file, or - to type or paste a text")
    found: list[_Input] = []
    for name in dict.fromkeys(options.paths or [_STDIN]):
        try:
            found += _find(name, options.directory)
        except ContentError as error:
            problems += error.problems
    return found


def _find(name: str, directory: Path) -> Iterator[_Input]:
    """The texts that a PATH stands for; it counts from the caller's folder, else from that of -C."""
    shown = name.encode("utf-8", "replace").decode()  # a name that isn't UTF-8 can't be printed
    if name == _STDIN:
        return iter([_Input(_STDIN, None)])
    path = next((path for path in (Path(name), directory / name) if _is_there(path)), None)
    if path is None:
        is_url = re.match("https?://", name)
        hint = "pages are not fetched: copy the text of the page" if is_url else "look for a slip in its name"
        raise _error(shown, "there is no such file", "no-file", hint)
    if not path.is_dir():
        return iter([_Input(shown, path)])
    return iter(_in_folder(shown, path))


def _in_folder(shown: str, folder: Path) -> list[_Input]:
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file())
    except OSError as error:
        raise _error(shown, f"can't be read: {error.strerror}", "unreadable", "check who may read it") from None
    texts = [name for name in names if not name.startswith(".")]
    if not texts:
        raise _error(shown, "the folder has no *.txt or *.md file", "no-file", "name the files")
    prefix = shown.rstrip("/\\")
    return [_Input(f"{prefix}/{name.encode('utf-8', 'replace').decode()}", folder / name) for name in texts]


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except (OSError, ValueError):  # also a whole text in the place of a name
        return False
    return True


def _refuse_sharing(options: Options, texts: int) -> None:
    """Raises ConfigError where several articles would have one title, one slug or one address."""
    for name in _FOR_ONE:
        if texts > 1 and getattr(options, name):
            option = f"--{name.replace('_', '-')}"
            raise _usage(
                f"{option} fits one article, and there are {texts}", f"import them singly, or without {option}"
            )


def _read(item: _Input, console: Console) -> Source:
    """The bytes of a text, of one that is too large just enough to tell."""
    try:
        if item.path is None:
            if sys.stdin.isatty():
                console.note("paste the text; Ctrl-D on a line of its own ends it (Windows: Ctrl-Z and Enter)")
            return Source(item.name, sys.stdin.buffer.read(MAX_BYTES + 1))
        with item.path.open("rb") as file:
            return Source(item.name, file.read(MAX_BYTES + 1))
    except OSError as error:
        raise _error(item.name, f"can't be read: {error.strerror}", "unreadable", "check who may read it") from None


def _write(site: Site, name: str, article: Imported, slug: str) -> _Written:
    """Writes the file of an article in the folder of its month, beside whatever is there."""
    day = day_of(article.date, site.timezone)
    folder = site.root / "content" / f"{day.year:04}" / f"{day.month:02}"
    stem = urls.safe_slug(urls.decoded(slug or article.slug) or article.title, article.markdown)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path, is_new = _create(folder, stem, article.markdown.encode())
    except OSError as error:
        hint = "check that you may write to content/, and that the disk is not full"
        raise _error(name, f"the article can't be written: {error.strerror}", "unwritable", hint) from None
    return _Written(name, path.relative_to(site.root).as_posix(), is_new, article)


def _create(folder: Path, stem: str, data: bytes) -> tuple[Path, bool]:
    """The file with these bytes, and whether it is new: under the first free name, unless one has them already."""
    for number in count(1):
        path = folder / (f"{stem}.md" if number == 1 else f"{stem}-{number}.md")
        try:
            if not os.path.lexists(path):
                atomic.create(path, data)
                return path, True
        except FileExistsError:
            pass  # since a moment ago
        if path.is_file() and path.read_bytes() == data:
            return path, False
    raise AssertionError("count() has no end")


def _report(results: list[_Written], problems: list[Problem]) -> Report:
    made = [result for result in results if result.is_new]
    imported: list[Json] = [
        {
            "path": result.path,
            "title": result.article.title,
            "date": written(result.article.date),
            "from": result.name,
            "guessed": dict(result.article.guessed),
        }
        for result in made
    ]
    known = [_known(result) for result in results if not result.is_new]
    named = [_named(problem, result) for result in made for problem in result.article.problems]
    return Report(tuple(map(_line, made)), {"imported": imported}, (*problems, *named, *known))


def _line(result: _Written) -> str:
    """What became of a text, in a line: the file, and what of it is a guess."""
    guessed = "; ".join(f"{name}: {origin}" for name, origin in result.article.guessed.items())
    return f"{result.name} -> {result.path}" + (f"  ({guessed})" if guessed else "")


def _named(problem: Problem, result: _Written) -> Problem:
    """A problem with a guess, which names the file that it went into."""
    return problem._replace(hint=f"{result.path}: {problem.hint}")


def _known(result: _Written) -> Problem:
    message = f"{result.path} is exactly this article; nothing was written"
    return Problem(result.name, 0, 0, message, "already-there", "", WARNING)


def _error(path: str, message: str, code: str, hint: str) -> ContentError:
    return ContentError(Problem(path, 0, 0, message, code, hint))
