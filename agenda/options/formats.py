"""The options of every command that gives data: as what, and which fields of it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from typer import Option

from agenda.errors import UsageError
from agenda.options.completing import completed
from agenda.text import quoted, suggestion

TELLING = "What is told of them"
"""The group of them in the help."""


class Format(StrEnum):
    """How data is given: as a table for people, or by the module of `agenda.formats` of that name."""

    TABLE = "table"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"


FormatOption = Annotated[
    Format | None,
    Option(
        "--format",
        "-f",
        case_sensitive=False,
        help="As what; without it, a table on a terminal and tsv in a pipe.",
        rich_help_panel=TELLING,
    ),
]

FieldsOption = Annotated[
    list[str] | None,
    Option(
        "--fields",
        metavar="NAMES",
        help="Which fields, in which order, as in id,start,title; a wrong name lists those that there are.",
        rich_help_panel=TELLING,
        autocompletion=completed("fields"),
    ),
]


def fields_of(typed: Sequence[str] | None) -> tuple[str, ...]:
    """The fields that were typed, separated by commas; none where nothing was.

    Raises UsageError where one is none of those that events have.
    """
    if typed is None:
        return ()
    from agenda.formats.events import FIELDS

    names = [name.strip().lower() for part in typed for name in part.split(",")]
    for name in names:
        if name not in FIELDS:
            near = suggestion(name, {field: field for field in FIELDS}, "")
            valid = f"the fields are {', '.join(FIELDS)}"
            raise UsageError(f"--fields: there is no field {quoted(name)}; {near and f'{near} '}{valid}")
    return tuple(dict.fromkeys(names))
