"""Slips in the names and titles of articles: told where they are harmful, taken for the same where they are not."""

from collections.abc import Callable

import pytest

from tests.conftest import CONFIGURATION, SiteFolder

MakeSite = Callable[..., SiteFolder]
TOPICS = "".join(f'[[topics]]\nname = "{name}"\n' for name in ("Business", "World", "Économie", "Sport", "科学技術"))


@pytest.fixture
def desk(make_site: MakeSite) -> SiteFolder:
    """A site with topics."""
    return make_site(CONFIGURATION + TOPICS)


def told(site: SiteFolder, code: str) -> list[str]:
    """The warnings of a code, with their hints."""
    lines = site.build().stderr.splitlines()
    return [f"{line} {lines[number + 1].strip()}" for number, line in enumerate(lines) if f"[{code}]" in line]


def test_a_slip_in_a_topic_is_told_with_its_line(desk: SiteFolder) -> None:
    desk.article("a", topic="Bussiness")
    desk.article("b", topics="\n  - World\n  - Economie\n  - wrold")
    desk.article("c", extra="{category: 科学技木}")
    expected = (
        ("a.md:4:1", "Bussiness", "Business"),
        ("b.md:6:5", "Economie", "Économie"),
        ("b.md:7:5", "wrold", "World"),
        ("c.md:4:9", "科学技木", "科学技術"),
    )
    for found, (place, topic, meant) in zip(told(desk, "unknown-topic"), expected, strict=True):
        assert found.startswith(f'content/{place}: warning: the topic "{topic}" is not in the configuration')
        assert found.endswith(f'hint: did you mean "{meant}"?')
    assert "Bussiness" in desk.page("/topics/bussiness/")


def test_other_topics_are_no_slips(desk: SiteFolder) -> None:
    for number, topic in enumerate(("Port", "Chess", "business", "WORLD", "World affairs", "Words & more", "Art")):
        desk.article(f"a{number}", topic=topic)
    for number in range(4):
        desk.article(f"b{number}", f"Number {number} is all that this says.", topic="Worlds")
    assert told(desk, "unknown-topic") == []


def test_quotes_make_no_other_tag(site: SiteFolder) -> None:
    names = ("O'Neill", "O’Neill", "O‘Neill", "o`neill", "ONeill")
    for number, name in enumerate(names):
        site.article(f"a{number}", f"Sentence number {number}.", tags=f'["{name}"]')
    site.article("b", "The law on rent.", tags="""['„Mietpreisbremse“', '"Mietpreisbremse"', "Mietpreisbremse"]""")
    site.article("c", "The law on rents.", tags="['«Mietpreisbremse»']")
    assert "same-url" not in site.build().stderr
    tags = site.run("list", "tags", "--format", "json").json["tags"]
    assert sorted((len(tag["articles"]), tag["slug"]) for tag in tags) == [(2, "mietpreisbremse"), (5, "oneill")]
    assert [line for line in told(site, "spelling") if "o`neill" not in line] == []


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("The mayor isnâ€™t leaving", "The mayor isn’t leaving"),
        ("Le cafÃ© dÃ©jÃ  fermÃ©", "Le café déjà fermé"),
        ("GroÃŸe PlÃ¤ne fÃ¼r den Hafen", "Große Pläne für den Hafen"),
    ],
)
def test_a_broken_title_is_mended_and_told(site: SiteFolder, broken: str, meant: str) -> None:
    path = site.article("a", title=f'"{broken}"', summary=f'"{broken} now"')
    before = path.read_bytes()
    first, second = told(site, "mojibake")
    assert first.startswith("content/a.md:2:1: warning")
    assert f'hint: write title: "{meant}"' in first
    assert second.startswith("content/a.md:4:1: warning")
    page = site.page("/2024/01/03/a/")
    assert f"<title>{meant}" in page
    assert "Ã" not in page
    assert path.read_bytes() == before


def test_a_title_that_is_meant_stays(site: SiteFolder) -> None:
    site.article("a", title='"NÃO É ASSIM: Åland e São Tomé"')
    site.article("b", title='"How isnâ€™t came to be"', clean="false")
    site.article("c", title='"Why isnâ€™t it?"', clean="[mojibake]")
    assert told(site, "mojibake") == []
    assert "NÃO É ASSIM" in site.page("/2024/01/03/a/")
    assert "isnâ€™t" in site.page("/2024/01/03/b/")
    assert "isnâ€™t" in site.page("/2024/01/03/c/")
