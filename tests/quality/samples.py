"""Texts that were made up to be hard: posts by authors, pages as they are pasted, pages as web clippers save them."""

import json
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.model import Source
from generator.pipeline import read
from generator.pipeline.clean import Tidied, tidy
from generator.pipeline.clean.rules import TITLE_HEADING

HERE = Path(__file__).parent
UTC = ZoneInfo("UTC")


class Labelled(NamedTuple):
    """A content file, and a label for each line below its front matter."""

    name: str
    data: bytes
    labels: tuple[str, ...]

    @property
    def head(self) -> int:
        """The lines above the first that has a label."""
        return len(self.data.decode().rstrip("\n").split("\n")) - len(self.labels)


def written() -> list[Path]:
    """Posts that lose nothing."""
    return sorted(path for path in (HERE / "written").glob("*.md") if path.name != "README.md")


def pages() -> list[Labelled]:
    """Whole pages, with the title in front matter as an import leaves it."""
    return [_page(path) for path in sorted((HERE / "pages").glob("*.txt"))]


def clipped() -> list[Labelled]:
    """Pages as clippers save them, front matter and all."""
    paths = sorted((HERE / "clipped").glob("*.labels"))
    return [
        Labelled(path.stem, path.with_suffix(".md").read_bytes(), tuple(path.read_text().rstrip("\n").split("\n")))
        for path in paths
    ]


def _page(path: Path) -> Labelled:
    told, rows = path.read_text(encoding="utf-8").split("\n", 3)[:3], path.read_text(encoding="utf-8").split("\n")[3:]
    title = told[0].removeprefix("# title: ")
    lines = [row.partition("\t") for row in "\n".join(rows).rstrip("\n").split("\n")]
    head = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\ndate: 2026-01-06\npasted: true\n---\n"
    text = "\n".join(text for _, _, text in lines)
    return Labelled(path.stem, f"{head}{text}\n".encode(), tuple(label or "blank" for label, _, _ in lines))


def tidied(data: bytes) -> Tidied:
    """What `broadsheet tidy` makes of a file."""
    document, _ = read.read(Source("content/x.md", data), UTC)
    return tidy(document, (TITLE_HEADING,))


def gone(sample: Labelled) -> dict[int, str]:
    """Index of a labelled line -> the rule that takes it."""
    removed = tidied(sample.data).removed
    return {
        item.line - 1 - sample.head + offset: item.rule
        for item in removed
        for offset in range(item.text.count("\n") + 1)
    }
