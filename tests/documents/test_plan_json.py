import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from tests.conftest import SAMPLE
from tests.documents.plans import plans
from tools.schema import text as schema_text
from workshop_tui.bounds import LARGEST_JSON
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.plan_json import NAMES, dump_plan, load_plan, load_sample, schema
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.model.people import MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.session import Seal
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import KINDS, AccountPlan, audiences, problems
from workshop_tui.domain.plan.step import Add, Step, apply

DOCS = SAMPLE.parent.parent / "docs"
Document = dict[str, Any]


def refusal(text: str | bytes) -> str:
    with pytest.raises(DocumentError) as refused:
        load_plan(text)
    message = str(refused.value)
    assert re.fullmatch(r"[^\n\x00-\x1f\ud800-\udfff]{20,400}[.]", message), message
    return message


@pytest.fixture
def document() -> Document:
    found: Document = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return found


def test_the_sample_is_written_as_it_was_read(grown: AccountPlan) -> None:
    assert dump_plan(grown).encode() == SAMPLE.read_bytes()


def test_the_sample_has_no_problem(grown: AccountPlan) -> None:
    assert list(problems(grown)) == []


_SCHEMA = jsonschema.Draft202012Validator(schema())


@settings(max_examples=40)
@given(plans())
def test_any_plan_fits_the_schema_and_comes_back_equal(plan: AccountPlan) -> None:
    text = dump_plan(plan)
    _SCHEMA.validate(json.loads(text))
    again = load_plan(text.encode())
    assert again == plan
    assert dump_plan(again) == text


PAST = Path(__file__).parent / "past"


def test_a_file_of_the_version_before_is_read_as_it_was_meant(sample: AccountPlan) -> None:
    older = (PAST / "account-plan-2.json").read_bytes()
    assert b"meeting_stakeholders" not in older
    assert load_plan(older) == sample
    meetings = json.loads(older)["meetings"]
    met = {(row.meeting, row.stakeholder) for row in sample.all(MeetingStakeholder)}
    assert met == {(meeting["id"], meeting["stakeholder"]) for meeting in meetings}


def test_a_meeting_names_its_people_beside_it_in_a_file_of_this_version(document: Document) -> None:
    document["meetings"][0]["stakeholder"] = "ST01"
    with pytest.raises(DocumentError, match="«stakeholder» is not a field: remove it"):
        load_plan(json.dumps(document))


@pytest.mark.parametrize(
    "meetings", [None, {}, [1], [{}], [{"stakeholder": None}], [{"id": [], "stakeholder": 1}]]
)
def test_meetings_of_an_older_file_that_are_none_are_refused_in_a_sentence(meetings: object) -> None:
    head = {"schema": "workshop-tui/account-plan/2", "audience": "all", "account": {"id": "a", "name": "A"}}
    with pytest.raises(DocumentError, match=r"\.$"):
        load_plan(json.dumps({**head, "meetings": meetings}))


def test_the_order_of_rows_in_memory_does_not_matter(sample: AccountPlan) -> None:
    assert dump_plan(AccountPlan.of(reversed(list(sample)))) == dump_plan(sample)


def test_every_kind_has_its_own_name() -> None:
    assert len(set(NAMES.values())) == len(KINDS)


def test_the_published_schema_is_the_current_one() -> None:
    current = schema_text()
    assert (DOCS / "account-plan.schema.json").read_text(encoding="utf-8") == current


def test_the_sample_fits_the_published_schema(document: Document) -> None:
    published = json.loads((DOCS / "account-plan.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.Draft202012Validator(published).validate(document)


def test_fields_left_out_take_their_defaults() -> None:
    plan = load_plan(
        '{"schema": "workshop-tui/account-plan/1", "audience": "all", "account": {"id": "a", "name": "B"}}'
    )
    assert plan.account.currency == "EUR"


def test_a_byte_order_mark_is_no_fault(grown: AccountPlan) -> None:
    assert load_plan(b"\xef\xbb\xbf" + SAMPLE.read_bytes()) == grown
    assert load_sample(SAMPLE.read_bytes()) == grown
    assert load_plan("\ufeff" + SAMPLE.read_text(encoding="utf-8")) == grown


# What is no account plan of ours.


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b'{\n"a": "\xff"}', "Line 2 is not UTF-8"),
        (b"\xff\xfe{\x00}\x00", "Line 1 is not UTF-8"),
        ("", "Line 1, column 1 is not JSON"),
        ('{\n"a": }', "Line 2, column 6 is not JSON"),
        ('{"a": "\x1b[31m"}', "is not JSON"),
        ("[]", "no JSON object"),
        ("3", "no JSON object"),
        ("NaN", "no JSON object"),
        ("[" * 200_000, "nested too deep"),
        ('{"a":' * 200_000, "nested too deep"),
        ('{"a": ' + "9" * 5000 + "}", "too many digits"),
        ('{"a": 1, "a": 2}', "«a» stands twice"),
        ('{"x": {"id": "P1", "a": 1, "a": 2}}', "«a» stands twice in one object (id «P1»)"),
        ('{"\x7f\\ud800": 1}', "no file of schema"),
        ("{}", "no file of schema"),
        ('{"schema": "joint-account-workshop/1"}', "no file of schema"),
        ('{"schema": 1}', "no file of schema"),
        ('{"schema": "workshop-tui/account-plan/x"}', "no file of schema"),
        ('{"schema": "workshop-tui/account-plan/0"}', "no file of schema"),
        ('{"schema": "workshop-tui/account-plan/4"}', "schema number 4 and this version reads 3: update"),
        ('{"schema": "workshop-tui/account-plan/1"}', "doesn't say that nothing was cut: export"),
        ('{"schema": "workshop-tui/account-plan/1", "audience": "all"}', "«account» is not one object"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_account_plan_is_refused_in_a_sentence(text: str | bytes, words: str) -> None:
    assert words in refusal(text)


def test_a_file_over_50_mb_is_refused() -> None:
    assert "over 12 MB" in refusal(b" " * (LARGEST_JSON + 1))


def test_a_cut_plan_is_refused_and_told_how_to_export_the_whole(sample: AccountPlan) -> None:
    for audience in audiences(sample):
        message = refusal(dump_plan(project(sample, audience)))
        assert f"the audience «{audience}»" in message
        assert message.endswith("export an account's whole plan, as JSON for everybody.")


def put(kind: str, number: int, **values: Any) -> Callable[[Document], None]:
    return lambda document: document[kind][number].update(values)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda d: d.update(people=[]), "«people» is no part of an account plan"),
        (lambda d: d.update(account=[]), "«account» is not one object"),
        (lambda d: d.update(members={}), "«members» is not a list"),
        (lambda d: d.update(members=None), "«members» is not a list"),
        (lambda d: d["members"].append("P9"), "team member number 9: this is no object"),
        (lambda d: d["members"].append({}), "team member number 9"),
        (lambda d: d["members"].append(d["members"][0]), "team member «P1» is there twice"),
        (lambda d: d["scores"].append(d["scores"][0]), "score «C1/ps» is there twice"),
        (lambda d: d["members"][0].pop("name"), "team member «P1»: Name is needed"),
        (put("members", 0, colour="red"), "team member «P1»: «colour» is not a field"),
        (put("members", 0, **{"x\ud800": 1}), "is not a field"),
        (put("members", 0, id="-P1"), "Id can't be «-P1»"),
        (put("members", 0, id=7), "team member number 1: Id can't be «7»"),
        (put("members", 0, name=""), "Name is needed"),
        (put("members", 0, name=None), "Name can't be empty"),
        (put("members", 0, name=3), "Name can't be «3»"),
        (put("members", 0, name=["x"]), "Name can't be a list or an object"),
        (put("members", 0, name="x" * 161), "Name is 1 characters too long"),
        (put("members", 0, name="\ud83d"), "Name holds half of a character"),
        (put("members", 0, rate=float("nan")), "Rate is not a finite number"),
        (put("members", 0, rate=float("inf")), "Rate is not a finite number"),
        (put("members", 0, rate="320"), 'Rate can\'t be "320": write 320.0'),
        (put("members", 0, rate=True), "Rate can't be true: write 1.0"),
        (put("members", 0, rate=10**40), "Rate is too large a number"),
        (put("members", 0, style="DRIVING"), "Social style can't be «DRIVING»"),
        (put("members", 0, party="psx"), "names «psx», which is no party here"),
        (put("stakeholders", 0, influence=True), "Influence can't be true: write 1"),
        (put("stakeholders", 0, influence="3"), 'Influence can\'t be "3": write 3'),
        (put("stakeholders", 0, influence=3.0), "Influence can't be 3.0: write 3"),
        (put("stakeholders", 0, influence=9), "stakeholder «ST01»: Influence can't be 9: use at most 5"),
        (put("stakeholders", 0, placeholder=1), "To be named can't be 1: write true"),
        (put("stakeholders", 0, placeholder="false"), 'To be named can\'t be "false": write false'),
        (put("stakeholders", 0, reports_to="ST06"), "reports to themselves"),
        (put("stakeholders", 0, reports_to="ST01"), "reports to themselves"),
        (put("stakeholders", 0, reports_to="ST99"), "names «ST99», which is no stakeholder here"),
        (put("stakeholders", 0, visibility="rival"), "visible to «rival»"),
        (put("readings", 0, toward="rival"), "toward «rival»"),
        (put("readings", 0, value=True), "Sentiment can't be true: write 1"),
        (put("readings", 0, value=-3), "Sentiment can't be «-3»"),
        (put("initiatives", 0, completion=False), "Completion can't be false: write 0"),
        (put("initiatives", 0, completion=25.0), "Completion can't be 25.0: write 25"),
        (put("initiatives", 0, completion=30), "Completion can't be «30»"),
        (put("actions", 0, due="2026-02-30"), "action «A01»: Due can't be «2026-02-30»"),
        (put("actions", 0, due=1749427200), 'Due can\'t be 1749427200: write "2025-06-09"'),
        (put("actions", 0, due="1749427200"), 'Due can\'t be "1749427200"'),
        (put("actions", 0, due="2026-06-09T00:00:00"), 'write "2026-06-09"'),
        (put("blocks", 0, started="2026-06-09T09:00:00"), "Started has no time zone"),
        (put("blocks", 0, spent=2**60), "Spent is too large a number"),
        (put("sessions", 0, start="24:00"), "Start can't be «24:00»"),
    ],
)
def test_a_spoilt_plan_is_refused_in_a_sentence_that_says_where(
    document: Document, spoil: Callable[[Document], None], words: str
) -> None:
    spoil(document)
    assert words in refusal(json.dumps(document))


def test_a_circle_of_managers_is_found_behind_a_line_of_20_000(document: Document) -> None:
    line = [{"id": f"Z{n}", "name": f"N{n}", "reports_to": f"Z{n - 1}"} for n in range(1, 20_000)]
    document["stakeholders"] += [{"id": "Z0", "name": "N0", "reports_to": "ST01"}, *line]
    assert len(load_plan(json.dumps(document)).all(Stakeholder)) == 20_015
    document["stakeholders"][-20_000]["reports_to"] = "Z1"
    assert re.match("N[01] reports to themselves", refusal(json.dumps(document)))


def test_no_message_can_steer_a_terminal() -> None:
    text = json.dumps(
        {"schema": "workshop-tui/account-plan/1", "audience": "all", "\x1b]52;c;x\x07\ud800": 1}
    )
    assert "\x1b" not in refusal(text)


# What an audience gets to see.


def leaves(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {leaf for each in value.values() for leaf in leaves(each)}
    return {leaf for each in value for leaf in leaves(each)} if isinstance(value, list) else set()


def cut(sample: AccountPlan, audience: str) -> Document:
    found: Document = json.loads(dump_plan(project(sample, audience)))
    return found


def ids(rows: list[dict[str, str]]) -> list[str]:
    return [row["id"] for row in rows]


def test_the_customer_gets_its_answers_and_actions_and_no_internal_field(sample: AccountPlan) -> None:
    customer = cut(sample, "customer")
    assert customer["audience"] == "customer"
    assert ids(customer["answers"]) == ["V01", "V03", "V04", "V05", "V06"]
    assert ids(customer["actions"]) == ["A07", "A08", "A11"]
    assert customer["decisions"] == []
    internal = {"style", "influence", "interest", "authority", "level", "wanted", "theme", "gains", "rate"}
    internal |= {
        "rank",
        "personal",
        "reason",
        "heard_by",
        "spent",
        "stage",
        "visibility",
        "as_of",
    }
    kinds = {"readings", "relations", "ties", "approaches", "approach_steps", "meetings", "meeting_members"}
    kinds |= {"bullets", "forms", "criteria", "scores", "goals", "reviews", "review_lines", "chemistry"}
    kinds |= {"options", "carries", "roti", "seals", "crm_ids", "gates", "stage_entries", "learnt"}
    kinds |= {"meeting_stakeholders"}
    internal |= {"note", "rhythm_days", "successor", "competitor", "ask", "likelihood", "impact", "said"}
    assert customer["initiatives"] == []  # none of them is agreed with the customer
    assert leaves(customer) & (internal | kinds) == set()
    assert all(
        "role" not in person for person in customer["stakeholders"]
    )  # a buying role; members have jobs


def test_a_partner_gets_everything_but_what_the_other_keeps_to_itself(sample: AccountPlan) -> None:
    whole = cut(sample, "alliance")
    ps, tech = cut(sample, "ps"), cut(sample, "tech")
    assert set(ids(tech["answers"])) - set(ids(ps["answers"])) == {"V09"}
    assert set(ids(tech["actions"])) - set(ids(ps["actions"])) == {"A09"}
    assert set(ids(ps["actions"])) - set(ids(tech["actions"])) == {"A10"}
    assert set(ids(whole["actions"])) == set(ids(ps["actions"])) - {"A10"}


def test_a_sealed_record_is_in_nobodys_cut(sample: AccountPlan) -> None:
    seal = validated(
        Seal,
        {
            "id": "E1",
            "session": "S2",
            "sealed_at": "2026-06-09T13:00:00Z",
            "record": "CANARY",
            "sha256": "0" * 64,
        }
        | {"journal": 1},
    )
    sealed = apply(sample, Step((Add(seal),)))
    assert "CANARY" in dump_plan(sealed)
    for audience in audiences(sample):
        assert "CANARY" not in dump_plan(project(sealed, audience))
