"""How an account and a session begin."""

import datetime as dt
import itertools
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.validation import Invalid, validated
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, DateOrder
from workshop_tui.domain.gaps.registry import RULES, rules_of
from workshop_tui.domain.lifecycle.start import (
    LONGEST_SHORT,
    RESERVED,
    partner_id,
    short_name,
    start_account,
    start_session,
    thawed,
)
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.discovery import Criterion
from workshop_tui.domain.model.playbook import Playbook
from workshop_tui.domain.model.session import Block, GapRule, Session
from workshop_tui.domain.model.value import Question
from workshop_tui.domain.plan.plan import AccountPlan, problems
from workshop_tui.domain.plan.step import Add, Change, Refused, Step, apply, set_field

DAY = dt.date(2026, 6, 9)
FIRMS = [("ps", "Quillhaven Partners LLP", "Quillhaven"), ("tech", "Stratalume Cloud Ltd", "Stratalume")]
PLAYBOOK = Playbook.model_validate(
    {
        "name": "tiny",
        "title": "Tiny",
        "agenda": [
            {"kind": "discovery", "title": "Forms", "minutes": 20, "notes": "Read aloud."},
            {"kind": "break", "title": "Break", "minutes": 10, "protected": True},
            {"kind": "value", "title": "Value", "minutes": 30, "customer": True},
        ],
        "criteria": [{"text": "Fit", "weight": 60}, {"text": "Access", "weight": 40}],
        "prompts": ["Who speaks for us?"],
        "questions": [
            {"purpose": "priority", "text": "What must go right?"},
            {"purpose": "personal", "text": "Why does it matter to you?"},
        ],
    }
)


def counter() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"i{next(numbers)}"


IDS = counter()


def after(plan: AccountPlan, changes: tuple[Change, ...]) -> AccountPlan:
    return apply(plan, Step(changes))


def begun(playbook: Playbook = PLAYBOOK) -> AccountPlan:
    return after(AccountPlan(), start_account("Norvane", "Norvane Bank plc", FIRMS, playbook, IDS))


@pytest.mark.parametrize(
    ("name", "taken", "short"),
    [
        ("Quillhaven Partners LLP", [], "Quillhaven"),
        ("Stratalume Cloud Ltd", ["Quillhaven"], "Stratalume"),
        ("The Big Firm", [], "Big"),
        ("Quillhaven Partners LLP", ["quillhaven"], "QP"),
        ("Big Firm", ["Big"], "Big Firm"),
        ("IBM", ["IBM"], "IBM 2"),
        ("Overlongestname", [], "Overlonges"),
        ("Ltd", [], "Ltd"),
    ],
)
def test_a_firm_has_a_short_name_from_the_start(name: str, taken: list[str], short: str) -> None:
    assert short_name(name, taken) == short


@given(st.text(min_size=1, max_size=40), st.lists(st.text(max_size=10), max_size=3))
@example(",", [])
@example("Brandt , Ltd", [])
def test_a_short_name_is_short_and_no_other_firms(name: str, taken: list[str]) -> None:
    short = short_name(name, taken)
    assert len(short) <= LONGEST_SHORT or not name.split()
    assert fold(short) not in {fold(other) for other in taken}


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        *(("9", "09:00"), ("9am", "09:00"), ("900", "09:00"), ("9.30", "09:30"), ("9:30", "09:30")),
        *(("0930", "09:30"), ("9:30 pm", "21:30"), ("12 am", "00:00"), ("12pm", "12:00"), ("14", "14:00")),
    ],
)
def test_a_start_is_typed_as_people_say_it(typed: str, start: str) -> None:
    assert validated(Session, {"id": "s", "held_on": DAY, "start": typed}).start == start


@pytest.mark.parametrize("typed", ["24", "25pm", "9:3", "90", "noon"])
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        validated(Session, {"id": "s", "held_on": DAY, "start": typed})


def test_an_account_begins_with_parties_criteria_and_questions() -> None:
    plan = begun()
    assert list(problems(plan)) == []
    assert (plan.account.name, plan.account.currency) == ("Norvane", "EUR")
    assert [(p.id, p.name, p.short, p.rank) for p in plan.all(Party)] == [
        (CUSTOMER, "Norvane Bank plc", "Norvane", 1.0),
        ("ps", "Quillhaven Partners LLP", "Quillhaven", 2.0),
        ("tech", "Stratalume Cloud Ltd", "Stratalume", 3.0),
    ]
    assert [(c.text, c.weight, c.rank) for c in plan.all(Criterion)] == [
        ("Fit", 60, 1.0),
        ("Access", 40, 2.0),
    ]
    assert [(q.purpose, q.visibility, q.rank) for q in plan.all(Question)] == [
        ("priority", CUSTOMER, 1.0),
        ("personal", CUSTOMER, 2.0),
    ]
    assert plan.sessions == ()


def test_a_session_begins_with_the_playbooks_agenda() -> None:
    plan = begun()
    plan = after(plan, start_session(plan, PLAYBOOK, DAY, IDS, start="09:00"))
    assert list(problems(plan)) == []
    (session,) = plan.sessions
    assert (session.held_on, session.start, session.playbook, session.audience) == (
        *(DAY, "09:00"),
        *("tiny", ALLIANCE),
    )
    assert [(b.kind, b.minutes, b.protected, b.visibility, b.rank) for b in plan.all(Block)] == [
        ("discovery", 20, False, ALLIANCE, 1.0),
        ("break", 10, True, ALLIANCE, 2.0),
        ("value", 30, False, CUSTOMER, 3.0),
    ]
    assert [b.notes for b in plan.all(Block)] == ["Read aloud.\nWho speaks for us?", "", ""]


def test_a_session_brings_only_criteria_and_questions_that_the_account_has_not() -> None:
    changed = PLAYBOOK.model_copy(
        update={
            "criteria": (*PLAYBOOK.criteria, PLAYBOOK.criteria[0].model_copy(update={"text": "Spend"})),
            "questions": (
                PLAYBOOK.questions[0].model_copy(update={"text": "WHAT must go right?"}),
                PLAYBOOK.questions[1].model_copy(update={"text": "What then?"}),
                PLAYBOOK.questions[1].model_copy(update={"text": "What then?"}),
            ),
        }
    )
    plan = begun()
    changes = start_session(plan, changed, DAY, IDS)
    fresh = [change.row for change in changes if isinstance(change, Add)]
    assert [(row.text, row.rank) for row in fresh if isinstance(row, Criterion)] == [("Spend", 3.0)]
    assert [(row.text, row.rank) for row in fresh if isinstance(row, Question)] == [("What then?", 3.0)]


def test_a_second_session_adds_its_own_agenda_and_nothing_else() -> None:
    plan = begun()
    plan = after(plan, start_session(plan, PLAYBOOK, DAY, IDS))
    second = start_session(plan, PLAYBOOK, DAY + dt.timedelta(days=90), IDS)
    kinds: list[type[Entity]] = [Session, *[Block] * 3]
    assert [type(change.row) for change in second if isinstance(change, Add)] == kinds
    plan = after(plan, second)
    assert [session.rank for session in plan.sessions] == [1.0, 2.0]


def test_a_session_ends_the_day_at_which_an_account_is_frozen() -> None:
    plan = begun()
    frozen = after(plan, set_field(plan.account, "as_of", "2026-06-09"))
    assert thawed(frozen) == plan
    begun_anew = after(frozen, start_session(frozen, PLAYBOOK, DAY, IDS))
    assert (begun_anew.account.as_of, len(begun_anew.sessions)) == (None, 1)


def test_a_changed_playbook_changes_no_session_already_held() -> None:
    plan = begun()
    plan = after(plan, start_session(plan, PLAYBOOK, DAY, IDS))
    held: tuple[Entity, ...] = plan.where(Block, session=plan.sessions[0].id)
    shorter = PLAYBOOK.model_copy(update={"agenda": PLAYBOOK.agenda[:1]})
    plan = after(plan, start_session(plan, shorter, DAY, IDS))
    assert plan.where(Block, session=plan.sessions[0].id) == held


def test_the_facilitator_is_one_of_the_team() -> None:
    plan = after(begun(), (Add(Member(id="m1", party="ps", name="Chidi Varnholt")),))
    changes = start_session(plan, PLAYBOOK, DAY, IDS, facilitator="m1")
    assert after(plan, changes).sessions[0].facilitator == "m1"
    with pytest.raises(Refused, match="«m2» is no team member"):
        start_session(plan, PLAYBOOK, DAY, IDS, facilitator="m2")


def test_a_start_that_is_no_time_of_day_is_refused() -> None:
    with pytest.raises(Refused, match="Start can't be «25:00»"):
        start_session(begun(), PLAYBOOK, DAY, IDS, start="25:00")


@pytest.mark.parametrize(
    ("name", "partners", "said"),
    [
        ("Norvane", [], "An alliance needs a partner: add at least one firm."),
        ("Norvane", [("customer", "A", "A")], "No partner can be called «customer»"),
        ("Norvane", [("Alliance", "A", "A")], "No partner can be called «Alliance»"),
        ("Norvane", [("all", "A", "A")], "No partner can be called «all»"),
        ("Norvane", [("ps", "A", "A"), ("PS", "B", "B")], "Two partners are called «PS»"),
        ("Norvane", [("a b", "A", "A")], "Id can't be «a b»"),
        ("Norvane", [("ps", "A", " ")], "Short name is needed"),
        ("", [("ps", "A", "A")], "Account is needed"),
    ],
)
def test_what_can_not_begin_is_refused_in_one_sentence(
    name: str, partners: list[tuple[str, str, str]], said: str
) -> None:
    with pytest.raises(Refused, match=f"^{said}"):
        start_account(name, name or "Norvane", partners, PLAYBOOK, IDS)


@pytest.mark.parametrize(
    ("short", "taken", "proposed"),
    [
        ("Quillhaven", (), "quillhaven"),
        ("Stratalume Cloud", (), "stratalume"),
        ("Élan & Co", (), "elan"),
        ("Quillhaven", ("quillhaven",), "quillhaven2"),
        ("Quillhaven", ("Quillhaven", "quillhaven2"), "quillhaven3"),
        ("Customer First", (), "customer2"),
        ("日本", (), "partner"),
    ],
)
def test_an_id_is_proposed_from_a_firms_short_name(short: str, taken: tuple[str, ...], proposed: str) -> None:
    assert partner_id(short, taken) == proposed


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=5))
def test_proposed_ids_are_always_taken_by_start_account(shorts: list[str]) -> None:
    taken: list[str] = []
    for short in shorts:
        taken.append(partner_id(short, taken))
    assert not RESERVED & set(taken)
    partners = [(partner, "Firm", "Firm") for partner in taken]
    plan = after(AccountPlan(), start_account("A", "A", partners, PLAYBOOK, counter()))
    assert list(problems(plan)) == []
    assert len(plan.all(Account)) == 1


def test_an_account_has_the_currency_of_its_playbook() -> None:
    pounds = PLAYBOOK.model_copy(update={"currency": "GBP"})
    assert (
        after(AccountPlan(), start_account("Norvane", "Norvane", FIRMS, pounds, IDS)).account.currency
        == "GBP"
    )


def test_a_session_keeps_what_its_playbook_says_of_gaps_dates_and_clock() -> None:
    said = {
        "gaps": {"no_owner": False, "style_unknown": True, "solo_3_or_more": 3, "no_contact_90_days": 60},
        "dates": {"order": "month_first", "week_start": "sunday"},
        "clock": {"amber": 30, "red": 10},
    }
    strict = Playbook.model_validate({**PLAYBOOK.model_dump(), **said})
    plan = begun()
    plan = after(plan, start_session(plan, strict, DAY, IDS))
    session = plan.sessions[0]
    assert rules_of(plan, session.id) == {
        **dict.fromkeys(RULES.keys() - {"no_owner"}),
        "no_contact_90_days": 60,
    }
    assert len(plan.all(GapRule)) == 2
    assert (session.date_order, session.week_start.number) == (DateOrder.MONTH_FIRST, 6)
    assert (session.amber, session.red) == (30, 10)
