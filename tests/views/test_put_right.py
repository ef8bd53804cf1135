"""What has been put right is told in the cells there are."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from workshop_tui.domain.lifecycle.errata import SealedText
from workshop_tui.domain.model.session import Decision
from workshop_tui.views.put_right import told_done

LONG = "Both firms meet the bank each Monday and look at what is open, with one {} for all of it"


@pytest.mark.parametrize("room", [40, 60, 80, 120, 300])
def test_what_was_put_right_is_told_from_where_it_differs(room: int) -> None:
    old = LONG.format("statsu")
    told = told_done(SealedText(Decision, ("d",), "text", old, old), LONG.format("status"), room)
    assert cell_len(told) <= room
    assert told.startswith("Put right beside the seal: «" if room >= 60 else "Put right: «")
    assert ("«…statsu" in told and "«…status" in told) or (room == 300 and f"«{old}» → «" in told)
