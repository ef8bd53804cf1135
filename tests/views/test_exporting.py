"""What the export dialog shows before anything is written."""

from __future__ import annotations

import pytest

from tests.app.canaries import FINE, LEAKS, with_canaries
from tests.documents.full import full
from tests.views.plans import looked_at
from workshop_tui.documents.document import plainly
from workshop_tui.documents.plan_json import UNPROJECTED
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.exporting import (
    DOCUMENTS,
    FORMATS,
    ExportChoice,
    ExportPreview,
    audience_choices,
    owner_choices,
    previewing,
)


def chosen(audience: str, form: str = "md", layout: str = "plan", owner: str = "") -> ExportChoice:
    return ExportChoice.of(
        {"audience": audience, "format": form, "layout": layout, "owner": owner, "path": ""}
    )


def shown(live: LivePlan, choice: ExportChoice) -> ExportPreview:
    return previewing(live, choice)()


def words(preview: ExportPreview) -> str:
    return "\n".join(plainly(line.text) for line in preview.lines)


@pytest.mark.parametrize(
    ("form", "name", "size"),
    [
        ("md", "norvane-bank-session-2-customer.md", " lines"),
        ("html", "norvane-bank-session-2-customer.html", " lines"),
        ("xlsx", "norvane-bank-session-2-customer.xlsx", " rows in 3 sheets"),
        ("csv", "norvane-bank-session-2-customer.csv", "3 actions"),
        ("csv jira", "norvane-bank-session-2-customer.jira.csv", "3 actions"),
        ("ics", "norvane-bank-session-2-customer.ics", "4 events"),
        ("json", "norvane-bank-session-2-customer.json", " lines"),
    ],
)
async def test_it_tells_name_size_what_is_held_back_and_what_is_lacking(
    sample: AccountPlan, form: str, name: str, size: str
) -> None:
    preview = shown(looked_at(sample), chosen(CUSTOMER, form))
    assert preview.name == name
    assert preview.size.endswith(size)
    assert preview.held_back.startswith("Held back, as not for the customer: 5 decisions, ")
    lacks = "No decision of this session is marked for the customer."
    assert (lacks in preview.told) == (form != "json")
    assert "Jonty Eskeland" in words(preview)
    assert preview.wrong == ""


async def test_it_follows_audience_document_and_owner(sample: AccountPlan) -> None:
    live = looked_at(full(sample))
    ours, brief = shown(live, chosen("alliance")), shown(live, chosen("alliance", layout="brief"))
    assert ours.held_back == "Held back, as not for the alliance: 2 actions, 1 answer, 1 value target."
    assert "Stakeholder map" in words(ours)
    assert brief.name == "norvane-bank-session-2-alliance.brief.md"
    assert len(brief.lines) < len(ours.lines)
    his = shown(live, chosen("alliance", "ics", owner="P3"))
    assert his.name == "norvane-bank-session-2-alliance.jonty-eskeland.ics"
    assert his.told == ("Only the actions of Jonty Eskeland.",)
    assert "Jonty Eskeland" in words(his)
    assert "Anselm Dovrik" not in words(his)


@pytest.mark.parametrize(
    ("choice", "field", "said"),
    [
        (chosen(UNPROJECTED), "audience", "JSON only"),
        (chosen("alliance", "json", "brief"), "format", "JSON is the plan itself"),
        (chosen("alliance", "json", owner="P3"), "owner", "everybody's actions"),
        (chosen("alliance", "xlsx", "qbr"), "format", "holds rows of the plan"),
        (chosen(CUSTOMER, layout="brief"), "layout", "our own leaders"),
    ],
)
async def test_what_does_not_go_together_is_said_in_place_of_a_preview(
    sample: AccountPlan, choice: ExportChoice, field: str, said: str
) -> None:
    preview = shown(looked_at(sample), choice)
    assert said in choice.wrong()[field]
    assert preview == ExportPreview(wrong=choice.wrong()[field])


async def test_an_empty_cell_keeps_its_place(sample: AccountPlan) -> None:
    lines = words(shown(looked_at(sample), chosen("alliance", layout="brief"))).splitlines()
    assert "– · Now · 10 Mar 2026 · Target" in lines
    assert "Alliance bookings, GBP m · 3.4 · – · 12" in lines


async def test_an_owner_whom_the_audience_does_not_see_is_not_named_to_it(sample: AccountPlan) -> None:
    plan = AccountPlan.of([*sample, Stakeholder(id="X1", name="Quentin Farrabee", visibility="ps")])
    preview = shown(looked_at(plan, "ps"), chosen("tech", owner="X1"))
    assert preview.wrong == "This audience doesn't see whose actions these are: choose another owner."
    assert "quentin" not in preview.name


@pytest.mark.parametrize("audience", [CUSTOMER, "tech"])
async def test_no_canary_is_shown(sample: AccountPlan, audience: str) -> None:
    live = looked_at(with_canaries(sample, audience), audience)
    for _, layout in DOCUMENTS:
        for _, form in FORMATS:
            choice = chosen(audience, form, layout)
            if choice.wrong() or form == "json":
                continue
            preview = shown(live, choice)
            told = "\n".join((preview.name, preview.size, words(preview)))
            assert [leak for leak in LEAKS if leak in told] == []
            assert FINE in told


async def test_a_long_file_is_shown_from_its_beginning_and_counted(sample: AccountPlan) -> None:
    preview = shown(looked_at(sample), chosen(UNPROJECTED, "json"))
    assert len(preview.lines) == 401
    assert plainly(preview.lines[-1].text).startswith("And ")
    assert preview.held_back == ""


async def test_one_can_choose_every_audience_and_every_owner(sample: AccountPlan) -> None:
    live = looked_at(sample)
    assert [value for _, value in audience_choices(live)] == [CUSTOMER, "tech", "ps", "alliance", UNPROJECTED]
    owners = dict(owner_choices(live))
    assert next(iter(owners)) == "everybody"
    assert owners["Jonty Eskeland"] == "P3"
    assert owners["nobody"] == "nobody"
