"""How a table is laid out: columns dropped, grown and cut, text wrapped by what it takes on the screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from workshop_tui.tui.widgets.literal import literal
from workshop_tui.views.cell import GAP, Cell, Plain
from workshop_tui.views.table import Layout, Row, Table, arranged, keeps_all, line_of
from workshop_tui.views.text_layout import fit, wrapped

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Mn", "Me", "Cf"]), max_size=60)
COLS = st.lists(
    st.builds(Plain, st.just("x"), st.integers(1, 30), st.integers(0, 3), st.booleans(), st.integers(0, 4)),
    min_size=1,
    max_size=8,
)


def test_where_nothing_can_be_added_there_is_no_line_for_it() -> None:
    table = Table((), (Row("new", placeholder=True),), "Nobody yet.", "press a to add the first.")
    assert table.told_empty == "Nobody yet: press a to add the first."
    assert (table.closed().rows, table.closed().told_empty) == ((), "Nobody.")
    for told in ("Nothing is parked here.", "Nothing has «a: b»: Esc shows everything."):
        assert Table(empty=told).closed().told_empty == told


def laid_out(*cols: Plain, width: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    found = arranged(Table(cols), width)
    return found.columns, found.widths


def test_columns_have_their_width_where_there_is_room() -> None:
    assert laid_out(Plain(width=10), Plain(width=5), width=40) == ((0, 1), (10, 5))


def filled(*texts: str | Cell) -> Row:
    return Row("r", tuple(text if isinstance(text, Cell) else Cell(text) for text in texts))


def widths_of(*cols: Plain, row: Row, width: int) -> tuple[int, ...]:
    return arranged(Table(cols, (row,)), width).widths


def test_columns_that_grow_share_what_is_left_until_their_text_is_whole() -> None:
    cols = Plain(width=10, grow=3), Plain(width=5), Plain(width=5, grow=1)
    long = filled("x" * 90, "x" * 90, "x" * 90)
    assert widths_of(*cols, row=long, width=40) == (22, 5, 9)
    assert widths_of(*cols, row=filled("x" * 12, "x", "x" * 11), width=40) == (12, 5, 11)
    assert widths_of(*cols, row=filled("x" * 12, "x", "x" * 90), width=40) == (12, 5, 19)
    assert widths_of(*cols, row=filled("one\ntwelve signs", "x", ""), width=40) == (12, 5, 5)
    assert laid_out(*cols, width=40)[1] == (10, 5, 5)


def test_words_take_the_place_of_what_stands_for_them_only_where_all_of_them_have_room() -> None:
    cols = Plain(width=4, grow=1), Plain(width=3, grow=2), Plain(width=3, grow=1)
    row = filled("whole name", Cell("influencer", brief="inf"), Cell("Dora Roe", brief="DR"))
    for width, widths in ((32, (10, 10, 8)), (30, (10, 10, 3)), (26, (10, 3, 8)), (21, (10, 3, 3))):
        assert widths_of(*cols, row=row, width=width) == widths
    assert [row.cells[1].within(width) for width in (9, 10)] == ["inf", "influencer"]


def test_a_table_keeps_all_only_where_it_keeps_whole_words() -> None:
    table = Table(
        (Plain(width=4, grow=1), Plain(width=3, grow=1)), (filled("one", Cell("user", brief="us")),)
    )
    assert [keeps_all(table, width) for width in (9, 10)] == [False, True]


def test_a_row_over_all_columns_has_the_last_one_take_the_rest_and_the_others_stay_together() -> None:
    told = Row("w", (Cell("x" * 60), Cell("")), wide=True)
    assert widths_of(Plain(width=5, grow=1), Plain(width=8), row=told, width=30) == (5, 23)


def test_a_column_may_wait_for_a_wide_table() -> None:
    cols = Plain(width=10), Plain(width=4, since=30)
    assert laid_out(*cols, width=29)[0] == (0,)
    assert laid_out(*cols, width=30)[0] == (0, 1)
    assert (keeps_all(Table(cols), 29), keeps_all(Table(cols), 30)) == (False, True)


def test_text_that_wraps_may_be_held_to_some_lines() -> None:
    assert [line_of("one two three", n, 5, wrap=True, most=2) for n in range(3)] == [
        "one  ",
        "two… ",
        "     ",
    ]
    assert line_of("one two", 1, 3, wrap=True, most=2) == "two"
    col = Plain(width=5, wrap=True, lines=2)
    assert arranged(Table((col,), (filled("one two three"), filled("one"))), 5).starts == (0, 2, 3)


def test_a_note_is_as_high_as_it_needs_and_a_heading_one_line() -> None:
    note = Row("n", heading="one two three", note=True)
    assert arranged(Table((Plain(width=5),), (note, Row("h", heading="one two three"))), 7).starts == (
        0,
        2,
        3,
    )


def test_the_highest_drop_goes_first_and_none_stays() -> None:
    cols = (Plain(width=10), Plain(width=10, drop=1), Plain(width=10, drop=3))
    assert laid_out(*cols, width=34)[0] == (0, 1, 2)
    assert laid_out(*cols, width=33)[0] == (0, 1)
    assert laid_out(*cols, width=21)[0] == (0,)
    assert laid_out(Plain(width=10), Plain(width=30), width=20) == ((0, 1), (10, 8))


@given(COLS, st.integers(1, 120))
def test_no_layout_is_wider_than_it_may_be_unless_nothing_can_give_way(cols: list[Plain], width: int) -> None:
    columns, widths = laid_out(*cols, width=width)
    assert columns == tuple(sorted(columns))
    needed = sum(widths) + GAP * (len(widths) - 1)
    assert needed <= width or not any(cols[n].drop for n in columns[1:])
    assert all(w >= min(cols[n].width, 4) for n, w in zip(columns, widths, strict=True))


def test_a_row_is_as_high_as_its_longest_cell_that_wraps() -> None:
    rows = (
        Row("h", heading="A heading that is longer than the table is wide"),
        Row("a", (Cell("one two three"), Cell("not wrapped, however long"))),
        Row("g", (Cell("+ a ghost that is long"),), placeholder=True),
    )
    table = Table((Plain(width=5, wrap=True), Plain(width=8)), rows)
    found = arranged(table, 15)
    assert found.starts == (0, 1, 4, 5)
    assert [found.row_at(line) for line in range(6)] == [0, 1, 1, 1, 2, 3]


def test_a_layout_knows_what_stands_where() -> None:
    layout = Layout((0, 2), (10, 5), (0, 1), (0, 12))
    assert [layout.column_at(x) for x in (0, 11, 12, 18, 19)] == [0, 0, 2, 2, None]
    assert layout.place_of(2) == (12, 5)
    assert layout.place_of(1) == (0, 10)  # there is no room for it


def test_a_table_without_columns_has_a_layout() -> None:
    layout = arranged(Table(rows=(Row("g", placeholder=True),)), 20)
    assert (layout.lefts, layout.spans(wide=False), layout.column_at(3), layout.over([])) == (
        (),
        (),
        None,
        [],
    )


def test_columns_may_stand_close_together_beneath_one_heading() -> None:
    close = Plain(width=2, gap=0)
    cols = (
        Plain("Name", 6, grow=1),
        Plain("Priority", 2, gap=1),
        close,
        close,
        Plain("Past", 2, gap=0),
        close,
    )
    layout = arranged(Table(cols, (filled("x" * 20, "", "", "", "", ""),)), 20)
    assert (layout.lefts, layout.widths) == ((0, 10, 12, 14, 16, 18), (9, 2, 2, 2, 2, 2))
    assert layout.over([col.heading for col in cols]) == [
        (0, 9, "Name"),
        (10, 5, "Priority"),
        (16, 4, "Past"),
    ]
    assert [layout.column_at(x) for x in (9, 10, 11, 12, 17, 18, 21, 22)] == [0, 1, 1, 2, 4, 5, 5, None]
    assert layout.place_of(3) == (14, 2)


def test_a_wide_row_has_the_room_of_all_columns() -> None:
    told = Row("w", (Cell("one two three four"), Cell("")), wide=True)
    layout = arranged(Table((Plain(width=5, wrap=True), Plain(width=8)), (told, told)), 15)
    assert layout.starts == (0, 2, 4)
    assert layout.spans(wide=True) == ((0, 15, 0),)
    assert layout.spans(wide=False) == ((0, 5, 0), (1, 8, 2))


def test_text_that_does_not_wrap_is_cut_with_a_mark() -> None:
    assert line_of("one\ntwo three", 0, 8, wrap=False) == "one two…"
    assert line_of("one two", 1, 8, wrap=False) == " " * 8
    assert line_of("one two", 1, 5, wrap=True) == "two  "


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("abc", 5, "abc  "),
        ("abcdef", 4, "abc…"),
        ("ab cdef", 4, "ab… "),
        ("東京都", 6, "東京都"),
        ("東京都", 5, "東京…"),
        ("東京都", 4, "東… "),
        ("abc", 0, ""),
    ],
)
def test_text_is_fitted_by_the_cells_it_takes(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@given(TEXTS, st.integers(0, 40))
def test_fitted_text_takes_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ("one two", "three")),
        ("one\n\ntwo", ("one", "", "two")),
        ("abcdefghijkl", ("abcdefgh", "ijkl")),
        ("well-beloved", ("well-", "beloved")),
        ("東京都の計画", ("東京都の", "計画")),
        ("", ("",)),
    ],
)
def test_text_is_broken_at_spaces_and_lines(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, 8) == lines


@pytest.mark.parametrize("width", [1, 0, -7])
def test_where_there_is_no_room_a_line_is_one_cell(width: int) -> None:
    assert wrapped("ab c", width) == ("a", "b", "c")


@given(TEXTS, st.integers(2, 30))
def test_wrapped_text_keeps_every_character_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["[b]bold[/b]", "[/x]", "[@click=app.quit]x[/]"])
def test_brackets_stay_brackets(text: str) -> None:
    assert literal(text).plain == literal(text, "bold").plain == text
