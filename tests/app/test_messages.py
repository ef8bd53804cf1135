"""What is said to people: never an id, nothing hidden hinted at, one line where there is one line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.app.telling import Teller
from tests.views.plans import looked_at
from workshop_tui.domain.base.entity import MULTILINE, Entity, Json, marks, references, value_type
from workshop_tui.domain.base.validation import validated, with_values
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind, Sentiment
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.model.session import Seal
from workshop_tui.domain.plan.describe import NOT_SHOWN
from workshop_tui.domain.plan.plan import AccountPlan, display_name
from workshop_tui.domain.plan.step import Add, Change, Conflict, Refused, Remove, Set, Step, apply, removal
from workshop_tui.live.events import ConflictFound
from workshop_tui.store.store import Store
from workshop_tui.tui.features.conflicts import CHANGED, why_not
from workshop_tui.views.around import agenda, gap_list
from workshop_tui.views.block_views import STAGES
from workshop_tui.views.recent import newest_lines

MARK = "zq9"
HINTS = ("not shown", "hidden", "customer looks", "alliance only", "for others", "held back", "partner alone")
"""Words that tell whoever looks that there is more than they see."""


def with_marked_ids(plan: AccountPlan) -> AccountPlan:
    """The plan with ids that can be told from any word; those of accounts and partners people do type."""
    named = {Account, Party}
    known = [row for row in plan if "id" in type(row).fields and type(row) not in named]
    ids = {row.plain()["id"]: f"{MARK}{n:x}" for n, row in enumerate(known)}

    def marked(row: Entity) -> Entity:
        refers = {"id", *references(type(row))} - ({"id"} if type(row) in named else set())
        plain = row.plain()
        return validated(
            type(row),
            {**plain, **{name: ids.get(plain[name], plain[name]) for name in refers if name in plain}},
        )

    return AccountPlan.of(marked(row) for row in plan if not isinstance(row, Seal))


def _refused(plan: AccountPlan, change: Change) -> str:
    try:
        apply(plan, Step((change,)))
    except Refused as refused:
        return str(refused)
    return ""


def _wrong_changes(row: Entity) -> Iterator[Change]:
    kind = type(row)
    gone = tuple(f"{MARK}gone" for _ in row.key)
    yield Add(row)
    for name in kind.fields:
        old = row.plain()[name]
        other: Json = "x" if old is None else None
        yield Set(kind, gone, name, old, other)
        yield Set(kind, row.key, name, other, "other")
        yield Set(kind, row.key, name, old, "! no value of this field\n")
        if value_type(kind, name) is str and name not in {*kind.KEY, "visibility"}:
            yield Remove(replace(row, **{name: "other"}))


def test_no_refusal_of_a_change_shows_an_id(sample: AccountPlan) -> None:
    plan = with_marked_ids(sample)
    said = {_refused(plan, change) for row in plan for change in _wrong_changes(row)} - {""}
    assert len(said) > 30
    assert not [text for text in said if MARK in text]


def test_no_refusal_of_the_database_shows_an_id(sample: AccountPlan, tmp_path: Path) -> None:
    plan = with_marked_ids(sample)
    store = Store.open(tmp_path / "w.db")
    store.commit(plan.account.id, Step(tuple(Add(row) for row in plan)))
    refused = 0
    for row in {type(row): row for row in plan}.values():  # one of each kind, as its table is what refuses
        for name in references(type(row)).keys() - set(type(row).KEY):
            step = Step((Set(type(row), row.key, name, row.plain()[name], f"{MARK}gone"),))
            with pytest.raises(Refused) as caught:
                store.commit(plan.account.id, step)
            assert MARK not in str(caught.value)
            refused += 1
    store.close()
    assert refused > 25


@pytest.mark.parametrize("audience", ["alliance", "ps", CUSTOMER])
async def test_nothing_the_app_tells_shows_an_id(sample: AccountPlan, audience: str) -> None:
    teller = Teller(looked_at(with_marked_ids(sample), audience))
    told = [text for _, text in teller.views()] + [*teller.around(), *teller.removed(), *teller.conflicts()]
    assert len(told) > 100
    assert not [line for text in told for line in text.split("\n") if MARK in line]


async def test_what_is_told_before_the_customer_never_hints_at_more(sample: AccountPlan) -> None:
    teller = Teller(looked_at(sample, CUSTOMER))
    told = [text for _, text in teller.views()] + [*teller.removed(), *teller.conflicts()]
    told = [text for text in told if text != NOT_SHOWN]  # a sign for the app alone, which then says nothing
    assert not [(hint, text) for text in told for hint in HINTS if hint in text.lower()]


async def test_who_took_out_what_a_change_belongs_to_is_told_by_name(sample: AccountPlan) -> None:
    for audience, seen_by, said in (
        ("alliance", CUSTOMER, "mirela has removed the stakeholder «Priya Vantongeren»."),
        ("ps", "tech", "Somebody else has changed this meanwhile."),
        (CUSTOMER, CUSTOMER, CHANGED),
        (CUSTOMER, "ps", CHANGED),
    ):
        plan = AccountPlan.of(
            with_values(row, visibility=seen_by)
            if row.key == ("ST03",) and isinstance(row, Stakeholder)
            else row
            for row in sample
        )
        priya = plan.rows[Stakeholder]["ST03",]
        theirs = Step(removal(plan, priya), "mirela")
        live = looked_at(apply(plan, theirs), audience)
        live._theirs.append(theirs)
        reading = Reading(session="S2", stakeholder="ST03", toward="all", value=Sentiment.SUPPORTIVE)
        mine = Step((Add(reading),))
        assert why_not(live, ConflictFound(mine, Conflict("as the database says"))) == said


# One line


def with_line_breaks(plan: AccountPlan) -> AccountPlan:
    """The plan with a line break in each text that may have one."""

    def broken(row: Entity) -> Entity:
        kind = type(row)
        names = [name for name in kind.fields if MULTILINE in marks(kind, name)]
        return replace(row, **{name: f"{MARK}\n{getattr(row, name)}" for name in names})

    return AccountPlan.of(broken(row) for row in plan if not isinstance(row, Seal))


async def test_a_line_break_in_a_text_breaks_no_list_title_or_sentence(sample: AccountPlan) -> None:
    live = looked_at(with_line_breaks(sample))
    steps = tuple(Step((Add(row),)) for row in live.whole)
    views = (kind() for kind in dict.fromkeys(view for views in STAGES.values() for view in views))
    tables = [gap_list(live), agenda(live, ""), newest_lines(live, steps)]
    tables += [table for view in views if not (table := view.table(live)).form]
    told = [cell.text for table in tables for row in table.rows for cell in row.cells]
    told += [head for view in STAGES[BlockKind.VALUE] for head in [view().head(live)]]
    told += [
        text for row in live.view for text in (display_name(live.view, row), live.words((Step((Add(row),)),)))
    ]
    assert any(f"{MARK} " in text for text in told)
    assert not [text for text in told if f"{MARK}\n" in text]
