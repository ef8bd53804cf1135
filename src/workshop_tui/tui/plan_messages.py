"""What the live plan tells, as a message: it waits its turn behind the keys and messages before it."""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message
from textual.message_pump import MessagePump

from workshop_tui.live.events import PlanEvent


class PlanMessage(Message):
    """Carries an event of the live plan to the screen that shows it."""

    bubble = False

    def __init__(self, event: PlanEvent) -> None:
        """Take the event."""
        super().__init__()
        self.event = event


def post_to(receiver: MessagePump) -> Callable[[PlanEvent], object]:
    """Return what posts the events of a live plan to a screen or app."""
    return lambda event: receiver.post_message(PlanMessage(event))
