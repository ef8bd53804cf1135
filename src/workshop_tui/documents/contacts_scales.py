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
_FIVE_HIGH, _TEN, _HUNDRED = 5, 10, 100


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

    `said` goes first. Figures are of the scale that the column has (see `figures_of`); one beyond it isn't
    taken, and has no say in what the others mean.
    """
    known, several = _KNOWN[field], [*dict.fromkeys(filter(None, words))]
    figures, most = _figures(several), figures_of(field, several)
    by_figure = {each: _on_scale(field, figure, most) for each, figure in figures.items()}
    found = {each: by_figure[each] if each in figures else known.get(each, NOT_TAKEN) for each in several}
    if field == "sentiment" and found.keys().isdisjoint({"+", "++", "--"}):
        found |= dict.fromkeys(found.keys() & {"-"}, NOT_TAKEN)  # then it says that there is nothing
    allowed = {*SCALES[field], NOT_TAKEN}
    return found | {each: value for each, value in said.items() if each in found and value in allowed}


def figures_of(field: str, words: Iterable[str]) -> int:
    """Return how high the figures of a column go: 5, 10 or 100; of sentiment 2 or 5; 0 where it has none.

    It is a hundred only where that is clear: most figures are above ten, and one is fifty at least. A
    single one above ten doesn't say that nine is little.
    """
    figures = [*_figures(words).values()]
    if not figures or field not in {"sentiment", "influence", "interest"}:
        return 0
    highest = max(figures)
    if field == "sentiment":
        return _FIVE_HIGH if min(figures) >= 0 and highest > Sentiment.ADVOCATE else Sentiment.ADVOCATE
    if highest >= _HUNDRED / 2 and sum(figure > _TEN for figure in figures) * 2 > len(figures):
        return _HUNDRED
    return _FIVE_HIGH if all(figure <= _FIVE_HIGH or figure > _TEN for figure in figures) else _TEN


def told_figures(field: str, found: Mapping[str, str], said: Mapping[str, str]) -> str:
    """Return in words of which scale the figures of a column are taken, as in «0 to 10: 9 becomes 5».

    Empty where they are taken as they are. `found` is what `scale` gives, `said` what was chosen.
    """
    most, figures = figures_of(field, found), _figures(found)
    shown = [each for each in figures if found[each] and each not in said]
    if not shown or most in {0, Sentiment.ADVOCATE} or (field != "sentiment" and most == _FIVE_HIGH):
        return ""
    highest = max(shown, key=figures.__getitem__)
    lowest = 1 if field == "sentiment" else 0
    return f"{lowest} to {most}: {highest} becomes {SCALES[field][found[highest]].partition(' ')[0]}"


def _figures(words: Iterable[str]) -> dict[str, float]:
    return {each: float(each.replace(",", ".")) for each in words if _FIGURE.fullmatch(each)}


def _on_scale(field: str, figure: float, most: int) -> str:
    if field == "sentiment":
        value = round(figure if most == Sentiment.ADVOCATE else figure - 3)
    elif most and 0 <= figure <= most:
        value = max(-int(-figure * _FIVE_HIGH // most), 1)
    else:
        return NOT_TAKEN
    return str(value) if str(value) in SCALES[field] else NOT_TAKEN


def as_value(field: str, value: str) -> Json:
    """Return the value of a scale as the plan keeps it."""
    return value if field in {"role", "style"} else int(value)
