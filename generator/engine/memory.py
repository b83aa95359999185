"""What earlier builds found out, in one SQLite file: verifying traces.

In the words of Mokhov, Mitchell and Peyton Jones, "Build Systems à la Carte" (ICFP 2018): a *verifying
trace* records the digests of all that a task was made from; while they are the same the task is not run
again. Where a task ran and gave the same as before, nothing that depends on it runs: *early cutoff*.
Inputs are checked by size and time first, by digest where those differ, so that `touch` or a checkout
costs a hash and no work. Bodies, the results of tasks on inputs, are kept too, which makes that half a
*constructive* trace.

The memory belongs to one stamp: a digest of the program, its libraries and the configuration. With
another stamp it is emptied, never migrated. What is damaged, or doesn't fit the rest, raises DamagedError: nothing
is made of it, and who asked begins again without the memory. Files are written first and traces last, so a build
that is cut short costs repeated work and never a wrong site.
"""

import marshal
import os
import pickle
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar
from zlib import crc32

from generator.digest import digest
from generator.engine import store
from generator.engine.scan import Found
from generator.engine.store import BODIES, FACTS, Store
from generator.problems import DamagedError

Kept = TypeVar("Kept")
Packed = TypeVar("Packed")

_STAMP: Final = "stamp"
_SHARDS: Final = 64
_FEW_SHARDS: Final = 16  # fewer than this are read and written for less than the time that a whole table takes
_UNREADABLE: Final = (ValueError, EOFError, TypeError, LookupError, AttributeError, ImportError, pickle.UnpicklingError)
_RACY_NS: Final = 2 * 10**9  # a file may change again within one tick of its file system's clock: 2 s on FAT
_TICK_NS: Final = 10**8  # the system's own clock, by which files are changed, ticks at least every 10 ms


class Input(NamedTuple):
    """An input as it was when a task ran on it."""

    sign: int | None  # of all that its folder says of it; None: changed so shortly before that only the digest can tell
    digest: str


# An output and what it was made from: digests of all that it shows (view and texts) and of how (template); then the
# size and the time of the file, so that it is noticed when somebody changed or removed it. No NamedTuple: 13,000 are
# compared at each build.
Trace: TypeAlias = tuple[str, str, str, int, int]


class Codec(NamedTuple):
    """How the rows of a table are written and read: by marshal, for plain values alone, or by pickle."""

    dumps: Callable[[Any], bytes]
    loads: Callable[[bytes], Any]


def _dump_tuples(rows: Mapping[str, tuple[Any, ...]]) -> bytes:
    return marshal.dumps({key: tuple(row) for key, row in rows.items()})


PLAIN: Final = Codec(_dump_tuples, marshal.loads)


class Memory:
    """The traces and bodies of one stamp.

    A process that builds again and again may keep it open between its builds, see `is_still`, and with it
    what it has made of them: that is at hand as long as it would be the same.
    """

    def __init__(self, file: Path, stamp: str) -> None:
        self.file, self.stamp = file, stamp
        self.at_hand: dict[str, tuple[Any, Any]] = {}
        self.versions: dict[str, int] = {}  # how often each table was put
        self.is_looked_at = False  # bodies: once is enough, while nobody else writes
        self.store = Store(file)
        if self.fact(_STAMP) != stamp.encode():
            with self.store.changing():
                self.store.clear()
                self.store.put(FACTS, _STAMP, stamp.encode())
        self.seen = self._signs()

    def forget(self) -> None:
        """Forgets everything."""
        self.at_hand.clear()
        self.store.clear(but=[_STAMP])

    def is_still(self, stamp: str) -> bool:
        """Whether it can go on being used: for this stamp, and in a file that only we have changed."""
        try:
            return self.stamp == stamp and self.seen == self._signs()
        except DamagedError:
            return False

    def _signs(self) -> tuple[int, int]:
        """Which file it is, and SQLite's count of the changes that others made to it."""
        try:
            which = self.file.stat().st_ino
        except OSError:
            which = 0
        return which, self.store.version()

    def keep(self, name: str, key: object, make: Callable[[], Kept]) -> Kept:
        """What was made last under a name, if it was made from the same key; else it is made now."""
        kept = self.at_hand.get(name)
        value: Kept = kept[1] if kept is not None and kept[0] == key else make()
        self.at_hand[name] = (key, value)  # the newest key: what holds the same objects is compared at once
        return value

    def fact(self, name: str) -> bytes | None:
        """A fact, None where there is none of that name."""
        return self.store.value(FACTS, name)

    def value(self, name: str, loads: Callable[[bytes], Kept]) -> Kept | None:
        """What is read from a fact; None where there is none, or an empty one."""
        packed = self.fact(name)
        return self.load(packed, loads) if packed else None

    def load(self, packed: Packed, loads: Callable[[Packed], Kept]) -> Kept:
        """What is made of bytes that were kept."""
        try:
            return loads(packed)
        except _UNREADABLE:
            raise DamagedError(self.file) from None

    def facts(self, beginning: str) -> dict[str, bytes]:
        """All facts whose names are this one, "/" and something."""
        return dict(self.store.values(FACTS, beginning))

    def table(self, name: str, codec: Codec = PLAIN) -> dict[str, Any]:
        """A table, to be changed at will; empty where there is none."""
        return dict(self.keep(f"table {name}", self.versions.get(name, 0), lambda: self._read_table(name, codec)))

    def _read_table(self, name: str, codec: Codec) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for _, shard in self.store.values(FACTS, name):  # one after the other, in the same place
            table |= self.load(shard, codec.loads)
        return table

    def rows(self, name: str, keys: Iterable[str], codec: Codec = PLAIN) -> Mapping[str, Any]:
        """A part of a table in which all rows with these keys are, if there are any: of a few, for less."""
        shards = {_shard(key) for key in keys}
        kept = self.at_hand.get(f"table {name}")
        if (kept is not None and kept[0] == self.versions.get(name, 0)) or len(shards) > _FEW_SHARDS:
            return self.table(name, codec)
        found: dict[str, Any] = {}
        for shard in sorted(shards):
            found |= self._read_shard(f"{name}/{shard:02}", codec)
        return found

    @contextmanager
    def recording(self) -> Iterator[None]:
        """What is put within is recorded as a whole, or not at all where an exception ends it."""
        try:
            with self.store.changing():
                yield
        except BaseException:
            self.at_hand.clear()
            raise

    def put_fact(self, name: str, value: bytes) -> None:
        """Records a fact, in place of an older one."""
        self.store.put(FACTS, name, value)

    def put_table(self, name: str, table: Mapping[str, Any], changed: Iterable[str], codec: Codec = PLAIN) -> None:
        """Records a table in which these keys changed; it is kept in shards, so that a change rewrites little."""
        shards: dict[int, dict[str, Any]] = {}
        for key in changed:
            shards.setdefault(_shard(key), {})[key] = table.get(key)
        if len(shards) > _FEW_SHARDS:
            shards = {shard: {} for shard in shards}
            for key, row in table.items():
                if (shard := _shard(key)) in shards:
                    shards[shard][key] = row
        else:  # cheaper by what is there already
            shards = {shard: self._shard_with(f"{name}/{shard:02}", rows, codec) for shard, rows in shards.items()}
        for shard, rows in shards.items():
            self.put_fact(f"{name}/{shard:02}", codec.dumps({key: rows[key] for key in sorted(rows)}))
        self.versions[name] = self.versions.get(name, 0) + 1
        self.keep(f"table {name}", self.versions[name], lambda: dict(table))

    def _shard_with(self, name: str, rows: Mapping[str, Any], codec: Codec) -> dict[str, Any]:
        """A shard as it is recorded, with other rows; None stands for one that is gone."""
        shard = {**self._read_shard(name, codec), **rows}
        return {key: row for key, row in shard.items() if row is not None}

    def _read_shard(self, name: str, codec: Codec) -> dict[str, Any]:
        return self.value(name, codec.loads) or {}

    def look_at_bodies(self) -> None:
        """Raises DamagedError where one is gone, or isn't the one that was put there last."""
        if not self.is_looked_at:
            self.store.look_at(BODIES)
            self.is_looked_at = True

    def put_body(self, name: str, value: bytes) -> None:
        """Records a body, in place of an older one."""
        self.store.put(BODIES, name, value)

    def drop_body(self, name: str) -> None:
        """Forgets a body."""
        self.store.drop(BODIES, name)

    def close(self) -> None:
        """Lets go of the file."""
        self.store.close()


class Bodies:
    """Reads the bodies of a memory; may be used after a fork, when each process has a connection of its own.

    Nobody can write until it is closed: to let go of the file after each body would cost as much as to read it.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.stores: dict[int, Store] = {}

    def __getitem__(self, name: str) -> bytes:
        """A body that has to be there."""
        found = self._store().value(BODIES, name)
        if found is None:
            raise DamagedError(self.file)
        return found

    def get(self, name: str) -> bytes | None:
        """A body, None where there is none of that name."""
        return self._store().value(BODIES, name)

    def several(self, names: Sequence[str]) -> dict[str, bytes]:
        """Those bodies of these names that there are; half of the time that it takes to ask for one after the other."""
        return self._store().several(BODIES, names)

    def names(self, beginning: str) -> list[str]:
        """The names of all bodies that begin so, in order."""
        asked = "SELECT name FROM bodies WHERE name BETWEEN ? AND ? ORDER BY name"
        return [name for (name,) in self._store().ask(asked, beginning, f"{beginning}\U0010ffff")]

    def _store(self) -> Store:
        opened = self.stores.get(os.getpid())
        if opened is None:
            opened = self.stores[os.getpid()] = Store(self.file, is_known=True)
            opened.ask("BEGIN")
        return opened

    def close(self) -> None:
        """Lets go of the file."""
        for opened in self.stores.values():
            opened.close()
        self.stores.clear()


@contextmanager
def locked(file: Path, seconds: float) -> Iterator[bool]:
    """Holds a lock for one process at a time; yields False where another held it all the time.

    SQLite's own lock: it works on every system and ends with its process, however that ends.
    """
    connection = store.connect(file, seconds)
    try:
        yield _seize(connection, file)
    finally:
        connection.close()


def _seize(connection: sqlite3.Connection, file: Path) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        if store.is_busy(error):
            return False
        failure = store.failure(file, error)
        if not isinstance(failure, DamagedError):
            raise failure from None
        file.write_bytes(b"")  # nothing is kept in it: in place, so that it is the same file to those who wait
        connection.execute("BEGIN EXCLUSIVE")
    return True


def stamp_of(folder: Path, libraries: Iterable[str], settings: str) -> str:
    """The digest of a program's source files, of Python and the installed versions of libraries, and of settings."""
    wanted = tuple(name.lower().replace("-", "_") for name in libraries)
    installed = sorted(
        name
        for place in sys.path
        if Path(place).is_dir()
        for name in os.listdir(place or ".")  # noqa: PTH208 - a path for each of hundreds of names costs more than all else
        if name.endswith(".dist-info") and name.lower().replace("-", "_").startswith(wanted)
    )
    sources = [path.read_bytes() for path in sorted(folder.rglob("*.py"))]
    parts = [sys.version.encode(), "\n".join(installed).encode(), settings.encode(), *sources]
    return digest(b"\0".join(digest(part).encode() for part in parts))


def _shard(key: str) -> int:
    return crc32(key.encode()) % _SHARDS


def is_same(trace: tuple[int | None, str] | None, found: Found) -> bool:
    """Whether an input is as it was by all that its folder says of it: size, times, and which file it is.

    A file that took another one's place has a number of its own, and a time of change that nobody can choose: so
    `cp -p` and a checkout that sets times are noticed, which size and time of the bytes alone don't show.
    """
    return trace is not None and trace[0] == hash(found[1:])


def trace_input(found: Found, content_digest: str) -> Input:
    """The trace of an input that is read now; one that has just changed could change again unnoticed."""
    now = time.time_ns()
    is_fresh = now - found.mtime_ns < _RACY_NS or now - found.ctime_ns < _TICK_NS
    return Input(None if is_fresh else hash(found[1:]), content_digest)  # numbers have the same hash in every process


NEW: Final = ("new",)  # why an output is made that has no trace


def out_of_date(old: Trace, new: Trace) -> tuple[str, ...]:
    """Why an output has to be made again; () where it hasn't. Size and time are those of the file now."""
    reasons = {
        "what it shows changed": old[0] != new[0],
        "a text in it changed": old[1] != new[1],
        "its template changed": old[2] != new[2],
        "its file was changed or removed": old[3:] != new[3:],
    }
    return tuple(reason for reason, holds in reasons.items() if holds)
