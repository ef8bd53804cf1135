"""What Textual does in every app anew, for no terminal or by the clock, and tests can do without."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from typing import Any

import pytest
from textual._compositor import Compositor
from textual._context import active_app
from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.geometry import Region
from textual.strip import Strip

from tests.app.driver import quiet
from workshop_tui.tui.textual_patches.style_cache import QuickStylesheet, Remembered

_Chops = Sequence[Mapping[int, Strip]]

_read: dict[tuple[tuple[str, str], ...], LRUCache[tuple[Any, ...], list[RuleSet]]]
_read = defaultdict(lambda: LRUCache(1024))
"""The colours of a theme → what the styles say with them: rules are never changed, so apps can share them."""

_remembered: dict[tuple[RuleSet, ...], Remembered] = {}
"""Rules → what they have been found to say: apps of the same screens have the same."""


@contextmanager
def sparing() -> Iterator[None]:
    """Read the styles once for all apps, and paint no frame but those that the driver looks at."""
    with pytest.MonkeyPatch.context() as patch:
        _read_once(patch)
        put_together: Callable[[Any, Region, Callable[[int], bool]], _Chops] = Compositor._render_chops

        def later(self: Compositor, crop: Region, is_rendered: Callable[[int], bool]) -> _Chops:
            return _Later(self.size.height, partial(put_together, self, crop, is_rendered))

        patch.setattr(Compositor, "_render_chops", later)
        yield


def _read_once(patch: pytest.MonkeyPatch) -> None:
    made, coloured = Stylesheet.__init__, Stylesheet.set_variables

    def make(self: Stylesheet, *, variables: dict[str, str] | None = None) -> None:
        made(self, variables=variables)
        self._parse_cache = _read[tuple(self._variables.items())]

    def colour(self: Stylesheet, variables: dict[str, str]) -> None:
        self._parse_cache = LRUCache(1)  # Textual clears it, and what is shared stays
        coloured(self, variables)
        self._parse_cache = _read[tuple(variables.items())]

    def remember(_self: QuickStylesheet, rules: list[RuleSet]) -> Remembered:
        return _remembered.setdefault(tuple(rules), Remembered.of(rules))

    patch.setattr(QuickStylesheet, "remembered", remember)
    patch.setattr(Stylesheet, "__init__", make)
    patch.setattr(Stylesheet, "set_variables", colour)


def wait_by_no_clock(patch: pytest.MonkeyPatch) -> None:
    """Have Textual's pilot wait as our driver does; it takes 20 ms at least, five times for a picture."""
    patch.setattr("textual.pilot.wait_for_idle", _idle)


async def _idle(min_sleep: float = 0, max_sleep: float = 1) -> None:  # noqa: ARG001 - as Textual calls it
    await asyncio.sleep(0)
    await quiet(active_app.get())


class _Later(_Chops):
    """The pieces of each row, put together once somebody looks at them: without a terminal hardly anybody."""

    def __init__(self, height: int, put_together: Callable[[], _Chops]) -> None:
        self._height, self._put_together = height, put_together

    @cached_property
    def _chops(self) -> _Chops:
        return self._put_together()

    def __getitem__(self, y: Any) -> Any:
        return self._chops[y]

    def __iter__(self) -> Iterator[Any]:
        return (_Row(self, y) for y in range(self._height))

    def __len__(self) -> int:
        return self._height


class _Row:
    """One row of them, of which Textual asks the values when it paints the whole screen."""

    def __init__(self, rows: _Later, y: int) -> None:
        self._rows, self._y = rows, y

    def values(self) -> _Row:
        return self

    def __iter__(self) -> Iterator[Strip]:
        return iter(self._rows[self._y].values())
