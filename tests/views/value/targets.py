"""The sample with value targets, which it has none of itself."""

from __future__ import annotations

import datetime as dt

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import Horizon, ProofHorizon
from workshop_tui.domain.model.value import Proof, Target, TargetAnswer
from workshop_tui.domain.plan.plan import AccountPlan

EVIDENCE = Target(id="T1", title="Evidence in one place", horizon=Horizon.SHORT, estimate=250_000, rank=1)
CENTRE = Target(id="T2", title="One data centre less", horizon=Horizon.LONG, visibility="customer", rank=2)

REACHED = Target(
    id="T3",
    title="Two days to close",
    visibility="customer",
    estimate=90_000,
    baseline=20_000,
    realised=40_000,
    rank=3,
)
"""Something was reached, and nobody has confirmed it."""
SURE = Target(
    id="T4",
    title="One audit a year",
    visibility="customer",
    estimate=60_000,
    realised=70_000,
    confirmed_by="ST06",
    confirmed_on=dt.date(2026, 6, 9),
    rank=4,
)
"""Something was reached, and Dev Rathmore has confirmed it today."""

TESTED = Proof(
    id="F1", text="Fourteen services tested", party="ps", worth=300_000, visibility="customer", rank=1
)
"""Nobody has acknowledged it."""
RESTORED = Proof(
    id="F2",
    text="Payments restored in an hour",
    horizon=ProofHorizon.PRESENT,
    worth=500_000,
    recognised_by="ST06",
    recognised_on=dt.date(2026, 6, 1),
    visibility="customer",
    rank=2,
)
"""Dev Rathmore acknowledges it."""
RUMOUR = Proof(id="F3", text="The regulator liked it", worth=7, rank=3)
"""For the alliance alone."""


def gathered(sample: AccountPlan, *more: Entity) -> AccountPlan:
    """Return the sample with two targets; the sample itself has none."""
    links = (("T1", "V01"), ("T1", "V06"), ("T2", "V08"))
    behind = (TargetAnswer(target=target, answer=answer) for target, answer in links)
    return AccountPlan.of((*sample, EVIDENCE, CENTRE, *behind, *more))
