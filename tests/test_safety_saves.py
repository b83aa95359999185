"""Files that people own are replaced whole, or not at all."""

import os
import stat
from pathlib import Path

import pytest

from generator import atomic


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    atomic.replace(file, b"new", read=b"old")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", 0o640)
    assert names(tmp_path) == ["a.md"]


def test_a_symbolic_link_stays_one_and_the_file_behind_it_is_changed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    real = tmp_path / "there" / "a.md"
    real.write_bytes(b"old")
    link = tmp_path / "a.md"
    link.symlink_to("there/a.md")
    atomic.replace(link, b"new", read=b"old")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_file_that_somebody_saved_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"saved")
    with pytest.raises(atomic.ChangedMeanwhileError):
        atomic.replace(file, b"new", read=b"old")
    assert file.read_bytes() == b"saved"
    file.unlink()
    with pytest.raises(atomic.ChangedMeanwhileError):
        atomic.replace(file, b"new", read=b"old")
    assert names(tmp_path) == []


def test_a_file_of_the_users_that_looks_temporary_is_left_alone(tmp_path: Path) -> None:
    for name in (".a.md.tmp", ".broadsheet-.tmp", ".broadsheet.tmp"):
        (tmp_path / name).write_bytes(b"mine")
    atomic.replace(tmp_path / "a.md", b"new")
    atomic.create(tmp_path / "b.md", b"new")
    assert names(tmp_path) == [".a.md.tmp", ".broadsheet-.tmp", ".broadsheet.tmp", "a.md", "b.md"]


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        atomic.create(tmp_path / "a", b"")
        atomic.replace(tmp_path / "b", b"")
    finally:
        os.umask(before)
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "ab"} == {0o666 & ~mask}


def test_a_file_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        atomic.create(file, b"new")
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a.md"]


def test_where_links_are_not_possible_a_file_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    atomic.create(tmp_path / "a.md", b"new")
    assert (tmp_path / "a.md").read_bytes() == b"new"
    with pytest.raises(FileExistsError):
        atomic.create(tmp_path / "a.md", b"newer")
    assert (tmp_path / "a.md").read_bytes() == b"new"
