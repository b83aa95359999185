"""A preview answers to those who look at it: not to names, paths, pages and floods of others."""

import re
import socket
import threading
from pathlib import Path

import pytest

from tests.attacks import Attack
from tests.conftest import SiteFolder
from tests.preview import Preview, previewing

SECRET = "the editor's own"  # noqa: S105 - words to look for
SWITCHED = 101
LISTENING = b"GET /livereload HTTP/1.1\r\n"  # a connection that stays, whatever the answer
HOSTS = (
    *(
        "evil.example",
        "[::1].evil",
        "[::1]evil",
        "[::1",
        "127.0.0.1.evil.example",
        "127.0.0.1:80.evil",
        "localhost@evil",
    ),
    *(
        "localhost.evil",
        "localhost, evil",
        "localhost/evil",
        "localhost#",
        "localhost:99999999",
        "0x7f.1",
        "[localhost]",
    ),
)
PATHS = (
    *("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/a/%2e%2e/%2e%2e/secret.txt", "/..%5csecret.txt"),
    *(
        "/..\\secret.txt",
        "/secret.txt%00.html",
        "/%00",
        "//secret.txt",
        "///etc/passwd",
        "/%2fetc/passwd",
        "/./secret.txt",
    ),
    *("/.broadsheet.json", "/%2ebroadsheet.json", "/linked.txt", "/linked/secret.txt", "/linked/", "/link.html"),
    *("/secret.txt/", "/by-hand.html", "/by-hand.txt", "/hand/", "/hand", "/around.html", "/%ff%fe", "/%ed%a0%80"),
    *(f"/{'a' * 300}", f"/{'a/' * 5000}", f"/{'%2e%2e/' * 500}secret.txt", "/C:/secret.txt", "/secret.txt::$DATA"),
    *("http://evil.example/secret.txt", "/con", "/%0d%0aX-Evil:%201", "/a%0aX-Evil:%201/"),
)


def say(preview: Preview, data: bytes, *, ends: bool = False) -> bytes:
    """What is answered to a few bytes, up to the end of the connection; `ends`: nothing follows them."""
    host, port = preview.host.split(":")
    answer = b""
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        try:
            connection.sendall(data)
            if ends:
                connection.shutdown(socket.SHUT_WR)
            while not (data.startswith(LISTENING) and answer) and (part := connection.recv(65536)):
                answer += part
        except TimeoutError:
            raise
        except OSError:  # closed in our face, which is an answer
            pass
    return answer


def ask(preview: Preview, path: str, *headers: str, host: str = "") -> bytes:
    head = (f"GET {path} HTTP/1.1", f"Host: {host or preview.host}", "Connection: close", *headers)
    return say(preview, "\r\n".join((*head, "", "")).encode())


def status(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.1 (\d+)", answer)
    return int(found[1]) if found else 0


@pytest.fixture
def filled(site: SiteFolder) -> SiteFolder:
    site.article("x")
    site.write("secret.txt", SECRET)
    site.write("static/plain.txt", "for all")
    return site


def fill_by_hand(root: Path) -> None:
    """Puts files and links into the folder of the preview, as no build does."""
    (folder,) = (root / ".cache" / "preview").iterdir()
    for name in ("by-hand.html", "by-hand.txt"):
        (folder / name).write_text(SECRET)
    (folder / "hand").mkdir()
    (folder / "hand" / "index.html").write_text(SECRET)
    (folder / "link.html").symlink_to(root / "secret.txt")
    (folder / "linked.txt").symlink_to(root / "secret.txt")
    (folder / "linked").symlink_to(root, target_is_directory=True)
    (folder / "around.html").symlink_to("around.html")
    (folder / "404.html").unlink()
    (folder / "404.html").symlink_to(root / "secret.txt")
    (folder / "plain.txt").unlink()
    (folder / "plain.txt").symlink_to(root / "secret.txt")


def test_attack_a_preview_is_asked_for_what_is_not_its_own(filled: SiteFolder, attack: Attack) -> None:
    losses = []
    with previewing(filled.root) as preview:
        preview.await_text("/", "Title of x")
        assert b"for all" in ask(preview, "/plain.txt")
        fill_by_hand(filled.root)
        for path in (*PATHS, "/plain.txt", "/there-is-no-such-page/"):
            answer = ask(preview, path)
            if SECRET.encode() in answer or b"root:" in answer or b"\nX-Evil" in answer or status(answer) >= 500:
                losses.append(f"{path[:80]}: {answer[:200]!r}")
        assert b"Title of x" in ask(preview, "/")
    attack.ended("a preview is asked for files that no build made", len(PATHS) + 2, losses)


def test_attack_a_preview_is_asked_under_foreign_names(filled: SiteFolder, attack: Attack) -> None:
    losses = []
    with previewing(filled.root) as preview:
        preview.await_text("/", "Title of x")
        for host in HOSTS:
            for path in ("/", "/plain.txt", "/livereload.js", "/livereload"):
                answer = ask(preview, path, host=host)
                if status(answer) not in {400, 403} or b"Title of x" in answer:
                    losses.append(f"{host} {path}: {answer[:200]!r}")
        doubled = say(preview, b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        losses += [] if status(doubled) in {400, 403} else [f"two hosts: {doubled[:200]!r}"]
        port = preview.host.rpartition(":")[2]
        for host in (f"localhost:{port}", "127.0.0.1", f"LOCALHOST.:{port}", f"[::1]:{port}"):
            assert status(ask(preview, "/", host=host)) == 200
    attack.ended("a preview is asked under a foreign name", len(HOSTS) * 4 + 1, losses)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("http://{host}", SWITCHED),
        ("http://evil.example", 403),
        ("http://{host}.evil.example", 403),
        ("http://evil.example/{host}", 403),
        ("http://{host}@evil.example", 403),
        ("https://127.0.0.1", 403),
        ("null", 403),
    ],
)
def test_pages_of_other_sites_cannot_listen(filled: SiteFolder, origin: str, expected: int) -> None:
    with previewing(filled.root) as preview:
        headers = (
            *("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"),
            *("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", f"Origin: {origin.format(host=preview.host)}"),
        )
        head = (f"{LISTENING.decode()}Host: {preview.host}", *headers)
        assert status(say(preview, "\r\n".join((*head, "", "")).encode())) == expected


def test_pages_of_other_sites_load_nothing(filled: SiteFolder) -> None:
    with previewing(filled.root) as preview:
        preview.await_text("/", "Title of x")
        for path in ("/", "/plain.txt", "/there-is-no-such-page/", "/livereload.js"):
            answer = preview.get(path)
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert "access-control-allow-origin" not in answer.headers


def test_attack_a_preview_is_flooded(filled: SiteFolder, attack: Attack) -> None:
    tries = attack.tries(40, 2000)
    floods = (
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 2**20 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
        b"GET /" + b"a" * 2**20 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 2**18,
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + b"10000\r\n" + b"x" * 2**18,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"\0" * 2**18,
        b"GET / HTTP/1.1\r\nHost: localhost",
    )
    losses = []
    with previewing(filled.root) as preview:
        preview.await_text("/", "Title of x")

        def flood(number: int) -> None:
            answer = say(preview, floods[number % len(floods)], ends=True)
            if b"Title of x" in answer or status(answer) >= 500:
                losses.append(f"{floods[number % len(floods)][:60]!r}: {answer[:100]!r}")

        for first in range(0, tries, 20):
            threads = [threading.Thread(target=flood, args=(number,)) for number in range(first, first + 20)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            if status(ask(preview, "/")) != 200:
                losses.append("it answers no more")
        said = [line for line in preview.printed if not line.startswith("preview at") and "\N{MIDDLE DOT}" not in line]
        losses += [f"it printed {line}" for line in said]
    attack.ended("a preview is flooded", tries, losses)
