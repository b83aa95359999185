"""Which files are found, and what is said of those that can't be used."""

import os
from pathlib import Path

import pytest

from generator.engine.scan import scan


def names(folder: Path) -> list[str]:
    return [found.path for found in scan(folder)[0]]


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in scan(folder, "content/")[1]]


def test_files_are_sorted_with_size_and_time(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.md").write_text("four")
    (tmp_path / "a.md").write_text("")
    files, problems = scan(tmp_path)
    assert [found.path for found in files] == ["a.md", "b/x.md"]
    assert files[1].size == 4
    assert files[1].mtime_ns == (tmp_path / "b" / "x.md").stat().st_mtime_ns
    assert problems == ()


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert scan(tmp_path / "none") == ((), ())


def test_dot_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.md").touch()
    (tmp_path / ".x.md.swp").touch()
    assert scan(tmp_path) == ((), ())


LEFT = [
    *("x.md~", "x.md.~1~", "#x.md#", ".#x.md", "x.md.bak", "x.BAK", "x.md.orig", "x.md.rej", "x.swp", ".x.md.swp"),
    *("4913", "x.md___jb_tmp___", "x.tmp", ".syncthing.x.md.tmp", "~syncthing~x.md.tmp", "~$notes.docx", "._x.md"),
    *(".DS_Store", "Thumbs.db", "thumbs.db", "Desktop.ini", "desktop.ini", "x.md.un~", "日報.md~", "été.orig"),
]
MEANT = [
    "4913.md",
    "2024/4913/x.md",
    "bak.md",
    "x.tmp.md",
    "#1.md",
    "~notes.md",
    "thumbs.db.md",
    "x.swf",
    "tmp",
    "orig/x.md",
]


@pytest.mark.parametrize("is_published", [False, True])
def test_what_editors_and_systems_leave_is_passed_over(tmp_path: Path, is_published: bool) -> None:
    for name in [*LEFT, *MEANT]:
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "content" / "gone.md~").symlink_to("nothing")
    (tmp_path / "content" / "__MACOSX").mkdir()
    (tmp_path / "content" / "__MACOSX" / "x.md").touch()
    found, problems = scan(tmp_path / "content", is_published=is_published)
    assert [one.path for one in found] == sorted(MEANT)
    assert problems == ()


def test_links_inside_the_folder_are_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.md").touch()
    (tmp_path / "linked").symlink_to("real")
    assert names(tmp_path) == ["linked/x.md", "real/x.md"]


def test_links_that_lead_out_nowhere_or_in_circles_are_problems(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "sub").mkdir(parents=True)
    (tmp_path / "secret.md").touch()
    (content / "out.md").symlink_to(tmp_path / "secret.md")
    (content / "gone.md").symlink_to("nothing.md")
    (content / "self.md").symlink_to("self.md")
    (content / "sub" / "up").symlink_to(content)
    (content / "sub" / "here").symlink_to(".")
    assert sorted(codes(content)) == [
        ("content/gone.md", "dangling-link"),
        ("content/out.md", "outside-link"),
        ("content/self.md", "dangling-link"),
        ("content/sub/here", "looping-link"),
        ("content/sub/up", "outside-link"),
    ]
    assert names(content) == []


def test_a_folder_named_as_an_article_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.md").mkdir()
    (tmp_path / "x.md" / "inside.md").touch()
    assert codes(tmp_path) == [("content/x.md", "not-a-file")]


def test_what_is_no_file_is_a_problem(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert codes(tmp_path) == [("content/pipe.md", "not-a-file")]


def test_a_name_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).touch()
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    assert [code for _, code in codes(tmp_path)] == ["bad-name"]
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/.\xff")).touch()
    said = [(problem.path, problem.code) for problem in scan(tmp_path, "static/", is_published=True)[1]]
    assert said == [("static/.\\udcff", "hidden-file"), ("static/\\udcff.md", "bad-name")]
