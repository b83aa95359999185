"""The shape of a language's lexicon."""

from collections.abc import Mapping
from typing import NamedTuple


class Lexicon(NamedTuple):
    """What furniture says in one language; case, accents and marks at the ends don't matter, 0 is any number."""

    phrases: Mapping[str, tuple[str, ...]]  # rule -> whole lines
    prefixes: Mapping[str, tuple[str, ...]]  # rule -> how such lines begin
    words: Mapping[str, tuple[str, ...]]  # vocabulary -> its words
    endings: Mapping[str, tuple[str, ...]] = {}  # rule -> how such lines end
