"""broadsheet list: what there is, for people and, with --format json, for programs."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from generator import config
from generator.commands.compare import marks_of
from generator.commands.desk import Desk, Showing, add_showing, open_desk
from generator.commands.gather import Gathered, gather
from generator.commands.survey import survey
from generator.console import Console
from generator.engine.stopwatch import Stopwatch
from generator.model import Card, Copy, Edition, Json, Report, Site, Story, Term
from generator.pipeline.group.affinity import common_terms
from generator.pipeline.group.editions import Grounds, rank_of, reasons_of, sources_of
from generator.pipeline.group.marks import terms_in
from generator.pipeline.group.period import period_of

KINDS: Final = (
    *("articles", "drafts", "future", "expired"),
    *("topics", "tags", "sources", "stories", "duplicates", "editions"),
)
_WITHHELD: Final = {"drafts": "draft", "future": "future", "expired": "expired"}


class Options(Showing):
    """What the command is told."""

    directory: Path
    what: str
    explain: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `broadsheet list`."""
    parser.add_argument("what", choices=KINDS, help="what to list")
    parser.add_argument("--explain", action="store_true", help="say why: the words and figures that decided")
    add_showing(parser)


def run(options: Options, console: Console) -> Report:
    """Lists what is asked for; problems in content/ are reported beside it."""
    site = config.load(config.find(options.directory))
    with open_desk(site, options, console, Stopwatch()) as desk:
        gathered = gather(desk, survey(desk))
        rows = list(_rows(desk, gathered, options))
    items: list[Json] = [document for _, document in rows if document]
    return Report(tuple(_columns([cells for cells, _ in rows])), {options.what: items}, gathered.problems)


# The cells for people, the document for programs; empty where an earlier row has it.
_Row = tuple[tuple[str, ...], dict[str, Json]]


def _rows(desk: Desk, gathered: Gathered, options: Options) -> Iterator[_Row]:
    corpus, site, what, explain = gathered.corpus, desk.site, options.what, options.explain
    if what in _WITHHELD:
        yield from (_card_row(card, site, explain) for card, why in gathered.withheld if why == _WITHHELD[what])
    elif what == "articles":
        cards = sorted((*corpus.cards, *(copy.card for copy in corpus.copies)), key=_newest_first)
        yield from (_card_row(card, site, explain) for card in (*cards, *corpus.unlisted))
    elif what == "stories":
        for story in corpus.stories:
            yield _story_row(story, corpus.copies, site, _words_of(desk, story) if explain else None)
    elif what == "duplicates":
        yield from (_copy_row(copy, explain) for copy in corpus.copies)
    elif what == "editions":
        for edition in corpus.editions:
            yield from _edition_rows(edition, gathered, site, explain)
    else:
        terms = next((taxonomy.terms for taxonomy in corpus.taxonomies if taxonomy.name == what), ())
        yield from (_term_row(term) for term in terms)


def _newest_first(card: Card) -> tuple[float, str]:
    return -card.date.timestamp(), card.path


def _card_row(card: Card, site: Site, explain: bool) -> _Row:
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
    cells = (_moment(card.date, site), topic, card.title, card.path)
    return (*cells, str(card.topic_reason)) if explain else cells, document


def _story_row(story: Story, copies: Sequence[Copy], site: Site, words: Sequence[str] | None) -> _Row:
    paths = {card.path for card in story.cards}
    copied = [copy.card for copy in copies if copy.leader.path in paths]
    articles: list[Json] = [card.path for card in sorted((*story.cards, *copied), key=_newest_first)]
    sources: list[Json] = [source.title for source in story.sources]
    document: dict[str, Json] = {
        "id": story.slug,
        "url": story.url,
        "title": story.title,
        "first": story.first.isoformat(),
        "last": story.last.isoformat(),
        "sources": sources,
        "articles": articles,
    }
    cells = (_moment(story.first, site), f"{len(articles):,}", story.title, story.url)
    if words is None:
        return cells, document
    return (*cells, ", ".join(words)), {**document, "words": list(words)}


def _words_of(desk: Desk, story: Story) -> tuple[str, ...]:
    """What the articles of a story have in common."""
    marks = marks_of(desk.memory.file, [card.path for card in story.cards])
    return common_terms([terms_in(mark.terms) for mark in marks.values()])


def _copy_row(copy: Copy, explain: bool) -> _Row:
    document: dict[str, Json] = {
        "path": copy.card.path,
        "canonical": copy.leader.path,
        "kind": copy.kind,
        "phrases": copy.phrases,
        "facts": copy.facts,
        "reason": copy.reason,
    }
    cells = (copy.kind, copy.card.path, copy.leader.path)
    facts = "-" if copy.facts is None else f"{copy.facts:.2f}"
    why = copy.reason if copy.reason != "text" else f"phrases {copy.phrases:.2f}, facts {facts}"
    return (*cells, why) if explain else cells, document


def _edition_rows(edition: Edition, gathered: Gathered, site: Site, explain: bool) -> Iterator[_Row]:
    """One row an edition; explained, one an item, with what it ranks by."""
    period = period_of(site)
    document: dict[str, Json] = {
        "name": edition.name,
        "url": edition.url,
        "closes": period.end(period.number_of(edition.name)).isoformat(),
        "open": edition.is_open,
        "minutes": edition.minutes,
        "items": [[card.path for card in item] for item in edition.items],
    }
    if not explain:
        articles, state = sum(map(len, edition.items)), "open" if edition.is_open else "over"
        yield (edition.name, state, f"{articles:,}", f"{edition.minutes} min", edition.items[0][0].title), document
        return
    corpus = gathered.corpus
    cards = [card for item in edition.items for card in item]
    sources = sources_of(cards, Grounds(corpus.copies, corpus.stories, gathered.kinship), period)
    reasons = [", ".join(reasons_of(rank_of(item, sources), site.timezone)) for item in edition.items]
    explained: dict[str, Json] = {**document, "reasons": [*reasons]}
    for number, (item, why) in enumerate(zip(edition.items, reasons, strict=True), start=1):
        yield (edition.name, f"{number}", why, item[0].title, item[0].path), explained
        explained = {}


def _term_row(term: Term) -> _Row:
    paths: list[Json] = [card.path for card in term.cards]
    document: dict[str, Json] = {"name": term.name, "slug": term.slug, "url": term.url, "articles": paths}
    return (f"{len(term.cards):,}", term.name, term.url), document


def _moment(date: datetime, site: Site) -> str:
    return date.astimezone(site.timezone).strftime("%Y-%m-%d %H:%M")


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The rows with their cells one below the other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
