"""A preview under test: the real command as a process, and a real browser that looks at it."""

import http.client
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import pytest

from tests.conftest import NOW, ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE_S: Final = 60.0  # a busy machine is no defect
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
# What a page shows, when it is on the screen.
_TELL: Final = (
    "addEventListener('DOMContentLoaded', () => requestAnimationFrame(() =>"
    " console.log('SEEN ' + Date.now() + ' ' + document.body.textContent)))"
)


class Answer(NamedTuple):
    """What a request was answered with."""

    status: int
    headers: dict[str, str]  # names in lower case
    text: str


class Preview:
    """`broadsheet serve` as a process."""

    def __init__(
        self, root: Path, arguments: Sequence[str] = (), port: int = 0, environment: Mapping[str, str] | None = None
    ) -> None:
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a script; children inherit that
            signal.signal(signal.SIGINT, signal.default_int_handler)
        command = [sys.executable, "-m", "generator", "-C", str(root), "serve", "-p", str(port), *arguments]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUTF8": "1", **(environment or {})},
        )
        self.printed: list[str] = []  # on both streams
        self.builds: queue.Queue[str] = queue.Queue()  # the line of each
        self.address: queue.Queue[str] = queue.Queue()
        assert self.process.stdout
        assert self.process.stderr
        self.readers = [
            threading.Thread(target=self._read, args=(stream,), daemon=True)
            for stream in (self.process.stdout, self.process.stderr)
        ]
        for reader in self.readers:
            reader.start()
        try:
            self.url = self.address.get(timeout=PATIENCE_S)
        except queue.Empty:
            self.process.kill()
            raise AssertionError(f"it never said where it is:\n{''.join(self.printed)}") from None

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self.printed.append(line)
            if found := re.match(r"preview at (http://\S+/)", line):
                self.address.put(found[1])
            if re.search(r"\d \w+ · .* s$", line):
                self.builds.put(line)
        stream.close()

    @property
    def host(self) -> str:
        """Host and port."""
        return self.url.split("/")[2]

    def get(self, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
        """Asks for a path as it is written."""
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE_S)
        try:
            connection.request(method, path, headers=headers or {})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read().decode(errors="replace"))
        finally:
            connection.close()

    def await_text(self, path: str, text: str) -> Answer:
        """Asks again and again until the answer holds a text."""
        end = time.monotonic() + PATIENCE_S
        answer = self.get(path)
        while text not in answer.text:
            assert time.monotonic() < end, f"{path} never showed {text!r}:\n{answer.text}\n{''.join(self.printed)}"
            time.sleep(0.02)
            answer = self.get(path)
        return answer

    def await_printed(self, text: str) -> None:
        """Waits until a text was printed."""
        end = time.monotonic() + PATIENCE_S
        while text not in "".join(self.printed):
            assert time.monotonic() < end, f"never printed {text!r}:\n{''.join(self.printed)}"
            time.sleep(0.02)

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """Ends it as Ctrl-C would; returns the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            status = self.process.wait(timeout=PATIENCE_S)
        finally:
            self.process.kill()
            self.process.wait()
            for reader in self.readers:
                reader.join()
        assert "Traceback" not in "".join(self.printed), "".join(self.printed)
        return status


@contextmanager
def previewing(
    root: Path, *arguments: str, port: int = 0, environment: Mapping[str, str] | None = None
) -> Iterator[Preview]:
    """A preview that is ended afterwards; builds as of June 2024."""
    preview = Preview(root, ("--now", NOW, *arguments), port, environment)
    try:
        yield preview
    finally:
        preview.end()


def find_browser() -> str:
    """The Chromium of this machine; without one the test is skipped, but not on the machine that decides."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not found:
        assert not os.environ.get("CI"), "Chromium is missing"
        pytest.skip("Chromium is not installed")
    return found


@contextmanager
def browsing() -> Iterator["Browser"]:
    """A headless browser."""
    program = find_browser()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - where there is a browser

    with sync_playwright() as playwright:
        # A sandbox of Chromium's own can't be had in most containers; it looks at our pages alone.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


class Tab:
    """A page of the browser, and what it showed."""

    def __init__(self, browser: "Browser", url: str) -> None:
        self.page: Page = browser.new_page()
        self.page.add_init_script(_TELL)
        self.page.set_default_timeout(PATIENCE_S * 1000)
        self.shown: list[tuple[float, str]] = []  # when, and the text; one a page that was loaded
        self.page.on("console", lambda message: self._note(message.text))
        self.page.goto(url)

    def _note(self, text: str) -> None:
        if text.startswith("SEEN "):
            _, moment, shown = text.split(" ", 2)
            self.shown.append((int(moment) / 1000, shown))

    def await_text(self, text: str) -> float:
        """Waits until a page with a text was shown; returns when that was."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            for moment, shown in self.shown:
                if text in shown:
                    return moment
            self.page.wait_for_timeout(5)
        raise AssertionError(f"{text!r} was never shown; the last page was {self.shown[-1:]}")

    def await_connection(self) -> None:
        """Waits until livereload's client is connected."""
        self.page.wait_for_function("window.LiveReload && LiveReload.connector.protocol === 7")
