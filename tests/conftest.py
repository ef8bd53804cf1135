"""What every test starts from: our own colours, and Hypothesis without a stopwatch."""

import os

from hypothesis import settings

for name in ("NO_COLOR", "TEXTUAL_THEME"):  # either would change every snapshot
    os.environ.pop(name, None)

settings.register_profile("workshop", deadline=None)  # a busy machine is no failure
settings.load_profile("workshop")
