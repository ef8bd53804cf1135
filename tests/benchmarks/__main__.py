"""Measure how quick the app is, against bare Textual and sqlite3 in the same run, and print a table."""

from __future__ import annotations

import math
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import get_args

from tests.app.crowd import crowd
from tests.benchmarks import bare, data, measure
from tests.benchmarks.measure import Spread
from tests.pty_driver import COMMAND, LEAVE, Terminal
from tests.store.clients import crowd as clients_at_work
from tests.store.clients import one_by_one
from tests.store.plans import ACC, ANA, begin
from workshop_tui.documents.export import OF_THE_PLAN_ALONE, Format, export
from workshop_tui.documents.plan_json import UNPROJECTED
from workshop_tui.documents.plan_layouts import LAYOUTS, Layout
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step, set_field
from workshop_tui.domain.search.query import parse
from workshop_tui.live.looking_back import WHOLE
from workshop_tui.live.monday import monday
from workshop_tui.live.searcher import AT_ONCE
from workshop_tui.store.engine import pragmas
from workshop_tui.store.search import Readers, SearchReader
from workshop_tui.store.store import Store
from workshop_tui.tui.keyboard import APART
from workshop_tui.views.pictures.tree_layout import layout, managers

RUNS, KEYS, STEPS, CURTAINS = 7, 120, 200, 20
PAGES = 3
_TOLD = (
    "To fix first",
    "Known before",
    "What became of",
    "By session",
    "Last met",
    "Owns, not met",
    "60 reviews",
)
VIEWS = dict(zip("A23456789", (*_TOLD, "In the room", "several"), strict=True))
"""A key for each view of the account's page → words that are in no other one."""
LAST_PAINTED = "Curtain"
"""What of a session is painted last: it stands in its foot."""
LONG_FORMS = {"docx": 1500, "pptx": 1500}
"""Forms that may take longer than the others, in milliseconds."""
PLAN_ALONE: tuple[Layout, ...] = ("plan",)
BARE = (sys.executable, "-m", bare.__name__)
USUAL = 344.0
"""Milliseconds until a bare app stood in the run by which the bounds were set."""
PEOPLE = "nnn"
F5, F6, UP, DOWN = "\x1b[15~", "\x1b[17~", "\x1b[A", "\x1b[B"


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was measured, in which unit, against which bound."""

    name: str
    measured: float
    unit: str
    bound: float
    than: float | None = None
    """What the same thing takes bare; the bound is then a ratio to it."""

    def line(self, slower: float) -> str:
        """Write the line, where this machine is so many times slower with what it usually takes."""
        value = self.measured / self.than if self.than else self.measured
        bound = f"{self.bound:g} ×" if self.than else f"{self.bound:g} {self.unit}"
        against = f"{self.than:8.1f} {value:6.2f}" if self.than else " " * 15
        is_time = not self.than and self.unit == "ms"
        usual = value / slower if is_time else value
        verdict = "ok" if value <= self.bound else "OVER" if usual > self.bound else "ok there"
        there = f"{usual:8.1f}" if is_time and slower > 1 else " " * 8
        return f"{self.name:<46} {bound:>9} {self.measured:8.1f} {self.unit:<2} {against} {there}  {verdict}"


def bare_start(home: Path) -> float:
    """Return the milliseconds until a bare app stands: machines differ, and one from minute to minute."""
    return statistics.median(measure.first_paint([*BARE, "static"], bare.READY, home) for _ in range(3)) * 1e3


def spread(
    name: str, measured: Spread, bounds: tuple[float, float], than: Spread | None = None
) -> Iterator[Figure]:
    """Return the two figures of a spread, in milliseconds."""
    yield Figure(f"{name}, p50", measured.p50, "ms", bounds[0], than.p50 if than else None)
    yield Figure(f"{name}, p95", measured.p95, "ms", bounds[1], than.p95 if than else None)


def starting(db: Path, home: Path) -> Iterator[Figure]:
    """The library with 10,000 sessions, against one Static; and commands without a screen."""
    library, static = [*COMMAND, "--db", str(db)], [*BARE, "static"]
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS + 1):
        times[0].append(measure.first_paint(library, f"Account {data.ACCOUNTS - 1}", home))
        times[1].append(measure.first_paint(static, bare.READY, home))
    mine, base = (statistics.median(found[1:]) * 1e3 for found in times)
    yield Figure("first useful screen, 10,000 sessions", mine, "ms", 1.3, base)
    for line in ("--version", "where"):
        taken = measure.inside(lambda line=line: measure.command(line), RUNS)  # type: ignore[misc]
        yield Figure(line, statistics.median(taken) * 1e3, "ms", 150)


def sessions(db: Path, home: Path) -> Iterator[Figure]:
    """A session opened by the command line, and the demo, against one Static."""
    command = [*COMMAND, "--db", str(db), "open", "norvane"]
    times: dict[str, list[float]] = {"open": [], "demo": [], "bare": []}
    for _ in range(RUNS + 1):
        times["open"].append(measure.first_paint(command, LAST_PAINTED, home))
        times["demo"].append(measure.first_paint([*COMMAND, "demo"], LAST_PAINTED, home))
        times["bare"].append(measure.first_paint([*BARE, "static"], bare.READY, home))
    taken = {name: statistics.median(found[1:]) * 1e3 for name, found in times.items()}
    for name in ("open", "demo"):
        yield Figure(f"first useful screen of `{name}`", taken[name], "ms", 2.5, taken["bare"])


def typing(db: Path, home: Path) -> Iterator[Figure]:
    """A name typed into the stakeholders' table, saved as it is typed, against a bare Input."""
    with measure.start([*BARE, "input"], home) as terminal:
        measure.until(terminal, b"READY", 0)
        base = Spread.of(measure.typing(terminal, KEYS))
    with opened(db, home) as terminal:
        terminal.send(f"{PEOPLE}a")
        terminal.wait("─ New person ─")
        measure.settle(terminal)
        yield from spread("typing, saved as typed", Spread.of(measure.typing(terminal, KEYS)), (1.2, 2), base)


def moving(db: Path, home: Path) -> Iterator[Figure]:
    """The cursor in the stakeholders' table; blocks and views; idling; memory."""
    with opened(db, home) as terminal:
        terminal.send(PEOPLE)
        terminal.wait("Stakeholder map")
        measure.settle(terminal)
        moves = Spread.of(measure.moving(terminal, "jjjkkk", KEYS, "▸"))
        yield from spread("cursor in the stakeholders' table", moves, (6, 12))
        measure.settle(terminal, measure.LONG)  # else the next letter would belong to a text
        blocks = Spread.of(
            measure.moving(terminal, "nb", KEYS, "sentiment, influence", "Stakeholder map", waits=APART)
        )
        yield from spread("block to block", blocks, (10, 20))
        terminal.send("T")
        terminal.wait("Start «")
        terminal.send("s\r")
        terminal.wait("left|over")
        terminal.watch(3, len)
        with measure.start([*BARE, "static"], home) as static:
            measure.until(static, bare.READY.encode(), 0)
            base, mine = measure.idle(static), measure.idle(terminal)
        yield Figure("idle for 10 s with the clock running", mine * 1e3, "ms", 1.5, base * 1e3)
        yield Figure("memory with the sample open", measure.memory(terminal), "MB", 80)


def pressing(db: Path, home: Path) -> Iterator[Figure]:
    """One key by itself, as it is felt; one that prints something waits first."""
    with opened(db, home) as terminal:
        terminal.send(PEOPLE)
        terminal.wait("Stakeholder map")
        measure.settle(terminal)
        arrows = Spread.of(measure.moving(terminal, (DOWN, DOWN, UP, UP), KEYS // 2, "▸"))
        yield from spread("an arrow, as it is felt", arrows, (6, 12))
        focus = measure.moving(terminal, (F6, F6), KEYS // 4, "leaves the focus", "Agenda")
        yield from spread("a function key, as it is felt", Spread.of(focus), (40, 60))
        blocks = measure.moving(terminal, "nb", KEYS // 4, "sentiment, influence", "Stakeholder map")
        yield from spread("a letter, beyond its wait", waited(blocks), (10, 30))
        terminal.send("v2")
        terminal.wait("toward all")
        measure.settle(terminal)
        views = measure.moving(terminal, "32", KEYS // 4, "another style", "toward all")
        yield from spread("a digit, beyond its wait", waited(views), (50, 100))


def waited(times: Sequence[float]) -> Spread:
    """Return what keys take that wait first for another one, as a text may follow."""
    return Spread.of([taken - APART for taken in times])


def picturing(home: Path) -> Iterator[Figure]:
    """400 people as a chart: laid out, panned, and seen in the other views."""
    people = crowd(400)
    reports = managers(people)
    laid = measure.inside(lambda: layout(reports, dict.fromkeys(reports, (20, 4))), RUNS)
    yield Figure("400 people laid out as a chart", statistics.median(laid) * 1e3, "ms", 50)
    db = home / "crowd.db"
    with closing(Store.open(db)) as store:
        store.commit(people.account.id, Step(tuple(Add(row) for row in people), "me", data.AT))
    with opened(db, home, people.account.id) as terminal:
        terminal.send("2")
        terminal.wait("toward all")
        measure.settle(terminal, 1.0)
        pans = Spread.of(measure.moving(terminal, ("\x1b[1;2C", "\x1b[1;2D"), KEYS, "toward all"))
        yield from spread("a pan over the chart of 400", pans, (16, 24))
        views = Spread.of(
            measure.moving(terminal, "342", KEYS // 4, "another style", "Toward the", "owner ●", waits=APART)
        )
        yield from spread("view to view of 400 people", views, (50, 100))
        terminal.send("2")
        terminal.wait("toward all")
        yield from curtain(terminal, "the chart of 400")


def covering(db: Path, home: Path) -> Iterator[Figure]:
    """The curtain over what may be on the screen when somebody comes in."""
    with opened(db, home) as terminal:
        for place, keys, shows, leave in (
            ("a table", PEOPLE, "Stakeholder map", ""),
            ("an editor", "a", "─ New person ─", LEAVE),
            ("a dialog", "e", "Export the joint", LEAVE),
            ("the focus", F6, "leaves the focus", F6),
            ("a break", "nn", "F7 has the clock", ""),
        ):
            terminal.send(keys)
            terminal.wait(shows)
            yield from curtain(terminal, place)
            terminal.send(leave)
            measure.settle(terminal, measure.LONG)


def curtain(terminal: Terminal, place: str) -> Iterator[Figure]:
    """The curtain over one thing: nothing of it may be seen by then."""
    taken = Spread.of(measure.covering(terminal, F5, "One moment, please.", CURTAINS))
    yield Figure(f"curtain over {place}, p95", taken.p95, "ms", 100)


def opening(db: Path, home: Path) -> Iterator[Figure]:
    """An account opened from the library, all painted."""
    with measure.start([*COMMAND, "--db", str(db)], home) as terminal:
        terminal.wait("Norvane Bank")
        terminal.send("\r")
        terminal.wait("f4 Share")
        times = []
        for _ in range(RUNS):
            terminal.send("q")
            terminal.wait(f"Account {data.ACCOUNTS - 1}")
            measure.settle(terminal, 0.5)
            times += measure.moving(terminal, "\r", 1, "Agenda")
        yield Figure("opening an account", statistics.median(times) * 1e3, "ms", 80)


def storing(db: Path) -> Iterator[Figure]:
    """A Step committed, against one row by bare sqlite3 with the same settings; loading; Markdown."""
    with closing(sqlite3.connect(db.with_name("raw.db"), isolation_level=None)) as raw:
        for name, value in pragmas().items():
            raw.execute(f"PRAGMA {name}={value}")
        raw.execute("CREATE TABLE x (a INTEGER PRIMARY KEY, b TEXT)")
        base = statistics.median(measure.inside(lambda: _insert(raw), STEPS)) * 1e3
    with closing(Store.open(db)) as store:
        plan, _ = store.load("norvane")
        steps = _renamings(plan.all(Stakeholder)[0])
        taken = measure.inside(lambda: store.commit("norvane", next(steps)), STEPS)
        yield Figure("a Step committed", statistics.median(taken) * 1e3, "ms", 2.5, base)
        loaded = measure.inside(lambda: store.load("norvane"), RUNS)
        yield Figure("an account loaded", statistics.median(loaded) * 1e3, "ms", 50)
    large = data.with_actions(200)
    written = measure.inside(lambda: export(large, ALLIANCE, "md", on=data.AT.date()), RUNS)
    yield Figure("joint action plan in Markdown, 200 actions", statistics.median(written) * 1e3, "ms", 50)


def mondays(home: Path) -> Iterator[Figure]:
    """What to know on a Monday, over 500 accounts with 10,000 sessions: all of it, and for one firm."""
    db = home / "mondays.db"
    data.look_after(db)
    for whom in (WHOLE, "ps"):
        taken = measure.inside(lambda whom=whom: monday(db, data.AT.date(), audience=whom), RUNS)  # type: ignore[misc]
        yield Figure(f"Monday over 500 accounts, for {whom}", statistics.median(taken) * 1e3, "ms", 300)


def growing(home: Path) -> Iterator[Figure]:
    """The sample with 300 people, 1,000 actions, 3,000 answers and 50 sessions, against it as it is."""
    taken = [_of_a_plan(home, plan) for plan in (data.sample(), data.large())]
    for name, unit in taken[0]:
        small, great = (found[name, unit] for found in taken)
        yield Figure(f"with 300 people: {name}", great, unit, 3, small)


def _of_a_plan(home: Path, plan: AccountPlan) -> dict[tuple[str, str], float]:
    """Return what is measured of one account: what, unit → how much."""
    db = home / f"{len(list(plan))}.db"
    found: dict[tuple[str, str], float] = {}
    with closing(Store.open(db)) as store:
        store.commit(plan.account.id, Step(tuple(map(Add, plan)), "me", data.AT))
        person = next(iter(store.load("norvane")[0].all(Stakeholder)))
        steps = _renamings(person)
        renamed = measure.inside(lambda: store.commit("norvane", next(steps)), STEPS)
        found["a Step committed", "ms"] = statistics.median(renamed) * 1e3
    started = [*COMMAND, "--db", str(db), "open", "norvane"]
    opened_in = [measure.first_paint(started, LAST_PAINTED, home) for _ in range(RUNS)]
    found["`open`", "ms"] = statistics.median(opened_in) * 1e3
    with opened(db, home) as terminal:
        terminal.send(PEOPLE)
        terminal.wait("Stakeholder map")
        measure.settle(terminal)
        moves = Spread.of(measure.moving(terminal, "jjjkkk", KEYS, "▸"))
        found["cursor in the table, p50", "ms"] = moves.p50
        measure.settle(terminal, measure.LONG)  # else the next letter would belong to a text
        keys = ("nb", KEYS // 2, "sentiment, influence", "Stakeholder map")
        found["block to block, p50", "ms"] = Spread.of(measure.moving(terminal, *keys, waits=APART)).p50
        measure.settle(terminal, measure.LONG)
        terminal.send("a")
        terminal.wait("─ New person ─")
        measure.settle(terminal)
        found["typing, p50", "ms"] = Spread.of(measure.typing(terminal, KEYS)).p50
        found["memory", "MB"] = measure.memory(terminal)
    return found


def documents(home: Path) -> Iterator[Figure]:  # noqa: ARG001 - as all that is measured alone
    """Each document of the sample, for the alliance."""
    plan = data.sample()
    for form in get_args(Format):
        for which in LAYOUTS if form not in OF_THE_PLAN_ALONE else PLAN_ALONE:
            audience = UNPROJECTED if form == "json" else ALLIANCE
            make = partial(export, plan, audience, form, on=data.AT.date(), layout=which)
            made = statistics.median(measure.inside(make, RUNS)) * 1e3
            yield Figure(f"the sample as {form}, {which}", made, "ms", LONG_FORMS.get(form, 300))


def looking_back(home: Path) -> Iterator[Figure]:
    """Each view of the page of an account of many years, as it is painted for the first time."""
    db = home / "years.db"
    plan = data.looked_back_on()
    with closing(Store.open(db)) as store:
        store.commit(plan.account.id, Step(tuple(map(Add, plan)), "me", data.AT))
    times: list[list[float]] = []
    for _ in range(PAGES):
        with opened(db, home, plan.account.id) as terminal:
            keys, markers = list(VIEWS), list(VIEWS.values())
            times.append(measure.moving(terminal, keys, len(keys), *markers, waits=APART))
    for marker, taken in zip(VIEWS.values(), zip(*times, strict=True), strict=True):
        name = f"a page of many years, «{marker}»"
        yield Figure(name, statistics.median(taken) * 1e3, "ms", 200)


def searching(home: Path) -> Iterator[Figure]:
    """Searching as one types among 800,000 lines of 10,000 sessions: words of lines, key by key."""
    db = home / "talk.db"
    data.fill(db)
    lines, chance = data.talk(db), random.Random(1)  # noqa: S311 - the same lines every time
    today, times = Calendar(data.AT.date()), []
    with closing(SearchReader(db)) as reader:
        reader.search(parse("be", today), Readers(), AT_ONCE)
        for line in chance.sample(lines, KEYS):
            words = line.split()
            typed = " ".join(chance.sample(words, min(len(words), chance.choice((1, 2, 2, 3)))))
            for end in range(2, len(typed) + 1):
                query = parse(typed[:end], today)
                times += measure.inside(lambda query=query: reader.search(query, Readers(), AT_ONCE), 1)  # type: ignore[misc]
    yield from spread("a key of a search, 800,000 lines", Spread.of(times), (5, 15))


def _insert(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO x (b) VALUES ('Priya Vantongeren')")
    raw.execute("COMMIT")


def _renamings(person: Stakeholder) -> Iterator[Step]:
    number = 0
    while True:
        renamed = with_values(person, name=f"Name {number}")
        yield Step(set_field(person, "name", f"Name {number}"), "me", data.AT)
        assert isinstance(renamed, Stakeholder)
        person, number = renamed, number + 1


def opened(db: Path, home: Path, account: str = "norvane") -> Terminal:
    """Open an account, and wait until all has been loaded behind the first paint."""
    terminal = measure.start([*COMMAND, "--db", str(db), "open", account], home)
    terminal.wait("f4 Share")
    measure.settle(terminal, 1.0)
    return terminal


def clients() -> Iterator[Figure]:
    """Fifty clients take a hundred Steps each on one account of a server at once; nothing is lost."""
    from tests.postgres import running

    people, edits = 50, 100
    with running() as server:
        url = server.url(server.new())
        with closing(Store.open(url)) as store:
            begin(store, ANA)
            alone = Spread.of(one_by_one(url, STEPS).took)
            before = store.load(ACC)[1]
            started = time.monotonic()
            written = clients_at_work(url, people, edits, processes=10, shared=50)
            took = time.monotonic() - started
            steps = store.since(ACC, before)
        assert [step.number for step in steps] == sorted(written.numbers)
        assert len(steps) == people * edits
    yield from spread("a Step on a server, alone", alone, (10, 25))
    yield from spread("a Step on a server, 50 clients at once", Spread.of(written.took), (500, 1000))
    yield Figure("Steps a second, 50 clients at once", len(steps) / took, "", math.inf)
    yield Figure("attempts a Step of them took", len(written.took) / len(steps), "", math.inf)


SEEN = (starting, sessions, typing, covering, pressing, opening, moving)
"""On the sample beside 10,000 sessions. The last one starts a clock, which leaves the session shared."""
ALONE = (picturing, mondays, looking_back, searching, documents, growing)


def main(wanted: Sequence[str]) -> None:
    """Measure everything, or these rows alone, and print the figures of each as soon as they are known."""
    known = {each.__name__ for each in (*SEEN, *ALONE, storing, clients)}
    if unknown := set(wanted) - known:
        sys.exit(f"There is no {', '.join(sorted(unknown))}: choose of {', '.join(sorted(known))}.")
    names = set(wanted) or known
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    print(f"{'':<46} {'bound':>9} {'measured':>11} {'bare':>8} {'ratio':>6} {'usually':>8}")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        db = home / "workshops.db"
        data.fill(db)
        seen = (measured(db, home) for measured in SEEN if measured.__name__ in names)
        alone = (measured(home) for measured in ALONE if measured.__name__ in names)
        stored = (storing(db),) if storing.__name__ in names else ()
        crowded = (clients(),) if clients.__name__ in names else ()
        for measured in chain(seen, alone, stored, crowded):
            before, figures, after = bare_start(home), list(measured), bare_start(home)
            slower = max((before + after) / 2 / USUAL, 1)
            print(*(figure.line(slower) for figure in figures), sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
