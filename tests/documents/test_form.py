"""One firm's form as it is written: what is in it, and nothing of the other firm in any part of it."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.conftest import SAMPLE
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.form import (
    WrittenForm,
    firm_of_form,
    form_markdown,
    form_workbook,
    lines_of,
    mark_of_form,
)
from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.discovery import Bullet, Score
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan

WHOLE = load_plan(SAMPLE.read_bytes())
PROMPTS = ("Which doors are *shut* to us?", "What must stay inside?")


def party(plan: AccountPlan, firm: str) -> Party:
    found = plan.get(Party, firm)
    assert found
    return found


def forms(plan: AccountPlan, firm: str) -> tuple[WrittenForm, WrittenForm]:
    """Return a firm's form as Markdown and as a workbook."""
    view, of = project(plan, firm), party(plan, firm)
    assert plan.account.as_of
    return form_markdown(view, of, PROMPTS), form_workbook(view, of, PROMPTS, plan.account.as_of)


def parts(form: WrittenForm) -> str:
    """Return every part of a file, as text."""
    if isinstance(form.content, str):
        return form.content
    with zipfile.ZipFile(io.BytesIO(form.content)) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode()}" for name in archive.namelist())


def without(plan: AccountPlan, other: str) -> AccountPlan:
    """Return a plan in which the other firm has no line and no score."""
    gone = (Bullet, Score)
    return AccountPlan.of(row for row in plan if not (isinstance(row, gone) and row.party == other))


def test_it_asks_and_has_the_lines_and_scores_that_are_there() -> None:
    text = parts(forms(WHOLE, "ps")[0])
    assert "- Fee dispute on a 2024 engagement is still open with procurement. `B4 own`\n" in text
    assert "| `C4` | Spend we can reach in 24 months | 15 | 3 |\n" in text
    assert "### Which doors are \\*shut\\* to us?\n\n- \n" in text


@pytest.mark.parametrize(("firm", "other"), [("ps", "tech"), ("tech", "ps")])
def test_no_canary_of_the_other_firm_is_in_any_part_of_it(firm: str, other: str) -> None:
    def marked(row: Entity) -> Entity:
        if isinstance(row, Bullet):
            return with_values(row, text=f"CANARY of {row.party}")
        return row

    plan = AccountPlan.of(map(marked, WHOLE))
    assert lines_of(project(plan, firm), other), "the other firm's lines for the alliance are seen elsewhere"
    for form in forms(plan, firm):
        text = parts(form)
        assert f"CANARY of {firm}" in text
        assert f"CANARY of {other}" not in text
        assert all(f"{row.id} " not in text for row in plan.where(Bullet, party=other))


@pytest.mark.parametrize(("firm", "other"), [("ps", "tech"), ("tech", "ps")])
def test_it_does_not_even_tell_whether_the_other_firm_has_said_anything(firm: str, other: str) -> None:
    assert forms(WHOLE, firm) == forms(without(WHOLE, other), firm)


def test_what_a_firm_does_not_see_of_its_own_form_is_not_in_it() -> None:
    row = WHOLE.get(Bullet, "B4")
    assert row
    hidden = AccountPlan.of([*(each for each in WHOLE if each != row), with_values(row, visibility="tech")])
    for form in forms(hidden, "ps"):
        assert "Fee dispute" not in parts(form)


def test_it_is_made_of_its_own_firms_projection_alone() -> None:
    for view in (WHOLE, project(WHOLE, "tech"), project(WHOLE, "alliance")):
        with pytest.raises(ValueError, match="own firm"):
            form_markdown(view, party(WHOLE, "ps"), ())


@pytest.mark.parametrize("audience", ["customer", "alliance", "all"])
def test_whoever_is_no_firm_has_no_form(audience: str) -> None:
    with pytest.raises(DocumentError, match=f"and «{audience}» is none: use ps or tech"):
        firm_of_form(WHOLE, audience, audience)
    assert firm_of_form(WHOLE, "Quillhaven", "ps").id == "ps"


def test_an_earlier_form_is_written_over_only_as_it_was_written() -> None:
    for form in forms(WHOLE, "ps"):
        content = form.content if isinstance(form.content, bytes) else form.content.encode()
        assert form.replaces(content)
        assert not form.replaces(content.replace(b"Fee", b"Fie") if b"Fee" in content else content[:-9])
        assert not form.replaces(b"# Notes of my own\n")


def test_its_mark_is_of_what_stands_in_it_alone() -> None:
    view = project(WHOLE, "ps")
    assert mark_of_form(view, "ps") == mark_of_form(project(without(WHOLE, "tech"), "ps"), "ps")
    row = WHOLE.get(Bullet, "B4")
    assert row
    changed = AccountPlan.of([*(each for each in WHOLE if each != row), with_values(row, text="Mended.")])
    assert mark_of_form(project(changed, "ps"), "ps") != mark_of_form(view, "ps")
