"""What Broadsheet knows of languages: all of it in their files, and all of it for each of them."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from generator.dates import find_date
from generator.importers.language import guess_language
from generator.languages import LANGUAGES, en, forms_of, names_in_full, web
from generator.languages.shape import MAY_LACK, VOCABULARIES, Dates, Furniture, Language
from generator.pipeline.clean.classify import classify
from generator.pipeline.clean.fold import fold, key_of
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
ALSO_ENGLISH = {"come", "font", "plus"}


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
        assert all(getattr(part, field) for field in needed)
    assert language.furniture.endings
    assert len(language.dates.months) == 12
    assert len(language.dates.weekdays) == 7


@EACH_LANGUAGE
def test_a_language_has_every_vocabulary(language: Language) -> None:
    words = language.furniture.words
    assert set(words) | MAY_LACK == set(VOCABULARIES)
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


@EACH_LANGUAGE
def test_dates_of_a_language_are_read(language: Language) -> None:
    for number, names in enumerate(language.dates.months, start=1):
        for form in names.split():
            for label in ("", *(f"{label}: " for label in language.dates.published)):
                when = find_date([f"{label}6 {form} 2024"])
                assert (when and (when.month, when.day)) == (number, 6), form


@EACH_LANGUAGE
def test_a_date_line_of_a_language_is_furniture(language: Language) -> None:
    weekdays, months = language.dates.weekdays, language.dates.months
    for weekday in forms_of(weekdays):
        found = found_in(f"{weekday.capitalize()}, 6 {names_in_full(months)[0]} 2024")
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
            assert not words & telling, module
