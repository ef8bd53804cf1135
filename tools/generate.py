"""Writes all that is generated out of the code: `python -m tools.generate`; --check only says what is old.

The README's table of keys, the JSON Schema of an account plan, the account of the demo, the pictures of
README and guide.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools import demo_account, keys, pictures, schema


def generated() -> Iterator[tuple[Path, str]]:
    """Yield each file with what has to stand in it."""
    yield keys.README, keys.generated(keys.README.read_text("utf-8"))
    yield schema.TARGET, schema.text()
    yield demo_account.TARGET, demo_account.text()
    yield from ((pictures.TARGET / f"{name}.svg", svg) for name, svg in pictures.pictures().items())


def main(arguments: Sequence[str]) -> int:
    """Write what is old anew, or only say so; return 1 when anything was."""
    old = [(file, text) for file, text in generated() if not file.exists() or file.read_text("utf-8") != text]
    for file, text in old:
        if "--check" not in arguments:
            file.write_text(text, encoding="utf-8", newline="\n")
        print(f"{file.name} was not up to date.")
    print("All is up to date." if not old else "")
    return int(bool(old))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
