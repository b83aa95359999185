"""The shape of a language: all that Broadsheet has to know of one, field by field.

Case doesn't matter, and accents stand as they are written, but where a field says otherwise.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

Words: TypeAlias = tuple[str, ...]


class Dates(NamedTuple):
    """How days and times are written in a line of their own."""

    months: Words  # twelve: the name in full, then its short and its other forms
    weekdays: Words  # seven from Monday on, likewise
    published: Words  # labels of the date of publication
    updated: Words  # of that of a change
    labels: Words  # of either
    on: Words  # before the day, or before the weekday
    at: Words  # before the time
    ordinals: Words = ()  # right behind the number of a day
    the: Words = ()  # between the weekday and the day: "Montag, den 6. Januar"
    of: Words = ()  # between the day and the month: "6 de enero"
    of_year: Words = ()  # between the month and the year: "enero del 2024"
    after_year: Words = ()  # right behind the year: "6 stycznia 2026 r."
    o_clock: Words = ()  # behind an hour, which is a time with it alone: "14 Uhr"
    units: Words = ()  # behind the figures of year, month, day, hour, minute, second: "2026年1月6日"
    before_noon: Words = ()  # before the hour, in such dates
    after_noon: Words = ()


class Furniture(NamedTuple):
    """What page furniture says; case, accents and marks at the ends don't matter, 0 is any number."""

    phrases: Mapping[str, Words]  # rule -> whole lines
    prefixes: Mapping[str, Words]  # rule -> how such lines begin
    words: Mapping[str, Words]  # vocabulary -> its words
    endings: Mapping[str, Words] = {}  # rule -> how such lines end
    frames: Mapping[str, tuple[tuple[Words, Words], ...]] = {}  # rule -> how lines begin and end around a name


class Language(NamedTuple):
    """One language."""

    code: str  # ISO 639-1
    stop_words: str  # small words that the other languages here rarely have: they tell it
    common_words: str  # words that tell no article from another, beside the names of months and weekdays
    dates: Dates
    by: Words  # before the names in a byline; case matters
    ands: Words  # between the last two names of a list
    joining: Words  # what else joins words as "and" does, or parts them as "or" does
    particles: Words  # small words inside the names of people
    abbreviations: Words  # that end in a full stop inside a sentence, without it; case matters
    furniture: Furniture
    script: str = ""  # the range of letters that tells it, where no small words can: "ぁ-ヺ"
    in_bylines: Words = ()  # what else stands between the names in a byline: "By Anna Sund for The Herald"
    elements: Words = ()  # first parts of words that keep their hyphen for good: "well-known"
    reporting_words: str = ""  # the vocabulary of reporting, which tells little


# What the vocabularies of furniture hold: each language has all of them.
VOCABULARIES: Final[Mapping[str, str]] = {
    "share": "labels of the buttons that share, save or print a page",
    "legal": "labels of links to the small print",
    "navigation": "labels of links to the parts of a site",
    "dates": "what stands in date lines beside months, weekdays and numbers",
    "ago": "what lines such as `3 hours ago` consist of",
    "passed": "those words of them that say that the time has passed",
    "clock": "what may stand beside the figures of a time",
    "label-tails": "small words between a label and its colon: `Published on:`",
    "prompt-verbs": "how invitations begin",
    "prompt-things": "what they invite to",
    "you": "words of the one who invites and of the one who is invited",
    "subscribe": "what invitations to subscribe say; in sentences that speak of a newsletter",
    "click": "what to do with a link",
    "here": "and where",
    "advertisement": "what stands in the place of an advertisement, and is nothing else even in an author's text",
    "alone": "labels of one word that are nothing else",
    "pictured": "how captions say in their first words that they are captions",
    "pictures": "first words of a credit in brackets",
    "credit-words": "what stands before the colon of a credit",
    "glued-credits": "those of them that stand glued to a caption with a capital letter",
    "photo-by": "what stands before the name of who made a picture",
    "taken-by": "what stands behind it at the end of a caption",
    "filing": "labels of what a page filed an article under",
    "contact": "how one may reach who wrote it; in sentences that hold an @",
    "contributed": "what sentences on other people's work on a report say; word stems do",
    "roles": "what people who write are",
    "role-endings": "how the words for them end, where nouns are made of several",
    "is": "what stands between a name and a role",
    "no-names": "first words of a sentence that say that it begins with no name",
    "no-person": "words in bylines that name a post or an outlet",
    "reply": "labels of the buttons below a comment",
    "says": "what stands behind the name of who comments",
}
# A language may have none of these.
MAY_LACK: Final = frozenset({"role-endings", "taken-by"})
# Nor may one without blanks between words, where no single word of a line can be told ...
UNSPACED_MAY_LACK: Final = frozenset({"prompt-verbs", "prompt-things", "you", "click", "here", "is", "no-names"}) | {
    "label-tails",
    "glued-credits",  # and no capital letters
}
# ... and neither abbreviations nor names have marks, nor days and times words before them.
UNSPACED_MAY_LEAVE_EMPTY: Final = frozenset({"particles", "abbreviations", "on", "at"})
