"""Where articles stand: what `permalink` makes of their languages, folders and authors, and what collides."""

from collections.abc import Callable

import pytest

from tests.conftest import CONFIGURATION, SiteFolder

MakeSite = Callable[..., SiteFolder]


def addresses(site: SiteFolder) -> dict[str, str]:
    """The addresses of all articles, by their paths below content/."""
    listed = site.run("list", "articles", "--format", "json").json["articles"]
    return {one["path"].removeprefix("content/"): one["url"] for one in listed}


def with_permalink(make_site: MakeSite, permalink: str) -> SiteFolder:
    return make_site(f'{CONFIGURATION}permalink = "{permalink}"\n')


def test_the_language_is_that_of_front_matter_name_folder_or_site(make_site: MakeSite) -> None:
    site = with_permalink(make_site, "/:language/:year/:slug/")
    site.article("quay", language="pt-BR")
    site.article("quay.fr")
    site.article("de/news/quay")
    site.article("plain")
    site.article("ferry/index.ja")
    site.article("ferry/index")
    site.article("de/told", language="nl")
    site.article("v2.final")
    site.build()
    assert addresses(site) == {
        "quay.md": "/pt-br/2024/quay/",
        "quay.fr.md": "/fr/2024/quay/",
        "de/news/quay.md": "/de/2024/quay/",
        "plain.md": "/en/2024/plain/",
        "ferry/index.ja.md": "/ja/2024/ferry/",
        "ferry/index.md": "/en/2024/ferry/",
        "de/told.md": "/nl/2024/told/",
        "v2.final.md": "/en/2024/v2-final/",
    }
    assert 'lang="fr"' in site.page("/fr/2024/quay/")


def test_without_languages_in_addresses_a_name_keeps_its_own(make_site: MakeSite) -> None:
    site = with_permalink(make_site, "/:slug/")
    site.article("quay.en")
    site.article("quay.fr")
    site.article("it/chips")  # a department, perhaps
    site.build()
    assert addresses(site) == {"quay.en.md": "/quay-en/", "quay.fr.md": "/quay-fr/", "it/chips.md": "/chips/"}
    assert 'lang="fr"' in site.page("/quay-fr/")
    assert 'lang="it"' not in site.page("/chips/")


def test_folders_sections_and_authors(make_site: MakeSite) -> None:
    site = with_permalink(make_site, "/:section/:author-:day/f/:folder/:slug/")
    site.article("a", author="Ada Byron")
    site.article("Quakes & Waves/2024/b")
    site.article("_posts/c", authors="[王 小明, Ines]")
    site.article("sport/fähre/index", author="Ines Falk; Ada Byron")
    site.build()
    assert addresses(site) == {
        "a.md": "/ada-byron-03/f/a/",
        "Quakes & Waves/2024/b.md": "/quakes-and-waves/03/f/quakes-and-waves/2024/b/",
        "sport/fähre/index.md": "/sport/ines-falk-03/f/sport/fähre/",
        "_posts/c.md": "/王-小明-03/f/c/",
    }
    site.write("content/d.md", "---\ntitle: D\ndate: 2024-01-03\n---\n\nWords.\n")
    site.build()
    assert addresses(site)["d.md"] == "/03/f/d/"


def test_versions_that_collide_say_what_parts_them(site: SiteFolder) -> None:
    site.article("good")
    site.article("a/quay", language="en")
    site.article("b/quay", language="fr")
    site.article("c/ferry")
    site.article("d/ferry")
    site.article("one", slug="same")
    site.article("two", slug="same")
    done = site.build(status=1)
    language, folder, same = (part for part in done.stderr.split("[same-url]")[1:4])
    other = "give one of them another `slug` or `url`"
    hints = {part.splitlines()[1].strip() for part in (language, folder, same)}
    assert hints == {
        f"hint: put `:language` into `permalink` in broadsheet.toml: /:language/:slug/; or {other}",
        f"hint: put `:folder` into `permalink` in broadsheet.toml: /:folder/:slug/; or {other}",
        f"hint: {other}",
    }
    assert "4 articles ·" in done.stdout
    assert "4 articles ·" in site.build(status=1).stdout
    site.write("broadsheet.toml", CONFIGURATION + 'permalink = "/:language/:folder/:slug/"\n')
    (site.root / "content/two.md").unlink()
    assert "6 articles ·" in site.build().stdout


def test_an_unknown_token_is_told_those_that_there_are(make_site: MakeSite) -> None:
    site = with_permalink(make_site, "/:lang/:slug/")
    assert 'unknown token ":lang"' in site.build(status=2).stderr
    site = make_site(f'{CONFIGURATION}permalink = "/:langage/:slug/"\n', "other")
    assert 'did you mean ":language"?' in site.build(status=2).stderr


@pytest.mark.parametrize(
    ("pattern", "url"),
    [("/:author/:slug/", "/x/"), ("/a-:author/:slug/", "/a/x/"), ("/:author-:section-:slug/", "/x/")],
)
def test_what_is_empty_leaves_nothing(make_site: MakeSite, pattern: str, url: str) -> None:
    site = with_permalink(make_site, pattern)
    site.article("x")
    site.build()
    assert addresses(site) == {"x.md": url}
