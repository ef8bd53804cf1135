"""The joint action plan's part about the account and the alliance: what is measured, who steers it."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_tui.documents.page import Line, Part, labelled, told
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import title_of
from workshop_tui.domain.base.vocabulary import CUSTOMER, SteeringRole
from workshop_tui.domain.model.scorecard import Goal, Initiative, SteeringDate, SteeringSeat, Terms
from workshop_tui.domain.rules.governance import was_held
from workshop_tui.domain.rules.scorecard import by_component

_TERMS = ("purpose", "cadence", "invites", "decides", "quorum", "brought")


class AccountPart(Part):
    """The account as a whole, the scorecard and governance; nothing where one session is told alone."""

    @property
    def is_ours(self) -> bool:
        """Whether it is read among ourselves, and about the plan as a whole."""
        return self.view.audience != CUSTOMER and not self.alone

    def account(self) -> tuple[str, ...]:
        """Return what is known of the account besides its people; nothing for the customer."""
        return labelled(("Competitor", self.view.account.competitor)) if self.is_ours else ()

    @property
    def measured_title(self) -> str:
        """What stands over the metrics: the customer reads but those that were agreed with it."""
        return "What we measure together" if self.view.audience == CUSTOMER else "Scorecard"

    def measured(self) -> list[Line]:
        """Return the goals, for us, and the initiatives under their components, each with its figures."""
        if self.alone:
            return []
        goals = [Line(f"{goal.title}: {_reached(goal)}") for goal in self.view.all(Goal)]
        parts = by_component(self.view.all(Initiative))
        found = ((component, tuple(map(self._initiative, rows))) for component, rows in parts)
        lines = ([Line(component, rows)] if component else map(Line, rows) for component, rows in found)
        return [*goals, *(line for each in lines for line in each)]

    def _initiative(self, row: Initiative) -> str:
        toward = "to come down to" if row.lower_is_better else "of"
        figures = f"{row.actual:g} {toward} {row.target:g} {row.direction.sign}"
        whose = self.name("Party", row.party)
        counted = f"{row.indicator}:" if row.indicator else ""
        facts = told((counted, figures), ("performance of", whose), ("owner", self.whoever(row.owner)))
        return f"{row.title} — {facts}"

    def governance(self) -> list[Line]:
        """Return who sits on the steering committee, its terms, and the meetings still to be held."""
        if not self.is_ours:
            return []
        order = list(SteeringRole)
        seats = sorted(self.view.all(SteeringSeat), key=lambda seat: order.index(seat.role))
        return [
            *(Line(f"{self._seat(seat)}: {self.whoever(seat.person) or 'nobody yet'}") for seat in seats),
            *(Line(line) for line in self._terms()),
            *(Line(line) for line in self._meetings()),
        ]

    def _seat(self, seat: SteeringSeat) -> str:
        firm = self.name("Party", seat.party)
        return seat.role.label.capitalize() + (f" for {firm}" if firm else "")

    def _terms(self) -> Iterator[str]:
        for row in self.view.all(Terms):
            yield from labelled(*((title_of(Terms, name), getattr(row, name)) for name in _TERMS))

    def _meetings(self) -> Iterator[str]:
        dates = sorted(self.view.all(SteeringDate), key=lambda date: date.on)
        for date in dates:
            if not was_held(date, self.figures.on):
                late = ", not held yet" if date.on < self.figures.on else ""
                yield f"Meeting on {format_date(date.on)}{late}{f': {date.about}' if date.about else ''}"


def _reached(goal: Goal) -> str:
    return f"{goal.actual:g} of {goal.target:g} {goal.unit}".rstrip()
