"""broadsheet list: what there is, for people and, with --format json, for programs."""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from generator import config
from generator.commands.compare import marks_of
from generator.commands.desk import Desk, Showing, add_showing, open_desk
from generator.commands.gather import Gathered, gather
from generator.commands.outputs import all_published, published_before
from generator.commands.survey import survey
from generator.console import Console
from generator.corpus import Copy, Corpus, Edition, Story, Term
from generator.engine.stopwatch import Stopwatch
from generator.model import UNDATED, Card, Json, Report, Site, StaticPage
from generator.pipeline.group.affinity import common_terms
from generator.pipeline.group.co_occurrence import Companion
from generator.pipeline.group.editions import Grounds, rank_of, reasons_of, sources_of
from generator.pipeline.group.known_by import terms_in
from generator.pipeline.group.period import period_of
from generator.pipeline.group.since import Difference, Standing, differences
from generator.pipeline.group.taxonomies import companions_of
from generator.urls import output_path

KINDS: Final = (
    *("articles", "drafts", "future", "expired", "withdrawn"),
    *("topics", "tags", "sources", "stories", "duplicates", "editions", "changes"),
)


class Options(Showing):
    """What the command is told."""

    directory: Path
    what: str
    explain: bool
    output: Path | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `broadsheet list`."""
    parser.add_argument("what", choices=KINDS, help="what to list")
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, help="for `changes`: what was built last; default: output/"
    )
    parser.add_argument("--explain", action="store_true", help="say why: the words and figures that decided")
    add_showing(parser)


def run(options: Options, console: Console) -> Report:
    """Lists what is asked for; problems in content/ are reported beside it."""
    site = config.load(config.find(options.directory))
    with open_desk(site, options, console, Stopwatch()) as desk:
        gathered = gather(desk, survey(desk))
        if options.what == "changes":
            return _changes(desk, gathered, options)
        rows = list(_rows(desk, gathered, options))
    return _report(rows, options, gathered)


# The cells for people, the document for programs; empty where an earlier row has it.
_Row = tuple[tuple[str, ...], dict[str, Json]]


def _rows(desk: Desk, gathered: Gathered, options: Options) -> Iterator[_Row]:
    corpus, site, what, explain = gathered.corpus, desk.site, options.what, options.explain
    if what in _ARTICLES:
        yield from (_card_row(card, site, explain) for card in _ARTICLES[what](gathered))
        yield from (_page_row(page, explain) for page, why in gathered.pages if why == what.removesuffix("s"))
    elif what == "stories":
        for story in corpus.stories:
            yield _story_row(story, corpus.copies, site, _words_of(desk, story) if explain else None)
    elif what == "duplicates":
        yield from (_copy_row(copy, explain) for copy in corpus.copies)
    elif what == "editions":
        for edition in corpus.editions:
            yield from _edition_rows(edition, gathered, site, explain)
    else:
        yield from _term_rows(what, corpus, explain)


def _withheld(gathered: Gathered, reason: str) -> Iterator[Card]:
    return (card for card, why in gathered.withheld if why == reason)


def _published(gathered: Gathered) -> Iterator[Card]:
    """All that has a page: the listed articles and copies by date, then the unlisted ones."""
    corpus = gathered.corpus
    yield from sorted((*corpus.cards, *(copy.card for copy in corpus.copies)), key=_newest_first)
    yield from corpus.unlisted


_ARTICLES: Final[Mapping[str, Callable[[Gathered], Iterable[Card]]]] = {
    "articles": _published,
    "drafts": partial(_withheld, reason="draft"),
    "future": partial(_withheld, reason="future"),
    "expired": partial(_withheld, reason="expired"),
    "withdrawn": lambda gathered: gathered.corpus.withdrawn,
}


def _report(rows: Sequence[_Row], options: Options, gathered: Gathered) -> Report:
    items: list[Json] = [document for _, document in rows if document]
    return Report(tuple(_columns([cells for cells, _ in rows])), {options.what: items}, gathered.problems)


def _changes(desk: Desk, gathered: Gathered, options: Options) -> Report:
    """What became of articles since the last build; a build that isn't remembered is no empty one."""
    folder = options.directory / options.output if options.output else desk.site.root / "output"
    before = published_before(desk, folder)
    cards = {card.path: card for card in all_published(gathered.corpus)}
    now = {path: _standing(card, gathered) for path, card in cards.items()}
    withheld = {card.path: why for card, why in gathered.withheld}
    found = differences(before, now, withheld, gathered.broken) if before else ()
    titles = {path: card.title for path, card in cards.items()}
    report = _report([_change_row(one, titles.get(one.path, ""), options.explain) for one in found], options, gathered)
    unknown = f"no build into {folder.name}/ is remembered with this configuration: there is nothing to compare with"
    lines = report.lines or (unknown if not before else "nothing changed since the last build",)
    return report._replace(lines=lines, document={**report.document, "compared": bool(before)})


def _standing(card: Card, gathered: Gathered) -> Standing:
    text = "" if card.withdrawn else gathered.texts[card.path]
    return Standing(output_path(card.url), text, len(card.corrections), card.withdrawn is not None)


def _change_row(one: Difference, title: str, explain: bool) -> _Row:
    document: dict[str, Json] = {"kind": one.kind, "path": one.path, "url": one.url, "title": title or None}
    cells = (one.kind, title or one.url, one.path)
    return ((*cells, one.reason), {**document, "reason": one.reason}) if explain else (cells, document)


def _newest_first(card: Card) -> tuple[float, str]:
    return -card.date.timestamp(), card.path


def _card_row(card: Card, site: Site, explain: bool) -> _Row:
    topics: list[Json] = [topic.slug for topic in card.topics]
    tags: list[Json] = list(card.tags)
    document: dict[str, Json] = {
        "path": card.path,
        "url": card.url,
        "title": card.title,
        "date": None if card.date == UNDATED else card.date.isoformat(),
        "source": card.source.title if card.source else None,
        "topics": topics,
        "topic_reason": str(card.topic_reason),
        "tags": tags,
        "language": card.language,
        "minutes": card.minutes,
    }
    topic = card.topics[0].title if card.topics else "Other"
    cells = (
        "no date" if card.date == UNDATED else _moment(card.date, site)[: None if card.has_time else 10],
        topic,
        card.title,
        card.path,
    )
    return (*cells, str(card.topic_reason)) if explain else cells, document


def _page_row(page: StaticPage, explain: bool) -> _Row:
    """A static page that is kept back; what only articles have is left out."""
    date = page.appears.isoformat() if page.appears else None
    document: dict[str, Json] = {"path": page.path, "url": page.url, "title": page.title, "date": date}
    cells = ("page", "", page.title, page.path)
    return (*cells, "") if explain else cells, document


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


def _term_rows(what: str, corpus: Corpus, explain: bool) -> Iterator[_Row]:
    """The topics, tags or sources; `explain` adds what made them so."""
    terms = corpus.terms(what)
    companions = companions_of(terms, corpus.cards) if what == "tags" and explain else {}
    names = {term.slug: term.name for term in terms}
    for term in terms:
        paths: list[Json] = [card.path for card in term.cards]
        document: dict[str, Json] = {"name": term.name, "slug": term.slug, "url": term.url, "articles": paths}
        cells: tuple[str, ...] = (f"{len(term.cards):,}", term.name, term.url)
        if what == "tags":
            document["related"] = [link.title for link in term.related]
        if what == "sources":
            document |= {"website": term.website or None, "language": term.language or None}
        if explain:
            why, more = _why(what, term, companions.get(term.slug, ()), names)
            cells, document = (*cells, why), {**document, **more}
        yield cells, document


def _why(
    what: str, term: Term, companions: Sequence[Companion], names: Mapping[str, str]
) -> tuple[str, dict[str, Json]]:
    """For people and for programs: how articles came to a topic, what goes with a tag, whose a source is."""
    if what == "topics":
        methods: dict[str, Json] = dict(sorted(Counter(card.topic_reason.method for card in term.cards).items()))
        return ", ".join(f"{method} {number}" for method, number in methods.items()), {"methods": methods}
    if what == "tags":
        related: list[Json] = [
            {"name": names[one.slug], "score": round(one.score, 3), "articles": one.articles} for one in companions
        ]
        shown = ", ".join(f"{names[one.slug]} {one.score:.2f} ({one.articles})" for one in companions)
        return shown, {"related": related}
    languages: dict[str, Json] = dict(sorted(Counter(card.language for card in term.cards).items()))
    shown = ", ".join(f"{language} {number}" for language, number in languages.items())
    return f"{term.website or 'not in the configuration'}; {shown}", {"languages": languages}


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
        title = edition.items[0][0].title if edition.items else ""
        yield (edition.name, state, f"{articles:,}", f"{edition.minutes} min", title), document
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
