"""The documents that are made of a plan: the joint plan for its audience, the brief, the quarterly review."""

from __future__ import annotations

from typing import Final, Literal

from msgspec.structs import replace

from workshop_tui.documents.document import Document, Paragraph, italic, text
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.source import Source

Layout = Literal["plan", "brief", "qbr"]
LAYOUTS: Final[dict[Layout, str]] = {
    "plan": "joint action plan",
    "brief": "brief for our own leaders",
    "qbr": "quarterly review on one page",
}


def document(of: Source, layout: Layout = "plan", *, is_drawn: bool = True) -> Document:
    """Return a document of a plan that was cut for its audience; of one owner's actions it says so first.

    Raises:
        DocumentError: this audience gets no such document.
        ValueError: the plan was not cut.
    """
    made = _made(of, layout, is_drawn=is_drawn)
    if not of.owner:
        return made
    return replace(made, blocks=(Paragraph(text(italic(of.owner))), *made.blocks))


def _made(of: Source, layout: Layout, *, is_drawn: bool) -> Document:
    from workshop_tui.documents.account_plan import account_plan
    from workshop_tui.documents.brief import brief
    from workshop_tui.documents.customer_plan import customer_plan
    from workshop_tui.documents.qbr import qbr

    if of.view.audience is None:
        raise ValueError("A document is made from a projection, never from the whole plan.")
    if layout == "brief":
        if of.is_customers:
            raise DocumentError("The brief is for our own leaders: choose the alliance or a firm.")
        return brief(of)
    if layout == "qbr":
        return qbr(of)
    if of.is_customers:
        return customer_plan(of)
    return account_plan(of, is_drawn=is_drawn)
