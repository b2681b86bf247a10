"""Days and times that people write less strictly, as `9 - 10,30 circa` and `giovedi' 10 dic`, in the usual forms."""

import re

from agenda.text.safe import quote

_APOSTROPHE = re.compile("(?<=[a-z]d[iì])['’‘`\u00b4](?=[ ,]|$)", re.IGNORECASE)
"""What stands for the accent of `giovedì`, or doubles it."""
_ABOUT = re.compile(r"(?:circa|ca|c\.a|about|approx|approximately|around)\.?", re.IGNORECASE)
_BRACKETED = re.compile(r"(.*\S) ?\(([^()]+)\)")
_ALL_DAY = {"all day", "tutto il giorno", "tutta la giornata", "giornata intera", "toute la journee", "ganztagig"}
_HOURS = re.compile("([0-9]{1,2}) ?/ ?([0-9]{1,2})")
_LAST_HOUR = 24
_USUAL = (
    (re.compile(r"\bh\. ?(?=[0-9])"), "h "),
    (re.compile(r"(?<=[0-9]) ?: ?(?=[0-9]{2}\b)"), ":"),
    (re.compile(r"\b([0-9]{1,2}),([0-9]{2})\b"), r"\1.\2"),
    (re.compile(r"([:.h][0-9]{2}) ?/ ?(?=[0-9]{1,2}[:.h][0-9]{2}\b)"), r"\1-"),
    (re.compile(r" ?[→>] ?"), "-"),
    (re.compile(r" (?:in poi|onwards?)$| ?[-–—]$"), ""),
)


def split_aside(words: str) -> tuple[str, str]:
    """A text, and what stands beside the day or the time in it: a word that says `about`, or brackets at the end; empty
    where nothing does.
    """
    if match := _BRACKETED.fullmatch(words):
        return match[1], f"({match[2]})"
    first, _, others = words.partition(" ")
    before, _, last = words.rpartition(" ")
    if others and _ABOUT.fullmatch(first):
        return others, first
    if before and _ABOUT.fullmatch(last):
        return before, last
    return words, ""


def usual_clocks(text: str) -> str:
    """Times in the usual form, of a folded text that stands in a column of times: of `h. 9,30`, `h 9.30`."""
    for form, usual in _USUAL:
        text = form.sub(usual, text)
    return text


def says_all_day(text: str) -> bool:
    """Whether a folded text says that something takes the whole day."""
    return text in _ALL_DAY


def refuse_hours(text: str) -> None:
    """Raises ValueError, with a message for the user, where a text in a column of times of day may be two hours, though
    it has the form of a day: `9/10`.
    """
    match = _HOURS.fullmatch(text.strip())
    if match and (first := int(match[1])) < (last := int(match[2])) <= _LAST_HOUR:
        raise ValueError(f"{quote(text)} may be two hours or a day; write it as {first:02}:00–{last:02}:00")


def usual_day(words: str) -> str:
    """A day in the usual form: of `giovedi' 10 dic`, `giovedi 10 dic`."""
    return _APOSTROPHE.sub("", words)
