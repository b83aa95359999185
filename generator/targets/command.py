"""Any program of the user's: it gets a folder with the files, and its exit status says whether it worked."""

from collections.abc import Sequence
from pathlib import Path

from generator.destinations import Command
from generator.targets import Room
from generator.targets.files import File
from generator.targets.handover import Handover
from generator.targets.plan import Plan
from generator.targets.programs import find


class Target(Handover):
    """The program of a destination."""

    def __init__(self, destination: Command, room: Room) -> None:
        super().__init__(room)
        self.arguments = destination.program[1:]
        self.program = find(destination.program[0], "mend `program`, or install it")

    def carry_out(self, plan: Plan, files: Sequence[File]) -> None:
        """Runs it in the folder of the site."""
        del plan
        self.hand_over(files, self._run)

    def _run(self, folder: Path) -> None:
        arguments = (argument.replace("{folder}", str(folder)) for argument in self.arguments)
        self.program.must(*arguments, folder=str(self.room.site))
