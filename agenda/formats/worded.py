"""Rows of data as people read them in another language: the names of columns, values and dates in its words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from agenda.formats import Data
from agenda.wording.english import ENGLISH, Wording

_VALUES = {"when", "status", "visibility", "state", "clash"}
"""The columns whose values are words of the program."""
_TRUTHS = {"all_day", "busy"}
_MOMENTS = {
    *("start", "end", "between", "occurrence", "day", "first_start", "first_end", "second_start", "second_end"),
    *("first_left", "second_left"),
}
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(T[\d:.]+)?(Z?)([+-]\d\d:\d\d(?::\d\d)?)?")


class WordedRows(Struct, frozen=True):
    """The rows of `data`, with the words of a language in the place of those of the program; objects stay."""

    data: Data
    words: Wording

    @property
    def header(self) -> Sequence[str]:
        """The name of each column, translated."""
        return [self.words.text(name) for name in self.data.header]

    def rows(self) -> Iterator[Sequence[str]]:
        """The rows, each of their fields translated as its column has it."""
        names = self.data.header
        for row in self.data.rows():
            yield [self._field(name, text) for name, text in zip(names, row, strict=True)]

    def objects(self) -> Iterator[object]:
        """The objects of the data."""
        return self.data.objects()

    def _field(self, name: str, text: str) -> str:
        if not text:
            return text
        if name in _VALUES or (text == "tba" and name in _MOMENTS):
            return self.words.text(text)
        if name in _TRUTHS:
            return self.words.text("yes") if text == "true" else self.words.text("no")
        if name in _MOMENTS:
            return _MOMENT.sub(self._moment, text).replace("..", " – ")
        return text

    def _moment(self, written: re.Match[str]) -> str:
        """`2025-09-30T11:00:00+09:00` as `mar 30 set 2025, 11:00`, by the clocks there."""
        day, time, utc, _offset = written.groups()
        told = self.words.short_day_of_week(date.fromisoformat(day))
        if not time:
            return told
        clock = self.words.clock_time(datetime.fromisoformat(f"{day}{time}"))
        return self.words.text("{day}, {time}", day=told, time=f"{clock} UTC" if utc else clock)


def word_rows(data: Data, words: Wording) -> Data:
    """The data in the words of a language; in English as it is, since columns and values have English names."""
    return data if words is ENGLISH else WordedRows(data, words)
