"""Reading: bytes become a Document, or problems that say where they are and what to do."""

import datetime as dt
import importlib
import json
import re
import runpy
import sys
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.characters import MAX_BYTES
from generator.model import Document, Image, Json, Metadata, Source
from generator.pipeline.read import read
from generator.pipeline.read.fields import ELSEWHERE, FIELDS
from generator.pipeline.read.values import is_web_url
from generator.problems import ContentError, Problem
from tests.conftest import ROOT

PARIS = ZoneInfo("Europe/Paris")
PATH = "content/x.md"
LAW = settings(deadline=None)  # the machine may be busy


def outcome(content: str | bytes, path: str = PATH) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document, None where there was an error, and all problems."""
    data = content if isinstance(content, bytes) else content.encode()
    try:
        return read(Source(path, data), PARIS)
    except ContentError as error:
        return None, error.problems


def problems(content: str | bytes, path: str = PATH) -> tuple[Problem, ...]:
    return outcome(content, path)[1]


def only_problem(content: str | bytes, path: str = PATH) -> Problem:
    (problem,) = problems(content, path)
    assert problem.path == path
    return problem


def places(content: str | bytes) -> list[tuple[int, int, str]]:
    return [(problem.line, problem.column, problem.code) for problem in problems(content)]


def document(content: str | bytes, path: str = PATH) -> Document:
    """The document of a file without any problem."""
    read_document, found = outcome(content, path)
    assert not found
    assert read_document
    return read_document


def with_yaml(front_matter: str, body: str = "Text.\n") -> str:
    return f"---\n{front_matter}\n---\n{body}"


def metadata(front_matter: str) -> Metadata:
    return document(with_yaml(front_matter)).metadata


def field(front_matter: str, name: str) -> object:
    value: object = getattr(metadata(front_matter), name)
    return value


def warned(front_matter: str) -> tuple[Metadata, Problem]:
    """The metadata of a file with one warning, and the warning."""
    read_document, found = outcome(with_yaml(front_matter))
    assert read_document
    (warning,) = found
    assert not warning.is_error
    return read_document.metadata, warning


def paris(year: int, month: int, day: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=PARIS)


class TestBytes:
    def test_a_byte_order_mark_and_foreign_line_ends_do_no_harm(self) -> None:
        read_document = document(b"\xef\xbb\xbf---\r\ntitle: x\r\n---\rOne\r\nTwo\rThree\n")
        assert read_document.metadata.title == "x"
        assert read_document.markdown == "One\nTwo\nThree\n"
        assert read_document.body_line == 4

    def test_bytes_that_are_not_utf8_are_located(self) -> None:
        problem = only_problem("ok\r\nZürich".encode("cp1252"))
        assert (problem.line, problem.column, problem.code) == (2, 2, "not-utf8")
        assert "0xfc" in problem.message
        assert "cp1252" in problem.hint
        assert "UTF-8" in problem.hint

    def test_no_encoding_is_guessed_where_none_fits(self) -> None:
        assert only_problem(b"a\x81b").hint == "save the file as UTF-8"

    def test_utf16_is_recognised(self) -> None:
        assert "UTF-16" in only_problem("text".encode("utf-16")).hint
        assert "UTF-16" in only_problem("text".encode("utf-16-le")).hint

    def test_a_nul_byte_is_located(self) -> None:
        assert places("a\r\nb\rcd\0e") == [(3, 3, "nul-byte")]

    @pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\u3000\n\x07".encode()])
    def test_a_file_without_text_is_an_error(self, data: bytes) -> None:
        assert places(data) == [(0, 0, "empty-file")]

    def test_a_file_past_the_limit_is_an_error_with_both_sizes(self) -> None:
        problem = only_problem(b"x" * (MAX_BYTES + 1))
        assert problem.code == "too-large"
        assert "1,048,577" in problem.message
        assert "1,048,576" in problem.message
        document(b"x" * MAX_BYTES)

    def test_control_characters_leave_the_body_but_words_stay_apart(self) -> None:
        body = document("a\x07b\x1bc\x0bd\x0ce\x85f\x9fg\u2028h\ti\ufeff").markdown
        assert body == "abc d e\nfg\u2028h\ti"

    def test_control_characters_leave_values_also_where_they_are_escaped(self) -> None:
        assert document('{"title": "a\\u0007b\\ud800c\\u0085d\\u0000", "x\\u0007": ["\\u001b"]}').metadata == Metadata(
            title="abc d", extra={"x": [""]}
        )
        assert field("title: a\x07b", "title") == "ab"
        assert field('title: "a\\x07b"', "title") == "ab"


class TestFormats:
    def test_a_file_without_front_matter_is_all_body(self) -> None:
        assert document("# Head\n\nText") == Document(PATH, Metadata(), "# Head\n\nText", 1)

    @pytest.mark.parametrize(
        "content",
        [
            "---\ntitle: A\ntags: [b, c]\ndraft: true\n---\nText",
            "---  \ntitle: A\ntags:\n  - b\n  - c\ndraft: True\n...\nText",
            '+++\ntitle = "A"\ntags = ["b", "c"]\ndraft = true\n+++\nText',
            '{"title": "A", "tags": ["b", "c"], "draft": true}\nText',
            '{"title": "A", "tags": ["b", "c"], "draft": true} Text',
            '{\n"title": "A",\n"tags": ["b", "c"],\n"draft": true\n}\nText',
            "Title: A\nTags: b, c\nDraft: true\n\nText",
            "tags: b; c\ndraft: yes\nTITLE:  A\n \t\nText",
        ],
    )
    def test_all_formats_say_the_same(self, content: str) -> None:
        for start in ("", "\n", " \n\n"):
            read_document = document(start + content)
            assert read_document.metadata == Metadata(title="A", tags=("b", "c"), draft=True)
            assert read_document.markdown == "Text"
            line = (start + content).split("Text")[0].count("\n") + 1
            assert read_document.body_line == line

    @pytest.mark.parametrize(
        "content", ["---\ntitle: x\n---", '+++\ntitle = "x"\n+++', '{"title": "x"}', "title: x\nid: y"]
    )
    def test_a_file_may_end_with_its_front_matter(self, content: str) -> None:
        read_document = document(content)
        assert read_document.metadata.title == "x"
        assert not read_document.markdown

    @pytest.mark.parametrize(
        "content", ["---\n---\nText", "---\n\n---\nText", "---\n{}\n---\nText", "+++\n+++\nText", "{}\nText"]
    )
    def test_front_matter_may_be_empty(self, content: str) -> None:
        read_document = document(content)
        assert read_document.metadata == Metadata()
        assert read_document.markdown == "Text"

    def test_white_space_of_the_body_is_kept(self) -> None:
        assert document("---\ntitle: x\n---\n\n  a\n\n---\n\nb \n\n").markdown == "\n  a\n\n---\n\nb \n\n"

    @pytest.mark.parametrize(
        "content",
        [
            "Title: only one line\n\nText",
            "Title: x\nText right below\n\nMore",
            "Dear reader: hello\nTitle: x\n\nText",
            "Remark: not a field\nTitle: x\n\nText",
            "Date: 2024-01-03\nSource: Reuters\n\nText",
            "http://example.org\nTitle: x\n\n",
            "Title:x\nDate:y\n\n",
            "  indented\nTitle: x\n\n",
            "{% include x %}\nText",
            "{{ x }}\nText",
            "{Reuters} - Text",
            '\u00a0{"title": "x"}',
            "--- \x2d\nText\n---",
            "----\nText\n----\n",
            "++ \nText",
            "***\ntitle: x\n***\n",
            "Text\n---\ntitle: x\n---\n",
        ],
    )
    def test_what_only_looks_like_front_matter_stays_text(self, content: str) -> None:
        assert document(content) == Document(PATH, Metadata(), content, 1)

    def test_a_header_of_more_than_64_kib_is_text(self) -> None:
        content = "Title: x\n" + "Source: y\n" * 7000
        assert document(content).markdown == content

    def test_a_value_of_a_header_may_go_on_below(self) -> None:
        read_document = document("Title: x\nSummary: one\n    two\n\tthree\n\nText")
        assert read_document.metadata.summary == "one two three"
        assert read_document.markdown == "Text"

    def test_semicolons_let_names_have_commas(self) -> None:
        read_document = document("Title: x\nAuthors: Smith, John; Doe, Jane\nTags: a, b\n\n")
        assert read_document.metadata.authors == ("Smith, John", "Doe, Jane")
        assert read_document.metadata.tags == ("a", "b")

    def test_front_matter_past_its_limit_is_an_error(self) -> None:
        long = "x" * 65_536
        assert places(f"---\ntitle: {long}\n---\n") == [(1, 1, "bad-front-matter")]
        assert places(f'+++\ntitle = "{long}"\n+++\n') == [(1, 1, "bad-front-matter")]
        assert places(f'{{"title": "{long}"}}') == [(1, 1, "bad-front-matter")]


class TestNoTextIsLost:
    @pytest.mark.parametrize("fence", ["---", "+++"])
    def test_a_missing_fence_is_an_error(self, fence: str) -> None:
        problem = only_problem(f"{fence}\ntitle: x\n\nText")
        assert (problem.line, problem.column, problem.code) == (1, 1, "unclosed-front-matter")
        assert fence in problem.hint
        assert only_problem(f"\n\n{fence}\n").line == 3

    @pytest.mark.parametrize(
        ("block", "kind"),
        [
            ("- a\n- b", "a list"),
            ("[a]", "a list"),
            ("A sentence of the article.\n\nAnother one.", "a text"),
            ("42", "a text"),
            ("title:x", "a text"),
            ("# A heading", "comments"),
        ],
    )
    def test_what_is_no_map_between_fences_is_an_error_that_tells_of_breaks(self, block: str, kind: str) -> None:
        problem = only_problem(with_yaml(block))
        assert (problem.line, problem.column, problem.code) == (2, 1, "bad-front-matter")
        assert kind in problem.message
        assert "title:" in problem.hint
        assert "***" in problem.hint

    def test_a_map_without_any_known_field_may_be_text_too(self) -> None:
        found, warning = warned("Breaking: a harbour opens")
        assert (warning.line, warning.column, warning.code) == (2, 1, "no-known-field")
        assert found.extra == {"Breaking": "a harbour opens"}

    @pytest.mark.parametrize(
        ("front_matter", "place", "hint"),
        [
            ("title: We are #1", (2, 15), 'write title: "We are #1"'),
            ("title: #MeToo and more", (2, 8), 'write title: "#MeToo and more"'),
            ("title: x\ntags:\n- a\n- #b", (5, 3), "put the text in quotes"),
            ("title: &Johnson says no", (2, 8), 'write title: "&Johnson says no"'),
            (f"title: {'x' * 200} #1", (2, 209), 'write title: "..." with the text in quotes'),
        ],
    )
    def test_text_that_yaml_drops_gives_a_warning(self, front_matter: str, place: tuple[int, int], hint: str) -> None:
        _, warning = warned(front_matter)
        assert (warning.line, warning.column, warning.code) == (*place, "dropped-text")
        assert warning.hint == hint

    @pytest.mark.parametrize(
        "front_matter",
        [
            "title: x # a comment",
            'title: "We are #1"',
            "title: C#",
            "# title: #1\ntitle: x",
            "id: &x y\ntitle: *x",
            "title: a & b",
        ],
    )
    def test_comments_and_aliases_that_are_meant_give_none(self, front_matter: str) -> None:
        metadata(front_matter)


class TestYaml:
    @pytest.mark.parametrize(
        ("front_matter", "place", "hint"),
        [
            ("title: Ukraine: what now", (2, 15), 'write title: "Ukraine: what now"'),
            ("id: 1\ntitle: 😀 a: b", (3, 11), 'write title: "😀 a: b"'),
            ('title: "Safe" at home', (2, 15), "write title: '\"Safe\" at home'"),
            ('title: Say "no": today', (2, 16), "write title: 'Say \"no\": today'"),
            ("title: 'It's over'", (2, 12), 'write title: "It\'s over"'),
            ('title: "open\ndate: 2024-01-03', (2, 8), 'close the quote: write title: "open"'),
            ("title: [Update] Harbour", (2, 17), 'write title: "[Update] Harbour"'),
            ("tags: [a, b\ntitle: x", (2, 7), "close the bracket, or put the text in quotes"),
            ("title: @home", (2, 8), 'write title: "@home"'),
            ("title: *star", (2, 8), 'write title: "*star"'),
            ("title: !bang now", (2, 8), 'write title: "!bang now"'),
            ("title: x\n\tdate: y", (3, 1), "indent with spaces, not with tabs"),
            ("source:\n\tname: y", (3, 1), "indent with spaces, not with tabs"),
            (
                "title: x\n  date: y",
                (3, 7),
                'every field has a line "name: value", those of one map are indented alike',
            ),
            ("? [a, b]\n: c", (2, 3), 'every field has a line "name: value", those of one map are indented alike'),
            ("title: !!timestamp 2024-13-45", (2, 8), 'write title: "!!timestamp 2024-13-45"'),
        ],
    )
    def test_errors_are_located_and_show_a_way_out(self, front_matter: str, place: tuple[int, int], hint: str) -> None:
        problem = only_problem(with_yaml(front_matter))
        assert (problem.line, problem.column, problem.code) == (*place, "bad-front-matter")
        assert problem.hint == hint

    def test_places_count_from_the_start_of_the_file(self) -> None:
        assert places("\n\r\n\ufeff---\r\ntitle: a: b\r\n---\r\n") == [(4, 9, "bad-front-matter")]

    def test_only_null_booleans_and_plain_numbers_are_more_than_text(self) -> None:
        extra: dict[str, Json] = {
            "yes_": "yes", "no_": "no", "on_": "on", "time": "10:00", "octal": "010", "hex": "0x1F", "big": "9" * 30,
            "day": "2024-01-03", "version": "3.10", "power": "1e3", "merge": "<<", "nan": ".nan", "equals": "=",
            "true_": True, "false_": False, "null_": None, "blank_": None,
            "int": 12, "minus": -3, "zero": 0, "float": 1.5,
        }  # fmt: skip
        written = {"true_": "True", "false_": "FALSE", "null_": "null", "blank_": "~"}
        lines = [f"{name}: {written.get(name, value)}" for name, value in extra.items()]
        assert field("title: x\n" + "\n".join(lines), "extra") == extra

    def test_names_stay_as_they_are_written(self) -> None:
        assert field("title: x\nno: 1\n007: 2\n1.50: 3\n? null\n: 4", "extra") == {
            "no": 1,
            "007": 2,
            "1.50": 3,
            "null": 4,
        }

    def test_a_repeated_field_is_located_at_the_second_one_together_with_other_errors(self) -> None:
        front_matter = "title: a\ndate: soon\ntitle: b\nsource:\n  name: x\n  name: y"
        assert places(with_yaml(front_matter)) == [
            (3, 7, "bad-date"),
            (4, 1, "duplicate-field"),
            (7, 3, "duplicate-field"),
        ]

    def test_aliases_work_but_bombs_and_loops_do_not(self) -> None:
        assert field("topics: &t [a, b]\ntags: *t", "tags") == ("a", "b")
        levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 10)]
        for front_matter in ("l0: &l0 [x]\n" + "\n".join(levels), "a: &a [*a]", "a: &a {b: *a}"):
            assert places(with_yaml(front_matter)) == [(2, 1, "bad-front-matter")]

    @pytest.mark.parametrize("signs", ["[", "{", "- ", "? ", "[a, {b: "])
    def test_nesting_that_would_end_the_process_is_an_error(self, signs: str) -> None:
        block = signs * (60_000 // len(signs))
        assert [code for _, _, code in places(with_yaml(block))] == ["bad-front-matter"]

    def test_line_separators_of_unicode_are_blanks(self) -> None:
        assert field("title: a\u2028b\u2029c\nid: x", "title") == "a b c"

    def test_it_works_alike_without_libyaml(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delattr(yaml, "CSafeLoader")
        module = importlib.import_module("generator.pipeline.read.yaml_handler")
        handler = runpy.run_path(str(module.__file__))["YamlHandler"]()
        text = "---\ntitle: 3.10\ntags: [a, {b: 😀}, c]\n---\nText"
        assert handler.parse(text) == module.YamlHandler().parse(text)
        for path in (("title",), ("tags", 2), ("tags", 1, "b")):
            assert handler.find(text, path) == module.YamlHandler().find(text, path)


class TestToml:
    @pytest.mark.parametrize(
        ("front_matter", "place", "code"),
        [
            ("title = x", (2, 9), "bad-front-matter"),
            ('title = "x"\ntags = [', (3, 9), "bad-front-matter"),
            ('title = """x', (2, 13), "bad-front-matter"),
            ('a = "x"\n  a = "y"', (3, 3), "duplicate-field"),
            ("[extra]\nb = 1\n[extra]\nb = 2", (4, 1), "duplicate-field"),
            ("date = 2026-13-45", (2, 8), "bad-date"),
            ("date = 2024-02-30 # soon", (2, 8), "bad-date"),
            ("date = 2024-01-03T25:00:00", (2, 8), "bad-date"),
            ("n = " + "9" * 5000, (2, 5005), "bad-front-matter"),
            ("n = " + "[" * 5000, (1, 1), "bad-front-matter"),
            ("a." * 30_000 + "b = 1", (1, 1), "bad-front-matter"),
            ("n = " + "[" * 40 + "]" * 40, (2, 1), "bad-front-matter"),
        ],
    )
    def test_errors_are_located(self, front_matter: str, place: tuple[int, int], code: str) -> None:
        problem = only_problem(f"+++\n{front_matter}\n+++\n")
        assert (problem.line, problem.column, problem.code) == (*place, code)
        assert problem.hint

    @pytest.mark.parametrize(
        ("front_matter", "place"),
        [
            ('title = "x"\n draft  =  1', (3, 12)),
            ('"draft" = 1', (2, 11)),
            ('summary = """\ndraft = 2\n"""\ndraft = 1', (5, 9)),
            ("[extra]\ndate = 2024-01-03\ndraft = 1", (4, 9)),
            ("extra.draft = 1", (2, 15)),
            ("extra = { foo = 1, draft = 1 }", (2, 28)),
            ('topics = ["x"]\n[taxonomies]\n# tags = 2\ntags = [["a"]]', (5, 8)),
            ("[[image]]\nurl = false", (3, 7)),
            ('\n"t\\u0069tle" = true', (3, 1)),
        ],
    )
    def test_values_are_located(self, front_matter: str, place: tuple[int, int]) -> None:
        (problem,) = problems(f"+++\n{front_matter}\n+++\n")
        assert (problem.line, problem.column, problem.code) == (*place, "bad-type")

    def test_dates_and_times_are_understood(self) -> None:
        read_document = document(
            "+++\ndate = 2024-01-03T08:00:00\nupdated = 2024-01-04\nexpires = 2024-01-05T08:00:00Z\n"
            "title = 2024-01-06\nx = [2024-01-07, 08:00:00, nan, -inf]\n+++\n"
        )
        assert read_document.metadata == Metadata(
            date=paris(2024, 1, 3, 8),
            has_time=True,
            updated=paris(2024, 1, 4),
            expires=dt.datetime(2024, 1, 5, 8, tzinfo=dt.UTC),
            title="2024-01-06",
            extra={"x": ["2024-01-07", "08:00:00", "nan", "-inf"]},
        )

    def test_a_time_is_no_date(self) -> None:
        assert places("+++\ndate = 08:00:00\n+++\n") == [(2, 8, "bad-date")]


class TestJson:
    @pytest.mark.parametrize(
        ("content", "place", "code"),
        [
            ('{"title": "x",}', (1, 14 if sys.version_info >= (3, 13) else 15), "bad-front-matter"),  # the comma's
            ('{\n  title: "x"\n}', (2, 3), "bad-front-matter"),
            ('{\n  "title": "x"\n\nText', (4, 1), "bad-front-matter"),
            ('{"title": "a", "x": [{"b": 1, "b": 2}], "title": "c"}', (1, 31), "duplicate-field"),
            ('{"x": ' + "9" * 5000 + "}", (1, 1), "bad-front-matter"),
            ('{"x": ' + "[" * 100_000, (1, 1), "bad-front-matter"),
            ('{"title": "x",\n "tags": ["a", [1], "b"]}', (2, 16), "bad-type"),
            ('\n{"source": {"url" : "x"}, "url": 1}', (2, 21), "bad-url"),
        ],
    )
    def test_errors_are_located(self, content: str, place: tuple[int, int], code: str) -> None:
        assert (*place, code) in places(content)

    def test_both_repeated_fields_are_reported(self) -> None:
        assert places('{"title": "a", "x": [{"b": 1, "b": 2}], "title": "c"}') == [
            (1, 31, "duplicate-field"),
            (1, 41, "duplicate-field"),
        ]


class TestHeader:
    def test_problems_are_located(self) -> None:
        assert places("Title: x\nDate:  soon\nTitle: y\nTitel: z\n\nText") == [
            (2, 8, "bad-date"),
            (3, 1, "duplicate-field"),
            (4, 1, "unknown-field"),
        ]


class TestNames:
    @pytest.mark.parametrize("name", ["publish_date", "publishDate", "PUBLISHDATE", "publish-date", "Publish_Date"])
    def test_case_hyphens_and_underscores_make_no_difference(self, name: str) -> None:
        assert field(f"{name}: 2024-01-03", "date") == paris(2024, 1, 3)

    @pytest.mark.parametrize(("alias", "name"), [(alias, one.name) for one in FIELDS for alias in one.aliases])
    def test_every_alias_gives_its_field(self, alias: str, name: str) -> None:
        values = {
            "date": "2024-01-03", "updated": "2024-01-03", "expires": "2024-01-03", "unlisted": "true",
            "source_url": "https://example.org/", "language": "en",
        }  # fmt: skip
        value = values.get(name, "/x/")
        assert field(f"{alias}: {value}", name) == field(f"{name}: {value}", name) != getattr(Metadata(), name)

    def test_the_schema_is_that_of_metadata(self) -> None:
        made = {"extra", "appears", "has_time", "updated_has_time"}  # of other names, of several dates, of their form
        assert [one.name for one in FIELDS] == [name for name in Metadata._fields if name not in made]
        names = [name for one in FIELDS for name in (one.name, *one.aliases)]
        assert len(names) == len(set(names))
        assert not ELSEWHERE & set(names)

    def test_fields_of_other_generators_are_understood_silently(self) -> None:
        assert (
            metadata("layout: post\nmenu: main\ntoc: true\ntranslationKey: x\neleventyNavigation: {a: b}") == Metadata()
        )

    def test_a_lead_mark_has_the_names_of_other_generators_and_is_nothing_else(self) -> None:
        assert all(field(f"{name}: true", "lead") for name in ("lead", "featured", "pin", "pinned", "sticky"))
        assert metadata("lead: The first sentences.") == Metadata(summary="The first sentences.")
        assert metadata("featured: /picture.jpg") == Metadata(extra={"featured": "/picture.jpg"})

    def test_a_weight_is_a_whole_number(self) -> None:
        assert [field(f"weight: {value}", "weight") for value in ("3", '"-2"', "0")] == [3, -2, 0]
        for value in ("heavy", "1.5", "true", "[1]", "9999999999"):
            (problem,) = problems(with_yaml(f"weight: {value}"))
            assert (problem.code, problem.line) == ("bad-type", 2), value
            assert problem.message.startswith('"weight" takes a whole number of at most 9 digits, not ')

    def test_other_fields_are_kept(self) -> None:
        extra = field("title: x\nregion: Asia\nsubtitle: y\nscores: [1, {a: 2.5}]\nblank:", "extra")
        assert extra == {"region": "Asia", "subtitle": "y", "scores": [1, {"a": 2.5}], "blank": None}

    @pytest.mark.parametrize(
        ("name", "near"),
        [
            ("titel", "title"),
            ("Titel", "title"),
            ("dat", "date"),
            ("tgas", "tags"),
            ("auhtor", "author"),
            ("catgories", "categories"),
        ],
    )
    def test_a_slip_gives_a_warning_and_is_kept(self, name: str, near: str) -> None:
        found, warning = warned(f"id: x\n{name}: y")
        assert (warning.line, warning.column, warning.code) == (3, 1, "unknown-field")
        assert warning.message == f'unknown field "{name}"'
        assert warning.hint == f'did you mean "{near}"?'
        assert found.extra == {name: "y"}

    def test_the_canonical_name_counts_and_a_warning_says_so(self) -> None:
        found, warning = warned("lastmod: 2024-01-04\nUpdated: 2024-01-03")
        assert found.updated == paris(2024, 1, 3)
        assert (warning.line, warning.column, warning.code) == (2, 1, "conflicting-fields")
        assert '"lastmod"' in warning.message

    def test_two_names_with_one_value_are_no_conflict(self) -> None:
        assert field("lang: en\nlanguage: en\nlocale:", "language") == "en"

    def test_the_maps_of_zola_and_hugo_are_opened(self) -> None:
        read_document = document(
            '+++\ntitle = "x"\n[taxonomies]\ntags = ["a"]\ncategories = ["b"]\npeople = ["c"]\n'
            '[extra]\nauthor = "d"\ntoc = true\nfoo = {bar = 1}\n[params]\nlang = "de"\ntitle = "x"\n+++\n'
        )
        assert read_document.metadata == Metadata(
            title="x", tags=("a",), topics=("b",), authors=("d",), language="de",
            extra={"people": ["c"], "toc": True, "foo": {"bar": 1}},
        )  # fmt: skip
        assert metadata("title: x\nextra:\ntaxonomies:\nparams: ''") == Metadata(title="x")
        assert places(with_yaml("title: x\nextra: [1]")) == [(3, 8, "bad-type")]

    def test_fields_outside_of_maps_count_before_those_inside(self) -> None:
        found, warning = warned("extra: {title: y}\ntitle: x")
        assert found.title == "x"
        assert (warning.line, warning.column) == (2, 9)


class TestTexts:
    @pytest.mark.parametrize(
        ("written", "title"),
        [
            ("  A   title\u2028in \t blanks ", "A title in blanks"),
            ("2024", "2024"),
            ("3.10", "3.10"),
            ("2024-01-03", "2024-01-03"),
            ("No", "No"),
            ('"true"', "true"),
            (">\n  one\n  two", "one two"),
            ("|\n  one\n\n  two", "one two"),
            ("« Bonjour\u00a0»", "« Bonjour\u00a0»"),
            ("~", None),
            ('" "', None),
        ],
    )
    def test_a_title_is_one_line_of_text(self, written: str, title: str | None) -> None:
        assert field(f"title: {written}", "title") == title

    @pytest.mark.parametrize("written", ["[a]", "{a: b}", "true"])
    def test_a_title_of_another_type_is_an_error_at_its_place(self, written: str) -> None:
        problem = only_problem(with_yaml(f"title: {written}"))
        assert (problem.line, problem.column, problem.code) == (2, 8, "bad-type")
        assert problem.hint == 'for example "some words"'

    def test_a_title_has_500_characters_at_most(self) -> None:
        assert field(f"title: {'x' * 500}", "title") == "x" * 500
        assert places(with_yaml(f"title: {'x' * 501}")) == [(2, 8, "too-long")]

    def test_slug_id_and_summary_are_kept_as_written(self) -> None:
        assert metadata("slug: A/b ü\nid: 007\nsummary: 5") == Metadata(slug="A/b ü", id="007", summary="5")

    @pytest.mark.parametrize(("written", "tag"), [("no", "no"), ("pt_BR", "pt-BR"), ("zh-Hant-TW", "zh-Hant-TW")])
    def test_a_language_is_a_tag(self, written: str, tag: str) -> None:
        assert field(f"lang: {written}", "language") == tag

    def test_a_language_that_is_no_tag_is_an_error(self) -> None:
        assert places(with_yaml("language: English\nlocale: English")) == [(2, 11, "bad-language")]


class TestLists:
    @pytest.mark.parametrize(
        ("written", "tags"),
        [
            ("[b, a, 2024, b, '', ~, 1.5]", ("b", "a", "2024", "1.5")),
            ("a, b ,,c", ("a", "b", "c")),
            ("a; b, c;", ("a", "b, c")),
            ("new york", ("new york",)),
            ("2024", ("2024",)),
            ("[]", ()),
            ("", ()),
        ],
    )
    def test_tags_are_a_list_or_one_text(self, written: str, tags: tuple[str, ...]) -> None:
        assert field(f"tags: {written}", "tags") == tags

    def test_every_wrong_item_is_reported_at_its_place(self) -> None:
        found = problems(with_yaml("tags: [a, [b], {c: d}]\ntopics: {e: f}"))
        assert [(problem.line, problem.column, problem.message) for problem in found] == [
            (2, 11, 'item 2 of "tags" takes a text, not a list'),
            (2, 16, 'item 3 of "tags" takes a text, not a map'),
            (3, 9, '"topics" takes a list of texts, not a map'),
        ]
        assert found[2].hint == 'for example ["economy", "europe"]'

    def test_a_related_title_may_have_commas(self) -> None:
        assert field("related: One, two; three", "related") == ("One, two; three",)
        assert field('related: ["One, two", "Three"]', "related") == ("One, two", "Three")

    @pytest.mark.parametrize(
        ("written", "authors"),
        [
            ("Ada Byron", ("Ada Byron",)),
            ("[Ada Byron, Bo Li]", ("Ada Byron", "Bo Li")),
            ("{name: Ada Byron, url: x}", ("Ada Byron",)),
            ("[{name: Ada Byron}, Bo Li]", ("Ada Byron", "Bo Li")),
        ],
    )
    def test_authors_are_names_or_maps_with_names(self, written: str, authors: tuple[str, ...]) -> None:
        assert field(f"author: {written}", "authors") == authors

    def test_an_author_without_a_name_is_an_error(self) -> None:
        assert places(with_yaml("authors: [{url: x}, a]")) == [(2, 11, "bad-type")]

    def test_no_file_has_more_than_a_hundred_problems_of_a_kind(self) -> None:
        assert len(problems(with_yaml("title: x\n" * 400))) == 100
        assert len(problems(with_yaml(f"tags: [{'[], ' * 400}]"))) == 100
        slips = [f"{name}{n}: x" for name in ("titl", "updat") for n in range(60)]
        assert len(problems(with_yaml("\n".join(slips)))) == 100


class TestFlags:
    @pytest.mark.parametrize(
        ("front_matter", "draft", "unlisted"),
        [
            ("draft: true", True, False),
            ("draft: yes", True, False),
            ("draft: 'False'", False, False),
            ("draft:", False, False),
            ("published: false", True, False),
            ("published: true", False, False),
            ("published: no", True, False),
            ("published: 2024-01-03", False, False),
            ("status: draft", True, False),
            ("Status: Skip", True, False),
            ("status: private", True, False),
            ("status: published", False, False),
            ("status: hidden", False, True),
            ("hidden: true", False, True),
            ("permalink: false", True, False),
            ("unlisted: on", False, True),
            ("extra: {status: draft}", True, False),
        ],
    )
    def test_drafts_and_unlisted_articles(self, front_matter: str, draft: bool, unlisted: bool) -> None:
        found = metadata(front_matter)
        assert (found.draft, found.unlisted) == (draft, unlisted)

    @pytest.mark.parametrize("front_matter", ["draft: false\nstatus: draft", "published: true\npermalink: false"])
    def test_in_doubt_it_is_a_draft(self, front_matter: str) -> None:
        found, warning = warned(front_matter)
        assert found.draft
        assert warning.code == "conflicting-fields"

    @pytest.mark.parametrize("written", ["maybe", "1", "[true]"])
    def test_anything_else_is_an_error(self, written: str) -> None:
        problem = only_problem(with_yaml(f"draft: {written}"))
        assert (problem.line, problem.column, problem.code) == (2, 8, "bad-type")
        assert "true" in problem.hint

    def test_an_unknown_status_is_an_error(self) -> None:
        assert places(with_yaml("status: ongoing")) == [(2, 9, "bad-status")]
        assert places(with_yaml("status: [draft]")) == [(2, 9, "bad-type")]

    @pytest.mark.parametrize(
        ("written", "clean"),
        [("false", False), ("true", True), ("off", False), ("[a-b, c]", ("a-b", "c")), ("a-b, c", ("a-b", "c"))],
    )
    def test_cleaning_is_off_or_lacks_rules(self, written: str, clean: bool | tuple[str, ...]) -> None:
        assert field(f"clean: {written}", "clean") == clean

    def test_cleaning_takes_no_map(self) -> None:
        assert places(with_yaml("clean: {a: b}")) == [(2, 8, "bad-type")]

    @pytest.mark.parametrize(("written", "pasted"), [("true", True), ("false", False), ("", None)])
    def test_pasted_is_told_or_not(self, written: str, pasted: bool | None) -> None:
        assert field(f"pasted: {written}", "pasted") is pasted


class TestUrls:
    @pytest.mark.parametrize(
        ("front_matter", "url"),
        [
            ("url: /special/quake/", "/special/quake/"),
            ("permalink: /special//quake", "/special/quake/"),
            ("path: special/quake", "/special/quake/"),
            ("save_as: posts/x/index.html", "/posts/x/"),
            ("save_as: posts/x.html", "/posts/x.html"),
            ("url: /", "/"),
        ],
    )
    def test_a_url_is_brought_into_its_normal_form(self, front_matter: str, url: str) -> None:
        assert field(front_matter, "url") == url

    @pytest.mark.parametrize("written", ["/a?b", "//a/b", "/../x", "/.git/x", "https://example.org/x", "/a:b", "[/x]"])
    def test_a_url_that_can_not_be_a_page_is_an_error(self, written: str) -> None:
        problem = only_problem(with_yaml(f"url: {written}"))
        assert (problem.line, problem.column) == (2, 6)
        assert problem.code in {"bad-url", "bad-type"}

    @pytest.mark.parametrize("written", ['"/{{ page.slug }}/"', '"/{% x %}/"', "/:year/:title/", "pretty"])
    def test_a_template_has_no_effect_but_a_warning(self, written: str) -> None:
        found, warning = warned(f"title: x\npermalink: {written}")
        assert found.url is None
        assert (warning.line, warning.column, warning.code) == (3, 1, "template-url")

    def test_aliases_are_checked_one_by_one(self) -> None:
        assert field("redirect_from: [/a, b/, /a/]", "aliases") == ("/a/", "/b/")
        assert field("aliases: /a/, /b/index.html", "aliases") == ("/a/", "/b/")
        assert places(with_yaml("aliases:\n- /a\n- /../b\n- /c?d")) == [(4, 3, "bad-url"), (5, 3, "bad-url")]


class TestSources:
    @pytest.mark.parametrize(
        ("front_matter", "source", "url"),
        [
            ("source: Reuters", "Reuters", ""),
            ("publisher: Reuters\nlink: https://reuters.com/x", "Reuters", "https://reuters.com/x"),
            ("source: {name: Reuters, url: 'https://reuters.com/x'}", "Reuters", "https://reuters.com/x"),
            ("source: {title: Reuters}", "Reuters", ""),
            ("source: https://reuters.com/x", "", "https://reuters.com/x"),
            ("canonicalURL: https://reuters.com/x", "", "https://reuters.com/x"),
        ],
    )
    def test_a_source_is_a_name_an_address_or_both(self, front_matter: str, source: str, url: str) -> None:
        found = metadata(front_matter)
        assert (found.source, found.source_url) == (source, url)

    @pytest.mark.parametrize(
        ("front_matter", "place", "code"),
        [
            ("source: [a]", (2, 9), "bad-type"),
            ("source: {a: b}", (2, 9), "bad-type"),
            ("source: {url: x}", (2, 15), "bad-url"),
            ("source_url: www.example.org", (2, 13), "bad-url"),
            ("source_url: javascript:alert(1)", (2, 13), "bad-url"),
            ("source_url: 'https://'", (2, 13), "bad-url"),
            ("source_url: 'https://[x'", (2, 13), "bad-url"),
            ("source_url: https://a b", (2, 13), "bad-url"),
        ],
    )
    def test_anything_else_is_an_error(self, front_matter: str, place: tuple[int, int], code: str) -> None:
        assert places(with_yaml(front_matter)) == [(*place, code)]


class TestImages:
    @pytest.mark.parametrize(
        ("written", "image"),
        [
            ("/x.jpg", Image("/x.jpg")),
            ("https://cdn.example.org/x.jpg", Image("https://cdn.example.org/x.jpg")),
            ("{src: x.jpg, alt: A harbour, caption: AFP}", Image("x.jpg", "A harbour", "", "AFP")),
            ("{url: x.jpg, credit: AFP, height: 5}", Image("x.jpg", "", "AFP")),
            ("{image: x.jpg, relative: true}", Image("x.jpg")),
            ("['', /x.jpg, /y.jpg]", Image("/x.jpg")),
            ("[]", None),
            ("false", None),
        ],
    )
    def test_an_image_is_an_address_or_a_map(self, written: str, image: Image | None) -> None:
        assert field(f"cover: {written}", "image") == image

    @pytest.mark.parametrize(
        ("written", "column", "code"),
        [
            ("true", 8, "bad-type"),
            ("{alt: x}", 8, "bad-type"),
            ("{url: 'javascript:x'}", 14, "bad-url"),
            ("'data:image/png,x'", 8, "bad-url"),
            ("'//[x'", 8, "bad-url"),
            ("{url: /x.jpg, alt: [y]}", 27, "bad-type"),
        ],
    )
    def test_anything_else_is_an_error(self, written: str, column: int, code: str) -> None:
        assert places(with_yaml(f"image: {written}")) == [(2, column, code)]


class TestDates:
    @pytest.mark.parametrize(
        ("written", "date"),
        [
            ("2024-01-03", "2024-01-03T00:00:00+01:00"),
            ("2024-07-03", "2024-07-03T00:00:00+02:00"),
            ("2024/01/03", "2024-01-03T00:00:00+01:00"),
            ("2024-1-3", "2024-01-03T00:00:00+01:00"),
            ("2024-01-03T08:00", "2024-01-03T08:00:00+01:00"),
            ("2024-01-03 08:00:09", "2024-01-03T08:00:09+01:00"),
            ("2024-01-03T08:00:00.5", "2024-01-03T08:00:00.500000+01:00"),
            ("2024-01-03t08:00:00.123456789z", "2024-01-03T08:00:00.123456+00:00"),
            ("2024-01-03T08:00Z", "2024-01-03T08:00:00+00:00"),
            ("2024-01-03 08:00:00 UTC", "2024-01-03T08:00:00+00:00"),
            ("2024-01-03T08:00:00+05:30", "2024-01-03T08:00:00+05:30"),
            ("2024-01-03 08:00:00 -0500", "2024-01-03T08:00:00-05:00"),
            ("2024-01-03 08:00 +01", "2024-01-03T08:00:00+01:00"),
            ("Wed, 03 Jan 2024 08:00:00 GMT", "2024-01-03T08:00:00+00:00"),
            ("3 Jan 2024 08:00 EST", "2024-01-03T08:00:00-05:00"),
            ("Wed, 03 Jan 2024 08:00:00", "2024-01-03T08:00:00+01:00"),
            ("'2024-01-03'", "2024-01-03T00:00:00+01:00"),
            ("!!str 2024-01-03", "2024-01-03T00:00:00+01:00"),
            ("1024-02-29", "1024-02-29T00:00:00+00:09:21"),
        ],
    )
    def test_dates_as_they_are_written(self, written: str, date: str) -> None:
        found = metadata(f"date: {written}").date
        assert found
        assert found.isoformat() == date

    @pytest.mark.parametrize(
        "written",
        [
            "2024-02-30", "2026-13-45", "2024-01-03T25:00", "2024-01-03T08:60", "2024-01-03T08:00:61", "0000-01-01",
            "0001-01-01", "9999-12-31", "2024-01-03T08:00+25:00", "Wed, 33 Jan 2024 08:00:00 GMT",
            "Wed, 03 Jan 2024 08:00:00 +9900",
        ],
    )  # fmt: skip
    def test_an_impossible_date_is_an_error_at_its_place(self, written: str) -> None:
        problem = only_problem(with_yaml(f"title: x\nupdated:   {written}"))
        assert (problem.line, problem.column, problem.code) == (3, 12, "bad-date")
        assert "impossible" in problem.message
        assert "2024-01-03T08:00" in problem.hint

    @pytest.mark.parametrize(
        "written",
        ["soon", "03/01/2024", "2024-01/03", "Last Modified", "2024-01-03T08", "2024-01-03 08:00 XYZ", "1704268800",
         "31 February 2024", "3 Smarch 2024", "May 2024", "Updated 3 May 2024", "3 May 2024 8pm", "3. Mai 2024, abends",
         "3 January 2024 18:00 AKST", "1月3日", "20/20/2024", "03/01/24", "3 May 2024 and 4 May 2024",
         "[2024-01-03]", "true", "３０２４-01-03", "{{ now }}x"],
    )  # fmt: skip
    def test_what_is_no_date_is_an_error_at_its_place(self, written: str) -> None:
        problem = only_problem(with_yaml(f"expires: '{written}'" if written[0] == "{" else f"expires: {written}"))
        assert (problem.line, problem.column, problem.code) == (2, 10, "bad-date")
        assert "2024-01-03T08:00" in problem.hint

    @pytest.mark.parametrize(
        "path", ["content/2024-01-03-x.md", "2024-01-03_x.md", "content/a/2024-01-03.md", "content/2024-01-03 x.md"]
    )
    def test_the_name_of_the_file_gives_the_date(self, path: str) -> None:
        assert document("Text", path).metadata == Metadata(date=paris(2024, 1, 3))
        assert document("---\ndate: 2024-01-04\n---\n", path).metadata.date == paris(2024, 1, 4)

    @pytest.mark.parametrize(
        "path",
        [
            "content/x.md",
            "2024-01-034.md",
            "x-2024-01-03-y.md",
            "20240103-x.md",
            "content/2024/01/x.md",
            "9/11/2001/x.md",
            "content/v2024/01/03/x.md",
            "content/2024/13/40/x.md",
            "content/1/2024-1/x.md",
        ],
    )
    def test_other_names_give_none(self, path: str) -> None:
        assert document("Text", path).metadata == Metadata()

    @pytest.mark.parametrize(
        "path",
        ["content/2024/01/03/x.md", "content/news/2024/1/3/x.md", "content/2024-01-03/x.md", "content/2024/01-03/x.md",
         "content/2024/2024-01-03-quake/index.md", "content/2019/05/05/2024/01/03/deep/x.md"],
    )  # fmt: skip
    def test_the_folders_give_the_date(self, path: str) -> None:
        assert document("Text", path).metadata == Metadata(date=paris(2024, 1, 3))
        assert document("---\ndate: 2024-01-04\n---\n", path).metadata.date == paris(2024, 1, 4)

    @pytest.mark.parametrize(
        "line",
        ["url: /2024/01/03/x/", "permalink: 2024/01/03/x.html", "path: 2024-01-03-x", "save_as: a/2024/1/3/x.html"],
    )
    def test_the_address_gives_the_date_before_the_folders(self, line: str) -> None:
        assert document(f"---\n{line}\n---\n", "content/2023/05/05/x.md").metadata.date == paris(2024, 1, 3)
        assert document(f"---\n{line}\n---\n", "content/2024-01-02-x.md").metadata.date == paris(2024, 1, 2)
        assert document("---\nurl: /2024/01/x/\n---\n").metadata.date is None

    @pytest.mark.parametrize(
        ("written", "date"),
        [
            ("Nov 20 2026", "2026-11-20T00:00:00+01:00"),
            ("20 November 2026", "2026-11-20T00:00:00+01:00"),
            ("Friday, January 3rd, 2025", "2025-01-03T00:00:00+01:00"),
            ("20. März 2024", "2024-03-20T00:00:00+01:00"),
            ("3 de enero de 2024", "2024-01-03T00:00:00+01:00"),
            ("le 14 juillet 2024", "2024-07-14T00:00:00+02:00"),
            ("3 maj 2024 kl. 08.30", "2024-05-03T08:30:00+02:00"),
            ("2024年1月3日", "2024-01-03T00:00:00+01:00"),
            ("2024年1月3日 午後2時30分", "2024-01-03T14:30:00+01:00"),
            ("January 3, 2024 at 8:30 am EST", "2024-01-03T08:30:00-05:00"),
            ("20/11/2026", "2026-11-20T00:00:00+01:00"),
            ("11/20/2026 18:05", "2026-11-20T18:05:00+01:00"),
            ("03.01.2024", "2024-01-03T00:00:00+01:00"),
        ],
    )
    def test_dates_in_words(self, written: str, date: str) -> None:
        for content in (f'---\ndate: "{written}"\n---\n', f"---\ndate: {written}\n---\n", f'{{"date": "{written}"}}'):
            found = document(content).metadata.date
            assert found
            assert found.isoformat() == date

    def test_a_date_in_words_withdraws_an_article(self) -> None:
        told = metadata("withdrawn: 20 November 2026").withdrawn
        assert told
        assert (told.date, told.reason) == (paris(2026, 11, 20), "")
        told = metadata("withdrawn: It never happened on 20 November 2026.").withdrawn
        assert told
        assert told.reason

    def test_an_impossible_date_in_a_name_is_a_warning(self) -> None:
        problem = only_problem("Text", "content/2024-02-30-x.md")
        assert (problem.line, problem.code, problem.is_error) == (0, "bad-date", False)
        document("---\ndate: 2024-01-04\n---\n", "content/2024-02-30-x.md")


class TestProblems:
    def test_all_problems_of_a_file_come_together_in_their_order(self) -> None:
        front_matter = (
            "titel: x\ndate: soon\ntags: [[a]]\ndraft: maybe\nurl: /a?b\nlink: x\nupdated: 2024-02-30\nmodified: y"
        )
        assert [(problem.line, problem.code, problem.severity) for problem in problems(with_yaml(front_matter))] == [
            (2, "unknown-field", "warning"),
            (3, "bad-date", "error"),
            (4, "bad-type", "error"),
            (5, "bad-type", "error"),
            (6, "bad-url", "error"),
            (7, "bad-url", "error"),
            (8, "bad-date", "error"),
            (9, "conflicting-fields", "warning"),
        ]

    def test_messages_show_no_control_characters_and_no_long_texts(self) -> None:
        content = json.dumps({"title": "x", "date": "\x1b[31m\ud800" + "x" * 999})
        message = only_problem(content).message
        assert message.isprintable()
        assert len(message) < 100


class TestLaws:
    @LAW
    @given(st.binary(max_size=300))
    def test_any_bytes_give_a_document_or_a_content_error(self, data: bytes) -> None:
        outcome(data)

    @LAW
    @given(
        st.sampled_from(["---\n{}\n---\n", "+++\n{}\n+++\n", '{{"title": {}}}', "title: x\n{}\n\n"]),
        st.text(max_size=60),
    )
    def test_any_front_matter_gives_a_document_or_problems_inside_of_the_file(self, frame: str, text: str) -> None:
        content = frame.format(text).encode(errors="replace")
        lines = re.split("\r\n|\r|\n|\x85", content.decode())
        for problem in problems(content):
            assert 0 <= problem.line <= len(lines)
            assert problem.hint

    @LAW
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(
                    [name for one in FIELDS for name in (one.name, *one.aliases)] + ["status", "extra", "params"]
                ),
                st.recursive(
                    st.none()
                    | st.booleans()
                    | st.integers()
                    | st.floats()
                    | st.text(max_size=12)
                    | st.dates().map(str),
                    lambda inner: (
                        st.lists(inner, max_size=3)
                        | st.dictionaries(
                            st.sampled_from(["name", "url", "alt", "title", "tags", "source"]), inner, max_size=3
                        )
                    ),
                    max_leaves=6,
                ),
            ),
            max_size=5,
        )
    )
    def test_any_values_give_a_document_or_a_content_error(self, pairs: list[tuple[str, object]]) -> None:
        for problem in problems(json.dumps(dict(pairs))) + problems(with_yaml(yaml.safe_dump(dict(pairs)))):
            str(problem).encode()

    @LAW
    @given(
        st.text(
            st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff\ufffe\uffff") | st.just("\n")
        )
    )
    def test_without_front_matter_no_text_is_lost(self, text: str) -> None:
        content = f"One. {text}"
        assert document(content).markdown == content

    @LAW
    @given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=80), st.booleans())
    def test_a_dumped_title_comes_back(self, title: str, allow_unicode: bool) -> None:
        dumped = yaml.safe_dump({"title": title}, allow_unicode=allow_unicode, width=1000)
        expected = " ".join(re.split("[ \u2028\u2029]+", re.sub("[\ufeff\ufffe\uffff]", "", title))).strip()
        found, warnings = outcome(f"---\n{dumped}---\nText")
        assert found
        assert not warnings
        assert (found.metadata.title or "") == expected


class TestDocumentation:
    def test_every_field_alias_and_code_is_documented(self) -> None:
        text = (ROOT / "docs" / "front-matter.md").read_text()
        rows = {
            row[0]: set(re.findall("`([a-z_]+)`", row[1]))
            for row in re.findall(r"^\| `([a-z_]+)` \|(.*?)\|", text, re.MULTILINE)
        }
        for one in FIELDS:
            assert set(one.aliases) <= rows[one.name]
        sources = "".join(path.read_text() for path in (ROOT / "generator" / "pipeline" / "read").glob("*.py"))
        codes = set(
            re.findall(
                r'"((?:bad|too|not|nul|empty|unclosed|duplicate|unknown|no|conflicting|dropped|template)-[a-z0-9-]+)"',
                sources,
            )
        )
        assert {f"`{code}`" for code in codes} <= set(re.findall("`[a-z0-9-]+`", text))

    def test_every_example_is_right(self) -> None:
        text = (ROOT / "docs" / "front-matter.md").read_text()
        examples = re.findall(r"^\| `([a-z_]+)` \|.*\| `(.*)` \|$", text, re.MULTILINE)
        assert [name for name, _ in examples] == [one.name for one in FIELDS]
        for name, example in examples:
            assert field(example, name) != getattr(Metadata(), name), example


@LAW
@given(
    st.lists(st.sampled_from([*"aé.:/?#[]@% \\", "http", "https", "://", "example.org", ":80"]), max_size=8).map(
        "".join
    )
)
def test_an_address_is_judged_as_a_parser_of_addresses_does(url: str) -> None:
    try:
        parts = urlsplit(url)
        expected = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in url
    except ValueError:
        expected = False
    assert is_web_url(url) == expected
