"""Slugs, permalinks and the files in output/ that they stand for.

A url inside the project is relative to the site's root and starts with "/": `/2024/01/03/x/`. Its letters are composed
(NFC) and nothing in it is percent-encoded, whatever form it was given in; so are the names of all files in output/.
The path of `base_url` is put in front when a page is rendered, and then all is encoded.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from generator.digest import short_hash

# Names that stand for something else beside the items of a list, or that a host treats in a way of its own.
RESERVED: Final = frozenset({"page", "feeds", "feed", "index", "assets", "404", "robots", "sitemap", "atom", "rss"})
PERMALINK_TOKENS: Final = ("year", "month", "day", "slug", "topic", "hash", "language", "folder", "section", "author")
SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})

_MAX_SLUG_BYTES: Final = 120  # a file name may have 255 bytes, a whole path in some systems 1,000
_WORDS: Final = {"+": " plus ", "#": " sharp ", "&": " and ", "@": " at "}
_ASCII_GAP: Final = re.compile(r"[^a-z0-9]+")
_SILENT: Final = re.compile(r"['\u2018\u2019\u02bc\u00ad\u200b-\u200f\ufeff]")
_TOKEN: Final = re.compile(r":([a-z]+)")
_SLASHES: Final = re.compile("/+")
_SLUG: Final = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")  # that is one already, as most names of files are
_SCHEME: Final = re.compile(r"\s*([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_IN_HREF: Final = "/:?#[]@!$&'()*+,;=%~-._"  # what stays as it is in an href, beside ASCII letters and figures
_LITERAL: Final = f"[A-Za-z0-9{re.escape(_IN_HREF.replace('%', ''))}]*+"
_ENCODED: Final = re.compile(f"{_LITERAL}(?:%[0-9A-Fa-f]{{2}}{_LITERAL})*+")
_ESCAPE: Final = re.compile("%[0-9A-Fa-f]{2}")
_BARE_PERCENT: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_ENCODED_LETTERS: Final = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+")
# Letters and blanks that were encoded twice; whatever else is may have a meaning in a path.
_TWICE: Final = re.compile("%25(?=[89A-Fa-f][0-9A-Fa-f]|20)")
# Parameters by which mailings, networks and advertisers follow their readers; no page is another one without them.
TRACKING: Final = (
    *("utm_*", "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid"),
    *("igshid", "igsh", "mc_cid", "mc_eid", "ref_src", "ref_url", "_hsenc", "_hsmi", "mkt_tok", "vero_id"),
    *("oly_anon_id", "oly_enc_id", "li_fat_id", "epik", "rb_clickid", "s_kwcid", "wickedid"),
)
_AMPERSAND: Final = re.compile("(&(?:amp;)?)")
_TRACKS: Final = re.compile("|".join(map(re.escape, TRACKING)).replace(r"\*", r"\w+"), re.IGNORECASE)
# Parts of addresses that lists have, and no article.
_LISTS: Final = frozenset({
    "archive", "archives", "author", "authors", "blog", "business", "category", "culture", "economy", "feed",
    "health", "home", "index", "latest", "live", "news", "opinion", "politics", "press", "rss", "science", "section",
    "sport", "sports", "stories", "tag", "tags", "tech", "technology", "topic", "topics", "world",
})  # fmt: skip
_CODE: Final = re.compile("[a-z]{0,3}")  # of a language or a country


def slugify(text: str) -> str:
    """The words of a text in lower case, joined by hyphens; "" where it has none.

    Letters of all scripts stay, normalised to NFC. At most 120 bytes of UTF-8, cut between words.
    """
    if len(text) <= _MAX_SLUG_BYTES and _SLUG.fullmatch(text):
        return text
    text = _SILENT.sub("", text.lower())
    for sign, word in _WORDS.items():
        text = text.replace(sign, word)
    if text.isascii():
        slug = _ASCII_GAP.sub("-", text)
    else:
        text = unicodedata.normalize("NFC", text)
        slug = re.sub("-+", "-", "".join(c if unicodedata.category(c)[0] in "LMN" else "-" for c in text))
    return _shorten(slug.strip("-"))


def safe_slug(text: str, unique: str) -> str:
    """A slug that is never empty and never reserved; `unique` tells apart those that would be."""
    slug = slugify(text)
    if not slug:
        return short_hash(unique)
    return f"{slug}-{short_hash(unique)}" if slug in RESERVED else slug


def _shorten(slug: str) -> str:
    encoded = slug.encode()
    if len(encoded) <= _MAX_SLUG_BYTES:
        return slug
    cut = encoded[: _MAX_SLUG_BYTES + 1].decode(errors="ignore")
    head, _, _ = cut.rpartition("-")
    return (head or encoded[:_MAX_SLUG_BYTES].decode(errors="ignore")).strip("-")


def expand_permalink(pattern: str, day: date, names: Mapping[str, str]) -> str:
    """The url that a permalink pattern gives for a day and the other tokens: `/:year/:slug/`.

    What is empty leaves neither two slashes nor a hyphen that joins nothing.
    """
    values = {"year": f"{day.year:04}", "month": f"{day.month:02}", "day": f"{day.day:02}", **names}
    for name in [name for name, value in names.items() if not value]:
        pattern = re.sub(rf"[-_.]+:{name}(?![a-z])|:{name}(?![a-z])[-_.]*", "", pattern)
    return _SLASHES.sub("/", _TOKEN.sub(lambda token: values[token[1]], pattern))


def unknown_tokens(pattern: str) -> list[str]:
    """The tokens of a permalink pattern that don't exist."""
    return [name for name in _TOKEN.findall(pattern) if name not in PERMALINK_TOKENS]


def output_path(url: str) -> str:
    """The file in output/ that a url stands for: `/a/b/` -> `a/b/index.html`, `/a.xml` -> `a.xml`."""
    path = url.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def page_of(path: str) -> str:
    """The url that a file in output/ stands for: `a/b/index.html` -> `/a/b/`."""
    return f"/{path.removesuffix('index.html')}" if path == "index.html" or path.endswith("/index.html") else f"/{path}"


def decoded(text: str) -> str:
    """A text with the characters that its percent-encoded parts stand for; as it is where those are no UTF-8."""
    if "%" not in text:
        return text
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def url_fault(url: str) -> str:
    """Why a url that a person wrote can't be a page of the site; "" where it can."""
    if not url.startswith("/") or url.startswith("//"):
        return 'it must start with one "/"'
    if "%2f" in url.lower() or _ESCAPE.search(decoded(url)):
        return "what is percent-encoded in it is a slash, no UTF-8, or encoded twice"
    url = decoded(url)
    if any(ord(c) < ord(" ") or c in '\\?#"<>|*:\x7f' for c in url):
        return 'it holds a character that no file name may have (\\ ? # " < > | * : or a control character)'
    if any(part in {".", ".."} or part.startswith(".") for part in url.split("/")):
        return 'no part of it may start with "."'
    if any(len(part.encode()) > 2 * _MAX_SLUG_BYTES for part in url.split("/")):
        return f"a part of it is longer than {2 * _MAX_SLUG_BYTES} bytes"
    return ""


def tidy_url(url: str) -> str:
    """A written url in normal form: decoded, NFC, one slash at a time, a final slash unless it names a file."""
    url = _SLASHES.sub("/", unicodedata.normalize("NFC", decoded(url)))
    return url if url.endswith("/") or "." in url.rpartition("/")[2] else f"{url}/"


def name_of_file(path: str) -> str:
    """The path in output/ of a file that is published as it is: in the one form in which links to it are written.

    A Mac may have decomposed its letters, and a program that saved it may have percent-encoded them.
    """
    if path.isascii() and "%" not in path:
        return path
    parts = [decoded(part) for part in path.split("/")]
    is_sound = not any(url_fault(f"/{quote(part, safe='')}") for part in parts)
    return unicodedata.normalize("NFC", "/".join(parts) if is_sound else path)


def link_to_file(path: str) -> str:
    """The written path of a link inside the site, with its letters in the form that names of files have."""
    if path.isascii() and "%" not in path:
        return path
    path = _ENCODED_LETTERS.sub(lambda letters: decoded(letters[0]), _TWICE.sub("%", path))
    return unicodedata.normalize("NFC", path)


def encode_url(url: str) -> str:
    """A url with everything percent-encoded that doesn't belong in an href; encoded parts stay."""
    if _ENCODED.fullmatch(url):  # in half the time
        return str(url)
    return _BARE_PERCENT.sub("%25", quote(url, safe=_IN_HREF))


def without_tracking(url: str) -> str:
    """An address without the parameters that only follow the reader; all else stays as it is written.

    It may be escaped for HTML, with `&amp;` between its parameters.
    """
    if "?" not in url or url[:7].lower() == "mailto:":
        return url
    head, mark, fragment = url.partition("#")
    path, _, query = head.partition("?")
    first, *others = _AMPERSAND.split(query)
    parameters = [("", first), *zip(others[::2], others[1::2], strict=True)]
    kept = [(sign, one) for sign, one in parameters if not _TRACKS.fullmatch(one.partition("=")[0])]
    if len(kept) == len(parameters):
        return url
    query = "".join(part for pair in kept for part in pair)[len(kept[0][0]) if kept else 0 :]
    return path + (f"?{query}" if kept else "") + mark + fragment


def address_key(url: str) -> str:
    """What all ways to write the address of one article have in common; "" where it is that of no article.

    Scheme, `www.`, the case of the host, a final slash, the fragment and tracking tell no two articles apart.
    """
    try:
        parts = urlsplit(without_tracking(url))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    names = path.lower().removesuffix(".html").split("/")
    if not host or (not parts.query and all(name in _LISTS or _CODE.fullmatch(name) for name in names)):
        return ""
    where = host.removeprefix("www.") + (f":{port}" if port not in {None, 80, 443} else "")
    return encode_url(f"{where}{path}" + (f"?{parts.query}" if parts.query else ""))


def is_safe_link(url: str) -> bool:
    """Whether a link is relative, or of a scheme that can't run anything."""
    scheme = _SCHEME.match(url)
    return scheme is None or scheme[1].lower() in SAFE_SCHEMES
