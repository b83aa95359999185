"""broadsheet deploy --init: the workflow files, and that what is in them works."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.commands.workflow import HOSTS, cron
from tests.conftest import CONFIGURATION, SiteFolder

TARGETS = """
[deploy.live]
target = "git"
repository = "git@host:me/site.git"
[deploy.cf]
target = "cloudflare"
project = "digest"
[deploy.nf]
target = "netlify"
site = "digest"
"""
NAMES = {"github": "live", "cloudflare": "cf", "netlify": "nf"}


def steps(site: SiteFolder) -> list[dict[str, Any]]:
    workflow = yaml.safe_load((site.root / ".github/workflows/deploy.yml").read_text())
    found: list[dict[str, Any]] = workflow["jobs"]["deploy"]["steps"]
    return found


@pytest.mark.parametrize("host", NAMES)
def test_the_workflow_deploys_to_the_target_with_its_secrets(make_site: Callable[..., SiteFolder], host: str) -> None:
    site = make_site(CONFIGURATION + TARGETS)
    done = site.run("deploy", "--init", host)
    assert done.stdout.startswith(".github/workflows/deploy.yml\n")
    last = steps(site)[-1]
    assert last["run"] == f"broadsheet deploy {NAMES[host]}"
    assert last["env"] == {name: f"${{{{ {value} }}}}" for name, value in HOSTS[host].secrets}
    assert "[deploy." not in done.stdout
    assert "run `broadsheet build --freeze` before you push" in done.stdout


def test_the_cache_is_kept_between_runs_and_runs_do_not_overlap(site: SiteFolder) -> None:
    done = site.run("deploy", "--init", "github")
    workflow = yaml.safe_load((site.root / ".github/workflows/deploy.yml").read_text())
    cache = next(step["with"] for step in steps(site) if str(step.get("uses")).startswith("actions/cache@"))
    assert cache["path"].split() == [".cache", "output"]
    assert cache["key"].startswith(cache["restore-keys"])
    assert workflow["concurrency"] == {"group": "deploy", "cancel-in-progress": False}
    assert workflow["permissions"] == {"contents": "write"}
    assert 'add to broadsheet.toml:\n\n[deploy.pages]\ntarget = "git"\n' in done.stdout
    assert "@" not in "".join(step["run"] for step in steps(site) if "run" in step)


def test_the_site_is_built_when_articles_appear_and_expire(site: SiteFolder) -> None:
    soon = datetime.now(UTC) + timedelta(days=400)
    site.write("broadsheet.toml", CONFIGURATION + "[pages]\neditions = false\n")
    site.article("soon", date=soon.replace(hour=14, minute=30).isoformat(), expires=soon.replace(minute=59).isoformat())
    site.article("past")
    site.run("deploy", "--init", "github")
    workflow = yaml.safe_load((site.root / ".github/workflows/deploy.yml").read_text())
    assert workflow[True]["schedule"] == [{"cron": "0,31 * * * *"}]  # YAML 1.1 reads `on` as true


def test_the_site_is_built_when_editions_close(make_site: Callable[..., SiteFolder]) -> None:
    zone = CONFIGURATION.replace('"UTC"', '"Australia/Lord_Howe"')  # whose summer time is half an hour
    site = make_site(zone + '[editions]\ncutoff = "18:10"\n')
    site.run("deploy", "--init", "github")
    workflow = yaml.safe_load((site.root / ".github/workflows/deploy.yml").read_text())
    assert workflow[True]["schedule"] == [{"cron": "11,41 * * * *"}]


def test_minutes_are_those_of_the_turns_of_the_site() -> None:
    day = datetime(2024, 1, 3, tzinfo=UTC)
    assert cron([]) == "1 * * * *"
    assert cron([day, day + timedelta(hours=3)]) == "1 * * * *"
    assert cron([day + timedelta(minutes=7 * n) for n in range(6)]) == "*/15 * * * *"


def test_a_workflow_that_is_there_stays(site: SiteFolder) -> None:
    site.write(".gitlab-ci.yml", "mine")
    assert (
        ".gitlab-ci.yml is there already, and stays as it is" in site.run("deploy", "--init", "gitlab", status=2).stderr
    )
    assert (site.root / ".gitlab-ci.yml").read_text() == "mine"


def test_the_script_for_gitlab_makes_a_clean_public_folder(site: SiteFolder, tmp_path: Path) -> None:
    site.article("a")
    site.run("deploy", "--init", "gitlab")
    script = yaml.safe_load((site.root / ".gitlab-ci.yml").read_text())["pages"]["script"]
    assert script[0] == "python -m pip install broadsheet"
    command = tmp_path / "bin" / "broadsheet"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m generator "$@"\n')
    command.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{command.parent}:/usr/bin:/bin",
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }
    subprocess.run(
        ["sh", "-ec", "\n".join(script[1:])], cwd=site.root, env=environment, check=True, capture_output=True
    )
    public = site.root / "public"
    made = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    assert made == set(site.outputs())


@pytest.mark.parametrize("host", HOSTS)
def test_the_workflow_is_what_the_schema_of_its_host_allows(site: SiteFolder, host: str) -> None:
    site.run("deploy", "--init", host)
    kind = ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"] if host == "gitlab" else ["vendor.github-workflows"]
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *kind, str(site.root / HOSTS[host].file)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
