"""What help says of a command on a line of its own."""

from __future__ import annotations

import pytest

from workshop_tui.tui.commands.registry import SCOPES
from workshop_tui.tui.screens.help import MATTERS, in_short


@pytest.mark.parametrize("scope", SCOPES)
def test_no_line_of_help_breaks_off(scope: str) -> None:
    told = {each.id: in_short(each.about) for each in SCOPES[scope] if each.id in MATTERS}
    assert [says for says in told.values() if says.endswith((";", ":", "; again"))] == []
