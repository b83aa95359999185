"""What the articles of a site say of each other's lines: a second vote on lines that cleaning doubts.

An article's ballot is made from its file alone, and its votes from all ballots; so the order in which
articles are read never matters, and only articles whose votes change are cleaned again.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from generator.model import Ballot, Vote

_FEWEST_ARTICLES: Final = 3  # with different titles, since copies repeat all their lines


def count_votes(ballots: Mapping[str, Ballot]) -> dict[str, tuple[Vote, ...]]:
    """The votes on lines of each article, by its path; articles without any are left out."""
    wanted = {doubt.key for ballot in ballots.values() for doubt in ballot.doubts}
    if not wanted:
        return {}
    titled: dict[str, set[str]] = defaultdict(set)  # title -> paths
    repeated: dict[tuple[str, str], set[str]] = defaultdict(set)  # source and line -> titles
    for path, ballot in ballots.items():
        if ballot.title in wanted:
            titled[ballot.title].add(path)
        for doubt in ballot.doubts:
            if doubt.is_beside:
                repeated[ballot.source, doubt.key].add(ballot.title)
    often = {place for place, titles in repeated.items() if place[0] and len(titles) >= _FEWEST_ARTICLES}
    counted = {path: tuple(_votes(path, ballot, titled, often)) for path, ballot in ballots.items() if ballot.doubts}
    return {path: votes for path, votes in counted.items() if votes}


def _votes(path: str, ballot: Ballot, titled: Mapping[str, set[str]], often: set[tuple[str, str]]) -> list[Vote]:
    votes = []
    for doubt in ballot.doubts:
        if doubt.may_be_title and titled.get(doubt.key, set()) - {path}:
            votes.append(Vote(doubt.key, is_title=True))
        elif doubt.is_beside and (ballot.source, doubt.key) in often:
            votes.append(Vote(doubt.key, is_title=False))
    return votes
