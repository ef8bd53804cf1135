"""Tab in the capture line: the names that fit what stands at the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import ALLIANCE, BlockKind
from workshop_tui.domain.capture.kinds import kind_in
from workshop_tui.domain.capture.names import Candidate, Slot, candidates, chosen, is_free, matching, shortest
from workshop_tui.domain.capture.rows import BY, GRAMMAR, may_give
from workshop_tui.domain.capture.tokens import Piece, quoted, scan
from workshop_tui.domain.capture.whole_names import with_names
from workshop_tui.domain.plan.plan import AccountPlan


class _Spot(Struct, frozen=True):
    """The token at the cursor: its sign, what is typed of it, and the part of the line it takes up."""

    sign: str
    slot: Slot
    typed: str
    start: int
    end: int


def offers(
    line: str, cursor: int, view: AccountPlan, block: BlockKind, lists: type[Entity] | None = None
) -> tuple[str, ...]:
    """Return what the token at the cursor can become, in the order in which Tab offers it.

    `lists` is the kind of row that the view lists in which the line is typed.

    Empty where there is no token of names, or one that this view's audience may not use.
    """
    spot = _spot(line, cursor, view, kind_in(line, block, lists))
    return tuple(each.label for each in _fitting(spot, view)) if spot else ()


def complete(  # noqa: PLR0913 - the line, where it is typed, and which of several
    line: str,
    cursor: int,
    view: AccountPlan,
    block: BlockKind,
    choice: int = 0,
    *,
    lists: type[Entity] | None = None,
) -> tuple[str, int] | None:
    """Return the line with the token at the cursor completed, and the cursor behind it; None if none fits.

    The shortest unique form is put in, quoted if it has spaces. For the next of several, pass the line
    and cursor as they were before the first Tab and another `choice`; it counts round and round.
    """
    spot = _spot(line, cursor, view, kind_in(line, block, lists))
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


def _spot(line: str, cursor: int, view: AccountPlan, kind: type[Entity]) -> _Spot | None:
    _, pieces = scan(line)
    pieces = with_names(pieces, GRAMMAR[kind], view, is_typing=True)
    piece = next((piece for piece in pieces if piece.start < cursor <= piece.end), None)
    if piece is None and (open_before := _left_open(line, cursor, view, kind, pieces)):
        piece, cursor = open_before, open_before.end
    sign = (piece.sign or piece.text.lower()) if piece else ""  # a bare sign offers everything
    slot = GRAMMAR[kind].get(sign)
    if piece is None or slot is None or sign == BY or not may_give(slot, view.audience or ALLIANCE):
        return None
    if cursor < piece.start + len(sign):
        return None
    end = piece.end if piece.closed else cursor
    return _Spot(sign, slot, _typed(line, piece, len(sign), cursor), piece.start, end)


def _left_open(
    line: str, cursor: int, view: AccountPlan, kind: type[Entity], pieces: Sequence[Piece]
) -> Piece | None:
    """Return the name behind which the cursor stands after a space, if it is not clear yet who that is."""
    before = [piece for piece in pieces if piece.end <= cursor]
    slot = GRAMMAR[kind].get(before[-1].sign) if before else None
    if slot is None or line[before[-1].end : cursor].strip() or not before[-1].closed:
        return None
    return before[-1] if len(chosen(candidates(view, slot), before[-1].value)) > 1 else None


def _typed(line: str, piece: Piece, sign: int, cursor: int) -> str:
    """Return what stands between the sign, of so many letters, and the cursor."""
    typed = line[piece.start + sign : cursor].removeprefix('"')
    typed = typed.removeprefix("^") if sign > 1 else typed
    return typed.removesuffix('"') if cursor == piece.end else typed
