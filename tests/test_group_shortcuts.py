"""What grouping is spared gives what the long way round gives."""

import marshal
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.commands import compare
from generator.corpus import Term
from generator.digest import digest_of
from generator.engine.memory import Memory
from generator.model import Card, Reason, TermLink, Ties
from generator.names import tags_of
from generator.notices import Withdrawal
from generator.pipeline.group import onward, taxonomies, uses
from generator.pipeline.group.corpus import Moment, sort_by_time, withheld_as
from generator.pipeline.group.kinship import NO_KINSHIP
from tests.test_kinship import SITES, Told, compared

NOON = datetime(2024, 10, 27, 12, tzinfo=UTC)  # on the day on which clocks go back in London
ZONES = st.sampled_from([UTC, ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo")])
DATES = st.builds(lambda hours, zone: (NOON + timedelta(hours=hours)).astimezone(zone), st.integers(-60, 60), ZONES)


def card(
    path: str, date: datetime, *, appears: datetime | None = None, expires: datetime | None = None, kind: str = ""
) -> Card:
    told = Card(
        "",
        path,
        f"/{path}/",
        path,
        date,
        date,
        appears,
        expires,
        kind == "draft",
        kind == "unlisted",
        (),
        None,
        "en",
        (),
        Reason("none", ()),
        (),
        "",
        None,
        (),
        1,
        Ties(),
        (),
        None,
        True,
        True,
        "",
        1,
        "",
    )
    if kind == "tied":
        return told._replace(ties=Ties(story="x"))
    return told._replace(withdrawn=Withdrawal()) if kind == "withdrawn" else told


CARDS = st.lists(
    st.tuples(
        DATES, st.none() | DATES, st.none() | DATES, st.sampled_from(["", "", "draft", "unlisted", "withdrawn", "tied"])
    ),
    max_size=14,
).map(
    lambda told: [
        card(f"content/{number * 7 % 15:02}.md", date, appears=appears, expires=expires, kind=kind)
        for number, (date, appears, expires, kind) in enumerate(told)
    ]
)


@settings(max_examples=300)
@given(CARDS, DATES, st.booleans(), st.booleans(), st.booleans())
def test_articles_stand_as_if_each_were_asked(
    cards: list[Card],
    now: datetime,
    drafts: bool,
    future: bool,
    expired: bool,
) -> None:
    moment = Moment(now, drafts, future, expired)
    present = sort_by_time(cards, moment)
    ordered = sorted(cards, key=lambda card: (-card.date.timestamp(), card.path))
    reasons = [(card, why) for card in ordered if (why := withheld_as(card, moment))]
    shown = [card for card in ordered if not withheld_as(card, moment)]
    assert present.withheld == tuple(reasons)
    assert present.withdrawn == tuple(card for card in shown if card.withdrawn)
    assert present.unlisted == tuple(card for card in shown if card.unlisted)
    assert present.compared == tuple(card for card in shown if not card.unlisted and not card.withdrawn)
    assert present.noted == tuple(card for card in present.compared if card.corrections or card.ties != Ties())
    turns = [turn for card in cards for turn in (card.date, card.appears, card.expires) if turn]
    assert {turn.timestamp() for turn in present.turns if turn > now} == {
        turn.timestamp() for turn in turns if turn > now
    }
    past = [[turn.timestamp() for turn in some if turn <= now] for some in (present.turns, turns)]
    assert max(past[0], default=0) == max(past[1], default=0)


@settings(max_examples=300)
@given(st.lists(st.integers(0, 12), min_size=2, max_size=30, unique=False))
def test_the_nearest_of_a_story_are_those_of_all_of_it(hours: Sequence[int]) -> None:
    told = [card(f"content/{number * 7 % 31:02}.md", NOON + timedelta(hours=hour)) for number, hour in enumerate(hours)]
    cards = sorted(told, key=lambda card: (card.date, card.path), reverse=True)
    for path, others in onward._in_story(cards):  # noqa: SLF001
        date = next(card.date for card in cards if card.path == path)
        nearest = sorted((abs(card.date - date), card.path) for card in cards if card.path != path)
        assert list(others) == [other for _, other in nearest][: onward.MOST]


@settings(max_examples=40, deadline=None)
@given(SITES, SITES)
def test_what_was_found_is_remembered_in_blocks(before: dict[str, Told], after: dict[str, Told]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(Path(folder) / "memory.sqlite", "stamp")
        known = NO_KINSHIP
        for site in (before, after):
            kinship = compared(spread_out(site), known)
            compare._record(memory, known, kinship)  # noqa: SLF001
            known = compare._unpacked(memory.facts("kinship"))  # noqa: SLF001
            assert known == kinship == compared(spread_out(site))
        memory.close()


NAMES = st.lists(st.sampled_from("abcdefABC"), max_size=4, unique=True)
LISTS = st.lists(st.tuples(st.integers(0, 30), NAMES, NAMES, st.sampled_from(["", "x", "X", "y"])), max_size=20)


def named(told: list[tuple[int, list[str], list[str], str]]) -> list[Card]:
    """Articles in order, each with tags, topics and a source."""
    cards = []
    for number, tags, topics, source in sorted(told):
        one = card(f"content/{number:02}.md", NOON)
        links = tuple(TermLink(topic.lower(), topic, "") for topic in topics)
        link = TermLink(source.lower(), source, "") if source else None
        cards.append(one._replace(tags=tags_of(tuple(tags), ()), topics=links, source=link))
    return [one._replace(digest=digest_of(one)) for one in cards]


@settings(max_examples=300)
@given(LISTS, LISTS, st.integers(0, 20), st.integers(0, 20))
def test_names_are_counted_anew_where_articles_changed_and_nowhere_else(
    before: list[tuple[int, list[str], list[str], str]],
    after: list[tuple[int, list[str], list[str], str]],
    first: int,
    last: int,
) -> None:
    """`after` is whatever comes: another site, or the same one with some articles of it replaced."""
    for told in (after, [*before[:first], *after, *before[last:]]):
        one, other = named(before), named(told)
        known = uses.bring_up_to_date(uses.NO_USES, [card.digest for card in one], one)
        digests = [card.digest for card in other]
        found, fresh = (uses.bring_up_to_date(some, digests, other) for some in (known, uses.NO_USES))
        assert found._replace(together=b"") == fresh._replace(together=b"", cards=digests)
        together = [marshal.loads(some.together) for some in (found, fresh)]  # noqa: S302 - our own
        assert together[0] == together[1]
        assert uses.bring_up_to_date(found, digests, other) is found
        site_of = {tag: [place for place, card in enumerate(other) if tag in card.tags] for tag in "abcdefABC"}
        assert found.tags == {tag: places for tag, places in site_of.items() if places}
        terms = tuple(
            Term(slug, slug, "", "", tuple(card for card in other if slug in map(uses.tag_slug, card.tags)))
            for slug in map(uses.tag_slug, "abcdef")
        )
        related = taxonomies.companions_of(terms, other)
        assert found.related == {slug: [one.slug for one in companions] for slug, companions in related.items()}


def spread_out(site: dict[str, Told]) -> dict[str, Told]:
    """Over several blocks of days, and over their edges."""
    return {path: told._replace(day=told.day * 4) for path, told in site.items()}
