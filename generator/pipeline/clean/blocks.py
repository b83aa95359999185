"""What lines are by the lines around them: where the article begins and ends, lists under a header, comments.

Every function here takes the pieces of a text and what is known to go, and tells what goes besides.
The article is the run of lines that speaks most for itself: each paragraph counts for it, each line of
furniture against it, and the run with the greatest sum wins (Kadane's maximum subarray, one pass).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice, takewhile
from typing import Final

from generator.pipeline.clean.classify import Piece, is_quoted
from generator.pipeline.clean.fold import fold, tokens_of
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.lexicon import WORDS
from generator.pipeline.clean.lines import HEADING, LIST, Line, is_link_alone, is_picture
from generator.pipeline.clean.lists import leads_over
from generator.pipeline.clean.rules import BETWEEN, PAGE_HEAD, PAGE_TAIL, REPEATED_LINE, REPEATED_TITLE, weight_of

Taken = dict[int, Found]  # index of a piece -> why it goes

_SENTENCE_LIKE: Final = 9  # words, without a full stop
_FEWEST_SENTENCES: Final = 3  # below that nobody can say where the article is
_HEADLINE_WORDS: Final = 25
_SUBHEADING_WORDS: Final = 5
_FEWER: Final = 2  # words than the headline above it
_TAG_WORDS: Final = 5
_BETWEEN_WORDS: Final = 8
_STANDFIRST_WORDS: Final = 12
_FEWEST_BEFORE_BIO: Final = 5  # sentence-like lines
_LONGEST_BIO: Final = 60  # words
_INITIAL: Final = 1  # letters
_MOST_NAMES: Final = 4  # words before the verb of a biography
_ROLE_ENDINGS: Final = tuple(sorted(WORDS["role-endings"]))
_CAPTION_WORDS: Final = 40
_REPEATED_WORDS: Final = 12
_MOST_REPEATED: Final = 0.3  # of the words in sentences
LISTS: Final = frozenset({"related-headlines", "tags"})
_ANYWHERE: Final = frozenset({"byline", "timestamp", REPEATED_LINE, REPEATED_TITLE})
_SHY: Final = frozenset({"related-inline", "timestamp"})  # two of them don't vouch for each other
_SOFT: Final = frozenset({"player", "page-numbers", "timestamp", "reading-time"})  # a figure alone may begin a text
_OFTEN_TEXT: Final = frozenset({"byline", "credit", "related-inline", "timestamp", "page-numbers"})
LISTED_WEIGHT: Final = 0.3
_TAIL_WEIGHT: Final = 0.5
_FEWEST_COMMENT_MARKS: Final = 2
_LEAST_ABOVE_COMMENTS: Final = 0.1  # of the words in sentences: "Comment" may be a button above the article
_SAYS: Final = tuple(sorted(WORDS["says"]))


def is_text(pieces: Sequence[Piece]) -> bool:
    """Whether there is enough text for cleaning to touch it: at least three lines like sentences."""
    lines = (piece for piece in pieces if piece.is_sentence or (piece.words >= _SENTENCE_LIKE and not piece.found))
    return next(islice(lines, _FEWEST_SENTENCES - 1, None), None) is not None


def is_long_enough(pieces: Sequence[Piece]) -> bool:
    """Whether there is enough text to tell the article from what is around it."""
    sentences = 0
    for piece in pieces:
        sentences += piece.is_sentence and piece.found is None
        if sentences >= _FEWEST_SENTENCES:
            return True
    return False


def under_headers(pieces: Sequence[Piece], titles: Taken) -> Taken:
    """The headlines under the header of a list, up to the next sentence; the keywords under "Tags"."""
    taken: Taken = {}
    under, gap = "", 0  # the lines from one entry of the list to the next
    is_section = False  # a heading of Markdown stands above it
    for index, piece in enumerate(pieces):
        found = piece.found
        if index in titles:
            under = ""
            continue
        if found is not None and found.is_sure:
            if found.rule in LISTS:
                under, gap = found.rule if not _says_more(piece, found) else under, 0
                is_section = piece.line.kind == HEADING
            elif weight_of(found.rule) < 0.4 or found.rule in {"newsletter", "comments"}:  # noqa: PLR2004
                under = ""
            continue
        step = piece.line.number - pieces[index - 1].line.number
        gap = gap or step
        is_authors = is_section and _says_beside_links(piece.line)
        if (
            under
            and step <= gap
            and not is_authors
            and _is_headline(piece, under)
            and not _is_subheading(pieces, index)
        ):
            taken[index] = Found(under, kept=piece.text if under == "related-headlines" and found is None else "")
        elif found is None:
            under = ""
    return taken


def _is_subheading(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the last line of a list of headlines is so much shorter that it belongs to the paragraph below it."""
    if index < 2 or index + 1 >= len(pieces) or not pieces[index + 1].is_sentence or pieces[index + 1].found:  # noqa: PLR2004
        return False
    piece, before = pieces[index], pieces[index - 1]
    return piece.found is None and piece.words <= _SUBHEADING_WORDS and before.words >= piece.words + _FEWER


def _says_more(piece: Piece, found: Found) -> bool:
    """Whether the header holds its list itself: "Tags: harbour, storm"."""
    return found.rule == "tags" and piece.words > _FEWEST_SENTENCES


def _is_headline(piece: Piece, under: str) -> bool:
    """Whether a line under a header can be the title of another article."""
    if piece.is_fixed or piece.line.kind == HEADING:
        return False
    if under == "tags":
        return ":" not in piece.text and (piece.words <= _TAG_WORDS or ("," in piece.text and not piece.is_sentence))
    if piece.words > _HEADLINE_WORDS or piece.text[-1] == ":":
        return False
    return not (piece.text[-1] in ".!…。" and not piece.text.endswith("...")) or piece.text[-1] == "…"


def _says_beside_links(line: Line) -> bool:
    """Whether an item of a list has links and words beside them, as an author's has."""
    return line.kind == LIST and "](" in line.text and not is_link_alone(line.text) and not is_picture(line.text)


def comment_section(pieces: Sequence[Piece]) -> int | None:
    """Where the comment section begins: at a header of it with marks of comments below, and an article above."""
    sentences = words = 0
    total = sum(piece.words for piece in pieces if piece.is_sentence and piece.found is None)
    for index, piece in enumerate(pieces):
        found = piece.found
        if found is not None and found.rule == "comments" and found.is_sure and sentences >= _FEWEST_SENTENCES:
            marks = sum(map(_is_comment_mark, pieces[index + 1 :]))
            if marks >= _FEWEST_COMMENT_MARKS and words >= total * _LEAST_ABOVE_COMMENTS:
                return index
        if piece.is_sentence and found is None:
            sentences += 1
            words += piece.words
    return None


def _is_comment_mark(piece: Piece) -> bool:
    if piece.found is not None and piece.found.rule in {"comments", "timestamp"}:
        return True
    if piece.is_sentence or piece.words > _BETWEEN_WORDS:
        return False
    folded = fold(piece.text)
    return folded in WORDS["reply"] or folded.endswith(_SAYS)


def body(pieces: Sequence[Piece], taken: Taken) -> tuple[int, int]:
    """The first and the last index of the run that speaks most for being the article."""
    return best_run(list(_values(pieces, taken)))


def best_run(values: Sequence[float]) -> tuple[int, int]:
    """The first and the last index of the run with the greatest sum; of all values where none is above 0."""
    best, run = 0.0, (0, len(values) - 1)
    total, start = 0.0, 0
    for index, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, index
        total += value
        if total > best:
            best, run = total, (start, index)
    return run


def _values(pieces: Sequence[Piece], taken: Taken) -> Iterator[float]:
    for index, piece in enumerate(pieces):
        found = taken.get(index)
        if found is not None:
            yield -(weight_of(found.rule) if piece.found is not None or found.rule not in LISTS else LISTED_WEIGHT)
        elif piece.found is not None:
            yield -weight_of(piece.found.rule) / 3
        elif piece.is_fixed:
            yield 0.5
        elif piece.is_sentence:
            yield 2 + min(piece.words, 60) / 10 + 2 * is_quoted(piece.text)
        else:
            yield 0.0 if piece.words > 3 else -0.1  # noqa: PLR2004


def around(pieces: Sequence[Piece], taken: Taken, start: int, end: int) -> Taken:
    """What stands among furniture before and after the article."""
    found: Taken = {}
    last = max((index for index in range(start) if _is_furniture(pieces, taken, index)), default=-1)
    titled = max((index for index, item in taken.items() if index < start and item.rule == REPEATED_TITLE), default=-1)
    for index in range(last):
        if (
            index not in taken
            and not pieces[index].is_fixed
            and not _is_standfirst(pieces[index], after=index > titled)
        ):
            found[index] = Found(PAGE_HEAD)
    first = next((index for index in range(end + 1, len(pieces)) if _opens_tail(pieces, taken, index)), len(pieces))
    for index in range(first, len(pieces)):
        if index not in taken and not pieces[index].is_fixed and not _speaks(pieces[index]):
            found[index] = Found(PAGE_TAIL)
    return found


def _is_standfirst(piece: Piece, *, after: bool) -> bool:
    """Whether a line before the article sums it up."""
    return after and (piece.is_sentence or piece.words >= _STANDFIRST_WORDS)


def _speaks(piece: Piece) -> bool:
    """Whether somebody is quoted in a whole sentence: that is news, wherever it stands."""
    return piece.is_sentence and is_quoted(piece.text)


def _opens_tail(pieces: Sequence[Piece], taken: Taken, index: int) -> bool:
    """Whether furniture is such as stands below an article, and not inside."""
    found = taken.get(index)
    if found is None or weight_of(found.rule) < _TAIL_WEIGHT or found.rule in _ANYWHERE:
        return False
    return found.is_sure or (index + 1 < len(pieces) and _is_furniture(pieces, taken, index + 1))


def _is_furniture(pieces: Sequence[Piece], taken: Taken, index: int) -> bool:
    if index in taken:
        return taken[index].rule != REPEATED_LINE
    return pieces[index].found is not None


def seconded(pieces: Sequence[Piece], taken: Taken, start: int) -> Taken:
    """Lines that may be furniture, with furniture beside them or above the article."""
    found: Taken = {}
    numbers = Counter(piece.text for piece in pieces if piece.found and piece.found.rule == "page-numbers")
    has_head = any(index < start for index in taken)
    is_page = has_head or len(taken) > 1
    for index, piece in enumerate(pieces):
        if piece.found is None or index in taken:
            continue
        beside = [other for other in (index - 1, index + 1) if 0 <= other < len(pieces)]
        if piece.found.rule in _SHY:
            has_second = (all if piece.is_sentence else any)(other in taken for other in beside)
        else:
            has_second = any(_is_furniture(pieces, taken, other) for other in beside)
        is_above = (
            index < start
            and piece.found.rule != "related-inline"
            and (has_head or (is_page and piece.found.rule not in _SOFT))
        )
        if has_second or is_above or numbers[piece.text] > 1:
            found[index] = piece.found
    return found


def seconded_by(pieces: Sequence[Piece], taken: Taken) -> Taken:
    """Lines that may be furniture right beside lines that are; items of lists are not."""
    return {
        index: piece.found
        for index, piece in enumerate(pieces)
        if piece.found
        and index not in taken
        and piece.line.kind != LIST
        and not piece.is_sentence
        and (index - 1 in taken or index + 1 in taken)
    }


def between(pieces: Sequence[Piece], taken: Taken) -> Taken:
    """A few words with furniture on both sides."""
    return {
        index: Found(BETWEEN)
        for index, piece in enumerate(pieces[:-1])
        if index not in taken
        and not piece.is_sentence
        and not piece.is_fixed
        and piece.words <= _BETWEEN_WORDS
        and not leads_over(piece)
        and index - 1 in taken
        and index + 1 in taken
    }


def _is_credit(piece: Piece) -> bool:
    return piece.found is not None and piece.found.rule == "credit"


def suspects(pieces: Sequence[Piece], taken: Taken) -> Taken:
    """What may be a label of the page, wherever it stands."""
    return {
        index: piece.found
        for index, piece in enumerate(pieces)
        if piece.found and piece.found.rule not in _OFTEN_TEXT and index not in taken and not piece.is_sentence
    }


def beyond(pieces: Sequence[Piece], taken: Taken, start: int, end: int) -> Taken:
    """All short lines beyond any furniture around the article: for `thorough`."""
    found: Taken = {}
    head = max((index for index in taken if index < start), default=0)
    tail = min((index for index in taken if index > end), default=len(pieces))
    for index in (*range(head), *range(tail + 1, len(pieces))):
        piece = pieces[index]
        if not piece.is_sentence and not piece.is_fixed and index not in taken:
            found[index] = Found(PAGE_HEAD if index < start else PAGE_TAIL)
    return found


def captions(pieces: Sequence[Piece], taken: Taken) -> Taken:
    """The words of a picture above its credit."""
    return {
        index: Found("caption")
        for index, piece in enumerate(pieces[:-1])
        if index not in taken
        and _is_credit(pieces[index + 1])
        and not piece.is_sentence
        and not piece.is_fixed
        and _BETWEEN_WORDS <= piece.words <= _CAPTION_WORDS
        and piece.text[-1] not in ":."
    }


def repeated(pieces: Sequence[Piece]) -> Taken:
    """Long lines that stand in the text before, word for word: captions of a gallery, mostly."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, piece in enumerate(pieces):
        if piece.words >= _REPEATED_WORDS and not piece.is_fixed and not is_quoted(piece.text):
            places[piece.text].append(index)
    often = [found for found in places.values() if len(found) > 1 + pieces[found[0]].is_sentence]
    again = sum(pieces[index].words for found in often for index in found[1:])
    if again > _MOST_REPEATED * sum(piece.words for piece in pieces if piece.is_sentence):
        return {}  # a text that repeats itself
    return {index: Found(REPEATED_LINE) for found in often for index in found[1:]}


def biographies(pieces: Sequence[Piece], taken: Taken, *, is_plain: bool) -> list[int]:
    """The lines that say who wrote it: at the end of the text, and beside the byline.

    They begin with a name of the byline, or present somebody as a person who writes. At the end of a text they have
    furniture beside them, unless this is plainly a page.
    """
    left = [index for index, piece in enumerate(pieces) if index not in taken and piece.is_sentence]
    last = left[-2:] if len(left) > _FEWEST_SENTENCES else []
    near = [index for index in last if is_plain or index - 1 in taken or index + 1 in taken]
    presenting = (index for index in near if len(left) > _FEWEST_BEFORE_BIO and _presents(pieces[index]))
    found = list(islice(presenting, 1))
    if bylines := dict(_bylines(taken)):
        names = frozenset(chain.from_iterable(bylines.values()))
        beside = [index for index in left if index - 1 in bylines or index + 1 in bylines]
        found += (index for index in (*beside, *near) if _is_of(pieces[index], names))
    return found


def _bylines(taken: Taken) -> Iterator[tuple[int, Sequence[str]]]:
    """The lines that name who wrote the article, with the words of the names."""
    for index, found in taken.items():
        if found.rule == "byline" and found.kept:
            yield index, [word for word in tokens_of(fold(found.kept)) if len(word) > _INITIAL]


def _is_of(piece: Piece, names: Collection[str]) -> bool:
    """Whether a sentence begins with one of the names and goes on with a small letter: "Anna Berg covers ..."."""
    if piece.words > _LONGEST_BIO or is_quoted(piece.text):
        return False
    words = piece.text.split(maxsplit=_MOST_NAMES)
    told = list(takewhile(lambda word: word[0].isupper(), words))
    is_person = any(not word.isupper() for word in told)  # and not the paper: "CNN has asked ..."
    return is_person and len(told) < len(words) and all(fold(word) in names for word in told)


def _presents(piece: Piece) -> bool:
    """Whether a sentence says of somebody that he or she writes."""
    if piece.words > _LONGEST_BIO or is_quoted(piece.text):
        return False
    tokens = tokens_of(fold(piece.text[:200]))
    if not tokens:
        return False
    early = frozenset(tokens[1 if tokens[0] in WORDS["is"] else 2 : 16])
    has_role = bool(early & WORDS["roles"]) or any(token.endswith(_ROLE_ENDINGS) for token in early)
    return has_role and bool(early & WORDS["is"]) and tokens[0] not in WORDS["no-names"]
