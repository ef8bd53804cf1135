"""A small contacts file, what is proposed of it, and the plan that follows."""

import csv
import io
import itertools
from collections.abc import Callable

from tests.domain.plans import plan_of
from workshop_tui.documents.contacts import ContactMatch, Proposal, Same, propose, sure
from workshop_tui.documents.contacts_read import read_contacts
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan, problems
from workshop_tui.domain.plan.step import Step, apply, invert

INGRID = Stakeholder(id="ingrid", name="Ingrid Solvane", email="ingrid@norvane.example", rank=1)
PRIYA = Stakeholder(id="priya", name="Priya Vantongeren", title="Chief Risk Officer", rank=2)
PLAN = plan_of(INGRID, PRIYA)
HEAD = ("Full Name", "Job Title", "Email", "Reports To")


def sheet_of(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head, *((*row, *[""] * (len(head) - len(row))) for row in rows)])
    return out.getvalue().encode()


def proposed(content: bytes, plan: AccountPlan = PLAN, same: Same = sure) -> Proposal:
    return propose(read_contacts(content), plan, same=same)


def ids() -> Callable[[], str]:
    return map("n{}".format, itertools.count(1)).__next__


def after(plan: AccountPlan, proposal: Proposal) -> AccountPlan:
    """Return the plan with a proposal in it; all of it can be taken back."""
    step = Step(proposal.changes(plan, ids()))
    then = apply(plan, step)
    assert apply(then, invert(step)) == plan
    assert list(problems(then)) == []
    return then


def person(plan: AccountPlan, name: str) -> Stakeholder:
    return next(each for each in plan.all(Stakeholder) if each.name == name)


def merge(match: ContactMatch) -> bool:
    return bool(match)
