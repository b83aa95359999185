"""Where a text comes from: written as Markdown, copied from a page, or saved from one by a web clipper.

The evidence is weighed before any rule speaks. What authors write is left as it is; what pages show may hold furniture.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from generator.model import Metadata
from generator.pipeline.clean.classify import Piece
from generator.pipeline.clean.lines import (
    CODE,
    DEFINITION,
    HEADING,
    LIST,
    RUN,
    TEXT,
    Line,
    goes_on,
    is_link_alone,
    kinds_of,
    shares,
)
from generator.pipeline.clean.rules import CERTAIN

WRITTEN: Final = "written"
PASTED: Final = "pasted"
CLIPPED: Final = "clipped"


class Evidence(NamedTuple):
    """One thing that speaks for an origin."""

    name: str
    weight: float  # above 0: for a page; below: for an author
    times: int = 1  # how often it was seen


class Origin(NamedTuple):
    """Where a text comes from, and why that is thought."""

    kind: str  # WRITTEN, PASTED or CLIPPED
    is_plain: bool  # beyond doubt: told by the front matter, or shown by much of the evidence
    evidence: tuple[Evidence, ...]
    is_markdown: bool  # it has links, headings or code

    @property
    def weight(self) -> float:
        """How much speaks for a page, less what speaks for an author."""
        return _sum(self.evidence)


# How much it speaks for a page that a line falls under a rule by its own words.
_FURNITURE: Final = {
    "screen-reader-list": 5.0,
    "end-of-list": 3.0,
    "advertisement": 2.0,
    "share-buttons": 2.0,
    "reading-time": 2.0,
    "byline": 1.5,
    "comments": 1.5,
    "legal": 1.5,
    "timestamp": 1.5,
    "agency-credit": 1.5,
    "author-bio": 1.0,
    "call-to-action": 1.0,
    "caption": 1.0,
    "credit": 1.0,
    "live-blog": 1.0,
    "related-headlines": 1.0,
    "related-inline": 1.0,
    "tags": 1.0,
    "navigation": 0.7,
    "player": 0.7,
    "newsletter": 0.5,
    "page-numbers": 0.5,
    "poll": 0.5,
}
_ONE_KIND: Final = 1.0  # the most that one kind of furniture says alone: what an author writes about looks like that
_LINKED_PICTURE: Final = 1.0  # an avatar, a teaser
_ROW_OF_LINKS: Final = 1.0
_SHARING_LINK: Final = 2.0  # a link that shares the page: "facebook.com/sharer"
_OWN_LINKS: Final = 0.4  # links into the site that the address names
_PICTURE_WITHOUT_ALT: Final = 0.5
_SIZED_PICTURE: Final = 1.0  # its address asks for a size: "?w=300"
_ADDRESS: Final = 0.75
_CLIPPER: Final = 1.5
_CODE_BLOCK: Final = 2.0
_CODE_SPAN: Final = 0.75
_DEFINITION: Final = 1.0
_TEMPLATE: Final = 2.0
_WRAPPED: Final = 6.0  # if all lines were wrapped
_WRAPPED_PLAIN: Final = 2.0  # the most of it in a text without Markdown: mail and PDF documents are wrapped as well
_MOST: Final = 3.0  # of what grows with the times
_PLAIN_PAGE: Final = 3.0  # the weight from which on a text without Markdown is a page beyond doubt
_CLIPPED_PAGE: Final = 2.5  # the weight from which on Markdown is a page
_MAYBE_CLIPPED: Final = 1.25  # the same, with an address and nothing of an author: then certain lines go alone
_AUTHOR: Final = -0.5
_WRITTEN_PLAIN: Final = -1.0  # the weight up to which a text without Markdown is written

_ITEMS: Final = CERTAIN | {"share-buttons", "comments", "reading-time"}  # no list of an author has such items
_ROWS: Final = frozenset({"share-buttons", "comments"})  # and none writes rows of these
_CLIPPER_FIELDS: Final = frozenset({"clipped", "clipped_at", "created", "saved", "saved_at", "published", "site"})
_CLIPPINGS: Final = frozenset({"clipping", "clippings"})
_INLINE_LINK: Final = re.compile(r"\]\([^\S\n]*[^()\s]")
_PICTURE_IN_LINK: Final = re.compile(r"\[[^\S\n]*!\[")
_SIZED: Final = re.compile(r"!\[[^\]\n]{0,300}\]\(https?://[^()\s?]{1,1000}\?")
_SILENT: Final = "![]("
_LINKED_HOST: Final = re.compile(r"\]\(\s*<?https?://(?:www\.)?([^/()\s:?#>]+)", re.IGNORECASE)
_TEMPLATE_MARK: Final = re.compile(r"\{%|\{\{|\{:")
_FEW_TIMES: Final = 4
_MOST_TOLD: Final = 4


class _Marks(NamedTuple):
    """How often the marks of Markdown stand in a text."""

    headings: int
    code: int  # lines
    definitions: int
    spans: int  # lines that hold code
    templates: int
    links: int
    linked_pictures: int
    sized_pictures: int
    silent_pictures: int  # without words in place of them
    sharing: int  # links that share the page
    hosts: frozenset[str]  # that are linked
    rows: int  # lines of nothing but links
    wrapped: int  # lines that go on in the next


def origin_of(lines: Sequence[Line], pieces: Sequence[Piece], metadata: Metadata, joined: int = 0) -> Origin:
    """Where a text comes from.

    `pieces` are its lines that aren't blank, `joined` tells how many of its paragraphs were wrapped and are lines now.
    """
    marks = _marks(lines, joined)
    is_markdown = bool(marks.links or marks.headings or marks.code or marks.definitions or marks.templates)
    most_wrapped = _MOST if is_markdown else _WRAPPED_PLAIN
    evidence = (*_of_author(marks, len(pieces), most_wrapped), *_of_page(pieces, marks, metadata))
    if metadata.pasted is not None:
        page = CLIPPED if is_markdown else PASTED
        return Origin(page if metadata.pasted else WRITTEN, True, evidence, is_markdown)
    weight = _sum(evidence)
    if is_markdown:
        is_author = any(item.weight <= _AUTHOR for item in evidence)
        is_clipped = weight >= _CLIPPED_PAGE or (
            weight >= _MAYBE_CLIPPED and bool(metadata.source_url) and not is_author
        )
        return Origin(CLIPPED if is_clipped else WRITTEN, weight >= _CLIPPED_PAGE, evidence, is_markdown)
    return Origin(WRITTEN if weight <= _WRITTEN_PLAIN else PASTED, weight >= _PLAIN_PAGE, evidence, is_markdown)


def told(origin: Origin) -> str:
    """The origin of a text for people, with what speaks most for it: `pasted: share-buttons, byline`."""
    if not origin.evidence:
        return origin.kind
    speaks = sorted(origin.evidence, key=lambda item: -abs(item.weight))[:_MOST_TOLD]
    return f"{origin.kind}: " + ", ".join(f"{item.name} {item.weight:+.1f}" for item in speaks)


def _sum(evidence: Iterable[Evidence]) -> float:
    return sum(item.weight for item in evidence)


def _marks(lines: Sequence[Line], joined: int) -> _Marks:
    kinds = kinds_of(lines)
    text = "\n".join([line.text for line in lines])  # looked through as a whole: most texts have none of them
    linked = [line.text for line in lines if "](" in line.text] if "](" in text else []
    in_links = "\n".join(linked)
    has_links = _INLINE_LINK.search(in_links) is not None
    has_pictures = has_links and "![" in in_links
    return _Marks(
        headings=kinds.count(HEADING),
        code=kinds.count(CODE),
        definitions=kinds.count(DEFINITION),
        spans=sum(["`" in line.text and line.kind != CODE for line in lines]) if "`" in text else 0,
        templates=len(_TEMPLATE_MARK.findall(text)) if "{" in text else 0,
        links=in_links.count("](") if has_links else 0,
        linked_pictures=len(_PICTURE_IN_LINK.findall(in_links)) if has_pictures else 0,
        sized_pictures=len(_SIZED.findall(in_links)) if has_pictures else 0,
        silent_pictures=in_links.count(_SILENT) if has_pictures else 0,
        sharing=sum(map(shares, linked)) if has_links and shares(in_links) else 0,
        hosts=frozenset(_LINKED_HOST.findall(in_links)) if has_links else frozenset(),
        rows=sum([line.count("](") > 1 and is_link_alone(line) for line in linked]) if has_links else 0,
        wrapped=joined + (_wrapped(lines) if RUN in kinds else 0),
    )


def _wrapped(lines: Sequence[Line]) -> int:
    return sum(goes_on(before, line) for before, line in pairwise(lines) if before.kind == TEXT)


def _of_author(marks: _Marks, lines: int, most_wrapped: float) -> Iterator[Evidence]:
    """What speaks for somebody who wrote Markdown."""
    if marks.code:
        yield Evidence("code", -_CODE_BLOCK, marks.code)
    if marks.templates:
        yield Evidence("marks of a template", -_TEMPLATE, marks.templates)
    if marks.spans:
        yield Evidence("code in sentences", -min(_MOST, marks.spans * _CODE_SPAN), marks.spans)
    if times := marks.definitions:
        yield Evidence("definitions of links or footnotes", -min(_MOST, times * _DEFINITION), times)
    if times := marks.wrapped:
        yield Evidence("wrapped paragraphs", -min(most_wrapped, _WRAPPED * times / max(lines, 1)), times)


def _of_page(pieces: Sequence[Piece], marks: _Marks, metadata: Metadata) -> Iterator[Evidence]:
    """What speaks for a page that was copied or clipped."""
    if rules := list(_furniture(pieces)):
        found = Counter(rules)
        for rule, times in found.items():
            weight = _FURNITURE.get(rule, 0.0) * (1.0 if times == 1 else 1.5 if times < _FEW_TIMES else 2.0)
            is_telling = len(found) > 1 or rule in CERTAIN or (rule in _ROWS and times > 1)
            if weight:
                yield Evidence(rule, weight if is_telling else min(weight, _ONE_KIND), times)
    for name, weight, times in (
        ("links that share the page", _SHARING_LINK, marks.sharing),
        ("pictures that are links", _LINKED_PICTURE, marks.linked_pictures),
        ("pictures of a size that was asked for", _SIZED_PICTURE, marks.sized_pictures),
        ("pictures without words", _PICTURE_WITHOUT_ALT, marks.silent_pictures),
        ("rows of links", _ROW_OF_LINKS, marks.rows),
    ):
        if times:
            yield Evidence(name, weight, times)
    if metadata.source_url:
        yield from _of_address(marks, metadata)


def _of_address(marks: _Marks, metadata: Metadata) -> Iterator[Evidence]:
    """What the address in the front matter says, and what stands beside it."""
    yield Evidence("an address", _ADDRESS)
    if any(_is_same_site(host.lower(), metadata.source_url) for host in marks.hosts):
        yield Evidence("links into the site of the address", _OWN_LINKS)
    if _is_clipping(metadata):
        yield Evidence("fields of a web clipper", _CLIPPER)


def _is_same_site(host: str, address: str) -> bool:
    """Whether a host is that of an address, or a part of it."""
    own = (urlsplit(address).hostname or "").removeprefix("www.")
    return own == host or own.endswith(f".{host}") or (bool(own) and host.endswith(f".{own}"))


def _furniture(pieces: Sequence[Piece]) -> Iterator[str]:
    """The rules of the lines that are furniture by their own words."""
    return (found.rule for index in said(pieces) if (found := pieces[index].found))


def said(pieces: Sequence[Piece]) -> Iterator[int]:
    """The lines that are furniture by their own words: no section, and no item that is but a word."""
    for index, piece in enumerate(pieces):
        found, line = piece.found, piece.line
        if found is None or not found.is_sure:
            continue
        is_section = line.kind == HEADING and index + 1 < len(pieces) and pieces[index + 1].found is None
        is_item = line.kind == LIST and found.rule not in _ITEMS and not is_link_alone(line.text)
        if not is_section and not is_item:
            yield index


def _is_clipping(metadata: Metadata) -> bool:
    """Whether the front matter of a text with an address is that of a web clipper."""
    fields = {name.casefold().replace("-", "_") for name in metadata.extra or {}}
    tags = {tag.casefold().lstrip("#") for tag in metadata.tags}
    return not (fields.isdisjoint(_CLIPPER_FIELDS) and tags.isdisjoint(_CLIPPINGS))
