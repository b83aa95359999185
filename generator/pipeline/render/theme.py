"""The templates of a theme, and which of them a page is made with."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from generator.digest import digest

_REFERENCE: Final = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+(?:(["'])(?P<name>[^"']+)\1)?""")


class Template(NamedTuple):
    """A template of the theme as found."""

    source: str
    path: str  # shown where something is wrong in it


def template_digests(templates: Mapping[str, Template]) -> dict[str, str]:
    """For each template the digest of it and of all that it extends, includes or imports.

    A name that is only known while rendering could be any: such a template depends on the whole theme.
    """
    return {name: _digest_of(_closure(name, templates), templates) for name in templates}


def _closure(name: str, templates: Mapping[str, Template]) -> set[str]:
    reached, waiting = set[str](), [name]
    while waiting:
        one = waiting.pop()
        if one in reached or one not in templates:
            continue
        reached.add(one)
        for reference in _REFERENCE.finditer(templates[one].source):
            if reference["name"] is None:
                return set(templates)
            waiting.append(reference["name"])
    return reached


def _digest_of(names: set[str], templates: Mapping[str, Template]) -> str:
    return digest("\0".join(f"{name}\0{templates[name].source}" for name in sorted(names)).encode())
