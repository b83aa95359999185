"""Names that mean the same: "AI", "ai" and "A.I." are one tag, "C" and "C++" are two."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_JOINTS: Final = re.compile(r"[\s_\-]+")


@lru_cache(maxsize=65_536)  # the names of a site recur from article to article
def fold(name: str) -> str:
    """What two spellings of one name have in common: letters without case, words without full stops."""
    return _JOINTS.sub(" ", unicodedata.normalize("NFKC", name).casefold().replace(".", "")).strip()
