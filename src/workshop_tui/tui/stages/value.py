"""Value co-discovery: asked one by one, seen on a board, read back, and gathered into value targets."""

from __future__ import annotations

from workshop_tui.tui.stages.targets import Targets
from workshop_tui.tui.stages.value_ask import Ask
from workshop_tui.tui.stages.value_back import SaidBack
from workshop_tui.tui.stages.value_board import Board
from workshop_tui.tui.stages.value_heard import Heard
from workshop_tui.tui.stages.value_questions import Questions

VIEWS = (Ask, Board, Heard, SaidBack, Targets, Questions)
