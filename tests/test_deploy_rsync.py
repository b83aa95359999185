"""broadsheet deploy with rsync, over a real ssh server."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import CONFIGURATION, SiteFolder
from tests.servers import CuttingProxy, Ssh, needs, ssh_server
from tests.test_deploy_git import HOSTILE


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ssh]:
    needs("rsync")
    with ssh_server(tmp_path_factory.mktemp("ssh") / "server") as server:
        yield server


@pytest.fixture
def site(make_site: Callable[..., SiteFolder], ssh: Ssh, tmp_path: Path) -> SiteFolder:
    """A site that is deployed over ssh."""
    site = make_site(CONFIGURATION + table(ssh, tmp_path, ssh.command))
    site.article("a", tags="[x]")
    site.article("b", "[a](/2024/01/03/a/)")
    return site


def table(ssh: Ssh, tmp_path: Path, command: str) -> str:
    destination = f'destination = "{ssh.host}:{tmp_path}/www"\nssh = "{command}"\nprotect = ["stats/*"]\n'
    return f'[deploy.server]\ntarget = "rsync"\n{destination}'


def served(site: SiteFolder) -> dict[str, bytes]:
    www = site.root.parent / "www"
    return {path.relative_to(www).as_posix(): path.read_bytes() for path in www.rglob("*") if path.is_file()}


def test_the_second_run_transfers_nothing_whatever_the_times(site: SiteFolder) -> None:
    assert "+ index.html\n" in site.run("deploy", "--dry-run").stdout
    assert served(site) == {}
    first = site.run("deploy", "--format", "json").json
    assert set(first["new"]) == set(site.outputs()) == set(served(site))
    assert served(site) == site.outputs()
    for path in site.output.rglob("*.html"):
        path.touch()  # times alone are no change
    second = site.run("deploy", "--no-build", "--format", "json").json
    assert (second["new"], second["changed"], second["removed"], second["bytes"]) == ([], [], [], 0)
    assert second["unchanged"] == len(first["new"])


def test_changes_arrive_deletes_are_bounded_and_protected_files_stay(site: SiteFolder) -> None:
    site.run("deploy")
    site.write("../www/stats/today.html", "hits")
    (site.root / "content/a.md").unlink()
    site.article("b", "No link now.")
    before = served(site)
    assert "[too-many-deletes]" in site.run("deploy", "--max-deletes", "0", status=1).stderr
    assert served(site) == before
    done = site.run("deploy", "--format", "json").json
    assert "2024/01/03/a/index.html" in done["removed"]
    assert "2024/01/03/b/index.html" in done["changed"]
    assert served(site) == {**site.outputs(), "stats/today.html": b"hits"}


def test_any_file_name_arrives_and_goes(site: SiteFolder) -> None:
    site.build()
    for name in HOSTILE:
        site.write(f"output/files/{name}", name)
    assert set(site.run("deploy", "--no-build", "--format", "json").json["new"]) == set(site.outputs())
    assert served(site) == site.outputs()
    for name in HOSTILE:
        (site.output / "files" / name).unlink()
    removed = site.run("deploy", "--no-build", "--format", "json").json["removed"]
    assert set(removed) == {f"files/{name}" for name in HOSTILE}
    assert served(site) == site.outputs()


def test_a_connection_cut_in_the_middle_is_an_error_and_the_next_run_completes(
    site: SiteFolder, ssh: Ssh, tmp_path: Path
) -> None:
    site.build()
    site.write("output/big.bin", random.Random(1).randbytes(4_000_000))
    port = ssh.command.split()[2]
    with CuttingProxy(int(port), 1_000_000) as proxy:
        command = ssh.command.replace(port, str(proxy.port))
        site.write("broadsheet.toml", CONFIGURATION + table(ssh, tmp_path, command))
        assert "rsync failed" in site.run("deploy", "--no-build", status=1).stderr
        assert proxy.is_cut
    site.write("broadsheet.toml", CONFIGURATION + table(ssh, tmp_path, ssh.command))
    site.run("deploy", "--no-build")
    assert served(site) == site.outputs()


def test_without_rsync_the_message_says_so(site: SiteFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "rsync is not installed [no-program]" in site.run("deploy", status=1).stderr
