"""A person taken out of the record of a sealed session."""

from __future__ import annotations

from msgspec.structs import replace

from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.plan_json import dump_plan, load_plan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.domain.rules.erasing import PersonErasure, Sought, erasing, names_of_others, people_of

_NOTHING_LEFT = "The record could not be read, named a person who was erased, and is gone with them.\n"


def record_without(sought: Sought, account: str, erasure: PersonErasure, record: str) -> str:
    """Return a record without a person; the very same where it says nothing of them.

    One that can't be read and names them is left out whole, as nobody can tell what in it is about them.
    """
    try:
        plan = load_plan(record)
    except DocumentError:
        return _NOTHING_LEFT if erasure.words.stand_in(record, any_case=True) else record
    theirs = people_of(sought, account, plan)
    words = erasure.words.without(names_of_others(plan, theirs))
    changes = erasing(plan, replace(erasure, people=theirs, words=words))
    return dump_plan(apply(plan, Step(changes))) if changes else record
