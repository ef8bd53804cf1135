import pytest

from tests.conftest import SAMPLE
from workshop_tui.documents.file_type import file_type


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (SAMPLE.read_bytes(), "JSON"),
        (b'\xef\xbb\xbf {"a": 1}', "JSON"),
        (b"# Joint action plan: Norvane Bank\n", "Markdown"),
        (b"---\naccount: norvane\n---\n", "Markdown"),
        (b"- [ ] Send it, and soon\n", "Markdown"),
        (b"[ ] task,Title\nAnna,CFO\n", "a table"),
        (b"Name,Title\nAnna,CFO\n", "a table"),
        (b"Vorname;Nachname\n", "a table"),
        (b"Name\tTitle\n", "a table"),
        (b"PK\x03\x04rest", "a workbook or an archive"),
        (b"SQLite format 3\x00", "a database"),
        (b"%PDF-1.7", "a PDF"),
        (b"just words\n", ""),
        (b"", ""),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_a_file_is_known_by_how_it_begins(content: bytes, kind: str) -> None:
    assert file_type(content) == kind
