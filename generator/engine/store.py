"""One SQLite file of names and values that knows whether it is whole.

Each value has a seal, a checksum of its name and its bytes; and the number and the sum of all seals stand beside
them. So a bit that flipped, a row that is gone, an older one or one from another place don't fit, and whoever asks
gets a DamagedError in place of a value. The seals of facts are looked at when the file is opened, those of bodies
before any of them is used, the bytes of a value when it is read.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from generator.problems import ConfigError, DamagedError, Problem

FACTS: Final = "facts"
BODIES: Final = "bodies"

_VERSION: Final = 1  # of the tables
# The index of bodies has all that is looked at of them as a whole: they are large, and most are never read.
_SCHEMA: Final = f"""
    CREATE TABLE facts (name TEXT PRIMARY KEY, seal INTEGER NOT NULL, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE bodies (name TEXT NOT NULL, seal INTEGER NOT NULL, value BLOB NOT NULL);
    CREATE UNIQUE INDEX seals ON bodies (name, seal);
    CREATE TABLE sums (part TEXT PRIMARY KEY, number INTEGER NOT NULL, seals INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO sums VALUES ('facts', 0, 0), ('bodies', 0, 0);
    PRAGMA user_version = {_VERSION};
"""
_SUM: Final = "SELECT count(*), ifnull(sum(seal), 0) FROM "
_BESIDE: Final = ("-journal", "-wal", "-shm")  # what SQLite keeps beside a file, and would take for a part of the next
_NAME: Final = 0xFF  # what of an error's number tells its kind
# What is wrong with the place where the file is, not with the file.
_OF_THE_PLACE: Final = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk doesn't take it",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_CANTOPEN: "a file in it can't be opened",
    sqlite3.SQLITE_PERM: "permission denied",
    sqlite3.SQLITE_AUTH: "permission denied",
    sqlite3.SQLITE_BUSY: "another program holds a file in it",
    sqlite3.SQLITE_LOCKED: "another program holds a file in it",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
    sqlite3.SQLITE_NOLFS: "the file has become too large for the disk",
}


class Store:
    """A file that is open; a new one where there is none, or one of an older form.

    One that `is_known` has been opened before, and is not looked at again.
    """

    def __init__(self, file: Path, *, is_known: bool = False) -> None:
        self.file = file
        self.connection = connect(file)
        self.changed: set[str] = set()  # parts that were changed since their seals were summed up
        # Safe when the process dies; when the power fails, the memory may be lost, which costs one build.
        self.ask("PRAGMA synchronous = OFF")
        if is_known:
            return
        if 0 <= self.ask("PRAGMA user_version")[0][0] < _VERSION:
            self._make_anew()
        else:
            self.look_at(FACTS)

    def look_at(self, part: str) -> None:
        """Raises DamagedError where a row of a part is gone, or isn't the one that was put there last."""
        noted = self.ask("SELECT number, seals FROM sums WHERE part = ?", part)
        if noted != [self._sum_of(part)]:
            raise DamagedError(self.file)

    def _make_anew(self) -> None:
        names = self.ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        with self.changing():
            for (name,) in names:
                self.ask(f'DROP TABLE "{name}"')
            for statement in _SCHEMA.split(";"):
                self.ask(statement)

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows that a statement gives; raises DamagedError, or ConfigError where the disk is at fault."""
        try:
            return self.connection.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise failure(self.file, error) from None

    @contextmanager
    def changing(self) -> Iterator[None]:
        """What is changed within is changed as a whole, or not at all where an exception ends it."""
        if self.connection.in_transaction:
            yield
            return
        self.ask("BEGIN IMMEDIATE")
        try:
            yield
            self._sum_up()
            self.ask("COMMIT")
        except BaseException:
            self.changed.clear()
            with suppress(sqlite3.Error):  # which may have done it already
                self.connection.execute("ROLLBACK")
            raise

    def value(self, part: str, name: str) -> bytes | None:
        """A value, None where there is none of that name."""
        found = self.ask(f"SELECT name, seal, value FROM {part} WHERE name = ?", name)
        return self._sound(found[0])[1] if found else None

    def values(self, part: str, beginning: str) -> Iterator[tuple[str, bytes]]:
        """All values whose names are this one, "/" and something, in the order of their names."""
        asked = (f"{beginning}/", f"{beginning}/~")
        found = self.ask(f"SELECT name, seal, value FROM {part} WHERE name BETWEEN ? AND ?", *asked)
        return map(self._sound, found)

    def several(self, part: str, names: Sequence[str]) -> dict[str, bytes]:
        """Those values of these names that there are; in half the time of asking for one after the other."""
        marks = ",".join("?" * len(names))
        found = self.ask(f"SELECT name, seal, value FROM {part} WHERE name IN ({marks})", *names)
        return dict(map(self._sound, found))

    def _sound(self, row: tuple[Any, ...]) -> tuple[str, bytes]:
        name, seal, value = row
        if type(value) is not bytes or seal_of(name, value) != seal:
            raise DamagedError(self.file)
        return name, value

    def put(self, part: str, name: str, value: bytes) -> None:
        """Keeps a value, in place of an older one."""
        with self.changing():
            self.changed.add(part)
            if part == BODIES:  # whose index would take a second one of the name
                self.ask("DELETE FROM bodies WHERE name = ?", name)
            self.ask(f"REPLACE INTO {part} VALUES (?, ?, ?)", name, seal_of(name, value), value)

    def drop(self, part: str, name: str) -> None:
        """Forgets a value."""
        with self.changing():
            self.changed.add(part)
            self.ask(f"DELETE FROM {part} WHERE name = ?", name)

    def clear(self, but: Iterable[str] = ()) -> None:
        """Forgets everything but some facts."""
        kept = {name: value for name in but if (value := self.value(FACTS, name)) is not None}
        with self.changing():
            self.changed |= {FACTS, BODIES}
            self.ask("DELETE FROM facts")
            self.ask("DELETE FROM bodies")
            for name, value in kept.items():
                self.put(FACTS, name, value)

    def version(self) -> int:
        """SQLite's count of the changes that others made to the file."""
        number: int = self.ask("PRAGMA data_version")[0][0]
        return number

    def _sum_up(self) -> None:
        for part in self.changed:
            self.ask("UPDATE sums SET number = ?, seals = ? WHERE part = ?", *self._sum_of(part), part)
        self.changed.clear()

    def _sum_of(self, part: str) -> tuple[Any, ...]:
        return self.ask(_SUM + part)[0]

    def close(self) -> None:
        """Lets go of the file."""
        self.connection.close()


def seal_of(name: str, value: bytes) -> int:
    """The checksum of a value and its name."""
    return crc32(value, crc32(name.encode()))


def connect(file: Path, timeout_s: float = 5.0) -> sqlite3.Connection:
    """A connection to a file in a folder that is made if need be; raises ConfigError where that can't be done."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return sqlite3.connect(file, timeout=timeout_s, isolation_level=None)
    except sqlite3.DatabaseError as error:
        raise failure(file, error) from None
    except OSError as error:
        raise unusable(file, str(error.strerror)) from None


def remove(file: Path) -> None:
    """Removes a file and what SQLite keeps beside it; raises ConfigError where that can't be done."""
    try:
        for ending in (*_BESIDE, ""):  # a file alone is whole or found damaged once more
            file.with_name(file.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise unusable(file, str(error.strerror)) from None


def unusable(file: Path, why: str) -> ConfigError:
    """What says that nothing can be kept in a folder."""
    message = f"nothing can be kept in {file.parent}: {why}"
    hint = "mind free space and permissions there, and run it again"
    return ConfigError(Problem("", 0, 0, message, "not-kept", hint))


def failure(file: Path, error: sqlite3.Error) -> ConfigError:
    """What is wrong: the file, or the place where it is."""
    if isinstance(error, sqlite3.ProgrammingError):
        raise error  # a defect of ours
    why = _OF_THE_PLACE.get(_kind(error))
    return unusable(file, why) if why else DamagedError(file)


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another process holds the file."""
    return _kind(error) == sqlite3.SQLITE_BUSY


def _kind(error: sqlite3.Error) -> int:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return sqlite3.SQLITE_CORRUPT if code == sqlite3.SQLITE_IOERR_SHORT_READ else code & _NAME
