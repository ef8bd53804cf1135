"""Workbook, CSV and calendar: read again by readers that know nothing of us, and cut for their audience."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any
from zipfile import ZipFile

import icalendar
import openpyxl
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.app.canaries import FINE, LEAKS, hidden_words, with_canaries
from tests.documents.full import full
from tests.documents.hostile import HOSTILE
from tests.documents.parts import shown_in, told_in, unfolded
from workshop_tui.documents import extras
from workshop_tui.documents.as_csv import Profile, guarded
from workshop_tui.documents.as_ics import CALENDAR_FIELDS
from workshop_tui.documents.as_markdown import as_markdown
from workshop_tui.documents.as_xlsx import as_xlsx
from workshop_tui.documents.contacts_cells import said_in
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.export import ROW_FORMATS, Exported, ExportOptions, Format, export
from workshop_tui.documents.owner import NOBODYS, owner_named
from workshop_tui.documents.sheets import WorkbookSheet
from workshop_tui.domain.base.text import clean_text, one_line
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ActionStatus, BlockKind
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block, Decision, Guest, Session
from workshop_tui.domain.plan.audience import project, shows
from workshop_tui.domain.plan.plan import KIND, AccountPlan

ON = dt.date(2026, 6, 9)
ROWS: tuple[Format, ...] = ("xlsx", "csv", "ics")
_LEAKED_DAY = str((dt.date(2187, 7, 17) - dt.date(1899, 12, 30)).days)
"""The day of the canaries as a workbook has it."""


def made(plan: AccountPlan, audience: str, form: Format, **options: Any) -> Exported:
    return export(plan, audience, form, on=ON, options=ExportOptions(**{"singly": True, **options}))


def with_emails(plan: AccountPlan) -> AccountPlan:
    return AccountPlan.of(
        with_values(row, email=f"{row.id.lower()}@firm.example") if isinstance(row, Member) else row
        for row in plan
    )


def preview(written: Exported) -> str:
    assert written.document
    return as_markdown(written.document)


def book(written: Exported) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written.binary))


def table_of(written: Exported) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(written.text.removeprefix("\ufeff"), newline=""))]


def events_of(text: str) -> Mapping[str, Any]:
    found = icalendar.Calendar.from_ical(text).walk("VEVENT")
    events = {str(event["uid"]): event for event in found}
    assert len(events) == len(found)
    return events


# What every one of them holds to


@pytest.mark.parametrize("form", ROWS)
@pytest.mark.parametrize("audience", ["customer", "alliance", "ps", "tech"])
def test_no_canary_gets_out_of_any_part(sample: AccountPlan, audience: str, form: Format) -> None:
    plan = with_canaries(sample, audience)
    for profile in ("plain", "jira", "asana") if form == "csv" else ("plain",):
        written = made(plan, audience, form, profile=profile)
        for told in (told_in(written), preview(written), *map(unfolded, written.singles.values())):
            assert [leak for leak in (*LEAKS, _LEAKED_DAY) if leak in told] == []
        assert not set(re.findall(r"[a-z][a-z ]*[a-z]", shown_in(written))) & (
            hidden_words(audience) - {"use", "none", "present", "success"}
        )
        assert preview(written).count(FINE) > 10
        assert FINE in told_in(written)
        assert not [leak for leak in LEAKS for name in written.singles if leak in name]


@pytest.mark.parametrize("form", ROWS)
def test_the_customers_is_as_if_what_is_hidden_were_not_there(sample: AccountPlan, form: Format) -> None:
    plan = with_emails(full(sample))
    shown = {(type(row), row.key) for row in project(plan, "customer")}
    bare = AccountPlan.of(row for row in plan if (type(row), row.key) in shown)
    assert len(list(bare)) < len(list(plan))
    assert made(plan, "customer", form).content == made(bare, "customer", form).content


@pytest.mark.parametrize("form", ROWS)
def test_an_earlier_export_is_known_again_until_somebody_changes_it(
    sample: AccountPlan, form: Format
) -> None:
    plan = full(sample)
    now, earlier = made(plan, "alliance", form), made(sample, "alliance", form)
    other = AccountPlan.of(with_values(row, id="other") if row is sample.account else row for row in sample)
    foreign = made(other, "alliance", form)
    assert now.replaces(as_bytes(now))  # nothing is lost
    assert now.replaces(as_bytes(earlier)) == (form != "csv")  # in which there is no place for a sign
    assert not now.replaces(as_bytes(foreign))
    assert not now.replaces(b"")
    if form == "xlsx":
        again = book(earlier)
        again["actions"]["B2"] = "Something of my own"
        file = io.BytesIO()
        again.save(file)
        assert not now.replaces(file.getvalue())
    else:
        assert not now.replaces(as_bytes(earlier).replace(b"Dev", b"Deb", 1))
        assert not now.replaces(as_bytes(earlier) + b"\r\n")


def as_bytes(written: Exported) -> bytes:
    return written.content if isinstance(written.content, bytes) else written.content.encode()


@pytest.mark.parametrize("form", ROWS)
def test_the_same_plan_gives_the_same_file(sample: AccountPlan, form: Format) -> None:
    with time_machine.travel(dt.datetime(2027, 1, 1, tzinfo=dt.UTC)):
        earlier = made(sample, "alliance", form)
    assert made(sample, "alliance", form) == earlier


@pytest.mark.parametrize("form", sorted(ROW_FORMATS))
def test_they_are_no_brief_and_no_review(sample: AccountPlan, form: Format) -> None:
    with pytest.raises(DocumentError, match=r" holds .*: choose another format, or the joint plan\.$"):
        export(sample, "alliance", form, on=ON, layout="brief")


def test_a_row_that_nobody_cut_is_never_written(sample: AccountPlan) -> None:
    for form in ROWS:
        with pytest.raises(DocumentError, match="JSON alone"):
            made(sample, "all", form)


# Workbook


def test_a_workbook_has_its_sheets_with_filters_a_frozen_head_and_nothing_hidden(sample: AccountPlan) -> None:
    read = book(made(full(sample), "alliance", "xlsx"))
    assert read.sheetnames == ["actions", "people", "answers", "scorecard", "decisions"]
    for sheet in read:
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.sheet_state == "visible"
        assert not any(
            line.hidden for line in (*sheet.column_dimensions.values(), *sheet.row_dimensions.values())
        )
        assert all(cell.value and cell.font.bold for cell in sheet[1])
        for column in sheet.columns:
            head, width = str(column[0].value), sheet.column_dimensions[column[0].column_letter].width
            assert max(map(len, head.split())) + 3 < width <= 48  # the button of the filter stands there
            for cell in column[1:]:
                across = len(str(cell.value or ""))
                high = sheet.row_dimensions[cell.row].height or 15
                assert cell.is_date or across <= width * high / 15
                assert across <= width or cell.alignment.wrap_text or not isinstance(cell.value, str)
    held = {sheet.title: sheet.freeze_panes for sheet in read}
    assert held == {"actions": "C2", "people": "B2", "answers": "B2", "scorecard": "A2", "decisions": "C2"}
    feelings = [
        cell for column in read["people"].columns for cell in column if "Sentiment" in column[0].value
    ]
    assert {cell.number_format for cell in feelings[1:] if isinstance(cell.value, int)} == {"+0;-0;0"}
    assert read.properties.title == "Norvane Bank: account plan"
    assert (
        read.properties.description
        == "For Quillhaven and Stratalume, not for the customer. As of 9 Jun 2026."
    )


def test_days_are_days_and_figures_are_figures(sample: AccountPlan) -> None:
    plan = full(sample)
    sheet = book(made(plan, "alliance", "xlsx"))["actions"]
    heads = [cell.value for cell in sheet[1]]
    read = {row[0].value: dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)}
    seen = project(plan, "alliance").all(Action)
    assert set(read) == {row.id for row in seen}
    for row in seen:
        days = (ON - row.due).days if row.due is not None else 0
        cell = read[row.id]["Due"]
        assert (cell.value.date() if cell.is_date else cell.value) == row.due
        assert read[row.id]["Days late"].value == (days if days > 0 and row.status.is_open else None)


def test_a_workbook_of_the_customer_has_no_heading_of_ours(sample: AccountPlan) -> None:
    read = book(made(full(sample), "customer", "xlsx"))
    heads = {sheet.title: [cell.value for cell in sheet[1]] for sheet in read}
    assert heads["people"] == ["Name", "Title", "Unit", "Reports to", "Left on"]
    ours = {"Carried", "First due", "Evidence", "Why dropped", "For"}
    ours |= {"Accountable", "Milestone", "About", "Session"}
    assert ours.isdisjoint(heads["actions"])
    assert "Session" not in heads["decisions"]
    assert ours <= {cell.value for cell in book(made(full(sample), "alliance", "xlsx"))["actions"][1]}
    assert {"Personal reason", "Theme", "Heard by", "For"}.isdisjoint(heads["answers"])
    assert read.properties.title == "Norvane Bank: our joint plan"


def test_text_in_a_workbook_is_text_whatever_it_begins_with() -> None:
    leads = ("", "=", "+", "-", "@", "#N/A", "'=")
    typed = [lead + clean_text(text)[:4000] for text in HOSTILE for lead in leads]
    said = [text for text in typed if text]
    written = as_xlsx(
        (WorkbookSheet("actions", ("Action",), tuple((text,) for text in said)),), title="T", about="A", on=ON
    )
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(written)).active.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == said
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if cell.value[0] in "=+-@")
    with ZipFile(io.BytesIO(written)) as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()


def test_a_workbook_loses_no_word_but_what_no_cell_can_hold() -> None:
    said = "a\ufffeb" + "x" * 40_000
    written = as_xlsx((WorkbookSheet("actions", ("Action",), ((said,),)),), title="T", about="A", on=ON)
    assert openpyxl.load_workbook(io.BytesIO(written)).active["A2"].value == "ab" + "x" * 32_765


def test_without_the_library_it_says_how_to_get_it(
    sample: AccountPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", missing)
    with pytest.raises(DocumentError, match=r"install it with `pip install 'workshop-tui\[office\]'`\.$"):
        made(sample, "alliance", "xlsx")


# CSV


def test_a_csv_has_every_action_that_the_audience_sees(sample: AccountPlan) -> None:
    plan = with_emails(full(sample))
    for audience in ("customer", "tech"):
        written = made(plan, audience, "csv")
        seen = project(plan, audience)
        assert written.text.startswith('\ufeff"ID","Action","Owner"')
        assert set(re.findall(r"[^\r]\n", written.text)) == set()
        rows = table_of(written)
        assert {row["ID"]: row["Due"] for row in rows} == {
            row.id: str(row.due or "") for row in seen.all(Action)
        }
        assert written.size == f"{len(rows)} actions"
        mails = {row["Email"] for row in rows if "Email" in row}
        assert mails - {""}  # by which an importer knows who is meant


@pytest.mark.parametrize(
    ("profile", "heads", "due"),
    [
        ("jira", "Summary,Issue Type,Status,Assignee,Due Date,Labels,Description", "2026-06-11"),
        ("asana", "Name,Description,Section,Assignee,Due Date", "06/11/2026"),
    ],
)
def test_an_importer_gets_what_is_still_to_do(
    sample: AccountPlan, profile: Profile, heads: str, due: str
) -> None:
    plan = with_emails(full(sample))
    rows = table_of(made(plan, "alliance", "csv", profile=profile))
    assert ",".join(rows[0]) == heads
    to_do = [row for row in project(plan, "alliance").all(Action) if row.status.is_open]
    assert len(rows) == len(to_do)
    assert rows[0]["Due Date"] == due
    assert rows[0]["Assignee"] == "p3@firm.example"
    assert "Owner: Jonty Eskeland (Quillhaven)" in rows[0]["Description"].split("\n")
    assert rows[0]["Description"].split("\n")[-1] == "Norvane Bank · A07"
    assert rows[0]["Description"].startswith("Due: 11 Jun 2026\n") == (profile == "asana")


@pytest.mark.parametrize("profile", ["plain", "jira", "asana"])
def test_a_csv_keeps_from_the_customer_what_their_document_does(
    sample: AccountPlan, profile: Profile
) -> None:
    told = made(sample, "customer", "csv", profile=profile).text
    assert "Send Dev and Nadia" in told
    kept = "Accountable", "Milestone", "About", "Value validated", "Three-way held", "Rowan Achterberg"
    assert [word for word in kept if word in told] == []


def test_whose_address_is_unknown_goes_to_jira_by_name_and_to_asana_not_at_all(sample: AccountPlan) -> None:
    by_name = table_of(made(sample, "customer", "csv", profile="jira"))
    assert {row["Assignee"] for row in by_name} == {"Jonty Eskeland", "Mirela Sandoval-Pike"}
    assert {row["Assignee"] for row in table_of(made(sample, "customer", "csv", profile="asana"))} == {""}


def test_what_is_blocked_says_so_in_jira(sample: AccountPlan) -> None:
    plan = AccountPlan.of(
        with_values(row, status=ActionStatus.BLOCKED) if isinstance(row, Action) and row.id == "A07" else row
        for row in sample
    )
    first = table_of(made(plan, "customer", "csv", profile="jira"))[0]
    assert (first["Status"], first["Labels"]) == ("In Progress", "norvane-bank blocked")


@pytest.mark.parametrize(
    "begins", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'=", "''@"]
)
def test_no_cell_begins_like_a_formula(begins: str) -> None:
    assert guarded(f"{begins}cmd|'/c calc'!A1") == f"'{begins}cmd|'/c calc'!A1"


@given(st.sampled_from(["", "=", "+", "-", "@", "＝"]), st.text(max_size=20))
def test_the_guard_goes_off_again_where_we_read_tables(begins: str, typed: str) -> None:
    cell = begins + clean_text(typed).lstrip("'")
    assert said_in(guarded(cell)) == said_in(cell)


def test_hostile_titles_come_back_as_they_were(sample: AccountPlan) -> None:
    typed = [clean_text(text)[:100] or "x" for text in HOSTILE]
    actions = [Action(id=f"H{n}", session="S2", title=text) for n, text in enumerate(typed)]
    plan = AccountPlan.of([*sample, *actions])
    read = {row["ID"]: row["Action"] for row in table_of(made(plan, "alliance", "csv"))}
    for action in actions:
        assert read[action.id] == guarded(action.title)
        assert not read[action.id].startswith(tuple("=+-@\t\r"))


# Calendar


def test_what_is_due_is_an_event_of_a_day_that_makes_nobody_busy(sample: AccountPlan) -> None:
    plan = full(sample)
    written = made(plan, "alliance", "ics")
    assert all(len(line) <= 75 for line in written.text.encode().split(b"\r\n"))
    assert b"\n" not in written.text.encode().replace(b"\r\n", b"")
    read = events_of(written.text)
    open_ones = [row for row in project(plan, "alliance").all(Action) if row.status.is_open and row.due]
    due = {
        str(event["summary"]).partition(" · ")[0]: event["dtstart"].dt
        for event in read.values()
        if "Status: " in str(event.get("description", "")) and "done" not in str(event["description"])
    }
    assert {row.title: row.due for row in open_ones}.items() <= due.items()
    for event in read.values():
        assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
        assert event["dtend"].dt - event["dtstart"].dt == dt.timedelta(1)
        assert event["transp"] == "TRANSPARENT"
    assert written.size == f"{len(read)} events"


def test_sessions_reviews_and_what_was_closed_since_are_there_too(sample: AccountPlan) -> None:
    read = {
        str(event["summary"]): event
        for event in events_of(made(full(sample), "alliance", "ics").text).values()
    }
    assert {"Norvane Bank: workshop 2", "Norvane Bank: review"} <= set(read)
    assert read["Joint press note · Hana Petrosyan-Cole"]["status"] == "CANCELLED"
    done = "✓ Test interest with the Chief Operating Officer · Jonty Eskeland"
    assert read[done]["status"] == "CONFIRMED"


@pytest.mark.parametrize("form", ["md", "html", "ics", "xlsx", "csv"])
def test_the_customer_hears_of_no_session_without_one_of_their_people(
    sample: AccountPlan, form: Format
) -> None:
    after = Session(id="S8", held_on=dt.date(2026, 7, 2))
    alone = [
        after,
        Block(id="Z1", session="S8", kind=BlockKind.DISCOVERY, title="Among us", visibility="customer"),
    ]
    for plan in (sample, full(sample), AccountPlan.of([*full(sample), *alone])):
        written = export(plan, "customer", form, on=dt.date(2026, 7, 4), options=ExportOptions(singly=True))
        told = "\n".join((told_in(written), preview(written)))
        days = "10 Mar 2026", "2026-03-10", "20260310", "2 Jul 2026", "2026-07-02", "20260702", "workshop 2"
        assert [day for day in days if day in told] == []
        assert form in {"xlsx", "csv"} or re.search("9 Jun 2026|20260609", told)
        assert not [name for name in written.singles if "-s1." in name or "-s8." in name]


def test_whoever_of_theirs_is_put_down_for_a_session_to_come_has_it_in_the_calendar(
    sample: AccountPlan,
) -> None:
    rows = [
        Session(id="S8", held_on=dt.date(2026, 9, 30)),
        Block(id="Z1", session="S8", kind=BlockKind.DISCOVERY, title="Together", visibility="customer"),
    ]
    guest = Guest(block="Z1", stakeholder="ST06")
    days = [
        {event["dtstart"].dt for event in events_of(made(plan, "customer", "ics").text).values()}
        for plan in (AccountPlan.of([*sample, *rows]), AccountPlan.of([*sample, *rows, guest]))
    ]
    assert [dt.date(2026, 9, 30) in each for each in days] == [False, True]


def test_what_was_closed_before_the_last_session_is_not_told_again(sample: AccountPlan) -> None:
    day = dt.date(2026, 1, 5)
    done = ActionStatus.DONE
    old = Action(id="A90", session="S1", title="Long over", due=day, status=done, done_on=day)
    plan = AccountPlan.of([*sample, old])
    assert "Long over" not in made(plan, "alliance", "ics").text


def test_an_event_keeps_its_uid_and_its_sequence_rises(sample: AccountPlan) -> None:
    at = dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC)
    first = events_of(made(sample, "customer", "ics", revisions={("Action", ("A07",)): (1, None)}).text)
    action = sample.get(Action, "A07")
    assert action
    later = AccountPlan.of([*sample, with_values(action, title="Send it", due="2026-06-20")])
    again = events_of(made(later, "alliance", "ics", revisions={("Action", ("A07",)): (3, at)}).text)
    assert set(first) <= set(again)
    (changed,) = [uid for uid in first if first[uid]["dtstart"].dt != again[uid]["dtstart"].dt]
    assert (first[changed]["sequence"], again[changed]["sequence"]) == (0, 2)
    assert again[changed]["dtstamp"].dt == at
    assert again[changed]["dtstart"].dt == dt.date(2026, 6, 20)


def test_hostile_text_in_a_calendar_is_read_as_it_was_typed(sample: AccountPlan) -> None:
    titles = [(clean_text(text)[:100] or "x") + "; a, b\\n: ï" * 9 for text in HOSTILE]
    actions = [Action(id=f"H{n}", session="S2", title=text, due=ON) for n, text in enumerate(titles)]
    written = made(AccountPlan.of([*sample, *actions]), "alliance", "ics")
    assert all(len(line) <= 75 for line in written.text.encode().split(b"\r\n"))
    read = events_of(written.text)
    assert {str(event["summary"]) for event in read.values()} >= {one_line(row.title) for row in actions}
    assert len(read) == len(events_of(made(sample, "alliance", "ics").text)) + len(actions)


def test_a_sequence_counts_only_what_the_customer_may_see() -> None:
    for kind, fields in CALENDAR_FIELDS.items():
        assert all(shows(KIND[kind], name, "customer") for name in fields)


def test_a_folder_gets_each_event_by_itself(sample: AccountPlan) -> None:
    written = made(sample, "customer", "ics")
    assert {"norvane-bank-customer-action-a07.ics", "norvane-bank-customer-workshop-s2.ics"} <= {
        *written.singles
    }
    ours = made(full(sample), "ps", "ics").singles
    assert {name.split("-")[2] for name in ours} == {"quillhaven"}
    assert {name.split("-")[3] for name in ours} == {"action", "workshop", "review"}
    single = [events_of(text) for text in written.singles.values()]
    assert all(len(events) == 1 for events in single)
    assert {uid for events in single for uid in events} == set(events_of(written.text))
    assert all(written.replaces(text.encode()) for text in written.singles.values())


def test_ids_that_part_by_case_alone_have_files_of_their_own(sample: AccountPlan) -> None:
    twins = [Action(id=each, session="S2", title=f"Do {each} now", due=ON) for each in ("zz_1", "ZZ-1")]
    plan = AccountPlan.of([*sample, *twins])
    singles = made(plan, "alliance", "ics").singles
    assert sum("Do zz_1 now" in text for text in singles.values()) == 1
    assert sum("Do ZZ-1 now" in text for text in singles.values()) == 1


# The actions of one owner


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Jonty Eskeland", "P3"), ("jonty", "P3"), ("p3", "P3"), ("okonjo", "ST13"), ("Nobody", NOBODYS)],
)
def test_an_owner_is_meant_by_a_name_its_beginning_or_an_id(
    sample: AccountPlan, typed: str, meant: str
) -> None:
    assert owner_named(project(sample, "customer"), typed) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Jonti", r"nobody called «Jonti»: use Jonty Eskeland\.$"),
        ("zzzz", r"nobody called «zzzz»: use Jonty Eskeland, .* or Nobody\.$"),
        ("", r"nobody called «»: use "),
        ("m", r"«m» could be several people: use .*Marcus Hale-Obi.* or "),
    ],
)
def test_an_owner_that_nobody_is_is_refused_with_names(sample: AccountPlan, typed: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        owner_named(project(sample, "customer"), typed)


def test_who_is_hidden_from_the_audience_is_nobody_to_it(sample: AccountPlan) -> None:
    hidden = Stakeholder(id="X1", name="Quentin Farrabee", visibility="ps")
    plan = AccountPlan.of([*sample, hidden])
    assert owner_named(project(plan, "ps"), "Quentin") == "X1"
    with pytest.raises(DocumentError, match=r"nobody called «Quentin»: use (?!.*Farrabee)"):
        owner_named(project(plan, "tech"), "Quentin")


@pytest.mark.parametrize("form", ["md", "html", "xlsx", "csv", "ics"])
def test_every_format_has_the_owners_actions_alone(sample: AccountPlan, form: Format) -> None:
    plan = full(sample)
    written = made(plan, "alliance", form, owner="P3")
    told = preview(written)
    for row in project(plan, "alliance").all(Action):
        if row.owner != "P3" and row.status.is_open and row.due:
            assert row.title.split("'")[0] not in told
    assert "First drill on two services with the bank" in told
    assert written.note == "Only the actions of Jonty Eskeland."
    assert form in {"xlsx", "csv", "ics"} or "Only the actions of Jonty Eskeland." in told
    assert dict(written.held_back) == dict(made(plan, "alliance", form).held_back)


def test_decisions_are_told_by_their_day(sample: AccountPlan) -> None:
    sheet = book(made(sample, "alliance", "xlsx"))["decisions"]
    heads: Sequence[str] = [cell.value for cell in sheet[1]]
    read = {row[heads.index("Decision")]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    seen = project(sample, "alliance").all(Decision)
    assert set(read) == {row.text for row in seen}
    assert {row[heads.index("Decided on")].date() for row in read.values()} <= {
        session.held_on for session in sample.sessions
    }
