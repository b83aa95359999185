"""Plain texts are written at once in the very bytes that the library and the sanitiser give, whatever the text."""

import itertools
import subprocess
import sys
from typing import TYPE_CHECKING, Any, cast
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString, HtmlStash

from generator.commonmark import CommonMarkExtension
from generator.pipeline.clean import html
from generator.pipeline.clean.typography import Typography, with_apostrophes
from tests.benchmarks.corpus import articles
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence


class Smarty(InlineProcessor):
    """The library's own, with apostrophes in the places of letters that were left out."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        for element in tree.iter():
            if element.text and not isinstance(element.text, AtomicString):
                element.text = with_apostrophes(element.text)
            if element.tail and not isinstance(element.tail, AtomicString):
                element.tail = with_apostrophes(element.tail)
        return super().run(tree, ancestors)


def library() -> Markdown:
    md = Markdown(extensions=["footnotes", "smarty", CommonMarkExtension()], output_format="html")
    smarty: Any = Smarty(md)
    smarty.inlinePatterns = cast("Any", md.treeprocessors["smarty"]).inlinePatterns
    md.treeprocessors.register(smarty, "smarty", 6)
    return md


LIBRARY = library()  # with its own `smarty`
PARSER, PLAIN = html._parser()  # noqa: SLF001


def at_once(text: str) -> tuple[str, str] | None:
    return PLAIN.write(text, html._opener("2024", "/news/"))  # noqa: SLF001


def expect_the_same(text: str) -> None:
    expected = LIBRARY.reset().convert(text)
    assert PARSER.reset().convert(text) == expected
    written = at_once(text)
    if written is not None:
        safe = html._cleaner("2024", "/news/").clean(expected)  # noqa: SLF001
        assert written[0] == safe
        assert html._tidy_lines(written[1]) == html.to_text(safe)  # noqa: SLF001


# Inputs in the shape of the topics of the Markdown test suites; each is a whole text.
CASES = {
    "nothing to speak of": [
        *("", " ", "\n", "\n\n\n", "a", "'", '"', "-", "--", "---", ".", "...", "*", "_", "`", "[", "]", "<", ">"),
        *("&", "#", "|", "\\", "=", "+", "1.", "\t", "\u00a0", "\u2028", "\x0c", "\x1c", "\x02", "\x03", "\ufeff", "é"),
    ],
    "marks that mean nothing": [
        "[The police] have [sic] no time.",
        "[a] [b] [c][d] [] [ ] ]a[ [[e]] [f [g] h]",
        "[a [b](/c) d] and [e](/f)[g] and [h][i](/j)",
        "![a] [^1] [a]: b",
        "[a] is defined.\n\n[a]: /b",
        "[a] is not.\n\nSee [b]: no address.",
        "@ann_ writes 5 * 3, or 5*3.",
        "*a _b_ and *c* d_ and *",
        "*\n\n_\n\na * b\n\nc _ d\n\n**\n\n__",
        "*a* and * b, _c_ and _ d",
        "By Ann Lee | Paris | 5 January",
        "> a | b\n\n- c | d\n\n# e | f",
        "a | b\nc | d",
    ],
    "paragraphs": [
        "One line.",
        "Two lines\nof one paragraph.",
        "One.\n\nTwo.\n\nThree.",
        "One.\n\n\nTwo after two blank lines.\n\n\n\nThree after three.",
        "\n\n\nLeading blank lines.",
        "Trailing blank lines.\n\n\n\n",
        "   Three spaces before.\n\n  Two.\n\n One.",
        "A line\n    with an indented one after it.",
        "Trailing space \nand line.",
        "A hard break  \nand line.",
        "Two spaces at the end  ",
        "A blank line of spaces\n   \nbetween.",
        "A blank line of tabs\n\t\nbetween.",
        "Tab\tin\ta line.\n\tAnd one before.",
        "Carriage\rreturns\r\nof both kinds.\r\n\r\nNext.",
        "> A line of no-break space\n> \u00a0\n> in a quotation.",
        "\u00a0\n\nA paragraph after one of no-break space.\n\n\u2003\n\nAnd another.",
        "\x0cForm feed first.\n\nThen\x0bin between.\n\n\x1cAnd a separator.",
        "\ufeffA mark of byte order.",
        "A line\u2028separator and a\u2029paragraph separator and\x85a next line.",
        "Die Straße, l'été, Ελλάδα, Москва, 東京, القاهرة.",
        "x" * 3000,
    ],
    "lists and quotations in a row": [
        "- one\n- two\n\n- three",
        "- one\n\n> said\n\n- two",
        "> one\n\n> two",
        "> one\nlazy",
        "> one\n>two",
        "> # one",
        "> - one\n> - two",
        "- one\n-two",
        "- one\n- # two",
        "- one\n- 1. two",
        "-  one\n-  two",
        "- one\n\n    more of it",
        '- *one*\n- [two](/x/) "three"',
        "Text:\n- one\n- two",
        "- one\n- \n- three",
        "- - one",
        ">  one",
        "> one\n> \n> two",
        "## One\n\n- two\n\n## Three\n\n> four",
        "-",
        ">",
        "- one\n---\n- two",
        "- a\n\n---\n\n- b",
    ],
    "typographic quotes": [
        "\"Yes,\" she said. 'No,' he said.",
        "It's the dogs' day; rock 'n' roll in the '80s and the '90s, not '800.",
        "\"'Quoted' words in a larger quote.\" '\"Quoted\" words in a smaller one.'",
        'He said, "\'tis" and "\'Twas.\'"',
        '"A quote that goes on\nin the next line"\nand ends.',
        '("in brackets") ["in others"] {"in curly ones"}',
        '"Dashes"--"both"---"kinds" - "and" -- "spaces" --- "too"',
        "Ellipses... and.... more.....and ...fewer.. \"...\" '...'",
        "\"\n\n'\n\n\"\"\n\n''\n\n\"'\"\n\n'\"'",
        "5'10\" tall; 'a' 'b' 'c'; '''triple'''; \"\"\"triple\"\"\"",
        '"!" \'?\' "-" \'.\' "."',
        "'.' at the beginning\n\n\".\" too\n\n'!x",
        "Already “curly” and ‘single’ — with dashes – and dots….",
        "\"é\" 'é' \"1\" '1' \"_\" 'ſ' \"東京\" '²'",
        '—"after an em dash" –"after an en dash" &mdash;"after an entity" &#8211;\'and another\'',
        'x;"y" &nbsp;"z" &amp;\'w\'',
        "'Twas 'tis 'tisn't 'em 'cause 'til 't 's: rock 'n' roll, *rock* 'n' *roll*, 'N' 'n' fish 'n chips",
        "'07, '07's, '24 and '80s, die '68er, '12 Monkeys', '12 Monkeys's 'x', ''07, \"'Twas\" \"'Tis'\" 'em'",
        "'round the bend' and 'round it\n'bout [n](/n) 'n' [n](/n) `'Twas` 'n'",
        "l'homme d'aujourd'hui, aujourd'hui's 'un'",
        "the Joneses' 's 's-x '80s' '80sx",
        "a\"b'c\"d'e",
        "----\"four\" -----'five' ---- and -----",
        '<<angles>> are left "alone"',
        "\u00a0\"no-break space\"\u00a0'before'",
        "\"*emphasis*\" *\"inside\"* '**strong**' **'inside'**",
        '"[a link](https://example.com/)" ["inside"](https://example.com/) [it\'s](/x)\'s',
        '"`code`" `"code"` \'`x`\'s',
    ],
    "emphasis": [
        *("*a*", "**a**", "***a***", "_a_", "__a__", "___a___", "*a**", "**a*", "*a *", "* a*", "** a **", "a*b*c"),
        *("a_b_c", "*a b* c *d*", "*a* **b** *c*", "**a** *b*", "*a **b** c*", "**a *b* c**", "*a _b_ c*", "_a *b* c_"),
        *("(*a*)", "“*a*”", "*a*, *b*; *c*.", "*a*b", "a*b*", "*a\nb*", "*a\n\nb*", "5 * 3 * 2", "2*3*4", "* *"),
        *("**", "****"),
        *("snake_case_name", "_snake_case_", "*'a'*", '*"a"*', "*a-b*", "*a.*", "*.a*", "**a!**", "**a**b", "*é*"),
        "*a*é",
        *("*a**b*", "**a*b**", "*a***b**", "***a** b*", "***a* b**", "*a\\*", "\\*a*", "\\**a**", "*a `*` b*"),
        "[*](x)*",
        "An *emphasis* in a paragraph.\n\nAnd **strong** in the next.\n\n*One* alone.",
        "A lone * before.\n\nThen *emphasis*.\n\nAnd _another_ *kind*.",
        "- *in a list*\n\n*outside*\n\n> *in a quote*\n\n*outside*",
        "# *In* a heading\n\n*outside* ***both***",
        "***b*e_'s\n&;_&d;*s*",  # the library loses its way in the next five
        "***A*a_*<e>*",
        "*_b__ *[]()*",
        "_*a**\n&#8 **two words*",
        "*x* [l](/u) \"q\"\n\n***A*a_*<e>* 'n' [l](/u)",
        "[a](/x) *b* **c**\n\n# [d](/y) *e*\n\n<[`c`]()@m>",  # and here it shows the numbers of its placeholders
        "> *a*\n\n*b*\n\n<[`c`]()@m>\n\n[d](/y)\n\n<[`c`]()@m>",
    ],
    "links": [
        "[text](https://example.com/)",
        "A [link](https://example.com/a/b?c=d&e=f#g) and [another](http://example.org/).",
        "[a](/relative/path) [b](relative) [c](#fragment) [d]() [e](mailto:a@example.com)",
        '[a](https://example.com/ "A title") [b](/x \'T\') [c](/x (T)) [d](</x y> "T")',
        "[a](https://example.com/a_b_c) and snake_case and *em* [b](https://example.com/x*y*z)",
        "[a [nested] b](/x) [[a]](/x) [a](/x[y]) [a](/x(y)z)",
        "[a](/x\ny) [a\nb](/x) [a] (/x) [a]\n(/x)",
        '![image](/i.png) ![](/i.png) ![a](/i.png "It\'s") !\\[a](/x) ![a [b](/x)](/y)',
        "[![image](/i.png)](https://example.com/)",
        "[*em*](/x) *[em](/x)* [**a**](/x) [`code`](/x) [a\\]b](/x) [a](/x\\)y)",
        "[AT&T](/x?a&b) [a](/x?a=1&amp;b=2) [a](/x?&copy=1) [a](/x?&copy;=1)",
        '[it\'s](/x) ["q"](/x) [a--b](/x) [a...](/x)',
        "[ a ](/x) [\u00a0](/x) [ ](/x) [a](/\u00a0)",
        "[^a](/x) [a](href) [a](/href) [!a](/x) a![b](/x)",
        "<https://example.com/a_b_c?d=*e*> <a@example.com> <mailto:a@example.com> <ftp://x> <a:b>",
        "https://example.com/it's_not_a_link",
        "[sic] and [...] and ] and [ and ]( and ]: and [] and [](",
        "[sic]: not a definition because of the words after it",
        "A [b] [c](/x) [d]",
        "[a](/x)[b](/y)[c](/z)",
        "[a [b](/x) c](/y)",
        "An ![image](/i.png) in a text.",
        "[^a](/x)\n\n[^a]: A note.",
        "[x](href)\n\n[x](/href)",
        "[a](/x) [b](/y\n\n[c](/z)",
        "[a](https://example.com/\"b) [a](https://example.com/'b') [a](https://example.com/>b)",
    ],
    "references": [
        '[a][b] [b] [b][] [B]\n\n[b]: https://example.com/ "Title"',
        "[b]: <https://example.com/>\n\n[a][b] ![a][b] ![b]",
        "[b]:\n  https://example.com/\n  'Title'\n\nSee [b].",
        "See [b].\n[b]: /x\nAnd [b].",
        "[b]: /x\n[c]: /y (T)\n[d]: /z\n\n[b] [c] [d] [e]",
        "   [b]: /x\n\n    [c]: /y\n\n[b] [c]",
        "[a b]: /x\n\n[a\nb] [A  B]",
        "[b] before\n\n[b]: /x\n\n[b] after [l](/u)",
        "> [b]: /x\n\n[b]",
        "[*b*]: /x\n\n[*b*] [b](/y)[*b*]",
        "[a](/x)[b]\n\n[b]: /y",
        "[[b]: /x\n\n[b]",
    ],
    "footnotes": [
        "Text[^1].\n\n[^1]: The note.",
        "Text[^1] and[^1] again[^2].\n\n[^1]: One 'quoted'.\n[^2]: Two.",
        "[^1]: First.\n\nText[^1].",
        "Text[^n].\n\n[^n]: A note\n    with more.\n\n    And a paragraph.\n\nAfter.",
        "Text[^1] without one.\n\nMore.",
        "///Footnotes Go Here///\n\nText[^1].\n\n[^1]: Note.",
        "Before ///Footnotes Go Here/// after[^1].\n\n[^1]: Note.\n\nLast.",
        "///Footnotes Go Here///\n\nNo note.",
        "[^1]: - a\n    - b\n\nText[^1].",
        '[^1]: Note ends in "a quote"\n\nText[^1].',
        "Text[^1].\n\n[^1]:     code\n\nText",
        "*a*[^1]\n\n[^1]: *b* [c](/x)\n\n[d](/y)",
    ],
    "headings": [
        "# One\n\n## Two\n\n### Three\n\n#### Four\n\n##### Five\n\n###### Six\n\n####### Seven",
        "# Closed #\n\n## Closed ##\n\n## Half # closed\n\n#No space\n\n# ",
        "# Heading\nand text\n# Heading",
        "Text\n# Heading\nText",
        '# It\'s "quoted" -- *yes* [a](/x) & <b>b</b> `c`',
        " # One space before\n\n    # Four",
        "## \u00a0\n\n##\u2003x\n\n## x  \n\n##\tx",
        "One\n===\n\nTwo\n---\n\nThree\n=\n\nFour\n-\n\nFive\n=-=",
        "Two lines\nand a rule\n---",
        "One\n== ==\n\nTwo\n--- ---\n\nThree\n===\nmore",
        "# a\n\nb\n\n# c | d\n\n# e \\# f\n\n#g#h",
        "===\n\n---\n\n= =\n\n--",
    ],
    "lists": [
        "- a\n- b\n- c",
        "* a\n* b\n\n+ c\n+ d",
        "1. a\n2. b\n\n3. c",
        "7. a\n8. b\n\n2024. It was a year.",
        "2024 was a year.\n\n2024.5 was not.\n\n2024) neither.",
        "- a\n\n- b\n\n- c",
        "- a\n\n    inside\n\nafter\n\n- b",
        "- a\n  lazy\nlazier\n- b",
        "- a\n    - b\n        - c\n- d",
        "- a\n\n  two spaces\n\n   three\n\n    four\n\n     five",
        "Text\n- not a list\n\n- a list\nText",
        "- a\n1. b\n- c\n\n1. d\n- e",
        "-a\n\n*a\n\n+a\n\n1.a\n\n-\n\n*\n\n+\n\n1.",
        "- # heading\n- > quote\n-     code\n- | a | b |",
        "- a\n\nText.\n\n    Not code?\n\nText.",
        "- - - a\n\n- * - b",
        "١. a\n٢. b",
        "- 'a'\n- \"b\"\n- c's",
        "   - a\n   - b\n\n    - c",
        "- a\n\n\n- b\n\n\n\nText",
        "* * *\n\n- [ ] todo\n- [x] done",
    ],
    "block quotes": [
        "> a",
        "> a\n> b\n\n> c",
        "> a\nlazy\n\nafter",
        ">a\n>\n>b",
        "> > nested\n> outer",
        "Text\n> quote\nlazy",
        "   > a\n\n    > b",
        "> - a\n> - b\n>\n> text",
        "> # heading\n> text 'quoted'",
        ">\n\n>\n>\n\n> ",
        ">" * 40 + " deep",
        "a > b\n\na\n > b",
    ],
    "code": [
        "    code\n\nText.",
        "    code\n\n\n    more code\n\n\n\nText.",
        "Text.\n\n    code 'quoted' -- <b>\n\nText.",
        "    code\n\n\n",
        "    code\n\n\n\n    after two blank lines",
        "\tcode\n\n\ttabbed",
        "    code\ntext",
        "`code` ``co`de`` ``` ` ``` `unclosed",
        "`'code'` `--` `...` `*a*` `<b>` `&amp;` `\\`",
        "\\`not code\\` \\\\`code`",
        "```\nfenced 'code' -- <b>\n```",
        '```python\nprint("x")\n```\n\nText.',
        "~~~\nfenced\n~~~\n\nText.\n\n```\nunclosed",
        "``` { .python #id }\nx\n```",
        "Text\n```\nfenced\n```\nText",
        "````\n```\n````",
        " ```\n not fenced\n ```",
        "``` and ~~~ in a line",
        "    code\n\nText\n\n    code\n\n\nText with 'quotes'",
    ],
    "tables": [
        "a | b\n--|--\n1 | 2",
        "| a | b |\n|:--|--:|\n| 'c' | \"d\" |\n| e |",
        "| a |\n|---|\n| b |",
        "a | b\n\nText | more",
        "a | b\n- | -\n\nText",
        "Text\na | b\n--|--\n1 | 2",
        "a \\| b | c\n---|---\n`|` | x",
        "| a\n|--\n| b\n\nText",
        "a | b\n--|--",
        "a | b\n:--|:-:\n'1' | 2",
        "| not a table",
    ],
    "html": [
        "<div>\n*raw*\n</div>\n\nText.",
        "<p>raw 'quoted'</p>",
        "Text <b>bold</b> <br> <br/> <i class='x'>i</i> text.",
        "<!-- comment -->\n\nText <!-- in line --> text.",
        "<div>\n\nunclosed\n\nText.",
        "<hr>\nText\n\n<hr />\n\nText",
        "<pre>\n  x\n\n  y\n</pre>\n\nText.",
        "<script>\nvar a = '*b*';\n</script>\n\nText.",
        "a < b and c > d, 5<6, 6>5, <3, <, >, </>, <>",
        '<b>*a*</b> *<b>a</b>* <b "quoted">',
        "<div>a</div><div>b</div>\nText\n\n<span>c</span>",
        "<? php ?>\n\n<!DOCTYPE html>\n\n<![CDATA[x]]>",
        "<details>\n<summary>S</summary>\n\nText.\n\n</details>",
        "<b\n\nc>",
        "Text.\n\n<table><tr><td>x</td></tr></table>\n\nText.",
        "&lt;div&gt; <<div>> <div",
    ],
    "entities": [
        "&amp; &lt; &gt; &quot; &copy; &nbsp; &#39; &#x27; &#8212; &unknown;",
        "AT&T, Q&A, R&D; a & b && c &",
        "&#39 &#x27 &# &#; &x &amp &;",
        "R&D; B&B\n\nR&D\n\nA & B; C",
        "&ſ; &K; &é; &٣;",
        "&#8212\n\nText &#1",
        '\'&\' "&" &"x" &\'s',
        "a > b & c > d\n\n>",
    ],
    "rules": [
        *("---", "***", "___", "- - -", "* * *", "_ _ _", " ---", "    ---", "--", "**", "__", "-----", "***a***"),
        *("a\n***\nb", "a\n___\nb", "a\n\n---\n\nb", "---\na\n---", "- - - a", "*-*", "--- ---", "a\n- - -", "_ _"),
        "a\n* * *",
    ],
    "escapes": [
        "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f> \\# \\\\ \\! \\. \\- \\+ \\{ \\} \\( \\) \\> \\| \\\" \\' \\a \\",
        "\\# a\n\n\\- b\n\n1\\. c\n\n\\> d",
        "a\\\nb\n\na\\",
        "`\\*` [a\\*](/x\\*) <b title='\\*'>",
        "\\\"quoted\\\" \\'quoted\\'",
    ],
    "control characters": [
        "a\x02b\x03c",
        "\x02klzzwxh:0000\x03 and *a*",
        '\x02wzxhzdk:0\x03 and <b>b</b> "q"',
        "\x02amp\x03 \x0242\x03 \x02shortcut:0\x03\n\na",
        "klzzwxh:0000 wzxhzdk:0 shortcut:0",
        "a\x00b\x01c\x1fd\x7fe\x9ff",
        "*a\x02*b\x03*",
    ],
    "all together": [
        "# Title\n\n*By A*\n\nIt's \"so\".\n\n- a\n- b\n\n> 'q'\n\nText [a](/x).\n\n    code\n\nText.\n\n---\n\nEnd...",
        "Text.\n\n[^1]: Note.\n\nText[^1] 'a'.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nText \"b\".",
        "One.\n\n<div>x</div>\n\nTwo.\n\n```\ny\n```\n\nThree.\n\n[a]: /b\n\nFour [a].",
        "a\n\n\n    b\n\n\nc\n\n\n\n    d\n\n\ne",
        "1. a\n\nb\n\n2. c\n\n   d\n\n    e\n\nf\n\n## g\nh\n\n## i",
    ],
}


@pytest.mark.parametrize("topic", CASES)
def test_the_same_bytes_on_every_topic(topic: str) -> None:
    for text in CASES[topic]:
        expect_the_same(text)


def test_the_same_bytes_with_every_topic_inside_of_news() -> None:
    before, after = 'It\'s "news" -- *and* [a link](https://example.com/).', "More 'news'.\n\nThe end..."
    for text in itertools.chain.from_iterable(CASES.values()):
        expect_the_same(f"{before}\n\n{text}\n\n{after}")
        expect_the_same(f"{before}\n{text}\n{after}")


WORDS = st.sampled_from(
    [
        *("word", "a", "s", "It's", "don't", "'80s", "é", "ſ", "東京", "٣", "R&D", "x_y", "2024.", "1.", "*a*"),
        "**b c**",
        *("[t](https://x.org/a_b?c=d&e=f)", "[t](/u)", "[a b](</u> 'T')", "![i](/s)", "[r][k]", "[k]", "[^1]", "[^n]"),
        *("`c`", "``d`e``", "_e_", "__f__", "***g***", "*h **i** j*", "*", "_", "**", "`", "[", "]", "](", "![", "("),
        ")",
        *("<b>", "</b>", "<br>", "<https://a.org/>", "<a@b.org>", "<!-- c -->", "<", ">", "<<", "&amp;", "&#39"),
        *("&nbsp;", "<[`c`]()@m>"),
        *("&", ";", "'", '"', "\"'", "'\"", "--", "---", "...", "....", "-", ".", ",", "!", "—", "…", "\u00a0", "\x0c"),
        *("\x02", "\x03", "\x02klzzwxh:0000\x03", "\\", "\\*", "\\\\", "|", "#", "~", "=", "///Footnotes Go Here///"),
        *("'Twas", "'07", "'n'", "'cause", "'em", "n'"),
        *("[*a*](/u)", "*[a](/u)*", '"*a*"', '["q"](/u)', "'[a](/u)'", '*"a"*', "  \n", "\\\n", "+", "{", ":"),
    ]
)
CALM_WORDS = st.sampled_from(
    [
        *("the", "city", "said", "word,", "it's", '"word"', "'x'", "*word*", "**two words**"),
        "[a link](https://x.org/a/1)",
        *("s", "80s", "--", "R&D", "(*em*)", '("x")', "“so,”", '["q"](/x)', "*em*,", "[sic]", "a > b", "a...", "2024"),
    ]
)
LINES = st.one_of(
    st.lists(CALM_WORDS, min_size=1, max_size=12).map(" ".join),
    st.lists(st.tuples(WORDS, st.sampled_from(["", " "])), max_size=8).map(lambda words: "".join(map("".join, words))),
    st.text("ab's\"-.*_`[]()<>&#|\\!:;~= \n\t\x02\x03é0", max_size=20),
)
PREFIXES = st.sampled_from(
    [
        *("", "", "# ", "## ", "#", "- ", "* ", "+ ", "1. ", "10. ", "> ", ">", "> > ", "    ", "   ", " ", "\t"),
        *("```", "~~~"),
        *("[^1]: ", "[^n]: ", "[k]: ", "[k]: /u ", "*[k]: ", "| ", "---", "===", "***", "- - -", "<div>", "</div>"),
        "<pre>",
        *("Term\n: ", "```py\n", "<!-- ", "<p>", "- # ", "> - ", "    - ", "-", "=", "\\# ", "::: ", "!!! note\n    "),
    ]
)
BLOCKS = st.one_of(
    LINES,
    st.lists(LINES, min_size=2, max_size=4).map("\n".join),
    st.lists(st.tuples(PREFIXES, LINES).map("".join), min_size=1, max_size=4).map("\n".join),
    st.tuples(LINES, st.sampled_from(["===", "---", "= ", "--|--", "-|-\n1 | 2", "***"])).map("\n".join),
    st.tuples(st.sampled_from(["```", "~~~", "``` py"]), LINES, st.sampled_from(["```", "~~~", ""])).map("\n".join),
    st.tuples(st.sampled_from(["<div>", "<b>", "<pre>"]), LINES, st.sampled_from(["</div>", "</b>"])).map("\n".join),
)
BREAKS = st.sampled_from(
    ["\n\n"] * 6 + ["\n", "\n\n\n", "\n\n\n\n", "\n  \n", "\n\t\n", "  \n\n", "\n\n    ", "\r\n\r\n"]
)
TEXTS = st.lists(st.tuples(BLOCKS, BREAKS).map("".join), min_size=1, max_size=12).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_the_same_bytes_on_texts_that_nobody_wrote(text: str) -> None:
    expect_the_same(text)


def test_the_same_bytes_on_the_benchmark() -> None:
    for draft in articles(200):
        expect_the_same(draft.text.split("\n---\n", 1)[1])


def test_the_same_bytes_on_the_demo() -> None:
    bodies = [path.read_text(encoding="utf-8").split("\n---\n", 1)[-1] for path in sorted(ROOT.glob("content/**/*.md"))]
    assert len(bodies) > 20
    for body in bodies:
        expect_the_same(body)


def test_marks_are_decided_as_the_library_does_it_in_any_surroundings() -> None:
    quotes: Any = LIBRARY.treeprocessors["smarty"]

    def by_the_library(text: str) -> str:
        root = Element("div")
        SubElement(root, "p").text = text
        LIBRARY.htmlStash = HtmlStash()
        quotes.run(root)
        stash = LIBRARY.htmlStash.rawHtmlBlocks
        return HTML_PLACEHOLDER_RE.sub(lambda match: str(stash[int(match[1])]), root[0].text or "")

    own = library()
    typography = Typography(own, own.treeprocessors["smarty"])  # type: ignore[arg-type]
    pieces: tuple[tuple[Sequence[str], int], ...] = (
        ("'\"-. sa8", 4),
        ("'\"a ", 6),
        ("'\"—é0;\n(", 4),
        ("'s\"", 7),
        ("'-.", 7),
        (("&nbsp;", "&#8212;", "&ndash;", "&x;", ";", "'", '"', "a"), 3),
    )
    for letters, length in pieces:
        for text in map("".join, itertools.product(letters, repeat=length)):
            assert typography.apply(text) == by_the_library(text), text


def test_a_text_leaves_nothing_behind_for_the_next() -> None:
    texts = [text for topic in CASES.values() for text in topic[-6:]]
    expected = [LIBRARY.reset().convert(text) for text in texts]
    for first, second in itertools.product(range(0, len(texts), 5), range(len(texts))):
        assert PARSER.reset().convert(texts[first]) == expected[first]
        assert PARSER.reset().convert(texts[second]) == expected[second]


def test_plain_texts_need_neither_the_library_nor_the_sanitiser() -> None:
    for text in (
        "One.\n\n## Two\n\nThree *and* **four**.",
        '"Links" to [ours](/2024/01/02/x/) and [theirs](https://example.org/a?b=c&d=e#f).',
        "A list:\n\n- one\n- two's\n\n> A quotation\n> of two lines.\n\nAnd on.",
        "Prices\u00a0rose -- by 3 > 2 % & more...",
        '"[The police] have [sic] a hard time."\n\nBy Ann Lee | 5 * 3 | @ann_ on [a page](https://example.org/).',
    ):
        assert at_once(text) is not None


@pytest.mark.parametrize(
    "url",
    [
        *("https://example.org:x/", "https://1.2.3.999/", "https://xn--a/", "https://exa_mple.org/", "https:///x"),
        *("//example.org/", "/a?b=c", "/a/../b", "/%7e", "https://example.org/%zz", "https://Example.org/", "/"),
        *(
            "https://example.org",
            "https://example.org/é",
            "https://EXAMPLE.org/a|b",
            "https://a.b.c./",
            "https://a-.org/",
        ),
    ],
)
def test_links_are_judged_as_the_sanitiser_does_it(url: str) -> None:
    expect_the_same(f"A [link]({url}) to somewhere.")


def test_nothing_of_markdown_is_imported_before_a_text_is_converted() -> None:
    program = "import sys; import generator.pipeline.clean.html; sys.exit('markdown' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
