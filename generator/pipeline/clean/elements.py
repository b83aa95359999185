"""What becomes of the HTML in a text before it is sanitised, so that nothing vanishes without a word.

What is no element of HTML is text and is shown. What pages show in another way is rewritten: frames and players are
links, a picture that waits for a script is a picture. What goes is on record. One pass from left to right, linear in
the text; the sanitiser has the last word on all that it gives.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from generator.pipeline.clean import embeds, media
from generator.pipeline.clean.tags import (
    ALLOWED,
    BLOCKS,
    RENAMED,
    Tag,
    as_text,
    is_element,
    last_ends,
    tag_at,
    written,
)
from generator.urls import is_safe_link

ELEMENT: Final = "html-element"
ATTRIBUTE: Final = "html-attribute"
URL: Final = "unsafe-url"
EMBED: Final = "embed"

_MOST_LOSSES: Final = 500  # that are told one by one; a page of another kind than articles may have any number
_LONGEST: Final = 400  # characters of what is on record
_LINES: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "summary"})  # what holds no block
_UNSEEN: Final = frozenset({"script", "style", "select", "datalist"})  # go with what is in them
_OF_PAGES: Final = frozenset({"html", "head", "body", "noframes", "noembed", "picture"})  # mean nothing in a text
_SEEN: Final = frozenset({"svg", "math", "canvas", "applet", "map"})  # readers would miss them
_OF_FORMS: Final = frozenset({"button", "input", "textarea", "option", "optgroup", "label", "output", "keygen", "form"})
_PARTS: Final = frozenset({"source", "track", "param"})  # of what is rewritten as a whole
_HANDLER: Final = re.compile(r"(?:^|[\s\"'/])on[a-z]+\s*=", re.IGNORECASE)
_USUAL: Final = re.compile(r"[a-z][a-z0-9-]*")
# Of scripts and of buttons that hand a page to an app: nobody misses them.
_UNMISSED: Final = re.compile(
    r"(?:(?:java|vb|live)?script|about|blob|whatsapp|viber|tg|fb-messenger|intent|android-app|line|sgnl|threema):",
    re.IGNORECASE,
)
_MORE: Final = re.compile(r"<!--\s*(?:more|TEASER_END)\s*-->", re.IGNORECASE)
_IGNORED: Final = re.compile(r"[\x00-\x20]+")  # by browsers, in addresses
_NO_HOST: Final = re.compile(r"https?:[/\\]*", re.IGNORECASE)
# All but what Markdown gives by itself: tags without attributes, and links to usual addresses.
_WORTH_A_LOOK: Final = re.compile(
    r"<(?!/a>|/?(?:p|em|strong|b|i|li|ul|ol|blockquote|code|pre|table|thead|tbody|tr|td|th|h[1-6]|hr|br|div|span|sup|sub)>"
    r"|a href=\"(?:https?://[\w.-]++)?/[\w./?=&;%#~+-]*+\">)"
)
_LINE: Final = re.compile(rf"<(/?)({'|'.join(sorted(BLOCKS, key=len, reverse=True))})(?=[\s/>])", re.IGNORECASE)
_BOUNDS: Final = {
    name: re.compile(rf"<(/?){name}(?=[\s/>])", re.IGNORECASE)
    for name in ("iframe", "video", "audio", "textarea", "title", *sorted(_UNSEEN))
}


class Loss(NamedTuple):
    """What doesn't come out as it was written."""

    rule: str
    text: str  # as it is written
    told: str  # what a warning calls it; "" where readers lose nothing that they would have seen


class Tamed(NamedTuple):
    """HTML that holds but what pages show, for the sanitiser to prove it."""

    html: str
    losses: tuple[Loss, ...]


def tame(html: str, hosts: Sequence[str] = ()) -> Tamed:
    """The HTML of a text without what pages don't show; frames of `hosts` stay frames."""
    tamer = _Tamer(html, hosts)
    tamer.run()
    return Tamed("".join(tamer.out), tuple(tamer.losses))


class _Tamer:
    """One pass over the HTML of a text."""

    def __init__(self, html: str, hosts: Sequence[str]) -> None:
        self.html, self._hosts = html, hosts
        self.out: list[str] = []
        self.losses: list[Loss] = []
        self._ends = last_ends(html)
        self._foreign, self._depth = "", 0  # the <svg> or <math> that it is in
        self._last_line, self._seen = "", 0  # the paragraph or heading that the place is in up to which was looked
        self._picture_before = ""
        self._is_without_script = False
        self._missing: set[str] = set()  # what isn't there from here on: `-->`, `?>`
        self._untold = 0
        self._handlers: Mapping[str, Callable[[Tag], int]] = {
            "iframe": self._frame,
            **dict.fromkeys(("frame", "embed", "object"), self._embedded),
            **dict.fromkeys(("video", "audio"), self._player),
            **dict.fromkeys(_UNSEEN, self._unseen),
            **dict.fromkeys(("img", "image"), self._picture),
            **dict.fromkeys(("svg", "math"), self._drawing),
            **dict.fromkeys(("textarea", "title"), self._words),
            **dict.fromkeys(_PARTS, self._part),
            "a": self._link,
            "input": self._input,
            "noscript": self._no_script,
        }

    def run(self) -> None:
        """Takes the whole text."""
        html, at = self.html, 0
        while (start := self._next(at)) >= 0:
            self.out.append(html[at:start])
            at = self._take(start)
        self.out.append(html[at:])
        if self._untold:
            self.losses.append(Loss(ELEMENT, f"and {self._untold:,} more", ""))

    def _next(self, at: int) -> int:
        """Where the next `<` is of which there is something to say; in a drawing it is any."""
        if self._foreign:
            return self.html.find("<", at)
        found = _WORTH_A_LOOK.search(self.html, at)
        return found.start() if found else -1

    def _line(self, start: int) -> str:
        """The paragraph or heading that a place is in."""
        for found in _LINE.finditer(self.html, self._seen, start):
            self._last_line = "" if found[1] or found[2].lower() not in _LINES else found[2].lower()
        self._seen = start
        return self._last_line

    def _take(self, start: int) -> int:
        """What begins at a `<`; returns where it ends."""
        tag = tag_at(self.html, start)
        if tag is None:
            return self._no_tag(start)
        if self._foreign and start <= self._ends[self._foreign]:
            return self._in_drawing(tag)
        if tag.is_end and tag.name in ALLOWED:
            return self._end(tag, tag.name)
        if not is_element(tag, self.html, self._ends):
            self.out.append(as_text(tag.text))
            return tag.end
        if tag.is_end:
            return self._end(tag, RENAMED.get(tag.name, ""))
        return self._handlers.get(tag.name, self._element)(tag)

    # What is no tag

    def _no_tag(self, start: int) -> int:
        """A comment, which nobody sees, or a `<` that is text."""
        html = self.html
        if html.startswith("<!--", start):
            if html.startswith(("<!-->", "<!--->"), start):
                return html.index(">", start) + 1
            end = self._up_to("-->", start, 4)
            if _MORE.fullmatch(html, start, end):
                self.out.append(html[start:end])  # it tells where a summary ends
            return end
        if html.startswith("<?", start):
            end = self._up_to("?>", start, 2)
            if end > start + 1:
                self._lose(ELEMENT, html[start:end])
            return end
        if html[start : start + 9].lower() == "<!doctype":
            return self._up_to(">", start, 9)
        self.out.append("&lt;")
        return start + 1

    def _up_to(self, mark: str, start: int, length: int) -> int:
        """Where something ends that nobody sees; without its end it is text."""
        end = -1 if mark in self._missing else self.html.find(mark, start + length)
        if end >= 0:
            return end + len(mark)
        self._missing.add(mark)
        self.out.append("&lt;")
        return start + 1

    # Tags

    def _end(self, tag: Tag, name: str) -> int:
        if name:
            self.out.append(f"</{name}>")
        if tag.name == "noscript":
            self._is_without_script = False
        return tag.end

    def _element(self, tag: Tag) -> int:
        """An element that pages hold, or one that doesn't matter: what is in it stays."""
        name = RENAMED.get(tag.name, tag.name)
        if name in ALLOWED:
            self._open(name, tag)
        if tag.name in _OF_FORMS:
            self._lose(ELEMENT, tag.text, "a form")
        elif name not in ALLOWED and tag.name not in _OF_PAGES:
            self._lose(ELEMENT, tag.text, f"`<{tag.name}>`" if tag.name in _SEEN else "")
        return tag.end

    def _open(self, name: str, tag: Tag, given: Mapping[str, str] | None = None) -> None:
        """An element that pages hold, with what it carries; the sanitiser knows which attributes may stay."""
        has_handler = "on" in tag.inside.lower() and _HANDLER.search(tag.inside) is not None
        if has_handler:
            self._lose(ATTRIBUTE, tag.text)
        if given is None and tag.is_tidy and name == tag.name and not has_handler:
            self.out.append(tag.text)
            return
        carried = tag.attributes if given is None else given
        usual = {key: value for key, value in carried.items() if _USUAL.fullmatch(key) and not key.startswith("on")}
        self.out.append(written(name, usual))

    def _link(self, tag: Tag) -> int:
        """A link whose address leads somewhere; of another the words stay."""
        given = tag.attributes
        url, anchor = given.get("href"), given.get("id") or given.get("name", "")
        if url is None and anchor:
            self.out.append(written("span", {"id": anchor}) + "</span>")  # a place to link to
        elif url is None:
            self._lose(ELEMENT, tag.text)
        elif not url or not url.strip():
            self._lose(URL, tag.text, "a link without an address")
        elif not _is_link(url):
            self._lose(URL, tag.text, _kind_of(url))
        else:
            self._open("a", tag)
        return tag.end

    def _picture(self, tag: Tag) -> int:
        """A picture with an address; of another the words for those who can't see it stay."""
        given = media.with_address(tag.attributes)
        url = given.get("src", "").strip()
        is_data = url[:5].lower() == "data:"
        if self._is_without_script and url and url == self._picture_before:
            return tag.end  # what is for those without a script is there already
        if media.is_hidden({**given, "style": ""}):  # scripts hide pictures that they load later
            self._lose(ELEMENT, tag.text)
            return tag.end
        if media.is_shown(url) if is_data else url and _is_link(url):
            self._picture_before = url
            self._open("img", tag, given)
            return tag.end
        self.out.append(escape(given.get("alt", "")))
        told = "a picture that stands in the text itself (`data:`)" if is_data and len(url) > _LONGEST else ""
        self._lose(URL if url else ELEMENT, tag.text, told or ("" if is_data or not url else _kind_of(url)))
        return tag.end

    def _input(self, tag: Tag) -> int:
        """A field of a form; the box of a list of things to do is none, and whether it stays says the sanitiser."""
        given = tag.attributes
        kind = given.get("type", "").lower()
        if given.get("class") == "task" or (kind == "checkbox" and "disabled" in given):
            self._open("input", tag)
        else:
            self._lose(ELEMENT, tag.text, "" if kind == "hidden" else "a form")
        return tag.end

    def _no_script(self, tag: Tag) -> int:
        """What is for those without a script is for all: pages have none."""
        self._is_without_script = True
        return tag.end

    def _part(self, tag: Tag) -> int:
        return tag.end

    # What comes from elsewhere

    def _frame(self, tag: Tag) -> int:
        self._embed(tag, media.lazy(tag.attributes))
        return self._behind(tag, self._inside(tag))

    def _embedded(self, tag: Tag) -> int:
        """What is in an <object> stays: it is for those who can't see the other."""
        given = tag.attributes
        self._embed(tag, given.get("data", "") if tag.name == "object" else media.lazy(given))
        return tag.end

    def _embed(self, tag: Tag, url: str) -> None:
        """A link to what a frame shows, or the frame itself."""
        given, url = tag.attributes, url.strip()
        if media.is_hidden(given):
            self._lose(ELEMENT, tag.text)
            return
        text = given.get("data-written") or tag.text
        if not url or not _is_link(url):
            self._lose(URL if url else ELEMENT, text, "a frame")
            return
        page = embeds.page_of(url)
        address = embeds.allowed_address(url, self._hosts) if tag.name == "iframe" else ""
        line = self._line(tag.start)
        if address and line in {"", "p"}:
            frame = embeds.frame(address, page, given)
            self.out.append(f"</p>{frame}<p>" if line else frame)
            return
        self.out.append(embeds.link(page.url, given.get("title", ""), page.kind, inside=bool(line)))
        self._lose(EMBED, text, embeds.label(page.url, given.get("title", ""), page.kind))

    def _player(self, tag: Tag) -> int:
        """A video or a sound of the site; of one of another host a link to it."""
        inside = self._inside(tag)
        player = media.player(tag, self.html[tag.end : inside])
        if player.html:
            self.out.append(player.html)
        elif player.url and _is_link(player.url):
            title, kind = tag.attributes.get("title", ""), embeds.VIDEO if tag.name == "video" else embeds.AUDIO
            self.out.append(embeds.link(player.url, title, kind, inside=bool(self._line(tag.start))))
            self._lose(EMBED, tag.text, embeds.label(player.url, title, kind))
        else:
            self._lose(ELEMENT, tag.text, f"`<{tag.name}>`")
            return tag.end
        return self._behind(tag, inside)

    # What goes with all that is in it, and what is drawn

    def _unseen(self, tag: Tag) -> int:
        end = self._behind(tag, self._inside(tag))
        self._lose(ELEMENT, self.html[tag.start : min(end, tag.start + _LONGEST + 1)], _told_of_unseen(tag))
        return end

    def _words(self, tag: Tag) -> int:
        """A field of a form or the title of a page: no tags are in it, and its words stay."""
        inside = self._inside(tag)
        self.out.append(as_text(self.html[tag.end : inside]))
        self._lose(ELEMENT, tag.text, "a form" if tag.name == "textarea" else "")
        return self._behind(tag, inside)

    def _inside(self, tag: Tag) -> int:
        """Where the inside of an element ends; where its end is missing, there is none.

        An end behind the next beginning belongs to that. Only in scripts, words may look like a beginning.
        """
        if tag.closes_itself or self._ends.get(tag.name, -1) < tag.end:
            return tag.end
        bound = _BOUNDS[tag.name].search(self.html, tag.end)
        while bound and not bound[1] and tag.name == "script":
            bound = _BOUNDS[tag.name].search(self.html, bound.end())
        return bound.start() if bound and bound[1] else tag.end

    def _behind(self, tag: Tag, inside: int) -> int:
        """Where an element ends, its closing tag included."""
        end = tag_at(self.html, inside) if self.html.startswith("<", inside) else None
        return end.end if end and end.is_end and end.name == tag.name else inside

    def _drawing(self, tag: Tag) -> int:
        """A drawing or a formula: all tags in it are its own, and the words stay."""
        self._lose(ELEMENT, tag.text, f"`<{tag.name}>`")
        if not tag.closes_itself and self._ends.get(tag.name, -1) >= tag.end:
            self._foreign, self._depth = tag.name, 1
        return tag.end

    def _in_drawing(self, tag: Tag) -> int:
        if tag.name == self._foreign and not tag.closes_itself:
            self._depth += -1 if tag.is_end else 1
            if not self._depth:
                self._foreign = ""
        elif tag.name in {"script", "style"} and not tag.is_end:
            return self._unseen(tag)
        return tag.end

    def _lose(self, rule: str, text: str, told: str = "") -> None:
        """Puts on record what doesn't come out as it was written."""
        if len(self.losses) >= _MOST_LOSSES:
            self._untold += 1
            return
        self.losses.append(Loss(rule, text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…", told))


def _told_of_unseen(tag: Tag) -> str:
    return "" if tag.name in {"script", "style"} else "a form"


def _is_link(url: str) -> bool:
    """Whether an address is one that pages may lead to, as the sanitiser sees it."""
    url = _IGNORED.sub("", url)
    try:
        urlsplit(url)
    except ValueError:
        return False
    return is_safe_link(url) and not _NO_HOST.fullmatch(url)


def _kind_of(url: str) -> str:
    """What to call a link that pages don't have."""
    url = _IGNORED.sub("", url)
    scheme = url.partition(":")[0][:20]
    return "" if _UNMISSED.match(url) else f"a link to `{scheme}:`"
