"""Tab in the capture line: the names that fit what stands at the cursor."""

from __future__ import annotations

from dataclasses import dataclass

from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.capture.names import Candidate, Slot, candidates, is_free, matching, shortest
from workshop_tui.domain.capture.rows import BY, GRAMMAR, kind_of
from workshop_tui.domain.capture.tokens import Piece, quoted, scan
from workshop_tui.domain.plan.audience import shows
from workshop_tui.domain.plan.plan import AccountPlan


@dataclass(frozen=True, slots=True)
class _Spot:
    """The token at the cursor: its sign, what is typed of it, and the part of the line it takes up."""

    sign: str
    slot: Slot
    typed: str
    start: int
    end: int


def offers(line: str, cursor: int, view: AccountPlan, block: BlockKind) -> tuple[str, ...]:
    """Return what the token at the cursor can become, in the order in which Tab offers it.

    Empty where there is no token of names, or one that this view's audience may not use.
    """
    spot = _spot(line, cursor, view, block)
    return tuple(each.label for each in _fitting(spot, view)) if spot else ()


def complete(
    line: str, cursor: int, view: AccountPlan, block: BlockKind, choice: int = 0
) -> tuple[str, int] | None:
    """Return the line with the token at the cursor completed, and the cursor behind it; None if none fits.

    The shortest unique form is put in, quoted if it has spaces. For the next of several, pass the line
    and cursor as they were before the first Tab and another `choice`; it counts round and round.
    """
    spot = _spot(line, cursor, view, block)
    found = _fitting(spot, view) if spot else ()
    if not spot or not found:
        return None
    wanted = found[choice % len(found)]
    known = candidates(view, spot.slot)
    form = wanted.value if is_free(spot.slot) else shortest(known, wanted, spot.typed)
    behind = line[spot.end :]
    head = line[: spot.start] + spot.sign + quoted(form) + ("" if behind else " ")
    return head + behind, len(head)


def _fitting(spot: _Spot, view: AccountPlan) -> tuple[Candidate, ...]:
    found = candidates(view, spot.slot)
    return matching(found, spot.typed) if spot.typed else found


def _spot(line: str, cursor: int, view: AccountPlan, block: BlockKind) -> _Spot | None:
    prefix, pieces = scan(line)
    piece = next((piece for piece in pieces if piece.start < cursor <= piece.end), None)
    sign = (piece.sign or piece.text) if piece else ""  # a bare sign offers everything
    slot = GRAMMAR[kind_of(prefix.text if prefix else "", block)].get(sign)
    if piece is None or slot is None or sign == BY or not shows(slot.kind, slot.name, view.audience):
        return None
    return _Spot(sign, slot, _typed(line, piece, cursor), piece.start, piece.end if piece.closed else cursor)


def _typed(line: str, piece: Piece, cursor: int) -> str:
    """Return what stands between the sign and the cursor."""
    typed = line[piece.start + 1 : cursor].removeprefix('"')
    return typed.removesuffix('"') if cursor == piece.end else typed
