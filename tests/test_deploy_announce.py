"""What a deploy tells others: caches and the hub, played by servers on loopback."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import feedparser
import pytest

from tests.conftest import CONFIGURATION, SiteFolder
from tests.servers import KEY, SECRET, moto_bucket

TABLE = '[deploy.local]\ntarget = "folder"\npath = "../www"\n'


class Listener(http.server.ThreadingHTTPServer):
    """Takes notes of what it is told; answers with a status."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[tuple[str, dict[str, str], str]] = []
        self.status = 200

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(b"no such zone; your token is word-of-the-zone" if self.server.status >= 400 else b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def zone(listener: Listener, monkeypatch: pytest.MonkeyPatch, make_site: Callable[..., SiteFolder]) -> SiteFolder:
    """A site behind a Cloudflare zone."""
    monkeypatch.setenv("CLOUDFLARE_API_BASE_URL", listener.address)
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "word-of-the-zone")
    site = make_site(CONFIGURATION.replace("org/", "org/digest/") + TABLE + 'cloudflare_zone = "z1"\n')
    site.article("ä", tags="[x]")
    return site


def purged(listener: Listener) -> list[str]:
    return [url for _, _, body in listener.heard for url in json.loads(body)["files"]]


def test_just_the_changed_addresses_are_purged(zone: SiteFolder, listener: Listener) -> None:
    done = zone.run("deploy", "--format", "json").json
    assert len(purged(listener)) == len(done["new"])
    assert all(len(json.loads(body)["files"]) <= 30 for _, _, body in listener.heard)
    assert {(path, headers["Authorization"]) for path, headers, _ in listener.heard} == {
        ("/zones/z1/purge_cache", "Bearer word-of-the-zone")
    }
    assert "https://news.example.org/digest/2024/01/03/%C3%A4/" in purged(listener)
    listener.heard.clear()
    zone.run("deploy")
    assert listener.heard == []
    zone.write("output/assets/style.css", "b { }")
    zone.run("deploy", "--no-build")
    assert purged(listener) == ["https://news.example.org/digest/assets/style.css"]


def test_a_cache_that_refuses_is_an_error_and_is_told_again(zone: SiteFolder, listener: Listener) -> None:
    listener.status = 403
    refused = zone.run("deploy", status=1)
    assert "error: Cloudflare refused: 403 no such zone; your token is *** [not-announced]" in refused.stderr
    assert (zone.root.parent / "www/current/index.html").exists()
    listener.status = 200
    listener.heard.clear()
    zone.run("deploy")
    assert "https://news.example.org/digest/" in purged(listener)


def test_without_the_token_the_message_names_the_variable(zone: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLOUDFLARE_API_TOKEN")
    assert "CLOUDFLARE_API_TOKEN of the environment is not set" in zone.run("deploy", status=1).stderr


def test_a_dry_run_tells_nobody(zone: SiteFolder, listener: Listener) -> None:
    zone.run("deploy", "--dry-run")
    assert listener.heard == []


def test_the_hub_is_named_in_feeds_and_told_which_changed(
    listener: Listener, make_site: Callable[..., SiteFolder]
) -> None:
    site = make_site(f'{CONFIGURATION}[feeds]\nhub = "{listener.address}/hub?a&b"\n{TABLE}')
    site.article("a", tags="[x]")
    site.run("deploy")
    told = {parse_qs(body)["hub.url"][0] for path, _, body in listener.heard if path.startswith("/hub")}
    assert {"https://news.example.org/atom.xml", "https://news.example.org/tags/x/atom.xml"} <= told
    assert all(urlsplit(url).path.endswith((".xml", ".json")) for url in told)
    assert parse_qs(listener.heard[0][2])["hub.mode"] == ["publish"]
    for feed in ("/atom.xml", "/rss.xml"):
        links: list[Any] = feedparser.parse(site.page(feed)).feed.links
        assert [link.href for link in links if link.rel == "hub"] == [f"{listener.address}/hub?a&b"]
    assert json.loads(site.page("/feed.json"))["hubs"] == [{"type": "WebSub", "url": f"{listener.address}/hub?a&b"}]


def test_a_hub_that_does_not_answer_is_a_warning(listener: Listener, make_site: Callable[..., SiteFolder]) -> None:
    listener.status = 500
    site = make_site(f'{CONFIGURATION}[feeds]\nhub = "{listener.address}"\n{TABLE}')
    site.article("a")
    assert "warning: the hub refused: 500" in site.run("deploy").stderr
    listener.status = 200
    listener.heard.clear()
    site.run("deploy")
    assert listener.heard


def test_without_a_hub_feeds_name_none(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(CONFIGURATION)
    site.article("a")
    site.build()
    assert "hub" not in site.page("/atom.xml") + site.page("/rss.xml") + site.page("/feed.json")


def test_cloudfront_is_told_of_just_the_changed_paths(
    make_site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    with moto_bucket(tmp_path_factory.mktemp("moto")) as moto:
        monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", moto.endpoint)
        client = boto3.client("cloudfront", region_name="us-east-1")
        distribution = client.create_distribution(DistributionConfig=DISTRIBUTION)["Distribution"]["Id"]
        site = make_site(CONFIGURATION + TABLE + f'cloudfront = "{distribution}"\n')
        site.article("a")
        site.run("deploy")
        site.write("output/assets/style.css", "b { }")
        site.write("output/index.html", "<p>")
        site.run("deploy", "--no-build")
        items = client.list_invalidations(DistributionId=distribution)["InvalidationList"]["Items"]
        batches = [
            client.get_invalidation(DistributionId=distribution, Id=item["Id"])["Invalidation"]["InvalidationBatch"]
            for item in items
        ]
    told = sorted((batch["Paths"]["Items"] for batch in batches), key=len)
    assert sorted(told[0]) == ["/", "/assets/style.css"]
    assert "/2024/01/03/a/" in told[1]


DISTRIBUTION: Any = {
    "CallerReference": "once",
    "Comment": "",
    "Enabled": True,
    "Origins": {
        "Quantity": 1,
        "Items": [{"Id": "o", "DomainName": "b.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}],
    },
    "DefaultCacheBehavior": {
        "TargetOriginId": "o",
        "ViewerProtocolPolicy": "allow-all",
        "MinTTL": 0,
        "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
    },
}
