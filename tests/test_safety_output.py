"""What failed is tried again and said again; what isn't ours is neither overwritten, followed nor removed."""

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from generator import modes
from generator.model import Output
from generator.pipeline.write import MANIFEST, Writer, read_manifest
from tests.conftest import NOW, ROOT, SiteFolder
from tests.test_write import files_of, put, write

PAGE = "2024/01/03/a/index.html"


def put_in_the_way(site: SiteFolder, kind: str) -> Path:
    """Puts something of the user's where the page of an article belongs."""
    page = site.output / PAGE
    if kind == "file in place of a page":
        page.parent.mkdir(parents=True)
        page.write_text("mine")
        return page
    if kind == "folder in place of a page":
        page.mkdir(parents=True)
        (page / "mine.txt").write_text("mine")
        return page
    page.parent.parent.mkdir(parents=True, exist_ok=True)
    page.parent.write_text("mine")
    return page.parent


@pytest.mark.parametrize("kind", ["file in place of a page", "folder in place of a page", "file in place of a folder"])
def test_what_stands_in_the_way_is_an_error_at_every_build_until_it_is_gone(site: SiteFolder, kind: str) -> None:
    site.article("b")
    site.build()
    way = put_in_the_way(site, kind)
    site.article("a")
    for _ in range(3):
        done = site.build(status=1)
        assert f"output/{PAGE}: error: " in done.stderr
        assert "[not-written]" in done.stderr
    if way.is_dir():
        assert (way / "mine.txt").read_text() == "mine"
        shutil.rmtree(way)
    else:
        assert way.read_text() == "mine"
        way.unlink()
    assert " 1 page written" in site.build().stdout
    assert "Title of a" in site.page("/2024/01/03/a/")
    assert "0 pages written" in site.build().stdout


def test_a_file_that_cannot_be_read_costs_itself_alone_and_is_said_again(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    site.article("a")
    secret = site.write("static/a.txt", "text")
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == secret:
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path)

    from generator import cli  # noqa: PLC0415

    monkeypatch.setattr(Path, "read_bytes", refuse)
    for _ in range(2):
        assert cli.run(["-C", str(site.root), "build", "--now", NOW, "-j", "1"]) == 1
        assert "static/a.txt can't be read: Permission denied" in capfd.readouterr().err
    monkeypatch.undo()
    site.build()
    assert site.page("/a.txt") == "text"


DAMAGED = [b"", b"[1,", b"[" * 100_000, b'"x"', b"null", b"\xff\xfe", b'{"a/index.html": "content/a', b"{" * 100_000]


@pytest.mark.parametrize("manifest", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_manifest_is_made_anew_and_costs_nothing(site: SiteFolder, manifest: bytes) -> None:
    for name in ("a", "b", "gone", "broken"):
        site.article(name)
    site.build()
    (site.output / "mine.txt").write_text("mine")
    (site.output / MANIFEST).write_bytes(manifest)
    site.article("b", title="Another")
    (site.root / "content/gone.md").unlink()
    site.article("broken", date="never")
    done = site.build(status=1)
    assert f"output/{MANIFEST}: warning: was damaged, and is made anew" in done.stderr
    assert "1 other files in the folder were left alone, mine.txt among them" in done.stderr
    assert done.stderr.count("error:") == 1
    assert "Another" in site.page("/2024/01/03/b/")
    assert (site.output / "mine.txt").read_text() == "mine"
    assert (site.output / "2024/01/03/broken/index.html").exists()
    site.article("broken")
    assert "damaged" not in site.build().stderr
    assert not (site.output / "2024/01/03/gone").exists()
    assert "0 pages written" in site.build().stdout


def test_a_damaged_manifest_is_noticed_where_nothing_else_changed(site: SiteFolder) -> None:
    site.article("a")
    site.build()
    (site.output / MANIFEST).write_bytes(b"[1,")
    assert "was damaged" in site.build().stderr
    assert "damaged" not in site.build().stderr
    assert PAGE in read_manifest(site.output)


def test_without_manifest_and_cache_what_differs_is_left_alone_and_said_each_time(site: SiteFolder) -> None:
    site.article("a")
    site.article("b")
    site.build()
    (site.output / MANIFEST).write_bytes(b"")
    shutil.rmtree(site.root / ".cache")
    page = site.output / PAGE
    page.write_text("mine")
    for _ in range(2):
        assert f"output/{PAGE}: error: a file that Broadsheet did not write" in site.build(status=1).stderr
        assert page.read_text() == "mine"
    page.unlink()
    site.build()
    assert "Title of a" in page.read_text()


@pytest.mark.parametrize("path", ["a\0b", "../mine", "/etc/hostname", "x/../../mine", "", "x\\..\\mine", "."])
def test_paths_that_no_build_writes_are_no_part_of_a_manifest(tmp_path: Path, path: str) -> None:
    (tmp_path / "mine").write_text("mine")
    put(tmp_path / "out", a="1")
    (tmp_path / "out" / MANIFEST).write_text(json.dumps({path: "", "a": ""}))
    assert put(tmp_path / "out", b="1").removed == ("a",)
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_lock_file_nested_without_end_is_told_in_a_line(site: SiteFolder) -> None:
    site.article("a")
    site.write("broadsheet.lock", "[" * 100_000)
    assert "broadsheet.lock: error: nested too deeply" in site.build(status=2).stderr


def test_a_folder_becomes_a_file_in_one_build(site: SiteFolder) -> None:
    site.article("a", url="/a/b/")
    site.article("other")
    site.build()
    assert (site.output / "a/b/index.html").exists()
    (site.root / "content/a.md").unlink()
    site.write("static/a", "a file")
    site.build()
    assert (site.output / "a").read_text() == "a file"
    (site.root / "static/a").unlink()
    site.article("a", url="/a/b/")
    site.build()
    assert (site.output / "a/b/index.html").exists()


def test_a_folder_with_files_of_others_makes_no_way_for_a_file(tmp_path: Path) -> None:
    put(tmp_path, a__b="1", c="1")
    (tmp_path / "a" / "mine").write_text("mine")
    done = put(tmp_path, a="2", c="1")
    assert [problem.code for problem in done.problems] == ["not-written"]
    assert files_of(tmp_path) == {"a/mine": "mine", "c": "1"}


def test_the_page_of_a_broken_article_makes_no_way(tmp_path: Path) -> None:
    put(tmp_path, a__b="1")
    assert put(tmp_path, a="2", kept=("content/a__b",)).problems
    assert files_of(tmp_path) == {"a/b": "1"}
    put(tmp_path / "2", a="1")
    assert put(tmp_path / "2", a__b="2", kept=("content/a",)).problems
    assert files_of(tmp_path / "2") == {"a": "1"}


# Links


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("above", [True, False])
def test_removing_follows_no_link(tmp_path: Path, inside: bool, above: bool) -> None:
    """Whether the folder of the file is a link or one above it; also one that leads to other pages."""
    out = tmp_path / "out"
    put(out, a__x__y="1", kept__a__x__y="2", k="3")
    there = out / "kept/a" if inside else tmp_path / "outside"
    if not inside:
        (there / "x").mkdir(parents=True)
        (there / "x/y").write_text("2")
    shutil.rmtree(out / "a")
    (out / "a").mkdir()
    if above:
        (out / "a").rmdir()
        (out / "a").symlink_to(there)
    else:
        (out / "a/x").symlink_to(there / "x")
    put(out, kept__a__x__y="2", k="3")
    assert (there / "x/y").read_text() == "2"
    assert (out / "a").exists()


def test_a_link_in_place_of_a_page_that_goes_is_removed_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    put(tmp_path / "out", a="1", b="2")
    (tmp_path / "out/a").unlink()
    (tmp_path / "out/a").symlink_to(tmp_path / "mine")
    put(tmp_path / "out", b="2")
    assert not (tmp_path / "out/a").is_symlink()
    assert (tmp_path / "mine").read_text() == "mine"


@pytest.mark.parametrize("text", ["1", "mine"])
def test_a_link_in_place_of_a_page_is_replaced_and_never_written_through(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine").write_text(text)
    put(tmp_path / "out", a="1", b="2")
    (tmp_path / "out/a").unlink()
    (tmp_path / "out/a").symlink_to(tmp_path / "mine")
    put(tmp_path / "out", a="1", b="2")
    assert not (tmp_path / "out/a").is_symlink()
    assert (tmp_path / "out/a").read_text() == "1"
    assert (tmp_path / "mine").read_text() == text


def test_a_link_of_others_where_a_page_belongs_is_left_alone_and_named(tmp_path: Path) -> None:
    put(tmp_path / "out", b="2")
    (tmp_path / "out/a").symlink_to(tmp_path / "nowhere")
    assert [problem.path for problem in put(tmp_path / "out", a="1", b="2").problems] == ["out/a"]
    assert (tmp_path / "out/a").is_symlink()
    assert not (tmp_path / "nowhere").exists()


def test_a_link_to_another_folder_of_the_output_is_not_written_through(tmp_path: Path) -> None:
    put(tmp_path, a__x="1", b__x="2")
    shutil.rmtree(tmp_path / "a")
    (tmp_path / "a").symlink_to("b")
    assert [problem.path for problem in put(tmp_path, a__x="9", b__x="2").problems] == [f"{tmp_path.name}/a/x"]
    assert (tmp_path / "b/x").read_text() == "2"


def test_leftovers_of_killed_builds_go_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path, a="1")
    (tmp_path / ".broadsheet.tmp.4242").write_text("half")
    (tmp_path / ".broadsheet.tmp.notes").write_text("mine")
    (tmp_path / ".nojekyll").write_text("")
    put(tmp_path, a="1")
    assert sorted(files_of(tmp_path)) == [".broadsheet.tmp.notes", ".nojekyll", "a"]


def test_a_temporary_file_is_written_through_no_link(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    writer = Writer(tmp_path / "out")
    writer.claim({"a": ""})
    (tmp_path / f"out/.broadsheet.tmp.{os.getpid()}").symlink_to(tmp_path / "mine")
    assert writer.put(Output("a", b"1")).problem
    assert (tmp_path / "mine").read_text() == "mine"
    assert not writer.put(Output("a", b"1")).problem


# Failures


def test_what_cannot_be_removed_stays_on_the_list_and_is_said_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, a="1", b="2")
    unlink = os.unlink

    def refuse(path: str) -> None:
        if str(path).endswith("/a"):
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path)

    monkeypatch.setattr(os, "unlink", refuse)
    for _ in range(2):
        writer = Writer(tmp_path)
        writer.claim({"b": ""})
        done = writer.finish({"b": ""}, ())
        assert (done.removed, [problem.message for problem in done.problems]) == (
            (),
            ["can't be removed: Permission denied"],
        )
    monkeypatch.undo()
    assert put(tmp_path, b="2").removed == ("a",)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, a="old")
    real = os.write

    def fail(file: int, data: bytes) -> int:
        if len(data) == 3:
            return real(file, data[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    writer = Writer(tmp_path)
    writer.claim({"a": "content/a", "b": ""})
    monkeypatch.setattr(os, "write", fail)
    assert writer.put(Output("a", b"new")).problem
    assert writer.put(Output("b", b"new")).problem
    monkeypatch.undo()
    assert files_of(tmp_path) == {"a": "old"}


def test_one_line_stands_for_all_files_that_fail_alike(site: SiteFolder) -> None:
    site.article("b")
    site.build()
    (site.output / "2024").rename(site.output / "was")
    (site.output / "2024").write_text("mine")
    for name in ("a", "c", "d"):
        site.article(name)
    assert site.build(status=1).stderr.count("error:") == 1


# Modes


@pytest.mark.skipif(sys.platform == "win32", reason="there are no modes")
@pytest.mark.parametrize("mask", [0o077, 0o002, 0o022])
def test_everybody_may_read_what_is_published_whatever_the_umask(site: SiteFolder, mask: int) -> None:
    site.article("a")
    site.write("static/x/y.txt", "text").chmod(0o600)
    before = os.umask(mask)
    try:
        site.build()
    finally:
        os.umask(before)
    found = {stat.S_IMODE(path.stat().st_mode) for path in site.output.rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in (site.output, *site.output.rglob("*")) if path.is_dir()}
    assert (found, folders) == ({modes.FILE}, {modes.FOLDER})


@pytest.mark.skipif(sys.platform == "win32", reason="there are no modes")
def test_a_page_that_nobody_may_read_is_mended_when_it_is_made(site: SiteFolder) -> None:
    site.article("a")
    site.build()
    page = site.output / PAGE
    page.chmod(0o600)
    site.build("--fresh")
    assert stat.S_IMODE(page.stat().st_mode) == modes.FILE


def test_fresh_looks_at_the_bytes_of_everything(site: SiteFolder) -> None:
    site.article("a")
    site.build()
    page = site.output / PAGE
    status, data = page.stat(), page.read_bytes()
    page.write_bytes(data.replace(b"Title", b"Tidle"))
    os.utime(page, ns=(status.st_mtime_ns, status.st_mtime_ns))
    site.build("--fresh")
    assert page.read_bytes() == data


def test_a_report_that_cannot_be_written_is_told_in_a_line(site: SiteFolder) -> None:
    site.article("a")
    command = "import resource, sys; from generator import cli, atomic\n"
    command += "def fail(*_, **__): raise OSError(28, 'No space left on device')\natomic.replace = fail\n"
    command += f"sys.exit(cli.run(['-C', {str(site.root)!r}, 'build', '--report', 'r.html']))"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "error: nothing can be written to " in done.stderr


def test_the_writer_takes_what_a_damaged_manifest_named(tmp_path: Path) -> None:
    write(tmp_path, {"a": "content/a.md", "b": ""}, [Output("a", b"1"), Output("b", b"2")])
    known = {path: (1, (tmp_path / path).stat().st_mtime_ns) for path in "ab"}
    (tmp_path / MANIFEST).write_text("{")
    (tmp_path / "b").write_text("mine")
    writer = Writer(tmp_path, known)
    assert writer.is_damaged
    assert set(writer.manifest) == {"a"}
