"""What cleaning takes, what it leaves, and what comes out as HTML."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.characters import letters
from generator.model import Document, Metadata, Vote
from generator.pipeline.clean import blocks, classify, finish, html, lexicon, lines, pieces, summary, tidy
from generator.pipeline.clean.fold import key_of
from generator.pipeline.clean.lines import split_lines
from generator.pipeline.clean.residue import Known
from generator.pipeline.clean.rules import REPAIRS, RULES, WHOLE_TEXT_RULES, Rule, reason, rule_names
from generator.pipeline.render.feeds import standalone
from tests.conftest import CONFIGURATION, ROOT, SiteFolder
from tests.growth import assert_linear
from tests.test_languages import found_in

CASES = sorted((ROOT / "tests/golden/clean").glob("*.md"))


def document(body: str, **metadata: object) -> Document:
    return Document("content/2024/x.md", Metadata(**metadata), body, body_line=5)  # type: ignore[arg-type]


def to_html(markdown: str) -> str:
    return html.to_html(markdown, "2024", "/")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_golden(case: Path) -> None:
    given, _, expected = case.read_text().partition("<!-- expected -->\n")
    expected, _, related = expected.partition("<!-- related -->\n")
    title = re.search(r"<!-- title: (.*) -->\n", expected)
    tidied = tidy(document(given, title=title[1] if title else "Something else"), ())
    wanted = re.sub(r"<!-- title: .*\n", "", expected).strip("\n")
    assert re.sub(r"\n{3,}", "\n\n", tidied.markdown) == wanted
    assert list(tidied.moved.related) == related.splitlines()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_takes_its_examples_and_leaves_the_others(rule: Rule) -> None:
    others = [other.name for other in RULES if other is not rule]
    for line in rule.takes:
        removed = tidy(document(text(*PARAGRAPHS, line)), others).removed
        assert [removal.rule for removal in removed] == [rule.name] * (line.count("\n") + 1), line
    for line in rule.leaves:
        assert tidy(document(text(*PARAGRAPHS[:2], line, *PARAGRAPHS[2:])), ()).removed == (), line
    assert rule.reason
    assert rule.takes
    assert rule.leaves


def test_removals_name_rule_line_text_and_where_it_went() -> None:
    tidied = tidy(document(text(*PARAGRAPHS, "", "Related News", "A headline")), ())
    assert [tuple(removal) for removal in tidied.removed] == [
        ("related-headlines", 10, "Related News", ""),
        ("related-headlines", 11, "A headline", "related"),
    ]


def test_a_rule_can_be_left_out_for_one_article_or_the_site() -> None:
    body = text(*PARAGRAPHS, "Advertisement", "Share this article")
    assert [r.rule for r in tidy(document(body, clean=("advertisement",)), ()).removed] == ["share-buttons"]
    assert [r.rule for r in tidy(document(body), ("share-buttons",)).removed] == ["advertisement"]
    assert tidy(document(body, clean=False), ()).removed == ()


def test_pasted_text_can_be_declared_either_way() -> None:
    lines = "Roses are red\nViolets are blue"
    assert tidy(document(lines, pasted=True), ()).markdown == "Roses are red\n\nViolets are blue"
    pasted = "\n".join(["This is a paragraph of one long sentence that nobody would have wrapped at this place."] * 2)
    assert tidy(document(pasted, pasted=False), ()).markdown == pasted


@pytest.mark.parametrize(
    "line",
    [
        *("a" * 100_000, "[" * 100_000, "list 1 of 2" * 9_000, "share " * 20_000, "*" * 100_000, "a" * 3_000_000),
        *(
            "By " + "Anna " * 170 + "!",
            "(" * 890,
            "1:" * 440,
            "A" * 800 + ":",
            "Foto: " + "x/" * 440,
            "By " + "A" * 850,
        ),
        *("a > " * 220, "By " + "A-" * 300, "Photo by " + "x " * 400, "12 " * 290),
    ],
    ids=lambda line: f"{line[:8]}*{len(line)}",
)
def test_long_lines_take_no_time(line: str) -> None:
    assert_linear(lambda part: tidy(document("\n".join([part] * 3)), ()), line)
    if len(line) > 1000:
        assert tidy(document("\n".join([line] * 3)), ()).removed == ()


PARAGRAPHS = [
    "The harbour of Port Elin opened again on Tuesday after three days of storm that had kept every ferry in.",
    "Officials said that the first boats would carry mail and medicine, and that passengers could follow later.",
    "By noon the queue of lorries reached back to the ring road, where drivers had slept in their cabs.",
    "The pier lost forty metres of its railing, and divers will look at its feet before the week is out.",
]
TEXT = "\n\n".join(PARAGRAPHS[:3])


def rules_of(body: str, level: str = "default", **metadata: object) -> dict[str, str]:
    """Line -> rule of all that goes."""
    return {item.text: item.rule for item in tidy(document(body, **metadata), (), level).removed}


def text(*lines: str) -> str:
    return "\n".join(lines)


def test_what_stands_among_furniture_around_the_article_goes() -> None:
    before = ["Skip to main content", "Around the bay", "Harbour reopens", "By Anna Sund", "A grey wave"]
    after = ["Share this article", "Ten years of the ring road", "Privacy Policy", "The Port Elin Herald"]
    rules = rules_of(text(*before, "Facebook X Email", *PARAGRAPHS, *after), title="Harbour reopens")
    assert rules["Around the bay"] == "page-head"
    assert rules["Harbour reopens"] == "repeated-title"
    assert rules["Ten years of the ring road"] == "page-tail"
    assert list(rules) == [*before, "Facebook X Email", *after]


SIGNED = (
    "Herders at a well on the edge of the plain [Yusra Dahim/The Port Elin Herald]",
    "Die Fähre am Kai von Port Elin nach dem Sturm (Jonas Krüger / Inselbote)",
    "Ivo Brandl/Anadol/Getty Images",
    "Sturm auf der Insel. dpa/Peter Sandmann",
    "REUTERS/Emil Sandoval",
    "The operator at the lever of his car. “It knows me,” he said.Credit...Lena Abruzzi for The Port Elin Herald",
    "Le port après la tempête, le 20 novembre 2026. ANTONIN RIBES POUR « LE JOURNAL DU PORT »",
    "El puerto después del temporal. CARMEN SALGADO",
    "Uno dei reparti del pastificio dopo la riapertura di lunedì (Imagoeconomica)",
    "Steam over the smelter at Port Tarnow. Purchase Licensing Rights, opens new tab",
    "傾いた煙突の根元に立つ職人=2026年11月24日、東京都、広瀬亮介撮影",
    "图为11月26日，游客在渡口候船。新华社记者 唐一舟 摄",
    "圖為遊客在渡口候船（中央社記者陳明攝）",
)
UNSIGNED = (
    "VOLKSWAGEN ID. SPACE VIZZION CONCEPT",
    "Und was, wenn doch?",
    "The bridge may weigh 40 tons [see page 3/4]",
    "Zwei Stimmen fehlen in Berlin (CDU/CSU)",
    "The mayor speaks of and/or clauses",
    "Three stars for the opera at the U.S.",
    "Der Antrag kam von SPD und CDU",
    "新片在港口开始拍摄",
    "人気アニメ、東京で撮影",
)


@pytest.mark.parametrize("line", SIGNED)
def test_a_line_that_ends_with_who_made_the_picture_is_a_caption_or_a_credit(line: str) -> None:
    found = found_in(line)
    assert found is not None
    assert found.rule in {"caption", "credit"}
    assert found.is_sure


@pytest.mark.parametrize("line", UNSIGNED)
def test_a_line_that_ends_in_capitals_brackets_or_slashes_may_be_of_the_text(line: str) -> None:
    found = found_in(line)
    assert found is None or not found.is_sure


@pytest.mark.parametrize(
    ("byline", "line", "goes"),
    [
        (
            "By Corinne Vasko",
            "Corinne Vasko covers the ships of the bay for the Herald and for the evening news.",
            True,
        ),
        ("By CORINNE VASKO", "Vasko covers the northern ports for the Herald, and is based in Port Elin.", True),
        ("Por Corinne Vasko", "Corinne Vasko cubre los puertos del norte para el diario desde el año pasado.", True),
        ("Von Corinne Vasko", "Corinne Vasko arbeitet seit zwei Jahren für den Boten in der Stadt am Hafen.", True),
        ("By Corinne Vasko", "Corinne Halland covered the hole in the quay with a sail and went home to sleep.", False),
        (
            "By Corinne Vasko",
            "“Vasko asked me for a boat,” said the keeper of the light, and gave her one for free.",
            False,
        ),
        (
            "By Corinne Vasko",
            "Vasko asked the keeper of the light for a boat, and “she can have mine,” he said to the crowd.",
            False,
        ),
        (
            "By Corinne Vasko, NEWSROOM",
            "NEWSROOM has asked the keeper of the light to say when the boats go out.",
            False,
        ),
    ],
)
def test_a_sentence_below_the_article_that_begins_with_its_author_is_a_biography(
    byline: str, line: str, *, goes: bool
) -> None:
    body = text("Skip to main content", "Facebook X Email", byline, *PARAGRAPHS, line, "All rights reserved.")
    assert (rules_of(body, pasted=True).get(line) == "author-bio") is goes


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("Mira Halland is a journalist who covers the ships of the bay for the Herald.", True),
        (
            "Mira Halland is a journalist of the old kind, “she never asked me for a boat,” said the keeper.",
            False,
        ),
        ('Mira Halland is a journalist, as he put it: "She never once asked me for a boat."', False),
    ],
)
def test_whom_a_quotation_presents_is_no_author(line: str, *, goes: bool) -> None:
    body = text("Skip to main content", "Facebook X Email", *PARAGRAPHS, *PARAGRAPHS, line, "All rights reserved.")
    assert (rules_of(body, pasted=True).get(line) == "author-bio") is goes


def test_a_figure_that_stands_alone_goes_where_it_comes_again() -> None:
    for second, goes in (("2", True), ("3", False)):
        body = text(*PARAGRAPHS[:3], "2", PARAGRAPHS[3], second, "Share this article", "All rights reserved.")
        lines = [removal.line for removal in tidy(document(body, pasted=True), ()).removed]
        assert lines == [*([8] if goes else []), 10, 11, 12]


def test_a_note_on_how_an_article_came_about_goes_beside_the_byline() -> None:
    note = "Corinne Vasko spent two weeks in the harbour to write this."
    body = text("Skip to main content", "By Corinne Vasko", note, "Facebook X Email", *PARAGRAPHS)
    assert rules_of(body, pasted=True)[note] == "author-bio"


def test_a_comment_section_goes_as_a_whole() -> None:
    comments = [
        "2 Comments",
        "Anna",
        "I was there and it was nothing much, to be honest.",
        "Reply",
        "Per",
        "So?",
        "Reply",
    ]
    rules = rules_of(text(*PARAGRAPHS, *comments))
    assert set(rules) == set(comments)
    assert rules["I was there and it was nothing much, to be honest."] == "comment-section"


def test_a_sentence_that_quotes_somebody_always_stays() -> None:
    said = "“Share this article with your neighbours,” the mayor said to the crowd."
    assert rules_of(text(*PARAGRAPHS, "Advertisement", said, "Privacy Policy")).keys() == {
        "Advertisement",
        "Privacy Policy",
    }


def test_a_text_of_fewer_than_three_sentences_is_left_alone() -> None:
    results = ["Results", "Elin 3, Marta 1", "Sturm 2, Gull 2", "Anna Sund 4, Per Holm 1"]
    furniture = ["Advertisement", "list 1 of 4", "Related News", "A headline", "Share this article"]
    for body in (results, PARAGRAPHS[:2], []):
        for level in ("safe", "default", "thorough"):
            assert rules_of(text(*body, *furniture), level) == {}
    assert set(rules_of(text(*PARAGRAPHS[:3], *furniture))) == set(furniture)


def test_a_line_without_a_full_stop_counts_as_a_sentence_if_it_is_long() -> None:
    lines = [paragraph.rstrip(".") for paragraph in PARAGRAPHS[:3]]
    assert rules_of(text(*lines, "Advertisement")) == {"Advertisement": "advertisement"}


def test_a_short_text_loses_its_title_and_the_phrases_of_its_source() -> None:
    short = document(text("Harbour reopens", PARAGRAPHS[0], "The Herald, since 1871"), title="Harbour reopens")
    removed = tidy(short, (), known=Known(phrases=("The Herald, since 1871",))).removed
    assert [item.rule for item in removed] == ["repeated-title", "own-phrase"]


SMALL_PRINT = (
    "Sign up for our daily newsletter and get the best of Port Elin and of Marta in your inbox every morning.",
    "We use cookies to give you the best of Port Elin, and by continuing to use it you agree to our cookie policy.",
    "All rights reserved. This material may not be published, broadcast, rewritten or redistributed on Marta.",
)


def test_where_much_goes_only_lines_that_say_it_themselves_go_and_a_warning_comes(site: SiteFolder) -> None:
    teaser = "In Marta they count the geese from the roof of the school, which the council has opened for the week."
    lines = (*PARAGRAPHS, *SMALL_PRINT, "Facebook X Email", teaser)
    tidied = tidy(document(text(*lines)), ())
    assert tidied.is_doubtful
    assert {item.text for item in tidied.removed} == {*SMALL_PRINT, "Facebook X Email"}
    site.article("x", text(*lines))
    assert "[much-removed]" in site.build().stderr


@pytest.mark.parametrize(
    "lines",
    [
        ("Share this article", "The ferry to Port Elin sails again on Monday."),
        ("The ferry to Port Elin sails on Monday.", "Advertisement", "More boats follow in June.", "Related News"),
        ("Diesen Artikel teilen", "Die Fähre nach Port Elin fährt am Montag wieder.", "Anzeige"),
        ("渡轮周一恢复开往港口。", "责任编辑：王小明"),
    ],
)
def test_a_text_that_is_too_short_to_touch_keeps_its_furniture_and_a_warning_names_the_line(
    site: SiteFolder, lines: tuple[str, ...]
) -> None:
    tidied = tidy(document(text(*lines)), ())
    assert tidied.removed == ()
    assert {text(*lines).split("\n")[number - document("").body_line] for number in tidied.spared} < set(lines)
    assert tidied.spared
    for settled in ("clean", "pasted"):
        assert tidy(document(text(*lines), **{settled: False}), ()).spared == ()
    site.article("x", text(*lines))
    [warning] = [line for line in site.build().stderr.splitlines() if "[too-short]" in line]
    assert ": warning: " in warning
    assert warning.startswith("content/x.md:")


def test_where_a_tenth_of_a_doubtful_text_would_go_for_its_place_nothing_goes_and_a_warning_comes(
    site: SiteFolder,
) -> None:
    below = "The boats of Marta went out again on the day after."
    lines = (*PARAGRAPHS[:3], "12 Comments", "Related News", below)
    tidied = tidy(document(text(*lines)), ())
    assert tidied.is_doubtful
    assert tidied.removed == ()
    assert rules_of(text(*lines), pasted=True).keys() == {"12 Comments", "Related News", below}
    site.article("x", text(*lines))
    assert "[much-removed]" in site.build().stderr


def test_levels_take_more_and_more() -> None:
    more = ["Related News", "A headline", "12 Comments", "Privacy Policy"]
    body = text("Harbour", "Home > World > Europe", "Print", *PARAGRAPHS, *more)
    off, safe, default, thorough = (set(rules_of(body, level)) for level in ("off", "safe", "default", "thorough"))
    assert off == set()
    assert safe == {"Home > World > Europe", "Related News", "12 Comments", "Privacy Policy"}
    assert safe < default <= thorough
    assert "A headline" in default


def test_the_byline_names_the_authors_where_the_front_matter_does_not() -> None:
    body = text("By Anna Sund and Per Holm", *PARAGRAPHS)
    tidied = tidy(document(body), ())
    assert tidied.moved.authors == ("Anna Sund", "Per Holm")
    assert tidied.removed[0].kept_as == "authors"
    told = tidy(document(body, authors=("Liv Berg",)), ())
    assert told.moved.authors == ()
    assert told.removed[0].kept_as == ""


def test_tidy_writes_the_authors_into_the_front_matter(site: SiteFolder) -> None:
    path = site.article("x", text("By Anna Sund", *PARAGRAPHS))
    site.run("tidy", "--write")
    assert 'authors:\n  - "Anna Sund"\n' in path.read_text()


def test_rule_names_are_unique() -> None:
    assert len(set(rule_names())) == len(RULES) + len(WHOLE_TEXT_RULES) + len(REPAIRS)


def test_markdown_becomes_html_with_tables_footnotes_and_typographic_quotes() -> None:
    result = to_html('"Quoted" -- it\'s\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n\nText.[^1]\n\n[^1]: Note.\n')
    assert "<p>“Quoted” – it’s</p>" in result
    assert '<th class="align-right">a</th>' in result
    assert '<li id="fn:1">' in result
    assert 'href="#fnref:1"' in result
    assert "style=" not in result


def test_footnotes_of_one_article_do_not_leak_into_the_next() -> None:
    to_html("Text.[^1]\n\n[^1]: Note.\n")
    assert "Note" not in to_html("Other.")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("![A boat](boat.jpg)", 'src="/digest/2024/boat.jpg"'),
        ("![A boat](../boat.jpg)", 'src="/digest/boat.jpg"'),
        ("![A boat](../../../../boat.jpg)", 'src="/digest/boat.jpg"'),
        ("[home](/)", 'href="/digest/"'),
        ("[about](/about/#us)", 'href="/digest/about/#us"'),
        ("[here](#there)", 'href="#there"'),
        ("[query](?a=b)", 'href="/digest/2024?a=b"'),
        ("[other](https://example.org/x)", 'href="https://example.org/x"'),
        ("[bare](//example.org/x)", 'href="https://example.org/x"'),
        ("<img src='a b.jpg'>", 'src="/digest/2024/a%20b.jpg"'),
    ],
)
def test_links_lead_where_the_author_meant(markdown: str, expected: str) -> None:
    assert expected in html.to_html(markdown, "2024", "/digest/")


def test_links_in_feeds_are_absolute() -> None:
    text = html.to_html("![A](a.jpg) [b](/b/) [c](#fn:1) [d](https://e.org/)", "2024", "/digest/")
    absolute = standalone(text, "https://n.org", "https://n.org/digest/x/")
    links = re.findall(r'(?:href|src)="([^"]*)"', absolute)
    assert links == [
        "https://n.org/digest/2024/a.jpg",
        "https://n.org/digest/b/",
        "https://n.org/digest/x/#fn:1",
        "https://e.org/",
    ]


def test_headings_go_below_the_headline_of_the_page() -> None:
    assert to_html("# One\n\n## Two") == '<h2 id="one">One</h2>\n<h3 id="two">Two</h3>'
    assert to_html("## Two\n\n### Three") == '<h2 id="two">Two</h2>\n<h3 id="three">Three</h3>'


def test_an_image_without_an_alt_gets_an_empty_one() -> None:
    assert 'alt=""' in to_html("<img src=/x.jpg>")


def test_a_line_of_signs_that_nobody_sees_is_no_furniture() -> None:
    assert tidy(document("\u00ad\n\nA sentence of the article stands here."), ()).removed == ()


@pytest.mark.parametrize("text", ["<div>" * 1000, "<b>" * 1000, "<p>" * 300 + "<i>" * 300])
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(html.NestedTooDeeplyError):
        to_html(text)


def test_many_tags_that_close_are_fine() -> None:
    assert to_html("<b>x</b> " * 5000).count("<b>") == 5000
    assert to_html("<ul>" + "<li>x" * 500 + "</ul>").count("<li>") == 500


def test_the_summary_is_the_first_sentences_that_fit() -> None:
    assert summary.summarise("One is here. Two is here. " + "Three goes on " * 40) == "One is here. Two is here."
    assert summary.summarise("Gen. Smith met Mr. Jones at 5 p.m. in Washington. " + "More words " * 40).startswith(
        "Gen. Smith met Mr. Jones"
    )
    assert summary.summarise("word " * 100).endswith("word…")
    assert len(summary.summarise("word " * 100)) <= summary.SUMMARY_LENGTH
    assert summary.summarise("x" * 1000) == "x" * (summary.SUMMARY_LENGTH - 1) + "…"
    assert summary.summarise("") == ""


def test_a_more_mark_ends_the_summary() -> None:
    text = document("First sentence. Second sentence.\n\n<!-- more -->\n\nThird.")
    cleaned = finish(text, tidy(text, ()), "/")
    assert cleaned.summary == "First sentence. Second sentence."
    assert "<p>Third.</p>" in cleaned.html


def test_words_are_counted_in_all_scripts() -> None:
    assert summary.count_words("three words here") == 3
    assert summary.count_words("東京で地震がありました") == 5
    assert summary.reading_minutes(1) == 1
    assert summary.reading_minutes(690) == 3


def test_a_line_of_signs_presents_nobody() -> None:
    (piece,) = pieces.pieces_of(split_lines("Anna Sund is a reporter in Port Elin.", 1))
    assert blocks._presents(piece)  # noqa: SLF001 - a page of signs alone is long
    assert not blocks._presents(piece._replace(text="… !"))  # noqa: SLF001


def test_tidy_lists_shows_and_writes(site: SiteFolder) -> None:
    body = "\n\n".join([*PARAGRAPHS, "Advertisement", "Related News\nA headline"])
    path = site.article("x", body)
    before = path.read_bytes()
    done = site.run("tidy", "--format", "json").json
    assert [(item["rule"], item["line"], item["kept_as"]) for item in done["files"][0]["removed"]] == [
        ("advertisement", 14, ""),
        ("related-headlines", 16, ""),
        ("related-headlines", 17, "related"),
    ]
    reasons = {item["rule"]: item["reason"] for item in done["files"][0]["removed"]}
    assert reasons == {rule: reason(rule) for rule in ("advertisement", "related-headlines")}
    listed = site.run("tidy").stdout
    shown = site.run("tidy", "--diff").stdout
    assert all(f"{rule}: {why}" in listed and f"# {rule}: {why}" in shown for rule, why in reasons.items())
    assert "-Advertisement" in shown
    assert '+  - "A headline"' in shown
    assert path.read_bytes() == before
    site.run("tidy", "--write")
    assert path.read_text() == (
        '---\ntitle: "Title of x"\ndate: 2024-01-03T08:00:00Z\nrelated:\n  - "A headline"\n---\n\n'
        + "\n\n".join(PARAGRAPHS)
        + "\n"
    )
    site.build()
    assert "A headline" in site.page("/2024/01/03/x/")
    assert site.run("tidy").stdout == "1 file · 0 lines would go in 0 of them\n"


def test_tidy_reads_standard_input_and_names_of_files(site: SiteFolder) -> None:
    path = site.article("x")
    assert site.run("tidy", "--format", "json", str(path)).json["files"][0]["path"] == "content/x.md"
    (given,) = site.run("tidy", "-", "--format", "json", stdin=text(*PARAGRAPHS, "Advertisement")).json["files"]
    assert [item["line"] for item in given["removed"]] == [5]
    assert "usage" in site.run("tidy", "-", "--write", status=2).stderr
    assert "no such file" in site.run("tidy", "nothing.md", status=2).stderr


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", '---\nrelated:\n  - "B"\n---\n\n{TEXT}\n'),
        (
            '+++\ntitle = "x"\n[extra]\na = 1\n+++\n',
            '+++\nrelated = ["B"]\ntitle = "x"\n[extra]\na = 1\n+++\n\n{TEXT}\n',
        ),
        (
            "---\nrelated:\n  - A\ntitle: x\n---\n",
            '---\nrelated:\n  - A\n  - "B"\ntitle: x\n---\n\n{TEXT}\n',
        ),
        ("---\nrelated: [A]\n---\n", '---\nrelated: [A, "B"]\n---\n\n{TEXT}\n'),
    ],
)
def test_tidy_keeps_related_titles_in_any_front_matter(site: SiteFolder, head: str, expected: str) -> None:
    path = site.write("content/x.md", f"{head}{TEXT}\n\nRelated News\nB\n")
    site.run("tidy", "--write")
    assert path.read_text() == expected.format(TEXT=TEXT)


def test_tidy_leaves_a_file_alone_whose_front_matter_it_cannot_extend(site: SiteFolder) -> None:
    path = site.write("content/x.md", f'{{"title": "x"}}\n{TEXT}\n\nRelated News\nB\n')
    before = path.read_bytes()
    assert "`related` can't be added" in site.run("tidy", "--write", status=1).stderr
    assert path.read_bytes() == before


PHRASES = """
[clean.phrases]
"The Port Elin Herald" = ["The Herald, since 1871", "You can read this article in..."]
"""


def test_phrases_of_a_source_are_furniture_in_its_articles_alone(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(CONFIGURATION + PHRASES)
    body = text(
        PARAGRAPHS[0], "The Herald: since 1872!", "You can read this article in print, at night.", *PARAGRAPHS[1:]
    )
    site.article("own", body, source="The Port Elin Herald")
    site.article("other", body, source="The Marta Gazette")
    files = site.run("tidy", "--format", "json").json["files"]
    removed = {file["path"]: [(item["rule"], item["line"]) for item in file["removed"]] for file in files}
    assert removed == {"content/own.md": [("own-phrase", 8), ("own-phrase", 9)], "content/other.md": []}
    site.build()
    assert "since 1872" not in site.page("/2024/01/03/own/")
    assert "since 1872" in site.page("/2024/01/03/other/")


def test_a_source_that_is_misspelt_is_warned_of(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(CONFIGURATION + PHRASES.replace("Herald", "Harald", 1))
    site.article("own", source="The Port Elin Herald")
    assert 'no article is from "the-port-elin-harald" [unknown-source]' in site.build().stderr
    assert 'did you mean "the-port-elin-herald"?' in site.build().stderr


@pytest.mark.parametrize("value", ['phrases = ["a"]', 'phrases = {Herald = "a"}', "phrases = {Herald = [1]}"])
def test_phrases_of_another_form_are_refused(make_site: Callable[..., SiteFolder], value: str) -> None:
    site = make_site(f"{CONFIGURATION}\n[clean]\n{value}\n")
    assert "bad-config" in site.build(status=2).stderr


CAPTION = "The pier of Port Elin on the morning after the storm, seen from the lighthouse above"
HERALD, BAY, TEN = "The Herald, since 1871", "All the news of the bay", "Ten years of the ring road"
KNOWN = Known(
    ("The Herald, since 1871",),
    (Vote("allthenewsofthebay", is_title=False), Vote("tenyearsoftheringroad", is_title=True)),
)

# Rule -> a text and the lines of it that the rule takes; a text of which it leaves all.
LINK = "[Ten years of the ring road](https://example.org/ring-road)"
WHOLE_TEXT_CASES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "page-head": (
        ("Around the bay", "Facebook X Email", *PARAGRAPHS),
        ("Around the bay",),
        ("Around the bay", *PARAGRAPHS),
    ),
    "page-tail": ((*PARAGRAPHS, "Privacy Policy", TEN[:-5]), (TEN[:-5],), (*PARAGRAPHS, TEN[:-5])),
    "comment-section": (
        (*PARAGRAPHS, "2 Comments", "Anna", "I was there.", "Reply", "So?", "Reply"),
        ("Anna", "I was there.", "Reply", "So?", "Reply"),
        (*PARAGRAPHS, "2 Comments", "Anna", "I was there."),
    ),
    "between-furniture": (
        (*PARAGRAPHS[:2], "Advertisement", "A grey wave", "Advertisement", *PARAGRAPHS[2:]),
        ("A grey wave",),
        (*PARAGRAPHS[:2], "Advertisement", "A grey wave", *PARAGRAPHS[2:]),
    ),
    "own-phrase": ((*PARAGRAPHS, HERALD), (HERALD,), (*PARAGRAPHS, f"{HERALD}, has sold boats to the islands.")),
    "linked-headline": (
        (*PARAGRAPHS[:2], LINK, *PARAGRAPHS[2:], "Advertisement", "Facebook X Email", "Privacy Policy"),
        (LINK,),
        (*PARAGRAPHS[:2], LINK, *PARAGRAPHS[2:]),
    ),
    "other-title": ((*PARAGRAPHS, TEN), (TEN,), (*PARAGRAPHS, f"“{TEN}”", f"## {TEN}")),
    "repeated-in-source": ((*PARAGRAPHS, BAY), (BAY,), (*PARAGRAPHS, f"“{BAY}”", f"## {BAY}")),
    "repeated-line": (
        (CAPTION, *PARAGRAPHS, CAPTION, "Advertisement"),
        (CAPTION,),
        ("The boats go out at night", *PARAGRAPHS, "The boats go out at night", "Advertisement"),
    ),
    "repeated-title": (("Harbour reopens", *PARAGRAPHS), ("Harbour reopens",), ("Harbour reopens again", *PARAGRAPHS)),
    "title-heading": (("# Harbour", *PARAGRAPHS), ("# Harbour",), (PARAGRAPHS[0], "# Harbour", *PARAGRAPHS[1:])),
}


def test_each_rule_for_whole_texts_takes_its_example_and_leaves_the_other() -> None:
    assert WHOLE_TEXT_CASES.keys() == WHOLE_TEXT_RULES.keys()
    for rule, (takes, taken, leaves) in WHOLE_TEXT_CASES.items():
        title = None if rule == "title-heading" else "Harbour reopens"
        found = tidy(document(text(*takes), title=title), (), known=KNOWN).removed
        assert tuple(item.text for item in found if item.rule == rule) == taken, rule
        left = tidy(document(text(*leaves), title=title), (), known=KNOWN).removed
        assert [item.text for item in left if item.rule == rule] == [], rule


def test_a_report_that_begins_with_its_agency_stays() -> None:
    lines = (
        "(ANSA) - ROMA, 12 GEN - Il porto di Elin ha riaperto martedì.",
        "(dpa) Der Hafen ist seit Dienstag offen.",
    )
    assert rules_of(text(*lines, *PARAGRAPHS, "(ANSA)")) == {"(ANSA)": "agency-credit"}


def test_a_headline_above_the_date_stays_where_the_front_matter_has_no_title() -> None:
    body = text("Harbour reopens after the storm", "Published 6 January 2024", *PARAGRAPHS)
    assert rules_of(body) == {"Published 6 January 2024": "timestamp"}
    assert (
        rules_of(body, title="Harbour reopens after the storm")["Harbour reopens after the storm"] == "repeated-title"
    )


SIGNS = st.text("ab0é ²ß-#*_|>[^]:<!.)\t", max_size=12)


@given(SIGNS)
def test_the_letters_of_a_line_are_those_of_its_characters(text: str) -> None:
    assert letters(text) == "".join(sign for sign in text.casefold() if sign.isalnum())


@given(SIGNS)
def test_a_line_is_what_the_first_start_says_that_it_has(text: str) -> None:
    line = f"-{text}"
    kind = next((kind for kind, start in lines._STARTS if start.match(line)), lines.TEXT)  # noqa: SLF001
    assert "|" in line or split_lines(line, 1)[0].kind == kind


def test_no_phrase_that_ends_as_a_sentence_does_is_missed() -> None:
    for phrase in lexicon.PHRASES:
        for text in (f"{phrase}.", f"{phrase.capitalize()}!", f"{phrase.upper()}?", f"“{phrase}.”", f"{phrase} ..."):
            assert classify._may_be_phrase(text) or key_of(text) not in lexicon.PHRASES  # noqa: SLF001


@pytest.mark.parametrize(
    "said", ["– Go back!", "“Sign in.”", "No.", "Help!", "Weather?", "« Retour ! »", "„Anmelden.“", "「検索」"]
)
def test_what_somebody_says_between_paragraphs_stays(said: str) -> None:
    spoken = text(PARAGRAPHS[0], "", said, "", *PARAGRAPHS[1:], "", PARAGRAPHS[0].replace("the", "a"))
    assert said in tidy(document(spoken), ()).markdown.split("\n")
