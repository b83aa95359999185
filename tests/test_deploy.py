"""broadsheet deploy: what all targets share, shown on the simplest of them, a folder."""

import http.server
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from generator.problems import DeployError
from generator.targets import verify as verifying
from generator.targets.files import File
from generator.targets.plan import Plan, check_deletes, make_plan
from tests.conftest import CONFIGURATION, SiteFolder

FOLDER = CONFIGURATION + '[deploy.local]\ntarget = "folder"\npath = "../www"\nkeep = 3\n'


@pytest.fixture
def site(make_site: Callable[..., SiteFolder]) -> SiteFolder:
    """A site of two articles that is deployed to ../www."""
    site = make_site(FOLDER)
    site.article("a", tags="[x]")
    site.article("b", "[a](/2024/01/03/a/)")
    return site


def served(site: SiteFolder) -> dict[str, bytes]:
    """What readers of the folder see."""
    current = site.root.parent / "www" / "current"
    return {path.relative_to(current).as_posix(): path.read_bytes() for path in current.rglob("*") if path.is_file()}


def releases(site: SiteFolder) -> list[str]:
    return sorted(path.name for path in (site.root.parent / "www" / "releases").iterdir() if path.name[0] != ".")


def snapshot(root: Path) -> dict[str, tuple[int, int]]:
    """Every file and link below a folder, with its size and time."""
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in root.rglob("*")}


def test_the_site_is_built_and_brought_to_the_folder(site: SiteFolder) -> None:
    done = site.run("deploy", "--format", "json").json
    assert served(site) == site.outputs()
    assert set(done["new"]) == set(site.outputs())
    assert (done["changed"], done["removed"], done["unchanged"]) == ([], [], 0)
    assert done["bytes"] == sum(map(len, site.outputs().values()))
    assert ".broadsheet.json" not in served(site)


def test_a_second_deploy_does_nothing(site: SiteFolder) -> None:
    site.run("deploy")
    before = snapshot(site.root.parent / "www")
    done = site.run("deploy", "local")
    assert "local: no changes" in done.stdout
    assert {path: seen for path, seen in snapshot(site.root.parent / "www").items() if "lock" not in path} == {
        path: seen for path, seen in before.items() if "lock" not in path
    }


def test_what_readers_have_is_held_fast(site: SiteFolder) -> None:
    lock = site.root / "broadsheet.lock"
    site.run("build")
    site.run("deploy", "--dry-run")
    assert not lock.exists()
    done = site.run("deploy", "--strict")
    assert "broadsheet.lock holds what readers have now: commit it with the site" in done.stderr
    assert '"2024-01-03": ["content/a.md", "content/b.md"]' in lock.read_text()
    assert "0 pages written" in site.run("build").stdout
    site.article("c", date="2024-01-04T08:00:00Z")
    site.run("build")
    assert "2024-01-04" not in lock.read_text()
    site.run("deploy", "--no-build")
    assert "2024-01-04" in lock.read_text()
    assert "broadsheet.lock" not in site.run("deploy").stderr


def test_a_deploy_that_fails_holds_nothing_fast(site: SiteFolder) -> None:
    (site.root.parent / "www" / "current").mkdir(parents=True)
    site.run("deploy", status=1)
    assert not (site.root / "broadsheet.lock").exists()


def test_a_lock_that_cannot_be_written_is_a_warning_after_the_deploy(site: SiteFolder) -> None:
    (site.root / "broadsheet.lock").symlink_to("nowhere/broadsheet.lock")
    done = site.run("deploy")
    assert "broadsheet.lock: warning: can't be written" in done.stderr
    assert served(site) == site.outputs()


def test_only_what_changed_is_written_and_the_rest_is_shared_with_the_release_before(site: SiteFolder) -> None:
    site.run("deploy")
    site.article("a", "Another text.", tags="[x]")
    done = site.run("deploy", "--format", "json").json
    assert "2024/01/03/a/index.html" in done["changed"]
    assert served(site) == site.outputs()
    old, new = (site.root.parent / "www/releases" / name for name in releases(site))
    style = "assets/style.css"
    assert (old / style).stat().st_ino == (new / style).stat().st_ino
    assert b"Another" not in (old / "2024/01/03/a/index.html").read_bytes()


def test_a_dry_run_shows_the_plan_and_leaves_the_target_alone(site: SiteFolder) -> None:
    site.build()
    before = snapshot(site.root)
    done = site.run("deploy", "--dry-run", "--no-build")
    assert "+ 2024/01/03/a/index.html\n" in done.stdout
    assert "nothing was done" in done.stdout
    assert not (site.root.parent / "www").exists()
    assert {path for path in snapshot(site.root) if ".cache" not in path} == {p for p in before if ".cache" not in p}


def test_more_deletes_than_allowed_are_refused_with_status_1(site: SiteFolder) -> None:
    site.run("deploy")
    (site.root / "content/a.md").unlink()
    site.article("b", "No link.")
    before = served(site)
    refused = site.run("deploy", "--max-deletes", "1", status=1)
    assert "files would be removed, 1 may be; nothing was deployed [too-many-deletes]" in refused.stderr
    assert served(site) == before
    done = site.run("deploy", "--max-deletes", "3", "--format", "json").json
    assert "2024/01/03/a/index.html" in done["removed"]
    assert served(site) == site.outputs()


def test_old_releases_go_and_rollback_returns_to_the_one_before(site: SiteFolder) -> None:
    for number in range(5):
        site.article("a", f"Text {number}.", tags="[x]")
        site.run("deploy")
    assert releases(site) == ["000003", "000004", "000005"]
    assert b"Text 4." in served(site)["2024/01/03/a/index.html"]
    assert "back to release 000004" in site.run("deploy", "--rollback").stdout
    assert b"Text 3." in served(site)["2024/01/03/a/index.html"]
    site.run("deploy", "--rollback")
    assert "no release before the current one [no-release]" in site.run("deploy", "--rollback", status=1).stderr
    assert "changed" in site.run("deploy").stdout
    assert served(site) == site.outputs()
    assert releases(site) == ["000004", "000005", "000006"]


def test_a_folder_that_is_not_ours_is_left_alone(site: SiteFolder) -> None:
    kept = site.root.parent / "www" / "current" / "precious.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")
    assert "no symbolic link" in site.run("deploy", status=1).stderr
    assert kept.read_text() == "mine"
    kept.unlink()
    kept.parent.rmdir()
    kept.parent.symlink_to(site.root)
    assert "no release of a deploy" in site.run("deploy", status=1).stderr


def test_leftovers_of_a_deploy_that_was_killed_do_no_harm(site: SiteFolder) -> None:
    site.run("deploy")
    site.write("../www/releases/.broadsheet-000002.part/half.html", "<p>")
    site.article("a", "New.", tags="[x]")
    site.run("deploy")
    assert served(site) == site.outputs()
    assert releases(site) == ["000001", "000002"]


def test_errors_in_the_build_keep_the_site_from_being_deployed(site: SiteFolder) -> None:
    site.article("broken", date='"2024-02-30"')
    refused = site.run("deploy", status=1)
    assert "bad-date" in refused.stderr
    assert "nothing was deployed: the site has errors [not-deployed]" in refused.stderr
    assert not (site.root.parent / "www/current").exists()


def test_dead_links_keep_the_site_from_being_deployed(site: SiteFolder) -> None:
    site.article("b", "[gone](/2024/01/03/gone/)")
    refused = site.run("deploy", status=1)
    assert "content/b.md:6:8: error: the site has no /2024/01/03/gone/" in refused.stderr
    assert not (site.root.parent / "www/current").exists()


def test_under_strict_warnings_do_too(site: SiteFolder) -> None:
    site.article("b", "See the article on [this](/2024/01/03/a), which says more.")
    assert "nothing was deployed: the site has problems" in site.run("deploy", "--strict", status=1).stderr
    assert not (site.root.parent / "www/current").exists()
    assert "[no-slash]" in site.run("deploy").stderr


def test_drafts_in_the_output_are_not_deployed_unbuilt(site: SiteFolder) -> None:
    site.article("secret", draft="true")
    site.build("--drafts")
    assert (
        "was built with --drafts; nothing was deployed [not-public]"
        in site.run("deploy", "--no-build", status=1).stderr
    )
    site.run("deploy")
    assert not any("secret" in path for path in served(site))


def test_no_build_deploys_what_stands_there(site: SiteFolder) -> None:
    assert "holds no built site" in site.run("deploy", "--no-build", status=2).stderr
    site.build()
    site.article("c")
    site.write("output/.well-known/security.txt", "Contact: mailto:me@example.org\n")
    site.write("output/CNAME", "news.example.org\n")
    site.run("deploy", "--no-build")
    assert "2024/01/03/c/index.html" not in served(site)
    assert {".well-known/security.txt", "CNAME"} <= served(site).keys()


def test_what_is_no_file_of_the_site_is_not_deployed(site: SiteFolder) -> None:
    site.build()
    (site.output / "link").symlink_to("/etc/hostname")
    refused = site.run("deploy", "--no-build", status=1)
    assert "output/link: error: a symbolic link that leads out of the folder [not-deployable]" in refused.stderr


def test_two_deploys_at_once_are_refused(site: SiteFolder) -> None:
    lock = site.root / ".cache/deploy.lock"
    lock.parent.mkdir(parents=True)
    connection = sqlite3.connect(lock, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    assert "another deploy is at work [busy]" in site.run("deploy", status=1).stderr
    connection.close()
    site.run("deploy")


class Reader(threading.Thread):
    """Reads the same three files of a site again and again, as fast as it can."""

    def __init__(self, www: Path) -> None:
        super().__init__()
        self.www, self.stop = www, threading.Event()
        self.versions: set[bytes] = set()
        self.faults: list[str] = []

    def run(self) -> None:
        while not self.stop.is_set() and not self.faults:
            try:
                self.look((self.www / "current/index.html").read_bytes(), *self.from_one_release())
            except OSError as error:
                self.faults.append(repr(error))

    def from_one_release(self) -> Iterator[bytes]:
        """A page and its style sheet, from the folder that `current` led to at one moment."""
        folder = os.open(self.www / "current", os.O_RDONLY | os.O_DIRECTORY)
        for path in CHANGING[1:]:
            with open(os.open(path, os.O_RDONLY, dir_fd=folder), "rb") as file:  # noqa: PTH123
                yield file.read()
        os.close(folder)

    def look(self, front: bytes, page: bytes, style: bytes) -> None:
        if page != style or front != front[:7] * REPEATED or page != page[:7] * REPEATED:
            self.faults.append(f"mixed: {front[:6]!r} {page[:6]!r} {style[:6]!r}")
        self.versions.add(front[:6])


CHANGING = ("index.html", "2024/01/03/a/index.html", "assets/style.css")
REPEATED = 20_000


def test_readers_never_see_a_mixed_or_missing_page(site: SiteFolder) -> None:
    site.build()
    readers = [Reader(site.root.parent / "www") for _ in range(2)]
    for version in range(20):
        for path in CHANGING:
            (site.output / path).write_bytes(b"%06d\n" % version * REPEATED)
        site.run("deploy", "--no-build")
        if not version:
            for reader in readers:
                reader.start()
    for reader in readers:
        reader.stop.set()
        reader.join()
        assert not reader.faults
        assert len(reader.versions) > 10


def test_a_target_may_have_an_address_of_its_own(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(FOLDER + 'base_url = "https://me.example.io/digest/"\n')
    site.article("a")
    site.run("deploy")
    assert b'href="/digest/assets/style.css"' in served(site)["index.html"]


def test_an_unknown_target_or_none_is_a_fault_of_the_command_line(
    site: SiteFolder, make_site: Callable[..., SiteFolder]
) -> None:
    assert 'did you mean "local"?' in site.run("deploy", "locl", status=2).stderr
    assert "no target to deploy to [no-target]" in make_site(name="other").run("deploy", status=2).stderr
    assert "not allowed with" in site.run("deploy", "--rollback", "--dry-run", status=2).stderr
    assert "is no whole number" in site.run("deploy", "--max-deletes", "-1", status=2).stderr


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('[deploy.x]\ntarget = "ftp"', '5:1: error: unknown target "ftp"'),
        ("[deploy.x]\nbranch = 'a'", '4:1: error: the key "target" is missing'),
        ('[deploy.x]\ntarget = "folder"', '4:1: error: the key "path" is missing'),
        ('[deploy.x]\ntarget = "folder"\npath = "a"\nkep = 1', '7:1: error: unknown key "kep"'),
        ('[deploy.x]\ntarget = "folder"\npath = "a"\nkeep = 1', '7:1: error: "keep": expected a whole number from 2'),
        ('[deploy.x]\ntarget = "git"\nrepository = "--upload-pack=x"', '6:1: error: "repository": it may not begin'),
        ('[deploy.x]\ntarget = "git"\nrepository = "r"\nbranch = "a b"', '7:1: error: "branch": git allows no branch'),
        ('[deploy.x]\ntarget = "s3"\nurl = "bucket"', '6:1: error: "url": expected the address of a bucket'),
        (
            '[deploy.x]\ntarget = "s3"\nurl = "s3://bkt"\ncompress = "zip"',
            '7:1: error: "compress": unknown value "zip"',
        ),
        ('[deploy.x]\ntarget = "s3"\nurl = "s3://bkt"\ncache = { a = 1 }', '7:1: error: "cache": expected patterns'),
        ('[deploy.x]\ntarget = "command"\nprogram = []', '6:1: error: "program": expected a program'),
        ('[deploy."a b"]\ntarget = "git"', '"a b" is no name for a target'),
        ("[deploy]\nx = 1", "expected a table for each target"),
    ],
)
def test_faults_of_the_configuration_have_their_line(
    make_site: Callable[..., SiteFolder], table: str, message: str
) -> None:
    assert message in make_site(CONFIGURATION + table).run("deploy", status=2).stderr


@contextmanager
def web_server(folder: Path) -> Iterator[str]:
    """A server of the files of a folder; its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_verify_fetches_a_sample_and_compares(make_site: Callable[..., SiteFolder], tmp_path: Path) -> None:
    with web_server(tmp_path / "www" / "current") as address:
        site = make_site(FOLDER + f'base_url = "{address}"\n')
        site.article("a", "Text.", slug='"ä b"')
        done = site.run("deploy", "--verify", "--format", "json").json
        assert done["verified"] == min(20, len(done["new"]) - 1)
        assert "0 unchanged" not in site.run("deploy", "--verify").stdout


def test_verify_names_what_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    (tmp_path / "a.html").write_text("old")
    source = tmp_path / "source"
    source.write_text("new")
    files = [File("a.html", str(source), 3), File("b/index.html", str(source), 3)]
    with web_server(tmp_path) as address, pytest.raises(DeployError) as caught:
        verifying.verify(address, Plan(("a.html", "b/index.html"), (), (), 0, 6), files)
    assert [problem.message for problem in caught.value.problems] == [
        f"{address}a.html: the site serves something else than was sent",
        f"{address}b/: the site answers 404",
    ]
    assert len(waited) > 1


def test_the_plan_is_the_difference_between_what_is_wanted_and_what_is_there() -> None:
    files = [File("same", "", 1), File("other", "", 10), File("new", "", 100)]
    wanted = {"same": "1", "other": "2", "new": "3"}
    plan = make_plan(files, wanted, {"same": "1", "other": "x", "old": "y", "keep/me": "z"}, ["keep/*"])
    assert plan == Plan(("new",), ("other",), ("old",), 1, 110)
    check_deletes(plan, 1)
    with pytest.raises(DeployError):
        check_deletes(plan, 0)
