"""docs/account-plan.schema.json, the JSON Schema of an exported account plan."""

import json
from pathlib import Path

from workshop_tui.documents.plan_json import schema

TARGET = Path(__file__).parent.parent / "docs" / "account-plan.schema.json"


def text() -> str:
    """Return the schema as it stands in the file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
