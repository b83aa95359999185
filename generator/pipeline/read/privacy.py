"""How other generators keep a page back, as data: their fields, words, tags and folders.

Whoever moves here keeps these habits, and a note that was private stays so. What is a draft by any of them is one;
a name that only looks like one of these is an error, for it may be a slip that publishes a private page.
docs/front-matter.md has the table for people.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from generator.pipeline.read import values
from generator.pipeline.read.formats import Raw
from generator.pipeline.read.values import Given

# Fields that keep a page back where they are true, or say anything but false.
PRIVATE_IF_TRUE: Final = (
    *("private", "is_private", "is_draft", "wip", "work_in_progress", "unpublished", "no_publish", "dg_private"),
    *("secret", "confidential", "members_only", "protected", "encrypt", "encrypted", "headless"),
    *("password", "post_password"),
)
# Fields that do where they are false.
PRIVATE_IF_FALSE: Final = ("publish", "is_published", "dg_publish", "public", "is_public", "render")
# Fields of which other words than these keep it back.
VISIBILITIES: Final = frozenset({"public", "everyone", "all", "published"})
UNLISTED: Final = frozenset({"hidden", "unlisted"})
# Values of `status`.
DRAFT_STATUS: Final = frozenset(
    {"draft", "skip", "private", "pending", "sent", "trash", "auto-draft", "inherit", "unpublished", "archived", "wip"}
)
PUBLIC_STATUS: Final = frozenset({"published", "publish", "public", "featured"})
DATED_STATUS: Final = frozenset({"scheduled", "future"})  # its date holds it back
# Tags, unless `draft: false` says otherwise.
PRIVATE_TAGS: Final = frozenset({"draft", "private"})
_POSTS: Final = "_posts"  # of Jekyll and Hexo: the one folder with this mark that is published

_WORDS: Final = frozenset(
    {"draft", "drafts", "private", "publish", "unpublish", "unpublished", "embargo", "embargoed", "secret"}
)
_PART: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# Fields of which a slip may publish a private page.
NAMES: Final = (
    *("draft", "unlisted", "hidden", "expires", "expiry_date", "withdrawn", "visibility", "published", "embargo"),
    *("publish_date", *PRIVATE_IF_TRUE, *PRIVATE_IF_FALSE),
)
_NO_RENDER: Final = frozenset({"never", "link"})
_NO_LIST: Final = frozenset({"never", "local"})


def unfold_private(given: Given) -> Iterator[tuple[str, Given]]:
    """True, or a text such as a password: a draft."""
    if not values.is_flag(given.value) or values.flag(given):
        yield "draft", given._replace(value=True)


def unfold_public(given: Given) -> Iterator[tuple[str, Given]]:
    """True or false, or the date from which on it is public."""
    if values.is_flag(given.value):
        yield "draft", given._replace(value=not values.flag(given))
    else:
        yield "date", given


def unfold_visibility(given: Given) -> Iterator[tuple[str, Given]]:
    """Who may see it, as in Ghost: whoever isn't everybody gets it nowhere here."""
    word = (values.text(given) or "").lower()
    if word in UNLISTED:
        yield "unlisted", given._replace(value=True)
    elif word not in VISIBILITIES:
        yield "draft", given._replace(value=True)


def unfold_build(given: Given) -> Iterator[tuple[str, Given]]:
    """The map of Hugo: `render: never` makes no page, `list: never` puts it in no list."""
    for name, field, words in (("render", "draft", _NO_RENDER), ("list", "unlisted", _NO_LIST)):
        if (told := given.first_member((name,))) is None:
            continue
        is_no = values.is_flag(told.value) and not values.flag(told)
        if is_no or str(told.value).strip().lower() in words:
            yield field, told._replace(value=True)


def private_tag(tags: Iterable[str]) -> str:
    """The first tag by which Nikola keeps a page back, or ""."""
    return next((tag for tag in tags if tag.lower().lstrip("#") in PRIVATE_TAGS), "")


def is_in_private_folder(path: str) -> bool:
    """Whether a file of content/ is in a folder that other generators publish nothing from."""
    return any(part.startswith("_") and part != _POSTS for part in path.split("/")[:-1])


def sounds_private(name: str, value: Raw) -> bool:
    """Whether a field that nobody knows may have been meant to keep a page back: `draft_state: true`."""
    words = {part.lower() for part in _PART.findall(name)}
    return values.is_flag(value) and not _WORDS.isdisjoint(words)
