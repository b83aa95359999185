"""What makes rendering fast changes nothing in the result: memories of filters and macros, escaping, urls."""

import pickle
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import quote
from zoneinfo import ZoneInfo

import jinja2
import markupsafe
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from generator import config, urls
from generator.model import Link
from generator.pipeline.clean.html import to_html
from generator.pipeline.render import pages
from generator.pipeline.render.pages import Renderer
from generator.pipeline.render.theme import Template
from tests.conftest import CONFIGURATION, ROOT, SiteFolder

MakeSite = Callable[..., SiteFolder]
SITE = config.load(ROOT / "broadsheet.toml")
HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "&amp; &lt;",
    "{{ site }}",
    "\u202e \x0b",
    "",
)


class Stamp(NamedTuple):
    """Something that macros are called with."""

    moment: datetime


def filled_in(source: str, **context: object) -> str:
    """What a template makes of some values."""
    return Renderer(SITE, {}).environment.from_string(source).render(context)


# Urls


@given(st.text())
@example("/2024/01/03/a-b_c~d.e/?x=%20&y='(z)'#[1]@!$*+,;:")
@example('/ü/ "/')
@example("/100%/50%-off/%e3%83%a9%zz%")
def test_a_url_is_encoded_as_by_the_standard_library_but_for_bare_percent_signs(url: str) -> None:
    try:
        expected = quote(url, safe="/:?#[]@!$&'()*+,;=%~-._")
    except UnicodeEncodeError:
        with pytest.raises(UnicodeEncodeError):
            urls.encode_url(url)
    else:
        assert urls.encode_url(url) == re.sub("%(?![0-9A-Fa-f]{2})", "%25", expected)


@pytest.mark.parametrize("name", ["url", "absolute"])
def test_links_are_the_same_the_second_time_and_never_marked_as_safe(name: str) -> None:
    link = Renderer(SITE, {}).filters()[name]
    for url in ("/a/", "/a'b&c/", "https://example.com/?a=1&b='2'", "/é/", *HOSTILE):
        marked = Markup(url)  # noqa: S704
        for given_as in (marked, url, marked, url):
            assert type(link(given_as)) is str
        assert link(url) == Renderer(SITE, {}).filters()[name](url)


@pytest.mark.parametrize("name", ["url", "absolute"])
def test_the_memory_of_links_is_bounded(name: str) -> None:
    link = Renderer(SITE, {}).filters()[name]
    assert 0 < link.cache_info().maxsize <= 2**16  # type: ignore[attr-defined]


# Times


def test_the_clock_is_that_of_the_site_in_both_hours_of_a_day_that_has_one_twice() -> None:
    clock = Renderer(SITE, {}).filters()["clock"]
    first = datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    assert [clock(first + timedelta(hours=hour)) for hour in range(3)] == ["01:30", "01:30", "02:30"]
    assert clock(datetime(2024, 1, 3, 9, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))) == "03:35"


# Remembered macros

CALLED = "{% macro badge(value) -%}{{ note() }}<b>{{ value }}</b>{%- endmacro %}{% set badge = badge | remembered %}"


def run_counted(calls: str, **context: object) -> tuple[str, int]:
    """What calls of a remembered macro gave, and how often it was run."""
    runs: list[None] = []

    def note() -> str:
        runs.append(None)
        return ""

    return filled_in(CALLED + calls, note=note, **context), len(runs)


def test_a_remembered_macro_runs_once_for_the_same_argument() -> None:
    twice = "{{ badge(x.title) }}{{ badge(x.title) }}{{ badge(y) }}{{ badge(y) }}"
    assert run_counted(twice, x=Link("A"), y="A") == ("<b>A</b>" * 4, 1)
    assert run_counted("{% for _ in many %}{{ badge(x) }}{% endfor %}", x=Link("A"), many=range(9))[1] == 1


def test_a_remembered_macro_tells_equal_things_apart_that_look_different() -> None:
    london = Stamp(datetime(2024, 1, 3, 8, tzinfo=ZoneInfo("UTC")))
    paris = Stamp(datetime(2024, 1, 3, 9, tzinfo=timezone(timedelta(hours=1))))
    assert london == paris
    macro = "{% macro at(x) %}{{ x.moment | iso }} {% endmacro %}{% set at = at | remembered %}"
    expected = "2024-01-03T08:00:00+00:00 2024-01-03T09:00:00+01:00 "
    assert filled_in(macro + "{{ at(x) }}{{ at(y) }}", x=london, y=paris) == expected
    assert run_counted("{{ badge(1) }}{{ badge(1.0) }}{{ badge(true) }}") == ("<b>1</b><b>1.0</b><b>True</b>", 3)


def test_what_was_marked_as_safe_makes_no_equal_text_safe() -> None:
    for calls in ("{{ badge(safe) }}{{ badge(plain) }}", "{{ badge(plain) }}{{ badge(safe) }}"):
        text, runs = run_counted(calls, safe=Markup("<i>x</i>"), plain="<i>x</i>")
        assert sorted(re.findall("<b>(.*?)</b>", text)) == ["&lt;i&gt;x&lt;/i&gt;", "<i>x</i>"]
        assert runs == 2


def test_a_remembered_macro_is_never_taken_in_by_objects_that_come_and_go() -> None:
    macro = pages.remembered(str)
    assert [macro((number, "x")) for number in range(3000)] == [str((number, "x")) for number in range(3000)]


@pytest.mark.parametrize("value", [["list"], {"a": "dictionary"}])
def test_what_may_change_is_refused_by_a_remembered_macro(value: object) -> None:
    with pytest.raises(TypeError, match="unhashable"):
        run_counted("{{ badge(x) }}", x=value)


def test_a_remembered_macro_is_right_when_its_memory_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_KEPT", 3)
    text, runs = run_counted("{% for x in many %}{{ badge(x) }}{% endfor %}", many=list("abcde") * 2)
    assert text == "".join(f"<b>{x}</b>" for x in "abcdeabcde")
    assert runs == 7


def test_an_undefined_name_is_an_error_in_a_remembered_macro_too() -> None:
    with pytest.raises(jinja2.UndefinedError, match="titel"):
        run_counted("{{ badge(titel) }}")


# Escaping

PLACES = (
    "{{ value }}",
    "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(value) }}",
    "{% macro m(x) %}{{ x }}{% endmacro %}{% set m = m | remembered %}{{ m(value) }}{{ '' }}",
    "{% set x %}{{ value }}{% endset %}{{ x }}",
    "{% set x = value %}{{ x | e }}",
    "{% for x in [value] %}{{ x }}{% endfor %}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ value }}{% endcall %}",
    "{{ '' ~ value }}",
    "{% block b %}{{ value }}{% endblock %}",
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", [*HOSTILE, 3, None, ("<b>",), Markup("<b>safe</b>")], ids=repr)
def test_every_value_is_escaped_once_wherever_it_stands(place: str, value: object) -> None:
    assert filled_in(place, value=value) == markupsafe.escape(value)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_escaped_as_ever(text: str) -> None:
    assert filled_in("{{ text }}", text=text) == markupsafe.escape(text)


@pytest.mark.parametrize(
    "source", ["{{ titel }}", "{{ x.titel }}", "{{ titel() }}", "{{ titel | url }}", "{{ titel ~ x }}"]
)
def test_an_undefined_name_is_an_error(source: str) -> None:
    with pytest.raises(jinja2.UndefinedError, match="titel"):
        filled_in(source, x=Link("A"))


def test_functions_are_called_with_what_they_ask_for() -> None:
    @jinja2.pass_context
    def names(context: jinja2.runtime.Context, *, last: str) -> str:
        return " ".join(sorted({*context.get_all(), last}))

    assert filled_in("{{ names(last='z') }}", names=names) == "names z"
    loop = "{% set d = {} %}{% for x in 'ab' %}{% set _ = d.update(k=x, **{x: x}) %}{% endfor %}{{ d | tojson }}"
    assert filled_in(loop) == '{"a": "a", "b": "b", "k": "b"}'


# The other filters


@given(st.text())
@example("a\ufffeb\uffffc\x00d\te\x0bf\n\r\ud800g\U0001f6a2\x7f\x85")
def test_a_feed_has_the_characters_of_xml_and_no_others(text: str) -> None:
    legal = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    assert pages._in_xml(text) == legal.encode()  # noqa: SLF001


@settings(deadline=None)
@given(st.text())
@example("![" + "p" * 900 + "](/x.jpg)\n\nAfter *the* picture.")
@example("one  two  three  four  five  six  seven  eight  nine  ten")
@example("<b>H</b>ello &amp; <i>there</i>  &lt;you&gt;\n\nand " + "more " * 90)
@example('<a title="a > b" href="/x">one</a>' * 40)
def test_the_opening_of_an_article_is_that_of_its_text(markdown: str) -> None:
    html = to_html(markdown, "", "/")
    opening = Renderer(SITE, {}).filters()["opening"]
    assert opening(html, 50) == Markup(html[:1000]).striptags()[:50]  # noqa: S704


def test_titles_and_what_is_filled() -> None:
    links = (Link("A & B", "/a/"), Link("C"))
    data = '{{ {"keywords": links | titles, "none": [], "nothing": "", "name": "<b>"} | filled | tojson }}'
    assert filled_in(data, links=links) == r'{"keywords": ["A \u0026 B", "C"], "name": "\u003cb\u003e"}'


# The whole


def test_another_process_can_have_the_renderer() -> None:
    templates = {"a.html": Template("{{ '/x y/' | url }} {{ title }}", "a.html")}
    renderer = pickle.loads(pickle.dumps(Renderer(SITE, templates)))  # noqa: S301 - made here
    assert renderer.environment.get_template("a.html").render(title="<b>") == "/x%20y/ &lt;b&gt;"


def test_a_template_with_two_names_is_compiled_once() -> None:
    plain, hidden, own = (Template(text, "a.html") for text in ("plain", "hidden", "{% extends 'default/b.html' %}"))
    templates = {"a.html": plain, "default/a.html": plain, "b.html": own, "default/b.html": hidden}
    compiled: dict[str, bytes] = {}
    renderer = Renderer(SITE, templates, compiled)
    renderer.compile_all()
    assert len(compiled) == 3
    assert renderer.environment.get_template("b.html").render() == "hidden"
    assert len(compiled) == 3
    assert renderer.environment.get_template("default/a.html").render() == "plain"


def test_menus_mark_the_pages_that_they_lead_to_and_no_others(make_site: MakeSite) -> None:
    menu = "".join(f'[[menu]]\ntitle = "M"\nurl = "{url}"\n' for url in ("/own/a&'b/", "/2024/01/03/one/"))
    site = make_site(f'{CONFIGURATION}{menu}[[topics]]\nname = "World"\n')
    for name, fields in {"one": {}, "own": {"url": '"/own/a&\'b/"'}, "other": {"topic": "World"}, "on": {}}.items():
        site.article(name, **fields)
    site.build()
    current = {
        path: re.findall('href="([^"]+)" aria-current="page"', content.decode())
        for path, content in site.outputs().items()
        if path.endswith(".html") and b"aria-current" in content
    }
    assert current == {
        "own/a&'b/index.html": ["/own/a&amp;&#39;b/"],
        "2024/01/03/one/index.html": ["/2024/01/03/one/"],
        "topics/world/index.html": ["/topics/world/"],
        "topics/index.html": ["/topics/"],
        "tags/index.html": ["/tags/"],
        "sources/index.html": ["/sources/"],
        "archive/index.html": ["/archive/"],
        "changes/index.html": ["/changes/"],
        "stories/index.html": ["/stories/"],
        "editions/index.html": ["/editions/"],
    }


@given(
    st.datetimes(
        timezones=st.timezones() | st.builds(timezone, st.integers(-1439, 1439).map(lambda m: timedelta(minutes=m)))
    )
)
def test_dates_of_rss_are_as_the_library_for_mail_writes_them(moment: datetime) -> None:
    assert pages._rfc822(moment) == format_datetime(moment)  # noqa: SLF001
