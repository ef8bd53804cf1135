"""A whole session of a new account along README's steps, in which each key says what it is meant to change.

A log is kept of every Step that reaches the database, with the keys that were pressed for it. A Step that
those keys were not meant for fails the test, as does a key that did less than it was meant to, and whatever
stands in the plan at the end that nobody has typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.app.driver import AT, Driven, driving
from workshop_tui.domain.base.dates import format_short
from workshop_tui.domain.base.entity import Entity, Json, Ref
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, AnswerStatus, BlockKind, Sentiment
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.discovery import Bullet, Criterion, Score
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.session import Block, Decision, Presence, Seal, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Remove, Step, apply, target
from workshop_tui.store.store import Store
from workshop_tui.tui.screens.curtain import MOMENT

PURPOSE = "One joint offer that the bank can say yes to"
ROWAN, MIRELA = "Rowan Achterberg", "Mirela Sandoval-Pike"
LUCIA, GIDEON = "Lucía Brightwater", "Gideon Farrowmere"
TEAM = {"Quillhaven": (ROWAN, MIRELA), "Stratalume": (LUCIA, GIDEON)}
SCORES = {"Quillhaven": "413", "Stratalume": "253"}
"""Firm → what it gives the first criteria."""
BULLETS = ("Fourteen of 22 services lack evidence.", "The platform team are keen users.")
PEOPLE = """\
Ingrid Solvane, Chief Executive @Rowan @Gideon #econ %expr all+1 inf5
Marcus Hale-Obi, Chief Financial Officer >Ingrid @Rowan @Lucía #econ %anal all-1 inf5
Priya Vantongeren, Chief Risk Officer >Ingrid @Mirela @Gideon #champ %anal all+2 inf5
Tomasz Lindqvar, Chief Operating Officer >Ingrid @Rowan @Lucía #coach %driv quill+1 strat-1 inf4
Elena Marchetti-Roe, Chief Information Officer >Tomasz @Mirela @Gideon #tech %driv all0 inf4
Dev Rathmore, Head of Operational Resilience >Priya @Mirela @Lucía #champ %amia all+2 inf3
Saoirse Kelleran, Head of Regulatory Reporting >Marcus @Rowan @Gideon #user %anal all+1 inf3
Yuki Tanemura, Head of Cloud Platform >Elena @Mirela @Gideon #coach %expr all+2 inf2
Farah Nouriel, Chief Procurement Officer >Marcus @Rowan @Lucía #tech %driv all-2 inf4
Leif Brandvold, Head of Internal Audit >Ingrid @Mirela @Lucía #infl %anal all0 inf4
Nadia Okonjo-Wells, Programme Director >Tomasz @Rowan @Gideon #user %amia all+1 inf3
Ana Pires, Head of Payments >Tomasz @Rowan @Lucía #user %expr all+1 inf4""".splitlines()
"""The customer's people as they are typed, and beneath as they must stand in the plan then."""
FIRMS = {"quillhaven": "quill", "stratalume": "strat"}
"""Firm → the start of its name that is typed."""
ANSWERS = (
    (1, 0, "Evidence for all 22 services by December"),
    (2, 1, "One plan and one status meeting"),
    (3, 0, "No second outage with our name on it"),
)
"""How often `]` is pressed for the person and `j` for the question from where one stands, and the answer."""
ACTIONS = (
    # title, owner, who answers for it, due; as typed: owner, accountable, due
    ("Send the written read-back", MIRELA, ROWAN, "2026-06-12", "mir", "row", "fri"),
    ("Give a cost range for the payments work", LUCIA, GIDEON, "2026-06-23", "luc", "gid", "+2w"),
    ("Settle the fee dispute of last year", ROWAN, ROWAN, "2026-07-10", "row", "row", "10 jul"),
    ("Hold the first three-way meeting", MIRELA, ROWAN, "2026-06-30", "mir", "row", "eom"),
    ("Review the discount with both sales teams", LUCIA, GIDEON, "2026-06-16", "Luc", "Gid", "+1w"),
    ("Name one contact for every open incident", GIDEON, LUCIA, "2026-06-12", "Gid", "Luc", "fri"),
    ("Draft the evidence plan for the regulator", ROWAN, MIRELA, "2026-06-19", "Row", "Mir", "19 jun"),
    ("Invite the audit team to the next workshop", MIRELA, MIRELA, "2026-06-30", "Mir", "Mir", "eom"),
)
IN_ROWS = 4
"""How many of the actions are typed into rows as README says; the others are capture lines."""
DECISION = "Evidence first is the opening offer"
PER_CHARACTER = 1.1
"""Keys that may be pressed for a character of what is said."""


@dataclass(frozen=True)
class Logged:
    """A Step, and the keys after which it was there."""

    keys: str
    step: Step


@dataclass
class Watched(Driven):
    """A keyboard of which each key says what it is meant to change; all others may change nothing."""

    steps: list[Step] = field(default_factory=list)
    """Those that have reached the database, in their order."""
    log: list[Logged] = field(default_factory=list)
    meant: tuple[str, ...] = ()
    since: int = 0
    """How many Steps there were when the keys that are pressed now were given their meaning."""
    pressed: int = 0
    made: AccountPlan = field(default_factory=lambda: AccountPlan.of(()))
    """What the Steps of the log come to."""

    async def _send(self, *keys: str) -> None:
        self.pressed += len(keys)
        await super()._send(*keys)
        if self.app.workshop:
            await self.app.workshop.live.save()
        await self.stored()
        pressed = "".join(key if len(key) == 1 else f"⟨{key}⟩" for key in keys)
        for step in self.steps[len(self.log) :]:
            self.log.append(Logged(pressed, step))
            self.made = apply(self.made, step)
            since = [change for logged in self.log[self.since :] for change in logged.step.changes]
            done = {each.partition(" ")[0] for each in _netto(since, self.made)}
            unmeant = done - {each.partition(" ")[0] for each in self.meant}
            assert not unmeant, f"{pressed} was meant for {self.meant or 'nothing'}, but changed {unmeant}"

    @contextmanager
    def meaning(self, *meant: str) -> Iterator[None]:
        """Have the keys within change exactly this: «+Member Rowan», «Member.name Rowan», «Block.started».

        Without a name behind it, it may be any row and as many as there are, but one at least.
        """
        self.meant, self.since = meant, len(self.log)
        yield
        changes = [change for logged in self.log[self.since :] for change in logged.step.changes]
        done = set(_netto(changes, self.made))
        named = {each for each in meant if " " in each}
        any_of = set(meant) - named
        assert named <= done, (named - done, done)
        others = {each.partition(" ")[0] for each in done - named}
        assert others == any_of, (others, any_of, done)
        self.meant, self.since = (), len(self.log)


def _told(change: Change) -> str:
    kind, _ = target(change)
    match change:
        case Add():
            return f"+{kind.__name__}"
        case Remove():
            return f"-{kind.__name__}"
        case _:
            return f"{kind.__name__}.{change.name}"


def _netto(changes: Sequence[Change], plan: AccountPlan) -> Iterator[str]:
    """Yield what changes come to, each with the name of its row: a row is saved from its first letter on."""
    added = {target(change) for change in changes if isinstance(change, Add)}
    for change in changes:
        kind, key = target(change)
        if isinstance(change, Add) or (kind, key) not in added:
            row = change.row if isinstance(change, Remove) else plan.get(kind, *key)
            yield f"{_told(change)} {_name(row, plan)}".strip()


def _name(row: Entity | None, plan: AccountPlan) -> str:
    """Return what a row is called, or what it is about."""
    if row is None:
        return ""
    for name in ("name", "title", "text"):
        if said := getattr(row, name, ""):
            return str(said)
    about = type(row).KEY[-1]
    for kind in KIND.values():
        refers = any(m == Ref(kind.__name__) for m in type(row).fields[about].marks)
        if refers and (other := plan.get(kind, getattr(row, about))):
            return _name(other, plan)
    return ""


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """Every Step that reaches the database, whichever way."""
    found: list[Step] = []
    commit = Store.commit

    def kept(self: Store, account: str, step: Step, *args: Any, **more: Any) -> Any:
        done = commit(self, account, step, *args, **more)
        found.append(step)
        return done

    monkeypatch.setattr(Store, "commit", kept)
    return found


async def test_a_whole_session_in_which_no_key_changes_what_it_was_not_meant_for(
    empty: Path,
    tmp_path: Path,
    steps: list[Step],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    async with driving(empty) as app:
        keys = Watched(app.app, app.pilot, steps)
        await _begin(keys)
        begun = keys.live.whole
        await _opening(keys)
        await _discovery(keys)
        people = await _people(keys)
        await _cover(keys)
        await _value(keys)
        rows, lines = await _actions(keys)
        await _closing(keys)
        await _export(keys)
        whole = keys.live.whole
        journal = await keys.live.lately()
    assert [logged.step.changes for logged in keys.log] == [step.changes for step in journal]
    assert keys.made == whole
    _is_what_was_typed(begun, whole)
    typed = {
        "12 people, by the capture line": (people, _said_of_people(whole)),
        "4 actions, in rows": (rows, _said_of_actions(whole, ACTIONS[:IN_ROWS])),
        "4 actions, by the capture line": (lines, _said_of_actions(whole, ACTIONS[IN_ROWS:])),
    }
    pressed, said = (sum(each) for each in zip(*typed.values(), strict=True))
    print({**typed, "keys a character": round(pressed / said, 2)})  # noqa: T201 - a figure to be read
    assert pressed / said <= PER_CHARACTER


async def test_a_key_that_changes_what_it_was_not_meant_for_is_caught(
    norvane: Path, steps: list[Step]
) -> None:
    async with driving(norvane, account="norvane") as app:
        keys = Watched(app.app, app.pilot, steps, made=app.live.whole)
        await keys.to_block(BlockKind.DISCOVERY)
        criterion = keys.live.whole.all(Criterion)[0].text
        await keys.go(criterion, "Quillhaven")
        with pytest.raises(AssertionError, match="1 was meant for nothing, but changed"):
            await keys.press("1")
        with pytest.raises(AssertionError, match=r"Score\.score"), keys.meaning("Bullet.text"):
            await keys.press("2")
        with pytest.raises(AssertionError, match="Bullet"), keys.meaning("Score.score", "Bullet.text"):
            await keys.press("3")


async def _begin(app: Watched) -> None:
    await app.name_account()
    made = ("+Account Norvane Bank", "+Party", "+Session", "+Block", "+Criterion", "+Question")
    with app.meaning(*made):
        await app.press("enter", "enter")  # the day, the playbook
        await app.wait_until(lambda: app.app.workshop is not None and app.app.screen is app.app.workshop)


async def _opening(app: Watched) -> None:
    await app.press("v", "1")
    await app.go("Purpose", "", "main", "enter")
    with app.meaning("Session.purpose"):
        await app.type_text(PURPOSE, "enter")
    await app.to_view("2")
    for firm, names in TEAM.items():
        await app.go(f"new/{firm.lower()}")
        await app.press("a")
        for name in names:
            with app.meaning(f"+Member {name}", f"+Presence {name}"):
                await app.type_text(name, "enter")
        await app.press("escape")
    await app.go("Gideon", "Here")
    with app.meaning(f"-Presence {GIDEON}"):
        await app.press("space")
    with app.meaning(f"+Presence {GIDEON}"):
        await app.press("space")
    await app.press("f7")
    with app.meaning("Block.started"):
        await app.press("s", "enter")


async def _next(app: Watched, kind: BlockKind) -> None:
    """Go on with the clock until a block of a kind is open."""
    while (block := app.workspace.block) and block.kind is not kind:
        shared = "Session.audience" if app.live.audience != CUSTOMER and _is_shared_next(app) else ""
        with app.meaning(*filter(None, ("Block.started", shared))):
            await app.press("n")
        assert app.workspace.block != block


def _is_shared_next(app: Watched) -> bool:
    """Whether the block behind the one that is open is the customer's: to come to it shares the screen."""
    blocks = app.workspace.blocks()
    after = blocks[[block.id for block in blocks].index(app.workspace.block.id) + 1]  # type: ignore[union-attr]
    return after.visibility == CUSTOMER


async def _discovery(app: Watched) -> None:
    await _next(app, BlockKind.DISCOVERY)
    criteria = app.live.whole.all(Criterion)
    for firm, digits in SCORES.items():
        for criterion, digit in zip(criteria, digits, strict=False):
            await app.go(criterion.text, firm)
            with app.meaning(f"+Score {firm}"):
                await app.press(digit)
    await app.press("v", "2")
    await app.go("new/quillhaven")
    await app.press("a")
    for text in BULLETS:
        with app.meaning(f"+Bullet {text}"):
            await app.type_text(text, "enter")
    await app.press("escape")


async def _people(app: Watched) -> int:
    """Type the people; return how many keys that took."""
    await _next(app, BlockKind.STAKEHOLDERS)
    before = app.pressed
    await app.press("f2")
    for line in PEOPLE:
        name = line.partition(",")[0]
        with app.meaning(f"+Stakeholder {name}", "+Tie", "+Reading"):
            await app.type_text(line, "enter")
    await app.press("escape")
    return app.pressed - before


async def _cover(app: Watched) -> None:
    """Cover the screen; what is pressed meanwhile is lost, and said to be."""
    await _next(app, BlockKind.BREAK)
    await app.press("f5")
    assert [row.strip() for row in app.rows if row.strip()] == [MOMENT]
    await app.press("a", "x", "n", "delete", "5", "ctrl+z", "space", "enter")
    await app.type_text("typed beneath the curtain", "enter")
    covered = [row.strip() for row in app.rows if row.strip()]
    assert covered == [MOMENT, "Keys do nothing here: F5 lifts this."]
    await app.press("f5")
    assert MOMENT not in app.text


async def _value(app: Watched) -> None:
    await _next(app, BlockKind.VALUE)
    await app.press("f4")
    assert app.live.audience == CUSTOMER
    for people, questions, text in ANSWERS:
        await app.press(*"]" * people, *["down"] * questions, "enter")
        with app.meaning(f"+Answer {text}"):
            await app.type_text(text, "enter")
    await app.press("v", "4")
    for _ in ANSWERS:
        with app.meaning("Answer.status", "Answer.validated_on"):
            await app.press("space")
    await app.press("shift+f4")
    assert "Who may look?" in app.text
    with app.meaning("Session.audience"):
        await app.press("a", "enter")
    assert app.live.audience == ALLIANCE


async def _actions(app: Watched) -> tuple[int, int]:
    """Type the actions into rows and as lines; return how many keys either took."""
    await _next(app, BlockKind.ACTIONS)
    before = app.pressed
    for title, *_, owner, accountable, due in ACTIONS[:IN_ROWS]:
        await app.press("a")
        with app.meaning(f"+Action {title}"):
            await app.type_text(title, "tab")
            await app.type_text(owner, "enter")
        for name, value in (("accountable", accountable), ("due", due)):
            await app.press("right", "enter")
            with app.meaning(f"Action.{name} {title}"):
                await app.type_text(value, "enter")
    in_rows, before = app.pressed - before, app.pressed
    await app.press("f2")
    for title, *_, owner, accountable, due in ACTIONS[IN_ROWS:]:
        with app.meaning(f"+Action {title}"):
            await app.type_text(f"{title} @{owner} !{accountable} by {due}", "enter")
    await app.press("escape")
    by_line = app.pressed - before
    for title, *_ in ACTIONS[:2]:
        await app.go(title)
        await app.press("d", "v", "enter")
        with app.meaning(f"Action.visibility {title}"):
            await app.press("c", "enter")
    return in_rows, by_line


async def _closing(app: Watched) -> None:
    await _next(app, BlockKind.CLOSING)
    await app.press("a")
    with app.meaning(f"+Decision {DECISION}"):
        await app.type_text(DECISION, "enter")
    await app.press("escape")
    await app.go(f"D1  {DECISION}")
    for kind, text in (("Decision", DECISION), *(("Action", title) for title, *_ in ACTIONS)):
        with app.meaning(f"{kind}.confirmed_on {text}"):
            await app.press("y")
    await app.press("v", "5")
    await app.press("enter")
    await app.wait_until(lambda: "Seal this session?" in app.text)
    with app.meaning("+Seal", "Block.started"):  # a seal pauses the clock
        await app.press("y", "enter")


async def _export(app: Watched) -> None:
    await app.press("e")
    await app.wait_until(lambda: "Export the joint action plan" in app.text)
    await app.press("ctrl+s")
    await app.wait_until(lambda: any(Path.cwd().glob("*.md")), "it is exported")


def _without(row: Entity, names: set[str]) -> dict[str, Json]:
    return {name: value for name, value in row.plain().items() if name not in names}


def _is_what_was_typed(begun: AccountPlan, plan: AccountPlan) -> None:
    """Hold the plan against what was typed, and all that was not typed against how the account began."""
    typed = (Member, Presence, Score, Bullet, Stakeholder, Tie, Reading, Answer, Action, Decision, Seal)
    for kind in {*begun.rows, *plan.rows} - {*typed, Block, Session}:
        assert plan.all(kind) == begun.all(kind), kind
    clock = {"started", "spent"}
    for kind, name in ((Block, clock), (Session, {"purpose"})):
        told = [[_without(row, name) for row in whole.all(kind)] for whole in (begun, plan)]
        assert told[0] == told[1]
    assert [session.purpose for session in plan.all(Session)] == [PURPOSE]
    team = {firm: [m.name for m in plan.all(Member) if _of(plan, Party, m.party) == firm] for firm in TEAM}
    assert team == {firm: list(names) for firm, names in TEAM.items()}
    assert len(plan.all(Presence)) == len(plan.all(Member))
    scores = {(s.criterion, _of(plan, Party, s.party)): str(s.score) for s in plan.all(Score)}
    criteria = [criterion.id for criterion in plan.all(Criterion)]
    assert scores == {(criteria[n], firm): d for firm, ds in SCORES.items() for n, d in enumerate(ds)}
    assert [(b.text, _of(plan, Party, b.party)) for b in plan.all(Bullet)] == [
        (text, "Quillhaven") for text in BULLETS
    ]
    assert [_line(plan, person) for person in plan.all(Stakeholder)] == PEOPLE
    answers = [(a.text, a.status, a.visibility, a.validated_on) for a in plan.all(Answer)]
    day = AT.date()
    assert answers == [(text, AnswerStatus.VALIDATED, CUSTOMER, day) for *_, text in ANSWERS]
    actions = [
        (a.title, _of(plan, Member, a.owner), _of(plan, Member, a.accountable), str(a.due), a.confirmed_on)
        for a in plan.all(Action)
    ]
    assert actions == [(*action[:4], day) for action in ACTIONS]
    assert [a.visibility for a in plan.all(Action)] == [CUSTOMER] * 2 + [ALLIANCE] * 6
    assert [(d.text, d.confirmed_on) for d in plan.all(Decision)] == [(DECISION, day)]
    assert len(plan.all(Seal)) == 1


def _of(plan: AccountPlan, kind: type[Entity], key: str | None) -> str:
    row = plan.get(kind, key) if key else None
    return (row.short if isinstance(row, Party) else _name(row, plan)) if row else ""


def _first(plan: AccountPlan, kind: type[Entity], key: str | None) -> str:
    return _of(plan, kind, key).partition(" ")[0]


def _starts(sign: str) -> set[str]:
    """Return what was typed behind a sign in the people's lines."""
    return {word[1:] for line in PEOPLE for word in line.split() if word.startswith(sign)}


def _line(plan: AccountPlan, person: Stakeholder) -> str:
    """Return the line that somebody was typed by, from what is in the plan."""
    boss = _first(plan, Stakeholder, person.reports_to)
    owners = [_first(plan, Member, tie.owner) for tie in plan.where(Tie, stakeholder=person.id)]
    role = next(typed for typed in _starts("#") if person.role and person.role.label.startswith(typed))
    style = next(typed for typed in _starts("%") if person.style.label.startswith(typed))
    felt = [
        (FIRMS.get(reading.toward, reading.toward), reading.value)
        for reading in plan.where(Reading, stakeholder=person.id)
    ]
    signs = [f"{toward}{f'{value:+d}' if value else '0'}" for toward, value in felt if value is not None]
    parts = [
        *([f">{boss}"] if boss else []),
        *(f"@{owner}" for owner in owners),
        *(f"#{role}", f"%{style}", *signs, f"inf{person.influence}"),
    ]
    return f"{person.name}, {person.title} {' '.join(parts)}"


def _said_of_people(plan: AccountPlan) -> int:
    """Return the characters that a room says for what was typed of the people.

    Name and title whole; manager and owners by their first names; role, style and sentiment as words;
    influence as its figure. No blanks between them, nor words such as «reports to».
    """
    return sum(len("".join(_words(plan, person))) for person in plan.all(Stakeholder))


def _words(plan: AccountPlan, person: Stakeholder) -> Iterator[str]:
    yield from (person.name, person.title, _first(plan, Stakeholder, person.reports_to))
    yield from (person.role.label if person.role else "", person.style.label, str(person.influence))
    yield from (_first(plan, Member, tie.owner) for tie in plan.where(Tie, stakeholder=person.id))
    for reading in plan.where(Reading, stakeholder=person.id):
        yield Sentiment(reading.value).label if reading.value is not None else ""


def _said_of_actions(plan: AccountPlan, actions: Sequence[tuple[str, ...]]) -> int:
    """Return the characters that a room says for actions: what, two first names, the day as in «12 Jun»."""
    found = [action for action in plan.all(Action) if action.title in {each[0] for each in actions}]
    assert len(found) == len(actions)
    return sum(
        len(action.title)
        + len(_first(plan, Member, action.owner) + _first(plan, Member, action.accountable))
        + len(format_short(action.due, AT.date()) if action.due else "")
        for action in found
    )
