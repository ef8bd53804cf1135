"""Somebody else has changed the same field: both texts, one question, nothing lost and nothing told."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.app.driver import AT, Driven, driving
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, removal, set_field, undoing
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.store.store import Store
from workshop_tui.tui.features.audience import Audience


def person(plan: AccountPlan, row: str = "ST02") -> Stakeholder:
    return plan.where(Stakeholder, id=row)[0]


def another_sets(path: Path, name: str, value: Json, row: str = "ST02") -> None:
    """Have somebody else change a field of a person."""
    with closing(Store.open(path)) as store:
        plan, _ = store.load("norvane")
        store.commit("norvane", Step(set_field(person(plan, row), name, value), "mirela", AT))


async def clash(app: Driven, path: Path, theirs: str, mine: str) -> None:
    """Type a title over one that another changes meanwhile, and leave the field."""
    await app.go("Marcus", "Title", "main", "enter")
    another_sets(path, "title", theirs)
    await app.wait_until(lambda: person(app.live.whole).title == theirs, "the other's title is there")
    await app.type_text(mine)
    await app.wait_until(lambda: "Somebody else has changed this too" in app.beneath, "it is told beneath")
    assert app.editor.typed == f"Chief Financial Officer{mine}"  # what is typed is not disturbed
    await app.press("enter")


async def saved_and_overwritten(app: Driven, path: Path) -> None:
    """Type behind a title, which is saved as it is typed, and have another type over that."""
    await app.go("Marcus", "Title", "main", "enter")
    await app.type_text(" SECRETWORDS")
    await app.wait_until(lambda: person(app.live.whole).title.endswith("SECRETWORDS"), "it is saved")
    await app.stored()
    another_sets(path, "title", "Treasurer")
    await app.wait_until(lambda: person(app.live.whole).title == "Treasurer", "the title is there")
    assert app.editor.typed == "Chief Financial Officer SECRETWORDS"


async def test_both_texts_are_shown_and_one_is_chosen_or_both_are_joined(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await clash(app, norvane, "Treasurer", " too")
        await app.wait_until(lambda: app.shows("Changed by mirela too"), "it is asked")
        assert app.shows("Title of «Marcus Hale-Obi»")
        assert app.shows("Theirs  Treasurer")
        assert app.shows("Yours   Chief Financial Officer too")
        assert person(app.live.whole).title == "Treasurer"
        await app.press("b", "enter")
        await app.wait_until(lambda: person(app.live.whole).title.endswith("; Chief Financial Officer too"))
        assert await app.live.drafts() == {}
        await app.press("ctrl+z")
        await app.wait_until(lambda: person(app.live.whole).title == "Treasurer", "joining is one's own Step")


@pytest.mark.parametrize("leave", ["enter", "tab", "escape", "shift+tab", "ctrl+l"])
async def test_what_was_saved_already_and_another_has_put_words_over_is_asked_about(
    norvane: Path, leave: str
) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await saved_and_overwritten(app, norvane)
        assert "Somebody else has changed this too" in app.beneath
        await app.press(leave)  # and not another letter
        if leave in {"tab", "shift+tab"}:
            assert app.editor.is_open  # who goes on to type is not disturbed
            assert list((await app.live.drafts()).values()) == ["Chief Financial Officer SECRETWORDS"]
            await app.press("escape")
        await app.wait_until(lambda: app.shows("Changed by mirela too"), "it is asked")
        assert app.shows("Theirs  Treasurer")
        assert app.shows("Yours   Chief Financial Officer SECRETWORDS")
        await app.press("m", "enter")
        await app.wait_until(lambda: person(app.live.whole).title.endswith("SECRETWORDS"), "mine stays")
        assert await app.live.drafts() == {}
        await app.press("ctrl+z")
        await app.wait_until(lambda: person(app.live.whole).title == "Treasurer", "it is one's own Step")


async def test_what_another_has_put_words_over_is_asked_about_also_when_the_screen_is_shared_meanwhile(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await saved_and_overwritten(app, norvane)
        await app.press("f4")
        await app.wait_until(lambda: app.shows("Changed by somebody else too"), "it is asked")
        assert app.app.is_covered
        assert not app.shows("Stakeholder")  # the room sees the question alone
        await app.press("escape")
        assert app.app.screen is app.workshop
        assert person(app.live.whole).title == "Treasurer"
        assert list((await app.live.drafts()).values()) == ["Chief Financial Officer SECRETWORDS"]


async def test_the_curtain_lifts_once_it_is_answered_and_not_one_that_was_down_already(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await saved_and_overwritten(app, norvane)
        await app.press("f5", "f4", "c", "enter")  # to the customer, over the curtain
        await app.wait_until(lambda: app.shows("Changed by somebody else too"), "it is asked")
        assert app.app.is_covered
        await app.press("m", "enter")
        await app.wait_until(lambda: person(app.live.whole).title.endswith("SECRETWORDS"), "mine stays")
        assert not app.app.is_covered


async def test_half_a_sentence_is_not_read_on_a_screen_that_the_customer_looks_at(norvane: Path) -> None:
    with closing(Store.open(norvane)) as store:
        there = OnlinePresence("elsewhere", "rowan", "S2", "", AT, audience=CUSTOMER)
        store.join("norvane", there)
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        app.workspace[Audience].look_as(ALLIANCE)
        await app.wait_until(lambda: app.live.is_shared_elsewhere, "the other's screen is shared")
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Marcus", "Title", "main", "enter")
        await app.type_text(" who wav")
        app.editor.autosave()
        assert person(app.live.whole).title == "Chief Financial Officer"
        await app.stored()
        assert list((await app.live.drafts()).values()) == ["Chief Financial Officer who wav"]  # not lost
        await app.type_text("es us through", "enter")
        assert person(app.live.whole).title == "Chief Financial Officer who waves us through"
        await app.wait_until(lambda: app.live.is_saved, "it is saved")
        assert await app.live.drafts() == {}


async def test_who_has_only_looked_at_a_cell_is_not_asked_about_what_another_has_typed(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Marcus", "Title", "main", "enter")
        another_sets(norvane, "title", "Treasurer")
        await app.wait_until(lambda: person(app.live.whole).title == "Treasurer")
        assert "Somebody else" not in app.beneath
        await app.press("enter")
        assert app.app.screen is app.workshop
        assert person(app.live.whole).title == "Treasurer"
        await app.press("enter")
        await app.type_text(" and more")
        await app.wait_until(lambda: person(app.live.whole).title == "Treasurer and more", "it is saved")
        another_sets(norvane, "email", "marcus@norvane.example")  # and another field is nobody's loss
        await app.wait_until(lambda: person(app.live.whole).email == "marcus@norvane.example")
        await app.press("enter")
        assert app.app.screen is app.workshop
        assert await app.live.drafts() == {}


async def test_a_new_row_that_another_removes_while_its_name_stands_in_the_editor_stays_as_a_draft(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("a")
        await app.type_text("Ana")
        app.editor.autosave()
        await app.type_text(" Pires")  # saved by a Step of its own
        await app.wait_until(lambda: app.live.whole.where(Stakeholder, name="Ana Pires"), "she is saved")
        await app.stored()
        with closing(Store.open(norvane)) as store:
            plan, _ = store.load("norvane")
            (ana,) = plan.where(Stakeholder, name="Ana Pires")
            store.commit("norvane", Step(removal(plan, ana), "mirela", AT))
        await app.wait_until(lambda: not app.live.whole.where(Stakeholder, name="Ana Pires"), "she is gone")
        await app.press("enter", "escape")
        await app.wait_until(lambda: "What you typed waits in Stakeholders: a brings it in" in app.told)
        await app.press("a")
        assert app.editor.typed == "Ana Pires"


async def test_what_was_not_taken_stays_as_a_draft_that_counts_only_when_it_is_kept(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await clash(app, norvane, "Treasurer", " too")
        await app.wait_until(lambda: app.shows("Keep theirs"))
        await app.press("escape")
        assert "✎ Treasurer" in app.text
        for leave, title in (("escape", "Treasurer"), ("enter", "Chief Financial Officer too")):
            await app.press("enter")
            assert app.editor.typed == "Chief Financial Officer too"
            await app.press(leave)
            assert person(app.live.whole).title == title
        assert "✎" not in app.text


async def test_the_question_waits_for_the_curtain_and_tells_the_customer_nothing_hidden(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Marcus", "Title")
        app.live.see("burst")
        another_sets(norvane, "style", "driving")
        await app.wait_until(lambda: person(app.live.whole).style.value == "driving")
        await app.press("f5")
        app.live.commit(lambda plan: set_field(person(plan), "style", "amiable"), undo_group="burst")
        await app.quiet()
        assert not app.shows("Changed by")
        await app.press("f5")
        await app.wait_until(lambda: app.shows("Social style of «Marcus Hale-Obi»"))
        assert app.shows("Theirs  driving")
        await app.press("escape", "f4")
        app.live.commit(lambda plan: set_field(person(plan), "style", "expressive"), undo_group="burst")
        await app.quiet()
        assert app.app.screen is app.workshop
        assert not any(app.shows(word) for word in ("tyle", "mirela", "driving", "expressive", "Keep both"))
        app.workspace[Audience].look_as(ALLIANCE)
        await app.wait_until(lambda: app.shows("Social style of «Marcus Hale-Obi»"), "it has waited")


async def test_what_was_typed_for_a_row_that_has_gone_is_kept_for_a_new_one(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Marcus", "Name", "main", "enter")
        with closing(Store.open(norvane)) as store:
            plan, _ = store.load("norvane")
            store.commit("norvane", Step(removal(plan, person(plan)), "mirela", AT))
        await app.wait_until(lambda: not app.live.whole.where(Stakeholder, id="ST02"), "he is gone")
        await app.type_text(" Jr", "enter")
        told = (
            "mirela has removed the stakeholder «Marcus Hale-Obi». What you typed waits in Stakeholders: "
            "a brings it in as a new one. Once the other is back, it stands there (✎)."
        )
        await app.wait_until(lambda: told in app.told)
        await app.press("a")
        assert app.editor.typed == "Marcus Hale-Obi Jr"
        await app.press("escape")
        with closing(Store.open(norvane)) as store:
            (taken,) = store.next_undo("norvane", "mirela")
            store.commit("norvane", replace(undoing((taken,)), actor="mirela", at=AT))
        await app.wait_until(lambda: app.live.whole.where(Stakeholder, id="ST02"), "he is back")
        await app.wait_until(lambda: app.shows("✎ Marcus"), "what was typed stands there")
        await app.press("a")
        assert app.editor.typed == ""  # and nowhere else
        await app.press("escape")
        await app.go("Marcus", "Name", "main", "enter")
        assert app.editor.typed == "Marcus Hale-Obi Jr"
        await app.press("enter")
        assert person(app.live.whole).name == "Marcus Hale-Obi Jr"
        assert await app.live.drafts() == {}


async def test_what_was_typed_of_a_row_that_has_gone_is_told_and_stands_there_once_it_is_back(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Marcus", "Title", "main", "enter")
        with closing(Store.open(norvane)) as store:
            plan, _ = store.load("norvane")
            store.commit("norvane", Step(removal(plan, person(plan)), "mirela", AT))
        await app.wait_until(lambda: not app.live.whole.where(Stakeholder, id="ST02"), "he is gone")
        await app.type_text(" too", "enter")
        told = "«Chief Financial Officer too» is kept, and stands there again (✎) once that is back."
        await app.wait_until(lambda: told in app.told)
        with closing(Store.open(norvane)) as store:
            (taken,) = store.next_undo("norvane", "mirela")
            store.commit("norvane", replace(undoing((taken,)), actor="mirela", at=AT))
        await app.wait_until(lambda: app.live.whole.where(Stakeholder, id="ST02"), "he is back")
        await app.wait_until(lambda: app.shows("✎ Chief"), "what was typed stands there")


async def test_a_draft_says_what_of_another_it_would_take_the_place_of(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 32)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await clash(app, norvane, "Treasurer", " too")
        await app.wait_until(lambda: app.shows("Changed by mirela too"), "it is asked")
        await app.press("escape")
        await app.go("Marcus", "Title", "main", "enter")
        assert app.editor.typed == "Chief Financial Officer too"
        assert "Enter puts it in place of «Treasurer»." in " ".join(app.beneath.split())
        await app.press("escape")
        assert person(app.live.whole).title == "Treasurer"


async def test_of_the_marked_rows_the_one_that_another_has_changed_is_asked_about_and_the_others_are_set(
    norvane: Path,
) -> None:
    def actions() -> dict[str, Action]:
        return {one.id: one for one in app.live.whole.all(Action)}

    async with driving(norvane, account="norvane", size=(140, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("m", "m")
        await app.go("Three-way", "Due", "main", "enter")
        assert app.editor.edit is not None
        first, second = (part.place.split("/")[1] for part in app.editor.edit.parts)
        with closing(Store.open(norvane)) as store:
            plan, _ = store.load("norvane")
            (there,) = plan.where(Action, id=second)
            store.commit("norvane", Step(set_field(there, "due", "2026-08-01"), "mirela", AT))
        await app.wait_until(lambda: f"{actions()[second].due}" == "2026-08-01", "the other's day is there")
        await app.type_text("2026-09-15", "enter")
        await app.wait_until(lambda: app.shows("Changed by mirela too"), "it is asked")
        assert app.text.count("Theirs") == 1
        assert app.shows("Due of «Three-way meeting")
        assert f"{actions()[first].due}" == "2026-09-15"
        await app.press("escape")
        assert app.app.screen is app.workshop
        assert app.shows("What you typed waits in that row (✎): Esc unmarks, Enter there brings it")
        assert app.shows("✎ 1 Aug")
        assert list((await app.live.drafts()).values()) == ["2026-09-15"]
        await app.press("escape", "enter")
        assert app.editor.typed == "2026-09-15"
        await app.press("enter")
        assert f"{actions()[second].due}" == "2026-09-15"
        await app.press("ctrl+z")
        await app.wait_until(lambda: f"{actions()[second].due}" == "2026-08-01", "its own Step")
        await app.press("ctrl+z")
        await app.wait_until(lambda: f"{actions()[first].due}" == "2026-06-11", "and the others' before it")


async def test_a_title_typed_for_marked_people_is_asked_about_once_where_another_has_changed_it(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(140, 36)) as app:
        await app.to_people()
        await app.press("m", "m")
        await app.go("Marcus", "Title", "main", "enter")
        another_sets(norvane, "title", "Treasurer")
        await app.wait_until(
            lambda: person(app.live.whole).title == "Treasurer", "the other's title is there"
        )
        await app.type_text("Board")
        app.editor.autosave()
        await app.quiet()
        assert person(app.live.whole, "ST01").title == "Board"
        assert "Somebody else has changed this too" in app.beneath
        await app.press("enter")
        await app.wait_until(lambda: app.shows("Changed by mirela too"), "it is asked")
        assert app.text.count("Theirs") == 1
        await app.press("m", "enter")
        await app.wait_until(lambda: person(app.live.whole).title == "Board", "mine")
        assert app.app.screen is app.workshop
        assert await app.live.drafts() == {}


@pytest.mark.parametrize(
    ("column", "typed", "beneath", "told"),
    [
        ("Due", "9 jul", "Somebody else has removed this: what you type is kept", "«2026-07-09» is kept"),
        ("Due", "31 feb", "Somebody else has removed this: what you type is kept", "«31 feb» is kept"),
        ("Owner", "Zzyzx", "Somebody else has removed this: nothing can be set", "«Zzyzx» is kept"),
        (
            "Action",
            " too",
            "Somebody else has removed this: what you type is kept",
            "waits in Actions: a",
        ),
    ],
)
async def test_what_is_typed_into_a_row_that_another_removes_is_told_to_wait_where_it_does(
    norvane: Path, column: str, typed: str, beneath: str, told: str
) -> None:
    async with driving(norvane, account="norvane", size=(140, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A08", column, "main", "enter")
        await app.type_text(typed)
        app.editor.autosave()
        await app.stored()
        with closing(Store.open(norvane)) as store:
            plan, _ = store.load("norvane")
            (there,) = plan.where(Action, id="A08")
            store.commit("norvane", Step(removal(plan, there), "mirela", AT))
        await app.wait_until(lambda: not app.live.whole.where(Action, id="A08"), "it is gone")
        assert beneath in " ".join(app.beneath.split())
        await app.press("escape")
        await app.wait_until(lambda: told in app.told, told)
        assert len(await app.live.drafts()) == 1
        with closing(Store.open(norvane)) as store:
            (taken,) = store.next_undo("norvane", "mirela")
            store.commit("norvane", replace(undoing((taken,)), actor="mirela", at=AT))
        await app.wait_until(lambda: app.live.whole.where(Action, id="A08"), "it is back")
        await app.wait_until(lambda: app.shows("✎"), "what was typed stands there")
