"""The first schema: 41 kinds of entities, the journal, drafts."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# name, * in the key, :type (else text), ? may be empty, >table it refers to
_COLUMN = re.compile(r"(\w+)(\*?)(?::(\w+))?(\??)(?:>(\w+)(?:\.(\w+))?)?")
_TYPES = {"": sa.Text, "int": sa.Integer, "float": sa.Float, "bool": sa.Boolean}
_ENTITIES = {
    "account": (
        "id* rank:float name stage stage_note headline alliance theme offer currency scorecard_period "
        "review_every_days:int as_of? archived:bool"
    ),
    "party": "id* rank:float name short sector standing? wanted?",
    "member": "id* rank:float party>party name role email style rate:float?",
    "gate": "stage* party*>party agreed:bool by on? override",
    "criterion": "id* rank:float text weight:float",
    "score": "criterion*>criterion party*>party score:int",
    "form": "party*>party sent?",
    "bullet": "id* rank:float party>party text visibility",
    "objective": "id* rank:float text visibility",
    "stakeholder": (
        "id* rank:float name title email reports_to?>stakeholder placeholder:bool style influence:int? "
        "interest:int? authority? role? visibility"
    ),
    "session": "id* rank:float held_on start? facilitator?>member playbook purpose audience",
    "block": (
        "id* rank:float session>session kind title minutes:int protected:bool notes started? spent:int "
        "visibility"
    ),
    "tie": "stakeholder*>stakeholder party*>party owner?>member level? wanted?",
    "reading": "session*>session stakeholder*>stakeholder toward* value:int? confidence evidence",
    "meeting": "id* rank:float on stakeholder>stakeholder",
    "meeting_member": "meeting*>meeting member*>member",
    "relation": "source*>stakeholder target*>stakeholder kind* strength:int",
    "question": "id* rank:float purpose text visibility",
    "answer": (
        "id* rank:float stakeholder>stakeholder question?>question text personal success measure "
        "horizon? status heard_by?>member heard_on? validated_on? theme visibility"
    ),
    "target": "id* rank:float title objective?>objective estimate:float? horizon? visibility",
    "target_answer": "target*>target answer*>answer",
    "proposition": "id* rank:float together customer_gains status visibility",
    "contribution": "proposition*>proposition party*>party brings gains",
    "proposition_answer": "proposition*>proposition answer*>answer",
    "option": "id* rank:float text votes:int",
    "approach": "stakeholder*>stakeholder lead?>member companion?>member message visibility",
    "approach_step": "stakeholder*>approach.stakeholder step* status on? override",
    "crm_id": "stakeholder*>approach.stakeholder party*>party crm",
    "action": (
        "id* rank:float session>session title owner?>member accountable?>member due? done_on? status "
        "reason evidence milestone stakeholder?>stakeholder answer?>answer confirmed_on? visibility"
    ),
    "carry": "action*>action session*>session from_due to_due",
    "goal": "id* rank:float title unit target:float actual:float",
    "initiative": (
        "id* rank:float component title indicator target:float actual:float lower_is_better:bool "
        "completion:int direction owner?>member"
    ),
    "review": "id* rank:float on",
    "review_line": "review*>review initiative*>initiative actual:float completion:int? direction?",
    "presence": "session*>session member*>member",
    "guest": "block*>block stakeholder*>stakeholder",
    "decision": "id* rank:float session>session text confirmed_on? visibility",
    "parking": (
        "id* rank:float session>session text owner?>member due? became?>action dropped:bool visibility"
    ),
    "risk": "id* rank:float session>session text owner?>member visibility",
    "roti": "session*>session seat* score:int",
    "seal": "id* rank:float session>session sealed_at record sha256 journal:int supersedes?>seal",
}


def upgrade() -> None:
    """Make all tables."""
    for name, columns in _ENTITIES.items():
        _create(name, f"account* {columns}")
    is_open = sa.text("status NOT IN ('done', 'dropped')")
    op.create_index(
        "ix_action_account",
        "action",
        ["account", "session", "due"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index("ix_seal_account", "seal", ["account", "session"])
    _create("journal", "account* number*:int actor at? burst undoes undoable:bool revision changes")
    _create("draft", "account* actor* place* text")


def _create(table: str, columns: str) -> None:
    made: list[sa.schema.SchemaItem] = []
    keys: list[str] = []
    for name, key, kind, empty, target, target_key in _COLUMN.findall(columns):
        made.append(sa.Column(name, _TYPES[kind], nullable=bool(empty)))
        keys += [name] if key else []
        if target:
            made.append(_reference(table, name, target, target_key or "id"))
    op.create_table(table, *made, sa.PrimaryKeyConstraint(*keys, name=f"pk_{table}"))


def _reference(table: str, name: str, target: str, key: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account", name],
        [f"{target}.account", f"{target}.{key}"],
        name=f"fk_{table}_{name}",
        deferrable=True,
        initially="DEFERRED",
    )
