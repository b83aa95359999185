"""READ: bytes -> Document.

    decode -> split_front_matter -> check_fields
    text.py   front_matter.py       fields.py
              plain_yaml.py         values.py
              formats.py            dates.py
              handlers.py
              yaml_handler.py

Whatever is wrong with a file is reported together, with line and column, and no text is lost on the
way: what can't be told from front matter is an error, not a guess.
"""

from datetime import datetime
from posixpath import dirname
from zoneinfo import ZoneInfo

from generator.model import Document, Metadata, Source
from generator.pipeline.read.dates import DateError, date_in_path, date_of_file_name
from generator.pipeline.read.fields import check_fields, is_known
from generator.pipeline.read.front_matter import FrontMatter, split_front_matter
from generator.pipeline.read.places import place_of
from generator.pipeline.read.privacy import DATED_STATUS, is_in_private_folder
from generator.pipeline.read.text import decode
from generator.problems import WARNING, ContentError, Problem


def read(source: Source, timezone: ZoneInfo) -> tuple[Document, tuple[Problem, ...]]:
    """The document of a file and its warnings; a ContentError with all its problems if it has an error."""
    text = decode(source, may_be_empty=is_in_private_folder(source.path))  # a note there may be but a name so far
    front_matter = split_front_matter(source.path, text, is_known)
    metadata, found = check_fields(front_matter, timezone)
    if not metadata.date:
        date, unclear = _date_of_name(source.path, metadata.url or "", timezone)
        metadata, found = metadata._replace(date=date), (*found, *unclear)
    if not metadata.date and not metadata.appears and _waits_for_a_date(front_matter):
        metadata = metadata._replace(draft=True)
    problems = tuple(sorted((*_about_change(front_matter, metadata, timezone), *front_matter.problems, *found)))
    if any(problem.is_error for problem in problems):
        raise ContentError(*problems)
    return Document(source.path, metadata, front_matter.body, front_matter.body_line), problems


def _waits_for_a_date(front_matter: FrontMatter) -> bool:
    """Whether a word says that it is to appear at its date."""
    said = (value for name, value in front_matter.values.items() if name.lower().endswith("status"))
    return any(isinstance(word, str) and word.strip().lower() in DATED_STATUS for word in said)


def _about_change(front_matter: FrontMatter, metadata: Metadata, timezone: ZoneInfo) -> tuple[Problem, ...]:
    """A warning where an article was changed before it was published; days are compared where one says no time."""
    date, updated = metadata.date, metadata.updated
    if date is None or updated is None or metadata.draft or updated >= date:
        return ()
    days = [moment.astimezone(timezone).date().isoformat() for moment in (updated, date)]
    if not (metadata.has_time and metadata.updated_has_time) and days[0] >= days[1]:
        return ()
    place = place_of(front_matter, "updated")
    told = [moment.isoformat(" ", "minutes") for moment in (updated, date)] if days[0] == days[1] else days
    message = f"it was updated {told[0]}, before its date, {told[1]}"
    hint = "one of the two may be a slip; leave `updated` out where nothing changed since"
    return (Problem(front_matter.path, *place, message, "updated-early", hint, WARNING),)


def _date_of_name(path: str, url: str, timezone: ZoneInfo) -> tuple[datetime | None, tuple[Problem, ...]]:
    """The day in the name of the file, else in the address that it asks for, else in the folders that it is in."""
    try:
        named = date_of_file_name(path, timezone)
        return named or date_in_path(url, timezone) or date_in_path(f"{dirname(path)}/", timezone), ()
    except DateError as error:
        hint = "give it a date, or rename the file"
        return None, (Problem(path, 0, 0, f"{error} in the name of the file", "bad-date", hint, WARNING),)
