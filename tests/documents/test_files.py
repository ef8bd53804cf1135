import errno
import os
import stat
from pathlib import Path

import pytest

from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.files import file_name, write_whole
from workshop_tui.domain.audience import project
from workshop_tui.domain.plan import AccountPlan


def refusal(path: Path, text: str = "new") -> str:
    with pytest.raises(DocumentError) as refused:
        write_whole(path, text)
    return str(refused.value)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    write_whole(target, "Zoë\n")
    assert target.read_bytes() == b"Zo\xc3\xab\n"
    assert mode(target) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_an_existing_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    target.write_text("a much longer old text")
    target.chmod(0o640)
    write_whole(target, "new")
    assert target.read_text() == "new"
    assert mode(target) == 0o640


def test_a_link_goes_on_pointing_at_its_target(tmp_path: Path) -> None:
    target, link = tmp_path / "plan.md", tmp_path / "link.md"
    link.symlink_to(target)
    write_whole(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_the_text_is_on_the_disk_before_the_old_file_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "plan.md"
    target.write_text("old")
    seen: list[str] = []
    sync = os.fsync

    def look(handle: int) -> None:
        seen.append(target.read_text())
        sync(handle)

    monkeypatch.setattr(os, "fsync", look)
    write_whole(target, "new")
    assert seen == ["old", "new"]  # the file's, then its folder's


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full: free some space or choose another folder."),
        (errno.EROFS, "that disk is read-only: choose another folder."),
        (errno.EACCES, "you may not write there: choose another folder."),
        (errno.EIO, "Input/output error: choose another file."),
    ],
)
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    target = tmp_path / "plan.md"
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", fail)
    assert refusal(target) == f"«{target}» can't be written, as {words}"
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_what_can_not_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "its folder is not there" in refusal(tmp_path / "none" / "plan.md")
    assert "part of its path is a file" in refusal(tmp_path / "file" / "plan.md")
    assert "it is a folder or a device" in refusal(tmp_path)
    assert "it is a folder or a device" in refusal(pipe)
    assert "its name is too long" in refusal(tmp_path / ("x" * 300))
    assert "choose another name" in refusal(tmp_path / "a\x00b")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "pipe"]


@pytest.mark.parametrize(
    ("audience", "name"),
    [("customer", "norvane-bank-session-2-customer.md"), ("ps", "norvane-bank-session-2-ps.md")],
)
def test_a_file_is_named_after_account_session_and_audience(
    sample: AccountPlan, audience: str, name: str
) -> None:
    view = project(sample, audience)
    assert file_name(view, view.sessions[-1], "md") == name


def test_the_whole_plan_has_no_session_in_its_name(sample: AccountPlan) -> None:
    assert file_name(sample, None, "json") == "norvane-bank-all.json"


@pytest.mark.parametrize("name", ["../../etc", "CON", "a/b\\c", "x" * 160, "日本", "a.", "-rf"])
def test_a_file_name_is_safe_whatever_the_account_is_called(sample: AccountPlan, name: str) -> None:
    plan = AccountPlan.of([sample.account.changed("name", name)])
    made = file_name(plan, None, "json")
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert made.count(".") == 1
    assert not made.startswith(("-", "."))
    assert len(made) < 100
