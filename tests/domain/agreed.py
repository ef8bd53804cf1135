"""An action that was agreed, and the days on which it may be due."""

from __future__ import annotations

import datetime as dt

from workshop_tui.domain.model.actions import Action, Carry

MAY, JUNE, JULY, AUGUST = (dt.date(2026, month, 1) for month in (5, 6, 7, 8))
ACTION = Action(id="a", session="S1", title="Ask her once more", due=MAY)
CARRY = Carry(action="a", session="S2", from_due=MAY, to_due=JUNE)
