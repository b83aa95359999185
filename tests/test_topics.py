"""Topics that are learned: from what, into which file, and how one article is judged by it."""

import tomllib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pipeline.group import topics_file
from generator.pipeline.group.topic_model import Example, Learned, Model, judge, learn
from generator.problems import ConfigError
from tests.conftest import CONFIGURATION, SiteFolder

TOPICS = """
[[topics]]
name = "Sea"
keywords = ["harbour", "ferry"]
[[topics]]
name = "Chess"
keywords = ["grandmaster", "bishop"]
"""
SEA = ("Trawlers left the {} as gulls wheeled.", "The tide took a {} off its mooring; gulls and trawlers stayed.")
CHESS = ("The {} gave up a rook for tempo.", "A rook ending that no {} could hold on tempo alone.")


@pytest.fixture
def harbour(make_site: Callable[..., SiteFolder]) -> SiteFolder:
    """Articles of which half have a keyword, and half the words that go with one."""
    site = make_site(CONFIGURATION + TOPICS)
    for number, (sea, chess) in enumerate([*zip(SEA, CHESS, strict=True)] * 3):
        site.article(f"sea{number}", sea.format("ferry" if number % 2 else "harbour"), title=f"Brine {number}")
        site.article(f"chess{number}", chess.format("bishop" if number % 2 else "grandmaster"), title=f"Board {number}")
    site.article("gulls", "Gulls followed the trawlers home.", title="Dusk")
    site.article("rook", "White put a rook on the seventh and won by a tempo.", title="Endgame")
    site.article("weather", "Sleet, then more sleet.", title="Weather")
    return site


def topics_of(site: SiteFolder) -> dict[str, tuple[list[str], str]]:
    articles = site.run("list", "articles", "--format", "json").json["articles"]
    return {a["path"].removeprefix("content/").removesuffix(".md"): (a["topics"], a["topic_reason"]) for a in articles}


def test_what_goes_with_the_keywords_is_learned_from_the_articles_themselves(harbour: SiteFolder) -> None:
    assert topics_of(harbour)["gulls"] == ([], "none")
    done = harbour.run("topics", "learn")
    assert done.stdout == "2 topics learned from 15 articles; topics.toml written\n"
    topics = topics_of(harbour)
    assert topics["gulls"][0] == ["sea"]
    assert topics["gulls"][1].startswith("learned (0.")
    assert {"gulls", "trawlers"} <= set(topics["gulls"][1].partition(": ")[2].split(", "))
    assert topics["rook"][0] == ["chess"]
    assert "harbour" in topics["sea0"][1]
    harbour.build()
    assert "Dusk" in harbour.page("/topics/sea/")


def test_what_is_unlike_all_topics_is_among_the_others_and_says_so(harbour: SiteFolder) -> None:
    harbour.run("topics", "learn")
    topics, reason = topics_of(harbour)["weather"]
    assert topics == []
    assert reason.startswith("other (0.")
    assert "  Other  Weather" in harbour.run("list", "articles").stdout


def test_front_matter_teaches_and_wins(harbour: SiteFolder) -> None:
    for number in range(4):
        harbour.article(f"sky{number}", "Comets, eclipses, a meteor shower.", topic="Sky", title=f"Night {number}")
    harbour.article("comet", "A comet and an eclipse: comets and eclipses, meteor by meteor.", title="Above")
    harbour.article("told", "Gulls followed the trawlers home.", topic="Chess", title="Told")
    harbour.run("topics", "learn")
    topics = topics_of(harbour)
    assert topics["comet"][0] == ["sky"]
    assert topics["told"] == (["chess"], "front matter: Chess")


def test_learning_again_changes_nothing_and_keeps_what_an_editor_struck_out(harbour: SiteFolder) -> None:
    harbour.run("topics", "learn")
    file = harbour.root / "topics.toml"
    first = file.read_bytes()
    assert harbour.run("topics", "learn").stdout.endswith("topics.toml is as it was\n")
    assert file.read_bytes() == first
    file.write_text(first.decode().replace('never = ""', 'never = "gulls"', 1))
    harbour.run("topics", "learn")
    sea = tomllib.loads(file.read_text())["topics"][0]
    assert sea["never"] == "gulls"
    assert "trawlers" in " ".join(sea["words"].values()).split()
    assert "gulls" not in " ".join(sea["words"].values()).split()


def test_a_topic_that_nothing_teaches_is_a_warning(site: SiteFolder) -> None:
    site.write("broadsheet.toml", CONFIGURATION + '[[topics]]\nname = "Moon"\n')
    site.article("a")
    done = site.run("topics", "learn")
    assert done.stdout == "0 topics learned from 1 article; topics.toml not written\n"
    assert 'nothing teaches the topic "Moon"' in done.stderr
    assert not (site.root / "topics.toml").exists()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[topics]]\nslug = \n", "topics.toml:2:8: error: not TOML"),
        ("topics = 3\n", "topics.toml: error: expected topics"),
        ('[[topics]]\nname = "Sea"\n', 'topics.toml: error: topic 1 has no "slug"'),
        ('[[topics]]\nslug = "a"\nname = "A"\nnever = 3\n', 'topics.toml: error: "never" of topic 1'),
        ('[[topics]]\nslug = "a"\nname = "A"\nwords = 3\n', 'topics.toml: error: "words" of topic 1'),
        ('[[topics]]\nslug = "a"\nname = "A"\nwords = {much = "x"}\n', "topics.toml: error: expected words by"),
    ],
)
def test_a_faulty_file_is_reported_once_with_what_to_do(site: SiteFolder, text: str, place: str) -> None:
    site.write("topics.toml", text)
    site.article("a")
    site.article("b")
    done = site.run("build", status=2)
    assert done.stderr.count("error:") == 1
    assert place in done.stderr
    assert "broadsheet topics learn" in done.stderr


def test_a_file_that_is_no_text_is_reported(site: SiteFolder) -> None:
    site.write("topics.toml", b"\xff\xfe")
    assert "topics.toml: error: can't be read" in site.run("build", status=2).stderr


def test_a_change_of_the_file_moves_articles_at_the_next_build(site: SiteFolder) -> None:
    file = '[[topics]]\nslug = "sea"\nname = "Sea"\n[topics.words]\n"{}" = "gulls"\n'
    site.write("topics.toml", file.format("3.0"))
    site.article("a", "Gulls, gulls, gulls.", title="Gulls")
    site.build()
    assert "Gulls" in site.page("/topics/sea/")
    site.write("topics.toml", file.format("0.1"))
    site.build()
    assert not (site.output / "topics/sea/index.html").exists()


WORDS = st.text("abcdefgh", min_size=1, max_size=2)
COUNTS = st.dictionaries(WORDS, st.integers(1, 4), max_size=8)


@given(st.lists(st.tuples(COUNTS, st.sampled_from([(), (0,), (1,), (0, 1)])), max_size=12))
def test_what_is_learned_comes_back_from_its_file(articles: list[tuple[dict[str, int], tuple[int, ...]]]) -> None:
    examples = [Example(words, topics, (0, 0)) for words, topics in articles]
    model = learn(examples, [("a", 'The "A"'), ("b", "B\\")])
    assert topics_file.read(topics_file.write(model.topics, {})) == model


@given(st.lists(COUNTS, max_size=10))
def test_the_order_of_articles_teaches_nothing(articles: list[dict[str, int]]) -> None:
    examples = [Example(words, (number % 2,), (0, 0)) for number, words in enumerate(articles)]
    one, other = (learn(order, [("a", "A"), ("b", "B")]) for order in (examples, examples[::-1]))
    assert [topic.weights.keys() for topic in one.topics] == [topic.weights.keys() for topic in other.topics]


@given(COUNTS)
def test_probabilities_of_all_topics_and_of_none_add_up(words: dict[str, int]) -> None:
    model = Model.of([Learned("a", "A", {"a": 2.0, "b": 1.0}), Learned("b", "B", {"b": 1.5})])
    judged = judge(model, words, [0.0, 0.0])
    assert sum(one.probability for one in judged) < 1
    assert judged[0].probability >= judged[1].probability


def test_words_of_a_file_that_is_empty_or_struck_out_speak_for_nothing() -> None:
    assert topics_file.read("").topics == ()
    text = '[[topics]]\nslug = "a"\nname = "A"\nnever = "Ship"\nwords = {"2" = "ship sail"}\n'
    assert topics_file.read(text).topics[0].weights == {"sail": 2.0}
    with pytest.raises(ConfigError):
        topics_file.read("topics = [3]")
