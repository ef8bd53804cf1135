from __future__ import annotations

from itertools import chain

import pytest

from workshop_tui.domain.base import vocabulary as words
from workshop_tui.domain.base.vocabulary import (
    ActionStatus,
    LabeledEnum,
    Level,
    Sentiment,
    SocialStyle,
    Standing,
)

WORDS = list(chain.from_iterable(LabeledEnum.__subclasses__()))


@pytest.mark.parametrize("word", WORDS)
def test_every_word_can_be_read_and_found_again_by_its_value(word: LabeledEnum) -> None:
    assert word.label
    assert "_" not in word.label
    assert type(word)(str(word)) is word


@pytest.mark.parametrize("kind", LabeledEnum.__subclasses__())
def test_no_two_words_of_a_list_share_a_sign(kind: type[LabeledEnum]) -> None:
    signs = [word.sign for word in kind if word.sign]
    assert len(set(signs)) == len(signs)
    assert all(len(sign) <= 3 for sign in signs)


def test_labels_come_from_the_values_or_say_it_better() -> None:
    assert Standing.TRUSTED_ADVISOR.label == "trusted advisor"
    assert words.StepStatus.TODO.label == "to do"


@pytest.mark.parametrize(
    ("sentiment", "sign", "label"),
    [
        (Sentiment.OPPOSED, "−2", "opposed"),
        (Sentiment.SCEPTICAL, "−1", "sceptical"),
        (Sentiment.NEUTRAL, " 0", "neutral"),
        (Sentiment.SUPPORTIVE, "+1", "supportive"),
        (Sentiment.ADVOCATE, "+2", "advocate"),
    ],
)
def test_sentiment_is_read_by_sign_and_word(sentiment: Sentiment, sign: str, label: str) -> None:
    assert (sentiment.sign, sentiment.label) == (sign, label)


def test_a_tie_has_a_height() -> None:
    assert [level.height for level in Level] == [0, 1, 2, 3, 4]


def test_the_axes_tell_the_four_styles_apart() -> None:
    axes = {style: style.axes for style in SocialStyle}
    assert axes == {
        SocialStyle.DRIVING: (True, False),
        SocialStyle.EXPRESSIVE: (True, True),
        SocialStyle.AMIABLE: (False, True),
        SocialStyle.ANALYTICAL: (False, False),
        SocialStyle.UNKNOWN: None,
    }


def test_only_done_and_dropped_actions_are_closed() -> None:
    assert {status for status in ActionStatus if not status.is_open} == {
        ActionStatus.DONE,
        ActionStatus.DROPPED,
    }
