"""broadsheet import: what is guessed, what is kept, what is written, and that no word is lost."""

import json
import os
import shlex
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from textwrap import dedent
from typing import Any
from zoneinfo import ZoneInfo

import frontmatter
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.commands.import_ import judge
from generator.dates import date_in_name, dates_within, day_of, parse_iso
from generator.importers.evidence import headline_of
from generator.importers.headline import find_headline, first_sentence, shortened
from generator.importers.language import STOP_WORDS, guess_language
from generator.importers.page import Judgement, lay_out, nothing_known
from generator.importers.text import Imported, Setting, Told, import_text
from generator.importers.when import date_of
from generator.model import Source
from generator.pipeline.read import read
from generator.problems import ContentError

LAW = settings(deadline=None)  # the machine may be busy
ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT.parent / "shared" / "samples" / "000_afeccb193028292e.txt"
SETTING = Setting("en", datetime(2026, 3, 4, 23, 30, tzinfo=ZoneInfo("Europe/Paris")))
PARAGRAPH = "The ferry to the islands will run twice a day from Monday, the harbour office said after the vote."
ARTICLE = f"Ferry returns to the islands\n{PARAGRAPH}\nTickets are on sale at the quay.\n"


def imported(text: str | bytes, name: str = "x.txt", **told: Any) -> Imported:
    data = text if isinstance(text, bytes) else text.encode()
    return import_text(Source(name, data), Told(**told), SETTING)


def post(text: str | bytes, name: str = "x.txt", **told: Any) -> Any:
    return frontmatter.loads(imported(text, name, **told).markdown)


def codes(made: Imported) -> list[str]:
    return [problem.code for problem in made.problems]


def refused(data: bytes) -> str:
    with pytest.raises(ContentError) as caught:
        imported(data)
    return caught.value.problems[0].code


# The title


def test_a_headline_becomes_the_title_and_leaves_the_body() -> None:
    made = imported(ARTICLE, date=date(2026, 1, 6))
    assert made.title == "Ferry returns to the islands"
    assert made.markdown == (
        '---\ntitle: "Ferry returns to the islands"\ndate: 2026-01-06\n---\n\n'
        f"{PARAGRAPH}\nTickets are on sale at the quay.\n"
    )
    assert made.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        f"Ferry returns to the islands\n\n{PARAGRAPH}\n",
        f"# Ferry returns to the islands\n\n{PARAGRAPH}\n",
        f"## Ferry returns to the islands ##\n{PARAGRAPH}\n",
        f"**Ferry returns to the islands**\n{PARAGRAPH}\n",
        f"\n\n   Ferry returns to the islands\nBy Ann Miller and Bo Hill\n6 January 2026\n{PARAGRAPH}\n",
        f"https://www.example.org/ferry\nFerry returns to the islands\n{PARAGRAPH}\n",
        "Ferry returns to the islands\n\nThe ferry will run twice a day,\nthe harbour office said.\n",
    ],
)
def test_a_headline_is_found_as_pages_show_it(text: str) -> None:
    made = imported(text)
    assert made.title == "Ferry returns to the islands"
    assert "returns" not in frontmatter.loads(made.markdown).content


def test_a_question_can_be_a_headline() -> None:
    assert imported(f"Will the ferry ever return?\n{PARAGRAPH}").title == "Will the ferry ever return?"


def test_a_headline_without_spaces_between_words_is_one() -> None:
    assert (
        imported("島へのフェリーが再開\n港湾局は火曜日の投票の後、月曜日から一日二便で運航すると発表した。\n").title
        == "島へのフェリーが再開"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            f"{PARAGRAPH} More is to come.\n",
            "The ferry to the islands will run twice a day from Monday, the harbour office said after the vote",
        ),
        ("Mr. Hill left the U.S. Army in May. He runs a ferry now.\n", "Mr. Hill left the U.S. Army in May"),
        ("Harbour\nThe ferry runs again. It is slow.\n", "Harbour"),
        (
            "The ferry to the islands will run twice\na day from Monday. It is slow.\n",
            "The ferry to the islands will run twice a day from Monday",
        ),
        ("Short lines of verse\nAnd no paragraph\n", "Short lines of verse"),
        ("- a list comes first here\n" + PARAGRAPH, "a list comes first here"),
        ("1,412\n", "1,412"),
    ],
)
def test_without_a_headline_the_first_sentence_is_the_title_and_stays(text: str, title: str) -> None:
    made = imported(text)
    assert made.title == title
    assert "guessed-title" in codes(made)
    assert frontmatter.loads(made.markdown).content == text.strip()


def test_a_sentence_too_long_for_a_title_is_cut_after_a_word() -> None:
    title = imported("The harbour " * 20 + "closed.").title
    assert len(title) <= 100
    assert title.endswith("harbour…")


def test_the_first_line_of_wrapped_text_is_no_headline() -> None:
    wrapped = (
        "The ferry to the islands will run twice a day from Monday on, as",
        "the harbour office said after a vote that took it all day long.",
    )
    assert find_headline(wrapped) is None


def test_a_title_that_is_told_wins_and_the_body_stays_whole() -> None:
    found = post(ARTICLE, title="  A better\n one ")
    assert found["title"] == "A better one"
    assert found.content == ARTICLE.strip()


@pytest.mark.parametrize("line", ["Live", "Advertisement", "6 January 2026", "By Ann Miller", "By the sea, at noon:"])
def test_labels_of_a_page_are_no_headlines(line: str) -> None:
    assert line in frontmatter.loads(imported(f"{line}\n{PARAGRAPH}\n").markdown).content


def test_first_sentence_of_labels_alone_is_the_first_line() -> None:
    assert first_sentence(["", "https://example.org/"]) == "https://example.org/"


# The date


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published On 6 Jan 2026", "2026-01-06"),
        ("6 January 2026", "2026-01-06"),
        ("January 6, 2026", "2026-01-06"),
        ("Tuesday 6th of January 2026", "2026-01-06"),
        ("2026-01-06 14:30", "2026-01-06T14:30:00"),
        ("2026-01-06T14:30:00+01:00", "2026-01-06T14:30:00+01:00"),
        ("Jan 6, 2026, 5:16 PM GMT", "2026-01-06T17:16:00+00:00"),
        ("Jan 6, 2026, 5:16 PM ET", "2026-01-06"),
        ("12 Dec. 2026 12:05 am", "2026-12-12T00:05:00"),
        ("Dienstag, 6. Januar 2026, 14.30 Uhr", "2026-01-06T14:30:00"),
        ("Stand: 06.03.2026", "2026-03-06"),
        ("6. März 2026", "2026-03-06"),
        ("Publié le 1er février 2026 à 14h30", "2026-02-01T14:30:00"),
        ("le 6 août 2026", "2026-08-06"),
        ("Martes, 6 de enero de 2026", "2026-01-06"),
        ("6 de março de 2026", "2026-03-06"),
        ("venerdì 6 marzo 2026", "2026-03-06"),
        ("**6 January 2026**", "2026-01-06"),
        ("6 January 2026 25:99", "2026-01-06"),
    ],
)
def test_a_date_line_gives_the_date_and_stays(line: str, expected: str) -> None:
    text = f"Ferry returns to the islands\n{line}\n{PARAGRAPH}\n"
    made = imported(text)
    assert made.date.isoformat() == expected
    assert made.markdown.startswith(f'---\ntitle: "Ferry returns to the islands"\ndate: {expected}\n---\n')
    assert line in made.markdown
    assert codes(made) == []


@pytest.mark.parametrize(
    "line",
    [
        "06/01/2026",
        "31 February 2026",
        "May 2026",
        "On 6 January 2026 the ferry sank.",
        "6 Brumaire 2026",
        "6 January 1066",
    ],
)
def test_what_is_no_date_line_leaves_today(line: str) -> None:
    made = imported(f"{PARAGRAPH}\n{line}\n", title="x")
    assert made.date == date(2026, 3, 4)
    assert codes(made) == ["guessed-date"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published 9:41 AM EST, Fri November 27, 2026", "2026-11-27T09:41:00-05:00"),
        ("Updated 5:12 PM GMT+1, November 27, 2026", "2026-11-27T17:12:00+01:00"),
        ("By Ann Holm | November 27, 2026", "2026-11-27"),
        ("By ANN HOLM and PER SUND Published 7:02 PM EST, November 27, 2026", "2026-11-27T19:02:00-05:00"),
        ("November 27, 20261:52 PM UTC Updated 3 hours ago", "2026-11-27T13:52:00+00:00"),
        ("Nov. 27, 2026, 5:00 a.m. ET", "2026-11-27"),
        ("Published Nov. 26, 2026Updated Nov. 27, 2026, 9:14 a.m. ET", "2026-11-26"),
        ("Fri 27 Nov 2026 06.00 GMT", "2026-11-27T06:00:00+00:00"),
        ("Publié le 27 novembre 2026 à 06h00, modifié le 28 novembre 2026 à 09h12", "2026-11-27T06:00:00"),
        ("27 nov 2026 - 05:30CET", "2026-11-27T05:30:00+01:00"),
        ("27.nov.2026 às 4h00", "2026-11-27T04:00:00"),
        ("Veröffentlicht am 27. November 2026 um 14:30", "2026-11-27T14:30:00"),
        ("Berlin, Freitag, den 27. November 2026", "2026-11-27"),
        ("27 novembre 2026 | 14:30", "2026-11-27T14:30:00"),
        ("27 novembre 2026 (modifica il 28 novembre 2026 | 10:12)", "2026-11-27"),
        ("27/11/2026", "2026-11-27"),
        ("11/27/2026 14:30", "2026-11-27T14:30:00"),
        ("Last updated: 27 November 2026, 14:30 JST", "2026-11-27T14:30:00+09:00"),
        ("2026年11月27日 12時30分", "2026-11-27T12:30:00"),
        ("2026年11月27日 午後3時5分", "2026-11-27T15:05:00"),
        ("2026年11月27日", "2026-11-27"),
        ("2026-11-27 09:15:00 来源：东镇日报", "2026-11-27T09:15:00"),
        ("2026-11-27T09:15:00+08:00", "2026-11-27T09:15:00+08:00"),
    ],
)
def test_a_date_is_read_beside_what_else_its_line_says(line: str, expected: str) -> None:
    assert imported(f"Ferry returns to the islands\n{line}\n{PARAGRAPH}\n").date.isoformat() == expected


@pytest.mark.parametrize(
    "line",
    [
        "Divers on the pier at Elin, November 25, 2026. REUTERS/Per Sund",
        "[1/2]Steam rises over Port Elin, November 25, 2026. Wire/Ann Holm Purchase Licensing Rights",
        "The fire of 27 November 2026 remembered",
        "12/11/2026",
        "No. 27.11.20261",
    ],
)
def test_a_date_that_is_part_of_something_else_is_not_taken(line: str) -> None:
    assert imported(f"Ferry returns to the islands\n{line}\n{PARAGRAPH}\n").date == date(2026, 3, 4)


def test_dates_within_a_line_say_what_they_are_called() -> None:
    found = list(dates_within("Published 26 November 2026 | Updated on 27 November 2026"))
    assert [(dated.is_published, dated.is_change) for dated in found] == [(True, False), (False, True)]


@pytest.mark.parametrize(("labels", "headline"), [(900, "Ferry returns to the islands"), (1100, None)])
def test_a_headline_is_looked_for_in_the_first_thousand_lines(labels: int, headline: str | None) -> None:
    menu = "\n".join(f"Section {number}" for number in range(labels))
    text = f"{menu}\nFerry returns to the islands\nBy Ann Holm\n{PARAGRAPH}\n{PARAGRAPH}\n"
    found = headline_of(lay_out(text, Judgement(is_page=True)))
    assert (found and found.row.text) == headline


def date_told_by(lines: list[str]) -> date | None:
    told = date_of(lay_out("\n".join(lines), Judgement()), None)
    return told and told.when


def test_the_date_of_publication_wins_over_that_of_an_update() -> None:
    lines = ["Updated 8 January 2026", "7 January 2026", PARAGRAPH, "Published on 6 January 2026"]
    assert date_told_by(lines) == date(2026, 1, 6)
    assert date_told_by(lines[:3]) == date(2026, 1, 7)
    assert date_told_by(lines[:1]) == date(2026, 1, 8)


def test_a_date_in_the_middle_of_a_long_text_is_part_of_it() -> None:
    lines = [PARAGRAPH] * 20
    assert date_told_by([*lines, "6 January 2026", *lines]) is None
    assert date_told_by([*lines, "6 January 2026"]) == date(2026, 1, 6)


def test_dates_win_in_this_order_told_file_name_text() -> None:
    text = f"6 January 2026\n{PARAGRAPH}"
    assert imported(text, "in/2024-01-03-x.txt", date=date(2020, 2, 2)).date == date(2020, 2, 2)
    assert imported(text, "in/2024-01-03-x.txt").date == date(2024, 1, 3)
    assert imported(text, "2024-01-03/x.txt").date == date(2026, 1, 6)


def test_file_names_have_dates_only_where_the_day_exists() -> None:
    assert date_in_name("2024-02-30-x.txt") is None
    assert date_in_name("x 2024_02_29.txt") == date(2024, 2, 29)
    assert date_in_name("120240-01-03.txt") is None


@pytest.mark.parametrize(
    "text", ["", "x", "2026-13-01", "20260106", "2026-01-06T25:00", "2026-W01-1", "0001-01-01", "9999-12-31"]
)
def test_what_is_no_iso_date_is_refused(text: str) -> None:
    assert parse_iso(text) is None


def test_iso_dates_keep_what_they_say() -> None:
    assert parse_iso("2026-01-06") == date(2026, 1, 6)
    assert parse_iso("2026-01-06 14:30:15.5 +0100") == datetime(
        2026, 1, 6, 14, 30, 15, tzinfo=timezone(timedelta(hours=1))
    )
    assert parse_iso("2026-01-06t14:30Z") == datetime(2026, 1, 6, 14, 30, tzinfo=UTC)


def test_the_day_of_a_time_is_that_of_the_site() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    assert day_of(datetime(2026, 1, 31, 20, tzinfo=UTC), tokyo) == date(2026, 2, 1)
    assert day_of(datetime(2026, 1, 31, 20), tokyo) == date(2026, 1, 31)  # noqa: DTZ001 - naive is the case
    assert day_of(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))), UTC) == date(1, 1, 1)


# Whole pages

# Each is the lines of a page with its headline and its day of publication marked: "= " and "@ ".
ARTICLES = {
    "en": (
        "The swimming hall in Eastwick stays shut until spring because the new boiler does not fit through its door.",
        "Measured twice and delivered once, the boiler is eleven centimetres too wide, the town said on Thursday.",
        "A crane is to lift it through the roof in February, for which the tiles over the diving pool have to go.",
        "“We have learnt to measure doors,” the head of the building office said.",
        "Schools will go on using the pool in Westwick, which costs the town 400 euros a day.",
    ),
    "de": (
        "Das Hallenbad in Osterweil bleibt bis zum Frühjahr zu, weil der neue Kessel nicht durch die Tür passt.",
        "Der Kessel ist elf Zentimeter zu breit, wie die Stadt am Donnerstag mitteilte.",
        "Im Februar soll ihn ein Kran durch das Dach heben, wofür die Ziegel über dem Becken weichen müssen.",
        "„Wir haben gelernt, Türen zu messen“, sagte der Leiter des Bauamts.",
        "Die Schulen fahren weiter nach Westerweil, was die Stadt 400 Euro am Tag kostet.",
    ),
    "fr": (
        "La piscine d’Estville restera fermée jusqu’au printemps, car la chaudière ne passe pas par la porte.",
        "La chaudière est trop large de onze centimètres, a indiqué la mairie jeudi.",
        "Une grue doit la faire entrer par le toit en février, ce qui oblige à démonter les tuiles.",
        "« Nous avons appris à mesurer les portes », a dit le chef du service des bâtiments.",
        "Les écoles continueront d’aller à Ouestville, ce qui coûte 400 euros par jour à la ville.",
    ),
    "es": (
        "La piscina de Estevilla seguirá cerrada hasta la primavera porque la caldera no cabe por la puerta.",
        "La caldera es once centímetros más ancha de lo previsto, informó el ayuntamiento el jueves.",
        "Una grúa la meterá por el tejado en febrero, para lo que hay que quitar las tejas.",
        "«Hemos aprendido a medir puertas», dijo el jefe de la oficina de obras.",
        "Los colegios seguirán yendo a Oesteville, lo que cuesta 400 euros al día.",
    ),
    "zh": (
        "东镇游泳馆因新锅炉进不了大门，将停业到明年春天，镇政府星期四通报说。",
        "这台锅炉比门宽十一厘米，量了两次，送来了一次，安装队只好把它留在停车场。",
        "二月里将用吊车从屋顶把锅炉吊进去，为此要拆掉跳水池上方的瓦片。",
        "“我们学会了量门。”建设办公室主任说，学校学生继续去西镇上游泳课。",
    ),
}
PAGES = {
    "a local paper behind a cookie banner": """
        We value your privacy
        We and our 843 partners store information on a device, such as cookies, and process personal data as described.
        You may click to consent to our and our partners' processing, or click to refuse to consent before that.
        Accept all | Manage options | Eastwick Gazette | News | Sport | What's on | Jobs | Subscribe | Local news
        = Boiler too wide for the door keeps pool shut
        Schools have to go to Westwick until the spring
        @ 27th November 2026
        By Ann Holm | Reporter | Share
        en
        Read next | Bus fares to rise again | 12 October 2026 | Privacy Policy | © 2026 Eastwick Gazette""",
    "a blog": """
        Skip to content | The Long Bench | Notes from Eastwick | Home | About | Archive | Contact
        = Why our pool has no boiler, and what a door has to do with it
        @ Posted on November 27, 2026 by annholm
        en
        Share this: | Twitter | Facebook | Like this: | Loading... | 3 Comments | Leave a comment | Older posts""",
    "the copy of an agency": """
        = Eastwick pool to stay shut over boiler
        @ By PER SUND Published 7:02 PM EST, November 27, 2026
        en""",
    "a magazine with a tab's title": """
        Boiler too wide for the door keeps pool shut - Eastwick Gazette
        Navigate | Search | Log in | Friday, December 4, 2026 | Story text | Size | Width | measure twice, deliver once
        = Boiler too wide for the door keeps pool shut
        It was delivered once.
        @ Ann Holm – Nov 27, 2026 8:15 AM
        A boiler on a lorry. Credit: Town of Eastwick
        en
        42 Comments | Most Read""",
    "a German local paper": """
        Zum Inhalt springen | Osterweiler Bote | Abo | Anmelden | Startseite | Lokales | Osterweil | Sport | E-Paper
        = Neuer Kessel passt nicht durch die Tür: Hallenbad bleibt zu
        Elf Zentimeter fehlen – jetzt soll ein Kran helfen
        Von Anna Holm
        @ Stand: 27.11.2026, 14:30 Uhr
        Lesezeit: 3 Minuten | Teilen | Das Hallenbad in Osterweil: Hier fehlt die Heizung. © Per Sund
        de
        Mehr zum Thema | Bus wird teurer | 20.11.2026 | Impressum | Datenschutz""",
    "a French paper with two dates": """
        Aller au contenu | Menu | Connexion | S’abonner | Accueil | Faits divers | Politique | Sports | Société
        = À Estville, la piscine attend une chaudière plus étroite
        Elle mesure onze centimètres de trop. Une grue doit la faire passer par le toit.
        Par Anne Holm
        @ Publié le 27 novembre 2026 à 06h00, modifié le 28 novembre 2026 à 09h12
        Partager | Facebook | Commenter
        fr
        Sur le même sujet | Le bus coûtera plus cher | Mentions légales""",
    "a Spanish paper with slashes in its dates": """
        Ir al contenido | Portada | Local | Deportes | Opinión | Suscríbete | LOCAL
        = La caldera que no cabe por la puerta
        La piscina municipal no abrirá hasta la primavera
        Ana Holm | Estevilla
        @ 27/11/2026 a las 08:15h.
        Comentar | Compartir
        es
        Temas | Piscina | Ver comentarios | Aviso legal""",
    "a Chinese portal": """
        首页 | 新闻 | 体育 | 登录 | 东镇新闻网 > 本地 > 正文
        = 锅炉太宽进不了门 游泳馆停业到春天
        @ 2026年11月27日 08:15
        来源：东镇日报 | 分享
        zh
        责任编辑：李明 | 相关新闻 | 公交车票又要涨价 | 版权所有""",
    "a broadcaster that tells again when it told it": """
        tagesblick | Startseite | Inland | Hallenbad in Osterweil
        = Hallenbad: Kessel passt nicht durch die Tür
        @ Stand: 27.11.2026 14:30 Uhr
        Von Anna Holm, Osterweil
        de
        Dieses Thema im Programm | Über dieses Thema berichtete das Radio am 2. Dezember 2026 um 14:30 Uhr.""",
}


def laid_out(page: str, between: str) -> tuple[str, str]:
    """The text of a page, and its headline."""
    lines: list[str] = []
    for line in filter(None, map(str.strip, page.splitlines())):
        lines += ARTICLES[line] if line in ARTICLES else line.removeprefix("= ").removeprefix("@ ").split(" | ")
    headline = next(line for line in map(str.strip, page.splitlines()) if line.startswith("= "))
    return between.join(lines), headline.removeprefix("= ")


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "paragraphs"])
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_headline_and_the_date_of_a_whole_page_are_found(page: str, between: str) -> None:
    text, headline = laid_out(page, between)
    made = import_text(Source("x.txt", text.encode()), Told(), SETTING, judge)
    assert (made.title, made.date.isoformat()[:10]) == (headline, "2026-11-27")
    lines = text.split("\n")
    lines.remove(headline)
    assert list(filter(None, frontmatter.loads(made.markdown).content.split("\n"))) == list(filter(None, lines))


def test_a_page_without_a_headline_gets_the_first_sentence_of_its_article() -> None:
    text = "\n".join(["Skip to content", "Menu", "Home", "News", "Share", *ARTICLES["en"], "Related News", "Bus fares"])
    made = import_text(Source("x.txt", text.encode()), Told(), SETTING, judge)
    assert made.title == shortened(ARTICLES["en"][0].rstrip("."))
    assert codes(made) == ["guessed-title", "guessed-date"]


def test_a_headline_for_which_little_speaks_comes_with_a_warning() -> None:
    menu = ["Skip to content", "Menu", "Home", "News", "Sport"]
    for headline, expected in (("Small door, wide boiler", ["guessed-title"]), ("Boiler too wide for the door", [])):
        text = "\n".join([*menu, headline, "Share", "Save", "Ann Holm, who swims", *ARTICLES["en"]])
        made = import_text(Source("2026-11-27.txt", text.encode()), Told(), SETTING, judge)
        assert (made.title, codes(made)) == (headline, expected)


def test_a_subheading_is_no_headline() -> None:
    text = "\n".join([*ARTICLES["en"][:3], "What the town says", *ARTICLES["en"][3:]])
    assert "guessed-title" in codes(import_text(Source("x.txt", text.encode()), Told(), SETTING, judge))


def test_what_is_not_known_of_a_text_is_not_needed() -> None:
    text = "\n".join(["Boiler too wide for the door", *ARTICLES["en"]])
    for known in (nothing_known, judge):
        made = import_text(Source("x.txt", text.encode()), Told(), SETTING, known)
        assert made.title == "Boiler too wide for the door"


@pytest.mark.parametrize(
    "line", ["6 days ago", "27.11.26", "On 27 November 2026 the ferry sank off Elin.", "06/01/2026"]
)
def test_a_page_that_names_no_day_is_dated_today(line: str) -> None:
    text = "\n".join(["Menu", "News", "Boiler too wide for the door", line, "Share", *ARTICLES["en"]])
    assert import_text(Source("x.txt", text.encode()), Told(), SETTING, judge).date == date(2026, 3, 4)


def test_only_a_text_from_a_page_is_marked_as_pasted() -> None:
    page, _ = laid_out(PAGES["a blog"], "\n")
    written = "# Boilers\n\n```\nboiler --width\n```\n\nSee the [manual][1] for `--width`.\n\n[1]: https://a.example/\n"
    assert import_text(Source("x", page.encode()), Told(), SETTING, judge).markdown.count("\npasted: true\n") == 1
    assert "pasted" not in import_text(Source("x", written.encode()), Told(), SETTING, judge).markdown
    own = f"---\ntitle: Own\n---\n{page}"
    assert "pasted" not in import_text(Source("x", own.encode()), Told(), SETTING, judge).markdown


# The source, the language, the other fields


def test_an_address_alone_on_a_line_is_the_source() -> None:
    found = post(f"{PARAGRAPH}\nSource: https://www.example.org/a?b=c#d\n")
    assert (found["source"], found["source_url"]) == ("example.org", "https://www.example.org/a?b=c#d")
    assert found.content.endswith("Source: https://www.example.org/a?b=c#d")


@pytest.mark.parametrize("line", ["https://[broken/", "See https://example.org/", "ftp://example.org/", "https://"])
def test_what_is_no_web_address_is_no_source(line: str) -> None:
    assert "source_url" not in post(f"{PARAGRAPH}\n{line}\n").metadata


def test_a_source_that_is_told_wins_over_the_host() -> None:
    text = f"https://news.example.org/a\n{PARAGRAPH}"
    assert post(text, source="The Post").metadata["source"] == "The Post"
    assert post(text, source_url="https://example.net/b")["source"] == "example.net"


def test_every_field_is_written_in_one_order() -> None:
    made = imported(
        ARTICLE,
        language="fr",
        tags=("sea", "no: 1", "sea"),
        topic="World",
        source_url="https://example.net/b",
        source="Post",
        date=datetime(2026, 1, 6, 14, 30, tzinfo=UTC),
        title='A "title": yes',
    )
    assert made.markdown.partition("\n---\n\n")[0].split("\n") == [
        "---",
        'title: "A \\"title\\": yes"',
        "date: 2026-01-06T14:30:00+00:00",
        'source: "Post"',
        'source_url: "https://example.net/b"',
        'topic: "World"',
        'tags: ["sea", "no: 1"]',
        'language: "fr"',
    ]
    assert frontmatter.loads(made.markdown)["tags"] == ["sea", "no: 1"]


TEXTS = {
    "en": PARAGRAPH + " It was the first of its kind and will be with us for a while.",
    "de": "Die Fähre zu den Inseln fährt ab Montag wieder, und zwar zweimal am Tag. Das ist nicht neu, wird aber von"
    " vielen auf dem Land begrüßt.",
    "fr": "Le bac pour les îles reprend lundi avec deux départs par jour. Les habitants sont contents,"
    " ce qui ne surprend pas dans une région qui attend depuis un an.",
    "es": "El transbordador a las islas vuelve el lunes con dos salidas al día. Los vecinos y la alcaldesa lo esperaban"
    " desde hace más de un año, y no fue fácil.",
    "it": "Il traghetto per le isole riparte lunedì con due corse al giorno, dopo un anno di attesa. Gli abitanti"
    " sono contenti anche per il prezzo, che non è più alto.",
    "pt": "O barco para as ilhas volta na segunda-feira com duas viagens por dia. Os moradores não esperavam mais,"
    " e o preço também é uma surpresa para quem vive do mar.",
    "nl": "De veerboot naar de eilanden vaart vanaf maandag weer twee keer per dag, zegt het havenbedrijf."
    " Dat is goed nieuws voor wie er woont.",
    "pl": "Prom na wyspy od poniedziałku znowu kursuje dwa razy dziennie, co nie jest dla mieszkańców małą ulgą."
    " W porcie mówią, że na to czekali.",
    "sv": "Färjan till öarna går igen från måndag, två gånger om dagen, och det är en lättnad för dem som bor där.",
    "ja": "島への船は月曜日から一日に二回、また運航されます。住民はとても喜んでいます。",
    "zh": "开往岛上的渡轮从星期一起每天再次开两班，居民们非常高兴。",
}


DANISH = "Færgen til øerne sejler igen fra mandag, to gange om dagen, og det er en lettelse for dem, der bor derude."
CZECH = "Trajekt na ostrovy jezdí od pondělí znovu dvakrát denně a pro ty, kdo tam bydlí, je to dobrá zpráva."


@pytest.mark.parametrize("language", STOP_WORDS)
def test_languages_are_told_apart(language: str) -> None:
    assert guess_language(TEXTS[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,412 1,413",
        "Fähre Insel Hafen Montag",
        DANISH,
        CZECH,
        " ".join((TEXTS["en"], TEXTS["de"])),
    ],
)
def test_no_language_is_guessed_without_a_clear_lead(text: str) -> None:
    assert guess_language(text) == ""


def test_the_language_is_written_where_it_is_not_the_site_s() -> None:
    assert "language" not in post(TEXTS["en"]).metadata
    assert "language" not in post(TEXTS["de"], language="EN").metadata
    assert post(TEXTS["de"])["language"] == "de"
    british = import_text(Source("x", TEXTS["en"].encode()), Told(), SETTING._replace(language="en-GB"))
    assert "language:" not in british.markdown


# The body


def test_the_body_is_kept_but_for_stray_blanks_and_controls() -> None:
    body = "One\u00a0line  \nhard break above\t \nsoft  \n\n\n    code\x07\x1b\rmac\r\nwindows\x0bword \x85end"
    made = imported(f"\ufeff\n\n{body}\n\n\n", title="x", date=date(2026, 1, 6))
    expected = "One\u00a0line  \nhard break above\nsoft\n\n\n    code\nmac\nwindows word\nend\n"
    assert made.markdown == f'---\ntitle: "x"\ndate: 2026-01-06\n---\n\n{expected}'


@pytest.mark.parametrize(
    "start",
    ["---", "+++", "{", "---\nno fields here\n---", "Title: x\nDate: y", "---\n- a\n---", "---\nBreaking: x\n---"],
)
def test_a_body_that_looks_like_front_matter_stays_text(start: str) -> None:
    found = post(f"{start}\n\n{PARAGRAPH}\n", title="x")
    assert found["title"] == "x"
    assert found.content == f"{start}\n\n{PARAGRAPH}"


def spoken(text: str) -> str:
    """The characters of a text that an import has to keep, by another way than the code's."""
    return "".join(c for c in text if not c.isspace() and c.isprintable())


@LAW
@given(body=st.text(min_size=1), title=st.text(min_size=1))
def test_any_text_and_title_can_be_read_back(body: str, title: str) -> None:
    told = " ".join(c for c in title.split() if spoken(c))
    try:
        made = imported(body.encode("utf-8", "surrogatepass").decode("utf-8", "ignore"), title=f"t {told}")
    except ContentError:
        return
    found = frontmatter.loads(made.markdown)
    assert spoken(str(found["title"])) == spoken(f"t {told}")
    assert spoken(found.content) == spoken(body)


@LAW
@given(body=st.text(min_size=1), name=st.text(), zone=st.sampled_from([None, UTC, timezone(timedelta(hours=-3.5))]))
def test_the_build_reads_every_import_as_it_was_meant(body: str, name: str, zone: timezone | None) -> None:
    when = datetime(2026, 1, 6, 14, 30, tzinfo=zone)
    try:
        made = imported(body, title=f"t {name}", date=when, source=f"s {name}", tags=(f"g {name}",))
    except ContentError:
        return
    document, problems = read(Source("content/x.md", made.markdown.encode()), ZoneInfo("UTC"))
    metadata = document.metadata
    assert problems == ()
    assert spoken(document.markdown) == spoken(body)
    assert [metadata.title, metadata.source, *metadata.tags] == [
        made.title,
        made.title.replace("t", "s", 1),
        made.title.replace("t", "g", 1),
    ]
    assert metadata.date == when.replace(tzinfo=zone or UTC)


@LAW
@given(st.lists(st.one_of(st.text(), st.sampled_from(["", *TEXTS.values(), ARTICLE, "---", "# A", "6 January 2026"]))))
@example(["0", "# A", "A"])
def test_no_word_is_lost_between_title_and_body(parts: list[str]) -> None:
    text = "\n".join(parts)
    try:
        made = imported(text)
    except ContentError:
        return
    found = frontmatter.loads(made.markdown)
    assert found["title"] == made.title
    if "guessed-title" in codes(made):
        assert spoken(found.content) == spoken(text)
    else:
        whole, kept = spoken(text), spoken(found.content)
        gone = len(whole) - len(kept)
        assert 0 <= gone - len(spoken(made.title)) <= len("######" * 2 + "****")  # the marks of the heading
        pieces = [
            whole[at : at + gone]
            for at in range(len(kept) + 1)
            if whole == kept[:at] + whole[at : at + gone] + kept[at:]
        ]
        assert any(spoken(made.title) in piece for piece in pieces)


@LAW
@given(
    st.lists(
        st.one_of(
            st.text(), st.sampled_from([*PAGES.values(), *ARTICLES["en"], "Menu", "Share", "27.11.2026", "By Ann Holm"])
        )
    )
)
def test_no_page_makes_the_guesses_stumble(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        made = import_text(Source("x.txt", text.encode()), Told(), SETTING, judge)
    except ContentError:
        return
    found = frontmatter.loads(made.markdown)
    assert made.title
    assert len(spoken(found.content)) >= len(spoken(text)) - len(spoken(made.title)) - len("######" * 2 + "****")


@LAW
@given(st.binary(max_size=200))
def test_any_bytes_make_an_article_or_a_problem(data: bytes) -> None:
    try:
        made = imported(data)
    except ContentError:
        return
    assert frontmatter.loads(made.markdown)["title"] == made.title


# Front matter that a text brings along


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("---\ntitle: Own\ntags: [a]\n---\n", '---\ndate: 2026-03-04\ntopic: "World"\ntitle: Own\ntags: [a]\n---\n'),
        (
            '+++\ntitle = "Own"\n[extra]\na = 1\n+++\n',
            '+++\ndate = 2026-03-04\ntopic = "World"\ntitle = "Own"\n[extra]\na = 1\n+++\n',
        ),
        ("---\ntitle: Own\n...\n", '---\ndate: 2026-03-04\ntopic: "World"\ntitle: Own\n...\n'),
        ('{"title": "Own"}\n', '{\n  "date": "2026-03-04",\n  "topic": "World","title": "Own"}\n'),
    ],
)
def test_front_matter_is_kept_and_only_what_it_lacks_is_added(head: str, expected: str) -> None:
    made = imported(f"{head}\n{PARAGRAPH}  \n", topic="World", title="Told")
    assert made.title == "Own"
    assert made.markdown == f"{expected}\n{PARAGRAPH}  \n"
    assert sorted(codes(made)) == ["guessed-date", "kept-field"]


def test_complete_front_matter_is_taken_over_as_it_is() -> None:
    text = f"---\n# note\ntitle: 'Own'\npubDate: 2024-01-03T10:00:00Z\nslug: mine\ncategory: A\n---\n\n{PARAGRAPH}\n"
    made = imported(text)
    assert made.markdown == text
    assert (made.title, made.slug, made.date) == ("Own", "mine", datetime(2024, 1, 3, 10, tzinfo=UTC))
    assert codes(made) == []


def test_a_date_of_front_matter_in_other_words_is_understood_for_the_folder() -> None:
    assert imported(f"---\ntitle: x\ndate: Jan 6, 2026\n---\n{PARAGRAPH}").date == date(2026, 1, 6)


def test_a_missing_title_comes_from_the_text_which_stays_whole() -> None:
    found = post(f"---\ndate: 2024-01-03\n---\n{ARTICLE}")
    assert found["title"] == "Ferry returns to the islands"
    assert found.content == ARTICLE.strip()


def test_a_bool_named_published_is_no_date() -> None:
    made = imported(f"---\ntitle: x\npublished: true\n---\n{PARAGRAPH}")
    assert "date: 2026-03-04\n" in made.markdown


def test_front_matter_that_takes_no_fields_is_a_problem() -> None:
    assert refused(b"---\n{title: x}\n---\ntext") == "bad-front-matter"


def test_front_matter_without_title_and_text_is_a_problem() -> None:
    assert refused(b"---\ndate: 2024-01-03\n---\n") == "empty-file"


@pytest.mark.parametrize(
    "head", ["---\ntitle: [\n---", "---\ntitle: x", "+++\ntitle = x\n+++", '{"title": x}', "---\ndate: 2024-13-45\n---",
             "---\na: &a {x: 1}\ntitle: {<<: *a}\n---", "---\ntitle: " + "[" * 5000 + "\n---", '{"title":' * 5000]
)  # fmt: skip
def test_front_matter_that_does_not_parse_is_text(head: str) -> None:
    found = post(f"{head}\n\n{PARAGRAPH}\n", title="x")
    assert found.content == f"{head}\n\n{PARAGRAPH}"


# Decoding


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_word(encoding: str) -> None:
    made = imported("Fähre fährt wieder 🚢".encode(encoding), date=date(2026, 1, 6), title="x")
    assert made.markdown.endswith("\nFähre fährt wieder 🚢\n")
    assert made.problems == ()


def test_windows_text_is_read_with_a_warning() -> None:
    made = imported("“Fähre”".encode("cp1252"), title="x", date=date(2026, 1, 6))
    assert "“Fähre”" in made.markdown
    assert codes(made) == ["guessed-encoding"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \n\t\x07\xef\xbb\xbf", "empty-file"),
        (b"a\0b", "not-text"),
        (b"\xff\xd8\xff\xe0\x10JFIF", "not-text"),
        (b"\x81\x8d\xff", "not-text"),
        (b"\xff\xfea", "not-text"),
        (b"%PDF-1.7 \n", "not-text"),
        (b"{\\rtf1\\ansi", "not-text"),
        (b"\n <!DOCTYPE HTML><p>", "not-text"),
        (b"<html lang=en>", "not-text"),
        (b"<?xml version='1.0'?><rss>", "not-text"),
        (b"x" * (2**20 + 1), "too-large"),
        ("\u20ac".encode("cp1252") * 2**20, "too-large"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, code: str) -> None:
    assert refused(data) == code


# The command


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    config = 'base_url = "https://news.example.org/"\ntitle = "News"\ntimezone = "Asia/Tokyo"\n'
    (root / "broadsheet.toml").write_text(config, encoding="utf-8")
    return root


def broadsheet(site: Path, *arguments: str, text: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "-C", str(site), "import", *arguments]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PATH": ""}
    return subprocess.run(
        command, input=text, capture_output=True, encoding="utf-8", cwd=cwd, env=environment, check=False, timeout=60
    )


def files(site: Path) -> dict[str, str]:
    found = sorted((site / "content").rglob("*")) if (site / "content").exists() else []
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in found if path.is_file()}


def test_standard_input_becomes_an_article(site: Path) -> None:
    done = broadsheet(site, "--date", "2026-01-06", "--tag", "sea", "--tag", "ferries", text=ARTICLE)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "- -> content/2026/01/ferry-returns-to-the-islands.md  (title: the headline)\n"
    assert 'tags: ["sea", "ferries"]' in files(site)["content/2026/01/ferry-returns-to-the-islands.md"]


def test_without_a_date_the_clock_is_asked_and_it_is_said(site: Path) -> None:
    done = broadsheet(site, "-", text=ARTICLE)
    assert done.returncode == 0
    assert "-: warning: no date found; it is dated today [guessed-date]" in done.stderr
    day = date.fromisoformat(str(frontmatter.loads(next(iter(files(site).values())))["date"]))
    assert abs(day - datetime.now(UTC).date()) <= timedelta(days=1)


def test_an_article_is_never_overwritten(site: Path) -> None:
    for text in (ARTICLE, f"{ARTICLE}Other end.\n", f"{ARTICLE}Third end.\n"):
        assert broadsheet(site, "--date", "2026-01-06", text=text).returncode == 0
    stem = "content/2026/01/ferry-returns-to-the-islands"
    assert list(files(site)) == [f"{stem}-2.md", f"{stem}-3.md", f"{stem}.md"]
    assert "Other end." in files(site)[f"{stem}-2.md"]


def test_the_same_article_is_not_written_twice(site: Path) -> None:
    broadsheet(site, "--date", "2026-01-06", text=f"{ARTICLE}Other end.\n")
    broadsheet(site, "--date", "2026-01-06", text=ARTICLE)
    before = files(site)
    done = broadsheet(site, "--date", "2026-01-06", "--strict", text=ARTICLE)
    assert done.returncode == 1
    assert (
        "ferry-returns-to-the-islands-2.md is exactly this article; nothing was written [already-there]" in done.stderr
    )
    assert (done.stdout, files(site)) == ("", before)


def test_the_month_is_that_of_the_site_s_time_zone(site: Path) -> None:
    done = broadsheet(site, "--date", "2026-01-31T20:00Z", "--slug", "My own", text=ARTICLE)
    assert done.stdout == "- -> content/2026/02/my-own.md  (title: the headline)\n"


@pytest.mark.parametrize(("title", "name"), [("index", "index-"), ("???", ""), ("../../etc/passwd", "etc-passwd")])
def test_no_title_leads_out_of_the_folder_or_to_no_name(site: Path, title: str, name: str) -> None:
    done = broadsheet(site, "--date", "2026-01-06", "--title", title, text=ARTICLE)
    assert done.stdout.startswith(f"- -> content/2026/01/{name}")
    assert list(files(site)) == [done.stdout.removeprefix("- -> ").strip()]


def test_a_folder_gives_all_its_texts_and_bad_ones_keep_no_good_ones_out(site: Path, tmp_path: Path) -> None:
    pasted = tmp_path / "pasted"
    (pasted / "deeper").mkdir(parents=True)
    for name in ("2024-01-02-b.md", "2024-01-01-a.TXT", "notes.rtf", ".hidden.txt"):
        (pasted / name).write_text(f"Ferry {name.lower()} returns to the islands\n{PARAGRAPH}\n", encoding="utf-8")
    (pasted / "empty.txt").write_bytes(b"")
    done = broadsheet(site, str(pasted), "missing.txt", "https://example.org/", "--format", "json")
    document = json.loads(done.stdout)
    assert done.returncode == 1
    assert [(item["from"], item["date"]) for item in document["imported"]] == [
        (f"{pasted}/2024-01-01-a.TXT", "2024-01-01"),
        (f"{pasted}/2024-01-02-b.md", "2024-01-02"),
    ]
    assert sorted(item["path"] for item in document["imported"]) == list(files(site))
    assert {(problem["path"], problem["code"]) for problem in document["problems"]} == {
        (f"{pasted}/empty.txt", "empty-file"),
        ("missing.txt", "no-file"),
        ("https://example.org/", "no-file"),
    }


def test_paths_count_from_the_caller_s_folder_and_then_from_that_of_c(site: Path, tmp_path: Path) -> None:
    caller = tmp_path / "caller"
    caller.mkdir()
    (caller / "both.txt").write_text("Caller " + ARTICLE, encoding="utf-8")
    (site / "both.txt").write_text("Site " + ARTICLE, encoding="utf-8")
    (site / "own.txt").write_text("Own " + ARTICLE, encoding="utf-8")
    done = broadsheet(site, "both.txt", "own.txt", "--date", "2026-01-06", cwd=caller)
    assert done.stdout.splitlines() == [
        "both.txt -> content/2026/01/caller-ferry-returns-to-the-islands.md  (title: the headline)",
        "own.txt -> content/2026/01/own-ferry-returns-to-the-islands.md  (title: the headline)",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "b.txt", "--title", "x"], "--title fits one article"),
        (["a.txt", "b.txt", "--source-url", "https://example.org/"], "--source-url fits one article"),
        (["a.txt", "--title", "x" * 501], "--title has 501 characters"),
        (["a.txt", "--date", "yesterday"], '--date "yesterday" is not a date'),
        (["a.txt", "--language", "English"], '--language "English" is not a language tag'),
        (["a.txt", "--source-url", "example.org"], "is not a web address"),
        (["a.txt", "--source-url", "https://[x/"], "is not a web address"),
        (["a.txt", "--source-url", "https://a.example/ b"], "is not a web address"),
    ],
)
def test_slips_of_the_command_line_are_told_before_anything_is_written(
    site: Path, arguments: list[str], message: str
) -> None:
    for name in ("a.txt", "b.txt"):
        (site / name).write_text(ARTICLE, encoding="utf-8")
    done = broadsheet(site, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(site) == {}


def test_a_terminal_without_a_path_is_not_waited_for(site: Path) -> None:
    pty = pytest.importorskip("pty")
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "generator", "-C", str(site), "import"]
    done = subprocess.run(command, stdin=child, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    os.close(parent)
    os.close(child)
    assert done.returncode == 2
    assert "nothing to import" in done.stderr


def test_without_a_site_it_says_how_to_make_one(tmp_path: Path) -> None:
    done = broadsheet(tmp_path, text=ARTICLE)
    assert done.returncode == 2
    assert "broadsheet new" in done.stderr


@pytest.mark.parametrize("name", ["x" * 5000, "a\nb", "~/nothing", "content"])
def test_odd_paths_are_problems_and_no_tracebacks(site: Path, name: str) -> None:
    (site / "content").mkdir()
    done = broadsheet(site, name, cwd=site)
    assert done.returncode == 1
    assert "[no-file]" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_content_folder_that_is_a_file_is_a_problem(site: Path) -> None:
    (site / "content").write_text("", encoding="utf-8")
    done = broadsheet(site, "--date", "2026-01-06", text=ARTICLE)
    assert done.returncode == 1
    assert "the article can't be written" in done.stderr


def test_a_path_that_is_not_utf8_can_be_reported(site: Path) -> None:
    command = [
        *map(str.encode, (sys.executable, "-m", "generator", "-C", str(site), "import", "--format", "json")),
        b"\xff.txt",
    ]
    (site / "x").mkdir()
    try:
        Path(str(site), b"\xff.txt".decode("utf-8", "surrogateescape")).write_text(ARTICLE, encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 0
    assert json.loads(done.stdout)["imported"][0]["from"] == "?.txt"


def test_what_was_guessed_is_said_in_a_line_for_each_file(site: Path) -> None:
    text, _ = laid_out(PAGES["a German local paper"], "\n")
    (site / "pool.txt").write_text(text, encoding="utf-8")
    (site / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    done = broadsheet(site, "pool.txt", "ferry.txt")
    pool, ferry = done.stdout.splitlines()
    assert pool == (
        "pool.txt -> content/2026/11/neuer-kessel-passt-nicht-durch-die-tür-hallenbad-bleibt-zu.md"
        '  (title: the headline; date: of the line "Stand: 27.11.2026, 14:30 Uhr"; language: de)'
    )
    path = next(path for path in files(site) if "ferry" in path)
    assert ferry == f"ferry.txt -> {path}  (title: the headline; date: today)"
    assert f"ferry.txt: warning: no date found; it is dated today [guessed-date]\n  hint: {path}: " in done.stderr
    document = json.loads(broadsheet(site, "ferry.txt", "--slug", "again", "--format", "json").stdout)
    assert document["imported"][0]["guessed"] == {"title": "the headline", "date": "today"}


def test_the_example_in_the_readme_is_true(site: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    head, _, rest = readme.partition("    $ broadsheet import harbour.txt ")
    options, _, after = rest.partition("\n")
    pasted = head.split("one paragraph a line:\n\n")[1].split("\n\n")[0]
    (site / "harbour.txt").write_text(dedent(pasted), encoding="utf-8")
    done = broadsheet(site, "harbour.txt", *shlex.split(options))
    assert done.stdout.strip() == after.partition("\n")[0].strip()
    assert done.stderr == ""


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the shared sample is not part of the project")
def test_a_real_pasted_article_keeps_every_word(site: Path) -> None:
    done = broadsheet(site, str(SAMPLE), "--date", "2026-01-06", "--source", "Wire")
    assert done.returncode == 0
    (text,) = files(site).values()
    assert frontmatter.loads(text).content == SAMPLE.read_text(encoding="utf-8").strip()
