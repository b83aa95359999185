"""Cleaning does no harm to what authors write, and takes the furniture of what was copied from pages."""

from pathlib import Path

import pytest

from tests.quality.samples import Labelled, clipped, gone, pages, tidied, written

# What is left of furniture and taken of text, in lines; each may only sink.
MOST_LEFT_OF_PAGES = 0.045
MOST_LEFT_OF_CLIPPINGS = 0.12


def test_there_are_enough_samples() -> None:
    assert len(written()) >= 120
    assert len(pages()) >= 12
    assert len(clipped()) >= 20


@pytest.mark.parametrize("path", written(), ids=lambda path: path.stem)
def test_a_post_by_an_author_loses_nothing(path: Path) -> None:
    assert tidied(path.read_bytes()).removed == ()


def lost(samples: list[Labelled], *labels: str) -> list[tuple[str, int, str]]:
    """The lines with one of some labels that go: the sample, the line and the rule."""
    found = []
    for sample in samples:
        taken = gone(sample)
        found += [(sample.name, i, taken[i]) for i, label in enumerate(sample.labels) if label in labels and i in taken]
    return found


def left(samples: list[Labelled]) -> float:
    """The share of the furniture that stays."""
    furniture = sum(sample.labels.count("furniture") for sample in samples)
    return 1 - len(lost(samples, "furniture")) / furniture


def test_a_pasted_page_loses_its_furniture_and_nothing_else() -> None:
    samples = pages()
    assert lost(samples, "text") == []
    assert left(samples) <= MOST_LEFT_OF_PAGES


def test_a_clipped_page_loses_its_furniture_and_keeps_its_links_and_pictures() -> None:
    samples = clipped()
    assert lost(samples, "text", "picture") == []
    assert left(samples) <= MOST_LEFT_OF_CLIPPINGS
