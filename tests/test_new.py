"""broadsheet new: a site that builds at once, and nothing overwritten."""

import json
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import frontmatter
import pytest

from generator import config

ROOT = Path(__file__).resolve().parents[1]


def broadsheet(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "-C", str(folder), *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", cwd=ROOT, stdin=subprocess.DEVNULL, check=False, timeout=120
    )


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_new_site_has_its_four_files_and_says_what_comes_next(tmp_path: Path) -> None:
    done = broadsheet(tmp_path, "new", "my-daily_news")
    site = tmp_path / "my-daily_news"
    assert done.returncode == 0
    (welcome,) = site.glob("content/2*/*/welcome.md")
    expected = [".gitignore", "broadsheet.toml", welcome.relative_to(site).as_posix(), "content/pages/about.md"]
    assert files(site) == sorted(expected)
    assert sorted(done.stdout.split("\n")) == sorted(["", *(f"{site}/{path}" for path in expected)])
    assert f"broadsheet -C {site} build" in done.stderr
    assert f"broadsheet -C {site} import article.txt" in done.stderr


def test_the_configuration_is_complete_and_without_faults(tmp_path: Path) -> None:
    broadsheet(tmp_path, "new", "my-daily_news")
    site = config.load(tmp_path / "my-daily_news" / config.FILE_NAME)
    assert (site.title, site.base_url, site.language) == ("My Daily News", "https://example.org/", "en")
    assert site.timezone.key == "UTC"
    assert site.menu == (("About", "/about/"),)
    assert 6 <= len(site.topics) <= 8
    assert all(topic.description and len(topic.keywords) >= 10 for topic in site.topics)
    words = [word for topic in site.topics for word in topic.keywords]
    assert len(words) == len(set(words))


def test_the_welcome_article_is_of_today_and_has_four_paragraphs(tmp_path: Path) -> None:
    broadsheet(tmp_path, "new", "site")
    (welcome,) = (tmp_path / "site").glob("content/2*/*/welcome.md")
    post = frontmatter.loads(welcome.read_text(encoding="utf-8"))
    day = date.fromisoformat(str(post["date"]))
    assert abs(day - datetime.now(UTC).date()) <= timedelta(days=1)
    assert welcome.parent == tmp_path / "site" / f"content/{day:%Y/%m}"
    assert len(post.content.split("\n\n")) == 4


def test_a_new_site_builds_at_once_and_without_a_word(tmp_path: Path) -> None:
    broadsheet(tmp_path, "new", "site")
    done = broadsheet(tmp_path / "site", "build", "--strict")
    assert (done.returncode, done.stderr) == (0, "")
    output = tmp_path / "site" / "output"
    assert "Your first article goes here" in (output / "index.html").read_text(encoding="utf-8")
    assert (output / "about" / "index.html").is_file()
    assert "Advertisement" in next(output.glob("2*/*/*/welcome/index.html")).read_text(encoding="utf-8")


def test_cleaning_takes_nothing_from_the_files_of_a_new_site(tmp_path: Path) -> None:
    broadsheet(tmp_path, "new", "site")
    done = broadsheet(tmp_path / "site", "tidy", "--format", "json")
    assert [file["removed"] for file in json.loads(done.stdout)["files"]] == [[], []]


def test_an_empty_folder_with_dot_files_is_filled_and_they_stay(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("mine\n", encoding="utf-8")
    done = broadsheet(tmp_path, "new", ".", "--format", "json")
    assert done.returncode == 0
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "mine\n"
    assert ".gitignore was there already" in done.stderr
    made = json.loads(done.stdout)["made"]
    assert ".gitignore" not in made
    assert sorted([*made, ".gitignore"]) == files(tmp_path)


@pytest.mark.parametrize("name", ["broadsheet.toml", "notes.txt", "content"])
def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    done = broadsheet(tmp_path, "new", ".")
    assert done.returncode == 2
    assert "hint:" in done.stderr
    assert files(tmp_path) == [name]


@pytest.mark.parametrize("name", ["file", "file/below", "x" * 300, "link"])
def test_a_folder_that_can_t_be_made_is_told_without_a_traceback(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    done = broadsheet(tmp_path, "new", name)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("news", "News"),
        ("BBC.world", "BBC World"),
        ("---", "News Digest"),
        ('say "hi" \\n', 'Say "hi" \\n'),
        ("été", "Été"),
    ],
)
def test_the_title_comes_from_the_name_of_the_folder(tmp_path: Path, name: str, title: str) -> None:
    done = broadsheet(tmp_path, "new", "--", name)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / name / "broadsheet.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["title"] == title
