"""A document as a Word file, read again by the library that others read it with."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.app.canaries import FINE, LEAKS, with_canaries
from tests.documents.full import full
from tests.documents.hostile import HOSTILE
from tests.documents.said import all_of
from tests.documents.test_as_html import every
from tests.domain.plans import figures
from workshop_tui.documents.as_docx import as_docx
from workshop_tui.documents.document import (
    Document,
    Heading,
    Tasks,
    TextItem,
    TextList,
    TextTable,
    bullets,
    plainly,
    text,
)
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.plan_layouts import Layout, document
from workshop_tui.documents.signed_files import sign_package
from workshop_tui.documents.source import Source
from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan

ATTACHED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


def told(plan: AccountPlan, audience: str, layout: Layout = "plan") -> tuple[Document, Source]:
    """Return a plan's document, and what it is made of."""
    view = project(plan, audience)
    on = plan.account.as_of or dt.date(2026, 6, 9)
    of = Source(view, view.sessions[-1], figures(plan, audience, on))
    return document(of, layout), of


def read(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def words(file: Any) -> str:
    return "".join(node.text or "" for node in file.element.body.iter(qn("w:t")))


def template(**styles: str) -> bytes:
    """Return a firm's template, in which styles have a font of their own."""
    file = docx.Document()
    paragraph = file.add_paragraph("Delete this line before you write.")
    file.add_comment(paragraph.runs, text="Ask legal", author="C. Omment")
    kept_in = file.part._settings_part.relate_to("file:///home/jane/firm.dotx", ATTACHED, is_external=True)
    attached = OxmlElement("w:attachedTemplate")
    attached.set(qn("r:id"), kept_in)
    file.settings.element.insert(0, attached)
    file.sections[0].header.paragraphs[0].text = "Quillhaven letterhead"
    for name, font in styles.items():
        file.styles[name.replace("_", " ")].font.name = font
    file.core_properties.author, file.core_properties.comments = "A. Template", "internal"
    written = BytesIO()
    file.save(written)
    return written.getvalue()


@pytest.mark.parametrize("audience", ["customer", "alliance", "ps"])
def test_a_plan_has_its_headings_in_order_and_all_its_actions_and_tables(
    sample: AccountPlan, audience: str
) -> None:
    of, _ = told(full(sample), audience)
    file = read(as_docx(of))
    headings = [p.text for p in file.paragraphs if p.style.name in {"Title", "Heading 1", "Heading 2"}]
    assert headings == [of.title, *(block.text for block in of.blocks if isinstance(block, Heading))]
    tasks = [task for block in of.blocks if isinstance(block, Tasks) for task in block.tasks]
    boxes = [p.text for p in file.paragraphs if p.style.name == "Task"]
    assert len(boxes) == len(tasks) > 0
    for line, task in zip(boxes, tasks, strict=True):
        assert line.startswith(f"{'☑' if task.is_done else '☐'}\t{task.title} · ")
        assert line.endswith(f" {task.id}")
    tables = [block for block in of.blocks if isinstance(block, TextTable)]
    assert [[cell.text for cell in each.rows[0].cells] for each in file.tables] == [[*t.head] for t in tables]
    for native, block in zip(file.tables, tables, strict=True):
        head, *rows = native.rows
        assert head._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in native.rows)
        said = [plainly(line[0]) for line in block.rows]
        assert [row.cells[0].text for row in rows] == said


@pytest.mark.parametrize("layout", ["brief", "qbr"])
def test_the_other_documents_are_written_too(sample: AccountPlan, layout: Layout) -> None:
    of, _ = told(sample, "alliance", layout)
    assert of.title in words(read(as_docx(of)))


def test_it_tells_its_title_and_language_and_nothing_of_who_wrote_it(sample: AccountPlan) -> None:
    of, _ = told(sample, "customer")
    file = read(as_docx(of, paper="letter"))
    facts = file.core_properties
    assert (facts.title, facts.author, facts.comments, facts.last_modified_by) == (of.title, "", "", "")
    assert facts.created == facts.modified == dt.datetime(2026, 6, 9, tzinfo=dt.UTC)
    (lang,) = file.styles.element.iter(qn("w:lang"))
    assert lang.get(qn("w:val")) == "en-GB"
    assert (round(file.sections[0].page_width.pt), round(file.sections[0].page_height.pt)) == (612, 792)
    first, again = (sign_package(as_docx(of), "norvane", "customer") for _ in range(2))
    assert first == again


@pytest.mark.parametrize("audience", ["customer", "tech"])
def test_no_canary_gets_out_of_any_part_of_it(sample: AccountPlan, audience: str) -> None:
    of, _ = told(with_canaries(sample, audience), audience)
    for content in (as_docx(of), as_docx(of, template=template())):
        said = all_of(content)
        assert [leak for leak in LEAKS if leak in said] == []
        assert said.count(FINE) > 100


def test_hostile_text_shows_just_itself() -> None:
    typed = [clean_text(clean_text(hostile)[:150]) or "x" for hostile in HOSTILE]
    blocks = tuple(block for each in typed for block in every(each).blocks)
    file = read(as_docx(Document("Hostile", blocks)))
    said = words(file)
    for each in typed:
        assert said.count(each.replace("<http://evil.example>", "http://evil.example")) >= 7, each
    links = [rel.target_ref for rel in file.part.rels.values() if "hyperlink" in rel.reltype]
    assert links
    assert all(link.startswith(("http://", "https://")) for link in links)


def test_what_stands_behind_a_last_table_takes_no_room() -> None:
    rows = TextTable(("Who",), ((text("Ana"),), (text("Bo"),)))
    *_, last = read(as_docx(Document("Ends in a table", (rows,)))).paragraphs
    assert (last.text, last.paragraph_format.line_spacing.pt) == ("", 1)
    assert last._p.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:vanish')}") is not None
    *_, words = read(as_docx(Document("Ends in words", (rows, Heading("End"))))).paragraphs
    assert words.paragraph_format.line_spacing is None


def test_each_numbered_list_begins_at_one() -> None:
    numbered = TextList((TextItem(text("first")), TextItem(text("second"))), is_numbered=True)
    file = read(as_docx(Document("Two", (numbered, bullets(["between"]), numbered))))
    numbers = [p._p.pPr.numPr.numId.val for p in file.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_a_template_gives_its_styles_and_header_and_nothing_of_its_text(sample: AccountPlan) -> None:
    of, _ = told(sample, "customer")
    content = as_docx(of, template=template(Heading_1="Georgia"), template_name="firm.docx")
    file = read(content)
    assert file.styles["Heading 1"].font.name == "Georgia"
    assert file.sections[0].header.paragraphs[0].text == "Quillhaven letterhead"
    assert file.paragraphs[0].text == of.title
    said = all_of(content)
    theirs = ("Delete this line", "A. Template", "internal", "Ask legal", "C. Omment", "jane")
    assert all(each in all_of(template()) for each in theirs)
    assert not [each for each in theirs if each in said]


def test_a_template_of_words_own_kind_is_taken_and_missing_styles_are_made(sample: AccountPlan) -> None:
    from tests.documents.test_signed_files import changed

    of, _ = told(full(sample), "alliance")
    bare = docx.Document()
    for name in ("Title", "Heading 1", "List Number", "Quote"):
        bare.styles[name].delete()
    file = BytesIO()
    bare.save(file)
    types = next(part for name, part in _parts(file.getvalue()) if name == "[Content_Types].xml")
    dotx = changed(
        file.getvalue(), "[Content_Types].xml", types.replace(b"document.main+xml", b"template.main+xml")
    )
    read_back = read(as_docx(of, template=dotx, template_name="firm.dotx"))
    assert sum(p.style.name == "Heading 1" for p in read_back.paragraphs) > 5
    assert any(p.text.startswith("1. ") for p in read_back.paragraphs if p.style.name == "List Number")


def _parts(content: bytes) -> Any:
    from zipfile import ZipFile

    with ZipFile(BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


@pytest.mark.parametrize("broken", [b"x", b"PK\x03\x04broken", b"%PDF-1.7", template()[:2000]], ids=range(4))
def test_what_is_no_template_is_refused_in_a_sentence(broken: bytes) -> None:
    with pytest.raises(
        DocumentError,
        match=r"^«firm\.docx» is no Word template, whatever its name says: choose one that Word ",
    ):
        as_docx(Document("Plan", ()), template=broken, template_name="firm.docx")
