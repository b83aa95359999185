"""broadsheet deploy to buckets of Google and Azure: what differs from those with the interface of S3."""

import gzip
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.clouds import ACCOUNT_KEY, CLOUDS, TOKEN, Cloud
from tests.conftest import CONFIGURATION, SiteFolder
from tests.servers import CuttingProxy


@pytest.fixture(scope="module", params=CLOUDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with CLOUDS[request.param](tmp_path_factory.mktemp("cloud")) as cloud:
        yield cloud


@pytest.fixture
def cloud(server: Cloud, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    """An empty bucket, with its secrets in the environment."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    server.clear()
    return server


@pytest.fixture
def site(make_site: Callable[..., SiteFolder], cloud: Cloud) -> SiteFolder:
    """A site that is deployed there."""
    site = make_site(CONFIGURATION + cloud.table())
    site.article("a", tags="[x]")
    site.article("b", "[a](/2024/01/03/a/)")
    return site


def deploy(site: SiteFolder, *arguments: str) -> Any:
    return site.run("deploy", "--format", "json", *arguments).json


def test_the_bucket_holds_the_site_and_only_what_changed_travels(site: SiteFolder, cloud: Cloud) -> None:
    site.build()
    for name in ("with space.txt", 'quo"te.txt', "per%20cent#x?.txt", "📰 émoji.txt"):
        site.write(f"output/files/{name}", name)
    first = deploy(site, "--no-build")
    assert cloud.files() == site.outputs()
    assert set(first["new"]) == set(site.outputs())
    second = deploy(site, "--no-build")
    assert (second["new"], second["changed"], second["removed"]) == ([], [], [])
    site.write("output/assets/style.css", "p { }")
    assert deploy(site, "--no-build")["changed"] == ["assets/style.css"]
    assert deploy(site, "--no-build")["changed"] == []


def test_a_machine_that_never_deployed_sends_nothing_again(site: SiteFolder, cloud: Cloud) -> None:
    sent = len(deploy(site)["new"])
    shutil.rmtree(site.root / ".cache")
    assert deploy(site)["unchanged"] == sent
    assert deploy(site)["unchanged"] == sent
    cloud.open("").put("atom.xml", b"by somebody else")
    assert deploy(site)["changed"] == ["atom.xml"]
    assert cloud.files() == site.outputs()


def test_removed_pages_go_and_protected_ones_and_neighbours_stay(site: SiteFolder, cloud: Cloud) -> None:
    site.write("broadsheet.toml", CONFIGURATION + cloud.table('protect = ["stats/*"]\n', prefix="/news/today"))
    deploy(site)
    cloud.open("news/today").put("stats/today.html", b"hits")
    cloud.open("news").put("neighbour.html", b"not ours")
    (site.root / "content/a.md").unlink()
    site.article("b", "No link now.")
    assert "[too-many-deletes]" in site.run("deploy", "--max-deletes", "0", status=1).stderr
    assert "2024/01/03/a/index.html" in deploy(site)["removed"]
    assert cloud.files("news/today") == {**site.outputs(), "stats/today.html": b"hits"}
    assert cloud.files("news")["neighbour.html"] == b"not ours"


def test_headers_are_those_of_the_rules(site: SiteFolder, cloud: Cloud) -> None:
    rules = 'cache = { "*.html" = "no-cache" }\ncompress = "gzip"\n'
    site.write("broadsheet.toml", CONFIGURATION + cloud.table(rules))
    deploy(site)
    headers = cloud.headers("index.html")
    assert (headers["Content-Type"], headers["Cache-Control"]) == ("text/html; charset=utf-8", "no-cache")
    assert headers["Content-Encoding"] == "gzip"
    assert "Cache-Control" not in cloud.headers("atom.xml")
    assert gzip.decompress(cloud.files()["index.html"]) == site.outputs()["index.html"]
    assert deploy(site)["changed"] == []
    site.write("broadsheet.toml", CONFIGURATION + cloud.table(rules.replace("no-cache", "max-age=60")))
    assert "atom.xml" in deploy(site)["changed"]
    assert cloud.headers("index.html")["Cache-Control"] == "max-age=60"


def test_a_connection_cut_in_the_middle_is_an_error_and_the_next_run_completes(site: SiteFolder, cloud: Cloud) -> None:
    site.build()
    for number in range(100):
        site.write(f"output/p/{number}.css", f"p {{ order: {number} }}")
        site.write(f"output/p/{number}.html", f'<!doctype html><link rel="stylesheet" href="/p/{number}.css">')
    with CuttingProxy(cloud.port, 100_000) as proxy:
        site.write("broadsheet.toml", CONFIGURATION + cloud.table(port=proxy.port))
        assert "it goes on where it ended" in site.run("deploy", "--no-build", status=1).stderr
    there = cloud.paths()
    assert 0 < len(there) < len(site.outputs())
    for page in (path for path in there if path.startswith("p/") and path.endswith(".html")):
        assert page.replace(".html", ".css") in there
    site.write("broadsheet.toml", CONFIGURATION + cloud.table())
    assert deploy(site, "--no-build")["unchanged"] >= len(there)
    assert cloud.files() == site.outputs()


def test_secrets_are_asked_for_and_never_shown(
    site: SiteFolder, cloud: Cloud, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    name = next(iter(cloud.environment))
    monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    refused = site.run("deploy", status=1).stderr
    assert "no credentials for the bucket [no-secret]" in refused
    assert re.search(rf"hint: set .*{name}", refused)
    monkeypatch.setenv(name, cloud.environment[name][::-1] if cloud.kind == "gcs" else ACCOUNT_KEY.replace("E", "F"))
    refused = site.run("deploy", status=1).stderr
    assert f"{cloud.url}" in refused
    assert cloud.paths() == set()
    for secret in (TOKEN, TOKEN[::-1], ACCOUNT_KEY, ACCOUNT_KEY.replace("E", "F")):
        assert secret not in refused
        assert not [path for path in site.root.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('target = "s3"\nurl = "gs://digest"', '6:1: error: "url": the address of a bucket of another service'),
        ('target = "gcs"\nurl = "gs://digest"\nregion = "eu"', '7:1: error: unknown key "region"'),
        ('target = "azure"\nurl = "az://$web"', '4:1: error: the key "account" is missing'),
    ],
)
def test_what_a_service_does_not_know_is_a_fault_of_the_configuration(
    make_site: Callable[..., SiteFolder], table: str, message: str
) -> None:
    assert message in make_site(f"{CONFIGURATION}[deploy.x]\n{table}\n").run("deploy", status=2).stderr


def test_a_signature_in_an_address_is_not_shown(
    make_site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AZURE_STORAGE_SAS_TOKEN", "sv=2021-08-06&sp=rw&sig=ver%2Fy+secretive")
    table = '[deploy.x]\ntarget = "azure"\nurl = "az://web"\naccount = "me"\nendpoint = "http://127.0.0.1:9/me"\n'
    site = make_site(CONFIGURATION + table)
    site.article("a")
    refused = site.run("deploy", status=1).stderr
    assert "az://web" in refused
    assert "secretive" not in refused
