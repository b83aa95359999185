"""broadsheet.toml -> Site: every key checked, every fault reported with its line.

SCHEMA is the one list of keys; the documentation is tested against it.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from generator import toml, urls
from generator.characters import one_line
from generator.config import values
from generator.config.names import by_source, clashes, publisher
from generator.config.values import REQUIRED, FaultError, Key
from generator.model import Feeds, Link, PageKinds, Site, TopicSetup
from generator.problems import ConfigError, Problem, did_you_mean

if TYPE_CHECKING:
    from generator.destinations import Destination

FILE_NAME: Final = "broadsheet.toml"
TOPICS_FILE: Final = "topics.toml"  # written by `broadsheet topics learn`
BUILT_IN_THEME: Final = "default"
FEED_FORMATS: Final = ("atom", "rss", "json")
CLEAN_LEVELS: Final = ("off", "safe", "default", "thorough")
EDITION_PERIODS: Final = ("daily", "weekly")

_LONGEST: Final = 500  # characters of a message; what it quotes may be longer
_LONGEST_NAME: Final = 255  # bytes that a folder's may have


def find(start: Path) -> Path:
    """The nearest broadsheet.toml in a folder or above it; raises ConfigError where there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    hint = "`broadsheet new DIR` makes a site; -C DIR names the folder of one"
    raise ConfigError(Problem("", 0, 0, f"no {FILE_NAME} in {start} or above it", "no-site", hint))


def load(path: Path, base_url: str | None = None) -> Site:
    """The checked configuration; `base_url` replaces the one in the file.

    Raises ConfigError with all faults of the file at once.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(Problem(path.name, 0, 0, f"can't be read: {error}", "bad-config")) from None
    reader = _Reader(path.name, text)
    raw = reader.parse()
    if base_url is not None:
        raw["base_url"] = base_url
    tables = reader.check(raw)
    root = path.parent.resolve()
    site = _site(root, tables, _read_topics_file(root)) if not reader.problems else None
    if site is not None:
        reader.problems += _cross_checks(site, reader)
    if site is None or reader.problems:
        raise ConfigError(*sorted(reader.problems))
    return site


def _read_topics_file(root: Path) -> str:
    """The text of topics.toml as it is: it is understood where articles are read."""
    try:
        return (root / TOPICS_FILE).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(Problem(TOPICS_FILE, 0, 0, f"can't be read: {error}", "bad-topics")) from None


def theme_folders(site: Site) -> tuple[Path, ...]:
    """Where the files of the site's theme are looked for, the first that has one wins."""
    own = site.root / "themes" / site.theme
    return (own, built_in_theme()) if own != built_in_theme() and own.is_dir() else (built_in_theme(),)


def built_in_theme() -> Path:
    """The theme that comes with Broadsheet: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "themes" / BUILT_IN_THEME
    return packed if packed.is_dir() else package.parent / "themes" / BUILT_IN_THEME


class _Reader:
    """Checks one file; gathers what is wrong with it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines = text.split("\n")
        self.text = text
        self.problems: list[Problem] = []

    def parse(self) -> dict[str, Any]:
        """The raw tables; raises ConfigError where the file isn't TOML."""
        try:
            return toml.loads(self.text)
        except toml.TomlError as error:
            message, hint = _told(f"not TOML: {error}"), 'text stands in quotes: title = "News"'
            raise ConfigError(Problem(self.name, error.line, error.column, message, "bad-config", hint)) from None

    def check(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """All tables with typed values and defaults."""
        own = {name: value for name, value in raw.items() if name not in (*TABLES, *LISTS, DEPLOY)}
        result: dict[str, Any] = self.check_table("", own, SCHEMA[""])
        for name in TABLES:
            result[name] = self.check_table(name, self.table(name, raw.get(name, {})), SCHEMA[name])
        for name in LISTS:
            items = raw.get(name, [])
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                self.complain(name, "", FaultError("expected a list of tables", f"begin each with [[{name}]]"))
                items = []
            result[name] = [self.check_table(name, item, SCHEMA[name], number) for number, item in enumerate(items)]
        result[DEPLOY] = self.check_destinations(self.table(DEPLOY, raw.get(DEPLOY, {})))
        return result

    def check_destinations(self, raw: Mapping[str, Any]) -> "tuple[Destination, ...]":
        """The places to deploy to; those that are sound."""
        if not raw:
            return ()
        from generator.config.deploy import destination_of, keys_of  # noqa: PLC0415 - 5 ms, for sites that name some

        found = []
        for name, value in raw.items():
            table, before = f"{DEPLOY}.{name}", len(self.problems)
            try:
                given = self.check_table(table, *keys_of(name, value))
            except FaultError as fault:
                self.complain(table, "target", fault)
                continue
            if len(self.problems) == before:
                found.append(destination_of(name, given))
        return tuple(found)

    def table(self, name: str, value: object) -> dict[str, Any]:
        """A table, or none and a problem."""
        if isinstance(value, dict):
            return value
        self.complain("", name, FaultError("expected a table", f"begin it with [{name}] on a line of its own"))
        return {}

    def check_table(
        self, table: str, raw: Mapping[str, Any], keys: Mapping[str, Key], number: int = 0
    ) -> dict[str, Any]:
        """The typed values of one table; `number` counts tables of one name."""
        for name in raw:
            if name not in keys:
                known = [*keys, *(() if table else (*TABLES, *LISTS, DEPLOY))]
                self.complain(table, name, FaultError(f'unknown key "{name}"', did_you_mean(name, known)), number)
        return {
            name: self.check_value((table, name), raw.get(name, key.default), key, number) for name, key in keys.items()
        }

    def check_value(self, place: tuple[str, str], value: object, key: Key, number: int) -> Any:
        """The typed value of one key; None and a problem where it doesn't fit."""
        table, name = place
        if value is REQUIRED:
            hint = key.example or _EXAMPLES.get(name, "")
            self.complain(table, "", FaultError(f'the key "{name}" is missing', hint), number)
            return None
        try:
            return key.check(value)
        except FaultError as fault:
            self.complain(table, name, FaultError(f'"{name}": {fault}', fault.hint), number)
            return None

    def complain(self, table: str, name: str, fault: FaultError, number: int = 0) -> None:
        """Records a fault at the line of its key."""
        line, column = self.locate(table, name, number)
        self.problems.append(Problem(self.name, line, column, _told(str(fault)), "bad-config", _told(fault.hint)))

    def locate(self, table: str, name: str, number: int = 0) -> tuple[int, int]:
        """Line and column of a key, or of its table; (1, 1) where neither is found."""
        header = re.compile(rf"\s*\[+\s*{re.escape(table)}\s*\]+") if table else None
        found, seen, inside = (1, 1), -1, header is None
        key = re.compile(rf"""\s*(?P<q>["']?){re.escape(name)}(?P=q)\s*[=.]|\s*\[+\s*{re.escape(name)}\s*[\].]""")
        for index, line in enumerate(self.lines, start=1):
            if header is not None and line.lstrip().startswith("["):
                inside = header.match(line) is not None
                seen += inside
                if inside and seen == number:
                    found = (index, 1)
            if name and inside and (header is None or seen == number) and key.match(line):
                return index, len(line) - len(line.lstrip()) + 1
        return found


def _told(text: str) -> str:
    """A message on one line, whatever it quotes."""
    text = one_line(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


# Checkers: the typed value, or a FaultError


def _not_built(value: object) -> bool:
    if values.flag(value):
        raise FaultError("this version makes no such pages", "write false, or leave it out")
    return False


def _keywords(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.lower() for word in values.texts(value)))


def _formats(value: object) -> tuple[str, ...]:
    chosen = values.texts(value)
    for name in chosen:
        if name not in FEED_FORMATS:
            raise FaultError(
                f'unknown format "{name}"', did_you_mean(name, FEED_FORMATS) or f"one of {', '.join(FEED_FORMATS)}"
            )
    return tuple(name for name in FEED_FORMATS if name in chosen)


def _permalink(value: object) -> str:
    text = values.text(value)
    if unknown := urls.unknown_tokens(text):
        known = [f":{token}" for token in urls.PERMALINK_TOKENS]
        raise FaultError(
            f'unknown token ":{unknown[0]}"', did_you_mean(f":{unknown[0]}", known) or f"known are {' '.join(known)}"
        )
    if fault := urls.url_fault(re.sub(":[a-z]+", "x", text)):
        raise FaultError(fault)
    if ":slug" not in text and ":hash" not in text:
        raise FaultError("articles of one day would all have one url", "it needs :slug or :hash")
    return urls.tidy_url(text)


def _theme(value: object) -> str:
    text = values.filled(value)
    is_name = text.isprintable() and len(text.encode()) <= _LONGEST_NAME
    if "/" in text or "\\" in text or text.startswith(".") or not is_name:
        raise FaultError("expected the name of a folder in themes/")
    return text


def _menu_url(value: object) -> str:
    text = values.filled(value)
    is_broken = text.lower().startswith(("http:", "https:")) and not values.is_of_the_web(text)
    if is_broken or (not text.startswith("/") and not urls.is_safe_link(text)):
        raise FaultError("this kind of link is not allowed", "begin it with / or https://")
    return urls.link_to_file(text) if text.startswith("/") else text


DEPLOY: Final = "deploy"
TABLES: Final = ("pages", "feeds", "tags", "editions", "clean", "embeds")
LISTS: Final = ("topics", "sources", "menu")
SCHEMA: Final[Mapping[str, Mapping[str, Key]]] = {
    "": {
        "base_url": Key(values.base_url, REQUIRED, "the address of the finished site, with its path if it has one"),
        "title": Key(values.filled, REQUIRED, "the name of the digest"),
        "description": Key(values.text, "", "one sentence on it, for feeds and search engines"),
        "language": Key(values.language, "en", "the language of the digest (BCP 47)"),
        "timezone": Key(values.timezone, "UTC", "the time zone (IANA) of dates that name none, and of days and months"),
        "theme": Key(_theme, BUILT_IN_THEME, "a folder in themes/, or `default`"),
        "permalink": Key(_permalink, "/:year/:month/:day/:slug/", "the urls of articles"),
        "per_page": Key(values.number(1, 1000), 20, "articles on a list page"),
    },
    "pages": {
        "topics": Key(values.flag, True, "a page for each topic, and one that lists them"),
        "tags": Key(values.flag, True, "a page for each tag, and one that lists them"),
        "sources": Key(values.flag, True, "a page for each source, and one that lists them"),
        "archive": Key(values.flag, True, "a page for each month, and one that lists them"),
        "stories": Key(values.flag, True, "a page for each story; without them articles are not compared"),
        "changes": Key(values.flag, True, "a page of what is new, updated, corrected and withdrawn"),
        "editions": Key(values.flag, True, "a page for each edition, and the latest of them in front"),
        "search": Key(_not_built, False, "no such page yet: false alone"),
    },
    "feeds": {
        "formats": Key(_formats, list(FEED_FORMATS), "any of atom, rss, json; for the site and its topics"),
        "limit": Key(values.number(1, 500), 20, "entries in a feed"),
        "site": Key(values.flag, True, "feeds of the whole site"),
        "topics": Key(values.flag, True, "feeds of each topic"),
        "tags": Key(values.flag, True, "an Atom feed for each tag"),
        "sources": Key(values.flag, True, "an Atom feed for each source"),
        "stories": Key(values.flag, True, "an Atom feed for each story"),
        "changes": Key(values.flag, True, "an Atom feed of what is new, updated, corrected and withdrawn"),
        "editions": Key(values.flag, True, "an Atom feed with an entry for each edition"),
        "hub": Key(values.hub, "", "the address of a WebSub hub: feeds name it, and a deploy tells it what changed"),
        "authority": Key(
            values.text, "", "goes into the ids of feed entries; keep the old host here when the site moves"
        ),
    },
    "tags": {
        "aliases": Key(
            values.named_lists('"Artificial intelligence" = ["AI", "A.I."]'),
            {},
            "other spellings and names of a tag, by the name that counts",
        ),
    },
    "editions": {
        "period": Key(values.one_of("period", EDITION_PERIODS), "daily", "how often one comes out: daily or weekly"),
        "cutoff": Key(values.clock, "24:00", "when the last day of an edition ends for it, in the site's time zone"),
    },
    "clean": {
        "level": Key(values.one_of("level", CLEAN_LEVELS), "default", "how much goes: off, safe, default or thorough"),
        "folders": Key(
            values.folders(CLEAN_LEVELS, 'essays = "off"'), {}, "the level of the articles in folders of content/"
        ),
        "skip": Key(values.texts, [], "names of clean rules that are off"),
        "phrases": Key(
            values.named_lists('"The Herald" = ["Read it in print"]'),
            {},
            "lines that are furniture in articles of one source, by its name",
        ),
    },
    "embeds": {
        "allow": Key(values.hosts, [], "hosts whose frames articles may show, with all below them"),
    },
    "topics": {
        "name": Key(values.filled, REQUIRED, "the name that readers see"),
        "slug": Key(values.text, "", "its part of the url; made from the name unless told"),
        "description": Key(values.text, "", "one sentence on the topic"),
        "keywords": Key(
            _keywords, [], "words and phrases that put an article here when its front matter names no topic"
        ),
    },
    "sources": {
        "name": Key(values.filled, REQUIRED, "the name that readers see"),
        "slug": Key(values.text, "", "its part of the url; made from the name unless told"),
        "url": Key(values.web_address, "", "the publisher's own site; articles from there need not name their source"),
        "language": Key(values.language_or_none, "", "of its articles that name none (BCP 47)"),
        "description": Key(values.text, "", "one sentence on the publisher, shown on its page"),
        "aliases": Key(values.texts, [], "other names for it in front matter, and other hosts"),
    },
    "menu": {
        "title": Key(values.filled, REQUIRED, "the text of a link in the footer"),
        "url": Key(_menu_url, REQUIRED, "where it leads: /about/ or https://..."),
    },
}
_EXAMPLES: Final = {
    "base_url": 'base_url = "https://news.example.org/"',
    "title": 'title = "The Daily Digest"',
    "name": 'name = "World"',
    "url": 'url = "/about/"',
}


def _site(root: Path, tables: Mapping[str, Any], topics_file: str) -> Site:
    """The typed configuration, from tables without faults."""
    own = {name: tables[name] for name in SCHEMA[""]}
    pages = {name: tables["pages"][name] for name in PageKinds._fields}
    feeds = {name: tables["feeds"][name] for name in Feeds._fields}
    feeds["authority"] = feeds["authority"] or urlsplit(own["base_url"]).hostname
    topics = [
        {**topic, "slug": urls.safe_slug(urls.decoded(topic["slug"]) or topic["name"], topic["name"])}
        for topic in tables["topics"]
    ]
    sources = tuple(map(publisher, tables["sources"]))
    return Site(
        root=root,
        menu=tuple(Link(**item) for item in tables["menu"]),
        topics=tuple(TopicSetup(**topic) for topic in topics),
        pages=PageKinds(**pages),
        feeds=Feeds(**feeds),
        skipped_rules=tables["clean"]["skip"],
        clean_level=tables["clean"]["level"],
        clean_folders=tables["clean"]["folders"],
        edition_period=tables["editions"]["period"],
        edition_cutoff=tables["editions"]["cutoff"],
        embeds=tables["embeds"]["allow"],
        destinations=tables[DEPLOY],
        clean_phrases=by_source(tables["clean"]["phrases"], sources),
        sources=sources,
        tag_aliases=tuple(tables["tags"]["aliases"].items()),
        topics_file=topics_file,
        **own,
    )


def _cross_checks(site: Site, reader: _Reader) -> Iterable[Problem]:
    """What only several keys together, or the disk, can show."""
    yield from clashes(site, reader.name, reader.locate)
    if any(f".{urlsplit(site.base_url).hostname}".endswith(f".{host}") for host in site.embeds):
        message = "a frame of the site's own host could read and change its pages"
        yield Problem(reader.name, *reader.locate("embeds", "allow"), message, "bad-config", "leave this host out")
    slugs: dict[str, str] = {}
    for number, topic in enumerate(site.topics):
        if topic.slug in slugs:
            line, column = reader.locate("topics", "name", number)
            message = f'the topics "{slugs[topic.slug]}" and "{topic.name}" want one url: /topics/{topic.slug}/'
            yield Problem(reader.name, line, column, message, "same-url", "give one of them another slug")
        slugs[topic.slug] = topic.name
    if site.theme != BUILT_IN_THEME and not (site.root / "themes" / site.theme).is_dir():
        line, column = reader.locate("", "theme")
        themes = [BUILT_IN_THEME, *(path.name for path in sorted(site.root.glob("themes/*")) if path.is_dir())]
        message = f'there is no theme "{site.theme}" in themes/'
        yield Problem(
            reader.name,
            line,
            column,
            message,
            "no-theme",
            did_you_mean(site.theme, themes) or f"known: {', '.join(themes)}",
        )
