"""Publishers and tags by all their names, and tags that go together."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.corpus import Term
from generator.model import Card, Reason, Ties
from generator.names import Publisher, publisher_of, tags_of
from generator.pipeline.group.co_occurrence import MOST
from generator.pipeline.group.taxonomies import companions_of
from generator.pipeline.group.uses import tag_slug
from tests.conftest import CONFIGURATION, SiteFolder

MakeSite = Callable[..., SiteFolder]
SOURCES = """
[[sources]]
name = "Reuters"
url = "https://www.reuters.example/"
language = "de"
description = "An agency & more."
aliases = ["Thomson Reuters", "rtr.example"]
[[sources]]
name = "A Blog"
url = "https://host.example/blog/"
"""
ALIASES = """
[tags.aliases]
"Artificial intelligence" = ["AI", "Machine learning"]
NATO = []
"""


def listed(site: SiteFolder, what: str, *arguments: str) -> list[Any]:
    found: list[Any] = site.run("list", what, "--format", "json", *arguments).json[what]
    return found


def test_all_names_of_a_publisher_lead_to_one_page_with_its_site(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + SOURCES)
    given = (
        *("source: Reuters", "source: REUTERS", "source: thomson-reuters", "source: www.reuters.example"),
        *("source_url: https://www.reuters.example/x", "source_url: https://uk.reuters.example/x"),
        *("source_url: https://rtr.example/x", "source: {name: Reuters, url: 'https://other.example/x'}"),
    )
    for number, line in enumerate(given):
        site.write(f"content/a{number}.md", f"---\ntitle: A{number}\ndate: 2024-01-03\n{line}\n---\nWord{number}.\n")
    site.article("b", source="Radio", source_url="https://www.reuters.example/x")
    site.article("c", source_url="https://host.example/x")
    assert [
        (one["name"], len(one["articles"]), one["website"], one["language"]) for one in listed(site, "sources")
    ] == [
        ("host.example", 1, None, None),
        ("Radio", 1, None, None),
        ("Reuters", len(given), "https://www.reuters.example/", "de"),
    ]
    assert site.build().stderr == ""
    page = site.page("/sources/reuters/")
    assert '<a rel="external noopener" href="https://www.reuters.example/">www.reuters.example</a>' in page
    assert "An agency &amp; more." in page
    assert "in German" in page
    assert '<article class="story" lang="de">' in site.page("/2024/01/03/a0/")
    assert f'<a href="/sources/reuters/">Reuters</a> <span>{len(given)} articles</span>' in site.page("/sources/")
    assert "blog" not in site.page("/sources/")


def test_a_language_of_its_own_is_kept(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + SOURCES)
    site.article("a", source="Reuters", language="fr")
    assert [article["language"] for article in listed(site, "articles")] == ["fr"]
    assert listed(site, "sources", "--explain")[0]["languages"] == {"fr": 1}


def test_phrases_of_a_publisher_are_furniture_under_all_its_names(make_site: MakeSite) -> None:
    site = make_site(
        f'{CONFIGURATION}{SOURCES}[clean.phrases]\n"Thomson Reuters" = ["Trust us"]\nreuters = ["Pay up"]\n'
    )
    site.article("a", "One sentence of news.\n\nTrust us\n\nPay up\n\nMore of it came later.", source="rtr.example")
    assert site.build().stderr == ""
    assert not re.search("Trust us|Pay up", site.page("/2024/01/03/a/"))


@pytest.mark.parametrize(
    ("tables", "place", "message"),
    [
        ('[[sources]]\nname = "X"\nurl = "javascript:alert(1)"\n', "6:1", '"url": expected the address of a site'),
        ('[[sources]]\nname = "X"\nlanguage = "x y"\n', "6:1", '"language": expected a language tag'),
        ('[[sources]]\nname = "X"\nhome = "x"\n', "6:1", 'unknown key "home"'),
        ('[[sources]]\nurl = "https://x.example/"\n', "4:1", 'the key "name" is missing'),
        ('[[sources]]\nname = "X"\n[[sources]]\nname = "x"\n', "7:1", '"x" may be the source "X" or "x"'),
        (
            '[[sources]]\nname = "X"\nurl = "https://x.example"\n[[sources]]\nname = "Y"\naliases = ["x.example"]\n',
            "8:1",
            '"x.example" may be the source "X" or "Y"',
        ),
        ('[tags]\naliases = ["AI"]\n', "5:1", '"aliases": expected a table of lists'),
        ('[tags.aliases]\nA = ["x"]\nB = ["X"]\n', "6:1", '"X" may be the tag "A" or "B"'),
    ],
)
def test_a_faulty_registry_is_refused_with_its_line(make_site: MakeSite, tables: str, place: str, message: str) -> None:
    done = make_site(CONFIGURATION + tables).build(status=2)
    assert f"broadsheet.toml:{place}: error: {message}" in done.stderr


def test_aliases_settle_the_name_of_a_tag_everywhere(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + ALIASES)
    site.article("a", tags="[ai, Machine_Learning, sea]")
    site.article("b", tags="[A.I., nato]")
    site.article("c", tags="[Nato, Cafe\u0301]")
    site.article("d", tags="[café]")
    warning = 'content/d.md: warning: the tag "café" is written "Café" elsewhere; both are one tag [spelling]'
    assert site.build().stderr == f'{warning}\n  hint: write "Café", or name it in [tags.aliases]\n'
    tags = {tag["name"]: len(tag["articles"]) for tag in listed(site, "tags")}
    assert tags == {"Artificial intelligence": 2, "Café": 2, "NATO": 2, "sea": 1}
    assert site.page("/2024/01/03/a/").count(">Artificial intelligence</a>") == 1
    assert b'<category term="Artificial intelligence"/>' in site.outputs()["atom.xml"]
    assert '<a href="/tags/nato/">NATO</a> <span>2 articles</span>' in site.page("/tags/")


def beside(page: str) -> list[str]:
    part = page.partition('<p class="beside">')[2].partition("</ul>")[0]
    return re.findall(r'<a href="/tags/[^"]+">(.*?)</a>', part)


def test_a_tag_names_those_that_stand_on_the_same_articles(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + "per_page = 2\n")
    for number in range(6):
        site.article(f"moon{number}", tags="[moon, Rockets, news]", date=f"2024-01-0{number + 1}")
    for number in range(12):
        site.article(f"sea{number}", tags="[sea, news]", date=f"2024-02-{number + 1:02}")
    site.article("once", tags="[sea, whale]")
    site.build()
    assert beside(site.page("/tags/moon/")) == ["Rockets"]  # news is everywhere
    assert beside(site.page("/tags/moon/page/1/")) == []
    assert beside(site.page("/tags/whale/")) == []  # once is no habit
    related = {tag["name"]: tag["related"] for tag in listed(site, "tags", "--explain")}
    assert related["Rockets"] == [{"name": "moon", "score": 1.0, "articles": 6}]
    assert related["sea"] == []


def test_related_tags_are_found_again_after_an_edit(make_site: MakeSite) -> None:
    site = make_site()
    for number in range(3):
        site.article(f"a{number}", tags="[moon, rockets]")
        site.article(f"b{number}", tags="[sea]")
    site.build()
    site.article("a0", tags="[moon, stars]")
    site.article("a1", tags="[moon, stars]")
    site.build()
    assert beside(site.page("/tags/moon/")) == ["stars"]
    once = site.outputs()
    site.build("--fresh")
    assert site.outputs() == once


def test_a_new_body_leaves_the_pages_of_tags_alone(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + "[feeds]\ntags = false\n")
    for number in range(3):
        site.article(f"a{number}", tags="[moon, rockets]", summary="Short.")
    site.build()
    site.article("a0", "Other words.", tags="[moon, rockets]", summary="Short.")
    written = site.build("--format", "json").json["written"]
    assert written == ["2024/01/03/a0/index.html", "atom.xml", "feed.json", "rss.xml"]


def card(number: int, tags: tuple[str, ...]) -> Card:
    day, name = datetime(2024, 1, 1, tzinfo=UTC), f"a{number}"
    head = (name, f"content/{name}.md", f"/{name}/", name, day, day, None, None, False, False, (), None, "en", ())
    return Card(*head, Reason("none", ()), tags, "", None, (), 1, Ties(), (), None, True, True, "", 1, "")


TAGS = st.lists(st.sampled_from("abcdefghijklmnop"), max_size=5, unique=True).map(tuple)


@given(st.lists(TAGS, max_size=40), st.randoms())
def test_related_tags_depend_on_nothing_but_who_stands_together(all_tags: list[tuple[str, ...]], chance: Any) -> None:
    def found(order: list[tuple[str, ...]]) -> dict[str, Any]:
        cards = [card(number, tags) for number, tags in enumerate(order)]
        names = sorted({tag for tags in order for tag in tags}, key=lambda _: chance.random())
        terms = [Term(name, name, "", "", tuple(one for one in cards if name in one.tags)) for name in names]
        return companions_of(tuple(terms), cards)

    one = found(all_tags)
    assert one == found(chance.sample(all_tags, len(all_tags)))
    for tag, companions in one.items():
        assert 0 < len(companions) <= MOST
        assert tag not in {companion.slug for companion in companions}
        for companion in companions:
            both = sum({tag, companion.slug} <= set(tags) for tags in all_tags)
            assert companion.articles == both >= 2
            assert 0 < companion.score <= 1.000001


@given(st.lists(st.text(max_size=8), max_size=6).map(tuple))
def test_normalised_tags_stay_as_they_are(names: tuple[str, ...]) -> None:
    once = tags_of(names, (("Sea", ("Ocean", "see")),))
    assert tags_of(once, (("Sea", ("Ocean", "see")),)) == once
    assert len({tag_slug(tag) for tag in once}) <= len(once)


def test_a_host_that_only_ends_alike_is_another_publisher() -> None:
    known = (Publisher("Times", "times", "https://times.example/", "", "", ()),)
    assert publisher_of("", "https://www.times.example/x", known) == known[0]
    assert publisher_of("", "https://irishtimes.example/x", known) is None
    assert publisher_of("", "https://times.example.net/x", known) is None
    assert publisher_of("", "", known) is None
