"""The residue rules, as data: what each takes, why, and an example of what it must leave.

A pattern is matched against a whole line, without list marks and emphasis, in any case of letters.
A rule with `kept_as` doesn't lose the line: the named group `kept` of its pattern (else the whole
line) moves to that field of the article. A rule with `then_headlines` is the header of a list: the
headlines that follow it, up to the next sentence, go the same way.
"""

import re
from typing import Final, NamedTuple


class Rule(NamedTuple):
    """One kind of page furniture."""

    name: str
    reason: str  # one line, for the editor
    pattern: re.Pattern[str]
    takes: tuple[str, ...]
    leaves: tuple[str, ...]
    kept_as: str = ""
    then_headlines: bool = False


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})\s*[:.]?", re.IGNORECASE)


_NETWORKS: Final = (
    r"facebook|twitter|x|whatsapp|linkedin|reddit|telegram|pinterest|bluesky|threads|mastodon|flipboard|messenger"
    r"|instagram|tiktok|youtube|e-?mail|print|copy link|copy|link|share|save"
)

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        name="screen-reader-list",
        reason="an entry of a list of other articles, as it is read to people who can't see the page",
        pattern=re.compile(r"list \d{1,2} of \d{1,2}(?P<kept>(?=\S).*)?", re.IGNORECASE),
        takes=("- list 1 of 4Harbour reopens after the storm", "list 2 of 3Ten years of the ring road"),
        leaves=("List 1 of 4 was handed to the electoral court on Monday.",),
        kept_as="related",
    ),
    Rule(
        name="end-of-list",
        reason="the mark that ends a list of other articles, for people who can't see the page",
        pattern=_whole(r"end of list"),
        takes=("end of list",),
        leaves=("The end of list prices has been announced before.",),
    ),
    Rule(
        name="advertisement",
        reason="marks the place of an advertisement on the page that the text came from",
        pattern=_whole(
            r"(?:-+\s*)?(?:advertisement|advertising|ad|sponsored(?: content)?|anzeige|werbung|publicité|publicidad"
            r"|pubblicità|publicidade)(?:\s*-+)?"
            r"|(?:story|article) continues (?:below|after)(?: (?:this|the))?(?: advertisement| ad)?"
        ),
        takes=("Advertisement", "Story continues below", "- Advertisement -", "Anzeige"),
        leaves=("Advertisement revenue fell by a tenth.", "The advertisement was withdrawn"),
    ),
    Rule(
        name="share-buttons",
        reason="the labels of buttons that share, save or print the page",
        pattern=_whole(
            rf"share (?:this|the) (?:article|story|page|post)|share (?:on|via) (?:{_NETWORKS})|copy link"
            rf"|(?:share|{_NETWORKS})(?:[\s|,/·•]+(?:{_NETWORKS}))+"
        ),
        takes=("Share this article", "Facebook X WhatsApp Email", "Copy link", "Share on Facebook"),
        leaves=("Share prices fell on Facebook and X.", "Print"),
    ),
    Rule(
        name="newsletter",
        reason="an invitation to subscribe to something of the page that the text came from",
        pattern=_whole(
            r"(?:sign up|subscribe)(?: now| here| today)? (?:for|to) (?:our|the|this) (?:[\w'’-]+ ){0,4}newsletters?"
            r"(?: (?:now|here|today))?"
        ),
        takes=("Sign up for our daily newsletter", "Subscribe to the Morning Briefing newsletter"),
        leaves=("Readers who subscribe to the newsletter of the union were told first.",),
    ),
    Rule(
        name="related-headlines",
        reason="a list of other articles of the page that the text came from",
        pattern=_whole(
            r"(?:related|recommended|more|latest|top)(?: (?:news|articles?|stories|topics|content|reading|coverage))"
            r"|related|more on this(?: story| topic)?|most (?:popular|read|viewed)|read (?:more|next|also)"
            r"|you (?:may|might) also like|mehr zum thema|lesen sie auch|à lire aussi|sur le même sujet"
            r"|te puede interesar|noticias relacionadas|leggi anche|leia também"
        ),
        takes=("Related News", "More on this story", "Read more", "Mehr zum Thema"),
        leaves=("Related news reached the capital a day later, officials said.", "Read more than one book a month?"),
        then_headlines=True,
        kept_as="related",
    ),
)

REPEATED_TITLE: Final = "repeated-title"
TITLE_HEADING: Final = "title-heading"

# The rules that look at the article as a whole, not at the words of a line: name -> reason.
WHOLE_TEXT_RULES: Final = {
    REPEATED_TITLE: "the title of the article, once more at the top of its text",
    TITLE_HEADING: "the first heading, which became the title because the front matter has none",
}


def rule_names() -> tuple[str, ...]:
    """The names of all rules, in their order."""
    return (*(rule.name for rule in RULES), *WHOLE_TEXT_RULES)


def reason(name: str) -> str:
    """The one-line reason of a rule."""
    return WHOLE_TEXT_RULES.get(name) or next(rule.reason for rule in RULES if rule.name == name)
