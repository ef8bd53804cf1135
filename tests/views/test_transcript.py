"""Turns of a transcript, and the capture lines that they would be."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.plans import looked_at
from workshop_tui.documents.transcript import Transcript, TranscriptTurn, is_transcript, read_transcript
from workshop_tui.domain.base.vocabulary import ALLIANCE, BlockKind
from workshop_tui.domain.capture.parse import parse
from workshop_tui.domain.capture.rows import PREFIXES, Captured
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Risk
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.transcript import LETTERS, TurnsView

TEXT = """WEBVTT

00:12:03.000 --> 00:12:05.000
<v Nadia Okonjo-Wells>One date for all #regions, please</v>

00:12:09.000 --> 00:12:11.000
<v Achterberg, Rowan>I'll send the cost range by 3 jul</v>

00:13:00.000 --> 00:13:05.000
<v Guest 4>The audit may slip</v>
"""


def turns(sample: AccountPlan, text: str = TEXT) -> TurnsView:
    return TurnsView(looked_at(sample), "june.vtt", read_transcript(text.encode()))


def captured(view: TurnsView, line: str) -> Captured:
    live = view.live
    return parse(
        line,
        live.view,
        block=BlockKind.ACTIONS,
        audience=ALLIANCE,
        dates=live.dates,
        session=live.session_id,
    )


async def test_speakers_are_people_of_the_account_where_that_is_certain(sample: AccountPlan) -> None:
    view = turns(sample)
    assert [tuple(cell.text for cell in row.cells) for row in view.table().rows] == [
        ("12:03", "Nadia Okonjo-Wells", "One date for all #regions, please", ""),
        ("12:09", "Rowan Achterberg", "I'll send the cost range by 3 jul", ""),
        ("13:00", "Guest 4", "The audit may slip", ""),
    ]
    assert view.title() == "june.vtt: 3 turns"


@pytest.mark.parametrize(
    ("number", "letter", "line"),
    [
        (0, "a", r"a: One date for all \#regions, please (12:03) ^Nadia"),
        (0, "v", r"v: One date for all \#regions, please (12:03) ^Nadia"),
        (0, "d", r"d: One date for all \#regions, please (Nadia Okonjo-Wells, 12:03)"),
        (1, "a", "a: I'll send the cost range by 3 jul (12:09) @Rowan"),
        (1, "v", r"v: I'll send the cost range \by 3 jul (12:09) @Rowan"),
        (2, "a", "a: The audit may slip (Guest 4, 13:00)"),
        (2, "r", "r: The audit may slip (Guest 4, 13:00)"),
    ],
)
async def test_a_turn_fills_the_capture_line(
    sample: AccountPlan, number: int, letter: str, line: str
) -> None:
    view = turns(sample)
    assert view.line(number, letter) == line
    nobody_of_theirs = (number, letter) == (1, "v")
    problems = ("A new answer needs the person who gave it: type ^ and a name.",)
    assert captured(view, line).problems == (problems if nobody_of_theirs else ())


async def test_who_speaks_is_the_person_and_the_time_is_the_evidence(sample: AccountPlan) -> None:
    view = turns(sample)
    said = captured(view, view.line(0, "v")).values(Answer)
    assert (said["stakeholder"], said["text"]) == ("ST13", "One date for all #regions, please (12:03)")
    action = captured(view, view.line(1, "a")).values(Action)
    assert (action["owner"], action["due"]) == ("P1", "2026-07-03")
    risk = captured(view, view.line(2, "r")).values(Risk)
    assert risk[Risk.NAME_FIELD] == "The audit may slip (Guest 4, 13:00)"


_WORDS = st.text(st.sampled_from('ab @#%^!*~>\\":+-=?0 by,.()1'), min_size=1, max_size=30)


@settings(max_examples=150)
@given(_WORDS, st.sampled_from(LETTERS))
async def test_no_words_of_a_turn_mean_anything_but_themselves(
    sample: AccountPlan, text: str, letter: str
) -> None:
    words = " ".join(text.split()).replace("by", "bx")
    if not words:
        return
    view = TurnsView(
        looked_at(sample), "x.txt", Transcript((TranscriptTurn(1, "0:03", "Guest 4", words),), "UTF-8", False)
    )
    kind = PREFIXES[letter]
    found = captured(view, view.line(0, letter))
    assert found.kind is kind
    assert found.values(kind)[kind.NAME_FIELD] == f"{words} (Guest 4, 0:03)"
    assert {name for _, _, name in found.given} <= {kind.NAME_FIELD, "heard_on", "status", "visibility"}


async def test_what_was_taken_of_a_turn_is_marked_once_and_as_long_as_it_is_there(
    sample: AccountPlan,
) -> None:
    view = turns(sample)
    for row in ("Action/A01", "Decision/D1", "Action/A02", "Risk/gone"):
        view.take(0, row)
    assert view.table().rows[0].cells[-1].text == "✓ action, decision"
    assert view.rows_taken() == {"Action/A01", "Decision/D1", "Action/A02"}


async def test_five_thousand_cues_open_within_half_a_second(sample: AccountPlan) -> None:
    words = "some words that people say " * 3
    times = (f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}" for n in range(5000))
    cues = "".join(f"{at}.0 --> {at}.9\n<v Speaker {n % 7}>{words}</v>\n\n" for n, at in enumerate(times))
    content = f"WEBVTT\n\n{cues}".encode()
    live, best = looked_at(sample), 9.0
    for _ in range(3):  # a busy machine makes all slower
        started = time.process_time()
        table = TurnsView(live, "long.vtt", read_transcript(content)).table()
        best = min(best, time.process_time() - started)
    assert len(table.rows) == 5000
    assert best < 0.5


@pytest.mark.parametrize(
    ("name", "content", "is_one"),
    [
        ("a.vtt", b"WEBVTT\n", True),
        ("a.SRT", b"1\n", True),
        ("a.md", b"# Notes\n", True),
        ("a.txt", b"Ana Pires 0:03\nHello\n", True),
        ("a.txt", b"Name\tTitle\nAna\tCFO\n", False),
        ("a.txt", b"BEGIN:VCARD\nFN:Ana\nEND:VCARD\n", False),
        ("a.csv", b"Name,Title\n", False),
        ("a", b"\xef\xbb\xbfWEBVTT\n", True),
        ("a.txt", b"\xef\xbb\xbfWEBVTT\n", True),
    ],
)
def test_a_transcript_is_told_from_contacts(name: str, content: bytes, is_one: bool) -> None:
    assert is_transcript(name, content) is is_one


async def test_words_that_mean_nothing_in_a_line_have_no_sign_in_front(sample: AccountPlan) -> None:
    view = turns(
        sample, TEXT.replace("One date for all #regions, please", "One data centre? by ps+1 or ratio:1, @all")
    )
    for letter in LETTERS:
        line = view.line(0, letter)
        assert " data centre? " in line
        assert "\\@all" in line
        taken = captured(view, line)
        assert "One data centre? by ps+1 or ratio:1, @all" in str(
            taken.values(taken.kind)[taken.kind.NAME_FIELD]
        )
