"""What is private stays so when something around it is odd, and what is published keeps its pictures."""

import pytest

from tests.conftest import SiteFolder

PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("index.fr.md", "title: Le quai\ndate: 2024-01-03\ndraft: true"),
        ("index.md", "title: The quay\ndate: 2024-01-03\ndrafft: true"),
        ("index.md", 'title: "The quay'),
    ],
)
def test_files_beside_what_is_not_shown_are_not_published(site: SiteFolder, name: str, head: str) -> None:
    site.write(f"content/quay/{name}", f"---\n{head}\n---\n\nText.\n")
    site.write("content/quay/secret.png", PICTURE)
    site.build(status=None)
    assert "quay/secret.png" not in site.outputs()


def test_the_picture_of_a_page_stays_while_its_file_is_broken(site: SiteFolder) -> None:
    site.article("a", "![the quay](/_drafts/quay.png)")
    site.write("content/_drafts/quay.png", PICTURE)
    site.build()
    site.article("a", "![the quay](/_drafts/quay.png)", title='"The quay')
    site.build(status=1)
    assert "2024/01/03/a/index.html" in site.outputs()
    assert "_drafts/quay.png" in site.outputs()


@pytest.mark.parametrize("status", ["scheduled", "future"])
def test_what_waits_for_a_date_and_has_none_is_held_back(site: SiteFolder, status: str) -> None:
    site.write("content/pages/s.md", f"---\ntitle: Später\nstatus: {status}\n---\n\nSecret text.\n")
    site.article("a", "Secret text.", date="", status=status)
    site.build()
    assert not [path for path, content in site.outputs().items() if b"Secret text" in content]


@pytest.mark.parametrize(
    "head",
    [
        "\u200b---\ntitle: x\ndraft: true\n---",
        "<!-- note -->\n---\ntitle: x\nprivate: yes\n---",
        "<!--\n.. title: x\n.. status: draft\n-->",
    ],
)
def test_a_word_that_holds_back_counts_outside_of_front_matter(site: SiteFolder, head: str) -> None:
    site.write("content/2024-01-03-a.md", f"{head}\n\nSecret text of the note.\n")
    assert "this may be meant to keep the page back" in site.build(status=1).stderr
    assert not [path for path, content in site.outputs().items() if b"Secret text" in content]


def test_prose_may_speak_of_drafts(site: SiteFolder) -> None:
    site.article("a", "draft: true\n\nThat is what the file said. Status: draft.")
    assert "error" not in site.build().stderr


def test_an_alias_that_a_page_has_redirects_nobody(site: SiteFolder) -> None:
    site.article("a", aliases="[/2024/01/03/b/, /old/]")
    site.article("b")
    site.build(status=1)
    rules = site.outputs()["_redirects"].decode()
    assert "/old/" in rules
    assert "/2024/01/03/b/" not in rules


def test_a_change_on_the_day_of_an_article_is_no_earlier_than_it(site: SiteFolder) -> None:
    site.article("a", date="2024-01-03T08:00:00Z", updated="2024-01-03")
    site.build()
    assert "<updated>2024-01-03T08:00:00" in site.outputs()["atom.xml"].decode()
