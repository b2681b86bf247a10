"""Text: names compared as people mean them, the nearest ones found, and any text made safe to show."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches

from agenda.errors import UsageError

_ACCENTS = dict.fromkeys(range(0x300, 0x370))
"""Latin accents alone, to be removed: other combining marks carry meaning, such as the one that tells が from か."""

_PLAIN_SIGNS = {
    ord(sign): plain
    for plain, signs in (
        ("'", "`\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u02bd"),  # also primes, and letters that look like them
        ('"', "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"),
        ("-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"),
    )
    for sign in signs
}
"""The forms of apostrophes, quotation marks and hyphens, dashes and minus signs, and what stands for each in ASCII."""
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h", "ŧ": "t"}
)
"""Latin letters that Unicode does not take for others with an accent, and how they are typed without them; casefolding
makes ss of ß.
"""
_ACUTE = " \u0301"
"""An acute accent that stands alone, which is typed for an apostrophe, decomposed."""

INVISIBLE = dict.fromkeys(
    [
        *range(0x80, 0xA0),  # C1 controls: some terminals obey them
        *(0x200E, 0x200F, 0x061C),  # marks of direction,
        *range(0x202A, 0x202F),  # overrides of direction
        *range(0x2066, 0x206A),  # and isolates, which can show text in another order than it has
        0xFEFF,
    ]
)
_VISIBLE = (
    INVISIBLE
    | {code: 0x2400 + code for code in range(0x20)}  # ESC becomes ␛, and so on
    | {0x7F: "␡", 0x85: " ", 0x2028: " ", 0x2029: " "}
)
_LINE_BREAK = "\r\n|[\n\r\x85\u2028\u2029]"
_MIN_MARKS = 64
_MARKS = rf"(?:[^\w\s]|[\uFF9E\uFF9F]){{{_MIN_MARKS},}}"
"""Where one character may have so many combining ones that putting them in order takes minutes."""
_MAX_QUOTED_CHARACTERS = 80
"""Characters of a text that a message quotes; of names of files, more, since their ends tell them apart."""
_MAX_PATH_CHARACTERS = 400
_MAX_LINE_CHARACTERS = 5_000
"""Characters of a line that is told: the longest of ours list all fields, or start with the whole name of a file."""
_MAX_COMPARED_CHARACTERS = 200
"""Characters of a name for which others like it are looked for: that takes their square."""
_MAX_SUGGESTIONS = 3
_MIN_PART_CHARACTERS = 3
"""Characters that may be meant as a part of a name."""
_MAX_TURNED_WORDS = 8
"""Words of a name that is looked for in other orders."""
_BREAKS = r"[\t\n\r\x85\u2028\u2029]+"
_SPACES = r"[ \t\n\r\x85\u2028\u2029]+"


def fold(text: str) -> str:
    """The form of `text` by which typed names are compared: without case, Latin accents and strokes (ø is o),
    differences of width and of spaces, and of the form of apostrophes, quotation marks and hyphens.
    """
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    signs = _decompose(text).replace(_ACUTE, "'").translate(_PLAIN_SIGNS)
    return _compose(plain_letters(signs))


def plain_letters(folded: str) -> str:
    """Folded text with ASCII letters for Latin ones with strokes and ligatures: `soren` of `søren`."""
    return folded.translate(_PLAIN_LETTERS)


def fold_letters(text: str) -> str:
    """What the names of a file are told apart by: as `fold`, but signs of different forms are different."""
    if text.isascii():
        return " ".join(text.lower().split())
    return _compose(_decompose(text))


def name_orders(folded: str) -> tuple[str, ...]:
    """A folded name as it is, and in each other order in which its words may begin, without commas: family names and
    given names, of a word or of several, stand in either order.
    """
    words = [word for word in (word.strip(",") for word in folded.split()) if word]
    if len(words) > _MAX_TURNED_WORDS:
        return (folded,)
    turned = (" ".join((*words[place:], *words[:place])) for place in range(len(words)))
    return tuple(dict.fromkeys((folded, *turned)))


def _decompose(text: str) -> str:
    if len(text) >= _MIN_MARKS:
        text = re.sub(_MARKS, _without_marks, text)
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


def _compose(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text.translate(_ACCENTS)).split())


def _without_marks(run: re.Match[str]) -> str:
    return "".join(char for char in run[0] if not unicodedata.combining(unicodedata.normalize("NFKD", char)[0]))


def hyphenate(text: str) -> str:
    """The words of `text` in small Latin letters and digits, with hyphens in the place of all else: `-tour-2026-` of
    `(Tour 2026)`.
    """
    return re.sub("[^a-z0-9]+", "-", fold(text))


def find_nearest(wanted: str, names: Iterable[str]) -> list[str]:
    """Up to three of `names` that `wanted` may have been meant for, the likeliest first. A name that differs only in
    case, accents or the order of its words comes alone; else names that contain `wanted` come before names that are
    spelt much like it.
    """
    if len(wanted) > _MAX_COMPARED_CHARACTERS:
        return []
    by_fold = {fold(name): name for name in reversed(list(names)) if len(name) <= _MAX_COMPARED_CHARACTERS}
    folded = fold(wanted)
    same = [by_fold[order] for order in name_orders(folded) if order in by_fold]
    if same:
        return same[:1]
    near = get_close_matches(folded, by_fold, n=_MAX_SUGGESTIONS, cutoff=0.6)
    if len(folded) >= _MIN_PART_CHARACTERS:
        near = [name for name in by_fold if folded in name] + near
    return [by_fold[name] for name in dict.fromkeys(near)][:_MAX_SUGGESTIONS]


def suggest(wanted: str, names: Mapping[str, str], otherwise: str) -> str:
    """A question for a message, which names what `wanted` may have been meant for, or `otherwise` if nothing is near.
    `names` has what can be meant: each name that may be typed, and the name to show for it.
    """
    near = dict.fromkeys(names[called] for called in find_nearest(wanted, names))
    return f"did you mean {join_words(map(quote, near))}?" if near else otherwise


def one_line(text: str) -> str:
    """`text` in one line: white space of any kind is one space, and controls are shown as pictures or removed."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return re.sub(_SPACES, " ", re.sub(_SPACES, " ", text).translate(_VISIBLE)).strip()


def split_lines(text: str) -> list[str]:
    """The lines of `text`, each safe to show: its controls as pictures, or removed."""
    return [line.expandtabs().rstrip().translate(_VISIBLE) for line in re.split(_LINE_BREAK, text)]


def is_web_address(url: str) -> bool:
    """Whether it is an address of the web with a host: `http:` or `https:`, in any case (RFC 3986, 3.1)."""
    return url.isprintable() and re.fullmatch(r"https?://[^\s/?#]\S*", url, re.IGNORECASE) is not None


def is_link(url: str) -> bool:
    """Whether an address may be given to be clicked on: other kinds go to whichever program claims them, and terminals
    obey controls.
    """
    return is_web_address(url) or (url.lower().startswith("mailto:") and url == one_line(url))


def make_visible(text: str) -> str:
    """`text` with every control as a picture, or removed; its spaces stay as they are."""
    return text.translate(_VISIBLE)


def encode_typed(text: str) -> bytes:
    """The text in UTF-8. Raises UsageError, with its line, where it was typed in another encoding than that of the
    locale, so that some of its bytes are no characters.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        line = text[: error.start].rpartition("\n")[2] + text[error.start :].partition("\n")[0]
        raise UsageError(
            f"{quote(line.strip())} is no text in the encoding of this locale; type it anew, or set LANG=C.UTF-8"
        ) from None


def quote(text: str) -> str:
    """`text` in quotation marks, in one line and safe, for a message; cut where it is very long. Its spaces are those
    that it has, since one at an end may be all that is wrong with it.
    """
    return f'"{_cut(make_visible(re.sub(_BREAKS, " ", text)), _MAX_QUOTED_CHARACTERS)}"'


def shorten(text: str, most: int = _MAX_QUOTED_CHARACTERS) -> str:
    """`text` in one line and safe, for a message; cut to `most` characters."""
    return _cut(one_line(text), most)


def _cut(shown: str, most: int) -> str:
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def quote_path(path: str) -> str:
    """The name of a file, in quotation marks, safe; where it is very long, without its middle."""
    shown = make_visible(path)
    if len(shown) > _MAX_PATH_CHARACTERS:
        shown = f"{shown[: _MAX_PATH_CHARACTERS // 2]}…{shown[-_MAX_PATH_CHARACTERS // 2 + 1 :]}"
    return f'"{shown}"'


def safe_message(message: str) -> str:
    """A message as it may reach a terminal: each of its lines safe, and cut where it is longer than any of ours.

    What a message quotes is cut by `quote`, `shorten` or `quote_path`, so that the rest of it can still be read; this
    is the door behind them, through which every message leaves.
    """
    return "\n".join(line[:_MAX_LINE_CHARACTERS] for line in split_lines(message))


def join_words(words: Iterable[str], last: str = "or") -> str:
    """The words as a list in a sentence: `a`, `a or b`, `a, b or c`."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


def list_few(texts: Sequence[str], most: int, write: Callable[[str], str] = str) -> str:
    """So many of the texts as a list, as `write` writes each, and how many more there are: `a, b and 1,000 more`."""
    more = f" and {len(texts) - most:,} more" if len(texts) > most else ""
    return f"{', '.join(map(write, texts[:most]))}{more}"


def count_of(number: int, singular: str, plural: str = "") -> str:
    """A number and what it counts: `1 event`, `1,000 events`, `2 cities`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
