"""TOML as people write it: keys in a settled order, long texts over several lines, short lists in one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from agenda.text.safe import INVISIBLE

MAX_LINE_CHARACTERS = 110
"""Characters of a line, as far as its value can be broken."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {code: f"\\u{code:04x}" for code in (*range(0x20), 0x7F, 0x2028, 0x2029, *INVISIBLE)} | {
    ord("\\"): "\\\\",
    ord('"'): '\\"',
    ord("\n"): "\\n",
    ord("\t"): "\\t",
    ord("\r"): "\\r",
}
_IN_LONG = {code: escape for code, escape in _ESCAPES.items() if chr(code) not in '\n"'}
_QUOTES = re.compile('"(?="")|"$')


def write_toml(tables: Mapping[str, Any]) -> Iterator[str]:
    """The text of a file with these tables. A key with a list of tables is written as [[key]], once for each; `agenda`
    holds values, and any other key holds tables by their names.
    """
    start = ""
    for key, value in tables.items():
        if isinstance(value, list):
            headed = [(f"[[{key}]]", table) for table in value]
        elif key == "agenda":
            headed = [(f"[{key}]", value)]
        else:
            headed = [(f"[{key}.{write_key(name)}]", table) for name, table in value.items()]
        for head, table in headed:
            yield f"{start}{head}\n" + "".join(_line(name, one) for name, one in table.items())
            start = "\n"


def _line(name: str, value: Any) -> str:
    return f"{write_key(name)} = {write_value(value, len(name) + 3)}\n"


def write_key(name: str) -> str:
    """A key: bare, or in quotation marks."""
    return name if _BARE.fullmatch(name) else f'"{name.translate(_ESCAPES)}"'


def write_value(value: Any, used: int = 0) -> str:
    """A value, which stands after `used` characters of its line; a long one takes several lines."""
    whole = _short(value)
    if isinstance(value, str):
        return whole if "\n" not in value.strip("\n") and used + len(whole) <= MAX_LINE_CHARACTERS else _long(value)
    if isinstance(value, list) and used + len(whole) > MAX_LINE_CHARACTERS:
        return "[\n" + "".join(f"    {_short(item)},\n" for item in value) + "]"
    return whole


def write_cities(names: Sequence[str]) -> str | list[str]:
    """The value of the key `city` of an event: the name of a city alone, or a list of several, or of none."""
    return names[0] if len(names) == 1 else list(names)


def _short(value: Any) -> str:
    """A value in one line."""
    match value:
        case str():
            return f'"{value.translate(_ESCAPES)}"'
        case date():
            return value.isoformat().replace("+00:00", "Z")
        case list():
            return f"[{', '.join(map(_short, value))}]"
        case bool():
            return str(value).lower()
        case dict():
            return f"{{ {', '.join(f'{write_key(name)} = {_short(one)}' for name, one in value.items())} }}"
        case _:
            return str(value)


def _long(text: str) -> str:
    """A text over several lines. One that is a single line is broken where it has a space, and its lines are indented,
    which TOML passes over after a backslash; one that has lines of its own keeps them, at the margin.
    """
    escaped = _QUOTES.sub('\\\\"', text.translate(_IN_LONG))
    if "\n" in text:
        return f'"""\n{escaped}"""'
    if " " not in text or text != text.strip() or "  " in text:  # blanks at the start of a line would be passed over
        return _short(text)
    return '"""\\\n  ' + " \\\n  ".join(_lines(escaped)) + '"""'


def _lines(text: str) -> Iterator[str]:
    """The text broken at spaces, in lines that are as long as they may be; a longer word is a line of its own. It looks
    only where a line may end, and not, as textwrap does, at each word.
    """
    start = 0
    while len(text) - start > MAX_LINE_CHARACTERS:
        end = text.rfind(" ", start, start + MAX_LINE_CHARACTERS + 1)
        if end < 0:
            end = text.find(" ", start)
            if end < 0:
                break
        yield text[start:end]
        start = end + 1
    yield text[start:]
