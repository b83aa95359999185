"""Links to content files as Hugo and Jekyll write them -> urls that Markdown knows, outside of code.

`[b]({{< ref "b.md" >}})` becomes `[b]({ref}b.md)`, `[x]({% link _posts/x.md %})` becomes `[x]({link}_posts/x.md)`.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from generator.pipeline.clean.lines import code_in, code_spans
from generator.pipeline.references import HUGO, JEKYLL, JEKYLL_POST

_FORM: Final = re.compile(
    r"""(?P<before>\]\(<?|\bhref=["']|^ {0,3}\[[^\]\n]{1,200}\]: +<?)"""
    r"""(?:\{\{ *(?:site\.baseurl|site\.url) *\}\})*"""
    r"""(?:\{\{[<%] {0,9}(?:rel)?ref {1,9}(?:path=)?["'`]?(?P<hugo>[^"'`<>%{}\n]{1,400})["'`]? {0,9}[>%]\}\}"""
    r"""|\{%-? {0,9}(?P<tag>link|post_url) {1,9}(?P<jekyll>[^%{}\n]{1,400}?) {0,9}-?%\})""",
    re.MULTILINE,
)
_ITEM: Final = re.compile(r" {0,3}(?:[-*+]|\d+[.)]) ")
_MARKS: Final = {"link": JEKYLL, "post_url": JEKYLL_POST}


def with_plain_urls(markdown: str) -> str:
    """The text with plain urls in place of foreign ones; nothing in code changes."""
    if "{" not in markdown or ("{{<" not in markdown and "{{%" not in markdown and "{%" not in markdown):
        return markdown
    return "".join(piece if is_code else _FORM.sub(_plain, piece) for piece, is_code in _pieces(markdown))


def _plain(form: re.Match[str]) -> str:
    if form["hugo"]:
        mark, name = HUGO, form["hugo"]
    else:
        mark, name = _MARKS[form["tag"]], form["jekyll"]
    return f"{form['before']}{mark}{quote(name.strip(), safe='/#?=&%~+:@,')}"


def _pieces(markdown: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is code."""
    text: list[str] = []
    for line, is_code in _lines(markdown):
        if not is_code:
            text.append(line)
            continue
        yield from _spans("".join(text))
        text.clear()
        yield line, True
    yield from _spans("".join(text))


def _lines(markdown: str) -> Iterator[tuple[str, bool]]:
    """The lines, each with whether it belongs to fenced or indented code."""
    was_blank, is_in_list = True, False
    code = code_in(markdown)
    for place, line in enumerate(re.split(r"(?<=\n)", markdown)):
        if place in code:
            yield line, True
        else:
            is_indented = line.startswith(("    ", "\t")) and bool(line.strip())
            is_code = is_indented and was_blank and not is_in_list
            yield line, is_code
            if is_code:
                continue  # what is indented below belongs to it
            if line.strip() and not is_indented:
                is_in_list = _ITEM.match(line) is not None or (is_in_list and line[0] == " ")
        was_blank = not line.strip()


def _spans(text: str) -> Iterator[tuple[str, bool]]:
    """Text without fences in pieces, each with whether it is a code span; those end with their paragraph."""
    for paragraph in re.split("(?<=\n\n)", text):
        start = 0
        for begin, end in code_spans(paragraph):
            yield paragraph[start:begin], False
            yield paragraph[begin:end], True
            start = end
        yield paragraph[start:], False
