"""The lines of actions in a Markdown plan that somebody has worked in: where they stand, and their parts.

A line is found in markdown-it's tokens, in whatever list, quotation or heading's section it was moved to;
only the lines of tasks are read for what stands in them. It is told nothing of any account.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.line_marks import is_written, last_line
from workshop_tui.documents.markdown import md
from workshop_tui.domain.base.text import clean_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST: Final = 12_000
"""The longest line of a task that is read, in characters: a title has 4,000 at most, each maybe escaped."""
MOST_LINES: Final = 20_000
MOST_TASKS: Final = 2_000
MOST_OF_TASKS: Final = 300_000
"""Characters in all items of lists together."""
MOST_BRACKETS: Final = 500
"""Brackets in a line that aren't escaped: each may begin a link, and is looked at with all that follows."""

_BOX: Final = re.compile(r"\[(.?)\](?:\s+|$)")
_LEAD: Final = r"^([ \t]*(?:>[ \t]*)*)"
_OTHER_SIGN: Final = re.compile(_LEAD + r"[•∙◦▪‣●][ \t]+", re.MULTILINE)
_LOST_SIGN: Final = re.compile(
    _LEAD + r"(?:[•∙◦▪‣●·–—][ \t]*)?(?=\[[ xX]?\][ \t]|[☐☑☒])",
    re.MULTILINE,
)
"""Where a line with a box has no sign of a list, or one that Markdown doesn't know."""
_DRAWN_BOX: Final = re.compile(_LEAD[:-1] + r"(?:[-*+]|\d+[.)])[ \t]+)([☐☑☒])\ufe0f?[ \t]*", re.MULTILINE)
_BOXED: Final = re.compile(r"[\s>]*(?:[-*+]|\d+[.)])\s+\[[ xX]?\]\s")
_ENDS_IN_ID: Final = re.compile(
    r"(?:`[^`]+`|\s\^[A-Za-z0-9-]+|[\[(]\s*id\s*::[^\])]*[\])])\s*$", re.IGNORECASE
)
_FRONT_MATTER: Final = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FACT: Final = re.compile(r'([a-z_]+):[ \t]*(?:"((?:[^"\\]|\\.)*)"|(.*?))[ \t]*\Z')
_CODE: Final = re.compile("\ue000(.*?)\ue001")
_BLOCK_ID: Final = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]+)\s*$")
_FIELD: Final = re.compile(r"[\[(]\s*([A-Za-z]+)\s*::\s*([^\])]*?)\s*[\])]")
_SIGNED_DAY: Final = re.compile(r"(📅|✅)\ufe0f?\s*([^\s\^\[(📅✅]*)")
_PASSED_OVER: Final = re.compile(
    r"[🔺⏫🔼🔽⏬]\ufe0f?|(?:➕|⏳|🛫|❌|🏁|🆔|⛔)\ufe0f?\s*[^\s\^\[(]*|🔁\ufe0f?[^📅✅➕⏳🛫❌^\[(\ue000]*"
    r"|(?<!\S)#[^\W\d][^\s]*"
)
"""What Obsidian's plugins write besides: priority, other days, repetition, tags."""
_BETWEEN: Final = " · "
_SHIELD: Final = 0xF0000
_SHIELDED: Final = 0xFFFE
_FEWEST: Final = 3
"""Signs that bold words have at least: fewer may be signs that were escaped."""


Item = tuple[int, str, str, int]
"""The first text of an item of a list: its line's number, its heading, what it says, how deep it stands."""


class TaskLine(Struct, frozen=True):
    """A line with a box, taken apart; `told` and what else is of people has its escapes resolved."""

    number: int
    """Counted from 1."""
    heading: str
    """Beneath which it stands; empty for none."""
    sign: str
    """What is in its box: a space, x or X, or what else somebody has typed."""
    ids: tuple[str, ...]
    """What says which action it is, wherever it stands in the line: a code, a block's id, a field."""
    codes: tuple[str, ...]
    """Codes at the end and elsewhere, which may be ids."""
    ends_in_code: bool
    told: str
    """The rest, with what people said kept apart from what parts it; see `parted`."""
    due: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    """Days in the signs of Obsidian's plugins, as they stand."""
    is_item: bool = True
    """Whether it stands in a list, as all of ours do."""
    is_struck: bool = False
    """Whether its title, or the beginning or a bold part of it, is struck through."""


def front_matter(text: str) -> dict[str, str]:
    """Return the facts that a document begins with, by name."""
    found = _FRONT_MATTER.match(text)
    lines = (found[1] or "").split("\n") if found else []
    facts = filter(None, map(_FACT.match, lines))
    return {fact[1]: re.sub(r"\\(.)", r"\1", fact[2] if fact[2] is not None else fact[3]) for fact in facts}


class PlainLine(Struct, frozen=True):
    """A line without a box and without an id, which wasn't there when the document was written."""

    number: int
    heading: str
    item: TaskLine | None = None
    """As a line of a task without its box, where it is an item of a list that stands in no other."""


def task_lines(text: str) -> tuple[list[TaskLine], list[TaskLine], list[PlainLine]]:
    r"""Return the lines with a box, others that may be one of ours, and those that are new or changed.

    Others have an id, or a box in no list. What is changed is known by the marks of what was written;
    without those all items of lists may be new. All are in their order. Line ends are `\n`. Lines that are
    longer than any of ours have no parts.

    Raises:
        DocumentError: there is more than any plan has.
    """
    if text.count("\n") > MOST_LINES:
        raise DocumentError(f"This has over {MOST_LINES:,} lines, far more than a plan: choose another file.")
    is_ours, end = is_written(text), last_line(text)
    if front := _FRONT_MATTER.match(text):
        text = "\n" * text.count("\n", 0, front.end()) + text[front.end() :]
    typed = text.replace("\u00a0", " ").split("\n")[:end]
    text = _with_signs(text.replace("\u00a0", " "))
    tokens = _blocks().parse(text)
    found = [*_items(tokens)]
    items = [item[:3] for item in found]
    size = sum(len(content) for *_, content in items if _is_sound(content))
    if size > MOST_OF_TASKS or sum(bool(_BOX.match(content)) for *_, content in items) > MOST_TASKS:
        raise DocumentError("This has far more in its lists than any plan: choose another file.")
    boxed: list[TaskLine] = []
    others: list[TaskLine] = []
    for number, heading, content in items:
        box = _BOX.match(content)
        if box and _is_sound(content):
            boxed.append(_taken_apart(number, heading, box[1] or " ", content[box.end() :]))
        elif box:
            boxed.append(TaskLine(number, heading, box[1] or " ", (), (), ends_in_code=False, told=""))
        elif _is_sound(content) and any(sign in content for sign in ("`", "^", "::")):
            others.append(_taken_apart(number, heading, "", content))
    others += _astray(text, tokens, items)
    taken = {line.number for line in others}
    read = [item for item in found if _BOX.match(item[2]) or item[0] in taken]
    changed = [*_changed(typed, tokens, found, taken | _lines_of(read), is_ours)]
    return boxed, sorted(others, key=lambda line: line.number), changed


def _changed(
    typed: Sequence[str],
    tokens: Sequence[Token],
    items: Sequence[Item],
    read: Collection[int],
    is_ours: Callable[[str], bool] | None,
) -> Iterator[PlainLine]:
    """Yield the lines that nothing is read of and that aren't as they were written."""
    firsts = {item[0]: item for item in items}
    headings = _headings(tokens)
    heading, few = "", MOST_TASKS
    of_item: Collection[int] = ()
    for number, line in enumerate(typed, 1):
        heading = headings.get(number, heading)
        item = firsts.get(number)
        is_first = item is not None and item[3] == 1 and _is_sound(item[2])
        if number in read or number in of_item or not few or (is_ours(line) if is_ours else not is_first):
            continue
        few -= 1
        if item and is_first:
            of_item = _lines_of([item])
            yield PlainLine(number, item[1], _taken_apart(number, item[1], " ", item[2]))
        else:
            yield PlainLine(number, heading)


def _lines_of(items: Iterable[Item]) -> set[int]:
    return {at for number, _, content, _ in items for at in range(number, number + content.count("\n") + 1)}


def _headings(tokens: Sequence[Token]) -> dict[int, str]:
    """Return the headings by their lines."""
    return {
        token.map[0] + 1: plain(inline.content)
        for token, inline in pairwise(tokens)
        if token.type == "heading_open" and token.map
    }


def _with_signs(text: str) -> str:
    """Return Markdown in which each line with a box is an item of a list, with a box as we write it."""
    text = _LOST_SIGN.sub(r"\1- ", _OTHER_SIGN.sub(r"\1- ", text))
    return _DRAWN_BOX.sub(lambda found: f"{found[1]}[{' ' if found[2] == '☐' else 'x'}] ", text)


def _astray(text: str, tokens: Sequence[Token], items: Sequence[tuple[int, str, str]]) -> Iterator[TaskLine]:
    """Yield the lines outside of all items that look like one of ours."""
    taken = {at for number, _, content in items for at in range(number, number + content.count("\n") + 1)}
    headings = _headings(tokens)
    heading = ""
    few = MOST_TASKS
    for number, line in enumerate(text.split("\n"), 1):
        heading = headings.get(number, heading)
        is_boxed = bool(_BOXED.match(line))
        if number in taken or number in headings or not few or not _is_sound(line):
            continue
        if is_boxed or _ENDS_IN_ID.search(line):
            few -= 1
            found = _taken_apart(number, heading, " " if is_boxed else "", line)
            yield replace(found, is_item=False)


def _is_sound(content: str) -> bool:
    return len(content) <= LONGEST and content.count("[") - content.count("\\[") <= MOST_BRACKETS


def _items(tokens: Sequence[Token]) -> Iterator[Item]:
    """Yield the first text of each item of a list."""
    heading, opened, is_heading = "", False, False
    depth = 0
    for token in tokens:
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        match token.type:
            case "heading_open":
                is_heading = not opened
            case "list_item_open":
                opened = True
            case "list_item_close" | "bullet_list_open" | "ordered_list_open":
                opened = False
            case "inline":
                if opened and token.map:
                    yield token.map[0] + 1, heading, token.content, depth
                elif is_heading:
                    heading = plain(token.content)
                opened = is_heading = False


@cache
def _blocks() -> MarkdownIt:
    """Return a reader of blocks alone: what stands in a line is read of tasks only.

    A definition of a link would swallow a line that begins in brackets, as a box does.
    """
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").disable(["inline", "reference", "text_join"])


@cache
def _inline() -> MarkdownIt:
    from markdown_it import MarkdownIt

    class Reader(MarkdownIt):
        """Leaves addresses as they are typed."""

        def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - a name of markdown-it
            return link

    return Reader("commonmark").enable("strikethrough").disable("text_join")


def _taken_apart(number: int, heading: str, sign: str, content: str) -> TaskLine:
    told = _spoken(content)
    ids: list[str] = []
    days: dict[str, list[str]] = {"due": [], "done": []}

    def field(found: re.Match[str]) -> str:
        name, value = found[1].lower(), _bare(found[2])
        if name == "id":
            ids.append(value)
        elif name in {"due", "completion"}:
            days["due" if name == "due" else "done"].append(value)
        return " "

    def day(found: re.Match[str]) -> str:
        days["due" if found[1] == "📅" else "done"].append(_bare(found[2]))
        return " "

    told = _PASSED_OVER.sub(" ", _SIGNED_DAY.sub(day, _FIELD.sub(field, told)))
    if block := _BLOCK_ID.search(told):
        ids.append(block[1])
        told = told[: block.start()]
    codes = tuple(_bare(found) for found in _CODE.findall(told))
    ends_in_code = told.rstrip().endswith("\ue001")
    return TaskLine(
        number,
        heading,
        sign,
        tuple(ids),
        codes,
        ends_in_code,
        " ".join(told.split()),
        tuple(filter(None, days["due"])),
        tuple(filter(None, days["done"])),
        is_struck="~~" in content and _is_struck(content),
    )


def _is_struck(content: str) -> bool:
    bold, has_begun = 0, False
    for token in (child for line in _inline().parseInline(content) for child in line.children or ()):
        if token.type == "s_open" and (bold or not has_begun):
            return True
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        has_begun = has_begun or bool(token.content.strip())
    return False


def _spoken(content: str) -> str:
    """Return what a line says, bold words and escaped signs shielded, codes between two signs."""
    parts: list[str] = []
    bold = 0
    children = [child for token in _inline().parseInline(content) for child in token.children or ()]
    for token in children:
        if token.type == "strong_open":
            bold += 1
        elif token.type == "strong_close":
            bold -= 1
        elif token.type == "code_inline":
            words = _shielded(token.content.strip())
            parts.append(words if bold else f"\ue000{words}\ue001")
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type in {"text", "text_special", "html_inline", "image"}:
            parts.append(_shielded(token.content) if bold or token.type == "text_special" else token.content)
    return "".join(parts)


def _shielded(words: str) -> str:
    """Return words of which no sign parts or ends anything; each stands where it did."""
    return "".join(
        chr(_SHIELD + ord(sign)) if ord(sign) < _SHIELDED and not sign.isspace() else sign for sign in words
    )


def _bare(words: str) -> str:
    """Return words as they are read; as many signs as before."""
    return "".join(
        chr(ord(sign) - _SHIELD) if _SHIELD < ord(sign) < _SHIELD + _SHIELDED else sign for sign in words
    )


def plain(words: str) -> str:
    """Return what a person reads of a line of Markdown, or of one of ours, in one form of space."""
    return words_of(_CODE.sub(r"\1", _spoken(words)))


@lru_cache(maxsize=8192)
def as_read(words: str, *, is_bold: bool = False) -> str:
    """Return words as they are read once they were written as Markdown: what that loses is no change."""
    shown = md(words.strip() if is_bold else words, begins=not is_bold)
    return plain(f"**{shown}**" if is_bold else shown)


def words_of(told: str) -> str:
    """Return a part of what is told as a person reads it, in one form of space."""
    return " ".join(clean_text(_bare(_CODE.sub(r"\1", told))).split())


def told_with_codes(content: str) -> tuple[str, tuple[str, ...]]:
    """Return what a line of Markdown tells, for `without_codes` and `words_of`, and the codes in it."""
    told = _spoken(content).strip()
    return told, tuple(map(_bare, _CODE.findall(told)))


def without_codes(told: str, codes: Collection[str]) -> str:
    """Return what is told without these codes; what stands behind one is a part of its own."""
    bare = _CODE.sub(lambda found: "\ue002" if _bare(found[1]) in codes else found[0], told)
    return " ".join(bare.strip(" \ue002").replace("\ue002", _BETWEEN).split())


def bold_start(told: str) -> str:
    """Return the bold words that a line begins with; empty where nothing, or hardly anything, is bold."""
    words = "".join(takewhile(lambda sign: sign.isspace() or _SHIELD < ord(sign) < _SHIELD + _SHIELDED, told))
    return words.rstrip() if len(words.rstrip()) >= _FEWEST else ""


def parted(told: str, *known: str) -> tuple[str, str]:
    """Return the first part of what is told, and what stands behind it.

    It is one of those known where the text begins so; else it goes to the next sign that parts facts and is
    not in bold words.
    """
    told = " ".join(told.split())
    bare = _bare(told)
    for words in sorted(filter(None, known), key=len, reverse=True):
        if bare.startswith(words) and (bare[len(words) :] + " ").startswith((_BETWEEN, " ")):
            rest = told[len(words) :].strip()
            if not rest or rest.startswith("·"):
                return words, rest.removeprefix("·").strip()
    first, _, rest = f"{told} ".partition(_BETWEEN)
    if told.startswith("· ") or told == "·":
        return "", told[1:].strip()
    return first.strip(), rest.strip()
