"""Whether another process gets on with what it is at, whatever else the machine is busy with."""

import os
import time
from typing import Final, NamedTuple

_ASLEEP: Final = b"S"  # the state of a process that waits for something


class Seen(NamedTuple):
    """What a worker was last seen at, and for how long it has been in vain."""

    item: int
    moment: float
    used: float = 0.0  # processor time, when it began the item
    last: float = 0.0  # processor time, when it was last seen
    idle: float = 0.0  # seconds that it has waited for something since then

    @property
    def in_vain(self) -> float:
        """The seconds that it has worked on the item, or waited for something that doesn't come."""
        return max(self.last - self.used, self.idle)


NEVER: Final = Seen(-1, 0.0)


def look(process: int, item: int, seen: Seen, longest: float) -> Seen:
    """What a worker is seen at now; what passed between two looks counts up to a limit, for we may have been asleep."""
    now = time.monotonic()
    passed = min(now - seen.moment, longest)
    try:
        with open(f"/proc/{process}/stat", "rb") as status:  # noqa: PTH123 - its name is no path of ours
            fields = status.read().rpartition(b")")[2].split()
    except OSError:  # elsewhere than on Linux there is the clock alone
        return Seen(item, now, idle=seen.idle + passed) if item == seen.item else Seen(item, now)
    used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    if item != seen.item:
        return Seen(item, now, used, used)
    is_idle = fields[0] == _ASLEEP and used == seen.last
    return seen._replace(moment=now, last=used, idle=seen.idle + passed if is_idle else seen.idle)
