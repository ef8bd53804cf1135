"""The capture line: from anywhere, as fast as one types, nothing lost and nothing guessed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from textual import events

from tests.app.driver import AT, Driven, driving, seed
from tests.app.test_words import telling
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.session import Block, Decision, Parking, Risk, Session
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.store.store import Store
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.features.capture import Capture
from workshop_tui.tui.features.drafts import Drafts
from workshop_tui.tui.widgets.capture_line import CLOSED_LINE, CaptureLine
from workshop_tui.tui.widgets.chips import ChipLine
from workshop_tui.views.row_id import RowId

ANA = "Ana Pires, Head of Payments >Lindqvar @Rowan #user %driving ps+1 tech-1 inf4"
SIGNS = {None: "=?", 0: "=0", 1: "+1", 2: "+2", -1: "-1", -2: "-2"}


def capture(app: Driven) -> CaptureLine:
    return app.workshop.query_one(CaptureLine)


def told_beneath(app: Driven) -> str:
    """What is painted beneath the line."""
    return str(app.workshop.query_one(ChipLine).render())


def named(app: Driven, name: str) -> Stakeholder:
    (found,) = app.live.whole.where(Stakeholder, name=name)
    return found


def as_typed(plan: AccountPlan, person: Stakeholder) -> str:
    """Return a person of the sample as somebody would type them in the second session."""
    boss = plan.get(Stakeholder, person.reports_to) if person.reports_to else None
    owners = [plan.get(Member, tie.owner) for tie in plan.where(Tie, stakeholder=person.id) if tie.owner]
    readings = plan.where(Reading, stakeholder=person.id, session="S2")
    title = person.title.replace("CR-7", "\\CR-7")  # no sentiment toward a firm CR
    tokens = (
        f">{boss.name.split()[-1]}" if boss else "",
        *(f"@{member.name.split()[0]}" for member in owners if member),
        *(f"#{person.role}" if person.role else "", f"%{person.style}", f"inf{person.influence}"),
        *(f"{each.toward}{SIGNS[each.value]}" for each in readings),
    )
    return " ".join(filter(None, (f"{person.name}, {title}", *tokens)))


def facts(plan: AccountPlan, person: Stakeholder) -> tuple[object, ...]:
    """Return what a line can say of a person, by names rather than ids."""
    boss = plan.get(Stakeholder, person.reports_to) if person.reports_to else None
    return (
        *(person.name, person.title, boss.name if boss else None, person.placeholder),
        *(person.role, person.style, person.influence),
        {(r.toward, r.value) for r in plan.where(Reading, stakeholder=person.id, session="S2")},
        {(tie.party, tie.owner) for tie in plan.where(Tie, stakeholder=person.id) if tie.owner},
    )


async def test_the_people_of_the_sample_are_typed_into_an_empty_account(
    sample: AccountPlan, empty: Path
) -> None:
    kept = (Account, Party, Member, Session, Block)
    seed(empty, AccountPlan.of(row for row in sample if isinstance(row, kept)))
    people = sample.all(Stakeholder)
    lines = [as_typed(sample, person) for person in people]
    async with driving(empty, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        keys = [key for line in lines for key in (*line, "enter")]
        await app.type_text("", "f2", *keys)  # as fast as a terminal hands them over
        await app.wait_until(lambda: len(app.live.whole.all(Stakeholder)) == 14, "all are there")
        whole = app.live.whole
        assert [facts(whole, p) for p in whole.all(Stakeholder)] == [facts(sample, p) for p in people]
        assert "✓ new person To be named" in app.text
        assert app.shows("To be named")  # the room sees who came in last, above the line for the next
        row = app.sheet().current
        assert row is not None
        assert row.placeholder
        await app.press("escape")
        assert not capture(app).is_open
        assert app.sheet().has_focus


async def test_what_is_taken_for_others_than_look_is_said_to_be_added_and_no_more(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.type_text("", "f2", *"Ask our own lawyers ~tech", "enter")
        (row,) = app.live.whole.where(Action, title="Ask our own lawyers")
        assert row.visibility == "tech"
        assert "✓ added, for others than look now" in app.text
        assert "lawyers" not in app.text


async def test_what_is_understood_shows_while_typing(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(140, 36)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("ctrl+r")
        assert ">reports to" in app.text
        await app.type_text(ANA)
        chips = ("new person", "Ana Pires", "title Head of Payments", "reports to Tomasz Lindqvar")
        assert " ".join(f"⟨{chip}⟩" for chip in chips) in app.text
        await app.type_text(" *soon")
        assert "⟨✗ *soon⟩" in app.text
        assert "✗ «*soon» means nothing in a new person: take it out, or press Enter again" in app.text
        await app.type_text(" %foo")
        assert "⟨✗ %foo⟩" in app.text
        await app.press("enter")
        assert (
            "✗ Not added. No style «foo»: driving, expressive, amiable, analytical, unknown. «*soon»"
            in app.text
        )


async def test_behind_a_prefix_alone_stands_what_it_takes_and_a_risk_comes_in_with_all_of_it(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        await app.type_text("r:")
        assert app.shows("The risk  @owner  *what we do  ~visible to  by date  lik3  imp2")
        await app.type_text(' It slips by fri lik3 imp2 @Nadia *"two weeks free"')
        for told in ("It slips", "by Fri 12 Jun 2026", "likelihood 3", "impact 2", "two weeks free"):
            assert app.shows(f"{told}⟩"), told
        await app.press("enter")
        risk = app.live.whole.all(Risk)[-1]
        assert (risk.text, str(risk.due), risk.owner) == ("It slips", "2026-06-12", "ST13")
        assert (risk.likelihood, risk.impact, risk.response) == (3, 2, "two weeks free")
        await app.type_text("d: One report a month *evid")
        await app.press("tab", "enter")
        decision = app.live.whole.all(Decision)[-1]
        assert (decision.text, decision.replaces) == ("One report a month", "D2")


async def test_what_was_said_before_of_the_same_is_told_while_typing_unless_it_is_turned_off(
    norvane: Path,
) -> None:
    said = "said 10 Mar: Data residency for drills"
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.press("f2")
        await app.type_text("p: where do drills leave our data residency")
        await app.wait_until(lambda: app.shows(said), "it is recalled")
        app.workspace[Audience].look_as(CUSTOMER)
        assert not app.shows("said 10 Mar")
        await app.quiet()
        app.workspace[Audience].look_as(ALLIANCE)
        await app.press("f2")
        app.app.settings = app.app.settings._replace(recall=False)
        await app.type_text("?")
        line = app.workshop.query_one(CaptureLine)
        await app.wait_until(lambda: line._timer is None, "the pause is over")
        assert not app.shows("said 10 Mar")


async def test_tab_completes_and_cycles(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.type_text("", "f2", *"Ana Pires >T")
        assert "Tab: Tomasz Lindqvar, Yuki Tanemura, To be named" in app.text
        seen = []
        for key in ("tab", "tab", "tab", "shift+tab"):
            await app.press(key)
            seen.append(capture(app).line.value)
        assert seen[:2] == ["Ana Pires >Tomasz ", "Ana Pires >Tanemura "]
        assert seen[3] == seen[1]
        await app.type_text("#us", "tab", *"@Row", "tab", "enter")  # typed ahead, in its turn
        assert named(app, "Ana Pires").reports_to == "ST09"
        assert app.live.whole.where(Tie, stakeholder=named(app, "Ana Pires").id, owner="P1")


async def test_an_unknown_name_is_refused_and_then_kept_as_text(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.type_text("", "f2", *"Ana Pires, Head of @Zzyzx", "enter")
        assert not app.live.whole.where(Stakeholder, name="Ana Pires")
        assert "✗ Not added. No team member «Zzyzx»" in app.text
        assert "press Enter again to keep it as text" in app.text
        await app.press("enter")
        assert named(app, "Ana Pires").title == "Head of @Zzyzx"
        await app.type_text("Ana Pires", "enter", "x", "backspace", "enter")  # changed between: refused anew
        assert len(app.live.whole.where(Stakeholder, name="Ana Pires")) == 1


async def test_a_line_about_somebody_who_is_there_changes_them_in_one_step(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        before = app.live.whole
        await app.type_text("", "f2", *"Priya all+2 #champion")
        assert "⟨Priya Vantongeren⟩ ⟨alliance +1 → +2⟩ ⟨role influencer → champion⟩" in app.text
        await app.press("enter")
        assert "✓ Priya Vantongeren: alliance +1 → +2, role influencer → champion" in app.text
        await app.type_text("Priya all+2", "enter")
        assert "Priya Vantongeren has all of this already: nothing changes." in app.text
        await app.press("ctrl+z", "ctrl+z", "ctrl+z")  # what is typed goes first, word by word
        await app.wait_until(lambda: app.live.whole == before, "one undo takes all of it back")


async def test_undo_takes_the_last_line_back_as_one(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        before = app.live.whole
        await app.type_text("", "f2", *ANA, "enter", "ctrl+z")  # undo waits for its turn, too
        await app.wait_until(lambda: app.told == "Undone: stakeholder Ana Pires added", "undo")
        assert app.live.whole == before
        await app.wait_until(lambda: "✓ new person" not in app.text, "the news is none any more")
        assert capture(app).line.has_focus


async def test_undo_is_of_what_is_typed_while_there_is_anything(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        before = app.live.whole
        await app.type_text("", "f2", *ANA, "enter")
        await app.wait_until(lambda: app.live.whole != before, "she is in")
        await app.stored()
        with_ana = app.live.whole
        await app.press(*"a: Ask them", "backspace", "backspace")
        for key, text in (
            ("ctrl+z", "a: Ask them"),
            ("ctrl+z", "a: Ask "),
            ("ctrl+z", "a: "),
            ("ctrl+y", "a: Ask "),
            ("ctrl+z", "a: "),
            ("ctrl+z", ""),
            ("ctrl+y", "a: "),
        ):
            await app.press(key)
            assert (capture(app).line.value, app.live.whole) == (text, with_ana)
        await app.press("ctrl+z", "ctrl+z")  # once the line is empty, the line that came in
        await app.wait_until(lambda: app.told == "Undone: stakeholder Ana Pires added", "undo")
        assert app.live.whole == before


async def test_undo_takes_nothing_from_a_line_that_was_there_before(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.type_text("", "f2", *ANA, "enter")
        await app.type_text("Somebody", "escape")
        await app.stored()
        before = app.live.whole
        await app.press("f2")
        await app.press("ctrl+z")
        assert (capture(app).line.value, app.live.whole) == ("Somebody", before)
        assert "Nothing was typed in this line to undo" in app.told
        await app.press("x", "ctrl+z")
        assert (capture(app).line.value, app.live.whole) == ("Somebody", before)


async def test_an_unfinished_line_comes_back_after_a_restart(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.type_text("", "f2", *"a: Ask for the list @Row")
        app.app.flush()
        await app.stored()
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        assert capture(app).line.value == "a: Ask for the list @Row"
        await app.type_text("an", "enter")  # typing goes on with it
        assert app.live.whole.where(Action, title="Ask for the list", owner="P1")
        await app.stored()
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        assert capture(app).line.value == ""


async def test_what_is_put_in_the_place_of_an_unfinished_line_loses_nothing_of_it(norvane: Path) -> None:
    old = "a: Write up the lab visit"
    async with driving(norvane, account="norvane") as app:
        await app.type_text("", "f2", *old, "escape")
        await app.press("f2", "shift+home")
        await app.type_text("p: New", "backspace")
        assert capture(app).line.value == "p: Ne"
        assert app.shows("1 more waits, Ctrl+D drops all ▸")
        await app.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert (capture(app).line.value, capture(app)._ahead) == (old, [])
        await app.press("shift+home")
        await app.type_text("p: New", "enter")
        assert app.live.whole.where(Parking, text="New")
        assert app.shows("1 more line waits: Enter shows the next")
        app.app.flush()
        await app.stored()
    async with driving(norvane, account="norvane") as app:
        await app.type_text("", "f2", *" for Colm")
        assert capture(app).line.value == f"{old} for Colm"


async def test_what_is_typed_before_one_has_joined_waits_once(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_join, has_joined, join = asyncio.Event(), asyncio.Event(), LivePlan.join

    async def late(live: LivePlan) -> None:
        await may_join.wait()
        await join(live)
        has_joined.set()

    monkeypatch.setattr(LivePlan, "join", late)
    async with driving(norvane, account="norvane") as app:
        await app.type_text("", "f2", *"a: Half a line", "escape")
        app.app.flush()
        await app.stored()
        await app.type_text("p: Pricing")
        may_join.set()
        await has_joined.wait()
        await app.stored()
        assert (capture(app).line.value, capture(app)._ahead) == ("p: Pricing", ["a: Half a line"])


@pytest.mark.parametrize("pasted", [False, True])
async def test_what_is_typed_where_nothing_is_edited_has_an_unfinished_line_wait(
    norvane: Path, *, pasted: bool
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.type_text("", "f2", *"a: Half a line", "escape")
        if pasted:
            driver = app.app._driver
            assert driver is not None
            driver.send_message(events.Paste("p: Pricing"))
            await app.wait_until(lambda: capture(app).is_open, "the line takes it")
        else:
            await app.type_text("p: Pricing")
        assert (capture(app).line.value, capture(app)._ahead) == ("p: Pricing", ["a: Half a line"])


@pytest.mark.parametrize(
    ("keys", "line", "waiting"),
    [
        ((), "a: Old line", ["p: Behind it"]),
        (("New",), "New", ["a: Old line", "p: Behind it"]),
        (("New", "escape"), "New", ["a: Old line", "p: Behind it"]),
        (("New", "enter"), "a: Old line", ["p: Behind it"]),
    ],
)
async def test_an_unfinished_line_that_is_known_late_is_not_lost(
    norvane: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], line: str, waiting: list[str]
) -> None:
    def left(store: Store) -> None:
        store.join("norvane", OnlinePresence("elsewhere", "me", "S2", "", AT))
        store.save_draft("norvane", "me", "alliance:capture", "a: Of the other keyboard")
        store.save_draft("norvane", "me (2)", "alliance:capture", "a: Old line\np: Behind it")

    with closing(Store.open(norvane)) as store:
        left(store)
    may_join, join = asyncio.Event(), LivePlan.join

    async def join_late(live: LivePlan) -> None:
        await may_join.wait()
        await join(live)

    monkeypatch.setattr(LivePlan, "join", join_late)
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        assert capture(app).line.value == ""
        for typed in keys:
            await (app.press(typed) if typed in {"escape", "enter"} else app.type_text(typed))
        capture(app).flush()
        may_join.set()
        await app.wait_until(lambda: app.workspace[Drafts].at("capture").endswith("p: Behind it"))
        assert app.live.actor == "me (2)"
        if not capture(app).is_open:
            await app.press("f2")
        assert (capture(app).line.value, capture(app)._ahead) == (line, waiting)
        app.app.flush()
        await app.stored()
        drafts = await app.live.drafts()
        kept = drafts["alliance:capture"].replace("a:\t", "").split("\n")
        assert [*filter(None, kept)] == [*filter(None, (line, *waiting))]
    with closing(Store.open(norvane)) as store:
        assert store.drafts("norvane", "me")["alliance:capture"] == "a: Of the other keyboard"


async def test_the_customer_audience_closes_the_line_and_types_its_own(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        await app.type_text("", "f2", *"r: They may cut the budget", "f4")
        await app.wait_until(lambda: app.live.audience == "customer")
        assert not capture(app).is_open
        await app.press("f2")
        assert "They may cut" not in app.text + capture(app).line.value
        await app.type_text("s: Ana Pires %driving")
        assert app.shows("Not here: take «%driving» out, or Enter puts the line aside for later.")
        await app.press("enter", "enter")
        assert app.shows(CLOSED_LINE)
        assert not app.shows("driving")  # it does not go on standing there
        assert not app.live.whole.where(Stakeholder, name="Ana Pires")
        await app.type_text("Marit Halvorsen all-2 #champion", "escape", "f2")
        assert not app.shows("Marit")
        assert not app.live.whole.where(Answer, text="Marit Halvorsen all-2 #champion")
        await app.type_text("a: Send the list by fri", "enter")
        (row,) = app.live.whole.where(Action, title="Send the list")
        assert row.visibility == "customer"
        await app.press("escape", "f4", "f2")  # which goes to the customer, and never back
        assert (app.live.audience, capture(app).line.value) == ("customer", "")
        await app.press("escape", "shift+f4")
        await app.wait_until(lambda: "Who may look" in app.text)
        await app.press("a", "enter")
        assert app.shows("3 lines wait: F2 goes on with them")
        await app.press("f2")
        line = capture(app)
        assert line.line.value == "r: They may cut the budget"  # in the order in which they were typed
        assert [text.split("\t")[-1] for text in line._ahead] == [
            "s: Ana Pires %driving",
            "Marit Halvorsen all-2 #champion",
        ]


@pytest.mark.parametrize("leave", ["enter", "escape"])
async def test_what_is_not_for_the_customer_is_told_to_wait_and_typed_twice_is_one_line(
    norvane: Path, leave: str
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.CLOSING)
        await app.press("f4", "f2")
        for _ in range(2):  # as nobody sees the first any more
            await app.type_text("r: They may cut the budget", leave)
            if leave == "escape":
                await app.press("f2")
            assert app.shows("That line is put aside for later.")
            assert not app.shows("budget")
        assert not telling(CLOSED_LINE)
        await app.press("escape", "shift+f4")
        await app.wait_until(lambda: "Who may look" in app.text)
        await app.press("a", "enter")
        assert app.shows("1 line waits: F2 goes on with it")
        await app.press("f2", "enter", "enter")
        assert len(app.live.whole.where(Risk, text="They may cut the budget")) == 1


async def test_what_was_left_unfinished_before_the_customer_is_there_among_ourselves(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f4", "f2")
        await app.type_text("Send the list", "escape", "shift+f4")
        await app.wait_until(lambda: "Who may look" in app.text)
        await app.press("a", "enter")
        assert app.shows("1 line waits: F2 goes on with it")
        await app.press("f2")
        assert capture(app).line.value == "Send the list"
        await app.type_text(" of people who resist", "escape", "f4", "f2")  # and it never goes the other way
        assert capture(app).line.value == ""
        app.app.flush()
        await app.stored()
        assert await app.live.drafts() == {"alliance:capture": "a:\tSend the list of people who resist"}


async def test_an_unfinished_line_stays_what_it_was_where_it_was_typed(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.CLOSING)
        await app.type_text("", "f2", *"Send the list of names", "escape")
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("f2")
        assert capture(app).line.value == "a: Send the list of names"
        assert app.shows("⟨new action⟩")
        await app.press("escape")
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2", "enter")
        assert app.live.whole.where(Action, title="Send the list of names")


async def test_while_shared_a_line_says_for_whom_it_is_and_a_paste_waits_for_enter(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f4", "f2")
        assert not app.shows("risk")
        await app.type_text("r: Colm will leave in March")
        assert app.shows("Not here: Enter puts the line aside for later.")
        before = app.live.whole
        await app.press("enter", "enter")
        assert app.live.whole == before
        await app.press("ctrl+u")
        await app.type_text("a: Book the room")
        assert app.shows("⟨new action⟩ ⟨Book the room⟩")
        await app.press("enter")
        assert app.shows("✓ new action Book the room")
        before = app.live.whole
        capture(app).line.post_message(events.Paste("a: Read it aloud\np: Colm may leave\na: Close\n"))
        await app.wait_until(lambda: app.shows("2 more lines wait: Enter adds them, too"), "it is asked")
        assert app.live.whole == before
        await app.press("enter")
        for title in ("Read it aloud", "Close"):
            (row,) = app.live.whole.where(Action, title=title)
            assert row.visibility == "customer"
        assert app.shows("✓ 3 lines came in, the last: new action Close")


async def test_an_answer_is_to_the_question_and_from_the_person_in_focus(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("]", "down", "f2")
        question = app.live.view.all(Question)[1].id
        await app.type_text("Fewer findings each year", "enter", *"p: Pricing @Rowan", "enter")
        (answer,) = app.live.whole.where(Answer, text="Fewer findings each year")
        assert (answer.question, answer.stakeholder) == (question, "ST13")  # the second who is in the room
        assert app.live.whole.where(Parking, text="Pricing", owner="P1")


async def test_an_answer_that_was_left_stays_of_whom_and_to_what_it_was_typed_for(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        app.workspace[Audience].look_as(ALLIANCE)
        await app.to_block(BlockKind.VALUE)
        question = app.live.view.all(Question)[0].id
        await app.type_text("", "f2", *"We lost a week to the", "escape")
        app.app.flush()
        for key, said in (
            ("down", "? It stays to what it was typed for: this screen is at another question now."),
            ("]", "? It stays the answer of Dev Rathmore: this screen is at "),
        ):
            await app.press(key, "f2")
            assert app.shows("⟨answer of Dev Rathmore⟩ ⟨to: What must go right")
            assert app.shows(said)
            await app.press("escape")
        app.app.flush()
        await app.type_text("", "f2", *" exam")
        await app.press("shift+home")
        await app.type_text("New")
        assert not app.shows("⟨answer of Dev")
        await app.press("ctrl+z")
        assert app.shows("⟨answer of Dev Rathmore⟩ ⟨to: What must go right")
        await app.type_text("audit", "enter")
        assert not app.shows("It stays")
        (answer,) = app.live.whole.where(Answer, text="We lost a week to the audit")
        assert (answer.stakeholder, answer.question) == ("ST06", question)
        await app.type_text("Said now")
        assert not app.shows("⟨answer of Dev")


async def test_answers_that_follow_one_that_was_left_stay_of_whom_they_were_pasted_for(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("f2")
        capture(app).line.post_message(events.Paste("Fewer findings\nLess to sign\nA date\n"))
        await app.wait_until(lambda: bool(capture(app).line.value))
        await app.press("escape", "]", "f2", "enter")
        for text in ("Fewer findings", "Less to sign", "A date"):
            (answer,) = app.live.whole.where(Answer, text=text)
            assert answer.stakeholder == "ST06"


async def test_a_click_on_another_question_takes_no_answer_there(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        question = app.live.view.all(Question)[0].id
        await app.type_text("", "f2", *"We lost a week")
        assert await app.pilot.click(app.sheet(), offset=(10, 6))
        await app.quiet()
        assert not capture(app).is_open
        await app.press("f2", "enter")
        (answer,) = app.live.whole.where(Answer, text="We lost a week")
        assert (answer.stakeholder, answer.question) == ("ST06", question)


@pytest.mark.parametrize("keys", [("escape", "f2"), ("f2",)])
async def test_its_key_brings_the_line_that_waits_and_no_empty_one_before_it(
    norvane: Path, keys: tuple[str, ...]
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.type_text("", "f2", *"Ask for the list")
        capture(app).line.post_message(events.Paste("Book the room\nClose\n"))
        await app.wait_until(lambda: capture(app).line.value == "Book the room")
        await app.press("enter")
        assert app.shows("1 more line waits: Enter shows the next")
        await app.press(*keys)
        await app.type_text(" of names", "enter")
        assert app.live.whole.where(Action, title="Ask for the list of names")
        assert not capture(app).waits


async def test_a_half_typed_line_is_no_part_of_a_paste_that_was_left_and_gone_on_with(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.type_text("", "f2", *"Half a thought")
        capture(app).line.post_message(events.Paste("Book the room\nClose\n"))
        await app.wait_until(lambda: capture(app).line.value == "Book the room")
        await app.press("escape", "f2", "enter")
        titles = {action.title for action in app.live.whole.all(Action)}
        assert {"Book the room", "Close"} <= titles
        assert "Half a thought" not in titles
        assert app.shows("1 more line waits: Enter shows the next")
        await app.press("enter")
        assert capture(app).line.value == "Half a thought"


async def test_what_comes_in_leaves_cursor_scroll_and_marks_and_is_announced(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("down", "down", "m", "down")
        sheet = app.sheet()
        row, scroll, marked = sheet.current, sheet.scroll_offset, app.workspace.stage.marked
        assert marked
        await app.type_text("", "f2", *"Book the room", "enter", "escape")
        (made,) = app.live.whole.where(Action, title="Book the room")
        assert row is not None
        assert sheet.current is not None
        assert (sheet.current.id, sheet.scroll_offset, app.workspace.stage.marked) == (row.id, scroll, marked)
        assert app.shows("✓ new action Book the room   Ctrl+Z undoes")
        assert sheet.fresh == {f"Action/{made.id}"}
        await app.wait_until(lambda: not sheet.fresh, "it is shown as new for a while")


async def test_what_comes_in_above_at_another_keyboard_pushes_no_cursor_out_of_sight(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("pagedown")
        sheet = app.sheet()
        row = sheet.current
        assert row is not None
        assert sheet._is_seen
        with closing(Store.open(norvane)) as store:
            early = (Action(id=f"Z{n}", session="S2", title="Early " * 20, due=AT.date()) for n in range(9))
            store.commit("norvane", Step(tuple(map(Add, early)), "mirela", AT))
        await app.wait_until(lambda: app.live.whole.get(Action, "Z8"), "the others' rows are there")
        await app.wait_until(lambda: any(r.id == "Action/Z8" for r in sheet.table.rows), "they are shown")
        assert sheet.current is not None
        assert sheet.current.id == row.id
        assert sheet._is_seen


async def test_whose_answer_to_what_shows_before_and_after_enter(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        await app.type_text("", "f2", *"Fewer findings")
        assert app.shows("⟨answer of Dev Rathmore⟩ ⟨to: What must go right")
        await app.press("enter")
        assert app.shows("✓ new answer of Dev Rathmore, to: What must go right this year")
        await app.type_text(" ^Priya")
        assert app.shows("⟨answer of Priya Vantongeren⟩ ⟨to: What must go right")
        assert not app.shows("said by")  # as the first part of it says just that
        await app.press("ctrl+u", "escape")
        await app.to_block(BlockKind.ACTIONS)
        await app.type_text("", "f2", *"v: Less to sign ^Priya")
        assert app.shows("⟨answer of Priya Vantongeren⟩ ⟨no question⟩")
        await app.press("enter")
        assert app.shows("✓ new answer of Priya Vantongeren, no question")
        (answer,) = app.live.whole.where(Answer, text="Less to sign")
        assert answer.question is None


async def test_an_answer_to_something_else_than_the_room_is_asked_says_both(norvane: Path) -> None:
    with closing(Store.open(norvane)) as store:
        plan, _ = store.load("norvane")
        block = next(b for b in plan.where(Block, session="S2") if b.kind is BlockKind.VALUE)
        asked, later = plan.all(Question)[:2]
        room = partial(OnlinePresence, "elsewhere", "rowan", "S2", block.id, AT, "customer", "Ask")
        store.join("norvane", room("ST06", str(RowId.new(asked.id, "ST06"))))
    async with driving(norvane, account="norvane") as app:
        app.workspace[Audience].look_as("alliance")
        await app.wait_until(lambda: app.live.is_shared_elsewhere, "the room is heard of")
        await app.to_block(BlockKind.ACTIONS)
        await app.type_text("", "f2", *"v: Less to sign ^Priya")
        assert app.shows("⟨answer of Priya Vantongeren⟩ ⟨no question⟩")
        assert app.shows("⟨the room is asking Dev Rathmore: What must go right")
        await app.press("enter")
        assert app.shows("✓ new answer of Priya Vantongeren, no question, the room is asking Dev Rathmore")
        await app.to_block(BlockKind.VALUE)  # where one's own screen is at the same as the room
        await app.press("f2")
        await app.type_text("Fewer findings")
        assert app.shows("⟨answer of Dev Rathmore⟩ ⟨to: What must go right")
        assert not app.shows("the room is asking")
        with closing(Store.open(norvane)) as store:
            store.join("norvane", room("ST06", str(RowId.new(later.id, "ST06"))))
        await app.wait_until(lambda: app.shows("⟨the room is asking Dev Rathmore"), "the room has gone on")


async def test_an_answer_of_whom_the_room_asks_is_to_what_the_room_asks(norvane: Path) -> None:
    with closing(Store.open(norvane)) as store:
        plan, _ = store.load("norvane")
        block = next(b for b in plan.where(Block, session="S2") if b.kind is BlockKind.VALUE)
        asked = plan.all(Question)[2]
        row = str(RowId.new(asked.id, "ST06"))
        seat = OnlinePresence("elsewhere", "rowan", "S2", block.id, AT, "customer", "AskView", "ST06", row)
        store.join("norvane", seat)
    async with driving(norvane, account="norvane") as app:
        app.workspace[Audience].look_as("alliance")
        await app.wait_until(lambda: app.live.is_shared_elsewhere, "the room is heard of")
        await app.to_block(BlockKind.ACTIONS)
        await app.press("G")  # where the room is
        assert app.workspace.block is not None
        assert (app.workspace.block.id, type(app.workspace.stage.view).__name__) == (block.id, "AskView")
        assert app.workspace.stage.at_cursor == row
        assert app.live.audience == "alliance"
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        for typed in ("v: Fewer reports", "v: More of them ^Dev"):
            await app.type_text(typed)
            assert app.shows(f"⟨answer of Dev Rathmore⟩ ⟨to: {asked.text[:12]}")
            assert not app.shows("the room is asking")
            await app.press("enter")
        for text in ("Fewer reports", "More of them"):
            (answer,) = app.live.whole.where(Answer, text=text)
            assert (answer.question, answer.stakeholder) == (asked.id, "ST06")
        await app.press("escape")
        await app.to_block(BlockKind.VALUE)
        heard = [type(view).__name__ for view in app.workspace.stage.views].index("AnswerList")
        await app.to_view(str(heard + 1))
        await app.press("f2")
        await app.type_text("Said in between")
        assert app.shows(f"⟨answer of Dev Rathmore⟩ ⟨to: {asked.text[:12]}")
        await app.press("ctrl+u")
        await app.type_text("Said in between ^Priya")  # whom nobody asks that
        assert app.shows("⟨answer of Priya Vantongeren⟩ ⟨no question⟩")


async def test_where_an_answer_goes_is_never_cut_for_its_words(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        await app.type_text("v: ^Priya " + "and then we would have to see what comes of it " * 6 + "@Zzyzx")
        assert app.shows("⟨answer of Priya Vantongeren⟩ ⟨no question⟩")
        assert app.shows("and then we")


async def test_its_key_is_told_in_the_narrowest_footer(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        for block in app.workspace.blocks():
            app.workspace.open_block(block.id)
            await app.quiet()
            for key in ("f1 Help", "f4 Share", "f5 Curtain", "n Next", "f7 Clock", "^z Undo", "f2 Capture"):
                assert key in app.rows[-1], (block.title, key)


async def test_an_open_editor_is_left_with_all_that_was_typed_in_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Marcus", "Title", "main", "enter")
        await app.type_text(" too", "f2", *"Ana Pires", "enter")
        assert named(app, "Marcus Hale-Obi").title == "Chief Financial Officer too"
        assert named(app, "Ana Pires").title == ""
        assert app.editor.edit is None
        assert capture(app).line.has_focus


async def test_pasted_lines_are_taken_up_to_one_that_is_refused(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        driver = app.app._driver
        assert driver is not None
        driver.send_message(events.Paste("Book the room\nAsk #Zzyzx for it\nRead it aloud\nClose\n"))
        await app.wait_until(
            lambda: app.shows("3 more lines wait: Enter adds none of them: stops at"), "it waits"
        )
        assert not app.live.whole.where(Action, title="Book the room")
        await app.press("enter")
        assert "Zzyzx" in capture(app).line.value
        assert app.live.whole.where(Action, title="Book the room")
        assert not app.live.whole.where(Action, title="Close")
        app.app.flush()
        await app.stored()
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.type_text("", "f2", "enter", "enter")
        for title in ("Ask #Zzyzx for it", "Read it aloud", "Close"):
            assert app.live.whole.where(Action, title=title), title


async def test_what_one_enter_brings_in_is_one_undo(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        before = app.live.whole
        await app.press("f2")
        capture(app).line.post_message(events.Paste("Ask #Zzyzx\nBook the room\nRead it aloud\nClose\n"))
        await app.wait_until(lambda: "Zzyzx" in capture(app).line.value)
        await app.press("enter", "enter")
        assert len(app.live.whole.all(Action)) == len(before.all(Action)) + 4
        await app.stored()
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole == before, "all four are taken back")


async def test_lines_that_wait_are_dropped_by_one_key_and_come_back_by_undo(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        before = app.live.whole
        await app.press("f2")
        capture(app).line.post_message(events.Paste("Ada Ort >Zzyzx\nBob Lund, CIO\nCyd Holm\n"))
        await app.wait_until(lambda: "Zzyzx" in capture(app).line.value)
        assert app.shows("Ctrl+D drops all")
        await app.press("ctrl+d")
        assert app.shows("Ctrl+D again drops this line and 2 more; Ctrl+Z brings them back")
        await app.press("ctrl+d")
        assert (capture(app).line.value, capture(app)._ahead) == ("", [])
        await app.press("ctrl+z")
        assert (capture(app).line.value, capture(app)._ahead) == (
            "Ada Ort >Zzyzx",
            ["Bob Lund, CIO", "Cyd Holm"],
        )
        await app.press("escape")
        assert app.live.whole == before
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("f2")
        assert capture(app).line.value == "a: Ada Ort >Zzyzx"
        await app.press("home", "delete", "delete", "delete", "end", *["backspace"] * 7, "enter")
        assert named(app, "Bob Lund").title == "CIO"
        assert named(app, "Cyd Holm").title == ""


async def test_one_enter_does_what_a_line_that_came_up_from_behind_says(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        pasted = "Book the room\nAsk #Zebulon for it\nRead it #Zyzzyva aloud\nClose\n"
        capture(app).line.post_message(events.Paste(pasted))
        await app.wait_until(lambda: bool(capture(app).line.value))
        await app.press("enter")
        assert app.shows("✗ Not added. «#Zebulon» means nothing in a new action")
        await app.press("enter")
        assert app.live.whole.where(Action, title="Ask #Zebulon for it")
        assert capture(app).line.value == "Read it #Zyzzyva aloud"
        assert app.shows("✗ Not added. «#Zyzzyva» means nothing in a new action")
        await app.press("enter")
        assert app.live.whole.where(Action, title="Close")
        assert app.shows("✓ 2 lines came in")


async def test_lines_behind_a_refused_one_never_come_in_unseen(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        before = app.live.whole.all(Action)
        capture(app).line.post_message(
            events.Paste("Book the room\nAsk #Zzyzx for it\nRead it aloud\nClose\n")
        )
        await app.wait_until(lambda: bool(capture(app).line.value))
        await app.press("enter")
        assert app.shows("2 more wait, Ctrl+D drops all ▸ Ask #Zzyzx")
        await app.press("ctrl+u")  # the refused one is given up
        assert app.shows("2 more lines wait: Enter shows the next")
        await app.type_text("Call them")
        assert app.shows("2 more lines wait")
        await app.press("enter")
        titles = [row.title for row in app.live.whole.all(Action)[len(before) :]]
        assert titles == ["Book the room", "Call them"]
        assert app.shows("2 more lines wait: Enter shows the next")
        await app.press("enter")
        assert capture(app).line.value == "Read it aloud"
        assert app.shows("1 more line waits: Enter adds it, too")
        assert not app.live.whole.where(Action, title="Read it aloud")
        await app.press("enter")
        assert app.live.whole.where(Action, title="Close")
        assert app.shows("✓ 2 lines came in, the last: new action Close")


async def test_what_is_pasted_over_a_line_from_before_brings_none_of_its_lines_in(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        capture(app).line.post_message(events.Paste("Ask #Zzyzx for it\nRead it aloud\n"))
        await app.wait_until(lambda: "Zzyzx" in capture(app).line.value)
        await app.press("escape", "f2", "shift+home")
        capture(app).line.post_message(events.Paste("Book the room\nClose\n"))
        await app.wait_until(lambda: capture(app).line.value == "Book the room")
        await app.press("enter")
        assert app.live.whole.where(Action, title="Close")
        assert not app.live.whole.where(Action, title="Read it aloud")
        assert app.shows("2 more lines wait: Enter shows the next")


async def test_pasted_rows_and_lists_are_taken_as_they_are_typed(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("f2")
        capture(app).line.post_message(events.Paste("Anna Berg, PhD\tCFO\r\nBo Lund\tCOO\r\n"))
        await app.wait_until(lambda: bool(capture(app).line.value))
        await app.press("enter")
        assert app.live.whole.where(Stakeholder, name="Bo Lund", title="COO")
        assert app.live.whole.where(Stakeholder, name="Anna Berg, PhD", title="CFO")
        capture(app).line.post_message(events.Paste("a: Send report @Lucía by fri\n- [ ] a: Ask for it\n"))
        await app.wait_until(lambda: bool(capture(app).line.value))
        await app.press("enter")
        assert app.live.whole.where(Action, title="Ask for it")
        (sent,) = app.live.whole.where(Action, title="Send report")
        assert (sent.owner, str(sent.due)) == ("T1", "2026-06-12")


async def test_the_curtain_covers_the_line(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.type_text("", "f2", *"a: Ask for it", "f5")
        await app.type_text("lost words", "enter")
        assert "capture" not in app.text
        await app.press("f5")
        assert "capture ▸ a: Ask for it" in app.text
        assert capture(app).line.value == "a: Ask for it"


@pytest.mark.parametrize("leave", ["escape", "ctrl+l"])
async def test_letters_are_commands_again_only_behind_the_key_that_leaves(norvane: Path, leave: str) -> None:
    async with driving(norvane, account="norvane") as app:
        before = app.workspace.block
        assert before is not None
        await app.type_text("", "f2", *"nnn", leave, "n")
        blocks = app.workspace.blocks()
        assert app.workspace.block == blocks[blocks.index(before) + 1]
        await app.press("f2")
        assert capture(app).line.value == "nnn"


async def test_a_click_on_the_table_puts_the_line_away(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.type_text("", "f2", *"Ana")
        await app.pilot.click("#main", offset=(10, 3))
        await app.wait_until(lambda: not capture(app).is_open)
        assert app.sheet().has_focus


async def test_tab_takes_a_date_that_was_typed_without_by_and_enter_never_does(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        await app.type_text("Book the audit walk-through fri 4 dec")
        assert app.shows("⟨? due? by fri 4 dec⟩")
        assert app.shows("Tab takes it as the date")
        await app.press("tab")
        assert capture(app).line.value == "Book the audit walk-through by fri 4 dec"
        await app.press("enter")
        (made,) = app.live.whole.where(Action, title="Book the audit walk-through")
        assert str(made.due) == "2026-12-04"
        await app.type_text("Book the third fri 4 dec @row")
        assert app.shows("Tab: Rowan Achterberg")
        assert not app.shows("Tab takes it as the date")
        await app.press("tab")
        assert capture(app).line.value == "Book the third fri 4 dec @Rowan "
        assert app.shows("Tab takes it as the date")
        await app.press("tab", "enter")
        assert app.live.whole.where(Action, title="Book the third", owner="P1")[0].due == made.due
        await app.type_text("Book the other one fri 4 dec", "enter")
        (kept,) = app.live.whole.where(Action, title="Book the other one fri 4 dec")
        assert kept.due is None


async def opened_to_us(app: Driven) -> None:
    """Look among ourselves again, over the curtain."""
    await app.press("escape", "shift+f4")
    await app.wait_until(lambda: "Who may look" in app.text)
    await app.press("a", "enter")


async def test_a_line_that_forgot_its_kind_before_the_customer_stays_to_be_put_right(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("f4", "f2")
        await app.type_text("Book the lab for Ana @Rowan by fri")
        assert app.shows("«@Rowan» can't stand in a new answer: a: in front makes it an action.")
        await app.press("enter", "enter")
        assert capture(app).line.value == "Book the lab for Ana @Rowan by fri"
        assert not app.live.whole.where(Answer, text="Book the lab for Ana by fri")
        await app.press("home")
        await app.type_text("a: ", "enter")
        (row,) = app.live.whole.where(Action, title="Book the lab for Ana")
        assert (row.owner, row.visibility) == ("P1", CUSTOMER)


async def test_what_each_line_that_waits_becomes_is_shown_before_enter_adds_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("f4", "f2")
        for risk in ("They may cut the budget", "Colm may leave"):
            await app.type_text(f"r: {risk}")
            assert app.shows("Not here: Enter puts the line aside for later.")
            assert not telling("Not here: Enter puts the line aside for later.")
            await app.press("enter")
        who = app.live.view.name_of(Stakeholder, app.workspace[Capture]._where().about)
        await app.type_text("All in one place ~ps", "enter", *"r: No budget", "enter")
        await opened_to_us(app)
        await app.press("f2")
        told = " ".join(told_beneath(app).split())
        assert "3 more lines wait: Enter adds them, too: new risk «Colm may leave» · " in told
        assert f" · answer of {who} «All in one place ~ps» · new risk «No budget»" in told


async def test_lines_are_shown_as_far_as_they_fit_and_up_to_the_one_that_is_refused(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        lines = [f"Send the list of services number {n} to all of them" for n in range(1, 10)]
        capture(app).line.post_message(events.Paste("\n".join(lines)))
        await app.wait_until(lambda: app.shows("8 more lines wait: Enter adds them, too: new action"))
        assert "and 4 more" in " ".join(told_beneath(app).split())
        await app.press("ctrl+u", "ctrl+d", "ctrl+d")
        capture(app).line.post_message(events.Paste("Book the room\nRead it\nAsk #Zzyzx\nClose"))
        await app.wait_until(lambda: app.shows("too: new action «Read it» · stops at «Ask #Zzyzx»"))
        await app.press("ctrl+u", "ctrl+d", "ctrl+d")
        capture(app).line.post_message(events.Paste("\n".join([*lines[:7], "Ask #Zzyzx"])))
        await app.wait_until(lambda: app.shows("· … · stops at «Ask #Zzyzx»"))


async def test_before_the_customer_no_word_is_shown_of_a_line_behind_that_is_not_theirs(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f4", "f2")
        capture(app).line.post_message(events.Paste("Book the room\nr: Colm may leave\nClose"))
        await app.wait_until(lambda: app.shows("Enter adds none of them: stops at one for later"))
        assert not app.shows("Colm may leave")
        assert not telling(told_beneath(app))


async def test_a_line_behind_stays_of_the_kind_that_was_typed_in_front_of_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        capture(app).line.post_message(events.Paste("Send the list\nr: Colm may leave\nRead it aloud"))
        await app.wait_until(lambda: bool(capture(app).line.value))
        await app.press("escape")
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("f2")
        assert capture(app).line.value == "a: Send the list"
        await app.press("home", "delete")
        await app.type_text("d", "enter")
        for kind, text in (
            (Decision, "Send the list"),
            (Risk, "Colm may leave"),
            (Decision, "Read it aloud"),
        ):
            assert app.live.whole.where(kind, text=text), text


ACTIONS = ("Book the room", "Send the list", "Read it aloud", "Order lunch", "Call Priya", "Close it")


async def paste(app: Driven, lines: Sequence[str]) -> None:
    """Paste lines into the open line, and wait until the first stands there."""
    capture(app).line.post_message(events.Paste("\n".join(lines)))
    await app.wait_until(lambda: capture(app).line.value.endswith(lines[0]))


@pytest.mark.parametrize("is_first", [False, True])
async def test_a_kind_put_in_front_of_the_first_pasted_line_is_that_of_all_that_have_none(
    norvane: Path, *, is_first: bool
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.VALUE)
        before = app.live.whole
        await app.press("f2")
        if is_first:
            await app.type_text("a: ")
        await paste(app, [*ACTIONS, "r: Colm may leave"])
        if not is_first:
            assert "answer of" in " ".join(told_beneath(app).split())
            await app.press("home")
            await app.type_text("a: ")
        told = " ".join(told_beneath(app).split())
        assert "6 more lines wait: Enter adds them, too: new action «Send the list»" in told
        await app.press("enter")
        for title in ACTIONS:
            assert app.live.whole.where(Action, title=title), title
        assert app.live.whole.where(Risk, text="Colm may leave")
        await app.stored()
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole == before, "all are taken back")


async def test_the_kind_put_in_front_is_kept_over_a_stop_a_leave_and_a_line_given_up(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("f2")
        await paste(app, ["Book the room", "Ask #Zzyzx", "Read it aloud", "Order lunch", "Close it"])
        await app.press("home")
        await app.type_text("a: ")
        await app.press("escape", "f2")
        assert app.shows("Enter adds none of them: stops at «Ask #Zzyzx»")
        await app.press("enter")
        assert capture(app).line.value == "a: Ask #Zzyzx"
        await app.press("ctrl+u", "enter")
        assert capture(app).line.value == "a: Read it aloud"
        await app.press("home", "delete")
        await app.type_text("p", "enter")
        assert app.live.whole.where(Action, title="Book the room")
        for text in ("Read it aloud", "Order lunch", "Close it"):
            assert app.live.whole.where(Parking, text=text), text


async def test_a_line_with_a_kind_of_its_own_that_stopped_gives_it_to_none_behind(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("f2")
        await paste(app, ["Book the room", "r: Ask #Zzyzx", "Read it aloud"])
        await app.press("home")
        await app.type_text("a: ", "enter")
        assert capture(app).line.value == "r: Ask #Zzyzx"
        await app.press("home", "delete")
        await app.type_text("p", "enter", "enter")
        assert app.live.whole.where(Parking, text="Ask #Zzyzx")
        assert app.live.whole.where(Action, title="Read it aloud")


async def test_the_kind_put_in_front_is_no_more_the_first_ones_than_theirs_in_another_block(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("f2")
        await paste(app, ACTIONS)
        await app.press("home")
        await app.type_text("a: ")
        await app.press("escape")
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        assert capture(app).line.value == ACTIONS[0]
        await app.press("home")
        await app.type_text("d: ", "enter")
        for text in ACTIONS:
            assert app.live.whole.where(Decision, text=text), text


@pytest.mark.parametrize("keys", [("delete", "a"), ("delete",) * 3])
async def test_lines_pasted_as_answers_and_made_actions_elsewhere_are_to_no_question(
    norvane: Path, keys: tuple[str, ...]
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("f2")
        await paste(app, ACTIONS)
        await app.press("escape")
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2", "escape", "f2")  # looked at and left once more
        assert capture(app).line.value == "v: Book the room"
        await app.press("home", *keys)
        told = " ".join(told_beneath(app).split())
        assert "5 more lines wait: Enter adds them, too: new action «Send the list»" in told
        await app.press("enter")
        for title in ACTIONS:
            assert app.live.whole.where(Action, title=title), title


async def test_why_a_line_behind_stops_is_said_before_enter(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        await paste(app, ["Book the room", "Ask #Zzyzx", "Close"])
        told = " ".join(told_beneath(app).split())
        assert "none of them: stops at «Ask #Zzyzx»: «#Zzyzx» means nothing in a new action" in told
        assert "press Enter again" not in told
