"""A bucket with the interface of S3, by obstore.

What pages refer to goes first, new pages before changed ones, the front page last, and only then what is
gone is removed: at no moment does a page refer to a file that isn't there. The listing of the bucket says
what it has, so that a deploy that was cut short goes on where it ended. Headers are not in the listing: the
front page, being the last, carries the digest of the rules that all were sent with.
"""

import configparser
import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from generator.destinations import S3
from generator.digest import digest_of
from generator.problems import DeployError, Problem
from generator.targets import Room
from generator.targets.files import File
from generator.targets.fingerprints import fingerprints
from generator.targets.headers import all_types, headers_of, is_compressed
from generator.targets.plan import Plan, make_plan
from generator.targets.programs import redact

if TYPE_CHECKING:
    from concurrent.futures import Future

    from obstore.store import S3Config, S3Store

Answer = TypeVar("Answer")

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_WORKERS: Final = 24
_LISTED_AT_ONCE: Final = 1000  # what one answer of a service holds
_DELETED_AT_ONCE: Final = 500
_MARK: Final = "broadsheet-headers"
_OTHERWISE: Final = "sent with other headers"
_FRONT: Final = "index.html"
_PAGES: Final = (".html", ".htm")


class Target:
    """The bucket of a destination."""

    def __init__(self, destination: S3, room: Room) -> None:
        self.destination, self.room = destination, room
        self.store = _open_store(destination)
        self.rules = digest_of((destination.cache, destination.compress, all_types()))
        self.asked: tuple[Future[dict[str, str]], Future[str | None]] | None = None

    def lock_file(self) -> None:
        """None: a bucket can't be locked."""

    def ask(self) -> None:
        """Begins to list the bucket: that takes as long as all that is done here."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        pool = ThreadPoolExecutor(2)
        self.asked = pool.submit(self._asked, self._listed), pool.submit(self._mark)
        pool.shutdown(wait=False)

    def compare(self, files: Sequence[File]) -> Plan:
        """Compares with the listing; what was sent with other headers counts as changed."""
        _refuse_names(files)
        if self.asked is None:
            self.ask()
        wanted = fingerprints(files, self._fingerprint, self.rules, self.room.memory, self.room.cache)
        assert self.asked is not None
        listing, mark = self.asked[0].result(), self.asked[1].result()
        return make_plan(files, wanted, self._as_sent(listing, mark), self.destination.protect)

    def _as_sent(self, listing: dict[str, str], mark: str | None) -> dict[str, str]:
        """The listing, with another fingerprint for what was sent with other headers."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        if mark is not None:
            return listing if mark == self.rules else dict.fromkeys(listing, _OTHERWISE)
        with ThreadPoolExecutor(_WORKERS) as pool:  # the first deploy was cut short: only the objects themselves know
            marks = pool.map(self._mark, listing)
            return {
                path: tag if its == self.rules else _OTHERWISE
                for (path, tag), its in zip(listing.items(), marks, strict=True)
            }

    def carry_out(self, plan: Plan, files: Sequence[File]) -> None:
        """Sends and removes, in the order that keeps the site whole."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        by_path = {file.path: file for file in files}
        with ThreadPoolExecutor(_WORKERS) as pool:
            sent = (done for stage in stages(plan) for done in pool.map(self._send, [by_path[path] for path in stage]))
            for _ in self.room.progress(sent, len(plan.sent), "sending"):
                pass
        for first in range(0, len(plan.removed), _DELETED_AT_ONCE):
            self._asked(partial(self._remove, plan.removed[first : first + _DELETED_AT_ONCE]))

    def _listed(self) -> dict[str, str]:
        import obstore  # noqa: PLC0415

        chunks = obstore.list(self.store, chunk_size=_LISTED_AT_ONCE)
        return {item["path"]: (item["e_tag"] or "").strip('"') for chunk in chunks for item in chunk}

    def _mark(self, path: str = _FRONT) -> str | None:
        """The rules that an object was sent with; None where there is no such object."""
        import obstore  # noqa: PLC0415
        from obstore.exceptions import NotFoundError  # noqa: PLC0415

        def ask() -> str | None:
            try:
                found = obstore.get(self.store, path, options={"head": True}).attributes
            except (NotFoundError, FileNotFoundError):
                return None
            return next((value for name, value in found.items() if name.lower() == _MARK), "")

        return self._asked(ask, path)

    def _send(self, file: File) -> None:
        import obstore  # noqa: PLC0415

        headers = {**headers_of(file.path, self.destination.cache, self._encoding(file)), _MARK: self.rules}
        body = self._body(file)
        self._asked(
            lambda: obstore.put(self.store, file.path, body, attributes=headers, use_multipart=False), file.path
        )

    def _remove(self, paths: Sequence[str]) -> None:
        import obstore  # noqa: PLC0415

        obstore.delete(self.store, list(paths))

    def _encoding(self, file: File) -> str:
        return self.destination.compress if is_compressed(file.path, file.size) else ""

    def _fingerprint(self, file: File) -> str:
        """As the bucket lists it."""
        return md5(self._body(file), usedforsecurity=False).hexdigest()

    def _body(self, file: File) -> bytes:
        """A file as it stands in the bucket; always the same bytes for the same file."""
        encoding = self._encoding(file)
        if encoding == "gzip":
            import gzip  # noqa: PLC0415

            return gzip.compress(file.read(), mtime=0)
        if encoding == "brotli":
            import brotli  # noqa: PLC0415

            squeezed: bytes = brotli.compress(file.read(), quality=9)
            return squeezed
        return file.read()

    def _asked(self, question: Callable[[], Answer], path: str = "") -> Answer:
        """The answer of the service; raises DeployError with its words where it refuses or doesn't answer."""
        from obstore.exceptions import BaseError  # noqa: PLC0415

        try:
            return question()
        except (BaseError, OSError) as error:
            what = f"{self.destination.url}/{path}".rstrip("/")
            message = f"{what}: {redact(_first_words(error))}"
            hint = "run it again when that is mended: it goes on where it ended"
            raise DeployError(Problem("", 0, 0, message, "target-failed", hint)) from None


def stages(plan: Plan) -> Iterator[tuple[str, ...]]:
    """The paths to send in the order in which they may go; those of one stage in any order."""
    pages = [path for path in (*plan.new, *plan.changed) if path.endswith(_PAGES)]
    yield tuple(path for path in (*plan.new, *plan.changed) if not path.endswith(_PAGES))
    yield tuple(path for path in pages if path in set(plan.new) and path != _FRONT)
    yield tuple(path for path in pages if path in set(plan.changed) and path != _FRONT)
    yield tuple(path for path in pages if path == _FRONT)


def _open_store(destination: S3) -> "S3Store":
    """The client; raises DeployError without the library or without credentials."""
    try:
        from obstore.store import S3Store  # noqa: PLC0415 - of the extra
    except ImportError:
        hint = 'pip install "broadsheet[s3]"'
        raise DeployError(Problem("", 0, 0, "obstore is not installed", "no-program", hint)) from None
    bucket, _, prefix = destination.url.removeprefix("s3://").partition("/")
    key, secret, session = _credentials(destination.profile)
    settings: S3Config = {
        "region": destination.region,
        "access_key_id": key,
        "secret_access_key": secret,
        "virtual_hosted_style_request": False,
    }
    if session:
        settings["session_token"] = session
    if destination.endpoint:
        settings["endpoint"] = destination.endpoint
    return S3Store(
        bucket,
        prefix=prefix or None,
        config=settings,
        client_options={
            "allow_http": destination.endpoint.startswith("http://"),
            "connect_timeout": timedelta(seconds=10),
            "timeout": timedelta(minutes=5),
        },
        retry_config={
            "max_retries": 4,
            "retry_timeout": timedelta(seconds=60),
            "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=5), "base": 2},
        },
    )


def _credentials(profile: str) -> tuple[str, str, str]:
    """Key, secret and session token: of the environment, else of the file that Amazon's tools share."""
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    key, secret, session = (os.environ.get(name, "") for name in names)
    if not (key and secret):
        file = Path(os.environ.get("AWS_SHARED_CREDENTIALS_FILE") or "~/.aws/credentials").expanduser()
        shared = configparser.ConfigParser(interpolation=None)
        shared.read(file, encoding="utf-8")
        name = profile or os.environ.get("AWS_PROFILE") or "default"
        section = shared[name] if shared.has_section(name) else {}
        key, secret, session = (section.get(name.lower(), "") for name in names)
    if not (key and secret):
        hint = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write a profile into ~/.aws/credentials"
        raise DeployError(Problem("", 0, 0, "no credentials for the bucket", "no-secret", hint))
    return key, secret, session


def _refuse_names(files: Sequence[File]) -> None:
    """Raises DeployError for names that no key can have."""
    faults = [file.path for file in files if _CONTROL.search(file.path)]
    if faults:
        message = "a control character in the name; a bucket can't hold it"
        raise DeployError(*(Problem(repr(path), 0, 0, message, "not-deployable", "rename it") for path in faults))


def _first_words(error: BaseException) -> str:
    """What an error says, without the dump of the request that follows."""
    return str(error).split("\n", 1)[0][:500]
