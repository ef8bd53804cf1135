"""A document as Markdown: the same tasks in each dialect, and facts for a machine at its head."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from workshop_tui.documents.as_markdown import Dialect, as_markdown, inline
from workshop_tui.documents.document import (
    Document,
    Organisation,
    OrganisationBox,
    Paragraph,
    Task,
    Tasks,
    bold,
    plainly,
    text,
)

DUE, DONE = dt.date(2026, 6, 19), dt.date(2026, 6, 3)
LATE = Task("A07", "Send the list", who="Ana (Ours)", due=DUE, days_late=3, facts=("carried 1×",))
FINISHED = Task("A08", "Close it", is_done=True, due=DUE, done_on=DONE)
FACTS = (("account", 'The "Bank"'), ("audience", "customer"))


@pytest.mark.parametrize(
    ("dialect", "lines"),
    [
        (
            "plain",
            [
                "- [ ] **Send the list** · Ana (Ours) · 19 Jun 2026, **3 days late** · carried 1× `A07`",
                "- [x] **Close it** · done 3 Jun 2026 `A08`",
            ],
        ),
        (
            "obsidian",
            [
                "- [ ] **Send the list** · Ana (Ours) · carried 1× 📅 2026-06-19 ^A07",
                "- [x] **Close it** 📅 2026-06-19 ✅ 2026-06-03 ^A08",
            ],
        ),
        (
            "dataview",
            [
                "- [ ] **Send the list** · Ana (Ours) · carried 1×  [due:: 2026-06-19]  [id:: A07]",
                "- [x] **Close it**  [due:: 2026-06-19]  [completion:: 2026-06-03]  [id:: A08]",
            ],
        ),
    ],
)
def test_tasks_stand_in_one_flat_list_with_the_id_last(dialect: Dialect, lines: list[str]) -> None:
    written = as_markdown(Document("Plan", (Tasks((LATE, FINISHED)),)), dialect, front_matter=False)
    assert written == "# Plan\n\n" + "\n".join(lines) + "\n"


def test_front_matter_comes_with_the_dialects_that_read_it_or_as_it_is_said() -> None:
    plan = Document("Plan", (), FACTS)
    head = '---\naccount: "The \\"Bank\\""\naudience: "customer"\n---\n\n'
    assert as_markdown(plan) == "# Plan\n"
    assert as_markdown(plan, front_matter=True) == as_markdown(plan, "obsidian") == f"{head}# Plan\n"
    assert as_markdown(plan, "dataview", front_matter=False) == "# Plan\n"


def test_a_chart_keeps_what_people_typed_from_being_its_language() -> None:
    boxes = (OrganisationBox("1", 'Ana "x"]-->', "CEO"), OrganisationBox("2", "```", under="1"))
    written = as_markdown(Document("Plan", (Organisation(boxes),)))
    assert written.count("```") == 2
    assert '  n1["Ana #34;x#34;#93;--#62;<br>CEO"]' in written
    assert "  n1 --> n2\n" in written


def test_bold_stands_around_words_and_not_around_blanks() -> None:
    line = text("Late: ", bold(" two "), "of 3")
    assert as_markdown(Document("Plan", (Paragraph(line),))) == "# Plan\n\nLate: **two** of 3\n"


@given(
    st.lists(
        st.sampled_from(["Due 7 Jul", ", not held", "a", " (late)", "* x", ".", "“so”", " ", "é!", "1"]),
        max_size=6,
    ),
    st.integers(0, 2),
)
def test_wherever_bold_begins_and_ends_its_marks_are_never_read(words: list[str], odd: int) -> None:
    line = text(*(bold(each) if n % 2 == odd else each for n, each in enumerate(words)))
    html = MarkdownIt().renderInline(inline(line))
    assert unescape(re.sub("<[^>]+>", "", html)).split() == plainly(line).split()


def test_a_style_that_begins_with_a_sign_behind_a_word_leaves_the_sign_out() -> None:
    assert (
        inline(text("Meeting on 7 Jul", bold(", not held yet"), ": x"))
        == "Meeting on 7 Jul, **not held yet**: x"
    )
