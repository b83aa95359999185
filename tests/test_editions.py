"""Editions as readers and editors meet them: what is in them, in which order, and that they stay as they came out."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import cli, config
from generator.commands.build import Options
from generator.commands.desk import open_desk
from generator.commands.gather import gather
from generator.commands.survey import survey
from generator.console import Console
from generator.corpus import Corpus
from generator.engine.stopwatch import Stopwatch
from generator.pipeline.group.copies import WINDOW_DAYS
from generator.pipeline.group.period import Period
from generator.problems import Problem
from tests.conftest import CHESS, CONFIGURATION, FERRY, SALVAGE, SiteFolder

MakeSite = Callable[..., SiteFolder]
LONDON = ZoneInfo("Europe/London")


def editions(site: SiteFolder, *arguments: str) -> dict[str, list[list[str]]]:
    """The items of all editions as of June 2024, by the names of their files."""
    found = site.run("list", "editions", "--format", "json", *(arguments or ("--now", "2024-06-01"))).json["editions"]
    return {one["name"]: [[Path(path).stem for path in item] for item in one["items"]] for one in found}


def issues(site: SiteFolder) -> dict[str, list[object]]:
    """The editions in the lock file."""
    found: dict[str, list[object]] = json.loads((site.root / "broadsheet.lock").read_text())["editions"]
    return found


# When an edition closes


@pytest.mark.parametrize(
    ("cutoff", "moment", "name"),
    [
        (24 * 60, "2024-01-06T00:00:00+00:00", "2024-01-06"),
        (24 * 60, "2024-01-06T23:59:59+00:00", "2024-01-06"),
        (24 * 60, "2024-07-06T23:30:00+00:00", "2024-07-07"),  # half past midnight in London
        (18 * 60, "2024-01-06T17:59:59+00:00", "2024-01-06"),
        (18 * 60, "2024-01-06T18:00:00+00:00", "2024-01-07"),
        (0, "2024-01-06T00:00:00+00:00", "2024-01-07"),
        (90, "2024-03-31T00:59:59+00:00", "2024-03-31"),  # clocks go from 1:00 to 2:00: they never show 1:30
        (90, "2024-03-31T01:29:59+00:00", "2024-03-31"),
        (90, "2024-03-31T01:30:00+00:00", "2024-04-01"),
        (90, "2024-10-27T00:29:59+00:00", "2024-10-27"),  # they show 1:30 twice: the first time counts
        (90, "2024-10-27T00:30:00+00:00", "2024-10-28"),
        (90, "2024-10-27T01:15:00+00:00", "2024-10-28"),
    ],
)
def test_an_edition_closes_at_the_cutoff_by_the_clocks_of_the_site(cutoff: int, moment: str, name: str) -> None:
    period = Period(1, cutoff, LONDON)
    assert period.name(period.number(datetime.fromisoformat(moment))) == name


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        ("2024-01-07T23:59:59+00:00", "2024-W01"),
        ("2024-01-08T00:00:00+00:00", "2024-W02"),
        ("2024-12-30T12:00:00+00:00", "2025-W01"),
        ("2027-01-03T12:00:00+00:00", "2026-W53"),
    ],
)
def test_weeks_are_those_of_iso(moment: str, name: str) -> None:
    period = Period(7, 24 * 60, LONDON)
    number = period.number(datetime.fromisoformat(moment))
    assert (period.name(number), period.number_of(name)) == (name, number)
    assert period.span(number)[0].isoweekday() == 1


ZONES = st.sampled_from(
    ["UTC", "Europe/London", "Australia/Lord_Howe", "America/Havana", "America/St_Johns", "Asia/Beirut", "Pacific/Apia"]
)
MOMENTS = st.datetimes(datetime(2009, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - it is given


@settings(max_examples=300)
@given(ZONES, st.integers(0, 24 * 60), st.sampled_from([1, 7]), MOMENTS)
def test_every_moment_is_in_the_first_edition_that_closes_after_it(
    zone: str, cutoff: int, days: int, moment: datetime
) -> None:
    period = Period(days, cutoff, ZoneInfo(zone))
    number = period.number(moment)
    assert period.end(number - 1) <= moment < period.end(number)
    assert period.number_of(period.name(number)) == number
    assert period.is_name(period.name(number))


@pytest.mark.parametrize("name", ["2024-02-30", "2024-W54", "2024-W01", "../x", "2024-1-1", ""])
def test_what_is_no_day_is_no_name_of_a_daily_edition(name: str) -> None:
    assert not Period(1, 0, LONDON).is_name(name)


def test_the_time_zone_of_the_site_and_its_cutoff_decide(make_site: MakeSite) -> None:
    zone = CONFIGURATION.replace('"UTC"', '"America/New_York"')
    site = make_site(zone + '[editions]\ncutoff = "18:00"\n')
    for name, date in {"a": "2024-01-06T22:59:59Z", "b": "2024-01-06T23:00:00Z", "c": "2024-01-07"}.items():
        site.article(name, date=date)
    assert editions(site) == {"2024-01-07": [["c"], ["b"]], "2024-01-06": [["a"]]}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('cutoff = "25:00"', 'broadsheet.toml:5:1: error: "cutoff": expected a time of day'),
        ('cutoff = "24:01"', "expected a time of day"),
        ("cutoff = 18", '"cutoff": expected text'),
        ('period = "monthly"', '"period": unknown period "monthly"'),
    ],
)
def test_a_period_or_cutoff_that_is_none_is_an_error(make_site: MakeSite, table: str, message: str) -> None:
    assert message in make_site(f"{CONFIGURATION}[editions]\n{table}\n").build(status=2).stderr


# What is in an edition, and in which order


def test_articles_of_one_story_make_one_item_and_copies_none(coast: SiteFolder) -> None:
    coast.article("salvage", SALVAGE, title="Divers", date="2024-03-04T20:00:00Z")
    coast.article("chess", CHESS, title="Chess", date="2024-03-04T21:00:00Z")
    coast.article("brief", FERRY.partition(" Captain")[0], title="Brief", date="2024-03-04T22:00:00Z", source="Agency")
    assert editions(coast)["2024-03-04"] == [["salvage", "ferry"], ["chess"]]
    coast.build()
    page = coast.page("/editions/2024-03-04/")
    assert "Brief" not in page
    assert page.count("Ferry strikes a reef") == 1
    assert 'href="/stories/2024-03-04-ferry/"' in page


def test_front_matter_puts_articles_into_one_item_and_keeps_them_apart(coast: SiteFolder) -> None:
    coast.article("salvage", SALVAGE, date="2024-03-04T20:00:00Z", story="false")
    coast.article("chess", CHESS, date="2024-03-04T21:00:00Z", story="The day")
    coast.article("other", "Something else was in the news too.", date="2024-03-04T10:00:00Z", story="The day")
    assert editions(coast)["2024-03-04"] == [["chess", "other"], ["salvage"], ["ferry"]]


def test_items_rank_by_lead_mark_then_weight_then_sources_then_time(site: SiteFolder) -> None:
    for name, fields in {
        "early": {"date": "2024-01-03T01:00:00Z"},
        "late": {"date": "2024-01-03T02:00:00Z"},
        "same": {"date": "2024-01-03T02:00:00Z"},
        "heavy": {"weight": "20"},
        "light": {"weight": "3"},
        "none": {"weight": "0", "date": "2024-01-03T03:00:00Z"},
        "lead": {"lead": "true"},
        "pinned": {"pinned": "true", "weight": "9"},
        "text": {"lead": "The first sentences.", "date": "2024-01-03T00:30:00Z"},
    }.items():
        site.article(name, f"Words that are the word {name} alone.", **{"date": "2024-01-03T00:00:00Z", **fields})
    site.article("ferry", FERRY, date="2024-01-03T00:10:00Z", source="Coast Radio")
    site.article("salvage", SALVAGE, date="2024-01-03T00:20:00Z", source="The Carland Post")
    (items,) = editions(site).values()
    assert [item[0] for item in items] == [
        *("pinned", "lead", "light", "heavy", "salvage", "none", "late", "same", "early", "text")
    ]
    lines = site.run("list", "editions", "--explain", "--now", "2024-06-01").stdout.splitlines()
    assert lines[0].startswith("2024-01-03  1   lead, weight 9, 1 source, 2024-01-03 00:00  ")
    assert "2 sources, 2024-01-03 00:20" in lines[4]


def test_copies_of_other_sources_count_as_sources(coast: SiteFolder) -> None:
    coast.article("chess", CHESS, title="Chess", date="2024-03-04T21:00:00Z")
    assert editions(coast)["2024-03-04"] == [["chess"], ["ferry"]]
    coast.article("twin", FERRY, title="Twin", date="2024-03-04T19:00:00Z", source="Agency")
    assert editions(coast)["2024-03-04"] == [["ferry"], ["chess"]]


def test_an_edition_shows_its_news_by_topic_with_its_reading_time_and_neighbours(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + "".join(f'[[topics]]\nname = "{name}"\n' for name in ("World", "Sport")))
    for hour, topic in enumerate(["Sport", "Weather", "World", "Sport"]):
        site.article(f"a{hour}", "Word " * 460 + f"{hour}.", topic=topic, date=f"2024-01-03T0{hour}:00:00Z")
    site.article("before", date="2024-01-01", summary="Told in front.")
    site.article("after", date="2024-01-05")
    site.build()
    page = site.page("/editions/2024-01-03/")
    places = [page.index(f">{text}<") for text in ("Title of a3", "Title of a2", "Title of a0", "Title of a1")]
    assert places == sorted(places), "the lead, then World, Sport, and what front matter alone names"
    assert "<span>4 articles</span> <span>8 min read</span>" in page
    assert 'rel="prev" href="/editions/2024-01-05/"' in page
    assert 'rel="next" href="/editions/2024-01-01/"' in page
    assert "Told in front." in site.page("/editions/2024-01-01/")
    assert 'rel="next"' not in site.page("/editions/2024-01-01/")


def test_a_weekly_site_has_an_edition_a_week(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + '[editions]\nperiod = "weekly"\n')
    for name, date in {"a": "2024-01-01", "b": "2024-01-07T23:00Z", "c": "2024-01-08"}.items():
        site.article(name, date=date)
    site.build("--freeze")
    assert editions(site) == {"2024-W02": [["c"]], "2024-W01": [["b"], ["a"]]}
    assert "<h1>1 January 2024 – 7 January 2024</h1>" in site.page("/editions/2024-W01/")
    assert "The week of 8 January 2024" in site.page("/editions/2024-W01/")
    assert set(issues(site)) == {"2024-W01", "2024-W02"}


# The front page, the list and the feed


def test_the_front_page_is_the_latest_edition_and_what_came_since(site: SiteFolder) -> None:
    for day, hour in ((1, 9), (2, 8), (2, 9), (3, 10), (3, 11)):
        site.article(f"d{day}h{hour}", date=f"2024-01-0{day}T{hour:02}:00:00Z")
    site.run("build", "--now", "2024-01-03T12:00:00Z")
    page = site.page("/")
    titles = ("d2h9", "Since this edition", "d3h11", "d3h10", "d2h8", "Earlier", "d1h9")
    places = [page.index(f"{title}<") for title in titles]
    assert places == sorted(places)
    assert 'href="/editions/2024-01-02/"' in page
    assert 'href="/editions/2024-01-03/"' in page
    assert "So far" in site.page("/editions/2024-01-03/")
    site.run("build", "--now", "2024-01-04T00:00:00Z")
    page = site.page("/")
    assert "Since this edition" not in page
    assert page.index("d3h11<") < page.index("d3h10<") < page.index("Earlier<") < page.index("d2h9<")
    assert "So far" not in site.page("/editions/2024-01-03/")


def test_a_site_with_one_open_edition_shows_it_in_front(site: SiteFolder) -> None:
    site.article("a", date="2024-01-03T08:00:00Z")
    site.run("build", "--now", "2024-01-03T12:00:00Z")
    assert "Title of a" in site.page("/")
    assert "Since this edition" not in site.page("/")
    assert issues_or_none(site) == {}
    feed = feedparser.parse(site.page("/editions/atom.xml"))
    assert (feed.bozo, feed.entries) == (False, [])


def issues_or_none(site: SiteFolder) -> dict[str, list[object]]:
    return issues(site) if (site.root / "broadsheet.lock").exists() else {}


def test_a_site_without_editions_shows_the_newest_articles(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + "[pages]\neditions = false\n")
    site.article("a", date="2024-01-03")
    site.article("b", date="2024-01-04")
    site.build()
    page = site.page("/")
    assert page.index("Title of b") < page.index("Title of a")
    assert "editions" not in page
    assert editions(site) == {}
    assert not (site.output / "editions").exists()
    assert not (site.root / "broadsheet.lock").exists()


def test_the_list_of_editions_is_paged_so_that_its_pages_keep_theirs(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + "per_page = 2\n")
    for day in range(1, 7):
        site.article(f"a{day}", date=f"2024-01-0{day}")
    site.build()
    second = site.page("/editions/page/1/")
    assert "2 January 2024" in second
    assert "6 January 2024" in site.page("/editions/")
    site.article("a7", date="2024-01-07")
    site.build()
    assert site.page("/editions/page/1/") == second


def test_the_feed_has_an_entry_for_each_edition_that_is_over(site: SiteFolder) -> None:
    site.article("one", title='"Fish & <b>chips</b>"', date="2024-01-02T08:00:00Z", summary="A & B.")
    site.article("two", date="2024-01-03T08:00:00Z", updated="2024-01-05T09:00:00Z")
    site.article("three", date="2024-01-04T08:00:00Z")
    site.run("build", "--now", "2024-01-04T12:00:00Z")
    text = site.page("/editions/atom.xml")
    feed = feedparser.parse(text)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["3 January 2024", "2 January 2024"]
    newer, older = feed.entries
    assert (older.published, older.updated) == ("2024-01-03T00:00:00+00:00", "2024-01-03T00:00:00+00:00")
    assert newer.updated == feed.feed.updated == "2024-01-05T09:00:00+00:00"
    assert older.link == "https://news.example.org/editions/2024-01-02/"
    assert 'href="https://news.example.org/2024/01/02/one/"' in older.content[0].value
    assert "Fish &amp; &lt;b&gt;chips&lt;/b&gt;" in older.content[0].value
    site.article("one", title="Other", date="2024-01-02T08:00:00Z")
    site.run("build", "--now", "2024-01-04T12:00:00Z")
    assert [entry.id for entry in feedparser.parse(site.page("/editions/atom.xml")).entries] == [newer.id, older.id]


def test_a_new_article_touches_its_edition_and_the_front_alone(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + '[feeds]\neditions = true\nformats = ["atom"]\n[pages]\nstories = false\n')
    for day in range(1, 6):
        site.article(f"a{day}", date=f"2024-01-0{day}T08:00:00Z")
    build = ("build", "--now", "2024-01-05T12:00:00Z", "--explain", "--format", "json")
    site.run(*build)
    site.article("b", date="2024-01-05T11:00:00Z")
    made = site.run(*build).json["reasons"]
    assert {path for path in made if path.startswith(("editions", "index"))} == {
        *("index.html", "editions/index.html", "editions/2024-01-05/index.html")
    }


# Frozen once it is over


@pytest.fixture
def three(site: SiteFolder) -> SiteFolder:
    """Two editions that are over, one of two articles, and one that is open at noon of 5 January."""
    for name, date in {"a": "2024-01-03T08", "b": "2024-01-03T09", "c": "2024-01-04T08", "d": "2024-01-05T08"}.items():
        site.article(name, date=f"{date}:00:00Z")
    site.run("build", "--freeze", "--now", "2024-01-05T12:00:00Z")
    return site


def test_editions_that_are_over_are_in_the_lock(three: SiteFolder) -> None:
    assert issues(three) == {"2024-01-03": ["content/b.md", "content/a.md"], "2024-01-04": ["content/c.md"]}
    before = (three.root / "broadsheet.lock").stat().st_mtime_ns
    three.article("e", date="2024-01-05T09:00:00Z")
    three.run("build", "--freeze", "--now", "2024-01-05T13:00:00Z")
    assert (three.root / "broadsheet.lock").stat().st_mtime_ns == before, "written only when it changes"


def test_the_end_of_a_day_changes_the_output_though_no_file_changed(three: SiteFolder) -> None:
    assert "0 pages written" in three.run("build", "--freeze", "--now", "2024-01-05T23:59:59Z").stdout
    assert "0 pages written" not in three.run("build", "--freeze", "--now", "2024-01-06T00:00:00Z").stdout
    assert issues(three)["2024-01-05"] == ["content/d.md"]
    assert "0 pages written" in three.run("build", "--freeze", "--now", "2024-01-07T00:00:00Z").stdout


def test_until_readers_have_it_an_edition_moves_with_its_articles(site: SiteFolder) -> None:
    site.article("a", date="2024-01-03T08:00:00Z")
    site.article("b", date="2024-01-04T08:00:00Z")
    site.run("build", "--now", "2024-01-06")
    (site.root / "content/a.md").rename(site.root / "content/renamed.md")
    site.article("b", date="2024-01-02T08:00:00Z")
    site.run("build", "--now", "2024-01-06", "--strict")
    assert not (site.root / "broadsheet.lock").exists()
    assert editions(site, "--now", "2024-01-06") == {"2024-01-03": [["renamed"]], "2024-01-02": [["b"]]}


def test_what_strays_from_an_edition_that_came_out_is_told(three: SiteFolder) -> None:
    (three.root / "content/c.md").rename(three.root / "content/renamed.md")
    three.article("a", date="2024-01-02T10:00:00Z")
    done = three.run("build", "--now", "2024-01-05T12:00:00Z")
    assert "content/c.md: warning: it came out in the edition 2024-01-04 and isn't there any more" in done.stderr
    assert "`broadsheet build --reissue 2024-01-04` makes the edition again" in done.stderr
    assert "content/a.md: warning: it came out in the edition 2024-01-03 and stays in it" in done.stderr
    assert (three.output / "editions/2024-01-04/index.html").exists()
    assert "/editions/2024-01-04/" not in three.page("/editions/atom.xml") + three.page("/editions/") + three.page("/")
    three.run(
        "build", "--now", "2024-01-05T12:00:00Z", "--strict", "--reissue", "2024-01-04", "--reissue", "2024-01-03"
    )
    assert editions(three, "--now", "2024-01-05T12:00:00Z") == {
        "2024-01-05": [["d"]],
        "2024-01-04": [["renamed"]],
        "2024-01-03": [["b"]],
        "2024-01-02": [["a"]],
    }


def test_a_file_that_is_broken_has_not_strayed(three: SiteFolder) -> None:
    three.article("c", date="never")
    assert "came out in the edition" not in three.run("build", "--now", "2024-01-05T12:00:00Z", status=1).stderr


def test_reissuing_one_edition_holds_nothing_else_fast(three: SiteFolder) -> None:
    three.article("late", date="2024-01-03T10:00:00Z")
    three.run("build", "--now", "2024-01-07", "--reissue", "2024-01-03")
    assert set(issues(three)) == {"2024-01-03", "2024-01-04"}
    assert "content/late.md" in issues(three)["2024-01-03"]


def test_a_lock_that_somebody_saves_meanwhile_stays(three: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.cli import run  # noqa: PLC0415 - in this process, to save in the middle of it

    file, other = three.root / "broadsheet.lock", b'{"version": 1}\n'

    def save(*_: object) -> Iterator[Problem]:
        file.write_bytes(other)
        return iter(())

    monkeypatch.setattr("generator.commands.gather.remarks", save)
    assert run(["-C", str(three.root), "build", "--freeze", "--now", "2024-01-09"]) == 2
    assert file.read_bytes() == other


def test_a_lock_keeps_its_ends_of_lines(three: SiteFolder) -> None:
    file = three.root / "broadsheet.lock"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    before = file.read_bytes()
    three.run("build", "--freeze", "--now", "2024-01-05T12:00:00Z")
    assert file.read_bytes() == before
    three.run("build", "--freeze", "--now", "2024-01-06")
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n") == before.count(b"\n") + 1


def test_a_scheduled_article_comes_into_its_edition_when_it_is_due(three: SiteFolder) -> None:
    three.article("soon", date="2024-01-05T18:00:00Z")
    three.run("build", "--now", "2024-01-05T17:00:00Z")
    assert "Title of soon" not in three.page("/editions/2024-01-05/")
    three.run("build", "--now", "2024-01-05T18:00:00Z")
    assert "Title of soon" in three.page("/editions/2024-01-05/")


def test_an_article_that_is_dated_back_stays_out_of_what_has_come_out(three: SiteFolder) -> None:
    three.article("late", date="2024-01-03T10:00:00Z", lead="true")
    three.run("build", "--now", "2024-01-05T12:00:00Z")
    assert editions(three, "--now", "2024-01-05T12:00:00Z")["2024-01-03"] == [["b"], ["a"]]
    assert "Title of late" not in three.page("/editions/2024-01-03/")
    assert "Title of late" in three.page("/archive/2024/01/")
    assert "Title of late" in three.page("/")
    three.run("build", "--now", "2024-01-05T12:00:00Z", "--reissue", "2024-01-03")
    assert issues(three)["2024-01-03"] == ["content/late.md", "content/b.md", "content/a.md"]
    assert "Title of late" in three.page("/editions/2024-01-03/")


def test_what_is_removed_or_a_draft_now_leaves_and_titles_are_those_of_now(three: SiteFolder) -> None:
    three.article("a", date="2024-01-03T08:00:00Z", draft="true")
    three.article("b", date="2024-01-03T09:00:00Z", title="Mended", weight="5")
    (three.root / "content/c.md").unlink()
    three.run("build", "--now", "2024-01-05T12:00:00Z")
    assert editions(three, "--now", "2024-01-05T12:00:00Z") == {
        "2024-01-05": [["d"]],
        "2024-01-04": [],
        "2024-01-03": [["b"]],
    }
    assert "Mended" in three.page("/editions/2024-01-03/")
    assert "0 articles</span></p>" in three.page("/editions/2024-01-04/"), "its address stays"
    three.article("a", date="2024-01-03T08:00:00Z")
    assert editions(three, "--now", "2024-01-05T12:00:00Z")["2024-01-03"] == [["b"], ["a"]]


def test_an_article_stays_in_the_edition_in_which_it_came_out(three: SiteFolder) -> None:
    three.article("a", date="2024-01-05T10:00:00Z")
    assert editions(three, "--now", "2024-01-05T12:00:00Z") == {
        "2024-01-05": [["d"]],
        "2024-01-04": [["c"]],
        "2024-01-03": [["b"], ["a"]],
    }
    three.run("build", "--now", "2024-01-05T12:00:00Z", "--reissue", "all")
    assert editions(three, "--now", "2024-01-05T12:00:00Z")["2024-01-05"] == [["a"], ["d"]]


def test_locked_refuses_to_freeze_and_reissue(three: SiteFolder) -> None:
    before = (three.root / "broadsheet.lock").read_bytes()
    three.run("build", "--locked", "--now", "2024-01-05T18:00:00Z")
    for arguments in (("--now", "2024-01-06"), ("--now", "2024-01-05T12:00:00Z", "--reissue", "2024-01-03")):
        three.article("late", date="2024-01-03T10:00:00Z")
        done = three.run("build", "--locked", *arguments, status=1)
        assert "it lacks stories or editions of the site [locked]" in done.stderr
    assert (three.root / "broadsheet.lock").read_bytes() == before


@pytest.mark.parametrize("option", ["-D", "-F", "-E"])
def test_what_readers_do_not_see_freezes_nothing(three: SiteFolder, option: str) -> None:
    before = (three.root / "broadsheet.lock").read_bytes()
    three.run("build", option, "--now", "2024-01-06T12:00:00Z")
    assert (three.root / "broadsheet.lock").read_bytes() == before
    done = three.run("build", option, "--now", "2024-01-06", "--reissue", "all", status=2)
    assert "--reissue: what readers see is held fast, and nothing else" in done.stderr


def test_an_edition_waits_for_articles_that_are_broken(three: SiteFolder) -> None:
    three.article("e", date="never")
    three.run("build", "--freeze", "--now", "2024-01-06T12:00:00Z", status=1)
    assert "2024-01-05" not in issues(three)
    three.article("e", date="2024-01-05T09:00:00Z")
    three.run("build", "--freeze", "--now", "2024-01-06T12:00:00Z")
    assert issues(three)["2024-01-05"] == ["content/e.md", "content/d.md"]


def test_reissue_names_what_has_come_out(three: SiteFolder) -> None:
    done = three.run("build", "--reissue", "2024-01-02", status=2)
    assert '--reissue: no edition "2024-01-02" has come out' in done.stderr


def test_another_machine_makes_the_same_editions_with_the_lock_and_without(three: SiteFolder) -> None:
    first, lock = three.outputs(), (three.root / "broadsheet.lock").read_bytes()
    for without in (False, True):
        shutil.rmtree(three.root / ".cache")
        shutil.rmtree(three.output)
        if without:
            (three.root / "broadsheet.lock").unlink()
        three.run("build", "--freeze", "--now", "2024-01-05T12:00:00Z")
        assert three.outputs() == first
        assert (three.root / "broadsheet.lock").read_bytes() == lock


def test_editions_of_another_period_wait_in_the_lock(three: SiteFolder) -> None:
    three.write("broadsheet.toml", CONFIGURATION + '[editions]\nperiod = "weekly"\n')
    three.run("build", "--freeze", "--now", "2024-01-09")
    assert set(issues(three)) == {"2024-01-03", "2024-01-04", "2024-W01"}
    assert editions(three) == {"2024-W01": [["d"], ["c"], ["b"], ["a"]]}
    three.write("broadsheet.toml", CONFIGURATION)
    assert set(editions(three)) == {"2024-01-05", "2024-01-04", "2024-01-03"}


def test_names_in_the_lock_that_are_no_days_have_no_effect(three: SiteFolder) -> None:
    file = three.root / "broadsheet.lock"
    file.write_text(file.read_text().replace('"2024-01-03"', '"2024-13-03"'))
    three.run("build", "--freeze", "--now", "2024-01-05T12:00:00Z")
    assert set(issues(three)) == {"2024-13-03", "2024-01-03", "2024-01-04"}


def test_nothing_withheld_leaks_into_an_edition(three: SiteFolder) -> None:
    secret = {"draft": "draft: true", "later": "", "gone": "expires: 2024-01-05", "hidden": "unlisted: true"}
    for name, line in secret.items():
        date = "2024-01-05T20:00:00Z" if name == "later" else "2024-01-04T09:00:00Z"
        three.write(
            f"content/x-{name}.md", f"---\ntitle: Secret {name}\ndate: {date}\nlead: true\n{line}\n---\nText.\n"
        )
    three.run("build", "--now", "2024-01-05T12:00:00Z", "--reissue", "all")
    pages = {path: text for path, text in three.outputs().items() if path.startswith(("editions", "index.html"))}
    assert len(pages) == 6
    assert [path for path, text in pages.items() if b"Secret" in text] == []
    assert "x-" not in (three.root / "broadsheet.lock").read_text()


# The law of locality: no article moves anything outside its window


EVENTS = (
    ("Aurora", "Selby Point", "Ines Falk"),
    ("Upper Velm", "Ana Roth", "Velm Valley"),
    ("Carland Marathon", "Rowan Pike", "Ilse Brandt"),
    ("Lumen Glass", "Orbach Works", "Peter Lahn"),
)
REPORTS = (  # each in words of its own, so that they are stories and no copies
    "Nobody had expected {0} to end like this. By noon {1} was full of people who had come to listen to {2}.",
    "What {2} knew of {0} will be asked again next week. A committee travels to {1} and wants to see papers.",
    "Insurers put the cost of {0} far above early guesses. Traders near {1} say {2} should have warned them.",
    "A photograph taken from a hill above {1} has become the picture of {0}. Its author once studied with {2}.",
    "Schoolchildren wrote letters about {0} and sent them across the country. The first answer came from {2}, at {1}.",
    "Old maps show why {0} was only a matter of time, historians argue. They will meet {2} in the archive of {1}.",
    "Musicians gave a concert for everyone touched by {0}. In {1} the mayor thanked {2} between two songs.",
    "Engineers rebuilt {0} in a computer and let it run a thousand times. None of the runs spared {1}, they told {2}.",
)

DAYS = range(0, 31, 3)  # few enough for editions of several articles


class Told(NamedTuple):
    """One article as hypothesis makes it."""

    day: int
    hour: int
    event: int
    report: int
    fields: str

    def text(self) -> str:
        """The file."""
        date = datetime(2024, 3, 1, tzinfo=UTC) + timedelta(days=self.day, hours=self.hour)
        body = REPORTS[self.report].format(*EVENTS[self.event])
        return f"---\ntitle: Report {self.report}\ndate: {date.isoformat()}\n{self.fields}\n---\n{body}\n"


TOLD = st.builds(
    Told,
    st.sampled_from(DAYS),
    st.sampled_from([1, 9, 15, 22]),
    st.integers(0, len(EVENTS) - 1),
    st.integers(0, len(REPORTS) - 1),
    st.sampled_from(["source: Radio", "source: Post", "source: Wire", "", "lead: true", "topics: [Sea, Land]"]),
)
LONG_STORY = tuple(Told(day, 9, 0, day // 3 % len(REPORTS), "source: Radio") for day in DAYS)
PERIODS = st.sampled_from(["", '[editions]\ncutoff = "12:00"\n', '[editions]\nperiod = "weekly"\n'])


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(st.lists(TOLD, min_size=4, max_size=12), st.integers(0, 22), st.none() | TOLD, PERIODS)
def test_no_article_moves_a_story_a_topic_or_an_edition_outside_its_window(
    tmp_path: Path, articles: list[Told], number: int, new: Told | None, period: str
) -> None:
    told, name = {f"a{place}": one for place, one in enumerate((*LONG_STORY, *articles))}, f"a{number}"
    edited = {other: one for other, one in told.items() if other != name} | ({name: new} if new else {})
    touched = [datetime(2024, 3, 1, tzinfo=UTC) + timedelta(days=one.day) for one in (told.get(name), new) if one]
    before, after = corpus(tmp_path, told, period), corpus(tmp_path, edited, period)
    topics = [{card.path: (card.topics, card.topic_reason) for card in one.cards} for one in (before, after)]
    assert all(topics[1].get(path, of) == of for path, of in topics[0].items() if path != f"content/{name}.md")
    for one, other in ((before, after), (after, before)):
        for edition in one.editions:
            dates = [card.date for item in edition.items for card in item]
            reach = timedelta(days=WINDOW_DAYS + (7 if "weekly" in period else 1))
            if all(abs(date - at) > reach for date in dates for at in touched):
                assert edition in other.editions
        for story in one.stories:
            if all(abs(card.date - at) > timedelta(days=WINDOW_DAYS + 1) for card in story.cards for at in touched):
                assert story in other.stories


def corpus(folder: Path, told: dict[str, Told], period: str) -> Corpus:
    """What a fresh build of such a site would show."""
    site = SiteFolder(folder / f"{random.getrandbits(64):x}")
    site.write("broadsheet.toml", CONFIGURATION + period)
    for name, one in told.items():
        site.write(f"content/{name}.md", one.text())
    arguments = ["-C", str(site.root), "build", "--now", "2024-06-01", "-j", "1"]
    options = cli.make_parser(arguments)[0].parse_args(arguments, namespace=Options())
    loaded = config.load(site.root / "broadsheet.toml")
    with open_desk(loaded, options, Console(quiet=True), Stopwatch()) as desk:
        found = gather(desk, survey(desk)).corpus
    shutil.rmtree(site.root)
    return found
