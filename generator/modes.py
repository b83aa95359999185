"""Who may read files that are for the public, whatever the umask; and what that umask is."""

import os
from typing import Final

FILE: Final = 0o644
FOLDER: Final = 0o755


def umask() -> int:
    """What the umask of this process takes away; the system tells it only to those who set it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
