"""Pins the floors of cleaning to what it reaches now: python -m tests.quality.pin [--allow-lower]."""

import json
import sys

from tests.quality.measure import FLOORS, measure


def main() -> int:
    old = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    new = measure()
    lower = [
        f"{language} {name}: {value} -> {new[language][name]}"
        for language, figures in old.items()
        for name, value in figures.items()
        if new[language][name] < value
    ]
    if lower and "--allow-lower" not in sys.argv:
        sys.stderr.write("lower than the floors; --allow-lower pins it all the same:\n" + "\n".join(lower) + "\n")
        return 1
    FLOORS.write_text(json.dumps(new, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
