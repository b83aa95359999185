"""Document -> Cleaned: page furniture out and on record, paragraphs kept apart, Markdown -> safe HTML.

lines -> REPAIR -> pieces -> ORIGIN -> PAGE: words, blocks, span -> GUARDS -> kept lines -> paragraphs -> HTML

lines.py       Markdown text as lines of a kind, and what readers see of a line
repair.py      what copying did to characters and lines
pieces.py      lines with what they are by their own words (classify.py, forms.py, lexicon.py)
origin.py      was the text written, pasted or clipped? what was written is left alone
page.py        what goes of a page: by its words, by what stands around it (blocks.py), by where the article
               begins and ends (span.py)
lists.py       which lists belong to the text
guards.py      what stays all the same
residue.py     `sift`, the door to these
keep.py        what moves into the metadata; titles.py, votes.py: lines that say a title, lines of other articles
rules.py       the rules as data: names, reasons, examples
foreign.py     the syntax of other generators: said in Markdown and HTML, or found where readers would see it
               (shortcodes.py)
html.py        Markdown -> HTML: parsed, tamed, sanitised, levelled
elements.py    what becomes of HTML that pages don't hold (tags.py, embeds.py, media.py); outcome.py: the last touch
losses.py      the record of what is lost on this way, and the warnings on it
excerpt.py     passages of the HTML; summary.py: the summary that is made of them
typeset.py     typographic signs in titles, as typography.py decides them for texts
"""

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from generator import urls
from generator.model import Document, Doubt, Metadata, Removal, Repair, Site
from generator.names import publisher_of
from generator.pipeline.clean import foreign, html, losses, rules, summary
from generator.pipeline.clean.keep import Moved
from generator.pipeline.clean.lines import emptied_sections
from generator.pipeline.clean.link_forms import with_plain_urls
from generator.pipeline.clean.origin import WRITTEN, Origin
from generator.pipeline.clean.paragraphs import separate
from generator.pipeline.clean.repair import as_written, repair, without_gaps
from generator.pipeline.clean.residue import NOTHING_KNOWN, Known, sift
from generator.pipeline.clean.typeset import typeset
from generator.pipeline.references import folder_of
from generator.problems import Problem

_NO_LOSSES: Final[tuple[tuple[Removal, ...], tuple[Problem, ...]]] = ((), ())
# A heading that serves as the title isn't cleaned away: it would stand on the page twice, or not be the title.
_ALL_BUT_TITLE: Final = tuple(name for name in rules.rule_names() if name != rules.TITLE_HEADING)


class Tidied(NamedTuple):
    """A text without furniture: still Markdown."""

    markdown: str
    removed: tuple[Removal, ...]
    repairs: tuple[Repair, ...]
    moved: Moved  # what of it goes into the article's metadata
    title: str | None  # from the first heading, where the front matter has none
    is_doubtful: bool  # much would have gone; some or all rules were taken back
    spared: tuple[int, ...]  # the lines that look like furniture, of a text that is too short to touch
    origin: Origin
    emptied: tuple[int, ...]  # the lines of headings below which nothing is left
    doubts: tuple[Doubt, ...]  # lines on which other articles may have a say


class Cleaned(NamedTuple):
    """A text, ready to be shown."""

    html: str
    text: str  # its words alone
    summary: str  # the front matter's, else its first sentences
    tidied: Tidied
    lost: tuple[Removal, ...] = ()  # what the page can't hold
    problems: tuple[Problem, ...] = ()  # what of it readers would miss, and what nobody could tell


class Judged(NamedTuple):
    """What cleaning thinks of a text of which nothing is known."""

    origin: str  # origin.WRITTEN, PASTED or CLIPPED
    furniture: Mapping[int, str]  # the number of a line, from 1 -> the rule that takes it


def judge(markdown: str) -> Judged:
    """Where a text comes from, and which of its lines are furniture."""
    repaired = repair(markdown, 1, ())
    known = Known(joined=len(repaired.spans))
    sifted = sift(repaired.lines, Metadata(), frozenset({rules.TITLE_HEADING}), rules.DEFAULT, known)
    furniture = {
        number: removal.rule
        for removal in sifted.removed
        for number in range(removal.line, repaired.spans.get(removal.line, removal.line) + 1)
    }
    return Judged(sifted.origin.kind, furniture)


def tidy(
    document: Document, skipped: Collection[str], level: str = rules.DEFAULT, known: Known = NOTHING_KNOWN
) -> Tidied:
    """The text without page furniture, a paragraph a block; `skipped` are rules that are off for the site."""
    metadata = document.metadata
    is_off = level == rules.OFF or metadata.clean is False
    skip = _ALL_BUT_TITLE if is_off else (*skipped, *_own_rules(metadata))
    if metadata.pasted is False:
        skip = (*skip, rules.BROKEN_LINES)
    repaired = repair(document.markdown, document.body_line, skip)
    seen = known._replace(joined=len(repaired.spans)) if repaired.spans else known
    sifted = sift(repaired.lines, metadata, frozenset(skip), level, seen)
    is_authors = sifted.origin.kind == WRITTEN and sifted.origin.is_markdown
    if repaired.spans and is_authors:
        return tidy(document, (*skipped, rules.BROKEN_LINES), level, known)  # an author's lines stay as they are
    kept, removed = sifted.kept, sifted.removed
    if (removed or repaired.repairs or "\n\n\n" in document.markdown) and rules.BLANK_LINES not in skip:
        kept = tuple(without_gaps(kept))
    if removed and repaired.repairs:
        removed = as_written(removed, document.markdown, document.body_line, repaired.spans)
    pasted = False if metadata.pasted is None and is_authors else metadata.pasted
    markdown = separate(kept, pasted).strip("\n")
    emptied = emptied_sections(repaired.lines, kept) if removed else ()
    return Tidied(
        markdown,
        removed,
        repaired.repairs,
        sifted.moved,
        sifted.title,
        sifted.is_doubtful,
        sifted.spared,
        sifted.origin,
        emptied,
        sifted.doubts,
    )


def finish(document: Document, tidied: Tidied, base_path: str, frames: tuple[str, ...] = ()) -> Cleaned:
    """A tidied text as safe HTML, with what there is to say of it; raises html.NestedTooDeeplyError."""
    folder = folder_of(document.path)
    translated = foreign.translate(with_plain_urls(tidied.markdown))
    shown = html.show(translated.markdown, folder, base_path, frames)
    said = typeset(document.metadata.summary) or _summary(shown)
    left = foreign.left_in(shown.html, translated, is_written=tidied.origin.kind == WRITTEN)
    lost = (*translated.losses, *shown.losses)
    removed, problems = losses.on_record(document, lost) if lost else _NO_LOSSES
    about = (*problems, *losses.about_left(document, left), *losses.about_fence(document, shown.open_fence))
    return Cleaned(shown.html, shown.words, said, tidied, removed, about)


def phrases_of(metadata: Metadata, site: Site) -> tuple[str, ...]:
    """The lines that the configuration says are furniture in articles of this source."""
    if not site.clean_phrases or not (name := metadata.source_name):
        return ()
    known = publisher_of(metadata.source, metadata.source_url, site.sources)
    return site.clean_phrases.get(known.slug if known else urls.safe_slug(name, name), ())


def _own_rules(metadata: Metadata) -> tuple[str, ...]:
    """The rules that are off for this article alone."""
    return metadata.clean if isinstance(metadata.clean, tuple) else ()


def _summary(shown: html.Shown) -> str:
    """What stands before a `<!-- more -->`, else the first sentences."""
    told = summary.summarise(shown.head, summary.SUMMARY_LENGTH * 2) if shown.head else ""
    return told or summary.summarise(shown.html)
