"""A branch is shared: a deploy touches what deploys put there, and never the files of others."""

import json
import os
import random
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from generator.destinations import A_SHARE, Git
from generator.problems import DeployError
from generator.targets import Room
from generator.targets.files import files_of
from generator.targets.git import Target
from generator.targets.plan import Plan, check_deletes
from generator.targets.record import RECORD, read, written
from tests.attacks import Attack
from tests.test_deploy_git import IDENTITY, git


def _same(items: Iterable[Any], *_: object) -> Iterator[Any]:
    yield from items


class Branch:
    """A bare repository that a folder of pages is deployed to, and the clone of somebody else."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bare, self.clone = folder, folder / "remote.git", folder / "clone"
        self.output = folder / "output"
        folder.mkdir(parents=True)
        git(folder, "init", "-q", "--bare", "-b", "gh-pages", str(self.bare))
        git(folder, "init", "-q", "-b", "gh-pages", str(self.clone))
        git(self.clone, "remote", "add", "origin", str(self.bare))
        self.machine = 0

    def pages(self, **texts: str) -> None:
        """Makes the output: `a` stands for a/index.html."""
        for old in self.output.rglob("*.html"):
            old.unlink()
        for number in range(12):
            texts.setdefault(f"p{number}", f"Page {number}.\n")
        for name, text in texts.items():
            (self.output / name).mkdir(parents=True, exist_ok=True)
            (self.output / name / "index.html").write_text(text)

    def deploy(self, *, overwrites: bool = False) -> Plan:
        """Deploys the output, as the command does."""
        memory = self.folder / f"memory{self.machine}"
        memory.mkdir(exist_ok=True)
        destination = Git("pages", "", A_SHARE, "", "", str(self.bare), "gh-pages")
        target = Target(destination, Room(self.folder, self.output, memory, memory, _same, overwrites))
        files = files_of(self.output)
        plan = target.compare(files)
        check_deletes(plan, 1000 if overwrites else A_SHARE)
        if not plan.is_empty:
            target.carry_out(plan, files)
        return plan

    def pull(self) -> None:
        git(self.clone, "fetch", "-q", "origin")
        git(self.clone, "reset", "-q", "--hard", "origin/gh-pages")

    def write(self, path: str, text: str | bytes) -> None:
        file = self.clone / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))

    def commit(self, message: str = "by hand", *options: str) -> None:
        git(self.clone, "add", "-A", "-f")
        git(self.clone, "commit", "-q", "--allow-empty", "-F", self.said(message), *options)
        self.push()

    def said(self, message: str) -> str:
        file = self.folder / "message"
        file.write_text(message)
        return str(file)

    def push(self) -> None:
        git(self.clone, "push", "-q", "-f", "origin", "HEAD:gh-pages")

    def tip(self) -> dict[str, tuple[str, str]]:
        """Mode and object of every file in the branch."""
        listed = git(self.bare, "ls-tree", "-r", "-z", "gh-pages").split("\0")[:-1]
        found = {}
        for entry in listed:
            about, _, path = entry.partition("\t")
            mode, _, name = about.split()
            found[path] = (mode, name)
        return found

    def page(self, path: str) -> str:
        return git(self.bare, "cat-file", "blob", f"gh-pages:{path}")


Mutation = Callable[[Branch, random.Random], None]


def _amend(b: Branch, _: random.Random) -> None:
    b.write("THEIRS", "mine")
    b.write("p0/notes.txt", "mine")
    git(b.clone, "add", "-A")
    git(b.clone, "commit", "-q", "--amend", "--no-edit")
    b.push()


def _squash(b: Branch, _: random.Random) -> None:
    b.write("THEIRS", "mine")
    git(b.clone, "add", "-A")
    tree = git(b.clone, "write-tree").strip()
    commit = git(b.clone, "commit-tree", tree, "-m", "all in one").strip()
    git(b.clone, "reset", "-q", "--hard", commit)
    b.push()


def _copied_message(b: Branch, _: random.Random) -> None:
    b.write("THEIRS", "mine")
    b.write("deep/er/THEIRS", "mine")
    b.commit(git(b.clone, "log", "-1", "--format=%B") + "\nBroadsheet-Deploy: 13\n")


def _rebase(b: Branch, _: random.Random) -> None:
    tip = git(b.clone, "rev-parse", "HEAD").strip()
    git(b.clone, "checkout", "-q", "--orphan", "base")
    git(b.clone, "rm", "-rfq", ".")
    b.write("BASE", "mine")
    git(b.clone, "add", "-A")
    git(b.clone, "commit", "-q", "-m", "another base")
    git(b.clone, "cherry-pick", "--allow-empty", "-X", "theirs", tip)
    b.push()


def _merge(b: Branch, _: random.Random) -> None:
    git(b.clone, "checkout", "-q", "-b", "side", "HEAD")
    b.write("SIDE", "mine")
    git(b.clone, "add", "-A")
    git(b.clone, "commit", "-q", "-m", "side")
    git(b.clone, "checkout", "-q", "-B", "work", "origin/gh-pages")
    b.write("WORK", "mine")
    git(b.clone, "add", "-A")
    git(b.clone, "commit", "-q", "-m", "work")
    git(b.clone, "merge", "-q", "--no-ff", "-m", "Merge\n\nBroadsheet-Deploy: 2", "side")
    b.push()


def _revert(b: Branch, _: random.Random) -> None:
    b.write("THEIRS", "mine")
    b.commit()
    git(b.clone, "revert", "--no-edit", "HEAD~1")
    b.push()


def _keeps(lines: str) -> Mutation:
    def mutate(b: Branch, _: random.Random) -> None:
        b.write("THEIRS", "mine")
        b.commit(f"Deploy\n\nBroadsheet-Deploy: 14\n{lines}\n")

    return mutate


def _record(content: bytes) -> Mutation:
    def mutate(b: Branch, _: random.Random) -> None:
        b.write("THEIRS", "mine")
        b.write(RECORD, content)
        b.commit()

    return mutate


def _no_record(b: Branch, _: random.Random) -> None:
    (b.clone / RECORD).unlink(missing_ok=True)
    b.write("THEIRS", "mine")
    b.commit("cleaned up\n\nBroadsheet-Deploy: 1\n")


def _lost_record(b: Branch, random: random.Random) -> None:
    (b.clone / RECORD).unlink(missing_ok=True)
    _squash(b, random)


def _edited(path: str) -> Mutation:
    def mutate(b: Branch, _: random.Random) -> None:
        b.write(path, "corrected by hand\n")
        b.commit()

    return mutate


def _foreign_page(b: Branch, _: random.Random) -> None:
    b.write("new/index.html", "mine")
    b.commit()


def _in_the_way(b: Branch, _: random.Random) -> None:
    b.write("new", "mine")
    b.commit()


def _below(b: Branch, _: random.Random) -> None:
    b.write("new/index.html/deep.txt", "mine")
    b.commit()


def _link(b: Branch, _: random.Random) -> None:
    (b.clone / "link").symlink_to("p0")
    (b.clone / "p5/index.html").unlink()
    (b.clone / "p5/index.html").symlink_to("../p6/index.html")
    b.commit()


def _program(b: Branch, _: random.Random) -> None:
    b.write("tool.sh", "#!/bin/sh")
    (b.clone / "tool.sh").chmod(0o755)
    (b.clone / "p11/index.html").chmod(0o755)
    b.commit()


def _submodule(b: Branch, _: random.Random) -> None:
    head = git(b.clone, "rev-parse", "HEAD").strip()
    git(b.clone, "update-index", "--add", "--cacheinfo", f"160000,{head},module")
    git(b.clone, "commit", "-q", "-m", "a repository of its own")
    b.push()


def _attributes(b: Branch, _: random.Random) -> None:
    b.write(".gitattributes", "* text eol=crlf ident filter=none export-ignore\n*.html -diff\n")
    b.write("THEIRS", "$Id$\r\n")
    b.commit()


def _names(b: Branch, _: random.Random) -> None:
    for name in ("\udcff\udcfe.txt", "P0/INDEX.HTML", "new\nline", 'quo"te', "Index.html"):
        b.write(name, "mine")
    b.commit()


def _other_tree(b: Branch, _: random.Random) -> None:
    git(b.clone, "checkout", "-q", "--orphan", "other")
    git(b.clone, "rm", "-rfq", ".")
    for number in range(12):
        b.write(f"p{number}/index.html", f"another site, {number}")
    b.write("README", "mine")
    b.commit("first\n\nBroadsheet-Deploy: 13\n")


def _other_site(b: Branch, _: random.Random) -> None:
    b.write(RECORD, written([("README", "0" * 40), ("../../etc/passwd", "0" * 40)]))
    b.write("README", "mine")
    b.commit()


def _shallow(b: Branch, _: random.Random) -> None:
    b.write("THEIRS", "mine")
    b.commit()
    b.commit("another")
    shallow = b.folder / "shallow.git"
    git(b.folder, "clone", "-q", "--bare", "--depth=1", f"file://{b.bare}", str(shallow))
    b.bare.rename(b.folder / "old.git")
    shallow.rename(b.bare)


def _another_machine(b: Branch, random: random.Random) -> None:
    b.machine += 1
    _amend(b, random)


def _nothing(b: Branch, _: random.Random) -> None:
    b.machine += 1
    b.commit("nothing")


def _conflict(b: Branch, _: random.Random) -> None:
    text = (b.clone / RECORD).read_bytes() if (b.clone / RECORD).exists() else b""
    b.write(RECORD, b"<<<<<<< ours\n" + text + b"=======\n" + b"f" * 40 + b" THEIRS\n>>>>>>> theirs\n")
    b.write("THEIRS", "mine")
    b.commit()


DEEP: Final = "[" * 100_000
MUTATIONS: Final[dict[str, Mutation]] = {
    "amended": _amend,
    "squashed": _squash,
    "a copied message": _copied_message,
    "rebased": _rebase,
    "merged": _merge,
    "reverted": _revert,
    "keeps no JSON": _keeps("Broadsheet-Keeps: {no"),
    "keeps nested": _keeps(f"Broadsheet-Keeps: {DEEP}"),
    "keeps wrong types": _keeps('Broadsheet-Keeps: {"a": [1]}\nBroadsheet-Keeps: 7\nBroadsheet-Keeps: null'),
    "keeps huge": _keeps(f"Broadsheet-Keeps: {json.dumps('x' * 3_000_000)}"),
    "a huge count": _keeps("Broadsheet-Deploy: " + "9" * 5000),
    "record empty": _record(b""),
    "record no text": _record(bytes(range(256)) * 10),
    "record nested": _record(DEEP.encode()),
    "record one line": _record(b"x" * 2_000_000),
    "record removed": _no_record,
    "record and history lost": _lost_record,
    "record of conflict": _conflict,
    "record of another": _other_site,
    "a page edited": _edited("p3/index.html"),
    "a page that goes edited": _edited("gone/index.html"),
    "a page that changes edited": _edited("changed/index.html"),
    "a host's setting": _edited("CNAME"),
    "a switch": _edited(".nojekyll"),
    "a page of others": _foreign_page,
    "a file in the way": _in_the_way,
    "a folder in the way": _below,
    "links": _link,
    "programs": _program,
    "a submodule": _submodule,
    "attributes": _attributes,
    "names": _names,
    "another site": _other_tree,
    "a shallow remote": _shallow,
    "another machine": _another_machine,
    "an empty commit": _nothing,
}


def _first_format(b: Branch) -> None:
    """Makes the last deploy one of the first versions: no record, but a message."""
    b.pull()
    files = len(b.tip()) - 1
    (b.clone / RECORD).unlink()
    git(b.clone, "add", "-A")
    tree = git(b.clone, "write-tree").strip()
    message = b.said(f"Deploy {files} files\n\nBroadsheet-Deploy: {files}\n")
    git(b.clone, "reset", "-q", "--hard", git(b.clone, "commit-tree", tree, "-F", message).strip())
    b.push()


def losses_of(b: Branch, mutate: Mutation, random: random.Random, *, first_format: bool) -> Iterator[str]:
    """What a deploy took from others after something was done to the branch; and whether the next ones go on."""
    b.pages(gone="This goes.\n", changed="Old.\n")
    b.deploy()
    if first_format:
        _first_format(b)
    b.pull()
    deployed = b.tip()
    mutate(b, random)
    theirs = {path: mark for path, mark in b.tip().items() if deployed.get(path) != mark and path != RECORD}
    b.pages(changed="New.\n", new="New.\n")
    yield from _taken(b, theirs, deployed)
    b.pages(changed="Newer.\n", new="New.\n")
    b.deploy()
    for file in files_of(b.output):
        if b.page(file.path) != file.read().decode():
            yield f"{file.path} is not as it was built"
    if "gone/index.html" in b.tip() and "gone/index.html" not in theirs and mutate not in _FORGETTING:
        yield "a page that is gone is still there"


def _taken(b: Branch, theirs: Mapping[str, object], deployed: Mapping[str, object]) -> Iterator[str]:
    """What one deploy takes from others; after a refusal it is told to go on."""
    before = b.tip()
    try:
        plan = b.deploy()
    except DeployError as error:
        if "[foreign-files]" not in str(error):
            yield f"blocked: {error}"
        if b.tip() != before:
            yield "refused, but changed"
        plan = b.deploy(overwrites=True)
    else:
        after, told = b.tip(), " ".join(plan.notes)
        for path, mark in theirs.items():
            if after.get(path) != mark and not (path in deployed and path in told and (b.output / path).exists()):
                yield f"{path!r} of others was lost"


_FORGETTING: Final[frozenset[Mutation]] = frozenset(
    {
        *(_lost_record, _amend, _squash, _rebase, _revert, _another_machine, _other_tree),
        *(_copied_message, _no_record, _merge, _shallow),
        *(mutation for name, mutation in MUTATIONS.items() if name.startswith(("record", "keeps", "a huge"))),
    }
)  # after these the history of the first versions may not tell any more what was theirs


def test_no_file_of_others_is_lost_in_hostile_repositories_under_attack(attack: Attack, tmp_path: Path) -> None:
    cases = [(name, old) for old in (False, True) for name in MUTATIONS]
    tries = attack.tries(6, len(cases))
    chosen = cases if tries == len(cases) else random.Random(len(cases)).sample(cases, tries)
    losses = []
    for number, (name, old) in enumerate(chosen):
        branch = Branch(tmp_path / f"{number}")
        found = losses_of(branch, MUTATIONS[name], random.Random(number), first_format=old)
        losses += [f"{name}{' (first format)' if old else ''}: {loss}" for loss in found]
    attack.ended("hostile repositories that a site is deployed to", tries, losses)


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    return Branch(tmp_path / "b")


def test_a_record_says_which_files_are_ours_whatever_stands_around_it() -> None:
    pairs = {("a b\n.txt", "a" * 40), ("\udcff", "b" * 40)}
    assert read(b"<<<<<<<\r\n" + written(pairs).replace(b"\n", b"\r\n") + b"[[[[") == pairs
    assert read(bytes(1000)) == frozenset()


def test_a_page_that_others_changed_is_replaced_and_named(branch: Branch) -> None:
    branch.pages()
    branch.deploy()
    branch.pull()
    _edited("p3/index.html")(branch, random.Random())
    plan = branch.deploy()
    assert plan.notes == ("changed in the branch by others, and replaced: p3/index.html",)
    assert branch.page("p3/index.html") == "Page 3.\n"


def test_files_of_others_where_pages_belong_are_refused_until_told(branch: Branch) -> None:
    branch.pages()
    branch.write("p1/index.html", "mine")
    branch.commit()
    with pytest.raises(DeployError, match=re.escape("no deploy put there, where pages belong: p1/index.html;")):
        branch.deploy()
    assert branch.page("p1/index.html") == "mine"
    branch.deploy(overwrites=True)
    assert branch.page("p1/index.html") == "Page 1.\n"
    branch.pages(p1="Newer.\n")
    branch.deploy()
    assert branch.page("p1/index.html") == "Newer.\n"


def test_what_the_repository_says_is_clean(branch: Branch) -> None:
    branch.pages()
    branch.deploy()
    done = subprocess.run(
        ["git", "-C", str(branch.bare), "fsck", "--full", "--strict"],
        capture_output=True,
        env={**os.environ, **IDENTITY},
        check=True,
    )
    assert done.stdout == b""
