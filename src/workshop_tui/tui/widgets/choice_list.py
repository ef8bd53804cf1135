"""A list to choose from: what is typed narrows it, arrows move in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from workshop_tui.domain.plan.step import Refused
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.views.cell import Choice
from workshop_tui.views.choice_list import equally_near, in_columns, matching


class ChoiceList(OptionList):
    """Shows which choices fit what is typed, one of them marked."""

    def __init__(self) -> None:
        """Start with nothing to choose from."""
        super().__init__(id="choices", markup=False)
        self.choices: tuple[Choice, ...] = ()
        self._places: list[int] = []
        """On which line each choice stands: headings stand between them."""
        self.listed: str | None = None
        """What was typed when it was last listed."""
        self.is_picked = False
        """Whether it was gone to what is marked, and that is not only the nearest."""

    @property
    def chosen(self) -> Choice | None:
        """The choice that is marked."""
        return None if self.highlighted is None else self.at(self.highlighted)

    def at(self, line: int) -> Choice | None:
        """Return the choice on a line of the list; None for a heading."""
        return self.choices[self._places.index(line)] if line in self._places else None

    @property
    def _marked(self) -> int | None:
        """The place among the choices of that which is marked."""
        return self._places.index(self.highlighted) if self.highlighted in self._places else None

    @property
    def among(self) -> str:
        """Which of how many is marked, as in «2 of 5»; "" where there is no other."""
        return f"{(self._marked or 0) + 1} of {len(self.choices)}" if len(self.choices) > 1 else ""

    def narrow(
        self,
        every: Sequence[Choice],
        typed: str,
        now: Choice | None = None,
        adds: Callable[[str], tuple[Choice, ...]] | None = None,
    ) -> None:
        """Show what fits, the nearest marked; while nothing is typed, the one that holds now.

        Where nothing fits, show what can come in under that name, but unmarked.
        """
        if typed == self.listed:
            return
        self.is_picked, is_typed = False, bool(typed.strip())
        self.listed, self.choices = typed, matching(every, typed)
        is_new = is_typed and not self.choices
        if adds and is_new:
            with suppress(Refused):
                self.choices = adds(typed)
        self.clear_options()
        lines = in_columns(self.choices, (*every, *self.choices))
        self._put(lines, under_headings=not is_typed)
        first = self.choices.index(now) if now in self.choices and not is_typed else 0
        self.highlighted = self._places[first] if self.choices and not is_new else None

    def _put(self, lines: Sequence[str], *, under_headings: bool) -> None:
        """Put in a line a choice, all of one group under its heading while they stand in their own order."""
        self._places, group = [], ""
        for choice, line in zip(self.choices, lines, strict=True):
            if under_headings and choice.group not in {"", group}:
                group = choice.group
                self.add_option(Option(literal(f"── {group}"), disabled=True))
            self._places.append(self.option_count)
            self.add_option(Option(literal(line.rstrip())))

    @property
    def unclear(self) -> tuple[Choice, ...]:
        """The several that fit what is typed equally well, as long as none of them was gone to."""
        found = equally_near(self.choices, self.listed or "") if self.choices else ()
        return found if len(found) > 1 and not self.is_picked else ()

    def move(self, by: int) -> None:
        """Mark another choice; after the last comes the first."""
        if self.choices:
            self.is_picked = True
            start = -1 if by > 0 else 0
            at = start if self._marked is None else self._marked
            self.highlighted = self._places[(at + by) % len(self.choices)]

    def mark_first(self) -> None:
        """Mark the first, if there is one."""
        self.highlighted = self._places[0] if self.choices else None
