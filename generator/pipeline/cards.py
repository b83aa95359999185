"""Content files -> their articles and the cards of those; whatever is wrong with a file is its problem alone."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from html import unescape
from operator import attrgetter
from typing import Any, Final, NamedTuple
from unicodedata import normalize
from urllib.parse import unquote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from generator import urls
from generator.characters import letters
from generator.digest import digest_of
from generator.model import (
    NO_TIES,
    UNDATED,
    Article,
    Ballot,
    Card,
    Document,
    Image,
    Metadata,
    Reason,
    Site,
    Source,
    StaticPage,
    TermLink,
    Ties,
    Vote,
)
from generator.names import Publisher, publisher_of, tags_of
from generator.notices import Withdrawal
from generator.pipeline import read
from generator.pipeline.addresses import PAGES_FOLDER, article_url, language_of, name_of, page_url
from generator.pipeline.beside import files_of, files_of_page
from generator.pipeline.clean import Cleaned, Tidied, finish, html, phrases_of, summary, tidy
from generator.pipeline.clean.keep import NOTHING, Moved
from generator.pipeline.clean.lines import without_code
from generator.pipeline.clean.losses import join
from generator.pipeline.clean.repair import decoded
from generator.pipeline.clean.residue import Known
from generator.pipeline.clean.rules import MOJIBAKE
from generator.pipeline.clean.typeset import typeset
from generator.pipeline.group.known_by import Mark
from generator.pipeline.group.marks import mark_of
from generator.pipeline.group.topics import choose_topics
from generator.pipeline.read.dates import has_time, month_in_path, to_datetime
from generator.pipeline.read.places import place_in_file
from generator.pipeline.read.privacy import is_in_private_folder
from generator.pipeline.read.text import shown
from generator.pipeline.references import Reference, folder_of, may_hold_references, references_in
from generator.problems import WARNING, ContentError, Problem

_LINK: Final = re.compile(r'(?:src|href|poster)="([^"]*)"')
_SHOWN: Final = ("<img", "<video", "<audio", 'class="embed"')  # what an article may be made of beside words
_NO_REASON: Final = Reason("", ())
_shared_with_card: Final = attrgetter(*Card._fields[: Card._fields.index("minutes")])  # the rest is made of them
_ties_of: Final = attrgetter(*Ties._fields)


class Prepared(NamedTuple):
    """What one content file gave: an article or a static page, or neither and the problems why."""

    path: str
    article: Article | None = None
    card: Card | None = None
    page: StaticPage | None = None
    mark: Mark | None = None  # what the article is known by, where articles are compared
    problems: tuple[Problem, ...] = ()
    ballot: Ballot | None = None
    files: tuple[str, ...] = ()  # those of the site that it may show
    links: tuple[Reference, ...] = ()  # of the text, to what may be other content files


class _Draft(NamedTuple):
    """A file that has been read."""

    document: Document
    problems: tuple[Problem, ...]
    votes: tuple[Vote, ...]  # of the other articles


class _Tidy(NamedTuple):
    """A draft without page furniture."""

    draft: _Draft
    tidied: Tidied


class _Clean(NamedTuple):
    """A draft whose text is ready to be shown."""

    draft: _Draft
    cleaned: Cleaned
    own: str  # its text, whatever other articles say of its lines: they move it nowhere


def prepare(sources: Sequence[Source], site: Site) -> list[Prepared]:
    """Reads and cleans files; never raises for what stands in them.

    A fifth faster when each step is done for all of a few dozen files: the processor has its code at hand.
    """
    steps: tuple[Callable[[Any, Site], object], ...] = (_read, _tidy, _clean, _finish)
    states: list[Any] = list(sources)
    for step in steps:
        states = [
            state if isinstance(state, Prepared) else _attempt(step, state, source.path, site)
            for source, state in zip(sources, states, strict=True)
        ]
    return states


def _attempt(step: Callable[[Any, Site], object], state: object, path: str, site: Site) -> object:
    """What a step gives; where it can't be taken, the end of the way and the problems why."""
    try:
        return step(state, site)
    except ContentError as error:
        return Prepared(path, problems=error.problems)


def _read(source: Source, site: Site) -> _Draft:
    document, problems = read.read(source, site.timezone)
    metadata = document.metadata
    if MOJIBAKE in (*site.skipped_rules, *_skipped_by(metadata)):
        return _Draft(document, problems, source.votes)
    title, about_title = _mended(source, "title", metadata.title or "")
    words, about_words = _mended(source, "summary", metadata.summary)
    if about_title or about_words:
        document = document._replace(metadata=metadata._replace(title=title or None, summary=words))
    return _Draft(document, (*problems, *about_title, *about_words), source.votes)


def _mended(source: Source, field: str, text: str) -> tuple[str, tuple[Problem, ...]]:
    """A text of front matter as it was before a wrong encoding, with a warning where it isn't what is given."""
    if text.isascii() or (meant := decoded(text)) == text:
        return text, ()
    message = f"the {field} was read in a wrong encoding once; it is published as {shown(meant)}"
    place, hint = place_in_file(source, field), f'write {field}: "{meant}"'
    return meant, (Problem(source.path, *place, message, "mojibake", hint, WARNING),)


def _skipped_by(metadata: Metadata) -> tuple[str, ...]:
    """The rules of cleaning that a file switches off, as far as it is about its title."""
    return metadata.clean if isinstance(metadata.clean, tuple) else () if metadata.clean else (MOJIBAKE,)


def _tidy(draft: _Draft, site: Site) -> _Tidy:
    known = Known(phrases_of(draft.document.metadata, site), draft.votes)
    level = site.clean_level_of(draft.document.path)
    return _Tidy(draft, tidy(draft.document, site.skipped_rules, level, known))


def _clean(tidied: _Tidy, site: Site) -> _Clean:
    document = tidied.draft.document
    try:
        cleaned = finish(document, tidied.tidied, site.base_path, site.embeds)
        if not tidied.draft.votes:
            return _Clean(tidied.draft, cleaned, cleaned.text)
        alone = _tidy(tidied.draft._replace(votes=()), site)
        return _Clean(tidied.draft, cleaned, finish(document, alone.tidied, site.base_path).text)
    except html.NestedTooDeeplyError:
        hint = "paste the text of the page instead of its source"
        problem = Problem(document.path, document.body_line, 0, "HTML nested too deeply", "too-deep", hint)
        raise ContentError(problem) from None


def _finish(clean: _Clean, site: Site) -> Prepared:
    (document, problems, _), cleaned, own = clean
    title, about_title = _title(document, cleaned)
    problems += (*about_title, *(() if document.metadata.withdrawn else cleaned.problems))
    if document.path.startswith(PAGES_FOLDER):
        page = _page(document, cleaned, title)
        files, links = files_of_page(page, site), _links(document, page.html)
        return Prepared(document.path, page=page, problems=problems, files=files, links=links)
    article = _article(clean, title, site)
    ballot = Ballot(letters(title), article.source.slug if article.source else "", cleaned.tidied.doubts)
    mark = mark_of(title, own) if site.pages.stories and not article.withdrawn else None
    problems += () if article.withdrawn or article.draft else _about_text(document, cleaned)
    beside = files_of(article, site), _links(document, article.html)
    return Prepared(document.path, article, card_of(article), None, mark, problems, ballot, *beside)


def _links(document: Document, shown: str) -> tuple[Reference, ...]:
    if not may_hold_references(shown):
        return ()
    return references_in(shown, without_code(document.markdown), document.body_line)


def with_summary(card: Card, words: str) -> Card:
    """The card with another summary."""
    card = card._replace(summary=words, digest="")
    return card._replace(digest=_digest_of_card(card))


def card_of(article: Article) -> Card:
    """The card of an article; the reason for its topics, its words and ties are not among what lists show."""
    card = Card._make((*_shared_with_card(article), summary.reading_minutes(article.words), ""))
    return card._replace(digest=_digest_of_card(card))


def _digest_of_card(card: Card) -> str:
    return digest_of(card._replace(topic_reason=_NO_REASON, words=0, ties=NO_TIES))


def _title(document: Document, cleaned: Cleaned) -> tuple[str, tuple[Problem, ...]]:
    """The title, and a warning where it had to be guessed; raises ContentError where there is none."""
    if document.metadata.title:
        return document.metadata.title, ()
    title = cleaned.tidied.title or summary.first_sentence(cleaned.html, cleaned.text)
    if _is_draft(document):  # somebody is still at it
        words = name_of(document.path).words.replace("-", " ").replace("_", " ").strip()
        return title or words.capitalize() or "Untitled", ()
    if not title:
        hint = 'write it into the front matter: title: "The headline"'
        raise ContentError(Problem(document.path, 1, 0, "no title, and no text to take one from", "no-title", hint))
    origin = "first heading" if cleaned.tidied.title else "first sentence"
    hint = f'write it into the front matter: title: "{title}"'
    return title, (Problem(document.path, 1, 0, f"no title; its {origin} stands in", "no-title", hint, WARNING),)


def _about_text(document: Document, cleaned: Cleaned) -> tuple[Problem, ...]:
    """Warnings on a text of which nothing is left, of which much would have gone, or that was too short to touch."""
    tidied, place = cleaned.tidied, (document.path, document.body_line, 0)
    if tidied.spared:
        first, *others = tidied.spared
        lines = f"this line and {len(others)} more look" if others else "this line looks"
        message = f"{lines} like page furniture, and a text of so few sentences is left alone"
        hint = "take it out by hand; if it is meant, `pasted: false` says that you wrote it"
        return (Problem(document.path, first, 0, message, "too-short", hint, WARNING),)
    if tidied.is_doubtful:
        message = "much of this text looks like page furniture; only the certain lines of it were removed"
        return (Problem(*place, message, "much-removed", "`broadsheet tidy` shows them", WARNING),)
    if cleaned.text or any(sign in cleaned.html for sign in _SHOWN):
        return ()
    removed = f"; all {len(tidied.removed)} lines of it were removed" if tidied.removed else ""
    hint = "`broadsheet tidy` shows what was removed; `clean: false` keeps it" if removed else ""
    return (Problem(*place, f"the article has no text{removed}", "no-text", hint, WARNING),)


def _is_draft(document: Document) -> bool:
    return document.metadata.draft or is_in_private_folder(document.path)


def _page(document: Document, cleaned: Cleaned, title: str) -> StaticPage:
    metadata = document.metadata
    url = metadata.url or page_url(document)
    language = metadata.language or name_of(document.path).language
    said = (document.path, url, typeset(title), cleaned.summary, language, metadata.aliases, cleaned.html)
    appears = metadata.appears or metadata.date
    return StaticPage(*said, draft=_is_draft(document), appears=appears, expires=metadata.expires)


def _article(clean: _Clean, title: str, site: Site) -> Article:
    (document, _, _), cleaned, own = clean
    metadata = _completed(document.metadata, cleaned.tidied.moved, site)
    date = metadata.date or (UNDATED if _is_draft(document) else None)
    if date is None:
        month = month_in_path(document.path).replace("/", "-")
        hint = f"write it into the front matter, date: {month or '2024-01'}-31, or begin the file's name with it"
        hint += "; its folders say no day" if month else ""
        raise ContentError(Problem(document.path, 1, 0, "no date", "no-date", hint))
    known = publisher_of(metadata.source, metadata.source_url, site.sources)
    language = (
        metadata.language or language_of(document.path, site) or (known.language if known else "") or site.language
    )
    named = document._replace(metadata=metadata)
    updated, updated_has_time = _updated(metadata, date, site)
    topics, reason = choose_topics(metadata.topics, f"{title}\n{own}", site)
    article = Article(
        id=_id(document, site),
        path=document.path,
        url=metadata.url or article_url(named, date, topics, language, site),
        title=typeset(title),  # here and no earlier: nothing that is compared or named after it depends on signs
        date=date,
        updated=updated,
        appears=metadata.appears,
        expires=metadata.expires,
        draft=_is_draft(document),
        unlisted=metadata.unlisted,
        aliases=metadata.aliases,
        source=_source(metadata, known, site),
        source_url=urls.encode_url(metadata.source_url),
        authors=metadata.authors,
        credits=metadata.credits,
        language=language,
        topics=topics,
        topic_reason=reason,
        tags=tags_of(metadata.tags, site.tag_aliases),
        summary=cleaned.summary,
        image=_image(metadata.image, document.path, site),
        words=summary.count_words(own),
        ties=_ties(metadata),
        corrections=metadata.corrections,
        withdrawn=metadata.withdrawn,
        has_time=metadata.has_time,
        updated_has_time=updated_has_time,
        origin=urls.address_key(metadata.source_url) if metadata.source_url else "",
        html=cleaned.html,
        related=tuple(map(typeset, metadata.related)),
        removed=join(cleaned.tidied.removed, cleaned.lost),
        extra=metadata.extra or {},
    )
    return _emptied(article, article.withdrawn, site) if article.withdrawn else article


def _emptied(article: Article, told: Withdrawal, site: Site) -> Article:
    """A withdrawn article without all that it said, so that nothing of it can come out again."""
    nothing: tuple[str, ...] = ()
    links = [article.image.url if article.image else "", *map(unescape, _LINK.findall(article.html))]
    files = {unquote(urlsplit(link).path).removeprefix(site.base_path) for link in links if link.startswith("/")}
    return article._replace(
        summary="",
        image=None,
        html="",
        credits=nothing,
        related=nothing,
        words=0,
        extra={},
        withdrawn=told._replace(files=tuple(sorted(files))),
    )


def _completed(metadata: Metadata, moved: Moved, site: Site) -> Metadata:
    """The front matter, and in the fields that it leaves free what cleaning found."""
    if moved == NOTHING:
        return metadata
    day = metadata.date or (to_datetime(moved.date, site.timezone) if moved.date else None)
    changed = metadata.updated or (to_datetime(moved.updated, site.timezone) if moved.updated else None)
    updated_has_time = metadata.updated_has_time if metadata.updated else has_time(moved.updated)
    image = metadata.image
    if image and (moved.caption or moved.credit):
        image = image._replace(caption=image.caption or moved.caption, credit=image.credit or moved.credit)
    return metadata._replace(
        date=day or changed,
        updated=changed,
        has_time=metadata.has_time if metadata.date else has_time(moved.date) if day else updated_has_time,
        updated_has_time=updated_has_time,
        authors=metadata.authors or moved.authors,
        credits=metadata.credits or moved.credits,
        image=image,
        related=(*metadata.related, *moved.related),
    )


def _updated(metadata: Metadata, date: datetime, site: Site) -> tuple[datetime, bool]:
    """When an article was last changed, and whether with a time; a correction is a change, whatever `updated` says."""
    told = (metadata.updated, metadata.updated_has_time) if metadata.updated else (date, metadata.has_time)
    if told[0] < date and not told[1] and told[0].date() == date.astimezone(told[0].tzinfo).date():
        told = (date, metadata.has_time)  # at some time of that day
    corrected = max((told.date for told in metadata.corrections if told.date), default=None)
    if corrected is None or corrected <= told[0]:
        return told
    local = corrected.astimezone(site.timezone)
    return corrected, (local.hour, local.minute) != (0, 0)


def _ties(metadata: Metadata) -> Ties:
    ties = Ties(*_ties_of(metadata))
    return NO_TIES if ties == NO_TIES else ties


def _id(document: Document, site: Site) -> str:
    """The front matter's id, else one made of the file's place: no title, url or host can change it."""
    told = document.metadata.id
    if told and urlsplit(told).scheme:
        return told
    name = told or normalize("NFC", document.path.removeprefix("content/"))
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{site.feeds.authority}/{name}')}"


def _source(metadata: Metadata, known: Publisher | None, site: Site) -> TermLink | None:
    name = known.name if known else metadata.source_name
    if not name:
        return None
    slug = known.slug if known else urls.safe_slug(name, name)
    return TermLink(slug, name, f"/sources/{slug}/" if site.pages.sources else "")


def _image(image: Image | None, path: str, site: Site) -> Image | None:
    if image is None or not urls.is_safe_link(image.url):
        return None
    if urlsplit(image.url).scheme:
        return image
    folder = folder_of(path)
    url = html.resolve(image.url, folder, site.base_path)
    return image._replace(url=url) if url else None
