"""The scorecard from anywhere, and a review of it: filled in beside it, and held in one Step."""

from __future__ import annotations

from collections.abc import Callable

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.scorecard import Initiative
from workshop_tui.domain.plan.step import Refused
from workshop_tui.live.live_plan import new_id
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.screens.review import ReviewDialog
from workshop_tui.tui.workspace import Workspace, is_ours, why_sealed
from workshop_tui.views.beside import beside
from workshop_tui.views.scorecard.review import DRAFT, ReviewForm

NOTHING = "There is no initiative to review: add one to the scorecard first."


class ScorecardReview:
    """Asks for what a review finds, keeps it while it is half done, and holds it."""

    def __init__(
        self, workspace: Workspace, keep: Callable[[str, str], None], draft: Callable[[str], str]
    ) -> None:
        """Take what keeps the draft of a place, and what returns it."""
        self._workspace, self._live = workspace, workspace.live
        self._keep, self._draft = keep, draft

    def begin(self) -> None:
        """Begin a review, or go on with one that was left half done."""
        self._workspace.leave_all()
        self._workspace.open_kind(BlockKind.SCORECARD)
        self._workspace.run_worker(self._ask, group="review", exclusive=True)

    async def _ask(self) -> None:
        form = ReviewForm.of(self._live.view, self._live.today, self._draft(DRAFT))
        dialog = ReviewDialog(form, lambda text: self._keep(DRAFT, text), self._hold)
        await self._workspace.ask(dialog)
        if dialog.is_held:
            undo = key_of(self._workspace.screen, "undo")
            self._workspace.stage.tell(f"The review of {format_date(form.on)} is held, {undo} undoes")
        elif self._draft(DRAFT):
            again = key_of(self._workspace.screen, "review.hold")
            self._workspace.stage.tell(f"The review is left half done: {again} goes on with it")

    def _hold(self, form: ReviewForm) -> tuple[ReviewForm, str]:
        """Hold a review; return the form to go on with and why it is not held, "" once it is."""
        try:
            self._live.commit(lambda plan: form.build(plan, new_id))
        except Refused as refused:
            return form.seen(self._live.view), str(refused)
        self._keep(DRAFT, "")
        return form, ""


def _why_no_review(workspace: Workspace) -> str:
    return why_sealed(workspace) or ("" if workspace.live.view.all(Initiative) else NOTHING)


def _has_scorecard(workspace: Workspace) -> bool:
    """Whether there is anything of it for whoever looks."""
    return beside(workspace.live, BlockKind.SCORECARD) is not None


COMMANDS = (
    Command[Workspace](
        "scorecard",
        "S",
        "Scorecard",
        lambda workspace: workspace.open_kind(BlockKind.SCORECARD),
        "the [scorecard](docs/guide.md#the-scorecard), also where the agenda has no block for it",
        applies=_has_scorecard,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "review.hold",
        "R",
        "Hold a review",
        lambda workspace: workspace[ScorecardReview].begin(),
        "hold a review of the scorecard, or go on with one",
        applies=is_ours,
        disabled=_why_no_review,
        section=Section.SESSION,
    ),
)
