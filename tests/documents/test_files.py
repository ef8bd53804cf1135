import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from workshop_tui.documents import files
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.export import Exported, placed
from workshop_tui.documents.files import InTheWayError, anything, file_name, nothing
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan, audiences


def write_whole(path: Path, text: str, *kept: Path) -> None:
    files.write_whole(path, text, kept=kept, replaces=anything)


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
        (errno.ENOSPC, "the disk is full: free some space and try again."),
        (errno.EROFS, "that disk is read-only: choose another folder."),
        (errno.EACCES, "you may not write there: choose another folder."),
        (errno.EIO, "the disk doesn't answer: check the disk and try again."),
        (errno.EXDEV, "Invalid cross-device link: choose another file."),
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


def test_a_folder_that_may_not_be_looked_at_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> bool:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    assert files.is_folder(tmp_path)
    assert not files.is_folder(tmp_path / "none")
    assert not files.is_folder(tmp_path / "a\x00b")
    monkeypatch.setattr(Path, "is_dir", refused)
    assert not files.is_folder(tmp_path)


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
    [("customer", "norvane-bank-session-2-customer.md"), ("ps", "norvane-bank-session-2-quillhaven.md")],
)
def test_a_file_is_named_after_account_session_and_audience(
    sample: AccountPlan, audience: str, name: str
) -> None:
    view = project(sample, audience)
    assert file_name(view, view.sessions[-1], "md") == name


@pytest.mark.parametrize("short", ["日本", "Tech", "Customer", "all", "Stratalume"])
def test_no_firm_has_the_file_name_of_another_audience(sample: AccountPlan, short: str) -> None:
    firm = sample.get(Party, "ps")
    assert firm
    plan = AccountPlan.of([*sample, with_values(firm, short=short)])
    names = [file_name(project(plan, each), None, "md") for each in audiences(plan)]
    assert len({*names, file_name(plan, None, "md")}) == len(names) + 1
    assert "norvane-bank-ps.md" in names


def test_the_whole_plan_has_no_session_in_its_name(sample: AccountPlan) -> None:
    assert file_name(sample, None, "json") == "norvane-bank-all.json"


@pytest.mark.parametrize("name", ["../../etc", "CON", "a/b\\c", "x" * 160, "日本", "a.", "-rf"])
def test_a_file_name_is_safe_whatever_the_account_is_called(sample: AccountPlan, name: str) -> None:
    plan = AccountPlan.of([with_values(sample.account, name=name)])
    made = file_name(plan, None, "json")
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert made.count(".") == 1
    assert not made.startswith(("-", "."))
    assert len(made) < 100


def test_another_file_is_written_over_only_when_that_is_said(tmp_path: Path) -> None:
    target, link = tmp_path / "notes.md", tmp_path / "link.md"
    target.write_text("mine")
    link.symlink_to(target)
    for path in (target, link):
        with pytest.raises(InTheWayError, match="is there already"):
            files.write_whole(path, "new", kept=(), replaces=nothing)
    asked: list[bytes] = []

    def ask(content: bytes) -> bool:
        asked.append(content)
        return False

    with pytest.raises(InTheWayError):
        files.write_whole(target, "new", kept=(), replaces=ask)
    assert (asked, target.read_text()) == ([b"mine"], "mine")


@pytest.mark.parametrize(
    "magic",
    [
        b"SQLite format 3\x00",
        bytes.fromhex("d9d505f920a163d7"),
        bytes.fromhex("377f0682"),
        bytes.fromhex("377f0683"),
        (3007000).to_bytes(4, "little"),
        (3007000).to_bytes(4, "big"),
    ],
)
def test_a_database_and_what_sqlite_keeps_beside_it_is_known_by_its_content(
    tmp_path: Path, magic: bytes
) -> None:
    target = tmp_path / "plan.md"
    target.write_bytes(magic + b"rest")
    assert "is a database, which is never written over" in refusal(target)
    assert target.read_bytes() == magic + b"rest"


def test_what_would_lie_beside_a_database_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"SQLite format 3\x00")
    for sidecar in ("-journal", "-wal", "-shm", "-WAL"):
        refusal(tmp_path / f"a.db{sidecar}")
        write_whole(tmp_path / f"plan{sidecar}", "beside no database")
    assert not (tmp_path / "a.db-wal").exists()


def test_the_apps_own_files_are_kept_be_they_there_or_not(tmp_path: Path) -> None:
    config, log, database = tmp_path / "config.toml", tmp_path / "log", tmp_path / "later.db"
    log.mkdir()
    (log / "crash.log").write_text("old")
    config.write_text("actor = 'me'")
    os.link(config, tmp_path / "hard")
    (tmp_path / "dangling").symlink_to(database)
    own = (config, log, database)
    for name in (
        "config.toml",
        "hard",
        "log/crash.log",
        "log/new.md",
        "later.db",
        "later.db-wal",
        "later.db-journal",
        "dangling",
        "log/../later.db",
    ):
        with pytest.raises(DocumentError, match="belongs to workshop-tui itself"):
            write_whole(tmp_path / name, "new", *own)
    assert (config.read_text(), (log / "crash.log").read_text()) == ("actor = 'me'", "old")
    assert not database.exists()


def test_a_file_without_a_suffix_gets_the_formats_and_a_folder_the_name(tmp_path: Path) -> None:
    said = Exported("Hello", {}, "norvane", singles={"one.ics": "a day"})

    def into(path: Path, *, singly: bool = False) -> Mapping[Path, str | bytes]:
        return placed(said, path, "norvane-bank.jira.csv", singly=singly)

    assert into(tmp_path / "plan") == {tmp_path / "plan.csv": "Hello"}
    (tmp_path / "mine").write_text("mine")
    assert into(tmp_path / "mine") == {tmp_path / "mine": "Hello"}
    assert into(tmp_path / "plan.txt") == {tmp_path / "plan.txt": "Hello"}
    assert into(tmp_path) == {tmp_path / "norvane-bank.jira.csv": "Hello"}
    assert into(tmp_path, singly=True) == {tmp_path / "one.ics": "a day"}
