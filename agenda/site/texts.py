"""Texts of the file as HTML: escaped, in one line or in paragraphs, and with their language where it is another."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from agenda.text.links import is_link
from agenda.text.safe import one_line, split_lines

_PARAGRAPHS = re.compile(r"\n\s*\n")


def markup(text: str) -> Markup:
    """A text in one line; with its language where it is not that of the page."""
    return _in_its_language(text, escape(one_line(text)))


def paragraphs(text: str) -> Iterator[Markup]:
    """The paragraphs of a text, between which it has blank lines; other line breaks stay."""
    for paragraph in _PARAGRAPHS.split("\n".join(split_lines(text.strip()))):
        lines = Markup("<br>").join(line.strip() for line in paragraph.split("\n"))
        yield _in_its_language(text, lines)


def web_address(url: str | None) -> str | None:
    """An address that may be clicked on: of the web or of mail, and nothing else."""
    return url if url and is_link(url) else None


def _in_its_language(text: str, shown: Markup) -> Markup:
    language = getattr(text, "language", None)
    return Markup('<span lang="{}">{}</span>').format(language, shown) if language else shown
