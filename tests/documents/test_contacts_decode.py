"""What a contacts file's bytes are read as, and whether that is a guess."""

import pytest

from workshop_tui.documents.contacts_decode import EncodingError, decoded
from workshop_tui.documents.errors import DocumentError

TEXTS = [
    ("cp1252", "Windows-1252", "Lucía Ørsted;Chef d’équipe"),
    ("cp1252", "Windows-1252", "JOSÉ MÜLLER – “x”, 5 €"),
    ("cp1252", "Windows-1252", "Jörg Weiß, Straße 5"),
    ("cp1250", "Windows-1250", "Łukasz Świątek, Dyrektor"),
    ("cp1251", "Windows-1251", "Тётя Семёнова, Директор"),
    ("shift_jis", "Shift-JIS", "名前,役職\n山田 太郎,部長\nタナカ,x"),
    ("mac_roman", "Mac Roman", "José Müller;Chef d’équipe"),
]


@pytest.mark.parametrize(("encoding", "name", "text"), TEXTS)
def test_an_encoding_is_guessed_by_what_people_write(encoding: str, name: str, text: str) -> None:
    assert decoded(text.encode(encoding)) == (text, name, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "ascii"])
def test_unicode_is_no_guess(encoding: str) -> None:
    text = "Name" if encoding == "ascii" else "Łukasz 山田 é"
    assert decoded(text.encode(encoding))[::2] == (text, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1253", "gb18030", "koi8_r"])
def test_an_encoding_that_is_said_goes_before_all_guesses(encoding: str) -> None:
    text = "Γιώργος" if encoding == "cp1253" else "Иван"
    assert decoded(text.encode(encoding), encoding) == (text, encoding, False)


@pytest.mark.parametrize("said", ["koi9", "hex", "rot13", "undefined", "a\0b", "x" * 300])
def test_an_encoding_that_is_none_is_refused_with_those_that_are(said: str) -> None:
    with pytest.raises(EncodingError, match=r"^There is no encoding «.*»: use utf-8, cp1252, "):
        decoded(b"Name\nAna\n", said)


def test_a_file_that_is_not_what_it_is_said_to_be_is_refused_with_the_line() -> None:
    with pytest.raises(
        EncodingError, match=r"^Line 2 is not cp1252 text: save the file as CSV in UTF-8, or say "
    ):
        decoded(b"Name\n\x81\n", "cp1252")


def test_damaged_unicode_is_not_taken_for_something_else() -> None:
    with pytest.raises(DocumentError, match=r"^Line 2 is not UTF-8 text"):
        decoded("Name\nJosé Müller ".encode() + b"\xff\n")


def test_a_large_file_is_guessed_by_a_part_of_it() -> None:
    assert decoded(b"x\n" * 100_000 + "é\n".encode("cp1252") * 50_000)[1] == "Windows-1252"
