"""A transcript beside the work: turns by speaker, each made a line by a key."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from tests.app.driver import AT, Driven, driving
from workshop_tui.documents.transcript import read_transcript
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.step import Step, set_field
from workshop_tui.store.store import Store
from workshop_tui.tui.features.transcript import OPEN_ALREADY
from workshop_tui.tui.widgets.capture_line import CaptureLine

TEXT = """WEBVTT

00:12:03.000 --> 00:12:05.000
<v Nadia Okonjo-Wells>We need one date for all three regions</v>

00:12:09.000 --> 00:12:11.000
<v Rowan Achterberg>I'll send the cost range by 3 jul</v>
"""


def capture(app: Driven) -> str:
    """Return what stands in the capture line."""
    line = app.app.screen.query_one(CaptureLine)
    return line.line.value if line.is_open else ""


async def test_turns_of_a_transcript_become_lines_by_a_key_and_none_without(norvane: Path) -> None:
    file = norvane.parent / "june.vtt"
    file.write_text(TEXT, "utf-8")
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        before = app.live.whole
        await app.press("I")
        assert app.told.startswith("No transcript is open")
        await app.press("i")
        await app.wait_until(lambda: "Encoding" in app.text, "the dialog")
        await app.type_text(str(file), "enter")
        await app.type_text("klingon", "ctrl+s")
        await app.wait_until(lambda: "There is no encoding «klingon»" in app.text, "the refusal")
        await app.press(*("backspace",) * 7, "ctrl+s")
        await app.wait_until(lambda: "june.vtt: 2 turns" in app.text, "the turns")
        assert "We need one date for all three regions" in app.text
        assert app.live.whole == before
        await app.press("v")
        await app.wait_until(lambda: capture(app).startswith("v: We need one date"), "the line")
        assert app.live.whole == before
        await app.press("enter")
        await app.wait_until(lambda: "✓ answer" in app.text, "the mark")
        (answer,) = [a for a in app.live.whole.all(Answer) if a not in before.all(Answer)]
        assert (answer.text, answer.stakeholder) == ("We need one date for all three regions (12:03)", "ST13")
        await app.wait_until(lambda: app.sheet("turns").has_focus, "back at the turns")
        await app.press("down", "a")
        await app.wait_until(lambda: capture(app).startswith("a: I'll send"), "the next line")
        await app.press("escape")
        assert "✎ waits" in app.text
        assert app.sheet("turns").has_focus
        await app.press("f2", "enter")
        await app.wait_until(lambda: "✓ action" in app.text, "the mark")
        assert "✎ waits" not in app.text
        await app.press("escape")
        (action,) = [a for a in app.live.whole.all(Action) if a not in before.all(Action)]
        assert action.owner == "P1"
        await app.press("i")
        await app.wait_until(lambda: "Encoding" in app.text, "the dialog")
        await app.press("ctrl+u")
        await app.type_text(str(file), "ctrl+s")
        await app.wait_until(lambda: OPEN_ALREADY in app.told, "it is the same")
        assert "✓ action" in app.text
        await app.press("f4")
        await app.wait_until(lambda: app.live.audience == "customer")
        assert not app.sheet("turns").display
        await app.press("I")
        assert not app.sheet("turns").display
        assert app.told == ""


async def test_the_command_opens_a_session_with_the_turns_beside_it(norvane: Path) -> None:
    beside = ("june.vtt", read_transcript(TEXT.encode()))
    async with driving(norvane, account="norvane", size=(80, 24), beside=beside) as app:
        await app.wait_until(lambda: "june.vtt: 2 turns" in app.text, "the turns")
        assert app.sheet("turns").has_focus


async def test_the_mark_tells_what_was_made_of_a_turn_whichever_key_offered_it(norvane: Path) -> None:
    beside = ("june.vtt", read_transcript(TEXT.encode()))
    async with driving(norvane, account="norvane", size=(120, 36), beside=beside) as app:
        await app.wait_until(lambda: "june.vtt: 2 turns" in app.text, "the turns")
        await app.press("d")
        await app.wait_until(lambda: capture(app).startswith("d: "), "the line")
        await app.press("home", "delete", "a", "enter")
        await app.wait_until(lambda: "✓ action" in app.text, "the mark")
        assert "✓ decision" not in app.text


async def test_enter_on_a_turn_goes_back_to_the_turns_also_where_an_older_line_waits(norvane: Path) -> None:
    beside = ("june.vtt", read_transcript(TEXT.encode()))
    async with driving(norvane, account="norvane", size=(120, 36), beside=beside) as app:
        await app.wait_until(lambda: "june.vtt: 2 turns" in app.text, "the turns")
        await app.type_text("", "f2", *"a: Half a line", "escape", "I")
        for letter in ("d", "a"):
            await app.press(letter)
            await app.wait_until(lambda letter=letter: capture(app).startswith(f"{letter}: "), "the line")  # type: ignore[misc]
            await app.press("enter")
            await app.wait_until(lambda: app.sheet("turns").has_focus, "back at the turns")
            assert "✎ 1 waits" in app.text
            await app.press("down")
        await app.press("f2")
        assert capture(app) == "a: Half a line"


async def test_where_the_session_opens_shared_it_is_asked_who_may_look_before_a_turn_is_shown(
    norvane: Path,
) -> None:
    beside = ("june.vtt", read_transcript(TEXT.encode()))
    with closing(Store.open(norvane)) as store:
        session = store.load("norvane")[0].get(Session, "S2")
        assert session
        store.commit("norvane", Step(set_field(session, "audience", CUSTOMER), "another", AT))
    async with driving(norvane, account="norvane", size=(80, 24), beside=beside) as app:
        await app.wait_until(lambda: "Who may look?" in app.text, "it is asked")
        assert "june.vtt" not in app.text
        await app.press("a", "enter")
        await app.wait_until(lambda: "june.vtt: 2 turns" in app.text, "the turns")
        assert app.sheet("turns").has_focus
