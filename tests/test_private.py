"""What other generators keep back is in no file of the output."""

import re
from collections.abc import Callable

import pytest

from generator.pipeline.read import privacy
from tests.conftest import CONFIGURATION, ROOT, SiteFolder

MakeSite = Callable[..., SiteFolder]

NOTE = "The mayor will resign on Friday."

# A line of front matter for each convention; the table of docs/front-matter.md names them all.
LINES = (
    *("draft: true", "isDraft: true", "is_draft: yes", "published: false", "publish: false", "dg-publish: false"),
    *("is_published: off", "isPublic: false", "public: false", "private: true", "is-private: true", "dgPrivate: true"),
    *("no_publish: true", "secret: true", "confidential: true", "unpublished: true", "wip: true", "WIP: yes"),
    *(
        "work_in_progress: true",
        "visibility: members",
        "visibility: paid",
        "visibility: private",
        "visibility: wizards",
    ),
    *("members_only: true", "protected: true", "encrypt: true", 'encrypted: "harbour"', "password: harbour"),
    *("post_password: harbour", "headless: true", "build: {render: never}", "_build: {render: false}"),
    *("build: {render: link, list: never}", "render: false", "permalink: false", "tags: [harbour, draft]"),
    *("tags: private", "params: {private: true}", "extra: {draft: true}", "publishDate: 2999-01-01"),
    *("publish_on: 2999-01-01", "embargo: 2999-01-01T08:00", "status: scheduled\npublished_at: 2999-01-01"),
    *(f"status: {word}" for word in sorted(privacy.DRAFT_STATUS)),
)
ERRORS = (
    "darft: true",
    "privat: true",
    "unpublishd: true",
    "draft_state: true",
    "privateNote: yes",
    "publish_me: false",
)
FOLDERS = ("_drafts", "_private", "notes/_inbox", "_layouts/deep")
PUBLIC = (
    *("draft: false", "published: true", "publish: true", "private: false", "visibility: public", "headless: false"),
    *("status: published", "status: featured", "render: true", "build: {render: always, list: always}"),
    *("publishDate: 2024-01-05", "draft: false\ntags: [draft]", "tags: [drafting, privateers]", "subtitle: x"),
)


def outputs_with(site: SiteFolder, text: str) -> list[str]:
    """The files of the output in which a text stands."""
    return sorted(path for path, content in site.outputs().items() if text.encode() in content)


def add(site: SiteFolder, path: str, line: str = "") -> None:
    site.write(path, f'---\ntitle: "Night ferry"\ndate: 2024-01-02\n{line}\n---\n\n{NOTE}\n\nMore of it.\n')


@pytest.mark.parametrize("line", LINES)
def test_a_page_that_another_generator_keeps_back_is_nowhere(site: SiteFolder, line: str) -> None:
    site.article("good")
    add(site, "content/note.md", line)
    site.build()
    assert outputs_with(site, NOTE) == []
    assert outputs_with(site, "Night ferry") == []
    assert outputs_with(site, "One sentence of news.")


@pytest.mark.parametrize("line", ERRORS)
def test_a_slip_that_would_publish_a_private_page_is_an_error(site: SiteFolder, line: str) -> None:
    site.article("good")
    add(site, "content/note.md", line)
    done = site.build(status=None)
    assert re.search(r"^content/note\.md:4:\d+: error: unknown field .* keep this page back", done.stderr, re.MULTILINE)
    assert outputs_with(site, NOTE) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_of_a_private_folder_gets_out(site: SiteFolder, folder: str) -> None:
    site.article("good")
    add(site, f"content/{folder}/note.md")
    site.build()
    assert outputs_with(site, NOTE) == []


@pytest.mark.parametrize("line", PUBLIC)
def test_what_says_that_it_is_public_gets_out(site: SiteFolder, line: str) -> None:
    add(site, "content/_posts/note.md", line)
    site.build()
    assert outputs_with(site, NOTE)


@pytest.mark.parametrize("line", ["draft: true", "private: true", "visibility: paid", "publish: false"])
@pytest.mark.parametrize("path", ["content/pages/note.md", "content/pages/notes/index.md"])
def test_a_static_page_that_is_kept_back_is_nowhere(site: SiteFolder, path: str, line: str) -> None:
    site.article("good")
    add(site, path, line)
    assert "withheld: 1 draft" in site.build().stdout
    assert outputs_with(site, NOTE) == []
    site.build("--drafts")
    assert outputs_with(site, NOTE)
    site.build()
    assert outputs_with(site, NOTE) == []


def test_nothing_of_a_private_folder_of_static_pages_gets_out(site: SiteFolder) -> None:
    site.article("good")
    add(site, "content/pages/_private/note.md")
    site.build()
    assert outputs_with(site, NOTE) == []


def test_a_tag_that_keeps_a_page_back_is_told(site: SiteFolder) -> None:
    add(site, "content/note.md", "tags: [private]")
    assert 'content/note.md:4:1: warning: the tag "private" keeps this article back' in site.build().stderr


def test_a_page_appears_at_the_latest_of_its_dates_and_shows_the_first(site: SiteFolder) -> None:
    add(site, "content/note.md", "publishDate: 2024-03-01")
    done = site.build("--now", "2024-02-28T12:00:00+00:00")
    assert "the next is due 2024-03-01 00:00" in done.stdout
    assert outputs_with(site, NOTE) == []
    site.build("--now", "2024-03-02T12:00:00+00:00")
    page = next(path for path in outputs_with(site, NOTE) if path.endswith("index.html"))
    assert page.startswith("2024/01/02/")


def test_the_table_names_every_convention() -> None:
    page = (ROOT / "docs/front-matter.md").read_text(encoding="utf-8")
    table = page.partition("## Private pages")[2].partition("\n## ")[0]
    names = {*privacy.PRIVATE_IF_TRUE, *privacy.PRIVATE_IF_FALSE, *privacy.DRAFT_STATUS, *privacy.VISIBILITIES}
    assert {name for name in names | privacy.PRIVATE_TAGS if f"`{name}`" not in table} == set()


UNFINISHED = {
    "content/_drafts/quay.md": "The quay may move.\n",
    "content/_private/kai/index.md": "# Der Kai zieht um\n\nNoch ist nichts entschieden.\n",
    "content/muelle-nuevo.md": "---\ndraft: true\n---\n",
    "content/_ideas/hafenfest.md": "",
    "content/news/港.md": "---\nprivate: true\ntags: [x]\n---\n\n港が移ります。\n",
    "content/wharf.md": "---\ntitle: The wharf\nvisibility: members\ntags: draft\n---\n\nWords.\n",
}


def test_a_draft_needs_neither_date_nor_title(site: SiteFolder) -> None:
    site.article("good")
    for path, text in UNFINISHED.items():
        site.write(path, text)
    done = site.build()
    assert "error" not in done.stderr
    assert "no-title" not in done.stderr
    assert "no-text" not in done.stderr
    assert "withheld: 6 draft" in done.stdout
    assert [path for path in site.outputs() if "drafts" in path] == []
    drafts = site.run("list", "drafts", "--format", "json").json["drafts"]
    assert {one["path"]: one["title"] for one in drafts} == {
        "content/_drafts/quay.md": "The quay may move",
        "content/_private/kai/index.md": "Der Kai zieht um",
        "content/muelle-nuevo.md": "Muelle nuevo",
        "content/_ideas/hafenfest.md": "Hafenfest",
        "content/news/港.md": "港が移ります",
        "content/wharf.md": "The wharf",
    }
    assert {one["date"] for one in drafts} == {None}
    assert "no date" in site.run("list", "drafts").stdout


def test_a_draft_without_a_date_is_shown_as_of_the_day_of_the_build(site: SiteFolder) -> None:
    site.article("good", date="2024-05-30")
    site.write("content/_drafts/quay.md", "# The quay\n\nIt may move.\n")
    site.build("--drafts")
    assert "1 June 2024" in site.page("/drafts/quay/")
    assert "The quay" in site.page("/")
    assert "9998" not in "".join(content.decode() for content in site.outputs().values())
    site.run("build", "--drafts", "--now", "2024-06-02T08:00:00+00:00")
    assert "2 June 2024" in site.page("/drafts/quay/")
    daily = site.outputs()
    site.run("build", "--drafts", "--fresh", "--now", "2024-06-02T08:00:00+00:00")
    assert site.outputs() == daily


def test_a_page_that_is_published_still_needs_a_date(site: SiteFolder) -> None:
    site.write("content/note.md", "---\ntitle: A note\ndraft: false\n---\n\nWords.\n")
    site.write("content/empty.md", "")
    done = site.build(status=1)
    assert "content/note.md:1: error: no date [no-date]" in done.stderr
    assert "content/empty.md: error: the file is empty" in done.stderr


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("date: 2024-07-01", "future"),
        ("date: 2023-01-01\npublishDate: 2024-07-01T08:00", "future"),
        ("embargo: 2024-07-01", "future"),
        ("expires: 2024-05-01", "expired"),
        ("date: 2023-01-01\nexpiryDate: 2024-06-01", "expired"),
    ],
)
def test_a_static_page_keeps_to_its_dates(site: SiteFolder, line: str, why: str) -> None:
    site.article("good")
    site.write("content/pages/tarife.md", f"---\ntitle: Tarife\n{line}\n---\n\n{NOTE}\n")
    assert f"withheld: 1 {why}" in site.build().stdout
    assert outputs_with(site, NOTE) == []
    (listed,) = site.run("list", why, "--now", "2024-06-01T12:00", "--format", "json").json[why]
    assert (listed["path"], listed["title"]) == ("content/pages/tarife.md", "Tarife")
    site.build(f"--{why}")
    assert outputs_with(site, NOTE) == ["tarife/index.html"]


def test_a_static_page_comes_and_goes_by_itself(site: SiteFolder) -> None:
    site.article("good")
    line = "date: 2024-06-02T08:00Z\nexpires: 2024-06-03T08:00Z"
    site.write("content/pages/notice.md", f"---\ntitle: Notice\n{line}\n---\n\n{NOTE}\n")
    for moment, is_shown in (("01T12:00", False), ("02T07:59", False), ("02T08:00", True), ("03T08:00", False)):
        site.run("build", "--now", f"2024-06-{moment}:00+00:00")
        assert bool(outputs_with(site, NOTE)) == is_shown, moment


PICTURE = b"not really a picture: "


def pictures(site: SiteFolder) -> set[str]:
    """The names of the pictures in the output."""
    return {path for path, content in site.outputs().items() if content.startswith(PICTURE)}


def add_pictures(site: SiteFolder, *paths: str) -> None:
    for path in paths:
        site.write(f"content/{path}", PICTURE + path.encode())


def test_a_picture_beside_a_private_note_is_as_private(site: SiteFolder) -> None:
    site.article("good")
    add_pictures(site, "images/harbour.jpg", "2024/quay.png")
    add_pictures(site, "_private/scan.jpg", "notes/_inbox/deep/plan.pdf", "_drafts/fähre.webp")
    add(site, "content/_private/note.md")
    add(site, "content/2024/secret/index.md", "draft: true")
    add(site, "content/later/index.md", "publishDate: 2999-01-01")
    add(site, "content/pages/team/index.md", "visibility: members")
    add_pictures(site, "2024/secret/face.jpg", "2024/secret/more/x.mp3", "later/embargo.csv", "pages/team/ada.avif")
    done = site.build()
    assert pictures(site) == {"images/harbour.jpg", "2024/quay.png"}
    assert "withheld: 3 draft, 1 future, 7 private" in done.stdout
    site.build("--drafts", "--future")
    assert {"2024/secret/face.jpg", "later/embargo.csv", "pages/team/ada.avif"} <= pictures(site)
    site.build()
    assert pictures(site) == {"images/harbour.jpg", "2024/quay.png"}


def test_no_picture_vanishes_that_a_page_uses(make_site: MakeSite) -> None:
    site = make_site(
        CONFIGURATION.replace("org/", "org/digest/")
        + 'theme = "ours"\n[[menu]]\ntitle = "Map"\nurl = "/_media/map.pdf"\n'
    )
    site.article("a", "![](/_media/one.jpg) ![The quay](_media/Der%20Kai.jpg)", image="_media/lead.png")
    site.article("b/index", '<img src="https://news.example.org/digest/_media/full.gif">')
    site.article("b/c", "Text.", extra="{gallery: [{src: /_media/g1.jpg}, ../_media/g2.jpg]}", image="/_media/é.jpg")
    site.article("copies", "One sentence of news.", unlisted="true", gallery="_media/g3.jpg")
    site.article("secret/index", "![](own.jpg)", draft="true")
    site.article("d", "See ![the face](secret/shown.jpg) and [the paper](_media/paper.pdf?x=1#page=2).")
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\n![](/_media/us.jpg)\n")
    site.write("themes/ours/static/more.css", 'body { background: url("/digest/_media/ground.png") }')
    used = ("one.jpg", "Der Kai.jpg", "lead.png", "full.gif", "g1.jpg", "g2.jpg", "é.jpg", "g3.jpg", "paper.pdf")
    used_by_site = ("us.jpg", "map.pdf", "ground.png")
    add_pictures(site, *(f"_media/{name}" for name in (*used, *used_by_site, "unused.jpg")))
    add_pictures(site, "secret/own.jpg", "secret/shown.jpg", "b/beside.jpg")
    site.build()
    expected = {f"_media/{name}" for name in (*used, *used_by_site)} | {"secret/shown.jpg", "b/beside.jpg"}
    assert pictures(site) == expected
    site.article("d", "Nothing to see.")
    site.build()
    assert pictures(site) == expected - {"secret/shown.jpg", "_media/paper.pdf"}
    incremental = site.outputs()
    site.build("--fresh")
    assert site.outputs() == incremental
