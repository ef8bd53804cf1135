"""The questions, each under what it is for."""

from __future__ import annotations

from tests.views.plans import changed, deed, looked_at
from workshop_tui.domain.base.vocabulary import CUSTOMER, Purpose
from workshop_tui.domain.model.value import Question
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.views.value.ask import AskView
from workshop_tui.views.value.questions import Questions


async def test_questions_come_in_and_move_under_what_they_are_for(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Questions()
    table = view.table(live)
    ghosts = {row.id: row for row in table.rows if row.placeholder}
    assert list(ghosts) == [f"new/{purpose.value}" for purpose in Purpose]
    assert [row.cells[1].text for row in table.rows if row.cells and not row.placeholder][:3] == [
        "by 1",
        "by 1",
        "·",
    ]
    after = changed(live, ghosts["new/personal"].cells[0], "What would you miss?")
    order = [question.text for question in after.all(Question)]
    assert order.index("What would you miss?") == 8  # behind the four others of its purpose
    assert after.where(Question, text="What would you miss?", visibility=CUSTOMER)
    ours = looked_at(sample, "ps")
    (line,) = (row.cells[0] for row in AskView().table(ours).rows if row.placeholder)
    assert changed(ours, line, "What do they not hear?").where(Question, visibility="ps")
    shifted = apply(live.whole, Step(tuple(view.shift(live, "Question/Q05", 1))))
    assert [question.id for question in shifted.all(Question)][4:6] == ["Q06", "Q05"]
    assert view.shift(live, "Question/Q08", 1) == ()  # the last of its purpose
    assert view.shift(live, "new/personal", 1) == ()
    moved = deed(view, live, "Question/Q08", "p", "past")
    assert [q.id for q in moved.where(Question, purpose=Purpose.PAST)] == ["Q13", "Q14", "Q15", "Q08"]
    assert [q.id for q in moved.all(Question)].index("Q08") == 14
    assert view.row_actions(live, "new/personal") == ()
