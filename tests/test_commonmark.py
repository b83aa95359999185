"""Markdown is read as CommonMark says, with what GitHub adds to it."""

import random
import re
import string
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from generator.commonmark import CommonMarkExtension, makeExtension
from generator.pipeline.clean import html
from tests.conftest import SiteFolder
from tests.growth import assert_linear

OURS = Markdown(extensions=["footnotes", CommonMarkExtension()], output_format="html")
THEIRS = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def read(text: str) -> str:
    """The HTML of a text on one line, without ids."""
    return flat(OURS.reset().convert(text))


def flat(made: str) -> str:
    made = re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", made)
    made = re.sub(
        r"\s*(</?(?:p|ul|ol|li|blockquote|pre|h[1-6]|hr|table|thead|tbody|tr|t[dh]|dl|d[td]|div)\b[^>]*>)\s*",
        r"\1",
        made,
    )
    return made.replace("\n</code>", "</code>").strip()


EXAMPLES = {
    "lists": [
        (
            "- Norte\n  - Bilbao\n  - Oviedo\n- Sur",
            "<ul><li>Norte<ul><li>Bilbao</li><li>Oviedo</li></ul></li><li>Sur</li></ul>",
        ),
        ("* one\n   * three blanks in", "<ul><li>one<ul><li>three blanks in</li></ul></li></ul>"),
        ("- one\n    - four\n        - eight", "<ul><li>one<ul><li>four<ul><li>eight</li></ul></li></ul></li></ul>"),
        (
            "1. Erstens\n   - a\n   - b\n2. Zweitens",
            "<ol><li>Erstens<ul><li>a</li><li>b</li></ul></li><li>Zweitens</li></ol>",
        ),
        ("10. zehn\n    - unter zehn", '<ol start="10"><li>zehn<ul><li>unter zehn</li></ul></li></ol>'),
        ("1) un\n2) deux", "<ol><li>un</li><li>deux</li></ol>"),
        ("- one\n\n  more of one\n- two", "<ul><li><p>one</p><p>more of one</p></li><li><p>two</p></li></ul>"),
        ("1. 一\n\n   续\n\n2. 二", "<ol><li><p>一</p><p>续</p></li><li><p>二</p></li></ol>"),
        ("- one\n\n      code", "<ul><li><p>one</p><pre><code>code</code></pre></li></ul>"),
        ("- a\n  > said\n- b", "<ul><li>a<blockquote><p>said</p></blockquote></li><li>b</li></ul>"),
        ("- a\n+ b\n* c", "<ul><li>a</li></ul><ul><li>b</li></ul><ul><li>c</li></ul>"),
        ("Il est né en\n1986. Puis rien.", "<p>Il est né en\n1986. Puis rien.</p>"),
        ("They won 3:1 in\n12) a sentence that goes on", "<p>They won 3:1 in\n12) a sentence that goes on</p>"),
        ("Wanted:\n1. bread\n2. salt", "<p>Wanted:</p><ol><li>bread</li><li>salt</li></ol>"),
        ("Gesucht:\n- Brot", "<p>Gesucht:</p><ul><li>Brot</li></ul>"),
        ("-5 degrees\n-6 at night", "<p>-5 degrees\n-6 at night</p>"),
        ("- one\ntwo lazily", "<ul><li>one\ntwo lazily</li></ul>"),
        ("- \n  late", "<ul><li>late</li></ul>"),
        ("-\n\n  not its text", "<ul><li></li></ul><p>not its text</p>"),
        ("- - deep", "<ul><li><ul><li>deep</li></ul></li></ul>"),
    ],
    "tasks": [
        ("- [ ] do", '<ul><li class="task"><input class="task" disabled type="checkbox"> do</li></ul>'),
        ("1. [X] fait", '<ol><li class="task"><input checked class="task" disabled type="checkbox"> fait</li></ol>'),
        ("- [y] no\n- [x]no", "<ul><li>[y] no</li><li>[x]no</li></ul>"),
    ],
    "code": [
        ('```python title="a.py"\nx = "<b>"\n```', '<pre><code class="language-python">x = "&lt;b&gt;"</code></pre>'),
        ("~~~ js {1,3}\nlet c\n~~~", '<pre><code class="language-js">let c</code></pre>'),
        ("``` {.ruby linenos=true}\nputs 1\n```", '<pre><code class="language-ruby">puts 1</code></pre>'),
        ("```C++\nint x;\n```", '<pre><code class="language-c++">int x;</code></pre>'),
        ("````\n```\ninner\n```\n````", "<pre><code>```\ninner\n```</code></pre>"),
        (
            "- step\n  ```\n  # no heading\n  ```\n- next",
            "<ul><li>step<pre><code># no heading</code></pre></li><li>next</li></ul>",
        ),
        (
            "1. eins\n\n   ```sh\n   ls\n   ```\n2. zwei",
            '<ol><li><p>eins</p><pre><code class="language-sh">ls</code></pre></li><li><p>zwei</p></li></ol>',
        ),
        ("> ```\n> a\n>\n> b\n> ```\n> c", "<blockquote><pre><code>a\n\nb</code></pre><p>c</p></blockquote>"),
        ("text\n```\ncode\n```\ntext", "<p>text</p><pre><code>code</code></pre><p>text</p>"),
        ("    indented\n\n    on", "<pre><code>indented\n\non</code></pre>"),
        ("text\n    no code", "<p>text\nno code</p>"),
        ("`` a`b `` and `&amp; <i>`", "<p><code>a`b</code> and <code>&amp;amp; &lt;i&gt;</code></p>"),
        ("`open and *so on*", "<p>`open and <em>so on</em></p>"),
    ],
    "headings": [
        ("#Breaking\n\n#1 on the list", "<p>#Breaking</p><p>#1 on the list</p>"),
        ("## From Java to C#", "<h2>From Java to C#</h2>"),
        ("### Closed ###", "<h3>Closed</h3>"),
        ("# \n\n####### seven", "<h1></h1><p>####### seven</p>"),
        ("Über uns\n===\n\nДва\n---", "<h1>Über uns</h1><h2>Два</h2>"),
        ("text\n# head\ntext", "<p>text</p><h1>head</h1><p>text</p>"),
    ],
    "emphasis": [
        (
            "*a **b** c* _d_ __e__ ***f***",
            "<p><em>a <strong>b</strong> c</em> <em>d</em> <strong>e</strong> <em><strong>f</strong></em></p>",
        ),
        ("snake_case_name and 2*3*4", "<p>snake_case_name and 2<em>3</em>4</p>"),
        ("5 * 3 * 2", "<p>5 * 3 * 2</p>"),
        ("**重要：**这是", "<p><strong>重要：</strong>这是</p>"),
        ("これは**「大事」**です", "<p>これは<strong>「大事」</strong>です</p>"),
        ("**서울(Seoul)**은", "<p><strong>서울(Seoul)</strong>은</p>"),
        ("~~900~~ 90", "<p><del>900</del> 90</p>"),
        ("~about~ 5 ~~~ 6", "<p>~about~ 5 ~~~ 6</p>"),
    ],
    "links": [
        (
            "[a](/b 'c') [d](<e f>) ![g *h*](/i.png)",
            '<p><a href="/b" title="c">a</a> <a href="e%20f">d</a> <img alt="g h" src="/i.png"></p>',
        ),
        (
            '[a][B c] [b  C][] [b c]\n\n[B C]: /x "T"',
            '<p><a href="/x" title="T">a</a> <a href="/x" title="T">b  C</a> <a href="/x" title="T">b c</a></p>',
        ),
        ("[a][none] [sic]", "<p>[a][none] [sic]</p>"),
        ("[![a](/a.png)](/b)", '<p><a href="/b"><img alt="a" src="/a.png"></a></p>'),
        ("[a [b](/c) d](/e)", '<p>[a <a href="/c">b</a> d](/e)</p>'),
        ("[x](/wiki/Aurora_(ship))", '<p><a href="/wiki/Aurora_(ship)">x</a></p>'),
        (
            "<https://a.org/?b=c&d> <jo@a.org>",
            '<p><a href="https://a.org/?b=c&amp;d">https://a.org/?b=c&amp;d</a> <a href="mailto:jo@a.org">jo@a.org</a></p>',
        ),
        ("[a](/x?b=1&regs=2)", '<p><a href="/x?b=1&amp;regs=2">a</a></p>'),
        ("[a](\n/b\n)", '<p><a href="/b">a</a></p>'),
    ],
    "addresses": [
        (
            "Siehe https://a.example/b, (https://a.example/c) und http://a.example/d_(e).",
            '<p>Siehe <a href="https://a.example/b">https://a.example/b</a>, (<a href="https://a.example/c">https://a.example/c</a>) und <a href="http://a.example/d_(e)">http://a.example/d_(e)</a>.</p>',
        ),
        ("见https://a.example/b。完", '<p>见<a href="https://a.example/b">https://a.example/b</a>。完</p>'),
        ("www.a.example/x_y_z!", '<p><a href="http://www.a.example/x_y_z">www.a.example/x_y_z</a>!</p>'),
        (
            "[see https://a.example/b] [https://a.example](/c)",
            '<p>[see <a href="https://a.example/b">https://a.example/b</a>] <a href="/c">https://a.example</a></p>',
        ),
        ("https:// www. http://nohost xhttps://a.example", "<p>https:// www. http://nohost xhttps://a.example</p>"),
        ("https://a.example/?x=1&amp;", '<p><a href="https://a.example/?x=1">https://a.example/?x=1</a>&amp;</p>'),
        ("`https://a.example`", "<p><code>https://a.example</code></p>"),
    ],
    "html": [
        (
            "<details>\n<summary>Mehr</summary>\n\n- *a*\n\n</details>",
            "<details>\n<summary>Mehr</summary><ul><li><em>a</em></li></ul></details>",
        ),
        ("<div>\n*raw*\n</div>\n\n*read*", "<div>*raw*</div><p><em>read</em></p>"),
        ("a <b>c</b> <!-- d --> 1 < 2 <3", "<p>a <b>c</b> <!-- d --> 1 &lt; 2 &lt;3</p>"),
        ("<!-- a\n\nb -->\nc", "<!-- a\n\nb --><p>c</p>"),
    ],
    "breaks": [
        ("a\\\nb  \nc\nd", "<p>a<br>\nb<br>\nc\nd</p>"),
        ("a\n***\nb", "<p>a</p><hr><p>b</p>"),
        ("\\*a\\* \\[b\\] \\& \\\\", "<p>*a* [b] &amp; \\</p>"),
    ],
    "tables": [
        (
            "| a | b |\n|:--|--:|\n| `x\\|y` | 2 | 3 |\n| 4 |",
            '<table><thead><tr><th style="text-align: left;">a</th><th style="text-align: right;">b</th></tr></thead><tbody><tr><td style="text-align: left;"><code>x|y</code></td><td style="text-align: right;">2</td></tr><tr><td style="text-align: left;">4</td><td style="text-align: right;"></td></tr></tbody></table>',
        ),
        (
            "Text\na | b\n--|-\n1 | 2\n\nText",
            "<p>Text</p><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table><p>Text</p>",
        ),
        ("a | b\nc | d", "<p>a | b\nc | d</p>"),
    ],
    "more": [
        (
            "Quorum\n: how many must be there\n: also a word\n\n*[EU]: European Union\n\nThe EU.",
            '<dl><dt>Quorum</dt><dd>how many must be there</dd><dd>also a word</dd></dl><p>The <abbr title="European Union">EU</abbr>.</p>',
        ),
        (
            "This is a sentence that is far too long to be the term of any definition\n: and goes on",
            "<p>This is a sentence that is far too long to be the term of any definition\n: and goes on</p>",
        ),
        (
            "> [!WARNING]\n> Eis!",
            '<blockquote class="alert alert-warning"><p class="alert-title">Warning</p><p>Eis!</p></blockquote>',
        ),
        (
            "> [!info]- Zur Sache\n> Text",
            '<blockquote class="alert alert-note"><p class="alert-title">Zur Sache</p><p>Text</p></blockquote>',
        ),
        ("> [!nothing]\n> Text", "<blockquote><p>[!nothing]\nText</p></blockquote>"),
    ],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(*case, id=f"{kind}-{number}")
        for kind, cases in EXAMPLES.items()
        for number, case in enumerate(cases)
    ],
)
def test_each_construct_is_read_as_written(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apple\n: Red.\n\n  It grows.", "<dl><dt>Apple</dt><dd><p>Red.</p><p>It grows.</p></dd></dl>"),
        ("&notify; &copy; &amp; R&D &x; &#8212;", "<p>&amp;notify; &copy; &amp; R&amp;D &amp;x; &#8212;</p>"),
        ("x[^a b]\n\n[^a b]: y", "<p>x[^a b]</p><p>[^a b]: y</p>"),
    ],
)
def test_nothing_is_glued_or_taken_for_something_else(text: str, expected: str) -> None:
    assert read(text) == expected


def test_a_second_footnote_of_a_name_is_shown() -> None:
    made = read("x[^1]\n\n[^1]: Erste.\n[^1]: Zweite.")
    assert "<p>[^1]: Zweite.</p>" in made
    assert "<p>Erste." in made


def test_footnotes_may_have_paragraphs_and_code() -> None:
    made = read("Text[^a] and[^b].\n\n[^a]: One\n\n    Two\n\n        code\n[^b]: Drei\nlazily\n\nAfter.")
    assert '<li id="fn:a"><p>One</p><p>Two</p><pre><code>code</code></pre>' in made
    assert '<li id="fn:b"><p>Drei\nlazily' in made
    assert "<p>After.</p>" in made


@pytest.mark.parametrize(
    ("headings", "ids"),
    [
        ("## The figures\n\n## Начало работы\n\n## 東京 の 朝", ["the-figures", "начало-работы", "東京-の-朝"]),
        ("## A\n\n## A\n\n## A-1\n\n## A", ["a", "a-1", "a-1-1", "a-2"]),
        ("## Cats & *dogs*, `x_y`[^n]\n\n[^n]: n", ["cats--dogs-x_y"]),
        ("## Own {#mine}\n\n## Two {: #zwei .wide}\n\nThree {.wide}\n---", ["mine", "zwei", "three"]),
        ('## "Quoted" -- and \\*so\\*', ["quoted----and-so"]),
        ("## !!!", []),
        ("## नमस्ते\n\n## สวัสดี\n\n## cafe\u0301", ["नमस्ते", "สวัสดี", "cafe\u0301"]),
        ("## 🚀 Start", ["-start"]),
    ],
)
def test_headings_have_ids_of_their_text(headings: str, ids: list[str]) -> None:
    made = html.to_html(headings, "", "/")
    assert re.findall(r'<h\d id="([^"]*)"', made) == ids
    assert "{" not in made


def test_a_comment_that_nothing_closes_is_told(site: SiteFolder) -> None:
    site.article("a", "Vor dem Rest.\n\n<!-- TODO: fragen\n\n## Kopf\n\nText.")
    assert "content/a.md:8: warning: nothing closes `<!-- TODO: fragen`" in site.build().stderr


@pytest.mark.parametrize("fence", ["```", "~~~ Python", "1. ```js title='x'"])
def test_a_fence_that_nothing_closes_is_told(fence: str, site: SiteFolder) -> None:
    site.article("a", f"Before.\n\n```\ncode\n```\n\n{fence}\n   Der Rest.\n\n   日本。")
    assert "content/a.md:12: warning: nothing closes `" in (told := site.build().stderr)
    assert "[open-fence]" in told


def test_a_fence_that_is_closed_or_holds_nothing_is_not_told(site: SiteFolder) -> None:
    site.article("a", "```\ncode\n```\n\n- ~~~\n  more\n\nText\n\n```\n\n")
    assert "open-fence" not in site.build().stderr


# Against another program that reads CommonMark.

WORDS = (
    *("word", "été", "b*", "*c", "**d**", "_e_", "`f`", "`", "``g`", "[h](/i)", "[j]", "![k](l.png)", "<b>", "</b>"),
    *(
        "&amp;",
        "\\*",
        "*",
        "_",
        "**",
        "__",
        "***",
        "~~s~~",
        "1.",
        "-",
        "+",
        "|",
        "a | b",
        "#",
        "x_y_z",
        "!",
        "](",
        "東京",
    ),
)
PREFIXES = (
    *("", "", "", "- ", "* ", "1. ", "2. ", "  - ", "    ", "   ", "> ", ">", "> > ", "# ", "## ", "```", "~~~", "---"),
    *("===", "***", "| a | b |", "|---|---|", "+ a", "10) a", "   > ", "\t", "<div>", "</div>", "- - ", "- > ", "> - "),
)


class Seen(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, made: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(flat(made.replace("<tbody></tbody>", "")).replace("<br>\n", "<br>").replace("<br />\n", "<br>"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(
            f"<{tag} {sorted((name, value or '') for name, value in attrs if name not in {'style', 'class'})}>"
        )

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"img", "br", "hr"}:
            self.found.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def seen(made: str) -> str:
    return re.sub(r"\s*(<[^<>]*>)\s*", r"\1", re.sub(r"\s+", " ", "".join(Seen(made).found)))


def made_up(random_: random.Random) -> str:
    lines = [
        random_.choice(PREFIXES) + " ".join(random_.choices(WORDS, k=random_.randrange(1, 5)))
        if random_.random() < 0.75
        else ""
        for _ in range(random_.randrange(1, 9))
    ]
    return "\n".join(lines)


def test_made_up_texts_are_read_as_another_program_reads_them() -> None:
    random_ = random.Random(2024)
    plain = Markdown(extensions=[makeExtension()], output_format="html")
    for _ in range(1500):
        text = made_up(random_)
        theirs = THEIRS.render(text).replace("<s>", "<del>").replace("</s>", "</del>")
        assert seen(plain.reset().convert(text)) == seen(theirs), text


# Whatever is written

LETTERS = st.text(string.ascii_letters + "é東", min_size=1, max_size=4)
SIGNS = st.sampled_from(
    [*"*_`[]()<>!#|\\~-+:.=&^{}\"' ", "\n", "\n\n", "    ", "```", "[^1]", "]: ", "1. ", "> ", "<b>", "**", "\t", "\r"]
)


@given(st.lists(st.one_of(LETTERS, SIGNS), max_size=40).map("".join))
def test_any_text_can_be_read(text: str) -> None:
    made = OURS.reset().convert(text)
    assert "\x02" not in made
    assert "\x03" not in made


@given(
    st.lists(
        st.one_of(LETTERS, st.sampled_from([*"*_`~#>|-+. ", "\n", "\n\n", "- ", "1. ", "**", "~~", "    ", "> "])),
        max_size=40,
    ).map("".join)
)
def test_no_letter_is_lost_without_links_and_html(text: str) -> None:
    made = re.sub(r"<[^<>]*>", "", OURS.reset().convert(text))
    code = "".join(re.findall(r"^[ \t>*+-]*(?:\d+\. *)*~~~+(.*)", text, re.MULTILINE) + re.findall(r"```(.*)", text))
    letters = [letter for letter in text if letter.isalpha()]
    assert len(letters) - sum(map(str.isalpha, code)) <= sum(map(str.isalpha, made))


HOSTILE = {
    "brackets": "[" * 50_000,
    "closed brackets": "[" * 25_000 + "]" * 25_000,
    "links in links": "[a](b)" * 8_000,
    "nested links": "[" * 10_000 + "a" + "](b)" * 10_000,
    "pictures": "![" * 25_000,
    "emphasis": "*a _b " * 10_000,
    "closers": "a**b" * 15_000,
    "mixed": "a***b__c*d_" * 5_000,
    "strikes": "~~a" * 20_000,
    "ticks": "".join("e" + "`" * n for n in range(1, 300)),
    "quotes": ">" * 20_000 + "a\n" * 100,
    "items": "\n".join(" " * (2 * n) + "- a" for n in range(300)),
    "numbers": "1. " * 15_000 + "a",
    "tags": "<a b='" * 10_000,
    "comments": "<!-- " * 10_000,
    "instructions": "<?" * 25_000,
    "cdata": "<![CDATA[" * 8_000,
    "definitions": "[a]: /b\n" * 8_000,
    "labels": "[a\n" * 15_000,
    "titles": '[a](b "' * 10_000,
    "angles": "[a](<b" * 10_000,
    "brackets in urls": "[a](" + "(" * 50_000,
    "entities": "&" * 50_000,
    "escapes": "\\" * 50_000,
    "addresses": "https://a.example/" + "(" * 40_000,
    "closed addresses": "https://a.example/" + ")" * 40_000,
    "many addresses": "https://a.example/b) " * 3_000,
    "cells": "|".join("a" * 90) + "\n" + "|".join("-" * 90) + "\n" + "a\n" * 20_000,
    "fences": "```\n" * 15_000,
    "footnotes": "[^a]: b\n" * 5_000,
    "terms": "a\n: b\n\n" * 5_000,
    "tabs": "-\t" * 10_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_take_no_more_than_their_length(kind: str) -> None:
    assert_linear(lambda text: OURS.reset().convert(text), HOSTILE[kind])
