"""What follows from the differences: which dimensions they cover, and which of them anything shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workshop_tui.domain.base.vocabulary import Dimension
from workshop_tui.domain.model.value import Difference, Proof
from workshop_tui.domain.plan.plan import AccountPlan


def by_dimension(differences: Iterable[Difference]) -> Mapping[Dimension, tuple[Difference, ...]]:
    """Return every dimension with its differences, in the order of the dimensions, those alike in theirs."""
    each = tuple(differences)
    return {dimension: tuple(row for row in each if row.dimension is dimension) for dimension in Dimension}


def next_dimension(differences: Iterable[Difference]) -> Dimension:
    """Return the first dimension in which nothing is said yet; the first of all where each has something."""
    found = by_dimension(differences)
    return next((dimension for dimension, each in found.items() if not each), next(iter(Dimension)))


def proven(plan: AccountPlan, difference: Difference) -> bool:
    """Whether a difference stands on a proof that is there."""
    return plan.get(Proof, difference.proof) is not None


def unproven(plan: AccountPlan, differences: Iterable[Difference]) -> tuple[Difference, ...]:
    """Return the differences that stand on no proof: others could say the same."""
    return tuple(row for row in differences if not proven(plan, row))
