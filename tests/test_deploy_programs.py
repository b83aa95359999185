"""broadsheet deploy by other programs: what they are called with, and what becomes of their failures.

Wrangler and netlify are played by scripts here: the real ones talk to their hosts alone.
"""

import json
import sys
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from generator.targets.secrets import fit_to_show
from tests.conftest import CONFIGURATION, SiteFolder

ACTOR = """#!{python}
import json, os, pathlib, sys
folder = next(word.removeprefix("--dir=") for word in sys.argv if "/deploy/" in word)
files = sorted(p.relative_to(folder).as_posix() for p in pathlib.Path(folder).rglob("*") if p.is_file())
pathlib.Path("{record}").write_text(json.dumps([sys.argv[1:], folder, files]))
print("token is " + os.environ.get("HOST_TOKEN", "none"), file=sys.stderr)
sys.exit(int(os.environ.get("ACTOR_STATUS", "0")))
"""
TABLES = {
    "wrangler": '[deploy.cf]\ntarget = "cloudflare"\nproject = "digest"\n',
    "netlify": '[deploy.nf]\ntarget = "netlify"\nsite = "digest"\n',
    "upload": '[deploy.own]\ntarget = "command"\nprogram = ["upload", "--from", "{folder}"]\n',
}
ARGUMENTS = {
    "wrangler": ["pages", "deploy", "FOLDER", "--project-name=digest", "--branch=main", "--commit-dirty=true"],
    "netlify": ["deploy", "--prod", "--no-build", "--dir=FOLDER", "--site=digest"],
    "upload": ["--from", "FOLDER"],
}


class Stage:
    """A site whose target is a program, and what that program was called with."""

    def __init__(self, site: SiteFolder, record: Path) -> None:
        self.site, self.record = site, record

    def played(self) -> tuple[list[str], str, list[str]] | None:
        """Arguments, folder and files of the last call; None where there was none."""
        if not self.record.exists():
            return None
        arguments, folder, files = json.loads(self.record.read_text())
        self.record.unlink()
        return arguments, folder, files


@pytest.fixture
def program(request: pytest.FixtureRequest) -> str:
    """Which program: that of the kind `command`, unless told."""
    name: str = getattr(request, "param", "upload")
    return name


@pytest.fixture
def stage(program: str, make_site: Callable[..., SiteFolder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    site = make_site(CONFIGURATION + TABLES[program])
    site.article("a")
    actor, record = tmp_path / "bin" / program, tmp_path / "record.json"
    actor.parent.mkdir()
    actor.write_text(ACTOR.format(python=sys.executable, record=record))
    actor.chmod(0o755)
    monkeypatch.setenv("PATH", f"{actor.parent}:/usr/bin:/bin")
    return Stage(site, record)


@pytest.mark.parametrize("program", TABLES, indirect=True)
def test_the_program_gets_a_clean_copy_once(stage: Stage, program: str) -> None:
    site = stage.site
    assert len(site.run("deploy", "--format", "json").json["new"]) == len(site.outputs())
    played = stage.played()
    assert played
    arguments, folder, files = played
    assert arguments == [word.replace("FOLDER", folder) for word in ARGUMENTS[program]]
    assert files == sorted(site.outputs())
    assert not Path(folder).exists()
    assert "no changes" in site.run("deploy").stdout
    assert stage.played() is None


def test_its_failure_is_told_without_secrets_and_the_next_run_sends_all(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = stage.site
    site.run("deploy")
    stage.played()
    site.article("b")
    monkeypatch.setenv("HOST_TOKEN", "very-secret-word")
    monkeypatch.setenv("ACTOR_STATUS", "3")
    failed = site.run("deploy", status=1)
    assert "failed: token is *** [target-failed]" in failed.stderr
    monkeypatch.delenv("ACTOR_STATUS")
    done = site.run("deploy", "--format", "json").json
    assert {*done["new"], *done["changed"]} == {*site.outputs()}
    assert stage.played()


@pytest.mark.parametrize("secret", ["abc", "k9", "p4ss", "s3 c/r+e&é", "very-secret-word"])
def test_secrets_of_any_length_are_hidden_in_any_form(
    stage: Stage, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = [secret, quote(secret, safe=""), quote_plus(secret), b64encode(secret.encode()).decode()]
    shown = b64encode(f"me:{secret}".encode()).decode()
    monkeypatch.setenv("HOST_TOKEN", f"{secret}\nAuthorization: Basic {shown}")
    monkeypatch.setenv("OTHER_PASSWORD", secret)
    monkeypatch.setenv("ACTOR_STATUS", "3")
    stage.site.build()
    said = stage.site.run("deploy", "--no-build", status=1).stderr
    assert "token is ***" in said
    assert not [form for form in (*forms, shown) if form in said.partition("failed: ")[2]]
    for form in forms:
        assert form not in fit_to_show(f"answer: {form}.")


def test_what_a_program_prints_is_bounded_and_does_nothing_to_the_terminal() -> None:
    said = fit_to_show("\x1b[31mred\x1b[0m\x07\u202e" + "y" * 10_000 + "\r\n" + "line\n" * 500 + "end \x9b\0")
    assert len(said) < 8000
    assert said.split("\n")[-1] == "end \\x9b"
    assert all(c.isprintable() or c == "\n" for c in said)
    assert fit_to_show("\x1b[31mred\x07 " + "y" * 1000) == "red\\x07 " + "y" * 392 + "..."


def test_a_dry_run_does_not_call_it(stage: Stage) -> None:
    assert "+ index.html" in stage.site.run("deploy", "--dry-run").stdout
    assert stage.played() is None
    stage.site.run("deploy")
    assert "no changes" in stage.site.run("deploy", "--dry-run").stdout


@pytest.mark.parametrize("program", TABLES, indirect=True)
def test_a_missing_program_is_named_with_what_to_install(
    stage: Stage, program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    failed = stage.site.run("deploy", status=1)
    assert f"{program} is not installed [no-program]\n  hint: " in failed.stderr


@pytest.mark.parametrize("program", ["wrangler"], indirect=True)
def test_what_cloudflare_does_not_take_is_refused(stage: Stage) -> None:
    stage.site.build()
    with stage.site.write("output/big.bin", "").open("wb") as file:
        file.truncate(26 * 2**20)
    assert "big.bin: error: larger than 25 MiB" in stage.site.run("deploy", "--no-build", status=1).stderr
    assert stage.played() is None
