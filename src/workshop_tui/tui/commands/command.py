"""A command: what a key does, how it is called, and why it can't be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import KW_ONLY, dataclass, field, replace
from enum import StrEnum
from functools import partial
from string import punctuation
from typing import Any, ClassVar, Generic, TypeVar

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key

from workshop_tui.tui.host import host_of
from workshop_tui.tui.keyboard import in_turn

Target = TypeVar("Target")
"""What a command is run on: the workspace for those of the workshop, else the widget that has the focus."""

SIGNS = {_character_to_key(sign): sign for sign in punctuation}
"""Keys of one sign, by what Textual calls them."""
_WRITTEN = {
    **SIGNS,
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "escape": "Esc",
    "pageup": "PageUp",
    "pagedown": "PageDown",
}


class Section(StrEnum):
    """Under which heading a command is told, in this order."""

    EVERYWHERE = "Everywhere"
    SESSION = "In a session"
    TABLE = "In a table"
    LISTS = "In the tables of people, of what was heard, and of actions"
    PICTURE = "In a picture, of people or of milestones"
    TYPING = "While typing"
    CAPTURE = "In the capture line"
    REVIEW = "While a review of the scorecard is held"
    CONTACTS = "In the preview of contacts"
    UPDATE = "In the preview of a plan that comes back"
    TURNS = "In the turns of a transcript"
    LIBRARY = "In the library"
    SEARCH = "While something is searched"
    SIDE_BY_SIDE = "With all accounts side by side"
    DIALOG = "In a dialog"
    NOTES = "On the facilitator's own screen"
    ROOM = "In the window for the room"


def _always(_target: object) -> bool:
    return True


def _nothing(_target: object) -> str:
    return ""


@dataclass(frozen=True)
class Command(Generic[Target]):
    """Something that a key does."""

    id: str
    """Under which the settings give it other keys."""
    keys: str
    """As in «f2,ctrl+r»; "" for what a row alone runs."""
    title: str
    run: Callable[[Target], object] = field(repr=False)
    about: str = ""
    """A line of Markdown for the README; "" when the line of the command before tells of this one too."""
    _: KW_ONLY
    section: Section
    disabled: Callable[[Target], str] = field(default=_nothing, repr=False)
    """Why it can't be done now, "" when it can: then its key says so, and the foot leaves it out."""
    applies: Callable[[Target], bool] = field(default=_always, repr=False)
    """Whether the key means this here; else it goes on to whatever else it means."""
    listed: Callable[[Target], bool] = field(default=_always, repr=False)
    """Whether help, palette and foot tell of it now; its key does it all the same."""
    named: Callable[[Target], str] = field(default=_nothing, repr=False)
    """What the foot calls it now; empty for its title."""
    shown: bool = False
    """Whether it stands in the line at the foot."""
    priority: bool = False
    """Whether the key means this even where one types; a letter never does."""
    moves: bool = False
    """Whether it only moves the cursor: its key needs no waiting for what may be a text."""
    at_once: bool = False
    """Whether its key begins no text, and so needs no waiting either."""
    in_turn: bool = False
    """Whether it waits until the keys before it are typed; where they have led elsewhere, it is for there."""

    @property
    def each_key(self) -> tuple[str, ...]:
        """Its keys, one by one."""
        return tuple(filter(None, self.keys.split(",")))

    def bindings(self) -> Iterator[Binding]:
        """Yield what binds its keys."""
        for key in self.each_key:
            yield Binding(
                key,
                f"command({self.id!r})",
                self.title,
                id=self.id,
                show=self.shown,
                priority=self.priority and len(key) > 1 and key not in SIGNS,
            )


def shown_key(key: str) -> str:
    """Return a key as it stands on a keyboard: Ctrl+R, ↑, n."""
    *modifiers, last = key.split("+")
    sign = _WRITTEN.get(last, last if len(last) == 1 and not modifiers else last.capitalize())
    return "+".join([*(modifier.capitalize() for modifier in modifiers), sign])


def key_of(node: DOMNode, name: str) -> str:
    """Return how the first key of a command is written: the user's own, if there is one.

    Of several commands of this id it is the one around a widget. A window that has no such command, as the
    room's, knows no key either.
    """
    return free_key_of(node, name, lambda _key: False)


def free_key_of(node: DOMNode, name: str, is_taken: Callable[[str], bool]) -> str:
    """Return how the first key of a command is written that isn't taken by something else; else its first."""
    scopes = (each for each in node.ancestors_with_self if isinstance(each, Commanded))
    around = (each.by_id[name] for each in scopes if name in each.by_id)
    command = next(around, None) or _every.get(name)
    if command is None:
        return "a key"
    keys = _keys(node, command)
    return shown_key(next((key for key in keys if not is_taken(key)), keys[0]))


def _keys(node: DOMNode, command: Command[Any]) -> list[str]:
    return host_of(node).settings.keys.get(command.id, command.keys).split(",")


def why_not(active: ActiveBinding) -> str:
    """Return why a key that is bound can't be used now, "" when it can."""
    node, name = active.node, active.binding.id
    if name is None or not isinstance(node, Commanded):
        return ""
    return node.why_not(name)


def named_now(active: ActiveBinding) -> Binding:
    """Return what binds a key, as the foot calls its command now."""
    node, name = active.node, active.binding.id
    said = node.named_now(name) if name and isinstance(node, Commanded) else ""
    return replace(active.binding, description=said) if said else active.binding


def is_listed(active: ActiveBinding) -> bool:
    """Whether help, palette and foot tell of a key that is bound."""
    node, name = active.node, active.binding.id
    return node.is_listed(name) if name and isinstance(node, Commanded) else True


_every: dict[str, Command[Any]] = {}
"""All commands there are so far, by their ids; of several of one id the first."""


def in_short(binding: Binding) -> Binding:
    """Return what binds a key with its command's title, where the foot calls it by more words now."""
    command = _every.get(binding.id or "")
    if command and len(command.title) < len(binding.description):
        return replace(binding, description=command.title)
    return binding


class Commanded:
    """A screen or widget whose keys run commands. Stands before Textual's class among the bases."""

    KEY_COMMANDS: ClassVar[tuple[Command[Any], ...]] = ()
    by_id: ClassVar[dict[str, Command[Any]]] = {}
    """Its commands and those of the classes it stands on."""

    def __init_subclass__(cls, *args: Any, **kwargs: Any) -> None:
        """Bind the keys of the commands; those of the classes before it stay.

        Where a key is also in BINDINGS, that comes first.
        """
        if "KEY_COMMANDS" in cls.__dict__:
            cls.by_id = cls.by_id | {command.id: command for command in cls.KEY_COMMANDS}
            for command in cls.KEY_COMMANDS:
                _every.setdefault(command.id, command)
            bound = [binding for command in cls.KEY_COMMANDS for binding in command.bindings()]
            own = list(Binding.make_bindings(cls.__dict__.get("BINDINGS", ())))
            by_key: dict[str, list[Binding]] = {binding.key: [] for binding in (*bound, *own)}
            for binding in (*own, *bound):
                by_key[binding.key].append(binding)
            cls.BINDINGS = [binding for found in by_key.values() for binding in found]  # type: ignore[attr-defined]
        super().__init_subclass__(*args, **kwargs)

    @property
    def target(self) -> Any:
        """What the commands are run on."""
        return self

    def why_not(self, name: str) -> str:
        """Return why a command can't be done now, "" when it can."""
        command = self.by_id.get(name)
        return command.disabled(self.target) if command else ""

    def is_listed(self, name: str) -> bool:
        """Whether help, palette and foot tell of a command now."""
        command = self.by_id.get(name)
        return command is None or command.listed(self.target)

    def named_now(self, name: str) -> str:
        """Return what the foot calls a command now, empty for its title."""
        command = self.by_id.get(name)
        return command.named(self.target) if command else ""

    def action_command(self, name: str) -> None:
        """Run a command, or say why it can't be done now."""
        command = self.by_id[name]
        if why := self.why_not(name):
            self.app.tell_once(why)  # type: ignore[attr-defined]
        elif command.in_turn:
            in_turn(self.screen, partial(self._run_in_turn, command))  # type: ignore[attr-defined]
        else:
            command.run(self.target)

    def _run_in_turn(self, command: Command[Any]) -> None:
        if command.applies(self.target):
            command.run(self.target)
        else:
            self.app.simulate_key(_keys(self, command)[0])  # type: ignore[attr-defined, arg-type]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key go on to what else it means where its command doesn't apply."""
        if action == "command":
            return self.by_id[str(parameters[0])].applies(self.target)
        found: bool | None = super().check_action(action, parameters)  # type: ignore[misc]
        return found
