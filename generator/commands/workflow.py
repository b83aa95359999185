"""The workflow file that builds and deploys a site on a host's machines. The files stand in skeleton/workflows/.

Not a command of its own: `deploy --init HOST` is.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final, NamedTuple

from generator import atomic
from generator.destinations import KINDS
from generator.model import Report, Site
from generator.problems import ConfigError, Problem

_MOST_MINUTES: Final = 4  # more different ones than that: every quarter of an hour
_GITHUB: Final = ".github/workflows/deploy.yml"


class _Host(NamedTuple):
    """What a host needs."""

    file: str  # where it looks for its workflow
    skeleton: str
    kind: str  # of the target that the workflow deploys to; "" where it needs none
    secrets: tuple[tuple[str, str], ...] = ()  # variables that the deploy needs
    install: str = ""  # what else to install
    permission: str = "read"
    table: str = ""  # what broadsheet.toml needs, where it has no such target


HOSTS: Final = {
    "github": _Host(
        _GITHUB,
        "github.yml",
        "git",
        (("GITHUB_TOKEN", "github.token"),),
        permission="write",
        table='[deploy.pages]\ntarget = "git"\n'
        'repository = "https://x-access-token:${GITHUB_TOKEN}@github.com/ME/SITE.git"',
    ),
    "gitlab": _Host(".gitlab-ci.yml", "gitlab.yml", ""),
    "netlify": _Host(
        _GITHUB,
        "github.yml",
        "netlify",
        (("NETLIFY_AUTH_TOKEN", "secrets.NETLIFY_AUTH_TOKEN"),),
        "netlify-cli",
        table='[deploy.netlify]\ntarget = "netlify"\nsite = "MY-SITE"',
    ),
    "cloudflare": _Host(
        _GITHUB,
        "github.yml",
        "cloudflare",
        (
            ("CLOUDFLARE_API_TOKEN", "secrets.CLOUDFLARE_API_TOKEN"),
            ("CLOUDFLARE_ACCOUNT_ID", "secrets.CLOUDFLARE_ACCOUNT_ID"),
        ),
        "wrangler",
        table='[deploy.cloudflare]\ntarget = "cloudflare"\nproject = "MY-SITE"',
    ),
}


class _AtTemplate(Template):
    """`@name@`, since workflows are full of `$`."""

    delimiter = "@"
    pattern = r"@(?:(?P<escaped>@)|(?P<named>[a-z]+)@|(?P<braced>\Z\A)|(?P<invalid>\Z\A))"  # type: ignore[assignment]


def write_workflow(site: Site, host: str, turns: Iterable[datetime]) -> Report:
    """Writes the workflow of a host; raises ConfigError where there is one already.

    `turns` are the moments at which the site changes by itself.
    """
    about = HOSTS[host]
    file = site.root / about.file
    text = _workflow(about, _target(site, about), cron(turns))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.create(file, text.encode())
    except FileExistsError:
        message = f"{about.file} is there already, and stays as it is"
        raise ConfigError(Problem(about.file, 0, 0, message, "not-empty", "move it away first")) from None
    except OSError as error:
        message = f"can't be written: {error.strerror}"
        raise ConfigError(Problem(about.file, 0, 0, message, "unwritable", "mind free space and permissions")) from None
    return Report((about.file, *_advice(site, about)), {"made": about.file})


def cron(turns: Iterable[datetime]) -> str:
    """Every hour, a minute after those minutes at which something appears or expires."""
    minutes = sorted({(turn.astimezone(UTC).minute + 1) % 60 for turn in turns}) or [1]
    shown = ",".join(map(str, minutes)) if len(minutes) <= _MOST_MINUTES else "*/15"
    return f"{shown} * * * *"


def _target(site: Site, about: _Host) -> str:
    """The name of the site's target of that kind, else the one that the advice has."""
    if not about.kind:
        return ""
    names = [place.name for place in site.destinations if isinstance(place, KINDS[about.kind])]
    return names[0] if names else about.table.partition("]")[0].removeprefix("[deploy.")


def _workflow(about: _Host, target: str, schedule: str) -> str:
    skeleton = resources.files("generator.commands").joinpath("skeleton", "workflows", about.skeleton)
    return _AtTemplate(skeleton.read_text(encoding="utf-8")).safe_substitute(
        cron=schedule,
        target=target,
        permission=about.permission,
        install=f"      - run: npm install --global {about.install}\n" if about.install else "",
        secrets="\n".join(f"          {name}: ${{{{ {value} }}}}" for name, value in about.secrets),
    )


def _advice(site: Site, about: _Host) -> Iterable[str]:
    """What is left to do by hand."""
    if about.kind and not any(isinstance(place, KINDS[about.kind]) for place in site.destinations):
        yield f"add to {Path('broadsheet.toml')}:\n\n{about.table}\n"
    for name, value in about.secrets:
        if value.startswith("secrets."):
            yield f"set the secret {name} in the settings of the repository"
    if site.pages.stories or site.pages.editions:
        yield "run `broadsheet build --freeze` before you push: what the host writes into broadsheet.lock is lost"
