"""Compares the structure of texts with what another program for Markdown makes of them.

    structure.py FILE... [--show N]

FILE is Markdown, or JSON lines with a `text` in each (.jsonl, .jsonl.gz). Texts with the syntax of templates are left
out: what they mean only their generator knows. Compared are paragraphs, items and how deep they stand, blocks of code,
tables, pictures and links; of both programs as the sanitiser leaves them. Links without an address are not counted, nor
are those that are the very text of one: only one of the two makes them of addresses without a mark.
"""

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator
from difflib import unified_diff
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from generator.pipeline.clean import html  # noqa: E402 - the script is run by its path

TEMPLATE = re.compile(r"\{[%{:#]|^#\+|^:::", re.MULTILINE)
OTHER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)


class Structure(HTMLParser):
    """The blocks, pictures and links of a page, one a line."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._depth = 0
        self._link: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"ul", "ol"}:
            self._depth += 1
        elif tag in {"p", "li", "pre", "table"}:
            self.found.append(f"{tag} {self._depth}")
        elif tag == "img":
            self.found.append(f"img {given.get('src')}")
        elif tag == "a":
            self._link = (given.get("href") or "", [])

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._depth -= 1
        elif tag == "a" and self._link:
            url, text = self._link
            if url and "://" not in "".join(text) and "www." not in "".join(text) and "@" not in "".join(text):
                self.found.append(f"a {url}")
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._link:
            self._link[1].append(data)


def structure(safe: str) -> list[str]:
    """What is compared of a text, without its footnotes."""
    parser = Structure()
    parser.feed(re.sub(r'<div class="footnote">.*|<section>.*</section>|<sup.*?</sup>', "", safe, flags=re.DOTALL))
    return parser.found


def texts(path: Path) -> Iterator[str]:
    """The texts of a file."""
    if ".jsonl" not in path.suffixes:
        yield path.read_text(encoding="utf-8")
        return
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def main() -> None:
    """Prints the share of texts with the same structure, and what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--show", type=int, default=0, help="how many differences to print")
    options = parser.parse_args()
    compared = same = 0
    for number, text in enumerate(text for path in options.files for text in texts(path)):
        if TEMPLATE.search(text):
            continue
        compared += 1
        own = structure(html.to_html(text, "", "/"))
        others = structure(html._cleaner("", "/").clean(OTHER.render(text)))  # noqa: SLF001
        same += own == others
        if own != others and options.show:
            options.show -= 1
            print(f"--- text {number}", *unified_diff(others, own, "theirs", "ours", lineterm="", n=1), sep="\n")
    print(f"{same} of {compared} texts have the same structure: {100 * same / max(1, compared):.1f} %")


if __name__ == "__main__":
    main()
