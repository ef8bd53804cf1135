"""Bringing contacts from a CRM's export into an account, in one Step that can be taken back."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from workshop_tui.cli.action_changes import dates_of
from workshop_tui.cli.place import located, opened, user_settings
from workshop_tui.cli.plans import content_of, import_plan, joined, load, named
from workshop_tui.cli.speech import DONE, FOUND, CommandError, data, data_json, words
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.file_type import file_type
from workshop_tui.domain.base.text import counted

if TYPE_CHECKING:
    from workshop_tui.documents.contacts import ContactMatch, Proposal
    from workshop_tui.documents.contacts_sheet import ContactSheet
    from workshop_tui.documents.contacts_standing import Setting
    from workshop_tui.domain.plan.plan import AccountPlan
    from workshop_tui.domain.plan.step import Change

    _Found = tuple[ContactSheet, Proposal, str]  # with how the file was read, in a sentence

_MOST_TOLD = 20


def import_file(  # noqa: PLR0913 - one for each option
    file: str,
    *,
    account: str | None,
    mapped: list[str],
    encoding: str | None,
    sheet: str | None,
    likely: str | None,
    skip_bad: bool,
    keep_date: bool,
    dry_run: bool,
    json: bool,
    db: str | None,
) -> int:
    """Bring in an account plan as a new account, or contacts into the account that is named."""
    content = content_of(file)
    if _holds_plan(file, content, account):
        if account is not None or mapped or encoding or sheet or likely or skip_bad:
            raise CommandError(
                f"{named(file)} is no file of contacts: "
                "leave out --account, --map, --encoding, --sheet, --likely and --skip-bad."
            )
        return import_plan(file, content, keep_date=keep_date, dry_run=dry_run, json=json, db=db)
    if keep_date:
        raise CommandError("Contacts have no date to be kept: leave out --keep-date.")
    if account is None:
        raise CommandError("Contacts go into an account: say which with --account.")
    plan = load(db, account)
    how = encoding or "", sheet or ""
    found = _proposed(file, content, plan, how, mapped=mapped, likely=likely)
    return _import_contacts(plan, found, skip_bad=skip_bad, dry_run=dry_run, json=json, db=db)


def _import_contacts(  # noqa: PLR0913 - what the options say
    plan: "AccountPlan", found: "_Found", *, skip_bad: bool, dry_run: bool, json: bool, db: str | None
) -> int:
    import secrets  # with its hashes 7 ms, which no other command waits for

    sheet, proposal, read_as = found
    changes = proposal.changes(plan, lambda: secrets.token_hex(4))
    refused = _why_refused(proposal, skip_bad=skip_bad)
    if dry_run and not json:
        words(read_as)
    _say_left_out(sheet, proposal)
    if refused and not dry_run:
        raise CommandError(f"Nothing has changed, as {refused}.")
    if changes and not dry_run:
        _commit(plan, changes, db)
    if json:
        data_json(_as_json(plan, sheet, proposal))
    elif dry_run:
        _show(proposal)
    words(_summary(plan, changes, refused, dry_run=dry_run))
    return FOUND if refused else DONE


def _holds_plan(file: str, content: bytes, account: str | None) -> bool:
    """Tell JSON from CSV by how the file begins, else by its name, else by what was asked for."""
    if file_type(content) == "JSON":
        return True
    suffix = PurePath(file).suffix.casefold()
    return (
        suffix == ".json" if suffix in {".json", ".csv", ".tsv", ".txt", ".vcf", ".xlsx"} else account is None
    )


def _proposed(  # noqa: PLR0913 - what the options say
    file: str,
    content: bytes,
    plan: "AccountPlan",
    how: tuple[str, str],
    *,
    mapped: Iterable[str],
    likely: str | None,
) -> "_Found":
    from workshop_tui.documents.contacts import propose, sure
    from workshop_tui.documents.contacts_columns import labels, mapping
    from workshop_tui.documents.contacts_read import read_contacts

    def same(match: "ContactMatch") -> bool | None:
        return sure(match) if likely is None else match.sure or likely == "merge"

    said = mapping(mapped)
    try:
        encoding, named_sheet = how
        sheet = read_contacts(content, encoding, said, named_sheet)
        proposal = propose(sheet, plan, said, same, setting=_setting(plan))
    except DocumentError as error:
        raise DocumentError(f"{named(file)}: {error}") from None
    names = labels(sheet.headers)
    fields = ", ".join(
        f"{field} from {' or '.join(names[place] for place in places)}"
        for field, places in sorted(proposal.read.items())
    )
    return sheet, proposal, f"Read as {sheet.encoding} {sheet.read_as}: {fields}."


def _setting(plan: "AccountPlan") -> "Setting":
    """Return where a sheet comes in: the latest session, unless its record is closed."""
    from workshop_tui.documents.contacts_standing import Setting
    from workshop_tui.domain.lifecycle.seal import is_sealed

    latest = plan.sessions[-1].id if plan.sessions else ""
    return Setting(plan, "" if is_sealed(plan, latest) else latest, dates_of(plan))


def _why_refused(proposal: "Proposal", *, skip_bad: bool) -> str:
    if proposal.bad and not skip_bad:
        lines = counted(len(proposal.bad), "line")
        return f"{lines} can't come in: mend them, or leave them out with --skip-bad"
    if proposal.likely:
        return (
            f"{counted(len(proposal.likely), 'line')} may be about people already there: "
            "say `--likely merge` or `--likely new`"
        )
    return ""


def _commit(plan: "AccountPlan", changes: "tuple[Change, ...]", db: str | None) -> None:
    from workshop_tui.domain.plan.step import Step

    step = Step(changes, user_settings().actor, dt.datetime.now(dt.UTC))
    with opened(located(db).path) as store:
        store.commit(plan.account.id, step)


def _say_left_out(sheet: "ContactSheet", proposal: "Proposal") -> None:
    """Name what doesn't come in, or not as the file has it, and what is a guess."""
    if sheet.is_guess:
        cure = "where letters are wrong, say the right one, as in --encoding cp1250"
        words(f"Read as {sheet.encoding}, which is a guess: {cure}.")
    if proposal.unused:
        words(f"Columns not used: {', '.join(proposal.unused)}.")
    _say(proposal.scales_told)
    _say(note.what for note in proposal.notes)
    _say(bad.why for bad in proposal.bad)
    _say(f"Line {m.line}: {m.name} may be {m.into} ({m.why})." for m in proposal.likely)
    _say(
        f"Line {each.line}: the manager of {each.name}, «{each.manager[:60]}», {each.why}, so none is set."
        for each in proposal.unresolved
    )
    _say(
        f"These report to each other in a circle, so none gets a manager: {', '.join(islice(names, 10))}."
        for names in proposal.cycles
    )


def _say(sentences: Iterable[str]) -> None:
    told = list(sentences)
    for sentence in told[:_MOST_TOLD]:
        words(sentence)
    if (more := len(told) - _MOST_TOLD) > 0:
        words(f"And {more} more of this kind: --dry-run --json lists them all.")


def _show(proposal: "Proposal") -> None:
    if lines := [*_lines(proposal)]:
        data("\n".join(lines))


def _lines(proposal: "Proposal") -> Iterator[str]:
    for new in proposal.new:
        title = "to be named" if new.seat and new.title else new.title
        manager = f"reports to {new.manager}" if new.manager else ""
        yield "new    " + joined(new.name, title, new.email, manager, *new.given)
    for match in proposal.merged:
        filled = f": {', '.join(match.filled)}" if match.filled else ""
        yield f"{'merge' if filled else 'same':<7}{match.into}{filled} (line {match.line}, {match.why})"
    for match in proposal.likely:
        who = joined(match.name, match.title, match.email)
        yield f"likely {who} is {match.into} (line {match.line}, {match.why})"


def _as_json(plan: "AccountPlan", sheet: "ContactSheet", proposal: "Proposal") -> dict[str, Any]:
    parts = ("new", "merged", "likely", "bad", "unresolved", "notes")
    rows = {part: getattr(proposal, part) for part in parts}
    read = {"encoding": sheet.encoding, "guess": sheet.is_guess, "unused": proposal.unused}
    return {
        "account": plan.account.id,
        **read,
        **rows,
        "cycles": proposal.cycles,
        "scales": proposal.scales_told,
    }


def _summary(plan: "AccountPlan", changes: "tuple[Change, ...]", refused: str, *, dry_run: bool) -> str:
    from workshop_tui.documents.contacts import counted_changes

    new, filled = counted_changes(changes)
    account = f"{plan.account.name} ({plan.account.id})"
    people = f"{new} new {'person' if new == 1 else 'people'}"
    if refused:
        return f"This would not come in, as {refused}."
    if not changes:
        return f"There is nothing new for {account}."
    if dry_run:
        return f"This would bring {people} into {account} and fill in {filled}; nothing has changed."
    return f"Brought {people} into {account} and filled in {filled}."
