"""Dates as people say them: a strict reader of known forms that refuses rather than guesses."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from workshop_tui.domain.text import clean_text
from workshop_tui.domain.words import DateOrder, Weekday

YEARS: Final = range(1970, 2200)
EXAMPLES: Final = "2026-12-01, 1 dec, 1 dec 2026, fri, next fri, +2w, +3bd, eom or q1"

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
_MONTH = {name: n for n, full in enumerate(_MONTHS, 1) for name in (full, full[:3])} | {"sept": 9}
_WEEKDAY = {name: n for n, full in enumerate(_WEEKDAYS) for name in (full, full[:3])}
_FRIDAY = 4
_MOST = len(YEARS) * 366  # no count of days, weeks, months or years can be larger and still fit
_SHOWN = 40


class DateError(ValueError):
    """A text that is no date we know; the message is one sentence with examples that work."""


def parse_date(text: str, today: date, *, day_first: bool = True, week_start: int = 0) -> date:
    """Return the day that `text` names, as seen from `today`; upper case and spaces don't matter.

    - `2026-12-01` · `1 dec 2026` · `dec 1 2026` · `1/12/2026` · `1.12.2026` (month first if not `day_first`)
    - `1 dec` · `dec 1` · `1/12`: the next such day, today included
    - `fri`: the first Friday after today · `next fri`: that of the next week (from `week_start` on)
    - `today` · `tomorrow` · `yesterday` · `eow` (Friday) · `eom` · `eoq` · `eoy`: the end not yet past
    - `+3d` · `+2w` · `+1m` · `+1y` · `+3bd` (Monday to Friday), or with `-`; `+1m` stays within the month
    - `q1` (the last day of the next one not yet past) · `q1 2027`

    Raises:
        DateError: the text has none of these forms, names a day that isn't in the calendar,
            or one outside the years 1970 to 2199.
    """
    said = " ".join(text.lower().split())
    try:
        day = _read(said, today, day_first=day_first, week_start=week_start)
    except OverflowError:
        raise _refusal(text, "lies outside the years 1970 to 2199") from None
    except ValueError:
        raise _refusal(text, "is not a day in the calendar") from None
    if day is None:
        raise _refusal(text, "is not a form of date we know")
    if day.year not in YEARS:
        raise _refusal(text, "lies outside the years 1970 to 2199")
    return day


@dataclass(frozen=True)
class Calendar:
    """The day it is and the way dates are typed here."""

    today: date
    day_first: bool = True
    week_start: int = 0
    """0 is Monday, as `date.weekday()` counts."""

    def parse(self, text: str) -> date:
        """Return the date typed; raises DateError."""
        return parse_date(text, self.today, day_first=self.day_first, week_start=self.week_start)

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


def _refusal(text: str, why: str) -> DateError:
    said = clean_text(text)
    if not said:
        return DateError(f"No date was given: try {EXAMPLES}.")
    shown = said if len(said) <= _SHOWN else said[: _SHOWN - 1] + "…"
    return DateError(f"«{shown}» {why}: try {EXAMPLES}.")


def _read(said: str, today: date, *, day_first: bool, week_start: int) -> date | None:
    """Return the day of the one form that fits the whole text, or None if none fits."""
    if match := _NEXT_WEEK.fullmatch(said):
        begins = today + timedelta(days=7 - (today.weekday() - week_start) % 7)
        return begins + timedelta(days=(_WEEKDAY[match["name"]] - week_start) % 7)
    for form, day_of in (*_numeric(day_first=day_first), *_FORMS):
        if match := form.fullmatch(said):
            return day_of(match, today)
    return None


def _calendar_day(match: re.Match[str], today: date) -> date:
    day, month, year = (match[part] for part in ("day", "month", "year"))
    numbers = _MONTH.get(month) or int(month), int(day)
    return date(int(year), *numbers) if year else _next_such_day(*numbers, today)


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
    count = int(match["sign"] + match["count"])
    if abs(count) > _MOST:
        raise OverflowError
    match match["unit"]:
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


def _quarter(match: re.Match[str], today: date) -> date:
    month = int(match["quarter"]) * 3
    year = int(match["year"] or today.year + (month < today.month))
    return _month_end(year, month)


_WORDS: dict[str, Callable[[date], date]] = {
    "today": lambda today: today,
    "tomorrow": lambda today: today + timedelta(days=1),
    "yesterday": lambda today: today - timedelta(days=1),
    "eow": lambda today: today + timedelta(days=(_FRIDAY - today.weekday()) % 7),
    "eom": lambda today: _month_end(today.year, today.month),
    "eoq": lambda today: _month_end(today.year, (today.month + 2) // 3 * 3),
    "eoy": lambda today: _month_end(today.year, 12),
}

_Form = tuple[re.Pattern[str], Callable[[re.Match[str], date], date]]
_DAY, _NUMBER = "(?P<day>[0-9]{1,2})", "(?P<month>[0-9]{1,2})"
_NAME = f"(?P<month>{'|'.join(_MONTH)})"
_YEAR = "(?P<year>[0-9]{4})"


_DAY_NAME = f"(?P<name>{'|'.join(_WEEKDAY)})"
_NEXT_WEEK = re.compile(f"next {_DAY_NAME}")


def _numeric(*, day_first: bool) -> list[_Form]:
    first, second = (_DAY, _NUMBER) if day_first else (_NUMBER, _DAY)
    forms = rf"{first} ?/ ?{second}(?: ?/ ?{_YEAR})?", rf"{first}\. ?{second}\. ?{_YEAR}"
    return [(re.compile(form), _calendar_day) for form in forms]


_FORMS: list[_Form] = [
    (re.compile("(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"), _calendar_day),
    (re.compile(f"{_DAY} ?{_NAME}(?: ?{_YEAR})?"), _calendar_day),
    (re.compile(f"{_NAME} ?{_DAY}(?: {_YEAR})?"), _calendar_day),
    (re.compile(_DAY_NAME), _weekday),
    (re.compile("(?P<sign>[+-]) ?(?P<count>[0-9]{1,9}) ?(?P<unit>d|w|m|y|bd)"), _from_now),
    (re.compile(f"q ?(?P<quarter>[1-4])(?: {_YEAR})?"), _quarter),
    (re.compile("|".join(_WORDS)), lambda match, today: _WORDS[match[0]](today)),
]
