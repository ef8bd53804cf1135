"""What `e` writes of a view of the account's page: all that it tells, for one audience, and no key."""

from __future__ import annotations

import pytest

from tests.views.plans import looked_at
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.compare import AccountCompare
from workshop_tui.views.account.coverage import AccountCoverage
from workshop_tui.views.account.decisions import AccountDecisions
from workshop_tui.views.account.now import AccountNow
from workshop_tui.views.account.time_line import AccountTimeLine
from workshop_tui.views.account.written import written, written_name
from workshop_tui.views.base import View
from workshop_tui.views.block_views import STAGES, Aside

VIEWS = (*STAGES[Aside.ACCOUNT], *STAGES[Aside.PERSON])


def lines(live: LivePlan, view: View) -> list[str]:
    return str(written(live, view).text).splitlines()


def part(told: list[str], heading: str) -> list[str]:
    """Return the lines beneath a heading, up to the next one."""
    at = next(n for n, line in enumerate(told) if line.startswith(f"## {heading}"))
    end = next((n for n in range(at + 1, len(told)) if told[n].startswith(("## ", "<!--"))), len(told))
    return [line for line in told[at + 1 : end] if line]


@pytest.mark.parametrize("make", VIEWS)
async def test_every_view_is_written_with_whom_it_is_for_and_of_which_day(
    grown: AccountPlan, make: type[View]
) -> None:
    live, view = looked_at(grown, "ps"), make()
    told = lines(live, view)
    assert told[0] == f"# Norvane Bank: {view.title}"
    assert told[2] == "For Quillhaven alone, as of 9 Jun 2026."
    assert told[-1].startswith("<!-- workshop-tui norvane for ps ")
    text = "\n".join(told)
    assert not any("\ue000" <= sign <= "\uf8ff" for sign in text)  # a key that is filled in on the screen
    assert "Esc" not in text
    assert "\n\n\n" not in text
    rows = [line for line in told if line.startswith("|")]
    for n, line in enumerate(rows):
        if line.startswith("| ---"):
            width = line.count("|")
            assert rows[n - 1].count("|") == width
    assert written_name(live, view) == f"norvane-bank-{view.title.lower().replace(' ', '-')}-quillhaven.md"


async def test_now_on_paper_tells_all_lines_of_a_part_but_of_the_gaps_the_heaviest(
    grown: AccountPlan,
) -> None:
    live, view = looked_at(grown), AccountNow()
    told = lines(live, view)
    assert len(part(told, "Moved between session 1 and 2 · 6")) == 6
    assert len(part(told, "To fix first · 3 of ")) == 3
    assert not [line for line in told if line.startswith("- and ")]
    assert part(told, "Due this week · 1")[0].startswith("- Send Dev and Nadia the written read-back")
    on_screen = [row.cells[0].text for row in view.table(live).rows if row.cells]
    assert "and 2 more" in on_screen
    view.part = "heading/quiet"
    assert [line for line in lines(live, view) if line.startswith("## ")] == ["## Going quiet · 4"]


async def test_tables_are_tables_sentences_are_lists_and_what_the_signs_say_stands_beneath(
    grown: AccountPlan,
) -> None:
    live = looked_at(grown)
    told = lines(live, AccountDecisions())
    assert "| D7 | One status report to the bank from both firms | alliance | replaces D6 |" in told
    assert part(told, "Session 2, 9 Jun 2026 · 4")[0].startswith("In the room: Rowan Achterberg, ")
    told = lines(live, AccountCoverage())
    assert told[4] == "Quillhaven: 4 going quiet, 4 by one of ours alone"
    assert "- Marcus Hale-Obi: only Rowan Achterberg, 3 meetings" in told
    assert told[-2] == "O2 owner, 2 meetings in 365 days · ◔→◑ tie now, wanted · ! key, beyond their rhythm."
    told = lines(live, AccountCompare())
    assert (
        "- Joint press note: dropped (Customer asked for quiet until the tests pass), Hana Petrosyan-Cole"
        in told
    )
    told = lines(live, AccountTimeLine())
    assert told[4].startswith("Aug 2025 to Jul 2026: 22 meetings, ")
    assert "| 9 Jun 2026 | Session 2 |" in told


async def test_what_one_firm_keeps_to_itself_is_in_nothing_that_is_written_for_others(
    grown: AccountPlan,
) -> None:
    action = next(one for one in grown.all(Action) if one.due and one.status.is_open)
    changed: Entity = with_values(action, title="Canary of one firm alone", visibility="tech")
    plan = AccountPlan.of([*grown, changed])
    for audience, is_there in (("ps", False), (ALLIANCE, False), ("tech", True)):
        live = looked_at(plan, audience)
        text = "".join(str(written(live, make()).text) for make in VIEWS)
        assert ("Canary" in text) is is_there
    customer = looked_at(plan, CUSTOMER)
    for make in VIEWS:
        rows = make().table(customer).rows
        assert rows == ()


async def test_what_would_be_marks_in_markdown_is_words(grown: AccountPlan) -> None:
    action = next(one for one in grown.all(Action) if one.due and one.status.is_open)
    odd = with_values(action, title="# <b>Do</b> | *this* now")
    live = looked_at(AccountPlan.of([*grown, odd]))
    (line,) = [each for each in lines(live, AccountTimeLine()) if "this" in each and "now" in each]
    assert line.count(" | ") == 1
    assert "<b>" not in line
    assert "\\*this\\*" in line
