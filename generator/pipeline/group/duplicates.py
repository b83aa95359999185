"""Copies of one text: which of them leads, and which stand behind it.

What is a copy of what is found by kinship.py; here front matter has its say, and of each pair one leads.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import combinations
from math import log
from typing import Final, NamedTuple
from unicodedata import normalize

from generator.corpus import Copy
from generator.model import Card
from generator.pipeline.group.copies import Likeness, Pair
from generator.problems import Problem
from generator.urls import decoded

_FULLER: Final = 1.15  # times as many words; with less, the earlier one leads
_EXCERPT: Final = 0.7  # of the words of its leader
_FEW: Final = 3  # articles that may have one original
_NEAR: Final = timedelta(days=31)
_TOLD: Final = Likeness(1.0, 1.0)


class _Behind(NamedTuple):
    """Which better copy of an article is the next one, and why it is one."""

    better: str
    like: Likeness
    reason: str


class Sorted(NamedTuple):
    """The articles of a site without its copies, and those."""

    leaders: dict[str, Card]  # by path, in their order
    copies: tuple[Copy, ...]
    problems: tuple[Problem, ...]


def sort_out_copies(cards: Sequence[Card], noted: Sequence[Card], pairs: Sequence[Pair]) -> Sorted:
    """The cards that lead, in their order, and the copies behind them; `noted` are those that tell of ties, if any."""
    by_path = {card.path: card for card in cards}
    tied = [card for card in noted if card.ties.duplicate_of or card.ties.not_duplicate_of]
    alike = [*((pair, "text") for pair in pairs), *((pair, "address") for pair in _of_one_origin(cards))]
    if not tied and not alike:
        return Sorted(by_path, (), ())
    behind: dict[str, _Behind] = {}
    told, refused, problems = _told(tied, _names(cards) if tied else {})
    for (one, other, like), why in alike:
        if one in by_path and other in by_path and frozenset((one, other)) not in refused:
            better, worse = sorted((one, other), key=lambda path: _rank(by_path[path]))
            if worse not in behind or _rank(by_path[better]) < _rank(by_path[behind[worse][0]]):
                behind[worse] = _Behind(better, like, why)
    for path, leader in told.items():
        behind.pop(leader, None)
        behind[path] = _Behind(leader, _TOLD, "front matter")
    roots = {path: _root(path, behind) for path in behind}
    copies = [_copy(by_path[path], by_path[root], behind[path]) for path, root in sorted(roots.items()) if root != path]
    copied = {copy.card.path: copy for copy in copies}
    in_order = [copied[path] for path in by_path if path in copied] if copied else ()
    for path in copied:
        del by_path[path]
    return Sorted(by_path, tuple(in_order), tuple(problems))


def _of_one_origin(cards: Iterable[Card]) -> Iterator[Pair]:
    """The pairs of articles that have one original, where few have it: the address of many is that of a list."""
    by_origin: defaultdict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if card.origin:
            by_origin[card.origin].append(card)
    for sharing in by_origin.values():
        if 1 < len(sharing) <= _FEW:
            for one, other in combinations(sharing, 2):
                if abs(one.date - other.date) <= _NEAR:
                    yield min(one.path, other.path), max(one.path, other.path), _TOLD


def _rank(card: Card) -> tuple[int, float, str]:
    """What leads comes first: the fullest, of like ones the earliest."""
    return -int(log(max(1, card.words)) / log(_FULLER)), card.date.timestamp(), card.path


def _root(path: str, behind: Mapping[str, _Behind]) -> str:
    """The leader of a copy, over any number of copies of copies; a circle of told ones is led by its last."""
    seen = {path}
    while path in behind and behind[path][0] not in seen:
        path = behind[path][0]
        seen.add(path)
    return path


def _copy(card: Card, leader: Card, why: _Behind) -> Copy:
    if card.words < _EXCERPT * leader.words:
        kind = "excerpt"
    elif card.source == leader.source and card.date != leader.date:
        kind = "update"
    else:
        kind = "copy"
    return Copy(card, leader, kind, why.like.phrases, why.like.facts, why.reason)


def _names(cards: Iterable[Card]) -> dict[str, list[str]]:
    """The paths of the articles that each reference can mean: a path, a url, an id, or the name of a file."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for card in cards:
        inside = card.path.removeprefix("content/")
        short = inside.rpartition(".")[0]
        meant = (card.path, inside, short, short.rpartition("/")[2], card.url, card.id)
        for name in dict.fromkeys(map(_form, meant)):
            names[name].append(card.path)
    return names


def _told(
    cards: Iterable[Card], names: Mapping[str, list[str]]
) -> tuple[dict[str, str], set[frozenset[str]], list[Problem]]:
    """What front matter says: whose copy an article is, which pairs are none, and what it names in vain."""
    told: dict[str, str] = {}
    refused: set[frozenset[str]] = set()
    problems: list[Problem] = []
    for card in cards:
        given = filter(None, (card.ties.duplicate_of, *card.ties.not_duplicate_of))
        found = [(name, names.get(_form(name), ())) for name in given]
        problems += [_in_vain(card.path, name, paths) for name, paths in found if len(paths) != 1]
        leader = names.get(_form(card.ties.duplicate_of), ())
        if len(leader) == 1 and leader[0] != card.path:
            told[card.path] = leader[0]
        for name in card.ties.not_duplicate_of:
            refused.update(frozenset((card.path, other)) for other in names.get(_form(name), ()))
    return told, refused, problems


def _form(name: str) -> str:
    """The one form of a name: a Mac may have decomposed its letters, a browser percent-encoded them."""
    return name if name.isascii() and "%" not in name else normalize("NFC", decoded(name))


def _in_vain(path: str, name: str, found: Sequence[str]) -> Problem:
    if found:
        hint = f"write the path of one of them: {', '.join(found[:3])}"
        return Problem(path, 1, 0, f'"{name}" may be any of {len(found)} articles', "unclear-article", hint)
    hint = "write its path in content/, its url or the name of its file"
    return Problem(path, 1, 0, f'there is no article "{name}", or none that is shown', "no-such-article", hint)
