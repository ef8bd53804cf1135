"""What follows from what could go wrong: which risk comes first, and what has become of it."""

from __future__ import annotations

from collections.abc import Iterable

from workshop_tui.domain.base.vocabulary import RiskStatus
from workshop_tui.domain.model.session import Risk


def weight(risk: Risk) -> int | None:
    """Return likelihood × impact, 1 to 9; None while either is unknown."""
    if risk.likelihood is None or risk.impact is None:
        return None
    return risk.likelihood * risk.impact


def ranked(risks: Iterable[Risk]) -> tuple[Risk, ...]:
    """Return risks, the heaviest first: what is open or has happened, those without a weight, the closed.

    Those alike stay in their order.
    """
    return tuple(sorted(risks, key=lambda risk: (risk.status is RiskStatus.CLOSED, -(weight(risk) or 0))))
