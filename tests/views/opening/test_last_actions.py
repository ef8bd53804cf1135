"""What became of the last actions, and how many were kept."""

from __future__ import annotations

import datetime as dt

from tests.app.test_second_session import before_second
from tests.views.plans import at, cells, headings, looked_at, rows
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.views.cell import by_key
from workshop_tui.views.opening.follow_through import FollowThroughReport
from workshop_tui.views.opening.last_actions import LastActions
from workshop_tui.views.row_id import RowId

THIRD = Session(id="S3", held_on=dt.date(2026, 9, 9))


def outcomes(plan: AccountPlan, session: str = "") -> dict[str, str]:
    """Return what is said of each action, in the order of the rows."""
    found = rows(LastActions(), looked_at(plan, session=session))
    return {"".join(RowId.parse(name).key): cells(row)[3] for name, row in found.items()}


async def test_what_is_open_comes_first_and_what_is_settled_says_what_became_of_it(
    sample: AccountPlan,
) -> None:
    assert outcomes(before_second(sample)) == {
        "A04": "?",
        "A05": "?",
        "A06": "✓ done 27 May 2026",
        "A03": "✓ done 20 Apr 2026",
        "A02": "✓ done 16 Apr 2026",
        "A01": "✓ done 19 Mar 2026",
    }
    settled = outcomes(sample)
    assert list(settled)[:2] == ["A04", "A05"]
    assert settled["A04"] == "→ carried to 19 Jun 2026"
    assert settled["A05"] == "× dropped: Customer asked for quiet until the tests pass"
    assert outcomes(sample, "S1") == {}
    blocked = AccountPlan.of((*sample, with_values(sample.all(Action)[3], status="blocked")))
    assert outcomes(blocked)["A04"] == "→ carried to 19 Jun 2026, blocked"


async def test_a_row_says_how_often_it_was_carried_and_from_which_date(sample: AccountPlan) -> None:
    again = Carry(action="A04", session="S3", from_due=dt.date(2026, 6, 19), to_due=dt.date(2026, 12, 1))
    live = looked_at(AccountPlan.of((*sample, THIRD, again)), session="S3")
    assert (
        "↻ carried 2×, first due 1 May 2026" in at(LastActions(), live, "Action/A04#settled", "Action").text
    )


async def test_the_head_counts_what_was_in_play(sample: AccountPlan) -> None:
    view = LastActions()
    assert view.head(looked_at(before_second(sample))) == "4 of 6 settled"
    assert view.head(looked_at(sample)) == "6 of 6 settled"
    assert view.head(looked_at(sample, session="S1")) == ""
    third = looked_at(AccountPlan.of((*sample, THIRD)), session="S3")
    assert view.head(third) == "0 of 5 settled"
    heads = [row.heading for row in view.table(third).rows if row.heading]
    assert heads == ["To settle: d done · c carry · r drop", "Settled earlier"]


async def test_a_key_from_the_row_settles_it(sample: AccountPlan) -> None:
    live = looked_at(before_second(sample))
    outcome = at(LastActions(), live, "Action/A04", "Outcome").edit
    assert outcome is not None
    assert [*by_key(outcome)] == ["d", "c", "r"]
    assert outcome.follow is not None
    titles = [first.title for key in "dcr" if (first := outcome.follow(key))]
    assert [title.partition("?")[0] for title in titles] == [
        *("Done on which day", "Carry to which day", "Why is it dropped"),
    ]
    undated = Action(id="A99", session="S1", title="Ask for the plan", owner="PS1", rank=99)
    bare = AccountPlan.of((*before_second(sample), undated))
    carry = at(LastActions(), looked_at(bare), "Action/A99", "Outcome").edit
    assert carry is not None
    assert carry.follow is not None
    asked = carry.follow("c")
    assert asked is not None
    assert outcomes(apply(bare, Step(tuple(asked.build(bare, "+2w")))))["A99"] == "→ carried to 23 Jun 2026"
    dropped = looked_at(sample)
    again = at(LastActions(), dropped, "Action/A05#settled", "Outcome").edit
    assert again is not None
    assert again.follow is not None
    assert again.follow("o") is None
    (opened,) = apply(sample, Step(tuple(again.build(sample, "o")))).where(Action, id="A05")
    assert opened.status.is_open
    assert [deed.key for deed in LastActions().row_actions(dropped, "Action/A01#settled")] == ["o", "e"]


# Kept


async def test_kept_shows_counts_and_rates_over_time_by_firm_and_by_owner(sample: AccountPlan) -> None:
    live, view = looked_at(sample), FollowThroughReport()
    table = view.table(live)
    assert headings(table)[1:] == ["Due", "On time", "Late", "Overdue", "Dropped", "% on time", "% done"]
    told = {row.id: cells(row) for row in table.rows if not row.heading}
    assert told["kept/S1"] == ["1 · 10 Mar 2026", "6", "3", "1", "1", "1", "███░░  60%", "████░  80%"]
    assert told["kept/S2"] == ["2 · 9 Jun 2026", *"·" * 5, "–", "–"]
    assert told["kept/all"][1:] == told["kept/S1"][1:]
    assert told["kept/Party/ps"] == ["Quillhaven", "3", "3", "·", "·", "·", "█████ 100%", "█████ 100%"]
    assert told["kept/Party/tech"][1:] == ["3", "·", "1", "1", "1", "░░░░░   0%", "██▌░░  50%"]
    assert told["kept/Member/T3"] == ["Hana Petrosyan-Cole", "1", "·", "·", "·", "1", "–", "–"]
    assert view.head(live) == "All sessions, as of 9 Jun 2026 · on time each session ▅–"


async def test_kept_of_one_session_alone(sample: AccountPlan) -> None:
    live, view = looked_at(sample), FollowThroughReport()
    assert len(view.subjects(live)) == 3
    view.step(live, "", 2)
    assert view.head(live).startswith("Session 2, ")
    heads = [row.heading for row in view.table(live).rows if row.heading]
    assert heads[1:] == [f"Session 2, by {who}: nothing was due yet" for who in ("side", "owner")]
    view.step(live, "", 2)
    assert view.head(live).startswith("Session 1, ")
    early = Session(id="S0", held_on=dt.date(2026, 1, 6))
    live.whole = AccountPlan.of((*live.whole, early))
    live._look()
    assert view.head(live).startswith("Session 2, ")  # the same one, by its new number


async def test_what_nobody_owns_is_counted_as_nobodys(sample: AccountPlan) -> None:
    plan = AccountPlan.of((*sample, with_values(sample.all(Action)[0], owner=None)))
    names = [cells(row)[0] for row in rows(FollowThroughReport(), looked_at(plan)).values()]
    assert names.count("Nobody") == 2
