"""Which pages a site has, what they say, and that feeds and lists hold what they promise."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest

from tests.conftest import CONFIGURATION, SiteFolder

MakeSite = Callable[..., SiteFolder]


def days(site: SiteFolder, count: int, **fields: str) -> None:
    """One article a day from 1 January 2023."""
    for number in range(count):
        date = datetime(2023, 1, 1) + timedelta(days=number)  # noqa: DTZ001 - the site's zone is UTC
        site.article(f"n{number:03}", **{"date": f"{date:%Y-%m-%dT%H:%M:%SZ}", "tags": "[sea]", **fields})


def titles(page: str) -> list[str]:
    return re.findall(r"Title of (n\d+)</a>", page[page.index("<main") :])


def test_a_site_has_its_pages(site: SiteFolder) -> None:
    site.article("x", topic="World", tags="[sea]", source="Radio", aliases="[/old/place/]")
    site.write("content/pages/about.md", "---\ntitle: About\n---\nWho we are.\n")
    site.write("content/pages/help/contact.md", "---\ntitle: Contact\n---\nWrite to us.\n")
    site.write("content/2024/boat.jpg", b"\xff\xd8")
    site.build()
    html = {path for path in site.outputs() if path.endswith(".html")}
    assert html == {
        *("index.html", "404.html", "2024/01/03/x/index.html", "about/index.html", "help/contact/index.html"),
        *("topics/index.html", "topics/world/index.html", "tags/index.html", "tags/sea/index.html"),
        *("sources/index.html", "sources/radio/index.html", "archive/index.html", "archive/2024/01/index.html"),
        *("old/place/index.html", "stories/index.html", "editions/index.html", "editions/2024-01-03/index.html"),
        "changes/index.html",
    }
    assert {path for path in site.outputs() if path.endswith((".xml", ".json", ".txt", ".jpg"))} == {
        *(
            "atom.xml",
            "changes/atom.xml",
            "rss.xml",
            "feed.json",
            "topics/world/atom.xml",
            "topics/world/rss.xml",
            "topics/world/feed.json",
        ),
        *("tags/sea/atom.xml", "sources/radio/atom.xml", "sitemap.xml", "robots.txt", "2024/boat.jpg"),
        "editions/atom.xml",
    }
    assert "/2024/01/03/x/" in site.page("/old/place/")


def test_page_kinds_and_feeds_can_be_switched_off(make_site: MakeSite) -> None:
    off = ("topics", "tags", "sources", "archive", "stories", "editions", "changes")
    kinds = "".join(f"{kind} = false\n" for kind in off)
    site = make_site(f"{CONFIGURATION}[pages]\n{kinds}[feeds]\nsite = false\n")
    site.article("x", topic="World", tags="[sea]", source="Radio")
    site.build()
    paths = {path for path in site.outputs() if not path.startswith("assets/")}
    assert paths == {"index.html", "404.html", "2024/01/03/x/index.html", "sitemap.xml", "robots.txt"}
    page = site.page("/2024/01/03/x/")
    assert all(word in page for word in ("World", "sea", "Radio"))
    assert not re.search(r'href="[^"]*/(topics|tags|sources|archive|stories|editions|changes)/', page)


def test_a_list_is_paged_from_its_oldest_article_so_that_pages_keep_theirs(site: SiteFolder) -> None:
    days(site, 45)
    site.build()
    assert titles(site.page("/tags/sea/")) == [f"n{n:03}" for n in range(44, 19, -1)]
    assert titles(site.page("/tags/sea/page/1/")) == [f"n{n:03}" for n in range(19, -1, -1)]
    first = site.page("/tags/sea/page/1/")
    site.article("n045", date="2023-03-01", tags="[sea]")
    site.build()
    assert site.page("/tags/sea/page/1/") == first


@pytest.mark.parametrize("count", [0, 1, 4, 5, 9, 10, 11, 14, 15, 16])
def test_every_article_stands_on_exactly_one_page_of_each_list(make_site: MakeSite, count: int) -> None:
    site = make_site(f"{CONFIGURATION}per_page = 5\n")
    days(site, count)
    site.build()
    lists = [path for path in site.outputs() if re.fullmatch(r"(page/\d+/)?index\.html", path)]
    found = [title for path in lists for title in titles(site.outputs()[path].decode())]
    assert sorted(found) == [f"n{n:03}" for n in range(count)]


def test_the_pager_leads_through_all_pages_and_back(make_site: MakeSite) -> None:
    site = make_site(f"{CONFIGURATION}per_page = 5\n")
    days(site, 23)
    site.build()
    url, seen = "/", []
    while url:
        seen.append(url)
        older = re.search(r'<a[^>]*rel="next"[^>]*href="([^"]+)"|<a[^>]*href="([^"]+)"[^>]*rel="next"', site.page(url))
        url = (older[1] or older[2]) if older else ""
    assert seen == ["/", "/page/3/", "/page/2/", "/page/1/"]


def test_neighbours_lead_from_article_to_article(site: SiteFolder) -> None:
    days(site, 3)
    site.build()
    page = site.page("/2023/01/02/n001/")
    assert "/2023/01/01/n000/" in page
    assert "/2023/01/03/n002/" in page


def test_feeds_hold_the_full_text_with_absolute_links(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION.replace("example.org/", "example.org/digest/"))
    body = "First [paragraph](/about/).\n\nSecond ![boat](boat.jpg) one.[^1]\n\n[^1]: A note.\n"
    site.article(
        "2024/x", body, title="A & B <i>", author="Ann Ash", topic="World", tags="[sea]", id="tag:example.org,2024:x"
    )
    site.build()
    outputs = site.outputs()
    for name in ("atom.xml", "rss.xml"):
        feed = feedparser.parse(outputs[name])
        assert not feed.bozo
        (entry,) = feed.entries
        assert entry.id == "tag:example.org,2024:x"
        assert entry.title == "A & B <i>"
        assert entry.link == "https://news.example.org/digest/2024/01/03/x/"
        text = entry.content[0].value
        assert "https://news.example.org/digest/about/" in text
        assert "https://news.example.org/digest/2024/boat.jpg" in text
        assert "A note." in text
        assert {tag.term.lower() for tag in entry.tags} == {"world", "sea"}
        assert not re.search(r'(href|src)="(?!https?:)', text)
    feed = json.loads(outputs["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://news.example.org/digest/feed.json"
    (item,) = feed["items"]
    assert item["id"] == "tag:example.org,2024:x"
    assert item["title"] == "A & B <i>"
    assert item["date_published"] == "2024-01-03T08:00:00+00:00"
    assert item["authors"] == [{"name": "Ann Ash"}]
    assert not re.search(r'(href|src)="(?!https?:)', item["content_html"])


def test_ids_of_entries_survive_new_titles_dates_urls_and_hosts(make_site: MakeSite) -> None:
    site = make_site()
    site.article("x")
    site.build()
    before = feedparser.parse(site.outputs()["atom.xml"]).entries[0]
    site.article("x", title="Another", date="2024-01-04", slug="elsewhere", updated="2024-01-05")
    site.write(
        "broadsheet.toml",
        CONFIGURATION.replace("news.example", "moved.example") + '[feeds]\nauthority = "news.example.org"\n',
    )
    site.build()
    after = feedparser.parse(site.outputs()["atom.xml"]).entries[0]
    assert after.id == before.id
    assert after.link != before.link
    assert after.updated == "2024-01-05T00:00:00+00:00"


def test_a_feed_is_as_new_as_its_newest_change(site: SiteFolder) -> None:
    site.article("a", date="2024-01-01", updated="2024-02-01")
    site.article("b", date="2024-01-02")
    site.build()
    feed = feedparser.parse(site.outputs()["atom.xml"])
    assert feed.feed.updated == "2024-02-01T00:00:00+00:00"
    assert [entry.title for entry in feed.entries] == ["Title of b", "Title of a"]


def test_a_feed_holds_as_many_entries_as_configured(make_site: MakeSite) -> None:
    site = make_site(f'{CONFIGURATION}[feeds]\nlimit = 3\nformats = ["atom"]\n')
    days(site, 5)
    site.build()
    assert len(feedparser.parse(site.outputs()["atom.xml"]).entries) == 3
    assert "rss.xml" not in site.outputs()


def test_the_feeds_of_an_empty_site_are_well_formed(site: SiteFolder) -> None:
    site.build()
    for name in ("atom.xml", "rss.xml"):
        assert not feedparser.parse(site.outputs()[name]).bozo
    assert json.loads(site.outputs()["feed.json"])["items"] == []


def test_the_sitemap_names_all_pages_for_readers_and_no_others(site: SiteFolder) -> None:
    site.article("x", updated="2024-02-02", aliases="[/old/]")
    site.article("hidden", status="hidden")
    site.article("gone", withdrawn="true")
    site.write("content/pages/about.md", "---\ntitle: About\n---\nText.\n")
    site.build()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    entries = {
        entry.findtext(f"{space}loc"): entry.findtext(f"{space}lastmod")
        for entry in ET.fromstring(site.outputs()["sitemap.xml"])  # noqa: S314 - our own output
    }
    root = "https://news.example.org"
    assert entries[f"{root}/2024/01/03/x/"] == "2024-02-02T00:00:00+00:00"
    assert entries.keys() == {
        f"{root}{url}"
        for url in (
            "/",
            "/2024/01/03/x/",
            "/about/",
            "/topics/",
            "/tags/",
            "/stories/",
            "/editions/",
            "/editions/2024-01-03/",
            "/sources/",
            "/archive/",
            "/archive/2024/01/",
            "/changes/",
        )
    }
    assert f"Sitemap: {root}/sitemap.xml" in site.page("/robots.txt")


def test_a_large_site_has_a_sitemap_for_each_month(site: SiteFolder) -> None:
    for number in range(600):  # with the pages of their tags more than 1,000 addresses
        site.article(f"n{number}", date=f"2024-0{1 + number % 3}-{1 + number // 30:02}", tags=f"[tag{number}]")
    site.build()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = "https://news.example.org"

    def addresses(name: str) -> list[str | None]:
        return [entry.findtext(f"{space}loc") for entry in ET.fromstring(site.outputs()[name])]  # noqa: S314 - ours

    months = [f"sitemap-2024-0{month}.xml" for month in (3, 2, 1)]
    assert addresses("sitemap.xml") == [f"{root}/{name}" for name in ("sitemap-pages.xml", *months)]
    named = {url for name in ("sitemap-pages.xml", *months) for url in addresses(name)}
    readable = {f"{root}/{path.removesuffix('index.html')}" for path in site.outputs() if path.endswith("index.html")}
    assert named == readable
    assert set(addresses("sitemap-2024-02.xml")) == {url for url in readable if url.startswith(f"{root}/2024/02/")}
    site.article("n7", date="2024-02-01", tags="[tag7]", updated="2024-02-05")
    assert [path for path in site.build("--format", "json").json["written"] if "sitemap" in path] == [months[1]]


def test_below_a_path_every_link_and_asset_stays_below_it(make_site: MakeSite) -> None:
    site = make_site(
        CONFIGURATION.replace("example.org/", "example.org/digest/") + '[[menu]]\ntitle = "About"\nurl = "/about/"\n'
    )
    site.article("x", topic="World", tags="[sea]", source="Radio", aliases="[/old/]")
    site.write("content/pages/about.md", "---\ntitle: About\n---\n[home](/)\n")
    site.build()
    for path, content in site.outputs().items():
        if path.endswith(".html"):
            links = re.findall(r'(?:href|src|url=)="?([^"> ]+)', content.decode())
            assert links
            assert [
                link for link in links if not link.startswith(("/digest/", "https://news.example.org/digest/", "#"))
            ] == []


def test_a_theme_of_the_site_replaces_single_files_of_the_built_in_one(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + 'theme = "mine"\n')
    site.article("x")
    site.write(
        "themes/mine/templates/404.html", '{% extends "default/404.html" %}{% block title %}Nothing here{% endblock %}'
    )
    site.write("themes/mine/static/style.css", "body { color: teal }")
    site.write("themes/mine/static/logo.svg", "<svg/>")
    site.build()
    assert "<title>Nothing here" in site.page("/404.html")
    assert site.outputs()["assets/style.css"] == b"body { color: teal }"
    assert "assets/logo.svg" in site.outputs()
    assert "Title of x" in site.page("/2024/01/03/x/")


def test_languages_other_than_english_have_dates_in_figures(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + 'language = "de"\n')
    site.article("x")
    site.build()
    assert '<html lang="de"' in site.page("/")
    assert "2024-01-03" in site.page("/2024/01/03/x/")
    assert "3 January" not in site.page("/2024/01/03/x/")


def test_the_file_of_redirects_has_as_many_as_hosts_read_and_the_pages_are_all_there(site: SiteFolder) -> None:
    for part in "ab":
        aliases = ", ".join(f"/{part}/{number}/" for number in range(1_005))
        site.article(part, aliases=f"[{aliases}]")
    site.build()
    assert len(site.page("/_redirects").splitlines()) == 2_000
    assert sum(path.startswith(("a/", "b/")) for path in site.outputs()) == 2_010


def test_redirects_stand_in_one_file_too_for_hosts_that_read_it(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site('base_url = "https://me.example.io/digest/"\ntitle = "The Test"\n')
    site.article("a", aliases="[/old/, /ä & b/, /file.html]")
    site.article("b")
    site.build()
    assert site.page("/_redirects").splitlines() == [
        "/digest/old/ /digest/2024/01/03/a/ 301",
        "/digest/%C3%A4%20&%20b/ /digest/2024/01/03/a/ 301",
        "/digest/file.html /digest/2024/01/03/a/ 301",
    ]
    assert b"_redirects" not in site.outputs()["sitemap.xml"]
    site.article("a")
    site.build()
    assert "_redirects" not in site.outputs()
