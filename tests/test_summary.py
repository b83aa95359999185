"""Summaries: made of paragraphs, as they are written, up to the author's mark; and the titles that stand in."""

import json
import re
from html import unescape

import pytest

from generator.model import Document, Metadata
from generator.pipeline.clean import finish, html, tidy
from generator.pipeline.clean.excerpt import head_of
from generator.pipeline.clean.summary import SUMMARY_LENGTH, first_sentence, summarise
from tests.conftest import SiteFolder
from tests.growth import assert_linear

SENTENCE = "The council agreed on a plan for the harbour, which will take a year. "
LONG = SENTENCE * 7


def summary_of(markdown: str) -> str:
    written = Document("content/a.md", Metadata(clean=False, pasted=False), markdown, body_line=5)
    return finish(written, tidy(written, ()), "/").summary


def title_of(markdown: str) -> str:
    shown = html.show(markdown, "", "/")
    return first_sentence(shown.html, shown.words)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("## Why\n\nThe dam holds.\n\n### And now\n\nRain is near.", "The dam holds. Rain is near."),
        ("| Ort | Pegel |\n|---|---|\n| Ahr | 3 m |\n\nDas Wasser sinkt.", "Das Wasser sinkt."),
        ("    import sys\n\nLe pont est fermé.\n\n```\nx = 1\n```\n\nOn attend.", "Le pont est fermé. On attend."),
        ("<figure><img src='/a.png'><figcaption>The quay</figcaption></figure>\n\nIt rained.", "It rained."),
        ("![The quay](/a.png)\n\nIt rained.", "It rained."),
        ("> “We wait,” he said.\n\nThe ferry is late.", "The ferry is late."),
        ("**Was geschah**\n\nDie Fähre blieb liegen.", "Die Fähre blieb liegen."),
        ("**The ferry is late.** It waits.", "The ferry is late. It waits."),
        ("Use `make all` & *wait* for [it](/x) <b>now</b>.", "Use make all & wait for it now."),
        ("The dam[^1] holds[^b].\n\n[^1]: A dam.\n[^b]: Still.", "The dam holds."),
        ("It cost <del>900</del> 800 <s>not</s>, and <del>no</del> more <del>of it</del>.", "It cost 800, and more."),
        ("<details><summary>More</summary><p>It rained.</p></details>", "It rained."),
        ("<div>One line.<br>Two lines.</div>", "One line. Two lines."),
        ("| only | cells |\n|---|---|\n| a | b |", ""),
    ],
)
def test_a_summary_is_made_of_paragraphs(markdown: str, expected: str) -> None:
    assert summary_of(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("- Tea is dear.\n- Coffee, too\n\nPrices rose in May.", "Prices rose in May."),
        ("- Tea is dear.\n- Coffee, too", "Tea is dear · Coffee, too"),
        ("1. Der Zug fährt;\n2. der Bus fährt.", "Der Zug fährt · der Bus fährt."),
        ("- 米价上涨。\n- 油价下跌。", "米价上涨；油价下跌。"),
        ("- お米が高い\n- 石油が安い", "お米が高い、石油が安い"),
        ("- 쌀값이 올랐다\n- 기름값이 내렸다", "쌀값이 올랐다 · 기름값이 내렸다"),
        ("Tres cosas cambian:\n\n- El tren\n- El bus\n\nY nada más.", "Tres cosas cambian: El tren · El bus"),
        ("变化如下：\n\n- 火车\n- 公交车", "变化如下：火车；公交车"),
        ("It rained. Three lines stop:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nMore soon.", "It rained. More soon."),
        ("Three lines stop:\n\n```\n4\n```", "Three lines stop…"),
        ("> Here I stand.\n> I wait.", "Here I stand. I wait."),
        ("She wrote:\n\n> Here I stand. I wait.", "She wrote: Here I stand. I wait."),
        ("She wrote:\n\n> Here I stand.\n\nThen she left.", "Then she left."),
    ],
)
def test_lists_and_quotations_stand_in_for_paragraphs(markdown: str, expected: str) -> None:
    assert summary_of(markdown) == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("<del><p>It cost 900.</p></del><p>It cost 800.</p>", "It cost 800."),
        ("<p><ruby>漢<rt>かん</rt></ruby>字は<s>三</s>二つ。</p>", "漢字は二つ。"),
        ('<blockquote class="alert"><p class="alert-title">Note</p><p>Es regnet.</p></blockquote>', "Es regnet."),
        ("<dl><dt>Pegel</dt><dd>Höhe des Wassers</dd></dl>", "Pegel · Höhe des Wassers"),
        ("<ul><li><p>Un.</p><p>Deux.</p></li><li>Trois<ul><li>Quatre</li></ul></li></ul>", "Un. Deux · Trois · Quatre"),
        ('<p>Yes.</p><div class="footnote"><ol><li><p>No.</p></li></ol></div>', "Yes."),
        ('<p><img alt="a &gt; b &amp;lt;" src="/x"> R&amp;D &lt;b&gt;</p>', "R&D <b>"),
    ],
)
def test_the_summary_of_html(shown: str, expected: str) -> None:
    assert summarise(shown) == expected


def test_a_list_tells_as_many_items_as_there_is_room_for() -> None:
    items = [f"point number {number} of a long list of points" for number in range(9)]
    told = summary_of("Nine points:\n\n" + "\n".join(f"- {item}" for item in items))
    assert told == "Nine points: " + " · ".join(items[:4]) + " …"
    assert len(told) <= SUMMARY_LENGTH
    told = summary_of("It rained. Nine points:\n\n- " + "long " * 99)
    assert told.startswith("It rained. Nine points: long long")
    assert told.endswith("long…")
    assert len(told) <= SUMMARY_LENGTH
    assert summary_of("It rained. " * 18 + "Nine points:\n\n- " + "long " * 99) == ("It rained. " * 18).strip()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (
            "大坝仍在。水位下降！\n明天呢？市长说，\n一切正常。\n\n居民回家。",
            "大坝仍在。水位下降！明天呢？市长说，一切正常。居民回家。",
        ),
        ("市长说：“好。”\n她走了。", "市长说：“好。”她走了。"),
        ("ダムは無事だ。\n水は引いた。\n\n住民は帰った。", "ダムは無事だ。水は引いた。住民は帰った。"),
        ("彼は、\nPythonを使う。使うのは\nPythonだ。", "彼は、Pythonを使う。使うのは Pythonだ。"),
        ("댐은 안전하다.\n물이 빠졌다.", "댐은 안전하다. 물이 빠졌다."),
        ("The dam\nholds.\n\nRain.", "The dam holds. Rain."),
        ("Fini\u00a0! « Oui\u00a0» dit-il.", "Fini\u00a0! « Oui\u00a0» dit-il."),
    ],
)
def test_blanks_stand_where_the_script_has_them(markdown: str, expected: str) -> None:
    assert summary_of(markdown) == expected


@pytest.mark.parametrize(
    ("sentences", "count"),
    [
        (("Am 3. Oktober fährt die Fähre z. B. um 5 Uhr.", "Sie kostet 3,5 Mio. Euro."), 2),
        (("Gen. J. R. Smith met Mr. Jones at 5 p.m. in the U.S. Senate.", "It cost 3.5 dollars in 1999.", "So."), 3),
        (("M. Durand vit av. J.-C. à Lyon.", "« Oui ! » Il rit.", "Qui sait ?"), 4),
        (("¿Qué pasa?", "¡Nada!", "La Sra. Díaz de EE. UU. habló.", "— Sí."), 4),
        (("水退了！", "他说：“好。”", "她走了。"), 3),
        (("今日は晴れ。", "「はい。」", "と言った。"), 3),
        (("هل عاد؟", "نعم عاد."), 2),
    ],
)
def test_sentences_end_where_their_language_ends_them(sentences: tuple[str, ...], count: int) -> None:
    glue = "" if sentences[0][-1] in "。！？" else " "
    text = glue.join(sentences)
    told = {summarise(text, limit) for limit in range(1, len(text) + 1)}
    whole = sorted((one for one in told if not one.endswith("…")), key=len)
    assert len(whole) == count
    assert [one for one in (glue.join(sentences[:n]) for n in range(1, len(sentences) + 1)) if one not in whole] == []


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("The council met on Monday", 18, "The council met…"),
        ("Der Rat, der tagte", 9, "Der Rat…"),
        ("据 报道今天上午市长表示", 9, "据 报道今天上午…"),
        ("市长说，明天", 5, "市长说…"),
        ("x" * 50, 10, "xxxxxxxxx…"),
        ("Er sagte „Nein und", 11, "Er sagte…"),
    ],
)
def test_a_first_sentence_that_is_too_long_is_cut_behind_a_word(text: str, limit: int, expected: str) -> None:
    assert summarise(text, limit) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (f"See [the map][m] of it[^1].\n\n<!-- more -->\n\n{LONG}\n\n[m]: /map/\n\n[^1]: Old.", "See the map of it."),
        (f"`<!--more-->` is the mark.\n\n{LONG[:40]}.", f"<!--more--> is the mark. {LONG[:40]}."),
        (f"```\n<!--more-->\n```\n\nNoch eins.\n\n<!--MORE-->\n\n{LONG}", "Noch eins."),
        (f"    <!--more-->\n\nIl pleut.\n\n<!-- TEASER_END -->\n\n{LONG}", "Il pleut."),
        (f"Il pleut.\n<!--more-->\n{LONG}", "Il pleut."),
        (f"- one\n- two <!--more--> three\n\n{LONG}", "one · two"),
        (f"> Here I stand. <!-- more --> I wait.\n\n{LONG}", "Here I stand."),
        ("第一句。\n\n<!--more-->\n\n第二句。", "第一句。"),
        ("<!--more-->\n\nIt rained.", "It rained."),
        ("<!-- not yet: <!--more--> -->\n\nIt rained.\n\nIt stopped.", "--> It rained. It stopped."),
        ("<pre><code>a <!--more--> b</code></pre>\n\nIt rained.\n\nIt stopped.", "It rained. It stopped."),
        ("It rained. And more.", "It rained. And more."),
    ],
)
def test_the_mark_ends_the_summary_outside_of_code(markdown: str, expected: str) -> None:
    assert summary_of(markdown) == expected


def test_before_a_mark_there_may_be_twice_as_much() -> None:
    assert summary_of(LONG) == (SENTENCE * 3).strip()
    assert summary_of(f"{LONG}\n\n<!--more-->\n\nIt rained.") == (SENTENCE * 6).strip()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("The dam\nholds. It rains.", "The dam holds"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\nDer Damm hält.", "Der Damm hält"),
        ("- Le pont\n- La tour", "Le pont"),
        ("大坝\n仍在。水退了。", "大坝仍在"),
        ("**The dam holds**\n\nIt rains.", "The dam holds"),
        ("The dam holds<br>By Ann Lee<br>It rains.", "The dam holds"),
        ("The dam[^1] holds:\n\n> Yes.\n\n[^1]: Old.", "The dam holds"),
        ("| only | cells |\n|---|---|\n| a | b |", "only"),
        ("word " * 40, "word " * 19 + "word…"),
    ],
)
def test_a_title_that_is_missing_is_the_first_sentence(markdown: str, expected: str) -> None:
    assert title_of(markdown) == expected


def test_a_summary_is_the_same_everywhere(site: SiteFolder) -> None:
    body = "## Lage\n\n河水\n退了。市长[^1]说：“好。”\n\n<!-- more -->\n\n" + LONG + "\n\n[^1]: 市长。"
    site.article("a", body, url="/a/", language="zh")
    site.build()
    told = "河水退了。市长说：“好。”"
    page = site.page("/a/")
    described = {unescape(found) for found in re.findall(r'description" content="([^"]*)"', page)}
    assert described == {told}
    assert f">{told}</p>" in site.page("/")
    feed = json.loads(site.page("/feed.json"))
    assert [item["summary"] for item in feed["items"]] == [told]
    assert f'<summary type="text">{told}</summary>' in site.page("/atom.xml")


@pytest.mark.parametrize("text", ["A. ", ". ((", "中 \n", "&lt;", "? ", "a: ", "<s>x</s> ", "<b>x</b>", "<p>", "“"])
def test_no_text_takes_long(text: str) -> None:
    assert_linear(lambda given: (summarise(f"{given}:"), first_sentence(given)), text * (200_000 // len(text)))
    assert_linear(head_of, f"<!--{text * (200_000 // len(text))}")
