"""How articles are compared: what is a copy, what stands together, and that nothing reaches beyond its window."""

from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.digest import digest
from generator.pipeline.group import kinship, marks
from generator.pipeline.group.affinity import Nearest, groups_of_day, shared_terms, vectors
from generator.pipeline.group.copies import WINDOW_DAYS, Text, find_pairs, likeness
from generator.pipeline.group.kinship import NO_KINSHIP, STORY_DAYS, Kinship, bring_up_to_date, by_day
from generator.pipeline.group.known_by import Mark, hashes_in, terms_in
from generator.pipeline.group.marks import FACTORS, GRAM, MIDDLE, hashes_of_grams, mark_of
from generator.pipeline.group.words import content_words, names_in, words_of

EVENTS = (
    "The ferry Aurora struck a reef off Selby Point and {n} passengers took to the boats near Selby Point harbour.",
    "Tremors shook the Velm valley and {n} houses fell in Upper Velm while Mayor Ana Roth called for tents.",
    "Rowan Pike won the Carland Marathon in {n} minutes, ahead of Ilse Brandt, on the Carland river course.",
    "Regulators fined Lumen Glass {n} million for the Orbach spill, and Lumen Glass said it would appeal in Orbach.",
)


class Told(NamedTuple):
    """One article as hypothesis makes it."""

    day: int
    event: int
    number: int


def text_of(told: Told) -> str:
    return (
        EVENTS[told.event].format(n=told.number) + f" Report {told.number} gave more on it, {told.number * 7} in all."
    )


def compared(site: dict[str, Told], before: Kinship = NO_KINSHIP) -> Kinship:
    marks = {path: mark_of("", text_of(told)) for path, told in site.items()}

    def wanted(paths: Iterable[str]) -> dict[str, Mark]:
        return {path: marks[path] for path in paths}

    known = by_day((path, (told.day, digest(b"".join(marks[path])))) for path, told in site.items())
    return bring_up_to_date(before, known, wanted, lambda compare, parts: [compare(part) for part in parts])


PATHS = st.sampled_from([f"content/{letter}.md" for letter in "abcdefghijkl"])
ARTICLES = st.builds(Told, st.integers(0, 30), st.integers(0, len(EVENTS) - 1), st.integers(2, 6))
SITES = st.dictionaries(PATHS, ARTICLES, max_size=12)


@settings(max_examples=60)
@given(SITES, SITES)
def test_what_is_brought_up_to_date_is_what_a_fresh_comparison_finds(
    before: dict[str, Told], after: dict[str, Told]
) -> None:
    assert compared(after, compared(before)) == compared(after)


@settings(max_examples=60)
@given(SITES, SITES, st.integers(1, 4))
def test_days_may_be_compared_in_parts(before: dict[str, Told], after: dict[str, Told], size: int) -> None:
    whole = compared(after, compared(before))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kinship, "_FEWEST_IN_PARTS", 0)
        patched.setattr(kinship, "_PART", size)
        assert compared(after, compared(before)) == whole


@settings(max_examples=100)
@given(SITES, PATHS, st.none() | ARTICLES)
def test_no_article_moves_what_lies_outside_its_window(site: dict[str, Told], path: str, new: Told | None) -> None:
    edited = {name: told for name, told in site.items() if name != path} | ({path: new} if new else {})
    touched = {told.day for told in (site.get(path), new) if told}
    one, other = compared(site), compared(edited)

    def outside(found: Kinship, reach: int) -> set[str]:
        far_off = [day for day in found.known if all(abs(day - at) > reach for at in touched)]
        return {name for day in far_off for name in found.known[day]}

    far = outside(one, STORY_DAYS)
    assert far == outside(other, STORY_DAYS)
    for before, after in ((one, other), (other, one)):
        apart = [(day, group) for day, of_day in before.groups.items() for group in of_day if set(group) <= far]
        assert all(group in after.groups[day] for day, group in apart)
        assert all(before.follows.get(group[0]) == after.follows.get(group[0]) for _, group in apart)
        assert all(before.near.get(path) == after.near.get(path) for path in far)
    far = outside(one, WINDOW_DAYS)
    assert {pair for pair in one.pairs if far & set(pair[:2])} == {pair for pair in other.pairs if far & set(pair[:2])}


def test_stories_go_on_over_a_few_days_and_no_longer() -> None:
    site = {"a": Told(10, 0, 2), "b": Told(10, 1, 3), "c": Told(14, 0, 4), "d": Told(19, 0, 5)}
    found = compared(site)
    assert found.groups == {10: (("a",), ("b",)), 14: (("c",),), 19: (("d",),)}
    assert {first: earlier for first, (earlier, _) in found.follows.items()} == {"c": "a"}


def test_articles_of_a_day_stand_together_by_what_they_write_of() -> None:
    texts = [text_of(Told(0, event, number)) for event in range(4) for number in (2, 3, 5)]
    of = vectors([terms_in(mark_of("", text).terms) for text in texts])
    assert groups_of_day(Nearest(of).cosines) == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]
    assert "selby point" in shared_terms(of[0], of[1])
    assert groups_of_day(()) == []


def test_what_is_common_to_all_reports_joins_none() -> None:
    texts = [
        "Officials said on Tuesday that the people of Velm had asked the government for help with the harvest.",
        "The people of Carland asked the government on Tuesday for help with schools, officials said.",
    ]
    assert groups_of_day(Nearest(vectors([terms_in(mark_of("", text).terms) for text in texts])).cosines) == [[0], [1]]


def test_a_copy_is_told_by_phrases_and_facts() -> None:
    original = text_of(Told(0, 0, 41)) + " " + text_of(Told(0, 1, 57))
    other_ship = original.replace("Aurora", "Borealis").replace("Selby Point", "Cape Moor").replace("41", "12")

    def like(one: str, other: str) -> bool:
        return likeness(Text.of(mark_of("", one)), Text.of(mark_of("", other))).is_copy

    assert like(original, original.upper())
    assert like(original, text_of(Told(0, 0, 41)))
    assert not like(EVENTS[0].format(n=41) + EVENTS[2], other_ship.partition(". ")[0])
    assert not like(original, "In other news. " * 4000 + original), "a mention in something far longer"


def test_two_reports_of_one_form_are_no_copies_though_some_of_their_facts_agree() -> None:
    form = (
        "The ferry {0} ran aground off {1} on Monday morning with {2} people aboard, the coast guard said. Captain {3} "
        "gave the order to leave the ship at once, and boats from {1} harbour took everyone off by dark. An inquiry "
        "led by {4} begins in {5} next week, said a spokesman for the ministry of transport in the capital."
    )
    one = form.format("Aurora", "Selby Point", 212, "Ines Falk", "Olaf Berg", "Carland")
    other = form.format("Borealis", "Cape Moor", 87, "Ines Falk", "Mira Dahl", "Carland")
    alike = likeness(Text.of(mark_of("", one)), Text.of(mark_of("", other)))
    assert alike.phrases >= 0.4  # by phrases alone they would be
    assert alike.facts is not None
    assert 0.2 <= alike.facts < 0.55
    assert not alike.is_copy


def test_words_are_split_in_all_scripts() -> None:
    assert words_of("L’été “chaud” – déjà 40°C…") == ["l", "été", "chaud", "déjà", "40", "c"]
    assert words_of("東京で地震") == ["東京", "京で", "で地", "地震"]
    assert words_of("") == []
    assert content_words(words_of("The ship and the ship of fools: a x")) == {"ship": 2, "fools": 1}


def test_names_are_words_with_capitals_inside_sentences() -> None:
    names = names_in("Yesterday the United Nations met Mr Olaf Berg. Then Olaf left for Paris.")
    once = ("united", "nations", "united_nations", "mr", "mr_olaf", "olaf_berg", "berg", "paris")
    assert names == {"olaf": 2, **dict.fromkeys(once, 1)}


@given(st.lists(st.text("abé0", min_size=1, max_size=40) | st.sampled_from(["the", "of"]), max_size=30))
def test_runs_of_words_are_hashed_as_one_by_one(words: list[str]) -> None:
    runs = [words[start : start + GRAM] for start in range(len(words) - GRAM + 1)]
    sums = [sum(crc32(word.encode()) * factor for word, factor in zip(run, FACTORS, strict=True)) for run in runs]
    expected = [(number >> MIDDLE) % 2**32 for number in sums] or [crc32(" ".join(words).encode())]
    assert list(hashes_in(hashes_of_grams(words))) == expected


def test_words_are_remembered_to_a_limit_and_hashed_alike_beyond_it(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"word{number}" for number in range(50)] + ["x" * 100]
    expected = hashes_of_grams(words)
    monkeypatch.setattr(marks, "_MOST_REMEMBERED", 7)
    monkeypatch.setattr(marks, "_HASHES", marks._Hashes())  # noqa: SLF001
    assert hashes_of_grams(words) == expected
    assert len(marks._HASHES) <= 7  # noqa: SLF001
    assert "x" * 100 not in marks._HASHES  # noqa: SLF001


def test_the_most_telling_terms_are_kept_and_of_equals_those_that_come_first() -> None:
    text = " ".join([f"word{number}" for number in range(200)] + ["said report", "word150 word150", "report"])
    kept = list(terms_in(mark_of("", text).terms).items())
    assert kept[:2] == [("word150", 3), ("word0", 1)]
    assert kept[-1] == ("word159", 1)
    assert len(kept) == 160


def test_a_text_that_repeats_itself_is_a_short_one() -> None:
    phrase = "Ilse Brandt won in Orbach in 2 steps. "
    same = {"a.md": mark_of("", phrase * 20), "b.md": mark_of("", phrase * 15), "c.md": mark_of("", EVENTS[0])}
    assert min(hashes_in(same["a.md"].grams)) >= 2**30  # none is in the sample that stands for longer texts
    found = find_pairs(same, dict.fromkeys(same, 1), frozenset(same))
    assert [pair[:2] for pair in found] == [("a.md", "b.md")]


def test_long_articles_are_known_by_their_first_words_and_short_ones_by_all() -> None:
    long = mark_of("", " ".join(f"word{number}" for number in range(5000)))
    assert len(long.grams) <= 4 * 1500
    assert len(terms_in(long.terms)) <= 160
    assert mark_of("One word", "").grams
    assert mark_of("", "").terms
