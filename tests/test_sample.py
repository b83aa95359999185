"""A real article as it is pasted, from the import to the page; skipped where the sample is missing."""

import re

import pytest

from tests.conftest import ROOT, SHARED, SiteFolder

SAMPLE = SHARED / "samples" / "000_afeccb193028292e.txt"


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample is not part of the project")
def test_a_pasted_article_comes_out_as_its_paragraphs_alone(tmp_path: pytest.TempPathFactory) -> None:
    site = SiteFolder(tmp_path / "S")  # type: ignore[operator]
    assert SiteFolder(ROOT).run("new", str(site.root)).status == 0
    site.run(
        "import",
        str(SAMPLE),
        "--title",
        "Allies meet",
        "--date",
        "2026-01-06",
        "--source",
        "Al Jazeera",
        "--topic",
        "World",
    )
    site.run("build")
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line.startswith("- list")]
    at = lines.index("Related News")
    furniture = [*listed, "end of list", "Advertisement", *lines[at:]]
    paragraphs = [line for line in lines if line not in furniture]
    assert (len(paragraphs), len(furniture)) == (9, 10)
    page = site.page("/2026/01/06/allies-meet/")
    body = page[page.index('<div class="text">') : page.index("</div>", page.index('<div class="text">'))]
    found = [re.sub("<[^>]+>", "", text) for text in re.findall(r"<p>(.*?)</p>", body, re.DOTALL)]
    assert [plain(text) for text in found] == [plain(text) for text in paragraphs]
    document = site.run("tidy", "--format", "json").json
    (file,) = [file for file in document["files"] if "allies-meet" in file["path"]]
    assert [item["text"] for item in file["removed"]] == furniture_in_order(lines, furniture)
    assert all(item["rule"] and item["reason"] for item in file["removed"])
    headlines = [*(line.split(" of 4", 1)[1] for line in listed), *lines[at + 1 :]]
    assert all(plain(headline) in plain(page) for headline in headlines)
    kept = {item["text"] for item in file["removed"] if item["kept_as"] == "related"}
    assert kept == {*listed, *lines[at + 1 :]}


def furniture_in_order(lines: list[str], furniture: list[str]) -> list[str]:
    return [line for line in lines if line in furniture]


def plain(text: str) -> str:
    """Letters and digits alone: quotes and dashes become typographic."""
    return "".join(re.findall(r"[^\W_]", re.sub(r"&#?\w+;", "", text)))
