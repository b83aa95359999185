"""Quotes, apostrophes, dashes and dots: in texts, and in the titles and summaries of front matter."""

import json
import re
from html import unescape

import pytest

from generator.pipeline.clean import html
from generator.pipeline.clean.typeset import typeset
from generator.pipeline.clean.typography import with_apostrophes
from tests.conftest import SiteFolder
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'Twas late, 'tis said; 'TISN'T 'twould.", "’Twas late, ’tis said; ’TISN’T ’twould."),
        ('"\'Twas so," he said.', "“’Twas so,” he said."),
        ("Rock 'n' roll, Drum 'N' Bass, fish 'n chips", "Rock ’n’ roll, Drum ’N’ Bass, fish ’n chips"),
        ("The letter 'n' and 'n'.", "The letter ‘n’ and ‘n’."),
        ("Tell 'em it's 5 o'clock, 'cause it's late.", "Tell ’em it’s 5 o’clock, ’cause it’s late."),
        ("The 'em dash' and an 'em'.", "The ‘em dash’ and an ‘em’."),
        ("Summer of '07, in '24 and the '80s, '99's best", "Summer of ’07, in ’24 and the ’80s, ’99’s best"),
        ("He saw '12 Monkeys' in '96.", "He saw ‘12 Monkeys’ in ’96."),
        ("'Round the Bend' runs; go 'round it.", "‘Round the Bend’ runs; go ’round it."),
        ("Die '68er kamen '89 wieder; er sagt 'nein'.", "Die ’68er kamen ’89 wieder; er sagt ‘nein’."),
        ("Mai '68 : l'usine dit \"non\".", "Mai ’68 : l’usine dit “non”."),
        ("El 'no' del '36, dijo \"él\".", "El ‘no’ del ’36, dijo “él”."),
        ("Naar 't Hart, 's avonds.", "Naar ’t Hart, ’s avonds."),
        ("‘Twas that way already, and “so”.", "‘Twas that way already, and “so”."),
    ],
)
def test_what_was_left_out_gets_an_apostrophe(text: str, expected: str) -> None:
    assert html.show(text, "", "/").words == expected
    assert html.show(f"{text}\n\n`'Twas`", "", "/").words == f"{expected}\n'Twas"
    assert typeset(text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Plain words, no marks", "Plain words, no marks"),
        ('The "new" ferry -- and more...', "The “new” ferry – and more…"),
        ('L\'usine dit "non"', "L’usine dit “non”"),
        ('Der "Neue" --- wer\'s glaubt', "Der “Neue” — wer’s glaubt"),
        ("港口'新'的 -- 开了...", "港口’新’的 – 开了…"),
        ("Already “curly” — isn’t it…", "Already “curly” — isn’t it…"),
        ("Run `x = \"a\"` to 'see'", 'Run `x = "a"` to ‘see’'),
        ('`a`\'s end and "`b`"', "`a`’s end and “`b`”"),
        ("Use --force or don't", "Use --force or don’t"),
        ("print('x') isn't \"hard\"", "print('x') isn’t “hard”"),
        ('The <a href="x" title=\'y\'> "tag"', "The <a href=\"x\" title='y'> “tag”"),
        ('Set lang="de" -- "so"', 'Set lang="de" – “so”'),
        ('os.environ["HOME"] and {"a": "b"} are "it"', 'os.environ["HOME"] and {"a": "b"} are “it”'),
        ("`", "`"),
    ],
)
def test_titles_get_the_signs_of_texts_but_in_code(title: str, expected: str) -> None:
    assert typeset(title) == expected
    assert typeset(expected) == expected


def test_titles_and_summaries_are_alike_everywhere(site: SiteFolder) -> None:
    title, shown = "'Twas the \"Aurora\" -- Rock 'n' roll...", "’Twas the “Aurora” – Rock ’n’ roll…"
    site.article("2024/twas", title=json.dumps(title), summary=json.dumps(f"It's {title}"), topic="Sea")
    site.article("pages/about", title="\"What 'they' say\"", date="")
    site.build()
    page = site.page("/2024/01/03/twas/")
    assert f"<h1>{shown}</h1>" in re.sub(r"<h1[^>]*>", "<h1>", page)
    described = {unescape(text) for text in re.findall(r'description" content="([^"]*)"', page)}
    assert described == {f"It’s {shown}"}
    for url in ("/", "/topics/sea/", "/archive/2024/01/"):
        assert shown in unescape(site.page(url)), url
        assert title not in unescape(site.page(url)), url
    entry = json.loads(site.page("/feed.json"))["items"][0]
    assert (entry["title"], entry["summary"]) == (shown, f"It’s {shown}")
    assert shown in site.page("/atom.xml")
    assert shown in site.page("/rss.xml")
    assert "What ‘they’ say" in site.page("/about/")


def test_nothing_is_named_or_compared_after_signs(site: SiteFolder) -> None:
    configuration = '[[topics]]\nname = "Sea"\nkeywords = ["the captain\'s word"]\n'
    site.write("broadsheet.toml", (site.root / "broadsheet.toml").read_text() + configuration)
    site.article("a", title="\"'Twas the captain's word -- again...\"", related='["He said \\"no\\" -- twice"]')
    site.article("b", "Another sentence.", title='"He said “no” – twice"')
    site.build()
    page = site.page("/2024/01/03/a/")
    assert ">He said “no” – twice</a>" in page.replace("<bdi>", "").replace("</bdi>", "")
    assert "’Twas the captain’s word – again…" in site.page("/topics/sea/")


def test_a_title_that_stands_in_is_told_as_it_is_written(site: SiteFolder) -> None:
    site.article("a", '# The "new" ferry isn\'t late\n\nIt sails.', title="")
    done = site.build()
    assert 'title: "The "new" ferry isn\'t late"' in done.stderr
    assert "The “new” ferry isn’t late" in site.page("/2024/01/03/a/")


@pytest.mark.parametrize("text", ["'cause ", "'07 x'x ", "'n' ", "a'n' ", "'", "'em ", "x's "])
def test_apostrophes_take_no_time_whatever_the_text(text: str) -> None:
    assert_linear(with_apostrophes, text * 20_000)


@pytest.mark.parametrize("text", ["-- ", "'", "\"'", "...", "a='", '{"', "f(", "`", "<a ", "--a", "a.", "'cause "])
def test_titles_take_no_time_whatever_they_hold(text: str) -> None:
    assert_linear(typeset, "'" + text * (1_990 // len(text)))
    assert typeset("'" + text * 2_000) == "'" + text * 2_000  # that long it is no title
