"""Made people: as many as one asks for, with managers, styles, readings and relations."""

from __future__ import annotations

from tests.domain.plans import plan_of
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import BlockKind, RelationKind, Sentiment, SocialStyle
from workshop_tui.domain.model.people import Reading, Relation, Stakeholder, Tie
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan

WIDE = "山田太郎"
"""A name that takes two cells a sign."""


def crowd(count: int) -> AccountPlan:
    """Return a plan of so many people, five reporting to each; every seventh has a wide name."""
    rows: list[Entity] = [
        Block(id="B1", session="S3", kind=BlockKind.STAKEHOLDERS, title="People", minutes=30)
    ]
    for n in range(count):
        boss = f"p{(n - 1) // 5:03}" if n and n % 40 != 39 else None
        name = f"{WIDE}{n}" if n % 7 == 3 else f"Person{n} Number"
        style, value = list(SocialStyle)[n % 5], [*Sentiment, None][n % 6]
        rows += (
            Stakeholder(
                id=f"p{n:03}",
                name=name,
                title=f"Head of matter {n}",
                reports_to=boss,
                rank=n,
                style=style,
                influence=n % 5 + 1 if n % 11 else None,
                interest=n % 4 + 1 if n % 13 else None,
                placeholder=n % 17 == 16,
            ),
            Reading(session="S2", stakeholder=f"p{n:03}", toward="all", value=value),
        )
        if n % 3 == 0:
            rows.append(Tie(stakeholder=f"p{n:03}", party="ps", owner="P1"))
        if n > 5:
            kind = list(RelationKind)[n % 4]
            rows.append(Relation(source=f"p{n:03}", target=f"p{n - 5:03}", kind=kind, strength=n % 3 + 1))
    return plan_of(*rows)
