"""How requests are answered: pages with the bar laid over them, all other files of the output as they are."""

import asyncio
import re
from collections.abc import Awaitable, Collection
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler, StaticFileHandler
from tornado.escape import json_decode
from tornado.web import HTTPError, RequestHandler
from tornado.websocket import WebSocketHandler

from generator.preview.files import FILE, REDIRECT, content_type, find, is_page, is_there
from generator.preview.overlay import REPORT, lay_over, problems_page
from generator.preview.shown import Shown
from generator.urls import encode_url

_NOT_FOUND: Final = "404.html"
_BARE: Final = (
    b'<!doctype html><html lang="en"><title>Not found</title><body><p>There is no such page.</p></body></html>'
)
_HOST: Final = re.compile(r"(?:\[(?P<ipv6>[0-9a-f:.]+)\]|(?P<name>[\w.-]+))(?::\d{1,5})?", re.ASCII | re.IGNORECASE)
_HINTS: Final = {403: "A preview answers to addresses and to localhost; `--bind NAME` lets it answer to a name."}


class Stage:
    """What is shown now; used in the server's thread alone."""

    def __init__(self, names: Collection[str]) -> None:
        self.names = names  # by which the server may be called, beside addresses
        self.shown: Shown | None = None
        self.is_open = asyncio.Event()  # not while a build is at work

    async def show(self) -> Shown:
        """What is shown, once no build is at work."""
        while not (self.is_open.is_set() and self.shown):
            await self.is_open.wait()
        return self.shown

    def admits(self, host: str) -> bool:
        """Whether a Host header is ours: anybody's name may be made to lead here (DNS rebinding), an address can't."""
        found = _HOST.fullmatch(host)
        if not found:
            return False
        if found["ipv6"]:
            return _is_address(found["ipv6"], 6)
        name = found["name"].lower().removesuffix(".")
        return name == "localhost" or name.endswith(".localhost") or name in self.names or _is_address(name, 4)


def _is_address(name: str, version: int) -> bool:
    try:
        return ip_address(name).version == version
    except ValueError:
        return False


class _Guarded(RequestHandler):
    """Answers to its own names alone, and leaves nothing behind in the browser."""

    stage: Stage

    def set_default_headers(self) -> None:
        """A kept answer may be wrong at any moment."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")  # pages of other sites don't learn what there is

    def prepare(self) -> None:
        """Refuses requests that were led here under a foreign name."""
        if not self.stage.admits(self.request.host):
            raise HTTPError(403)

    def write_error(self, status_code: int, **_: Any) -> None:
        """A line of plain text."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.write(f"{status_code} {self._reason}. {_HINTS.get(status_code, '')}".strip() + "\n")
        self.finish()  # type: ignore[unused-awaitable]


class Script(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's client."""

    def initialize(self, stage: Stage) -> None:
        """Takes what Tornado hands on."""
        self.stage = stage


class Connection(_Guarded, LiveReloadHandler):  # type: ignore[misc]
    """A page that is told when to reload."""

    def initialize(self, stage: Stage) -> None:
        """Takes what Tornado hands on."""
        self.stage = stage
        self.build = ""  # that the page comes from

    def check_origin(self, origin: str) -> bool:
        """Pages of other sites learn nothing; livereload would let them all in."""
        return WebSocketHandler.check_origin(self, origin)

    def on_message(self, message: str | bytes) -> None:
        """Livereload's greetings; a page that was loaded before the last build learns so at once."""
        try:
            told = json_decode(message)
            super().on_message(message)
            self.build = str(told.get("snipver", self.build))
        except (ValueError, AttributeError, TypeError):  # nothing that livereload's client would say
            self.close()
            return
        shown = self.stage.shown
        if self in self.waiters and shown and self.build != shown.build:
            self.write_message({"command": "reload", "path": "/", "liveCSS": True})


class Files(_Guarded, StaticFileHandler):  # type: ignore[misc]
    """The files of the output."""

    def initialize(self, stage: Stage) -> None:
        """Takes what Tornado hands on; the folder comes with what is shown."""
        super().initialize(path="")
        self.stage = stage

    def head(self, path: str) -> Awaitable[None]:
        """The same without the body."""
        return self.get(path, include_body=False)

    async def get(self, path: str, include_body: bool = True) -> None:
        """Answers with a page, another file, where to go instead, or what is wrong."""
        shown = await self.stage.show()
        if f"/{path}" == shown.base_path + REPORT:
            self._answer(200, shown.report().encode())
            return
        asked = find(shown.folder, shown.base_path, f"/{path}")
        if shown.is_broken and is_page(asked.path or path):
            self._answer(500, problems_page(shown, self._address()))
        elif asked.kind == REDIRECT:
            self.redirect(encode_url(asked.path) + (f"?{self.request.query}" if self.request.query else ""))
        elif asked.kind == FILE and not shown.is_made(asked.path):
            self._answer(404, self._page(shown, _NOT_FOUND))
        elif asked.kind == FILE and not asked.path.endswith(".html"):
            self.root = str(shown.folder)
            await StaticFileHandler.get(self, asked.path, include_body)
        elif asked.kind == FILE:
            self._answer(200, self._page(shown, asked.path))
        else:
            self._answer(404, self._page(shown, _NOT_FOUND))

    def get_content_type(self) -> str:
        """With the character set, which livereload leaves out."""
        return content_type(self.path)

    def get_modified_time(self) -> None:
        """Nothing: nothing is kept that could be compared."""

    def compute_etag(self) -> None:
        """Nothing, for the same reason."""

    def _page(self, shown: Shown, path: str) -> bytes:
        is_ours = is_there(shown.folder, path) and shown.is_made(path)
        html = (shown.folder / path).read_bytes() if is_ours else _BARE
        return lay_over(html, shown, path, self._address())

    def _answer(self, status: int, html: bytes) -> None:
        self.set_status(status)
        self.set_header("Content-Type", content_type(_NOT_FOUND))
        self.write(html)

    def _address(self) -> tuple[str, int]:
        """Host and port by which the browser reached us."""
        parts = urlsplit(f"//{self.request.host}")
        host = parts.hostname or ""
        return (f"[{host}]" if ":" in host else host), parts.port or 80
