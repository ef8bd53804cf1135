"""By which name an audience is found, and which files an export may be written over."""

import datetime as dt
import json
from collections.abc import Callable
from typing import cast

import pytest

from tests.documents.full import full
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.export import Format, audience_named, export, signatures
from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan, audiences

ON = dt.date(2026, 6, 9)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ps", "ps"),
        ("PS", "ps"),
        ("Quillhaven", "ps"),
        ("quillhaven ", "ps"),
        ("Customer", "customer"),
        ("norvane", "customer"),
        ("Norvane Bank plc", "customer"),
        ("ALLIANCE", "alliance"),
        ("All", "all"),
    ],
)
def test_an_audience_is_named_by_its_id_its_name_or_its_short_name(
    sample: AccountPlan, typed: str, meant: str
) -> None:
    assert audience_named(sample, typed) == meant


def test_each_firm_is_found_by_all_it_is_called(sample: AccountPlan) -> None:
    for audience in audiences(sample):
        if firm := sample.get(Party, audience):
            for name in (firm.id, firm.short, firm.name):
                for typed in (name, name.upper(), name.casefold()):
                    assert audience_named(sample, typed) == audience


def test_an_unknown_audience_is_refused_with_the_nearest(sample: AccountPlan) -> None:
    with pytest.raises(DocumentError, match=r"no audience «Quilhaven»: use Quillhaven\.$"):
        audience_named(sample, "Quilhaven")


def test_a_name_of_two_firms_is_refused_with_both(sample: AccountPlan) -> None:
    firms = [*sample.partners]
    plan = AccountPlan.of(with_values(row, short="Twin") if row in firms else row for row in sample)
    with pytest.raises(DocumentError, match="«twin» could be several audiences: use ps or tech"):
        audience_named(plan, "twin")


@pytest.mark.parametrize("form", ["md", "json"])
def test_an_export_replaces_every_earlier_one_of_its_account_and_no_other(
    sample: AccountPlan, form: str
) -> None:
    other = AccountPlan.of(
        with_values(row, id="norvane2") if row is sample.account else row for row in sample
    )
    now = export(full(sample), "alliance", cast("Format", form), on=ON)
    for plan, is_ours in ((sample, True), (full(sample), True), (other, False)):
        for audience in audiences(plan):
            for written_as in ("md", "json"):
                earlier = export(plan, audience, written_as, on=ON).text.encode()
                assert now.replaces(earlier) == is_ours
    assert now.replaces(export(sample, "all", "json", on=ON).text.encode())


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("- [ ]", "- [x]", 1),
        lambda text: text + "My own line.\n",
        lambda text: "My own line.\n" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text[:-60],
        lambda text: text[:0],
    ],
)
def test_markdown_that_somebody_has_changed_is_not_replaced(
    sample: AccountPlan, change: Callable[[str], str]
) -> None:
    written = export(sample, "customer", "md", on=ON)
    assert written.replaces(written.text.encode())
    assert not written.replaces(change(written.text).encode())


def test_json_that_somebody_has_changed_is_not_replaced_and_still_comes_in(sample: AccountPlan) -> None:
    written = export(sample, "all", "json", on=ON)
    assert written.replaces(written.text.encode())
    assert load_plan(written.text) == sample
    changed = written.text.replace('"name": "Norvane Bank"', '"name": "Norvane"', 1)
    assert not written.replaces(changed.encode())
    assert load_plan(changed).account.name == "Norvane"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"\xff",
        b"# Joint action plan: Norvane Bank\n",
        json.dumps({"account": "norvane"}).encode(),
    ],
)
def test_other_files_are_not_replaced(sample: AccountPlan, content: bytes) -> None:
    assert not export(sample, "all", "json", on=ON).replaces(content)


def test_a_documents_signature_marks_the_actions_its_readers_see_and_nothing_else(
    sample: AccountPlan,
) -> None:
    def mark(plan: AccountPlan, audience: str) -> str:
        (signature,) = signatures(export(plan, audience, "md", on=ON).text)
        assert (signature.account, signature.audience, signature.is_intact) == ("norvane", audience, True)
        return signature.mark

    seen = {row.id for row in project(sample, "customer").all(Action)}
    for row in sample.all(Action):
        later = AccountPlan.of(with_values(row, due="2027-01-01") if each is row else each for each in sample)
        assert (mark(later, "customer") != mark(sample, "customer")) is (row.id in seen)


def test_a_document_that_was_changed_is_not_intact(sample: AccountPlan) -> None:
    text = export(sample, "customer", "md", on=ON).text
    assert [one.is_intact for one in signatures(text.replace("Jonty", "Mirela"))] == [False]
    assert [one.is_intact for one in signatures(f"{text}more\n")] == [False]


def test_whoever_exports_a_brief_that_asks_nothing_is_told(sample: AccountPlan) -> None:
    asks = AccountPlan.of([*sample, with_values(sample.account, ask="Sponsor the three-way meeting.")])
    for plan, told in ((sample, 1), (asks, 0)):
        written = export(plan, "alliance", "md", on=dt.date(2026, 6, 9), layout="brief")
        assert sum("asks nothing of your leaders" in said for said in written.lacking) == told
    assert export(sample, "alliance", "md", on=dt.date(2026, 6, 9)).lacking == ()


def test_each_finds_their_own_actions_at_the_top_of_the_account_plan(sample: AccountPlan) -> None:
    def whose(plan: AccountPlan, audience: str) -> str:
        text = export(plan, audience, "md", on=dt.date(2026, 6, 9)).text
        return next((line for line in text.splitlines() if line.startswith("- **Whose**: ")), "")

    assert "Jonty Eskeland A07, A11 · Mirela Sandoval-Pike A08 (answers for A07, A12)" in whose(
        sample, "alliance"
    )
    assert ("A10" in whose(sample, "ps"), "A10" in whose(sample, "tech")) == (True, False)
    few = AccountPlan.of(
        row for row in sample if not isinstance(row, Action) or row.id in {"A07", "A08", "A11"}
    )
    assert whose(few, "alliance") == whose(sample, "customer") == ""
