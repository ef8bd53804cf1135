"""Textual's driver for browsers, made to end in order and to do nothing else than show and take keys.

`served` starts the app with it, and is at the other end of its pipes.
"""

from __future__ import annotations

import codecs
import os
import signal
from typing import Any

from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver

from workshop_tui.tui.textual_patches.tolerant_parser import TolerantParser

_ASKED = frozenset({"resize", "focus", "blur"})
"""What a browser may ask for besides keys."""


class BrowserDriver(WebDriver):
    """Saves what is typed when the window or the server is gone; Textual's own would drop it, or run on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Write all there is to write."""
        super().__init__(*args, **kwargs)
        self._write = self._write_whole  # type: ignore[assignment] # Textual's may write a part alone

    def _write_whole(self, data: bytes) -> None:
        """Write to the server; into nothing once that is gone, as the app is about to end."""
        try:
            while data:
                data = data[os.write(self.fileno, data) :]
        except OSError:
            return

    def run_input_thread(self) -> None:
        """Read keys, and what else is asked for, until the server is gone; drop what can't be read."""
        parser, stream = TolerantParser(), ByteStream()
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        try:
            for data in self._input_reader:
                for kind, payload in stream.feed(data) if data else ():
                    if kind != "D":
                        self._on_meta(kind, payload)
                        continue
                    for event in parser.feed(decode(payload)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        except Exception as error:  # noqa: BLE001 - the app raises it
            self._app.call_later(_raise, error)
        if not self.exit_event.is_set():
            self._end()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Do what the server says for the browser; no file is handed over."""
        if packet_type == "quit":
            self._end()
        elif packet_type in _ASKED:
            super().on_meta(packet_type, payload)

    def _end(self) -> None:
        self._app.call_later(self._app.end_by_signal, signal.SIGHUP)  # type: ignore[attr-defined]

    def open_url(self, url: str, new_tab: bool = True) -> None:  # noqa: FBT001, FBT002 - as Textual has it
        """Open nothing: a link leads out of the room."""


def _raise(error: BaseException) -> None:
    raise error
