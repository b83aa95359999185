"""Netlify, by its own program: it sends the files that Netlify doesn't have."""

from collections.abc import Sequence
from pathlib import Path

from generator.destinations import Netlify
from generator.targets import Room
from generator.targets.files import File
from generator.targets.handover import Handover
from generator.targets.plan import Plan
from generator.targets.programs import find


class Target(Handover):
    """The site of a destination."""

    def __init__(self, destination: Netlify, room: Room) -> None:
        super().__init__(room)
        self.destination = destination
        self.netlify = find("netlify", "npm install -g netlify-cli", {"NETLIFY_TELEMETRY_DISABLED": "1"})

    def carry_out(self, plan: Plan, files: Sequence[File]) -> None:
        """Has netlify deploy all files; it finds out which ones have to travel."""
        del plan
        self.hand_over(files, self._deploy)

    def _deploy(self, folder: Path) -> None:
        site = f"--site={self.destination.site}"
        self.netlify.must("deploy", "--prod", "--no-build", f"--dir={folder}", site, folder=str(folder.parent))
