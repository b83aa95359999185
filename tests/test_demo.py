"""The demo that newcomers see: judged by the Nu HTML checker, feedparser and a check of every link."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import pytest

from generator import config
from tests.conftest import ROOT, SiteFolder

BASE = config.load(ROOT / "broadsheet.toml").base_url
VNU = Path(os.environ.get("VNU_JAR", ROOT / ".venv/tools/node_modules/vnu-jar/build/dist/vnu.jar"))
FURNITURE = (
    "list 1 of",
    "end of list",
    "Advertisement",
    "Story continues below",
    "Share this article",
    "Copy link",
    "WhatsApp",
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    folder = SiteFolder(ROOT)
    folder.output = tmp_path_factory.mktemp("demo") / "output"
    folder.run("build", "--now", "2024-01-09", "-o", str(folder.output))
    return folder


def pages(demo: SiteFolder) -> Iterator[tuple[str, str]]:
    for path, content in demo.outputs().items():
        if path.endswith(".html"):
            yield path, content.decode()


class Links(HTMLParser):
    """The links and the ids of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.links += [values[name] for name in ("href", "src") if name in values]
        if tag == "meta" and values.get("http-equiv") == "refresh":
            self.links.append(values["content"].partition("url=")[2])
        if "id" in values:
            self.ids.add(values["id"])


def test_it_is_a_week_of_news_over_many_topics(demo: SiteFolder) -> None:
    articles = demo.run("list", "articles", "--format", "json").json["articles"]
    assert len(articles) >= 40
    assert {article["date"][:7] for article in articles} == {"2024-01"}
    topics = demo.run("list", "topics", "--format", "json").json["topics"]
    assert len([topic for topic in topics if topic["articles"]]) >= 6
    assert all(article["topics"] for article in articles)


def test_no_furniture_comes_through(demo: SiteFolder) -> None:
    taken = {r["rule"] for file in demo.run("tidy", "--format", "json").json["files"] for r in file["removed"]}
    assert {
        "screen-reader-list",
        "end-of-list",
        "advertisement",
        "share-buttons",
        "newsletter",
        "related-headlines",
    } <= taken
    for path, page in pages(demo):
        if path != "about/index.html":
            assert [word for word in FURNITURE if word in page] == [], path


def test_no_link_inside_the_site_is_dead(demo: SiteFolder) -> None:
    files = demo.outputs()
    parsed = {path: Links(page) for path, page in pages(demo)}
    dead, checked = [], 0
    for path, page in parsed.items():
        here = urljoin(BASE, path.removesuffix("index.html"))
        for link in page.links:
            target = urljoin(here, link)
            if target.startswith(BASE):
                checked += 1
                parts = urlsplit(target)
                name = unquote(parts.path[1:]) + ("index.html" if parts.path.endswith("/") else "")
                if name not in files or (parts.fragment and unquote(parts.fragment) not in parsed[name].ids):
                    dead.append((path, link))
    assert dead == []
    assert checked > 1000


def test_feeds_are_well_formed_and_their_links_lead_to_pages(demo: SiteFolder) -> None:
    files = demo.outputs()
    feeds = [path for path in files if path.endswith(("atom.xml", "rss.xml"))]
    assert len(feeds) > 20
    for path in feeds:
        feed = feedparser.parse(files[path])
        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert feed.entries
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        for entry in feed.entries:
            assert unquote(entry.link.removeprefix(BASE)) + "index.html" in files
            assert entry.content[0].value
            assert not re.search(r'(href|src)="(?!https?:|mailto:)', entry.content[0].value)
    for path in files:
        if path.endswith("feed.json"):
            assert json.loads(files[path])["items"]


def test_the_nu_html_checker_finds_nothing(demo: SiteFolder) -> None:
    if not VNU.exists() or shutil.which("java") is None:
        assert not os.environ.get("CI"), "the Nu HTML checker is missing: it needs Java and npm"
        pytest.skip("the Nu HTML checker is not installed (needs Java and npm)")
    command = ["java", "-jar", str(VNU), "--skip-non-html", "--format", "json", str(demo.output)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    messages = json.loads(done.stderr)["messages"]
    assert [(m["url"].rpartition("/output/")[2], m["type"], m["message"]) for m in messages] == []


def test_the_style_sheet_is_sound(demo: SiteFolder) -> None:
    if not VNU.exists() or shutil.which("java") is None:
        assert not os.environ.get("CI"), "the Nu HTML checker is missing: it needs Java and npm"
        pytest.skip("the Nu HTML checker is not installed (needs Java and npm)")
    command = ["java", "-jar", str(VNU), "--css", "--format", "json", str(demo.output / "assets/style.css")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert json.loads(done.stderr)["messages"] == []


def test_under_a_path_no_link_of_the_demo_is_dead(tmp_path: Path) -> None:
    site, address = SiteFolder(tmp_path), "https://user.example.io/digest/"
    for name in ("content", "broadsheet.toml", "broadsheet.lock"):
        (tmp_path / name).symlink_to(ROOT / name)
    site.build("--base-url", address)
    found = site.run("check", "--base-url", address, "--format", "json").json
    assert found["links"] > 1000
    assert (found["dead"], found["problems"]) == (0, [])
    lost = re.findall(r'(?:href|src)="([^"]*)"', site.page("/404.html"))  # it is shown at any address
    assert lost
    assert all(url.startswith(("/digest/", "#", "https://")) for url in lost)
