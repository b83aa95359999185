"""The floors of cleaning: on made-up articles always, on the measuring data where they are."""

import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.model import Metadata
from generator.pipeline.clean.lines import split_lines
from generator.pipeline.clean.residue import sift
from tests.conftest import SHARED
from tests.quality.measure import FLOORS, articles, measure

DATA = SHARED / "bench/data"


def test_made_up_articles_come_out_no_worse_than_pinned() -> None:
    floors, figures = json.loads(FLOORS.read_text()), measure()
    assert floors.keys() == figures.keys()
    for language, floor in floors.items():
        assert all(figures[language][name] >= value for name, value in floor.items()), (language, figures[language])


def test_there_are_articles_in_six_languages() -> None:
    languages = Counter(article["language"] for article in articles())
    assert len(languages) == 6
    assert languages.total() >= 150


class Figures(NamedTuple):
    precision: float
    recall: float
    f1: float
    lost: float  # gold tokens, in percent


def figures_of(rows: list[dict[str, Any]]) -> Figures:
    count: Counter[str] = Counter()
    for row in rows:
        lines = row["lines"]
        text = "\n".join(line["text"] for line in lines)
        removed = sift(
            tuple(split_lines(text, 0)), Metadata(title=row["title"] or None), frozenset({"title-heading"})
        ).removed
        gone = {item.line for item in removed}
        for number, line in enumerate(lines):
            tokens = len(line["text"].split())
            count[f"{line['label']} {'gone' if number in gone else 'left'}"] += 1
            count[f"tokens of {line['label']} {'gone' if number in gone else 'left'}"] += tokens
    precision = count["residue gone"] / max(1, count["residue gone"] + count["keep gone"])
    recall = count["residue gone"] / (count["residue gone"] + count["residue left"])
    lost = count["tokens of keep gone"] / (count["tokens of keep gone"] + count["tokens of keep left"])
    return Figures(precision, recall, 2 * precision * recall / (precision + recall), 100 * lost)


def by_source(path: Path) -> dict[str, Figures]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            rows[row["source"]].append(row)
    return {source: figures_of(found) for source, found in rows.items()}


@pytest.mark.skipif(not DATA.exists(), reason="the measuring data are not part of the project")
def test_measuring_data() -> None:
    figures = by_source(DATA / "residue-dev.jsonl.gz")
    assert figures["container"].f1 >= 0.92
    assert figures["container"].lost <= 0.2
    assert figures["readability_lxml"].f1 >= 0.74
    assert figures["readability_lxml"].lost <= 0.1
    assert figures["traf_recall"].f1 >= 0.74
    assert figures["traf_recall"].lost <= 0.1
    assert figures["fullpage_inscriptis"].precision >= 0.99
    assert figures["fullpage_inscriptis"].f1 >= 0.93
    assert sum(figure.f1 for figure in figures.values()) / len(figures) >= 0.78


@pytest.mark.skipif(not DATA.exists(), reason="the measuring data are not part of the project")
def test_measuring_data_of_other_languages() -> None:
    container = by_source(DATA / "residue-dev-multilingual.jsonl.gz")["container"]
    assert container.precision >= 0.94
    assert container.recall >= 0.7


@pytest.mark.skipif(not DATA.exists(), reason="the measuring data are not part of the project")
def test_posts_that_people_wrote_lose_next_to_nothing() -> None:
    with gzip.open(DATA / "written-dev.jsonl.gz", "rt", encoding="utf-8") as file:
        posts = [json.loads(line) for line in file]
    hit = sum(
        bool(sift(split_lines(post["text"], 1), Metadata(title=post["title"]), frozenset({"title-heading"})).removed)
        for post in posts
    )
    assert hit <= len(posts) / 100
