"""A whole workshop, from an empty database to the exported plan, typed with the keyboard alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from markdown_it import MarkdownIt

from tests.app.driver import AT, Driven, driving
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, AnswerStatus, BlockKind, Horizon, Standing
from workshop_tui.domain.lifecycle.seal import SEALED
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.discovery import Bullet, Objective, Score
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.session import Decision, Parking, Presence, Seal, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan

PURPOSE = "Agree the first joint offer, and who asks whom for what."
TEAM = {
    "quillhaven": ["Rowan Achterberg", "Mirela Sandoval-Pike"],
    "stratalume": ["Lucía Brightwater", "Gideon Farrowmere"],
}
BULLETS = {
    "Fourteen of 22 services are short of evidence.": ("a", "alliance"),
    "The fee dispute of 2024 is still open.": ("q", "quillhaven"),
    "Platform team are keen users.": ("c", "customer"),
    "Discount floor agreed for this year.": ("s", "stratalume"),
}
OBJECTIVE = "Every important service survives the loss of one supplier."
PEOPLE = {  # name: (title, reports to, style, influence, sentiment, confidence, evidence, owner)
    "Ingrid Solvane": ("Chief Executive", "", "e", "5", "1", "a", "no direct word", "Rowan"),
    "Marcus Hale-Obi": ("Chief Financial Officer", "ingr", "d", "5", "0", "o", "asked for a range", "Rowan"),
    "Priya Vantongeren": ("Chief Risk Officer", "ingr", "n", "5", "2", "o", "agreed to meet", "Mirela"),
    "Dev Rathmore": ("Head of Resilience", "priya", "a", "3", "-", "r", "asked us in", "Mirela"),
}
ANSWERS = [  # person, text, personal reason, success, horizon, status, visibility
    ("Ingrid", "No headline with our name in it.", "Her last year in office", "A quiet year", "l", "h", "a"),
    ("Priya", "Evidence for all 22 services by December.", "Signs it herself", "A pass", "s", "v", "c"),
    ("Dev", "A supplier lost on a Monday goes unnoticed.", "Wants time for drills", "Drills", "s", "v", "c"),
    ("Marcus", "Anything that also removes run cost.", "Answers to the board", "Less cost", "l", "h", "a"),
    ("Dev", "Two firms at once must not mean two plans.", "Sits in both", "One plan", "s", "h", "c"),
]
ACTIONS = [  # title, owner, accountable, due as typed, due, milestone, stakeholder, visibility
    ("Send the written read-back", "Mirela", "Rowan", "fri", "2026-06-12", "Validated", "Dev", "c"),
    ("Give a cost range for payments", "Lucía", "Gideon", "+2w", "2026-06-23", "Cost given", "Marcus", "a"),
    ("Settle the fee dispute of 2024", "Rowan", "Rowan", "10 jul", "2026-07-10", "Cleared", "Marcus", "q"),
    ("Hold the three-way meeting", "Mirela", "Rowan", "eom", "2026-06-30", "Validated", "Priya", "c"),
    ("Review the discount with sales", "Lucía", "Gideon", "q3", "2026-09-30", "Cost given", "Priya", "s"),
]
DECISION = "Evidence first is the opening offer."
PARKED = "Who speaks to the board committee"


async def test_typed_exported_closed_and_there_again(empty: Path, tmp_path: Path) -> None:
    async with driving(empty, size=(80, 24)) as app:
        await _begin(app)
        await _opening(app)
        await _discovery(app)
        await _stakeholders(app)
        await _value(app)
        await _actions(app)
        await _closing(app)
        for audience, down in ((CUSTOMER, 0), (ALLIANCE, 3)):
            await _export(app, tmp_path / f"{audience}.md", down)
        whole = app.live.whole
    _holds_everything(whole)
    _is_the_alliances((tmp_path / "alliance.md").read_text("utf-8"))
    _is_the_customers((tmp_path / "customer.md").read_text("utf-8"))
    later = AT + dt.timedelta(days=1)
    async with driving(empty, at=later) as app:
        await app.wait_until(lambda: "Norvane Bank" in app.text)
        await app.press("enter")
        await app.wait_until(lambda: app.app.workshop is not None and app.app.screen is app.app.workshop)
        assert app.live.whole == whole
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.told == SEALED, "the undo is refused")
        assert app.live.whole == whole


async def _begin(app: Driven) -> None:
    await app.name_account()
    await app.press("ctrl+s")
    await app.wait_until(lambda: app.app.workshop is not None and app.app.screen is app.app.workshop)


async def _opening(app: Driven) -> None:
    await app.press("v", "1")  # a new session opens on what is to be prepared
    await app.fill("Purpose", "", PURPOSE)
    await app.to_view("2")
    for party, names in TEAM.items():
        await app.go(f"new/{party}")
        await app.add(*names)
    await app.go("Gideon", "Here")
    for there in (3, 4):  # who is typed in is here; a tick takes him out and brings him back
        await app.press("space")
        assert len(app.live.view.all(Presence)) == there


async def _discovery(app: Driven) -> None:
    await app.to_block(BlockKind.DISCOVERY)
    criteria = [row.id for row in app.sheet().table.rows if row.id.startswith("Criterion/")]
    for number, criterion in enumerate(criteria):
        await app.pick(criterion, "Quillhaven", str(number % 5 + 1))
        await app.pick(criterion, "Stratalume", "3")
    await app.press("v", "2")  # a digit alone would score
    await app.go("new/quillhaven")
    await app.add(*BULLETS)
    for text, (key, _) in BULLETS.items():
        await app.pick(text, "Visible to", key)
    await app.to_view("3")
    await app.add(OBJECTIVE)
    await app.pick(OBJECTIVE, "Visible to", "c")
    await app.to_view("4")
    await app.pick("Quillhaven", "Standing now", "3")
    await app.pick("Quillhaven", "Standing wanted", "4")


async def _stakeholders(app: Driven) -> None:
    await app.to_block(BlockKind.STAKEHOLDERS)
    await app.add(*PEOPLE)
    for name, (title, boss, style, influence, feels, sure, evidence, owner) in PEOPLE.items():
        await app.fill(name, "Title", title)
        await app.pick("Social style", "", style, "card")
        await app.pick("Influence", "", influence, "card")
        await app.pick("To the alliance", "", feels, "card")
        await app.pick("  confidence", "", sure, "card")
        await app.fill("  evidence", "", evidence, "card")
        await app.fill("Quillhaven owner", "", owner, "card")
        if boss:
            await app.fill("Reports to", "", boss, "card")


async def _value(app: Driven) -> None:
    await app.to_block(BlockKind.VALUE)
    answer = "Answer, in their words"
    for number, (person, text, personal, success, horizon, status, visibility) in enumerate(ANSWERS):
        if number < 3:  # asked one by one: this one's first question
            await app.to_view("1")
            await _step_to(app, person)
            await app.fill("What must go right", answer, text)
        else:  # on the board: the next question, asked of this person
            if number == 3:
                await app.to_view("2")
            await app.go(person)
            await app.press("right", "enter")
            await app.type_text(text, "enter")
        if not app.sheet("card").display:  # as in a small terminal, until it is asked for
            await app.press("c")
        await app.go("Personal reason", "", "card", "enter")
        await app.tab_through(personal, success, "")
        await app.press(horizon, "enter")
        await app.pick("Status", "", status, "card")
        await app.pick("Visible to", "", visibility, "card")


async def _step_to(app: Driven, person: str) -> None:
    for _ in PEOPLE:
        if person in str(app.widget("#head").render()):
            return
        await app.press("]")
    raise AssertionError(person)


async def _actions(app: Driven) -> None:
    await app.to_block(BlockKind.ACTIONS)
    for title, owner, accountable, typed, _, milestone, stakeholder, visibility in ACTIONS:
        await app.press("a")
        await app.tab_through(title, owner, accountable)
        await app.type_text(typed, "enter")
        await app.fill("Milestone", "", milestone, "card")
        await app.fill("Stakeholder", "", stakeholder, "card")
        await app.pick("Visible to", "", visibility, "card")
        await app.to_sheet("main")


async def _closing(app: Driven) -> None:
    await app.to_block(BlockKind.CLOSING)
    await app.add(DECISION)
    shown = [title for title, *_, visibility in ACTIONS if visibility in "ac"]
    for line in (f"D1  {DECISION}", *shown):
        await app.go(line, "✓")
        await app.press("space")
    await app.to_view("2")
    await app.add(PARKED)
    await app.fill(PARKED, "Owner", "Gideon")
    await app.fill(PARKED, "By", "+1w")
    await app.to_view("5")
    await app.go("Seal", "", "main", "enter")
    await app.wait_until(lambda: "Seal this session?" in app.text)
    await app.press("y", "enter")
    await app.stored()
    assert app.live.is_saved
    assert "SEALED 9 Jun 2026 09:47" in app.text


async def _export(app: Driven, path: Path, down: int) -> None:
    await app.press("e")
    await app.wait_until(lambda: "Export the joint action plan" in app.text)
    await app.press("space", *("down",) * down, "enter", "tab", "tab", "tab")
    await app.type_text(str(path))
    await app.press("ctrl+s")
    await app.wait_until(path.exists, "it is exported")
    await app.wait_until(lambda: app.app.screen is app.workshop, "the dialog is gone")


def _holds_everything(plan: AccountPlan) -> None:
    assert (plan.account.name, [p.short for p in plan.partners]) == (
        "Norvane Bank",
        ["Quillhaven", "Stratalume"],
    )
    assert {m.name: m.party for m in plan.all(Member)} == {n: p for p, names in TEAM.items() for n in names}
    assert len(plan.all(Presence)) == 4
    assert [s.purpose for s in plan.all(Session)] == [PURPOSE]
    assert len(plan.all(Score)) == 10
    assert {b.text: b.visibility for b in plan.all(Bullet)} == {
        text: who for text, (_, who) in BULLETS.items()
    }
    assert [(o.text, o.visibility) for o in plan.all(Objective)] == [(OBJECTIVE, CUSTOMER)]
    ours = plan.get(Party, "quillhaven")
    assert ours is not None
    assert (ours.standing, ours.wanted) == (Standing.PARTNER, Standing.TRUSTED_ADVISOR)
    assert len(plan.all(Stakeholder)) == len(plan.all(Reading)) == len(plan.all(Tie)) == len(PEOPLE)
    for person in plan.all(Stakeholder):
        title, boss, _, influence, _, _, evidence, owner = PEOPLE[person.name]
        (reading,), (tie,) = (
            plan.where(Reading, stakeholder=person.id),
            plan.where(Tie, stakeholder=person.id),
        )
        assert (person.title, str(person.influence), reading.evidence) == (title, influence, evidence)
        assert plan.name_of(Stakeholder, person.reports_to).lower().startswith(boss)
        assert plan.name_of(Member, tie.owner).startswith(owner)
    heard = {answer.text: answer for answer in plan.all(Answer)}
    for person_name, text, personal, success, horizon, status, visibility in ANSWERS:
        said = heard[text]
        assert plan.name_of(Stakeholder, said.stakeholder).startswith(person_name)
        assert (said.personal, said.success) == (personal, success)
        assert said.horizon is (Horizon.SHORT if horizon == "s" else Horizon.LONG)
        assert said.status is (AnswerStatus.VALIDATED if status == "v" else AnswerStatus.HEARD)
        assert (said.validated_on is not None) is (status == "v")
        assert said.visibility == (CUSTOMER if visibility == "c" else ALLIANCE)
    for made, (title, owner, accountable, _, due, milestone, person_name, visibility) in zip(
        plan.all(Action), ACTIONS, strict=True
    ):
        assert (made.title, str(made.due), made.milestone) == (title, due, milestone)
        assert plan.name_of(Member, made.owner).startswith(owner)
        assert plan.name_of(Member, made.accountable).startswith(accountable)
        assert plan.name_of(Stakeholder, made.stakeholder).startswith(person_name)
        assert made.confirmed_on == (AT.date() if visibility in "ac" else None)
    assert [(d.text, d.confirmed_on) for d in plan.all(Decision)] == [(DECISION, AT.date())]
    assert [(p.text, str(p.due)) for p in plan.all(Parking)] == [(PARKED, "2026-06-16")]
    assert len(plan.all(Seal)) == 1


def _inline(markdown: str) -> list[str]:
    return [
        token.content
        for token in MarkdownIt("commonmark").enable("table").parse(markdown)
        if token.type == "inline"
    ]


def _has(lines: list[str], *parts: str) -> bool:
    return any(all(part in line for part in parts) for line in lines)


def _is_the_alliances(markdown: str) -> None:
    lines = _inline(markdown)
    assert _has(lines, "Norvane Bank")
    assert _has(lines, PURPOSE)
    assert all(_has(lines, name) for names in TEAM.values() for name in names)
    assert _has(lines, OBJECTIVE)
    for _, text, personal, success, *_ in ANSWERS:
        assert _has(lines, text)
        assert _has(lines, personal)
        assert _has(lines, success)
    for title, owner, accountable, _, due, milestone, _, visibility in ACTIONS:
        day = format_date(dt.date.fromisoformat(due)) if due else ""
        assert _has(lines, "[ ]", title, owner, accountable, day) is (visibility in "ac"), title
        assert visibility in "qs" or _has(lines, title, milestone)
    assert _has(lines, DECISION)
    assert _has(lines, PARKED, "Gideon Farrowmere", "16 Jun 2026")


def _is_the_customers(markdown: str) -> None:
    lines = _inline(markdown)
    assert _has(lines, OBJECTIVE)
    for _, text, personal, _, _, _, visibility in ANSWERS:
        assert _has(lines, text) is (visibility == "c"), text
        assert personal not in markdown
    for title, *_, visibility in ACTIONS:
        assert _has(lines, "[ ]", title) is (visibility == "c"), title
    for hidden in (PURPOSE, DECISION, PARKED, *BULLETS, "asked for a range", "What is missing"):
        assert hidden not in markdown
