"""What cleaning takes out and the article keeps: bylines, dates, captions, credits, related titles."""

from datetime import UTC, datetime

import pytest

from generator.model import Document, Image, Metadata
from generator.pipeline.clean import Tidied, tidy
from tests.conftest import SiteFolder
from tests.test_clean import PARAGRAPHS, text


def tidied(*lines: str, **metadata: object) -> Tidied:
    return tidy(Document("content/x.md", Metadata(**metadata), text(*lines), 1), ())  # type: ignore[arg-type]


def kept(given: Tidied) -> dict[str, str]:
    """Line -> field of all that moved."""
    return {item.text: item.kept_as for item in given.removed if item.kept_as}


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Anna Sund and Per Holm", ("Anna Sund", "Per Holm")),
        ("By Anna Sund, Political Correspondent", ("Anna Sund",)),
        ("Written by Anna Sund", ("Anna Sund",)),
        ("By Anna Sund, Associated Press", ("Anna Sund",)),
        ("Von Anna Sund und Per Holm", ("Anna Sund", "Per Holm")),
        ("By Our Staff", ()),
    ],
)
def test_a_byline_names_people_and_no_posts(byline: str, authors: tuple[str, ...]) -> None:
    assert tidied(byline, "Published 6 January 2024", *PARAGRAPHS).moved.authors == authors


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published On 6 Jan 2024", "2024-01-06"),
        ("12. Januar 2024, 14:30 Uhr", "2024-01-12T14:30:00"),
        ("Publié le 4 mai 2023 à 10h30", "2023-05-04T10:30:00"),
        ("6 de enero de 2024", "2024-01-06"),
    ],
)
def test_a_date_line_dates_an_article_without_a_date(line: str, day: str) -> None:
    moved = tidied(line, *PARAGRAPHS).moved
    assert moved.date is not None
    assert moved.date.isoformat() == day


def test_a_date_that_can_be_read_in_two_ways_dates_nothing() -> None:
    assert tidied("Published 06/01/2024", *PARAGRAPHS).moved.date is None


def test_the_date_of_the_front_matter_wins(site: SiteFolder) -> None:
    site.article("told", text("Published On 6 Jan 2020", *PARAGRAPHS))
    site.article("2022-02-02-named", text("Published On 6 Jan 2020", *PARAGRAPHS), date="")
    site.article("neither", text("Published On 6 Jan 2020", "Updated: 7 Jan 2020", *PARAGRAPHS), date="")
    articles = {
        one["path"]: one["date"][:10] for one in site.run("list", "articles", "--format", "json").json["articles"]
    }
    assert articles == {
        "content/told.md": "2024-01-03",
        "content/2022-02-02-named.md": "2022-02-02",
        "content/neither.md": "2020-01-06",
    }
    site.build()
    assert 'Updated <time datetime="2020-01-07' in site.page("/2020/01/06/neither/")


def test_a_change_before_the_publication_is_no_update() -> None:
    lines = ("Updated: 7 Jan 2020", *PARAGRAPHS)
    assert tidied(*lines, date=datetime(2024, 1, 3, tzinfo=UTC)).moved.updated is None
    assert kept(tidied(*lines, date=datetime(2020, 1, 3, tzinfo=UTC))) == {"Updated: 7 Jan 2020": "updated"}


def test_the_words_of_the_picture_move_to_it(site: SiteFolder) -> None:
    body = text("Photo: The pier after the storm", "(Anna Sund/Reuters)", *PARAGRAPHS, "Photo: A second picture")
    given = tidied(*body.split("\n"), image=Image("/x.jpg"))
    assert kept(given) == {"Photo: The pier after the storm": "image", "(Anna Sund/Reuters)": "image"}
    assert (given.moved.caption, given.moved.credit) == ("Photo: The pier after the storm", "Anna Sund/Reuters")
    assert kept(tidied(*body.split("\n"))) == {}
    told = tidied(*body.split("\n"), image=Image("/x.jpg", credit="AFP", caption="A pier"))
    assert kept(told) == {}
    site.article("x", body, image="/x.jpg")
    site.build()
    page = site.page("/2024/01/03/x/")
    assert "<figcaption>Photo: The pier after the storm <small>Anna Sund/Reuters</small></figcaption>" in page


def test_the_words_under_a_picture_that_came_along_stay() -> None:
    lines = (PARAGRAPHS[0], "![The pier](pier.jpg)", "Photo: The pier after the storm", "(Anna Sund/Reuters)")
    assert tidied(*lines, *PARAGRAPHS[1:]).removed == ()
    assert len(tidied(PARAGRAPHS[0], *lines[2:], *PARAGRAPHS[1:]).removed) == 2


def test_who_else_worked_on_it_is_named_below_the_article(site: SiteFolder) -> None:
    line = "(Reporting by Anna Sund; Editing by Per Holm)"
    site.article("x", text(*PARAGRAPHS, line))
    site.article("told", text(*PARAGRAPHS, line), credits='"Reporting by Liv Berg, in Marta"')
    site.build()
    assert '<p class="credits">Reporting by Anna Sund; Editing by Per Holm</p>' in site.page("/2024/01/03/x/")
    page = site.page("/2024/01/03/told/")
    assert '<p class="credits">Reporting by Liv Berg, in Marta</p>' in page
    assert "Per Holm" not in page


def test_tidy_writes_all_of_it_into_the_front_matter(site: SiteFolder) -> None:
    lines = ("By Anna Sund", "Published 6 January 2024, 14:30", "(Anna Sund/Reuters)", *PARAGRAPHS)
    body = text(*lines, "(Reporting by Liv Berg in Marta)", "Related News", "Ten years of the ring road")
    yaml = site.article("yaml", body, date="", image="/x.jpg")
    toml = site.write("content/toml.md", f'+++\ntitle = "x"\nimage = {{url = "/x.jpg"}}\n+++\n{body}\n')
    other = site.article("other", body, image='\n  url: "/x.jpg"')
    site.build("-o", "before")
    site.run("tidy", "--write")
    head = yaml.read_text().partition("---\n\n")[0]
    assert head.startswith('---\ntitle: "Title of yaml"\nimage: {url: "/x.jpg", credit: "Anna Sund/Reuters"}\n')
    assert "date: 2024-01-06T14:30:00\n" in head
    assert 'credits:\n  - "Reporting by Liv Berg in Marta"\n' in head
    assert 'image = {url = "/x.jpg", credit = "Anna Sund/Reuters"}' in toml.read_text()
    assert "date = 2024-01-06T14:30:00\n" in toml.read_text()
    assert "(Anna Sund/Reuters)" in other.read_text()  # a map over several lines isn't touched, nor is its caption lost
    site.build("-o", "after")
    pages = [(site.root / name / "2024/01/06/yaml/index.html").read_text() for name in ("before", "after")]
    assert pages[0] == pages[1]


def test_a_related_title_that_may_stand_for_many_articles_becomes_no_link(site: SiteFolder) -> None:
    site.article("one", related='["Live updates", "Harbour open"]')
    site.article("updates", title="Live updates")
    site.article("harbour", title="Harbour opens", related='["Live updates!"]')
    site.article("open", title="Harbour open")
    site.build()
    page = site.page("/2024/01/03/one/")
    assert "<li>Live updates</li>" in page
    assert "<li>Harbour open</li>" in page  # eleven letters
    assert "<li>Live updates!</li>" in site.page("/2024/01/03/harbour/")


def test_related_titles_that_the_site_has_become_links(site: SiteFolder) -> None:
    site.article("one", text(*PARAGRAPHS, "Related News", "Harbour reopens after the “great” storm", "Elsewhere"))
    site.article("two", title='"Harbour reopens after the great storm"')
    site.build()
    link = '<li><a href="/2024/01/03/two/">Harbour reopens after the great storm</a></li>'
    page = site.page("/2024/01/03/one/")
    assert link in page
    assert "<li>Elsewhere</li>" in page
    (site.root / "content/two.md").unlink()
    assert "2024/01/03/one/index.html" in site.build("--format", "json").json["written"]
    assert "<li>Harbour reopens after the “great” storm</li>" in site.page("/2024/01/03/one/")
    site.article("two", title='"Harbour reopens after the great storm"', draft="true")
    site.build()
    assert link not in site.page("/2024/01/03/one/")
    site.article("two", title='"Harbour reopens after the great storm"')
    site.build()
    incremental = site.outputs()
    site.build("--fresh")
    assert site.outputs() == incremental
    assert link in site.page("/2024/01/03/one/")
