"""What was agreed before this session, one by one: complete, carry or drop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.vocabulary import ActionStatus
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.plan.plan import AccountPlan, draft_place
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.follow_through import first_due
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.actions.outcome import outcome_actions
from workshop_tui.views.actions.table import action_at, action_row, due_col
from workshop_tui.views.base import View, heading_row, shown_to
from workshop_tui.views.cell import Cell, Choice, Col, Edit, RowAction
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

TO_SETTLE = "To settle: d done · c carry · r drop"


class LastActions(View):
    """Open actions of earlier sessions; what is settled in this one says what became of it.

    A settled row goes by another name, so that the cursor stays where it is: on the next to settle.
    """

    title: str = "Last actions"
    kind: ClassVar[type[Entity]] = Action
    empty: str = "No actions from before this session."
    invite: str = ""
    start: ClassVar[int] = 3

    def is_open(self, live: LivePlan) -> bool:
        """Never for the customer: what was carried or dropped is ours."""
        return shown_to(live, Action, "reason")

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The action, its owner, its date, and what becomes of it."""
        return (
            Col(Action, "title", 22, grow=3, wrap=True),
            Col(Action, "owner", 11, asked=True, grow=1, wrap=True),
            due_col(),
            Col(Action, "reason", 18, "Outcome", grow=2, wrap=True),
        )

    def head(self, live: LivePlan) -> str:
        """Tell how many of those in play are settled."""
        in_play = [action for action in _earlier(live) if _is_in_play(live, action)]
        done = sum(_is_settled(live, action) for action in in_play)
        return f"{done} of {len(in_play)} settled" if in_play else ""

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return what is to settle, what has been since the last session, and what was before."""
        earlier = _earlier(live)
        to_settle = [action for action in earlier if not _is_settled(live, action)]
        settled = [action for action in earlier if _is_settled(live, action)]
        groups = (
            (TO_SETTLE, to_settle),
            ("Settled", sorted(filter(partial(_is_in_play, live), settled), key=partial(_age, live))),
            ("Settled earlier", [action for action in settled if not _is_in_play(live, action)]),
        )
        for heading, actions in groups:
            if actions:
                yield heading_row(heading)
            for action in actions:
                row = self._line(live, action, cols)
                yield row if actions is to_settle else replace(row, id=str(RowId.of(action).about("settled")))

    def _line(self, live: LivePlan, action: Action, cols: tuple[Col, ...]) -> Row:
        row = action_row(live, action, cols, brief=True)
        first, *rest = row.cells
        text = "\n".join([first.text, *_carried(live, action)])
        return replace(row, cells=(replace(first, text=text), *rest[:-1], _outcome(live, action)))

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Return what can become of an action."""
        action = action_at(live, name)
        return outcome_actions(live, action) if action else ()

    def card(self, _live: LivePlan, _name: str) -> Table | None:
        """No card: the rows say all that is asked of them."""
        return None


def _earlier(live: LivePlan) -> list[Action]:
    """Return the actions of the sessions before this one, those of the latest first."""
    before = live.view.sessions[: max(live.view.number_of(live.session_id) - 1, 0)]
    return [action for session in reversed(before) for action in live.view.where(Action, session=session.id)]


def _carry(live: LivePlan, action: Action) -> Carry | None:
    """Return the carry that it was given in this session."""
    return live.view.get(Carry, action.id, live.session_id)


def _is_settled(live: LivePlan, action: Action) -> bool:
    return not action.status.is_open or _carry(live, action) is not None


def _is_in_play(live: LivePlan, action: Action) -> bool:
    """Whether it was still to be settled when the last session was over, as far as its rows tell.

    A drop keeps no day: what was made or carried in the last session was open then.
    """
    last = live.view.before(live.session)
    if action.status.is_open or last is None:
        return True
    if action.status is ActionStatus.DONE:
        return (action.done_on or dt.date.max) >= last.held_on
    return action.session == last.id or live.view.get(Carry, action.id, last.id) is not None


def _age(live: LivePlan, action: Action) -> int:
    """Return for how many days an action has been done, so that the latest stand first."""
    return (live.today - action.done_on).days if action.done_on else 0


def _carried(live: LivePlan, action: Action) -> list[str]:
    """Return how often an action was carried, and from which date first."""
    times, first = len(live.view.where(Carry, action=action.id)), first_due(live.view, action)
    return [f"↻ carried {times}×, first due {format_date(first)}"] if times and first else []


def _outcome(live: LivePlan, action: Action) -> Cell:
    """Return what became of an action, or the keys that say it."""
    return Cell(*_told(live, action), partial(_settling, live, action))


def _settling(live: LivePlan, action: Action) -> Edit:
    row_actions = outcome_actions(live, action)
    by_key = {row_action.key: row_action.edit for row_action in row_actions}

    def build(plan: AccountPlan, key: Json) -> Changes:
        return by_key[str(key)].build(plan, None)

    def follow(key: Json) -> Edit | None:
        edit = by_key[str(key)]
        return None if edit.toggles else edit

    choices = tuple(Choice(row_action.key, row_action.text, row_action.key) for row_action in row_actions)
    title = f"Outcome · {action.title}"
    return Edit(title, draft_place(Action, action.key, "outcome"), "", build, choices, follow=follow)


def _told(live: LivePlan, action: Action) -> tuple[str, str]:
    carry = _carry(live, action)
    if action.status is ActionStatus.DROPPED:
        return f"× dropped: {action.reason}", "muted"
    if action.status is ActionStatus.DONE:
        day = f" {format_date(action.done_on)}" if action.done_on else ""
        return "\n".join(filter(None, (f"✓ done{day}", action.evidence))), "good"
    status = f", {action.status.label}" if action.status is not ActionStatus.OPEN else ""
    return (
        (f"→ carried to {format_date(carry.to_due)}{status}", "accent") if carry else (f"?{status}", "warn")
    )
