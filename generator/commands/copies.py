"""Files that are published as they are, and what stands in their way. No I/O."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from generator.engine.scan import Found
from generator.problems import Problem
from generator.urls import name_of_file, page_of

if TYPE_CHECKING:
    from generator.pipeline.render.plan import Plan

# Pages that every site has, for programs and not for readers: who has a file of that name wants it in their place.
_REPLACEABLE: Final = frozenset({"robots.txt", "404.html", "_redirects"})


class Copy(NamedTuple):
    """A file that is published as it is."""

    source: Path
    found: Found
    shown: str  # its path in messages, from the root of the site


class Copies(NamedTuple):
    """All files that are published as they are."""

    files: Mapping[str, Copy]  # by path in output/
    statics: frozenset[str]  # of these, the ones of static/
    problems: tuple[Problem, ...]


def together(of_theme: Mapping[str, Copy], beside: Sequence[Copy], statics: Sequence[Copy]) -> Copies:
    """The files of the theme, those beside articles and those of static/; where two want one path the first."""
    named, doubles = _by_path(beside)
    others = {**of_theme, **named}
    wanted, more = _by_path(statics)
    taken = {path: others[other].shown for path, other in _taken(wanted, others).items()}
    free = {path: copy for path, copy in wanted.items() if path not in taken}
    return Copies({**others, **free}, frozenset(free), (*doubles, *more, *_collisions(wanted, taken)))


def _by_path(copies: Sequence[Copy]) -> tuple[dict[str, Copy], tuple[Problem, ...]]:
    """The files by their paths in output/; two of one folder may differ in the form of a letter alone."""
    found: dict[str, Copy] = {}
    problems: list[Problem] = []
    for copy in copies:
        path = name_of_file(copy.found.path)
        first = found.setdefault(path, copy)
        if first is not copy:
            problems += _collisions({path: copy}, {path: first.shown})
    return found, tuple(problems)


def make_way(planned: "Plan", copies: Copies) -> tuple["Plan", Copies]:
    """Without the pages that files of static/ replace, and without the copies whose paths pages have."""
    replaced = _REPLACEABLE & copies.statics & planned.pages.keys()
    if replaced:
        planned = planned._replace(pages={path: page for path, page in planned.pages.items() if path not in replaced})
    same = (copies.files.keys() & planned.pages.keys()) | (copies.files.keys() & planned.others.keys())
    near = _taken(copies.statics, [*planned.pages, *planned.others]) if copies.statics else {}
    if same or near:
        taken = {path: _named(planned, other) for path, other in ({path: path for path in same} | near).items()}
        files = {path: copy for path, copy in copies.files.items() if path not in taken}
        problems = (*copies.problems, *_collisions(copies.files, taken))
        copies = Copies(files, copies.statics & files.keys(), problems)
    return planned, copies


def _named(planned: "Plan", path: str) -> str:
    """What a page is called in messages: by the content file that it comes from, if it is just one."""
    page = planned.pages.get(path)
    return (page.owner if page else planned.others[path]) or f"the page {page_of(path)}"


def _taken(wanted: Collection[str], others: Iterable[str]) -> dict[str, str]:
    """Of these paths those where one of the others is, above one of the others, or below it; with that one.

    Where the disk knows no case, two may be one.
    """
    heads = {_head(path) for path in wanted}
    near = {path.casefold(): path for path in others if _head(path) in heads} if heads else {}
    folders = {folder: path for folded, path in near.items() for folder in _folders_of(folded)}
    found = {}
    for path in wanted:
        folded = path.casefold()
        above = (near[folder] for folder in _folders_of(folded) if folder in near)
        if other := near.get(folded) or next(above, "") or folders.get(folded, ""):
            found[path] = other
    return found


def _head(path: str) -> str:
    return path.partition("/")[0].casefold()


def _folders_of(path: str) -> Iterator[str]:
    """The folders that a file is in, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _collisions(copies: Mapping[str, Copy], taken: Mapping[str, str]) -> tuple[Problem, ...]:
    hint = "rename one of them, or remove it"
    return tuple(
        Problem(
            copies[path].shown, 0, 0, f"it and {name} want one place in the site: {page_of(path)}", "same-url", hint
        )
        for path, name in sorted(taken.items())
    )
