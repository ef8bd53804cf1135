"""The pictures of the app show what it shows now, are made anew by one command, and name no other place."""

import re
from itertools import zip_longest
from pathlib import Path
from xml.etree import ElementTree as ET

from tools.pictures import pictures

DOCS = Path(__file__).parent.parent.parent / "docs"
SVG = "http://www.w3.org/2000/svg"


def words(svg: str) -> list[str]:
    """Return what is painted in a picture, run by run."""
    runs = re.findall(r"<text.*?>(.*?)</text>", svg, re.DOTALL)
    return [run.replace("&#160;", " ") for run in runs]


def test_every_picture_can_be_made_anew_and_shows_what_the_app_shows_now() -> None:
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
    told = {name: " ".join(words(text)) for name, text in made.items()}
    assert "TEAM ONLY" in told["value.svg"]
    assert "● SHARED" in told["customer.svg"]
    for name in ("value.svg", "customer.svg"):  # side by side: what was heard, among ourselves and cut
        assert re.search(r"Evidence\s+for\s+all\s+22", told[name])
    assert "Priya" in told["stakeholders.svg"]
    for name, text in made.items():
        stored = (DOCS / "pictures" / name).read_text("utf-8")
        news = [run for run, was in zip_longest(words(text), words(stored)) if run != was][:3]
        assert text == stored, f"{name} is stale, `python -m tools.generate` makes it anew: {news}"
