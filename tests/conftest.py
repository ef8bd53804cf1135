"""What every test starts from: our own colours, Hypothesis without a stopwatch, little garbage collection.

`HYPOTHESIS_PROFILE=thorough pytest` tries far more examples of each law than a usual run has time for.
"""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.plan.plan import AccountPlan

SAMPLE = Path(__file__).parent.parent / "sessions" / "norvane-bank.json"

for name in ("NO_COLOR", "TEXTUAL_THEME"):  # either would change every snapshot
    os.environ.pop(name, None)

settings.register_profile("workshop", deadline=None, max_examples=25)  # a busy machine is no failure
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "workshop"))


gc.disable()  # until all is imported, as nothing of it is garbage


def pytest_collection_finish() -> None:
    """Keep what the tests share out of garbage collection: going through it was a sixth of the run."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def sample() -> AccountPlan:
    """Norvane Bank, the whole of it; its day is `sample.account.as_of`."""
    return load_plan(SAMPLE.read_bytes())
