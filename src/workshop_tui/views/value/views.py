"""Value co-discovery: asked one by one, seen on a board, read back, and gathered into value targets."""

from __future__ import annotations

from workshop_tui.views.value.answer_list import AnswerList
from workshop_tui.views.value.ask import AskView
from workshop_tui.views.value.board import Board
from workshop_tui.views.value.questions import Questions
from workshop_tui.views.value.read_back import AnswersReadBack
from workshop_tui.views.value.targets import Targets

VIEWS = (AskView, Board, AnswerList, AnswersReadBack, Targets, Questions)
