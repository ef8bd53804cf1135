"""What is looked for among thousands of rows is found by an index."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from workshop_tui.domain.base.entity import references
from workshop_tui.domain.plan.plan import KINDS
from workshop_tui.store.store import Store
from workshop_tui.store.tables import MANY, table_name

TO_PEOPLE = [(table_name(k), name) for k in KINDS for name, kind in references(k).items() if kind == MANY]


@pytest.mark.parametrize(("table", "column"), TO_PEOPLE)
def test_who_refers_to_a_person_that_goes_is_found_without_reading_all(
    tmp_path: Path, table: str, column: str
) -> None:
    query = f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE account = 'a' AND {column} = 'b'"  # noqa: S608
    with closing(Store.open(tmp_path / "w.db")) as store, store._backend.reading() as connection:
        (plan,) = connection.execute(sa.text(query)).scalars("detail")
    assert "SEARCH" in plan
    assert f"{column}=?" in plan
