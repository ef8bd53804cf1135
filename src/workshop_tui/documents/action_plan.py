"""The joint action plan in Markdown: what a session leaves in everybody's hands, cut for an audience."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from workshop_tui.documents.markdown import code, md
from workshop_tui.documents.page_account import AccountPart
from workshop_tui.documents.page_actions import ActionsPart
from workshop_tui.documents.page_session import SessionPart, percent
from workshop_tui.documents.page_value import ValuePart
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.metrics import PlanMetrics
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import KIND, AccountPlan

if TYPE_CHECKING:
    from jinja2 import Template

_GAP_BETWEEN_LINES = re.compile(r"\n{3,}")  # nobody's text has a line end in it once it is escaped


class Page(AccountPart, SessionPart, ValuePart, ActionsPart):
    """What the template asks for."""


def action_plan(
    view: AccountPlan,
    session: Session | None,
    figures: PlanMetrics,
    sealed: str = "",
    *,
    alone: bool = False,
) -> str:
    """Return the joint action plan as Markdown, for the audience that `view` was cut for.

    `session` is the one whose room, decisions and parking lot are told, the latest when None; actions
    are those of all sessions. `figures` are those of the whole plan for the same audience; `sealed`
    says of which sealed record this is made, if it is. Told `alone`, `view` holds what the session dated
    itself, and there is nothing about the plan as a whole.
    """
    if view.audience is None:
        raise ValueError("An action plan is made from a projection, never from the whole plan.")
    if session is None and view.sessions:
        session = view.sessions[-1]
    text = _template().render(page=Page(view, session, figures, alone), kind=KIND, sealed=sealed)
    return _GAP_BETWEEN_LINES.sub("\n\n", text).strip() + "\n"


@functools.cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("workshop_tui.documents"),
        finalize=md,  # every value that the template writes is escaped: nobody can forget it
        autoescape=False,  # noqa: S701 - that would be HTML's escaping
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(code=code, day=format_date, percent=percent)
    return environment.get_template("action_plan.md.j2")
