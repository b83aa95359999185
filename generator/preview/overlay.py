"""What a preview lays over the pages: the bar, the problems of a broken build, the script that reloads.

The bar lives in a shadow tree of its own: no style of the theme reaches it, and none of its own leaves it.
"""

from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import jinja2

from generator.preview.shown import Shown
from generator.problems import Problem

_MOST_PROBLEMS: Final = 50
_RECONNECT: Final = {"mindelay": 250, "maxdelay": 4000}  # milliseconds; livereload waits up to a minute


REPORT: Final = ".broadsheet/cleaning"  # no page of a site has a dot there


def lay_over(html: bytes, shown: Shown, path: str, address: tuple[str, int]) -> bytes:
    """The page in `path` with the bar and the script before the end of its body, or of the file."""
    about = shown.about(path)
    mine = [problem for problem in shown.problems if problem.path == about.path and about.path]
    others = [problem for problem in shown.problems if problem not in mine]
    bar = _template("bar.html").render(
        report=shown.base_path + REPORT,
        about=about,
        seconds=shown.seconds,
        problems=_first((*mine, *others)),
        count=len(shown.problems),
        mine=len(mine),
    )
    addition = f"{bar}{_script(shown.build, address)}".encode()
    end = html.lower().rfind(b"</body>")
    return html + addition if end < 0 else html[:end] + addition + html[end:]


def problems_page(shown: Shown, address: tuple[str, int]) -> bytes:
    """What stands in place of every page while the build is broken."""
    ordered = sorted(shown.problems, key=lambda problem: (not problem.is_error, problem))
    page = _template("problems.html").render(
        problems=_first(ordered), count=len(ordered), script=_script(shown.build, address)
    )
    return page.encode()


def _first(problems: "tuple[Problem, ...] | list[Problem]") -> list[tuple[str, Problem]]:
    """As many problems as anybody reads, each with its place."""
    return [
        (":".join(str(part) for part in (problem.path, problem.line, problem.column) if part), problem)
        for problem in problems[:_MOST_PROBLEMS]
    ]


def _script(build: str, address: tuple[str, int]) -> str:
    """Livereload's client; it says which build its page is of when it connects, as the version of the snippet."""
    host, port = address
    query = urlencode({"host": host, "port": port, "snipver": build, **_RECONNECT}, safe="[]:")
    return _template("script.html").render(source=f"/livereload.js?{query}")


@cache
def _template(name: str) -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": jinja2.StrictUndefined}
    return jinja2.Environment(loader=loader, autoescape=True, **options).get_template(name)  # type: ignore[arg-type]
