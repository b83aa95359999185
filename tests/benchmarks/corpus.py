"""Made-up news in any amount: the same number and seed always give the same articles.

Words follow Zipf's law, paragraphs look like those of news (quotations, links, emphasis, a heading, a
list), and one article in ten still carries page furniture, pasted one paragraph a line.
"""

import itertools
import random
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

TOPICS = ("World", "Politics", "Business", "Technology", "Science", "Climate", "Health", "Culture", "Sport")
SHORT_WORDS = tuple("the of and to in a is that for on was with by it at from as be has are this had not an".split())  # noqa: SIM905
SYLLABLES = tuple("ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bran stel grim plon tra".split())  # noqa: SIM905
START = datetime(2021, 1, 1, 6, tzinfo=UTC)
FURNITURE = ("Advertisement", "Share this article", "Facebook X WhatsApp Email", "Sign up for our daily newsletter")


class Draft(NamedTuple):
    """One article as a file."""

    name: str  # below content/, without .md
    text: str


def articles(count: int, seed: int = 1) -> Iterator[Draft]:
    """So many articles over three years, oldest first."""
    writer = _Writer(seed)
    for number in range(count):
        date = START + timedelta(days=3 * 365 / count * number)
        yield writer.article(number, date.replace(microsecond=0))


class _Writer:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        made = ["".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4))) for _ in range(8000)]
        self.words = [*SHORT_WORDS, *dict.fromkeys(made)]
        self.heights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(self.words))))
        self.tags = [word.capitalize() for word in self.words[200:500]]
        self.sources = [
            f"The {word.capitalize()} {kind}" for word in self.words[500:510] for kind in ("Times", "Post", "Wire")
        ]

    def article(self, number: int, date: datetime) -> Draft:
        draw = self.random
        title = " ".join(self.rare_word() for _ in range(draw.randint(5, 10))).capitalize()
        tags = ", ".join(draw.sample(self.tags, draw.randint(2, 5)))
        head = [
            f'title: "{title}"',
            f"date: {date:%Y-%m-%dT%H:%M:%SZ}",
            f"author: {self.rare_word().capitalize()} {self.rare_word().capitalize()}",
            f"source: {draw.choice(self.sources)}",
            f"topic: {draw.choice(TOPICS)}",
            f"tags: [{tags}]",
            f'summary: "{self.sentence()}"',
        ]
        body = self.pasted() if number % 10 == 0 else self.written()
        slug = "-".join(title.lower().split()[:6])
        return Draft(f"{date:%Y/%m}/{slug}-{number}", "\n".join(["---", *head, "---", "", body, ""]))

    def written(self) -> str:
        blocks = [self.paragraph() for _ in range(self.random.randint(6, 12))]
        blocks[3] = "> " + blocks[3] if self.random.random() < 0.3 else blocks[3]
        if self.random.random() < 0.6:
            blocks.insert(4, "## " + self.rare_word().capitalize() + " " + self.rare_word())
        if self.random.random() < 0.3:
            blocks.insert(2, "\n".join(f"- {self.rare_word()} {self.rare_word()}" for _ in range(4)))
        return "\n\n".join(blocks)

    def pasted(self) -> str:
        lines = [self.paragraph() for _ in range(8)]
        lines[2:2] = [f"- list {n} of 3{self.rare_word().capitalize()} {self.rare_word()}" for n in (1, 2, 3)] + [
            "end of list"
        ]
        lines.insert(8, self.random.choice(FURNITURE))
        return "\n".join(
            [*lines, "Related News", *(f"{self.rare_word().capitalize()} {self.rare_word()}" for _ in range(3))]
        )

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 4)))

    def sentence(self) -> str:
        words = [self.word() for _ in range(self.random.randint(9, 24))]
        at, kind = self.random.randrange(2, len(words) - 2), self.random.random()
        if kind < 0.12:
            words[at : at + 2] = [f"“{words[at]}", f"{words[at + 1]},”"]
        elif kind < 0.2:
            words[at] = f"[{words[at]}](https://example.com/{words[at]})"
        elif kind < 0.28:
            words[at] = f"*{words[at]}*"
        elif kind < 0.34:
            words[at] += "'s"
        return " ".join(words).capitalize() + "."

    def word(self) -> str:
        return self.words[bisect_left(self.heights, self.random.random() * self.heights[-1])]

    def rare_word(self) -> str:
        return self.words[self.random.randrange(len(SHORT_WORDS), len(self.words))]
