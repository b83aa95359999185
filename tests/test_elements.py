"""What becomes of HTML in articles: nothing vanishes without a word, and nothing gets out that pages don't hold."""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Document, Metadata
from generator.pipeline.clean import embeds, finish, html, media, tidy
from generator.pipeline.clean.elements import tame
from generator.pipeline.clean.outcome import level_headings
from generator.pipeline.clean.tags import with_lines_of_words
from tests.conftest import CONFIGURATION, SiteFolder
from tests.growth import assert_linear

NOCOOKIE = ("youtube-nocookie.com",)


def show(text: str, frames: tuple[str, ...] = ()) -> str:
    return html.show(text, "news", "/", frames).html.strip()


def losses(text: str) -> list[tuple[str, str]]:
    return [(loss.rule, loss.told) for loss in html.show(text, "news", "/").losses]


def words_of(page: str) -> str:
    """The text of a page as a parser of another make reads it."""
    parser = _Page()
    parser.feed(page)
    parser.close()
    return "".join(parser.words)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


# What is no tag


@pytest.mark.parametrize(
    "text",
    [
        "The witness, <name withheld>, told the court that he saw it.",
        "Er war eine Weile <unverständlich> und dann <Name der Redaktion bekannt>.",
        "Il a dit <inaudible> puis List<String> et Map<String, List<Object>>.",
        "Он сказал <неразборчиво> и ушёл.",
        "彼は<聞き取れず>と言った。",
        "She lives at <address withheld> and wrote at <time unknown>.",
        "Vec<T>, Array<data>, Foo<a>, List<B> and Promise<Video>",
        "I <3 this </3 and a<b and c>d",
        "<my-name> alone, <source> and <input>",
        "<redacted>",
        "<!important> and <![CDATA[ x ]]>",
        "a comment <! that <? goes on",
    ],
)
def test_what_is_no_element_is_text(text: str) -> None:
    assert words_of(show(text)).strip() == text
    assert losses(text) == []


@pytest.mark.parametrize("before", ["", "- ", "> ", "1. "])
def test_below_words_in_angle_brackets_is_markdown(before: str) -> None:
    shown = show(f"{before}<inaudible>\nThen he *said* so.")
    assert "&lt;inaudible&gt;" in shown
    assert "<em>said</em>" in shown
    code = "```\n<inaudible>\n```\n\n- ~~~\n  <redacted>\n  ~~~\n\n    <redacted>"
    assert with_lines_of_words(code) == code


def test_a_link_further_down_closes_no_type() -> None:
    assert words_of(show("A Foo<A> and <time> here, [a link](/x), <time>now</time>, <a>words</a>.")) == (
        "A Foo<A> and <time> here, a link, now, words."
    )


def test_a_comment_without_its_end_hides_nothing() -> None:
    assert "goes on" in words_of(show("a comment that <!-- goes on"))
    assert words_of(show("one <!-- a comment --> two")) == "one  two"
    assert tame("a<!-- b -->c<!--MORE-->d").html == "ac<!--MORE-->d"
    assert show("a<!-- more -->d") == "<p>ad</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <b>bold</b> word", "<p>a <b>bold</b> word</p>"),
        ("<B>bold</B> and <I>more</I>", "<p><b>bold</b> and <i>more</i></p>"),
        ("H<sub>2</sub>O, <kbd>Ctrl</kbd>", "<p>H<sub>2</sub>O, <kbd>Ctrl</kbd></p>"),
        ("a<br/>b<br>c", "<p>a<br>b<br>c</p>"),
        ("<abbr title='x'>NATO</abbr>", '<p><abbr title="x">NATO</abbr></p>'),
        ('a <progress value="3" max="9"></progress>', '<p>a <progress value="3" max="9"></progress></p>'),
        ("<strike>old</strike> <tt>x</tt>", "<p><s>old</s> <code>x</code></p>"),
        ("<details open><summary>Mehr</summary>Text</details>", None),
        ("<section>One</section><section>Two</section>", "<div>One</div><div>Two</div>"),
    ],
)
def test_what_is_an_element_stays_one(text: str, expected: str | None) -> None:
    assert show(text).replace("\n", "") == (expected or text.replace(" open>", ' open="">'))


def test_ruby_and_its_like_stay() -> None:
    text = "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> <bdi>x</bdi> <var>n</var> <dfn>y</dfn> a<wbr>b"
    shown = html.show(text, "", "/")
    assert shown.html == f"<p>{text}</p>"
    assert shown.words == "漢 x n y ab"


def test_custom_elements_keep_their_words() -> None:
    assert show("<my-widget>Rain</my-widget> at noon") == "<p>Rain at noon</p>"
    assert tame("<p>Rain<o:p></o:p></p>").html == "<p>Rain</p>"
    assert losses("<my-widget>Rain</my-widget>") == [("html-element", "")]


# Frames and players


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://www.youtube.com/embed/abc?start=90", "https://www.youtube.com/watch?v=abc&t=90s"),
        ("//www.youtube-nocookie.com/embed/a-c_1", "https://www.youtube.com/watch?v=a-c_1"),
        ("https://www.youtube.com/embed/videoseries?list=PL1", "https://www.youtube.com/playlist?list=PL1"),
        ("https://player.vimeo.com/video/123?h=1", "https://vimeo.com/123"),
        ("https://open.spotify.com/embed/episode/4x", "https://open.spotify.com/episode/4x"),
        ("https://tube.example/videos/embed/12-ab", "https://tube.example/videos/watch/12-ab"),
        ("https://social.example/@ada/12/embed", "https://social.example/@ada/12"),
        ("https://platform.twitter.com/embed/Tweet.html?id=12", "https://twitter.com/i/status/12"),
        (
            "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/port/talk",
            "https://soundcloud.com/port/talk",
        ),
        ("https://charts.example/rain", "https://charts.example/rain"),
        ("https://[bad", "https://[bad"),
    ],
)
def test_players_lead_to_the_page_that_a_reader_can_open(address: str, page: str) -> None:
    assert embeds.page_of(address).url == page


@pytest.mark.parametrize(
    ("frame", "link"),
    [
        ('<iframe src="https://www.youtube.com/embed/abc" title="The launch"></iframe>', "The launch · youtube.com"),
        (
            "<IFRAME SRC='https://player.vimeo.com/video/1' TITLE='Der Stapellauf'></IFRAME>",
            "Der Stapellauf · vimeo.com",
        ),
        ('<iframe data-src="https://karten.example/x"></iframe>', "karten.example"),
        (
            '<iframe title="YouTube video player" src="https://www.youtube.com/embed/abc"></iframe>',
            "Video · youtube.com",
        ),
        ('<embed src="https://v.example/clip.swf">', "v.example"),
        ('<object data="report.pdf" title="Le rapport"></object>', "Le rapport"),
        ('<video src="https://cdn.example/a.mp4" title="<b>"></video>', "&lt;b&gt; · cdn.example"),
        ('<audio><source src="https://cdn.example/a.mp3"></audio>', "Audio · cdn.example"),
    ],
)
def test_a_frame_leaves_a_quiet_link(frame: str, link: str) -> None:
    shown = show(f"One.\n\n{frame}\n\nTwo.")
    assert re.search(rf'<p class="embed"><a href="[^"]+" rel="noopener">{link}</a></p>', shown)
    assert losses(frame)[0][0] == "embed"
    assert html.show(f"One.\n\n{frame}\n\nTwo.", "", "/").words == "One.\nTwo."


def test_a_frame_in_a_sentence_is_a_link_in_it() -> None:
    text = 'See <iframe src="https://maps.example/x" title="the map"></iframe> of the bay.'
    assert show(text) == (
        '<p>See <span class="embed"><a href="https://maps.example/x" rel="noopener">the map · maps.example</a></span>'
        " of the bay.</p>"
    )


def test_a_frame_without_its_end_takes_nothing_along() -> None:
    text = 'One <iframe src="https://a.example/" /> two.\n\nThree <iframe src="https://b.example/"></iframe> four.'
    assert words_of(show(text)).split() == ["One", "a.example", "two.", "Three", "b.example", "four."]


def test_frames_of_hosts_that_are_allowed_stay() -> None:
    frame = (
        '<iframe src="https://www.youtube-nocookie.com/embed/a" title="Hafen" width="560" height="50%" onload="x()">'
    )
    shown = show(f"{frame}</iframe>", NOCOOKIE)
    assert shown == (
        '<figure class="embed"><iframe src="https://www.youtube-nocookie.com/embed/a" title="Hafen · youtube.com" '
        'width="560" sandbox="allow-scripts allow-same-origin allow-popups allow-presentation allow-forms" '
        'loading="lazy" referrerpolicy="strict-origin-when-cross-origin" allowfullscreen=""></iframe><figcaption>'
        '<a href="https://www.youtube.com/watch?v=a" rel="noopener">Hafen · youtube.com</a></figcaption></figure>'
    )
    other = show('<iframe src="https://www.youtube.com/embed/a"></iframe>', NOCOOKIE)
    assert 'src="https://www.youtube-nocookie.com/embed/a"' in other
    assert show(f"Text {frame}</iframe> more", NOCOOKIE).startswith("<p>Text </p><figure")


@pytest.mark.parametrize(
    "address",
    [
        "http://www.youtube-nocookie.com/embed/a",
        "https://youtube-nocookie.com.evil.example/embed/a",
        "https://evil.example/youtube-nocookie.com",
        "https://evilyoutube-nocookie.com/",
        "https://youtube-nocookie.com@evil.example/",
        "https:\\\\evil.example\\youtube-nocookie.com",
        "javascript:alert(1)",
        "data:text/html,x",
        "/own.html",
    ],
)
def test_no_other_frame_gets_through(address: str) -> None:
    assert "<iframe" not in show(f'<iframe src="{address}"></iframe>', NOCOOKIE)


def test_posts_of_networks_keep_their_words_and_lose_their_script() -> None:
    text = (
        '<blockquote class="twitter-tweet"><p>The pier is <b>open</b>.</p></blockquote>\n'
        '<script async src="https://platform.example/widgets.js" charset="utf-8"></script>'
    )
    assert show(text) == "<blockquote><p>The pier is <b>open</b>.</p></blockquote>"
    assert losses(text) == [("html-element", "")]


def test_a_video_of_the_site_stays() -> None:
    text = (
        '<video poster="p.jpg" width=300 height=auto autoplay loop><source src="a.webm" type="video/webm">'
        '<source src="https://cdn.example/a.mp4"><track src="/de.vtt" srclang=de kind=captions default>Sorry</video>'
    )
    assert show(text).removeprefix("<p>").removesuffix("</p>") == (
        '<video controls="" preload="metadata" poster="/news/p.jpg" width="300" loop=""><source src="/news/a.webm" '
        'type="video/webm"><track src="/de.vtt" kind="captions" srclang="de" default="">'
        '<a href="/news/a.webm" rel="noopener">a.webm</a></video>'
    )
    assert losses(text) == []
    assert "<audio controls" in show('<audio src="talk.mp3"></audio>')
    assert losses("<video title='x'></video>") == [("html-element", "`<video>`")]


@pytest.mark.parametrize(
    "tag",
    [
        '<iframe src="https://count.example/" width="0" height="0"></iframe>',
        '<iframe src="https://count.example/" style="display: none;visibility:hidden"></iframe>',
        '<img src="https://count.example/x.gif" width="1" height="1" alt="">',
    ],
)
def test_what_nobody_sees_goes_unsaid(tag: str) -> None:
    assert words_of(show(f"One {tag} two")) == "One  two"
    assert losses(f"One {tag} two") == [("html-element", "")]


# Pictures and links


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ('<img src="data:image/gif;base64,R0lGOD" data-src="/a.png">', "/a.png"),
        ('<img data-lazy-src="a.jpg">', "/news/a.jpg"),
        ('<img src="/img/blank.gif" data-original="https://x.example/a.jpg">', "https://x.example/a.jpg"),
        ('<img srcset="a-300.jpg 300w, a-900.jpg 900w, a-4000.jpg 4000w">', "/news/a-900.jpg"),
        ('<picture><source srcset="a.webp"><img src="a.jpg"></picture>', "/news/a.jpg"),
        ('<img src="data:,x"><noscript><img src="/a.png"></noscript>', "/a.png"),
        ('<img data-src="/a.png"><noscript><img src="/a.png"></noscript>', "/a.png"),
    ],
)
def test_a_picture_that_waits_for_a_script_is_shown(tag: str, address: str) -> None:
    assert re.findall(r'<img[^>]* src="([^"]*)"', show(tag)) == [address]


def test_pictures_in_the_text_itself_stay_where_they_are_small_and_made_of_dots() -> None:
    small = f"data:image/png;base64,{'iVBORw0K' * 40}"
    assert f'src="{small}"' in show(f"![A chart]({small})")
    assert media.is_shown(small)
    for other in (
        f"data:image/png;base64,{'iVBORw0K' * 10_000}",
        small.replace("png", "svg+xml"),
        small.replace("image/png", "text/html"),
        f"{small}<script>",
    ):
        assert "data:" not in show(f'<img src="{other}" alt="A chart">').replace("data:image/png;base64,iVBO<", "")
    assert "data:" not in show(f'<a href="{small}">x</a><video poster="{small}" src="a.mp4"></video>')
    assert losses(f'<img alt="" src="data:image/png;base64,{"iVBORw0K" * 10_000}">') == [
        ("unsafe-url", "a picture that stands in the text itself (`data:`)")
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A [link]() to nothing", "a link without an address"),
        ("A [link](ftp://files.example/x) to files", "a link to `ftp:`"),
        ("A [link](javascript:alert(1)) that runs", ""),
        ("A [link](whatsapp://send?text=x) to an app", ""),
        ("A <a href=' '>link</a> to nothing", "a link without an address"),
        ("A <a href='java\nscript:x'>link</a> that runs", ""),
        ("A <a href='https://'>link</a> to nothing", "a link to `https:`"),
        ("A [link][x] elsewhere\n\n[x]: irc://chat.example/port", "a link to `irc:`"),
    ],
)
def test_a_link_without_a_target_keeps_its_words(text: str, told: str) -> None:
    assert losses(text) == [("unsafe-url", told)]
    shown = show(text)
    assert "<a" not in shown
    assert "link" in shown


def test_a_picture_without_an_address_leaves_what_it_says() -> None:
    assert show("![Eine Karte]()") == "<p>Eine Karte</p>"
    assert losses("![Eine Karte]()") == [("html-element", "")]
    assert show('One <img alt="A map of the bay"> two <img> three <img src="">.') == (
        "<p>One A map of the bay two &lt;img&gt; three .</p>"
    )


def test_forms_scripts_and_drawings() -> None:
    assert show("<form><label>Name <input name=a></label><select><option>x</select></form>") == "<div>Name </div>"
    assert show("a <script>let x = '<b>';</script> b <style>p {}</style> c") == "<p>a  b  c</p>"
    assert show('<svg viewBox="0 0 1 1"><path d="M0"/><g><text>42 %</text></g></svg>') == "<p>42 %</p>"
    assert losses("<svg><g></g></svg> and <math><mi>x</mi></math>") == [
        ("html-element", "`<svg>`"),
        ("html-element", "`<math>`"),
    ]
    assert losses('<p onclick="go()">x</p>') == [("html-attribute", "")]
    assert losses('<p class="x" style="color:red"><span style="font: x">y</span></p>') == []


@pytest.mark.parametrize(
    ("before", "after"),
    [("2 4", "2 3"), ("3 3 2", "2 2 2"), ("1 4 2 6 3", "2 3 3 4 4"), ("2 3 4 2 3", "2 3 4 2 3"), ("6", "2")],
)
def test_headings_go_down_by_one_level_at_a_time(before: str, after: str) -> None:
    page = "".join(f'<h{level} id="a">x</h{level}>' for level in before.split())
    assert re.findall(r"<h(\d)", level_headings(page)) == after.split()
    assert re.findall(r"</h(\d)", level_headings(page)) == after.split()


@pytest.mark.parametrize("name", ["width", "height"])
@pytest.mark.parametrize("value", ["100%", "12px", "auto", "-1", "1.5", "123456", "٣", "1e3", '" onload="x'])
def test_a_width_and_a_height_are_numbers(name: str, value: str) -> None:
    for tag in ("img", "video"):
        page = show(f'<{tag} src="x.mp4" {name}="{escape(value)}"></{tag}>')
        assert f"<{tag} " in page
        assert name not in page
        assert f' {name}="640"' in show(f'<{tag} src="x.mp4" {name}="640"></{tag}>')


def test_no_empty_shells() -> None:
    assert "<h" not in show("## <a name='x'></a>\n\nText <b></b>")
    assert show('One\n\n<source srcset="x">\n\nTwo').split() == ["<p>One</p>", "<p>Two</p>"]
    assert show('<table><tr><td style="color:red">a</td></tr></table>').count("style") == 0
    assert show('<sup id="fn:1">a</sup> <sup id="fn:1">b</sup>').count('id="fn:1"') == 1


# Hostile texts

PIECES = (
    *("<b>", "</b>", "<i", "<p>", "</p>", "<div class='a'>", "</div>", "<name withheld>", "<script>", "</script>"),
    *("<style>", "</style>", "<iframe src=x>", "</iframe>", "<svg>", "</svg>", "<g>", "<select>", "</select>"),
    *("<title>", "</title>", "<textarea>", "</textarea>", "<video src=a.mp4>", "</video>", "<a href='x'>", "</a>"),
    *("<a name=q>", "<img alt='zz'>", "<img src=a>", "<h1>", "</h1>", "<h4>", "</h4>", "<!--", "-->", "<?", "?>"),
    *("<!x>", "</ >", "<", ">", '"', "'", "&", "&amp;", "&lt;", " ", "\n", "\n\n", "- ", "> ", "`", "*", "[a](b)"),
    *("[x]()", "![](data:x)", "<x-y>", "</x-y>", "<noscript>", "</noscript>", "<object data=a>", "</object>", "=", "/"),
    *("<table>", "<tr>", "<td>", "</table>", '<p title="a>b">', "<IFRAME SRC=//y.example>", "<p onclick='x'>"),
)
WORDS = ("word", "Wort", "слово", "言葉")
NOT_SEEN = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<(script|style|select|iframe|video)\b.*?</\1|\"[^\"]*\"|'[^']*'|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)


@given(st.lists(st.sampled_from((*PIECES, *WORDS, *WORDS)), max_size=25).map("".join))
def test_no_word_that_a_browser_would_show_is_lost(text: str) -> None:
    tamed = tame(text)
    safe = html._finish(html._cleaner("", "/", ()).clean(tamed.html))  # noqa: SLF001 - without the parser's own mind
    for word in WORDS:
        unseen = sum(found[0].count(word) for found in NOT_SEEN.finditer(text))
        assert words_of(safe).count(word) >= text.count(word) - unseen - sum(
            loss.text.count(word) for loss in tamed.losses
        )


@given(st.lists(st.sampled_from((*PIECES, *WORDS)), max_size=25).map("".join))
def test_nothing_gets_out_that_pages_do_not_hold(text: str) -> None:
    try:
        page = html.show(text, "", "/").html
    except html.NestedTooDeeplyError:
        return
    parser = _Page()
    parser.feed(page)
    for tag, given_ in parser.tags:
        assert tag not in {"script", "style", "iframe", "object", "embed", "form", "input", "svg", "title", "template"}
        assert not [name for name in given_ if name.startswith("on") or name in {"style", "srcset", "srcdoc"}]
        assert tag != "img" or (given_.get("src") and "alt" in given_)
        assert tag != "a" or given_.get("href")


@pytest.mark.parametrize(
    "unit",
    [
        *("<a ", '<a b="', "<a b='", '<div title="<">', "<iframe src=x>", "<video src=https://x/y>", "<script a=b>"),
        *("<!--", "<?", "<!", "</", "<svg>", "<svg a=b>", "<font>", "<img src=data:,x>", "<name>", "<a \"<a '"),
        *("x=\"'<b y='\"", "<textarea a=b>", "<select a=b>", "<b on=\"<b on='", "<object data=a>", "<p\n"),
    ],
)
def test_the_time_is_linear(unit: str) -> None:
    ends = "</iframe></video></svg></script></textarea></select>"
    assert_linear(with_lines_of_words, unit * (300_000 // len(unit)))
    assert_linear(lambda text: tame(text + ends), unit * (300_000 // len(unit)))


def test_nesting_that_takes_a_sanitiser_minutes_is_refused_wherever_it_hides() -> None:
    with pytest.raises(html.NestedTooDeeplyError):
        show('<div title="<">' * 100_000)
    assert show("<inaudible> " * 300).count("&lt;inaudible&gt;") == 300


# On record


def test_each_loss_has_its_line_and_each_kind_one_warning(site: SiteFolder) -> None:
    body = (
        "The council met on Monday.\n\n<font color=red>Red</font> <iframe src='https://a.example/x'></iframe>\n\n"
        "<svg><path/></svg>\n\n[Files](ftp://files.example/) and <iframe src='https://b.example/'></iframe>\n\n"
        "<script>track()</script>\n\nThe end."
    )
    site.article("a", body)
    told = site.build().stderr
    assert [line.partition(": warning: ")[0] for line in told.splitlines() if "warning" in line] == [
        "content/a.md:8",
        "content/a.md:10",
        "content/a.md:12",
    ]
    assert "a.example (1 more in this file) [embed]" in told
    assert '`allow = ["a.example"]` below [embeds]' in told
    assert "`<svg>` doesn't come out on the page [html-element]" in told
    assert "a link to `ftp:` doesn't come out on the page [unsafe-url]" in told
    found = site.run("tidy", "--format", "json").json["files"][0]
    assert [(item["rule"], item["line"]) for item in found["lost"]] == [
        ("html-element", 8),
        ("embed", 8),
        ("html-element", 10),
        ("unsafe-url", 12),
        ("embed", 12),
        ("html-element", 14),
    ]
    assert found["removed"] == []
    assert found["lost"][3]["text"].startswith("[Files](ftp:")
    listed = site.run("tidy").stdout
    assert "content/a.md: 6 things that the page doesn't hold; the file keeps them" in listed
    assert "0 lines would go in 0 of them" in listed
    site.build("--report", "lost.html")
    report = (site.root / "lost.html").read_text()
    assert '<tr data-rule="embed"><td class="line">12</td>' in report
    assert "&lt;script&gt;track()&lt;/script&gt;" in report
    before = (site.root / "content/a.md").read_bytes()
    site.run("tidy", "--write")
    assert (site.root / "content/a.md").read_bytes() == before


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/a"></iframe>',
            '`allow = ["youtube-nocookie.com"]` below [embeds]',
        ),
        ('<iframe src="https://maps.example/x" title="Karte"></iframe>', '`allow = ["maps.example"]` below [embeds]'),
        ('<iframe src="https://maps.example/x"></iframe>', '`allow = ["maps.example"]` below [embeds]'),
        ('<video src="https://cdn.example/a.mp4"></video>', "put the file into content/"),
        ('<object data="a.pdf"></object>', "`[embeds] allow` in broadsheet.toml"),
    ],
)
def test_a_warning_names_what_to_do(tag: str, hint: str) -> None:
    document = Document("content/a.md", Metadata(title="x"), f"One.\n\n{tag}", 3)
    (problem,) = finish(document, tidy(document, ()), "/").problems
    assert (problem.line, problem.code) == (5, "embed")
    assert problem.hint.startswith(hint)


def test_a_pasted_page_with_its_styles_is_no_reason_to_warn(site: SiteFolder) -> None:
    spans = "".join(f'<span style="font-size:{n}px" class="c{n}">Satz {n}.</span> ' for n in range(30))
    site.article("a", f'{spans}\n\n<script>x()</script>\n\n<a href="javascript:void(0)">Teilen</a> <img src="data:,">')
    assert site.build().stderr == ""


def test_any_number_of_losses_is_told_in_time() -> None:
    body = "".join(f"<font size={n}>x</font>\n" for n in range(5_000))
    document = Document("content/a.md", Metadata(title="x"), body, 1)
    lost = finish(document, tidy(document, ()), "/").lost
    assert len(lost) == 501
    assert lost[-1].line == 500
    assert "and 4,500 more" in {item.text for item in lost}


def test_the_configuration_lets_frames_through(make_site: Callable[..., SiteFolder]) -> None:
    site = make_site(f'{CONFIGURATION}[embeds]\nallow = ["youtube-nocookie.com"]\n')
    site.article("a", 'One.\n\n<iframe src="https://www.youtube.com/embed/abc" title="Stapellauf"></iframe>')
    assert site.build().stderr == ""
    page = site.page("/2024/01/03/a/")
    assert '<iframe src="https://www.youtube-nocookie.com/embed/abc"' in page
    site.write("broadsheet.toml", CONFIGURATION)
    assert "[embed]" in site.build().stderr
    assert "<iframe" not in site.page("/2024/01/03/a/")


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ('["https://x.example/"]', "is no name of a host"),
        ('["*"]', "is no name of a host"),
        ('"x.example"', "expected a list"),
        ('["example.org"]', "of the site's own host"),
    ],
)
def test_hosts_of_frames_are_checked(make_site: Callable[..., SiteFolder], value: str, fault: str) -> None:
    site = make_site(f"{CONFIGURATION}[embeds]\nallow = {value}\n")
    assert fault in site.build(status=2).stderr


def test_media_of_the_site_have_full_addresses_in_feeds(site: SiteFolder) -> None:
    site.write("content/clip.mp4", b"x")
    site.write("content/p.jpg", b"x")
    site.article("a", 'One sentence.\n\n<video src="clip.mp4" poster="p.jpg"></video>')
    site.build()
    feed = site.page("/feed.json")
    for name in ("clip.mp4", "p.jpg"):
        assert f'=\\"https://news.example.org/{name}\\"' in feed
    assert site.run("check").status == 0


def test_an_article_that_is_a_video_is_not_without_text(site: SiteFolder) -> None:
    site.write("content/clip.mp4", b"x")
    site.article("a", '<video src="clip.mp4"></video>')
    assert "no-text" not in site.build().stderr


def test_attributes_that_a_text_shows_are_text() -> None:
    for shown in ('<div class="">', '<p style="">', '<td style="text-align: left;">'):
        assert f"<code>{shown.replace('<', '&lt;').replace('>', '&gt;')}</code>" in html.to_html(f"`{shown}`", "", "/")


@pytest.mark.parametrize(
    "lost",
    [
        "[a](ftp://x.example/ü)",
        "[b]()",
        '<iframe src="https://x.example/"></iframe>',
        "{% include a %}",
        "[c](ftp://x.example/)",
    ],
)
def test_the_line_is_that_of_what_stands_outside_of_code(site: SiteFolder, lost: str) -> None:
    site.article("a", f"Zuerst `{lost}` im Text.\n\n```\n{lost}\n```\n\nDann {lost} selbst.")
    assert "content/a.md:12: warning: " in site.build().stderr


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Use <ul> in a sentence.\n\n## Head\n\nLast.", "Use &lt;ul&gt; in a sentence."),
        ("Ein <table> und <OL> im Satz.\n\nEnde.", "Ein &lt;table&gt; und &lt;OL&gt; im Satz."),
        ("用 <blockquote> 引用。", "用 &lt;blockquote&gt; 引用。"),
    ],
)
def test_an_element_that_a_sentence_names_is_text(text: str, shown: str) -> None:
    made = html.to_html(text, "", "/")
    assert f"<p>{shown}</p>" in made
    assert "<ul>" not in made
    assert "<table>" not in made


def test_an_element_that_is_closed_stays_one() -> None:
    made = html.to_html("One <ul><li>two</li></ul>\n\n`<ul>` and <ul>", "", "/")
    assert "<ul><li>two</li></ul>" in made
