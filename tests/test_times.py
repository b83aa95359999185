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
