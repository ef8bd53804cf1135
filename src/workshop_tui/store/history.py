"""What undo and redo would take back, folded from the journal's small columns."""

from collections.abc import Iterable

from msgspec import Struct

Group = tuple[int, ...]
"""Journal numbers of Steps that are taken back together, oldest first."""


class Record(Struct, frozen=True):
    """What undo has to know of one Step of one actor."""

    number: int
    undo_group: str = ""
    undoes: Group = ()
    aside: bool = False
    """Whether it undoes nothing, but says that `undoes` can't be undone any more."""


def history(records: Iterable[Record]) -> tuple[list[Group], list[Group]]:
    """Return the undo stack and the redo stack (the last group is the next to go) of one actor.

    Takes that actor's own undoable Steps in the order of the journal. A Step that takes back a group
    on one stack puts itself on the other; any other Step clears the redo stack; consecutive Steps of
    one undo group are taken together. The account's creation, number 1, is never taken back.

    What somebody else has changed since can't be taken back: such a group is set aside, by a record
    that takes it off its stack and puts nothing on the other, so that the next undo takes the one before.
    """
    undo: list[Group] = []
    redo: list[Group] = []
    undo_group = ""
    for record in records:
        if record.aside:
            undo, redo = ([group for group in stack if group != record.undoes] for stack in (undo, redo))
        elif record.undoes and record.undoes in undo:
            undo.remove(record.undoes)
            redo.append((record.number,))
        elif record.undoes and record.undoes in redo:
            redo.remove(record.undoes)
            undo.append((record.number,))
        elif record.number > 1:
            redo.clear()
            joined = undo.pop() if undo_group and record.undo_group == undo_group else ()
            undo.append((*joined, record.number))
        undo_group = "" if record.undoes else record.undo_group
    return undo, redo
