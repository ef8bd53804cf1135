"""What people type is shown: each text that is kept, and all that a captured line says of a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, count

import pytest

from tests.app.canaries import every_kind
from tests.app.telling import Teller
from tests.domain.captures import read
from tests.views.plans import looked_at
from workshop_tui.domain.base.entity import Entity, holds_words
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import ALLIANCE, AccountStage
from workshop_tui.domain.capture.rows import FIGURES, GRAMMAR, PREFIXES
from workshop_tui.domain.model.account import Gate
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.session import Erratum, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.views.base import View, as_seen
from workshop_tui.views.block_views import STAGES
from workshop_tui.views.cell import Edit, RowAction

SHOWN_ELSEWHERE: Mapping[tuple[type[Entity], str], str] = {
    **{(Erratum, name): "it stands over the words of a sealed record" for name in Erratum.fields},
    (Session, "playbook"): "it is the name of a file; the agenda is what came of it",
    (Gate, "override"): "nobody can type it: why a gate was passed over is kept with the stage's entry",
}
"""Texts that no view shows, and why that is as it should be."""
TOKENS: Mapping[str, tuple[str, ...]] = {
    "s: Bo Lindh": (
        *(">Marcus", "@Mirela", "#user", "%driving", "inf4", "int2", "unit:Cards", "every:30"),
        *("vs:Fenwick", "left:5 jun", "after:Marcus", 'note:"asks first"'),
    ),
    "a: Send the cost range": ("@Mirela", "!Mirela", "^Marcus", '*"Cost given"', "~customer", "by 19 jun"),
    "v: Fewer outages ^Marcus": ("@Mirela", "~customer"),
    "p: Ask their lawyers": ("@Mirela", "~customer", "by 19 jun"),
    "d: Go on in June": ("*D5", "~customer"),
    "r: They may wait": ("@Mirela", '*"ask early"', "~customer", "by 19 jun", "lik3", "imp2"),
    "m: ^Priya @Rowan 2 jun": ("^Marcus", "@Mirela", 'next:"call in July"'),
    "t: Shorter queues": (
        *("for:obligations", "is:long", "worth:3m", "base:9", "real:250", "vs:Fenwick", "~customer"),
    ),
    "t: Shorter queues real:250": ("^Marcus", "on:1 jun"),
    "e: Drills held elsewhere": (*("firm:ps", "is:present", "worth:3m", "^Marcus", "on:1 jun", "~customer"),),
    "w: We know their regulator": ("in:industry", "firm:tech", '*"CR-7 gap"', "~customer"),
    "g: Drills for suppliers": (
        *("in:2028", "unit:Cards", "worth:3m", "for:obligations", "*workloads", "@Mirela", "is:begun"),
        "~customer",
    ),
}
"""A line that makes a row → what gives one more of its fields behind it."""
NEEDED = (Answer, "^")
"""There is no line without it."""


class Painted(Teller):
    """Tells what stands on the screen before anything is opened there: no editor, no menu."""

    def of(self, make: Callable[[], View]) -> str:
        """Return all that a view shows, subject by subject."""
        view, told = as_seen(make(), self.live), list[str]()
        for _ in range(max(len(view.subjects(self.live)), 1)):
            told += self._view(view)
            view.step(self.live, "", 1)
        return "\n".join(told)

    def _edit(self, _edit: Edit | None) -> Iterator[str]:
        return iter(())

    def _deeds(self, _row_actions: Iterable[RowAction]) -> Iterator[str]:
        return iter(())


def views(first: type[Entity] | None = None) -> list[Callable[[], View]]:
    """Return all views, those whose rows are of a kind in front."""
    every = dict.fromkeys(chain(*STAGES.values()))
    return sorted(every, key=lambda make: getattr(make(), "kind", None) is not first)


async def test_each_text_that_is_kept_stands_on_a_screen(grown: AccountPlan) -> None:
    numbers, typed = count(100), dict[str, tuple[type[Entity], str]]()

    def filled(row: Entity) -> Entity:
        kind, values = type(row), row.plain()
        for name in kind.fields:
            if holds_words(kind, name) and name not in row.KEY and (kind, name) not in SHOWN_ELSEWHERE:
                word = values[name] = f"word{next(numbers)}x"
                typed[word] = (kind, name)
        seen = {"visibility": ALLIANCE} if "visibility" in values else {}
        return validated(kind, {**values, **seen})

    said = Gate(stage=AccountStage.VALIDATED, party="ps", by="", on=dt.date(2026, 3, 1))
    painted = Painted(looked_at(AccountPlan.of(map(filled, (*every_kind(grown), said)))))
    told = "\n".join(map(painted.of, views()))
    shown = {place for word, place in typed.items() if word in told}
    assert [f"{kind.__name__}.{name}" for kind, name in typed.values() if (kind, name) not in shown] == []


def test_each_field_that_a_line_gives_is_tried() -> None:
    for letter, kind in PREFIXES.items():
        tokens = tuple(token for line in TOKENS if line[0] == letter for token in TOKENS[line])
        signs = {*GRAMMAR[kind], *(sign for sign, slot in FIGURES.items() if slot.kind is kind)}
        assert [
            sign for sign in signs if (kind, sign) != NEEDED and not any(t.startswith(sign) for t in tokens)
        ] == []


@pytest.mark.parametrize(
    ("line", "token"),
    [(line, token) for line, tokens in TOKENS.items() for token in tokens],
)
async def test_each_field_that_a_line_gives_stands_on_a_screen(
    grown: AccountPlan, line: str, token: str
) -> None:
    plan = AccountPlan.of((*grown, Objective(id="OB1", text="Meet the obligations", rank=1)))

    def typed(text: str) -> Painted:
        captured = read(text, plan)
        assert captured.problems == ()
        changes = captured.changes(plan, "S2", lambda: "new1")
        return Painted(looked_at(apply(plan, Step(changes)), session="S2"))

    without, given = typed(line), typed(f"{line} {token}")
    assert any(without.of(make) != given.of(make) for make in views(PREFIXES[line[0]]))
