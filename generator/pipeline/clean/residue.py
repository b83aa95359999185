"""Tells page furniture from the text of an article, line by line, and keeps a record of all of it."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from generator.model import Removal
from generator.pipeline.clean.lines import BLANK, HEADING, LIST, TEXT, Line, ends_sentence, plain
from generator.pipeline.clean.rules import REPEATED_TITLE, RULES, TITLE_HEADING, Rule

_CANDIDATES: Final = frozenset({TEXT, HEADING, LIST})  # never code, tables, quotes or HTML
_LONGEST: Final = 200  # characters; furniture is short, and so is the time that a pattern can take
_MOST_BLANKS: Final = 30  # in furniture; more of them are a sentence, or several
_HEADLINE_WORDS: Final = 25


class Sifted(NamedTuple):
    """The lines of an article, told apart."""

    kept: tuple[Line, ...]
    removed: tuple[Removal, ...]
    title: str | None  # the first heading, where it had to be the title
    related: tuple[str, ...]


def sift(lines: Sequence[Line], title: str | None, skipped: Collection[str]) -> Sifted:
    """The lines that are text, and the record of those that are not; `skipped` rules do nothing."""
    rules = [rule for rule in RULES if rule.name not in skipped]
    removed: dict[int, Removal] = {}
    heading = _first_heading(lines, title, skipped, removed)
    related: list[str] = []
    under: Rule | None = None
    for line in lines:
        if line.number in removed or line.kind == BLANK:
            continue
        rule, kept = _match(line, rules)
        if rule is None and under is not None and _is_headline(line):
            rule, kept = under, plain(line.text)
        under = rule if rule and rule.then_headlines else None
        if rule is not None:
            removed[line.number] = Removal(rule.name, line.number, line.text, rule.kept_as if kept else "")
            related += [kept] if kept else []
    return Sifted(
        kept=tuple(line for line in lines if line.number not in removed),
        removed=tuple(removed[number] for number in sorted(removed)),
        title=heading,
        related=tuple(dict.fromkeys(related)),
    )


def _match(line: Line, rules: Sequence[Rule]) -> tuple[Rule | None, str]:
    """The rule that a line falls under, and what of it is kept."""
    if line.kind not in _CANDIDATES or len(line.text) > _LONGEST or line.text.count(" ") > _MOST_BLANKS:
        return None, ""
    text = plain(line.text)
    for rule in rules:
        if match := rule.pattern.fullmatch(text):
            return rule, (match.groupdict().get("kept") or "").strip()
    return None, ""


def _is_headline(line: Line) -> bool:
    """Whether a line under a header can be the title of another article."""
    text = plain(line.text)
    if line.kind not in {TEXT, LIST} or len(line.text) > _LONGEST or len(text.split()) > _HEADLINE_WORDS:
        return False
    return not ends_sentence(text) or text.endswith("?")


def _first_heading(
    lines: Sequence[Line], title: str | None, skipped: Collection[str], removed: dict[int, Removal]
) -> str | None:
    """Takes the first line out where it says the title; returns the title that a heading gave."""
    first = next((line for line in lines if line.kind != BLANK), None)
    if first is None or first.kind not in _CANDIDATES:
        return None
    text = plain(first.text).rstrip("# ")
    if title is None and first.kind == HEADING and text and TITLE_HEADING not in skipped:
        removed[first.number] = Removal(TITLE_HEADING, first.number, first.text, "title")
        return text
    same = title is not None and len(text) <= 2 * len(title) and _letters(text) == _letters(title)
    if same and text and REPEATED_TITLE not in skipped:
        removed[first.number] = Removal(REPEATED_TITLE, first.number, first.text, "title")
    return None


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
