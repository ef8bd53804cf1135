"""A name of several words behind a sign, typed without quotes: all of it is the name, or all is refused."""

from __future__ import annotations

import pytest

from tests.domain.captures import ACTIONS, PEOPLE, VALUE, read, said
from tests.domain.plans import plan_of
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.capture.completion import complete, offers
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Question
from workshop_tui.domain.plan.audience import project

PLAN = plan_of(
    Member(id="M1", party="ps", name="Ivo Larkspur"),
    Member(id="M2", party="ps", name="Nadia Brandt"),
    Member(id="M3", party="tech", name="Nadia Okonjo"),
    Member(id="M4", party="tech", name="Bert Olsen"),
    Stakeholder(id="x1", name="Sera Holm"),
    Question(id="q1", text="What matters?"),
    Action(id="A1", session="S1", title="Go", milestone="Cost range given"),
)


@pytest.mark.parametrize(
    ("line", "block", "given", "words"),
    [
        ("v: Less cost ^sera holm @brandt", VALUE, {"stakeholder": "x1", "heard_by": "M2"}, "Less cost"),
        ("Ring @ivo larkspur by fri", ACTIONS, {"owner": "M1", "due": "2026-06-12"}, "Ring"),
        ("Ring @ivo lark about it", ACTIONS, {"owner": "M1"}, "Ring about it"),
        ("Ring @ivo larkspur, then wait", ACTIONS, {"owner": "M1"}, "Ring then wait"),
        ("Ring @ivo a second time", ACTIONS, {"owner": "M1"}, "Ring a second time"),
        ("Ring @Nadia Brandt", ACTIONS, {"owner": "M2"}, "Ring"),
        ("Ring @nadia o about it", ACTIONS, {"owner": "M3"}, "Ring about it"),
        (
            "Ring them *cost range given @ivo",
            ACTIONS,
            {"milestone": "Cost range given", "owner": "M1"},
            "Ring them",
        ),
        ("Ring ivo@larkspur.example @ 9:00", ACTIONS, {}, "Ring ivo@larkspur.example @ 9:00"),
        (
            "Leif Os @ivo larkspur after:^sera holm left:1 jun",
            PEOPLE,
            {"ps.owner": "M1", "successor": "x1"},
            "Leif Os",
        ),
        (
            "m: ^sera holm @ivo larkspur next:call her by phone @brandt",
            PEOPLE,
            {"next_step": "call her by phone"},
            None,
        ),
    ],
)
def test_all_of_a_known_name_is_taken(
    line: str, block: BlockKind, given: dict[str, str], words: str | None
) -> None:
    captured = read(line, PLAN, block)
    assert captured.problems == ()
    assert said(captured).items() >= given.items()
    if words is not None:
        assert captured.values(captured.kind)[captured.kind.NAME_FIELD] == words


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("r: It slips @bert olsn", "No person «bert olsn»: Bert Olsen, "),
        ("Ring @ivo larspur by fri", "No person «ivo larspur»: Ivo Larkspur, "),
        ("Ring @nadia brant", "No person «nadia brant»: Nadia Brandt, "),
    ],
)
def test_a_last_name_that_is_nearly_known_is_asked_about_and_never_left_as_a_word(
    line: str, wrong: str
) -> None:
    (problem,) = read(line, PLAN, ACTIONS).problems
    assert problem.startswith(wrong)
    kept = read(line, PLAN, ACTIONS, keep_unknown=True)
    assert "owner" not in said(kept)
    at = line.index("@")
    assert line[at:].removesuffix(" by fri") in str(kept.values(kept.kind)[kept.kind.NAME_FIELD])


def test_tab_goes_on_with_the_last_name() -> None:
    view, line = project(PLAN, "alliance"), "Ring @nadia b"
    assert offers(line, len(line), view, ACTIONS) == ("Nadia Brandt",)
    assert complete(line, len(line), view, ACTIONS) == ('Ring @"Nadia Brandt" ', 21)


def test_behind_a_space_tab_still_completes_a_name_that_may_be_two() -> None:
    view, line = project(PLAN, "alliance"), "Ring @na "
    assert offers(line, len(line), view, ACTIONS) == ("Nadia Brandt", "Nadia Okonjo")
    assert complete(line, len(line), view, ACTIONS) == ('Ring @"Nadia Brandt" ', 20)
    assert complete("Ring @ivo ", 10, view, ACTIONS) is None
