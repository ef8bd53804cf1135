"""The joint action plan as the customer gets it: one page, what was agreed and who does what first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from workshop_tui.documents.document import (
    BlockOfText,
    Document,
    Paragraph,
    Quote,
    Tasks,
    Text,
    TextItem,
    TextList,
    TextRun,
    TextTable,
    bold,
    bullets,
    italic,
    joined,
    section,
    table,
    text,
)
from workshop_tui.documents.source import Source, by_due, day, sentence
from workshop_tui.domain.base.text import counted, one_line
from workshop_tui.domain.base.vocabulary import (
    ActionStatus,
    AnswerStatus,
    GrowthStatus,
    PropositionStatus,
    RiskStatus,
)
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import Initiative, SteeringDate
from workshop_tui.domain.model.session import Decision, Parking, Risk
from workshop_tui.domain.model.value import Answer, Contribution, GrowthStep, Proof, Proposition, Target
from workshop_tui.domain.rules.decisions import replaced_by
from workshop_tui.domain.rules.growth import in_time, period_name
from workshop_tui.domain.rules.people import has_left
from workshop_tui.domain.rules.value import by_recognition, holds, surest_first

ALONE = (
    "This tells only what the session itself dated: who was there, and what was decided, parked and agreed "
    "in it, not what came of that later."
)


def customer_plan(of: Source) -> Document:
    """Return the plan for the customer. The view has nothing in it that they may not see."""
    blocks = (
        *_head(of),
        *section("Put right since", bullets(of.put_right())),
        *section("In short", bullets(_in_short(of))),
        *section("What we agreed", *_agreed(of)),
        *section("Who does what by when", *_actions(of)),
        *section("What you told us", *_said(of)),
        *section("What we propose", *_proposed(of)),
        *section("What it should bring", bullets(_promised(of))),
        *section("What it has brought", bullets(_brought(of))),
        *section("Where it goes from here", bullets(_growth(of))),
        *section("What we measure together", _measured(of)),
        *section("Still to be settled", bullets(_unsettled(of))),
        *section("Who is who", _who_is_who(of)),
    )
    return Document(f"{of.view.account.name}: our joint plan", blocks, of.facts())


def _head(of: Source) -> Iterator[BlockOfText]:
    held = f"Workshop of {day(of.session.held_on)}" if of.session and of.is_named else ""
    is_past = of.session is not None and (of.session.held_on < of.on or not held)
    as_of = f"as of {day(of.on)}" if is_past and not (of.sealed and held) else ""
    when = "; ".join(filter(None, (held, as_of))) or "No workshop yet"
    when = f"{when[0].upper()}{when[1:]}"
    yield Paragraph(text(f"With {of.firms}. " if of.firms else "", f"{when}."))
    contacts = [(member, party) for party in of.view.partners if (member := of.member_of(party))]
    if contacts:
        known = (
            f"{member.name} ({', '.join(filter(None, (party.short, member.email)))})"
            for member, party in contacts
        )
        yield Paragraph(text(bold("Your contacts"), f": {' and '.join(known)}."))
    if of.is_alone:
        yield Paragraph(text(ALONE))


def _in_short(of: Source) -> Iterator[Text]:
    if (best := _best(of)) and best.customer_gains:
        yield text(bold("What you gain"), f": {sentence(best.customer_gains)}")
    open_ones = [action for action in of.view.all(Action) if action.status.is_open]
    ours = [action for action in open_ones if not of.view.get(Stakeholder, action.owner)]
    late = [action for action in ours if action.due and action.due < of.on]
    ahead = [action for action in ours if action not in late]
    dated = [action for action in ahead if action.due] or ([] if late else ahead)
    for told, steps in (("Next, and late" if not dated else "Late on our side", late), ("Next", dated)):
        if steps:
            step = min(steps, key=by_due)
            yield text(bold(told), f": {one_line(step.title)}, ", _by_whom_and_when(of, step), ".")
    asked = [action for action in open_ones if of.view.get(Stakeholder, action.owner)]
    if asked:
        wanted = (
            text(f"{one_line(action.title)} (", _by_whom_and_when(of, action), ")")
            for action in sorted(asked, key=by_due)
        )
        yield text(bold("What we ask of you"), ": ", joined(wanted, "; "), ".")


def _by_whom_and_when(of: Source, action: Action) -> Text:
    """Return whose an action is and by when, and how late it is, if it is."""
    task = of.task(action)
    if not task.days_late:
        return joined((of.whoever(action.owner) or "nobody yet", day(action.due)), ", ")
    late = bold(f"{counted(task.days_late, 'day')} late")
    return joined((of.whoever(action.owner) or "nobody yet", f"was due {day(action.due)}", late), ", ")


def _agreed(of: Source) -> Iterator[BlockOfText]:
    """Yield what holds, the newest session's first; what was replaced is not agreed any more."""
    sessions = [*of.here(Decision)] if of.is_alone else [*of.view.all(Decision)]
    standing = [row for row in sessions if replaced_by(of.view, row) is None]
    standing.sort(key=lambda row: -of.view.number_of(row.session))
    items = (
        TextItem(text(sentence(row.text), *((" ", italic(f"({day(held.held_on)})")) if held else ())))
        for row in standing
        for held in [next((each for each in of.sessions if each.id == row.session), None)]
    )
    yield TextList(tuple(items), is_numbered=True)
    wants = [one_line(row.text) for row in of.view.all(Objective)]
    if wants:
        yield Paragraph(text(bold("What you want to reach"), f": {'; '.join(wants)}."))


def _actions(of: Source) -> Iterator[BlockOfText]:
    actions = of.view.all(Action)
    open_ones = sorted((action for action in actions if action.status.is_open), key=by_due)
    yield Tasks(tuple(map(of.task, open_ones)))
    since = of.before.held_on if of.before else dt.date.min
    done = sum(row.status is ActionStatus.DONE and (row.done_on or of.on) >= since for row in actions)
    ago = f"since {day(since)}" if of.before else "so far"
    parts = (f"{counted(done, 'action')} done {ago}" if done else "", _next_time(of))
    if said := ". ".join(filter(None, parts)):
        yield Paragraph(text(f"{said}."))


def _next_time(of: Source) -> str:
    """Return when we meet next, as far as the customer knows of it."""
    days = [
        *((date.on, "review") for date in of.view.all(SteeringDate) if date.on > of.on and not date.held_on),
        *((session.held_on, "workshop") for session in of.sessions if session.held_on > of.on),
    ]
    on, what = min(days, default=(dt.date.max, ""))
    return f"Next {what}: {day(on)}" if what else ""


def _said(of: Source) -> Iterator[BlockOfText]:
    """Yield what they have confirmed as quotations, then what was heard and is still to be confirmed."""
    holding = surest_first(filter(holds, of.view.all(Answer)))
    sure = [answer for answer in holding if answer.status is AnswerStatus.VALIDATED]
    for answer in sure:
        when = f" (confirmed {day(answer.validated_on)})" if answer.validated_on else ""
        yield Quote(one_line(answer.text), f"{of.titled(answer.stakeholder)}{when}")
    heard = [answer for answer in holding if answer.status is not AnswerStatus.VALIDATED]
    if heard:
        yield Paragraph(text(bold("Is this right?"), " We heard this and would like you to confirm it."))
        yield bullets(f"“{one_line(answer.text)}” {of.person(answer.stakeholder)}" for answer in heard)


def _best(of: Source) -> Proposition | None:
    """Return the proposition that has come furthest, of those in which anything is written."""
    order = list(PropositionStatus)
    written = [row for row in of.view.all(Proposition) if row.customer_gains or row.together]
    return max(written, key=lambda row: (order.index(row.status), -row.rank), default=None)


def _proposed(of: Source) -> Iterator[BlockOfText]:
    """Yield a proposition in running sentences: what each firm brings, and what comes of it together."""
    for row in of.view.all(Proposition):
        shares = of.view.where(Contribution, proposition=row.id)
        brings = (
            sentence(f"{of.name('Party', share.party)} brings {_inside(share.brings)}")
            for share in shares
            if share.brings
        )
        together = sentence(f"Together: {row.together}") if row.together else ""
        gains = sentence(row.customer_gains) if row is not _best(of) else ""
        words = " ".join(filter(None, (*brings, together, gains)))
        if words:
            is_draft = row.status is PropositionStatus.DRAFT
            yield Paragraph(
                text(words, " ", italic("(draft, for your comments)")) if is_draft else text(words)
            )


def _inside(words: str) -> str:
    """Return words as they go on within a sentence: a first capital goes, but that of a name or initials."""
    first, _, rest = one_line(words).partition(" ")
    is_word = first == "A" or (first[:1].isupper() and first[1:].islower() and rest[:1].islower())
    return f"{first.lower() if is_word else first} {rest}".strip()


def _promised(of: Source) -> Iterator[Text]:
    """Yield what should get better, as far as nothing is reached of it yet."""
    for row in of.view.all(Target):
        if row.realised is None:
            serves = of.name("Objective", row.objective)
            yield joined((one_line(row.title), f"for “{serves}”" if serves else "", _horizon(row)))


def _horizon(row: Target) -> str:
    return f"{row.horizon.label} horizon" if row.horizon else ""


def _growth(of: Source) -> Iterator[Text]:
    for row in in_time(of.view.all(GrowthStep)):
        if row.status is not GrowthStatus.DROPPED:
            serves = of.name("Objective", row.objective)
            facts = (
                row.unit,
                of.whoever(row.owner),
                row.status.label,
                f"for “{serves}”" if serves else "",
            )
            yield text(bold(period_name(row.period)), f": {one_line(row.what)} · ", joined(facts))


def _brought(of: Source) -> Iterator[str]:
    """Yield what the customer has acknowledged, and value that they have confirmed, with the figures."""
    acknowledged, _ = by_recognition(of.view.all(Proof))
    for proof in acknowledged:
        by, on = of.person(proof.recognised_by), day(proof.recognised_on)
        worth = "" if proof.worth is None else f", worth {of.money(proof.worth)}"
        sure = f"acknowledged{f' by {by}' if by else ''}{f' {on}' if on else ''}"
        yield f"{one_line(proof.text)}{worth} ({sure})"
    for target in of.view.all(Target):
        if target.realised is not None:
            by, on = of.person(target.confirmed_by), day(target.confirmed_on)
            now = of.money(target.realised)
            come = (
                f"{now} reached" if target.baseline is None else f"from {of.money(target.baseline)} to {now}"
            )
            sure = f"confirmed{f' by {by}' if by else ''}{f' {on}' if on else ''}"
            yield f"{one_line(target.title)}: {come} ({sure})"


def _measured(of: Source) -> TextTable:
    rows = (
        (
            row.title,
            row.indicator,
            f"{row.target:g}",
            f"{row.actual:g} {row.direction.sign}",
            of.whoever(row.owner),
        )
        for row in of.view.all(Initiative)
    )
    return table(("What", "Counted", "Target", "Today", "Owner"), rows, 2, 3)


def _unsettled(of: Source) -> Iterator[Text]:
    for item in of.view.all(Parking):
        if not (item.has_turned or item.dropped):
            yield joined((one_line(item.text), of.with_side(item.owner), day(item.due)))
    for risk in of.view.all(Risk):
        if risk.status is RiskStatus.OPEN:
            what = f"Risk: {one_line(risk.text)}"
            yield joined((what, one_line(risk.response), of.with_side(risk.owner), day(risk.due)))


def _who_is_who(of: Source) -> TextTable:
    """Return their people against ours: whom each of them can turn to about what was agreed.

    Read from the actions that they may see: who owns a relationship is not for the customer.
    """
    partners = of.view.partners
    doing: dict[str, dict[str, list[str]]] = {}
    for action in of.view.all(Action):
        answer = of.view.get(Answer, action.answer)
        whom = action.stakeholder or (answer.stakeholder if answer else None)
        for ours in (of.view.get(Member, action.owner), of.view.get(Member, action.accountable)):
            if whom and ours and action.status is not ActionStatus.DROPPED:
                names = doing.setdefault(whom, {}).setdefault(ours.party, [])
                names.extend({ours.name} - {*names})
    rows: list[tuple[str | TextRun | Text, ...]] = [
        (
            text(bold(person.name), f", {person.title}" if person.title else ""),
            *(", ".join(doing[person.id].get(party.id, ())) or "–" for party in partners),
        )
        for person in of.view.all(Stakeholder)
        if person.id in doing and not person.placeholder and not has_left(person, of.on)
    ]
    return table((of.customer, *(party.short for party in partners)), rows)
