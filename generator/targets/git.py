"""A branch of a repository, as the page hosts of GitHub, GitLab and Codeberg serve it.

History is kept, a deploy without changes makes no commit, and when somebody else pushed in between their
commit stays: the deploy is made again on top of it. Files in the branch that no deploy put there stay too, and
files of ours that somebody has changed, unless they are pages of the site: see record.py.
"""

import os
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha1
from itertools import chain, pairwise
from pathlib import Path
from string import Template
from typing import Final, NamedTuple

from generator.destinations import Git
from generator.problems import DeployError, Problem
from generator.targets import Room, record
from generator.targets.files import File
from generator.targets.plan import Plan, check_deletes, make_plan
from generator.targets.programs import Ended, Program, find
from generator.targets.record import RECORD, Pair

_HOSTS: Final = ("CNAME", ".nojekyll")  # settings of the host, whoever put them there
_PLAIN: Final = "100644"  # the mode of all files that a deploy sends
_VARIABLES: Final = Template.pattern.finditer  # of an address
_LOOKED_AT: Final = 20  # commits
_LARGEST_RECORD: Final = 256 * 2**20
_NAMED: Final = 5
_REMOTE, _TIP, _NEXT = "site", "refs/broadsheet/tip", "refs/broadsheet/next"
_ATTEMPTS: Final = 5
_MOVED: Final = re.compile(
    r"non-fast-forward|fetch first|stale info|cannot lock ref|incorrect old value|failed to lock"
)
_OF_OTHER_REPOSITORIES: Final = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"),
    *("GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_QUARANTINE_PATH"),
)


class _Branch(NamedTuple):
    """The branch as it is."""

    commit: str  # "" where there is no such branch yet
    files: Mapping[str, str]  # path -> object, of all files in it
    deployed: frozenset[Pair]  # what deploys put there


class Target:
    """The branch of a destination."""

    def __init__(self, destination: Git, room: Room) -> None:
        self.destination, self.room = destination, room
        self.folder = room.cache / "repository.git"
        self.git = _program(destination, self.folder)
        self.branch = _Branch("", {}, frozenset())
        self.recorded: frozenset[Pair] = frozenset()  # what is in the branch by deploys, after this one

    def lock_file(self) -> None:
        """None: git itself lets two deploys follow each other."""

    def ask(self) -> None:
        """Nothing: the branch is fetched at the last moment."""

    def compare(self, files: Sequence[File]) -> Plan:
        """Fetches the branch and compares."""
        self._open()
        self.branch = self._fetch()
        return self._plan(files)

    def carry_out(self, plan: Plan, files: Sequence[File]) -> None:
        """Commits on top of the branch and pushes; where the branch has moved, on top of that."""
        for _ in range(_ATTEMPTS):
            self._commit(plan, files)
            target = f"{_NEXT}:refs/heads/{self.destination.branch}"
            ended = self._shown("sending", "push", "--porcelain", "--progress", _REMOTE, target)
            if not ended.status:
                return
            if not _MOVED.search(ended.errors + ended.output.decode(errors="replace")):
                raise self.git.failure(ended, "may this account push to the branch?")
            self.branch = self._fetch()
            plan = self._plan(files)
            if plan.is_empty:
                return
            check_deletes(plan, self.destination.max_deletes)
        message = f"the branch {self.destination.branch} moved {_ATTEMPTS} times while this was pushed"
        raise DeployError(Problem("", 0, 0, message, "target-moved", "run it again when it is quiet"))

    def _open(self) -> None:
        """The repository on this side: a cache of what the branch holds."""
        if not (self.folder / "HEAD").exists():
            self.git.must("init", "--quiet", "--bare", str(self.folder))
        for leftover in (
            *self.folder.glob("*.lock"),
            *self.folder.glob("refs/**/*.lock"),
        ):  # of a deploy that was killed
            leftover.unlink()

    def _fetch(self) -> _Branch:
        name = f"refs/heads/{self.destination.branch}"
        if not self.git.must("ls-remote", _REMOTE, name):
            return _Branch("", {}, frozenset())
        what = "--depth=1", _REMOTE, f"+{name}:{_TIP}"
        ended = self._shown("fetching", "fetch", "--progress", "--no-tags", "--no-write-fetch-head", *what)
        if ended.status:
            raise self.git.failure(ended)
        commit = self.git.must("rev-parse", _TIP).decode().strip()
        files = self._files(commit)
        return _Branch(commit, files, self._deployed(commit, files))

    def _shown(self, doing: str, *arguments: str) -> Ended:
        """Runs git with a progress bar of the objects that travel; how it ended."""
        work = self.git.watched(*arguments)
        counts = work.counts()
        first = next(counts, None)
        if first:
            done = (count for count, _ in chain([(0, 0), first], counts))
            steps = (step for before, now in pairwise(done) for step in range(now - before))
            deque(self.room.progress(steps, first[1], doing), maxlen=0)
        return work.ended

    def _content(self, name: str) -> bytes:
        """Of a file in the repository; nothing where it is missing, or too large for a record."""
        size = self.git.run("cat-file", "-s", name)
        if size.status or int(size.output) > _LARGEST_RECORD:
            return b""
        return self.git.run("cat-file", "blob", name).output

    def _deployed(self, tip: str, files: Mapping[str, str]) -> frozenset[Pair]:
        """What deploys put into the branch: as the branch says, else as its history does."""
        if RECORD in files and (found := record.read(self._content(f"{tip}:{RECORD}"))):
            return found
        if (self.folder / "shallow").exists():
            self.git.run("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--unshallow", _REMOTE, tip)
        return self._deployed_before(tip) or self._deployed_first(tip)

    def _deployed_before(self, tip: str) -> frozenset[Pair]:
        """What the last record says that the history of the branch has."""
        for commit in self._commits(tip, "--", RECORD):
            for place in (commit, f"{commit}^"):
                if found := record.read(self._content(f"{place}:{RECORD}")):
                    return found
        return frozenset()

    def _deployed_first(self, tip: str) -> frozenset[Pair]:
        """What the last deploy of the first versions put there, which kept no record."""
        for commit in self._commits(f"--grep=^{record.DEPLOYED}: ", tip):
            message = self.git.run("log", "-1", f"--format={record.TOLD}", commit).output.decode(errors="replace")
            if found := record.of_commit(message, self._files(commit)):
                return found
        return frozenset()

    def _commits(self, *which: str) -> list[str]:
        found = self.git.run("log", f"-{_LOOKED_AT}", "--format=%H", *which)
        return found.output.decode().split()

    def _files(self, commit: str) -> dict[str, str]:
        listed = self.git.must("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
        pairs = (entry.split(b"\t", 1) for entry in listed if entry)
        return {os.fsdecode(path): _mark(*about.decode().split()) for about, path in pairs}

    def _plan(self, files: Sequence[File]) -> Plan:
        files, branch = self._with_switch(files), self.branch
        wanted = {file.path: _object(file.read()) for file in files}
        others = {path: mark for path, mark in branch.files.items() if (path, mark) not in branch.deployed}
        others.pop(RECORD, None)
        edited = self._edited(wanted, others)
        staying = {*others, *_HOSTS, RECORD} - wanted.keys()
        ours = {path: mark for path, mark in branch.files.items() if path not in staying}
        self.recorded = frozenset(
            (path, mark)
            for path, mark in wanted.items()
            if branch.files.get(path) != mark or (path, mark) in branch.deployed or self.room.overwrites
        )
        kept = len(staying.intersection(others) - {*_HOSTS})
        notes = [f"files in the branch that no deploy put there, and that stay: {kept:,}"] if kept else []
        notes += [f"changed in the branch by others, and replaced: {_named(edited)}"] if edited else []
        plan = make_plan(files, wanted, ours)._replace(notes=tuple(notes))
        in_the_way = _above_or_below(others, {*wanted, RECORD}) if self.room.overwrites else ()
        return plan._replace(removed=tuple(sorted({*plan.removed, *in_the_way})))

    def _edited(self, wanted: Mapping[str, str], others: Mapping[str, str]) -> list[str]:
        """The pages that others have changed. Raises DeployError where files of others stand where pages belong."""
        once = {path for path, _ in self.branch.deployed}.union(_HOSTS)
        changed = [path for path, mark in others.items() if path in wanted and wanted[path] != mark]
        if self.room.overwrites:
            return sorted({*changed, *_above_or_below(others, {*wanted, RECORD})})
        foreign = {path for path in changed if path not in once} | _above_or_below(others, {*wanted, RECORD})
        if foreign:
            where = f"in the branch {self.destination.branch} stand files that no deploy put there, where pages belong"
            message = f"{where}: {_named(sorted(foreign))}; nothing was deployed"
            hint = "move them away, or `deploy --overwrite` once: the history of the branch keeps them"
            raise DeployError(Problem("", 0, 0, message, "foreign-files", hint))
        return sorted(changed)

    def _with_switch(self, files: Sequence[File]) -> Sequence[File]:
        """The files and an empty `.nojekyll`: without it GitHub runs Jekyll, which drops names that start with "_"."""
        if ".nojekyll" in self.branch.files or any(file.path == ".nojekyll" for file in files):
            return files
        return sorted([*files, File(".nojekyll", os.devnull, 0)])

    def _commit(self, plan: Plan, files: Sequence[File]) -> None:
        self.git.fed("fast-import", "--quiet", "--force", "--date-format=now", given=self._stream(plan, files))

    def _stream(self, plan: Plan, files: Sequence[File]) -> Iterator[bytes]:
        """The commit in the language of `git fast-import`, which takes any file name."""
        sent = [file for file in self._with_switch(files) if file.path in plan.sent]
        for number, file in enumerate(self.room.progress(sent, len(sent), "packing"), start=1):
            yield b"blob\nmark :%d\n%b" % (number, _data(file.read()))
        yield b"commit %b\ncommitter %b now\n" % (_NEXT.encode(), self._identity())
        removed = f", remove {len(plan.removed):,}" if plan.removed else ""
        yield _data(f"Deploy {len(plan.sent):,} files{removed}\n".encode())
        if self.branch.commit:
            yield b"from %b\n" % self.branch.commit.encode()
        for path in plan.removed:
            yield b"D %b\n" % _quoted(path)
        for number, file in enumerate(sent, start=1):
            yield b"M %b :%d %b\n" % (_PLAIN.encode(), number, _quoted(file.path))
        yield b"M %b inline %b\n%b" % (_PLAIN.encode(), RECORD.encode(), _data(record.written(self.recorded)))
        yield b"\n"

    def _identity(self) -> bytes:
        """Who commits: whom git's configuration names."""
        ended = self.git.run("var", "GIT_COMMITTER_IDENT")
        named = ended.output.rpartition(b">")[0] + b">"
        return named if not ended.status and b"<" in named else b"Broadsheet <broadsheet@localhost>"


def _program(destination: Git, folder: Path) -> Program:
    """Git, told of the repository by its environment, where neither its files nor `ps` show what is in the address."""
    try:
        address = Template(destination.repository).substitute(os.environ)
    except KeyError as missing:
        message = f"the variable {missing.args[0]} of the environment is not set"
        raise DeployError(Problem("", 0, 0, message, "no-secret", "set it, or mend `repository`")) from None
    except ValueError:
        address = destination.repository
    changes = {
        "GIT_DIR": str(folder),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_SSH_COMMAND": os.environ.get("GIT_SSH_COMMAND", "ssh -o BatchMode=yes"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"remote.{_REMOTE}.url",
        "GIT_CONFIG_VALUE_0": address,
    }
    named = {os.environ.get(one["named"] or one["braced"] or "", "") for one in _VARIABLES(destination.repository)}
    user = re.findall(r"(?<=://)[^/@\s]+(?=@)", address)
    secrets = named.union(part for one in user for part in (one, one.partition(":")[2]))
    return find("git", "install git", changes, _OF_OTHER_REPOSITORIES)._replace(secrets=frozenset(secrets - {""}))


def _mark(mode: str, _kind: str, name: str) -> str:
    """What a file is, in a word: its content, unless it is a link, a program or a repository of its own."""
    return name if mode == _PLAIN else f"{mode} {name}"


def _above_or_below(others: Iterable[str], wanted: Collection[str]) -> set[str]:
    """The files of others that stand where a folder belongs, or in a folder that stands where a file belongs."""
    folders = {folder for path in wanted for folder in _folders(path)}
    return {path for path in others if path in folders or not _folders(path).isdisjoint(wanted)}


def _folders(path: str) -> set[str]:
    parts = path.split("/")
    return {"/".join(parts[:length]) for length in range(1, len(parts))}


def _named(paths: Sequence[str]) -> str:
    """Some paths on one line."""
    shown = ", ".join(record.escaped(path).encode("unicode_escape").decode() for path in paths[:_NAMED])
    return f"{shown} and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else shown


def _object(content: bytes) -> str:
    """The name of a file's content in git."""
    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _quoted(path: str) -> bytes:
    """A path in the way of C, for every character that could end it."""
    raw = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'"' + re.sub(rb"[\x00-\x1f\x7f]", lambda c: b"\\%03o" % ord(c[0]), raw) + b'"'
