"""One byte of the file is another one: it is read as it is, or a sentence says so; never anything else."""

from __future__ import annotations

import datetime as dt
import random
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import SAMPLE
from tests.store.plans import ACC, ONE_OF_EACH, add
from workshop_tui.cli.app import run
from workshop_tui.store import listing, open_actions
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store

TODAY = dt.date(2026, 6, 9)
PAGE = 4096
FLIPS = 40
SENTENCE = re.compile(r"^(The database )?/\S+/w\.db [^\n\x00-\x1f\x7f-\x9f�]*\.$")


def _store(path: Path) -> None:
    with closing(Store.open(path, create=False)) as store:
        store.load(store.find(ACC))
        store.since(ACC, 0)
        store.drafts(ACC, "me")
        store.next_undo(ACC, "me")


USES: dict[str, Callable[[Path], object]] = {
    "the library": partial(listing.accounts, today=TODAY),
    "the actions": partial(open_actions.open_actions, today=TODAY),
    "the store": _store,
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "w.db"
    with closing(Store.open(path)) as store:
        store.commit(ACC, add(*ONE_OF_EACH))
        store.save_draft(ACC, "me", "capture", "Ana")
    return path.read_bytes()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged") / "w.db"


@pytest.fixture(scope="module")
def places(whole: bytes) -> dict[str, list[int]]:
    """Where bytes are flipped: in the header and the schema, and wherever there is anything."""
    pages = range(len(whole) // PAGE)
    first = [page for page in pages if not page or b"CREATE" in whole[page * PAGE : (page + 1) * PAGE]]
    return {
        "the first pages": [page * PAGE + at for page in first for at in range(PAGE)],
        "anywhere": [at for at, byte in enumerate(whole) if byte],
    }


def _bears(path: Path, data: bytes, use: Callable[[Path], object]) -> bool:
    """Whether a damaged file can be read; if not, it has to be said in a sentence."""
    path.write_bytes(data)
    told = ""
    try:
        use(path)
    except StoreError as error:
        told = str(error)
    assert not told or SENTENCE.match(told), told
    assert path.read_bytes() == data
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    return not told


def _flipped(whole: bytes, at: int, bits: int) -> bytes:
    data = bytearray(whole)
    data[at] ^= bits
    return bytes(data)


def test_every_byte_of_the_header(whole: bytes, path: Path) -> None:
    read = [_bears(path, _flipped(whole, at, 0x80), USES["the library"]) for at in range(100)]
    assert 0 < sum(read) < 100


def test_every_statement_of_the_schema(whole: bytes, path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - the same bytes every time
    statements = [found.start() for found in re.finditer(rb"CREATE (TABLE|INDEX)", whole)]
    assert len(statements) > 50
    flipped = (_flipped(whole, start + chance.randrange(60), 0x80) for start in statements)
    assert sum(not _bears(path, data, USES["the library"]) for data in flipped) > len(statements) // 2


@pytest.mark.parametrize("where", ["the first pages", "anywhere"])
@pytest.mark.parametrize("name", USES)
def test_any_byte(whole: bytes, path: Path, places: dict[str, list[int]], name: str, where: str) -> None:
    chance = random.Random(name + where)  # noqa: S311 - the same bytes every time
    for at in chance.sample(places[where], FLIPS):
        _bears(path, _flipped(whole, at, chance.randint(1, 255)), USES[name])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE session SET held_on = 'soon'",
        "UPDATE session SET held_on = 7",
        "UPDATE account SET stage = 'none'",
        "UPDATE account SET archived = 0; UPDATE action SET session = 'gone', status = 'open'",
        "UPDATE action SET status = 'none'",
        "UPDATE stakeholder SET name = CAST(x'c328' AS TEXT)",
        "UPDATE account SET name = CAST(x'c328' AS TEXT)",
        "UPDATE journal SET changes = '[{}]'",
        "UPDATE journal SET changes = '7'",
        "UPDATE journal SET at = 'soon'",
        "UPDATE journal SET undoes = '{'",
    ],
)
def test_rows_that_make_no_sense(whole: bytes, path: Path, statement: str) -> None:
    path.write_bytes(whole)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statement)
    data = path.read_bytes()
    assert False in {name: _bears(path, data, use) for name, use in USES.items()}.values()


@pytest.mark.parametrize(
    ("command", "byte"),
    [
        (("list",), "in the schema"),
        (("list",), "in a name"),
        (("actions",), "in the schema"),
        (("actions",), "in a name"),
        (("gaps", ACC), "in the schema"),
        (("gaps", ACC), "in a name"),
        (("export", ACC), "in the schema"),
        (("export", ACC), "in a name"),
        (("done", "x1"), "in the schema"),
        (("import", str(SAMPLE)), "in the schema"),
    ],
)
def test_commands_say_it_in_a_sentence(
    whole: bytes, path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], byte: str
) -> None:
    if byte == "in the schema":
        data = _flipped(whole, whole.index(b"CREATE TABLE seal") + 20, 0x80)
    else:
        data = whole.replace("Zürich".encode(), b"Z\xff\xffrich")
    path.write_bytes(data)
    code = run(["--db", str(path), *command])
    told = capsys.readouterr().err.strip()
    assert code == 2
    assert SENTENCE.match(told), told
    assert path.read_bytes() == data
