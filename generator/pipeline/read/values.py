"""The checkers: one raw value of front matter -> a typed one.

A checker returns None where nothing is given, or where it has reported what is wrong.
"""

import re
from datetime import date, datetime, time
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator.characters import one_line
from generator.model import Image
from generator.pipeline.read.dates import DateError, to_datetime
from generator.pipeline.read.formats import KeyPath, Raw
from generator.pipeline.read.front_matter import FrontMatter
from generator.pipeline.read.text import shown
from generator.problems import ERROR, WARNING, Problem
from generator.urls import decoded, tidy_url, url_fault, without_tracking

MAX_TITLE: Final = 500

_MAX_PROBLEMS: Final = 100  # of one file; finding the place of each takes time
_KINDS: Final = {bool: "true or false", list: "a list", dict: "a map", time: "a time"}
_TRUE: Final = frozenset({"true", "yes", "on"})
_FALSE: Final = frozenset({"false", "no", "off"})
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,9}")
_TEMPLATE: Final = re.compile(r"\{\{|\{%|(?:^|/):[a-z_]+")
_JEKYLL_STYLES: Final = frozenset({"date", "pretty", "ordinal", "weekdate", "none"})
_PLAIN_WEB_URL: Final = re.compile(r"https?://[a-z0-9.-]+(?:[/?#][!-~]*)?")  # one that needs no parser to be known
_WEB_SCHEMES: Final = frozenset({"http", "https"})
_IMAGE_SOURCES: Final = ("url", "src", "path", "image", "file")
_IMAGE_CREDITS: Final = ("credit", "attribution")


class Inspection:
    """Collects what is wrong with the fields of one file."""

    def __init__(self, front_matter: FrontMatter, site_zone: ZoneInfo) -> None:
        self.front_matter = front_matter
        self.site_zone = site_zone
        self.problems: list[Problem] = []

    def error(self, path: KeyPath, message: str, code: str, hint: str) -> None:
        """Reports that the value at a path is wrong."""
        if len(self.problems) < _MAX_PROBLEMS:
            place = self.front_matter.place_of_value(path)
            self.problems.append(Problem(self.front_matter.path, *place, message, code, hint, ERROR))

    def warning(self, path: KeyPath, message: str, code: str, hint: str) -> None:
        """Reports that the field at a path may not be what was meant."""
        if len(self.problems) < _MAX_PROBLEMS:
            place = self.front_matter.place_of_name(path)
            self.problems.append(Problem(self.front_matter.path, *place, message, code, hint, WARNING))


class Given(NamedTuple):
    """A raw value and the place where it was given."""

    value: Raw
    path: KeyPath
    inspection: Inspection

    @property
    def label(self) -> str:
        """What messages call it: `"source.url"`, `item 2 of "tags"`."""
        name = shown(".".join(part for part in self.path if isinstance(part, str)))
        return f"item {self.path[-1] + 1} of {name}" if isinstance(self.path[-1], int) else name

    def error(self, message: str, code: str, hint: str) -> None:
        """Reports that it is wrong."""
        self.inspection.error(self.path, message, code, hint)

    def refuse_type(self, wanted: str, example: str) -> None:
        """Reports that it is of the wrong type, with an example of a right value."""
        self.error(f"{self.label} takes {wanted}, not {_kind(self.value)}", "bad-type", f"for example {example}")

    def member(self, part: str | int, value: Raw) -> "Given":
        """A value inside of it."""
        return Given(value, (*self.path, part), self.inspection)

    def first_member(self, names: tuple[str, ...]) -> "Given | None":
        """The first of some members that a map has and that are not blank."""
        members = self.value if isinstance(self.value, dict) else {}
        return next((self.member(name, members[name]) for name in names if not is_blank(members.get(name))), None)


def _kind(value: Raw) -> str:
    if isinstance(value, str):
        return shown(value)
    return next((name for type_, name in _KINDS.items() if isinstance(value, type_)), "a number")


def is_blank(value: Raw) -> bool:
    """Whether a field with this value is as good as not given."""
    return value is None or (isinstance(value, str) and not value.strip())


def text(given: Given) -> str | None:
    """A text on one line; numbers and dates count as texts."""
    value = given.value
    if isinstance(value, str):
        return one_line(value) or None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    given.refuse_type("a text", '"some words"')
    return None


def slug(given: Given) -> str | None:
    """A part of a url, however it is written."""
    words = text(given)
    return decoded(words) if words else None


def title(given: Given) -> str | None:
    """A text of a length that a title can have."""
    words = text(given)
    if words and len(words) > MAX_TITLE:
        message = f"the title has {len(words):,} characters; the limit is {MAX_TITLE}"
        given.error(message, "too-long", "shorten it; the rest may be the summary")
        return None
    return words


def is_flag(value: Raw) -> bool:
    """Whether it says true or false, also in the words of YAML 1.1: a text in most formats."""
    return isinstance(value, bool) or (isinstance(value, str) and value.strip().lower() in _TRUE | _FALSE)


def flag(given: Given) -> bool | None:
    """True or false."""
    if is_flag(given.value):
        return str(given.value).strip().lower() in _TRUE
    given.refuse_type("true or false", "true")
    return None


def whole_number(given: Given) -> int | None:
    """A whole number, also as text."""
    value = given.value
    if isinstance(value, str | int) and not isinstance(value, bool) and _WHOLE.fullmatch(str(value).strip()):
        return int(value)
    given.refuse_type("a whole number of at most 9 digits", "1")
    return None


def names(given: Given) -> tuple[str, ...] | None:
    """Different texts in their order: a list, or one text with commas or semicolons between them."""
    return tuple(dict.fromkeys(filter(None, map(text, _items(given)))))


def titles(given: Given) -> tuple[str, ...] | None:
    """As `names`, but one text is one title, with its commas."""
    items = [given] if isinstance(given.value, str) else _items(given)
    return tuple(dict.fromkeys(filter(None, map(text, items))))


def authors(given: Given) -> tuple[str, ...] | None:
    """As `names`; each may also be a map with a name."""
    people = [given] if isinstance(given.value, dict) else _items(given)
    return tuple(dict.fromkeys(filter(None, map(_name_of, people))))


def moment(given: Given) -> datetime | None:
    """A date with its time zone."""
    try:
        return to_datetime(given.value, given.inspection.site_zone)
    except DateError as error:
        hint = "for example 2024-01-03, 2024-01-03T08:00 or 2024-01-03T08:00:00+01:00"
        given.error(str(error), "bad-date", hint)
        return None


def page_url(given: Given) -> str | None:
    """The url of a page of this site; templates of other generators are left out with a warning."""
    url = text(given)
    if not url:
        return None
    if _TEMPLATE.search(url) or url in _JEKYLL_STYLES:
        message = f"{given.label} is a template of another generator and has no effect"
        given.inspection.warning(given.path, message, "template-url", "write the url itself, or leave it to the site")
        return None
    url = url if url.startswith("/") else f"/{url}"
    if fault := _page_url_fault(url):
        given.error(f"{given.label} can't be the url of a page: {fault}", "bad-url", 'for example "/2024/some-story/"')
        return None
    url = tidy_url(url)
    return url.removesuffix("index.html") if url.endswith("/index.html") else url


def page_urls(given: Given) -> tuple[str, ...] | None:
    """Different urls of pages of this site."""
    return tuple(dict.fromkeys(filter(None, map(page_url, _items(given)))))


def web_url(given: Given) -> str | None:
    """The full address of a page on the web."""
    url = text(given)
    if url and not is_web_url(url):
        given.error(
            f"{given.label} is not a web address: {shown(url)}", "bad-url", 'for example "https://example.org/story"'
        )
        return None
    return without_tracking(url) if url else url


def is_web_url(url: str) -> bool:
    """Whether it is a full address with http or https."""
    if ":" not in url or _PLAIN_WEB_URL.fullmatch(url):
        return ":" in url
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _WEB_SCHEMES and bool(parts.hostname) and " " not in url


def language(given: Given) -> str | None:
    """A language tag, with hyphens."""
    tag = text(given)
    if tag and not _LANGUAGE.fullmatch(tag):
        given.error(f"{given.label} is not a language tag: {shown(tag)}", "bad-language", 'for example "en" or "pt-BR"')
        return None
    return tag.replace("_", "-") if tag else None


def image(given: Given) -> Image | None:
    """A picture: its url, or a map with more; of a list, the first."""
    if isinstance(given.value, list):
        return next((image(item) for item in _items(given)), None)
    if given.value is False:  # "no picture" in themes of Jekyll and Hugo
        return None
    if not isinstance(given.value, dict):
        url = _image_url(given)
        return Image(url) if url else None
    source = given.first_member(_IMAGE_SOURCES)
    if not source:
        given.error(f"{given.label} has no url", "bad-type", 'for example {url: "/x.jpg", alt: "What it shows"}')
        return None
    members = (given.first_member(names) for names in (("alt",), _IMAGE_CREDITS, ("caption",)))
    alt, credit, caption = ((member and text(member)) or "" for member in members)
    url = _image_url(source)
    return Image(url, alt, credit, caption) if url else None


def story(given: Given) -> str | None:
    """The name of a story; false is "": in none."""
    if is_flag(given.value) and not flag(given):
        return ""
    return text(given)


def clean_rules(given: Given) -> bool | tuple[str, ...] | None:
    """Whether the text is cleaned, or the names of rules to leave out."""
    value = given.value
    if is_flag(value):
        return flag(given)
    if isinstance(value, str | list):
        return names(given)
    given.refuse_type("true, false or a list of rules", "false")
    return None


def _items(given: Given) -> list[Given]:
    value = given.value
    if isinstance(value, list):
        return [given.member(index, item) for index, item in enumerate(value) if not is_blank(item)]
    if isinstance(value, str):
        return [Given(part, given.path, given.inspection) for part in value.split(";" if ";" in value else ",")]
    if isinstance(value, dict | bool):
        given.refuse_type("a list of texts", '["economy", "europe"]')
        return []
    return [given]


def _name_of(given: Given) -> str | None:
    if not isinstance(given.value, dict):
        return text(given)
    name = given.first_member(("name",))
    if not name:
        given.error(f"{given.label} has no name", "bad-type", 'for example {name: "Ada Byron"}')
        return None
    return text(name)


def _page_url_fault(url: str) -> str:
    if "://" in url:
        return "it leads to another site; the address of an original goes into source_url"
    return url_fault(url)


def _image_url(given: Given) -> str | None:
    url = text(given)
    if url and not is_web_url(url) and not _is_path(url):
        given.error(f"{given.label} can't be shown: {shown(url)}", "bad-url", 'for example "/images/x.jpg"')
        return None
    return url


def _is_path(url: str) -> bool:
    """Whether it names something by path, on this host or on another one."""
    try:
        return not urlsplit(url).scheme
    except ValueError:
        return False
