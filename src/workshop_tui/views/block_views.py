"""What each kind of block shows: tables and forms made from the projected plan, no widgets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from workshop_tui.domain.base.vocabulary import BlockKind, LabeledEnum
from workshop_tui.domain.lifecycle.sessions import has_begun
from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.actions.grouped import GROUPINGS
from workshop_tui.views.actions.table import Actions
from workshop_tui.views.actions.timeline import Milestones
from workshop_tui.views.approach.meetings import Meetings
from workshop_tui.views.approach.table import Approaches
from workshop_tui.views.base import View
from workshop_tui.views.closing.parking_lot import ParkingLot
from workshop_tui.views.closing.read_back import SessionReadBack
from workshop_tui.views.closing.risks import Risks
from workshop_tui.views.closing.roti import RotiView
from workshop_tui.views.closing.seal import Sealing
from workshop_tui.views.discovery.coach import Coach
from workshop_tui.views.discovery.lessons import Lessons
from workshop_tui.views.discovery.stages import Stages
from workshop_tui.views.discovery.views import AboutAccount, Forms, Objectives, Profile, Standings
from workshop_tui.views.introduction.views import ChemistryCheck, FormsBeside, TalkingPoints
from workshop_tui.views.opening.agenda import Agenda, Break
from workshop_tui.views.opening.attendance import Guests, Team
from workshop_tui.views.opening.follow_through import FollowThroughReport
from workshop_tui.views.opening.last_actions import LastActions
from workshop_tui.views.opening.preparation import Preparation
from workshop_tui.views.opening.purpose import Moved, SessionPurpose
from workshop_tui.views.proposition.growth_path import GrowthPath
from workshop_tui.views.proposition.lines import Lines
from workshop_tui.views.proposition.options import Options, Ranking
from workshop_tui.views.proposition.why_us import WhyUs
from workshop_tui.views.scorecard.deciding import ToDecide
from workshop_tui.views.scorecard.governance import Governance, next_date
from workshop_tui.views.scorecard.page import Goals, Scorecard
from workshop_tui.views.scorecard.trend import Reviews, Trend
from workshop_tui.views.stakeholders.chart import OrgChart
from workshop_tui.views.stakeholders.influence import Influence
from workshop_tui.views.stakeholders.styles import Styles
from workshop_tui.views.stakeholders.table import Everybody
from workshop_tui.views.value.answer_list import AnswerList
from workshop_tui.views.value.ask import AskView
from workshop_tui.views.value.board import Board
from workshop_tui.views.value.proofs import Proofs
from workshop_tui.views.value.questions import Questions
from workshop_tui.views.value.read_back import AnswersReadBack
from workshop_tui.views.value.targets import Targets


class Aside(LabeledEnum):
    """What is opened beside the agenda alone: no block of it, in no playbook and no plan."""

    ACCOUNT = "account", "looking back"
    PERSON = "person", "one person over time"


def _later(module: str, name: str) -> Callable[[], View]:
    """Return what makes a view out of a module that is imported with the first one made.

    The account's pages and their rules, which few openings show, took 50 ms of each.
    """

    def make() -> View:
        made: View = getattr(import_module(f"workshop_tui.views.account.{module}"), name)()
        return made

    make.__name__ = name
    return make


StageKind = BlockKind | Aside
BEGINS = "beside-"
"""How the id of what is open beside the agenda begins: it is no block of the plan."""
STAGES: dict[StageKind, tuple[Callable[[], View], ...]] = {
    BlockKind.OPENING: (
        SessionPurpose,
        Team,
        Guests,
        LastActions,
        Moved,
        Agenda,
        FollowThroughReport,
        Preparation,
    ),
    BlockKind.INTRODUCTION: (Team, FormsBeside, TalkingPoints, ChemistryCheck),
    BlockKind.DISCOVERY: (Profile, Forms, Objectives, Standings, AboutAccount, Stages, Lessons, Coach),
    BlockKind.STAKEHOLDERS: (Everybody, OrgChart, Styles, Influence),
    BlockKind.VALUE: (AskView, Board, AnswerList, AnswersReadBack, Targets, Questions, Proofs),
    BlockKind.PROPOSITION: (Lines, Options, Ranking, WhyUs, GrowthPath),
    BlockKind.APPROACH: (Approaches, Meetings),
    BlockKind.ACTIONS: (*(partial(Actions, grouping) for grouping in GROUPINGS), Milestones),
    BlockKind.SCORECARD: (Scorecard, Goals, Trend, Reviews, Governance, ToDecide),
    BlockKind.BREAK: (Break,),
    BlockKind.CLOSING: (SessionReadBack, ParkingLot, Risks, RotiView, Sealing),
    Aside.ACCOUNT: (
        _later("now", "AccountNow"),
        _later("moved", "AccountMoved"),
        _later("compare", "AccountCompare"),
        _later("kept", "AccountKept"),
        _later("coverage", "AccountCoverage"),
        _later("team", "AccountTeam"),
        _later("scorecard", "AccountScorecard"),
        _later("decisions", "AccountDecisions"),
        _later("time_line", "AccountTimeLine"),
    ),
    Aside.PERSON: (_later("person", "AccountPerson"),),
}


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
        return STAGES[block.kind].index(ToDecide if number == 1 else Governance)
    if block.kind is not BlockKind.OPENING:
        return 0
    if number:
        return STAGES[BlockKind.OPENING].index(LastActions)
    is_new = not has_begun(live.view, live.session, live.today) and Preparation().is_open(live)
    return STAGES[BlockKind.OPENING].index(Preparation) if is_new and not live.closed else 0


def first_row(live: LivePlan, block: Block) -> str:
    """Return the row on which a block opens first: one that is about the next date on that; "" for any."""
    is_about_dates = STAGES[block.kind][first_view(live, block)] is Governance
    return next_date(live) if is_about_dates else ""


def block_of(view: str) -> tuple[StageKind, int] | None:
    """Return where a view stands, by the name of its class: in which kind of block, as which view."""
    for kind, views in STAGES.items():
        for number, made in enumerate(views):
            if getattr(made, "__name__", "") == view:
                return kind, number
    return None
