"""A process that writes Steps, and says of each that it is stored."""

import sys
from contextlib import closing
from pathlib import Path

from tests.store.plans import ACC, ANA, begin, name_ana
from workshop_tui.store import file
from workshop_tui.store.store import Store


def main(path: str, steps: str, synchronous: str = "") -> None:
    """Write so many Steps to a new database; each number on stdout is that of a Step that is stored."""
    if synchronous:
        file.JOURNAL_MODE, file.SYNCHRONOUS = "delete", int(synchronous)
    with closing(Store.open(Path(path))) as store:
        begin(store, ANA)
        _say(1)
        for number in range(2, int(steps) + 1):
            before = ANA.name if number == 2 else f"Ana {number - 1}"
            store.commit(ACC, name_ana(before, f"Ana {number}"))
            _say(number)


def _say(number: int) -> None:
    sys.stdout.write(str(number))
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
