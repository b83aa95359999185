"""Addresses without the parameters that follow readers, and articles that have one original."""

import pytest

from generator.urls import TRACKING, address_key, without_tracking
from tests.conftest import CHESS, FERRY, INQUIRY, ROOT, SALVAGE, SiteFolder


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("https://a.example/x?utm_source=mail&utm_medium=rss", "https://a.example/x"),
        ("https://a.example/x?id=7&fbclid=Iw_9-x#part", "https://a.example/x?id=7#part"),
        ("https://a.example/x?UTM_Campaign=a&amp;page=2&amp;gclid=1", "https://a.example/x?page=2"),
        ("https://a.example/港?q=a+b&mc_cid=1&mc_eid=2&r=%20", "https://a.example/港?q=a+b&r=%20"),
        ("https://a.example/x?igshid=1#?utm_source=x", "https://a.example/x#?utm_source=x"),
        ("/search?ref_src=twsrc&q=1", "/search?q=1"),
    ],
)
def test_tracking_goes_and_nothing_else(written: str, published: str) -> None:
    assert without_tracking(written) == published
    assert without_tracking(published) == published


@pytest.mark.parametrize(
    "url",
    [
        *("https://a.example/utm_source=x", "https://a.example/x?ref=home", "https://a.example/?", "x?a=utm_source"),
        *("https://a.example/x?source=utm", "https://a.example/x?id=1&&b", "https://a.example/x#fbclid=1", "?", ""),
    ],
)
def test_what_a_page_may_need_stays(url: str) -> None:
    assert without_tracking(url) == url


def test_links_and_originals_are_published_without_it(site: SiteFolder) -> None:
    tracked = "https://paper.example/quake?id=5&utm_source=feed&fbclid=abc"
    body = (
        f"See [the report]({tracked}) & more.\n\n<p><a href='{tracked}'>Again</a></p>\n\n"
        "*[Fähre](https://a.example/f%C3%A4hre?gclid=1)*\n\n- ![x](https://a.example/p.jpg?utm_source=x)\n"
    )
    path = site.article("a", body, link=tracked)
    site.article("b", "Plain [words](https://b.example/x?mc_cid=1) here.", external_url="https://b.example/y?yclid=5")
    before = path.read_bytes()
    site.build()
    page, other = site.page("/2024/01/03/a/"), site.page("/2024/01/03/b/")
    assert page.count('href="https://paper.example/quake?id=5"') >= 3
    assert 'href="https://a.example/f%C3%A4hre"' in page
    assert 'src="https://a.example/p.jpg?utm_source=x"' in page
    assert 'href="https://b.example/x"' in other
    assert 'href="https://b.example/y"' in other
    feeds = site.page("/feed.json") + site.page("/atom.xml")
    assert not any(word in page + other + feeds for word in ("fbclid", "utm_source=feed", "gclid", "mc_cid", "yclid"))
    assert path.read_bytes() == before


def test_the_list_is_documented() -> None:
    page = (ROOT / "docs/front-matter.md").read_text(encoding="utf-8")
    assert [name for name in TRACKING if f"`{name}`" not in page] == []


@pytest.mark.parametrize(
    "url",
    [
        *("http://paper.example/quake", "https://www.paper.example/quake/", "https://PAPER.example:443/quake#top"),
        *("https://paper.example/quake?utm_source=x", "https://www.paper.example/quake/?fbclid=1#c"),
    ],
)
def test_ways_to_write_one_address(url: str) -> None:
    assert address_key(url) == "paper.example/quake"


@pytest.mark.parametrize(
    "url", ["https://paper.example/", "https://paper.example", "https://paper.example/news/?utm_source=x", "x", "//["]
)
def test_a_home_page_or_a_list_is_no_original(url: str) -> None:
    assert address_key(url) == ""


def copies(site: SiteFolder) -> list[tuple[str, str, str]]:
    listed = site.run("list", "duplicates", "--now", "2024-06-01T12:00", "--format", "json").json["duplicates"]
    return [(one["path"].removeprefix("content/"), one["canonical"], one["reason"]) for one in listed]


def test_two_entries_of_one_address_are_copies(site: SiteFolder) -> None:
    url = "paper.example/2024/quake"
    site.article("a", f"{FERRY} {SALVAGE}", link=f"https://www.{url}/?utm_source=rss")
    site.article("b", INQUIRY, source_url=f"http://{url}#more", date="2024-01-05")
    site.article("c", CHESS, canonical_url=f"https://{url}?page=2", date="2024-01-04")
    site.article("d", "A word on the harbour.", link="https://paper.example/")
    site.article("e", "Another thing entirely.", link="https://paper.example/")
    site.article("f", "Years before that one.", link=f"https://{url}", date="2023-01-05")
    site.build()
    assert copies(site) == [("b.md", "content/a.md", "address")]
    assert "Title of b" in site.page("/2024/01/05/b/")
    assert "/2024/01/03/a/" in site.page("/2024/01/05/b/")
    incremental = site.outputs()
    site.build("--fresh")
    assert site.outputs() == incremental
    site.article("b", INQUIRY, source_url=f"http://{url}#more", date="2024-01-05", not_duplicate_of="[a]")
    assert copies(site) == []


def test_an_address_of_many_is_that_of_a_list(site: SiteFolder) -> None:
    for number, text in enumerate((FERRY, SALVAGE, INQUIRY, CHESS)):
        site.article(f"a{number}", text, link="https://paper.example/world/middle-east/")
    assert copies(site) == []
    (site.root / "content/a0.md").unlink()
    assert len(copies(site)) == 2


def test_parameters_with_both_signs_between_them_stay() -> None:
    assert without_tracking("https://a.example/x?utm_source=a&b=1&amp;c=2") == "https://a.example/x?b=1&amp;c=2"
    assert without_tracking("https://a.example/x?b=1&amp;utm_id=2&c=3#d") == "https://a.example/x?b=1&c=3#d"
    assert without_tracking("mailto:a@b.example?subject=x&utm_source=y") == "mailto:a@b.example?subject=x&utm_source=y"
