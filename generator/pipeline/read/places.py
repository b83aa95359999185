"""Where in a file a field stands, for those that find out later that something is wrong with it."""

from zoneinfo import ZoneInfo

from generator.model import Source
from generator.pipeline.read.fields import given_of, is_known
from generator.pipeline.read.front_matter import FrontMatter, split_front_matter
from generator.pipeline.read.text import Place, decode
from generator.problems import ContentError

_ANY_ZONE = ZoneInfo("UTC")  # places know no time


def place_in_file(source: Source, field: str, word: str = "") -> Place:
    """The place of a field of front matter, or of one word of its list; the first line where it has none."""
    try:
        front_matter = split_front_matter(source.path, decode(source, may_be_empty=True), is_known)
    except ContentError:  # it has changed since it was read
        return Place(1, 0)
    return place_of(front_matter, field, word)


def place_of(front_matter: FrontMatter, field: str, word: str = "") -> Place:
    """The same in front matter that is at hand."""
    given = given_of(front_matter, field, _ANY_ZONE)
    if given is None:
        return Place(1, 0)
    if word and isinstance(given.value, list) and word in given.value:
        return front_matter.place_of_value((*given.path, given.value.index(word)))
    return front_matter.place_of_name(given.path)
