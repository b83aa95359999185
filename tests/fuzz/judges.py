"""What has to hold of all that is published, as other programs see it: harmless, whole, and read as it was meant."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import nh3

from generator.pipeline.references import SCHEME

_VOID: Final = frozenset({"br", "hr", "img", "wbr", "input", "source", "col", "track", "meta", "link"})
_IN_PAGES: Final = frozenset(
    {"html", "head", "meta", "title", "link", "script", "body", "header", "footer", "nav", "main", "article", "section"}
)  # fmt: skip
_DEAD: Final = frozenset({
    *("script", "style", "iframe", "object", "embed", "applet", "form", "base", "meta", "link", "svg", "math"),
    *("template", "frame", "frameset", "noscript", "textarea", "plaintext", "xmp", "title", "html", "body", "head"),
})  # fmt: skip
_FALSE_SCHEME: Final = re.compile(
    r"[\s\x00-\x20]*(?!https?:|mailto:|tel:|data:image/(?:png|jpe?g|gif|webp|avif);)[a-z][\w+.-]*:",
    re.ASCII | re.IGNORECASE,
)
_ADDRESSES: Final = frozenset({"href", "src", "poster", "action", "formaction", "srcset", "cite", "data", "xlink:href"})
_FRAME: Final = re.compile(r'<iframe[^<>]* src="([^"]*)"')
_ATTRIBUTE: Final = re.compile(r' [a-z-]+="[^"<>]*"')


class Tags(HTMLParser):
    """The tags of a page as a browser reads them; says what is wrong with them."""

    def __init__(self, page: str, dead: frozenset[str]) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.dead = dead
        self.feed(page)
        self.close()
        if self.open:
            self.wrong.append(f"left open: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in self.dead:
            self.wrong.append(f"<{tag}>")
        if tag == "script" and given != {"type": "application/ld+json"}:
            self.wrong.append(f"<script {given}>")
        if tag == "meta" and "http-equiv" in given and given["http-equiv"] != "refresh":
            self.wrong.append(f"<meta {given}>")
        if len(given) != len(attrs):
            self.wrong.append(f"<{tag}> has an attribute twice: {attrs}")
        for name, value in attrs:
            self._judge(tag, name, value or "")

    def _judge(self, tag: str, name: str, value: str) -> None:
        if (
            name.startswith("on")
            or name in {"style", "srcdoc", "formaction", "is"}
            or not re.fullmatch(r"[a-z][a-z:-]*", name)
        ):
            self.wrong.append(f"<{tag} {name}>")
        if name in _ADDRESSES and _FALSE_SCHEME.match(value):
            self.wrong.append(f"<{tag} {name}={value!r}>")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> in {self.open[-3:]}")
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.wrong.append(f"<!{decl}>")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")


def judge_fragment(html: str, frames: tuple[str, ...] = ()) -> None:
    """The HTML of a text is harmless and whole, and a browser reads it as it stands; frames are of these hosts."""
    html = html.replace(f'"{SCHEME}', '"/')  # until it is known where the page of the file is
    for source in _FRAME.findall(html):
        assert any(f".{urlsplit(unescape(source)).hostname}".endswith(f".{host}") for host in frames), source
    wrong = Tags(html, _DEAD - {"iframe"} if frames else _DEAD).wrong
    assert not wrong, (wrong[:5], html[:2_000])
    assert _as_read(html) == _in_one_form(html), html[:2_000]


def _as_read(html: str) -> str:
    """The HTML as html5ever, which parses as browsers do, reads and writes it."""
    tags = {name.lower() for name in re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", html)}
    cleaner = nh3.Cleaner(
        tags=tags,
        clean_content_tags=set(),
        attributes={tag: {name.lower() for name in re.findall(r"[\s\"]([a-z-]+)=", html)} for tag in tags},
        url_schemes={"http", "https", "mailto", "tel", "data"},
        link_rel=None,
        strip_comments=False,
    )
    return _in_one_form(cleaner.clean(html))


def _in_one_form(html: str) -> str:
    """Attributes in the order of their names, and each character written in one way."""
    html = re.sub(r"<([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"<>]*\")+)>", _sorted_attributes, html)
    return html.replace("&nbsp;", "\u00a0").replace("&quot;", '"').replace("&#39;", "'").replace("&#x27;", "'")


def _sorted_attributes(tag: re.Match[str]) -> str:
    return f"<{tag[1]}{''.join(sorted(_ATTRIBUTE.findall(tag[2])))}>"


def judge_page(path: str, page: str) -> None:
    """A page of the theme is harmless and whole, whatever its article says."""
    dead = _DEAD - _IN_PAGES
    wrong = Tags(page, dead).wrong
    assert not wrong, (path, wrong[:5])
    for block in re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL):
        json.loads(block)


def judge_xml(path: str, content: bytes) -> None:
    """A feed or a sitemap is XML, and the text of its entries is harmless HTML."""
    root = ET.fromstring(content)  # noqa: S314 - our own
    if root.tag.endswith(("feed", "rss")):
        parsed = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        for html in _texts_of(root):
            wrong = Tags(html, _DEAD).wrong
            assert not wrong, (path, wrong[:5], html[:2_000])
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not (name in {"href", "url", "src"} and _FALSE_SCHEME.match(value)), (path, name, value)


def _texts_of(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag.endswith("}encoded") or element.get("type") == "html":
            yield element.text or ""
        elif element.tag == "item":  # readers take its description for HTML
            assert "<" not in (element.findtext("description") or ""), element.findtext("description")


def judge_json_feed(path: str, content: bytes) -> None:
    """A JSON Feed is JSON, and what it says of HTML is harmless."""
    feed = json.loads(content)
    assert feed["version"].startswith("https://jsonfeed.org/version/"), path
    for item in feed["items"]:
        wrong = Tags(item["content_html"], _DEAD).wrong
        assert not wrong, (path, wrong[:5])
        for name in ("url", "external_url", "image"):
            assert not _FALSE_SCHEME.match(item.get(name, "")), (path, item[name])


def judge_file(path: str, content: bytes) -> None:
    """Any file of the output."""
    content.decode()
    for ending, judge in _JUDGES.items():
        if path.endswith(ending):
            judge(path, content)


_JUDGES: Final[dict[str, Callable[[str, bytes], None]]] = {
    ".html": lambda path, content: judge_page(path, content.decode()),
    ".xml": judge_xml,
    ".json": judge_json_feed,
}
