"""A document as one HTML file: whole, safe whatever people typed, and without a request to anywhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.app.canaries import LEAKS, with_canaries
from tests.documents.full import full
from tests.documents.hostile import HOSTILE
from tests.documents.said import all_of
from tests.domain.plans import figures
from workshop_tui.documents.as_html import as_html
from workshop_tui.documents.document import (
    Document,
    Heading,
    Organisation,
    OrganisationBox,
    Paragraph,
    Quote,
    Task,
    Tasks,
    bullets,
    table,
    text,
)
from workshop_tui.documents.plan_layouts import document
from workshop_tui.documents.source import Source
from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan

EMPTY = {"meta", "input", "br", "rect", "path"}


class Reader(HTMLParser):
    """Reads a page as a browser does: what is open, what is said, where it leads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.open: list[str] = []
        self.said: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def page_of(plan: AccountPlan, audience: str) -> str:
    view = project(plan, audience)
    assert plan.account.as_of
    of = Source(view, view.sessions[-1], figures(plan, audience, plan.account.as_of))
    return as_html(document(of))


@pytest.mark.parametrize("audience", ["customer", "alliance", "ps"])
def test_a_plan_is_one_whole_page_that_asks_nobody_for_anything(sample: AccountPlan, audience: str) -> None:
    page = page_of(full(sample), audience)
    reader = read(page)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert {"script", "link", "img", "iframe", "form"}.isdisjoint(reader.tags)
    assert reader.links == []
    assert not re.search(r"@import|url\(", page)
    assert reader.tags.count("h1") == 1
    assert reader.tags.count("table") == page.count("<thead>")
    assert ("svg" in reader.tags) == (audience != "customer")
    assert "counter" not in page  # nothing stands in the style alone


@pytest.mark.parametrize("audience", ["customer", "tech"])
def test_no_canary_gets_out_of_any_part_of_it(sample: AccountPlan, audience: str) -> None:
    page = all_of(page_of(with_canaries(sample, audience), audience))
    assert [leak for leak in LEAKS if leak in page] == []


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_shows_just_itself(hostile: str) -> None:
    typed = clean_text(clean_text(hostile)[:150]) or "x"
    page = as_html(every(typed))
    reader, plain = read(page), read(as_html(every("plain")))
    assert [tag for tag in reader.tags if tag != "a"] == plain.tags
    shown = re.sub("<(https?://[^>]*)>", r"\1", typed)
    assert "".join(reader.said).count(shown) >= "".join(plain.said).count("plain")
    assert all(link.startswith(("http://", "https://")) for link in reader.links)


def every(typed: str) -> Document:
    """Return a document that says a text wherever one can be said."""
    return Document(
        typed,
        (
            Heading(typed),
            Paragraph(text(typed)),
            Quote(typed, typed),
            bullets([typed]),
            table((typed,), [(typed,)]),
            Tasks((Task("A1", typed, who=typed),)),
            Organisation((OrganisationBox("1", "Ana"), OrganisationBox("2", "Bo", under="1"))),
        ),
    )


def test_people_who_manage_one_another_are_drawn_once() -> None:
    ring = (OrganisationBox("1", "Ana", under="2"), OrganisationBox("2", "Bo", under="1"))
    page = as_html(Document("Ring", (Organisation(ring),)))
    assert page.count("<rect") == 2


def test_the_chart_is_no_wider_than_a_page_and_says_every_title_whole(grown: AccountPlan) -> None:
    view = project(grown, "alliance")
    of = Source(view, view.sessions[-1], figures(grown, "alliance", view.sessions[-1].held_on))
    (chart,) = (block for block in document(of).blocks if isinstance(block, Organisation))
    deep = Organisation(
        tuple(OrganisationBox(str(n), "Ana", f"Head of {n}", str(n - 1) if n else "") for n in range(30))
    )
    long = Organisation((OrganisationBox("1", "Ana", "Director of the Very Long Programme " * 3),))
    for each in (chart, deep, long):
        page = as_html(Document("Chart", (each,)))
        drawing = page[page.index("<svg") : page.index("</svg>")]
        (width,) = re.findall(r'viewBox="0 0 ([0-9]+) ', drawing)
        assert int(width) <= 900
        assert "…" not in drawing
        assert drawing.count("<rect") == len(each.boxes)
        edges = re.findall(r'<rect x="[0-9]+" y="([0-9]+)" width="[0-9]+" height="([0-9]+)"', drawing)
        ends = [(int(top), int(top) + int(height)) for top, height in edges]
        assert all(above[1] < beneath[0] for above, beneath in pairwise(ends))
