"""Pasted text -> the Markdown file of an article, with what can be guessed from the text as its front matter."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from generator.characters import one_line
from generator.dates import When, date_in_name, date_of_line, parse_iso
from generator.importers import front_matter
from generator.importers.decoding import decode, refuse_size
from generator.importers.evidence import headline_of
from generator.importers.front_matter import Brought, Value
from generator.importers.headline import find_headline, first_sentence, plain, shortened, url_of_line
from generator.importers.language import guess_language
from generator.importers.page import MAYBE, TEXT, Judge, Page, lay_out, nothing_known
from generator.importers.when import date_of
from generator.model import Source
from generator.problems import WARNING, ContentError, Problem

_NEAR: Final = 5  # lines with text, at the top and at the end, where the address of the page stands
_HARD_BREAK: Final = "  "


class Told(NamedTuple):
    """What an editor says of an article; empty: to be guessed, or left out."""

    title: str = ""
    date: When | None = None
    source: str = ""
    source_url: str = ""
    topic: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""


class Setting(NamedTuple):
    """The site that an article comes to, and when."""

    language: str
    now: datetime  # in the site's time zone


class Imported(NamedTuple):
    """An article, ready to be written."""

    title: str
    slug: str  # what its front matter wants to be called, "" for the title
    date: When
    markdown: str  # the whole file
    problems: tuple[Problem, ...]
    guessed: Mapping[str, str]  # a field that nobody told -> where its value comes from


class _Title(NamedTuple):
    text: str
    line: int | None  # of the text, where it was found as a headline
    origin: str = ""  # in words, where it is a guess
    problems: tuple[Problem, ...] = ()


class _Date(NamedTuple):
    when: When
    origin: str = ""
    problems: tuple[Problem, ...] = ()


def import_text(source: Source, told: Told, setting: Setting, judge: Judge = nothing_known) -> Imported:
    """The article that a pasted text makes; raises ContentError where it makes none.

    No word of the text is lost: a headline moves to the title, the rest is the body. `judge` tells which lines of a
    text belong to the page around the article: what they say is no guess.
    """
    text, problems = decode(source)
    told = _on_one_line(told)
    brought = front_matter.split(text)
    if brought:
        page = lay_out(brought.body, judge(brought.body))
        made = _complete(source.path, brought, page, told, setting)
    else:
        made = _make(source.path, lay_out(text, judge(text)), told, setting)
    refuse_size(source.path, len(made.markdown.encode()))
    return made._replace(problems=problems + made.problems)


def _make(path: str, page: Page, told: Told, setting: Setting) -> Imported:
    """An article of a text without front matter."""
    title = _title(path, page, told)
    date = _date(path, page, title.line, told, setting)
    fields, guessed = _fields(told, page, setting, title, date)
    body = "\n".join(_trimmed([line for number, line in enumerate(page.lines) if number != title.line])).strip("\n")
    markdown = f"{front_matter.block(fields)}\n{body}\n"
    return Imported(title.text, "", date.when, markdown, title.problems + date.problems, guessed)


def _complete(path: str, brought: Brought, page: Page, told: Told, setting: Setting) -> Imported:
    """A text with front matter of its own, as it is, with the fields that it lacks."""
    own_title, own_date = brought.get("title"), brought.get("date")
    if own_title is None and not told.title and not brought.body.strip():
        raise ContentError(Problem(path, 0, 0, "neither a title nor a text", "empty-file", 'give it a --title "..."'))
    title = _title(path, page, told._replace(title=str(own_title) if isinstance(own_title, str | int) else told.title))
    date = _date(path, page, title.line, told._replace(date=_read_date(own_date) or told.date), setting)
    wanted: dict[str, Value] = {"title": title.text, "date": date.when, **_told_fields(told)}
    added = {name: value for name, value in wanted.items() if brought.get(name) is None}
    completed = front_matter.with_fields(brought, added) if added else brought
    if completed is None:
        names = ", ".join(added)
        hint = f"write them in by hand: {names}"
        raise ContentError(Problem(path, 1, 0, "no fields can be added to its front matter", "bad-front-matter", hint))
    slug = brought.get("slug")
    guesses = {name: guess for name, guess in (("title", title), ("date", date)) if name in added}
    problems = tuple(problem for guess in guesses.values() for problem in guess.problems)
    unused = tuple(_unused(path, name) for name in _said(told) if name not in added)
    guessed = {name: guess.origin for name, guess in guesses.items() if guess.origin}
    markdown = completed.text.rstrip("\n") + "\n"
    return Imported(title.text, slug if isinstance(slug, str) else "", date.when, markdown, problems + unused, guessed)


def _title(path: str, page: Page, told: Told) -> _Title:
    """The title: as told, else the headline, else the first sentence with a warning."""
    if told.title:
        return _Title(told.title, None)
    best = headline_of(page) if page.is_page else None
    headline = best.row.number if best else None
    if headline is None and (not page.is_page or page.begins_with_text()):
        headline = find_headline(page.left())
    if headline is None:
        message = "no headline found; the first sentence became the title"
        return _Title(first_sentence(page.speaking()), None, "the first sentence", (_doubt(path, message),))
    message = "it isn't clear which line is the headline"
    problems = (_doubt(path, message),) if best and not best.is_clear else ()
    return _Title(plain(page.lines[headline]), headline, "the headline", problems)


def _doubt(path: str, message: str) -> Problem:
    """A warning that the title may be wrong."""
    hint = 'write a better one into the article, or import it with --title "..."'
    return Problem(path, 0, 0, message, "guessed-title", hint, WARNING)


def _date(path: str, page: Page, headline: int | None, told: Told, setting: Setting) -> _Date:
    """The date: as told, else of the file's name, else of a line that says one, else today with a warning."""
    if told.date:
        return _Date(told.date)
    if when := date_in_name(path):
        return _Date(when, "of the file's name")
    if dated := date_of(page, headline):
        return _Date(dated.when, f'of the line "{shortened(dated.line)}"')
    hint = "write the right one into the article, or import it with --date 2026-01-31"
    problem = Problem(path, 0, 0, "no date found; it is dated today", "guessed-date", hint, WARNING)
    return _Date(setting.now.date(), "today", (problem,))


def _read_date(value: object) -> When | None:
    """The date of front matter, in whichever way it was written there."""
    if isinstance(value, When):
        return value
    return (parse_iso(value) or date_of_line(value)[0]) if isinstance(value, str) else None


def _fields(
    told: Told, page: Page, setting: Setting, title: _Title, date: _Date
) -> tuple[dict[str, Value], dict[str, str]]:
    """The front matter of an article, in its order and without empty fields; and which of it is guessed."""
    source_url = told.source_url or _find_url(page)
    source = told.source or _host(source_url).removeprefix("www.")
    guess = "" if told.language else guess_language("\n".join(page.left()))
    language = "" if guess == setting.language.lower().partition("-")[0] else guess
    complete = told._replace(
        title=title.text, date=date.when, source=source, source_url=source_url, language=told.language or language
    )
    fields = _told_fields(complete)
    if complete.language.lower() == setting.language.lower():
        fields.pop("language", None)
    if page.is_page and page.has_furniture():
        fields["pasted"] = True
    origins = {
        "title": title.origin,
        "date": date.origin,
        "source": "" if told.source else source,
        "language": language,
    }
    return fields, {name: origin for name, origin in origins.items() if origin}


def _told_fields(told: Told) -> dict[str, Value]:
    return {name: value for name, value in told._asdict().items() if value}


def _said(told: Told) -> Iterator[str]:
    return (name for name, value in told._asdict().items() if value)


def _unused(path: str, name: str) -> Problem:
    option = "--tag" if name == "tags" else f"--{name.replace('_', '-')}"
    message = f"the text brings its own {name}; {option} is not used"
    return Problem(path, 0, 0, message, "kept-field", "change it in the article", WARNING)


def _find_url(page: Page) -> str:
    """The address of the page: alone on one of the first or last lines of what stays."""
    near = [row for row in page.rows if row.kind == TEXT or (row.kind == MAYBE and url_of_line(row.text))]
    for row in (*near[:_NEAR], *near[-_NEAR:]):
        if _host(url := url_of_line(page.lines[row.number])):
            return url
    return ""


def _host(url: str) -> str:
    """The host of an address, "" where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # brackets that are no IPv6 address
        return ""


def _trimmed(lines: Sequence[str]) -> Iterator[str]:
    """Lines without the white space at their ends, but for the two blanks of a hard break."""
    for line, following in pairwise((*lines, "")):
        text = line.rstrip()
        is_break = line.endswith(_HARD_BREAK) and text and following.strip()
        yield text + _HARD_BREAK if is_break else text


def _on_one_line(told: Told) -> Told:
    """The same, with every text on one line and without control characters."""
    return Told(
        title=one_line(told.title),
        date=told.date,
        source=one_line(told.source),
        source_url=one_line(told.source_url),
        topic=one_line(told.topic),
        tags=tuple(dict.fromkeys(tag for tag in map(one_line, told.tags) if tag)),
        language=one_line(told.language),
    )
