"""One line -> what it is: a sentence of the article, a few words, or furniture of a known kind.

Plain sentences are most of all lines, so they are told first and cost next to nothing.
"""

import re
from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple

from generator.pipeline.clean import forms
from generator.pipeline.clean.fold import count_words, fold, is_unspaced, key_of, tokens_of, without_numbers
from generator.pipeline.clean.forms import Found
from generator.pipeline.clean.lexicon import (
    ENDINGS,
    FRAMES,
    PHRASES,
    PREFIXES,
    STARTERS,
    WORDS,
    Prefix,
    first_word,
    last_word,
)
from generator.pipeline.clean.lines import HEADING, LIST, TEXT, Line, ends_sentence, plain, visible

_CANDIDATES: Final = frozenset({TEXT, HEADING, LIST})  # never code, tables, quotes or HTML
_LONGEST: Final = 900  # characters; furniture is short, and so is the time that it can take
_LONGEST_TOLD: Final = 260  # the same of whole sentences: of 9,000 longer ones eight were any
_LONGEST_PHRASE: Final = 90
_BEGINNING: Final = 80  # characters; the longest prefix is shorter
_FULL_STOPS: Final = frozenset(".!?…。！？।؟۔።။")
_SENTENCE_WORDS: Final = 6
_MOST_WORDS: Final = 25  # in a headline
_LONGEST_PROMPT: Final = 45
_LONGEST_FRAME: Final = 12
_LONGEST_ENDING: Final = 40  # characters
_LONGEST_AGENCY: Final = 3  # words
_LONGEST_TALK: Final = 35  # words of sentences that invite
_LONGEST_MIXED: Final = 30  # words of a sentence that invites, and may be part of the news
_OPENING: Final = 60  # characters in which a caption says that it is one
_PLAIN: Final = 2  # words that say little by themselves
_HEADER_WORDS: Final = 8
_BRACKETS: Final = frozenset(")]）】")
_AROUND_REST: Final = " :)]：）】"
_LONGEST_NAMES: Final = 12  # characters of names in a byline without blanks
_LONGEST_NOTE: Final = 20  # words in such a line that says who else worked on it
_FEWEST_CHARACTERS: Final = 4  # of several words without blanks
_ONE_UNSPACED: Final = 2  # characters of a word without blanks, which a text may be about
_NO_NAMES: Final = re.compile("[。！？，；?!,;]")
_UNSPACED_WORD: Final = re.compile("[\u3400-\u9fff]{1,2}|[\u3040-\u309f]+|[\u30a0-\u30ff]+|[^\u3040-\u9fff]+")

# Furniture of one word is furniture wherever it stands only if nothing else is called so.
_ALONE: Final = frozenset({"advertisement", "end-of-list", "related-headlines", "tags"})
_TALKATIVE: Final = frozenset({"newsletter", "comments", "legal", "caption", "player"})
_WITNESSES: Final = {  # of which a sentence holds one
    "agency-credit": (";", *sorted(WORDS["contributed"])),
    "author-bio": ("@", "twitter", "facebook", "instagram", "http", "e-mail"),
}
_LAST_WORDS: Final = frozenset(
    f"{form}{mark}"
    for word in ENDINGS
    for form in (word, word.capitalize(), word.upper())
    for mark in ("", ".", "!", "…", "...")
) | {".", "!"}
_LAST_OF_PHRASES: Final = frozenset(phrase.rpartition(" ")[2] for phrase in PHRASES)
_BEGINNINGS: Final = {
    word: (
        *(prefix.text for prefix in PREFIXES.get(word, ())),
        *(frame.beginning for frame in FRAMES.get(word, ())),
    )
    for word in (*PREFIXES, *FRAMES)
}


class Piece(NamedTuple):
    """A line that is not blank, and what is known of it."""

    line: Line
    text: str  # what readers see, without marks of lists, headings and emphasis
    words: int
    is_sentence: bool
    found: Found | None
    is_fixed: bool = False  # a table, code, a quotation: always stays


_as_piece: Final = partial(tuple.__new__, Piece)  # of a tuple: a quarter of the time, for most lines there are


def classify(line: Line) -> Piece:
    """What a line is, as far as its own words tell."""
    _, text, kind = line
    if kind not in _CANDIDATES:
        return Piece(line, text, 0, is_sentence=False, found=None, is_fixed=True)
    is_plain = kind == TEXT and text[0].isalpha()
    if is_plain and len(text) > _LONGEST_TOLD and text[-1] in _FULL_STOPS:
        words = text.count(" ") + 1
        return _as_piece((line, text, words if words > _MOST_WORDS else count_words(text), True, None, False))
    if not is_plain:
        text = plain(text)
    text = visible(text)
    if not text:
        return Piece(line, text, 0, is_sentence=False, found=None, is_fixed=True)
    words = count_words(text)
    is_sentence = words >= _SENTENCE_WORDS and (text[-1] in _FULL_STOPS or ends_sentence(text))
    if len(text) > _LONGEST:
        return Piece(line, text, words, is_sentence, None)
    found = forms.screen_reader(text) if text[0] in "lL" and text[:5].casefold() == "list " else None
    found = found or (_in_sentence(text, words) if is_sentence else _in_words(text, words))
    return Piece(line, text, words, is_sentence, found)


def is_quoted(text: str) -> bool:
    """Whether somebody speaks in it."""
    return '"' in text or "“" in text or "”" in text or "„" in text or "«" in text or "」" in text


def _in_sentence(text: str, words: int) -> Found | None:
    """The rule of a sentence, which is text unless it begins or ends as furniture does."""
    if len(text) <= _LONGEST_PHRASE and _may_be_phrase(text) and (rule := PHRASES.get(key_of(text))):
        return Found(rule)
    if is_quoted(text):
        return None
    if words <= _LONGEST_PROMPT and ("@" in text or "oto" in text or "sletter" in text or "inbox" in text):
        found = _by_mark(text)
        if found is not None:
            return found
    word = text[:_BEGINNING].partition(" ")[0].casefold()
    if word.isascii() and ":" not in word and word not in STARTERS:
        return _by_end(text, words)
    beginning = fold(text[:_BEGINNING])
    word = first_word(beginning)
    may_prompt = words <= _LONGEST_PROMPT and word in WORDS["prompt-verbs"]
    if may_prompt or beginning.startswith(_BEGINNINGS.get(word, ())):
        found = _by_prefix(text, fold(text), words, is_sentence=True)
        if found is not None:
            return found
    return _by_end(text, words)


def _may_be_phrase(text: str) -> bool:
    """Whether a sentence may be a phrase that is known: by its last word, behind which its last mark stands."""
    last = text[text.rfind(" ") + 1 : -1].lower()
    return last in _LAST_OF_PHRASES or not (last.isascii() and last.isalpha())


def _by_mark(text: str) -> Found | None:
    """The rule of a sentence that holds a telling mark or word: an @, a newsletter, a photo."""
    if "@" in text and _holds(text, "contact"):
        return Found("author-bio", is_sure=WORDS["you"].isdisjoint(tokens_of(fold(text))))  # "email us" may be text
    if ("ewsletter" in text or "inbox" in text) and text.count(" ") < _LONGEST_MIXED and _holds(text, "subscribe"):
        return None if WORDS["you"].isdisjoint(tokens_of(fold(text))) else Found("newsletter")
    return Found("caption") if ("photo" in text or "foto" in text) and _holds(text[:_OPENING], "pictured") else None


def _holds(text: str, vocabulary: str) -> bool:
    """Whether one of the phrases of a vocabulary stands in a text."""
    folded = fold(text)
    return any(phrase in folded for phrase in WORDS[vocabulary])


def _by_end(text: str, words: int) -> Found | None:
    """The rule of a sentence that ends as furniture does: in an invitation, in a credit, or broken off."""
    if (text[-1] == "。" or text[text.rfind(" ") + 1 :] in _LAST_WORDS) and (found := _ending(text, words)):
        return found
    if text[-1] in _BRACKETS or text.endswith((").", "].")):
        return forms.credit(text, fold(text), words=words, is_sentence=True)
    if (
        words <= _MOST_WORDS
        and "lic" in text.lower()
        and "://" not in text
        and (found := forms.click(tokens_of(fold(text))))
    ):
        return found
    return forms.teaser(text, words) if words <= forms.LONGEST_TEASER else None


def _ending(text: str, words: int) -> Found | None:
    """The rule of a line that is known by its last words."""
    end = text[-_LONGEST_ENDING:].casefold().rstrip(".!… 。！")
    endings = ENDINGS.get(end.rpartition(" ")[2] if end.isascii() else last_word(end))
    if endings is None or words > _LONGEST_PROMPT:
        return None
    start = "" if is_unspaced(end[-1:]) else " "
    return next((Found(ending.rule) for ending in endings if f" {end}".endswith(start + ending.text)), None)


def _in_words(text: str, words: int) -> Found | None:
    """The rule of what isn't a sentence: whole, by its first words, by all of its words, by its form."""
    folded = fold(text)
    is_letters = folded.replace(" ", "").isalpha()  # and blanks, as most are
    numberless = folded if is_letters else without_numbers(folded)
    tokens: list[str] = []
    if len(text) <= _LONGEST_PHRASE or words <= forms.MOST_TOKENS:
        tokens = folded.split() if is_letters else tokens_of(folded)
    key = ""
    if len(text) <= _LONGEST_PHRASE:
        key = " ".join(tokens if numberless is folded else tokens_of(numberless))
    if rule := PHRASES.get(key):  # "ANSA" is a credit, "(ANSA)" says who reported
        return (folded[:1] == "(" and _by_prefix(text, folded, words, is_sentence=False)) or _phrase(rule, key, text)
    dated = folded if folded.isascii() else forms.in_usual_figures(folded)
    if dated is not folded:
        tokens = tokens_of(dated)
    return (
        _by_prefix(text, numberless, words, is_sentence=text[-1] == "。")
        or forms.filing(dated, words)
        or (_short(text, dated, tokens, words, is_letters=is_letters) if words <= forms.MOST_TOKENS else None)
        or _ending(text, words)
        or forms.credit(text, folded, words=words, is_sentence=False)
        or forms.teaser(text, words)
    )


def _phrase(rule: str, key: str, text: str) -> Found | None:
    """A whole line that is known; a single word may be a heading of the article as well."""
    if text.endswith(",") or (text.endswith("?") and rule == "related-headlines"):
        return None
    if text[-1] == "。" and rule not in _TALKATIVE:  # what is on a button doesn't end so
        return Found(rule, is_sure=False)
    is_figure = not key.strip("0 ") or (rule == "reading-time" and key.count(" ") < _PLAIN)
    if is_figure:  # "14:30" may be an entry of a diary, "40 min" the time that a soup takes
        return Found(rule, is_sure=False)
    is_telling = rule in _ALONE and (len(key) > _ONE_UNSPACED or not is_unspaced(key[:1]))
    return Found(rule, is_sure=" " in key or is_telling or key in WORDS["alone"] or _is_several(key))


def _is_several(key: str) -> bool:
    """Whether a line without blanks is of several words nevertheless."""
    return len(key) >= _FEWEST_CHARACTERS and not key.isascii() and len(_UNSPACED_WORD.findall(key)) > 1


def _short(text: str, folded: str, tokens: Sequence[str], words: int, *, is_letters: bool) -> Found | None:
    """The rule of a few words, by what kind of words they are or by their form; the surest that is found."""
    if not tokens:
        return None
    found = forms.vocabulary(tokens)
    if found is None and not is_letters and any(map(str.isdigit, folded)):
        found = forms.digits(folded, tokens)
    if found is not None and found.is_sure:
        return found
    if words == 1 and (glued := forms.glued(text)):
        return glued
    other = (
        (None if is_letters else forms.breadcrumbs(text, words) or forms.wire_slug(text))
        or ("://" not in text and forms.click(tokens))
        or forms.byline(text, tokens, words)
    )
    return other if other is not None and other.is_sure else found or other


def _by_prefix(text: str, folded: str, words: int, *, is_sentence: bool) -> Found | None:
    """The rule of a line that is known by its first words."""
    word = first_word(folded)
    for prefix in PREFIXES.get(word, ()):
        if folded.startswith(prefix.text) and _ends_word(folded, len(prefix.text)):
            found = _prefixed(prefix, folded, words, is_sentence=is_sentence)
            if found and not _is_prose(text, prefix, is_sentence=is_sentence):
                return found._replace(kept=_rest(text, prefix)) if found.kept else found
    framed = _framed(folded, word, words)
    return framed if framed or (is_sentence and words > _LONGEST_TALK) else _prompt(folded, word, words)


def _is_prose(text: str, prefix: Prefix, *, is_sentence: bool) -> bool:
    """Whether a line only begins as furniture does: "Watch: the boats come in.", "Click here for it: https://..."."""
    if prefix.text[-1] == ":":
        return is_sentence and _rest(text, prefix)[:1].islower()
    return prefix.rule == "related-inline" and "://" in text


def _rest(text: str, prefix: Prefix) -> str:
    """What follows the beginning in the line as it is written."""
    if prefix.is_unspaced:
        return text.strip()[len(prefix.text) :].strip(_AROUND_REST)
    if prefix.text[-1] == ":":
        return text.partition(":")[2].strip()
    words = text.split(maxsplit=prefix.text.count(" ") + 1)
    return words[-1] if len(words) > prefix.text.count(" ") + 1 else ""


def _ends_word(folded: str, end: int) -> bool:
    if end == len(folded) or not folded[end].isalnum():
        return True
    return not folded[end - 1].isalnum() or is_unspaced(folded[end - 1]) or is_unspaced(folded[end])


def _prefixed(prefix: Prefix, folded: str, words: int, *, is_sentence: bool) -> Found | None:
    """Whether a beginning says enough for what follows it."""
    rest = folded[len(prefix.text) :].strip(" :-–")
    if not rest and " " not in prefix.text and prefix.text[0] not in "([":
        return None
    if not _is_short_enough(prefix, rest, words, is_apart=folded[len(prefix.text) :].startswith(" ")):
        return None
    if (is_sentence and not _may_be_sentence(prefix, folded)) or not _is_borne_out(prefix, folded, words, is_sentence):
        return None
    is_kept = prefix.rule == "byline" or (prefix.rule == "related-inline" and prefix.text[-1] in ":]")
    return Found(prefix.rule, kept=rest if is_kept else "")


def _is_short_enough(prefix: Prefix, rest: str, words: int, *, is_apart: bool) -> bool:
    """Whether a line that says who reported, or who worked on it, says nothing else; `is_apart`: behind a blank."""
    if prefix.is_unspaced and prefix.rule == "byline":
        is_marked = not is_unspaced(prefix.text[-1]) or prefix.text[0] in "([" or "/" in rest or is_apart
        return is_marked and len(rest) <= _LONGEST_NAMES and not _NO_NAMES.search(rest)
    if prefix.rule != "agency-credit" or " " in prefix.text:
        return True
    if prefix.is_unspaced and prefix.text[-1] == ":":
        return words <= _LONGEST_NOTE and not _NO_NAMES.search(rest)
    if prefix.is_unspaced and rest.endswith((")", "]")):
        return words <= _LONGEST_NOTE
    return words <= _LONGEST_AGENCY  # else the report itself: "(ANSA) - Rome, 12 January - ..."


def _is_borne_out(prefix: Prefix, folded: str, words: int, is_sentence: bool) -> bool:
    """Whether the rest of the line is such as belongs to the beginning."""
    if prefix.rule == "newsletter" and is_sentence and words > _LONGEST_TALK:
        return False
    if prefix.rule == "newsletter" and (is_sentence or words > _HEADER_WORDS):
        tokens = frozenset(tokens_of(folded))
        is_invitation = bool(tokens & (WORDS["prompt-things"] | WORDS["you"])) or first_word(folded) in WORDS["alone"]
        return is_invitation or prefix.words > _PLAIN + 1 or "://" in folded or "www." in folded
    if not prefix.is_sure and ((is_sentence and prefix.rule not in _WITNESSES) or words > _MOST_WORDS):
        return False
    if prefix.rule == "timestamp":
        return any(map(str.isdigit, folded))
    return prefix.rule != "related-headlines" or words <= _HEADER_WORDS


def _may_be_sentence(prefix: Prefix, folded: str) -> bool:
    """Whether a whole sentence that begins so is furniture."""
    if prefix.text[0] in "([":
        return True
    if prefix.rule in _WITNESSES:
        return any(witness in folded for witness in _WITNESSES[prefix.rule])
    return prefix.rule in _TALKATIVE or prefix.text.endswith(":")


def _framed(folded: str, word: str, words: int) -> Found | None:
    """The rule of a line, and of its first word, that is known by how it begins and ends around a name."""
    if words > _LONGEST_FRAME:
        return None
    bare_end = folded.rstrip(".!…»> ")
    for frame in FRAMES.get(word, ()):
        if folded.startswith(frame.beginning) and bare_end.endswith(frame.ends):
            return Found(frame.rule)
    return None


def _prompt(folded: str, word: str, words: int) -> Found | None:
    """An invitation: it begins as one, with its first word, and speaks of you and of what there is to have."""
    if not _PLAIN < words <= _LONGEST_PROMPT or word not in WORDS["prompt-verbs"]:
        return None
    tokens = set(tokens_of(folded))
    if tokens & WORDS["prompt-things"] and tokens & WORDS["you"]:
        return Found("newsletter")
    return None
