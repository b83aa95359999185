"""Files of static/ are published at the root of the site, as they are."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CONFIGURATION, SiteFolder
from tests.preview import previewing

MakeSite = Callable[..., SiteFolder]


def test_files_are_published_at_the_root_byte_for_byte(site: SiteFolder) -> None:
    files = {
        "CNAME": b"news.example.org\n",
        "favicon.ico": bytes(range(256)),
        "ads.txt": b"\xef\xbb\xbfads.example, 12, DIRECT\r\n",
        "google1a2b3c.html": b"google-site-verification: google1a2b3c.html",
        ".well-known/security.txt": "Contact: mailto:données@example.org\n".encode(),
        ".nojekyll": b"",
        "read me.md": b"---\nno: article\n---\n",
        "pdf/jahresbericht.pdf": b"%PDF-1.7\n\xff\xfe",
    }
    for path, data in files.items():
        site.write(f"static/{path}", data)
    site.article("x")
    assert site.build().stderr == ""
    outputs = site.outputs()
    assert {path: outputs.get(path) for path in files} == files
    assert "read me" not in site.page("/sitemap.xml")


def test_a_build_sees_every_change_and_removes_what_it_wrote_alone(site: SiteFolder) -> None:
    site.write("static/ads.txt", "one")
    site.write("static/.well-known/a.txt", "a")
    site.article("x")
    site.build()
    site.write("output/mine.txt", "of the editor")
    site.write("output/.well-known/mine.txt", "of the editor")
    assert site.build("--format", "json").json["written"] == []
    site.write("static/ads.txt", "second")
    (site.root / "static/.well-known/a.txt").rename(site.root / "static/.well-known/b.txt")
    done = site.build("--format", "json").json
    assert (done["written"], done["removed"]) == ([".well-known/b.txt", "ads.txt"], [".well-known/a.txt"])
    assert done["read"] == 0
    (site.root / "static/ads.txt").unlink()
    assert site.build("--format", "json").json["removed"] == ["ads.txt"]
    assert site.page("/mine.txt") == site.page("/.well-known/mine.txt") == "of the editor"


@pytest.mark.parametrize("name", ["robots.txt", "404.html"])
def test_a_file_stands_in_place_of_one_that_broadsheet_makes(site: SiteFolder, name: str) -> None:
    site.article("x")
    site.build()
    made = site.outputs()[name]
    mine = site.write(f"static/{name}", "Mine")
    assert site.build("--strict").stderr == ""
    assert site.page(f"/{name}") == "Mine"
    assert site.build("--format", "json").json["written"] == []
    site.article("y")
    site.build()
    assert site.page(f"/{name}") == "Mine"
    mine.unlink()
    assert site.build("--format", "json").json["removed"] == []
    assert site.outputs()[name] == made
    assert site.build("--format", "json").json["written"] == []


def test_own_redirects_stand_in_place_of_those_of_aliases(site: SiteFolder) -> None:
    site.article("x", aliases="[/old/]")
    site.write("static/_redirects", "/a /b 301\n")
    site.build("--strict")
    assert site.page("/_redirects") == "/a /b 301\n"
    assert "/2024/01/03/x/" in site.page("/old/")


@pytest.mark.parametrize(
    ("path", "other", "place"),
    [
        ("index.html", "the page /", "/"),
        ("über/index.html", "content/pages/über.md", "/über/"),
        ("2024/01/03/X/index.html", "content/x.md", "/2024/01/03/X/"),
        ("2024", "content/", "/2024"),
        ("sitemap.xml", "the page /sitemap.xml", "/sitemap.xml"),
        ("karte.png", "content/karte.png", "/karte.png"),
        ("assets/style.css", "default/static/style.css", "/assets/style.css"),
    ],
)
def test_two_that_want_one_place_are_named(site: SiteFolder, path: str, other: str, place: str) -> None:
    site.article("x")
    site.write("content/pages/über.md", "---\ntitle: Über uns\n---\nEin Satz.\n")
    site.write("content/karte.png", b"png")
    site.build()
    before = site.outputs()
    added = site.write(f"static/{path}", "of the root")
    for _ in range(2):  # it is said again
        said = site.build(status=1).stderr
        assert f"static/{path}: error: it and " in said
        assert other in said
        assert f"want one place in the site: {place} [same-url]" in said
    assert site.outputs() == before
    added.unlink()
    assert site.build().stderr == ""
    assert site.outputs() == before


def test_names_with_a_dot_are_published_where_the_web_asks_for_them(site: SiteFolder) -> None:
    site.article("x")
    for name in (".env", ".well-known/.token", ".git/HEAD", ".gitignore", ".DS_Store", ".well-known/apple"):
        site.write(f"static/{name}", "secret")
    assert site.build().stderr
    site.write("static/.htpasswd", "secret")
    assert "static/.htpasswd: warning" in site.build().stderr  # though nothing else changed
    (site.root / "static/.htpasswd").unlink()
    said = site.build().stderr
    assert [line.split(":")[0] for line in said.splitlines() if "[hidden-file]" in line] == [
        "static/.env",
        "static/.well-known/.token",
    ]
    assert {path for path in site.outputs() if "/." in f"/{path}"} == {".well-known/apple"}


def test_links_that_lead_out_of_the_folder_are_not_followed(site: SiteFolder) -> None:
    secret = site.write("secret.txt", "secret")
    site.article("x")
    (site.root / "static").mkdir()
    (site.root / "static/out.txt").symlink_to(secret)
    (site.root / "static/all").symlink_to(site.root)
    said = site.build(status=1).stderr
    assert "static/out.txt: error: a symbolic link that leads out of the folder" in said
    assert "static/all: error: a symbolic link that leads out of the folder" in said
    assert b"secret" not in site.outputs().values()


def test_a_file_of_the_editors_in_the_output_is_left_alone_unless_it_is_the_same(site: SiteFolder) -> None:
    site.article("x")
    site.write("output/CNAME", "news.example.org")
    site.write("static/CNAME", "other.example.org")
    said = site.build(status=1).stderr
    assert "a file that Broadsheet did not write stands" in said
    assert site.page("/CNAME") == "news.example.org"
    site.write("static/CNAME", "news.example.org")
    site.build()
    site.write("static/CNAME", "other.example.org")
    site.build()
    assert site.page("/CNAME") == "other.example.org"


def test_check_knows_them(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION.replace("example.org/", "example.org/digest/"))
    site.article("x", "See [the report](/pdf/bericht%202024.pdf) and [the other](/pdf/none.pdf).")
    site.write("static/pdf/bericht 2024.pdf", b"%PDF")
    site.build()
    said = site.run("check", status=1).stderr
    assert said.count("[dead-link]") == 1
    assert "content/x.md:6:59: error: the site has no /pdf/none.pdf [dead-link]" in said


def test_an_unused_file_is_pointed_there(site: SiteFolder) -> None:
    site.article("x")
    site.write("content/favicon.ico", b"ico")
    said = site.build().stderr
    assert "content/favicon.ico: warning: not used" in said
    assert "hint: move it into static/" in said
    site.write("content/.well-known/security.txt", "Contact: a")
    site.write("content/2024/.hidden/x.txt", "hidden")
    said = site.build().stderr
    assert 'content/.well-known: warning: not used: its name starts with "." [unused-file]' in said
    assert ".hidden" not in said


def test_a_withdrawn_article_names_what_it_showed(site: SiteFolder) -> None:
    site.write("static/foto.jpg", b"jpg")
    site.article("x", "![A pier](/foto.jpg)", withdrawn="{date: 2024-05-01, reason: A hoax.}")
    assert "static/foto.jpg, which it shows, is still published" in site.build().stderr


@pytest.mark.parametrize("how", [[], ["--poll"]])
def test_a_preview_follows_them(site: SiteFolder, how: list[str]) -> None:
    site.article("x")
    with previewing(site.root, *how) as preview:
        assert preview.get("/ads.txt").status == 404
        site.write("static/ads.txt", "first")
        preview.await_text("/ads.txt", "first")
        site.write("static/.well-known/security.txt", "Contact: a")
        preview.await_text("/.well-known/security.txt", "Contact: a")
        site.write("static/ads.txt", "second edition")
        preview.await_text("/ads.txt", "second edition")
        (site.root / "static/ads.txt").unlink()
        preview.await_text("/ads.txt", "not found")
        assert preview.get("/.broadsheet.json").status == 404


def test_what_editors_leave_breaks_no_strict_build(site: SiteFolder) -> None:
    site.article("x")
    site.build("--strict")
    before = site.outputs()
    page = (site.root / "content/x.md").read_bytes()
    for folder in ("content", "content/2024", "static", "themes/mine/templates", "themes/mine/static"):
        for name in ("x.md~", "#x.md#", "x.md.bak", "4913", "Thumbs.db", "x.md.orig", "x.png.tmp"):
            site.write(f"{folder}/{name}", page + b"\xff")
    site.write("broadsheet.toml", CONFIGURATION + 'theme = "mine"\n')
    assert site.build("--strict").stderr == ""
    assert site.outputs() == before


@pytest.mark.parametrize(
    "name",
    [
        "x.sync-conflict-20240103-081522-ABCDEFG.md",
        "x (Inès's conflicted copy 2024-01-03).md",
        "ニュース (conflicted copy 2024-01-03 081522).markdown",
    ],
)
def test_second_versions_that_programs_made_are_held_back_and_named(site: SiteFolder, name: str) -> None:
    site.article("x")
    site.build()
    before = site.outputs()
    site.write(f"content/{name}", (site.root / "content/x.md").read_bytes())
    assert f"content/{name}: warning: not used: a second version" in site.build().stderr
    assert site.outputs() == before


def test_an_article_about_a_conflict_is_an_article(site: SiteFolder) -> None:
    for name in ("sync-conflict", "x.sync-conflict", "a conflicted copy", "border-conflict-20240103"):
        site.article(name)
    assert site.build("--strict", "--format", "json").json["articles"] == 4


def test_saving_in_an_editor_is_one_build(site: SiteFolder) -> None:
    site.article("x", "Before.")
    with previewing(site.root) as preview:
        preview.await_text("/2024/01/03/x/", "Before.")
        for name in ("4913", "x.md~", ".x.md.swp", "x.md___jb_tmp___"):
            site.write(f"content/{name}", "left")
        assert preview.builds.get(timeout=60)
        site.article("x", "Afterwards.")
        preview.await_text("/2024/01/03/x/", "Afterwards.")
        assert preview.builds.get(timeout=60)
        assert preview.builds.empty()


def test_damage_in_the_output_is_mended(site: SiteFolder) -> None:
    path = site.write("static/ads.txt", "one")
    site.article("x")
    site.build()
    Path(site.output / "ads.txt").write_text("damaged")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    site.build()
    assert site.page("/ads.txt") == "one"
