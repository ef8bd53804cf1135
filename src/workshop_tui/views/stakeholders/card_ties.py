"""What ties a person to others on the card: meetings with ours, and relations with the customer's people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.vocabulary import RelationKind
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder, Relation, Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan, draft_place, rank_after
from workshop_tui.domain.plan.setters import upsert
from workshop_tui.domain.plan.step import Add, Changes, Refused, removal
from workshop_tui.domain.rules.people import held_on, met
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.base import row_id
from workshop_tui.views.cell import TICK, Cell, Choice, Col, Edit
from workshop_tui.views.choices import adds_of, choices_of
from workshop_tui.views.fields import edit_of, typed_value
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row


def nothing(_plan: AccountPlan, _value: Json) -> Changes:
    """Change nothing: another question follows."""
    return ()


# Meetings


def meeting_row(live: LivePlan, meeting: Meeting, person: Stakeholder | None = None) -> Row:
    """Return a meeting's day and who of ours was there; on somebody's card, who else of theirs."""
    there = {row.member for row in live.view.where(MeetingMember, meeting=meeting.id)}
    names = ", ".join(member.name for member in live.view.all(Member) if member.id in there)
    others = [one.words for one in met(live.view, meeting) if person and one.id != person.id]
    beside = f" · with {', '.join(others)}" if others else ""
    told = (names or "? nobody of ours") + beside
    who = Cell(told, "" if names else "warn", partial(_who_was_there, live, meeting))
    return Row(row_id(meeting), (Cell(format_date(meeting.on), "muted"), who))


def _who_was_there(live: LivePlan, meeting: Meeting) -> Edit:
    """Return how choosing somebody of ours puts them into a meeting, or takes them out."""
    there = {row.member for row in live.view.where(MeetingMember, meeting=meeting.id)}

    def build(plan: AccountPlan, member: Json) -> Changes:
        was = plan.get(MeetingMember, meeting.id, str(member))
        if was:
            return removal(plan, was)
        return (Add(MeetingMember(meeting=meeting.id, member=str(member))),) if member else ()

    choices = tuple(
        replace(choice, text=f"{TICK if choice.value in there else '–'} {choice.text}")
        for choice in choices_of(live.view, MeetingMember, "member")
    )
    title = f"Who of ours was there · {format_date(meeting.on)}"
    return Edit(
        *(title, draft_place(Meeting, meeting.key, "member"), "", build, choices),
        of=Member.VERBOSE_NAME,
        adds=adds_of(live.view, MeetingMember, "member"),
    )


def whom_we_met(live: LivePlan, meeting: Meeting) -> Cell:
    """Return whom of the customer's people a meeting was with."""
    names = ", ".join(person.words for person in met(live.view, meeting))
    return Cell(
        names or "? nobody of theirs", "" if names else "warn", partial(_who_of_theirs, live, meeting)
    )


def _who_of_theirs(live: LivePlan, meeting: Meeting) -> Edit:
    """Return how choosing one of the customer's people puts them into a meeting, or takes them out."""
    there = {row.stakeholder for row in live.view.where(MeetingStakeholder, meeting=meeting.id)}

    def build(plan: AccountPlan, person: Json) -> Changes:
        was = plan.get(MeetingStakeholder, meeting.id, str(person))
        if was and len(plan.where(MeetingStakeholder, meeting=meeting.id)) == 1:
            raise Refused("A meeting is with somebody: choose another first, or remove the meeting.")
        if was:
            return removal(plan, was)
        return (Add(MeetingStakeholder(meeting=meeting.id, stakeholder=str(person))),) if person else ()

    offered = choices_of(live.view, MeetingStakeholder, "stakeholder")
    gone = there - {choice.value for choice in offered}  # who has left was there all the same
    choices = tuple(
        replace(choice, text=f"{TICK if choice.value in there else '–'} {choice.text}")
        for choice in (
            *offered,
            *(Choice(id_, live.view.name_of(Stakeholder, id_), meaning="has left") for id_ in sorted(gone)),
        )
    )
    title = f"Whom did we meet? · {format_date(meeting.on)}"
    return Edit(
        *(title, draft_place(Meeting, meeting.key, "stakeholder"), "", build, choices),
        of=Stakeholder.VERBOSE_NAME,
        adds=adds_of(live.view, MeetingStakeholder, "stakeholder"),
    )


def new_meeting(live: LivePlan, person: Stakeholder) -> Edit:
    """Return how a meeting comes in: who of ours was there, then on which day."""
    choices = choices_of(live.view, MeetingMember, "member")

    def when(member: Json) -> Edit:
        return _on_which_day(live, person, str(member))

    return Edit(
        *(
            "New meeting: who of ours was there?",
            draft_place(Stakeholder, person.key, "met"),
            "",
            nothing,
            choices,
        ),
        of=Member.VERBOSE_NAME,
        adds=adds_of(live.view, MeetingMember, "member"),
        follow=when,
    )


def _on_which_day(live: LivePlan, person: Stakeholder, member: str) -> Edit:
    meeting = new_id()

    def build(plan: AccountPlan, typed: Json) -> Changes:
        day = typed_value(Meeting, "on", typed, live.dates)
        on = held_on(dt.date.fromisoformat(str(day)), live.today)
        rank = rank_after(plan.all(Meeting))
        yield Add(Meeting(id=meeting, rank=rank, on=on))
        yield Add(MeetingStakeholder(meeting=meeting, stakeholder=person.id))
        yield Add(MeetingMember(meeting=meeting, member=member))

    asked = edit_of(live.view, person, Col(Meeting, "on", key=lambda _person: (meeting,)), live.context)
    return replace(
        asked,
        title="On which day did they meet?",
        place=draft_place(Stakeholder, (*person.key, "met"), member),
        build=build,
        must=True,
        makes=str(RowId.entity(Meeting, meeting)),
    )


# Relations


class Way(Struct, frozen=True):
    """A kind of relation as it reads from one of its two ends."""

    kind: RelationKind
    sign: str
    text: str
    key: str
    out: bool = True
    """Whether this end acts on the other."""
    mutual: bool = False


WAYS = (
    Way(RelationKind.INFLUENCES, "→", "influences", "i"),
    Way(RelationKind.INFLUENCES, "←", "listens to", "l", out=False),
    Way(RelationKind.DOTTED_LINE, "┄", "answers to", "d"),
    Way(RelationKind.DOTTED_LINE, "┄", "leads", "t", out=False),
    Way(RelationKind.ALLIED, "=", "allied with", "a", mutual=True),
    Way(RelationKind.CONFLICT, "≠", "at odds with", "c", mutual=True),
)


def relation_rows(live: LivePlan, person: Stakeholder) -> Iterator[Row]:
    """Yield the relations with others, seen from this person, each kind together."""
    for way in WAYS:
        for relation, other in _ends(live.view, person, way):
            how = partial(edit_of, live.view, relation, Col(Relation, "strength"), live.context)
            name = live.view.name_of(Stakeholder, other)
            is_graded = way.kind is RelationKind.INFLUENCES
            text = f"{name} ({relation.strength})" if is_graded else name
            yield Row(
                row_id(relation),
                (Cell(f"{way.sign} {way.text}", "muted"), Cell(text, "", how if is_graded else None)),
            )


def _ends(view: AccountPlan, person: Stakeholder, way: Way) -> Iterator[tuple[Relation, str]]:
    out = view.where(Relation, source=person.id) if way.out else ()
    into = view.where(Relation, target=person.id) if way.mutual or not way.out else ()
    yield from ((relation, relation.target) for relation in out if relation.kind is way.kind)
    yield from ((relation, relation.source) for relation in into if relation.kind is way.kind)


def new_relation(live: LivePlan, person: Stakeholder) -> Edit:
    """Return how a relation comes in: of which kind, with whom, and how strong where that counts."""
    choices = tuple(
        Choice(at, way.text, way.key, "by a dotted line" if way.sign == "┄" else "")
        for at, way in enumerate(WAYS)
    )

    def with_whom(at: Json) -> Edit:
        return _with_whom(live, person, WAYS[int(str(at))])

    title = f"New relation · {person.name}"
    return Edit(
        title, draft_place(Stakeholder, person.key, "related"), "", nothing, choices, follow=with_whom
    )


def _with_whom(live: LivePlan, person: Stakeholder, way: Way) -> Edit:
    others = tuple(c for c in choices_of(live.view, Relation, "target") if c.value != person.id)

    def build(plan: AccountPlan, other: Json) -> Changes:
        return _related(plan, person, way, str(other)) if other else ()

    def how_strongly(other: Json) -> Edit | None:
        if way.kind is not RelationKind.INFLUENCES:
            return None
        name = live.view.name_of(Stakeholder, str(other))

        def graded(plan: AccountPlan, strength: Json) -> Changes:
            return _related(plan, person, way, str(other), strength)

        title = f"{person.name} {way.text} {name}: how strongly?"
        strengths = choices_of(live.view, Relation, "strength")
        return Edit(
            title, draft_place(Stakeholder, (*person.key, "related"), "strength"), "", graded, strengths
        )

    title = f"{person.name} {way.text} …"
    return Edit(
        *(title, draft_place(Stakeholder, (*person.key, "related"), "other"), "", build, others),
        of=Stakeholder.VERBOSE_NAME,
        adds=adds_of(live.view, Relation, "target"),
        follow=how_strongly,
    )


def _related(plan: AccountPlan, person: Stakeholder, way: Way, other: str, strength: Json = 1) -> Changes:
    source, target = (person.id, other) if way.out else (other, person.id)
    if way.mutual and plan.get(Relation, target, source, way.kind):
        raise Refused(f"This is on the card already: {person.name} is {way.text} them.")
    return upsert(plan, Relation, (source, target, way.kind), {"strength": strength})
