"""What makes a screen start sooner and hold less memory."""

import gc
import importlib
import sys
from importlib.util import find_spec
from types import ModuleType
from typing import Any, Final

_HASHES: Final = (("_md5",), ("_sha1",), ("_sha256", "_sha2"), ("_sha512", "_sha2"), ("_sha3",), ("_blake2",))
"""Python's own modules of hashes, each by the names it has had."""


def start_lightly() -> None:
    """Start without what no screen needs; to be called before anything else is imported."""
    _look_for_no_garbage()
    _load_no_openssl()
    _ask_later_what_is_installed()


def _look_for_no_garbage() -> None:
    """Look for none until all is imported, as nothing of it is garbage: the app does once it has begun.

    Going through the modules again and again takes 100 ms of opening a session.
    """
    gc.disable()


def _load_no_openssl() -> None:
    """Have asyncio and hashlib do without OpenSSL, which takes 5 MB and 10 ms.

    No screen makes a connection by it, and Python has hashes of its own; where it was built without them,
    those of OpenSSL stay. Whoever imports it later gets it.
    """
    if not all(any(map(find_spec, names)) for names in _HASHES):
        return
    modules: dict[str, Any] = sys.modules
    hidden = [name for name in ("ssl", "_hashlib") if name not in modules]
    modules.update(dict.fromkeys(hidden))
    try:
        import asyncio  # noqa: F401 - these look for it as they are imported
        import hashlib  # noqa: F401
        import hmac  # noqa: F401
    finally:
        for name in hidden:
            del modules[name]


_METADATA: Final = "importlib.metadata"


class _Metadata(ModuleType):
    """Stands for what tells of installed packages, until something is asked of it.

    What others import of it by name is a function here, so that it isn't asked for by that already.
    """

    def entry_points(self, **which: str) -> Any:
        """Ask which of their functions packages offer to others."""
        return _metadata().entry_points(**which)

    def version(self, package: str) -> Any:
        """Ask which version of a package is installed."""
        return _metadata().version(package)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what an import looks for
            raise AttributeError(name)
        return getattr(_metadata(), name)


def _ask_later_what_is_installed() -> None:
    """Have it loaded once it is asked: it reads mails and archives, which takes 2 MB and 20 ms.

    SQLAlchemy and pydantic import it, for plugins that nobody has here, and Textual to tell its version.
    """
    if _METADATA not in sys.modules:
        importlib.metadata = sys.modules[_METADATA] = _Metadata(_METADATA)


def _metadata() -> Any:
    """Return the module itself, which stands in its own place from now on."""
    if isinstance(sys.modules.get(_METADATA), _Metadata):
        sys.modules.pop(_METADATA, None)  # another thread may have done so just now
    importlib.metadata = importlib.import_module(_METADATA)
    return importlib.metadata
