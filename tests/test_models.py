"""Elements stand where HTML lets them stand, and no word is lost on the way."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pipeline.clean.models import in_place


@pytest.mark.parametrize(
    ("safe", "expected"),
    [
        ("<p>a <em>b</em></p>", "<p>a <em>b</em></p>"),
        ("<em>a<ul><li>b</li></ul></em>", "a<ul><li>b</li></ul>"),
        ('<a href="/x"><h2>Titre</h2></a>', '<a href="/x"><h2>Titre</h2></a>'),
        ("<h2>Uno <div>dos</div></h2>", "<h2>Uno dos</h2>"),
        ("<li>lose</li><dd>frei</dd>", "<div>lose</div><div>frei</div>"),
        ("<ul>text<li>b</li>\n<p>c</p></ul>", "<ul><li>text</li><li>b</li>\n<li><p>c</p></li></ul>"),
        ("<dl><dt>用語</dt><dd>意味</dd></dl>", "<dl><dt>用語</dt><dd>意味</dd></dl>"),
        ("<dl><dt>alone</dt></dl>", "<div><div>alone</div></div>"),
        ("<details><p>no summary</p></details>", "<div><p>no summary</p></div>"),
        (
            '<details open=""><summary>s <p>t</p></summary>u</details>',
            '<details open=""><summary>s t</summary>u</details>',
        ),
        (
            '<figure><figcaption>1</figcaption><img src="a"><figcaption>2</figcaption></figure>',
            '<figure><figcaption>1</figcaption><img src="a"><div>2</div></figure>',
        ),
        ('<h3><b></b></h3><h3><img src="a"></h3>', '<b></b><h3><img src="a"></h3>'),
        ('<bdo>a</bdo><bdo dir="rtl">b</bdo><time>c</time>', 'a<bdo dir="rtl">b</bdo>c'),
        (
            '<meter value="2" max="1">2</meter><progress value="1" max="3">1/3</progress>',
            '2<progress value="1" max="3">1/3</progress>',
        ),
        ("<pre><p>a</p>\n  b</pre>", "<pre>a\n  b</pre>"),
    ],
)
def test_each_has_its_place(safe: str, expected: str) -> None:
    assert in_place(safe) == expected
    assert in_place(expected) == expected


TAGS = st.sampled_from(
    ["p", "em", "a", "ul", "li", "dl", "dt", "dd", "h2", "details", "summary", "figure", "figcaption", "div", "pre"]
)
TREES = st.recursive(
    st.sampled_from(["one", "deux", "三", " ", "<br>", "<hr>"]),
    lambda inner: st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=4)),
    max_leaves=12,
)


@given(TREES)
def test_no_word_is_lost_and_what_is_in_place_stays(tree: str) -> None:
    settled = in_place(tree)
    assert re.sub(r"<[^<>]*>|\s", "", settled) == re.sub(r"<[^<>]*>|\s", "", tree)
    assert in_place(settled) == settled
