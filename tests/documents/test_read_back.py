"""A Markdown plan comes back: what people have changed in it is found, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import SAMPLE
from tests.documents.full import full
from workshop_tui.documents.as_markdown import Dialect
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.export import ExportOptions, export
from workshop_tui.documents.markdown import md
from workshop_tui.documents.plan_json import load_plan
from workshop_tui.documents.read_back import (
    LARGEST,
    NO_ACTION,
    LineEdit,
    ReadBack,
    as_written,
    read_back,
    signature_of,
    taken,
    text_of,
    told_together,
    with_side,
)
from workshop_tui.domain.base.dates import Calendar, format_date
from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan, audiences
from workshop_tui.domain.plan.setters import SetContext
from workshop_tui.domain.plan.step import Step, apply, set_field

ON = dt.date(2026, 6, 9)
TODAY = ON.isoformat()
DATES = Calendar(ON)
DIALECTS: Sequence[Dialect] = get_args(Dialect)
A07 = "Send Dev and Nadia the written read-back of today's answers"
A11 = "First drill on two services with the bank's team"
WHOLE = load_plan(SAMPLE.read_bytes())


def written(plan: AccountPlan, audience: str = "customer", dialect: Dialect = "plain") -> str:
    return export(plan, audience, "md", on=ON, options=ExportOptions(tasks=dialect)).text


def back(text: str, now: AccountPlan, *, steps: Sequence[Step] = ()) -> ReadBack:
    """Read a text back into a plan to which these Steps, the latest last, have led since it was written."""
    signature = signature_of(text)
    was = as_written(now, signature.audience, signature.mark, reversed(steps))
    return read_back(text, project(now, signature.audience), was, DATES, is_intact=signature.is_intact)


def edits(found: ReadBack) -> set[tuple[str, str, Any]]:
    """Return what is sure, if there is nothing else."""
    others = found.questions, found.new, found.likely, found.refused, found.not_read
    assert not any(others), found
    return {(edit.id, edit.name, edit.value) for edit in found.edits}


def line_of(text: str, action: str) -> str:
    return next(line for line in text.split("\n") if re.search(rf"\b{action}\b", line) and "[" in line[:8])


def in_line(action: str, *pairs: tuple[str, str]) -> Callable[[str], str]:
    """Return what replaces words in the line of an action."""

    def change(text: str) -> str:
        before = after = line_of(text, action)
        for old, new in pairs:
            assert old in after, (old, after)
            after = after.replace(old, new, 1)
        return text.replace(before, after)

    return change


def moved_to(action: str, place: str) -> Callable[[str], str]:
    """Return what moves the line of an action behind another line."""

    def change(text: str) -> str:
        line = line_of(text, action)
        return text.replace(f"{line}\n", "").replace(place, f"{place}\n\n{line}")

    return change


def ticked(action: str, box: str = "- [x]") -> Callable[[str], str]:
    return in_line(action, ("- [ ]", box))


DONE_A07 = {("A07", "done_on", TODAY)}
TICKED: Mapping[str, Callable[[str], str]] = {
    "small": ticked("A07"),
    "large": ticked("A07", "- [X]"),
    "star": ticked("A07", "* [X]"),
    "plus": ticked("A07", "+ [x]"),
    "numbered": ticked("A07", "1. [x]"),
    "bullet": ticked("A07", "• [x]"),
    "small bullet": ticked("A07", "∙ [X]"),
    "dash": ticked("A07", "– [x]"),
    "all bullets": lambda text: re.sub(r"^- \[", "• [", ticked("A07")(text), flags=re.MULTILINE),
    "list sign lost": ticked("A07", "[x]"),
    "all list signs lost": lambda text: re.sub(r"^- \[", "[", ticked("A07")(text), flags=re.MULTILINE),
    "drawn box": ticked("A07", "- ☑"),
    "crossed box": ticked("A07", "☒"),
    "all boxes drawn": lambda text: re.sub(
        r"^- \[ \]", "• ☐", ticked("A07", "☑\ufe0f")(text), flags=re.MULTILINE
    ),
    "quoted": ticked("A07", "> - [x]"),
    "no-break spaces": lambda text: (
        ticked("A07")(text).replace("- [x] ", "-\u00a0[x]\u00a0").replace(" · ", "\u00a0·\u00a0")
    ),
    "carriage returns": lambda text: ticked("A07")(text).replace("\n", "\r\n"),
    "old line ends": lambda text: ticked("A07")(text).replace("\n", "\r"),
    "byte order mark": lambda text: f"\ufeff{ticked('A07')(text)}",
    "moved up": lambda text: moved_to("A07", "## In short")(ticked("A07")(text)),
    "moved down": lambda text: moved_to("A07", "## What we propose")(ticked("A07")(text)),
    "nested": lambda text: ticked("A11", "  - [ ]")(ticked("A07")(text)),
    "all nested": lambda text: re.sub(r"^- \[", "    * [", ticked("A07")(text), flags=re.MULTILINE).replace(
        "    * [", "- [", 1
    ),
    "wrapped": in_line("A07", ("- [ ]", "- [x]"), (" · ", " ·\n  ")),
    "lines are gone": lambda text: "\n".join(
        line for line in ticked("A07")(text).split("\n") if "A07" in line or "[ ]" not in line
    ),
    "title not bold": in_line("A07", ("- [ ] **", "- [x] "), ("**", "")),
    "without firms": lambda text: re.sub(
        r"^(- \[.*) \(Quillhaven\)", r"\1", ticked("A07")(text), flags=re.MULTILINE
    ),
    "with a tag": ticked("A07", "- [x] #task"),
    "with a priority": in_line("A07", ("- [ ]", "- [x]"), (" · Jonty", " ⏫ · Jonty")),
    "without front matter": lambda text: re.sub(
        r"\A---\n.*?---\n\n", "", ticked("A07")(text), flags=re.DOTALL
    ),
    "struck": in_line("A07", ("- [ ] **", "- [x] ~~**"), ("** · ", "**~~ · ")),
    "without a signature's end": lambda text: f"{ticked('A07')(text).rstrip()}\n\nGreetings\n",
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_tick_is_found_however_the_line_was_written_again(dialect: Dialect) -> None:
    text = written(WHOLE, dialect=dialect)
    assert edits(back(text, WHOLE)) == set()
    for name, change in TICKED.items():
        typed = change(text)
        assert edits(back(text_of(typed.encode()), WHOLE)) == DONE_A07, name
    assert edits(back(text_of(ticked("A07")(text).encode("utf-16")), WHOLE)) == DONE_A07


CHANGED: Mapping[str, tuple[Callable[[str], str], set[tuple[str, str, Any]]]] = {
    "due": (in_line("A07", ("11 Jun 2026", "30 Jun 2026")), {("A07", "due", "2026-06-30")}),
    "due in ISO": (in_line("A07", ("11 Jun 2026", "2026-06-30")), {("A07", "due", "2026-06-30")}),
    "due with its weekday": (
        in_line("A07", ("11 Jun 2026", "Tue 30 June 2026")),
        {("A07", "due", "2026-06-30")},
    ),
    "due in a sign": (in_line("A07", (" · 11 Jun 2026", " 📅 2026-06-30")), {("A07", "due", "2026-06-30")}),
    "due in a sign too": (in_line("A07", (" `A07`", " 📅 2026-06-30 `A07`")), {("A07", "due", "2026-06-30")}),
    "due in a field": (
        in_line("A07", (" `A07`", " `A07` [due:: 2026-06-30]")),
        {("A07", "due", "2026-06-30")},
    ),
    "due for the first time": (
        in_line("A12", (" · about", " · 30 Jun 2026 · about")),
        {("A12", "due", "2026-06-30")},
    ),
    "no date any more": (in_line("A07", (" · 11 Jun 2026", "")), set()),
    "no owner any more": (
        in_line("A07", (" · Jonty Eskeland (Quillhaven), accountable Mirela Sandoval-Pike (Quillhaven)", "")),
        set(),
    ),
    "done on a day": (
        in_line("A07", ("- [ ]", "- [x]"), ("11 Jun 2026", "done 8 Jun 2026")),
        {("A07", "done_on", "2026-06-08")},
    ),
    "done by a plugin behind a block's id": (
        in_line("A07", ("- [ ]", "- [x]"), (" `A07`", " ^A07 ✅ 2026-06-08")),
        {("A07", "done_on", "2026-06-08")},
    ),
    "done by a plugin": (
        in_line("A07", ("- [ ]", "- [x]"), (" `A07`", " `A07` ✅ 2026-06-08")),
        {("A07", "done_on", "2026-06-08")},
    ),
    "open again": (in_line("A01", ("- [x]", "- [ ]")), {("A01", "status", "open")}),
    "done on another day": (
        in_line("A01", ("19 Mar 2026", "20 Mar 2026")),
        {("A01", "done_on", "2026-03-20")},
    ),
    "owner by a first name": (
        in_line("A11", ("Jonty Eskeland (Quillhaven)", "Mirela")),
        {("A11", "owner", "P2")},
    ),
    "owner with the firm": (
        in_line("A11", ("Jonty Eskeland (Quillhaven)", "Anselm Dovrik (Stratalume)")),
        {("A11", "owner", "T2")},
    ),
    "owner of theirs": (
        in_line("A11", ("Jonty Eskeland (Quillhaven)", "Dev Rathmore (Norvane)")),
        {("A11", "owner", "ST06")},
    ),
    "nobody": (in_line("A11", ("Jonty Eskeland (Quillhaven)", "nobody")), {("A11", "owner", None)}),
    "accountable": (
        in_line("A07", ("accountable Mirela Sandoval-Pike", "accountable Rowan")),
        {("A07", "accountable", "P1")},
    ),
    "title": (
        in_line("A11", (A11, "Drill · two `services` at 09:30")),
        {("A11", "title", "Drill · two services at 09:30")},
    ),
    "title without bold": (
        in_line("A11", (f"**{A11}**", "Drill two services")),
        {("A11", "title", "Drill two services")},
    ),
    "id in another case": (in_line("A07", ("- [ ]", "- [x]"), ("`A07`", "`a07`")), DONE_A07),
    "id as a block's": (in_line("A07", ("- [ ]", "- [x]"), ("`A07`", "^A07")), DONE_A07),
    "id in a field": (in_line("A07", ("- [ ]", "- [x]"), ("`A07`", "[id:: A07]")), DONE_A07),
    "id in front": (in_line("A07", ("- [ ] ", "- [x] `A07` "), (" `A07`", " ")), DONE_A07),
}


def test_each_value_of_a_line_is_read_and_nothing_that_is_gone() -> None:
    text = written(WHOLE, "alliance")
    for name, (change, expected) in CHANGED.items():
        assert edits(back(change(text), WHOLE)) == expected, name


def test_words_behind_an_id_are_no_part_of_what_stands_before_it() -> None:
    for dialect in ("plain", "dataview"):
        text = written(WHOLE, dialect=dialect)
        end = {"plain": " `A07`", "dataview": "  [id:: A07]"}[dialect]
        found = back(in_line("A07", ("- [ ]", "- [x]"), (end, f"{end} · called twice"))(text), WHOLE)
        assert {(edit.id, edit.name, edit.value) for edit in found.edits} == DONE_A07
        assert [one.what for one in found.not_read] == ["«called twice» isn't read from a plan."]
    found = back(in_line("A07", (" `A07`", " `A07` called twice"))(written(WHOLE)), WHOLE)
    assert [one.what for one in found.not_read] == ["«called twice» isn't read from a plan."]
    assert not found.edits


def test_other_signs_between_the_parts_make_no_title_of_them() -> None:
    text = in_line("A07", (" · ", " - "), (" · ", " - "))(written(WHOLE))
    found = back(text, WHOLE)
    assert not found.edits
    assert [one.why.partition(":")[0] for one in found.refused] == [
        "There is nobody called «- Jonty Eskeland (Quillhaven) - 11 Jun 2026»"
    ]


REFUSED: Mapping[str, tuple[Callable[[str], str], str]] = {
    "unknown owner": (
        in_line("A11", ("Jonty Eskeland (Quillhaven)", "Mirelle")),
        "nobody called «Mirelle»: use Mirela Sandoval-Pike, Rowan",
    ),
    "two of a name": (in_line("A11", ("Jonty Eskeland (Quillhaven)", "R")), "«R» fits Rowan Achterberg"),
    "no such day": (in_line("A11", ("31 Jul 2026", "31 Jun 2026")), "«31 jun 2026» is not a day"),
    "a day without its year": (
        in_line("A11", ("31 Jul 2026", "next fri")),
        "«next fri» has no year: write 19 Jun 2026",
    ),
    "two days": (
        in_line("A11", (" `A11`", " 📅 2026-08-01 [due:: 2026-08-02] `A11`")),
        "several days, 31 Jul 2026, 1 Aug 2026 or 2 Aug 2026",
    ),
    "done and not ticked": (in_line("A11", ("31 Jul 2026", "done 8 Jun 2026")), "its box is empty"),
    "another sign in the box": (ticked("A11", "- [-]"), "holds «-»"),
    "no title": (in_line("A11", (f"**{A11}**", "")), "title is gone"),
    "unknown id": (in_line("A11", ("`A11`", "`A99`")), "no action «A99» that the alliance sees"),
    "two ids": (in_line("A11", ("`A11`", "`A11` `A12`")), "several actions, A11 and A12"),
    "far too long": (in_line("A11", (A11, "x" * 20_000)), "too long"),
    "closed": (in_line("A01", ("Mirela Sandoval-Pike", "Rowan Achterberg")), "is done: open it again"),
}


def test_what_cannot_be_taken_is_refused_with_its_line() -> None:
    text = written(WHOLE, "alliance")
    for name, (change, said) in REFUSED.items():
        typed = change(text)
        found = back(typed, WHOLE)
        assert not found.edits, name
        assert found.refused, name
        (refused,) = found.refused
        assert said.casefold() in refused.why.casefold(), name
        at = next(n for n, line in enumerate(typed.split("\n"), 1) if line not in text.split("\n"))
        assert refused.lines == (at,), name


def test_an_id_twice_refuses_both_lines_by_their_numbers() -> None:
    text = written(WHOLE)
    line = line_of(text, "A07")
    found = back(ticked("A11")(text.replace(line, f"{line}\n{line.replace('[ ]', '[x]')}")), WHOLE)
    at = text.split("\n").index(line) + 1
    (refused,) = found.refused
    assert refused.lines == (at, at + 1)
    assert refused.why == f"Lines {at} and {at + 1} are about the same action, A07: leave one of them."
    assert [(edit.id, edit.name) for edit in found.edits] == [("A11", "done_on")]


def test_a_line_that_lost_its_id_is_offered_as_the_one_it_is_like_and_never_taken() -> None:
    text = in_line("A07", ("- [ ]", "- [x]"), (" `A07`", ""), ("written read-back", "read-back"))(
        written(WHOLE)
    )
    found = back(text, WHOLE)
    assert not any((found.edits, found.new, found.refused))
    (likely,) = found.likely
    assert (likely.id, {edit.name for edit in likely.edits}) == ("A07", {"title", "done_on"})
    assert (likely.new.owner, likely.new.is_done) == ("P3", True)


def test_a_line_like_two_actions_is_like_none() -> None:
    twin = with_values(next(row for row in WHOLE.all(Action) if row.id == "A07"), id="A70")
    plan = AccountPlan.of([*WHOLE, twin])
    text = "\n".join(line for line in written(plan).split("\n") if "A70" not in line)
    found = back(in_line("A07", (" `A07`", ""))(text), plan)
    assert not found.likely
    assert [new.title for new in found.new] == [A07]


def test_new_lines_are_offered_where_actions_stand_and_not_elsewhere() -> None:
    text = written(WHOLE)
    line = line_of(text, "A07")
    mine = "- [ ] Book the room\n- [x] **Call Ana** · Anselm Dovrik · 1 Jul 2026\n- [ ] ask `make` how"
    typed = text.replace(line, f"{mine}\n{line}").replace(
        "## What we propose", "- [ ] mine\n\n## What we propose"
    )
    found = back(typed, WHOLE)
    assert [(new.title, new.owner, new.due, new.is_done) for new in found.new] == [
        ("Book the room", None, None, False),
        ("Call Ana", "T2", dt.date(2026, 7, 1), True),
        ("ask make how", None, None, False),
    ]
    assert [one.what for one in found.not_read] == ["It stands under none of the actions, so it isn't read."]
    assert not found.edits


def test_a_new_line_that_has_come_in_is_nothing_to_do() -> None:
    text = written(WHOLE)
    line = line_of(text, "A07")
    typed = text.replace(line, f"- [ ] Book the room · Anselm Dovrik · 1 Jul 2026\n{line}")
    after, step = took(WHOLE, typed)
    assert edits(back(typed, after, steps=[step])) == set()


def test_a_new_bullet_among_the_actions_is_offered_and_what_was_changed_elsewhere_is_told() -> None:
    text = written(WHOLE, "alliance")
    line, old = line_of(text, "A07"), "| D3 | Option O1 is the opening offer |"
    new = "* Book the room · Anselm · 3 Jan 2027\n- see below · page 3\n\nbare words\n\n1. **Call Ana**\n"
    typed = text.replace(line, f"{line}\n  - Dev called back\n{new}").replace(old, "| D3 | O2 leads |")
    typed = typed.replace("## 3 Decisions", "- mine\n\n## 3 Decisions").replace("| --- |", "| ------ |")
    found = back(typed, WHOLE)
    assert [(one.title, one.owner, one.due) for one in found.new] == [
        ("Book the room", "T2", dt.date(2027, 1, 3)),
        ("Call Ana", None, None),
    ]
    lines, only = typed.split("\n"), "It was changed, but only actions come back."
    at = {words: next(n for n, one in enumerate(lines, 1) if words in one) for words in lines if words}
    ((refused,),) = (found.refused,)
    assert refused.lines == (at["- see below · page 3"],)
    assert {(lines[one.line - 1].strip(), one.what) for one in found.not_read} == {
        ("- Dev called back", NO_ACTION),
        ("bare words", NO_ACTION),
        ("- mine", only),
        (next(one for one in lines if "O2 leads" in one), only),
    }
    told = dict(told_together(found.not_read))
    mine, row = at["- mine"], next(n for n, one in enumerate(lines, 1) if "O2 leads" in one)
    assert told[mine, row] == f"Lines {mine} and {row} were changed, but only actions come back."


def test_what_is_not_read_of_a_line_is_said() -> None:
    text = in_line("A08", ("in progress", "blocked"), ("23 Jun 2026", "24 Jun 2026"))(written(WHOLE))
    found = back(text, WHOLE)
    assert [one.what for one in found.not_read] == ["«blocked» isn't read from a plan."]
    assert [(edit.id, edit.value) for edit in found.edits] == [("A08", "2026-06-24")]
    gone = back(in_line("A08", ("- [ ] ", "- "))(written(WHOLE)), WHOLE)
    assert [one.what for one in gone.not_read] == ["It has no box any more, so it isn't read."]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("begins", "told"),
    [
        ("• ", "It has no box any more, so it isn't read."),
        ("", "It has no box any more, so it isn't read."),
        ("\n– ", "It has no box any more, so it isn't read."),
        ("\n[/] ", "It has no box any more, so it isn't read."),
        ("\n```\n- [x] ", "It stands in no list, so it isn't read."),
    ],
)
def test_a_line_of_ours_that_is_no_item_any_more_is_told_with_its_number(
    begins: str, told: str, dialect: Dialect
) -> None:
    text = written(WHOLE, dialect=dialect)
    line = line_of(text, "A07")
    gone = text.replace(f"{line}\n", "")
    changed = f"{begins}{line.removeprefix('- [ ] ')}"
    place = "## What we propose\n"
    text = gone.replace(place, f"{place}\n{changed}\n\n")
    found = back(text, WHOLE)
    (only,) = found.not_read
    number = next(n for n, one in enumerate(text.split("\n"), 1) if re.search(r"\bA07\W*$", one))
    assert (only.line, only.what) == (number, told)
    assert (found.edits, found.refused, found.new) == ((), (), ())


@pytest.mark.parametrize(
    ("old", "new"),
    [(f"**{A07}**", f"~~**{A07}**~~"), (f"**{A07}**", f"**~~{A07}~~**"), ("Dev and Nadia", "~~Dev~~ Nadia")],
)
def test_what_is_struck_through_and_not_ticked_is_told(old: str, new: str) -> None:
    found = back(in_line("A07", (old, new))(written(WHOLE)), WHOLE)
    assert [one.why.partition(":")[0] for one in found.refused] == ["It is struck through, which isn't read"]
    assert not found.edits
    steps = since(("A07", "status", "dropped"))  # the plan says the same meanwhile
    assert edits(back(in_line("A07", (old, new))(written(WHOLE)), after(steps), steps=steps)) == set()


def test_a_day_that_is_struck_through_gives_way_to_the_one_beside_it() -> None:
    text = in_line("A07", ("11 Jun 2026", "~~11 Jun 2026~~ · 30 Jun 2026"))(written(WHOLE))
    assert edits(back(text, WHOLE)) == {("A07", "due", "2026-06-30")}


@pytest.mark.parametrize("box", ["[x]", "[ ]"])
def test_an_action_that_was_dropped_before_the_plan_was_written_is_not_said_to_be_dropped_since(
    box: str,
) -> None:
    text = written(WHOLE, "alliance")
    dropped = "- ~~Joint press note~~"
    assert dropped in text
    found = back(text.replace(dropped, f"- {box} Joint press note"), WHOLE)
    assert [one.why for one in found.refused] == [
        "«Joint press note» is dropped: open it again before it is changed."
    ]
    assert (found.questions, found.edits) == ((), ())


@pytest.mark.parametrize("day", ["31 Jun 2026", "30 Feb 2027", "1st week of 2027"])
def test_the_days_proposed_for_one_that_is_none_are_taken(day: str) -> None:
    (refused,) = back(in_line("A11", ("31 Jul 2026", day))(written(WHOLE)), WHOLE).refused
    proposed = re.findall(r"\d{1,2} [A-Z][a-z]{2} \d{4}|\d{4}-\d\d-\d\d", refused.why.partition(": ")[2])
    assert proposed == ["30 Jun 2026", "2026-06-30"], refused.why
    assert "fri" not in refused.why
    for each in proposed:
        text = in_line("A11", ("31 Jul 2026", each))(written(WHOLE))
        assert edits(back(text, WHOLE)) == {("A11", "due", "2026-06-30")}


# What has changed in the plan meanwhile


def since(*values: tuple[str, str, Any]) -> list[Step]:
    """Return the Steps that set fields of actions, one after the other."""
    plan, steps = WHOLE, []
    for id_, name, value in values:
        row = plan.get(Action, id_)
        assert row
        steps.append(Step(set_field(row, name, value)))
        plan = apply(plan, steps[-1])
    return steps


def after(steps: Sequence[Step]) -> AccountPlan:
    plan = WHOLE
    for step in steps:
        plan = apply(plan, step)
    return plan


def test_only_what_the_file_changed_is_an_edit_whatever_has_changed_in_the_plan() -> None:
    steps = since(("A07", "due", "2026-07-07"), ("A11", "owner", "T2"), ("A08", "title", "Meet the three"))
    text = in_line("A07", ("- [ ]", "- [x]"))(written(WHOLE))
    assert edits(back(text, after(steps), steps=steps)) == DONE_A07


def test_who_was_renamed_since_is_still_known_by_the_name_that_was_written() -> None:
    member = WHOLE.get(Member, "P3")
    assert member
    steps = [Step(set_field(member, "name", "Jon Esk")), *since(("A11", "due", "2026-08-01"))]
    text = in_line("A07", ("- [ ]", "- [x]"))(written(WHOLE))
    assert edits(back(text, after(steps), steps=steps)) == DONE_A07


def test_what_both_have_changed_is_asked_and_what_is_the_same_is_not() -> None:
    steps = since(("A07", "due", "2026-07-07"), ("A11", "due", "2026-08-01"), ("A08", "status", "dropped"))
    changes = (
        in_line("A07", ("11 Jun 2026", "30 Jun 2026")),
        in_line("A11", ("31 Jul 2026", "1 Aug 2026")),
        ticked("A08"),
    )
    text = written(WHOLE)
    for change in changes:
        text = change(text)
    found = back(text, after(steps), steps=steps)
    assert [(q.edit.id, q.edit.name, q.edit.value, q.edit.was, q.is_known) for q in found.questions] == [
        ("A07", "due", "2026-06-30", "2026-07-07", True),
        ("A08", "done_on", TODAY, None, True),
    ]
    assert not found.edits


def test_without_knowing_what_was_written_every_difference_is_asked() -> None:
    text = re.sub(
        r"(for customer) \w{12}", r"\1", in_line("A07", ("11 Jun 2026", "30 Jun 2026"))(written(WHOLE))
    )
    found = back(text, WHOLE)
    assert [(q.edit.id, q.edit.name, q.is_known) for q in found.questions] == [("A07", "due", False)]
    assert not found.edits


def test_a_file_that_nobody_has_changed_changes_nothing_however_old_it_is() -> None:
    assert back(written(WHOLE), after(steps := since(("A07", "due", "2026-07-07"))), steps=steps).is_nothing
    assert back(re.sub(r"(for customer) \w{12}", r"\1", written(WHOLE)), after(steps)).is_nothing


def test_an_action_that_its_readers_do_not_see_any_more_is_refused() -> None:
    steps = since(("A07", "visibility", "alliance"))
    assert edits(back(ticked("A11")(written(WHOLE)), after(steps), steps=steps)) == {
        ("A11", "done_on", TODAY)
    }
    found = back(ticked("A07")(written(WHOLE)), after(steps), steps=steps)
    assert [one.why for one in found.refused] == [
        "This action is gone, or is none any more that the customer sees."
    ]


# Taking it


def context(plan: AccountPlan) -> SetContext:
    return SetContext(DATES, lambda: dt.datetime(2026, 6, 9, 17, tzinfo=dt.UTC), plan.sessions[-1].id)


def took(plan: AccountPlan, text: str) -> tuple[AccountPlan, Step]:
    """Return a plan once all that is sure, and what is new, is taken."""
    found, audience = back(text, plan), signature_of(text).audience
    changes, refused = taken(
        plan, audience, edits=found.edits, new=found.new, context=context(plan), new_id=lambda: "new"
    )
    assert not refused
    return apply(plan, Step(changes)), Step(changes)


def test_it_is_taken_by_the_rules_of_fields() -> None:
    text = in_line("A04", ("19 Jun 2026", "30 Jun 2026"))(written(WHOLE, "alliance"))
    text = in_line("A01", ("- [x]", "- [ ]"))(text)
    now, _ = took(WHOLE, text)
    assert now.where(Carry, action="A04", session="S2")[0].to_due == dt.date(2026, 6, 30)
    again = now.get(Action, "A01")
    assert again
    assert (again.status, again.done_on) == ("open", None)


def test_a_new_action_is_the_latest_sessions_and_seen_by_whom_the_file_is_for() -> None:
    for audience in audiences(WHOLE):
        text = written(WHOLE, audience)
        line = line_of(text, "A07")
        now, _ = took(WHOLE, text.replace(line, f"- [ ] Book the room · Anselm · 1 Jul 2026\n{line}"))
        row = now.get(Action, "new")
        assert row
        assert (row.session, row.visibility, row.owner) == ("S2", audience, "T2")


def test_what_the_rules_refuse_leaves_the_line_alone_and_the_others_are_taken() -> None:
    found = (LineEdit(3, "A07", "title", "Later", A07), LineEdit(3, "A07", "done_on", "2026-06-10", None))
    other = LineEdit(4, "A11", "done_on", TODAY, None)
    changes, refused = taken(
        WHOLE, "customer", edits=(*found, other), new=(), context=context(WHOLE), new_id=lambda: "new"
    )
    assert [(one.lines, one.why.partition(":")[0]) for one in refused] == [
        ((3,), "10 Jun 2026 is still to come")
    ]
    now = apply(WHOLE, Step(changes))
    assert [row.title for row in now.all(Action) if row.id == "A07"] == [A07]
    assert [row.status for row in now.all(Action) if row.id == "A11"] == ["done"]


def test_an_owner_whom_the_customer_does_not_see_is_not_replaced_by_their_file() -> None:
    hidden = with_values(
        next(row for row in WHOLE.all(Stakeholder) if row.id == "ST05"), visibility="alliance"
    )
    rows = [
        with_values(row, owner="ST05") if row.key == ("A07",) and isinstance(row, Action) else row
        for row in WHOLE
    ]
    plan = AccountPlan.of(
        hidden if row.key == ("ST05",) and isinstance(row, Stakeholder) else row for row in rows
    )
    text = in_line("A07", ("nobody yet", "Anselm"))(written(plan))
    found = back(text, plan)
    _, refused = taken(
        plan, "customer", edits=found.edits, new=(), context=context(plan), new_id=lambda: "new"
    )
    assert [one.why for one in refused] == [
        "Who it is isn't shown to the readers of this file, so it can't be changed by it."
    ]


# Files that are none of ours


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no plan that was exported here"),
        (b"# Notes\n\n- [ ] call\n", "no plan that was exported here"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no text"),
        (bytes(range(1, 256)), "no text"),
        ("# Größe – “ja”\n".encode("cp1252"), "This is in Windows-1252, not in UTF-8: save it in UTF-8"),
        (b"PK\x03\x04\0 word/document.xml", "a Word document, no Markdown plan"),
        (b"\xff\xfe\x00", "no text"),
        (b"PK\x03\x04\0\0", "a workbook or an archive, no Markdown plan"),
        (b'{"schema": 1}', "JSON, no Markdown plan"),
        (b"<!DOCTYPE html><html>", "HTML, which is only to be read"),
        (b"x" * (LARGEST + 1), "far larger than a plan"),
    ],
)
def test_what_is_no_plan_of_ours_is_told_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        signature_of(text_of(content))


def test_two_plans_in_a_file_are_refused_and_facts_stand_in_for_a_signature() -> None:
    with pytest.raises(DocumentError, match="several plans"):
        signature_of(written(WHOLE) + written(WHOLE, "alliance"))
    lost = re.sub(r"<!--.*-->", "", written(WHOLE, dialect="obsidian"))
    assert (signature_of(lost).account, signature_of(lost).audience) == ("Norvane Bank", "customer")


@pytest.mark.parametrize(
    "line", ["- [ ] x `A1`\n" * 30_000, f"- [ ] {'*a ' * 3_000}\n" * 50, "- [ ] " + "[" * 11_000]
)
def test_more_than_any_plan_has_is_read_no_further(line: str) -> None:
    try:
        assert read_back(f"{line}\n", project(WHOLE, "customer"), None, DATES).refused
    except DocumentError as error:
        assert "far more" in str(error)  # noqa: PT017 - either will do


# The law


@dataclass(frozen=True)
class Changed:
    """What somebody does to the line of an action."""

    title: str | None = None
    owner: str | None = None
    due: dt.date | None = None
    ticks: bool = False


TITLES = st.text(
    st.one_of(
        st.sampled_from("*_`[]<>|~^$#&:@.·/=%\\-+!,()📅✅ "),
        st.characters(codec="utf-8", categories=["L", "N"]),
    ),
    min_size=1,
    max_size=30,
).map(lambda text: " ".join(f"Do {clean_text(text)} now".split()))
THEIRS = sorted(row.id for row in WHOLE.all(Stakeholder) if not row.placeholder and not row.left_on)
PEOPLE = [*THEIRS, "P1", "P2", "T1"]
CHANGES = st.builds(
    Changed,
    st.none() | TITLES,
    st.none() | st.sampled_from(PEOPLE),
    st.none() | st.dates(ON, dt.date(2030, 1, 1)),
    st.booleans(),
)


def line_changed(line: str, row: Action, plan: AccountPlan, dialect: Dialect, what: Changed) -> str:
    """Return a line as somebody writes it who knows how the dialect says a day."""
    old, new = format_date(row.due or ON), what.due
    days = {
        "plain": (f" · {old}", f" · {format_date(new or ON)}"),
        "obsidian": (f" 📅 {row.due}", f" 📅 {new}"),
        "dataview": (f"[due:: {row.due}]", f"[due:: {new}]"),
    }
    pairs = (
        [(f"**{md(row.title, begins=False)}**", f"**{md(what.title, begins=False)}**")] if what.title else []
    )
    pairs += [days[dialect]] if new else []
    if what.owner:
        who, other = (md(with_side(plan, each)) for each in (row.owner, what.owner))
        pairs.append((f" · {who}", f" · {other}"))
    pairs += [("[ ]", "[x]")] if what.ticks else []
    for before, after in pairs:
        assert before in line, (before, line)
        line = line.replace(before, after, 1)
    return line


def expected(row: Action, what: Changed) -> set[tuple[str, str, Any]]:
    found: set[tuple[str, str, Any]] = {(row.id, "done_on", TODAY)} if what.ticks else set()
    if what.title and what.title != row.title:
        found.add((row.id, "title", what.title))
    if what.owner and what.owner != row.owner:
        found.add((row.id, "owner", what.owner))
    if what.due and what.due != row.due:
        found.add((row.id, "due", what.due.isoformat()))
    return found


@given(st.data())
@settings(max_examples=30)
def test_law_what_comes_back_is_just_what_was_changed(data: st.DataObject) -> None:
    audience = data.draw(st.sampled_from(audiences(WHOLE)))
    dialect = data.draw(st.sampled_from(DIALECTS))
    plan = AccountPlan.of(
        with_values(row, title=data.draw(TITLES))
        if isinstance(row, Action) and data.draw(st.booleans())
        else row
        for row in WHOLE
    )
    text = written(plan, audience, dialect)
    rows = [
        row for row in project(plan, audience).all(Action) if row.status.is_open and row.due and row.owner
    ]
    wanted: set[tuple[str, str, Any]] = set()
    lines = text.split("\n")
    for row in data.draw(st.lists(st.sampled_from(rows), min_size=1, unique_by=lambda row: row.id)):
        what = data.draw(CHANGES)
        at = next(
            n
            for n, line in enumerate(lines)
            if line.startswith("- [") and re.search(rf"\b{row.id}[`\]]?$", line)
        )
        lines[at] = line_changed(lines[at], row, project(plan, audience), dialect, what)
        wanted |= expected(row, what)
    tasks = [n for n, line in enumerate(lines) if line.startswith("- [")]
    order = data.draw(st.permutations(tasks))
    shuffled = {at: lines[other] for at, other in zip(tasks, order, strict=True)}
    sign = data.draw(st.sampled_from("-*+"))
    typed = "\n".join(re.sub(r"^- (?=\[)", f"{sign} ", shuffled.get(n, line)) for n, line in enumerate(lines))
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    assert edits(back(text_of(typed.replace("\n", end).encode()), plan)) == wanted


@given(st.data())
@settings(max_examples=20)
def test_law_what_nobody_has_changed_is_nothing_to_do(data: st.DataObject) -> None:
    plan = AccountPlan.of(
        with_values(row, title=data.draw(TITLES)) if isinstance(row, Action) else row for row in full(WHOLE)
    )
    audience = data.draw(st.sampled_from(audiences(plan)))
    text = written(plan, audience, data.draw(st.sampled_from(DIALECTS)))
    view, was = project(plan, audience), as_written(plan, audience, signature_of(text).mark, ())
    assert was is not None
    assert read_back(text, view, was, DATES).is_nothing
