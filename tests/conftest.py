"""What every test starts from: our own colours, and Hypothesis without a stopwatch."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.plan import AccountPlan

SAMPLE = Path(__file__).parent.parent / "sessions" / "norvane-bank.json"

for name in ("NO_COLOR", "TEXTUAL_THEME"):  # either would change every snapshot
    os.environ.pop(name, None)

settings.register_profile("workshop", deadline=None)  # a busy machine is no failure
settings.load_profile("workshop")


@pytest.fixture(scope="session")
def sample() -> AccountPlan:
    """Norvane Bank, the whole of it; its day is `sample.account.as_of`."""
    return load_plan(SAMPLE.read_bytes())
