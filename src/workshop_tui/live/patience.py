"""Asking the store for what can't be done without, for as long as it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from workshop_tui.store.errors import StoreError

T = TypeVar("T")

AGAIN = 1.0
"""Seconds after which it is asked again."""


async def patiently(ask: Callable[[], Future[T]], tell: Callable[[str], object] = lambda _why: None) -> T:
    """Return the answer once there is one; `tell` hears each time why there is none yet."""
    while True:
        try:
            return await asyncio.wrap_future(ask())
        except StoreError as error:
            tell(str(error))
        await asyncio.sleep(AGAIN)
