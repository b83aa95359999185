"""Cloudflare Pages, by its own program: wrangler sends the files that Cloudflare doesn't have."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from generator.destinations import Cloudflare
from generator.problems import DeployError, Problem
from generator.targets import Room
from generator.targets.files import File
from generator.targets.handover import Handover
from generator.targets.plan import Plan
from generator.targets.programs import find

_MOST_FILES: Final = 20_000
_LARGEST: Final = 25 * 2**20


class Target(Handover):
    """The project of a destination."""

    def __init__(self, destination: Cloudflare, room: Room) -> None:
        super().__init__(room)
        self.destination = destination
        self.wrangler = find("wrangler", "npm install -g wrangler", {"WRANGLER_SEND_METRICS": "false"})

    def compare(self, files: Sequence[File]) -> Plan:
        """Compares with the last deploy from here; raises DeployError for what Cloudflare doesn't take."""
        problems = [
            Problem(file.path, 0, 0, "larger than 25 MiB, which Cloudflare Pages doesn't take", "too-large")
            for file in files
            if file.size > _LARGEST
        ]
        if len(files) > _MOST_FILES:
            message = f"{len(files):,} files; Cloudflare Pages takes {_MOST_FILES:,}"
            problems.append(Problem("", 0, 0, message, "too-large", "leave out some kinds of page: [pages], [feeds]"))
        if problems:
            raise DeployError(*problems)
        return super().compare(files)

    def carry_out(self, plan: Plan, files: Sequence[File]) -> None:
        """Has wrangler deploy all files; it finds out which ones have to travel."""
        del plan
        self.hand_over(files, self._deploy)

    def _deploy(self, folder: Path) -> None:
        names = f"--project-name={self.destination.project}", f"--branch={self.destination.branch}"
        self.wrangler.must("pages", "deploy", str(folder), *names, "--commit-dirty=true", folder=str(folder.parent))
