"""Templates say and do what they would in Jinja as it comes."""

from itertools import product

import jinja2
import pytest

from generator.pipeline.render.templating import Environment

BASE = """{% set h = self.heading() %}<{% block title %}{{ h }}, {{ x }}{% endblock %}>
{% set about %}{% block about %}about {{ x }}{% endblock %}{% endset %}{{ about }}{{ about | upper }}
{% block outer %}[{% block heading %}{{ x }}{% endblock %}]{% for n in many %}{{ n }}{% block each scoped %}{{ n }};
{% endblock %}{% endfor %}{% endblock %}{% block gone %}{% endblock %}."""
WORDS = "{% set words = {'a': x | default('-')} %}{% macro say(v, w=1) %}<{{ v }}{{ w }}>{% endmacro %}said"
PARTS = {
    "base.html": BASE,
    "words.html": WORDS,
    "piece.html": "({{ x | default('no x') }}{{ n | default('no n') }})",
    "own.html": "{% set y = 1 %}{{ x }}{{ n | default('') }}",
}
# One a line
CASES = """
plain
{{ x }}{{ '<' }}{{ x | safe }}{{ many | length }}{{ missing | default('d') }}
{% extends 'base.html' %}
before{% extends 'base.html' %}after{% block heading %}{{ super() }}!{{ super() }}{% endblock %}
{% extends 'base.html' %}{% block outer %}{{ super() }}{{ self.title() }}{% endblock %}
{% extends 'base.html' %}{% block gone %}{{ y }}{% endblock %}{% set y = x ~ 1 %}
{% if x %}{% extends 'base.html' %}{% endif %}one{% block heading %}two{% endblock %}three
{% extends 'base.html' if x else 'own.html' %}{% block each %}{{ n }}/{{ loop }}{% endblock %}
a{% include 'piece.html' %}b{% for n in many %}{% include 'piece.html' %}{% endfor %}c
a{% include 'own.html' ignore missing %}{% include 'none.html' ignore missing %}{{ y | default('unset') }}
a{% include 'piece.html' without context %}b{% if x %}c{% include 'piece.html' without context %}d{% endif %}e
{% block b %}1{% include 'piece.html' without context %}2{% block c %}3{% endblock %}4{% endblock %}{{ self.b() }}
{% from 'words.html' import say, words %}{% import 'words.html' as w %}{{ say(x) }}{{ w.say(x, w=2) }}{{ words }}{{ w }}
{% from 'words.html' import say with context %}{% import 'words.html' as w with context %}{{ say(1) }}{{ w.words.a }}
{% macro m(v) %}{{ caller(v) }}{{ varargs }}{{ kwargs }}{% endmacro %}{% call(v) m(x, 1, k=2) %}<{{ v }}>{% endcall %}
{% for n in many recursive %}{{ n }}{{ loop.index }}{% if n is not string %}{{ loop(n) }}{% endif %}{% endfor %}
{% filter upper %}a{{ x }}{% block f %}b{% endblock %}{% endfilter %}{% with x = 2 %}{{ x }}{% endwith %}{{ x }}
{% autoescape false %}{{ x }}{% macro m() %}{{ x }}{% endmacro %}{{ m() }}{% endautoescape %}{{ m() }}{{ x }}
{% set a, b = x, many %}{% for k, v in {'k': x}.items() %}{% set b = k %}{{ b }}{{ v }}{% else %}none{% endfor %}{{ b }}
{% set d = {} %}{% for n in many %}{% set _ = d.update(k=n, **{'l': x}) %}{% endfor %}{{ d | tojson(1) ~ d | tojson }}
{{ x.upper() }}{{ {'a': 1}.a }}{{ {'a': 1}['a'] }}{{ many.0 }}{{ x[:1] }}{{ (x, many) | tojson }}
{% block b required %}{% endblock %}
{{ missing }}
{{ x.missing }}
{{ missing.a }}
{{ missing() }}
{{ super() }}
{% block b %}{{ super() }}{% endblock %}
{{ 1 / 0 }}
{% set a, b = many %}
{% include 'none.html' %}
{% extends 'none.html' %}
{% from 'words.html' import none %}{{ none }}
"""


def said(environment: jinja2.Environment, **values: object) -> str:
    """What a template says, or how it fails."""
    try:
        return environment.get_template("page.html").render(values)
    except Exception as error:  # noqa: BLE001 - whatever it is
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("source", CASES.strip().splitlines())
def test_a_template_says_what_it_says_in_jinja(source: str) -> None:
    templates = {**PARTS, "page.html": source}
    ours = Environment(templates.get, {})
    theirs = jinja2.Environment(
        loader=jinja2.DictLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    theirs.globals.clear()
    for x, many in product(("", "<x> & 'é'"), ((), ("a", ("b", ("<c>",)), "d"))):
        expected = said(theirs, x=x, many=many)
        assert said(ours, x=x, many=many) == expected
        assert said(ours, x=x, many=many) == expected  # the second time too
