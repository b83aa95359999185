"""What there is in content/ and static/, compared with what is remembered."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from generator.commands.desk import Desk
from generator.engine.memory import is_same
from generator.engine.scan import Found, scan
from generator.filenames import is_conflict_copy
from generator.model import Site
from generator.problems import WARNING, ConfigError, ContentError, Problem

MARKDOWN: Final = (".md", ".markdown")
ASSETS: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".pdf", ".mp3", ".m4a", ".ogg", ".mp4", ".webm", ".csv"}
)
LOCK_FILE: Final = "broadsheet.lock"
STATIC: Final = "static"  # the folder whose files are published at the root of the site


EMPTYING: Final = "bring the articles back; to empty the site on purpose, make content/, remove output/ and build again"
CONTENT: Final = "content/"
_UNREADABLE: Final = "unreadable"
_MAY_BE_READ: Final = "give this account the right to read it (`chmod u+r`, of a folder `u+rx`), or move it away"


class Survey(NamedTuple):
    """What there is in content/ and static/, and what of the articles is not as it is remembered."""

    others: tuple[Found, ...]  # files of content/ that are no articles
    statics: tuple[Found, ...]  # files of static/
    articles: int  # how many files of content/ are articles
    inputs: Mapping[str, tuple[int | None, str]]  # the traces, by path
    changed: tuple[Found, ...]  # new articles, and those with another size or time
    gone: tuple[str, ...]  # paths
    lock: str  # the text of the lock file
    problems: tuple[Problem, ...]


def survey(desk: Desk) -> Survey:
    """What there is now, compared with what is remembered."""
    files, problems = scan(desk.site.root / CONTENT, CONTENT)
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
        articles=len(files) - len(others),
        inputs=inputs,
        changed=tuple(changed),
        gone=tuple(sorted(gone)),
        lock=read_lock(desk.site.root / LOCK_FILE),
        problems=(*problems, *about_statics, *_unused(others)),
    )


def unchanged(desk: Desk) -> Survey:
    """The survey of a site right after a build, when everything is as it is remembered."""
    inputs = desk.memory.table("inputs")
    return Survey((), (), len(inputs), inputs, (), (), read_lock(desk.site.root / LOCK_FILE), ())


def refuse_loss(site: Site, found: Survey, pages: Callable[[], Mapping[str, str]]) -> None:
    """Raises ContentError where articles are out of reach, or all gone: that is an accident and no wish.

    `pages` are those of the last build, each with the content file that it comes from.
    """
    unreadable = [problem._replace(hint=_MAY_BE_READ) for problem in found.problems if problem.code == _UNREADABLE]
    if unreadable:
        message = "nothing was built: what can't be read would vanish from the site"
        raise ContentError(*unreadable, Problem("", 0, 0, message, "not-built", "the site stays as it was"))
    if found.articles:
        return
    known = sum(owner.startswith(CONTENT) for owner in pages().values())
    if not (site.root / CONTENT).is_dir():
        what, is_loss = "the folder is missing", True
    else:
        what, is_loss = f"no article is left, and {known:,} pages were made of some; nothing was changed", known > 0
    if is_loss:
        raise ContentError(Problem(CONTENT, 0, 0, what, "no-content", EMPTYING))


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
