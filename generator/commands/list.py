"""broadsheet list: what there is, for people and, with --format json, for programs."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from generator import config
from generator.commands.gather import Showing, add_showing, gather, open_desk, survey
from generator.console import Console
from generator.engine.stopwatch import Stopwatch
from generator.model import Card, Json, Report, Site, Term

KINDS: Final = ("articles", "drafts", "future", "expired", "topics", "tags", "sources")
_WITHHELD: Final = {"drafts": "draft", "future": "future", "expired": "expired"}


class Options(Showing):
    """What the command is told."""

    directory: Path
    what: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `broadsheet list`."""
    parser.add_argument("what", choices=KINDS, help="what to list")
    add_showing(parser)


def run(options: Options, console: Console) -> Report:
    """Lists what is asked for; problems in content/ are reported beside it."""
    site = config.load(config.find(options.directory))
    with open_desk(site, options, console, Stopwatch()) as desk:
        gathered = gather(desk, survey(desk))
    corpus = gathered.corpus
    if options.what in _WITHHELD:
        rows = [_card_row(card, site) for card, reason in gathered.withheld if reason == _WITHHELD[options.what]]
    elif options.what == "articles":
        rows = [_card_row(card, site) for card in (*corpus.cards, *corpus.unlisted)]
    else:
        terms = next((taxonomy.terms for taxonomy in corpus.taxonomies if taxonomy.name == options.what), ())
        rows = [_term_row(term) for term in terms]
    items: list[Json] = [document for _, document in rows]
    return Report(tuple(_columns([cells for cells, _ in rows])), {options.what: items}, gathered.problems)


_Row = tuple[tuple[str, ...], dict[str, Json]]  # the cells for people, the document for programs


def _card_row(card: Card, site: Site) -> _Row:
    topics: list[Json] = [topic.slug for topic in card.topics]
    tags: list[Json] = list(card.tags)
    document: dict[str, Json] = {
        "path": card.path,
        "url": card.url,
        "title": card.title,
        "date": card.date.isoformat(),
        "source": card.source.title if card.source else None,
        "topics": topics,
        "topic_reason": str(card.topic_reason),
        "tags": tags,
        "language": card.language,
        "minutes": card.minutes,
    }
    topic = card.topics[0].title if card.topics else "Other"
    date = card.date.astimezone(site.timezone).strftime("%Y-%m-%d %H:%M")
    return (date, topic, card.title, card.path), document


def _term_row(term: Term) -> _Row:
    paths: list[Json] = [card.path for card in term.cards]
    document: dict[str, Json] = {"name": term.name, "slug": term.slug, "url": term.url, "articles": paths}
    return (f"{len(term.cards):,}", term.name, term.url), document


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The rows with their cells one below the other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
