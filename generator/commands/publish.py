"""The second half of the sentence: corpus -> plan -> [pages] -> output/.

What is in brackets is done for pages that are not as they were. Where no card changed the plan is the
same, and only pages with a text that changed are looked at (early cutoff).
"""

import marshal
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import nullcontext
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from generator.commands.copies import Copy, make_way
from generator.commands.desk import Desk
from generator.commands.gather import Gathered
from generator.commands.outputs import Before, Published, Stock, record
from generator.commands.press import Supplies, make_all, once
from generator.corpus import Corpus, Edition
from generator.digest import WITHOUT_REFERENCES, StandIns, digest, digest_of
from generator.engine.memory import NEW, Memory, Trace, out_of_date
from generator.model import Card, Link, Output, TermLink
from generator.pipeline.render.outline import Outline, not_as_before, outline_of_articles, with_terms
from generator.pipeline.render.page import Page
from generator.pipeline.render.plan import Plan, frame_of, pages_that_show, plan
from generator.pipeline.render.theme import template_digests
from generator.pipeline.render.views import SitemapEntry
from generator.pipeline.write import Put, Writer, together
from generator.problems import Problem
from generator.urls import output_path

_COMPARED_ALONE: Final = 3_000  # up to so many it isn't worth one to compare them
_COMPARE_SECONDS: Final = 60.0  # on the clock; 1,000 times what 10,000 pages need
_flat: Final = chain.from_iterable


def publish(desk: Desk, folder: Path, gathered: Gathered, stock: Stock) -> Published:
    """Brings the output folder to the state of the corpus; what goes wrong costs its page alone."""
    before, writer = stock.before, stock.writer
    templates = template_digests(stock.theme.templates)
    goal = _goal(desk, gathered, stock, templates)
    desk.watch.lap("plan")
    pages, planned = goal.pages, goal.planned
    known = before.made if goal.corpus == before.corpus else {}  # the same cards: the same views
    signs = _Signs(gathered.texts, goal.copies, templates, _Views(goal, known, desk.memory))
    traces, reasons = _compare(desk, goal.looked_at, stock, signs)
    writer.claim(planned, gathered.broken)
    desk.watch.lap("compare")
    faults: list[Problem] = []
    stale = [page for path, page in pages.items() if path in reasons]
    copied = (_put(writer, path, copy) for path, copy in goal.copies.items() if path in reasons)
    puts: dict[str, Put] = {}
    for put in chain(make_all(desk, writer, stale, Supplies(stock.theme, gathered.links), faults), copied):
        puts[put.path] = put
        if put.path not in traces:  # new: known by now, while other processes make the next ones
            traces[put.path] = signs.of(put.path, put.size, put.mtime_ns)
    desk.watch.lap("render and write")
    good = {path: put for path, put in puts.items() if not put.problem}
    failed = reasons.keys() - good.keys()
    absent = {path for path in failed if path in writer.foreign or not os.path.lexists(folder / path)}
    finished = writer.finish(planned, absent)
    traces |= {path: (*traces[path][:3], put.size, put.mtime_ns) for path, put in good.items()}
    made = {path: trace for path, trace in {**goal.standing, **traces}.items() if path not in failed}
    # What failed is tried again: the next build takes nothing for done that this one planned.
    is_whole = not (goal.problems or failed or finished.problems)
    after = Before(goal.corpus, goal.outline, made) if is_whole else Before("", b"", made)
    record(desk, folder, before, after, gathered.corpus)
    unwritten = together((*finished.problems, *(put.problem for put in puts.values() if put.problem)), folder)
    return Published(
        written=tuple(path for path, put in puts.items() if put.changed),
        removed=finished.removed,
        unchanged=len(made) - sum(put.changed for put in puts.values()),
        reasons=reasons,
        problems=(*goal.problems, *once(faults), *unwritten),
        lost=_count_lost(goal, gathered.corpus) if goal.problems else 0,
    )


def _count_lost(goal: "_Goal", corpus: Corpus) -> int:
    """How many articles have no page, for another has their url."""
    cards = chain(corpus.cards, (copy.card for copy in corpus.copies), corpus.unlisted)
    return sum(goal.planned.get(output_path(card.url)) != card.path for card in cards)


class _Goal(NamedTuple):
    """What the output folder is to hold."""

    corpus: str  # digest of all that it is planned from
    outline: bytes  # of articles and terms, packed
    planned: Mapping[str, str]  # all its files, with the content file that each comes from
    looked_at: Collection[str]  # files that may have to be made
    pages: Mapping[str, Page]  # of these
    copies: Mapping[str, Copy]  # the files that are published as they are
    standing: Mapping[str, Trace]  # the other files, which are as they were
    problems: tuple[Problem, ...] = ()


def _goal(desk: Desk, gathered: Gathered, stock: Stock, templates: Mapping[str, str]) -> _Goal:
    """Planned as far as it may have changed."""
    corpus, before, copies = gathered.corpus, stock.before, stock.theme.copies
    articles, digest = desk.memory.keep("outline", (corpus,), lambda: _outlined(corpus))
    texts = _changed_texts(stock, gathered, templates)
    if texts is not None and digest == before.corpus:  # of the plan that was carried out before
        pages = pages_that_show(corpus, texts)
        return _Goal(digest, before.outline, stock.writer.manifest, pages, pages, copies.files, before.made)
    outline = with_terms(articles, corpus)
    planned, copies = make_way(_plan(desk, corpus, before, outline, texts), copies)
    owners = {path: page.owner for path, page in planned.pages.items()}
    files = {**owners, **planned.others, **dict.fromkeys(copies.files, "")}
    standing = {path: before.made[path] for path in planned.others}
    packed = marshal.dumps(tuple(outline))
    problems = (*planned.problems, *copies.problems)
    return _Goal(digest, packed, files, [*owners, *copies.files], planned.pages, copies.files, standing, problems)


def _plan(desk: Desk, corpus: Corpus, before: Before, outline: Outline, texts: Collection[str] | None) -> Plan:
    """Without pages that are as they were, if nothing but articles changed since the last build."""
    if texts is not None and before.outline:
        was = Outline(*desk.memory.load(before.outline, marshal.loads))
        near = not_as_before(corpus, outline, was)
        small = plan(corpus, near._replace(articles={*near.articles, *texts}))
        if small.others.keys() <= before.made.keys():
            return small
    return desk.memory.keep("plan", (corpus,), lambda: plan(corpus))


def _outlined(corpus: Corpus) -> tuple[Outline, str]:
    """The outline of the articles, and the digest of all that a plan is made from."""
    outline = outline_of_articles(corpus, frame_of(corpus))
    grouped = (corpus.copies, corpus.stories, corpus.redirects, corpus.editions, corpus.withdrawn)
    rest = (len(corpus.unlisted), corpus.pages, grouped)
    return outline, digest_of((marshal.dumps(tuple(outline), WITHOUT_REFERENCES), rest), _STAND_INS)


def _changed_texts(stock: Stock, gathered: Gathered, templates: Mapping[str, str]) -> set[str] | None:
    """The articles whose text isn't as it was; None where files, templates or copies aren't either."""
    made, owners, copies = stock.before.made, stock.writer.manifest, stock.theme.copies
    if gathered.broken or stock.strays or stock.writer.is_damaged or made.keys() != owners.keys():
        return None
    if not {trace[2] for trace in made.values()} <= {*templates.values(), ""}:  # a JSON Feed has none
        return None
    copied = {path: trace[0] for path, trace in made.items() if not trace[1] and not trace[2]}
    if copies.problems or copied != {path: _sign(copy) for path, copy in copies.files.items()}:
        return None
    texts = gathered.texts
    return {
        owners[path]
        for path, trace in made.items()
        if trace[1] and trace[1] != texts.get(owners[path], trace[1])  # feeds have no owner
    }


def _compare(
    desk: Desk, planned: Collection[str], stock: Stock, signs: "_Signs"
) -> tuple[dict[str, Trace], dict[str, tuple[str, ...]]]:
    """The traces of the files that there were, as they would be now; and which files have to be made, and why."""
    made = stock.before.made
    known = [path for path in planned if path in made]
    half = len(known) // 2 if len(known) > _COMPARED_ALONE else 0
    work = partial(_changed, known[:half], stock, signs)
    with desk.aside(work, _COMPARE_SECONDS) if half else nullcontext(work) as theirs:
        changed = _changed(known[half:], stock, signs) | theirs()
    reasons: dict[str, tuple[str, ...]] = dict.fromkeys([path for path in planned if path not in made], NEW)
    reasons |= {path: out_of_date(made[path], now) for path, now in changed.items()}
    return {path: made[path] for path in known} | changed, reasons


def _changed(paths: Iterable[str], stock: Stock, signs: "_Signs") -> dict[str, Trace]:
    """The traces that aren't as they were."""
    made, strays = stock.before.made, stock.strays
    return {path: now for path in paths if (now := signs.of(path, *strays.get(path, made[path][3:]))) != made[path]}


# What outputs are made from


def _digest_article(site: str, parts: tuple[Any, ...]) -> str:
    """As digest_of, in half the time: most pages are articles."""
    card, tags, own_lists, newer, older, (story, leader, also_at, onward, related) = parts
    own = own_lists and (*map(tuple, own_lists[0]), own_lists[1] and tuple(own_lists[1]))
    numbers = (len(tags), len(also_at), len(onward), len(related))
    links = [link and tuple(link) for link in (newer, older, story, leader)]
    lists = (*_flat(tags), *_flat(also_at), *_flat(onward), *_flat(related))
    return digest(marshal.dumps((site, card.digest, own, *numbers, *links, *lists), WITHOUT_REFERENCES))


def _plain_entry(entry: SitemapEntry) -> object:
    """There is one for each page."""
    url, updated = entry
    return url, updated and updated.isoformat()


_STAND_INS: Final[StandIns] = {
    Card: attrgetter("digest"),
    Edition: attrgetter("digest"),
    Link: tuple,
    TermLink: tuple,
    SitemapEntry: _plain_entry,
}


class _Signs:
    """For each file of the output what it has to be made from now."""

    def __init__(
        self,
        texts: Mapping[str, str],
        copies: Mapping[str, Copy],
        templates: Mapping[str, str],
        views: "_Views",
    ) -> None:
        self.texts, self.copies, self.templates = texts, copies, templates
        self.views, self.pages, self.known = views, views.pages, views.known

    def of(self, path: str, size: int, mtime_ns: int) -> Trace:
        """The trace of a file of this size and time, made now."""
        page = self.pages.get(path)
        if page is None:
            return _sign(self.copies[path]), "", "", size, mtime_ns
        known, shown = self.known.get(path), page.texts
        is_page = known is not None and (known[1] or known[2])  # and no copy that stood in its place
        view = known[0] if known is not None and is_page else self.views.digest(path, page)
        texts = self.texts[shown[0]] if shown else ""
        if len(shown) > 1:
            texts = digest(" ".join([self.texts[text] for text in shown]).encode())
        return view, texts, self.templates.get(page.template, ""), size, mtime_ns


def _sign(copy: Copy) -> str:
    return " ".join(map(str, copy.found[1:]))


def _put(writer: Writer, path: str, copy: Copy) -> Put:
    """Publishes a file as it is."""
    try:
        content = copy.source.read_bytes()
    except OSError as error:
        return writer.refused(path, f"{copy.shown} can't be read: {error.strerror}", "mind its permissions")
    return writer.put(Output(path, content))


_View: TypeAlias = tuple[Callable[..., object], tuple[object, ...], str]  # of what a view was made, and its digest


class _Views:
    """The digests of the views of pages."""

    def __init__(self, goal: "_Goal", known: Mapping[str, Trace], memory: Memory) -> None:
        """`known` views stand; those at hand were made with the same view of the site."""
        self.pages, self.known = goal.pages, known
        sites = [page.frame.view for page in goal.pages.values()][:1]  # all have the same
        self.site = digest_of(sites)
        self.at_hand: dict[str, _View] = memory.keep("views", sites, dict)
        for path in self.at_hand.keys() - goal.planned.keys():
            del self.at_hand[path]

    def digest(self, path: str, page: Page) -> str:
        """The view is a function of the parts of the page, so that it need not be made."""
        make, parts, digest = self.at_hand.get(path, (None, None, ""))
        if make is not page.make or parts != page.parts:
            if page.template == "article.html":
                digest = _digest_article(self.site, page.parts)
            else:
                digest = digest_of((page.make.__name__, self.site, *page.parts), _STAND_INS)
        self.at_hand[path] = (page.make, page.parts, digest)  # the newest parts: the same objects are compared at once
        return digest
