"""What there is to say of the content as a whole, once it is read: what no file alone can tell."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from generator.commands.survey import STATIC, Survey
from generator.model import Card, Site, Source
from generator.problems import WARNING, Problem, did_you_mean
from generator.urls import name_of_file

if TYPE_CHECKING:
    from generator.pipeline.group.corpus import Present


def remarks(site: Site, found: Survey, cards: Sequence[Card], present: "Present", now: datetime) -> Iterator[Problem]:
    """Warnings about names in the configuration that nothing has, and about articles as they are now."""
    yield from _unknown_sources(site, cards)
    yield from _unknown_folders(site, cards)
    yield from _updated_later(present.changed, now, site)
    yield from _still_published(present.withdrawn, found)


def _updated_later(cards: Iterable[Card], now: datetime, site: Site) -> Iterator[Problem]:
    """Articles that are shown and were changed in the future."""
    for card in cards:
        if card.updated > now and card.updated != card.date:
            from generator.pipeline.read.places import place_in_file  # noqa: PLC0415 - for these alone

            is_corrected = card.updated in [told.date for told in card.corrections]
            place = place_in_file(_source(site, card.path), "corrections" if is_corrected else "updated")
            what, field = ("a correction in it", "date") if is_corrected else ("it", "updated")
            message = f"{what} is dated {card.updated.isoformat(' ', 'minutes')}, after this build"
            hint = f"write when it was changed, `{field}: {now.date().isoformat()}` at the latest"
            yield Problem(card.path, *place, message, "updated-late", hint, WARNING)


def _source(site: Site, path: str) -> Source:
    try:
        return Source(path, (site.root / path).read_bytes())
    except OSError:  # it has gone since
        return Source(path, b"")


def _still_published(withdrawn: Iterable[Card], found: Survey) -> Iterator[Problem]:
    """Files of withdrawn articles that are in the output as long as they are in content/ or static/."""
    for card in withdrawn:
        for file in card.withdrawn.files if card.withdrawn else ():
            places = (("content", found.others), (STATIC, found.statics))
            for folder in (folder for folder, files in places if any(name_of_file(one.path) == file for one in files)):
                message = f"it is withdrawn, but {folder}/{file}, which it shows, is still published"
                hint = "remove the file, or what names it here if other articles show it too"
                yield Problem(card.path, 1, 0, message, "still-published", hint, WARNING)


def _unknown_sources(site: Site, cards: Iterable[Card]) -> Iterator[Problem]:
    """Sources for which the configuration has phrases, and of which there is no article."""
    if not site.clean_phrases:
        return
    known = sorted({card.source.slug for card in cards if card.source})
    for slug in sorted(site.clean_phrases.keys() - set(known)):
        hint = did_you_mean(slug, known) or "the name is that of `source` in the front matter"
        message = f'[clean.phrases]: no article is from "{slug}"'
        yield Problem("broadsheet.toml", 0, 0, message, "unknown-source", hint, WARNING)


def _unknown_folders(site: Site, cards: Iterable[Card]) -> Iterator[Problem]:
    """Folders for which the configuration has a level of cleaning, and in which there is no article."""
    if not site.clean_folders:
        return
    known = sorted({folder for card in cards for folder in _folders_of(card.path)})
    for folder, _ in site.clean_folders:
        name = folder.removeprefix("content/").rstrip("/")
        if name not in known and not (site.root / folder).is_dir():
            hint = did_you_mean(name, known) or "its path counts from content/"
            message = f'[clean.folders]: there is no folder "{name}" in content/'
            yield Problem("broadsheet.toml", 0, 0, message, "unknown-folder", hint, WARNING)


def _folders_of(path: str) -> Iterator[str]:
    """The folders of content/ that a file is in: "a" and "a/b"."""
    parts = path.split("/")[1:-1]
    yield from ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
