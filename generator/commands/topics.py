"""broadsheet topics learn: what speaks for each topic, from the site's own articles, into topics.toml."""

import argparse
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from generator import atomic, config
from generator.commands.desk import Desk, Showing, add_showing, open_desk
from generator.commands.gather import gather
from generator.commands.survey import survey
from generator.console import Console, counted
from generator.engine.memory import Bodies
from generator.engine.stopwatch import Stopwatch
from generator.model import Article, Card, Json, Report, Site
from generator.pipeline.clean.html import to_text
from generator.pipeline.group import topics_file
from generator.pipeline.group.topic_model import Example, Model, learn
from generator.pipeline.group.topics import count_keywords
from generator.pipeline.group.words import content_words, words_of
from generator.problems import WARNING, ConfigError, Problem

_FEWEST_NAMED: Final = 3  # articles that teach a topic which the configuration doesn't have


class Options(Showing):
    """What the command is told."""

    directory: Path
    what: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `broadsheet topics`."""
    parser.add_argument("what", choices=("learn",), help="learn: write what speaks for each topic into topics.toml")
    add_showing(parser)


def run(options: Options, console: Console) -> Report:
    """Learns; the topics of all articles that name none may change with the next build."""
    site = config.load(config.find(options.directory))
    never = topics_file.read_never(site.topics_file)
    with open_desk(site, options, console, Stopwatch()) as desk:
        gathered = gather(desk, survey(desk))
        corpus = gathered.corpus
        cards = (*corpus.cards, *(copy.card for copy in corpus.copies), *corpus.unlisted)
        topics = _topics(site, cards)
        model = learn(list(_examples(desk, cards, [slug for slug, _ in topics])), topics)
    problems = [*gathered.problems, *_untaught(model)]
    taught = [topic for topic in model.topics if topic.weights]
    text = topics_file.write(taught, never)
    is_new = bool(taught) and text != site.topics_file
    if is_new:
        _write(site.root / config.TOPICS_FILE, text, site.topics_file)
    done = f"{len(taught):,} topics learned from {counted(len(cards), 'article')}"
    said = f"{done}; {config.TOPICS_FILE} {'written' if is_new else 'is as it was' if taught else 'not written'}"
    learned: list[Json] = [{"slug": topic.slug, "name": topic.name, "words": len(topic.weights)} for topic in taught]
    return Report((said,), {"topics": learned, "articles": len(cards), "written": is_new}, tuple(problems))


def _topics(site: Site, cards: Sequence[Card]) -> list[tuple[str, str]]:
    """Slugs and names: those of the configuration, then others that front matter names often enough."""
    configured = {topic.slug: topic.name for topic in site.topics}
    named = Counter(topic for card in cards if _is_labelled(card) for topic in card.topics)
    others = {topic.slug: topic.title for topic, number in sorted(named.items()) if number >= _FEWEST_NAMED}
    return [*configured.items(), *((slug, name) for slug, name in others.items() if slug not in configured)]


def _is_labelled(card: Card) -> bool:
    return card.topic_reason.method == "front matter"


def _examples(desk: Desk, cards: Sequence[Card], slugs: list[str]) -> Iterator[Example]:
    """What there is to learn from, in the order of the paths."""
    bodies = Bodies(desk.memory.file)
    numbers = {slug: number for number, slug in enumerate(slugs)}
    for card in desk.console.progress(sorted(cards, key=lambda card: card.path), len(cards), "reading"):
        article: Article = pickle.loads(bodies[card.path])  # noqa: S301 - our own file
        title = article.title.replace("’", "'")  # as it is written where topics are chosen
        text = f"{title}\n{to_text(article.html)}"
        keywords = count_keywords(text, desk.site)
        named = [numbers[topic.slug] for topic in card.topics if topic.slug in numbers] if _is_labelled(card) else ()
        yield Example(content_words(words_of(text)), tuple(named), tuple(keywords[slug] for slug in slugs))
    bodies.close()


def _untaught(model: Model) -> Iterator[Problem]:
    for topic in model.topics:
        if not topic.weights:
            hint = "give it keywords, or name it in the front matter of some articles"
            yield Problem(
                "broadsheet.toml", 0, 0, f'nothing teaches the topic "{topic.name}"', "untaught", hint, WARNING
            )


def _write(path: Path, text: str, before: str) -> None:
    """Writes topics.toml, if it still holds the text of before; raises ConfigError."""
    try:
        atomic.update(path, text, before)
    except atomic.ChangedMeanwhileError:
        message, hint = "saved by somebody else meanwhile; it is left as it is", "run `broadsheet topics learn` again"
        raise ConfigError(Problem(path.name, 0, 0, message, "changed-meanwhile", hint)) from None
    except OSError as error:
        hint = "mind free space and permissions"
        message = f"can't be written: {error.strerror}; it is left as it is"
        raise ConfigError(Problem(path.name, 0, 0, message, "unwritable", hint)) from None
