"""The joint action plan against its golden files; run as a script to write them anew, then read them."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.conftest import SAMPLE
from tests.documents.hostile import HOSTILE
from workshop_tui.documents.action_plan import action_plan
from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.account import Account, Member
from workshop_tui.domain.actions import Action
from workshop_tui.domain.audience import project
from workshop_tui.domain.discovery import Objective
from workshop_tui.domain.entity import Entity
from workshop_tui.domain.gaps import gaps
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.plan import AccountPlan, audiences
from workshop_tui.domain.session import Parking, Risk, Session
from workshop_tui.domain.text import clean_text
from workshop_tui.domain.value import Answer
from workshop_tui.domain.words import ActionStatus, AnswerStatus

GOLDEN = Path(__file__).with_name("golden")
READER = MarkdownIt("gfm-like")


def written(plan: AccountPlan, audience: str, session: Session | None = None) -> str:
    assert plan.account.as_of
    return action_plan(project(plan, audience), session, gaps=gaps(plan, plan.account.as_of))


def section(text: str, title: str) -> str:
    return re.split(r"^## ", text.partition(f"## {title}\n")[2], flags=re.MULTILINE)[0]


def without(plan: AccountPlan, *kinds: type[Entity]) -> AccountPlan:
    return AccountPlan({kind: rows for kind, rows in plan.rows.items() if kind not in kinds})


def plus(plan: AccountPlan, *rows: Entity) -> AccountPlan:
    return AccountPlan.of([*plan, *rows])


def phrases(row: Entity) -> set[str]:
    """Return what is said in a row in several words; single words stand in other texts too."""
    return {value for name in type(row).model_fields if " " in str(value := getattr(row, name))}


@pytest.mark.parametrize("audience", ["customer", "alliance", "ps", "tech"])
def test_the_sample_reads_as_agreed(sample: AccountPlan, audience: str) -> None:
    assert written(sample, audience).encode() == (GOLDEN / f"{audience}.md").read_bytes()


def test_each_action_stands_once_as_a_checkbox_with_its_id(sample: AccountPlan) -> None:
    for audience in audiences(sample):
        listed = re.findall(
            r"^- .* `(\w+)`$", section(written(sample, audience), "Actions by milestone"), re.MULTILINE
        )
        assert sorted(listed) == [action.id for action in project(sample, audience).all(Action)]


def test_the_customer_gets_its_answers_and_actions_alone(sample: AccountPlan) -> None:
    text = written(sample, "customer")
    assert set(re.findall(r"`(\w+)`", text)) == {"A07", "A08", "A11"}
    heard = [answer.id for answer in sample.all(Answer) if f"“{answer.text}”" in text]
    assert heard == ["V01", "V03", "V04", "V05", "V06"]


def test_the_customer_gets_no_word_that_is_not_for_it(sample: AccountPlan) -> None:
    text, view = written(sample, "customer"), project(sample, "customer")
    shown, known = ({value for row in plan for value in phrases(row)} for plan in (view, sample))
    hidden = {phrase for phrase in known if not any(phrase in each for each in shown)}
    assert len(hidden) > 100
    assert [phrase for phrase in hidden if phrase in text] == []


def test_the_whole_plan_is_never_written(sample: AccountPlan) -> None:
    with pytest.raises(ValueError, match="projection"):
        action_plan(sample, None)


def test_gaps_are_held_back_from_the_customer_even_when_they_are_handed_in(sample: AccountPlan) -> None:
    assert "still missing" not in written(sample, "customer")
    assert "still missing" in written(sample, "alliance")


def test_an_earlier_session_tells_of_its_own_room_and_of_all_actions(sample: AccountPlan) -> None:
    text = written(sample, "alliance", sample.get(Session, "S1"))
    assert "Session 1, 10 Mar 2026, for Quillhaven and Stratalume" in text
    assert "Lead with evidence and not with migration" in text
    assert "Option O1" not in text
    assert "Gideon Farrowmere (sector sponsor)" not in text
    assert "Three-way meeting with the Chief Risk Officer — owner" in text
    assert "from session 2, in progress `A08`" in text


def test_an_account_without_sessions_says_so(sample: AccountPlan) -> None:
    empty = AccountPlan.of(without(sample).all(Account))
    assert action_plan(project(empty, "alliance"), None) == (
        "# Joint action plan: Norvane Bank\n\nNo session yet, for the alliance, not for the customer.\n\n"
        "## What Norvane Bank values\n\nNo answers yet.\n\n## Actions by milestone\n\nNo actions yet.\n"
    )


def test_what_else_was_caught_is_told(sample: AccountPlan) -> None:
    plan = plus(
        sample,
        Objective(id="J1", text="Pass the CR-7 review", visibility="customer"),
        Risk(id="K8", session="S2", text="The drill slips", owner="P3"),
        Parking(id="K9", session="S2", text="Lunch", dropped=True),
        Answer(id="V11", stakeholder="ST06", text="No question asked", success="One list", personal="Sleep"),
        Answer(id="V12", stakeholder="ST06", text="Never mind", status=AnswerStatus.WITHDRAWN),
        Action(
            id="A13",
            session="S2",
            title="Wait for the board",
            status=ActionStatus.BLOCKED,
            reason="no chair yet",
        ),
    )
    text = written(plan, "alliance")
    assert "- Objective: Pass the CR-7 review\n" in text
    assert "## Risks\n\n- The drill slips — owner Jonty Eskeland\n" in text
    assert "- Lunch — dropped\n" in text
    assert "- “No question asked” (heard)\n  - Success: One list\n  - Personal reason: Sleep\n" in text
    assert "Never mind" not in text
    assert "### No milestone\n\n- [ ] Wait for the board — blocked (no chair yet) `A13`\n" in text
    assert "| — | Wait for the board |  | blocked | `A13` |" in text
    assert "Pass the CR-7 review" in written(plan, "customer")
    assert "Sleep" not in written(plan, "customer")


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_changes_nothing_but_itself(sample: AccountPlan, hostile: str) -> None:
    def rows(text: str) -> list[Entity]:
        return [
            sample.account.changed("name", text),
            Member(id="P1", party="ps", name=text, role=text),
            Stakeholder(id="ST06", name=text, title=text, reports_to="ST03"),
            Answer(
                id="V01", stakeholder="ST06", text=text, success=text, personal=text, visibility="customer"
            ),
            Action(id="A07", session="S2", title=text, owner="P1", milestone=text, stakeholder="ST06"),
            Session(id="S2", held_on=sample.sessions[1].held_on, purpose=text, facilitator="P1"),
            Parking(id="K3", session="S2", text=text, owner="P1"),
            Risk(id="K8", session="S2", text=text, owner="P1"),
        ]

    text = clean_text(hostile)[:150] or "x"
    page, plain = (written(plus(sample, *rows(said)), "alliance") for said in (text, "plain"))
    shape = [[token.type for token in READER.parse(each)] for each in (page, plain)]
    assert shape[0] == shape[1]
    kinds = {inner.type for token in READER.parse(page) for inner in token.children or ()}
    assert kinds == {"text", "softbreak", "code_inline", "s_open", "s_close"}
    assert text in "".join(inner.content for token in READER.parse(page) for inner in token.children or ())


if __name__ == "__main__":
    whole = load_plan(SAMPLE.read_bytes())
    for each in audiences(whole):
        (GOLDEN / f"{each}.md").write_text(written(whole, each), encoding="utf-8")
