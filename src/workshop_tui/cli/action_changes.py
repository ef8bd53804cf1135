"""Commands that change actions of any account: each is one Step an account, as the app would take it."""

import datetime as dt
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from workshop_tui.cli.place import located, opened, user_settings
from workshop_tui.cli.plans import clock, day_of
from workshop_tui.cli.speech import DONE, CommandError, data, data_json, words
from workshop_tui.domain.base.dates import DateError, format_date
from workshop_tui.domain.base.text import clean_text, fold, nearest, one_of
from workshop_tui.domain.rules.action_lanes import NOBODY

if TYPE_CHECKING:
    from workshop_tui.domain.base.dates import Calendar
    from workshop_tui.domain.base.entity import Entity
    from workshop_tui.domain.capture.names import Candidate
    from workshop_tui.domain.capture.rows import Captured
    from workshop_tui.domain.model.actions import Action
    from workshop_tui.domain.model.session import Decision
    from workshop_tui.domain.plan.plan import AccountPlan
    from workshop_tui.domain.plan.setters import SetContext
    from workshop_tui.domain.plan.step import Change, Changes, Step
    from workshop_tui.live.row_changes import Build, Changed, RowMeant
    from workshop_tui.server_url import Database

_MOST_NAMED = 10
_ID = "its id, as `actions` lists it: A07, or norvane/A07"

Add = Callable[[str, Callable[..., int], str], ArgumentParser]


def add_to(command: Add) -> tuple[ArgumentParser, ...]:
    """Add the commands to the reader of command lines; return them."""
    finished = command("done", done, "complete actions")
    finished.add_argument("--on", metavar="DATE", help="the day they were done; today without it")
    finished.add_argument("--evidence", default="", metavar="TEXT", help="what shows that they are done")
    dated = command("due", due, "give actions another due date: ID… DATE")
    dated.add_argument("said", nargs="+", metavar="ID… DATE", help=f"{_ID}; at the end the date, as in +2w")
    handed = command("assign", assign, "hand actions over: ID… NAME")
    handed.add_argument(
        "said", nargs="+", metavar="ID… NAME", help=f"{_ID}; at the end who does it, or nobody"
    )
    handed.add_argument("--accountable", action="store_true", help="say who answers for them instead")
    handed.add_argument("--visible-to", default="", metavar="AUDIENCE", help="and who may see them")
    dropped = command("drop", drop, "drop actions, for a reason")
    dropped.add_argument("--reason", default="", metavar="TEXT", help="why, in a few words")
    again = command("reopen", reopen, "open actions again that were done or dropped")
    told = command("told", told_, "note that the customer was told what was done, or decided")
    told.add_argument("--on", metavar="DATE", help="the day they were told; today without it")
    for each in (finished, dropped, again, told):
        each.add_argument("ids", nargs="+", metavar="ID", help=_ID)
    acted = command("act", act, "add an action, or another row, as the capture line would")
    acted.add_argument("account", metavar="ACCOUNT", help="its id, its name, or how the name starts")
    acted.add_argument("line", nargs="+", metavar="LINE", help='as in "Send cost range @Lucía by +2w"')
    acted.add_argument("--keep", action="store_true", help="take as it stands what is asked about")
    undone = command("undo", undo, "take back the last thing you did to an account, and say what it was")
    undone.add_argument("account", metavar="ACCOUNT", help="its id, its name, or how the name starts")
    undone.add_argument("--yes", action="store_true", help="without a question, however much it takes back")
    for each in (finished, dated, handed, dropped, again, told):
        each.add_argument("--account", metavar="ACCOUNT", help="in this account alone: its id or its name")
    return finished, dated, handed, dropped, again, told, acted, undone


# Which actions are meant


def _found(path: "Database", typed: str, account: str | None, kinds: Sequence[str]) -> "list[RowMeant]":
    """Return what may be meant by an id: of several as it is typed first, else in any case; actions first."""
    from workshop_tui.live.row_changes import RowMeant
    from workshop_tui.store.open_actions import holders, short_ids

    of, slash, id_ = typed.rpartition("/")
    ids = short_ids(path)
    there = holders(path, id_, of if slash else account)
    if not slash:  # else a word such as «fri» might be taken for the beginning of an id
        there = tuple(one for one in there if fold(one[0]) == fold(id_))
    found = [RowMeant(*one, ids.ref(one[1], one[0])) for one in there]
    found = [one for one in found if one.kind in kinds]
    found = [one for one in found if one.id == id_] or found
    of_first = {one.account for one in found if one.kind == kinds[0]}
    return [one for one in found if one.kind == kinds[0] or one.account not in of_first]


def _meant(path: "Database", ids: Iterable[str], account: str | None, *kinds: str) -> "list[RowMeant]":
    """Return which rows are meant, each once; raises CommandError where one isn't there, or several are."""
    meant: dict[RowMeant, None] = {}
    for typed in ids:
        found = _found(path, typed, account, kinds or ("Action",))
        if not found:
            what = "action or decision" if "Decision" in kinds else "action"
            raise CommandError(
                f"There is no {what} «{clean_text(typed)}»: `workshop-tui actions` lists those that are open."
            )
        if len(found) > 1:
            raise CommandError(f"«{typed}» could be {one_of(one.ref for one in found)}: say which.")
        meant[found[0]] = None
    return list(meant)


def _split(path: "Database", said: Sequence[str], account: str | None) -> tuple[list[str], list[str]]:
    """Return the ids at the beginning of what is said, and the words behind them."""
    for count, word in enumerate(said):
        if not _is_id(path, word, account):
            return list(said[:count]), list(said[count:])
    return list(said), []


def _is_id(path: "Database", word: str, account: str | None) -> bool:
    """Whether a word is the id of an action; what has a slash may as well be a date, as in 1/12."""
    from workshop_tui.store.errors import StoreError

    try:
        return bool(_found(path, word, account, ("Action",)))
    except StoreError:
        if "/" not in word:
            raise
        return False


# What is changed


def _carry_out(
    path: "Database",
    meant: "Sequence[RowMeant]",
    build: "Build",
    tell: "Callable[[Changed], str]",
    *,
    json: bool,
) -> int:
    """Change these rows, in one Step an account, and say what has changed."""
    from workshop_tui.live.row_changes import change_rows

    changed: list[Changed] = []
    with opened(path, create=False) as store:
        try:
            for one in change_rows(store, meant, build, user_settings().actor, dt.datetime.now(dt.UTC)):
                changed.append(one)
                words(tell(one))
        finally:  # of several accounts one may have been changed when the next can't be
            if json and changed:
                data_json([_as_json(one) for one in changed])
    return DONE


def _as_json(one: "Changed") -> dict[str, Any]:
    was, now = one.before.plain(), one.after.plain()
    changed = {name: {"from": was[name], "to": now[name]} for name in now if was[name] != now[name]}
    return {
        "ref": f"{one.meant.account}/{one.meant.id}",
        "id": one.meant.id,
        "account": one.meant.account,
        "kind": one.meant.kind.lower(),
        "title": one.after.words,
        "changed": changed,
    }


def _context(plan: "AccountPlan") -> "SetContext":
    """Return when and where a field is set: on the account's day, in its latest session."""
    from workshop_tui.live.row_changes import context_of

    return context_of(plan, dates_of(plan))


def dates_of(plan: "AccountPlan") -> "Calendar":
    """Return how a date that is typed is understood in an account."""
    from workshop_tui.live.row_changes import dates_of

    return dates_of(plan, day_of(plan), day_first=user_settings().day_first)


def _refuse_closed(path: "Database", plan: "AccountPlan", action: "Action") -> None:
    if action.status == "done":
        day = f" on {format_date(action.done_on)}" if action.done_on else ""
        raise CommandError(f"«{action.words}» was done already{day}: nothing has changed.")
    if action.status == "dropped":
        from workshop_tui.store.open_actions import short_ids

        ref = short_ids(path).ref(plan.account.id, action.id)
        again = f"`workshop-tui reopen {ref}` opens it again"
        raise CommandError(f"«{action.words}» was dropped ({action.reason}): {again}.")


def _called(one: "Changed") -> str:
    return f"{one.after.words} ({one.meant.ref}, {one.plan.account.name})"


# The commands


def done(  # noqa: PLR0913 - one for each option
    ids: Sequence[str], *, account: str | None, on: str | None, evidence: str, json: bool, db: str | None
) -> int:
    """Complete actions."""
    from workshop_tui.domain.rules.follow_through import complete_action

    def build(plan: "AccountPlan", action: "Action") -> "Changes":
        _refuse_closed(path, plan, action)
        return complete_action(plan, action, day_of(plan, on), evidence, day_of(plan))

    def tell(one: "Changed") -> str:
        return f"Done on {format_date(one.after.done_on)}: {_called(one)}."

    path = located(db).path
    return _carry_out(path, _meant(path, ids, account), build, tell, json=json)


def due(said: Sequence[str], *, account: str | None, json: bool, db: str | None) -> int:
    """Give actions another due date; the date comes last, and may have several words."""
    path = located(db).path
    ids, rest = _split(path, said, account)
    if not ids or not rest:
        raise CommandError(_wrong_order(path, said, account, "due date", "+2w"))

    def build(plan: "AccountPlan", action: "Action") -> "Changes":
        from workshop_tui.live.row_changes import redate

        _refuse_closed(path, plan, action)
        return redate(plan, action, _day(plan, rest), _context(plan))

    def tell(one: "Changed") -> str:
        _say_year(one.plan, " ".join(rest), one.after.due)
        was = f", was {format_date(one.before.due)}" if one.before.due else ""
        return f"Due on {format_date(one.after.due)}{was}: {_called(one)}."

    return _carry_out(path, _meant(path, ids, account), build, tell, json=json)


def _day(plan: "AccountPlan", rest: Sequence[str]) -> dt.date:
    """Return the day that is said behind the ids; one that is no id is said to be none."""
    dates = dates_of(plan)
    try:
        return dates.parse(" ".join(rest))
    except DateError:
        for count in range(1, len(rest)):
            if _reads(dates, " ".join(rest[count:])):
                raise CommandError(
                    f"There is no action «{clean_text(rest[0])}»: "
                    "`workshop-tui actions` lists those that are open."
                ) from None
        raise


def _reads(dates: "Calendar", text: str) -> bool:
    try:
        dates.parse(text)
    except DateError:
        return False
    return True


def _wrong_order(path: "Database", said: Sequence[str], account: str | None, what: str, example: str) -> str:
    """Return what is wrong with ids that have nothing behind them, or come last, or aren't there."""
    verb, noun = what.split()
    ids = [word for word in said if _is_id(path, word, account)]
    others = " ".join(word for word in said if word not in ids)
    if not ids:
        listed = "`workshop-tui actions` lists those that are open"
        return f"There is no action «{clean_text(said[0])}»: {listed}; the {noun} comes behind the ids."
    wrong = f"The {noun} comes last" if others else f"There is no {noun} behind the ids"
    return f"{wrong}: say `workshop-tui {verb} {' '.join(ids)} {clean_text(others) or example}`."


def assign(  # noqa: PLR0913 - one for each option
    said: Sequence[str],
    *,
    account: str | None,
    accountable: bool,
    visible_to: str,
    json: bool,
    db: str | None,
) -> int:
    """Hand actions over to somebody of either side; the name comes last, and may have several words."""
    path = located(db).path
    ids, rest = _split(path, said, account)
    if not ids or not rest:
        raise CommandError(_wrong_order(path, said, account, "assign name", "Mirela"))
    name, typed = "accountable" if accountable else "owner", " ".join(rest)

    def build(plan: "AccountPlan", action: "Action") -> "Changes":
        from workshop_tui.domain.plan.step import Refused
        from workshop_tui.live.row_changes import hand_over

        _refuse_closed(path, plan, action)
        who = None if fold(typed.strip()) == fold(NOBODY) else _person(plan, name, typed, rest)
        seen_by = _audience(plan, visible_to) if visible_to else ""
        changes = hand_over(plan, action, who, _context(plan), name, seen_by)
        if not changes:
            raise Refused(f"«{action.words}» is theirs already: nothing has changed.")
        return changes

    def tell(one: "Changed") -> str:
        return _handed_over(one, name)

    return _carry_out(path, _meant(path, ids, account), build, tell, json=json)


def _handed_over(one: "Changed", name: str) -> str:
    from workshop_tui.domain.model.people import Stakeholder

    person = one.plan.person(getattr(one.after, name))
    who, does = person.words if person else "Nobody", "answers for" if name == "accountable" else "does"
    hidden = isinstance(person, Stakeholder) and one.after.visibility != "customer"
    unseen = "; the customer doesn't see it: `--visible-to customer` shows it" if hidden else ""
    return f"{who} {does} {_called(one)} now{unseen}."


def _person(plan: "AccountPlan", name: str, typed: str, rest: Sequence[str]) -> str:
    """Return the id of who is meant; raises CommandError with the nearest names where that is nobody."""
    from workshop_tui.domain.capture.names import Slot, candidates, matching
    from workshop_tui.domain.model.actions import Action

    there = candidates(plan, Slot(Action, name, name))
    found = matching(there, typed)
    if len(found) == 1:
        return found[0].value
    said = clean_text(typed)
    if found:
        raise CommandError(f"«{said}» fits {_names(found)}: type more of it.")
    if rest[1:] and any(sign.isdigit() or sign == "/" for sign in rest[0]):
        raise CommandError(
            f"There is no action «{clean_text(rest[0])}»: `workshop-tui actions` lists those that are open."
        )
    near = nearest(typed, (one.label for one in there))
    cure = near or _names(there) or "nobody: add people first"
    raise CommandError(f"There is nobody called «{said}» in {plan.account.name}: use {cure}.")


def _names(found: "Sequence[Candidate]") -> str:
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return one_of(one.label for one in found[:_MOST_NAMED]) + more


def _audience(plan: "AccountPlan", typed: str) -> str:
    from workshop_tui.documents.export import audience_choices, audience_named

    audience = audience_named(plan, typed, {"all"})
    if audience == "all":
        raise CommandError(f"An action is visible to one audience: use {audience_choices(plan, {'all'})}.")
    return audience


def drop(ids: Sequence[str], *, account: str | None, reason: str, json: bool, db: str | None) -> int:
    """Drop actions, for a reason."""
    from workshop_tui.live.row_changes import drop as drop_

    def build(plan: "AccountPlan", action: "Action") -> "Changes":
        _refuse_closed(path, plan, action)
        return drop_(action, reason, day_of(plan))

    def tell(one: "Changed") -> str:
        return f"Dropped ({one.after.reason}): {_called(one)}."

    if not reason.strip():
        raise CommandError("A dropped action needs a reason: add --reason and in a few words why.")
    path = located(db).path
    return _carry_out(path, _meant(path, ids, account), build, tell, json=json)


def reopen(ids: Sequence[str], *, account: str | None, json: bool, db: str | None) -> int:
    """Open actions again that were done or dropped."""

    def build(plan: "AccountPlan", action: "Action") -> "Changes":
        from workshop_tui.domain.plan.setters import FieldRef, set_value
        from workshop_tui.domain.plan.step import Refused

        if action.status.is_open:
            raise Refused(f"«{action.words}» is open already: nothing has changed.")
        return set_value(plan, FieldRef(type(action), action.key, "status"), "open", _context(plan))

    def tell(one: "Changed") -> str:
        return f"Open again: {_called(one)}."

    path = located(db).path
    return _carry_out(path, _meant(path, ids, account), build, tell, json=json)


def told_(ids: Sequence[str], *, account: str | None, on: str | None, json: bool, db: str | None) -> int:
    """Note that the customer was told what was done, or decided."""
    from workshop_tui.domain.rules.digest import tell as tell_

    def build(plan: "AccountPlan", row: "Action | Decision") -> "Changes":
        return tell_(plan, row, day_of(plan, on), day_of(plan))

    def tell(one: "Changed") -> str:
        return f"Told on {format_date(one.after.told_on)}: {_called(one)}."

    path = located(db).path
    return _carry_out(path, _meant(path, ids, account, "Action", "Decision"), build, tell, json=json)


# A line as the capture line takes it


def act(account: str, line: Sequence[str], *, keep: bool, json: bool, db: str | None) -> int:
    """Add what a capture line says to an account's latest session, and say what was understood of it."""
    from workshop_tui.domain.base.vocabulary import ALLIANCE, BlockKind
    from workshop_tui.domain.capture.parse import parse
    from workshop_tui.domain.plan.audience import project
    from workshop_tui.domain.plan.step import Step
    from workshop_tui.live.live_plan import new_id

    typed = " ".join(line)
    with opened(located(db).path, create=False) as store:
        of = store.find(account)
        plan = store.load(of)[0]
        if not plan.sessions:
            raise CommandError(
                f"{plan.account.name} has no session yet: `workshop-tui open {of}` begins the first."
            )
        session = plan.sessions[-1].id
        captured = parse(
            typed,
            project(plan, ALLIANCE),
            block=BlockKind.ACTIONS,
            audience=ALLIANCE,
            dates=dates_of(plan),
            keep_unknown=keep,
            session=session,
        )
        _refuse_unread(captured, plan, typed, keep=keep)
        changes = captured.changes(plan, session, new_id)
        _refuse_in_sealed(plan, session, changes)
        store.commit(of, Step(changes, user_settings().actor, dt.datetime.now(dt.UTC)))
    _say_taken(captured, changes, of, plan.account.name, located(db).path, json=json)
    return DONE


def _refuse_unread(captured: "Captured", plan: "AccountPlan", typed: str, *, keep: bool) -> None:
    """Refuse a line that is not wholly understood, unless that is kept; nobody sees its chips beforehand."""
    from workshop_tui.domain.capture.parse import is_without_date

    if captured.problems:
        raise CommandError(_as_command(captured.problems[0]))
    undated = next((chip for chip in captured.chips if is_without_date(chip)), None)
    if undated and not keep:
        what = undated.why.partition(": it stays text")[0]
        raise CommandError(f"{what}: put in another day, or let --keep keep it as text.")
    if said := captured.given.get((captured.kind, "", "due")):
        day = dt.date.fromisoformat(str(said))
        at = next(chip for chip in captured.chips if chip.text.startswith("due "))
        _refuse_past(day, dates_of(plan).today)
        _say_year(plan, typed[at.start : at.end], day)


def _refuse_past(day: dt.date, today: dt.date) -> None:
    from workshop_tui.domain.plan.step import Refused
    from workshop_tui.live.row_changes import refuse_past

    try:
        refuse_past(day, today)
    except Refused as refused:
        raise CommandError(str(refused)) from None


def _say_year(plan: "AccountPlan", typed: str, day: dt.date) -> None:
    """Say that a day without its year is taken for one of next year, as this year's has just been."""
    if was := dates_of(plan).passed_lately(typed, day):
        words(f"{format_date(was)} is past, so this is for {format_date(day)}.")


def _as_command(problem: str) -> str:
    """Return a sentence of the capture line as it is said where there is no Enter."""
    return (
        problem.replace("press Enter again to", "let --keep")
        .replace("Enter again adds another", "--keep adds another")
        .replace("press Enter again if", "add --keep if")
    )


def _refuse_in_sealed(plan: "AccountPlan", session: str, changes: "Iterable[Change]") -> None:
    """Refuse what would belong to a session whose record is closed; what belongs to none may come in."""
    from workshop_tui.domain.lifecycle.seal import is_sealed
    from workshop_tui.domain.plan.step import target

    def belongs(change: "Change") -> bool:
        kind, key = target(change)
        row = getattr(change, "row", None) or plan.get(kind, *key)
        return getattr(row, "session", None) == session

    if is_sealed(plan, session) and any(belongs(change) for change in changes):
        number, held = plan.number_of(session), plan.sessions[-1].held_on
        raise CommandError(
            f"Session {number} of {format_date(held)} is sealed, and nothing new comes into it: "
            "begin the next one in the library, or reopen it in closing."
        )


def _say_taken(  # noqa: PLR0913 - what was understood, and where it went
    captured: "Captured",
    changes: "Sequence[Change]",
    account: str,
    name: str,
    path: "Database",
    *,
    json: bool,
) -> None:
    """Say what was understood of a line, and what stays text."""
    from workshop_tui.domain.capture.rows import State
    from workshop_tui.domain.plan.step import target
    from workshop_tui.store.open_actions import short_ids

    known = [chip.text for chip in captured.chips if chip.state in {State.OK, State.NOTED}]
    flagged = [chip for chip in captured.chips if chip.state is State.FLAGGED]
    (kind, key) = target(changes[0])
    ref = f"{account}/{'/'.join(key)}"
    if json:
        data_json(
            {
                "ref": ref,
                "account": account,
                "kind": kind.__name__.lower(),
                "understood": known,
                "flagged": [{"text": chip.text, "why": chip.why} for chip in flagged],
                "rows": [_taken(change) for change in changes],
            }
        )
    else:
        data(" ".join(f"⟨{text}⟩" for text in known))
    for chip in flagged:
        words(f"{chip.text}: {chip.why}" if chip.text not in chip.why else chip.why)
    told = short_ids(path).ref(account, key[0]) if len(key) == 1 else ref
    words(f"{'Changed' if captured.there else 'Added'} {told} in {name}.")


def _taken(change: "Change") -> dict[str, Any]:
    from workshop_tui.domain.plan.step import Set, target

    kind, key = target(change)
    named = {"kind": kind.__name__.lower(), "id": "/".join(key)}
    if isinstance(change, Set):
        return {**named, "changed": {change.name: {"from": change.old, "to": change.new}}}
    return {**named, "row": change.row.plain()}


# Undo


def undo(account: str, *, yes: bool, json: bool, db: str | None) -> int:
    """Take back the last thing the user did to an account, and say what it was.

    What takes more with it than people expect of one undo is said first, and asked.
    """
    from workshop_tui.domain.lifecycle.seal import refuse_renumbering
    from workshop_tui.domain.plan.step import Refused, Step, apply, undoing
    from workshop_tui.views.taken_back import taken_back

    actor, now = user_settings().actor, dt.datetime.now(dt.UTC)
    with opened(located(db).path, create=False) as store:
        of = store.find(account)
        plan, steps = store.load(of)[0], store.next_undo(of, actor)
        if not steps:
            raise CommandError(f"There is nothing of yours to undo in {plan.account.name}.")
        back = undoing(steps)
        try:
            after = apply(plan, back)
            refuse_renumbering(plan, after)
        except Refused:
            store.commit(of, Step((), actor, now, undoes=back.undoes))  # so that what came before can be
            raise CommandError(
                "That can't be undone any more, as somebody else has changed it since: "
                "the next undo takes what came before."
            ) from None
        found = taken_back(steps, plan, after)
        where = plan.account.name + (f", session {found.session}" if found.session else "")
        if not yes and (reason := found.asks(_kind_taken_back(store.next_redo(of, actor), plan), now)):
            _ask(f"Undo takes back in {where}: {found.told}", reason)
        store.commit(of, Step(back.changes, actor, now, undoes=back.undoes))
    at = found.at
    day = f" (of {format_date(at.astimezone().date())})" if at and at.astimezone().date() != clock() else ""
    if json:
        data_json(
            {
                "account": of,
                "session": found.session or None,
                "undone": found.told,
                "at": at.isoformat() if at else None,
                "rows": [_taken(change) for change in back.changes],
            }
        )
    words(f"Undone in {where}: {found.told}{day}.")
    return DONE


def _kind_taken_back(undone: "Sequence[Step]", plan: "AccountPlan") -> "type[Entity] | None":
    """Return the kind of row of what was taken back directly before; None where that was nothing."""
    from workshop_tui.views.taken_back import taken_back

    return taken_back(undone, plan, plan).kind


def _ask(told: str, reason: str) -> None:
    """Go on only once somebody says so; raises CommandError where nobody does, or nobody is there."""
    if not sys.stdin.isatty():
        raise CommandError(f"{told}. As {reason}, nothing has changed yet: add --yes to go on.")
    words(f"{told}. ({reason[0].upper()}{reason[1:]}.)")
    print("Take it back? y or n: ", end="", file=sys.stderr, flush=True)  # noqa: T201 - as words are
    if fold(sys.stdin.readline().strip()) not in {"y", "yes"}:
        raise CommandError("Nothing has changed.")
