"""The contract that other programs rely on: exit statuses, streams, where a site is looked for."""

import fcntl
import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from generator import __version__
from tests.benchmarks.corpus import articles
from tests.conftest import CONFIGURATION, ROOT, SiteFolder


def test_success_is_one_line_on_stdout_and_nothing_on_stderr(site: SiteFolder) -> None:
    site.article("x", topic="World", tags="[sea]", source="Radio")
    done = site.build()
    assert re.fullmatch(r"1 article · 1 read · \d+ pages written · \d+\.\d\d s\n", done.stdout)
    assert done.stderr == ""
    assert re.match(r"1 article · 0 read · 0 pages written · ", site.build().stdout)


def test_problems_go_to_stderr_with_place_code_and_hint(site: SiteFolder) -> None:
    site.article("x", date="2024-02-30")
    done = site.build(status=1)
    assert re.match(r"content/x\.md:3:7: error: .* \[bad-date\]\n  hint: ", done.stderr)


def test_quiet_prints_problems_alone(site: SiteFolder) -> None:
    site.article("x", title="")
    done = site.build("--quiet")
    assert done.stdout == ""
    assert "warning: no title" in done.stderr


def test_json_is_one_document_on_stdout_with_the_problems(site: SiteFolder) -> None:
    site.article("x", date="never")
    site.article("y", draft="true")
    done = site.build("--format", "json", status=1)
    document = done.json
    assert document["articles"] == 0
    assert document["withheld"] == [{"path": "content/y.md", "as": "draft"}]
    assert "index.html" in document["written"]
    (problem,) = document["problems"]
    assert (problem["path"], problem["line"], problem["code"], problem["severity"]) == (
        "content/x.md",
        3,
        "bad-date",
        "error",
    )


def test_warnings_exit_with_0_and_under_strict_with_1(site: SiteFolder) -> None:
    site.article("x", title="")
    site.build()
    site.build("--strict", status=1)


@pytest.mark.parametrize(
    "arguments", [[], ["bild"], ["build", "--nonsense"], ["build", "-j", "0"], ["build", "--now", "soon"], ["list"]]
)
def test_wrong_usage_exits_with_2(site: SiteFolder, arguments: list[str]) -> None:
    done = site.run(*arguments, status=2)
    assert "usage:" in done.stderr
    assert done.stdout == ""


def test_the_version_is_printed(site: SiteFolder) -> None:
    assert site.run("--version").stdout == f"broadsheet {__version__}\n"


def test_the_site_is_looked_for_upwards(site: SiteFolder) -> None:
    site.article("deep/down/x")
    inside = SiteFolder(site.root / "content" / "deep" / "down")
    inside.run("build", "--now", "2024-06-01")
    assert "Title of deep/down/x" in site.page("/2024/01/03/x/")


@pytest.mark.parametrize("name", ["new", "build"])
def test_a_site_may_be_named_as_a_command(make_site: Callable[..., SiteFolder], name: str) -> None:
    site = make_site(name=name)
    command = [sys.executable, "-m", "generator", "-C", name, "list", "articles"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=site.root.parent, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, "")


def test_outside_of_a_site_the_answer_says_so(tmp_path: Path) -> None:
    done = SiteFolder(tmp_path).run("build", status=2)
    assert "no broadsheet.toml" in done.stderr
    assert "broadsheet new" in done.stderr


def test_the_address_can_be_replaced(site: SiteFolder) -> None:
    site.article("x")
    site.build("-b", "https://preview.example.net/sub")
    assert "https://preview.example.net/sub/2024/01/03/x/" in site.outputs()["atom.xml"].decode()
    assert "base_url" in site.build("-b", "nonsense", status=2).stderr


def test_a_folder_with_files_of_others_is_refused_before_anything_is_written(site: SiteFolder) -> None:
    site.article("x")
    site.write("mine/thesis.doc", "work of years")
    done = site.build("-o", "mine", status=2)
    assert "thesis.doc" in done.stderr
    assert [path.name for path in (site.root / "mine").iterdir()] == ["thesis.doc"]


def test_only_the_module_of_the_command_is_imported() -> None:
    code = "import sys; from generator import cli; cli.make_parser(['--help']); print(list(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "generator.commands." not in done.stdout
    assert "generator.pipeline" not in done.stdout


def run_on_a_terminal(site: SiteFolder, *arguments: str, **environment: str) -> str:
    """What a run prints when stdout and stderr are a terminal."""
    main, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    command = [sys.executable, "-m", "generator", "-C", str(site.root), *arguments]
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal,
        env={**plain, "TERM": "xterm", **environment},
    )
    os.close(terminal)
    chunks = []
    while True:
        try:
            chunk = os.read(main, 65536)
        except OSError:
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(main)
    process.wait(60)
    return b"".join(chunks).decode()


def test_on_a_terminal_problems_are_coloured_unless_no_color_is_set(site: SiteFolder) -> None:
    site.article("x", date="never")
    assert "\033[31;1merror:" in run_on_a_terminal(site, "build")
    assert "\033[" not in run_on_a_terminal(site, "build", NO_COLOR="1")


def test_on_a_terminal_a_diff_is_coloured(site: SiteFolder) -> None:
    site.article("x", "\n\n".join(["A sentence of the article stands here."] * 3 + ["Advertisement"]))
    assert "\033[31m-Advertisement" in run_on_a_terminal(site, "tidy", "--diff")


def test_a_long_build_shows_its_progress_on_a_terminal_alone(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(CONFIGURATION)
    for draft in articles(1200):
        site.write(f"content/{draft.name}.md", draft.text)
    assert re.search(r"(?:reading|rendering): +\d+%", run_on_a_terminal(site, "build", "-j", "1"))
    assert site.build("-j", "1").stderr == ""


def test_an_interrupted_build_exits_with_130_and_the_next_one_is_whole(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site()
    for draft in articles(1200):
        site.write(f"content/{draft.name}.md", draft.text)
    command = [sys.executable, "-m", "generator", "-C", str(site.root), "build"]
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a script; children inherit that
        signal.signal(signal.SIGINT, signal.default_int_handler)
    status, errors = 0, b""
    while status == 0:  # it may be done before it is seen to be at work
        shutil.rmtree(site.root / ".cache", ignore_errors=True)
        shutil.rmtree(site.output, ignore_errors=True)
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        while not (site.output / "index.html").exists() and process.poll() is None:  # of all pages the first
            time.sleep(0.01)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        errors = process.communicate()[1]
        status = process.returncode
    assert (status, errors) == (130, b"interrupted\n")
    site.run("build")
    interrupted = site.outputs()
    site.run("build", "-o", "fresh")
    fresh = SiteFolder(site.root)
    fresh.output = site.root / "fresh"
    assert interrupted == fresh.outputs()


def test_output_can_be_piped_into_a_program_that_stops_reading(site: SiteFolder) -> None:
    for number in range(300):
        site.article(f"n{number}", title=f'"{"long " * 60}"')
    command = f'"{sys.executable}" -m generator -C "{site.root}" list articles | head -1'
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S602 - our own words
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_a_manifest_is_readable(site: SiteFolder) -> None:
    site.article("x")
    site.build()
    manifest = json.loads((site.output / ".broadsheet.json").read_text())
    assert manifest["2024/01/03/x/index.html"] == "content/x.md"
