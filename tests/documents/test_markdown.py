import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.documents.hostile import HOSTILE
from workshop_tui.documents.markdown import code, md
from workshop_tui.domain.text import clean_text

READER = MarkdownIt("gfm-like")
PLACES = {
    "paragraph": ("{}\n", ["paragraph_open"]),
    "heading": ("### {}\n", ["heading_open"]),
    "item": ("- {}\n", ["bullet_list_open", "list_item_open", "paragraph_open"]),
    "task": ("- [ ] {} — owner `A07`\n", ["bullet_list_open", "list_item_open", "paragraph_open"]),
    "quoted": ("- q\n  “{}” (heard)\n", ["bullet_list_open", "list_item_open", "paragraph_open"]),
}


def inline(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


def opened(tokens: list[Token]) -> list[str]:
    return [token.type for token in tokens if token.nesting == 1]


def said(tokens: list[Token]) -> str:
    return "".join("\n" if token.type == "softbreak" else token.content for token in inline(tokens))


def holds_literally(text: str) -> None:
    for frame, blocks in PLACES.values():
        page = READER.parse(frame.format(md(text)))
        assert opened(page) == (blocks if clean_text(text) else opened(READER.parse(frame.format(""))))
        assert {token.type for token in inline(page)} <= {"text", "softbreak", "code_inline"}
        literal = re.sub(r"(^|\n)(#+ |- |  )", r"\1", frame).replace("`", "").format(clean_text(text))
        assert said(page).strip() == literal.strip()


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_stays_literal_wherever_it_stands(text: str) -> None:
    holds_literally(text)


@given(st.text(st.sampled_from("ab1 .:/@#*_`~[]()<>|\\&;!=-+${}^%\n\twWé😀") | st.characters(), max_size=30))
def test_any_text_stays_literal_wherever_it_stands(text: str) -> None:
    holds_literally(text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_a_table_keeps_its_columns(text: str) -> None:
    page = READER.parse(f"| A | B |\n| --- | --- |\n| {md(text)} | {code('A07')} |\n")
    assert opened(page).count("td_open") == 2
    assert opened(page).count("tr_open") == 2
    cells = [token.content for token in page if token.type == "inline"]
    assert cells[3] == "`A07`"


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_no_control_character_and_no_second_line(text: str) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", md(text))


@pytest.mark.parametrize(
    "text", ["Dev's list: 09:30, 3.5% of A/B, e.g. «this» - or (that)?", "2026-06-11", "A & B"]
)
def test_plain_text_is_left_alone(text: str) -> None:
    assert md(text) == text


def test_markdown_is_not_escaped_twice() -> None:
    assert md(md("*x*")) == md("*x*") == r"\*x\*"
    assert md(code("A_07")) == "`A_07`"


def test_nothing_is_nothing() -> None:
    assert md(None) == ""
