"""A meeting by the capture line: with whom, who of ours, a strict day, and the words as they were said."""

from __future__ import annotations

import pytest

from tests.domain.captures import ACTIONS, read
from tests.domain.plans import plan_of
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.capture.completion import complete
from workshop_tui.domain.capture.rows import State
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply

LINE = 'm: met ^Priya ^Dev @Mirela @Anselm 2 jun "agreed to a three-way"'


def made(line: str, sample: AccountPlan) -> tuple[str, str, set[str], set[str]]:
    """Return the day and words of the meeting, whom it was with, and who of ours was there."""
    captured = read(line, sample, ACTIONS)
    after = apply(sample, Step(captured.changes(sample, "S2", lambda: "new1")))
    meeting = after.get(Meeting, "new1")
    assert meeting
    theirs = {row.stakeholder for row in after.where(MeetingStakeholder, meeting="new1")}
    ours = {row.member for row in after.where(MeetingMember, meeting="new1")}
    return meeting.on.isoformat(), meeting.said, theirs, ours


def test_a_meeting_with_several_of_both_sides(sample: AccountPlan) -> None:
    assert made(LINE, sample) == ("2026-06-02", "agreed to a three-way", {"ST03", "ST06"}, {"P2", "T2"})
    chips = [chip.text for chip in read(LINE, sample, ACTIONS).chips]
    assert chips[:2] == ["new meeting", "on Tue 2 Jun 2026"]
    assert chips[-1] == "said agreed to a three-way"


@pytest.mark.parametrize(
    ("line", "day", "said"),
    [
        ("m: ^Priya @Mirela wants it on 2 jun", "2026-06-02", "wants it"),
        ("m: ^Priya @Mirela goes on and on 2 jun", "2026-06-02", "goes on and"),
        ("m: ^Priya @Mirela 2 jun she goes on", "2026-06-02", "she goes on"),
        ("m: met ^Dev", "2026-06-09", ""),
        ("m: ^Dev 1 jun", "2026-06-01", ""),
        ("m: ^Dev yesterday he wants a pilot", "2026-06-08", "he wants a pilot"),
        ('m: lunch ^Dev 1 jun "call @Rowan by fri, +2w"', "2026-06-01", "lunch call @Rowan by fri, +2w"),
        ('m: ^Dev "met on 1 jun"', "2026-06-09", "met on 1 jun"),
    ],
)
def test_words_are_kept_and_a_day_is_one_that_stands_for_itself(
    sample: AccountPlan, line: str, day: str, said: str
) -> None:
    assert made(line, sample)[:2] == (day, said)


def test_a_meeting_with_nobody_of_ours_says_so_before_it_comes_in(sample: AccountPlan) -> None:
    captured = read("m: met ^Dev 2 jun", sample, ACTIONS)
    flagged = [chip.text for chip in captured.chips if chip.state is State.FLAGGED]
    assert flagged == ["nobody of ours: add @…"]
    assert captured.problems == ()
    assert all(chip.state is State.OK for chip in read(LINE, sample, ACTIONS).chips)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("m: met @Rowan 2 jun", "A new meeting needs whom you met: type ^ and a name."),
        ("m: ^Dev 2 jun or 3 jun", "«3 jun» is a second day: give one, and put in quotes what was said."),
        ("m: ^Dev 10 jun", "Wed 10 Jun 2026 has not come yet: give the day you met."),
        ("m: ^Dev 31 jun", "put in quotes what was said."),
        ('m: ^Dev 2 jun "agreed', 'A quote is open: close it with ".'),
        ("m: ^Dev ^Dev", "«^Dev» is one too many: take one out"),
        ("m: ^Devora", "No stakeholder «Devora»: "),
    ],
)
def test_what_is_no_meeting_is_refused_and_told(sample: AccountPlan, line: str, why: str) -> None:
    captured = read(line, sample, ACTIONS)
    assert why in captured.problems[0]
    with pytest.raises(Refused):
        captured.changes(sample, "S2", lambda: "new1")


def test_before_the_customer_it_means_nothing_and_names_nobody(sample: AccountPlan) -> None:
    captured = read(LINE, sample, ACTIONS, CUSTOMER)
    assert captured.problems == ("Not here: Enter puts the line aside for later.",)
    assert [(chip.text, chip.state) for chip in captured.chips] == [("m:", State.REFUSED)]
    assert complete("m: ^Pri", 7, project(sample, CUSTOMER), ACTIONS) is None


def test_people_of_a_meeting_are_completed(sample: AccountPlan) -> None:
    assert complete("m: ^Pri", 7, project(sample, ALLIANCE), ACTIONS) == ("m: ^Priya ", 10)


def test_a_line_before_the_customer_leaves_nothing_in_the_plan() -> None:
    with pytest.raises(Refused, match="Not here"):
        read(LINE, plan_of(), ACTIONS, CUSTOMER).changes(plan_of(), "S2", lambda: "new1")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("26 nov", "2025-11-26"),
        ("on 26 nov", "2025-11-26"),
        ("by 26 nov", "2025-11-26"),
        ("thu", "2026-06-04"),
        ("by thu", "2026-06-04"),
        ("Thu 4 jun", "2026-06-04"),
        ("1 jul 2025", "2025-07-01"),
        ("today", "2026-06-09"),
        ("29 feb", "2024-02-29"),
    ],
)
def test_a_day_without_its_year_is_the_last_such_day(sample: AccountPlan, said: str, day: str) -> None:
    assert made(f"m: met ^Priya @Mirela {said}", sample)[:2] == (day, "")
