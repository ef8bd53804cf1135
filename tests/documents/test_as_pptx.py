"""Slides as a PowerPoint file, read again by the library that others read it with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pptx
import pytest
from pptx.util import Emu, Pt

from tests.app.canaries import FINE, LEAKS, with_canaries
from tests.documents.full import full
from tests.documents.hostile import HOSTILE
from tests.documents.said import all_of
from tests.documents.test_as_docx import template as word_template
from tests.documents.test_as_docx import told
from workshop_tui.documents.as_markdown import as_markdown
from workshop_tui.documents.as_pptx import as_pptx
from workshop_tui.documents.document import (
    Document,
    Heading,
    Organisation,
    OrganisationBox,
    Tasks,
    table,
    text,
)
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.plan_layouts import Layout
from workshop_tui.documents.signed_files import sign_package
from workshop_tui.documents.slides import Deck, MapSlide, Panel, PlacedPerson, PlanSlide, TableSlide, deck
from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.base.vocabulary import Sentiment
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan

MOST_ROWS = 12


def slides_of(plan: AccountPlan, audience: str, **options: Any) -> bytes:
    document, of = told(plan, audience)
    return as_pptx(deck(of, document), **options)


def alone(*slides: PlanSlide | MapSlide | TableSlide) -> bytes:
    return as_pptx(Deck(Document("Plan", ()), "For Norvane.", slides))


def read(content: bytes) -> Any:
    return pptx.Presentation(BytesIO(content))


def titles(show: Any) -> list[str]:
    return [slide.shapes.title.text for slide in show.slides]


def words(slide: Any) -> str:
    return "\n".join(_words(slide))


def _words(slide: Any) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def outside(show: Any) -> list[str]:
    """Return what lies outside its slide, or is higher than the estimate has room for."""
    wide, high = show.slide_width, show.slide_height
    found = []
    for n, slide in enumerate(show.slides, 1):
        for shape in slide.shapes:
            bottom = shape.top + shape.height
            if shape.has_table:
                bottom = shape.top + sum(row.height for row in shape.table.rows)
            if shape.left < 0 or shape.top < 0 or shape.left + shape.width > wide + 12 or bottom > high:
                found.append(f"{n}: {shape.name}")
    return found


def overlapping(slide: Any) -> list[tuple[str, str]]:
    """Return boxes of people that lie upon one another."""
    boxes = [shape for shape in slide.shapes if "Rectangle" in shape.name]
    return [
        (one.text_frame.text, other.text_frame.text)
        for n, one in enumerate(boxes)
        for other in boxes[n + 1 :]
        if one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    ]


@pytest.mark.parametrize("audience", ["customer", "alliance", "ps"])
def test_a_plan_is_on_a_few_slides_with_all_its_open_actions(sample: AccountPlan, audience: str) -> None:
    plan = full(sample)
    show = read(slides_of(plan, audience))
    assert show.slide_width / show.slide_height == pytest.approx(16 / 9)
    assert outside(show) == []
    said = "\n".join(map(words, show.slides))
    open_ones = [row for row in project(plan, audience).all(Action) if row.status.is_open]
    assert [row.id for row in open_ones if row.title not in said or row.id not in said] == []
    begins = ("Norvane Bank: ", "Stakeholder map", "Who and what moved", "Who does what by when", "Scorecard")
    places = [
        next((n for n, title in enumerate(titles(show)) if title.startswith(each)), None) for each in begins
    ]
    if audience == "customer":
        assert [row.id for row in open_ones if row.title not in words(show.slides[0])] == []
        assert [place is not None for place in places] == [True, False, False, True, False]
    else:
        found = [place for place in places if place is not None]
        assert len(found) == len(begins)
        assert sorted(found) == found
    for slide in show.slides:
        for shape in slide.shapes:
            assert not shape.has_table or len(shape.table.rows) <= MOST_ROWS + 1
    first, again = (sign_package(slides_of(plan, audience), "norvane", audience) for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("audience", "layout", "least"),
    [
        ("customer", "plan", 20),
        ("tech", "plan", 100),
        ("customer", "qbr", 5),
        ("tech", "qbr", 10),
        ("tech", "brief", 10),
    ],
)
def test_no_canary_gets_out_of_any_part_of_it(
    sample: AccountPlan, audience: str, layout: Layout, least: int
) -> None:
    plan = with_canaries(sample, audience)
    document, of = told(plan, audience, layout)
    said = all_of(as_pptx(deck(of, document, layout)))
    assert [leak for leak in LEAKS if leak in said] == []
    assert said.count(FINE) > least


@pytest.mark.parametrize(
    ("audience", "layout"), [("alliance", "brief"), ("alliance", "qbr"), ("customer", "qbr")]
)
def test_a_brief_and_a_review_are_one_slide_with_all_that_they_say(
    grown: AccountPlan, audience: str, layout: Layout
) -> None:
    document, of = told(full(grown), audience, layout)
    show = read(as_pptx(deck(of, document, layout)))
    (slide,) = show.slides
    assert titles(show) == [document.title]
    assert outside(show) == []
    said = words(slide)
    for block in document.blocks:
        if isinstance(block, Heading):
            assert block.text in said
    if layout == "brief":
        for title in ("Where we stand", "Figures", "Moved", "Quiet", "Decided ", "Next 30 days"):
            assert title in said
    tasks = [task.title for block in document.blocks if isinstance(block, Tasks) for task in block.tasks]
    assert [title for title in tasks if title not in said] == []


def test_the_slides_show_nothing_that_the_customers_document_does_not(sample: AccountPlan) -> None:
    document, of = told(full(sample), "customer")
    known = as_markdown(document).replace("\\", "").replace("*", "").replace("> ", "")
    show = read(as_pptx(deck(of, document)))
    heads = {"Action", "Who", "By", "Where it stands", "No", "What", "Counted", "Target", "Today", "Owner"}
    foot = {"For Norvane. As of 9 Jun 2026.", *map(str, range(9))}
    for slide in show.slides:
        for line in words(slide).split("\n")[1:]:
            assert line in heads | foot or all(part in known for part in re.split(" · |(?<=”) ", line)), line


def test_long_tables_go_on_with_their_head_and_no_heading_is_left_alone() -> None:
    rows: list[tuple[str, ...]] = []
    for n in range(40):
        rows += [(f"Part {n}",)] * (n % 4 == 0) + [(f"row {n}", "words " * (n % 7 * 6 + 1))]
    show = read(alone(TableSlide("Long", table(("Name", "What"), rows))))
    assert outside(show) == []
    assert titles(show)[0] == f"Long (1 of {len(show.slides)})"
    shown = []
    for slide in show.slides:
        (native,) = (shape.table for shape in slide.shapes if shape.has_table)
        first = [row.cells[0].text for row in native.rows]
        assert first[0] == "Name"
        assert len(first) <= MOST_ROWS + 1
        assert not first[-1].startswith("Part")
        shown += first[1:]
    assert shown == [row[0] for row in rows]


def test_a_page_that_is_too_full_counts_what_it_leaves_out() -> None:
    lines = tuple(text(f"line {n} with some words in it that take a while to read") for n in range(60))
    show = read(alone(PlanSlide("Full", (Panel("Many", lines),), (Panel("One", (text("x " * 3000),)),))))
    (slide,) = show.slides
    said = words(slide)
    shown = sum(f"line {n} " in said for n in range(60))
    assert 5 < shown < 60
    assert f"and {60 - shown} more in the plan" in said
    assert "…" in said
    assert outside(show) == []


def chart(people: int, wide: int) -> MapSlide:
    """Return a map in which everybody has some people under them."""
    boxes = tuple(
        OrganisationBox(str(n), f"Person {n}", "Title", str((n - 1) // wide) if n else "")
        for n in range(people)
    )
    places = {
        box.id: PlacedPerson(box.id, box.name, box.title, Sentiment.SUPPORTIVE, "▲", 3) for box in boxes
    }
    return MapSlide("Map", Organisation(boxes), places, "legend")


@pytest.mark.parametrize(("people", "wide"), [(1, 1), (14, 3), (60, 4), (40, 1)])
def test_a_map_of_any_shape_shows_everybody_joined_to_their_manager(people: int, wide: int) -> None:
    show = read(alone(chart(people, wide)))
    assert outside(show) == []
    assert [overlapping(slide) for slide in show.slides] == [[]] * len(show.slides)
    said = "\n".join(map(words, show.slides))
    assert all(f"Person {n}\n" in said for n in range(people))
    boxes = sum("Rectangle" in shape.name for slide in show.slides for shape in slide.shapes)
    lines = sum("Connector" in shape.name for slide in show.slides for shape in slide.shapes)
    assert lines == boxes - len(show.slides)  # on each slide all but the one at the top
    for slide in show.slides:
        for line in (shape for shape in slide.shapes if "Connector" in shape.name):
            assert len(line._element.xpath(".//a:stCxn | .//a:endCxn")) == 2


def test_hostile_text_shows_just_itself() -> None:
    typed = [clean_text(clean_text(hostile)[:60]) or "x" for hostile in HOSTILE]
    panels = [PlanSlide(each, (Panel(each, (text(each),)),), ()) for each in typed[::10]]
    show = read(alone(*panels, TableSlide("t", table(("One", "Other"), [(each, each) for each in typed]))))
    said = "\n".join(map(words, show.slides))
    for n, each in enumerate(typed):
        shown = each.replace("<http://evil.example>", "http://evil.example")
        assert said.count(shown) >= (2 if n % 10 else 5), each
    links = [rel.target_ref for slide in show.slides for rel in slide.part.rels.values() if rel.is_external]
    assert links
    assert all(link.startswith(("http://", "https://")) for link in links)


# A firm's template


def template(*, named: bool = True, small: bool = False) -> bytes:
    """Return a firm's template of 4 to 3 with a slide of its own, and a layout with our names if asked."""
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Delete this slide"
    slide.notes_slide.notes_text_frame.text = "internal note"
    show.core_properties.author = "A. Template"
    layout: Any = show.slide_layouts[1]
    if named:
        title, area, *_ = layout.placeholders
        title.name, area.name = "Workshop title", "Workshop area"
        area.left, area.top, area.width, area.height = Pt(30), Pt(150), Pt(660), Pt(100 if small else 330)
    file = BytesIO()
    show.save(file)
    return file.getvalue()


@pytest.mark.parametrize("named", [True, False])
def test_a_template_gives_its_layout_and_nothing_of_its_slides(sample: AccountPlan, named: bool) -> None:
    content = slides_of(full(sample), "alliance", template=template(named=named), template_name="firm.pptx")
    show = read(content)
    assert show.slide_width == Emu(9144000)
    assert outside(show) == []
    assert {slide.slide_layout.name for slide in show.slides} == {
        "Title and Content" if named else "Title Only"
    }
    tops = {shape.top for slide in show.slides for shape in slide.shapes if shape.has_table}
    assert len(tops) == 1
    assert not named or tops == {Pt(150)}
    assert all(place.text_frame.text for slide in show.slides for place in slide.placeholders)
    said = all_of(content)
    assert not [each for each in ("Delete this slide", "internal note", "A. Template") if each in said]


def test_a_template_without_room_is_refused_in_a_sentence(sample: AccountPlan) -> None:
    with pytest.raises(DocumentError, match=r"^«firm\.pptx» leaves too little room on a slide: call a large"):
        slides_of(sample, "customer", template=template(small=True), template_name="firm.pptx")


def test_what_is_no_template_is_refused_in_a_sentence(sample: AccountPlan) -> None:
    for broken in (b"x", b"PK\x03\x04broken", template()[:3000]):
        with pytest.raises(
            DocumentError, match=r"^«firm\.pptx» is no PowerPoint template, whatever its name says: choose "
        ):
            slides_of(sample, "customer", template=broken, template_name="firm.pptx")


def test_another_programs_file_is_no_template(sample: AccountPlan) -> None:
    with pytest.raises(DocumentError, match="no PowerPoint template"):
        slides_of(sample, "customer", template=word_template(), template_name="firm.docx")
