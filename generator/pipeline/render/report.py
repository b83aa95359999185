"""What cleaning removed, as one HTML page that needs no other file: for `build --report`, and to be served."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

from generator.model import REPORT_MARK, Removal
from generator.pipeline.clean.rules import kept_as, reason, recorded_names

_STYLE: Final = """
:root { --paper: #fffdf9; --ink: #1d1b18; --muted: #6a645b; --hairline: #ded8cd; --accent: #9c2b1f; --tint: #f5efe4;
  color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --paper: #171613; --ink: #ece7de; --muted: #a39b8e; --hairline: #3a362f;
  --accent: #f0907f; --tint: #23211c; } }
* { box-sizing: border-box; }
body { max-width: 64rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; }
h1 { margin: 0 0 .4rem; font-size: 2.1rem; line-height: 1.15; }
h2 { margin: 3rem 0 .8rem; padding-top: .8rem; border-top: 3px double var(--hairline); font-size: 1.3rem; }
h3 { margin: 0; font-size: 1.05rem; line-height: 1.3; overflow-wrap: anywhere; }
.lead { margin: 0; color: var(--muted); }
.path, th, .rules td:first-child, .line, .rule, .kept { font: .8125rem/1.5 ui-monospace, "Cascadia Mono", Menlo,
  Consolas, monospace; }
.path { margin: 0 0 .4rem; color: var(--muted); overflow-wrap: anywhere; }
article { margin: 0 0 1.8rem; scroll-margin-top: 1rem; }
table { width: 100%; border-collapse: collapse; }
th { padding: .2rem .75rem .2rem 0; color: var(--muted); font-weight: 400; text-align: start; }
td { padding: .3rem .75rem .3rem 0; border-top: 1px solid var(--hairline); vertical-align: baseline; }
td:last-child, th:last-child { padding-inline-end: 0; }
.number, .line { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
.line { width: 4rem; color: var(--muted); }
.rule { width: 12rem; white-space: nowrap; }
.text { overflow-wrap: anywhere; white-space: pre-wrap; }
.kept { width: 7rem; color: var(--muted); white-space: nowrap; }
.bar { width: 22%; }
.bar span { display: block; height: .6rem; border-radius: 2px; background: var(--accent); }
a { color: inherit; text-decoration-color: var(--hairline); text-underline-offset: .2em; }
a:hover, :target a { color: var(--accent); }
tr:target { background: var(--tint); }
@media (max-width: 40rem) { .bar, .kept { display: none; } .rule { width: auto; white-space: normal; } }
"""
# Without a script: the rule that is the target of the address hides the lines of all others.
_ONLY: Final = (
    ':root:has(#rule-{0}:target) :is(tr[data-rule]:not([data-rule="{0}"]), '
    'article:not(:has([data-rule="{0}"]))) {{ display: none; }}'
)


class Entry(NamedTuple):
    """An article and what cleaning took out of it."""

    path: str
    title: str
    removed: tuple[Removal, ...]


def cleaning_report(site: str, entries: Iterable[Entry]) -> str:
    """The page; of the articles those from which something was removed, in the order of their paths."""
    every = sorted(entries)
    cleaned = [entry for entry in every if entry.removed]
    counts = Counter(removal.rule for entry in cleaned for removal in entry.removed)
    rules = [name for name in recorded_names() if counts[name]]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            REPORT_MARK,
            '<html lang="en">',
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="robots" content="noindex">',
            f"<title>What cleaning removed: {escape(site)}</title>",
            f"<style>{_STYLE}{''.join(map(_ONLY.format, rules))}</style>",
            "<h1>What cleaning removed</h1>",
            f'<p class="lead">{escape(site)}: {_summary(len(cleaned), len(every), counts.total())}</p>',
            *(_rules(rules, counts) if rules else ()),
            *(["<h2>By article</h2>"] if cleaned else []),
            *map(_article, cleaned),
            "</html>",
            "",
        ]
    )


def _summary(cleaned: int, every: int, lines: int) -> str:
    return f"{lines:,} lines of {cleaned:,} articles. {every - cleaned:,} more were left as they are."


def _rules(rules: Sequence[str], counts: Counter[str]) -> list[str]:
    """The table of rules, the busiest first."""
    most = max(counts.values())
    rows = []
    for name in sorted(rules, key=lambda name: -counts[name]):
        kept = kept_as(name)
        rows.append(
            f'<tr id="rule-{name}"><td><a href="#rule-{name}">{name}</a></td><td>{escape(reason(name))}'
            f"{f' (kept as <em>{kept}</em>)' if kept else ''}</td>"
            f'<td class="number">{counts[name]:,}</td>'
            f'<td class="bar"><span style="width: {max(1, round(100 * counts[name] / most))}%"></span></td></tr>'
        )
    return [
        '<h2 id="all">By rule</h2>',
        '<p class="lead">A rule shows its lines alone; <a href="#all">all rules</a> shows all.</p>',
        '<table class="rules"><thead><tr><th>rule</th><th>why</th><th class="number">lines</th><th></th></tr></thead>',
        "<tbody>",
        *rows,
        "</tbody></table>",
    ]


def _article(entry: Entry) -> str:
    rows = "\n".join(
        f'<tr data-rule="{item.rule}"><td class="line">{item.line}</td>'
        f'<td class="rule" title="{escape(reason(item.rule))}">{item.rule}</td>'
        f'<td class="text" dir="auto">{escape(item.text)}</td>'
        f'<td class="kept">{f"kept as {item.kept_as}" if item.kept_as else ""}</td></tr>'
        for item in entry.removed
    )
    return (
        f'<article><h3 dir="auto">{escape(entry.title)}</h3><p class="path">{escape(entry.path)}</p>\n'
        f"<table><tbody>\n{rows}\n</tbody></table></article>"
    )
