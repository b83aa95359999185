"""A folder that readers look into: whole at any moment, readable for all, and what people put there stays."""

import os
import random
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.targets.record import RECORD
from tests.attacks import Attack
from tests.conftest import CONFIGURATION, ROOT, SiteFolder
from tests.test_deploy_git import Remote

TABLE = '[deploy.local]\ntarget = "folder"\npath = "{}"\nkeep = 2\n'
PAGES = ("index.html", "2024/01/03/a/index.html", "assets/style.css")


@pytest.fixture
def site(make_site: Callable[..., SiteFolder]) -> SiteFolder:
    """A site that is deployed to ../www."""
    site = make_site(CONFIGURATION + TABLE.format("../www"))
    site.article("a")
    site.build()
    return site


def www(site: SiteFolder) -> Path:
    return site.root.parent / "www"


def served(site: SiteFolder) -> dict[str, bytes]:
    """What readers of the folder see."""
    current = www(site) / "current"
    return {path.relative_to(current).as_posix(): path.read_bytes() for path in current.rglob("*") if path.is_file()}


def change(site: SiteFolder, version: int) -> None:
    """Another version of three files."""
    for path in PAGES:
        (site.output / path).write_bytes(b"%06d\n" % version * 1000)


def test_all_can_read_it_whatever_the_umask(site: SiteFolder) -> None:
    before = os.umask(0o077)
    try:
        site.run("deploy", "--no-build")
        change(site, 1)
        site.run("deploy", "--no-build")
    finally:
        os.umask(before)
    folders = [www(site), *(path for path in www(site).rglob("*") if path.is_dir() and not path.is_symlink())]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o755}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (www(site) / "current").rglob("*") if path.is_file()} == {
        0o644
    }


@pytest.mark.parametrize(
    "path", [".", "..", "output", "output/www", "content", "themes/x", "static", ".cache", "../link/output", ".git"]
)
def test_a_folder_of_the_site_itself_is_refused(site: SiteFolder, path: str) -> None:
    (site.root.parent / "link").symlink_to(site.root)
    site.write("broadsheet.toml", CONFIGURATION + TABLE.format(path))
    before = site.outputs()
    assert "is the site itself, or a folder of its own [bad-config]" in site.run("deploy", status=2).stderr
    assert site.outputs() == before
    assert not (site.root.parent / "current").exists()


def test_releases_that_lead_into_the_site_are_refused(site: SiteFolder) -> None:
    www(site).mkdir()
    (www(site) / "releases").symlink_to(site.root / "content")
    assert "[bad-config]" in site.run("deploy", "--no-build", status=2).stderr


def test_what_people_put_into_releases_stays(site: SiteFolder) -> None:
    site.run("deploy", "--no-build")
    releases = www(site) / "releases"
    (releases / "000000").mkdir()
    (releases / "000000" / "mine.txt").write_text("mine")
    (releases / "000004").symlink_to("/nowhere")
    (releases / "000005").write_text("mine")
    (releases / "x.part").symlink_to("000001")
    (releases / "000009.part").mkdir()
    (releases / "٣٣٣٣٣٣").mkdir()
    (releases / "000001" / "mine.txt").write_text("mine")
    (releases / "000001" / "link").symlink_to("/etc/hostname")
    page = releases / "000001" / "2024/01/03/a/index.html"
    page.write_text("corrected")
    for version in range(6):
        change(site, version)
        site.run("deploy", "--no-build")
        assert served(site) == site.outputs()
    assert (releases / "000000" / "mine.txt").read_text() == "mine"
    assert (releases / "000005").read_text() == "mine"
    assert (releases / "000004").is_symlink()
    assert (releases / "x.part").is_symlink()
    assert (releases / "000009.part").is_dir()
    assert (releases / "000001" / "mine.txt").read_text() == "mine"
    assert (releases / "000001" / "link").is_symlink()
    assert page.read_text() == "corrected"
    assert not (releases / "000001" / "index.html").exists()
    assert not (releases / "000006").exists()


def test_a_target_that_cannot_be_written_is_named_and_the_old_release_stays(site: SiteFolder) -> None:
    site.run("deploy", "--no-build")
    before = served(site)
    site.write("../file", "mine")
    for path in ("../file", "../file/www"):
        site.write("broadsheet.toml", CONFIGURATION + TABLE.format(path))
        failed = site.run("deploy", "--no-build", status=1).stderr
        assert "../file" in failed.split("[target-failed]")[0]
    assert (site.root.parent / "file").read_text() == "mine"
    site.write("broadsheet.toml", CONFIGURATION + TABLE.format("/proc/www"))
    assert "/proc/www" in site.run("deploy", "--no-build", status=1).stderr
    assert served(site) == before


def test_a_full_disk_is_named_and_the_old_release_stays(site: SiteFolder) -> None:
    site.run("deploy", "--no-build")
    before = served(site)
    site.write("output/big.bin", bytes(2**20))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**19, 2**19))

    done = subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(site.root), "deploy", "--no-build"],
        capture_output=True,
        cwd=ROOT,
        preexec_fn=limit,
        check=False,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"[target-failed]" in done.stderr
    assert str(www(site)).encode() in done.stderr or b"../www" in done.stderr
    assert served(site) == before
    assert not list((www(site) / "releases").glob("*.part"))


def test_a_deploy_that_is_killed_leaves_the_old_site_or_the_new_one_under_attack(
    attack: Attack, site: SiteFolder, tmp_path: Path
) -> None:
    remote = Remote(tmp_path / "git")
    table = f'[deploy.pages]\ntarget = "git"\nrepository = "{remote.bare}"\n'
    site.write("broadsheet.toml", CONFIGURATION + TABLE.format("../www") + table)
    public = {"local": lambda: served(site), "pages": remote.files}
    start = time.monotonic()
    for target in public:
        site.run("deploy", "--no-build", target)
    length, chance, losses = (time.monotonic() - start) / 2, random.Random(7), []
    tries = attack.tries(4, 100)
    switch = {"pages": {".nojekyll": b""}, "local": {}}
    for number in range(tries):
        target = list(public)[number % 2]
        old = {**public[target]()}
        change(site, number)
        _kill(site, target, chance.uniform(0.1, 1.2) * length)
        new = {**site.outputs(), **switch[target]}
        if public[target]() not in (old, new):
            losses.append(f"{number} {target}: neither the old site nor the new one")
        site.run("deploy", "--no-build", target)
        if public[target]() != new:
            losses.append(f"{number} {target}: the next deploy is not right")
    assert RECORD not in served(site)
    attack.ended("deploys killed at any moment", tries, losses)


def _kill(site: SiteFolder, target: str, after: float) -> None:
    """Starts a deploy and kills it and all that it started."""
    started = subprocess.Popen(
        [sys.executable, "-m", "generator", "-C", str(site.root), "deploy", "--no-build", target],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        started.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
