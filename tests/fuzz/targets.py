"""What is attacked with hostile input: each target takes one input and fails where a promise is broken.

An error that the documentation knows is no failure: a ContentError, a ConfigError, HTML that is nested too deeply.
"""

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import markdown
from hypothesis import strategies as st

from generator import config
from generator.characters import drop_controls, unify_line_ends
from generator.commonmark import CommonMarkExtension
from generator.model import Document, Metadata, Site, Source
from generator.pipeline import read
from generator.pipeline.clean import finish, tidy
from generator.pipeline.clean.html import NestedTooDeeplyError
from generator.pipeline.clean.rules import REPAIRS
from generator.pipeline.group import lock, topics_file
from generator.pipeline.group.topics import choose_topics
from generator.pipeline.write import MANIFEST, read_manifest
from generator.problems import ConfigError, ContentError, Problem
from tests.fuzz import beside, inputs, judges, sites

_ARTICLE: Final = (
    b"---\ntitle: Ferry\ndate: 2024-01-03\ntags: [sea]\nsource: Coast Radio\n---\nThe *ferry* [left](/a).\n"
)
_ZONE: Final = ZoneInfo("America/New_York")


class Target(NamedTuple):
    """A door that input comes in by."""

    name: str
    inputs: st.SearchStrategy[Any]
    check: Callable[[Any], None]
    few: int  # examples in each run of the tests


def _judge_problems(problems: tuple[Problem, ...], text: str) -> None:
    """Problems can be told, and stand where the file has lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for problem in problems:
        str(problem).encode()
        assert 0 <= problem.line <= lines, problem
        assert problem.column >= 0, problem
        assert "\n" not in problem.message, problem


def _decoded(text: str) -> str:
    """A text as reading leaves it."""
    return drop_controls(unify_line_ends(text.replace("\0", "")))


def check_content_file(data: bytes) -> None:
    """The file is read, or refused with reasons; the text below the front matter is the file's own."""
    text = data.decode("utf-8", "replace")
    try:
        document, problems = read.read(Source("content/2024/03/x.md", data), _ZONE)
    except ContentError as error:
        _judge_problems(error.problems, text)
        return
    _judge_problems(problems, text)
    assert _decoded(data.decode().removeprefix("\ufeff")).endswith(document.markdown)
    for field in ("title", "summary", "source", "source_url", "url", "slug", "id"):
        value = getattr(document.metadata, field)
        assert value is None or "\n" not in value, (field, value)
        (value or "").encode()
    json.dumps(document.metadata.extra, default=str).encode()


@cache
def _parser() -> markdown.Markdown:
    return markdown.Markdown(extensions=[CommonMarkExtension()], output_format="html")


def check_commonmark(text: str) -> None:
    """The extension by itself makes HTML of any text."""
    _parser().reset()
    _parser().convert(_decoded(text)).encode()


def check_markdown(text: str) -> None:
    """The HTML of a text is harmless, whole and read as it stands; its summary and its words are plain."""
    text = _decoded(text)
    document = Document("content/2024/x.md", Metadata(clean=False), text, 5)
    frames = ("youtube-nocookie.com", "player.example.org")
    for allowed in ((), frames):
        with suppress(NestedTooDeeplyError):
            cleaned = finish(document, tidy(document, ()), "/digest/", allowed)
            judges.judge_fragment(cleaned.html, allowed)
            _judge_problems(cleaned.problems, "\n" * 4 + text)
            assert "\n" not in cleaned.summary
            for removal in cleaned.lost:
                assert 5 <= removal.line <= 5 + text.count("\n"), removal


def check_cleaning(told: tuple[str, tuple[str, ...]]) -> None:
    """Each line is kept or on record, and each word comes out on the page or stands on the record."""
    text, words = _decoded(told[0]), told[1]
    for level in ("off", "safe", "default", "thorough"):
        document = Document("content/x.md", Metadata(), text, 7)
        _judge_lines(document, level)
        tidied = tidy(document, (), level)
        with suppress(NestedTooDeeplyError):
            cleaned = finish(document, tidied, "/")
            kept = [cleaned.html, unescape(cleaned.html), tidied.title or "", *map(str, tidied.moved)]
            kept += [removal.text for removal in (*tidied.removed, *cleaned.lost)]
            found = "\n".join(kept)
            lost = [word for word in words if word not in found]
            assert not lost, (level, lost, cleaned.html, tidied.removed, cleaned.lost)


def _judge_lines(document: Document, level: str) -> None:
    tidied = tidy(document, tuple(REPAIRS), level)
    lines = document.markdown.split("\n")
    kept = [line for line in tidied.markdown.split("\n") if line.strip()]
    taken = [removal.text for removal in tidied.removed]
    assert sorted(kept + taken) == sorted(line for line in lines if line.strip()), level
    assert all(lines[removal.line - 7] == removal.text for removal in tidied.removed), level


def check_real_texts(text: str) -> None:
    """Real files, damaged: each line is kept or on record at each level."""
    text = _decoded(text)
    document = Document("content/x.md", Metadata(title="Ferry strikes a reef", source="Coast Radio"), text, 7)
    for level in ("safe", "default", "thorough"):
        _judge_lines(document, level)
        tidy(document, (), level)


def check_lock(text: str) -> None:
    """A lock is read, or refused; what was read is written and read again."""
    try:
        found = lock.read(text)
    except ConfigError as error:
        _judge_problems(error.problems, text)
        return
    assert lock.read(lock.write(found)) == found


def check_manifest(text: str) -> None:
    """A manifest says nothing of files outside of its folder, whatever stands in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / MANIFEST).write_bytes(text.encode("utf-8", "surrogatepass"))
        for path, owner in read_manifest(folder).items():
            assert isinstance(owner, str)
            assert (folder / path).parts[: len(folder.parts)] == folder.parts
            assert ".." not in Path(path).parts


def check_topics(text: str) -> None:
    """Learned topics are understood, or refused with reasons."""
    try:
        topics_file.read(text)
        topics_file.read_never(text)
    except ConfigError as error:
        _judge_problems(error.problems, text)
        return
    choose_topics((), "The ferry left the harbour.", sites.site()._replace(topics_file=text))


def check_config(data: bytes) -> None:
    """A configuration is a Site, or refused with reasons."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / config.FILE_NAME
        file.write_bytes(data)
        try:
            site = config.load(file)
        except ConfigError as error:
            _judge_problems(error.problems, data.decode("utf-8", "replace"))
            return
    assert isinstance(site, Site)
    for output in sites.build([_ARTICLE], site._replace(theme="default"))[0]:
        judges.judge_file(output.path, output.content)


def check_articles(files: list[bytes]) -> None:
    """All that is published of hostile articles is harmless, and can be read."""
    outputs, problems = sites.build(files)
    _judge_problems(tuple(problems), "\n" * 100_000)
    for output in outputs:
        judges.judge_file(output.path, output.content)
        assert not output.path.startswith("/")
        assert ".." not in output.path.split("/")


TARGETS: Final = (
    Target("front-matter", inputs.content_files(), check_content_file, 100),
    Target("commonmark", inputs.markdown_texts(), check_commonmark, 60),
    Target("markdown", inputs.markdown_texts(), check_markdown, 40),
    Target("cleaning", inputs.told_texts(), check_cleaning, 40),
    Target("real-texts", inputs.markdown_texts(), check_real_texts, 15),
    Target("lock", beside.json_files, check_lock, 100),
    Target("manifest", beside.json_files, check_manifest, 100),
    Target("topics", beside.topics_files, check_topics, 60),
    Target("configuration", beside.config_files(), check_config, 40),
    Target("articles", beside.articles, check_articles, 15),
)
