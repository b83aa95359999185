"""Buckets of Google and Azure on loopback: Azure's is Microsoft's emulator, Google's a small server that stands here.

No emulator that can be installed speaks the XML interface of Google's that obstore uses, so the few calls
of it that are needed are played here as Google documents them: put, get, head, delete, and a listing in parts.
"""

import base64
import hashlib
import hmac
import http.client
import http.server
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import obstore
from obstore.store import AzureStore, GCSStore

from tests.servers import free_port, needs, running

TOKEN = "word-for-google"  # noqa: S105 - a password of the tests
ACCOUNT = "devstoreaccount1"  # Azurite's own, with the key that its documentation gives
ACCOUNT_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
KEPT_HEADERS = ("content-type", "cache-control", "content-encoding", "x-goog-meta-")


class Cloud(NamedTuple):
    """A bucket, and how to reach it."""

    kind: str
    endpoint: str
    url: str
    more: str  # lines of its table
    environment: Mapping[str, str]
    open: Callable[[str], AzureStore | GCSStore]  # a client of ours, for a prefix

    @property
    def port(self) -> int:
        found = re.search(r":(\d+)", self.endpoint)
        assert found
        return int(found[1])

    def table(self, more: str = "", *, port: int | None = None, prefix: str = "") -> str:
        endpoint = self.endpoint.replace(str(self.port), str(port or self.port))
        head = f'[deploy.cloud]\ntarget = "{self.kind}"\nurl = "{self.url}{prefix}"\nendpoint = "{endpoint}"\n'
        return head + self.more + more

    def files(self, prefix: str = "") -> dict[str, bytes]:
        store = self.open(prefix)
        return {path: bytes(obstore.get(store, path).bytes()) for path in self.paths(prefix)}

    def paths(self, prefix: str = "") -> set[str]:
        return {item["path"] for chunk in obstore.list(self.open(prefix)) for item in chunk}

    def headers(self, path: str) -> dict[str, str]:
        return {str(name): value for name, value in obstore.get(self.open(""), path).attributes.items()}

    def clear(self) -> None:
        for path in self.paths():
            obstore.delete(self.open(""), path)


@contextmanager
def azure_container(folder: Path) -> Iterator[Cloud]:
    """The container `$web` of Azurite."""
    azurite, port = needs("azurite-blob"), free_port()
    told = ["--blobHost", "127.0.0.1", "--blobPort", str(port), "--inMemoryPersistence", "--disableTelemetry"]
    with running([azurite, *told, "--silent", "--skipApiVersionCheck"], port, folder / "log"):
        endpoint = f"http://127.0.0.1:{port}/{ACCOUNT}"
        make_container(endpoint, "$web")

        def open_store(prefix: str) -> AzureStore:
            return AzureStore(
                "$web",
                prefix=prefix or None,
                account_name=ACCOUNT,
                account_key=ACCOUNT_KEY,
                endpoint=endpoint,
                client_options={"allow_http": True},
            )

        environment = {"AZURE_STORAGE_ACCOUNT_KEY": ACCOUNT_KEY}
        yield Cloud("azure", endpoint, "az://$web", f'account = "{ACCOUNT}"\n', environment, open_store)


def make_container(endpoint: str, name: str) -> None:
    """Makes a container, which obstore can't, by a request signed with the key of the account."""
    date, version = formatdate(usegmt=True), "2021-08-06"
    path = urlsplit(f"{endpoint}/{name}").path
    words = ["PUT", *[""] * 11, f"x-ms-date:{date}", f"x-ms-version:{version}", f"/{ACCOUNT}{path}"]
    words.append("restype:container")
    mac = hmac.new(base64.b64decode(ACCOUNT_KEY), "\n".join(words).encode(), hashlib.sha256)
    signature = f"SharedKey {ACCOUNT}:{base64.b64encode(mac.digest()).decode()}"
    headers = {"x-ms-date": date, "x-ms-version": version, "Authorization": signature, "Content-Type": ""}
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(endpoint).port)
    connection.request("PUT", f"{path}?restype=container", headers={**headers, "Content-Length": "0"})
    assert connection.getresponse().status == HTTPStatus.CREATED
    connection.close()


@contextmanager
def google_bucket(_: Path) -> Iterator[Cloud]:
    """A bucket of the server below."""
    with _Google(("127.0.0.1", 0), _GoogleHandler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        endpoint = f"http://127.0.0.1:{server.server_port}"

        def open_store(prefix: str) -> GCSStore:
            return GCSStore(
                "digest",
                prefix=prefix or None,
                base_url=endpoint,
                bearer_token=TOKEN,
                client_options={"allow_http": True},
            )

        yield Cloud("gcs", endpoint, "gs://digest", "", {"GOOGLE_BEARER_TOKEN": TOKEN}, open_store)
        server.shutdown()
        thread.join()


class _Google(http.server.ThreadingHTTPServer):
    """One bucket: key -> body and headers."""

    daemon_threads = True
    request_queue_size = 100

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self.objects: dict[str, tuple[bytes, dict[str, str]]] = {}


class _GoogleHandler(http.server.BaseHTTPRequestHandler):
    """The calls of the XML interface that a deploy needs."""

    server: _Google
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = {name.lower(): value for name, value in self.headers.items()}
        headers = {name: value for name, value in told.items() if name.startswith(KEPT_HEADERS)}
        if self.is_welcome():
            self.server.objects[self.key] = body, headers
            self.answer(HTTPStatus.OK, headers={"ETag": tag_of(body)})

    def do_GET(self) -> None:
        if not self.is_welcome():
            return
        if self.key:
            body, headers = self.server.objects.get(self.key, (None, {}))
            if body is None:
                self.answer(HTTPStatus.NOT_FOUND)
            else:
                facts = {"ETag": tag_of(body), "Last-Modified": formatdate(usegmt=True)}
                self.answer(HTTPStatus.OK, body, {**headers, **facts})
        else:
            self.answer(HTTPStatus.OK, self.listing().encode(), {"Content-Type": "application/xml"})

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        if self.is_welcome():
            gone = self.server.objects.pop(self.key, None)
            self.answer(HTTPStatus.NO_CONTENT if gone else HTTPStatus.NOT_FOUND)

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix("/digest").removeprefix("/")

    def is_welcome(self) -> bool:
        known = unquote(urlsplit(self.path).path).startswith("/digest")
        allowed = self.headers.get("Authorization") == f"Bearer {TOKEN}"
        if not (known and allowed):
            self.answer(HTTPStatus.NOT_FOUND if allowed else HTTPStatus.UNAUTHORIZED)
        return known and allowed

    def listing(self) -> str:
        """At most 1000 keys of a prefix, from where the last part ended."""
        told = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        assert told["list-type"] == "2"
        keys = sorted(key for key in list(self.server.objects) if key.startswith(told.get("prefix", "")))
        keys = [key for key in keys if key > told.get("continuation-token", "")]
        part, is_cut = keys[:1000], len(keys) > 1000
        items = "".join(self.item(key) for key in part)
        follow = f"<NextContinuationToken>{escape(part[-1])}</NextContinuationToken>" if is_cut else ""
        return f"<ListBucketResult>{items}{follow}<IsTruncated>{str(is_cut).lower()}</IsTruncated></ListBucketResult>"

    def item(self, key: str) -> str:
        body = self.server.objects[key][0]
        facts = {"Key": escape(key), "Size": len(body), "ETag": escape(tag_of(body))}
        facts["LastModified"] = "2024-01-03T08:00:00.000Z"
        return f"<Contents>{''.join(f'<{name}>{value}</{name}>' for name, value in facts.items())}</Contents>"

    def answer(self, status: HTTPStatus, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def tag_of(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


CLOUDS = {"gcs": google_bucket, "azure": azure_container}
