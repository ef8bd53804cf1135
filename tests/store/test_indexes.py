"""What is looked for among thousands of rows is found by an index."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex

from workshop_tui.domain.base.entity import references
from workshop_tui.domain.plan.plan import KINDS
from workshop_tui.store.reading import table_name
from workshop_tui.store.store import Store
from workshop_tui.store.tables import MANY, METADATA

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


def test_only_actions_that_are_open_are_in_the_index_of_them_on_both_databases() -> None:
    (index,) = (each for each in METADATA.tables["action"].indexes if "due" in each.columns)
    for dialect in (sqlite.dialect(), postgresql.dialect()):  # type: ignore[no-untyped-call]
        made = str(CreateIndex(index).compile(dialect=dialect))
        assert made.endswith("WHERE status NOT IN ('done', 'dropped')")
