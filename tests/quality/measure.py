"""How well cleaning tells the made-up articles of articles.jsonl from their furniture."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.model import Metadata
from generator.pipeline.clean.lines import split_lines
from generator.pipeline.clean.residue import sift

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"


def articles() -> list[dict[str, Any]]:
    lines = (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def mistakes(article: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What should have been done with a line, and the line."""
    lines = article["lines"]
    text = "\n".join(line["text"] for line in lines)
    removed = {
        item.line for item in sift(tuple(split_lines(text, 0)), Metadata(title="Something else"), frozenset()).removed
    }
    for number, line in enumerate(lines):
        if (number in removed) != (line["label"] == "remove"):
            yield line["label"], line["text"]


def measure() -> dict[str, dict[str, float]]:
    """Precision and recall of each language, in percent."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles():
        wrong = Counter(label for label, _ in mistakes(article))
        furniture = sum(line["label"] == "remove" for line in article["lines"])
        counts[article["language"]].update(found=furniture - wrong["remove"], all=furniture, lost=wrong["keep"])
    return {
        language: {
            "precision": round(100 * n["found"] / (n["found"] + n["lost"]), 1),
            "recall": round(100 * n["found"] / n["all"], 1),
        }
        for language, n in counts.items()
    }
