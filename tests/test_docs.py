"""The documentation names every command, option, key, field, view, filter and rule that there is, and no others."""

import inspect
import json
import re

import pytest

from generator import cli, config
from generator.commands.workflow import HOSTS
from generator.config.deploy import KEYS
from generator.config.values import REQUIRED
from generator.destinations import KINDS
from generator.model import Article, Card, Image, Link, Metadata, Reason, Removal, Site, TermLink
from generator.notices import Change, Correction, Withdrawal
from generator.pipeline.clean.rules import LOSSES, REPAIRS, RULES, WHOLE_TEXT_RULES, kept_as
from generator.pipeline.read.fields import FIELDS
from generator.pipeline.render import views
from generator.pipeline.render.pages import Renderer
from tests.conftest import ROOT, SiteFolder


def read(name: str) -> str:
    return (ROOT / name).read_text()


def section(text: str, heading: str) -> str:
    """The part of a page below a heading."""
    _, _, rest = text.partition(f"\n## {heading}")
    return rest.partition("\n## ")[0]


def options_of(site: SiteFolder, command: str) -> list[tuple[str, str]]:
    """The options of a command and their help, as --help prints them."""
    printed = site.run(command, "--help").stdout
    lines = re.sub(r"\n {20,}", "  ", printed).split("\n")
    found = [re.match(r"  (-[^ ].*?)(?:  +(.*))?$", line) for line in lines]
    return [
        (name, option[2] or "")
        for option in found
        if option
        for name in re.findall(r"(?<![\w-])--?\w[\w-]*", option[1])
    ]


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_and_option_is_documented_and_has_help(site: SiteFolder, command: str) -> None:
    page = read("docs/commands.md") + (read("docs/importing.md") if command == "import" else "")
    common = page.partition("\n## ")[0]
    own = section(read("docs/commands.md"), f"`broadsheet {command}")
    assert own
    options = options_of(site, command)
    assert len(options) > 3
    for option, meaning in options:
        assert meaning, option
        given_elsewhere = command in {"list", "topics"} and option.strip("-") in {
            "drafts",
            "future",
            "expired",
            "jobs",
            "D",
            "F",
            "E",
        }
        where = page if command == "import" else own + common
        assert f"`{option}" in where or given_elsewhere or option in {"-h", "--help"}, f"{command} {option}"


def test_every_configuration_key_is_documented_with_its_default() -> None:
    page = read("docs/configuration.md")
    for table, keys in config.SCHEMA.items():
        heading = {"": "The site"}.get(table, f"`[[{table}]]`" if table in config.LISTS else f"`[{table}]`")
        part = section(page, heading)
        assert part, table
        documented = re.findall(r"^\| `(\w+)` \| (.*?) \|", part, re.MULTILINE)
        assert [name for name, _ in documented] == list(keys), table
        for name, default in documented:
            key = keys[name]
            assert key.meaning
            if key.default is REQUIRED:
                assert default == "required", name
            elif default.startswith("`"):
                value = key.default
                shown = str(value).lower() if isinstance(value, bool) else str(value).replace("'", '"')
                assert default.strip("`").strip('"') == shown.strip('"'), name


def test_every_key_of_every_target_is_documented_with_its_default() -> None:
    part = section(read("docs/configuration.md"), "`[deploy.NAME]`")
    common, *others = part.split("\n### ")
    tables = {"": common, **{text.split('"')[1]: text for text in others}}
    assert tables.keys() == KEYS.keys() == {"", *KINDS}
    for kind, keys in KEYS.items():
        documented = re.findall(r"^\| `(\w+)` \| (.*?) \|", tables[kind], re.MULTILINE)
        assert [name for name, _ in documented] == list(keys), kind
        for name, default in documented:
            shown = "required" if keys[name].default is REQUIRED else f"`{json.dumps(keys[name].default)}`"
            assert default == shown, name


def test_every_target_and_host_has_its_part_of_the_documentation() -> None:
    page = read("docs/deployment.md")
    headings = re.findall(r"^## (.*)$", page, re.MULTILINE)
    assert [kind for kind in KINDS if not any(f"`{kind}`" in heading for heading in headings)] == []
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == ["github", "netlify", "cloudflare", "gitlab"]
    assert set(HOSTS) == {"github", "netlify", "cloudflare", "gitlab"}


def test_every_front_matter_field_is_documented_with_its_aliases() -> None:
    page = read("docs/front-matter.md")
    for field in FIELDS:
        for name in (field.name, *field.aliases):
            assert f"`{name}" in page or f"`{name.replace('_', '')}" in page.lower(), name


def test_every_field_of_the_metadata_can_be_given() -> None:
    assert {field.name for field in FIELDS} == {*Metadata._fields} - {
        "extra",
        "appears",
        "has_time",
        "updated_has_time",
    }


def test_every_rule_is_documented_with_its_reason() -> None:
    documented = re.findall(r"^\| `([\w-]+)` \| .* \| (.*?) \| (\w*) ?\|$", read("docs/cleaning.md"), re.MULTILINE)
    expected = [(rule.name, rule.reason, rule.kept_as) for rule in RULES]
    expected += [(name, reason, kept_as(name)) for name, reason in WHOLE_TEXT_RULES.items()]
    assert documented == expected


def test_every_repair_is_documented_with_its_reason() -> None:
    documented = re.findall(
        r"^\| `([\w-]+)` \| .* \| ([^|]*) \|$", section(read("docs/cleaning.md"), "What is mended"), re.MULTILINE
    )
    assert documented == list(REPAIRS.items())


def test_every_kind_of_loss_is_documented_with_its_reason() -> None:
    part = section(read("docs/cleaning.md"), "What pages can't hold").partition("\n### ")[0]
    assert re.findall(r"^\| `([\w-]+)` \| .* \| ([^|]*) \|$", part, re.MULTILINE) == list(LOSSES.items())


def view_types() -> list[type]:
    own = [item for _, item in inspect.getmembers(views, inspect.isclass) if item.__module__ == views.__name__]
    told = [Correction, Withdrawal, Change]
    own = [item for item in own if item is not views.Around and not item.__name__.startswith("_")]
    return [*own, Card, Article, TermLink, Link, Image, Removal, Reason, *told]


@pytest.mark.parametrize("view", view_types(), ids=lambda view: view.__name__)
def test_every_field_that_a_template_sees_is_documented(view: type) -> None:
    page = read("docs/themes.md")
    assert f"`{view.__name__}`" in page
    names = view.fields if issubclass(view, views.View) else view._fields  # type: ignore[attr-defined]
    for name in names:
        assert f"`{name}`" in page, f"{view.__name__}.{name}"


def test_every_filter_of_templates_is_documented() -> None:
    page = read("docs/themes.md")
    assert [name for name in Renderer(_site(), {}).filters() if f"`{name}`" not in page] == []


def test_links_between_the_pages_of_the_documentation_lead_somewhere() -> None:
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        text = re.sub(r"`[^`\n]*`", "", path.read_text())  # code holds examples
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert (path.parent / link).exists(), f"{path.name}: {link}"


def test_the_commands_of_the_readme_exist() -> None:
    readme, makefile = read("README.md"), read("Makefile")
    for target in re.findall(r"(?:^ {4}|`)make (\w+)", readme, re.MULTILINE):
        assert f"\n{target}:" in makefile, target
    for command in re.findall(r"^\s*broadsheet (?:-C \S+ )?(\w+)", readme, re.MULTILINE):
        assert command in cli.COMMANDS, command


@pytest.mark.parametrize("command", ["", *cli.COMMANDS])
def test_help_is_printed(site: SiteFolder, command: str) -> None:
    arguments = [command, "--help"] if command else ["--help"]
    assert "usage: broadsheet" in site.run(*arguments).stdout


def _site() -> Site:
    return config.load(ROOT / "broadsheet.toml")


def test_attacks_are_documented_as_often_as_they_are_tried() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text()
    told = {int(count.replace(",", "")) for count in re.findall(r"\| ([\d,]+)(?: sizes)?(?: each)? \| none \|", page)}
    files = (ROOT / "tests").glob("test_safety_*.py")
    tried = {int(often) for file in files for often in re.findall(r"attack\.tries\(\w+, (\d+)\)", file.read_text())}
    assert tried
    assert tried <= told
