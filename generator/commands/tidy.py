"""broadsheet tidy: what cleaning removes from articles, and why; --write makes it permanent."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import unified_diff
from functools import partial
from itertools import chain
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple

from generator import atomic, config
from generator.characters import MAX_BYTES, in_the_form_of, unify_line_ends
from generator.commands.survey import is_article
from generator.console import Console, counted
from generator.engine.scan import scan
from generator.model import Document, Json, Removal, Repair, Report, Site, Source
from generator.pipeline import clean, read
from generator.pipeline.clean import html, phrases_of, tidy
from generator.pipeline.clean.keep import NOTHING
from generator.pipeline.clean.origin import Origin, told
from generator.pipeline.clean.residue import Known
from generator.pipeline.clean.rewrite import CannotKeepError, rewrite
from generator.pipeline.clean.rules import TITLE_HEADING, reason, recorded_names
from generator.problems import ConfigError, ContentError, Problem

_STDIN = "-"
_UNDER_PICTURES = ("caption", "credit")
_GAP = re.compile(r"\n\n\n")


class Options(argparse.Namespace):
    """What the command is told."""

    directory: Path
    paths: list[str]
    diff: bool
    write: bool


class Tidied(NamedTuple):
    """One file, before and after."""

    path: str
    before: str
    after: str
    removed: tuple[Removal, ...]
    repairs: tuple[Repair, ...]
    origin: Origin
    emptied: tuple[int, ...]  # the lines of headings below which nothing is left
    unkept: str  # a field that the front matter has no room for, "" for none
    lost: tuple[Removal, ...]  # what stays in the file and doesn't come out on the page


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `broadsheet tidy`."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="articles or folders; - reads one; default: content/")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--diff", action="store_true", help="show the change of each file")
    action.add_argument("--write", action="store_true", help="change the files; a build never does")


def run(options: Options, console: Console) -> Report:
    """Shows, or writes, what cleaning makes of each file."""
    site = config.load(config.find(options.directory))
    results: list[Tidied] = []
    problems: list[Problem] = []
    files = _files(options, site)
    for shown, data in console.progress(files.items(), len(files), "tidying"):
        try:
            source = Source(shown, data())
            results.append(examine(source, site))
            if options.write:  # before the next one is read: the less time, the fewer saves fall into it
                _write(results[-1], source, site)
        except ContentError as error:
            problems += error.problems
    lines = list(chain.from_iterable(_explained(result) if options.diff else _listing(result) for result in results))
    lines += () if options.diff else _legend(results)
    files_document: list[Json] = [_document(result) for result in results]
    return Report((*lines, _summary(results, options)), {"files": files_document}, tuple(problems))


def examine(source: Source, site: Site) -> Tidied:
    """What cleaning makes of a file; a heading that serves as the title stays where it is."""
    document, _ = read.read(source, site.timezone)
    before = unify_line_ends(source.data.decode("utf-8-sig"))
    skipped = (*site.skipped_rules, TITLE_HEADING)
    try:
        return _result(document, before, site, skipped)
    except CannotKeepError as error:
        if str(error) != "image":
            return _result(document, before, site, skipped, unkept=str(error))
        return _result(document, before, site, (*skipped, *_UNDER_PICTURES))  # the caption stays where it is


def _result(document: Document, before: str, site: Site, skipped: Sequence[str], unkept: str = "") -> Tidied:
    """A file before and after; raises CannotKeepError, unless it is told already what can't be kept."""
    known = Known(phrases_of(document.metadata, site))
    tidied = tidy(document, skipped, site.clean_level_of(document.path), known)
    after = before
    if tidied.removed or tidied.repairs or _GAP.search(document.markdown):
        after = rewrite(before, document.body_line, tidied.markdown, NOTHING if unkept else tidied.moved)
    said = (tidied.removed, tidied.repairs, tidied.origin, tidied.emptied, unkept)
    return Tidied(document.path, before, after, *said, _lost(document, tidied, site))


def _lost(document: Document, tidied: clean.Tidied, site: Site) -> tuple[Removal, ...]:
    """What the page of an article can't hold; of a text without any sign of such nothing is asked."""
    if not any(sign in document.markdown for sign in ("<", "{", "](", "]:")):
        return ()
    try:
        return clean.finish(document, tidied, site.base_path, site.embeds).lost
    except html.NestedTooDeeplyError:
        return ()  # `build` says so


def _unkept(result: Tidied) -> ContentError:
    hint = f"write it by hand, as a list: {result.unkept}: [one, two]"
    message = f"`{result.unkept}` can't be added to this front matter; the file is left as it is"
    return ContentError(Problem(result.path, 1, 0, message, "bad-front-matter", hint))


def _files(options: Options, site: Site) -> dict[str, Callable[[], bytes]]:
    """The files that are asked for, and how to read each; raises ConfigError for one that isn't there."""
    files: dict[str, Callable[[], bytes]] = {}
    for name in options.paths or [str(site.root / "content")]:
        if name == _STDIN:
            if options.write:
                raise ConfigError(Problem("", 0, 0, "standard input can't be changed", "usage", "leave out --write"))
            files[_STDIN] = partial(sys.stdin.buffer.read, MAX_BYTES + 1)
            continue
        path = (options.directory / name).parent.resolve() / Path(name).name
        if not path.exists():
            raise ConfigError(Problem(name, 0, 0, "no such file or folder", "usage"))
        found = [path / file.path for file in scan(path)[0] if is_article(file.path)] if path.is_dir() else [path]
        files |= {_shown(file, site): partial(_read, file, _shown(file, site)) for file in found}
    return files


def _read(path: Path, shown: str) -> bytes:
    """The bytes of a file, of one that is too large just enough to tell; raises ContentError."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"can't be read: {error.strerror}"
        raise ContentError(Problem(shown, 0, 0, message, "unreadable", "check who may read it")) from None


def _shown(path: Path, site: Site) -> str:
    """A path relative to the site, where it is inside."""
    return path.relative_to(site.root).as_posix() if path.is_relative_to(site.root) else str(path)


def _write(result: Tidied, source: Source, site: Site) -> None:
    """Changes a file, if it is still what was read; raises ContentError."""
    if result.unkept:
        raise _unkept(result)
    if result.after == result.before:
        return
    try:
        atomic.replace(site.root / result.path, in_the_form_of(source.data, result.after), read=source.data)
    except atomic.ChangedMeanwhileError:
        message, hint = (
            "saved or removed by somebody else in this moment; it is left as it is",
            "run `broadsheet tidy` again",
        )
        raise ContentError(Problem(result.path, 0, 0, message, "changed-meanwhile", hint)) from None
    except OSError as error:
        message = f"can't be written: {error.strerror}; it is left as it is"
        hint = "mind free space and permissions, of its folder too"
        raise ContentError(Problem(result.path, 0, 0, message, "unwritable", hint)) from None


def _document(result: Tidied) -> Json:
    removed: list[Json] = [{**removal._asdict(), "reason": reason(removal.rule)} for removal in result.removed]
    lost: list[Json] = [{**removal._asdict(), "reason": reason(removal.rule)} for removal in result.lost]
    repaired: list[Json] = [{**repair._asdict(), "reason": reason(repair.rule)} for repair in result.repairs]
    evidence: list[Json] = [item._asdict() for item in result.origin.evidence]
    return {
        "path": result.path,
        "removed": removed,
        "repaired": repaired,
        "lost": lost,
        "origin": result.origin.kind,
        "evidence": evidence,
        "emptied": list(result.emptied),
    }


def _listing(result: Tidied) -> Iterator[str]:
    """The removals of a file, a line each, why it was cleaned as it was, and what was mended."""
    if result.removed:
        yield f"{result.path}: {counted(len(result.removed), 'line')} of furniture; {told(result.origin)}"
    yield from _lines(result.removed)
    for line in result.emptied:
        yield f"{line:>6}  nothing is left below this heading"
    if result.repairs:
        yield f"{result.path}: {counted(len(result.repairs), 'line')} mended"
    for rule in dict.fromkeys(repair.rule for repair in result.repairs):
        places = ", ".join(str(repair.line) for repair in result.repairs if repair.rule == rule)
        yield f"        {rule}: {reason(rule)}; {shorten(places, 60, placeholder=' ...')}"
    if result.lost:
        yield f"{result.path}: {counted(len(result.lost), 'thing')} that the page doesn't hold; the file keeps them"
    yield from _lines(result.lost)


def _lines(removed: Sequence[Removal]) -> Iterator[str]:
    width = max((len(removal.rule) for removal in removed), default=0)
    for removal in removed:
        kept = f"  (kept as {removal.kept_as})" if removal.kept_as else ""
        yield f"{removal.line:>6}  {removal.rule.ljust(width)}  {shorten(removal.text, 80)}{kept}"


def _legend(results: Iterable[Tidied]) -> Iterator[str]:
    """What each rule stands for that took a line."""
    used = {removal.rule for result in results for removal in (*result.removed, *result.lost)}
    width = max(map(len, used), default=0)
    yield from (f"{name.rjust(width)}: {reason(name)}" for name in recorded_names() if name in used)


def _explained(result: Tidied) -> Iterator[str]:
    """The change of a file with the reasons before it."""
    removed, mended = (item.rule for item in result.removed), (item.rule for item in result.repairs)
    for rule in dict.fromkeys(chain(removed, mended)):
        yield f"# {rule}: {reason(rule)}"
    yield from diff(result)


def diff(result: Tidied) -> Iterator[str]:
    """The change of a file, as `diff -u` shows it."""
    before, after = (text.removesuffix("\n").split("\n") for text in (result.before, result.after))
    yield from unified_diff(before, after, result.path, result.path, n=1, lineterm="")


def _summary(results: Sequence[Tidied], options: Options) -> str:
    lines = sum(len(result.removed) for result in results)
    files = sum(bool(result.removed) for result in results)
    verb = "removed" if options.write else "would go"
    return f"{counted(len(results), 'file')} · {counted(lines, 'line')} {verb} in {files:,} of them"
