"""What the articles of a site say of each other's lines."""

from collections.abc import Callable, Mapping

from generator.model import Ballot, Doubt
from generator.pipeline.group.votes import count_votes
from tests.conftest import CONFIGURATION, SiteFolder
from tests.test_clean import PARAGRAPHS, text

LINE = "All the news of the bay"
TITLE = "Harbour reopens after the storm"


def removed(site: SiteFolder) -> Mapping[str, str]:
    """Path and line -> rule, of what a build removes by votes, as the report says."""
    site.build("--report", "report.html")
    page = (site.root / "report.html").read_text()
    found = {}
    for article in page.split("<article>")[1:]:
        path = article.partition('<p class="path">')[2].partition("<")[0]
        for row in article.split("<tr ")[1:]:
            rule = row.partition('data-rule="')[2].partition('"')[0]
            if rule in {"other-title", "repeated-in-source"}:
                found[path.removeprefix("content/").removesuffix(".md")] = rule
    return found


def promoted(site: SiteFolder, name: str, **fields: str) -> None:
    """An article with a line of its own at the end."""
    site.article(name, text(*PARAGRAPHS, f"This is what {name} is about, and it ends as sentences do.", LINE), **fields)


def test_a_line_that_is_the_title_of_another_article_becomes_a_related_link(site: SiteFolder) -> None:
    site.article("one", text(*PARAGRAPHS[:2], TITLE, *PARAGRAPHS[2:]))
    assert removed(site) == {}
    assert TITLE in site.page("/2024/01/03/one/").partition('class="text"')[2].partition("</div>")[0]
    site.article("two", title=f'"{TITLE}"')
    assert removed(site) == {"one": "other-title"}
    page = site.page("/2024/01/03/one/")
    assert TITLE not in page.partition('class="text"')[2].partition("</div>")[0]
    assert f'<li><a href="/2024/01/03/two/">{TITLE}</a></li>' in page


def test_a_line_in_three_articles_of_one_source_goes(site: SiteFolder) -> None:
    for name in ("one", "two"):
        promoted(site, name, source="The Herald")
    promoted(site, "other", source="The Gazette")
    promoted(site, "none")
    assert removed(site) == {}
    promoted(site, "three", source="The Herald")
    assert removed(site) == dict.fromkeys(("one", "two", "three"), "repeated-in-source")
    assert LINE not in site.page("/2024/01/03/two/")
    assert LINE in site.page("/2024/01/03/other/")


def test_what_others_say_costs_only_the_articles_that_it_is_about(site: SiteFolder) -> None:
    for name in ("one", "two", "other"):
        promoted(site, name, source="The Herald" if name != "other" else "The Gazette")
    site.build()
    promoted(site, "three", source="The Herald")
    assert site.build("--format", "json").json["read"] == 3  # the new one, and the two that have its line
    site.article("two", "Nothing of the kind.", source="The Herald")
    assert site.build("--format", "json").json["read"] == 3  # the edited one, and the two that lost its vote
    assert LINE in site.page("/2024/01/03/one/")


def test_an_incremental_build_with_votes_is_as_a_fresh_one(site: SiteFolder) -> None:
    steps: list[Callable[[], object]] = [
        lambda: promoted(site, "one", source="The Herald"),
        lambda: promoted(site, "two", source="The Herald"),
        lambda: promoted(site, "three", source="The Herald"),
        lambda: site.article("four", title=f'"{LINE}"'),
        lambda: promoted(site, "one", source="The Gazette"),
        (site.root / "content/four.md").unlink,
        lambda: site.write("content/two.md", "---\ntitle: [\n---\n"),
        lambda: promoted(site, "two", source="The Herald", title='"Another"'),
        lambda: promoted(site, "one", source="The Herald"),
    ]
    for step in steps:
        step()
        site.build(status=None)
        incremental = site.outputs()
        site.build("--fresh", status=None)
        assert site.outputs() == incremental


def test_sentences_speech_headings_tables_and_copies_are_left(site: SiteFolder) -> None:
    for name in ("one", "two", "three"):
        rows = ("| Elin 3 | Marta 1 |", "|---|---|", "| Sturm 2 | Gull 2 |")
        lines = (
            "## What the bay says to all",
            "“All the news of the bay today”",
            "This sentence ends as sentences do.",
        )
        own = f"This is what {name} is about, and it ends as sentences do."
        site.article(name, text(*PARAGRAPHS, own, *lines, "", *rows), source="The Herald")
        site.article(f"copy-{name}", text(*PARAGRAPHS, LINE), source="The Gazette", title='"The same"')
    assert removed(site) == {}


def test_what_others_say_of_a_line_moves_no_article(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(f'{CONFIGURATION}[[topics]]\nname = "Harbours"\nkeywords = ["reopens"]\n')
    site.article("one", text(*PARAGRAPHS[:2], TITLE, *PARAGRAPHS[2:]))

    def grouped() -> tuple[object, object]:
        (one,) = [
            row for row in site.run("list", "articles", "--format", "json").json["articles"] if "one" in row["path"]
        ]
        return one["topics"], one["topic_reason"]

    before = grouped()
    assert before == (["harbours"], "keywords: reopens")
    site.article("two", date="2024-06-03", title=f'"{TITLE}"')
    assert removed(site) == {"one": "other-title"}
    assert grouped() == before


def test_an_article_without_a_title_of_its_own_is_not_judged_by_others(site: SiteFolder) -> None:
    site.article("one", text(*PARAGRAPHS, TITLE), title="")
    site.article("two", title=f'"{TITLE}"')
    assert removed(site) == {}


def test_votes_can_be_turned_off(site: SiteFolder) -> None:
    site.article("one", text(*PARAGRAPHS, TITLE), clean="[other-title]")
    site.article("three", text(*PARAGRAPHS, TITLE), clean="false")
    site.article("two", title=f'"{TITLE}"')
    assert removed(site) == {}


def test_the_order_of_the_ballots_does_not_matter() -> None:
    doubts = (Doubt("line", may_be_title=False, is_beside=True),)
    ballots = {f"{number}": Ballot(f"title {number}", "herald", doubts) for number in range(3)}
    ballots["x"] = Ballot("line", "", ())
    assert count_votes(ballots) == count_votes(dict(reversed(ballots.items())))
    assert set(count_votes(ballots)) == {"0", "1", "2"}
    assert count_votes(dict(list(ballots.items())[:2])) == {}
