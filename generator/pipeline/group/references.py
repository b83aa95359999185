"""Where the links of articles and static pages to content files lead: decided when all files are known."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from posixpath import basename, dirname, join, normpath, splitext
from typing import Final, NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from generator import urls
from generator.model import Article, Card, StaticPage
from generator.pipeline.references import (
    HUGO,
    JEKYLL,
    JEKYLL_POST,
    MARKDOWN,
    PELICAN,
    WIKI,
    ZOLA,
    Destination,
    Find,
    Reference,
    folder_of,
    mended,
    mended_words,
    plain,
    split,
)
from generator.problems import WARNING, Problem, nearest

_CONTENT: Final = "content/"
_MANY: Final = 3_000  # files; to compare a name with more takes too long
UNTOUCHED: Final = Destination("", is_kept=True)
_QUOTES: Final = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})

Destinations = Mapping[str, Destination]  # of the links of one file, by how they are written


class Files:
    """The content files: what each is shown at."""

    def __init__(self, shown: Mapping[str, str], withheld: Iterable[str], base_path: str) -> None:
        """`shown` has the urls of pages by the paths of their files; files that are `withheld` have none now."""
        self.base_path = base_path
        urls_of = {**dict.fromkeys(withheld, ""), **shown}
        self.urls = {normalize("NFC", path): urls_of[path] for path in sorted(urls_of)}

    @cached_property
    def by_name(self) -> Mapping[str, list[str]]:
        """The paths of files by their names in one case without ending; nearest to the root first."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.urls, key=lambda path: (path.count("/"), path)):
            found.setdefault(_name(path), []).append(path)
        return found

    def named(self, name: str, folder: str) -> str:
        """The file of a name, the one in a folder before others; "" where there is none."""
        name = normalize("NFC", name).translate(_QUOTES)
        where, _, last = name.rpartition("/")
        paths = self.by_name.get(_name(last or "index.md"), [])
        if where:
            paths = [
                path
                for path in paths
                if f"/{dirname(_article_place(path))}/".casefold().endswith(f"/{where.casefold()}/")
            ]
        return next((path for path in paths if dirname(path) == folder), next(iter(paths), ""))

    def first_of(self, candidates: Iterable[str]) -> str:
        """The first of these paths at which there is a file, "" where there is none."""
        return next((path for path in map(_normal, candidates) if path in self.urls), "")


def _name(path: str) -> str:
    """What a file is called: its name without ending, or that of the folder that it is the article of."""
    return basename(_article_place(path)).translate(_QUOTES).casefold()


def _article_place(path: str) -> str:
    place = splitext(path)[0] if path.lower().endswith(MARKDOWN) else path
    return dirname(place) if basename(place) == "index" and "/" in place.removeprefix(_CONTENT) else place


def _normal(path: str) -> str:
    return normpath(normalize("NFC", path))


class Found(NamedTuple):
    """What the links of one file come to."""

    destinations: Destinations
    problems: tuple[Problem, ...]


def look_up(path: str, references: Iterable[Reference], files: Files, *, is_shown: bool) -> Found:
    """Where the links of a file lead, and warnings of those that lead nowhere."""
    destinations: dict[str, Destination] = {}
    problems = []
    for reference in references:
        written = reference.written
        target = _target(written, path, files)
        destinations[written] = _destination(written, path, target, files)
        if not target and not _may_be_none(written):
            problems.append(_missing(path, reference, files))
        elif target and not files.urls[target] and is_shown:
            message = f"links to {target}, which readers can't see now; its text stands there without a link"
            hint = "the link comes back by itself when that is published"
            problems.append(Problem(path, reference.line, 0, message, "withheld-link", hint, WARNING))
    return Found(destinations, tuple(problems))


def _target(written: str, path: str, files: Files) -> str:
    """The content file that a link leads to; "" where there is none."""
    folder = dirname(path)
    if written.startswith(WIKI):
        name = written[len(WIKI) :].partition("#")[0].strip()
        exact = (join(folder, name), join(_CONTENT, name.lstrip("/"))) if "/" in name else ()
        return files.first_of(_completed(exact)) or files.named(name, folder)
    name = unquote(split(written)[0])
    if name.startswith((HUGO, JEKYLL, JEKYLL_POST)):
        name = plain(name)
        found = files.first_of(_completed(_places(name, folder)))
        return found or files.named(_without_ending(name.removeprefix("_posts/").lstrip("/")), folder)
    return files.first_of(_completed(_places(name, folder)) if name.endswith("/") else _places(name, folder))


def _without_ending(name: str) -> str:
    return splitext(name)[0] if name.lower().endswith(MARKDOWN) else name


def _places(name: str, folder: str) -> Iterator[str]:
    """The paths that a link may mean, the likeliest first."""
    if name.startswith(ZOLA):
        yield _CONTENT + name[len(ZOLA) :]
        return
    for mark in PELICAN:
        name = name.removeprefix(mark)
    if not name.startswith("/"):
        yield join(folder, name)
    rooted = name.lstrip("/")
    if name.startswith("/"):
        yield _CONTENT + rooted
    if rooted.startswith(_CONTENT):
        yield rooted


def _completed(places: Iterable[str]) -> Iterator[str]:
    """Paths, also with the endings that content files have."""
    for place in places:
        if place.lower().endswith(MARKDOWN):
            yield place
            continue
        if not place.endswith("/"):
            yield from (place + ending for ending in MARKDOWN)
        yield from (f"{place.rstrip('/')}/index{ending}" for ending in MARKDOWN)


def _may_be_none(written: str) -> bool:
    """Whether a link may as well lead to something else than a content file."""
    return written.startswith(WIKI) or split(written)[0].endswith("/")


def _destination(written: str, path: str, target: str, files: Files) -> Destination:
    if not target:
        if written.startswith(WIKI):
            return UNTOUCHED
        from generator.pipeline.clean.html import resolve  # noqa: PLC0415 - 60 ms, for links that lead nowhere

        return Destination(resolve(plain(written), folder_of(path), files.base_path) or "")
    url = files.urls[target]
    if written.startswith(WIKI):
        part = urls.slugify(written.partition("#")[2].rpartition("#")[2])
        tail = f"#{part}" if part else ""
    else:
        tail = split(written)[1]
    return Destination(urls.encode_url(files.base_path + url[1:] + tail) if url else "")


def _missing(path: str, reference: Reference, files: Files) -> Problem:
    meant = next(map(_normal, _places(unquote(split(plain(reference.written))[0]), dirname(path))), "")
    message = f"links to {meant}, which isn't there"
    return Problem(path, reference.line, 0, message, "missing-link", _hint(meant, files), WARNING)


def _hint(meant: str, files: Files) -> str:
    same = files.by_name.get(_name(meant), [])
    beside = [known for known in files.urls if dirname(known) == dirname(meant)]
    known = beside if len(beside) <= _MANY else []
    near = next(iter(same), "") or nearest(meant, known)
    if not near and len(files.urls) <= _MANY:
        near = nearest(meant, [*files.urls])
    return f'did you mean "{near.removeprefix(_CONTENT)}"?' if near else "mend the link, or take it out"


def finder(destinations: Destinations) -> Find:
    """Looks up the links of one file."""
    return lambda written: destinations.get(written, UNTOUCHED)


def in_article(article: Article, destinations: Destinations) -> Article:
    """The article with the addresses of what it links to."""
    find = finder(destinations)
    return article._replace(html=mended(article.html, find), summary=mended_words(article.summary, find))


def in_page(page: StaticPage, destinations: Destinations) -> StaticPage:
    """The static page with the addresses of what it links to."""
    find = finder(destinations)
    return page._replace(html=mended(page.html, find), description=mended_words(page.description, find))


def in_summary(card: Card, destinations: Destinations) -> str:
    """The summary of an article without the marks of links that it has."""
    return mended_words(card.summary, finder(destinations))
