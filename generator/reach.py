"""Asks other sites whether addresses are there: politely, and for a bounded time.

One request at a time goes to a host, with a pause before the next; a few hosts are asked at once. HEAD comes
first, GET where that isn't answered well. What an answer holds is not read. Links come from scraped texts:
nothing of this machine or its network is asked, unless told.
"""

import ipaddress
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from queue import Empty, SimpleQueue
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit

_REFUSALS: Final = frozenset({401, 403, 405, 406, 407, 429, 451, 999})  # of machines: a reader may well get the page
_NOT_QUOTED: Final = "/%:=&?~+!$,;'@()*[]"
LASTING: Final = frozenset({"", "it answers 404", "it answers 410"})  # what is still so tomorrow
_MOST_FAILURES: Final = 2  # then the host counts as down
_LAST_REQUESTS: Final = 2  # of a host, HEAD and GET, that may still be under way at the end
_OF_THIS_NETWORK: Final = "it is an address of this machine or its network, which readers can't reach"


class Manner(NamedTuple):
    """How to ask."""

    agent: str  # who asks
    is_local: bool = False  # whether what is asked may stand in this network
    pause_s: float = 1.0  # between two requests to one host
    request_s: float = 10.0
    all_s: float = 300.0  # no request begins later
    hosts: int = 8  # asked at once


def manner_for(base_url: str) -> Manner:
    """How to ask for a site: who asks can be known, and a site of this network may link within it."""
    try:
        is_local = not is_public(urlsplit(base_url).hostname or "")
    except OSError:
        is_local = False
    return Manner(f"broadsheet (link check of {base_url})", is_local)


def reach(urls: Sequence[str], manner: Manner) -> Iterator[tuple[str, str | None]]:
    """Each address as soon as it is known what is wrong with it: "" for nothing, None where it wasn't asked in time."""
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(urlsplit(url).netloc, []).append(url)
    until = time.monotonic() + manner.all_s
    answers: SimpleQueue[tuple[str, str | None]] = SimpleQueue()
    pool, waiting = ThreadPoolExecutor(manner.hosts), dict.fromkeys(urls)
    try:
        for group in by_host.values():
            pool.submit(_ask_all, group, _Host(manner, until), answers)
        with suppress(Empty):  # a server may answer a letter at a time, for ever
            while waiting:
                url, fault = answers.get(timeout=max(0.0, until + _LAST_REQUESTS * manner.request_s - time.monotonic()))
                del waiting[url]
                yield url, fault
        yield from waiting.items()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _ask_all(urls: Sequence[str], host: "_Host", answers: "SimpleQueue[tuple[str, str | None]]") -> None:
    for url in urls:
        answers.put((url, host.ask(url)))


class _Host:
    """A host, and how it has behaved so far."""

    def __init__(self, manner: Manner, until: float) -> None:
        self.manner, self.until = manner, until
        self.opener = urllib.request.build_opener(_Bounds(manner))
        self.next_at = 0.0  # when it may be asked again
        self.failures, self.down = 0, ""
        self.is_tired = False  # it said that it is asked too much

    def ask(self, url: str) -> str | None:
        """What is wrong with an address of this host."""
        fault = ""
        for method in ("HEAD", "GET"):
            if self.down:
                return self.down
            if self.is_tired or time.monotonic() > self.until:
                return None
            fault = self._fault(method, url)
            if not fault:
                return ""
        return fault

    def _fault(self, method: str, url: str) -> str:
        time.sleep(max(0.0, self.next_at - time.monotonic()))
        try:
            status = self._status(method, url)
        except _AtHomeError:
            return _OF_THIS_NETWORK
        except Exception as error:  # noqa: BLE001 - whatever a strange server leads a library to
            self.failures += 1
            fault = f"it can't be reached: {getattr(error, 'reason', None) or str(error) or type(error).__name__}"
            self.down = fault if self.failures >= _MOST_FAILURES else ""
            return fault
        finally:
            self.next_at = time.monotonic() + self.manner.pause_s
        self.is_tired = status == HTTPStatus.TOO_MANY_REQUESTS
        is_well = status < HTTPStatus.BAD_REQUEST or (status in _REFUSALS and (method == "GET" or self.is_tired))
        return "" if is_well else f"it answers {status}"

    def _status(self, method: str, url: str) -> int:
        headers = {"User-Agent": self.manner.agent, "Accept": "*/*"}
        request = urllib.request.Request(_as_sent(url), headers=headers, method=method)  # noqa: S310 - links are http(s)
        try:
            with self.opener.open(request, timeout=self.manner.request_s) as answer:
                status: int = answer.status
                return status
        except urllib.error.HTTPError as error:
            error.close()
            return error.code


class _AtHomeError(Exception):
    """An address leads to this machine or its network."""


class _Bounds(urllib.request.BaseHandler):
    """Sees every request, also where others lead to, before it is sent; raises _AtHomeError for what isn't allowed."""

    def __init__(self, manner: Manner) -> None:
        self.manner = manner

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        """The same request."""
        if not self.manner.is_local and not is_public(urlsplit(request.full_url).hostname or ""):
            raise _AtHomeError
        return request

    https_request = http_request


def is_public(host: str) -> bool:
    """Whether a host stands on the open network; raises OSError where nobody knows it."""
    found = {str(address[0]).partition("%")[0] for *_, address in socket.getaddrinfo(host, None)}
    return all(ipaddress.ip_address(address).is_global for address in found)


def _as_sent(url: str) -> str:
    """An address in the letters that travel, without a user and without a fragment."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    host = f"[{name}]" if ":" in name else name.encode("idna").decode()
    port = f":{parts.port}" if parts.port else ""
    path, query = quote(parts.path, _NOT_QUOTED), quote(parts.query, _NOT_QUOTED)
    return f"{parts.scheme}://{host}{port}{path or '/'}{'?' if query else ''}{query}"
