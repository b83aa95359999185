"""broadsheet.lock: the addresses that a site has given, and its editions, so that they stay what they are.

A story goes by a few of its first articles. It keeps its address as long as one of them is in it, whatever
joins or leaves, on any machine that has the file. An edition is the articles that it came out with.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple, TypeAlias

from generator.problems import ConfigError, Problem

FILE_NAME: Final = "broadsheet.lock"
_VERSION: Final = 1

# The articles of an edition, the most important first: a path, or the paths of those that belong together. Lists, as
# they come from the file: 10,000 articles of frozen editions are read at each build.
Issue: TypeAlias = Sequence[str | Sequence[str]]


class Lock(NamedTuple):
    """What is held fast."""

    stories: Mapping[str, tuple[str, ...]] = {}  # paths of some of its articles, by the slug of the story
    redirects: Mapping[str, str] = {}  # slugs of stories that were merged, and of those that they are in now
    editions: Mapping[str, Issue] = {}  # those whose time is over, by name


def read(text: str) -> Lock:
    """The lock in a file; an empty one holds nothing. Raises ConfigError for a file that is none."""
    if not text.strip():
        return Lock()
    try:
        raw = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        raise _fault(f"not JSON: {getattr(error, 'msg', error)}", line) from None
    except RecursionError:
        raise _fault("nested too deeply") from None
    if not isinstance(raw, dict) or raw.get("version") != _VERSION:
        raise _fault(f"expected version {_VERSION} of the file")
    stories, redirects, editions = (raw.get(name, {}) for name in Lock._fields)
    if not _are_texts(stories, list) or not _are_texts(redirects, str) or not _are_issues(editions):
        raise _fault("stories, redirects and editions are not as Broadsheet writes them")
    return Lock({slug: tuple(paths) for slug, paths in stories.items()}, redirects, editions)


def write(lock: Lock) -> str:
    """The file: a line for each story and edition, in the order of their addresses: changes are easy to read."""
    stories = ",\n".join(f"  {_json(slug)}: {_json(list(paths))}" for slug, paths in sorted(lock.stories.items()))
    redirects = ",\n".join(f"  {_json(old)}: {_json(new)}" for old, new in sorted(lock.redirects.items()))
    editions = ",\n".join(f"  {_json(name)}: {_json(issue)}" for name, issue in sorted(lock.editions.items()))
    return (
        f'{{\n "about": "Addresses that Broadsheet has given, and editions as they came out. '
        f'Commit this file with the site.",\n "version": {_VERSION},\n "stories": {{{_block(stories)}}},\n'
        f' "redirects": {{{_block(redirects)}}},\n "editions": {{{_block(editions)}}}\n}}\n'
    )


def _block(lines: str) -> str:
    return f"\n{lines}\n " if lines else ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _are_texts(table: Any, kind: type) -> bool:
    """Whether a value is a table of texts, or of lists of texts."""
    if not isinstance(table, dict) or _kinds(table.values()) - {kind}:
        return False
    return kind is str or not _kinds(chain.from_iterable(table.values())) - {str}


def _are_issues(table: Any) -> bool:
    """Whether a value is a table of lists of paths, some of them in lists of their own."""
    if not isinstance(table, dict) or _kinds(table.values()) - {list}:
        return False
    items = [item for item in chain.from_iterable(table.values()) if type(item) is not str]
    return not _kinds(items) - {list} and all(items) and not _kinds(chain.from_iterable(items)) - {str}


def _kinds(values: Iterable[object]) -> set[type]:
    """The types of values, as JSON has them; 10,000 are looked at in each build."""
    return set(map(type, values))


def _fault(message: str, line: int = 0) -> ConfigError:
    hint = "take it back from version control; without it addresses and editions are made anew"
    return ConfigError(Problem(FILE_NAME, line, 0, message, "bad-lock", hint))
