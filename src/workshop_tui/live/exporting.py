"""A plan as it is to be written: as it is now, or of one session by its record, and under which name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec import Struct

from workshop_tui.documents.as_ics import CALENDAR_FIELDS, Revisions
from workshop_tui.documents.export import Exported, ExportOptions, Format, export, name_suffix
from workshop_tui.documents.files import file_name
from workshop_tui.documents.plan_json import UNPROJECTED
from workshop_tui.documents.plan_layouts import Layout
from workshop_tui.domain.model.session import Seal, Session
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.live.record import Shown, as_shown

if TYPE_CHECKING:
    from workshop_tui.store.store import Store


class PlanToWrite(Struct, frozen=True):
    """A plan of which documents are made."""

    shown: Shown
    session: Session | None
    """The session that is named; None for the plan as it is now."""
    on: dt.date
    """The day everything is worked out for."""

    def view(self, audience: str) -> AccountPlan:
        """Return what an audience sees of it; «all» is not cut."""
        return self.shown.plan if audience == UNPROJECTED else project(self.shown.plan, audience)

    def document(
        self,
        audience: str,
        form: Format,
        layout: Layout = "plan",
        options: ExportOptions = ExportOptions(),
    ) -> Exported:
        """Return a document of it; files of office programs take up to a second."""
        return export(
            self.shown.plan,
            audience,
            form,
            on=self.on,
            session=self.session,
            sealed=self.shown.told,
            layout=layout,
            options=options,
        )

    def name(
        self,
        audience: str,
        form: Format,
        layout: Layout = "plan",
        options: ExportOptions = ExportOptions(),
    ) -> str:
        """Return what a document's file is called when nobody says otherwise."""
        view = self.view(audience)
        session = self.session or next(reversed(self.shown.plan.sessions), None)
        return file_name(view, session, name_suffix(view, form, layout, options))

    def revisions(self, store: Store) -> Revisions:
        """Return how often what stands in a calendar has changed, up to the record that is written."""
        seal = self.shown.seal
        until = seal.journal if seal and not self.shown.fault else None
        return store.revisions(self.shown.plan.account.id, CALENDAR_FIELDS, until)


def plan_to_write(
    whole: AccountPlan, session: Session | None, seal: Seal | None, today: dt.date
) -> PlanToWrite:
    """Return a plan as it is now, or of a session: by its record, or by that of an earlier seal.

    Reading the record of a long account takes more than a second.
    """
    shown = as_shown(whole, session.id, seal) if session else Shown(whole)
    return PlanToWrite(shown, session, shown.day or today)
