"""A document as a PDF, read again by another library: what it says, in order, and nothing besides."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.app.canaries import FINE, LEAKS, with_canaries
from tests.documents.full import full
from tests.documents.hostile import HOSTILE
from tests.documents.said import all_of
from tests.documents.test_as_docx import told
from tests.documents.test_as_html import every
from workshop_tui.documents.as_pdf import as_pdf, compiler
from workshop_tui.documents.document import Document, Heading, Paragraph, Tasks, table, text
from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.scorecard import WHEEL


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content), strict=True)


def words(content: bytes) -> str:
    return squeezed("\n".join(page.extract_text() for page in read(content).pages))


def squeezed(said: str) -> str:
    """Leave out what breaks lines: where one ends is Typst's own matter."""
    return re.sub(r"\s|(?<=\w)-\n", "", said)


@pytest.mark.parametrize("audience", ["customer", "alliance", "ps"])
def test_a_plan_says_its_headings_in_order_and_all_its_actions(sample: AccountPlan, audience: str) -> None:
    document, _ = told(full(sample), audience)
    content = as_pdf(document)
    said, at = words(content), 0
    for heading in (each.text for each in document.blocks if isinstance(each, Heading)):
        at = said.index(squeezed(heading), at)
    tasks = [task for block in document.blocks if isinstance(block, Tasks) for task in block.tasks]
    assert tasks
    assert [task.id for task in tasks if squeezed(task.title) not in said] == []
    assert said.count("☐") + said.count("☑") == len(tasks)
    assert said.count("☑") == sum(task.is_done for task in tasks)
    reader = read(content)
    assert f"1of{len(reader.pages)}" in said
    assert str(reader.root_object["/Lang"]) == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == document.title
    assert as_pdf(document) == content


def black(wheels: str) -> int:
    """Return how much of a page with some signs is dark, as it is drawn."""
    page = compiler(Document("T", (Paragraph(text(wheels)),)), "a4", 500, 12).compile(format="png", ppi=144)
    drawn = Image.open(BytesIO(page)).convert("L").point(lambda light: light < 128)
    return sum(map(bool, drawn.tobytes()))


def test_each_wheel_is_as_full_as_it_says_and_can_be_searched_for() -> None:
    empty, *others = (black(wheel * 20) for wheel in WHEEL)
    parts = [(each - empty) / (others[-1] - empty) for each in others]
    assert parts == pytest.approx([0.25, 0.5, 0.75, 1], abs=0.05)
    assert WHEEL in words(as_pdf(Document(WHEEL, (Paragraph(text(WHEEL)),))))


def test_a_tables_head_is_on_every_page_and_no_row_breaks() -> None:
    rows = [(f"row {n}", "a few words more " * 9) for n in range(60)]
    content = as_pdf(Document("Long", (table(("Who comes", "What"), rows),)), paper="letter")
    pages = [page.extract_text() for page in read(content).pages]
    assert len(pages) > 1
    assert all("Who comes" in page for page in pages)
    for n in range(60):
        (page,) = (page for page in pages if re.search(rf"row {n}\b", page))
        assert page.count("a few") >= 1
    assert sum(page.count("more") for page in pages) == 60 * 9
    assert read(content).pages[0].mediabox[2:] == [612, 792]


@pytest.mark.parametrize("audience", ["customer", "tech"])
def test_no_canary_gets_out_of_any_part_of_it(sample: AccountPlan, audience: str) -> None:
    said = all_of(as_pdf(told(with_canaries(sample, audience), audience)[0]))
    assert [leak for leak in LEAKS if leak in said] == []
    assert said.count(FINE) > 100


def test_hostile_text_shows_just_itself() -> None:
    plain = [clean_text(clean_text(each)[:150]) or "x" for each in HOSTILE]
    typed = [each for each in plain if each.isascii() and "http" not in each]
    assert len(typed) > 60
    blocks = tuple(block for each in typed for block in (Heading(each), Paragraph(text(each))))
    said = words(as_pdf(Document("Hostile", blocks)))
    assert [each for each in typed if said.count(squeezed(each)) < 2] == []
    signs = ("#eval(1)", "$x$", "@ref", "<label>", "*b* _i_", "`raw`", "//", "= h", "\\u{41}", '"')
    said = words(as_pdf(Document("Signs", tuple(block for each in signs for block in every(each).blocks))))
    assert [each for each in signs if said.count(squeezed(each)) < 7] == []


def test_letters_are_our_fonts_or_the_machines() -> None:
    ours, machines = "Łódź Ωλ Жд ☐☑ ◔◑◕ ▁█ ▲▼ ↳→ − € ½", "日本語"  # whether it has these is its own matter
    said = words(as_pdf(Document("Letters", (Paragraph(text(ours)), Paragraph(text(machines, " and more"))))))
    assert squeezed(ours) in said
    assert "andmore" in said


def test_addresses_are_links_and_nothing_else_is() -> None:
    content = as_pdf(every("see https://example.org/a?b=c for it, or javascript:alert(1)"))
    links = [
        each.get_object()["/A"]["/URI"] for page in read(content).pages for each in page.get("/Annots", ())
    ]
    assert set(links) == {"https://example.org/a?b=c"}
