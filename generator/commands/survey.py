"""What there is in content/ and static/, compared with what is remembered."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from generator.commands.desk import Desk
from generator.engine.memory import is_same
from generator.engine.scan import Found, scan
from generator.filenames import is_conflict_copy
from generator.problems import WARNING, ConfigError, Problem

MARKDOWN: Final = (".md", ".markdown")
ASSETS: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".pdf", ".mp3", ".m4a", ".ogg", ".mp4", ".webm", ".csv"}
)
LOCK_FILE: Final = "broadsheet.lock"
STATIC: Final = "static"  # the folder whose files are published at the root of the site


class Survey(NamedTuple):
    """What there is in content/ and static/, and what of the articles is not as it is remembered."""

    others: tuple[Found, ...]  # files of content/ that are no articles
    statics: tuple[Found, ...]  # files of static/
    inputs: Mapping[str, tuple[int | None, str]]  # the traces, by path
    changed: tuple[Found, ...]  # new articles, and those with another size or time
    gone: tuple[str, ...]  # paths
    lock: str  # the text of the lock file
    problems: tuple[Problem, ...]


def survey(desk: Desk) -> Survey:
    """What there is now, compared with what is remembered."""
    files, problems = scan(desk.site.root / "content", "content/")
    inputs = desk.memory.table("inputs")
    others: list[Found] = []
    changed: list[Found] = []
    known = 0
    for found in files:
        if not is_article(found.path):
            others.append(found)
            continue
        remembered = inputs.get(f"content/{found.path}")
        known += remembered is not None
        if not is_same(remembered, found):
            changed.append(found)
    gone = inputs.keys() - {f"content/{found.path}" for found in files} if known < len(inputs) else ()
    statics, about_statics = scan(desk.site.root / STATIC, f"{STATIC}/", is_published=True)
    return Survey(
        others=tuple(others),
        statics=statics,
        inputs=inputs,
        changed=tuple(changed),
        gone=tuple(sorted(gone)),
        lock=read_lock(desk.site.root / LOCK_FILE),
        problems=(*problems, *about_statics, *_unused(others)),
    )


def unchanged(desk: Desk) -> Survey:
    """The survey of a site right after a build, when everything is as it is remembered."""
    return Survey((), (), desk.memory.table("inputs"), (), (), read_lock(desk.site.root / LOCK_FILE), ())


def is_article(path: str) -> bool:
    """Whether a file in content/ is Markdown to be built.

    Those that start with "_" are other generators' sections; of two versions of one article one is enough.
    """
    name = path.rpartition("/")[2]
    return name.endswith(MARKDOWN) and not name.startswith("_") and not is_conflict_copy(name)


def is_asset(path: str) -> bool:
    """Whether a file in content/ is published as it is."""
    return Path(path).suffix.lower() in ASSETS


def read_lock(file: Path) -> str:
    """The text of the lock file, "" where there is none; raises ConfigError for one that can't be read."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(Problem(file.name, 0, 0, f"can't be read: {error}", "bad-lock")) from None


def _unused(others: Iterable[Found]) -> Iterator[Problem]:
    """Files in content/ that are no articles and that nothing is made of."""
    for found in others:
        path = f"content/{found.path}"
        if is_conflict_copy(found.path.rpartition("/")[2]) and found.path.endswith(MARKDOWN):
            message = "not used: a second version of a file that was changed in two places at once"
            yield Problem(path, 0, 0, message, "conflict-copy", "compare the two, and remove this one", WARNING)
        elif found.path.endswith(MARKDOWN):
            message = "not used: its name starts with an underscore"
            yield Problem(path, 0, 0, message, "unused-file", "rename it", WARNING)
        elif not is_asset(found.path):
            hint = "move it into static/, whose files are published as they are, or elsewhere"
            if path.endswith(".txt"):
                hint = f"`broadsheet import {path}` makes an article of it; in static/ it is published as it is"
            yield Problem(path, 0, 0, "not used: neither Markdown nor a picture", "unused-file", hint, WARNING)
