"""The pictures of the app are made anew by one command, and name no place but themselves."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

DOCS = Path(__file__).parent.parent.parent / "docs"
SVG = "http://www.w3.org/2000/svg"


def test_the_script_makes_every_picture_that_is_shown(tmp_path: Path) -> None:
    script = [sys.executable, str(DOCS / "make_pictures.py"), str(tmp_path)]
    subprocess.run(script, check=True, capture_output=True, timeout=100)
    made = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
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
    assert "ALLIANCE ONLY" in words["value.svg"]
    assert "CUSTOMER" in words["customer.svg"]
    assert "Priya" in words["stakeholders.svg"]
