"""A damaged cache, a full disk or a killed build costs work, and never a page."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from generator import cli
from generator.engine.memory import Bodies, Memory, locked
from generator.engine.store import BODIES, FACTS, Store
from generator.problems import ConfigError, DamagedError
from tests.attacks import Attack
from tests.benchmarks.corpus import articles
from tests.conftest import CONFIGURATION, NOW, ROOT, SiteFolder
from tests.disks import remount, small_disk
from tests.stops import environment

MakeSite = Callable[..., SiteFolder]
Damage = Callable[[Path, random.Random], None]
PLAIN = CONFIGURATION + "[pages]\nstories = false\neditions = false\n"  # without addresses that are given for good


def fill(site: SiteFolder, count: int) -> list[Path]:
    return [site.write(f"content/{draft.name}.md", draft.text) for draft in articles(count)]


def quietly(site: SiteFolder) -> int:
    """Builds in this process, which takes a third of the time."""
    return cli.run(["-C", str(site.root), "build", "--quiet", "--now", NOW, "-j", "1"])


def fresh_outputs(site: SiteFolder) -> dict[str, bytes]:
    """What a build gives that knows nothing of earlier ones."""
    fresh = SiteFolder(site.root.parent / "fresh")
    shutil.rmtree(fresh.root, ignore_errors=True)
    shutil.copytree(site.root, fresh.root, ignore=shutil.ignore_patterns("output", ".cache"))
    assert quietly(fresh) == 0
    return fresh.outputs()


def cache_of(site: SiteFolder) -> Path:
    (file,) = (site.root / ".cache").glob("*.sqlite")
    return file


def edit(path: Path, number: int) -> None:
    path.write_text(f"{path.read_text().rstrip()} It was edited, number {number}.\n")


# Damage to the file


def flip_bytes(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice([1, 8, 64])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def zero_a_page(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    page = chance.randrange(len(data) // 4096) * 4096
    data[page : page + 4096] = bytes(4096)
    file.write_bytes(data)


def truncate(file: Path, chance: random.Random) -> None:
    os.truncate(file, chance.randrange(1, file.stat().st_size))


def no_database(file: Path, chance: random.Random) -> None:
    file.write_bytes(chance.choice([b"no database", b"SQLite format 3\0" + b"\xff" * 5000, bytes(9000)]))


def stray_journal(file: Path, chance: random.Random) -> None:
    file.with_name(f"{file.name}-journal").write_bytes(chance.randbytes(5000))
    flip_bytes(file, chance)


# Damage to the rows


def rows_of(file: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        names = {table: connection.execute(f"SELECT name FROM {table}").fetchall() for table in ("facts", "bodies")}
    return [(table, name) for table, rows in names.items() for (name,) in rows]


def execute(file: Path, *statements: tuple[str, Sequence[object]]) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement, values in statements:
            connection.execute(statement, values)


def change_a_value(file: Path, chance: random.Random) -> None:
    table, name = chance.choice(rows_of(file))
    value = chance.choice([b"", b"{", b"\x80\x05.", chance.randbytes(40)])
    execute(file, (f"UPDATE {table} SET value = ? WHERE name = ?", (value, name)))


def change_a_type(file: Path, chance: random.Random) -> None:
    table, name = chance.choice(rows_of(file))
    execute(file, (f"UPDATE {table} SET value = ? WHERE name = ?", (chance.choice(["text", 7, 1.5]), name)))


def change_a_seal(file: Path, chance: random.Random) -> None:
    table, name = chance.choice(rows_of(file))
    execute(file, (f"UPDATE {table} SET seal = ? WHERE name = ?", (chance.choice(["text", 7]), name)))


def delete_rows(file: Path, chance: random.Random) -> None:
    for table, name in chance.sample(rows_of(file), chance.choice([1, 3, 20])):
        execute(file, (f"DELETE FROM {table} WHERE name = ?", (name,)))


def delete_a_kind(file: Path, chance: random.Random) -> None:
    kind = chance.choice(["inputs/", "readings/", "outputs", "kinship", "uses", "last", "mark ", "content/"])
    for table in ("facts", "bodies"):
        execute(file, (f"DELETE FROM {table} WHERE name LIKE ?", (f"{kind}%",)))


def swap_values(file: Path, chance: random.Random) -> None:
    table = chance.choice(["facts", "bodies"])
    one, other = chance.sample([name for of, name in rows_of(file) if of == table], 2)
    statement = f"UPDATE {table} SET name = ? WHERE name = ?"
    execute(file, *((statement, pair) for pair in (("x", one), (one, other), (other, "x"))))


def drop_a_table(file: Path, chance: random.Random) -> None:
    execute(file, (f"DROP TABLE {chance.choice(['facts', 'bodies', 'sums'])}", ()))


def other_columns(file: Path, chance: random.Random) -> None:
    table = chance.choice(["facts", "bodies"])
    execute(file, (f"ALTER TABLE {table} RENAME COLUMN value TO worth", ()))


def garbage_with_a_seal(file: Path, chance: random.Random) -> None:
    kinds = ("inputs", "readings", "outputs", "kinship", "uses", "last", "outline", "notices", "templates")
    names = [name for table, name in rows_of(file) if table == "facts" and name.startswith(kinds)]
    store = Store(file)
    store.put(FACTS, chance.choice(names), chance.choice([b"{", b"\x80\x05."]))
    store.close()


def lose_a_reading(file: Path, chance: random.Random) -> None:
    """`inputs` says that files are known, `readings` lacks them."""
    store = Store(file)
    for (name,) in store.ask("SELECT name FROM facts WHERE name LIKE 'readings/%'")[: chance.choice([1, 100])]:
        with store.changing():
            store.changed.add(FACTS)
            store.ask("DELETE FROM facts WHERE name = ?", name)
    store.close()


DAMAGES: list[Damage] = [
    *(flip_bytes, zero_a_page, truncate, no_database, stray_journal, change_a_value, change_a_type, change_a_seal),
    *(delete_rows, delete_a_kind, swap_values, drop_a_table, other_columns, garbage_with_a_seal, lose_a_reading),
]


def older_rows(older: Path) -> Damage:
    def damage(file: Path, chance: random.Random) -> None:
        """Some rows, or pages of the file, are what they were before: as after a power failure."""
        if chance.random() < 0.5:
            data, old = bytearray(file.read_bytes()), older.read_bytes()
            for page in range(4096, min(len(data), len(old)), 4096):
                if chance.random() < 0.3:
                    data[page : page + 4096] = old[page : page + 4096]
            file.write_bytes(data)
            return
        with closing(sqlite3.connect(older)) as connection:
            for table in ("facts", "bodies"):
                rows = connection.execute(f"SELECT name, seal, value FROM {table}").fetchall()
                for name, seal, value in chance.sample(rows, len(rows) // 3):
                    statement = f"UPDATE {table} SET seal = ?, value = ? WHERE name = ?"
                    execute(file, (statement, (seal, value, name)))

    return damage


def from_elsewhere(other: Path) -> Damage:
    def damage(file: Path, _: random.Random) -> None:
        shutil.copy(other, file)

    return damage


@pytest.mark.timeout(3600)
def test_attack_damaged_caches_cost_no_page(
    make_site: MakeSite, attack: Attack, capfd: pytest.CaptureFixture[str]
) -> None:
    site, elsewhere = make_site(), make_site(name="elsewhere")
    paths = fill(site, 30)
    for path in fill(elsewhere, 45):
        edit(path, 0)
    assert quietly(site) == quietly(elsewhere) == 0
    older = site.root.parent / "older.sqlite"
    shutil.copy(cache_of(site), older)
    damages = [*DAMAGES, older_rows(older), from_elsewhere(cache_of(elsewhere))]
    chance = random.Random(7)
    losses = []
    tries = attack.tries(len(damages), 60)
    for number in range(tries):
        damage = damages[number % len(damages)]
        edit(chance.choice(paths), number)
        assert quietly(site) == 0
        damage(cache_of(site), chance)
        what = f"{getattr(damage, '__name__', '')} {number}"
        if number % 3:
            edit(chance.choice(paths), number)
        elif len(paths) > 15:
            paths.pop().unlink()
        done = site.build(status=None)
        if done.status or done.stderr.count("made anew") > 1:
            losses.append(f"{what}: exit status {done.status}, {done.stderr[:200]}")
        fresh = fresh_outputs(site)
        if site.outputs() != fresh:
            differ = [path for path in fresh.keys() | site.outputs() if fresh.get(path) != site.outputs().get(path)]
            losses.append(f"{what}: {len(differ)} files differ, {sorted(differ)[:2]}")
    capfd.readouterr()
    attack.ended("a damaged cache, then an edit and a build", tries, losses)


def test_what_is_known_and_lost_in_the_cache_removes_no_page(site: SiteFolder) -> None:
    for name in ("a", "b", "c"):
        site.article(name)
    site.build()
    before = site.outputs()
    execute(cache_of(site), ("DELETE FROM facts WHERE name LIKE 'readings/%'", ()))
    site.article("d", title="")
    done = site.build()
    assert "was damaged; it is made anew" in done.stderr
    assert " removed" not in done.stdout
    assert before.keys() < site.outputs().keys()
    assert "made anew" not in site.build().stderr


@pytest.mark.parametrize("command", [["list", "articles"], ["check"], ["list", "stories", "--explain"]])
def test_every_command_goes_on_without_a_damaged_cache(coast: SiteFolder, command: list[str]) -> None:
    coast.build()
    said = coast.run(*command, "--now", NOW).stdout if command[0] == "list" else coast.run(*command).stdout
    for file in (coast.root / ".cache").glob("*.sqlite"):
        with file.open("r+b") as opened:
            opened.seek(100)
            opened.write(b"\xff" * 4000)
    arguments = [*command, "--now", NOW] if command[0] == "list" else command
    done = coast.run(*arguments)
    assert done.stdout == said
    assert done.stderr.count("made anew") == 1


BODY: tuple[str] = ("content/a.md",)


def lose_a_page(site: SiteFolder) -> None:
    """So that the next build makes it again, from what is remembered of the article."""
    (site.output / "2024/01/03/a/index.html").unlink()


def test_a_body_that_was_changed_is_not_published(site: SiteFolder) -> None:
    site.article("a", "One sentence of news.")
    site.build()
    with closing(sqlite3.connect(cache_of(site))) as connection:
        (value,) = connection.execute("SELECT value FROM bodies WHERE name = ?", BODY).fetchone()
    assert b"One sentence" in value
    spoilt = value.replace(b"One sentence", b"Two sentence")
    execute(cache_of(site), ("UPDATE bodies SET value = ? WHERE name = ?", (spoilt, *BODY)))
    lose_a_page(site)
    assert site.build().stderr.count("made anew") == 1
    assert "One sentence" in site.page("/2024/01/03/a/")


def test_an_older_body_is_not_published(site: SiteFolder) -> None:
    site.article("a", "The first version.")
    site.build()
    with closing(sqlite3.connect(cache_of(site))) as connection:
        older = connection.execute("SELECT seal, value FROM bodies WHERE name = ?", BODY).fetchone()
    site.article("a", "The second version.")
    site.build()
    execute(cache_of(site), ("UPDATE bodies SET seal = ?, value = ? WHERE name = ?", (*older, *BODY)))
    lose_a_page(site)
    assert site.build().stderr.count("made anew") == 1
    assert "The second version" in site.page("/2024/01/03/a/")


@pytest.mark.parametrize("part", [FACTS, BODIES])
def test_a_store_knows_values_that_were_swapped(tmp_path: Path, part: str) -> None:
    file = tmp_path / "a.sqlite"
    store = Store(file)
    with store.changing():
        for name in ("a", "b"):
            store.put(part, name, name.encode())
    store.close()
    statement = f"UPDATE {part} SET name = ? WHERE name = ?"
    execute(file, *((statement, pair) for pair in (("x", "a"), ("a", "b"), ("b", "x"))))
    store = Store(file)
    for ask in (lambda: store.value(part, "a"), lambda: store.several(part, ["a", "b"])):
        with pytest.raises(DamagedError):
            ask()
    store.close()


def test_a_store_knows_what_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    store = Store(file)
    with store.changing():
        for part in (FACTS, BODIES):
            for name in ("a", "b"):
                store.put(part, name, name.encode())
    store.close()
    execute(file, ("DELETE FROM bodies WHERE name = 'a'", ()))
    store = Store(file)
    with pytest.raises(DamagedError):
        store.look_at(BODIES)
    store.close()
    execute(file, ("DELETE FROM facts WHERE name = 'a'", ()))
    with pytest.raises(DamagedError):
        Store(file)


def test_a_body_has_to_be_there(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "a.sqlite", "stamp")
    bodies = Bodies(memory.file)
    assert bodies.get("none") is None
    with pytest.raises(DamagedError):
        bodies["none"]
    bodies.close()
    memory.close()


# Edits that hide


@pytest.mark.parametrize("in_place", [True, False])
def test_an_edit_that_keeps_size_and_time_is_seen(site: SiteFolder, in_place: bool) -> None:
    article, picture = site.article("a", "Words were old."), site.write("static/a.txt", "old")
    for path in (article, picture):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    time.sleep(0.2)
    site.build()
    assert "0 read · 0 pages written" in site.build().stdout
    for path in (article, picture):
        data = path.read_bytes().replace(b"old", b"new")
        target = path if in_place else path.with_name("other.tmp")
        target.write_bytes(data)
        os.utime(target, (1_700_000_000, 1_700_000_000))
        target.replace(path)
    site.build()
    assert "Words were new." in site.page("/2024/01/03/a/")
    assert site.page("/a.txt") == "new"


def test_a_checkout_is_looked_at_and_not_read_again(site: SiteFolder) -> None:
    path = site.article("a")
    site.build()
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)
    assert "0 read · 0 pages written" in site.build().stdout


# Disks


def test_a_lock_that_is_no_database_is_no_other_build(tmp_path: Path) -> None:
    (tmp_path / "lock").write_bytes(b"junk" * 2000)
    with locked(tmp_path / "lock", 0) as free, locked(tmp_path / "lock", 0) as second:
        assert (free, second) == (True, False)


def test_a_cache_that_is_a_file_is_told_in_a_line(site: SiteFolder) -> None:
    site.article("a")
    site.write(".cache", "a file")
    done = site.build(status=2)
    assert f"nothing can be kept in {site.root / '.cache'}" in done.stderr
    assert "another build" not in done.stderr


@pytest.mark.parametrize("place", [".cache", "output", "."])
def test_a_read_only_folder_is_told_in_a_line(site: SiteFolder, place: str) -> None:
    folder = site.root.parent / "disk" if place == "." else site.root / place
    with small_disk(folder, 8_000):
        if place == ".":
            shutil.copytree(site.root, folder / "site")
            site = SiteFolder(folder / "site")
        site.article("a")
        site.build()
        path = site.article("a", "Edited.") if place != "." else None
        remount(folder, "ro")
        elsewhere = ("-o", str(site.root.parent.parent / "elsewhere")) if path is None else ()
        done = site.build(*elsewhere, status=1 if place == "output" else 2)
        assert folder.name in done.stderr
        assert len(done.stderr.splitlines()) == 2
        assert "another build" not in done.stderr
        remount(folder, "rw")
        site.build()
        assert site.outputs() == fresh_outputs(site)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("place", ["output", ".cache", "."])
def test_attack_full_disks_cost_no_page(
    make_site: MakeSite, attack: Attack, place: str, capfd: pytest.CaptureFixture[str]
) -> None:
    template = make_site(name="template")
    paths = [path.relative_to(template.root) for path in fill(template, 25)]
    losses = []
    tries = attack.tries(3, 20)
    for number in range(tries):
        folder = template.root.parent / f"disk-{number}"
        site = SiteFolder(folder / "site" if place == "." else folder)
        with small_disk(folder if place == "." else folder / place, 20_000):
            shutil.copytree(template.root, site.root, dirs_exist_ok=True)
            if number % 2:
                assert quietly(site) == 0
                for path in paths[::2]:
                    edit(site.root / path, number)
            disk = folder if place == "." else site.root / place
            used = (shutil.disk_usage(disk).used + 1023) // 1024
            room = number * 1_200 // tries if number % 2 else number * 3_000 // tries
            remount(disk, f"size={used + 4 + room}k")
            done = site.build(status=None)
            if done.status not in {0, 1, 2} or "another build" in done.stderr:
                losses.append(f"{place} {room} KiB: exit status {done.status}, {done.stderr[:300]}")
            elif done.status and (len(done.stderr.splitlines()) > 8 or str(disk.name) not in done.stderr):
                losses.append(f"{place} {room} KiB: {done.stderr[:600]}")
            remount(disk, "size=20000k")
            site.build()
            if site.outputs() != fresh_outputs(site):
                losses.append(f"{place} {room} KiB: the next build isn't right")
        shutil.rmtree(folder)
    capfd.readouterr()
    attack.ended(f"a full disk ({'the site' if place == '.' else place})", tries, losses)


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from generator import cli
sys.exit(cli.run(sys.argv[2:]))
"""


def build_limited(site: SiteFolder, limit: int) -> subprocess.CompletedProcess[str]:
    """Builds where no file may have more bytes."""
    command = [sys.executable, "-c", LIMITED, str(limit), "-C", str(site.root), "build", "--now", NOW]
    return subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.timeout(3600)
@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits for files")
def test_attack_files_that_cannot_grow_cost_no_page(
    make_site: MakeSite, attack: Attack, capfd: pytest.CaptureFixture[str]
) -> None:
    site = make_site()
    paths = fill(site, 25)
    chance = random.Random(3)
    losses = []
    tries = attack.tries(4, 40)
    for number in range(tries):
        limit = int(2 ** chance.uniform(9, 20))
        if number % 2:
            shutil.rmtree(site.output, ignore_errors=True)
            shutil.rmtree(site.root / ".cache", ignore_errors=True)
        for path in chance.sample(paths, 8):
            edit(path, number)
        done = build_limited(site, limit)
        if done.returncode not in {0, 1, 2} or "Traceback" in done.stderr or "another build" in done.stderr:
            losses.append(f"{limit} bytes: exit status {done.returncode}, {done.stderr[-600:]}")
        if site.build(status=None).status or site.outputs() != fresh_outputs(site):
            losses.append(f"{limit} bytes: the next build isn't right")
    capfd.readouterr()
    attack.ended("files that can't grow past a limit", tries, losses)


def test_a_store_that_cannot_be_opened_names_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").mkdir()
    with pytest.raises(ConfigError, match=r"nothing can be kept in"):
        Store(tmp_path / "a.sqlite")


# Kills


def start_build(site: SiteFolder) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "generator", "-C", str(site.root), "build", "--now", NOW]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def kill_a_build(site: SiteFolder, after_s: float) -> None:
    process = start_build(site)
    time.sleep(after_s)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def found(site: SiteFolder) -> dict[str, bytes]:
    """What stands in the output folder, but for what a killed build leaves there for a while."""
    if not site.output.exists():
        return {}
    return {path: data for path, data in site.outputs().items() if not path.startswith(".broadsheet")}


@pytest.mark.timeout(7200)
@pytest.mark.skipif(sys.platform == "win32", reason="a group of processes can't be killed there")
def test_attack_killed_builds_leave_whole_files_and_no_wrong_site(
    make_site: MakeSite, attack: Attack, capfd: pytest.CaptureFixture[str]
) -> None:
    site = make_site(PLAIN)
    paths = fill(site, 130)
    old = [(path, path.read_text()) for path in paths]
    new = [(path, text.replace('title: "', 'title: "New ')) for path, text in old]
    outputs = []
    for state in (old, new):
        for path, text in state:
            path.write_text(text)
        outputs.append(fresh_outputs(site))
    started = time.monotonic()
    assert start_build(site).wait(timeout=240) == 0
    whole = time.monotonic() - started
    chance = random.Random(1)
    losses = []
    tries = attack.tries(4, 200)
    for number in range(tries):
        if number % 4 == 3:
            shutil.rmtree(chance.choice([site.output, site.root / ".cache"]))
        wanted = outputs[number % 2]
        for path, text in (old, new)[number % 2]:
            path.write_text(text)
        kill_a_build(site, chance.uniform(0, whole))
        torn = [path for path, data in found(site).items() if data not in [known.get(path) for known in outputs]]
        losses += [f"kill {number}: {path} is neither the old file nor the new one" for path in torn]
        done = site.build(status=None)
        if done.status or site.outputs() != wanted:
            losses.append(f"kill {number}: the next build isn't right: {done.stderr[:300]}")
    capfd.readouterr()
    attack.ended("a build killed at any moment", tries, losses)
