"""What there is to say of the content as a whole, once it is read: what no file alone can tell."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import filterfalse
from typing import TYPE_CHECKING, Final
from unicodedata import combining, normalize

from generator.commands.survey import STATIC, Survey
from generator.corpus import Corpus
from generator.model import Card, Site, Source
from generator.names import fold
from generator.problems import WARNING, Problem, did_you_mean, nearest
from generator.urls import name_of_file

if TYPE_CHECKING:
    from generator.pipeline.group.corpus import Present

_FEW: Final = 3  # articles with a slip in them
_MANY_MORE: Final = 5  # times as many have what was meant
_LONGEST_SLIP: Final = 2  # characters too many or too few
_SHORT: Final = 3  # characters, in which any slip makes another word


def remarks(
    found: Survey, cards: Sequence[Card], present: "Present", corpus: Corpus, now: datetime
) -> Iterator[Problem]:
    """Warnings about names that nothing else has, and about articles as they are now."""
    site = corpus.site
    yield from _unknown_sources(site, cards)
    yield from _unknown_folders(site, cards)
    yield from sorted(_slips_in_topics(corpus))
    yield from _updated_later(present.changed, now, site)
    yield from _still_published(present.withdrawn, found)


def _slips_in_topics(corpus: Corpus) -> Iterator[Problem]:
    """Articles with a topic that is nearly one of the configuration; one that many have is no slip."""
    terms = {term.slug: term for term in corpus.terms("topics")}
    known = {topic.name: len(terms[topic.slug].cards) for topic in corpus.site.topics if topic.slug in terms}
    for topic in corpus.site.topics:
        terms.pop(topic.slug, None)
    for term in terms.values():
        near = _near_topic(term.name, [*known])
        if near and (len(term.cards) <= _FEW or len(term.cards) * _MANY_MORE <= known[near]):
            from generator.pipeline.read.places import place_in_file  # noqa: PLC0415 - for these alone

            for card in term.cards:
                place = place_in_file(_source(corpus.site, card.path), "topics", term.name)
                message = f'the topic "{term.name}" is not in the configuration'
                yield Problem(card.path, *place, message, "unknown-topic", f'did you mean "{near}"?', WARNING)


def _near_topic(name: str, known: Sequence[str]) -> str:
    """The topic of which a slip of the pen may have made another one, or ""."""
    folded = {_bare(one): one for one in known}
    word = _bare(name)
    # "Port" is no "Sport", and "Art" none of "Arms".
    near = [one for one in folded if one[:1] == word[:1] and abs(len(one) - len(word)) <= _LONGEST_SLIP]
    return folded.get(nearest(word, near), "") if len(word) > _SHORT else ""


def _bare(name: str) -> str:
    """A folded name without its accents."""
    return "".join(filterfalse(combining, normalize("NFD", fold(name))))


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
