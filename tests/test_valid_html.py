"""Whatever an article holds, the pages made of it are valid HTML: judged by the Nu HTML checker."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable

import pytest

from generator.pipeline.clean import html
from tests.conftest import CONFIGURATION, SiteFolder
from tests.test_demo import VNU

# Each construct of Markdown and of HTML, well and badly written.
TEXT = r"""
#Breaking is text, and so is <name withheld> of a List<String> and 1 < 2 & 3 > 2.

# The first heading

### A level is missing {#own}

##### And two more

## The first heading

## <b></b>

###

- Norte
  - Bilbao

    A paragraph, and code:

    ```python title="x.py" {1,3}
    print("<b>")  # été
    ```
  - [x] done
  - [ ] to do
- Sur

1) one
2) two

12. twelve

> [!WARNING] Eis
> > deep
> > - deeper

| a | b |
|:--|--:|
| `x\|y` | ~~2~~ | 3 |
| [x]() | <br> |

Term
: meaning
: - list

The EU[^1][^1] and [^none], www.example.org/a_(b), <https://example.org/ü?a=b&c=d>, <jo@example.org>.

*[EU]: European "Union"
[^1]: A note.

    ## A heading in a note

    | c |
    |---|
    | d |

<details><summary>More <p>x</p></summary>

- *list*

</details>

<div style="" class=""><p>one<p>two<div>three</div></p></div>

<a name="here">anchor</a> <a id="here">twice</a> <a>bare</a> <a href="">empty</a> <a href="javascript:alert(1)">x</a>
<p id="own">an id that is taken</p> <p id="fn:1">posing</p> <span id="a b">bad id</span>

<img data-src="lazy.jpg"> <img> <img src=""> <img alt="words"> <img src="x.jpg" width="100%" height="abc" alt="a" border=0>
<img srcset="s.jpg 1x, l.jpg 2x" alt="set"> <img src="data:image/svg+xml,<svg/>" alt=""> ![p](data:image/png;base64,AAAA)

<iframe width="560" height="315" src="https://www.youtube.com/embed/abc123def45" title="The launch" frameborder="0" allowfullscreen></iframe>

Inline <iframe src="//player.vimeo.com/video/1"></iframe> frame, <iframe></iframe> and <embed src=x> <object data="y"><p>fallback</p></object>.

<video src="clip.mp4" autoplay width=640 poster="p.jpg"><track src="c.vtt" kind="captions" srclang="en">old</video>
<audio controls><source src="https://other.example/a.mp3"></audio> <picture><source srcset="a.webp"><img src="b.jpg"></picture>

<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> <bdo dir="rtl">x</bdo> <bdo>y</bdo> <time datetime="nonsense">then</time> <time>now</time>
<abbr>EU</abbr> <q cite="x">q</q> <ins datetime="x">i</ins> <meter value="2" min="0" max="1"></meter> <progress value=3 max=2></progress>
<data>d</data> <data value="1">d</data> <ol start="x" reversed type="z"><li value="y">li</ol> <li>stray</li> <dd>stray</dd> <tr><td>stray</td></tr>

<table border=1 width="100%"><caption>C</caption><tr><td colspan=0 rowspan=99999 headers=x align=center>a</td><th scope=nonsense>b</table>

<table><tr><td>a<td>b<tr><td colspan="2">c</table>

<ul>text in a list<p>and a paragraph</p></ul><dl><p>x</p></dl><dl><dt>alone</dl><dl><dd>alone</dl>

<h1>One <h2>inside</h2></h1> <p><h3>in p</h3></p> <h4><a href="/x"><h5>deep</h5></a></h4>

<a href="/a"><a href="/b">nested</a></a> <a href="/c"><p>block</p><button>b</button></a> <button>b</button><label for=x>l</label><input name=i><select><option>o</select><textarea>t</textarea>
<svg width=10><circle r=1/></svg> <math><mi>x</mi></math> <my-widget>w</my-widget> <font color=red>f</font> <center>c</center> <marquee>m</marquee>
<figure><figcaption>one</figcaption><img src="f.jpg"><figcaption>two</figcaption></figure> <figcaption>stray</figcaption> <summary>stray</summary>
<p lang="no such language" dir="sideways">l</p> <blockquote cite="not a url">q</blockquote> <pre><p>p</p></pre> <span><div>d</div></span> <em><ul><li>e</ul></em>

{{< youtube abc123def45 >}}

{% include x.html %} {: .wide } {{ site.url }}

{% highlight ruby %}
puts "<b>"
{% endhighlight %}

{{< figure src="pier.jpg" caption="The \"pier\"" alt="A" >}}

```
an open fence <b>
"""


@pytest.mark.parametrize("settings", ["", '[embeds]\nallow = ["youtube-nocookie.com", "player.vimeo.com"]\n'])
def test_a_page_of_every_construct_is_valid(make_site: Callable[..., SiteFolder], settings: str) -> None:
    if not VNU.exists() or shutil.which("java") is None:
        assert not os.environ.get("CI"), "the Nu HTML checker is missing: it needs Java and npm"
        pytest.skip("the Nu HTML checker is not installed (needs Java and npm)")
    site = make_site(CONFIGURATION + settings)
    site.article(
        "x", TEXT, clean="false", title='"\'Twas <b>\\"so\\"</b> & -- `x`..."', image="pier.jpg", tags="[a, 'b\"c']"
    )
    site.article("y", TEXT.replace("\n", "\r\n"), language="de", topics="[One]", source="Agency", unlisted="true")
    site.write("content/pages/about.md", f"---\ntitle: About\n---\n{TEXT}")
    for name in ("x.jpg", "lazy.jpg", "pier.jpg"):
        site.write(f"content/{name}", b"\xff\xd8\xff")
    site.build(status=None)
    command = ["java", "-jar", str(VNU), "--skip-non-html", "--format", "json", str(site.output)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    messages = json.loads(done.stderr)["messages"]
    # Of another host, where frames are from, both are no way out: a player needs its own cookies to play.
    messages = [message for message in messages if "allow-same-origin" not in message["message"]]
    assert [(m["url"].rpartition("/output/")[2], m["type"], m["message"], m.get("extract")) for m in messages] == []


def test_attributes_that_are_added_stand_in_one_order() -> None:
    made = set()
    for _ in range(20):
        html._cleaner.cache_clear()  # noqa: SLF001 - each new one may have an order of its own
        made.add(html.to_html("- [x] done\n- [ ] to do\n\n![A boat](boat.png)\n", "/", ""))
    assert len(made) == 1
