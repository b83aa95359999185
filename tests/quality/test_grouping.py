"""The floors of grouping: on what is made of the demo always, on the measuring data where they are."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pytest

from generator.pipeline.group.affinity import groups_of_day, vectors
from generator.pipeline.group.copies import Text, likeness
from generator.pipeline.group.marks import mark_of, terms_in
from tests.conftest import SHARED
from tests.quality.copies import measure, pieces

DATA = SHARED / "bench/data"
YEAR = re.compile(r"\b(19|20)\d\d\b")


def test_copies_are_told_from_twins() -> None:
    precision, recall, mistakes = measure()
    assert Counter(piece.kind for piece in pieces())["twin"] >= 12
    assert (precision, recall) >= (98, 95), mistakes
    assert recall >= 95, mistakes


def rows(name: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def title_and_body(text: str) -> tuple[str, str]:
    lines = [line for line in text.split("\n") if line.strip()]
    at = next((n for n, line in enumerate(lines[:4]) if not (YEAR.search(line) and len(line.split()) < 14)), 0)
    return lines[at][:100], "\n\n".join(lines[:at] + lines[at + 1 :])


def b_cubed(found: Iterable[Iterable[int]], gold: list[str]) -> float:
    precision = recall = 0.0
    sizes = Counter(gold)
    for group in found:
        labels = Counter(gold[number] for number in group)
        precision += sum(count * count for count in labels.values()) / labels.total()
        recall += sum(count * count / sizes[label] for label, count in labels.items())
    precision, recall = precision / len(gold), recall / len(gold)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.skipif(not DATA.exists(), reason="the measuring data are not part of the project")
def test_stories_of_the_measuring_data() -> None:
    articles = rows("stories-dev.jsonl.gz")
    marks = [mark_of(*title_and_body(row["text"])) for row in articles]
    found = groups_of_day(vectors([terms_in(mark.terms) for mark in marks]))
    assert b_cubed(found, [row["story"] for row in articles]) >= 0.915


@pytest.mark.skipif(not DATA.exists(), reason="the measuring data are not part of the project")
def test_copies_of_the_measuring_data() -> None:
    articles = rows("duplicates-dev.jsonl.gz")
    texts = [(row["group"], Text.of(mark_of(row["title"], row["text"]))) for row in articles]
    pairs = [(one == other, likeness(a, b)) for (one, a), (other, b) in combinations(texts, 2)]
    assert all(is_one for is_one, like in pairs if like.is_copy)
    assert sum(like.is_copy for is_one, like in pairs if is_one) >= 0.98 * sum(is_one for is_one, _ in pairs)
