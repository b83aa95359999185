"""The laws that hold for every site, each tried on input that nobody chose."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Document, Metadata
from generator.pipeline.clean import tidy
from generator.pipeline.clean.rules import REPAIRS
from tests.benchmarks.corpus import articles
from tests.conftest import NOW, ROOT, SiteFolder

MakeSite = Callable[..., SiteFolder]
UTC = ZoneInfo("UTC")


def fill(site: SiteFolder, count: int) -> None:
    for draft in articles(count):
        site.write(f"content/{draft.name}.md", draft.text)
    names = sorted(path.name for path in (site.root / "content").glob("*.md"))
    for number, name in enumerate(names[::5]):
        site.article(f"links/link-{number}", f"News of [another]({'../' + name}) and [[{name[:-3]}|one more]] story.")


def test_any_number_of_workers_gives_the_same_bytes(make_site: MakeSite) -> None:
    site = make_site()
    fill(site, 150)
    one, several = site.root / "one", site.root / "several"
    site.build("-j", "1", "-o", "one")
    site.build("-j", "3", "-o", "several")
    assert files(one) == files(several)
    assert len(files(one)) > 300


def test_two_fresh_builds_give_the_same_bytes_whatever_the_place_and_the_hash_seed(make_site: MakeSite) -> None:
    outputs = []
    for name, seed in (("here", "1"), ("elsewhere/far", "4242")):
        site = make_site(name=name)
        fill(site, 40)
        command = [sys.executable, "-m", "generator", "-C", str(site.root), "build", "--now", NOW]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        outputs.append(files(site.output))
    assert outputs[0] == outputs[1]
    assert not any(str(ROOT).encode() in content for content in outputs[0].values())


def test_the_clock_leaves_no_trace_in_the_output(site: SiteFolder) -> None:
    fill(site, 20)
    site.run("build", "--now", "2024-06-01", "-o", "june")
    site.run("build", "--now", "2024-07-01", "-o", "july")
    assert files(site.root / "june") == files(site.root / "july")


def test_nothing_withheld_leaks_into_any_output(site: SiteFolder) -> None:
    secrets = {
        "draft": {"draft": "true"},
        "status": {"status": "draft"},
        "unpublished": {"published": "false"},
        "future": {"date": "2024-06-01T12:00:01Z"},
        "expired": {"expires": "2024-06-01T12:00:00Z"},
        "_drafts/folder": {},
    }
    for name, fields in secrets.items():
        text = f"{'secret'}word{len(name)}"
        site.article(
            name,
            f"The {text} text. " * 3,
            **{
                "title": f"Leak{text}",
                "tags": f"[Tag{text}]",
                "source": f"Source{text}",
                "topic": f"Topic{text}",
                **fields,
            },
        )
    site.article("older", date="2024-01-01")
    site.article("newer", date="2024-05-01")
    done = site.build()
    assert "withheld: 4 draft, 1 expired, 1 future; the next is due 2024-06-01 12:00" in done.stdout
    everything = {**site.outputs(), "manifest": (site.output / ".broadsheet.json").read_bytes()}
    assert [path for path, content in everything.items() if b"secretword" in content.lower()] == []
    assert [path for path in everything if "secretword" in path.lower() or "leak" in path.lower()] == []
    for option, name in (("-D", "draft"), ("-F", "future"), ("-E", "expired")):
        site.build(option)
        assert f"secretword{len(name)}".encode() in b"".join(site.outputs().values()).lower(), name


def test_nothing_but_the_title_of_an_article_is_left_once_it_is_withdrawn(site: SiteFolder) -> None:
    fields = {"tags": "[Secretword]", "source": "Secretword", "topic": "Secretword", "summary": "A secretword.",
              "image": "{url: /secretword.jpg, alt: A secretword}", "authors": "[Secretword]", "story": "Secretword",
              "slug": "piece", "title": "A hoax"}  # fmt: skip
    for name in ("one", "two"):
        site.article(name, f"The {name} secretword text.", **fields | {"slug": name})
    site.article("other")
    site.build()
    assert sum(b"secretword" in content.lower() for content in site.outputs().values()) > 10
    for name in ("one", "two"):
        site.article(name, f"The {name} secretword text.", **fields | {"slug": name}, withdrawn="2024-05-01")
    site.build()
    everything = {**site.outputs(), "manifest": (site.output / ".broadsheet.json").read_bytes()}
    assert [path for path, content in everything.items() if b"secretword" in content.lower()] == []
    assert [path for path in everything if "secretword" in path.lower()] == []
    assert {path for path, content in everything.items() if b"A hoax" in content} == {
        *("2024/01/03/one/index.html", "2024/01/03/two/index.html", "changes/index.html", "changes/atom.xml"),
    }


def test_an_unlisted_article_has_a_page_and_stands_in_no_list(site: SiteFolder) -> None:
    site.article("hidden", status="hidden", title="Quiet piece")
    site.article("other")
    site.build()
    assert [path for path, text in site.outputs().items() if b"Quiet piece" in text] == ["2024/01/03/hidden/index.html"]


LINES = st.one_of(
    st.sampled_from(
        [
            "Advertisement",
            "- list 1 of 2Ships return",
            "end of list",
            "Related News",
            "A headline of another piece",
            "Is this a headline?",
            "Share this article",
            "12 Comments",
            "Reply",
            "By Anna Sund",
            "12. Januar 2024, 14:30 Uhr",
            "Foto: Anna Sund/dpa",
            "Privacy Policy",
            "Print",
            "Two people were seen on the pier…",
            "“Nobody was hurt,” she said on the pier to all who asked.",
            "Facebook X WhatsApp Email",
            "# A heading",
            "| a | b |",
            "> a quotation",
            "```",
            "- an item",
            "",
            "Sentences of the article come here, and they end as sentences do.",
        ]
    ),
    st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60),
)


@settings(max_examples=400)
@given(
    st.lists(LINES, max_size=40),
    st.sampled_from([None, "A heading", "Something else"]),
    st.sampled_from(["safe", "default", "thorough"]),
)
def test_no_line_is_lost_but_on_record(lines: list[str], title: str | None, level: str) -> None:
    document = Document("content/x.md", Metadata(title=title), "\n".join(lines), body_line=7)
    tidied = tidy(document, tuple(REPAIRS), level)
    kept = Counter(line for line in tidied.markdown.split("\n") if line.strip())
    taken = Counter(removal.text for removal in tidied.removed)
    assert kept + taken == Counter(line for line in lines if line.strip())
    for removal in tidied.removed:
        assert lines[removal.line - 7] == removal.text


@given(st.lists(LINES, max_size=30))
def test_rules_that_are_off_remove_nothing(lines: list[str]) -> None:
    document = Document("content/x.md", Metadata(title="Other", clean=False), "\n".join(lines), body_line=1)
    assert tidy(document, ()).removed == ()


def test_a_build_writes_nothing_but_its_output(site: SiteFolder) -> None:
    fill(site, 12)
    site.write("content/pages/about.md", "---\ntitle: About\n---\nText.\n")
    site.write("content/2021/photo.jpg", b"\xff\xd8")
    site.write("themes/mine/static/x.css", "body{}")
    before = {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()}
    site.build()
    after = {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()}
    assert before.items() <= after.items()
    made = {path.relative_to(site.root).parts[0] for path in after.keys() - before.keys()}
    assert made == {"output", ".cache"}
    site.build("--freeze")
    assert (site.root / "broadsheet.lock").exists()


def test_a_broken_article_keeps_its_old_page_until_it_is_fixed_or_removed(site: SiteFolder) -> None:
    site.article("a")
    path = site.article("b", "The first version.")
    site.build()
    site.article("b", "The second version.", date="never")
    site.build(status=1)
    assert "The first version." in site.page("/2024/01/03/b/")
    assert "Title of b" not in site.page("/")
    path.unlink()
    site.build()
    assert "2024/01/03/b/index.html" not in site.outputs()


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
