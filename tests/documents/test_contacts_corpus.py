"""Files as CRMs, mail programs, directories and people write them, and who comes out of them."""

from __future__ import annotations

import csv
import io
import itertools
import re
from dataclasses import dataclass, field

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.documents.contacts import after, merge
from tests.domain.plans import plan_of
from workshop_tui.documents.contacts import Proposal, Same, propose, sure
from workshop_tui.documents.contacts_columns import ALIASES, columns, labels
from workshop_tui.documents.contacts_read import read_contacts
from workshop_tui.documents.errors import DocumentError
from workshop_tui.domain.model.people import Stakeholder

NOBODY = plan_of()


@dataclass(frozen=True)
class File:
    """A file, and what is right: (name, title, email, manager) of everybody new, and what is told."""

    content: str
    people: list[tuple[str, str, str, str]]
    unused: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    encoding: str = "utf-8"


FILES = {
    "Salesforce report": File(
        "Salutation,First Name,Last Name,Title,Account Name,Email,Reports To\n"
        "Mr.,Dan,Orme,CFO,Norvane,d@x.example,Ms. Eva Lund\nMs.,Eva,Lund,COO,Norvane,,\n\n"
        'Norvane contacts\n"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n',
        [("Dan Orme", "CFO", "d@x.example", "Eva Lund"), ("Eva Lund", "COO", "", "")],
        ("«Salutation»", "«Account Name»"),
        ["Line 5: «Norvane contacts» is the foot", "Line 6: «Copyright (c) 2000-2026"],
    ),
    "Salesforce data export": File(
        "Id,IsDeleted,LastName,FirstName,Title,ReportsToId,Email\n"
        "003A1,false,Lund,Eva,COO,,\n003A2,true,Orme,Dan,CFO,003A1,d@x.example\n"
        "003A3,false,Kerr,Gil,CIO,003A1,g@x.example\n003A4,false,Zorn,Hal,,003A2,\n",
        [
            ("Eva Lund", "COO", "", ""),
            ("Gil Kerr", "CIO", "g@x.example", "Eva Lund"),
            ("Hal Zorn", "", "", ""),
        ],
        notes=["Line 3: «Dan Orme» is marked as deleted: left out."],
    ),
    "HubSpot": File(
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Job Title,"
        "Additional email addresses\n"
        "901,Ana,Pires,ana@x.example,,Somebody,Head of Payments,ana.p@x.example;ap@x.example\n",
        [("Ana Pires", "Head of Payments", "ana@x.example", "")],
        ("«Phone Number» (empty)", "«Contact owner»"),
        ["has another address, «ana.p@x.example»", "has another address, «ap@x.example»"],
    ),
    "Dynamics": File(
        "(Do Not Modify) Contact,(Do Not Modify) Row Checksum,Full Name,Email,Business Phone,"
        "Job Title,Manager\n"
        '8c1f,rZ8x==,"Pires, Ana",ana@x.example,,Head of Payments,Dev Rao\n'
        '8c20,rZ8y==,"Rao, Dev",,,,\n',
        [("Ana Pires", "Head of Payments", "ana@x.example", "Dev Rao"), ("Dev Rao", "", "", "")],
        ("«(Do Not Modify) Row Checksum»", "«Business Phone» (empty)"),
    ),
    "Google before 2024": File(
        "Name,Given Name,Additional Name,Family Name,Name Prefix,Name Suffix,Notes,E-mail 1 - Type,"
        "E-mail 1 - Value,Organization 1 - Name,Organization 1 - Title\n"
        "Dr. Mary Jane Wats Jr.,Mary,Jane,Wats,Dr.,Jr.,Met in May,* Work,"
        "mary@x.example ::: mj@x.example,Norvane,CFO\n",
        [("Mary Jane Wats, Dr., Jr.", "CFO", "mary@x.example", "")],
        ("«Name Prefix»", "«E-mail 1 - Type»", "«Organization 1 - Name»"),
        ["another address, «mj@x.example»"],
    ),
    "Google": File(
        "First Name,Middle Name,Last Name,Name Suffix,Organization Name,Organization Title,Labels,"
        "E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value\n"
        "Mary,Jane,Wats,Jr.,Norvane,CFO,* myContacts,* Work,,Other,mary@x.example\n",
        [("Mary Jane Wats, Jr.", "CFO", "mary@x.example", "")],
        ("«Organization Name»", "«Labels»", "«E-mail 1 - Label»", "«E-mail 2 - Label»"),
    ),
    "Outlook": File(
        "Title,First Name,Middle Name,Last Name,Suffix,Company,Job Title,E-mail Address,E-mail 2 Address,"
        "Manager's Name\r\nMr.,Ana,,Pires,,Norvane,Head,ana@x.example,,Dev Rao\r\n,Dev,,Rao,,,,,,\r\n",
        [("Ana Pires", "Head", "ana@x.example", "Dev Rao"), ("Dev Rao", "", "", "")],
        ("«Title»", "«Company»"),
    ),
    "German Outlook": File(
        "Anrede;Vorname;Weitere Vornamen;Nachname;Firma;Position;E-Mail-Adresse;Name des/der Vorgesetzten\n"
        "Frau;Jörg-Änne;;Groß;Norvane;Leiterin;j@x.example;Kai Moor\n;Kai;;Moor;;;;\n",
        [("Jörg-Änne Groß", "Leiterin", "j@x.example", "Kai Moor"), ("Kai Moor", "", "", "")],
        ("«Anrede»", "«Firma»"),
        encoding="cp1252",
    ),
    "Zoho": File(
        "Contact Id,First Name,Last Name,Reporting To,Title,Email\n"
        "zcrm_1,Dan,Orme,Eva Lund,CFO,\nzcrm_2,Eva,Lund,,COO,\n",
        [("Dan Orme", "CFO", "", "Eva Lund"), ("Eva Lund", "COO", "", "")],
    ),
    "Zoho by ids": File(
        "Record Id,Contact Name,Reporting To.id,Reporting To,Title\n"
        "z1,Dan Orme,z2,E. Lund,CFO\nz2,Eva Lund,,,COO\n",
        [("Dan Orme", "CFO", "", "Eva Lund"), ("Eva Lund", "COO", "", "")],
        notes=["Line 2: the manager of Dan Orme is Eva Lund by the id; «E. Lund» is not taken."],
    ),
    "Pipedrive": File(
        "Person - Name,Person - First name,Person - Last name,Person - Organization,Person - Title,"
        "Person - Email - Work,Person - Email - Home\nDan Orme,Dan,Orme,Norvane,CFO,,dan@x.example\n",
        [("Dan Orme", "CFO", "dan@x.example", "")],
        ("«Person - Organization»",),
    ),
    "LinkedIn": File(
        'Notes:\n"When exporting your connection data, you may notice that some addresses are missing."\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        'Ana,"Pires, PhD",https://www.linkedin.com/in/x,,Norvane,"Head, Payments",12 Mar 2024\n',
        [("Ana Pires, PhD", "Head, Payments", "", "")],
        ("«URL»", "«Company»", "«Connected On»"),
        ["Line 1: «Notes:» stands above the headings", "Line 2: «When exporting"],
    ),
    "Thunderbird": File(
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Job Title\n"
        "Ana,Pires,Ana Pires,,ana@x.example,,Head\n,,Dev Rao,,,dev@x.example,\n",
        [("Ana Pires", "Head", "ana@x.example", ""), ("Dev Rao", "", "dev@x.example", "")],
        ("«Nickname» (empty)",),
    ),
    "Active Directory": File(
        "DisplayName,Title,EmailAddress,Manager\n"
        'Dan Orme,CFO,d@x.example,"CN=Bea Lunt,OU=Users,DC=corp,DC=example"\n'
        'Eva Lund,COO,,"CN=Lunt\\, Bea,OU=Users,DC=corp"\n'
        'Bea Lunt,CEO,b@x.example,"CN=Bea Lunt,OU=Users,DC=corp,DC=example"\n',
        [
            ("Dan Orme", "CFO", "d@x.example", "Bea Lunt"),
            ("Eva Lund", "COO", "", "Bea Lunt"),
            ("Bea Lunt", "CEO", "b@x.example", ""),
        ],
    ),
    "Active Directory by distinguished names": File(
        "displayName,distinguishedName,manager\n"
        'Dan Orme,"CN=dorme,DC=corp","CN=blunt,DC=corp"\nBea Lunt,"CN=blunt,DC=corp",\n',
        [("Dan Orme", "", "", "Bea Lunt"), ("Bea Lunt", "", "", "")],
    ),
    "An HR system's ids": File(
        "employee_id,name,title,manager_id\n1,Sara Chen,CEO,1\n2,Alec Rudd,CTO,1\n",
        [("Sara Chen", "CEO", "", ""), ("Alec Rudd", "CTO", "", "Sara Chen")],
    ),
    "A chart's ids, and the last name apart": File(
        "id,parentId,name,lastName,position,email\n1,,Steven,Kaye,COO,\n2,1,Nina,Korr,VP,\n",
        [("Steven Kaye", "COO", "", ""), ("Nina Korr", "VP", "", "Steven Kaye")],
    ),
    "First name and name": File("First Name,Name,Title\nAnna,Berg,CFO\n", [("Anna Berg", "CFO", "", "")]),
    "A name that holds the last name": File(
        "Full Name,Last Name\nAna Pires,Pires\nDev,Rao\n",
        [("Ana Pires", "", "", ""), ("Dev Rao", "", "", "")],
    ),
    "German": File(
        "Vorname;Nachname;Position;E-Mail;Vorgesetzter\nAnna;Lind;CFO;a@x.example;Kai Moor\nKai;Moor;CEO;;\n",
        [("Anna Lind", "CFO", "a@x.example", "Kai Moor"), ("Kai Moor", "CEO", "", "")],
    ),
    "French": File(
        "Prénom;Nom;Fonction;Adresse e-mail;Supérieur hiérarchique\n"
        "Zoé;Faÿ;Directrice;z@x.example;Luc Roux\nLuc;Roux;PDG;;\n",
        [("Zoé Faÿ", "Directrice", "z@x.example", "Luc Roux"), ("Luc Roux", "PDG", "", "")],
    ),
    "Spanish": File(
        "Nombre;Apellidos;Cargo;Correo electrónico;Jefe\n"
        "Ana;García López;Directora;a@x.example;Luis Peña\nLuis;Peña;;;\n",
        [("Ana García López", "Directora", "a@x.example", "Luis Peña"), ("Luis Peña", "", "", "")],
    ),
    "Dutch": File(
        "Voornaam,Tussenvoegsel,Achternaam,Functie,E-mailadres,Leidinggevende\n"
        "Jan,van der,Berg,Hoofd,j@x.example,\nAn,,'t Hooft,,,Jan van der Berg\n",
        [("Jan van der Berg", "Hoofd", "j@x.example", ""), ("An 't Hooft", "", "", "Jan van der Berg")],
    ),
    "A title above, and empty lines": File(
        "Kundenexport 2026-01-01\n\nFirst Name;Last Name;Title\nAda;Lovel;CTO\n",
        [("Ada Lovel", "CTO", "", "")],
        notes=["Line 1: «Kundenexport 2026-01-01» stands above the headings, so it is not read."],
    ),
    "Missing cells at the end": File(
        "Name,Email,Title,Phone\nDan Orme,dan@x.example\nEva Lund,eva@x.example,CFO,\nGil Kerr\n",
        [
            ("Dan Orme", "", "dan@x.example", ""),
            ("Eva Lund", "CFO", "eva@x.example", ""),
            ("Gil Kerr", "", "", ""),
        ],
        ("«Phone» (empty)",),
    ),
    "Equal headings": File(
        "Name,Title,Title,Email,Email\nDan Orme,,CFO,a@x.example,b@x.example\n"
        "Eva Lund,COO,CIO,,e@x.example\n",
        [("Dan Orme", "CFO", "a@x.example", ""), ("Eva Lund", "COO", "e@x.example", "")],
        notes=["another address, «b@x.example»", "Line 3: «Title#2» says «CIO», which is not taken."],
    ),
    "Columns without a heading": File(
        "Name,,Title,\nDan Orme,secret,CFO,\n", [("Dan Orme", "CFO", "", "")], ("column 2 (no heading)",)
    ),
    "Excel's apostrophe": File(
        "Name,Title,Email\n'Dan Orme,'CFO,'d@x.example\n", [("Dan Orme", "CFO", "d@x.example", "")]
    ),
    "What says that there is nothing": File(
        "Name,Title,Email,Manager\nDan Orme,#N/A,,NULL\nEva Lund,N/A,,-\nGil Kerr,NULL,null,n/a\n"
        "Chris Null,n/a,n/a,\n",
        [(name, "", "", "") for name in ("Dan Orme", "Eva Lund", "Gil Kerr", "Chris Null")],
    ),
    "Addresses as mail programs write them": File(
        "Name,Email\nDan Orme,Dan Orme <dan@x.example>\nEva Lund,mailto:eva@x.example\n"
        "Fay Roux,/O=EXCH/OU=AG/CN=RECIPIENTS/CN=FROUX\nGil Kerr,gil@x.example.\n"
        'Hal Zorn,"""Zorn, Hal"" <hal@x.example>; h2@x.example"\nIda Moss,<ida.o\'moss@x.example>\n'
        "Jo Berg,jo@x.example (old)\n",
        [
            ("Dan Orme", "", "dan@x.example", ""),
            ("Eva Lund", "", "eva@x.example", ""),
            ("Fay Roux", "", "", ""),
            ("Gil Kerr", "", "gil@x.example", ""),
            ("Hal Zorn", "", "hal@x.example", ""),
            ("Ida Moss", "", "ida.o'moss@x.example", ""),
            ("Jo Berg", "", "jo@x.example", ""),
        ],
        notes=[
            "Line 4: «Fay Roux» has «/O=EXCH/",
            "Line 6: «Hal Zorn» has another",
            "Line 8: «Jo Berg» has «jo@",
        ],
    ),
    "Managers as people write them": File(
        'Name,Manager\n"Moor, Ada","Lunt, Bea"\n"Lunt, Bea",\nCy Orr,Bea Lunt (COO)\n'
        "Di Pell,bea.lunt@x.example\nEd Rowe,Bea Lunt <b@x.example>\nFi Wray,Dr. Bea Lunt\n",
        [
            ("Ada Moor", "", "", "Bea Lunt"),
            ("Bea Lunt", "", "", ""),
            *((name, "", "", "Bea Lunt") for name in ("Cy Orr", "Di Pell", "Ed Rowe", "Fi Wray")),
        ],
    ),
    "Different ids": File(
        "Id,Name,Title,Email\n003A1,Jo Brandt,Head of IT,\n003A2,Jo Brandt,Head of Legal,\n"
        "003A3,Jo Brandt,Head of IT,\n003A4,J. Brandt,,\n003A5,Eva Lund,,e@x.example\n"
        "003A6,Eva Lunt,,e@x.example\n",
        [
            ("Jo Brandt", "Head of IT", "", ""),
            ("Jo Brandt", "Head of Legal", "", ""),
            ("Jo Brandt", "Head of IT", "", ""),
            ("J. Brandt", "", "", ""),
            ("Eva Lund", "", "e@x.example", ""),
            ("Eva Lunt", "", "e@x.example", ""),
        ],
    ),
    "Empty seats": File(
        "Name,Title,Manager\nVACANT,Head of IT,\nTBD,Head of Legal,\nN.N.,Head of IT,\nvacant (Buyer),,\n"
        "To be hired,,\nDan Orme,Clerk,Head of Legal\n",
        [
            ("Head of IT", "Head of IT", "", ""),
            ("Head of Legal", "Head of Legal", "", ""),
            ("Head of IT", "Head of IT", "", ""),
            ("Buyer", "Buyer", "", ""),
            ("To be named", "", "", ""),
            ("Dan Orme", "Clerk", "", "Head of Legal"),
        ],
    ),
    "What stands with a name": File(
        'Name\nDr. Eva Lund\nHal Zorn MBA\n"Moor, Kai, PhD"\n"Orme, Dan (IT)"\n"Gil Kerr, Head of IT"\n'
        "Prof. Dr. Ida Moss\n",
        [
            *(("Eva Lund, Dr.", "", "", ""), ("Hal Zorn, MBA", "", "", "")),
            *(("Kai Moor, PhD", "", "", ""), ("Dan Orme (IT)", "", "", "")),
            *(("Gil Kerr, Head of IT", "", "", ""), ("Ida Moss, Prof. Dr.", "", "", "")),
        ],
    ),
    "Central European": File(
        "Name;Title\nŁukasz Świątek;Dyrektor\nŽofie Čermáková;Ředitelka\n",
        [("Łukasz Świątek", "Dyrektor", "", ""), ("Žofie Čermáková", "Ředitelka", "", "")],
        encoding="cp1250",
    ),
    "Cyrillic": File(
        "Name;Title\nИван Петров;Директор\n", [("Иван Петров", "Директор", "", "")], encoding="cp1251"
    ),
    "Japanese": File("Name,Title\n山田 太郎,部長\n", [("山田 太郎", "部長", "", "")], encoding="shift_jis"),
    "A Mac's": File(
        "Name,Title\nJosé Müller,Chef d’équipe\n",
        [("José Müller", "Chef d’équipe", "", "")],
        encoding="mac_roman",
    ),
}


def read(file: File) -> Proposal:
    return propose(read_contacts(file.content.encode(file.encoding)), NOBODY)


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_everybody_comes_in_as_the_file_means_it(file: File) -> None:
    found = read(file)
    assert [(new.name, new.title, new.email, new.manager) for new in found.new] == file.people
    assert (found.merged, found.likely, found.bad, found.cycles) == ((), (), (), ())
    assert found.unused == file.unused


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_what_is_not_taken_of_a_file_is_told_line_by_line(file: File) -> None:
    notes = [note.what for note in read(file).notes]
    assert len(notes) == len(file.notes)
    assert all(says in told for says, told in zip(file.notes, notes, strict=True)), notes


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_the_same_file_again_brings_nothing(file: File) -> None:
    then = after(NOBODY, read(file))
    again = propose(read_contacts(file.content.encode(file.encoding)), then)
    assert (again.new, again.likely, again.changes(then, "n".upper)) == ((), (), ())


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_an_encoding_that_is_not_unicode_is_a_guess_until_it_is_said(file: File) -> None:
    content = file.content.encode(file.encoding)
    assert read_contacts(content).is_guess is (file.encoding != "utf-8")
    said = read_contacts(content, file.encoding)
    assert not said.is_guess
    assert said.rows == read_contacts(content).rows


def test_an_empty_seat_is_a_placeholder() -> None:
    people = after(NOBODY, read(FILES["Empty seats"])).all(Stakeholder)
    assert [person.words for person in people if person.placeholder] == [
        *("Head of IT", "Head of Legal", "Head of IT", "Buyer", "To be named")
    ]
    assert [person.name for person in people if not person.placeholder] == ["Dan Orme"]


def test_titles_make_two_of_one_name_likely_the_same_and_never_sure() -> None:
    content = b'Name,Email\nDr. Eva Lund,\n"Lund, Eva, PhD",\nEva Lund MBA,\nProf. Dr. Kai Moor,\nKai Moor,\n'
    found = propose(read_contacts(content), NOBODY)
    assert [(match.line, match.into, match.sure) for match in found.likely] == [
        (3, "Eva Lund, Dr.", False),
        (4, "Eva Lund, Dr.", False),
        (6, "Kai Moor, Prof. Dr.", False),
    ]
    assert len(propose(read_contacts(content), NOBODY, same=merge).new) == 2
    assert found.merged == ()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Katharine Bergmann,,", "is on line 3, which is still to be decided"),
        ("Eva Lund,not an address,", "is on line 3, which can't come in"),
        ("Eva Lund,,yes", "is on line 3, which is marked as deleted"),
    ],
)
def test_a_manager_who_is_in_the_file_and_does_not_come_in_yet_is_said_to_be_there(
    row: str, why: str
) -> None:
    boss = row.partition(",")[0]
    content = f"Name,Email,IsDeleted,Manager\nKatharina Bergmann,,,\n{row},\nCarl Dunn,,,{boss}\n"
    (told,) = propose(read_contacts(content.encode()), NOBODY, same=sure).unresolved
    assert (told.line, told.name, told.manager, told.why) == (4, "Carl Dunn", boss, why)


@pytest.mark.parametrize("says", ["no", "FALSE", "0", "", "n/a"])
def test_who_is_not_marked_as_deleted_comes_in(says: str) -> None:
    found = propose(read_contacts(f"Name,IsDeleted\nAna Pires,{says}\n".encode()), NOBODY)
    assert [new.name for new in found.new] == ["Ana Pires"]
    assert found.notes == ()


def test_a_mark_of_deletion_that_is_neither_yes_nor_no_is_told_of() -> None:
    found = propose(read_contacts(b"Name,IsDeleted\nAna Pires,2024-05-01\n"), NOBODY)
    assert [new.name for new in found.new] == ["Ana Pires"]
    assert [note.what for note in found.notes] == [
        "Line 2: «IsDeleted» says «2024-05-01», neither yes nor no, which is not taken."
    ]


def test_who_is_their_own_manager_has_none_and_is_no_circle() -> None:
    found = propose(read_contacts(b"Name,Manager\nAna Pires,Ana Pires\nDev Rao,Ana Pires\n"), NOBODY)
    assert found.cycles == ()
    assert [(each.name, each.why) for each in found.unresolved] == [("Ana Pires", "is the same person")]
    assert [new.manager for new in found.new] == ["", "Ana Pires"]


# The law: nothing that a file holds is lost without a word.

_cells = st.sampled_from(["", "", "{}", "Dr. {}", "{}, MBA", "{} (IT)", "'{}", "{} {}", "VACANT", "-", "Ana"])
_mails = st.sampled_from(
    ["", "{}@x.example", "{}@x.example; {}@x.example", "X <{}@x.example>", "{}", "mailto:{}@x.example."]
)
_columns = {
    "Name": _cells,
    "First Name": _cells,
    "Last Name": _cells,
    "Middle Name": _cells,
    "Title": _cells,
    "Title ": _cells,
    "Email": _mails,
    "E-mail": _mails,
    "Manager": _cells | _mails,
    "Manager ID": st.sampled_from(["", "ana", "dev"]),
    "Id": st.sampled_from(["", "ana", "dev"]),
    "IsDeleted": st.sampled_from(["", "", "true"]),
    "Phone": _cells,
    "": _cells,
}


@st.composite
def _tables(draw: st.DrawFn) -> list[list[str]]:
    """Draw a table in which each cell says something that no other cell says."""
    headers = draw(st.lists(st.sampled_from(list(_columns)), min_size=1, max_size=7, unique=True))
    number = itertools.count(1)
    rows = draw(st.lists(st.tuples(*(_columns[header] for header in headers)), min_size=1, max_size=5))
    marked = [[re.sub("{}", lambda _: f"w{next(number)}x", cell) for cell in row] for row in rows]
    return [headers, *marked]


@settings(max_examples=300)
@given(_tables(), st.sampled_from([sure, merge, lambda _: False]))
@example(
    [
        ["Name", "Id", "Last Name", "Manager", "Manager ID"],
        ["Ana", "", "", "", "dev"],
        ["Ana", "", "", "Dr. w1x", "dev"],
        ["", "dev", "w2x, MBA", "", ""],
    ],
    sure,
)
def test_whatever_a_file_holds_comes_in_or_is_named(table: list[list[str]], same: Same) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(table)
    content = out.getvalue().encode()
    try:
        found = propose(read_contacts(content), NOBODY, same=same)
    except DocumentError:
        return
    people = after(NOBODY, found).all(Stakeholder)
    told = " ".join(
        (
            *(f"{person.name} {person.title} {person.email}" for person in people),
            *(match.name for match in found.merged),
            *(note.what for note in found.notes),
            *(each.manager for each in found.unresolved),
            *(new.manager for new in found.new),
        )
    )
    left_out = {each.line for each in found.bad} | {match.line for match in found.likely}
    left_out |= {note.line for note in found.notes if "marked as deleted" in note.what}
    read = [n for n, header in enumerate(table[0]) if header not in {"Id", "Manager ID", "IsDeleted"}]
    for line, row in enumerate(csv.reader(io.StringIO(content.decode())), 1):
        if line > 1 and line not in left_out:
            used = (row[n] for n in read if labels(table[0])[n] not in str(found.unused))
            assert {word for cell in used for word in re.findall(r"w\d+x", cell)} <= {
                *re.findall(r"w\d+x", told)
            }


def test_columns_that_are_not_read_are_always_named() -> None:
    headers = [header for aliases in ALIASES.values() for header in aliases]
    read = columns(headers)
    assert {*read.unused, *itertools.chain(*read.places.values())} == set(range(len(headers)))
    found = propose(read_contacts(b"Name,Phone,,Town\nAna,1,2,\n"), NOBODY)
    assert found.unused == ("«Phone»", "column 3 (no heading)", "«Town» (empty)")
