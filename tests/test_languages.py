"""What Broadsheet knows of languages: all of it in their files, and all of it for each of them."""

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain
from pathlib import Path

import pytest

from generator.dates import date_of_line
from generator.importers.language import guess_language
from generator.languages import LANGUAGES, en, forms_of, names_in_full, web
from generator.languages.shape import (
    MAY_LACK,
    UNSPACED_MAY_LACK,
    UNSPACED_MAY_LEAVE_EMPTY,
    VOCABULARIES,
    Dates,
    Furniture,
    Language,
)
from generator.pipeline.clean.classify import classify
from generator.pipeline.clean.fold import fold, fold_all, key_of
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.lexicon import FURNITURE, PHRASES, PREFIXES, STARTERS, WORDS, first_word
from generator.pipeline.clean.lines import split_lines
from generator.pipeline.clean.rules import RULES
from generator.pipeline.group.common_words import FUNCTION_WORDS, REPORTING_WORDS
from tests.conftest import ROOT

PACKAGE = ROOT / "generator"
EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
EACH_FURNITURE = pytest.mark.parametrize("furniture", FURNITURE)
# Rules whose lines are known by their forms, or are English in any language.
WITHOUT_WORDS = {"screen-reader-list", "end-of-list"}
# Examples of what rules take are in several languages.
WITH_EXAMPLES = PACKAGE / "pipeline/clean/rules.py"
# Labels that mean another thing on other pages: the rule that comes first takes them.
CLAIMED_TWICE = {"newsletters", "photos", "temas", "video", "videos"}
CLAIMED_TWICE |= {"ad 0 of 0", "ad choices", "adchoices", "follow us on google news"}
ALSO_ENGLISH = {"come", "font", "plus", "todo"}


def found_in(line: str) -> Found | None:
    return classify(split_lines(line, 1)[0]).found


def test_codes_are_unique() -> None:
    codes = [language.code for language in LANGUAGES]
    assert len(set(codes)) == len(codes)


def test_every_file_is_a_language_that_is_known() -> None:
    files = {path.stem for path in (PACKAGE / "languages").glob("*.py")} - {"__init__", "shape", "web"}
    assert files == {language.code for language in LANGUAGES}


@EACH_LANGUAGE
def test_a_language_fills_every_field(language: Language) -> None:
    for part, shape in ((language, Language), (language.dates, Dates), (language.furniture, Furniture)):
        needed = set(shape._fields) - set(shape._field_defaults)
        may_be_empty = UNSPACED_MAY_LEAVE_EMPTY if language.script else set()
        assert all(getattr(part, field) for field in needed - may_be_empty)
    assert language.furniture.endings
    assert len(language.dates.months) == 12
    assert len(language.dates.weekdays) == 7


@EACH_LANGUAGE
def test_a_language_has_every_vocabulary(language: Language) -> None:
    words = language.furniture.words
    assert set(words) | MAY_LACK | (UNSPACED_MAY_LACK if language.script else set()) == set(VOCABULARIES)
    assert all(words.values())


@EACH_LANGUAGE
def test_a_language_has_words_for_every_rule_that_goes_by_words(language: Language) -> None:
    furniture = language.furniture
    names = {rule.name for rule in RULES} - WITHOUT_WORDS
    also = web.FURNITURE if language is en.LANGUAGE else furniture
    assert names <= {*furniture.phrases, *furniture.prefixes, *also.phrases, *also.prefixes}


@EACH_FURNITURE
def test_furniture_names_rules_that_there_are(furniture: Furniture) -> None:
    names = {rule.name for rule in RULES}
    assert set(furniture.phrases) | set(furniture.prefixes) | set(furniture.endings) <= names


def test_every_vocabulary_is_asked_for() -> None:
    code = "".join(path.read_text() for path in (PACKAGE / "pipeline/clean").glob("*.py"))
    assert [name for name in VOCABULARIES if f'"{name}"' not in code and f"'{name}'" not in code] == []


@EACH_FURNITURE
def test_a_phrase_falls_under_its_rule(furniture: Furniture) -> None:
    for rule, phrases in furniture.phrases.items():
        for phrase in phrases:
            found = found_in(phrase.replace("0", "3"))
            assert found is not None, phrase
            assert found.rule == PHRASES[key_of(phrase)], phrase
            assert found.rule == rule or key_of(phrase) in CLAIMED_TWICE, phrase


@EACH_FURNITURE
def test_a_phrase_of_several_words_is_claimed_by_one_rule(furniture: Furniture) -> None:
    rules: dict[str, str] = {}
    for rule, phrases in furniture.phrases.items():
        for phrase in phrases:
            if " " in key_of(phrase):
                assert rules.setdefault(key_of(phrase), rule) == rule, phrase


@EACH_FURNITURE
def test_an_ending_falls_under_its_rule(furniture: Furniture) -> None:
    for rule, endings in furniture.endings.items():
        for ending in endings:
            assert found_in(f"Xyzzy {ending}") == Found(rule), ending


@EACH_FURNITURE
def test_a_beginning_is_looked_up_by_its_first_word(furniture: Furniture) -> None:
    for rule, beginnings in furniture.prefixes.items():
        for beginning in map(fold, beginnings):
            found = {(prefix.text, prefix.rule) for prefix in PREFIXES[first_word(beginning)]}
            assert (beginning, rule) in found


def day_in(language: Language, month: str) -> str:
    """The sixth day of a month in 2024, as the language writes it."""
    year, _, day = language.dates.units[:3] or ("", "", "")
    return f"2024{year}{month}6{day[0]}" if day else f"6 {month} 2024"


@EACH_LANGUAGE
def test_dates_of_a_language_are_read(language: Language) -> None:
    for number, names in enumerate(language.dates.months, start=1):
        for form in names.split():
            for label in ("", *(f"{label}: " for label in language.dates.published)):
                when, _ = date_of_line(f"{label}{day_in(language, form)}")
                assert (when and (when.month, when.day)) == (number, 6), form


@EACH_LANGUAGE
def test_a_date_line_of_a_language_is_furniture(language: Language) -> None:
    weekdays, months = language.dates.weekdays, language.dates.months
    for weekday in forms_of(weekdays):
        day = day_in(language, names_in_full(months)[0])
        found = found_in(f"{day} {weekday}" if language.dates.units else f"{weekday.capitalize()}, {day}")
        assert found is not None, weekday
        assert found.rule == "timestamp", weekday


@EACH_LANGUAGE
def test_the_small_words_of_a_language_tell_it(language: Language) -> None:
    assert guess_language(f"{language.stop_words} " * 3) == language.code


@EACH_LANGUAGE
def test_the_small_words_of_a_language_tell_no_article(language: Language) -> None:
    assert set(language.stop_words.split()) - REPORTING_WORDS <= FUNCTION_WORDS
    assert set(names_in_full(language.dates.months)) <= FUNCTION_WORDS
    assert set(names_in_full(language.dates.weekdays)) <= FUNCTION_WORDS


def test_words_are_looked_up_as_they_are_compared() -> None:
    assert {"marz", "fevr", "decembre", "mrz"} <= WORDS["months"]
    assert {"von", "by", "par"} <= WORDS["by"]
    assert WORDS["prompt-verbs"] <= STARTERS


def strings_of(module: Path) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(module.read_text())
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, owners)]
    docstrings = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def telling_words() -> set[str]:
    """Words that would show that a single language is spoken of: of more than a few letters, and no English."""
    english, others = en.LANGUAGE, [language for language in LANGUAGES if language is not en.LANGUAGE]
    names = (chain(forms_of(language.dates.months), forms_of(language.dates.weekdays)) for language in LANGUAGES)
    small = (f"{language.stop_words} {language.common_words}".split() for language in others)
    known = f"{english.stop_words} {english.common_words} {english.reporting_words}".split()
    long = {name for name in chain(*names) if len(name) > 4} | {word for word in chain(*small) if len(word) > 3}
    return long - (set(known) - set(forms_of(english.dates.months))) - ALSO_ENGLISH


def test_no_module_but_the_languages_holds_words_of_a_single_language() -> None:
    telling = telling_words()
    assert {"january", "montag", "avec", "nicht"} <= telling
    for module in PACKAGE.rglob("*.py"):
        if module.parent.name != "languages" and module != WITH_EXAMPLES:
            words = {word for text in strings_of(module) for word in re.findall(r"[^\W\d_]+", text.lower())}
            assert not words - {"proc"} & telling, module  # a folder of Linux, and short for "per cent" in Polish


# Lines of pages, by language and rule.
LINES = {
    "en": {
        "comments": "Reply with quote|Flag as inappropriate|READER DISCUSSION|0 replies|View profile|Log in to reply",
        "share-buttons": "Print Email Share|PrintEmailShare|Text size A A A|Please follow Anna Sund on Twitter",
        "page-numbers": "Page 1 2 3 Next|« Previous 1 2 3 ... 40 Next »|1 2 3 Next",
        "legal": "Copyright 2012 The Herald. All rights reserved.|(c) 2014 The Herald|Powered by WordPress",
        "related-headlines": "Most viewed stories|You might also be interested in|People are also reading",
        "newsletter": "Already a subscriber? Log in|Get our free newsletter|Please disable your ad blocker",
        "navigation": "Skip to primary navigation|Toggle dark mode|Back to search results",
        "call-to-action": "Read the rest of this entry|Click here to enlarge|Load more articles",
        "author-bio": "View all posts by this author|Contact the reporter",
    },
    "de": {
        "comments": "Kommentar melden|Noch keine Kommentare vorhanden|Als unangemessen melden|Mit Zitat antworten",
        "share-buttons": "Drucken Teilen|Schriftgröße ändern|Seite weiterempfehlen",
        "related-headlines": "Weitere Artikel zum Thema|Das könnte sie noch interessieren",
        "navigation": "Zurück zur Newsübersicht|Springe zum Inhalt",
        "legal": "Nur notwendige Cookies akzeptieren|Impressum | Datenschutz | AGB",
        "newsletter": "Jetzt kostenlos abonnieren|Passwort vergessen?",
    },
    "fr": {
        "comments": "Signaler un abus|Aucun commentaire pour le moment|Mot de passe oublié ?",
        "share-buttons": "Imprimer Partager|Suivez-nous sur Facebook",
        "related-headlines": "Sur le même thème|Les articles les plus commentés",
        "navigation": "Passer au contenu principal|Article précédent Article suivant",
        "legal": "Accepter et fermer|Gérer mes cookies",
    },
    "es": {
        "comments": "Aún no hay comentarios|Denunciar comentario",
        "share-buttons": "Compartir por WhatsApp|Tamaño de fuente",
        "related-headlines": "Noticias que te pueden interesar|Las más comentadas",
        "navigation": "Saltar al contenido principal|Entradas más antiguas",
        "legal": "Rechazar todas las cookies|Aviso legal y política de privacidad",
    },
    "it": {
        "comments": "Non ci sono ancora commenti|Segnala un abuso",
        "share-buttons": "Stampa questo articolo|Dimensione carattere",
        "related-headlines": "Articoli che potrebbero interessarti|I più letti della settimana",
        "navigation": "Salta al contenuto principale|Articolo precedente Articolo successivo",
        "legal": "Rifiuta tutti i cookie|Aggiorna le preferenze sui cookie",
    },
    "pt": {
        "comments": "Ainda não há comentários|Denunciar este comentário",
        "share-buttons": "Compartilhe com seus amigos|Tamanho da fonte",
        "related-headlines": "Talvez você se interesse|Mais lidas da semana",
        "navigation": "Pular para o conteúdo principal|Postagens mais antigas",
        "legal": "Rejeitar todos os cookies|Termos de uso e Política de Privacidade",
    },
}
# Lines that somebody may have written, and that look like those.
LOOK_ALIKES = (
    "Follow the money to Port Elin",
    "She asked Anna a question on Monday.",
    "Comments posted on social media were friendly, the mayor said.",
    "12 comments on the plan were filed with the council.",
    "In reply to a question, the mayor said that the pier stays.",
    "Showing 12 films at the festival of the harbour",
    "Group 1 2 3",
    "MacBook",
    "McDonald",
    "Science and technology",
    "What is this?",
    "Try again.",
    "I agree.",
    "Success!",
    "Our history",
    "Dieser Artikel ist über die Mole und über nichts sonst.",
    "Was denken Sie?",
    "Kein Kommentar",
    "Lire le journal",
    "Les réactions",
    "Sigue el camino del faro",
    "Da vedere",
    "Notícias do dia",
)


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        pytest.param(rule, line, id=f"{code}-{line}")
        for code, rules in LINES.items()
        for rule, lines in rules.items()
        for line in re.split(r"(?<! )\|(?! )", lines)
    ],
)
def test_a_line_of_a_page_is_furniture_for_certain(rule: str, line: str) -> None:
    found = found_in(line)
    assert found is not None
    assert (found.rule, found.is_sure) == (rule, True)


@pytest.mark.parametrize("line", LOOK_ALIKES)
def test_a_line_that_only_looks_like_furniture_is_not_taken_for_certain(line: str) -> None:
    found = found_in(line)
    assert found is None or not found.is_sure


@EACH_FURNITURE
def test_a_frame_falls_under_its_rule(furniture: Furniture) -> None:
    for rule, frames in furniture.frames.items():
        for beginnings, ends in frames:
            for beginning, end in ((beginning, end) for beginning in beginnings for end in ends):
                found = found_in(f"{beginning.capitalize()} Anna Sund{'' if end[0] == chr(39) else ' '}{end}")
                assert found is not None, (beginning, end)
                assert found.rule == rule, (beginning, end)


# Lines of furniture as pages in these languages have them, by the rule that takes them.
LABELS = {
    "nl": (
        ("advertisement", "Lees verder onder de advertentie"),
        ("share-buttons", "Deel dit artikel"),
        ("newsletter", "Schrijf je in voor onze nieuwsbrief"),
        ("newsletter", "Dit artikel is alleen voor abonnees."),
        ("related-inline", "Lees ook: Storm sluit de kustweg"),
        ("navigation", "Home Nieuws Sport Weer"),
        ("comments", "3 reacties"),
        ("legal", "Deze website gebruikt cookies om het gebruik te meten."),
        ("timestamp", "Gepubliceerd op 6 januari 2026 om 14:30"),
        ("timestamp", "3 uur geleden"),
        ("reading-time", "Leestijd: 3 minuten"),
        ("caption", "Foto: Anna Sund"),
        ("tags", "Trefwoorden: haven, storm"),
        ("byline", "Geschreven door Anna Sund"),
    ),
    "pl": (
        ("advertisement", "Dalsza część artykułu pod reklamą"),
        ("share-buttons", "Udostępnij na Facebooku"),
        ("newsletter", "Zapisz się na newsletter"),
        ("related-inline", "Czytaj także: Burza zamknęła drogę"),
        ("navigation", "Poprzedni artykuł"),
        ("comments", "12 komentarzy"),
        ("legal", "Wszelkie prawa zastrzeżone"),
        ("timestamp", "Opublikowano: 6 stycznia 2026, 14:30"),
        ("timestamp", "2 godziny temu"),
        ("reading-time", "Czas czytania: 3 min"),
        ("caption", "fot. Anna Sund"),
        ("tags", "Tagi: port, burza"),
        ("byline", "Oprac. Anna Sund"),
    ),
    "sv": (
        ("advertisement", "Artikeln fortsätter efter annonsen"),
        ("share-buttons", "Dela artikeln"),
        ("newsletter", "Prenumerera på vårt nyhetsbrev"),
        ("related-inline", "Läs också: Stormen stängde kustvägen"),
        ("navigation", "Hem Nyheter Sport Kultur"),
        ("comments", "12 kommentarer"),
        ("legal", "Ansvarig utgivare: Anna Sund"),
        ("timestamp", "Publicerad 6 januari 2026 kl. 14.30"),
        ("timestamp", "för 3 timmar sedan"),
        ("reading-time", "Lästid: 3 min"),
        ("caption", "Foto: Anna Sund/TT"),
        ("agency-credit", "(TT)"),
        ("tags", "Taggar: hamn, storm"),
    ),
    "ja": (
        ("advertisement", "広告"),
        ("share-buttons", "この記事をシェアする"),
        ("newsletter", "この記事は有料会員限定です。残り1234文字"),
        ("related-headlines", "あわせて読みたい"),
        ("related-inline", "関連記事：嵐の後、港が再開"),
        ("related-inline", "【関連記事】嵐の後、港が再開"),
        ("navigation", "ホーム > ニュース > 国内"),
        ("call-to-action", "続きを読む"),
        ("comments", "3件のコメント"),
        ("legal", "本サイトの記事・写真の無断転載を禁じます。"),
        ("timestamp", "2026年1月6日（火）12時30分 公開"),
        ("timestamp", "5時間前"),
        ("caption", "港の様子（写真：山田太郎撮影）"),
        ("agency-credit", "（共同）"),
        ("byline", "取材・文／山田太郎"),
        ("byline", "（記者 山田太郎）"),
        ("tags", "タグ：港、嵐"),
    ),
    "zh": (
        ("advertisement", "請繼續往下閱讀"),
        ("share-buttons", "分享到微信"),
        ("newsletter", "登录后继续阅读"),
        ("related-headlines", "延伸閱讀"),
        ("related-inline", "相关阅读：港口重新开放"),
        ("navigation", "当前位置：首页 > 新闻 > 国内"),
        ("call-to-action", "阅读全文"),
        ("comments", "12条评论"),
        ("legal", "未经授权，不得转载本网站内容。"),
        ("timestamp", "2026-01-06 09:15:00 来源：新华社"),
        ("timestamp", "2026年1月6日 星期二"),
        ("agency-credit", "来源：新华网"),
        ("agency-credit", "（责任编辑：张三）"),
        ("byline", "記者王小明／台北報導"),
        ("byline", "（记者 张三）"),
        ("caption", "图片来源：张三"),
        ("tags", "标签：港口、风暴"),
    ),
}
# Lines that authors write, and that look a little like furniture.
HONEST = {
    "nl": (
        "Delen van de haven bleven dicht",
        "Foto's van de storm stonden de volgende dag in de krant.",
        "Op deze foto staat mijn opa naast de boot.",
        "Deze video is gemaakt door een vriend.",
        "Update: 3 gewonden na de storm in de haven.",
        "Het is niet toegestaan honden mee te nemen.",
        "Schrijf je in voor de wandeling op zondag.",
        "Word lid van de roeivereniging.",
        "Wil je meer weten over de haven?",
        "Stelling: de haven is te klein.",
        "Meer over de haven vertelde zij de volgende dag.",
        "Reacties op het plan waren vriendelijk, zei de burgemeester.",
    ),
    "pl": (
        "Więcej o porcie opowiedział mi dziadek.",
        "Komentarze były przyjazne, powiedział burmistrz.",
        "Podobne łodzie budowano tu sto lat temu.",
        "Na zdjęciu stoi mój dziadek.",
        "Ten film jest dla mnie ważny.",
        "Aktualizacja: 3 osoby ranne w porcie.",
        "Aktualizacja planu wymaga zgody rady.",
        "Temat: zebranie w porcie",
        "Przejdź do portu",
        "Nie wszyscy zdecydowali się na zakup subskrypcji gazety.",
        "Reklama portu kosztowała milion złotych.",
        "Zapisz się na rejs do końca tygodnia.",
    ),
    "sv": (
        "Just nu",
        "Frågor och svar",
        "Fakta: Bron är 300 meter lång.",
        "Kommentar: Det här blir dyrt.",
        "Den här videon visar hur man bygger en båt.",
        "Den här artikeln innehåller många bilder.",
        "På bilden står min farfar.",
        "För att kunna se hamnen gick vi upp på berget.",
        "Genom att använda en mössa håller man värmen.",
        "För oss är appen viktig.",
        "Få koll på din ekonomi.",
        "Anmäl dig till mötet före söndag.",
    ),
    "ja": (
        "関連記事を読んだ人の多くは港の再開を喜んだという。",
        "写真は祖父が撮影したものだ。",
        "写真の撮り方",
        "編集の仕事は朝から晩まで続いた。",
        "記者：港の再開をどう思いますか。",
        "2026年1月6日、港は嵐のため閉鎖された。",
        "コメントを求められた町長は何も答えなかった。",
        "会員登録の手順を説明する。",
        "この動画は祖父の家で撮影した。",
        "お使いのブラウザの設定を開きます。",
        "次の記事では橋について書く。",
        "更新された地図を配布する",
        "無断転載の問題について考える",
        "図：港の位置",
    ),
    "zh": (
        "记者：您怎么看港口的重新开放？",
        "编辑：您怎么看港口的重新开放？",
        "2026年1月6日，港口因风暴关闭。",
        "来源不明的货物堆在码头上",
        "相关新闻报道引起了居民的注意。",
        "分享经验是这次会议的目的",
        "免费订阅的杂志越来越少",
        "图为祖父留下的旧船。",
        "未经授权的船只不得进入港口。",
        "您的浏览器可以保存密码。",
        "更多居民希望港口重新开放",
        "記者會後的午餐",
        "时间：2026年1月6日下午",
        "投票结果将在明天公布",
    ),
}


@pytest.mark.parametrize(("rule", "line"), [pair for pairs in LABELS.values() for pair in pairs])
def test_a_line_of_a_page_falls_under_its_rule(rule: str, line: str) -> None:
    found = found_in(line)
    assert found is not None
    assert (found.rule, found.is_sure or rule == "reading-time") == (rule, True)


@pytest.mark.parametrize("line", [line for lines in HONEST.values() for line in lines])
def test_a_line_of_an_author_stays(line: str) -> None:
    assert found_in(line) is None


@pytest.mark.parametrize("line", ["Nieuws", "Więcej", "Nyheter", "ニュース", "新闻", "更多", "1月6日"])
def test_a_label_that_may_be_a_heading_is_not_sure(line: str) -> None:
    found = found_in(line)
    assert found is not None
    assert not found.is_sure


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("6 januari 2026", date(2026, 1, 6)),
        ("di 6 jan. 2026 om 14:30 uur", datetime(2026, 1, 6, 14, 30)),  # noqa: DTZ001
        ("6 stycznia 2026", date(2026, 1, 6)),
        ("6 października 2026 r., godz. 14:30", datetime(2026, 10, 6, 14, 30)),  # noqa: DTZ001
        ("Publicerad tisdag den 6 januari 2026 kl. 14.30", datetime(2026, 1, 6, 14, 30)),  # noqa: DTZ001
        ("2026年1月6日", date(2026, 1, 6)),
        ("2026年1月6日（火）", date(2026, 1, 6)),
        ("2026年1月6日12時30分", datetime(2026, 1, 6, 12, 30)),  # noqa: DTZ001
        ("公開日：2026/1/6", date(2026, 1, 6)),
        ("2026年1月6日 午後2時 公開", datetime(2026, 1, 6, 14)),  # noqa: DTZ001
        ("2026年11月28日 09:15", datetime(2026, 11, 28, 9, 15)),  # noqa: DTZ001
        ("发布时间：2026-01-06 09:15:00", datetime(2026, 1, 6, 9, 15)),  # noqa: DTZ001
        ("2026年1月6日 星期二 下午3:05", datetime(2026, 1, 6, 15, 5)),  # noqa: DTZ001
        ("2026年13月6日", None),
        ("1月6日", None),
        ("2026年1月6日、港は閉鎖された", None),
    ],
)
def test_dates_are_read_as_these_languages_write_them(line: str, when: date | None) -> None:
    assert date_of_line(line) == (when, False)


@pytest.mark.parametrize("line", ["更新：2026年1月6日", "2026年1月6日 12:30 更新", "最后更新：2026-01-06"])
def test_the_date_of_a_change_is_told_by_its_label(line: str) -> None:
    when, is_change = date_of_line(line)
    assert when is not None
    assert is_change


@pytest.mark.parametrize("language", LABELS)
def test_honest_lines_tell_their_language(language: str) -> None:
    assert guess_language(" ".join(HONEST[language] * 2)) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("東京の港で新しい船が就航しました。島の住民はとても喜んでいます。", "ja"),
        ("ニュースレターの登録", "ja"),
        ("昨天上午，港口重新开放，居民们非常高兴。", "zh"),
        ("昨天上午，港口重新開放，居民們非常高興。", "zh"),
        ("歌手的新歌《桜の花》昨天在北京发布，港口的居民们非常高兴，市长也来到了现场。", "zh"),
        ("港口", ""),
        ("부산항이 다시 열렸습니다. 주민들은 기뻐했다.", ""),
        ("The harbour is called 東京港 in Japanese, and that is what the people of the town say.", "en"),
    ],
)
def test_a_script_tells_a_language(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_many_lines_are_folded_as_each_of_them_is() -> None:
    lines = ["Café", " two  blanks ", "ガイド", "Ещё", "“Čtěte dál”", "", "續讀：全文", "STRASSE ß", "İstanbul"]
    assert fold_all(lines) == [fold(line) for line in lines]


@pytest.mark.parametrize("text", ["ガイド", "パーティー", "プレゼント"])
def test_marks_of_japanese_letters_part_no_word(text: str) -> None:
    assert key_of(text) == text


@pytest.mark.parametrize(
    ("line", "kept"),
    [("（記者 山田太郎）", "山田太郎"), ("作者：张三", "张三"), ("【延伸閱讀】港口重新開放", "港口重新開放")],
)
def test_what_follows_a_label_without_blanks_is_kept(line: str, kept: str) -> None:
    found = found_in(line)
    assert found is not None
    assert found.kept == kept
