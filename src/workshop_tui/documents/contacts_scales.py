"""What the sheet of an account team says of how somebody stands: its words and figures → our scales."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from workshop_tui.documents.contacts_cells import said_in
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import BuyingRole, Sentiment, SocialStyle

NOT_TAKEN: Final = ""
"""What a word is mapped to that isn't taken."""

_FIVE: Final = {5: "5 (much)", 4: "4 (much)", 3: "3", 2: "2", 1: "1 (little)"}
SCALES: Final[Mapping[str, Mapping[str, str]]] = {
    "role": {role.value: role.label for role in BuyingRole},
    "style": {style.value: style.label for style in SocialStyle if style is not SocialStyle.UNKNOWN},
    "influence": {str(value): text for value, text in _FIVE.items()},
    "interest": {str(value): text for value, text in _FIVE.items()},
    "sentiment": {str(int(each)): f"{each.sign.strip()} {each.label}" for each in reversed(Sentiment)},
}
"""Field → value, as text → what it is called. The word of a sheet stands for one of these, or isn't taken."""

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "role": {
        "economic": "economic buyer|economicbuyer|eb|budget holder|budget owner|decision maker|entscheider",
        "technical": "technical buyer|tb|evaluator|technical evaluator|gatekeeper|gate keeper|prüfer",
        "user": "user buyer|end user|ub|users|anwender|nutzer",
        "coach": "guide|mentor|insider",
        "champion": "sponsor|internal champion|promoter|mobilizer|mobiliser|förderer",
        "influencer": "influence|recommender|adviser|advisor|beeinflusser",
    },
    "style": {
        "driving": "driver|d",
        "expressive": "e",
        "amiable": "a",
        "analytical": "analytic|analyst|analyser|n",
    },
    "sentiment": {
        "2": "++|champion|promoter|fan|very positive|strong supporter|strongly supportive|ally|mentor",
        "1": "+|supporter|positive|friendly|friend|for|pro|warm|green|positiv|grün|unterstützer|🙂|😀|👍",
        "0": "0|o|~|=|+/-|amber|yellow|mixed|gelb|😐|indifferent|undecided",
        "-1": "-|skeptical|sceptic|skeptic|negative|cold|critic|critical|detractor|negativ|kritisch|🙁",
        "-2": "--|opponent|blocker|enemy|hostile|red|rot|very negative|strongly opposed|gegner|adversary|👎",
    },
}
_HEIGHTS: Final[Mapping[str, str]] = {
    "5": "very high|vh|h|high|hi|strong|hoch|sehr hoch|alto|élevé|hoog|+++",
    "3": "m|med|medium|mid|moderate|mittel|medio|moyen|gemiddeld|++",
    "1": "l|low|lo|weak|little|niedrig|gering|bajo|faible|laag|+",
}
_UNKNOWN: Final = frozenset({"?", "unknown", "unclear", "tbd", "unbekannt", "inconnu", "onbekend"})
_FIGURE = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_TEN, _HUNDRED = 10, 100


def _by_word(field: str) -> Mapping[str, str]:
    words = _WORDS.get(field, _HEIGHTS)
    found = {fold(word): value for value, several in words.items() for word in several.split("|")}
    own = {fold(text): value for value, text in SCALES[field].items()}
    return found | own | {fold(each.label): str(int(each)) for each in Sentiment if field == "sentiment"}


_KNOWN: Final = {field: _by_word(field) for field in SCALES}


def word(field: str, cell: str) -> str:
    """Return what a cell says of a scale, as it is compared; "" where it says that nobody knows."""
    signs = cell.strip().replace("−", "-").replace("–", "-").replace("—", "--")
    text = signs if field == "sentiment" and set(signs) == {"-"} else said_in(cell).replace("−", "-")
    return "" if fold(text) in _UNKNOWN else fold(text)


def scale(field: str, words: Iterable[str], said: Mapping[str, str]) -> dict[str, str]:
    """Return what each word of a column stands for, "" where it isn't taken.

    `said` goes first. Figures are taken as they are if all of the column are on our scale; else of ten or
    a hundred for influence and interest, and of five for sentiment.
    """
    known, several = _KNOWN[field], [*dict.fromkeys(filter(None, words))]
    figures = {each: float(each.replace(",", ".")) for each in several if _FIGURE.fullmatch(each)}
    by_figure = {each: _on_scale(field, figure, figures.values()) for each, figure in figures.items()}
    found = {each: by_figure[each] if each in figures else known.get(each, NOT_TAKEN) for each in several}
    if field == "sentiment" and found.keys().isdisjoint({"+", "++", "--"}):
        found |= dict.fromkeys(found.keys() & {"-"}, NOT_TAKEN)  # then it says that there is nothing
    allowed = {*SCALES[field], NOT_TAKEN}
    return found | {each: value for each, value in said.items() if each in found and value in allowed}


def _on_scale(field: str, figure: float, all_of_them: Iterable[float]) -> str:
    lowest, highest = min(all_of_them), max(all_of_them)
    if field == "sentiment":
        moved = figure if highest <= Sentiment.ADVOCATE else figure - 3
        value = round(moved)
    elif field in {"influence", "interest"}:
        most = next((most for most in (5, _TEN, _HUNDRED) if highest <= most), 0)
        value = -int(-figure * 5 // most) if most else 0
        value = max(value, 1) if lowest >= 0 and most else value
    else:
        return NOT_TAKEN
    return str(value) if str(value) in SCALES[field] else NOT_TAKEN


def as_value(field: str, value: str) -> Json:
    """Return the value of a scale as the plan keeps it."""
    return value if field in {"role", "style"} else int(value)
