"""Fetches a sample of the deployed files from the site and compares them with what was sent."""

import gzip
import os
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from generator.problems import DeployError, Problem
from generator.targets.files import File
from generator.targets.plan import Plan

_SAMPLE: Final = 20
_TIMEOUT_S: Final = 10.0
_WAITS_S: Final = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)  # hosts take a moment to show what they were given
_MOST_READ: Final = 64 * 2**20


def verify(base_url: str, plan: Plan, files: Sequence[File]) -> int:
    """How many files the site serves as they were sent; raises DeployError where one differs."""
    sample = _sample([file for file in files if file.path in plan.sent]) or _sample(files)
    wrong = dict.fromkeys(sample, "")
    for wait in _WAITS_S:
        time.sleep(wait)
        wrong = {file: fault for file in wrong if (fault := _fault(base_url, file))}
        if not wrong:
            return len(sample)
    hint = "a host or a cache may need some minutes; run `deploy --no-build --verify` again then"
    raise DeployError(
        *(
            Problem("", 0, 0, f"{_address(base_url, file)}: {fault}", "not-verified", hint)
            for file, fault in wrong.items()
        )
    )


def _sample(files: Sequence[File]) -> list[File]:
    """Files from all over the site, the first and the last among them; not those that hosts keep to themselves."""
    shown = [file for file in files if not file.path.startswith((".", "_", "CNAME", "404"))]
    step = max(1, (len(shown) - 1) / (_SAMPLE - 1))
    return [shown[round(number * step)] for number in range(min(_SAMPLE, len(shown)))]


def _address(base_url: str, file: File) -> str:
    path = file.path.removesuffix("index.html") if f"/{file.path}".endswith("/index.html") else file.path
    return base_url + quote(os.fsencode(path))


def _fault(base_url: str, file: File) -> str:
    """How what the site serves differs from a file; "" where it doesn't."""
    headers = {"Cache-Control": "no-cache", "Accept-Encoding": "gzip", "User-Agent": "broadsheet"}
    request = urllib.request.Request(_address(base_url, file), headers=headers)  # noqa: S310 - base_url is http(s)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310
            body = _decoded(answer.read(_MOST_READ), answer.headers.get("Content-Encoding", ""))
    except urllib.error.HTTPError as error:
        return f"the site answers {error.code}"
    except (OSError, ValueError) as error:
        return f"can't be fetched: {getattr(error, 'reason', None) or error}"
    return "" if body == file.read() else "the site serves something else than was sent"


def _decoded(body: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.decompress(body)
    if encoding == "br":
        import brotli  # noqa: PLC0415 - of the extra that compressed it

        plain: bytes = brotli.decompress(body)
        return plain
    return body
