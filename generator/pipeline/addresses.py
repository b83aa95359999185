"""Where articles and static pages stand on the site: made of the names and folders of their files."""

import re
from collections.abc import Sequence
from datetime import datetime
from posixpath import basename, dirname, splitext
from typing import Final, NamedTuple
from unicodedata import normalize

from generator import urls
from generator.digest import short_hash
from generator.model import UNDATED, Document, Site, TermLink

PAGES_FOLDER: Final = "content/pages/"
_DATE_PREFIX: Final = re.compile(r"\d{4}-\d{2}-\d{2}-?")
_POSTS: Final = "_posts"  # of Jekyll: a folder that says nothing
# The codes of ISO 639-1, with a script or a region.
_LANGUAGES: Final = re.compile(
    "(?:aa|ab|ae|af|ak|am|an|ar|as|av|ay|az|ba|be|bg|bh|bi|bm|bn|bo|br|bs|ca|ce|ch|co|cr|cs|cu|cv|cy|da|de|dv"
    "|dz|ee|el|en|eo|es|et|eu|fa|ff|fi|fj|fo|fr|fy|ga|gd|gl|gn|gu|gv|ha|he|hi|ho|hr|ht|hu|hy|hz|ia|id|ie|ig"
    "|ii|ik|io|is|it|iu|ja|jv|ka|kg|ki|kj|kk|kl|km|kn|ko|kr|ks|ku|kv|kw|ky|la|lb|lg|li|ln|lo|lt|lu|lv|mg|mh"
    "|mi|mk|ml|mn|mr|ms|mt|my|na|nb|nd|ne|ng|nl|nn|no|nr|nv|ny|oc|oj|om|or|os|pa|pi|pl|ps|pt|qu|rm|rn|ro|ru"
    "|rw|sa|sc|sd|se|sg|si|sk|sl|sm|sn|so|sq|sr|ss|st|su|sv|sw|ta|te|tg|th|ti|tk|tl|tn|to|tr|ts|tt|tw|ty|ug"
    "|uk|ur|uz|ve|vi|vo|wa|wo|xh|yi|yo|za|zh|zu)(?:-(?:[a-z]{2}|[a-z]{4}|[0-9]{3}))?",
    re.IGNORECASE,
)


class Name(NamedTuple):
    """What a content file is called, without its date and its ending, and the language that its name ends with."""

    words: str
    language: str  # "fr" of `quay.fr.md`, ""


def name_of(path: str) -> Name:
    """The name of a file, or of its folder where the file is the `index.md` of it."""
    path = normalize("NFC", path)
    name = splitext(basename(path))[0]
    stem, _, ending = name.rpartition(".")
    language = _as_language(ending) if stem else ""
    stem = stem if language else name
    if stem == "index":  # a folder that holds an article and its pictures
        stem = basename(dirname(path))
    return Name(_DATE_PREFIX.sub("", urls.decoded(stem), count=1), language)


def language_of(path: str, site: Site) -> str:
    """The language that a file's name says, or its first folder where addresses are made of languages; ""."""
    if path.count(".") > 1 and (language := name_of(path).language):
        return language
    first = path.split("/")[1:-1][:1]
    return _as_language(first[0]) if first and ":language" in site.permalink else ""


def article_url(document: Document, date: datetime, topics: Sequence[TermLink], language: str, site: Site) -> str:
    """The address of an article that doesn't tell one."""
    path, told = normalize("NFC", document.path), document.metadata.slug
    name, ending = name_of(path)
    pattern = site.permalink
    if ending and ":language" not in pattern:
        name = f"{name}-{ending}"
    slug = urls.safe_slug(told if told is not None else name, path)
    if date == UNDATED:  # an address for its preview, which stays as days go by
        return f"/drafts/{slug}/"
    names = {"slug": slug, "topic": topics[0].slug if topics else "news"}
    if ":hash" in pattern:
        names["hash"] = short_hash(path)
    if ":language" in pattern:
        names["language"] = urls.slugify(language)
    if ":folder" in pattern or ":section" in pattern:
        folders = _folders_of(path)
        names |= {"folder": "/".join(folders), "section": folders[0] if folders else ""}
    if ":author" in pattern:
        names["author"] = next(map(urls.slugify, document.metadata.authors), "")
    return urls.expand_permalink(pattern, date.astimezone(site.timezone).date(), names)


def page_url(document: Document) -> str:
    """The address of a static page that doesn't tell one."""
    inside = splitext(document.path.removeprefix(PAGES_FOLDER))[0]
    parts = [urls.safe_slug(urls.decoded(part), document.path) for part in inside.split("/")]
    return "/" + "/".join(parts[:-1] if parts[-1].startswith("index") and len(parts) > 1 else parts) + "/"


def _folders_of(path: str) -> list[str]:
    """The folders of content/ that an article is in, but for one that is its own."""
    folders = path.split("/")[1:-1]
    is_own = basename(path).startswith("index.")
    above = [folder for folder in (folders[:-1] if is_own else folders) if folder != _POSTS]
    return [urls.safe_slug(urls.decoded(folder), folder) for folder in above]


def _as_language(text: str) -> str:
    """A language tag such as "fr" or "pt-br", or "" where it is none."""
    return text if _LANGUAGES.fullmatch(text) else ""
