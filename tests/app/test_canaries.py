"""Whatever an audience must not see is painted nowhere, said nowhere and counted nowhere."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import get_args

import pytest
from textual.widget import Widget

from tests.app.canaries import FINE, LEAK, LEAKS, hidden_words, opened_as, with_canaries
from tests.app.driver import Driven, driving, seed
from tests.app.frames import recorded
from tests.app.telling import Teller
from tests.app.test_sealed import sealed
from tests.documents.parts import unfolded
from tests.documents.said import all_of
from tests.views.plans import looked_at
from workshop_tui.documents.export import Format
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, AnswerStatus, BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Erratum, Seal
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import set_field
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.features.drafts import Drafts
from workshop_tui.views.value.board import AHEAD

OURS = {"success", "together", "up", "down", "none", "use", "present", "unknown", "partner"}
"""Words of hidden lists that are words of the app's own, too."""
SAID = (AnswerStatus.HEARD, AnswerStatus.VALIDATED)
AUDIENCES = (CUSTOMER, ALLIANCE, "ps", "tech")


@pytest.fixture(params=AUDIENCES)
def audience(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def leaks_in(text: str, audience: str) -> list[str]:
    """Return what a text tells that it must not."""
    words = set(re.findall(r"[a-z][a-z ]*[a-z]", text)) & (hidden_words(audience) - OURS)
    signs = re.findall("[+−][12](?![0-9a-z])", text) if audience == CUSTOMER else []
    return [*(leak for leak in LEAKS if leak in text), *words, *signs]


async def test_no_view_has_it_to_tell(sample: AccountPlan, audience: str) -> None:
    teller = Teller(looked_at(with_canaries(sample, audience), audience))
    around = "\n".join((*teller.around(), *teller.removed(), *teller.conflicts()))
    told = [*teller.views(), ("around", around)]
    assert not [(where, leak) for where, text in told for leak in leaks_in(text, audience)]
    assert len({where for where, text in told if FINE in text}) > 15  # or nothing was looked at


@pytest.mark.parametrize("audience", [CUSTOMER, "ps"])
async def test_no_view_of_a_sealed_session_has_it_to_tell(sample: AccountPlan, audience: str) -> None:
    plan = AccountPlan.of(
        row for row in with_canaries(sample, audience) if not isinstance(row, (Seal, Erratum))
    )
    told = [*Teller(looked_at(sealed(plan), audience)).views()]
    assert not [(where, leak) for where, text in told for leak in leaks_in(text, audience)]
    assert len({where for where, text in told if FINE in text}) > 15


@pytest.mark.parametrize("form", get_args(Format))
async def test_no_document_tells_it(sample: AccountPlan, audience: str, form: Format) -> None:
    live = looked_at(with_canaries(sample, audience), audience)
    to_write = live.to_write(live.session_id)()
    content = to_write.document(audience, form).content
    written = all_of(unfolded(content) if isinstance(content, str) else content)
    assert not [leak for leak in LEAKS if leak in written.replace("\\u00a4", LEAK)]
    assert FINE in written
    assert not leaks_in(to_write.name(audience, form), audience)


@pytest.mark.parametrize("audience", [CUSTOMER, "ps"])  # what a screen has from views is looked at for all
async def test_no_screen_tells_it(
    sample: AccountPlan, empty: Path, audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = recorded(monkeypatch)
    plan = opened_as(with_canaries(sample, audience), audience)
    seed(empty, plan)
    async with driving(empty, account=plan.account.id, size=(110, 30)) as app:
        assert app.live.audience == audience
        seen = [text async for text in _everywhere(app)]
    found = {leak: text for text in seen for leak in leaks_in(text, audience)}
    assert not found, "\n\n".join(f"{leak}:\n{text}" for leak, text in found.items())
    assert sum(FINE in text for text in seen) > 30  # or nothing was looked at
    assert FINE in frames.text
    assert LEAK not in frames.text  # not for a moment either


async def _everywhere(app: Driven) -> AsyncIterator[str]:
    """Visit every view of every kind of block, then what lies over them."""
    for block in {block.kind: block for block in reversed(app.workspace.blocks())}.values():
        app.workspace.open_block(block.id)
        for number in range(len(app.workspace.stage.views)):
            app.workspace.stage.open_view(number)
            await app.quiet()
            yield _painted(app)
    async for text in _over(app):
        yield text


async def _over(app: Driven) -> AsyncIterator[str]:
    """Look at what comes and goes over the actions; what is closed to the customer is not there for them."""
    await app.to_block(BlockKind.ACTIONS)
    is_customer = app.live.audience == CUSTOMER
    for keys in ("p", "enter", "d", "r", "f1", "f6", "f7", "ctrl+z", "ctrl+y", "x", "e", "i", "q", "f4"):
        if keys == "q" and not is_customer:
            continue
        app.app.clear_notifications()
        await app.press(keys)
        await app.stored()
        assert not is_customer or keys not in "eiq" or (app.told, app.app.screen) == ("", app.workshop)
        yield _painted(app)
        await app.press("escape")
    for key, text in (("slash", "a"), ("ctrl+p", "e"), ("f2", "a: x @a"), ("f2", "x ^"), ("f2", "s: x >a")):
        await app.press(key)
        await app.type_text(text)
        yield _painted(app)
        await app.press("tab")
        yield _painted(app)
        await app.press("escape")


def _painted(app: Driven) -> str:
    """Return the whole screen, with what stands in titles, tooltips and toasts."""
    return "\n".join([*app.rows, *_unpainted(app)])


def _unpainted(app: Driven) -> Iterator[str]:
    yield f"{app.app.title} {app.app.sub_title}"
    yield from (toast.message for toast in app.app._notifications)
    for screen in app.app.screen_stack[1:]:  # beneath them lies the library, which is closed to the customer
        for widget in screen.walk_children(Widget):
            if widget.display:
                titles = (widget.border_title, widget.border_subtitle, widget.tooltip)
                yield from (str(title) for title in titles if title)


async def test_undo_is_worded_for_who_looks_and_leaves_alone_what_is_hidden(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        person = app.live.whole.all(Stakeholder)[0]
        app.live.commit(lambda _plan: set_field(person, "title", "Chair"))
        app.live.commit(lambda _plan: set_field(person, "style", "amiable"))
        await app.stored()
        await app.press("f4", "ctrl+z")
        await app.wait_until(lambda: app.shows("Nothing to undo since the screen was shared."))
        assert not leaks_in(app.text, CUSTOMER)
        (now,) = app.live.whole.where(Stakeholder, id=person.id)
        assert now.style == "amiable", app.told


async def test_counts_tell_nothing_of_hidden_rows(sample: AccountPlan, empty: Path) -> None:
    plan = opened_as(with_canaries(sample, CUSTOMER), CUSTOMER)
    said = next(a for a in plan.all(Answer) if a.visibility == CUSTOMER and a.status in SAID)
    told = next(question for question in plan.all(Question) if question.visibility == CUSTOMER)
    plan = AccountPlan.of([*plan, with_values(said, question=told.id)])
    seed(empty, plan)
    people = sum(person.visibility == CUSTOMER for person in plan.all(Stakeholder))
    asked = {a.question for a in plan.all(Answer) if a.visibility == CUSTOMER and a.status in SAID}
    shown = [question for question in plan.all(Question) if question.visibility == CUSTOMER]
    questions = sum(question.id in asked for question in shown)
    assert 0 < people < len(plan.all(Stakeholder))
    assert 0 < questions < len(plan.all(Question))
    async with driving(empty, account=plan.account.id) as app:
        await app.to_block(BlockKind.VALUE)
        assert f"of {people} ]" in app.text
        await app.press("v", "v")
        assert len(app.sheet().table.cols) == AHEAD + questions
        assert "Gaps" not in app.text


async def test_a_draft_is_kept_for_whom_it_was_typed(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        app.workspace[Drafts].keep("Stakeholder/new/name", "Priya trusts nobody")
        assert app.workspace[Drafts].all() == {"Stakeholder/new/name": "Priya trusts nobody"}
        await app.press("f4")
        assert app.workspace[Drafts].all() == {}
    async with driving(norvane, account="norvane") as app:  # reopened for the customer
        assert app.workspace[Drafts].all() == {}
        app.workspace[Audience].look_as("ps")
        assert app.workspace[Drafts].all() == {}
        app.workspace[Audience].look_as(ALLIANCE)
        assert app.workspace[Drafts].all() == {"Stakeholder/new/name": "Priya trusts nobody"}
