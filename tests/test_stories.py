"""Stories and copies as readers and editors meet them: pages, addresses that stay, and what front matter says."""

import json
import shutil
from collections.abc import Callable

import feedparser
import pytest

from generator.pipeline.group import lock
from tests.conftest import CHESS, CONFIGURATION, FERRY, INQUIRY, SALVAGE, SiteFolder


def stories(site: SiteFolder) -> dict[str, list[str]]:
    found = site.run("list", "stories", "--format", "json").json["stories"]
    return {story["id"]: sorted(name(path) for path in story["articles"]) for story in found}


def copies(site: SiteFolder) -> dict[str, str]:
    found = site.run("list", "duplicates", "--format", "json").json["duplicates"]
    return {name(copy["path"]): name(copy["canonical"]) for copy in found}


def name(path: str) -> str:
    return path.removeprefix("content/").removesuffix(".md")


def test_a_story_has_a_page_with_its_days_and_a_feed(coast: SiteFolder) -> None:
    coast.build()
    page = coast.page("/stories/2024-03-04-ferry/")
    titles = ("Ferry strikes a reef", "Divers seal the hull", "Captain speaks first")
    places = [page.index(f"{title}</a></h3>") for title in titles]
    assert places == sorted(places), "from the first report to the last"
    assert "Dahl" not in page
    assert "Coast Radio" in page
    assert "The Carland Post" in page
    feed = feedparser.parse(coast.page("/stories/2024-03-04-ferry/atom.xml"))
    assert [entry.title for entry in feed.entries] == [
        "Captain speaks first",
        "Divers seal the hull",
        "Ferry strikes a reef",
    ]
    assert 'href="/stories/2024-03-04-ferry/"' in coast.page("/2024/03/05/salvage/")
    assert "Ferry strikes a reef" in coast.page("/stories/")
    assert "/stories/2024-03-04-ferry/" in coast.page("/sitemap.xml")


def test_list_says_what_made_a_story(coast: SiteFolder) -> None:
    done = coast.run("list", "stories", "--explain", "--format", "json")
    (story,) = done.json["stories"]
    assert (story["title"], story["first"], story["last"]) == (
        "Ferry strikes a reef",
        "2024-03-04T18:00:00+00:00",
        "2024-03-06T17:00:00+00:00",
    )
    assert story["sources"] == ["Coast Radio", "The Carland Post"]
    assert {"aurora", "selby point"} <= set(story["words"])
    line = coast.run("list", "stories").stdout
    assert line == "2024-03-04 18:00  3  Ferry strikes a reef  /stories/2024-03-04-ferry/\n"


def test_a_story_keeps_its_address_when_an_earlier_article_joins(coast: SiteFolder) -> None:
    coast.build("--freeze")
    lock = json.loads((coast.root / "broadsheet.lock").read_text())["stories"]
    coast.article("alarm", FERRY.replace("Monday", "a rock") + SALVAGE, title="Alarm", date="2024-03-03T20:00:00Z")
    coast.build("--freeze")
    assert stories(coast)["2024-03-04-ferry"] == ["alarm", "ferry", "inquiry", "salvage"]
    assert json.loads((coast.root / "broadsheet.lock").read_text())["stories"] == lock
    (coast.root / "content/ferry.md").unlink()
    assert stories(coast)["2024-03-04-ferry"] == ["alarm", "inquiry", "salvage"]


def test_another_machine_gives_the_same_addresses_with_the_lock_and_without_as_well(coast: SiteFolder) -> None:
    coast.build("--freeze")
    first = coast.outputs()
    for leftover in (".cache", "output"):
        shutil.rmtree(coast.root / leftover)
    coast.build("--locked")
    assert coast.outputs() == first
    (coast.root / "broadsheet.lock").unlink()
    coast.build("--freeze")
    assert coast.outputs() == first


def test_two_stories_that_become_one_leave_a_redirect(coast: SiteFolder) -> None:
    coast.article("salvage", SALVAGE, date="2024-03-12T09:00:00Z", title="Divers seal the hull")
    coast.article("inquiry", INQUIRY, date="2024-03-13T09:00:00Z", title="Captain speaks first")
    coast.article("wreck", f"{FERRY} {INQUIRY}", date="2024-03-04T21:00:00Z", title="Wreck", not_duplicate_of="[ferry]")
    coast.build("--freeze")
    assert stories(coast) == {"2024-03-04-ferry": ["ferry", "wreck"], "2024-03-12-salvage": ["inquiry", "salvage"]}
    coast.article(
        "tugs", f"{SALVAGE} {INQUIRY}", date="2024-03-08T09:00:00Z", title="Tugs", not_duplicate_of="[salvage, inquiry]"
    )
    coast.build("--freeze")
    (slug,) = stories(coast)
    gone = ({"2024-03-04-ferry", "2024-03-12-salvage"} - {slug}).pop()
    assert f"/stories/{slug}/" in coast.page(f"/stories/{gone}/")
    assert f"/stories/{gone}/ /stories/{slug}/ 301" in coast.page("/_redirects").splitlines()
    assert json.loads((coast.root / "broadsheet.lock").read_text())["redirects"] == {gone: slug}


def test_a_redirect_outlives_the_build_that_made_it_and_follows_its_story_on(coast: SiteFolder) -> None:
    coast.build("--freeze")
    (slug,) = stories(coast)
    kept = lock.read((coast.root / "broadsheet.lock").read_text())
    earlier = {"2023-11-01-reef": slug, "2023-10-01-light": "2023-11-01-reef"}
    coast.write("broadsheet.lock", lock.write(kept._replace(redirects=earlier)))
    coast.build()
    coast.article("chess-again", CHESS.replace("61", "62"), title="A rematch", date="2024-03-06T20:00:00Z")
    coast.build("--freeze")
    now = lock.read((coast.root / "broadsheet.lock").read_text())
    assert now.redirects == dict.fromkeys(earlier, slug)
    for gone in earlier:
        assert f"/stories/{slug}/" in coast.page(f"/stories/{gone}/")


def test_locked_refuses_to_write_and_writes_nothing(coast: SiteFolder) -> None:
    done = coast.build("--locked", status=1)
    assert "broadsheet.lock: error: it lacks stories or editions of the site [locked]" in done.stderr
    assert not (coast.root / "broadsheet.lock").exists()
    assert not coast.output.exists()
    coast.build("--freeze")
    coast.build("--locked")


def test_what_readers_do_not_see_gets_no_lasting_address(coast: SiteFolder) -> None:
    coast.build("-D")
    assert not (coast.root / "broadsheet.lock").exists()


def test_until_readers_have_it_a_story_moves_with_its_articles(coast: SiteFolder) -> None:
    coast.build()
    (coast.root / "content/ferry.md").rename(coast.root / "content/reef.md")
    coast.build("--strict")
    assert set(stories(coast)) == {"2024-03-04-reef"}
    assert not (coast.output / "stories/2024-03-04-ferry").exists()


def test_a_story_that_lost_all_its_articles_is_told(coast: SiteFolder) -> None:
    coast.build("--freeze")
    for name in ("ferry", "salvage", "inquiry"):
        (coast.root / f"content/{name}.md").rename(coast.root / f"content/new-{name}.md")
    done = coast.build()
    told = "warning: none of the articles of the story /stories/2024-03-04-ferry/ is there any more [lost-story]"
    assert f"broadsheet.lock:5: {told}" in done.stderr
    for name in ("ferry", "salvage", "inquiry"):
        file = coast.root / f"content/new-{name}.md"
        file.write_text(file.read_text().replace("---\n", "---\nstory: 2024-03-04-ferry\n", 1))
    assert "[lost-story]" not in coast.build().stderr
    assert "Ferry strikes" in coast.page("/stories/2024-03-04-ferry/")


def test_a_lock_that_is_changed_by_hand_counts_at_once(coast: SiteFolder) -> None:
    coast.build("--freeze")
    file = coast.root / "broadsheet.lock"
    file.write_text(file.read_text().replace("2024-03-04-ferry", "the-aurora"))
    coast.build("--freeze")
    assert "Ferry strikes" in coast.page("/stories/the-aurora/")
    assert not (coast.output / "stories/2024-03-04-ferry").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"version": 1,\n', "broadsheet.lock:2: error: not JSON"),
        ("[]", "error: expected version 1"),
        ('{"version": 7}', "error: expected version 1"),
        ('{"version": 1, "stories": {"a": "b"}}', "error: stories, redirects and editions are not as"),
        ('{"version": 1, "stories": {"a": [3]}}', "error: stories, redirects and editions are not as"),
        ('{"version": 1, "editions": {"a": "b"}}', "error: stories, redirects and editions are not as"),
        ('{"version": 1, "editions": {"a": [[]]}}', "error: stories, redirects and editions are not as"),
        ('{"version": 1, "editions": {"a": [["b", 3]]}}', "error: stories, redirects and editions are not as"),
    ],
)
def test_a_lock_that_is_none_stops_the_build(coast: SiteFolder, text: str, message: str) -> None:
    coast.write("broadsheet.lock", text)
    assert message in coast.build(status=2).stderr


def test_front_matter_splits_and_joins(coast: SiteFolder) -> None:
    coast.article("inquiry", INQUIRY, title="Captain speaks", date="2024-03-06T17:00:00Z", story="The inquiry")
    coast.article("chess", CHESS, title="Dahl beats", date="2024-03-05T20:00:00Z", story="2024-03-04-ferry")
    assert stories(coast) == {"2024-03-04-ferry": ["chess", "ferry", "salvage"], "the-inquiry": ["inquiry"]}
    coast.article("inquiry", INQUIRY, title="Captain speaks", date="2024-03-06T17:00:00Z", story="false")
    coast.article("chess", CHESS, title="Dahl beats", date="2024-03-05T20:00:00Z")
    assert stories(coast) == {"2024-03-04-ferry": ["ferry", "salvage"]}


def test_a_copy_keeps_its_page_and_stands_behind_the_fuller_one(coast: SiteFolder) -> None:
    short = FERRY.partition(" Captain")[0]
    coast.article("brief", short, title="Reef", date="2024-03-04T19:00:00Z", source="Agency")
    coast.build()
    assert copies(coast) == {"brief": "ferry"}
    page = coast.page("/2024/03/04/brief/")
    assert '<link rel="canonical" href="https://news.example.org/2024/03/04/ferry/">' in page
    assert '<a href="/2024/03/04/brief/">Agency</a> (an excerpt)' in coast.page("/2024/03/04/ferry/")
    for url in ("/", "/feed.json", "/atom.xml", "/archive/2024/03/", "/stories/2024-03-04-ferry/", "/sitemap.xml"):
        assert "/2024/03/04/brief/" not in coast.page(url), url
    assert stories(coast)["2024-03-04-ferry"] == ["brief", "ferry", "inquiry", "salvage"]
    lines = coast.run("list", "duplicates", "--explain").stdout
    assert lines == "excerpt  content/brief.md  content/ferry.md  phrases 1.00, facts 1.00\n"


def test_a_later_copy_leads_where_it_says_half_as_much_again(coast: SiteFolder) -> None:
    more = (
        "Nobody was hurt, and the cargo of salt and oranges stayed dry. The harbour master closed the channel at dusk."
    )
    coast.article("fuller", f"{FERRY} {more}", title="Reef", date="2024-03-04T23:00:00Z", source="Agency")
    coast.build()
    assert copies(coast) == {"ferry": "fuller"}
    coast.article("fuller", f"{FERRY}", title="Reef", date="2024-03-04T23:00:00Z", source="Agency")
    coast.build()
    assert copies(coast) == {"fuller": "ferry"}


def test_front_matter_says_what_is_a_copy_and_what_is_none(coast: SiteFolder) -> None:
    coast.article("twin", FERRY, title="Twin", date="2024-03-04T19:00:00Z")
    assert copies(coast) == {"twin": "ferry"}
    coast.article("twin", FERRY, title="Twin", date="2024-03-04T19:00:00Z", not_duplicate_of="[content/ferry.md]")
    assert copies(coast) == {}
    coast.article("chess", CHESS, title="Dahl", date="2024-03-05T20:00:00Z", duplicate_of="/2024/03/04/ferry/")
    assert copies(coast) == {"chess": "ferry"}


def test_what_is_named_in_vain_is_an_error(coast: SiteFolder) -> None:
    coast.article("chess", CHESS, duplicate_of="nowhere")
    coast.article("one/same", "A first text that is like no other text.", title="One")
    coast.article("two/same", "Words of quite another kind stand here.", title="Two")
    coast.article("three", "And these are words of a third kind yet.", title="Three", not_duplicate_of="[same]")
    done = coast.build(status=1)
    assert 'content/chess.md:1: error: there is no article "nowhere"' in done.stderr
    assert 'content/three.md:1: error: "same" may be any of 2 articles' in done.stderr


def test_articles_lead_on_to_those_most_like_them(coast: SiteFolder) -> None:
    coast.build()
    page = coast.page("/2024/03/05/salvage/")
    section = page[page.index("Read next") :]
    assert section.index("Ferry strikes a reef") < section.index("Captain speaks first"), "the nearest in time first"
    assert "Read next" not in coast.page("/2024/03/05/chess/")


def test_a_site_without_stories_compares_nothing(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(CONFIGURATION + "[pages]\nstories = false\n")
    site.article("ferry", FERRY, title="Ferry", date="2024-03-04T18:00:00Z")
    site.article("twin", FERRY, title="Twin", date="2024-03-04T19:00:00Z")
    site.build("--freeze")
    assert stories(site) == {}
    assert copies(site) == {}
    assert not (site.output / "stories").exists()
    assert json.loads((site.root / "broadsheet.lock").read_text())["stories"] == {}
