from __future__ import annotations

import pytest

from workshop_tui.store.history import Group, Record, history


@pytest.mark.parametrize(
    ("records", "undo", "redo"),
    [
        ([], [], []),
        ([Record(1)], [], []),
        ([Record(1), Record(2), Record(5)], [(2,), (5,)], []),
        ([Record(2, "b"), Record(3, "b"), Record(4, "c")], [(2, 3), (4,)], []),
        ([Record(2), Record(3)], [(2,), (3,)], []),
        ([Record(2, "b"), Record(3), Record(4, "b")], [(2,), (3,), (4,)], []),
        ([Record(2), Record(3), Record(4, "", (3,))], [(2,)], [(4,)]),
        ([Record(2, "b"), Record(3, "b"), Record(4, "", (2, 3))], [], [(4,)]),
        ([Record(2), Record(3, "", (2,)), Record(4, "", (3,))], [(4,)], []),
        ([Record(2), Record(3), Record(4, "", (3,)), Record(5, "", (2,))], [], [(4,), (5,)]),
        (
            [Record(2), Record(3), Record(4, "", (3,)), Record(5, "", (2,)), Record(6, "", (5,))],
            [(6,)],
            [(4,)],
        ),
        ([Record(2), Record(3, "", (2,)), Record(4)], [(4,)], []),
        ([Record(2, "b"), Record(3, "", (2,)), Record(4, "b")], [(4,)], []),
        ([Record(2), Record(3, "", (2,)), Record(4, "", (3,)), Record(5, "", (4,))], [], [(5,)]),
        ([Record(2), Record(3), Record(4, "", (3,), aside=True)], [(2,)], []),
        ([Record(2), Record(3), Record(4, "", (3,)), Record(5, "", (4,), aside=True)], [(2,)], []),
        ([Record(2, "b"), Record(3, "b"), Record(4, "", (2, 3), aside=True), Record(5, "b")], [(5,)], []),
        ([Record(2), Record(3, "", (9,), aside=True)], [(2,)], []),
    ],
)
def test_history(records: list[Record], undo: list[Group], redo: list[Group]) -> None:
    assert history(records) == (undo, redo)
