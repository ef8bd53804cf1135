"""The joint account plan, for the alliance or one of its firms: all that matters, what changed first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from workshop_tui.documents.customer_plan import ALONE
from workshop_tui.documents.document import (
    BlockOfText,
    Document,
    Heading,
    Organisation,
    OrganisationBox,
    Paragraph,
    Tasks,
    Text,
    TextItem,
    TextList,
    TextRun,
    TextTable,
    bold,
    bullets,
    code,
    italic,
    joined,
    section,
    struck,
    table,
    text,
)
from workshop_tui.documents.source import Source, by_due, day, grouped, percent, sentence, told
from workshop_tui.domain.base.entity import title_of
from workshop_tui.domain.base.text import counted, one_line
from workshop_tui.domain.base.vocabulary import (
    TOWARD_ALL,
    ActionStatus,
    AnswerStatus,
    ApproachKind,
    GrowthStatus,
    RiskStatus,
    Sentiment,
    SteeringRole,
    StepStatus,
)
from workshop_tui.domain.gaps.ranking import GapGroup, ranked
from workshop_tui.domain.gaps.registry import Gap
from workshop_tui.domain.lifecycle.closing import outcome
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.actions import Action, Approach, ApproachStep, CrmId
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.people import (
    Meeting,
    MeetingMember,
    MeetingStakeholder,
    Reading,
    Relation,
    Stakeholder,
    Tie,
)
from workshop_tui.domain.model.scorecard import Goal, Initiative, SteeringDate, SteeringSeat, Terms
from workshop_tui.domain.model.session import Block, Decision, Guest, Parking, Presence, Risk, Roti, Session
from workshop_tui.domain.model.value import (
    Answer,
    Contribution,
    Difference,
    GrowthStep,
    Option,
    Proof,
    Proposition,
    Target,
    TargetAnswer,
)
from workshop_tui.domain.plan.plan import display_name
from workshop_tui.domain.rules.compare import Comparison, Fate
from workshop_tui.domain.rules.decisions import in_the_room, replaced_by, short_id
from workshop_tui.domain.rules.difference import by_dimension
from workshop_tui.domain.rules.governance import was_held
from workshop_tui.domain.rules.growth import in_time, period_name
from workshop_tui.domain.rules.people import has_left, latest_reading
from workshop_tui.domain.rules.proposition import answers_behind
from workshop_tui.domain.rules.risks import ranked as ranked_risks
from workshop_tui.domain.rules.scorecard import WHEEL, actuals, by_component, sparkline
from workshop_tui.domain.rules.value import behind, by_recognition, holds, surest_first
from workshop_tui.domain.rules.votes import places

_SOON = dt.timedelta(days=30)
_MOST_GAPS = 10
_FEW = 3
"""So many open actions are taken in at a glance."""
_TERMS = ("purpose", "cadence", "invites", "decides", "quorum", "brought")


def account_plan(of: Source, *, is_drawn: bool = True) -> Document:
    """Return the plan for the alliance or one firm.

    Without `is_drawn` there is no chart of the customer's people.
    """
    parts = _of_one_session(of) if of.is_alone else _of_the_account(of, is_drawn=is_drawn)
    return Document(f"{of.view.account.name}: joint account plan", (*_head(of), *parts), of.facts())


def _of_the_account(of: Source, *, is_drawn: bool) -> Iterator[BlockOfText]:
    parts = (
        ("In short", _in_short(of)),
        (f"Since {day(of.before.held_on)}" if of.before else "", _since(of)),
        ("Decisions", _decisions(of)),
        ("Actions", _actions(of)),
        ("Stakeholder map", _people(of, is_drawn=is_drawn)),
        ("Approach", [_approaches(of)]),
        ("What they value", _value(of)),
        ("Proposition", _proposition(of)),
        ("Scorecard", _scorecard(of)),
        ("Risks and parking lot", _open_points(of)),
        ("Governance", _governance(of)),
        ("What is missing", _missing(of)),
        ("Annex", _annex(of)),
    )
    number = 0
    for title, blocks in parts:
        if title and (found := section(f"{number + 1} {title}", *blocks)):
            number += 1
            yield from found


def _of_one_session(of: Source) -> Iterator[BlockOfText]:
    yield from section("Decisions", *_decisions(of))
    yield from section("Actions", *_actions(of))
    yield from section("What they said", *_value(of))
    yield from section("How people felt", _felt(of))
    yield from section("Risks and parking lot", *_open_points(of))
    yield from section("The session", *_session(of))


def _head(of: Source) -> Iterator[BlockOfText]:
    number = f"Session {of.number}, {day(of.session.held_on)}" if of.session else "No session yet"
    as_of = "" if of.sealed or (of.session and of.session.held_on >= of.on) else f"; as of {day(of.on)}"
    sealed = f" {of.sealed}." if of.sealed else ""
    yield Paragraph(text(of.reader, f" {number}{as_of}.", sealed))
    if of.is_alone:
        yield Paragraph(text(ALONE))
    yield from section("Put right since", bullets(of.put_right()))


# 1 In short


def _in_short(of: Source) -> Iterator[BlockOfText]:
    account = of.view.account
    if account.headline:
        yield Paragraph(text(bold(sentence(account.headline))))
    actions = sorted((row for row in of.view.all(Action) if row.status.is_open), key=by_due)
    late = sum(row.due is not None and row.due < of.on for row in actions)
    is_indexed = len(actions) > _FEW and not of.owner
    quality = of.figures.quality.score
    yield bullets(
        (
            joined(
                (
                    text(bold("Stage"), f": {account.stage.label}"),
                    f"offer: {one_line(account.offer)}" if account.offer else "",
                    f"competitor: {one_line(account.competitor)}" if account.competitor else "",
                )
            ),
            joined(
                (
                    f"{counted(len(actions), 'open action')}",
                    bold(f"{late} late") if late else "none late",
                    f"plan quality {percent(quality)}" if quality is not None else "",
                )
            ),
            text(bold("Whose"), ": ", joined(_whose(of, actions))) if is_indexed else "",
            *(text(bold(row.title), f": {_reached(row)}") for row in of.view.all(Goal)),
            _lines_of_objectives(of),
        )
    )
    first = ranked(of.figures.gaps)[:3]
    if first:
        yield Paragraph(text(bold("Fix first"), ":"))
        yield TextList(tuple(TextItem(_gap_line(of, group)) for group in first), is_numbered=True)


def _lines_of_objectives(of: Source) -> Text:
    wants = [one_line(row.text) for row in of.view.all(Objective)]
    return text(bold(f"{of.customer} wants"), f": {'; '.join(wants)}") if wants else ()


def _reached(goal: Goal) -> str:
    return f"{goal.actual:g} of {goal.target:g} {goal.unit}".rstrip()


# 2 Since the last session


def _since(of: Source) -> Iterator[BlockOfText]:
    if of.before and of.session:
        changes = of.figures.since(of.before.id, of.session.id)
        yield table(("", "Then", "Now", "Why"), _changes(changes))


def _changes(all_of_it: Comparison) -> Iterator[tuple[str | TextRun | Text, ...]]:
    """Yield who or what changed: then, now and why."""
    for one in all_of_it.sentiment:
        moved = one.then and one.then.value is not None and one.now.value is not None
        sign = _turn(one.then.value if one.then else None, one.now.value) if moved else ""
        toward = "" if one.toward == TOWARD_ALL else f", toward {one.toward_name}"
        then = _feeling(one.then.value) if one.then else "not known"
        now = text(_feeling(one.now.value), f" {sign}" if sign else "")
        yield text(bold(one.name), toward), then, now, _evidence(one.now.confidence.label, one.now.evidence)
    for stage in all_of_it.stage:
        yield text(bold("Stage")), stage.then.label, stage.now.label, ""
    if all_of_it.outcomes:
        counts = [(fate, sum(one.fate is fate for one in all_of_it.outcomes)) for fate in Fate]
        became = ", ".join(f"{count} {fate.value.replace('_', ' ')}" for fate, count in counts if count)
        dropped = "; ".join(f"“{one.title}”: {one.reason}" for one in all_of_it.outcomes if one.reason)
        made = f"Actions of session {all_of_it.earlier.number}"
        yield text(bold(made)), str(len(all_of_it.outcomes)), became, dropped
    for firm in all_of_it.meetings_by_firm:
        alone = f", {firm.alone} alone" if firm.alone else ""
        yield text(bold(f"Meetings of {firm.name}")), "", f"{firm.meetings}{alone}", ""
    for row in all_of_it.scorecard:
        yield text(bold(row.title)), f"{row.then:g}", f"{row.now:g} {row.heading.sign}", ""
    for each in all_of_it.roti:
        scores = (f"{score:.2f}" if score is not None else "" for score in (each.then, each.now))
        yield text(bold("Return on time invested")), *scores, ""


def _turn(then: Sentiment | None, now: Sentiment | None) -> str:
    return "" if then is None or now is None or then == now else "▲" if now > then else "▼"


def _feeling(value: Sentiment | None) -> str:
    return "?" if value is None else value.sign.strip()


def _evidence(how: str, what: str) -> str:
    return f"{one_line(what)} ({how})" if what else how


# 3 Decisions


def _decisions(of: Source) -> Iterator[BlockOfText]:
    sessions = [of.session] if of.is_alone and of.session else list(reversed(of.view.sessions))
    rows = [
        (
            short_id(of.view, row),
            row.text if (later := replaced_by(of.view, row)) is None else text(struck(row.text)),
            f"{of.view.number_of(session.id)}, {day(session.held_on)}",
            "customer too" if row.visibility == "customer" else "",
            "" if later is None else short_id(of.view, later) or later.text,
        )
        for session in sessions
        for row in of.view.where(Decision, session=session.id)
    ]
    yield table(("No", "Decision", "Session", "For", "Replaced by"), rows)
    for session in sessions:
        there = in_the_room(of.view, session.id) if of.view.where(Decision, session=session.id) else ()
        if there:
            names = ", ".join(display_name(of.view, person) for person in there)
            yield Paragraph(text(f"In the room on {day(session.held_on)}: {names}."))


# 4 Actions


def _actions(of: Source) -> Iterator[BlockOfText]:
    """Yield all that is open, the latest date last, then what was closed since the session before."""
    open_ones = sorted((row for row in of.view.all(Action) if row.status.is_open), key=by_due)
    closed = _closed(of)
    counts = (
        ("late", sum(row.due is not None and row.due < of.on for row in open_ones)),
        (
            "in the next 30 days",
            sum(row.due is not None and of.on <= row.due <= of.on + _SOON for row in open_ones),
        ),
        ("later", sum(row.due is not None and row.due > of.on + _SOON for row in open_ones)),
        ("without a date", sum(row.due is None for row in open_ones)),
        ("closed since the session before" if of.before else "closed", len(closed)),
    )
    if open_ones or closed:
        yield Paragraph(joined(text(bold(str(count)), f" {what}") for what, count in counts if count))
    done = sorted((row for row in closed if row.status is ActionStatus.DONE), key=by_due)
    yield Tasks(tuple(map(of.task, (*open_ones, *done))))
    dropped = [row for row in closed if row.status is ActionStatus.DROPPED]
    yield bullets(_dropped(of, row) for row in sorted(dropped, key=by_due))


def _whose(of: Source, open_ones: Sequence[Action]) -> Iterator[str]:
    """Yield who has which actions, and for which of others they answer, so that each finds their own."""
    does = grouped(open_ones, lambda row: row.owner)
    others = [row for row in open_ones if row.accountable and row.accountable != row.owner]
    answers = grouped(others, lambda row: row.accountable)
    for person in sorted(filter(None, {*does, *answers}), key=of.whoever):
        for_ = _ids(answers.get(person, ()))
        parts = (of.whoever(person), _ids(does.get(person, ())), f"(answers for {for_})" if for_ else "")
        yield " ".join(filter(None, parts))
    if nobody := _ids(does.get(None, ())):
        yield f"nobody {nobody}"


def _ids(rows: Iterable[Action]) -> str:
    return ", ".join(row.id for row in rows)


def _closed(of: Source, *, before: bool = False) -> list[Action]:
    """Return what was done or dropped since the session before the one that is told, or earlier."""
    since = of.before.held_on if of.before else dt.date.min
    rows = [row for row in of.view.all(Action) if not row.status.is_open]
    return [row for row in rows if ((row.done_on or row.dropped_on or of.on) < since) is before]


def _dropped(of: Source, row: Action) -> Text:
    why = f"dropped: {one_line(row.reason)}" if row.reason else "dropped"
    return text(joined((struck(row.title), of.with_side(row.owner), day(row.due), why)), " ", code(row.id))


# 5 Stakeholder map


def _people(of: Source, *, is_drawn: bool) -> Iterator[BlockOfText]:
    people = list(_by_hierarchy(of))
    firms = of.view.partners
    feelings = ((TOWARD_ALL, "Alliance"), *((firm.id, firm.short) for firm in firms))
    head = ("Person", "Role", "Infl.", "Style", *(title for _, title in feelings))
    yield table(
        head,
        (
            (
                _named(person, depth),
                person.role.label if person.role else "",
                str(person.influence or ""),
                "" if person.style.sign == "?" else person.style.label,
                *(_felt_toward(of, person, toward) for toward, _ in feelings),
            )
            for person, depth in people
        ),
        2,
    )
    yield table(
        ("Person", *(f"Owner at {firm.short}" for firm in firms), "Last met"),
        (
            (text(bold(person.words)), *(_owned(of, person, firm) for firm in firms), _met(of, person))
            for person, _ in people
        ),
    )
    yield bullets(_known(person) for person, _ in people)
    yield bullets(_meeting(of, row) for row in _last_meetings(of, [person for person, _ in people]))
    yield bullets(_relation(of, row) for row in of.view.all(Relation))
    gone = [person for person in of.view.all(Stakeholder) if has_left(person, of.on)]
    if gone:
        left = (f"{person.words}{f' ({day(person.left_on)})' if person.left_on else ''}" for person in gone)
        yield Paragraph(text(bold("No longer there"), f": {', '.join(left)}."))
    if is_drawn and len(people) > 1:
        yield Organisation(
            tuple(
                OrganisationBox(row.id, row.words, "" if row.placeholder else row.title, row.reports_to or "")
                for row, _ in people
            )
        )


def _by_hierarchy(of: Source) -> Iterator[tuple[Stakeholder, int]]:
    """Yield who is still there, each beneath their manager, with how deep they stand; 0 at the top."""
    people = [person for person in of.view.all(Stakeholder) if not has_left(person, of.on)]
    there = {person.id for person in people}
    below = grouped(people, lambda person: person.reports_to if person.reports_to in there else None)
    told: set[str] = set()

    def beneath(manager: str | None, depth: int) -> Iterator[tuple[Stakeholder, int]]:
        for person in sorted(below.get(manager, ()), key=lambda each: -(each.influence or 0)):
            if person.id not in told:
                told.add(person.id)
                yield person, depth
                yield from beneath(person.id, depth + 1)

    yield from beneath(None, 0)
    yield from ((person, 0) for person in people if person.id not in told)  # who manage one another


def _named(person: Stakeholder, depth: int) -> Text:
    title = "" if person.placeholder else person.title
    return text("↳ " * depth, bold(person.words), f", {title}" if title else "")


def _felt_toward(of: Source, person: Stakeholder, toward: str) -> str:
    """Return how somebody feels, with the turn against the session before."""
    now = latest_reading(of.view, person, toward)
    if now is None or now.value is None:
        return "?"
    was = of.view.get(Reading, of.before.id, person.id, toward) if of.before else None
    turn = _turn(was.value if was else None, now.value)
    return f"{_feeling(now.value)}{f' {turn}' if turn else ''}"


def _owned(of: Source, person: Stakeholder, firm: Party) -> Text:
    tie = of.view.get(Tie, person.id, firm.id)
    name = of.view.name_of(Member, tie.owner) if tie else ""
    level = f" ({tie.level.label})" if tie and tie.level else ""
    return text(name or bold("nobody"), level)


def _met(of: Source, person: Stakeholder) -> str:
    on = of.figures.last_contact(person.id)
    if on is None:
        return "never"
    beyond = of.figures.days_beyond_rhythm(person.id)
    return f"{day(on)}{', too long ago' if beyond else ''}"


def _known(person: Stakeholder) -> Text | str:
    """Return what else we know of somebody; "" for nothing."""
    also = f"also listens to {one_line(person.competitor)}" if person.competitor else ""
    told = "; ".join(filter(None, (also, one_line(person.note))))
    return text(bold(person.words), f": {told}") if told else ""


def _last_meetings(of: Source, people: Iterable[Stakeholder]) -> list[Meeting]:
    """Return of each person the last meeting of which there are words or a next step, the newest first."""
    theirs = grouped(of.view.all(MeetingStakeholder), lambda row: row.stakeholder)
    last: dict[str, Meeting] = {}
    for person in people:
        held = (of.view.get(Meeting, row.meeting) for row in theirs.get(person.id, ()))
        told_of = [row for row in held if row and row.on <= of.on and (row.said or row.next_step)]
        if told_of:
            newest = max(told_of, key=lambda row: (row.on, row.rank))
            last[newest.id] = newest
    return sorted(last.values(), key=lambda row: (row.on, row.rank), reverse=True)


def _meeting(of: Source, row: Meeting) -> str:
    whom = ", ".join(
        of.person(each.stakeholder) for each in of.view.where(MeetingStakeholder, meeting=row.id)
    )
    ours = [of.name("Member", each.member) for each in of.view.where(MeetingMember, meeting=row.id)]
    who = f"{whom} with {', '.join(ours)}" if ours else whom
    said, next_step = one_line(row.said), one_line(row.next_step)
    words = "; ".join(filter(None, (said, f"next: {next_step}" if next_step else "")))
    return f"Met {day(row.on)}, {who}: {words}"


def _relation(of: Source, row: Relation) -> str:
    strength = {1: "a little", 2: "", 3: "strongly"}[row.strength]
    kind = row.kind.label
    return f"{of.person(row.source)} → {of.person(row.target)}: {' '.join(filter(None, (kind, strength)))}"


# 6 Approach


def _approaches(of: Source) -> TextTable:
    found = [
        (person, row)
        for row in of.view.all(Approach)
        if (person := of.view.get(Stakeholder, row.stakeholder))
    ]
    found.sort(key=lambda pair: -(pair[0].influence or 0))
    return table(
        ("Person", "Lead", "Message", "Steps", "In the CRM"),
        (
            (
                text(bold(person.words)),
                told(("", of.name("Member", row.lead)), ("with", of.name("Member", row.companion))),
                one_line(row.message),
                _steps(of, person),
                told(
                    *(
                        (of.name("Party", each.party), each.crm)
                        for each in of.view.where(CrmId, stakeholder=person.id)
                    )
                ),
            )
            for person, row in found
        ),
    )


def _steps(of: Source, person: Stakeholder) -> str:
    """Return how far one has come with somebody: what was done last, and what comes next."""
    rows = [row for kind in ApproachKind if (row := of.view.get(ApproachStep, person.id, kind))]
    begun = (row for row in rows if row.status is not StepStatus.TODO or row.on)
    return " → ".join(
        f"{row.step.label} ({_stands(row)}{f': {one_line(row.override)}' if row.override else ''})"
        for row in begun
    )


def _stands(row: ApproachStep) -> str:
    status = "planned" if row.status is StepStatus.TODO else row.status.label
    return f"{status} {day(row.on)}".strip()


# 7 What they value


def _value(of: Source) -> Iterator[BlockOfText]:
    targets = of.view.all(Target)
    yield table(
        ("Value target", "Serves", "Worth", "Before", "Realised", "Answers behind it"),
        (
            (
                text(bold(one_line(row.title)), f" ({row.horizon.label})" if row.horizon else ""),
                of.name("Objective", row.objective),
                "" if row.estimate is None else of.money(row.estimate),
                "" if row.baseline is None else of.money(row.baseline),
                _realised(of, row),
                _answers_behind(of, row),
            )
            for row in targets
        ),
        2,
        3,
    )
    linked = {row.answer for row in of.view.all(TargetAnswer)} if targets else set()
    answers = surest_first(filter(holds, of.view.all(Answer)))
    themes = grouped(answers, lambda answer: answer.theme)
    for theme in sorted(themes, key=lambda name: (not name, -len(themes[name]))):  # what most speak of first
        if len(themes) > 1 or theme:
            yield Heading(theme[:1].upper() + theme[1:] if theme else "Without a theme", 3)
        yield TextList(tuple(_said(of, answer, is_linked=answer.id in linked) for answer in themes[theme]))


def _realised(of: Source, row: Target) -> str:
    if row.realised is None:
        return ""
    if row.confirmed_on is None:
        return f"{of.money(row.realised)}, not confirmed"
    by = of.person(row.confirmed_by)
    return f"{of.money(row.realised)}, confirmed {day(row.confirmed_on)}{f' by {by}' if by else ''}"


def _answers_behind(of: Source, row: Target) -> str:
    names = dict.fromkeys(
        of.person(answer.stakeholder) for answer in behind(of.view, row.id) if holds(answer)
    )
    unproven = row.id in {target.id for target in of.figures.balance.unproven}
    return "; ".join(filter(None, (", ".join(names), "none confirmed yet" if unproven else "")))


def _said(of: Source, answer: Answer, *, is_linked: bool) -> TextItem:
    """Return an answer in their words, who said it and how sure it is; beneath, what else is known."""
    sure = answer.status is AnswerStatus.VALIDATED
    on = answer.validated_on if sure else answer.heard_on
    heard = of.name("Member", answer.heard_by)
    status = " ".join(filter(None, ("confirmed" if sure else answer.status.label, day(on))))
    by = f", heard by {heard}" if heard and sure else f" by {heard}" if heard else ""
    more = ((name, getattr(answer, name)) for name in ("success", "measure", "personal"))
    return TextItem(
        text(f"“{one_line(answer.text)}” ", of.person(answer.stakeholder) or "Not named", f" ({status}{by})"),
        tuple(text(f"{title_of(Answer, name)}: {one_line(value)}") for name, value in (*more,) if value)
        + ((text(f"Horizon: {answer.horizon.label}"),) if answer.horizon and not is_linked else ()),
    )


# 8 Proposition


def _proposition(of: Source) -> Iterator[BlockOfText]:
    for row in of.view.all(Proposition):
        shares = of.view.where(Contribution, proposition=row.id)
        if not (row.together or row.customer_gains or any(share.brings or share.gains for share in shares)):
            continue
        yield Heading(f"{sentence(row.together) or 'What we bring'} ({row.status.label})", 3)
        yield bullets(
            (
                *(
                    text(bold(f"{of.name('Party', share.party)} brings"), f": {one_line(share.brings)}")
                    for share in shares
                    if share.brings
                ),
                text(bold(f"{of.customer} gains"), f": {one_line(row.customer_gains)}")
                if row.customer_gains
                else (),
                *(
                    text(bold(f"{of.name('Party', share.party)} gains"), f": {one_line(share.gains)}")
                    for share in shares
                    if share.gains
                ),
                _stands_on(of, row),
            )
        )
    yield from _options(of)
    yield from _proven(of)
    yield _growth(of)


def _stands_on(of: Source, row: Proposition) -> Text:
    answers = surest_first(filter(holds, answers_behind(of.view, row)))
    sure = sum(answer.status is AnswerStatus.VALIDATED for answer in answers)
    names = ", ".join(dict.fromkeys(of.person(answer.stakeholder) for answer in answers))
    if not answers:
        return ()
    return text(bold("Stands on"), f" {counted(len(answers), 'answer')}, {sure} confirmed: {names}")


def _options(of: Source) -> Iterator[BlockOfText]:
    options = sorted(of.view.all(Option), key=lambda option: -option.votes)
    placed = zip(places([option.votes for option in options]), options, strict=True)
    rows = ((place, text(one_line(row.text), " ", code(row.id)), str(row.votes)) for place, row in placed)
    yield table(("Place", "Option", "Dots"), rows, 0, 2)


def _proven(of: Source) -> Iterator[BlockOfText]:
    acknowledged, waiting = by_recognition(of.view.all(Proof))
    if acknowledged or waiting:
        yield Heading("What we have done", 3)
        yield table(
            ("What", "Firm", "Worth", "Acknowledged"),
            (
                (
                    one_line(row.text),
                    of.name("Party", row.party),
                    "" if row.worth is None else of.money(row.worth),
                    told(("by", of.person(row.recognised_by)), ("", day(row.recognised_on)))
                    or ("yes" if row.is_recognised else text(bold("not yet"))),
                )
                for row in (*acknowledged, *waiting)
            ),
            2,
        )
    differences = [row for rows in by_dimension(of.view.all(Difference)).values() for row in rows]
    if differences:
        yield Heading("Why us", 3)
        yield bullets(_difference(of, row) for row in differences)


def _difference(of: Source, row: Difference) -> Text:
    proof, firm = of.view.get(Proof, row.proof), of.name("Party", row.party)
    shown = f"shown by “{one_line(proof.text)}”" if proof else bold("no proof yet")
    kind = f"{row.dimension.label.capitalize()}: {one_line(row.text)}"
    return joined((kind, firm, shown))


def _growth(of: Source) -> TextTable:
    steps = [row for row in in_time(of.view.all(GrowthStep)) if row.status is not GrowthStatus.DROPPED]
    return table(
        ("Growth path", "What", "Unit", "Worth", "Owner", "Status"),
        (
            (
                period_name(row.period),
                joined(
                    (
                        one_line(row.what),
                        f"serves “{of.name('Objective', row.objective)}”" if row.objective else "",
                        f"builds on “{of.name('Proof', row.proof)}”" if row.proof else "",
                    ),
                    ", ",
                ),
                row.unit,
                "" if row.worth is None else of.money(row.worth),
                of.whoever(row.owner),
                row.status.label,
            )
            for row in steps
        ),
        3,
    )


# 9 Scorecard


def _scorecard(of: Source) -> Iterator[BlockOfText]:
    rows: list[tuple[str | TextRun | Text, ...]] = []
    for component, initiatives in by_component(of.view.all(Initiative)):
        if component:
            rows.append((text(italic(component)),))
        rows += [_initiative(of, row) for row in initiatives]
    head = ("Initiative", "Counted", "Target", "Actual", "", "Trend", "Owner")
    yield table(head, rows, 2, 3)


def _initiative(of: Source, row: Initiative) -> tuple[str | TextRun | Text, ...]:
    whose = of.name("Party", row.party)
    trend = sparkline(actuals(of.view, row))
    return (
        text(bold(one_line(row.title)), f", performance of {whose}" if whose else ""),
        one_line(row.indicator),
        f"{row.target:g}{' or less' if row.lower_is_better else ''}",
        f"{row.actual:g}",
        f"{WHEEL[row.completion // 25]} {row.direction.sign}",
        trend,
        of.whoever(row.owner),
    )


# 10 Risks and parking lot


def _open_points(of: Source) -> Iterator[BlockOfText]:
    rows = of.here(Risk) if of.is_alone else of.view.all(Risk)
    risks = [row for row in ranked_risks(rows) if row.status is RiskStatus.OPEN or of.is_alone]
    yield table(
        ("Risk", "Likely", "Impact", "What we do", "Owner", "By"),
        (
            (
                one_line(row.text),
                f"{row.likelihood} of 3" if row.likelihood else "",
                f"{row.impact} of 3" if row.impact else "",
                one_line(row.response),
                of.whoever(row.owner),
                day(row.due),
            )
            for row in risks
        ),
    )
    settled = [row for row in of.view.all(Risk) if row.status is not RiskStatus.OPEN and not of.is_alone]
    yield bullets(
        joined((f"Risk {row.status.label}: {one_line(row.text)}", day(row.settled_on))) for row in settled
    )
    parked = (row for row in of.view.all(Parking) if not of.elsewhere(row.session) or not _is_settled(row))
    yield bullets(joined((f"Parked: {one_line(row.text)}", _fate(of, row))) for row in parked)


def _is_settled(item: Parking) -> bool:
    return item.has_turned or item.dropped


def _fate(of: Source, item: Parking) -> str:
    if _is_settled(item):
        if became := outcome(of.view, item):
            return f"became the {became.VERBOSE_NAME} “{one_line(became.words)}”"
        return "dropped" if item.dropped else "settled"
    return told(("", of.with_side(item.owner)), ("by", day(item.due)), ("from", of.elsewhere(item.session)))


# 11 Governance


def _governance(of: Source) -> Iterator[BlockOfText]:
    order = list(SteeringRole)
    seats = sorted(of.view.all(SteeringSeat), key=lambda seat: order.index(seat.role))
    yield table(
        ("Steering committee", "Firm", "Held by"),
        (
            (
                row.role.label.capitalize(),
                of.name("Party", row.party),
                of.whoever(row.person) or text(bold("nobody yet")),
            )
            for row in seats
        ),
    )
    dates = sorted(of.view.all(SteeringDate), key=lambda date: date.on)
    yield bullets(
        (
            *(
                f"{title_of(Terms, name)}: {one_line(getattr(row, name))}"
                for row in of.view.all(Terms)
                for name in _TERMS
                if getattr(row, name)
            ),
            *(
                text(
                    f"Meeting on {day(row.on)}",
                    text(", ", bold("not held yet")) if row.on < of.on else "",
                    f": {one_line(row.about)}" if row.about else "",
                )
                for row in dates
                if not was_held(row, of.on)
            ),
        )
    )


# 12 What is missing


def _missing(of: Source) -> Iterator[BlockOfText]:
    gaps = of.figures.gaps
    besides = tuple(gap for gap in of.figures.quality.missing if gap not in set(gaps))
    if quality := _quality(of):
        yield Paragraph(text(quality))
    if gaps:
        groups = ranked(gaps)
        yield Paragraph(text(f"{counted(len(gaps), 'gap')}, the heaviest first:"))
        yield bullets(_gap_line(of, group) for group in groups[:_MOST_GAPS])
        if more := sum(len(group.gaps) for group in groups[_MOST_GAPS:]):
            yield Paragraph(text(f"And {counted(more, 'gap')} more."))
    if besides:
        yield Paragraph(text("What else would raise plan quality:"))
        yield bullets(_gap_line(of, group) for group in ranked(besides))


def _quality(of: Source) -> str:
    quality = of.figures.quality
    shares = (
        (quality.actions, "of the open and done actions are well formed"),
        (quality.people, "of the key people are looked after"),
    )
    why = ", ".join(f"{percent(share)} {says}" for share, says in shares if share is not None)
    return f"Plan quality {percent(quality.score)}: {why}." if why else ""


def _gap_line(of: Source, group: GapGroup) -> Text:
    """Return what is missing in a line: how many, of whom, and what mends it."""
    names = "; ".join(group.line(gap, _gap_name(of, gap)) for gap in group.gaps)
    return text(
        bold(group.told[:1].upper() + group.told[1:]),
        f": {names}" if names else "",
        f" → {group.fix}" if group.fix else "",
    )


def _gap_name(of: Source, gap: Gap) -> str:
    if gap.kind == Stakeholder.__name__:
        return of.person(gap.key[0])
    answer = of.view.get(Answer, *gap.key) if gap.kind == Answer.__name__ else None
    return f"“{one_line(answer.text)}” ({of.person(answer.stakeholder)})" if answer else gap.name


# Annex


def _annex(of: Source) -> Iterator[BlockOfText]:
    if of.session:
        yield from section("The session", *_session(of), level=3)
    yield from section("Follow-through", *_followed(of), level=3)
    closed = sorted(_closed(of, before=True), key=by_due)
    if closed:
        lines = (
            TextItem(
                text(
                    joined((row.title, of.with_side(row.owner), _ended(row))),
                    " ",
                    code(row.id),
                )
            )
            for row in closed
        )
        yield from section("Closed earlier", TextList(tuple(lines)), level=3)


def _ended(row: Action) -> str:
    if row.status is ActionStatus.DONE:
        return f"done {day(row.done_on)}".strip()
    return f"dropped{f': {one_line(row.reason)}' if row.reason else ''}"


def _session(of: Source) -> Iterator[BlockOfText]:
    """Yield what the session was for, who was there, what it cost and how the room scored its time."""
    if of.session is None:
        return
    here = of.session.id
    ours = [member for member in of.view.all(Member) if of.view.get(Presence, here, member.id)]
    firms = grouped(ours, lambda member: member.party)
    roti, seats = of.figures.roti(here), len(of.here(Roti))
    lines = (
        ("Purpose", one_line(of.session.purpose)),
        *((of.name("Party", firm), _introduced(people)) for firm, people in firms.items()),
        *((f"{of.customer}, for “{block.title}”", _guests(of, block)) for block in of.here(Block)),
        ("Facilitator", of.name("Member", of.session.facilitator)),
        ("Cost", of.figures.cost(here)),
        ("Return on time invested", f"{roti:.2f} of 5, from {counted(seats, 'seat')}" if roti else ""),
    )
    yield bullets(text(bold(title), f": {value}") for title, value in lines if value)


def _guests(of: Source, block: Block) -> str:
    return _introduced(row for row in of.view.all(Stakeholder) if of.view.get(Guest, block.id, row.id))


def _introduced(people: Iterable[Member | Stakeholder]) -> str:
    known = ((person.name, person.role if isinstance(person, Member) else person.title) for person in people)
    return ", ".join(f"{name} ({does})" if does else name for name, does in known)


def _followed(of: Source) -> Iterator[BlockOfText]:
    """Yield what became of the actions of each session that had any due, and of all together."""
    kept = [(_dated(of, session), of.figures.follow_through(session.id)) for session in of.view.sessions]
    found = [(session, counts) for session, counts in kept if counts and counts.due]
    every = of.figures.follow_through()
    if not found or not every:
        return
    due = f"Actions due by {day(of.on)}, judged by the date first agreed."
    yield Paragraph(text(due, " Dropped ones are left out of the rates."))
    yield table(
        ("Made in session", "Due", "On time", "Late", "Overdue", "Dropped", "On-time rate", "Done rate"),
        (
            (
                session,
                *map(str, (row.due, row.on_time, row.late, row.overdue, row.dropped)),
                percent(row.on_time_rate),
                percent(row.done_rate),
            )
            for session, row in (*found, ("All sessions", every))
        ),
        *range(1, 8),
    )


def _dated(of: Source, session: Session) -> str:
    return f"{of.view.number_of(session.id)}, {day(session.held_on)}"


def _felt(of: Source) -> TextTable:
    """Return how people felt in the session toward the alliance and each firm, and how we know."""
    read = grouped(of.here(Reading), lambda reading: reading.stakeholder)
    toward = ((TOWARD_ALL, "Alliance"), *((firm.id, firm.short) for firm in of.view.partners))
    rows: list[tuple[str | TextRun | Text, ...]] = []
    for person in of.view.all(Stakeholder):
        by_whom = {reading.toward: reading for reading in read.get(person.id, ())}
        if by_whom:
            how = dict.fromkeys(_evidence(row.confidence.label, row.evidence) for row in by_whom.values())
            feels = (_feeling(by_whom[to].value) if to in by_whom else "" for to, _ in toward)
            rows.append((text(bold(person.words)), *feels, "; ".join(how)))
    return table(("Person", *(title for _, title in toward), "How we know"), rows)
