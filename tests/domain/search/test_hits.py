"""How what is found is told."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from workshop_tui.domain.search.hits import AROUND, SearchHit, around, found, grouped
from workshop_tui.domain.search.query import Query
from workshop_tui.domain.search.words import words

LONG = (
    "Nobody asked for it at first. " * 6 + "Then the data residency of drills came up. " + "And more. " * 20
)


def hit(text: str, *typed: str, account: str = "a", session: str = "", place: int = 1) -> SearchHit:
    return found(
        Query(typed),
        text,
        account=account,
        session=session,
        kind="Decision",
        key=(text[:3],),
        who="",
        on=None,
        place=place,
    )


def test_the_words_around_a_hit_are_told_and_marked() -> None:
    excerpt = around(Query(("data", "resid")), LONG)
    assert excerpt.text.startswith("… ")
    assert excerpt.text.endswith(" …")
    assert len(excerpt.text) <= AROUND + 4
    assert [excerpt.text[a:b] for a, b in excerpt.marks] == ["data", "residency"]


@given(st.text("ab é\u0130ß"), st.lists(st.sampled_from(["a", "ab", "e", "ss"]), min_size=1, max_size=3))
def test_what_is_marked_is_what_was_looked_for(text: str, typed: list[str]) -> None:
    query = Query(tuple(typed))
    excerpt = around(query, text, most=20)
    for start, end in excerpt.marks:
        assert query.words[-1] in "".join(words(excerpt.text[start:end])) or any(
            word in query.words for word in words(excerpt.text[start:end])
        )


def test_a_hit_in_another_field_is_told_beside_what_the_row_is_known_by() -> None:
    one = hit("Close the report\nsecurity has asked for it", "asked")
    assert (one.title, one.excerpt.text, one.letter) == ("Close the report", "security has asked for it", "d")
    assert hit("Close the report\nasked", "report").title == ""


def test_the_newest_account_and_session_come_first_and_in_each_what_fits_best() -> None:
    sessions = {("a", "s1"): (1, dt.date(2026, 3, 10)), ("a", "s2"): (2, dt.date(2026, 6, 9))}
    hits = [
        hit("other\ndata", "data", session="s1", place=10),
        hit("database", "data", session="s1", place=10),
        hit("data", "data", session="s1", place=10),
        hit("data now", "data", place=20),
        hit("data then", "data", session="s2", place=20),
        hit("data there", "data", account="b", place=30),
    ]
    groups = grouped(hits, {"a": "Account a", "b": "Account b"}, sessions)
    assert [(g.account_name, g.number) for g in groups] == [
        ("Account b", 0),
        ("Account a", 0),
        ("Account a", 2),
        ("Account a", 1),
    ]
    assert [one.excerpt.text for one in groups[-1].hits] == ["data", "database", "data"]
    assert [one.title for one in groups[-1].hits] == ["", "", "other"]


def test_evidence_that_was_noted_of_several_firms_is_told_once() -> None:
    one = hit("agreed to meet", "meet")
    said = [replace(one, kind="Reading", key=("S2", "ana", toward)) for toward in ("all", "ps", "tech")]
    (group,) = grouped([*said, one, replace(one, key=("x",))], {}, {})
    assert [each.kind for each in group.hits] == ["Decision", "Decision", "Reading"]
