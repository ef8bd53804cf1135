"""A scribe beside the facilitator: another screen is the room's, and this one goes where that is."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual import events

from tests.app.driver import AT, Driven, driving
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Remove, Step, set_field
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.store.store import Store
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.features.drafts import Drafts
from workshop_tui.tui.widgets.capture_line import PLACE, QUESTION_GONE, CaptureLine
from workshop_tui.views.row_id import RowId

BEFORE = "2026-06-09T08:00:00+00:00"
DEV, PRIYA = "ST06", "ST03"


@dataclass
class Facilitator:
    """The seat of somebody who has had the session open for longer."""

    path: Path
    block: Block
    questions: tuple[Question, ...]
    since: str = BEFORE

    def at(
        self,
        audience: str,
        block: str,
        view: str = "",
        subject: str = "",
        row: str = "",
        *,
        covered: bool = False,
    ) -> None:
        seat = OnlinePresence(
            "elsewhere", "mirela", "S2", block, AT, audience, view, subject, row, covered, self.since
        )
        with closing(Store.open(self.path)) as store:
            store.join("norvane", seat)

    def asks(self, person: str, question: Question, audience: str = CUSTOMER) -> None:
        self.at(audience, self.block.id, "AskView", person, str(RowId.new(question.id, person)))


def _of_kind(plan: AccountPlan, kind: BlockKind) -> Block:
    return next(block for block in plan.where(Block, session="S2") if block.kind is kind)


@pytest.fixture
def mirela(norvane: Path) -> Facilitator:
    with closing(Store.open(norvane)) as store:
        plan, _ = store.load("norvane")
    return Facilitator(norvane, _of_kind(plan, BlockKind.VALUE), plan.all(Question))


def _run_the_clock(mirela: Facilitator) -> None:
    with closing(Store.open(mirela.path)) as store:
        plan, _ = store.load("norvane")
        here = plan.get(Block, mirela.block.id)
        assert here is not None
        store.commit("norvane", Step(set_field(here, "started", AT.isoformat()), "mirela", AT))


async def _heard(app: Driven, audience: str = CUSTOMER) -> None:
    await app.wait_until(lambda: any(seat.audience == audience for seat in app.live.others), "it is heard of")


async def test_a_shared_screen_says_whom_the_room_asks_and_goes_there_question_by_question(
    mirela: Facilitator,
) -> None:
    first, second = mirela.questions[:2]
    async with driving(mirela.path, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("f4")
        mirela.asks(DEV, second)
        await _heard(app)
        await app.press("f2")
        await app.type_text("Cost has to come down by a tenth")
        await app.wait_until(
            lambda: app.shows(f"⟨the room is asking Dev Rathmore: {second.text[:12]}"), "it says so"
        )
        await app.press("escape")
        for person, question in ((DEV, second), (DEV, first), (PRIYA, second)):
            mirela.asks(person, question)
            row = str(RowId.new(question.id, person))
            await app.wait_until(lambda row=row: app.live.others[0].row == row, "the room has gone on")  # type: ignore[misc]
            await app.press("G")
            assert app.workspace.stage.at_cursor == row
            assert app.live.audience == CUSTOMER
        await app.press("f2")
        assert app.shows(f"⟨answer of Dev Rathmore⟩ ⟨to: {first.text[:12]}")
        assert app.shows("? It stays the answer of Dev Rathmore: this screen is at Priya Vantongeren now.")
        await app.press("enter")
        (answer,) = app.live.whole.where(Answer, text="Cost has to come down by a tenth")
        assert (answer.stakeholder, answer.question) == (DEV, first.id)
        await app.type_text("A date that holds")
        assert not app.shows("the room is asking")
        await app.press("enter")
        (answer,) = app.live.whole.where(Answer, text="A date that holds")
        assert (answer.stakeholder, answer.question) == (PRIYA, second.id)


async def test_a_shared_screen_tells_nothing_of_one_that_is_ours_alone(mirela: Facilitator) -> None:
    async with driving(mirela.path, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("f4")
        mirela.asks(DEV, mirela.questions[1], ALLIANCE)
        await _heard(app, ALLIANCE)
        await app.press("f2")
        await app.type_text("Cost has to come down")
        assert not app.shows("the room is asking")
        await app.press("escape", "G")
        assert app.shows("No other shared screen shows this session.")
        await app.press("f1")
        assert not app.shows("where the room is")


async def test_what_the_room_would_not_see_says_so_and_is_shown_by_a_key(mirela: Facilitator) -> None:
    async with driving(mirela.path, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        app.workspace[Audience].look_as(ALLIANCE)
        await app.press("f2")
        await app.type_text("Two drills a year")
        assert not app.shows("not shown to the customer")  # as nobody of theirs looks anywhere
        mirela.asks(DEV, mirela.questions[1])
        await app.wait_until(lambda: app.live.is_shared_elsewhere, "the room is heard of")
        for line in ("Two drills a year", "d: Two drills", "p: Who pays for them"):
            await app.press("ctrl+u")
            await app.type_text(line)
            assert app.shows("⟨? not shown to the customer⟩"), line
        await app.press("ctrl+u")
        await app.type_text("a: Ask @Rowan who pays")
        assert not app.shows("not shown to the customer")
        await app.press("ctrl+u", "escape", "G", "f2")
        await app.type_text("Two drills a year", "enter")
        assert app.shows("not shown to the customer")
        (answer,) = app.live.whole.where(Answer, text="Two drills a year")
        assert answer.visibility == ALLIANCE
        await app.type_text("Four of them", "tab", "enter", "escape")
        (other,) = app.live.whole.where(Answer, text="Four of them")
        assert other.visibility == CUSTOMER
        unasked = ""
        while not unasked:
            await app.press("]")
            rows = app.sheet().table.rows
            unasked = next((row.id for row in rows if len(RowId.parse(row.id).new_in) == len("qp")), "")
        await app.go(unasked, "Answer, in their words", "main", "enter")
        await app.type_text("Half")
        assert "not shown to the customer; «Visible to» on the answer's card shows it" in app.beneath
        await app.press("escape")
        assert app.workspace.stage.view
        app.workspace.stage.view.turn_to(app.live, DEV)
        app.workspace.show()
        await app.go(f"Answer/{answer.id}", "", "main")
        await app.press("d", "v", "enter")
        await app.type_text("customer", "enter")
        (answer,) = app.live.whole.where(Answer, text="Two drills a year")
        assert answer.visibility == CUSTOMER


async def test_the_clock_of_another_main_screen_shares_that_one_and_disturbs_nobody_here(
    mirela: Facilitator,
) -> None:
    async with driving(mirela.path, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        app.workspace[Audience].look_as(ALLIANCE)
        mirela.asks(DEV, mirela.questions[1])
        await _heard(app)
        await app.press("f2")
        await app.type_text("d: No discount on the ")
        _run_the_clock(mirela)
        await app.wait_until(lambda: app.live.running_block() == mirela.block.id, "the clock runs")
        await app.type_text("fixed fee")
        assert app.shows("d: No discount on the fixed fee")
        assert app.live.audience == ALLIANCE


async def test_the_clock_of_the_notes_shares_this_screen_and_the_rest_of_a_word_is_no_command(
    mirela: Facilitator,
) -> None:
    async with driving(mirela.path, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        app.workspace[Audience].look_as(ALLIANCE)
        before = app.live.whole.all(Answer)
        await app.press("f2")
        await app.type_text("d: No discount on the ")
        _run_the_clock(mirela)
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "it is shared")
        await app.type_text("fixed n fee", "enter")
        assert app.app.screen is app.workshop
        assert app.editor.edit is None
        assert app.live.whole.all(Answer) == before
        assert app.shows("To type a line, press F2.")
        assert app.workspace[Drafts].at(PLACE) == ""
        app.workspace[Audience].look_as(ALLIANCE)
        assert app.workspace[Drafts].at(PLACE) == "d: No discount on the "


@pytest.mark.parametrize("audience", [ALLIANCE, CUSTOMER])
async def test_going_where_the_room_is_shares_no_second_screen_and_else_says_that_it_does(
    mirela: Facilitator, audience: str
) -> None:
    _run_the_clock(mirela)
    async with driving(mirela.path, account="norvane") as app:
        app.workspace[Audience].look_as(ALLIANCE)
        await app.to_block(BlockKind.ACTIONS)
        assert app.live.audience == ALLIANCE
        mirela.asks(DEV, mirela.questions[1], audience)
        await _heard(app, audience)
        await app.press("G")
        assert app.workspace.stage.at_cursor == str(RowId.new(mirela.questions[1].id, DEV))
        is_shared = audience != CUSTOMER
        assert app.live.audience == (CUSTOMER if is_shared else ALLIANCE)
        assert app.shows(f"«{mirela.block.title}» has shared this screen.") is is_shared


@pytest.mark.parametrize("kind", [BlockKind.ACTIONS, BlockKind.CLOSING])
@pytest.mark.parametrize("audience", [ALLIANCE, CUSTOMER])
async def test_it_goes_where_a_shared_screen_stays_in_a_block_of_ours(
    mirela: Facilitator, kind: BlockKind, audience: str
) -> None:
    async with driving(mirela.path, account="norvane") as app:
        await app.to_block(kind)
        await app.press("f4")
        shown = app.live.block, type(app.workspace.stage.view).__name__
        assert shown[0] not in {block.id for block in app.live.whole.all(Block)}
        app.workspace[Audience].look_as(ALLIANCE)
        await app.to_block(BlockKind.VALUE)
        app.workspace[Audience].look_as(audience)
        mirela.at(CUSTOMER, *shown)
        await _heard(app)
        await app.press("G")
        assert app.workspace.block is not None
        assert app.workspace.block.kind is kind
        assert type(app.workspace.stage.view).__name__ == shown[1]
        assert app.live.audience == audience
        assert not app.shows("No other")


async def test_a_page_beside_the_agenda_is_told_as_what_it_is(mirela: Facilitator) -> None:
    async with driving(mirela.path, account="norvane") as app:
        app.workspace[Audience].look_as(ALLIANCE)
        await app.press("G")
        assert app.shows("No other screen shows this session to the room.")
        await app.to_block(BlockKind.VALUE)
        await app.press("A")
        page = app.live.block
        await app.to_block(BlockKind.VALUE)
        mirela.at(ALLIANCE, page)
        await _heard(app, ALLIANCE)
        await app.press("G")
        assert app.shows("The other screen is outside the agenda: at «Looking back».")


async def _paste_before_the_customer(app: Driven, lines: str) -> None:
    """Paste answers of Dev to the first question, the first of them not for the customer; leave them."""
    await app.to_block(BlockKind.VALUE)
    await app.press("f4", "f2")
    app.workshop.query_one(CaptureLine).line.post_message(events.Paste(lines))
    await app.quiet()
    await app.press("enter", "escape")
    app.workspace[Audience].look_as(ALLIANCE)


async def test_answers_that_waited_are_to_what_they_were_typed_for(mirela: Facilitator) -> None:
    first, second = mirela.questions[:2]
    texts = ("Fewer findings", "Less to sign", "A date that holds")
    async with driving(mirela.path, account="norvane") as app:
        await _paste_before_the_customer(app, f"{texts[0]} ~customer\n{texts[1]}\nv: {texts[2]} ^Priya\n")
        assert app.workspace[Drafts].at(PLACE).count("ST0") == len(texts)
        mirela.asks(PRIYA, second)
        await _heard(app)
        await app.to_block(BlockKind.ACTIONS)
        for _ in range(2):  # they are the same however often they are looked at
            await app.press("f2", "escape")
        await app.press("f2")
        assert app.shows(f"⟨to: {first.text[:12]}")
        assert app.shows("⟨the room is asking Priya")
        await app.press("enter")
        for text, person in zip(texts, (DEV, DEV, PRIYA), strict=True):
            (answer,) = app.live.whole.where(Answer, text=text)
            assert (answer.stakeholder, answer.question) == (person, first.id)
        await app.type_text("Typed now", "enter")  # an action, as one is there
        assert not app.live.whole.where(Answer, text="Typed now")


async def test_what_is_typed_in_the_place_of_one_that_waited_is_to_what_is_asked_now(
    mirela: Facilitator,
) -> None:
    first, second = mirela.questions[:2]
    async with driving(mirela.path, account="norvane") as app:
        await _paste_before_the_customer(app, "Fewer findings ~customer")
        await app.press("down", "f2")
        assert app.shows(f"⟨answer of Dev Rathmore⟩ ⟨to: {first.text[:12]}")
        await app.press("ctrl+u")
        await app.type_text("Less to sign")
        assert app.shows(f"⟨answer of Dev Rathmore⟩ ⟨to: {second.text[:12]}")


async def test_an_answer_that_waited_for_a_question_that_has_gone_waits_to_be_seen(
    mirela: Facilitator,
) -> None:
    async with driving(mirela.path, account="norvane") as app:
        await _paste_before_the_customer(app, "Fewer findings ~customer\nLess to sign\n")
        gone = mirela.questions[0]
        for each in app.live.whole.where(Answer, question=gone.id):
            app.live.commit(lambda _plan, each=each: set_field(each, "question", None))  # type: ignore[misc]
        app.live.commit(lambda _plan: (Remove(gone),))
        await app.press("f2")
        assert app.shows("⟨no question⟩ ⟨Less to sign⟩")
        await app.press("enter")
        assert app.shows(QUESTION_GONE)
        assert app.live.whole.where(Answer, text="Less to sign")
        assert not app.live.whole.where(Answer, text="Fewer findings")
        await app.press("enter")
        (answer,) = app.live.whole.where(Answer, text="Fewer findings")
        assert (answer.question, answer.stakeholder) == (None, DEV)


async def test_the_bar_tells_that_the_other_screen_is_shared_or_covered(mirela: Facilitator) -> None:
    async with driving(mirela.path, account="norvane", size=(120, 36)) as app:
        app.workspace[Audience].look_as(ALLIANCE)
        mirela.at(ALLIANCE, mirela.block.id)
        await app.wait_until(lambda: app.shows("with mirela · Value"), "who is there is told")
        mirela.at(CUSTOMER, mirela.block.id)
        await app.wait_until(lambda: "with mirela (shared)" in app.rows[0], "that it is shared")
        mirela.at(CUSTOMER, "beside-actions")
        await app.wait_until(lambda: "with mirela (shared) · Actions" in app.rows[0], "where")
        mirela.at(CUSTOMER, mirela.block.id, covered=True)
        await app.wait_until(lambda: "with mirela (covered)" in app.rows[0], "that it is covered")
        await app.press("f4")
        assert "mirela" not in app.rows[0]
