"""The command as somebody runs it who isn't root: tests often are."""

import ctypes
import subprocess
import sys

from tests.conftest import ROOT, SiteFolder

_PR_CAPBSET_DROP = 24
_CAN_READ_ALL = (1, 2)  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


def as_anybody(site: SiteFolder, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Runs the command without the right of root to read and write everything."""

    def drop() -> None:
        for right in _CAN_READ_ALL:
            ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, right, 0, 0, 0)

    return subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(site.root), *arguments],
        capture_output=True,
        cwd=ROOT,
        preexec_fn=drop,
        check=False,
    )
