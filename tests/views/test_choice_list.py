"""Which choices what is typed leaves, how they are listed, and what is said where none is left."""

import pytest
from msgspec.structs import replace

from workshop_tui.domain.base.vocabulary import SocialStyle
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.step import Changes
from workshop_tui.views.cell import Choice, Edit
from workshop_tui.views.choice_list import in_columns, matching, not_there

PEOPLE = (Choice("1", "Gésine Aarvold", "g"), Choice("2", "Tom Gesner"), Choice("3", "Priya Agesen", "p"))
NAMES = "Gésine Aarvold, Tom Gesner, Priya Agesen"


def asking(of: str = "stakeholder", *choices: Choice) -> Edit:
    def build(_plan: object, _value: object) -> Changes:
        return ()

    return Edit("Owner", "Action/A1/owner", "", build, choices, of=of)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", "123"), ("ges", "123"), ("GÉS", "123"), ("ges tom", "2"), ("aar", "1"), ("p", "3"), ("zork", "")],
)
def test_each_typed_word_is_sought_whatever_its_case_and_accents_the_nearest_first(
    typed: str, found: str
) -> None:
    assert [choice.value for choice in matching(PEOPLE, typed)] == list(found)


def test_a_line_break_in_a_choice_or_a_title_breaks_no_list() -> None:
    (line,) = in_columns(
        [Choice("v1", "First line\nsecond", "f", "an answer")], [Choice("", "First line second")]
    )
    assert line == "f  First line second  an answer"


STYLE = replace(
    asking("", *(Choice(style.value, style.label) for style in SocialStyle)), sets=(Stakeholder, "style")
)


@pytest.mark.parametrize(
    ("edit", "typed", "has_new", "told"),
    [
        (asking(), "", False, "There is no stakeholder yet."),
        (asking("", *PEOPLE), "", False, ""),
        (asking(), "zork", False, "No stakeholder «zork»: there is none yet."),
        (
            asking("", *PEOPLE),
            "zork",
            False,
            f"«zork» is not in the list: {NAMES}.",
        ),
        (
            asking("stakeholder", PEOPLE[0]),
            "zork",
            False,
            "No stakeholder «zork»: Gésine Aarvold.",
        ),
        (
            asking("stakeholder", *PEOPLE, Choice("4", "Bo")),
            "z" * 40,
            False,
            f"No stakeholder «{'z' * 29}…»: {NAMES}, Bo.",
        ),
        (STYLE, "drive", False, "No style «drive»: driving, expressive, amiable, analytical, unknown."),
        (
            asking(),
            "zork",
            True,
            "No stakeholder «zork»: Enter adds what is marked, or type another name.",
        ),
    ],
)
def test_a_name_that_nothing_has_is_refused_with_what_there_is(
    edit: Edit, typed: str, has_new: bool, told: str
) -> None:
    assert not_there(edit, typed, has_new=has_new) == told


def test_a_minus_is_found_as_keyboards_have_it() -> None:
    felt = (Choice(1, "supportive +1", "1"), Choice(-1, "sceptical −1", "-"), Choice(-2, "opposed −2", "x"))
    assert [choice.value for choice in matching(felt, "-1")] == [-1]
    assert [choice.value for choice in matching(felt, "−2")] == [-2]
