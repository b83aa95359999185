"""The residue rules, as data: what each takes, why, an example that it takes and one that it must leave.

The words that rules know stand in generator/languages/, a file a language; the forms that they know in forms.py.
A rule with `kept_as` doesn't lose the line: what matters of it moves to that field of the article, if it is free.
"""

from typing import Final, NamedTuple

OFF: Final = "off"
SAFE: Final = "safe"
DEFAULT: Final = "default"
THOROUGH: Final = "thorough"
LEVELS: Final = (OFF, SAFE, DEFAULT, THOROUGH)


class Rule(NamedTuple):
    """One kind of page furniture."""

    name: str
    reason: str  # one line, for the editor
    takes: tuple[str, ...]  # each a text of one line or several that goes as a whole
    leaves: tuple[str, ...]
    kept_as: str = ""
    weight: float = 1.0  # how much a line of it says that the article isn't here; in-text furniture says little


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        name="screen-reader-list",
        reason="an entry of a list of other articles, as it is read to people who can't see the page",
        takes=("- list 1 of 4Harbour reopens after the storm", "list 2 of 3Ten years of the ring road"),
        leaves=("List 1 of 4 was handed to the electoral court on Monday.",),
        kept_as="related",
        weight=0.2,
    ),
    Rule(
        name="end-of-list",
        reason="the mark that ends a list of other articles, for people who can't see the page",
        takes=("end of list",),
        leaves=("The end of list prices has been announced before.",),
        weight=0.2,
    ),
    Rule(
        name="advertisement",
        reason="marks the place of an advertisement on the page that the text came from",
        takes=("Advertisement", "Story continues below", "- Advertisement -", "Anzeige"),
        leaves=("Advertisement revenue fell by a tenth.", "The advertisement was withdrawn"),
        weight=0.2,
    ),
    Rule(
        name="share-buttons",
        reason="the labels of buttons that share, save or print the page",
        takes=("Share this article", "Facebook X WhatsApp Email", "Copy link", "Share on Facebook"),
        leaves=("Share prices fell on Facebook and X.", "Print"),
    ),
    Rule(
        name="newsletter",
        reason="an invitation to subscribe to something of the page that the text came from",
        takes=("Sign up for our daily newsletter", "Subscribe to the Morning Briefing newsletter"),
        leaves=("Readers who subscribe to the newsletter of the union were told first.",),
    ),
    Rule(
        name="related-headlines",
        reason="a list of other articles of the page that the text came from",
        takes=("Related News", "More on this story", "Mehr zum Thema\nNeue Fähre für die Insel"),
        leaves=("Related news reached the capital a day later, officials said.", "Read more than one book a month?"),
        kept_as="related",
        weight=1.5,
    ),
    Rule(
        name="related-inline",
        reason="a pointer to another article, in a line of its own",
        takes=("Read more: Storm closes the coast road", "Lesen Sie auch: Wer zahlt für die Mole?"),
        leaves=("Read more slowly, the teacher told them, and you will hear the harbour.",),
        kept_as="related",
        weight=0.5,
    ),
    Rule(
        name="tags",
        reason="the keywords under which the page filed the article",
        takes=("Tags: harbour, storm, ferries", "Filed under harbour, storm"),
        leaves=("Tags on the crates showed where they came from.",),
    ),
    Rule(
        name="navigation",
        reason="links to the other parts of the page that the text came from",
        takes=("Skip to main content", "Home News Sport Weather", "Home > World > Europe"),
        leaves=("Home is where the ferries sleep.", "News"),
    ),
    Rule(
        name="call-to-action",
        reason="the label of a button or of a link that leads away",
        takes=("Click to enlarge", "View all posts", "En savoir plus"),
        leaves=("Close the harbour, they said.", "Close"),
        weight=0.7,
    ),
    Rule(
        name="comments",
        reason="the frame of a comment section: its header, its form, its buttons",
        takes=("12 Comments", "Leave a reply", "Schreibe einen Kommentar"),
        leaves=("Comments on the plan were friendly, the mayor said.",),
        weight=2.0,
    ),
    Rule(
        name="legal",
        reason="copyright, terms, cookies and other legal lines of the page",
        takes=("All rights reserved.", "© 2024 The Port Elin Herald", "Privacy Policy"),
        leaves=("All rights of way across the pier were reserved for the ferry.",),
        weight=1.5,
    ),
    Rule(
        name="player",
        reason="the controls of a video, sound or picture player",
        takes=("Please enable JavaScript to view this video", "00:00 / 01:23", "Video Player is loading."),
        leaves=("The video player of the year is a pensioner from Port Elin.", "Video"),
        weight=0.3,
    ),
    Rule(
        name="timestamp",
        reason="when the page was published or changed, in a line of its own",
        takes=(
            "Published On 6 Jan 2024",
            "12. Januar 2024, 14:30 Uhr",
            "3 hours ago",
            "Mis à jour le 4 mai 2023 à 10h30",
        ),
        leaves=("It was published on 6 January 2024 in Port Elin.", "1,204 boats in 2024"),
        kept_as="date",
        weight=0.7,
    ),
    Rule(
        name="reading-time",
        reason="how long the page thought that reading it takes",
        takes=("5 min read", "Lesezeit: 3 Minuten", "Tiempo de lectura: 4 min"),
        leaves=("A 5 minute read of the meter was all it took.",),
        weight=0.7,
    ),
    Rule(
        name="page-numbers",
        reason="the number of a page or of a picture",
        takes=("3 of 12", "Page 2 of 5", "Seite 1 von 3"),
        leaves=("3 of 12 boats were lost.", "2024"),
        weight=0.7,
    ),
    Rule(
        name="caption",
        reason="the words under a picture that didn't come along",
        takes=("Photo: The pier after the storm", "The pier after the storm. Photograph: A. Sund/Harbour Press"),
        leaves=("Photo finish at the regatta: the Elin won by a hand.",),
        kept_as="image",
        weight=0.2,
    ),
    Rule(
        name="credit",
        reason="who made a picture that didn't come along",
        takes=("(Anna Sund/Reuters)", "A. Sund | Getty Images", "Anna Sund/Reuters"),
        leaves=("Reuters reported that the pier was lost.",),
        kept_as="image",
        weight=0.2,
    ),
    Rule(
        name="byline",
        reason="who wrote the article, in a line of its own",
        takes=("By Anna Sund and Per Holm", "Written by Anna Sund"),
        leaves=("By Tuesday the pier was open again.", "By the harbour"),
        kept_as="authors",
        weight=0.7,
    ),
    Rule(
        name="agency-credit",
        reason="who else worked on the report",
        takes=(
            "(Reporting by Anna Sund; Editing by Per Holm)",
            "Associated Press writer Anna Sund contributed to this report.",
        ),
        leaves=("Reporting by telephone, the captain gave the boat up.",),
        kept_as="credits",
        weight=0.2,
    ),
    Rule(
        name="author-bio",
        reason="what the page says of the author, below the article",
        takes=("Follow her on Twitter @annasund", "She can be reached at anna@example.org"),
        leaves=("She can be reached by boat, and by boat alone.",),
        weight=0.5,
    ),
    Rule(
        name="poll",
        reason="a poll of the page that the text came from",
        takes=("Take our poll", "Total votes: 1,204"),
        leaves=("The poll gave the mayor 51 percent.",),
    ),
    Rule(
        name="live-blog",
        reason="the frame of a live report: its buttons and headings",
        takes=("Live updates", "Show key events only"),
        leaves=("Live updates were read out on the quay every hour.",),
        weight=0.5,
    ),
)

PAGE_HEAD: Final = "page-head"
PAGE_TAIL: Final = "page-tail"
COMMENT_SECTION: Final = "comment-section"
BETWEEN: Final = "between-furniture"
OWN_PHRASE: Final = "own-phrase"
LINKED_HEADLINE: Final = "linked-headline"
OTHER_TITLE: Final = "other-title"
REPEATED_IN_SOURCE: Final = "repeated-in-source"
REPEATED_TITLE: Final = "repeated-title"
REPEATED_LINE: Final = "repeated-line"
TITLE_HEADING: Final = "title-heading"

# The rules whose lines can be nothing else, so that they go from texts that somebody wrote as well.
CERTAIN: Final = frozenset({"screen-reader-list", "end-of-list", "advertisement"})

MOJIBAKE: Final = "mojibake"
INVISIBLE: Final = "invisible-characters"
BROKEN_LINES: Final = "broken-lines"
BLANK_LINES: Final = "blank-lines"

# The rules that mend lines and take none: name -> reason.
REPAIRS: Final = {
    MOJIBAKE: "letters that a wrong encoding broke",
    INVISIBLE: "soft hyphens, zero-width and non-breaking spaces that only the layout of a page needs",
    BROKEN_LINES: "lines and words that were broken at a margin",
    BLANK_LINES: "more than one blank line between two paragraphs",
}

# The rules that look at the article as a whole, not at the words of a line: name -> reason.
WHOLE_TEXT_RULES: Final = {
    PAGE_HEAD: "stands among furniture before the first line of the article",
    PAGE_TAIL: "stands among furniture after the last line of the article",
    COMMENT_SECTION: "stands in the comment section below the article",
    BETWEEN: "a few words with furniture above and below",
    OWN_PHRASE: "the configuration says that it is furniture of this source",
    LINKED_HEADLINE: "nothing but links to other pages, in a page that a web clipper saved",
    OTHER_TITLE: "the title of another article of the site",
    REPEATED_IN_SOURCE: "stands beside furniture in three or more articles of one source",
    REPEATED_LINE: "says word for word what a line above it says",
    REPEATED_TITLE: "the title of the article, once more in its text",
    TITLE_HEADING: "the first heading, which says the title: the page shows it once",
}
# What is lost on the way from a text to its page, whatever rules are on: name -> reason. The file keeps all of it.
LOSSES: Final = {
    "html-element": "an element of HTML that pages don't hold; its words stay, but for those of scripts and forms",
    "html-attribute": "an attribute of HTML that would run a script",
    "unsafe-url": "an address that leads nowhere, or of a kind that pages don't lead to; its words stay",
    "embed": "a frame or a player of another site, for which a link stands",
    "template-mark": "a mark of another generator that readers are not meant to see",
}
_KEPT_AS: Final = {REPEATED_TITLE: "title", TITLE_HEADING: "title", OTHER_TITLE: "related", LINKED_HEADLINE: "related"}
_WHOLE_TEXT_WEIGHT: Final = 1.0
_BY_NAME: Final = {rule.name: rule for rule in RULES}


def rule_names() -> tuple[str, ...]:
    """The names of all rules, in their order."""
    return (*_BY_NAME, *WHOLE_TEXT_RULES, *REPAIRS)


def recorded_names() -> tuple[str, ...]:
    """The names of all that may be on the record of an article, in their order."""
    return (*rule_names(), *LOSSES)


def kept_as(name: str) -> str:
    """The field of the article to which a line may move that falls under a rule."""
    return _BY_NAME[name].kept_as if name in _BY_NAME else _KEPT_AS.get(name, "")


def weight_of(name: str) -> float:
    """How much a line that falls under a rule says that the article isn't here."""
    return _BY_NAME[name].weight if name in _BY_NAME else _WHOLE_TEXT_WEIGHT if name != REPEATED_LINE else 0.0


def reason(name: str) -> str:
    """The one-line reason of a rule, or of a loss."""
    return WHOLE_TEXT_RULES.get(name) or REPAIRS.get(name) or LOSSES.get(name) or _BY_NAME[name].reason
