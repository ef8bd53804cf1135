"""What each kind of block shows: tables and forms made from the projected plan, no widgets."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from itertools import chain

from workshop_tui.domain.base.vocabulary import BlockKind, LabeledEnum
from workshop_tui.domain.lifecycle.sessions import has_begun
from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View


class Aside(LabeledEnum):
    """What is opened beside the agenda alone: no block of it, in no playbook and no plan."""

    ACCOUNT = "account", "looking back"
    PERSON = "person", "one person over time"


@cache
def _view(module: str, name: str) -> Callable[[], View]:
    """Return what makes a view out of a module of views that is imported with the first one made.

    All of them, with their rules, take a tenth of the time until the first block is there, which shows few.
    """

    def make() -> View:
        made: View = getattr(import_module(f"{_VIEWS}{module}"), name)()
        return made

    make.__name__ = name
    return make


def _views(folder: str, *names: str) -> tuple[Callable[[], View], ...]:
    """Return what makes these views, as in «purpose.SessionPurpose», of one folder."""
    return tuple(
        _view(f"{folder}.{module}", name) for module, _, name in (each.partition(".") for each in names)
    )


def _grouped(number: int) -> Callable[[], View]:
    """Return what makes the table of actions in one of its groupings."""

    def make() -> View:
        from workshop_tui.views.actions.grouped import GROUPINGS
        from workshop_tui.views.actions.table import Actions

        return Actions(GROUPINGS[number])

    return make


_VIEWS, _GROUPINGS, _DATES = "workshop_tui.views.", 5, "Governance"
StageKind = BlockKind | Aside
BEGINS = "beside-"
"""How the id of what is open beside the agenda begins: it is no block of the plan."""
STAGES: dict[StageKind, tuple[Callable[[], View], ...]] = {
    BlockKind.OPENING: _views(
        "opening",
        "purpose.SessionPurpose",
        "attendance.Team",
        "attendance.Guests",
        "last_actions.LastActions",
        "purpose.Moved",
        "agenda.Agenda",
        "follow_through.FollowThroughReport",
        "preparation.Preparation",
    ),
    BlockKind.INTRODUCTION: (
        *_views("opening", "attendance.Team"),
        *_views("introduction", "views.FormsBeside", "views.TalkingPoints", "views.ChemistryCheck"),
    ),
    BlockKind.DISCOVERY: _views(
        "discovery",
        "views.Profile",
        "views.Forms",
        "views.Objectives",
        "views.Standings",
        "views.AboutAccount",
        "stages.Stages",
        "lessons.Lessons",
        "coach.Coach",
    ),
    BlockKind.STAKEHOLDERS: _views(
        "stakeholders", "table.Everybody", "chart.OrgChart", "styles.Styles", "influence.Influence"
    ),
    BlockKind.VALUE: _views(
        "value",
        "ask.AskView",
        "board.Board",
        "answer_list.AnswerList",
        "read_back.AnswersReadBack",
        "targets.Targets",
        "questions.Questions",
        "proofs.Proofs",
    ),
    BlockKind.PROPOSITION: _views(
        "proposition",
        "lines.Lines",
        "options.Options",
        "options.Ranking",
        "why_us.WhyUs",
        "growth_path.GrowthPath",
    ),
    BlockKind.APPROACH: _views("approach", "table.Approaches", "meetings.Meetings"),
    BlockKind.ACTIONS: (*map(_grouped, range(_GROUPINGS)), *_views("actions", "timeline.Milestones")),
    BlockKind.SCORECARD: _views(
        "scorecard",
        "page.Scorecard",
        "page.Goals",
        "trend.Trend",
        "trend.Reviews",
        "governance.Governance",
        "deciding.ToDecide",
    ),
    BlockKind.BREAK: _views("opening", "agenda.Break"),
    BlockKind.CLOSING: _views(
        "closing",
        "read_back.SessionReadBack",
        "parking_lot.ParkingLot",
        "risks.Risks",
        "roti.RotiView",
        "seal.Sealing",
    ),
    Aside.ACCOUNT: _views(
        "account",
        "now.AccountNow",
        "moved.AccountMoved",
        "compare.AccountCompare",
        "kept.AccountKept",
        "coverage.AccountCoverage",
        "team.AccountTeam",
        "scorecard.AccountScorecard",
        "decisions.AccountDecisions",
        "time_line.AccountTimeLine",
    ),
    Aside.PERSON: _views("account", "person.AccountPerson"),
}


def load_views() -> None:
    """Import the views of all blocks, so that nobody waits for them when a block is opened first."""
    for make in chain(*(makes for kind, makes in STAGES.items() if isinstance(kind, BlockKind))):
        make()


_ASIDES = {f"{BEGINS}{aside.value}": aside for aside in Aside}


def stage_kind(block: Block) -> StageKind:
    """Return whose views a block shows: those of its kind, or of what is opened beside the agenda."""
    return _ASIDES.get(block.id, block.kind)


def first_view(live: LivePlan, block: Block) -> int:
    """Return which view a block opens with: the opening of a new session with what is to be prepared.

    A later opening block opens with the last session's actions, each block of an introduction with a view
    of its own, a second one about the scorecard with what is to be decided, and a third with the next dates.
    """
    if isinstance(stage_kind(block), Aside):
        return 0
    alike = [other.id for other in live.view.where(Block, session=block.session) if other.kind is block.kind]
    number = alike.index(block.id) if block.id in alike else 0
    if block.kind is BlockKind.INTRODUCTION:
        return min(number, len(STAGES[block.kind]) - 1)
    if block.kind is BlockKind.SCORECARD and number:
        return _number_of("ToDecide" if number == 1 else _DATES)
    if block.kind is BlockKind.OPENING and number:
        return _number_of("LastActions")
    is_new = block.kind is BlockKind.OPENING and not has_begun(live.view, live.session, live.today)
    if not is_new or live.closed:
        return 0
    prepares = _number_of("Preparation")
    return prepares if STAGES[BlockKind.OPENING][prepares]().is_open(live) else 0


def first_row(live: LivePlan, block: Block) -> str:
    """Return the row on which a block opens first: one that is about the next date on that; "" for any."""
    if block.kind is not BlockKind.SCORECARD or first_view(live, block) != _number_of(_DATES):
        return ""
    from workshop_tui.views.scorecard.governance import next_date

    return next_date(live)


def _number_of(name: str) -> int:
    """Return where a view stands among those of its kind of block, by the name of its class."""
    found = block_of(name)
    return found[1] if found else 0


def block_of(view: str) -> tuple[StageKind, int] | None:
    """Return where a view stands, by the name of its class: in which kind of block, as which view."""
    for kind, views in STAGES.items():
        for number, made in enumerate(views):
            if getattr(made, "__name__", "") == view:
                return kind, number
    return None
