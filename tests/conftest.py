"""What the tests share: a site in a temporary folder, and the real command run on it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from tests.attacks import attack, table

__all__ = ["attack"]  # a fixture

settings.register_profile("patient", deadline=None)  # a busy machine is no defect
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CONFIGURATION = 'base_url = "https://news.example.org/"\ntitle = "The Test"\ntimezone = "UTC"\n'
NOW = "2024-06-01T12:00:00+00:00"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The attacks of a run, what was lost in each, as a table."""
    stats = terminalreporter.stats
    for line in table([report for outcome in ("passed", "failed") for report in stats.get(outcome, ())]):
        terminalreporter.write_line(line)


class Done(NamedTuple):
    """What a run of the command printed."""

    status: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The document that --format json printed."""
        return json.loads(self.stdout)


class SiteFolder:
    """A site on disk and the command that works on it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "output"

    def write(self, path: str, text: str | bytes) -> Path:
        """Writes a file of the site; text is written as it is."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return target

    def article(self, name: str, body: str = "One sentence of news.", **fields: str) -> Path:
        """Writes content/NAME.md; fields are given as YAML: title='"A title"', date="2024-01-03"."""
        fields = {"title": f'"Title of {name}"', "date": "2024-01-03T08:00:00Z", **fields}
        head = "".join(f"{key}: {value}\n" for key, value in fields.items() if value)
        return self.write(f"content/{name}.md", f"---\n{head}---\n\n{body}\n")

    def run(self, *arguments: str, status: int | None = 0, stdin: str | bytes = "", timeout: float = 120) -> Done:
        """Runs `broadsheet -C SITE ARGUMENTS` as a process; a status of None: any."""
        done = subprocess.run(
            [sys.executable, "-m", "generator", "-C", str(self.root), *arguments],
            input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONUTF8": "1"},
            timeout=timeout,
            check=False,
        )
        result = Done(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.stderr, result.stderr
        assert status is None or result.status == status, (
            f"exit status {result.status}\n{result.stdout}\n{result.stderr}"
        )
        return result

    def build(self, *arguments: str, status: int | None = 0) -> Done:
        """Builds as of June 2024."""
        return self.run("build", "--now", NOW, *arguments, status=status)

    def page(self, url: str) -> str:
        """The text of a page of the output."""
        path = url.lstrip("/")
        return (self.output / (f"{path}index.html" if not path or path.endswith("/") else path)).read_text()

    def outputs(self) -> dict[str, bytes]:
        """All files of the output but the manifest, with their bytes."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and path.name != ".broadsheet.json"
        }


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., SiteFolder]:
    """Makes sites: `make_site(configuration, name)`."""

    def make(configuration: str = CONFIGURATION, name: str = "site") -> SiteFolder:
        folder = SiteFolder(tmp_path / name)
        folder.write("broadsheet.toml", configuration)
        (folder.root / "content").mkdir()
        return folder

    return make


@pytest.fixture
def site(make_site: Callable[..., SiteFolder]) -> SiteFolder:
    """An empty site."""
    return make_site()


FERRY = (
    "The ferry Aurora struck a reef off Selby Point on Monday with 212 people aboard. Captain Ines Falk gave the order "
    "to leave the ship within minutes. Boats from Selby Point harbour took everyone off before dark."
)
SALVAGE = (
    "Divers have begun to seal the hull of the Aurora, the ferry that struck a reef off Selby Point. Captain Ines Falk "
    "told the inquiry that the light on the reef was out. Tugs from Carland are on their way to Selby Point."
)
INQUIRY = (
    "An inquiry into the loss of the ferry Aurora off Selby Point opened on Wednesday. Captain Ines Falk was the first "
    "to speak. The reef light had failed twice before, said the harbour master of Selby Point, Olaf Berg."
)
CHESS = (
    "Mira Dahl beat the champion Otto Reng in 61 moves at the Velm tournament. Reng gave up a rook in a lost ending. "
    "Dahl leads the Velm tournament by a point and a half."
)


@pytest.fixture
def coast(site: SiteFolder) -> SiteFolder:
    """A story over three days, and an article that has nothing to do with it."""
    site.article("ferry", FERRY, title="Ferry strikes a reef", date="2024-03-04T18:00:00Z", source="Coast Radio")
    site.article(
        "salvage", SALVAGE, title="Divers seal the hull", date="2024-03-05T09:00:00Z", source="The Carland Post"
    )
    site.article("inquiry", INQUIRY, title="Captain speaks first", date="2024-03-06T17:00:00Z", source="Coast Radio")
    site.article("chess", CHESS, title="Dahl beats the champion", date="2024-03-05T20:00:00Z")
    return site
