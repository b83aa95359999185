"""broadsheet deploy to buckets of two servers with the interface of S3."""

import gzip
import itertools
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import brotli
import obstore
import pytest

from generator.targets.bucket import stages
from generator.targets.files import File, files_of
from generator.targets.fingerprints import fingerprints
from generator.targets.headers import content_type
from generator.targets.plan import Plan
from tests.conftest import CONFIGURATION, SiteFolder
from tests.servers import KEY, SECRET, Bucket, CuttingProxy, moto_bucket, rclone_bucket

SERVERS = {"rclone": rclone_bucket, "moto": moto_bucket}
on_both_servers = pytest.mark.parametrize("server", SERVERS, indirect=True)


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    """A server: the faster one, unless told."""
    with SERVERS[getattr(request, "param", "rclone")](tmp_path_factory.mktemp("bucket")) as bucket:
        yield bucket


@pytest.fixture
def bucket(server: Bucket, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty bucket, with its keys in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    server.clear()
    return server


def table(bucket: Bucket, more: str = "", prefix: str = "") -> str:
    return f'[deploy.bucket]\ntarget = "s3"\nurl = "s3://{bucket.name}{prefix}"\nendpoint = "{bucket.endpoint}"\n{more}'


@pytest.fixture
def site(make_site: Callable[..., SiteFolder], bucket: Bucket) -> SiteFolder:
    """A site that is deployed to the bucket."""
    site = make_site(CONFIGURATION + table(bucket))
    site.article("a", tags="[x]")
    site.article("b", "[a](/2024/01/03/a/)")
    return site


def deploy(site: SiteFolder, *arguments: str) -> Any:
    return site.run("deploy", "--format", "json", *arguments).json


@on_both_servers
def test_the_bucket_holds_the_site_and_a_second_run_sends_nothing(site: SiteFolder, bucket: Bucket) -> None:
    first = deploy(site)
    assert bucket.files() == site.outputs()
    assert set(first["new"]) == set(site.outputs())
    second = deploy(site)
    assert (second["new"], second["changed"], second["removed"], second["bytes"]) == ([], [], [], 0)
    assert second["unchanged"] == len(first["new"])


def test_changes_arrive_deletes_are_bounded_and_protected_objects_stay(site: SiteFolder, bucket: Bucket) -> None:
    site.write("broadsheet.toml", CONFIGURATION + table(bucket, 'protect = ["stats/*"]\n', "/news/today"))
    deploy(site)
    bucket.store("news/today").put("stats/today.html", b"hits")
    bucket.store("news").put("neighbour.html", b"not ours")
    (site.root / "content/a.md").unlink()
    site.article("b", "No link now.")
    before = bucket.files("news")
    assert "[too-many-deletes]" in site.run("deploy", "--max-deletes", "0", status=1).stderr
    assert bucket.files("news") == before
    done = deploy(site)
    assert "2024/01/03/a/index.html" in done["removed"]
    assert "2024/01/03/b/index.html" in done["changed"]
    assert bucket.files("news/today") == {**site.outputs(), "stats/today.html": b"hits"}
    assert bucket.files("news")["neighbour.html"] == b"not ours"


@on_both_servers
def test_headers_are_those_of_the_rules(site: SiteFolder, bucket: Bucket) -> None:
    cache = 'cache = { "assets/*.css" = "public, max-age=3600", "*.html" = "no-cache" }\n'
    site.write("broadsheet.toml", CONFIGURATION + table(bucket, cache))
    deploy(site)
    headers = {path: bucket.headers(path) for path in ("index.html", "assets/style.css", "atom.xml", "feed.json")}
    assert headers["index.html"]["Content-Type"] == "text/html; charset=utf-8"
    assert headers["atom.xml"]["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert headers["feed.json"]["Content-Type"] == "application/feed+json; charset=utf-8"
    assert headers["index.html"]["Cache-Control"] == "no-cache"
    assert headers["assets/style.css"]["Cache-Control"] == "public, max-age=3600"
    assert "Cache-Control" not in headers["atom.xml"]
    site.write("broadsheet.toml", CONFIGURATION + table(bucket, cache.replace("no-cache", "max-age=60")))
    assert "atom.xml" in deploy(site)["changed"]
    assert bucket.headers("index.html")["Cache-Control"] == "max-age=60"
    assert deploy(site)["changed"] == []


@pytest.mark.parametrize(("name", "unpack"), [("gzip", gzip.decompress), ("brotli", brotli.decompress)])
def test_texts_are_compressed_when_asked(
    site: SiteFolder, bucket: Bucket, name: str, unpack: Callable[[bytes], bytes]
) -> None:
    site.write("broadsheet.toml", CONFIGURATION + table(bucket, f'compress = "{name}"\n'))
    site.build()
    site.write("output/p.png", bytes(range(256)) * 8)
    deploy(site, "--no-build")
    stored = bucket.files()
    assert unpack(stored["index.html"]) == site.outputs()["index.html"]
    assert len(stored["index.html"]) < len(site.outputs()["index.html"])
    assert bucket.headers("index.html")["Content-Encoding"] == {"gzip": "gzip", "brotli": "br"}[name]
    assert stored["p.png"] == site.outputs()["p.png"]
    assert deploy(site, "--no-build")["changed"] == []


def test_any_file_name_but_control_characters(site: SiteFolder, bucket: Bucket) -> None:
    site.build()
    for name in ("with space.txt", 'quo"te.txt', "📰 émoji.txt", "50%.txt", "a%20b.txt", "x#y?.txt", "plus+&=.txt"):
        site.write(f"output/files/{name}", name)
    deploy(site, "--no-build")
    assert bucket.files() == site.outputs()
    assert deploy(site, "--no-build")["new"] == []
    site.write("output/files/new\nline.txt", "x")
    assert "a control character in the name" in site.run("deploy", "--no-build", status=1).stderr


@on_both_servers
def test_2000_files_with_the_connection_cut_end_complete_and_never_lack_an_asset(
    site: SiteFolder, bucket: Bucket
) -> None:
    site.build()
    pages = 1000
    for number in range(pages):
        site.write(f"output/p/{number}.css", f"p {{ order: {number} }}")
        site.write(f"output/p/{number}.html", f'<!doctype html><link rel="stylesheet" href="/p/{number}.css">')
    held = [0]
    for limit in (280 * pages, 1100 * pages):
        with CuttingProxy(bucket.port, limit) as proxy:
            site.write("broadsheet.toml", CONFIGURATION + table(bucket.behind(proxy.port)))
            failed = site.run("deploy", "--no-build", status=1)
        assert "it goes on where it ended" in failed.stderr
        assert SECRET not in failed.stderr
        there = bucket.paths()
        assert held[-1] < len(there) < len(site.outputs())
        held.append(len(there))
        for page in (path for path in there if path.startswith("p/") and path.endswith(".html")):
            assert page.replace(".html", ".css") in there
    site.write("broadsheet.toml", CONFIGURATION + table(bucket))
    last = deploy(site, "--no-build")
    assert held[-1] <= last["unchanged"] < held[-1] + 50  # what was on its way when the line was cut may have arrived
    assert bucket.files() == site.outputs()
    assert deploy(site, "--no-build")["unchanged"] == len(site.outputs())


class Reader(threading.Thread):
    """Opens the same pages again and again, and asks for the style sheet that each refers to."""

    def __init__(self, bucket: Bucket, pages: int) -> None:
        super().__init__()
        self.store, self.pages = bucket.store(), pages
        self.stop, self.faults = threading.Event(), list[str]()
        self.seen: set[str] = set()  # style sheets that pages referred to and that were there

    def run(self) -> None:
        for number in itertools.cycle(range(self.pages)):
            if self.stop.is_set() or self.faults:
                return
            self.open(f"p/{number}.html")

    def open(self, page: str) -> None:
        """Notes a fault where a page refers to what isn't there, and still does so afterwards."""
        style = self.style_of(page)
        try:
            obstore.head(self.store, style)
        except FileNotFoundError:  # a page of a moment ago may refer to what is gone
            if self.style_of(page) == style:
                self.faults.append(f"{page} refers to {style}")
        else:
            self.seen.add(style)

    def style_of(self, page: str) -> str:
        return bytes(obstore.get(self.store, page).bytes()).decode().split('"')[1].lstrip("/")


@on_both_servers
def test_whoever_reads_during_a_deploy_finds_what_pages_refer_to(site: SiteFolder, bucket: Bucket) -> None:
    site.build()
    pages, versions = 60, 4
    reader = Reader(bucket, pages)
    for version in range(versions):
        shutil.rmtree(site.output / "s", ignore_errors=True)
        for number in range(pages):
            site.write(f"output/s/{number}.{version}.css", f"p {{ order: {version} }}")
            site.write(f"output/p/{number}.html", f'<link href="/s/{number}.{version}.css" rel="stylesheet">')
        deploy(site, "--no-build", "--max-deletes", str(pages))
        if not version:
            reader.start()
    reader.stop.set()
    reader.join()
    assert not reader.faults
    assert len({style.split(".")[1] for style in reader.seen}) > 1
    assert bucket.files() == site.outputs()


def test_what_a_deploy_that_was_cut_short_sent_by_other_rules_is_sent_again(site: SiteFolder, bucket: Bucket) -> None:
    deploy(site)
    bucket.store().delete("index.html")  # it goes last
    assert deploy(site)["new"] == ["index.html"]
    bucket.store().delete("index.html")
    site.write("broadsheet.toml", CONFIGURATION + table(bucket, 'cache = { "*.css" = "no-cache" }\n'))
    assert {"assets/style.css", "atom.xml"} <= set(deploy(site)["changed"])
    assert bucket.headers("assets/style.css")["Cache-Control"] == "no-cache"


def test_what_others_put_there_is_sent_again_with_our_headers(site: SiteFolder, bucket: Bucket) -> None:
    site.build()
    bucket.store().put("assets/style.css", site.outputs()["assets/style.css"], attributes={"Content-Type": "text/x"})
    assert deploy(site)["changed"] == ["assets/style.css"]
    assert bucket.headers("assets/style.css")["Content-Type"] == "text/css; charset=utf-8"


def test_a_dry_run_changes_nothing(site: SiteFolder, bucket: Bucket) -> None:
    assert len(deploy(site, "--dry-run")["new"]) == len(site.outputs())
    assert bucket.paths() == set()


def test_a_bucket_that_does_not_exist_is_named(site: SiteFolder, bucket: Bucket) -> None:
    site.write("broadsheet.toml", CONFIGURATION + table(bucket._replace(name="nowhere")))
    assert "s3://nowhere: " in site.run("deploy", status=1).stderr


def test_keys_come_from_the_environment_or_a_profile_and_are_never_shown(
    site: SiteFolder, bucket: Bucket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    assert "no credentials for the bucket [no-secret]" in site.run("deploy", status=1).stderr
    keys = f"aws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n"
    (tmp_path / "credentials").write_text(f"[digest]\n{keys}")
    site.write("broadsheet.toml", CONFIGURATION + table(bucket, 'profile = "digest"\n'))
    site.run("deploy")
    assert bucket.files() == site.outputs()
    secret = SECRET.encode()
    assert not [path for path in site.root.rglob("*") if path.is_file() and secret in path.read_bytes()]


def test_what_pages_refer_to_goes_before_them() -> None:
    """The order itself; that it holds with a real server is shown above."""

    plan = Plan(("new/index.html", "new.png"), ("index.html", "old/index.html", "style.css"), (), 0, 0)
    assert list(stages(plan)) == [("new.png", "style.css"), ("new/index.html",), ("old/index.html",), ("index.html",)]


def test_a_file_is_read_again_when_it_changed_or_the_rules_did(tmp_path: Path) -> None:
    taken: list[str] = []

    def take(file: File) -> str:
        taken.append(file.path)
        return file.read().decode()

    def look(rules: str = "1") -> dict[str, str]:
        taken.clear()
        return fingerprints(files_of(tmp_path / "out"), take, rules, tmp_path, tmp_path)

    (tmp_path / "out").mkdir()
    for name in "ab":
        (tmp_path / "out" / name).write_text(name)
    assert (look(), taken) == ({"a": "a", "b": "b"}, ["a", "b"])
    assert (look(), taken) == ({"a": "a", "b": "b"}, [])
    (tmp_path / "new").write_text("c")
    (tmp_path / "new").replace(tmp_path / "out/b")
    assert (look(), taken) == ({"a": "a", "b": "c"}, ["b"])
    assert (look("2"), taken) == ({"a": "a", "b": "c"}, ["a", "b"])
    (tmp_path / "fingerprints.json").write_text("{")
    assert (look("2"), taken) == ({"a": "a", "b": "c"}, ["a", "b"])


def test_types_are_known_by_name() -> None:
    assert content_type("a/b.HTML") == "text/html; charset=utf-8"
    assert content_type("topics/world/rss.xml") == "application/rss+xml; charset=utf-8"
    assert content_type("CNAME") == "application/octet-stream"
