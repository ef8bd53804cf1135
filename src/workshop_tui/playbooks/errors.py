"""What is said of a bad playbook. Light, so that commands can name it without reading one."""

from workshop_tui.domain.base.text import clean_text


class PlaybookError(Exception):
    """A playbook can't be read; the message is one sentence: which file, which key, and what to do."""

    def __init__(self, message: str) -> None:
        """Keep the message free of whatever a foreign file might do to a terminal."""
        super().__init__(clean_text(message))
