"""What `make fuzz` has found, so that it stays mended."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import config, toml
from generator.model import Document, Metadata
from generator.pipeline.clean import html, tidy
from generator.pipeline.clean.repair import repair
from generator.pipeline.group import topics_file
from generator.pipeline.group.words import names_in
from generator.problems import ConfigError
from tests.conftest import CONFIGURATION, SiteFolder
from tests.growth import assert_linear

_SITE = 'base_url = "https://news.example.org/"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('base_url = "https://["', 'broadsheet.toml:1:1: error: "base_url": expected the address of the site'),
        ('base_url = "https://e.org:99999/"', 'broadsheet.toml:1:1: error: "base_url": expected'),
        ('base_url = "https://a b/"', 'broadsheet.toml:1:1: error: "base_url": expected'),
        (_SITE + '[[sources]]\nname = "a"\nurl = "https://["', 'broadsheet.toml:4:1: error: "url": expected'),
        (_SITE + '[feeds]\nhub = "https://["', 'broadsheet.toml:3:1: error: "hub": expected the address of a hub'),
        (_SITE + '[[menu]]\ntitle = "a"\nurl = "https://["', 'broadsheet.toml:4:1: error: "url": this kind of link'),
        (_SITE + "x = " + "[" * 5_000, "error: not TOML: it is nested too deeply"),
        (_SITE + "x = " + "1" * 5_000, "error: not TOML: it is nested too deeply, or has too long a number"),
        (_SITE + "a" + ".a" * 30_000 + " = 1", "broadsheet.toml:2: error: not TOML: it has too many dots on one line"),
        (_SITE + f'theme = "{"x" * 5_000}"', 'broadsheet.toml:2:1: error: "theme": expected the name of a folder'),
        (_SITE + 'theme = "\\u0000"', 'broadsheet.toml:2:1: error: "theme": expected the name of a folder'),
        (_SITE + '[deploy.x]\ntarget = "folder"\npath = "~nobody_such/x"', '"path": there is no user of this name'),
        (_SITE + "[deploy.x]\ntarget = [1]", 'error: unknown target "[1]"'),
        (_SITE + "[deploy.x]\ntarget = {}", 'error: the key "target" is missing'),
    ],
)
def test_no_configuration_is_answered_with_a_traceback(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / config.FILE_NAME).write_text(text)
    with pytest.raises(ConfigError) as told:
        config.load(tmp_path / config.FILE_NAME)
    assert said in str(told.value)


def test_a_message_is_one_line_and_not_long_whatever_it_quotes(tmp_path: Path) -> None:
    (tmp_path / config.FILE_NAME).write_text(f'[editions]\nperiod = "a\\nb{"x" * 9_000}"\n')
    with pytest.raises(ConfigError) as told:
        config.load(tmp_path / config.FILE_NAME)
    assert all("\n" not in problem.message and len(problem.message) < 600 for problem in told.value.problems)


def test_toml_says_where_it_is_wrong() -> None:
    with pytest.raises(toml.TomlError, match="Expected '='") as told:
        toml.loads("a = 1\nb 2\n")
    assert (told.value.line, told.value.column) == (2, 3)


def test_learned_topics_that_are_nested_too_deeply_are_refused() -> None:
    with pytest.raises(ConfigError, match="nested too deeply"):
        topics_file.read("x = " + "[" * 5_000)


def test_a_line_of_backticks_takes_no_longer_than_its_length() -> None:
    assert_linear(lambda text: repair(text, 1, ()), "\u00a0" + "`" * 30_000)


def test_the_name_of_a_file_moves_no_cursor(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(CONFIGURATION)
    site.write("content/a\x1b[1Ab.md", "---\ntitle: x\ndate: never\n---\nText.\n")
    done = site.build(status=1)
    assert "\x1b" not in done.stderr + done.stdout
    assert "content/a\\x1b[1Ab.md:3:7: error: " in done.stderr


def test_a_word_without_an_end_takes_no_longer_than_its_length() -> None:
    assert_linear(names_in, "AbC" * 8_000)


def test_a_row_of_quotes_takes_no_longer_than_its_length() -> None:
    assert_linear(lambda text: html.to_html(text, "", "/"), "''\U000cd268" * 8_000)


@pytest.mark.parametrize("blank", [" ", "\t", " \t", "\u3000"])
@pytest.mark.parametrize("before", ["", "| a |\n"])
def test_a_line_of_blanks_takes_no_longer_than_its_length(blank: str, before: str) -> None:
    assert_linear(lambda text: tidy(Document("content/x.md", Metadata(), text, 1), ()), f"{before}{blank * 12_000}x")


@pytest.mark.parametrize("part", ['"', "'", '"a', '"--', "...'", "x...", '" ', "'\"--"])
def test_a_row_of_quotes_is_whole_where_it_is_decided_in_parts(part: str) -> None:
    for number in (*range(395, 408), 801, 802, 1601, 1602, 3000):
        made = html.to_html(f"Anzeige{part * number}Related", "/", "")
        assert "&" not in made
        assert made.endswith("Related</p>")
        assert sum(map(made.count, "“”‘’…–—x\"'-")) >= number
