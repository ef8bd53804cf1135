"""What was worked out of the live plan, kept until something changes: with it, the figures are others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from workshop_tui.domain.base.entity import Key
from workshop_tui.live.live_plan import LivePlan

T = TypeVar("T")


class UntilChanged(Generic[T]):
    """One thing for each row of a kind.

    With 300 people, making their rows anew was three quarters of the time that going to their block takes;
    a person's card was a sixth of it with the sample.
    """

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._of: tuple[object, ...] = ()
        self._kept: dict[Key, T] = {}

    def get(self, live: LivePlan, key: Key, make: Callable[[], T]) -> T:
        """Return what stands for a row; made only where it isn't kept for these figures, session and day."""
        of = (live.figures, live.session_id, live.today)
        if self._of != of:
            self._of, self._kept = of, {}
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]
