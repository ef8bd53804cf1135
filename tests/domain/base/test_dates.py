import ast
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workshop_tui
from workshop_tui.domain.base.dates import (
    DateError,
    begins_date,
    format_date,
    format_day,
    format_short,
    parse_date,
)

TODAY = date(2026, 6, 9)  # a Tuesday
DAYS = st.dates(date(1970, 1, 1), date(2199, 12, 31))
PIECES = st.sampled_from(
    [
        *"0123456789/.+- ",
        "dec",
        "february",
        "29",
        "31",
        "next",
        "fri",
        "q",
        "eom",
        "today",
        "1st",
        " of ",
        ",",
        "in ",
        "ago",
        "end of ",
        "month",
        "weeks",
        "bd",
        "m",
        "y",
        "2026",
    ]
)
_DAY_NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "friday"]
NEAR_DATES = st.lists(PIECES, max_size=8).map("".join)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", "2026-12-01"),
        ("1 dec", "2026-12-01"),
        ("1 December", "2026-12-01"),
        ("1dec", "2026-12-01"),
        ("9 jun", "2026-06-09"),
        ("8 jun", "2027-06-08"),
        ("29 feb", "2028-02-29"),
        ("1 DEC 2026", "2026-12-01"),
        ("1 jan 2025", "2025-01-01"),
        ("Dec 1", "2026-12-01"),
        ("dec  1   2027 ", "2027-12-01"),
        ("12 sept", "2026-09-12"),
        ("1/12", "2026-12-01"),
        ("1/6", "2027-06-01"),
        ("1/12/2026", "2026-12-01"),
        ("1.12.2026", "2026-12-01"),
        ("fri", "2026-06-12"),
        ("Tuesday", "2026-06-16"),
        ("mon", "2026-06-15"),
        ("next fri", "2026-06-19"),
        ("next monday", "2026-06-15"),
        ("next tue", "2026-06-16"),
        ("today", "2026-06-09"),
        ("Tomorrow", "2026-06-10"),
        ("yesterday", "2026-06-08"),
        ("+3d", "2026-06-12"),
        ("+0d", "2026-06-09"),
        ("-3d", "2026-06-06"),
        ("+ 2 w", "2026-06-23"),
        ("-1w", "2026-06-02"),
        ("+3bd", "2026-06-12"),
        ("+4bd", "2026-06-15"),
        ("+5bd", "2026-06-16"),
        ("-1bd", "2026-06-08"),
        ("-2bd", "2026-06-05"),
        ("+1m", "2026-07-09"),
        ("-6m", "2025-12-09"),
        ("+1y", "2027-06-09"),
        ("eow", "2026-06-12"),
        ("eom", "2026-06-30"),
        ("eoq", "2026-06-30"),
        ("eoy", "2026-12-31"),
        ("q1", "2027-03-31"),
        ("Q2", "2026-06-30"),
        ("q4", "2026-12-31"),
        ("q1 2027", "2027-03-31"),
        ("q1 2026", "2026-03-31"),
        ("2026/12/01", "2026-12-01"),
        ("2026/12/1", "2026-12-01"),
        ("1.12.", "2026-12-01"),
        ("1. 12.", "2026-12-01"),
        ("8.6.", "2027-06-08"),
        ("1. dec", "2026-12-01"),
        ("Dec 1, 2026", "2026-12-01"),
        ("Dec. 1,2026", "2026-12-01"),
        ("1 dec, 2027", "2027-12-01"),
        ("1 dec 26", "2026-12-01"),
        ("1 dec 05", "2005-12-01"),
        ("1st dec", "2026-12-01"),
        ("2nd of June 2027", "2027-06-02"),
        ("june 3rd, 2027", "2027-06-03"),
        ("12th dec", "2026-12-12"),
        ("22nd dec 26", "2026-12-22"),
        ("Fri 4 Dec 2026", "2026-12-04"),
        ("Friday, December 4, 2026", "2026-12-04"),
        ("fri. 4.12.2026", "2026-12-04"),
        ("Fri 2026-12-04", "2026-12-04"),
        ("fri 4 dec", "2026-12-04"),
        ("2d", "2026-06-11"),
        ("3bd", "2026-06-12"),
        ("2w", "2026-06-23"),
        ("in 3 weeks", "2026-06-30"),
        ("in a month", "2026-07-09"),
        ("in 2 business days", "2026-06-11"),
        ("+3 weeks", "2026-06-30"),
        ("3 days ago", "2026-06-06"),
        ("a year ago", "2025-06-09"),
        ("end of month", "2026-06-30"),
        ("End of the year", "2026-12-31"),
        ("the end of the week", "2026-06-12"),
        ("tom", "2026-06-10"),
        ("by fri", "2026-06-12"),
        ("next week", "2026-06-19"),
        ("by next week", "2026-06-19"),
        ("end of next week", "2026-06-19"),
        ("end of next month", "2026-07-31"),
        ("end of next quarter", "2026-09-30"),
        ("end of june", "2026-06-30"),
        ("By the end of May", "2027-05-31"),
        ("end of feb 2028", "2028-02-29"),
        ("end aug", "2026-08-31"),
        ("mid june", "2026-06-15"),
        ("mid-Sept", "2026-09-15"),
        ("the middle of may, 2027", "2027-05-15"),
        ("end of q3", "2026-09-30"),
        ("in two weeks", "2026-06-23"),
        ("in three months", "2026-09-09"),
        ("in ten days", "2026-06-19"),
        ("two days ago", "2026-06-07"),
    ],
)
def test_each_form(text: str, day: str) -> None:
    assert parse_date(text, TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        ("2026-01-31", "+1m", "2026-02-28"),
        ("2028-01-31", "+1m", "2028-02-29"),
        ("2028-02-29", "+1y", "2029-02-28"),
        ("2028-03-31", "-1m", "2028-02-29"),
        ("2026-06-12", "fri", "2026-06-19"),
        ("2026-06-12", "eow", "2026-06-12"),
        ("2026-06-13", "eow", "2026-06-19"),
        ("2026-06-14", "next mon", "2026-06-15"),
        ("2026-06-14", "next sun", "2026-06-21"),
        ("2026-06-14", "next week", "2026-06-19"),
        ("2026-06-12", "next week", "2026-06-19"),
        ("2026-06-30", "end of june", "2026-06-30"),
        ("2026-06-15", "mid june", "2026-06-15"),
        ("2026-06-16", "mid june", "2027-06-15"),
        ("2026-12-31", "end of next month", "2027-01-31"),
        ("2026-06-13", "+1bd", "2026-06-15"),
        ("2026-06-14", "-1bd", "2026-06-12"),
        ("2026-06-13", "+0bd", "2026-06-15"),
        ("2026-06-13", "+5bd", "2026-06-19"),
        ("2026-06-30", "q2", "2026-06-30"),
        ("2026-07-01", "q2", "2027-06-30"),
        ("2026-11-15", "eoq", "2026-12-31"),
        ("2026-12-31", "eoy", "2026-12-31"),
        ("2096-03-01", "29 feb", "2104-02-29"),
    ],
)
def test_edges_of_the_calendar(today: str, text: str, day: str) -> None:
    assert parse_date(text, date.fromisoformat(today)).isoformat() == day


def test_month_first_swaps_only_the_numeric_forms() -> None:
    assert parse_date("12/1", TODAY, day_first=False) == date(2026, 12, 1)
    assert parse_date("12.1.2026", TODAY, day_first=False) == date(2026, 12, 1)
    assert parse_date("1 dec", TODAY, day_first=False) == date(2026, 12, 1)
    with pytest.raises(DateError, match="not a day in the calendar"):
        parse_date("13/1", TODAY, day_first=False)
    assert parse_date("12.1.", TODAY, day_first=False) == date(2026, 12, 1)
    assert parse_date("2026/12/01", TODAY, day_first=False) == date(2026, 12, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("31 feb", "31/4", "2026-13-01", "2026-02-29", "0/1", "1/0", "feb 30 2028", "0 dec"),
        *("31/13", "30/2"),
        *("2st dec", "11st dec", "32nd dec", "fri 31 feb"),
    ],
)
def test_days_that_do_not_exist(text: str) -> None:
    with pytest.raises(
        DateError, match=f"^«{text}» is not a day in the calendar: try 2026-12-01, .* or q1\\.$"
    ):
        parse_date(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "1969-12-31",
        "2200-01-01",
        "9999-12-31",
        "+999999999d",
        "-999999999bd",
        "+5000m",
        "-57y",
        "+175y",
        "q1 2200",
    ],
)
def test_days_too_far_away(text: str) -> None:
    with pytest.raises(DateError, match="lies outside the years 1970 to 2199: try "):
        parse_date(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "soon", "1/12/26", "1.12.26", "dec 1 26", "1.12", "dec", "dec 2026", "2026", "12", "2026-1-1",
        "20261201", "q5", "q0", "+3", "3 d", "5m", "3 weeks", "+-3d", "in weeks", "fri next",
        "next", "next 1 dec",
        "1 dec or fri", "1st", "fri fri", "fri +2w", "the 1 dec", "end of dece", "next month", "١ dec",
        "1\x00 dec", "+9999999999d", "2026-12-01T00:00",
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="is not a form of date we know: try "):
        parse_date(text, TODAY)


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\x1b"])
def test_no_date_at_all(text: str) -> None:
    with pytest.raises(DateError, match=r"^No date was given: try "):
        parse_date(text, TODAY)


def test_a_refusal_is_short_and_safe_to_show() -> None:
    with pytest.raises(DateError) as caught:
        parse_date("a\x1b\n" + "b" * 1_000, TODAY)
    assert str(caught.value).startswith("«a " + "b" * 37 + "…» is not")


@pytest.mark.parametrize("today", [date.min, date.max])
@pytest.mark.parametrize(
    "text", ["1 dec", "29 feb", "fri", "next fri", "yesterday", "tomorrow", "eow", "+1bd", "-9bd", "q1"]
)
def test_a_clock_far_off_is_refused_too(text: str, today: date) -> None:
    with pytest.raises(DateError):
        parse_date(text, today)


def test_formats() -> None:
    assert format_date(TODAY) == "9 Jun 2026"
    assert format_day(TODAY) == "Tue 9 Jun 2026"

    assert format_short(TODAY) == "9 Jun 2026"
    assert format_short(TODAY, TODAY) == "9 Jun"
    assert format_short(date(2026, 6, 8), TODAY) == "8 Jun 2026"
    assert format_short(date(1999, 6, 8), TODAY) == "8 Jun 1999"


@given(DAYS, DAYS | st.just(TODAY), st.booleans(), st.sampled_from([0, 5, 6]))
def test_what_we_write_we_read(day: date, today: date, day_first: bool, week_start: int) -> None:
    written = day.isoformat(), format_date(day), format_day(day), format_short(day), format_short(day, today)
    for text in written:
        assert parse_date(text, today, day_first=day_first, week_start=week_start) == day, text


def test_no_date_is_written_but_by_the_functions_that_are_read_back() -> None:
    """A format of its own, as in `{day:%a %d}` or by strftime, would be a form that nobody reads."""
    codes = re.compile(r"%-?[aAbBcdDeFgGjmuUVwWxyY]")
    for path in Path(workshop_tui.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FormattedValue) and node.format_spec:
                assert not codes.search(ast.unparse(node.format_spec)), f"{path}:{node.lineno}"
            assert not (isinstance(node, ast.Attribute) and node.attr == "strftime"), path


@given(DAYS, st.sampled_from(_DAY_NAMES), st.booleans())
def test_weekday_and_date_agree_or_are_refused(day: date, name: str, day_first: bool) -> None:
    said = f"{name} {format_date(day)}"
    if f"{day:%A}".lower().startswith(name):
        assert parse_date(said, TODAY, day_first=day_first) == day
    else:
        sentence = f"«{said}» is not a day in the calendar: {format_date(day)} is a {day:%A}."
        with pytest.raises(DateError, match=re.escape(sentence)):
            parse_date(said, TODAY, day_first=day_first)


@pytest.mark.parametrize(
    ("text", "day_first", "turned"),
    [
        ("12/13/2026", True, "the day comes first here, as in 13/12/2026."),
        ("1/13", True, "the day comes first here, as in 13/1."),
        ("12.13.", True, "the day comes first here, as in 13.12."),
        ("2 / 29 / 2027", True, "the day comes first here, as in 29/2/2027."),
        ("thu 12.31.2026", True, "the day comes first here, as in 31.12.2026."),
        ("13/12/2026", False, "the month comes first here, as in 12/13/2026."),
    ],
)
def test_where_day_and_month_are_turned_round_it_says_which_comes_first(
    text: str, day_first: bool, turned: str
) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text, TODAY, day_first=day_first)
    assert str(caught.value) == f"«{text}» is not a day in the calendar: {turned}"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        *(("1.12", True), ("fri 99", True), ("the end of it", True), ("+2x", True), ("next month", True)),
        *(("in due course", True), ("q1", True), ("hand", False), ("monkeys", False), ("", False)),
    ],
)
def test_what_begins_as_dates_do(text: str, begins: bool) -> None:
    assert begins_date(text) is begins


@given(DAYS, DAYS)
def test_what_we_write_begins_as_dates_do(day: date, today: date) -> None:
    for text in (day.isoformat(), format_date(day), format_day(day), format_short(day, today)):
        assert begins_date(text)


@given(st.text() | NEAR_DATES, DAYS, st.booleans())
def test_any_text_is_a_date_or_a_refusal_in_one_line(text: str, today: date, day_first: bool) -> None:
    try:
        outcome = parse_date(text, today, day_first=day_first)
    except DateError as refusal:
        sentence = str(refusal)
    else:
        assert 1970 <= outcome.year <= 2199
        sentence = format_date(outcome)
    assert sentence.splitlines() == [sentence]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-2_000, 2_000))
def test_business_days_are_counted_one_by_one(today: date, count: int) -> None:
    landed = parse_date(f"{count:+}bd", today)
    assert landed.weekday() < 5
    low, high = sorted((today, landed))
    passed = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    on_the_way = [day for day in passed if day != today and day.weekday() < 5]
    assert len(on_the_way) == abs(count) or (count == 0 and today.weekday() >= 5)


@pytest.mark.parametrize(
    ("week_start", "day"), [(0, date(2026, 6, 15)), (6, date(2026, 6, 14)), (5, date(2026, 6, 13))]
)
def test_next_week_starts_on_the_day_that_is_set(week_start: int, day: date) -> None:
    name = f"next {day:%A}"
    assert parse_date(name, TODAY, week_start=week_start) == day


@given(
    DAYS.filter(lambda day: day.year < 2199),
    st.sampled_from([0, 5, 6]),
    st.sampled_from(["mon", "fri", "sun"]),
)
def test_a_day_of_next_week_is_one_to_thirteen_days_away(today: date, week_start: int, name: str) -> None:
    there = parse_date(f"next {name}", today, week_start=week_start)
    assert 1 <= (there - today).days <= 13
    assert there.strftime("%a").lower() == name


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("12 jun", "2025-06-12"),
        ("9 jun", "2026-06-09"),
        ("jun 8", "2026-06-08"),
        ("10/6", "2025-06-10"),
        ("mon", "2026-06-08"),
        ("tue", "2026-06-09"),
        ("wed", "2026-06-03"),
        ("29 feb", "2024-02-29"),
        ("thu 12 jun", "2025-06-12"),
        ("12 jun 2026", "2026-06-12"),  # which is refused where it is used
        ("fri 12 jun", "2026-06-12"),
        ("yesterday", "2026-06-08"),
        ("+2d", "2026-06-11"),
    ],
)
def test_where_only_a_past_day_makes_sense_one_without_its_year_is_the_last_such(said: str, day: str) -> None:
    assert parse_date(said, TODAY, past=True).isoformat() == day


def test_no_day_of_the_calendar_is_refused_as_past_too() -> None:
    for said in ("31 feb", "mon 12 jun", "soon"):
        with pytest.raises(DateError):
            parse_date(said, TODAY, past=True)
