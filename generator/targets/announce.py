"""Tells others what a deploy changed: caches in front of the site, and the hub that feed readers listen to.

Which paths have changed is kept until everybody has been told, so that a deploy that was cut short, or a
cache that didn't answer, loses nothing.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from generator.destinations import Destination
from generator.problems import WARNING, Problem
from generator.targets.plan import Plan
from generator.targets.secrets import fit_to_show

_FEEDS: Final = ("atom.xml", "rss.xml", "feed.json")
_TIMEOUT_S: Final = 20.0
_ZONE_BATCH: Final = 30  # addresses in one request, on every plan of Cloudflare's
_MOST_PATHS: Final = 1000  # beyond, CloudFront is told of everything at once: it counts paths
_CLOUDFLARE: Final = "https://api.cloudflare.com/client/v4"


class Site(NamedTuple):
    """The site as others know it."""

    base_url: str
    hub: str  # "" where there is none


class Unannounced:
    """The paths that not everybody has been told of yet."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "unannounced.json"

    def add(self, plan: Plan) -> None:
        """Notes what a deploy is going to change, before it does."""
        paths = sorted({*self.paths(), *plan.new, *plan.changed, *plan.removed})
        self.file.write_text(json.dumps(paths), encoding="utf-8")

    def paths(self) -> tuple[str, ...]:
        """All of them; one file that can't be read is none."""
        with suppress(OSError, ValueError):
            return tuple(map(str, json.loads(self.file.read_text(encoding="utf-8"))))
        return ()

    def clear(self) -> None:
        """Everybody knows."""
        self.file.unlink(missing_ok=True)


def announce(destination: Destination, site: Site, paths: Sequence[str]) -> tuple[Problem, ...]:
    """Tells everybody who is configured; what went wrong. A hub that doesn't answer is a warning."""
    problems: list[Problem] = []
    urls = [site.base_url + quote(os.fsencode(_as_read(path))) for path in paths]
    if destination.cloudfront:
        problems += _tried("CloudFront", lambda: _tell_cloudfront(destination.cloudfront, urls, site.base_url))
    if destination.cloudflare_zone:
        problems += _tried("Cloudflare", lambda: _tell_cloudflare(destination.cloudflare_zone, urls))
    if site.hub:
        feeds = [url for path, url in zip(paths, urls, strict=True) if path.endswith(_FEEDS)]
        problems += [
            problem._replace(severity=WARNING) for problem in _tried("the hub", lambda: _ping(site.hub, feeds))
        ]
    return tuple(problems)


def _as_read(path: str) -> str:
    """A path as readers ask for it."""
    return path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path


def _tried(who: str, tell: Callable[[], object]) -> Iterator[Problem]:
    """The problem of telling somebody, if there is one."""
    from urllib.error import HTTPError  # noqa: PLC0415 - 15 ms, where there is something to tell

    hint = "the files are in place; deploy again, and it will be told what changed"
    try:
        tell()
    except HTTPError as error:
        answer = fit_to_show(error.read(500).decode(errors="replace").strip())
        yield Problem("", 0, 0, f"{who} refused: {error.code} {answer}", "not-announced", hint)
    except Exception as error:  # noqa: BLE001 - boto3 makes its exceptions as it goes; none may hide that the site is up
        yield Problem("", 0, 0, f"{who} was not told: {fit_to_show(str(error))}", "not-announced", hint)


def _tell_cloudfront(distribution: str, urls: Sequence[str], base_url: str) -> None:
    """One invalidation of just the paths."""
    try:
        import boto3  # noqa: PLC0415 - of the extra
    except ImportError:
        raise ValueError('boto3 is not installed: pip install "broadsheet[cloudfront]"') from None

    paths = [urlsplit(url).path for url in urls]
    if len(paths) > _MOST_PATHS:
        paths = [urlsplit(base_url).path + "*"]
    client = boto3.client("cloudfront", region_name="us-east-1")
    client.create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={
            "Paths": {"Quantity": len(paths), "Items": paths},
            "CallerReference": os.urandom(16).hex(),
        },
    )


def _tell_cloudflare(zone: str, urls: Sequence[str]) -> None:
    """Purges just the addresses."""
    service = os.environ.get("CLOUDFLARE_API_BASE_URL") or _CLOUDFLARE
    token = os.environ.get("CLOUDFLARE_API_TOKEN")
    if not token:
        raise ValueError("the variable CLOUDFLARE_API_TOKEN of the environment is not set")
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for first in range(0, len(urls), _ZONE_BATCH):
        body = json.dumps({"files": urls[first : first + _ZONE_BATCH]})
        _post(f"{service}/zones/{quote(zone, safe='')}/purge_cache", body, headers)


def _ping(hub: str, feeds: Sequence[str]) -> None:
    """Tells a WebSub hub that feeds have changed."""
    for feed in feeds:
        body = urlencode({"hub.mode": "publish", "hub.url": feed})
        _post(hub, body, {"Content-Type": "application/x-www-form-urlencoded"})


def _post(url: str, body: str, headers: dict[str, str]) -> None:
    from urllib.request import Request, urlopen  # noqa: PLC0415

    request = Request(url, body.encode(), {"User-Agent": "broadsheet", **headers})  # noqa: S310 - checked
    with urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310
        answer.read(1000)
