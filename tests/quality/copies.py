"""Copies that are hard to see and twins that are none, made of the demo's articles and of forms.

Newsrooms reword what an agency sends, cut it, and copy each other's copies. And they write to a form: two
match reports of one day or two quarterly results share most of their phrases and are about different things.
"""

import json
import random
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple

from generator.pipeline.group.copies import Text, likeness
from generator.pipeline.group.marks import mark_of
from tests.conftest import ROOT

SAME: Final = {  # wire copies in the demo itself
    "dawn-shows-burnt-wajima-market": "at-least-48-dead-noto",
    "franz-beckenbauer-kaiser-dies": "beckenbauer-captain-and-coach-dies",
    "french-prime-minister-resigns": "borne-quits-french-prime-minister",
}
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
MADE: Final = json.loads((Path(__file__).parent / "copies.json").read_text(encoding="utf-8"))


class Piece(NamedTuple):
    """An article of the set; what comes from one original has one group."""

    group: str
    kind: str
    title: str
    text: str


def pieces() -> list[Piece]:
    """The whole set, always the same."""
    return [*_twins(), *_copies(random.Random(11))]


def _twins() -> Iterator[Piece]:
    for number, form in enumerate(MADE["forms"]):
        for filling in form["fillings"]:
            text = form["form"].format(**dict(zip(form["names"], filling, strict=True)))
            yield Piece(f"{number} {filling[0]}", "twin", text.partition(".")[0], text)


def _copies(rng: random.Random) -> Iterator[Piece]:
    """Each article of the demo, and two of: reworded, a copy of a copy, reordered with cuts, cut short and reworded."""
    edits = ("reworded", "copy of a copy", "reordered", "short")
    for number, path in enumerate(sorted((ROOT / "content/2024").rglob("*.md"))):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        found = re.search(r'title: "?(.*?)"?\n', head)
        group, title = SAME.get(path.stem, path.stem), found[1] if found else path.stem
        yield Piece(group, "original", title, body)
        for kind in (edits[number % 4], edits[(number + 1) % 4]):
            yield Piece(group, kind, title.upper(), _edit(kind, body, MADE["asides"][number % 3], rng))


def _edit(kind: str, body: str, aside: str, rng: random.Random) -> str:
    sentences = _SENTENCE.split(body)
    if kind == "reworded":
        return _reword(body, 0.25, rng)
    if kind == "copy of a copy":
        first = " ".join(_SENTENCE.split(_reword(body, 0.1, rng))[: max(6, len(sentences) * 7 // 10)])
        return f"{_reword(first, 0.1, rng)}\n\n{aside}"
    if kind == "reordered":
        kept = [sentence for sentence in sentences if rng.random() > 0.3]
        rng.shuffle(kept)
        return " ".join(kept)
    return _reword(" ".join(sentences[: max(4, len(sentences) // 3)]), 0.15, rng)


def _reword(text: str, share: float, rng: random.Random) -> str:
    """Some words in lower case exchanged for others of the text; names and figures are left as they are."""
    words = text.split(" ")
    plain = [word for word in words if word.isalpha() and word.islower()]
    return " ".join(rng.choice(plain) if word in plain and rng.random() < share else word for word in words)


def measure() -> tuple[float, float, list[str]]:
    """Precision and recall of the pairs in one group when links are followed, in percent; and wrong links."""
    texts = [(piece, Text.of(mark_of(piece.title, piece.text))) for piece in pieces()]
    of = {number: {number} for number in range(len(texts))}
    wrong = []
    for (one, (first, a)), (other, (second, b)) in combinations(enumerate(texts), 2):
        if (like := likeness(a, b)).is_copy:
            if first.group != second.group:
                wrong.append(f"{first.kind} / {second.kind}: {first.title} / {second.title} {like}")
            joined = of[one] | of[other]
            of.update(dict.fromkeys(joined, joined))
    pairs = list(combinations(range(len(texts)), 2))
    found = {(one, other) for one, other in pairs if other in of[one]}
    wanted = {(one, other) for one, other in pairs if texts[one][0].group == texts[other][0].group}
    missed = [f"{texts[a][0].kind} / {texts[b][0].kind}: {texts[a][0].title}" for a, b in sorted(wanted - found)]
    precision, recall = (len(found & wanted) / max(1, len(some)) for some in (found, wanted))
    return round(100 * precision, 1), round(100 * recall, 1), wrong + missed
