"""docs/security.md says what the code does: limits, what pages hold, and how known vulnerabilities are looked up."""

import re
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from tests.audit import brought_along, judged
from tests.conftest import ROOT, SiteFolder

PAGE: Final = (ROOT / "docs/security.md").read_text()
LIMITS: Final = re.findall(r"^\| .+ \| ([\d,]+) \| `([\w.]+)` \|$", PAGE, re.MULTILINE)
_LIMIT: Final = re.compile(
    r"^(_?(?:MAX_|\w*(?:SECONDS|TIMEOUT|_LIMIT|MOST_(?:NESTED|READ|CELLS|DOTS))\w*|_LIMIT)\w*): Final", re.MULTILINE
)
# What bounds nothing that somebody writes.
_OTHERS: Final = {
    "characters.MAX_BYTES": False,
    "pipeline.read.text._MAX_SHOWN": True,  # of a text in a message
    "pipeline.read.yaml_handler._MAX_QUOTED": True,  # the same
    "pipeline.group.copies._SAMPLE_LIMIT": True,  # a part of the space of hashes
}


def value_of(place: str) -> object:
    """A constant, or the default of a field of a type, by its place below `generator`."""
    module, _, name = place.rpartition(".")
    owner, _, kind = module.rpartition(".")
    if kind[:1].isupper() or module.split(".")[-1][:1].isupper():
        return getattr(import_module(f"generator.{owner}"), kind)._field_defaults[name]
    return getattr(import_module(f"generator.{module}"), name)


@pytest.mark.parametrize(("number", "place"), LIMITS, ids=[place for _, place in LIMITS])
def test_a_limit_is_what_the_documentation_says(number: str, place: str) -> None:
    assert value_of(place) == int(number.replace(",", ""))


def test_every_limit_of_the_code_is_documented() -> None:
    assert len(LIMITS) > 25
    found = set()
    for path in (ROOT / "generator").rglob("*.py"):
        module = path.relative_to(ROOT / "generator").with_suffix("").as_posix().replace("/", ".")
        found |= {f"{module}.{name}" for name in _LIMIT.findall(path.read_text())}
    assert found - {place for place, is_none in _OTHERS.items() if is_none} <= {place for _, place in LIMITS}


def test_pages_work_with_the_policy_that_the_documentation_recommends(site: SiteFolder) -> None:
    site.article("x", 'Words <b style="color: red" onclick="x()">and</b> ![a](/a.png).', clean="false", image="/a.png")
    site.write("content/pages/about.md", "---\ntitle: About\n---\nText.\n")
    site.build()
    for path, content in site.outputs().items():
        if path.endswith(".html"):
            page = content.decode()
            assert not re.search(r"<style|<base|<form|<object|<embed|\sstyle=|\son\w+=", page), path
            assert set(re.findall(r"<script[^>]*>", page)) <= {'<script type="application/ld+json">'}, path
            assert all(link.startswith("/assets/") for link in re.findall(r'rel="stylesheet" href="([^"]*)"', page)), (
                path
            )


def test_pages_of_the_theme_ask_no_other_host(site: SiteFolder) -> None:
    site.article("x", "Words and a [link](https://example.com/).")
    site.build()
    shown = re.compile(
        r'(?:src|srcset|poster|data)="https?:|<link rel="(?:stylesheet|icon|preload|preconnect)"[^>]*href="https?:'
    )
    for path, content in site.outputs().items():
        if path.endswith(".html"):
            assert not shown.search(content.decode()), path
        if path.endswith(".css"):
            assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", content.decode()), path


def test_what_broadsheet_brings_along_is_what_would_be_looked_up() -> None:
    found = brought_along()
    assert {
        "jinja2",
        "markupsafe",
        "markdown",
        "pyyaml",
        "nh3",
        "tornado",
        "boto3",
        "botocore",
        "obstore",
    } <= found.keys()
    assert {"pytest", "mypy", "moto"}.isdisjoint(found)


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], 0, "audit: no known vulnerability in 1 packages"),
        ([{"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1"}]}], 1, "a 1: PYSEC-1"),
        (
            [{"name": "a", "skip_reason": "not found"}],
            0,
            "audit: not done, the index of packages tells of no advisories",
        ),
        ([{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "-"}], 0, "1 couldn't be looked up"),
    ],
)
def test_a_known_vulnerability_fails_and_what_nobody_could_tell_does_not(
    packages: list[dict[str, object]], status: int, said: str
) -> None:
    found, told = judged({"dependencies": packages})
    assert found == status
    assert said in told


def test_the_security_policy_is_linked_and_names_no_address() -> None:
    assert "(SECURITY.md)" in (ROOT / "README.md").read_text()
    assert "(docs/security.md)" in (ROOT / "README.md").read_text()
    policy = (ROOT / "SECURITY.md").read_text()
    assert "Report a vulnerability" in policy
    assert not re.search(r"[\w.]+@[\w.]+", policy)
    assert Path(ROOT / "docs/security.md").exists()
