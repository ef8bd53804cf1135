"""The search index: it has what the plan has, whatever was done, and is made anew where it is damaged."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.app.canaries import FINE, LEAK, with_canaries
from tests.domain.plans import FRAME
from tests.store.conftest import in_a_file
from tests.store.plans import ACC, ANA, AT, add, begin, name_ana, undo
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.domain.model.people import Meeting, MeetingStakeholder, Reading, Stakeholder
from workshop_tui.domain.model.session import Decision, Erratum, Parking, Seal, Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Change, Set, Step, removal
from workshop_tui.domain.search.hits import SearchResult
from workshop_tui.domain.search.query import Query, parse
from workshop_tui.server_url import Database, ServerUrl
from workshop_tui.store import opening, search
from workshop_tui.store.errors import StoreError
from workshop_tui.store.opening import driver
from workshop_tui.store.search import EVERYBODY, Readers, SearchReader
from workshop_tui.store.store import Store

DATES = Calendar(dt.date(2026, 6, 9))
BO = Stakeholder(id="bo", name="Bo Ferreira", visibility="ps")
GO = Decision(id="d1", session="S2", text="Go on with data residency")
STAY = Decision(id="d2", session="S1", text="Stay with the data centre", visibility="tech")
SAID = Reading(session="S2", stakeholder="bo", toward="all", evidence="asked for residency")


@pytest.fixture
def path(database: Database) -> Database:
    return database


@pytest.fixture
def store(path: Database) -> Iterator[Store]:
    with closing(Store.open(path)) as opened:
        begin(opened, ANA, BO, GO, STAY, SAID)
        caught_up(opened)
        yield opened


def caught_up(store: Store) -> None:
    for account in store.search_behind():
        store.update_search(account)
    assert store.search_behind() == ()


def looked_for(path: Database, typed: str, audience: str = EVERYBODY, most: int = 100) -> SearchResult:
    readers = Readers(audience, frozenset({audience}))
    with closing(SearchReader(path)) as reader:
        return reader.search(parse(typed, DATES), readers, most)


def keys(path: Database, typed: str, audience: str = EVERYBODY) -> set[str]:
    groups = looked_for(path, typed, audience).groups
    return {"/".join((hit.kind, *hit.key)) for group in groups for hit in group.hits}


_DUMP = "SELECT id >> 32, account, kind, key, scope, session, said_on, text, people FROM search_line"


def dump(path: Database) -> list[tuple[object, ...]]:
    """All lines without their numbers, and what the index holds of each word."""
    if isinstance(path, ServerUrl):
        with opening.reading(path) as server:
            found = server.execute(_DUMP).fetchall()
            words = server.execute(
                "SELECT word, ndoc FROM ts_stat('SELECT said FROM search_word')"
            ).fetchall()
        return [*sorted(found), *sorted(words)]
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(_DUMP).fetchall()
        connection.execute("CREATE VIRTUAL TABLE temp.each_word USING fts5vocab('main', search_word, 'row')")
        words = connection.execute("SELECT term, doc FROM each_word").fetchall()
    return [*sorted(found), *words]


def test_rows_are_found_by_their_words_with_session_and_day(store: Store, path: Database) -> None:
    found = looked_for(path, "resid")
    assert [(g.account_name, g.number, g.held_on) for g in found.groups] == [
        ("Account acc", 2, dt.date(2026, 6, 9))
    ]
    (group,) = found.groups
    assert [(hit.letter, hit.excerpt.text, hit.who) for hit in group.hits] == [
        ("d", "Go on with data residency", ""),
        ("e", "asked for residency", "Bo Ferreira"),
    ]
    assert not found.is_cut
    assert looked_for(path, "data", most=1).is_cut
    assert keys(path, "muller") == {"Stakeholder/ana"}
    assert looked_for(path, "").groups == ()
    assert store.search_behind() == ()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kind:d data", {"Decision/d1", "Decision/d2"}),
        ("kind:d since:q2", {"Decision/d1"}),
        ("data since:2027", set()),
        ("who:bo", {"Reading/S2/bo/all", "Stakeholder/bo"}),
        ("who:ferr resid", {"Reading/S2/bo/all"}),
        ("who:nobody", set()),
        ("acct:acc kind:d", {"Decision/d1", "Decision/d2"}),
        ("acct:other kind:d", set()),
        ("data c", {"Decision/d2"}),  # one letter asks for nothing of the index
        ("data residenc", {"Decision/d1"}),  # and is asked for six at the most
        ("data resident", set()),
    ],
)
@pytest.mark.usefixtures("store")
def test_it_is_narrowed(path: Database, typed: str, expected: set[str]) -> None:
    assert keys(path, typed) == expected


@pytest.mark.usefixtures("store")
def test_each_audience_finds_what_it_sees(path: Database) -> None:
    assert keys(path, "data", ALLIANCE) == {"Decision/d1"}
    assert keys(path, "data", "two") == {"Decision/d1", "Decision/d2"}
    assert keys(path, "resid", "one") == {"Decision/d1", "Reading/S2/bo/all"}
    assert keys(path, "who:bo", ALLIANCE) == set()
    assert keys(path, "who:bo", "two") == set()
    assert keys(path, "data", "somebody else") == set()


ELSEWHERE: dict[str, Callable[[Store], tuple[Change, ...]]] = {
    "a name": lambda _: name_ana("Ana Müller", "Ana Okafor").changes,
    "a row that comes": lambda _: add(Parking(id="k", session="S1", text="Later")).changes,
    "a row that goes": lambda store: removal(store.load(ACC)[0], STAY),
    "a person that goes with all": lambda store: removal(store.load(ACC)[0], BO),
    "who sees a person": lambda _: (Set(Stakeholder, ("bo",), "visibility", "ps", CUSTOMER),),
    "who sees a row": lambda _: (Set(Decision, ("d2",), "visibility", "tech", ALLIANCE),),
    "a session that comes": lambda _: add(Session(id="S9", held_on=dt.date(2026, 12, 1))).changes,
    "a session that moves": lambda _: (Set(Session, ("S3",), "held_on", "2026-09-09", "2026-05-01"),),
    "a session's words": lambda _: (Set(Session, ("S3",), "purpose", "", "Agree the figures"),),
    "a firm's name": lambda _: (Set(Party, ("ps",), "name", "Partner one", "Quill"),),
    "a firm that comes": lambda _: add(Party(id="new", name="Third firm", short="Third")).changes,
    "the account's name": lambda _: (Set(Account, (ACC,), "name", "Account acc", "Norvane"),),
    "a meeting": lambda _: (
        add(
            Meeting(id="m", on=dt.date(2026, 4, 1), said="A long talk"),
            MeetingStakeholder(meeting="m", stakeholder="ana"),
        ).changes
    ),
    "nothing": lambda _: (),
}


@in_a_file
@pytest.mark.parametrize("what", ELSEWHERE)
def test_after_any_step_it_is_as_if_made_anew_and_undo_brings_it_back(
    store: Store, path: Database, what: str
) -> None:
    _as_if_made_anew(store, path, what)


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_on_a_server_it_is_so_after_these_steps_one_after_the_other(store: Store, path: Database) -> None:
    for what in ELSEWHERE:
        _as_if_made_anew(store, path, what)


def _as_if_made_anew(store: Store, path: Database, what: str) -> None:
    before = dump(path)
    store.commit(ACC, Step(ELSEWHERE[what](store), "me", AT))
    assert store.search_behind() == (ACC,)
    caught_up(store)
    after = dump(path)
    assert (after == before) is (what == "nothing")
    store.rebuild_search()
    assert dump(path) == after
    undo(store)
    caught_up(store)
    assert dump(path) == before


def test_many_steps_behind_it_is_brought_up_at_once(store: Store, path: Database) -> None:
    for number in range(search.MANY_STEPS + 1):
        store.commit(ACC, add(Parking(id=f"k{number}", session="S1", text=f"Thing {number} parked")))
    caught_up(store)
    assert looked_for(path, "parked", most=500).count == search.MANY_STEPS + 1


def test_words_that_went_out_are_in_it_no_more(store: Store, path: Database) -> None:
    store.commit(ACC, Step(removal(store.load(ACC)[0], STAY, BO), "me", AT))
    caught_up(store)
    assert "centre" not in repr(dump(path))
    assert "ferreira" not in repr(dump(path))
    store.rebuild_search()
    store.commit(ACC, add(Parking(id="k", session="S1", text="Later")))  # and after it what is known grows
    caught_up(store)
    assert keys(path, "later") == {"Parking/k"}


@in_a_file
def test_an_account_that_is_gone_is_taken_out(store: Store, path: Database) -> None:
    begin(store, account="zebra")
    caught_up(store)
    assert keys(path, "kind:n zebra") == {"Account/zebra"}
    with store._backend.writing() as connection:
        there = driver(connection)
        there.execute("PRAGMA defer_foreign_keys=1")
        for (table,) in there.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
            columns = {row[1] for row in there.execute(f"PRAGMA table_info('{table}')")}
            if "account" in columns and not table.startswith("search_"):
                there.execute(f"DELETE FROM {table} WHERE account = 'zebra'")  # noqa: S608 - our own names
    assert store.search_behind() == ("zebra",)
    caught_up(store)
    assert keys(path, "kind:n zebra") == set()
    assert "zebra" not in repr(dump(path))


@in_a_file
@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE search_word",
        "DROP TABLE search_line",
        "DROP TABLE search_state",
        "UPDATE search_state SET form = 0",
        "DELETE FROM search_state",
        "UPDATE search_word_data SET block = x'00'",
        "DELETE FROM search_word_data WHERE id > 10",
    ],
)
def test_where_it_is_damaged_or_missing_it_is_made_anew(store: Store, path: Database, damage: str) -> None:
    before = dump(path)
    store.close()
    with closing(sqlite3.connect(str(path))) as connection:
        connection.executescript(damage)
    with closing(Store.open(path)) as again:
        again.commit(ACC, add(Parking(id="k", session="S1", text="Later")))
        caught_up(again)
        again.commit(
            ACC, Step(removal(again.load(ACC)[0], Parking(id="k", session="S1", text="Later")), "me")
        )
        caught_up(again)
    assert dump(path) == before


@in_a_file
def test_a_step_is_stored_whatever_the_index_is(store: Store, path: Database) -> None:
    with closing(sqlite3.connect(str(path))) as connection:
        connection.executescript("DROP TABLE search_word; DROP TABLE search_line; DROP TABLE search_state")
    assert store.commit(ACC, name_ana("Ana Müller", "Anna")).number == 2
    with pytest.raises(StoreError), closing(SearchReader(path)) as reader:
        reader.search(Query(("anna",)), Readers(), 10)
    store.rebuild_search()
    assert keys(path, "anna") == {"Stakeholder/ana"}


@in_a_file
def test_it_fails_whole(store: Store, path: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(path)
    store.commit(ACC, name_ana("Ana Müller", "Anna"))

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(search, "_next", full)
    monkeypatch.setattr(search, "_around", full)
    with pytest.raises(StoreError, match="disk is full"):
        store.update_search(ACC)
    assert dump(path) == before
    monkeypatch.undo()
    caught_up(store)
    assert keys(path, "anna") == {"Stakeholder/ana"}


@in_a_file
@pytest.mark.parametrize("audience", [ALLIANCE, "ps", "tech"])
def test_canaries_are_not_found_nor_counted_nor_told(
    path: Database, sample: AccountPlan, audience: str
) -> None:
    plan = AccountPlan.of(
        row for row in with_canaries(sample, audience) if not isinstance(row, (Seal, Erratum))
    )
    with closing(Store.open(path)) as opened:
        opened.commit(plan.account.id, add(*plan))
        caught_up(opened)
    called = {name for firm in plan.partners if firm.id == audience for name in (firm.id,)}
    readers = Readers(audience, frozenset(called), plan.account.id)
    leaked, fine = 0, 0
    with closing(SearchReader(path)) as reader:
        for number in range(16, 6000, 7):  # the words of canaries are numbers
            found = reader.search(Query((f"{number:x}",)), readers, 1000)
            told = repr(found)
            leaked += told.count(LEAK)
            fine += told.count(FINE)
        kinds = reader.search(parse("since:1990", DATES), readers, 10_000)
    assert leaked == 0
    assert fine > 50
    assert LEAK not in repr(kinds)
    assert kinds.count > 50


def test_a_firm_finds_nothing_in_an_account_it_has_no_part_in(store: Store, path: Database) -> None:
    stranger = AccountPlan.of(
        [
            Account(id="other", name="Other"),
            *(row for row in FRAME if isinstance(row, Party) and row.id == CUSTOMER),
            Party(id="ps", name="Another firm", short="Another"),
            Parking(id="k", session="S1", text="Data of others"),
            Session(id="S1", held_on=dt.date(2026, 3, 10)),
        ]
    )
    store.commit("other", add(*stranger))
    caught_up(store)
    mine = Readers("ps", frozenset({"partner one", "one"}), ACC)
    with closing(SearchReader(path)) as reader:
        assert {g.account for g in reader.search(Query(("data",)), mine, 10).groups} == {ACC}
        assert {g.account for g in reader.search(Query(("data",)), Readers(), 10).groups} == {ACC, "other"}
