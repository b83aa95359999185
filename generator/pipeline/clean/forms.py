"""Furniture that is known by its form rather than by its words: dates, counters, credits, breadcrumbs.

Each form is asked for only if a cheap test found a mark that it needs: a digit, ©, a bracket, @, a colon.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from generator.languages import forms_of, in_all, one_of, units
from generator.languages.web import AGENCIES, NETWORKS, NO_AGENCIES, PICTURE_AGENCIES, PICTURE_LIBRARIES
from generator.pipeline.clean.fold import fold, tokens_of
from generator.pipeline.clean.lexicon import PHRASES, WORDS

MOST_TOKENS: Final = 20  # in a line that is known by its words alone
_NAMES: Final = 3  # words besides a date
_MONTH_AND_YEAR: Final = 2  # words: a heading as likely as a date
_MONTH_AND_DAY: Final = 2
_TAIL: Final = 110  # characters in which a credit stands
_FEWEST_CREDIT: Final = 2  # words
_LONGEST_CREDIT: Final = 6
_FEWEST_CAPTION: Final = 3
_FEWEST_TEASER: Final = 6
LONGEST_TEASER: Final = 30
_FEWEST_BYLINE: Final = 2  # words
_LONGEST_BYLINE: Final = 14
_LONGEST_CAPTION: Final = 45  # words
_LONGEST_FILING: Final = 25

_SCREEN_READER: Final = re.compile(r"list \d{1,2} of \d{1,2}(?P<kept>(?=\S).*)?", re.IGNORECASE)
_LABEL: Final = re.compile(rf"([^\W\d_]+)(?: (?:{one_of(WORDS['label-tails'])}))?\s?:")
_CLOCK: Final = re.compile(r"[\s/|-]*\d{1,2}:\d{2}(?::\d{2})?(?:[\s/|-]+\d{1,2}:\d{2}(?::\d{2})?)*[\s/|-]*")
_NUMERIC_DATE: Final = re.compile(
    r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2})\b"
)
_O_CLOCK: Final = one_of(in_all(lambda language: language.dates.o_clock))
_TIME: Final = re.compile(rf"(?<![\d.])\b\d{{1,2}}(?:[:.h]\d{{2}}(?!\.?\d)|\s?[ap]\.?m\b|\s?(?:{_O_CLOCK})\b|h\b)")
_YEAR: Final = re.compile(r"\b(?:19|20)\d{2}\b")
_ISO_DAY: Final = re.compile(r"\b((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})\b")
_UNITS: Final = units()
_MONTH, _MINUTE = _UNITS[1], _UNITS[4]
_UNIT_MONTHS: Final = frozenset(
    in_all(lambda language: forms_of(language.dates.months) if language.dates.units else ())
)
_UNIT_DAY: Final = re.compile(
    rf"(?:((?:19|20)\d\d)\s?(?:{_UNITS[0]})\s?)?(\d{{1,2}})\s?({_UNITS[1]})\s?(\d{{1,2}})\s?(?:{_UNITS[2]})"
)
_UNIT_TIME: Final = re.compile(
    rf"(\d{{1,2}})\s?(?:{_UNITS[3]})\s?(\d{{1,2}})\s?(?:{_UNITS[4]})(?:\s?\d{{1,2}}\s?(?:{_UNITS[5]}))?"
)
_ORDINALS: Final = one_of(filter(str.isalpha, filter(str.isascii, in_all(lambda language: language.dates.ordinals))))
_DATE_TOKEN: Final = re.compile(rf"\d+(?:{_ORDINALS}|h|am|pm|a|o|hrs|min)?\d*|\d{{4}}-\d{{2}}-\d{{2}}t.*")
_CREDIT_TAIL: Final = re.compile(rf"(?:^|[\s(\[|/.,;-])(?:{one_of(WORDS['credit-words'])})\s?:\s?[^:]{{2,70}}$")
_GLUED_CREDITS: Final = in_all(lambda language: language.furniture.words.get("glued-credits", ()))  # with their accents
_GLUED: Final = re.compile(rf"(?<=[a-zà-ÿ.)])(?:{one_of(map(str.capitalize, _GLUED_CREDITS))}): ?[^:.]{{2,60}}$")
_BEFORE_COLON: Final = tuple(sorted({*WORDS["credit-words"], *map(fold, _GLUED_CREDITS)}))
_WIRE_SLUG: Final = re.compile(r"(?:AP|BC)-[A-Z]{2,4}-.{3,80}")
_NAMED: Final = re.compile(r"[^,.]{3,40}, ([^,.]{2,30})")
_PHOTO_BY: Final = re.compile(rf"[\s(.](?:{one_of(WORDS['photo-by'])})\s[^.]{{2,60}}[).]*$")
_BRACKETED: Final = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]][.\s]*$")
_SLASHED: Final = re.compile(r"(?:^|[\s.,;:(/|])([^\s/|][^/|]{0,60}?)\s?[/|]\s?([^/|]{2,40})$")
_UPPER: Final = "A-ZÀ-ÞĀ-Ž"
_PERSON: Final = rf"[{_UPPER}][\w'’.-]+(?: [{_UPPER}][\w'’.-]+)"
_SIGNED: Final = re.compile(rf"[(\[]{_PERSON}{{1,4}} ?/ ?[{_UPPER}][^/()\[\]]{{1,30}}[)\]]$")  # a name, and for whom
_IN_CAPITALS: Final = re.compile(  # behind a sentence that isn't
    rf"[^\W_{_UPPER}][.!?»”] [{_UPPER}][{_UPPER}'’.-]+(?: (?:[{_UPPER}'’.-]{{2,}}|[«»/&])){{1,9}}$"
)
_TAKEN_BY: Final = re.compile(
    rf"(?:^|[\s、,;:=(/。])[\u4e00-\u9fff]{{1,11}}(?<!拍)\s?(?:{one_of(WORDS['taken-by'])})\)?$"
)
_VIA: Final = re.compile(rf"(?:^| )(?:via )?(?:{one_of(PICTURE_AGENCIES)})[).]*$")
_SEPARATES: Final = re.compile("[>›»/|·•→]")
_SEPARATORS: Final = re.compile(r"\s[>›»/|·•→]\s|\s?[>›»→]\s?")
_PARTICLES: Final = one_of(in_all(lambda language: language.particles))
_BETWEEN_NAMES: Final = one_of(in_all(lambda language: (*language.ands, *language.in_bylines)))
_NAME: Final = rf"[{_UPPER}][\w'’.-]*(?: (?:{_PARTICLES}))*"
_BYLINE: Final = re.compile(rf"(?:{_NAME}[, |/&-]*(?:(?:{_BETWEEN_NAMES}) )?){{1,9}}")


_LABELS: Final = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ-]+")
_LABEL_ROW: Final = re.compile(rf"(?:{_LABELS.pattern}){{2,12}}")
_FILING: Final = WORDS["filing"]
_SHARE: Final = WORDS["share"] | NETWORKS
_WHEN: Final = WORDS["months"] | WORDS["dates"]


class Found(NamedTuple):
    """The rule that a line falls under."""

    rule: str
    is_sure: bool = True  # else it takes a second vote: a neighbour that is furniture, or a place outside the text
    kept: str = ""  # what of it moves into the article's metadata


def screen_reader(text: str) -> Found | None:
    """An entry of a list as it is read aloud."""
    match = _SCREEN_READER.fullmatch(text)
    return Found("screen-reader-list", kept=(match["kept"] or "").strip()) if match else None


def digits(folded: str, tokens: Sequence[str]) -> Found | None:
    """Dates, times, counters."""
    if _CLOCK.fullmatch(folded):
        return Found("player", is_sure="/" in folded)
    if folded.isdecimal():
        return Found("page-numbers", is_sure=False)
    if is_row_of_pages(tokens):
        return Found("page-numbers")
    if not is_date(folded, tokens):
        is_day_alone = len(tokens) == _MONTH_AND_DAY and tokens[0] in _UNIT_MONTHS and tokens[1].isdecimal()
        return Found("timestamp", is_sure=False) if is_day_alone else None
    is_day = _NUMERIC_DATE.search(folded) is not None or not (WORDS["months"] | WORDS["ago"]).isdisjoint(tokens)
    says_more = any(not (token.isdigit() or token in WORDS["clock"]) for token in tokens)
    return Found("timestamp", is_sure=is_day or (says_more and len(tokens) > _NAMES))  # not the times of a live report


def is_row_of_pages(tokens: Sequence[str]) -> bool:
    """Whether a line is the numbers of pages, at least two in a row, and at least one label beside them."""
    numbers = [int(token) for token in tokens if token.isdecimal()]
    labels = [token for token in tokens if not token.isdecimal()]
    if not labels or not any(one + 1 == other for one, other in pairwise(numbers)):
        return False
    return all(PHRASES.get(label) == "navigation" or f"{label} 0" in PHRASES for label in labels)


def in_usual_figures(folded: str) -> str:
    """A line with the dates and times as 2026/1/6 and 12:30 that stand there with units behind their figures."""
    if _MONTH not in folded and _MINUTE not in folded:
        return folded
    return _UNIT_TIME.sub(r" \1:\2 ", _UNIT_DAY.sub(_usual_day, folded)).strip()


def _usual_day(found: re.Match[str]) -> str:
    year, month, unit, day = found.groups()
    return f" {year}/{month}/{day} " if year else f" {month}{unit} {day} "


def is_date(folded: str, tokens: Sequence[str]) -> bool:
    """Whether a line says when, and nothing else; the name of an author or of a place may stand in it."""
    months, ago = WORDS["months"], WORDS["ago"]
    if "-" in folded and _ISO_DAY.search(folded):
        folded = _ISO_DAY.sub(r"\1/\2/\3", folded)
        tokens = tokens_of(folded)
    others = [token for token in tokens if not (token in _WHEN or token in ago or _DATE_TOKEN.fullmatch(token))]
    has_month = not months.isdisjoint(tokens)
    has_day = _NUMERIC_DATE.search(folded) is not None
    has_time = _TIME.search(folded) is not None
    if others:
        is_dated = has_day or (has_month and _YEAR.search(folded) is not None)
        most = _NAMES * 2 if tokens[0] in WORDS["by"] else _NAMES
        return is_dated and has_time and len(others) <= most and len(tokens) - len(others) > _NAMES
    has_ago = not ago.isdisjoint(tokens) and not WORDS["passed"].isdisjoint(tokens)
    return has_day or has_time or has_ago or (has_month and len(tokens) > _MONTH_AND_YEAR)


def filing(folded: str, words: int) -> Found | None:
    """When, by whom and under what a page filed the article, in one line."""
    if words > _LONGEST_FILING or ":" not in folded or not (_NUMERIC_DATE.search(folded) or _YEAR.search(folded)):
        return None
    labels = {match[1] for match in _LABEL.finditer(folded)}
    is_dated = _NUMERIC_DATE.match(folded) is not None
    return Found("timestamp") if len(labels & _FILING) > 1 - is_dated else None


def vocabulary(tokens: Sequence[str]) -> Found | None:
    """A line of which each word is one of a kind: networks, parts of a site."""
    found = set(tokens)
    if found <= _SHARE:
        sure = len(tokens) > 1 and (len(found & NETWORKS) > 0 and (len(found) > 1))
        return Found("share-buttons", is_sure=sure)
    if found <= WORDS["legal"] and len(tokens) > 1:
        return Found("legal")
    if found <= WORDS["navigation"]:
        return Found("navigation", is_sure=len(tokens) > 3)  # noqa: PLR2004
    return None


def glued(text: str) -> Found | None:
    """Labels that stand together without blanks, as buttons do when a page is copied: "PrintEmailShare"."""
    parts = [part.casefold() for part in _LABELS.findall(text)] if _LABEL_ROW.fullmatch(text) else []
    if len(parts) < 2:  # noqa: PLR2004
        return None
    rule = PHRASES.get(" ".join(parts))
    return Found(rule) if rule is not None else vocabulary(parts)


def credit(text: str, folded: str, *, words: int, is_sentence: bool) -> Found | None:
    """The credit of a picture, or a caption that ends in one."""
    if words > _LONGEST_CAPTION:
        return None
    rule = "credit" if words <= _LONGEST_CREDIT else "caption"
    tail = folded[-_TAIL:]
    if tail.endswith((")", "]", ").")) and (match := _BRACKETED.search(tail)) and _is_agency(match[1], words):
        return Found(rule)
    if is_sentence:
        return None
    if _is_credited(text[-_TAIL:], tail, words) or _is_signed(text[-_TAIL:], tail):
        return Found(rule)
    is_bracket = rule == "credit" and folded[:1] == "(" and folded[-1] == ")" and text[1:2].isupper()
    return Found(rule, is_sure=False) if is_bracket else None


def _is_credited(text: str, tail: str, words: int) -> bool:
    """Whether the end of a line that isn't a sentence names who made a picture."""
    if "©" in tail or (("oto" in tail or "image" in tail or "courtesy" in tail) and _PHOTO_BY.search(tail)):
        return True
    head, colon, _ = tail.rpartition(":")
    if colon and head.rstrip(" ").endswith(_BEFORE_COLON) and (_CREDIT_TAIL.search(tail) or _GLUED.search(text)):
        return True
    if ("/" in tail or "|" in tail) and (match := _SLASHED.search(tail)) and _is_between(match[1], match[2]):
        return True
    if words <= _LONGEST_CREDIT and ", " in tail and (match := _NAMED.fullmatch(tail)) and _is_agency(match[1]):
        return True
    return (
        tail.rstrip(".)").endswith(PICTURE_AGENCIES)
        and _VIA.search(tail) is not None
        and (words <= _FEWEST_CAPTION or "via " in tail)
    )


def _is_signed(text: str, tail: str) -> bool:
    """Whether the end of a line that isn't a sentence is a name as those of people who make pictures are set."""
    if "/" in tail and tail[-1] in ")]" and _SIGNED.search(text):
        return True
    if (text[-2:].isupper() or text[-1] == "»") and _IN_CAPITALS.search(text):
        return True
    return "credit..." in tail or (not tail.isascii() and _TAKEN_BY.search(tail) is not None)


def _is_between(before: str, behind: str) -> bool:
    """Whether an agency stands at one of the sides of a slash, and on the other one a name."""
    first = before.rpartition(" ")[2]
    is_agency = first in AGENCIES and first not in NO_AGENCIES
    return _is_agency(behind) or (is_agency and 1 <= behind.count(" ") < _FEWEST_CAPTION)


def _is_agency(text: str, words: int = 0) -> bool:
    """Whether a bracket or the end of a line names an agency or a picture; `words` are those of the line."""
    tokens = tokens_of(text)
    found = AGENCIES.intersection(tokens)
    if len(tokens) <= _FEWEST_CREDIT:
        is_alone = len(tokens) == len(found) and (words <= _LONGEST_CREDIT or found <= PICTURE_LIBRARIES)
        return bool(found - NO_AGENCIES) and ("/" in text or is_alone)
    return (bool(found) and "/" in text) or len(found) > 1 or tokens[0] in WORDS["pictures"]


def breadcrumbs(text: str, words: int) -> Found | None:
    """A path of sections, or a row of them."""
    if words > MOST_TOKENS or not _SEPARATES.search(text):
        return None
    parts = _SEPARATORS.split(text)
    if len(parts) < 2 or not all(any(map(str.isalpha, part)) and len(part.split()) <= 4 for part in parts):  # noqa: PLR2004
        return None
    arrows = any(mark in text for mark in ">›»→")
    if len(parts) == 2 and not arrows:  # noqa: PLR2004
        return None
    return Found("navigation", is_sure=arrows and len(parts) > 2)  # noqa: PLR2004


def byline(text: str, tokens: Sequence[str], words: int) -> Found | None:
    """The word "by", and names."""
    if not _FEWEST_BYLINE <= words <= _LONGEST_BYLINE:
        return None
    first, _, rest = text.partition(" ")
    if first.casefold() not in WORDS["by"] or not _WHEN.isdisjoint(tokens[1:3]) or not _BYLINE.fullmatch(rest):
        return None
    return Found("byline", is_sure=first.lower() == "by" and words > _FEWEST_BYLINE, kept=rest)


def wire_slug(text: str) -> Found | None:
    """The line by which an agency files a report."""
    return Found("agency-credit") if is_wire_slug(text) else None


def is_wire_slug(text: str) -> bool:
    """Whether a line is the mark of a report, as in AP-EU-Harbour."""
    return text[2:3] == "-" and _WIRE_SLUG.fullmatch(text) is not None


def click(tokens: Sequence[str]) -> Found | None:
    """A line that says where to click."""
    verbs, places = WORDS["click"], WORDS["here"]
    if verbs.isdisjoint(tokens):
        return None
    pairs = (
        (one in verbs and other in places) or (one in places and other in verbs) for one, other in pairwise(tokens)
    )
    return Found("call-to-action") if any(pairs) else None


def teaser(text: str, words: int) -> Found | None:
    """The first words of another article, broken off."""
    is_broken = text.endswith(("…", "...", "[…]", "[...]"))
    return Found("related-inline", is_sure=False) if is_broken and _FEWEST_TEASER <= words <= LONGEST_TEASER else None
