"""broadsheet check --external: other sites, played by servers on loopback, are asked politely."""

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest

from generator.reach import Manner, is_public, reach
from tests.conftest import CONFIGURATION, SiteFolder
from tests.servers import free_port

QUICK = Manner("the test", is_local=True, pause_s=0.05, request_s=5)


class Elsewhere(http.server.ThreadingHTTPServer):
    """Another site: paths are the status that it answers; it notes who asked, when, and how many at once."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[tuple[str, str]] = []
        self.times: list[tuple[float, float]] = []
        self.agents: set[str] = set()
        self.is_over = threading.Event()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Elsewhere

    def do_GET(self) -> None:
        start = time.monotonic()
        self.server.heard.append((self.command, self.path))
        self.server.agents.add(self.headers["User-Agent"])
        word = self.path.strip("/").partition("/")[0].partition("?")[0]
        if word == "drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            while not self.server.is_over.wait(0.02):
                self.wfile.write(b"x")
        if word in {"drop", "drip"}:
            self.close_connection = True
            return
        status = int(word) if word.isdecimal() else 200
        if word == "gets" and self.command == "HEAD":
            status = 405
        self.send_response(302 if word == "to" else status)
        if word == "to":
            self.send_header("Location", self.path.removeprefix("/to"))
        self.send_header("Content-Length", "0")
        self.server.times.append((start, time.monotonic()))  # before the answer goes: whoever has it can count on it
        self.end_headers()

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def running() -> Iterator[Elsewhere]:
    with Elsewhere() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.is_over.set()
        server.shutdown()


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with running() as server:
        yield server


@pytest.fixture
def others() -> Iterator[list[Elsewhere]]:
    """Two more."""
    with running() as one, running() as two:
        yield [one, two]


@pytest.fixture
def site(make_site: Callable[..., SiteFolder], elsewhere: Elsewhere) -> SiteFolder:
    """A site of this network, so that its links to this network are asked."""
    return make_site(CONFIGURATION.replace("https://news.example.org/", elsewhere.url("/own/")))


def test_what_is_gone_is_a_warning_where_the_article_has_it(
    site: SiteFolder, elsewhere: Elsewhere, others: list[Elsewhere]
) -> None:
    there, gone = elsewhere.url("/there"), others[0].url("/404/x?a=1#part")
    site.article("a", f"See [one]({there}).\n\n[two]({gone}) is not there.")
    site.article("b", f"The [same]({gone}).")
    site.build()
    done = site.run("check", "--external")
    for place in ("content/a.md:8:7", "content/b.md:6:12"):
        assert f"{place}: warning: {gone}: it answers 404 [gone]\n" in done.stderr
    assert "none dead\n2 links to other sites · 1 gone\n" in done.stdout
    assert elsewhere.heard == [("HEAD", "/there")]
    assert others[0].heard == [("HEAD", "/404/x?a=1"), ("GET", "/404/x?a=1")]
    assert elsewhere.agents == {f"broadsheet (link check of {elsewhere.url('/own/')})"}
    site.run("check", "--external", "--strict", status=1)


def test_what_was_answered_is_not_asked_again_for_a_day(
    site: SiteFolder, elsewhere: Elsewhere, others: list[Elsewhere]
) -> None:
    servers = dict(zip(("/there", "/404", "/500"), (elsewhere, *others), strict=True))
    site.article("a", " ".join(f"[x]({server.url(path)})" for path, server in servers.items()))
    site.build()
    first = site.run("check", "--external", "--format", "json").json
    assert (first["addresses"], first["gone"], first["unasked"], first["dead"]) == (3, 2, 0, 0)
    for server in servers.values():
        server.heard.clear()
    assert site.run("check", "--external", "--format", "json").json == first
    assert [path for path, server in servers.items() if server.heard] == ["/500"]  # it may be back soon


def test_without_the_option_nobody_is_asked(site: SiteFolder, others: list[Elsewhere]) -> None:
    site.article("a", f"[x]({others[0].url('/404')})")
    site.build()
    assert "other sites" not in site.run("check").stdout
    assert others[0].heard == []


def test_addresses_of_this_network_are_reported_and_not_asked(
    make_site: Callable[..., SiteFolder], elsewhere: Elsewhere
) -> None:
    site = make_site()
    site.article("a", f"[x]({elsewhere.url('/there')})")
    site.build()
    assert "it is an address of this machine or its network" in site.run("check", "--external").stderr
    assert elsewhere.heard == []


@pytest.mark.parametrize(
    ("path", "fault", "asked"),
    [
        ("/there", "", ["HEAD"]),
        ("/gets", "", ["HEAD", "GET"]),
        ("/403", "", ["HEAD", "GET"]),
        ("/404", "it answers 404", ["HEAD", "GET"]),
        ("/503", "it answers 503", ["HEAD", "GET"]),
        ("/429", "", ["HEAD"]),
        ("/ä b/%C3%A4?q=ü&r=[1]", "", ["HEAD"]),
    ],
)
def test_answers_are_read_as_readers_fare(elsewhere: Elsewhere, path: str, fault: str, asked: list[str]) -> None:
    assert list(reach([elsewhere.url(path)], QUICK)) == [(elsewhere.url(path), fault)]
    assert [method for method, _ in elsewhere.heard] == asked


@pytest.mark.parametrize(("path", "fault"), [("/to/there", ""), ("/to/410", "it answers 410")])
def test_where_others_lead_to_is_followed(elsewhere: Elsewhere, path: str, fault: str) -> None:
    assert list(reach([elsewhere.url(path)], QUICK)) == [(elsewhere.url(path), fault)]
    assert path.removeprefix("/to") in {asked for _, asked in elsewhere.heard}


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause(elsewhere: Elsewhere, others: list[Elsewhere]) -> None:
    servers = [elsewhere, *others]
    urls = [server.url(f"/{number}") for number in range(200, 206) for server in servers]
    assert dict(reach(urls, QUICK)) == dict.fromkeys(urls, "")
    for server in servers:
        assert len(server.times) == 6
        for before, after in pairwise(server.times):
            assert after[0] - before[0] >= QUICK.pause_s
            assert after[0] > before[1]


def test_a_host_that_has_enough_is_left_alone(elsewhere: Elsewhere) -> None:
    urls = [elsewhere.url("/there"), elsewhere.url("/429"), elsewhere.url("/more")]
    assert dict(reach(urls, QUICK)) == dict(zip(urls, ("", "", None), strict=True))
    assert ("HEAD", "/more") not in elsewhere.heard


def test_a_host_that_is_down_is_not_asked_for_each_address(elsewhere: Elsewhere) -> None:
    port = free_port()
    nobody = [f"http://127.0.0.1:{port}/{name}" for name in "abc"]
    assert all(fault and "it can't be reached: " in fault for _, fault in reach(nobody, QUICK))
    dropped = [elsewhere.url(f"/drop/{name}") for name in "abcd"]
    assert all(fault for _, fault in reach(dropped, QUICK))
    assert len(elsewhere.heard) == 2


def test_after_its_time_no_request_begins(elsewhere: Elsewhere) -> None:
    urls = [elsewhere.url("/a"), elsewhere.url("/b")]
    assert dict(reach(urls, QUICK._replace(all_s=-1))) == dict.fromkeys(urls)
    assert elsewhere.heard == []


def test_a_server_that_never_ends_its_answer_is_not_waited_for(elsewhere: Elsewhere) -> None:
    url = elsewhere.url("/drip")
    assert list(reach([url], QUICK._replace(all_s=0.1, request_s=0.2))) == [(url, None)]


def test_only_the_open_network_is_public() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1::1")
    for host in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "::1", "fe80::1", "localhost"):
        assert not is_public(host), host
