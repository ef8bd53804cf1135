"""Contacts in the app: a preview first, then one Step, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.step import set_field

HEAD = "First Name,Last Name,Title,Email,Reports To\n"
MIXED = f"""{HEAD}Ana,Pires,Head of Payments,ana.pires@norvane.example,Tomasz Lindqvar
Marcus,Hale-Obi,chief financial officer,marcus@norvane.example,
Pria,Vantongeren,Chief Risk Officer,,Ingrid Solvane
Jo,Bad,Clerk,not an address,
Kit,Lowe,Analyst,kit@norvane.example,Nobody Atall
Too,Many,x,,,y
Colm,Adington,CISO,colm@norvane.example,
"""


async def previewed(app: Driven, content: str | bytes, encoding: str = "") -> None:
    """Ask for the preview of a file with this content."""
    path = Path(str(app.app.path)).parent / "people.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    await app.to_block(BlockKind.STAKEHOLDERS)
    await asked(app, str(path), encoding)


async def asked(app: Driven, path: str, encoding: str = "") -> None:
    await app.press("i")
    await app.wait_until(lambda: "Encoding" in app.text, "the dialog")
    await app.type_text(path, "enter")
    await app.type_text(encoding, "ctrl+s")


def beside(app: Driven) -> str:
    """Return what the dialog says beneath its fields."""
    return " ".join(str(told.render()) for told in app.app.screen.query(".told"))


def shown(app: Driven) -> list[str]:
    """Return what the preview says of each line."""
    return [row.cells[-1].text for row in app.sheet("contacts").table.rows if row.cells]


def people(app: Driven) -> dict[str, Stakeholder]:
    return {person.name: person for person in app.live.whole.all(Stakeholder)}


async def test_every_line_is_previewed_and_comes_in_as_one_step(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 40)) as app:
        before = app.live.whole
        await previewed(app, MIXED)
        await app.wait_until(lambda: "people.csv: 2 new" in app.text, "the preview")
        assert "1 there already · 2 doubtful · 2 that can't come in" in app.text
        for told in (
            "? may be Priya Vantongeren: close spelling · Chief Risk Officer",
            "Email «not an address» is no address: mend it or leave it empty.",
            "Line 7 has 6 cells where the header has 5: quote what holds a separator.",
            "Manager «Nobody Atall» is nobody in the account or the file: none is set.",
            "Head of Payments · ana.pires@norvane.example · reports to Tomasz Lindqvar",
            "same name, fills Email",
        ):
            assert told in shown(app), told
        assert "Bring in without the 2 lines that can't" in app.text
        await app.press("ctrl+s")
        assert "✗ Say of each doubtful line who it is" in app.text
        assert app.live.whole == before
        await app.press("enter")
        assert "✓ the same as Priya Vantongeren" in app.text
        await app.press("enter")
        assert "+ somebody new" in app.text
        await app.press("enter", "n")
        await app.press("ctrl+s")
        await app.wait_until(lambda: app.app.screen is app.workshop)
        assert app.told == "3 new people and 1 filled in: Ctrl+Z takes all of it back."
        assert people(app)["Ana Pires"].reports_to == "ST04"
        assert people(app)["Marcus Hale-Obi"].title == "Chief Financial Officer"
        assert people(app)["Marcus Hale-Obi"].email == "marcus@norvane.example"
        assert people(app)["Colm Adington"].title == "CISO"
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole == before, "all of it is taken back")


async def test_cancelling_changes_nothing(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        before = app.live.whole
        await previewed(app, MIXED)
        await app.wait_until(lambda: "people.csv:" in app.text, "the preview")
        await app.press("m", "escape")
        await app.wait_until(lambda: app.app.screen is app.workshop)
        assert app.live.whole == before


async def test_a_file_with_nothing_new_says_so(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await previewed(app, "Name,Title\nMarcus Hale-Obi,Chief Financial Officer\n")
        await app.wait_until(lambda: "nothing to fill in" in app.text, "the preview")
        await app.press("ctrl+s")
        await app.wait_until(lambda: app.told == "There is nothing new in people.csv.")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "✗ people.csv: This file is empty"),
        ("PK\x03\x04", "✗ people.csv: This workbook is damaged: save it again as XLSX"),
    ],
)
async def test_what_is_wrong_with_a_file_is_told_beside_the_field(
    norvane: Path, content: str, told: str
) -> None:
    async with driving(norvane, account="norvane") as app:
        await previewed(app, content)
        await app.wait_until(lambda: told in beside(app), told)


async def test_a_file_that_is_not_there_can_be_typed_again(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        (norvane.parent / "people.csv").write_text("Name\nAna Pires\n", "utf-8")
        await app.to_block(BlockKind.STAKEHOLDERS)
        await asked(app, str(norvane.parent / "peopl.csv"))
        await app.wait_until(lambda: "can't be read, as it is not there" in beside(app))
        await app.press("end", *("backspace",) * 4)
        await app.type_text("e.csv", "ctrl+s")
        await app.wait_until(lambda: "people.csv: 1 new" in app.text, beside(app))
        await app.press("ctrl+s")
        await app.wait_until(lambda: "Ana Pires" in people(app))


async def test_a_column_is_mapped_in_the_preview_and_remembered_for_these_headings(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await previewed(app, "Wer,Chef\nAna Pires,Dev Rao\nDev Rao,\n")
        await app.wait_until(lambda: "No column is known to hold names" in app.text, "the preview")
        await app.press("ctrl+s")
        assert "Ana Pires" not in people(app)
        await app.press("enter")
        await app.wait_until(lambda: "What «Wer» holds" in app.text, "the fields")
        await app.type_text("name", "enter")
        await app.wait_until(lambda: "people.csv: 2 new · 1 column not used" in app.text, "the people")
        await app.press("c", "down", "enter")
        await app.wait_until(lambda: "What «Chef» holds" in app.text, "the fields")
        await app.type_text("manager", "enter")
        await app.wait_until(lambda: "reports to Dev Rao" in app.text, "the manager")
        assert "not used" not in app.text
        await app.press("escape")
        await app.wait_until(lambda: app.app.screen is app.workshop)
        await previewed(app, "Chef,Wer\nKai Moor,Eva Lund\n,Kai Moor\n")  # these headings the other way round
        await app.wait_until(lambda: "reports to Kai Moor" in app.text, "what was remembered")
        await app.press("ctrl+s")
        await app.wait_until(lambda: "Eva Lund" in people(app))
        await previewed(app, "Name,Influence\nRui Prado,so so\n")
        await app.wait_until(lambda: "→ Influence not taken" in app.text, "the words")
        await app.press("end", "up", "up", "enter")
        await app.wait_until(lambda: "Influence: what «so so» means" in app.text, "our scale")
        await app.type_text("3", "enter")
        await app.wait_until(lambda: "→ Influence 3" in app.text, "the word")
        await app.press("ctrl+s")
        await app.wait_until(lambda: "Rui Prado" in people(app))
        assert people(app)["Rui Prado"].influence == 3


async def test_contacts_are_closed_while_the_customer_looks(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await previewed(app, MIXED)
        await app.wait_until(lambda: "people.csv:" in app.text, "the preview")
        await app.press("f4")
        await app.wait_until(lambda: app.live.audience == "customer")
        assert app.app.screen is app.workshop
        await app.press("i")
        assert app.app.screen is app.workshop
        assert app.told == ""  # nor is anything said of it


async def test_a_person_of_one_firm_alone_is_not_shown_as_a_double(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        app.live.commit(
            lambda plan: [
                change
                for person in plan.where(Stakeholder, name="Priya Vantongeren")
                for change in set_field(person, "visibility", "tech")
            ]
        )
        await previewed(app, f"{HEAD}Pria,Vantongeren,Chief Risk Officer,,\n")
        await app.wait_until(lambda: "people.csv: 1 new" in app.text, "the preview")
        assert "Priya" not in app.text


async def test_what_is_not_taken_of_a_file_is_named_in_the_preview(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 40)) as app:
        content = (
            "Contacts of May\nName;Phone;Title;Email;Born\nJosé Łuk;1;;a@x.example, b@x.example;\n"
            "TBD;;Head of IT;;\nKatharina Berg;;;;\n"
        )
        await previewed(app, content.encode("cp1250"))
        counts = "people.csv, read as Windows-1250 (a guess): 3 new · 2 columns not used"
        await app.wait_until(lambda: counts in app.text, "the preview")
        assert "Not taken from the file · 4" in app.text
        assert shown(app)[:4] == [
            "Windows-1250 is a guess: where letters are wrong, say which it is.",
            "«Phone», «Born» (empty).",
            "«Contacts of May» stands above the headings, so it is not read.",
            "«José Łuk» has another address, «b@x.example», which is not taken.",
        ]
        assert "to be named" in shown(app)
        await app.press("ctrl+s")
        await app.wait_until(lambda: "José Łuk" in people(app))
        assert people(app)["Head of IT"].placeholder


async def test_an_encoding_can_be_said_in_the_dialog(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 40)) as app:
        await previewed(app, "Name\nИван Петров\n".encode("koi8_r"), encoding="koi9")
        await app.wait_until(lambda: "There is no encoding «koi9»" in beside(app), beside(app))
        await app.press("backspace")
        await app.type_text("8_r", "ctrl+s")
        await app.wait_until(lambda: "people.csv: 1 new" in app.text, "the preview")
        assert "Иван Петров" in app.text
        assert "guess" not in app.text


async def test_a_manager_on_a_line_that_is_still_doubtful_is_found_once_it_is_decided(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 40)) as app:
        await previewed(app, "Name,Manager\nPria Vantongeren,\nAna Pires,Pria Vantongeren\n")
        await app.wait_until(lambda: "which is still to be decided" in app.text, "the preview")
        await app.press("m")
        assert "reports to Priya Vantongeren" in app.text
        assert "to be decided" not in app.text
