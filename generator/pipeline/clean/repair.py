"""Mends what copying did to a text: wrong encodings, invisible characters, lines and words broken at a margin.

Most texts need none of it, and are told by a few searches for single characters. Lines keep their numbers;
one that was joined has the number of its first part. Code stays as it is.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from generator.characters import unusual
from generator.languages import in_all
from generator.model import Removal, Repair
from generator.pipeline.clean.lines import BLANK, HEADING, RULE, TEXT, Line, code_in, ends_sentence, split_lines
from generator.pipeline.clean.rules import BROKEN_LINES, INVISIBLE, MOJIBAKE

_SUSPECTS: Final = frozenset("ÃÂÐÅÑ\u00a0\u00ad\u200b\u200c\u200d\u2060")
_BROKEN: Final = re.compile("[ÃÂÐÅÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Ã |Â ")
_CODE_SPAN: Final = re.compile(r"((?<!`)`++[^`]++`++)")
_INDENTED: Final = ("    ", "\t")
# Between letters of these scripts a zero-width character joins or parts nothing that a reader would see.
_ZERO_WIDTH: Final = re.compile(
    "[\u200b\u2060]|(?<=[A-Za-zÀ-ɏЀ-ӿ.,;:!? ])[\u200c\u200d]+|[\u200c\u200d]+(?=[A-Za-zÀ-ɏЀ-ӿ ]|$)"
)
_BREAKS_WORDS: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # Thai, Lao, Burmese, Khmer need U+200B
_BROKEN_WORD: Final = re.compile("(?<=[^\\W\\d_]{2})\u00ad$")
_HARD_SPACES: Final = re.compile("[ \u00a0]*\u00a0[ \u00a0]*")
_NARROWEST: Final = 50  # columns of a text that was broken at a margin
_WIDEST: Final = 100
_FEWEST_BREAKS: Final = 3
_MOST_FITTING: Final = 0.2  # the share of lines on which the next word would have had room
_FEWEST_SMALL: Final = 1 / 3  # the share of lines that go on with a small letter
_HYPHENATED: Final = re.compile(r"([^\W\d_]{2,})-$")
_GOES_ON: Final = re.compile(r"[^\W\d_]+")
_AND: Final = frozenset(in_all(lambda language: (*language.ands, *language.joining)))
_ELEMENTS: Final = frozenset(in_all(lambda language: language.elements))


class Repaired(NamedTuple):
    """The lines of a text as they should be, and where they had to be mended."""

    lines: tuple[Line, ...]
    repairs: tuple[Repair, ...]
    spans: Mapping[int, int]  # the first number of a line that was joined -> its last


def repair(markdown: str, first: int, skipped: Collection[str]) -> Repaired:
    """The lines of a text, mended."""
    repairs: list[Repair] = []
    if not markdown.isascii() and _is_suspect(unusual(markdown)):
        markdown = "\n".join(_mended(markdown.split("\n"), first, skipped, repairs))
    lines = tuple(split_lines(markdown, first))
    spans: dict[int, int] = {}
    if BROKEN_LINES not in skipped and _may_be_broken(lines):
        lines = tuple(_joined(lines, spans))
        repairs += (Repair(BROKEN_LINES, number) for number in spans)
    return Repaired(lines, tuple(repairs), spans)


def _is_suspect(characters: str) -> bool:
    """Whether there may be some among the characters of a text that nobody meant."""
    return not _SUSPECTS.isdisjoint(characters) or "â€" in characters


def as_written(removed: Sequence[Removal], markdown: str, first: int, spans: Mapping[int, int]) -> tuple[Removal, ...]:
    """The record of what went with the lines as they stand in the file."""
    texts = markdown.split("\n")
    return tuple(
        item._replace(text="\n".join(texts[item.line - first : spans.get(item.line, item.line) - first + 1]))
        for item in removed
    )


def without_gaps(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with one blank line at most between two others; code keeps its own."""
    blanks: list[Line] = []
    for line in lines:
        if line.kind == BLANK:
            blanks.append(line)
            continue
        if blanks:  # above an indented line they may stand in code
            yield from blanks if line.text.startswith((" ", "\t")) else blanks[:1]
            blanks.clear()
        yield line
    yield from blanks[:1]


# Characters


def _mended(texts: Sequence[str], first: int, skipped: Collection[str], repairs: list[Repair]) -> Iterator[str]:
    """The lines with the characters that were meant; what was mended is added to `repairs`."""
    code = code_in("\n".join(texts))
    for place, text in enumerate(texts):
        if place in code or text.isascii() or text.startswith(_INDENTED):
            yield text
            continue
        for rule, mend in ((MOJIBAKE, decoded), (INVISIBLE, _visible)):
            mended = _outside_code(text, mend) if rule not in skipped else text
            if mended != text:
                repairs.append(Repair(rule, first + place))
                text = mended  # noqa: PLW2901 - one after the other
        yield text


def _outside_code(text: str, mend: Callable[[str], str]) -> str:
    """A line with all mended that isn't code in it."""
    if "`" not in text:
        return mend(text)
    return "".join(piece if place % 2 else mend(piece) for place, piece in enumerate(_CODE_SPAN.split(text)))


def decoded(text: str) -> str:
    """The text as it was before somebody read it in a wrong encoding."""
    if not _BROKEN.search(text):
        return text
    from ftfy import fix_encoding  # noqa: PLC0415 - 40 ms, for texts that are broken

    fixed = fix_encoding(text)
    return text if "\n" in fixed else fixed


def _visible(text: str) -> str:
    """The text without characters that nobody sees, but for those that its script or its typography needs."""
    if "\u00ad" in text:
        text = _BROKEN_WORD.sub("-", text).replace("\u00ad", "")
    if not _BREAKS_WORDS.search(text):
        text = _ZERO_WIDTH.sub("", text)
    return _HARD_SPACES.sub(_space, text).strip("\u00a0") if "\u00a0" in text else text


def _space(found: re.Match[str]) -> str:
    """A space; a non-breaking one where French and figures want it."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    if not before or not after:
        return ""
    is_meant = before == "«" or after in "»!?;:%€" or (before.isdigit() and after.isdigit())
    return "\u00a0" if is_meant and len(found[0]) == 1 else " "


# Lines


def _may_be_broken(lines: Sequence[Line]) -> bool:
    """Whether there are enough lines of a length at which margins break them, right after one another."""
    kinds = [line.kind for line in lines]
    if kinds.count(TEXT) - kinds.count(BLANK) < _FEWEST_BREAKS:  # most texts: a blank line for each paragraph
        return False
    breaks = (len(before.text) <= _WIDEST for before, line in pairwise(lines) if before.kind == TEXT == line.kind)
    return sum(breaks) >= _FEWEST_BREAKS


def _joined(lines: Sequence[Line], spans: dict[int, int]) -> Iterator[Line]:
    """The lines with paragraphs that were broken at a margin as one line each."""
    runs = [list(run) for _, run in groupby(lines, key=lambda line: line.kind == TEXT)]
    paragraphs = [index for index, run in enumerate(runs) if _is_paragraph(runs, index, run)]
    breaks = [pair for index in paragraphs for pair in pairwise(runs[index])]
    width = max((len(line.text) for line, _ in breaks), default=0)
    is_likely = len(breaks) >= _FEWEST_BREAKS and _NARROWEST <= width <= _WIDEST
    if not (is_likely and _are_broken(breaks, width) and _go_on(breaks)):
        yield from lines
        return
    words = frozenset(word for line in lines if "-" in line.text for word in line.text.split()[:-1])
    for index, run in enumerate(runs):
        if index in paragraphs and _are_broken(list(pairwise(run)), width):
            spans[run[0].number] = run[-1].number
            yield run[0]._replace(text=_join([line.text for line in run], words))
        else:
            yield from run


def _is_paragraph(runs: Sequence[Sequence[Line]], index: int, run: Sequence[Line]) -> bool:
    """Whether a run is several lines of text that stand by themselves, with no break that was meant."""
    if len(run) == 1 or run[0].kind != TEXT:
        return False
    before = runs[index - 1][-1].kind if index else BLANK
    after = runs[index + 1][0].kind if index + 1 < len(runs) else BLANK
    is_apart = before in {BLANK, HEADING, RULE} and after == BLANK
    return is_apart and not any(line.text.endswith(("  ", "\\")) or line.text[:1].isspace() for line in run)


def _are_broken(breaks: Sequence[tuple[Line, Line]], width: int) -> bool:
    """Whether a margin broke the lines: the next word had no room; verse and addresses break where they want."""
    fitting = sum(len(line.text) + 1 + len(_first_word(after.text)) <= width for line, after in breaks)
    return fitting <= len(breaks) * _MOST_FITTING


def _go_on(breaks: Sequence[tuple[Line, Line]]) -> bool:
    """Whether sentences go on from line to line."""
    small = sum(after.text[:1].islower() for _, after in breaks)
    ending = sum(ends_sentence(line.text) for line, _ in breaks)
    return small >= len(breaks) * _FEWEST_SMALL and ending <= len(breaks) / 2


def _first_word(text: str) -> str:
    return text.partition(" ")[0]


def _join(texts: Sequence[str], words: Collection[str]) -> str:
    """The lines as one, with the words that were broken whole; `words` of the text have their hyphens for good."""
    joined = texts[0]
    for text in texts[1:]:
        broken, rest = _HYPHENATED.search(joined), _GOES_ON.match(text)
        if not broken or not rest or not rest[0].islower() or rest[0] in _AND:
            joined = f"{joined} {text}"
        elif broken[1].lower() in _ELEMENTS or f"{broken[1]}-{rest[0]}" in words:
            joined += text
        else:
            joined = joined[:-1] + text
    return joined
