"""The proposition with what it stands on, and the vote on the options, as the room sees them."""

from __future__ import annotations

import pytest

from tests.views.plans import at, cells, changed, looked_at, rows
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, AnswerStatus, PropositionStatus
from workshop_tui.domain.model.session import Presence
from workshop_tui.domain.model.value import Answer, Contribution, Option, Proposition, PropositionAnswer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.cell import LOWER, RAISE
from workshop_tui.views.proposition.lines import LONGEST, Lines
from workshop_tui.views.proposition.options import WIDEST, Options, Ranking, pictured


def without(plan: AccountPlan, *kinds: type) -> AccountPlan:
    return AccountPlan.of(row for row in plan if not isinstance(row, kinds))


def value_of(live: LivePlan, label: str) -> str:
    return next(row.cells[1].text for row in rows(Lines(), live).values() if row.cells[0].text == label)


def behind(live: LivePlan, sign: str) -> list[str]:
    found = rows(Lines(), live).items()
    return [n.partition("/")[2] for n, row in found if n.startswith("behind/") and cells(row)[0][0] == sign]


async def test_the_sentence_stands_above_its_lines(sample: AccountPlan) -> None:
    live = looked_at(sample)
    assert Lines().head(live).startswith("Draft. Quillhaven brings: Reading of the rule, the 22-service")
    labels = [cells(row)[0] for row in rows(Lines(), live).values()][:8]
    assert labels == [
        *("Quillhaven brings", "Stratalume brings", "Together"),
        *("Norvane gains", "Quillhaven gains", "Stratalume gains"),
        *("Status", "Visible to"),
    ]
    assert value_of(live, "Together").startswith("Continuity Ready")


async def test_a_proposition_begins_with_any_line_and_says_what_is_still_to_write(
    sample: AccountPlan,
) -> None:
    live = looked_at(without(sample, Proposition, Contribution, PropositionAnswer))
    assert Lines().head(live) == (
        "Still to write: Quillhaven brings; Stratalume brings; together; Norvane gains."
    )
    line = next(r.cells[1] for r in rows(Lines(), live).values() if r.cells[0].text == "Stratalume brings")
    begun = looked_at(changed(live, line, "Engineers on site."))
    assert Lines().head(begun) == (
        "Draft. Stratalume brings: Engineers on site.\n"
        "Still to write: Quillhaven brings; together; Norvane gains."
    )
    ticked = changed(live, rows(Lines(), live)["behind/V08"].cells[1], True)
    assert ticked.all(PropositionAnswer)
    status = next(row.cells[1] for row in rows(Lines(), live).values() if row.cells[0].text == "Status")
    agreed = changed(live, status, "agreed")
    assert agreed.all(Proposition)[0].status is PropositionStatus.AGREED


async def test_a_very_long_sentence_leaves_room_for_its_lines(sample: AccountPlan) -> None:
    (row,) = sample.all(Proposition)
    live = looked_at(AccountPlan.of((*sample, with_values(row, together="word " * 700))))
    assert len(Lines().head(live)) <= LONGEST + len("Draft. ")
    assert Lines().head(live).endswith("…")


async def test_the_answers_it_stands_on_are_ticked_validated_ones_first(sample: AccountPlan) -> None:
    live = looked_at(sample)
    assert behind(live, "✓") == ["V01", "V03", "V04", "V05", "V08"]
    assert behind(live, "–") == ["V02", "V06", "V07", "V10"]  # V09 is one partner's
    assert cells(rows(Lines(), live)["behind/V01"]) == [
        "✓ ● validated",
        "Evidence for all 22 important services in one place by December. (Priya Vantongeren)",
    ]
    after = looked_at(changed(live, rows(Lines(), live)["behind/V06"].cells[1], True))
    assert "V06" in behind(after, "✓")
    back = changed(after, rows(Lines(), after)["behind/V06"].cells[1], True)
    assert back.all(PropositionAnswer) == sample.all(PropositionAnswer)
    assert "told/unproven" not in rows(Lines(), live)


async def test_it_is_flagged_when_none_of_its_answers_is_validated(sample: AccountPlan) -> None:
    heard = [with_values(a, status="heard") for a in sample.where(Answer, status=AnswerStatus.VALIDATED)]
    live = looked_at(AccountPlan.of((*sample, *heard)))
    assert rows(Lines(), live)["told/unproven"].cells[1].tone == "warn"
    assert "told/unproven" not in rows(Lines(), looked_at(live.whole, CUSTOMER))
    (_, v03, *_) = (answer for answer in heard)  # a validated answer of one partner counts for the other too
    kept = with_values(v03, status="validated", visibility="ps")
    assert "told/unproven" not in rows(Lines(), looked_at(AccountPlan.of((*live.whole, kept)), "tech"))


async def test_the_customer_sees_the_lines_that_are_theirs_and_what_they_confirmed(
    sample: AccountPlan,
) -> None:
    live = looked_at(sample, CUSTOMER)
    labels = [cells(row)[0] for row in rows(Lines(), live).values()]
    assert labels[:5] == ["Quillhaven brings", "Stratalume brings", "Together", "Norvane gains", "Status"]
    assert behind(live, "✓") == ["V01", "V03", "V04", "V05"]
    assert behind(live, "–") == []
    assert all(row.cells[1].edit is None for n, row in rows(Lines(), live).items() if n.startswith("behind/"))
    for view in (Options(), Ranking()):
        assert rows(view, live) == {}
        assert view.head(live) == ""


async def test_the_vote_of_the_sample(sample: AccountPlan) -> None:
    live = looked_at(sample)
    assert Options().head(live) == "2 dots each × 8 voters = 16 · 16 given · 0 left"
    assert [cells(row) for row in rows(Options(), live).values()][:2] == [
        ["1", "Evidence first for the six worst services", "7", "●●●●●●●"],
        ["2", "Full second run-time for payments", "4", "●●●●"],
    ]


@pytest.mark.parametrize(
    ("present", "options", "said"),
    [
        (0, 5, "2 dots each · 16 given · nobody is ticked as here: tick who votes in the opening"),
        (1, 5, "2 dots each × 1 voter = 2 · 16 given · 14 too many: lower some, or vote again"),
        (8, 2, "1 dot each × 8 voters = 8 · 11 given · 3 too many: lower some, or vote again"),
        (8, 6, "3 dots each × 8 voters = 24 · 16 given · 8 left"),
        (8, 0, ""),
    ],
)
async def test_the_head_says_when_the_dots_no_longer_fit(
    sample: AccountPlan, present: int, options: int, said: str
) -> None:
    here = sample.where(Presence, session="S2")[:present]
    put = (*sample.all(Option), Option(id="O6", text="Sixth", rank=9))[:options]
    live = looked_at(AccountPlan.of((*without(sample, Presence, Option), *here, *put)))
    assert Options().head(live) == said


async def test_dots_are_typed_raised_and_lowered_and_never_too_many(sample: AccountPlan) -> None:
    live = looked_at(sample)
    dots = at(Options(), live, "Option/O4", "Dots")
    for typed, votes in ((LOWER, 1), ("0", 0), ("-2", 0)):
        assert changed(live, dots, typed).where(Option, id="O4", votes=votes), typed
    for typed in (RAISE, "3", "+1"):
        with pytest.raises(Refused, match="«Drill programme only» can have 2 dots at the most"):
            changed(live, dots, typed)
    with pytest.raises(
        Refused, match=r"It has 2 dots, and 5 can't be taken away: type how many it has now\."
    ):
        changed(live, dots, "-5")
    for typed in ("two", "", "1.5", "nan"):
        with pytest.raises(Refused, match=r"Dots is a (whole )?number"):
            changed(live, dots, typed)
    lowered = looked_at(changed(live, at(Options(), live, "Option/O1", "Dots"), LOWER))
    stale = changed(lowered, dots, RAISE)  # counted from what there is by then, not from what was painted
    assert stale.where(Option, id="O4", votes=3)


async def test_options_are_put_in_order_and_ranked_apart_from_it(sample: AccountPlan) -> None:
    tied = [with_values(row, votes=4) for row in sample.where(Option, id="O5")]
    fewer = [with_values(row, votes=3) for row in sample.where(Option, id="O1")]
    live = looked_at(AccountPlan.of((*sample, *tied, *fewer)))
    assert [(n[-2:], cells(row)[0]) for n, row in rows(Ranking(), live).items()] == [
        ("O2", "1="),
        ("O5", "1="),
        ("O1", "3="),
        ("O3", "3="),
        ("O4", "5"),
    ]
    assert not [row for row in Ranking().table(live).rows if row.placeholder]
    assert Ranking().shift(live, "Option/O5", -1) == ()
    after = apply(live.whole, Step(tuple(Options().shift(live, "Option/O5", -1))))
    assert [option.id for option in after.all(Option)] == ["O1", "O2", "O3", "O5", "O4"]


async def test_before_anybody_has_a_dot_there_is_no_place(sample: AccountPlan) -> None:
    unvoted = [with_values(row, votes=0) for row in sample.all(Option)]
    live = looked_at(AccountPlan.of((*sample, *unvoted)), ALLIANCE)
    assert {cells(row)[0] for row in rows(Options(), live).values()} == {"–"}


def test_many_dots_are_a_bar_as_wide_as_their_share() -> None:
    assert [pictured(n, WIDEST) for n in (0, 3)] == ["", "●●●"]
    assert [len(pictured(n, 40)) for n in (40, 20, 1, 0)] == [WIDEST, WIDEST // 2, 1, 0]


async def test_an_account_has_one_proposition_begun_among_the_alliance(sample: AccountPlan) -> None:
    bare = without(sample, Proposition, Contribution, PropositionAnswer)
    kept = AccountPlan.of([*bare, Proposition(id="proposition", together="Ours", visibility="ps")])
    for plan in (bare, kept):
        for audience in ("tech", CUSTOMER):
            live = looked_at(plan, audience)
            for label in ("Together", "Stratalume brings"):
                line = next(r.cells[1] for r in rows(Lines(), live).values() if r.cells[0].text == label)
                with pytest.raises(Refused, match="A proposition is of both firms: begin it while the all"):
                    changed(live, line, "Engineers on site.")
    line = rows(Lines(), looked_at(kept))["behind/V08"].cells[1]
    with pytest.raises(Refused, match="brought in for one partner alone"):
        changed(looked_at(kept), line, True)


async def test_no_partner_keeps_the_proposition_to_itself(sample: AccountPlan) -> None:
    live = looked_at(sample)
    (line,) = (r.cells[1] for r in rows(Lines(), live).values() if r.cells[0].text == "Visible to")
    assert line.edit is not None
    assert [choice.value for choice in line.edit.choices] == [ALLIANCE, CUSTOMER]
