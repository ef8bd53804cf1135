import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.domain.capture.pasted import is_list, rows_of


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Anna Berg\tCFO\r\nBo Lund\tCOO\r\n", [["Anna Berg", "CFO"], ["Bo Lund", "COO"]]),
        ("- [ ] Send report @Lucía by fri\n", [["Send report @Lucía by fri"]]),
        ("* Send report\n1. Call\n2) Write\n• Ask", [["Send report"], ["Call"], ["Write"], ["Ask"]]),
        ("☐ Send\n☑ Call\n- [x] Write\n[ ] Ask", [["Send"], ["Call"], ["Write"], ["Ask"]]),
        ("  – Send  \n\n\t\n12. Call", [["Send"], ["Call"]]),
        ("\tCFO", [["", "CFO"]]),
        ("Anna\t\tCFO\t\t", [["Anna", "", "CFO"]]),
        (
            "-5 degrees\n1.5 million\n[sic] yes\n-\n3 calls",
            [["-5 degrees"], ["1.5 million"], ["[sic] yes"], ["3 calls"]],
        ),
        ("First\x1b[31m\u202eline", [["First[31mline"]]),
        ("", []),
        ("- [ ]", []),
    ],
)
def test_what_is_pasted_is_rows_of_cells(text: str, rows: list[list[str]]) -> None:
    assert rows_of(text) == rows


@given(st.text() | st.lists(st.sampled_from(["- ", "1. ", "[ ] ", "a", "\t", "\n", " "])).map("".join))
def test_no_row_is_empty_or_runs_together(text: str) -> None:
    for row in rows_of(text):
        assert row[-1]
        assert not any(sign in cell for cell in row for sign in "\t\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *(("- one\n- two", True), ("a\tb\nc\td", True), ("1. one\n\n2. two\n", True)),
        *(("one\ntwo", False), ("- one", False), ("He said:\n- yes", False), ("", False)),
    ],
)
def test_a_list_is_told_from_a_text_of_several_lines(text: str, told: bool) -> None:
    assert is_list(text) is told
