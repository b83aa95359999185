"""What a preview shows: the outcome of a build, and what there is to say of a page."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.model import Removal
from generator.problems import Problem


class About(NamedTuple):
    """What there is to say of a page, beside its problems."""

    path: str  # of the content file; "" where there is just not one
    withheld: str  # why a real build would leave the page out; "" where it wouldn't
    grouped: tuple[str, ...]  # why the article is where it is, a sentence each
    removed: tuple[Removal, ...]  # by cleaning
    reasons: Mapping[str, str]  # of the rules that did it, by name
    diff: tuple[str, ...]  # the same as lines of `diff -u`


class Shown(NamedTuple):
    """The outcome of a build."""

    build: str  # tells builds apart, those of other previews too
    folder: Path  # of the pages
    base_path: str  # where the site begins on the host: "/" or "/digest/"
    seconds: float
    problems: tuple[Problem, ...]
    is_broken: bool  # the problems are shown in place of the pages
    about: Callable[[str], About]  # of a file in the folder, by its path
    report: Callable[[], str]  # a page of what cleaning removed from all articles
    is_made: Callable[[str], bool] = bool  # whether the build made a file of the folder, by its path
