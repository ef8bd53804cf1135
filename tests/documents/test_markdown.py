import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.documents.hostile import HOSTILE
from workshop_tui.documents.markdown import code, md
from workshop_tui.domain.base.text import clean_text

READER = MarkdownIt("gfm-like")
PLACES = {
    "paragraph": ("{}\n", ["paragraph_open"]),
    "heading": ("### {}\n", ["heading_open"]),
    "item": ("- {}\n", ["bullet_list_open", "list_item_open", "paragraph_open"]),
    "task": ("- [ ] {} — owner `A07`\n", ["bullet_list_open", "list_item_open", "paragraph_open"]),
    "quoted": ("- q\n  “{}” (heard)\n", ["bullet_list_open", "list_item_open", "paragraph_open"]),
}
IN_BRACKETS = re.compile(r"<(https?://\w[^\s<>|]*)>", re.IGNORECASE)
"""An address whose brackets are those of the link and so are not seen."""


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
        kinds = {"text", "softbreak", "code_inline", "link_open", "link_close"}
        assert {token.type for token in inline(page)} <= kinds
        shown = IN_BRACKETS.sub(r"\1", clean_text(text))
        literal = re.sub(r"(^|\n)(#+ |- |  )", r"\1", frame).replace("`", "").format(shown)
        assert said(page).strip() == literal.strip()


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_stays_literal_wherever_it_stands(text: str) -> None:
    holds_literally(text)


@given(st.text(st.sampled_from("ab1 .:/@#*_`~[]()<>|\\&;!=-+${}^%\n\twWé😀") | st.characters(), max_size=30))
def test_any_text_stays_literal_wherever_it_stands(text: str) -> None:
    holds_literally(text)


def links(text: str) -> list[str]:
    """Return where the links in a text lead; each shows that very address."""
    tokens = [*inline(READER.parse(md(text)))]
    for token, label in pairwise(tokens):
        if token.type == "link_open":
            assert unquote(str(token.attrs["href"])) == label.content
    return [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://norvane.example/a_b*c?x=1&y=2#_z.", ["https://norvane.example/a_b*c?x=1&y=2#_z"]),
        ("<https://norvane.example/a_b>", ["https://norvane.example/a_b"]),
        ("(https://norvane.example/a_b)", ["https://norvane.example/a_b"]),
        ("https://norvane.example/x_(y), ok", ["https://norvane.example/x_(y)"]),
        ("https://norvane.example/?q[]=1!", ["https://norvane.example/?q[]=1"]),
        ("HTTP://NORVANE.EXAMPLE and http://b.example", ["HTTP://NORVANE.EXAMPLE", "http://b.example"]),
        ("[x](http://norvane.example)", ["http://norvane.example"]),
        ("javascript:alert(1) ftp://norvane.example www.norvane.example me@norvane.example", []),
        ("https:// http://. xhttps://norvane.example", []),
    ],
)
def test_an_address_of_the_web_stays_a_link(text: str, found: list[str]) -> None:
    assert [unquote(link) for link in links(text)] == found
    holds_literally(text)


_PATHS = st.text(st.sampled_from("ab1_*~-./?=&#:@!$+,;%()[]'"), max_size=20)


@given(_PATHS, st.sampled_from(["{}", "<{}>", "({}).", "see {}, and *more*", "- {}"]))
def test_no_address_is_broken_by_what_is_in_it(path: str, frame: str) -> None:
    text = frame.format(f"https://norvane.example/{path}")
    assert len(links(text)) >= 1
    for kind in ("| A |\n| --- |\n| {} |\n", "~~{}~~\n", "> {}\n"):
        tokens = [*inline(READER.parse(kind.format(md(text))))]
        assert any(token.type == "link_open" for token in tokens)


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
