"""Attacks on what a site owns, tried a few times in every test run and often by `make attacks`.

A test that takes the fixture `attack` asks it how often to try, counts what was lost, and says so; the counts of a
run stand at its end, as the table of docs/reliability.md.
"""

import os
from typing import Final

import pytest

OFTEN: Final = "BROADSHEET_ATTACKS"  # set by `make attacks`


class Attack:
    """One attack while it is tried."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self.request = request

    def tries(self, few: int, often: int) -> int:
        """How often to try: `few` times beside the other tests, `often` when that is what was asked for."""
        return often if os.environ.get(OFTEN) else few

    def ended(self, what: str, tries: int, losses: list[str]) -> None:
        """Tells of the attack and fails where anything was lost; a loss is described in a line."""
        self.request.node.user_properties.append(("attack", f"| {what} | {tries:,} | {len(losses) or 'none'} |"))
        assert not losses, f"{len(losses)} of {tries}: " + "\n".join(losses[:10])


@pytest.fixture
def attack(request: pytest.FixtureRequest) -> Attack:
    """The attack that a test is."""
    return Attack(request)


def table(reports: list[pytest.TestReport]) -> list[str]:
    """A line for each attack of a run: what, how often, what was lost."""
    ended = [str(value) for report in reports for name, value in report.user_properties if name == "attack"]
    return sorted(ended)
