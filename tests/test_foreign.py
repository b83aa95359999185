"""The syntax of other generators in articles: translated, dropped, or told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pipeline.clean import foreign, html
from generator.pipeline.clean.foreign import Left, left_in, place_of, translate
from tests.conftest import SiteFolder
from tests.growth import assert_linear


def lost(text: str) -> list[str]:
    return [loss.text for loss in translate(text).losses]


def left(text: str, *, is_written: bool = True) -> Left:
    translated = translate(text)
    return left_in(html.show(translated.markdown, "", "/").html, translated, is_written=is_written)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% highlight python %}\na = 1\n\nb = 2\n{% endhighlight %}", "```python\na = 1\n\nb = 2\n```"),
        ("{%- highlight c++ linenos -%}\nint a;\n{%- endhighlight -%}", "```c++\nint a;\n```"),
        ('{{< highlight go "linenos=table" >}}\nx := `a`\n{{< /highlight >}}', "```go\nx := `a`\n```"),
        ("{% codeblock lang:ruby %}\nputs 1\n{% endcodeblock %}", "```ruby\nputs 1\n```"),
        ("{% highlight md %}\n```\nx\n```\n{% endhighlight %}", "````md\n```\nx\n```\n````"),
        ("{% highlight py %}\nno end", "{% highlight py %}\nno end"),
    ],
)
def test_code_is_a_fence(text: str, expected: str) -> None:
    assert translate(text).markdown == expected
    assert lost(text) == []


@pytest.mark.parametrize(
    ("text", "expected", "gone"),
    [
        ("Ein Absatz.\n{: .hinweis}\n\nNoch einer.", "Ein Absatz.\n\nNoch einer.", ["{: .hinweis}"]),
        ("## Überschrift {: #ziel .x}\n\nText", "## Überschrift\n\nText", ["{: #ziel .x}"]),
        ('[lien](u){: target="_blank"} et *mot*{:.x}', "[lien](u) et *mot*", ['{: target="_blank"}', "{:.x}"]),
        ("- {:.done} 一つ\n- 二つ", "- 一つ\n- 二つ", ["{:.done}"]),
        ("* TOC\n{:toc}\n\n## A", "\n## A", ["* TOC", "{:toc}"]),
        ("- one\n- two\n{:toc}", "- one\n- two", ["{:toc}"]),
        ('{::options toc_levels="1" /}\nText', "Text", ['{::options toc_levels="1" /}']),
        ("One {# a note #} two", "One  two", ["{# a note #}"]),
        ("{% comment %}\nnot for readers\n{% endcomment %}\nText", "Text", None),
        ("a {% comment %}x{% endcomment %}b", "a b", ["{% comment %}x{% endcomment %}"]),
        ("{% raw %}\n{{ name }}\n{% endraw %}", "{{ name }}", ["{% raw %}", "{% endraw %}"]),
    ],
)
def test_marks_for_other_generators_go(text: str, expected: str, gone: list[str] | None) -> None:
    assert translate(text).markdown == expected
    assert gone is None or lost(text) == gone
    assert lost(text)
    assert left(text) == Left((), ())


@pytest.mark.parametrize(
    "text",
    [
        "```\n{% raw %}{{ x }}\n{: .x}\n```",
        "~~~ liquid\n{% highlight x %}\n{% endhighlight %}\n~~~",
        "    {: .x}\n    {{< youtube a >}}",
        "In `{: .x}` and ``a ` {{ b }}`` and `[a][b]` it is code.",
        "- item\n\n  ```\n  {{< youtube a >}}\n  ```",
        "Elixir says {:ok, value}, and C says {0}; f{x}(y){z}",
        '{{< ref "a.md" >}} {{% relref b %}} {% link a.md %} {% post_url 2024-01-01-a %}',
        "Notes [1][2], [a][12], [^x][^y], a[i][j], [x] alone",
    ],
)
def test_code_and_what_only_looks_alike_is_left_alone(text: str) -> None:
    assert translate(text).markdown == text
    assert left(text, is_written=False) == Left((), ())


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("{{< youtube dQw4w9WgXcQ >}}", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ('{{< youtube id="dQw4w9WgXcQ" autoplay="true" >}}', "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ('{% youtube "https://youtu.be/dQw4w9WgXcQ" %}', "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ('{{ youtube(id="dQw4w9WgXcQ") }}', "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("{{< vimeo 146022717 >}}", "https://vimeo.com/146022717"),
        ('{{< tweet user="port" id="12" >}}', "https://twitter.com/port/status/12"),
        ("{{< instagram CxOWiQNP2MO >}}", "https://www.instagram.com/p/CxOWiQNP2MO/"),
        ("{{< gist port 4711 >}}", "https://gist.github.com/port/4711"),
    ],
)
def test_players_are_quiet_links(text: str, page: str) -> None:
    shown = html.show(translate(f"One.\n{text}\nTwo.").markdown, "", "/")
    assert f'<p>One.</p>\n<p class="embed"><a href="{page}" rel="noopener">' in shown.html
    assert shown.losses[0].rule == "embed"
    assert shown.losses[0].text == text


@pytest.mark.parametrize("text", ["{{< youtube >}}", '{{< youtube "<b>" >}}', "{{< vimeo javascript:x >}}"])
def test_a_shortcode_that_says_too_little_is_told(text: str) -> None:
    assert len(left(text).templates) == 1


def test_figures_are_pictures_with_captions() -> None:
    text = '{{< figure src="boot.jpg" alt="Ein \\"Boot\\"" caption="Das Boot <1>" width="300" >}}'
    assert html.show(translate(text).markdown, "n", "/").html.strip() == (
        '<figure><img src="/n/boot.jpg" alt="Ein &quot;Boot&quot;" width="300" loading="lazy">'
        "<figcaption>Das Boot &lt;1&gt;</figcaption></figure>"
    )
    assert translate('a {{< figure src="x.png" alt="B" >}} c').markdown == 'a <img src="x.png" alt="B"> c'


@pytest.mark.parametrize(
    ("text", "templates"),
    [
        ('{% include figure.html src="a.png" %}', 1),
        ("{{ site.url }}/x und {{< notice >}}Hinweis{{< /notice >}}", 3),
        ("{{% alert %}}\nAttention\n{{% /alert %}}", 2),
        ('import Chart from "../chart"\n\n<Chart data="x" />\n\nText', 2),
        ("<Tabs>\n\nText\n\n</Tabs>", 1),
        ("export const meta = {title: 'x'}\n\n<b>Text</b>", 1),
        ("{% raw %}\n{{ a }}\n{% endraw %}\n\n{{ b }}", 1),
        ("![Hafen]({{ site.baseurl }}/a.png) [x](<{{ page.url }}>)", 2),
        ('<img src="{{ site.url }}/a.png" alt="">', 1),
        ("They import goods and export <b>fish</b>.", 0),
    ],
)
def test_what_nobody_can_tell_is_told(text: str, templates: int) -> None:
    assert len(left(text).templates) == templates


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("See [the plan][plan] and [it][].", ("[the plan][plan]", "[it][]")),
        ("Siehe [den „Plan“][1].", ("[den „Plan“][1]",)),
        ("[計画][p]を見る。\n\n[p]: https://example.org/", ()),
        ("See \\[the plan][plan]", ()),
    ],
)
def test_a_reference_without_its_definition_is_told(text: str, references: tuple[str, ...]) -> None:
    assert left(text).references == references


def test_what_comes_first_is_named() -> None:
    text = '![a]({{ site.url }}/a.png)\n\nimport x from "y"\n\n{{ b }} <Chart /> {{ c }}'
    assert [item[:6] for item in left(text).templates] == ["{{ sit", "import", "{{ b }", "<Chart", "{{ c }"]


def test_one_warning_a_file_names_the_first_line(site: SiteFolder) -> None:
    body = (
        "The council met on Monday in the old hall.\n\n{% include map.html at='bay' %}\n\nSee [the \"plan\"][plan] "
        "and [more][], {{ site.url }}.\n\n{{< youtube dQw4w9WgXcQ >}}\n\nThe end of it.\n{: .note}"
    )
    site.article("a", body)
    told = site.build().stderr
    assert "content/a.md:8: warning: `{% include map.html at='bay' %}` is of another generator" in told
    assert "(1 more in this file) [template-tag]" in told
    assert 'content/a.md:10: warning: `[the "plan"][plan]` refers to what is not defined' in told
    assert "(1 more in this file) [undefined-reference]" in told
    assert "content/a.md:12: warning: a link stands in place" in told
    assert told.count("warning") == 3
    lost_ = site.run("tidy", "--format", "json").json["files"][0]["lost"]
    assert [(item["rule"], item["line"], item["text"]) for item in lost_] == [
        ("embed", 12, "{{< youtube dQw4w9WgXcQ >}}"),
        ("template-mark", 15, "{: .note}"),
    ]
    assert "of another generator" not in site.build("--fresh", "--strict", status=1).stdout


def test_a_place_is_found_where_typography_changed_it() -> None:
    assert place_of("{% include “a” %}", 'Text\n{% include "a" %}') == (5, '{% include "a" %}')
    assert place_of("gone", "Text") == (0, "gone")


@given(st.text(alphabet="{}%:<>/`~#.[]() \n\"'raw=", max_size=80))
def test_any_text_is_translated(text: str) -> None:
    translated = translate(text)
    assert set(translated.markdown) <= set(text) | set(html_of_shortcodes())
    if "{" not in text:
        assert translated.markdown == text


def html_of_shortcodes() -> str:
    return "`<iframe figure img caption src alt title width data-written https://&;quot lt gt amp 0123456789=\n"


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "{% highlight x %}\n",
            "{% comment %}\n",
            "{: .x\n",
            "{:.a.b.c=d",
            "{{< youtube ",
            "`` ` {: .x}",
            "# {: .x} ",
        ),
        *("{% raw %}", "[a][", "{: a='", "{{", "{%", "<A ", "{# ", '{{< figure src="a\\" ', "- {:.x} "),
    ],
)
def test_the_time_is_linear(unit: str) -> None:
    def work(text: str) -> None:
        translated = foreign.translate(text)
        left_in(text, translated, is_written=True)

    assert_linear(work, unit * (200_000 // len(unit)))
    assert_linear(work, (unit * 50 + "\n") * (200_000 // len(unit) // 50))


def test_a_note_that_is_nowhere_is_told(site: SiteFolder) -> None:
    site.article("a", "Der Hafen[^eins] ist zu[^zwei].\n\n`[^code]` und \\[^so].\n\n[^eins]: Seit Montag.")
    told = site.build().stderr
    assert "content/a.md:6: warning: `[^zwei]` refers to what is not defined" in told
    assert told.count("undefined-reference") == 1
    assert "more in this file" not in told


def test_code_that_wraps_over_a_line_stays(site: SiteFolder) -> None:
    site.article(
        "a", "Schreib `a\n{: .b}\nc` oder `{% raw %}\n{: .note} x` davor.\n\nEin `einzelner Strich.\n{: .weg}\n\nEnde."
    )
    site.build()
    page = site.page("/2024/01/03/a/")
    assert "<code>a {: .b} c</code>" in page
    assert "<code>{% raw %} {: .note} x</code>" in page
    assert ".weg" not in page


def test_a_cell_without_a_column_is_told(site: SiteFolder) -> None:
    site.article("a", "Text.\n\n| a | b |\n|---|---|\n| 1 | 2 | drei |\n| 4 | 5 | |")
    told = site.build().stderr
    assert (
        "content/a.md:10: warning: a cell for which its table has no column doesn't come out on the page [html-element]"
        in told
    )
