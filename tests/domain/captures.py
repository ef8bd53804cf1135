"""Lines as people type them, and what is understood of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from tests.domain.plans import ON
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.vocabulary import ALLIANCE, BlockKind
from workshop_tui.domain.capture.names import (
    Slot,
    candidates,
    is_day,
    is_free,
    is_money,
    is_number,
    shortest,
)
from workshop_tui.domain.capture.parse import parse
from workshop_tui.domain.capture.reader import FEELINGS
from workshop_tui.domain.capture.rows import BY, FIGURES, GRAMMAR, PREFIXES, SENTIMENT, Captured, Place
from workshop_tui.domain.capture.tokens import escapable, quoted
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan

PEOPLE, VALUE, ACTIONS = BlockKind.STAKEHOLDERS, BlockKind.VALUE, BlockKind.ACTIONS


def read(
    line: str, plan: AccountPlan, block: BlockKind = PEOPLE, audience: str = ALLIANCE, **how: Any
) -> Captured:
    dates = how.pop("dates", Calendar(ON))
    return parse(line, project(plan, audience), block=block, audience=audience, dates=dates, **how)


def said(captured: Captured) -> dict[str, Json]:
    """What was understood, as part.field → value."""
    names = {(part, name): value for (_, part, name), value in captured.given.items()}
    return {f"{part}.{name}" if part else name: value for (part, name), value in names.items()}


def format_capture(captured: Captured, view: AccountPlan) -> str:
    """Return the line that says the same, with its prefix and each name in its shortest unique form.

    `parse` reads it back in any block, seen from the same plan on the same day.
    """
    letter = next(letter for letter, kind in PREFIXES.items() if kind is captured.kind)
    tokens = [token for place in captured.given if (token := _token(captured, place, view))]
    due_last = sorted(tokens, key=lambda token: token.startswith(f"{BY} "))
    *words, last = _words(captured)
    is_title = captured.kind is not Stakeholder or bool(captured.given.get((Stakeholder, "", "title")))
    # A comma that only parts the text from a sign goes, so a text that ends with one has another.
    parts = "," if tokens and is_title and last.endswith(",") else ""
    if parts:
        is_escaped = last.startswith("\\") and escapable(last[1:])
        last = as_text(f"{last[is_escaped:]},")
    return " ".join([f"{letter}:", *words, last, *due_last])


def _words(captured: Captured) -> Iterator[str]:
    texts = captured.values(captured.kind)
    called = [word for word in str(texts[captured.kind.NAME_FIELD]).split(" ") if word]
    if captured.kind is not Stakeholder:
        yield from map(as_text, called)
        return
    title = [as_text(word) for word in str(texts.get("title", "")).split(" ") if word]
    glued = called[-1:] if title and called and called[-1][-1].isalnum() else []
    for word in called[:-1] if glued else called:
        yield as_text(f"{word[:-1]}\\," if word.endswith(",") else word)
    if title:
        yield as_text(f"{''.join(glued)},")
    yield from title


def _token(captured: Captured, place: Place, view: AccountPlan) -> str:
    """Return what gives the value of a place; empty for what stands in the words."""
    kind, part, name = place
    value = captured.given[place]
    if kind is SENTIMENT.kind:
        return part + next(sign for sign, feeling in FEELINGS.items() if feeling == value)
    for which, figure in FIGURES.items():
        if (kind, name) == (figure.kind, figure.name):
            return f"{which}{value}"
    slots = GRAMMAR[captured.kind].items()
    sign, slot = next(((s, slot) for s, slot in slots if (slot.kind, slot.name) == (kind, name)), ("", None))
    if slot is None:
        return ""
    return f"{BY} {value}" if sign == BY else sign + quoted(_form(slot, str(value), view))


def _form(slot: Slot, value: str, view: AccountPlan) -> str:
    if is_day(slot) or is_number(slot) or is_money(slot) or is_free(slot):
        return value
    found = candidates(view, slot)
    wanted = next((each for each in found if each.value == value), None)
    return shortest(found, wanted) if wanted else value


def as_text(word: str) -> str:
    """Return a word as it is typed to be text and nothing else."""
    return f"\\{word}" if escapable(word) else word


# What lines are made of

PIECES = st.sampled_from(
    [
        *(" ", " ", " ", ",", ", ", "\\", '"', "\t", "\u00a0", "\u0338", "\u200e", "é"),
        *(">", "@", "#", "%", "!", "^", "*", "~", "by", " by ", "fri", "+2w", "1 dec", "26"),
        *(
            "s:",
            "a:",
            "v:",
            "p:",
            "d:",
            "r:",
            "ps+1",
            "tech-1",
            "all=?",
            "ps+9",
            "inf4",
            "inf9",
        ),
        *("t:", "e:", "w:", "g:", "m:", "unit:Risk", 'unit:"', "every:30", "every:0", "vs:Fenwick", "note:"),
        *("left:", "left:1 jun", "after:^Priya", "after:Ana", "worth:250k", "worth:x", "base:1m", "real:9k"),
        *("on:1 jun", "on:", "for:x", "firm:ps", "firm:", "in:q3", "in:2027", "in:people", "is:present"),
        *("lik3", "imp2", "lik4"),
        *("Ana", "Dev", "Rowan", "Mirela", "Lucía", "Marcus", "user", "driv", "customer", "x"),
    ]
)
LINES = st.lists(PIECES, max_size=16).map("".join) | st.text(max_size=60)
