"""Markdown -> HTML that is safe to publish: parsed by `markdown`, tamed by elements.py, sanitised by `nh3`.

What an article may hold is listed in tags.py and here, and nowhere else. Everything else is dropped, its text stays,
and whatever is dropped is on record.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from html import unescape
from importlib import import_module
from posixpath import join, normpath
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast
from urllib.parse import urlsplit

from generator import urls
from generator.characters import unusual
from generator.pipeline.clean import embeds, media
from generator.pipeline.clean.elements import ELEMENT, Loss, tame
from generator.pipeline.clean.excerpt import head_of
from generator.pipeline.clean.highlight import highlight
from generator.pipeline.clean.models import in_place
from generator.pipeline.clean.outcome import level_headings, without_shells
from generator.pipeline.clean.tags import ALLOWED, ELEMENTS, with_lines_of_words, with_named_elements
from generator.pipeline.references import marked

if TYPE_CHECKING:
    import markdown
    import nh3

    from generator.commonmark import Blocks
    from generator.pipeline.clean.plain import OpenLink, Plain

_EXTENSIONS: Final = ("footnotes", "smarty")  # of the library, beside CommonMark
_ATTRIBUTES: Final = {
    "*": {"id", "lang", "dir"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "audio": {"controls", "preload", "loop", "muted", "title"},
    "code": {"class"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "details": {"open"},
    "dfn": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "input": {"checked", "type"},
    "li": {"value"},
    "meter": {"value", "min", "max", "low", "high", "optimum"},
    "ol": {"start", "reversed", "type"},
    "progress": {"value", "max"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "style", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "video": {"controls", "preload", "loop", "muted", "playsinline", "poster", "title", "width", "height"},
}
_FRAME: Final = {"src", "title", "width", "height", "sandbox", "loading", "referrerpolicy", "allowfullscreen"}
_DATA: Final = re.compile(r"[\x00-\x20]*d[\t\n\r]*a[\t\n\r]*t[\t\n\r]*a[\t\n\r]*:", re.IGNORECASE)
_ID: Final = re.compile(r"[^\s\"'<>&_][^\s\"'<>&]*")
_LANGUAGE: Final = re.compile(r"language-[\w+#.-]+")
_CLASSES: Final = {
    "div": {"footnote"},
    "a": {"footnote-ref", "footnote-backref"},
    "li": {"task"},
    "input": {"task"},
    "blockquote": {"alert", *(f"alert-{kind}" for kind in ("note", "tip", "important", "warning", "caution"))},
    "p": {"alert-title", "embed"},
    **{tag: {"embed"} for tag in ("figure", "span")},
}
# What the values of attributes may be; another value means nothing, and no checker lets it pass.
_COUNT: Final = re.compile(r"[1-9]\d{0,2}")
_DAY: Final = r"\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?"
_VALUES: Final = {
    **dict.fromkeys(("width", "height"), re.compile(r"\d{1,5}", re.ASCII)),
    **dict.fromkeys(("colspan", "rowspan", "span"), _COUNT),
    "start": re.compile(r"-?\d{1,9}", re.ASCII),
    "dir": re.compile("ltr|rtl|auto", re.IGNORECASE),
    "lang": re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", re.IGNORECASE),
    "scope": re.compile("row|col|rowgroup|colgroup", re.IGNORECASE),
    "datetime": re.compile(_DAY, re.ASCII),
    "id": _ID,
}
_OF_TAGS: Final = {
    ("code", "class"): _LANGUAGE,
    ("ol", "type"): re.compile("[1aAiI]"),
    ("input", "type"): re.compile("checkbox"),
    ("li", "value"): re.compile(r"-?\d{1,9}", re.ASCII),
}
_ALIGNMENT: Final = re.compile(r'(<t[dh]\b[^<>]*?) style="text-align:\s*(left|center|right);?"')
# Other than the boxes of tasks.
_OTHER_INPUT: Final = re.compile(r'<input(?!(?=[^<>]* class="task")[^<>]* type="checkbox")[^<>]*>')
_SURPLUS: Final = "a cell for which its table has no column"
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_VOID: Final = frozenset({"br", "hr", "img", "wbr", "input", "source", "col"})
_CLOSES_ITSELF: Final = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option"})  # the next one ends it
_BLOCK_END: Final = re.compile(r"</(?:p|li|h[1-6]|blockquote|td|th|dt|dd|pre|figcaption)>|<br>|<hr>")
_ANY_TAG: Final = re.compile(r"<[^<>]*>")
_FOOTNOTES: Final = re.compile(r'<div class="footnote">.*\Z|<sup id="fnref[^"]*">.*?</sup>', re.DOTALL)
_ASIDE: Final = re.compile(
    r'<(p|span|figure) class="embed">.*?</\1>|<(rt|rp)>.*?</\2>|<(video|audio)[ >].*?</\3>', re.DOTALL
)
_MOST_NESTED: Final = 200
_ADDRESSES: Final = (' href="', ' src="')
_EMPTY: Final = ('href=""', 'src=""')
_PLAIN_URL: Final = re.compile(  # one that no parser of urls refuses or changes
    r"https?://(?![^/]*xn--)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/(?:[!$()*+,;=:@/?#\w.~-]|&amp;)*)?"
    r"|/(?!/)[\w./~-]*",
    re.ASCII,
)


class NestedTooDeeplyError(ValueError):
    """The HTML in a text is nested beyond what any page has; parsing it would take minutes."""


class Shown(NamedTuple):
    """A text as pages show it, and its words."""

    html: str
    words: str  # what `to_text` makes of the HTML
    head: str | None = None  # the HTML before a `<!-- more -->`, where there is one outside of code
    losses: tuple[Loss, ...] = ()  # what of its HTML didn't come out as it was written
    open_fence: str = ""  # the line of a fence that is never closed


def show(text: str, folder: str, base_path: str, frames: tuple[str, ...] = ()) -> Shown:
    """The safe HTML of a Markdown text, and its words.

    Relative links are read from `folder`, the article's place in content/, and links that start with "/"
    from the site's root, whose path is `base_path`. Frames of the hosts `frames` are shown. Raises
    NestedTooDeeplyError.
    """
    parser, plain = _parser()
    written = plain.write(text, _opener(folder, base_path))
    if written is not None:
        html, words = written
        return Shown(level_headings(html) if "#" in text else html, _tidy_lines(words))
    _check_depth(text)
    parser.reset()
    raw = parser.convert(with_lines_of_words(with_named_elements(text)) if "<" in text else text)
    cleaner = _cleaner(folder, base_path, frames)
    safe, losses, head = _sanitised(raw, cleaner, frames, has_html="<" in text)
    html = highlight(_finish(safe))
    blocks = cast("Blocks", parser.parser)
    losses += tuple(Loss(ELEMENT, cell, _SURPLUS) for cell in blocks.surplus)
    return Shown(html, to_text(html), None if head is None else cleaner.clean(head), losses, blocks.open_fence)


def _sanitised(
    raw: str, cleaner: "nh3.Cleaner", frames: tuple[str, ...], *, has_html: bool
) -> tuple[str, tuple[Loss, ...], str | None]:
    """What the sanitiser leaves, what was lost, and the head before it; Markdown alone loses addresses at most."""
    if not has_html:
        _check_depth(raw)
        safe = cleaner.clean(raw)
        is_whole = all(safe.count(name) == raw.count(name) for name in _ADDRESSES)
        if is_whole and not any(name in raw for name in _EMPTY):
            return safe, (), None
    tamed = tame(raw, frames)
    _check_depth(tamed.html)
    return in_place(cleaner.clean(tamed.html)), tamed.losses, head_of(tamed.html)


def to_html(text: str, folder: str, base_path: str) -> str:
    """The safe HTML of a Markdown text alone."""
    return show(text, folder, base_path).html


def to_text(html: str) -> str:
    """The words of safe HTML as plain text, a line a block.

    Footnotes are left out, and so are labels of what is embedded and how characters are read aloud.
    """
    if "footnote" in html or "fnref" in html:
        html = _FOOTNOTES.sub("", html)
    if "<rt>" in html or 'class="embed"' in html or "</video>" in html or "</audio>" in html:
        html = _ASIDE.sub("", html)
    return _tidy_lines(unescape(_ANY_TAG.sub("", _BLOCK_END.sub("\n", html))))


def _tidy_lines(text: str) -> str:
    """The lines that say something, with single blanks inside."""
    lines = text.split("\n")
    if "  " in text or any(map(str.isspace, unusual(text))):
        lines = [" ".join(line.split()) for line in lines]
    return "\n".join(filter(None, map(str.strip, lines)))


@lru_cache(maxsize=64)
def _opener(folder: str, base_path: str) -> "OpenLink":
    """What opens links as nh3 leaves them; None for a url that needs its judgment."""
    linked = _resolver(folder, base_path)

    def open_link(url: str) -> str | None:
        if not _PLAIN_URL.fullmatch(url):
            return None
        url = urls.without_tracking(url)
        href = linked(url) if url[0] == "/" else url
        return f'<a href="{href}" rel="noopener">'

    return open_link


@lru_cache(maxsize=1)
def _parser() -> "tuple[markdown.Markdown, Plain]":
    """One parser a process; building one costs as much as an article."""
    import markdown  # noqa: PLC0415 - 44 ms

    from generator.commonmark import CommonMarkExtension  # noqa: PLC0415 - imports markdown
    from generator.pipeline.clean.plain import Plain  # noqa: PLC0415
    from generator.pipeline.clean.typography import Quotes, Signs, Typography  # noqa: PLC0415

    # By module and not by name: for a name the library looks through all that is installed, in 15 ms.
    extensions = [import_module(f"markdown.extensions.{name}").makeExtension() for name in _EXTENSIONS]
    md = markdown.Markdown(extensions=[*extensions, CommonMarkExtension()], output_format="html")
    smarty: Any = md.treeprocessors["smarty"]
    md.treeprocessors.register(Quotes(Typography(md, smarty), md), "smarty", 6)
    return md, Plain(Signs(md, smarty))


@lru_cache(maxsize=64)
def _cleaner(folder: str, base_path: str, frames: tuple[str, ...] = ()) -> "nh3.Cleaner":
    import nh3  # noqa: PLC0415

    return nh3.Cleaner(
        tags={*ALLOWED, "input", *(("iframe",) if frames else ())},
        attributes={tag: set(names) for tag, names in {**_ATTRIBUTES, "iframe": _FRAME}.items()},
        allowed_classes=_CLASSES,
        attribute_filter=partial(_filter_attribute, frames),
        filter_style_properties={"text-align"},
        # Of two that are added to one element the order would differ from run to run.
        set_tag_attribute_values={"img": {"loading": "lazy"}, "input": {"disabled": ""}},
        url_schemes={*urls.SAFE_SCHEMES, "data"},  # of pictures alone, as the filter of attributes sees to
        url_relative=_resolver(folder, base_path),
        link_rel="noopener",
    )


def _filter_attribute(frames: tuple[str, ...], tag: str, name: str, value: str) -> str | None:
    """Ids that begin with "_" are the theme's, so that a text can't pose as a part of the page.

    Frames are of the hosts that the site allows, and of what can stand in an address itself pictures alone are left.
    """
    if name in {"href", "src", "poster"} and _DATA.match(value) and not (tag == "img" and media.is_shown(value)):
        return None
    if tag == "iframe" and name == "src" and not embeds.is_allowed(value, frames):
        return None
    if name == "href":
        return urls.without_tracking(value)
    wanted = _OF_TAGS.get((tag, name)) or _VALUES.get(name)
    return value if wanted is None or wanted.fullmatch(value) else None


def resolve(url: str, folder: str, base_path: str) -> str | None:
    """Where a relative link of an article leads, from the host's root; None where it leads nowhere."""
    url = url.strip()
    if url.startswith("#") or not url:
        return url
    if url.startswith(("//", "\\", "/\\")):
        return "https://" + url.lstrip("/\\")
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    full = normpath(join("/", folder, path)).lstrip("/")
    slash = "/" if path.endswith("/") and full else ""
    return urls.encode_url(base_path + urls.link_to_file(full) + slash + url[len(path) :])


def _resolver(folder: str, base_path: str) -> Callable[[str], str | None]:
    """As `resolve`, but for links that may lead to content files: where those are shown isn't known yet."""
    return lambda url: marked(url) or resolve(url, folder, base_path)


def _finish(html: str) -> str:
    """Headings below the page's own, alignment without inline style, an alt for every image, no empty shells."""
    html = level_headings(html)
    if "<input" in html:
        html = _OTHER_INPUT.sub("", html)
    if "<img" in html:
        html = re.sub(r"<img(?![^<>]* alt=)", '<img alt=""', html)
    return without_shells(_ALIGNMENT.sub(r'\1 class="align-\2"', html))


def _check_depth(text: str) -> None:
    """Refuses nesting that takes a sanitiser minutes (100,000 nested <div> took 23 s); linear in the text."""
    if text.count("<") <= _MOST_NESTED:
        return
    depth = 0
    for mark in _TAG.finditer(text):
        if mark[2].lower() not in ELEMENTS:
            continue  # text: it opens nothing
        if mark[1] and mark[2].lower() not in _CLOSES_ITSELF:
            depth = max(0, depth - 1)
        elif not mark[1] and mark[2].lower() not in _VOID | _CLOSES_ITSELF and not mark[0].endswith("/>"):
            depth += 1
            if depth > _MOST_NESTED:
                raise NestedTooDeeplyError
