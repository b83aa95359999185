"""The output folder as it stands: what is remembered of it, and what a site is made with beside its articles."""

import marshal
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import quote

from generator import config, urls
from generator.commands.copies import Copies, Copy, together
from generator.commands.desk import Desk
from generator.commands.survey import STATIC, Survey, is_asset
from generator.corpus import Corpus
from generator.digest import short_hash
from generator.engine.memory import Trace
from generator.engine.scan import Found, scan
from generator.model import Card, Site
from generator.pipeline.group.since import Standing
from generator.pipeline.render.theme import Template
from generator.pipeline.write import MANIFEST, Writer, read_manifest
from generator.problems import Problem

Strays: TypeAlias = dict[str, tuple[int, int]]  # files that aren't as they were made: size and time now, by path

_GONE: Final = (-1, 0)
_NAMING: Final = (".css", ".js", ".json", ".svg", ".html", ".webmanifest")  # files of a theme that may name others
_MANY: Final = 2_000  # files; to look at fewer takes no longer than to start a process
_PATIENCE_S: Final = 10.0  # for a look at files, which takes 4 microseconds each


class Surroundings(NamedTuple):
    """What a site is made with beside its articles."""

    folders: tuple[tuple[Path, tuple[Found, ...]], ...]  # of the theme, the built-in one first
    others: tuple[Found, ...]  # files of content/ that are no articles
    statics: tuple[Found, ...]  # files of static/
    problems: tuple[Problem, ...]  # with files of content/ and static/

    def listing(self) -> str:
        """The same text as long as no file of them changes in size or time, and there is as much to say of them."""
        return repr(
            [*((str(folder), files) for folder, files in self.folders), self.others, self.statics, self.problems]
        )


class Theme(NamedTuple):
    """The files that a site is made with; those of its theme hide those of the built-in one."""

    templates: Mapping[str, Template]  # by the name that `extends` and `include` use
    copies: Copies


class Before(NamedTuple):
    """What is remembered of the output folder."""

    corpus: str  # digest of all cards, and with them of the plan; "" where it isn't known
    outline: bytes  # of articles and terms, packed
    made: Mapping[str, Trace]


class Stock(NamedTuple):
    """What there is before anything is made."""

    theme: Theme
    before: Before
    strays: Strays
    writer: Writer


class Published(NamedTuple):
    """What was done to the output folder."""

    written: tuple[str, ...]  # new files and changed ones
    removed: tuple[str, ...]
    unchanged: int
    reasons: Mapping[str, tuple[str, ...]]  # why each page was rendered, by path
    problems: tuple[Problem, ...]
    lost: int = 0  # articles without a page, for another has their url


NOTHING_DONE: Final = Published((), (), 0, {}, ())


def look_around(site: Site, found: Survey) -> Surroundings:
    """What there is beside the articles."""
    folders = tuple((folder, scan(folder)[0]) for folder in reversed(config.theme_folders(site)))
    return Surroundings(folders, found.others, found.statics, found.problems)


@contextmanager
def strays_of(desk: Desk, folder: Path) -> Iterator[Callable[[], Strays]]:
    """Looks at the files of the output, in another process if that is of use; what it gives waits for the strays."""
    made = desk.memory.table(fact_name("outputs", folder))
    look = partial(_strays, f"{folder}/", made)
    with desk.aside(look, _PATIENCE_S) if len(made) > _MANY else nullcontext(look) as strays:
        yield cache(strays)


def is_intact(desk: Desk, folder: Path, strays: Callable[[], Strays]) -> bool:
    """Whether all files of the output are there, as they were written."""
    is_listed = desk.memory.fact(fact_name("manifest", folder)) == _sign_of(folder / MANIFEST)
    return is_listed and bool(desk.memory.table(fact_name("outputs", folder))) and not strays()


def take_stock(desk: Desk, folder: Path, around: Surroundings, strays: Callable[[], Strays]) -> Stock:
    """What there is in the output folder, and what there is to make more of."""
    theme = load_theme(desk.site, around)
    corpus, outline = (desk.memory.fact(fact_name(name, folder)) or b"" for name in ("corpus", "outline"))
    made = desk.memory.table(fact_name("outputs", folder))
    known = {path: trace[3:] for path, trace in made.items()}
    return Stock(theme, Before(corpus.decode(), outline, made), strays(), Writer(folder, known))


def _strays(base: str, made: Mapping[str, Trace]) -> Strays:
    strays: Strays = {}
    for path, (_, _, _, size, mtime_ns) in made.items():
        try:
            status = os.stat(base + path)  # noqa: PTH116 - Path costs more than the call, 13,000 times
        except OSError:
            strays[path] = _GONE
            continue
        if status.st_mtime_ns != mtime_ns or status.st_size != size:
            strays[path] = status.st_size, status.st_mtime_ns
    return strays


def load_theme(site: Site, around: Surroundings) -> Theme:
    """The templates of a site and its copies. `default/NAME` is the built-in template NAME, hidden or not."""
    templates: dict[str, Template] = {}
    assets: dict[str, Copy] = {}
    for folder, files in around.folders:
        shown = folder.relative_to(site.root).as_posix() if folder.is_relative_to(site.root) else folder.name
        for found in files:
            kind, _, name = found.path.partition("/")
            if kind == "templates":
                template = Template((folder / found.path).read_text(encoding="utf-8"), f"{shown}/{found.path}")
                templates[name] = template
                if folder == config.built_in_theme():
                    templates[f"{config.BUILT_IN_THEME}/{name}"] = template
            elif kind == "static":
                assets[f"assets/{name}"] = Copy(folder / found.path, found, f"{shown}/{found.path}")
    beside = [_copy(site, "content", found) for found in around.others if is_asset(found.path)]
    statics = [_copy(site, STATIC, found) for found in around.statics]
    return Theme(templates, together(assets, beside, statics))


def _copy(site: Site, folder: str, found: Found) -> Copy:
    return Copy(site.root / folder / found.path, found, f"{folder}/{found.path}")


def without_made(stock: Stock, private: Collection[str]) -> tuple[str, ...]:
    """The private files of content/ that aren't in the output yet."""
    return tuple(path for path in private if urls.name_of_file(path) not in stock.before.made)


def without_private(stock: Stock, private: Collection[str], site: Site) -> Stock:
    """The same without private files of content/, but for those that the theme or the configuration names."""
    if not private:
        return stock
    theme, files = stock.theme, stock.theme.copies.files
    styles = (copy.source for path, copy in files.items() if path.startswith("assets/") and path.endswith(_NAMING))
    texts = [repr(site), *(one.source for one in theme.templates.values()), *(_text_of(file) for file in styles)]
    named = {path for path in private if any(path in text or quote(path) in text for text in texts)}
    hidden = {f"content/{path}" for path in private if path not in named}
    shown = {path: copy for path, copy in files.items() if copy.shown not in hidden}
    return stock._replace(theme=theme._replace(copies=theme.copies._replace(files=shown)))


def _text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def record(desk: Desk, folder: Path, before: Before, after: Before, corpus: Corpus) -> None:
    """Remembers what the output folder is now."""
    changed = [path for path, row in after.made.items() if before.made.get(path) != row]
    with desk.memory.recording():
        gone = before.made.keys() - after.made.keys()
        desk.memory.put_table(fact_name("outputs", folder), after.made, (*changed, *gone))
        desk.memory.put_fact(fact_name("corpus", folder), after.corpus.encode())
        if after.outline != before.outline:
            desk.memory.put_fact(fact_name("outline", folder), after.outline)
        desk.memory.put_fact(fact_name("notices", folder), marshal.dumps(_notices(corpus)))
        desk.memory.put_fact(fact_name("manifest", folder), _sign_of(folder / MANIFEST))


def _notices(corpus: Corpus) -> dict[str, tuple[str, int, bool]]:
    """For articles with notices, which are few: the file of each, how many corrections, whether it is withdrawn."""
    return {
        card.path: (urls.output_path(card.url), len(card.corrections), card.withdrawn is not None)
        for card in all_published(corpus)
        if card.corrections or card.withdrawn
    }


def all_published(corpus: Corpus) -> Iterator[Card]:
    """All articles that have a page, if only one with a notice."""
    return chain(corpus.cards, (copy.card for copy in corpus.copies), corpus.unlisted, corpus.withdrawn)


def published_before(desk: Desk, folder: Path) -> dict[str, Standing]:
    """The articles as they were last published into a folder, by path; none where no build is remembered."""
    made = desk.memory.table(fact_name("outputs", folder))
    notices = desk.memory.value(fact_name("notices", folder), marshal.loads) or {}
    found = {path: Standing(file, "", number, True) for path, (file, number, gone) in notices.items() if gone}
    for file, owner in read_manifest(folder).items():
        if owner and file in made and (text := made[file][1]):
            found[owner] = Standing(file, text, notices[owner][1] if owner in notices else 0)
    return found


def fact_name(fact: str, folder: Path) -> str:
    """The name of a fact that is about one output folder."""
    return f"{fact} {short_hash(str(folder.resolve()))}"


def _sign_of(manifest: Path) -> bytes:
    """Differs when the list of our files does."""
    try:
        status = manifest.stat()
    except OSError:
        return b""
    return b"%d %d" % (status.st_size, status.st_mtime_ns)
