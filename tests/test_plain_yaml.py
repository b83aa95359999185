"""The short cut past the YAML loader gives what the loader gives, or leaves the text to it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.pipeline.read.handlers import Block
from generator.pipeline.read.plain_yaml import read_plain, split_plain
from generator.pipeline.read.yaml_handler import YamlHandler, _Loader, _swallowed

NAMES = st.sampled_from(["title", "date", "tags", "a_b", "x-y", "null", "true", "N"])
WORDS = ("word", "Ünï", "日本", "null", "True", "no", "1", "1.5", "0x1", "2024-01-03", "T08:00:00Z", " +01:00", "a:b")
SIGNS = (": ", ":", " #", "#", '"', "'", "\\", "[", "]", "{", "}", ",", ", ", "- ", "-", "?", "? ", "!", "|", ">", "~")
OTHERS = (
    "&a",
    "*a",
    "%",
    "@",
    "`",
    " ",
    "  ",
    "=",
    "<<",
    "https://e.org/x",
    "it's",
    "–",
    "\t",
    "\xa0",
    "\u2028",
    "🚢",
    "\x7f",
)
PIECES = st.sampled_from((*WORDS, *SIGNS, *OTHERS))
VALUES = st.lists(PIECES, max_size=5).map("".join)
LINES = st.one_of(
    st.tuples(NAMES, st.sampled_from([": ", ":", ":  ", " : "]), VALUES).map("".join),
    st.tuples(NAMES, VALUES).map(lambda pair: f'{pair[0]}: "{pair[1]}"'),
    st.tuples(NAMES, st.lists(VALUES, max_size=3)).map(lambda pair: f"{pair[0]}: [{', '.join(pair[1])}]"),
    st.tuples(NAMES, st.sampled_from(["", "  ", " "]), st.lists(VALUES, max_size=3)).map(
        lambda triple: "\n".join([f"{triple[0]}:", *(f"{triple[1]}- {item}" for item in triple[2])])
    ),
    st.sampled_from(["", "  more", "# comment", "- item", "..."]),
    VALUES,
)


@settings(max_examples=1500)
@given(st.lists(LINES, min_size=1, max_size=5).map("\n".join))
@example('title: "A: b"\ndate: 2024-01-03T08:00:00+01:00\ntags:\n  - sea\n  - "big wind"\ntopics: [World, "Sea"]')
def test_the_short_cut_agrees_with_the_loader(text: str) -> None:
    found = read_plain(text)
    if found is not None:
        loader = _Loader(text)
        assert loader.get_single_data() == found
        assert not loader.repeated
        assert list(_swallowed(Block(0, 0, text, 0))) == []


FENCES = st.sampled_from(["---", "---", "...", "--- ", "----", " ---", "--", ""])


@settings(max_examples=1500)
@given(st.lists(st.one_of(LINES, FENCES), max_size=6).map("\n".join), FENCES)
def test_the_short_cut_finds_the_fences_that_the_handler_finds(lines: str, fence: str) -> None:
    text = f"---\n{lines}\n{fence}\nText.\n\n---\n\nMore."
    if found := split_plain(text):
        parsed = YamlHandler().parse(text)
        assert (parsed.values, parsed.body, parsed.faults) == (*found, ())


@pytest.mark.parametrize("word", ["null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"])
@pytest.mark.parametrize(
    "form", ["title: {}", "title: x\ntags: [a, {}]", "title: x\ntags:\n  - a\n  - {}", "title:  {} "]
)
def test_words_that_stand_for_no_text_are_left_to_the_loader(word: str, form: str) -> None:
    text = form.format(word)
    assert read_plain(text) is None
    values = _Loader(text).get_single_data().values()
    assert word not in [one for value in values for one in (value if isinstance(value, list) else [value])]


@pytest.mark.parametrize("word", ["nullify", "trueborn", '"null"', "Null and void"])
def test_words_that_begin_so_are_text(word: str) -> None:
    assert read_plain(f"title: {word}") == {"title": word.strip('"')} == _Loader(f"title: {word}").get_single_data()


def test_the_short_cut_is_taken() -> None:
    assert split_plain("---\ntitle: x\n---\nText.") == ({"title": "x"}, 17)
    assert split_plain("Text.") is None
    assert split_plain("---\ntitle: x\n...\nText.\n---\n") is None


@pytest.mark.parametrize(
    "text",
    [
        'title: "Ferry: back"\ndate: 2024-01-03T08:00:00Z\nsource: Harbour Radio\ntags: [sea, wind]\nsummary: "Short."',
        "title: Plain words, with a comma\ndate: 2024-01-03\nsource_url: https://example.org/a?b",
        "tags:\n  - sea\n  - big wind\ntitle: x",
        "tags: []\ntitle: x",
    ],
)
def test_usual_front_matter_takes_the_short_cut(text: str) -> None:
    assert read_plain(text) == _Loader(text).get_single_data()
