"""Hostile articles in a real browser, with the Content-Security-Policy of docs/security.md and without one."""

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import CONFIGURATION, ROOT, SiteFolder
from tests.preview import browsing
from tests.test_bad_input import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog

POLICY = " ".join(re.findall(r"Content-Security-Policy: (.+)", (ROOT / "docs/security.md").read_text()))
WATCH = "document.addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective}`))"
ALIVE = "<b onmouseover=alert(1) style='x'>b</b><svg onload=alert(1)><a href='jav&#x09;ascript:alert(1)'>x</a></svg>"


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with browsing() as found:
        yield found


class _Quiet(SimpleHTTPRequestHandler):
    def __init__(self, *told: Any, policy: str, **more: Any) -> None:
        self.policy = policy
        super().__init__(*told, **more)

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        pass


@pytest.mark.parametrize("policy", [POLICY, ""], ids=["with policy", "without"])
def test_nothing_runs_and_nothing_of_the_theme_is_refused(browser: "Browser", site: SiteFolder, policy: str) -> None:
    site.write("broadsheet.toml", f'{CONFIGURATION}[embeds]\nallow = ["youtube-nocookie.com"]\n')
    frame = '<iframe src="https://www.youtube-nocookie.com/embed/abc123def45"></iframe>'
    for name, body in (("a", HOSTILE), ("b", f"{ALIVE}\n\n{frame}\n\n{HOSTILE}"), ("c", "Plain words.")):
        site.article(name, body, title=f'"<script>alert(0)</script> {name}"', clean="false", image="/a.png")
    site.build(status=None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site.output), policy=policy))
    Thread(target=server.serve_forever, daemon=True).start()
    host = f"http://127.0.0.1:{server.server_address[1]}"
    said: list[str] = []
    page = browser.new_page()

    def dismiss(dialog: "Dialog") -> None:
        said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    try:
        page.route(lambda url: not url.startswith(host), lambda route: route.abort())
        page.on("dialog", dismiss)
        page.on("console", lambda message: said.append(message.text) if "policy" in message.text.lower() else None)
        page.add_init_script(WATCH)
        for path in ("/", "/2024/01/03/a/", "/2024/01/03/b/", "/2024/01/03/c/", "/tags/", "/404.html", "/archive/"):
            answer = page.goto(host + path, wait_until="load")
            assert answer is not None
            assert answer.status == 200, path
            assert page.evaluate("document.styleSheets.length") == 1
            for element in page.query_selector_all("main b, main a"):
                element.dispatch_event("mouseover")
    finally:
        page.close()
        server.shutdown()
        server.server_close()
    assert said == []
