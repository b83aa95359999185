"""What happens to the output folder, and what must not."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.model import Output
from generator.pipeline.write import MANIFEST, Put, Writer
from generator.problems import ConfigError, Problem


class Written(NamedTuple):
    """What a whole run did to the folder."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    problems: tuple[Problem, ...]


def put(folder: Path, *, kept: tuple[str, ...] = (), **files: str) -> Written:
    """Writes files given as a__b="text" for a/b; their owner is content/a__b."""
    outputs = [Output(name.replace("__", "/"), text.encode(), f"content/{name}") for name, text in files.items()]
    return write(folder, {output.path: output.owner for output in outputs}, outputs, kept)


def write(folder: Path, planned: dict[str, str], outputs: Iterable[Output], kept: tuple[str, ...] = ()) -> Written:
    writer = Writer(folder)
    writer.claim(planned, kept)
    done: list[Put] = [writer.put(output) for output in outputs]
    problems = {one.path: one.problem for one in done if one.problem}
    removed = writer.finish(planned, problems).removed
    changed = tuple(one.path for one in done if one.changed)
    return Written(changed, removed, len(done) - len(changed) - len(problems), tuple(problems.values()))


def files_of(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def test_files_are_written_and_listed(tmp_path: Path) -> None:
    done = put(tmp_path / "out", a="1", b__c="2")
    assert done.written == ("a", "b/c")
    assert files_of(tmp_path / "out") == {"a": "1", "b/c": "2"}
    assert set(json.loads((tmp_path / "out" / MANIFEST).read_text())) == {"a", "b/c"}


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    put(tmp_path, a="1", b="2")
    os.utime(tmp_path / "a", ns=(1, 1))
    done = put(tmp_path, a="1", b="3")
    assert (done.written, done.unchanged) == (("b",), 1)
    assert (tmp_path / "a").stat().st_mtime_ns == 1


def test_what_no_page_claims_goes_with_the_folders_it_leaves_empty(tmp_path: Path) -> None:
    put(tmp_path, a="1", b__c__d="2")
    done = put(tmp_path, a="1")
    assert done.removed == ("b/c/d",)
    assert not (tmp_path / "b").exists()


def test_the_old_page_of_a_broken_article_stays(tmp_path: Path) -> None:
    put(tmp_path, a="1", b="2")
    done = put(tmp_path, a="1", kept=("content/b",))
    assert done.removed == ()
    assert files_of(tmp_path) == {"a": "1", "b": "2"}
    assert put(tmp_path, a="1").removed == ("b",)


def test_a_planned_page_that_failed_keeps_its_old_file(tmp_path: Path) -> None:
    put(tmp_path, a="1", b="2")
    write(tmp_path, {"a": "", "b": ""}, [Output("a", b"9")])
    assert files_of(tmp_path) == {"a": "9", "b": "2"}


def test_files_of_others_are_never_touched(tmp_path: Path) -> None:
    put(tmp_path, a="1", sub__x="2")
    mine = {"CNAME": "host", ".nojekyll": "", "notes.txt": "mine", "sub/mine": "too"}
    for name, text in mine.items():
        (tmp_path / name).write_text(text)
    put(tmp_path, b="1")
    assert files_of(tmp_path) == {**mine, "b": "1"}


def test_a_folder_with_files_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(ConfigError, match=r"thesis\.doc"):
        put(tmp_path, a="1")
    assert files_of(tmp_path) == {"thesis.doc": "mine"}


def test_a_folder_with_the_files_of_a_host_alone_is_taken(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "CNAME").write_text("host")
    put(tmp_path, a="1")
    assert files_of(tmp_path) == {"CNAME": "host", "a": "1"}


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ConfigError, match="is a file"):
        put(tmp_path / "out", a="1")


def test_a_file_of_others_where_a_page_belongs_is_left_alone_and_named(tmp_path: Path) -> None:
    put(tmp_path, a="1")
    (tmp_path / "b").write_text("mine")
    done = put(tmp_path, a="1", b="2")
    assert (tmp_path / "b").read_text() == "mine"
    assert [problem.path for problem in done.problems] == [f"{tmp_path.name}/b"]
    put(tmp_path, a="1")
    assert (tmp_path / "b").read_text() == "mine"


def test_links_do_not_lead_writing_or_removing_out_of_the_folder(tmp_path: Path) -> None:
    put(tmp_path / "out", a__x="1", b="2")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x").write_text("mine")
    (tmp_path / "out" / "a" / "x").unlink()
    (tmp_path / "out" / "a").rmdir()
    (tmp_path / "out" / "a").symlink_to(outside)
    done = put(tmp_path / "out", a__x="9", b="2")
    assert len(done.problems) == 1
    put(tmp_path / "out", b="2")
    assert files_of(outside) == {"x": "mine"}


def test_a_page_may_take_the_place_of_a_folder_of_pages_and_back(tmp_path: Path) -> None:
    put(tmp_path, a="1")
    put(tmp_path, a__b="2")
    assert files_of(tmp_path) == {"a/b": "2"}


def test_a_build_that_is_cut_short_leaves_nothing_unknown(tmp_path: Path) -> None:
    def cut_short() -> Iterator[Output]:
        yield Output("a", b"1")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, {"a": "", "b": ""}, cut_short())
    assert put(tmp_path, c="3").removed == ("a", "b")
    assert files_of(tmp_path) == {"c": "3"}


def test_a_manifest_that_was_tampered_with_removes_nothing_outside(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    put(tmp_path / "out", a="1")
    (tmp_path / "out" / MANIFEST).write_text(json.dumps({"../mine": "", "/etc/hostname": "", "a": ""}))
    put(tmp_path / "out", a="1")
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_manifest_that_is_no_json_counts_as_empty(tmp_path: Path) -> None:
    put(tmp_path, a="1")
    (tmp_path / MANIFEST).write_text("[1,")
    assert put(tmp_path, a="1").unchanged == 1


def test_a_file_that_cannot_be_written_is_a_problem_and_the_others_are(tmp_path: Path) -> None:
    put(tmp_path, a="1")
    (tmp_path / "b" / "of_others").mkdir(parents=True)
    done = put(tmp_path, a="1", b="2", c="3")
    assert [problem.code for problem in done.problems] == ["not-written"]
    assert files_of(tmp_path) == {"a": "1", "c": "3"}
