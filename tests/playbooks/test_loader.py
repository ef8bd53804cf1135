"""Playbooks: the two of ours, and what is said of a bad one."""

from pathlib import Path

import pytest

from workshop_tui.bounds import LARGEST_TOML
from workshop_tui.domain.base.vocabulary import REASONS, BlockKind
from workshop_tui.domain.gaps.registry import LIMITS, RULES
from workshop_tui.domain.model.discovery import Criterion
from workshop_tui.domain.model.value import Question
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.playbooks.errors import PlaybookError
from workshop_tui.playbooks.loader import (
    OURS,
    load_playbook,
    playbooks,
)

SMALLEST = '[[agenda]]\nkind = "actions"\ntitle = "Actions"\nminutes = 15\n'
TITLED = 'title = "Tiny"\n'


def wrote(folder: Path, text: str | bytes, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "minutes", "blocks"),
    [("half-day", 240, 12), ("ninety", 90, 10), ("governance", 30, 7), ("introduction", 30, 5)],
)
def test_our_playbooks_have_their_length_and_fill_every_block_with_prompts(
    name: str, minutes: int, blocks: int
) -> None:
    playbook = load_playbook(name)
    assert (playbook.name, playbook.minutes, len(playbook.agenda)) == (name, minutes, blocks)
    assert all(block.notes for block in playbook.agenda)
    with_customer = {block.kind for block in playbook.agenda if block.customer}
    assert with_customer == {block.kind for block in playbook.agenda if block.kind is BlockKind.VALUE}
    off = {"competition_unknown": False} if name == "ninety" else {}
    assert dict(playbook.gaps) == {rule: LIMITS.get(rule, True) for rule in RULES} | off


@pytest.mark.parametrize("name", ["half-day", "ninety"])
def test_our_playbooks_have_the_sample_accounts_criteria_and_questions(
    name: str, sample: AccountPlan
) -> None:
    playbook = load_playbook(name)
    assert [(c.text, c.weight) for c in playbook.criteria] == [
        (c.text, c.weight) for c in sample.all(Criterion)
    ]
    assert [(q.purpose, q.text) for q in playbook.questions] == [  # those of ours name no trade
        (q.purpose, q.text.replace("the bank?", "the business?")) for q in sample.all(Question)
    ]


def test_discovery_has_the_prompts_below_its_own_notes_and_other_blocks_have_not() -> None:
    playbook = load_playbook("half-day")
    for block in playbook.agenda:
        notes = playbook.notes_for(block)
        assert notes.startswith(block.notes)
        assert (playbook.prompts[0] in notes) == (block.kind is BlockKind.DISCOVERY)


def test_a_folders_playbook_stands_before_ours_of_the_same_name(tmp_path: Path) -> None:
    wrote(tmp_path, TITLED + SMALLEST, "half-day.toml")
    wrote(tmp_path, TITLED + SMALLEST, "mine.toml")
    ours = ("governance", "half-day", "introduction", "ninety")
    assert playbooks() == ours
    assert playbooks([tmp_path, tmp_path / "absent"]) == tuple(sorted((*ours, "mine")))
    assert load_playbook("half-day", [tmp_path]).title == "Tiny"
    assert load_playbook("half-day").title != "Tiny"


def test_a_copy_of_ours_loads_as_it_is(tmp_path: Path) -> None:
    copy = wrote(tmp_path, (OURS / "ninety.toml").read_bytes())
    assert load_playbook(copy).agenda == load_playbook("ninety").agenda


def test_a_rule_is_turned_off_or_has_a_figure_of_its_own(tmp_path: Path) -> None:
    path = wrote(tmp_path, TITLED + SMALLEST + "[gaps]\nstyle_unknown = false\nsolo_3_or_more = 4\n")
    assert dict(load_playbook(path).gaps) == {"style_unknown": False, "solo_3_or_more": 4}


def test_reasons_of_an_end_are_the_usual_ones_unless_a_playbook_lists_its_own(tmp_path: Path) -> None:
    assert load_playbook(wrote(tmp_path, TITLED + SMALLEST)).reasons == REASONS
    own = wrote(tmp_path, TITLED + 'reasons = ["Price"]\n' + SMALLEST)
    assert load_playbook(own).reasons == ("Price",)
    assert load_playbook("half-day").reasons == load_playbook("ninety").reasons == REASONS


def test_text_is_cleaned_and_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = wrote(tmp_path, "\ufeff" + TITLED + SMALLEST.replace('"Actions"', '"Act\\u001b[31mions"'))
    assert load_playbook(path).agenda[0].title == "Act[31mions"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TITLED, "agenda is missing: add it."),
        (TITLED + "agenda = []\n", "agenda is empty: add at least one [[agenda]]."),
        (TITLED + "agenda = 3\n", "agenda can't be «3»: write a list."),
        (TITLED + "agenda = [3]\n", "agenda[1] can't be «3»: write a table."),
        (SMALLEST, "title is missing: add it."),
        (TITLED + SMALLEST + "[gaps]\nno_owner = 3\n", "gaps.no_owner has no figure: write true or false."),
        (TITLED + SMALLEST + "[gaps]\nsolo_3_or_more = 0\n", "gaps.solo_3_or_more can't be «0»"),
        (
            TITLED + SMALLEST + '[gaps]\nsolo_3_or_more = "x"\n',
            "gaps.solo_3_or_more can't be «x»: write true or false without quotes.",
        ),
        (
            'currency = "euro"\n' + TITLED + SMALLEST,
            "currency can't be «euro»: write three capitals, as in EUR.",
        ),
        (TITLED + SMALLEST + "[clock]\namber = 101\n", "clock.amber can't be «101»: use at most 100."),
        (TITLED + SMALLEST + "[clock]\namber = 3\n", "clock.red comes before amber: use 3 or less."),
        (TITLED + SMALLEST + '[dates]\norder = "dmy"\n', "dates.order can't be «dmy»: use 'day_first' or"),
        (TITLED + SMALLEST + "minuts = 3\n", "agenda[1].minuts is no key of a playbook: remove it."),
        ("colour = 1\n" + TITLED + SMALLEST, "colour is no key of a playbook: remove it."),
        ('name = "x"\n' + TITLED + SMALLEST, "name is no key of a playbook, as the file's name says it"),
        (
            TITLED + SMALLEST + SMALLEST.replace("15", "0"),
            "agenda[2].minutes can't be «0»: use at least 1.",
        ),
        (TITLED + SMALLEST.replace("15", "601"), "agenda[1].minutes can't be «601»: use at most 600."),
        (
            TITLED + SMALLEST.replace("15", '"15"'),
            "agenda[1].minutes can't be «15»: write a whole number without quotes",
        ),
        (TITLED + SMALLEST.replace("15", "true"), "agenda[1].minutes can't be «True»"),
        (TITLED + SMALLEST.replace("15", "1.5"), "agenda[1].minutes can't be «1.5»"),
        (TITLED + SMALLEST + "customer = 1\n", "agenda[1].customer can't be «1»: write true or false"),
        (TITLED + SMALLEST.replace("actions", "acts"), "agenda[1].kind can't be «acts»: use 'opening', "),
        (
            TITLED + SMALLEST.replace("Actions", " "),
            "agenda[1].title is empty: write at least one character.",
        ),
        (
            TITLED + SMALLEST.replace("Actions", "x" * 161),
            "agenda[1].title is too long: 160 characters are the most.",
        ),
        (TITLED + SMALLEST + f'notes = "{"x" * 1901}"\n', "agenda[1].notes is too long: 1900 characters"),
        (
            TITLED + f"prompts = {['x' * 480] * 4}\n" + SMALLEST,
            "prompts are too long",
        ),
        (
            TITLED + "reasons = []\n" + SMALLEST,
            "reasons are none: write at least one, or leave the key out for the usual ones.",
        ),
        (
            TITLED + 'reasons = ["Price", "price"]\n' + SMALLEST,
            "reasons say «Price» twice: leave one out.",
        ),
        (TITLED + 'reasons = [" "]\n' + SMALLEST, "reasons[1] is empty: write at least one character."),
        (TITLED + "prompts = [1]\n" + SMALLEST, "prompts[1] can't be «1»: write text in quotes"),
        (
            TITLED + SMALLEST + '[[criteria]]\ntext = "A"\nweight = 0\n',
            "criteria have no weight: give at least one of them a weight above 0.",
        ),
        (
            TITLED + SMALLEST + '[[criteria]]\ntext = "A"\nweight = nan\n',
            "criteria[1].weight can't be «nan»: write a number",
        ),
        (TITLED + SMALLEST + '[[criteria]]\ntext = "A"\nweight = -1\n', "criteria[1].weight can't be «-1»"),
        (TITLED + SMALLEST + '[[criteria]]\ntext = "A"\nweight = "1"\n', "criteria[1].weight can't be «1»"),
        (
            TITLED + SMALLEST + '[[questions]]\npurpose = "why"\ntext = "A"\n',
            "questions[1].purpose can't be «why»: use 'priority', ",
        ),
        (TITLED + SMALLEST + "[gaps]\nno_own = true\n", "gaps.no_own is no gap rule: use action_no_"),
        (TITLED + "\n\nagenda = [\n", "this is not TOML, mend it: "),
        (TITLED + "\n[[agenda]\n", "(at line 3, column "),
        (b'title = "Tiny"\n\xff\n', "line 2 is not UTF-8 text: save the file as UTF-8."),
        (TITLED + "x = " + "[" * 20_000 + "\n", "nested too deep"),
        (TITLED + "x = " + "9" * 5_000 + "\n", "nested too deep or has too long a number"),
        (b"#" * (LARGEST_TOML + 1), "as it is over 256 kB: shorten it."),
    ],
)
def test_a_bad_playbook_is_refused_with_file_key_and_cure(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    path = wrote(tmp_path, text)
    with pytest.raises(PlaybookError) as refused:
        load_playbook(path)
    sentence = str(refused.value)
    assert sentence.startswith(str(path))
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("name", ["lunch", "", "../half-day", "a/b"])
def test_an_unknown_playbook_is_refused_with_the_names_there_are(name: str) -> None:
    with pytest.raises(PlaybookError, match=r"There is no playbook .*half-day, introduction or ninety"):
        load_playbook(name)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"gone\.toml can't be read"):
        load_playbook(tmp_path / "gone.toml")
