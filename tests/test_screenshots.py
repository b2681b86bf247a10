"""The pictures of the documentation show what the commands show today."""

import html
import re
from pathlib import Path

import pytest
from conftest import ESCAPES, ROOT
from screenshots import COMMANDS, IMAGES, shown

pytestmark = pytest.mark.slow


def text_of(picture: Path) -> str:
    """All that stands in a picture, without blanks and without its title."""
    svg = picture.read_text(encoding="utf-8")
    matrix = svg.partition('-matrix">')[2]
    return "".join(html.unescape("".join(re.findall(r"<text[^>]*>([^<]*)</text>", matrix))).split())


@pytest.mark.parametrize("name", COMMANDS)
def test_picture_is_of_today(name: str) -> None:
    assert text_of(IMAGES / f"{name}.svg") == "".join(ESCAPES.sub("", shown(COMMANDS[name])).split()), (
        "python tools/screenshots.py draws the pictures anew"
    )


def test_every_picture_is_shown_in_the_tour() -> None:
    tour = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"(images/{name}.svg)" not in tour] == []


def test_pictures_load_nothing_from_elsewhere() -> None:
    texts = [path.read_text(encoding="utf-8") for path in IMAGES.glob("*.svg")]
    assert [re.findall(r"url\((?!#)|@import|@font-face|href", text) for text in texts] == [[]] * len(COMMANDS)
