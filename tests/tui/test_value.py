"""Value co-discovery: what each view shows of the sample, and a run through the block by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driver import Driven, driving
from tests.tui.plans import at, cells, changed, headings, looked_at, rows
from workshop_tui.domain.entity import Entity
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.step import Refused, Step, apply
from workshop_tui.domain.value import Answer, Question, Target, TargetAnswer
from workshop_tui.domain.words import CUSTOMER, AnswerStatus, BlockKind, Horizon, Purpose
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.stages.answers import in_turn
from workshop_tui.tui.stages.base import View
from workshop_tui.tui.stages.targets import Targets
from workshop_tui.tui.stages.value import VIEWS
from workshop_tui.tui.stages.value_ask import Ask
from workshop_tui.tui.stages.value_back import SaidBack
from workshop_tui.tui.stages.value_board import AHEAD, Board
from workshop_tui.tui.stages.value_heard import Heard
from workshop_tui.tui.stages.value_questions import Questions

EVIDENCE = Target(id="T1", title="Evidence in one place", horizon=Horizon.SHORT, estimate=250_000, rank=1)
CENTRE = Target(id="T2", title="One data centre less", horizon=Horizon.LONG, visibility="customer", rank=2)


def gathered(sample: AccountPlan, *more: Entity) -> AccountPlan:
    """Return the sample with two targets; the sample itself has none."""
    links = (("T1", "V01"), ("T1", "V06"), ("T2", "V08"))
    behind = (TargetAnswer(target=target, answer=answer) for target, answer in links)
    return AccountPlan.of((*sample, EVIDENCE, CENTRE, *behind, *more))


def deed(view: View, live: LivePlan, row: str, key: str, value: str) -> AccountPlan:
    """Return the plan after a deed."""
    edit = next(deed.edit for deed in view.deeds(live, row) if deed.key == key)
    return apply(live.whole, Step(tuple(edit.build(live.whole, value))))


# Ask


async def test_who_is_in_the_room_is_asked_first_every_question(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Ask()
    assert [person.id for person in in_turn(live)][:3] == ["ST06", "ST13", "ST01"]
    assert view.subjects(live) == len(live.view.all(Stakeholder))
    assert view.head(live) == "Dev Rathmore, Head of Operational Resilience"
    assert len(rows(view, live)) == len(live.view.all(Question))
    assert {"Answer/V03", "Answer/V04"} <= set(rows(view, live))


async def test_the_question_under_the_cursor_stands_large_with_its_answer(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Ask()
    large = view.large(live, "Answer/V04")
    assert large is not None
    assert large.label == "PERSONAL · why it matters to this person"
    assert large.text == "What would solving it free you to do?"
    assert large.beneath == "“Time to run drills in place of chasing spreadsheets.”"
    assert (large.note, large.tone) == ("● validated, 9 Jun 2026", "good")
    unasked = view.large(live, "new/Q01/ST06")
    assert unasked is not None
    assert (unasked.beneath, unasked.note) == ("", "Enter: the answer, word for word")
    theirs = view.large(looked_at(sample, CUSTOMER), "Answer/V04")
    assert theirs is not None
    assert (theirs.label, theirs.text) == ("", large.text)


async def test_stepping_to_another_person_stays_with_the_question(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Ask()
    assert view.step(live, "Answer/V04", 1) == "new/Q06/ST13"
    assert view.step(live, "new/Q06/ST13", -1) == "Answer/V04"
    assert view.step(live, "new", 1) == ""


@pytest.mark.parametrize(
    ("name", "person", "row"),
    [
        ("Answer/V02", "ST03", "Answer/V02"),
        ("new/Q02/ST02", "ST02", "Answer/V07"),
        ("TargetAnswer/T2/V08", "ST05", "Answer/V08"),
        ("Stakeholder/ST12", "ST12", ""),
        ("Question/Q06", "ST06", "Answer/V04"),  # the person stays
        ("heading/x", "ST06", ""),
    ],
)
async def test_asking_begins_with_what_one_comes_from(
    sample: AccountPlan, name: str, person: str, row: str
) -> None:
    live, view = looked_at(gathered(sample)), Ask()
    found = view.reveal(live, name)
    asked = view.person(live)
    assert asked is not None
    assert (asked.id, found) == (person, row)
    assert not row or row in rows(view, live)


async def test_a_first_answer_is_heard_today_and_its_card_asks_for_the_rest(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Ask()
    name, row = next((n, r) for n, r in rows(view, live).items() if n.startswith("new/"))
    assert view.card(live, name) is None
    after = changed(live, row.cells[1], "Fewer surprises")
    (answer,) = after.where(Answer, text="Fewer surprises")
    assert name == f"new/{answer.question}/{answer.stakeholder}"
    assert (answer.status, answer.heard_on) == (AnswerStatus.HEARD, live.today)
    labels = {}
    for audience in ("alliance", CUSTOMER):
        card = view.card(looked_at(after, audience), f"Answer/{answer.id}")
        if card:
            labels[audience] = [row.cells[0].text for row in card.rows]
    assert labels["alliance"][:7] == [
        *("Personal reason", "Success", "Measure", "Horizon", "Theme", "Status", "Heard by")
    ]
    assert CUSTOMER not in labels  # it is the alliance's until it is shared


async def test_the_customer_is_told_of_no_answer_that_is_not_theirs(sample: AccountPlan) -> None:
    hidden = AccountPlan.of(
        row for row in sample if not (isinstance(row, Answer) and row.visibility != CUSTOMER)
    )
    for view in (Ask(), Board(), Heard(), SaidBack()):
        shown, without = (view.table(looked_at(plan, CUSTOMER)) for plan in (sample, hidden))
        assert shown == without
        assert view.head(looked_at(sample, CUSTOMER)) == view.head(looked_at(hidden, CUSTOMER))
    card = Ask().card(looked_at(sample, CUSTOMER), "Answer/V04")
    assert card is not None
    labels = {row.cells[0].text for row in card.rows}
    assert labels == {"Success", "Measure", "Horizon", "Status", "Heard on", "Validated on"}


# Board


def signs(live: LivePlan, person: str) -> str:
    (row,) = (row for row in Board().table(live).rows if row.id == f"asked/{person}")
    return "".join(cells(row)[AHEAD:])


async def test_the_board_tells_who_was_asked_what_and_how_sure_we_are(sample: AccountPlan) -> None:
    live = looked_at(sample)
    found = {
        f"{question.id} {row.id.partition('/')[2]}": cell.text
        for row in Board().table(live).rows
        if not row.heading
        for question, cell in zip(live.view.all(Question), row.cells[AHEAD:], strict=True)
        if cell.text != "·"
    }
    assert found == {
        "Q01 ST03": "●",
        "Q05 ST03": "○",
        "Q09 ST06": "●",
        "Q06 ST06": "●",
        "Q10 ST13": "●",
        "Q22 ST13": "○",
        "Q02 ST02": "○",
        "Q20 ST05": "○",
        "Q18 ST08": "?",
    }
    theirs = looked_at(sample, CUSTOMER)
    shown = "".join(signs(theirs, person.id) for person in theirs.view.all(Stakeholder))
    assert sorted(shown.replace("·", "")) == ["○", "●", "●", "●", "●"]  # V06; V01, V03, V04, V05
    assert signs(looked_at(sample, "tech"), "ST10").count("○") == 1  # V09 is its own
    assert signs(looked_at(sample, "ps"), "ST10") == "·" * 24


async def test_the_board_marks_key_people_and_those_of_whom_nothing_is_known(sample: AccountPlan) -> None:
    table = Board().table(looked_at(sample))
    marked = {row.id.partition("/")[2]: cells(row)[0] for row in table.rows if not row.heading}
    assert {person for person, mark in marked.items() if mark == "◆!"} == {
        *("ST01", "ST04", "ST11", "ST12", "ST14"),  # key people never asked
        "ST10",  # asked, but what he said is one firm's own
    }
    assert {person for person, mark in marked.items() if mark == " !"} == {"ST07", "ST09"}
    assert {cells(row)[2] for row in table.rows if cells(row) and "!" in cells(row)[0]} == {"none"}
    (kept,) = sample.where(Answer, stakeholder="ST10")
    without = AccountPlan.of(row for row in sample if row is not kept)
    told = [[cells(row) for row in Board().table(looked_at(p, "ps")).rows] for p in (sample, without)]
    assert told[0] == told[1]  # hidden or not there, one can't tell
    theirs = Board().table(looked_at(sample, CUSTOMER)).rows
    assert {cells(row)[0] for row in theirs if row.cells} == {"  "}
    assert theirs[0].heading == "? assumed  ○ heard  ● validated  × withdrawn"


async def test_the_cell_under_the_cursor_says_its_question_and_shows_its_answer(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Board()
    assert view.head(live) == "Move along a row to see each question."
    view.column = AHEAD + 4
    assert view.head(live) == "Personal: Why does this matter to you, apart from the bank?"
    assert view.at_cursor(live, "asked/ST03") == "Answer/V02"
    assert view.at_cursor(live, "asked/ST01") == "new/Q05/ST01"
    card = view.card(live, "asked/ST03")
    assert card is not None
    assert card.rows[0].cells[1].text.startswith("Signs the attestation")
    assert view.card(live, "asked/ST01") is None
    assert view.reveal(live, "Answer/V08") == "asked/ST05"
    assert view.head(looked_at(sample, CUSTOMER)) == "Why does this matter to you, apart from the bank?"


async def test_a_cell_of_the_board_answers_or_changes_the_answer(sample: AccountPlan) -> None:
    live = looked_at(sample)
    board = {row.id: row for row in Board().table(live).rows}
    after = changed(live, board["asked/ST01"].cells[AHEAD], "No headline with our name")
    assert after.where(Answer, question="Q01", stakeholder="ST01")
    (answer,) = changed(live, board["asked/ST03"].cells[AHEAD], "Proof by December").where(Answer, id="V01")
    assert (answer.status, answer.validated_on) == (AnswerStatus.HEARD, None)


async def test_the_purposes_stand_above_their_questions_and_more_questions_on_another_page(
    sample: AccountPlan,
) -> None:
    heads = [head for head in headings(Board().table(looked_at(sample)))[AHEAD:] if head.strip()]
    assert heads == ["Prio", "Pers", "Success", "Past", "Pres", "Fut", "Tog", "Val"]
    more = (Question(id=f"x{n}", text=f"And {n}?", rank=100 + n, purpose=Purpose.VALIDATE) for n in range(3))
    live, view = looked_at(AccountPlan.of((*sample, *more))), Board()
    assert view.subjects(live) == 2
    view.step(live, "asked/ST01", 1)
    assert headings(view.table(live))[AHEAD:] == ["Vali", " ", " "]
    view.column = AHEAD + 2
    assert view.head(live) == "Validate: And 2?"


# Questions


async def test_questions_come_in_and_move_under_what_they_are_for(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Questions()
    table = view.table(live)
    ghosts = {row.id: row for row in table.rows if row.ghost}
    assert list(ghosts) == [f"new/{purpose.value}" for purpose in Purpose]
    assert [row.cells[1].text for row in table.rows if row.cells and not row.ghost][:3] == [
        "by 1",
        "by 1",
        "·",
    ]
    after = changed(live, ghosts["new/personal"].cells[0], "What would you miss?")
    order = [question.text for question in after.all(Question)]
    assert order.index("What would you miss?") == 8  # behind the four others of its purpose
    assert after.where(Question, text="What would you miss?", visibility=CUSTOMER)
    ours = looked_at(sample, "ps")
    (line,) = (row.cells[0] for row in Ask().table(ours).rows if row.ghost)
    assert changed(ours, line, "What do they not hear?").where(Question, visibility="ps")
    shifted = apply(live.whole, Step(tuple(view.shift(live, "Question/Q05", 1))))
    assert [question.id for question in shifted.all(Question)][4:6] == ["Q06", "Q05"]
    assert view.shift(live, "Question/Q08", 1) == ()  # the last of its purpose
    assert view.shift(live, "new/personal", 1) == ()
    moved = deed(view, live, "Question/Q08", "p", "past")
    assert [q.id for q in moved.where(Question, purpose=Purpose.PAST)] == ["Q13", "Q14", "Q15", "Q08"]
    assert [q.id for q in moved.all(Question)].index("Q08") == 14
    assert view.deeds(live, "new/personal") == ()


# Read-back


async def test_what_was_heard_is_read_back_person_by_person(sample: AccountPlan) -> None:
    live, view = looked_at(sample), SaidBack()
    names = list(rows(view, live))
    assert names[:5] == [f"Answer/V{n}" for n in ("06", "07", "02", "08", "10")]
    assert set(names[5:]) == {f"Answer/V{n}" for n in ("01", "03", "04", "05")}
    assert view.head(live).startswith("4 of 9 confirmed")
    large = view.large(live, "Answer/V02")
    assert large is not None
    assert large.label == "3 OF 5 · I HEARD YOU SAY"
    assert large.text.startswith("“Signs the attestation")
    assert large.beneath == "Priya Vantongeren, on “Why does this matter to you, apart from the bank?”"
    assumed, done = view.large(live, "Answer/V10"), view.large(live, "Answer/V01")
    assert assumed is not None
    assert done is not None
    assert assumed.label == "5 OF 5 · WE THINK THAT YOU WOULD SAY"
    assert done.label == "CONFIRMED IN THESE WORDS"
    assert view.reveal(live, "Answer/V01") == "Answer/V06"
    assert view.reveal(live, "Answer/V08") == "Answer/V08"
    assert view.large(live, "heading/done") is None


async def test_a_tick_confirms_today_and_goes_on_and_other_words_are_heard_again(sample: AccountPlan) -> None:
    live, view = looked_at(sample), SaidBack()
    tick = rows(view, live)["Answer/V10"].cells[0]
    assert tick.edit is not None
    assert tick.edit.then == "Answer/V06"  # the last leads to the first that still waits
    (now,) = changed(live, tick, True).where(Answer, id="V10")
    assert (now.status, now.validated_on) == (AnswerStatus.VALIDATED, live.today)
    (again,) = changed(live, rows(view, live)["Answer/V01"].cells[0], False).where(Answer, id="V01")
    assert (again.status, again.validated_on) == (AnswerStatus.HEARD, None)
    (corrected,) = changed(live, rows(view, live)["Answer/V01"].cells[1], "Proof").where(Answer, id="V01")
    assert (corrected.status, corrected.validated_on) == (AnswerStatus.HEARD, None)


async def test_all_that_is_confirmed_says_so(sample: AccountPlan) -> None:
    confirmed = AccountPlan.of(row for row in sample if not isinstance(row, Answer) or row.validated_on)
    assert SaidBack().head(looked_at(confirmed)) == "All 4 confirmed today."
    nothing = looked_at(AccountPlan.of(row for row in sample if not isinstance(row, Answer)))
    assert SaidBack().head(nothing) == ""
    assert SaidBack().table(nothing).empty == "Nothing has been heard that is not confirmed."


# Heard


async def test_answers_gather_under_their_themes(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Heard()
    heads = [row.heading for row in view.table(live).rows if row.heading]
    assert heads[:2] == ["evidence · 3 answers, 3 validated", "cost · 2 answers, 0 validated"]
    assert set(rows(view, live)) == {f"Answer/V{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10)}
    theirs = looked_at(sample, CUSTOMER)
    assert set(rows(view, theirs)) == {f"Answer/V0{n}" for n in (1, 3, 4, 5, 6)}
    assert view.table(theirs).rows[0].heading == "What must go right this year for your part of the bank?"
    assert "Theme" not in headings(view.table(theirs))
    validated = changed(live, at(view, live, "Answer/V06", "Status"), "validated")
    assert validated.where(Answer, id="V06", validated_on=live.today)


async def test_a_theme_counts_once_it_is_typed_and_keeps_its_spelling(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Heard()
    for theme in (at(view, live, "Answer/V06", "Theme"), at(Ask(), live, "Answer/V04", "Theme")):
        assert theme.edit is not None
        assert theme.edit.whole
        assert theme.edit.hint is not None
        assert theme.edit.hint("EVIDENCE") == "joins 3 answers under «evidence»"
        assert theme.edit.hint("evi") == "a new theme; there is: evidence"
        assert theme.edit.hint("zeal") == "a new theme"
    (answer,) = changed(live, at(view, live, "Answer/V06", "Theme"), " EVIDENCE").where(Answer, id="V06")
    assert answer.theme == "evidence"
    alone = changed(live, at(view, live, "Answer/V06", "Theme"), "One Plan")
    assert alone.where(Answer, id="V06", theme="One Plan")  # nobody else's theme


async def test_answers_are_filtered_sorted_and_marked(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Heard()
    sift = view.sift(live)
    sift.wanted = "priya evid"
    assert list(rows(view, live)) == ["Answer/V01"]
    assert view.head(live) == "«priya evid»: 1 of 9"
    sift.clear()
    sift.sort("Status")
    assert next(row.id for row in view.table(live).rows) == "Answer/V10"  # assumed
    assert not any(row.heading for row in view.table(live).rows)
    sift.sort("Who")
    assert next(cells(row)[0] for row in view.table(live).rows) == "Bram Osterveld"
    sift.column = ""
    for answer in ("Answer/V06", "Answer/V08"):
        sift.mark(answer)
    after = changed(live, at(view, live, "Answer/V08", "Theme"), "one plan")
    assert {row.id for row in after.where(Answer, theme="one plan")} == {"V06", "V08"}
    assert view.sift(looked_at(sample, CUSTOMER)).marked == set()


# Targets


async def test_marked_answers_make_a_target_or_go_under_one(sample: AccountPlan) -> None:
    live, view = looked_at(gathered(sample)), Heard()
    assert [d.key for d in view.deeds(looked_at(sample), "Answer/V01")] == ["t"]
    assert view.deeds(live, "heading/x") == ()
    for answer in ("Answer/V02", "Answer/V07"):
        view.sift(live).mark(answer)
    assert [d.text for d in view.deeds(live, "Answer/V01")] == [
        "Make a value target of the 2 marked",
        "Put the 2 marked under a target that is there",
    ]
    made = deed(view, live, "Answer/V01", "t", "A quiet year")
    (target,) = made.where(Target, title="A quiet year")
    assert {row.answer for row in made.where(TargetAnswer, target=target.id)} == {"V02", "V07"}
    put = deed(view, live, "Answer/V02", "p", "T2")
    assert {row.answer for row in put.where(TargetAnswer, target="T2")} == {"V02", "V07", "V08"}
    view.sift(live).clear()
    assert tuple(view.deeds(live, "Answer/V08")[1].edit.build(live.whole, "T2")) == ()  # it is there already
    assert at(view, live, "Answer/V08", "Target").text == "One data centre less"


async def test_targets_stand_with_what_is_behind_them_and_short_against_long(sample: AccountPlan) -> None:
    live, view = looked_at(gathered(sample)), Targets()
    table = view.table(live)
    assert headings(table)[2] == "Worth, GBP"
    assert [row.id for row in table.rows] == [
        *(
            "Target/T1",
            "TargetAnswer/T1/V01",
            "TargetAnswer/T1/V06",
            "Target/T2",
            "TargetAnswer/T2/V08",
            "new",
        )
    ]
    behind = table.rows[1]
    assert behind.wide
    assert cells(behind)[0].startswith("└ ● validated · Priya Vantongeren: “Evidence for all 22")
    assert view.head(live).splitlines() == [
        "Short: 1 target, GBP 250,000 · 0 answers",
        "Long: 1 target, 1 without an estimate · 0 answers",
        "Horizon open: 0 targets · 9 answers",
        "No validated answer behind: One data centre less",
    ]
    theirs = looked_at(gathered(sample), CUSTOMER)
    assert view.head(theirs) == ""
    assert [row.id for row in view.table(theirs).rows] == ["Target/T2", "new"]  # V08 is not theirs
    assert headings(view.table(theirs)) == ["Value target", "Serves", "Horizon"]
    assert view.head(looked_at(sample)) == ""


async def test_answers_go_behind_a_target_and_come_out_and_targets_have_an_order(sample: AccountPlan) -> None:
    live, view = looked_at(gathered(sample)), Targets()
    after = deed(view, live, "Target/T2", "a", "V03")
    assert after.get(TargetAnswer, "T2", "V03")
    out = deed(view, live, "TargetAnswer/T1/V06", "o", "")
    assert out.get(TargetAnswer, "T1", "V06") is None
    assert out.get(Answer, "V06")
    (choices,) = (d.edit.choices for d in view.deeds(live, "Target/T1"))
    assert not {"V01", "V06"} & {choice.value for choice in choices}
    shifted = apply(live.whole, Step(tuple(view.shift(live, "Target/T1", 1))))
    assert [row.id for row in shifted.all(Target)] == ["T2", "T1"]
    assert view.shift(live, "TargetAnswer/T1/V01", 1) == ()


async def test_money_is_typed_as_people_write_it_and_shown_as_it_is_taken(sample: AccountPlan) -> None:
    live = looked_at(gathered(sample))
    worth = rows(Targets(), live)["Target/T1"].cells[2]
    assert worth.text == "250,000"
    assert worth.edit is not None
    assert worth.edit.text == "250,000"
    assert worth.edit.hint is not None
    assert worth.edit.hint("1.2m") == "GBP 1,200,000"
    assert changed(live, worth, "1.2m").where(Target, estimate=1_200_000.0)
    assert changed(live, worth, "").where(Target, id="T1", estimate=None)
    with pytest.raises(Refused, match="type it as 250000"):
        changed(live, worth, "about a million")


# By keyboard


async def test_a_block_by_keyboard(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.VALUE)
        assert len(app.workshop.stage.views) == len(VIEWS)
        await app.press("enter")
        region, poster = app.editor.region, app.widget("#poster").region
        assert poster.y < region.y < poster.bottom  # right under the question
        await app.type_text("Drills that pass", "enter")
        (answer,) = app.live.whole.where(Answer, text="Drills that pass")
        assert (answer.question, answer.stakeholder) == ("Q01", "ST06")
        assert app.shows("“Drills that pass”")
        assert app.shows("Personal reason")
        await app.press("down", "]")
        assert app.shows("Nadia Okonjo-Wells")
        assert app.shows("you protect if the budget were halved?")
        await _taken_out(app, answer.id)
        await _read_back(app)
        await _gather(app)


async def _taken_out(app: Driven, answer: str) -> None:
    """The cell under the cursor is what goes out on the board, and nothing where it is empty."""
    await app.to_view("2")
    await app.go("asked/ST06")
    await app.press("right", "x")
    assert app.live.whole.get(Answer, answer)
    await app.press("left", "x")
    assert app.live.whole.get(Answer, answer) is None
    await app.press("ctrl+z")
    await app.wait_until(lambda: app.live.whole.get(Answer, answer) is not None)


async def _read_back(app: Driven) -> None:
    await app.to_view("4")
    await app.go("Answer/V06")
    await app.press("space")
    assert app.live.whole.where(Answer, id="V06", status=AnswerStatus.VALIDATED)
    current = app.sheet().current
    assert current is not None
    assert current.id == "Answer/V07"
    await app.press("v", "right", "enter")  # the one after it is Priya's, who says more
    await app.type_text(" Nor will her deputy.", "enter")
    assert app.live.whole.where(Answer, id="V07", status=AnswerStatus.VALIDATED)
    (said,) = app.live.whole.where(Answer, id="V02")
    assert said.text.endswith("tested. Nor will her deputy.")
    assert said.status is AnswerStatus.HEARD


async def _gather(app: Driven) -> None:
    await app.to_view("3")
    await app.go("Answer/V07")
    await app.press("m", "m", "d")
    await app.wait_until(lambda: "Make a value target of the 2 marked" in app.text)
    await app.press("t")
    await app.type_text("Less run cost", "enter")
    (target,) = app.live.whole.where(Target, title="Less run cost")
    assert len(app.live.whole.where(TargetAnswer, target=target.id)) == 2
    await app.to_view("5")
    await app.go("Less run cost")
    assert app.shows("Horizon open: 1 target")
