"""broadsheet.lock of a site: when what a build finds is held fast in it.

Addresses of stories and editions that are over are held from the moment at which readers have them: a deploy, or
`build --freeze` where something else publishes the site. Until then they move with the articles.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from generator import atomic
from generator.commands.desk import Showing
from generator.commands.survey import LOCK_FILE, Survey, read_lock
from generator.corpus import Corpus
from generator.model import Card, Site
from generator.problems import WARNING, ConfigError, ContentError, Problem, did_you_mean

if TYPE_CHECKING:
    from generator.pipeline.group.lock import Lock


def without_editions(found: Survey, names: list[str]) -> Survey:
    """What there is, without editions that are to be made again; raises ConfigError where there are no such."""
    from generator.pipeline.group import lock as lock_file  # noqa: PLC0415 - not where nothing changed

    lock = lock_file.read(found.lock)
    again = set(lock.editions if "all" in names else names)
    for name in sorted(again - lock.editions.keys()):
        hint = did_you_mean(name, sorted(lock.editions)) or "`broadsheet list editions` shows them"
        raise ConfigError(Problem("", 0, 0, f'--reissue: no edition "{name}" has come out', "usage", hint))
    editions = {name: issue for name, issue in lock.editions.items() if name not in again}
    return found._replace(lock=lock_file.write(lock._replace(editions=editions)))


def with_editions(text: str, frozen: str, names: list[str]) -> str:
    """The text of a lock file with some of its editions as they are in another, and all else as it was."""
    from generator.pipeline.group import lock as lock_file  # noqa: PLC0415 - see above

    lock, new = lock_file.read(text), lock_file.read(frozen).editions
    again = set(lock.editions if "all" in names else names)
    old = {name: issue for name, issue in lock.editions.items() if name not in again}
    return lock_file.write(lock._replace(editions={**old, **{name: new[name] for name in again if name in new}}))


def refuse_new(frozen: str, text: str) -> None:
    """Raises ContentError where something that a build found isn't in the text of the lock file yet."""
    if frozen != text:
        hint = "`broadsheet build --freeze` writes them into it; commit the file with the site"
        raise ContentError(Problem(LOCK_FILE, 0, 0, "it lacks stories or editions of the site", "locked", hint))


def refuse_hidden(options: Showing) -> None:
    """Raises ConfigError where what readers don't see would be held fast."""
    asked = [f"--{name}" for name in ("freeze", "reissue") if getattr(options, name, None)]
    if asked and any((options.drafts, options.future, options.expired)):
        message = f"{asked[0]}: what readers see is held fast, and nothing else"
        raise ConfigError(Problem("", 0, 0, message, "usage", "leave out -D, -F and -E"))


def keep(site: Site, text: str, before: str) -> None:
    """Writes the lock file, if it differs; raises ConfigError where it isn't as it was read, or can't be written."""
    if text == before:
        return
    try:
        atomic.update(site.root / LOCK_FILE, text, before)
    except atomic.ChangedMeanwhileError:
        message = "saved by somebody else meanwhile; it is left as it is"
        raise ConfigError(Problem(LOCK_FILE, 0, 0, message, "changed-meanwhile", "build again")) from None
    except OSError as error:
        message, hint = f"can't be written: {error.strerror}", "mind free space and permissions"
        raise ConfigError(Problem(LOCK_FILE, 0, 0, message, "unwritable", hint)) from None


def strayed(lock: "Lock", cards: Sequence[Card], broken: Collection[str], corpus: Corpus) -> Iterator[Problem]:
    """Articles that aren't where they came out: gone, or dated otherwise; of `broken` files nothing is said."""
    from generator.pipeline.group.period import period_of  # noqa: PLC0415 - not where nothing changed

    if not lock.stories and not lock.editions:
        return
    dates = {card.path: card.date.timestamp() for card in cards}
    there = dates.keys() | set(broken)
    if corpus.site.pages.stories:
        told = {story.slug for story in corpus.stories}
        lost = [slug for slug, paths in sorted(lock.stories.items()) if slug not in told and there.isdisjoint(paths)]
        yield from (_lost_story(slug, corpus.site) for slug in lost)
    period = period_of(corpus.site)
    for name in filter(period.is_name, lock.editions if corpus.site.pages.editions else ()):
        number = period.number_of(name)
        since, until = period.end(number - 1).timestamp(), period.end(number).timestamp()
        for path in (path for item in lock.editions[name] for path in ([item] if isinstance(item, str) else item)):
            if path not in there:
                yield _lost_article(path, name)
            elif path in dates and not since <= dates[path] < until:
                yield _moved_article(path, name)


def _lost_story(slug: str, site: Site) -> Problem:
    lines = read_lock(site.root / LOCK_FILE).split("\n")
    line = next((number for number, line in enumerate(lines, 1) if line.lstrip().startswith(f'"{slug}":')), 0)
    message = f"none of the articles of the story /stories/{slug}/ is there any more"
    hint = f"`story: {slug}` in an article keeps the address; to give it up, take its line out of this file"
    return Problem(LOCK_FILE, line, 0, message, "lost-story", hint, WARNING)


def _lost_article(path: str, name: str) -> Problem:
    message = f"it came out in the edition {name} and isn't there any more"
    hint = f"renamed? write its new name into {LOCK_FILE}; `broadsheet build --reissue {name}` makes the edition again"
    return Problem(path, 0, 0, message, "lost-article", hint, WARNING)


def _moved_article(path: str, name: str) -> Problem:
    message = f"it came out in the edition {name} and stays in it, but its date is of another one"
    hint = f"take the date back, or make both again: `broadsheet build --reissue {name} --reissue ...`"
    return Problem(path, 0, 0, message, "moved-article", hint, WARNING)
