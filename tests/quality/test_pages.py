"""Whole pages, as they come out of the browser: the command finds their headlines and their dates."""

from argparse import ArgumentParser
from pathlib import Path
from typing import NamedTuple

import frontmatter
import pytest

from generator.commands import import_
from generator.console import Console
from tests.quality.measure import HERE

PAGES = sorted((HERE / "pages").glob("*.txt"))
_MISSED_DATES = 1  # at most


class Page(NamedTuple):
    title: str
    date: str
    language: str
    text: str


def page_of(path: Path) -> Page:
    """What a labelled page is, and the text that somebody pastes."""
    head: dict[str, str] = {}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        label, tab, text = line.partition("\t")
        if not tab and label.startswith("# "):
            name, _, head[name] = label.removeprefix("# ").partition(": ")
        else:
            lines.append(text)
    return Page(head["title"], head["date"], head["language"], "\n".join(lines))


def imported(text: str, site: Path) -> frontmatter.Post:
    """The article that the command makes of a text."""
    parser = ArgumentParser()
    import_.add_arguments(parser)
    options = parser.parse_args(["page.txt"], import_.Options(directory=site))
    (site / "broadsheet.toml").write_text('base_url = "https://a.example/"\ntitle = "News"\n', encoding="utf-8")
    (site / "page.txt").write_text(text, encoding="utf-8")
    report = import_.run(options, Console(quiet=True))
    (article,) = (site / "content").rglob("*.md")
    assert [line.partition("  (")[0] for line in report.lines] == [
        f"page.txt -> {article.relative_to(site).as_posix()}"
    ]
    return frontmatter.load(str(article))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_title_of_a_page_is_its_headline(path: Path, tmp_path: Path) -> None:
    page = page_of(path)
    post = imported(page.text, tmp_path)
    assert post["title"] == page.title
    assert post["pasted"] is True


def test_the_dates_of_pages_are_those_of_publication(tmp_path: Path) -> None:
    missed = []
    for path in PAGES:
        page, site = page_of(path), tmp_path / path.stem
        site.mkdir()
        if str(imported(page.text, site)["date"])[:10] != page.date:
            missed.append(path.stem)
    assert len(missed) <= _MISSED_DATES, missed


def test_there_are_pages() -> None:
    assert len(PAGES) >= 19
