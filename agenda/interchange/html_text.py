"""HTML within texts of other programs, as plain text."""

import html
import re

_TAG = re.compile(
    r"<(/?)(p|br|hr|div|span|a|b|strong|i|em|u|s|small|sup|sub|code|pre|kbd|blockquote|ul|ol|li|dl|dt|dd|h[1-6]|table"
    r"|thead|tbody|tr|td|th|img|font|section|article)\b([^<>]*)>",
    re.IGNORECASE,
)
"""The tags that stand in descriptions; anything else in angle brackets, as in `list<int>`, is text."""
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""", re.IGNORECASE)
_PARAGRAPHS = {"p", "div", "hr", "blockquote", "pre", "ul", "ol", "dl", "table", "section", "article"}
_PARAGRAPHS |= {f"h{level}" for level in range(1, 7)}
_LINES = {"br", "tr", "dt", "dd"}
_CELLS = {"td", "th"}
_ALONE = {"br", "hr", "img", "p", "li"}
"""Tags that need none to close them."""


def is_html(text: str) -> bool:
    """Whether there are tags in a text: one that closes another, or stands alone, since `use <code>` is text."""
    return any(tag[1] or tag[2].lower() in _ALONE for tag in _TAG.finditer(text))


def plain_text(markup: str) -> str:
    """The text of HTML: its paragraphs with blank lines between them, list items with hyphens, and where links lead to
    in brackets behind them. Its line breaks are blanks, but for where it has no tags that make lines.
    """
    if not any(tag[2].lower() in _PARAGRAPHS | _LINES | {"li"} for tag in _TAG.finditer(markup)):
        markup = markup.replace("\n", "<br>")
    pieces: list[str] = []
    links: list[tuple[str, int]] = []  # those that are open: where to, and the piece that they start at
    end = 0
    for tag in _TAG.finditer(markup):
        pieces.append(_words(markup[end : tag.start()]))
        end = tag.end()
        closes, name = bool(tag[1]), tag[2].lower()
        if name == "a" and not closes:
            links.append((_address(tag[3]), len(pieces)))
        elif name == "a" and links:
            address, start = links.pop()
            if address and address.removeprefix("mailto:") != "".join(pieces[start:]).strip():
                pieces.append(f" ({address})")
        elif name in _PARAGRAPHS:
            pieces.append("\n\n")
        elif name == "li" and not closes:
            pieces.append("\n- ")
        elif name in _LINES and not (closes and name == "br"):
            pieces.append("\n")
        elif name in _CELLS:
            pieces.append(" ")
    pieces.append(_words(markup[end:]))
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _words(markup: str) -> str:
    """What stands between tags: its line breaks are blanks there."""
    return re.sub(r"\s+", " ", html.unescape(markup))


def _address(attributes: str) -> str:
    found = _HREF.search(attributes)
    return html.unescape(next(filter(None, found.groups()), "")).strip() if found else ""
