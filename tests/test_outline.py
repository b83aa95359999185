"""What a plan leaves out is as it was."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from generator import config
from generator.corpus import Copy, Corpus, Story, Taxonomy
from generator.digest import digest_of
from generator.model import Card, Link, Site
from generator.names import tags_of
from generator.pipeline.group import lock, taxonomies, uses
from generator.pipeline.group.corpus import Known, Moment, group, sort_by_time
from generator.pipeline.group.kinship import NO_KINSHIP
from generator.pipeline.render import sitemaps
from generator.pipeline.render.outline import not_as_before, outline_of_articles, with_terms
from generator.pipeline.render.page import Page
from generator.pipeline.render.plan import frame_of, plan
from generator.problems import Problem
from tests.test_group_shortcuts import card

ROOT = Path(__file__).parent.parent
START = datetime(2024, 1, 20, 12, tzinfo=UTC)


class Made(NamedTuple):
    """An article as it is made up."""

    days: int
    title: str
    tags: list[str]
    kind: str
    onward: int  # to which other article it leads, by number
    of: int  # of which one it is a copy, where it is one
    related: tuple[str, ...]


MADE = st.builds(
    Made,
    st.integers(0, 60),
    st.sampled_from(["A title of an article", "Another title of one", "A third title again"]),
    st.lists(st.sampled_from(["sea", "Sea", "wind", "Tide"]), max_size=2, unique=True),
    st.sampled_from(["", "", "", "", "unlisted", "withdrawn", "copy", "told"]),
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from([(), (), ("Another title of one",), ("Titles that nobody has",)]),
)
CORPORA = st.dictionaries(st.integers(0, 9), MADE, max_size=8)


@cache
def site() -> Site:
    return config.load(ROOT / "broadsheet.toml")._replace(topics=())


def sort(cards: tuple[Card, ...], site: Site) -> tuple[tuple[Taxonomy, ...], tuple[Problem, ...]]:
    known = uses.bring_up_to_date(uses.NO_USES, [card.digest for card in cards], list(cards))
    return taxonomies.sort_into_taxonomies(cards, known, site)


def corpus(articles: dict[int, Made], more: str = "") -> Corpus:
    """What grouping makes of them, maybe with a menu or with related tags; which belong together is told."""
    cards = []
    for number, made in articles.items():
        one = card(f"content/{number}.md", START + timedelta(days=made.days), kind=made.kind)
        one = one._replace(title=made.title, tags=tags_of(tuple(made.tags), ()), related=made.related)
        cards.append(one._replace(digest=digest_of(one)))
    moment = Moment(START + timedelta(days=100))
    present = sort_by_time(cards, moment)
    told_site = site()._replace(menu=(Link("About", "/about/"),) if more == "menu" else ())
    grouped = group(present, (), told_site, moment, Known(NO_KINSHIP, sort, lock.read(""))).corpus
    by_path = {one.path: one for one in grouped.cards}
    leading = [one for one in grouped.cards if articles[number_of(one)].kind != "copy"]
    copies = []
    for one in grouped.cards:
        leader = by_path.get(f"content/{articles[number_of(one)].of}.md")
        if one not in leading and leader in leading:
            copies.append(Copy(one, leader, "copy", 1.0, None, "text"))
    told = tuple(one for one in leading if articles[number_of(one)].kind == "told")
    onward = {
        one.path: (Link(by_path[other].title, by_path[other].url),)
        for one in leading
        if (other := f"content/{articles[number_of(one)].onward}.md") in by_path
    }
    stories = (Story("x", "/stories/x/", told[-1].title, told[-1].date, told[0].date, (), told),) if told else ()
    listed = tuple(one for one in grouped.cards if one not in {copy.card for copy in copies})
    months = [month._replace(cards=tuple(one for one in month.cards if one in listed)) for month in grouped.months]
    tags = next(one for one in grouped.taxonomies if one.name == "tags")
    related = (Link("Elsewhere", "/tags/elsewhere/"),) if more == "related" else ()
    others = tags._replace(terms=tuple(term._replace(related=related) for term in tags.terms))
    return grouped._replace(
        taxonomies=tuple(others if one is tags else one for one in grouped.taxonomies),
        cards=listed,
        copies=tuple(copies),
        onward=onward,
        stories=stories,
        months=tuple(month for month in months if month.cards),
    )


def number_of(card: Card) -> int:
    return int(Path(card.path).stem)


def shown(page: Page) -> Sequence[object]:
    return page[:2], page.frame, page.make, page.parts, page.texts, page.owner


@settings(max_examples=300, deadline=None)
@given(CORPORA, CORPORA, st.booleans(), st.sampled_from([1, 1_000]), st.sampled_from(["", "", "menu", "related"]))
def test_a_plan_leaves_out_pages_that_are_as_they_were_and_no_others(
    before: dict[int, Made], after: dict[int, Made], is_edit: bool, small: int, more: str
) -> None:
    """`after` is another site, or the same one with some articles edited, gone and come."""
    with patch.object(sitemaps, "_SMALL", small):
        was = corpus(before)
        now = corpus(
            {**{number: made for number, made in before.items() if number % 3}, **after} if is_edit else after, more
        )
        outline, known = (with_terms(outline_of_articles(one, frame_of(one)), one) for one in (now, was))
        near = not_as_before(now, outline, known)
        planned, whole, earlier = plan(now, near), plan(now), plan(was)
    assert planned.problems == whole.problems
    assert {**planned.pages, **planned.others}.keys() == whole.pages.keys()
    for path, page in planned.pages.items():
        assert shown(page) == shown(whole.pages[path])
    for path, owner in planned.others.items():
        assert owner == whole.pages[path].owner
        assert shown(whole.pages[path]) == shown(earlier.pages[path])
    assert not_as_before(was, known, known) == (set(), set())
