"""A discovery form comes back: just what was changed in it is found, in Markdown and in a workbook."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.documents.test_form import PROMPTS, WHOLE, forms, party
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.form import form_markdown, form_workbook, lines_of
from workshop_tui.documents.form_read import (
    FormRead,
    Spot,
    form_as_written,
    form_file,
    form_taken,
    read_form,
)
from workshop_tui.documents.markdown import md
from workshop_tui.documents.read_back import LARGEST
from workshop_tui.documents.task_line import as_read
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.text import clean_text, fold
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.domain.model.discovery import Bullet, Criterion, Score
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import SetContext
from workshop_tui.domain.plan.step import Remove, Step, apply, made, set_field

FEE = "Fee dispute on a 2024 engagement is still open with procurement."
LINE = f"- {FEE} `B4 own`"
WEAK = "- Weak below the chief information officer; seen as paper rather than engineering. `B3 alliance`"
SCORE = "| `C4` | Spend we can reach in 24 months | 15 | 3 |"
TEXT = str(forms(WHOLE, "ps")[0].content)
BOOK = forms(WHOLE, "ps")[1].content
ON = dt.date(2026, 6, 9)
MENDED = "Fee dispute is settled."


def number_of(line: str, text: str = TEXT) -> int:
    return text.split("\n").index(line) + 1


def back(content: str | bytes, now: AccountPlan = WHOLE, *, steps: Sequence[Step] = ()) -> FormRead:
    """Read a form back into a plan to which these Steps, the latest last, have led since it was written."""
    file = form_file(content.encode() if isinstance(content, str) else content)
    was = form_as_written(now, file.firm, file.mark, reversed(steps))
    return read_form(file, project(now, file.firm), was, party(now, file.firm))


def sure(found: FormRead) -> tuple[set[tuple[str, str, Json]], set[tuple[str, str]]]:
    """Return edits and new lines, if there is nothing else."""
    assert not any((found.questions, found.likely, found.refused, found.not_read)), found
    return (
        {("/".join(edit.key), edit.name, edit.value) for edit in found.edits},
        {(one.text, one.visibility) for one in found.new},
    )


@dataclass(frozen=True)
class Case:
    """What is done to a form, and what comes of it."""

    old: str
    new: str
    edits: tuple[tuple[str, str, Json], ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


CASES = {
    "words": Case(FEE, MENDED, (("B4", "text", MENDED),)),
    "wrapped": Case(FEE, "Fee dispute\n  is settled.", (("B4", "text", MENDED),)),
    "two paragraphs": Case(LINE, "- Fee `B4 own`\n\n  More of it", (("B4", "text", "Fee\nMore of it"),)),
    "emphasised": Case(FEE, f"**{FEE}**"),
    "moved": Case(f"{WEAK}\n{LINE}", f"{LINE}\n{WEAK}"),
    "below a question": Case(
        f"{LINE}\n\n## Questions to ask yourselves\n",
        f"\n## Questions to ask yourselves\n\n1. {FEE} `b4 own`\n",
    ),
    "shown to more": Case("B4 own", "B4 alliance", (("B4", "visibility", "alliance"),)),
    "kept back": Case("B3 alliance", "B3 Quillhaven", (("B3", "visibility", "ps"),)),
    "who sees it is gone": Case("`B4 own`", "`B4`"),
    "signs of code are gone": Case("`B4 own`", "B4 own"),
    "words behind the id": Case(LINE, "- Fee dispute `B4 own`", (("B4", "text", "Fee dispute"),)),
    "a line gone": Case(f"{LINE}\n", ""),
    "all lines gone": Case(f"{WEAK}\n{LINE}\n", ""),
    "new": Case(LINE, f"{LINE}\n- The board asks.", lines=(("The board asks.", "ps"),)),
    "new, for the alliance": Case(
        LINE, f"{LINE}\n* The board asks. `alliance`", lines=(("The board asks.", "alliance"),)
    ),
    "new, under its question": Case(
        "shut\\* to us?\n\n- ", "shut\\* to us?\n\n- The board.", lines=(("The board.", "ps"),)
    ),
    "new, without a sign of a list": Case(
        "shut\\* to us?\n\n- ", "shut\\* to us?\n\nThe board.", lines=(("The board.", "ps"),)
    ),
    "a comment": Case(LINE, f"{LINE}\n\n<!-- ask the board -->"),
    "new, nested": Case(LINE, f"{LINE}\n  - The board.", lines=(("The board.", "ps"),)),
    "new, indented": Case(LINE, f"{LINE}\n\n      The board.", (("B4", "text", f"{FEE}\nThe board."),)),
    "the same words without an id": Case(LINE, f"- {FEE}"),
    "the same words twice without an id": Case(LINE, f"- {FEE}\n- {FEE}", lines=((FEE, "ps"),)),
    "a score": Case(SCORE, SCORE.replace("3", "5"), (("C4/ps", "score", 5),)),
    "a score in bold": Case(SCORE, SCORE.replace("3", "**5**"), (("C4/ps", "score", 5),)),
    "a score gone": Case(SCORE, SCORE.replace("3", "")),
    "a criterion gone": Case(f"{SCORE}\n", ""),
    "a criterion's id gone": Case(
        SCORE, SCORE.replace("`C4`", "").replace("3", "5"), (("C4/ps", "score", 5),)
    ),
    "new, with a link": Case(
        LINE,
        f"{LINE}\n- See [their plan](https://example.org/a?b=1).",
        lines=(("See their plan (https://example.org/a?b=1).", "ps"),),
    ),
    "a list above all": Case("## Profile", "- The board.\n\n## Profile", lines=(("The board.", "ps"),)),
    "a byte order mark": Case("# Norvane", "\ufeff# Norvane"),
    "the introduction": Case("Fill this in without the other firm", "Fill this in  without\nthe other firm"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_just_what_was_changed_is_found(case: Case) -> None:
    assert case.old in TEXT
    assert sure(back(TEXT.replace(case.old, case.new, 1))) == ({*case.edits}, {*case.lines})


NONE = "write its id as it was, or none."
REFUSED = {
    "an id twice": (
        LINE,
        f"{LINE}\n- Another `B4`",
        "Lines {n} and {m} are about the same line, B4: leave one of them.",
    ),
    "another firm's line": (
        LINE,
        f"- {FEE} `B5 alliance`",
        f"There is no line «B5 alliance» in this form: {NONE}",
    ),
    "no line": ("`B4 own`", "`B9`", f"There is no line «B9» in this form: {NONE}"),
    "two ids": ("`B4 own`", "`B4 own` `B2`", "It has several ids, B2 or B4: leave one of them."),
    "its words gone": (FEE, "", "Its words are gone: write them again, or take the line out in the app."),
    "nobody": (
        "B4 own",
        "B4 tech",
        "«tech» is nobody for whom a line can be: use own, alliance or customer.",
    ),
    "no score": (SCORE, SCORE.replace("3", "6"), "«6» is no score: write a whole number from 1 to 5."),
    "no criterion": (
        SCORE,
        SCORE.replace("C4", "C9"),
        "There is no criterion «C9»: they are added in the app.",
    ),
}


@pytest.mark.parametrize(("old", "new", "why"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_taken_is_told_with_its_line(old: str, new: str, why: str) -> None:
    assert old in TEXT
    found = back(TEXT.replace(old, new, 1))
    first = number_of(SCORE if old == SCORE else LINE)
    assert [one.why for one in found.refused] == [why.format(n=first, m=first + 1)]
    assert found.refused[0].spots[0] == Spot(first)
    assert replace(found, refused=()).is_nothing


UNREAD = {
    "above the lines": (
        "## Profile",
        "Sent in May.\n\n## Profile",
        "«Sent in May.» stands above the lines, so it isn't read.",
    ),
    "a criterion": (
        "Spend we can",
        "Money we can",
        "«Money we can reach in 24 months» isn't read: a criterion is changed in the app.",
    ),
    "a weight": ("| 15 | 3", "| 16 | 3", "«16» isn't read: a weight is changed in the app."),
    "a row of another table": (
        "## What",
        "| Whom | Where |\n| - | - |\n\n## What",
        "«Whom Where» isn't read from a form.",
    ),
    "a heading in other words": (
        "## What we know\n",
        "## Was wir wissen\n",
        "«Was wir wissen» is a heading, so it isn't read: write lines beneath it.",
    ),
    "an answer in its question": (
        "shut\\* to us?",
        "shut\\* to us? All.",
        "«Which doors are *shut* to us? All.» is a heading, so it isn't read: write lines beneath it.",
    ),
    "a fence": (LINE, f"{LINE}\n\n```\nThe board\n```", "«The board» isn't read from a form."),
}


@pytest.mark.parametrize(("old", "new", "why"), UNREAD.values(), ids=UNREAD)
def test_what_is_not_read_is_told(old: str, new: str, why: str) -> None:
    found = back(TEXT.replace(old, new, 1))
    assert [one.why for one in found.not_read] == [why]
    assert replace(found, not_read=()).is_nothing


def test_a_line_that_has_lost_its_id_and_is_much_like_one_is_asked() -> None:
    found = back(TEXT.replace(LINE, f"- {FEE[:-1]}, alas. `alliance`"))
    (likely,) = found.likely
    assert (likely.id, likely.new.visibility) == ("B4", "alliance")
    assert {(edit.name, edit.value) for edit in likely.edits} == {
        ("text", f"{FEE[:-1]}, alas."),
        ("visibility", "alliance"),
    }
    assert replace(found, likely=()).is_nothing


# What has changed in the plan meanwhile


def since(*values: tuple[str, str, Json], plan: AccountPlan = WHOLE) -> tuple[AccountPlan, list[Step]]:
    """Return the plan after fields of lines were set, and the Steps."""
    steps = []
    for id_, name, value in values:
        row = plan.get(Bullet, id_)
        assert row
        steps.append(Step(set_field(row, name, value)))
        plan = apply(plan, steps[-1])
    return plan, steps


def test_what_the_plan_alone_has_changed_stays() -> None:
    now, steps = since(
        ("B4", "text", "Closed."), ("B3", "visibility", "ps"), ("B7", "text", "Of the others.")
    )
    text = TEXT.replace(SCORE, SCORE.replace("3", "5"))
    assert sure(back(text, now, steps=steps)) == ({("C4/ps", "score", 5)}, set())


def test_what_both_have_changed_is_asked() -> None:
    now, steps = since(("B4", "text", "Closed."))
    found = back(TEXT.replace(FEE, MENDED), now, steps=steps)
    ((question,),) = [found.questions]
    assert (question.edit.value, question.edit.was, question.is_known) == (MENDED, "Closed.", True)
    assert replace(found, questions=()).is_nothing


def test_a_line_that_was_taken_out_in_the_app_does_not_come_back() -> None:
    row = WHOLE.get(Bullet, "B4")
    assert row
    steps = [Step((Remove(row),))]
    now = apply(WHOLE, steps[0])
    assert back(TEXT.replace(SCORE, SCORE.replace("3", "3 ")), now, steps=steps).is_nothing
    found = back(TEXT.replace(FEE, MENDED), now, steps=steps)
    assert [one.why for one in found.refused] == ["This line is not in the plan any more."]
    assert not found.edits


def test_a_line_that_has_become_the_other_firms_is_not_touched() -> None:
    now, steps = since(("B3", "party", "tech"), ("B3", "visibility", "alliance"))
    found = back(TEXT.replace("seen as paper", "seen as talk").replace(FEE, MENDED), now, steps=steps)
    assert [one.why for one in found.refused] == ["This line is not in the plan any more."]
    assert [(edit.key, edit.value) for edit in found.edits] == [(("B4",), MENDED)]


def test_without_knowing_what_was_written_every_difference_is_asked() -> None:
    text = re.sub(r"(for ps) \w{12}", r"\1 000000000000", TEXT).replace(FEE, MENDED)
    found = back(text.replace("B3 alliance", "B3 own"))
    assert [(one.edit.name, one.is_known) for one in found.questions] == [
        ("visibility", False),
        ("text", False),
    ]
    assert not found.edits


def test_a_form_that_nobody_has_changed_changes_nothing_however_old_it_is() -> None:
    now, _ = since(("B4", "text", "Closed."))
    assert back(TEXT, now).is_nothing
    assert back(TEXT.replace("\n", "\r\n"), now).is_nothing


# Files that are no form


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"# Notes\n\n- One\n", "This is no form that was exported here"),
        ("Zoë".encode("cp1252"), "This is neither Markdown in UTF-8 nor a workbook"),
        (b"", "This is no form that was exported here"),
        (
            b"%PDF-1.7\n",
            "This is neither Markdown in UTF-8 nor a workbook: choose the file that `form export` has",
        ),
        (b'{"schema": 1}', "This is neither Markdown"),
        (b"PK\x03\x04 no archive", "This workbook can't be read: save it again as XLSX"),
        (b"x" * (LARGEST + 1), "This is far larger than a form of ours"),
        (
            TEXT.encode() + str(forms(WHOLE, "tech")[0].content).encode(),
            "There are several forms in this file",
        ),
        (
            b"<!-- workshop-tui norvane for ps e62300f57aec 5041f5e50d9aa35e54f2ca2daeea0862 -->",
            "This is no form that",
        ),
    ],
)
def test_a_file_that_is_no_form_is_told_in_one_sentence(content: bytes, why: str) -> None:
    with pytest.raises(DocumentError, match=re.escape(why)) as refused:
        form_file(content)
    assert "\n" not in str(refused.value)


def test_far_too_much_is_refused_and_not_waited_for() -> None:
    for much in ("- x\n" * 3_000, "\n" * 30_000, "- " + "y" * 400_000 + "\n"):
        with pytest.raises(DocumentError, match="far more in it than any form"):
            back(TEXT.replace(LINE, f"{LINE}\n{much}"))
    found = back(TEXT.replace(LINE, f"{LINE}\n- {'[' * 5_000}"))
    assert [one.why for one in found.refused] == ["This is far longer than a line may be."]
    found = back(TEXT.replace(LINE, f"{LINE}\n\n{'<!-- -->' * 50_000} x"))
    assert [one.why[:5] for one in found.not_read] == ["«<!--"]
    found = back(TEXT.replace(LINE, f"{LINE}\n\n## {'[' * 200_000}"))
    assert [one.why[:3] for one in found.not_read] == ["«[["]


# Workbooks


def changed(content: str | bytes, *changes: Callable[[Any], None]) -> bytes:
    """Return a workbook as a program saves it anew, with changes."""
    assert isinstance(content, bytes)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for change in changes:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def put(sheet: str, cell: str, value: Json) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][cell] = value

    return change


@pytest.mark.parametrize(
    ("changes", "edits", "lines"),
    [
        ((), (), ()),
        ((put("lines", "C5", MENDED),), (("B4", "text", MENDED),), ()),
        ((put("lines", "C5", "Fee\nsettled"),), (("B4", "text", "Fee\nsettled"),), ()),
        ((put("lines", "D5", "Alliance"),), (("B4", "visibility", "alliance"),), ()),
        ((put("lines", "D5", None),), (), ()),
        ((put("lines", "C6", "The board asks."),), (), (("The board asks.", "ps"),)),
        ((put("lines", "C9", "Below"), put("lines", "D9", "alliance")), (), (("Below", "alliance"),)),
        ((put("profile", "D5", 5),), (("C4/ps", "score", 5),), ()),
        ((put("profile", "D5", None),), (), ()),
        ((lambda book: book["lines"].delete_rows(5),), (), ()),
        ((lambda book: book["lines"].insert_rows(1),), (), ()),
        ((lambda book: book.move_sheet("form", -2),), (), ()),
        ((lambda book: setattr(book["form"], "sheet_state", "hidden"),), (), ()),
    ],
)
def test_just_what_was_changed_in_a_workbook_is_found(
    changes: Sequence[Callable[[Any], None]],
    edits: Iterable[tuple[str, str, Json]],
    lines: Iterable[tuple[str, str]],
) -> None:
    assert sure(back(changed(BOOK, *changes))) == ({*edits}, {*lines})


def test_a_form_in_which_nothing_stands_yet_is_filled_in() -> None:
    plan = AccountPlan.of(row for row in WHOLE if isinstance(row, Account | Party))
    text, book = (form.content for form in forms(plan, "tech"))
    assert "## Profile" not in str(text)
    filled = str(text).replace("- \n", "- The board.\n", 1)
    assert sure(back(filled, plan)) == (set(), {("The board.", "tech")})
    assert sure(back(changed(book), plan)) == (set(), set())
    assert sure(back(changed(book, put("lines", "C2", "The board.")), plan)) == (
        set(),
        {("The board.", "tech")},
    )


def test_a_workbook_tells_in_which_row_of_which_sheet_something_is_wrong() -> None:
    def added(book: Any) -> None:
        book.create_sheet("mine")["A1"] = "My own"

    found = back(
        changed(
            BOOK,
            put("lines", "A6", "B4"),
            put("lines", "C6", "Another"),
            put("lines", "B7", "Our people"),
            put("profile", "D5", 9),
            added,
        )
    )
    assert [(one.spots[0].told, one.why) for one in found.refused] == [
        ("Row 5 of «lines»", "Rows 5 and 6 of «lines» are about the same line, B4: leave one of them."),
        ("Row 5 of «profile»", "«9» is no score: write a whole number from 1 to 5."),
    ]
    assert [one.why for one in found.not_read] == [
        "«Our people» is no question of the form: write what you know beside it.",
        "The sheet «mine» is no part of a form.",
    ]


# Taking it, and the law


def taken(found: FormRead, plan: AccountPlan, firm: str = "ps") -> tuple[AccountPlan, Step]:
    ids = iter(range(1000))
    context = SetContext(Calendar(plan.account.as_of), lambda: None)  # type: ignore[arg-type, return-value]
    changes, refused = form_taken(
        plan, firm, edits=found.edits, new=found.new, context=context, new_id=lambda: f"N{next(ids)}"
    )
    assert not refused
    return apply(plan, Step(changes)), Step(changes)


def test_what_is_taken_is_in_the_plan_and_a_second_time_there_is_nothing() -> None:
    text = (
        TEXT.replace(LINE, f"- {MENDED} `B4 own`\n- The board asks.")
        .replace(SCORE, SCORE.replace("3", "5"))
    )  # fmt: skip
    plan, step = taken(back(text), WHOLE)
    (new,) = (row for row in lines_of(plan, "ps") if row.text == "The board asks.")
    assert (new.visibility, new.party) == ("ps", "ps")
    assert lines_of(plan, "ps")[-1] == new
    fee, score = plan.get(Bullet, "B4"), plan.get(Score, "C4", "ps")
    assert fee
    assert score
    assert (fee.text, fee.visibility, score.score) == (MENDED, "ps", 5)
    assert back(text, plan, steps=[step]).is_nothing
    later = text.replace("The board asks.", "The board asks.\n- And the regulator.")
    assert sure(back(later, plan, steps=[step])) == (set(), {("And the regulator.", "ps")})


_GREEK = "αβγδε"
"""Letters of new lines alone: a new line like one that was left out may be that line, and is asked about."""
_words = st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), min_size=1, max_size=12).filter(
    lambda text: bool(as_read(clean_text(text, lines=True))) and set(_GREEK).isdisjoint(fold(text))
)
_markup = st.text("ab *_`#[]()<>|\\-+1.!&;:~^$@/=%\n\t'\"", min_size=1, max_size=16).filter(
    lambda text: bool(as_read(clean_text(text, lines=True)))
)
_texts = _words | _markup | st.sampled_from(["B1 own", "`B1 own`", "alliance", "## Profile", "1. x", "| a |"])
_seen = st.sampled_from(["ps", "alliance", "customer"])
_new = st.text(_GREEK, min_size=3, max_size=9)


Edits = dict[str, tuple[str, str] | None]
"""Line → its new words and who is to see it; None where it is left out."""
_BASE = [row for row in WHOLE if isinstance(row, Account | Party)]


@dataclass(frozen=True)
class Edited:
    """Lines and scores of both firms, and what one of them changes in its form."""

    rows: list[Any]
    edits: Edits
    new: list[str]
    scores: dict[str, int]

    @property
    def plan(self) -> AccountPlan:
        return AccountPlan.of([*_BASE, *self.rows])


@st.composite
def edited(draw: st.DrawFn) -> Edited:
    """Return any lines and scores, of which those of the first firm are changed."""
    rows: list[Any] = [
        *(
            made(
                Criterion, {"id": f"C{n}", "rank": n, "text": draw(_texts), "weight": draw(st.floats(0, 100))}
            )
            for n in range(2)
        ),
        *(
            made(Score, {"criterion": "C0", "party": firm, "score": draw(st.integers(1, 5))})
            for firm in ("ps", "tech")
        ),
        *(
            made(
                Bullet,
                {"id": f"B{n}", "rank": n, "party": firm, "text": draw(_texts), "visibility": draw(_seen)},
            )
            for n, firm in enumerate(("ps", "ps", "ps", "tech"))
        ),
    ]
    edits = draw(st.dictionaries(st.sampled_from(["B0", "B1", "B2"]), st.none() | st.tuples(_texts, _seen)))
    scores = draw(st.dictionaries(st.sampled_from(["C0", "C1"]), st.integers(1, 5)))
    return Edited(rows, edits, draw(st.lists(_new, max_size=2)), scores)


def expected(of: Edited, shown: Callable[[str], str]) -> set[tuple[str, str, Json]]:
    """Return what is to be found, worked out from the values alone."""
    found: set[tuple[str, str, Json]] = set()
    for id_, edit in of.edits.items():
        row = of.plan.get(Bullet, id_)
        assert row
        if edit and shown(edit[0]).split() != shown(row.text).split():
            found.add((id_, "text", shown(edit[0])))
        if edit and edit[1] != row.visibility:
            found.add((id_, "visibility", edit[1]))
    for id_, score in of.scores.items():
        there = of.plan.get(Score, id_, "ps")
        if there is None or there.score != score:
            found.add((f"{id_}/ps", "score", score))
    return found


def label(visibility: str) -> str:
    return "own" if visibility == "ps" else visibility


def unsigned(text: str) -> str:
    """Return a form without its checksum, so that it is read whether anybody has changed it or not."""
    return re.sub(r" \w{32} -->", " -->", text)


@settings(deadline=None, max_examples=60)
@given(edited())
def test_of_any_form_just_the_edits_come_back(of: Edited) -> None:
    plan = of.plan
    text = unsigned(str(form_markdown(project(plan, "ps"), party(plan, "ps"), PROMPTS).content))
    assert sure(back(text, plan)) == (set(), set())
    for id_, edit in of.edits.items():
        (line,) = (
            one for one in text.split("\n") if re.fullmatch(rf"- .* `{id_} (own|alliance|customer)`", one)
        )
        changed_line = f"- {md(edit[0])} `{id_} {label(edit[1])}`\n" if edit else ""
        text = text.replace(f"{line}\n", changed_line, 1)
    for id_, score in of.scores.items():
        text = re.sub(rf"(?m)^(\| `{id_}` .*\|)[^|]*\|$", rf"\g<1> {score} |", text)
    text = text.replace("\n## Questions", "".join(f"- {one}\n" for one in of.new) + "\n## Questions", 1)
    found = back(text, plan)
    assert sure(found)[0] == expected(of, as_read)
    assert [(one.text, one.visibility) for one in found.new] == [(one, "ps") for one in of.new]
    after, step = taken(found, plan)
    assert back(text, after, steps=[step]).is_nothing
    for kind in (Bullet, Score):
        assert after.where(kind, party="tech") == plan.where(kind, party="tech")


@settings(deadline=None, max_examples=15)
@given(edited())
def test_of_any_workbook_just_the_edits_come_back(of: Edited) -> None:
    plan = of.plan

    def change(book: Any) -> None:
        for row in [*book["lines"].iter_rows(min_row=2)]:
            if (edit := of.edits.get(row[0].value, ())) is None:
                for cell in row:
                    cell.value = None
            elif edit:
                row[2].value, row[3].value = clean_text(edit[0], lines=True), label(edit[1])
                row[2].data_type = "s"  # or «=1» were a formula
        for text in of.new:
            book["lines"].append((None, None, text, None))
        for row in book["profile"].iter_rows(min_row=2):
            row[3].value = of.scores.get(row[0].value, row[3].value)

    content = form_workbook(project(plan, "ps"), party(plan, "ps"), PROMPTS, ON).content
    assert isinstance(content, bytes)
    assert sure(back(content, plan)) == (set(), set())
    found = back(changed(content, change), plan)
    assert sure(found)[0] == expected(of, lambda text: clean_text(text, lines=True))
    assert [(one.text, one.visibility) for one in found.new] == [(one, "ps") for one in of.new]
