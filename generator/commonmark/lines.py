"""One line of a text, read from left to right by the blocks that it may belong to."""

import re
from typing import Final

TAB: Final = 4  # columns
CODE_INDENT: Final = 4  # blanks before a line of code

_BLANKS: Final = re.compile(r"[ \t]*")


class Line:
    """A line and how far it has been read.

    Tabs reach to the next column that is a multiple of four (CommonMark, 2.2). They are written as blanks as soon as
    they are found to be an indentation, so that the place in the text is the column.
    """

    __slots__ = ("place", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    @property
    def rest(self) -> str:
        """What hasn't been read."""
        return self.text[self.place :]

    @property
    def is_blank(self) -> bool:
        """Whether nothing but blanks and tabs is left."""
        return _BLANKS.fullmatch(self.text, self.place) is not None

    def indent(self) -> int:
        """How many columns are blank before the next character."""
        blanks = _BLANKS.match(self.text, self.place)
        end = blanks.end() if blanks else self.place
        if self.text.find("\t", self.place, end) >= 0:
            head = (" " * self.place + self.text[self.place : end]).expandtabs(TAB)
            self.text = self.text[: self.place] + head[self.place :] + self.text[end:]
            end = len(head)
        return end - self.place

    def skip(self, columns: int) -> None:
        """Reads over so many columns."""
        self.place += columns
