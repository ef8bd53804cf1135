"""Which kinds of line the capture line names, by who looks."""

from __future__ import annotations

from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.capture.rows import PREFIXES
from workshop_tui.tui.widgets.capture_line import is_named


def test_before_the_customer_only_what_a_workshop_makes_with_them_is_named() -> None:
    assert [letter for letter, kind in PREFIXES.items() if is_named(kind, CUSTOMER)] == [*"savpd"]
    assert [letter for letter, kind in PREFIXES.items() if is_named(kind, ALLIANCE)] == [*PREFIXES]
