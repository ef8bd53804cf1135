"""What opens, warns or covers: library, dialogs, editor, panels, audiences, against accepted pictures.

When looks are meant to change: `pytest tests/snapshots --snapshot-update`, then look at each new picture.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.app.driver import AT, Driven
from tests.snapshots.conftest import Looks
from tests.snapshots.pictures import LARGE, SMALL, Picture, Size, block, cell, looked_at, once, typed
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.step import Step, set_field
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store

PEOPLE, VALUE, ACTIONS = BlockKind.STAKEHOLDERS, BlockKind.VALUE, BlockKind.ACTIONS
CLOSING, OPENING = BlockKind.CLOSING, BlockKind.OPENING


async def collide(driven: Driven) -> None:
    """Have somebody else change a title that is then changed here."""
    mine = driven.live.whole.all(Stakeholder)[0]
    theirs = Step(set_field(mine, "title", "Group Chief Executive"), "mirela", AT)
    driven.live.see("burst")
    await asyncio.wrap_future(driven.app.storage.call(lambda store: store.commit("norvane", theirs)))
    await driven.wait_until(lambda: driven.live.whole.all(Stakeholder)[0].title == "Group Chief Executive")
    driven.live.commit(lambda _plan: set_field(mine, "title", "CEO"), undo_group="burst")


async def lock(driven: Driven) -> None:
    """Have the database refuse all that is written from now on."""

    def refuse(store: Store) -> None:
        def commit(*_: object) -> None:
            raise StoreError("The database sessions/workshops.db is busy: close what else uses it.")

        store.commit = commit  # type: ignore[assignment,method-assign]

    await asyncio.wrap_future(driven.app.storage.call(refuse))


async def let_in(driven: Driven) -> None:
    """Have the customer be in the room for the discovery block, in which some views are ours."""
    block_ = next(b for b in driven.workspace.blocks() if b.kind is BlockKind.DISCOVERY)
    driven.live.commit(lambda _plan: set_field(block_, "visibility", CUSTOMER))


async def freeze(driven: Driven) -> None:
    """Have the account be looked at as on the sample's day."""
    driven.live.commit(lambda plan: set_field(plan.account, "as_of", "2026-06-09"))


async def foreign_file(_driven: Driven) -> None:
    """Put a JSON file of something else where the app runs."""
    await asyncio.to_thread(Path("orders.json").write_text, '{"orders": []}', "utf-8")


@looked_at(
    Picture(
        "library",
        "You should see Norvane Bank with its two sessions, open and overdue counts, and where the data lie.",
        account=None,
        until="Session 2",
    ),
    Picture(
        "library-empty",
        "You should see how to begin the first account or bring one in.",
        empty=True,
        until="No accounts yet",
        sizes=(SMALL,),
    ),
    Picture(
        "new-account",
        "You should see an empty form with a line for each thing asked, and what each is for.",
        ("n",),
        until="Second partner",
        empty=True,
        sizes=(SMALL,),
    ),
    Picture(
        "new-account-wrong",
        "You should see an error beneath each wrong line, and what was typed.",
        (
            *("n", once("Second partner"), typed("Norvane Bank"), "tab"),
            *(typed("Quillhaven"), "tab", typed("Quillhaven"), "ctrl+s"),
        ),
        until="Both partners have this name",
        empty=True,
        sizes=(LARGE,),
    ),
    Picture(
        "new-session",
        "You should see the account's name, a date and a playbook.",
        ("s",),
        until="New session",
        account=None,
        sizes=(SMALL,),
    ),
    Picture(
        "import-wrong",
        "You should see beneath the file's name what is wrong with it.",
        (foreign_file, "i", once("File"), typed("orders.json"), "enter"),
        until="✗",
        account=None,
        sizes=(SMALL,),
    ),
)
def test_library(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)


@looked_at(
    Picture(
        "editor-text",
        "You should see the answer open over its cell, wrapped, with the keys that keep it.",
        (*block(VALUE, "3"), "enter"),
        until="Enter keep",
        sizes=(SMALL,),
    ),
    Picture(
        "editor-choice",
        "You should see the four statuses with a key and a meaning each, the present one marked.",
        (*block(VALUE, "3"), cell("Priya", "Status"), "enter"),
        until="Enter choose",
        sizes=(LARGE,),
    ),
    Picture(
        "editor-reference",
        "You should see only the people whose names hold what was typed, with their firms.",
        (*block(ACTIONS), cell("Action/A08", "Owner"), "enter", typed("an")),
        until="Hana",
        sizes=(SMALL,),
    ),
    Picture(
        "editor-date-wrong",
        "You should see beneath the date that there is no such day, and what was typed.",
        (*block(ACTIONS), cell("Action/A08", "Due"), "enter", "ctrl+u", typed("31 feb"), "enter"),
        until="✗",
        sizes=(SMALL,),
    ),
    Picture(
        "draft",
        "You should see a pencil in the cell whose date is not saved yet.",
        (*block(ACTIONS), cell("Action/A08", "Due"), "enter", "ctrl+u", typed("31 feb"), "escape"),
        until="✎",
        sizes=(SMALL,),
    ),
    Picture(
        "conflict",
        "You should see the other person's title and yours, and be asked which, or both.",
        (*block(PEOPLE), collide),
        until="Keep both",
        sizes=(SMALL,),
    ),
    Picture(
        "frozen",
        "You should see in the bar, in another colour, at which day the account is frozen.",
        (freeze,),
        until="frozen",
        sizes=(SMALL,),
    ),
    Picture(
        "undo",
        "You should see in a word what was taken back.",
        (*block(PEOPLE), cell("Stakeholder/ST01", "All"), "+", "ctrl+z"),
        until="Undone:",
        sizes=(SMALL,),
    ),
    Picture(
        "not-saved",
        "You should see in red that it is not saved, and why.",
        (lock, *block(PEOPLE), cell("Stakeholder/ST01", "All"), "+"),
        until="NOT SAVED",
        sizes=(SMALL,),
    ),
)
def test_editing(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)


@looked_at(
    Picture("agenda", "You should see the agenda beside the stage.", ("o",), until="▶", sizes=(SMALL,)),
    Picture("gaps", "You should see the gaps, the first with what to do.", ("g",), sizes=(SMALL,)),
    Picture(
        "gaps-focused",
        "You should see the cursor on a gap and what to do about it.",
        ("tab", "down", "down"),
        sizes=(LARGE,),
    ),
    Picture(
        "prompts",
        "You should see what the half-day playbook has the facilitator say in this block.",
        ("s", once("Held on"), "ctrl+s", once("To be there"), "p"),
        until="Say in one sentence",
        account=None,
        sizes=(SMALL,),
    ),
    Picture(
        "capture",
        "You should see an action typed as one line, and beneath it what it is understood as.",
        (*block(ACTIONS), "f2", typed("Call the auditor @Jonty by fri")),
        until="auditor",
        sizes=(SMALL,),
    ),
    Picture("help", "You should see every key with what it does and its id.", ("f1",), until="Esc closes"),
    Picture(
        "palette",
        "You should see the commands that hold what was typed.",
        ("ctrl+p", once("Search for commands"), typed("ex")),
        until="Export",
        sizes=(SMALL,),
    ),
    Picture(
        "export",
        "You should see for whom, as what and into which file, what is held back, and how it reads.",
        ("e",),
        until="Held back",
        sizes=(SMALL,),
    ),
    Picture(
        "curtain", "You should see nothing of the workshop.", ("f5",), until="One moment", sizes=(SMALL,)
    ),
)
def test_around(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)


@looked_at(
    Picture(
        "customer-value",
        "You should see what the bank's people said to be shared, no gaps and nothing of ours.",
        (*block(VALUE, "3"), "f4"),
        until="● SHARED",
    ),
    Picture(
        "customer-agenda",
        "You should see the one block that is the customer's too.",
        ("f4", "o"),
        until="● SHARED",
        sizes=(SMALL,),
    ),
    Picture(
        "customer-closed",
        "You should see the customer's objectives, and not that there are other views of this block.",
        (let_in, *block(BlockKind.DISCOVERY, "f4", once("● SHARED"))),
        until="New customer objective",
        sizes=(SMALL,),
    ),
    Picture(
        "audiences",
        "You should see who may be let look, each with a key.",
        ("f4", once("● SHARED"), "shift+f4"),
        until="Who may look",
        sizes=(SMALL,),
    ),
    Picture(
        "audiences-typed",
        "You should see three that have what is typed, the first highlighted, and what is typed beneath.",
        ("f4", once("● SHARED"), "shift+f4", once("Who may look"), "l"),
        until="› l · 1 of 3",
        sizes=(SMALL,),
    ),
    Picture(
        "partner-forms",
        "You should see the lines of both firms that Quillhaven may see, under its name.",
        (
            *block(BlockKind.DISCOVERY, "2"),
            "f4",
            once("● SHARED"),
            "shift+f4",
            once("Who may look"),
            "1 enter",
        ),
        until="QUILLHAVEN",
        sizes=(LARGE,),
    ),
)
def test_audience(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)


STAKEHOLDERS = block(PEOPLE, "down", "down")


@looked_at(
    Picture(
        "light",
        "You should see the table dark on light, all signs as readable as on the dark theme.",
        STAKEHOLDERS,
        theme="workshop-light",
        sizes=(LARGE,),
    ),
)
def test_light(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)


@looked_at(
    Picture(
        "no-color",
        "You should see the same without colour: cursor, signs and badge.",
        STAKEHOLDERS,
        sizes=(SMALL,),
    ),
)
def test_no_color(picture: Picture, size: Size, looks_right: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    looks_right(picture, size)
