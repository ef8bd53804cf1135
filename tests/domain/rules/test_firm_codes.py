"""What firms are called where there are but a few cells."""

from __future__ import annotations

import pytest

from tests.views.plans import looked_at
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step, apply
from workshop_tui.domain.rules.firm_codes import firm_codes
from workshop_tui.views.stakeholders.table import Everybody


@pytest.mark.parametrize(
    ("firms", "codes"),
    [
        ((("ps", "Quillhaven"), ("tech", "Stratalume")), ("ps", "tech")),
        ((("kestrel", "Kestrel"), ("northwind", "Northwind")), ("Kest", "Nort")),
        ((("northwind", "Northwind"), ("northgate", "Northgate"), ("de", "De Bree")), ("Nort", "Nor2", "de")),
        ((("delacroix", "De La Croix"),), ("De L",)),
    ],
)
def test_firms_have_short_and_different_codes(
    firms: tuple[tuple[str, str], ...], codes: tuple[str, ...]
) -> None:
    parties = (Party(id=name, name=short, short=short, rank=1.0 + n) for n, (name, short) in enumerate(firms))
    plan = AccountPlan.of(parties)
    assert tuple(firm_codes(plan).values()) == codes


async def test_a_heading_has_the_short_name_and_never_a_piece_of_an_id(sample: AccountPlan) -> None:
    kestrel = Party(id="kestrel", name="Kestrel Advisory", short="Kestrel", rank=9.0)
    plan = apply(sample, Step((Add(kestrel),)))
    cols = Everybody().cols(looked_at(plan))
    assert [(col.heading, col.short) for col in cols if col.name == "owner"][-1] == ("Kestrel owner", "@Kest")
    assert [col.heading for col in cols if col.name == "value"] == ["All", "ps", "tech", "Kest"]
