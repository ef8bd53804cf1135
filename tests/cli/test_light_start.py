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
