"""Commands that look at all accounts: which to go for, and what those that ended taught."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import TYPE_CHECKING

from workshop_tui.cli.place import located
from workshop_tui.cli.plans import joined
from workshop_tui.cli.speech import DONE, data, data_json, words
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import clean_text, counted

if TYPE_CHECKING:
    from workshop_tui.domain.rules.reasons import ReasonCount
    from workshop_tui.domain.rules.selection import CandidateAccount


def add_to(command: Callable[[str, Callable[..., int], str], ArgumentParser]) -> tuple[ArgumentParser, ...]:
    """Add the commands to the reader of command lines; return them."""
    told = "list the accounts one could go for, side by side, the best first"
    return (
        command("select", select, told),
        command("learnt", learnt, "count the reasons for which accounts were won, lost or left aside"),
    )


def select(*, db: str | None, json: bool) -> int:
    """List the accounts one could go for, side by side, the best first."""
    from msgspec.structs import asdict

    from workshop_tui.store.side_by_side import candidates

    path = located(db).path
    found = candidates(path)
    if json:
        data_json([{**asdict(one), "mean": one.mean} for one in found])
    elif not found:
        words(f"There is no account to choose among in {path}.")
    else:
        data("\n".join(_candidate(number, one) for number, one in enumerate(found, 1)))
    return DONE


def _candidate(number: int, one: "CandidateAccount") -> str:
    firms = (
        f"{firm.firm} {'–' if firm.score is None else format(firm.score, '.1f')}, leader {firm.leader}"
        for firm in one.firms
    )
    by = f" by {one.selected_by}" if one.selected_by else ""
    chosen = f"chosen {format_date(one.selected_on)}{by}" if one.selected_on else ""
    gap = f"widest gap: {one.widest} ({one.spread} apart)" if one.widest else ""
    told = joined(f"{one.name} ({one.account})", one.stage.label, *firms, gap, chosen)
    return f"{number:>3}  {clean_text(told)}"


def learnt(*, db: str | None, json: bool) -> int:
    """Count the reasons for which accounts were won, lost or left aside, and say what was learnt."""
    from msgspec.structs import asdict

    from workshop_tui.domain.rules.reasons import count_reasons
    from workshop_tui.store.side_by_side import lessons

    path = located(db).path
    found, kept = lessons(path)
    counts = count_reasons(found)
    if json:
        data_json([{**asdict(one), "count": one.count, "rate": one.rate} for one in counts])
    elif not counts:
        words(f"Nothing has been learnt in {path}: a reason is asked for when an account comes to its end.")
    else:
        data("\n".join(line for one in counts for line in _reason(one)))
    if kept:
        words(f"{counted(kept, 'line')} left out: one firm keeps {'it' if kept == 1 else 'them'} to itself.")
    return DONE


def _reason(one: "ReasonCount") -> list[str]:
    share = f" ({one.rate:.0%})" if one.rate is not None else ""
    lines = [clean_text(f"{one.end.label.capitalize()} · {one.reason} · {one.count} of {one.of}{share}")]
    for lesson in one.lessons:
        said = f"«{lesson.said}»" if lesson.said else ""
        changes = f"next time: {lesson.differently}" if lesson.differently else ""
        told = joined(lesson.account_name, format_date(lesson.on), said, lesson.told_by, changes)
        lines.append(f"     {clean_text(told)}")
    return lines
