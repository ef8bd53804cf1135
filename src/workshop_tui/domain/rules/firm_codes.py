"""What firms are called where there are but a few cells, as over a column of sentiments."""

from __future__ import annotations

from collections.abc import Mapping

from workshop_tui.domain.plan.plan import AccountPlan

LONGEST = 4
"""Letters of a code at the most."""


def firm_codes(view: AccountPlan) -> Mapping[str, str]:
    """Return each partner's id → the id itself where it is short, else how the short name begins.

    No two are the same: a later one that would be ends in a number.
    """
    codes: dict[str, str] = {}
    for party in view.partners:
        code = party.id if len(party.id) <= LONGEST else party.short[:LONGEST].strip()
        numbered = (f"{code[: LONGEST - 1]}{n}" for n in range(2, len(codes) + 2))
        codes[party.id] = next(each for each in (code, *numbered) if each not in codes.values())
    return codes


def firms_told(view: AccountPlan) -> str:
    """Return which firm each code stands for, as in «ps = Quillhaven · tech = Stratalume»."""
    codes = firm_codes(view)
    named = (f"{codes[p.id]} = {p.short}" for p in view.partners if p.short != codes[p.id])
    return " · ".join(named)
