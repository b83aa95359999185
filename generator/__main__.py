"""Lets `python -m generator` stand for the command `broadsheet`, and is where both begin.

Nothing is imported before the command can be stopped: the first statement leaves it to the system to do so.
"""

import _signal  # type: ignore[import-not-found]  # `signal` takes longer than all up to the next line

if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)  # what Python would do has a traceback

import sys
from typing import NoReturn

from generator import stopping


def main() -> NoReturn:
    """Runs the command line and exits with its status."""
    stopping.begin(sys.argv[1:])
    stopping.carry_out(_run)


def _run() -> int:
    from generator import cli  # noqa: PLC0415 - see above

    return cli.run(sys.argv[1:])


if __name__ == "__main__":
    main()
