"""Corrections, withdrawn articles, and the list of what became of articles."""

import json
import re
from collections.abc import Callable
from typing import Any

import feedparser
import pytest

from tests.conftest import CONFIGURATION, NOW, SiteFolder

MakeSite = Callable[..., SiteFolder]
CORRECTED = '[{date: 2024-01-05, text: "It has 90 metres, not <b>900</b> & more."}, The captain is called Falk.]'


def kinds(site: SiteFolder) -> list[tuple[str, str, str]]:
    """What the page of changes says: the kind, the title and the text of each."""
    items = re.findall(r'<li class="(\w+)">(.*?)</li>', site.page("/changes/"), re.DOTALL)
    return [
        (kind, re.findall(r"<a[^>]*>(.*?)</a>", item)[0], "".join(re.findall(r"<p>(.*?)</p>", item)))
        for kind, item in items
    ]


def feed(site: SiteFolder, path: str) -> Any:
    parsed = feedparser.parse(site.outputs()[path])
    assert not parsed.bozo
    return parsed


def data_of(page: str) -> Any:
    return json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])


def test_corrections_stand_above_the_text_and_search_engines_are_told(site: SiteFolder) -> None:
    site.article("ship", "The text of the ship.", date="2024-01-03", corrections=CORRECTED)
    site.build()
    page = site.page("/2024/01/03/ship/")
    notice = page.partition('<aside class="notice"')[2].partition("</aside>")[0]
    assert "5 January 2024" in notice
    assert "It has 90 metres, not &lt;b&gt;900&lt;/b&gt; &amp; more." in notice
    assert "The captain is called Falk." in notice
    assert page.index(notice) < page.index("<p>The text of the ship.")
    assert data_of(page)["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "It has 90 metres, not <b>900</b> & more.",
            "datePublished": "2024-01-05T00:00:00+00:00",
        },
        {"@type": "CorrectionComment", "text": "The captain is called Falk."},
    ]


def test_readers_of_feeds_see_a_corrected_article_again_with_its_notice(site: SiteFolder) -> None:
    site.article("ship", "The text.", date="2024-01-03", updated="2024-01-04", corrections=CORRECTED)
    site.build()
    for path in ("atom.xml", "rss.xml"):
        entry = feed(site, path).entries[0]
        assert entry.content[0].value.startswith("<aside><p><em><time")
        assert "not &lt;b&gt;900&lt;/b&gt; &amp; more." in entry.content[0].value
    assert feed(site, "atom.xml").entries[0].updated == "2024-01-05T00:00:00+00:00"
    item = json.loads(site.outputs()["feed.json"])["items"][0]
    assert item["date_modified"] == "2024-01-05T00:00:00+00:00"
    assert "The captain is called Falk." in item["content_html"]


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("It was on Monday, not on Sunday.", ["It was on Monday, not on Sunday."]),
        ("{date: 2024-01-05, text: One}", ["One"]),
        ("[One, {note: Two}]", ["One", "Two"]),
        ('"  "', []),
    ],
)
def test_corrections_are_written_in_several_ways(site: SiteFolder, value: str, texts: list[str]) -> None:
    site.article("a", date="2024-01-03", correction=value)
    site.build()
    assert [told["text"] for told in data_of(site.page("/2024/01/03/a/")).get("correction", [])] == texts


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("corrections: [{date: never, text: x}]", '5:22: error: date not understood: "never" [bad-date]'),
        ("corrections: [{date: 2024-01-05}]", '5:15: error: item 1 of "corrections" has no text [bad-type]'),
        ("corrections: true", '5:14: error: "corrections" takes a text, not true or false [bad-type]'),
        ("corrections: [{dat: 2024-01-05, text: x}]", '5:16: warning: item 1 of "corrections" has no use for "dat"'),
        ("withdrawn: 2024-02-30", '5:12: error: impossible date "2024-02-30" [bad-date]'),
        ("withdrawn: [x]", '5:12: error: "withdrawn" takes true, a reason, or a map of date and reason [bad-type]'),
        ("withdrawn: {why: x}", '5:12: error: "withdrawn" has neither date nor reason [bad-type]'),
    ],
)
def test_what_is_wrong_with_a_notice_is_said_with_its_place(site: SiteFolder, line: str, problem: str) -> None:
    site.write("content/a.md", f"---\n\ntitle: A\ndate: 2024-01-03\n{line}\n---\nText.\n")
    done = site.build(status=None)
    assert f"content/a.md:{problem}" in done.stderr
    assert "hint: " in done.stderr
    assert done.status == ("error" in problem)


@pytest.fixture
def withdrawn(make_site: MakeSite) -> SiteFolder:
    """A site with an article that was withdrawn, and that would stand in every kind of list."""
    site = make_site(CONFIGURATION + '[[topics]]\nname = "World"\nkeywords = ["secretword"]\n')
    fields = {
        "date": "2024-01-03T08:00:00Z",
        "title": "Harbour closes",
        "tags": "[Withdrawntag]",
        "source": "Withdrawnsource",
        "summary": "A secretword summary.",
        "aliases": "[/old/]",
        "image": "/pictures/secretword.jpg",
        "credits": "[By Secretword]",
        "related": "[A secretword headline of another piece]",
    }
    text = "The secretword harbour of Selby Point closed on Monday, said Ines Falk, its master, for 40 ships. " * 4
    site.article("gone", text, **fields, withdrawn='{date: 2024-01-06, reason: "He <i>denies</i> it."}')
    site.article("like", text.replace("secretword", "quiet"), date="2024-01-03T09:00:00Z")
    site.article("hidden", "A secretword text.", title="Quiet piece", unlisted="true", withdrawn="true")
    site.build()
    return site


def test_a_withdrawn_article_leaves_a_notice_at_its_address_and_nothing_else(withdrawn: SiteFolder) -> None:
    page = withdrawn.page("/2024/01/03/gone/")
    assert "This article was withdrawn on 6 January 2024." in page
    assert "He &lt;i&gt;denies&lt;/i&gt; it." in page
    assert '<meta name="robots" content="noindex">' in page
    everything = withdrawn.outputs()
    assert [path for path, content in everything.items() if b"secretword" in content.lower()] == []
    assert [path for path in everything if "withdrawn" in path] == []
    assert [path for path, content in everything.items() if b"Harbour closes" in content] == [
        *("2024/01/03/gone/index.html", "changes/atom.xml", "changes/index.html", "old/index.html"),
    ]
    assert "Quiet piece" in withdrawn.page("/2024/01/03/hidden/")
    assert "Quiet piece" not in withdrawn.page("/changes/")


def test_the_aliases_of_a_withdrawn_article_still_lead_to_it(withdrawn: SiteFolder) -> None:
    assert 'href="/2024/01/03/gone/"' in withdrawn.page("/old/")
    assert "/old/ /2024/01/03/gone/ 301" in withdrawn.page("/_redirects")
    withdrawn.run("check")


def test_a_withdrawn_article_leads_no_copies_and_tells_no_story(withdrawn: SiteFolder) -> None:
    for kind in ("duplicates", "stories"):
        assert withdrawn.run("list", kind, "--format", "json").json[kind] == []
    listed = withdrawn.run("list", "articles", "--format", "json").json["articles"]
    assert [article["path"] for article in listed] == ["content/like.md"]
    gone = withdrawn.run("list", "withdrawn", "--format", "json").json["withdrawn"]
    assert [article["path"] for article in gone] == ["content/gone.md", "content/hidden.md"]


def test_what_a_withdrawn_article_showed_is_named_as_long_as_it_is_published(withdrawn: SiteFolder) -> None:
    picture = withdrawn.write("content/pictures/secretword.jpg", b"\xff\xd8")
    assert (
        "content/gone.md:1: warning: it is withdrawn, but content/pictures/secretword.jpg" in withdrawn.build().stderr
    )
    picture.unlink()
    assert withdrawn.build().stderr == ""


@pytest.mark.parametrize("field", ["draft: true", "expires: 2024-02-01", "date: 2024-06-02"])
def test_a_withdrawn_article_that_is_withheld_has_no_notice(site: SiteFolder, field: str) -> None:
    date = "" if field.startswith("date") else "date: 2024-01-03\n"
    site.write("content/a.md", f"---\ntitle: Nowhere\n{date}{field}\nwithdrawn: true\n---\nText.\n")
    site.article("b")
    site.build()
    assert [path for path, content in site.outputs().items() if b"Nowhere" in content] == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("withdrawn: true", "This article has been withdrawn."),
        ("withdrawn: 2024-01-06", "This article was withdrawn on 6 January 2024."),
        ("withdrawn: It was a hoax.", "It was a hoax."),
        ("retracted: {reason: It was a hoax.}", "It was a hoax."),
        ("status: retracted", "This article has been withdrawn."),
        ("withdrawn: false", "Text."),
    ],
)
def test_a_withdrawal_is_written_in_several_ways(site: SiteFolder, line: str, words: str) -> None:
    site.write("content/a.md", f"---\ntitle: A\ndate: 2024-01-03\n{line}\n---\nText.\n")
    site.build()
    assert words in site.page("/2024/01/03/a/")
    assert ("Text." in site.page("/2024/01/03/a/")) is ("false" in line)


def test_changes_say_what_became_of_articles_newest_first(site: SiteFolder) -> None:
    site.article("a", title="A", date="2024-01-01")
    site.article("b", title="B", date="2024-01-02", updated="2024-01-04")
    site.article("c", title="C", date="2024-01-03", corrections='[{date: 2024-01-06, text: "Six"}, Whenever]')
    site.article("d", title="D", date="2024-01-03T01:00:00Z", withdrawn="{date: 2024-01-05, reason: Why}")
    site.article("e", title="E", date="2024-01-02T01:00:00Z", unlisted="true", updated="2024-01-07")
    site.build()
    assert kinds(site) == [
        ("corrected", "C", "Six"),
        ("corrected", "C", "Whenever"),
        ("withdrawn", "D", "Why"),
        ("updated", "B", ""),
        ("new", "C", ""),
        ("new", "B", ""),
        ("new", "A", ""),
    ]
    entries = feed(site, "changes/atom.xml").entries
    assert [entry.title for entry in entries][:3] == ["Corrected: C", "Corrected: C", "Withdrawn: D"]
    assert len({entry.id for entry in entries}) == len(entries)


def test_a_change_keeps_its_id_when_its_words_are_edited(site: SiteFolder) -> None:
    def ids() -> list[tuple[str, str]]:
        site.build()
        return [(entry.title, entry.id) for entry in feed(site, "changes/atom.xml").entries]

    site.article("a", title="A", date="2024-01-01", corrections="[{date: 2024-01-06, text: Six}, Whenever]")
    before = ids()
    site.article("a", "More.", title="A", date="2024-01-01", corrections="[{date: 2024-01-06, text: Seven}, Ever]")
    assert ids() == before


def test_changes_of_one_kind_do_not_crowd_out_another(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + "[feeds]\nlimit = 3\n")
    site.article("old", title="Old", date="2023-01-01", corrections="{date: 2023-01-02, text: Long ago}")
    for number in range(60):
        site.article(f"n{number}", title=f"N{number}", date=f"2024-01-{number % 28 + 1:02}")
    site.build()
    counts = [kind for kind, _, _ in kinds(site)]
    assert (counts.count("new"), counts[-1]) == (50, "corrected")
    assert [entry.title for entry in feed(site, "changes/atom.xml").entries] == [
        *("New: N27", "New: N55", "New: N26", "Corrected: Old"),
    ]


def test_an_edit_that_no_date_tells_of_leaves_the_changes_alone(site: SiteFolder) -> None:
    site.article("a", summary="Short.")
    site.build()
    site.article("a", "Another sentence of news.", summary="Short.")
    assert "changes/index.html" not in site.build("--explain", "--format", "json").json["reasons"]


def test_a_site_may_have_no_list_of_changes(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + "[pages]\nchanges = false\n")
    site.article("a")
    site.build()
    assert not [path for path in site.outputs() if path.startswith("changes")]
    assert "Changes" not in site.page("/")
    site.write("broadsheet.toml", CONFIGURATION + "[feeds]\nchanges = false\n")
    site.build()
    assert [path for path in site.outputs() if path.startswith("changes")] == ["changes/index.html"]


def test_pages_of_notices_are_translated_with_the_words_of_the_theme(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION.replace("base_url", 'language = "de"\nbase_url'))
    site.article("a", language="fr", withdrawn="Faux.", date="2024-01-03")
    site.build()
    page = site.page("/2024/01/03/a/")
    assert '<article class="story" lang="fr">' in page
    assert '<p lang="de"><strong>' in page


def changed(site: SiteFolder, *arguments: str) -> list[tuple[str, str, str]]:
    """What `list changes` says: kind, file and reason."""
    found = site.run("list", "changes", "--explain", "--now", NOW, "--format", "json", *arguments).json
    assert found["compared"]
    return [(one["kind"], one["path"].removeprefix("content/"), one["reason"]) for one in found["changes"]]


def test_list_changes_compares_with_the_last_build(site: SiteFolder) -> None:
    for name in ("same", "edited", "moved", "renamed", "retold", "wrong", "hoax", "back", "gone", "late", "broken"):
        fields = {"withdrawn": "true"} if name == "back" else {}
        site.article(name, slug=name, aliases=f"[/old/{name}/]", **fields)
    site.build()
    assert changed(site) == []
    site.article("edited", "Another sentence.", slug="edited")
    site.article("moved", slug="elsewhere", aliases="[/old/moved/]")
    (site.root / "content/renamed.md").rename(site.root / "content/named.md")
    (site.root / "content/retold.md").unlink()
    site.article("told", "Other words.", slug="retold")
    site.article("wrong", slug="wrong", corrections="[One, Two]")
    site.article("hoax", slug="hoax", withdrawn="A hoax.")
    site.article("back", slug="back")
    (site.root / "content/gone.md").unlink()
    site.article("late", slug="late", date="2024-07-01")
    site.article("broken", slug="broken", date="never")
    site.article("fresh")
    done = site.run("list", "changes", "--explain", "--now", NOW, "--format", "json", status=1)
    found = done.json["changes"]
    file = "its file or what other articles say of its lines changed"
    assert [(one["kind"], one["path"].removeprefix("content/"), one["reason"]) for one in found] == [
        ("new", "fresh.md", "it wasn't there"),
        ("updated", "back.md", "no longer withdrawn"),
        ("updated", "edited.md", file),
        ("updated", "moved.md", f"{file}; moved from /2024/01/03/moved/"),
        ("updated", "told.md", f"{file}; its file was content/retold.md"),
        ("corrected", "wrong.md", "2 more corrections"),
        ("withdrawn", "hoax.md", "its front matter says so"),
        ("removed", "gone.md", "its file is gone"),
        ("removed", "late.md", "future"),
    ]
    assert found[0] | {"reason": ""} == {
        "kind": "new",
        "path": "content/fresh.md",
        "url": "/2024/01/03/fresh/",
        "title": "Title of fresh",
        "reason": "",
    }
    (site.root / "content/broken.md").unlink()
    site.build()
    assert changed(site) == []
    assert site.run("list", "changes", "--now", NOW).stdout == "nothing changed since the last build\n"


def test_list_changes_says_so_where_no_build_is_remembered(site: SiteFolder) -> None:
    site.article("a")
    done = site.run("list", "changes", "--now", NOW)
    assert "no build into output/ is remembered" in done.stdout
    found = site.run("list", "changes", "--now", NOW, "--format", "json").json
    assert (found["changes"], found["compared"]) == ([], False)


def test_list_changes_knows_each_folder_that_is_built(site: SiteFolder) -> None:
    site.article("a")
    site.build()
    site.article("b")
    site.build("-o", "elsewhere")
    assert changed(site) == [("new", "b.md", "it wasn't there")]
    assert changed(site, "-o", "elsewhere") == []


def test_atom_feeds_tell_readers_to_drop_what_was_withdrawn(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + "[feeds]\nlimit = 2\n")
    fields = {"topic": "World", "tags": "[Sea]", "source": "Radio", "date": "2024-01-03"}
    site.article("kept", **fields)
    site.article("gone", **fields, id="urn:x:gone", withdrawn='{date: 2024-01-06, reason: "A <hoax>"}')
    site.article("hidden", **fields, id="urn:x:hidden", unlisted="true", withdrawn="true")
    for number in range(2):
        site.article(f"old{number}", id=f"urn:x:old{number}", withdrawn=f"2024-01-0{4 + number}")
    site.build()
    outputs = site.outputs()
    for path in ("atom.xml", "topics/world/atom.xml", "tags/sea/atom.xml", "sources/radio/atom.xml"):
        text = outputs[path].decode()
        assert '<at:deleted-entry ref="urn:x:gone" when="2024-01-06T00:00:00+00:00">' in text
        assert '<at:comment type="text">A &lt;hoax&gt;</at:comment>' in text
        parsed = feed(site, path)
        assert [entry.title for entry in parsed.entries] == ["Title of kept"]
        assert parsed.feed.updated == "2024-01-06T00:00:00+00:00"
    assert re.findall(' ref="(.*?)"', outputs["atom.xml"].decode()) == ["urn:x:gone", "urn:x:old1"]
    assert not [path for path, content in outputs.items() if b"urn:x:hidden" in content]


HOSTILE = "</script><script>alert(1)</script> ]]> <img src=x onerror=alert(2)> {{ 7*7 }} \" ' & \u202e\u0007 end"


def test_hostile_words_in_notices_stay_words(site: SiteFolder) -> None:
    told = json.dumps(HOSTILE)
    site.article("a", date="2024-01-03", title=told, corrections=f"[{{date: 2024-01-05, text: {told}}}]")
    site.article("b", date="2024-01-03", title=told, withdrawn=f"{{date: 2024-01-06, reason: {told}}}")
    site.build()
    for path, content in site.outputs().items():
        if path.endswith((".html", ".xml")):
            text = content.decode()
            assert not re.search(r"<script>alert|<img src=x", text), path
            assert "\x07" not in text, path
    for url in ("/2024/01/03/a/", "/2024/01/03/b/", "/changes/"):
        assert "{{ 7*7 }} &#34; &#39; &amp;" in site.page(url), url
    for path in ("atom.xml", "rss.xml", "changes/atom.xml"):
        assert feed(site, path).entries
    item = json.loads(site.outputs()["feed.json"])["items"][0]
    assert "<script>" not in item["content_html"]
    assert data_of(site.page("/2024/01/03/a/"))["correction"][0]["text"].startswith("</script><script>alert(1)")
    changes = feed(site, "changes/atom.xml").entries
    assert {entry.content[0].value.split()[-1] for entry in changes} == {"end"}
