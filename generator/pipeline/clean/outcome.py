"""The last touch to HTML that is safe already: levels of headings, and nothing that shows nothing."""

import re
from typing import Final

_LEVELS: Final = re.compile(r"<h[13-6][ >]")  # any but the second, which most texts have alone
_HEADING: Final = re.compile(r"<(/?)h([1-6])(?=[ >])")
_FIRST: Final = 2  # the first is the page's own
_LAST: Final = 6
_EMPTY_HEADING: Final = re.compile(
    r'<h([1-6])(?: [^<>]*)?>\s*+((?:<span id="[^"<>]*"></span>\s*+)*+)</h\1>\n?'  # what holds a place to link to stays
)
_ALONE: Final = re.compile(r'<p>\s*<span class="embed">(.*?)</span>\s*</p>', re.DOTALL)
_EMPTY_LINE: Final = re.compile(r"<p>\s*</p>\n?")
_NO_PICTURE: Final = re.compile(r'<img(?![^<>]* src="[^"])[^<>]*>')
_NO_LINK: Final = re.compile(r"<a\b(?![^<>]* href=)[^<>]*>(.*?)</a>", re.DOTALL)
_NO_FRAME: Final = re.compile(r"<iframe(?![^<>]* src=)[^<>]*></iframe>")
_EMPTY_ATTRIBUTE: Final = re.compile(r'(<[a-z][a-z0-9]*(?: [^<>]*?)?) (?:class|style)=""')
_ID: Final = re.compile(r'(<[a-z][a-z0-9]*(?: [^<>]*?)?) id="([^"]*)"')


def level_headings(html: str) -> str:
    """Headings that begin below the title of the page, and go down by one level at a time."""
    if not _LEVELS.search(html):
        return html
    above: list[int] = []

    def level(mark: re.Match[str]) -> str:
        written = int(mark[2])
        if not mark[1]:
            while above and above[-1] >= written:
                above.pop()
            above.append(written)
        return f"<{mark[1]}h{min(_LAST, len(above) + _FIRST - 1)}"

    return _HEADING.sub(level, html)


def without_shells(html: str) -> str:
    """HTML without links, pictures and frames that have no address, without headings and styles that are empty.

    Of two elements with one id the first keeps it.
    """
    if "<span></span>" in html:
        html = html.replace("<span></span>", "")
    if "></h" in html or " </h" in html:
        html = _EMPTY_HEADING.sub(r"\2", html)
    if 'class="embed"' in html:
        html = _ALONE.sub(r'<p class="embed">\1</p>', html)
    if "<p></p>" in html or "<p> </p>" in html:
        html = _EMPTY_LINE.sub("", html)
    if "<img" in html:
        html = _NO_PICTURE.sub("", html)
    if "<a " in html:
        html = _NO_LINK.sub(r"\1", html)
    if "<iframe" in html:
        html = _NO_FRAME.sub("", html)
    return _without_second_ids(_without_empty_attributes(html))


def _without_empty_attributes(html: str) -> str:
    while '=""' in html and (bare := _EMPTY_ATTRIBUTE.sub(r"\1", html)) != html:
        html = bare
    return html


def _without_second_ids(html: str) -> str:
    if html.count(' id="') <= 1:
        return html
    seen: set[str] = set()

    def keep(mark: re.Match[str]) -> str:
        if mark[2] in seen:
            return mark[1]
        seen.add(mark[2])
        return mark[0]

    return _ID.sub(keep, html)
