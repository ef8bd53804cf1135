"""What is wrong with a command line, in our words rather than argparse's."""

import re

_QUOTE = "['\"]?"
_CHOICE = rf"invalid choice: {_QUOTE}(?P<value>.*?){_QUOTE} \(choose from (?P<from>.*)\)"
_SAID = (
    (
        rf"argument (?:COMMAND|WHAT): {_CHOICE}",
        "`{prog}` has no command «{value}»: use {from}.",
    ),
    (
        rf"argument (?P<name>\S+): {_CHOICE}",
        "{name} can't be «{value}»: use {from}.",
    ),
    (
        rf"argument (?P<name>\S+): invalid int value: {_QUOTE}(?P<value>.*?){_QUOTE}$",
        "{name} can't be «{value}»: give a whole number, as in 2.",
    ),
    (
        r"the following arguments are required: (?P<all>.*)",
        "`{prog}` needs {all}: see `{prog} --help`.",
    ),
    (
        r"argument (?P<name>\S+): expected one argument",
        "{name} needs a value behind it: see `{prog} --help`.",
    ),
    (
        rf"argument (?P<name>\S+): ignored explicit argument {_QUOTE}(?P<value>.*?){_QUOTE}$",
        "{name} takes no value: leave out «{value}».",
    ),
    (
        r"unrecognized arguments: (?P<value>.*)",
        "«{value}» is not understood here: leave it out, or see `{prog} --help`.",
    ),
)
"""(what argparse says, as versions from 3.11 on quote it, and what we say)."""


def in_our_words(message: str, prog: str) -> str:
    """Return one sentence with the cure for what argparse says of a command line."""
    for theirs, ours in _SAID:
        if said := re.match(theirs, message, re.DOTALL):
            parts = said.groupdict()
            if near := _near(parts):
                return f"{ours.partition(': use')[0]}: use {{near}}.".format(prog=prog, near=near, **parts)
            for listed in {"from", "all"} & set(parts):
                parts[listed] = _listed(parts[listed], " and " if listed == "all" else " or ")
            return ours.format(prog=prog, **parts)
    return f"{message[0].upper()}{message[1:]}: see `{prog} --help`."


def _near(parts: dict[str, str]) -> str:
    """Return what of a list of choices is nearest to what was typed; empty for none, or no such list."""
    from workshop_tui.domain.base.text import nearest  # heavy, and only needed once something is wrong

    return nearest(parts["value"], _names(parts["from"])) if "from" in parts else ""


def _names(listed: str) -> list[str]:
    return re.sub("['\"]", "", listed).split(", ")


def _listed(names: str, last: str) -> str:
    """Return names as people list them."""
    *others, end = _names(names)
    return last.join([*filter(None, [", ".join(others)]), end])
