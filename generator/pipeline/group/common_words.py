"""Words that tell no article from another: function words of all languages, and the vocabulary of reporting."""

from typing import Final

from generator.languages import LANGUAGES, in_all, names_in_full

FUNCTION_WORDS: Final = frozenset(
    word
    for language in LANGUAGES
    for words in (
        language.common_words.split(),
        names_in_full(language.dates.months),
        names_in_full(language.dates.weekdays),
    )
    for word in words
)
REPORTING_WORDS: Final = frozenset(in_all(lambda language: language.reporting_words.split())) - FUNCTION_WORDS
