"""Agenda files in every style that TOML allows: the same events, written as somebody might have written them."""

import codecs
import json
from typing import Any

from hypothesis import strategies as st

IDS = ("a", "b", "c", "d")
COMMENTS = ("# one", "# [[events]]", '# "it" = \'s', "#")

VALUES: dict[str, list[Any]] = {
    "title": ["A", "It's", 'He said "no"', "Caffè 日本", "x" * 150 + " y", "# no comment", "a, b ] } ="],
    "description": ["one\ntwo\n", "C:\\dir", "'''", "tab\there", "x"],
    "topics": [["one"], ["one", "two"], ["one, two", "th]ree", "#"], []],
    "people": [["Ada"], ["Ada", {"name": "Bo", "role": "chair"}], [{"name": "Bo"}, {"name": "Cy", "role": "r"}]],
    "city": ["Torino", ["Torino"], ["Torino", "San Remo"]],
    "date_note": ["soon"],
}
"""What the keys of an event may hold."""


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A valid agenda file of one event or more, with comments that are all different."""
    ids = IDS[: draw(st.integers(1, len(IDS)))]
    events = [
        {"id": event_id, "title": draw(st.sampled_from(VALUES["title"]))}
        | {key: draw(st.sampled_from(VALUES[key])) for key in draw(st.sets(st.sampled_from(sorted(VALUES)[:-1])))}
        for event_id in ids
    ]
    style = _Style(draw)
    head = style.join(["[agenda]" + style.comment(), f"title = {style.text('Tour')}"]) if draw(st.booleans()) else ""
    body = style.array_in_brackets(events) if draw(st.booleans()) else style.tables(events)
    text = body + head if body.startswith("events") else head + style.gap() + body
    if draw(st.booleans()):
        text = text.rstrip("\n") + style.comment()
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return (codecs.BOM_UTF8 if draw(st.booleans()) else b"") + text.encode()


class _Style:
    """The choices of somebody who writes a file."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._comments = 0

    def comment(self) -> str:
        """Nothing, or a comment at the end of a line."""
        if not self._draw(st.booleans()):
            return ""
        self._comments += 1
        return f"  {self._draw(st.sampled_from(COMMENTS))} {self._comments}"

    def gap(self) -> str:
        """Empty lines and comments between two parts."""
        return "".join(f"{self.comment().strip()}\n" for _ in range(self._draw(st.integers(0, 2))))

    def join(self, lines: list[str]) -> str:
        return "".join(f"{line}\n" for line in lines)

    def tables(self, events: list[dict[str, Any]]) -> str:
        """The events under headers."""
        return "".join(self._table(event) + self.gap() for event in events)

    def _table(self, event: dict[str, Any]) -> str:
        indent = self._draw(st.sampled_from(["", "  ", "\t"]))
        header = self._draw(st.sampled_from(["[[events]]", "[[ events ]]", '[["events"]]']))
        below = ""
        lines = [header + self.comment()]
        for key, value in self._in_any_order(event):
            if key == "people" and all(isinstance(item, dict) for item in value) and self._draw(st.booleans()):
                below = self._sections(value)
                continue
            lines.append(f"{indent}{self._key(key)}{self._equals()}{self._value(value)}{self.comment()}")
            lines += [indent + self.comment().strip()] if self._draw(st.integers(0, 5)) == 0 else []
        return self.join(lines) + below

    def _sections(self, people: list[dict[str, Any]]) -> str:
        """The people of an event under a header each."""
        indents = self._draw(st.sampled_from([("", ""), ("  ", "  "), ("  ", "    ")]))
        gap = self._draw(st.sampled_from(["", "\n"]))
        text = ""
        for person in people:
            keys = [f"{self._key(key)}{self._equals()}{self._value(value)}" for key, value in person.items()]
            lines = [f"{indents[0]}[[events.people]]", *(f"{indents[1]}{key}" for key in keys)]
            text += gap + self.join([line + self.comment() for line in lines]) + self.gap()
        return text

    def array_in_brackets(self, events: list[dict[str, Any]]) -> str:
        """The events as inline tables."""
        return f"events = {self._array([self._inline(event) for event in events])}{self.comment()}\n"

    def _inline(self, event: dict[str, Any]) -> str:
        return self._entries(
            [f"{self._key(key)}{self._equals()}{self._value(value)}" for key, value in self._in_any_order(event)], "{}"
        )

    def _array(self, items: list[str]) -> str:
        return self._entries(items, "[]")

    def _entries(self, entries: list[str], brackets: str) -> str:
        """Entries between brackets: in one line, in a line each, or as they come, with commas at either end of a line
        and with comments wherever there may be some.
        """
        trailing = "," if self._draw(st.booleans()) and entries else ""
        style = self._draw(st.sampled_from(["line", "lines", "any"]))
        if style == "line":
            space = self._draw(st.sampled_from(["", " "]))
            return f"{brackets[0]}{space}{f',{space}'.join(entries)}{trailing}{space}{brackets[1]}"
        if style == "lines":
            lines = [
                f"    {entry}{',' if number < len(entries) else trailing}{self.comment()}"
                for number, entry in enumerate(entries, 1)
            ]
            return f"{brackets[0]}\n{self.join(lines)}{brackets[1]}"
        text = brackets[0] + self._blank()
        for number, entry in enumerate(entries, 1):
            comma = "," if number < len(entries) else trailing
            text += entry + (self._blank() if self._draw(st.integers(0, 3)) == 0 else "") + comma + self._blank()
        return text + brackets[1]

    def _blank(self) -> str:
        """What may stand beside a comma: nothing, spaces, or the end of a line, with a comment or without."""
        kind = self._draw(st.integers(0, 3))
        return " " * kind if kind < 3 else f"{self.comment()}\n{' ' * self._draw(st.integers(0, 2))}"

    def _value(self, value: Any) -> str:
        match value:
            case list():
                return self._array([self._value(item) for item in value])
            case dict():
                return self._inline(value)
        return self.text(value)

    def _in_any_order(self, table: dict[str, Any]) -> list[tuple[str, Any]]:
        return list(self._draw(st.permutations(list(table.items()))))

    def _key(self, key: str) -> str:
        return self._draw(st.sampled_from([key, f'"{key}"', f"'{key}'"]))

    def _equals(self) -> str:
        return self._draw(st.sampled_from([" = ", "=", " =\t"]))

    def text(self, text: str) -> str:
        """A text between quotation marks of some kind."""
        forms = [json.dumps(text), json.dumps(text, ensure_ascii=False)]
        if "'" not in text and text.isprintable():
            forms.append(f"'{text}'")
        if "'''" not in text and not text.endswith("'"):
            forms.append(f"'''\n{text}'''")
        forms.append('"""\\\n   ' + json.dumps(text)[1:-1] + '"""')
        return self._draw(st.sampled_from(forms))
