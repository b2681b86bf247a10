"""The content of a file that was read: as text, as lines, and as the plain tables of TOML."""

import re
from typing import Any

from msgspec import Struct

from agenda.errors import DataError
from agenda.files import decodable, decode_text, error_at
from agenda.limits import MAX_KEY_PARTS

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*"""
_LONG_KEY = rf"(?<![A-Za-z0-9_.\\-])(?:{_PART}\.[ \t]*){{{MAX_KEY_PARTS}}}"
_LONG_KEY_CHARACTERS = 2 * MAX_KEY_PARTS
"""The least that so many parts have, each with its dot."""


class FileContent(Struct, frozen=True):
    """What is in a file, and what the file is called in messages, `shown`."""

    shown: str
    content: bytes

    def text(self) -> str:
        """The text of the file; raises DataError where it is not UTF-8."""
        return decode_text(decodable(self.content, self.shown, "an agenda is a TOML file"), self.shown)

    def tables(self) -> dict[str, Any]:
        """The plain tables of the file; raises DataError where it is not UTF-8, or no TOML."""
        import tomli  # a file that is kept in the cache does without

        text = self.text()
        self._check_keys(text)
        try:
            return tomli.loads(text)
        except tomli.TOMLDecodeError as error:
            from agenda.agendafile.syntax import explain_syntax

            raise error_at(error.doc, error.pos, explain_syntax(error), shown=self.shown) from None
        except (RecursionError, ValueError):  # Python takes no number of thousands of digits
            self._refuse_excess(text)
            raise

    def lines(self) -> tuple[str, ...]:
        """The lines of the file as diagnostics count them, without carriage returns; none of binary or UTF-16 ones."""
        try:
            text = decodable(self.content, self.shown, "").decode(errors="replace")
        except DataError:
            return ()
        return tuple(line.removesuffix("\r") for line in text.split("\n"))

    def _check_keys(self, text: str) -> None:
        """Raise DataError at a key of too many parts, of which tomli keeps their square."""
        lines = [line for line in text.split("\n") if len(line) >= _LONG_KEY_CHARACTERS]  # hardly any is as long
        if any(line.count(".") >= MAX_KEY_PARTS and re.search(_LONG_KEY, line) for line in lines):
            self._refuse_excess(text)  # it knows a key from what stands in a text; hardly any file gets here

    def _refuse_excess(self, text: str) -> None:
        """Raise DataError at the first thing of which there is too much for tomli, if there is one."""
        from agenda.agendafile.excess import find_excess

        if excess := find_excess(text):
            offset, message = excess
            raise error_at(text, offset, message, shown=self.shown)
