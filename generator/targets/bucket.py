"""What the targets share that are buckets: s3, gcs and azure, all by obstore.

What pages refer to goes first, new pages before changed ones, the front page last, and only then what is
gone is removed: at no moment does a page refer to a file that isn't there. The listing of the bucket says
what it has, so that a deploy that was cut short goes on where it ended.

A listing gives each object a tag. In most buckets it is the MD5 of the bytes and says all; where it is
anything else, what was sent is remembered beside it, here and in a note at the object. The same note tells by
which headers the object was sent, and that of the front page, which goes last, stands for all.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from hashlib import md5
from typing import TYPE_CHECKING, Final, TypeVar

from generator.destinations import Bucket
from generator.digest import digest_of
from generator.problems import DeployError, Problem
from generator.targets import Room
from generator.targets.files import File
from generator.targets.fingerprints import fingerprints
from generator.targets.headers import all_types, headers_of, is_compressed
from generator.targets.plan import Plan, make_plan
from generator.targets.secrets import fit_to_show

if TYPE_CHECKING:
    from concurrent.futures import Future
    from types import ModuleType

    from obstore.store import AzureStore, ClientConfig, GCSStore, RetryConfig, S3Store

Answer = TypeVar("Answer")

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_MD5: Final = re.compile(r"[0-9a-f]{32}")
_QUERY: Final = re.compile(r"(?<=\?)[^\s,;)]*")  # it may hold a signature
_WORKERS: Final = 24
_LISTED_AT_ONCE: Final = 1000  # what one answer of a service holds
_DELETED_AT_ONCE: Final = 500
_NOTE: Final = "broadsheet"  # its rules and its fingerprint; a name that every service takes
_OTHERWISE: Final = "sent with other headers"
_MEMORY: Final = "tags.json"
_FRONT: Final = "index.html"
_PAGES: Final = (".html", ".htm")


class BucketTarget:
    """The bucket of a destination."""

    def __init__(self, destination: Bucket, store: "S3Store | GCSStore | AzureStore", room: Room) -> None:
        self.destination, self.store, self.room = destination, store, room
        self.rules = digest_of((destination.cache, destination.compress, all_types()))
        self.asked: tuple[Future[dict[str, str]], Future[str | None]] | None = None
        self.wanted: Mapping[str, str] = {}
        self.tags: dict[str, tuple[str, str]] = {}  # path -> tag and fingerprint of what was sent by these rules

    def lock_file(self) -> None:
        """None: a bucket can't be locked."""

    def ask(self) -> None:
        """Begins to list the bucket: that takes as long as all that is done here."""
        if self.asked is not None:
            return
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        pool = ThreadPoolExecutor(2)
        self.asked = pool.submit(self._asked, self._listed), pool.submit(self._note, _FRONT)
        pool.shutdown(wait=False)

    def compare(self, files: Sequence[File]) -> Plan:
        """Compares with the listing; what was sent with other headers counts as changed."""
        _refuse_names(files)
        self.ask()
        self.wanted = fingerprints(files, self._fingerprint, self.rules, self.room.memory, self.room.cache)
        assert self.asked is not None
        listing, note = self.asked[0].result(), self.asked[1].result()
        return make_plan(files, self.wanted, self._held(listing, note), self.destination.protect)

    def carry_out(self, plan: Plan, files: Sequence[File]) -> None:
        """Sends and removes, in the order that keeps the site whole."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        by_path = {file.path: file for file in files}
        with ThreadPoolExecutor(_WORKERS) as pool:
            sent = (done for stage in stages(plan) for done in pool.map(self._send, [by_path[path] for path in stage]))
            try:
                for path, tag, mark in self.room.progress(sent, len(plan.sent), "sending"):
                    self.tags[path] = tag, mark
            finally:
                self._remember_tags()
        for first in range(0, len(plan.removed), _DELETED_AT_ONCE):
            self._asked(partial(self._remove, plan.removed[first : first + _DELETED_AT_ONCE]))

    def _listed(self) -> dict[str, str]:
        import obstore  # noqa: PLC0415

        chunks = obstore.list(self.store, chunk_size=_LISTED_AT_ONCE)
        return {item["path"]: _bare(item["e_tag"]) for chunk in chunks for item in chunk}

    def _held(self, listing: dict[str, str], note: str | None) -> dict[str, str]:
        """The fingerprint of each object; `note` is that of the front page, None where there is none."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        if note is not None and not self._is_of_rules(note):
            return dict.fromkeys(listing, _OTHERWISE)
        unclear = {path: tag for path, tag in listing.items() if not _MD5.fullmatch(tag) and path in self.wanted}
        if unclear:
            self._recall_tags(listing)
        if note is None:  # the first deploy was cut short: only the objects themselves know how they were sent
            unclear = {path: tag for path, tag in listing.items() if path in self.wanted}
        unknown = [path for path, tag in unclear.items() if self.tags.get(path, ("",))[0] != tag]
        with ThreadPoolExecutor(_WORKERS) as pool:
            answers = self.room.progress(pool.map(self._note, unknown), len(unknown), "asking")
            notes = dict(zip(unknown, answers, strict=True))
        self.tags |= {path: (listing[path], self._noted(listing[path], its or "")) for path, its in notes.items()}
        if unknown:
            self._remember_tags()
        return {**listing, **{path: self.tags[path][1] for path in unclear}}

    def _noted(self, tag: str, note: str) -> str:
        """The fingerprint of an object with this tag and note."""
        if not self._is_of_rules(note):
            return _OTHERWISE
        return tag if _MD5.fullmatch(tag) else note.partition(" ")[2]

    def _is_of_rules(self, note: str) -> bool:
        return note.partition(" ")[0] == self.rules

    def _recall_tags(self, listing: Mapping[str, str]) -> None:
        """Recalls what was sent by these rules; of what is no longer there, nothing."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            remembered = json.loads((self.room.memory / _MEMORY).read_text(encoding="utf-8"))
            if remembered["rules"] == self.rules:
                rows = remembered["tags"].items()
                self.tags = {path: (str(tag), str(mark)) for path, (tag, mark) in rows if path in listing}

    def _remember_tags(self) -> None:
        """Remembers them, where they don't speak for themselves."""
        rows = {path: row for path, row in self.tags.items() if not _MD5.fullmatch(row[0])}
        if rows:
            text = json.dumps({"rules": self.rules, "tags": rows})
            (self.room.cache / _MEMORY).write_text(text, encoding="utf-8")

    def _note(self, path: str) -> str | None:
        """The note at an object, "" where it has none; None where there is no such object."""
        import obstore  # noqa: PLC0415

        def ask() -> str | None:
            try:
                found = obstore.get(self.store, path, options={"head": True}).attributes
            except FileNotFoundError:
                return None
            return next((value for name, value in found.items() if name.lower() == _NOTE), "")

        return self._asked(ask, path)

    def _send(self, file: File) -> tuple[str, str, str]:
        """Sends a file; its path, the tag that it got, and its fingerprint."""
        import obstore  # noqa: PLC0415

        body = self._body(file)
        mark = _md5(body)
        headers = headers_of(file.path, self.destination.cache, self._encoding(file))
        attributes = {**headers, _NOTE: f"{self.rules} {mark}"}
        put = partial(obstore.put, self.store, file.path, body, attributes=attributes, use_multipart=False)
        return file.path, _bare(self._asked(put, file.path)["e_tag"]), mark

    def _remove(self, paths: Sequence[str]) -> None:
        import obstore  # noqa: PLC0415

        try:
            obstore.delete(self.store, list(paths))
        except FileNotFoundError:  # somebody else was faster
            for path in paths:
                with suppress(FileNotFoundError):
                    obstore.delete(self.store, path)

    def _encoding(self, file: File) -> str:
        return self.destination.compress if is_compressed(file.path, file.size) else ""

    def _fingerprint(self, file: File) -> str:
        """As most buckets list it."""
        return _md5(self._body(file))

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
            message = f"{what}: {fit_to_show(_first_words(error))}"
            hint = "run it again when that is mended: it goes on where it ended"
            raise DeployError(Problem("", 0, 0, message, "target-failed", hint)) from None


def stages(plan: Plan) -> Iterator[tuple[str, ...]]:
    """The paths to send in the order in which they may go; those of one stage in any order."""
    pages = [path for path in (*plan.new, *plan.changed) if path.endswith(_PAGES)]
    yield tuple(path for path in (*plan.new, *plan.changed) if not path.endswith(_PAGES))
    yield tuple(path for path in pages if path in set(plan.new) and path != _FRONT)
    yield tuple(path for path in pages if path in set(plan.changed) and path != _FRONT)
    yield tuple(path for path in pages if path == _FRONT)


def library() -> "ModuleType":
    """The stores of obstore; raises DeployError where it isn't installed."""
    try:
        from obstore import store  # noqa: PLC0415 - of the extra
    except ImportError:
        hint = 'pip install "broadsheet[s3]"'
        raise DeployError(Problem("", 0, 0, "obstore is not installed", "no-program", hint)) from None
    return store


def place(url: str) -> tuple[str, str | None]:
    """The bucket of a url, and the prefix of its objects."""
    bucket, _, prefix = url.partition("://")[2].partition("/")
    return bucket, prefix or None


def client_options(endpoint: str) -> "ClientConfig":
    """How long to wait; http is for the endpoint that asks for it."""
    return {
        "allow_http": endpoint.startswith("http://"),
        "connect_timeout": timedelta(seconds=10),
        "timeout": timedelta(minutes=5),
    }


def retries() -> "RetryConfig":
    """How often and how long to try again."""
    return {
        "max_retries": 4,
        "retry_timeout": timedelta(seconds=60),
        "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=5), "base": 2},
    }


def no_secret(hint: str) -> DeployError:
    """What to say where the environment has no credentials."""
    return DeployError(Problem("", 0, 0, "no credentials for the bucket", "no-secret", hint))


def _refuse_names(files: Sequence[File]) -> None:
    """Raises DeployError for names that no key can have."""
    faults = [file.path for file in files if _CONTROL.search(file.path)]
    if faults:
        message = "a control character in the name; a bucket can't hold it"
        raise DeployError(*(Problem(repr(path), 0, 0, message, "not-deployable", "rename it") for path in faults))


def _md5(body: bytes) -> str:
    return md5(body, usedforsecurity=False).hexdigest()


def _bare(tag: str | None) -> str:
    """A tag without its quotes."""
    return (tag or "").strip('"')


def _first_words(error: BaseException) -> str:
    """What an error says, without the dump of the request that follows, and without what is in its address."""
    return _QUERY.sub("...", str(error).split("\n", 1)[0])[:500]
