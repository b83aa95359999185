"""Links from one content file to another: they lead to its page, wherever that is."""

import json
from collections.abc import Callable

import pytest

from tests.conftest import CONFIGURATION, SiteFolder

MakeSite = Callable[..., SiteFolder]
FORMS = {
    "[dort](../2023/2023-05-06-wahl.md)": "",
    "[dort](/2023/2023-05-06-wahl.md#zahlen)": "#zahlen",
    "[dort](/content/2023/2023-05-06-wahl.md?a=1&b=2#zahlen)": "?a=1&amp;b=2#zahlen",
    "[dort](content/2023/2023-05-06-wahl.md)": "",
    '[dort](../2023/2023-05-06-wahl.md "Die Wahl > 2023")': "",
    "[dort]( <../2023/2023-05-06-wahl.md> )": "",
    "[dort][w]\n\n[w]: ../2023/2023-05-06-wahl.md": "",
    '<a href="../2023/2023-05-06-wahl.md">dort</a>': "",
    '[dort]({{< ref "2023-05-06-wahl.md" >}})': "",
    '[dort]({{< relref "/2023/2023-05-06-wahl.md#zahlen" >}})': "#zahlen",
    '[dort]({{% ref "2023-05-06-wahl" %}})': "",
    "[dort]({% link _posts/2023-05-06-wahl.md %})": "",
    "[dort]({{ site.baseurl }}{% post_url 2023-05-06-wahl %})": "",
    "[dort](@/2023/2023-05-06-wahl.md)": "",
    "[dort]({filename}../2023/2023-05-06-wahl.md)": "",
    "[dort]({filename}/2023/2023-05-06-wahl.md)": "",
    "[[2023-05-06-wahl|dort]]": "",
    "[[2023-05-06-Wahl#Zahlen|dort]]": "#zahlen",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_link_leads_to_the_page(make_site: MakeSite, form: str) -> None:
    site = make_site(CONFIGURATION.replace(".org/", ".org/digest/"))
    site.article("2023/2023-05-06-wahl", date="2023-05-06")
    site.article("2024/heute", f"Was war, steht {form}")
    site.build("--strict")
    page = site.page("/2024/01/03/heute/")
    assert f'href="/digest/2023/05/06/wahl/{FORMS[form]}"' in page
    assert ">dort</a>" in page
    absolute = f'href="https://news.example.org/digest/2023/05/06/wahl/{FORMS[form]}"'
    texts = [one["content_html"] for one in json.loads(site.page("/feed.json"))["items"]]
    assert any(absolute in text for text in texts)
    assert "Was war, steht dort" in site.page("/")
    for content in site.outputs().values():
        assert b"x-content:" not in content


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("notes/café.md", "cafe%CC%81.md"),
        ("notes/cafe\u0301.md", "café.md"),
        ("notes/東京の地震.md", "%E6%9D%B1%E4%BA%AC%E3%81%AE%E5%9C%B0%E9%9C%87.md#a"),
        ("notes/выборы.markdown", "выборы.markdown"),
        ("notes/bericht/index.md", "bericht/"),
        ("notes/bericht/index.md", "bericht/index.md"),
        ("notes/two words.md", "two%20words.md"),
        ("notes/50% off.md", "50%25%20off.md"),
    ],
)
def test_names_match_however_they_are_encoded(site: SiteFolder, file: str, url: str) -> None:
    site.write(f"content/{file}", "---\ntitle: T\ndate: 2024-01-03\nurl: /here/\n---\n\nText.\n")
    site.article("notes/a", f"A [link]({url}) in it.")
    site.build("--strict")
    fragment = "#a" if "#" in url else ""
    assert f'href="/here/{fragment}"' in site.page("/2024/01/03/a/")


def test_code_and_names_of_no_file_stay_as_they_are(site: SiteFolder) -> None:
    site.article("b")
    shown = '[x](b.md) [y]({{< ref "b.md" >}}) [z]({% post_url b %}) [[b]]'
    site.article(
        "a", f"Brackets [[like these]] and [[1]], `{shown}`, ``` {shown} ```:\n\n```\n{shown}\n```\n\n    {shown}\n"
    )
    site.build("--strict")
    text = json.loads(site.page("/feed.json"))["items"][0]["content_html"]
    assert "href" not in text
    assert "Brackets [[like these]] and [[1]], <code>[x](b.md)" in text
    assert text.count("[z]({% post_url b %}) [[b]]") == 4


def test_summaries_have_the_words_of_links_alone(site: SiteFolder) -> None:
    site.article("été")
    site.article("a", "Comme [[été]], et [[été|cette année]], mais [[hiver]].")
    site.build()
    assert "Comme été, et cette année, mais [[hiver]]." in {
        one["summary"] for one in json.loads(site.page("/feed.json"))["items"]
    }


def test_a_missing_file_is_a_warning_and_an_error_of_check(site: SiteFolder) -> None:
    site.article("2024/b")
    site.article("a", "First line.\n\nThen a [link](2024/c.md) that is dead.")
    done = site.build()
    assert "content/a.md:8: warning: links to content/2024/c.md, which isn't there [missing-link]" in done.stderr
    assert 'hint: did you mean "2024/b.md"?' in done.stderr
    site.build("--strict", status=1)
    assert "content/a.md:8:15: error: the site has no /2024/c.md [dead-link]" in site.run("check", status=1).stderr


def test_a_place_that_a_page_lacks_is_found_where_it_was_written(site: SiteFolder) -> None:
    site.article("b")
    site.article("a", "A [link](b.md#part).")
    site.build()
    assert "content/a.md:6:10: error: /2024/01/03/b/ has no place" in site.run("check", status=1).stderr


@pytest.mark.parametrize("field", [{"draft": "true"}, {"date": "2024-06-02"}, {"expires": "2024-05-01"}])
def test_nothing_leads_to_what_is_withheld(site: SiteFolder, field: dict[str, str]) -> None:
    site.article("b", title="Geheim", **field)
    site.article("a", "A [link](b.md) and [[b|another]].")
    done = site.build()
    assert "A link and another." in site.page("/2024/01/03/a/")
    assert "content/a.md:6: warning: links to content/b.md, which readers can't see now" in done.stderr
    site.build("--strict", status=1)
    for content in site.outputs().values():
        assert b"Geheim" not in content
    site.run("check")
    site.run("build", "--now", "2024-06-03" if "date" in field else "2024-04-30", "-D", "--strict")
    assert site.page("/2024/01/03/a/").count('href="/2024/0') >= 2


def test_what_links_to_a_page_follows_it_at_once(make_site: MakeSite) -> None:
    site, again = make_site(), make_site(name="again")
    for one in (site, again):
        one.article("b", topics="[World]")
        one.article("a", "Voir [b](b.md), [[b|ici]].", topics="[World]")
        one.article("other", "Nothing. [A](a.md)")
        one.write("content/pages/about.md", "---\ntitle: About\n---\n\nRead [b](../b.md).\n")
    site.build()

    def agrees() -> list[str]:
        done = site.build("--format", "json")
        again.build("--fresh")
        assert site.outputs() == again.outputs()
        written: list[str] = done.json["written"]
        return written

    for one in (site, again):
        one.article("b", topics="[World]", slug="neu")
    written = agrees()
    assert {"2024/01/03/a/index.html", "about/index.html", "atom.xml", "topics/world/feed.json"} <= set(written)
    assert site.page("/2024/01/03/a/").count('href="/2024/01/03/neu/"') >= 2
    for one in (site, again):
        one.article("b", topics="[World]", date="2024-01-05")
    assert "about/index.html" in agrees()
    for one in (site, again):
        one.article("b", topics="[World]", draft="true")
    agrees()
    assert "Voir b, ici." in site.page("/2024/01/03/a/")
    for one in (site, again):
        (one.root / "content/b.md").rename(one.root / "content/c.md")
        one.article("c", topics="[World]")
    agrees()
    assert "Voir <a" in site.page("/2024/01/03/a/")
    assert "[[b|ici]]" in site.page("/2024/01/03/a/")
    for one in (site, again):
        one.article("b", topics="[World]", permalink="", url="/da/")
    agrees()
    assert site.page("/about/").count('href="/da/"') == 1
    assert site.build("--format", "json").json["written"] == []


def test_no_text_can_forge_the_private_form(site: SiteFolder) -> None:
    site.article("b")
    site.article("a", 'A [x](x-content:b.md) <a href="x-content:b.md">y</a> <img src="b.md"> `href="x-content:b.md"`')
    site.build()
    text = json.loads(site.page("/feed.json"))["items"][0]["content_html"]
    assert "<a href" not in text
    assert '<code>href="x-content:b.md"</code>' in text


def test_the_line_of_a_link_is_not_that_of_its_name_in_prose_or_code(site: SiteFolder) -> None:
    site.article("a", "The file nope.md is gone.\n\n`[x](nope.md)`\n\n[x](nope.md)")
    assert "content/a.md:10: warning: " in site.build().stderr
