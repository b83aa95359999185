"""Page -> bytes, through the templates of the theme.

A template sees the fields of its page's view and `texts`, nothing else: undefined names are errors, and
everything is escaped but what the theme marks as safe, which is the sanitised HTML of texts alone.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from email.utils import format_datetime
from functools import partial
from traceback import extract_tb
from typing import Final

import jinja2

from generator import urls
from generator.model import Article, Output, Site
from generator.pipeline.clean.html import absolute_links
from generator.pipeline.render.feeds import json_feed
from generator.pipeline.render.plan import Page
from generator.pipeline.render.theme import Template
from generator.pipeline.render.views import FeedView
from generator.problems import ContentError, Problem

_ILLEGAL_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Renderer:
    """Turns pages into files with the templates of one theme."""

    def __init__(self, site: Site, templates: Mapping[str, Template]) -> None:
        self.site = site
        self.templates = templates
        self.environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._load),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.environment.globals.clear()
        self.environment.filters.update(self.filters())

    def render(self, page: Page, texts: Sequence[Article]) -> Output:
        """The file of a page; raises ContentError that names the template's file and line."""
        view = page.view()
        if isinstance(view, FeedView) and view.format == "json":
            text = json_feed(view, texts, self._absolute, self._html)
        else:
            text = self._fill(page, {**view.values(), "texts": texts})
        if page.url.endswith((".xml", ".json")):
            text = _ILLEGAL_IN_XML.sub("", text)
        return Output(urls.output_path(page.url), text.encode(), page.owner)

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
        paths = {template.path for template in self.templates.values()}
        frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename in paths]
        return (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)

    def _fault(self, path: str, line: int, message: str, page: Page) -> ContentError:
        hint = f"this came up in the page {page.url}"
        return ContentError(Problem(path, line, 0, message, "template-error", hint))

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        template = self.templates.get(name)
        return (template.source, template.path, lambda: True) if template else None

    def filters(self) -> dict[str, Callable[..., str]]:
        """What templates may do with values; each filter is described in the documentation of themes."""
        return {
            "url": self._url,
            "absolute": self._absolute,
            "feed_html": self._html,
            "day": self._day,
            "month": partial(_month, language=self.site.language),
            "clock": lambda moment: moment.astimezone(self.site.timezone).strftime("%H:%M"),
            "iso": _iso,
            "rfc822": format_datetime,
        }

    def _url(self, url: str) -> str:
        """A url of the site as a link from anywhere on the host; other urls stay."""
        return urls.encode_url(self.site.base_path + url[1:] if url.startswith("/") else url)

    def _absolute(self, url: str) -> str:
        return urls.encode_url(self.site.base_url + url[1:] if url.startswith("/") else url)

    def _html(self, article: Article) -> str:
        return absolute_links(article.html, self.site.host, self._absolute(article.url))

    def _day(self, moment: date) -> str:
        """The day in the site's time zone, in words for English, in figures for other languages."""
        day = moment.astimezone(self.site.timezone).date() if isinstance(moment, datetime) else moment
        if self.site.language.partition("-")[0] != "en":
            return day.isoformat()
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _iso(moment: date) -> str:
    """A day, or a moment to the second with its offset: RFC 3339."""
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def _month(moment: date | str, language: str) -> str:
    """A month, given by any day of it or as YYYY-MM."""
    year, month = int(str(moment)[:4]), int(str(moment)[5:7])
    return f"{_MONTHS[month - 1]} {year}" if language.partition("-")[0] == "en" else f"{year:04}-{month:02}"
