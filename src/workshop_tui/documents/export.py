"""One account plan as text for one audience, and how much of it was held back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from workshop_tui.documents.action_plan import Page, action_plan
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.documents.plan_json import WHOLE, dump_plan
from workshop_tui.domain.audience import project
from workshop_tui.domain.discovery import Objective
from workshop_tui.domain.gaps import Gap, visible
from workshop_tui.domain.plan import AccountPlan, audiences
from workshop_tui.domain.session import Decision, Risk, Session
from workshop_tui.domain.value import Proposition

Format = Literal["md", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Exported:
    """A document, and how many lines of the whole plan its audience doesn't get to see."""

    text: str
    held_back: int


def export(
    whole: AccountPlan,
    audience: str,
    form: Format,
    *,
    session: Session | None = None,
    gaps: Sequence[Gap] = (),
) -> Exported:
    """Return a whole plan as the joint action plan (md) or as JSON, cut for an audience.

    `session` and `gaps` (of the whole plan) are for the action plan; see `action_plan`. The audience
    «all» is the whole plan, as JSON alone.

    Raises:
        DocumentError: there is no such audience, or it can't have this format.
    """
    if audience not in {WHOLE, *audiences(whole)}:
        choices = ", ".join(audiences(whole))
        raise DocumentError(f"There is no audience {quoted(audience)}: use {choices}, or all for JSON.")
    if audience == WHOLE and form != "json":
        raise DocumentError("The whole plan is for JSON alone: use `--format json`, or choose an audience.")
    view = whole if audience == WHOLE else project(whole, audience)
    if form == "json":
        return Exported(dump_plan(view), len(list(whole)) - len(list(view)))
    session = session or next(reversed(whole.sessions), None)
    text = action_plan(view, view.get(Session, session.id) if session else None, gaps=gaps)
    seen = Page(view, session, visible(gaps, view))
    return Exported(text, _lines(Page(whole, session, tuple(gaps))) - _lines(seen))


def _lines(page: Page) -> int:
    return sum(len(part) for part in _parts(page))


def _parts(page: Page) -> Iterator[Sequence[Any]]:
    yield from (page.gaps, page.parked(), page.here(Decision), page.here(Risk), page.view.all(Objective))
    yield from page.milestones().values()
    yield from (page.proposed(proposition) for proposition in page.view.all(Proposition))
    for answers in page.values().values():
        yield answers
        yield from (page.details(answer) for answer in answers)
