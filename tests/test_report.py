"""The page of what cleaning removed."""

from html.parser import HTMLParser

from generator.model import Removal
from generator.pipeline.clean.rules import kept_as, reason, recorded_names
from generator.pipeline.render.report import Entry, cleaning_report
from tests.conftest import SiteFolder
from tests.test_clean import PARAGRAPHS, text


class Text(HTMLParser):
    """The words of a page, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the library's interface
        self.tags.append(tag)


def test_the_report_names_line_rule_reason_and_counts(site: SiteFolder) -> None:
    site.article(
        "one", text("By Anna Sund", *PARAGRAPHS, "Advertisement", "Related News", "Ten years of the ring road")
    )
    site.article("two", text(*PARAGRAPHS, "Advertisement"), draft="true")
    site.article("three", text(*PARAGRAPHS))
    site.build("--report", "cleaning.html")
    page = (site.root / "cleaning.html").read_text()
    assert "The Test: 5 lines of 2 articles. 1 more were left as they are." in page
    assert '<td class="line">11</td><td class="rule" title="' in page
    assert "kept as authors" in page
    assert "kept as related" in page
    assert page.index("content/one.md") < page.index("content/two.md")
    assert "content/three.md" not in page
    row = page.partition('<tr id="rule-advertisement">')[2].partition("</tr>")[0]
    assert reason("advertisement") in row
    assert '<td class="number">2</td>' in row


def test_the_report_needs_nothing_else_and_is_the_same_each_time(site: SiteFolder) -> None:
    site.article("one", text(*PARAGRAPHS, "Advertisement"))
    site.build("--report", "cleaning.html")
    first = (site.root / "cleaning.html").read_bytes()
    done = site.build("--report", "cleaning.html", "--format", "json").json
    assert done["written"] == []
    assert (site.root / "cleaning.html").read_bytes() == first
    assert not {"script", "link", "img", "iframe"} & set(Text(first.decode()).tags)
    assert "url(" not in first.decode()
    assert "http" not in first.decode()


def test_what_was_removed_is_escaped() -> None:
    hostile = "<script>alert('&amp;')</script><!--"
    page = cleaning_report(hostile, [Entry(f"content/{hostile}.md", hostile, (Removal("legal", 1, hostile, ""),))])
    assert "<script" not in page
    assert "".join(Text(page).words).count(hostile) == 5


def test_each_rule_is_explained() -> None:
    names = recorded_names()
    page = cleaning_report("x", [Entry("a", "b", tuple(Removal(name, 1, "c", kept_as(name)) for name in names))])
    words = "".join(Text(page).words)
    assert all(reason(name) in words for name in names)
    assert "By rule" not in cleaning_report("x", [Entry("a", "b", ())])


def test_the_report_overwrites_nothing_but_a_report(site: SiteFolder) -> None:
    path = site.article("one")
    before = path.read_bytes()
    assert "is no report" in site.build("--report", "content/one.md", status=2).stderr
    assert "folder doesn't exist" in site.build("--report", "nowhere/x.html", status=2).stderr
    assert path.read_bytes() == before
    assert not site.output.exists()
