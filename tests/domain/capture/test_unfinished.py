"""An unfinished line stays what it was where it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.capture.rows import kind_of
from workshop_tui.domain.capture.tokens import scan
from workshop_tui.domain.capture.unfinished import (
    brought_back,
    following,
    kept,
    shown,
    taken_apart,
    taken_up,
    waiting,
)

BLOCKS = st.sampled_from(BlockKind)
LINES = st.text(st.sampled_from("ab: \\@^,sv1")) | st.just("s: Ana Pires") | st.just("v:")


@given(LINES, BLOCKS, BLOCKS)
def test_a_line_adds_the_same_kind_in_whichever_block_it_is_taken_up_again(
    line: str, typed_in: BlockKind, then: BlockKind
) -> None:
    back = brought_back(kept(line, typed_in), then)
    before, pieces = scan(line)
    now, there = scan(back)
    if line.strip():
        assert kind_of(now.text if now else "", then) is kind_of(before.text if before else "", typed_in)
    assert [piece.text for piece in there] == [piece.text for piece in pieces]
    assert brought_back(kept(line, typed_in), typed_in) == line


@pytest.mark.parametrize(
    ("line", "typed_in", "then", "shown"),
    [
        ("Send cost range", BlockKind.CLOSING, BlockKind.ACTIONS, "Send cost range"),
        ("Send cost range", BlockKind.CLOSING, BlockKind.STAKEHOLDERS, "a: Send cost range"),
        ("Fewer outages", BlockKind.VALUE, BlockKind.CLOSING, "v: Fewer outages"),
        ("Ana Pires", BlockKind.STAKEHOLDERS, BlockKind.VALUE, "s: Ana Pires"),
        ("Book a room @Ana by next", BlockKind.STAKEHOLDERS, BlockKind.VALUE, "a: Book a room @Ana by next"),
        ("Book a room @Ana by", BlockKind.STAKEHOLDERS, BlockKind.STAKEHOLDERS, "Book a room @Ana by"),
        ("Ana Pires, watched by", BlockKind.STAKEHOLDERS, BlockKind.VALUE, "s: Ana Pires, watched by"),
        ("By, Lena", BlockKind.STAKEHOLDERS, BlockKind.VALUE, "s: By, Lena"),
        ("a: Typed so", BlockKind.ACTIONS, BlockKind.ACTIONS, "a: Typed so"),
        ("", BlockKind.CLOSING, BlockKind.VALUE, ""),
    ],
)
def test_the_prefix_is_seen_where_the_block_would_mean_another_kind(
    line: str, typed_in: BlockKind, then: BlockKind, shown: str
) -> None:
    assert brought_back(kept(line, typed_in), then) == shown


IDS = st.none() | st.text(st.sampled_from("aZ09-"), min_size=1)


@given(LINES, BLOCKS, BLOCKS, st.tuples(IDS, IDS))
def test_an_answer_that_waits_stays_to_what_it_was_typed_for_and_is_shown_as_any_line(
    line: str, typed_in: BlockKind, then: BlockKind, asked: tuple[str | None, str | None]
) -> None:
    back = brought_back(kept(waiting(line, asked), typed_in), then)
    assert taken_apart(back) == (brought_back(kept(line, typed_in), then), asked)
    assert taken_apart(line) == (line, None)
    assert waiting(line, None) == line


@pytest.mark.parametrize(
    ("behind", "typed_in", "then", "first", "becomes"),
    [
        ("Book a room", BlockKind.VALUE, BlockKind.VALUE, ("", "a"), "a: Book a room"),
        ("Book a room", BlockKind.VALUE, BlockKind.ACTIONS, ("v", "a"), "a: Book a room"),
        ("Book a room", BlockKind.VALUE, BlockKind.ACTIONS, ("v", ""), "Book a room"),
        ("r: No room", BlockKind.VALUE, BlockKind.VALUE, ("", "a"), "r: No room"),
        ("v: Rooms", BlockKind.VALUE, BlockKind.ACTIONS, ("v", "a"), "v: Rooms"),
        ("Book a room by fri", BlockKind.STAKEHOLDERS, BlockKind.VALUE, ("s", "d"), "a: Book a room by fri"),
        ("Ana Pires", BlockKind.STAKEHOLDERS, BlockKind.VALUE, ("s", "d"), "d: Ana Pires"),
        ("Ana Pires", BlockKind.STAKEHOLDERS, BlockKind.VALUE, ("s", "s"), "s: Ana Pires"),
    ],
)
def test_a_line_behind_follows_the_kind_of_the_first_unless_it_has_its_own(
    behind: str, typed_in: BlockKind, then: BlockKind, first: tuple[str, str], becomes: str
) -> None:
    line = following(taken_up(kept(waiting(behind, ("Q1", "ST1")), typed_in), then), *first)
    assert taken_apart(shown(line)) == (becomes, ("Q1", "ST1"))
