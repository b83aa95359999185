"""A deploy takes nothing from the public that nobody meant to take."""

import shutil
from collections.abc import Callable

import pytest

from tests.conftest import CONFIGURATION, SiteFolder
from tests.rights import as_anybody

FOLDER = CONFIGURATION + '[deploy.local]\ntarget = "folder"\npath = "../www"\n'


@pytest.fixture
def site(make_site: Callable[..., SiteFolder]) -> SiteFolder:
    """A site of forty articles that is deployed to ../www."""
    site = make_site(FOLDER)
    for number in range(40):
        site.article(f"{'deep/' if number % 2 else ''}a{number}")
    return site


def served(site: SiteFolder) -> dict[str, bytes]:
    """What readers of the folder see."""
    current = site.root.parent / "www" / "current"
    return {path.relative_to(current).as_posix(): path.read_bytes() for path in current.rglob("*") if path.is_file()}


def remove_content(site: SiteFolder) -> None:
    shutil.rmtree(site.root / "content")


def empty_content(site: SiteFolder) -> None:
    remove_content(site)
    (site.root / "content").mkdir()


def replace_content(site: SiteFolder) -> None:
    remove_content(site)
    (site.root / "content").symlink_to("nowhere")


@pytest.mark.parametrize("lose", [remove_content, empty_content, replace_content])
@pytest.mark.parametrize("forgets", [False, True])
def test_an_empty_source_removes_nothing(
    site: SiteFolder, lose: Callable[[SiteFolder], None], *, forgets: bool
) -> None:
    site.run("deploy")
    output, public = site.outputs(), served(site)
    lose(site)
    if forgets:
        shutil.rmtree(site.root / ".cache")
    for command in ("build", "deploy"):
        refused = site.run(command, status=1)
        assert "[no-content]\n  hint: bring the articles back" in refused.stderr
        assert (site.outputs(), served(site)) == (output, public)


def test_an_empty_source_in_a_fresh_checkout_is_not_deployed(site: SiteFolder) -> None:
    site.run("deploy")
    public = served(site)
    empty_content(site)
    shutil.rmtree(site.output)
    shutil.rmtree(site.root / ".cache")
    assert "no article is left; nothing was deployed [no-content]" in site.run("deploy", status=1).stderr
    assert served(site) == public
    site.run("build")
    assert "[too-many-deletes]" in site.run("deploy", "--no-build", status=1).stderr
    assert served(site) == public
    site.run("deploy", "--no-build", "--max-deletes", "1000")
    assert served(site) == site.outputs()


def test_an_article_that_cannot_be_read_keeps_its_page_and_the_others_are_built(site: SiteFolder) -> None:
    site.run("deploy")
    page, public = site.page("/2024/01/03/a4/"), served(site)
    hidden = site.article("a4", "More than there was.")
    site.article("a5", "Another text.")
    hidden.chmod(0)
    try:
        refused = as_anybody(site, "build")
        assert refused.returncode == 1
        assert b"content/a4.md: error: can't be read" in refused.stderr
        assert site.page("/2024/01/03/a4/") == page
        assert "Another text." in site.page("/2024/01/03/a5/")
        assert as_anybody(site, "deploy").returncode == 1
        assert served(site) == public
    finally:
        hidden.chmod(0o644)


@pytest.mark.parametrize("path", ["content", "content/deep"])
def test_what_cannot_be_read_stays_on_the_site(site: SiteFolder, path: str) -> None:
    site.run("deploy")
    output, public = site.outputs(), served(site)
    hidden = site.root / path
    mode = hidden.stat().st_mode
    hidden.chmod(0)
    try:
        for command in ("build", "deploy"):
            refused = as_anybody(site, command)
            assert refused.returncode == 1
            said = refused.stderr.decode()
            assert "can't be read" in said
            assert "[unreadable]\n  hint: " in said
            assert "Traceback" not in said
            assert (site.outputs(), served(site)) == (output, public)
    finally:
        hidden.chmod(mode)
    site.run("deploy")
    assert served(site) == site.outputs()
    assert served(site).keys() == public.keys()


def test_many_pages_that_go_at_once_are_told_and_not_deployed(site: SiteFolder) -> None:
    site.run("deploy")
    public = served(site)
    shutil.rmtree(site.root / "content/deep")
    warned = site.build()
    assert "files of the site went [many-removed]" in warned.stderr
    assert "[many-removed]" not in site.build().stderr
    assert "[too-many-deletes]" in site.run("deploy", "--no-build", status=1).stderr
    refused = site.run("deploy", status=1)
    assert "[too-many-deletes]" in refused.stderr
    assert served(site) == public
    allowed = refused.stderr.partition("--max-deletes ")[2].split()[0]
    site.run("deploy", "--max-deletes", allowed)
    assert served(site) == site.outputs()


def test_a_few_pages_go_without_a_word(site: SiteFolder) -> None:
    site.run("deploy")
    for number in range(5):
        (site.root / f"content/a{number * 2}.md").unlink()
    assert "many-removed" not in site.build().stderr
    site.run("deploy")
    assert served(site) == site.outputs()


def test_the_configuration_may_allow_another_number(site: SiteFolder) -> None:
    site.write("broadsheet.toml", FOLDER + "max_deletes = 1000\n")
    site.run("deploy")
    shutil.rmtree(site.root / "content/deep")
    site.run("deploy")
    assert served(site) == site.outputs()
    site.write("broadsheet.toml", FOLDER + 'max_deletes = "half"\n')
    assert '"max_deletes": expected a whole number' in site.run("deploy", status=2).stderr
