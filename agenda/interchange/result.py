"""What an import makes of a file, whatever its format is."""

from typing import Any

from msgspec import Struct

from agenda.errors import Diagnostic


class ImportResult(Struct, frozen=True):
    """The tables of an agenda file, what could not be read, and what was left out or changed, in sentences."""

    tables: dict[str, Any]
    diagnostics: list[Diagnostic]
    losses: list[str]
