"""The pages of articles."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeAlias

from generator.corpus import Corpus
from generator.model import Card, Link, TermLink
from generator.pipeline.group.related import link_related
from generator.pipeline.group.uses import tag_slug
from generator.pipeline.render.page import Frame, Page
from generator.pipeline.render.views import NOTHING_AROUND, Also, Around, ArticleView, View

Lists: TypeAlias = tuple[tuple[TermLink, ...], TermLink | None]  # topics and source


def article_pages(corpus: Corpus, frame: Frame, wanted: Collection[str] | None = None) -> Iterator[Page]:
    """Every article, with its neighbours in time and all that belongs to it; a copy has no neighbours.

    Or those that are `wanted` alone, by path.
    """
    cards = corpus.cards
    listed = zip(cards, (None, *cards), (*cards[1:], None), strict=False)
    beside = beside_the_lists(corpus)
    placed = chain(listed, ((card, None, None) for card in beside))
    chosen = [one for one in placed if wanted is None or one[0].path in wanted]
    tags, ties = _tag_links(corpus, [card for card, _, _ in chosen]), around(corpus, wanted)
    unlisted = {card.path for card in beside}
    with_page = pages_of_lists(corpus) if unlisted else set()
    for card, newer, older in chosen:
        links = tuple(dict.fromkeys([tags[tag] for tag in card.tags]))
        lists = lists_of(card, with_page) if card.path in unlisted else None
        parts = (card, links, lists, _link(newer), _link(older), ties.get(card.path, NOTHING_AROUND))
        yield Page(card.url, "article.html", frame, _article_view, parts, (card.path,), card.path)


def beside_the_lists(corpus: Corpus) -> list[Card]:
    """The articles that have a page and stand in no list."""
    return [*(copy.card for copy in corpus.copies), *corpus.unlisted]


def around(corpus: Corpus, wanted: Collection[str] | None = None) -> dict[str, Around]:
    """What belongs to articles, by path; the others have nothing."""
    listing = [card for card in chain(corpus.cards, beside_the_lists(corpus)) if card.related]
    related = link_related([card for card in listing if wanted is None or card.path in wanted], corpus.cards)
    stories: dict[str, Link] = {}
    for story in corpus.stories:
        stories |= dict.fromkeys([card.path for card in story.cards], Link(story.title, story.url))
    leaders: dict[str, Link] = {}
    also_at: defaultdict[str, tuple[Also, ...]] = defaultdict(tuple)
    for copy in corpus.copies:
        card, leader = copy.card, copy.leader
        also_at[leader.path] += (Also(card.source.title if card.source else card.title, card.url, copy.kind),)
        leaders[card.path] = Link(leader.title, leader.url)
        if leader.path in stories:
            stories[card.path] = stories[leader.path]
    return {
        path: Around(
            stories.get(path),
            leaders.get(path),
            also_at.get(path, ()),
            corpus.onward.get(path, ()),
            related.get(path, ()),
        )
        for path in ({**corpus.onward, **related, **stories, **leaders, **also_at} if wanted is None else wanted)
    }


def _link(card: Card | None) -> Link | None:
    return Link(card.title, card.url) if card else None


def _tag_links(corpus: Corpus, cards: Iterable[Card]) -> Mapping[str, TermLink]:
    """The tag that each name of one in these cards stands for, in its commonest spelling."""
    terms = {term.slug: term for term in corpus.terms("tags")}
    links = {}
    for name in {tag for card in cards for tag in card.tags}:
        slug = tag_slug(name)
        term = terms.get(slug)
        links[name] = TermLink(slug, term.name, term.url) if term else TermLink(slug, name, "")
    return links


def pages_of_lists(corpus: Corpus) -> set[tuple[str, str]]:
    """The topics and sources that have a page."""
    return {(name, term.slug) for name in ("topics", "sources") for term in corpus.terms(name)}


def lists_of(card: Card, with_page: Collection[tuple[str, str]]) -> Lists:
    """The topics and the source of an article that stands in no list, with links to those that have a page."""
    topics = (topic if ("topics", topic.slug) in with_page else topic._replace(url="") for topic in card.topics)
    source = card.source
    return tuple(topics), source if not source or ("sources", source.slug) in with_page else source._replace(url="")


def _article_view(
    frame: Frame,
    card: Card,
    tags: tuple[TermLink, ...],
    lists: Lists | None,
    *around: *tuple[Link | None, Link | None, Around],
) -> View:
    newer, older, ties = around
    topics, source = lists or (card.topics, card.source)
    common = (frame.view, card.url, card.title, card.summary, ())
    return ArticleView(*common, card, topics, tags, source, newer, older, *ties)
