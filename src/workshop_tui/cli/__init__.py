"""The commands: thin, and quick to start, as heavy imports stand inside functions."""

from workshop_tui.cli.app import main

__all__ = ["main"]
