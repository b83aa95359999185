"""The links in the files of a site, and where they lead: text -> Links, url -> Target. No I/O.

HTML, feeds, sitemaps and style sheets are read; what a script does is not known here.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from typing import Any, Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

_TAG: Final = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|textarea)\b(?P<its>(?>[^\"'>]|\"[^\"]*\"|'[^']*')*+)>.*?(?:</(?P=raw)|\Z)"
    r"|<(?P<tag>[a-z][^\s/>]*)(?P<attributes>(?>[^\"'>]|\"[^\"]*\"|'[^']*')*+)>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(r"([^\s\"'>/=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_REFERRING: Final = frozenset({"href", "src", "srcset", "poster", "data", "content", "id", "name"})
_REFRESH: Final = re.compile(r"\s*[\d.]*\s*[;,]\s*url\s*=\s*['\"]?([^'\"]*)", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"<(link|loc|url|comments)>([^<]*)</\1>")
_EMBEDDED: Final = re.compile(r"<(content|content:encoded|description|summary)\b[^>]*>(.*?)</\1>", re.DOTALL)
_CDATA: Final = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_STYLE: Final = re.compile(r"/\*.*?\*/|(?:url\(\s*|@import\s+)(?:\"([^\"]*)\"|'([^']*)'|([^\s\"')]+))", re.DOTALL)
_JSON_ADDRESSES: Final = frozenset({"url", "home_page_url", "feed_url", "next_url", "icon", "favicon", "image"})
_UNUSUAL: Final = re.compile(r"^//|/\.|[\s\\]")  # what a browser reads otherwise than it is written
_NO_LINK: Final = ("data:", "mailto:", "tel:", "javascript:", "urn:", "tag:", "blob:")


class Links(NamedTuple):
    """What one file refers to, and what in it can be referred to."""

    urls: Mapping[str, tuple[int, int]]  # as written, each with the line and column of its first place
    anchors: frozenset[str]


class Target(NamedTuple):
    """Where a link leads."""

    kind: str  # "inside" the site, "outside" on the web, or "beside": on the site's host, below another path
    path: str  # inside: from the site's root, decoded: "/2024/x/"; else the whole url
    fragment: str = ""  # decoded


NO_LINKS: Final = Links({}, frozenset())


def links_in(path: str, text: str) -> Links:
    """The links of one file of the output, by its kind; none where its kind holds none."""
    kind = path.rpartition(".")[2].lower()
    if kind in {"html", "htm", "svg"}:
        return _gather(text, _in_html(text))
    if kind == "xml":
        return _gather(text, _in_feed(text))
    if kind == "json":
        return _in_json(text)
    return _gather(text, _in_style(text)) if kind == "css" else NO_LINKS


def target_of(url: str, page: str, base_url: str) -> Target | None:
    """Where a url on a page leads, `page` being the page's own absolute url; None where it is no address."""
    if url.startswith("#"):
        return Target("inside", _inside(page, base_url) or "/", unquote(url[1:]))
    return _target(url, base_url) if url.startswith(("/", "http")) else _target(urljoin(page, url), base_url)


def _target(url: str, base_url: str) -> Target | None:
    scheme, host, base_path = _parts_of(base_url)
    path = url.removeprefix(f"{scheme}://{host}")
    if path.startswith(base_path) and not _UNUSUAL.search(path):  # nearly all links of a site
        path, _, fragment = path.partition("#")
        return Target("inside", "/" + unquote(path.partition("?")[0][len(base_path) :]), unquote(fragment))
    return _any_target(url, base_url)


@lru_cache
def _parts_of(base_url: str) -> tuple[str, str, str]:
    parts = urlsplit(base_url)
    return parts.scheme, parts.netloc, parts.path


def _any_target(url: str, base_url: str) -> Target | None:
    if url.lower().startswith(_NO_LINK):
        return None
    try:
        absolute = urljoin(base_url, url.strip())
        parts = urlsplit(absolute)
    except ValueError:
        return Target("inside", url)  # not even an address: it leads nowhere
    if parts.scheme not in {"http", "https"}:
        return None
    bare = parts._replace(query="", fragment="").geturl()
    inside = _inside(bare, base_url)
    if inside is not None:
        return Target("inside", inside, unquote(parts.fragment))
    is_rooted = url.startswith("/") and not url.startswith("//")
    return Target("beside" if is_rooted else "outside", absolute)


def _inside(url: str, base_url: str) -> str | None:
    """The path from the site's root of an absolute url; None where it lies elsewhere."""
    one, site = url.split("://", 1)[-1], base_url.split("://", 1)[-1]  # http or https: the host is the same
    if one == site.rstrip("/"):
        return "/"
    return "/" + unquote(one[len(site) :]) if one.startswith(site) else None


def files_of(path: str) -> tuple[str, ...]:
    """The files of the output that may stand for a path of the site: the first is the right one."""
    name = path.lstrip("/")
    if not name or name.endswith("/"):
        return (f"{name}index.html",)
    return (name, f"{name}/index.html")


def _gather(text: str, found: Iterator[tuple[str, str, int]]) -> Links:
    """Links and anchors from (kind, value, offset)."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    offsets: dict[str, int] = {}
    anchors = set()
    for kind, value, offset in found:
        if kind == "anchor":
            anchors.add(value)
        elif value:
            offsets.setdefault(value, offset)
    return Links({url: _place(starts, offset) for url, offset in offsets.items()}, frozenset(anchors))


def _place(starts: list[int], offset: int) -> tuple[int, int]:
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def _in_html(text: str) -> Iterator[tuple[str, str, int]]:
    for tag in _TAG.finditer(text):
        group = "its" if tag["raw"] else "attributes"
        if tag[group]:
            name = (tag["raw"] or tag["tag"]).lower()
            for attribute in _ATTRIBUTE.finditer(text, *tag.span(group)):
                if attribute[1].lower() in _REFERRING:
                    yield from _in_attribute(name, attribute)


def _in_attribute(tag: str, attribute: re.Match[str]) -> Iterator[tuple[str, str, int]]:
    """What an attribute refers to, or the anchor that it makes."""
    number = next(number for number in (2, 3, 4) if attribute[number] is not None)
    name, value, offset = attribute[1].lower(), unescape(attribute[number]).strip(), attribute.start(number)
    if name == "id" or (name == "name" and tag == "a"):
        yield "anchor", value, offset
    elif name == "srcset":
        for part in value.split(","):
            yield "link", (part.split() or [""])[0], offset
    elif name == "content":
        yield from _in_meta(tag, value, offset)
    elif name in {"href", "src", "poster"} or (name, tag) == ("data", "object"):
        yield "link", value, offset


def _in_meta(tag: str, value: str, offset: int) -> Iterator[tuple[str, str, int]]:
    """The address that a <meta> holds: of a redirect, or of a picture for other sites."""
    refresh = _REFRESH.match(value)
    if tag == "meta" and refresh:
        yield "link", refresh[1], offset
    elif tag == "meta" and value.startswith(("http://", "https://")) and " " not in value:
        yield "link", value, offset


def _in_feed(text: str) -> Iterator[tuple[str, str, int]]:
    for tag in _TAG.finditer(text):
        for attribute in _ATTRIBUTE.finditer(text, *tag.span("attributes")) if tag["attributes"] else ():
            if attribute[1] in {"href", "url"}:
                yield "link", unescape(attribute[2] or attribute[3] or ""), attribute.start()
    for address in _ADDRESS.finditer(text):
        yield "link", unescape(address[2]).strip(), address.start(2)
    for embedded in _EMBEDDED.finditer(text):
        raw = _CDATA.search(embedded[2])
        for kind, value, _ in _in_html(raw[1] if raw else unescape(embedded[2])):
            if kind == "link":
                yield kind, value, embedded.start(2)


def _in_style(text: str) -> Iterator[tuple[str, str, int]]:
    for url in _STYLE.finditer(text):
        yield "link", url[1] or url[2] or url[3] or "", url.start()


def _in_json(text: str) -> Links:
    """The links of a JSON Feed; other JSON has none that are known."""
    try:
        document = json.loads(text)
    except ValueError:
        return NO_LINKS
    if not isinstance(document, dict) or "jsonfeed.org" not in str(document.get("version")):
        return NO_LINKS
    return Links(dict.fromkeys(_addresses(document), (0, 0)), frozenset())


def _addresses(value: Any) -> Iterator[str]:
    items = value.items() if isinstance(value, dict) else [("", item) for item in value]
    for key, item in items:
        if isinstance(item, dict | list):
            yield from _addresses(item)
        elif key in _JSON_ADDRESSES:
            yield str(item)
        elif key == "content_html":
            yield from (url for kind, url, _ in _in_html(str(item)) if kind == "link" and url)
