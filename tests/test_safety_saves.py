"""Files that people own are replaced whole, or not at all; what somebody saves meanwhile stays."""

import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import atomic
from generator.characters import in_the_form_of, unify_line_ends
from generator.model import Site, Source
from generator.pipeline.group.topic_model import Example, Model, learn
from tests.attacks import Attack
from tests.conftest import ROOT, SiteFolder
from tests.rights import as_anybody

SHARE = "Share on Facebook\n\nShare on X\n\n"
PARAGRAPH = "The harbour board met on Tuesday and voted to widen the northern pier by forty metres before winter.\n\n"
MORE = (
    "Fishermen said that the money would be better spent on the light, which has failed twice since spring.\n\n"
    "The mayor, Olaf Berg, answered that the state pays for lights and the town for piers, and always has.\n\n"
    "Work is to begin in March and to last for two summers, according to the plans that were shown.\n\n"
)
PASTED = f"{SHARE}{PARAGRAPH}Advertisement\n\n{MORE}"


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


@given(
    st.lists(st.tuples(st.text("ab", max_size=2), st.sampled_from(["\n", "\r\n", "\r"])), max_size=12), st.booleans()
)
def test_a_text_that_is_not_changed_keeps_its_form(lines: list[tuple[str, str]], has_mark: bool) -> None:
    data = (b"\xef\xbb\xbf" if has_mark else b"") + "".join(line + end for line, end in lines).encode()
    assert in_the_form_of(data, unify_line_ends(data.decode("utf-8-sig"))) == data


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        (b"a\r\nb\r\nc\r\n", "a\nc\n", b"a\r\nc\r\n"),
        (b"\xef\xbb\xbfa\nb\n", "b\n", b"\xef\xbb\xbfb\n"),
        (b"a\rb\rc", "c\na\n", b"c\ra\r"),
        (b"a\r\nb\nc\r\nd\n", "b\nnew\nc\nd\n", b"b\nnew\r\nc\r\nd\n"),
        (b"", "a\n", b"a\n"),
    ],
)
def test_a_new_version_has_the_form_of_the_file(before: bytes, text: str, after: bytes) -> None:
    assert in_the_form_of(before, text) == after


def pasted(site: SiteFolder, name: str, form: Callable[[bytes], bytes] = lambda data: data) -> Path:
    """An article that was pasted with furniture."""
    head = f'---\ntitle: "{name}"\ndate: 2026-01-05\npasted: true\n---\n\n'
    return site.write(f"content/{name}.md", form((head + PASTED).encode()))


def test_tidying_keeps_all_that_a_file_is_beside_its_text(site: SiteFolder) -> None:
    mode = pasted(site, "mode")
    mode.chmod(0o640)
    ends = pasted(site, "ends", lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    mine = site.write("content/.ends.md.tmp", "mine")
    real = pasted(site, "real")
    link = site.root / "content" / "link.md"
    real = real.rename(site.root / "content" / "real.txt.md")
    link.symlink_to("real.txt.md")
    site.run("tidy", "--write")
    assert stat.S_IMODE(mode.stat().st_mode) == 0o640
    data = ends.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert mine.read_text() == "mine"
    assert link.is_symlink()
    assert all(b"Share on" not in path.read_bytes() for path in (mode, ends, real))


def test_tidying_leaves_front_matter_with_other_ends_of_lines_whole(site: SiteFolder) -> None:
    file = site.write("content/a.md", f'---\ntitle: "One\u2028two"\ndate: 2026-01-05\npasted: true\n---\n\n{PASTED}')
    site.run("tidy", "--write", status=None)
    assert 'title: "One\u2028two"\ndate: 2026-01-05\npasted: true\n---\n' in file.read_text()
    assert "Share on" not in file.read_text()


def test_a_file_that_may_not_be_read_is_told(site: SiteFolder) -> None:
    pasted(site, "a").chmod(0)
    other = pasted(site, "b")
    done = as_anybody(site, "tidy", "--write")
    assert done.returncode == 1
    assert b"content/a.md: error: can't be read: Permission denied" in done.stderr
    assert "Share on" not in other.read_text()


def test_a_folder_that_may_not_be_written_to_is_told(site: SiteFolder) -> None:
    before = pasted(site, "a").read_bytes()
    (site.root / "content").chmod(0o555)
    try:
        done = as_anybody(site, "tidy", "--write")
        assert b"content/a.md: error: can't be written: Permission denied; it is left as it is" in done.stderr
        imported = as_anybody(site, "import", __file__)
        assert b"the article can't be written: Permission denied" in imported.stderr
    finally:
        (site.root / "content").chmod(0o755)
    assert [path.read_bytes() for path in (site.root / "content").iterdir()] == [before]


def test_standard_input_and_devices_are_bounded(site: SiteFolder) -> None:
    assert "the limit is 1,048,576 [too-large]" in site.run("tidy", "-", stdin=b"a" * 2**21, status=1).stderr
    assert "the limit is 1,048,576 [too-large]" in site.run("tidy", "/dev/zero", status=1).stderr


def test_topics_that_somebody_saves_meanwhile_stay(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.cli import run  # noqa: PLC0415 - in this process, to save in the middle of it

    for number in range(4):
        site.article(f"a{number}", "Rain fell on the hills and rivers rose.", topics="[Weather]")
        site.article(f"b{number}", "The striker scored twice in the final.", topics="[Sport]")
    file = site.write("topics.toml", b"# mine\r\n[never]\r\n")

    def save_meanwhile(examples: Sequence[Example], topics: Sequence[tuple[str, str]]) -> Model:
        file.write_bytes(b"# saved\n[never]\n")
        return learn(examples, topics)

    with monkeypatch.context() as patch:
        patch.setattr("generator.commands.topics.learn", save_meanwhile)
        assert run(["-C", str(site.root), "topics", "learn"]) == 2
    assert file.read_bytes() == b"# saved\n[never]\n"
    file.write_bytes(b"# mine\r\n[never]\r\n")
    assert run(["-C", str(site.root), "topics", "learn"]) == 0
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n")
    assert b"Weather" in file.read_bytes()


def start(site: SiteFolder, *arguments: str) -> subprocess.Popen[bytes]:
    """The command as a process of its own group."""
    command = [sys.executable, "-m", "generator", "-C", str(site.root), *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def test_attack_saves_during_tidy(site: SiteFolder, attack: Attack) -> None:
    chance, losses, saves = random.Random(7), [], attack.tries(6, 200)
    while saves > 0:
        files = [pasted(site, f"n{number}") for number in range(60)]
        number, saves = min(saves, 3), saves - 3
        tidying = start(site, "tidy", "--write")
        saved = chance.sample(files, number)
        for file in saved:
            _wait_for_the_first_write(files, tidying)
            time.sleep(chance.random() * 0.02)
            text = file.read_text() + "\nA line that the editor has just added to this text, and nobody else.\n"
            if chance.random() < 0.5:  # as editors do it: in place, or a new file under the old name
                file.write_text(text)
            else:
                beside = file.with_suffix(".new")
                beside.write_text(text)
                beside.replace(file)
        tidying.wait()
        losses += [file.name for file in saved if "has just added" not in file.read_text()]
    attack.ended("saves during `tidy --write`", attack.tries(6, 200), losses)


def _wait_for_the_first_write(files: list[Path], tidying: subprocess.Popen[bytes]) -> None:
    while tidying.poll() is None and all("Share on" in file.read_text() for file in files):
        time.sleep(0.001)


def kills(start_one: Callable[[], subprocess.Popen[bytes]], tries: int, look: Callable[[], list[str]]) -> list[str]:
    """Kills a process at random moments of its life, `tries` times; all that was wrong afterwards."""
    chance, losses = random.Random(11), []
    began = time.monotonic()
    start_one().wait()
    seconds = time.monotonic() - began
    for _ in range(tries):
        look()
        process = start_one()
        with_luck = chance.uniform(0.3, 1.0) * seconds
        threading.Event().wait(with_luck)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        losses += look()
    return losses


def test_attack_kills_of_tidy(site: SiteFolder, attack: Attack) -> None:
    tidied = pasted(site, "n0")
    site.run("tidy", "--write")
    after = tidied.read_text()

    def look() -> list[str]:
        texts = [(file.name, file.read_text()) for file in sorted((site.root / "content").glob("*.md"))]
        wrong = [name for name, text in texts if text.partition("date:")[2] != after.partition("date:")[2]]
        wrong = [name for name in wrong if PASTED not in (site.root / "content" / name).read_text()]
        for number in range(60):
            pasted(site, f"n{number}")
        return wrong

    tries = attack.tries(4, 100)
    attack.ended("kills of `tidy --write`", tries, kills(lambda: start(site, "tidy", "--write"), tries, look))


def test_attack_kills_of_import(site: SiteFolder, attack: Attack) -> None:
    for number in range(40):
        site.write(f"in/{number}.txt", f"Title number {number}\n\nJanuary 5, 2026\n\n{PARAGRAPH}{PARAGRAPH}")

    def look() -> list[str]:
        files = list((site.root / "content").rglob("*.md"))
        wrong = [file.name for file in files if not file.read_text().endswith("before winter.\n")]
        for file in files:
            file.unlink()
        return wrong

    tries = attack.tries(4, 100)
    attack.ended("kills of `import`", tries, kills(lambda: start(site, "import", str(site.root / "in")), tries, look))
    done = site.run("import", str(site.root / "in"))
    assert len(done.stdout.splitlines()) == 40


@pytest.mark.parametrize("saved", [b"what the editor wrote", None], ids=["saved", "removed"])
def test_a_save_between_reading_and_writing_stays(
    site: SiteFolder, saved: bytes | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from generator.cli import run  # noqa: PLC0415 - in this process, to save in the middle of it
    from generator.commands import tidy  # noqa: PLC0415

    file, other = pasted(site, "a"), pasted(site, "b")
    examine = tidy.examine

    def save_meanwhile(source: Source, site: Site) -> object:
        if source.path == "content/a.md":
            file.unlink()
            if saved is not None:
                file.write_bytes(saved)
        return examine(source, site)

    monkeypatch.setattr(tidy, "examine", save_meanwhile)
    assert run(["-C", str(site.root), "tidy", "--write"]) == 1
    assert "content/a.md: error: saved or removed by somebody else in this moment" in capsys.readouterr().err
    assert (file.read_bytes() if file.exists() else None) == saved
    assert "Share on" not in other.read_text()
