"""Finding an account by what people call it, and keeping what is not finished: a part of the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.conftest import Opening, in_a_file
from tests.store.plans import ACC, ANA, add, begin, name_ana, name_of_ana
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.store.errors import StoreError
from workshop_tui.store.naming import ShortIds, account_meant
from workshop_tui.store.store import Store


@pytest.fixture
def library(store: Store) -> Store:
    for account, name, customer in (
        ("nor1", "Norvane", "Norvane Bank plc"),
        ("nor2", "Nordic Paper", "Älvsborg AB"),
        ("ban3", "Banque", "Banque du Lac"),
        ("ban4", "Banque du Nord", ""),
    ):
        known = [Party(id="customer", name=customer, short="C")] if customer else []
        store.commit(account, add(Account(id=account, name=name), *known))
    return store


@in_a_file
@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("nor2", "nor2"),
        ("norvane", "nor1"),
        (" NORVANE bank ", "nor1"),
        ("alvs", "nor2"),
        ("Norv", "nor1"),
        ("banque", "ban3"),
        ("banque du n", "ban4"),
    ],
)
def test_find(library: Store, text: str, account: str) -> None:
    assert library.find(text) == account


@in_a_file
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nor", r"several.*Nordic Paper \(nor2\), Norvane \(nor1\)"),
        ("vane", "no account «vane».*use Norvane"),
        ("zzz", r"no account «zzz».*Banque \(ban3\).*Norvane"),
        ("", "several"),
    ],
)
def test_find_names_the_candidates(library: Store, text: str, sentence: str) -> None:
    with pytest.raises(StoreError, match=sentence):
        library.find(text)


def test_find_in_an_empty_database(store: Store) -> None:
    with pytest.raises(StoreError, match="none yet"):
        store.find("any")


def test_drafts_are_kept_per_actor_and_place_until_they_are_empty(place: Opening) -> None:
    store = place()
    store.save_draft(ACC, "me", "capture", "Ana Pires, Head of")
    store.save_draft(ACC, "me", "action/x1/due", "next fr")
    store.save_draft(ACC, "you", "capture", "theirs")
    store.save_draft("other", "me", "capture", "elsewhere")
    store.save_draft(ACC, "me", "capture", "Ana Pires, Head of Pay")
    store = place()
    assert store.drafts(ACC, "me") == {"capture": "Ana Pires, Head of Pay", "action/x1/due": "next fr"}
    store.save_draft(ACC, "me", "capture", "")
    assert store.drafts(ACC, "me") == {"action/x1/due": "next fr"}
    assert store.drafts(ACC, "you") == {"capture": "theirs"}


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("nor2", "nor2"),
        ("Nordic Paper", "nor2"),
        ("nordic paper", ""),
        ("nor", ""),
        ("Banque", "ban3"),
        ("", ""),
    ],
)
def test_only_what_is_written_in_full_is_meant_by_a_file(library: Store, text: str, account: str) -> None:
    assert library.meant(text) == account


def test_the_latest_steps_are_read_a_few_at_a_time(store: Store) -> None:
    begin(store, ANA)
    for n in range(5):
        store.commit(ACC, name_ana(name_of_ana(store) or "", f"Ana {n}"))
    number = store.load(ACC)[1]
    assert [step.number for step in store.latest(ACC, number, 3)] == [number, number - 1, number - 2]
    assert [step.number for step in store.latest(ACC, 2, 3)] == [2, 1]
    assert store.latest(ACC, 0, 3) == ()


def test_random_ids_are_told_by_words_and_beginnings_that_mean_them_alone() -> None:
    names: dict[str, tuple[str, str | None]] = {
        "483g3n4": ("Tarn Water", "Tarn Water Ltd"),
        "9wmvyg2": ("Solmere Energy", None),
        "8888888": ("Solmere", "Solmere plc"),
        "norvane": ("Norvane Bank", None),
    }
    ids = ShortIds(names, {"483g3n4": ("vy3abcd", "vy3abce", "vy4abcd", "A07")})
    assert [ids.account(one) for one in names] == ["tarn", "solmere-energy", "solmere", "norvane"]
    assert all(account_meant(ids.account(one), names, Path("x")) == one for one in names)
    assert ids.ref("483g3n4", "vy4abcd") == "tarn/vy4"
    assert ids.ref("483g3n4", "vy3abcd") == "tarn/vy3abcd"
    assert ids.ref("483g3n4", "A07") == "tarn/A07"
    assert ids.ref("norvane", "A07") == "norvane/A07"
