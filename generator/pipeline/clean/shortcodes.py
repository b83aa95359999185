"""Shortcodes of other generators that say what HTML can say: a picture, a video, a post of a network."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

_NAMES: Final = "youtube|vimeo|tweet|twitter|x|instagram|gist|figure"
SHORTCODE: Final = re.compile(
    rf"\{{\{{[<%]\s*(?P<hugo>{_NAMES})\s(?P<hugos>[^{{}}]*?)/?\s*[%>]\}}\}}"
    rf"|\{{%-?\s*(?P<liquid>{_NAMES})\s(?P<liquids>[^{{}}]*?)-?%\}}"
    r"|\{\{\s*(?P<zola>youtube|vimeo|gist)\((?P<zolas>[^{}()]*)\)\s*\}\}"
)
_ARGUMENT: Final = re.compile(
    r"""([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^\s,"'`]+))|"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^\s,"'`]+)"""
)
_ESCAPED: Final = re.compile(r"\\([\"'\\])")
_ID: Final = re.compile(r"[\w.-]{1,64}")
_YOUTUBE: Final = re.compile(r"(?:[?&]v=|youtu\.be/|/embed/|/shorts/)([\w-]{6,64})")
_VIMEO: Final = re.compile(r"vimeo\.com/(?:video/)?(\d+)")
_BLOCK: Final = re.compile(r"\s*<(?:figure|iframe)\b")


class _Given(NamedTuple):
    """What a shortcode is told."""

    named: Mapping[str, str]
    listed: Sequence[str]

    def get(self, name: str) -> str:
        """A value by its name."""
        return self.named.get(name, "")

    @property
    def id(self) -> str:
        """What it is about: the first value, if no name says more."""
        return self.get("id") or self.get("url") or (self.listed[0] if self.listed else "")


def is_block(text: str) -> bool:
    """Whether a line is one that was made of a shortcode and stands by itself."""
    return _BLOCK.match(text) is not None


def replaced(found: re.Match[str], *, is_alone: bool) -> str:
    """The HTML or the Markdown for a shortcode; itself where it doesn't say enough. `is_alone`: a line has it alone."""
    name = found["hugo"] or found["liquid"] or found["zola"]
    given = _given(found["hugos"] or found["liquids"] or found["zolas"] or "")
    if name == "figure":
        return _figure(given, is_alone=is_alone) or found[0]
    address = _address(name, given)
    if not address:
        return found[0]
    title = f' title="{escape(given.get("title"))}"' if given.get("title") else ""
    return f'<iframe src="{escape(address)}"{title} data-written="{escape(found[0])}"></iframe>'


def _given(text: str) -> _Given:
    named: dict[str, str] = {}
    listed: list[str] = []
    for item in _ARGUMENT.finditer(text):
        value = next((part for part in item.groups()[1:] if part is not None), "")
        value = _ESCAPED.sub(r"\1", value)
        if item[1]:
            named[item[1]] = value
        else:
            listed.append(value)
    return _Given(named, listed)


def _address(name: str, given: _Given) -> str:
    """What a frame would show, "" where that can't be told."""
    told = given.id
    if name in {"youtube", "vimeo"}:
        inside = (_YOUTUBE if name == "youtube" else _VIMEO).search(told)
        told = inside[1] if inside else told
        if not _ID.fullmatch(told):
            return ""
        return (
            f"https://www.youtube.com/embed/{told}" if name == "youtube" else f"https://player.vimeo.com/video/{told}"
        )
    if told.startswith("https://"):
        return told
    if name == "gist":
        parts = [*given.listed, given.get("user"), given.get("id")]
        path = "/".join(filter(None, parts if not given.listed else parts[:2]))
        return f"https://gist.github.com/{path}" if re.fullmatch(r"[\w./-]{3,150}", path) else ""
    return _post(name, told, given)


def _post(name: str, told: str, given: _Given) -> str:
    if not _ID.fullmatch(told):
        return ""
    if name == "instagram":
        return f"https://www.instagram.com/p/{told}/"
    user = given.get("user")
    return f"https://twitter.com/{user if re.fullmatch('[A-Za-z0-9_]{1,30}', user) else 'i'}/status/{told}"


def _figure(given: _Given, *, is_alone: bool) -> str:
    """A picture with its caption; in a sentence a picture alone."""
    source = given.get("src") or given.get("link") or (given.listed[0] if given.listed else "")
    if not source:
        return ""
    caption = " ".join(filter(None, (given.get("title"), given.get("caption"), given.get("attr"))))
    sizes = "".join(f' {name}="{given.get(name)}"' for name in ("width", "height") if given.get(name).isdecimal())
    picture = f'<img src="{escape(source)}" alt="{escape(given.get("alt"))}"{sizes}>'
    if not is_alone:
        return picture
    if given.get("link") and given.get("src"):
        picture = f'<a href="{escape(given.get("link"))}">{picture}</a>'
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f"<figure>{picture}{below}</figure>"
