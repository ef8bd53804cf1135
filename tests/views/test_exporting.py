"""What the export dialog shows before anything is written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.app.canaries import FINE, LEAKS, with_canaries
from tests.documents.full import full
from tests.views.plans import looked_at
from workshop_tui.documents.document import plainly
from workshop_tui.documents.plan_json import UNPROJECTED
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Seal
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.record import format_moment
from workshop_tui.views.exporting import (
    DOCUMENTS,
    FORMATS,
    ExportChoice,
    ExportPreview,
    audience_choices,
    called,
    fields_for,
    owner_choices,
    previewing,
    session_choices,
)

AT = dt.datetime(2026, 6, 9, 16, 0, tzinfo=dt.UTC)


def values(audience: str, form: str = "md", **others: str) -> dict[str, str]:
    begins = {"layout": "plan", "tasks": "plain", "front_matter": "no", "paper": "a4"}
    begins |= {"template-docx": "", "template-pptx": ""}
    return begins | {"session": "S2", "owner": "", "path": "", "audience": audience, "format": form} | others


def chosen(audience: str, form: str = "md", **others: str) -> ExportChoice:
    return ExportChoice.of(values(audience, form, **others))


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
        (chosen(CUSTOMER, layout="brief"), "layout", "our own leaders"),
    ],
)
async def test_what_does_not_go_together_is_said_in_place_of_a_preview(
    sample: AccountPlan, choice: ExportChoice, field: str, said: str
) -> None:
    preview = shown(looked_at(sample), choice)
    assert said in choice.wrong()[field]
    assert preview == ExportPreview(wrong=choice.wrong()[field])


ALWAYS = {"audience", "format", "path"}
OF_DOCUMENTS = {"layout", "session", "owner"}


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        (values("ps", "md"), OF_DOCUMENTS | {"tasks", "front_matter"}),
        (values("ps", "md", tasks="dataview"), OF_DOCUMENTS | {"tasks"}),
        (values("ps", "html"), OF_DOCUMENTS),
        (values("ps", "docx"), OF_DOCUMENTS | {"template-docx", "paper"}),
        (values("ps", "docx") | {"template-docx": "ours.dotx"}, OF_DOCUMENTS | {"template-docx"}),
        (values("ps", "pptx"), OF_DOCUMENTS | {"template-pptx"}),
        (values("ps", "pdf"), OF_DOCUMENTS | {"paper"}),
        (values("ps", "xlsx"), {"session", "owner"}),
        (values("ps", "csv jira"), {"session", "owner"}),
        (values("ps", "ics"), {"session", "owner"}),
        (values("ps", "json"), set()),
    ],
)
def test_only_what_means_something_for_the_format_is_asked_and_holds(
    asked: dict[str, str], fields: set[str]
) -> None:
    assert fields_for(asked) == fields | ALWAYS
    every = {"layout": "qbr", "owner": "P3", "paper": "letter", "session": "S1 K1"}
    choice = ExportChoice.of(asked | every | {"template-docx": "w", "template-pptx": "p"})
    template = next((each[9] for each in fields if each.startswith("template")), "")
    assert choice.layout == ("qbr" if "layout" in fields else "plan")
    assert choice.owner == ("P3" if "owner" in fields else "")
    assert choice.template == {"d": "w", "p": "p", "": ""}[template]
    assert choice.paper == ("letter" if "paper" in fields and not template else "a4")
    assert (choice.session, choice.seal) == (("S1", "K1") if "session" in fields else ("", ""))


async def test_markdown_is_written_in_the_dialect_that_is_chosen(sample: AccountPlan) -> None:
    of = looked_at(sample).to_write("S2")()
    for choice, said in (
        (chosen("alliance", tasks="obsidian"), "📅 2026-06-11"),
        (chosen("alliance", tasks="dataview"), "[due:: 2026-06-11]"),
        (chosen("alliance", front_matter="yes"), 'audience: "alliance"'),
    ):
        assert said in of.document("alliance", choice.form, options=choice.options()).text
    for choice in (chosen("alliance", tasks="obsidian"), chosen("alliance", front_matter="yes")):
        assert words(shown(looked_at(sample), choice)).startswith('---\naccount: "Norvane Bank"\n')
    assert "account:" not in words(shown(looked_at(sample), chosen("alliance")))


def test_a_file_is_called_as_it_is_typed(tmp_path: Path) -> None:
    names = {"": "n.md", str(tmp_path): "n.md", f"{tmp_path}/plan": "plan.md", f"{tmp_path}/p.txt": "p.txt"}
    assert {typed: called("n.md", typed) for typed in names} == names


async def test_each_audience_has_a_file_and_all_of_them_are_shown(sample: AccountPlan) -> None:
    live = looked_at(sample)
    preview = shown(live, chosen("each"))
    assert (preview.name, preview.size) == ("4 files", "one for each audience")
    names = [
        f"norvane-bank-session-2-{who}.md" for who in ("customer", "stratalume", "quillhaven", "alliance")
    ]
    assert [line.split(",")[0] for line in preview.held_back.splitlines()] == names
    said = words(preview)
    assert [said.count(name) for name in names] == [1] * len(names)
    assert said.index("our joint plan") < said.index("joint account plan")
    assert preview.told == ("No decision of this session is marked for the customer.",)
    brief = chosen("each", layout="brief")
    assert brief.readers(live) == ("tech", "ps", "alliance")
    assert shown(live, brief).name == "3 files"


async def test_it_is_of_the_session_and_seal_that_are_chosen(sample: AccountPlan) -> None:
    def seal(n: int, opened: dt.datetime | None = None) -> Seal:
        at = AT + dt.timedelta(days=n)
        record = {"record": "", "sha256": "0" * 64, "journal": 1}
        return validated(
            Seal, {"id": f"K{n}", "session": "S2", "sealed_at": at, "reopened_at": opened, **record}
        )

    seals = [seal(1, AT), seal(2)]
    live = looked_at(AccountPlan.of([*sample, *seals]))
    assert [text for text, _ in session_choices(live)] == [
        "all sessions, as it is now",
        "session 2 of 9 Jun 2026, as sealed",
        f"session 2 of 9 Jun 2026, by seal 1 of {format_moment(seals[0].sealed_at)}",
        "session 1 of 10 Mar 2026, by itself",
    ]
    assert [value for _, value in session_choices(live)] == ["", "S2", "S2 K1", "S1"]
    first = shown(looked_at(sample), chosen("alliance", session="S1"))
    assert first.name == "norvane-bank-session-1-alliance.md"
    assert "what it dated itself alone" in " ".join(first.told)
    assert "Session 1, 10 Mar 2026" in words(first)


def test_a_place_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    def wrong(choice: ExportChoice, typed: str, *, is_folder: bool = False) -> str:
        return choice.wrong_place(typed, is_folder=is_folder)

    assert wrong(chosen("each"), "") == wrong(chosen("each"), "out", is_folder=True) == ""
    assert "name a folder that is there" in wrong(chosen("each"), "out.md")
    assert "There is no folder" in wrong(chosen("alliance"), f"{tmp_path}/none/")
    assert "is for Word, but the field As says Markdown" in wrong(chosen("alliance"), "plan.docx")
    assert "end the name in .xlsx, for a workbook" in wrong(chosen("alliance"), "plan.xls")
    assert wrong(chosen("alliance"), "plan") == ""


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
            choice = chosen(audience, form, layout=layout)
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
    assert [value for _, value in audience_choices(live)] == [
        CUSTOMER,
        "tech",
        "ps",
        "alliance",
        "each",
        UNPROJECTED,
    ]
    owners = dict(owner_choices(live))
    assert next(iter(owners)) == "everybody"
    assert owners["Jonty Eskeland"] == "P3"
    assert owners["nobody"] == "nobody"
