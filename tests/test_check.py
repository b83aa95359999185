"""broadsheet check: dead links and fragments, at the place where somebody wrote them."""

import re
from collections.abc import Callable

import pytest

from generator.links import Target, files_of, links_in, target_of
from tests.conftest import CONFIGURATION, SiteFolder

BASE = "https://news.example.org/digest/"


def problems(site: SiteFolder, status: int = 1, base_url: str = "") -> list[tuple[str, int, int, str]]:
    done = site.run("check", "--format", "json", *(["--base-url", base_url] if base_url else []), status=status)
    return [(one["path"], one["line"], one["column"], one["code"]) for one in done.json["problems"]]


def test_a_sound_site_has_no_dead_link(site: SiteFolder) -> None:
    site.article("a", "See [the other](/2024/01/03/b/) and [the web](https://elsewhere.example/x/).", tags="[x, y]")
    site.article("b", "A note.[^1]\n\n[^1]: Its text.", source="Reuters", topics="[World]", aliases="[/old/]")
    site.build()
    done = site.run("check")
    assert re.fullmatch(r"\d+ files · \d+ links inside the site · none dead\n", done.stdout)
    assert site.run("check", "--format", "json").json["links"] > 100


def test_a_dead_link_is_reported_where_the_article_has_it(site: SiteFolder) -> None:
    site.article("a", "Fine.\n\nAfter [this](/2024/01/03/bee/) and a [picture](missing.jpg).", tags="[x]")
    site.article("bees", "Text.")
    site.build()
    done = site.run("check", status=1)
    assert "content/a.md:9:14: error: the site has no /2024/01/03/bee/ [dead-link]\n" in done.stderr
    assert '  hint: did you mean "/2024/01/03/bees/"?\n' in done.stderr
    assert problems(site) == [("content/a.md", 9, 14, "dead-link"), ("content/a.md", 9, 48, "dead-link")]


def test_a_dead_fragment_is_reported_where_the_article_has_it(site: SiteFolder) -> None:
    site.article("a", "[here](#nowhere), [there](/2024/01/03/b/#_content), [gone](/2024/01/03/b/#gone), [top](#top).")
    site.article("b")
    site.build()
    assert problems(site) == [("content/a.md", 6, 8, "dead-fragment"), ("content/a.md", 6, 60, "dead-fragment")]


def test_absolute_links_to_the_site_itself_are_checked_too(site: SiteFolder) -> None:
    site.article("a", "<https://news.example.org/no/> and [x](http://news.example.org/none/?q=1#y)")
    site.build()
    assert [problem[:3] for problem in problems(site)] == [("content/a.md", 6, 2), ("content/a.md", 6, 40)]


def test_a_dead_link_of_the_menu_is_one_problem_of_the_configuration(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(CONFIGURATION + '[[menu]]\ntitle = "About"\nurl = "/about/"\n')
    site.article("a")
    site.build()
    assert problems(site) == [("broadsheet.toml", 6, 8, "dead-link")]


def test_a_dead_link_of_the_theme_is_one_problem_of_the_output(site: SiteFolder) -> None:
    theme = (
        '{% extends "default/base.html" %}{% block head %}<link rel="stylesheet" href="/assets/own.css">{% endblock %}'
    )
    site.write("broadsheet.toml", CONFIGURATION + 'theme = "own"\n')
    site.write("themes/own/templates/base.html", theme)
    site.write("themes/own/static/own2.css", "body { background: url('pattern.png') }")
    site.article("a")
    site.build()
    found = problems(site)
    assert [(path, code) for path, _, _, code in found] == [
        ("output/2024/01/03/a/index.html", "dead-link"),
        ("output/assets/own2.css", "dead-link"),
    ]
    assert "more pages too" in site.run("check", status=1).stderr


def test_under_a_path_every_link_and_feed_and_asset_leads_somewhere(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(f'base_url = "{BASE}"\ntitle = "The Test"\n[[menu]]\ntitle = "A"\nurl = "/about/"\n')
    site.article("a", "[b](/2024/01/03/b/) ![p](p.png)", tags="[x]", topics="[World]", aliases="[/old/]", image="p.png")
    site.article("b", "[a](/2024/01/03/a/#_content)[^1]\n\n[^1]: Note.", source="Reuters")
    site.write("content/p.png", b"\x89PNG")
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\nUs.\n")
    site.build()
    assert site.run("check", "--format", "json").json["dead"] == 0
    dead = site.run("check", "--base-url", "https://news.example.org/other/", status=1)
    assert "leads out of the site" in dead.stderr


def test_a_link_without_its_final_slash_is_a_warning(site: SiteFolder) -> None:
    site.article("a", "[b](/2024/01/03/b)")
    site.article("b")
    site.build()
    assert problems(site, status=0) == [("content/a.md", 6, 5, "no-slash")]
    site.run("check", "--strict", status=1)


def test_what_was_never_built_can_not_be_checked(site: SiteFolder) -> None:
    assert "output/ holds no built site [not-built]" in site.run("check", status=2).stderr


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/digest/a/", Target("inside", "/a/")),
        ("/digest/%C3%BC/#%C3%A4", Target("inside", "/ü/", "ä")),
        ("https://news.example.org/digest", Target("inside", "/")),
        ("//news.example.org/digest/b", Target("inside", "/b")),
        ("../c/?q=1", Target("inside", "/x/c/")),
        ("#d", Target("inside", "/x/y/", "d")),
        ("/e/", Target("beside", "https://news.example.org/e/")),
        ("https://news.example.org/digestive/", Target("outside", "https://news.example.org/digestive/")),
        ("https://elsewhere.example/", Target("outside", "https://elsewhere.example/")),
        ("mailto:me@example.org", None),
        ("http://[bad/", Target("inside", "http://[bad/")),
    ],
)
def test_urls_are_read_as_a_browser_reads_them(url: str, expected: Target | None) -> None:
    assert target_of(url, BASE + "x/y/", BASE) == expected


def test_paths_stand_for_files() -> None:
    assert files_of("/") == ("index.html",)
    assert files_of("/a/") == ("a/index.html",)
    assert files_of("/a") == ("a", "a/index.html")


def test_html_is_read_with_all_its_ways_to_refer() -> None:
    html = (
        '<!-- <a href="no1"> --><script src="s.js">"<a href=\'no2\'>"</script>\n'
        '<A HREF=\'a&amp;b\' data-src="no3" title=\'href="no4"\'><img srcset="i1 1x, i2 2x" src=i3>\n'
        '<meta http-equiv="refresh" content="0; url=/next/"><a name="old" id=new></a>'
    )
    links = links_in("x.html", html)
    assert list(links.urls) == ["s.js", "a&b", "i1", "i2", "i3", "/next/"]
    assert links.urls["a&b"] == (2, 10)
    assert links.anchors == {"old", "new"}


def test_feeds_are_read_with_their_content() -> None:
    feed = (
        '<feed><link rel="self" href="/atom.xml"/><loc>/x/</loc>\n'
        '<content type="html">&lt;a href="/y/?a&amp;amp;b"&gt;</content>'
        '<content:encoded><![CDATA[<img src="/z.png">]]></content:encoded></feed>'
    )
    assert list(links_in("atom.xml", feed).urls) == ["/atom.xml", "/x/", "/y/?a&b", "/z.png"]
    json = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/a/", "content_html": "<a href=/b/>"}]}'
    assert list(links_in("feed.json", json).urls) == ["/a/", "/b/"]
    assert not links_in("data.json", "[1").urls
    assert not links_in("data.json", '{"url": "/no/"}').urls


def test_style_sheets_are_read() -> None:
    css = "/* url(no.png) */ @import 'a.css'; b { background: url( \"c.png\" ) } d { src: url(e.woff2) }"
    assert [url for url in links_in("x.css", css).urls if url] == ["a.css", "c.png", "e.woff2"]


def test_a_second_check_reads_what_changed(site: SiteFolder) -> None:
    site.article("a", "[b](/2024/01/03/b/)")
    site.article("b")
    site.build()
    first = site.run("check", "--format", "json").json
    assert site.run("check", "--format", "json").json == first
    (site.root / "content/b.md").unlink()
    site.build()
    assert problems(site) == [("content/a.md", 6, 5, "dead-link")]
    site.article("a")
    site.build()
    assert problems(site, status=0) == []


def test_a_site_that_was_sound_is_looked_at_again_when_anything_differs(site: SiteFolder) -> None:
    site.article("a", "[b](/2024/01/03/b/)")
    site.article("b")
    site.build()
    links = site.run("check", "--format", "json").json["links"]
    assert site.run("check", "--format", "json").json["links"] == links
    assert {code for *_, code in problems(site, status=1, base_url="https://news.example.org/x/")} == {"beside-site"}
    assert problems(site, status=0) == []
    (site.output / "2024/01/03/b/index.html").rename(site.root / "aside.html")
    assert ("content/a.md", 6, 5, "dead-link") in problems(site)
    (site.root / "aside.html").rename(site.output / "2024/01/03/b/index.html")
    assert problems(site, status=0) == []
    site.write("output/own.html", '<a href="/nowhere/">')
    assert problems(site) == [("output/own.html", 1, 10, "dead-link")]


def test_what_stands_in_no_list_links_to_no_list_that_is_missing(site: SiteFolder) -> None:
    site.article("a", unlisted="true", topics="[Hafen, Shared]", source="Only Here")
    site.article("b", topics="[Shared]", source="Elsewhere")
    site.build()
    site.run("check")
    page = site.page("/2024/01/03/a/")
    assert 'href="/topics/shared/"' in page
    assert "Hafen" in page
    assert "/topics/hafen/" not in page
    site.article("c", topics="[Hafen]", source="Only Here")
    site.build()
    assert 'href="/topics/hafen/"' in site.page("/2024/01/03/a/")
    assert 'href="/sources/only-here/"' in site.page("/2024/01/03/a/")
