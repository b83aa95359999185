"""What cleaning mends: encodings, invisible characters, broken lines; and what it had better leave."""

import string
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Document, Metadata
from generator.pipeline.clean import Tidied, tidy
from generator.pipeline.clean.rules import REPAIRS, reason
from tests.conftest import SiteFolder
from tests.growth import assert_linear
from tests.test_clean import PARAGRAPHS


def tidied(text: str, *skipped: str, **metadata: object) -> Tidied:
    return tidy(Document("content/x.md", Metadata(title="A title", **metadata), text, 5), skipped)  # type: ignore[arg-type]


def mended(text: str) -> str:
    return tidied(text).markdown


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("It isnâ€™t over, the mayor said.", "It isn’t over, the mayor said."),
        ("â€œWe wait,â€\x9d she said.", "“We wait,” she said."),
        ("Le dÃ©jeuner Ã  la MarÃ©e", "Le déjeuner à la Marée"),
        ("Die MÃ¼hle am FluÃŸ gehÃ¶rt niemandem.", "Die Mühle am Fluß gehört niemandem."),
        ("Ð’ Ð¿Ð¾Ñ€Ñ‚Ñƒ", "В порту"),
        ("It cost Â£5.", "It cost £5."),
        ("so\u00adft hy\u00adphens", "soft hyphens"),
        ("zero\u200bwidth\u2060 characters\u200d.", "zerowidth characters."),
        ("non-breaking\u00a0space", "non-breaking space"),
        ("a\u00a0 \u00a0run of them\u00a0", "a run of them"),
    ],
)
def test_characters_are_mended(broken: str, whole: str) -> None:
    assert mended(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "NÃO É SÓ ISSO, DISSE A PREFEITA DE SÃO JOÃO.",
        "Ängste der Åland-Inseln, L’Âge d’or",
        "Il a dit\u00a0: «\u00a0Non\u00a0!\u00a0» à 10\u00a0000 personnes",
        "می\u200cخواهم",
        "👩\u200d🚒 rescued 🏃🏽\u200d♀️",
        "ภาษา\u200bไทย",
        "```\nso\u00adft â€™\n```",
        "    so\u00adft",
    ],
)
def test_characters_that_are_meant_stay(text: str) -> None:
    assert mended(text) == text.strip("\n")
    assert tidied(text).repairs == ()


def test_a_line_of_invisible_characters_is_a_blank_line() -> None:
    assert mended("One sentence.\n\u200b\n\u00a0\n\u00ad\u200b\nAnother one.") == "One sentence.\n\nAnother one."


def test_paragraphs_that_were_broken_at_a_margin_are_joined() -> None:
    assert mended("\n\n".join(fill(paragraph, 72) for paragraph in PARAGRAPHS)) == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("The council of Port Elin decided on Tuesday night that the govern-", "ment may have it.", "government may"),
        ("The council of Port Elin decided on Tuesday night that the self-", "made man may have it.", "self-made man"),
        (
            "The council decided that coastal-zone plans may go, and the coastal-",
            "zone stays as it was.",
            "the coastal-zone",
        ),
        (
            "Der Rat von Elin hat am Dienstag beschlossen, dass Hafen-, Werft-",
            "und Fährbetriebe zahlen.",
            "Werft- und Fähr",
        ),
    ],
)
def test_words_that_were_broken_at_a_margin_are_whole_again(first: str, second: str, whole: str) -> None:
    body = fill(PARAGRAPHS[0], 68) + "\n\n" + fill(PARAGRAPHS[1], 68)
    text = mended(f"{body}\n\n{first}\n{second}")
    assert whole in text.splitlines()[-1]


VERSE = """
The boats went out at seven in the morning light
and none of them came back before the night
the harbour lay in silence and in snow
and nobody was there to let us know
"""
ADDRESS = """
Harbour office of the republic
The Long Quay 14
12345 Port Elin
Republic of Marta
Open at all hours of the day
"""
LIST = """
- one item that is about as long as a line of a text may well be
- another item of that kind, which is just a bit longer
- a third one, which is as long as the other two of them are
- and the last of these four items in it
"""
SENTENCES = """
Ten boats were lost on Tuesday, the harbour office said in Elin.
Nine of them had been for sale since the May of that year.
The tenth belonged to the mayor of the town, who was away.
Nobody was hurt, and the pier stands as it has always stood.
"""
HARD_BREAKS = "  \n".join(fill(PARAGRAPHS[1] + " " + PARAGRAPHS[2], 72).split("\n"))


@pytest.mark.parametrize("text", [VERSE, ADDRESS, LIST, SENTENCES, HARD_BREAKS])
def test_lines_that_end_where_they_should_stay(text: str) -> None:
    assert tidied(text, pasted=None).repairs == ()
    assert [line for line in mended(text).splitlines() if line] == text.strip("\n").splitlines()


def test_lines_of_code_tables_and_quotations_stay() -> None:
    lines = fill(PARAGRAPHS[1], 72)
    wrapped = "\n\n".join(fill(paragraph, 72) for paragraph in PARAGRAPHS)
    for block in (
        f"```\n{lines}\n```",
        "\n".join(f"> {line}" for line in lines.split("\n")),
        "| a | b |\n|---|---|\n| 1 | 2 |",
    ):
        assert block in mended(f"{wrapped}\n\n{block}\n\n{wrapped}")


def test_a_text_that_is_declared_pasted_has_wrapped_paragraphs_joined() -> None:
    text = "\n\n".join(fill(paragraph, 72) for paragraph in PARAGRAPHS)
    assert tidied(text, pasted=True).markdown == "\n\n".join(PARAGRAPHS)
    wrapped = fill(PARAGRAPHS[1], 72)
    assert tidied(f"{PARAGRAPHS[0]}\n\n{wrapped}", pasted=True).markdown.endswith(f"\n\n{wrapped}")  # one paragraph


def test_a_text_that_is_declared_pasted_has_a_paragraph_a_line() -> None:
    lines = [
        "What the town says",
        "Nothing was said by the head of the harbour",
        "The pier is shut.",
        "So is the quay.",
    ]
    assert tidied("\n".join(lines), pasted=True).markdown == "\n\n".join(lines)


def test_a_line_that_goes_on_with_a_sentence_belongs_to_the_one_above() -> None:
    lines = [
        *PARAGRAPHS[:2],
        "The pier will be shut until the spring of next year at the least,",
        "the office said.",
        *PARAGRAPHS[2:],
    ]
    markdown = tidied("\n".join(lines), pasted=True).markdown
    assert "at the least,\nthe office said." in markdown
    assert len(markdown.split("\n\n")) == len(lines) - 1


def test_runs_of_blank_lines_become_one_but_not_in_code() -> None:
    assert mended("One.\n\n\n\nTwo.\n\n```\na\n\n\n\nb\n```") == "One.\n\nTwo.\n\n```\na\n\n\n\nb\n```"


def test_a_broken_line_is_judged_and_recorded_as_a_whole() -> None:
    wrapped = [fill(paragraph, 60) for paragraph in PARAGRAPHS]
    prompt = fill(
        "Subscribe to our daily newsletter and get the best of Port Elin and of Marta in your inbox every morning.", 60
    )
    head = ["By Anna Sund", "Published 6 January 2024", "Share this article"]
    removed = tidied("\n\n".join([*head, *wrapped, prompt])).removed
    assert (removed[-1].rule, removed[-1].text) == ("newsletter", prompt)
    text = "\n".join(["", "", "", "", *"\n\n".join([*head, *wrapped]).split("\n")])
    assert removed[-1].line == len(text.split("\n")) + 2


def test_the_record_says_what_stands_in_the_file() -> None:
    body = "\n\n".join([PARAGRAPHS[0], "Adver\u00adtise\u00adment", *PARAGRAPHS[1:]])
    given = tidied(body)
    assert [(item.line, item.text) for item in given.removed] == [(7, "Adver\u00adtise\u00adment")]
    assert [tuple(item) for item in given.repairs] == [("invisible-characters", 7)]


def test_repairs_can_be_turned_off() -> None:
    text = "It isnâ€™t so\u00adft.\n\n\n\nText."
    assert tidied(text, *REPAIRS).markdown == tidied(text, clean=False).markdown == text
    assert tidied(text, clean=("mojibake",)).markdown == "It isnâ€™t soft.\n\nText."
    wrapped = "\n\n".join(fill(paragraph, 72) for paragraph in PARAGRAPHS)
    assert tidied(wrapped, "broken-lines").markdown == wrapped
    assert all(reason(name) for name in REPAIRS)


@pytest.mark.parametrize(
    "text", ["Ã" * 200_000, "â€™" * 100_000, "\u00a0 " * 100_000, "a-\n" * 20_000, "so\u00adft " * 50_000]
)
def test_hostile_texts_take_no_time(text: str) -> None:
    assert_linear(tidied, text)


@given(st.lists(st.text(string.ascii_letters + " -.,'\u00ad\u200b\u00a0é", min_size=1, max_size=120), max_size=12))
def test_no_letter_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    given = tidied(text)
    left = "".join(filter(str.isalnum, given.markdown))
    gone = [item.line for item in given.removed]
    spans = "\n".join(item.text for item in given.removed)
    assert len(left) + sum(map(str.isalnum, spans)) == sum(map(str.isalnum, text)), gone


def test_tidy_tells_and_writes_what_was_mended(site: SiteFolder) -> None:
    path = site.article("x", "It isnâ€™t over.\n\n\n\nAnother so\u00adft sentence.")
    told = site.run("tidy", "--format", "json").json["files"][0]["repaired"]
    assert [(item["rule"], item["line"]) for item in told] == [("mojibake", 6), ("invisible-characters", 10)]
    assert all(item["reason"] for item in told)
    shown = site.run("tidy").stdout
    assert "mojibake" in shown
    assert "# mojibake: " in site.run("tidy", "--diff").stdout
    site.run("tidy", "--write")
    assert path.read_text().endswith("---\n\nIt isn’t over.\n\nAnother soft sentence.\n")
    assert site.run("tidy").stdout == "1 file · 0 lines would go in 0 of them\n"
