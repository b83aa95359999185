"""The files that lie beside articles: which of them a page shows, and which are as private as the notes around them."""

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import unquote, urlsplit

from generator.model import Article, Site, StaticPage
from generator.pipeline.read.privacy import is_in_private_folder
from generator.pipeline.references import folder_of

_VALUE: Final = re.compile(r'="([^"]*)"')  # of an attribute, whichever
_BUNDLE: Final = re.compile(r"(?:.*/)?index(?:\.[\w-]{2,12})?\.(?:md|markdown)", re.DOTALL)
_NO_BUNDLES: Final = frozenset({"content", "content/pages"})  # all of the site is below these


def files_of(article: Article, site: Site) -> tuple[str, ...]:
    """The files of the site that an article may show: its text, its picture, and what it has for its theme."""
    folder = folder_of(article.path)
    picture = (article.image.url,) if article.image else ()
    found = {*_files_in(article.html, site), *(file for url in picture for file in _file(url, site))}
    for text in _texts(article.extra):
        path = unquote(text.partition("?")[0].partition("#")[0])
        found.update(_file(text, site), (normpath(join(folder, path)).lstrip("/"), normpath(path).lstrip("/")))
    return tuple(sorted(found))


def files_of_page(page: StaticPage, site: Site) -> tuple[str, ...]:
    """The files of the site that a static page may show."""
    return tuple(sorted({*_files_in(page.html, site)}))


def private_files(files: Iterable[str], withheld: Iterable[str], shown: Collection[str]) -> list[str]:
    """Which files of content/ are in a folder that is private, or that belongs to one page which isn't shown.

    `withheld` and `shown` are the paths of pages. A page has a folder of its own if it is the `index.md` of it, and
    the folder is its alone if no page is shown from inside it.
    """
    own = {dirname(path) for path in withheld if _BUNDLE.fullmatch(path)} - _NO_BUNDLES
    own = {folder for folder in own if not any(path.startswith(f"{folder}/") for path in shown)}
    return [
        file for file in files if is_in_private_folder(f"content/{file}") or any(map(own.__contains__, _above(file)))
    ]


def _above(file: str) -> Iterator[str]:
    """The folders that a file of content/ is in."""
    folder = dirname(f"content/{file}")
    while folder:
        yield folder
        folder = dirname(folder)


def _files_in(html: str, site: Site) -> Iterator[str]:
    if '="/' not in html and site.host not in html:  # links are absolute, or relative to the host
        return
    for value in map(unescape, _VALUE.findall(html)):
        for url in {value, *value.replace(",", " ").split()} if "/" in value else ():
            yield from _file(url, site)


def _file(url: str, site: Site) -> Iterator[str]:
    """The file of content/ that a url would be, if it may be one of this site."""
    try:
        parts = urlsplit(url)
        host = urlsplit(site.base_url).netloc if parts.netloc else ""
    except ValueError:
        return
    path = unquote(parts.path)
    if parts.netloc == host and path.startswith(site.base_path) and "." in path.rpartition("/")[2]:
        yield normpath(path.removeprefix(site.base_path))


def _texts(value: object) -> Iterator[str]:
    """The texts in a value of front matter that may name a file."""
    if isinstance(value, str):
        yield from (value,) if "." in value else ()
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)
