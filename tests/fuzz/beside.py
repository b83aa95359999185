"""Hostile input beside content files: the lock, manifests, topics, the configuration; and articles with sound heads."""

import json
from functools import partial
from typing import Final

from hypothesis import strategies as st

from generator.config import LISTS, SCHEMA
from generator.config.deploy import KEYS
from tests.conftest import ROOT
from tests.fuzz.inputs import (
    addresses,
    damaged,
    deep,
    joined,
    markdown_pieces,
    marks,
    odd,
    seeds,
    tags,
    toml_lines,
    toml_values,
    words,
)

_paths = st.one_of(
    st.sampled_from(
        (
            "content/a.md",
            "2024/01/03/a/index.html",
            "../x",
            "/etc/passwd",
            "a/../../b",
            "C:\\x",
            "",
            ".",
            "a\0b",
            "\ud800",
        )
    ),
    words,
)
_json_values = st.recursive(
    st.one_of(_paths, st.none(), st.booleans(), st.integers(), st.floats(), words),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_paths, inner, max_size=4)),
    max_leaves=12,
)
_texts_lists = st.lists(st.one_of(_paths, st.lists(_paths, max_size=3)), max_size=4)
_lock_like = st.fixed_dictionaries(
    {"version": st.sampled_from((1, 1, 1, 2, "1", True, None, 1.0))},
    optional={
        "stories": st.one_of(st.dictionaries(_paths, st.lists(_paths, max_size=3)), _json_values),
        "redirects": st.one_of(st.dictionaries(_paths, _paths), _json_values),
        "editions": st.one_of(st.dictionaries(_paths, _texts_lists), _json_values),
        "about": _json_values,
    },
)
_JSON_DEEP: Final = st.tuples(
    st.sampled_from(("[", '{"a":', "[{", '"\\u', "-", "1" * 30)), st.sampled_from((5, 300, 9_000))
).map(lambda pair: pair[0] * pair[1])
_as_json = st.one_of(_lock_like, _json_values).map(json.dumps)
_lock_seed = (ROOT / "broadsheet.lock").read_text()
json_files = st.one_of(
    _as_json,
    _as_json,
    damaged((_lock_seed,), odd),
    _JSON_DEEP,
    joined(odd, 5),
    st.dictionaries(_paths, _paths).map(json.dumps),
)

_weights = st.one_of(
    st.sampled_from(('"1.5"', '"1"', "1.5", '"1e9"', '"٣"', '"-1"', '""', '"999.999999"', '"0"')), words
)
_topics_lines = st.one_of(
    st.sampled_from(
        ("[[topics]]", '[[topics]]\nslug = "a"\nname = "A"', "[topics.words]", "[topics]", "topics = 1", "topics = [1]")
    ),
    st.tuples(st.sampled_from(("slug", "name", "never", "words", "x")), toml_values).map(" = ".join),
    st.tuples(_weights, st.one_of(toml_values, words.map(lambda text: f'"""\n{text}\n"""'))).map(" = ".join),
    toml_lines,
    deep,
    deep.map("x = ".__add__),
)
topics_files = st.lists(_topics_lines, max_size=10).map("\n".join)

# The configuration

_tables = tuple(name for name in SCHEMA if name)
_keys = tuple(sorted({name for table in (*SCHEMA.values(), *KEYS.values()) for name in table}))
_config_values = st.one_of(
    toml_values,
    st.sampled_from(
        (
            "true",
            "false",
            "20",
            "0",
            "[]",
            "{}",
            '["atom"]',
            '"daily"',
            '"24:00"',
            '"99:99"',
            '"Europe/Paris"',
            '"../../etc/passwd"',
            '"/:year/:slug/"',
            '"weekly"',
            '"s3://b/x"',
            '"git"',
            '"rsync"',
            '"folder"',
            '"thorough"',
        )
    ),
    addresses.map(lambda text: json.dumps(text, ensure_ascii=False)),
)
_key_lines = st.tuples(st.one_of(st.sampled_from(_keys), words), _config_values).map(" = ".join)


def _table(name: str) -> st.SearchStrategy[str]:
    """A table with keys that it knows."""
    kind = name.partition(".")[2] if name.startswith("deploy.") else ""
    keys = tuple({**KEYS[""], **KEYS[kind]} if kind else SCHEMA[name])
    header = (
        f'[deploy.x]\ntarget = "{kind}"' if kind else f"[[{name}]]" if name in LISTS else f"[{name}]" if name else ""
    )
    given = st.dictionaries(st.sampled_from(keys), _config_values, max_size=5)
    return given.map(
        lambda found: "\n".join([header, *(f"{key} = {value}" for key, value in found.items() if key != "target")])
    )


_sound_tables = st.one_of([_table(name) for name in (*SCHEMA, *(f"deploy.{kind}" for kind in KEYS if kind))])
_headers = st.one_of(
    st.sampled_from(_tables).map(lambda name: f"[{name}]"),
    st.sampled_from(_tables).map(lambda name: f"[[{name}]]"),
    st.tuples(
        st.sampled_from(("[deploy.{}]", "[tags.aliases]", "[clean.folders]", "[clean.phrases]", "[deploy.{}.cache]")),
        words,
    ).map(lambda pair: pair[0].format(pair[1])),
    st.sampled_from(tuple(KEYS)).map(lambda kind: f'[deploy.x]\ntarget = "{kind}"'),
)
_BEGIN: Final = 'base_url = "https://news.example.org/"\ntitle = "x"\n'
_config_lines = st.lists(
    st.one_of(_key_lines, _key_lines, _headers, toml_lines, deep, deep.map("x = ".__add__)), max_size=10
).map("\n".join)


@st.composite
def config_files(draw: st.DrawFn) -> bytes:
    """The bytes of broadsheet.toml."""
    begin = draw(st.sampled_from((_BEGIN, _BEGIN, "", "\ufeff" + _BEGIN)))
    tables = st.lists(_sound_tables, max_size=4).map("\n".join)
    text = draw(
        st.one_of(
            _config_lines.map(begin.__add__),
            tables,
            tables.map(begin.__add__),
            damaged(((ROOT / "broadsheet.toml").read_text(),), st.one_of(_key_lines, odd)),
        )
    )
    data = text.encode("utf-8", "surrogatepass")
    return data.replace(b"\n", b"\r\n") if draw(st.integers(0, 9)) == 0 else data


# Articles as a feed or a page gives them: sound front matter, hostile values

_short = st.lists(st.one_of(words, tags, marks, odd, addresses), max_size=5).map("".join)
_in_quotes = partial(json.dumps, ensure_ascii=False)
_quoted = _short.map(_in_quotes)
_BEGINNINGS: Final = ("https://e.org/", "https://e.org/", "http://e.org/?", "https://e.org/#", "https://")
_web = st.tuples(st.sampled_from(_BEGINNINGS), _short).map("".join).map(_in_quotes)
_lists = st.lists(_quoted, max_size=4).map(lambda items: f"[{', '.join(items)}]")
_TEXTS: Final = ("summary", "source", "id", "slug", "story", "duplicate_of", "topic")
_LISTS_OF: Final = ("tags", "topics", "related", "credits", "authors", "not_duplicate_of")
_fields = st.fixed_dictionaries(
    {"title": _quoted},
    optional={
        **dict.fromkeys(_TEXTS, _quoted),
        **dict.fromkeys(_LISTS_OF, _lists),
        "source_url": _web,
        "url": _short.map(lambda text: _in_quotes(f"/{text}")),
        "aliases": _lists,
        "language": st.one_of(
            st.sampled_from(("de", "ar", "pt-BR", "zh-Hant")), st.sampled_from(("en", "fr")), _quoted
        ),
        "withdrawn": _quoted.map(lambda text: f"{{date: 2024-02-01, reason: {text}}}"),
        "corrections": _quoted.map(lambda text: f"[{{date: 2024-02-01, text: {text}}}]"),
        "image": st.tuples(_web, _quoted).map("{{url: {0[0]}, alt: {0[1]}, caption: {0[1]}, credit: {0[1]}}}".format),
        "updated": st.sampled_from(("2024-01-05", "2024-02-01T10:00:00Z")),
        "unlisted": st.sampled_from(("true", "false")),
        "clean": st.sampled_from(("true", "false")),
    },
)


def _article(day: str, fields: dict[str, str], body: str) -> bytes:
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\ndate: {day}\n{head}---\n{body.replace(chr(0), '')}\n".encode("utf-8", "replace")


_days = st.sampled_from(("2024-01-03", "2024-01-03T08:00:00+01:00", "2024-01-04T23:59:59Z"))
_bodies = st.one_of(joined(markdown_pieces, 8), damaged(seeds(), markdown_pieces))
articles = st.lists(st.builds(_article, _days, _fields, _bodies), min_size=1, max_size=3)
