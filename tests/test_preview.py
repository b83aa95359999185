"""The preview as a browser's requests find it: a server on this machine alone that is never half done."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Removal
from generator.preview.files import FILE, MISSING, REDIRECT, find
from generator.preview.handlers import Stage
from generator.preview.overlay import lay_over, problems_page
from generator.preview.server import Server
from generator.preview.shown import About, Shown
from generator.preview.watcher import Watcher
from generator.problems import WARNING, Problem
from tests.conftest import CONFIGURATION, SiteFolder
from tests.preview import PATIENCE_S, Preview, previewing
from tests.test_demo import VNU

MakeSite = Callable[..., SiteFolder]
HOSTILE = "</template></aside><script>alert(1)</script>"
FOLDED = "/2024/01/03/x/"
FLOOD = """The flood came up to the second floor.

Advertisement

By noon the water stood in the church.

It went as fast as it had come."""


def test_answers_have_the_right_type_and_are_not_kept(site: SiteFolder) -> None:
    site.article("x", tags="[sea]")
    site.write("content/data.csv", "a,b\n")
    with previewing(site.root) as preview:
        expected = {
            "/": "text/html; charset=utf-8",
            FOLDED: "text/html; charset=utf-8",
            "/assets/style.css": "text/css; charset=utf-8",
            "/assets/favicon.svg": "image/svg+xml; charset=utf-8",
            "/atom.xml": "application/xml; charset=utf-8",
            "/rss.xml": "application/xml; charset=utf-8",
            "/feed.json": "application/json; charset=utf-8",
            "/robots.txt": "text/plain; charset=utf-8",
            "/data.csv": "text/csv; charset=utf-8",
        }
        for path, kind in expected.items():
            answer = preview.get(path)
            assert (answer.status, answer.headers["content-type"]) == (200, kind), path
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers.keys().isdisjoint({"etag", "last-modified", "expires"})
        part = preview.get("/data.csv", headers={"Range": "bytes=0-1"})
        assert (part.status, part.text) == (206, "a,")
        head = preview.get("/", "HEAD")
        assert (head.status, head.text, head.headers["content-type"]) == (200, "", expected["/"])
        assert preview.get("/", "POST").status == 405


def test_an_unknown_address_shows_the_sites_own_page_and_comes_alive(site: SiteFolder) -> None:
    site.article("x")
    site.write("themes/own/templates/404.html", "<html><body>Gone fishing</body></html>")
    site.write("broadsheet.toml", f'{CONFIGURATION}theme = "own"\n')
    with previewing(site.root) as preview:
        answer = preview.get("/2024/01/03/y/")
        assert answer.status == 404
        assert "Gone fishing" in answer.text
        assert "livereload.js" in answer.text
        site.article("y")
        assert preview.await_text("/2024/01/03/y/", "Title of y").status == 200


def test_addresses_without_the_final_slash_lead_on(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION.replace("example.org/", "example.org/digest/"))
    site.article("x")
    with previewing(site.root) as preview:
        assert preview.url.endswith("/digest/")
        for asked, answer in {
            "/": "/digest/",
            "/digest": "/digest/",
            "/digest/2024/01/03/x?a=b": "/digest/2024/01/03/x/?a=b",
        }.items():
            found = preview.get(asked)
            assert (found.status, found.headers["location"]) == (302, answer)
        page = preview.get("/digest/2024/01/03/x/")
        assert page.status == 200
        assert f'href="{preview.url}2024/01/03/x/"' in page.text  # the address of the preview
        assert 'href="/digest/assets/style.css"' in page.text
        assert preview.get("/2024/01/03/x/").status == 404


def test_other_sites_get_no_answer(site: SiteFolder) -> None:
    site.article("x")
    with previewing(site.root) as preview:
        port = preview.host.split(":")[1]
        for host in ("evil.example", f"evil.example:{port}", "localhost.evil.example", "127.0.0.1.evil.example", ""):
            for path in ("/", "/livereload", "/livereload.js", FOLDED):
                assert preview.get(path, headers={"Host": host}).status == 403, (host, path)
        for host in (f"localhost:{port}", f"news.localhost:{port}", f"[::1]:{port}", "192.0.2.1", "127.0.0.1"):
            assert preview.get("/", headers={"Host": host}).status == 200, host
        upgrade = {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Version": "13",
        }
        assert preview.get("/livereload", headers={**upgrade, "Origin": "http://evil.example"}).status == 403
        assert preview.get("/livereload", headers={**upgrade, "Origin": "null"}).status == 403
        assert preview.get("/forcereload?path=x").status == 404  # livereload's, open to everybody


@pytest.mark.parametrize(
    "path",
    [
        "/../broadsheet.toml",
        "/..%2fbroadsheet.toml",
        "/%2e%2e/%2e%2e/%2e%2e/broadsheet.toml",
        "//etc/passwd",
        "/%2Fevil.example",
        "//evil.example/..",
        "/.broadsheet.json",
        "/x%00y",
        "/..%5cbroadsheet.toml",
        "/C:/x",
        f"/{'x' * 300}",
        "/%ff",
    ],
)
def test_nothing_outside_of_the_output_is_served(path: str, shared_preview: Preview) -> None:
    answer = shared_preview.get(path)
    assert answer.status in {400, 404}
    assert "location" not in answer.headers
    assert "base_url" not in answer.text


@pytest.fixture(scope="module")
def shared_preview(tmp_path_factory: pytest.TempPathFactory) -> object:
    site = SiteFolder(tmp_path_factory.mktemp("shared"))
    site.write("broadsheet.toml", CONFIGURATION)
    site.article("x")
    with previewing(site.root) as preview:
        yield preview


@given(path=st.text(st.sampled_from("a./%\\:\0é-"), max_size=12))
def test_whatever_is_asked_for_is_inside_and_not_hidden(shared_folder: Path, path: str) -> None:
    asked = find(shared_folder, "/", f"/{path}")
    if asked.kind == FILE:
        assert (shared_folder / asked.path).resolve().is_relative_to(shared_folder.resolve())
        assert "/." not in f"/{asked.path}"
    elif asked.kind == REDIRECT:
        assert find(shared_folder, "/", asked.path).kind == FILE
        assert not asked.path.startswith("//")


@pytest.fixture(scope="module")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("around") / "a"
    for name in ("a", "index.html", ".a", "a.a", "-/index.html", "é/-/index.html", "a-/.a/index.html"):
        for place in (folder, folder.parent):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            if not (place / name).is_dir():
                (place / name).write_text(name)
    return folder


def test_a_link_in_the_folder_leads_nowhere_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "folder"
    (folder / "a").mkdir(parents=True)
    (folder / "a/index.html").write_text("a")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert find(folder, "/", "/link.txt").kind == MISSING
    assert find(folder, "/", "/a/") == (FILE, "a/index.html")
    assert find(folder, "/", "/a") == (REDIRECT, "/a/")
    assert find(folder, "/", "/a/index.html/").kind == MISSING


def test_previews_never_touch_the_output_of_real_builds(site: SiteFolder) -> None:
    site.article("x", draft="true")
    site.article("y")
    site.build()
    before = site.outputs()
    with previewing(site.root, "-D") as preview:
        site.article("z")
        preview.await_text("/2024/01/03/z/", "Title of z")
    assert site.outputs() == before
    made = {"output", ".cache"}
    assert {path.name for path in site.root.iterdir()} == {"broadsheet.toml", "content", *made}
    site.build()
    assert all(b"livereload" not in content and b"Title of x" not in content for content in site.outputs().values())


def test_a_preview_freezes_no_edition(site: SiteFolder) -> None:
    site.article("x")
    with previewing(site.root) as preview:
        preview.await_text("/editions/2024-01-03/", "Title of x")
    assert not (site.root / "broadsheet.lock").exists()


def test_pages_that_a_real_build_leaves_out_are_marked(site: SiteFolder) -> None:
    site.article("x", draft="true", tags="[hidden]")
    site.article("y", date="2024-07-01", tags="[open]")
    site.article("z", expires="2024-05-01", tags="[open]")
    site.article("seen", tags="[open]")
    with previewing(site.root, "-D", "-F", "-E") as preview:
        marks = {
            "/2024/01/03/x/": "draft",
            "/2024/07/01/y/": "future",
            "/2024/01/03/z/": "expired",
            "/tags/hidden/": "withheld articles alone",
        }
        for path, mark in marks.items():
            assert f'<span class="mark">{mark}</span>' in preview.get(path).text, path
        for path in ("/2024/01/03/seen/", "/", "/tags/open/", "/nothing/"):
            assert "Only in previews" not in preview.get(path).text, path
    with previewing(site.root) as preview:
        assert preview.get("/2024/01/03/x/").status == 404


def test_the_bar_says_what_was_removed_and_why_the_article_is_where_it_is(make_site: MakeSite) -> None:
    site = make_site(f'{CONFIGURATION}[[topics]]\nname = "Climate"\nkeywords = ["flood"]\n')
    site.article("x", FLOOD, date="2024-01-03", tags="[Sea]")
    site.article("y", tags="[sea]")
    with previewing(site.root) as preview:
        page = preview.get(FOLDED).text
        bar = page[page.index('id="broadsheet-preview"') :]
        assert "Topic: Climate (keywords: flood)" in bar
        assert "1 line removed" in bar
        assert "<del>-Advertisement</del>" in bar
        assert "advertisement</td>" in bar
        assert "content/x.md" in bar
        assert "1 warning" in bar  # the two spellings of the tag
        assert re.search(r"\d\.\d\d s", bar)
        for path in ("/", "/tags/", "/2024/01/03/y/"):
            assert "line removed" not in preview.get(path).text


def test_a_page_says_what_cleaning_removed_from_all_articles(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION.replace("example.org/", "example.org/digest/"))
    site.article("x", FLOOD)
    with previewing(site.root) as preview:
        links = re.findall(r'href="([^"]*/cleaning)"', preview.get("/digest/").text)
        report = preview.get(links[0])
        assert report.status == 200
        assert "content/x.md" in report.text
        assert "Advertisement" in report.text


def test_the_bar_says_which_story_an_article_is_in_and_why(coast: SiteFolder) -> None:
    with previewing(coast.root) as preview:
        bar = preview.get("/2024/03/05/salvage/").text
        assert re.search(r"Story: Ferry strikes a reef, 3 articles \(.*aurora.*\)", bar, re.IGNORECASE)
        assert "Story:" not in preview.get("/2024/03/05/chess/").text


def shown(folder: Path, *, is_broken: bool = False) -> Shown:
    about = About(HOSTILE, HOSTILE, (HOSTILE,), (Removal("rule", 1, HOSTILE, HOSTILE),), {"rule": HOSTILE}, (HOSTILE,))
    problem = Problem(HOSTILE, 1, 2, HOSTILE, HOSTILE, HOSTILE, WARNING)
    return Shown("b1", folder, "/", 0.5, (problem,) * 60, is_broken, about=lambda _: about, report=str)


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    for page in (
        lay_over(b"<html><body>x</BODY></html>", shown(tmp_path), "x.html", ("localhost", 80)),
        problems_page(shown(tmp_path, is_broken=True), ("localhost", 80)),
    ):
        assert page.count(b"<script") == 1  # livereload's
        assert b"alert(1)&lt;/script&gt;" in page
        assert b"and 10 more" in page


@pytest.mark.parametrize("html", [b"text", b"<p>text", b"<body>text</Body>", b"<pre></body></pre></body>x", b""])
def test_every_page_gets_the_script_once_whatever_it_lacks(tmp_path: Path, html: bytes) -> None:
    page = lay_over(html, shown(tmp_path), "x.html", ("[::1]", 8000))
    assert page.count(b"/livereload.js?host=[::1]&amp;port=8000&amp;snipver=b1") == 1
    assert page.startswith(html.rpartition(b"</body>")[0] if b"</body>" in html else html[:11])


def test_a_broken_article_is_shown_in_place_of_the_site_until_it_is_mended(site: SiteFolder) -> None:
    site.article("x")
    site.article("y")
    with previewing(site.root) as preview:
        preview.await_text("/", "Title of x")
        site.article("x", date="2024-02-30")
        broken = preview.await_text("/2024/01/03/y/", "The build is broken")
        assert broken.status == 500
        assert "content/x.md:3:7" in broken.text
        assert "2024-02-30" in broken.text
        assert "livereload.js" in broken.text
        for path in ("/", "/nothing/", FOLDED):
            assert "content/x.md:3:7" in preview.get(path).text
        assert preview.get("/assets/style.css").status == 200
        site.article("x")
        assert preview.await_text("/2024/01/03/y/", "Title of y").status == 200
    assert any(line.startswith("content/x.md:3:7: error: ") for line in preview.printed)


def test_a_wrong_configuration_at_the_start_is_shown_and_waited_for(make_site: MakeSite) -> None:
    site = make_site('title = "No address"\n')
    site.article("x")
    with previewing(site.root) as preview:
        answer = preview.await_text("/", "base_url")
        assert answer.status == 500
        assert "broadsheet.toml:1" in answer.text
        site.write("broadsheet.toml", CONFIGURATION)
        assert preview.await_text("/", "Title of x").status == 200
        site.write("broadsheet.toml", f"{CONFIGURATION}titel = 1\n")
        assert preview.await_text("/", "did you mean").status == 500
    assert any("broadsheet.toml:1:1: error:" in line for line in preview.printed)


def test_warnings_break_the_build_where_that_is_asked_for(site: SiteFolder) -> None:
    site.article("x", title="", body="Some words.")
    with previewing(site.root, "--strict") as preview:
        assert preview.get("/").status == 500
    with previewing(site.root) as preview:
        assert preview.get("/").status == 200


def test_folders_may_come_and_go(site: SiteFolder) -> None:
    (site.root / "content").rmdir()
    with previewing(site.root) as preview:
        assert preview.get("/").status == 500
        site.article("x")
        preview.await_text("/", "Title of x")
        shutil.rmtree(site.root / "content")
        preview.await_text("/", "the folder is missing")
        site.article("y")
        preview.await_text("/", "Title of y")
        site.write("themes/own/templates/404.html", "<p>Gone fishing")
        site.write("broadsheet.toml", f'{CONFIGURATION}theme = "own"\n')
        preview.await_text("/nothing/", "Gone fishing")
        site.write("themes/own/templates/404.html", "<p>Gone sailing")
        preview.await_text("/nothing/", "Gone sailing")


def test_many_files_at_once_are_one_build_or_two(site: SiteFolder) -> None:
    with previewing(site.root) as preview:
        preview.builds.get(timeout=PATIENCE_S)
        for number in range(200):
            site.article(f"a{number}")
        preview.await_text("/2024/01/03/a199/", "Title of a199")
        preview.await_text("/2024/01/03/a0/", "Title of a0")
        read = 0
        builds = []
        while read < 200:
            builds.append(preview.builds.get(timeout=PATIENCE_S))
            read += int(re.findall(r"(\d+) read", builds[-1])[0])
        assert len(builds) <= 2, builds


def test_looking_for_changes_misses_none_however_fast_they_come(site: SiteFolder) -> None:
    site.article("x")
    with previewing(site.root, "--poll") as preview:
        preview.await_text("/", "Title of x")
        for number in range(4):  # of one size, several within a second
            site.article("x", body=f"Sentence number {number}.")
            preview.await_text(FOLDED, f"Sentence number {number}.")


def test_where_the_system_tells_of_no_changes_it_looks_for_them(site: SiteFolder, tmp_path: Path) -> None:
    (tmp_path / "fake").mkdir()
    (tmp_path / "fake/watchfiles.py").write_text("def watch(*_, **__): raise OSError('too many folders')\n")
    site.article("x")
    with previewing(site.root, environment={"PYTHONPATH": str(tmp_path / "fake")}) as preview:
        preview.await_printed("no notice of changes: too many folders; looking for them instead")
        site.article("x", body="An edit that is looked for.")
        preview.await_text(FOLDED, "An edit that is looked for.")
    assert sum("too many folders" in line for line in preview.printed) == 1


def test_it_opens_the_browser_where_the_site_begins(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site(CONFIGURATION.replace("example.org/", "example.org/digest/"))
    opened = tmp_path / "opened"
    script = site.write("browser", f'#!/bin/sh\necho "$1" > {opened}.new && mv {opened}.new {opened}\n')
    script.chmod(0o755)
    with previewing(site.root, "-O", environment={"BROWSER": f"{script} %s"}) as preview:
        end = time.monotonic() + PATIENCE_S
        while not opened.exists():
            assert time.monotonic() < end
            time.sleep(0.02)
        assert opened.read_text() == f"{preview.url}\n"


def test_the_nu_html_checker_finds_nothing_in_what_is_laid_over(make_site: MakeSite, tmp_path: Path) -> None:
    if not VNU.exists() or shutil.which("java") is None:
        assert not os.environ.get("CI"), "the Nu HTML checker is missing: it needs Java and npm"
        pytest.skip("the Nu HTML checker is not installed (needs Java and npm)")
    site = make_site(f'{CONFIGURATION}[[topics]]\nname = "Climate"\nkeywords = ["flood"]\n')
    site.article("x", FLOOD, draft="true", title=json.dumps(HOSTILE), tags="[Sea]")
    site.article("y", tags="[sea]")
    with previewing(site.root, "-D") as preview:
        pages = [preview.get(path).text for path in ("/", FOLDED, "/2024/01/03/y/", "/nothing/")]
        site.article("y", date="2024-02-30")
        pages.append(preview.await_text("/", "The build is broken").text)
    assert "Removed by cleaning" in pages[1]
    for number, page in enumerate(pages):
        (tmp_path / f"{number}.html").write_text(page)
    command = ["java", "-jar", str(VNU), "--format", "json", *map(str, sorted(tmp_path.glob("*.html")))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert [(m["url"], m["type"], m["message"]) for m in json.loads(done.stderr)["messages"]] == []


def test_a_taken_port_gives_way_to_the_next(site: SiteFolder) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with previewing(site.root, port=port) as preview:
            assert port < int(preview.host.split(":")[1]) < port + 100
            assert preview.get("/").status == 200
        assert f"port {port} is taken; this is the next free one\n" in preview.printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-p", "70000"], "is no port"),
        (["-p", "x"], "is no port"),
        (["--bind", "192.0.2.1"], "can't listen on 192.0.2.1"),
    ],
)
def test_where_it_cannot_listen_it_says_so(site: SiteFolder, arguments: list[str], message: str) -> None:
    assert message in site.run("serve", *arguments, status=2).stderr


def test_without_a_site_there_is_nothing_to_preview(tmp_path: Path) -> None:
    assert "no broadsheet.toml" in SiteFolder(tmp_path).run("serve", status=2).stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_and_cleanly(site: SiteFolder, how: signal.Signals) -> None:
    site.article("x")
    with previewing(site.root) as preview:
        preview.await_text("/", "Title of x")
        assert preview.end(how) == 0
        host, port = preview.host.split(":")
        with socket.socket() as again:
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind((host, int(port)))


def test_it_ends_in_the_middle_of_a_build(site: SiteFolder) -> None:
    from tests.benchmarks.corpus import articles  # noqa: PLC0415

    for draft in articles(600):
        site.write(f"content/{draft.name}.md", draft.text)
    with previewing(site.root) as preview:
        assert preview.end() == 0
    site.build()


def test_each_build_is_a_json_document_where_that_is_asked_for(site: SiteFolder) -> None:
    site.article("x")
    with previewing(site.root, "--format", "json") as preview:
        preview.await_text("/", "Title of x")
        site.article("y")
        preview.await_printed('"articles": 2')
    text, documents = "".join(line for line in preview.printed if not line.startswith("preview at")), []
    while text.strip():
        document, end = json.JSONDecoder().raw_decode(text.lstrip())
        documents.append(document)
        text = text.lstrip()[end:]
    assert [document.get("articles") for document in documents] == [1, 2, None]
    assert documents[-1] == {"builds": 2, "problems": []}


# The server alone: what is served while a build is at work, and to pages that come late


@pytest.fixture
def server(tmp_path: Path) -> object:
    (tmp_path / "index.html").write_text("<body>old</body>")
    server = Server("127.0.0.1", 0, Watcher(tmp_path, (), object, poll=True))
    server.start()
    yield server
    server.close()


def fetch(server: Server, answers: list[str]) -> threading.Thread:
    def ask() -> None:
        preview = object.__new__(Preview)
        preview.url = f"http://{server.address}/"
        answers.append(preview.get("/").text)

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def test_requests_wait_while_a_build_is_at_work(tmp_path: Path, server: Server) -> None:
    answers: list[str] = []
    early = fetch(server, answers)  # nothing was ever shown
    server.hold()
    (tmp_path / "index.html").write_text("<body>half</body>")
    late = fetch(server, answers)
    early.join(0.3)
    assert early.is_alive()
    assert late.is_alive()
    (tmp_path / "index.html").write_text("<body>whole</body>")
    server.show(shown(tmp_path), None)
    early.join(PATIENCE_S)
    late.join(PATIENCE_S)
    assert len(answers) == 2
    assert all("whole" in answer for answer in answers)


@pytest.mark.parametrize(
    ("host", "is_admitted"),
    [
        ("localhost", True),
        ("LOCALHOST:1", True),
        ("a.localhost.", True),
        ("10.0.0.1:80", True),
        ("[fe80::1]:80", True),
        ("news.test:80", True),
        ("", False),
        ("news.test.evil", False),
        ("[", False),
        ("[::1]", True),
        ("localhost:", False),
        ("[::1].evil", False),
        ("[::1]evil", False),
        ("[::1]:80.evil", False),
        ("[::1", False),
        ("::1", False),
        ("[127.0.0.1]", False),
        ("[fe80::1%25eth0]", False),
        ("127.0.0.1.evil", False),
        ("127.0.0.1:80:80", False),
        ("127.0.0.1:x", False),
        ("localhost:123456", False),
        ("localhost,evil", False),
        ("localhost evil", False),
        ("localhost/", False),
        ("localhost\\.evil", False),
        ("localhost\t", False),
        ("loc\u00e4lhost", False),
        ("evillocalhost", False),
        ("localhost@evil", False),
        ("evil#localhost", False),
    ],
)
def test_names_that_others_may_point_here_are_refused(host: str, is_admitted: bool) -> None:
    assert Stage({"news.test"}).admits(host) == is_admitted
