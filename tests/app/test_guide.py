"""What the guide promises of keys is tried by those keys, and no sentence that names a key goes untried."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, ActionStatus, BlockKind, BuyingRole
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.model.session import Block, Presence
from workshop_tui.domain.model.value import Answer, Target
from workshop_tui.domain.plan.step import target
from workshop_tui.tui.screens.curtain import MOMENT
from workshop_tui.views.block_views import STAGES

TESTS = Path(__file__).parent.parent
GUIDE = " ".join((TESTS.parent / "docs" / "guide.md").read_text("utf-8").split())
TEXT = re.sub(r"```.*?```|\[!?\[.*?\]\(.*?\)|!\[.*?\]\(.*?\)", "", GUIDE)
SENTENCES = re.split(r"(?<=[.;])\s+|\s\|(?=\s)", TEXT)
_KEY = re.compile(
    r"`(?:[A-Za-z0-9/+?-]|\[|\])`|\bF\d\b|\bCtrl\+[A-Z]\b|\bShift and an arrow\b"
    r"|\b(?:Enter|Space|Esc|Tab)\b(?! (?:the|what it))"
)
"""A key that is named: a sign, a function key, or one with a name; «Enter the scores» asks to type."""


async def _panes(app: Driven) -> None:
    await app.press("g")
    assert app.sheet("gaps").display
    await app.press("g", "p")
    assert app.workspace.stage.has_prompts
    await app.press("p")


async def _blocks(app: Driven) -> None:
    first = app.workspace.block
    await app.press("n")
    assert app.workspace.block != first
    await app.press("b")
    assert app.workspace.block == first


async def _second_keys(app: Driven) -> None:
    for key, opens, covers in (("f4", "shift+f4", "f5"), ("ctrl+o", "ctrl+t", "ctrl+g")):
        await app.press(key)
        assert app.live.audience == CUSTOMER
        await app.press(key)
        assert app.live.audience == CUSTOMER  # never back
        await app.press(covers)
        assert [row.strip() for row in app.rows if row.strip()] == [MOMENT]
        await app.press("f4")
        assert "Who may look?" in app.text  # as with the key that asks
        await app.press("escape", covers)
        assert MOMENT not in app.text
        await app.press(opens, "a", "enter")
        assert app.live.audience == ALLIANCE


async def _focus(app: Driven) -> None:
    for leave in ("f6", "escape"):
        await app.press("f6")
        assert app.workspace.stage.roomy
        await app.press(leave)
        assert not app.workspace.stage.roomy


async def _all_here(app: Driven) -> None:
    await app.to_block(BlockKind.OPENING)
    await app.press("v", "2")
    await app.go("Rowan", "Here")
    here = len(app.live.whole.where(Presence, session=app.live.session_id))
    await app.press("space")
    assert len(app.live.whole.where(Presence, session=app.live.session_id)) == here - 1
    await app.press("H")
    assert len(app.live.whole.where(Presence, session=app.live.session_id)) == len(app.live.whole.all(Member))


async def _carried(app: Driven) -> None:
    await app.to_block(BlockKind.OPENING)
    await app.press("v", "4")
    row = next(row for row in app.sheet().table.rows if row.id.startswith("Action/"))
    action = app.live.whole.get(Action, row.id.removeprefix("Action/").partition("#")[0])
    assert action
    await app.go(row.id, "Outcome")
    await app.press("c")
    await app.type_text("+2w", "enter")
    changed = app.live.whole.get(Action, action.id)
    assert changed
    assert changed.due != action.due
    await app.press("ctrl+z")
    await app.stored()
    assert app.live.whole.get(Action, action.id) == action
    assert "Undone" in app.text


async def _asked(app: Driven) -> None:
    await app.to_block(BlockKind.VALUE)
    await app.press("v", "1")
    view = app.workspace.stage.view
    assert view
    before = view.head(app.live)
    await app.press("]")
    assert view.head(app.live) != before
    await app.press("[")
    assert view.head(app.live) == before
    row = app.sheet().row
    await app.press("down")
    assert app.sheet().row == row + 1
    await app.press("up")
    assert app.sheet().row == row


async def _answered(app: Driven) -> None:
    await app.press("f4")
    await app.press("enter")
    count = len(app.live.whole.all(Answer))
    await app.type_text("No surprises in the night", "enter")
    said = [a for a in app.live.whole.all(Answer) if a.text.startswith("No surprises in the night")]
    assert [answer.visibility for answer in said] == [CUSTOMER]
    assert len(app.live.whole.all(Answer)) - count in {0, 1}
    assert not app.sheet("card").display
    await app.press("c")
    assert app.sheet("card").display
    await app.press("c", "shift+f4", "a", "enter")


async def _gathered(app: Driven) -> None:
    await app.press("v", "3")
    await app.press("ctrl+home", "m", "m", "d")
    assert "value target" in app.text.lower()
    before = len(app.live.whole.all(Target))
    await app.press("enter")
    await app.type_text("Nights without calls", "enter")
    assert len(app.live.whole.all(Target)) == before + 1
    await app.press("escape")


async def _marked_done(app: Driven) -> None:
    await app.to_block(BlockKind.ACTIONS)
    await app.press("v", "1", "ctrl+home")
    first, second = (row.id.removeprefix("Action/") for row in app.sheet().table.rows[:2])
    await app.press("m", "m", "down", "d")
    assert "2 actions" in app.text
    await app.press("d", "enter", "enter", "enter")  # the day and what shows it are left as they are
    found = [app.live.whole.get(Action, id_) for id_ in (first, second)]
    assert [action.status for action in found if action] == [ActionStatus.DONE] * 2
    await app.press("escape", "ctrl+z")


async def _read_back(app: Driven) -> None:
    await app.to_block(BlockKind.CLOSING)
    await app.press("v", "1", "ctrl+home")
    for key in ("y", "space"):
        line = app.sheet().row
        await app.press(key)
        assert app.sheet().row != line


async def _person_changed(app: Driven) -> None:
    await app.to_block(BlockKind.STAKEHOLDERS)
    await app.live.save()  # or a Step from before gets its number only now
    number = app.live.number
    await app.press("f2")
    await app.type_text("Priya all+2 #champion")
    assert "⟨Priya Vantongeren⟩" in app.text
    assert "→ champion⟩" in app.text
    await app.type_text("", "enter")
    await app.press("escape")
    await app.live.save()
    later = [step for step in await app.live.lately() if step.number > number]
    about = [
        step for step in later if {target(change)[0] for change in step.changes} & {Stakeholder, Reading}
    ]
    assert [len(step.changes) for step in about] in ([1], [2])  # one line is one Step
    person = next(p for p in app.live.whole.all(Stakeholder) if p.name == "Priya Vantongeren")
    assert person.role is BuyingRole.CHAMPION
    await app.press("ctrl+z")
    await app.stored()
    person = next(p for p in app.live.whole.all(Stakeholder) if p.name == "Priya Vantongeren")
    assert person.role is not BuyingRole.CHAMPION


async def _left(app: Driven) -> None:
    await app.to_people()
    await app.go("Dev Rathmore", "Name")
    await app.go("Left on", "", "card", "enter")
    await app.type_text("today", "enter")
    await app.to_sheet("main")
    assert not [row for row in app.sheet().table.rows if row.id == "Stakeholder/ST06"]
    await app.press("/")
    await app.type_text("left", "enter")
    assert [row.id for row in app.sheet().table.rows] == ["Stakeholder/ST06"]
    await app.press("escape", "ctrl+z")
    await app.stored()
    assert [row for row in app.sheet().table.rows if row.id == "Stakeholder/ST06"]


async def _coached(app: Driven) -> None:
    await app.to_block(BlockKind.DISCOVERY)
    await app.to_view(str(len(STAGES[BlockKind.DISCOVERY])))
    row = next(row for row in app.sheet().table.rows if row.id.startswith("gap/Stakeholder/"))
    about = row.id.removeprefix("gap/").partition("#")[0]
    await app.go(row.id)
    await app.press("enter")
    current = app.sheet().current
    assert current
    assert current.id == about


async def _served(app: Driven) -> None:
    await app.press("f2")
    await app.type_text("v: Fewer calls at night ^Priya", "enter", "escape")
    said = next(answer for answer in app.live.whole.all(Answer) if answer.text == "Fewer calls at night")
    await app.press("r", "r", "d")
    await app.type_text("action", "enter")
    assert [action.answer for action in app.live.whole.all(Action)].count(said.id) == 1
    assert app.live.whole.get(Answer, said.id) == said


async def _clock(app: Driven) -> None:
    for key in ("f7", "T"):
        await app.press(key)
        assert "Start «" in app.text
        await app.press("escape")
    await app.press("f7", "s", "enter")
    running = app.live.running_block()
    assert running
    await app.press("f7", "5", "enter")
    block = app.live.whole.get(Block, running)
    assert block
    assert block.extended == 300
    await app.press("f7", "s", "enter")
    assert not app.live.running_block()


Try = Callable[[Driven], Awaitable[None]]
TRIED: dict[str, tuple[tuple[Try, tuple[str, ...]], ...]] = {
    "around": (
        (_panes, ("`g` shows the gaps", "`p` shows the prompts for the block")),
        (_blocks, ("`n` goes on, `b` goes back",)),
        (
            _second_keys,
            (
                "Try F4, Shift+F4 and F5, and their second keys Ctrl+O, Ctrl+T and Ctrl+G",
                "F4 before the door opens",
                "F4 always leads to the customer, never back",
                "F5 covers everything",
                "Shift+F4 (or Ctrl+T) draws the curtain",
                "With the curtain down, F4 asks the same",
            ),
        ),
        (_focus, ("F6 shows any block alone and roomy", "F6 or Esc leaves")),
        (_all_here, ("`H` says that all are",)),
        (_carried, ("on «Outcome», `d` is *done*", "Ctrl+Z takes back one step of yours after another")),
        (_clock, ("F7 (or `T`) shows the clock, large",)),
    ),
    "work": (
        (_asked, ("`[` and `]` step through the people",)),
        (_answered, ("Enter, their words and not yours, Enter", "`c` shows the card beneath it")),
        (_gathered, ("`m` marks those that come to the same",)),
        (_marked_done, ("`m` marks actions", "Enter leaves that out")),
        (_read_back, ("`y` or Space confirms it and goes on to the next",)),
        (
            _person_changed,
            (
                "F2 (or Ctrl+R) opens one line at the foot",
                "Esc leaves it.",
                "`Priya all+2 #champion` shows",
                "Ctrl+Z takes the whole line back",
            ),
        ),
        (_served, ("From an answer, `d` notes an action that serves it",)),
    ),
    "people": (
        (_left, ("`/` and `left` shows them",)),
        (_coached, ("where Enter goes to whom a question is about",)),
    ),
}
"""Walk → what is done in it, and the words of the guide that promise it."""
ELSEWHERE = {
    "app/test_sealed.py::test_a_line_that_waits_in_a_sealed_session_is_told": (
        "the bar says `✎ 1 waits`, F2 its words",
    ),
    "app/test_capture_line.py::test_an_answer_that_was_left_stays_of_whom_and_to_what_it_was_typed_for": (
        "An answer stays to the question and of the person it was typed for",
    ),
    "app/test_capture_line.py::test_its_key_brings_the_line_that_waits_and_no_empty_one_before_it": (
        "F2 on an empty line brings the first that waits",
    ),
    "app/test_transcript.py::test_enter_on_a_turn_goes_back_to_the_turns_also_where_an_older_line_waits": (
        "Enter takes it and goes back to the turns",
    ),
    "app/test_beside_the_room.py::test_a_shared_screen_says_whom_the_room_asks_and_goes_there": (
        "`G` goes there",
    ),
    "app/test_beside_the_room.py::test_what_the_room_would_not_see_says_so_and_is_shown_by_a_key": (
        "`d` on an answer says who may see it",
    ),
    "app/test_preparation.py::test_from_a_line_next_goes_back_as_the_foot_says": (
        "`n` goes back to that line's block first",
        "`N` and `B` look at the neighbours from wherever you are",
    ),
    "app/test_capture_line.py::test_what_each_line_that_waits_becomes_is_shown_before_enter_adds_it": (
        "beneath it what Enter makes of them",
    ),
    "app/test_exporting.py::test_it_shows_what_is_written_and_changes_with_what_is_chosen": (
        "In the app `e` exports, too, and asks for all of this",
    ),
    "app/test_transcript.py::test_turns_of_a_transcript_become_lines_by_a_key_and_none_without": (
        "`i` opens a transcript or notes",
        "on a turn, `a`, `v`, `d`, `p` or `r` opens the capture line",
        "Enter takes it and goes back to the turns, Esc leaves it waiting",
        "`I` goes to the turns and puts them away",
    ),
    "app/test_contacts_preview.py::test_a_column_is_mapped_in_the_preview_and_remembered": (
        "Enter on a column, beneath all lines or by `c`",
        "stands beneath the lines, and Enter changes it",
    ),
    "app/test_side_by_side.py::test_the_top_are_chosen_and_one_is_given_up_again": (
        "In the library `c` puts all accounts side by side",
    ),
    "app/test_side_by_side.py::test_what_was_learnt_is_counted_and_leads_to_the_account": (
        "`w` counts the reasons over all of them",
    ),
    "app/test_both_sides.py::test_a_meeting_is_caught_with_its_words_and_stands_on_card_and_log": (
        "on its line Enter adds others of theirs or yours",
    ),
    "app/test_both_sides.py::test_a_decision_replaces_another_and_both_say_so": (
        "A decision that takes the place of another gets it by `d`",
    ),
    "app/test_both_sides.py::test_a_risk_is_weighed_mended_and_happens": ("`d` says that one has happened",),
    "app/test_both_sides.py::test_an_action_is_given_to_the_customers_nadia_by_the_capture_line": (
        "Tab behind the name adds `~customer`",
    ),
    "app/test_confirmed_lines.py::test_the_line_that_stands_alone_is_confirmed_and_corrected": (
        "where the line stands alone, Enter does",
    ),
    "app/test_capture_line.py::test_the_customer_audience_closes_the_line_and_types_its_own": (
        "Enter puts it aside for later",
    ),
    "app/test_library_pages.py::test_news_is_told_and_a_line_opens_whom_it_names_and_esc_comes_back_to_it": (
        "The library has four pages: `1` the accounts",
        "Enter on a line of a page opens what it names, and Esc comes back to it",
        "On news `t` notes that they know it",
        "Enter on a heading shows what is beneath it alone",
    ),
    "app/test_library_pages.py::test_beside_the_actions_stands_the_card_of_one_and_what_else_there_is": (
        "← and → lead from one to the next, Tab to the time line too, and Esc back to the lines",
    ),
    "app/test_library_pages.py::test_of_two_accounts_each_has_one_step_and_an_undo_tells_of_both": (
        "On the actions `m` marks, and `d` completes, carries, drops or hands over what is marked",
        "Ctrl+Z takes it back, and says in which account and what",
    ),
    "app/test_library_pages.py::test_words_filter_s_groups_f_is_for_a_firm_and_e_writes_what_is_shown": (
        "`/` shows those with a word",
        "`f` shows them as the alliance or one firm sees them",
    ),
    "app/test_looking_back.py::test_enter_on_an_account_looks_back_and_on_a_session_opens_it": (
        "Enter on an account in the library",
        "Enter on a session opens that session",
    ),
    "app/test_looking_back.py::test_the_key_opens_it_and_esc_comes_back_to_the_block_view_and_row": (
        "in a session `A` opens it",
        "Esc goes back to where you were",
    ),
    "app/test_looking_back.py::test_enter_leads_to_what_a_line_names_and_esc_back_to_the_line": (
        "Each line leads by Enter to what it names",
    ),
    "app/test_looking_back.py::test_two_sealed_sessions_are_compared_by_their_records": (
        "`[` and `]` step the earlier one, `{` and `}` the later",
    ),
    "app/test_looking_back.py::test_kept_steps_to_a_session_and_coverage_turns_to_the_other_firm": (
        "`[` and `]` step from all sessions to one",
        "`O` owns the relationship",
        "`t` turns to the other's",
    ),
    "app/test_help.py": ("F1 shows those of the screen",),
    "app/test_palette.py": ("the command palette (Ctrl+P)",),
    "app/test_preparation.py::test_each_line_leads_to_where_it_is_done": (
        "Enter goes to where a line is done",
    ),
    "views/opening/test_last_actions.py::test_kept_of_one_session_alone": ("take one session by itself",),
    "app/test_value.py::test_a_block_by_keyboard": (
        "Enter on a cell answers, `x` takes its answer out",
        "Space (or `y`) ticks what they confirm",
        "→ and Enter correct the words",
    ),
    "app/test_moving.py::test_a_gap_leads_to_the_thing_it_is_about": ("Enter on the gap of somebody",),
    "views/value/test_targets.py::test_answers_go_behind_a_target_and_come_out_and_targets_have_an_order": (
        "`d` puts another answer behind a target",
    ),
    "views/value/test_questions.py::test_questions_come_in_and_move_under_what_they_are_for": (
        "`J` and `K` for the order, `d` for another purpose",
    ),
    "views/proposition/test_proposition.py::test_the_answers_it_stands_on_are_ticked_validated_ones_first": (
        "Enter ticks the customer's answers",
    ),
    "views/approach/test_approach.py::test_dots_are_given_by_plus_and_minus_and_a_refusal_leaves_no_draft": (
        "`J` and `K` put them in order, `+` and `-` count the dots",
    ),
    "views/approach/test_approach.py::test_booked_asks_for_the_day_and_is_flagged_without_one": (
        "Booked asks for the day, and `?` says",
    ),
    "views/approach/test_approach.py::test_a_lead_is_suggested_with_the_reason_and_taken_by_a_deed": (
        "Where nobody leads, `?`",
    ),
    "views/approach/test_approach.py::test_the_approach_is_worked_through_by_the_keyboard": (
        "`d` on a person's name takes the suggestion",
    ),
    "views/approach/test_approach.py::test_a_meeting_is_noted_in_three_answers": (
        "the log of meetings: `a`",
    ),
    "app/test_marks.py::test_marked_actions_are_done_and_not_the_one_under_the_cursor": (
        "`d` completes, carries or drops all of them",
        "`m` marks rows",
    ),
    "views/value/test_read_back.py::test_a_realised_value_is_confirmed_by_who_speaks_today": (
        "`[` and `]` say who that is",
    ),
    "app/test_value_realised.py::test_a_proof_is_acknowledged_by_who_speaks_and_a_difference_stands_on_it": (
        "`y` on the tick has a proof acknowledged",
    ),
    "app/test_value_realised.py::test_a_growth_path_is_laid_by_keys": (
        "Shift and an arrow move it to the next period or unit",
    ),
    "views/actions/test_table.py": ("a `?` shows which of these is missing",),
    "views/closing/test_closing.py::test_a_parked_item_is_decided_risked_dropped_and_taken_up_again": (
        "`d` makes it an action, a decision or a risk",
    ),
    "app/test_mending.py::test_a_line_of_the_seal_leads_away_and_the_next_block_leads_back": (
        "Enter on such a line goes there, and `n` back",
    ),
    "app/test_whole_session.py": ("Then `e` exports the plan",),
    "app/test_timing.py::test_the_clock_moves_along_with_n_of_who_runs_it_and_with_nothing_else": (
        "`n` takes it along to the next one",
        "looking around: `N` and `B`",
        "`h` in the clock's panel",
    ),
    "app/test_timing.py::test_the_panel_gives_time_protects_and_catches_up": (
        "`p` protects a block",
        "`c` takes those minutes",
        "take time back with `m`",
    ),
    "app/test_timing.py::test_only_the_facilitator_sees_it_if_that_is_set": (
        "nothing of the time but in F7's",
    ),
    "views/opening/test_agenda.py::test_the_agenda_is_changed_by_keyboard_one_step_each": (
        "`a` adds a block by its kind",
    ),
    "app/test_attending.py::test_who_leaves_has_been_there_and_only_a_correction": (
        "`d` puts right that they never were",
    ),
    "app/test_attending.py::test_to_look_past_the_customers_block_shares_nothing": (
        "to look at it with `N` and `B` shares it only once somebody of theirs is here",
    ),
    "app/test_attending.py::test_the_customers_block_is_shared_by_itself_and_asks_before_it_goes_back": (
        "`n` asks who may look",
    ),
    "app/test_room.py::test_no_key_but_its_own_does_anything_and_nothing_ever_comes_over_it": (
        "its only keys are `+`, `-`",
    ),
    "app/test_conflicts.py::test_both_texts_are_shown_and_one_is_chosen_or_both_are_joined": (
        "`m` puts yours in its place",
    ),
    "app/test_conflicts.py::test_what_was_not_taken_stays_as_a_draft_that_counts_only_when_it_is_kept": (
        "Enter brings it back, Enter again takes it",
    ),
    "reliability/test_together.py": (
        "Ctrl+Z takes back your own steps",
        "the next Ctrl+Z takes what you did",
    ),
    "app/test_people.py::test_rows_are_sorted_by_what_a_column_says": ("`s` sorts by a column",),
    "app/test_canvas.py::test_two_keys_put_a_person_under_another_and_undo_takes_it_back": (
        "`m` takes a person, Enter on another",
    ),
    "app/test_canvas.py::test_a_style_is_changed_by_place_or_from_the_list_and_by_no_bare_letter": (
        "Shift and an arrow moves a person to another style",
        "so does Enter, by its list",
    ),
    "app/test_canvas.py::test_sentiment_moves_toward_whom_is_looked_at": (
        "`t` turns toward each firm",
        "Shift and an arrow moves a person;",
    ),
    "app/test_canvas.py::test_letters_jump_to_a_person_and_enter_goes_to_the_card": (
        "In a picture `/` jumps to a person",
    ),
    "app/test_canvas.py::test_the_mouse_picks_a_person_and_drags_the_picture": ("Shift and an arrow pans",),
    "app/test_going_on_by_tab.py::test_once_the_cursor_has_moved_or_the_field_was_left": (
        "Tab goes into it (from a row",
    ),
    "app/test_canvas.py::test_in_the_picture_of_influence_add_is_for_a_relation": (
        "`a` gives the one in focus a new relation",
    ),
    "app/test_capture_line.py::test_tab_completes_and_cycles": ("Tab completes it",),
    "app/test_capture_line.py::test_what_one_enter_brings_in_is_one_undo": ("All that one Enter brings in",),
    "app/test_capture_line.py::test_lines_that_wait_are_dropped_by_one_key_and_come_back_by_undo": (
        "Ctrl+D drops the line and all that wait",
    ),
    "app/test_capture_line.py::test_an_unknown_name_is_refused_and_then_kept_as_text": (
        "`?` marks what stays text",
    ),
    "app/test_capture_line.py::test_one_enter_does_what_a_line_that_came_up_from_behind_says": (
        "A second Enter keeps as text",
    ),
    "app/test_capture_line.py::test_pasted_lines_are_taken_up_to_one_that_is_refused": (
        "Several lines pasted at once wait for Enter",
    ),
    "app/test_letting_go.py::test_esc_on_an_emptied_field_leaves_what_is_saved_and_enter_takes_it_out": (
        "A field that is emptied loses its value by Enter alone",
        "Esc leaves the value as",
    ),
    "app/test_both_sides.py::test_going_through_a_row_takes_neither_of_two_nadias": (
        "asks who may see it (behind the row, where Tab goes on in it)",
    ),
    "app/test_panes.py::test_the_newest_lines_are_gone_to_by_the_same_key": (
        "`r` (or F9) opens a pane",
        "again `r` goes to the line that is marked",
    ),
    "app/test_newest.py::test_enter_goes_to_the_row_from_whatever_column": (
        "Enter goes to the row, where all of it",
    ),
    "app/test_contacts_preview.py::test_every_line_is_previewed_and_comes_in_as_one_step": (
        "`i` in a session brings",
        "Nothing has changed until Ctrl+S",
        "Enter chooses between the same person and a new one",
    ),
    "domain/capture/test_refused.py::test_words_behind_the_name_of_somebody_make_another": (
        "make somebody else, by a second Enter alone",
    ),
    "app/test_capture_line.py::test_lines_behind_a_refused_one_never_come_in_unseen": (
        "Put it right, and Enter takes it and all of them",
        "Enter on the empty line shows the next",
    ),
    "app/test_library.py::test_a_session_is_begun_and_a_bad_date_is_told_beside_the_field": (
        "`s` in the library",
    ),
    "app/test_short_meetings.py::test_the_monthly_governance_by_keys": ("(`R` holds the review)",),
    "app/test_scorecard.py::test_it_stands_on_one_page_without_a_block_for_it": (
        "`S` opens it from anywhere",
    ),
    "app/test_scorecard.py::test_from_beside_the_agenda_one_goes_back_to_the_block_one_came_from": (
        "`n` or `b` lead back",
    ),
    "app/test_scorecard.py::test_a_gap_of_the_scorecard_leads_there_and_enter_mends_the_arrow": (
        "Enter on it turns the arrow as the figures say",
    ),
    "app/test_scorecard.py::test_the_committee_is_seated_by_keys_and_its_gaps_lead_there": (
        "`d` on a date says that it was held",
    ),
    "app/test_scorecard.py::test_a_review_of_twelve_initiatives_in_forty_keys_and_one_step": (
        "**Hold the monthly review** with `R`",
        "Tab goes down the column",
        "`w` turns the wheel by a quarter",
        "Enter on the last line holds it",
    ),
    "app/test_scorecard.py::test_left_half_way_nothing_is_lost_and_nothing_half_written": (
        "Esc leaves it half done",
    ),
    "app/test_looking_back.py::test_a_heading_narrows_the_page_and_esc_shows_all_before_it_leaves": (
        "Enter on a heading, on counts in Kept, on one of yours in Team or on a cell of Coverage",
    ),
    "app/test_looking_back.py::test_the_columns_of_a_wide_screen_lead_on_as_the_lines_of_a_narrow_one": (
        "`=` shows what has not changed",
    ),
    "app/test_looking_back.py::test_the_page_is_of_now_though_the_session_is_sealed_and_news_is_told_there": (
        "`t` on news notes that the customer knows",
    ),
    "app/test_looking_back.py::test_what_the_page_shows_is_written": (
        "`e` writes what the page shows as Markdown",
    ),
    "app/test_looking_back.py::test_one_person_over_time_is_reached_from_any_row_and_esc_comes_back_to_it": (
        "`P` on any row about one of the customer's people",
    ),
    "app/test_looking_back.py::test_the_time_line_opens_what_stands_on_it": (
        "`<` and `>` the span, `[` and `]` earlier and later",
    ),
    "app/test_sealed.py::test_an_earlier_seal_is_opened_from_the_seal_view_and_an_erratum_stands_beside_it": (
        "Enter on it, in the same view, shows the session as it was sealed then",
        "On a text of a sealed session `E` puts a slip of the pen right",
    ),
    "app/test_sealed.py::test_words_alone_are_put_right_and_a_day_or_a_value_is_told_to_be_none": (
        "A day, an owner or a value is no text: `E` says so there",
    ),
    "app/test_sealed.py::test_letters_are_commands_in_every_cell_of_a_sealed_session": (
        "`e` exports from any cell",
    ),
    "app/test_plan_update.py::test_what_is_previewed_and_chosen_comes_in_as_one_step": (
        "In the library `u` does the same with a preview",
    ),
    "app/test_plan_update.py::test_enter_takes_what_is_sure_and_what_is_no_plan_or_unchanged_is_said": (
        "where nothing is to be chosen Enter does",
    ),
    "app/test_search.py::test_from_the_library_all_accounts_are_searched": (
        "F3 (or Ctrl+F), from anywhere but before the customer",
    ),
    "served/test_serving.py::test_no_app_is_left_whatever_ends_the_server": (
        "Ctrl+C in the terminal ends it for all, and what was typed is saved",
    ),
    "served/test_in_a_browser.py::test_the_link_opens_the_app_and_one_types_shares_and_ends_it": (
        "where Ctrl+T opens one, Shift+F4 asks who may look",
    ),
    "cli/test_completion.py::test_bash_completes_commands_options_and_values_without_python": (
        "has commands, options, audiences and files completed at Tab",
    ),
    "app/test_search.py::test_a_line_of_another_session_is_opened_there": (
        "Enter opens the line in its session",
        "Esc there comes back to the line",
    ),
}
"""Test → the words of the guide that it tries."""


@pytest.mark.parametrize("walk", list(TRIED))
async def test_the_keys_do_what_the_guide_says(norvane: Path, walk: str) -> None:
    async with driving(norvane, account="norvane") as app:
        for do, promised in TRIED[walk]:
            assert all(words in TEXT for words in promised), promised
            await do(app)


def test_each_sentence_that_names_a_key_is_tried() -> None:
    walked = [words for walk in TRIED.values() for _, promised in walk for words in promised]
    tried = (*walked, *(words for promised in ELSEWHERE.values() for words in promised))
    named = [sentence for sentence in SENTENCES if _KEY.search(sentence)]
    assert len(named) > 60
    assert [sentence for sentence in named if not any(words in sentence for words in tried)] == []
    assert [words for words in tried if words not in TEXT] == []


@pytest.mark.parametrize("test", ELSEWHERE)
def test_what_tries_it_is_there(test: str) -> None:
    path, _, name = test.partition("::")
    assert re.search(rf"def {name or 'test_'}", (TESTS / path).read_text("utf-8"))
