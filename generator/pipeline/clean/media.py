"""Pictures, videos and sounds in HTML: where their files are, and which of them pages show themselves."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Final, NamedTuple

from generator.pipeline.clean import embeds
from generator.pipeline.clean.tags import Tag, tag_at, written

_WAITING: Final = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-original-src", "data-orig-file")
_SETS: Final = ("data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER: Final = re.compile(
    r"(?:^|[/_-])(?:blank|clear|empty|gr[ae]y|lazy|lazyload|loading|pixel|placeholder|spacer|transparent|1x1)"
    r"(?:[_-][\w-]*)?\.(?:gif|png|svg|jpe?g|webp)(?:\?.*)?$",
    re.IGNORECASE,
)
_CANDIDATE: Final = re.compile(r"(\S*[^\s,])(?:\s+(\d{1,5})w|\s+[\d.]+x)?\s*(?:,|$)")
_IN_TEXT: Final = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/]+={0,2}")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SMALLEST: Final = 200  # characters of a picture in the text: what is shorter is a placeholder
_LARGEST: Final = 48_000
_LONGEST_SET: Final = 10_000
_WIDEST: Final = 2000  # pixels of a picture, where there is a choice
_SWITCHES: Final = ("loop", "muted", "playsinline")
_TRACK: Final = ("kind", "srclang", "label", "default")


class Player(NamedTuple):
    """A video or a sound: the HTML that plays what is the site's own, else the address of what isn't."""

    html: str
    url: str


def is_shown(url: str) -> bool:
    """Whether a picture that stands in the text itself (`data:`) may stay there: a small one, made of dots."""
    return _SMALLEST <= len(url) <= _LARGEST and _IN_TEXT.fullmatch(url) is not None


def is_hidden(given: Mapping[str, str]) -> bool:
    """Whether a picture or a frame is one that nobody sees, as those are that count readers."""
    sizes = [given.get(name, "").removesuffix("px") for name in ("width", "height")]
    return {*sizes} <= {"0", "1"} or _HIDDEN.search(given.get("style", "")[:1000]) is not None


def lazy(given: Mapping[str, str], name: str = "src") -> str:
    """The address of what a script would load later, else of what is there."""
    return next((given[key] for key in _WAITING if given.get(key)), "") or given.get(name, "")


def with_address(given: Mapping[str, str]) -> Mapping[str, str]:
    """What a picture carries, with the address of its file where a script was to put it in."""
    url = given.get("src", "").strip()
    if url and url[:5].lower() != "data:" and not _PLACEHOLDER.search(url[-200:]):
        return given
    found = next((given[key] for key in _WAITING if _is_file(given.get(key, ""))), "")
    found = found or next(filter(None, (_best(given.get(key, "")) for key in _SETS)), "")
    return {**given, "src": found} if found else given


def _is_file(url: str) -> bool:
    return bool(url.strip()) and url.strip()[:5].lower() != "data:"


def _best(candidates: str) -> str:
    """Of several sizes the widest that a page has room for."""
    found: list[tuple[str, int]] = [
        (url, int(width or 0)) for url, width in _CANDIDATE.findall(candidates[:_LONGEST_SET]) if _is_file(url)
    ]
    fitting = [item for item in found if item[1] <= _WIDEST]
    if fitting:
        return max(fitting, key=lambda item: item[1])[0]
    return min(found, key=lambda item: item[1])[0] if found else ""


def player(tag: Tag, inside: str) -> Player:
    """What plays a <video> or an <audio>; `inside` is what it holds."""
    given = tag.attributes
    inner = [item for item in _tags_in(inside) if not item.is_end]
    sources = [item.attributes for item in inner if item.name == "source"]
    if lazy(given):
        sources.insert(0, {"src": lazy(given), "type": ""})
    own = [item for item in sources if embeds.is_own(item.get("src", ""))]
    if not own:
        return Player("", next((item["src"] for item in sources if item.get("src")), ""))
    tracks = [item.attributes for item in inner if item.name == "track"]
    parts = [
        written(tag.name, _carried(given)),
        *(written("source", _some(item, "src", "type")) for item in own),
        *(written("track", _track(item)) for item in tracks if embeds.is_own(item.get("src", ""))),
        f'<a href="{escape(own[0]["src"])}">{escape(embeds.label(own[0]["src"], given.get("title", "")))}</a>',
        f"</{tag.name}>",
    ]
    return Player("".join(parts), own[0]["src"])


def _tags_in(html: str) -> Iterator[Tag]:
    at = html.find("<")
    while at >= 0:
        tag = tag_at(html, at)
        if tag:
            yield tag
        at = html.find("<", tag.end if tag else at + 1)


def _carried(given: Mapping[str, str]) -> dict[str, str]:
    """What a player keeps: it never starts by itself, and loads no more than it has to."""
    poster = {"poster": given["poster"]} if embeds.is_own(given.get("poster", "")) else {}
    sizes = {name: given[name] for name in ("width", "height") if given.get(name, "").isdecimal()}
    switches = {name: "" for name in _SWITCHES if name in given}
    return {"controls": "", "preload": "metadata", **_some(given, "title"), **poster, **sizes, **switches}


def _track(given: Mapping[str, str]) -> dict[str, str]:
    return {**_some(given, "src"), **{name: given[name] for name in _TRACK if name in given}}


def _some(given: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: given[name] for name in names if given.get(name)}
