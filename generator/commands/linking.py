"""The links between content files, once all of these are read."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from generator.digest import digest_of
from generator.model import Card, Site, StaticPage
from generator.pipeline.group.corpus import Present
from generator.problems import Problem

if TYPE_CHECKING:
    from generator.commands.gather import Reading
    from generator.pipeline.group.references import Destinations


class Linked(NamedTuple):
    """What becomes of articles and static pages that link to content files; the others are as they were."""

    links: "Mapping[str, Destinations]"  # of articles, by path
    texts: Mapping[str, str]  # digests of all that their texts are made from, by path: also of where their links lead
    summaries: Mapping[str, Card]  # of articles whose summaries hold marks of links, by path
    pages: Mapping[str, StaticPage]  # by path
    problems: tuple[Problem, ...]


NONE: Final = Linked({}, {}, {}, {}, ())


def link(
    site: Site,
    readings: "Mapping[str, Reading]",
    broken: Iterable[str],
    present: Present,
    pages: Iterable[tuple[StaticPage, str]],
) -> Linked:
    """Where the links of all files lead at a moment at which these articles are present, and these `pages` are not."""
    from generator.pipeline.group import references  # noqa: PLC0415

    hidden = {*broken, *(card.path for card, _ in present.withheld), *(page.path for page, _ in pages)}
    items = {path: reading.card or reading.page for path, reading in readings.items()}
    shown = {path: item.url for path, item in items.items() if item and path not in hidden}
    files = references.Files(shown, hidden, site.base_path)
    linked = Linked({}, {}, {}, {}, ())
    links, texts, summaries, mended = {}, {}, {}, {}
    problems: list[Problem] = []
    for path, reading in readings.items():
        if not reading.links:
            continue
        found = references.look_up(path, reading.links, files, is_shown=path in shown)
        problems += found.problems
        if reading.page:
            mended[path] = references.in_page(reading.page, found.destinations)
        elif reading.card:
            links[path] = found.destinations
            texts[path] = digest_of((reading.text, [(key, *value) for key, value in found.destinations.items()]))
            words = references.in_summary(reading.card, found.destinations)
            if words != reading.card.summary:
                from generator.pipeline.cards import with_summary  # noqa: PLC0415 - 90 ms, for the few that need it

                summaries[path] = with_summary(reading.card, words)
    return linked._replace(links=links, texts=texts, summaries=summaries, pages=mended, problems=tuple(problems))
