"""Bad input gets a named answer, and the good articles beside it are built."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import feedparser
import pytest

from tests.conftest import CONFIGURATION, Done, SiteFolder

GOOD = "/2024/01/03/good/"


def build_beside_good(site: SiteFolder, path: str, text: str | bytes, *, status: int = 1) -> Done:
    """Builds a site of one good article and a file under test; the good one has to come out."""
    site.article("good")
    site.write(path, text)
    done = site.build(status=status)
    assert "One sentence of news." in site.page(GOOD)
    return done


def article(front_matter: str, body: str = "Some text.") -> str:
    return f"---\n{front_matter}\n---\n\n{body}\n"


@pytest.mark.parametrize(
    ("front_matter", "place", "hint"),
    [
        ("title: Ukraine: what now\ndate: 2024-01-03", "2:15", 'title: "Ukraine: what now"'),
        ("- a\n- b", "2:1", "title:"),
        ("just a line", "2:1", "title:"),
        ("title: 'open\ndate: 2024-01-03", r"\d+:\d+", "quote"),
        ("title: [a\ndate: 2024-01-03", r"\d+:\d+", "hint"),
    ],
)
def test_broken_front_matter_is_located_and_explained(
    site: SiteFolder, front_matter: str, place: str, hint: str
) -> None:
    done = build_beside_good(site, "content/bad.md", article(front_matter))
    assert re.search(rf"^content/bad\.md:{place}: error: ", done.stderr, re.MULTILINE), done.stderr
    assert hint in done.stderr


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_front_matter_that_is_not_closed_is_an_error_and_no_text_is_lost_silently(site: SiteFolder, fence: str) -> None:
    done = build_beside_good(site, "content/bad.md", f"{fence}\ntitle: x\n\nText of the article.\n")
    assert re.search(r"^content/bad\.md:1:1: error: ", done.stderr, re.MULTILINE)


@pytest.mark.parametrize("date", ["2024-02-30", "2026-13-45", "2024-01-03T25:00", "soon"])
def test_an_impossible_date_is_an_error_at_its_place(site: SiteFolder, date: str) -> None:
    done = build_beside_good(site, "content/bad.md", article(f"title: x\ndate: {date}"))
    assert "content/bad.md:3:7: error: " in done.stderr
    assert "hint:" in done.stderr


@pytest.mark.parametrize(
    ("date", "shown", "url"),
    [
        ("2024-01-03T23:30:00", "2024-01-03T23:30:00+01:00", "/2024/01/03/x/"),
        ("2024-01-03T23:30:00Z", "2024-01-03T23:30:00+00:00", "/2024/01/04/x/"),
        ("2024-01-03T23:30:00-05:00", "2024-01-03T23:30:00-05:00", "/2024/01/04/x/"),
        ("2024-01-03", "2024-01-03T00:00:00+01:00", "/2024/01/03/x/"),
        ("2024-07-01", "2024-07-01T00:00:00+02:00", "/2024/07/01/x/"),
    ],
)
def test_dates_take_the_zone_of_the_site_or_keep_their_own(
    make_site: Callable[..., SiteFolder], date: str, shown: str, url: str
) -> None:
    site = make_site(CONFIGURATION.replace("UTC", "Europe/Paris"))
    site.article("x", date=date)
    site.run("build", "--now", "2025-01-01")
    assert shown in site.page(url if "T" in date else "/atom.xml")
    assert site.page(url)


def test_no_title_takes_the_first_heading_with_a_warning(site: SiteFolder) -> None:
    site.article("x", "# The harbour is open\n\nShips came in.", title="")
    done = site.build()
    assert "content/x.md:1: warning: no title" in done.stderr
    page = site.page("/2024/01/03/x/")
    assert "<h1>The harbour is open</h1>" in re.sub(r"<h1[^>]*>\s*", "<h1>", re.sub(r"\s*</h1>", "</h1>", page))
    assert page.count("<h1") == 1


def test_no_title_and_no_heading_takes_the_first_sentence_with_a_warning(site: SiteFolder) -> None:
    site.article("x", "Ships came in at dawn. The port was full by noon.", title="")
    assert "warning: no title" in site.build().stderr
    assert "<title>Ships came in at dawn" in site.page("/2024/01/03/x/")


def test_no_date_takes_it_from_the_file_name_or_is_an_error(site: SiteFolder) -> None:
    site.article("2024-01-05-named", date="")
    done = build_beside_good(site, "content/bad.md", article("title: x"))
    assert "content/bad.md:1: error: no date" in done.stderr
    assert "Title of 2024-01-05-named" in site.page("/2024/01/05/named/")


def test_two_articles_that_want_one_url_are_an_error_that_names_both(site: SiteFolder) -> None:
    site.article("one", slug="same")
    site.article("two", slug="same")
    done = build_beside_good(site, "content/three.md", article("title: x\ndate: 2024-01-03\nurl: /own/"))
    error = next(line for line in done.stderr.splitlines() if "same-url" in line)
    assert "content/one.md" in error
    assert "content/two.md" in error
    assert "Title of one" in site.page("/2024/01/03/same/")


@pytest.mark.parametrize("field", ["tags: [{}]", "topic: {}"])
def test_two_names_that_want_one_url_are_an_error_that_names_both_files(site: SiteFolder, field: str) -> None:
    key, _, value = field.partition(": ")
    site.article("one", **{key: value.format("rock & roll")})
    site.article("two", **{key: value.format("rock and roll")})
    done = site.build(status=1)
    error = next(line for line in done.stderr.splitlines() if "same-url" in line)
    assert "content/one.md" in error
    assert "content/two.md" in error


@pytest.mark.parametrize(
    "slug", ['""', '".."', '"../../../etc"', '"a/b"', '"/"', f'"{"long " * 60}"', '"🚢🚢"', "page", "feeds"]
)
def test_any_slug_gives_a_safe_url_inside_the_output(site: SiteFolder, slug: str) -> None:
    site.article("x", slug=slug)
    site.build()
    page = next(path for path in site.outputs() if path.startswith("2024/01/03/"))
    parts = page.split("/")
    assert len(parts) == 5
    assert parts[3] not in {"", ".", "..", "page", "feeds"}
    assert len(parts[3].encode()) <= 200
    assert parts[4] == "index.html"


@pytest.mark.parametrize("tag", ["page", "feeds", "🚢", "..", "a/b", "x" * 300])
def test_any_tag_gives_a_safe_url_inside_the_output(site: SiteFolder, tag: str) -> None:
    site.article("x", tags=f'["{tag}"]')
    site.build()
    pages = [path for path in site.outputs() if path.startswith("tags/") and path != "tags/index.html"]
    assert len({path.split("/")[1] for path in pages}) == 1
    assert all(len(path.split("/")) == 3 for path in pages)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("latin1.md", "---\ntitle: Zürich\ndate: 2024-01-03\n---\nText\n".encode("latin-1"), "not-utf8"),
        ("nul.md", b"---\ntitle: x\ndate: 2024-01-03\n---\nText\0more\n", "nul-byte"),
        ("huge.md", b"---\ntitle: x\ndate: 2024-01-03\n---\n" + b"word " * 10_000_000, "too-large"),
        ("empty.md", b"", "empty-file"),
        ("blank.md", b" \n\n", "empty-file"),
    ],
)
def test_a_file_that_is_no_text_is_a_named_problem(site: SiteFolder, name: str, data: bytes, code: str) -> None:
    done = build_beside_good(site, f"content/{name}", data)
    assert f"content/{name}" in done.stderr
    assert f"[{code}]" in done.stderr


def test_entries_that_are_no_files_are_named_problems(site: SiteFolder) -> None:
    content = site.root / "content"
    (content / "folder.md").mkdir()
    (content / "dangling.md").symlink_to("nothing.md")
    (content / "loop.md").symlink_to("loop.md")
    (site.root / "secret.md").write_text(article("title: secret\ndate: 2024-01-03"))
    (content / "out.md").symlink_to(site.root / "secret.md")
    done = build_beside_good(site, "content/fine.md", article("title: fine\ndate: 2024-01-03"))
    for name in ("folder.md", "dangling.md", "loop.md", "out.md"):
        assert f"content/{name}: error: " in done.stderr
    assert not any(b"secret" in content for content in site.outputs().values())


class Tags(HTMLParser):
    """The start tags of a page with their attributes, as a browser reads them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


HOSTILE = """\
<script>alert(1)</script> <img src=x onerror=alert(2)> <a href="javascript:alert(3)" onclick="alert(4)">x</a>
[a](javascript:alert(5)) [b](data:text/html;base64,PHNjcmlwdD4=) ![c](data:image/svg+xml,<svg/onload=alert(6)>)
<iframe src="https://example.com"></iframe><svg><script>alert(7)</script></svg><style>body{display:none}</style>
<form action="/x"><input name=a></form><base href="https://evil.example/"><meta http-equiv=refresh content=0>
</article></main></body></html><div><b><i>unbalanced <a href=" JaVaScRiPt:alert(8)">z</a> <p id="_content">posing</p>

| a | b |
|---|---|
| <object data=x></object> | <math><mtext><script>alert(9)</script></mtext></math> |
"""


def test_hostile_text_is_harmless_in_pages_and_feeds(site: SiteFolder) -> None:
    title = r'"<script>alert(0)</script> & \"quoted\" \a\x0b\u202e 日本語 ]]> --> </title>"'
    site.article("x", HOSTILE, title=title, summary='"<img src=x onerror=alert(1)> ]]>"', tags='["<b>bold</b>"]')
    site.build(status=0)
    page = site.page("/2024/01/03/x/")
    tags = Tags(page).found
    names = [tag for tag, _ in tags]
    assert not {"iframe", "svg", "style", "form", "input", "base", "object", "math"} & set(names)
    assert all(attributes == {"type": "application/ld+json"} for tag, attributes in tags if tag == "script")
    assert not [(tag, name) for tag, attributes in tags for name in attributes if name.startswith("on")]
    links = [attributes[name] for _, attributes in tags for name in ("href", "src") if name in attributes]
    assert [link for link in links if not re.match(r"https?://|/|#|mailto:", link)] == []
    assert [attributes["id"] for _, attributes in tags if "id" in attributes].count("_content") == 1
    assert [names.count(name) for name in ("html", "head", "title", "body", "main", "h1")] == [1] * 6
    assert page.rstrip().endswith("</html>")
    for name in ("atom.xml", "rss.xml"):
        parsed = feedparser.parse(site.outputs()[name])
        assert not parsed.bozo, parsed.get("bozo_exception")
        content = parsed.entries[0].content[0].value
        assert "<script" not in content
        assert "javascript:" not in content.lower()


@pytest.mark.parametrize(
    "body",
    ["[" * 8000, "![" * 8000, "```\n" * 2000, "<div>" * 100_000, "> " * 20_000, "- " * 20_000 + "x", "<a " * 8000],
    ids=["brackets", "images", "fences", "divs", "quotes", "lists", "tags"],
)
def test_text_that_blows_up_the_parser_takes_bounded_time(site: SiteFolder, body: str) -> None:
    site.article("good")
    site.article("hard", body)
    done = site.build(status=None)  # ends: the limit is 5 seconds of processor time
    assert "One sentence of news." in site.page(GOOD)
    if done.status:
        assert re.search(r"^content/hard\.md:\d+: error: ", done.stderr, re.MULTILINE)


@pytest.mark.parametrize(
    ("line", "place", "hint"),
    [
        ('titel = "x"', "4:1", 'did you mean "title"'),
        ('per_page = "20"', "4:1", ""),
        ("language = 3", "4:1", "quotes"),
        ('timezone = "Europe/Pariss"', "4:1", 'did you mean "Europe/Paris"'),
        ('theme = "defualt"', "4:1", 'did you mean "default"'),
        ("[page]\ntags = true", "4:1", 'did you mean "pages"'),
        ("[pages]\ntagz = true", "5:1", 'did you mean "tags"'),
        ('[feeds]\nformats = ["atm"]', "5:1", 'did you mean "atom"'),
        ('permalink = "/:yeer/:slug/"', "4:1", ":year"),
        ('[[topics]]\nname = "A"\n[[topics]]\nname = "a"', "7:1", "slug"),
        ('[clean]\nskip = ["advertisment"]', "", 'did you mean "advertisement"'),
    ],
)
def test_a_fault_of_the_configuration_stops_with_its_place(
    make_site: Callable[..., SiteFolder], line: str, place: str, hint: str
) -> None:
    configuration = CONFIGURATION.replace('timezone = "UTC"\n', "") if line.startswith("timezone") else CONFIGURATION
    lines = f"{configuration}{'' if configuration == CONFIGURATION else '# a comment' + chr(10)}{line}\n"
    site = make_site(lines)
    done = site.build(status=2)
    assert f"broadsheet.toml{':' if place else ''}{place}: error: " in done.stderr
    assert hint in done.stderr
    assert not site.output.exists()


def test_a_configuration_that_is_no_toml_stops_with_its_place(make_site: Callable[..., SiteFolder]) -> None:
    done = make_site("title = News\n").build(status=2)
    assert "broadsheet.toml:1:9: error: not TOML" in done.stderr


def test_an_error_in_a_template_names_its_file_line_and_page(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(CONFIGURATION + 'theme = "mine"\n')
    site.article("good")
    site.article("other")
    site.write(
        "themes/mine/templates/article.html",
        "{% extends 'default/article.html' %}\n\n{% block main %}\n{{ titel }}{% endblock %}\n",
    )
    done = site.build(status=1)
    assert "themes/mine/templates/article.html:4: error: " in done.stderr
    assert "titel" in done.stderr
    assert "/2024/01/03/good/" in done.stderr
    assert done.stderr.count("error:") == 1
    assert "Title of good" in site.page("/")


def test_a_template_that_is_no_template_names_its_file_and_line(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(CONFIGURATION + 'theme = "mine"\n')
    site.article("good")
    site.write("themes/mine/templates/404.html", "one\n{% if %}\n")
    done = site.build(status=1)
    assert "themes/mine/templates/404.html:2: error: " in done.stderr
    assert "Title of good" in site.page(GOOD)


def test_problems_are_shown_all_at_once_sorted_and_at_most_fifty(site: SiteFolder) -> None:
    for number in range(70):
        site.article(f"bad{number:02}", date="never")
    lines = [line for line in site.build(status=1).stderr.splitlines() if "error:" in line]
    assert lines == sorted(lines)
    assert len(lines) == 50
    assert "... and 20 more errors; --all-problems shows them" in site.build(status=1).stderr
    assert site.build("--all-problems", status=1).stderr.count("error:") == 70


def test_a_folder_that_says_a_month_gives_no_date(site: SiteFolder) -> None:
    site.write("content/2024/03/quay.md", "# The quay\n\nIt moves.\n")
    said = site.build(status=1).stderr
    assert "content/2024/03/quay.md:1: error: no date [no-date]" in said
    assert "date: 2024-03-31, or begin the file's name with it; its folders say no day" in said
