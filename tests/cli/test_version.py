import subprocess
import sys
from importlib.metadata import version


def test_version_is_the_installed_one() -> None:
    command = [sys.executable, "-m", "workshop_tui", "--version"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert shown.stdout == version("workshop-tui") + "\n"
