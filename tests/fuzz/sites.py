"""A site in memory: content files -> all files of its output, by the functions that `build` calls."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from generator import config
from generator.corpus import Taxonomy
from generator.model import Article, Card, Output, Site, Source
from generator.pipeline.cards import Prepared, prepare
from generator.pipeline.group import taxonomies, uses
from generator.pipeline.group.corpus import Known, Moment, group, sort_by_time
from generator.pipeline.group.kinship import NO_KINSHIP, Kinship, bring_up_to_date, by_day
from generator.pipeline.group.known_by import Mark
from generator.pipeline.group.lock import Lock
from generator.pipeline.group.references import Files, in_article, look_up
from generator.pipeline.render.pages import Renderer
from generator.pipeline.render.plan import plan
from generator.pipeline.render.theme import Template
from generator.problems import Problem
from tests.conftest import ROOT

MOMENT: Final = Moment(datetime(2024, 6, 1, 12, tzinfo=UTC))


@cache
def site() -> Site:
    """A site with all that a site can have."""
    made = config.load(ROOT / "broadsheet.toml")
    return made._replace(timezone=ZoneInfo("Europe/Paris"), embeds=("youtube-nocookie.com",))


@cache
def _templates() -> dict[str, Template]:
    folder = config.built_in_theme() / "templates"
    found = {path.name: Template(path.read_text(), path.name) for path in folder.iterdir()}
    return {**found, **{f"default/{name}": template for name, template in found.items()}}


_compiled: Final[dict[str, bytes]] = {}


@cache
def _renderer() -> Renderer:
    return Renderer(site(), _templates(), _compiled)


def _sort(cards: tuple[Card, ...], site: Site) -> tuple[tuple[Taxonomy, ...], tuple[Problem, ...]]:
    used = uses.bring_up_to_date(uses.NO_USES, [card.digest for card in cards], cards)
    return taxonomies.sort_into_taxonomies(cards, used, site)


def build(files: Sequence[bytes], of: Site | None = None) -> tuple[list[Output], list[Problem]]:
    """The files of the output, and what there is to say."""
    of = of or site()
    renderer = Renderer(of, _templates(), _compiled) if of is not site() else _renderer()
    prepared = prepare([Source(f"content/{number}.md", data) for number, data in enumerate(files)], of)
    problems = [problem for one in prepared for problem in one.problems]
    cards = [one.card for one in prepared if one.card]
    marks = {one.path: one.mark for one in prepared if one.mark}
    present = sort_by_time(cards, MOMENT)
    known = Known(_kinship([card for card in present.compared if card.path in marks], marks), _sort, Lock())
    grouped = group(present, [one.page for one in prepared if one.page], of, MOMENT, known)
    texts = {one.path: _linked(one, prepared, of) for one in prepared if one.article}
    planned = plan(grouped.corpus)
    outputs = [renderer.render(page, [texts[path] for path in page.texts]) for page in planned.pages.values()]
    return outputs, [*problems, *grouped.problems, *planned.problems]


def _kinship(cards: Sequence[Card], marks: dict[str, Mark]) -> Kinship:
    known = by_day([(card.path, (card.date.toordinal(), card.digest)) for card in cards])
    side_by_side = lambda comparison, parts: [comparison(part) for part in parts]  # noqa: E731
    return bring_up_to_date(NO_KINSHIP, known, lambda paths: {path: marks[path] for path in paths}, side_by_side)


def _linked(one: Prepared, prepared: Sequence[Prepared], of: Site) -> Article:
    assert one.article
    if not one.links:
        return one.article
    shown = {other.path: other.card.url for other in prepared if other.card}
    found = look_up(one.path, one.links, Files(shown, set(), of.base_path), is_shown=True)
    return in_article(one.article, found.destinations)
