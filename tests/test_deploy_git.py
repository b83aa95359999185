"""broadsheet deploy to a branch of a real, bare repository."""

import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.targets.record import RECORD
from tests.conftest import CONFIGURATION, SiteFolder
from tests.servers import CuttingProxy, ssh_server
from tests.test_cli import run_on_a_terminal

HOSTILE = ("with space.txt", 'quo"te.txt', "back\\slash.txt", "new\nline.txt", "📰 émoji.txt", "tab\t.txt", "-dash.txt")
IDENTITY = {"GIT_AUTHOR_NAME": "Other", "GIT_AUTHOR_EMAIL": "o@example.org"}
IDENTITY |= {"GIT_COMMITTER_NAME": "Other", "GIT_COMMITTER_EMAIL": "o@example.org", "GIT_CONFIG_GLOBAL": os.devnull}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, check=True, env={**os.environ, **IDENTITY}
    )
    return done.stdout.decode("utf-8", "surrogateescape")


class Remote:
    """A bare repository, and somebody else who pushes to it."""

    def __init__(self, folder: Path) -> None:
        self.bare, self.clone = folder / "remote.git", folder / "clone"
        folder.mkdir(exist_ok=True)
        git(folder, "init", "-q", "--bare", "-b", "gh-pages", str(self.bare))

    def push(self, **files: str) -> None:
        """Somebody commits files (`CNAME="text"`) on top of what is there."""
        if not self.clone.exists():
            git(self.bare, "clone", "-q", str(self.bare), str(self.clone))
            git(self.clone, "checkout", "-q", "-B", "gh-pages")
        elif self.commits():
            git(self.clone, "pull", "-q", "origin", "gh-pages")
        for name, text in files.items():
            (self.clone / name).write_text(text)
        git(self.clone, "add", "-A")
        git(self.clone, "commit", "-q", "-m", "by hand")
        git(self.clone, "push", "-q", "origin", "gh-pages")

    def commits(self) -> list[str]:
        """The subjects, the newest first."""
        try:
            return git(self.bare, "log", "--format=%s", "gh-pages").splitlines()
        except subprocess.CalledProcessError:
            return []

    def files(self) -> dict[str, bytes]:
        """What the branch holds."""
        paths = git(self.bare, "ls-tree", "-r", "-z", "--name-only", "gh-pages").split("\0")[:-1]
        show = ["git", "-C", str(self.bare), "cat-file", "blob"]
        return {
            path: subprocess.run([*show, f"gh-pages:{path}"], capture_output=True, check=True).stdout
            for path in paths
            if path != RECORD
        }


@pytest.fixture
def remote(tmp_path: Path) -> Remote:
    return Remote(tmp_path / "git")


@pytest.fixture
def site(make_site: Callable[..., SiteFolder], remote: Remote) -> SiteFolder:
    """A site that is deployed to the repository."""
    site = make_site(CONFIGURATION + f'[deploy.pages]\ntarget = "git"\nrepository = "{remote.bare}"\n')
    site.article("a", tags="[x]")
    site.article("b", "[a](/2024/01/03/a/)")
    return site


def test_three_deploys_keep_history_and_the_settings_of_the_host(site: SiteFolder, remote: Remote) -> None:
    remote.push(CNAME="news.example.org\n")
    for number in range(3):
        site.article("a", f"Text {number}.", tags="[x]")
        site.run("deploy")
        assert remote.files() == {**site.outputs(), "CNAME": b"news.example.org\n", ".nojekyll": b""}
    assert len(remote.commits()) == 4
    assert remote.commits()[-1] == "by hand"
    assert git(remote.bare, "fsck", "--full") == ""


def test_no_commit_when_nothing_changed(site: SiteFolder, remote: Remote) -> None:
    site.run("deploy")
    head = git(remote.bare, "rev-parse", "gh-pages")
    assert "no changes" in site.run("deploy").stdout
    assert git(remote.bare, "rev-parse", "gh-pages") == head


def test_any_file_name_arrives_as_it_is(site: SiteFolder, remote: Remote) -> None:
    site.build()
    for name in HOSTILE:
        site.write(f"output/files/{name}", name)
    site.run("deploy", "--no-build")
    assert remote.files() == {**site.outputs(), ".nojekyll": b""}
    for name in HOSTILE:
        (site.output / "files" / name).unlink()
    done = site.run("deploy", "--no-build", "--dry-run")
    assert "- files/new\\nline.txt\n" in done.stdout
    site.run("deploy", "--no-build")
    assert remote.files() == {**site.outputs(), ".nojekyll": b""}


def test_a_removed_article_goes_and_more_than_allowed_is_refused(site: SiteFolder, remote: Remote) -> None:
    site.run("deploy")
    (site.root / "content/a.md").unlink()
    site.article("b")
    before = remote.files()
    assert "[too-many-deletes]" in site.run("deploy", "--max-deletes", "0", status=1).stderr
    assert remote.files() == before
    site.run("deploy")
    assert remote.files() == {**site.outputs(), ".nojekyll": b""}


def test_a_push_from_elsewhere_survives(site: SiteFolder, remote: Remote) -> None:
    site.run("deploy")
    remote.push(README="by hand\n")
    site.article("a", "Another text.", tags="[x]")
    done = site.run("deploy")
    assert "files in the branch that no deploy put there, and that stay: 1" in done.stdout
    assert remote.commits()[1:] == ["by hand", remote.commits()[-1]]
    site.article("a", "A third text.", tags="[x]")
    site.run("deploy")
    assert remote.files() == {**site.outputs(), ".nojekyll": b"", "README": b"by hand\n"}


def test_a_push_in_the_middle_of_a_deploy_survives(site: SiteFolder, remote: Remote) -> None:
    site.run("deploy")
    git(remote.bare, "clone", "-q", str(remote.bare), str(remote.clone))
    hook = remote.bare / "hooks" / "pre-receive"  # somebody is faster, once: the branch moves while this push waits
    hook.write_text(
        "#!/bin/sh\nset -e\nunset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n"
        f"[ -e {remote.bare}/once ] && exit 0\ntouch {remote.bare}/once\n"
        "tree=$(git rev-parse gh-pages^{tree})\nblob=$(echo theirs | git hash-object -w --stdin)\n"
        'tree=$( (git ls-tree gh-pages; printf "100644 blob $blob\\tTHEIRS\\n") | git mktree)\n'
        "export GIT_AUTHOR_NAME=o GIT_AUTHOR_EMAIL=o@x GIT_COMMITTER_NAME=o GIT_COMMITTER_EMAIL=o@x\n"
        "git update-ref refs/heads/gh-pages $(git commit-tree $tree -p gh-pages -m theirs)\n"
    )
    hook.chmod(0o755)
    site.article("a", "Another text.", tags="[x]")
    site.run("deploy")
    assert (remote.bare / "once").exists()
    assert remote.commits()[1] == "theirs"
    assert remote.files() == {**site.outputs(), ".nojekyll": b"", "THEIRS": b"theirs\n"}


def test_a_machine_that_never_deployed_knows_what_is_whose(site: SiteFolder, remote: Remote) -> None:
    remote.push(OLD="1")
    site.run("deploy")
    for number in range(3):
        remote.push(README=f"{number}")
    shutil.rmtree(site.root / ".cache")
    (site.root / "content/a.md").unlink()
    site.article("b")
    site.run("deploy")
    assert remote.files() == {**site.outputs(), ".nojekyll": b"", "README": b"2", "OLD": b"1"}


def test_a_dry_run_leaves_no_trace(site: SiteFolder, remote: Remote) -> None:
    assert "+ index.html\n" in site.run("deploy", "--dry-run").stdout
    assert remote.commits() == []
    assert not (site.root / ".cache/deploy/pages").exists()


def test_a_refused_push_is_an_error_with_the_words_of_the_host(site: SiteFolder, remote: Remote) -> None:
    hook = remote.bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'protected branch' >&2\nexit 1\n")
    hook.chmod(0o755)
    assert "protected branch" in site.run("deploy", status=1).stderr
    assert remote.commits() == []


def test_secrets_in_the_address_come_from_the_environment_and_are_not_shown(
    site: SiteFolder, remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = '[deploy.pages]\ntarget = "git"\nrepository = "https://me:${PAGES_WORD}@127.0.0.1:9/x.git"\n'
    site.write("broadsheet.toml", CONFIGURATION + table)
    assert "the variable PAGES_WORD of the environment is not set" in site.run("deploy", status=1).stderr
    monkeypatch.setenv("PAGES_WORD", "s3same-0pen")
    failed = site.run("deploy", status=1)
    assert "git failed" in failed.stderr
    assert "s3same" not in failed.stderr + failed.stdout
    assert not [path for path in site.root.rglob("*") if path.is_file() and b"s3same" in path.read_bytes()]
    site.write("broadsheet.toml", CONFIGURATION + f'[deploy.p]\ntarget = "git"\nrepository = "{remote.bare}"\n')
    site.run("deploy")


def test_a_connection_cut_in_the_middle_is_an_error_and_the_next_run_completes(
    site: SiteFolder, remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    site.write("output/big.bin", random.Random(1).randbytes(4_000_000))
    with ssh_server(tmp_path / "ssh") as ssh:
        table = f'[deploy.pages]\ntarget = "git"\nrepository = "{ssh.host}:{remote.bare}"\n'
        site.write("broadsheet.toml", CONFIGURATION + table)
        port = ssh.command.split()[2]
        with CuttingProxy(int(port), 1_000_000) as proxy:
            monkeypatch.setenv("GIT_SSH_COMMAND", ssh.command.replace(port, str(proxy.port)))
            assert "git failed" in site.run("deploy", "--no-build", status=1).stderr
            assert proxy.is_cut
        assert remote.commits() == []
        monkeypatch.setenv("GIT_SSH_COMMAND", ssh.command)
        site.run("deploy", "--no-build")
    assert remote.files() == {**site.outputs(), ".nojekyll": b""}
    assert len(remote.commits()) == 1


def test_on_a_terminal_a_bar_shows_how_far_the_push_is(site: SiteFolder, remote: Remote, tmp_path: Path) -> None:
    slow = tmp_path / "bin" / "git"  # says what git says of a long push, then does it
    slow.parent.mkdir()
    first, *others = (f"printf 'Writing objects:  {part}%% ({part}/100)\\r' >&2" for part in (10, 20, 50))
    counts = "; sleep 1; ".join([first, *others])
    slow.write_text(f'#!/bin/sh\nif [ "$1" = push ]; then {counts}; fi\nexec {shutil.which("git")} "$@"\n')
    slow.chmod(0o755)
    shown = run_on_a_terminal(site, "deploy", PATH=f"{slow.parent}:{os.environ['PATH']}")
    assert re.search(r"sending: +\d+%.* \d+/100 ", shown)
    assert remote.files() == {**site.outputs(), ".nojekyll": b""}


def test_a_failure_of_git_in_the_middle_is_an_error_with_its_words(
    site: SiteFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "bin" / "git"
    broken.parent.mkdir()
    stop = "echo 'fatal: no space left' >&2; exit 128"
    broken.write_text(f'#!/bin/sh\nif [ "$1" = fast-import ]; then {stop}; fi\nexec {shutil.which("git")} "$@"\n')
    broken.chmod(0o755)
    site.build()
    site.write("output/large.bin", bytes(2**20))  # more than waits in a pipe
    monkeypatch.setenv("PATH", f"{broken.parent}:{os.environ['PATH']}")
    assert "git failed: fatal: no space left [target-failed]" in site.run("deploy", "--no-build", status=1).stderr


def test_without_git_the_message_says_so(site: SiteFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed [no-program]" in site.run("deploy", status=1).stderr
