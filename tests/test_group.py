"""Topics with their reasons, tags with their spellings, sources, and what `list` says of them."""

from collections.abc import Callable
from datetime import date

import pytest

from generator.names import fold
from generator.urls import expand_permalink, output_path, safe_slug, slugify, tidy_url, url_fault
from tests.conftest import CONFIGURATION, SiteFolder

TOPICS = """
[[topics]]
name = "World"
keywords = ["Election", "summit"]
[[topics]]
name = "Sea and Ships"
slug = "sea"
keywords = ["harbour", "ferry", "storm surge"]
"""


@pytest.fixture
def digest(make_site: Callable[..., SiteFolder]) -> SiteFolder:
    return make_site(CONFIGURATION + TOPICS)


def reasons(site: SiteFolder) -> dict[str, tuple[list[str], str]]:
    articles = site.run("list", "articles", "--format", "json").json["articles"]
    return {a["path"].removeprefix("content/").removesuffix(".md"): (a["topics"], a["topic_reason"]) for a in articles}


def test_each_article_knows_why_it_is_in_its_topic(digest: SiteFolder) -> None:
    digest.article("told", topic="World", body="The harbour is closed.")
    digest.article("by-slug", topic="sea")
    digest.article("by-name", topics="[sea and ships, World]")
    digest.article("new", topic="Chess")
    digest.article("words", body="The ferry left the harbour before the summit.")
    digest.article("phrase", body="A Storm Surge came.")
    digest.article("part", body="The harbourmaster spoke of selection.")
    digest.article("title", title="Election in spring")
    digest.article("both", body="A summit at the harbour.")
    assert reasons(digest) == {
        "told": (["world"], "front matter: World"),
        "by-slug": (["sea"], "front matter: sea"),
        "by-name": (["sea", "world"], "front matter: sea and ships, World"),
        "new": (["chess"], "front matter: Chess"),
        "words": (["sea"], "keywords: ferry, harbour"),
        "phrase": (["sea"], "keywords: storm surge"),
        "part": ([], "none"),
        "title": (["world"], "keywords: election"),
        "both": (["world", "sea"], "keywords: harbour, summit"),
    }


def test_topics_stand_in_the_order_of_the_configuration_and_others_follow(digest: SiteFolder) -> None:
    digest.article("a", topic="Chess")
    digest.article("b", topic="Art")
    topics = digest.run("list", "topics", "--format", "json").json["topics"]
    assert [(topic["name"], len(topic["articles"])) for topic in topics] == [
        ("World", 0),
        ("Sea and Ships", 0),
        ("Art", 1),
        ("Chess", 1),
    ]
    digest.build()
    assert "Sea and Ships" in digest.page("/topics/sea/")


def test_one_tag_for_all_its_spellings_with_a_warning(site: SiteFolder) -> None:
    site.article("a", tags="[AI, Moon]")
    site.article("b", tags="[AI]")
    site.article("c", tags="[ai]")
    site.article("d", tags="[A.I.]")
    site.article("e", tags="[C]")
    site.article("f", tags="[C++]")
    done = site.run("list", "tags", "--format", "json")
    tags = {tag["name"]: (tag["url"], len(tag["articles"])) for tag in done.json["tags"]}
    assert tags == {
        "AI": ("/tags/ai/", 4),
        "C": ("/tags/c/", 1),
        "C++": ("/tags/c-plus-plus/", 1),
        "Moon": ("/tags/moon/", 1),
    }
    assert 'content/c.md: warning: the tag "ai" is written "AI" elsewhere' in done.stderr
    assert 'content/d.md: warning: the tag "A.I." is written "AI" elsewhere' in done.stderr
    site.build()
    assert ">AI</a>" in site.page("/2024/01/03/d/")
    site.run("build", "--strict", status=1)


@pytest.mark.parametrize(("earlier", "later"), [("A.I.", "AI"), ("AI", "A.I.")])
def test_of_two_spellings_that_are_as_common_the_first_of_the_alphabet_counts(
    site: SiteFolder, earlier: str, later: str
) -> None:
    site.article("a", tags=f"[{earlier}]", date="2024-01-01")
    site.article("b", tags=f"[{later}]", date="2024-01-02")
    tags = site.run("list", "tags", "--format", "json").json["tags"]
    assert [tag["name"] for tag in tags] == ["A.I."]


def test_sources_have_pages_and_are_taken_from_an_address_where_no_name_is_told(site: SiteFolder) -> None:
    site.article("a", source="Harbour Radio")
    site.article("b", source="{name: Harbour Radio, url: 'https://radio.example/b'}")
    site.article("c", source_url="https://www.paper.example/c")
    sources = site.run("list", "sources", "--format", "json").json["sources"]
    assert [(source["name"], len(source["articles"])) for source in sources] == [
        ("Harbour Radio", 2),
        ("paper.example", 1),
    ]
    site.build()
    assert "Title of a" in site.page("/sources/harbour-radio/")


def test_list_shows_columns_to_people(digest: SiteFolder) -> None:
    digest.article("a", topic="World", date="2024-01-03T08:00:00Z")
    assert digest.run("list", "articles").stdout == "2024-01-03 08:00  World  Title of a  content/a.md\n"
    assert digest.run("list", "topics").stdout.splitlines()[0] == "1  World          /topics/world/"
    assert digest.run("list", "tags").stdout == ""


def test_list_shows_what_is_withheld(site: SiteFolder) -> None:
    site.article("draft", draft="true")
    site.article("future", date="2999-01-01")
    site.article("expired", expires="2024-01-04")
    for kind in ("draft", "future", "expired"):
        plural = "drafts" if kind == "draft" else kind
        found = site.run("list", plural, "--format", "json").json[plural]
        assert [article["path"] for article in found] == [f"content/{kind}.md"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ukraine's allies meet", "ukraines-allies-meet"),
        ("Ukraine’s “coalition”", "ukraines-coalition"),
        ("a-slug-of-2024", "a-slug-of-2024"),
        ("-no--slug-", "no-slug"),
        ("C++ & C#", "c-plus-plus-and-c-sharp"),
        ("Überraschung in Łódź", "überraschung-in-łódź"),
        ("東京で地震", "東京で地震"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("Cafe\u0301", "café"),
        ("../../etc/passwd", "etc-passwd"),
        ("🚢", ""),
        ("", ""),
    ],
)
def test_slugs_keep_the_letters_of_all_scripts(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_slugs_are_never_too_long_for_a_file_name() -> None:
    assert len(slugify("word " * 100).encode()) <= 120
    assert slugify("word " * 100).endswith("word")
    assert 0 < len(slugify("東" * 300).encode()) <= 120
    assert slugify("x" * 300) == "x" * 120


def test_safe_slugs_are_never_empty_or_reserved() -> None:
    assert safe_slug("🚢", "one") != safe_slug("🚢", "two")
    assert safe_slug("Page", "p").startswith("page-")


def test_names_fold_to_what_spellings_share() -> None:
    assert fold("A.I.") == fold("ai") == fold("AI")
    assert fold("Middle-East") == fold("middle  east")
    assert fold("C") != fold("C++")


@pytest.mark.parametrize(
    "url",
    ["x/", "//host/x", "/../x/", "/a/./b", "/.git/x", "/a\\b/", "/a?b/", "/a#b/", "/a\nb/", f"/{'x' * 300}/", "/a:b/"],
)
def test_urls_that_are_no_page_of_the_site_have_a_fault(url: str) -> None:
    assert url_fault(url)


def test_urls_that_people_write_are_put_in_normal_form() -> None:
    assert url_fault("/a/b/") == ""
    assert tidy_url("/a//b") == "/a/b/"
    assert tidy_url("/a/b.html") == "/a/b.html"
    assert output_path("/") == "index.html"
    assert output_path("/a/b/") == "a/b/index.html"


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("/:year/:month/:slug/", "/2024/01/x/"),
        ("/:topic/:slug/", "/world/x/"),
        ("/news/:slug.html", "/news/x.html"),
        ("/:slug/", "/x/"),
    ],
)
def test_permalinks_follow_the_pattern(make_site: Callable[..., SiteFolder], pattern: str, url: str) -> None:
    site = make_site(f'{CONFIGURATION}permalink = "{pattern}"\n{TOPICS}')
    site.article("x", topic="World")
    site.build()
    assert "Title of x" in site.page(url)


def test_permalink_tokens_are_filled_in() -> None:
    assert expand_permalink("/:year/:slug/", date(24, 1, 2), {"slug": "x"}) == "/0024/x/"


def test_topics_say_how_their_articles_came_to_them(digest: SiteFolder) -> None:
    digest.article("told", topic="World")
    digest.article("words", body="An election and a summit.")
    explained = digest.run("list", "topics", "--explain", "--format", "json").json["topics"]
    assert explained[0]["methods"] == {"front matter": 1, "keywords": 1}
    assert digest.run("list", "topics", "--explain").stdout.splitlines()[0].endswith("front matter 1, keywords 1")


def test_taxonomies_are_remembered_without_their_articles(digest: SiteFolder) -> None:
    def built_as_fresh() -> dict[str, bytes]:
        digest.build()
        built = digest.outputs()
        digest.build("--fresh")
        assert digest.outputs() == built
        return built

    digest.article("c", topic="Chess", tags="[Board, mind]", source="The Herald")
    digest.article("d", tags="[board, mind]", source="The Herald")
    before = built_as_fresh()
    digest.article("c", "Another text.", topic="Chess", tags="[Board, mind]", source="The Herald")
    assert built_as_fresh() != before
    digest.article("c", title="Another title", topic="Chess", tags="[Board, mind]", source="The Herald")
    assert b"Another title" in built_as_fresh()["tags/mind/index.html"]
    assert 'written "Board" elsewhere' in digest.build().stderr
    digest.article("c", title="Another title", topic="Chess", tags="[mind]", source="The Gazette")
    after = built_as_fresh()
    assert b"Another title" not in after["tags/board/index.html"]
    assert "sources/the-gazette/index.html" in after
