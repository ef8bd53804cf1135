"""The organisation chart: who reports to whom, as boxes and lines."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import FieldRef, set_value
from workshop_tui.domain.plan.step import Changes
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.replica import Build
from workshop_tui.views.keys import key
from workshop_tui.views.pictures.picture import Foot, Picture, Way
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.pictures.tree_layout import Chart, Managers, layout, managers
from workshop_tui.views.stakeholders.chart_boxes import Boxes
from workshop_tui.views.stakeholders.people_picture import PeoplePicture, person_at, reads

LEAST, USUAL, MOST = 9, 20, 34
"""Cells of a box: at the least, besides one for each partner; where the chart scrolls; with room to spare."""


class Size(NamedTuple):
    """Cells there are."""

    width: int
    height: int


class OrgChart(PeoplePicture, Pictured):
    """Names, titles and lines; style, sentiment and owners for whom they are."""

    title: str = "Chart"
    keys: ClassVar[frozenset[str]] = frozenset({"fold", "take"})

    def __init__(self) -> None:
        """Start with all unfolded and nobody taken."""
        super().__init__()
        self.folded: frozenset[str] = frozenset()
        self.taken = ""

    @property
    def answers(self) -> frozenset[str]:
        """While somebody is moved, nothing but putting them down."""
        return frozenset({"take", "put"}) if self.taken else self.keys

    def state(self, live: LivePlan) -> object:
        """Return what is folded, who is taken, and in which session."""
        return self.folded, self.taken, live.session_id

    def draw(self, live: LivePlan, width: int, height: int) -> Picture:
        """Paint trees side by side, and beneath them those who have nobody above or below."""
        reports = managers(live.view, live.today)
        above = set(reports.values())
        loose = {person: None for person, boss in reports.items() if boss is None and person not in above}
        trees = {person: boss for person, boss in reports.items() if person not in loose}
        boxes, chart = self._fitted(live, trees, len(loose), Size(width, height))
        boxes.paint(chart)
        beside = boxes.beside_root(chart, len(loose), width)
        if beside is None or chart.height + boxes.loose_height(len(loose), width) <= height:
            boxes.paint_loose(loose, chart.height + bool(trees), width)
        else:
            boxes.paint_beside(loose, beside)
        return boxes.brush.picture()

    def _fitted(self, live: LivePlan, trees: Managers, loose: int, room: Size) -> tuple[Boxes, Chart]:
        """Return boxes as wide as the chart has room for, and with as much of the titles as it is high.

        Where even the narrowest don't fit they are as wide as usual: one has to scroll anyway.
        """

        def laid_out(wide: int, titles: int = 1) -> tuple[Boxes, Chart]:
            boxes = Boxes(live, wide, self.taken, titles=titles)
            return boxes, layout(trees, {person: boxes.size(person) for person in trees}, self.folded)

        narrow, wide = LEAST + len(live.view.partners), USUAL
        least, most = laid_out(narrow)[1].width, laid_out(MOST)[1].width
        if least <= room.width:
            share = (room.width - least) / max(most - least, 1)  # a chart is so much wider as its boxes are
            wide = min(narrow + int(share * (MOST - narrow)), MOST)
            while wide > narrow and laid_out(wide)[1].width > room.width:
                wide -= 1
        for titles in (2, 1, 0):
            boxes, chart = laid_out(wide, titles)
            beneath = boxes.loose_height(loose, room.width)
            if boxes.beside_root(chart, loose, room.width) is not None:
                beneath = 0
            if chart.height + beneath <= room.height:
                return boxes, chart
        return (boxes, chart) if chart.height <= room.height else laid_out(wide)

    def foot(self, live: LivePlan, _name: str, _width: int) -> Foot:
        """Return what the marks mean, or who is being moved."""
        if self.taken:
            who = live.view.name_of(Stakeholder, self.taken)
            drop, cancel = key("canvas.drop"), key("canvas.cancel")
            told = f"Moving {who}: {drop} on the new manager, or on {who} for none. {cancel} lets go."
            return ((told, "warn"),)
        if not reads(live):
            return ()
        owners = " ".join(f"● {party.short}" for party in live.view.partners)
        return ((f"D E A N style · +1 toward all · owner {owners}", "muted"),)

    def press(self, live: LivePlan, name: str, what: str, _way: Way) -> Build | None:
        """Fold or unfold what is under a person; take one up, or put the one taken under this one."""
        person = person_at(live, name)
        if person is None:
            return None
        if what == "fold":
            self.folded ^= {person.id} if live.view.where(Stakeholder, reports_to=person.id) else set()
        elif what == "cancel":
            self.taken = ""
        elif not self.taken:
            self.taken = person.id
        else:
            taken, self.taken = self.taken, ""
            return set_manager(live, taken, person.id if person.id != taken else None)
        return None

    def reveal(self, live: LivePlan, name: str) -> str:
        """Unfold all who stand above somebody."""
        above = _chain(live.view, person_at(live, name))
        if above & self.folded:
            self.folded -= above
        return name


def set_manager(live: LivePlan, person: str, manager: str | None) -> Build:
    """Return how somebody is put under another manager, or under nobody."""

    def build(plan: AccountPlan) -> Changes:
        at = FieldRef(Stakeholder, (person,), "reports_to")
        return set_value(plan, at, manager, live.context) if plan.get(Stakeholder, person) else ()

    return build


def _chain(view: AccountPlan, person: Stakeholder | None) -> frozenset[str]:
    """Return the ids of all managers above somebody."""
    above: set[str] = set()
    while person and person.reports_to and person.reports_to not in above:
        above.add(person.reports_to)
        person = view.get(Stakeholder, person.reports_to)
    return frozenset(above)
