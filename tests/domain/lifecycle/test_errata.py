"""A slip of the pen in a sealed record is put right beside the seal; record and checksum stay."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.domain.plans import plan_of
from workshop_tui.documents.export import export
from workshop_tui.documents.plan_json import dump_plan, load_plan
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.lifecycle.errata import SealedText, errata_of, places_with, put_right, told
from workshop_tui.domain.lifecycle.seal import (
    SEALED,
    refuse_if_sealed,
    reopen_session,
    verify,
)
from workshop_tui.domain.model.session import Decision, Erratum, Risk, Seal, Session
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply, set_field
from workshop_tui.live.record import as_shown, seal_now

AT = dt.datetime(2026, 6, 9, 17, 2, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=1)
DECISION = Decision(id="d", session="S2", text="One statsu meeting", visibility=CUSTOMER)
RISK = Risk(id="r", session="S2", text="The pilto slips", visibility="ps")


def sealed(plan: AccountPlan, seal: str = "e1") -> AccountPlan:
    return apply(plan, Step(seal_now(plan, "S2", seal=seal, at=AT, journal=7)))


def righted(
    plan: AccountPlan, old: str, new: str, *, why: str = "A slip of the pen", erratum: str = "x1"
) -> AccountPlan:
    shown = as_shown(plan, "S2")
    assert shown.seal
    (place,) = places_with(plan, shown.seal.id, shown.plan, old)
    changes = put_right(
        *(plan, shown.seal, shown.plan, place, place.text.replace(old, new)),
        erratum=erratum,
        by="rowan",
        why=why,
        at=LATER,
    )
    refuse_if_sealed(plan, "S2", changes)  # an erratum may be made in a sealed session
    return apply(plan, Step(changes))


PLAN = sealed(plan_of(DECISION, RISK))


def test_the_record_and_its_checksum_stay_and_the_plan_is_put_right_where_it_says_the_same() -> None:
    after = righted(PLAN, "statsu", "status")
    (seal,) = after.all(Seal)
    assert seal == PLAN.all(Seal)[0]
    assert not verify(seal)
    shown = as_shown(after, "S2")
    assert shown.plan.get(Decision, "d") == DECISION
    assert [(one.old, one.new, one.by, one.why, one.at) for one in shown.errata] == [
        ("One statsu meeting", "One status meeting", "rowan", "A slip of the pen", LATER)
    ]
    decision = after.get(Decision, "d")
    assert decision is not None
    assert decision.text == "One status meeting"
    other = apply(PLAN, Step(set_field(DECISION, "text", "No meeting at all")))
    decision = righted(other, "statsu", "status").get(Decision, "d")
    assert decision is not None
    assert decision.text == "No meeting at all"


def test_what_was_put_right_is_put_right_once_more_from_how_it_reads_by_then() -> None:
    after = righted(righted(PLAN, "statsu", "status"), "status", "state", erratum="x2")
    assert [(one.old, one.new) for one in errata_of(after, "e1")][1] == (
        "One status meeting",
        "One state meeting",
    )


def test_the_sealed_words_put_back_take_away_what_was_put_right() -> None:
    after = righted(righted(PLAN, "statsu", "status"), "status", "state", erratum="x2")
    back = righted(after, "state", "statsu", erratum="x3")
    assert errata_of(back, "e1") == ()
    assert back.get(Decision, "d") == DECISION


def test_an_erratum_is_for_whoever_reads_the_text_in_the_record() -> None:
    after = righted(righted(PLAN, "statsu", "status"), "pilto", "pilot", erratum="x2")
    assert [one.visibility for one in errata_of(after, "e1")] == [CUSTOMER, "ps"]
    seen = {audience: project(after, audience).all(Erratum) for audience in (CUSTOMER, ALLIANCE, "ps")}
    assert [len(errata) for errata in seen.values()] == [1, 1, 2]
    (one,) = seen[CUSTOMER]
    assert (one.why, one.by) == ("", "")
    assert told(one, project(after, CUSTOMER)) == ("decision: «One statsu meeting» → «One status meeting»")


def test_the_document_of_a_sealed_session_tells_what_was_put_right() -> None:
    after = righted(righted(PLAN, "statsu", "status"), "pilto", "pilot", erratum="x2")
    shown = as_shown(after, "S2")
    day, session = AT.date(), shown.plan.get(Session, "S2")
    told_to = {
        audience: export(shown.plan, audience, "md", on=day, session=session, sealed=shown.told)
        for audience in (CUSTOMER, "tech", "ps")
    }
    line = "- Decision: «One statsu meeting» → «One status meeting» (10 Jun 2026)\n"
    assert line in told_to[CUSTOMER].text
    assert "pilot" not in told_to["tech"].text
    assert "rowan, 10 Jun 2026, A slip of the pen" in told_to["tech"].text
    assert "«The pilot slips»" in told_to["ps"].text
    now = export(after, "ps", "md", on=day).text
    assert "Put right since" not in now
    assert "One status meeting" in now


def test_a_later_seal_has_none_of_them_and_a_file_keeps_them() -> None:
    after = righted(PLAN, "statsu", "status")
    assert load_plan(dump_plan(after)) == after
    again = apply(after, Step(reopen_session(after, "S2", LATER, "One more decision")))
    assert as_shown(again, "S2").errata == ()
    again = sealed(again, "e2")
    assert as_shown(again, "S2").errata == ()
    earlier = again.get(Seal, "e1")
    assert len(as_shown(again, "S2", earlier).errata) == 1
    assert as_shown(again, "S2", earlier).plan.get(Decision, "d") == DECISION


@pytest.mark.parametrize(
    ("place", "new", "why", "said"),
    [
        (
            SealedText(Decision, ("d",), "text", "One statsu meeting", "One statsu meeting"),
            "One status meeting",
            " ",
            "needs a reason",
        ),
        (
            SealedText(Decision, ("d",), "text", "One statsu meeting", "One statsu meeting"),
            " ",
            "typo",
            "how it should read",
        ),
        (
            SealedText(Decision, ("d",), "text", "One statsu meeting", "One statsu meeting"),
            "One statsu meeting",
            "typo",
            "reads so",
        ),
        (SealedText(Decision, ("d",), "visibility", CUSTOMER, CUSTOMER), "ps", "typo", "does not stand"),
        (SealedText(Decision, ("gone",), "text", "x", "x"), "y", "typo", "does not stand"),
    ],
)
def test_what_is_no_erratum_is_refused(place: SealedText, new: str, why: str, said: str) -> None:
    shown = as_shown(PLAN, "S2")
    assert shown.seal
    with pytest.raises(Refused, match=said):
        put_right(PLAN, shown.seal, shown.plan, place, new, erratum="x", by="me", why=why, at=LATER)


def test_nothing_but_what_the_erratum_says_goes_along_with_it() -> None:
    shown = as_shown(PLAN, "S2")
    assert shown.seal
    (place,) = places_with(PLAN, "e1", shown.plan, "statsu")
    made = put_right(
        *(PLAN, shown.seal, shown.plan, place, "One status meeting"),
        erratum="x",
        by="me",
        why="typo",
        at=LATER,
    )
    with pytest.raises(Refused, match=SEALED.partition(":")[0]):
        refuse_if_sealed(PLAN, "S2", (*made, *set_field(RISK, "text", "Nothing slips")))
