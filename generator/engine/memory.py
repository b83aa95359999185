"""What earlier builds found out, in one SQLite file: verifying traces.

In the words of Mokhov, Mitchell and Peyton Jones, "Build Systems à la Carte" (ICFP 2018): a *verifying
trace* records the digests of all that a task was made from; while they are the same the task is not run
again. Where a task ran and gave the same as before, nothing that depends on it runs: *early cutoff*.
Inputs are checked by size and time first, by digest where those differ, so that `touch` or a checkout
costs a hash and no work. Bodies, the results of tasks on inputs, are kept too, which makes that half a
*constructive* trace.

The memory belongs to one stamp: a digest of the program, its libraries and the configuration. With
another stamp, or when it is damaged, it is emptied, never migrated. Files are written first and traces
last, so a build that is cut short costs repeated work and never a wrong site.
"""

import marshal
import os
import pickle
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar
from zlib import crc32

from generator.digest import digest

Kept = TypeVar("Kept")

_SCHEMA: Final = """
    CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS bodies (name TEXT PRIMARY KEY, value BLOB NOT NULL);
"""
_STAMP: Final = "stamp"
_SHARDS: Final = 64
_FEW_SHARDS: Final = 16  # fewer than this are read and written for less than the time that a whole table takes
_UNREADABLE: Final = (ValueError, EOFError, TypeError, pickle.UnpicklingError)
_RACY_NS: Final = 2 * 10**9  # a file may change again within one tick of its file system's clock: 2 s on FAT


class Input(NamedTuple):
    """An input as it was when a task ran on it."""

    size: int
    mtime_ns: int  # 0: changed so shortly before that only the digest can tell
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
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.connection = self._open(stamp)
        except sqlite3.DatabaseError:  # damaged: it counts as empty
            file.unlink()
            self.connection = self._open(stamp)
        self.seen = self._signs()

    def _open(self, stamp: str) -> sqlite3.Connection:
        connection = sqlite3.connect(self.file, isolation_level=None)
        # Safe when the process dies; when the power fails, the memory may be lost, which costs one build.
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        found = connection.execute("SELECT value FROM facts WHERE name = ?", (_STAMP,)).fetchone()
        if found is None or found[0] != stamp.encode():
            with _transaction(connection):
                connection.execute("DELETE FROM facts")
                connection.execute("DELETE FROM bodies")
                connection.execute("INSERT INTO facts VALUES (?, ?)", (_STAMP, stamp.encode()))
        return connection

    def forget(self) -> None:
        """Forgets everything."""
        self.at_hand.clear()
        with _transaction(self.connection):
            self.connection.execute("DELETE FROM facts WHERE name != ?", (_STAMP,))
            self.connection.execute("DELETE FROM bodies")

    def is_still(self, stamp: str) -> bool:
        """Whether it can go on being used: for this stamp, and in a file that only we have changed."""
        return self.stamp == stamp and self.seen == self._signs()

    def _signs(self) -> tuple[int, int]:
        """Which file it is, and SQLite's count of the changes that others made to it."""
        try:
            which = self.file.stat().st_ino
        except OSError:
            which = 0
        return which, self.connection.execute("PRAGMA data_version").fetchone()[0]

    def keep(self, name: str, key: object, make: Callable[[], Kept]) -> Kept:
        """What was made last under a name, if it was made from the same key; else it is made now."""
        kept = self.at_hand.get(name)
        value: Kept = kept[1] if kept is not None and kept[0] == key else make()
        self.at_hand[name] = (key, value)  # the newest key: what holds the same objects is compared at once
        return value

    def fact(self, name: str) -> bytes | None:
        """A fact, None where there is none of that name."""
        found = self.connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def facts(self, beginning: str) -> dict[str, bytes]:
        """All facts whose names are this one, "/" and something."""
        return dict(self._facts(beginning))

    def _facts(self, beginning: str) -> Iterator[tuple[str, bytes]]:
        return self.connection.execute(
            "SELECT name, value FROM facts WHERE name BETWEEN ? AND ?", (f"{beginning}/", f"{beginning}/~")
        )

    def table(self, name: str, codec: Codec = PLAIN) -> dict[str, Any]:
        """A table, to be changed at will; empty where there is none, or none that can be read."""
        return dict(self.keep(f"table {name}", self.versions.get(name, 0), lambda: self._read_table(name, codec)))

    def _read_table(self, name: str, codec: Codec) -> dict[str, Any]:
        table: dict[str, Any] = {}
        with suppress(*_UNREADABLE):
            for _, shard in self._facts(name):  # one after the other, in the same place
                table |= codec.loads(shard)
            return table
        return {}

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
            with _transaction(self.connection):
                yield
        except BaseException:
            self.at_hand.clear()
            raise

    def put_fact(self, name: str, value: bytes) -> None:
        """Records a fact, in place of an older one."""
        self.connection.execute("REPLACE INTO facts VALUES (?, ?)", (name, value))

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
        recorded = self.fact(name)
        with suppress(*_UNREADABLE):
            shard: dict[str, Any] = codec.loads(recorded) if recorded else {}
            return shard
        return {}

    def put_body(self, name: str, value: bytes) -> None:
        """Records a body, in place of an older one."""
        self.connection.execute("REPLACE INTO bodies VALUES (?, ?)", (name, value))

    def drop_body(self, name: str) -> None:
        """Forgets a body."""
        self.connection.execute("DELETE FROM bodies WHERE name = ?", (name,))

    def close(self) -> None:
        """Lets go of the file."""
        self.connection.close()


class Bodies:
    """Reads the bodies of a memory; may be used after a fork, when each process has a connection of its own.

    Nobody can write until it is closed: to let go of the file after each body would cost as much as to read it.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.connections: dict[int, sqlite3.Connection] = {}

    def __getitem__(self, name: str) -> bytes:
        """A body; raises KeyError."""
        found = self._connection().execute("SELECT value FROM bodies WHERE name = ?", (name,)).fetchone()
        if found is None:
            raise KeyError(name)
        body: bytes = found[0]
        return body

    def several(self, names: Sequence[str]) -> dict[str, bytes]:
        """Those bodies of these names that there are; half of the time that it takes to ask for one after the other."""
        marks = ",".join("?" * len(names))
        return dict(self._connection().execute(f"SELECT name, value FROM bodies WHERE name IN ({marks})", names))  # noqa: S608

    def names(self, beginning: str) -> list[str]:
        """The names of all bodies that begin so, in order."""
        rows = self._connection().execute(
            "SELECT name FROM bodies WHERE name BETWEEN ? AND ? ORDER BY name", (beginning, f"{beginning}\U0010ffff")
        )
        return [name for (name,) in rows]

    def _connection(self) -> sqlite3.Connection:
        connection = self.connections.get(os.getpid())
        if connection is None:
            connection = self.connections[os.getpid()] = sqlite3.connect(self.file, isolation_level=None)
            connection.execute("BEGIN")
        return connection

    def close(self) -> None:
        """Lets go of the file."""
        for connection in self.connections.values():
            connection.close()
        self.connections.clear()


@contextmanager
def locked(file: Path, seconds: float) -> Iterator[bool]:
    """Holds a lock for one process at a time; yields False where another held it all the time.

    SQLite's own lock: it works on every system and ends with its process, however that ends.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=seconds, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        yield False
    else:
        yield True
    finally:
        connection.close()


def stamp_of(folder: Path, libraries: Iterable[str], settings: str) -> str:
    """The digest of a program's source files, of Python and the installed versions of libraries, and of settings."""
    wanted = tuple(name.lower().replace("-", "_") for name in libraries)
    installed = sorted(
        name
        for place in sys.path
        if Path(place).is_dir()
        for name in os.listdir(place)  # noqa: PTH208 - a path for each of hundreds of names costs more than all else
        if name.endswith(".dist-info") and name.lower().replace("-", "_").startswith(wanted)
    )
    sources = [path.read_bytes() for path in sorted(folder.rglob("*.py"))]
    parts = [sys.version.encode(), "\n".join(installed).encode(), settings.encode(), *sources]
    return digest(b"\0".join(digest(part).encode() for part in parts))


def _shard(key: str) -> int:
    return crc32(key.encode()) % _SHARDS


def is_same(trace: tuple[int, int, str] | None, size: int, mtime_ns: int) -> bool:
    """Whether size and time alone say that an input is as it was."""
    return trace is not None and trace[0] == size and trace[1] == mtime_ns


def trace_input(size: int, mtime_ns: int, content_digest: str) -> Input:
    """The trace of an input that is read now; one that has just changed could change again unnoticed."""
    return Input(size, 0 if time.time_ns() - mtime_ns < _RACY_NS else mtime_ns, content_digest)


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


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
