"""Code in a text stays as it is written, wherever it stands and whatever it looks like."""

import re
from html import unescape

import pytest

from generator.commonmark.code import code_lines
from tests.conftest import SiteFolder

CODE = '{: .x}\nAdvertisement\nend of list\n{{< figure src="a.jpg" >}}\nisnâ€™t\n\n\n{% raw %}\n<pre>'


def indented(text: str, blanks: int) -> str:
    return "\n".join(" " * blanks + line if line else line for line in text.split("\n"))


@pytest.mark.parametrize(
    "block",
    [
        f"```\n{CODE}\n```",
        f"- ```\n{indented(CODE, 2)}\n  ```",
        f"1. Schritt\n\n   ~~~ python\n{indented(CODE, 3)}\n   ~~~",
        f"> ```\n{indented(CODE, 0).replace(chr(10), chr(10) + '> ').replace('{:', '> {:', 1)}\n> ```",
        f"段落。\n\n{indented(CODE, 4)}",
        f"- ```\n  open in an item\n\n```\n{CODE}\n```",
    ],
)
def test_no_line_of_code_changes(site: SiteFolder, block: str) -> None:
    site.article(
        "a", f"A sentence with [a link](https://example.org/) in it.\n\n{block}\n\nAnother sentence that ends it."
    )
    site.build()
    shown = "".join(re.findall(r"<pre><code[^>]*>(.*?)</code>", site.page("/2024/01/03/a/"), re.DOTALL))
    assert CODE in unescape(re.sub("<[^<>]*>", "", shown))


def test_code_in_a_line_is_not_mended(site: SiteFolder) -> None:
    site.article("a", "Es heißt isnâ€™t, und `dÃ©jÃ  â€™` bleibt.")
    site.build()
    assert "<p>Es heißt isn’t, und <code>dÃ©jÃ  â€™</code> bleibt.</p>" in site.page("/2024/01/03/a/")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\n```\nb\n\nc\n```\nd", {1, 2, 3, 4, 5}),
        ("- ~~~\n  b\n- c", {0, 1}),
        ("<pre>\na\n\nb\n</pre>\nc", {0, 1, 2, 3, 4}),
        ("<!-- a\n\nb -->\nc", {0, 1, 2}),
        ("<div>\na\n</div>\n\n`b`", set()),
    ],
)
def test_lines_of_code_are_known(text: str, code: set[int]) -> None:
    assert code_lines(text.split("\n")) == code


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Die Brücke\n===\n\nMehr dazu.", "<p>Mehr dazu.</p>"),
        ("Die Brücke\nist seit Montag zu.\n\nMehr.", "<p>Die Brücke\nist seit Montag zu.</p>\n<p>Mehr.</p>"),
        ("Die Brücke  \nsteht im Fluss", "<p>Die Brücke<br>\nsteht im Fluss</p>"),
        ("Die Brücke\n\nMehr dazu.", "<p>Mehr dazu.</p>"),
    ],
)
def test_a_title_goes_with_its_underline_and_no_line_of_a_sentence_goes(
    site: SiteFolder, body: str, expected: str
) -> None:
    site.article("a", body, title="Die Brücke")
    site.build()
    assert f'<div class="text">\n{expected}\n</div>' in site.page("/2024/01/03/a/")
