"""README's way from an empty database to an exported plan, key by key, as its own sentences name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.driver import AT, Driven, driving
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, AnswerStatus, BlockKind
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.discovery import Score
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Seal
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.step import target
from workshop_tui.live.live_plan import LivePlan

README = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8")
WAY = README.partition("## From an empty database to an exported plan")[2].partition("\n## ")[0]
STEPS = tuple(" ".join(step.split()) for step in re.split(r"^\d+\. ", WAY, flags=re.MULTILINE)[1:])

TYPED: tuple[dict[str, str], ...] = (
    {"the customer": "Norvane Bank", "your firm": "Quillhaven", "the other firm": "Stratalume"},
    {"a name": "Rowan Achterberg", "the next name": "Mirela Sandoval-Pike"},
    {},
    {"a name": "Dev Rathmore", "the title": "Head of Operational Resilience"},
    {"the answer in their words": "No second outage"},
    {},
    {
        "what will be done": "Send the written read-back",
        "a few letters of the owner": "mir",
        "who answers for it": "row",
    },
    {},
    {},
    {},
)
"""Of each step: words of README → what is typed there."""
GOES = {
    "On «Here»": ("Rowan Achterberg", "Here"),
    "a digit on a firm's cell": ("", "Quillhaven"),
    "On a name": ("", "Name"),
}
"""Words of README → the row and the column that the cursor is taken to by the arrows."""
TWICE = "`c` shows or hides"
"""Words of README that tell of a key that is pressed twice: there and back."""
BLOCKS = re.compile(r"In (discovery|stakeholders|value|actions|closing)\b")
_KEY = re.compile(
    r"\b(?:Shift\+|Ctrl\+)*(?:Tab|Enter|Esc|Space|Home|End|F\d+|(?<=\+)[A-Z])(?![\w+])|`[^`]+`|[↓↑]"
)
_NAMES = {"esc": "escape", "↓": "down", "↑": "up"}


def told(step: str, typed: dict[str, str]) -> Iterator[str]:
    """Yield what a step of README says to do, in its order: keys, and the words it stands for."""
    words = "|".join(map(re.escape, (*typed, *GOES, TWICE)))
    return (found[0] for found in re.finditer(rf"(?:{words})(?!\w)|{BLOCKS.pattern}|{_KEY.pattern}", step))


async def do(app: Driven, said: str, typed: dict[str, str]) -> None:
    """Do what a step says."""
    if said in GOES:
        row, column = GOES[said]
        await app.go(row or app.sheet().table.rows[0].id, column)
        if "digit" in said:
            await app.press("4")
    elif block := BLOCKS.fullmatch(said):
        await app.to_block(BlockKind(block[1]))
    elif said in typed:
        await app.type_text(typed[said])
    elif said == TWICE:
        await app.press("c", "c")
    elif not said.startswith("`"):
        key = said.lower()
        await app.press(_NAMES.get(key, key))
    elif len(key := said.strip("`")) == 1:
        await app.press(key)
    elif key != "workshop-tui":
        await app.type_text(key)


KINDS: tuple[set[str], ...] = (
    set(),  # the account, before its plan is open
    {"Member", "Presence"},
    {"Score"},
    {"Stakeholder"},
    {"Answer", "Session"},
    {"Answer", "Session"},
    {"Action"},
    {"Action"},
    {"Action", "Answer", "Seal"},
    set(),
)
"""What each step of README may change: for whom the screen is cut stands in the session."""


async def changed(live: LivePlan, since: int) -> set[str]:
    """Return the kinds of rows that the Steps behind a number of the journal have changed."""
    steps = [step for step in await live.lately() if step.number > since]
    return {target(change)[0].__name__ for step in steps for change in step.changes}


async def test_the_readmes_own_way_works_as_it_is_written(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(STEPS) == len(KINDS)
    monkeypatch.chdir(tmp_path)
    async with driving(empty) as app:
        await app.wait_until(lambda: "No accounts yet" in app.text)
        number = 0
        for step, typed, kinds in zip(STEPS, TYPED, KINDS, strict=True):
            said = tuple(told(step, typed))
            meant = {words for words in (*GOES, TWICE) if words in step}
            assert {*typed, *meant} <= set(said), step
            for each in said:
                await do(app, each, typed)
            await app.wait_until(lambda: app.app.workshop is not None, "the session is open")
            await app.live.save()
            await app.quiet()
            if number:
                assert await changed(app.live, number) <= kinds, (step, await changed(app.live, number))
            number = app.live.number
            _came_of(app, STEPS.index(step) + 1)
        await app.wait_until(lambda: _written(tmp_path), "it is exported")
    (written,) = _written(tmp_path)
    assert "Send the written read-back" in written


def _written(folder: Path) -> list[str]:
    return [path.read_text("utf-8") for path in folder.glob("*.md")]


def _came_of(app: Driven, step: int) -> None:
    """Hold what README promises of a step."""
    plan = app.live.whole
    match step:
        case 1:
            assert plan.account.name == "Norvane Bank"
            assert [party.short for party in plan.partners] == ["Quillhaven", "Stratalume"]
        case 3:
            assert [score.score for score in plan.all(Score)] == [4]
        case 4:
            (person,) = plan.all(Stakeholder)
            assert (person.name, person.title) == ("Dev Rathmore", "Head of Operational Resilience")
            assert person.role is None  # where `c` would have been a value
            assert app.sheet("card").has_focus
        case 5:
            assert app.live.audience == CUSTOMER
            assert [answer.text for answer in plan.all(Answer)] == ["No second outage"]
        case 6:
            assert app.live.audience == ALLIANCE
            assert [answer.status for answer in plan.all(Answer)] == [AnswerStatus.VALIDATED]
        case 7:
            (action,) = plan.all(Action)
            assert action.title == "Send the written read-back"
            assert str(action.due) == "2026-06-23"
            assert action.owner != action.accountable
            assert None not in {action.owner, action.accountable}
        case 8:
            assert [action.visibility for action in plan.all(Action)] == [CUSTOMER]
        case 9:
            assert [action.confirmed_on for action in plan.all(Action)] == [AT.date()]
            assert len(plan.all(Seal)) == 1
        case _:
            pass
