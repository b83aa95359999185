"""Hostile input at every door, the same examples in each run; `make fuzz` looks for new ones."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.targets import TARGETS, Target

_STOPS_AT_THE_FIRST = (Phase.generate, Phase.shrink)


@pytest.mark.parametrize("target", TARGETS, ids=[target.name for target in TARGETS])
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
def test_hostile_input_breaks_no_promise(target: Target) -> None:
    @settings(
        max_examples=target.few,
        derandomize=True,
        database=None,
        deadline=None,
        phases=_STOPS_AT_THE_FIRST,
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def attack(value: Any) -> None:
        target.check(value)

    attack()
