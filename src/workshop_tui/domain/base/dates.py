"""Dates as people say them: a strict reader of known forms that refuses rather than guesses."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Final, NamedTuple

from workshop_tui.domain.base.text import clean_text
from workshop_tui.domain.base.vocabulary import DateOrder, Weekday

YEARS: Final = range(1970, 2200)
EXAMPLES: Final = "2026-12-01, 1 dec, 1 dec 2026, fri, next fri, next week, end of june, +2w, +3bd, eom or q1"

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_COUNTS = {
    word: n
    for n, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"a": 1, "an": 1}
_MONTH = {name: n for n, full in enumerate(_MONTHS, 1) for name in (full, full[:3])} | {"sept": 9}
_WEEKDAY = {name: n for n, full in enumerate(_WEEKDAYS) for name in (full, full[:3])}
_FRIDAY = 4
_MID = 15
_MOST = len(YEARS) * 366  # no count of days, weeks, months or years can be larger and still fit
_SHOWN = 40
_CENTURY = range(2000, 2100)  # that of a year of two figures
_LEAP = 2000
_OUTSIDE = "lies outside the years 1970 to 2199"
_NO_DAY = "is not a day in the calendar"


class DateError(ValueError):
    """A text that is no date we know; the message is one sentence with examples that work."""

    def __init__(self, message: str, *, has_form: bool = False) -> None:
        """Note whether the text has a form that we know and only names no day, as «31 feb»."""
        super().__init__(message)
        self.has_form = has_form


class _NoSuchDay(ValueError):  # noqa: N818 - said in passing, never shown
    """A form that is known names no day; `cure` says why, or what to type."""

    def __init__(self, cure: str) -> None:
        super().__init__(cure)
        self.cure = cure


def parse_date(
    text: str, today: date, *, day_first: bool = True, week_start: int = 0, past: bool = False
) -> date:
    """Return the day that `text` names, as seen from `today`; upper case and spaces don't matter.

    Where only a day that is `past` makes sense, one without its year, as `1 dec` or `fri`, is the last such
    day, today included.

    - `2026-12-01` · `2026/12/01` · `1 dec 2026` · `1st of dec 2026` · `1 dec 26` · `Dec 1, 2026`
    - `1/12/2026` · `1.12.2026` (month first if not `day_first`)
    - `1 dec` · `dec 1` · `1/12` · `1.12.`: the next such day, today included
    - `Tue 1 Dec 2026`: any of these with its weekday, which has to be the right one
    - `fri`: the first Friday after today · `next fri`: that of the next week (from `week_start` on), as is
      `next week`, by whose end something is done
    - `today` · `tomorrow`, `tom` · `yesterday` · `eow` (Friday) · `eom` · `eoq` · `eoy`, or `end of month`:
      the end not yet past · `end of next month`: the one after it
    - `end of june` · `end of june 2027` · `mid june` (the 15th): the next one not yet past
    - `+3d` · `+2w` · `+1m` · `+1y` · `+3bd` (Monday to Friday), or with `-`; `+1m` stays within the month
    - `in 3 weeks` · `in two weeks` · `3 weeks ago` · `2d` · `2w` · `3bd`
    - `q1` (the last day of the next one not yet past) · `q1 2027` · `end of q1`
    - `by` before any of these

    Raises:
        DateError: the text has none of these forms, names a day that isn't in the calendar,
            or one outside the years 1970 to 2199.
    """
    said = " ".join(text.lower().split()).removeprefix("by ")
    try:
        day = _last_such(said, today, day_first=day_first) if past else None
        day = day or _read(said, today, day_first=day_first, week_start=week_start)
    except OverflowError:
        raise _refusal(text, _OUTSIDE, has_form=True) from None
    except _NoSuchDay as no_such:
        raise _refusal(text, _NO_DAY, no_such.cure, has_form=True) from None
    except ValueError:
        raise _refusal(text, _NO_DAY, has_form=True) from None
    if day is None:
        raise _refusal(text, "is not a form of date we know")
    if day.year not in YEARS:
        raise _refusal(text, _OUTSIDE, has_form=True)
    return day


def begins_date(text: str) -> bool:
    """Whether a text begins as a date does, so that it may be meant as one: `1st week`, `next month`."""
    return bool(re.match(_BEGINNING, text.lower().strip()))


def is_weekday(text: str) -> bool:
    """Whether a text is nothing but the name of a day of the week, whole or of three letters."""
    return text.lower().strip(" ,.;:!") in _WEEKDAY


_HALF_A_YEAR = timedelta(days=183)


class Calendar(NamedTuple):
    """The day it is and the way dates are typed here."""

    today: date
    day_first: bool = True
    week_start: int = 0
    """0 is Monday, as `date.weekday()` counts."""

    def parse(self, text: str, *, past: bool = False) -> date:
        """Return the date typed, which is `past` where nothing else makes sense; raises DateError."""
        return parse_date(text, self.today, day_first=self.day_first, week_start=self.week_start, past=past)

    def passed_lately(self, text: str, day: date) -> date | None:
        """Return this year's day where a text without a year means next year's, as that has just passed."""
        if day - self.today <= _HALF_A_YEAR:
            return None
        try:
            was = self.parse(text, past=True)
        except DateError:
            return None
        return was if was < self.today and was.year == self.today.year else None

    def agreed(self, order: DateOrder | None, week_start: Weekday) -> "Calendar":
        """Return how dates are typed with what a playbook says, which holds for everybody."""
        day_first = self.day_first if order is None else order is DateOrder.DAY_FIRST
        return Calendar(self.today, day_first, week_start.number)


def format_date(day: date) -> str:
    """Return `9 Jun 2026`, the same in every locale; `parse_date` reads it back."""
    return f"{day.day} {_MONTHS[day.month - 1][:3].title()} {day.year}"


def format_day(day: date) -> str:
    """Return `Tue 9 Jun 2026`, the same in every locale."""
    return f"{_WEEKDAYS[day.weekday()][:3].title()} {format_date(day)}"


def is_weekend(day: date) -> bool:
    """Whether a day is a Saturday or a Sunday."""
    return day.weekday() > _FRIDAY


def said_in_full(day: date) -> str:
    """Return `Tue 9 Jun 2026`, and of a weekend that it is one, as it may not be meant."""
    return f"{format_day(day)}, a weekend" if is_weekend(day) else format_day(day)


def format_short(day: date, today: date | None = None) -> str:
    """Return `9 Jun 2026`; without the year where `parse_date`, asked today, takes it for the same day."""
    full = format_date(day)
    return full[:-5] if today and day.year == today.year and day >= today else full


def _refusal(text: str, why: str, cure: str = f"try {EXAMPLES}", *, has_form: bool = False) -> DateError:
    said = clean_text(text)
    if not said:
        return DateError(f"No date was given: try {EXAMPLES}.")
    shown = said if len(said) <= _SHOWN else said[: _SHOWN - 1] + "…"
    return DateError(f"«{shown}» {why}: {cure.rstrip('.')}.", has_form=has_form)


def _read(said: str, today: date, *, day_first: bool, week_start: int) -> date | None:
    """Return the day of the one form that fits the whole text, or None if none fits."""
    if match := re.fullmatch(_NEXT_WEEK, said):
        begins = today + timedelta(days=7 - (today.weekday() - week_start) % 7)
        wanted = _WEEKDAY.get(match["name"] or "", _FRIDAY)
        return begins + timedelta(days=(wanted - week_start) % 7)
    return _calendar(said, today, day_first=day_first) or _fitting(_FORMS, said, today)


def _calendar(said: str, today: date, *, day_first: bool) -> date | None:
    """Return the day of the calendar that is named, with its weekday or without; None for none."""
    forms = (*_numeric(day_first=day_first), *_CALENDAR)
    if match := re.fullmatch(_WITH_WEEKDAY, said):
        day = _fitting(forms, match["day"], today)
        return day and _on_that_weekday(day, match["name"])
    return _fitting(forms, said, today)


def _last_such(said: str, today: date, *, day_first: bool) -> date | None:
    """Return the last such day up to today that is named without its year; None where none is."""
    if said in _WEEKDAY:
        return today - timedelta(days=(today.weekday() - _WEEKDAY[said]) % 7)
    for years in range(1, 9):  # leap years are at most eight years apart
        try:
            day = _calendar(said, _months_on(today, -12 * years) + timedelta(days=1), day_first=day_first)
        except (ValueError, OverflowError):
            return None
        if day is None or day <= today:
            return day
    return None


def _fitting(forms: Iterable["_Form"], said: str, today: date) -> date | None:
    found = ((re.fullmatch(form, said), day_of) for form, day_of in forms)
    return next((day_of(match, today) for match, day_of in found if match), None)


def _on_that_weekday(day: date, name: str) -> date:
    if day.weekday() != _WEEKDAY[name]:
        raise _NoSuchDay(f"{format_date(day)} is a {_WEEKDAYS[day.weekday()].title()}")
    return day


def _calendar_day(match: re.Match[str], today: date) -> date:
    given = match.groupdict()
    day, month = int(given["day"]), _MONTH.get(given["month"]) or int(given["month"])
    if (ordinal := given.get("ordinal")) and ordinal != _ordinal(day):
        raise ValueError
    if year := given["year"]:
        return date(int(year), month, day)
    if short := given.get("short_year"):
        return date(_CENTURY.start + int(short), month, day)
    return _next_such_day(month, day, today)


def _ordinal(day: int) -> str:
    teens = range(11, 14)
    return "th" if day in teens else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _in_numbers(match: re.Match[str], today: date, first: str) -> date:
    """Return the day; where it would be one with day and month turned round, say which of them is first."""
    try:
        return _calendar_day(match, today)
    except ValueError:
        day, month = int(match["day"]), int(match["month"])
        if day in range(1, 13) and month in range(1, _month_end(_LEAP, day).day + 1):
            one, other = sorted(("day", "month"), key=match.start)
            behind = match.string[match.end(other) :]
            turned = f"{match[other]}{match['sign']}{match[one]}{behind}".replace(" ", "")
            raise _NoSuchDay(f"the {first} comes first here, as in {turned}") from None
        raise


def _next_such_day(month: int, day: int, today: date) -> date:
    years = range(today.year, today.year + 9)  # leap years are at most eight years apart
    days = (date(year, month, day) for year in years if day <= monthrange(year, month)[1])
    if found := next((each for each in days if each >= today), None):
        return found
    raise ValueError


def _weekday(match: re.Match[str], today: date) -> date:
    wanted = _WEEKDAY[match["name"]]
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _from_now(match: re.Match[str], today: date) -> date:
    given = match.groupdict()
    count = _COUNTS.get(given["count"]) or int(given["count"])
    if count > _MOST:
        raise OverflowError
    count = -count if given.get("sign") == "-" or given.get("ago") else count
    match _UNIT[given["unit"]]:
        case "bd":
            return _business_days_on(today, count)
        case "m":
            return _months_on(today, count)
        case "y":
            return _months_on(today, count * 12)
        case unit:
            return today + timedelta(days=count * (7 if unit == "w" else 1))


def _business_days_on(today: date, count: int) -> date:
    """Count Mondays to Fridays: a weekend stands at its Friday when going on, else at the Monday after."""
    weeks, weekday = divmod(today.toordinal() - 1, 7)
    weeks, weekday = divmod(weeks * 5 + min(weekday, _FRIDAY if count > 0 else _FRIDAY + 1) + count, 5)
    return date.fromordinal(weeks * 7 + weekday + 1)


def _months_on(today: date, count: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    last = _month_end(year, month + 1)
    return last.replace(day=min(today.day, last.day))


def _month_end(year: int, month: int) -> date:
    if year not in YEARS:
        raise OverflowError
    return date(year, month, monthrange(year, month)[1])


def _end_of(match: re.Match[str], today: date) -> date:
    end = _WORDS[f"eo{match['unit'][0]}"]
    return end(end(today) + timedelta(days=1)) if match["next"] else end(today)


def _in_month(match: re.Match[str], today: date) -> date:
    """Return the end or the middle of a month, which is the next such day where no year is given."""
    month = _MONTH[match["month"]]
    years = [int(match["year"])] if match["year"] else [today.year, today.year + 1]
    ends = [_month_end(year, month) for year in years]
    days = [end.replace(day=_MID) if match["part"].startswith("mid") else end for end in ends]
    return next((day for day in days if day >= today), days[0])


def _quarter(match: re.Match[str], today: date) -> date:
    month = int(match["quarter"]) * 3
    year = int(match["year"] or today.year + (month < today.month))
    return _month_end(year, month)


_WORDS: dict[str, Callable[[date], date]] = {
    "today": lambda today: today,
    "tomorrow": lambda today: today + timedelta(days=1),
    "tom": lambda today: today + timedelta(days=1),
    "yesterday": lambda today: today - timedelta(days=1),
    "eow": lambda today: today + timedelta(days=(_FRIDAY - today.weekday()) % 7),
    "eom": lambda today: _month_end(today.year, today.month),
    "eoq": lambda today: _month_end(today.year, (today.month + 2) // 3 * 3),
    "eoy": lambda today: _month_end(today.year, 12),
}

_UNIT = {
    name: letter
    for letter, names in {
        "bd": ("bd", "business day", "working day", "workday"),
        "d": ("d", "day"),
        "w": ("w", "week"),
        "m": ("m", "month"),
        "y": ("y", "year"),
    }.items()
    for name in (*names, *(f"{name}s" for name in names if len(name) > len("bd")))
}

# As text: all of them compiled at each start would take longer than reading a few dates; `re` keeps them.
_Form = tuple[str, Callable[[re.Match[str], date], date]]
_DAY, _NUMBER = "(?P<day>[0-9]{1,2})", "(?P<month>[0-9]{1,2})"
_ORDINAL = f"{_DAY}(?P<ordinal>st|nd|rd|th)?"
_NAME = rf"(?P<month>{'|'.join(_MONTH)})\.?"
_YEAR = "(?P<year>[0-9]{4})"
_COUNT, _MEASURE = "(?P<count>[0-9]{1,9})", f"(?P<unit>{'|'.join(_UNIT)})"
_SAID_COUNT = f"(?P<count>[0-9]{{1,9}}|{'|'.join(_COUNTS)})"

_DAY_NAME = f"(?P<name>{'|'.join(_WEEKDAY)})"
_NEXT_WEEK = f"(?:(?:the )?end of )?next week|next {_DAY_NAME}"
_WITH_WEEKDAY = rf"{_DAY_NAME}(?:\.|,|\.,)? (?P<day>.+)"
_BEGINNING = (
    rf"[+-]? ?[0-9]|(?:{'|'.join((*_MONTH, *_WEEKDAY, *_WORDS))}|q ?[1-4]|next|this|in|end|mid|the)\b"
)


def _numeric(*, day_first: bool) -> list[_Form]:
    first, second = (_DAY, _NUMBER) if day_first else (_NUMBER, _DAY)
    forms = (
        rf"{first} ?(?P<sign>/) ?{second}(?: ?/ ?{_YEAR})?",
        rf"{first}(?P<sign>\.) ?{second}\.(?: ?{_YEAR})?",
    )
    read = partial(_in_numbers, first="day" if day_first else "month")
    return [(form, read) for form in forms]


_CALENDAR: list[_Form] = [
    ("(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})", _calendar_day),
    ("(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})", _calendar_day),
    (
        rf"{_ORDINAL}\.? ?(?:of )?{_NAME}(?:,? ?{_YEAR}| (?P<short_year>[0-9]{{2}}))?",
        _calendar_day,
    ),
    (f"{_NAME} ?{_ORDINAL}(?:(?:, ?| ){_YEAR})?", _calendar_day),
]
"""Forms that name a day of the calendar, so that a weekday may stand before them."""

_FORMS: list[_Form] = [
    (_DAY_NAME, _weekday),
    (f"(?P<sign>[+-]) ?{_COUNT} ?{_MEASURE}", _from_now),
    (f"in {_SAID_COUNT} ?{_MEASURE}", _from_now),
    (f"{_COUNT}(?P<unit>bd|d|w)", _from_now),
    (f"{_SAID_COUNT} ?{_MEASURE} (?P<ago>ago)", _from_now),
    ("(?:the )?end of (?:the |this )?(?P<next>next )?(?P<unit>week|month|quarter|year)", _end_of),
    (
        f"(?:the )?(?P<part>end|mid|middle)(?: of |-| ){_NAME}(?:,? {_YEAR})?",
        _in_month,
    ),
    (f"(?:(?:the )?end of )?q ?(?P<quarter>[1-4])(?: {_YEAR})?", _quarter),
    ("|".join(_WORDS), lambda match, today: _WORDS[match[0]](today)),
]
