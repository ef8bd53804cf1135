"""What is said when a document can't be read or written."""

from __future__ import annotations

from workshop_tui.domain.base.text import clean_text

_SHOWN = 60


class DocumentError(Exception):
    """A document can't be read or written; the message is one sentence: what, where, and what to do."""

    def __init__(self, message: str) -> None:
        """Keep the message free of whatever a foreign file might do to a terminal."""
        super().__init__(clean_text(message))


def quoted(value: object) -> str:
    """Return a value out of a document as it is named in a message: in «», and short."""
    said = str(value)
    return f"«{said}»" if len(said) <= _SHOWN else f"«{said[: _SHOWN - 1]}…»"
