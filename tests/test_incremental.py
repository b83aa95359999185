"""A build after changes gives what a fresh build gives, and does no more than it has to."""

import os
import pickle
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from generator import cli, config
from generator.commands import build, press, publish
from generator.commands.desk import Shelf
from generator.console import Console
from generator.engine.memory import Bodies, Memory, Trace, is_same, locked, out_of_date, trace_input
from generator.engine.scan import Found
from generator.pipeline.render.plan import Plan, plan
from generator.problems import DamagedError
from tests.benchmarks.corpus import articles
from tests.conftest import CONFIGURATION, NOW, ROOT, SiteFolder

MakeSite = Callable[..., SiteFolder]
KINDS = "[pages]\ntags = true\nsources = true\n"
TEMPLATE = '{% extends "default/404.html" %}{% block title %}TITLE{% endblock %}'
NAMES = st.sampled_from(["a", "b", "c", "2024/d", "2024/e"])
TITLES = st.sampled_from(["Harbour", "Storm", "Ferry", "Pier & Quay"])
DATES = st.sampled_from(["2024-01-01", "2024-01-02T08:00:00Z", "2024-02-03", "2024-05-05", "2024-07-07"])
TAGS = st.sampled_from(["[sea]", "[Sea, wind]", "[wind]", "[]"])
FURNISHED = "A sentence of the article stands here.\n\n" * 3 + "Advertisement"
LONG = "A sentence of the article stands here, and it goes on for a while.\n\n" * 8
BODIES = st.sampled_from(["One sentence.", "Two. Sentences.", FURNISHED, LONG, "[x](y.jpg) text"])
NOWS = st.sampled_from(["2024-01-02T12:00", "2024-01-03", "2024-01-15", "2024-06-01", "2024-08-01"])
EXTRAS = st.sampled_from(
    [
        *("", "draft: true", "expires: 2024-06-15", "lead: true", "status: hidden", "aliases: [/old/]", "slug: same"),
        *("date: no", "withdrawn: true", "withdrawn: {date: 2024-05-01, reason: A hoax.}"),
        *("corrections: It was Monday.",),
        "corrections: [{date: 2024-03-01, text: It was Monday.}, {date: 2024-03-02, text: No.}]",
    ]
)


class Editor(RuleBasedStateMachine):
    """An editor who does anything to a site and builds after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(os.environ["BROADSHEET_TEST_FOLDER"]) / f"{random.getrandbits(64):x}"
        self.site = SiteFolder(self.folder / "site")
        self.site.write("broadsheet.toml", CONFIGURATION + 'theme = "mine"\nper_page = 2\n')
        self.site.write("themes/mine/templates/404.html", TEMPLATE)
        self.site.article("kept", tags="[sea]")
        self.now = "2024-06-01"
        self.ticks = 0

    def age(self, path: Path) -> None:
        """Gives a file a time of its own, long enough ago for its trace to hold."""
        self.ticks += 1
        os.utime(path, (1_700_000_000 + self.ticks, 1_700_000_000 + self.ticks))

    @rule(name=NAMES, head=st.tuples(TITLES, DATES, TAGS, EXTRAS), body=BODIES, aged=st.booleans())
    def write(self, name: str, head: tuple[str, str, str, str], body: str, aged: bool) -> None:
        title, date, tags, extra = head
        date_line = "" if extra.startswith("date") else f"date: {date}\n"
        text = f"---\ntitle: {title}\n{date_line}tags: {tags}\nsource: Radio\n{extra}\n---\n{body}\n"
        path = self.site.write(f"content/{name}.md", text)
        if aged:
            self.age(path)

    @rule(name=NAMES, more=st.sampled_from(["And more.", "And even more."]))
    def add_to_a_text(self, name: str, more: str) -> None:
        path = self.site.root / f"content/{name}.md"
        if path.exists():
            path.write_text(f"{path.read_text()}\n\n{more}\n")
            self.age(path)

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        (self.site.root / f"content/{name}.md").unlink(missing_ok=True)

    @rule(name=NAMES, other=NAMES)
    def rename(self, name: str, other: str) -> None:
        old, new = (self.site.root / f"content/{one}.md" for one in (name, other))
        if old.exists():
            new.parent.mkdir(exist_ok=True)
            old.rename(new)

    @rule(name=NAMES)
    def touch(self, name: str) -> None:
        path = self.site.root / f"content/{name}.md"
        if path.exists():
            self.age(path)

    @rule(title=TITLES)
    def edit_the_theme(self, title: str) -> None:
        self.age(self.site.write("themes/mine/templates/404.html", TEMPLATE.replace("TITLE", title)))

    @rule(color=st.sampled_from(["red", "blue"]))
    def edit_the_style(self, color: str) -> None:
        self.age(self.site.write("themes/mine/static/own.css", f"body {{ color: {color} }}"))

    @rule(name=st.sampled_from(["robots.txt", "404.html", "CNAME", "topics/index.html", "2024"]), text=TITLES)
    def edit_a_file_of_the_root(self, name: str, text: str) -> None:
        path = self.site.root / "static" / name
        if path.exists():
            path.unlink()
        else:
            self.age(self.site.write(f"static/{name}", text))

    @rule(size=st.sampled_from([1, 2, 20]), tags=st.booleans(), period=st.sampled_from(["daily", "weekly"]))
    def edit_the_configuration(self, size: int, tags: bool, period: str) -> None:
        kinds = KINDS.replace("tags = true", f"tags = {str(tags).lower()}") + f'[editions]\nperiod = "{period}"\n'
        self.site.write("broadsheet.toml", f'{CONFIGURATION}theme = "mine"\nper_page = {size}\n{kinds}')

    @rule(now=NOWS)
    def let_time_pass(self, now: str) -> None:
        self.now = now

    @rule(data=st.data())
    def spoil_an_output(self, data: Any) -> None:
        pages = sorted(self.site.output.rglob("*.html")) if self.site.output.exists() else []
        if pages:
            page = data.draw(st.sampled_from(pages))
            page.unlink()

    @rule()
    def lose_the_memory(self) -> None:
        shutil.rmtree(self.site.root / ".cache", ignore_errors=True)

    @invariant()
    def the_output_is_that_of_a_fresh_build(self) -> None:
        status = self.build()
        fresh = SiteFolder(self.folder / "fresh")
        shutil.rmtree(fresh.root, ignore_errors=True)
        shutil.copytree(self.site.root, fresh.root, ignore=shutil.ignore_patterns("output", ".cache"))
        assert cli.run(["-C", str(fresh.root), "build", "--quiet", "--now", self.now, "-j", "1"]) == status
        mine, other = self.site.outputs(), fresh.outputs()
        if status == 0:
            assert mine == other
        else:  # the old pages of broken articles stay
            assert other.items() <= mine.items()

    def build(self) -> int:
        """Builds, and returns the exit status."""
        return cli.run(["-C", str(self.site.root), "build", "--quiet", "--now", self.now, "-j", "1"])

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


class Previewer(Editor):
    """The same with all builds in one process that keeps what is loaded, as a preview does."""

    def __init__(self) -> None:
        super().__init__()
        self.shelf = Shelf()

    def build(self) -> int:
        arguments = ["-C", str(self.site.root), "build", "--quiet", "--now", self.now, "-j", "1"]
        options = cli.make_parser(arguments)[0].parse_args(arguments, namespace=build.Options())
        site, console = config.load(self.site.root / "broadsheet.toml"), Console(quiet=True)
        return console.report(build.build(site, self.site.output, options, console, self.shelf)[0])

    def teardown(self) -> None:
        self.shelf.close()
        super().teardown()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_TEST_FOLDER", str(tmp_path))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("editor", [Editor, Previewer])
def test_incremental_equals_fresh_after_any_edits(editor: type[Editor], capsys: pytest.CaptureFixture[str]) -> None:
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415

    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        editor, settings=settings(max_examples=8, stateful_step_count=10, deadline=None, suppress_health_check=slow)
    )
    capsys.readouterr()


def fill(site: SiteFolder, count: int) -> list[Path]:
    paths = [site.write(f"content/{draft.name}.md", draft.text) for draft in articles(count)]
    for path in paths:
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return paths


def fresh_outputs(site: SiteFolder) -> dict[str, bytes]:
    fresh = SiteFolder(site.root.parent / "fresh")
    shutil.rmtree(fresh.root, ignore_errors=True)
    shutil.copytree(site.root, fresh.root, ignore=shutil.ignore_patterns("output", ".cache"))
    fresh.build()
    return fresh.outputs()


def start_build(site: SiteFolder) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "generator", "-C", str(site.root), "build", "--now", "2024-06-01T12:00:00+00:00"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def test_two_builds_at_once_wait_for_each_other(make_site: MakeSite) -> None:
    site = make_site()
    fill(site, 200)
    (site.root / ".cache").mkdir()
    with locked(site.root / ".cache" / "lock", 0) as is_free:  # as a build that is at work
        assert is_free
        processes = [start_build(site) for _ in range(3)]
        for process in processes:
            assert process.stderr
            assert b"waiting for it" in process.stderr.readline()
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert site.outputs() == fresh_outputs(site)


def explained(site: SiteFolder, *arguments: str) -> dict[str, list[str]]:
    """Why each page was rendered, by path."""
    reasons: dict[str, list[str]] = site.build("--explain", "--format", "json", *arguments).json["reasons"]
    return reasons


@pytest.fixture
def digest(make_site: MakeSite) -> SiteFolder:
    """Three articles, each with a topic, a tag and a source, in two months."""
    site = make_site(CONFIGURATION + '[feeds]\nformats = ["atom"]\nlimit = 2\n')
    for name, date, topic, tag in (
        ("a", "2024-01-01", "World", "sea"),
        ("b", "2024-01-02", "Sport", "sea"),
        ("c", "2024-02-03", "World", "wind"),
    ):
        site.article(name, date=date, topic=topic, tags=f"[{tag}]", source="Radio", summary="Short.")
    site.build()
    for path in (site.root / "content").glob("*.md"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    site.build()
    return site


def test_a_build_where_nothing_changed_renders_nothing_and_imports_no_renderer(digest: SiteFolder) -> None:
    before = {path: path.stat().st_mtime_ns for path in digest.output.rglob("*")}
    command = [
        sys.executable,
        "-X",
        "importtime",
        "-m",
        "generator",
        "-C",
        str(digest.root),
        "build",
        "--now",
        "2024-06-01T12:00:00+00:00",
    ]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # coverage imports a lot
    done = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, check=True)
    assert "1 read" not in done.stdout
    assert "0 pages written" in done.stdout
    imported = {
        line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines() if "import time:" in line
    }
    assert not imported & {"jinja2", "markdown", "yaml", "frontmatter", "nh3", "multiprocessing", "inspect", "tempfile"}
    assert {path: path.stat().st_mtime_ns for path in digest.output.rglob("*")} == before


def test_a_new_body_renders_its_page_and_the_feeds_that_hold_it(digest: SiteFolder) -> None:
    digest.article(
        "a", "Another sentence.", date="2024-01-01", topic="World", tags="[sea]", source="Radio", summary="Short."
    )
    assert explained(digest) == {
        path: ["a text in it changed"]
        for path in ("2024/01/01/a/index.html", "topics/world/atom.xml", "tags/sea/atom.xml")
    }


def test_a_new_title_renders_the_pages_that_show_it(digest: SiteFolder) -> None:
    digest.article("a", title="New", date="2024-01-01", topic="World", tags="[sea]", source="Radio", summary="Short.")
    assert set(explained(digest)) == {
        *("index.html", "2024/01/01/a/index.html", "2024/01/02/b/index.html", "archive/2024/01/index.html"),
        *("topics/world/index.html", "topics/world/atom.xml", "tags/sea/index.html", "tags/sea/atom.xml"),
        *("sources/radio/index.html", "changes/index.html"),
        *("editions/index.html", "editions/2024-01-01/index.html"),
    }


def test_a_new_article_renders_its_lists_and_its_neighbours(digest: SiteFolder) -> None:
    digest.article("d", date="2024-02-04", topic="Sport", tags="[wind]", source="Radio", summary="Short.")
    assert set(explained(digest)) == {
        *("index.html", "atom.xml", "2024/02/04/d/index.html", "2024/02/03/c/index.html"),
        *(
            "archive/index.html",
            "archive/2024/02/index.html",
            "topics/index.html",
            "tags/index.html",
            "sources/index.html",
        ),
        *("topics/sport/index.html", "topics/sport/atom.xml", "tags/wind/index.html", "tags/wind/atom.xml"),
        *("sources/radio/index.html", "sources/radio/atom.xml", "sitemap.xml"),
        *("changes/index.html", "changes/atom.xml"),
        *("editions/index.html", "editions/atom.xml", "editions/2024-02-04/index.html"),
        "editions/2024-02-03/index.html",  # which names the next one
    }


def test_a_removed_article_takes_its_page_along(digest: SiteFolder) -> None:
    (digest.root / "content/b.md").unlink()
    done = digest.build("--format", "json")
    gone = {"2024/01/02/b/index.html", "topics/sport/atom.xml", "topics/sport/index.html"}
    assert set(done.json["removed"]) == {*gone, "editions/2024-01-02/index.html"}


def test_a_touched_file_renders_nothing(digest: SiteFolder) -> None:
    (digest.root / "content/a.md").touch()
    assert explained(digest) == {}


@pytest.mark.parametrize("arguments", [["list", "articles"], ["build", "-o", "elsewhere"]])
def test_what_another_command_has_read_is_news_to_the_next_build(
    digest: SiteFolder, arguments: tuple[str, ...]
) -> None:
    path = digest.article("a", "Another sentence.", date="2024-01-01", topic="World")
    os.utime(path, (1_700_000_001, 1_700_000_001))
    digest.run(*arguments, "--now", NOW)
    digest.build()
    assert "Another sentence." in digest.page("/2024/01/01/a/")
    assert "0 read · 0 pages written" in digest.build().stdout


def test_a_changed_template_renders_the_pages_made_with_it(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + 'theme = "mine"\n')
    site.article("a")
    site.write("themes/mine/templates/404.html", TEMPLATE)
    site.build()
    site.write("themes/mine/templates/404.html", TEMPLATE.replace("TITLE", "Lost"))
    assert explained(site) == {"404.html": ["its template changed"]}
    site.write(
        "themes/mine/templates/_macros.html", (ROOT / "themes/default/templates/_macros.html").read_text() + "\n"
    )
    assert "index.html" in explained(site)


def test_a_changed_style_renders_no_page(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + 'theme = "mine"\n')
    site.article("a")
    site.write("themes/mine/static/own.css", "a {}")
    site.build()
    site.write("themes/mine/static/own.css", "b {}  ")
    assert set(explained(site)) == {"assets/own.css"}


def test_what_somebody_changed_or_removed_in_the_output_comes_back(digest: SiteFolder) -> None:
    page = digest.output / "index.html"
    good = page.read_bytes()
    page.write_bytes(good + b"<!-- mine -->")
    (digest.output / "404.html").unlink()
    assert explained(digest) == {
        "404.html": ["its file was changed or removed"],
        "index.html": ["its file was changed or removed"],
    }
    assert page.read_bytes() == good


def test_time_alone_brings_out_what_was_due(site: SiteFolder) -> None:
    site.article("later", date="2024-03-01", expires="2024-04-01")
    for now, there in (
        ("2024-02-01", False),
        ("2024-03-01", True),
        ("2024-03-31", True),
        ("2024-04-01", False),
        ("2024-02-02", False),
    ):
        site.run("build", "--now", now)
        assert ("2024/03/01/later/index.html" in site.outputs()) is there, now


def test_drafts_shown_once_are_gone_in_the_next_build(site: SiteFolder) -> None:
    site.article("draft", draft="true")
    site.build("-D")
    assert "2024/01/03/draft/index.html" in site.outputs()
    site.build()
    assert "2024/01/03/draft/index.html" not in site.outputs()


def test_fresh_renders_everything_again(digest: SiteFolder) -> None:
    reasons = explained(digest, "--fresh")
    assert set(reasons) == set(digest.outputs())
    assert {why for reason in reasons.values() for why in reason} == {"new"}


def test_warnings_stand_until_they_are_dealt_with(site: SiteFolder) -> None:
    path = site.article("a", title="")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    for _ in range(3):
        assert "no title" in site.build().stderr


def test_errors_stand_until_they_are_dealt_with(site: SiteFolder) -> None:
    path = site.article("a", date="never")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    for _ in range(3):
        assert "bad-date" in site.build(status=1).stderr


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_memory_counts_as_empty(digest: SiteFolder, damage: bytes) -> None:
    (memory,) = (digest.root / ".cache").glob("*.sqlite")
    memory.write_bytes(damage)
    before = digest.outputs()
    digest.build()
    assert digest.outputs() == before


def test_time_is_shown_by_stage(digest: SiteFolder) -> None:
    digest.article("new")
    assert "% " in digest.build("-v").stdout
    assert "render and write" in digest.build("-v", "--fresh").stdout


KEYS: Final = [f"content/{number}.md" for number in range(60)]
MADE: Trace = ("v", "t", "x", 10, 20)


@pytest.mark.parametrize(
    ("old", "reasons"),
    [
        (MADE, ()),
        (("w", "t", "x", 10, 20), ("what it shows changed",)),
        (("v", "w", "x", 10, 20), ("a text in it changed",)),
        (("v", "t", "w", 10, 20), ("its template changed",)),
        (("v", "t", "x", 10, 21), ("its file was changed or removed",)),
        (("v", "t", "x", 11, 20), ("its file was changed or removed",)),
        (("w", "w", "x", 10, 20), ("what it shows changed", "a text in it changed")),
    ],
)
def test_an_output_is_out_of_date_for_a_reason(old: Trace, reasons: tuple[str, ...]) -> None:
    assert out_of_date(old, MADE) == reasons


def test_an_input_that_has_just_changed_is_not_trusted_by_its_time() -> None:
    now = time.time_ns()
    long_ago = now - 10**10
    assert not is_same(trace_input(Found("a", 1, now, long_ago, 7), "d"), Found("a", 1, now, long_ago, 7))
    assert not is_same(trace_input(Found("a", 1, long_ago, now, 7), "d"), Found("a", 1, long_ago, now, 7))
    old = Found("a", 1, long_ago, long_ago, 7)
    assert is_same(trace_input(old, "d"), old)
    for other in (old._replace(size=2), old._replace(mtime_ns=1), old._replace(ctime_ns=1), old._replace(inode=1)):
        assert not is_same(trace_input(old, "d"), other)
    assert not is_same(None, old)


def test_a_memory_of_another_stamp_is_emptied(tmp_path: Path) -> None:
    file = tmp_path / "memory.sqlite"
    memory = Memory(file, "one")
    with memory.recording():
        memory.put_fact("a", b"1")
        memory.put_table("t", {"x": (1, "2")}, ["x"])
    assert (memory.fact("a"), memory.table("t"), memory.table("a"), memory.fact("b")) == (
        b"1",
        {"x": (1, "2")},
        {},
        None,
    )
    memory.close()
    memory = Memory(file, "two")
    assert (memory.fact("a"), memory.table("t")) == (None, {})
    memory.close()


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 3) | st.none(), max_size=40), max_size=6))
@settings(max_examples=40)
def test_a_table_is_read_as_it_was_put(rounds: list[dict[str, int | None]]) -> None:
    with TemporaryDirectory() as folder:
        memory = Memory(Path(folder) / "memory.sqlite", "one")
        table: dict[str, tuple[int]] = {}
        for changes in rounds:
            for key, value in changes.items():
                table.pop(key, None)
                if value is not None:
                    table[key] = (value,)
            with memory.recording():
                memory.put_table("t", table, changes)
            memory.at_hand.clear()
            rows = {key: memory.rows("t", [key]).get(key) for key in KEYS[:9]}
            assert rows == {key: table.get(key) for key in KEYS[:9]}
            assert memory.table("t") == table
        memory.close()


def record_in_vain(memory: Memory) -> None:
    with memory.recording():
        memory.put_fact("a", b"1")
        raise KeyboardInterrupt


def test_texts_are_the_same_however_few_are_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(tmp_path / "memory.sqlite", "one")
    names = [f"it's {number}" for number in range(9)]
    with memory.recording():
        for name in names:
            memory.put_body(name, pickle.dumps(name.upper()))
    bodies = Bodies(memory.file)
    assert bodies.several([*names, "none"]) == {name: bodies[name] for name in names}
    monkeypatch.setattr(press, "_FETCHED", 4)
    monkeypatch.setattr(press, "_TEXTS_AT_HAND", 3)
    texts = press._Texts(bodies, {})  # noqa: SLF001
    for wanted in (names, names[::2], names[5:], names[:1] * 3, []):
        texts.fetch(wanted)
        assert [texts[name] for name in wanted] == [name.upper() for name in wanted]  # type: ignore[comparison-overlap]
        assert len(texts.at_hand) <= 3
    with pytest.raises(DamagedError):
        texts["none"]
    bodies.close()


def test_a_recording_that_fails_records_nothing(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.sqlite", "one")
    with pytest.raises(KeyboardInterrupt):
        record_in_vain(memory)
    assert memory.fact("a") is None
    memory.close()


def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    with locked(tmp_path / "lock", 0) as first, locked(tmp_path / "lock", 0) as second:
        assert (first, second) == (True, False)
    with locked(tmp_path / "lock", 0) as third:
        assert third


def test_an_edit_of_a_text_makes_the_pages_that_show_it_and_no_more(make_site: MakeSite) -> None:
    site = make_site(CONFIGURATION + "[pages]\nstories = false\n[feeds]\nlimit = 2\n")
    for day in range(1, 6):
        site.article(f"day-{day}", LONG, date=f"2024-01-0{day}", topics="[World]")
    site.build()
    for name, feeds in (("day-1", False), ("day-5", True)):
        path = site.root / f"content/{name}.md"
        path.write_text(f"{path.read_text()}\nOne more.\n")
        written = {
            line.partition(": ")[0] for line in site.build("--explain").stdout.splitlines() if ": a text" in line
        }
        assert f"2024/01/0{name[-1]}/{name}/index.html" in written
        assert ("atom.xml" in written) is feeds
        assert all("feed" in one or ".xml" in one or name in one for one in written)
        before = site.outputs()
        site.build("--fresh")
        assert site.outputs() == before


def test_an_edit_of_a_text_needs_no_plan_of_the_whole_site(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    path = site.article("a", LONG, topics="[World]")
    site.build()
    monkeypatch.setattr(publish, "plan", lambda _: pytest.fail("the whole site was planned"))
    path.write_text(f"{path.read_text()}\nOne more.\n")
    assert cli.run(["-C", str(site.root), "build", "--quiet", "--now", NOW]) == 0
    assert "One more." in (site.output / "2024/01/03/a/index.html").read_text()


def test_an_article_more_needs_a_plan_of_its_neighbours_alone(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 9):
        site.article(f"day-{day}", date=f"2024-01-0{day}")
    site.build()
    plans: list[Plan] = []

    def note(*told: Any) -> Plan:
        plans.append(plan(*told))
        return plans[-1]

    monkeypatch.setattr(publish, "plan", note)
    site.article("between", date="2024-01-04T12:00:00")
    assert cli.run(["-C", str(site.root), "build", "--quiet", "--now", NOW]) == 0
    planned = [page.owner for made in plans for page in made.pages.values() if page.owner]
    assert sorted(planned) == ["content/between.md", "content/day-4.md", "content/day-5.md"]
    written = site.outputs()
    site.build("--fresh", "--now", NOW)
    assert site.outputs() == written
