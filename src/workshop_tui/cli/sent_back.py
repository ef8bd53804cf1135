"""Files that people send back: read by what they are, taken as one Step, and told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from workshop_tui.cli.place import user_settings
from workshop_tui.cli.plans import named
from workshop_tui.cli.speech import data, data_json
from workshop_tui.documents.errors import DocumentError

if TYPE_CHECKING:
    from workshop_tui.domain.plan.plan import AccountPlan
    from workshop_tui.domain.plan.step import Change, Step
    from workshop_tui.store.store import Store

F = TypeVar("F")


class SentBack(Protocol):
    """What a file would change in an account."""

    @property
    def whole(self) -> AccountPlan:
        """The account's plan as it is."""

    def step(self, changes: tuple[Change, ...], actor: str) -> Step:
        """Return changes as one Step of somebody, now."""


def read_sent_back(file: str, read: Callable[[bytes, bool], F]) -> F:
    """Return what a reader finds in a file, told whether 1/12 is the first of December; - is stdin.

    Raises:
        DocumentError: it isn't what it should be; the message names the file.
    """
    try:
        return read(_content(file), user_settings().day_first)
    except DocumentError as error:
        raise DocumentError(f"{named(file)}: {error}") from None


def _content(file: str) -> bytes:
    """Return what a file or stdin holds, and no more of it than a document of ours has."""
    from workshop_tui.documents.read_back import LARGEST

    with sys.stdin.buffer if file == "-" else Path(file).open("rb") as source:
        return source.read(LARGEST + 1)


def take(store: Store, found: SentBack, changes: tuple[Change, ...], *, dry_run: bool) -> bool:
    """Store changes as one Step, but for a dry run; return whether that was done."""
    if not changes or dry_run:
        return False
    store.commit(found.whole.account.id, found.step(changes, user_settings().actor))
    return True


def tell_taken(lines: Iterable[str], as_json: Callable[[], Any], *, json: bool) -> None:
    """Write what is taken, a line each, or all that was found as JSON."""
    if json:
        data_json(as_json())
    elif told := [*lines]:
        data("\n".join(told))
