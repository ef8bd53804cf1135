"""A playbook: how a workshop is run. Starting an account or a session copies what it says."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationInfo, field_validator

from workshop_tui.domain.base import entity
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.validation import for_pydantic
from workshop_tui.domain.base.vocabulary import REASONS, BlockKind, DateOrder, Purpose, Weekday

_LONGEST_NOTES = 1900  # a block's notes hold its own and the prompts, and have 4,000 characters of room

if TYPE_CHECKING:
    from workshop_tui.domain.base.entity import Line, Name, Note, Prose
else:
    Line, Name, Note, Prose = map(for_pydantic, (entity.Line, entity.Name, entity.Note, entity.Prose))

Limit = Annotated[StrictInt, Field(ge=1, le=9999)]
Notes = Annotated[Note, Field(max_length=_LONGEST_NOTES)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class PlannedBlock(_Part):
    """One block of the agenda; `customer` means that the customer may be in the room."""

    kind: BlockKind
    title: Name
    minutes: Annotated[StrictInt, Field(ge=1, le=600)]
    customer: StrictBool = False
    protected: StrictBool = False
    notes: Notes = ""
    """The facilitator's prompts, one a line."""


class PlannedCriterion(_Part):
    """One criterion of the account profile; weights need not add up to 100."""

    text: Name
    weight: Annotated[float, Field(ge=0, le=100, strict=True)]


class PlannedQuestion(_Part):
    """One question of the bank."""

    purpose: Purpose
    text: Prose


class PlannedDates(_Part):
    """How dates are typed; without an order it is as each user has set it."""

    order: DateOrder | None = None
    week_start: Weekday = Weekday.MONDAY


class PlannedClock(_Part):
    """At which percent of a block that is left its clock turns amber, and red."""

    amber: Annotated[StrictInt, Field(ge=0, le=100)] = 20
    red: Annotated[StrictInt, Field(ge=0, le=100, validate_default=True)] = 5

    @field_validator("red")
    @classmethod
    def _after_amber(cls, red: int, info: ValidationInfo) -> int:
        if red > info.data.get("amber", red):
            raise ValueError(f"comes before amber: use {info.data['amber']} or less")
        return red


class Playbook(_Part):
    """Agenda, profile criteria, discovery prompts, question bank, and the gap rules in force."""

    name: Name
    """The stem of its file, as in «half-day»."""
    title: Name
    description: Line = ""
    agenda: Annotated[tuple[PlannedBlock, ...], Field(min_length=1)]
    criteria: tuple[PlannedCriterion, ...] = ()
    prompts: tuple[Line, ...] = ()
    """What the partners ask themselves before they fill in their discovery forms."""
    questions: tuple[PlannedQuestion, ...] = ()
    gaps: Mapping[str, StrictBool | Limit] = {}
    """Name of a gap rule → whether it is in force, or its own figure; those not named are in force."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    """Of an account that begins with it."""
    reasons: tuple[Name, ...] = REASONS
    """Out of which it is chosen why an account was won, lost, not decided or left aside."""
    dates: PlannedDates = PlannedDates()
    clock: PlannedClock = PlannedClock()

    @property
    def minutes(self) -> int:
        """Planned length of the whole session."""
        return sum(block.minutes for block in self.agenda)

    def notes_for(self, block: PlannedBlock) -> str:
        """Return the facilitator's notes of a block; discovery has the prompts below its own."""
        prompts = self.prompts if block.kind is BlockKind.DISCOVERY else ()
        return "\n".join(line for line in (block.notes, *prompts) if line)

    @field_validator("criteria")
    @classmethod
    def _some_weight(cls, criteria: tuple[PlannedCriterion, ...]) -> tuple[PlannedCriterion, ...]:
        if criteria and not any(criterion.weight for criterion in criteria):
            raise ValueError("have no weight: give at least one of them a weight above 0")
        return criteria

    @field_validator("prompts")
    @classmethod
    def _room_for_prompts(cls, prompts: tuple[str, ...]) -> tuple[str, ...]:
        if len("\n".join(prompts)) > _LONGEST_NOTES:
            raise ValueError(f"are too long: keep them under {_LONGEST_NOTES} characters together")
        return prompts

    @field_validator("reasons")
    @classmethod
    def _each_once(cls, reasons: tuple[str, ...]) -> tuple[str, ...]:
        if not reasons:
            raise ValueError("are none: write at least one, or leave the key out for the usual ones")
        folded = [fold(reason) for reason in reasons]
        if twice := next((said for said in reasons if folded.count(fold(said)) > 1), ""):
            raise ValueError(f"say «{twice}» twice: leave one out")
        return reasons
