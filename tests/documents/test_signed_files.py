"""By what a binary file is known again as our own export that nobody has changed."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest

from workshop_tui.documents.signed_files import is_signed, sign_package, sign_pdf

CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Plan</dc:title>'
    b"<dc:identifier>theirs</dc:identifier></cp:coreProperties>"
)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n30\n%%EOF"


def package(**parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, part in {"word/document.xml": b"<d/>", "[Content_Types].xml": b"<t/>", **parts}.items():
            archive.writestr(name, part)
    return file.getvalue()


@pytest.fixture
def office() -> bytes:
    return sign_package(package(**{"docProps/core.xml": CORE}), "norvane", "customer")


def changed(content: bytes, part: str, new: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(file, "w", ZIP_STORED) as after:
        for name in before.namelist():
            after.writestr(name, new if name == part else before.read(name))
    return file.getvalue()


def test_an_office_file_is_known_by_its_account_until_a_part_is_changed(office: bytes) -> None:
    assert is_signed(office, "norvane")
    assert not is_signed(office, "another")
    assert not is_signed(changed(office, "word/document.xml", b"<d>mine</d>"), "norvane")
    assert is_signed(changed(office, "word/document.xml", b"<d/>"), "norvane")  # as it was, packed otherwise
    with ZipFile(BytesIO(office)) as archive:
        core = archive.read("docProps/core.xml")
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"theirs" not in core
    assert not is_signed(changed(office, "docProps/core.xml", core.replace(b"Plan", b"Mine")), "norvane")
    assert sign_package(office, "norvane", "customer") == office


def test_a_part_that_somebody_has_added_makes_it_theirs(office: bytes) -> None:
    file = BytesIO(office)
    with ZipFile(file, "a") as archive:
        archive.writestr("word/comments.xml", b"<c>mine</c>")
    assert not is_signed(file.getvalue(), "norvane")


def test_a_pdf_is_known_until_it_is_changed_or_goes_on() -> None:
    signed = sign_pdf(PDF, "norvane", "ps")
    assert is_signed(signed, "norvane")
    assert not is_signed(signed, "another")
    assert not is_signed(signed.replace(b"<<>>", b"<</A 1>>"), "norvane")
    assert not is_signed(signed + b"\n2 0 obj\n<<>>\nendobj\nstartxref\n99\n%%EOF", "norvane")
    assert signed.endswith(b"startxref\n30\n%%EOF")
    assert signed.index(b"% workshop-tui norvane for ps ") > signed.index(b"trailer")


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"PK\x03\x04", b"PK\x03\x04 and then nothing of the kind", b"%PDF-", PDF),
        package(),
        package(**{"docProps/core.xml": CORE}),
        package(**{"docProps/core.xml": b" " * 300_000}),
    ],
    ids=range(8),
)
def test_what_others_have_written_is_not_ours(content: bytes) -> None:
    assert not is_signed(content, "norvane")
