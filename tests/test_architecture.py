"""The order of the house: layers, circles, depth of inheritance, names, where the whole plan is read."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import workshop_tui

PACKAGE = Path(workshop_tui.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py"))
DEEPEST, HOOKS = 2, 3
"""Classes of ours that one may stand on, one on the other; hooks that a subclass must fill in."""


def module(path: Path) -> str:
    parts = (PACKAGE.name, *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, ast.Module]:
    """Return all of our modules; read by who runs these tests, not by each that collects them."""
    return {module(path): ast.parse(path.read_text("utf-8")) for path in FILES}


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the modules that a module names in its imports, those inside functions and for types too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in modules() else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@cache
def imports() -> dict[str, set[str]]:
    """Return what each of our modules imports."""
    return {name: set(imported(tree)) for name, tree in modules().items()}


def test_no_circle_of_imports() -> None:
    state: dict[str, int] = {}

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert state.get(name) != 1, " → ".join((*way[way.index(name) :], name))
        if name in state:
            return
        state[name] = 1
        for other in sorted(imports()[name] & set(modules())):
            visit(other, (*way, name))
        state[name] = 2

    for name in modules():
        visit(name, ())


def test_only_the_terminal_knows_textual() -> None:
    for name, others in imports().items():
        if name.startswith(("workshop_tui.domain", "workshop_tui.live", "workshop_tui.views")):
            assert not any(other.split(".")[0] == "textual" for other in others), name


@cache
def knows_textual(name: str) -> bool:
    own = f"{PACKAGE.name}.tui"
    return any(
        other.split(".")[0] == "textual" or (other.startswith(own) and knows_textual(other))
        for other in imports()[name]
    )


def test_whatever_stands_in_the_terminal_has_to_do_with_textual() -> None:
    files = [
        name for name, tree in modules().items() if name.startswith("workshop_tui.tui") and tree.body[1:]
    ]
    assert [name for name in files if not knows_textual(name)] == []


def classes() -> Iterator[tuple[str, ast.ClassDef]]:
    for name, tree in modules().items():
        yield from ((name, node) for node in tree.body if isinstance(node, ast.ClassDef))


def test_no_class_stands_deep_on_others_of_ours() -> None:
    bases: dict[str, set[str]] = defaultdict(set)
    for _, node in classes():
        bases[node.name] |= {ast.unparse(base).partition("[")[0].rpartition(".")[2] for base in node.bases}

    @cache
    def depth(name: str) -> int:
        return max((1 + depth(base) for base in bases[name] if base in bases), default=0)

    deep = {name: depth(name) for name in list(bases) if depth(name) > DEEPEST}
    assert not deep
    assert not [name for name in bases if "WorkshopScreen" in bases[name]]


def test_hardly_any_hook_has_to_be_filled_in() -> None:
    hooks = [
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and node.exc and "NotImplementedError" in ast.unparse(node.exc)
    ]
    assert len(hooks) <= HOOKS, hooks


def test_no_two_classes_have_one_name() -> None:
    count = Counter(node.name for _, node in classes() if not node.name.startswith("_"))
    assert {name for name, n in count.items() if n > 1} == set()


def test_the_whole_plan_is_read_in_live_alone() -> None:
    read = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        if name.startswith(("workshop_tui.views", "workshop_tui.tui", "workshop_tui.cli"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"whole", "shown", "_shown"}
        and ast.unparse(node.value).endswith("live")
    ]
    assert read == []


def test_no_feature_knows_another() -> None:
    own = "workshop_tui.tui.features."
    for name in modules():
        if name.startswith(own):
            assert not [other for other in imports()[name] if other.startswith(own)], name


def test_no_value_is_made_by_the_field_of_a_dataclass() -> None:
    """In a Struct, `dataclasses.field(…)` would be the default itself: nothing complains of it."""
    for name, tree in modules().items():
        classes = [each for each in ast.walk(tree) if isinstance(each, ast.ClassDef)]
        if any(isinstance(base, ast.Name) and base.id == "Struct" for each in classes for base in each.bases):
            assert from_dataclasses(tree) <= {"dataclass"}, name


def from_dataclasses(tree: ast.Module) -> set[str]:
    every = [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
    return {alias.name for each in every if each.module == "dataclasses" for alias in each.names}
