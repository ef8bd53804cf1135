"""A screen starts without what it doesn't need."""

import hashlib
import hmac
import subprocess
import sys

STARTED = """
import sys
from workshop_tui.cli.light_start import start_lightly
start_lightly()
start_lightly()
import asyncio, hashlib, hmac, secrets
print(hashlib.sha256(b"plan").hexdigest(), hmac.new(b"key", b"plan", "sha256").hexdigest())
print(any(name in sys.modules for name in ("ssl", "_ssl", "_hashlib")))
import ssl, _hashlib
print(ssl.create_default_context().verify_mode.name)
"""

WITHOUT_HASHES = """
import sys
import workshop_tui.cli.light_start as light_start
light_start.find_spec = lambda name: None
light_start.start_lightly()
import hashlib
print("_hashlib" in sys.modules, None in sys.modules.values())
"""

ASKED = """
import os, sys
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # as `main` does
from workshop_tui.cli.light_start import start_lightly
start_lightly()
import importlib.metadata
from importlib.metadata import entry_points
from importlib import metadata
import sqlmodel, pydantic, textual
from workshop_tui.domain.base import validation
validation.prepare()
print([name for name in ("email", "zipfile") if name in sys.modules])
print(len(entry_points(group="console_scripts")) > 0, metadata.version("textual") == textual.__version__)
try:
    importlib.metadata.version("no such package")
except importlib.metadata.PackageNotFoundError:
    print("none")
print(importlib.metadata is sys.modules["importlib.metadata"], "email" in sys.modules)
import importlib.resources
print(importlib.resources.files("workshop_tui").is_dir())
"""


def told(program: str) -> list[str]:
    """Return the lines that a program writes in a Python of its own, which complains of nothing."""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not run.stderr
    return run.stdout.splitlines()


def test_openssl_is_left_out_until_it_is_asked_for_and_hashes_are_the_same() -> None:
    hashes, has_openssl, verifies = told(STARTED)
    expected = hashlib.sha256(b"plan").hexdigest(), hmac.new(b"key", b"plan", "sha256").hexdigest()
    assert hashes == " ".join(expected)
    assert has_openssl == "False"
    assert verifies == "CERT_REQUIRED"


def test_a_python_without_hashes_of_its_own_keeps_those_of_openssl() -> None:
    assert told(WITHOUT_HASHES) == ["True False"]


def test_what_is_installed_is_looked_up_once_it_is_asked() -> None:
    assert told(ASKED) == ["[]", "True True", "none", "True True", "True"]
