"""Transcripts and notes of a meeting → who said what, and when.

Reads WebVTT and SRT, as Teams, Zoom and Meet write them, and text and Markdown: a line with speaker and
time above what was said, `[0:03] Ana Pires: words`, `Ana Pires: words`, chats, and plain notes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import PurePath
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.documents.contacts_columns import columns
from workshop_tui.documents.contacts_decode import decoded
from workshop_tui.documents.contacts_names import word_set
from workshop_tui.documents.contacts_read import read_contacts
from workshop_tui.documents.contacts_vcard import is_vcard
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.file_type import NO_TEXT, file_type
from workshop_tui.domain.base.text import clean_text, fold

LARGEST: Final = 10 * 1024 * 1024
"""The largest file that is read, in bytes."""
MOST_TURNS: Final = 50_000
_LONG: Final = 240
"""Characters from which the cues of one speaker are cut at the end of a sentence."""
_LONGEST: Final = 600  # where no sentence ends

_CLOCK = r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,]\d{1,3})?"
_CUE = re.compile(rf"\s*{_CLOCK}\s*-->\s*[\d:.,]+")
_VOICE = re.compile(r"<v(?:\.[^ \t<>]{0,40})?[ \t]+([^<>]{1,200})>")
_TAG = re.compile(r"</?[a-z][^<>]*>|<[\d:.]+>", re.IGNORECASE)
_TIME = re.compile(rf"[\[(]?{_CLOCK}[\])]?(?: ?[AaPp]\.?[Mm]\.?)?")
_ALONE = re.compile(rf"{_TIME.pattern}(?:\s*(?:-->|-|–|to)\s*{_TIME.pattern})?")
_NAME = r"[^\W\d_][^\n:<>\[\]|=]{0,58}?"
_NAME_TIME = re.compile(rf"\[?({_NAME})\]?\s*[-–|,]?\s*({_TIME.pattern})")
_TIME_SAID = re.compile(
    rf"({_TIME.pattern})\s*[-–|]?\s*(?:From\s+)?({_NAME})(?:\s+to\s+[^:]{{1,60}})?\s*:\s*(.*)"
)
_TIME_NAME = re.compile(rf"({_TIME.pattern})\s*[-–|]?\s*({_NAME})")
_SAID = re.compile(rf"({_NAME})\s*:\s+(\S.*)")
_NAMED_ALONE = re.compile(rf"({_NAME})\s*:")
_MARKS = re.compile(r"^(?:[-*+•>]\s+|\d{1,3}[.)]\s+|\[[ xX]\]\s+|#{1,6}\s+)+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1")
_NO_NAMES: Final = word_set(
    "action actions decision decisions note notes todo question questions answer risk risks agenda attendees "
    "attendance participants present apologies date time place subject summary next topic topics duration "
    "started ended ps re host location meeting title recorded transcript transcription http https"
)
_MOST_WORDS: Final = 5  # of a name
_ENDS: Final = (".", "?", "!", "…", ".”", '."', "?”", '?"')
_SMALL: Final = word_set("de da di do dos du van der den von la le el al bin ibn of the and")


class TranscriptTurn(Struct, frozen=True):
    """What somebody said without a break, and where it begins in the file."""

    line: int
    at: str
    """As 3:12 or 1:03:12; "" where the file doesn't say."""
    speaker: str
    """As the file has it; "" where it doesn't say."""
    words: str


class Transcript(Struct, frozen=True):
    """The turns of a file, in order, and how it was read."""

    turns: tuple[TranscriptTurn, ...]
    encoding: str
    is_guess: bool

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks, in the order in which they begin."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))


def is_transcript(name: str, content: bytes, encoding: str = "") -> bool:
    """Whether a file is a transcript or notes, and no contacts: by its name, else by what is in it."""
    suffix = PurePath(name).suffix.casefold()
    if suffix != ".txt":
        is_vtt = content.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")
        return is_vtt or suffix in {".vtt", ".srt", ".md", ".markdown"}
    try:
        return not (is_vcard(content) or columns(read_contacts(content, encoding).headers).places)
    except DocumentError:
        return True


def read_transcript(content: bytes, encoding: str = "") -> Transcript:
    """Return who said what; `encoding` goes before what the file looks like.

    Raises DocumentError when it is too large, no text, in no encoding that is known, or says nothing.
    """
    if len(content) > LARGEST:
        raise DocumentError("This file is over 10 MB: split it.")
    if (kind := file_type(content)) in {"JSON", *NO_TEXT}:
        raise DocumentError(f"This is {kind} and no transcript: save it as VTT, SRT or text.")
    text, name, is_guess = decoded(content, encoding)
    if "\0" in text:
        raise DocumentError("This file is no text that can be read: save it as VTT, SRT or text in UTF-8.")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cued = lines[0].strip().startswith("WEBVTT") or any(map(_CUE.match, lines[:40]))
    found = _joined(_of_cues(lines)) if cued else _of_text(lines)
    turns = tuple(islice(found, MOST_TURNS + 1))
    if not turns:
        raise DocumentError("Nobody says anything in this file: export it again.")
    if len(turns) > MOST_TURNS:
        raise DocumentError(f"This file has over {MOST_TURNS:,} turns: split it.")
    return Transcript(turns, name, is_guess)


# Cues


def _of_cues(lines: list[str]) -> Iterator[TranscriptTurn]:
    """Yield what each cue says; a cue may have several voices."""
    at = 0
    while at < len(lines):
        found = _CUE.match(lines[at])
        at += 1
        if not found:
            continue
        first, said = at, []
        while at < len(lines) and lines[at].strip() and not _CUE.match(lines[at]):
            said.append(lines[at])
            at += 1
        yield from _voices(first, _clock(found), "\n".join(said))


def _voices(line: int, at: str, text: str) -> Iterator[TranscriptTurn]:
    parts = _VOICE.split(text)
    for speaker, words in zip(["", *parts[1::2]], parts[::2], strict=True):
        plain = clean_text(html.unescape(_TAG.sub("", words)))
        who, what = clean_text(html.unescape(speaker)), plain
        if not who and (found := _SAID.fullmatch(plain)) and _is_name(found[1]):
            who, what = found[1].strip(), found[2]
        if what:
            yield TranscriptTurn(line, at, who, what)


def _joined(turns: Iterable[TranscriptTurn]) -> Iterator[TranscriptTurn]:
    """Put the cues of one speaker together, up to the end of a sentence once there are many words."""
    last: TranscriptTurn | None = None
    for turn in turns:
        is_full = last and (
            len(last.words) > _LONGEST or (len(last.words) > _LONG and last.words.endswith(_ENDS))
        )
        if last and turn.speaker and last.speaker == turn.speaker and not is_full:
            last = replace(last, words=f"{last.words} {turn.words}")
            continue
        if last:
            yield last
        last = turn
    if last:
        yield last


# Text


def _of_text(lines: list[str]) -> Iterator[TranscriptTurn]:
    """Yield turns by the lines that name who speaks or when; without these, each line is one.

    A name that stands above the words holds until the next one; one before them, for its paragraph.
    """
    who = when = ""
    holds = False
    seen: set[str] = set()
    turn: TranscriptTurn | None = None
    for number, raw in enumerate(lines, 1):
        bare = raw.strip()
        line = clean_text(_BOLD.sub(r"\2", _MARKS.sub("", bare)))
        is_item = bool(_MARKS.match(bare))
        head = _head(line) or _above(line, lines[number : number + 1])
        if head and holds and head[2] and not head[1] and head[0] not in seen:
            head = None  # «Yes: of course», said by whoever stands above
        if line and head is None and turn and who and not is_item and len(turn.words) < _LONGEST:
            turn = replace(turn, words=f"{turn.words} {line}")
            continue
        if turn:
            yield turn
            turn = None
        if head:
            seen.add(head[0])
            holds = not head[2] if head[0] else holds
            who, when = head[0] or who, head[1] or when
            turn = TranscriptTurn(number, when, who, head[2]) if head[2] else None
        elif line:
            is_heading = bare.startswith("#")
            goes_on = who if holds and not is_heading else ""
            turn = TranscriptTurn(number, when, goes_on, line)
            who = goes_on
    if turn:
        yield turn


def _head(line: str) -> tuple[str, str, str] | None:  # noqa: PLR0911 - one for each form
    """Return who speaks, when, and what, of a line that says who or when; None of another."""
    if found := _ALONE.fullmatch(line):
        return "", _clock(found), ""
    if (found := _TIME_SAID.fullmatch(line)) and _is_name(found[5]):
        return found[5].strip(), _clock(found, 1), found[6]
    if (found := _NAME_TIME.fullmatch(line)) and _is_name(found[1]):
        return found[1].strip(), _clock(found, 2), ""
    if (found := _TIME_NAME.fullmatch(line)) and _is_name(found[5]):
        return found[5].strip(), _clock(found, 1), ""
    if (found := _SAID.fullmatch(line)) and _is_name(found[1]):
        return found[1].strip(), "", found[2]
    if (found := _NAMED_ALONE.fullmatch(line)) and _is_name(found[1]):
        return found[1].strip(), "", ""
    return None


def _above(line: str, following: list[str]) -> tuple[str, str, str] | None:
    """Return whose name stands on a line above a time."""
    is_above = any(_ALONE.fullmatch(each.strip()) for each in following)
    return (line, "", "") if line and is_above and _is_name(line) else None


def _is_name(text: str) -> bool:
    """Whether words may be a person's name: few of them, and all but particles begin with a capital."""
    words = re.sub(r"\(.*?\)", "", text).replace(",", " ").split()
    if not 0 < len(words) <= _MOST_WORDS or fold(words[0]) in _NO_NAMES:
        return False
    big = [word for word in words if fold(word) not in _SMALL]
    return bool(big) and all(not word[0].islower() and word[0].isalnum() for word in big)


def _clock(found: re.Match[str], before: int = 0) -> str:
    """Return the time in the three groups behind those `before` it, as people write it."""
    hours, minutes, seconds = (found[before + n] for n in (1, 2, 3))
    if int(hours or 0):
        return f"{int(hours)}:{int(minutes):02}:{seconds}"
    return f"{int(minutes)}:{seconds}"
