"""Slides and Word as another program lays them out: nothing beneath where it may stand, nothing lost."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.documents.full import full
from tests.documents.test_as_docx import told
from tests.documents.test_as_pptx import read, words
from workshop_tui.documents.as_docx import as_docx
from workshop_tui.documents.as_pptx import as_pptx
from workshop_tui.documents.document import table
from workshop_tui.documents.slides import Deck, TableSlide, deck
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.plan.plan import AccountPlan

OFFICE = shutil.which("soffice")
if OFFICE is None:
    pytest.skip("LibreOffice isn't here, which is no library of ours", allow_module_level=True)
FOOT = 36.0
"""Beneath this stand the slide's foot and its number alone, in points from below."""


def convert(*files: Path) -> None:
    """Make a PDF of each file, beside it."""
    folder = files[0].parent
    profile = f"-env:UserInstallation=file://{folder}/profile"
    line: list[str | Path] = [
        str(OFFICE),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        *files,
    ]
    subprocess.run(line, check=True, capture_output=True, timeout=100)


def test_a_word_file_has_no_page_that_is_empty_or_broken_off(grown: AccountPlan, tmp_path: Path) -> None:
    later = AccountPlan.of([*grown, with_values(grown.account, as_of="2026-11-29")])
    files = [tmp_path / f"{audience}.docx" for audience in ("customer", "alliance")]
    for file in files:
        file.write_bytes(as_docx(told(later, file.stem)[0]))
    review = tmp_path / "review.docx"
    review.write_bytes(as_docx(told(full(grown), "alliance", "qbr")[0]))
    convert(*files, review)
    assert len(PdfReader(tmp_path / "review.pdf").pages) == 1
    assert len(PdfReader(tmp_path / "customer.pdf").pages) == 1  # its end is a table
    *pages, _ = PdfReader(tmp_path / "alliance.pdf").pages
    assert min(len(page.extract_text().splitlines()) for page in pages) > 25


def test_what_the_estimate_lets_onto_a_slide_has_room_there(sample: AccountPlan, tmp_path: Path) -> None:
    document, of = told(full(sample), "alliance")
    slides = deck(of, document)
    long = [
        (f"row {n}", "Wide Words Which Make Many Lines " * (n % 8 + 1), "iiii llll " * 9) for n in range(30)
    ]
    full_table = TableSlide("Long", table(("Name", "What", "Why"), long))
    pages_of_one = [
        deck(of, told(full(sample), "alliance", each)[0], each).slides for each in ("brief", "qbr")
    ]
    every = (*slides.slides, full_table, *chain.from_iterable(pages_of_one))
    content = as_pptx(Deck(document, slides.reader, every))
    file = tmp_path / "plan.pptx"
    file.write_bytes(content)
    convert(file)
    pages = PdfReader(tmp_path / "plan.pdf").pages
    show = read(content)
    assert len(pages) == len(show.slides)
    for page, slide in zip(pages, show.slides, strict=True):
        low: list[str] = []

        def look(said: str, cm: Any, tm: Any, *_: Any, low: list[str] = low) -> None:
            if said.strip() and cm[5] + tm[5] * cm[3] < FOOT:
                low.append(said.strip())

        shown = page.extract_text(visitor_text=look)
        assert re.sub(r"\W|\d", "", "".join(low)) == re.sub(r"\W|\d", "", slides.reader)
        lost = [word for word in re.findall(r"\w+", words(slide)) if word not in shown]
        assert lost == []
