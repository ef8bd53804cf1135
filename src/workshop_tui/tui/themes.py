"""Our two themes: one accent, muted rest, enough contrast for the back row."""

from __future__ import annotations

from textual.app import App
from textual.theme import Theme

DARK = Theme(
    name="workshop-dark",
    primary="#5fb3d9",
    secondary="#8aa4b8",
    accent="#5fb3d9",
    warning="#e8b04a",
    error="#ef6f6c",
    success="#7cc47f",
    foreground="#e4e7ea",
    background="#14181c",
    surface="#191e23",
    panel="#242b32",
    dark=True,
    variables={"footer-key-foreground": "#5fb3d9", "block-cursor-text-style": "bold"},
)
LIGHT = Theme(
    name="workshop-light",
    primary="#0b6a94",
    secondary="#4a6274",
    accent="#0b6a94",
    warning="#9a6200",
    error="#b3261e",
    success="#2e7031",
    foreground="#1b2126",
    background="#fbfbf9",
    surface="#f3f3ef",
    panel="#e4e5df",
    dark=False,
    variables={"footer-key-foreground": "#0b6a94", "block-cursor-text-style": "bold"},
)
THEMES = (DARK, LIGHT)


def apply_theme(app: App[int], name: str) -> None:
    """Have an app that is being made wear a theme: one of ours or of Textual's; the dark one for any other.

    One as dark as Textual's default is set before the styles are read, or they would be read twice.
    """
    for theme in THEMES:
        app.register_theme(theme)
    name = name if name in app.available_themes else DARK.name
    if app.available_themes[name].dark == app.current_theme.dark:
        app.set_reactive(App.theme, name)
        app.stylesheet.set_variables(app.get_css_variables())
    else:
        app.theme = name
