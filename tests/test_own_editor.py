"""A text in the user's own editor: what comes back, and that nothing is left lying about."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from workshop_tui.own_editor import EditorError, edited, program


def running(code: str) -> tuple[str, ...]:
    """Return a program that does something with its file, `f`."""
    return (sys.executable, "-c", f"import pathlib, sys; f = pathlib.Path(sys.argv[1]); {code}")


def test_visual_comes_before_editor_and_may_have_arguments() -> None:
    assert program({"VISUAL": "code --wait", "EDITOR": "vi"}) == ("code", "--wait")
    assert program({"VISUAL": "", "EDITOR": "vi"}) == ("vi",)
    assert program({}) == program({"EDITOR": "'"}) == ()


def test_what_the_program_leaves_is_the_text() -> None:
    assert edited("Zoë\nsaid", running("f.write_text(f.read_text('utf-8') + 'more\\n', 'utf-8')")) == (
        "Zoë\nsaid\nmore"
    )
    assert edited("as it was", running("pass")) == "as it was"


@pytest.mark.parametrize("code", ["sys.exit(1)", "f.write_bytes(b'\\xff')", "f.unlink()"])
def test_what_fails_leaves_the_text_and_says_so(code: str) -> None:
    with pytest.raises(EditorError, match="the text is as it was"):
        edited("text", running(code))
    with pytest.raises(EditorError, match="could not be used"):
        edited("text", ("/no/such/editor",))


def test_its_file_is_for_its_owner_alone_and_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    told = tmp_path / "told"
    keep = "oct(f.stat().st_mode)[-3:] + oct(f.parent.stat().st_mode)[-3:]"
    edited("secret", running(f"pathlib.Path({str(told)!r}).write_text({keep})"))
    assert told.read_text() == "600700"
    assert list(tmp_path.iterdir()) == [told]
