"""Where the title of a pasted text is: its headline, else its first sentence."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Final

from generator.dates import is_date_line
from generator.languages import in_all, one_of

_LONGEST_HEADLINE: Final = 120
_LONGEST_TITLE: Final = 100  # of one that is made of a sentence
_FEWEST_WORDS: Final = 3  # a shorter first line is a label of the page as often as not: "News", "Live updates"
_FEWEST_CHARACTERS: Final = 5  # in a script without spaces
_LOOK_AHEAD: Final = 3  # paragraphs: a byline, a standfirst, a date may come first
_SURELY_PARAGRAPH: Final = 100  # characters; nobody wraps lines further out

_URL_LINE: Final = re.compile(r"(?:[^\W\d_]{3,10}:\s*)?<?(https?://[^\s<>]+)>?", re.IGNORECASE)
BY: Final = one_of(in_all(lambda language: language.by))
_AND: Final = one_of(in_all(lambda language: language.ands))
BYLINE_FORM: Final = re.compile(rf"(?:{BY})(?: (?:{_AND}|[A-ZÀ-Þ][\w.'’-]*,?)){{1,8}}")  # "Von der Leyen ..." is none
HEADING: Final = re.compile(r"#{1,6}\s+(?=[^\s#])")
_HEADING_END: Final = re.compile(r" #+$")
_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1")
_MARK: Final = re.compile(r"^(?:[-*+•]|\d{1,3}[.)]|>)\s+(?=\S)")
NOT_PROSE: Final = re.compile(r"(?:[-*+•>]|\d{1,3}[.)])\s|[|<`~=]|---|\+\+\+|\{")
_LETTER: Final = re.compile(r"[^\W\d_]")
UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
SENTENCE_END: Final = re.compile(r"""[.!?…。！？]["'”’»)\]*_]*$""")
_NO_HEADLINE_END: Final = re.compile(r"""[.!…:;,。！、]["'”’»)\]*_]*$""")
SENTENCE_BREAK: Final = re.compile(
    r"""(?<![A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bNr)[.!?…]["'”’»)]*(?=\s+["'“‘«(]?[^\W\d_a-z])"""
    r"|[。！？]"
)


def url_of_line(line: str) -> str:
    """The address that a line has and nothing else, "" where there is none."""
    found = _URL_LINE.fullmatch(line.strip())
    return found[1] if found else ""


def find_headline(lines: Sequence[str]) -> int | None:
    """The number of the line that is the headline, from 0; None where that isn't clear."""
    first = _first_speaking(lines)
    if first is None or len(plain(lines[first])) > _LONGEST_HEADLINE or NOT_PROSE.match(lines[first].strip()):
        return None
    rest = lines[first + 1 :]
    if HEADING.match(lines[first].strip()):
        return first if any(map(_speaks, rest)) else None
    is_one = _can_be_headline(plain(lines[first])) and _leads_to_paragraph(len(plain(lines[first])), rest)
    return first if is_one else None


def first_sentence(lines: Sequence[str]) -> str:
    """The first sentence, as far as it fits into a title; never empty for lines that hold anything."""
    first = _first_speaking(lines)
    if first is None:
        first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    text = plain(lines[first])
    for line in lines[first + 1 :]:
        if not _continues(line) or len(text) > _LONGEST_TITLE * 4:
            break
        text += f" {line.strip()}"  # a sentence that was wrapped
    end = SENTENCE_BREAK.search(text)
    sentence = text[: end.end()] if end else text
    return shortened(sentence.rstrip(".") or sentence)


def shortened(text: str) -> str:
    """At most 100 characters of a text, cut after a word."""
    text = " ".join(text.split())
    if len(text) <= _LONGEST_TITLE:
        return text
    head = text[: _LONGEST_TITLE - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:–—-") + "…"


def plain(line: str) -> str:
    """A line without the marks of a heading, of a list, and of emphasis around the whole of it."""
    text = " ".join(line.split())
    if heading := HEADING.match(text):
        text = _HEADING_END.sub("", text[heading.end() :])
    if emphasis := _EMPHASIS.fullmatch(text):
        text = emphasis[2].strip()
    return _MARK.sub("", text, count=1)


def _speaks(line: str) -> bool:
    """Whether a line says something of its own: no blank, address, date or byline."""
    text = line.strip()
    is_label = url_of_line(text) or is_date_line(text) or BYLINE_FORM.fullmatch(text)
    return _LETTER.search(text) is not None and not is_label


def _continues(line: str) -> bool:
    """Whether a line goes on with the sentence of the one before."""
    return line.lstrip()[:1].islower() and _speaks(line)


def _first_speaking(lines: Sequence[str]) -> int | None:
    return next((number for number, line in enumerate(lines) if _speaks(line)), None)


def _can_be_headline(text: str) -> bool:
    has_words = len(text.split()) >= _FEWEST_WORDS or len(UNSPACED.findall(text)) >= _FEWEST_CHARACTERS
    return has_words and not _NO_HEADLINE_END.search(text)


def _leads_to_paragraph(length: int, rest: Sequence[str]) -> bool:
    """Whether one of the next few paragraphs is longer than the headline, and none continues its sentence."""
    if not rest or _continues(rest[0]):
        return False
    is_apart = not rest[0].strip()
    return any(
        len(text) > length and not text[:1].islower() and (len(text) > _SURELY_PARAGRAPH or SENTENCE_END.search(text))
        for text in islice(_paragraphs(rest, joined=is_apart), _LOOK_AHEAD)
    )


def _paragraphs(lines: Sequence[str], *, joined: bool) -> Iterator[str]:
    """Lines that speak, each a paragraph, or joined where blank lines part them."""
    if not joined:
        yield from (line.strip() for line in lines if _speaks(line))
        return
    for is_text, block in groupby(lines, key=lambda line: bool(line.strip())):
        text = " ".join(line.strip() for line in block if _speaks(line))
        if is_text and text:
            yield text
