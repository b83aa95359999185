"""Hostile input: pieces of each grammar in any order, real files that were damaged, and what Unicode has to offer."""

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from hypothesis import strategies as st

from generator.pipeline.read.fields import FIELDS
from tests.conftest import ROOT
from tests.fuzz import pieces

LONGEST: Final = 2**16  # characters of one input
_MANY: Final = (1, 1, 1, 1, 2, 3, 17, 120, 1_000, 9_000)

WORDS: Final = (
    *("word", "Harbour", "ferry", "Selby Point", "two words", "a", "I", "1", "12", "3.14", "2024", "x" * 40),
    *("Advertisement", "Read more", "Share this article", "By Ann Berg", "Updated 9:41 AM EST", "Photo: AP", "Related"),
    *(
        "Mehr zum Thema",
        "Lesen Sie auch",
        "Anzeige",
        "Publicité",
        "À lire aussi",
        "Lea también",
        "Leggi anche",
        "Läs mer",
    ),
    *(
        "Lees ook",
        "Czytaj też",
        "Leia também",
        "関連記事",
        "相关阅读",
        "责任编辑：王",
        "Getty Images",
        "Sign up for our newsletter",
    ),
    *(
        "Skip to content",
        "end of list",
        "list 1 of 2Storm",
        "Comments",
        "Follow us on Facebook",
        "All rights reserved.",
    ),
)


@cache
def seeds() -> tuple[str, ...]:
    """Files of our own: the articles of the demo, pages that were pasted, saved and written, in several languages."""
    folders = ("content/2024/01", "content/pages", "tests/golden/clean", "tests/quality")
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in {".md", ".txt"})
    texts = [path.read_text()[:12_000] for path in paths]
    return tuple([re.sub(r"(?m)^(?:text|title|date|byline|furniture)\t", "", text) for text in texts])


def _repeated(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A piece, mostly once, sometimes until it is long."""
    return st.tuples(parts, st.sampled_from(_MANY)).map(
        lambda pair: pair[0] * min(pair[1], LONGEST // (len(pair[0]) or 1))
    )


def joined(
    parts: st.SearchStrategy[str], most: int = 25, ends: Sequence[str] = ("", "", " ", "\n", "\n\n")
) -> st.SearchStrategy[str]:
    """Pieces one behind the other."""
    both = st.tuples(_repeated(parts), st.sampled_from(ends)).map("".join)
    return st.lists(both, max_size=most).map(lambda found: "".join(found)[:LONGEST])


odd = st.one_of(st.sampled_from(pieces.ODD), st.characters().map(str), st.text(max_size=8))
words = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), odd)
addresses = st.one_of(st.sampled_from(pieces.LIVE), words)


@st.composite
def damaged(draw: st.DrawFn, texts: Sequence[str], parts: st.SearchStrategy[str]) -> str:
    """A real text after a few accidents."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from((0, 1, 5, 80, 800, 8_000))))
        kind = draw(st.integers(0, 6))
        part = text[start:end]
        if kind == 0:
            text = text[:start] + text[end:]
        elif kind == 1:
            text = text[:start] + draw(_repeated(parts)) + text[end:]
        elif kind == 2:
            text = text[:start] + part * draw(st.sampled_from((2, 3, 40))) + text[end:]
        elif kind == 3:
            text = text[:start] + part[::-1] + text[end:]
        elif kind == 4:
            other = draw(st.sampled_from(texts))
            text = text[:start] + other[start : start + 2_000] + text[end:]
        elif kind == 5:
            text = text[:start] + draw(st.sampled_from((str.upper, str.casefold, str.title)))(part) + text[end:]
        else:
            text = text.replace(
                *draw(st.sampled_from((("\n", "\r\n"), ("\n\n", "\n"), (" ", "\u00a0"), ("\n", " "), (" ", "\n"))))
            )
        text = text[:LONGEST]
    return text


# Markdown and the HTML in it


def _attribute(name: str, value: str, quote: str) -> str:
    return f" {name}={quote}{value}{quote}"


attributes = st.one_of(
    st.builds(
        _attribute,
        st.sampled_from(("href", "src", "title", "alt", "poster", "data-src", "srcset", "cite")),
        addresses,
        st.sampled_from(('"', "'", "")),
    ),
    st.builds(_attribute, st.sampled_from(pieces.EVENTS), words, st.sampled_from(('"', "'", ""))),
    st.builds(
        _attribute,
        st.sampled_from(("width", "height", "colspan", "start", "lang", "dir", "type", "value", "datetime")),
        words,
        st.sampled_from(('"', "")),
    ),
    st.sampled_from((" ", "/", " =", ' "', " '", " controls", " open", "\n", "\t", "=", "<")),
)
tags = st.builds(
    lambda start, name, inside, end: f"<{start}{name}{''.join(inside)}{end}",
    st.sampled_from(("", "", "", "/", "/", "!", "?", " ")),
    st.sampled_from(pieces.NAMES),
    st.lists(attributes, max_size=3),
    st.sampled_from((">", ">", ">", "/>", "", " >", "\n>")),
)
_SHOWING: Final = tuple(mark for mark in pieces.MARKS if not mark.startswith(pieces.HIDING))
marks = st.sampled_from(pieces.MARKS)
links = st.builds(
    lambda mark, text, url, title: f"{mark}[{text}]({url}{title})",
    st.sampled_from(("", "!", "[", "![")),
    words,
    addresses,
    st.sampled_from(("", ' "t"', " 't", " (x)")),
)
markdown_pieces = st.one_of(words, marks, marks, tags, tags, links, odd)
written = joined(markdown_pieces)


_long = st.builds(
    lambda before, parts, behind: before + "".join(parts) * (LONGEST // 2 // (len("".join(parts)) or 1)) + behind,
    st.one_of(words, marks),
    st.lists(markdown_pieces, min_size=1, max_size=3),
    markdown_pieces,
)


def markdown_texts() -> st.SearchStrategy[str]:
    """Texts of articles."""
    return st.one_of(written, damaged(seeds(), markdown_pieces), written, _long)


# Front matter

FIELD_NAMES: Final = tuple(sorted({name for field in FIELDS for name in (field.name, *field.aliases)}))
names = st.one_of(st.sampled_from((*FIELD_NAMES, *pieces.OTHER_NAMES)), words)
scalars = st.one_of(
    st.sampled_from(pieces.DATES),
    st.sampled_from(
        (
            "true",
            "false",
            "yes",
            "no",
            "null",
            "~",
            "draft",
            "hidden",
            "private",
            "withdrawn",
            "en",
            "de-DE",
            "/x/",
            "../../etc",
        )
    ),
    addresses,
    words,
)


def _yaml_value(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "[" + ", ".join(map(_yaml_value, value)) + "]"
    assert isinstance(value, dict)
    return "{" + ", ".join(f"{name}: {_yaml_value(item)}" for name, item in value.items()) + "}"


nested = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=3)),
    max_leaves=8,
)
_yaml_lines = st.one_of(
    st.tuples(names, nested.map(_yaml_value)).map(": ".join),
    st.tuples(names, scalars).map(lambda pair: f'{pair[0]}: "{pair[1]}"'),
    st.tuples(names, scalars).map(lambda pair: f"{pair[0]}: '{pair[1]}'"),
    st.tuples(names, st.lists(scalars, max_size=4)).map(
        lambda pair: f"{pair[0]}:" + "".join(f"\n  - {item}" for item in pair[1])
    ),
    st.tuples(names, st.sampled_from("|>"), scalars).map(lambda three: f"{three[0]}: {three[1]}\n  {three[2]}"),
    st.sampled_from(
        (
            "&a [x]",
            "*a",
            "<<: *a",
            "? x",
            "!!python/object:os.system x",
            "!!binary x",
            "!!set {a}",
            "%YAML 1.2",
            "...",
            "---",
            "- x",
            "# c",
            "\tx: y",
            "a: &b [*b]",
            "= : =",
        )
    ),
    scalars,
)
toml_values = st.recursive(
    st.one_of(
        scalars, words.map(lambda text: json.dumps(text, ensure_ascii=False)), scalars.map(lambda text: f"'{text}'")
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        inner.map(lambda value: f"{{x = {value}}}"),
    ),
    max_leaves=5,
)
toml_lines = st.one_of(
    st.tuples(names, toml_values).map(" = ".join),
    names.map(lambda name: f"[{name}]"),
    names.map(lambda name: f"[[{name}]]"),
    st.sampled_from(
        (
            'x = """',
            "x = '''",
            "a.b.c = 1",
            "[",
            "]",
            "# c",
            '"" = 1',
            "a = 1\na = 2",
            "[a]\n[a]",
            "d = 1979-05-27T07:32:00Z",
            "t = 07:32:00",
        )
    ),
)
_header_lines = st.tuples(names, scalars).map(": ".join)
_json_head = nested.map(
    lambda value: json.dumps(value if isinstance(value, dict) else {"tags": value}, ensure_ascii=False)
)
deep = st.tuples(
    st.sampled_from(("[", "{", '{"a":', "{a: ", "- ", "[{", "? ", "a.", "!!seq [", "&a ", '"', "'")),
    st.sampled_from((10, 33, 300, 2_000, 20_000)),
).map(lambda pair: pair[0] * pair[1])


def _fenced(fence: str, lines: Sequence[str], end: str, body: str) -> str:
    return f"{fence}\n" + "\n".join(lines) + f"\n{end}\n{body}"


bodies = st.one_of(st.just("One sentence of news.\n"), joined(markdown_pieces, 4))
heads = st.one_of(
    st.builds(
        _fenced,
        st.sampled_from(("---", "---", "--- ", "\n---", "----", " ---")),
        st.lists(st.one_of(_yaml_lines, _yaml_lines, deep), max_size=8),
        st.sampled_from(("---", "---", "...", "", "--- ", "+++")),
        bodies,
    ),
    st.builds(
        _fenced,
        st.sampled_from(("+++", "+++", "+++ ")),
        st.lists(st.one_of(toml_lines, toml_lines, deep, deep.map("x = ".__add__)), max_size=8),
        st.sampled_from(("+++", "+++", "---", "")),
        bodies,
    ),
    st.builds(
        lambda head, tail, body: f"{head}{tail}{body}",
        _json_head,
        st.sampled_from(("\n", "", "\n\n", ",", "}")),
        bodies,
    ),
    st.builds(lambda lines, body: "\n".join(lines) + f"\n\n{body}", st.lists(_header_lines, max_size=6), bodies),
    deep,
)
_sound_heads = st.builds(
    lambda fields, body: f"---\n{''.join(f'{name}: {value}' + chr(10) for name, value in fields.items())}---\n{body}",
    st.dictionaries(
        st.sampled_from(FIELD_NAMES),
        st.one_of(st.sampled_from(pieces.DATES), words.map(json.dumps)),
        max_size=8,
    ),
    bodies,
)


@st.composite
def content_files(draw: st.DrawFn) -> bytes:
    """The bytes of content files."""
    text = draw(st.one_of(heads, _sound_heads, damaged(seeds(), st.one_of(_yaml_lines, odd)), written))
    data = text.encode("utf-8", "surrogatepass")
    kind = draw(st.integers(0, 11))
    if kind == 0:
        data = b"\xef\xbb\xbf" + data
    elif kind == 1:
        data = data.replace(b"\n", b"\r\n")
    elif kind == 2:
        data = data.replace(b"\n", b"\r")
    elif kind == 3:
        data = text.encode(
            draw(st.sampled_from(("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "shift_jis"))), "ignore"
        )
    elif kind == 4:
        place = draw(st.integers(0, len(data)))
        data = data[:place] + draw(st.binary(min_size=1, max_size=4)) + data[place:]
    return data


# Texts for cleaning: each piece that says something carries a word that stands nowhere else


@st.composite
def told_texts(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """A text, and the words of it that have to be somewhere in the end."""
    lines, told = [], []
    for number, form in enumerate(
        draw(st.lists(st.one_of(st.sampled_from(pieces.TELLING), words, st.sampled_from(_SHOWING)), max_size=30))
    ):
        if "{}" in form and form in pieces.TELLING:
            told.append(f"zq{number}x")
            lines.append(form.format(told[-1]))
        else:
            lines.append(form)
        lines.append(draw(st.sampled_from(("\n", "\n\n", "\n\n"))))
    return "".join(lines), tuple(told)
