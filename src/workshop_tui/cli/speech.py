"""How commands speak: data to stdout, words to stderr, one sentence for what goes wrong."""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from workshop_tui.documents.errors import DocumentError
from workshop_tui.domain.base.text import clean_text
from workshop_tui.os_errors import why
from workshop_tui.playbooks.errors import PlaybookError
from workshop_tui.settings import SettingsError
from workshop_tui.store.errors import StoreError

DONE, FOUND, WRONG = 0, 1, 2
"""Exit codes: done, a check found something, wrong use or bad input."""


class CommandError(Exception):
    """A command can't do what it is asked for; the message is one sentence with the cure."""


def words(sentence: str) -> None:
    """Say something to the person at the keyboard."""
    print(clean_text(sentence), file=sys.stderr, flush=True)  # noqa: T201 - this is how commands speak


def data(text: str) -> None:
    """Write what was asked for; byte for byte, but with nothing that steers a terminal."""
    shown = clean_text(text, lines=True) if sys.stdout.isatty() else text.removesuffix("\n")
    print(shown, flush=True)  # noqa: T201 - this is how commands speak


def data_bytes(content: bytes) -> None:
    """Write a file to where the output goes."""
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def data_json(value: Any) -> None:
    """Write a value as JSON; dates as in 2026-06-09, Structs as objects by the names of their fields."""
    data(json.dumps(value, indent=2, ensure_ascii=False, default=_plain))


def _plain(value: object) -> object:
    from msgspec import Struct, structs

    return structs.asdict(value) if isinstance(value, Struct) else str(value)


def spoken(command: Callable[[], int]) -> int:
    """Run a command; turn what can be foreseen to go wrong into one sentence and exit code 2."""
    try:
        return command()
    except KeyboardInterrupt:
        words("Stopped before the end.")
    except BrokenPipeError:  # whoever reads, such as `head`, has seen enough
        _forget_stdout()
        return DONE
    except (CommandError, DocumentError, PlaybookError, SettingsError, StoreError) as error:
        words(str(error))
    except OSError as error:
        told = why(error)
        if error.filename is None:  # what is written is lost, and would fail again when Python ends
            _forget_stdout()
            words(f"{told[0].upper()}{told[1:]}.")
        else:
            words(f"{error.filename} can't be used, as {told}.")
    except Exception as error:
        from workshop_tui.domain.base.dates import DateError  # heavy, and rarely needed
        from workshop_tui.domain.plan.step import Refused

        if not isinstance(error, (DateError, Refused)):
            raise
        words(str(error))
    return WRONG


def _forget_stdout() -> None:
    """Let Python flush into nothing when it ends, or it would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def speak_utf8() -> None:
    """Write UTF-8 with plain line ends to files and pipes, and never fail for want of a letter.

    What is closed, as `>&-` and `<&-` leave it, is written into nothing, and read as nothing.
    """
    sys.stdin = sys.stdin or os.fdopen(os.open(os.devnull, os.O_RDONLY))
    sys.stdout, sys.stderr = (
        stream or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w") for stream in (sys.stdout, sys.stderr)
    )
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():
            stream.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
