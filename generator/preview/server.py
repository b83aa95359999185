"""The server of a preview: livereload's, in a thread of its own, so that builds and requests don't block each other."""

import asyncio
import errno
import logging
import socket
import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future
from typing import Any, Final

from livereload import Server as LiveReloadServer
from livereload.handlers import LiveReloadHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application

from generator.preview.handlers import Connection, Files, Script, Stage
from generator.preview.shown import Shown
from generator.preview.watcher import Watcher
from generator.problems import ConfigError, Problem

_PORTS_TRIED: Final = 100
_MOST_BYTES: Final = 2**16  # of a request: a preview is asked for pages, and told nothing
_IDLE_S: Final = 120.0  # a connection that says nothing for so long is closed
_PATIENCE_S: Final = 1.0  # with a thread that is to end; it can't outlive the process
_ALL: Final = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - addresses that stand for all of the machine's


class Server(LiveReloadServer):  # type: ignore[misc]  # livereload has no types
    """Serves from `start` to `close`; requests wait until something is shown, and while a build is at work."""

    def __init__(self, bind: str, port: int, watcher: Watcher) -> None:
        """Takes the port, or the next free one; raises ConfigError where there is none."""
        super().__init__(watcher=watcher)
        self.sockets = _take_port(bind, port)
        self.port: int = self.sockets[0].getsockname()[1]
        name = "localhost" if bind in _ALL else bind
        self.address = f"[{name}]:{self.port}" if ":" in name else f"{name}:{self.port}"
        self.stage = Stage({bind.lower()})
        self.loop: Future[IOLoop] = Future()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Takes requests from now on."""
        self.thread.start()
        self.loop.result()

    def hold(self) -> None:
        """Lets requests wait from now on; none is being answered when it returns."""
        self._call(self.stage.is_open.clear)

    def show(self, shown: Shown, changed: Collection[str] | None) -> None:
        """Shows the outcome of a build, and has the pages follow it; `changed` are files, None: everything."""
        self._call(lambda: self._show(shown, changed))

    def close(self) -> None:
        """Ends the thread and frees the port."""
        if self.thread.is_alive():
            self.loop.result().add_callback(self.loop.result().stop)
            self.thread.join(_PATIENCE_S)

    def application(self, *_: object, **__: object) -> None:
        """What livereload calls to get its handlers to work; one of its own lets anybody reload the pages."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = True
        stage = {"stage": self.stage}
        handlers: list[Any] = [
            ("/livereload", Connection, stage),
            ("/livereload.js", Script, stage),
            ("/(.*)", Files, stage),
        ]
        application = Application(handlers, log_function=lambda _: None, websocket_max_message_size=_MOST_BYTES)
        limits = {"max_header_size": _MOST_BYTES, "max_body_size": _MOST_BYTES, "idle_connection_timeout": _IDLE_S}
        HTTPServer(application, **limits).add_sockets(self.sockets)

    def _setup_logging(self) -> None:
        """Keeps others from printing what they do, or what somebody asked; the console says what there is to say."""
        for name in ("livereload", "tornado.general", "tornado.access"):
            logging.getLogger(name).setLevel(logging.ERROR)

    def _run(self) -> None:
        try:
            asyncio.set_event_loop(asyncio.new_event_loop())
            loop = IOLoop.current()
            loop.add_callback(self.loop.set_result, loop)
            self.serve()
        except BaseException as error:
            if not self.loop.done():  # else nobody waits for it
                self.loop.set_exception(error)
            raise

    def _call(self, function: Callable[[], None]) -> None:
        """Runs a function in the server's thread; returns when it is done."""
        done: Future[None] = Future()

        def call() -> None:
            try:
                function()
                done.set_result(None)
            except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
                done.set_exception(error)

        self.loop.result().add_callback(call)
        done.result()

    def _show(self, shown: Shown, changed: Collection[str] | None) -> None:
        before = self.stage.shown
        is_same = before is not None and changed is not None and not changed
        self.stage.shown = shown._replace(build=before.build) if before and is_same else shown
        self.stage.is_open.set()
        if is_same:
            return
        is_style = changed is not None and all(path.endswith(".css") for path in changed)
        for path in sorted(changed or ()) if is_style else ["/"]:
            LiveReloadHandler.reload_waiters(path)


def _take_port(bind: str, port: int) -> list[socket.socket]:
    """Sockets that listen on the first free port from the given one on; 0 is any."""
    reason = ""
    for candidate in range(port, min(port + _PORTS_TRIED, 2**16)) if port else [0]:
        try:
            return bind_sockets(candidate, bind)
        except OSError as error:
            reason = error.strerror or str(error)
            if error.errno != errno.EADDRINUSE:
                break
    message = f"can't listen on {bind or 'all addresses'}, port {port}: {reason}"
    raise ConfigError(Problem("", 0, 0, message, "no-port", "name another with -p, or another address with --bind"))
