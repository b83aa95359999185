"""broadsheet check: the links and fragments of the built site, each fault at the place where it was written."""

import argparse
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize
from urllib.parse import urldefrag

from generator import config, links
from generator.commands.desk import CACHE
from generator.console import Console, counted
from generator.digest import digest, short_hash
from generator.engine.memory import Memory
from generator.engine.workers import Failed, default_jobs, spread
from generator.links import Links, Target
from generator.model import Json, Report, Site
from generator.pipeline.write import MANIFEST, read_manifest
from generator.problems import WARNING, ConfigError, Problem, did_you_mean
from generator.targets.files import File, walk
from generator.urls import encode_url, page_of

if TYPE_CHECKING:
    from generator.pipeline.group.references import Files

_PAGE_SECONDS: Final = 30.0  # of processor time; 10,000 times what a page needs
_IN_PROCESS: Final = 400  # fewer files than this are not worth a second process
_WRITTEN: Final = re.compile(r"[^\s()<>\[\]\"'`,]+")  # what may be an address in a source
_FEEDS: Final = (".xml", ".json")
_ANSWERS: Final = "answers"
_DAY_S: Final = 24 * 3600


class Options(argparse.Namespace):
    """What the command is told."""

    directory: Path
    output: Path | None
    base_url: str | None
    external: bool


class Place(NamedTuple):
    """Where in a file something stands, from 1."""

    line: int
    column: int


class Checked(NamedTuple):
    """What was found."""

    files: int
    links: int  # inside the site, all pages counted
    problems: tuple[Problem, ...]


class Outside(NamedTuple):
    """What other sites answered."""

    addresses: int  # different ones
    gone: int
    unasked: int  # for want of time, or because a host had enough
    problems: tuple[Problem, ...]


class _Fault(NamedTuple):
    """A link that doesn't do what it should, on one page."""

    path: str  # of the page, in output/
    place: Place
    target: Target
    code: str  # "dead-link", "dead-fragment", "beside-site", "no-slash" or "gone"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `broadsheet check`."""
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, help="the folder to check; default: output/")
    parser.add_argument("-b", "--base-url", metavar="URL", help="the address that the site was built for")
    parser.add_argument("--external", action="store_true", help="also ask other sites whether they have what is linked")


def run(options: Options, console: Console) -> Report:
    """Checks what stands in the output folder."""
    site = config.load(config.find(options.directory), options.base_url)
    folder = options.directory / options.output if options.output else site.root / "output"
    files = walk(folder)[0]
    checked = check(site, folder, files, console)
    dead = sum(problem.is_error for problem in checked.problems)
    shown = f"{dead:,} dead" if dead else "none dead"
    summary = f"{counted(checked.files, 'file')} · {counted(checked.links, 'link')} inside the site · {shown}"
    document: dict[str, Json] = {"files": checked.files, "links": checked.links, "dead": dead}
    if not options.external:
        return Report((summary,), document, checked.problems)
    found = check_outside(site, folder, files, console)
    gone = f"{found.gone:,} gone" if found.gone else "none gone"
    parts = [f"{counted(found.addresses, 'link')} to other sites", gone]
    parts += [f"{found.unasked:,} not asked"] if found.unasked else []
    document |= {"addresses": found.addresses, "gone": found.gone, "unasked": found.unasked}
    return Report((summary, " · ".join(parts)), document, (*checked.problems, *found.problems))


def check(
    site: Site, folder: Path, files: Sequence[File], console: Console, meanwhile: Callable[[], object] = lambda: None
) -> Checked:
    """All links of a built site, whose files these are; raises ConfigError where nothing is built.

    What there is to do `meanwhile` is begun once no more processes are made: it may start threads.
    """
    if not (folder / MANIFEST).exists():
        message = f"{folder.name}/ holds no built site"
        raise ConfigError(Problem("", 0, 0, message, "not-built", "`broadsheet build` builds it"))
    marks, name = _marks(files), _name(folder)
    state = digest("\n".join([site.base_url, *(f"{path!r} {mark}" for path, mark in marks.items())]).encode())
    memory = _memory(site)
    try:
        found = (memory.fact(f"sound {name}") or b"").decode().partition(" ")
        if found[0] == state:  # nothing was wrong, and everything is as it was then
            meanwhile()
            return Checked(len(marks), int(found[2]), ())
        checked = _check(site, folder, _read_all(memory, name, folder, marks, partial(_read_stale, console, meanwhile)))
        with memory.recording():
            memory.put_fact(f"sound {name}", b"" if checked.problems else f"{state} {checked.links}".encode())
    finally:
        memory.close()
    return checked


def check_outside(site: Site, folder: Path, files: Sequence[File], console: Console) -> Outside:
    """Asks other sites for the addresses that a built site links to; what they answered lately is not asked again."""
    memory = _memory(site)
    try:
        pages = _read_all(memory, _name(folder), folder, _marks(files), partial(_read_stale, console, lambda: None))
        faults: dict[str, list[_Fault]] = {}
        for path, page in pages.items():
            for written, place in page.urls.items():
                target, _ = _judge(path, written, site.base_url, pages)
                if target and target.kind == "outside":
                    faults.setdefault(urldefrag(target.path)[0], []).append(_Fault(path, Place(*place), target, "gone"))
        answers = _ask(memory, sorted(faults), site, console)
    finally:
        memory.close()
    gone = {url: fault for url, fault in answers.items() if fault}
    owners = read_manifest(folder)
    desk = _Desk(site, folder, owners, tuple(pages), gone, cache(partial(_files, site, owners)))
    problems = tuple(desk.problems(fault for url, of_url in faults.items() if url in gone for fault in of_url))
    return Outside(len(faults), len(gone), len(faults) - len(answers), problems)


def _ask(memory: Memory, urls: Sequence[str], site: Site, console: Console) -> dict[str, str]:
    """What is wrong with each address, "" where nothing is; those that had no answer are left out."""
    from generator.reach import LASTING, manner_for, reach  # noqa: PLC0415 - 60 ms, when asked

    now = int(time.time())
    known = {url: row for url, row in memory.table(_ANSWERS).items() if 0 <= now - row[0] < _DAY_S}
    answers = {url: str(known[url][1]) for url in urls if url in known}
    unknown = [url for url in urls if url not in known]
    try:
        found = reach(unknown, manner_for(site.base_url))
        answers |= {url: fault for url, fault in console.progress(found, len(unknown), "asking") if fault is not None}
    finally:
        lasting = {url: (now, answers[url]) for url in unknown if answers.get(url) in LASTING}
        with memory.recording():
            memory.put_table(_ANSWERS, {**known, **lasting}, lasting)
    return answers


def _memory(site: Site) -> Memory:
    """What earlier checks found."""
    return Memory(site.root / CACHE / "links.sqlite", digest(Path(links.__file__).read_bytes()))


def _name(folder: Path) -> str:
    """Under which the links of a folder are remembered."""
    return f"links {short_hash(str(folder.resolve()))}"


def _marks(files: Sequence[File]) -> dict[str, tuple[int, int, int]]:
    return {file.path: file.mark for file in files if _is_text(file.path)}


def _is_text(path: str) -> bool:
    """Whether a path can stand in an address."""
    try:
        path.encode()
    except UnicodeEncodeError:  # its bytes are no UTF-8
        return False
    return True


def _check(site: Site, folder: Path, pages: Mapping[str, Links]) -> Checked:
    faults, count = [], 0
    judged: dict[str, tuple[Target | None, str]] = {}  # most links of a site stand on many of its pages
    for path, page in pages.items():
        for written, place in page.urls.items():
            target, code = judged.get(written) or _judge(path, written, site.base_url, pages)
            if written.startswith(("/", "http")):
                judged[written] = target, code
            count += target is not None and target.kind == "inside"
            if target and code:
                faults.append(_Fault(path, Place(*place), target, code))
    owners = read_manifest(folder) if faults else {}
    desk = _Desk(site, folder, owners, tuple(pages), {}, cache(partial(_files, site, owners)))
    return Checked(len(pages), count, tuple(desk.problems(faults)))


def _files(site: Site, owners: Mapping[str, str]) -> "Files":
    """The content files that have pages."""
    from generator.pipeline.group.references import Files  # noqa: PLC0415 - where there are faults

    return Files({own: page_of(path) for path, own in owners.items() if own}, (), site.base_path)


def _read_all(
    memory: Memory,
    name: str,
    folder: Path,
    marks: Mapping[str, tuple[int, int, int]],
    read: Callable[[Path, Sequence[str]], Iterable[Links]],
) -> dict[str, Links]:
    """The links of all files; of those that are as they were at the last check, what it found."""
    known = memory.table(name)
    stale = [path for path in marks if path not in known or known[path][0] != marks[path]]
    found = {path: Links(*known[path][1:]) for path in marks if path in known}
    found |= dict(zip(stale, read(folder, stale), strict=True))
    changed = [*stale, *(known.keys() - marks.keys())]
    if changed:
        with memory.recording():
            memory.put_table(name, {path: (marks[path], *found[path]) for path in marks}, changed)
    return {path: found[path] for path in marks}


def _read_stale(
    console: Console, meanwhile: Callable[[], object], folder: Path, paths: Sequence[str]
) -> Iterator[Links]:
    jobs = 1 if len(paths) < _IN_PROCESS else default_jobs()
    if jobs == 1:
        meanwhile()
    results = spread(partial(_read, folder), paths, jobs=jobs, seconds=_PAGE_SECONDS, meanwhile=meanwhile)
    for result in console.progress(results, len(paths), "checking"):
        yield links.NO_LINKS if isinstance(result, Failed) else result


def _read(folder: Path, paths: Sequence[str]) -> list[Links]:
    return [_read_one(folder, path) for path in paths]


def _read_one(folder: Path, path: str) -> Links:
    if not path.endswith((".html", ".htm", ".xml", ".json", ".css", ".svg")):
        return links.NO_LINKS
    return links.links_in(path, (folder / path).read_text(encoding="utf-8", errors="replace"))


def _judge(path: str, written: str, base_url: str, pages: Mapping[str, Links]) -> tuple[Target | None, str]:
    """Where a link of a page leads, and what is wrong with that."""
    target = links.target_of(written, base_url + path.removesuffix("index.html"), base_url)
    return target, _fault(target, pages) if target else ""


def _fault(target: Target, pages: Mapping[str, Links]) -> str:
    """What is wrong with a link; "" where nothing is."""
    if target.kind != "inside":
        return "beside-site" if target.kind == "beside" else ""
    files = links.files_of(target.path)
    file = next((file for file in files if file in pages), None)
    if file is None:
        return "dead-link"
    fragment = target.fragment.partition(":~:")[0]  # what follows is a text to look for
    if fragment and fragment != "top" and file.endswith(".html") and fragment not in pages[file].anchors:
        return "dead-fragment"
    return "" if file == files[0] else "no-slash"


class _Desk(NamedTuple):
    """Finds out who wrote what."""

    site: Site
    folder: Path
    owners: Mapping[str, str]  # of pages: the content file that each comes from
    paths: tuple[str, ...]
    gone: Mapping[str, str]  # addresses of other sites, and what is wrong with them
    files: "Callable[[], Files]"  # of content/

    def problems(self, faults: Iterable[_Fault]) -> Iterator[Problem]:
        """One problem for each place where somebody wrote a faulty link."""
        by_target: dict[tuple[Target, str], list[_Fault]] = {}
        for fault in faults:
            by_target.setdefault((fault.target, fault.code), []).append(fault)
        for (target, code), same in by_target.items():
            yield from self._problems_of(target, code, same)

    def _problems_of(self, target: Target, code: str, faults: list[_Fault]) -> Iterator[Problem]:
        sources = dict.fromkeys(self.owners.get(fault.path, "") for fault in faults)
        located = {source: self._locate(source, target) for source in sources if source}
        found = {source: place for source, place in located.items() if place}
        for source, written in found.items():
            yield self._problem(source, written, target, code)
        others = [fault for fault in faults if self.owners.get(fault.path, "") not in found]
        if found:  # feeds repeat the text of articles
            others = [fault for fault in others if not fault.path.endswith(_FEEDS)]
        if not others:
            return
        place = self._locate(config.FILE_NAME, target)
        if place:
            yield self._problem(config.FILE_NAME, place, target, code)
            return
        first, more = others[0], len(others) - 1
        problem = self._problem(f"{self.folder.name}/{first.path}", first.place, target, code)
        yield problem._replace(hint=f"{problem.hint}; on {counted(more, 'more page')} too" if more else problem.hint)

    def _locate(self, source: str, target: Target) -> Place | None:
        """Where in a source the address stands that leads there."""
        try:
            lines = (self.site.root / source).read_text(encoding="utf-8-sig", errors="replace").split("\n")
        except OSError:
            return None
        for number, line in enumerate(lines, start=1):
            for word in _WRITTEN.finditer(line):
                may_be_one = "/" in word[0] or "#" in word[0] or "." in word[0]
                if may_be_one and self._read_as_written(word[0], source) == target:
                    return Place(number, word.start() + 1)
        return None

    def _read_as_written(self, word: str, source: str) -> Target | None:
        """Where an address in a source leads, read as cleaning reads it."""
        from generator.pipeline.clean.html import resolve  # noqa: PLC0415 - where there are faults

        if word.startswith(("http://", "https://", "#")):
            page = self.site.base_url + next((path for path, own in self.owners.items() if own == source), "")
            return links.target_of(word, page.removesuffix("index.html"), self.site.base_url)
        if source.startswith("content/") and (page := self._page_of(word, source)):
            return links.target_of(page, self.site.base_url, self.site.base_url)
        folder = source.removeprefix("content/").rpartition("/")[0] if source.startswith("content/") else ""
        url = resolve(word, folder, self.site.base_path)
        return links.target_of(url, self.site.base_url, self.site.base_url) if url else None

    def _page_of(self, word: str, source: str) -> str:
        """The url that a link to a content file has on the pages of a source; "" where it is none."""
        from generator.pipeline.group.references import look_up  # noqa: PLC0415 - where there are faults
        from generator.pipeline.references import Reference, marked  # noqa: PLC0415

        if not marked(word):
            return ""
        found = look_up(source, [Reference(word, 0)], self.files(), is_shown=True)
        return "" if found.problems else found.destinations[word].url

    def _problem(self, source: str, place: Place, target: Target, code: str) -> Problem:
        severity = {"severity": WARNING} if code in {"no-slash", "gone"} else {}
        message, hint = self._words(target, code)
        return Problem(source, place.line, place.column, message, code, hint, **severity)

    def _words(self, target: Target, code: str) -> tuple[str, str]:
        """What to say of a fault, and what to do about it."""
        if code == "dead-fragment":
            return f'{target.path} has no place "#{target.fragment}"', "link to the page, or to a place that it has"
        if code == "beside-site":
            return f"{target.path} leads out of the site, which begins at {self.site.base_path}", "use the url filter"
        if code == "no-slash":
            return f"{target.path} works on some hosts alone", f"write {target.path}/"
        if code == "gone":
            return f"{target.path}: {self.gone[urldefrag(target.path)[0]]}", "mend the link, or take it out"
        composed = normalize("NFC", target.path)
        if composed != target.path and any(file in self.paths for file in links.files_of(composed)):
            return f"the site has no {target.path} in this form of its letters", f"write {encode_url(composed)}"
        known = [path.removesuffix("index.html") for path in self.paths]
        near = did_you_mean(target.path.lstrip("/"), known).replace('"', '"/', 1)
        return f"the site has no {target.path}", near or "mend the link, or take it out"
