"""Whether a text was written, pasted or clipped, and what that does to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Removal
from generator.pipeline.clean import Tidied, tidy
from generator.pipeline.clean.lines import emptied_sections, is_link_alone, split_lines, visible
from generator.pipeline.clean.origin import CLIPPED, PASTED, WRITTEN, told
from tests.conftest import CONFIGURATION, SHARED, SiteFolder
from tests.test_clean import PARAGRAPHS, document, text

CASES = SHARED / "cases"
LINK = "The mayor read [the plan of the pier](https://port.example.org/plan) out to the crowd on the quay."
POST = text("## What was built", LINK, *PARAGRAPHS[:2], "## What is next", *PARAGRAPHS[2:])
FURNITURE = ("By Anna Sund", "Published 6 January 2024", "Facebook X Email", "Share this article")


def tidied(*lines: str, **metadata: object) -> Tidied:
    return tidy(document(text(*lines), title="Harbour reopens", **metadata), ())


def gone(removed: tuple[Removal, ...]) -> list[str]:
    return [item.text for item in removed]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ((POST,), WRITTEN),
        ((*PARAGRAPHS, "```", "print(1)", "```"), WRITTEN),
        (PARAGRAPHS, PASTED),
        ((*FURNITURE, *PARAGRAPHS), PASTED),
        ((*FURNITURE, POST), CLIPPED),
        (("- list 1 of 2Storm", "- list 2 of 2Ferries", POST), CLIPPED),
        (("Der Hafen: `elin.toml`.", "## Öffnung", "Er ist [seit Dienstag](https://x.example) offen."), WRITTEN),
        (("港口周一开放，[计划](https://x.example)已经公布。", "## 计划", "码头长九十米，比旧的长一倍。"), WRITTEN),
    ],
)  # fmt: skip
def test_the_origin_follows_the_evidence(lines: tuple[str, ...], kind: str) -> None:
    assert tidied(*lines).origin.kind == kind


def test_an_address_alone_makes_no_page_of_a_post() -> None:
    assert tidied(POST, source_url="https://port.example.org/1").origin.kind == WRITTEN
    assert tidied(POST, source_url="https://port.example.org/1", extra={"created": "x"}).removed == ()


@pytest.mark.parametrize("lines", [FURNITURE, (*FURNITURE, "[Read it all](https://port.example.org/all)")])
def test_the_front_matter_settles_where_a_text_comes_from(lines: tuple[str, ...]) -> None:
    assert tidied(*lines, *PARAGRAPHS, pasted=False).origin.kind == WRITTEN
    assert tidied(*lines, *PARAGRAPHS, pasted=False).removed == ()
    assert set(gone(tidied(*lines, *PARAGRAPHS, pasted=True).removed)) >= set(FURNITURE)


def test_one_kind_of_furniture_alone_makes_no_page_of_what_somebody_wrote_about_it() -> None:
    cookies = ("We use cookies.", "Accept all cookies", "Manage cookies", "Privacy policy", "Cookie policy")
    origin = tidied(*cookies, *PARAGRAPHS).origin
    assert not origin.is_plain
    assert sum(item.weight for item in origin.evidence) == 1


@pytest.mark.parametrize(
    "line", ["list 1 of 4Harbour reopens", "end of list", "Advertisement", "Anzeige", "Publicité", "Pubblicità"]
)
def test_from_a_post_goes_what_can_be_nothing_else(line: str) -> None:
    body = "\n\n".join(["## What was built", LINK, *PARAGRAPHS[:2], "```\nx = 1\n```", line, *PARAGRAPHS[2:]])
    assert gone(tidied(body).removed) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "## Advertisement", "- Advertisement", "Share this article", "Related News", "By Anna Sund", "6 January 2024",
        "Sign up for our daily newsletter.", "Home > World > Europe", "Photo: The pier", "[Share](https://x.example)",
        "Lesen Sie auch: Wer zahlt?", "Teilen", "Mehr zum Thema", "Publié le 4 mai 2023", "Síguenos en Facebook",
    ],
)  # fmt: skip
@pytest.mark.parametrize("level", ["safe", "default", "thorough"])
def test_a_post_keeps_what_an_author_may_have_written(line: str, level: str) -> None:
    body = text(
        "## What was built", LINK, "`pier`, `quay` and `mole` are names.", *PARAGRAPHS[:2], line, *PARAGRAPHS[2:]
    )
    assert tidy(document(body, title="Harbour reopens"), (), level).removed == ()


def test_a_heading_that_says_the_title_goes_to_the_title() -> None:
    removed = tidied("# Harbour reopens", POST).removed
    assert [(item.rule, item.kept_as) for item in removed] == [("title-heading", "title")]


def test_a_post_that_may_have_been_clipped_loses_paragraphs_that_say_what_they_are() -> None:
    lines = ("[Share on Facebook](https://x.example/share)", POST, "Copy link")
    perhaps = tidied(*lines, source_url="https://port.example.org/1")
    assert gone(perhaps.removed) == [lines[0], lines[-1]]
    assert tidied(POST, "Sign up for our daily newsletter.", source_url="https://port.example.org/1").removed == ()


def test_a_clipped_page_loses_furniture_by_what_readers_see() -> None:
    kept = [LINK, "![Plan of the pier](https://www.flickr.com/images/pier.png)", *PARAGRAPHS]
    rows = ["[Home](/) | [News](/news) | [Sport](/sport)", "[Share on X](https://x.example/intent)", *FURNITURE[:2]]
    removed = tidied(*rows, *kept, "[Storm closes the coast road](https://x.example/storm)", "## Comments").removed
    assert not set(kept) & set(gone(removed))
    assert set(gone(removed)) >= set(rows)


@pytest.mark.parametrize(
    "row",
    [
        "[Del på Facebook](https://www.facebook.com/sharer/sharer.php?u=https://port.example.org/1)",
        "- [Jaa](https://twitter.com/intent/tweet?text=Harbour)",
        "[Whatsapp](whatsapp://send?text=Harbour)   [Facebook](https://www.facebook.com/sharer.php?u=x)   Pint  ",
        "[![](fb.png)](//www.facebook.com/sharer.php?u=x) [![](mail.png)](mailto:?subject=Harbour)",
    ],
)
def test_links_that_share_the_page_are_furniture_in_any_language(row: str) -> None:
    lines = (row, LINK, *PARAGRAPHS)
    removed = tidied(*lines, source_url="https://port.example.org/1", extra={"created": "x"}).removed
    assert [(item.rule, item.text) for item in removed] == [("share-buttons", row)]
    shared = "[Share it](https://twitter.com/intent/tweet?text=Harbour) with everybody who likes ferries and piers."
    assert tidied(shared, POST, source_url="https://port.example.org/1", extra={"created": "x"}).removed == ()


def test_a_clipped_page_is_told_by_its_own_links_and_its_pictures() -> None:
    picture = "![](https://cdn.example.org/pier.jpg?w=300)"
    tail = "[Storm closes the coast road](https://port.example.org/2)"
    clipped = tidied(picture, LINK, *PARAGRAPHS, tail, source_url="https://port.example.org/1")
    assert (clipped.origin.kind, clipped.origin.is_plain) == (CLIPPED, True)
    assert gone(clipped.removed) == [tail]
    assert tidied(LINK, *PARAGRAPHS, tail, source_url="https://blog.example.com/1").removed == ()


def test_short_links_go_beside_furniture_and_addresses_stay() -> None:
    tags = ("[Havn](https://port.example.org/tag/havn)", "[Færger](https://port.example.org/tag/faerger)")
    told_address = "[www.port.example.org](https://www.port.example.org)"
    body = (told_address, LINK, *PARAGRAPHS, "Copy link", *tags)
    removed = gone(tidied(*body, source_url="https://port.example.org/1", extra={"created": "x"}).removed)
    assert removed == ["Copy link", *tags]


def test_a_list_of_an_author_below_a_heading_says_more_than_links() -> None:
    section = ("## Upcoming events", "- [The regatta](https://port.example.org/r): 3 May, in the bay of Elin")
    clipped = tidied(*FURNITURE, LINK, *PARAGRAPHS, *section, *PARAGRAPHS[:1])
    assert (clipped.origin.kind, clipped.origin.is_plain) == (CLIPPED, True)
    assert section[1] not in gone(clipped.removed)


def test_the_origin_is_told_with_what_weighs_most() -> None:
    assert told(tidied(*FURNITURE, *PARAGRAPHS).origin).startswith("pasted: share-buttons +3.0")
    assert told(tidied(POST).origin) == "written"


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("- [The file of the port](https://example.org/file/1)", "- The file of the port"),
        ("![Plan](/images/pier.png)", ""),
        ("[![Anna](a.png)](https://x.example/anna) writes", "writes"),
        ("`impl<T>` -> `trim_end`", "->"),
        ("**&lt;meter>** ist &amp; bleibt", "<meter> ist & bleibt"),
        ("2<sup>n</sup> {{< video x >}} {% raw %} {: .note}", "2n"),
        ("[潮水表](https://www.flickr.com/0)（英文）[^1]", "潮水表（英文）"),
        ("one \\* two \\_three\\_", "one * two _three_"),
        ("a [b] (c) and a[0](", "a [b] (c) and a[0]("),
    ],
)
def test_a_line_is_what_readers_see(line: str, seen: str) -> None:
    assert visible(line) == seen


@given(st.text("ab [](){}<>`*_!^&;\\\"'/:.%#", max_size=200))
def test_looking_at_a_line_never_takes_long_and_adds_nothing(line: str) -> None:
    assert len(visible(line)) <= len(line)
    assert is_link_alone(line) in {True, False}


def test_headings_that_cleaning_leaves_empty_are_told(site: SiteFolder) -> None:
    body = text(*FURNITURE, POST, "## More on this story", "[Storm closes the coast road](https://x.example/storm)")
    site.article("x", body, source_url='"https://x.example/harbour"')
    lines = split_lines("## A\n\none\n\n## B\n\n### C\n\ntwo", 1)
    assert emptied_sections(lines, [line for line in lines if line.text != "one"]) == (1,)
    assert emptied_sections(lines, [line for line in lines if line.text != "two"]) == (7,)
    assert "of furniture; clipped: " in site.run("tidy").stdout


def test_cleaning_is_off_for_a_site_a_folder_and_an_article(site: SiteFolder) -> None:
    body = text(*FURNITURE, *PARAGRAPHS)
    for path in ("x", "essays/y", "essays/guests/z"):
        site.write(f"content/{path}.md", f"---\ntitle: x\ndate: 2024-01-01\n---\n{body}\n")
    site.write("content/v.md", f"---\ntitle: v\ndate: 2024-01-01\nclean: false\n---\n{body}\n")

    def touched() -> set[str]:
        files = site.run("tidy", "--format", "json").json["files"]
        return {file["path"] for file in files if file["removed"]}

    assert touched() == {"content/x.md", "content/essays/y.md", "content/essays/guests/z.md"}
    site.write("broadsheet.toml", CONFIGURATION + '\n[clean.folders]\nessays = "off"\n"essays/guests" = "default"\n')
    assert touched() == {"content/x.md", "content/essays/guests/z.md"}
    site.write("broadsheet.toml", CONFIGURATION + '\n[clean]\nlevel = "off"\n')
    assert touched() == set()
    site.build()
    assert all("Facebook X Email" in page.read_text() for page in site.output.glob("2024/01/01/*/index.html"))


def test_a_folder_that_is_not_there_is_told(site: SiteFolder) -> None:
    site.article("x", POST)
    site.write("broadsheet.toml", CONFIGURATION + '\n[clean.folders]\nesays = "off"\n')
    assert 'there is no folder "esays" in content/ [unknown-folder]' in site.build().stderr


@pytest.mark.parametrize("level", ['"of"', "false", "1"])
def test_a_level_that_there_is_not_is_an_error(site: SiteFolder, level: str) -> None:
    site.write("broadsheet.toml", f"{CONFIGURATION}\n[clean.folders]\nessays = {level}\n")
    assert "bad-config" in site.build(status=2).stderr


@pytest.mark.parametrize(
    "name",
    [*(f"cleaning/{number}" for number in ("01", "02", "03", "04", "05", "08", "18")), "content/30"],
)
@pytest.mark.skipif(not CASES.exists(), reason="the cases are not part of the project")
def test_nothing_goes_from_the_cases(name: str) -> None:
    area, number = name.split("/")
    folder = next((CASES / area).glob(f"{number}-*"))
    for path in sorted(folder.rglob("content/**/*.md")):
        body = path.read_text(encoding="utf-8").rpartition("---\n")[2]
        assert tidy(document(body, title="A title"), ("title-heading",)).removed == ()
