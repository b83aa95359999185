"""Page -> bytes, through the templates of the theme.

A template sees the fields of its page's view and `texts`, nothing else: undefined names are errors, and
everything is escaped but what the theme marks as safe, which is the sanitised HTML of texts alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache, partial
from html import escape, unescape
from typing import Final

import jinja2

from generator import urls
from generator.languages import en, names_in_full
from generator.model import Article, Link, Output, Site, TermLink
from generator.notices import Correction
from generator.pipeline.render.feeds import json_feed, standalone
from generator.pipeline.render.page import Page
from generator.pipeline.render.templating import Environment
from generator.pipeline.render.theme import Template
from generator.pipeline.render.views import FeedView
from generator.problems import ContentError, Problem

_KEPT: Final = 2**14  # results of one kind that are kept for the next page that needs them: some MiB
_CONTROLS: Final = bytes(sorted(set(range(0x20)) - {*b"\t\n\r"}))
_TAG: Final = re.compile(r"<[^>]*>")
_MONTHS: Final = tuple(map(str.capitalize, names_in_full(en.LANGUAGE.dates.months)))
_DAYS: Final = tuple(name[:3].capitalize() for name in en.LANGUAGE.dates.weekdays)


class Renderer:
    """Turns pages into files with the templates of one theme."""

    def __init__(
        self, site: Site, templates: Mapping[str, Template], compiled: MutableMapping[str, bytes] | None = None
    ) -> None:
        """`compiled` keeps what templates were compiled to from one renderer to the next."""
        self.site = site
        self.templates = templates
        self.compiled = {} if compiled is None else compiled
        self._url = lru_cache(_KEPT)(partial(_link, root=site.base_path))
        self._absolute = lru_cache(_KEPT)(partial(_link, root=site.base_url))
        self._is_english = _is_english(site.language)
        self.environment = Environment(self._load, self.compiled)
        self.environment.filters.update(self.filters())

    def __reduce__(self) -> tuple[type["Renderer"], tuple[object, ...]]:
        """What another process needs to make the same one."""
        return Renderer, (self.site, self.templates, self.compiled)

    def compile_all(self) -> None:
        """Compiles the templates that are sound; the others say what is wrong with them when they are used.

        Of those that have two names, since nothing hides them, the second one is hardly ever asked for.
        """
        names = {template: name for name, template in reversed([*self.templates.items()])}
        for name in names.values():
            with suppress(jinja2.TemplateError):
                self.environment.get_template(name)

    def render(self, page: Page, texts: Sequence[Article]) -> Output:
        """The file of a page; raises ContentError that names the template's file and line."""
        view = page.view()
        if isinstance(view, FeedView) and view.format == "json":
            text = json_feed(view, texts, self._absolute, self._html)
        else:
            text = self._fill(page, {**view.values(), "texts": texts})
        content = _in_xml(text) if page.url.endswith((".xml", ".json")) else text.encode()
        return Output(urls.output_path(page.url), content, page.owner)

    def _fill(self, page: Page, context: Mapping[str, object]) -> str:
        try:
            return self.environment.get_template(page.template).render(context)
        except jinja2.TemplateSyntaxError as error:
            raise self._fault(error.filename or page.template, error.lineno, error.message or "", page) from None
        except jinja2.TemplateNotFound as error:
            raise self._fault(*self._place(error), f'there is no template "{error.name}"', page) from None
        except Exception as error:  # whatever a template does wrong is a problem of the theme
            raise self._fault(*self._place(error), f"{type(error).__name__}: {error}", page) from error

    def _place(self, error: Exception) -> tuple[str, int]:
        """The template's file and line that an error came from."""
        from traceback import extract_tb  # noqa: PLC0415 - not where all is well

        paths = {template.path for template in self.templates.values()}
        frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename in paths]
        return (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)

    def _fault(self, path: str, line: int, message: str, page: Page) -> ContentError:
        hint = f"this came up in the page {page.url}"
        return ContentError(Problem(path, line, 0, message, "template-error", hint))

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        template = self.templates.get(name)
        return (template.source, template.path, lambda: True) if template else None

    def filters(self) -> dict[str, Callable[..., object]]:
        """What templates may do with values; each filter is described in the documentation of themes."""
        return {
            "url": self._url,
            "absolute": self._absolute,
            "feed_html": self._html,
            "day": self._day,
            "month": partial(_month, language=self.site.language),
            "clock": self._clock,
            "iso": self._day_or_moment,
            "rfc822": _rfc822,
            "titles": _titles,
            "opening": _opening,
            "filled": _filled,
            "remembered": remembered,
        }

    def _html(self, article: Article) -> str:
        html = standalone(article.html, self.site.host, self._absolute(article.url))
        return self._told(article.corrections) + html

    def _told(self, corrections: Iterable[Correction]) -> str:
        """Corrections for readers of feeds, above the text; empty where there are none."""
        lines = []
        for told in corrections:
            when = f'<time datetime="{_iso(told.date)}">{escape(self._day(told.date))}</time>: ' if told.date else ""
            lines.append(f"<p><em>{when}{escape(told.text)}</em></p>")
        return f"<aside>{''.join(lines)}</aside>\n" if lines else ""

    def _day(self, moment: date | str) -> str:
        """The day in the site's time zone, in words for English, in figures for other languages."""
        if isinstance(moment, str):
            moment = date.fromisoformat(moment)
        day = moment.astimezone(self.site.timezone).date() if isinstance(moment, datetime) else moment
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if self._is_english else day.isoformat()

    def _day_or_moment(self, moment: date, has_time: bool = True) -> str:
        """A day, or a moment to the second with its offset: RFC 3339; of a moment without a time, its day."""
        if not has_time and isinstance(moment, datetime):
            moment = moment.astimezone(self.site.timezone).date()
        return _iso(moment)

    def _clock(self, moment: datetime) -> str:
        local = moment.astimezone(self.site.timezone)
        return f"{local.hour:02}:{local.minute:02}"


# The filters that need no site


def remembered(macro: Callable[..., str]) -> Callable[..., str]:
    """A macro that isn't run again for the same arguments: texts that are equal, else the very same objects.

    Other objects may be equal and yet look different: 8:00 in London and 9:00 in Paris, a text and the same
    one marked as safe.
    """
    kept: dict[tuple[object, ...], tuple[tuple[object, ...], str]] = {}

    def call(*values: object) -> str:
        key: tuple[object, ...] = values
        for value in values:
            if type(value) is not str:
                key = tuple([value if type(value) is str else id(value) for value in values])
                break
        found = kept.get(key)
        if found is None:
            for value in values:
                if type(value).__hash__ is None or type(value) is tuple:
                    hash(value)  # a TypeError for lists and dicts, since they may change
            found = values, macro(*values)
            if len(kept) < _KEPT:
                kept[key] = found  # with the values, so that nothing else is ever given their ids
        return found[1]

    return call


def _link(url: str, root: str) -> str:
    """A url of the site as a link below its root; other urls stay."""
    return urls.encode_url(root + url[1:] if url.startswith("/") else url)


def _titles(links: Iterable[Link | TermLink]) -> list[str]:
    return [link.title for link in links]


def _opening(html: str, length: int) -> str:
    """The first characters of the text of safe HTML, with single spaces; tags may be 19 times as long as it."""
    start = " ".join(_TAG.sub("", html[: 4 * length]).split(None, length)[:length])[:length]
    if len(start) == length and "<" not in start and "&" not in start:  # no tag or entity was cut off before its end
        return start
    words = _TAG.sub("", html[: 20 * length]).split(None, length)
    return unescape(" ".join(words[:length]))[:length]


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    """Without the entries that have nothing to say."""
    return {name: value for name, value in values.items() if value}


def _iso(moment: date) -> str:
    """A day, or a moment to the second with its offset: RFC 3339."""
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def _rfc822(moment: datetime) -> str:
    """RFC 822 with the year in four digits, as RSS wants it: email.utils writes the same, and takes 6 ms to import."""
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1][:3]
    return f"{day}, {moment.day:02} {month} {moment.year:04} {moment:%H:%M:%S %z}"


def _month(moment: date | str, language: str) -> str:
    """A month, given by any day of it or as YYYY-MM."""
    year, month = int(str(moment)[:4]), int(str(moment)[5:7])
    return f"{_MONTHS[month - 1]} {year}" if _is_english(language) else f"{year:04}-{month:02}"


def _is_english(language: str) -> bool:
    return language.partition("-")[0] == "en"


def _in_xml(text: str) -> bytes:
    """The text without the characters that XML lacks; a pattern takes ten times as long to find that there are none."""
    text = text.replace("\ufffe", "").replace("\uffff", "")
    return text.encode(errors="ignore").translate(None, _CONTROLS)  # ignored are halves of surrogate pairs
