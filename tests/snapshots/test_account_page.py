"""Each view of the account's page, on the sample as it is shipped, against pictures somebody looked at.

One run of the app shows them all: starting it takes longer than looking.
"""

from __future__ import annotations

from tests.snapshots.conftest import AllLook
from tests.snapshots.pictures import BOTH, Picture

PAGE = (
    Picture(
        "now",
        "You should see what is late, what is due this week, three gaps to fix first, and who moved.",
        ("A", "v 1"),
        until="Moved between session 1 and 2",
    ),
    Picture(
        "moved",
        "You should see who fell before who rose, toward whom, and how we know it now and knew it then.",
        ("v 2",),
        until="2 people fell, 4 rose",
    ),
    Picture(
        "compare",
        "You should see what became of six actions of session 1, then who felt otherwise; how many changes.",
        ("v 3",),
        until="What became of the actions of session 1",
    ),
    Picture(
        "kept",
        "You should see what was kept by session, side and owner, a rate with its n, and what is overdue.",
        ("v 4",),
        until="60% on time",
    ),
    Picture(
        "coverage",
        "You should see all people against the team, both firms where there is room; who hangs by one.",
        ("v 5",),
        until="People met",
    ),
    Picture(
        "team",
        "You should see each of ours with what they owe, have kept, whom they met, and own and have not met.",
        ("v 6",),
        until="Owns, not met",
    ),
    Picture(
        "scorecard",
        "You should see how each initiative stands now, the strips of its reviews, and ! at two of them.",
        ("v 7",),
        until="Continuity Ready packaged",
    ),
    Picture(
        "decided",
        "You should see seven decisions, one of which replaces another, with who was in the room.",
        ("v 8",),
        until="replaces D6",
    ),
    Picture(
        "time",
        "You should see a year of months, a row of meetings for each firm, and actions on their due days.",
        ("v 9",),
        until="Missed",
    ),
)


async def test_the_accounts_page(all_look_right: AllLook) -> None:
    await all_look_right(PAGE, BOTH)
