"""Dates that say a day alone, and dates that say a time: what pages, structured data and feeds make of them."""

import json
import re
from collections.abc import Callable

import pytest

from tests.conftest import CONFIGURATION, SiteFolder

MakeSite = Callable[..., SiteFolder]
URL = "/2024/01/03/a/"
DAYS = ("2024-01-03", "2024/01/03", "3. Januar 2024", "2024年1月3日")
MOMENTS = {
    "2024-01-03T00:00:00": "2024-01-03T00:00:00+09:00",
    "2024-01-03 00:00": "2024-01-03T00:00:00+09:00",
    "2024-01-02T15:00:00Z": "2024-01-02T15:00:00+00:00",
    "Tue, 02 Jan 2024 15:00:00 GMT": "2024-01-02T15:00:00+00:00",
    "2024年1月3日 午前0時00分": "2024-01-03T00:00:00+09:00",
}


@pytest.fixture
def tokyo(make_site: MakeSite) -> SiteFolder:
    """A site that is ahead of Greenwich, so that midnight there is another day elsewhere."""
    return make_site(CONFIGURATION.replace('"UTC"', '"Asia/Tokyo"'))


def structured(page: str) -> dict[str, str]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    data: dict[str, str] = json.loads(found[1])
    return data


@pytest.mark.parametrize("written", DAYS)
def test_a_date_without_a_time_shows_none(tokyo: SiteFolder, written: str) -> None:
    tokyo.article("a", date=written)
    tokyo.build()
    for path, content in tokyo.outputs().items():
        if path.endswith(".html"):
            assert "00:00" not in content.decode(), path
    page = tokyo.page(URL)
    assert '<time datetime="2024-01-03">3 January 2024</time>' in page
    assert '<meta property="article:published_time" content="2024-01-03">' in page
    assert structured(page)["datePublished"] == structured(page)["dateModified"] == "2024-01-03"
    assert "<published>2024-01-03T00:00:00+09:00</published>" in tokyo.page("/atom.xml")
    assert json.loads(tokyo.page("/feed.json"))["items"][0]["date_published"] == "2024-01-03T00:00:00+09:00"
    assert tokyo.run("list", "articles").stdout.startswith("2024-01-03  ")


@pytest.mark.parametrize(("written", "moment"), MOMENTS.items())
def test_midnight_is_a_time_where_it_is_said(tokyo: SiteFolder, written: str, moment: str) -> None:
    tokyo.article("a", date=f'"{written}"')
    tokyo.build()
    page = tokyo.page(URL)
    assert f'<time datetime="{moment}">3 January 2024, 00:00</time>' in page
    assert structured(page)["datePublished"] == moment
    assert f'<time datetime="{moment}">00:00</time>' in tokyo.page("/archive/2024/01/")


def test_in_toml_json_and_names_of_files_too(site: SiteFolder) -> None:
    site.write("content/a.md", "+++\ntitle = 'A'\ndate = 2024-01-03\n+++\n\nWords of a.\n")
    site.write("content/b.md", "+++\ntitle = 'B'\ndate = 2024-01-03T00:00:00\n+++\n\nTalk of b.\n")
    site.write("content/c.md", '{"title": "C", "date": "2024-01-03", "updated": "2024-01-04T00:00"}\n\nNews of c.\n')
    site.write("content/2024-01-03-d.md", "# D\n\nA day in a name.\n")
    site.write("content/2024/01/03/e.md", "---\ntitle: E\nupdated: 2024-01-05\n---\n\nA day in folders.\n")
    site.build()
    assert ", 00:00" not in site.page("/2024/01/03/a/")
    assert "3 January 2024, 00:00" in site.page("/2024/01/03/b/")
    assert "3 January 2024</time>" in site.page("/2024/01/03/c/")
    assert "4 January 2024, 00:00" in site.page("/2024/01/03/c/")
    assert ", 00:00" not in site.page("/2024/01/03/d/")
    assert '<time datetime="2024-01-05">5 January 2024</time>' in site.page("/2024/01/03/e/")


def test_a_date_that_cleaning_found_keeps_its_time(site: SiteFolder) -> None:
    text = (
        "The quay moves in spring, the council said on Monday after a long debate. Nobody knows yet where it will go.\n"
        "The harbour master, Olaf Berg, said that he had not been asked. The ferry goes on as before, he said.\n"
        "Three members of the council voted against it. They want the fishermen to be heard first.\n"
    )
    for name, line in {"a": "Published 3 January 2024 at 08:05", "b": "Published 3 January 2024"}.items():
        head = f"---\ntitle: The {name}\nstory: {name}\npasted: true\n---\n"
        site.write(f"content/{name}.md", f"{head}By Ada Byron\n{line}\nShare this article\n{text}")
    site.build()
    assert "3 January 2024, 08:05" in site.page(URL)
    assert "3 January 2024</time>" in site.page("/2024/01/03/b/")


def test_a_time_that_is_added_shows_at_the_next_build(site: SiteFolder) -> None:
    site.article("a", date="2024-01-03")
    site.build()
    site.article("a", date="2024-01-03T00:00Z")
    site.build()
    assert "3 January 2024, 00:00" in site.page(URL)
    incremental = site.outputs()
    site.build("--fresh")
    assert site.outputs() == incremental


def warnings(site: SiteFolder, code: str, now: str = "2024-06-01T12:00:00+00:00") -> list[str]:
    said = site.run("build", "--now", now).stderr
    return [line for line in said.splitlines() if f"[{code}]" in line]


def test_a_change_before_the_date_is_told(site: SiteFolder) -> None:
    site.write("content/a.md", "---\ntitle: A\ndate: 2024-01-03\nlastmod: 2024-01-02\n---\n\nWords of a.\n")
    site.write("content/2024-02-01-b.md", "+++\ntitle = 'B'\n[extra]\nupdated = 2024-01-31T23:00:00Z\n+++\n\nTalk.\n")
    site.write("content/c.md", '{"title": "C", "date": "2024-01-03T10:00", "modified": "2024-01-03T09:00"}\n\nNews.\n')
    found = [line.removeprefix("content/").removesuffix(" [updated-early]") for line in warnings(site, "updated-early")]
    assert found == [
        "2024-02-01-b.md:4:1: warning: it was updated 2024-01-31, before its date, 2024-02-01",
        "a.md:4:1: warning: it was updated 2024-01-02, before its date, 2024-01-03",
        "c.md:1:44: warning: it was updated 2024-01-03 09:00+00:00, before its date, 2024-01-03 10:00+00:00",
    ]


@pytest.mark.parametrize(
    "line", ["updated: 2024-01-03", "updated: 2024-01-03T08:00:00Z", "updated: 2024-01-04", "x: y"]
)
def test_a_change_on_the_day_or_later_is_not_told(site: SiteFolder, line: str) -> None:
    site.write("content/a.md", f"---\ntitle: A\ndate: 2024-01-03T08:00:00Z\n{line}\n---\n\nWords.\n")
    assert warnings(site, "updated-early") == warnings(site, "updated-late") == []


def test_a_change_after_the_build_is_told_until_then(site: SiteFolder) -> None:
    site.write("content/a.md", "---\ntitle: A\ndate: 2024-01-03\nupdated: 2024-06-02\n---\n\nWords of a.\n")
    notice = "corrections:\n  - {date: 2024-07-01, text: The ship is 90 metres long.}\n"
    site.write("content/b.md", f"---\ntitle: B\ndate: 2024-01-03\n{notice}---\n\nTalk of b.\n")
    site.write("content/c.md", "---\ntitle: C\ndate: 2024-08-03\nupdated: 2024-09-02\n---\n\nNot out yet.\n")
    told = "after this build [updated-late]"
    late = [
        f"content/a.md:4:1: warning: it is dated 2024-06-02 00:00+00:00, {told}",
        f"content/b.md:4:1: warning: a correction in it is dated 2024-07-01 00:00+00:00, {told}",
    ]
    assert warnings(site, "updated-late") == late
    assert warnings(site, "updated-late") == late
    assert "hint: write when it was changed, `updated: 2024-06-01` at the latest" in site.build().stderr
    assert warnings(site, "updated-late", "2024-06-02T08:00:00+00:00") == late[1:]
    assert warnings(site, "updated-late", "2024-07-02T08:00:00+00:00") == []
    assert warnings(site, "updated-late") == late
