"""The floors of grouping: on what is made of the demo always, on the measuring data where they are."""

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pytest

from generator.pipeline.group.affinity import Nearest, groups_of_day, vectors
from generator.pipeline.group.copies import Text, likeness
from generator.pipeline.group.known_by import terms_in
from generator.pipeline.group.marks import mark_of
from generator.pipeline.group.topic_model import Example, judge, learn
from generator.pipeline.group.words import content_words, words_of
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
    found = groups_of_day(Nearest(vectors([terms_in(mark.terms) for mark in marks])).cosines)
    assert b_cubed(found, [row["story"] for row in articles]) >= 0.915


@pytest.mark.skipif(not DATA.exists(), reason="the measuring data are not part of the project")
def test_copies_of_the_measuring_data() -> None:
    articles = rows("duplicates-dev.jsonl.gz")
    texts = [(row["group"], Text.of(mark_of(row["title"], row["text"]))) for row in articles]
    pairs = [(one == other, likeness(a, b)) for (one, a), (other, b) in combinations(texts, 2)]
    assert all(is_one for is_one, like in pairs if like.is_copy)
    assert sum(like.is_copy for is_one, like in pairs if is_one) >= 0.98 * sum(is_one for is_one, _ in pairs)


@pytest.mark.skipif(not DATA.exists(), reason="the measuring data are not part of the project")
@pytest.mark.parametrize(("labels", "floor"), [(0, 0.84), (5, 0.80), (20, 0.83), (100, 0.83)])
def test_topics_of_the_measuring_data(labels: int, floor: float) -> None:
    articles = rows("topics-dev.jsonl.gz")
    topics = json.loads((DATA / "topics-dev.keywords.json").read_text())
    rng, slugs = random.Random(labels), list(topics)
    shown = {
        number
        for slug in slugs
        for number in rng.sample([n for n, row in enumerate(articles) if row["label"] == slug], labels)
    }
    patterns = [re.compile(rf"\b(?:{'|'.join(topics[slug]['keywords'])})\b") for slug in slugs]
    examples = []
    for number, row in enumerate(articles):
        text = f"{row['title']}\n{row['text']}"
        keywords = tuple(len(set(pattern.findall(text.lower()))) * (labels == 0) for pattern in patterns)
        named = (slugs.index(row["label"]),) if number in shown else ()
        examples.append(Example(content_words(words_of(text)), named, keywords))
    model = learn(examples, [(slug, slug) for slug in slugs])
    asked = [number for number in range(len(articles)) if number not in shown]
    best = [judge(model, examples[n].words, [0.5 * hits for hits in examples[n].keywords])[0] for n in asked]
    right = sum(slugs[one.topic] == articles[n]["label"] for n, one in zip(asked, best, strict=True))
    assert right / len(asked) >= floor
