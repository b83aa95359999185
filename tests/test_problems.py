"""Many problems are read as well as a few: errors first, warnings of a kind together."""

from generator.problems import WARNING, Problem, errors_first, in_short
from tests.conftest import SiteFolder


def problems_of(path: str, number: int, code: str, severity: str = WARNING) -> list[Problem]:
    """So many problems of one kind, each in a file of its own."""
    return [Problem(f"content/{path}{one:03}.md", 1, 0, "words", code, "", severity) for one in range(number)]


def shown(problems: list[Problem]) -> list[str]:
    return [part.path if isinstance(part, Problem) else part for part in in_short(problems)]


def heads(stderr: str) -> list[str]:
    """The lines of problems without their hints."""
    return [line for line in stderr.splitlines() if not line.startswith("  hint:")]


def test_after_a_big_move_errors_come_first_and_warnings_of_a_kind_together(site: SiteFolder) -> None:
    for number in range(60):
        site.article(f"a{number:02}", titel="x")
    for number in range(14):
        site.article(f"b{number:02}", title="")
    site.article("c", taggs="[x]", url='"/{{ slug }}/"')
    site.article("zoë", date="never")
    site.article("летопись", date="2024-02-30")
    lines = heads(site.build(status=1).stderr)
    assert [line.split(":")[0] for line in lines[:2]] == ["content/zoë.md", "content/летопись.md"]
    assert "[template-url]" in lines[2]
    assert lines[3] == "14 warnings [no-title], 3 of them:"
    assert [line.split(":")[0] for line in lines[4:7]] == [f"content/b0{number}.md" for number in range(3)]
    assert lines[7] == "61 warnings [unknown-field], 3 of them:"
    assert [line.split(":")[0] for line in lines[8:11]] == [f"content/a0{number}.md" for number in range(3)]
    assert lines[11:] == ["... and 69 more warnings; --all-problems shows them"]


def test_all_of_them_are_shown_where_that_is_asked_for(site: SiteFolder) -> None:
    for number in range(60):
        site.article(f"a{number:02}", titel="x")
    site.article("z", date="never")
    lines = heads(site.build("--all-problems", status=1).stderr)
    assert len(lines) == 61
    assert lines[0].startswith("content/z.md:3:7: error:")
    assert lines[1:] == sorted(lines[1:])
    assert all(": warning: " in line for line in lines[1:])


def test_the_json_document_holds_all(site: SiteFolder) -> None:
    for number in range(60):
        site.article(f"a{number:02}", titel="x")
    done = site.build("--format", "json")
    assert len(done.json["problems"]) == 60
    assert {"path", "line", "column", "message", "code", "hint", "severity"} == done.json["problems"][0].keys()
    assert "60 warnings [unknown-field], 3 of them:" in done.stderr


def test_a_few_are_shown_in_the_order_of_their_places() -> None:
    few = [*problems_of("b", 10, "one"), *problems_of("a", 2, "two", "error"), *problems_of("c", 1, "no", "error")]
    assert list(in_short(few)) == sorted(few)


def test_kinds_of_three_are_shown_however_many_kinds_there_are() -> None:
    many = [problem for kind in range(12) for problem in problems_of(f"k{kind}-", 3, f"kind-{kind}")]
    assert list(in_short(many)) == sorted(many)


def test_no_warning_hides_an_error() -> None:
    many = [*problems_of("a", 400, "spelling"), *problems_of("z", 45, "bad-date", "error"), *problems_of("b", 2, "x")]
    said = shown(many)
    assert said[:45] == [f"content/z{number:03}.md" for number in range(45)]
    assert said[45:47] == ["content/b000.md", "content/b001.md"]
    assert said[47:] == [
        "400 warnings [spelling], 3 of them:",
        *(f"content/a00{number}.md" for number in range(3)),
        "... and 397 more warnings; --all-problems shows them",
    ]


def test_errors_beyond_the_limit_are_counted_by_themselves() -> None:
    said = shown([*problems_of("a", 4, "x"), *problems_of("z", 1_234, "bad-date", "error")])
    assert said[49:] == [
        "content/z049.md",
        "... and 1,184 more errors; --all-problems shows them",
        *(f"content/a00{number}.md" for number in range(4)),
    ]


def test_errors_first_keeps_places_in_order() -> None:
    mixed = [*problems_of("b", 2, "x"), *problems_of("z", 2, "y", "error"), *problems_of("a", 1, "x")]
    paths = [problem.path for problem in errors_first(reversed(mixed))]
    assert paths == ["content/z000.md", "content/z001.md", "content/a000.md", "content/b000.md", "content/b001.md"]
