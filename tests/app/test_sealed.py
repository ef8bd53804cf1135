"""A sealed session: shown by its record, refusing changes, reopened with a reason, sealed anew."""

from __future__ import annotations

import asyncio
import datetime as dt
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from tests.app.canaries import LEAKS, with_canaries
from tests.app.driver import AT, Driven, driving, seed
from tests.views.plans import cells, looked_at
from workshop_tui.documents.plan_json import dump_plan
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.lifecycle.clock import start
from workshop_tui.domain.lifecycle.seal import SEALED, checksum, is_sealed, reopen_session
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block, Decision, Seal, Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Set, Step, apply, set_field
from workshop_tui.live.record import as_shown, seal_now
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.store.store import Store
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.features.drafts import Drafts
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.views.around import bar_text
from workshop_tui.views.block_views import STAGES
from workshop_tui.views.closing.seal import Sealing

LATER = AT + dt.timedelta(days=30)


def sealed(plan: AccountPlan, session: str = "S2", seal: str = "e1", at: dt.datetime = AT) -> AccountPlan:
    return apply(plan, Step(seal_now(plan, session, seal=seal, at=at, journal=7)))


def reworded(plan: AccountPlan, text: str) -> AccountPlan:
    (decision,) = plan.where(Decision, id="D3")
    return apply(plan, Step(set_field(decision, "text", text)))


def without_a_day(plan: AccountPlan) -> AccountPlan:
    """Return the plan of an account that goes by the clock."""
    return apply(plan, Step(set_field(plan.account, "as_of", None)))


def damaged(plan: AccountPlan, record: str, sha256: str | None = None) -> AccountPlan:
    (seal,) = plan.all(Seal)
    other = replace(seal, record=record, sha256=sha256 or seal.sha256)
    return AccountPlan.of((*plan, other))


# What is shown


async def test_a_sealed_session_is_shown_as_it_was_on_the_day_it_was_sealed(sample: AccountPlan) -> None:
    plan = reworded(sealed(without_a_day(sample)), "Decided otherwise since")
    assert as_shown(plan, "S1").plan is plan
    live = looked_at(plan)
    (decision,) = live.view.where(Decision, id="D3")
    assert decision.text == "Option O1 is the opening offer"
    live.clock = lambda: LATER
    live._look()
    assert live.today == AT.date()
    later = looked_at(plan, session="S1")
    later.clock = lambda: LATER
    later._look()
    assert later.today == LATER.date()
    assert len(live.figures.gaps) < len(later.figures.gaps)
    assert live.whole.where(Decision, id="D3")[0].text == "Decided otherwise since"


async def test_the_seal_view_tells_every_seal_and_how_to_go_on(sample: AccountPlan) -> None:
    plan = apply(sealed(sample), Step(reopen_session(sealed(sample), "S2", AT, "Forgot a risk")))
    plan = sealed(plan, seal="e2")
    live = looked_at(plan)
    told = {row.id: cells(row) for row in Sealing().table(live).rows if row.cells}
    assert "do/seal" not in told
    assert told["sealed"][1].startswith("Sealed 9 Jun 2026 09:47: this is the record")
    assert told["do/reopen"][0] == "Reopen"
    seals = [text for name, text in told.items() if name.startswith("seals/")]
    assert [text[0] for text in seals] == ["9 Jun 2026 09:47"] * 2
    assert "Reopened 9 Jun 2026 09:47: Forgot a risk" in seals[1][1]
    one, two = plan.all(Seal)
    assert (two.supersedes, one.sha256[:12] in seals[1][1]) == ("e1", True)
    assert "journal 7" in seals[0][1]


async def test_the_bar_says_so_in_plain_sight_but_not_to_the_customer(sample: AccountPlan) -> None:
    plan = sealed(sample)
    assert bar_text(looked_at(plan)).saved == "SEALED 9 Jun 2026 09:47"
    assert bar_text(looked_at(plan, CUSTOMER)).saved == "read only"
    assert "SEALED" not in bar_text(looked_at(plan, session="S1")).saved
    assert bar_text(looked_at(damaged(plan, "{}"))).saved.endswith("RECORD DAMAGED")


@pytest.mark.parametrize("audience", [CUSTOMER, ALLIANCE, "ps"])
async def test_every_view_of_a_record_shows_an_audience_no_more_than_the_plan_would(
    sample: AccountPlan, audience: str
) -> None:
    marked = with_canaries(sample, audience)
    plan = sealed(AccountPlan.of(row for row in marked if not isinstance(row, Seal)))
    live = looked_at(plan, audience)
    assert live.is_held
    assert not live.fault
    views = [view for views in STAGES.values() for view in views]
    said = " ".join(cell.text for view in views for row in view().table(live).rows for cell in (*row.cells,))
    assert not [leak for leak in LEAKS if leak in said]


async def test_a_record_that_can_not_be_trusted_is_said_and_the_plan_shown_read_only(
    sample: AccountPlan,
) -> None:
    plan = reworded(sealed(sample), "As it is now")
    for record, sha, says in (
        ("{}", None, "doesn't match its SHA-256"),
        ("{}", checksum("{}"), "can't be read"),
        ("not JSON", checksum("not JSON"), "can't be read"),
    ):
        live = looked_at(damaged(plan, record, sha))
        assert says in live.fault
        assert live.fault.endswith(".")
        assert live.view.where(Decision, id="D3")[0].text == "As it is now"
        with pytest.raises(Refused, match="sealed"):
            live.commit(lambda now: set_field(now.where(Decision, id="D3")[0], "text", "No"))
        told = {row.id: cells(row) for row in Sealing().table(live).rows if row.cells}
        assert says in told["sealed"][1]


async def test_a_record_of_another_session_is_no_record_of_this_one(sample: AccountPlan) -> None:
    record = dump_plan(AccountPlan.of((sample.account,)))
    live = looked_at(damaged(sealed(sample), record, checksum(record)))
    assert "holds another session" in live.fault


# What is refused


async def test_a_sealed_session_refuses_changes_and_undo_but_not_its_audience(sample: AccountPlan) -> None:
    live = looked_at(sealed(sample))
    assert live.closed == SEALED
    (decision,) = live.whole.where(Decision, id="D3")
    with pytest.raises(Refused, match="reopen it in closing"):
        live.commit(lambda _plan: set_field(decision, "text", "Other"))
    step = Step((Set(Decision, ("D3",), "text", "Before", decision.text),), "me", AT, number=9)
    with pytest.raises(Refused, match="sealed"):
        live.take_back((step,))
    live.look_as(CUSTOMER)
    assert live.closed == "Nothing can be changed here now."
    assert live.whole.where(Session, id="S2")[0].audience == CUSTOMER
    assert live.view.audience == CUSTOMER
    live.look_as(ALLIANCE)
    live.commit(lambda plan: reopen_session(plan, "S2", AT, "Forgot a risk"))
    assert live.closed == ""
    live.commit(lambda _plan: set_field(decision, "text", "Other"))
    assert live.view.where(Decision, id="D3")[0].text == "Other"


async def test_an_audience_that_the_record_does_not_know_is_the_customer(sample: AccountPlan) -> None:
    plan = sealed(sample)
    session = plan.get(Session, "S2")
    assert session
    live = looked_at(apply(plan, Step(set_field(session, "audience", "newcomer"))))
    live.open_session("S2")
    assert (live.audience, live.view.audience) == (CUSTOMER, CUSTOMER)


# At the keyboard


async def to_seal(app: Driven) -> None:
    await app.to_block(BlockKind.CLOSING)
    await app.to_view("5")


async def begin_sealing(app: Driven) -> None:
    await app.go("Seal", "", "main", "enter")
    await app.wait_until(lambda: "Seal this session?" in app.text)


async def test_seal_look_reopen_and_seal_again(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 40)) as app:
        await to_seal(app)
        block = next(b for b in app.workspace.blocks() if b.kind is BlockKind.CLOSING)
        app.live.commit(lambda _plan: set_field(block, "started", AT.isoformat()))
        await begin_sealing(app)
        assert "11 lines are not confirmed, 2 parked items are not settled" in app.text
        await app.press("n", "enter")
        await app.wait_until(lambda: "Seal this session?" not in app.text)
        assert not is_sealed(app.live.whole, "S2")
        await begin_sealing(app)
        await app.press("y", "enter")
        await app.wait_until(lambda: "SEALED 9 Jun 2026 09:47" in app.rows[0], "it is sealed")
        assert not [b for b in app.live.whole.all(Block) if b.started]
        await app.to_view("1")
        assert not app.shows("y confirm")
        assert "sheet.edit" not in app.app.screen.query_one(Keys).ids
        for keys in (("right", "enter"), ("left", "space"), ("x",), ("ctrl+z",), ("f2",), ("d",), ("i",)):
            app.app.clear_notifications()
            await app.press(*keys)
            await app.stored()
            assert app.told in {SEALED, "Nothing more can be done with this row."}, keys
            assert app.editor.edit is None
        app.app.clear_notifications()
        await app.to_view("2")
        await app.press("x", "enter", "x", "d", "a")
        assert [toast.message for toast in app.app._notifications] == [SEALED]
        assert not app.shows("+ Park something")
        await app.press("f4")
        await app.wait_until(lambda: "● SHARED" in app.rows[0])
        assert "SEALED" not in app.text
        await app.press("shift+f4", "a", "enter")
        await app.wait_until(lambda: "TEAM ONLY" in app.rows[0])
        await to_seal(app)
        await app.go("Reopen", "", "main", "enter")
        await app.wait_until(lambda: "Reopen this session" in app.text)
        await app.press("enter")
        await app.wait_until(lambda: "Reopening needs a reason" in app.text)
        await app.type_text("Forgot a risk", "enter")
        await app.wait_until(lambda: "SEALED" not in app.rows[0], "it is open again")
        await app.to_view("3")
        await app.add("The budget is halved")
        await app.to_view("5")
        await begin_sealing(app)
        await app.press("y", "enter")
        await app.wait_until(lambda: "SEALED" in app.rows[0], "it is sealed again")
        await app.stored()
        one, two = app.live.whole.all(Seal)
    assert (two.supersedes, one.reopened_why, two.reopened_at) == (one.id, "Forgot a risk", None)
    assert "The budget is halved" in two.record
    assert "The budget is halved" not in one.record


async def test_letters_are_commands_in_every_cell_of_a_sealed_session(
    sample: AccountPlan, empty: Path
) -> None:
    seed(empty, sealed(sample))
    async with driving(empty, account="norvane", size=(120, 40)) as app:
        await app.to_people()
        for column in (app.sheet().table.cols[n].heading for n in app.sheet()._lay.columns):
            await app.go("Tomasz", column)
            assert app.sheet().keys == {}, column
        await app.go("Tomasz", "Role")
        await app.press("f1")
        await app.wait_until(lambda: app.shows("Esc closes"), "help is there")
        assert not app.shows("set this cell")
        assert not app.shows("Undo")
        await app.press("escape", "e")
        await app.wait_until(lambda: app.shows("Export"), "it exports")
        assert not app.shows("This session is sealed")


@pytest.mark.parametrize(
    ("kind", "at", "words"),
    [
        (BlockKind.ACTIONS, ("Send Dev", "Due"), "Action"),
        (BlockKind.ACTIONS, ("Send Dev", "Owner"), "Action"),
        (BlockKind.STAKEHOLDERS, ("Tomasz", "Role"), "Name"),
        (BlockKind.CLOSING, ("Send Dev", "Due"), "What is read aloud"),
    ],
)
async def test_words_alone_are_put_right_and_a_day_or_a_value_is_told_to_be_none(
    sample: AccountPlan, empty: Path, kind: BlockKind, at: tuple[str, str], words: str
) -> None:
    seed(empty, sealed(sample))
    async with driving(empty, account="norvane", size=(140, 40)) as app:
        await app.to_block(kind)
        await app.go(*at)
        await app.press("E")
        assert app.shows(f"E puts words right, and none stand in this cell: go to «{words}».")
        assert not app.shows("Should read")
        await app.go(at[0], words)
        assert "E Put a text right" in app.rows[-1]
        await app.press("E")
        await app.wait_until(lambda: app.shows("Should read"), "words are put right")


async def test_an_empty_text_is_told_to_be_nothing_that_could_be_put_right(
    sample: AccountPlan, empty: Path
) -> None:
    (person,) = sample.where(Stakeholder, name="Tomasz Lindqvar")
    seed(empty, sealed(apply(sample, Step(set_field(person, "title", "")))))
    async with driving(empty, account="norvane", size=(140, 40)) as app:
        await app.to_people()
        await app.go("Tomasz", "Title")
        await app.press("E")
        assert app.shows("Nothing stands here that could be put right.")
        assert not app.shows("Should read")


async def test_what_is_typed_goes_on_behind_a_text_that_is_put_right(
    sample: AccountPlan, empty: Path
) -> None:
    seed(empty, sealed(reworded(sample, "Sealed this we")))
    for typed, begins, reads in (
        ("ek", "Sealed this we", "Sealed this week"),
        ("end", "Sealed this week", "Sealed this weekend"),
    ):
        async with driving(empty, account="norvane", size=(120, 40)) as app:
            await app.to_block(BlockKind.CLOSING)
            await app.go("Decision/D3")
            await app.stored()
            await app.press("E")  # the second time it begins with what was typed before
            await app.wait_until(partial(app.shows, f"Should read       {begins} "), "it is asked for")
            await app.type_text("", *typed)
            line, why = app.app.screen.query(Input)
            assert line.value == reads
            await app.press("tab")
            assert why.selected_text == "A slip of the pen"  # what is proposed is typed over
            app.app.flush()
            await app.stored()


async def test_what_was_put_right_tells_what_was_sealed_and_the_sealed_words_take_it_away(
    sample: AccountPlan, empty: Path
) -> None:
    seed(empty, sealed(reworded(sample, "Sealed a secnod time")))
    async with driving(empty, account="norvane", size=(120, 40)) as app:
        await app.to_block(BlockKind.CLOSING)
        await app.go("Decision/D3")
        for text, told in (
            ("Sealed a second time", "«Sealed a secnod time» → «Sealed a second time»"),
            ("Sealed a secnod time", "As it was sealed again: «Sealed a secnod time»"),
        ):
            await app.press("E")
            await app.wait_until(lambda: app.shows("As sealed: Sealed a secnod time"), "it is asked for")
            assert app.shows(" Put right since: Sealed a second time  ") is ("again" in told)
            await app.press("end", "ctrl+u")
            await app.type_text(text, "ctrl+s")
            await app.wait_until(partial(app.shows, told), "the border says so")
        assert not app.live.errata
        await app.to_view("5")
        assert not app.shows("Put right since")


@pytest.mark.parametrize("what", ["a line", "the clock"])
async def test_a_session_that_another_changes_at_that_moment_is_not_sealed_and_that_is_told(
    norvane: Path, what: str
) -> None:
    async with driving(norvane, account="norvane", size=(120, 40)) as app:
        await to_seal(app)
        blocks = app.live.whole.where(Block, session=app.live.session_id)
        app.live.commit(lambda _plan: start(blocks, blocks[-1].id, app.live.clock()))
        app.live._following.leave()  # what another does is not heard of before the seal is written
        await app.stored()
        (decision,) = app.live.whole.where(Decision, id="D3")
        blocks = app.live.whole.where(Block, session=app.live.session_id)
        done = {
            "a line": set_field(decision, "text", "Decided otherwise"),
            "the clock": start(blocks, blocks[0].id, app.live.clock()),
        }
        step = Step(done[what], "other", AT)
        await asyncio.wrap_future(app.app.storage.call(lambda store: store.commit("norvane", step)))
        await begin_sealing(app)
        await app.press("y", "enter")
        await app.wait_until(lambda: app.told.endswith("so the session is not sealed: seal it again."))
        assert "SEALED" not in app.rows[0]
        assert not app.live.closed
        assert not [toast for toast in app.app._notifications if toast.message.startswith("Sealed")]


@pytest.mark.parametrize(
    ("session", "place", "text", "is_told"),
    [
        ("S2", "alliance:capture", "d: We start in", True),
        ("S2", "tech:Risk/R1/text", "They may", True),
        ("S2", "alliance:capture", " ", False),
        ("S2", "left at S2", "B9\n0\n", False),
        ("S1", "alliance:capture", "d: We start in", False),
    ],
)
async def test_what_another_has_half_typed_is_told_before_the_seal_without_its_words(
    norvane: Path, session: str, place: str, text: str, *, is_told: bool
) -> None:
    with closing(Store.open(norvane)) as store:
        store.join("norvane", OnlinePresence("elsewhere", "mirela", session, "", AT))
        store.save_draft("norvane", "mirela", place, text)
    async with driving(norvane, account="norvane", size=(120, 40)) as app:
        await app.wait_until(lambda: bool(app.live.others), "the other is heard of")
        await to_seal(app)
        await begin_sealing(app)
        told = "mirela has typed something that is not entered yet"
        assert (told in " ".join(app.text.replace("│", " ").split())) is is_told
        assert not text.strip() or text not in app.text


async def test_who_begins_to_type_while_the_seal_is_asked_about_is_told_before_it_is_sealed(
    norvane: Path,
) -> None:
    with closing(Store.open(norvane)) as store:
        store.join("norvane", OnlinePresence("elsewhere", "mirela", "S2", "", AT))
    async with driving(norvane, account="norvane", size=(120, 40)) as app:
        await app.wait_until(lambda: bool(app.live.others), "the other is heard of")
        await to_seal(app)
        await begin_sealing(app)
        assert "mirela has typed" not in app.text
        with closing(Store.open(norvane)) as store:
            store.save_draft("norvane", "mirela", "alliance:capture", "d: We start in")
        await app.press("y", "enter")
        await app.wait_until(lambda: app.shows("mirela has typed"), "it is asked once more")
        assert app.shows("Seal this session?")
        assert not is_sealed(app.live.whole, "S2")
        await app.press("y", "enter")
        await app.wait_until(lambda: is_sealed(app.live.whole, "S2"), "it is sealed with what is known")


async def test_a_session_opens_by_its_record_after_the_account_went_on(
    sample: AccountPlan, tmp_path: Path
) -> None:
    path = tmp_path / "w.db"
    seed(path, reworded(sealed(sample, "S1"), "Decided otherwise since"))
    store = Store.open(path)
    (first,) = sample.where(Decision, id="D1")
    store.commit("norvane", Step(set_field(first, "text", "Not a priority any more"), "me", AT))
    store.close()
    async with driving(path, at=LATER, size=(120, 40)) as app:
        await app.wait_until(lambda: "sealed" in app.text, "the library marks it")
        await app.press("down", "down", "enter")
        await app.wait_until(lambda: app.app.workshop is not None and app.app.screen is app.app.workshop)
        assert app.live.session_id == "S1"
        assert "SEALED 9 Jun 2026 09:47" in app.rows[0]
        await app.to_block(BlockKind.CLOSING)
        await app.press("ctrl+home")
        assert "Norvane confirmed" in app.text
        assert "Not a priority" not in app.text


async def test_a_seal_made_by_somebody_else_closes_the_open_session_at_once(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        whole = app.live.whole
        step = Step(seal_now(whole, "S2", seal="e9", at=AT, journal=app.live.reached), "other", AT)
        await app.wait_until(lambda: app.app.storage.call(lambda store: store.commit("norvane", step)))
        await app.wait_until(lambda: "SEALED" in app.rows[0], "the other's seal is here")
        assert app.live.closed


async def test_a_damaged_record_is_told_when_the_session_opens(sample: AccountPlan, tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    seed(path, damaged(sealed(sample), "{}"))
    async with driving(path, account="norvane") as app:
        assert app.told.startswith("The sealed record doesn't match its SHA-256")
        assert "RECORD DAMAGED" in app.rows[0]
        assert app.live.closed


# Sealed by somebody else while one types


async def seal_elsewhere(app: Driven) -> None:
    await app.stored()
    seal = seal_now(app.live.whole, "S2", seal="e9", at=AT, journal=app.live.reached)
    step = Step(seal, "other", AT)
    await asyncio.wrap_future(app.app.storage.call(lambda store: store.commit("norvane", step)))
    await app.wait_until(lambda: app.live.closed, "the other's seal is here")


async def reopen_elsewhere(app: Driven) -> None:
    step = Step(reopen_session(app.live.whole, "S2", AT, "Forgot a risk"), "other", AT)
    await asyncio.wrap_future(app.app.storage.call(lambda store: store.commit("norvane", step)))
    await app.wait_until(lambda: not app.live.closed, "it is open again")


@pytest.mark.parametrize("leaves", ["escape", "ctrl+q"])
@pytest.mark.parametrize("audience", [ALLIANCE, CUSTOMER])
async def test_what_is_typed_in_a_cell_while_another_seals_is_a_draft(
    norvane: Path, leaves: str, audience: str
) -> None:
    async with driving(norvane, account="norvane") as app:
        app.workspace[Audience].look_as(audience)
        await app.to_block(BlockKind.VALUE)
        await app.press("a")
        await app.type_text("Written before")
        await app.stored()
        await seal_elsewhere(app)
        told = SEALED if audience == ALLIANCE else "Nothing can be changed here now."
        await app.wait_until(lambda: app.told.startswith(f"{told} What you type stays as a draft"))
        assert audience == ALLIANCE or "seal" not in app.text.lower()
        await app.type_text(" and typed since")
        await app.press(leaves)
        await app.stored()
    async with driving(norvane, account="norvane") as app:
        assert app.workspace[Drafts].all() == {}
        await reopen_elsewhere(app)
        await app.wait_until(app.workspace[Drafts].all)
        assert "Written before and typed since" in app.workspace[Drafts].all().values()


@pytest.mark.parametrize(
    ("name", "keys", "follows"),
    [
        ("Jonty", ["escape"], False),
        ("Jonty", ["enter", "escape"], False),
        ("Jonty", ["tab", "escape"], False),
        ("Dev", ["escape"], True),
    ],
)
async def test_what_is_typed_to_choose_by_while_another_seals_is_a_draft(
    norvane: Path, name: str, keys: list[str], *, follows: bool
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        row = next(row for row in app.live.view.all(Action) if row.owner == "P2")
        await app.go(f"Action/{row.id}", "Owner", "main", "enter")
        await app.type_text(name)
        await seal_elsewhere(app)
        await app.wait_until(lambda: "What you type stays as a draft" in app.told)
        await app.press(*keys)
        assert not app.editor.is_open
        assert app.shows(f"✎ {app.cell}")
        await reopen_elsewhere(app)
        await app.wait_until(app.workspace[Drafts].all)
        await app.press("enter", "escape")  # looked at alone
        assert app.workspace[Drafts].all()
        await app.press("enter", "enter")
        if follows:
            assert app.workspace[Drafts].all()  # till it is answered who may see it
            await app.press("enter")
        assert app.live.view.get(Action, row.id) != row
        assert not app.workspace[Drafts].all()


async def test_a_choice_that_is_marked_while_another_seals_is_a_draft_of_its_name(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        row = next(row for row in app.live.view.all(Action) if row.owner)
        await app.go(f"Action/{row.id}", "Owner", "main", "enter")
        await seal_elsewhere(app)
        await app.press("down", "enter")
        name = app.editor.typed
        assert app.shows("✗ This session is sealed")
        await app.press("escape")
        assert list(app.workspace[Drafts]._typed().values()) == [name]


async def test_that_a_choice_for_several_rows_is_not_kept_while_another_seals_is_said(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        (row, *_) = app.live.view.all(Action)
        await app.go(f"Action/{row.id}", "Owner")
        await app.press("m", "m", "up", "enter")
        await app.type_text("Dev")
        await seal_elsewhere(app)
        await app.wait_until(lambda: app.told.endswith("not kept once you leave the field."))


async def test_a_new_row_that_another_has_sealed_is_not_said_to_be_dropped(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("a")
        await app.type_text("Written before")
        await app.wait_until(lambda: app.live.whole.where(Action, title="Written before"), "it is saved")
        await seal_elsewhere(app)
        await app.press("escape")
        assert not app.editor.is_open
        assert app.live.view.where(Action, title="Written before")
        assert not app.shows("is dropped")


async def test_what_is_typed_in_the_capture_line_while_another_seals_is_a_draft(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        await app.type_text("a: Written")
        await seal_elsewhere(app)
        await app.wait_until(lambda: "What you type stays as a draft" in app.told)
        await app.type_text(" and typed since", "enter")
        await app.wait_until(
            lambda: app.shows("✗ Not added. This session is sealed"), "it is said why it isn't taken"
        )
        await app.press("escape")
        await reopen_elsewhere(app)
        await app.press("f2")
        assert app.shows("a: Written and typed since")
        await app.press("enter")
        titles = {action.title for action in app.live.view.all(Action)}
        assert "Written and typed since" in titles


async def test_a_line_that_waits_in_a_sealed_session_is_told(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.press("f2")
        await app.type_text("p: the very last word of the day")
        await seal_elsewhere(app)
        await app.type_text("", "enter")
        await app.wait_until(lambda: app.shows("✗ Not added. This session is sealed"))
        await app.press("escape")
        assert "✎ 1 waits" in app.rows[0]
        await app.stored()
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.wait_until(
            lambda: app.shows("1 line waits until this session is opened again"), "on opening"
        )
        assert "✎ 1 waits" in app.rows[0]
        await app.press("f2")
        assert app.told == f"{SEALED} Until then 1 line waits: «p: the very last word of the day»."
        app.workspace[Audience].look_as(CUSTOMER)
        await app.press("f2")
        assert "✎" not in app.rows[0]
        assert app.told == "Nothing can be changed here now."


# Earlier seals, and errata


async def test_an_earlier_seal_is_opened_from_the_seal_view_and_an_erratum_stands_beside_it(
    sample: AccountPlan, empty: Path
) -> None:
    first = sealed(sample)
    again = reworded(apply(first, Step(reopen_session(first, "S2", AT, "Reworded"))), "Sealed a secnod time")
    seed(empty, sealed(again, seal="e2"))
    async with driving(empty, account="norvane", size=(100, 30)) as app:
        await app.to_block(BlockKind.CLOSING)
        await app.go("Decision/D3")
        await app.press("E")
        await app.wait_until(lambda: app.shows("Put right: decision"), "it is asked for")
        await app.press("end", "ctrl+u")
        await app.type_text("Sealed a second time", "ctrl+s")
        await app.wait_until(lambda: app.shows("Put right beside the seal"), "it is put right")
        assert app.shows("Sealed a secnod time")
        assert app.live.whole.where(Decision, id="D3")[0].text == "Sealed a second time"
        app.workspace.stage._hush()
        assert app.shows("Put right since: decision: «Sealed a secnod time» → «Sealed a second time»")
        assert app.shows("✱ D3  Sealed a secnod time")  # marked in its table, too
        await app.press("down")
        assert app.shows("✱ D3  Sealed a secnod time")
        await app.press("up")
        assert app.shows("✱ Put right since: «Sealed a second time»")  # beneath the words in large type
        await app.press("v", "5")
        assert app.shows("✱ Put right since · 1")
        await app.go("seals/e1")
        await app.press("enter")
        await app.quiet()
        assert app.shows("(1 of 2)")
        await app.press("v", "1")
        assert app.shows("Option O1 is the opening offer")
        with pytest.raises(Refused, match="sealed earlier"):
            app.live.commit(lambda plan: set_field(plan.account, "headline", "Changed"))
        await app.press("v", "5")
        await app.go("seals/e1")
        await app.press("enter")
        await app.quiet()
        assert not app.shows("(1 of 2)")
        assert app.live.closed == SEALED
