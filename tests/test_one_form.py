"""Names and addresses have one form, whatever form they were given in: composed letters, nothing percent-encoded."""

from unicodedata import normalize
from urllib.parse import quote

import pytest

from generator.urls import encode_url, link_to_file, name_of_file, tidy_url, url_fault
from tests.conftest import CONFIGURATION, SiteFolder
from tests.preview import previewing

WORDS = ["café", "ラー", "größe", "Žižkov", "한국어"]


def forms(word: str) -> list[str]:
    """A word as browsers show it and as they copy it, composed and decomposed."""
    decomposed = normalize("NFD", word)
    return [word, decomposed, quote(word), quote(decomposed), quote(word).lower()]


@pytest.mark.parametrize("word", WORDS)
def test_urls_and_aliases_name_one_folder_in_every_form(site: SiteFolder, word: str) -> None:
    for number, form in enumerate(forms(word)):
        site.article(f"a{number}", url=f'"/{number}/{form}/"', aliases=f'["/old{number}/{form}/"]')
    site.article("b", slug=f'"{quote(word)}"')
    site.build("--strict")
    expected = {f"{folder}{number}/{word}/index.html" for folder in ("", "old") for number in range(5)}
    expected.add(f"2024/01/03/{word.lower()}/index.html")
    pages = {path for path in site.outputs() if word.lower() in path.lower()}
    assert pages == expected
    assert not [path for path in site.outputs() if "%" in path or path != normalize("NFC", path)]
    assert f"<loc>https://news.example.org/0/{quote(word)}/</loc>" in site.page("/sitemap.xml")
    site.run("check")


def test_an_alias_that_is_the_url_in_another_form_is_no_collision(site: SiteFolder) -> None:
    site.article("x", url="/%E3%83%A9%E3%83%BC/", aliases="[/ラー/, /%e3%83%a9%e3%83%bc/]")
    site.build("--strict")
    assert "_redirects" not in site.outputs()


def test_two_articles_that_want_one_url_in_two_forms_collide(site: SiteFolder) -> None:
    site.article("x", url="/café/")
    site.article("y", url="/cafe%CC%81/")
    assert "[same-url]" in site.build(status=1).stderr


@pytest.mark.parametrize("word", WORDS)
def test_pictures_are_found_whatever_the_form_of_name_and_link(site: SiteFolder, word: str) -> None:
    names = [normalize("NFD", word), word, quote(word)]
    for number, name in enumerate(names):
        site.write(f"content/{number}/{name}.jpg", b"jpg")
        links = " ".join(f"![p]({form}.jpg) ![p](/{number}/{form}.jpg)" for form in forms(word))
        site.article(f"{number}/x{number}", links, image=f'"/{number}/{names[number - 1]}.jpg"')
    site.build("--strict")
    assert {path for path in site.outputs() if path.endswith(".jpg")} == {f"{number}/{word}.jpg" for number in range(3)}
    site.run("check", "--strict")
    (site.root / f"content/0/{names[0]}.jpg").rename(site.root / f"content/0/{word}.jpg")
    assert site.build("--format", "json").json["removed"] == []


def test_folders_of_pictures_and_files_of_the_root_too(site: SiteFolder) -> None:
    site.write(f"content/{normalize('NFD', 'Année')}/a%20b.png", b"png")
    site.article(f"{normalize('NFD', 'Année')}/x", "![p](a%20b.png) [q](</Année/a b.png>) [r](/pdf/%C3%A9t%C3%A9.pdf)")
    site.write(f"static/pdf/{normalize('NFD', 'été')}.pdf", b"%PDF")
    site.build("--strict")
    assert {"Année/a b.png", "pdf/été.pdf"} <= site.outputs().keys()
    site.run("check", "--strict")


def test_names_of_other_articles_are_known_in_every_form(site: SiteFolder) -> None:
    site.article(normalize("NFD", "élan"), "The text of the first.")
    for number, form in enumerate(["élan", "content/élan.md", "/2024/01/03/%C3%A9lan/"]):
        site.article(f"b{number}", f"Another text, of number {number}.", duplicate_of=f'"{form}"')
    site.build("--strict")
    copies = site.run("list", "duplicates", "--format", "json").json["duplicates"]
    assert [copy["path"] for copy in copies] == [f"content/b{number}.md" for number in range(3)]


def test_two_files_that_differ_in_form_alone_are_named(site: SiteFolder) -> None:
    site.article("x")
    for form in ("été.jpg", normalize("NFD", "été.jpg")):
        site.write(f"content/{form}", b"jpg")
    assert "want one place in the site: /été.jpg [same-url]" in site.build(status=1).stderr


def test_names_of_files_make_readable_urls(site: SiteFolder) -> None:
    site.article("2024-01-03-%e3%83%a9%e3%83%bc")
    site.article(normalize("NFD", "élections"))
    site.write("content/pages/%C3%BCber-uns.md", "---\ntitle: Über uns\n---\nEin Satz.\n")
    site.build("--strict")
    assert {
        "2024/01/03/ラー/index.html",
        "2024/01/03/élections/index.html",
        "über-uns/index.html",
    } <= site.outputs().keys()


def test_the_id_of_an_article_is_the_same_on_a_mac(site: SiteFolder) -> None:
    ids = []
    for form in ("NFC", "NFD"):
        path = site.article(normalize(form, "élections"))
        site.build()
        ids.append(site.page("/atom.xml").split("<id>")[2].split("</id>")[0])
        path.unlink()
    assert ids[0] == ids[1]


def test_configured_urls_are_read_in_every_form(site: SiteFolder) -> None:
    menu = '[[menu]]\ntitle = "T"\nurl = "/actualite%CC%81s/x/"\n'
    site.write("broadsheet.toml", f'{CONFIGURATION}permalink = "/actualit%C3%A9s/:slug/"\n{menu}')
    site.article("x")
    site.build("--strict")
    assert "actualités/x/index.html" in site.outputs()
    site.run("check")


def test_a_percent_sign_that_was_meant_is_one(site: SiteFolder) -> None:
    site.article("x", "[y](/100%25/) [y](/50%/)", url="/100%25/")
    site.article("y", url="/50%/", aliases="[/60%25/]")
    site.build("--strict")
    assert {"100%/index.html", "50%/index.html", "60%/index.html"} <= site.outputs().keys()
    assert "/100%25/</loc>" in site.page("/sitemap.xml")
    assert "/60%25/ /50%25/ 301" in site.page("/_redirects")
    site.run("check")


@pytest.mark.parametrize(
    "url",
    [
        *("/%2e%2e/x/", "/a/%2E/x/", "/%00/", "/a%2Fb/", "/%252e%252e/", "/caf%E9/", "/a%5Cb/", "/%2ewell-known/x"),
        *("/a%3Fb/", "/a%23b/", "/%253Cb/", "/%0A/", "/a%2525%2541/"),
    ],
)
def test_hostile_forms_are_refused(site: SiteFolder, url: str) -> None:
    site.article("x", url=f'"{url}"')
    site.article("y", aliases=f'["{url}"]')
    said = site.build(status=1).stderr
    assert said.count("can't be the url of a page") == 2
    assert "content/x.md:4:6: error" in said
    assert not [path for path in site.outputs() if path.endswith("x/index.html")]


def test_check_says_which_form_is_right(site: SiteFolder) -> None:
    site.write("content/été.jpg", b"jpg")
    site.article("x", "[p](https://news.example.org/e%CC%81te%CC%81.jpg)")
    site.build()
    said = site.run("check", status=1).stderr
    assert "in this form of its letters [dead-link]" in said
    assert "hint: write /%C3%A9t%C3%A9.jpg" in said


def test_a_preview_answers_in_every_form_of_encoding(site: SiteFolder) -> None:
    site.article("x", url="/caf%C3%A9/")
    with previewing(site.root) as preview:
        preview.await_text("/caf%C3%A9/", "One sentence")


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("a/b.jpg", "a/b.jpg"),
        ("a%20b.jpg", "a b.jpg"),
        ("100%.jpg", "100%.jpg"),
        ("%2e%2e.jpg", "%2e%2e.jpg"),
        ("..%2fx.jpg", "..%2fx.jpg"),
        ("%00.jpg", "%00.jpg"),
        ("%E9.jpg", "%E9.jpg"),
        ("cafe\u0301%20.jpg", "café .jpg"),
    ],
)
def test_names_of_files_stay_where_another_form_would_be_no_name(name: str, published: str) -> None:
    assert name_of_file(name) == published


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("a/b.jpg", "a/b.jpg"),
        ("a%2Fb%20c.jpg", "a%2Fb%20c.jpg"),
        ("e%CC%81.jpg", "é.jpg"),
        ("%25C3%25A9.jpg", "é.jpg"),
        ("%E9.jpg", "%E9.jpg"),
        ("%252e%252e/x", "%252e%252e/x"),
    ],
)
def test_links_keep_what_has_a_meaning_in_paths(written: str, link: str) -> None:
    assert link_to_file(written) == link


def test_a_url_in_normal_form_stays_as_it_is() -> None:
    for url in ("/a/", "/café/ラー.html", "/50%/", "/100%/"):
        assert not url_fault(url)
        assert tidy_url(url) == url
        assert tidy_url(encode_url(url)) == url
