"""topics.toml: what a site has learned of its topics, for people to read and mend.

Each topic lists the words that speak for it by their weight. A word that an editor puts under `never`
is left out, now and when topics are learned anew.
"""

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from generator import toml
from generator.pipeline.group.topic_model import Learned, Model
from generator.problems import ConfigError, Problem

FILE_NAME: Final = "topics.toml"
_HEAD: Final = f"""\
# What speaks for a topic in articles that name none: words by their weight.
# Learned by `broadsheet topics learn`, which writes this file anew but for the words under "never": put there
# what should not count. Everything else may be edited too, and holds until topics are learned again.
# A build reads {FILE_NAME} and learns nothing.
"""
_TABLE: Final = """
[[topics]]
slug = {slug}
name = {name}
never = {never}
[topics.words]
"""
_WIDTH: Final = 110


def write(topics: Iterable[Learned], never: Mapping[str, Iterable[str]]) -> str:
    """The file; `never` are the words that each topic must not have, by its slug."""
    parts = [_HEAD]
    for topic in topics:
        unwanted = sorted(never.get(topic.slug, ()))
        parts.append(
            _TABLE.format(slug=_quoted(topic.slug), name=_quoted(topic.name), never=_quoted(" ".join(unwanted)))
        )
        by_weight: defaultdict[float, list[str]] = defaultdict(list)
        for word, weight in topic.weights.items():
            if word not in unwanted:
                by_weight[weight].append(word)
        for weight in sorted(by_weight, reverse=True):
            lines = textwrap.fill(" ".join(sorted(by_weight[weight])), _WIDTH, break_long_words=False)
            parts.append(f'"{weight}" = """\n{lines}\n"""\n')
    return "".join(parts)


@lru_cache(maxsize=4)
def read(text: str) -> Model:
    """The model in a file; raises ConfigError, with the line, where it holds none."""
    return Model.of(Learned(topic["slug"], topic["name"], _weights(topic)) for topic in _topics(text))


def read_never(text: str) -> dict[str, tuple[str, ...]]:
    """The words that each topic must not have; raises ConfigError."""
    return {topic["slug"]: tuple(topic.get("never", "").lower().split()) for topic in _topics(text)}


def _topics(text: str) -> list[dict[str, Any]]:
    try:
        topics = toml.loads(text).get("topics", [])
    except toml.TomlError as error:
        raise _fault(f"not TOML: {error}", error.line, error.column) from None
    if not isinstance(topics, list) or not all(isinstance(topic, dict) for topic in topics):
        raise _fault("expected topics, each a table that begins with [[topics]]")
    for number, topic in enumerate(topics, start=1):
        _check(topic, number)
    return topics


def _check(topic: dict[str, Any], number: int) -> None:
    for name in ("slug", "name"):
        if not isinstance(topic.get(name), str) or not topic[name].strip():
            raise _fault(f'topic {number} has no "{name}"')
    if not isinstance(topic.get("never", ""), str):
        raise _fault(f'"never" of topic {number} is no text: write the words with spaces between them')
    if not isinstance(topic.get("words", {}), dict):
        raise _fault(f'"words" of topic {number} is no table of weights')
    for weight, words in topic.get("words", {}).items():
        if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", weight) or not isinstance(words, str):
            raise _fault(f'expected words by their weight in topic {number}, such as "1.5" = "ship harbour"')


def _weights(topic: Mapping[str, Any]) -> dict[str, float]:
    never = topic.get("never", "").lower().split()
    weights = {}
    for weight, words in topic.get("words", {}).items():
        weights.update(dict.fromkeys(words.lower().split(), float(weight)))
    return {word: weight for word, weight in weights.items() if word not in never}


def _fault(message: str, line: int = 0, column: int = 0) -> ConfigError:
    hint = "mend it, or remove the file and run `broadsheet topics learn`"
    return ConfigError(Problem(FILE_NAME, line, column, message, "bad-topics", hint))


def _quoted(text: str) -> str:
    escaped = "".join(f"\\u{ord(sign):04x}" if sign < " " or sign in '"\\\x7f' else sign for sign in text)
    return f'"{escaped}"'
