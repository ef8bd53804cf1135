"""The pictures of the app are made anew by one command, and name no place but themselves."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from tools.pictures import pictures

DOCS = Path(__file__).parent.parent.parent / "docs"
SVG = "http://www.w3.org/2000/svg"


def test_every_picture_that_is_shown_can_be_made_anew() -> None:
    made = {f"{name}.svg": svg for name, svg in pictures().items()}
    documents = (DOCS / "guide.md", DOCS.parent / "README.md")
    shown = {
        name for path in documents for name in re.findall(r"pictures/(\w+\.svg)", path.read_text("utf-8"))
    }
    assert made.keys() == shown == {path.name for path in (DOCS / "pictures").iterdir()}
    for text in made.values():
        ET.fromstring(text)  # noqa: S314 - our own file
        assert "://" not in text.replace(SVG, "")
        assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", text)
    words = {name: re.sub(r"<.*?>|&#160;", " ", text) for name, text in made.items()}
    assert "TEAM ONLY" in words["value.svg"]
    assert "● SHARED" in words["customer.svg"]
    for name in ("value.svg", "customer.svg"):  # side by side: what was heard, among ourselves and cut
        assert re.search(r"Evidence\s+for\s+all\s+22", words[name])
    assert "Priya" in words["stakeholders.svg"]
