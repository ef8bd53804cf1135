"""One person's card: all that is known of them, under headings. What isn't for the audience is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.vocabulary import CUSTOMER, TOWARD_ALL
from workshop_tui.domain.gaps.people import SOLO_MEETINGS, bring
from workshop_tui.domain.gaps.registry import Gap
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.people import Meeting, Reading, Relation, Stakeholder, Tie
from workshop_tui.domain.model.session import Block, Guest, Session
from workshop_tui.domain.plan.audience import shows_kind
from workshop_tui.domain.rules.people import is_key, meetings_with, rhythm
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import (
    KeyOf,
    drift_cell,
    fields_of,
    form_row,
    placeholder_row,
    sections,
    shown_to,
)
from workshop_tui.views.cell import Cell, Col, Plain
from workshop_tui.views.fields import shown, visible_cols
from workshop_tui.views.row_id import RowId
from workshop_tui.views.stakeholders.card_ties import meeting_row, new_meeting, new_relation, relation_rows
from workshop_tui.views.table import Row, Table

Rows = Iterable[Row]
CARD = (Plain(width=16), Plain(width=20, grow=1, wrap=True))


def person_card(live: LivePlan, person: Stakeholder) -> Table:
    """Return the card as a form; a heading under which there is nothing for this audience is left out."""
    parts = {
        "Person": _person(live, person),
        "Sentiment": _sentiment(live, person),
        "Ties": _ties(live, person),
        "Contacts": contact_rows(live, person),
        "Relations": _relations(live, person),
        "Pairing": _pairing(live, person),
        "Gaps": _gaps(live, person),
    }
    return sections(CARD, parts)


def reading_of(session: str, toward: str) -> KeyOf:
    """Return how to find a person's reading in a session toward the alliance or a partner."""

    def key(person: Entity) -> Key:
        return (session, person.key[0], toward)

    return key


def tie_of(party: str) -> KeyOf:
    """Return how to find a partner's tie to a person."""

    def key(person: Entity) -> Key:
        return (person.key[0], party)

    return key


def _fields(live: LivePlan, person: Stakeholder, cols: Iterable[Col]) -> Rows:
    return (form_row(live, person, col) for col in visible_cols(cols, live.audience))


def told_row(person: Stakeholder, at: tuple[str, ...], label: str, text: str, tone: str = "") -> Row:
    """Return a line that is worked out, and so can't be changed; `at` tells it from others of the card."""
    return Row(str(RowId.of(person).about("told", *at)), (Cell(label, "muted"), Cell(text, tone)))


def _person(live: LivePlan, person: Stakeholder) -> Rows:
    yield from _fields(live, person, fields_of(Stakeholder, "name", "title", "unit"))
    yield from _fields(live, person, fields_of(Stakeholder, "reports_to", "style"))
    yield from _fields(live, person, fields_of(Stakeholder, "influence", "interest"))
    if quadrant := live.figures.quadrant(person.id):
        yield told_row(person, ("quadrant",), "  quadrant", quadrant.label, "accent")
    yield from _fields(live, person, fields_of(Stakeholder, "authority", "role"))
    yield from _fields(live, person, fields_of(Stakeholder, "rhythm_days", "competitor", "note"))
    yield from _fields(live, person, fields_of(Stakeholder, "email", "placeholder"))
    if person.left_on or live.audience != CUSTOMER:
        yield from _fields(live, person, fields_of(Stakeholder, "left_on"))
    if person.left_on or person.successor:
        yield from _fields(live, person, fields_of(Stakeholder, "successor"))
    yield from _fields(live, person, fields_of(Stakeholder, "visibility"))


def _sentiment(live: LivePlan, person: Stakeholder) -> Rows:
    """Tell how they feel toward each, how that has moved, and what was read in earlier sessions."""
    before = live.view.before(live.session)
    drift = live.figures.drift(before.id, live.session_id).get(person.id, {}) if before else {}
    for title, toward in (("the alliance", TOWARD_ALL), *((p.short, p.id) for p in live.view.partners)):
        cols = _reading_cols(live.session_id, title, toward)
        for col in visible_cols(cols, live.audience):
            row = form_row(live, person, col)
            is_moved = toward in drift and col.name == "value"
            yield _moved(row, drift[toward]) if is_moved else row
        yield from _earlier(live, person, toward)


def _moved(row: Row, by: int) -> Row:
    value = row.cells[1]
    return replace(row, cells=(row.cells[0], replace(value, text=f"{value.text}  {drift_cell(by).text}")))


def _earlier(live: LivePlan, person: Stakeholder, toward: str) -> Rows:
    """Tell what was read before this session, the latest first."""
    for number in range(live.view.number_of(live.session_id) - 1, 0, -1):
        reading = live.view.get(Reading, live.view.sessions[number - 1].id, person.id, toward)
        if reading:
            value = shown(live.view, Reading, "value", reading.value) or "unknown"
            said = " · ".join(filter(None, (value, reading.confidence.label, reading.evidence)))
            yield told_row(person, (reading.session, toward), f"  session {number}", said, "muted")


def _reading_cols(session: str, title: str, toward: str) -> tuple[Col, ...]:
    key = reading_of(session, toward)
    return (
        Col(Reading, "value", title=f"To {title}", key=key),
        Col(Reading, "confidence", title="  confidence", key=key),
        Col(Reading, "evidence", title="  evidence", key=key),
    )


def _ties(live: LivePlan, person: Stakeholder) -> Rows:
    for party in live.view.partners:
        key = tie_of(party.id)
        cols = (
            Col(Tie, "owner", title=f"{party.short[:11]} owner", key=key, asked=True),
            Col(Tie, "level", title="  level now", key=key),
            Col(Tie, "wanted", title="  level wanted", key=key),
        )
        yield from _fields(live, person, cols)


def contact_rows(live: LivePlan, person: Stakeholder) -> Rows:
    """Tell when they were met last, by whom alone, and each meeting; a session they came to is one."""
    if not shows_kind(Meeting, live.audience):
        return
    yield _last_contact(live, person)
    party, run = live.figures.solo_run(person.id)
    if run:
        yield _solo(live, party, person, run)
    days = [(meeting.on, tuple(_met(live, meeting, person))) for meeting in meetings_with(live.view, person)]
    days += [(session.held_on, (_visited(live, person, session),)) for session in visits(live, person)]
    for _, rows in sorted(days, key=lambda day: day[0], reverse=True):
        yield from rows
    yield placeholder_row(RowId.new("meeting"), new_meeting(live, person))


def _met(live: LivePlan, meeting: Meeting, person: Stakeholder) -> Rows:
    """Tell a meeting, and beneath it what was said and comes next, where that is known."""
    yield meeting_row(live, meeting, person)
    for name in ("said", "next_step"):
        if getattr(meeting, name):
            title = f"  {Meeting.fields[name].title or name}".lower()
            yield form_row(live, meeting, Col(Meeting, name, title=title))


def _last_contact(live: LivePlan, person: Stakeholder) -> Row:
    last = live.figures.last_contact(person.id)
    days = (live.today - last).days if last else rhythm(person) + 1
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    tone = "warn" if is_key(person) and days > rhythm(person) else ""
    return told_row(
        person, ("contact",), "Last contact", f"{format_date(last)}, {ago}" if last else "never", tone
    )


def _solo(live: LivePlan, party: str, person: Stakeholder, run: int) -> Row:
    text = f"{live.view.name_of(Party, party)} alone, the latest{f' {run}' if run > 1 else ''}"
    if run < SOLO_MEETINGS:
        return told_row(person, ("solo",), "Solo run", text)
    return told_row(person, ("solo",), "Solo run", f"! {text}: {bring(live.view)}", "warn")


def visits(live: LivePlan, person: Stakeholder) -> Iterator[Session]:
    """Yield the sessions for a block of which they were in the room."""
    blocks = (live.view.get(Block, guest.block) for guest in live.view.where(Guest, stakeholder=person.id))
    there = {block.session for block in blocks if block}
    return (
        session for session in live.view.sessions if session.id in there and session.held_on <= live.today
    )


def _visited(live: LivePlan, person: Stakeholder, session: Session) -> Row:
    return told_row(person, ("visited", session.id), format_date(session.held_on), told_visit(live, session))


def told_visit(live: LivePlan, session: Session) -> str:
    """Return what is said of a session that they came to."""
    return f"in the room, session {live.view.number_of(session.id)}"


def _relations(live: LivePlan, person: Stakeholder) -> Rows:
    if shows_kind(Relation, live.audience):
        yield from relation_rows(live, person)
        yield placeholder_row(RowId.new("relation"), new_relation(live, person))


def _pairing(live: LivePlan, person: Stakeholder) -> Rows:
    for match in live.figures.pairing(person.id):
        name = live.view.name_of(Member, match.member)
        yield told_row(person, ("pairing", match.member), name, match.reason)


def _gaps(live: LivePlan, person: Stakeholder) -> Rows:
    if not shown_to(live, Stakeholder, "style"):
        return
    found = live.figures.gaps_of(person.id)
    yield from (_gap(person, gap) for gap in found)
    if not found:
        yield told_row(person, ("gaps",), "✓", "nothing is missing", "good")


def _gap(person: Stakeholder, gap: Gap) -> Row:
    """Return a gap as what is missing, and under it what to do."""
    said = "\n→ ".join(filter(None, (gap.missing, gap.fix)))
    return told_row(person, ("gap", gap.rule), "!", said, "warn")
