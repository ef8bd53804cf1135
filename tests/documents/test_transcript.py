"""Transcripts and notes as Teams, Zoom, Meet and people write them, and who said what in them."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.transcript import MOST_TURNS, read_transcript

Said = list[tuple[str, str, str]]

FILES: dict[str, tuple[str, Said]] = {
    "Teams VTT": (
        (
            "WEBVTT\n\n8c1f/12-0\n00:00:03.120 --> 00:00:05.000\n"
            "<v Nadia Okonjo-Wells>We need one date</v>\n\n"
            "8c1f/12-1\n00:00:05.000 --> 00:00:07.250\n<v Nadia Okonjo-Wells>for all three regions.</v>\n\n"
            "8c1f/13-0\n01:02:03.000 --> 01:02:05.000\n"
            "<v Rowan Achterberg>I&#39;ll send it &amp; ask Dev.</v>\n"
        ),
        [
            ("0:03", "Nadia Okonjo-Wells", "We need one date for all three regions."),
            ("1:02:03", "Rowan Achterberg", "I'll send it & ask Dev."),
        ],
    ),
    "Teams VTT with two voices in a cue, styles and notes": (
        (
            "WEBVTT - of June\n\nNOTE made by a machine\n\nSTYLE\n::cue { color: red }\n\n"
            "00:10.000 --> 00:12.000 align:start\n<v.loud Ana Pires>No. <i>Not</i> yet.</v>\n"
            "<v Dev Rathmore>Why?\n"
        ),
        [("0:10", "Ana Pires", "No. Not yet."), ("0:10", "Dev Rathmore", "Why?")],
    ),
    "Zoom VTT": (
        (
            "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:04.000\r\nHana Petrosyan-Cole: Shall we begin?\r\n\r\n"
            "2\r\n00:00:05.000 --> 00:00:09.000\r\nRatio is 3:1 here: that matters.\r\n"
        ),
        [
            ("0:01", "Hana Petrosyan-Cole", "Shall we begin?"),
            ("0:05", "", "Ratio is 3:1 here: that matters."),
        ],
    ),
    "SRT": (
        (
            "\ufeff1\n00:00:01,000 --> 00:00:04,000\nPriya Vantongeren: The audit is in May.\n"
            "The board sees it.\n\n"
            "2\n00:01:05,500 --> 00:01:09,000\nTomasz Lindqvar: In April.\n"
        ),
        [
            ("0:01", "Priya Vantongeren", "The audit is in May. The board sees it."),
            ("1:05", "Tomasz Lindqvar", "In April."),
        ],
    ),
    "Teams text": (
        (
            "Workshop with Norvane\n9 June 2026, 09:02\n\nIngrid Solvane   0:03\nWelcome, everybody.\n"
            "Let us begin.\n\nColm Addington   12:44\nWho owns the risk?\n"
        ),
        [
            ("", "", "Workshop with Norvane"),
            ("", "", "9 June 2026, 09:02"),
            ("0:03", "Ingrid Solvane", "Welcome, everybody. Let us begin."),
            ("12:44", "Colm Addington", "Who owns the risk?"),
        ],
    ),
    "Zoom text": (
        "[Lucía Brightwater] 10:02:03\nCan you hear me?\n\n[Farah Nouriel] 10:02:09\nYes: loud and clear.\n",
        [
            ("10:02:03", "Lucía Brightwater", "Can you hear me?"),
            ("10:02:09", "Farah Nouriel", "Yes: loud and clear."),
        ],
    ),
    "Zoom chat": (
        "10:02:03 From  Ana Pires  to  Everyone : Link is in the mail\n10:02:40 From Dev Rathmore : Thanks\n",
        [("10:02:03", "Ana Pires", "Link is in the mail"), ("10:02:40", "Dev Rathmore", "Thanks")],
    ),
    "Meet text": (
        (
            "Norvane weekly - Transcript\nAttendees\nAna Pires, Dev Rathmore\n\n00:05:00\n\n"
            "Ana Pires: We agreed on two regions.\nDev Rathmore: By when?\n\n00:10:00\n\n"
            "Ana Pires: By June.\n"
        ),
        [
            ("", "", "Norvane weekly - Transcript"),
            ("", "", "Attendees"),
            ("", "", "Ana Pires, Dev Rathmore"),
            ("5:00", "Ana Pires", "We agreed on two regions."),
            ("5:00", "Dev Rathmore", "By when?"),
            ("10:00", "Ana Pires", "By June."),
        ],
    ),
    "Meet in Markdown": (
        (
            "# Norvane weekly\n\n### 00:00:00\n\n**Saoirse Kelleran:** The figures are late.\n\n"
            "**Bram Osterveld:** Since March.\n"
        ),
        [
            ("", "", "Norvane weekly"),
            ("0:00", "Saoirse Kelleran", "The figures are late."),
            ("0:00", "Bram Osterveld", "Since March."),
        ],
    ),
    "a name above, and paragraphs beneath": (
        (
            "Elena Marchetti-Roe (CIO)  0:15\nFirst the network.\n\nThen the data.\n\n"
            "0:50 Yuki Tanemura\nGood.\n"
        ),
        [
            ("0:15", "Elena Marchetti-Roe (CIO)", "First the network."),
            ("0:15", "Elena Marchetti-Roe (CIO)", "Then the data."),
            ("0:50", "Yuki Tanemura", "Good."),
        ],
    ),
    "a name, then a time, then words": (
        "Ana Pires\n0:03\nYes: of course.\n\nDev Rathmore\n0:09\nGood.\n",
        [("0:03", "Ana Pires", "Yes: of course."), ("0:09", "Dev Rathmore", "Good.")],
    ),
    "time, name and words in one line": (
        "[0:03] Jonty Eskeland: hello\n(1:04:05) Henrik Dalmas: one moment\n",
        [("0:03", "Jonty Eskeland", "hello"), ("1:04:05", "Henrik Dalmas", "one moment")],
    ),
    "notes as a list": (
        (
            "# Notes\n\n- [ ] Send the cost range to Marcus\n- Decision: one supplier\n"
            "1. Leif Brandvold: audit first\n"
            "* next steps are open\n\nhttps://norvane.example/x\n"
        ),
        [
            ("", "", "Notes"),
            ("", "", "Send the cost range to Marcus"),
            ("", "", "Decision: one supplier"),
            ("", "Leif Brandvold", "audit first"),
            ("", "", "next steps are open"),
            ("", "", "https://norvane.example/x"),
        ],
    ),
}


@pytest.mark.parametrize(("text", "turns"), FILES.values(), ids=FILES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_who_said_what_and_when(text: str, turns: Said, encoding: str) -> None:
    found = read_transcript(text.encode(encoding))
    assert [(turn.at, turn.speaker, turn.words) for turn in found.turns] == turns
    assert not found.is_guess
    assert [turn.line for turn in found.turns] == sorted(turn.line for turn in found.turns)


def test_cues_of_one_speaker_are_put_together_and_cut_where_a_sentence_ends() -> None:
    cues = "".join(
        f"00:{n:02}:00.000 --> 00:{n:02}:04.000\n<v Ana Pires>{'word ' * 12}{n}.</v>\n\n" for n in range(12)
    )
    found = read_transcript(f"WEBVTT\n\n{cues}".encode())
    assert [turn.at for turn in found.turns] == ["0:00", "4:00", "8:00"]
    assert " ".join(turn.words for turn in found.turns).count("word") == 144
    assert all(turn.words.endswith(".") for turn in found.turns)


def test_letters_that_are_not_unicode_are_a_guess_until_their_encoding_is_said() -> None:
    content = "Jörg Müller: schön, gehört\n".encode("cp1252")
    assert (read_transcript(content).encoding, read_transcript(content).is_guess) == ("Windows-1252", True)
    assert read_transcript(content, "cp1252").turns[0].speaker == "Jörg Müller"


@pytest.mark.parametrize(
    ("content", "encoding", "why"),
    [
        (b"", "", "Nobody says anything in this file: export it again."),
        (b"WEBVTT\n\n", "", "Nobody says anything in this file: export it again."),
        (b"hello", "klingon", "There is no encoding «klingon»: use utf-8, "),
        (b"caf\xe9", "ascii", "Line 1 is not ascii text: "),
        (b"a\0b", "", "This file is no text that can be read: save it as VTT, SRT or text in UTF-8."),
        (
            b"PK\x03\x04",
            "",
            "This is a workbook or an archive and no transcript: save it as VTT, SRT or text.",
        ),
        (b"%PDF-1.7", "", "This is a PDF and no transcript: save it as VTT, SRT or text."),
        (b'{"a": 1}', "", "This is JSON and no transcript: save it as VTT, SRT or text."),
        (b"a" * (10 * 1024 * 1024 + 1), "", "This file is over 10 MB: split it."),
        (b"x\n\n" * (MOST_TURNS + 1), "", "This file has over 50,000 turns: split it."),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(content: bytes, encoding: str, why: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_transcript(content, encoding)
    assert str(refused.value).startswith(why)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "hostile",
    [
        "**a " * 200_000,
        "<v " * 200_000,
        "WEBVTT\n\n0:01.0 --> 0:02.0\n" + "<v a" * 180_000,
        "A: " * 180_000,
        "Ana Pires\n" * 60_000,
        "Ana Pires 0:03\n" + "words\n" * 100_000,
        "A" * 600_000,
        "- " * 300_000,
    ],
)
def test_no_file_takes_long(hostile: str) -> None:
    started = time.process_time()
    with contextlib.suppress(DocumentError):
        read_transcript(hostile.encode())
    assert time.process_time() - started < 5


_PIECES = st.sampled_from(
    [
        "WEBVTT",
        "00:01.000 --> 00:02.000",
        "<v Ana Pires>",
        "Ana Pires: ",
        "0:03",
        "[",
        "- ",
        "# ",
        "**",
        "x",
        " ",
    ]
)


@given(st.lists(st.lists(_PIECES, max_size=4).map("".join), max_size=12))
def test_no_words_are_lost_whatever_the_file_looks_like(lines: list[str]) -> None:
    try:
        found = read_transcript("\n".join([*lines, "last words"]).encode())
    except DocumentError:
        return
    is_cued = any("-->" in line for line in lines) or lines[:1] == ["WEBVTT"]
    told = "".join(f"{turn.speaker}{turn.words}" for turn in found.turns)
    assert is_cued or told.count("x") >= "".join(lines).count("x")
    assert is_cued or found.turns[-1].words.endswith("last words")
