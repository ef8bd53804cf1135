"""An action is given to the customer's person."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.app.driver import driving
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind, RiskStatus
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.session import Decision, Parking, Risk
from workshop_tui.domain.model.value import Difference, GrowthStep, Proof, Target
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.step import Add, Set
from workshop_tui.tui.widgets.choice_list import ChoiceList
from workshop_tui.tui.widgets.sheet import Sheet


async def test_an_action_is_given_to_the_customers_nadia_by_cell(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A12", "Owner", "main", "enter")
        await app.type_text("nadia", "enter")
        await app.wait_until(lambda: "Nadia Okonjo-Wells is the customer's: who may see it?" in app.text)
        assert app.live.whole.where(Action, id="A12", owner="P1", visibility=ALLIANCE)
        await app.press("enter")
        assert app.live.whole.where(Action, id="A12", owner="ST13", visibility=CUSTOMER)
        assert app.shows("Nadia Okonjo-Wells")


async def test_going_through_a_row_takes_neither_of_two_nadias_and_asks_who_may_see_it_at_its_end(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        other = Stakeholder(id="other", rank=99, name="Nadia Farrell", visibility=CUSTOMER)
        app.live.commit(lambda _plan: (Add(other),))
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A12", "Owner", "main", "enter")
        await app.type_text("nad", "tab")
        assert app.shows("«nad» fits 2 of these: type more")
        assert app.live.whole.where(Action, id="A12", owner="P1")
        await app.type_text("ia o", "tab")
        assert app.live.whole.where(Action, id="A12", owner="ST13", visibility=ALLIANCE)
        assert "who may see it?" not in app.text
        await app.press("escape")
        assert app.shows("Nadia Okonjo-Wells is the customer's: who may see it?")
        await app.press("enter")
        assert app.live.whole.where(Action, id="A12", owner="ST13", visibility=CUSTOMER)


async def test_an_action_is_given_to_the_customers_nadia_by_the_capture_line(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        await app.type_text("a: Name the board's chair !Rowan @nad", "tab")
        assert app.shows("Nadia Okonjo-Wells is the customer's and would not see it: Tab adds ~customer.")
        await app.press("tab")
        assert app.shows("visible to customer")
        await app.press("enter")
        (made,) = app.live.whole.where(Action, title="Name the board's chair")
        assert (made.owner, made.accountable, made.visibility) == ("ST13", "P1", CUSTOMER)


async def test_what_is_given_to_nadia_unseen_is_told_to_be_so(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        await app.type_text("a: Name the board's chair @Nadia", "enter")
        (made,) = app.live.whole.where(Action, title="Name the board's chair")
        assert (made.owner, made.visibility) == ("ST13", ALLIANCE)
        assert app.shows("not shown to the customer")


async def test_what_takes_the_place_of_what_the_customer_sees_says_that_they_would_not_see_it(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        await app.type_text("d: Site visits on Mondays ~customer", "enter")
        await app.type_text("d: Site visits on Fridays *Site")
        assert app.shows("⟨? not shown to the customer⟩")
        await app.press("enter")
        assert app.shows("not shown to the customer")
        (second,) = app.live.whole.where(Decision, text="Site visits on Fridays")
        assert second.visibility == ALLIANCE
        assert not project(app.live.whole, CUSTOMER).where(Decision, text="Site visits on Mondays")
        await app.type_text("d: Visits on Thursdays *Fridays")
        assert not app.shows("⟨? not shown to the customer⟩")  # as they don't see what it replaces
        await app.press("ctrl+u")
        await app.type_text("d: Drills on Mondays ~customer", "enter")
        await app.type_text("d: Drills on Fridays *Drills", "tab", "enter")
        (seen,) = app.live.whole.where(Decision, text="Drills on Fridays")
        assert seen.visibility == CUSTOMER


async def test_people_stand_under_their_side_where_an_owner_is_chosen(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A12", "Owner", "main", "enter")
        listed = app.editor.query_one(ChoiceList)
        lines = [str(listed.get_option_at_index(n).prompt) for n in range(listed.option_count)]
        heads = [line for line in lines if line.startswith("──")]
        assert heads == ["── Quillhaven", "── Stratalume", "── Norvane"]
        assert listed.chosen
        assert listed.chosen.text == "Rowan Achterberg"
        await app.press("up")
        assert listed.chosen.text == "none"
        await app.press(*["up"] * 14)
        assert listed.chosen.text == "Ingrid Solvane"
        await app.press("up", "enter")
        assert app.live.whole.where(Action, id="A12", owner="T4")


async def test_somebody_of_theirs_comes_in_as_an_owner_and_is_asked_about(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A12", "Owner", "main", "enter")
        await app.type_text("Ana Pires", "enter")
        assert app.shows("No person «Ana Pires»: Enter adds what is marked")
        await app.press("up", "enter")
        assert app.shows("Ana Pires is the customer's: who may see it?")
        await app.press("enter")
        (ana,) = app.live.whole.where(Stakeholder, name="Ana Pires")
        assert app.live.whole.where(Action, id="A12", owner=ana.id, visibility=CUSTOMER)


async def test_of_marked_actions_those_that_are_seen_already_get_their_owner_too(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A11")
        await app.press("m", "m")
        await app.go("Action/A12", "Owner", "main", "enter")
        await app.type_text("nadia", "enter")
        await app.press("enter")
        owned = {action.id: action.visibility for action in app.live.whole.where(Action, owner="ST13")}
        assert owned == {"A11": CUSTOMER, "A12": CUSTOMER}


async def test_actions_stand_under_owner_and_side_and_theirs_are_filtered(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        await app.type_text("a: Name the board's chair @Nadia ~customer", "enter", "escape")
        await app.to_block(BlockKind.ACTIONS)
        assert app.shows("theirs 1")
        await app.press("v", "2")
        assert app.shows("Nadia Okonjo-Wells · Norvane")
        assert app.shows("Anselm Dovrik · Stratalume")


async def test_before_the_customer_only_whom_it_sees_is_offered(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        hide = Set(Stakeholder, ("ST11",), "visibility", CUSTOMER, ALLIANCE)
        app.live.commit(lambda _plan: (hide,))
        await app.press("f4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "the customer looks")
        await app.press("f2")
        await app.type_text("a: Read the draft again @Farah", "enter")
        assert app.shows("No person «Farah»")
        assert not app.live.whole.where(Action, title="Read the draft again")


async def test_a_meeting_is_caught_with_its_words_and_stands_on_card_and_log(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.press("f2")
        await app.type_text('m: met ^Priya ^Dev @Mirela @Anselm 2 jun "agreed to a @three-way"')
        assert app.shows("on Tue 2 Jun 2026")
        await app.press("enter")
        assert app.shows("✓ new meeting, on Tue 2 Jun 2026, with Priya Vantongeren, with Dev Rathmore")
        (made,) = app.live.whole.where(Meeting, said="agreed to a @three-way")
        assert len(app.live.whole.where(MeetingStakeholder, meeting=made.id)) == 2
        assert len(app.live.whole.where(MeetingMember, meeting=made.id)) == 2
        await app.press("escape")
        await app.to_block(BlockKind.APPROACH)
        await app.press("v", "2")
        await app.go(f"Meeting/{made.id}", "Next step", "main", "enter")
        await app.type_text("Name the day", "enter")
        assert app.live.whole.where(Meeting, id=made.id, next_step="Name the day")
        for column, name in (("With", "farah"), ("Ours", "rowan")):
            await app.go(f"Meeting/{made.id}", column, "main", "enter")
            await app.type_text(name, "enter")
        assert len(app.live.whole.where(MeetingStakeholder, meeting=made.id)) == 3
        assert len(app.live.whole.where(MeetingMember, meeting=made.id)) == 3
        assert app.shows("agreed to a @three-way")
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Stakeholder/ST03")
        card = app.workspace.stage.query_one("#card", Sheet)
        told = [" ".join(cell.text for cell in row.cells) for row in card.table.rows]
        ours, theirs = "Rowan Achterberg, Mirela Sandoval-Pike, Anselm Dovrik", "Dev Rathmore, Farah Nouriel"
        assert f"2 Jun 2026 {ours} · with {theirs}" in told
        assert "  next step Name the day" in told


async def test_before_the_customer_no_meeting_is_caught_or_hinted_at(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f4", "f2")
        assert not app.shows("m: meeting")
        before = len(app.live.whole.all(Meeting))
        await app.type_text("m: met ^Priya today", "enter")
        assert app.shows("That line is put aside for later.")
        assert len(app.live.whole.all(Meeting)) == before


async def test_a_decision_replaces_another_and_both_say_so(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        await app.type_text("d: We begin with two services", "enter")
        await app.type_text("d: We begin with three services", "enter", "escape")
        await app.to_block(BlockKind.CLOSING)
        (new,) = app.live.whole.where(Decision, text="We begin with three services")
        await app.go(f"Decision/{new.id}", "", "main")
        await app.press("d", "r", "enter")
        await app.type_text("with two serv", "enter")
        (new,) = app.live.whole.where(Decision, text="We begin with three services")
        (old,) = app.live.whole.where(Decision, text="We begin with two services")
        assert new.replaces == old.id
        assert app.shows("× replaced by «We begin with three services»")
        assert app.shows("replaces «We begin with two services»")


async def test_a_risk_is_weighed_mended_and_happens(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.press("f2")
        await app.type_text("r: The budget moves to next year @Nadia", "enter")
        await app.type_text("r: The audit comes early @Rowan", "enter", "escape")
        await app.to_block(BlockKind.CLOSING)
        await app.press("v", "3")
        (early,) = app.live.whole.where(Risk, text="The audit comes early")
        at = f"Risk/{early.id}"
        await app.go(at, "Likelihood")
        await app.press("3")
        await app.go(at, "Impact")
        await app.press("2")
        main = app.workspace.stage.main
        texts = [row.cells[0].text for row in main.table.rows if not row.placeholder]
        assert texts[0] == "! The audit comes early"
        await app.go(at, "What we do", "main", "enter")
        await app.type_text("Ask for its plan", "enter")
        await app.go(at, "Risk")
        await app.press("d", "h", "enter")
        (early,) = app.live.whole.where(Risk, text="The audit comes early")
        assert (early.likelihood, early.impact, early.response) == (3, 2, "Ask for its plan")
        assert (early.status, early.settled_on) == (RiskStatus.REALISED, app.live.today)
        assert app.live.whole.where(Risk, owner="ST13")
        await app.press("f4")
        assert not app.shows("Likelihood")
        assert not app.shows("audit comes")


async def test_a_parked_item_becomes_a_risk_in_one_step_and_says_so(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        await app.type_text("p: Who pays if it slips @Nadia", "enter", "escape")
        await app.to_block(BlockKind.CLOSING)
        await app.press("v", "2")
        (item,) = app.live.whole.where(Parking, text="Who pays if it slips")
        await app.go(f"Parking/{item.id}", "", "main")
        await app.press("d", "r", "enter")
        (made,) = app.live.whole.where(Risk, text="Who pays if it slips")
        assert made.owner == "ST13"
        assert app.live.whole.where(Parking, became_risk=made.id)
        assert app.shows("✓ risk: Who pays")
        await app.press("ctrl+z")
        await app.wait_until(lambda: not app.live.whole.where(Risk, text="Who pays if it slips"), "one Step")
        assert app.live.whole.where(Parking, text="Who pays if it slips", became_risk=None)


async def test_a_line_of_each_kind_makes_a_row_of_the_view_it_is_typed_in(
    norvane_grown: Path,
) -> None:
    async with driving(norvane_grown, account="norvane", size=(120, 36)) as app:

        async def typed(line: str, *chips: str) -> None:
            await app.press("f2")
            await app.type_text(line)
            assert all(app.shows(f"⟨{chip}⟩") for chip in chips), app.text
            await app.press("enter", "escape")

        await app.to_block(BlockKind.STAKEHOLDERS)
        await typed("Priya unit:risk every:30 vs:Fenwick", "unit Risk", "contact every 30 days")
        await typed("Leif left:5 jun after:^Nadia", "left Fri 5 Jun 2026", "successor Nadia Okonjo-Wells")
        assert app.live.whole.where(Stakeholder, id="ST03", unit="Risk", rhythm_days=30, competitor="Fenwick")
        assert app.live.whole.where(Stakeholder, successor="ST13", left_on=dt.date(2026, 6, 5))
        await app.to_block(BlockKind.VALUE)
        await app.to_view("5")
        await typed("Evidence drawn real:300k ^Priya", "realised 150,000 → 300,000")
        assert app.live.whole.where(Target, id="TG1", realised=300_000.0, confirmed_by="ST03")
        await app.to_view("7")
        await typed("Fourteen services tested firm:ps worth:250k", "new proof", "worth 250,000")
        (proof,) = app.live.whole.where(Proof, text="Fourteen services tested", worth=250_000.0)
        assert app.shows("Fourteen services tested")
        await app.to_block(BlockKind.PROPOSITION)
        await app.to_view("4")
        await typed("We know their regulator in:industry *Fourteen", "new difference")
        assert app.live.whole.where(Difference, text="We know their regulator", proof=proof.id)
        await app.to_view("5")
        await typed("Drills for all in:q4 2027 unit:Risk @Nadia", "new growth step", "in Q4 2027")
        assert app.live.whole.where(GrowthStep, what="Drills for all", period="2027-Q4", owner="ST13")
        await app.press("f4", "f2")
        await app.type_text("e: Cheap worth:3k", "enter")
        assert app.shows("That line is put aside for later.")
