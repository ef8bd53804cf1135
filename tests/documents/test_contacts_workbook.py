"""Workbooks as Excel and others write them, and who comes out of them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.workbooks import Rows, with_part, with_rows, workbook
from tests.domain.plans import plan_of
from workshop_tui.documents.contacts import Proposal, propose
from workshop_tui.documents.contacts_read import read_contacts
from workshop_tui.documents.errors import DocumentError

NOBODY = plan_of()
PEOPLE: Rows = [
    ("Full Name", "Job Title", "Email", "Reports To"),
    ("Ana Pires", "Head of Payments", "ana@norvane.example", "Ingrid Solvane"),
    ("Ingrid Solvane", "Chief Operating Officer"),
]
COVER: Rows = [("Norvane Bank",), ("as of", dt.date(2026, 6, 9))]


def read(content: bytes, sheet: str = "") -> Proposal:
    return propose(read_contacts(content, sheet=sheet), NOBODY)


def people(found: Proposal) -> list[tuple[str, str, str, str]]:
    return [(new.name, new.title, new.email, new.manager) for new in found.new]


def refusal(content: bytes, sheet: str = "") -> str:
    with pytest.raises(DocumentError) as refused:
        read_contacts(content, sheet=sheet)
    return str(refused.value)


BOTH = [
    ("Ana Pires", "Head of Payments", "ana@norvane.example", "Ingrid Solvane"),
    ("Ingrid Solvane", "Chief Operating Officer", "", ""),
]


def test_the_first_sheet_with_known_headings_is_read_and_the_others_are_named() -> None:
    content = workbook({"Cover": COVER, "Old": PEOPLE[:1], "People": PEOPLE, "Prices": COVER}, hidden=["Old"])
    found = read(content)
    assert people(found) == BOTH
    assert [note.what for note in found.notes] == [
        "Of the sheets, only «People» is read, not «Cover», «Old», «Prices»."
    ]
    assert read_contacts(content).read_as == "from the sheet «People»"


@pytest.mark.parametrize("name", ["Team", "team ", "Secret"])
def test_a_sheet_can_be_named_also_a_hidden_one(name: str) -> None:
    content = workbook({"Cover": COVER, "Team": PEOPLE, "Secret": PEOPLE}, hidden=["Secret"])
    assert people(read(content, name)) == BOTH
    assert read(content, name).notes == ()
    assert refusal(content, "X") == "There is no sheet «X»: the sheets are «Cover», «Team», «Secret»."
    assert refusal(b"Name\nAna\n", "Team") == "Only a workbook has sheets: leave out which one."


def test_headings_below_a_title_columns_without_one_and_rows_that_end_early() -> None:
    rows: Rows = [
        ("Contacts of June",),
        (),
        (None, "Name", "Email", None),
        (None, "Ana Pires", "ana@norvane.example", "likes tea", None),
        (),
        (None, "Dev Rao"),
    ]
    found = read(workbook({"A": rows}))
    assert people(found) == [("Ana Pires", "", "ana@norvane.example", ""), ("Dev Rao", "", "", "")]
    assert found.unused == ("column 4 (no heading)",)
    assert [note.what for note in found.notes] == [
        "Line 1: «Contacts of June» stands above the headings, so it is not read."
    ]
    assert [new.line for new in found.new] == [4, 6]


def test_cells_are_written_as_people_read_them() -> None:
    row = ("Ana Pires", 17, 2.5, dt.date(2026, 6, 9), dt.datetime(2026, 6, 9, 10, 30), True)  # noqa: DTZ001
    sheet = read_contacts(workbook({"A": [("Name", "Employee ID", "b", "c", "d", "e"), row]}))
    assert sheet.rows[0].cells == ("Ana Pires", "17", "2.5", "2026-06-09", "2026-06-09", "TRUE")


def test_ids_that_are_numbers_find_managers() -> None:
    rows: Rows = [("Employee ID", "Name", "Manager ID"), (1, "Sara Chen", None), (2, "Alec Rudd", 1)]
    assert people(read(workbook({"A": rows}))) == [
        ("Sara Chen", "", "", ""),
        ("Alec Rudd", "", "", "Sara Chen"),
    ]


def test_a_formula_counts_by_its_result_and_one_without_is_told() -> None:
    content = with_rows(
        '<sheetData><row><c t="inlineStr"><is><t>Name</t></is></c><c t="inlineStr"><is><r><t>Ti</t></r>'
        '<rPh sb="0" eb="1"><t>x</t></rPh><r><t>tle</t></r></is></c></row>'
        '<row r="4"><c t="str"><f>A1</f><v>Ana Pires</v></c><c r="B4"><f>B1</f></c></row></sheetData>'
    )
    found = read(content)
    assert people(found) == [("Ana Pires", "", "", "")]
    assert [note.what for note in found.notes] == [
        "Line 4: the formula in B4 has no result: open the workbook and save it anew."
    ]


def test_the_day_on_which_a_mac_begins_to_count_is_another() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["Name", "Day"])
    book.active.append(["Ana Pires", dt.date(2026, 6, 9)])
    out = io.BytesIO()
    book.save(out)
    assert read_contacts(out.getvalue()).rows[0].cells == ("Ana Pires", "2026-06-09")


def test_people_are_found_though_a_million_empty_rows_follow() -> None:
    empty = "".join(f'<row r="{n}"/>' for n in range(3, 1_000_000))
    row = '<row><c t="inlineStr"><is><t>{}</t></is></c></row>'
    found = read(with_rows(f"<sheetData>{row.format('Name')}{row.format('Ana Pires')}{empty}</sheetData>"))
    assert people(found) == [("Ana Pires", "", "", "")]
    assert [note.what for note in found.notes] == [
        "Behind line 2 come over 100,000 empty lines: what stands below them is not read."
    ]


def _archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def _bomb(part: str, text: bytes) -> bytes:
    return with_part(workbook({"People": PEOPLE}), part, text)


SOUND = workbook({"People": PEOPLE})
DAMAGED = "This workbook is damaged: save it again as XLSX, or as CSV in UTF-8."
TOO_MUCH = "This workbook holds more than can be read: copy the people into a new one."
REFUSED = {
    "half of it": (SOUND[: len(SOUND) // 2], DAMAGED),
    "no XML": (_bomb("xl/workbook.xml", b"<workbook"), DAMAGED),
    "entities": (_bomb("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'), DAMAGED),
    "a text that isn't there": (
        with_rows('<sheetData><row><c t="s"><v>99999</v></c></row></sheetData>'),
        DAMAGED,
    ),
    "an archive": (_archive("people.csv"), "This is an archive and no workbook: unpack it first."),
    "OpenDocument": (
        _archive("mimetype", "content.xml"),
        "This is an OpenDocument file: save it as XLSX, or as CSV in UTF-8.",
    ),
    "binary": (
        _archive("xl/workbook.bin"),
        "This is a binary workbook: save it as XLSX, or as CSV in UTF-8.",
    ),
    "old Excel": (
        b"\xd0\xcf\x11\xe0" + bytes(900),
        "This is a workbook of old Excel: save it as XLSX, or as CSV in UTF-8.",
    ),
    "a password": (
        b"\xd0\xcf\x11\xe0" + bytes(900) + "EncryptedPackage".encode("utf-16-le"),
        "This workbook is locked by a password: save it without, or as CSV in UTF-8.",
    ),
    "nothing in it": (
        workbook({"People": []}),
        "This workbook is empty: export it again, with a header.",
    ),
    "only empty rows": (
        with_rows("<sheetData>" + "<row/>" * 1_000_000 + "</sheetData>"),
        "This workbook is empty: export it again, with a header.",
    ),
    "a bomb": (_bomb("xl/worksheets/sheet1.xml", b" " * 40_000_000), TOO_MUCH),
    "a text without end": (
        with_rows("<sheetData><row><c><v>" + "x" * 30_000_000 + "</v></c></row></sheetData>"),
        TOO_MUCH,
    ),
    "a cell in very many pieces": (
        with_rows("<sheetData><row><c><is>" + "<t>x</t>" * 1_000_000 + "</is></c></row></sheetData>"),
        TOO_MUCH,
    ),
    "very many columns": (
        with_rows("<sheetData><row>" + "<c><v>1</v></c>" * 1_000_000 + "</row></sheetData>"),
        "Line 1 has over 1,000 cells: leave out what isn't needed.",
    ),
    "very many of anything": (with_rows("<col/>" * 2_000_000), TOO_MUCH),
    "very many rows": (
        with_rows("<sheetData>" + "<row><c><v>1</v></c></row>" * 100_000 + "</sheetData>"),
        "This file has over 20,000 rows: split it.",
    ),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED)
def test_a_workbook_that_cannot_be_read_is_refused_in_a_sentence(content: bytes, why: str) -> None:
    assert refusal(content) == why


@settings(max_examples=150)
@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=8))
def test_no_damage_to_a_workbook_stops_the_reader(at: int, damage: bytes) -> None:
    try:
        read(SOUND[:at] + damage + SOUND[at + len(damage) :])
    except DocumentError:
        return
