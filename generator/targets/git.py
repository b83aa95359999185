"""A branch of a repository, as the page hosts of GitHub, GitLab and Codeberg serve it.

History is kept, a deploy without changes makes no commit, and when somebody else pushed in between their
commit stays: the deploy is made again on top of it. Files in the branch that no deploy put there stay too;
each commit of ours lists them, so that the next deploy, from any machine, knows.
"""

import json
import os
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha1
from itertools import chain, pairwise
from pathlib import Path
from string import Template
from typing import Final, NamedTuple

from generator.destinations import Git
from generator.problems import DeployError, Problem
from generator.targets import Room
from generator.targets.files import File
from generator.targets.plan import Plan, check_deletes, make_plan
from generator.targets.programs import Ended, Program, find

_HOSTS: Final = ("CNAME", ".nojekyll")  # settings of the host, whoever put them there
_DEPLOYED: Final = "Broadsheet-Deploy"  # the first word of a line in every commit of ours
_KEEPS: Final = "Broadsheet-Keeps"
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
    foreign: frozenset[str]  # those that no deploy put there


class Target:
    """The branch of a destination."""

    def __init__(self, destination: Git, room: Room) -> None:
        self.destination, self.room = destination, room
        self.folder = room.cache / "repository.git"
        self.git = _program(destination, self.folder)
        self.branch = _Branch("", {}, frozenset())

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
        return _Branch(commit, files, frozenset(files.keys() - self._deployed(commit)))

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

    def _deployed(self, tip: str) -> set[str]:
        """The paths that the last deploy put into the branch."""
        ours = self._last_deploy(tip)
        if not ours and (self.folder / "shallow").exists():
            self.git.must("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--unshallow", _REMOTE, tip)
            ours = self._last_deploy(tip)
        if not ours:
            return set()
        message = self.git.must("log", "-1", "--format=%B", ours).decode(errors="replace")
        kept = {json.loads(line) for line in re.findall(rf"^{_KEEPS}: (.*)$", message, re.MULTILINE)}
        return {path for path in self._files(ours) if _escaped(path) not in kept}

    def _last_deploy(self, tip: str) -> str:
        found = self.git.must("log", "-1", "--first-parent", f"--grep=^{_DEPLOYED}: ", "--format=%H", tip)
        return found.decode().strip()

    def _files(self, commit: str) -> dict[str, str]:
        listed = self.git.must("ls-tree", "-r", "-z", commit).split(b"\0")
        pairs = (entry.split(b"\t", 1) for entry in listed if entry)
        return {os.fsdecode(path): about.split()[2].decode() for about, path in pairs}

    def _plan(self, files: Sequence[File]) -> Plan:
        files = _with_switch(files)
        wanted = {file.path: _object(file.read()) for file in files}
        plan = make_plan(files, wanted, self._ours(wanted))
        staying = len(self.branch.foreign - wanted.keys() - set(_HOSTS))
        note = f"files in the branch that no deploy put there, and that stay: {staying:,}"
        return plan._replace(notes=(note,)) if staying else plan

    def _ours(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """What the branch holds, without the files of others that no file of ours replaces."""
        others = self.branch.foreign.union(_HOSTS) - wanted.keys()
        return {path: mark for path, mark in self.branch.files.items() if path not in others}

    def _commit(self, plan: Plan, files: Sequence[File]) -> None:
        self.git.fed("fast-import", "--quiet", "--force", "--date-format=now", given=self._stream(plan, files))

    def _stream(self, plan: Plan, files: Sequence[File]) -> Iterator[bytes]:
        """The commit in the language of `git fast-import`, which takes any file name."""
        sent = [file for file in _with_switch(files) if file.path in plan.sent]
        for number, file in enumerate(self.room.progress(sent, len(sent), "packing"), start=1):
            yield b"blob\nmark :%d\n%b" % (number, _data(file.read()))
        yield b"commit %b\ncommitter %b now\n" % (_NEXT.encode(), self._identity())
        yield _data(self._message(plan, {file.path for file in files}).encode())
        if self.branch.commit:
            yield b"from %b\n" % self.branch.commit.encode()
        for path in plan.removed:
            yield b"D %b\n" % _quoted(path)
        for number, file in enumerate(sent, start=1):
            yield b"M 100644 :%d %b\n" % (number, _quoted(file.path))
        yield b"\n"

    def _message(self, plan: Plan, wanted: set[str]) -> str:
        keeps = sorted((self.branch.foreign - wanted - plan.sent).intersection(self.branch.files))
        lines = [f"{_KEEPS}: {json.dumps(_escaped(path), ensure_ascii=True)}" for path in keeps]
        subject = f"Deploy {len(plan.sent):,} files" + (f", remove {len(plan.removed):,}" if plan.removed else "")
        return "\n".join([subject, "", f"{_DEPLOYED}: {len(plan.sent) + plan.unchanged}", *lines, ""])

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
    return find("git", "install git", changes, _OF_OTHER_REPOSITORIES)


def _with_switch(files: Sequence[File]) -> Sequence[File]:
    """The files and an empty `.nojekyll`: without it GitHub runs Jekyll, which drops names that start with "_"."""
    if any(file.path == ".nojekyll" for file in files):
        return files
    return sorted([*files, File(".nojekyll", os.devnull, 0)])


def _object(content: bytes) -> str:
    """The name of a file's content in git."""
    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _quoted(path: str) -> bytes:
    """A path in the way of C, for every character that could end it."""
    raw = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'"' + re.sub(rb"[\x00-\x1f\x7f]", lambda c: b"\\%03o" % ord(c[0]), raw) + b'"'


def _escaped(path: str) -> str:
    """A path as text that goes into a commit's message and comes out as it was."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
