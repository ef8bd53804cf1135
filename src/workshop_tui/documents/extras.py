"""Writers that not everybody needs: what is said where the libraries they stand on are not there."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from workshop_tui.documents.errors import DocumentError

_EXTRAS: Final = {"docx": "office", "pptx": "office", "openpyxl": "office", "typst": "pdf"}


def need(library: str, what: str) -> None:
    """Refuse to write a kind of file for which the library is not there, with the line that installs it.

    Raises:
        DocumentError: it isn't there.
    """
    try:
        import_module(library)
    except ImportError:
        line = f"pip install 'workshop-tui[{_EXTRAS[library]}]'"
        raise DocumentError(f"{what} need a library that isn't here: install it with `{line}`.") from None
