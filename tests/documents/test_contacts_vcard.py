"""vCards as phones, mail programs and iCloud write them, and who comes out of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.contacts import PLAN, after, person
from tests.domain.plans import plan_of
from workshop_tui.documents.contacts import propose
from workshop_tui.documents.contacts_read import read_contacts
from workshop_tui.documents.contacts_sheet import MOST_ROWS
from workshop_tui.documents.errors import DocumentError

NOBODY = plan_of()
Person = tuple[str, str, str, str]


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> str:
    return end.join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


FILES: dict[str, tuple[bytes, list[Person], tuple[str, ...], list[str]]] = {
    "an old phone: 2.1, quoted-printable over two lines, a charset": (
        card(
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ny=C3=A5=",
            "ng;Zo=C3=AB;;;",
            "TITLE;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Chef d'=E9quipe",
            "EMAIL;INTERNET;PREF:zoe@norvane.example",
            "TEL;CELL:+46 1",
            version="2.1",
        ).encode(),
        [("Zoë Nyång", "Chef d'équipe", "zoe@norvane.example", "")],
        ("«TEL»",),
        [],
    ),
    "Outlook: 2.1 in a charset of its own, and a picture that isn't folded": (
        card(
            "N;LANGUAGE=de;CHARSET=windows-1252:Kärrén;Åsa;;Dr.",
            "FN;CHARSET=windows-1252:Åsa Kärrén",
            "ORG:Norvane Bank;Risk",
            "EMAIL;PREF;INTERNET:asa@norvane.example",
            "X-MS-MANAGER;CHARSET=windows-1252:Zoë Nyång",
            "PHOTO;TYPE=JPEG;ENCODING=BASE64:",
            "/9j/4AAQSkZJRgABAQEAYABgAAD",
            "/2wBDAAgGBgcGBQgHBwcJCQg==",
            "",
            "TITLE:Head of Credit",
            version="2.1",
        ).encode("cp1252")
        + card("N;CHARSET=windows-1252:Nyång;Zoë", version="2.1").encode("cp1252"),
        [
            ("Åsa Kärrén", "Head of Credit", "asa@norvane.example", "Zoë Nyång"),
            ("Zoë Nyång", "", "", ""),
        ],
        ("«Name Prefix»", "«Organization»", "«PHOTO»"),
        [],
    ),
    "iCloud: 3.0 with groups, Apple's labels, and a manager among related names": (
        card(
            "PRODID:-//Apple Inc.//iOS 18//EN",
            "N:Pires;Ana;;;",
            "FN:Ana Pires",
            "ORG:Norvane Bank;Payments;Cards",
            "item1.EMAIL;type=INTERNET;type=WORK:a.pires@norvane.example",
            "item2.EMAIL;type=INTERNET;type=pref:ana@norvane.example",
            "item3.X-ABRELATEDNAMES;type=pref:Ingrid Solvane",
            "item3.X-ABLabel:_$!<Manager>!$_",
            "item4.X-ABRELATEDNAMES:Rui",
            "item4.X-ABLabel:_$!<Brother>!$_",
            "NOTE:Met in May\\, at the fair.\\nLikes short",
            "  papers.",
        ).encode()
        + card("N:;;;;", "FN:Norvane Bank", "ORG:Norvane Bank;", "X-ABShowAs:COMPANY").encode()
        + card("FN:Team", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:x").encode()
        + card("N:Solvane;Ingrid;;;", "FN:Ingrid Solvane", "TITLE:Chief Operating Officer").encode(),
        [
            ("Ana Pires", "", "ana@norvane.example", "Ingrid Solvane"),
            ("Ingrid Solvane", "Chief Operating Officer", "", ""),
        ],
        ("«Organization»", "«X-ABRELATEDNAMES»"),
        [
            "has another address, «a.pires@norvane.example»",
            "«Norvane Bank» is a firm and no person: left out.",
            "«Team» is a group or a place and no person: left out.",
        ],
    ),
    "4.0: preferences, kinds, quoted parameters and escaped signs": (
        card(
            "KIND:individual",
            'FN;SORT-AS="Orme:Dan":Dan Orme\\, MBA',
            "N:Orme;Dan;Lee,Kim;;MBA",
            'EMAIL;PREF=2;TYPE="work,home":d2@norvane.example',
            "EMAIL;PREF=1:dan@norvane.example",
            "TITLE:VP\\; Payments",
            "ROLE:Approver",
            "UID:urn:uuid:1",
            version="4.0",
            end="\n",
        ).encode(),
        [("Dan Lee Kim Orme, MBA", "VP; Payments", "dan@norvane.example", "")],
        ("«ROLE (vCard)»",),
        ["another address, «d2@norvane.example»"],
    ),
    "Google: 3.0 folded in a word, in UTF-16, two titles": (
        card("FN:Katharina Berg", "N:Berg;Katha", " rina;;;", "TITLE:CIO", "TITLE:Board member").encode(
            "utf-16"
        ),
        [("Katharina Berg", "CIO", "", "")],
        (),
        ["«Job Title#2» says «Board member», which is not taken."],
    ),
    "damaged: a line that is none, no end, an unknown charset, words outside": (
        (
            b"BEGIN:VCARD\nFN:Kai Moor\nthis is broken\nTITLE;CHARSET=x-none:Director\n"
            b"BEGIN:VCARD\nFN:Ada Lovel\nEMAIL:ada@norvane.example\nEND:VCARD\nleft over\n"
        ),
        [("Kai Moor", "Director", "", ""), ("Ada Lovel", "", "ada@norvane.example", "")],
        (),
        [
            "Line 1: this card has no end, so it may be cut off.",
            "Line 3: «this is broken» is no line of a vCard, so it is not read.",
            "Line 9: «left over» stands outside of a card, so it is not read.",
        ],
    ),
    "a card within a card, and an empty seat": (
        (
            b"begin:vcard\r\nversion:2.1\r\nn:Rao;Dev\r\nAGENT:\r\nBEGIN:VCARD\r\nN:Pires;Ana\r\nEND:VCARD\r\n"
            b"title:Buyer\r\nend:vcard\r\nBEGIN:VCARD\r\nFN:VACANT\r\nTITLE:Head of IT\r\nEND:VCARD\r\n"
        ),
        [("Dev Rao", "Buyer", "", ""), ("Head of IT", "Head of IT", "", "")],
        (),
        ["Line 5: a card within a card is not read."],
    ),
}


@pytest.mark.parametrize(("content", "people", "unused", "notes"), FILES.values(), ids=FILES)
def test_every_card_comes_in_as_it_is_meant_and_the_rest_is_told(
    content: bytes, people: list[Person], unused: tuple[str, ...], notes: list[str]
) -> None:
    found = propose(read_contacts(content), NOBODY)
    assert [(new.name, new.title, new.email, new.manager) for new in found.new] == people
    assert (found.merged, found.likely, found.bad, found.unresolved) == ((), (), (), ())
    assert found.unused == unused
    told = [note.what for note in found.notes]
    assert len(told) == len(notes), told
    assert all(says in each for says, each in zip(notes, told, strict=True)), told
    again = propose(read_contacts(content), after(NOBODY, found))
    assert (again.new, again.likely) == ((), ())


def test_unit_and_note_come_in_and_fill_what_is_empty() -> None:
    content = card("FN:Priya Vantongeren", "ORG:Norvane;Risk", "NOTE:Asks for figures").encode()
    there = person(after(PLAN, propose(read_contacts(content), PLAN)), "Priya Vantongeren")
    assert (there.unit, there.note) == ("Risk", "Asks for figures")


def test_letters_in_no_charset_that_is_said_are_a_guess_until_they_are_said() -> None:
    content = card("FN:Jörg Müller").encode("cp1252")
    assert (read_contacts(content).encoding, read_contacts(content).is_guess) == ("Windows-1252", True)
    said = read_contacts(content, "cp1252")
    assert (said.rows[0].cells, said.is_guess) == (("Jörg Müller",), False)
    with pytest.raises(DocumentError, match="There is no encoding «nope»"):
        read_contacts(content, "nope")


def test_a_note_longer_than_is_kept_is_told_and_nobody_stays_out_for_it() -> None:
    found = propose(read_contacts(card("FN:Ana Pires", f"NOTE:{'x' * 5000}").encode()), NOBODY)
    assert [new.name for new in found.new] == ["Ana Pires"]
    assert "the note is over 4,000 characters" in found.notes[0].what


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"BEGIN:VCARD\n" + b"x\n" * 700_000, "This file has too many lines to be read: split it."),
        (card().encode() * 3, "No card of this file is a person: export it again."),
        (card("FN:x", end="\n").encode() * (MOST_ROWS + 1), "This file has over 20,000 rows: split it."),
    ],
)
def test_a_file_without_people_or_with_too_many_is_refused_in_a_sentence(content: bytes, why: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_contacts(content)
    assert str(refused.value) == why


_LINES = st.sampled_from(
    [
        *(
            "BEGIN:VCARD",
            "END:VCARD",
            "VERSION:2.1",
            "FN:Ana\\",
            "N:;\\;;a",
            "AGENT:",
            " ",
            " fold",
            "",
            "=",
            "x",
        ),
        *("NOTE;ENCODING=QUOTED-PRINTABLE:=", "NOTE;QUOTED-PRINTABLE:=C3=", "PHOTO;BASE64:", "KIND:org"),
        *(
            "EMAIL;PREF=9:a@b",
            'FN;X="a:b',
            "ORG:",
            ":",
            "FN;CHARSET=hex:zz",
            "N;CHARSET=utf-16:a",
            "a.b.FN:c",
        ),
    ]
)


@given(st.lists(_LINES, max_size=15), st.binary(max_size=6))
def test_no_card_however_broken_stops_the_reader(lines: list[str], rest: bytes) -> None:
    try:
        propose(read_contacts("\n".join(["BEGIN:VCARD", *lines]).encode() + rest), NOBODY)
    except DocumentError:
        return


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("FN:Dr. Ragnhild Quux", "N:Quux;Ragnhild;;Dr.;"), "Ragnhild Quux, Dr."),
        (("FN:Dr. Ragnhild Quux", "N:Quux;Ragnhild;;;"), "Ragnhild Quux, Dr."),
        (("FN:Dr. Ragnhild Quux\\, PhD", "N:Quux;Ragnhild;;;PhD"), "Ragnhild Quux, Dr., PhD"),
        (("FN:Dr. Ragnhild Quux",), "Ragnhild Quux, Dr."),
        (("FN:Ragnhild Quux", "N:Quux;Ragnhild;;;"), "Ragnhild Quux"),
    ],
)
def test_titles_go_behind_the_name_as_those_of_a_table_do(lines: tuple[str, ...], name: str) -> None:
    found = propose(read_contacts(card(*lines).encode()), NOBODY)
    assert ([new.name for new in found.new], found.notes) == ([name], ())
